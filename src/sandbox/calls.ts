import type { Identity } from './exchange.ts'

/** One call as it was answered. */
export interface Call extends Identity {
  /** Sandbox time, ms since the epoch. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly status: number
  /** What the client calls itself. */
  readonly userAgent: string
  readonly bytesIn: number
  /** The request's JSON or form body, for AWS calls; never a blob. */
  readonly input: unknown
}

/** Everything that was asked of the sandbox, oldest first; the newest `kept` are kept. */
export interface CallRecorder {
  record(call: Call): void
  all(): readonly Call[]
  clear(): void
}

export function callRecorder(kept = 50_000): CallRecorder {
  let calls: Call[] = []
  return {
    record(call) {
      calls.push(call)
      if (calls.length > kept * 1.1) calls = calls.slice(-kept)
    },
    all: () => calls,
    clear() {
      calls = []
    },
  }
}
