import type { RegistryGround } from '../registry/ground.ts'
import type { Registries, Registry } from '../registry/registries.ts'
import type { ScanningRules } from '../registry/scan-record.ts'
import { invalid, list, text } from './ecr-lookup.ts'
import { AwsError, type Input, type Operation } from './service.ts'

/** The account settings that ECR knows: their values, the default first. */
const accountSettings: Readonly<Record<string, readonly string[]>> = {
  BASIC_SCAN_TYPE_VERSION: ['AWS_NATIVE', 'CLAIR'],
  REGISTRY_POLICY_SCOPE: ['V2', 'V1'],
  BLOB_MOUNTING: ['DISABLED', 'ENABLED'],
}

function settingOf(input: Input): { name: string; values: readonly string[] } {
  const name = text(input, 'name')
  const values = Object.hasOwn(accountSettings, name) ? accountSettings[name] : undefined
  if (values === undefined) throw invalid('name', `must be one of ${Object.keys(accountSettings).join(', ')}`)
  return { name, values }
}

/** What holds for a whole registry: login, settings, scanning. */
export const registryOperations = ({ registries, tokens }: RegistryGround): Record<string, Operation> => ({
  async GetAuthorizationToken(_input, caller) {
    const registry = await registries.of(caller.accountId, caller.region)
    const { password, expiresAt } = tokens.issue(caller)
    const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
    const proxyEndpoint = `http://${registry.host()}`
    return { authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1_000, proxyEndpoint }] }
  },
  ...inOwnRegistry(registries, {
    DescribeRegistry: ({ accountId }) => ({ registryId: accountId, replicationConfiguration: { rules: [] } }),
    GetAccountSetting({ settings }, input) {
      const { name, values } = settingOf(input)
      return { name, value: settings.get(name) ?? values[0] }
    },
    PutAccountSetting({ settings }, input) {
      const { name, values } = settingOf(input)
      const value = text(input, 'value')
      if (!values.includes(value)) throw invalid('value', `must be one of ${values.join(', ')}`)
      settings.set(name, value)
      return { name, value }
    },
    GetRegistryScanningConfiguration: (registry) => ({
      registryId: registry.accountId,
      scanningConfiguration: shownRules(registry.scanning),
    }),
    PutRegistryScanningConfiguration(registry, input) {
      registry.scanning = rulesOf(input)
      return { registryScanningConfiguration: shownRules(registry.scanning) }
    },
  }),
})

function inOwnRegistry(
  registries: Registries,
  operations: Record<string, (registry: Registry, input: Input) => unknown>,
): Record<string, Operation> {
  const enter =
    (operation: (registry: Registry, input: Input) => unknown): Operation =>
    async (input, caller) =>
      await operation(await registries.of(caller.accountId, caller.region), input)
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, enter(operation)]))
}

const shownRules = ({ scanType, rules }: ScanningRules) => ({
  scanType,
  rules: rules.map(({ scanFrequency, filters }) => ({
    scanFrequency,
    repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
  })),
})

function rulesOf(input: Input): ScanningRules {
  const scanType = input['scanType'] ?? 'BASIC'
  if (scanType !== 'BASIC' && scanType !== 'ENHANCED') throw invalid('scanType', 'must be BASIC or ENHANCED')
  const rules = list(input, 'rules', 0, 2).map((rule) => {
    const { scanFrequency, ...rest } = rule as Input
    const frequencies = scanType === 'BASIC' ? ['SCAN_ON_PUSH', 'MANUAL'] : ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN']
    if (!frequencies.includes(scanFrequency)) {
      throw new AwsError('ValidationException', `scanFrequency of ${scanType} must be one of ${frequencies.join(', ')}`)
    }
    const filters = list(rest, 'repositoryFilters', 0, 100).map((item) => {
      const { filter, filterType } = item as Input
      if (filterType !== 'WILDCARD' || typeof filter !== 'string' || filter.length > 255 || filter === '') {
        throw invalid('repositoryFilters', 'must be WILDCARD filters')
      }
      return filter
    })
    return { scanFrequency: scanFrequency as string, filters }
  })
  return { scanType, rules }
}
