import type { Caller } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'

/** One value that a secret had. */
export interface SecretVersion {
  readonly id: string
  readonly text: string | undefined
  /** Base64. */
  readonly binary: string | undefined
  readonly stages: Set<string>
  /** Sandbox time, ms since the epoch. */
  readonly createdAt: number
}

export interface Secret {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  readonly versions: Map<string, SecretVersion>
  readonly tags: Map<string, string>
  description: string | undefined
  keyId: string | undefined
  changedAt: number
  accessedAt: number | undefined
  /** While it waits for its end. */
  deletedAt: number | undefined
}

/** One account's secrets in one region, by name. */
export type Secrets = Map<string, Secret>

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message)
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message)
export const missing = (what = 'the specified secret.'): AwsError =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find ${what}`)

/**
 * A secret by its name, its ARN, or its ARN without the six characters that AWS adds.
 * @throws AwsError ResourceNotFoundException
 */
export function secretOf(secrets: Secrets, caller: Caller, input: Input): Secret {
  const reference = String(input['SecretId'] ?? '')
  const prefix = `arn:aws:secretsmanager:${caller.region}:${caller.accountId}:secret:`
  const found = reference.startsWith('arn:')
    ? [...secrets.values()].find(({ arn, name }) => arn === reference || `${prefix}${name}` === reference)
    : secrets.get(reference)
  if (found === undefined) throw missing()
  return found
}

/** A secret that is not on its way out. @throws AwsError ResourceNotFoundException, InvalidRequestException */
export function livingSecret(secrets: Secrets, caller: Caller, input: Input): Secret {
  const secret = secretOf(secrets, caller, input)
  if (secret.deletedAt === undefined) return secret
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.")
}

/** The version that a request means: by its id, by its stage, else the current one. @throws AwsError ResourceNotFoundException, InvalidRequestException */
export function versionOf(secret: Secret, input: Input): SecretVersion {
  const { VersionId: id, VersionStage: stage } = input
  if (id !== undefined) {
    const version = secret.versions.get(String(id))
    if (version === undefined) throw missing(`the specified secret value for VersionId: ${id}`)
    if (stage !== undefined && !version.stages.has(String(stage))) {
      throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.')
    }
    return version
  }
  const wanted = String(stage ?? 'AWSCURRENT')
  const version = [...secret.versions.values()].find(({ stages }) => stages.has(wanted))
  if (version === undefined) throw missing(`the specified secret value for staging label: ${wanted}`)
  return version
}

/** Gives a version its stages; a stage has one version, and who loses AWSCURRENT is AWSPREVIOUS from then on. */
export function moveStages(secret: Secret, version: SecretVersion, stages: readonly string[]): void {
  for (const stage of stages) {
    const holder = [...secret.versions.values()].find((other) => other !== version && other.stages.has(stage))
    holder?.stages.delete(stage)
    version.stages.add(stage)
    if (stage !== 'AWSCURRENT' || holder === undefined) continue
    for (const other of secret.versions.values()) other.stages.delete('AWSPREVIOUS')
    holder.stages.add('AWSPREVIOUS')
  }
  // A version without a stage is deprecated: the service forgets it sooner or later.
  const loose = [...secret.versions.values()].filter(({ stages }) => stages.size === 0)
  for (const { id } of loose.slice(0, Math.max(0, loose.length - 100))) secret.versions.delete(id)
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.round(ms) / 1_000)

/** The day, as the service keeps when a secret was last read. */
const dayOf = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.floor(ms / 86_400_000) * 86_400

/** What DescribeSecret and ListSecrets have in common. */
export const describeSecret = (secret: Secret) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.keyId,
  CreatedDate: seconds(secret.createdAt),
  LastChangedDate: seconds(secret.changedAt),
  LastAccessedDate: dayOf(secret.accessedAt),
  DeletedDate: seconds(secret.deletedAt),
  Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
})

/** The stages of each version that has one. */
export const stagesOf = (secret: Secret): Record<string, string[]> =>
  Object.fromEntries(
    [...secret.versions.values()].filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]),
  )
