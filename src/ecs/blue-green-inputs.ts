import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'
import { didYouMean } from '../action/closest.ts'
import { hookProblems } from './appspec-checks.ts'
import { readAppSpec } from './appspec-file.ts'
import { rollbackEvents } from './blue-green-begin.ts'
import type { BlueGreenParts, BlueGreenRequest, FollowRequest } from './blue-green-request.ts'
import type { Stage } from './blue-green-stage.ts'
import type { IfDeploying, Remedy } from './deployment-policy.ts'
import { readTaskDefinition, renderChecked } from './rendering.ts'
import { type TaskBeforeInputs, taskBeforeOf, taskBeforeProblems } from './task-before.ts'
import { withoutDescribeOnly } from './task-definition.ts'
import { isReference } from './wanted-revision.ts'

/** What the action's table yields, by the inputs' own names. */
export interface BlueGreenInputs extends TaskBeforeInputs {
  readonly operation: 'deploy' | 'continue' | 'stop' | 'rollback'
  readonly 'task-definition': string | undefined
  readonly service: string
  readonly cluster: string
  readonly 'codedeploy-appspec': string | undefined
  readonly 'codedeploy-hooks': Readonly<Record<string, string>> | undefined
  readonly 'container-name': string | undefined
  readonly 'container-port': number | undefined
  readonly 'platform-version': string | undefined
  readonly subnets: readonly string[] | undefined
  readonly 'security-groups': readonly string[] | undefined
  readonly 'assign-public-ip': 'ENABLED' | 'DISABLED' | undefined
  readonly 'desired-count': number | undefined
  readonly 'codedeploy-application': string | undefined
  readonly 'codedeploy-deployment-group': string | undefined
  readonly 'codedeploy-deployment-id': string | undefined
  readonly 'codedeploy-deployment-description': string | undefined
  readonly 'codedeploy-deployment-config': string | undefined
  readonly 'codedeploy-alarms': readonly string[] | undefined
  readonly 'ignore-alarm-poll-failure': boolean
  readonly 'codedeploy-auto-rollback-events': readonly string[] | undefined
  readonly 'if-deploying': IfDeploying
  readonly 'wait-until': Stage
  readonly timeout: number
  readonly 'test-traffic-url': string | undefined
  readonly 'test-traffic-successes': number
  readonly 'test-traffic-timeout': number
  readonly 'failed-tasks': number
  readonly 'on-failure': Remedy
  readonly 'on-timeout': Remedy
  readonly 'on-cancel': Remedy
  readonly 'force-new-deployment': boolean
  readonly 'keep-revisions': number | undefined
  readonly 'unknown-fields': 'error' | 'warn' | 'ignore'
  readonly 'dry-run': boolean
}

/** Inputs that say what to deploy or how to judge it, without a default: they mean nothing to the other operations. */
const ofDeploy = [
  'codedeploy-appspec',
  'codedeploy-hooks',
  'desired-count',
  'codedeploy-alarms',
  'codedeploy-auto-rollback-events',
  'keep-revisions',
  'test-traffic-url',
] as const

/** Inputs for an AppSpec that is made from the service: a given one says these things itself. */
const ofGenerated = [
  'codedeploy-hooks',
  'container-name',
  'container-port',
  'platform-version',
  'subnets',
  'security-groups',
  'assign-public-ip',
] as const

