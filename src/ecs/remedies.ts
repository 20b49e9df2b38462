import { Cancelled, TimedOut, withTimeout } from '../action/cancel.ts'
import type { Clock } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Host, JsonObject } from '../action/host.ts'
import type { DeploymentLimits, Remedy } from './deployment-policy.ts'

/** What the post step and the next run must know of a deployment. */
export interface JournalEntry {
  readonly deploymentId: string | undefined
  /** A revision that was registered for it. */
  readonly registered: string | undefined
  /** What the engine needs to find a deployment that was asked for and of which no answer came. Gone when it is known not to have begun. */
  readonly attempt?: JsonObject | undefined
  readonly onCancel: Remedy
  /** The deployment is the way back already: it is never stopped. */
  readonly isRollback?: boolean | undefined
  readonly ended: boolean
}

/** Keeps one deployment's entry, saved by the host at once. */
export interface Journal {
  entry(): JournalEntry
  save(change: Partial<JournalEntry>): void
}

/** Begins an entry under a name of its own. */
export function openJournal(host: Host, name: string, onCancel: Remedy): Journal {
  let entry: JournalEntry = { deploymentId: undefined, registered: undefined, onCancel, ended: false }
  const save = (change: Partial<JournalEntry>): void => {
    entry = { ...entry, ...change }
    host.saveState(name, JSON.stringify(entry))
  }
  save({})
  return { entry: () => entry, save }
}

/** How a deployment's stopping ended, in words and in what else its engine tells. */
export interface StopEnd {
  /** `d-1 was stopped, its rollback d-2 ended as Succeeded` */
  readonly words: string
}

/** How an engine stops a deployment. */
export interface Stopping<E extends StopEnd> {
  /** Asks it to stop; one that is over already is no error. */
  stop(id: string, rollback: boolean, signal: AbortSignal): Promise<void>
  /** Waits until it is over, and its rollback with it. */
  ended(id: string, signal: AbortSignal): Promise<E>
  /** The deployment that an entry's attempt began, when it goes on. */
  find?(entry: JournalEntry, signal: AbortSignal): Promise<string | undefined>
}

/** The deployment of an entry: the one that it names, or that its attempt began without an answer. */
const deploymentOf = async <E extends StopEnd>(
  entry: JournalEntry,
  engine: Stopping<E>,
  signal: AbortSignal,
): Promise<string | undefined> =>
  entry.deploymentId ?? (entry.attempt === undefined ? undefined : await engine.find?.(entry, signal))

/** A run that did not get to see its deployment's end by itself. */
export interface Interruption<E extends StopEnd> {
  readonly outcome: 'cancelled' | 'timed-out'
  readonly reason: string
  readonly entry: JournalEntry
  /** Absent when nothing was stopped, or its end was not seen. */
  readonly end: E | undefined
}

/** After a cancel the host leaves a few real seconds, of which a call that was under way may have taken some. */
const cancelBudget = (): AbortSignal => AbortSignal.timeout(4_000)

/**
 * Runs `body` within the limits. On a time-out or a cancel, the deployment that the journal names is stopped as told and its end is waited
 * for: after a time-out as long as it takes, after a cancel as long as the host leaves; the post step sees to the rest.
 */
export async function withRemedies<R, E extends StopEnd>(
  limits: DeploymentLimits,
  parts: { readonly host: Host; readonly clock: Clock; readonly signal: AbortSignal },
  journal: Journal,
  engine: Stopping<E>,
  body: (signal: AbortSignal) => Promise<R>,
): Promise<{ readonly result: R } | Interruption<E>> {
  const { host, clock, signal } = parts
  try {
    const result = await withTimeout(limits.timeoutMs, clock, signal, body)
    journal.save({ ended: true })
    return { result }
  } catch (error) {
    const cancelled = signal.aborted
    if (!cancelled && !(error instanceof TimedOut)) throw error
    const outcome = cancelled ? 'cancelled' : 'timed-out'
    const remedy = cancelled ? limits.onCancel : limits.onTimeout
    const why = cancelled ? cancelWords(signal) : messageOf(error)
    const entry = journal.entry()
    const inTime = cancelled ? cancelBudget() : signal
    const id = await deploymentOf(entry, engine, inTime).catch((failure: unknown) => {
      host.warn(`whether a deployment began could not be found out: ${messageOf(failure)}`)
      return undefined
    })
    if (id !== entry.deploymentId) journal.save({ deploymentId: id })
    if (id === undefined || remedy === 'leave' || entry.isRollback) {
      const rest =
        id === undefined
          ? ' before a deployment began'
          : entry.isRollback
            ? `; the rollback ${id} goes on`
            : `; ${id} goes on, as told`
      return { outcome, reason: why + rest, entry: journal.entry(), end: undefined }
    }
    host.warn(`${why}: stopping ${id}${remedy === 'rollback' ? ' with a rollback' : ''}`)
    try {
      await engine.stop(id, remedy === 'rollback', inTime)
      const end = await engine.ended(id, inTime)
      journal.save({ ended: true })
      return { outcome, reason: `${why}; ${end.words}`, entry: journal.entry(), end }
    } catch (failure) {
      const rest = cancelled ? 'the post step sees to it' : messageOf(failure)
      return {
        outcome,
        reason: `${why}; ${id} was asked to stop, its end was not seen: ${rest}`,
        entry: journal.entry(),
        end: undefined,
      }
    }
  }
}

const cancelWords = (signal: AbortSignal): string =>
  signal.reason instanceof Cancelled ? signal.reason.message : 'cancelled'

/** Finishes the deployment of a run that was cancelled or killed: what the journal says was begun is stopped as told, and its end seen. */
export async function finishInterrupted<E extends StopEnd>(
  name: string,
  parts: { readonly host: Host; readonly signal: AbortSignal },
  engine: Stopping<E>,
): Promise<void> {
  const { host, signal } = parts
  const saved = host.loadState(name)
  if (saved === undefined) return
  const entry = JSON.parse(saved) as JournalEntry
  const { ended, onCancel, registered } = entry
  if (ended) return
  const deploymentId = await deploymentOf(entry, engine, signal)
  if (deploymentId === undefined) {
    if (registered !== undefined)
      host.warn(`${registered} was registered for a deployment that may not have begun; the next run takes it up`)
    return
  }
  if (onCancel === 'leave') return host.info(`${deploymentId} goes on, as told`)
  if (entry.isRollback) return host.info(`the rollback ${deploymentId} goes on`)
  await engine.stop(deploymentId, onCancel === 'rollback', signal)
  host.info((await engine.ended(deploymentId, signal)).words)
}
