import { closest } from '../action/closest.ts'
import { InputError, UserError } from '../action/errors.ts'
import { readCommand } from './command-words.ts'
import { readTexts, readVariables } from './environment-input.ts'
import { readHealthCheck } from './health-check.ts'
import { readMountPoints } from './mount-points.ts'
import { readPortMappings } from './port-mappings.ts'
import type { ContainerChange } from './render-container.ts'
import { readFlag, readInteger, readMebibytes, readNames, readSeconds, readText } from './setting-readers.ts'
import { readYaml, readYamlTexts } from './yaml-input.ts'

/** What is asked for one container: the change, and where more of its variables and secrets are to be read from. */
export interface ContainerSettings extends ContainerChange {
  /** Paths of env, JSON or YAML files. */
  readonly environmentFrom?: readonly string[] | undefined
  /** Paths of parameters, such as `/uk/prod/orders/`. */
  readonly secretsFromParameters?: readonly string[] | undefined
  /** Names or ARNs of secrets whose keys are meant. */
  readonly secretsFromSecret?: readonly string[] | undefined
}

type Reader = (value: unknown) => unknown

/** Settings by name: how each is read, from its text or from a value of JSON or YAML. */
export const containerSettings = {
  image: readText,
  environment: (value) => readVariables(value),
  environmentFrom: readNames,
  removeEnvironment: readNames,
  replaceEnvironment: readFlag,
  environmentFiles: readNames,
  secrets: (value) => readVariables(value, 'valueFrom'),
  secretsFromParameters: readPaths,
  secretsFromSecret: readNames,
  removeSecrets: readNames,
  replaceSecrets: readFlag,
  logDriver: readText,
  logOptions: (value) => readTexts(value),
  logSecretOptions: (value) => readTexts(value, 'valueFrom'),
  dockerLabels: (value) => readTexts(value),
  command: readCommand,
  entryPoint: readCommand,
  cpu: readInteger(0, 196_608),
  memory: readMebibytes,
  memoryReservation: readMebibytes,
  portMappings: readPortMappings,
  healthCheck: readHealthCheck,
  mountPoints: readMountPoints,
  essential: readFlag,
  user: readText,
  workingDirectory: readText,
  stopTimeout: readSeconds(0, 3_600),
  readonlyRootFilesystem: readFlag,
} as const satisfies Record<keyof ContainerSettings, Reader>

function readPaths(value: unknown): readonly string[] {
  const paths = readNames(value)
  const wrong = paths.filter((path) => !path.startsWith('/'))
  if (wrong.length > 0) throw new UserError(`expected paths that begin with '/', got '${wrong.join("', '")}'`)
  return paths
}

/** Settings whose values are texts whatever they look like: `1.10` and `yes` stay as they are written. */
const textual: readonly string[] = [
  'environment',
  'secrets',
  'logOptions',
  'logSecretOptions',
  'dockerLabels',
  'command',
  'entryPoint',
  'user',
]

/** Other names of settings: those of the inputs that are for one container. */
const aliases: Readonly<Record<string, keyof ContainerSettings>> = {
  environmentVariables: 'environment',
  envFiles: 'environmentFiles',
  logConfigurationLogDriver: 'logDriver',
  logConfigurationOptions: 'logOptions',
  logConfigurationSecretOptions: 'logSecretOptions',
  ports: 'portMappings',
  containerCpu: 'cpu',
  containerMemory: 'memory',
  containerMemoryReservation: 'memoryReservation',
}

const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const settingNames = Object.keys(containerSettings)

/**
 * Reads the settings of several containers from JSON or YAML: `{ container: { setting: value } }`. A setting is written
 * `memory-reservation` or `memoryReservation`.
 * @throws InputError with every problem
 */
export function readContainers(text: string): Readonly<Record<string, ContainerSettings>> {
  const values = record(readYaml(text))
  const texts = record(readYamlTexts(text))
  const problems: string[] = []
  const found = Object.entries(values).map(([container, settings]): [string, ContainerSettings] => {
    if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
      problems.push(`${container}: expected settings by name`)
      return [container, {}]
    }
    const own = record(texts[container])
    const read: Record<string, unknown> = {}
    for (const [written, value] of Object.entries(settings)) {
      const plain = camel(written)
      const name = aliases[plain] ?? plain
      if (!settingNames.includes(name)) {
        problems.push(`${container}: there is no setting '${written}'${meant(plain)}`)
        continue
      }
      if (Object.hasOwn(read, name)) problems.push(`${container}: ${kebab(name)} is there twice`)
      try {
        read[name] = containerSettings[name as keyof ContainerSettings](textual.includes(name) ? own[written] : value)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        const lines = error instanceof InputError ? error.problems : [error.message]
        problems.push(...lines.map((line) => `${container}: ${written}: ${line}`))
      }
    }
    return [container, read]
  })
  if (problems.length > 0) throw new InputError(problems)
  return Object.fromEntries(found)
}

const meant = (name: string): string => {
  const near = closest(name, settingNames)
  return near === undefined ? ` (there are ${settingNames.map(kebab).join(', ')})` : `, did you mean '${kebab(near)}'?`
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UserError('expected JSON or YAML with settings for each container')
}
