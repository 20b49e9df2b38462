import { formatDuration } from '../action/clock.ts'
import type { ManifestObject } from './manifest.ts'
import {
  containerAt,
  isSelecting,
  type ManifestService,
  type PodTemplate,
  podTemplatesOf,
  selectedBy,
  servicesOf,
  type TemplateContainer,
} from './pod-template.ts'

/** What the lint looks at, by name. */
export const lintRules = [
  'all-at-once',
  'no-readiness',
  'no-pre-stop',
  'pre-stop-too-long',
  'early-liveness',
  'short-timeout',
  'tag-only',
  'no-pods',
  'no-port',
  'image-unused',
] as const
export type LintRule = (typeof lintRules)[number]

/** Something in a manifest that costs requests, or hides what runs, when it is deployed. */
export interface LintFinding {
  readonly rule: LintRule
  /** `Deployment/web` */
  readonly object: string
  readonly problem: string
  /** What to do about it. */
  readonly advice: string
}

export interface LintOptions {
  /** Of the upgrade, in ms. */
  readonly timeoutMs: number
  /** Repository of the image that is deployed; undefined when none was given. */
  readonly repository: string | undefined
  readonly ignored: readonly string[]
}

/** Looks through a rendered manifest and tells everything at once. Templates count in whatever kind they stand. */
export function lintManifest(objects: readonly ManifestObject[], options: LintOptions): readonly LintFinding[] {
  const templates = podTemplatesOf(objects)
  const services = servicesOf(objects).filter(isSelecting)
  const behind = new Map<PodTemplate, readonly ManifestService[]>()
  for (const service of services) {
    for (const template of selectedBy(service, templates)) {
      behind.set(template, [...(behind.get(template) ?? []), service])
    }
  }
  const found = [
    ...services.flatMap((service) => lintService(service, selectedBy(service, templates))),
    ...templates.flatMap((template) => {
      const own = behind.get(template) ?? []
      return [
        ...lintReplicas(template, own.length > 0, minimumOf(template, objects)),
        ...serving(template, own).flatMap((container) => lintServing(template, container)),
        ...template.containers.flatMap((container) => lintLiveness(template, container)),
        ...lintDeadline(template, options.timeoutMs),
        ...lintImages(template),
      ]
    }),
    ...lintUnused(templates, options.repository),
  ]
  return found.filter(({ rule }) => !options.ignored.includes(rule))
}

/** A finding as a line. */
export const findingLine = ({ object, problem, advice, rule }: LintFinding): string =>
  `${object}: ${problem}: ${advice} (${rule})`

function lintService(service: ManifestService, selected: readonly PodTemplate[]): readonly LintFinding[] {
  const object = `Service/${service.name}`
  if (selected.length === 0) {
    const selector = selectorText(service)
    return [
      {
        rule: 'no-pods',
        object,
        problem: `its selector ${selector} matches no pods of the release`,
        advice: "make it equal to the labels of a workload's pod template",
      },
    ]
  }
  return service.ports.flatMap(({ target }) =>
    selected.flatMap((template): readonly LintFinding[] => {
      const declared = template.containers.flatMap(({ ports }) => ports)
      // Without a declared port, a number may still be listened on.
      if (containerAt(template, target) !== undefined) return []
      if (typeof target === 'number' && declared.length === 0) return []
      const names = declared.map(({ name, number }) => (name === undefined ? String(number) : `${name} (${number})`))
      return [
        {
          rule: 'no-port',
          object,
          problem: `targetPort ${target} is not a port of ${template.object}`,
          advice: names.length === 0 ? 'name the port in the container' : `use one of ${names.join(', ')}`,
        },
      ]
    }),
  )
}

/** A selector as kubectl takes it. */
export const selectorText = ({ selector }: ManifestService): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')

/** The containers that a template's Services lead to: those of their ports; all but sidecars when no port tells. */
function serving(template: PodTemplate, services: readonly ManifestService[]): readonly TemplateContainer[] {
  if (services.length === 0) return []
  const named = new Set(
    services.flatMap(({ ports }) => ports.flatMap(({ target }) => containerAt(template, target) ?? [])),
  )
  return named.size > 0 ? [...named] : template.containers.filter(({ sidecar }) => !sidecar)
}

function lintServing({ object, graceSeconds }: PodTemplate, container: TemplateContainer): readonly LintFinding[] {
  const { name, readiness, preStop } = container
  const found: LintFinding[] = []
  if (readiness === undefined) {
    found.push({
      rule: 'no-readiness',
      object,
      problem: `container ${name} is behind a Service and has no readiness probe`,
      advice: 'add a readinessProbe, or it gets requests before it can answer them',
    })
  }
  if (preStop === undefined) {
    found.push({
      rule: 'no-pre-stop',
      object,
      problem: `container ${name} is behind a Service and has no preStop hook`,
      advice: 'let preStop sleep some 10 s, or it ends while load balancers still send it requests',
    })
  } else if (preStop.sleeps !== undefined && preStop.sleeps >= graceSeconds) {
    found.push({
      rule: 'pre-stop-too-long',
      object,
      problem: `preStop of container ${name} sleeps ${preStop.sleeps} s of the ${graceSeconds} s until it is killed`,
      advice: 'raise terminationGracePeriodSeconds well above the sleep',
    })
  }
  return found
}

