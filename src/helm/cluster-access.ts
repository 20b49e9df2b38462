import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../action/clock.ts'
import { messageOf } from '../action/errors.ts'
import type { Log } from '../action/host.ts'
import { type AwsOptions, awsSession } from '../aws/session.ts'
import { describeEksCluster, type EksCluster } from './eks-cluster.ts'
import { eksToken } from './eks-token.ts'
import { type ClusterAccess, readKubeconfig } from './kubeconfig.ts'
import { findCluster } from './kubernetes-credentials.ts'

/** Which cluster was asked for. */
export interface AskedCluster {
  readonly kubeconfig: string | undefined
  readonly kubeContext: string | undefined
  /** Name of an EKS cluster, which is reached without a kubeconfig. */
  readonly eksCluster: string | undefined
  readonly aws: AwsOptions
}

/** A cluster as our own client and helm reach it. */
export interface ReachedCluster {
  readonly access: ClusterAccess
  /** What helm is to be told; undefined leaves it to find the same by itself. */
  readonly kubeconfig: string | undefined
  readonly kubeContext: string | undefined
}

export interface AccessParts {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  mask(secret: string): void
}

/** A token lives for 14 minutes: there is time for several tries before it ends. */
const renewMs = 8 * 60_000
const retryMs = 30_000

/**
 * Gives `body` the way to a cluster. For EKS a private kubeconfig is made, whose token stands in a file beside it that is
 * written anew while `body` runs: helm and our own client read it again each minute, so a run may outlast any token.
 * Everything is taken away afterwards.
 * @throws UserError when there is no such cluster, or no credentials
 */
export async function withCluster<T>(
  asked: AskedCluster,
  parts: AccessParts,
  body: (cluster: ReachedCluster) => Promise<T>,
): Promise<T> {
  const { kubeconfig, kubeContext, eksCluster } = asked
  if (eksCluster === undefined) {
    const access = await findCluster(kubeconfig, kubeContext, parts.env)
    return await body({ access, kubeconfig, kubeContext })
  }
  const aws = awsSession(asked.aws)
  const ended = new AbortController()
  const folder = await mkdtemp(join(tmpdir(), 'strangler-eks-'))
  let renewing: Promise<void> = Promise.resolve()
  try {
    const cluster = await describeEksCluster(aws, eksCluster)
    const tokenFile = join(folder, 'token')
    const renew = async (): Promise<void> => {
      const token = await eksToken(await aws.sts(), eksCluster, parts.clock.now())
      parts.mask(token)
      // Helm must never read half a token.
      await writeFile(`${tokenFile}.new`, token, { mode: 0o600 })
      await rename(`${tokenFile}.new`, tokenFile)
    }
    await renew()
    const path = join(folder, 'kubeconfig')
    const text = eksKubeconfig(cluster, tokenFile)
    await writeFile(path, text, { mode: 0o600 })
    renewing = keepRenewing(renew, parts, ended.signal)
    return await body({
      access: readKubeconfig([{ path, folder, text }], undefined),
      kubeconfig: path,
      kubeContext: undefined,
    })
  } finally {
    ended.abort()
    await renewing
    aws.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function keepRenewing(
  renew: () => Promise<void>,
  { clock, log }: AccessParts,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = renewMs; ; ) {
    try {
      await clock.sleep(wait, signal)
    } catch {
      // The work is done.
      return
    }
    try {
      await renew()
      wait = renewMs
    } catch (error) {
      log.warn(`the cluster's token could not be renewed, trying again: ${messageOf(error)}`)
      wait = retryMs
    }
  }
}

/** JSON is YAML: nothing needs quoting. */
const eksKubeconfig = ({ name, server, ca }: EksCluster, tokenFile: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: {
          server,
          ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
        },
      },
    ],
    users: [{ name, user: { tokenFile } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  })
