import type { Caller } from '../world.ts'
import { matchesWildcard } from './immutability.ts'

type Json = Record<string, unknown>

/**
 * Decides by a repository's policy whether a caller may do `action` (`ecr:BatchGetImage`): the account that owns it may
 * unless it is denied, another one only if it is allowed. A statement with conditions allows nothing here.
 */
export function allows(policy: string | undefined, owner: string, caller: Caller, action: string): boolean {
  const matching = statements(policy).filter(
    (statement) => named(statement['Principal'], caller) && acts(statement['Action'], action),
  )
  if (matching.some(({ Effect }) => Effect === 'Deny')) return false
  return (
    caller.accountId === owner ||
    matching.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined)
  )
}

/** The statements of a policy's text; none when there is none or it is not one. */
export function statements(policy: string | undefined): Json[] {
  if (policy === undefined) return []
  try {
    const found: unknown = (JSON.parse(policy) as Json | null)?.['Statement']
    return (Array.isArray(found) ? found : [found]).filter(
      (item): item is Json => typeof item === 'object' && item !== null,
    )
  } catch {
    return []
  }
}

const listed = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string')

function named(principal: unknown, caller: Caller): boolean {
  if (principal === '*') return true
  if (typeof principal !== 'object' || principal === null) return false
  return listed((principal as Json)['AWS']).some(
    (who) =>
      who === '*' || who === caller.accountId || who === caller.arn || who.endsWith(`::${caller.accountId}:root`),
  )
}

const acts = (actions: unknown, action: string): boolean =>
  listed(actions).some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()))
