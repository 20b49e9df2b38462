import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { Service } from '@aws-sdk/client-ecs'
import { UserError } from '../action/errors.ts'
import { shortName } from './codedeploy-api.ts'
import type { CodeDeployGroups } from './codedeploy-groups.ts'

/** The service to move, and where CodeDeploy knows it, as far as the user says. */
export interface GroupQuery {
  readonly cluster: string
  readonly service: string
  readonly application: string | undefined
  readonly group: string | undefined
}

/** An application and a group of it. */
export interface DeploymentGroup {
  readonly application: string
  readonly group: string
  readonly info: DeploymentGroupInfo
}

/** The convention of the official action for groups that are not named. */
export const conventionalNames = (cluster: string, service: string): { application: string; group: string } => ({
  application: `AppECS-${shortName(cluster)}-${shortName(service)}`,
  group: `DgpECS-${shortName(cluster)}-${shortName(service)}`,
})

const nameOf = (info: DeploymentGroupInfo): string => `${info.applicationName}/${info.deploymentGroupName}`

const deploys = (info: DeploymentGroupInfo, cluster: string, service: string): boolean =>
  (info.ecsServices ?? []).some(
    (one) =>
      shortName(one.serviceName ?? '') === shortName(service) &&
      shortName(one.clusterName ?? '') === shortName(cluster),
  )

/** Why a deployment group cannot deploy this service; a line each. */
export function groupProblems(group: DeploymentGroupInfo, service: Service, cluster: string): readonly string[] {
  const name = nameOf(group)
  const problems: string[] = []
  if (group.computePlatform !== 'ECS')
    problems.push(`the deployment group ${name} is for ${group.computePlatform}, not for ECS`)
  if (!deploys(group, cluster, service.serviceName ?? '')) {
    const services = (group.ecsServices ?? []).map(
      (one) => `${shortName(one.clusterName ?? '')}/${shortName(one.serviceName ?? '')}`,
    )
    const has = services.join(', ') || 'no service'
    problems.push(`the deployment group ${name} deploys ${has}, not ${shortName(cluster)}/${service.serviceName}`)
  }
  return problems
}

/**
 * The deployment group for a service: the one that is named, else the conventional one, else the only one that deploys it.
 * Whether a named one is of this service is for `groupProblems` to say. `beforeSearch` runs before all groups are looked through.
 * @throws UserError when it is not there or cannot be told from others
 */
export async function findDeploymentGroup(
  query: GroupQuery,
  api: CodeDeployGroups,
  signal: AbortSignal,
  beforeSearch: () => Promise<unknown>,
): Promise<DeploymentGroup> {
  const conventional = conventionalNames(query.cluster, query.service)
  const application = query.application ?? conventional.application
  const group = query.group ?? conventional.group
  const info = await api.group(application, group, signal)
  if (info !== undefined) return { application, group, info }
  await beforeSearch()
  if (query.application !== undefined && query.group !== undefined) {
    throw new UserError(`there is no deployment group '${query.group}' in the application '${query.application}'`)
  }
  const all = await api.groups(query.application, signal)
  return onlyGroup(query, all, `${application}/${group}`)
}

/** The one group among those found that deploys the service. Pure. @throws UserError naming what was found */
export function onlyGroup(
  query: GroupQuery,
  found: readonly DeploymentGroupInfo[],
  conventional: string,
): DeploymentGroup {
  const candidates = found.filter(
    (info) =>
      (query.group === undefined || info.deploymentGroupName === query.group) &&
      info.computePlatform === 'ECS' &&
      deploys(info, query.cluster, query.service),
  )
  const [only, ...more] = candidates
  const wanted = `${shortName(query.cluster)}/${shortName(query.service)}`
  if (only?.applicationName === undefined || only.deploymentGroupName === undefined) {
    const seen = found.length === 0 ? 'none at all' : `only ${listed(found)}`
    throw new UserError(
      `no deployment group deploys ${wanted}: there is no ${conventional}, and of other groups ${seen}: name it by codedeploy-application and codedeploy-deployment-group`,
    )
  }
  if (more.length > 0) {
    throw new UserError(
      `${candidates.length} deployment groups deploy ${wanted}: ${listed(candidates)}: choose by codedeploy-application and codedeploy-deployment-group`,
    )
  }
  return { application: only.applicationName, group: only.deploymentGroupName, info: only }
}

const listed = (groups: readonly DeploymentGroupInfo[]): string => {
  const names = groups.slice(0, 8).map(nameOf).join(', ')
  return groups.length > 8 ? `${names} and ${groups.length - 8} more` : names
}
