import { readFile } from 'node:fs/promises'
import { InputError, messageOf, UserError } from '../action/errors.ts'
import type { ContainerSettings } from './container-settings.ts'
import { readVariablesFile, type TextsByName } from './environment-input.ts'
import type { ContainerChange } from './render-container.ts'
import { findSecrets, type SecretStore } from './secret-sources.ts'

const largestFile = 1024 * 1024

/** The changes with the variables of files and the secrets of stores in them, container by container. @throws InputError */
export async function containerChanges(
  settings: Readonly<Record<string, ContainerSettings>>,
  recursive: boolean,
  store: () => SecretStore,
  signal: AbortSignal,
): Promise<Readonly<Record<string, ContainerChange>>> {
  const problems: string[] = []
  const changes: Record<string, ContainerChange> = {}
  const variables = new Map<string, Promise<TextsByName>>()
  for (const [container, { environmentFrom, secretsFromParameters, secretsFromSecret, ...change }] of Object.entries(
    settings,
  )) {
    const environments = [change.environment]
    for (const file of environmentFrom ?? []) {
      const read = variables.get(file) ?? readVariablesOf(file)
      variables.set(file, read)
      environments.push(await collected(read, problems))
    }
    const secrets = [change.secrets]
    if (secretsFromParameters !== undefined || secretsFromSecret !== undefined) {
      const wanted = { paths: secretsFromParameters ?? [], recursive, secrets: secretsFromSecret ?? [] }
      const found = await collected(findSecrets(wanted, store(), signal), problems)
      if (found !== undefined) secrets.push(Object.fromEntries(found.map(({ name, valueFrom }) => [name, valueFrom])))
    }
    changes[container] = {
      ...change,
      environment: together(environments, `${container}: the variable`, problems),
      secrets: together(secrets, `${container}: the secret`, problems),
    }
  }
  if (problems.length > 0) throw new InputError([...new Set(problems)])
  return changes
}

async function collected<T>(reading: Promise<T>, problems: string[]): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
    return undefined
  }
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

/** All of them in one; a name that two have is a problem. Undefined when none was asked for. */
function together(
  all: readonly (TextsByName | undefined)[],
  what: string,
  problems: string[],
): TextsByName | undefined {
  const given = all.filter((texts) => texts !== undefined)
  if (given.length === 0) return undefined
  const rows = given.flatMap((texts) => Object.entries(texts))
  const names = rows.map(([name]) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  for (const name of twice) problems.push(`${what} ${name} is given by two inputs`)
  return Object.fromEntries(rows)
}
