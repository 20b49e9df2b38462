/** Where a variable's secret is read from, and what it was made of, for people. */
export interface SecretReference {
  readonly name: string
  /** ARN of a parameter, or of a secret with the key in it. */
  readonly valueFrom: string
  readonly from: string
}

/** A parameter as its listing has it. */
export interface Parameter {
  readonly name: string
  readonly arn: string
}

/** `db-password` becomes DB_PASSWORD: upper case, and `_` for everything that a variable's name cannot have. */
export const variableOf = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9_]/g, '_')

/** Variables for parameters, named after the last part of each one's path. */
export const parameterReferences = (parameters: readonly Parameter[]): readonly SecretReference[] =>
  parameters.map(({ name, arn }) => ({
    name: variableOf(name.split('/').at(-1) ?? ''),
    valueFrom: arn,
    from: `the parameter ${name}`,
  }))

/** Variables for the keys of a secret: `<arn>:<key>::`. */
export const secretKeyReferences = (arn: string, keys: readonly string[]): readonly SecretReference[] =>
  keys.map((key) => ({ name: variableOf(key), valueFrom: `${arn}:${key}::`, from: `the key ${key} of ${arn}` }))

/** What cannot become variables: names that two have, names that no variable can have, keys that a reference cannot carry. A line each. */
export function referenceProblems(references: readonly SecretReference[]): readonly string[] {
  const problems: string[] = []
  const first = new Map<string, SecretReference>()
  for (const reference of references) {
    const { name, from } = reference
    const other = first.get(name)
    if (other === undefined) first.set(name, reference)
    else problems.push(`${other.from} and ${from} both make the variable ${name}`)
    if (!/^[A-Z_]/.test(name)) problems.push(`${from} makes '${name}', which is no name for a variable`)
  }
  return problems
}

/** Keys of a secret that a reference cannot carry, since it is cut at colons. */
export const unfitKeys = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => key === '' || key.includes(':'))
