import type { Exchange } from '../exchange.ts'
import { send } from '../exchange.ts'
import type { Cluster } from './cluster.ts'
import type { LogLine } from './container-logs.ts'
import { badRequest } from './failure.ts'
import type { Fields, KubeObject } from './object.ts'
import { resource } from './resources.ts'

const pods = resource('core/v1/pods')

/** Answers `pods/log`: `container`, `previous`, `tailLines`, `limitBytes`, `timestamps`, `sinceSeconds`, `follow`. @throws ApiFailure */
export function podLog(cluster: Cluster, exchange: Exchange, pod: KubeObject): undefined {
  const query = exchange.url.searchParams
  const container = containerOf(pod, query.get('container') ?? '')
  const previous = query.get('previous') === 'true'
  const { uid, name } = pod.metadata
  const lines = cluster.logs.read(uid, container, previous)
  if (lines === undefined) {
    if (previous)
      throw badRequest(
        `previous terminated container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} not found`,
      )
    throw badRequest(
      `container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} is waiting to start: ${waitingFor(pod, container)}`,
    )
  }
  const stamped = query.get('timestamps') === 'true'
  const text = ({ at, text }: LogLine): string => `${stamped ? `${new Date(at).toISOString()} ` : ''}${text}\n`
  const since = Number(query.get('sinceSeconds') ?? Number.POSITIVE_INFINITY) * 1_000
  const recent = lines.filter(({ at }) => cluster.world.clock.now() - at <= since)
  const tail = Number(query.get('tailLines') ?? Number.NaN)
  const kept = Number.isNaN(tail) || tail < 0 ? recent : tail === 0 ? [] : recent.slice(-tail)
  const body = kept
    .map(text)
    .join('')
    .slice(0, Number(query.get('limitBytes') ?? Number.POSITIVE_INFINITY))
  const headers = { 'content-type': 'text/plain' }
  if (query.get('follow') !== 'true' || previous || hasEnded(pod, container))
    return void send(exchange, 200, body, headers)

  const { response } = exchange
  response.writeHead(200, headers)
  response.flushHeaders()
  response.write(body)
  const stopLines = cluster.logs.follow(uid, container, (line) => void response.write(text(line)))
  const stopChanges = cluster.store.subscribe(({ resource: of, object, type }) => {
    if (of !== pods || object.metadata.uid !== uid) return
    if (type === 'DELETED' || hasEnded(object, container)) response.end()
  })
  response.once('close', () => {
    stopLines()
    stopChanges()
  })
}

function containerOf(pod: KubeObject, asked: string): string {
  const names = (list: string): string[] => ((pod['spec']?.[list] ?? []) as Fields[]).map(({ name }) => name as string)
  const [main, init] = [names('containers'), names('initContainers')]
  if (asked !== '') {
    if ([...main, ...init].includes(asked)) return asked
    throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`)
  }
  if (main.length === 1) return main[0] as string
  throw badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${main.join(' ')}]${init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : ''}`,
  )
}

const statusOfContainer = (pod: KubeObject, container: string): Fields | undefined =>
  ([...(pod['status']?.containerStatuses ?? []), ...(pod['status']?.initContainerStatuses ?? [])] as Fields[]).find(
    ({ name }) => name === container,
  )

const hasEnded = (pod: KubeObject, container: string): boolean =>
  statusOfContainer(pod, container)?.['state']?.terminated !== undefined

function waitingFor(pod: KubeObject, container: string): string {
  const reason: unknown = statusOfContainer(pod, container)?.['state']?.waiting?.reason
  if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff') return 'trying and failing to pull image'
  if (reason === 'InvalidImageName') return 'image is invalid'
  return typeof reason === 'string' ? reason : 'ContainerCreating'
}
