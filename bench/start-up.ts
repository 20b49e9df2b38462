import type { Contender } from './contender.ts'
import { byTurns, median, ratio, shownRatio } from './figures.ts'
import { type JobEnd, runJob, workspace } from './job.ts'
import type { Table } from './table.ts'

const definition = {
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  containerDefinitions: [
    {
      name: 'app',
      image: 'placeholder',
      essential: true,
      portMappings: [{ containerPort: 8080 }],
      environment: [{ name: 'STAGE', value: 'prod' }],
    },
  ],
}

const inputs = {
  'task-definition': 'task-definition.json',
  'container-name': 'app',
  image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:${'0'.repeat(64)}`,
  'environment-variables': 'VERSION=2\nSTAGE=prod',
}

/** Renders a plain file, no cloud in it, by turns: time and memory of the whole process. */
export async function startUp(
  ours: Contender,
  theirs: Contender,
  options: { readonly rounds: number; readonly node: string },
): Promise<Table> {
  const place = workspace({ 'task-definition.json': JSON.stringify(definition) })
  const render = (action: Contender, measureUse: boolean) => async (): Promise<JobEnd> => {
    const end = await runJob(action, inputs, {
      env: { AWS_REGION: 'eu-west-1' },
      workspace: place,
      node: options.node,
      measureUse,
    })
    if (end.code !== 0) throw new Error(`rendering failed:\n${end.lines.join('\n')}`)
    return end
  }
  await byTurns(1, render(ours, false), render(theirs, false))
  const timed = await byTurns(options.rounds, render(ours, false), render(theirs, false))
  const sized = await byTurns(Math.max(3, Math.ceil(options.rounds / 4)), render(ours, true), render(theirs, true))
  const row = (what: string, of: (end: JobEnd) => number, ends: typeof timed): string[] => {
    const ratios = ends.ours.map((end, at) => ratio(of(end), of(ends.theirs[at] as JobEnd)))
    return [
      what,
      String(ends.ours.length),
      shownRatio(ratio(median(ends.ours.map(of)), median(ends.theirs.map(of)))),
      `${shownRatio(Math.min(...ratios))}–${shownRatio(Math.max(...ratios))}`,
    ]
  }
  const fastest = (ends: typeof timed): string[] => {
    const least = (runs: readonly JobEnd[]): number => Math.min(...runs.map(({ ms }) => ms))
    return [
      'wall time, the fastest run of each',
      String(ends.ours.length),
      shownRatio(ratio(least(ends.ours), least(ends.theirs))),
      '',
    ]
  }
  return {
    title: 'Start-up: render a plain file',
    notes: [
      'The whole process of the render action, from its start to its end, by turns; ours by theirs, so below 1.00 ours takes less. Of the medians, but for the fastest runs. Other work on the machine moves wall time a lot: it can be believed when it agrees with processor time.',
    ],
    head: ['what', 'runs of each', 'ratio', 'ratios of pairs'],
    rows: [
      row('wall time', ({ ms }) => ms, timed),
      fastest(timed),
      row('processor time', ({ use }) => use?.cpuMs ?? Number.NaN, sized),
      row('peak resident memory', ({ use }) => use?.peakKiB ?? Number.NaN, sized),
    ],
  }
}
