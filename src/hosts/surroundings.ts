/** Where a host prints. */
export interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Where the signals of the process arrive. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/** All that a host touches of the process it lives in. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  /** Relative paths start here. */
  readonly cwd: string
  readonly stdout: Sink
  readonly stderr: Sink
  readonly signals: SignalSource
  /** The code with which the process will end. */
  exitCode(code: number): void
  /** Ends the process at once. */
  exit(code: number): void
}

/** What a host is opened for. */
export interface HostOptions {
  readonly action: string
  readonly step: 'main' | 'post'
  /** Inputs given as flags; they win over the environment. */
  readonly flags?: Readonly<Record<string, string>>
  /** Terminal: one JSON object on stdout, logs on stderr. */
  readonly json?: boolean
  /** Terminal: the same object into a file. */
  readonly outputFile?: string
  /** Terminal: where state is kept, in place of `.strangler-deploy/<action>/state.json`. */
  readonly stateFile?: string
}

/** The real process. */
export const processSurroundings = (): Surroundings => ({
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  exitCode(code) {
    process.exitCode = code
  },
  exit: (code) => process.exit(code),
})

/** The variable that carries an input on GitLab, and anywhere else where no flag does: `STRANGLER_INPUT_IMAGE_URI`. */
export const inputVariable = (name: string): string => `STRANGLER_INPUT_${upperSnake(name)}`

/** `image-uri` → `IMAGE_URI`. */
export const upperSnake = (name: string): string => name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()
