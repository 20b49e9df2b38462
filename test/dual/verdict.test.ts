import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../src/action/outcome.ts'
import type { Phase, Side } from '../../src/dual/phase.ts'
import { dualVerdict, requiringParity, type SideResult } from '../../src/dual/verdict.ts'

const artifact = `sha256:${'a'.repeat(64)}`
const other = `sha256:${'b'.repeat(64)}`

const side = (name: Side, outcome: Outcome, running: readonly string[] | null = [artifact]): SideResult => ({
  side: name,
  outcome,
  reason: outcome === 'succeeded' || outcome === 'unchanged' ? undefined : 'it broke',
  running: running ?? undefined,
  unread: running === null ? 'not known' : undefined,
})

describe('the outcome of a dual deployment', () => {
  const rows: [string, Phase, SideResult[], Outcome, boolean | undefined, number][] = [
    ['both succeed in dual', 'dual', [side('legacy', 'succeeded'), side('new', 'succeeded')], 'succeeded', true, 0],
    ['nothing changed anywhere', 'dual', [side('legacy', 'unchanged'), side('new', 'unchanged')], 'unchanged', true, 0],
    ['one side changed', 'dual', [side('legacy', 'unchanged'), side('new', 'succeeded')], 'succeeded', true, 0],
    [
      "the new side's failure warns in dual",
      'dual',
      [side('legacy', 'succeeded'), side('new', 'rolled-back', [other])],
      'succeeded',
      false,
      1,
    ],
    [
      "the owner's failure fails in dual",
      'dual',
      [side('legacy', 'rolled-back', [other]), side('new', 'succeeded')],
      'rolled-back',
      false,
      0,
    ],
    ['both fail', 'dual', [side('legacy', 'failed', [other]), side('new', 'timed-out', [other])], 'failed', false, 1],
    [
      "legacy's failure warns in new-primary",
      'new-primary',
      [side('legacy', 'failed', [other]), side('new', 'succeeded')],
      'succeeded',
      false,
      1,
    ],
    [
      "the new side's failure fails in new-primary",
      'new-primary',
      [side('legacy', 'succeeded'), side('new', 'rolled-back', [other])],
      'rolled-back',
      false,
      0,
    ],
    [
      'an owner that says success but runs something else',
      'dual',
      [side('legacy', 'succeeded', [other]), side('new', 'succeeded')],
      'failed',
      false,
      0,
    ],
    ['an owner whose digest is not known', 'legacy', [side('legacy', 'succeeded', null)], 'failed', undefined, 0],
    ['an owner that runs nothing', 'new', [side('new', 'succeeded', [])], 'failed', undefined, 0],
    [
      'a standby whose digest is not known is no parity',
      'dual',
      [side('legacy', 'succeeded'), side('new', 'succeeded', null)],
      'succeeded',
      false,
      1,
    ],
    [
      'a standby that runs two digests is no parity',
      'dual',
      [side('legacy', 'succeeded'), side('new', 'succeeded', [artifact, other])],
      'succeeded',
      false,
      1,
    ],
    [
      'cancelled on either side',
      'dual',
      [side('legacy', 'succeeded'), side('new', 'cancelled', null)],
      'cancelled',
      false,
      0,
    ],
    ['one side only', 'archive', [side('legacy', 'succeeded')], 'succeeded', undefined, 0],
  ]
  test.each(rows)('%s (%s)', (_, phase, results, outcome, parity, warnings) => {
    const verdict = dualVerdict(phase, new Set([artifact]), results)
    expect([verdict.outcome, verdict.parity, verdict.warnings.length]).toEqual([outcome, parity, warnings])
    expect(verdict.reason === undefined).toBe(outcome === 'succeeded' || outcome === 'unchanged')
  })
})

describe('parity as a gate', () => {
  const accepted = new Set([artifact])
  const verdict = (phase: Phase, ...ends: SideResult[]) => requiringParity(dualVerdict(phase, accepted, ends))

  test('turns the warning of a lost parity into the failure of the deployment', () => {
    expect(verdict('dual', side('legacy', 'succeeded'), side('new', 'rolled-back', [other]))).toEqual({
      outcome: 'failed',
      reason: 'parity is required: new: it broke (the legacy side owns the traffic and succeeded; parity is lost)',
      warnings: [],
      parity: false,
    })
    expect(verdict('new-primary', side('legacy', 'unchanged', null), side('new', 'unchanged'))).toMatchObject({
      outcome: 'failed',
      reason: 'parity is required: legacy: not known: no parity',
    })
  })

  test('leaves parity, a single side and a failure as they are', () => {
    expect(verdict('dual', side('legacy', 'succeeded'), side('new', 'unchanged'))).toMatchObject({
      outcome: 'succeeded',
      parity: true,
    })
    expect(verdict('new', side('new', 'unchanged'))).toMatchObject({ outcome: 'unchanged', parity: undefined })
    expect(verdict('dual', side('legacy', 'timed-out', [other]), side('new', 'succeeded'))).toMatchObject({
      outcome: 'timed-out',
      reason: 'legacy: it broke',
    })
  })
})
