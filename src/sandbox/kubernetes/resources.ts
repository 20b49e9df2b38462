/** A kind of object that the API serves. */
export interface Resource {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly string[]
  /** Its message in the schema. */
  readonly message: string
  /** False for what is only ever posted and answered, such as access reviews. */
  readonly stored: boolean
}

export const apiVersionOf = (resource: Pick<Resource, 'group' | 'version'>): string =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`

/** Each: plural, kind, flags: `-` not namespaced, `*` in category `all`, `!` never stored; short names; subresources. */
const table: Readonly<Record<string, readonly (readonly [string, string, string?, string?, string?])[]>> = {
  'core/v1': [
    ['namespaces', 'Namespace', '-', 'ns', 'status,finalize'],
    ['nodes', 'Node', '-', 'no', 'status'],
    ['pods', 'Pod', '*', 'po', 'status,log,eviction,binding,ephemeralcontainers'],
    ['services', 'Service', '*', 'svc', 'status'],
    ['secrets', 'Secret'],
    ['configmaps', 'ConfigMap', '', 'cm'],
    ['events', 'Event', '', 'ev'],
    ['serviceaccounts', 'ServiceAccount', '', 'sa', 'token'],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', '', 'pvc', 'status'],
    ['persistentvolumes', 'PersistentVolume', '-', 'pv', 'status'],
    ['endpoints', 'Endpoints', '', 'ep'],
    ['resourcequotas', 'ResourceQuota', '', 'quota', 'status'],
    ['limitranges', 'LimitRange', '', 'limits'],
  ],
  'apps/v1': [
    ['deployments', 'Deployment', '*', 'deploy', 'status,scale'],
    ['replicasets', 'ReplicaSet', '*', 'rs', 'status,scale'],
    ['statefulsets', 'StatefulSet', '*', 'sts', 'status,scale'],
    ['daemonsets', 'DaemonSet', '*', 'ds', 'status'],
    ['controllerrevisions', 'ControllerRevision'],
  ],
  'batch/v1': [
    ['jobs', 'Job', '*', '', 'status'],
    ['cronjobs', 'CronJob', '*', 'cj', 'status'],
  ],
  'autoscaling/v2': [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', '*', 'hpa', 'status']],
  'networking.k8s.io/v1': [
    ['ingresses', 'Ingress', '', 'ing', 'status'],
    ['ingressclasses', 'IngressClass', '-'],
    ['networkpolicies', 'NetworkPolicy', '', 'netpol'],
  ],
  'policy/v1': [['poddisruptionbudgets', 'PodDisruptionBudget', '', 'pdb', 'status']],
  'rbac.authorization.k8s.io/v1': [
    ['roles', 'Role'],
    ['rolebindings', 'RoleBinding'],
    ['clusterroles', 'ClusterRole', '-'],
    ['clusterrolebindings', 'ClusterRoleBinding', '-'],
  ],
  'discovery.k8s.io/v1': [['endpointslices', 'EndpointSlice']],
  'coordination.k8s.io/v1': [['leases', 'Lease']],
  'storage.k8s.io/v1': [['storageclasses', 'StorageClass', '-', 'sc']],
  'authorization.k8s.io/v1': [
    ['selfsubjectaccessreviews', 'SelfSubjectAccessReview', '-!'],
    ['selfsubjectrulesreviews', 'SelfSubjectRulesReview', '-!'],
    ['subjectaccessreviews', 'SubjectAccessReview', '-!'],
  ],
  'authentication.k8s.io/v1': [['selfsubjectreviews', 'SelfSubjectReview', '-!']],
}

/** Where the messages of a group are defined. */
const packageOf = (group: string): string => (group.includes('.') ? (group.split('.')[0] ?? '') : group)

/** Everything that the API serves, by group in the order of discovery. */
export const resources: readonly Resource[] = Object.entries(table).flatMap(([name, rows]) => {
  const [group = '', version = ''] = name.split('/')
  return rows.map(([plural, kind, flags = '', short = '', subresources = '']) => ({
    group: group === 'core' ? '' : group,
    version,
    plural,
    kind,
    namespaced: !flags.includes('-'),
    shortNames: short === '' ? [] : short.split(','),
    categories: flags.includes('*') ? ['all'] : [],
    subresources: subresources === '' ? [] : subresources.split(','),
    message: `${packageOf(group)}.${version}.${kind}`,
    stored: !flags.includes('!'),
  }))
})

const byPlural = new Map(resources.map((one) => [`${one.group}/${one.version}/${one.plural}`, one]))
const byKind = new Map(resources.map((one) => [`${apiVersionOf(one)}/${one.kind}`, one]))

export const resourceAt = (group: string, version: string, plural: string): Resource | undefined =>
  byPlural.get(`${group}/${version}/${plural}`)

export const resourceOf = (apiVersion: string, kind: string): Resource | undefined =>
  byKind.get(`${apiVersion}/${kind}`)

/** A resource that the sandbox's own controllers name: `apps/v1/deployments`, `core/v1/pods`. */
export function resource(name: string): Resource {
  const [group = '', version = '', plural = ''] = name.split('/')
  const found = resourceAt(group === 'core' ? '' : group, version, plural)
  if (found === undefined) throw new Error(`no such resource: ${name}`)
  return found
}
