import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileCommands } from '../scripts/step.ts'
import type { Contender } from './contender.ts'

export interface JobOptions {
  /** Beside the inputs: where the cloud is. */
  readonly env: Readonly<Record<string, string>>
  /** The checked-out repository. */
  readonly workspace: string
  /** Node's binary: the runner brings its own. */
  readonly node: string
  /** Waits of a second and more run this many times as fast: for actions that cannot be told the sandbox's clock. */
  readonly hurried?: number
  /** Also what the process used: it costs a little time itself. */
  readonly measureUse?: boolean
  /** When it resolves, the job is cancelled as a runner does it: SIGINT, SIGTERM 7.5 s later, then SIGKILL. */
  readonly cancelWhen?: Promise<unknown>
  readonly onExit?: () => void
}

export interface Use {
  /** Largest resident set. */
  readonly peakKiB: number
  /** Processor time, user and system. */
  readonly cpuMs: number
}

export interface JobEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Wall time of the main step, ms. */
  readonly ms: number
  /** From the first signal to the end of the main step. */
  readonly cancelMs: number | undefined
  readonly lines: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly use: Use | undefined
}

/** A step that takes longer, in real ms, is killed: its deployment does not end. */
const longest = 180_000

/** Runs an action as a step of a GitHub job: defaults, inputs, command files, then its post step if it has one. */
export async function runJob(
  action: Contender,
  inputs: Readonly<Record<string, string>>,
  options: JobOptions,
): Promise<JobEnd> {
  const temp = mkdtempSync(join(tmpdir(), 'strangler-bench-step-'))
  try {
    const file = (name: string): string => {
      const path = join(temp, name)
      writeFileSync(path, '')
      return path
    }
    const given = Object.entries({ ...action.defaults, ...inputs })
    const used = join(temp, 'used')
    // By --require: --import would send an entry in CommonJS through the other loader, which is slow for a large one.
    const preload = join(temp, 'preload.cjs')
    const preloaded = [
      options.hurried === undefined || options.hurried === 1 ? '' : hurry(options.hurried),
      options.measureUse === true ? tellUse(used) : '',
    ].join('')
    if (preloaded !== '') writeFileSync(preload, preloaded)
    const runner = join(temp, 'runner')
    mkdirSync(runner)
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: temp,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'shop/orders',
      GITHUB_RUN_ID: '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_ACTOR: 'bench',
      GITHUB_WORKSPACE: options.workspace,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STATE: file('state'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
      RUNNER_TEMP: runner,
      RUNNER_OS: 'Linux',
      // Runners bring a newer Node than some machines here; its absence is not what is compared.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...options.env,
      ...Object.fromEntries(
        given.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value.trim()]),
      ),
    }
    const main = await run(
      options.node,
      preloaded === '' ? [action.main] : ['--require', preload, action.main],
      env,
      options,
    )
    if (action.post !== undefined) {
      const state = Object.entries(fileCommands(readFileSync(env.GITHUB_STATE, 'utf8')))
      const withState = { ...env, ...Object.fromEntries(state.map(([name, value]) => [`STATE_${name}`, value])) }
      const { lines } = await run(options.node, [action.post], withState, { workspace: options.workspace })
      main.lines.push(...lines)
    }
    return {
      ...main,
      outputs: fileCommands(readFileSync(env.GITHUB_OUTPUT, 'utf8')),
      use: existsSync(used) ? (JSON.parse(readFileSync(used, 'utf8')) as Use) : undefined,
    }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

async function run(
  node: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  options: Pick<JobOptions, 'workspace' | 'cancelWhen' | 'onExit'>,
) {
  const began = performance.now()
  const child = spawn(node, argv, { cwd: options.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => void lines.push(line))
  }
  const limit = setTimeout(() => child.kill('SIGKILL'), longest)
  let cancelled: number | undefined
  const timers: NodeJS.Timeout[] = []
  void options.cancelWhen?.then(() => {
    if (child.exitCode !== null || child.signalCode !== null) return
    cancelled = performance.now()
    child.kill('SIGINT')
    timers.push(
      setTimeout(() => child.kill('SIGTERM'), 7_500),
      setTimeout(() => child.kill('SIGKILL'), 10_000),
    )
  })
  return await new Promise<Omit<JobEnd, 'outputs' | 'use' | 'lines'> & { lines: string[] }>((resolve, reject) => {
    child.once('error', reject)
    let ended = 0
    child.once('exit', () => {
      ended = performance.now()
      options.onExit?.()
      clearTimeout(limit)
      for (const timer of timers) clearTimeout(timer)
    })
    child.once('close', (code, signal) =>
      resolve({
        code,
        signal,
        ms: ended - began,
        cancelMs: cancelled === undefined ? undefined : ended - cancelled,
        lines,
      }),
    )
  })
}

/** The time that is read, and timers of a second and more, run `times` as fast; shorter ones, such as retries', stay. */
const hurry = (times: number): string => `const real = globalThis.setTimeout
globalThis.setTimeout = (run, ms, ...rest) => real(run, ms >= 1000 ? ms / ${times} : ms, ...rest)
const now = Date.now.bind(Date)
const began = now()
Date.now = () => began + (now() - began) * ${times}
`

/** Writes what the process has used when it ends. */
const tellUse = (file: string): string => `const { writeFileSync } = require('node:fs')
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(${JSON.stringify(file)}, JSON.stringify({ peakKiB: maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }))
})
`

/** A folder with these files, as a checked-out repository. */
export function workspace(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-bench-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
