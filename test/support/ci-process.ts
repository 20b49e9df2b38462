import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of ours with exactly this environment; `onOutput` sees stdout so far and may signal the process, with each signal once. */
export async function runProcess(
  argv: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv
    cwd?: string
    onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void
  },
): Promise<Ended> {
  const child = spawn(process.execPath, argv, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], HOME: tmpdir(), NODE_NO_WARNINGS: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const sent = new Set<NodeJS.Signals>()
  const kill = (signal: NodeJS.Signals): void => {
    if (sent.has(signal)) return
    sent.add(signal)
    child.kill(signal)
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    options.onOutput?.(stdout, kill)
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** A step of a workflow as the runner prepares it: command files, a temporary folder, inputs in their variables. */
export interface GithubStep {
  readonly env: NodeJS.ProcessEnv
  readonly temp: string
  outputs(): Record<string, string>
  state(): Record<string, string>
  summary(): string
}

export function githubStep(inputs: Readonly<Record<string, string>>): GithubStep {
  const temp = mkdtempSync(join(tmpdir(), 'strangler-github-'))
  const file = (name: string): string => {
    const path = join(temp, name)
    writeFileSync(path, '')
    return path
  }
  const env = {
    GITHUB_ACTIONS: 'true',
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_ACTION: '__self',
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_REPOSITORY: 'shop/api',
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  const read = (name: string): string => readFileSync(join(temp, name), 'utf8')
  return {
    env,
    temp,
    outputs: () => commandFile(read('output')),
    state: () => commandFile(read('state')),
    summary: () => read('summary'),
  }
}

/** Reads a command file as the runner does: `name<<delimiter`, lines, delimiter. */
function commandFile(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const match = /^(.+?)<<(.+)$/.exec(lines[at] ?? '')
    if (match === null) continue
    const end = lines.indexOf(match[2] ?? '', at + 1)
    if (end < 0) throw new Error(`no end of ${match[1]}`)
    found[match[1] ?? ''] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return found
}

/** A job of a pipeline as a runner prepares it, inputs in the templates' variables. */
export function gitlabJob(inputs: Readonly<Record<string, string>>): {
  readonly env: NodeJS.ProcessEnv
  readonly project: string
} {
  const project = mkdtempSync(join(tmpdir(), 'strangler-gitlab-'))
  mkdirSync(project, { recursive: true })
  const env = {
    GITLAB_CI: 'true',
    CI_PROJECT_DIR: project,
    CI_JOB_NAME: 'deploy',
    CI_PIPELINE_ID: '7',
    CI_PROJECT_PATH: 'shop/api',
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        `STRANGLER_INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]),
    ),
  }
  return { env, project }
}
