import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { terminalHost } from '../../src/hosts/terminal.ts'
import { paperProcess } from './surroundings.ts'

const main = { action: 'ecs-deploy', step: 'main' } as const

describe('the terminal host', () => {
  test('prints the log and a table of outputs', async () => {
    const paper = paperProcess()
    const host = terminalHost(paper, main)
    host.info('working')
    await host.group('Events', async () => host.info('one\ntwo'))
    host.warn('careful')
    host.output('outcome', 'succeeded')
    host.output('id', 'd-1')
    await host.finish(0)
    expect(paper.printed.stdout).toBe('working\n▸ Events\n  one\n  two\noutcome  succeeded\nid       d-1\n')
    expect(paper.printed.stderr).toBe('warning: careful\n')
    expect(paper.codes).toEqual([0])
  })

  test.each([
    ['on a terminal', {}, true, '\u001b[31merror: bad\u001b[0m\n'],
    ['not where NO_COLOR is set', { NO_COLOR: '1' }, true, 'error: bad\n'],
    ['not in a pipe', {}, false, 'error: bad\n'],
  ])('has colours %s', (_, env, tty, expected) => {
    const paper = paperProcess(env, tty)
    terminalHost(paper, main).error('bad')
    expect(paper.printed.stderr).toBe(expected)
  })

  test('with --json prints one object on stdout and all else on stderr', async () => {
    const paper = paperProcess()
    const host = terminalHost(paper, { ...main, json: true, outputFile: 'out.json' })
    host.info('working')
    host.summary('# done')
    host.output('outcome', 'failed')
    host.link('Console', 'https://c.example')
    await host.finish(1, 'app: exit 137')
    const expected = {
      action: 'ecs-deploy',
      exitCode: 1,
      failure: 'app: exit 137',
      outputs: { outcome: 'failed' },
      links: [{ label: 'Console', url: 'https://c.example' }],
    }
    expect(JSON.parse(paper.printed.stdout)).toEqual(expected)
    expect(JSON.parse(readFileSync(join(paper.cwd, 'out.json'), 'utf8'))).toEqual(expected)
    expect(paper.printed.stderr).toContain('# done')
  })

  test('keeps state in the file it is told', () => {
    const paper = paperProcess()
    terminalHost(paper, { ...main, stateFile: 'mine.json' }).saveState('a', '1')
    expect(JSON.parse(readFileSync(join(paper.cwd, 'mine.json'), 'utf8'))).toEqual({ a: '1' })
    expect(terminalHost(paper, { ...main, stateFile: 'mine.json' }).loadState('a')).toBe('1')
  })

  test('shows debug lines only when asked', () => {
    const paper = paperProcess({ STRANGLER_DEBUG: 'true' })
    terminalHost(paper, main).debug('why')
    terminalHost(paperProcess(), main).debug('why')
    expect(paper.printed.stderr).toBe('debug: why\n')
  })
})
