import { AwsError, type Input } from '../service.ts'

/** How production traffic moves to the replacement task set. */
export type TrafficRouting =
  | { readonly type: 'AllAtOnce' }
  | { readonly type: 'TimeBasedCanary'; readonly timeBasedCanary: { canaryPercentage: number; canaryInterval: number } }
  | { readonly type: 'TimeBasedLinear'; readonly timeBasedLinear: { linearPercentage: number; linearInterval: number } }

const canary = (canaryPercentage: number, canaryInterval: number): TrafficRouting => ({
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage, canaryInterval },
})
const linear = (linearPercentage: number, linearInterval: number): TrafficRouting => ({
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage, linearInterval },
})

/** The deployment configurations for ECS that every account has. */
export const predefinedRouting: Readonly<Record<string, TrafficRouting>> = {
  'CodeDeployDefault.ECSAllAtOnce': { type: 'AllAtOnce' },
  'CodeDeployDefault.ECSCanary10Percent5Minutes': canary(10, 5),
  'CodeDeployDefault.ECSCanary10Percent15Minutes': canary(10, 15),
  'CodeDeployDefault.ECSLinear10PercentEvery1Minutes': linear(10, 1),
  'CodeDeployDefault.ECSLinear10PercentEvery3Minutes': linear(10, 3),
}

/** A share of traffic that the replacement has from a moment on. */
export interface TrafficStep {
  /** After the shift began. */
  readonly atMs: number
  /** Of production traffic, 1 to 100. */
  readonly percent: number
}

const minute = 60_000

/** When the replacement gets which share; the last step is always 100. */
export function trafficSteps(routing: TrafficRouting): readonly TrafficStep[] {
  switch (routing.type) {
    case 'AllAtOnce':
      return [{ atMs: 0, percent: 100 }]
    case 'TimeBasedCanary': {
      const { canaryPercentage, canaryInterval } = routing.timeBasedCanary
      return [
        { atMs: 0, percent: canaryPercentage },
        { atMs: canaryInterval * minute, percent: 100 },
      ]
    }
    case 'TimeBasedLinear': {
      const { linearPercentage, linearInterval } = routing.timeBasedLinear
      return Array.from({ length: Math.ceil(100 / linearPercentage) }, (_, index) => ({
        atMs: index * linearInterval * minute,
        percent: Math.min(100, (index + 1) * linearPercentage),
      }))
    }
  }
}

/** A routing as a client sends it. Throws InvalidTrafficRoutingConfigurationException. */
export function parseRouting(input: unknown): TrafficRouting {
  const fail = (message: string): never => {
    throw new AwsError('InvalidTrafficRoutingConfigurationException', message)
  }
  const config = (input ?? {}) as Input
  const whole = (value: unknown, least: number, most: number, name: string): number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : fail(`${name} must be a whole number from ${least} to ${most}.`)
  switch (config['type']) {
    case 'AllAtOnce':
      return { type: 'AllAtOnce' }
    case 'TimeBasedCanary': {
      const { canaryPercentage, canaryInterval } = (config['timeBasedCanary'] ?? {}) as Input
      return canary(
        whole(canaryPercentage, 1, 99, 'canaryPercentage'),
        whole(canaryInterval, 1, 2_880, 'canaryInterval'),
      )
    }
    case 'TimeBasedLinear': {
      const { linearPercentage, linearInterval } = (config['timeBasedLinear'] ?? {}) as Input
      return linear(
        whole(linearPercentage, 1, 99, 'linearPercentage'),
        whole(linearInterval, 1, 2_880, 'linearInterval'),
      )
    }
    default:
      return fail('The traffic routing type must be AllAtOnce, TimeBasedCanary or TimeBasedLinear.')
  }
}
