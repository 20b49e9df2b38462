import type { Identity } from './exchange.ts'

/** Something that goes wrong on the wire, for the calls it matches. */
export interface Fault {
  /** `ecs`, `codedeploy`, …; any service when absent. */
  readonly service?: string
  /** An operation's name; any when absent. */
  readonly operation?: string
  readonly kind: 'throttle' | 'error' | 'reset' | 'slow' | 'expired-credentials' | 'access-denied'
  /** Answered when `kind` is `error`; 500 unless told. */
  readonly status?: number
  /** Added before the answer when `kind` is `slow`, in real ms. */
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
}

/** Faults in the order they were added; a call takes the first that matches. */
export function faults(): Faults {
  let active: { fault: Fault; skip: number; left: number }[] = []
  return {
    add(fault) {
      active.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY })
    },
    clear() {
      active = []
    },
    all: () => active.filter(({ left }) => left > 0).map(({ fault }) => fault),
    take(identity) {
      for (const entry of active) {
        const { service, operation } = entry.fault
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
    },
  }
}
