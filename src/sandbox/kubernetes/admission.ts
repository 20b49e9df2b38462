import type { Cluster } from './cluster.ts'
import { forbidden } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'
import { parseQuantity } from './quantity.ts'
import { type Resource, resource, resources } from './resources.ts'

const accounts = resource('core/v1/serviceaccounts')
const quotas = resource('core/v1/resourcequotas')
const pods = resource('core/v1/pods')

/** What stands between a valid new object and the store: service accounts that exist, quotas that are not used up. @throws ApiFailure 403 */
export function admit(cluster: Cluster, of: Resource, object: KubeObject): void {
  const { namespace = '', name } = object.metadata
  if (of === pods) {
    const account = (object['spec']?.serviceAccountName as string | undefined) ?? 'default'
    // The default account of a new namespace comes a moment later.
    if (account !== 'default' && cluster.store.get(accounts, namespace, account) === undefined) {
      const why = `error looking up service account ${namespace}/${account}: serviceaccount ${JSON.stringify(account)} not found`
      throw forbidden(of, name, why)
    }
  }
  const asked = demand(of, object)
  for (const quota of cluster.store.list(quotas, namespace)) {
    const limited: string[][] = []
    for (const [key, hard] of Object.entries((quota['spec']?.hard ?? {}) as Record<string, string>)) {
      const wanted = asked[key]
      if (wanted === undefined || wanted === 0) continue
      const used = usage(cluster, namespace, key)
      if (used + wanted > parseQuantity(hard)) limited.push([`${key}=${wanted}`, `${key}=${used}`, `${key}=${hard}`])
    }
    if (limited.length === 0) continue
    const column = (index: number): string => limited.map((row) => row[index]).join(',')
    const why = `exceeded quota: ${quota.metadata.name}, requested: ${column(0)}, used: ${column(1)}, limited: ${column(2)}`
    throw forbidden(of, name, why)
  }
}

/** What an object takes of each quota. */
function demand(of: Resource, object: KubeObject): Record<string, number> {
  const counted = { [`count/${of.plural}${of.group === '' ? '' : `.${of.group}`}`]: 1, [of.plural]: 1 }
  if (of !== pods) return counted
  const sum = (kind: string, name: string): number =>
    ((object['spec']?.containers ?? []) as Fields[]).reduce(
      (total, { resources }) => total + parseQuantity(resources?.[kind]?.[name] ?? '0'),
      0,
    )
  return {
    ...counted,
    'requests.cpu': sum('requests', 'cpu'),
    'requests.memory': sum('requests', 'memory'),
    'limits.cpu': sum('limits', 'cpu'),
    'limits.memory': sum('limits', 'memory'),
  }
}

function usage(cluster: Cluster, namespace: string, key: string): number {
  if (key.startsWith('requests.') || key.startsWith('limits.') || key === 'pods') {
    const running = cluster.store
      .list(pods, namespace)
      .filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase))
    return running.reduce((sum, pod) => sum + (demand(pods, pod)[key] ?? 0), 0)
  }
  const of = resources.find((one) => Object.hasOwn(demand(one, {} as KubeObject), key))
  return of === undefined ? 0 : cluster.store.list(of, namespace).length
}
