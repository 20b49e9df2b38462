import type { Fields } from './object.ts'
import type { Resource } from './resources.ts'

/** One cause of an Invalid or Conflict answer. */
export interface Cause {
  readonly reason: string
  readonly message: string
  readonly field: string
}

/** A refusal as the API server words it; answered as a `Status` object. */
export class ApiFailure extends Error {
  override name = 'ApiFailure'
  readonly code: number
  readonly reason: string
  readonly details: Fields | undefined

  constructor(code: number, reason: string, message: string, details?: Fields) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }
}

/** The `Status` object of a failure. */
export const statusOf = (failure: ApiFailure): Fields => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: failure.message,
  ...(failure.reason === '' ? {} : { reason: failure.reason }),
  ...(failure.details === undefined ? {} : { details: failure.details }),
  code: failure.code,
})

/** `deployments.apps`, `secrets`. */
export const qualified = (resource: Pick<Resource, 'plural' | 'group'>): string =>
  resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`

const details = (resource: Resource, name: string): Fields => ({
  name,
  ...(resource.group === '' ? {} : { group: resource.group }),
  kind: resource.plural,
})

export const notFound = (resource: Resource, name: string): ApiFailure =>
  new ApiFailure(404, 'NotFound', `${qualified(resource)} "${name}" not found`, details(resource, name))

export const noSuchPath = (): ApiFailure =>
  new ApiFailure(404, 'NotFound', 'the server could not find the requested resource', {})

export const notAllowed = (): ApiFailure =>
  new ApiFailure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

export const alreadyExists = (resource: Resource, name: string): ApiFailure =>
  new ApiFailure(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, details(resource, name))

export const badRequest = (message: string): ApiFailure => new ApiFailure(400, 'BadRequest', message)

export const staleVersion = (resource: Resource, name: string): ApiFailure =>
  new ApiFailure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    details(resource, name),
  )

export const forbidden = (resource: Resource, name: string, why: string): ApiFailure =>
  new ApiFailure(403, 'Forbidden', `${qualified(resource)} "${name}" is forbidden: ${why}`, details(resource, name))

/** 422 with every cause, in the words of field.ErrorList. */
export function invalid(resource: Resource, name: string, causes: readonly Cause[]): ApiFailure {
  const all = causes.map(({ field, message }) => `${field}: ${message}`)
  const text = all.length === 1 ? all[0] : `[${all.join(', ')}]`
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`
  return new ApiFailure(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.kind,
    causes,
  })
}

export const required = (field: string, detail = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: `Required value${detail === '' ? '' : `: ${detail}`}`,
  field,
})

export const invalidValue = (field: string, value: unknown, detail: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${typeof value === 'object' ? JSON.stringify(value) : typeof value === 'string' ? JSON.stringify(value) : String(value)}: ${detail}`,
  field,
})
