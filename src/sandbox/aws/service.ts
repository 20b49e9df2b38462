import type { Caller, World } from '../world.ts'

/** An error as the service itself would answer it. */
export class AwsError extends Error {
  override name = 'AwsError'
  readonly code: string
  readonly status: number
  /** Members of the error's shape beside the message. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.members = members
  }
}

// biome-ignore lint/suspicious/noExplicitAny: wire input; each operation checks what it reads
export type Input = Record<string, any>

/** Carries out one operation. Returns the members of its output; undefined members are not sent. Throws AwsError. */
export type Operation = (input: Input, caller: Caller) => unknown

/** A service: its name in the signature's scope, how it speaks, and what it can do. Anything else it refuses. */
export interface AwsService {
  /** The signing name: `ecs`, `elasticloadbalancing` for ELBv2, `monitoring` for CloudWatch. */
  readonly name: string
  readonly protocol:
    | { readonly kind: 'json'; readonly version: '1.0' | '1.1'; readonly target: string }
    | { readonly kind: 'query'; readonly apiVersion: string; readonly namespace: string }
    /** Routes such as `GET /clusters/{name}` by operation; members of the path are put into the input. */
    | { readonly kind: 'rest-json'; readonly routes: Readonly<Record<string, `${string} /${string}`>> }
  readonly operations: Readonly<Record<string, Operation>>
  /** Operations that need no signature. */
  readonly unsigned?: readonly string[]
}

/** Makes a service for a world. */
export type AwsServiceFactory = (world: World) => AwsService

/** State of a service by account and region, made when first asked for. */
export function regional<T>(make: (caller: Caller) => T): (caller: Caller) => T {
  const states = new Map<string, T>()
  return (caller) => {
    const key = `${caller.accountId}/${caller.region}`
    let state = states.get(key)
    if (state === undefined) {
      state = make(caller)
      states.set(key, state)
    }
    return state
  }
}
