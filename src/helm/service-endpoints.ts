import type { KubernetesObject } from './kubernetes-object.ts'
import { selectorText } from './manifest-lint.ts'
import { type ManifestService, type PodTemplate, selectedBy } from './pod-template.ts'
import type { WorkloadProgress } from './rollout.ts'

/** Some of the addresses of a Service (discovery.k8s.io/v1). */
export interface EndpointSlice extends KubernetesObject {
  readonly endpoints?: readonly {
    readonly conditions?: { readonly ready?: boolean }
    readonly targetRef?: { readonly kind?: string; readonly uid?: string }
  }[]
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null
}

/** The label by which slices belong to a Service. */
export const serviceLabel = 'kubernetes.io/service-name'

/** How a Service stands. */
export interface ServiceState {
  readonly name: string
  readonly namespace: string
  readonly ready: number
  /** Endpoints that there should be: the pods of the workloads that it selects; undefined when they are not the release's. */
  readonly expected: number | undefined
  /** Why it serves nobody: `0 of 2 endpoints are ready`; undefined when it serves. */
  readonly problem: string | undefined
}

/**
 * Judges a Service by its slices. Only endpoints of the newest pods count where those are known: the old ones' addresses
 * stay in the slices for a moment after the pods have gone.
 */
export function judgeService(
  service: ManifestService,
  templates: readonly PodTemplate[],
  slices: readonly EndpointSlice[],
  progress: readonly WorkloadProgress[],
): ServiceState {
  const { name, namespace } = service
  const own = slices.filter(
    ({ metadata }) => metadata?.namespace === namespace && metadata.labels?.[serviceLabel] === name,
  )
  const selected = selectedBy(service, templates).filter(({ kind }) => kind !== 'Job' && kind !== 'CronJob')
  const workloads = selected.flatMap(
    (template) =>
      progress.find(
        (entry) => entry.kind === template.kind && entry.name === template.name && entry.namespace === namespace,
      ) ?? [],
  )
  const known = selected.length > 0 && workloads.length === selected.length
  const uids = new Set(workloads.flatMap(({ pods }) => pods.map(({ metadata }) => metadata?.uid)))
  const counts = (uid: string | undefined): boolean => !known || (uid !== undefined && uids.has(uid))
  const readyIn = ({ endpoints }: EndpointSlice): number =>
    (endpoints ?? []).filter(({ conditions, targetRef }) => conditions?.ready !== false && counts(targetRef?.uid))
      .length
  const expected = known ? workloads.reduce((sum, { desired }) => sum + desired, 0) : undefined
  const ready = own.reduce((sum, slice) => sum + readyIn(slice), 0)
  const state = { name, namespace, ready, expected }
  if (expected === 0) return { ...state, problem: undefined }
  if (ready === 0) {
    // A headless Service may be for pods that somebody else makes, now or later.
    if (selected.length === 0 && service.headless) return { ...state, problem: undefined }
    const why =
      selected.length === 0
        ? `no endpoints: its selector ${selectorText(service)} matches no pods of the release`
        : `0 of ${expected ?? selected.length} endpoints are ready`
    return { ...state, problem: why }
  }
  const there = new Set(
    own
      .filter((slice) => readyIn(slice) > 0)
      .flatMap(({ ports }) => (ports ?? []).filter(({ port }) => port != null).map((port) => port.name ?? '')),
  )
  const lost = service.ports.find((port) => !there.has(port.name))
  if (lost === undefined) return { ...state, problem: undefined }
  const containers = selected.flatMap((template) => template.containers).map((container) => container.name)
  const where = containers.length === 0 ? 'any of its pods' : [...new Set(containers)].join(', ')
  return { ...state, problem: `targetPort ${lost.target} is not a port of ${where}` }
}
