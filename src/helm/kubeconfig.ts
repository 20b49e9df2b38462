import { parse } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'

/** How a cluster is reached, as a kubeconfig tells it. Paths are absolute or relative to `folder`. */
export interface ClusterAccess {
  readonly server: string
  /** PEM. */
  readonly ca: FileOrData | undefined
  readonly skipVerify: boolean
  readonly serverName: string | undefined
  readonly user: UserAccess
  /** The context's own namespace. */
  readonly namespace: string | undefined
}

/** Bytes given inline or by a file. */
export type FileOrData =
  | { readonly file: string }
  /** Decoded. */
  | { readonly data: string }

export interface UserAccess {
  readonly token: FileOrData | undefined
  readonly certificate: FileOrData | undefined
  readonly key: FileOrData | undefined
  readonly basic: { readonly username: string; readonly password: string } | undefined
  readonly exec: ExecPlugin | undefined
}

/** A program that prints credentials, such as `aws eks get-token`. */
export interface ExecPlugin {
  readonly apiVersion: string
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly provideClusterInfo: boolean
}

/** One file of the list that KUBECONFIG names. */
export interface KubeconfigFile {
  readonly path: string
  readonly folder: string
  readonly text: string
}

type Fields = Readonly<Record<string, unknown>>
type Place = { readonly fields: Fields; readonly folder: string }

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const text = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined

/**
 * Reads one context of one or more kubeconfig files; the first file that names a thing wins, as with kubectl.
 * @throws UserError when there is no such context, or it needs what is not supported (`auth-provider`, `proxy-url`)
 */
export function readKubeconfig(files: readonly KubeconfigFile[], contextName: string | undefined): ClusterAccess {
  const parsed = files.map(({ path, folder, text }) => ({ fields: fields(parseFile(path, text)), folder }))
  const find = (list: string, name: string | undefined): Place | undefined => {
    for (const { fields: file, folder } of parsed) {
      const entries = Array.isArray(file[list]) ? (file[list] as unknown[]) : []
      const entry = entries.map(fields).find((entry) => text(entry['name']) === name)
      if (entry !== undefined) return { fields: fields(entry[list.slice(0, -1)]), folder }
    }
    return undefined
  }
  const current =
    contextName ?? parsed.map(({ fields }) => text(fields['current-context'])).find((name) => name !== undefined)
  if (current === undefined) throw new UserError('the kubeconfig has no current context: set kube-context')
  const context = find('contexts', current)?.fields
  if (context === undefined) throw new UserError(`the kubeconfig has no context '${current}'`)
  const cluster = find('clusters', text(context['cluster']))
  if (cluster === undefined) throw new UserError(`the kubeconfig's context '${current}' names no cluster of the file`)
  const server = text(cluster.fields['server'])
  if (server === undefined || !/^https?:\/\/[^\s/?#]+/.test(server)) {
    throw new UserError(`the kubeconfig's cluster of context '${current}' has no server URL`)
  }
  if (text(cluster.fields['proxy-url']) !== undefined) {
    throw new UserError("the kubeconfig's proxy-url is not supported")
  }
  return {
    server: server.replace(/\/+$/, ''),
    ca: fileOrData(cluster, 'certificate-authority'),
    skipVerify: cluster.fields['insecure-skip-tls-verify'] === true,
    serverName: text(cluster.fields['tls-server-name']),
    user: userAccess(find('users', text(context['user'])), current),
    namespace: text(context['namespace']),
  }
}

function parseFile(path: string, content: string): unknown {
  try {
    return parse(content, { maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    throw new UserError(`the kubeconfig '${path}' is no YAML: ${messageOf(error).split('\n')[0]}`, { cause: error })
  }
}

/** `key` is a path, `key-data` the same bytes in base64. */
function fileOrData(place: Place, key: string): FileOrData | undefined {
  const data = text(place.fields[`${key}-data`])
  if (data !== undefined) return { data: Buffer.from(data, 'base64').toString('utf8') }
  const file = text(place.fields[key])
  return file === undefined ? undefined : { file: resolveIn(place.folder, file) }
}

const resolveIn = (folder: string, path: string): string =>
  path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) ? path : `${folder}/${path}`

function userAccess(user: Place | undefined, context: string): UserAccess {
  const none: UserAccess = {
    token: undefined,
    certificate: undefined,
    key: undefined,
    basic: undefined,
    exec: undefined,
  }
  if (user === undefined) return none
  const own = user.fields
  if (own['auth-provider'] !== undefined) {
    throw new UserError(
      `the user of context '${context}' has an auth-provider: Kubernetes removed those, use an exec plugin`,
    )
  }
  const token = text(own['token'])
  const tokenFile = text(own['tokenFile'])
  const [username, password] = [text(own['username']), text(own['password'])]
  return {
    token:
      token !== undefined
        ? { data: token }
        : tokenFile !== undefined
          ? { file: resolveIn(user.folder, tokenFile) }
          : undefined,
    certificate: fileOrData(user, 'client-certificate'),
    key: fileOrData(user, 'client-key'),
    basic: username !== undefined && password !== undefined ? { username, password } : undefined,
    exec:
      own['exec'] === undefined ? undefined : execPlugin({ fields: fields(own['exec']), folder: user.folder }, context),
  }
}

function execPlugin({ fields: own, folder }: Place, context: string): ExecPlugin {
  const command = text(own['command'])
  if (command === undefined) throw new UserError(`the exec plugin of context '${context}' names no command`)
  const args = Array.isArray(own['args']) ? own['args'].map(String) : []
  const env = (Array.isArray(own['env']) ? own['env'].map(fields) : []).map((pair) => [
    text(pair['name']) ?? '',
    text(pair['value']) ?? '',
  ])
  // A bare name is looked up on PATH; a relative path counts from the file.
  const program = command.includes('/') ? resolveIn(folder, command) : command
  return {
    apiVersion: text(own['apiVersion']) ?? 'client.authentication.k8s.io/v1',
    argv: [program, ...args],
    env: Object.fromEntries(env),
    provideClusterInfo: own['provideClusterInfo'] === true,
  }
}
