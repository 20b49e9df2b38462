/** A native deployment fails by itself: by its circuit breaker, an alarm, a hook or its network settings. */
export class Broken extends Error {
  override name = 'Broken'
  /** As the event and the rollout state say it. */
  readonly rollout: string
  /** Whether the deployment's configuration asks for a way back in this case. */
  readonly rollsBack: boolean

  /** @param statusReason as the service deployment says it */
  constructor(statusReason: string, rollout: string, rollsBack: boolean) {
    super(statusReason)
    this.rollout = rollout
    this.rollsBack = rollsBack
  }
}

/** Somebody called StopServiceDeployment. */
export class StopRequested extends Error {
  override name = 'StopRequested'

  constructor() {
    super('Service deployment rolled back because of a user request.')
  }
}

/** A newer deployment has taken its place, or the service was deleted. */
export class Superseded extends Error {
  override name = 'Superseded'
}

export const circuitBroken = (rollsBack: boolean): Broken =>
  new Broken(
    'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    'tasks failed to start.',
    rollsBack,
  )

export const alarmed = (rollsBack: boolean): Broken =>
  new Broken('Service deployment rolled back because of a CloudWatch alarm.', 'alarm detected.', rollsBack)

export const hookFailed = (stage: string, target: string | undefined): Broken => {
  const who = target === undefined ? '' : ` Lifecycle hook target ${target} returned FAILED status.`
  const reason = `Service deployment rolled back because ${stage} lifecycle hook(s) failed.${who}`
  return new Broken(reason, reason, true)
}

export const hookTimedOut = (stage: string): Broken => {
  const reason = `Service deployment rolled back because ${stage} lifecycle hook(s) timed out.`
  return new Broken(reason, reason, true)
}

export const invalidNetwork = (what: string): Broken => {
  const reason = `Service deployment rolled back because of invalid networking configuration. ${what}`
  return new Broken(reason, reason, true)
}
