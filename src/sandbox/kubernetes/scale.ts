import type { Fields, KubeObject } from './object.ts'

/** A workload as its `scale` subresource shows it. */
export function scaleOf(object: KubeObject): Fields {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const { matchLabels = {}, matchExpressions = [] } = (object['spec']?.selector ?? {}) as Fields
  const terms = [
    ...Object.entries(matchLabels as Record<string, string>).map(([key, value]) => `${key}=${value}`),
    ...(matchExpressions as Fields[]).map(
      ({ key, operator, values }) => `${key} ${operator} (${(values ?? []).join(',')})`,
    ),
  ]
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: object['spec']?.replicas ?? 0 },
    status: { replicas: object['status']?.replicas ?? 0, selector: terms.join(',') },
  }
}

/** The workload with the replicas that a Scale asks for. */
export const scaled = (object: KubeObject, scale: Fields): Fields => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: scale['metadata']?.resourceVersion ?? '' },
  spec: { ...object['spec'], replicas: scale['spec']?.replicas ?? 0 },
})
