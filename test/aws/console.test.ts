import { expect, test } from '@jest/globals'
import { deploymentConsole, serviceConsole } from '../../src/aws/console.ts'

test.each([
  [
    'arn:aws:ecs:eu-west-1:123456789012:service/qa/orders',
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/qa/services/orders/deployments?region=eu-west-1',
  ],
  [
    'arn:aws-cn:ecs:cn-north-1:123456789012:service/qa/orders',
    'https://cn-north-1.console.amazonaws.cn/ecs/v2/clusters/qa/services/orders/deployments?region=cn-north-1',
  ],
  [
    'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:service/qa/orders',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/ecs/v2/clusters/qa/services/orders/deployments?region=us-gov-west-1',
  ],
  ['arn:aws-iso:ecs:us-iso-east-1:123456789012:service/qa/orders', undefined],
  ['arn:aws:ecs:eu-west-1:123456789012:service/qa/or"ders', undefined],
])('the console page of %s is of its partition', (arn, page) => {
  expect(serviceConsole(arn, {})).toBe(page)
})

test('the console page of a deployment takes only an id of CodeDeploy', () => {
  const arn = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:2'
  expect(deploymentConsole(arn, 'd-ABC123456', {})).toBe(
    'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-ABC123456?region=eu-west-1',
  )
  expect(deploymentConsole(arn, 'd-1/../x', {})).toBeUndefined()
})

test('what lies at another endpoint has no page in the console', () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
  expect(serviceConsole('arn:aws:ecs:eu-west-1:123456789012:service/qa/orders', env)).toBeUndefined()
  expect(deploymentConsole('arn:aws:ecs:eu-west-1:123456789012:x', 'd-ABC123456', env)).toBeUndefined()
})
