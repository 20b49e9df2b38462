import type { Caller, World } from '../world.ts'
import { AwsError, type AwsService, type Input, regional } from './service.ts'
import { filterOf, isBelow, page } from './ssm/listing.ts'
import {
  checkName,
  constraint,
  describeParameter,
  type Found,
  findParameter,
  type Parameter,
  type Parameters,
  type ParameterType,
  type ParameterVersion,
  parameterArn,
  type Tier,
  validation,
} from './ssm/state.ts'

const types: readonly ParameterType[] = ['SecureString', 'StringList', 'String']
const tiers = ['Standard', 'Advanced', 'Intelligent-Tiering']
const advanced =
  'For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
/** Bytes of a value, by tier. */
const largest: Readonly<Record<Tier, number>> = { Standard: 4_096, Advanced: 8_192 }
/** Of each parameter; older ones are forgotten, as the service does. */
const keptVersions = 100

const notFound = (): AwsError => new AwsError('ParameterNotFound', '')

const namesIn = (input: Input): string[] => {
  const names = Array.isArray(input['Names']) ? input['Names'].map(String) : []
  const shown = `[${names.join(', ')}]`
  if (names.length === 0) throw constraint(shown, 'names', 'Member must have length greater than or equal to 1')
  if (names.length > 10) throw constraint(shown, 'names', 'Member must have length less than or equal to 10')
  return names
}

/** What the sandbox's parameters cannot be: said, instead of kept without effect. */
function refuseUnknown(input: Input): void {
  if (input['Policies'] !== undefined && input['Policies'] !== '') {
    throw validation('The sandbox does not support parameter policies.')
  }
  if (input['DataType'] !== undefined && input['DataType'] !== 'text') {
    throw validation(`The sandbox does not support the data type ${input['DataType']}.`)
  }
}

function typeOf(input: Input, before: ParameterVersion | undefined): ParameterType {
  const type = input['Type'] ?? before?.type
  if (type === undefined) throw validation('A parameter type is required when you create a parameter.')
  const known = types.find((candidate) => candidate === type)
  if (known === undefined) {
    throw constraint(String(type), 'type', `Member must satisfy enum value set: [${types.join(', ')}]`)
  }
  if (before !== undefined && before.type !== known) {
    const why = `you can't change a parameter from a ${before.type} type to a ${known} type`
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `Parameter Store does not support changing a parameter type in a hierarchy: ${why}. You must create a new, unique parameter.`,
    )
  }
  return known
}

function tierOf(input: Input, value: string, before: ParameterVersion | undefined): Tier {
  const asked = String(input['Tier'] ?? before?.tier ?? 'Standard')
  if (!tiers.includes(asked)) {
    throw constraint(asked, 'tier', `Member must satisfy enum value set: [${tiers.join(', ')}]`)
  }
  const size = Buffer.byteLength(value)
  const tier = asked === 'Intelligent-Tiering' ? (size > largest.Standard ? 'Advanced' : 'Standard') : (asked as Tier)
  if (before?.tier === 'Advanced' && tier === 'Standard') {
    throw validation(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    )
  }
  if (size > largest[tier]) {
    throw validation(
      tier === 'Standard'
        ? `Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. ${advanced}`
        : `Advanced tier parameters support a maximum parameter value of 8192 characters. ${advanced}`,
    )
  }
  return tier
}

function patternOf(input: Input, value: string): string | undefined {
  const pattern = input['AllowedPattern']
  if (pattern === undefined || pattern === '') return undefined
  let matches: boolean
  try {
    matches = new RegExp(`^(?:${pattern})$`).test(value)
  } catch {
    const message = `The request does not meet the regular expression requirement: ${pattern}`
    throw new AwsError('InvalidAllowedPatternException', message)
  }
  if (!matches) {
    const message = `Parameter value, cannot be validated against allowedPattern: ${pattern}`
    throw new AwsError('ParameterPatternMismatchException', message)
  }
  return String(pattern)
}

/** As GetParameters looks: a version that is not there is one more name that is not valid. */
function ifThere(parameters: Parameters, caller: Caller, name: string): Found | undefined {
  try {
    return findParameter(parameters, caller, name)
  } catch (error) {
    if (error instanceof AwsError) return undefined
    throw error
  }
}

