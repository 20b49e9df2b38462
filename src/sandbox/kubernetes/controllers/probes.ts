import type { Behaviour } from '../../behaviour.ts'
import type { Fields } from '../object.ts'
import { tell } from './container-events.ts'
import type { ContainerRun, PodRun } from './container-run.ts'

/** Probes a container that has just started; `kill` ends it when its liveness or start-up probe gives up. Returns how to stop. */
export function beginProbes(host: PodRun, run: ContainerRun, does: Behaviour, kill: () => undefined): () => void {
  const begun = host.cluster.world.clock.now()
  let over = false
  const isUp = (): boolean => does.healthy && host.cluster.world.clock.now() - begun >= does.startupMs
  const { startupProbe, readinessProbe, livenessProbe } = run.spec as Record<string, Fields | undefined>

  /** Tries a probe again and again: `good` after enough successes (then it stops), `bad` after enough failures. */
  const probe = (kind: string, spec: Fields, good: () => undefined, bad: () => undefined): undefined => {
    const { initialDelaySeconds = 0, periodSeconds, successThreshold, failureThreshold } = spec
    let successes = 0
    let failures = 0
    const attempt = (): undefined => {
      if (over) return
      if (isUp()) {
        failures = 0
        if (++successes >= successThreshold) return good()
      } else {
        successes = 0
        failures++
        tell(host, run, 'Warning', 'Unhealthy', `${kind} probe failed: ${complaint(host, spec, does.healthy)}`)
        if (failures >= failureThreshold) {
          bad()
          if (kind !== 'Readiness') return
        }
      }
      host.after(periodSeconds * 1_000, attempt)
    }
    host.after(initialDelaySeconds * 1_000, attempt)
  }
  const giveUp = (why: string) => (): undefined => {
    if (over) return
    over = true
    tell(host, run, 'Normal', 'Killing', `Container ${run.spec['name']} failed ${why}, will be restarted`)
    kill()
  }
  const begin = (): undefined => {
    if (over) return
    run.started = true
    if (readinessProbe === undefined) run.ready = true
    else {
      const ready = (): undefined => {
        run.ready = true
        host.changed(run)
      }
      probe('Readiness', readinessProbe, ready, () => undefined)
    }
    if (livenessProbe !== undefined) probe('Liveness', livenessProbe, () => undefined, giveUp('liveness probe'))
    host.changed(run)
  }
  if (startupProbe === undefined) begin()
  else probe('Startup', startupProbe, begin, giveUp('startup probe'))
  return () => {
    over = true
  }
}

/** What the kubelet says of a probe that got no good answer. */
function complaint(host: PodRun, spec: Fields, answers: boolean): string {
  const pod = host.pod()
  const ip = (pod?.['status']?.podIP as string | undefined) ?? '10.244.0.1'
  const { httpGet, tcpSocket, grpc } = spec as Record<string, Fields | undefined>
  const target = httpGet ?? tcpSocket ?? grpc
  if (target === undefined) return 'command exited with 1'
  const port = portNumber(pod?.['spec'] as Fields | undefined, target['port'])
  const refused = `dial tcp ${ip}:${port}: connect: connection refused`
  if (httpGet === undefined) return refused
  // A program that is up but not well answers; one that is still starting does not.
  if (!answers) return 'HTTP probe failed with statuscode: 503'
  return `Get "${String(httpGet['scheme'] ?? 'HTTP').toLowerCase()}://${ip}:${port}${httpGet['path'] ?? '/'}": ${refused}`
}

/** The number of a port that may be given by name. */
export function portNumber(spec: Fields | undefined, port: unknown): unknown {
  if (typeof port !== 'string') return port
  const all = ((spec?.['containers'] ?? []) as Fields[]).flatMap(({ ports }) => (ports ?? []) as Fields[])
  return all.find(({ name }) => name === port)?.['containerPort'] ?? port
}
