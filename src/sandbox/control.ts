import { parseDuration } from '../action/clock.ts'
import { AwsError } from './aws/service.ts'
import { type Exchange, send } from './exchange.ts'
import type { Fault } from './faults.ts'
import type { Caller, World } from './world.ts'

/** Where the control API lives. Its requests are neither recorded nor faulted. */
export const controlPath = '/_sandbox/'

/** A request that the control API refuses. */
class Refused extends Error {
  override name = 'Refused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

interface Request {
  readonly query: URLSearchParams
  /** What follows the resource in the path, decoded. */
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
}

type Answer = (request: Request) => unknown

/**
 * The control API: what a rehearsal does to the cloud itself (read the calls, inject faults, move the clock, answer hooks,
 * raise alarms), as JSON over HTTP. For programs on this machine: a web page in a browser here is turned away.
 */
export function control(world: World): (exchange: Exchange) => Promise<void> {
  const routes = controlRoutes(world)
  return async (exchange) => {
    const answer = (status: number, body: unknown): void =>
      send(exchange, status, `${JSON.stringify(body)}\n`, { 'content-type': 'application/json' })
    try {
      turnAwayBrowsers(exchange)
      const [resource = '', ...rest] = exchange.url.pathname.slice(controlPath.length).split('/')
      const name = decoded(rest.join('/'))
      const route = Object.hasOwn(routes, resource) ? routes[resource] : undefined
      if (route === undefined) throw new Refused(404, `there are ${Object.keys(routes).join(', ')} here`)
      const run = Object.hasOwn(route, exchange.method) ? route[exchange.method] : undefined
      if (run === undefined) throw new Refused(405, `${resource} takes ${Object.keys(route).join(', ')}`)
      answer(200, (await run({ query: exchange.url.searchParams, name, body: jsonOf(exchange) })) ?? {})
    } catch (error) {
      if (error instanceof Refused) answer(error.status, { error: error.message })
      else if (error instanceof AwsError) answer(400, { error: `${error.code}: ${error.message}` })
      else throw error
    }
  }
}

/**
 * A page in a browser must not steer the sandbox: not by a cross-origin request (it carries an Origin or says so in
 * Sec-Fetch-Site), and not by a name that it had rebound to 127.0.0.1 (the Host is another).
 */
function turnAwayBrowsers({ headers }: Exchange): void {
  if (!/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(headers.host ?? '')) {
    throw new Refused(403, 'the control API answers to a loopback address only')
  }
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined || (site !== undefined && site !== 'none')) {
    throw new Refused(403, 'the control API does not answer web pages')
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refused(400, 'the path is not valid')
  }
}

function jsonOf({ method, body, headers }: Exchange): Readonly<Record<string, unknown>> {
  if (method === 'GET' || method === 'DELETE' || body.byteLength === 0) return {}
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refused(415, 'the body must be application/json')
  }
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    throw new Refused(400, `the body is not JSON: ${(error as Error).message}`)
  }
  throw new Refused(400, 'the body must be a JSON object')
}

function controlRoutes(world: World): Readonly<Record<string, Readonly<Record<string, Answer>>>> {
  const caller: Caller = {
    accountId: world.accountId,
    region: world.region,
    accessKeyId: 'control',
    arn: `arn:aws:iam::${world.accountId}:user/sandbox`,
  }
  const clock = () => ({ now: world.clock.now(), speed: world.clock.speed, epoch: world.clock.epoch })
  return {
    health: { GET: () => ({ status: 'ok', clock: clock(), accountId: world.accountId, region: world.region }) },
    state: {
      GET: () => ({
        clock: clock(),
        calls: countedCalls(world),
        faults: world.faults.all(),
        hooks: { answers: world.hooks.answers(), pending: world.hooks.pending() },
      }),
    },
    calls: {
      GET: ({ query }) => ({ calls: selectedCalls(world, query) }),
      DELETE: () => world.calls.clear(),
    },
    faults: {
      GET: () => ({ faults: world.faults.all() }),
      POST: ({ body }) => world.faults.add(faultOf(body)),
      DELETE: () => world.faults.clear(),
    },
    clock: {
      GET: clock,
      POST: async ({ name, body }) => {
        if (name !== 'advance') throw new Refused(404, 'the clock takes POST clock/advance')
        if (world.clock.speed !== 0) throw new Refused(409, 'only a clock of speed 0 can be advanced')
        await world.clock.advance(durationOf(body))
        return clock()
      },
    },
    hooks: {
      GET: () => ({ answers: world.hooks.answers(), pending: world.hooks.pending() }),
      POST: async ({ name, body }) => {
        if (name === '') return world.hooks.set(hookAnswerOf(body))
        const pending = world.hooks.pending().find(({ id }) => id === name)
        if (pending === undefined) throw new Refused(404, `no hook ${name} waits for an answer`)
        const { deploymentId, answer } = pending
        if (answer !== undefined) return answer(finalStatus(body))
        const input = { deploymentId, lifecycleEventHookExecutionId: name, status: body['status'] }
        return await world.invoke('codedeploy', 'PutLifecycleEventHookExecutionStatus', input, caller)
      },
      DELETE: () => world.hooks.clear(),
    },
    alarms: {
      GET: async () => {
        const input = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }
        const found = await world.invoke<Record<string, { AlarmName: string; StateValue: string }[]>>(
          'monitoring',
          'DescribeAlarms',
          input,
          caller,
        )
        const all = [...(found['MetricAlarms'] ?? []), ...(found['CompositeAlarms'] ?? [])]
        return { alarms: all.map(({ AlarmName, StateValue }) => ({ name: AlarmName, state: StateValue })) }
      },
      PUT: async ({ name, body }) => await raiseAlarm(world, caller, name, body),
    },
  }
}