/** Rules between inputs, a line for each that is broken. Pure. */
export function requestProblems(inputs: BlueGreenInputs): readonly string[] {
  const { operation } = inputs
  const problems: string[] = []
  const given = (name: keyof BlueGreenInputs): boolean => inputs[name] !== undefined
  if (operation === 'deploy' && !given('task-definition'))
    problems.push("input 'task-definition': is required to deploy")
  if (operation === 'deploy' && given('codedeploy-deployment-id'))
    problems.push("input 'codedeploy-deployment-id': is for the operations continue, stop and rollback")
  if (operation !== 'deploy') {
    for (const name of ofDeploy.filter(given))
      problems.push(`input '${name}': means nothing to the operation ${operation}`)
  }
  if (operation !== 'deploy' && inputs['force-new-deployment'])
    problems.push(`input 'force-new-deployment': means nothing to the operation ${operation}`)
  if (operation === 'deploy' && given('codedeploy-appspec')) {
    for (const name of ofGenerated.filter(given))
      problems.push(`input '${name}': is for a generated AppSpec: write it into the one in codedeploy-appspec instead`)
  }
  for (const problem of hookProblems(Object.entries(inputs['codedeploy-hooks'] ?? {})))
    problems.push(`input 'codedeploy-hooks': ${problem}`)
  for (const event of inputs['codedeploy-auto-rollback-events'] ?? []) {
    if (!(rollbackEvents as readonly string[]).includes(event))
      problems.push(
        `input 'codedeploy-auto-rollback-events': there is no event '${event}'${didYouMean(event, rollbackEvents)} (the events are ${rollbackEvents.join(', ')})`,
      )
  }
  if (given('codedeploy-auto-rollback-events') && inputs['on-failure'] !== 'rollback')
    problems.push(
      `input 'codedeploy-auto-rollback-events': contradicts on-failure ${inputs['on-failure']}, which needs no events`,
    )
  if (given('test-traffic-url') && inputs['wait-until'] === 'none')
    problems.push("input 'test-traffic-url': needs a job that waits: set wait-until to test-traffic or later")
  const shifts = inputs['wait-until'] === 'traffic-shifted' || inputs['wait-until'] === 'complete'
  if (given('keep-revisions') && !shifts)
    problems.push("input 'keep-revisions': needs a success to be seen: set wait-until to traffic-shifted or complete")
  if (inputs['ignore-alarm-poll-failure'] && !given('codedeploy-alarms'))
    problems.push("input 'ignore-alarm-poll-failure': needs codedeploy-alarms")
  problems.push(...taskBeforeProblems(inputs))
  return problems
}

/** How the inputs want a deployment to be followed. */
export function followRequest(inputs: BlueGreenInputs): FollowRequest {
  const url = inputs['test-traffic-url']
  return {
    cluster: inputs.cluster,
    service: inputs.service,
    application: inputs['codedeploy-application'],
    group: inputs['codedeploy-deployment-group'],
    waitUntil: inputs['wait-until'],
    timeoutMs: inputs.timeout,
    onFailure: inputs['on-failure'],
    onTimeout: inputs['on-timeout'],
    onCancel: inputs['on-cancel'],
    failedTasks: inputs['failed-tasks'],
    testTraffic:
      url === undefined
        ? undefined
        : { url, successes: inputs['test-traffic-successes'], timeoutMs: inputs['test-traffic-timeout'] },
    dryRun: inputs['dry-run'],
  }
}

/** What the inputs want deployed; reads the files that they name. @throws UserError */
export async function deployRequest(
  inputs: BlueGreenInputs,
  follow: FollowRequest,
  { ecs, host, signal }: Pick<BlueGreenParts, 'ecs' | 'host' | 'signal'>,
): Promise<BlueGreenRequest> {
  const given = inputs['task-definition'] ?? ''
  const appSpec = await readAppSpec(inputs['codedeploy-appspec'])
  const revision = isReference(given) ? await ecs.describeTaskDefinition(given, signal) : undefined
  const read =
    revision === undefined
      ? await readTaskDefinition({ file: given }, () => ecs, signal)
      : withoutDescribeOnly(revision.document)
  const names = inputs['codedeploy-alarms']
  return {
    ...follow,
    document: renderChecked(read, { containers: {} }, inputs['unknown-fields'], host),
    arn: revision?.arn,
    appSpec,
    wishes: {
      containerName: inputs['container-name'],
      containerPort: inputs['container-port'],
      platformVersion: inputs['platform-version'],
      subnets: inputs.subnets,
      securityGroups: inputs['security-groups'],
      assignPublicIp: inputs['assign-public-ip'],
      hooks: inputs['codedeploy-hooks'] ?? {},
    },
    description: inputs['codedeploy-deployment-description'] ?? host.facts.runUrl ?? '',
    config: inputs['codedeploy-deployment-config'],
    alarms: names && { names, ignorePollFailure: inputs['ignore-alarm-poll-failure'] },
    autoRollback: inputs['codedeploy-auto-rollback-events'] as readonly AutoRollbackEvent[] | undefined,
    desiredCount: inputs['desired-count'],
    force: inputs['force-new-deployment'],
    keepRevisions: inputs['keep-revisions'],
    ifDeploying: inputs['if-deploying'],
    taskBefore: taskBeforeOf(inputs),
  }
}
