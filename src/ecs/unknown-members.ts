import { didYouMean } from '../action/closest.ts'
import type { Members } from './task-definition-members.ts'

/** Every member of a document that the published model does not have, with the path to it and the name that was probably meant. */
export function unknownMembers(value: unknown, known: Members, path = ''): readonly string[] {
  if (known === null || typeof value !== 'object' || value === null) return []
  if (Array.isArray(known)) {
    const [item] = known as readonly [Members]
    return Array.isArray(value)
      ? value.flatMap((entry, index) => unknownMembers(entry, item, `${path}[${nameOf(entry) ?? index}]`))
      : []
  }
  const members = known as { readonly [member: string]: Members }
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (Object.hasOwn(members, name)) return unknownMembers(inner, members[name] as Members, at)
    return [`${at} is not known to ECS${didYouMean(name, Object.keys(members))}`]
  })
}

const nameOf = (entry: unknown): string | undefined => {
  const name: unknown = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined
  return typeof name === 'string' && name !== '' ? name : undefined
}
