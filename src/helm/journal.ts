import type { Host } from '../action/host.ts'

/** What a run has begun, kept by the host so that the post step can finish it. */
export interface Journal {
  readonly namespace: string
  /** The revision that this run makes. */
  readonly revision: number
  /** Where to go back to, if anywhere. */
  readonly goBackTo: number | undefined
  /** `open`: helm may be at work. `closed`: everything ended as it should. */
  readonly state: 'open' | 'closed'
}

const key = 'helm-release'

/** Written before each change. */
export const writeJournal = (host: Pick<Host, 'saveState'>, journal: Journal): void =>
  host.saveState(key, JSON.stringify(journal))

/** undefined when this run began nothing. */
export function readJournal(host: Pick<Host, 'loadState'>): Journal | undefined {
  const text = host.loadState(key)
  if (!text) return undefined
  const value = JSON.parse(text) as Partial<Journal>
  if (typeof value.namespace !== 'string' || typeof value.revision !== 'number') return undefined
  return {
    namespace: value.namespace,
    revision: value.revision,
    goBackTo: typeof value.goBackTo === 'number' ? value.goBackTo : undefined,
    state: value.state === 'open' ? 'open' : 'closed',
  }
}
