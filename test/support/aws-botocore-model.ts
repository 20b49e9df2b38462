import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { OperationModel, Shape } from './aws-shapes.ts'

/** Folders of botocore's data, by signing name. */
const folders: Readonly<Record<string, string>> = { elasticloadbalancing: 'elbv2', monitoring: 'cloudwatch' }

interface Definition {
  readonly type: string
  readonly enum?: readonly string[]
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly document?: boolean
  readonly error?: { readonly code?: string }
}

interface Model {
  readonly operations: Readonly<
    Record<string, { readonly output?: { readonly shape: string }; readonly errors?: readonly { shape: string }[] }>
  >
  readonly shapes: Readonly<Record<string, Definition>>
}

let data: string | undefined

/** Where botocore keeps its models on this machine; empty when Python or botocore is absent. */
function dataFolder(): string {
  if (data === undefined) {
    try {
      const script = 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))'
      data = execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      data = ''
    }
  }
  return data
}

/** botocore's published model of a service, by signing name; undefined when this machine has none. It knows the errors of each operation. */
export function botocoreModel(service: string): ((operation: string) => OperationModel | undefined) | undefined {
  const folder = dataFolder() === '' ? undefined : join(dataFolder(), folders[service] ?? service)
  if (folder === undefined || !existsSync(folder)) return undefined
  const version = readdirSync(folder).sort().at(-1) ?? ''
  const packed = join(folder, version, 'service-2.json.gz')
  const plain = join(folder, version, 'service-2.json')
  const text = existsSync(packed) ? gunzipSync(readFileSync(packed)).toString('utf8') : readFileSync(plain, 'utf8')
  const model = JSON.parse(text) as Model

  const shapeOf = (name: string): Shape => {
    const shape = model.shapes[name]
    if (shape === undefined) throw new Error(`botocore's model of ${service} has no shape ${name}`)
    switch (shape.type) {
      case 'string':
        return { kind: 'string', values: shape.enum === undefined ? undefined : new Set(shape.enum) }
      case 'integer':
      case 'long':
      case 'float':
      case 'double':
        return { kind: 'number' }
      case 'boolean':
      case 'timestamp':
      case 'blob':
        return { kind: shape.type }
      case 'list':
        return { kind: 'list', item: () => shapeOf(shape.member?.shape ?? '') }
      case 'map':
        return { kind: 'map', value: () => shapeOf(shape.value?.shape ?? '') }
      case 'structure':
        if (shape.document === true) return { kind: 'document' }
        return {
          kind: 'structure',
          members: new Map(
            Object.entries(shape.members ?? {}).map(([member, { shape: of }]) => [
              member,
              { shape: () => shapeOf(of), required: shape.required?.includes(member) ?? false },
            ]),
          ),
        }
      default:
        throw new Error(`botocore's model of ${service}: ${name} has the unknown type ${shape.type}`)
    }
  }
  return (name) => {
    const operation = model.operations[name]
    if (operation === undefined) return undefined
    return {
      output:
        operation.output === undefined ? { kind: 'structure', members: new Map() } : shapeOf(operation.output.shape),
      errors: new Set((operation.errors ?? []).map(({ shape }) => model.shapes[shape]?.error?.code ?? shape)),
    }
  }
}
