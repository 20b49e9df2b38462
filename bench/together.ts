/** Runs tasks, at most `limit` at a time, begun in their order; resolves to their results in that order. The first failure ends it. */
export async function together<T>(limit: number, tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  const left = [...tasks.entries()]
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, task] = next
      try {
        results[at] = await task()
      } catch (error) {
        left.length = 0
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, work))
  return results
}
