import type { Fields, KubeObject } from './object.ts'

/** A column: its name, its cell, and whether it is only for `-o wide`. */
type Column = readonly [
  name: string,
  cell: (object: KubeObject, age: (time: unknown) => string) => unknown,
  wide?: 'wide',
]

const list = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : [])
const joined = (values: readonly unknown[]): string => (values.length === 0 ? '<none>' : values.join(','))
const containers = (spec: Fields | undefined): Fields[] => list(spec?.['template']?.spec?.containers)
const selector = (labels: Fields | undefined): string =>
  joined(Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`))
const data = (object: KubeObject): number => Object.keys(object['data'] ?? {}).length

const workload: readonly Column[] = [
  ['Containers', ({ spec }) => joined(containers(spec).map(({ name }) => name)), 'wide'],
  ['Images', ({ spec }) => joined(containers(spec).map(({ image }) => image)), 'wide'],
  ['Selector', ({ spec }) => selector(spec?.selector?.matchLabels), 'wide'],
]

const columns: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    [
      'Ready',
      (pod) =>
        `${list(pod['status']?.containerStatuses).filter(({ ready }) => ready).length}/${list(pod['spec']?.containers).length}`,
    ],
    ['Status', podStatus],
    [
      'Restarts',
      ({ status }) => String(list(status?.containerStatuses).reduce((sum, { restartCount }) => sum + restartCount, 0)),
    ],
    ['Age', ageOf],
    ['IP', ({ status }) => status?.podIP ?? '<none>', 'wide'],
    ['Node', ({ spec }) => spec?.nodeName ?? '<none>', 'wide'],
    ['Nominated Node', () => '<none>', 'wide'],
    ['Readiness Gates', () => '<none>', 'wide'],
  ],
  Deployment: [
    ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`],
    ['Up-to-date', ({ status }) => status?.updatedReplicas ?? 0],
    ['Available', ({ status }) => status?.availableReplicas ?? 0],
    ['Age', ageOf],
    ...workload,
  ],
  ReplicaSet: [
    ['Desired', ({ spec }) => spec?.replicas ?? 0],
    ['Current', ({ status }) => status?.replicas ?? 0],
    ['Ready', ({ status }) => status?.readyReplicas ?? 0],
    ['Age', ageOf],
    ...workload,
  ],
  StatefulSet: [
    ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`],
    ['Age', ageOf],
    ...workload.slice(0, 2),
  ],
  DaemonSet: [
    ['Desired', ({ status }) => status?.desiredNumberScheduled ?? 0],
    ['Current', ({ status }) => status?.currentNumberScheduled ?? 0],
    ['Ready', ({ status }) => status?.numberReady ?? 0],
    ['Up-to-date', ({ status }) => status?.updatedNumberScheduled ?? 0],
    ['Available', ({ status }) => status?.numberAvailable ?? 0],
    ['Node Selector', ({ spec }) => selector(spec?.template?.spec?.nodeSelector)],
    ['Age', ageOf],
    ...workload,
  ],
  Job: [
    ['Status', jobStatus],
    ['Completions', ({ spec, status }) => `${status?.succeeded ?? 0}/${spec?.completions ?? 1}`],
    [
      'Duration',
      ({ status }, age) =>
        status?.startTime
          ? duration(Date.parse(status.completionTime ?? age('now')) - Date.parse(status.startTime))
          : '',
    ],
    ['Age', ageOf],
    ...workload,
  ],
  CronJob: [
    ['Schedule', ({ spec }) => spec?.schedule],
    ['Timezone', ({ spec }) => spec?.timeZone ?? '<none>'],
    ['Suspend', ({ spec }) => (spec?.suspend ? 'True' : 'False')],
    ['Active', ({ status }) => list(status?.active).length],
    ['Last Schedule', ({ status }, age) => (status?.lastScheduleTime ? age(status.lastScheduleTime) : '<none>')],
    ['Age', ageOf],
  ],
  Service: [
    ['Type', ({ spec }) => spec?.type],
    ['Cluster-IP', ({ spec }) => spec?.clusterIP ?? '<none>'],
    ['External-IP', ({ spec, status }) => externalAddress(spec ?? {}, status ?? {})],
    [
      'Port(s)',
      ({ spec }) =>
        joined(
          list(spec?.ports).map(
            ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
          ),
        ),
    ],
    ['Age', ageOf],
    ['Selector', ({ spec }) => selector(spec?.selector), 'wide'],
  ],
  Namespace: [
    ['Status', ({ status }) => status?.phase],
    ['Age', ageOf],
  ],
  Node: [
    [
      'Status',
      ({ status }) =>
        list(status?.conditions).some(({ type, status: is }) => type === 'Ready' && is === 'True')
          ? 'Ready'
          : 'NotReady',
    ],
    ['Roles', () => '<none>'],
    ['Age', ageOf],
    ['Version', ({ status }) => status?.nodeInfo?.kubeletVersion],
  ],
  Secret: [
    ['Type', (object) => object['type']],
    ['Data', data],
    ['Age', ageOf],
  ],
  ConfigMap: [
    ['Data', data],
    ['Age', ageOf],
  ],
  Event: [
    [
      'Last Seen',
      (event, age) => age(event['lastTimestamp'] ?? event['eventTime'] ?? event.metadata.creationTimestamp),
    ],
    ['Type', (event) => event['type']],
    ['Reason', (event) => event['reason']],
    ['Object', (event) => `${String(event['involvedObject']?.kind).toLowerCase()}/${event['involvedObject']?.name}`],
    ['Message', (event) => event['message']],
  ],
  Ingress: [
    ['Class', ({ spec }) => spec?.ingressClassName ?? '<none>'],
    ['Hosts', ({ spec }) => joined(list(spec?.rules).map(({ host }) => host ?? '*')).replace('<none>', '*')],
    [
      'Address',
      ({ status }) =>
        list(status?.loadBalancer?.ingress)
          .map((one) => one['hostname'] ?? one['ip'])
          .join(','),
    ],
    ['Ports', ({ spec }) => (list(spec?.tls).length > 0 ? '80, 443' : '80')],
    ['Age', ageOf],
  ],
  EndpointSlice: [
    ['AddressType', (slice) => slice['addressType']],
    ['Ports', (slice) => joined(list(slice['ports']).map(({ port }) => port))],
    ['Endpoints', (slice) => joined(list(slice['endpoints']).flatMap(({ addresses }) => addresses))],
    ['Age', ageOf],
  ],
  Endpoints: [
    [
      'Endpoints',
      (one) =>
        joined(
          list(one['subsets']).flatMap(({ addresses, ports }) =>
            list(addresses).flatMap(({ ip }) => list(ports).map(({ port }) => `${ip}:${port}`)),
          ),
        ),
    ],
    ['Age', ageOf],
  ],
  PersistentVolumeClaim: [
    ['Status', ({ status }) => status?.phase],
    ['Volume', ({ spec }) => spec?.volumeName ?? ''],
    ['Capacity', ({ status }) => status?.capacity?.storage ?? ''],
    [
      'Access Modes',
      ({ spec }) =>
        list(spec?.accessModes)
          .map((mode) => String(mode).replace(/[a-z]/g, ''))
          .join(','),
    ],
    ['StorageClass', ({ spec }) => spec?.storageClassName ?? ''],
    ['Age', ageOf],
  ],
  HorizontalPodAutoscaler: [
    ['Reference', ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`],
    ['Targets', () => '<unknown>'],
    ['MinPods', ({ spec }) => String(spec?.minReplicas ?? 1)],
    ['MaxPods', ({ spec }) => spec?.maxReplicas],
    ['Replicas', ({ status }) => status?.currentReplicas ?? 0],
    ['Age', ageOf],
  ],
  PodDisruptionBudget: [
    ['Min Available', ({ spec }) => String(spec?.minAvailable ?? 'N/A')],
    ['Max Unavailable', ({ spec }) => String(spec?.maxUnavailable ?? 'N/A')],
    ['Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0],
    ['Age', ageOf],
  ],
}

