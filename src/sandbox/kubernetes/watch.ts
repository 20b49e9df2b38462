import type { Exchange } from '../exchange.ts'
import type { Cluster } from './cluster.ts'
import { ApiFailure, statusOf } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'
import { apiVersionOf, type Resource } from './resources.ts'
import type { Matcher } from './selectors.ts'
import type { Change } from './store.ts'

/** Streams changes of a resource as JSON lines until the client goes. */
export function watch(
  cluster: Cluster,
  exchange: Exchange,
  of: Resource,
  namespace: string | undefined,
  matches: Matcher,
  show: (object: KubeObject) => Fields,
): undefined {
  const { response, url } = exchange
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  const write = (type: string, object: Fields): void => void response.write(`${JSON.stringify({ type, object })}\n`)
  const seen = ({ object }: Pick<Change, 'object'>): boolean =>
    (namespace === undefined || object.metadata.namespace === namespace) && matches(object)

  const tell = (change: Change): void => {
    if (change.resource !== of) return
    const now = change.type !== 'DELETED' && seen(change)
    const before = change.previous !== undefined && seen({ object: change.previous })
    if (now) write(before ? 'MODIFIED' : 'ADDED', show(change.object))
    else if (before) write('DELETED', show(change.object))
  }

  const from = url.searchParams.get('resourceVersion') ?? ''
  const initial = url.searchParams.get('sendInitialEvents') === 'true'
  if (initial || from === '' || from === '0') {
    for (const object of cluster.store.list(of, namespace)) if (seen({ object })) write('ADDED', show(object))
    if (initial) {
      const annotations = { 'k8s.io/initial-events-end': 'true' }
      const metadata = { resourceVersion: String(cluster.store.version()), creationTimestamp: null, annotations }
      write('BOOKMARK', { kind: of.kind, apiVersion: apiVersionOf(of), metadata })
    }
  } else {
    const missed = cluster.store.since(Number(from))
    if (missed === undefined) {
      const why = `too old resource version: ${from} (${cluster.store.version()})`
      write('ERROR', statusOf(new ApiFailure(410, 'Expired', why)))
      response.end()
      return
    }
    for (const change of missed) tell(change)
  }
  const stop = cluster.store.subscribe(tell)
  response.once('close', stop)
}
