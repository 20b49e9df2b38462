import type { Caller, World } from '../world.ts'
import {
  describeSecret,
  invalidParameter,
  invalidRequest,
  livingSecret,
  moveStages,
  type Secret,
  type Secrets,
  type SecretVersion,
  secretOf,
  stagesOf,
  versionOf,
} from './secrets-manager/state.ts'
import { AwsError, type AwsService, type Input, regional } from './service.ts'

const day = 86_400_000
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const largest = 65_536

interface Value {
  readonly text: string | undefined
  readonly binary: string | undefined
}

/** The value that a request brings, if any. @throws AwsError InvalidParameterException */
function valueIn(input: Input): Value | undefined {
  const { SecretString: text, SecretBinary: binary } = input
  if (text !== undefined && binary !== undefined) {
    throw invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.")
  }
  if (text === undefined && binary === undefined) return undefined
  if (Buffer.byteLength(String(text ?? binary)) > largest) {
    throw invalidParameter('The secret value is larger than 65536 bytes.')
  }
  return { text: text === undefined ? undefined : String(text), binary: binary === undefined ? undefined : `${binary}` }
}

const tagsIn = (input: Input): Map<string, string> =>
  new Map(
    (Array.isArray(input['Tags']) ? (input['Tags'] as Input[]) : []).map((tag) => [
      `${tag['Key']}`,
      `${tag['Value'] ?? ''}`,
    ]),
  )

/** Which secrets a list shows. @throws AwsError InvalidParameterException */
function filterOf(input: Input): (secret: Secret) => boolean {
  const filters = (Array.isArray(input['Filters']) ? (input['Filters'] as Input[]) : []).map(({ Key, Values }) => {
    const read: Record<string, (secret: Secret) => string[]> = {
      name: ({ name }) => [name],
      description: ({ description }) => (description === undefined ? [] : [description]),
      'tag-key': ({ tags }) => [...tags.keys()],
      'tag-value': ({ tags }) => [...tags.values()],
    }
    const texts = Object.hasOwn(read, String(Key)) ? read[String(Key)] : undefined
    if (texts === undefined) throw invalidParameter(`The sandbox does not know the filter ${Key}.`)
    const values = (Array.isArray(Values) ? Values : []).map(String)
    return (secret: Secret): boolean =>
      values.some((value) => {
        const excluded = value.startsWith('!')
        const prefix = excluded ? value.slice(1) : value
        return texts(secret).some((text) => text.startsWith(prefix)) !== excluded
      })
  })
  return (secret) => filters.every((passes) => passes(secret))
}

