import { resolve } from 'node:path'
import { InputError } from './action/errors.ts'
import { integer, parseInputs, text, textLike } from './action/inputs.ts'
import { readFlags } from './flags.ts'
import { columns } from './help.ts'
import { writeWhole } from './hosts/state-file.ts'
import type { Surroundings } from './hosts/surroundings.ts'

const table = {
  port: integer(0, 65_535)({ description: 'Port on 127.0.0.1; 0 takes any free one', default: '0' }),
  speed: integer(0, 10_000)({ description: 'How many times as fast as real time; 0 stands still', default: '1' }),
  account: textLike(/^\d{12}$/, 'an account id of 12 digits')({ description: 'Account id', default: '123456789012' }),
  region: textLike(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    "a region such as 'eu-west-1'",
  )({
    description: 'Region',
    default: 'eu-west-1',
  }),
  // Not --env-file: Node 20 takes that for itself, wherever it stands.
  dotenv: text({ description: 'Also write the variables into this file, a NAME=value line each' }),
  kubeconfig: text({ description: 'Where to write the kubeconfig', default: '.strangler-deploy/sandbox/kubeconfig' }),
}

/**
 * `strangler-deploy sandbox`: runs the embedded cloud until SIGINT or SIGTERM and prints the variables that lead tools to it,
 * as lines for a shell or, with --json, as one object.
 */
export async function runSandbox(argv: readonly string[], surroundings: Surroundings): Promise<void> {
  const flags = readFlags(table, argv)
  if (flags.help) return void surroundings.stdout.write(help())
  const problems = [...flags.problems]
  let options: ReturnType<typeof parse> | undefined
  try {
    options = parse(flags.inputs)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
  }
  if (options === undefined || problems.length > 0) throw new InputError(problems)

  const stopped = new Promise<void>((stop) => {
    surroundings.signals.on('SIGINT', stop)
    surroundings.signals.on('SIGTERM', stop)
  })
  const { startSandbox } = await import('./sandbox/server.ts')
  const { port, speed, account, region } = options
  const sandbox = await startSandbox({ port, speed, accountId: account, region })
  const variables: Record<string, string> = { ...sandbox.environment() }
  const kubeconfig = kubeconfigOf(sandbox)
  if (kubeconfig !== undefined) {
    const path = resolve(surroundings.cwd, options.kubeconfig)
    writeWhole(path, kubeconfig)
    variables['KUBECONFIG'] = path
  }
  const entries = Object.entries(variables)
  if (options.dotenv !== undefined) {
    const lines = entries.map(([name, value]) => `${name}=${value}\n`).join('')
    writeWhole(resolve(surroundings.cwd, options.dotenv), lines)
  }
  surroundings.stdout.write(
    flags.options.json
      ? `${JSON.stringify({ endpoint: sandbox.endpoint(), port: sandbox.port, environment: variables })}\n`
      : entries.map(([name, value]) => `export ${name}=${shellQuoted(value)}\n`).join(''),
  )
  surroundings.stderr.write(`sandbox: listening on ${sandbox.endpoint()}, Ctrl-C ends it\n`)
  await stopped
  await sandbox.close()
  surroundings.exitCode(0)
}

const parse = (given: Readonly<Record<string, string>>) => parseInputs(table, (name) => given[name])

/** A sandbox with a Kubernetes part offers the file that leads kubectl and helm to it. */
function kubeconfigOf(sandbox: object): string | undefined {
  const offered: unknown = 'kubeconfig' in sandbox ? sandbox.kubeconfig : undefined
  const text: unknown = typeof offered === 'function' ? offered.call(sandbox) : undefined
  return typeof text === 'string' ? text : undefined
}

const shellQuoted = (value: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`

const help = (): string =>
  [
    'strangler-deploy sandbox [flags]',
    '',
    'Runs the embedded cloud on this machine: the AWS services, a registry and Kubernetes on one port of loopback.',
    '',
    ...columns([
      ...Object.entries(table).map(([name, row]): [string, string] => [
        `--${name} <${row.kind}>`,
        `${row.description}${row.default === undefined ? '' : ` (default: ${row.default})`}`,
      ]),
      ['--json', 'Print one JSON object'],
    ]),
    '',
    'Run it with --dotenv sandbox.env; in another shell: set -a; . ./sandbox.env',
    '',
  ].join('\n')
