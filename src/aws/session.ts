import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling'
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { ECRClient } from '@aws-sdk/client-ecr'
import type { ECSClient } from '@aws-sdk/client-ecs'
import type { EKSClient } from '@aws-sdk/client-eks'
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { SSMClient } from '@aws-sdk/client-ssm'
import type { STSClient } from '@aws-sdk/client-sts'

export interface AwsOptions {
  /** When absent: AWS_REGION, AWS_DEFAULT_REGION, or the profile's. */
  readonly region?: string | undefined
  /** Roles assumed one after another, each with the credentials of the one before. */
  readonly roleArns?: readonly string[]
  /** Shown in CloudTrail for assumed roles. */
  readonly sessionName?: string
}

/** The SDK's clients, each loaded when first asked for and shared after that. Endpoints, profiles and OIDC come from the environment as in any AWS tool. */
export interface Aws {
  ecs(): Promise<ECSClient>
  /** Tries each call once: for those that would do something twice when only their answer was lost. */
  ecsOnce(): Promise<ECSClient>
  codedeploy(): Promise<CodeDeployClient>
  ecr(): Promise<ECRClient>
  eks(): Promise<EKSClient>
  elbv2(): Promise<ElasticLoadBalancingV2Client>
  cloudwatch(): Promise<CloudWatchClient>
  logs(): Promise<CloudWatchLogsClient>
  sts(): Promise<STSClient>
  ssm(): Promise<SSMClient>
  secretsManager(): Promise<SecretsManagerClient>
  applicationAutoScaling(): Promise<ApplicationAutoScalingClient>
  /** Closes the connections. */
  close(): void
}

/** Makes the clients for one region and one identity. Nothing is loaded or called yet. */
export function awsSession(options: AwsOptions = {}): Aws {
  const made: { destroy(): void }[] = []
  const config = async () => ({
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.roleArns === undefined || options.roleArns.length === 0 ? {} : { credentials: await chain(options) }),
    customUserAgent: 'strangler-deploy',
    retryMode: 'adaptive',
    maxAttempts: 5,
  })
  const once = <T extends { destroy(): void }>(make: () => Promise<T>): (() => Promise<T>) => {
    let client: Promise<T> | undefined
    return () => {
      client ??= make().then((ready) => {
        made.push(ready)
        return ready
      })
      return client
    }
  }
  return {
    ecs: once(async () => new (await import('@aws-sdk/client-ecs')).ECSClient(await config())),
    ecsOnce: once(
      async () => new (await import('@aws-sdk/client-ecs')).ECSClient({ ...(await config()), maxAttempts: 1 }),
    ),
    codedeploy: once(async () => new (await import('@aws-sdk/client-codedeploy')).CodeDeployClient(await config())),
    ecr: once(async () => new (await import('@aws-sdk/client-ecr')).ECRClient(await config())),
    eks: once(async () => new (await import('@aws-sdk/client-eks')).EKSClient(await config())),
    elbv2: once(
      async () =>
        new (await import('@aws-sdk/client-elastic-load-balancing-v2')).ElasticLoadBalancingV2Client(await config()),
    ),
    cloudwatch: once(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(await config())),
    logs: once(async () => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(await config())),
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STSClient(await config())),
    ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(await config())),
    secretsManager: once(
      async () => new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(await config()),
    ),
    applicationAutoScaling: once(
      async () =>
        new (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScalingClient(await config()),
    ),
    close() {
      for (const client of made) client.destroy()
    },
  }
}

async function chain(options: AwsOptions) {
  const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const session = options.sessionName ?? 'strangler-deploy'
  const region = options.region === undefined ? {} : { clientConfig: { region: options.region } }
  return (options.roleArns ?? []).reduce<ReturnType<typeof fromTemporaryCredentials> | undefined>(
    (master, roleArn) =>
      fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: session },
        ...region,
        ...(master === undefined ? {} : { masterCredentials: master }),
      }),
    undefined,
  ) as ReturnType<typeof fromTemporaryCredentials>
}
