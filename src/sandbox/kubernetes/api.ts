import { type Exchange, send } from '../exchange.ts'
import type { Cluster } from './cluster.ts'
import { remove } from './deletion.ts'
import { aggregated, groupList, groupOf, openApiDocument, openApiIndex, resourceList, version } from './discovery.ts'
import { evict } from './eviction.ts'
import { ApiFailure, badRequest, noSuchPath, notAllowed, notFound, statusOf } from './failure.ts'
import type { Writer } from './managed-fields.ts'
import { type Fields, isFields, type KubeObject } from './object.ts'
import { jsonPatch, mergePatch, strategicMergePatch } from './patches.ts'
import { podLog } from './pod-log.ts'
import { accepted, bodyOf, bodyValue, managerOf, type Target, targetOf } from './request.ts'
import { apiVersionOf, resources } from './resources.ts'
import { answerReview } from './reviews.ts'
import { scaled, scaleOf } from './scale.ts'
import { fieldSelector, labelSelector, type Matcher } from './selectors.ts'
import { tableOf } from './tables.ts'
import { unknownFields } from './validation.ts'
import { watch } from './watch.ts'
import { apply, create, replace, type WriteOptions } from './writes.ts'

/** Answers one request to a cluster's API; `path` is what comes after the cluster's address. */
export function answer(cluster: Cluster, exchange: Exchange, path: string): undefined {
  try {
    if (!answerRoot(cluster, exchange, path)) answerResource(cluster, exchange, targetOf(path))
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    refuse(exchange, error)
  }
}

/** Sends a failure as a Status object. */
export function refuse(exchange: Exchange, failure: ApiFailure): undefined {
  const headers = failure.code === 429 ? { 'retry-after': '1' } : {}
  json(exchange, failure.code, statusOf(failure), headers)
}

const json = (exchange: Exchange, code: number, value: unknown, headers: Record<string, string> = {}): undefined =>
  void send(exchange, code, JSON.stringify(value), { 'content-type': 'application/json', ...headers })

/** Discovery, health and schemas. */
function answerRoot(cluster: Cluster, exchange: Exchange, path: string): boolean {
  const reply = (value: unknown): true => {
    if (exchange.method !== 'GET') throw notAllowed()
    json(exchange, 200, value)
    return true
  }
  const wantsAll =
    /as=APIGroupDiscoveryList/.test(exchange.headers.accept ?? '') &&
    /v=v2[;,]|v=v2$/.test(exchange.headers.accept ?? '')
  const bare = path.replace(/\/$/, '')
  if (bare === '/version') return reply(version)
  if (bare === '/healthz' || bare === '/readyz' || bare === '/livez') {
    send(exchange, 200, 'ok', { 'content-type': 'text/plain' })
    return true
  }
  if (bare === '/api' || bare === '/apis') {
    if (wantsAll) {
      const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
      json(exchange, 200, aggregated(bare === '/api'), { 'content-type': type })
      return true
    }
    return reply(bare === '/apis' ? groupList() : { kind: 'APIVersions', versions: ['v1'] })
  }
  if (bare === '/openapi/v3') return reply(openApiIndex(`/kubernetes/${cluster.name}`))
  if (bare.startsWith('/openapi/v3/')) {
    const document = openApiDocument(bare.slice('/openapi/v3/'.length))
    if (document === undefined) throw noSuchPath()
    return reply(document)
  }
  const group = /^\/apis\/([^/]+)$/.exec(bare)?.[1]
  if (group !== undefined) {
    if (!resources.some((one) => one.group === group)) throw noSuchPath()
    return reply({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) })
  }
  const list = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(bare)
  if (!list) return false
  const found = resourceList(list[1] ?? list[2] ?? '')
  if (found === undefined) throw noSuchPath()
  return reply(found)
}

function answerResource(cluster: Cluster, exchange: Exchange, target: Target): undefined {
  const { of, name } = target
  if (!of.stored) {
    if (exchange.method !== 'POST') throw notAllowed()
    return json(exchange, 201, answerReview(of, bodyOf(exchange)))
  }
  if (name === undefined) return answerCollection(cluster, exchange, target)
  const named = { ...target, name }
  switch (exchange.method) {
    case 'GET':
      return get(cluster, exchange, named)
    case 'PUT':
      return put(cluster, exchange, named)
    case 'PATCH':
      return patch(cluster, exchange, named)
    case 'DELETE':
      if (target.subresource !== undefined) throw notAllowed()
      return json(exchange, 200, remove(cluster, of, target.namespace, name, deleteOptions(exchange)))
    case 'POST':
      return postSubresource(cluster, exchange, named)
    default:
      throw notAllowed()
  }
}

