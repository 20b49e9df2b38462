import { describe, expect, test } from '@jest/globals'
import { parseHelmVersion } from '../../src/helm/helm-version.ts'
import { maxHistory, sizeWarnings } from '../../src/helm/history-limit.ts'
import { planRollback, planUninstall } from '../../src/helm/operation-plan.ts'
import { historyLines } from '../../src/helm/operation-report.ts'
import { planRecovery } from '../../src/helm/recovery-plan.ts'
import type { ReleaseStatus, Revision } from '../../src/helm/release-history.ts'

const version = parseHelmVersion('4.2.3')
const words: Partial<Record<ReleaseStatus, string>> = {
  failed: 'Upgrade "web" failed: context deadline exceeded',
  uninstalled: 'Uninstallation complete',
}
/** `deployed`, `superseded failed`, `deployed:Rollback to 1`: one revision each, from 1 on. */
const history = (...entries: readonly string[]): Revision[] =>
  entries.map((entry, index) => {
    const [status = '', description] = entry.split(':')
    const known = status as ReleaseStatus
    return {
      revision: index + 1,
      status: known,
      chart: 'web-0.1.0',
      appVersion: '',
      description: description ?? words[known] ?? 'Upgrade complete',
      updated: undefined,
      labels: {},
    }
  })
const recovery = (entries: readonly Revision[], repair: 'auto' | 'off' = 'auto') =>
  planRecovery(entries, { kind: 'free' }, { repair, version })

describe('a rollback', () => {
  const failedOnce = 'superseded:Upgrade "web" failed: no'
  test.each([
    ['to the one before when all is well', ['superseded', 'deployed'], undefined, { kind: 'go', to: 1 }],
    ['past revisions that never ran', ['superseded', failedOnce, 'deployed'], undefined, { kind: 'go', to: 1 }],
    ['to the deployed one below a failed one', ['superseded', 'deployed', 'failed'], undefined, { kind: 'go', to: 2 }],
    ['below a stuck one', ['superseded', 'deployed', 'pending-upgrade'], undefined, { kind: 'go', to: 2 }],
    ['not twice', ['superseded', 'superseded', 'deployed:Rollback to 1'], undefined, { kind: 'there', to: 1 }],
    ['not from a first install', ['deployed'], undefined, { kind: 'blocked' }],
    ['not when nothing ever ran', ['failed', 'failed'], undefined, { kind: 'blocked' }],
    ['not of what is not there', [], undefined, { kind: 'blocked' }],
    ['of what is uninstalled only by name', ['superseded', 'uninstalled'], undefined, { kind: 'blocked' }],
    ['of what is uninstalled', ['superseded', 'uninstalled'], 2, { kind: 'go', to: 2, warning: undefined }],
    ['to a named one', ['superseded', 'superseded', 'deployed'], 1, { kind: 'go', to: 1, warning: undefined }],
    ['to the one that is there', ['superseded', 'deployed'], 2, { kind: 'there', to: 2 }],
    ['to the one that was gone back to', ['superseded', 'superseded', 'deployed:Rollback to 1'], 1, { kind: 'there' }],
    [
      'further back by name',
      ['superseded', 'superseded', 'superseded', 'deployed:Rollback to 2'],
      1,
      { kind: 'go', to: 1 },
    ],
    ['to one that is pruned', ['superseded', 'deployed'], 9, { kind: 'blocked' }],
  ] as const)('%s', (_, entries, asked, plan) => {
    const all = history(...entries)
    expect(planRollback(all, asked, recovery(all))).toMatchObject(plan)
  })
  test('to a named one that never ran is warned of', () => {
    const all = history('superseded', failedOnce, 'deployed')
    expect(planRollback(all, 2, recovery(all))).toMatchObject({
      warning: expect.stringContaining('revision 2 never ran'),
    })
  })
  test('of a stuck release is blocked when repair is off', () => {
    const all = history('deployed', 'pending-upgrade')
    expect(planRollback(all, 1, recovery(all, 'off'))).toMatchObject({ kind: 'blocked' })
  })
})

describe('an uninstall', () => {
  test.each([
    [['superseded', 'deployed'], true, { kind: 'go', purge: false }],
    [['failed'], true, { kind: 'go', purge: false }],
    [['deployed', 'pending-upgrade'], true, { kind: 'go', purge: false }],
    [['uninstalling'], true, { kind: 'go', purge: false }],
    [['superseded', 'uninstalled'], true, { kind: 'gone' }],
    [['superseded', 'uninstalled'], false, { kind: 'go', purge: true }],
    [[], false, { kind: 'gone' }],
  ] as const)('of %j, history kept: %s', (entries, keep, plan) => {
    const all = history(...entries)
    expect(planUninstall(all, keep, recovery(all))).toEqual(plan)
  })
  test('that did not end is gone through with also when repair is off, a stuck upgrade is not touched', () => {
    const begun = history('deployed', 'uninstalling')
    expect(planUninstall(begun, true, recovery(begun, 'off'))).toMatchObject({ kind: 'go' })
    const stuck = history('deployed', 'pending-upgrade')
    expect(planUninstall(stuck, true, recovery(stuck, 'off'))).toMatchObject({ kind: 'blocked' })
  })
})

describe('the history', () => {
  test('is told newest first, with the one to go back to', () => {
    expect(historyLines(history('superseded', 'failed', 'deployed'), 2)).toEqual([
      'revision  status    ran well         updated  chart      description',
      '3         deployed  last known good           web-0.1.0  Upgrade complete',
      '2         failed    no                        web-0.1.0  Upgrade "web" failed: context deadline exceeded',
      '… 1 older',
    ])
    expect(historyLines([])).toEqual([])
  })
  test.each([
    [{}, 100],
    [{ HELM_MAX_HISTORY: '' }, 100],
    [{ HELM_MAX_HISTORY: '25' }, 25],
    [{ HELM_MAX_HISTORY: '0' }, 0],
  ])('has the length that %j says', (env, length) => expect(maxHistory(env)).toBe(length))
  test('has no length that is no number', () => {
    expect(() => maxHistory({ HELM_MAX_HISTORY: 'many' })).toThrow('HELM_MAX_HISTORY: expected a whole number')
  })
  test.each([
    [100_000, 10, []],
    [800_000, 1, ['781 KiB of at most 1024 KiB']],
    [300_000, 100, ['about 29 MiB']],
    [800_000, 100, ['781 KiB', 'about 76 MiB']],
  ])('with records of %d bytes, %d of them, is warned of: %j', (size, count, texts) => {
    expect(sizeWarnings(size, count)).toEqual(texts.map((text) => expect.stringContaining(text)))
  })
})
