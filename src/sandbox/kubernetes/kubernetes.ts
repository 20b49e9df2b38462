import type { Accounts } from '../aws/gateway.ts'
import type { Exchange, Identity, Service } from '../exchange.ts'
import type { Kubernetes, World } from '../world.ts'
import { answer, refuse } from './api.ts'
import { type Cluster, cluster } from './cluster.ts'
import { runCluster } from './controllers/controllers.ts'
import { letsIn } from './eks-token.ts'
import { ApiFailure, noSuchPath, qualified } from './failure.ts'
import { kubeconfig } from './kubeconfig.ts'
import { clusterPath, targetOf } from './request.ts'

/** The name of the cluster that is always there. */
export const defaultCluster = 'sandbox'

/** The Kubernetes side of a sandbox: clusters, and the service that answers for them under `/kubernetes/<cluster>/`. */
export function kubernetes(world: () => World, accounts: () => Accounts): { service: Service; clusters: Kubernetes } {
  const running = new Map<string, { cluster: Cluster; stop: () => void }>()
  const start = (name: string): Cluster => {
    const known = running.get(name)
    if (known !== undefined) return known.cluster
    const made = cluster(name, world())
    running.set(name, { cluster: made, stop: runCluster(made) })
    return made
  }
  const service: Service = {
    identify(exchange) {
      const at = clusterPath(exchange.url.pathname)
      return at && { service: 'kubernetes', operation: operationOf(exchange, at.path) }
    },
    handle(exchange, _identity: Identity) {
      const at = clusterPath(exchange.url.pathname)
      if (at === undefined || (at.cluster !== defaultCluster && !running.has(at.cluster)))
        return refuse(exchange, noSuchPath())
      if (!letsIn(exchange.headers.authorization, accounts(), world().clock.now()))
        return refuse(exchange, unauthorized())
      // A client that joins the server's own path to what discovery told it names the cluster twice.
      const twice = clusterPath(at.path)
      answer(start(at.cluster), exchange, twice?.path ?? at.path)
    },
    fail(exchange, status, code, message) {
      refuse(exchange, injected(exchange, status, code, message))
    },
    close() {
      for (const { stop } of running.values()) stop()
      running.clear()
    },
  }
  return {
    service,
    clusters: {
      create: (name) => void start(name),
      names: () => [...new Set([defaultCluster, ...running.keys()])].sort(),
      kubeconfig: (name = defaultCluster, namespace) => kubeconfig(world().endpoint(), name, namespace),
    },
  }
}

function operationOf(exchange: Exchange, path: string): string {
  try {
    const { of, subresource } = targetOf(path)
    return `${exchange.method} ${qualified(of)}${subresource === undefined ? '' : `/${subresource}`}`
  } catch {
    return `${exchange.method} ${path.split('/', 2).join('/')}`
  }
}

const unauthorized = (): ApiFailure => new ApiFailure(401, 'Unauthorized', 'Unauthorized')

/** An injected fault in the API server's own words. */
function injected(exchange: Exchange, status: number, code: string, message: string): ApiFailure {
  if (code === 'ThrottlingException')
    return new ApiFailure(
      429,
      'TooManyRequests',
      'the server has received too many requests and has asked us to try again later',
    )
  if (code === 'ExpiredTokenException') return unauthorized()
  if (code !== 'AccessDeniedException')
    return new ApiFailure(status, 'InternalError', `Internal error occurred: ${message}`)
  const at = clusterPath(exchange.url.pathname)
  try {
    const { of, namespace, name } = targetOf(at?.path ?? '/')
    const verb = verbOf(exchange, name)
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
    const what = name === undefined ? qualified(of) : `${qualified(of)} "${name}"`
    return new ApiFailure(
      403,
      'Forbidden',
      `${what} is forbidden: User "sandbox" cannot ${verb} resource "${of.plural}" in API group "${of.group}" ${where}`,
      {
        ...(name === undefined ? {} : { name }),
        kind: of.plural,
      },
    )
  } catch {
    return new ApiFailure(403, 'Forbidden', `forbidden: User "sandbox" cannot get path "${at?.path}"`, {})
  }
}

function verbOf({ method, url }: Exchange, name: string | undefined): string {
  if (method === 'GET') return name !== undefined ? 'get' : url.searchParams.has('watch') ? 'watch' : 'list'
  if (method === 'DELETE') return name === undefined ? 'deletecollection' : 'delete'
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase()
}
