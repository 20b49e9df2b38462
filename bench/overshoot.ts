import type { Deployer } from './calls.ts'
import { mean, ratio, shownRatio } from './figures.ts'
import { type DeployEnd, gatedAppSpecFile, openStage, type Stage, type StageOptions } from './stage.ts'
import type { Table } from './table.ts'

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
export function runs(quick: boolean): readonly (Run & { readonly mover: StageOptions['mover'] })[] {
  const canary = { config: 'CodeDeployDefault.ECSCanary10Percent5Minutes', terminationMinutes: 5, speed: 20 } as const
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
      what: 'blue/green, canary of 5 min, old tasks kept 5 min, clock ×20; ours waits for all of it',
      mover: 'codedeploy',
      ...canary,
      rounds: quick ? 2 : 12,
      moment: completed,
      since: 'Succeeded',
    },
    {
      what: 'the same by our defaults: the job ends when traffic has shifted',
      mover: 'codedeploy',
      ...canary,
      rounds: quick ? 2 : 12,
      inputs: { 'wait-until': 'traffic-shifted' },
      moment: shifted,
      since: 'all traffic on the new tasks',
    },
    {
      what: 'rolling of slow tasks, about 5 min, clock ×20',
      mover: 'rolling',
      speed: 20,
      rounds: quick ? 2 : 12,
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
  const rows: string[][] = []
  for (const run of runs(options.quick)) {
    const deployer = deployers.find(({ mover }) => mover === run.mover)
    if (deployer === undefined) continue
    const measured = async (side: Deployer['theirs'], nth: number): Promise<number> => {
      const stage = await openStage(run)
      try {
        // A gate that takes another time in each run: else a deployment always ends at the same phase of our polling.
        stage.sandbox.hooks.set({ function: '*', status: 'Succeeded', afterMs: 1_000 + ((nth * 2_300) % 15_000) })
        const end = await stage.deploy(side.action, side.inputs, { node: options.node })
        if (end.code !== 0) throw new Error(`${run.what} failed:\n${end.lines.join('\n')}`)
        return (end.endedAt - (await run.moment(stage, end))) / 1_000
      } finally {
        await stage.close()
      }
    }
    const seconds = { ours: [] as number[], theirs: [] as number[] }
    for (let from = 0; from < run.rounds; from += together) {
      const nths = Array.from({ length: Math.min(together, run.rounds - from) }, (_, at) => from + at)
      await Promise.all(
        nths.flatMap((nth) => [
          ...(deployer.ours === undefined
            ? []
            : [
                measured(
                  { ...deployer.ours, inputs: { ...deployer.ours.inputs, ...gated(run), ...run.inputs } },
                  nth,
                ).then((one) => void seconds.ours.push(one)),
              ]),
          measured({ ...deployer.theirs, inputs: { ...deployer.theirs.inputs, ...gated(run) } }, nth).then(
            (one) => void seconds.theirs.push(one),
          ),
        ]),
      )
    }
    const shown = (values: readonly number[]): string =>
      values.length === 0
        ? 'not in dist/'
        : `${mean(values).toFixed(1)} s (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`
    rows.push([
      run.what,
      run.since,
      String(run.rounds),
      shown(seconds.ours),
      shown(seconds.theirs),
      seconds.ours.length === 0 ? '' : shownRatio(ratio(mean(seconds.ours), mean(seconds.theirs))),
    ])
  }
  return {
    title: 'From done to the end of the job',
    notes: [
      "Mean seconds, on the sandbox's clock, from the moment that the sandbox knows to the end of the process; least and most in brackets. Where that clock runs faster, ours is told by its variable, and the official action's timers of a second and more run as much faster; starting and ending a process then counts as much longer for both.",
    ],
    head: ['deployment', 'counted from', 'runs of each', 'ours', 'theirs', 'ratio of the means'],
    rows,
  }
}

const gated = ({ mover }: Run): Readonly<Record<string, string>> =>
  mover === 'codedeploy' ? { 'codedeploy-appspec': gatedAppSpecFile } : {}

/** Pairs at a time, each in a sandbox of its own: what is measured is waiting. */
const together = 3
