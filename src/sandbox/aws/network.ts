import type { UnhealthyAnswer } from '../behaviour.ts'

/** What listens behind an address: told by whoever runs it, asked by load balancers' health checks. */
export interface Workload {
  /** Sandbox time from which it answers health checks; undefined when it never will. */
  readonly healthyFrom: number | undefined
  /** What they get while it is not healthy; 503 unless told. */
  readonly answer?: UnhealthyAnswer
}

/** The addresses of a network and what runs behind them: an IP with all its ports, or a port of an instance as `i-…:8080`. */
export interface Network {
  attach(ip: string, workload: Workload): void
  detach(ip: string): void
  at(ip: string): Workload | undefined
  nextAddress(): string
}

export function network(): Network {
  const workloads = new Map<string, Workload>()
  let next = 10
  return {
    attach: (ip, workload) => void workloads.set(ip, workload),
    detach: (ip) => void workloads.delete(ip),
    at: (ip) => workloads.get(ip),
    nextAddress() {
      next++
      return `10.0.${Math.floor(next / 250) % 250}.${(next % 250) + 4}`
    },
  }
}
