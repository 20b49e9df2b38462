import { type Cluster, nodeName } from '../cluster.ts'
import { record } from '../events.ts'
import { type Fields, type KubeObject, same } from '../object.ts'
import { parseQuantity } from '../quantity.ts'
import { resource } from '../resources.ts'
import { save } from '../writes.ts'
import { isTrue, withCondition } from './conditions.ts'
import { type ContainerRun, containerRun, type PodRun, startContainer } from './container-run.ts'
import { unmountable } from './environment.ts'
import type { NodeImages } from './image-pull.ts'
import { hasFinished, pods } from './pods.ts'

const schedulingTime = 50
const stopTime = 500
const retryTime = 10_000

/** Places pods on the node and runs their containers, on the sandbox's clock. Returns how to stop. */
export function runKubelet(cluster: Cluster): () => void {
  const images: NodeImages = new Map()
  const running = new Map<string, RunningPod>()
  let addresses = 1
  const stop = cluster.store.subscribe(({ resource: of, object, type }) => {
    if (of !== pods) return
    const { uid } = object.metadata
    const known = running.get(uid)
    if (type === 'DELETED') {
      known?.end()
      running.delete(uid)
      cluster.logs.drop(uid)
    } else if (known === undefined && type === 'ADDED') {
      addresses++
      const ip = `10.244.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`
      running.set(uid, runPod(cluster, images, object, ip))
    } else if (object.metadata.deletionTimestamp !== undefined) known?.terminate()
  })
  return () => {
    stop()
    for (const pod of running.values()) pod.end()
  }
}

interface RunningPod {
  /** The pod is being deleted: its containers stop, then it goes. */
  terminate(): void
  /** Calls everything off. */
  end(): void
}

