import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { gitlabHost } from '../../src/hosts/gitlab.ts'
import { parseAsGitlab } from './gitlab-dotenv-parser.ts'
import { type PaperProcess, paperProcess } from './surroundings.ts'

function job(env: NodeJS.ProcessEnv = {}, step: 'main' | 'post' = 'main', before?: PaperProcess) {
  const paper = before ?? paperProcess({ GITLAB_CI: 'true', CI_JOB_NAME: 'deploy api', ...env })
  const host = gitlabHost(paper, { action: 'ecs-deploy', step })
  const file = (name: string): string => join(paper.cwd, '.strangler-deploy/deploy-api', name)
  const text = (name: string): string => readFileSync(file(name), 'utf8')
  return { paper, host, file, text }
}

describe('the GitLab host', () => {
  test('reads inputs from its own variables, and flags before them', () => {
    const paper = paperProcess({ STRANGLER_INPUT_IMAGE_URI: 'a', STRANGLER_INPUT_DRY_RUN: 'true' })
    const host = gitlabHost(paper, { action: 'ecs-deploy', step: 'main', flags: { 'dry-run': 'false' } })
    expect(['image-uri', 'dry-run', 'other'].map(host.input)).toEqual(['a', 'false', undefined])
  })

  test('looks up an output of an earlier job that an input names, and says when it is not there', () => {
    const { host, paper } = job({
      STRANGLER_INPUT_IMAGE: '$BUILD_IMAGE',
      BUILD_IMAGE: 'a@b',
      STRANGLER_INPUT_TAGS: '$NOPE',
    })
    expect([host.input('image'), host.input('tags')]).toEqual(['a@b', ''])
    expect(paper.printed.stdout).toBe("input 'tags': the variable NOPE is not set\n")
  })

  test('writes outputs as a report under the job’s name, and says what did not fit', async () => {
    const { host, text, paper } = job()
    host.output('image-uri', 'repo@sha256:1')
    host.output('notes', 'two\nlines')
    await host.finish(0)
    expect(Object.fromEntries(parseAsGitlab(text('outputs.env')))).toEqual({ DEPLOY_API_IMAGE_URI: 'repo@sha256:1' })
    expect(paper.printed.stdout).toContain(
      'WARNING: DEPLOY_API_NOTES is not a variable for later jobs: it has more than one line; it is in .strangler-deploy/deploy-api/result.json',
    )
    expect(paper.codes).toEqual([0])
  })

  test('takes the prefix and the folder from the template', async () => {
    const paper = paperProcess({ STRANGLER_OUTPUT_PREFIX: 'API', STRANGLER_DEPLOY_DIR: 'there' })
    const host = gitlabHost(paper, { action: 'ecs-deploy', step: 'main' })
    host.output('outcome', 'succeeded')
    await host.finish(0)
    expect(readFileSync(join(paper.cwd, 'there/outputs.env'), 'utf8')).toBe('API_OUTCOME=succeeded\n')
  })

  test('writes the result, the summary and links that GitLab shows at the job', async () => {
    const { host, text } = job()
    expect(host.writeResult({ outcome: 'succeeded' })).toBe('.strangler-deploy/deploy-api/result.json')
    host.summary('## done')
    host.link('Deployment', 'https://console.example/d-1')
    await host.finish(0)
    expect(JSON.parse(text('result.json'))).toEqual({ outcome: 'succeeded' })
    expect(text('summary.md')).toBe('## done\n\n- [Deployment](https://console.example/d-1)\n')
    expect(JSON.parse(text('annotations.json'))).toEqual({
      'strangler-deploy': [{ external_link: { label: 'Deployment', url: 'https://console.example/d-1' } }],
    })
  })

  test('hides secrets in everything it writes, and never prints a mask command', async () => {
    const { host, text, paper } = job()
    host.mask('hunter2-hunter2')
    host.output('token', 'x hunter2-hunter2')
    host.summary('is hunter2-hunter2')
    host.writeResult({ a: 'hunter2-hunter2' })
    host.info(`is ${Buffer.from('hunter2-hunter2').toString('base64')}`)
    host.error('hunter2-hunter2')
    await host.finish(1)
    const all = ['outputs.env', 'result.json', 'summary.md'].map(text).join('') + paper.printed.stdout
    expect(all).not.toContain('hunter2')
    expect(all).not.toContain('add-mask')
    expect(all).toContain("output 'token' holds a masked value and was not written")
  })

  test('hides what the environment is known to keep secret, but not a short stand-in', () => {
    const { host, paper } = job({ CI_JOB_TOKEN: 'glcbt-64_abcdefghijkl', AWS_SECRET_ACCESS_KEY: 'sandbox' })
    host.info('glcbt-64_abcdefghijkl in the sandbox')
    expect(paper.printed.stdout).toBe('*** in the sandbox\n')
  })

  test('folds a group into a section, and one inside another into a heading', async () => {
    const { host, paper } = job()
    await host.group('Events', async () => {
      host.info('inside')
      await host.group('More', async () => host.info('deeper'))
    })
    const shown = paper.printed.stdout.replaceAll('\u001b[0K', '<0K>').replaceAll('\r', '<CR>')
    expect(shown).toMatch(
      /^<0K>section_start:\d+:(\w+)\[collapsed=true\]<CR><0K>Events\ninside\n▸ More\ndeeper\n<0K>section_end:\d+:\1<CR><0K>\n$/,
    )
  })

  test('keeps state on disk at once, where the post step finds it, and starts the main step without old outputs', async () => {
    const { host, paper, file, text } = job()
    host.saveState('deployment', 'd-1')
    expect(JSON.parse(text('state.json'))).toEqual({ deployment: 'd-1' })
    host.output('outcome', 'failed')
    await host.finish(1)

    const post = job({}, 'post', paper)
    expect(post.host.loadState('deployment')).toBe('d-1')
    await post.host.finish(0)
    expect(text('outputs.env')).toBe('DEPLOY_API_OUTCOME=failed\n')

    const again = job({}, 'main', paper)
    expect(existsSync(file('outputs.env'))).toBe(false)
    expect(again.host.loadState('deployment')).toBe('d-1')
  })

  test('takes a broken state file for none', () => {
    const { file, paper } = job()
    mkdirSync(join(file('.')), { recursive: true })
    writeFileSync(file('state.json'), '{"a":')
    expect(job({}, 'post', paper).host.loadState('a')).toBeUndefined()
  })

  test('writes where artifacts are taken from, wherever in the project the job runs', async () => {
    const below = paperProcess()
    const env = { GITLAB_CI: 'true', CI_JOB_NAME: 'x', CI_PROJECT_DIR: below.cwd }
    expect(
      gitlabHost({ ...below, env, cwd: join(below.cwd, 'services/api') }, { action: 'a', step: 'main' }).writeResult(
        {},
      ),
    ).toBe('.strangler-deploy/x/result.json')
    expect(existsSync(join(below.cwd, '.strangler-deploy/x/result.json'))).toBe(true)
    const elsewhere = paperProcess({ CI_JOB_NAME: 'x', CI_PROJECT_DIR: '/not-here' })
    gitlabHost(elsewhere, { action: 'a', step: 'main' }).writeResult({})
    expect(existsSync(join(elsewhere.cwd, '.strangler-deploy/x/result.json'))).toBe(true)
  })

  test('knows the run and when the job will be killed', () => {
    const { host } = job({
      CI_PROJECT_PATH: 'shop/api',
      CI_PIPELINE_ID: '7',
      CI_JOB_ID: '70',
      CI_JOB_STARTED_AT: '2026-01-01T00:00:00Z',
      CI_JOB_TIMEOUT: '3600',
      CI_COMMIT_SHA: 'abc',
    })
    expect(host.facts).toMatchObject({
      runId: 'gitlab:shop/api/7',
      attempt: '70',
      commit: 'abc',
      deadline: Date.parse('2026-01-01T01:00:00Z'),
    })
  })

  test('hears the cancel signal and ends with the code of a cancelled job', async () => {
    const { host, paper } = job()
    paper.signals.emit('SIGTERM')
    expect(host.signal.aborted).toBe(true)
    await host.finish(130)
    expect(paper.codes).toEqual([130])
  })
})
