import { createHash } from 'node:crypto'
import type { SandboxClock } from '../clock.ts'
import type { Caller } from '../world.ts'

/** The passwords that GetAuthorizationToken hands out, and whom each stands for. */
export interface Tokens {
  /** A password for `caller`, and when it ends (sandbox time, ms). */
  issue(caller: Caller): { readonly password: string; readonly expiresAt: number }
  /** Whom an `Authorization` header stands for. */
  check(authorization: string | undefined): Caller | 'missing' | 'invalid' | 'expired'
}

/** As long as ECR's: 12 hours. */
const lifetimeMs = 12 * 60 * 60 * 1_000

export function tokens(clock: SandboxClock, id: (length: number) => string): Tokens {
  const issued = new Map<string, { caller: Caller; expiresAt: number }>()
  const keyOf = (password: string): string => createHash('sha256').update(password).digest('hex')
  return {
    issue(caller) {
      const expiresAt = clock.now() + lifetimeMs
      const payload = { payload: id(64), version: '2', type: 'DATA_KEY', expiration: Math.floor(expiresAt / 1_000) }
      const password = Buffer.from(JSON.stringify(payload)).toString('base64')
      issued.set(keyOf(password), { caller, expiresAt })
      return { password, expiresAt }
    },
    check(authorization) {
      if (authorization === undefined) return 'missing'
      const encoded = /^Basic ([A-Za-z0-9+/=_-]{1,8192})$/i.exec(authorization)?.[1]
      const [user, ...password] = Buffer.from(encoded ?? '', 'base64')
        .toString('utf8')
        .split(':')
      const found = user === 'AWS' ? issued.get(keyOf(password.join(':'))) : undefined
      if (found === undefined) return 'invalid'
      return found.expiresAt <= clock.now() ? 'expired' : found.caller
    },
  }
}
