import { describe, expect, test } from '@jest/globals'
import type { AwsAnswer } from '../../src/sandbox/aws/gateway.ts'
import { awsServices } from '../../src/sandbox/aws/services.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { botocoreModel } from '../support/aws-botocore-model.ts'
import { answerCheck, answerProblems } from '../support/aws-model.ts'
import { sdkModel } from '../support/aws-sdk-model.ts'

const json = (service: string, operation: string, body: unknown, status = 200): AwsAnswer => ({
  service,
  operation,
  status,
  protocol: 'json',
  body: JSON.stringify(body),
})

const query = (operation: string, result: string, status = 200): AwsAnswer => ({
  service: 'elasticloadbalancing',
  operation,
  status,
  protocol: 'query',
  body: `<${operation}Response xmlns="x"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
})

const deployment = { deploymentId: 'd-ABCDEFGH1', status: 'InProgress', createTime: 1_790_000_000.25 }

describe('the check of answers against the published models', () => {
  test.each([
    ['a right JSON answer', json('codedeploy', 'GetDeployment', { deploymentInfo: deployment })],
    ['an empty answer where there is no output', json('codedeploy', 'ContinueDeployment', {})],
    [
      'a list of enum values',
      json('codedeploy', 'GetDeploymentGroup', {
        deploymentGroupInfo: { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } },
      }),
    ],
    [
      'a right query answer',
      query(
        'DescribeTargetHealth',
        '<TargetHealthDescriptions><member><Target><Id>10.0.0.1</Id><Port>80</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member></TargetHealthDescriptions>',
      ),
    ],
    ['an empty list in XML', query('DescribeTargetHealth', '<TargetHealthDescriptions></TargetHealthDescriptions>')],
    ['an error that every service has', json('ecs', 'DescribeServices', { __type: 'ThrottlingException' }, 400)],
  ])('passes %s', async (_name, answer) => {
    expect(await answerProblems(answer)).toEqual([])
  })

  test.each([
    [
      'an unknown member',
      json('codedeploy', 'GetDeployment', { deploymentInfo: { ...deployment, phase: 'x' } }),
      'deploymentInfo.phase: the model has no such member',
    ],
    [
      'a member of an operation without output',
      json('codedeploy', 'ContinueDeployment', { ok: true }),
      '$.ok: the model has no such member',
    ],
    [
      'a wrong type',
      json('codedeploy', 'GetDeployment', { deploymentInfo: { deploymentId: 7 } }),
      'expected text, got 7',
    ],
    ['null', json('codedeploy', 'GetDeployment', { deploymentInfo: { description: null } }), 'expected text, got null'],
    ['a bad enum value', json('codedeploy', 'GetDeployment', { deploymentInfo: { status: 'RUNNING' } }), 'is none of'],
    [
      'a bad enum value in a list',
      json('codedeploy', 'GetDeploymentGroup', {
        deploymentGroupInfo: { autoRollbackConfiguration: { events: ['NEVER'] } },
      }),
      'events[0]: "NEVER" is none of',
    ],
    [
      'an ISO timestamp in JSON',
      json('codedeploy', 'GetDeployment', { deploymentInfo: { createTime: '2026-01-01T00:00:00Z' } }),
      'expected a timestamp in epoch seconds',
    ],
    [
      'milliseconds for seconds',
      json('codedeploy', 'GetDeployment', { deploymentInfo: { createTime: 1_790_000_000_000 } }),
      'expected a timestamp in epoch seconds',
    ],
    [
      'a missing required member',
      json('ecr', 'DescribeRepositoryCreationTemplates', { repositoryCreationTemplates: {} }),
      'expected a list',
    ],
    [
      'text for a number in XML',
      query(
        'DescribeTargetHealth',
        '<TargetHealthDescriptions><member><Target><Id>a</Id><Port>http</Port></Target></member></TargetHealthDescriptions>',
      ),
      'expected a number',
    ],
    [
      'a missing required member in XML',
      query(
        'DescribeTargetHealth',
        '<TargetHealthDescriptions><member><Target><Port>80</Port></Target></member></TargetHealthDescriptions>',
      ),
      'Target.Id: a required member is missing',
    ],
    [
      'a list without member elements in XML',
      query('DescribeTargetHealth', '<TargetHealthDescriptions><item>x</item></TargetHealthDescriptions>'),
      'expected a list',
    ],
    [
      'an epoch timestamp in XML',
      query(
        'DescribeLoadBalancers',
        '<LoadBalancers><member><CreatedTime>1790000000</CreatedTime></member></LoadBalancers>',
      ),
      'expected an ISO 8601 timestamp',
    ],
    [
      'another operation’s answer in XML',
      { ...query('DescribeTargetHealth', ''), operation: 'DescribeRules' },
      'the body is no DescribeRulesResponse',
    ],
    ['an operation that no model knows', json('codedeploy', 'Deploy', {}), 'no model knows this operation'],
    ['an error without a code', json('codedeploy', 'GetDeployment', { message: 'no' }, 400), 'an error without a code'],
  ])('finds %s', async (_name, answer, problem) => {
    expect(await answerProblems(answer)).toEqual([expect.stringContaining(problem)])
  })

  test('finds an error that the operation does not declare', async () => {
    if (botocoreModel('codedeploy') === undefined) return void process.stderr.write('skipped: no botocore here\n')
    const wrong = json('codedeploy', 'GetDeployment', { __type: 'ClusterNotFoundException' }, 400)
    expect(await answerProblems(wrong)).toEqual([expect.stringContaining('declares no error ClusterNotFoundException')])
    const right = json('codedeploy', 'GetDeployment', { __type: 'DeploymentDoesNotExistException' }, 400)
    expect(await answerProblems(right)).toEqual([])
  })

  test('knows every operation that the sandbox offers', async () => {
    const sandbox = await startSandbox()
    const unknown: string[] = []
    for (const { name, operations } of awsServices(sandbox)) {
      const model = await sdkModel(name)
      unknown.push(...Object.keys(operations).filter((operation) => model?.(operation) === undefined))
    }
    await sandbox.close()
    expect(unknown).toEqual([])
  })

  test('tells a problem once, however often it was answered', async () => {
    const check = answerCheck()
    for (let time = 0; time < 3; time++) check.see(json('codedeploy', 'ContinueDeployment', { ok: true }))
    expect(await check.problems()).toHaveLength(1)
  })
})