function runPod(cluster: Cluster, images: NodeImages, created: KubeObject, ip: string): RunningPod {
  const { clock } = cluster.world
  const { namespace, name, uid } = created.metadata
  const spec = created['spec'] as Fields
  const pending = new Set<() => void>()
  const inits = ((spec['initContainers'] ?? []) as Fields[]).map((one) => containerRun(one, true))
  const mains = (spec['containers'] as Fields[]).map((one) => containerRun(one, false))
  let begun: string | undefined
  let next = 0
  let mainsStarted = false
  let terminating = false

  const live = (): KubeObject | undefined => {
    const pod = cluster.store.get(pods, namespace, name)
    return pod?.metadata.uid === uid ? pod : undefined
  }
  const later = (ms: number, task: () => void): (() => void) => {
    const cancel = clock.after(ms, () => {
      pending.delete(cancel)
      task()
    })
    pending.add(cancel)
    return () => {
      pending.delete(cancel)
      cancel()
    }
  }
  const end = (): undefined => {
    for (const cancel of pending) cancel()
    pending.clear()
  }
  const policy = (spec['restartPolicy'] as 'Always' | 'OnFailure' | 'Never' | undefined) ?? 'Always'
  const isSidecar = (run: ContainerRun): boolean => run.init && run.spec['restartPolicy'] === 'Always'
  const host: PodRun = {
    cluster,
    images,
    pod: live,
    after: later,
    changed(run) {
      if (run.init) advance(run)
      publish()
    },
    restarts(run) {
      if (isSidecar(run)) return 'Always'
      return run.init && policy === 'Always' ? 'OnFailure' : policy
    },
  }

  const schedule = (): undefined => {
    const pod = live()
    if (pod === undefined || terminating) return
    const why = unschedulable(cluster, pod)
    if (why !== undefined) {
      const message = `0/1 nodes are available: 1 ${why}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`
      record(cluster, pod, { type: 'Warning', reason: 'FailedScheduling', message, component: 'default-scheduler' })
      const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }
      const conditions = withCondition(pod['status']?.conditions ?? [], condition, cluster.now())
      save(cluster, pods, { ...pod, status: { ...pod['status'], conditions } })
      later(retryTime, schedule)
      return
    }
    save(cluster, pods, { ...pod, spec: { ...pod['spec'], nodeName } })
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`
    record(cluster, pod, { type: 'Normal', reason: 'Scheduled', message, component: 'default-scheduler' })
    begun = cluster.now()
    if (inits.length === 0) for (const run of mains) run.state = { waiting: { reason: 'ContainerCreating' } }
    publish()
    later(schedulingTime, mount)
  }

  const mount = (): undefined => {
    const pod = live()
    if (pod === undefined || terminating) return
    const why = unmountable(cluster, pod)
    if (why !== undefined) {
      record(cluster, pod, { type: 'Warning', reason: 'FailedMount', message: why, component: 'kubelet' })
      later(retryTime, mount)
      return
    }
    startNext()
  }

  /** Starts the next init container, or all the others when none is left. */
  const startNext = (): undefined => {
    const run = inits[next]
    if (run !== undefined) {
      next++
      startContainer(host, run)
    } else if (!mainsStarted) {
      mainsStarted = true
      for (const main of mains) startContainer(host, main)
    }
  }

  const advance = (run: ContainerRun): undefined => {
    if (inits[next - 1] !== run || mainsStarted) return
    const done = isSidecar(run) ? run.started : run.state['terminated']?.exitCode === 0
    if (done) later(0, startNext)
  }

  const publish = (): undefined => {
    const pod = live()
    if (pod === undefined) return
    const status = podStatus(cluster, pod, { inits, mains, begun, ip, mainsStarted, policy, isSidecar })
    if (!same(status, pod['status'])) save(cluster, pods, { ...pod, status })
  }

  const terminate = (): undefined => {
    if (terminating) return
    terminating = true
    const pod = live()
    end()
    if (pod === undefined) return
    for (const run of mains) {
      if (run.state['running'] === undefined) continue
      const message = `Stopping container ${run.spec['name']}`
      const fieldPath = `spec.containers{${run.spec['name']}}`
      record(cluster, pod, { type: 'Normal', reason: 'Killing', message, component: 'kubelet', fieldPath })
    }
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1_000
    later(Math.min(grace, stopTime), () => {
      for (const run of [...inits, ...mains]) run.ready = false
      const last = live()
      if (last !== undefined && (last.metadata.finalizers ?? []).length === 0) cluster.store.remove(pods, last)
    })
  }

  later(schedulingTime, schedule)
  return { terminate, end }
}

interface Runs {
  readonly inits: readonly ContainerRun[]
  readonly mains: readonly ContainerRun[]
  readonly begun: string | undefined
  readonly ip: string
  readonly mainsStarted: boolean
  readonly policy: string
  isSidecar(run: ContainerRun): boolean
}

function podStatus(cluster: Cluster, pod: KubeObject, runs: Runs): Fields {
  const { inits, mains, begun, ip, mainsStarted } = runs
  const phase = phaseOf(runs)
  const initialized = mainsStarted || inits.every((run) => run.state['terminated']?.exitCode === 0)
  const over = phase === 'Succeeded' || phase === 'Failed'
  const notReady = mains.filter(({ ready }) => !ready).map(({ spec }) => spec['name'] as string)
  const gates = ((pod['spec']?.readinessGates ?? []) as Fields[]).map(({ conditionType }) => conditionType as string)
  const gated = gates.filter((type) => !isTrue(pod['status'], type))
  const why = over
    ? { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : { reason: 'ContainersNotReady', message: `containers with unready status: [${notReady.join(' ')}]` }
  const ready = notReady.length === 0 && !over
  const began = mains.some(({ state }) => state['waiting']?.reason !== 'ContainerCreating')
  const now = cluster.now()
  let conditions = (pod['status']?.conditions ?? []) as Fields[]
  const set = (type: string, yes: boolean, otherwise: Fields = {}): undefined => {
    conditions = withCondition(conditions, { type, status: yes ? 'True' : 'False', ...(yes ? {} : otherwise) }, now)
  }
  set('PodReadyToStartContainers', began && !over)
  set('Initialized', initialized, { reason: 'ContainersNotInitialized', message: 'containers with incomplete status' })
  const gate = {
    reason: 'ReadinessGatesNotReady',
    message: `the status of pod readiness gate "${gated[0]}" is not "True", but False`,
  }
  set('Ready', ready && gated.length === 0, ready ? gate : why)
  set('ContainersReady', ready, why)
  set('PodScheduled', true)
  return {
    ...pod['status'],
    phase,
    observedGeneration: pod.metadata.generation,
    conditions,
    hostIP: '10.0.1.10',
    hostIPs: [{ ip: '10.0.1.10' }],
    ...(began || inits.some(({ containerID }) => containerID !== '') ? { podIP: ip, podIPs: [{ ip }] } : {}),
    ...(begun === undefined ? {} : { startTime: begun }),
    ...(inits.length > 0 ? { initContainerStatuses: inits.map(containerStatus) } : {}),
    containerStatuses: mains.map(containerStatus),
  }
}

function phaseOf({ inits, mains, policy, isSidecar }: Runs): string {
  const failedInit = inits.some(
    (run) => policy === 'Never' && !isSidecar(run) && (run.state['terminated']?.exitCode ?? 0) !== 0,
  )
  if (failedInit) return 'Failed'
  const ended = mains.map(({ state }) => state['terminated'] as Fields | undefined)
  if (ended.every((one) => one !== undefined) && policy !== 'Always') {
    if (ended.every((one) => one?.['exitCode'] === 0)) return 'Succeeded'
    if (policy === 'Never') return 'Failed'
  }
  return mains.some(({ containerID }) => containerID !== '') ? 'Running' : 'Pending'
}

const containerStatus = (run: ContainerRun): Fields => ({
  name: run.spec['name'],
  image: run.spec['image'],
  imageID: run.imageID,
  ...(run.containerID === '' ? {} : { containerID: run.containerID }),
  state: run.state,
  lastState: run.lastState,
  ready: run.init ? run.state['terminated']?.exitCode === 0 || run.ready : run.ready,
  started: run.started,
  restartCount: run.restartCount,
})

/** Why the node cannot take a pod, in the scheduler's words. */
function unschedulable(cluster: Cluster, pod: KubeObject): string | undefined {
  const node = cluster.store.get(resource('core/v1/nodes'), undefined, nodeName)
  if (node === undefined) return 'node(s) were not found'
  if (node['spec']?.unschedulable === true) return 'node(s) were unschedulable'
  const labels = node.metadata.labels ?? {}
  const wanted = Object.entries((pod['spec']?.nodeSelector ?? {}) as Record<string, string>)
  if (wanted.some(([key, value]) => labels[key] !== value)) return "node(s) didn't match Pod's node affinity/selector"
  for (const name of ['cpu', 'memory']) {
    const asked = (one: KubeObject): number =>
      ((one['spec']?.containers ?? []) as Fields[]).reduce(
        (sum, { resources }) => sum + parseQuantity(resources?.requests?.[name] ?? '0'),
        0,
      )
    const placed = cluster.store.list(pods).filter((one) => one['spec']?.nodeName !== undefined && !hasFinished(one))
    const used = placed.reduce((sum, one) => sum + asked(one), 0)
    if (used + asked(pod) > parseQuantity(node['status']?.allocatable?.[name] ?? '0')) return `Insufficient ${name}`
  }
  return undefined
}
