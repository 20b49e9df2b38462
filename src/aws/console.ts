/** The console's address by partition. Source: the consoles of the commercial, China and GovCloud regions. */
const hosts: Readonly<Record<string, (region: string) => string>> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-cn': (region) => `${region}.console.amazonaws.cn`,
  'aws-us-gov': (region) => `${region}.console.amazonaws-us-gov.com`,
}

/** Nothing of another endpoint stands in the console. */
const isElsewhere = (env: NodeJS.ProcessEnv): boolean => (env['AWS_ENDPOINT_URL'] ?? '') !== ''

/** The page of an ECS service in the console; undefined for another endpoint, and for a partition whose console is not known. */
export function serviceConsole(serviceArn: string, env: NodeJS.ProcessEnv): string | undefined {
  if (isElsewhere(env)) return undefined
  const match = /^arn:([\w-]+):ecs:([\w-]+):\d{12}:service\/([\w-]+)\/([\w-]+)$/.exec(serviceArn)
  if (match === null) return undefined
  const [, partition = '', region = '', cluster = '', service = ''] = match
  const host = hosts[partition]?.(region)
  return host && `https://${host}/ecs/v2/clusters/${cluster}/services/${service}/deployments?region=${region}`
}

/** The page of a deployment of CodeDeploy. `arn` is any ARN of its region. */
export function deploymentConsole(arn: string, deploymentId: string, env: NodeJS.ProcessEnv): string | undefined {
  if (isElsewhere(env)) return undefined
  const [, partition = '', , region = ''] = arn.split(':')
  const host = /^[\w-]+$/.test(region) && /^d-[A-Z0-9]+$/.test(deploymentId) ? hosts[partition]?.(region) : undefined
  return host && `https://${host}/codesuite/codedeploy/deployments/${deploymentId}?region=${region}`
}
