import type { CallRecorder } from './calls.ts'
import type { SandboxClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Hooks } from './hooks.ts'

/** What an image says of itself, as far as a platform that starts it must know. */
export interface PulledImage {
  /** The digest that the reference resolved to: an index's or a manifest's. */
  readonly digest: string
  /** The manifest for linux/amd64 that would run. */
  readonly platformDigest: string
  readonly labels: Readonly<Record<string, string>>
  readonly env: readonly string[]
  readonly entrypoint: readonly string[]
}

/** Why a pull failed, in words that each platform wraps in its own. */
export interface PullFailure {
  readonly failure: 'not-found' | 'no-repository' | 'unauthorized' | 'unreachable' | 'invalid-reference'
  readonly message: string
}

/** The images that the sandbox's registries hold; platforms pull from here. */
export interface Images {
  pull(reference: string): PulledImage | PullFailure
}

/** The sandbox's Kubernetes clusters; `sandbox` is always there. */
export interface Kubernetes {
  /** Makes a cluster, when there is none of this name yet. */
  create(name: string): void
  names(): readonly string[]
  /** A kubeconfig's text. */
  kubeconfig(cluster?: string, namespace?: string): string
}

/** Who makes an AWS call: known from the access key in the signature. */
export interface Caller {
  readonly accountId: string
  readonly region: string
  readonly arn: string
  readonly accessKeyId: string
}

/** What all parts of the sandbox share. */
export interface World {
  readonly clock: SandboxClock
  readonly calls: CallRecorder
  readonly faults: Faults
  /** What Lambda functions answer that deployments call as hooks. */
  readonly hooks: Hooks
  readonly accountId: string
  readonly region: string
  /** `http://127.0.0.1:<port>`, known once it listens. */
  endpoint(): string
  /** Opens one more port on 127.0.0.1 that all parts answer at; closed with the sandbox. Returns the port. */
  listen(): Promise<number>
  readonly images: Images
  readonly kubernetes: Kubernetes
  /** Calls another service's operation in-process, as AWS's own services do: CodeDeploy drives ECS and ELB by their public operations. */
  invoke<T = Record<string, unknown>>(
    service: string,
    operation: string,
    input: Record<string, unknown>,
    caller: Caller,
  ): Promise<T>
  /** An id, unique in this sandbox, of `length` characters of the alphabet. */
  id(length: number, alphabet?: string): string
}
