import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = process.cwd()
const entry = join(root, 'build/src/entry.js')

/** Runs the action as a process of its own without anything of AWS in its environment; V8's coverage names every script that it loaded. */
function loadedBy(flags: readonly string[]): { readonly output: string; readonly scripts: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-offline-'))
  const coverage = join(folder, 'coverage')
  writeFileSync(
    join(folder, 'td.yaml'),
    'family: orders\ncontainerDefinitions:\n  - { name: app, image: orders@sha256:aa, memory: 64, brandNew: { a: [""] } }\n',
  )
  writeFileSync(join(folder, 'run.mjs'), `import { cli } from ${JSON.stringify(entry)}\nawait cli()\n`)
  let output: string
  try {
    output = execFileSync(process.execPath, ['run.mjs', 'render-task-def', ...flags], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
      env: {
        PATH: process.env['PATH'],
        NODE_V8_COVERAGE: coverage,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_REGION: 'eu-west-1',
      },
    })
  } catch (error) {
    output = String((error as { stdout?: unknown }).stdout)
  }
  const scripts = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as { result: { url: string }[] }
    return result.map(({ url }) => url)
  })
  return { output, scripts }
}

const ofAws = (scripts: readonly string[]): readonly string[] =>
  scripts.filter((url) => /node_modules\/(@aws-sdk|@smithy|@aws)\//.test(url))

test('a plain file needs no credentials and loads nothing of the SDK', () => {
  const { output, scripts } = loadedBy(['--task-definition', 'td.yaml', '--image', 'orders@sha256:bb'])
  expect(output).toMatch(/outcome +succeeded/)
  expect(scripts.some((url) => url.endsWith('/src/ecs/render-task.js'))).toBe(true)
  expect(ofAws(scripts)).toEqual([])
})

test('a revision in ECS does load it, so that the test above can fail', () => {
  const { output, scripts } = loadedBy(['--task-definition-family', 'orders', '--timeout', '20s'])
  expect(output).toMatch(/outcome +failed/)
  expect(ofAws(scripts).length).toBeGreaterThan(0)
})
