import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseHelmVersion } from '../../src/helm/helm-version.ts'
import { lastKnownGood, ranWell } from '../../src/helm/known-good.ts'
import { planRecovery } from '../../src/helm/recovery-plan.ts'
import { isPending, type ReleaseStatus, type Revision, releaseStatuses } from '../../src/helm/release-history.ts'
import { judgeLock, labelValue, lockGraceMs } from '../../src/helm/release-lock.ts'

const v3 = parseHelmVersion('v3.17.2')
const v4 = parseHelmVersion('v4.2.3')
const me = { run: 'github.acme.orders.7', attempt: '2', isAlive: (pid: number) => pid === 11 }
const free = { kind: 'free' } as const
const stale = { kind: 'stale', why: 'it was left by this run, attempt 1' } as const

const descriptions: Readonly<Partial<Record<ReleaseStatus, string>>> = {
  deployed: 'Upgrade complete',
  superseded: 'Upgrade complete',
  failed: 'Upgrade "app" failed: context deadline exceeded',
  'pending-install': 'Initial install underway',
  'pending-upgrade': 'Preparing upgrade',
}

/** `deployed`, or `superseded:description`. */
function history(...entries: readonly string[]): readonly Revision[] {
  return entries.map((entry, index) => {
    const [status = '', description] = entry.split('|')
    return {
      revision: index + 1,
      status: status as ReleaseStatus,
      chart: 'app-0.1.0',
      appVersion: '',
      description: description ?? descriptions[status as ReleaseStatus] ?? '',
      updated: 1_000 * index,
      labels: {},
    }
  })
}

const poisoned = 'superseded|Release "app" failed: context deadline exceeded'
const unlock = (revision: number, was: string) => ({ kind: 'unlock', revision, was })

