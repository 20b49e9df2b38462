/** The part of Kubernetes objects that this project reads. Everything may be missing: it comes from outside. */
export interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly uid?: string
  readonly generation?: number
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly { readonly uid?: string; readonly kind?: string; readonly controller?: boolean }[]
}

export interface Condition {
  readonly type?: string
  readonly status?: string
  readonly reason?: string
  readonly message?: string
  readonly lastTransitionTime?: string
}

export interface KubernetesObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: Metadata
}

/** A Deployment, StatefulSet, DaemonSet, ReplicaSet or Job. */
export interface Workload extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number
    readonly completions?: number
    readonly progressDeadlineSeconds?: number
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } }
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> }
    readonly template?: { readonly spec?: PodSpec }
  }
  readonly status?: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly updatedReplicas?: number
    readonly readyReplicas?: number
    readonly availableReplicas?: number
    readonly currentRevision?: string
    readonly updateRevision?: string
    readonly desiredNumberScheduled?: number
    readonly updatedNumberScheduled?: number
    readonly numberAvailable?: number
    readonly succeeded?: number
    readonly failed?: number
    readonly conditions?: readonly Condition[]
  }
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port?: number | string }
  readonly tcpSocket?: { readonly port?: number | string }
  readonly grpc?: { readonly port?: number }
  readonly exec?: { readonly command?: readonly string[] }
}

export interface ContainerSpec {
  readonly name?: string
  readonly image?: string
  readonly readinessProbe?: Probe
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> }
}

export interface PodSpec {
  readonly containers?: readonly ContainerSpec[]
  readonly initContainers?: readonly ContainerSpec[]
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string }
  readonly terminated?: {
    readonly exitCode?: number
    readonly signal?: number
    readonly reason?: string
    readonly message?: string
  }
}

export interface ContainerStatus {
  readonly name?: string
  readonly image?: string
  readonly imageID?: string
  readonly ready?: boolean
  readonly restartCount?: number
  readonly state?: ContainerState
  readonly lastState?: ContainerState
}

export interface Pod extends KubernetesObject {
  readonly spec?: PodSpec
  readonly status?: {
    readonly phase?: string
    readonly reason?: string
    readonly message?: string
    readonly conditions?: readonly Condition[]
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
  }
}

export interface Event extends KubernetesObject {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly count?: number
  readonly lastTimestamp?: string | null
  readonly eventTime?: string | null
  readonly series?: { readonly lastObservedTime?: string; readonly count?: number }
}

/** A Job, as far as it tells whether it has ended. */
export type Job = Workload

export interface CronJob extends KubernetesObject {
  readonly spec?: { readonly schedule?: string; readonly timeZone?: string; readonly suspend?: boolean }
  readonly status?: { readonly lastScheduleTime?: string | null }
}

/** A Secret or ConfigMap. */
export interface DataObject extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

/** Whether an object is owned by the one with this uid. */
export const isOwnedBy = (object: KubernetesObject, uid: string | undefined): boolean =>
  uid !== undefined && (object.metadata?.ownerReferences ?? []).some((owner) => owner.uid === uid)
