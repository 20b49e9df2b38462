import { type Happening, record } from '../events.ts'
import type { ContainerRun, PodRun } from './container-run.ts'

/** Says what happened to a container as the kubelet says it. */
export function tell(
  host: PodRun,
  run: ContainerRun,
  type: Happening['type'],
  reason: string,
  message: string,
): undefined {
  const pod = host.pod()
  const list = run.init ? 'initContainers' : 'containers'
  const fieldPath = `spec.${list}{${run.spec['name']}}`
  if (pod !== undefined) record(host.cluster, pod, { type, reason, message, component: 'kubelet', fieldPath })
}
