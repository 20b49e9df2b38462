import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { ecrHost } from '../aws/ecr-host.ts'
import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import { type ChartLogin, isLoopbackHost } from './chart-source.ts'
import type { Helm } from './helm.ts'
import type { Argv } from './helm-command.ts'

/** What giving helm access to charts touches. */
export interface ChartAccessParts {
  readonly helm: Helm
  readonly env: NodeJS.ProcessEnv
  readonly host: Pick<Host, 'mask'>
  /** A session in the region of a registry; closed by whoever asked for it. */
  readonly aws: (region: string | undefined) => Aws
}

/** A repository that helm is to know by a name. */
export interface KnownRepository {
  readonly name: string
  readonly url: string
  readonly login: ChartLogin | undefined
}

/**
 * Writes the files by which helm is let into registries and repositories, into a private folder; returns the flags that
 * name them. What the user's own files hold is carried over, and those files are never written. `helm registry login`
 * would do the first as well, but hands the password to the machine's keychain where it finds one, and leaves it there.
 */
export async function chartAccess(
  folder: string,
  logins: ReadonlyMap<string, ChartLogin>,
  repositories: readonly KnownRepository[],
  parts: ChartAccessParts,
): Promise<Argv> {
  const flags: string[] = []
  if (logins.size > 0) {
    const own = await usersFile('HELM_REGISTRY_CONFIG', parts)
    const auths: Record<string, unknown> = { ...object(own['auths']) }
    const credHelpers: Record<string, unknown> = { ...object(own['credHelpers']) }
    for (const [host, { username, password }] of logins) {
      auths[host] = { auth: Buffer.from(`${username}:${password}`, 'utf8').toString('base64') }
      delete credHelpers[host]
    }
    const path = join(folder, 'registry.json')
    await writeFile(path, JSON.stringify({ auths, credHelpers }), { mode: 0o600 })
    flags.push('--registry-config', path)
  }
  if (repositories.length > 0) {
    const own = await usersFile('HELM_REPOSITORY_CONFIG', parts)
    const known = (Array.isArray(own['repositories']) ? own['repositories'] : []) as unknown[]
    const ours = repositories.map(({ name, url, login }) => ({ name, url, ...login }))
    const path = join(folder, 'repositories.yaml')
    const file = { apiVersion: '', generated: '0001-01-01T00:00:00Z', repositories: [...ours, ...known] }
    await writeFile(path, JSON.stringify(file), { mode: 0o600 })
    flags.push('--repository-config', path, '--repository-cache', join(folder, 'repository-cache'))
  }
  return flags
}

/**
 * Who may read from a registry: the login that is given; for ECR without one, a token of the caller's.
 * A loopback registry is ECR when the AWS endpoint is on loopback too, as the sandbox's is. Undefined: whoever the user is to helm.
 */
export async function registryLogin(
  host: string,
  given: ChartLogin | undefined,
  parts: ChartAccessParts,
): Promise<ChartLogin | undefined> {
  if (given !== undefined) return given
  const region = ecrHost(host)?.region
  if (region === undefined && !(isLoopbackHost(host) && awsIsLoopback(parts.env))) return undefined
  const { GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr')
  const aws = parts.aws(region)
  try {
    const ecr = await aws.ecr()
    const answer = await calling('asking ECR for a registry token', () =>
      ecr.send(new GetAuthorizationTokenCommand({})),
    )
    const token = answer.authorizationData?.[0]?.authorizationToken
    if (token === undefined) throw new UserError('ECR gave no registry token')
    const [username = '', ...password] = Buffer.from(token, 'base64').toString('utf8').split(':')
    parts.host.mask(token)
    parts.host.mask(password.join(':'))
    return { username, password: password.join(':') }
  } finally {
    aws.close()
  }
}

function awsIsLoopback(env: NodeJS.ProcessEnv): boolean {
  const endpoint = env['AWS_ENDPOINT_URL_ECR'] ?? env['AWS_ENDPOINT_URL'] ?? ''
  return URL.canParse(endpoint) && isLoopbackHost(new URL(endpoint).host)
}

/** A file of the user's that helm would read; empty when there is none. JSON is YAML too. */
async function usersFile(name: string, { helm }: ChartAccessParts): Promise<Record<string, unknown>> {
  const { code, stdout } = await helm.run(['env', name])
  const path = stdout.trim()
  if (code !== 0 || path === '') return {}
  try {
    return object(parseYaml(await readFile(path, 'utf8'), { maxAliasCount: 100 }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new UserError(`cannot read '${path}' (${name}): ${messageOf(error)}`, { cause: error })
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
