import { notAuthorized, repositoryArn, unknownRepository } from '../registry/refusal-words.ts'
import type { Registries, Registry } from '../registry/registries.ts'
import type { Repository } from '../registry/repository.ts'
import { allows } from '../registry/resource-policy.ts'
import type { Caller } from '../world.ts'
import { AwsError, type Input, type Operation } from './service.ts'

/** A repository that exists, and that the caller may use for this operation. */
export interface At {
  readonly registry: Registry
  readonly repository: Repository
  readonly caller: Caller
}

/** Carries out an operation on a repository. */
export type RepositoryOperation = (at: At, input: Input) => unknown

export const invalid = (what: string, why: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid parameter at '${what}' failed to satisfy constraint: '${why}'`)

export const repositoryNotFound = (registryId: string, name: string): AwsError =>
  new AwsError('RepositoryNotFoundException', unknownRepository(registryId, name))

/** The text of a required member. */
export function text(input: Input, member: string): string {
  const value: unknown = input[member]
  if (typeof value !== 'string' || value === '') throw invalid(member, 'Member must not be null')
  return value
}

/** The items of a list member, within its bounds; none when it is absent and `least` is 0. */
export function list(input: Input, member: string, least: number, most: number): unknown[] {
  const value: unknown = input[member] ?? []
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    throw invalid(member, `Member must have length from ${least} to ${most}`)
  }
  return value
}

/** The registry that a request is about: the caller's own, or another account's that is in use. */
export async function registryOf(registries: Registries, input: Input, caller: Caller): Promise<Registry | undefined> {
  const id: unknown = input['registryId'] ?? caller.accountId
  if (typeof id !== 'string' || !/^\d{12}$/.test(id)) throw invalid('registryId', 'must be 12 digits')
  return id === caller.accountId ? await registries.of(id, caller.region) : registries.find(id, caller.region)
}

/** Finds the repository for each of these operations and checks that the caller may do it. */
export function inRepositories(
  registries: Registries,
  operations: Readonly<Record<string, RepositoryOperation>>,
): Record<string, Operation> {
  const enter =
    (name: string, operation: RepositoryOperation): Operation =>
    async (input, caller) => {
      const registry = await registryOf(registries, input, caller)
      const repositoryName = text(input, 'repositoryName')
      const repository = registry?.repositories.get(repositoryName)
      if (registry === undefined || repository === undefined) {
        throw repositoryNotFound(String(input['registryId'] ?? caller.accountId), repositoryName)
      }
      mayUse(registry, repository, caller, name)
      return await operation({ registry, repository, caller }, input)
    }
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, enter(name, operation)]))
}

/** @throws AwsError when the repository's policy does not let the caller do it */
export function mayUse(registry: Registry, repository: Repository, caller: Caller, operation: string): void {
  const action = `ecr:${operation}`
  if (allows(repository.policy, registry.accountId, caller, action)) return
  const resource = repositoryArn(registry, repository.name)
  throw new AwsError('AccessDeniedException', notAuthorized(caller.arn, action, resource))
}

/** The members that name the repository in most outputs. */
export const named = ({ registry, repository }: At) => ({
  registryId: registry.accountId,
  repositoryName: repository.name,
})

/** One page of items in the order of their keys; a token is the last key seen, so that it survives changes in between. */
export function paged<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  input: Input,
  size: { readonly standard: number; readonly most: number },
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const most: unknown = input['maxResults'] ?? size.standard
  if (!Number.isInteger(most) || (most as number) < 1 || (most as number) > size.most) {
    throw invalid('maxResults', `must be from 1 to ${size.most}`)
  }
  const token: unknown = input['nextToken']
  const last = token === undefined || token === null ? undefined : decodeToken(token)
  const sorted = items.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const left = last === undefined ? sorted : sorted.filter(({ key }) => key > last)
  const page = left.slice(0, most as number)
  const more = left.length > page.length
  const nextToken = more ? Buffer.from(`after:${page.at(-1)?.key ?? ''}`).toString('base64') : undefined
  return { items: page.map(({ item }) => item), nextToken }
}

function decodeToken(token: unknown): string {
  const decoded = typeof token === 'string' ? Buffer.from(token, 'base64').toString('utf8') : ''
  if (!decoded.startsWith('after:')) throw invalid('nextToken', 'Invalid token')
  return decoded.slice('after:'.length)
}
