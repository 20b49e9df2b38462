import { readFileSync, writeFileSync } from 'node:fs'
import type { Deployer } from './calls.ts'
import { type Observed, observed } from './observed.ts'
import { type DeployEnd, definitionPath, openStage, type Stage, type StageOptions } from './stage.ts'
import type { Table } from './table.ts'
import { together } from './together.ts'

type Side = Deployer['theirs']

interface Case {
  readonly what: string
  readonly mover: StageOptions['mover']
  readonly speed?: number
  readonly stage?: Partial<StageOptions>
  /** Labels of the new image. */
  readonly image?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** Only for ours: the same case by another of its inputs. */
  readonly oursAlso?: Readonly<Record<string, string>>
  readonly prepare?: (stage: Stage) => Promise<void>
  /** What happens beside the run; resolves when the run is to be cancelled, or never. */
  readonly meanwhile?: (stage: Stage) => Promise<unknown>
  readonly cancelled?: boolean
  readonly also?: (stage: Stage, end: DeployEnd) => Promise<string> | string
}

const called = async (stage: Stage, service: string, operation: string): Promise<void> =>
  await stage.world.until(async () =>
    stage.sandbox.calls.all().some((call) => call.service === service && call.operation === operation),
  )

const change = (stage: Stage, edit: (definition: Definition) => void): void => {
  const definition = JSON.parse(readFileSync(definitionPath(stage), 'utf8')) as Definition
  edit(definition)
  writeFileSync(definitionPath(stage), JSON.stringify(definition))
}

interface Definition {
  [member: string]: unknown
  containerDefinitions: Record<string, unknown>[]
}

/** The input of the last call of an operation, as the sandbox got it. */
const sent = (stage: Stage, operation: string): Definition | undefined =>
  stage.sandbox.calls.all().findLast((call) => call.operation === operation)?.input as Definition | undefined

/** Whether something of the task definition reached ECS, and whether the log of the run spoke of it. */
const arrived =
  (word: string, found: (definition: Definition) => boolean) =>
  (stage: Stage, { lines }: DeployEnd): string => {
    const definition = sent(stage, 'RegisterTaskDefinition')
    if (definition === undefined) return 'nothing was registered'
    const warned = lines.some((line) => line.startsWith('::warning') && line.includes(word))
    if (found(definition)) return warned ? 'it arrived, with a warning' : 'it arrived'
    return warned ? 'it was dropped, with a warning' : 'it was dropped without a word'
  }

const cancelMs = (_: Stage, { cancelMs }: DeployEnd): string =>
  cancelMs === undefined
    ? 'not cancelled in time'
    : `the main step ended within ${[1, 3, 5, 7.5].find((seconds) => cancelMs < seconds * 1_000) ?? 10} s of the first signal`

/** Another deployment of an older revision in the group, whose traffic takes five minutes to move. */
async function another(stage: Stage): Promise<void> {
  const taskDefinition = await stage.world.registered(await stage.world.pushed())
  stage.before.add(taskDefinition.split('/').at(-1) ?? '')
  const spec = {
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition,
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
          },
        },
      },
    ],
  }
  await stage.invoke('codedeploy', 'CreateDeployment', {
    applicationName: stage.names.application,
    deploymentGroupName: stage.names.group,
    deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content: JSON.stringify(spec) } },
  })
}

async function supersede(stage: Stage): Promise<void> {
  await called(stage, 'ecs', 'UpdateService')
  await stage.world.pass(5_000)
  const taskDefinition = await stage.world.registered(await stage.world.pushed())
  const { cluster, service } = stage.world
  await stage.invoke('ecs', 'UpdateService', { cluster, service, taskDefinition })
}

async function stopFromOutside(stage: Stage): Promise<void> {
  await called(stage, 'codedeploy', 'CreateDeployment')
  await stage.world.pass(15_000)
  const { deployments } = await stage.invoke<{ deployments: string[] }>('codedeploy', 'ListDeployments', {
    applicationName: stage.names.application,
    deploymentGroupName: stage.names.group,
    includeOnlyStatuses: ['InProgress'],
  })
  await stage.invoke('codedeploy', 'StopDeployment', { deploymentId: deployments[0], autoRollbackEnabled: true })
}

const breaker = {
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
} as const satisfies Partial<StageOptions>
const broken = { 'sandbox.exit-code': '1', 'sandbox.log': 'fatal: no database' }
const canary = { config: 'CodeDeployDefault.ECSCanary10Percent5Minutes' }

