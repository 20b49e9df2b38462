/**
 * Whether a message matches a filter pattern of terms: all plain terms, any of the `?` ones, none of the `-` ones; a quoted
 * term may hold spaces. Undefined for the JSON and space-delimited patterns, which the sandbox does not know.
 */
export function filterPattern(pattern: string): ((message: string) => boolean) | undefined {
  const text = pattern.trim()
  if (/^[{[%]/.test(text)) return undefined
  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, plain]) => ({
    sign,
    term: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
  }))
  const of = (wanted: string): string[] => terms.filter(({ sign }) => sign === wanted).map(({ term }) => term)
  const [all, any, none] = [of(''), of('?'), of('-')]
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term))
}
