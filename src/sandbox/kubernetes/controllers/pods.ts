import type { Cluster } from '../cluster.ts'
import { dispose } from '../deletion.ts'
import { record } from '../events.ts'
import { ApiFailure } from '../failure.ts'
import { controls, type Fields, type KubeObject, ownedBy } from '../object.ts'
import { resource } from '../resources.ts'
import { asController, create } from '../writes.ts'
import { conditionOf, isTrue } from './conditions.ts'

export const pods = resource('core/v1/pods')

export const podsOf = (cluster: Cluster, owner: KubeObject): KubeObject[] =>
  cluster.store.list(pods, owner.metadata.namespace).filter((pod) => ownedBy(pod, owner))

export const isTerminating = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined
export const hasFinished = ({ status }: KubeObject): boolean => ['Succeeded', 'Failed'].includes(status?.phase)
export const isActive = (pod: KubeObject): boolean => !isTerminating(pod) && !hasFinished(pod)
export const isReady = (pod: KubeObject): boolean => isTrue(pod['status'], 'Ready')

/** Ready for at least `minReadySeconds`. */
export function isAvailable(cluster: Cluster, pod: KubeObject, minReadySeconds = 0): boolean {
  if (!isReady(pod)) return false
  const since = Date.parse(conditionOf(pod['status'], 'Ready')?.['lastTransitionTime'] ?? '')
  return cluster.world.clock.now() >= since + minReadySeconds * 1_000
}

/** A pod of a template, for its owner. `name` ends in `-` to be completed. */
export function podOf(owner: KubeObject, template: Fields, name: string, labels: Record<string, string> = {}): Fields {
  const { labels: own, annotations, finalizers } = (template['metadata'] ?? {}) as Fields
  return {
    metadata: {
      ...(name.endsWith('-') ? { generateName: name } : { name }),
      labels: { ...own, ...labels },
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controls(owner)],
    },
    spec: template['spec'],
  }
}

/** Creates a pod for its owner and says so; a refusal is recorded and returned. */
export function createPod(
  cluster: Cluster,
  owner: KubeObject,
  pod: Fields,
  component: string,
): KubeObject | ApiFailure {
  try {
    const made = create(cluster, pods, owner.metadata.namespace, pod, asController)
    record(cluster, owner, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${made.metadata.name}`,
      component,
    })
    return made
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    record(cluster, owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${error.message}`,
      component,
    })
    return error
  }
}

export function deletePod(cluster: Cluster, owner: KubeObject, pod: KubeObject, component: string): undefined {
  dispose(cluster, pods, pod)
  record(cluster, owner, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${pod.metadata.name}`,
    component,
  })
}
