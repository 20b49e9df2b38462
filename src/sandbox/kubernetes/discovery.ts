import type { Fields } from './object.ts'
import { apiVersionOf, type Resource, resources } from './resources.ts'
import { message, type Type } from './schema.ts'

export const version = {
  major: '1',
  minor: '35',
  gitVersion: 'v1.35.4',
  gitCommit: 'sandbox',
  gitTreeState: 'clean',
  buildDate: '2026-04-15T00:00:00Z',
  goVersion: 'go1.25.9',
  compiler: 'gc',
  platform: 'linux/amd64',
}

const verbs = (of: Resource): string[] =>
  of.stored ? ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] : ['create']

const subresourceKinds: Readonly<Record<string, readonly [string, string, string, string[]]>> = {
  scale: ['autoscaling', 'v1', 'Scale', ['get', 'patch', 'update']],
  eviction: ['policy', 'v1', 'Eviction', ['create']],
  log: ['', '', '', ['get']],
  token: ['authentication.k8s.io', 'v1', 'TokenRequest', ['create']],
}

const groups = (): string[] => [...new Set(resources.map(({ group }) => group))]
const groupVersions = (): string[] => [...new Set(resources.map(apiVersionOf))]
const inGroup = (apiVersion: string): Resource[] => resources.filter((one) => apiVersionOf(one) === apiVersion)

/** `/apis` and `/api` in the old form. */
export const groupList = (): Fields => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groups()
    .filter((group) => group !== '')
    .map(groupOf),
})

export function groupOf(group: string): Fields {
  const versions = groupVersions()
    .filter((one) => one.startsWith(`${group}/`))
    .map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] }))
  return { name: group, versions, preferredVersion: versions[0] }
}

/** `/apis/<group>/<version>` in the old form; undefined when there is none. */
export function resourceList(apiVersion: string): Fields | undefined {
  const found = inGroup(apiVersion)
  if (found.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion,
    resources: found.flatMap((of) => [
      {
        name: of.plural,
        singularName: of.kind.toLowerCase(),
        namespaced: of.namespaced,
        kind: of.kind,
        verbs: verbs(of),
        ...(of.shortNames.length > 0 ? { shortNames: of.shortNames } : {}),
        ...(of.categories.length > 0 ? { categories: of.categories } : {}),
      },
      ...of.subresources.map((sub) => {
        const [group, version, kind, allowed] = subresourceKinds[sub] ?? [
          of.group,
          of.version,
          of.kind,
          ['get', 'patch', 'update'],
        ]
        const other = group === '' && version === '' ? {} : group === of.group ? {} : { group, version }
        return {
          name: `${of.plural}/${sub}`,
          singularName: '',
          namespaced: of.namespaced,
          ...other,
          kind: kind || of.kind,
          verbs: allowed,
        }
      }),
    ]),
  }
}

/** All of discovery in one answer (KEP-3352); `core` for `/api`, the rest for `/apis`. */
export function aggregated(core: boolean): Fields {
  const items = groups()
    .filter((group) => (group === '') === core)
    .map((group) => ({
      metadata: { name: group, creationTimestamp: null },
      versions: groupVersions()
        .filter((one) => (group === '' ? one === 'v1' : one.startsWith(`${group}/`)))
        .map((apiVersion) => ({
          version: apiVersion.split('/').at(-1),
          freshness: 'Current',
          resources: inGroup(apiVersion).map((of) => ({
            resource: of.plural,
            responseKind: { group: of.group, version: of.version, kind: of.kind },
            scope: of.namespaced ? 'Namespaced' : 'Cluster',
            singularResource: of.kind.toLowerCase(),
            verbs: verbs(of),
            ...(of.shortNames.length > 0 ? { shortNames: of.shortNames } : {}),
            ...(of.categories.length > 0 ? { categories: of.categories } : {}),
            subresources: of.subresources.map((sub) => {
              const [g, v, kind, allowed] = subresourceKinds[sub] ?? [
                of.group,
                of.version,
                of.kind,
                ['get', 'patch', 'update'],
              ]
              return { subresource: sub, responseKind: { group: g, version: v, kind: kind || of.kind }, verbs: allowed }
            }),
          })),
        })),
    }))
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }
}

