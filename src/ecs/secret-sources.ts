import { InputError, UserError } from '../action/errors.ts'
import { calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'
import {
  type Parameter,
  parameterReferences,
  referenceProblems,
  type SecretReference,
  secretKeyReferences,
  unfitKeys,
} from './secret-names.ts'

/** The keys of one secret, with its full ARN. */
export interface SecretKeys {
  readonly arn: string
  readonly keys: readonly string[]
}

/** Where parameters and secrets are looked up. Their values do not come out of here. */
export interface SecretStore {
  /** Parameters under a path: its direct children, or all below it. */
  parameters(path: string, recursive: boolean, signal: AbortSignal): Promise<readonly Parameter[]>
  /** The keys of a secret that is a JSON object. */
  keys(secret: string, signal: AbortSignal): Promise<SecretKeys>
}

const mostParameters = 1_000

/** The seam over Systems Manager and Secrets Manager. `mask` gets every value of a secret before anything else is done with it. */
export function secretStore(aws: Aws, mask: (secret: string) => void): SecretStore {
  return {
    async parameters(path, recursive, signal) {
      const { GetParametersByPathCommand } = await import('@aws-sdk/client-ssm')
      const ssm = await aws.ssm()
      const found: Parameter[] = []
      let next: string | undefined
      do {
        const command = new GetParametersByPathCommand({
          Path: path,
          Recursive: recursive,
          MaxResults: 10,
          NextToken: next,
        })
        const page = await calling(`listing the parameters under ${path}`, () =>
          ssm.send(command, { abortSignal: signal }),
        )
        for (const { Name, ARN } of page.Parameters ?? []) {
          if (Name === undefined || ARN === undefined)
            throw new UserError(`a parameter under ${path} came without its ARN`)
          found.push({ name: Name, arn: ARN })
        }
        if (found.length > mostParameters)
          throw new UserError(`there are more than ${mostParameters} parameters under ${path}`)
        next = page.NextToken
      } while (next !== undefined && next !== '')
      return found
    },
    async keys(secret, signal) {
      const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager')
      const manager = await aws.secretsManager()
      const command = new GetSecretValueCommand({ SecretId: secret })
      const answer = await calling(`reading the keys of the secret ${secret}`, () =>
        manager.send(command, { abortSignal: signal }),
      )
      return { arn: answer.ARN ?? secret, keys: keysOf(secret, answer.SecretString, mask) }
    },
  }
}

function keysOf(secret: string, text: string | undefined, mask: (secret: string) => void): readonly string[] {
  if (text !== undefined) mask(text)
  const value = asObject(text)
  if (value === undefined) {
    throw new UserError(
      `the secret ${secret} is no JSON object: name the variable that it is for in the input 'secrets'`,
    )
  }
  for (const item of Object.values(value)) mask(typeof item === 'string' ? item : JSON.stringify(item))
  const keys = Object.keys(value)
  const unfit = unfitKeys(keys)
  if (unfit.length > 0) {
    throw new UserError(`the secret ${secret} has keys that ECS cannot refer to: '${unfit.join("', '")}'`)
  }
  return keys
}

/** Nothing of the text may come out in an error: JSON.parse quotes what it cannot read. */
function asObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** What secrets are asked for beside those that are named. */
export interface SecretsWanted {
  readonly paths: readonly string[]
  readonly recursive: boolean
  readonly secrets: readonly string[]
}

/** Looks all of it up. @throws InputError for a path without parameters and for variables that two of them make */
export async function findSecrets(
  { paths, recursive, secrets }: SecretsWanted,
  store: SecretStore,
  signal: AbortSignal,
): Promise<readonly SecretReference[]> {
  const problems: string[] = []
  const found: SecretReference[] = []
  for (const path of paths) {
    const parameters = await store.parameters(path, recursive, signal)
    if (parameters.length === 0) problems.push(`there is no parameter under ${path}`)
    found.push(...parameterReferences(parameters))
  }
  for (const secret of secrets) {
    const { arn, keys } = await store.keys(secret, signal)
    if (keys.length === 0) problems.push(`the secret ${secret} has no keys`)
    found.push(...secretKeyReferences(arn, keys))
  }
  problems.push(...referenceProblems(found))
  if (problems.length > 0) throw new InputError(problems)
  return found
}
