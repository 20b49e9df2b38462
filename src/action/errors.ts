/**
 * Something the user can mend: shown as one actionable line, without a stack.
 * Every other error is a bug of ours and is shown with its stack.
 */
export class UserError extends Error {
  override name = 'UserError'
}

/** The inputs are wrong. `problems` holds one line for each, so that all are reported at once. */
export class InputError extends UserError {
  override name = 'InputError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** The text for the log: a line for what the user can mend, a stack for a bug, and every cause below it. */
export function describeError(thrown: unknown): string {
  const lines: string[] = []
  let current: unknown = thrown
  for (let depth = 0; current !== undefined && depth < 5; depth++) {
    const bug = current instanceof Error && !(current instanceof UserError)
    const text = bug && depth === 0 ? ((current as Error).stack ?? messageOf(current)) : messageOf(current)
    lines.push(depth === 0 ? text : `caused by: ${text}`)
    current = current instanceof Error ? current.cause : undefined
  }
  return lines.join('\n')
}
