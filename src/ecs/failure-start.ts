import { type Cause, type CauseFacts, noRoute, notAuthorized, roleName, wayOut } from './failure-cause.ts'
import { imagePullCause, isImagePull } from './failure-image.ts'

/** Whether a reason begins with one of the errors that the container agents name. */
export const isAgentError = (message: string): boolean => /^\s*\w+Error\b/.test(message)

/**
 * Why a task did not come to run: its image, what it is initialised from (secrets, logs, file systems, network), its program,
 * or a place. `message` is a reason in the words of the container agents or of the service scheduler.
 */
export function startCause(message: string, facts: CauseFacts): Cause {
  if (isImagePull(message)) return imagePullCause(message, facts)
  if (/logging driver|logger args|Cloudwatch log|CreateLogStream|log group does not exist/i.test(message))
    return logCause(message, facts)
  if (/secret|ssm|parameter/i.test(message) && /ResourceInitializationError|pull secrets/.test(message))
    return secretCause(message, facts)
  if (/EFS|mount\.nfs4/.test(message)) return fileSystemCause(message, facts)
  if (/env(ironment)? ?files?/i.test(message) && /ResourceInitializationError/.test(message)) {
    return start(
      `an environment file could not be read (${bare(message)})`,
      `${roleName(facts.executionRole, 'execution')} needs s3:GetObject on it and s3:GetBucketLocation on its bucket`,
    )
  }
  if (/CannotStartContainerError|CannotCreateContainerError|exec format error/.test(message)) return program(message)
  if (/network interface provisioning|RESOURCE:ENI/.test(message)) {
    return {
      kind: 'placement',
      text: bare(message),
      advice: 'look for free addresses in the subnets and for the quota of network interfaces',
    }
  }
  if (/Capacity is unavailable|RESOURCE:|EMPTY CAPACITY PROVIDER|limit on the number|vCPUs|Host EC2/i.test(message))
    return { kind: 'placement', text: bare(message), advice: placementAdvice(message) }
  return start(bare(message), undefined)
}

const start = (text: string, advice: string | undefined): Cause => ({ kind: 'start', text, advice })

/** The message without the scaffolding that says nothing: `service call has been retried 1 time(s)`, `status code: 400`. */
const bare = (message: string): string =>
  message
    .replaceAll(/ ?(?:[\w ]+ )?has been retried \d+ times?(?:\(s\))?:/g, '')
    .replace(/unable to pull secrets or registry auth: execution resource retrieval failed: /, '')
    .replaceAll(/ status code: \d+,?| request id: [\w-]+| : exit status \d+/g, '')
    .replace(/\.+\s*$/, '')
    .trim()

