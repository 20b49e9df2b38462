import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { allActions } from '../../scripts/generate.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { githubStep, gitlabJob, runProcess } from '../support/ci-process.ts'

const actions = await allActions()
const folder = mkdtempSync(join(tmpdir(), 'strangler-dist-'))
const cli = join(folder, 'dist/cli/index.js')
let sandbox: Sandbox

beforeAll(async () => {
  const made = await runProcess(['build/scripts/bundle.js', join(folder, 'dist')], { cwd: process.cwd() })
  if (made.code !== 0) throw new Error(made.stderr + made.stdout)
  sandbox = await startSandbox()
})
afterAll(async () => {
  await sandbox?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(actions.map((action) => [action.name, action] as const))('the bundle of %s', (name, action) => {
  const required = Object.entries(action.inputs).filter(([, input]) => input.required)
  const wrong = { 'dry-run': 'maybe' }
  const named = [...required.map(([input]) => `input '${input}'`), "input 'dry-run'"]

  test('as a GitHub step reports all wrong inputs at once and calls nothing', async () => {
    sandbox.calls.clear()
    const step = githubStep(wrong)
    const ended = await runProcess([join(folder, 'dist', name, 'index.js')], {
      env: { ...step.env, ...sandbox.environment() },
    })
    expect(ended.code).toBe(2)
    for (const input of named) expect(ended.stdout).toContain(`::error::${input}`)
    expect(step.outputs()['outcome']).toBe('failed')
    expect(sandbox.calls.all()).toEqual([])
  })

  test('as a GitLab job does the same', async () => {
    sandbox.calls.clear()
    const job = gitlabJob(wrong)
    const ended = await runProcess([cli, name], { env: { ...job.env, ...sandbox.environment() }, cwd: job.project })
    expect(ended.code).toBe(2)
    for (const input of named) expect(ended.stdout).toContain(`ERROR: ${input}`)
    expect(readFileSync(join(job.project, '.strangler-deploy/deploy/outputs.env'), 'utf8')).toContain(
      '_OUTCOME=failed\n',
    )
    expect(sandbox.calls.all()).toEqual([])
  })

  test('has a post step where the action has one, which has nothing to do after wrong inputs', async () => {
    const file = join(folder, 'dist', name, 'post.js')
    expect(existsSync(file)).toBe(action.post !== undefined)
    if (action.post === undefined) return
    expect(await runProcess([file], { env: githubStep(wrong).env })).toMatchObject({ code: 0, stdout: '' })
  })

  test('shows its help with every input', async () => {
    const { code, stdout } = await runProcess([cli, name, '--help'], {})
    expect(code).toBe(0)
    for (const input of Object.keys(action.inputs)) expect(stdout).toContain(`--${input}`)
  })
})

describe('the command line', () => {
  test('lists the actions', async () => {
    const { code, stdout } = await runProcess([cli, '--help'], {})
    expect(code).toBe(0)
    for (const { name, description } of actions)
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${name} ${description}`)
  })

  test('without a command shows how to use it, as an error', async () => {
    expect(await runProcess([cli], {})).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Actions'),
    })
  })

  test('is not brought down by a reader that leaves', async () => {
    const ended = await runProcess(
      [
        '-e',
        "import('node:child_process').then(({ spawn }) => { const child = spawn(process.execPath, [process.argv[1], '--help'], { stdio: ['ignore', 'pipe', 'inherit'] }); child.stdout.destroy(); child.on('close', (code) => process.exit(code)) })",
        cli,
      ],
      {},
    )
    expect(ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('asks what was meant', async () => {
    expect(await runProcess([cli, 'sandbxo'], {})).toMatchObject({
      code: 2,
      stderr: "error: there is no command 'sandbxo', did you mean 'sandbox'?\n",
    })
    expect(await runProcess([cli, 'sandbox', '--prot=1', '--speed', 'fast'], {})).toMatchObject({
      code: 2,
      stderr:
        "error: --prot: is unknown, did you mean --port?\nerror: input 'speed': expected a whole number from 0 to 10000, got 'fast'\n",
    })
  })

  test('runs a sandbox until it is told to stop, and says how to reach it', async () => {
    let answered: Promise<number> | undefined
    const ended = await runProcess(
      [cli, 'sandbox', '--json', '--speed', '50', '--dotenv', 'sandbox.env', '--kubeconfig', 'kube.yml'],
      {
        cwd: folder,
        onOutput: (stdout, kill) => {
          if (answered !== undefined || !stdout.includes('\n')) return
          const { endpoint } = JSON.parse(stdout) as { endpoint: string }
          answered = fetch(`${endpoint}/nothing`).then((answer) => {
            kill('SIGINT')
            return answer.status
          })
        },
      },
    )
    expect(await answered).toBe(404)
    expect(ended.code).toBe(0)
    const { environment } = JSON.parse(ended.stdout) as { environment: Record<string, string> }
    expect(environment['STRANGLER_DEPLOY_CLOCK']).toMatch(/^50@\d+$/)
    expect(readFileSync(join(folder, 'sandbox.env'), 'utf8')).toContain(
      `AWS_ENDPOINT_URL=${environment['AWS_ENDPOINT_URL']}\n`,
    )
  })
})
