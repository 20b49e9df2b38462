import { type Behaviour, behaviour } from '../../behaviour.ts'
import type { PulledImage } from '../../world.ts'
import type { Cluster } from '../cluster.ts'
import type { Fields, KubeObject } from '../object.ts'
import { timestamp } from '../object.ts'
import { tell } from './container-events.ts'
import { environmentOf } from './environment.ts'
import { type NodeImages, pullImage } from './image-pull.ts'
import { beginProbes } from './probes.ts'

/** One container of a pod, as the kubelet keeps it. */
export interface ContainerRun {
  readonly spec: Fields
  readonly init: boolean
  state: Fields
  lastState: Fields
  ready: boolean
  started: boolean
  restartCount: number
  imageID: string
  containerID: string
  /** Of the next pause after a crash or a failed pull, ms. */
  crashPause: number
  pullPause: number
}

/** What a container needs of its pod's sandbox. */
export interface PodRun {
  readonly cluster: Cluster
  readonly images: NodeImages
  /** The pod as it is now; undefined when it is gone or ending. */
  pod(): KubeObject | undefined
  /** Runs a task later, unless the pod ends before. */
  after(ms: number, task: () => void): () => void
  /** A container's state changed: the pod's status must follow. */
  changed(run: ContainerRun): void
  restarts(run: ContainerRun): 'Always' | 'OnFailure' | 'Never'
}

const firstPause = 10_000
const longestPause = 300_000
const pullTime = 1_000
const configPause = 10_000
/** A container that ran this long starts afresh after a crash. */
const healed = 2 * longestPause

export function containerRun(spec: Fields, init: boolean): ContainerRun {
  return {
    spec,
    init,
    state: { waiting: { reason: 'PodInitializing' } },
    lastState: {},
    ready: false,
    started: false,
    restartCount: 0,
    imageID: '',
    containerID: '',
    crashPause: 0,
    pullPause: 0,
  }
}

const waiting = (host: PodRun, run: ContainerRun, reason: string, message: string): undefined => {
  run.state = { waiting: { reason, message } }
  host.changed(run)
}

/** Pulls the image, then starts the container; failures are told and tried again with growing pauses. */
export function startContainer(host: PodRun, run: ContainerRun): undefined {
  const reference = run.spec['image'] as string
  const mustPull = run.spec['imagePullPolicy'] === 'Always' || !host.images.has(reference)
  if (mustPull && run.spec['imagePullPolicy'] !== 'Never')
    tell(host, run, 'Normal', 'Pulling', `Pulling image "${reference}"`)
  host.after(mustPull ? pullTime : 0, () => {
    const pull = pullImage(host.cluster.world, host.images, run.spec)
    if ('image' in pull) {
      run.pullPause = 0
      run.imageID = pull.imageID
      tell(host, run, 'Normal', 'Pulled', pull.event)
      configure(host, run, pull.image)
      return
    }
    if (pull.reason === 'InvalidImageName') {
      tell(host, run, 'Warning', 'InspectFailed', pull.message)
      tell(host, run, 'Warning', 'Failed', 'Error: InvalidImageName')
      waiting(host, run, pull.reason, pull.message)
      host.after(configPause, () => startContainer(host, run))
      return
    }
    const failed =
      pull.reason === 'ErrImagePull' ? `Failed to pull image "${reference}": ${pull.message}` : pull.message
    tell(host, run, 'Warning', pull.reason === 'ErrImagePull' ? 'Failed' : pull.reason, failed)
    tell(host, run, 'Warning', 'Failed', `Error: ${pull.reason}`)
    waiting(host, run, pull.reason, pull.message)
    run.pullPause = Math.min(longestPause, run.pullPause === 0 ? firstPause : run.pullPause * 2)
    if (pull.reason === 'ErrImagePull') {
      host.after(Math.min(run.pullPause / 2, firstPause), () => {
        tell(host, run, 'Normal', 'BackOff', `Back-off pulling image "${reference}"`)
        tell(host, run, 'Warning', 'Failed', 'Error: ImagePullBackOff')
        waiting(host, run, 'ImagePullBackOff', `Back-off pulling image "${reference}": ErrImagePull: ${pull.message}`)
      })
    }
    host.after(run.pullPause, () => startContainer(host, run))
  })
}

