/** A line that a container printed. */
export interface LogLine {
  /** Sandbox time, ms since the epoch. */
  readonly at: number
  readonly text: string
}

/** What containers print: by pod and container, the run under way and the one before it. */
export interface ContainerLogs {
  /** A container starts anew: what was current becomes previous. */
  begin(podUid: string, container: string): void
  print(podUid: string, container: string, line: LogLine): void
  read(podUid: string, container: string, previous: boolean): readonly LogLine[] | undefined
  /** Told of each line of a container as it is printed; returns how to stop. */
  follow(podUid: string, container: string, listener: (line: LogLine) => void): () => void
  drop(podUid: string): void
}

export function containerLogs(): ContainerLogs {
  const runs = new Map<string, LogLine[][]>()
  const listeners = new Map<string, Set<(line: LogLine) => void>>()
  const key = (podUid: string, container: string): string => `${podUid}/${container}`
  return {
    begin(podUid, container) {
      runs.set(key(podUid, container), [[], ...(runs.get(key(podUid, container)) ?? [])].slice(0, 2))
    },
    print(podUid, container, line) {
      runs.get(key(podUid, container))?.[0]?.push(line)
      for (const listener of listeners.get(key(podUid, container)) ?? []) listener(line)
    },
    read: (podUid, container, previous) => runs.get(key(podUid, container))?.[previous ? 1 : 0],
    follow(podUid, container, listener) {
      const all = listeners.get(key(podUid, container)) ?? new Set()
      listeners.set(key(podUid, container), all.add(listener))
      return () => void all.delete(listener)
    },
    drop(podUid) {
      for (const name of [...runs.keys()]) if (name.startsWith(`${podUid}/`)) runs.delete(name)
    },
  }
}
