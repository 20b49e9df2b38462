import { list } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { repositoryOf, runningDigests } from '../ecs/running-digests.ts'
import type { DigestReader } from './parity.ts'

/** What the service runs that codedeploy-bluegreen deployed to. */
export const ecsDigestReader: DigestReader = async (inputs, image, context) => {
  const roleArns = list({ description: '' }).parse(inputs['role-arns'] ?? '') ?? []
  const aws = awsSession({ region: inputs['aws-region'], roleArns })
  try {
    const service = { cluster: inputs['cluster'] ?? 'default', name: inputs['service'] ?? '' }
    return await runningDigests(ecsApi(aws), service, repositoryOf(image), context.signal)
  } finally {
    aws.close()
  }
}