/** Systems Manager's Parameter Store: values by name and version. Nothing is encrypted; no key is asked. */
export function ssm(world: World): AwsService {
  const state = regional<Parameters>(() => new Map())
  const metadata = ({ name, arn, versions }: Parameter) => {
    const newest = versions.at(-1) as ParameterVersion
    return {
      Name: name,
      ARN: arn,
      Type: newest.type,
      KeyId: newest.keyId,
      LastModifiedDate: Math.round(newest.modifiedAt) / 1_000,
      LastModifiedUser: newest.modifiedBy,
      Description: newest.description,
      AllowedPattern: newest.allowedPattern,
      Version: newest.version,
      Tier: newest.tier,
      Policies: [],
      DataType: 'text',
    }
  }
  return {
    name: 'ssm',
    protocol: { kind: 'json', version: '1.1', target: 'AmazonSSM' },
    operations: {
      PutParameter(input, caller) {
        const parameters = state(caller)
        const name = String(input['Name'] ?? '')
        checkName(name)
        const value = String(input['Value'] ?? '')
        if (value === '') throw constraint('', 'value', 'Member must have length greater than or equal to 1.')
        refuseUnknown(input)
        const known = parameters.get(name)
        const tags = Array.isArray(input['Tags']) ? (input['Tags'] as Input[]) : []
        if (tags.length > 0 && input['Overwrite'] === true) {
          throw validation(
            "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
          )
        }
        if (known !== undefined && input['Overwrite'] !== true) {
          throw new AwsError(
            'ParameterAlreadyExists',
            'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
          )
        }
        const before = known?.versions.at(-1)
        const type = typeOf(input, before)
        const version: ParameterVersion = {
          version: (before?.version ?? 0) + 1,
          type,
          value,
          description: input['Description'] === undefined ? before?.description : String(input['Description']),
          allowedPattern: patternOf(input, value),
          keyId: type === 'SecureString' ? String(input['KeyId'] ?? before?.keyId ?? 'alias/aws/ssm') : undefined,
          tier: tierOf(input, value, before),
          modifiedAt: world.clock.now(),
          modifiedBy: caller.arn,
        }
        const parameter: Parameter = known ?? { name, arn: parameterArn(caller, name), versions: [], tags: new Map() }
        parameter.versions.push(version)
        parameter.versions.splice(0, parameter.versions.length - keptVersions)
        for (const { Key, Value } of tags) parameter.tags.set(String(Key), String(Value ?? ''))
        parameters.set(name, parameter)
        return { Version: version.version, Tier: version.tier }
      },
      GetParameter(input, caller) {
        const found = findParameter(state(caller), caller, String(input['Name'] ?? ''))
        if (found === undefined) throw notFound()
        return { Parameter: describeParameter(found, input['WithDecryption'] === true) }
      },
      GetParameters(input, caller) {
        const found = namesIn(input).map((name) => ({ name, hit: ifThere(state(caller), caller, name) }))
        return {
          Parameters: found.flatMap(({ hit }) =>
            hit === undefined ? [] : [describeParameter(hit, input['WithDecryption'] === true)],
          ),
          InvalidParameters: found.filter(({ hit }) => hit === undefined).map(({ name }) => name),
        }
      },
      GetParametersByPath(input, caller) {
        const path = String(input['Path'] ?? '')
        if (!path.startsWith('/')) {
          throw validation(
            'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
          )
        }
        const passes = filterOf(input)
        const all = [...state(caller).values()]
          .filter((one) => isBelow(one.name, path, input['Recursive'] === true) && passes(one))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
        const { items, ...next } = page(all, input, 10)
        const shown = items.map((parameter) => {
          const version = parameter.versions.at(-1) as ParameterVersion
          return describeParameter({ parameter, version, selector: undefined }, input['WithDecryption'] === true)
        })
        return { Parameters: shown, ...next }
      },
      DeleteParameter(input, caller) {
        if (!state(caller).delete(String(input['Name'] ?? ''))) throw notFound()
        return {}
      },
      DeleteParameters(input, caller) {
        const names = namesIn(input)
        const deleted = names.filter((name) => state(caller).delete(name))
        return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) }
      },
      DescribeParameters(input, caller) {
        const all = [...state(caller).values()].filter(filterOf(input)).sort((a, b) => (a.name < b.name ? -1 : 1))
        const { items, ...next } = page(all, input, 50)
        return { Parameters: items.map(metadata), ...next }
      },
    },
  }
}
