import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { Host, JsonObject, RunFacts } from '../action/host.ts'
import { cancellation } from './cancellation.ts'
import { outbox } from './outbox.ts'
import { plain, printable } from './printable.ts'
import { stateFile, writeWhole } from './state-file.ts'
import { type HostOptions, inputVariable, type Sink, type Surroundings } from './surroundings.ts'

/** A person's terminal, or any CI that is neither GitHub nor GitLab. */
export function terminalHost(surroundings: Surroundings, options: HostOptions): Host {
  const { env, stdout, stderr } = surroundings
  const box = outbox(env)
  const folder = resolve(surroundings.cwd, '.strangler-deploy', options.action)
  const state = stateFile(resolve(surroundings.cwd, options.stateFile ?? join(folder, 'state.json')))
  const logTo = options.json ? stderr : stdout
  const debugging = env['STRANGLER_DEBUG'] === 'true'
  let indent = ''
  let finished = false

  const print = (sink: Sink, message: string, colour?: number): void => {
    const coloured = sink.isTTY === true && !env['NO_COLOR']
    const text = box.redact(coloured ? printable(message) : plain(message))
    const lines = text.split('\n').map((line) => `${indent}${line}`)
    sink.write(`${lines.map((line) => (coloured && colour ? `\u001b[${colour}m${line}\u001b[0m` : line)).join('\n')}\n`)
  }
  const document = (code: number, failure: string | undefined): JsonObject => ({
    action: options.action,
    exitCode: code,
    ...(failure === undefined || code === 0 ? {} : { failure: box.redact(failure) }),
    outputs: Object.fromEntries(box.outputs),
    links: box.links.map(({ label, url }) => ({ label, url })),
  })
  const flush = (code: number, failure: string | undefined): void => {
    indent = ''
    const markdown = box.markdown(1_024 * 1_024)
    if (markdown !== '') print(logTo, `\n${markdown}`)
    const whole = document(code, failure)
    if (options.outputFile !== undefined) {
      writeWhole(resolve(surroundings.cwd, options.outputFile), `${JSON.stringify(whole, null, 2)}\n`)
    }
    if (options.json) stdout.write(`${JSON.stringify(whole)}\n`)
    else if (box.outputs.size > 0) print(stdout, table([...box.outputs]))
  }
  const cancel = cancellation(surroundings.signals, {
    impatient: true,
    giveUp(why) {
      print(stderr, `error: ${options.action}: ${why}; run 'strangler-deploy post ${options.action}' to finish`, 31)
      if (!box.outputs.has('outcome')) box.output('outcome', 'cancelled')
      flush(130, why)
      surroundings.exit(130)
    },
  })

  return {
    name: 'terminal',
    env,
    facts: terminalFacts,
    signal: cancel.signal,
    input: (name) => options.flags?.[name] ?? env[inputVariable(name)],
    output(name, value) {
      if (!box.output(name, value))
        print(stderr, `warning: output '${name}' holds a masked value and was not written`, 33)
    },
    mask(secret) {
      box.mask(secret)
    },
    summary: box.summary,
    link(label, url) {
      box.link(label, url)
      print(logTo, `${label}: ${url}`)
    },
    saveState: state.save,
    loadState: state.load,
    writeResult(result) {
      const path = join(folder, 'result.json')
      writeWhole(path, box.keepResult(result))
      return path
    },
    info: (message) => print(logTo, message),
    debug(message) {
      if (debugging) print(stderr, `debug: ${message}`, 2)
    },
    warn: (message) => print(stderr, `warning: ${message}`, 33),
    error: (message) => print(stderr, `error: ${message}`, 31),
    async group(title, body) {
      print(logTo, `▸ ${title}`, 1)
      const before = indent
      indent = '  '
      try {
        return await body()
      } finally {
        indent = before
      }
    },
    async finish(code, failure) {
      if (finished) return
      finished = true
      cancel.done()
      surroundings.exitCode(code)
      flush(code, failure)
    },
  }
}

const terminalFacts: RunFacts = {
  runId: `terminal:${hostname()}`,
  attempt: '1',
  runUrl: undefined,
  commit: undefined,
  ref: undefined,
  repository: undefined,
  actor: undefined,
  deadline: undefined,
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}
