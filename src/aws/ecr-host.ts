/** What an ECR registry's host ends with, in each partition. */
const ecrDomains = new Set([
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
  'on.aws',
  'on.amazonwebservices.com.cn',
])

/** The account and region of an ECR registry's host; undefined for any other registry. */
export function ecrHost(host: string): { readonly accountId: string; readonly region: string } | undefined {
  const match = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.([a-z0-9.-]+)$/.exec(host)
  if (!match || !ecrDomains.has(match[3] as string)) return undefined
  return { accountId: match[1] as string, region: match[2] as string }
}