function configure(host: PodRun, run: ContainerRun, image: PulledImage): undefined {
  const pod = host.pod()
  if (pod === undefined) return
  const resolved = environmentOf(host.cluster, pod, run.spec)
  if ('missing' in resolved) {
    tell(host, run, 'Warning', 'Failed', `Error: ${resolved.missing}`)
    waiting(host, run, 'CreateContainerConfigError', resolved.missing)
    host.after(configPause, () => startContainer(host, run))
    return
  }
  runImage(host, run, behaviourOf(host, run, image, resolved.env))
}

/**
 * What the container will do. A program that ends (an init container, a Job) and is not the image's own
 * (it has a `command` or `args`) ends well when the image does not say otherwise.
 */
function behaviourOf(host: PodRun, run: ContainerRun, image: PulledImage, env: Record<string, string>): Behaviour {
  const told = behaviour(image, env)
  const ends = run.init || host.restarts(run) !== 'Always'
  const ownProgram = run.spec['command'] === undefined && run.spec['args'] === undefined
  if (told.exit !== undefined || !ends || ownProgram || host.restarts(run) === 'Always') return told
  return { ...told, exit: { code: 0, afterMs: 1_000, reason: 'Completed' } }
}

function runImage(host: PodRun, run: ContainerRun, does: Behaviour): undefined {
  const { cluster } = host
  const name = run.spec['name'] as string
  const uid = host.pod()?.metadata.uid ?? ''
  run.containerID = `containerd://${cluster.world.id(64)}`
  const startedAt = cluster.world.clock.now()
  tell(host, run, 'Normal', 'Created', `Created container: ${name}`)
  tell(host, run, 'Normal', 'Started', `Started container ${name}`)
  run.state = { running: { startedAt: timestamp(startedAt) } }
  run.started = false
  run.ready = false
  cluster.logs.begin(uid, name)
  for (const text of does.log) cluster.logs.print(uid, name, { at: startedAt, text })
  let over = false
  const endProbes = beginProbes(host, run, does, () => {
    if (over) return
    over = true
    end(host, run, startedAt, { exitCode: 137, reason: 'Error' })
  })
  const { exit } = does
  if (exit !== undefined) {
    host.after(exit.afterMs, () => {
      if (over) return
      over = true
      endProbes()
      end(host, run, startedAt, { exitCode: exit.code, reason: exit.reason })
    })
  }
  host.changed(run)
}

/** The container ended: for good, or to be started again after its pause. */
function end(host: PodRun, run: ContainerRun, startedAt: number, how: { exitCode: number; reason: string }): undefined {
  const { clock } = host.cluster.world
  const finishedAt = clock.now()
  const terminated = {
    ...how,
    startedAt: timestamp(startedAt),
    finishedAt: timestamp(finishedAt),
    containerID: run.containerID,
  }
  run.ready = false
  run.started = false
  run.state = { terminated }
  host.changed(run)
  const policy = host.restarts(run)
  if (policy === 'Never' || (policy === 'OnFailure' && how.exitCode === 0)) return

  if (finishedAt - startedAt > healed) run.crashPause = 0
  const pause = run.crashPause
  run.crashPause = Math.min(longestPause, pause === 0 ? firstPause : pause * 2)
  const again = (): undefined => {
    run.restartCount++
    run.lastState = { terminated }
    startContainer(host, run)
  }
  if (pause === 0) {
    host.after(500, again)
    return
  }
  host.after(500, () => {
    const { metadata } = host.pod() ?? {}
    const who = `container ${run.spec['name']} in pod ${metadata?.name}_${metadata?.namespace}(${metadata?.uid})`
    tell(host, run, 'Warning', 'BackOff', `Back-off restarting failed ${who}`)
    run.lastState = { terminated }
    const message = `back-off ${spoken(pause)} restarting failed ${who.replace('container ', 'container=').replace(' in pod ', ' pod=')}`
    waiting(host, run, 'CrashLoopBackOff', message)
  })
  host.after(pause, again)
}

/** A pause in Go's words: `10s`, `1m20s`, `5m0s`. */
const spoken = (ms: number): string => {
  const seconds = ms / 1_000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
