import { readFile } from 'node:fs/promises'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import type { ContainerSettings } from './container-settings.ts'
import { readVariablesFile, type TextsByName } from './environment-input.ts'
import type { ContainerChange } from './render-container.ts'
import { findSecrets, type SecretStore } from './secret-sources.ts'

type ByContainer<T> = Readonly<Record<string, T>>

const largestFile = 1024 * 1024

/** Settings for several containers at once under those of single ones: names and texts add up, the single one's go first. */
export function mergedSettings(common: ContainerSettings, own: ContainerSettings): ContainerSettings {
  const merged: Record<string, unknown> = { ...common }
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) continue
    const before = merged[name]
    const texts = isTexts(name) && before !== undefined
    merged[name] = texts ? { ...(before as TextsByName), ...(value as TextsByName) } : value
  }
  return merged
}

const isTexts = (name: string): boolean =>
  ['environment', 'secrets', 'logOptions', 'logSecretOptions', 'dockerLabels'].includes(name)

/** The changes with the variables of files in them; what could not be read or stands twice is told, a line each. */
export async function withVariablesOfFiles(
  settings: ByContainer<ContainerSettings>,
): Promise<{ readonly settings: ByContainer<ContainerSettings>; readonly problems: readonly string[] }> {
  const problems: string[] = []
  const files = [...new Set(Object.values(settings).flatMap(({ environmentFrom }) => environmentFrom ?? []))]
  const variables = new Map<string, TextsByName>()
  for (const file of files) {
    try {
      variables.set(file, await readVariablesOf(file))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  const next = Object.entries(settings).map(([container, setting]): [string, ContainerSettings] => {
    const { environmentFrom, ...rest } = setting
    const all = [setting.environment, ...(environmentFrom ?? []).map((file) => variables.get(file))]
    const { texts, twice } = together(all)
    problems.push(...twice.map((name) => `${container}: the variable ${name} is given by two inputs`))
    return [container, { ...rest, environment: texts }]
  })
  return { settings: Object.fromEntries(next), problems }
}

async function readVariablesOf(file: string): Promise<TextsByName> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new InputError([`cannot read the variables in '${file}': ${messageOf(error)}`])
  }
  if (text.length > largestFile) throw new InputError([`${file}: is larger than 1 MiB`])
  try {
    return readVariablesFile(text, file)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const lines = error instanceof InputError ? error.problems : [error.message]
    throw new InputError(lines.map((line) => `${file}: ${line}`))
  }
}

/** The settings without what is only known after something else was read. */
export const knownChanges = (settings: ByContainer<ContainerSettings>): ByContainer<ContainerChange> =>
  Object.fromEntries(
    Object.entries(settings).map(([container, setting]): [string, ContainerChange] => {
      const { environmentFrom: _, secretsFromParameters: __, secretsFromSecret: ___, ...change } = setting
      return [container, change]
    }),
  )

/** The changes with the secrets of paths and of keys in them; each place is looked up once. @throws InputError */
export async function withSecretsOfStores(
  settings: ByContainer<ContainerSettings>,
  recursive: boolean,
  store: () => SecretStore,
  signal: AbortSignal,
): Promise<ByContainer<ContainerChange>> {
  const problems: string[] = []
  const changes: Record<string, ContainerChange> = { ...knownChanges(settings) }
  const lookUps = new Map<string, Promise<TextsByName>>()
  for (const [container, { secrets, secretsFromParameters, secretsFromSecret }] of Object.entries(settings)) {
    if (secretsFromParameters === undefined && secretsFromSecret === undefined) continue
    const wanted = { paths: secretsFromParameters ?? [], recursive, secrets: secretsFromSecret ?? [] }
    const key = JSON.stringify(wanted)
    const lookUp = lookUps.get(key) ?? references(wanted, store(), signal)
    lookUps.set(key, lookUp)
    try {
      const { texts, twice } = together([secrets, await lookUp])
      problems.push(...twice.map((name) => `${container}: the secret ${name} is given by two inputs`))
      changes[container] = { ...changes[container], secrets: texts }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputError([...new Set(problems)])
  return changes
}

const references = async (...wanted: Parameters<typeof findSecrets>): Promise<TextsByName> =>
  Object.fromEntries((await findSecrets(...wanted)).map(({ name, valueFrom }) => [name, valueFrom]))

/** All of them in one, undefined when there is none, and the names that two have. */
function together(all: readonly (TextsByName | undefined)[]): {
  readonly texts: TextsByName | undefined
  readonly twice: readonly string[]
} {
  const given = all.filter((texts) => texts !== undefined)
  const rows = given.flatMap((texts) => Object.entries(texts))
  const names = rows.map(([name]) => name)
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
  return { texts: given.length === 0 ? undefined : Object.fromEntries(rows), twice }
}
