import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { UserError } from './errors.ts'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Written to standard input, then closed. The only way to hand a secret to a tool. */
  readonly input?: string
  /** On abort the process gets SIGTERM (`killSignal`), is waited for, and after `graceMs` is killed. */
  readonly signal?: AbortSignal
  readonly killSignal?: NodeJS.Signals
  /** Real milliseconds between the stop signal and SIGKILL; 5000 unless told. */
  readonly graceMs?: number
  /** Called with each line as it comes. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
}

export interface CommandResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Kept of each stream; what a tool prints beyond it is dropped from the front. */
const keptBytes = 8 * 1024 * 1024

/**
 * Runs a program with an argument list, never through a shell, in a process group of its own,
 * so that a signal to this process does not reach it behind our back.
 * A non-zero exit is a result, not an error. @throws UserError when the program cannot be started.
 */
export async function runCommand(
  argv: readonly [string, ...string[]],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const [program, ...args] = argv
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const kept = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      kept[stream] = `${kept[stream]}${line}\n`.slice(-keptBytes)
      options.onLine?.(line, stream)
    })
  }
  // A tool may close its input early; that is its right (EPIPE).
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')

  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      child.kill(signal)
    }
  }
  let last: NodeJS.Timeout | undefined
  const stop = (): void => {
    kill(options.killSignal ?? 'SIGTERM')
    last = setTimeout(() => kill('SIGKILL'), options.graceMs ?? 5_000)
  }
  return await new Promise<CommandResult>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      options.signal?.removeEventListener('abort', stop)
      const why = error.code === 'ENOENT' ? 'it is not on PATH' : error.message
      reject(new UserError(`cannot start '${program}': ${why}`, { cause: error }))
    })
    child.once('close', (code, signal) => {
      options.signal?.removeEventListener('abort', stop)
      clearTimeout(last)
      resolve({ code, signal, ...kept })
    })
    if (options.signal?.aborted) stop()
    else options.signal?.addEventListener('abort', stop, { once: true })
  })
}
