import { type Exchange, type Service, send } from '../exchange.ts'
import type { Caller } from '../world.ts'
import { type Answer, json } from './answer.ts'
import { serveBlob } from './blob-api.ts'
import type { RegistryGround } from './ground.ts'
import { serveManifest, serveReferrers, serveTags } from './manifest-api.ts'
import { OciError, sendOciError } from './oci-error.ts'
import { page } from './page.ts'
import { isRepositoryName } from './reference.ts'
import { notAuthorized, repositoryArn, unknownRepository } from './refusal-words.ts'
import type { Registry } from './registries.ts'
import { allows } from './resource-policy.ts'
import { type Route, route } from './route.ts'
import { serveUpload } from './upload-api.ts'
import type { Visit } from './visit.ts'

/** Answers the OCI distribution API under `/v2/` as ECR does: repositories must exist, and nobody is anonymous. */
export function distribution(ground: RegistryGround): Service {
  return {
    identify({ method, url }) {
      if (url.pathname !== '/v2' && !url.pathname.startsWith('/v2/')) return undefined
      return { service: 'registry', operation: `${method} ${route(url.pathname)?.kind ?? 'unknown'}` }
    },
    fail(exchange, status, code, message) {
      const throttled = code === 'ThrottlingException'
      const oci = throttled ? 'TOOMANYREQUESTS' : status === 403 ? 'DENIED' : 'UNKNOWN'
      sendOciError(exchange, new OciError(throttled ? 429 : status, oci, message))
    },
    handle(exchange) {
      exchange.response.setHeader('docker-distribution-api-version', 'registry/2.0')
      try {
        const { status, body, headers } = serve(ground, exchange)
        send(exchange, status, body, headers)
      } catch (error) {
        if (!(error instanceof OciError)) throw error
        sendOciError(exchange, error)
      }
    },
  }
}

function serve(ground: RegistryGround, exchange: Exchange): Answer {
  const registry = ground.registries.at(exchange.request.socket.localPort ?? 0)
  if (registry === undefined) throw new OciError(404, 'NAME_UNKNOWN', 'no registry is at this port')
  const caller = callerOf(ground, registry, exchange)
  if ('status' in caller) return caller
  const asked = route(exchange.url.pathname)
  if (asked === undefined) throw new OciError(404, 'UNSUPPORTED', 'the distribution API has no such path')
  if (asked.kind === 'base') return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } }
  if (asked.kind === 'catalog') return serveCatalog(exchange, registry, caller)
  if (!isRepositoryName(asked.name)) throw new OciError(400, 'NAME_INVALID', 'invalid repository name')
  const repository = registry.repositories.get(asked.name)
  if (repository === undefined) {
    throw new OciError(404, 'NAME_UNKNOWN', unknownRepository(registry.accountId, asked.name))
  }
  const action = actionOf(exchange.method, asked)
  if (!allows(repository.policy, registry.accountId, caller, action)) {
    throw new OciError(403, 'DENIED', notAuthorized(caller.arn, action, repositoryArn(registry, repository.name)))
  }
  const visit: Visit = { exchange, registry, repository, caller }
  switch (asked.kind) {
    case 'manifest':
      return serveManifest(ground, visit, asked.reference)
    case 'blob':
      return serveBlob(ground, visit, asked.digest)
    case 'uploads':
      return serveUpload(visit, undefined)
    case 'upload':
      return serveUpload(visit, asked.id)
    case 'tags':
      return serveTags(visit)
    case 'referrers':
      return serveReferrers(visit, asked.digest)
  }
}

/** Whom the credentials stand for; the challenge when there are none. */
function callerOf(ground: RegistryGround, registry: Registry, exchange: Exchange): Caller | Answer {
  const caller = ground.tokens.check(exchange.headers.authorization)
  if (caller === 'missing') {
    return {
      status: 401,
      body: 'Not Authorized\n',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'www-authenticate': `Basic realm="http://${registry.host()}/",service="ecr.amazonaws.com"`,
      },
    }
  }
  if (caller === 'expired') {
    throw new OciError(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.')
  }
  if (caller === 'invalid') throw new OciError(403, 'DENIED', 'Your Authorization Token is invalid.')
  return caller
}

const actions: Readonly<Record<string, string>> = {
  'GET blob': 'GetDownloadUrlForLayer',
  'HEAD blob': 'BatchCheckLayerAvailability',
  'DELETE blob': 'BatchDeleteImage',
  'PUT manifest': 'PutImage',
  'DELETE manifest': 'BatchDeleteImage',
  'POST uploads': 'InitiateLayerUpload',
  'PUT upload': 'CompleteLayerUpload',
  'GET tags': 'ListImages',
}

/** The IAM action that ECR asks for. */
function actionOf(method: string, { kind }: Route): string {
  const reading = kind === 'upload' ? 'UploadLayerPart' : 'BatchGetImage'
  return `ecr:${actions[`${method} ${kind}`] ?? reading}`
}

function serveCatalog(exchange: Exchange, registry: Registry, caller: Caller): Answer {
  if (exchange.method !== 'GET') throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  if (caller.accountId !== registry.accountId) throw new OciError(403, 'DENIED', 'The catalog is its owner’s')
  const { items, link } = page(exchange.url, [...registry.repositories.keys()])
  return json({ repositories: items }, link)
}
