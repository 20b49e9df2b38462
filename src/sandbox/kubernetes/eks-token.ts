import type { Accounts } from '../aws/gateway.ts'
import { AwsError } from '../aws/service.ts'

const prefix = 'k8s-aws-v1.'
/** A token counts for 15 minutes from its date (aws-iam-authenticator, `token.go`). */
const lifetimeMs = 15 * 60_000

/**
 * Whether a cluster lets a request in. A token of `aws eks get-token` is looked into as EKS does, but for the signature,
 * and so the cluster's name that is signed, since no secret key is known here; every other token, and none, is let in.
 */
export function letsIn(authorization: string | undefined, accounts: Pick<Accounts, 'callerOf'>, now: number): boolean {
  const token = /^Bearer (.*)$/i.exec(authorization ?? '')?.[1] ?? ''
  if (!token.startsWith(prefix)) return true
  const text = Buffer.from(token.slice(prefix.length), 'base64url').toString('utf8')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const asked = (name: string): string => url?.searchParams.get(name) ?? ''
  const [accessKeyId = '', , region = '', service] = asked('X-Amz-Credential').split('/')
  const date = asked('X-Amz-Date').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const age = now - Date.parse(date)
  if (asked('Action') !== 'GetCallerIdentity' || service !== 'sts' || asked('X-Amz-Signature') === '') return false
  if (!asked('X-Amz-SignedHeaders').split(';').includes('x-k8s-aws-id')) return false
  if (!(age >= -lifetimeMs && age < lifetimeMs)) return false
  try {
    accounts.callerOf(accessKeyId, region)
    return true
  } catch (error) {
    if (error instanceof AwsError) return false
    throw error
  }
}
