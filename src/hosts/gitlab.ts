import { readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Host, RunFacts } from '../action/host.ts'
import { cancellation } from './cancellation.ts'
import { writeDotenv } from './dotenv.ts'
import { outbox } from './outbox.ts'
import { plain, printable } from './printable.ts'
import { stateFile, writeWhole } from './state-file.ts'
import { type HostOptions, inputVariable, type Surroundings, upperSnake } from './surroundings.ts'
import { resolveReferences } from './variable-reference.ts'

const summaryBytes = 1_024 * 1_024
const esc = '\u001b'

/** The files of a job in its folder; the templates name the same. */
export const gitlabFiles = {
  outputs: 'outputs.env',
  result: 'result.json',
  state: 'state.json',
  summary: 'summary.md',
  annotations: 'annotations.json',
} as const

/** A job of a GitLab pipeline. It knows no runtime masking: what is secret is hidden by our own redactor. */
export function gitlabHost(surroundings: Surroundings, options: HostOptions): Host {
  const { env, stdout } = surroundings
  const box = outbox(env)
  const project = projectFolder(surroundings)
  const folder = resolve(
    project,
    env['STRANGLER_DEPLOY_DIR'] || join('.strangler-deploy', jobName(env, options.action)),
  )
  const file = (name: keyof typeof gitlabFiles): string => join(folder, gitlabFiles[name])
  const state = stateFile(file('state'))
  const debugging = env['CI_DEBUG_TRACE'] === 'true' || env['STRANGLER_DEBUG'] === 'true'
  let sections = 0
  let grouped = false
  let finished = false

  if (options.step === 'main') {
    for (const name of ['outputs', 'result', 'summary', 'annotations'] as const) rmSync(file(name), { force: true })
  }

  const print = (text: string): void => {
    stdout.write(`${text}\n`)
  }
  const info = (message: string): void => print(box.redact(printable(message)))
  const coloured = (colour: number, label: string, message: string): void => {
    const lines = box.redact(plain(message)).split('\n')
    print(lines.map((line, at) => `${esc}[${colour}m${at === 0 ? `${label}: ` : ''}${line}${esc}[0m`).join('\n'))
  }
  const warn = (message: string): void => coloured(33, 'WARNING', message)
  const error = (message: string): void => coloured(31, 'ERROR', message)

  const flush = (): void => {
    const markdown = box.markdown(summaryBytes)
    const main = options.step === 'main'
    if (main) writeOutputs()
    const earlier = main ? '' : readIfThere(file('summary'))
    if (markdown !== '') {
      writeWhole(file('summary'), earlier + markdown)
      if (main) info(markdown)
    }
    if (main || box.links.length > 0) writeAnnotations(main)
  }
  const writeOutputs = (): void => {
    const prefix = upperSnake(env['STRANGLER_OUTPUT_PREFIX'] || env['CI_JOB_NAME'] || options.action)
    const { text, left } = writeDotenv(
      [...box.outputs].map(([name, value]) => [`${prefix}_${upperSnake(name)}`, value]),
    )
    writeWhole(file('outputs'), text)
    for (const { name, why } of left)
      warn(`${name} is not a variable for later jobs: ${why}; it is in ${shown('result')}`)
    info(
      [...box.outputs]
        .map(([name, value]) => `${name}: ${value.length > 400 ? `${value.slice(0, 400)}…` : value}`)
        .join('\n'),
    )
  }
  const writeAnnotations = (fresh: boolean): void => {
    const links = box.links.map(({ label, url }) => ({ external_link: { label, url } }))
    const earlier = fresh ? [] : earlierLinks(readIfThere(file('annotations')))
    writeWhole(file('annotations'), `${JSON.stringify({ 'strangler-deploy': [...earlier, ...links] }, null, 2)}\n`)
  }
  const shown = (name: keyof typeof gitlabFiles): string => relative(project, file(name))

  const cancel = cancellation(surroundings.signals, {
    impatient: false,
    giveUp(why) {
      error(`${options.action}: ${why}; after_script takes over`)
      if (!box.outputs.has('outcome')) box.output('outcome', 'cancelled')
      flush()
      surroundings.exit(130)
    },
  })

  return {
    name: 'gitlab',
    env,
    facts: gitlabFacts(env),
    signal: cancel.signal,
    input(name) {
      const flag = options.flags?.[name]
      const given = env[inputVariable(name)]
      if (flag !== undefined || given === undefined) return flag
      const { text, missing } = resolveReferences(given, env)
      for (const variable of missing) info(`input '${name}': the variable ${variable} is not set`)
      return text
    },
    output(name, value) {
      if (!box.output(name, value)) warn(`output '${name}' holds a masked value and was not written`)
    },
    mask(secret) {
      box.mask(secret)
    },
    summary: box.summary,
    link(label, url) {
      box.link(label, url)
      info(`${label}: ${url}`)
    },
    saveState: state.save,
    loadState: state.load,
    writeResult(result) {
      writeWhole(file('result'), box.keepResult(result))
      return shown('result')
    },
    info,
    debug(message) {
      if (debugging) info(`debug: ${message}`)
    },
    warn,
    error,
    async group(title, body) {
      const heading = box.redact(plain(title))
      if (grouped) {
        print(`▸ ${heading}`)
        return await body()
      }
      grouped = true
      const name = `strangler_${process.pid}_${++sections}`
      const at = (): number => Math.floor(Date.now() / 1_000)
      stdout.write(`${esc}[0Ksection_start:${at()}:${name}[collapsed=true]\r${esc}[0K${heading}\n`)
      try {
        return await body()
      } finally {
        stdout.write(`${esc}[0Ksection_end:${at()}:${name}\r${esc}[0K\n`)
        grouped = false
      }
    },
    async finish(code) {
      if (finished) return
      finished = true
      cancel.done()
      surroundings.exitCode(code)
      flush()
    },
  }
}

/** The folder that artifact paths start from. gitlab-ci-local names one that the job does not run in: then it is where the job runs. */
function projectFolder({ env, cwd }: Surroundings): string {
  const named = resolve(cwd, env['CI_PROJECT_DIR'] || '.')
  const inside = relative(named, cwd)
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? cwd : named
}

/** The job's name as a folder name. */
const jobName = (env: NodeJS.ProcessEnv, action: string): string =>
  (env['CI_JOB_NAME'] || action).replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^\.+/, '') || action

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function earlierLinks(text: string): unknown[] {
  try {
    const found = (JSON.parse(text) as Record<string, unknown>)['strangler-deploy']
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}

function gitlabFacts(env: NodeJS.ProcessEnv): RunFacts {
  const started = Date.parse(env['CI_JOB_STARTED_AT'] ?? '')
  const seconds = Number(env['CI_JOB_TIMEOUT'])
  const limited = Number.isFinite(started) && Number.isFinite(seconds) && seconds > 0
  const repository = env['CI_PROJECT_PATH'] || undefined
  return {
    runId: `gitlab:${repository ?? 'unknown'}/${env['CI_PIPELINE_ID'] || '0'}`,
    attempt: env['CI_JOB_RETRY_COUNT'] || env['CI_JOB_ID'] || '1',
    runUrl: env['CI_JOB_URL'] || env['CI_PIPELINE_URL'] || undefined,
    commit: env['CI_COMMIT_SHA'] || undefined,
    ref: env['CI_COMMIT_REF_NAME'] || undefined,
    repository,
    actor: env['GITLAB_USER_LOGIN'] || undefined,
    deadline: limited ? started + seconds * 1_000 : undefined,
  }
}
