import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'
import { program } from '../support/programs.ts'

const cli = program('aws')
const suite = cli === undefined ? describe.skip : describe

let sandbox: Sandbox
let world: EcsWorld
afterEach(async () => {
  world.close()
  await sandbox.close()
})

const aws = async (...args: string[]) => {
  const env = { ...process.env, ...sandbox.environment() }
  const { stdout } = await promisify(execFile)(cli ?? '', [...args, '--output', 'json'], { env })
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

suite('the AWS CLI', () => {
  test('registers, updates, waits until the service is stable, and reads back what runs', async () => {
    // The CLI looks every fifteen real seconds: by its first look it shall be over.
    sandbox = await startCheckedSandbox({ speed: 2_000 })
    world = await ecsWorld(sandbox)
    const file = join(mkdtempSync(join(tmpdir(), 'strangler-cli-')), 'task.json')
    writeFileSync(file, JSON.stringify(world.definition(await world.pushed())))
    const { taskDefinition } = await aws('ecs', 'register-task-definition', '--cli-input-json', `file://${file}`)
    const place = ['--cluster', world.cluster, '--service', world.service]
    const updated = await aws('ecs', 'update-service', ...place, '--task-definition', taskDefinition.taskDefinitionArn)
    expect(updated.service.deployments).toHaveLength(2)
    await world.steady()
    await aws('ecs', 'wait', 'services-stable', '--cluster', world.cluster, '--services', world.service)
    const listed = await aws('ecs', 'list-service-deployments', ...place)
    expect(listed.serviceDeployments.map(({ status }: { status: string }) => status)).toEqual([
      'SUCCESSFUL',
      'SUCCESSFUL',
    ])
    const { taskArns } = await aws('ecs', 'list-tasks', '--cluster', world.cluster, '--service-name', world.service)
    const { tasks } = await aws('ecs', 'describe-tasks', '--cluster', world.cluster, '--tasks', ...taskArns)
    expect(tasks).toMatchObject(Array(2).fill({ taskDefinitionArn: taskDefinition.taskDefinitionArn }))
  }, 60_000)

  test('runs a task and waits until it has stopped', async () => {
    sandbox = await startCheckedSandbox({ speed: 200 })
    world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
    const image = await world.pushed({ 'sandbox.exit-code': '4', 'sandbox.log': 'last words' })
    const network = 'awsvpcConfiguration={subnets=[subnet-1],assignPublicIp=ENABLED}'
    const { tasks } = await aws(
      ...['ecs', 'run-task', '--cluster', world.cluster, '--task-definition', await world.registered(image)],
      ...['--launch-type', 'FARGATE', '--network-configuration', network],
    )
    const task = ['--cluster', world.cluster, '--tasks', tasks[0].taskArn]
    await aws('ecs', 'wait', 'tasks-stopped', ...task)
    expect(await aws('ecs', 'describe-tasks', ...task)).toMatchObject({ tasks: [{ containers: [{ exitCode: 4 }] }] })
    const found = await aws(
      'logs',
      'filter-log-events',
      '--log-group-name',
      '/ecs/orders',
      '--filter-pattern',
      '"last words"',
    )
    expect(found.events).toHaveLength(1)
  }, 60_000)

  test('registers a machine and runs a task on it, and registers what scales a service', async () => {
    sandbox = await startCheckedSandbox({ speed: 200 })
    world = await ecsWorld(sandbox, { desiredCount: 0, loadBalancer: false })
    const cluster = ['--cluster', world.cluster]
    const resources = ['name=CPU,type=INTEGER,integerValue=1024', 'name=MEMORY,type=INTEGER,integerValue=1900']
    const machine = await aws('ecs', 'register-container-instance', ...cluster, '--total-resources', ...resources)
    const arn = machine.containerInstance.containerInstanceArn
    const network = 'awsvpcConfiguration={subnets=[subnet-1]}'
    const run = ['--task-definition', world.taskDefinitionArn, '--network-configuration', network]
    const ran = await aws('ecs', 'run-task', ...cluster, ...run, '--count', '4')
    expect(ran.tasks).toMatchObject(Array(3).fill({ launchType: 'EC2', containerInstanceArn: arn }))
    expect(ran.failures).toEqual([{ arn, reason: 'RESOURCE:MEMORY' }])
    const service = ['--service-namespace', 'ecs', '--resource-id', `service/${world.cluster}/${world.service}`]
    const dimension = ['--scalable-dimension', 'ecs:service:DesiredCount']
    const capacity = ['--min-capacity', '1', '--max-capacity', '3']
    await aws('application-autoscaling', 'register-scalable-target', ...service, ...dimension, ...capacity)
    const shown = await aws('application-autoscaling', 'describe-scalable-targets', '--service-namespace', 'ecs')
    expect(shown.ScalableTargets).toMatchObject([{ MinCapacity: 1, MaxCapacity: 3 }])
  }, 60_000)
})
