import type { World } from '../../world.ts'
import { AwsError, type Input } from '../service.ts'
import { type Ecs, inputs, nameIn, type Task } from './state.ts'

/** The secrets of tasks, from Parameter Store and Secrets Manager. */
export interface TaskSecrets {
  /** Fetches what the task's containers name. Returns why the task cannot start, if it cannot. */
  withheld(ecs: Ecs, task: Task): Promise<string | undefined>
}

/** Where a `valueFrom` points. Source: the forms in "Pass sensitive data to an ECS container" of the developer guide. */
export type SecretReference =
  | {
      readonly kind: 'ssm'
      readonly region: string
      readonly account: string
      /** As GetParameters takes it: the ARN, or the name. */
      readonly reference: string
      readonly name: string
    }
  | {
      readonly kind: 'asm'
      readonly region: string
      readonly account: string
      readonly arn: string
      readonly jsonKey: string
      readonly stage: string
      readonly versionId: string
    }

/** A name, or an ARN of either service; the name of a parameter is of the task's own region. */
export function secretReference(valueFrom: string, region: string, account: string): SecretReference {
  const [, service, itsRegion = '', itsAccount = '', rest = ''] =
    /^arn:[a-z-]+:(ssm|secretsmanager):([a-z0-9-]*):(\d*):(.*)$/s.exec(valueFrom) ?? []
  if (service === 'ssm') {
    const name = rest.replace(/^parameter/, '')
    return { kind: 'ssm', region: itsRegion, account: itsAccount, reference: valueFrom, name }
  }
  if (service === undefined) return { kind: 'ssm', region, account, reference: valueFrom, name: valueFrom }
  const [, secret = '', jsonKey = '', stage = '', versionId = ''] = rest.split(':')
  const arn = valueFrom.split(':').slice(0, 6).concat(secret).join(':')
  return { kind: 'asm', region: itsRegion, account: itsAccount, arn, jsonKey, stage, versionId }
}

const referencesOf = (ecs: Ecs, task: Task): SecretReference[] =>
  task.containers
    .flatMap(({ body }) => [...inputs(body['secrets']), ...inputs(body['logConfiguration']?.secretOptions)])
    .map(({ valueFrom }) => secretReference(String(valueFrom), ecs.caller.region, ecs.caller.accountId))

/** Why a secret cannot be had, in the words of the platform's own call. */
class Withheld extends Error {
  override name = 'Withheld'
}

interface Failure {
  readonly what: string
  readonly where: string
  readonly error: Withheld
}

export function taskSecrets(world: World): TaskSecrets {
  const refused = (ecs: Ecs, task: Task, action: string, resource: string): Withheld => {
    const role = nameIn(task.definition.body['executionRoleArn'])
    const who = `arn:aws:sts::${ecs.caller.accountId}:assumed-role/${role}/${task.id}`
    return new Withheld(
      `AccessDeniedException: User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action status code: 400, request id: ${requestId()}`,
    )
  }
  const requestId = (): string => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-')

  const parameters = async (ecs: Ecs, task: Task, region: string, all: SecretReference[]): Promise<void> => {
    const wanted = all.flatMap((one) => (one.kind === 'ssm' ? [one] : []))
    const foreign = wanted.find(({ account }) => account !== ecs.caller.accountId)
    if (foreign !== undefined) {
      const arn = `arn:aws:ssm:${region}:${foreign.account}:parameter${foreign.name}`
      throw refused(ecs, task, 'ssm:GetParameters', arn)
    }
    // An ARN also finds a parameter whose name has no slash at its front; what is missed is told by its name.
    const nameOf = new Map(wanted.map(({ reference, name }) => [reference, name]))
    const names = [...nameOf.keys()]
    const invalid: string[] = []
    for (let from = 0; from < names.length; from += 10) {
      const { InvalidParameters } = await world.invoke<{ InvalidParameters: string[] }>(
        'ssm',
        'GetParameters',
        { Names: names.slice(from, from + 10), WithDecryption: true },
        { ...ecs.caller, region },
      )
      invalid.push(...InvalidParameters.map((one) => nameOf.get(one) ?? one))
    }
    if (invalid.length > 0) throw new Withheld(`invalid ssm parameters: ${invalid.join(', ')}`)
  }

  const secret = async (ecs: Ecs, task: Task, reference: SecretReference & { kind: 'asm' }): Promise<void> => {
    const { arn, account, region, jsonKey, stage, versionId } = reference
    const fetching = `failed to fetch secret ${arn} from secrets manager: `
    if (account !== ecs.caller.accountId) {
      throw new Withheld(fetching + refused(ecs, task, 'secretsmanager:GetSecretValue', arn).message)
    }
    let text: string | undefined
    try {
      const input: Input = {
        SecretId: arn,
        ...(stage === '' ? {} : { VersionStage: stage }),
        ...(versionId === '' ? {} : { VersionId: versionId }),
      }
      const caller = { ...ecs.caller, region }
      const found = await world.invoke<{ SecretString?: string }>('secretsmanager', 'GetSecretValue', input, caller)
      text = found.SecretString
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      throw new Withheld(`${fetching}${error.code}: ${error.message} status code: 400, request id: ${requestId()}`)
    }
    if (jsonKey !== '') checkKey(text ?? '', jsonKey)
  }

  const fetchAll = async (ecs: Ecs, task: Task): Promise<Failure | undefined> => {
    const references = referencesOf(ecs, task)
    const attempt = async (what: string, where: string, run: () => Promise<void>) => {
      try {
        await run()
        return undefined
      } catch (error) {
        if (error instanceof Withheld) return { what, where, error }
        throw error
      }
    }
    for (const region of new Set(references.map((one) => one.region))) {
      const here = references.filter((one) => one.region === region)
      const failure = await attempt('secrets from ssm', `SSM Parameter Store in ${region}`, () =>
        parameters(ecs, task, region, here),
      )
      if (failure !== undefined) return failure
    }
    for (const one of references) {
      if (one.kind !== 'asm') continue
      const where = `AWS Secrets Manager in region ${one.region}`
      const failure = await attempt('secret from asm', where, () => secret(ecs, task, one))
      if (failure !== undefined) return failure
    }
    return undefined
  }

  return {
    async withheld(ecs, task) {
      const failure = await fetchAll(ecs, task)
      if (failure === undefined) return undefined
      // The container agent of an instance has words of its own.
      if (task.host !== undefined) return `Fetching secret data from ${failure.where}: ${failure.error.message}`
      return (
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ' +
        `unable to retrieve ${failure.what}: service call has been retried 1 time(s): ${failure.error.message}`
      )
    },
  }
}

/** Whether a secret's text is a JSON object that has a key. @throws Withheld */
function checkKey(text: string, key: string): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Withheld(`invalid character '${text.trim()[0] ?? ''}' looking for beginning of value`)
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
    throw new Withheld(`retrieved secret from Secrets Manager did not contain json key ${key}`)
  }
}
