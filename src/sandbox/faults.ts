import type { Identity } from './exchange.ts'

/** Something that goes wrong for the calls it matches: on the wire, or, when it is `stale`, in what they are told. */
export interface Fault {
  /** `ecs`, `codedeploy`, …; any service when absent. */
  readonly service?: string
  /** An operation's name; any when absent. */
  readonly operation?: string
  /** `lost-answer`: what was asked is done, and the connection breaks before the answer. */
  readonly kind:
    | 'throttle'
    | 'error'
    | 'reset'
    | 'slow'
    | 'lost-answer'
    | 'expired-credentials'
    | 'access-denied'
    | 'stale'
  /** Answered when `kind` is `error`; 500 unless told. */
  readonly status?: number
  /** The error that is answered then, in the service's own words; `InternalFailure` unless told. */
  readonly code?: string
  readonly message?: string
  /** When `kind` is `slow`, added before the answer, in real ms; when `stale`, how old the answer is, in sandbox ms. */
  readonly delayMs?: number
  /** Calls let through before it begins. */
  readonly skip?: number
  /** How many calls it hits; all when absent. */
  readonly times?: number
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** Those that still hit calls. */
  all(): readonly Fault[]
  /** The fault that this call runs into, if any; counts it. */
  take(identity: Identity): Fault | undefined
  /** How old the answer to this call is, in ms of sandbox time: 0 but for `stale` faults; counts the call. */
  age(identity: Identity): number
}

/** Faults in the order they were added; a call takes the first that matches. */
export function faults(): Faults {
  let active: { fault: Fault; skip: number; left: number }[] = []
  const next = (identity: Identity, stale: boolean): Fault | undefined => {
    for (const entry of active) {
      const { service, operation, kind } = entry.fault
      if ((kind === 'stale') !== stale) continue
      if (service !== undefined && service !== identity.service) continue
      if (operation !== undefined && operation !== identity.operation) continue
      if (entry.left <= 0) continue
      if (entry.skip > 0) {
        entry.skip--
        continue
      }
      entry.left--
      return entry.fault
    }
    return undefined
  }
  return {
    add(fault) {
      active.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY })
    },
    clear() {
      active = []
    },
    all: () => active.filter(({ left }) => left > 0).map(({ fault }) => fault),
    take: (identity) => next(identity, false),
    age: (identity) => next(identity, true)?.delayMs ?? 0,
  }
}
