/** `$NAME` or `${NAME}` as a whole item: all of the text, or what stands between commas and line ends, or behind `KEY=`. */
const reference =
  /(^|[,\n]|[\n,][^=,\n]*=|^[^=,\n]*=)([ \t]*)\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))(?=[ \t]*(?:[,\n]|$))/g

export interface Resolved {
  readonly text: string
  /** Variables that were named and are not set. */
  readonly missing: readonly string[]
}

/**
 * Puts the values of variables in the place of their names. GitLab's templates hand inputs over unexpanded, so that no value is ever
 * read as code; an output of an earlier job (`image: $BUILD_IMAGE`) is looked up here, once, and what it holds is not looked at again.
 * A `$` in any other place stays as it is.
 */
export function resolveReferences(text: string, env: NodeJS.ProcessEnv): Resolved {
  const missing: string[] = []
  const resolved = text.replaceAll(reference, (_, before: string, space: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? ''
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    if (value === undefined) missing.push(name)
    return `${before}${space}${value ?? ''}`
  })
  return { text: resolved, missing }
}
