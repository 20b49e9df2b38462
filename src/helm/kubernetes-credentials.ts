import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { Clock } from '../action/clock.ts'
import { runCommand } from '../action/command.ts'
import { messageOf, UserError } from '../action/errors.ts'
import { type ClusterAccess, type ExecPlugin, type FileOrData, readKubeconfig } from './kubeconfig.ts'

/** What a request carries to be let in. */
export interface Credentials {
  readonly authorization: string | undefined
  /** PEM. */
  readonly certificate: string | undefined
  readonly key: string | undefined
  /** When they must be fetched anew, ms since the epoch. */
  readonly until: number
}

/** What finding and using credentials touches. */
export interface CredentialParts {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** Hides a secret wherever the host prints. */
  mask(secret: string): void
}

const inClusterFolder = '/var/run/secrets/kubernetes.io/serviceaccount'
/** Service account tokens are rotated on disk: read again after this, in ms. */
const tokenFileMs = 60_000

/**
 * Finds the cluster as helm does: the given file, else KUBECONFIG, else ~/.kube/config, else the pod's own service account.
 * @throws UserError when there is none
 */
export async function findCluster(
  kubeconfig: string | undefined,
  context: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<ClusterAccess> {
  const named = kubeconfig !== undefined ? [kubeconfig] : (env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean)
  const paths = named.length > 0 ? named : [join(env['HOME'] ?? homedir(), '.kube', 'config')]
  const files = []
  for (const path of paths) {
    try {
      files.push({ path, folder: dirname(resolve(path)), text: await readFile(path, 'utf8') })
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      if (!missing || kubeconfig !== undefined) {
        throw new UserError(`cannot read the kubeconfig '${path}': ${messageOf(error)}`, { cause: error })
      }
    }
  }
  if (files.length > 0) return readKubeconfig(files, context ?? env['HELM_KUBECONTEXT'])
  const host = env['KUBERNETES_SERVICE_HOST']
  if (host === undefined) {
    throw new UserError(
      `there is no kubeconfig (looked for ${paths.join(', ')}): set KUBECONFIG or the input kubeconfig`,
    )
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`,
    ca: { file: join(inClusterFolder, 'ca.crt') },
    skipVerify: false,
    serverName: undefined,
    user: {
      token: { file: join(inClusterFolder, 'token') },
      certificate: undefined,
      key: undefined,
      basic: undefined,
      exec: undefined,
    },
    namespace: await ownNamespace(),
  }
}

/** The pod's own namespace, which is helm's too when it runs in one; undefined when the pod is not told. */
async function ownNamespace(): Promise<string | undefined> {
  try {
    return (await readFile(join(inClusterFolder, 'namespace'), 'utf8')).trim() || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UserError(`the pod's namespace cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

/** The bytes of something given inline or by a file. @throws UserError when the file cannot be read */
export async function contentOf(source: FileOrData | undefined): Promise<string | undefined> {
  if (source === undefined) return undefined
  if ('data' in source) return source.data
  try {
    return await readFile(source.file, 'utf8')
  } catch (error) {
    throw new UserError(`cannot read '${source.file}' that the kubeconfig names: ${messageOf(error)}`, { cause: error })
  }
}

/** Fetches the credentials of a cluster's user; an exec plugin is run without a shell. */
export async function fetchCredentials(access: ClusterAccess, parts: CredentialParts): Promise<Credentials> {
  const { user } = access
  if (user.exec !== undefined) return await fromPlugin(user.exec, access, parts)
  const token = (await contentOf(user.token))?.trim()
  if (token) parts.mask(token)
  const basic = user.basic && Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64')
  if (basic) parts.mask(basic)
  return {
    authorization: token ? `Bearer ${token}` : basic ? `Basic ${basic}` : undefined,
    certificate: await contentOf(user.certificate),
    key: await contentOf(user.key),
    until:
      user.token !== undefined && 'file' in user.token ? parts.clock.now() + tokenFileMs : Number.POSITIVE_INFINITY,
  }
}

async function fromPlugin(plugin: ExecPlugin, access: ClusterAccess, parts: CredentialParts): Promise<Credentials> {
  const spec = {
    interactive: false,
    ...(plugin.provideClusterInfo ? { cluster: { server: access.server } } : {}),
  }
  const info = JSON.stringify({ kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec })
  const { code, stdout, stderr } = await runCommand(plugin.argv, {
    env: { ...parts.env, ...plugin.env, KUBERNETES_EXEC_INFO: info },
    signal: AbortSignal.timeout(60_000),
  })
  const name = plugin.argv[0]
  if (code !== 0) {
    throw new UserError(
      `'${name}', which the kubeconfig runs for credentials, exited with ${code}: ${stderr.trim().slice(-500)}`,
    )
  }
  let status: Record<string, unknown>
  try {
    const answer = JSON.parse(stdout) as { status?: Record<string, unknown> }
    status = answer.status ?? {}
  } catch (error) {
    throw new UserError(`'${name}', which the kubeconfig runs for credentials, printed no ExecCredential`, {
      cause: error,
    })
  }
  const text = (key: string): string | undefined => (typeof status[key] === 'string' ? status[key] : undefined)
  const token = text('token')
  if (token) parts.mask(token)
  const until = Date.parse(text('expirationTimestamp') ?? '')
  return {
    authorization: token ? `Bearer ${token}` : undefined,
    certificate: text('clientCertificateData'),
    key: text('clientKeyData'),
    until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until - 30_000,
  }
}
