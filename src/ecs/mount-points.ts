import { UserError } from '../action/errors.ts'
import { looksStructured, readYaml } from './yaml-input.ts'

/** A volume of the task in a container. */
export interface MountPoint {
  readonly sourceVolume: string
  readonly containerPath: string
  readonly readOnly?: boolean
}

/**
 * Reads mount points as `volume:/path`, `volume:/path:ro` by commas or lines, or a list of these and of
 * `{ sourceVolume, containerPath, readOnly }` in JSON or YAML.
 * @throws UserError
 */
export function readMountPoints(given: unknown): readonly MountPoint[] {
  const value = typeof given === 'string' && looksStructured(given) ? readYaml(given) : given
  const items = Array.isArray(value) ? value : typeof value === 'object' ? [value] : String(value).split(/[,\n]/)
  return items.filter((item) => typeof item !== 'string' || item.trim() !== '').map(mountPoint)
}

function mountPoint(item: unknown): MountPoint {
  if (typeof item === 'object' && item !== null) {
    const { sourceVolume, containerPath, readOnly, ...others } = item as Partial<MountPoint>
    const unknown = Object.keys(others)
    if (unknown.length > 0) throw new UserError(`a mount point has no member ${unknown.join(', ')}`)
    if (typeof sourceVolume !== 'string' || typeof containerPath !== 'string') {
      throw new UserError('a mount point needs sourceVolume and containerPath')
    }
    if (readOnly !== undefined && typeof readOnly !== 'boolean') throw new UserError('readOnly is true or false')
    return item as MountPoint
  }
  const [, sourceVolume, containerPath, mode] = /^([A-Za-z0-9_-]+):(.+?)(?::(ro|rw))?$/.exec(String(item).trim()) ?? []
  if (sourceVolume === undefined || containerPath === undefined) {
    throw new UserError(`expected a mount point such as 'volume:/path' or 'volume:/path:ro', got '${String(item)}'`)
  }
  return { sourceVolume, containerPath, readOnly: mode === 'ro' }
}
