import { gunzipSync, gzipSync } from 'node:zlib'
import { UserError } from '../action/errors.ts'

/** A release record as helm keeps it: JSON, gzipped, in base64. Only what is read here is typed; the rest is carried along. */
export interface ReleaseRecord {
  readonly name: string
  readonly version: number
  readonly namespace: string
  readonly manifest: string
  readonly hooks: readonly ReleaseHook[]
  /** The values that were given, without the chart's defaults. */
  readonly config: unknown
  readonly chart: { readonly name: string; readonly version: string }
  readonly info: { readonly status: string; readonly description: string }
  /** Everything, as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

export interface ReleaseHook {
  readonly name: string
  readonly kind: string
  readonly path: string
  readonly manifest: string
  readonly events: readonly string[]
  /** `Succeeded`, `Failed`, `Running`, `Unknown` or empty. */
  readonly phase: string
}

/** A record inflates at most to this, in bytes: Kubernetes keeps 1 MiB of it. */
const largestRecord = 64 * 1024 * 1024

/**
 * Reads the payload of a record (what stands in a ConfigMap, or in a Secret once its own base64 is off).
 * @throws UserError when it is no release
 */
export function decodeRecord(payload: string): ReleaseRecord {
  try {
    const bytes = Buffer.from(payload, 'base64')
    const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b
    const json = gzipped ? gunzipSync(bytes, { maxOutputLength: largestRecord }) : bytes
    return recordOf(JSON.parse(json.toString('utf8')))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('a release record cannot be decoded', { cause: error })
  }
}

/** A release in helm's JSON, from a record or from `helm … -o json`. @throws UserError when it is none */
export function recordOf(value: unknown): ReleaseRecord {
  const raw = object(value)
  const info = object(raw['info'])
  const metadata = object(object(raw['chart'])['metadata'])
  const version = raw['version']
  if (typeof raw['name'] !== 'string' || typeof version !== 'number') throw new UserError('this is no helm release')
  return {
    name: raw['name'],
    version,
    namespace: text(raw['namespace']),
    manifest: text(raw['manifest']),
    hooks: (Array.isArray(raw['hooks']) ? raw['hooks'] : []).map(hookOf),
    config: raw['config'] ?? {},
    chart: { name: text(metadata['name']), version: text(metadata['version']) },
    info: { status: text(info['status']), description: text(info['description']) },
    raw,
  }
}

function hookOf(value: unknown): ReleaseHook {
  const hook = object(value)
  return {
    name: text(hook['name']),
    kind: text(hook['kind']),
    path: text(hook['path']),
    manifest: text(hook['manifest']),
    events: (Array.isArray(hook['events']) ? hook['events'] : []).map(String),
    phase: text(object(hook['last_run'])['phase']),
  }
}

/** The payload of a record; the reverse of `decodeRecord`. */
export const encodeRecord = (raw: ReleaseRecord['raw']): string => gzipSync(JSON.stringify(raw)).toString('base64')

/** The record with its operation ended as failed. Helm believes the payload alone, not the labels beside it. */
export function asFailed(record: ReleaseRecord, description: string): ReleaseRecord {
  const info = { ...object(record.raw['info']), status: 'failed', description }
  return recordOf({ ...record.raw, info })
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
