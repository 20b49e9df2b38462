import { furnishNamespace } from '../cluster.ts'
import { resource } from '../resources.ts'
import { save } from '../writes.ts'
import type { Reconciler } from './loop.ts'

const claims = resource('core/v1/persistentvolumeclaims')
const ingresses = resource('networking.k8s.io/v1/ingresses')
const namespaces = resource('core/v1/namespaces')
const accounts = resource('core/v1/serviceaccounts')

/** Gives what asks for it: volumes to claims, an address to Ingresses, a service account to new namespaces. */
export const provision: Reconciler = (cluster) => {
  for (const claim of cluster.store.list(claims)) {
    if (claim['status']?.phase === 'Bound') continue
    const { accessModes, resources } = claim['spec']
    const status = { phase: 'Bound', accessModes, capacity: { storage: resources?.requests?.storage } }
    save(cluster, claims, { ...claim, spec: { ...claim['spec'], volumeName: `pvc-${claim.metadata.uid}` }, status })
  }
  for (const ingress of cluster.store.list(ingresses)) {
    if (ingress['status']?.loadBalancer?.ingress !== undefined) continue
    const hostname = `k8s-${ingress.metadata.uid.slice(0, 8)}.${cluster.world.region}.elb.amazonaws.com`
    save(cluster, ingresses, { ...ingress, status: { loadBalancer: { ingress: [{ hostname }] } } })
  }
  for (const { metadata } of cluster.store.list(namespaces)) {
    const known = cluster.store.get(accounts, metadata.name, 'default')
    if (known === undefined && metadata.deletionTimestamp === undefined) furnishNamespace(cluster, metadata.name)
  }
}
