import type { DeployEnd, Stage } from './stage.ts'

/** What a run of an action came to, as a user and the cloud see it. */
export interface Observed {
  readonly exit: string
  /** Sandbox time from its start to its end, in minutes. */
  readonly after: string
  readonly lastWords: string
  /** The revision that serves once nothing moves any more. */
  readonly running: string
  /** Revisions that were registered by the run, are still active, and serve nowhere. */
  readonly leftOver: string
}

interface Service {
  readonly taskDefinition?: string
  readonly taskSets?: readonly { readonly status: string; readonly taskDefinition: string }[]
  readonly deployments?: readonly { readonly status: string; readonly taskDefinition: string; rolloutState?: string }[]
}

const short = (arn: string | undefined): string => arn?.split('/').at(-1) ?? 'nothing'

/** Looks at the service once everything has come to rest, at most `withinMs` of sandbox time later. */
export async function observed(stage: Stage, end: DeployEnd, withinMs = 90 * 60_000): Promise<Observed> {
  const { world, invoke, sandbox } = stage
  const deadline = sandbox.clock.now() + withinMs
  while (sandbox.clock.now() < deadline && !(await atRest(stage))) await world.pass(5_000)
  const { services } = await invoke<{ services: readonly Service[] }>('ecs', 'DescribeServices', {
    cluster: world.cluster,
    services: [world.service],
  })
  const [service] = services
  const primary =
    service?.taskSets?.find(({ status }) => status === 'PRIMARY') ??
    service?.deployments?.find(({ status }) => status === 'PRIMARY')
  const running = short(primary?.taskDefinition ?? service?.taskDefinition)
  const { taskDefinitionArns } = await invoke<{ taskDefinitionArns: readonly string[] }>('ecs', 'ListTaskDefinitions', {
    status: 'ACTIVE',
  })
  const leftOver = taskDefinitionArns.map(short).filter((name) => name !== running && !stage.before.has(name))
  return {
    exit: end.signal ?? String(end.code),
    after: minutes(end.endedAt - end.beganAt),
    lastWords: lastWords(end),
    running: running === short(world.taskDefinitionArn) ? `${running} (the old one)` : running,
    leftOver: leftOver.length === 0 ? 'none' : leftOver.join(', '),
  }
}

/** Nothing under way: no deployment of CodeDeploy's, and the service is as it should be. */
async function atRest({ invoke, names, mover, world }: Stage): Promise<boolean> {
  if (mover === 'codedeploy') {
    const { deployments } = await invoke<{ deployments: readonly string[] }>('codedeploy', 'ListDeployments', {
      applicationName: names.application,
      deploymentGroupName: names.group,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'],
    })
    return deployments.length === 0
  }
  const { services } = await invoke<{ services: readonly Service[] }>('ecs', 'DescribeServices', {
    cluster: world.cluster,
    services: [world.service],
  })
  const deployments = services[0]?.deployments ?? []
  return deployments.length === 1 && deployments[0]?.rolloutState === 'COMPLETED'
}

/** The error that the runner shows at the step, else the last line of the log; ids and places that change are left out. */
export function lastWords({ lines, code }: Pick<DeployEnd, 'lines' | 'code'>): string {
  const errors = lines.filter((line) => line.startsWith('::error'))
  const spoken = lines.filter((line) => line.trim() !== '' && !/^::(?!notice|warning|error)/.test(line))
  const line = (code === 0 ? undefined : errors[0]) ?? spoken.at(-1) ?? '(nothing)'
  const text = steady(
    line
      .replace(/^::\w+[^:]*::/, '')
      .replace(/^\[[\dhms ]+\] /, '')
      .replaceAll('%0A', ' ')
      .replaceAll('%25', '%'),
  )
  return text.length > 240 ? `${text.slice(0, 240)}… (${text.length} characters)` : text
}

const minutes = (ms: number): string => (ms < 60_000 ? '< 1' : String(Math.round(ms / 60_000)))

const steady = (text: string): string =>
  text
    .replaceAll(/\bd-[A-Z0-9]{9}\b/g, 'd-…')
    .replaceAll(/ecs-svc\/\d+/g, 'ecs-svc/…')
    // Ids of native deployments: 21 characters of every kind.
    .replaceAll(/(?<![\w-])(?=[\w-]*[\d_-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{21}(?![\w-])/g, '…')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
    .replaceAll(/sha256:[0-9a-f]{64}/g, 'sha256:…')
    .replaceAll(/\b[0-9a-f]{32}\b/g, '…')
    .replaceAll(/\/tmp\/[\w./-]+/g, '…')
