import { AwsError, type Input } from '../service.ts'
import { constraint, type Parameter } from './state.ts'

/** One page, by `MaxResults` (`most` unless told) and `NextToken`. @throws AwsError ValidationException, InvalidNextToken */
export function page<T>(items: readonly T[], input: Input, most: number): { items: readonly T[]; NextToken?: string } {
  const size = input['MaxResults'] === undefined ? most : Number(input['MaxResults'])
  if (!Number.isInteger(size) || size < 1) {
    throw constraint(String(size), 'maxResults', 'Member must have value greater than or equal to 1.')
  }
  if (size > most) throw constraint(String(size), 'maxResults', `Member must have value less than or equal to ${most}.`)
  const token = String(input['NextToken'] ?? '0')
  if (!/^\d{1,9}$/.test(token)) throw new AwsError('InvalidNextToken', 'The specified token is not valid.')
  const to = Number(token) + size
  return { items: items.slice(Number(token), to), ...(to < items.length ? { NextToken: String(to) } : {}) }
}

/** Whether a parameter lies below a path: directly, or anywhere when `recursive`. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`
  // Parameters without a path lie directly below the root.
  const full = name.startsWith('/') ? name : `/${name}`
  return full.startsWith(prefix) && (recursive || !full.slice(prefix.length).includes('/'))
}

type Matches = (parameter: Parameter) => boolean

/** What `ParameterFilters` let through. @throws AwsError InvalidFilterKey, InvalidFilterOption, InvalidFilterValue */
export function filterOf(input: Input): Matches {
  const given = Array.isArray(input['ParameterFilters']) ? (input['ParameterFilters'] as Input[]) : []
  const old = Array.isArray(input['Filters']) ? (input['Filters'] as Input[]) : []
  const all = [...given, ...old.map((filter) => ({ ...filter, Option: 'Equals' }) as Input)].map(oneFilter)
  return (parameter) => all.every((matches) => matches(parameter))
}

function oneFilter(filter: Input): Matches {
  const { Key: key } = filter
  const values = (Array.isArray(filter['Values']) ? filter['Values'] : []).map(String)
  const option = String(filter['Option'] ?? (key === 'Path' ? 'OneLevel' : 'Equals'))
  if (values.length === 0) throw new AwsError('InvalidFilterValue', 'The filter value is not valid.')
  const refuseOption = (): never => {
    throw new AwsError('InvalidFilterOption', `The following filter option is not valid: ${option}.`)
  }
  const compare: Record<string, (text: string, value: string) => boolean> = {
    Equals: (text, value) => text === value,
    BeginsWith: (text, value) => text.startsWith(value),
    Contains: (text, value) => text.includes(value),
  }
  const how = Object.hasOwn(compare, option) ? compare[option] : undefined
  const any = (text: string): boolean => values.some((value) => how?.(text, value) === true)
  if (key === 'Path') {
    if (option !== 'OneLevel' && option !== 'Recursive') return refuseOption()
    return ({ name }) => values.some((path) => isBelow(name, path, option === 'Recursive'))
  }
  if (key === 'Name') {
    if (how === undefined) return refuseOption()
    return ({ name }) => any(name)
  }
  if (key === 'Type') {
    if (how === undefined || option === 'Contains') return refuseOption()
    return ({ versions }) => any(versions.at(-1)?.type ?? '')
  }
  throw new AwsError('InvalidFilterKey', `The following filter key is not valid: ${String(key)}.`)
}
