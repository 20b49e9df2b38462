import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** One `uses:` step. */
export interface StepRequest {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** The repository's root, where dist/ is. */
  readonly root: string
  /** A folder of this step's own, for what a runner keeps. */
  readonly folder: string
  /** false: the machine is gone after the main step, so there is no post step. */
  readonly post?: boolean
  readonly onLine?: (line: string) => void
  /** Called with the process once it runs, so that it can be cancelled. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
}

export interface StepResult {
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
}

/** Runs a bundle as GitHub's runner does: `INPUT_*`, the file commands, then the post step with the saved state. */
export async function runStep(request: StepRequest): Promise<StepResult> {
  mkdirSync(request.folder, { recursive: true })
  const file = (name: string): string => {
    const path = join(request.folder, name)
    if (!existsSync(path)) writeFileSync(path, '')
    return path
  }
  const files = {
    output: file('output'),
    summary: file('summary'),
    state: file('state'),
    env: file('env'),
    path: file('path'),
  }
  const inputs = Object.fromEntries(
    Object.entries(request.inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    ...request.env,
    ...inputs,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'acme/orders',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTOR: 'demo',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_STATE: files.state,
    GITHUB_ENV: files.env,
    GITHUB_PATH: files.path,
    RUNNER_TEMP: request.folder,
    GITHUB_WORKSPACE: request.cwd,
  }
  const lines: string[] = []
  const run = (script: string, extra: Record<string, string>): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script], {
        cwd: request.cwd,
        env: { ...env, ...extra },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      request.onStart?.((signal) => child.kill(signal))
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line)
          request.onLine?.(line)
        })
      }
      child.once('error', reject)
      child.once('close', (code) => resolve(code))
    })
  const folder = join(request.root, 'dist', request.action)
  const exitCode = await run(join(folder, 'index.js'), {})
  const post = join(folder, 'post.js')
  if (request.post !== false && existsSync(post)) {
    const state = Object.entries(fileCommands(readFileSync(files.state, 'utf8')))
    await run(post, Object.fromEntries(state.map(([name, value]) => [`STATE_${name}`, value])))
  }
  return {
    exitCode,
    outputs: fileCommands(readFileSync(files.output, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
    log: lines.join('\n'),
  }
}

/** `name=value` lines and `name<<DELIMITER` blocks of a runner's file command. */
export function fileCommands(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string
    const block = /^([^=]+?)<<(.+)$/.exec(line)
    if (block) {
      const [, name = '', delimiter = ''] = block
      const end = lines.indexOf(delimiter, index + 1)
      found[name] = lines.slice(index + 1, end).join('\n')
      index = end
    } else if (line.includes('=')) {
      found[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    }
  }
  return found
}
