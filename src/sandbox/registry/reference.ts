import { isDigest } from './digest.ts'

const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/

/** A repository's name by ECR's grammar, which is the distribution spec's with a length of 2 to 256. */
export const isRepositoryName = (text: string): boolean =>
  text.length >= 2 && text.length <= 256 && namePattern.test(text)

/** A tag by the distribution spec's grammar. */
export const isTag = (text: string): boolean => /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text)

/** An image reference, taken apart. `tag` is `latest` when the text gives neither a tag nor a digest. */
export interface ImageReference {
  readonly host: string
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Takes a reference apart as Docker does: what has no host is Docker Hub's. Undefined when it is no reference. */
export function parseReference(text: string): ImageReference | undefined {
  if (text.length > 1_000) return undefined
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) return undefined
  const named = at === -1 ? text : text.slice(0, at)
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  const tag = tagged ? named.slice(colon + 1) : digest === undefined ? 'latest' : undefined
  if (tag !== undefined && !isTag(tag)) return undefined
  const path = tagged ? named.slice(0, colon) : named
  const slash = path.indexOf('/')
  const first = slash === -1 ? '' : path.slice(0, slash)
  const hasHost = first === 'localhost' || /[.:]/.test(first)
  if (hasHost && !/^[a-zA-Z0-9.-]+(?::\d{1,5})?$/.test(first)) return undefined
  const host = hasHost ? first : 'docker.io'
  const rest = hasHost ? path.slice(slash + 1) : slash === -1 ? `library/${path}` : path
  return namePattern.test(rest) && rest.length <= 256 ? { host, repository: rest, tag, digest } : undefined
}
