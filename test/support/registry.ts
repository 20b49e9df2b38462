import { ECRClient } from '@aws-sdk/client-ecr'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { type BuiltImage, type ImageOptions, image, sha256 } from './images.ts'

/** A registry on the wire: its host (`127.0.0.1:<port>`), and the Authorization header that it takes, if it wants one. */
export interface RegistryAccess {
  readonly host: string
  readonly authorization: string | undefined
}

/** Calls an AWS JSON operation of the sandbox without a client; for what a test only needs to be there. */
export async function ecrCall(
  sandbox: Sandbox,
  operation: string,
  input: Record<string, unknown>,
  options: { readonly region?: string; readonly accessKeyId?: string } = {},
): Promise<Record<string, unknown>> {
  const key = options.accessKeyId ?? 'AKIASANDBOX000000000'
  const scope = `${key}/20260101/${options.region ?? sandbox.region}/ecr/aws4_request`
  const answer = await fetch(sandbox.endpoint(), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  })
  const output = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw Object.assign(new Error(`${operation}: ${JSON.stringify(output)}`), output)
  return output
}

/** Logs in to the sandbox's registry, as `aws ecr get-login-password` would. */
export async function login(
  sandbox: Sandbox,
  options: { readonly region?: string; readonly accessKeyId?: string } = {},
) {
  const { authorizationData } = await ecrCall(sandbox, 'GetAuthorizationToken', {}, options)
  const [data] = authorizationData as { authorizationToken: string; proxyEndpoint: string }[]
  if (data === undefined) throw new Error('no authorization data')
  const password = Buffer.from(data.authorizationToken, 'base64').toString('utf8').slice('AWS:'.length)
  const host = new URL(data.proxyEndpoint).host
  return { host, authorization: `Basic ${data.authorizationToken}`, password }
}

/** Pushes a built image over the wire: blobs, children, then itself under the tag if one is given. */
export async function push(access: RegistryAccess, repository: string, built: BuiltImage, tag?: string): Promise<void> {
  const base = `http://${access.host}/v2/${repository}`
  const headers: Record<string, string> =
    access.authorization === undefined ? {} : { authorization: access.authorization }
  const call = async (url: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> => {
    const answer = await fetch(url, { ...init, headers: { ...headers, ...init.headers } })
    if (!answer.ok) throw new Error(`${init.method} ${url}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const octets = { 'content-type': 'application/octet-stream' }
  for (const [digest, bytes] of built.blobs) {
    const begun = await call(`${base}/blobs/uploads/`, { method: 'POST' })
    const location = new URL(begun.headers.get('location') ?? '', base)
    location.searchParams.set('digest', digest)
    await call(location.href, { method: 'PUT', body: new Uint8Array(bytes), headers: octets })
  }
  for (const child of built.children) await push(access, repository, child)
  const body = new Uint8Array(built.bytes)
  await call(`${base}/manifests/${tag ?? built.digest}`, {
    method: 'PUT',
    body,
    headers: { 'content-type': built.mediaType },
  })
  if (sha256(body) !== built.digest) throw new Error('the bytes changed on the way')
}

/**
 * Makes an image (or takes a built one) and pushes it to the sandbox's default registry as `repository:tag`,
 * making the repository when it is not there. Returns how to name it.
 */
export async function pushImage(
  sandbox: Sandbox,
  name: string,
  content: ImageOptions | BuiltImage = {},
): Promise<{ readonly digest: string; readonly byTag: string; readonly byDigest: string; readonly uri: string }> {
  const [repository = '', tag = 'latest'] = name.split(':')
  const access = await login(sandbox)
  await ecrCall(sandbox, 'CreateRepository', { repositoryName: repository }).catch((error: { __type?: string }) => {
    if (error.__type !== 'RepositoryAlreadyExistsException') throw error
  })
  const built = 'digest' in content ? content : image(content)
  await push(access, repository, built, tag)
  const uri = `${access.host}/${repository}`
  return { digest: built.digest, uri, byTag: `${uri}:${tag}`, byDigest: `${uri}@${built.digest}` }
}

export interface ClientOptions {
  readonly region?: string
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
}

/** The SDK's client for the sandbox, with no retries to wait for. The caller destroys it. */
export const ecrClient = (sandbox: Sandbox, options: ClientOptions = {}): ECRClient =>
  new ECRClient({
    endpoint: sandbox.endpoint(),
    region: options.region ?? sandbox.region,
    credentials: options.credentials ?? { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  })

/** Credentials of a role, in whatever account its ARN names. */
export async function assumeRole(
  sandbox: Sandbox,
  roleArn: string,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const credentials = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' }
  const client = new STSClient({ endpoint: sandbox.endpoint(), region: sandbox.region, credentials, maxAttempts: 1 })
  const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test' }))
  client.destroy()
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}
