import { badRequest } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'

export type Matcher = (object: KubeObject) => boolean

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

/** A `labelSelector` parameter: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. @throws ApiFailure */
export function labelSelector(text: string): Matcher {
  const tests: LabelTest[] = []
  for (const [part] of text.matchAll(/(?:\([^)]*\)|[^,(])+/g)) {
    const term = part.trim()
    if (term === '') continue
    const among = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term)
    const equal = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term)
    const exists = /^(!?)\s*([\w./-]+)$/.exec(term)
    if (among) {
      const [, key = '', operator, list = ''] = among
      const values = new Set(list.split(',').map((value) => value.trim()))
      tests.push((labels) => (labels[key] !== undefined && values.has(labels[key])) === (operator === 'in'))
    } else if (equal) {
      const [, key = '', operator, value = ''] = equal
      tests.push((labels) => (labels[key] === value) === (operator !== '!='))
    } else if (exists) {
      const [, not, key = ''] = exists
      tests.push((labels) => (labels[key] !== undefined) === (not === ''))
    } else throw badRequest(`unable to parse requirement: found '${term}', expected: a selector`)
  }
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}))
}

/** A `fieldSelector` parameter: `metadata.name=x,status.phase!=Running`. @throws ApiFailure */
export function fieldSelector(text: string): Matcher {
  const tests = text
    .split(',')
    .filter((term) => term !== '')
    .map((term): Matcher => {
      const match = /^([^!=]+)(==|=|!=)(.*)$/.exec(term)
      if (!match) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`)
      const [, path = '', operator, value = ''] = match
      return (object) => {
        let at: unknown = object
        for (const step of path.split('.')) at = (at as Fields | undefined)?.[step]
        return (String(at ?? '') === value) === (operator !== '!=')
      }
    })
  return (object) => tests.every((test) => test(object))
}

/** A LabelSelector of a spec. An absent one matches nothing, an empty one everything. */
export function matchesSelector(selector: Fields | undefined, labels: Readonly<Record<string, string>> = {}): boolean {
  if (selector === undefined) return false
  for (const [key, value] of Object.entries(selector['matchLabels'] ?? {})) if (labels[key] !== value) return false
  for (const { key, operator, values = [] } of (selector['matchExpressions'] ?? []) as Fields[]) {
    const value = labels[key]
    if (operator === 'In' && !(value !== undefined && values.includes(value))) return false
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false
    if (operator === 'Exists' && value === undefined) return false
    if (operator === 'DoesNotExist' && value !== undefined) return false
  }
  return true
}
