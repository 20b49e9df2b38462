import type { Fields } from '../object.ts'

export const conditionOf = (status: Fields | undefined, type: string): Fields | undefined =>
  ((status?.['conditions'] ?? []) as Fields[]).find((one) => one['type'] === type)

export const isTrue = (status: Fields | undefined, type: string): boolean =>
  conditionOf(status, type)?.['status'] === 'True'

/** Conditions with one set: its transition time moves only when its status does. */
export function withCondition(conditions: readonly Fields[], next: Fields, now: string): Fields[] {
  const old = conditions.find((one) => one['type'] === next['type'])
  const lastTransitionTime = old?.['status'] === next['status'] ? old?.['lastTransitionTime'] : now
  const made = { ...next, lastTransitionTime }
  return old === undefined ? [...conditions, made] : conditions.map((one) => (one === old ? made : one))
}
