import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Member, OperationModel, Shape } from './aws-shapes.ts'

const require = createRequire(import.meta.url)

/** The SDK's package for a signing name. */
const packages: Readonly<Record<string, string>> = {
  'application-autoscaling': 'client-application-auto-scaling',
  codedeploy: 'client-codedeploy',
  ecr: 'client-ecr',
  ecs: 'client-ecs',
  eks: 'client-eks',
  elasticloadbalancing: 'client-elastic-load-balancing-v2',
  logs: 'client-cloudwatch-logs',
  monitoring: 'client-cloudwatch',
  secretsmanager: 'client-secrets-manager',
  ssm: 'client-ssm',
  sts: 'client-sts',
}

/**
 * The model that an SDK v3 package carries: the schemas it exports (@smithy/types, schema/static-schemas.d.ts), and
 * the values of enums, which schemas leave out, from its type declarations. Undefined for a service without a package here.
 */
export async function sdkModel(
  service: string,
): Promise<((operation: string) => OperationModel | undefined) | undefined> {
  const name = packages[service]
  if (name === undefined) return undefined
  const exported = (await import(`@aws-sdk/${name}`)) as Record<string, unknown>
  const declared = declarations(join(dirname(require.resolve(`@aws-sdk/${name}/package.json`)), 'dist-types/models'))
  const values = (interfaceName: string, member: string): ReadonlySet<string> | undefined => {
    const type = declared.get(interfaceName)?.get(member)
    const object = type === undefined ? undefined : exported[type]
    return typeof object === 'object' && object !== null ? new Set(Object.values(object).map(String)) : undefined
  }
  return (operation) => {
    const schema = exported[`${operation}$`]
    if (!Array.isArray(schema) || schema[0] !== 9) return undefined
    return { output: shapeOf(schema[5], values, undefined), errors: undefined }
  }
}

type Values = (interfaceName: string, member: string) => ReadonlySet<string> | undefined

function shapeOf(reference: unknown, values: Values, enumeration: ReadonlySet<string> | undefined): Shape {
  const schema = typeof reference === 'function' ? (reference() as unknown) : reference
  if (typeof schema === 'number') return simple(schema, enumeration)
  if (schema === 'unit') return { kind: 'structure', members: new Map() }
  if (!Array.isArray(schema)) return { kind: 'document' }
  // [schema, traits]: a reference with traits of its own
  if (schema.length === 2) return shapeOf(schema[0], values, enumeration)
  const [kind, , name] = schema as [number, string, string]
  switch (kind) {
    case 0:
      return shapeOf(schema[4], values, enumeration)
    case 1:
      return { kind: 'list', item: () => shapeOf(schema[4], values, enumeration) }
    case 2:
      return { kind: 'map', value: () => shapeOf(schema[5], values, enumeration) }
    case 3:
    case 4:
    case -3: {
      const names = schema[4] as string[]
      const required = kind === 4 ? 0 : ((schema[6] as number | undefined) ?? 0)
      const members = names.map((member, index): [string, Member] => [
        member,
        {
          required: index < required,
          shape: () => shapeOf((schema[5] as unknown[])[index], values, values(name, member)),
        },
      ])
      return { kind: 'structure', members: new Map(members) }
    }
    default:
      throw new Error(`a schema of a kind that is not known here: ${kind}`)
  }
}

function simple(bits: number, enumeration: ReadonlySet<string> | undefined): Shape {
  if (bits & 64) return { kind: 'list', item: () => simple(bits & ~64, enumeration) }
  if (bits & 128) return { kind: 'map', value: () => simple(bits & ~128, enumeration) }
  switch (bits) {
    case 0:
      return { kind: 'string', values: enumeration }
    case 1:
    case 17:
    case 19:
      return { kind: 'number' }
    case 2:
      return { kind: 'boolean' }
    case 4:
    case 5:
    case 6:
    case 7:
      return { kind: 'timestamp' }
    case 21:
      return { kind: 'blob' }
    default:
      return { kind: 'document' }
  }
}

/** The types of the members of every interface that a folder of declarations declares: `status?: TargetStatus | undefined`. */
function declarations(folder: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  if (!existsSync(folder)) return found
  for (const file of readdirSync(folder).filter((name) => /^models_\d+\.d\.ts$/.test(name))) {
    let current: Map<string, string> | undefined
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const opening = /^export interface (\w+)/.exec(line)?.[1]
      if (opening !== undefined) {
        current = new Map()
        found.set(opening, current)
      }
      const member = /^ {4}(\w+)\??: \(?(?:Partial<Record<\w+, )?(\w+)/.exec(line)
      if (member?.[1] !== undefined && member[2] !== undefined) current?.set(member[1], member[2])
    }
  }
  return found
}
