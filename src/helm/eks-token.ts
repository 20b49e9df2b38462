import type { STSClient } from '@aws-sdk/client-sts'
import { SignatureV4 } from '@smithy/signature-v4'

/** What EKS takes a token for, after its date, in ms (aws-iam-authenticator, `tokens.go`: 15 minutes less a minute). */
export const eksTokenMs = 14 * 60_000

const prefix = 'k8s-aws-v1.'
const clusterHeader = 'x-k8s-aws-id'

/**
 * A bearer token for an EKS cluster, as `aws eks get-token` makes it: an STS GetCallerIdentity request, signed for this
 * cluster alone and for 60 s, which the cluster sends to learn who its bearer is. A secret. Calls nothing but what the
 * credentials take.
 */
export async function eksToken(sts: STSClient, cluster: string, now: number): Promise<string> {
  const region = await sts.config.region()
  const { url } = sts.config.endpointProvider(
    {
      Region: region,
      UseFIPS: await sts.config.useFipsEndpoint(),
      UseDualStack: await sts.config.useDualstackEndpoint(),
      // The cluster takes the endpoint of a region alone.
      UseGlobalEndpoint: false,
      Endpoint: await ownEndpoint(sts),
    },
    {},
  )
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials: sts.config.credentials,
    sha256: sts.config.sha256,
  })
  const request = {
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: url.host, [clusterHeader]: cluster },
  }
  const signed = await signer.presign(request, {
    expiresIn: 60,
    signingDate: new Date(now),
    unhoistableHeaders: new Set([clusterHeader]),
  })
  const query = Object.entries(signed.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return prefix + Buffer.from(`${url.origin}/?${query}`, 'utf8').toString('base64url')
}

/** The endpoint that the environment names, if it names one. */
async function ownEndpoint(sts: STSClient): Promise<string | undefined> {
  const endpoint = await sts.config.endpoint?.()
  if (endpoint === undefined) return undefined
  const port = endpoint.port === undefined ? '' : `:${endpoint.port}`
  return `${endpoint.protocol}//${endpoint.hostname}${port}`
}