function secretCause(message: string, facts: CauseFacts): Cause {
  const ssm = /\bssm\b|parameter/i.test(message)
  const arn = /arn:aws[\w-]*:(?:secretsmanager|ssm|kms):[^\s,'"\])]+/.exec(message)?.[0]?.replace(/[:.]+$/, '')
  const named = /(?:invalid (?:ssm )?parameters?|parameters? not found): \[?([\w./-]+(?:, ?[\w./-]+)*)/i.exec(
    message,
  )?.[1]
  const name = arn ?? named
  const what = name === undefined ? (ssm ? 'a parameter' : 'a secret') : `secret ${name}`
  const role = roleName(facts.executionRole, 'execution')
  const action = ssm ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue'
  const missing = notAuthorized(message)
  if (/KMS/.test(message) && /not allowed|denied|not authorized/i.test(message)) {
    return start(`${what} could not be decrypted`, `${role} needs kms:Decrypt on the key of ${what}`)
  }
  if (missing !== undefined || /AccessDenied/.test(message)) {
    const secret = missing?.resource === undefined ? what : `secret ${missing.resource}`
    return start(
      `${secret} may not be read (${missing?.action ?? action})`,
      `allow ${missing?.action ?? action} on ${missing?.resource ?? name ?? 'it'} to ${role}`,
    )
  }
  const key = /did not contain json key (\S+)/.exec(message)?.[1]
  if (key !== undefined)
    return start(`${what} has no key '${key}'`, 'correct the key in valueFrom, or add it to the secret')
  if (/ResourceNotFound|can't find|invalid (ssm )?parameters|not found/i.test(message)) {
    return start(
      name === undefined ? `${what} does not exist` : `there is no ${what}`,
      `make it in the region of the task${ssm ? '' : ', or correct the ARN in valueFrom (a full ARN ends with six random characters)'}`,
    )
  }
  if (noRoute.test(message)) {
    return start(
      `${what} could not be read: no route to ${ssm ? 'Systems Manager' : 'Secrets Manager'}`,
      wayOut(ssm ? 'ssm and kms' : 'secretsmanager and kms'),
    )
  }
  return start(bare(message), `look whether ${role} may ${action} on ${what}`)
}

function logCause(message: string, facts: CauseFacts): Cause {
  const group = facts.logGroups.join(', ')
  const named = group === '' ? 'its log group' : `the log group ${group}`
  const role = roleName(facts.executionRole, 'execution')
  const missing = notAuthorized(message)
  if (missing !== undefined || /AccessDenied/.test(message)) {
    const action = missing?.action ?? 'logs:CreateLogStream'
    return start(
      `${named} may not be written to (${action})`,
      `allow ${action}${action === 'logs:CreateLogStream' ? ' and logs:PutLogEvents' : ''} to ${role}`,
    )
  }
  if (/ResourceNotFound|does not exist/.test(message)) {
    return start(
      `${named} does not exist`,
      `create it, or set the log option awslogs-create-group to 'true' and allow logs:CreateLogGroup to ${role}`,
    )
  }
  if (noRoute.test(message)) return start(`no route to CloudWatch Logs for ${named}`, wayOut('logs'))
  return start(bare(message), undefined)
}

function fileSystemCause(message: string, facts: CauseFacts): Cause {
  const id = /\bfs-[0-9a-f]+/.exec(message)?.[0]
  const what = `EFS file system${id === undefined ? '' : ` ${id}`}`
  if (/access denied/i.test(message)) {
    return start(
      `${what} refuses the mount`,
      `${roleName(facts.taskRole, 'task')} needs elasticfilesystem:ClientMount (and ClientWrite), and the file system policy must allow it`,
    )
  }
  if (/No such file or directory/.test(message))
    return start(
      `${what} has no such directory to mount`,
      'make the rootDirectory on it first, or use an access point that makes it',
    )
  if (/Failed to resolve/i.test(message))
    return start(
      `the name of ${what} cannot be resolved`,
      "make a mount target in each Availability Zone of the task's subnets, and let the VPC resolve names",
    )
  if (/time(d )?[ -]?out|timeout|connection reset/i.test(message))
    return start(
      `${what} cannot be reached`,
      "let the security group of its mount targets in on 2049 from the task's security group",
    )
  return start(bare(message), undefined)
}

function program(message: string): Cause {
  const text = bare(message)
  const advice = /exec format error/.test(message)
    ? otherArchitecture
    : /executable file not found|no such file or directory/i.test(message)
      ? 'correct command or entryPoint, or the program is missing from the image'
      : /permission denied/i.test(message)
        ? 'the program is not executable (chmod +x in the image), or the user may not run it'
        : /port is already allocated|address already in use/.test(message)
          ? 'use a dynamic host port (hostPort 0), awsvpc, or fewer tasks on an instance'
          : undefined
  return { kind: 'exit', text, advice }
}

export const otherArchitecture =
  'the program was built for another architecture: build the image for that of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set runtimePlatform.cpuArchitecture'

/** What to do when the scheduler finds no place. */
export function placementAdvice(message: string): string | undefined {
  const lack = /insufficient (\w+)/i.exec(message)?.[1]?.toLowerCase()
  if (lack !== undefined)
    return `add instances or let the capacity provider scale, ask for less ${lack} in the task definition, or lower maximumPercent`
  if (/already using a port/.test(message)) return 'use a dynamic host port (hostPort 0) or awsvpc, or add instances'
  if (/MemberOf|placement constraint|attribute/i.test(message))
    return 'no instance satisfies the placement constraints or attributes of the task definition (cpu architecture among them)'
  if (/AGENT/.test(message)) return 'the container agent of that instance is not connected: look at the instance'
  if (/Capacity is unavailable|RESOURCE:CPU/i.test(message))
    return 'try again later, or add Availability Zones or FARGATE beside FARGATE_SPOT to the capacity providers'
  if (/limit on the number|vCPUs|concurrently/i.test(message)) return 'ask for a higher Fargate quota in Service Quotas'
  if (/no container instance|Container Instances were found/i.test(message))
    return 'register instances in the cluster, or use Fargate or a capacity provider that scales'
  return undefined
}
