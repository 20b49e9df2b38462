import { createHash } from 'node:crypto'
import type { Caller } from '../../world.ts'
import { AwsError } from '../service.ts'

export type ParameterType = 'String' | 'StringList' | 'SecureString'
export type Tier = 'Standard' | 'Advanced'

/** One value that a parameter had. */
export interface ParameterVersion {
  readonly version: number
  readonly type: ParameterType
  readonly value: string
  readonly description: string | undefined
  readonly allowedPattern: string | undefined
  readonly keyId: string | undefined
  readonly tier: Tier
  /** Sandbox time, ms since the epoch. */
  readonly modifiedAt: number
  readonly modifiedBy: string
}

export interface Parameter {
  readonly name: string
  readonly arn: string
  /** Oldest first; never empty. */
  readonly versions: ParameterVersion[]
  readonly tags: Map<string, string>
}

/** One account's parameters in one region, by name. */
export type Parameters = Map<string, Parameter>

export const validation = (message: string): AwsError => new AwsError('ValidationException', message)

export const constraint = (value: string, member: string, rule: string): AwsError =>
  validation(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`)

export const parameterArn = ({ region, accountId }: Caller, name: string): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`

const mix =
  'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

/** Holds a new parameter's name against the rules of names. @throws AwsError ValidationException, HierarchyLevelLimitExceededException */
export function checkName(name: string): void {
  if (name === '') throw constraint('', 'name', 'Member must have length greater than or equal to 1.')
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw validation(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). ${mix}`)
  }
  if (name.includes('/') && !name.startsWith('/')) throw validation('Parameter name must be a fully qualified name.')
  if (!/^(\/[A-Za-z0-9._-]+)+$|^[A-Za-z0-9._-]+$/.test(name) || name.length > 1_011) {
    throw validation(`Parameter name: can't be prefixed with "ssm" (case-insensitive). ${mix}`)
  }
  if (name.split('/').length > 16) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names.',
    )
  }
}

/** A parameter and the version that a reference means. */
export interface Found {
  readonly parameter: Parameter
  readonly version: ParameterVersion
  /** `:3`, where the reference asked for one. */
  readonly selector: string | undefined
}

/**
 * What a name, `name:version` or an ARN of this account and region means; undefined when there is no such parameter.
 * @throws AwsError ParameterVersionNotFound
 */
export function findParameter(parameters: Parameters, caller: Caller, reference: string): Found | undefined {
  const [, region, account, path = ''] = /^arn:[a-z-]+:ssm:([a-z0-9-]+):(\d{12}):parameter(\/.+)$/.exec(reference) ?? []
  if (region !== undefined && (region !== caller.region || account !== caller.accountId)) return undefined
  const [name = '', wanted] = (region === undefined ? reference : path).split(':')
  // The ARN of a name without a path has a slash that the name has not.
  const parameter = parameters.get(name) ?? (region === undefined ? undefined : parameters.get(name.slice(1)))
  if (parameter === undefined) return undefined
  const version =
    wanted === undefined
      ? parameter.versions.at(-1)
      : parameter.versions.find((candidate) => String(candidate.version) === wanted)
  if (version === undefined) {
    const message = `Systems Manager could not find version ${wanted} of ${parameter.name}. Verify the version and try again.`
    throw new AwsError('ParameterVersionNotFound', message)
  }
  return { parameter, version, selector: wanted === undefined ? undefined : `:${wanted}` }
}

/** What a SecureString looks like to who has not asked for its decryption: not to be read back. */
const encrypted = (value: string): string =>
  `AQICAH${createHash('sha512').update(`sandbox\0${value}`).digest('base64').replace(/=+$/, '')}`

/** A parameter as GetParameter shows it. */
export const describeParameter = ({ parameter, version, selector }: Found, decrypt: boolean) => ({
  Name: parameter.name,
  Type: version.type,
  Value: version.type === 'SecureString' && !decrypt ? encrypted(version.value) : version.value,
  Version: version.version,
  Selector: selector,
  LastModifiedDate: Math.round(version.modifiedAt) / 1_000,
  ARN: parameter.arn,
  DataType: 'text',
})
