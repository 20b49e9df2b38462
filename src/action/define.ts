import type { Clock } from './clock.ts'
import type { Host, JsonObject } from './host.ts'
import type { Inputs, Values } from './inputs.ts'
import type { Outcome } from './outcome.ts'

/** One output of an action. */
export interface Output {
  readonly description: string
}
export type Outputs = Record<string, Output>

/** What an action must be allowed to do. */
export interface Permissions {
  /** IAM actions such as `ecs:RegisterTaskDefinition`, with why each is needed. */
  readonly iam: Readonly<Record<string, string>>
  /** Kubernetes verbs by `resource` or `resource.group`, such as `{ 'deployments.apps': ['get', 'list'] }`. */
  readonly rbac?: Readonly<Record<string, readonly string[]>>
}

/** Everything that run() may touch. */
export interface Context<S extends Inputs = Inputs> {
  readonly inputs: Values<S>
  readonly host: Host
  readonly clock: Clock
  /** Aborts on the host's cancel signal. Its reason is a `Cancelled`. */
  readonly signal: AbortSignal
  readonly env: NodeJS.ProcessEnv
}

/** How run() ends. A failure that was understood is returned, with its reason; only what was not is thrown. */
export interface ActionResult<O extends Outputs = Outputs> {
  readonly outcome: Outcome
  readonly outputs: { readonly [K in keyof O]?: string }
  /** The first line of why, when the outcome is not a success: names the cause. */
  readonly reason?: string
  /** The full result, written as the JSON file. */
  readonly detail?: JsonObject
  /** Markdown for the job's summary. */
  readonly summary?: string
}

/** An action is a value: the action.yml, the GitLab template, the CLI's flags and the README's tables are made from it. */
export interface Action<S extends Inputs = Inputs, O extends Outputs = Outputs> {
  readonly name: string
  /** One sentence. */
  readonly description: string
  readonly inputs: S
  readonly outputs: O
  readonly permissions: Permissions
  /** Rules between inputs, one line for each problem; called before run. */
  check?(inputs: Values<S>): readonly string[]
  run(context: Context<S>): Promise<ActionResult<O>>
  /** Finishes what a killed or cancelled run left open, from the state it saved. Runs always, also after success. */
  post?(context: Context<S>): Promise<void>
}

/** Every action also has these. */
export const commonOutputs = {
  outcome: {
    description:
      'How it ended: succeeded, unchanged, rolled-back, rollback-failed, stopped, superseded, timed-out, cancelled, failed, waiting or blocked.',
  },
  result: { description: 'Path of a JSON file with the full result.' },
} as const satisfies Outputs

/** Types an action's table; the value itself is unchanged. */
export const defineAction = <const S extends Inputs, const O extends Outputs>(action: Action<S, O>): Action<S, O> =>
  action
