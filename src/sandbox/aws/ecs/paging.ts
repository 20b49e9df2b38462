import { AwsError, type Input } from '../service.ts'

/** One page of a list, by `maxResults` (`usual` unless told) and `nextToken`; at most `most` at a time. @throws AwsError InvalidParameterException */
export function page<T>(
  items: readonly T[],
  input: Input,
  most = 100,
  usual = most,
): { items: readonly T[]; nextToken?: string } {
  const size = input['maxResults'] === undefined ? usual : Number(input['maxResults'])
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new AwsError('InvalidParameterException', `maxResults must be between 1 and ${most}.`)
  }
  const token = input['nextToken'] === undefined ? '0' : String(input['nextToken'])
  if (!/^\d{1,9}$/.test(token)) throw new AwsError('InvalidParameterException', 'Invalid token.')
  const from = Number(token)
  const rest = from + size < items.length ? { nextToken: String(from + size) } : {}
  return { items: items.slice(from, from + size), ...rest }
}
