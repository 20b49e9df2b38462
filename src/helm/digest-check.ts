import type { Pod } from './kubernetes-object.ts'
import { splitImage } from './release-values.ts'
import type { WorkloadProgress } from './rollout.ts'

/**
 * The containers of an image's repository that run something else than its digest, a line each:
 * `Deployment/web: container app of pod web-1 runs sha256:…`. None when the image has no digest: then nothing is promised.
 * A pod that asks for the very digest runs it, whatever the node calls it: runtimes name the manifest of their platform,
 * or the first of several with the same configuration.
 */
export function digestMismatches(progress: readonly WorkloadProgress[], image: string): readonly string[] {
  const { repository, digest } = splitImage(image)
  if (digest === undefined) return []
  return progress
    .filter(({ kind }) => kind !== 'Job')
    .flatMap(({ kind, name, pods }) =>
      pods
        .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
        .flatMap((pod) => mismatchesOf(pod, repository, digest).map((line) => `${kind}/${name}: ${line}`)),
    )
}

function mismatchesOf(pod: Pod, repository: string, digest: string): readonly string[] {
  return (pod.spec?.containers ?? []).flatMap(({ name, image }) => {
    const asked = referenceOf(image)
    if (asked?.repository !== repository || asked.digest === digest) return []
    const status = (pod.status?.containerStatuses ?? []).find((one) => one.name === name)
    const runs = /@(sha256:[0-9a-f]{64})$/.exec(status?.imageID ?? '')?.[1]
    if (runs === digest) return []
    const what = runs === undefined ? 'a digest that its node does not tell' : runs
    return [`container ${name} of pod ${pod.metadata?.name} runs ${what}, not ${digest}`]
  })
}

function referenceOf(image: string | undefined): ReturnType<typeof splitImage> | undefined {
  try {
    return image === undefined ? undefined : splitImage(image)
  } catch {
    // What a pod asks for may be no reference at all; then it is not what was deployed.
    return undefined
  }
}
