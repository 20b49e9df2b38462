import type { Caller } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { applicationIn, groupIn, tagsIn } from './arguments.ts'
import type { CodeDeployState, Tags } from './state.ts'

/** Tags of applications and deployment groups. */
export function tagOperations(stateOf: (caller: Caller) => CodeDeployState): Record<string, Operation> {
  const tagsOf = (input: Input, caller: Caller): Tags => {
    const arn: unknown = input['ResourceArn']
    if (typeof arn !== 'string' || arn === '') {
      throw new AwsError('ResourceArnRequiredException', 'The ResourceArn is required.')
    }
    const match = /^arn:[\w-]+:codedeploy:[^:]*:\d{12}:(\w+):(.+)$/.exec(arn)
    if (match === null) throw new AwsError('InvalidArnException', `The ARN ${arn} is not valid.`)
    const [, kind, name = ''] = match
    if (kind === 'application') return applicationIn(stateOf(caller), { applicationName: name }).tags
    if (kind === 'deploymentgroup') {
      const [applicationName, ...rest] = name.split('/')
      return groupIn(stateOf(caller), { applicationName, deploymentGroupName: rest.join('/') }).tags
    }
    throw new AwsError('ArnNotSupportedException', `The resource ${arn} takes no tags.`)
  }
  return {
    TagResource(input, caller) {
      const tags = tagsOf(input, caller)
      if (!Array.isArray(input['Tags'])) throw new AwsError('TagRequiredException', 'The Tags are required.')
      for (const [key, value] of tagsIn(input['Tags'])) tags.set(key, value)
      return {}
    },
    UntagResource(input, caller) {
      const tags = tagsOf(input, caller)
      if (!Array.isArray(input['TagKeys'])) throw new AwsError('TagRequiredException', 'The TagKeys are required.')
      for (const key of input['TagKeys'] as unknown[]) tags.delete(String(key))
      return {}
    },
    ListTagsForResource: (input, caller) => ({
      Tags: [...tagsOf(input, caller)].map(([Key, Value]) => ({ Key, Value })),
    }),
  }
}