/** Secrets Manager: secrets, their versions and stages. Nothing is encrypted, rotated or replicated. */
export function secretsManager(world: World): AwsService {
  const { clock } = world
  const state = regional<Secrets>(() => new Map())

  const newId = (): string => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-')

  /** Adds a version; the same request again, known by its token, adds none. */
  const addVersion = (secret: Secret, input: Input, value: Value, stages: readonly string[]): SecretVersion => {
    const id = String(input['ClientRequestToken'] ?? newId())
    if (id.length < 32 || id.length > 64) {
      throw invalidParameter('ClientRequestToken must be 32-64 characters long.')
    }
    const known = secret.versions.get(id)
    if (known !== undefined) {
      if (known.text === value.text && known.binary === value.binary) return known
      throw new AwsError(
        'ResourceExistsException',
        `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
      )
    }
    const version: SecretVersion = { id, ...value, stages: new Set(), createdAt: clock.now() }
    secret.versions.set(id, version)
    moveStages(secret, version, stages)
    secret.changedAt = clock.now()
    return version
  }

  const refuseTaken = (secrets: Secrets, name: string): void => {
    const taken = secrets.get(name)
    if (taken?.deletedAt !== undefined) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      )
    }
    if (taken !== undefined) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)
    }
  }

  const create = (input: Input, caller: Caller) => {
    const secrets = state(caller)
    const name = String(input['Name'] ?? '')
    if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name)) {
      throw new AwsError(
        'ValidationException',
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      )
    }
    if (input['AddReplicaRegions']?.length > 0) throw invalidParameter('The sandbox does not replicate secrets.')
    const value = valueIn(input)
    const before = secrets.get(name)
    const again = value !== undefined && before?.deletedAt === undefined
    if (before === undefined || !again || !before.versions.has(String(input['ClientRequestToken']))) {
      refuseTaken(secrets, name)
    }
    const secret: Secret = before ?? {
      name,
      arn: `arn:aws:secretsmanager:${caller.region}:${caller.accountId}:secret:${name}-${world.id(6, letters)}`,
      createdAt: clock.now(),
      versions: new Map(),
      tags: tagsIn(input),
      description: input['Description'] === undefined ? undefined : String(input['Description']),
      keyId: input['KmsKeyId'] === undefined ? undefined : String(input['KmsKeyId']),
      changedAt: clock.now(),
      accessedAt: undefined,
      deletedAt: undefined,
    }
    const version = value && addVersion(secret, input, value, ['AWSCURRENT'])
    secrets.set(name, secret)
    return { ARN: secret.arn, Name: name, VersionId: version?.id }
  }

  return {
    name: 'secretsmanager',
    protocol: { kind: 'json', version: '1.1', target: 'secretsmanager' },
    operations: {
      CreateSecret: create,
      PutSecretValue(input, caller) {
        const secret = livingSecret(state(caller), caller, input)
        const value = valueIn(input)
        if (value === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.')
        const given = Array.isArray(input['VersionStages']) ? input['VersionStages'].map(String) : ['AWSCURRENT']
        const isFirst = secret.versions.size === 0
        const stages = isFirst && !given.includes('AWSCURRENT') ? [...given, 'AWSCURRENT'] : given
        const version = addVersion(secret, input, value, stages)
        return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] }
      },
      GetSecretValue(input, caller) {
        const secret = livingSecret(state(caller), caller, input)
        const version = versionOf(secret, input)
        secret.accessedAt = clock.now()
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.id,
          SecretString: version.text,
          SecretBinary: version.binary,
          VersionStages: [...version.stages],
          CreatedDate: Math.round(version.createdAt) / 1_000,
        }
      },
      DescribeSecret(input, caller) {
        const secret = secretOf(state(caller), caller, input)
        return { ...describeSecret(secret), VersionIdsToStages: stagesOf(secret) }
      },
      ListSecrets(input, caller) {
        const size = Number(input['MaxResults'] ?? 100)
        if (!Number.isInteger(size) || size < 1 || size > 100) {
          throw invalidParameter('MaxResults must be from 1 to 100.')
        }
        const token = String(input['NextToken'] ?? '0')
        if (!/^\d{1,9}$/.test(token)) throw new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.')
        const passes = filterOf(input)
        const all = [...state(caller).values()]
          .filter(
            (secret) => (secret.deletedAt === undefined || input['IncludePlannedDeletion'] === true) && passes(secret),
          )
          .sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1))
        if (input['SortOrder'] === 'asc') all.reverse()
        const to = Number(token) + size
        return {
          SecretList: all
            .slice(Number(token), to)
            .map((secret) => ({ ...describeSecret(secret), SecretVersionsToStages: stagesOf(secret) })),
          NextToken: to < all.length ? String(to) : undefined,
        }
      },
      UpdateSecret(input, caller) {
        const secret = livingSecret(state(caller), caller, input)
        const value = valueIn(input)
        if (input['Description'] !== undefined) secret.description = String(input['Description'])
        if (input['KmsKeyId'] !== undefined) secret.keyId = String(input['KmsKeyId'])
        secret.changedAt = clock.now()
        const version = value && addVersion(secret, input, value, ['AWSCURRENT'])
        return { ARN: secret.arn, Name: secret.name, VersionId: version?.id }
      },
      DeleteSecret(input, caller) {
        const secrets = state(caller)
        const force = input['ForceDeleteWithoutRecovery'] === true
        const window = input['RecoveryWindowInDays']
        if (force && window !== undefined) {
          throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
        }
        const days = Number(window ?? 30)
        if (!Number.isInteger(days) || days < 7 || days > 30) {
          throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
        }
        const secret = force ? secretOf(secrets, caller, input) : livingSecret(secrets, caller, input)
        const now = clock.now()
        secret.deletedAt = now
        if (force) secrets.delete(secret.name)
        else {
          clock.after(days * day, () => {
            // One that was restored meanwhile stays.
            if (secret.deletedAt === now) secrets.delete(secret.name)
          })
        }
        const endsAt = now + (force ? 0 : days * day)
        return { ARN: secret.arn, Name: secret.name, DeletionDate: Math.round(endsAt) / 1_000 }
      },
      RestoreSecret(input, caller) {
        const secret = secretOf(state(caller), caller, input)
        secret.deletedAt = undefined
        return { ARN: secret.arn, Name: secret.name }
      },
    },
  }
}
