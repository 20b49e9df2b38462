import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../action/errors.ts'
import type { Host, RunFacts } from '../action/host.ts'
import { cancellation } from './cancellation.ts'
import { outbox } from './outbox.ts'
import { plain, printable } from './printable.ts'
import { stateFile, writeWhole } from './state-file.ts'
import { type HostOptions, inputVariable, type Surroundings } from './surroundings.ts'

/** The part of @actions/core that is used. */
export interface Toolkit {
  setSecret(secret: string): void
  setOutput(name: string, value: string): void
  saveState(name: string, value: string): void
  getState(name: string): string
  info(message: string): void
  debug(message: string): void
  warning(message: string): void
  error(message: string): void
  startGroup(title: string): void
  endGroup(): void
  readonly summary: { addRaw(text: string): { write(): Promise<unknown> } }
}

/** The runner keeps ten annotations of a type for each step and drops a summary above 1 MiB whole. */
const annotationsKept = 10
const annotationLength = 4_000
const summaryBytes = 1_000 * 1_024
const outputBytes = 1_024 * 1_024

/** A step of a GitHub workflow. */
export function githubHost(surroundings: Surroundings, options: HostOptions, core: Toolkit): Host {
  const { env } = surroundings
  const box = outbox(env)
  const folder = join(env['RUNNER_TEMP'] || surroundings.cwd, 'strangler-deploy')
  const state = stateFile(join(folder, `${stepName(env, options.action)}.state.json`))
  const used = { warning: 0, error: 0 }
  let grouped = false
  let finished = false

  const info = (message: string): void => core.info(inert(box.redact(printable(message))))
  const annotate = (level: 'warning' | 'error', message: string): void => {
    const text = box.redact(plain(message))
    const annotated = used[level] < annotationsKept ? text.slice(0, annotationLength) : ''
    if (annotated !== '') core[level](annotated)
    used[level] += 1
    const rest = text.slice(annotated.length)
    if (rest !== '') core.info(inert(annotated === '' ? `${level}: ${rest}` : rest))
  }
  const output = (name: string, value: string): void => {
    if (Buffer.byteLength(value) > outputBytes)
      annotate('warning', `output '${name}' is over 1 MiB: see the result file`)
    else if (box.output(name, value)) core.setOutput(name, value)
    else annotate('warning', `output '${name}' holds a masked value and was not written`)
  }
  const cancel = cancellation(surroundings.signals, {
    impatient: false,
    giveUp(why) {
      annotate('error', `${options.action}: ${why}; the post step takes over`)
      if (!box.outputs.has('outcome')) core.setOutput('outcome', 'cancelled')
      const summary = env['GITHUB_STEP_SUMMARY']
      if (summary) appendFileSync(summary, box.markdown(summaryBytes))
      surroundings.exit(130)
    },
  })

  return {
    name: 'github',
    env,
    facts: githubFacts(env),
    signal: cancel.signal,
    input: (name) =>
      options.flags?.[name] ?? env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? env[inputVariable(name)],
    output,
    mask(secret) {
      if (box.mask(secret)) for (const line of box.lines(secret)) core.setSecret(line)
    },
    summary: box.summary,
    link(label, url) {
      box.link(label, url)
      info(`${label}: ${url}`)
    },
    saveState(name, value) {
      state.save(name, value)
      core.saveState(name, value)
    },
    // The file is there also when the runner never got to read what a killed process had saved.
    loadState: (name) => state.load(name) ?? (core.getState(name) || undefined),
    writeResult(result) {
      const path = join(folder, `${stepName(env, options.action)}.result.json`)
      writeWhole(path, box.keepResult(result))
      return path
    },
    info,
    debug: (message) => core.debug(box.redact(plain(message))),
    warn: (message) => annotate('warning', message),
    error: (message) => annotate('error', message),
    async group(title, body) {
      if (grouped) {
        info(`▸ ${title}`)
        return await body()
      }
      grouped = true
      core.startGroup(box.redact(plain(title)))
      try {
        return await body()
      } finally {
        core.endGroup()
        grouped = false
      }
    },
    async finish(code) {
      if (finished) return
      finished = true
      cancel.done()
      surroundings.exitCode(code)
      const markdown = box.markdown(summaryBytes)
      if (markdown === '' || !env['GITHUB_STEP_SUMMARY']) return
      try {
        await core.summary.addRaw(markdown).write()
      } catch (error) {
        annotate('warning', `the job summary could not be written: ${messageOf(error)}`)
      }
    },
  }
}

/** Text that the runner does not take for a command, wherever it came from. */
const inert = (text: string): string => text.replaceAll(/^(\s*)::/gm, '$1: :').replaceAll('##[', '# #[')

/** Names files of this step of this attempt, the same in its post step. */
function stepName(env: NodeJS.ProcessEnv, action: string): string {
  const parts = [action, env['GITHUB_ACTION'], env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT']]
  return parts
    .filter((part) => part !== undefined && part !== '')
    .join('-')
    .replaceAll(/[^A-Za-z0-9_-]/g, '_')
}

function githubFacts(env: NodeJS.ProcessEnv): RunFacts {
  const repository = env['GITHUB_REPOSITORY'] || undefined
  const run = env['GITHUB_RUN_ID'] || undefined
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com'
  return {
    runId: `github:${repository ?? 'unknown'}/${run ?? '0'}`,
    attempt: env['GITHUB_RUN_ATTEMPT'] || '1',
    runUrl: repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
    commit: env['GITHUB_SHA'] || undefined,
    ref: env['GITHUB_REF'] || undefined,
    repository,
    actor: env['GITHUB_ACTOR'] || undefined,
    deadline: undefined,
  }
}
