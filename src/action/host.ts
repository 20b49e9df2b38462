/** A line in the log about something that happened. */
export interface Log {
  info(message: string): void
  /** Shown only when the host runs in debug mode. */
  debug(message: string): void
  warn(message: string): void
  error(message: string): void
  /** Folds what `body` logs under a title. Groups do not nest. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
}

/** What is known of the run, read from the environment; anything a host does not tell is undefined. */
export interface RunFacts {
  /** Identity of this run, the same for a re-run attempt: `github:<repo>/<run id>`, `gitlab:<project>/<pipeline id>`, or the machine's own. */
  readonly runId: string
  readonly attempt: string
  readonly runUrl: string | undefined
  readonly commit: string | undefined
  readonly ref: string | undefined
  readonly repository: string | undefined
  readonly actor: string | undefined
  /** When the host will kill the job, in ms since the epoch. */
  readonly deadline: number | undefined
}

/**
 * Where inputs come from, and where logs, outputs, summaries and cancel signals go.
 * Everything printed passes the host's redactor: what `mask` was told never reaches the log.
 */
export interface Host extends Log {
  readonly name: 'github' | 'gitlab' | 'terminal'
  readonly facts: RunFacts
  readonly env: NodeJS.ProcessEnv
  /** The raw text of an input; undefined when it is not set. */
  input(name: string): string | undefined
  /** Collects an output; written by `finish`. */
  output(name: string, value: string): void
  /** From now on this text is hidden wherever the host prints. Call it before anything can throw. */
  mask(secret: string): void
  /** Adds Markdown to the job's summary. */
  summary(markdown: string): void
  /** A link that people should find: the console, a deployment, a report. */
  link(label: string, url: string): void
  /** Kept, on disk, at once, for the post step or the next run: written before each change that must be finished. */
  saveState(name: string, value: string): void
  loadState(name: string): string | undefined
  /** Writes the full result as one JSON file and returns its path. */
  writeResult(result: JsonObject): string
  /** Aborts when the host asks the process to stop. */
  readonly signal: AbortSignal
  /** Flushes outputs, summary and links. `failure` is the first line of why. Sets the exit code. */
  finish(code: number, failure?: string): Promise<void>
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}
