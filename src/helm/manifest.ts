import { parseAllDocuments } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'

/** One object of a rendered manifest. */
export interface ManifestObject {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly content: Readonly<Record<string, unknown>>
}

/** What runs pods, and so is watched. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const
export type WorkloadKind = (typeof workloadKinds)[number]

/** A workload as it is named: `Deployment/web`. */
export interface WorkloadName {
  readonly kind: WorkloadKind
  readonly name: string
  readonly namespace: string
}

/**
 * The objects of a manifest; documents without kind or name are left out, lists are opened.
 * @throws UserError when it is no YAML
 */
export function parseManifest(manifest: string, namespace: string): readonly ManifestObject[] {
  const documents = parseAllDocuments(manifest, { logLevel: 'silent', uniqueKeys: false })
  return (Array.isArray(documents) ? documents : []).flatMap((document) => {
    const problem = document.errors[0]
    if (problem !== undefined) throw new UserError(`a manifest is no YAML: ${messageOf(problem).split('\n')[0]}`)
    return objectsIn(document.toJS({ maxAliasCount: 1_000 }), namespace)
  })
}

function objectsIn(value: unknown, namespace: string): readonly ManifestObject[] {
  if (typeof value !== 'object' || value === null) return []
  const content = value as Record<string, unknown>
  const kind = content['kind']
  if (kind === 'List' && Array.isArray(content['items'])) {
    return content['items'].flatMap((item) => objectsIn(item, namespace))
  }
  const metadata = (content['metadata'] ?? {}) as Record<string, unknown>
  const name = metadata['name']
  if (typeof kind !== 'string' || typeof name !== 'string') return []
  return [
    {
      apiVersion: String(content['apiVersion'] ?? ''),
      kind,
      name,
      namespace: typeof metadata['namespace'] === 'string' ? metadata['namespace'] : namespace,
      content,
    },
  ]
}

/** The workloads among them. */
export const workloadsOf = (objects: readonly ManifestObject[]): readonly WorkloadName[] =>
  objects
    .filter(({ kind, apiVersion }) => isWorkloadKind(kind) && /^(apps|batch)\//.test(apiVersion))
    .map(({ kind, name, namespace }) => ({ kind: kind as WorkloadKind, name, namespace }))

const isWorkloadKind = (kind: string): kind is WorkloadKind => (workloadKinds as readonly string[]).includes(kind)

/** What tells two objects of a release apart. */
export const objectKey = (object: Pick<ManifestObject, 'kind' | 'name' | 'namespace'>): string =>
  `${object.namespace}/${object.kind}/${object.name}`