describe('the recovery of a release, the same under helm 3 and 4', () => {
  const rows: readonly (readonly [
    name: string,
    history: readonly Revision[],
    lock: typeof free | typeof stale,
    expected: object,
  ])[] = [
    ['N: nothing there', history(), free, { state: 'none', repairs: [], deploy: 'upgrade', goBackTo: undefined }],
    ['D: deployed', history('deployed'), free, { state: 'deployed', repairs: [], deploy: 'upgrade', goBackTo: 1 }],
    [
      'F1: the first install failed',
      history('failed'),
      free,
      { state: 'failed-first', repairs: [], goBackTo: undefined },
    ],
    [
      'F1: several first installs failed',
      history('failed', 'failed'),
      free,
      { state: 'failed-first', repairs: [], goBackTo: undefined },
    ],
    [
      'F2: failed over a deployed one',
      history('superseded', 'deployed', 'failed', 'failed'),
      free,
      { state: 'failed-over-deployed', repairs: [], goBackTo: 2 },
    ],
    [
      'F3: failed over superseded ones',
      history('superseded', 'failed'),
      free,
      { state: 'failed-over-superseded', repairs: [], goBackTo: 1 },
    ],
    [
      'PI: an install was killed',
      history('pending-install'),
      stale,
      { state: 'pending-install', repairs: [unlock(1, 'pending-install')], deploy: 'upgrade', goBackTo: undefined },
    ],
    [
      'PU: an upgrade was killed',
      history('deployed', 'pending-upgrade'),
      stale,
      { state: 'pending-upgrade', repairs: [unlock(2, 'pending-upgrade')], goBackTo: 1 },
    ],
    [
      'PU0: an upgrade was killed and nothing ran well before',
      history('failed', 'pending-upgrade'),
      stale,
      { state: 'pending-upgrade-first', repairs: [unlock(2, 'pending-upgrade')], goBackTo: undefined },
    ],
    [
      'PR: a rollback was killed',
      history('superseded', poisoned, 'pending-rollback'),
      stale,
      { state: 'pending-rollback', repairs: [unlock(3, 'pending-rollback')], goBackTo: 1 },
    ],
    [
      'U1: uninstalled, history kept',
      history('uninstalled|Uninstallation complete'),
      free,
      { state: 'uninstalled', repairs: [], deploy: 'upgrade', goBackTo: undefined },
    ],
    [
      'U10: uninstalled, ten revisions kept',
      history(...Array.from({ length: 9 }, () => 'superseded'), 'uninstalled'),
      free,
      { state: 'uninstalled', repairs: [], deploy: 'replace', goBackTo: undefined },
    ],
    [
      'UG: an uninstall did not end, and it ran well before',
      history('superseded', 'uninstalling'),
      free,
      { state: 'uninstalling', repairs: [unlock(2, 'uninstalling')], goBackTo: 1 },
    ],
    [
      'UG: an uninstall of what never ran did not end',
      history('failed', 'uninstalling'),
      free,
      { state: 'uninstalling', repairs: [{ kind: 'uninstall' }], goBackTo: undefined },
    ],
    [
      'S: only superseded ones are left',
      history('superseded', 'superseded'),
      free,
      { state: 'superseded-only', repairs: [], deploy: 'upgrade', goBackTo: 2 },
    ],
    ['M: two are deployed', history('deployed', 'deployed'), free, { state: 'deployed', repairs: [], goBackTo: 2 }],
    ['X: a state that helm does not know', history('unknown'), free, { repairs: [unlock(1, 'unknown')] }],
  ]
  test.each(rows)('%s', (_name, found, lock, expected) => {
    for (const version of [v3, v4]) {
      const plan = planRecovery(found, lock, { repair: 'auto', version })
      expect(plan).toMatchObject({ heldBy: undefined, refused: undefined, ...expected })
    }
  })

  test('U≤: before helm 3.14.4 an uninstalled release is always replaced', () => {
    const old = parseHelmVersion('v3.14.3')
    expect(planRecovery(history('uninstalled'), free, { repair: 'auto', version: old }).deploy).toBe('replace')
  })

  test('repairs nothing that somebody else may be working on', () => {
    const held = { kind: 'held', by: 'run 8', ageMs: 5, staleInMs: 10 } as const
    const plan = planRecovery(history('deployed', 'pending-upgrade'), held, { repair: 'auto', version: v4 })
    expect(plan).toMatchObject({ heldBy: held, repairs: [] })
  })

  test('says what it would repair when repair is off', () => {
    const plan = planRecovery(history('pending-install'), stale, { repair: 'off', version: v4 })
    expect(plan.repairs).toEqual([])
    expect(plan.refused).toMatch(/^revision 1 is pending-install and 'repair' is off: /)
  })

  const anyHistory = fc
    .array(
      fc.record({
        status: fc.constantFrom(...releaseStatuses),
        description: fc.constantFrom('Upgrade complete', 'Upgrade "a" failed: x', 'Preparing upgrade', ''),
        wait: fc.constantFrom('true', 'false', undefined),
      }),
      { maxLength: 20 },
    )
    .map((entries) =>
      entries.map(({ status, description, wait }, index): Revision => {
        const labels: Record<string, string> = wait === undefined ? {} : { 'ci-wait': wait }
        return { revision: index + 1, status, chart: '', appVersion: '', description, updated: undefined, labels }
      }),
    )

  test('always leaves a release that can be upgraded, and never goes back to a revision that did not run', () => {
    fc.assert(
      fc.property(anyHistory, (found) => {
        const pending = found.length > 0 && isPending(found.at(-1)?.status ?? 'unknown')
        const plan = planRecovery(found, pending ? stale : free, { repair: 'auto', version: v4 })
        const last = found.at(-1)
        const blocked = last !== undefined && (pending || ['uninstalling', 'unknown'].includes(last.status))
        expect(plan.repairs.length > 0).toBe(blocked)
        for (const step of plan.repairs) if (step.kind === 'unlock') expect(step.revision).toBe(last?.revision)
        const target = found.find(({ revision }) => revision === plan.goBackTo)
        if (plan.goBackTo !== undefined) expect(target !== undefined && ranWell(target)).toBe(true)
      }),
    )
  })
})

