import { type Cause, type CauseFacts, noRoute, notAuthorized, roleName, wayOut } from './failure-cause.ts'

/** Whether a reason speaks of an image that could not be had, or of the login at its registry. */
export const isImagePull = (message: string): boolean =>
  /CannotPull(Container|ECRContainer|ImageManifest|RegistryAuth)?\w*Error|ecr registry auth|pull registry auth from Amazon ECR/i.test(
    message,
  )

const reason = (text: string, advice: string | undefined): Omit<Cause, 'kind'> => ({ text, advice })

/**
 * Why an image could not be pulled, and what to do. `message` is the reason of a stopped task, a container or an event,
 * in the words of the container agents of EC2 (Docker) and Fargate (containerd).
 */
export function imagePullCause(message: string, facts: CauseFacts): Cause {
  return { kind: 'image', ...explained(message, facts) }
}

function explained(message: string, facts: CauseFacts): Omit<Cause, 'kind'> {
  const named = imageIn(message) ?? facts.image
  const image = named ?? 'the image'
  const subject = named === undefined ? image : `image ${named}`
  const wanted = /descriptor (?:matching|for) platform[^\w]*([\w]+\/[\w]+(?:\/v\d)?)/.exec(message)?.[1]
  if (wanted !== undefined || /no match(ing manifest)? for|(descriptor|match) for platform/.test(message)) {
    const platform = wanted ?? /manifest for (\w+\/\w+)/.exec(message)?.[1] ?? facts.platform ?? 'linux/amd64'
    return reason(
      `${subject} has no manifest for ${platform}`,
      `build it for ${platform} (docker buildx build --platform ${platform}) or set runtimePlatform.cpuArchitecture to what it was built for`,
    )
  }
  if (/toomanyrequests|too many requests|pull rate limit|rate exceeded/i.test(message)) {
    return reason(
      `${subject} was not pulled: its registry limits the rate (toomanyrequests)`,
      'log in to that registry by repositoryCredentials, or keep the image in ECR (a pull-through cache does)',
    )
  }
  if (/no space left on device/i.test(message)) {
    return reason(
      `${subject} was not pulled: no space left on device`,
      'give the task more ephemeralStorage or its instance a larger disk, or make the image smaller',
    )
  }
  if (/invalid reference format/.test(message))
    return reason(
      `'${image}' is no image reference`,
      'write it as registry/repository:tag or registry/repository@sha256:…',
    )
  if (
    /no basic auth|\b40[13]\b|forbidden|unauthorized|not authorized|AccessDenied|authorization failed|authorization token has expired|\bdenied\b/i.test(
      message,
    )
  )
    return refused(message, named, facts)
  if (/no such host/.test(message)) {
    const host = /lookup ([\w.-]+)/.exec(message)?.[1] ?? hostOf(image)
    return reason(
      `${subject} was not pulled: there is no host ${host}`,
      'correct the account or region in its name, or let the VPC resolve names (enableDnsSupport, enableDnsHostnames)',
    )
  }
  if (noRoute.test(message)) {
    const route = noRoute.exec(message)?.[0] ?? ''
    const ecr = ecrOf(image) !== undefined || /ecr/i.test(message)
    return reason(
      `${subject} was not pulled: no route to its registry (${route})`,
      ecr
        ? wayOut('ecr.api, ecr.dkr and s3 (gateway)')
        : "give the task's subnets a NAT gateway or assignPublicIp, and let its security group out on 443",
    )
  }
  if (/name unknown|repository .*(does not exist|not found)|RepositoryNotFound/i.test(message))
    return reason(`there is no repository for ${named ?? image}`, elsewhere(image, facts) ?? 'correct its name')
  if (/not found|manifest unknown|does not exist|ImageNotFound/i.test(message))
    return reason(
      named === undefined ? 'image not found' : `image not found: ${named}`,
      elsewhere(image, facts) ?? 'push it, or correct its tag or digest in the task definition',
    )
  const said = message.replace(/^Cannot\w+Error:? ?/, '').replace(/^[\w ]+has been retried \d+ time\(s\): /, '')
  return reason(`${subject} was not pulled: ${said}`, undefined)
}

function refused(message: string, image: string | undefined, facts: CauseFacts): Omit<Cause, 'kind'> {
  const subject = image === undefined ? 'the image' : `image ${image}`
  const missing = notAuthorized(message)
  const ecr = image === undefined ? undefined : ecrOf(image)
  if (ecr === undefined && missing === undefined && !/ecr/i.test(message)) {
    return reason(
      `${subject} was not pulled: its registry refuses access, or there is no such repository`,
      'correct its name, or log in to that registry by repositoryCredentials',
    )
  }
  const role = roleName(facts.executionRole, 'execution')
  const needs =
    missing === undefined
      ? `${role} needs ecr:GetAuthorizationToken (on *), ecr:BatchGetImage and ecr:GetDownloadUrlForLayer`
      : `allow ${missing.action}${missing.resource === undefined ? '' : ` on ${missing.resource}`} to ${role}`
  const foreign =
    ecr !== undefined && facts.account !== undefined && ecr.account !== facts.account
      ? `; the repository policy of account ${ecr.account} must allow account ${facts.account}`
      : ''
  const what = missing === undefined ? 'access denied' : `not allowed ${missing.action}`
  return reason(`${subject} was not pulled: ${what}`, `${needs}${foreign}`)
}

/** The account and region that an ECR image's name tells. */
export function ecrOf(image: string): { readonly account: string; readonly region: string } | undefined {
  const found = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([\w-]+)\./.exec(image)
  return found?.[1] === undefined || found[2] === undefined ? undefined : { account: found[1], region: found[2] }
}

const hostOf = (image: string): string => image.split('/')[0] ?? image

function elsewhere(image: string, { account, region }: CauseFacts): string | undefined {
  const ecr = ecrOf(image)
  if (ecr === undefined) return undefined
  const differs = [
    account !== undefined && ecr.account !== account ? `account ${ecr.account}, the service runs in ${account}` : '',
    region !== undefined && ecr.region !== region ? `region ${ecr.region}, the service runs in ${region}` : '',
  ].filter((text) => text !== '')
  return differs.length === 0
    ? undefined
    : `its name tells ${differs.join('; ')}: correct the registry host, or push it there`
}

const imageIn = (message: string): string | undefined =>
  /(?:resolve (?:ref|reference)|unpack image|manifest for|pull access denied for|invalid reference format:) "?([^\s"]+?)"?[:,]?(?: |$)/.exec(
    message,
  )?.[1]
