import { messageOf, UserError } from '../action/errors.ts'

/** The error code of something the SDK threw, such as `DeploymentLimitExceededException`; undefined when AWS did not answer. */
export const awsCode = (error: unknown): string | undefined =>
  error instanceof Error && httpStatus(error) !== undefined ? error.name : undefined

/** The status of AWS's answer; undefined when there was none: the SDK gives what failed on the way the same members, without a status. */
const httpStatus = (error: Error): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode

/** What the SDK made of an error that was no answer; it keeps the text alone. */
const wrapped = /^AWS SDK error wrapper for \w+: /

const advice: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'no AWS credentials were found: configure them before this step (OIDC, a profile or AWS_ACCESS_KEY_ID)',
  ExpiredTokenException: 'the AWS credentials have expired: the job took longer than the role session lasts',
  ExpiredToken: 'the AWS credentials have expired: the job took longer than the role session lasts',
  UnrecognizedClientException: 'AWS does not know these credentials',
  InvalidClientTokenId: 'AWS does not know these credentials',
}

/**
 * What an AWS call threw, as one line that says what was being done; the SDK's error stays as cause.
 * Anything that is not an AWS or network error is returned unchanged: it is a bug of ours.
 */
export function awsFailure(doing: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error
  const region = /region is missing/i.test(error.message)
  if (region)
    return new UserError(`${doing}: no AWS region is set: give the input aws-region or set AWS_REGION`, {
      cause: error,
    })
  const known = advice[error.name]
  if (known !== undefined) return new UserError(`${doing}: ${known}`, { cause: error })
  if (wrapped.test(error.message)) {
    return new UserError(`${doing}: AWS cannot be reached: ${error.message.replace(wrapped, '')}`, { cause: error })
  }
  if ('$metadata' in error) return new UserError(`${doing}: ${error.name}: ${messageOf(error)}`, { cause: error })
  const code = (error as NodeJS.ErrnoException).code
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    return new UserError(`${doing}: AWS cannot be reached: ${messageOf(error) || code}`, { cause: error })
  }
  return error
}

/** Runs an AWS call; its failure says what was being done. Aborts pass through unchanged. */
export async function calling<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw awsFailure(doing, error)
  }
}

/** What the services of AWS call throttling. Source: the SDK's own list. */
const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/

/** Whether a call failed for a reason that passes: throttling, an error of the service's own, or no connection. Looks at the causes too. */
export function isPassing(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const { code } = current as NodeJS.ErrnoException
    const status = httpStatus(current) ?? 0
    if (throttled.test(current.name) || status === 429) return true
    if (status >= 500 || wrapped.test(current.message)) return true
    if (code !== undefined && /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|UND_ERR)/.test(code)) return true
    if (current.name === 'TimeoutError') return true
  }
  return false
}

/** Whether AWS said no, so that nothing was done. Looks at the causes too. A throttled call is not refused for good, but was not done either. */
export function isRefused(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const status = httpStatus(current)
    if (status !== undefined && status >= 400 && status < 500) return true
  }
  return false
}