type Named = Target & { readonly name: string }

function live(cluster: Cluster, { of, namespace, name }: Named): KubeObject {
  const object = cluster.store.get(of, namespace, name)
  if (object === undefined) throw notFound(of, name)
  return object
}

const partial = (object: KubeObject): Fields => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: object.metadata,
})

function answerCollection(cluster: Cluster, exchange: Exchange, target: Target): undefined {
  const { of, namespace } = target
  const query = exchange.url.searchParams
  if (exchange.method === 'POST') {
    if (of.namespaced && namespace === undefined) throw notAllowed()
    const body = bodyOf(exchange)
    const warnings = checkFields(exchange, target, body)
    return json(exchange, 201, create(cluster, of, namespace, body, optionsOf(exchange)), warnings)
  }
  const tests: Matcher[] = [
    labelSelector(query.get('labelSelector') ?? ''),
    fieldSelector(query.get('fieldSelector') ?? ''),
  ]
  const matches: Matcher = (object) => tests.every((test) => test(object))
  const form = accepted(exchange)
  const include = query.get('includeObject') ?? 'Metadata'
  if (exchange.method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '')) {
    const show = (object: KubeObject): Fields => {
      if (form === 'table')
        return tableOf(of.kind, [object], cluster.now(), include, { resourceVersion: object.metadata.resourceVersion })
      return form === 'metadata' ? partial(object) : object
    }
    return watch(cluster, exchange, of, namespace, matches, show)
  }
  const all = cluster.store.list(of, namespace).filter(matches)
  if (exchange.method === 'DELETE') {
    const options = deleteOptions(exchange)
    for (const object of all) remove(cluster, of, object.metadata.namespace, object.metadata.name, options)
    return json(exchange, 200, {
      kind: `${of.kind}List`,
      apiVersion: apiVersionOf(of),
      metadata: { resourceVersion: String(cluster.store.version()) },
      items: all,
    })
  }
  if (exchange.method !== 'GET') throw notAllowed()
  const { items, metadata } = page(all, query, cluster.store.version())
  if (form === 'table') return json(exchange, 200, tableOf(of.kind, items, cluster.now(), include, metadata))
  if (form === 'metadata') {
    return json(exchange, 200, {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: items.map(partial),
    })
  }
  json(exchange, 200, { kind: `${of.kind}List`, apiVersion: apiVersionOf(of), metadata, items })
}

