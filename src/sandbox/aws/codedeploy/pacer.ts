import type { SandboxClock } from '../../clock.ts'

/** Why a deployment is cut short from outside. */
export type Interruption =
  | { readonly kind: 'request'; readonly rollback: boolean | undefined }
  | { readonly kind: 'alarm'; readonly alarms: readonly string[] }

/** Thrown out of a pause when the deployment is cut short. */
export class Interrupted extends Error {
  override name = 'Interrupted'
  readonly interruption: Interruption

  constructor(interruption: Interruption) {
    super(`interrupted by ${interruption.kind}`)
    this.interruption = interruption
  }
}

/** Paces one deployment on the sandbox's clock; it can be woken from a pause, or interrupted for good. */
export interface Pacer {
  /** Waits; true when it was woken before the time was over. Throws Interrupted. */
  pause(ms: number): Promise<boolean>
  /** Throws Interrupted when it was. */
  check(): void
  wake(): void
  /** The first interruption counts. */
  interrupt(cause: Interruption): void
}

export function pacer(clock: SandboxClock): Pacer {
  let interruption: Interruption | undefined
  let resume: (() => void) | undefined
  let woken = false
  const check = (): void => {
    if (interruption !== undefined) throw new Interrupted(interruption)
  }
  return {
    check,
    async pause(ms) {
      check()
      woken = false
      await new Promise<void>((resolve) => {
        const callOff = clock.after(ms, resolve)
        resume = () => {
          callOff()
          resolve()
        }
      })
      resume = undefined
      check()
      return woken
    },
    wake() {
      woken = true
      resume?.()
    },
    interrupt(cause) {
      interruption ??= cause
      resume?.()
    },
  }
}
