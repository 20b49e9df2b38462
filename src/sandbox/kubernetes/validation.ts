import { parseCron } from './cron-schedule.ts'
import { ApiFailure, type Cause, invalidValue, qualified, required } from './failure.ts'
import { type Fields, type KubeObject, same } from './object.ts'
import type { Resource } from './resources.ts'
import { misfits } from './schema.ts'
import { matchesSelector } from './selectors.ts'

/** What is wrong with the shape of a body: unknown members are returned, a wrong type is thrown. @throws ApiFailure 400 */
export function unknownFields(resource: Resource, body: Fields): string[] {
  const all = misfits(resource.message, body)
  const wrong = all.find(({ unknown }) => !unknown)
  if (wrong !== undefined) {
    const { kind, version } = resource
    throw new ApiFailure(
      400,
      'BadRequest',
      `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${wrong.found} into Go struct field ${kind}.${wrong.path.replace(/\[\d+\]/g, '')} of type ${wrong.wanted}`,
    )
  }
  return all.map(({ path }) => `unknown field "${path}"`)
}

const dns1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const freelyNamed = new Set(['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'])
/** Of the data of one Secret or ConfigMap. */
const largestData = 1_048_576

function metadataCauses(resource: Resource, { metadata }: KubeObject): Cause[] {
  const causes: Cause[] = []
  if (!freelyNamed.has(resource.plural) && (!dns1123.test(metadata.name) || metadata.name.length > 253)) {
    causes.push(invalidValue('metadata.name', metadata.name, subdomainRule))
  }
  for (const value of Object.values(metadata.labels ?? {})) {
    if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) {
      causes.push(invalidValue('metadata.labels', value, labelValueRule))
    } else if (value.length > 63) causes.push(invalidValue('metadata.labels', value, 'must be no more than 63 bytes'))
  }
  return causes
}

function podCauses(spec: Fields | undefined, at: string, restart: readonly string[]): Cause[] {
  const causes: Cause[] = []
  const containers = (spec?.['containers'] ?? []) as Fields[]
  if (containers.length === 0) causes.push(required(`${at}.containers`))
  const volumes = new Set(((spec?.['volumes'] ?? []) as Fields[]).map(({ name }) => name as string))
  for (const list of ['initContainers', 'containers']) {
    const names = new Set<string>()
    for (const [index, one] of ((spec?.[list] ?? []) as Fields[]).entries()) {
      const here = `${at}.${list}[${index}]`
      if (!one['name']) causes.push(required(`${here}.name`))
      else if (names.has(one['name'])) {
        causes.push({
          reason: 'FieldValueDuplicate',
          message: `Duplicate value: ${JSON.stringify(one['name'])}`,
          field: `${here}.name`,
        })
      }
      names.add(one['name'])
      if (!one['image']) causes.push(required(`${here}.image`))
      for (const [number, mount] of ((one['volumeMounts'] ?? []) as Fields[]).entries()) {
        if (!volumes.has(mount['name'])) {
          causes.push({
            reason: 'FieldValueNotFound',
            message: `Not found: ${JSON.stringify(mount['name'])}`,
            field: `${here}.volumeMounts[${number}].name`,
          })
        }
      }
    }
  }
  const policy: unknown = spec?.['restartPolicy']
  if (!restart.includes(String(policy))) {
    causes.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(policy)}: supported values: ${restart.map((one) => JSON.stringify(one)).join(', ')}`,
      field: `${at}.restartPolicy`,
    })
  }
  return causes
}

function workloadCauses({ spec }: KubeObject): Cause[] {
  const causes: Cause[] = []
  const selector = spec?.selector as Fields | undefined
  const labels = (spec?.template?.metadata?.labels ?? {}) as Record<string, string>
  if (selector === undefined) causes.push(required('spec.selector'))
  else if (!matchesSelector(selector, labels)) {
    causes.push(invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'))
  }
  return [...causes, ...podCauses(spec?.template?.spec, 'spec.template.spec', ['Always'])]
}

const byKind: Readonly<Record<string, (object: KubeObject) => Cause[]>> = {
  Deployment: workloadCauses,
  ReplicaSet: workloadCauses,
  StatefulSet: workloadCauses,
  DaemonSet: workloadCauses,
  Pod: ({ spec }) => podCauses(spec, 'spec', ['Always', 'OnFailure', 'Never']),
  Job: ({ spec }) => podCauses(spec?.template?.spec, 'spec.template.spec', ['OnFailure', 'Never']),
  CronJob: ({ spec }) => [
    ...(parseCron(String(spec?.schedule ?? '')) === undefined
      ? [invalidValue('spec.schedule', spec?.schedule ?? '', 'expected exactly 5 fields or a descriptor')]
      : []),
    ...podCauses(spec?.jobTemplate?.spec?.template?.spec, 'spec.jobTemplate.spec.template.spec', [
      'OnFailure',
      'Never',
    ]),
  ],
  Secret: (object) => dataCauses(object, 'data'),
  ConfigMap: (object) => dataCauses(object, ''),
  Service({ spec }) {
    if ((spec?.ports ?? []).length > 0 || spec?.clusterIP === 'None' || spec?.type === 'ExternalName') return []
    return [required('spec.ports')]
  },
}

function dataCauses(object: KubeObject, field: string): Cause[] {
  let size = 0
  for (const value of Object.values((object['data'] ?? {}) as Record<string, string>)) {
    size += object.kind === 'Secret' ? Math.floor((value.length * 3) / 4) : Buffer.byteLength(value)
  }
  if (size <= largestData) return []
  return [{ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${largestData} bytes`, field }]
}