function ageOf(object: KubeObject, age: (time: unknown) => string): string {
  return age(object.metadata.creationTimestamp)
}

/** What kubectl shows as a pod's status. */
function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating'
  const { status = {}, spec = {} } = pod
  for (const [index, one] of list(status.initContainerStatuses).entries()) {
    if (one['state']?.terminated?.exitCode === 0) continue
    if (one['state']?.terminated) return `Init:${one['state'].terminated.reason ?? 'Error'}`
    const reason: unknown = one['state']?.waiting?.reason
    if (reason && reason !== 'PodInitializing') return `Init:${reason}`
    return `Init:${index}/${list(spec.initContainers).length}`
  }
  for (const { state } of list(status.containerStatuses).reverse()) {
    if (state?.waiting?.reason) return state.waiting.reason
    if (state?.terminated) return state.terminated.reason ?? `ExitCode:${state.terminated.exitCode}`
  }
  return status.reason ?? status.phase ?? 'Unknown'
}

function jobStatus({ status, spec }: KubeObject): string {
  const is = (type: string): boolean =>
    list(status?.conditions).some((one) => one['type'] === type && one['status'] === 'True')
  if (is('Complete')) return 'Complete'
  if (is('Failed')) return 'Failed'
  if (spec?.suspend) return 'Suspended'
  return is('FailureTarget') ? 'FailureTarget' : 'Running'
}