/** One page of a list, by `limit` and `continue`. */
function page(
  all: readonly KubeObject[],
  query: URLSearchParams,
  version: number,
): { items: readonly KubeObject[]; metadata: Fields } {
  const limit = Number(query.get('limit') ?? 0)
  const token = query.get('continue')
  let start = 0
  if (token) {
    const after = Buffer.from(token, 'base64url').toString('utf8')
    start = all.findIndex(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` > after)
    if (start < 0) start = all.length
  }
  const items = limit > 0 ? all.slice(start, start + limit) : all.slice(start)
  const left = all.length - start - items.length
  const last = items.at(-1)?.metadata
  if (left <= 0 || last === undefined) return { items, metadata: { resourceVersion: String(version) } }
  const next = Buffer.from(`${last.namespace ?? ''}/${last.name}`).toString('base64url')
  return { items, metadata: { resourceVersion: String(version), continue: next, remainingItemCount: left } }
}

function get(cluster: Cluster, exchange: Exchange, target: Named): undefined {
  const object = live(cluster, target)
  if (target.subresource === 'log') return podLog(cluster, exchange, object)
  if (target.subresource === 'scale') return json(exchange, 200, scaleOf(object))
  const form = accepted(exchange)
  if (form === 'metadata') return json(exchange, 200, partial(object))
  if (form === 'object') return json(exchange, 200, object)
  const include = exchange.url.searchParams.get('includeObject') ?? 'Metadata'
  json(
    exchange,
    200,
    tableOf(target.of.kind, [object], cluster.now(), include, { resourceVersion: object.metadata.resourceVersion }),
  )
}

function put(cluster: Cluster, exchange: Exchange, target: Named): undefined {
  const { of, subresource } = target
  const before = live(cluster, target)
  const body = bodyOf(exchange)
  const options = optionsOf(exchange, subresource)
  if (subresource === 'scale')
    return json(exchange, 200, scaleOf(replace(cluster, of, before, scaled(before, body), options)))
  if (subresource !== undefined && subresource !== 'status' && subresource !== 'finalize') throw notAllowed()
  const warnings = checkFields(exchange, target, body)
  json(exchange, 200, replace(cluster, of, before, body, options), warnings)
}

function patch(cluster: Cluster, exchange: Exchange, target: Named): undefined {
  const { of, name, namespace, subresource } = target
  const type = (exchange.headers['content-type'] ?? '').split(';', 1)[0]
  const options = optionsOf(exchange, subresource)
  const query = exchange.url.searchParams
  if (type === 'application/apply-patch+yaml') {
    if (!query.get('fieldManager')) {
      throw new ApiFailure(
        422,
        'Invalid',
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      )
    }
    const body = bodyOf(exchange)
    const unknown = unknownFields(of, body)[0]
    if (unknown !== undefined) {
      const field = /"(.*)"/.exec(unknown)?.[1]
      throw new ApiFailure(
        500,
        '',
        `failed to create typed patch object (${namespace ? `${namespace}/` : ''}${name}; ${apiVersionOf(of)}, Kind=${of.kind}): .${field}: field not declared in schema`,
      )
    }
    const { object, created } = apply(cluster, of, { namespace, name }, body, {
      ...options,
      force: query.get('force') === 'true',
    })
    return json(exchange, created ? 201 : 200, object)
  }
  const before = live(cluster, target)
  const from: Fields = subresource === 'scale' ? scaleOf(before) : before
  const change = bodyValue(exchange)
  let body: unknown
  if (type === 'application/json-patch+json') body = jsonPatch(from, change)
  else if (!isFields(change)) throw badRequest('the patch is not an object')
  else if (type === 'application/strategic-merge-patch+json')
    body = strategicMergePatch(subresource === 'scale' ? undefined : of.message, from, change)
  else if (type === 'application/merge-patch+json') body = mergePatch(from, change)
  else
    throw new ApiFailure(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor`,
    )
  const changed = structuredClone(body) as Fields
  // A patch has no stake in the version that it was laid over, unless it names one itself.
  const named: unknown = isFields(change) ? change['metadata']?.resourceVersion : undefined
  if (named === undefined) changed['metadata'] = { ...changed['metadata'], resourceVersion: '' }
  if (subresource === 'scale')
    return json(exchange, 200, scaleOf(replace(cluster, of, before, scaled(before, changed), options)))
  const warnings = checkFields(exchange, target, changed)
  json(exchange, 200, replace(cluster, of, before, changed, options), warnings)
}

function postSubresource(cluster: Cluster, exchange: Exchange, target: Named): undefined {
  const object = live(cluster, target)
  if (target.subresource === 'eviction') return json(exchange, 201, evict(cluster, object, bodyOf(exchange)))
  if (target.subresource === 'token') {
    const expirationTimestamp = new Date(cluster.world.clock.now() + 3_600_000).toISOString()
    const status = { token: `sandbox-${object.metadata.uid}`, expirationTimestamp }
    return json(exchange, 201, {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      spec: {},
      status,
    })
  }
  throw notAllowed()
}

function optionsOf(exchange: Exchange, subresource?: string): WriteOptions {
  const dryRun = exchange.url.searchParams.getAll('dryRun')
  if (dryRun.some((one) => one !== 'All'))
    throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(dryRun[0])}: supported values: "All"`)
  const writer: Writer = { manager: managerOf(exchange), subresource }
  return { writer, dryRun: dryRun.length > 0 }
}

function deleteOptions(exchange: Exchange): Fields {
  const query = exchange.url.searchParams
  const body = exchange.body.byteLength > 0 ? bodyOf(exchange) : {}
  return {
    ...body,
    ...(query.has('propagationPolicy') ? { propagationPolicy: query.get('propagationPolicy') } : {}),
    ...(query.has('gracePeriodSeconds') ? { gracePeriodSeconds: Number(query.get('gracePeriodSeconds')) } : {}),
    ...(query.has('dryRun') ? { dryRun: ['All'] } : {}),
  }
}

/** Compares a body with the schema as `fieldValidation` says; returns the warning headers to send. @throws ApiFailure 400 */
function checkFields(exchange: Exchange, { of }: Target, body: Fields): Record<string, string> {
  const mode = exchange.url.searchParams.get('fieldValidation') ?? 'Warn'
  const kind: unknown = body['kind']
  if (kind !== undefined && kind !== of.kind) {
    throw badRequest(
      `${String(kind)} in version ${JSON.stringify(body['apiVersion'])} cannot be handled as a ${of.kind}: the kind does not match`,
    )
  }
  const unknown = unknownFields(of, body)
  if (unknown.length === 0 || mode === 'Ignore') return {}
  if (mode === 'Strict') {
    throw badRequest(
      `${of.kind} in version "${of.version}" cannot be handled as a ${of.kind}: strict decoding error: ${unknown.join(', ')}`,
    )
  }
  return { warning: unknown.map((one) => `299 - ${JSON.stringify(one)}`).join(', ') }
}
