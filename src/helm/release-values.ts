import { UserError } from '../action/errors.ts'
import type { CronWish } from './cron-jobs.ts'

/** A tree of values as a values file holds it. */
export type ValuesTree = { [key: string]: unknown }

/** Keys that a service's chart gives the image's parts by. */
export interface ImageKeys {
  /** Gets the whole reference; then the other three are not used. */
  readonly reference: string | undefined
  readonly repository: string
  readonly digest: string
  readonly tag: string
}

/** What the inputs say of a release's values, apart from values files. */
export interface GivenValues {
  readonly set: Readonly<Record<string, string>>
  readonly setString: Readonly<Record<string, string>>
  readonly image: string | undefined
  readonly imageKeys: ImageKeys
  readonly cron: CronWish | undefined
}

/**
 * The values of the inputs as one tree, to be written into a file that only this user can read:
 * on a command line every process of the machine could read them.
 * @throws UserError for keys that helm's `--set` takes and a values file cannot express
 */
export function valuesTree(given: GivenValues): ValuesTree {
  const tree: ValuesTree = {}
  for (const [key, value] of Object.entries(given.set)) put(tree, key, typedValue(value))
  for (const [key, value] of Object.entries(given.setString)) put(tree, key, value)
  if (given.image !== undefined) putImage(tree, given.image, given.imageKeys)
  if (given.cron !== undefined) put(tree, given.cron.value, given.cron.state === 'suspended')
  return tree
}

function putImage(tree: ValuesTree, image: string, keys: ImageKeys): void {
  if (keys.reference !== undefined) {
    put(tree, keys.reference, image)
    return
  }
  const { repository, tag, digest } = splitImage(image)
  put(tree, keys.repository, repository)
  if (digest !== undefined) put(tree, keys.digest, digest)
  if (tag !== undefined) put(tree, keys.tag, tag)
}

/** `registry:5000/app:1.2@sha256:…` in its parts. @throws UserError when it is no image reference */
export function splitImage(image: string): {
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
} {
  const match = /^(?<repository>[^\s@]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
    image,
  )
  const { repository, tag, digest } = match?.groups ?? {}
  if (repository === undefined) throw new UserError(`'${image.slice(0, 200)}' is no image reference`)
  return { repository, tag, digest }
}

/** A value typed as helm's `--set` types it: true, false, null and whole numbers are such, `{a,b}` is a list, all else is text. */
export function typedValue(text: string): unknown {
  if (/^\{.*\}$/s.test(text)) {
    const inner = text.slice(1, -1)
    return inner === '' ? [] : inner.split(',').map((item) => typedValue(item.trim()))
  }
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  if (/^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  return text
}

/** `a.b\.c.d` in its parts: a backslash keeps the dot after it. */
export function keyPath(key: string): readonly string[] {
  const parts = key.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'))
  const bad = parts.find((part) => part === '' || part === '__proto__')
  if (bad !== undefined) throw new UserError(`'${key}' is no key of values: expected a form such as 'image.tag'`)
  if (parts.some((part) => /\[\d*\]/.test(part))) {
    throw new UserError(`'${key}' sets an item of a list: put the whole list in a values file`)
  }
  return parts
}

function put(tree: ValuesTree, key: string, value: unknown): void {
  const path = keyPath(key)
  let at = tree
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined
    if (typeof next === 'object' && next !== null && !Array.isArray(next)) at = next as ValuesTree
    else {
      const made: ValuesTree = {}
      at[part] = made
      at = made
    }
  }
  at[path.at(-1) as string] = value
}
