import { messageOf } from '../action/errors.ts'
import { awsCode } from '../aws/errors.ts'
import { oneLine } from './failure-text.ts'

/** Runs a reading call; when it fails, says so in a line and goes on without. */
export type Attempt = <T>(what: string, action: string, call: () => Promise<T>) => Promise<T | undefined>

/** `gap` takes the line about each call that failed. Aborts pass through. */
export function attempts(gap: (line: string) => void, signal: AbortSignal): Attempt {
  return async (what, action, call) => {
    try {
      return await call()
    } catch (error) {
      signal.throwIfAborted()
      const code = awsCode(error) ?? awsCode((error as { cause?: unknown } | undefined)?.cause)
      const denied = code !== undefined && /^(AccessDenied|UnauthorizedOperation)/.test(code)
      gap(
        denied
          ? `${what} could not be read: AccessDenied ${action}`
          : `${what} could not be read: ${code ?? oneLine(messageOf(error), 200)}`,
      )
      return undefined
    }
  }
}
