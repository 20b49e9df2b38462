import type { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import type { TaskDefinition } from './task-definition.ts'

const largestAnswer = 4 * 1024 * 1024

/**
 * Keeps the answer's body as ECS wrote it. The SDK's deserializer drops members that its model does not have, silently;
 * in the body they are all there. Call what it returns after the answer has come; a retry's body takes the place of the one before.
 */
export function keepBody(command: DescribeTaskDefinitionCommand | RegisterTaskDefinitionCommand): () => string {
  let kept = ''
  const stack = command.middlewareStack as DescribeTaskDefinitionCommand['middlewareStack']
  stack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as { body?: unknown }
      const bytes = await bytesOf(response.body)
      kept = bytes.toString('utf8')
      response.body = new Uint8Array(bytes)
      return result
    },
    { step: 'deserialize', name: 'keepBody', priority: 'low' },
  )
  return () => kept
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > largestAnswer) throw new UserError('ECS answered with more than 4 MiB')
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

/** The task definition in an answer to DescribeTaskDefinition or RegisterTaskDefinition, with its tags, nothing dropped. @throws UserError */
export function describedTaskDefinition(body: string): TaskDefinition {
  const { taskDefinition, tags } = JSON.parse(body) as { taskDefinition?: unknown; tags?: unknown }
  if (typeof taskDefinition !== 'object' || taskDefinition === null)
    throw new UserError('ECS answered with no task definition')
  return { ...taskDefinition, ...(Array.isArray(tags) && tags.length > 0 ? { tags } : {}) }
}