const externalAddress = (spec: Fields, status: Fields): string => {
  if (spec['type'] === 'ExternalName') return spec['externalName']
  if (spec['type'] !== 'LoadBalancer') return '<none>'
  const all = list(status['loadBalancer']?.ingress).map((one) => one['hostname'] ?? one['ip'])
  return all.length === 0 ? '<pending>' : all.join(',')
}

/** A span for people, as kubectl writes it: `45s`, `5m12s`, `3h`, `2d`. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1_000))
  const [m, h, d] = [Math.floor(s / 60), Math.floor(s / 3_600), Math.floor(s / 86_400)]
  if (s < 120) return `${s}s`
  if (m < 10) return s % 60 === 0 ? `${m}m` : `${m}m${s % 60}s`
  if (m < 180) return `${m}m`
  if (h < 8) return m % 60 === 0 ? `${h}h` : `${h}h${m % 60}m`
  if (h < 48) return `${h}h`
  return d < 8 ? (h % 24 === 0 ? `${d}d` : `${d}d${h % 24}h`) : `${d}d`
}

/** Objects as a `Table`, which `kubectl get` prints. `include` is the request's `includeObject`. */
export function tableOf(
  kind: string,
  objects: readonly KubeObject[],
  now: string,
  include: string,
  metadata: Fields,
): Fields {
  const shown = columns[kind] ?? ([['Age', ageOf]] as readonly Column[])
  const age = (time: unknown): string =>
    time === 'now' ? now : time ? duration(Date.parse(now) - Date.parse(String(time))) : '<unknown>'
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: [
      ...(kind === 'Event' ? [] : [{ name: 'Name', type: 'string', format: 'name', description: '', priority: 0 }]),
      ...shown.map(([name, , wide]) => ({ name, type: 'string', format: '', description: '', priority: wide ? 1 : 0 })),
    ],
    rows: objects.map((object) => ({
      cells: [...(kind === 'Event' ? [] : [object.metadata.name]), ...shown.map(([, cell]) => cell(object, age) ?? '')],
      ...(include === 'None'
        ? {}
        : {
            object:
              include === 'Object'
                ? object
                : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
          }),
    })),
  }
}
