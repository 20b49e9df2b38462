import { describe, expect, test } from '@jest/globals'
import { flag, list, oneOf, text } from '../src/action/inputs.ts'
import { readFlags } from '../src/flags.ts'

const table = {
  cluster: text({ description: 'Cluster', required: true }),
  'dry-run': flag({ description: 'Only look', default: 'false' }),
  tags: list({ description: 'Tags' }),
  mode: oneOf(['a', 'b'])({ description: 'Mode', default: 'a' }),
}

describe('flags', () => {
  test.each<[string, string[], Record<string, string>]>([
    ['a value after a space', ['--cluster', 'main'], { cluster: 'main' }],
    ['a value after an equals sign, kept whole', ['--cluster=a=b --c'], { cluster: 'a=b --c' }],
    ['an empty value', ['--cluster='], { cluster: '' }],
    ['a value with one hyphen', ['--cluster', '-x'], { cluster: '-x' }],
    ['a flag alone', ['--dry-run', '--cluster', 'x'], { 'dry-run': 'true', cluster: 'x' }],
    ['a flag with its value', ['--dry-run', 'false'], { 'dry-run': 'false' }],
    ['a flag negated', ['--no-dry-run'], { 'dry-run': 'false' }],
    ['a flag given a wrong value, for its parser to refuse', ['--dry-run=maybe'], { 'dry-run': 'maybe' }],
    ['a list given twice', ['--tags', 'a,b', '--tags', 'c'], { tags: 'a,b\nc' }],
  ])('take %s', (_, argv, inputs) => expect(readFlags(table, argv)).toMatchObject({ inputs, problems: [] }))

  test('name every problem at once', () => {
    expect(
      readFlags(table, ['--clutser', 'x', 'loose', '--mode', 'a', '--mode', 'b', '--zzz', '--cluster']).problems,
    ).toEqual([
      '--clutser: is unknown, did you mean --cluster?',
      "'loose': expected a flag such as --cluster",
      '--mode: is given twice',
      '--zzz: is unknown',
      '--cluster: needs a value',
    ])
  })

  test('of the command line itself are no inputs', () => {
    expect(readFlags(table, ['--json', '--output-file', 'o.json', '--state-file=s.json', '-h'])).toEqual({
      inputs: {},
      options: { json: true, outputFile: 'o.json', stateFile: 's.json' },
      help: true,
      problems: [],
    })
  })

  test('named as a part of every object are unknown too', () => {
    expect(readFlags(table, ['--constructor=x', '--toString', '--__proto__=y']).problems).toHaveLength(3)
  })
})
