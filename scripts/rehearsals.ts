import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { runCommand } from '../src/action/command.ts'
import type { Clients, LegacyPlatform } from './provision.ts'
import { provisionInstances } from './provision-instances.ts'

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
  /** Variables that its steps need beside the sandbox's own; `folder` is the rehearsal's own and is taken away after it. */
  variables(folder: string): Readonly<Record<string, string>>
  /** Makes what a team has before the first deployment: the old platform, and the new one as Terraform would make it. */
  provision(parts: RehearsalParts): Promise<readonly LegacyPlatform[]>
}

const taskDefinitionOf = (example: string): RegisterTaskDefinitionCommandInput =>
  JSON.parse(readFileSync(join(example, 'ecs', 'task-definition.json'), 'utf8')) as RegisterTaskDefinitionCommandInput

/** Runs one of an example's own scripts, as the old platform's last deployment did. */
async function runScript({ example, env }: RehearsalParts, script: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await runCommand(['sh', join(example, script), ...args], { env })
  if (code !== 0) throw new Error(`${script} exited with ${code}: ${stderr.trim()}`)
}

/** The examples by their folder's name. */
export const rehearsals: Readonly<Record<string, Rehearsal>> = {
  'docker-to-ecs': {
    title: 'catalog moves from Docker hosts to ECS on EC2',
    repositories: { qa: 'catalog-qa', prod: 'catalog-prod' },
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
}
