import { describe, expect, test } from '@jest/globals'
import {
  dryRunArgv,
  historyArgv,
  type ReleasePlace,
  replaceArgv,
  rollbackArgv,
  type UpgradeRequest,
  upgradeArgv,
} from '../../src/helm/helm-command.ts'
import { parseHelmVersion, versionWarnings } from '../../src/helm/helm-version.ts'

const place: ReleasePlace = { release: 'web', namespace: 'qa', kubeconfig: undefined, kubeContext: undefined }
const request: UpgradeRequest = {
  chart: './chart',
  chartVersion: undefined,
  createNamespace: false,
  values: ['a.yaml', 'b,c.yaml'],
  valuesMode: 'reset',
  historyMax: 100,
  timeoutMs: 600_000,
  wait: 'ready',
  waitForJobs: false,
  takeOwnership: false,
  forceConflicts: false,
  labels: { 'ci-run': '7' },
}
const versions = { old: '3.14.4', v3: '3.17.2', v4: '4.2.3' }
const argv = (version: keyof typeof versions, more: Partial<UpgradeRequest> = {}): string =>
  upgradeArgv(parseHelmVersion(versions[version]), place, { ...request, ...more }).join(' ')

describe('the command line of an upgrade', () => {
  test.each([
    ['v3', '--wait', {}],
    ['v4', '--wait=watcher', {}],
    ['v3', '--wait', { wait: 'legacy' }],
    ['v4', '--wait=legacy', { wait: 'legacy' }],
    ['v3', '--wait --wait-for-jobs', { waitForJobs: true }],
    ['v4', '--wait=watcher --wait-for-jobs', { waitForJobs: true }],
    ['v3', '--labels ci-run=7', {}],
    ['v3', '--reset-values', {}],
    ['v3', '--reset-then-reuse-values', { valuesMode: 'reset-then-reuse' }],
    ['old', '--reset-then-reuse-values', { valuesMode: 'reset-then-reuse' }],
    ['v4', '--reuse-values', { valuesMode: 'reuse' }],
    ['v3', '--take-ownership', { takeOwnership: true }],
    ['v4', '--force-conflicts', { forceConflicts: true }],
    ['v4', '--history-max 100', {}],
    ['v4', '--timeout 600s', {}],
    ['v4', '--timeout 1s', { timeoutMs: 0 }],
    ['v4', '--version 1.2.3', { chartVersion: '1.2.3' }],
  ] as const)('of helm %s has %s for %j', (version, part, more) => {
    expect(` ${argv(version, more)} `).toContain(` ${part} `)
  })
  test.each([
    ['old', '--take-ownership', { takeOwnership: true }],
    ['v3', '--force-conflicts', { forceConflicts: true }],
    ['v3', '--wait', { wait: 'none' }],
    ['v4', '--wait', { wait: 'none' }],
  ] as const)('of helm %s has no %s for %j', (version, part, more) => {
    expect(argv(version, more)).not.toContain(part)
  })
  test('is never atomic, in no version and for no request', () => {
    for (const version of ['old', 'v3', 'v4'] as const) {
      expect(argv(version)).not.toMatch(/atomic|rollback-on-failure|cleanup-on-fail/)
    }
  })
  test('names kubeconfig and context only when they are given', () => {
    expect(argv('v4')).not.toContain('kube')
    const where = { ...place, kubeconfig: '/k', kubeContext: 'c' }
    expect(historyArgv(where).join(' ')).toContain('--kubeconfig /k --kube-context c')
  })
})

test('a rollback names its revision, keeps the history and waits', () => {
  const options = { historyMax: 100, timeoutMs: 60_000, wait: 'ready', waitForJobs: false, hooks: false } as const
  expect(rollbackArgv(parseHelmVersion('3.17.2'), place, 4, options)).toEqual(
    'rollback web 4 --namespace qa --history-max 100 --timeout 60s --wait --no-hooks'.split(' '),
  )
})

test('a dry run asks the server and prints the release', () => {
  expect(dryRunArgv(parseHelmVersion('4.2.3'), place, request)).toContain('--dry-run=server')
  expect(dryRunArgv(parseHelmVersion('3.14.4'), place, request)).toContain('--dry-run=server')
})

test('an uninstalled release with a long history is installed with --replace', () => {
  expect(replaceArgv(parseHelmVersion('4.2.3'), place, request).slice(0, 3)).toEqual(['install', '--replace', 'web'])
})

describe('helm’s version', () => {
  test.each([
    ['v3.17.2', 3, '3.17.2'],
    ['v4.2.3+g1a2b3c4', 4, '4.2.3'],
    ['v4.0.0-rc.1\n', 4, '4.0.0'],
  ] as const)('is read from %j', (printed, major, text) => {
    expect(parseHelmVersion(printed)).toMatchObject({ major, text })
  })
  test.each(['v2.17.0', 'v3.13.3', 'v5.0.0', '', 'Client: &version'])('is refused when it is %j', (printed) => {
    expect(() => parseHelmVersion(printed)).toThrow(/not supported|cannot tell/)
  })
  test.each([
    ['4.2.1', ['hang until the time-out']],
    ['4.0.0', ['list objects of the whole cluster', 'old names of its flags']],
    ['4.1.1', ['old names of its flags']],
    ['3.14.3', ['history kept']],
    ['3.14.4', []],
    ['3.17.2', []],
    ['4.1.4', []],
    ['4.2.0', []],
    ['4.2.3', []],
  ] as const)('%s is warned of: %j', (version, faults) => {
    const warnings = versionWarnings(parseHelmVersion(version))
    expect(warnings).toEqual(faults.map((fault) => expect.stringContaining(fault)))
    for (const warning of warnings) expect(warning).toContain(`helm ${version} `)
  })
})
