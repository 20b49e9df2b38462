import { createHash } from 'node:crypto'
import type { AccessKeys, Session } from './accounts.ts'
import { AwsError, type AwsService, type Input } from './service.ts'

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** AWS STS: who the caller is, and credentials for any role of any account. Trust policies are not asked. */
export const sts = (keys: AccessKeys): AwsService => ({
  name: 'sts',
  protocol: { kind: 'query', apiVersion: '2011-06-15', namespace },
  unsigned: ['AssumeRoleWithWebIdentity'],
  operations: {
    GetCallerIdentity: (_input, caller) => ({
      UserId: keys.sessionOf(caller.accessKeyId)?.userId ?? caller.accessKeyId.replace(/^AKIA/, 'AIDA'),
      Account: caller.accountId,
      Arn: caller.arn,
    }),

    AssumeRole(input, caller) {
      const chained = keys.sessionOf(caller.accessKeyId)?.arn.includes(':assumed-role/') === true
      const lifetime = duration(input, 3_600)
      if (chained && lifetime > 3_600) {
        const why = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
        throw new AwsError('ValidationError', why)
      }
      const session = sessionFor(input)
      return {
        Credentials: keys.issue(session, lifetime * 1_000),
        AssumedRoleUser: roleUser(session),
        PackedPolicySize: 1,
      }
    },

    AssumeRoleWithWebIdentity(input) {
      const { sub, aud, iss } = claims(input['WebIdentityToken'])
      const session = sessionFor(input)
      return {
        Credentials: keys.issue(session, duration(input, 3_600) * 1_000),
        AssumedRoleUser: roleUser(session),
        PackedPolicySize: 1,
        SubjectFromWebIdentityToken: sub,
        Audience: aud,
        Provider: iss,
      }
    },

    GetSessionToken(input, caller) {
      if (keys.sessionOf(caller.accessKeyId) !== undefined) {
        throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403)
      }
      const userId = caller.accessKeyId.replace(/^AKIA/, 'AIDA')
      const session = { accountId: caller.accountId, arn: caller.arn, userId }
      return { Credentials: keys.issue(session, duration(input, 43_200) * 1_000) }
    },
  },
})

function duration(input: Input, otherwise: number): number {
  const seconds = Number(input['DurationSeconds'] ?? otherwise)
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 129_600) {
    throw new AwsError('ValidationError', 'DurationSeconds must be from 900 to 129600')
  }
  return seconds
}

function sessionFor(input: Input): Session {
  const role = /^arn:([a-z-]+):iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,64})$/.exec(
    String(input['RoleArn'] ?? ''),
  )
  if (!role) throw new AwsError('ValidationError', `${input['RoleArn']} is invalid`)
  const name = String(input['RoleSessionName'] ?? '')
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    const why = `Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`
    throw new AwsError('ValidationError', why)
  }
  const [, partition, accountId = '', roleName] = role
  const id = createHash('sha256').update(`${accountId}/${roleName}`).digest('hex').slice(0, 17).toUpperCase()
  return {
    accountId,
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${name}`,
    userId: `AROA${id}:${name}`,
  }
}

const roleUser = ({ arn, userId }: Session) => ({ AssumedRoleId: userId, Arn: arn })

/** The claims of an OIDC token; its signature is not checked, for there is no provider to ask. */
function claims(token: unknown): { sub: string; aud: string | undefined; iss: string | undefined } {
  const parts = String(token ?? '').split('.')
  try {
    const json = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>
    const { sub, aud, iss } = json
    const first: unknown = Array.isArray(aud) ? aud[0] : aud
    const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
    if (parts.length === 3 && typeof sub === 'string') return { sub, aud: text(first), iss: text(iss) }
  } catch {
    // Said below, in the service's words.
  }
  const why = 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'
  throw new AwsError('InvalidIdentityToken', why)
}
