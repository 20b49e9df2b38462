import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  CreateApplicationCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
  DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand,
  GetApplicationCommand,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  ListApplicationRevisionsCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentGroupsCommand,
  ListDeploymentsCommand,
  ListTagsForResourceCommand,
  RegisterApplicationRevisionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApplicationCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { appSpec, type CodeDeploySandbox, codeDeploySandbox, groupInput } from '../support/codedeploy-sandbox.ts'

const minute = 60_000
let box: CodeDeploySandbox
beforeEach(async () => {
  box = await codeDeploySandbox()
})
afterEach(async () => {
  await box.close()
})

const named = { applicationName: 'shop', deploymentGroupName: 'web' }
const [pair] = groupInput().loadBalancerInfo?.targetGroupPairInfoList ?? []

describe('CodeDeploy refuses', () => {
  const content = (text: string) => ({
    revision: { revisionType: 'AppSpecContent' as const, appSpecContent: { content: text } },
  })

  test.each([
    ['an application that is not there', { applicationName: 'nothing' }, 'ApplicationDoesNotExistException'],
    ['a group that is not there', { deploymentGroupName: 'nothing' }, 'DeploymentGroupDoesNotExistException'],
    ['no group', { deploymentGroupName: undefined }, 'DeploymentGroupNameRequiredException'],
    ['a name that is too long', { applicationName: 'x'.repeat(101) }, 'InvalidApplicationNameException'],
    ['no revision', { revision: undefined }, 'RevisionRequiredException'],
    ['a configuration that is not there', { deploymentConfigName: 'nothing' }, 'DeploymentConfigDoesNotExistException'],
    ['a description that is too long', { description: 'x'.repeat(513) }, 'DescriptionTooLongException'],
    ['a revision in S3', { revision: { revisionType: 'S3' as const } }, 'InvalidRevisionException'],
    [
      'a wrong digest',
      { revision: { revisionType: 'AppSpecContent' as const, appSpecContent: { content: appSpec(), sha256: '00' } } },
      'InvalidRevisionException',
    ],
    ['an AppSpec that is no YAML', content('{"version": 0.0, ]'), 'InvalidRevisionException'],
    ['an AppSpec for a server', content('version: 0.0\nos: linux\nfiles: []\n'), 'InvalidRevisionException'],
    ['a hook for Install', content(appSpec('web:2', { Install: 'fn' })), 'InvalidRevisionException'],
    [
      'a rollback without an event',
      { autoRollbackConfiguration: { enabled: true, events: [] } },
      'InvalidAutoRollbackConfigException',
    ],
    [
      'alarms that name none',
      { overrideAlarmConfiguration: { enabled: true, alarms: [] } },
      'InvalidAlarmConfigException',
    ],
    ['an unknown file behaviour', { fileExistsBehavior: 'BURN' as 'RETAIN' }, 'InvalidFileExistsBehaviorException'],
    ['instances', { targetInstances: { autoScalingGroups: ['a'] } }, 'InvalidTargetInstancesException'],
  ])('to deploy %s', async (_name, changes, name) => {
    await expect(box.deploy(changes)).rejects.toMatchObject({ name })
    expect((await box.client.send(new ListDeploymentsCommand(named))).deployments).toEqual([])
  })

  test.each([
    ['a second group of the name', {}, 'DeploymentGroupAlreadyExistsException'],
    ['no role', { serviceRoleArn: '' }, 'RoleRequiredException'],
    ['a role that is none', { serviceRoleArn: 'codedeploy' }, 'InvalidRoleException'],
    ['in place', { deploymentStyle: { deploymentType: 'IN_PLACE' as const } }, 'InvalidDeploymentStyleException'],
    [
      'no blue/green configuration',
      { blueGreenDeploymentConfiguration: undefined },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    [
      'to keep blue alive',
      {
        blueGreenDeploymentConfiguration: {
          terminateBlueInstancesOnDeploymentSuccess: { action: 'KEEP_ALIVE' as const },
          deploymentReadyOption: {},
        },
      },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    [
      'a wait above two days',
      {
        blueGreenDeploymentConfiguration: {
          terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 2881 },
          deploymentReadyOption: {},
        },
      },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    ['no load balancer', { loadBalancerInfo: undefined }, 'InvalidLoadBalancerInfoException'],
    [
      'one target group',
      { loadBalancerInfo: { targetGroupPairInfoList: [{ ...pair, targetGroups: [{ name: 'a' }] }] } },
      'InvalidTargetGroupPairException',
    ],
    [
      'no production listener',
      { loadBalancerInfo: { targetGroupPairInfoList: [{ ...pair, prodTrafficRoute: undefined }] } },
      'InvalidTargetGroupPairException',
    ],
    ['no service', { ecsServices: [] }, 'InvalidECSServiceException'],
    ['a service of another group', { deploymentGroupName: 'other' }, 'ECSServiceMappingLimitExceededException'],
    [
      'a configuration that is not there',
      { deploymentGroupName: 'other', deploymentConfigName: 'nothing' },
      'DeploymentConfigDoesNotExistException',
    ],
    [
      'an unknown rollback event',
      {
        deploymentGroupName: 'other',
        autoRollbackConfiguration: { enabled: true, events: ['RAIN' as 'DEPLOYMENT_FAILURE'] },
      },
      'InvalidAutoRollbackConfigException',
    ],
    [
      'an alarm twice',
      { deploymentGroupName: 'other', alarmConfiguration: { enabled: true, alarms: [{ name: 'a' }, { name: 'a' }] } },
      'InvalidAlarmConfigException',
    ],
    ['servers', { deploymentGroupName: 'other', autoScalingGroups: ['a'] }, 'InvalidInputException'],
  ])('a group with %s', async (_name, changes, name) => {
    const group =
      'deploymentGroupName' in changes || name === 'DeploymentGroupAlreadyExistsException'
        ? {}
        : { deploymentGroupName: 'other' }
    const command = new CreateDeploymentGroupCommand(groupInput({ ...group, ...changes }))
    await expect(box.client.send(command)).rejects.toMatchObject({ name })
  })

  test.each([
    ['for servers', { computePlatform: 'Server' as const }, 'InvalidComputePlatformException'],
    ['of a name that is taken', { applicationName: 'shop' }, 'ApplicationAlreadyExistsException'],
    ['with a tag that has no key', { tags: [{ Value: 'x' }] }, 'InvalidTagsToAddException'],
  ])('an application %s', async (_name, changes, name) => {
    const command = new CreateApplicationCommand({ applicationName: 'new', computePlatform: 'ECS', ...changes })
    await expect(box.client.send(command)).rejects.toMatchObject({ name })
  })

  test.each([
    ['no id', '', 'DeploymentIdRequiredException'],
    ['what is no id', 'd-1', 'InvalidDeploymentIdException'],
    ['an id that is not there', 'd-AAAAAAAAA', 'DeploymentDoesNotExistException'],
  ])('to read a deployment by %s', async (_name, deploymentId, name) => {
    await expect(box.client.send(new GetDeploymentCommand({ deploymentId }))).rejects.toMatchObject({ name })
  })

  test.each([
    [
      'a status that is none',
      { ...named, includeOnlyStatuses: ['Running' as 'Created'] },
      'InvalidDeploymentStatusException',
    ],
    ['a group without its application', { deploymentGroupName: 'web' }, 'ApplicationNameRequiredException'],
    ['a token that is none', { ...named, nextToken: 'x' }, 'InvalidNextTokenException'],
  ])('to list deployments by %s', async (_name, input, name) => {
    await expect(box.client.send(new ListDeploymentsCommand(input))).rejects.toMatchObject({ name })
  })

  test('a service whose controller is another', async () => {
    const { invoke } = box.service
    Object.assign(box.service, {
      invoke: (operation: string, input: Record<string, unknown>, caller: Parameters<typeof invoke>[2]) =>
        operation === 'DescribeServices'
          ? { services: [{ deploymentController: { type: 'ECS' } }] }
          : invoke(operation, input, caller),
    })
    const input = groupInput({
      deploymentGroupName: 'other',
      ecsServices: [{ clusterName: 'default', serviceName: 'api' }],
    })
    await expect(box.client.send(new CreateDeploymentGroupCommand(input))).rejects.toMatchObject({
      name: 'InvalidECSServiceException',
    })
  })
})

describe('CodeDeploy keeps', () => {
  test('applications: read, listed, renamed, deleted', async () => {
    await box.client.send(new UpdateApplicationCommand({ applicationName: 'shop', newApplicationName: 'store' }))
    const { application } = await box.client.send(new GetApplicationCommand({ applicationName: 'store' }))
    expect(application).toMatchObject({ applicationName: 'store', computePlatform: 'ECS' })
    const { applicationsInfo } = await box.client.send(new BatchGetApplicationsCommand({ applicationNames: ['store'] }))
    expect(applicationsInfo).toEqual([application])
    await box.client.send(new DeleteApplicationCommand({ applicationName: 'store' }))
    await expect(box.client.send(new GetApplicationCommand({ applicationName: 'store' }))).rejects.toMatchObject({
      name: 'ApplicationDoesNotExistException',
    })
  })

  test('groups: read, listed, updated in part, deleted', async () => {
    await box.client.send(
      new UpdateDeploymentGroupCommand({
        applicationName: 'shop',
        currentDeploymentGroupName: 'web',
        newDeploymentGroupName: 'front',
        deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      }),
    )
    const found = await box.client.send(
      new BatchGetDeploymentGroupsCommand({ applicationName: 'shop', deploymentGroupNames: ['front', 'web'] }),
    )
    expect(found.errorMessage).toContain('web')
    expect(found.deploymentGroupsInfo).toMatchObject([
      {
        deploymentGroupName: 'front',
        deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
        computePlatform: 'ECS',
        ecsServices: [{ clusterName: 'default', serviceName: 'web' }],
        blueGreenDeploymentConfiguration: { deploymentReadyOption: { waitTimeInMinutes: 0 } },
      },
    ])
    await box.client.send(new DeleteDeploymentGroupCommand({ applicationName: 'shop', deploymentGroupName: 'front' }))
    const { deploymentGroups } = await box.client.send(new ListDeploymentGroupsCommand({ applicationName: 'shop' }))
    expect(deploymentGroups).toEqual([])
  })

  test('in a group what was deployed to it last', async () => {
    const id = await box.deploy()
    await box.sandbox.clock.advance(10 * minute)
    const next = await box.deploy({}, appSpec('web:3'))
    const { deploymentGroupInfo } = await box.client.send(new GetDeploymentGroupCommand(named))
    expect(deploymentGroupInfo).toMatchObject({
      lastSuccessfulDeployment: { deploymentId: id, status: 'Succeeded' },
      lastAttemptedDeployment: { deploymentId: next, status: 'Created' },
      targetRevision: { appSpecContent: { content: appSpec('web:3') } },
    })
    const { deploymentsInfo } = await box.client.send(
      new BatchGetDeploymentsCommand({ deploymentIds: [next, 'd-AAAAAAAAA', id] }),
    )
    expect(deploymentsInfo?.map(({ deploymentId }) => deploymentId)).toEqual([next, id])
    const { deploymentTargets } = await box.client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId: id, targetIds: ['default:web'] }),
    )
    expect(deploymentTargets).toMatchObject([
      {
        deploymentTargetType: 'ECSTarget',
        ecsTarget: { status: 'Succeeded', targetArn: 'arn:aws:ecs:eu-west-1:123456789012:service/default/web' },
      },
    ])
  })

  test('configurations: five predefined ones, and those of the account', async () => {
    const create = (deploymentConfigName: string, linearPercentage = 25) =>
      box.client.send(
        new CreateDeploymentConfigCommand({
          deploymentConfigName,
          computePlatform: 'ECS',
          trafficRoutingConfig: { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage, linearInterval: 2 } },
        }),
      )
    await create('quarters')
    await expect(create('quarters')).rejects.toMatchObject({ name: 'DeploymentConfigAlreadyExistsException' })
    await expect(create('CodeDeployDefault.Mine')).rejects.toMatchObject({
      name: 'InvalidDeploymentConfigNameException',
    })
    await expect(create('none', 0)).rejects.toMatchObject({ name: 'InvalidTrafficRoutingConfigurationException' })
    const { deploymentConfigsList } = await box.client.send(new ListDeploymentConfigsCommand({}))
    expect(deploymentConfigsList).toHaveLength(6)
    for (const deploymentConfigName of deploymentConfigsList ?? []) {
      const { deploymentConfigInfo } = await box.client.send(new GetDeploymentConfigCommand({ deploymentConfigName }))
      expect(deploymentConfigInfo).toMatchObject({ deploymentConfigName, computePlatform: 'ECS' })
    }
    await box.deploy({ deploymentConfigName: 'quarters' })
    await box.sandbox.clock.advance(3 * minute)
    expect(box.share()).toBe(50)
    await box.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'quarters' }))
    await expect(
      box.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' })),
    ).rejects.toMatchObject({ name: 'InvalidOperationException' })
  })

  test('revisions, and when they were used', async () => {
    const revision = { revisionType: 'String' as const, string: { content: appSpec('web:9') } }
    const read = async () =>
      (await box.client.send(new GetApplicationRevisionCommand({ applicationName: 'shop', revision }))).revisionInfo
    await expect(read()).rejects.toMatchObject({ name: 'RevisionDoesNotExistException' })
    await box.client.send(
      new RegisterApplicationRevisionCommand({ applicationName: 'shop', revision, description: 'nine' }),
    )
    expect(await read()).toMatchObject({ description: 'nine', deploymentGroups: [] })
    await box.deploy({ revision })
    expect(await read()).toMatchObject({ deploymentGroups: ['web'], firstUsedTime: new Date(box.sandbox.clock.now()) })
    const list = (deployed: 'include' | 'exclude') =>
      box.client.send(new ListApplicationRevisionsCommand({ applicationName: 'shop', deployed }))
    expect((await list('include')).revisions).toHaveLength(1)
    expect((await list('exclude')).revisions).toEqual([])
  })

  test('tags of applications and groups', async () => {
    for (const resource of ['application:shop', 'deploymentgroup:shop/web']) {
      const ResourceArn = `arn:aws:codedeploy:eu-west-1:123456789012:${resource}`
      await box.client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] }))
      await box.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['b'] }))
      const { Tags } = await box.client.send(new ListTagsForResourceCommand({ ResourceArn }))
      expect(Tags).toEqual([{ Key: 'a', Value: '1' }])
    }
    const ResourceArn = 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:x'
    await expect(box.client.send(new ListTagsForResourceCommand({ ResourceArn }))).rejects.toMatchObject({
      name: 'ArnNotSupportedException',
    })
  })
})
