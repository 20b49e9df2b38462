import { UserError } from '../action/errors.ts'

/** `host/repository`, with a tag, a digest, or both. */
export interface ImageReference {
  /** `123456789012.dkr.ecr.eu-west-1.amazonaws.com`, `127.0.0.1:5000`. */
  readonly host: string
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const hostForm =
  /^(?:localhost|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/
/** Source: "Pulling manifests" in the OCI distribution specification. */
const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tagForm = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/
export const digestForm = /^sha256:[0-9a-f]{64}$/

export const isRepositoryName = (text: string): boolean => text.length <= 255 && repositoryForm.test(text)
export const isTag = (text: string): boolean => tagForm.test(text)

/** Whether the first part of a path is a registry's host: it has a dot, a port, or is localhost. */
const looksLikeHost = (part: string): boolean => part.includes('.') || part.includes(':') || part === 'localhost'

/**
 * Reads a full image reference.
 * @throws UserError naming the part that is wrong
 */
export function parseImageReference(text: string): ImageReference {
  const bad = (why: string): UserError => new UserError(`'${text.slice(0, 200)}' is no image reference: ${why}`)
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !digestForm.test(digest)) throw bad('its digest is not sha256 and 64 hex digits')
  const named = at < 0 ? text : text.slice(0, at)
  const slash = named.indexOf('/')
  const host = slash < 0 ? '' : named.slice(0, slash)
  if (!looksLikeHost(host) || !hostForm.test(host)) throw bad("it does not begin with a registry's host")
  const rest = named.slice(slash + 1)
  const colon = rest.indexOf(':')
  const tag = colon < 0 ? undefined : rest.slice(colon + 1)
  const repository = colon < 0 ? rest : rest.slice(0, colon)
  if (!isRepositoryName(repository)) throw bad(`'${repository.slice(0, 100)}' is no repository name`)
  if (tag !== undefined && !isTag(tag)) throw bad(`'${tag.slice(0, 100)}' is no tag`)
  return { host, repository, tag, digest }
}

/** The text of a reference. */
export const printImageReference = ({ host, repository, tag, digest }: ImageReference): string =>
  `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`

/** A repository as the user names it: by name in the caller's own registry, or by URI. */
export function parseRepository(text: string): { readonly host: string | undefined; readonly name: string } {
  const first = text.split('/', 1)[0] ?? ''
  if (!looksLikeHost(first) || !text.includes('/')) {
    if (!isRepositoryName(text)) throw new UserError(`'${text.slice(0, 200)}' is no repository name`)
    return { host: undefined, name: text }
  }
  const { host, repository, tag, digest } = parseImageReference(text)
  if (tag !== undefined || digest !== undefined)
    throw new UserError(`'${text.slice(0, 200)}' is an image: expected a repository`)
  return { host, name: repository }
}
