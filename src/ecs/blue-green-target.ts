import type { DeploymentGroupInfo, DeploymentInfo } from '@aws-sdk/client-codedeploy'
import type { Service } from '@aws-sdk/client-ecs'
import { InputError, UserError } from '../action/errors.ts'
import { type AppSpec, deployedTaskDefinition, hooksIn } from './appspec.ts'
import { appSpecProblems, settingsChanged } from './appspec-checks.ts'
import { appSpecOf, liveSettings } from './appspec-of-service.ts'
import { type DeploymentGroup, findDeploymentGroup, groupProblems } from './blue-green-group.ts'
import { deploymentIdentity } from './blue-green-plan.ts'
import type { BlueGreenParts, BlueGreenRequest, FollowRequest } from './blue-green-request.ts'
import { hasTestListener, waitsForTest } from './blue-green-test-traffic.ts'
import { shortName } from './codedeploy-api.ts'
import type { Revision } from './ecs-api.ts'
import { compared } from './revision-to-deploy.ts'

/** A service that CodeDeploy moves, with its deployment group. */
export interface MovedService extends DeploymentGroup {
  readonly described: Service
  /** The group's deployments that are not over, newest first. */
  readonly active: readonly DeploymentInfo[]
  /** What serves now. */
  readonly primary: string | undefined
}

/** What a deployment is for, found and checked to belong together. */
export interface Target extends MovedService {
  readonly spec: AppSpec
  readonly identity: string
  /** What serves now, when its content is what is asked for. */
  readonly same: string | undefined
  /** The family's newest revision, where it was read. */
  readonly newest: Revision | undefined
  /** Settings of the service that the AppSpec changes. */
  readonly changes: readonly string[]
}

/** Reads the service and its deployment group. @throws UserError when they do not belong together, InputError when the group cannot do what is asked */
export async function findService(request: FollowRequest, parts: BlueGreenParts): Promise<MovedService> {
  const { ecs, codedeploy, groups, signal } = parts
  const read = () => ecs.service(request.cluster, request.service, signal)
  const found = await findDeploymentGroup(request, groups, signal, read)
  // In this order: a deployment that ends in between has changed the service by the time it is read.
  const active = await codedeploy.active(found.application, found.group, signal)
  const described = await read()
  const controller = described.deploymentController?.type ?? 'ECS'
  if (controller !== 'CODE_DEPLOY') {
    const instead = controller === 'ECS' ? ': deploy it with ecs-deploy' : ''
    throw new UserError(`the service '${request.service}' is moved by ${controller}, not by CodeDeploy${instead}`)
  }
  const problems = groupProblems(found.info, described, request.cluster)
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  const needs = [
    ...(request.waitUntil === 'test-traffic' ? ["input 'wait-until': test-traffic"] : []),
    ...(request.testTraffic === undefined ? [] : ["input 'test-traffic-url'"]),
  ]
  if (needs.length > 0 && !hasTestListener(found.info)) {
    const name = `${found.application}/${found.group}`
    throw new InputError(
      needs.map((need) => `${need} needs a test listener, and the deployment group ${name} has none`),
    )
  }
  const primary =
    described.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? described.taskDefinition
  return { ...found, active, described, primary }
}

/** What to deploy and where. @throws UserError, InputError */
export async function findTarget(request: BlueGreenRequest, parts: BlueGreenParts): Promise<Target> {
  if (request.appSpec !== undefined) refuse(appSpecProblems(request.appSpec, request.document))
  const service = await findService(request, parts)
  const spec = request.appSpec ?? appSpecOf(service.described, request.wishes)
  if (request.appSpec === undefined) refuse(appSpecProblems(spec, request.document))
  const { primary } = service
  const place = `${shortName(request.cluster)}/${shortName(request.service)}`
  const identity = deploymentIdentity(request.document, spec, place)
  const { same, newest } = await compared(parts.ecs, request, primary, parts.signal)
  const changes = settingsChanged(spec, liveSettings(service.described))
  return { ...service, spec, identity, same, newest, changes }
}

const refuse = (problems: readonly string[]): void => {
  if (problems.length > 0) throw new InputError(problems)
}

/** Says so when production traffic will not wait for the gate on test traffic. */
export function testGateWarning(info: DeploymentGroupInfo, spec: AppSpec): string | undefined {
  const hooks = hooksIn(spec).map(([event]) => event)
  return waitsForTest(info, hooks)
    ? undefined
    : `nothing in ${info.applicationName}/${info.deploymentGroupName} waits before production traffic: it may shift before the test traffic has passed (let the group wait to reroute traffic, or add a hook)`
}

/** The revision that the group's last successful deployment deployed: what CodeDeploy rolls back to. */
export async function lastGoodRevision(
  info: DeploymentGroupInfo,
  { codedeploy, signal }: BlueGreenParts,
): Promise<string | undefined> {
  const id = info.lastSuccessfulDeployment?.deploymentId
  if (id === undefined) return undefined
  return deployedTaskDefinition((await codedeploy.deployment(id, signal)).revision?.appSpecContent?.content)
}
