import { UserError } from '../action/errors.ts'
import type { Row } from './render-rows.ts'
import { readInteger } from './setting-readers.ts'
import { readYaml } from './yaml-input.ts'

const systems = [
  'linux',
  'windows_server_2019_core',
  'windows_server_2019_full',
  'windows_server_2022_core',
  'windows_server_2022_full',
  'windows_server_2025_core',
  'windows_server_2025_full',
]

const architectures: Readonly<Record<string, string>> = {
  amd64: 'X86_64',
  x86_64: 'X86_64',
  arm64: 'ARM64',
  aarch64: 'ARM64',
}

/** Reads a platform such as `linux/arm64`, as images name it, into what ECS calls it. @throws UserError */
export function readRuntimePlatform(text: string): Row {
  const [system = '', architecture = '', ...more] = text.toLowerCase().split('/')
  const cpuArchitecture = Object.hasOwn(architectures, architecture) ? architectures[architecture] : undefined
  if (!systems.includes(system) || cpuArchitecture === undefined || more.length > 0) {
    throw new UserError(`expected a platform such as 'linux/arm64' or 'linux/amd64', got '${text}'`)
  }
  return { cpuArchitecture, operatingSystemFamily: system.toUpperCase() }
}

/** Reads GiB that a task has for itself, within what ECS takes. @throws UserError */
export const readEphemeralStorage = (text: string): { readonly sizeInGiB: number } => ({
  sizeInGiB: readInteger(21, 200)(text),
})

/** Reads volumes: a list as a task definition has it, or an object with the volumes by name; JSON or YAML. @throws UserError */
export function readVolumes(text: string): readonly Row[] {
  const value = readYaml(text)
  const rows: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? Object.entries(value).map(([name, volume]) => ({ name, ...(volume as Row | null) }))
      : []
  const isVolume = (row: unknown): row is Row =>
    typeof row === 'object' && row !== null && typeof (row as Row)['name'] === 'string'
  if (rows.length === 0 || !rows.every(isVolume)) {
    throw new UserError('expected a list of volumes, each with a name, or volumes by name')
  }
  const names = rows.map((row) => row['name'])
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new UserError(`the volume '${String(twice)}' is there twice`)
  return rows
}
