import { messageOf, UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'

/** What a call that only helps gives; when it fails for a reason that users can mend, that is said, and nothing else ends for it. */
export async function orWarn<T>(host: Log, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    host.warn(messageOf(error))
    return undefined
  }
}
