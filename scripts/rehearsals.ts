import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { runCommand } from '../src/action/command.ts'
import { type Clients, type LegacyPlatform, provisionLegacy } from './provision.ts'
import { provisionInstances } from './provision-instances.ts'
import type { ToolName } from './tools.ts'

/** What an example's world is made from. */
export interface RehearsalParts {
  readonly aws: Clients
  /** The example's own folder. */
  readonly example: string
  /** What its steps get, the example's variables included. */
  readonly env: Readonly<Record<string, string>>
  /** The image that runs today, by digest, in the repository of each environment. */
  readonly images: Readonly<Record<string, string>>
}

/** An example that can be rehearsed in the sandbox. */
export interface Rehearsal {
  readonly title: string
  /** By environment, in the order of promotion: the repository of its artifacts. */
  readonly repositories: Readonly<Record<string, string>>
  /** Labels of its images, by which the sandbox knows what its program would do. */
  readonly labels: Readonly<Record<string, string>>
  /** Pinned tools that its own scripts call. */
  readonly tools: readonly ToolName[]
  /** Variables that its steps need beside the sandbox's own; `folder` is the rehearsal's own and is taken away after it. */
  variables(folder: string): Readonly<Record<string, string>>
  /** Makes what a team has before the first deployment: the old platform, and the new one as Terraform would make it. */
  provision(parts: RehearsalParts): Promise<readonly LegacyPlatform[]>
}

const taskDefinitionOf = (example: string): RegisterTaskDefinitionCommandInput =>
  JSON.parse(readFileSync(join(example, 'ecs', 'task-definition.json'), 'utf8')) as RegisterTaskDefinitionCommandInput

async function runTool({ env }: RehearsalParts, ...argv: [string, ...string[]]): Promise<void> {
  const { code, stderr } = await runCommand(argv, { env })
  if (code !== 0) throw new Error(`${argv.slice(0, 4).join(' ')} exited with ${code}: ${stderr.trim()}`)
}

/** Runs one of an example's own scripts, as the old platform's last deployment did. */
const runScript = (parts: RehearsalParts, script: string, ...args: string[]): Promise<void> =>
  runTool(parts, 'sh', join(parts.example, script), ...args)

/** The examples by their folder's name. */
export const rehearsals: Readonly<Record<string, Rehearsal>> = {
  'docker-to-ecs': {
    title: 'catalog moves from Docker hosts to ECS on EC2',
    repositories: { qa: 'catalog-qa', prod: 'catalog-prod' },
    labels: { 'sandbox.startup': '2' },
    tools: [],
    variables: (folder) => ({ REHEARSAL_HOSTS: join(folder, 'hosts') }),
    async provision(parts) {
      const platforms: LegacyPlatform[] = []
      for (const [environment, image] of Object.entries(parts.images)) {
        await runScript(parts, 'docker/deploy.sh', `catalog-${environment}.old.example`, image)
        const taskDefinition = taskDefinitionOf(parts.example)
        platforms.push(await provisionInstances(parts.aws, { environment, service: 'catalog', image, taskDefinition }))
      }
      return platforms
    },
  },
  'rancher-to-fargate': {
    title: "orders moves from Rancher's cluster to ECS Fargate",
    repositories: { 'uk-qa': 'orders-qa', 'uk-prod': 'orders-prod' },
    labels: { 'sandbox.startup': '2', 'sandbox.requires-env': 'DATABASE_URL,ORDERS_REGION' },
    tools: ['kubectl'],
    variables: (folder) => ({ KUBECACHEDIR: join(folder, 'kube-cache') }),
    async provision(parts) {
      const platforms: LegacyPlatform[] = []
      for (const [environment, image] of Object.entries(parts.images)) {
        const [region = '', stage = ''] = environment.split('-')
        const namespace = `orders-${environment}`
        const database = `postgres://orders@db.${environment}.example/orders`
        const ofNamespace = ['--namespace', namespace, '--from-literal', `database-url=${database}`] as const
        await runTool(parts, 'kubectl', 'create', 'namespace', namespace)
        await runTool(parts, 'kubectl', 'create', 'secret', 'generic', 'orders', ...ofNamespace)
        await runScript(parts, 'rancher/deploy.sh', namespace, region, image)
        const Name = `/${region}/${stage}/orders/DATABASE_URL`
        await parts.aws.ssm.send(new PutParameterCommand({ Name, Type: 'SecureString', Value: database }))
        const { containerDefinitions = [], ...task } = taskDefinitionOf(parts.example)
        const containers = containerDefinitions.map((container) => ({
          ...container,
          environment: [{ name: 'ORDERS_REGION', value: region }],
          secrets: [{ name: 'DATABASE_URL', valueFrom: `arn:aws:ssm:eu-west-1:123456789012:parameter${Name}` }],
        }))
        const taskDefinition = { ...task, family: namespace, containerDefinitions: containers }
        platforms.push(await provisionLegacy(parts.aws, environment, image, taskDefinition))
      }
      return platforms
    },
  },
}
