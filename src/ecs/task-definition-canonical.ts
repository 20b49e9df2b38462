import { textOf } from './render-rows.ts'
import { cpuUnits, mebibytes } from './task-definition-sizes.ts'

type Members = Readonly<Record<string, unknown>>

/** What ECS writes into a health check that leaves it open. Source: HealthCheck in the service model. */
const healthCheckDefaults: Members = { interval: 30, timeout: 5, retries: 3 }

/**
 * One form for two task definitions that mean the same: what ECS adds is taken away, nulls and empty lists are absent,
 * keys and named lists are sorted; tags are left out. Only for comparing.
 */
export function canonicalForm(document: Members): Members {
  const { tags: _, cpu, memory, requiresCompatibilities, volumes, containerDefinitions, ...rest } = document
  const containers = eachMember(containerDefinitions, (container) =>
    canonicalContainer(container, document['networkMode']),
  )
  return sorted({
    ...rest,
    ...(cpu === undefined ? {} : { cpu: sizeText(cpu, cpuUnits) }),
    ...(memory === undefined ? {} : { memory: sizeText(memory, mebibytes) }),
    requiresCompatibilities: Array.isArray(requiresCompatibilities)
      ? requiresCompatibilities.map(String).sort()
      : requiresCompatibilities,
    volumes: eachMember(volumes, canonicalVolume),
    containerDefinitions: containers,
  }) as Members
}

/** Tags by key, for comparing. */
export const canonicalTags = (tags: unknown): Members =>
  Array.isArray(tags)
    ? Object.fromEntries(tags.filter(isMembers).map((tag) => [textOf(tag['key']), tag['value'] ?? '']))
    : {}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list with its objects changed; whatever else stands there stays. */
const eachMember = (value: unknown, change: (item: Members) => Members): unknown =>
  Array.isArray(value) ? value.map((item: unknown) => (isMembers(item) ? change(item) : item)) : value

const sizeText = (value: unknown, read: (value: unknown) => number): unknown => {
  const amount = read(value)
  return Number.isNaN(amount) ? value : String(amount)
}

function canonicalContainer(container: Members, networkMode: unknown): Members {
  const { cpu, essential, portMappings, healthCheck, ...rest } = container
  const fixed = networkMode === 'awsvpc' || networkMode === 'host'
  const ports = eachMember(portMappings, (port) => ({
    ...port,
    hostPort: port['hostPort'] || (fixed ? port['containerPort'] : undefined),
    protocol: port['protocol'] ?? 'tcp',
  }))
  return {
    ...rest,
    ...(cpu === 0 ? {} : { cpu }),
    ...(essential === false ? { essential } : {}),
    healthCheck: isMembers(healthCheck) ? { ...healthCheckDefaults, ...present(healthCheck) } : healthCheck,
    portMappings: ports,
  }
}

/** ECS describes a volume that only has a name with an empty host. */
function canonicalVolume(volume: Members): Members {
  const { host, ...rest } = volume
  const empty = isMembers(host) && Object.values(host).every(isAbsent)
  return empty ? rest : volume
}

const isAbsent = (item: unknown): boolean =>
  item === undefined || item === null || (Array.isArray(item) && item.length === 0)

const present = (value: Members): Members =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => !isAbsent(item)))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted)
    const named = items.every((item) => typeof item === 'object' && item !== null && 'name' in item)
    return named ? items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(present(value as Members))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  )
}

const nameOf = (item: unknown): string => textOf((item as Members)['name'])
