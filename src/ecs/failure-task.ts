import type { Container, Task } from '@aws-sdk/client-ecs'
import { type Cause, type CauseFacts, causeKinds, noFacts } from './failure-cause.ts'
import { isAgentError, startCause } from './failure-start.ts'
import { oneLine, shortIds } from './failure-text.ts'

/** Why one task ended, when that was a failure. */
export interface TaskEnd extends Cause {
  readonly container: string | undefined
  readonly exitCode: number | undefined
}

/** Tasks that ended for the same reason. */
export interface TaskEnds extends TaskEnd {
  readonly count: number
  /** The newest first. */
  readonly tasks: readonly Task[]
}

/** Ends that the service itself brought about say nothing of the task: scaling in, the end of a deployment or task set. */
const ordinary = ({ stopCode, stoppedReason = '' }: Task): boolean =>
  /^(Scaling activity initiated by|Task set (deleted|scaled)|.*AZ rebalancing)/i.test(stoppedReason) ||
  (stopCode === 'ServiceSchedulerInitiated' && !/fail|unhealthy/i.test(stoppedReason))

/** The cause of one task's end; undefined while it has not ended, or when it was no failure. */
export function taskEnd(task: Task, facts: CauseFacts = noFacts): TaskEnd | undefined {
  if (task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED') return undefined
  if (ordinary(task)) return undefined
  const stopped = oneLine(
    shortIds(task.stoppedReason ?? task.stopCode ?? 'stopped for no reason that ECS tells'),
    2_000,
  )
  const containers = task.containers ?? []
  const failedTo = containers.find(({ exitCode, reason }) => exitCode === undefined && isAgentError(reason ?? ''))
  const agent = isAgentError(stopped) ? stopped : oneLine(shortIds(failedTo?.reason ?? ''), 2_000)
  if (/failed (ELB|container) health checks/i.test(stopped)) return unhealthy(stopped, task, facts)
  if (agent !== '' && !/^OutOfMemory/.test(agent)) {
    // The agent names the container that could not have its image; the task's reason is that container's.
    const image = (failedTo ?? containers.find(({ reason }) => reason === task.stoppedReason))?.image
    const cause = startCause(agent, { ...facts, image: image ?? facts.image })
    return { ...cause, container: failedTo?.name, exitCode: undefined }
  }
  if (/SpotInterruption|TerminationNotice/.test(task.stopCode ?? '')) {
    const advice = 'add FARGATE or on-demand instances to the capacity providers'
    return { kind: 'placement', text: `its capacity was taken away (${stopped})`, advice, ...none }
  }
  if (task.stopCode === 'UserInitiated') return { kind: 'stopped', text: stopped, advice: undefined, ...none }
  const culprit = culpritOf(containers, task)
  if (culprit === undefined || task.stopCode === 'TaskFailedToStart')
    return { ...startCause(stopped, facts), container: culprit?.name, exitCode: culprit?.exitCode }
  return exited(culprit, stopped, task)
}

const none = { container: undefined, exitCode: undefined }

/** Signals that are sent to a container when another one has ended. */
const sentTo = (code: number | undefined): number => (code === 143 ? 4 : code === 0 ? 3 : code === 137 ? 2 : 1)

/** The container that brought the task down: killed for memory, else one with a code of its own, else one that was killed, else one that just ended. */
function culpritOf(containers: readonly Container[], task: Task): Container | undefined {
  const ended = containers.filter(({ exitCode, reason }) => reason !== undefined || exitCode !== undefined)
  const guilty = ended.filter(({ exitCode }) => exitCode !== 0 || task.stopCode === 'EssentialContainerExited')
  const weight = ({ exitCode, reason }: Container): number => (/OutOfMemory/.test(reason ?? '') ? 0 : sentTo(exitCode))
  return [...guilty].sort((a, b) => weight(a) - weight(b))[0]
}

const meanings: Readonly<Record<number, readonly [meaning: string, advice: string | undefined]>> = {
  0: ['', 'an essential container of a service must keep running: its program came to its end'],
  126: ['', 'the command cannot be run: it is not executable, or no program for this platform'],
  127: ['', 'the command was not found in the image: correct command or entryPoint'],
  132: [' (SIGILL)', 'the program uses instructions that this processor lacks: build it for the platform of the task'],
  134: [' (SIGABRT)', undefined],
  137: [
    ' (SIGKILL)',
    'it was killed: it used more memory than it may, or did not end within stopTimeout after SIGTERM',
  ],
  139: [' (SIGSEGV)', undefined],
  143: [' (SIGTERM)', 'it was told to stop, by something inside the task or because another container had ended'],
}

function exited(container: Container, stopped: string, task: Task): TaskEnd {
  const { exitCode } = container
  const name = `container ${oneLine(container.name ?? '?', 255)}`
  const known = { kind: 'exit', container: container.name, exitCode } as const
  if (/OutOfMemory/.test(container.reason ?? '')) {
    const limit = container.memory ?? task.memory
    const at = limit === undefined ? '' : ` at ${limit} MiB`
    const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`
    const text = `${name}: OutOfMemoryError: container killed due to memory usage${at}${code}`
    return { ...known, text, advice: 'raise its memory in the task definition, or make the program use less' }
  }
  if (exitCode === undefined) {
    const cause = startCause(oneLine(shortIds(container.reason ?? stopped), 2_000), noFacts)
    return { ...known, text: `${name} ${cause.text} (${stopped})`, advice: cause.advice }
  }
  const [meaning, advice] = meanings[exitCode] ?? ['', undefined]
  return { ...known, text: `${name} exited with code ${exitCode}${meaning} (${stopped})`, advice }
}

function unhealthy(stopped: string, task: Task, { healthChecks }: CauseFacts): TaskEnd {
  const checked = /container health checks/i.test(stopped)
  const sick =
    (task.containers ?? []).find(({ healthStatus }) => healthStatus === 'UNHEALTHY')?.name ??
    (healthChecks.size === 1 ? [...healthChecks.keys()][0] : undefined)
  const check = checked && sick !== undefined ? healthChecks.get(sick) : undefined
  if (check === undefined)
    return { kind: 'health', text: stopped, advice: undefined, container: sick, exitCode: undefined }
  return {
    kind: 'health',
    text: `container ${oneLine(sick ?? '?', 255)} failed its own health check: ${oneLine(check, 150)}`,
    advice:
      'run that command in the image: the program it calls may be missing there; raise startPeriod if the container only needs longer to come up',
    container: sick,
    exitCode: undefined,
  }
}

/** The failed ends among tasks, those of the same reason told once: what explains the others first, then the most frequent. */
export function groupEnds(tasks: readonly Task[], facts: CauseFacts = noFacts): readonly TaskEnds[] {
  const groups = new Map<string, TaskEnd & { tasks: Task[] }>()
  for (const task of tasks) {
    const end = taskEnd(task, facts)
    if (end === undefined) continue
    const known = groups.get(end.text)
    if (known === undefined) groups.set(end.text, { ...end, tasks: [task] })
    else known.tasks.push(task)
  }
  const at = ({ stoppingAt, stoppedAt }: Task): number => (stoppedAt ?? stoppingAt)?.getTime() ?? 0
  return [...groups.values()]
    .map((group) => ({ ...group, count: group.tasks.length, tasks: group.tasks.sort((a, b) => at(b) - at(a)) }))
    .sort((a, b) => causeKinds.indexOf(a.kind) - causeKinds.indexOf(b.kind) || b.count - a.count)
}
