import { describe, expect, test } from '@jest/globals'
import { lastWords } from '../../bench/observed.ts'

describe('last words', () => {
  test.each([
    [
      'the first error that the runner shows',
      1,
      ['::group::x', '::error::app: exit 1%0Amore', '::error::later'],
      'app: exit 1 more',
    ],
    [
      'the last line when all is well, without its time',
      0,
      ['a', '::error::old', '[1m 5s] done', '::endgroup::', ' '],
      'done',
    ],
    ['the last line when there was no error', 1, ['Deployment started', '::debug::x'], 'Deployment started'],
    ['a word for silence', 0, ['', '::set-output name=a::b'], '(nothing)'],
  ])('are %s', (_, code, lines, expected) => expect(lastWords({ code, lines })).toBe(expected))

  test('keep nothing that changes from run to run', () => {
    const lines = [
      '::error::d-1A2B3C4D5 and GQ76MPbP1-C7eweXFIYav and live/orders/ETEflH_SJHMILD5RUtxw9 of ecs-svc/0455783316759912656 at 127.0.0.1:40123 in /tmp/a/b.json',
    ]
    expect(lastWords({ code: 1, lines })).toBe('d-… and … and live/orders/… of ecs-svc/… at 127.0.0.1 in …')
  })

  test('leave names of revisions and services as they are', () => {
    const text = 'orders runs arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:2 already'
    expect(lastWords({ code: 0, lines: [text] })).toBe(text)
  })
})
