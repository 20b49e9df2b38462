import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { messageOf, UserError } from '../action/errors.ts'
import type { ClusterAccess } from './kubeconfig.ts'
import { type CredentialParts, type Credentials, contentOf, fetchCredentials } from './kubernetes-credentials.ts'
import type { KubernetesObject } from './kubernetes-object.ts'

/** An error that the API answered with. */
export class KubernetesError extends UserError {
  override name = 'KubernetesError'
  /** HTTP status. */
  readonly status: number
  /** The API's own word: NotFound, Conflict, Forbidden… */
  readonly reason: string

  constructor(status: number, reason: string, message: string) {
    super(message)
    this.status = status
    this.reason = reason
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof KubernetesError && error.status === 404
export const isForbidden = (error: unknown): boolean => error instanceof KubernetesError && error.status === 403
export const isConflict = (error: unknown): boolean => error instanceof KubernetesError && error.status === 409

/** A kind of object: `{ group: 'apps', version: 'v1', plural: 'deployments' }`; the core group is ''. */
export interface Resource {
  readonly group: string
  readonly version: string
  readonly plural: string
}

const core = (plural: string): Resource => ({ group: '', version: 'v1', plural })
const grouped = (group: string, plural: string): Resource => ({ group, version: 'v1', plural })

/** Every kind that this project reads. */
export const resources = {
  secrets: core('secrets'),
  configmaps: core('configmaps'),
  pods: core('pods'),
  events: core('events'),
  deployments: grouped('apps', 'deployments'),
  replicasets: grouped('apps', 'replicasets'),
  statefulsets: grouped('apps', 'statefulsets'),
  daemonsets: grouped('apps', 'daemonsets'),
  controllerrevisions: grouped('apps', 'controllerrevisions'),
  jobs: grouped('batch', 'jobs'),
  cronjobs: grouped('batch', 'cronjobs'),
  endpointslices: grouped('discovery.k8s.io', 'endpointslices'),
} as const satisfies Record<string, Resource>

/** What may narrow a list. */
export interface ListOptions {
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Only names, labels and times of the objects; a cluster that cannot gives them whole. */
  readonly metadataOnly?: boolean
}

export interface LogOptions {
  readonly container: string
  readonly previous: boolean
  readonly tailLines: number
}

/** One line of a watch. */
export interface Change<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: T
}

/** The few calls that reading and unlocking a release take. All throw KubernetesError, or UserError when the cluster is not reached. */
export interface KubernetesApi {
  get<T extends KubernetesObject>(resource: Resource, namespace: string, name: string): Promise<T>
  list<T extends KubernetesObject>(resource: Resource, namespace: string, options?: ListOptions): Promise<readonly T[]>
  /** Replaces an object; with its resourceVersion, only when nobody else has since. */
  replace<T extends KubernetesObject>(resource: Resource, namespace: string, object: T): Promise<T>
  podLog(namespace: string, pod: string, options: LogOptions): Promise<string>
  /** What is there, each as ADDED, and then every change, until the signal aborts or the cluster ends it, as it does now and then. */
  watch<T extends KubernetesObject>(
    resource: Resource,
    namespace: string,
    signal: AbortSignal,
  ): AsyncGenerator<Change<T>, void, void>
  /** The lines of a container from its start until it ends. */
  followLog(namespace: string, pod: string, container: string, signal: AbortSignal): AsyncGenerator<string, void, void>
}

/** An answer above this is refused, in bytes. */
const largestAnswer = 128 * 1024 * 1024
const largestLog = 256 * 1024
const largestLine = 4 * 1024 * 1024
const requestMs = 30_000
const pageSize = 500
const tries = 4

interface Asked {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly accept?: string
  readonly body?: string
  readonly limit?: number
}

/** A client of one cluster over node's own HTTP, with the kubeconfig's certificates and credentials. */
export function kubernetesApi(access: ClusterAccess, parts: CredentialParts): KubernetesApi {
  const base = new URL(access.server)
  let credentials: Credentials | undefined
  let agent: HttpAgent | HttpsAgent | undefined

  async function connection(): Promise<{ credentials: Credentials; agent: HttpAgent | HttpsAgent }> {
    if (credentials === undefined || agent === undefined || credentials.until <= parts.clock.now()) {
      const before = credentials
      credentials = await fetchCredentials(access, parts)
      const sameIdentity = before?.certificate === credentials.certificate && before?.key === credentials.key
      // A new token needs no new connections, and ending the old ones would cut what others are reading.
      if (agent !== undefined && before !== undefined && sameIdentity) return { credentials, agent }
      agent = base.protocol === 'https:' ? await tlsAgent(credentials) : new HttpAgent({ keepAlive: true })
    }
    return { credentials, agent }
  }

  async function tlsAgent(own: Credentials): Promise<HttpsAgent> {
    const ca = await contentOf(access.ca)
    return new HttpsAgent({
      keepAlive: true,
      rejectUnauthorized: !access.skipVerify,
      ...(ca === undefined ? {} : { ca }),
      ...(own.certificate === undefined ? {} : { cert: own.certificate }),
      ...(own.key === undefined ? {} : { key: own.key }),
      ...(access.serverName === undefined ? {} : { servername: access.serverName }),
    })
  }

  async function once(asked: Asked): Promise<{ status: number; body: Buffer }> {
    const { credentials, agent } = await connection()
    const send = base.protocol === 'https:' ? httpsRequest : httpRequest
    return await new Promise((resolve, reject) => {
      const request = send(
        `${access.server}${asked.path}`,
        {
          method: asked.method,
          agent,
          signal: AbortSignal.timeout(requestMs),
          headers: {
            accept: asked.accept ?? 'application/json',
            'user-agent': 'strangler-deploy',
            ...(credentials.authorization === undefined ? {} : { authorization: credentials.authorization }),
            ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        (response) => {
          readBody(response, asked.limit ?? largestAnswer).then(
            (body) => resolve({ status: response.statusCode ?? 0, body }),
            reject,
          )
        },
      )
      request.once('error', reject)
      request.end(asked.body)
    })
  }

  /** A GET whose answer is read line by line as it comes. */
  async function* lines(path: string, signal: AbortSignal): AsyncGenerator<string, void, void> {
    const { credentials, agent } = await connection()
    const send = base.protocol === 'https:' ? httpsRequest : httpRequest
    const headers = {
      accept: '*/*',
      'user-agent': 'strangler-deploy',
      ...(credentials.authorization === undefined ? {} : { authorization: credentials.authorization }),
    }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(`${access.server}${path}`, { agent, signal, headers }, resolve)
      request.once('error', reject)
      request.end()
    })
    const status = response.statusCode ?? 0
    if (status >= 300) throw failure(status, await readBody(response, largestAnswer))
    response.setEncoding('utf8')
    let rest = ''
    for await (const chunk of response as AsyncIterable<string>) {
      const found = `${rest}${chunk}`.split('\n')
      rest = found.pop() ?? ''
      if (rest.length > largestLine)
        throw new UserError(`the cluster sent a line of more than ${largestLine} characters`)
      yield* found
    }
    if (rest !== '') yield rest
  }

  async function call(asked: Asked): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === tries
      let answer: { status: number; body: Buffer }
      try {
        answer = await once(asked)
      } catch (error) {
        if (error instanceof UserError) throw error
        // A write may have arrived: only its caller can tell whether to repeat it.
        if (last || asked.method !== 'GET') {
          throw new UserError(`cannot reach the cluster at ${base.host}: ${messageOf(error)}`, { cause: error })
        }
        await parts.clock.sleep(500 * 2 ** attempt)
        continue
      }
      if (answer.status < 300) return answer.body
      if (answer.status === 401 && attempt === 1 && access.user.exec !== undefined) credentials = undefined
      else if (last || asked.method !== 'GET' || !(answer.status === 429 || answer.status >= 500)) {
        throw failure(answer.status, answer.body)
      } else await parts.clock.sleep(500 * 2 ** attempt)
    }
  }

  return {
    async get(resource, namespace, name) {
      return parseAnswer(await call({ method: 'GET', path: pathOf(resource, namespace, name) }))
    },
    async list<T extends KubernetesObject>(resource: Resource, namespace: string, options: ListOptions = {}) {
      const items: T[] = []
      let next = ''
      do {
        const query = new URLSearchParams({ limit: String(pageSize) })
        if (options.labelSelector !== undefined) query.set('labelSelector', options.labelSelector)
        if (options.fieldSelector !== undefined) query.set('fieldSelector', options.fieldSelector)
        if (next !== '') query.set('continue', next)
        const body = await call({
          method: 'GET',
          path: `${pathOf(resource, namespace)}?${query}`,
          ...(options.metadataOnly === true
            ? { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json' }
            : {}),
        })
        const page = parseAnswer<{ items?: T[]; metadata?: { continue?: string } }>(body)
        items.push(...(page.items ?? []))
        next = page.metadata?.continue ?? ''
      } while (next !== '')
      return items
    },
    async replace(resource, namespace, object) {
      const path = pathOf(resource, namespace, object.metadata?.name ?? '')
      return parseAnswer(await call({ method: 'PUT', path, body: JSON.stringify(object) }))
    },
    async podLog(namespace, pod, options) {
      const query = new URLSearchParams({
        container: options.container,
        previous: String(options.previous),
        tailLines: String(options.tailLines),
        limitBytes: String(largestLog),
      })
      const path = `${pathOf(resources.pods, namespace, pod)}/log?${query}`
      const body = await call({ method: 'GET', path, accept: '*/*', limit: 2 * largestLog })
      return body.toString('utf8')
    },
    async *watch<T extends KubernetesObject>(resource: Resource, namespace: string, signal: AbortSignal) {
      for await (const line of lines(`${pathOf(resource, namespace)}?watch=true`, signal)) {
        const { type, object } = parseAnswer<{ type?: string; object?: T }>(Buffer.from(line))
        if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && object !== undefined) {
          yield { type, object }
        }
      }
    },
    async *followLog(namespace, pod, container, signal) {
      const query = new URLSearchParams({ container, follow: 'true' })
      yield* lines(`${pathOf(resources.pods, namespace, pod)}/log?${query}`, signal)
    },
  }
}

function pathOf(resource: Resource, namespace: string, name?: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`
  const parts = ['namespaces', namespace, resource.plural, ...(name === undefined ? [] : [name])]
  return `${root}/${parts.map(encodeURIComponent).join('/')}`
}

async function readBody(response: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > limit) {
      response.destroy()
      throw new UserError(`the cluster's answer is larger than ${limit} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseAnswer<T>(body: Buffer): T {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value as T
  } catch (error) {
    throw new UserError('the cluster answered with something that is no JSON', { cause: error })
  }
  throw new UserError('the cluster answered with something that is no object')
}

function failure(status: number, body: Buffer): KubernetesError {
  let answer: { reason?: unknown; message?: unknown } = {}
  try {
    answer = JSON.parse(body.toString('utf8')) as typeof answer
  } catch {
    // A proxy in between answers with a page of its own: the status says what there is to say.
  }
  const message = typeof answer?.message === 'string' ? answer.message : `the cluster answered with HTTP ${status}`
  return new KubernetesError(status, typeof answer?.reason === 'string' ? answer.reason : '', message)
}