const pathOf = (apiVersion: string): string => (apiVersion === 'v1' ? 'api/v1' : `apis/${apiVersion}`)

/** `/openapi/v3`: where the document of each group is. */
export const openApiIndex = (prefix: string): Fields => ({
  paths: Object.fromEntries(
    groupVersions().map((one) => [
      pathOf(one),
      { serverRelativeURL: `${prefix}/openapi/v3/${pathOf(one)}?hash=sandbox` },
    ]),
  ),
})

/** The OpenAPI document of a group: its schemas, and per kind the patch operation in which clients look for `fieldValidation`. */
export function openApiDocument(path: string): Fields | undefined {
  const apiVersion = groupVersions().find((one) => pathOf(one) === path)
  if (apiVersion === undefined) return undefined
  const schemas: Fields = {}
  const visit = (name: string): void => {
    if (schemas[keyOf(name)] !== undefined) return
    const properties: Fields = {}
    schemas[keyOf(name)] = { type: 'object', properties }
    for (const [key, field] of message(name).fields) {
      properties[key] = {
        ...openApiType(field.type, visit),
        ...(field.keys ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': field.keys } : {}),
        ...(field.set ? { 'x-kubernetes-list-type': 'set' } : {}),
        ...(field.mergeKey === undefined ? {} : { 'x-kubernetes-patch-strategy': 'merge' }),
        ...(field.mergeKey ? { 'x-kubernetes-patch-merge-key': field.mergeKey } : {}),
      }
    }
  }
  const paths: Fields = {}
  for (const of of inGroup(apiVersion)) {
    visit(of.message)
    const gvk = { group: of.group, version: of.version, kind: of.kind }
    const schema = schemas[keyOf(of.message)] as Fields
    schema['x-kubernetes-group-version-kind'] = [gvk]
    Object.assign(schema['properties'], { apiVersion: { type: 'string' }, kind: { type: 'string' } })
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
      name,
      in: 'query',
      schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
    }))
    const answer = {
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${keyOf(of.message)}` } } },
    }
    const base = { 'x-kubernetes-group-version-kind': gvk, responses: { 200: { description: 'OK', ...answer } } }
    paths[`/${path}${of.namespaced ? '/namespaces/{namespace}' : ''}/${of.plural}/{name}`] = {
      get: { ...base, 'x-kubernetes-action': 'get' },
      patch: { ...base, 'x-kubernetes-action': 'patch', parameters },
    }
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: version.gitVersion },
    paths,
    components: { schemas },
  }
}

const keyOf = (name: string): string =>
  name.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${name}` : `io.k8s.api.${name}`

function openApiType(type: Type, visit: (name: string) => void): Fields {
  switch (type.kind) {
    case 'list':
      return { type: 'array', items: openApiType(type.of, visit) }
    case 'map':
      return { type: 'object', additionalProperties: openApiType(type.of, visit) }
    case 'message':
      visit(type.message)
      return { allOf: [{ $ref: `#/components/schemas/${keyOf(type.message)}` }], default: {} }
    case 'scalar':
      return scalars[type.scalar]
  }
}

const scalars = {
  s: { type: 'string' },
  i: { type: 'integer', format: 'int32' },
  d: { type: 'number', format: 'double' },
  b: { type: 'boolean' },
  y: { type: 'string', format: 'byte' },
  q: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  x: { oneOf: [{ type: 'integer' }, { type: 'string' }], format: 'int-or-string' },
  t: { type: 'string', format: 'date-time' },
  u: { type: 'string', format: 'date-time' },
  w: { type: 'string' },
  r: { type: 'object' },
} as const