function countedCalls(world: World): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { service, operation } of world.calls.all()) {
    const name = `${service}:${operation}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** Calls by `service`, `operation`, `status` and `since` (sandbox time in ms); the newest `limit`, oldest first. */
function selectedCalls(world: World, query: URLSearchParams) {
  const number = (name: string): number | undefined => {
    const value = query.get(name)
    if (value === null) return undefined
    if (!/^\d{1,15}$/.test(value)) throw new Refused(400, `${name} must be a whole number`)
    return Number(value)
  }
  const service = query.get('service')
  const operation = query.get('operation')
  const [status, since, limit = 1_000] = [number('status'), number('since'), number('limit')]
  const found = world.calls
    .all()
    .filter(
      (call) =>
        (service === null || call.service === service) &&
        (operation === null || call.operation === operation) &&
        (status === undefined || call.status === status) &&
        (since === undefined || call.at >= since),
    )
  return limit === 0 ? [] : found.slice(-limit)
}

const faultKinds = new Set([
  ...['throttle', 'error', 'reset', 'slow', 'lost-answer'],
  ...['expired-credentials', 'access-denied', 'stale'],
])

/** Operations whose answers can be old. */
const staleOperations = new Set(['DescribeServices', 'ListServiceDeployments', 'ListTasks'])

function faultOf(body: Readonly<Record<string, unknown>>): Fault {
  const { kind } = body
  if (typeof kind !== 'string' || !faultKinds.has(kind)) {
    throw new Refused(400, `kind must be one of ${[...faultKinds].join(', ')}`)
  }
  if (kind === 'stale' && !(body['service'] === 'ecs' && staleOperations.has(String(body['operation'])))) {
    throw new Refused(400, `stale is known for the service ecs and one of ${[...staleOperations].join(', ')}`)
  }
  const text = (name: 'service' | 'operation' | 'code' | 'message') => {
    const value = body[name]
    if (value === undefined) return {}
    if (typeof value !== 'string' || value === '') throw new Refused(400, `${name} must be text`)
    return { [name]: value }
  }
  const count = (name: 'status' | 'delayMs' | 'skip' | 'times', least: number, most: number) => {
    const value = body[name]
    if (value === undefined) return {}
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw new Refused(400, `${name} must be a whole number from ${least} to ${most}`)
    }
    return { [name]: value }
  }
  return {
    kind: kind as Fault['kind'],
    ...text('service'),
    ...text('operation'),
    ...text('code'),
    ...text('message'),
    ...count('status', 400, 599),
    ...count('delayMs', 0, 600_000),
    ...count('skip', 0, 1_000_000),
    ...count('times', 1, 1_000_000),
  }
}

function durationOf(body: Readonly<Record<string, unknown>>): number {
  const { ms, duration } = body
  const found = typeof duration === 'string' && ms === undefined ? parseDuration(duration) : ms
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 0 || found > 31 * 86_400_000) {
    throw new Refused(400, 'the clock is advanced by {"ms": 300000} or {"duration": "5m"}, at most 31 days')
  }
  return found
}

function finalStatus({ status }: Readonly<Record<string, unknown>>): 'Succeeded' | 'Failed' {
  if (status === 'Succeeded' || status === 'Failed') return status
  throw new Refused(400, 'status must be Succeeded or Failed')
}

function hookAnswerOf(body: Readonly<Record<string, unknown>>) {
  const { function: name, status, afterMs } = body
  if (typeof name !== 'string' || name === '') throw new Refused(400, 'function must be part of a name, or *')
  if (status !== 'Succeeded' && status !== 'Failed' && status !== 'none') {
    throw new Refused(400, 'status must be Succeeded, Failed or none')
  }
  if (afterMs === undefined) return { function: name, status } as const
  if (typeof afterMs !== 'number' || !Number.isInteger(afterMs) || afterMs < 0 || afterMs > 3_600_000) {
    throw new Refused(400, 'afterMs must be a whole number from 0 to 3600000')
  }
  return { function: name, status, afterMs } as const
}

/** Puts an alarm into a state; one that is not there yet is made. */
async function raiseAlarm(world: World, caller: Caller, name: string, body: Readonly<Record<string, unknown>>) {
  if (name === '') throw new Refused(400, 'the path must name the alarm: PUT alarms/<name>')
  const input = { AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }
  const found = await world.invoke<Record<string, unknown[]>>('monitoring', 'DescribeAlarms', input, caller)
  if ([...(found['MetricAlarms'] ?? []), ...(found['CompositeAlarms'] ?? [])].length === 0) {
    const alarm = {
      AlarmName: name,
      Namespace: 'Sandbox',
      MetricName: name,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    }
    await world.invoke('monitoring', 'PutMetricAlarm', alarm, caller)
  }
  const { state, reason = 'Set by the control API' } = body
  const change = { AlarmName: name, StateValue: state, StateReason: reason }
  await world.invoke('monitoring', 'SetAlarmState', change, caller)
  return { name, state }
}
