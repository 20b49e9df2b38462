import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { githubHost, type Toolkit } from '../../src/hosts/github.ts'
import { paperProcess } from './surroundings.ts'

/** What the toolkit was asked, one line each; its real protocol is tested by the bundle's tests. */
function step(env: NodeJS.ProcessEnv = {}, name: 'main' | 'post' = 'main', states: Record<string, string> = {}) {
  const said: string[] = []
  const say = (verb: string) => (text: string) => void said.push(`${verb} ${text}`)
  const core: Toolkit = {
    setSecret: say('secret'),
    setOutput: (key, value) => void said.push(`output ${key}=${value}`),
    saveState: (key, value) => void said.push(`state ${key}=${value}`),
    getState: (key) => states[key] ?? '',
    info: say('info'),
    debug: say('debug'),
    warning: say('warning'),
    error: say('error'),
    startGroup: say('group'),
    endGroup: () => void said.push('endgroup'),
    summary: { addRaw: (text) => ({ write: async () => void said.push(`summary ${text}`) }) },
  }
  const paper = paperProcess({ ...env })
  paper.env['RUNNER_TEMP'] ??= paper.cwd
  const host = githubHost(paper, { action: 'ecs-deploy', step: name }, core)
  return { host, said, paper }
}

describe('the GitHub host', () => {
  test('reads inputs as the runner sets them', () => {
    const { host } = step({ 'INPUT_IMAGE-URI': 'a', 'INPUT_DRY-RUN': '' })
    expect(['image-uri', 'dry-run', 'other'].map(host.input)).toEqual(['a', '', undefined])
  })

  test('keeps state with the runner and in a file that outlives a killed process', () => {
    const env = { GITHUB_ACTION: '__owner_repo/x', GITHUB_RUN_ID: '5', GITHUB_RUN_ATTEMPT: '2' }
    const { host, said, paper } = step(env)
    host.saveState('deployment', 'd-1')
    expect(said).toEqual(['state deployment=d-1'])
    expect(
      readFileSync(join(paper.cwd, 'strangler-deploy/ecs-deploy-__owner_repo_x-5-2.state.json'), 'utf8'),
    ).toContain('"deployment": "d-1"')
    expect(step({ ...env, RUNNER_TEMP: paper.cwd }, 'post').host.loadState('deployment')).toBe('d-1')
    expect(
      step({ ...env, GITHUB_ACTION: 'other', RUNNER_TEMP: paper.cwd }, 'post').host.loadState('deployment'),
    ).toBeUndefined()
    expect(step(env, 'post', { deployment: 'd-2' }).host.loadState('deployment')).toBe('d-2')
  })

  test('annotates ten times of a kind and then goes on in plain lines', () => {
    const { host, said } = step()
    for (let at = 1; at <= 12; at++) host.warn(`w${at}`)
    host.error('bad')
    expect(said.slice(9)).toEqual(['warning w10', 'info warning: w11', 'info warning: w12', 'error bad'])
  })

  test('cuts an annotation where the runner would, and prints the rest', () => {
    const { host, said } = step()
    host.error('x'.repeat(4_010))
    expect(said).toEqual([`error ${'x'.repeat(4_000)}`, `info ${'x'.repeat(10)}`])
  })

  test('lets no text of others become a command', () => {
    const { host, said } = step()
    host.info('::set-env name=A::b\n  ::stop-commands::x\nfine ::here\n##[command]x')
    expect(said).toEqual(['info : :set-env name=A::b\n  : :stop-commands::x\nfine ::here\n# #[command]x'])
  })

  test('masks each line with the runner and hides the secret itself', () => {
    const { host, said } = step()
    host.mask('first-line\nsecond-line\nx')
    host.mask('no')
    host.info('a second-line b')
    expect(said).toEqual(['secret first-line', 'secret second-line', 'info a *** b'])
  })

  test('does not hand out an output that holds a secret, nor one that the runner would refuse', () => {
    const { host, said } = step()
    host.mask('hunter2-hunter2')
    host.output('a', 'hunter2-hunter2')
    host.output('b', 'x'.repeat(1_100_000))
    host.output('c', 'fine')
    expect(said).toEqual([
      'secret hunter2-hunter2',
      "warning output 'a' holds a masked value and was not written",
      "warning output 'b' is over 1 MiB: see the result file",
      'output c=fine',
    ])
  })

  test('keeps the summary under the limit at which the runner drops it', async () => {
    const { host, said, paper } = step({ GITHUB_STEP_SUMMARY: '/somewhere' })
    host.link('Console (EU)', 'https://c.example/a(b)')
    host.summary('| é |\n'.repeat(200_000))
    await host.finish(1)
    const summary = said.find((line) => line.startsWith('summary '))?.slice(8) ?? ''
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000 * 1_024)
    expect(summary).toMatch(/\| é \|\n\n… cut: the full result is in the JSON file/)
    expect(paper.codes).toEqual([1])
  })

  test('puts links into the summary', async () => {
    const { host, said } = step({ GITHUB_STEP_SUMMARY: '/somewhere' })
    host.summary('# done')
    host.link('Console [EU]', 'https://c.example/a(b)')
    host.link('no', 'javascript:alert(1)')
    await host.finish(0)
    expect(said.at(-1)).toBe('summary # done\n\n- [Console  EU ](https://c.example/a%28b%29)\n')
  })

  test('ends a group also when its body throws', async () => {
    const { host, said } = step()
    await expect(
      host.group('Events', async () => {
        throw new Error('x')
      }),
    ).rejects.toThrow('x')
    expect(said).toEqual(['group Events', 'endgroup'])
  })

  test('takes a state file that is broken for none', () => {
    const { host, paper } = step()
    host.saveState('a', '1')
    const path = join(paper.cwd, 'strangler-deploy/ecs-deploy.state.json')
    appendFileSync(path, 'garbage')
    expect(step({ RUNNER_TEMP: paper.cwd }, 'post').host.loadState('a')).toBeUndefined()
  })
})