/** What is wrong with a new object, in the words of the API server. */
export const createCauses = (resource: Resource, object: KubeObject): Cause[] => [
  ...metadataCauses(resource, object),
  ...(byKind[object.kind]?.(object) ?? []),
]

/** Fields that never change once they are set, by kind. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  Job: ['completions', 'selector', 'template', 'completionMode'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
}
const statefulSetMutable = new Set([
  ...['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit'],
  ...['persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
])

function changedTooMuch(before: KubeObject, after: KubeObject): Cause[] {
  const causes: Cause[] = []
  for (const name of immutable[after.kind] ?? []) {
    const top = name === 'roleRef'
    const [old, now] = top ? [before[name], after[name]] : [before['spec']?.[name], after['spec']?.[name]]
    if (same(old, now)) continue
    const field = top ? name : `spec.${name}`
    causes.push(
      name === 'template'
        ? { reason: 'FieldValueInvalid', message: `Invalid value: ${goTemplate(now)}: field is immutable`, field }
        : invalidValue(field, now, 'field is immutable'),
    )
  }
  if (after.kind === 'StatefulSet') {
    const keys = new Set([...Object.keys(before['spec']), ...Object.keys(after['spec'])])
    if ([...keys].some((key) => !statefulSetMutable.has(key) && !same(before['spec'][key], after['spec'][key]))) {
      causes.push({
        reason: 'FieldValueForbidden',
        message:
          "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        field: 'spec',
      })
    }
  }
  if (after.kind === 'Service' && before['spec']?.type !== 'ExternalName' && after['spec']?.type !== 'ExternalName') {
    const [old, now] = [before['spec']?.clusterIP, after['spec']?.clusterIP]
    if (old && old !== now) {
      causes.push(invalidValue('spec.clusterIPs[0]', now === undefined ? [] : [now], 'may not change once set'))
    }
  }
  if ((after.kind === 'Secret' || after.kind === 'ConfigMap') && before['immutable'] === true) {
    if (!same(before['data'], after['data']) || after['immutable'] !== true) {
      causes.push({
        reason: 'FieldValueForbidden',
        message: 'Forbidden: field is immutable when `immutable` is set',
        field: 'data',
      })
    }
  }
  if (after.kind === 'Secret' && before['type'] !== after['type']) {
    causes.push(invalidValue('type', after['type'], 'field is immutable'))
  }
  if (after.kind === 'Pod' && !same(withoutImages(before['spec']), withoutImages(after['spec']))) {
    causes.push({
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      field: 'spec',
    })
  }
  return causes
}

/** The server prints a template as a Go struct; this is its beginning. */
const goTemplate = (template: Fields | undefined): string => {
  const labels = Object.entries((template?.['metadata']?.labels ?? {}) as Record<string, string>)
  const map = labels.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(', ')
  return `core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", GenerateName:"", Namespace:"", Labels:map[string]string{${map}}}, Spec:core.PodSpec{…}}`
}

const withoutImages = (spec: Fields | undefined): unknown => {
  const { activeDeadlineSeconds: _a, tolerations: _t, terminationGracePeriodSeconds: _g, ...rest } = spec ?? {}
  const bare = (list: Fields[] | undefined): unknown[] => (list ?? []).map(({ image: _image, ...one }) => one)
  return { ...rest, containers: bare(rest['containers']), initContainers: bare(rest['initContainers']) }
}

/** What is wrong with a changed object. */
export const updateCauses = (resource: Resource, before: KubeObject, after: KubeObject): Cause[] => [
  ...createCauses(resource, after),
  ...changedTooMuch(before, after),
]

export const namedWrong = (resource: Resource, body: string, path: string): ApiFailure =>
  new ApiFailure(
    400,
    'BadRequest',
    `the name of the object (${body}) does not match the name on the URL (${path}) for ${qualified(resource)}`,
  )
