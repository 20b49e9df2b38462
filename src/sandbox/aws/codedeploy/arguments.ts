import { AwsError, type Input } from '../service.ts'
import type { Application, CodeDeployState, Deployment, Group } from './state.ts'

const text = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** A name of 1 to 100 characters. Throws `required` or `invalid`. */
export function nameIn(input: Input, member: string, required: string, invalid: string): string {
  const value: unknown = input[member]
  if (!text(value)) throw new AwsError(required, `The ${member} is required.`)
  if (value.length > 100) throw new AwsError(invalid, `The ${member} is longer than 100 characters.`)
  return value
}

export const applicationName = (input: Input, member = 'applicationName'): string =>
  nameIn(input, member, 'ApplicationNameRequiredException', 'InvalidApplicationNameException')

export const groupName = (input: Input, member = 'deploymentGroupName'): string =>
  nameIn(input, member, 'DeploymentGroupNameRequiredException', 'InvalidDeploymentGroupNameException')

export const configName = (input: Input): string =>
  nameIn(input, 'deploymentConfigName', 'DeploymentConfigNameRequiredException', 'InvalidDeploymentConfigNameException')

/** The application that a call names. Throws ApplicationDoesNotExistException. */
export function applicationIn(state: CodeDeployState, input: Input): Application {
  const name = applicationName(input)
  const application = state.applications.get(name)
  if (application === undefined) {
    throw new AwsError('ApplicationDoesNotExistException', `No application found for name: ${name}`)
  }
  return application
}

/** The deployment group that a call names. Throws DeploymentGroupDoesNotExistException. */
export function groupIn(state: CodeDeployState, input: Input, member = 'deploymentGroupName'): Group {
  const application = applicationIn(state, input)
  const name = groupName(input, member)
  const group = application.groups.get(name)
  if (group === undefined) {
    throw new AwsError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`)
  }
  return group
}

/** The deployment that a call names. Throws DeploymentDoesNotExistException and its kin. */
export function deploymentIn(state: CodeDeployState, input: Input): Deployment {
  const id: unknown = input['deploymentId']
  if (!text(id)) throw new AwsError('DeploymentIdRequiredException', 'The deployment ID is required.')
  if (!/^d-[A-Z0-9]{9}$/.test(id)) {
    throw new AwsError('InvalidDeploymentIdException', `The deployment ID ${id} is not valid.`)
  }
  const deployment = state.deployments.get(id)
  if (deployment === undefined) {
    throw new AwsError('DeploymentDoesNotExistException', `The deployment ${id} could not be found.`)
  }
  return deployment
}

/** A list of text, at most `most` long. Throws `required` or `limit`. */
export function textsIn(input: Input, member: string, most: number, required: string, limit: string): string[] {
  const value: unknown = input[member]
  if (!Array.isArray(value) || value.length === 0 || !value.every(text)) {
    throw new AwsError(required, `The ${member} are required.`)
  }
  if (value.length > most) throw new AwsError(limit, `At most ${most} ${member} are allowed.`)
  return value
}

/** One page of a list, with the token of the next; tokens are offsets. */
export function page<T>(items: readonly T[], input: Input, size = 100): { items: readonly T[]; nextToken?: string } {
  const token: unknown = input['nextToken']
  const from = token === undefined || token === null ? 0 : Number(token)
  if (!Number.isInteger(from) || from < 0 || (token !== undefined && from > items.length)) {
    throw new AwsError('InvalidNextTokenException', 'The next token is not valid.')
  }
  const next = from + size
  return { items: items.slice(from, next), ...(next < items.length ? { nextToken: String(next) } : {}) }
}

const descriptionLimit = 512

/** A description of at most 512 characters. Throws DescriptionTooLongException. */
export function descriptionIn(input: Input): string | undefined {
  const value: unknown = input['description']
  if (typeof value !== 'string') return undefined
  if (value.length > descriptionLimit) {
    const message = `The description is too long: ${value.length} characters, at most ${descriptionLimit}.`
    throw new AwsError('DescriptionTooLongException', message)
  }
  return value
}

/** Tags as CodeDeploy takes them. Throws InvalidTagsToAddException. */
export function tagsIn(value: unknown): Map<string, string> {
  const tags = new Map<string, string>()
  if (value === undefined || value === null) return tags
  const wrong = new AwsError('InvalidTagsToAddException', 'The tags are not valid: each needs a Key.')
  if (!Array.isArray(value)) throw wrong
  for (const tag of value as Input[]) {
    if (!text(tag?.['Key']) || (tag['Value'] !== undefined && typeof tag['Value'] !== 'string')) throw wrong
    tags.set(tag['Key'], tag['Value'] ?? '')
  }
  return tags
}
