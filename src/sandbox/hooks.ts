/** What Lambda functions that are lifecycle hooks answer. No function is run: the answer is set beforehand. */
export interface HookAnswer {
  /** Part of the function's name or ARN; `*` is every function. */
  readonly function: string
  /** `none`: it never answers by itself; a client may, or the hook times out. */
  readonly status: 'Succeeded' | 'Failed' | 'none'
  /** Sandbox time until it answers; 1 s unless told. */
  readonly afterMs?: number
}

/** A hook that was called and has not been answered yet. */
export interface HookExecution {
  readonly id: string
  readonly deploymentId: string
  readonly event: string
  readonly function: string
  /** Sandbox time, ms since the epoch. */
  readonly at: number
  /** Takes the answer, where the service has no operation for it. */
  readonly answer?: (status: 'Succeeded' | 'Failed') => void
}

export interface Hooks {
  /** Sets an answer; one for the same `function` is replaced. */
  set(answer: HookAnswer): void
  /** Forgets the answers: every hook succeeds again. */
  clear(): void
  answers(): readonly HookAnswer[]
  /** The answer of a function: of the last set that matches. */
  answerOf(functionName: string): Required<HookAnswer>
  /** Takes note of a call; returns what to run when it has been answered. */
  called(execution: HookExecution): () => void
  pending(): readonly HookExecution[]
}

/** Hooks of which every one succeeds after a moment until told otherwise. */
export function lambdaHooks(): Hooks {
  const answers = new Map<string, HookAnswer>()
  const open = new Set<HookExecution>()
  return {
    set(answer) {
      answers.delete(answer.function)
      answers.set(answer.function, answer)
    },
    clear: () => answers.clear(),
    answers: () => [...answers.values()],
    answerOf(functionName) {
      const match = [...answers.values()]
        .reverse()
        .find(({ function: part }) => part === '*' || functionName.includes(part))
      return { function: functionName, status: match?.status ?? 'Succeeded', afterMs: match?.afterMs ?? 1_000 }
    },
    called(execution) {
      open.add(execution)
      return () => void open.delete(execution)
    },
    pending: () => [...open],
  }
}
