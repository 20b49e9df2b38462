import { badRequest } from './failure.ts'
import { type Fields, timestamp } from './object.ts'
import { apiVersionOf, resourceOf } from './resources.ts'
import { message, type Type } from './schema.ts'

const magic = Buffer.from('k8s\0', 'latin1')
const deepest = 64

/** One field of a protobuf message on the wire. */
interface WireField {
  readonly number: number
  readonly value: number | bigint | Buffer
}

function* wireFields(bytes: Buffer): Generator<WireField> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw badRequest('the body is not valid protobuf')
  }
  const take = (length: number): Buffer => {
    if (length < 0 || at + length > bytes.byteLength) throw badRequest('the body is cut short')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.byteLength) {
    const tag = Number(varint())
    const number = tag >>> 3
    switch (tag & 7) {
      case 0:
        yield { number, value: BigInt.asIntN(64, varint()) }
        break
      case 1:
        yield { number, value: take(8).readDoubleLE() }
        break
      case 2:
        yield { number, value: take(Number(varint())) }
        break
      case 5:
        yield { number, value: take(4).readFloatLE() }
        break
      default:
        throw badRequest('the body is not valid protobuf')
    }
  }
}

const inner = (bytes: Buffer, number: number): WireField['value'] | undefined =>
  [...wireFields(bytes)].find((field) => field.number === number)?.value
const asBuffer = (value: WireField['value'] | undefined): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0))

function decodeValue(type: Type, value: WireField['value'], depth: number): unknown {
  if (type.kind === 'message') return decodeMessage(type.message, asBuffer(value), depth + 1)
  if (type.kind !== 'scalar') return undefined
  switch (type.scalar) {
    case 'i':
    case 'd':
      return Number(value)
    case 'b':
      return value !== 0n
    case 's':
      return asBuffer(value).toString('utf8')
    case 'y':
      return asBuffer(value).toString('base64')
    case 'q':
      return asBuffer(inner(asBuffer(value), 1)).toString('utf8')
    case 'x': {
      const textual = inner(asBuffer(value), 1) === 1n
      return textual ? asBuffer(inner(asBuffer(value), 3)).toString('utf8') : Number(inner(asBuffer(value), 2) ?? 0)
    }
    case 't':
    case 'u': {
      const seconds = inner(asBuffer(value), 1)
      return seconds === undefined ? undefined : timestamp(Number(seconds) * 1_000)
    }
    case 'w':
      return `${Number(inner(asBuffer(value), 1) ?? 0) / 1e9}s`
    case 'r': {
      const raw = asBuffer(inner(asBuffer(value), 1)).toString('utf8')
      return raw === '' ? undefined : (JSON.parse(raw) as unknown)
    }
  }
}

/** A client's empty strings and zeros are what Go leaves out of JSON; only pointers to them would be kept. */
const omitted = (type: Type, value: unknown): boolean => type.kind === 'scalar' && (value === '' || value === undefined)

function decodeMessage(name: string, bytes: Buffer, depth = 0): Fields {
  if (depth > deepest) throw badRequest('the body is nested too deeply')
  const { wire } = message(name)
  const out: Fields = {}
  for (const { number, value } of wireFields(bytes)) {
    const field = wire.get(number)
    if (field === undefined) continue
    if (field.inlined && field.type.kind === 'message') {
      Object.assign(out, decodeMessage(field.type.message, asBuffer(value), depth + 1))
    } else if (field.type.kind === 'list') {
      out[field.name] ??= []
      const list = out[field.name] as unknown[]
      list.push(decodeValue(field.type.of, value, depth))
    } else if (field.type.kind === 'map') {
      out[field.name] ??= {}
      const map = out[field.name] as Fields
      const key = asBuffer(inner(asBuffer(value), 1)).toString('utf8')
      const item = inner(asBuffer(value), 2) ?? Buffer.alloc(0)
      Object.defineProperty(map, key, {
        value: decodeValue(field.type.of, item, depth),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    } else {
      const item = decodeValue(field.type, value, depth)
      if (!omitted(field.type, item)) out[field.name] = item
    }
  }
  return out
}

export const isProtobuf = (body: Buffer): boolean => body.subarray(0, 4).equals(magic)

/** The object in a body of type `application/vnd.kubernetes.protobuf`. @throws ApiFailure */
export function decodeProtobuf(body: Buffer): Fields {
  const envelope = body.subarray(4)
  const typeMeta = asBuffer(inner(envelope, 1))
  const apiVersion = asBuffer(inner(typeMeta, 1)).toString('utf8')
  const kind = asBuffer(inner(typeMeta, 2)).toString('utf8')
  const raw = asBuffer(inner(envelope, 2))
  const known = resourceOf(apiVersion, kind)
  const name =
    known?.message ??
    { DeleteOptions: 'meta.v1.DeleteOptions', Scale: 'autoscaling.v1.Scale', Eviction: 'policy.v1.Eviction' }[kind]
  if (name === undefined) throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`)
  return { apiVersion: known ? apiVersionOf(known) : apiVersion, kind, ...decodeMessage(name, raw) }
}
