import { describe, expect, test } from '@jest/globals'
import { containerSign, podSigns, workloadSigns } from '../../src/helm/doomed.ts'
import type { ContainerState, ContainerStatus, Pod, Workload } from '../../src/helm/kubernetes-object.ts'

const waiting = (reason: string, message?: string, more: ContainerStatus = {}): ContainerStatus => ({
  name: 'app',
  ready: false,
  restartCount: 0,
  state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
  ...more,
})
const ended = (exitCode: number, reason: string): ContainerState => ({ terminated: { exitCode, reason } })

describe('a container of a new pod', () => {
  test.each<readonly [string, ContainerStatus, 'doomed' | 'waiting' | undefined, string]>([
    [
      'that crashed once may come right',
      waiting('CrashLoopBackOff', '', { restartCount: 1, lastState: ended(1, 'Error') }),
      'waiting',
      'container app CrashLoopBackOff, exit 1',
    ],
    [
      'that crashes repeatedly is doomed',
      waiting('CrashLoopBackOff', '', { restartCount: 2, lastState: ended(137, 'OOMKilled') }),
      'doomed',
      'container app CrashLoopBackOff, exit 137, OOMKilled',
    ],
    [
      'whose image is not there is doomed',
      waiting('ErrImagePull', 'manifest unknown'),
      'doomed',
      'container app ErrImagePull: manifest unknown',
    ],
    [
      'whose registry does not answer may come right',
      waiting('ImagePullBackOff', 'Back-off pulling image'),
      'waiting',
      'container app ImagePullBackOff: Back-off pulling image',
    ],
    ['with an invalid image name is doomed', waiting('InvalidImageName'), 'doomed', 'container app InvalidImageName'],
    [
      'whose Secret is missing is doomed',
      waiting('CreateContainerConfigError', 'secret "x" not found'),
      'doomed',
      'container app CreateContainerConfigError: secret "x" not found',
    ],
    [
      'whose caches are settling may come right',
      waiting('CreateContainerConfigError', 'failed to sync secret cache: timed out'),
      'waiting',
      'container app CreateContainerConfigError: failed to sync secret cache: timed out',
    ],
    [
      'that cannot be run is doomed',
      waiting('RunContainerError', 'no such file'),
      'doomed',
      'container app RunContainerError: no such file',
    ],
    [
      'that its node failed to start may come right',
      waiting('RunContainerError', '', { lastState: ended(128, 'StartError') }),
      'waiting',
      'container app RunContainerError',
    ],
    ['that is being made says nothing', waiting('ContainerCreating'), undefined, ''],
    ['that is ready says nothing', { name: 'app', ready: true, state: { running: {} } }, undefined, ''],
    [
      'that is not ready yet may come right',
      { name: 'app', ready: false, state: { running: {} } },
      'waiting',
      'container app is not ready',
    ],
  ])('%s', (_name, status, verdict, text) => {
    const sign = containerSign(status, false)
    expect(sign?.verdict).toBe(verdict)
    expect(sign?.text ?? '').toBe(text)
  })

  test('that is an init container and failed is doomed', () => {
    const status: ContainerStatus = { name: 'init', state: { terminated: { exitCode: 2, reason: 'Error' } } }
    expect(containerSign(status, true)).toMatchObject({ verdict: 'doomed', text: 'init container init ended, exit 2' })
  })
})

describe('a pod', () => {
  test('that cannot be scheduled may come right, and says why', () => {
    const pod: Pod = {
      status: {
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }],
      },
    }
    expect(podSigns(pod)).toMatchObject([{ verdict: 'waiting', text: 'pod is Unschedulable: 0/3 nodes' }])
  })
  test('that was evicted or is being deleted is not blamed', () => {
    const containerStatuses = [waiting('InvalidImageName')]
    expect(podSigns({ status: { reason: 'Evicted', containerStatuses } })).toEqual([])
    expect(podSigns({ metadata: { deletionTimestamp: 'now' }, status: { containerStatuses } })).toEqual([])
  })
  test('tells the worst first', () => {
    const containerStatuses = [{ name: 'side', ready: false, state: { running: {} } }, waiting('InvalidImageName')]
    expect(podSigns({ status: { containerStatuses } }).map(({ verdict }) => verdict)).toEqual(['doomed', 'waiting'])
  })
})

describe('a workload', () => {
  const at = Date.parse('2026-01-01T00:10:00Z')
  const since = (seconds: number): string => new Date(at - seconds * 1_000).toISOString()
  const deployment = (condition: object, generations: readonly [number, number] = [2, 2]): Workload => ({
    kind: 'Deployment',
    metadata: { generation: generations[0] },
    status: { observedGeneration: generations[1], conditions: [condition] },
  })
  const failedCreate = (seconds: number) => ({
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message: 'exceeded quota',
    lastTransitionTime: since(seconds),
  })
  test('past its progress deadline is doomed', () => {
    const late = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }
    expect(workloadSigns(deployment(late), at)).toMatchObject([{ verdict: 'doomed' }])
  })
  test('is not judged by what its controller said of an older generation', () => {
    const late = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }
    expect(workloadSigns(deployment(late, [3, 2]), at)).toEqual([])
  })
  test('that cannot make pods is doomed only after a minute', () => {
    expect(workloadSigns(deployment(failedCreate(59)), at)).toMatchObject([{ verdict: 'waiting' }])
    expect(workloadSigns(deployment(failedCreate(61)), at)).toMatchObject([
      { verdict: 'doomed', text: 'FailedCreate: exceeded quota' },
    ])
  })
})
