import { randomUUID } from 'node:crypto'
import { type Exchange, type Identity, type Service, send } from '../exchange.ts'
import type { Caller, World } from '../world.ts'
import { parseQuery, queryError, queryResponse } from './query.ts'
import { AwsError, type AwsService, type Input } from './service.ts'

/** The account that an access key belongs to: what STS handed out, else the world's own. */
export interface Accounts {
  callerOf(accessKeyId: string, region: string): Caller
}

/** An AWS answer as it went over the wire, injected faults included. */
export interface AwsAnswer extends Identity {
  readonly status: number
  readonly protocol: 'json' | 'query'
  readonly body: string
}

/** What the query protocol calls the errors that every service has. */
const queryCodes: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
}

/** Answers signed AWS requests for a set of services: JSON by `X-Amz-Target`, query by `Action`, REST by path. */
export function awsGateway(
  services: readonly AwsService[],
  accounts: Accounts,
  onAnswer: (answer: AwsAnswer) => void = () => {},
): Service {
  const byTarget = new Map<string, AwsService>()
  const byName = new Map(services.map((service) => [service.name, service]))
  for (const service of services) if (service.protocol.kind === 'json') byTarget.set(service.protocol.target, service)

  const scope = (exchange: Exchange): { accessKeyId: string; region: string; service: string } | undefined => {
    const match = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
      exchange.headers.authorization ?? '',
    )
    return match ? { accessKeyId: match[1] ?? '', region: match[2] ?? '', service: match[3] ?? '' } : undefined
  }

  const serviceOf = (
    exchange: Exchange,
  ): { service: AwsService | undefined; name: string; operation: string } | undefined => {
    const target = exchange.headers['x-amz-target']
    if (typeof target === 'string') {
      const [prefix = '', operation = ''] = target.split('.')
      const service = byTarget.get(prefix)
      return { service, name: service?.name ?? prefix, operation }
    }
    const type = exchange.headers['content-type'] ?? ''
    if (
      exchange.method === 'POST' &&
      exchange.url.pathname === '/' &&
      type.startsWith('application/x-www-form-urlencoded')
    ) {
      const operation = new URLSearchParams(exchange.body.toString('utf8')).get('Action') ?? ''
      const name = scope(exchange)?.service ?? services.find((s) => s.unsigned?.includes(operation))?.name ?? ''
      return { service: byName.get(name), name, operation }
    }
    const rest = byName.get(scope(exchange)?.service ?? '')
    if (rest?.protocol.kind !== 'rest-json') return undefined
    const path = exchange.url.pathname
    const found = Object.entries(rest.protocol.routes).find(([, route]) => membersOf(route, exchange.method, path))
    return { service: rest, name: rest.name, operation: found?.[0] ?? `${exchange.method} ${path}` }
  }

  const fail = (
    exchange: Exchange,
    status: number,
    code: string,
    message: string,
    members: Record<string, unknown> = {},
  ): void => {
    const found = serviceOf(exchange)
    const requestId = randomUUID()
    const protocol = found?.service?.protocol
    const identity = { service: found?.name ?? '', operation: found?.operation ?? '' }
    if (protocol?.kind === 'query') {
      const queryCode = queryCodes[code] ?? code
      const body = queryError(protocol.namespace, queryCode, message, status, requestId)
      onAnswer({ ...identity, status, protocol: 'query', body })
      send(exchange, status, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId })
      return
    }
    const body = JSON.stringify({ __type: code, message, ...members })
    onAnswer({ ...identity, status, protocol: 'json', body })
    send(exchange, status, body, {
      'content-type': jsonType(protocol),
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
    })
  }

  return {
    identify(exchange) {
      const found = serviceOf(exchange)
      return found && { service: found.name, operation: found.operation }
    },
    fail,
    async handle(exchange, identity: Identity) {
      const found = serviceOf(exchange)
      const credentials = scope(exchange)
      if (credentials === undefined && !found?.service?.unsigned?.includes(identity.operation)) {
        return fail(exchange, 403, 'MissingAuthenticationToken', 'Missing Authentication Token')
      }
      const operation = found?.service?.operations[identity.operation]
      if (
        found?.service === undefined ||
        operation === undefined ||
        !Object.hasOwn(found.service.operations, identity.operation)
      ) {
        const message = `The sandbox does not know ${identity.service}:${identity.operation}.`
        return fail(exchange, 400, 'UnknownOperationException', message)
      }
      const { protocol } = found.service
      const requestId = randomUUID()
      try {
        const caller = accounts.callerOf(credentials?.accessKeyId ?? '', credentials?.region ?? '')
        const input =
          protocol.kind === 'query'
            ? parseQuery(new URLSearchParams(exchange.body.toString('utf8')))
            : { ...parseJson(exchange), ...pathMembers(protocol, identity.operation, exchange) }
        const output = (await operation(input, caller)) ?? {}
        if (protocol.kind === 'query') {
          const body = queryResponse(identity.operation, protocol.namespace, output, requestId)
          onAnswer({ ...identity, status: 200, protocol: 'query', body })
          send(exchange, 200, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId })
        } else {
          const body = JSON.stringify(output)
          onAnswer({ ...identity, status: 200, protocol: 'json', body })
          send(exchange, 200, body, {
            'content-type': jsonType(protocol),
            'x-amzn-requestid': requestId,
          })
        }
      } catch (error) {
        if (error instanceof AwsError)
          return fail(exchange, error.status, error.code, error.message, { ...error.members })
        throw error
      }
    },
  }
}

const jsonType = (protocol: AwsService['protocol'] | undefined): string =>
  protocol?.kind === 'rest-json'
    ? 'application/json'
    : `application/x-amz-json-${protocol?.kind === 'json' ? protocol.version : '1.1'}`

/** What a path gives to the names of a route such as `GET /clusters/{name}`; undefined when it is another path. */
function membersOf(route: string, method: string, path: string): Readonly<Record<string, string>> | undefined {
  const [verb, form = ''] = route.split(' ')
  const [wanted, given] = [form.split('/'), path.split('/')]
  if (verb !== method || wanted.length !== given.length) return undefined
  const members: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined ? part !== given[index] : given[index] === '') return undefined
    try {
      if (name !== undefined) members[name] = decodeURIComponent(given[index] ?? '')
    } catch {
      return undefined
    }
  }
  return members
}

function pathMembers(protocol: AwsService['protocol'], operation: string, { method, url }: Exchange): Input {
  const route = protocol.kind === 'rest-json' ? protocol.routes[operation] : undefined
  return route === undefined ? {} : (membersOf(route, method, url.pathname) ?? {})
}

function parseJson(exchange: Exchange): Input {
  try {
    const value: unknown = JSON.parse(exchange.body.toString('utf8') || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Input
  } catch (error) {
    throw new AwsError('SerializationException', `The body is not JSON: ${(error as Error).message}`)
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.')
}

/** Calls an operation of a set of services in-process; AwsErrors pass through. */
export function invoker(services: () => readonly AwsService[]): World['invoke'] {
  return async <T>(service: string, operation: string, input: Record<string, unknown>, caller: Caller): Promise<T> => {
    const run = services().find(({ name }) => name === service)?.operations[operation]
    if (run === undefined) throw new Error(`the sandbox has no ${service}:${operation}`)
    return (structuredClone(await run(structuredClone(input), caller)) ?? {}) as T
  }
}
