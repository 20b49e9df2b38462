import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { type Clients, clients, type LegacyPlatform, provisionLegacy, waitForService } from '../../scripts/provision.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { ecrCall, pushImage } from './registry.ts'

export const root = resolve(import.meta.dirname, '..', '..', '..')
export const example = join(root, 'examples', 'ecs-to-eks')

/** The example's world: a sandbox where ECS runs v1 of orders in qa, and v2 and a broken v3 lie in the registry. */
export interface MainJob {
  readonly sandbox: Sandbox
  readonly aws: Clients
  readonly legacy: LegacyPlatform
  /** What a step's process gets: the sandbox's variables, a kubeconfig, and helm on PATH. */
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  readonly images: { readonly v1: string; readonly v2: string; readonly broken: string }
  close(): Promise<void>
}

/** Makes that world. `helm` is the binary to put on PATH, when the test needs one. */
export async function mainJob(options: { readonly speed: number; readonly helm?: string }): Promise<MainJob> {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-e2e-'))
  const sandbox = await startSandbox({ speed: options.speed })
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  if (options.helm !== undefined) symlinkSync(options.helm, join(bin, 'helm'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, sandbox.kubeconfig())
  const env = {
    ...sandbox.environment(),
    KUBECONFIG: kubeconfig,
    HELM_CACHE_HOME: join(folder, 'helm'),
    HELM_CONFIG_HOME: join(folder, 'helm'),
    HELM_DATA_HOME: join(folder, 'helm'),
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
  }
  const aws = clients(env)
  await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'orders-prod' })
  const push = async (version: string, labels: Readonly<Record<string, string>> = {}): Promise<string> => {
    const options = { labels: { ...labels, 'sandbox.startup': '2' }, env: [`VERSION=${version}`] }
    return (await pushImage(sandbox, `orders-qa:${version}`, options)).byDigest
  }
  const images = {
    v1: await push('v1'),
    v2: await push('v2'),
    broken: await push('v3', { 'sandbox.requires-env': 'ORDERS_QUEUE_URL' }),
  }
  const definition = JSON.parse(
    readFileSync(join(example, 'ecs', 'task-definition.json'), 'utf8'),
  ) as RegisterTaskDefinitionCommandInput
  const legacy = await provisionLegacy(aws, 'qa', images.v1, definition)
  await waitForService(aws, legacy, () => new Promise((done) => sandbox.clock.after(1_000, done)))
  return {
    sandbox,
    aws,
    legacy,
    env,
    folder,
    images,
    async close() {
      for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const reading = /^(Describe|List|Get|BatchGet|BatchCheck|GET|HEAD)/

/** What the sandbox was asked to change since a moment, as `service operation`; its own observer left out. */
export const changes = (sandbox: Sandbox, since: number): readonly string[] =>
  sandbox.calls
    .all()
    .slice(since)
    .filter(({ operation, userAgent }) => !reading.test(operation) && !userAgent.includes('demo-observer'))
    .map(({ service, operation }) => `${service} ${operation}`)
