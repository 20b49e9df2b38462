import { Cancelled } from '../../src/action/cancel.ts'
import type { Host, JsonObject } from '../../src/action/host.ts'

/** A host that keeps everything it is given, for tests. */
export interface MemoryHost extends Host {
  readonly log: string[]
  readonly outputs: Record<string, string>
  readonly state: Map<string, string>
  readonly summaries: string[]
  readonly masked: string[]
  result: JsonObject | undefined
  code: number | undefined
  /** As if the user had pressed cancel. */
  cancel(): void
}

/** Inputs by their action.yml names; `env` is all of the environment that the action sees. */
export function memoryHost(inputs: Record<string, string> = {}, env: NodeJS.ProcessEnv = {}): MemoryHost {
  const controller = new AbortController()
  const log: string[] = []
  const outputs: Record<string, string> = {}
  const state = new Map<string, string>()
  const summaries: string[] = []
  const masked: string[] = []
  const line = (level: string) => (message: string) => {
    log.push(level === 'info' ? message : `${level}: ${message}`)
  }
  const host: MemoryHost = {
    name: 'terminal',
    env,
    facts: {
      runId: 'test:1',
      attempt: '1',
      runUrl: undefined,
      commit: 'c0ffee0000000000000000000000000000000000',
      ref: undefined,
      repository: undefined,
      actor: undefined,
      deadline: undefined,
    },
    log,
    outputs,
    state,
    summaries,
    masked,
    result: undefined,
    code: undefined,
    signal: controller.signal,
    cancel: () => controller.abort(new Cancelled('SIGINT')),
    input: (name) => inputs[name],
    output(name, value) {
      outputs[name] = value
    },
    mask(secret) {
      masked.push(secret)
    },
    summary(markdown) {
      summaries.push(markdown)
    },
    link(label, url) {
      log.push(`${label}: ${url}`)
    },
    saveState(name, value) {
      state.set(name, value)
    },
    loadState: (name) => state.get(name),
    writeResult(result) {
      host.result = result
      return 'result.json'
    },
    async finish(code) {
      host.code = code
    },
    info: line('info'),
    debug: line('debug'),
    warn: line('warn'),
    error: line('error'),
    async group(title, body) {
      log.push(`# ${title}`)
      return await body()
    },
  }
  return host
}
