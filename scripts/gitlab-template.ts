import { Document, isScalar, Scalar, stringify, visit } from 'yaml'
import type { Action } from '../src/action/define.ts'
import type { Input } from '../src/action/inputs.ts'
import { gitlabFiles } from '../src/hosts/gitlab.ts'
import { inputVariable } from '../src/hosts/surroundings.ts'
import { idTokenVariable } from '../src/hosts/web-identity.ts'
import { madeFrom } from './action-yml.ts'

/** How the program gets into the job when the template's user says nothing else. */
export interface Delivery {
  readonly image: string
  readonly command: string
}

interface TemplateInput {
  readonly type?: 'string' | 'boolean' | 'number' | 'array'
  readonly description: string
  readonly default?: unknown
  readonly options?: readonly string[]
  readonly regex?: string
}

/** Names that end up in paths, in variables' names and in GitLab's own keys. */
const plainName = '^[A-Za-z][A-Za-z0-9_.-]*$'

/** An action that changes a platform: it has an environment in GitLab and waits its turn there. The others only prepare. */
export const deploys = (action: Action): boolean =>
  ['environment', 'on-cancel', 'on-timeout'].some((name) => Object.hasOwn(action.inputs, name))

/** The inputs of every template; no action has one of these names, but for `environment`, which is then the action's own. */
export function jobInputs(action: Action, delivery: Delivery): Record<string, TemplateInput> {
  return {
    'job-name': {
      description:
        'Name of the job, and in capitals the prefix of its outputs as variables of later jobs; two jobs of one name become one',
      default: action.name,
      regex: plainName,
    },
    stage: { description: 'Stage of the job', default: 'deploy' },
    'job-image': { description: 'Image that the job runs in', default: delivery.image },
    'job-command': { description: 'Command that runs the program in that image', default: delivery.command },
    rules: { type: 'array', description: 'When the job runs', default: [{ when: 'on_success' }] },
    'id-token-audience': {
      description: 'Audience of the OIDC token; AWS takes the role in AWS_ROLE_ARN with it when that is set',
      default: 'sts.amazonaws.com',
    },
    ...(deploys(action)
      ? {
          environment: {
            description: action.inputs['environment']?.description ?? 'GitLab environment that the job deploys to',
            ...(action.inputs['environment']?.required
              ? {}
              : { default: action.inputs['environment']?.default ?? 'production' }),
            regex: '^[A-Za-z0-9][A-Za-z0-9/_.-]*$',
          },
        }
      : {}),
  }
}

/** What GitLab includes: one job whose values come in through variables that nothing expands, never through its script. */
export function gitlabTemplate(action: Action, delivery: Delivery): string {
  const folder = '.strangler-deploy/$[[ inputs.job-name ]]'
  const own = Object.entries(action.inputs)
    .filter(([name]) => !(name === 'environment'))
    .map(([name, input]) => [name, templateInput(input)])
  const literal = (value: string) => ({ value, expand: false })
  const values = Object.keys(action.inputs).map((name) => [inputVariable(name), literal(`$[[ inputs.${name} ]]`)])
  const header = { spec: { inputs: { ...Object.fromEntries(own), ...jobInputs(action, delivery) } } }
  const job = {
    stage: '$[[ inputs.stage ]]',
    image: { name: '$[[ inputs.job-image ]]', entrypoint: [''] },
    rules: '$[[ inputs.rules ]]',
    interruptible: false,
    ...(deploys(action)
      ? {
          resource_group: 'strangler-deploy/$[[ inputs.environment ]]',
          environment: { name: '$[[ inputs.environment ]]' },
        }
      : {}),
    id_tokens: { [idTokenVariable]: { aud: '$[[ inputs.id-token-audience ]]' } },
    variables: {
      STRANGLER_COMMAND: literal('$[[ inputs.job-command ]]'),
      STRANGLER_DEPLOY_DIR: literal(folder),
      STRANGLER_OUTPUT_PREFIX: literal('$[[ inputs.job-name ]]'),
      ...Object.fromEntries(values),
    },
    script: [`$STRANGLER_COMMAND ${action.name}`],
    ...(action.post === undefined ? {} : { after_script: [`$STRANGLER_COMMAND post ${action.name}`] }),
    artifacts: {
      when: 'always',
      access: 'developer',
      expire_in: '30 days',
      paths: [`${folder}/`],
      reports: { dotenv: `${folder}/${gitlabFiles.outputs}`, annotations: `${folder}/${gitlabFiles.annotations}` },
    },
  }
  const document = new Document({ '$[[ inputs.job-name ]]': job })
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('$[['))
        node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return `${madeFrom(action)}${stringify(header, { lineWidth: 0 })}---\n${document.toString({ lineWidth: 0 })}`
}

/** GitLab's type for an input: an optional one without a default is text, whose empty value means not set. */
function templateInput(input: Input<unknown>): TemplateInput {
  const { description, required } = input
  const given = input.default
  if (input.kind === 'flag' && (required || given !== undefined)) {
    return { type: 'boolean', description, ...(required ? {} : { default: given === 'true' }) }
  }
  if (input.kind === 'number' && (required || given !== undefined)) {
    return { type: 'number', description, ...(required ? {} : { default: Number(given) }) }
  }
  const options =
    input.options === undefined ? undefined : required || given !== undefined ? input.options : ['', ...input.options]
  return { description, ...(required ? {} : { default: given ?? '' }), ...(options === undefined ? {} : { options }) }
}
