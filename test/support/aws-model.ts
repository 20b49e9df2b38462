import { XMLParser } from 'fast-xml-parser'
import type { AwsAnswer } from '../../src/sandbox/aws/gateway.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'
import { botocoreModel } from './aws-botocore-model.ts'
import { sdkModel } from './aws-sdk-model.ts'
import { mismatches, type OperationModel, type Problem } from './aws-shapes.ts'

/** Errors that any AWS service may answer, beside those of the operation. */
const common = new Set([
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'InternalFailure',
  'InvalidClientTokenId',
  'InvalidParameterException',
  'MissingAuthenticationToken',
  'SerializationException',
  'Throttling',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
])

const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false })

/**
 * What is wrong with an answer of the sandbox by the models that AWS publishes: members that it does not have, wrong
 * types, values outside of an enum, missing required members, timestamps in the wrong wire form, errors that the
 * operation does not declare. The models are those of the pinned SDK, and botocore's when this machine has it.
 */
export async function answerProblems(answer: AwsAnswer): Promise<readonly string[]> {
  const sdk = (await sdkOf(answer.service))?.(answer.operation)
  const botocore = botocoreOf(answer.service)?.(answer.operation)
  const at = `${answer.service}:${answer.operation} (${answer.status})`
  const text = ({ path, text: problem }: Problem) => `${at} ${path}: ${problem}`
  if (answer.status >= 400) return errorProblems(answer, sdk ?? botocore, botocore?.errors).map(text)
  if (sdk === undefined && botocore === undefined) return [`${at}: no model knows this operation`]
  const value = answer.protocol === 'query' ? queryResult(answer) : (JSON.parse(answer.body || '{}') as unknown)
  if (value === undefined) return [`${at}: the body is no ${answer.operation}Response`]
  const isXml = answer.protocol === 'query'
  const bySdk = sdk === undefined ? [] : mismatches(value, sdk.output, isXml)
  const byBotocore = botocore === undefined ? [] : mismatches(value, botocore.output, isXml)
  // A machine's botocore may be older than the pinned SDK: members and enum values that only it misses are no problem.
  const known = new Set(bySdk.map(text))
  const more = byBotocore.filter(
    (problem) => sdk === undefined || !(problem.kind === 'unknown' || problem.kind === 'value'),
  )
  return [...known, ...more.map(text).filter((line) => !known.has(line))]
}

function errorProblems(
  answer: AwsAnswer,
  model: OperationModel | undefined,
  declared: ReadonlySet<string> | undefined,
): readonly Problem[] {
  const code = answer.protocol === 'query' ? queryErrorCode(answer.body) : jsonErrorCode(answer.body)
  if (code === undefined) return [{ kind: 'error', path: '$', text: 'an error without a code' }]
  if (model === undefined || declared === undefined || common.has(code) || declared.has(code)) return []
  return [{ kind: 'error', path: '$', text: `the operation declares no error ${code}` }]
}

function jsonErrorCode(body: string): string | undefined {
  const value = JSON.parse(body) as { __type?: unknown }
  return typeof value.__type === 'string' ? value.__type : undefined
}

function queryErrorCode(body: string): string | undefined {
  const parsed = xml.parse(body) as { ErrorResponse?: { Error?: { Code?: unknown } } }
  const code = parsed.ErrorResponse?.Error?.Code
  return typeof code === 'string' ? code : undefined
}

function queryResult(answer: AwsAnswer): unknown {
  const response = (xml.parse(answer.body) as Record<string, Record<string, unknown> | undefined>)[
    `${answer.operation}Response`
  ]
  return response?.[`${answer.operation}Result`]
}

const remember = <T>(load: (service: string) => T): ((service: string) => T) => {
  const loaded = new Map<string, T>()
  return (service) => {
    if (!loaded.has(service)) loaded.set(service, load(service))
    return loaded.get(service) as T
  }
}
const sdkOf = remember(sdkModel)
const botocoreOf = remember(botocoreModel)

/** Watches what a sandbox answers: give `see` to `startSandbox` as `onAnswer`. */
export interface AnswerCheck {
  see(answer: AwsAnswer): void
  /** Every problem of every answer so far, each once. */
  problems(): Promise<readonly string[]>
}

export function answerCheck(): AnswerCheck {
  const seen: AwsAnswer[] = []
  return {
    see: (answer) => void seen.push(answer),
    problems: async () => [...new Set((await Promise.all(seen.map(answerProblems))).flat())],
  }
}

/** A sandbox whose `close` fails the test when any answer that it gave departs from AWS's models. */
export async function startCheckedSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const check = answerCheck()
  const sandbox = await startSandbox({ ...options, onAnswer: check.see })
  const close = sandbox.close.bind(sandbox)
  return Object.assign(sandbox, {
    async close() {
      await close()
      const problems = await check.problems()
      if (problems.length > 0) throw new Error(`answers that AWS's models do not allow:\n${problems.join('\n')}`)
    },
  })
}
