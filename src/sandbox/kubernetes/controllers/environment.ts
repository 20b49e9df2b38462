import type { Cluster } from '../cluster.ts'
import type { Fields, KubeObject } from '../object.ts'
import { type Resource, resource } from '../resources.ts'

const secrets = resource('core/v1/secrets')
const configMaps = resource('core/v1/configmaps')

/** The variables of a container, or the kubelet's words for what is missing. */
export type Environment = { readonly env: Record<string, string> } | { readonly missing: string }

/** Resolves `envFrom` and `env` of a container against what the cluster holds now. */
export function environmentOf(cluster: Cluster, pod: KubeObject, container: Fields): Environment {
  const namespace = pod.metadata.namespace ?? 'default'
  const env: Record<string, string> = {}
  for (const { secretRef, configMapRef, prefix = '' } of (container['envFrom'] ?? []) as Fields[]) {
    const of = secretRef === undefined ? configMaps : secrets
    const { name, optional } = (secretRef ?? configMapRef ?? {}) as Fields
    const source = cluster.store.get(of, namespace, name)
    if (source === undefined && optional !== true) return { missing: absent(of, name) }
    for (const [key, value] of Object.entries(textsOf(source))) env[`${prefix}${key}`] = value
  }
  for (const { name, value, valueFrom } of (container['env'] ?? []) as Fields[]) {
    const reference = (valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef) as Fields | undefined
    if (reference === undefined) {
      env[name] = valueFrom?.fieldRef === undefined ? (value ?? '') : fieldOf(pod, valueFrom.fieldRef.fieldPath)
      continue
    }
    const of = valueFrom?.secretKeyRef === undefined ? configMaps : secrets
    const source = cluster.store.get(of, namespace, reference['name'])
    const found = textsOf(source)[reference['key'] as string]
    if (found !== undefined) env[name] = found
    else if (reference['optional'] === true) continue
    else if (source === undefined) return { missing: absent(of, reference['name']) }
    else return { missing: `couldn't find key ${reference['key']} in ${of.kind} ${namespace}/${reference['name']}` }
  }
  return { env }
}

/** The first volume that cannot be mounted, in the kubelet's words. */
export function unmountable(cluster: Cluster, pod: KubeObject): string | undefined {
  const namespace = pod.metadata.namespace ?? 'default'
  for (const { name, secret, configMap, persistentVolumeClaim } of (pod['spec']?.volumes ?? []) as Fields[]) {
    const failed = `MountVolume.SetUp failed for volume "${name}" : `
    const key = (secret?.secretName ?? configMap?.name) as string | undefined
    const of = secret === undefined ? configMaps : secrets
    if (key !== undefined && (secret ?? configMap).optional !== true && !cluster.store.get(of, namespace, key)) {
      return `${failed}${absent(of, key)}`
    }
    const claim = persistentVolumeClaim?.claimName as string | undefined
    if (claim !== undefined && !cluster.store.get(resource('core/v1/persistentvolumeclaims'), namespace, claim)) {
      return `persistentvolumeclaim "${claim}" not found`
    }
  }
  return undefined
}

const absent = (of: Resource, name: string): string => `${of.kind.toLowerCase()} "${name}" not found`

function textsOf(source: KubeObject | undefined): Record<string, string> {
  const data = (source?.['data'] ?? {}) as Record<string, string>
  if (source?.kind !== 'Secret') return data
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  )
}

function fieldOf(pod: KubeObject, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (keyed) return pod.metadata[keyed[1] as 'labels']?.[keyed[2] ?? ''] ?? ''
  let at: unknown = pod
  for (const step of path.split('.')) at = (at as Fields | undefined)?.[step]
  return String(at ?? '')
}
