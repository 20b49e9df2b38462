import { Cancelled, cancelBudgetMs } from '../action/cancel.ts'
import type { SignalSource } from './surroundings.ts'

export interface CancellationOptions {
  /** Called when the clean end took too long, or the user asked twice: writes what is known and ends the process. */
  readonly giveUp: (why: string) => void
  /** Whether a second SIGINT ends the process at once: true where a person sits at the keyboard. */
  readonly impatient: boolean
  /** Real milliseconds from the first signal to the end; a second more than an action has for its clean end. */
  readonly budgetMs?: number
}

export interface Cancellation {
  readonly signal: AbortSignal
  /** The action has ended: nothing is watched any more, and a late signal does not cut off what is being written. */
  done(): void
}

/** One press of Ctrl-C can arrive twice: from the terminal and through npm. */
const samePressMs = 250

/**
 * Turns SIGINT and SIGTERM into an abort, once. A GitHub runner sends SIGTERM 7.5 s after its SIGINT and kills 2.5 s later,
 * so a signal of another kind is not a second wish: the watchdog ends a process that does not end by itself.
 */
export function cancellation(source: SignalSource, options: CancellationOptions): Cancellation {
  const controller = new AbortController()
  const budgetMs = options.budgetMs ?? cancelBudgetMs + 1_000
  let first: { by: string; at: number } | undefined
  let watchdog: NodeJS.Timeout | undefined
  let ended = false

  const heard = (by: 'SIGINT' | 'SIGTERM') => (): void => {
    if (ended) return
    if (first === undefined) {
      first = { by, at: performance.now() }
      watchdog = setTimeout(
        () => options.giveUp(`not finished ${Math.round(budgetMs / 1_000)} s after ${by}`),
        budgetMs,
      )
      controller.abort(new Cancelled(by))
      return
    }
    if (options.impatient && by === 'SIGINT' && first.by === by && performance.now() - first.at >= samePressMs) {
      clearTimeout(watchdog)
      options.giveUp('asked a second time')
    }
  }
  source.on('SIGINT', heard('SIGINT'))
  source.on('SIGTERM', heard('SIGTERM'))
  return {
    signal: controller.signal,
    done() {
      ended = true
      clearTimeout(watchdog)
    },
  }
}
