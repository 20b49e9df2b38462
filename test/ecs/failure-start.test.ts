import { describe, expect, test } from '@jest/globals'
import { type CauseFacts, noFacts } from '../../src/ecs/failure-cause.ts'
import { startCause } from '../../src/ecs/failure-start.ts'

const facts: CauseFacts = {
  ...noFacts,
  region: 'eu-west-1',
  account: '123456789012',
  executionRole: 'arn:aws:iam::123456789012:role/ecsExecution',
  taskRole: 'arn:aws:iam::123456789012:role/orders',
  logGroups: ['/ecs/orders'],
}
const here = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:v9'
const pull = 'CannotPullContainerError: pull image manifest has been retried 1 time(s): '
const noSecret =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: '
const asm = `${noSecret}unable to retrieve secret from asm: service call has been retried 1 time(s): `
const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/db-AbCdEf'
const role = 'arn:aws:sts::123456789012:assumed-role/ecsExecution/0123'

describe('a task that could not pull its image is told by', () => {
  test.each<[name: string, message: string, text: string, advice: RegExp | undefined]>([
    [
      'a missing tag',
      `${pull}failed to resolve ref ${here}: ${here}: not found`,
      `image not found: ${here}`,
      /^push it, or correct its tag or digest/,
    ],
    [
      'a missing manifest, in the words of Docker',
      `CannotPullContainerError: Error response from daemon: manifest for ${here} not found: manifest unknown: Requested image not found`,
      `image not found: ${here}`,
      /^push it/,
    ],
    [
      'a tag that is missing in another account and region',
      `${pull}failed to resolve ref 999999999999.dkr.ecr.us-east-1.amazonaws.com/orders:v9: 999999999999.dkr.ecr.us-east-1.amazonaws.com/orders:v9: not found`,
      'image not found: 999999999999.dkr.ecr.us-east-1.amazonaws.com/orders:v9',
      /account 999999999999, the service runs in 123456789012; region us-east-1, the service runs in eu-west-1: correct the registry host/,
    ],
    [
      'a missing repository',
      `CannotPullContainerError: Error response from daemon: manifest for ${here} : name unknown: The repository with name 'orders' does not exist in the registry with id '123456789012'`,
      `there is no repository for ${here}`,
      /correct its name/,
    ],
    [
      'what the execution role may not do',
      `${pull}failed to resolve ref ${here}: pulling from host 123456789012.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests v9]: 403 Forbidden`,
      `image ${here} was not pulled: access denied`,
      /^the execution role ecsExecution needs ecr:GetAuthorizationToken \(on \*\), ecr:BatchGetImage and ecr:GetDownloadUrlForLayer$/,
    ],
    [
      'the repository policy, when the image is of another account',
      `${pull}failed to resolve ref 999999999999.dkr.ecr.eu-west-1.amazonaws.com/orders:v9: unexpected status from HEAD request: 403 Forbidden`,
      'image 999999999999.dkr.ecr.eu-west-1.amazonaws.com/orders:v9 was not pulled: access denied',
      /the repository policy of account 999999999999 must allow account 123456789012$/,
    ],
    [
      'the very action that is not allowed',
      `${noSecret}unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: ${role} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action`,
      'the image was not pulled: not allowed ecr:GetAuthorizationToken',
      /^allow ecr:GetAuthorizationToken on \* to the execution role ecsExecution$/,
    ],
    [
      'a route that is missing',
      `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${here}: failed to do request: Head "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/orders/manifests/v9": dial tcp 10.0.3.17:443: i/o timeout`,
      `image ${here} was not pulled: no route to its registry (i/o timeout)`,
      /NAT gateway .* or the VPC endpoints ecr\.api, ecr\.dkr and s3/,
    ],
    [
      'a route to the login of the registry that is missing',
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
      'the image was not pulled: no route to its registry (connection issue between)',
      /VPC endpoints ecr\.api/,
    ],
    [
      'a host that is not there',
      `${pull}failed to resolve ref 123456789012.dkr.ecr.eu-wset-1.amazonaws.com/orders:v9: failed to do request: Head "https://123456789012.dkr.ecr.eu-wset-1.amazonaws.com/v2/orders/manifests/v9": dial tcp: lookup 123456789012.dkr.ecr.eu-wset-1.amazonaws.com: no such host`,
      'image 123456789012.dkr.ecr.eu-wset-1.amazonaws.com/orders:v9 was not pulled: there is no host 123456789012.dkr.ecr.eu-wset-1.amazonaws.com',
      /correct the account or region in its name/,
    ],
    [
      'the platform that its index lacks',
      "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'.",
      'the image has no manifest for linux/amd64',
      /docker buildx build --platform linux\/amd64\) or set runtimePlatform\.cpuArchitecture/,
    ],
    [
      'the platform, in the words of older agents',
      'CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}',
      'the image has no manifest for linux/amd64',
      /buildx/,
    ],
    [
      'the rate limit of its registry',
      'CannotPullContainerError: inspect image has been retried 5 time(s): httpReaderSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:00: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
      'the image was not pulled: its registry limits the rate (toomanyrequests)',
      /pull-through cache/,
    ],
    [
      'a registry that is not ECR and refuses',
      "CannotPullContainerError: Error response from daemon: pull access denied for acme/orders, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      'image acme/orders was not pulled: its registry refuses access, or there is no such repository',
      /repositoryCredentials/,
    ],
    [
      'a full disk',
      'CannotPullContainerError: failed to register layer: write /usr/lib/x: no space left on device',
      'the image was not pulled: no space left on device',
      /ephemeralStorage/,
    ],
    [
      'the agent itself, when nothing is known of its words',
      'CannotPullContainerError: ref pull has been retried 1 time(s): something new',
      'the image was not pulled: something new',
      undefined,
    ],
  ])('%s', (_, message, text, advice) => {
    const cause = startCause(message, facts)
    expect([cause.kind, cause.text]).toEqual(['image', text])
    if (advice === undefined) expect(cause.advice).toBeUndefined()
    else expect(cause.advice).toMatch(advice)
  })
})

