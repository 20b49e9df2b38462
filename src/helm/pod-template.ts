import type { Probe } from './kubernetes-object.ts'
import type { ManifestObject } from './manifest.ts'

type Fields = Readonly<Record<string, unknown>>

/** A container of a manifest, as far as it says. */
export interface TemplateContainer {
  readonly name: string
  readonly image: string
  /** An init container that stays: a sidecar. */
  readonly sidecar: boolean
  readonly ports: readonly { readonly name: string | undefined; readonly number: number | undefined }[]
  readonly readiness: TemplateProbe | undefined
  readonly liveness: TemplateProbe | undefined
  readonly hasStartup: boolean
  /** Undefined when it has none; the seconds that it sleeps, as far as they can be read. */
  readonly preStop: { readonly sleeps: number | undefined } | undefined
}

/** When a probe looks; all in seconds and counts, with the defaults of Kubernetes. */
export interface TemplateProbe extends Probe {
  readonly initialDelaySeconds: number
  readonly periodSeconds: number
  readonly failureThreshold: number
  readonly successThreshold: number
}

/** What makes pods in a manifest, of whatever kind: anything with a pod template, and a Pod itself. */
export interface PodTemplate {
  /** `Deployment/web` */
  readonly object: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** Those that run side by side. */
  readonly containers: readonly TemplateContainer[]
  /** Every image that it names, with the container's name. */
  readonly images: readonly { readonly container: string; readonly image: string }[]
  /** In seconds. */
  readonly graceSeconds: number
  /** The object's own spec. */
  readonly spec: Fields
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** Labels or a selector; what is no text is left out. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

/** The pod templates of a manifest. Custom resources count too when they hold one in the usual place. */
export function podTemplatesOf(objects: readonly ManifestObject[]): readonly PodTemplate[] {
  return objects.flatMap((object) => {
    const spec = fieldsOf(object.content['spec'])
    const template =
      object.kind === 'Pod'
        ? object.content
        : object.kind === 'CronJob'
          ? fieldsOf(fieldsOf(fieldsOf(spec['jobTemplate'])['spec'])['template'])
          : fieldsOf(spec['template'])
    const pod = fieldsOf(template['spec'])
    const main = listOf(pod['containers'])
    if (main.length === 0) return []
    const init = listOf(pod['initContainers'])
    const sidecars = init.filter(({ restartPolicy }) => restartPolicy === 'Always')
    return [
      {
        object: `${object.kind}/${object.name}`,
        kind: object.kind,
        name: object.name,
        namespace: object.namespace,
        labels: labelsOf(fieldsOf(template['metadata'])['labels']),
        containers: [
          ...main.map((container) => containerOf(container, false)),
          ...sidecars.map((container) => containerOf(container, true)),
        ],
        images: [...main, ...init].map(({ name, image }) => ({
          container: textOf(name) ?? '',
          image: textOf(image) ?? '',
        })),
        graceSeconds: numberOf(pod['terminationGracePeriodSeconds']) ?? 30,
        spec,
      },
    ]
  })
}

function containerOf(container: Fields, sidecar: boolean): TemplateContainer {
  const preStop = fieldsOf(container['lifecycle'])['preStop']
  return {
    name: textOf(container['name']) ?? '',
    image: textOf(container['image']) ?? '',
    sidecar,
    ports: listOf(container['ports']).map((port) => ({
      name: textOf(port['name']),
      number: numberOf(port['containerPort']),
    })),
    readiness: probeOf(container['readinessProbe']),
    liveness: probeOf(container['livenessProbe']),
    hasStartup: Object.keys(fieldsOf(container['startupProbe'])).length > 0,
    preStop: Object.keys(fieldsOf(preStop)).length === 0 ? undefined : { sleeps: sleepOf(fieldsOf(preStop)) },
  }
}

function probeOf(value: unknown): TemplateProbe | undefined {
  const probe = fieldsOf(value)
  if (Object.keys(probe).length === 0) return undefined
  return {
    ...probe,
    initialDelaySeconds: numberOf(probe['initialDelaySeconds']) ?? 0,
    periodSeconds: numberOf(probe['periodSeconds']) ?? 10,
    failureThreshold: numberOf(probe['failureThreshold']) ?? 3,
    successThreshold: numberOf(probe['successThreshold']) ?? 1,
  }
}

/** The seconds of a `sleep` action, or of every `sleep N` in a command. */
function sleepOf(preStop: Fields): number | undefined {
  const own = numberOf(fieldsOf(preStop['sleep'])['seconds'])
  if (own !== undefined) return own
  const command = fieldsOf(preStop['exec'])['command']
  if (!Array.isArray(command)) return undefined
  const all = [...command.join(' ').matchAll(/\bsleep\s+(\d+(?:\.\d+)?)(s|m|h)?(?=[\s;&|]|$)/g)]
  if (all.length === 0) return undefined
  const unit = { s: 1, m: 60, h: 3_600 }
  return all.reduce((sum, [, amount, of]) => sum + Number(amount) * unit[(of ?? 's') as keyof typeof unit], 0)
}

/** A Service of a manifest. */
export interface ManifestService {
  readonly name: string
  readonly namespace: string
  /** Empty: somebody else fills in its endpoints. */
  readonly selector: Readonly<Record<string, string>>
  readonly externalName: boolean
  readonly headless: boolean
  readonly ports: readonly {
    readonly name: string
    readonly port: number | undefined
    readonly target: string | number
  }[]
}

/** The Services among the objects of a manifest. */
export function servicesOf(objects: readonly ManifestObject[]): readonly ManifestService[] {
  return objects
    .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
    .map(({ name, namespace, content }) => {
      const spec = fieldsOf(content['spec'])
      return {
        name,
        namespace,
        selector: labelsOf(spec['selector']),
        externalName: spec['type'] === 'ExternalName',
        headless: spec['clusterIP'] === 'None',
        ports: listOf(spec['ports']).map((entry) => {
          const port = numberOf(entry['port'])
          const target = entry['targetPort']
          const given = typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target
          return {
            name: textOf(entry['name']) ?? '',
            port,
            target: typeof given === 'string' || typeof given === 'number' ? given : (port ?? ''),
          }
        }),
      }
    })
}

/** Whether a Service sends traffic to pods of a selector of its own. */
export const isSelecting = ({ selector, externalName }: ManifestService): boolean =>
  !externalName && Object.keys(selector).length > 0

/** The templates whose pods a Service selects. */
export const selectedBy = (
  { selector, namespace }: ManifestService,
  templates: readonly PodTemplate[],
): readonly PodTemplate[] =>
  templates.filter(
    (template) =>
      template.namespace === namespace &&
      Object.entries(selector).every(([key, value]) => template.labels[key] === value),
  )

/** The container that a port of a Service leads to; undefined when none declares it. */
export const containerAt = (template: PodTemplate, target: string | number): TemplateContainer | undefined =>
  template.containers.find(({ ports }) => ports.some(({ name, number }) => target === name || target === number))
