import { UserError } from '../action/errors.ts'

/**
 * What all of them yield, once all have ended. Where several failed, every failure is told, a line each, not only the first.
 * @throws what the only failure was; UserError when there were several
 */
export async function everyService<T>(each: readonly Promise<T>[]): Promise<readonly T[]> {
  const ends = await Promise.allSettled(each)
  const thrown = [...new Set(ends.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : [])))]
  const bug = thrown.find((error) => !(error instanceof UserError))
  if (bug !== undefined) throw bug
  const lines = [...new Set(thrown.map((error) => (error as UserError).message))]
  if (lines.length > 1) throw new UserError(lines.join('\n'), { cause: thrown[0] })
  if (thrown.length > 0) throw thrown[0]
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
}
