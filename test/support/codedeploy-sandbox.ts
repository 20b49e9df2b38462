import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  type DeploymentInfo,
  type ECSTarget,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
} from '@aws-sdk/client-codedeploy'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from './aws-model.ts'
import { invoking, type StandIn, serviceStandIn } from './service-with-two-target-groups.ts'

/** Settings that an SDK client needs to call a sandbox; it does not retry. */
export const clientOf = (sandbox: Sandbox) => ({
  endpoint: sandbox.endpoint(),
  region: sandbox.region,
  credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
  maxAttempts: 1,
})

/** A group's settings as CreateDeploymentGroup takes them: application `shop`, group `web`, service `web` in `default`. */
export const groupInput = (
  changes: Partial<CreateDeploymentGroupCommandInput> = {},
): CreateDeploymentGroupCommandInput => ({
  applicationName: 'shop',
  deploymentGroupName: 'web',
  serviceRoleArn: 'arn:aws:iam::123456789012:role/codedeploy',
  deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  blueGreenDeploymentConfiguration: {
    terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
    deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
  },
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        targetGroups: [{ name: 'a' }, { name: 'b' }],
        prodTrafficRoute: { listenerArns: ['production'] },
        testTrafficRoute: { listenerArns: ['test'] },
      },
    ],
  },
  ecsServices: [{ clusterName: 'default', serviceName: 'web' }],
  ...changes,
})

export const appSpec = (taskDefinition = 'web:2', hooks: Record<string, string> = {}): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: { TaskDefinition: taskDefinition, LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 } },
        },
      },
    ],
    Hooks: Object.entries(hooks).map(([event, name]) => ({ [event]: name })),
  })

export const deploymentInput = (
  changes: Partial<CreateDeploymentCommandInput> = {},
  content = appSpec(),
): CreateDeploymentCommandInput => ({
  applicationName: 'shop',
  deploymentGroupName: 'web',
  revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
  ...changes,
})

/** A sandbox on a standing clock with one application and one group, whose ECS and ELB are a stand-in. */
export interface CodeDeploySandbox {
  readonly sandbox: Sandbox
  readonly client: CodeDeployClient
  readonly service: StandIn
  deploy(changes?: Partial<CreateDeploymentCommandInput>, content?: string): Promise<string>
  get(id: string): Promise<DeploymentInfo>
  target(id: string): Promise<ECSTarget>
  /** Weight of the replacement's target group `b` on a listener. */
  share(listener?: string): number
  close(): Promise<void>
}

export async function codeDeploySandbox(
  changes: Partial<CreateDeploymentGroupCommandInput> = {},
): Promise<CodeDeploySandbox> {
  const sandbox = await startCheckedSandbox({ speed: 0 })
  const service = serviceStandIn()
  Object.assign(sandbox, { invoke: invoking(service, sandbox.invoke) })
  const client = new CodeDeployClient(clientOf(sandbox))
  await client.send(new CreateApplicationCommand({ applicationName: 'shop', computePlatform: 'ECS' }))
  await client.send(new CreateDeploymentGroupCommand(groupInput(changes)))
  return {
    sandbox,
    client,
    service,
    async deploy(input, content) {
      const made = await client.send(new CreateDeploymentCommand(deploymentInput(input, content)))
      return made.deploymentId ?? ''
    },
    async get(deploymentId) {
      return (await client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo ?? {}
    },
    async target(deploymentId) {
      const { deploymentTarget } = await client.send(
        new GetDeploymentTargetCommand({ deploymentId, targetId: 'default:web' }),
      )
      return deploymentTarget?.ecsTarget ?? {}
    },
    share(listener = 'production') {
      const weights = service.weights.get(listener)
      const of = (group: string) => [...(weights ?? [])].find(([arn]) => arn.includes(`/${group}/`))?.[1] ?? 0
      return of('b')
    },
    async close() {
      client.destroy()
      await sandbox.close()
    },
  }
}