function lintLiveness({ object }: PodTemplate, container: TemplateContainer): readonly LintFinding[] {
  const { name, liveness, readiness, hasStartup } = container
  if (liveness === undefined || readiness === undefined || hasStartup) return []
  const killed = liveness.initialDelaySeconds + (liveness.failureThreshold - 1) * liveness.periodSeconds
  const ready = readiness.initialDelaySeconds + (readiness.successThreshold - 1) * readiness.periodSeconds
  if (killed > ready || (killed === ready && ready === 0 && liveness.failureThreshold > 1)) return []
  return [
    {
      rule: 'early-liveness',
      object,
      problem: `liveness may kill container ${name} after ${killed} s, and readiness cannot pass before ${ready} s`,
      advice: 'add a startupProbe, or give liveness more time than readiness',
    },
  ]
}

/** The fewest replicas that a workload has: an autoscaler's word counts before its own. */
function minimumOf({ kind, name, namespace, spec }: PodTemplate, objects: readonly ManifestObject[]): number {
  const scaler = objects.find((object) => {
    const target = (object.content['spec'] as { scaleTargetRef?: { kind?: unknown; name?: unknown } } | undefined)
      ?.scaleTargetRef
    return (
      object.kind === 'HorizontalPodAutoscaler' &&
      object.namespace === namespace &&
      target?.kind === kind &&
      target.name === name
    )
  })
  const minimum = (scaler?.content['spec'] as { minReplicas?: unknown } | undefined)?.minReplicas
  const own = scaler === undefined ? spec['replicas'] : minimum
  return typeof own === 'number' ? own : 1
}

function lintReplicas(template: PodTemplate, serves: boolean, replicas: number): readonly LintFinding[] {
  if (template.kind !== 'Deployment' || replicas < 1) return []
  const strategy = (template.spec['strategy'] ?? {}) as {
    type?: unknown
    rollingUpdate?: { maxUnavailable?: unknown }
  }
  const { object } = template
  const advice = 'set maxUnavailable to 0 and maxSurge to 1, or run more replicas'
  if (strategy.type === 'Recreate') {
    if (!serves) return []
    const problem = 'strategy Recreate ends every pod before a new one starts, and it is behind a Service'
    return [{ rule: 'all-at-once', object, problem, advice: 'use RollingUpdate' }]
  }
  const given = strategy.rollingUpdate?.maxUnavailable
  const percent = typeof given === 'string' ? /^(\d+)%$/.exec(given)?.[1] : undefined
  const allowed =
    percent === undefined ? (typeof given === 'number' ? given : 0) : Math.floor((Number(percent) * replicas) / 100)
  if (allowed < replicas) return []
  const problem = `maxUnavailable ${given} lets ${replicas === 1 ? 'its only replica' : `all ${replicas} replicas`} go before a new one is ready`
  return [{ rule: 'all-at-once', object, problem, advice }]
}

function lintDeadline({ kind, object, spec }: PodTemplate, timeoutMs: number): readonly LintFinding[] {
  if (kind !== 'Deployment') return []
  const given = spec['progressDeadlineSeconds']
  const deadline = typeof given === 'number' ? given : 600
  // The greatest number stands for no deadline at all.
  if (timeoutMs >= deadline * 1_000 || deadline >= 2_147_483_647) return []
  return [
    {
      rule: 'short-timeout',
      object,
      problem: `timeout ${formatDuration(timeoutMs)} ends before progressDeadlineSeconds ${deadline}`,
      advice:
        'raise timeout or lower progressDeadlineSeconds, so that Kubernetes itself can say that it does not progress',
    },
  ]
}

const lintImages = ({ object, images }: PodTemplate): readonly LintFinding[] =>
  images
    .filter(({ image }) => image !== '' && !/@sha\d+:[0-9a-f]+$/.test(image))
    .map(({ container, image }) => ({
      rule: 'tag-only',
      object,
      problem: `container ${container} names image ${image} without a digest`,
      advice: 'name it by digest: a tag may be moved, and a rollback then starts something else',
    }))

function lintUnused(templates: readonly PodTemplate[], repository: string | undefined): readonly LintFinding[] {
  const images = templates.flatMap((template) => template.images)
  if (repository === undefined || images.some(({ image }) => isOf(image, repository))) return []
  return [
    {
      rule: 'image-unused',
      object: 'release',
      problem: `no container uses ${repository}`,
      advice: 'let image-key, or image-repository-key and the like, name the values that the chart reads',
    },
  ]
}

const isOf = (image: string, repository: string): boolean =>
  image === repository || image.startsWith(`${repository}:`) || image.startsWith(`${repository}@`)
