import type { Deployer } from './calls.ts'
import { mean, ratio, shownRatio } from './figures.ts'
import { type DeployEnd, gatedAppSpecFile, openStage, type Stage, type StageOptions } from './stage.ts'
import type { Table } from './table.ts'
import { together } from './together.ts'

/** A deployment whose end the sandbox knows to the millisecond. */
interface Run extends StageOptions {
  readonly what: string
  readonly rounds: number
  /** What our action is told beyond the deployer's inputs; undefined: its defaults as they are. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The moment from which is counted, sandbox ms. */
  readonly moment: (stage: Stage, end: DeployEnd) => Promise<number>
  readonly since: string
}

interface Target {
  readonly deploymentTarget: {
    readonly ecsTarget: { readonly lifecycleEvents: readonly { lifecycleEventName: string; endTime?: number }[] }
  }
}

const deploymentId = ({ outputs, lines }: DeployEnd): string => {
  const id = outputs['codedeploy-deployment-id']
  if (!id) throw new Error(`no deployment was made:\n${lines.join('\n')}`)
  return id
}

const known = (seconds: number | undefined, what: string): number => {
  if (seconds === undefined) throw new Error(`the sandbox does not know yet when ${what}`)
  return seconds * 1_000
}

/** When the replacement had all the traffic. */
async function shifted({ invoke, world }: Stage, end: DeployEnd): Promise<number> {
  const input = { deploymentId: deploymentId(end), targetId: `${world.cluster}:${world.service}` }
  const { deploymentTarget } = await invoke<Target>('codedeploy', 'GetDeploymentTarget', input)
  const event = deploymentTarget.ecsTarget.lifecycleEvents.find((one) => one.lifecycleEventName === 'AllowTraffic')
  return known(event?.endTime, 'traffic had shifted')
}

/** When CodeDeploy called it Succeeded. */
async function completed({ invoke }: Stage, end: DeployEnd): Promise<number> {
  const { deploymentInfo } = await invoke<{ deploymentInfo: { completeTime?: number } }>(
    'codedeploy',
    'GetDeployment',
    {
      deploymentId: deploymentId(end),
    },
  )
  return known(deploymentInfo.completeTime, 'the deployment was complete')
}

/** When ECS had the service stable: the newest service deployment's end. */
async function stable({ invoke, world }: Stage): Promise<number> {
  const { serviceDeployments } = await invoke<{
    serviceDeployments: readonly { createdAt: number; finishedAt?: number }[]
  }>('ecs', 'ListServiceDeployments', { cluster: world.cluster, service: world.service })
  const newest = [...serviceDeployments].sort((a, b) => b.createdAt - a.createdAt)[0]
  return known(newest?.finishedAt, 'the service was stable')
}

/** Runs at the clock's real speed, and longer ones at a hurried one. */
export function runs(quick: boolean): readonly Run[] {
  const canary = {
    config: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    terminationMinutes: 5,
    speed: quick ? 40 : 20,
  } as const
  const real: readonly Run[] = quick
    ? []
    : [
        {
          what: 'blue/green at once, about 40 s, real clock',
          mover: 'codedeploy',
          speed: 1,
          rounds: 6,
          moment: completed,
          since: 'Succeeded',
        },
        {
          what: 'rolling, about 40 s, real clock',
          mover: 'rolling',
          speed: 1,
          rounds: 6,
          moment: stable,
          since: 'stable',
        },
      ]
  return [
    ...real,
    {
      what: 'blue/green, canary of 5 min, old tasks kept 5 min; ours waits for all of it',
      mover: 'codedeploy',
      ...canary,
      rounds: quick ? 2 : 8,
      moment: completed,
      since: 'Succeeded',
    },
    {
      what: 'the same by our defaults: the job ends when traffic has shifted; theirs stays for the 5 min',
      mover: 'codedeploy',
      ...canary,
      rounds: quick ? 2 : 8,
      inputs: { 'wait-until': 'traffic-shifted' },
      moment: shifted,
      since: 'all traffic on the new tasks',
    },
    {
      what: 'rolling of slow tasks, about 5 min',
      mover: 'rolling',
      speed: quick ? 40 : 20,
      rounds: quick ? 2 : 8,
      startupSeconds: 240,
      moment: stable,
      since: 'stable',
    },
  ]
}

/** Seconds from the moment that a deployment has come to what it waits for, to the end of the process. */
export async function overshoot(
  deployers: readonly Deployer[],
  options: { quick: boolean; node: string },
): Promise<Table> {
  const pairs = runs(options.quick).flatMap((run) => {
    const deployer = deployers.find(({ mover }) => mover === run.mover)
    return deployer === undefined ? [] : Array.from({ length: run.rounds }, (_, nth) => ({ run, deployer, nth }))
  })
  const measured = await together(
    atATime,
    pairs.flatMap(({ run, deployer: { ours, theirs }, nth }) => [
      async () => ({ run, side: 'theirs', seconds: await secondsAfter(run, theirs, nth, options.node) }),
      ...(ours === undefined
        ? []
        : [
            async () => {
              const told = { ...ours, inputs: { ...ours.inputs, ...run.inputs } }
              return { run, side: 'ours', seconds: await secondsAfter(run, told, nth, options.node) }
            },
          ]),
    ]),
  )
  const rows = [...new Set(pairs.map(({ run }) => run))].map((run) => {
    const of = (side: string): readonly number[] =>
      measured.filter((one) => one.run === run && one.side === side).map(({ seconds }) => seconds)
    const [ours, theirs] = [of('ours'), of('theirs')]
    const quotient = ours.length === 0 ? '' : shownRatio(ratio(mean(ours), mean(theirs)))
    return [run.what, run.since, String(run.rounds), shown(ours), shown(theirs), quotient]
  })
  return {
    title: 'From done to the end of the job',
    notes: [
      'Mean seconds, on the clock of the sandbox, from a moment that the sandbox knows to the end of the process; least and most in brackets. Where that clock runs faster, ours is told so by its variable, and time and timers of the official action run as much faster; starting and ending a process then counts as much longer for both. Each run has a gate, or tasks, that take another time, so that it does not always end at the same phase of the polling. The official action polls at its defaults: its input `wait-max-delay-seconds` would bring it nearer.',
    ],
    head: ['deployment', 'counted from', 'runs of each', 'ours', 'theirs', 'ratio of the means'],
    rows,
  }
}

/** Plays one deployment; `nth` varies how long it takes. */
async function secondsAfter(run: Run, side: Deployer['theirs'], nth: number, node: string): Promise<number> {
  const shift = (nth * 2.3) % 15
  const stage = await openStage(
    run.mover === 'rolling' ? { ...run, startupSeconds: (run.startupSeconds ?? 2) + shift } : run,
  )
  try {
    stage.sandbox.hooks.set({ function: '*', status: 'Succeeded', afterMs: 1_000 + shift * 1_000 })
    const gated = run.mover === 'codedeploy' ? { 'codedeploy-appspec': gatedAppSpecFile } : {}
    const end = await stage.deploy(side.action, { ...side.inputs, ...gated }, { node })
    if (end.code !== 0) throw new Error(`${run.what} failed:\n${end.lines.join('\n')}`)
    return (end.endedAt - (await run.moment(stage, end))) / 1_000
  } finally {
    await stage.close()
  }
}

const shown = (values: readonly number[]): string =>
  values.length === 0
    ? 'not in dist/'
    : `${mean(values).toFixed(1)} s (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`

/** Runs at a time, each in a sandbox of its own: what is measured is waiting. */
const atATime = 12
