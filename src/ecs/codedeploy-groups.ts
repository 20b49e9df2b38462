import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import { awsCode, awsFailure, calling } from '../aws/errors.ts'
import type { Aws } from '../aws/session.ts'

/** Reads applications and deployment groups. */
export interface CodeDeployGroups {
  /** Undefined when there is no such application or group. */
  group(application: string, group: string, signal: AbortSignal): Promise<DeploymentGroupInfo | undefined>
  /** The groups of every application for ECS, or of one application; bounded. */
  groups(application: string | undefined, signal: AbortSignal): Promise<readonly DeploymentGroupInfo[]>
}

/** Pages read of one listing, and names read in one call. */
const mostPages = 20
const batchSize = 25

const batches = (names: readonly string[]): readonly string[][] =>
  Array.from({ length: Math.ceil(names.length / batchSize) }, (_, at) =>
    names.slice(at * batchSize, (at + 1) * batchSize),
  )

/** All names of a paginated listing, up to the bound. */
async function named(
  page: (nextToken: string | undefined) => Promise<{ names: string[] | undefined; nextToken: string | undefined }>,
): Promise<readonly string[]> {
  const found: string[] = []
  let token: string | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const { names, nextToken } = await page(token)
    found.push(...(names ?? []))
    if (nextToken === undefined || nextToken === token) break
    token = nextToken
  }
  return found
}

export function codeDeployGroups(aws: Aws): CodeDeployGroups {
  const sdk = () => import('@aws-sdk/client-codedeploy')

  const ecsApplications = async (signal: AbortSignal): Promise<readonly string[]> => {
    const { BatchGetApplicationsCommand, ListApplicationsCommand } = await sdk()
    const client = await aws.codedeploy()
    const names = await calling('listing the applications of CodeDeploy', () =>
      named(async (nextToken) => {
        const page = await client.send(new ListApplicationsCommand({ nextToken }), { abortSignal: signal })
        return { names: page.applications, nextToken: page.nextToken }
      }),
    )
    const found: string[] = []
    for (const applicationNames of batches(names)) {
      const { applicationsInfo } = await calling('reading the applications of CodeDeploy', () =>
        client.send(new BatchGetApplicationsCommand({ applicationNames }), { abortSignal: signal }),
      )
      for (const { applicationName, computePlatform } of applicationsInfo ?? [])
        if (computePlatform === 'ECS' && applicationName !== undefined) found.push(applicationName)
    }
    return found
  }

  const groupsOf = async (applicationName: string, signal: AbortSignal): Promise<readonly DeploymentGroupInfo[]> => {
    const { BatchGetDeploymentGroupsCommand, ListDeploymentGroupsCommand } = await sdk()
    const client = await aws.codedeploy()
    const names = await calling(`listing the deployment groups of ${applicationName}`, () =>
      named(async (nextToken) => {
        const page = await client.send(new ListDeploymentGroupsCommand({ applicationName, nextToken }), {
          abortSignal: signal,
        })
        return { names: page.deploymentGroups, nextToken: page.nextToken }
      }),
    )
    const found: DeploymentGroupInfo[] = []
    for (const deploymentGroupNames of batches(names)) {
      const { deploymentGroupsInfo } = await calling(`reading the deployment groups of ${applicationName}`, () =>
        client.send(new BatchGetDeploymentGroupsCommand({ applicationName, deploymentGroupNames }), {
          abortSignal: signal,
        }),
      )
      found.push(...(deploymentGroupsInfo ?? []))
    }
    return found
  }

  return {
    async group(applicationName, deploymentGroupName, signal) {
      const { GetDeploymentGroupCommand } = await sdk()
      const client = await aws.codedeploy()
      try {
        const { deploymentGroupInfo } = await client.send(
          new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
          { abortSignal: signal },
        )
        return deploymentGroupInfo
      } catch (error) {
        const code = awsCode(error)
        if (code === 'ApplicationDoesNotExistException' || code === 'DeploymentGroupDoesNotExistException')
          return undefined
        throw awsFailure(`reading the deployment group ${deploymentGroupName}`, error)
      }
    },
    async groups(application, signal) {
      const applications = application === undefined ? await ecsApplications(signal) : [application]
      const found: DeploymentGroupInfo[] = []
      for (const name of applications) found.push(...(await groupsOf(name, signal)))
      return found
    },
  }
}
