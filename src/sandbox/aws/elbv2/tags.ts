import { AwsError, type Operation } from '../service.ts'
import { balancerOf, type Elb, type ElbWorld, groupOf, inputs, listenerOf, ruleOf, texts } from './state.ts'

/** Gives a resource tags, beside those that it has. */
export function addTags(elb: Elb, arn: string, tags: unknown): void {
  const known = elb.tags.get(arn) ?? new Map<string, string>()
  for (const { Key, Value } of inputs(tags)) known.set(String(Key), String(Value ?? ''))
  elb.tags.set(arn, known)
}

/** @throws AwsError of the kind of resource that the ARN names and that is not there */
function checkThere(elb: Elb, arn: string): void {
  if (arn.includes(':loadbalancer/')) balancerOf(elb, arn)
  else if (arn.includes(':targetgroup/')) groupOf(elb, arn)
  else if (arn.includes(':listener/')) listenerOf(elb, arn)
  else if (arn.includes(':listener-rule/')) ruleOf(elb, arn)
  else throw new AwsError('ValidationError', `'${arn}' is not a valid ARN`)
}

export function tagOperations({ state }: ElbWorld): Record<string, Operation> {
  return {
    AddTags(input, caller) {
      const elb = state(caller)
      for (const arn of texts(input['ResourceArns'])) {
        checkThere(elb, arn)
        addTags(elb, arn, input['Tags'])
      }
      return {}
    },
    RemoveTags(input, caller) {
      const elb = state(caller)
      for (const arn of texts(input['ResourceArns'])) {
        checkThere(elb, arn)
        for (const key of texts(input['TagKeys'])) elb.tags.get(arn)?.delete(key)
      }
      return {}
    },
    DescribeTags(input, caller) {
      const elb = state(caller)
      return {
        TagDescriptions: texts(input['ResourceArns']).map((ResourceArn) => {
          checkThere(elb, ResourceArn)
          return { ResourceArn, Tags: [...(elb.tags.get(ResourceArn) ?? [])].map(([Key, Value]) => ({ Key, Value })) }
        }),
      }
    },
  }
}
