import type { Context } from '../action/define.ts'
import { UserError } from '../action/errors.ts'
import { type AskedCluster, withCluster } from './cluster-access.ts'
import { type KubernetesApi, kubernetesApi, resources } from './kubernetes-api.ts'
import { type ContainerStatus, isOwnedBy, type Pod, type Workload } from './kubernetes-object.ts'
import { parseManifest, type WorkloadName, workloadsOf } from './manifest.ts'
import { releaseStore, storageDriver } from './release-store.ts'
import { splitImage } from './release-values.ts'

/** One image that runs, as the node that pulled it says. */
export interface RunningImage {
  /** `Deployment/web` */
  readonly workload: string
  readonly container: string
  /** As the pod asks for it. */
  readonly image: string
  /** `sha256:…` as the node resolved it. */
  readonly digest: string
  readonly pods: number
}

/** The images that the containers of some workloads run now; pods of an older revision count too, but for those that are being deleted. */
export async function runningImages(
  api: KubernetesApi,
  workloads: readonly WorkloadName[],
): Promise<readonly RunningImage[]> {
  const found = new Map<string, RunningImage>()
  const longLived = workloads.filter(({ kind }) => kind !== 'Job')
  for (const namespace of new Set(longLived.map(({ namespace }) => namespace))) {
    const [deployments, replicaSets, statefulSets, daemonSets, pods] = await Promise.all([
      api.list<Workload>(resources.deployments, namespace),
      api.list<Workload>(resources.replicasets, namespace),
      api.list<Workload>(resources.statefulsets, namespace),
      api.list<Workload>(resources.daemonsets, namespace),
      api.list<Pod>(resources.pods, namespace),
    ])
    const of = { Deployment: deployments, StatefulSet: statefulSets, DaemonSet: daemonSets, Job: [] }
    for (const { kind, name } of longLived.filter((workload) => workload.namespace === namespace)) {
      const uid = of[kind].find(({ metadata }) => metadata?.name === name)?.metadata?.uid
      const owners = new Set([uid, ...replicaSets.filter((set) => isOwnedBy(set, uid)).map((set) => set.metadata?.uid)])
      // A pod that is on its way out serves nobody any more.
      const staying = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
      const own = staying.filter((pod) => [...owners].some((owner) => isOwnedBy(pod, owner)))
      for (const image of own.flatMap((pod) => imagesOf(pod, `${kind}/${name}`))) {
        const key = `${image.workload} ${image.container} ${image.image} ${image.digest}`
        found.set(key, { ...image, pods: (found.get(key)?.pods ?? 0) + 1 })
      }
    }
  }
  return [...found.values()]
}

function imagesOf(pod: Pod, workload: string): readonly RunningImage[] {
  return (pod.status?.containerStatuses ?? []).flatMap((status) => {
    const digest = digestOf(status)
    if (status.state?.running === undefined || digest === undefined) return []
    const image = pod.spec?.containers?.find(({ name }) => name === status.name)?.image ?? status.image ?? ''
    return [{ workload, container: status.name ?? '', image, digest, pods: 1 }]
  })
}

/** An imageID is `repository@sha256:…`, with a scheme before it on some runtimes; a bare `sha256:…` is the image's configuration, not its manifest. */
const digestOf = (status: ContainerStatus): string | undefined =>
  /@(sha256:[0-9a-f]{64})$/.exec(status.imageID ?? '')?.[1]

/** The digests among them of one image's repository; all when no image is given. Sorted, each once. */
export function digestsOf(running: readonly RunningImage[], image: string | undefined): readonly string[] {
  const repository = image === undefined ? undefined : splitImage(image).repository
  const wanted = running.filter((entry) => repository === undefined || repositoryOf(entry.image) === repository)
  return [...new Set(wanted.map(({ digest }) => digest))].sort()
}

const repositoryOf = (image: string): string | undefined => {
  try {
    return splitImage(image).repository
  } catch {
    // What a pod asks for may be no reference at all; then it runs nothing that is looked for.
    return undefined
  }
}

/**
 * The digests that the deployed revision of a release runs, read back from its pods: by the inputs of
 * helm-upgrade-with-history, for whoever compares two platforms. Only the containers of `image`'s repository count.
 * @throws UserError when the release is not deployed, or the cluster cannot be read
 */
export async function runningDigests(
  inputs: Readonly<Record<string, string>>,
  image: string,
  context: Pick<Context, 'env' | 'clock' | 'host'>,
): Promise<readonly string[]> {
  const release = inputs['release'] ?? ''
  const { env, clock, host } = context
  const parts = { env, clock, log: host, mask: (secret: string) => host.mask(secret) }
  return await withCluster(askedCluster(inputs), parts, async ({ access }) => {
    const namespace = inputs['namespace'] || access.namespace || 'default'
    const api = kubernetesApi(access, parts)
    const stored = await releaseStore(api, storageDriver(env), release, namespace).deployed()
    if (stored === undefined) throw new UserError(`release ${release} in ${namespace} is not deployed`)
    const workloads = workloadsOf(parseManifest(stored.record.manifest, namespace))
    return digestsOf(await runningImages(api, workloads), image || undefined)
  })
}

const askedCluster = (inputs: Readonly<Record<string, string>>): AskedCluster => ({
  kubeconfig: inputs['kubeconfig'] || undefined,
  kubeContext: inputs['kube-context'] || undefined,
  eksCluster: inputs['eks-cluster'] || undefined,
  aws: {
    region: inputs['aws-region'] || undefined,
    roleArns: (inputs['role-arns'] ?? '').split(/[,\n]/).flatMap((arn) => arn.trim() || []),
  },
})
