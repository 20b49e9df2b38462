import type { SandboxClock } from '../clock.ts'
import type { Caller } from '../world.ts'
import type { Accounts } from './gateway.ts'
import { AwsError } from './service.ts'

/** Who temporary credentials stand for. */
export interface Session {
  readonly accountId: string
  readonly arn: string
  /** `AROA…:session` or the user's own id. */
  readonly userId: string
}

/** Temporary credentials, as STS hands them out. */
export interface Credentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  /** In the machine's time, which is what SDKs compare it with; a sped-up sandbox ends it on its own clock at that moment. */
  readonly Expiration: Date
}

/** Every access key of the sandbox: those that STS handed out, and any other, which is the default account's. */
export interface AccessKeys extends Accounts {
  issue(session: Session, lifetimeMs: number): Credentials
  /** The session of a caller with temporary credentials. */
  sessionOf(accessKeyId: string): Session | undefined
}

interface Ground {
  readonly accountId: string
  readonly clock: SandboxClock
  id(length: number, alphabet?: string): string
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function accessKeys({ accountId, clock, id }: Ground): AccessKeys {
  const sessions = new Map<string, Session & { readonly expiresAt: number }>()
  const realTime = (at: number): number => (clock.speed === 0 ? at : clock.epoch + (at - clock.epoch) / clock.speed)
  return {
    issue(session, lifetimeMs) {
      const AccessKeyId = `ASIA${id(16, upper)}`
      const expiresAt = clock.now() + lifetimeMs
      sessions.set(AccessKeyId, { ...session, expiresAt })
      return {
        AccessKeyId,
        SecretAccessKey: id(40),
        SessionToken: Buffer.from(id(96)).toString('base64'),
        Expiration: new Date(realTime(expiresAt)),
      }
    },
    sessionOf: (accessKeyId) => sessions.get(accessKeyId),
    callerOf(accessKeyId, region): Caller {
      const session = sessions.get(accessKeyId)
      if (session === undefined && accessKeyId.startsWith('ASIA')) {
        const message = 'The security token included in the request is invalid.'
        throw new AwsError('UnrecognizedClientException', message, 403)
      }
      if (session !== undefined && session.expiresAt <= clock.now()) {
        throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403)
      }
      return {
        accountId: session?.accountId ?? accountId,
        arn: session?.arn ?? `arn:aws:iam::${accountId}:user/sandbox`,
        region,
        accessKeyId,
      }
    },
  }
}