describe('the last known good revision', () => {
  test('is not the one before when that failed', () => {
    expect(lastKnownGood(history('superseded', 'deployed', 'failed', 'failed'))?.revision).toBe(2)
  })
  test('is never a superseded one that had failed', () => {
    expect(lastKnownGood(history('superseded', poisoned, 'failed'))?.revision).toBe(1)
    expect(lastKnownGood(history(poisoned, 'failed'))).toBeUndefined()
  })
  test('is never one that was unlocked or marked as failed', () => {
    const found = history(
      "superseded|Release unlocked from stale 'pending-upgrade' state",
      'superseded|Release marked as failed: x',
    )
    expect(lastKnownGood(found)).toBeUndefined()
  })
  test('is one whose pods were waited for, if there is any', () => {
    const unwaited = (entry: Revision): Revision => ({ ...entry, labels: { 'ci-wait': 'false' } })
    const [one, two, three] = history('superseded', 'deployed', 'failed') as [Revision, Revision, Revision]
    expect(lastKnownGood([one, unwaited(two), three])?.revision).toBe(1)
    expect(lastKnownGood([unwaited(two), three])?.revision).toBe(2)
  })
  test('lies below the revision that failed', () => {
    expect(lastKnownGood(history('superseded', 'deployed'), 2)?.revision).toBe(1)
  })
})

describe('the lock of a release', () => {
  const labelled = (entries: readonly Revision[], at: number, labels: Record<string, string>): readonly Revision[] =>
    entries.map((entry) => (entry.revision === at ? { ...entry, labels } : entry))
  const timeout = 600_000
  const pending = history('deployed', 'pending-upgrade')

  test('is free when nothing is pending', () => {
    expect(judgeLock(history('failed'), me, 0, 1, timeout)).toEqual({ kind: 'free' })
  })
  test('is stale when this very run left it', () => {
    const own = labelled(pending, 2, { 'ci-run': me.run, 'ci-attempt': '1' })
    expect(judgeLock(own, me, 0, 1, timeout)).toMatchObject({
      kind: 'stale',
      why: expect.stringContaining('attempt 1'),
    })
  })
  test('is held when the process of this machine that made it still lives', () => {
    const by = (pid: string) => labelled(pending, 2, { 'ci-run': me.run, 'ci-pid': pid })
    expect(judgeLock(by('11'), me, 0, 1, timeout).kind).toBe('held')
    expect(judgeLock(by('12'), me, 0, 1, timeout).kind).toBe('stale')
  })
  test('is held by another run until its time and a grace are over', () => {
    const other = labelled(pending, 2, { 'ci-run': 'other' })
    expect(judgeLock(other, me, 0, timeout + lockGraceMs - 1, timeout)).toMatchObject({
      kind: 'held',
      by: 'run other',
      staleInMs: 1,
    })
    expect(judgeLock(other, me, 0, timeout + lockGraceMs, timeout).kind).toBe('stale')
  })
  test('of a pending rollback belongs to the run of the revision before it, since its labels are its target’s', () => {
    const rollback = history('superseded', 'failed', 'pending-rollback')
    const own = labelled(labelled(rollback, 2, { 'ci-run': me.run }), 3, { 'ci-run': 'the-target-s' })
    expect(judgeLock(own, me, 0, 1, timeout).kind).toBe('stale')
    const other = labelled(labelled(rollback, 2, { 'ci-run': 'other' }), 3, { 'ci-run': me.run })
    expect(judgeLock(other, me, 0, 1, timeout).kind).toBe('held')
  })
  test('of unknown age is held', () => {
    const ageless = pending.map((entry) => ({ ...entry, updated: undefined }))
    expect(judgeLock(ageless, me, undefined, Number.MAX_SAFE_INTEGER, timeout).kind).toBe('held')
  })
})

test('a run’s identity is always a valid label value', () => {
  expect(labelValue('github:acme/orders/123')).toBe('github.acme.orders.123')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(labelValue(text)).toMatch(/^(|[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)$/)
    }),
  )
})
