import type { Cluster } from '../cluster.ts'

/** Asks for another round `ms` of sandbox time from now. */
export type Wake = (ms: number) => void

/** Brings what there is closer to what is asked for; called again until nothing changes. */
export type Reconciler = (cluster: Cluster, wake: Wake) => void

/** Between a change and the controllers' answer to it, in sandbox ms. */
const reaction = 10

/** Runs reconcilers after each change of the cluster, one round for many changes. */
export function runControllers(cluster: Cluster, reconcilers: readonly Reconciler[]): () => void {
  let due: { at: number; cancel: () => void } | undefined
  const { clock } = cluster.world
  const wake: Wake = (ms) => {
    const at = clock.now() + ms
    if (due !== undefined && due.at <= at) return
    due?.cancel()
    due = { at, cancel: clock.after(ms, round) }
  }
  const later: number[] = []
  const round = (): undefined => {
    due = undefined
    later.length = 0
    for (const reconcile of reconcilers) reconcile(cluster, (ms) => later.push(ms))
    if (later.length > 0) wake(Math.max(reaction, Math.min(...later)))
  }
  const stop = cluster.store.subscribe(({ resource }) => {
    if (resource.plural !== 'events' && resource.plural !== 'leases') wake(reaction)
  })
  wake(reaction)
  return () => {
    stop()
    due?.cancel()
  }
}
