import type { SandboxClock } from '../../clock.ts'

/** Paces one deployment on the sandbox's clock; it can be woken from a pause, or cut short for good. */
export interface Pace {
  /** Waits, or until woken. Throws what it was cut short with. */
  pause(ms: number): Promise<void>
  /** Throws what it was cut short with, if it was. */
  check(): void
  wake(): void
  /** The first cause counts. */
  cutShort(cause: Error): void
}

export function pace(clock: SandboxClock): Pace {
  let cause: Error | undefined
  let resume: (() => void) | undefined
  const check = (): void => {
    if (cause !== undefined) throw cause
  }
  return {
    check,
    async pause(ms) {
      check()
      await new Promise<void>((resolve) => {
        const callOff = clock.after(ms, resolve)
        resume = () => {
          callOff()
          resolve()
        }
      })
      resume = undefined
      check()
    },
    wake: () => resume?.(),
    cutShort(error) {
      cause ??= error
      resume?.()
    },
  }
}
