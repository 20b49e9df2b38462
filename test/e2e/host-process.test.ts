import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseAsGitlab } from '../hosts/gitlab-dotenv-parser.ts'
import { githubStep, gitlabJob, runProcess } from '../support/ci-process.ts'

const program = join(process.cwd(), 'build/test/e2e/sample-step.js')

describe('an action as a step of a GitHub workflow', () => {
  test('writes outputs, state and summary by the runner’s files, masks first, and forges no command', async () => {
    const step = githubStep({ target: 'x', note: 'two\nlines' })
    const { code, stdout } = await runProcess([program, 'main'], { env: step.env })
    expect(code).toBe(0)
    expect(step.outputs()).toEqual({
      outcome: 'succeeded',
      id: 'd-1',
      result: join(step.temp, 'strangler-deploy/sample-__self-7-1.result.json'),
    })
    expect(JSON.parse(readFileSync(step.outputs()['result'] ?? '', 'utf8'))).toMatchObject({
      outcome: 'succeeded',
      steps: 10,
    })
    expect(step.state()).toEqual({ begun: 'x' })
    expect(step.summary()).toBe('## Sample\n\n| a | b |\n')
    expect(stdout).toContain('::add-mask::hunter2-hunter2\n')
    expect(stdout).toContain('::group::Details\nnote: two\nlines\n::endgroup::\n')
    expect(stdout).toContain('the secret is ***\n')
    expect(stdout).not.toMatch(/^::set-output/m)
  })

  test('fails with its reason as an annotation and still writes its outputs', async () => {
    const step = githubStep({ target: 'fail' })
    const { code, stdout } = await runProcess([program, 'main'], { env: step.env })
    expect(code).toBe(1)
    expect(stdout).toContain('::error::app: exit 137%0Amore\n')
    expect(step.outputs()).toMatchObject({ outcome: 'rolled-back', id: 'd-2' })
    expect(step.summary()).toContain('### sample: rolled-back\n\n    app: exit 137\n')
  })

  test('reports all wrong inputs and exits with 2', async () => {
    const step = githubStep({ steps: '0', 'dry-run': 'maybe' })
    const { code, stdout } = await runProcess([program, 'main'], { env: step.env })
    expect(code).toBe(2)
    expect(stdout.match(/^::error::input '[a-z-]+'/gm)).toEqual([
      "::error::input 'target'",
      "::error::input 'dry-run'",
      "::error::input 'steps'",
    ])
    expect(step.outputs()).toMatchObject({ outcome: 'failed' })
  })

  test('ends cancelled on the first signal, and its post step finds the state also when the runner lost it', async () => {
    const step = githubStep({ target: 'wait', timeout: '1h' })
    const ended = await runProcess([program, 'main'], {
      env: step.env,
      onOutput: (stdout, kill) => {
        if (stdout.includes('secret is')) kill('SIGINT')
      },
    })
    expect(ended).toMatchObject({ code: 130, signal: null })
    expect(step.outputs()['outcome']).toBe('cancelled')
    const post = await runProcess([program, 'post'], { env: step.env })
    expect(post).toMatchObject({ code: 0, stdout: 'post: wait\n' })
  })

  test('killed without a warning, leaves its state to the post step', async () => {
    const step = githubStep({ target: 'hang' })
    const ended = await runProcess([program, 'main'], {
      env: step.env,
      onOutput: (stdout, kill) => {
        if (stdout.includes('secret is')) kill('SIGKILL')
      },
    })
    expect(ended.signal).toBe('SIGKILL')
    expect((await runProcess([program, 'post'], { env: step.env })).stdout).toBe('post: hang\n')
  })
})

describe('an action as a job of a GitLab pipeline', () => {
  const files = (project: string) => (name: string) =>
    readFileSync(join(project, '.strangler-deploy/deploy', name), 'utf8')

  test('writes its report, result, summary and links, and loads nothing of GitHub’s', async () => {
    const job = gitlabJob({ target: 'x', note: '$5 `id`' })
    const { code, stdout } = await runProcess([program, 'main'], { env: job.env, cwd: job.project })
    const text = files(job.project)
    expect(code).toBe(0)
    expect(Object.fromEntries(parseAsGitlab(text('outputs.env')))).toEqual({
      DEPLOY_OUTCOME: 'succeeded',
      DEPLOY_ID: 'd-1',
      DEPLOY_RESULT: '.strangler-deploy/deploy/result.json',
    })
    expect(JSON.parse(text('result.json'))).toMatchObject({ action: 'sample', outcome: 'succeeded' })
    expect(text('summary.md')).toBe('## Sample\n\n| a | b |\n')
    expect(JSON.parse(text('annotations.json'))).toEqual({ 'strangler-deploy': [] })
    expect(stdout).toContain('note: $5 `id`\n')
    expect(stdout).not.toMatch(/hunter2|add-mask|::group/)
  })

  test('reports all wrong inputs and exits with 2', async () => {
    const job = gitlabJob({ steps: 'x' })
    const { code, stdout } = await runProcess([program, 'main'], { env: job.env, cwd: job.project })
    expect(code).toBe(2)
    expect(stdout).toMatch(/ERROR: input 'target'[\s\S]*ERROR: input 'steps'/)
  })

  test('ends cancelled on SIGTERM and is finished by after_script', async () => {
    const job = gitlabJob({ target: 'wait', timeout: '1h' })
    const ended = await runProcess([program, 'main'], {
      env: job.env,
      cwd: job.project,
      onOutput: (stdout, kill) => {
        if (stdout.includes('secret is')) kill('SIGTERM')
      },
    })
    expect(ended.code).toBe(130)
    expect(files(job.project)('outputs.env')).toContain('DEPLOY_OUTCOME=cancelled\n')
    const post = await runProcess([program, 'post'], { env: job.env, cwd: job.project })
    expect(post.stdout).toContain('post: wait\n')
    expect(files(job.project)('outputs.env')).toContain('DEPLOY_OUTCOME=cancelled\n')
  })
})
