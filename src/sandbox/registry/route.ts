/** What a request to the distribution API is about. Names and references are as they came: not yet checked. */
export type Route =
  | { readonly kind: 'base' }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'manifest'; readonly name: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly name: string; readonly digest: string }
  | { readonly kind: 'uploads' | 'tags'; readonly name: string }
  | { readonly kind: 'upload'; readonly name: string; readonly id: string }
  | { readonly kind: 'referrers'; readonly name: string; readonly digest: string }

/** Reads the path below `/v2`; undefined when the API has no such path. */
export function route(path: string): Route | undefined {
  if (path === '/v2' || path === '/v2/') return { kind: 'base' }
  const parts = decode(path)?.split('/')
  if (parts === undefined || parts[0] !== '' || parts[1] !== 'v2') return undefined
  const rest = parts.slice(2)
  if (rest.length === 1 && rest[0] === '_catalog') return { kind: 'catalog' }
  const last = rest.at(-1) ?? ''
  const before = rest.at(-2)
  const name = (from: number): string => rest.slice(0, -from).join('/')
  if (rest.length < 3) return undefined
  if (rest.at(-3) === 'blobs' && before === 'uploads') {
    return last === '' ? { kind: 'uploads', name: name(3) } : { kind: 'upload', name: name(3), id: last }
  }
  if (before === 'blobs' && last === 'uploads') return { kind: 'uploads', name: name(2) }
  if (before === 'manifests') return { kind: 'manifest', name: name(2), reference: last }
  if (before === 'blobs') return { kind: 'blob', name: name(2), digest: last }
  if (before === 'tags' && last === 'list') return { kind: 'tags', name: name(2) }
  if (before === 'referrers') return { kind: 'referrers', name: name(2), digest: last }
  return undefined
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
