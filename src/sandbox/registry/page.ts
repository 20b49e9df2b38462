import { OciError } from './oci-error.ts'

/** One page of a sorted list by the spec's `n` and `last`, and the Link header to the next. */
export function page(
  url: URL,
  names: readonly string[],
): { readonly items: string[] /** For the answer's headers. */; readonly link: Record<string, string> } {
  const asked = url.searchParams.get('n')
  const size = asked === null ? 1_000 : Number(asked)
  if (!Number.isSafeInteger(size) || size < 0 || size > 1_000) {
    throw new OciError(400, 'PAGINATION_NUMBER_INVALID', 'n is a number from 0 to 1000')
  }
  const last = url.searchParams.get('last')
  const left = [...names].sort().filter((name) => last === null || name > last)
  const items = left.slice(0, size)
  const more = size > 0 && left.length > size
  const next = new URLSearchParams({ n: String(size), last: items.at(-1) ?? '' })
  return { items, link: more ? { link: `<${url.pathname}?${next}>; rel="next"` } : {} }
}
