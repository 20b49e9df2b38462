import { UserError } from '../action/errors.ts'
import { looksStructured, readYaml } from './yaml-input.ts'

/** A port mapping as a task definition has it. */
export interface PortMapping {
  readonly containerPort?: number
  readonly hostPort?: number
  readonly protocol?: string
  readonly name?: string
  readonly appProtocol?: string
  readonly containerPortRange?: string
}

const form = /^(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/
const members = ['containerPort', 'hostPort', 'protocol', 'name', 'appProtocol', 'containerPortRange']

/**
 * Reads ports as `8080`, `8080/udp` and, host first as docker has it, `80:8080`, by commas or lines; or a list of these and of
 * `{ containerPort, hostPort, protocol, name, appProtocol }` in JSON or YAML.
 * @throws UserError
 */
export function readPortMappings(given: unknown): readonly PortMapping[] {
  const value = typeof given === 'string' && looksStructured(given) ? readYaml(given) : given
  const items = Array.isArray(value) ? value : typeof value === 'object' ? [value] : String(value).split(/[,\n]/)
  return items.filter((item) => item !== '' && !(typeof item === 'string' && item.trim() === '')).map(portMapping)
}

function portMapping(item: unknown): PortMapping {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return fromObject(item as PortMapping)
  const [, host, container, protocol] = form.exec(String(item).trim()) ?? []
  if (container === undefined) {
    throw new UserError(
      `expected a port such as '8080', '8080/udp' or '80:8080' (host:container), got '${String(item)}'`,
    )
  }
  return {
    containerPort: port(Number(container), 1),
    ...(host === undefined ? {} : { hostPort: port(Number(host), 0) }),
    protocol: protocol ?? 'tcp',
  }
}

function fromObject(item: PortMapping): PortMapping {
  const unknown = Object.keys(item).filter((name) => !members.includes(name))
  if (unknown.length > 0)
    throw new UserError(`a port has no member ${unknown.join(', ')} (it has ${members.join(', ')})`)
  const { containerPort, hostPort, containerPortRange } = item
  if ((containerPort === undefined) === (containerPortRange === undefined)) {
    throw new UserError('a port has either containerPort or containerPortRange')
  }
  if (containerPort !== undefined) port(containerPort, 1)
  if (hostPort !== undefined) port(hostPort, 0)
  return item
}

function port(number: unknown, least: number): number {
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= 65_535) return number
  throw new UserError(`expected a port from ${least} to 65535, got ${JSON.stringify(number)}`)
}
