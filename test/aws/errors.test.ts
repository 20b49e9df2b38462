import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/action/errors.ts'
import { awsFailure, isPassing, isRefused } from '../../src/aws/errors.ts'

/** As the SDK throws it. */
const thrown = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more })
const answered = (name: string, message: string, httpStatusCode = 400): Error =>
  thrown(name, message, { $metadata: { httpStatusCode } })
const told = (error: unknown): string => (awsFailure('reading the service', error) as Error).message

describe('a call of AWS that failed is told by what was being done, and', () => {
  test.each<[string, Error, RegExp]>([
    [
      'its own words',
      answered('ClusterNotFoundException', 'Cluster not found.'),
      /: ClusterNotFoundException: Cluster/,
    ],
    ['that the session is over', answered('ExpiredTokenException', 'x'), /have expired: the job took longer than/],
    ['that there are no credentials', thrown('CredentialsProviderError', 'x'), /no AWS credentials were found/],
    ['that no region is set', thrown('Error', 'Region is missing'), /give the input aws-region or set AWS_REGION/],
    ['that AWS cannot be reached', thrown('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), /cannot be reached: getaddr/],
  ])('by %s', (_, error, words) => {
    expect(awsFailure('reading the service', error)).toBeInstanceOf(UserError)
    expect(told(error)).toMatch(/^reading the service: /)
    expect(told(error)).toMatch(words)
  })

  test('is left alone when it is a bug of ours', () => {
    const bug = new TypeError('x is undefined')
    expect(awsFailure('reading the service', bug)).toBe(bug)
  })
})

describe('a failure', () => {
  const wrapped = (cause: Error): Error => new UserError('reading', { cause })
  test.each<[string, Error, boolean, boolean]>([
    ['throttling', answered('ThrottlingException', 'Rate exceeded'), true, true],
    ['an error of the service', answered('ServerException', 'x', 500), true, false],
    ['a broken connection', thrown('Error', 'x', { code: 'ECONNRESET' }), true, false],
    ['a refusal', answered('AccessDeniedException', 'x'), false, true],
  ])('by %s passes or not, was refused or not', (_, error, passes, refused) => {
    for (const one of [error, wrapped(error)]) expect([isPassing(one), isRefused(one)]).toEqual([passes, refused])
  })
})