const cases: readonly Case[] = [
  { what: 'blue/green: the new image ends with 1 at its start', mover: 'codedeploy', speed: 60, image: broken },
  {
    what: 'blue/green: stopped from outside in mid-deployment',
    mover: 'codedeploy',
    stage: canary,
    meanwhile: stopFromOutside,
  },
  {
    what: 'blue/green: the job is cancelled (SIGINT) in mid-deployment',
    mover: 'codedeploy',
    cancelled: true,
    meanwhile: async (stage) => {
      await called(stage, 'codedeploy', 'GetDeployment')
      await stage.world.pass(10_000)
    },
    also: cancelMs,
  },
  {
    what: 'blue/green: another deployment is under way in the group',
    mover: 'codedeploy',
    prepare: another,
    oursAlso: { 'if-deploying': 'fail' },
  },
  {
    what: 'blue/green: the same once more, nothing changed',
    mover: 'codedeploy',
    also: again,
  },
  {
    what: 'task definition: a member that no model knows yet',
    mover: 'codedeploy',
    prepare: async (stage) => change(stage, (definition) => Object.assign(definition, { brandNewMember: 'on' })),
    also: arrived('brandNewMember', (definition) => definition['brandNewMember'] === 'on'),
  },
  {
    what: "task definition: a container's member with a typing error, 'enviroment'",
    mover: 'codedeploy',
    prepare: async (stage) =>
      change(stage, ({ containerDefinitions: [first] }) => Object.assign(first ?? {}, { enviroment: [] })),
    also: arrived('enviroment', ({ containerDefinitions: [first] }) => first !== undefined && 'enviroment' in first),
  },
  {
    what: "task definition: an empty word in a command, ['sh', '-c', '']",
    mover: 'codedeploy',
    prepare: async (stage) =>
      change(stage, ({ containerDefinitions: [first] }) => Object.assign(first ?? {}, { command: ['sh', '-c', ''] })),
    also: arrived(
      'command',
      ({ containerDefinitions: [first] }) => (first?.['command'] as string[] | undefined)?.length === 3,
    ),
  },
  { what: 'the service is not there', mover: 'codedeploy', inputs: { service: 'order' } },
  { what: "the input 'service' is empty", mover: 'codedeploy', inputs: { service: '' } },
  {
    what: 'rolling: the new image ends with 1; the circuit breaker rolls back',
    mover: 'rolling',
    speed: 60,
    stage: breaker,
    image: broken,
  },
  {
    what: 'rolling: another deployment takes over',
    mover: 'rolling',
    stage: { startupSeconds: 60 },
    meanwhile: supersede,
  },
  {
    what: 'rolling: the job is cancelled (SIGINT) in mid-deployment',
    mover: 'rolling',
    stage: { startupSeconds: 30 },
    cancelled: true,
    meanwhile: async (stage) => {
      await called(stage, 'ecs', 'UpdateService')
      await stage.world.pass(10_000)
    },
    also: cancelMs,
  },
  { what: 'rolling: the same once more, nothing changed', mover: 'rolling', also: again },
]

/** Which changing calls the second of two equal runs made. */
function again(stage: Stage): string {
  const changes = stage.sandbox.calls
    .all()
    .filter(({ operation }) => /^(Register|Create|Update)/.test(operation))
    .map(({ operation }) => operation)
  return changes.length === 0 ? 'the second run changed nothing' : `the second run called ${changes.join(', ')}`
}

async function play(one: Case, side: Side, { node, quick }: { node: string; quick: boolean }): Promise<string[]> {
  const stage = await openStage(
    { mover: one.mover, speed: one.cancelled === true && !quick ? 1 : (one.speed ?? 20), ...one.stage },
    one.image,
  )
  try {
    await one.prepare?.(stage)
    const inputs = { ...side.inputs, ...one.inputs }
    if (one.also === again) await stage.deploy(side.action, inputs, { node })
    stage.sandbox.calls.clear()
    const meanwhile = one.meanwhile?.(stage)
    const cancelWhen = one.cancelled === true && meanwhile !== undefined ? { cancelWhen: meanwhile } : {}
    const end = await stage.deploy(side.action, inputs, { node, ...cancelWhen })
    const also = await one.also?.(stage, end)
    return shown(await observed(stage, end), also)
  } finally {
    await stage.close()
  }
}

const shown = ({ exit, after, lastWords, running, leftOver }: Observed, also: string | undefined): string[] => [
  exit,
  after,
  lastWords,
  running,
  leftOver,
  also ?? '',
]

/** What both do when things are not as they should be. */
export async function behaviours(
  deployers: readonly Deployer[],
  { node, quick }: { node: string; quick: boolean },
): Promise<Table> {
  const plays = cases.flatMap((one) => {
    const deployer = deployers.find(({ mover }) => mover === one.mover)
    if (deployer === undefined) return []
    const { ours, theirs } = deployer
    const also = Object.entries(one.oursAlso ?? {}).map(([name, value]) => `${name}: ${value}`)
    return [
      ours === undefined
        ? async () => [one.what, 'ours', 'not in dist/', '', '', '', '', '']
        : async () => [one.what, 'ours', ...(await play(one, ours, { node, quick }))],
      ...(ours === undefined || one.oursAlso === undefined
        ? []
        : [
            async () => [
              '',
              `ours, ${also.join(', ')}`,
              ...(await play(one, { ...ours, inputs: { ...ours.inputs, ...one.oursAlso } }, { node, quick })),
            ],
          ]),
      async () => ['', 'theirs', ...(await play(one, theirs, { node, quick }))],
    ]
  })
  const rows = await together(atATime, plays)
  return {
    title: 'Behaviour when things go wrong',
    notes: [
      'Every case in a sandbox of its own. Left over: revisions that the run registered, that are active, and that serve nowhere in the end. After: how long the step took by the clock of the sandbox, in minutes. Cancelled jobs run at the real speed. Numbers that change from run to run are shown as ….',
    ],
    head: ['case', 'side', 'exit', 'after', 'last words', 'serves in the end', 'left over', 'also'],
    rows,
  }
}

/** Runs at a time. */
const atATime = 10
