import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gitlabTemplate } from '../../scripts/gitlab-template.ts'
import { runProcess } from '../support/ci-process.ts'
import { sampleAction } from '../support/sample-action.ts'

const runner = createRequire(import.meta.url).resolve('gitlab-ci-local')
const program = join(process.cwd(), 'build/test/e2e/sample-step.js')
const hasRsync = ((): boolean => {
  try {
    execFileSync('rsync', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
/** gitlab-ci-local copies the project with rsync. */
const testHere = hasRsync ? test : test.skip
let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'strangler-pipeline-'))
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  put('gitlab-templates/sample.yml', gitlabTemplate(sampleAction, { image: 'node:24', command: `node ${program}` }))
  put(
    '.gitlab-ci.yml',
    [
      'stages: [build, deploy]',
      'include:',
      '  - local: gitlab-templates/sample.yml',
      '    inputs: { job-name: first, stage: build, target: x, dry-run: true, steps: 7, environment: qa }',
      '  - local: gitlab-templates/sample.yml',
      '    inputs:',
      '      job-name: second',
      '      target: $FIRST_ID',
      '      environment: prod/eu',
      `      note: '$5 \`touch hacked\` "q" $(touch hacked) ; touch hacked $HOME'`,
      '',
    ].join('\n'),
  )
  put('.gitignore', '.gitlab-ci-local/\n')
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: project,
      stdio: 'ignore',
    })
  git('init', '-b', 'main')
  git('add', '-A')
  git('commit', '-m', 'begin')
  git('remote', 'add', 'origin', 'https://gitlab.example/shop/api.git')
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('a template, included twice, under gitlab-ci-local', () => {
  const local = (...args: string[]) =>
    runProcess([runner, '--force-shell-executor', ...args], { cwd: project, env: { HOME: project } })

  testHere('fits GitLab’s schema', async () => {
    const { code, stdout, stderr } = await local('--list')
    expect([code, stderr.includes('rror')]).toEqual([0, false])
    expect(stdout).toMatch(/first .*build[\s\S]*second .*deploy/)
  })

  testHere(
    'runs both jobs, hands the output of one to the other, and runs nothing that stands in a value',
    async () => {
      const ended = await local()
      expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({
        code: 0,
        log: '',
      })
      const result = JSON.parse(readFileSync(join(project, '.strangler-deploy/second/result.json'), 'utf8'))
      expect(result).toMatchObject({ action: 'sample', outcome: 'succeeded', steps: 10 })
      expect(JSON.parse(readFileSync(join(project, '.strangler-deploy/first/result.json'), 'utf8')).steps).toBe(7)
      expect(ended.stdout).toContain('note: $5 `touch hacked` "q" $(touch hacked) ; touch hacked $HOME')
      // The second job's target was the first one's output; its post step found the state of that run.
      expect(ended.stdout).toMatch(/second.*post: d-1/)
      expect(execFileSync('git', ['status', '--porcelain'], { cwd: project, encoding: 'utf8' })).not.toContain('hacked')
    },
  )
})
