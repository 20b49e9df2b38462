import { parse } from 'yaml'

/** The part of a GitHub workflow that the examples use: jobs of steps that call this repository's actions. */
export interface Workflow {
  /** Inputs of workflow_dispatch that have a default. */
  readonly inputs: Readonly<Record<string, string>>
  /** In an order in which every job comes after those it needs. */
  readonly jobs: readonly Job[]
}

interface Job {
  readonly name: string
  readonly needs: readonly string[]
  readonly condition: string | undefined
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

interface Step {
  readonly id: string | undefined
  readonly action: string
  readonly with: Readonly<Record<string, string>>
}

/** One step with its expressions filled in. */
export interface StepCall {
  readonly job: string
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
}

type Row = Readonly<Record<string, unknown>>
const row = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {})
const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(row(value)).map(([name, item]) => [name, String(item)]))

/** Reads a workflow. @throws Error for what it has that is not known here: nothing is left out silently */
export function parseWorkflow(text: string): Workflow {
  const document = row(parse(text))
  const given = row(row(row(document['on'])['workflow_dispatch'])['inputs'])
  const inputs = Object.entries(given).map(([name, input]) => [name, String(row(input)['default'] ?? '')])
  const waiting = Object.entries(row(document['jobs'])).map(([name, value]) => job(name, row(value)))
  const jobs: Job[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ needs }) => needs.every((need) => jobs.some(({ name }) => name === need)))
    if (next < 0) throw new Error(`jobs that need each other: ${waiting.map(({ name }) => name).join(', ')}`)
    jobs.push(...waiting.splice(next, 1))
  }
  return { inputs: Object.fromEntries(inputs), jobs }
}

function job(name: string, value: Row): Job {
  const steps = (value['steps'] as readonly unknown[]).map(row).flatMap((step): Step[] => {
    const uses = String(step['uses'] ?? '')
    if (/^(actions\/checkout|aws-actions\/configure-aws-credentials)@/.test(uses)) return []
    const action = /^\.\/actions\/([a-z-]+)$/.exec(uses)?.[1]
    if (action === undefined || step['if'] !== undefined) throw new Error(`${name}: a step that is not known here`)
    return [{ id: step['id'] as string | undefined, action, with: texts(step['with']) }]
  })
  const needs = value['needs'] ?? []
  return {
    name,
    needs: Array.isArray(needs) ? needs.map(String) : [String(needs)],
    condition: value['if'] as string | undefined,
    outputs: texts(value['outputs']),
    steps,
  }
}

/** Values by the path that an expression names, such as `needs.build.outputs.image`. */
type Values = Readonly<Record<string, string>>

/** Fills `${{ path }}` in; a path that nothing stands for is empty, as on GitHub. */
const fill = (text: string, values: Values): string =>
  text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, path: string) => {
    if (!/^[A-Za-z_][\w.-]*$/.test(path)) throw new Error(`the expression '${path}' is not known here`)
    return Object.hasOwn(values, path) ? (values[path] ?? '') : ''
  })

function holds(condition: string, values: Values): boolean {
  const [, path = '', wanted] = /^([\w.-]+) == '([^']*)'$/.exec(condition) ?? []
  if (wanted === undefined) throw new Error(`the condition '${condition}' is not known here`)
  return (values[path] ?? '') === wanted
}

const under = (prefix: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]))

/**
 * Runs a workflow's jobs one after another; a job whose condition does not hold is skipped, as on GitHub, and so are those that need it.
 * Ends at the first step that returns no outputs, which is how one fails.
 */
export async function runWorkflow(
  workflow: Workflow,
  inputs: Values,
  run: (call: StepCall) => Promise<Values | undefined>,
  skipped: (job: string, why: string) => void,
): Promise<boolean> {
  let known = under('inputs', { ...workflow.inputs, ...inputs })
  const done = new Set<string>()
  for (const { name, needs, condition, outputs, steps } of workflow.jobs) {
    const missing = needs.find((need) => !done.has(need))
    const met = missing === undefined && (condition === undefined || holds(condition, known))
    if (!met) {
      skipped(name, missing === undefined ? `${condition} does not hold` : `it needs ${missing}`)
      continue
    }
    let here = known
    for (const step of steps) {
      const filled = Object.entries(step.with).map(([key, value]) => [key, fill(value, here)] as const)
      const call = { job: name, action: step.action, inputs: Object.fromEntries(filled.filter(([, v]) => v !== '')) }
      const answer = await run(call)
      if (answer === undefined) return false
      if (step.id !== undefined) here = { ...here, ...under(`steps.${step.id}.outputs`, answer) }
    }
    const told = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, fill(value, here)]))
    known = { ...known, ...under(`needs.${name}.outputs`, told) }
    done.add(name)
  }
  return true
}