describe('a task that could not be initialised is told by', () => {
  test.each<[name: string, message: string, text: string | RegExp, advice: RegExp | undefined]>([
    [
      'the secret that may not be read',
      `${asm}failed to fetch secret ${secret} from secrets manager: AccessDeniedException: User: ${role} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secret} because no identity-based policy allows the secretsmanager:GetSecretValue action status code: 400, request id: 1adcb55f-f798-4503-b8a3-cd1533290001`,
      `secret ${secret} may not be read (secretsmanager:GetSecretValue)`,
      new RegExp(`^allow secretsmanager:GetSecretValue on ${secret} to the execution role ecsExecution$`),
    ],
    [
      'the parameter that may not be read',
      `${noSecret}unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: ${role} is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/orders/key because no identity-based policy allows the ssm:GetParameters action status code: 400`,
      'secret arn:aws:ssm:eu-west-1:123456789012:parameter/orders/key may not be read (ssm:GetParameters)',
      /^allow ssm:GetParameters on arn:aws:ssm/,
    ],
    [
      'the key that may not decrypt it',
      `${asm}failed to fetch secret ${secret} from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400`,
      `secret ${secret} could not be decrypted`,
      /needs kms:Decrypt/,
    ],
    [
      'the secret that is not there',
      `${asm}failed to fetch secret ${secret} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
      `there is no secret ${secret}`,
      /correct the ARN in valueFrom/,
    ],
    [
      'the parameter that is not there',
      `${noSecret}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /orders/key, plain`,
      'there is no secret /orders/key, plain',
      /make it in the region/,
    ],
    [
      'the key that the secret lacks',
      `${noSecret}unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password`,
      "a secret has no key 'password'",
      /correct the key in valueFrom/,
    ],
    [
      'the route to the secret',
      `${noSecret}unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret ${secret} from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.`,
      `secret ${secret} could not be read: no route to Secrets Manager`,
      /VPC endpoints secretsmanager and kms/,
    ],
    [
      'the log group that is not there',
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, ResourceNotFoundException: The specified log group does not exist. : exit status 1',
      'the log group /ecs/orders does not exist',
      /awslogs-create-group to 'true' and allow logs:CreateLogGroup to the execution role ecsExecution$/,
    ],
    [
      'the log stream that may not be made',
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: ${role} is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/orders:log-stream:ecs/app/1 : exit status 1`,
      'the log group /ecs/orders may not be written to (logs:CreateLogStream)',
      /^allow logs:CreateLogStream and logs:PutLogEvents to/,
    ],
    [
      'the route to the log',
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 6 times: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post "https://logs.eu-west-1.amazonaws.com/": dial tcp 1.2.3.4:443: i/o timeout : exit status 1',
      'no route to CloudWatch Logs for the log group /ecs/orders',
      /VPC endpoints logs/,
    ],
    [
      'the file system that cannot be reached',
      'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. fs-0123456789abcdef0 : unsuccessful EFS utils command execution; code: 32',
      'EFS file system fs-0123456789abcdef0 cannot be reached',
      /2049/,
    ],
    [
      'the file system that refuses',
      "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
      'EFS file system refuses the mount',
      /the task role orders needs elasticfilesystem:ClientMount/,
    ],
    [
      'the directory that the file system lacks',
      'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: mounting fs-e5645f66.efs.us-east-1.amazonaws.com:/opt/splunk failed, reason given by server: No such file or directory : unsuccessful EFS utils',
      'EFS file system fs-e5645f66 has no such directory to mount',
      /rootDirectory/,
    ],
    [
      'the name of the file system',
      'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-e5645f66.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct',
      'the name of EFS file system fs-e5645f66 cannot be resolved',
      /mount target/,
    ],
    [
      'the environment file',
      'ResourceInitializationError: failed to download env files: file download command: non empty error stream: service call has been retried 1 time(s): AccessDenied: Access Denied status code: 403',
      /^an environment file could not be read/,
      /s3:GetObject/,
    ],
    [
      'the agent itself, when nothing is known of its words',
      'ResourceInitializationError: something new.',
      'ResourceInitializationError: something new',
      undefined,
    ],
  ])('%s', (_, message, text, advice) => {
    const cause = startCause(message, facts)
    expect(cause.kind).toBe('start')
    if (typeof text === 'string') expect(cause.text).toBe(text)
    else expect(cause.text).toMatch(text)
    if (advice === undefined) expect(cause.advice).toBeUndefined()
    else expect(cause.advice).toMatch(advice)
  })
})

describe('a task that found no place, or whose program cannot run, is told by', () => {
  test.each<[message: string, kind: string, advice: RegExp]>([
    [
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      'placement',
      /FARGATE/,
    ],
    ['Timeout waiting for network interface provisioning to complete.', 'placement', /free addresses/],
    ["You've reached the limit on the number of vCPUs you can run concurrently", 'placement', /quota/],
    [
      'CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: "server": executable file not found in $PATH: unknown',
      'exit',
      /command or entryPoint/,
    ],
    ['CannotStartContainerError: exec /app/server: exec format error', 'exit', /another architecture/],
    [
      'CannotStartContainerError: Error response from daemon: driver failed: Bind for 0.0.0.0:80 failed: port is already allocated',
      'exit',
      /hostPort 0/,
    ],
  ])('%s', (message, kind, advice) => {
    const cause = startCause(message, facts)
    expect([cause.kind, cause.advice]).toEqual([kind, expect.stringMatching(advice)])
  })
})

test('a role that the definition does not name is said to be missing', () => {
  const { advice } = startCause(`${pull}failed to resolve ref ${here}: 403 Forbidden`, noFacts)
  expect(advice).toMatch(/^the execution role \(the task definition names none\) needs/)
})
