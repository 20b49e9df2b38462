// Writes src/sandbox/kubernetes/schema-data.ts from Kubernetes' own generated.proto files:
//   go mod download k8s.io/api@v0.35.4 k8s.io/apimachinery@v0.35.4
//   npm run compile && node build/scripts/kubernetes-schema.js $(go env GOMODCACHE)/k8s.io/api@v0.35.4 $(go env GOMODCACHE)/k8s.io/apimachinery@v0.35.4
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [api = '', machinery = ''] = process.argv.slice(2)
const sources = [
  ...['core/v1', 'apps/v1', 'batch/v1', 'networking/v1', 'policy/v1', 'autoscaling/v1', 'autoscaling/v2', 'rbac/v1'],
  ...['discovery/v1', 'events/v1', 'coordination/v1', 'storage/v1', 'authorization/v1', 'authentication/v1'],
].map((path) => join(api, path, 'generated.proto'))
const shared = ['apis/meta/v1', 'runtime', 'api/resource', 'util/intstr']
sources.push(...shared.map((path) => join(machinery, 'pkg', path, 'generated.proto')))

const special: Readonly<Record<string, string>> = {
  string: 's',
  bool: 'b',
  int32: 'i',
  int64: 'i',
  double: 'd',
  bytes: 'y',
  'resource.Quantity': 'q',
  'intstr.IntOrString': 'x',
  'meta.v1.Time': 't',
  'meta.v1.MicroTime': 'u',
  'meta.v1.Duration': 'w',
  'meta.v1.FieldsV1': 'r',
  'runtime.RawExtension': 'r',
}
/** Embedded structs, which are fields in protobuf but not in JSON. */
const inlined = new Set(['volumeSource', 'persistentVolumeSource', 'ephemeralContainerCommon', 'localObjectReference'])

const short = (name: string): string =>
  name.replace(/^\.?k8s\.io\.(api\.|apimachinery\.pkg\.)/, '').replace(/^(apis|api|util)\./, '')

const messages = new Map<string, { line: string; refs: string[] }>()
for (const source of sources) {
  const text = readFileSync(source, 'utf8')
  const scope = short(/^package (.*);$/m.exec(text)?.[1] ?? '')
  let comments: string[] = []
  let current: { name: string; fields: string[]; refs: string[]; atomic: boolean } | undefined
  const typeOf = (proto: string, refs: string[]): string => {
    const name = proto.includes('.') ? short(proto) : Object.hasOwn(special, proto) ? proto : `${scope}.${proto}`
    const code = special[name]
    if (code !== undefined) return code
    refs.push(name)
    return name
  }
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line.startsWith('//')) {
      comments.push(line.slice(2).trim())
      continue
    }
    const has = (mark: string): boolean => comments.includes(mark)
    const marks = (mark: string): string[] =>
      comments.filter((one) => one.startsWith(mark)).map((one) => one.slice(mark.length))
    const opening = /^message (\w+) \{$/.exec(line)
    const field =
      /^(optional|repeated) (\S+) (\w+) = (\d+);$/.exec(line) ?? /^(map)<string, (\S+)> (\w+) = (\d+);$/.exec(line)
    if (opening) {
      current = { name: `${scope}.${opening[1]}`, fields: [], refs: [], atomic: has('+structType=atomic') }
    } else if (field && current) {
      const [, kind = '', proto = '', name = '', number = ''] = field
      const type = `${kind === 'repeated' ? '[]' : kind === 'map' ? '{}' : ''}${typeOf(proto, current.refs)}`
      const flags: string[] = []
      if (has('+listType=set')) flags.push('set')
      if (has('+listType=map')) flags.push(`keys=${marks('+listMapKey=').join(',')}`)
      if (has('+structType=atomic') || has('+mapType=atomic')) flags.push('atomic')
      const strategy = marks('+patchStrategy=')[0] ?? ''
      if (strategy.includes('merge')) flags.push(`merge=${marks('+patchMergeKey=')[0] ?? ''}`)
      if (strategy.includes('replace')) flags.push('replace')
      const isInlined = inlined.has(name) || (current.name === 'core.v1.Probe' && name === 'handler')
      current.fields.push([isInlined ? '^' : name, number, type, ...flags].join(':'))
    } else if (line === '}' && current) {
      messages.set(current.name, {
        line: [current.name + (current.atomic ? '~' : ''), ...current.fields].join(' '),
        refs: current.refs,
      })
      current = undefined
    }
    if (line !== '') comments = []
  }
}

const roots = [
  ...['Namespace', 'Secret', 'ConfigMap', 'Service', 'Pod', 'Event', 'ServiceAccount', 'PersistentVolumeClaim'],
  ...['PersistentVolume', 'Node', 'Endpoints', 'ResourceQuota', 'LimitRange', 'ReplicationController'],
].map((kind) => `core.v1.${kind}`)
roots.push(
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ControllerRevision'].map((kind) => `apps.v1.${kind}`),
  ...['Job', 'CronJob'].map((kind) => `batch.v1.${kind}`),
  ...['Ingress', 'IngressClass', 'NetworkPolicy'].map((kind) => `networking.v1.${kind}`),
  ...['PodDisruptionBudget', 'Eviction'].map((kind) => `policy.v1.${kind}`),
  ...['autoscaling.v2.HorizontalPodAutoscaler', 'autoscaling.v1.Scale', 'discovery.v1.EndpointSlice'],
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => `rbac.v1.${kind}`),
  ...['events.v1.Event', 'coordination.v1.Lease', 'storage.v1.StorageClass', 'meta.v1.DeleteOptions'],
  ...['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'].map((k) => `authorization.v1.${k}`),
  ...['authentication.v1.SelfSubjectReview', 'authentication.v1.TokenRequest'],
)
const reached = new Set<string>()
const visit = (name: string): void => {
  const message = messages.get(name)
  if (message === undefined) throw new Error(`no message ${name}`)
  if (reached.has(name)) return
  reached.add(name)
  message.refs.forEach(visit)
}
roots.forEach(visit)
const lines = [...reached].sort().map((name) => messages.get(name)?.line)
writeFileSync(
  'src/sandbox/kubernetes/schema-data.ts',
  `// Written by scripts/kubernetes-schema.ts from k8s.io/api and k8s.io/apimachinery v0.35.4 (Apache-2.0). Do not edit.
/** Each line: a message, then its fields as name:number:type[:flag…]; see schema.ts. */
export const schemaData = \`
${lines.join('\n')}
\`
`,
)
