import type { Cause } from './failure-cause.ts'

/** What a load balancer says of one target that is not healthy. */
export interface TargetFinding {
  /** The target group's name, and its ARN. */
  readonly targetGroup: string
  readonly targetGroupArn: string
  /** Address or instance, with its port: `10.0.1.4:8080`. */
  readonly target: string
  readonly state: string
  /** `Target.ResponseCodeMismatch`; undefined when only the description is known. */
  readonly reason: string | undefined
  readonly description: string | undefined
}

/** What a target group checks, and expects. */
export interface HealthCheck {
  readonly protocol: string
  readonly path: string | undefined
  /** A number, or `traffic-port`. */
  readonly port: string
  /** Codes that count as healthy: `200-399`. */
  readonly expects: string | undefined
  readonly intervalSeconds: number | undefined
  readonly timeoutSeconds: number | undefined
}

/** Targets that fail their checks, with what is checked; those that say the same are told once. */
export function healthCauses(
  findings: readonly TargetFinding[],
  checks: ReadonlyMap<string, HealthCheck>,
): readonly (Cause & { readonly count: number })[] {
  const causes = new Map<string, Cause & { count: number }>()
  for (const finding of findings) {
    const cause = healthCause(finding, checks.get(finding.targetGroup))
    const known = causes.get(cause.text)
    if (known === undefined) causes.set(cause.text, { ...cause, count: 1 })
    else known.count++
  }
  return [...causes.values()].sort((a, b) => b.count - a.count)
}

/** `unhealthy: Target.ResponseCodeMismatch, health check GET /healthz on 8080 expects 200-399, got 503 (Health checks failed with these codes: [503])`. */
export function healthCause(finding: TargetFinding, check: HealthCheck | undefined): Cause {
  const { description = '' } = finding
  const reason = finding.reason ?? reasonOf(description)
  const codes = /codes: \[([\d, ]+)\]/.exec(description)?.[1]
  const got = codes === undefined ? '' : `, got ${codes}`
  const checked = check === undefined ? got : `, ${checkText(check, finding.target)}${got}`
  const said = description === '' || description === reason ? '' : ` (${description})`
  return {
    kind: 'health',
    text: `${finding.state}${reason === undefined ? '' : `: ${reason}`}${checked}${said}`,
    advice: advice(reason, codes, finding, check),
  }
}

function checkText({ protocol, path, port, expects }: HealthCheck, target: string): string {
  const on = port === 'traffic-port' ? (/:(\d+)$/.exec(target)?.[1] ?? 'the traffic port') : port
  const how = path === undefined ? `${protocol} connection` : `${protocol === 'HTTPS' ? 'HTTPS ' : ''}GET ${path}`
  return `health check ${how} on ${on}${expects === undefined ? '' : ` expects ${expects}`}`
}

/** Service events carry the description alone. */
function reasonOf(description: string): string | undefined {
  if (/with these codes/i.test(description)) return 'Target.ResponseCodeMismatch'
  if (/timed out/i.test(description)) return 'Target.Timeout'
  if (/Health checks failed/i.test(description)) return 'Target.FailedHealthChecks'
  return undefined
}

function advice(
  reason: string | undefined,
  codes: string | undefined,
  { targetGroup }: TargetFinding,
  check: HealthCheck | undefined,
): string | undefined {
  const slow = 'raise healthCheckGracePeriodSeconds of the service if it only needs longer to come up'
  switch (reason) {
    case 'Target.ResponseCodeMismatch':
      if (/^404\b/.test(codes ?? ''))
        return `the program answers, but not at ${check?.path ?? 'that path'}: correct the path of the health check of ${targetGroup}`
      if (/^30\d\b/.test(codes ?? ''))
        return `the program redirects: check a path that answers by itself, or let the matcher of ${targetGroup} take ${codes}`
      if (/^40[13]\b/.test(codes ?? '')) return 'the checked path asks for a login: check one that does not'
      return `the program answers, but not as healthy: look at its log; ${slow}`
    case 'Target.Timeout':
      return `nothing answered${check?.timeoutSeconds === undefined ? '' : ` within ${check.timeoutSeconds} s`}: let the security group of the tasks in on that port from the load balancer's security group, and see that the program listens on 0.0.0.0; ${slow}`
    case 'Target.FailedHealthChecks':
      return `the connection was refused or the answer was malformed: see that the program listens on that port (on 0.0.0.0) and speaks ${check?.protocol ?? 'the protocol of the check'}; ${slow}`
    case 'Target.NotInUse':
      return `no listener forwards to ${targetGroup}, or its load balancer lacks the Availability Zone of the task`
    case 'Target.HealthCheckDisabled':
      return `turn health checks of ${targetGroup} on`
    default:
      return undefined
  }
}
