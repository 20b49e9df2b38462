/** The sandbox's time: runs `speed` times as fast as the machine's, or only by `advance` (speed 0). */
export interface SandboxClock {
  readonly speed: number
  /** Milliseconds since the epoch at which the sped-up run began. */
  readonly epoch: number
  now(): number
  /** Seconds since the epoch, as the AWS JSON protocols write timestamps. */
  seconds(): number
  /** Runs `task` once, `ms` of sandbox time from now; returns how to call it off. */
  after(ms: number, task: () => void): () => void
  /** Moves a clock of speed 0 forward, running what falls due in order, and lets promises settle between tasks. */
  advance(ms: number): Promise<void>
  /** Calls everything off. */
  stop(): void
}

interface Due {
  readonly at: number
  readonly order: number
  readonly task: () => void
}

/** A clock that starts now and runs at `speed`. 0 is a clock that stands still until `advance` is called. */
export function sandboxClock(speed = 1): SandboxClock {
  const epoch = Date.now()
  let manual = epoch
  let order = 0
  const due = new Set<Due>()
  const timers = new Map<Due, NodeJS.Timeout>()
  const now = (): number => (speed === 0 ? manual : epoch + (Date.now() - epoch) * speed)

  const fire = (entry: Due): void => {
    timers.delete(entry)
    if (due.delete(entry)) entry.task()
  }
  return {
    speed,
    epoch,
    now,
    seconds: () => now() / 1_000,
    after(ms, task) {
      const entry: Due = { at: now() + ms, order: order++, task }
      due.add(entry)
      if (speed > 0) {
        const timer = setTimeout(() => fire(entry), Math.min(ms / speed, 0x7fff_ffff))
        timer.unref()
        timers.set(entry, timer)
      }
      return () => {
        clearTimeout(timers.get(entry))
        timers.delete(entry)
        due.delete(entry)
      }
    },
    async advance(ms) {
      if (speed !== 0) throw new Error('only a clock of speed 0 can be advanced by hand')
      const until = manual + ms
      for (;;) {
        await new Promise<void>((resolve) => setImmediate(resolve))
        const next = [...due].filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0]
        if (next === undefined) break
        manual = Math.max(manual, next.at)
        fire(next)
      }
      manual = until
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      due.clear()
    },
  }
}
