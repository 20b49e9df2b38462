import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupCommand,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, describe, expect, test } from '@jest/globals'
import { targetHealth } from '../../src/sandbox/aws/elbv2/targets.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { type EcsWorld, ecsWorld } from '../support/ecs-world.ts'
import { program } from '../support/programs.ts'

let sandbox: Sandbox
let world: EcsWorld
let elbv2: ElasticLoadBalancingV2Client
afterEach(async () => {
  world.close()
  await sandbox.close()
})

/** A service with its load balancer; it need not be up. */
const start = async (settle = false, speed = 0): Promise<void> => {
  sandbox = await startCheckedSandbox({ speed })
  world = await ecsWorld(sandbox, { settle })
  elbv2 = world.elbv2
}
const blue = (): string => world.targetGroups?.blue ?? ''
const green = (): string => world.targetGroups?.green ?? ''
const production = (): string => world.listeners?.production ?? ''
const forward = (TargetGroupArn: string) => [{ Type: 'forward' as const, TargetGroupArn }]

describe('a listener', () => {
  test('shows one target group plainly and with its weight, several with weights alone', async () => {
    await start()
    const one = await elbv2.send(
      new ModifyListenerCommand({ ListenerArn: production(), DefaultActions: forward(green()) }),
    )
    expect(one.Listeners?.[0]?.DefaultActions).toEqual([
      {
        Type: 'forward',
        TargetGroupArn: green(),
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: green(), Weight: 1 }],
          TargetGroupStickinessConfig: { Enabled: false },
        },
      },
    ])
    const TargetGroups = [
      { TargetGroupArn: blue(), Weight: 90 },
      { TargetGroupArn: green(), Weight: 10 },
    ]
    const ForwardConfig = { TargetGroups, TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 } }
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig }]
    const both = await elbv2.send(new ModifyListenerCommand({ ListenerArn: production(), DefaultActions }))
    expect(both.Listeners?.[0]?.DefaultActions).toEqual([{ Type: 'forward', ForwardConfig }])
  })

  const refused: [string, () => Promise<unknown>, string][] = [
    [
      'a second one on its port',
      async () => {
        const { LoadBalancers } = await elbv2.send(new DescribeLoadBalancersCommand({}))
        const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn
        const DefaultActions = forward(blue())
        return await elbv2.send(
          new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }),
        )
      },
      'DuplicateListenerException',
    ],
    [
      'a target group that is not there',
      () => elbv2.send(new ModifyListenerCommand({ ListenerArn: production(), DefaultActions: forward(`${blue()}0`) })),
      'TargetGroupNotFoundException',
    ],
    [
      'a weight beyond 999',
      () => {
        const TargetGroups = [{ TargetGroupArn: blue(), Weight: 1_000 }]
        const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }]
        return elbv2.send(new ModifyListenerCommand({ ListenerArn: production(), DefaultActions }))
      },
      'ValidationError',
    ],
    [
      'to lose a target group in use',
      () => elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn: blue() })),
      'ResourceInUseException',
    ],
  ]
  test.each(refused)('refuses %s', async (_, call, name) => {
    await start()
    await expect(call()).rejects.toMatchObject({ name })
  })
})

describe('rules', () => {
  const path = (Priority: number) =>
    new CreateRuleCommand({
      ListenerArn: production(),
      Priority,
      Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}/*`, '/a&b<c>"'] }],
      Actions: forward(green()),
    })

  test('stand in the order of their priorities, the default last, and change places', async () => {
    await start()
    const made = [await elbv2.send(path(20)), await elbv2.send(path(3))]
    const shown = async () => {
      const { Rules = [] } = await elbv2.send(new DescribeRulesCommand({ ListenerArn: production() }))
      return Rules.map(({ Priority, IsDefault }) => `${Priority}${IsDefault ? '!' : ''}`)
    }
    expect(await shown()).toEqual(['3', '20', 'default!'])
    expect(made[0]?.Rules?.[0]?.Conditions).toEqual([
      {
        Field: 'path-pattern',
        Values: ['/20/*', '/a&b<c>"'],
        PathPatternConfig: { Values: ['/20/*', '/a&b<c>"'] },
      },
    ])
    await expect(elbv2.send(path(3))).rejects.toMatchObject({ name: 'PriorityInUseException' })
    const [first, second] = made.map(({ Rules }) => Rules?.[0]?.RuleArn)
    await elbv2.send(
      new SetRulePrioritiesCommand({
        RulePriorities: [
          { RuleArn: first, Priority: 3 },
          { RuleArn: second, Priority: 20 },
        ],
      }),
    )
    await elbv2.send(new DeleteRuleCommand({ RuleArn: second }))
    expect(await shown()).toEqual(['3', 'default!'])
  })

  test('the default one is changed by its listener alone', async () => {
    await start()
    const { Rules } = await elbv2.send(new DescribeRulesCommand({ ListenerArn: production() }))
    const change = new ModifyRuleCommand({ RuleArn: Rules?.[0]?.RuleArn, Actions: forward(green()) })
    await expect(elbv2.send(change)).rejects.toMatchObject({ name: 'OperationNotPermittedException' })
  })

  test('may answer by themselves or send elsewhere', async () => {
    await start()
    const { Rules } = await elbv2.send(
      new CreateRuleCommand({
        ListenerArn: production(),
        Priority: 1,
        Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Test', Values: ['1'] } }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503', MessageBody: 'no\nway' } }],
      }),
    )
    expect(Rules?.[0]?.Actions?.[0]?.FixedResponseConfig).toEqual({ StatusCode: '503', MessageBody: 'no\nway' })
    expect(Rules?.[0]?.Conditions?.[0]?.HttpHeaderConfig).toEqual({ HttpHeaderName: 'X-Test', Values: ['1'] })
  })
})

describe('a target group', () => {
  test('keeps its numbers and flags as numbers and flags', async () => {
    await start()
    const { TargetGroups } = await elbv2.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn: green(),
        HealthCheckEnabled: true,
        HealthCheckIntervalSeconds: 15,
        HealthCheckPath: '/ready?a=1&b=2',
        Matcher: { HttpCode: '200-299' },
      }),
    )
    expect(TargetGroups?.[0]).toMatchObject({
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: 15,
      HealthCheckPath: '/ready?a=1&b=2',
      Matcher: { HttpCode: '200-299' },
      LoadBalancerArns: [],
      TargetType: 'ip',
      Port: 8080,
    })
  })

  test('is made once, and one of another kind under its name is refused', async () => {
    await start()
    const input = { Name: 'g', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-0', TargetType: 'ip' } as const
    const made = await elbv2.send(new CreateTargetGroupCommand(input))
    const again = await elbv2.send(new CreateTargetGroupCommand(input))
    expect(again.TargetGroups?.[0]?.TargetGroupArn).toBe(made.TargetGroups?.[0]?.TargetGroupArn)
    await expect(elbv2.send(new CreateTargetGroupCommand({ ...input, Port: 81 }))).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
    })
  })

  test('is found by name or ARN, or refused; and listed page by page', async () => {
    await start()
    const { TargetGroups } = await elbv2.send(new DescribeTargetGroupsCommand({ Names: ['orders-live-green'] }))
    expect(TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn)).toEqual([green()])
    await expect(elbv2.send(new DescribeTargetGroupsCommand({ Names: ['none'] }))).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
    })
    const sizes: (number | undefined)[] = []
    const pages = paginateDescribeTargetGroups({ client: elbv2 }, { PageSize: 1 })
    for await (const one of pages) sizes.push(one.TargetGroups?.length)
    expect(sizes).toEqual([1, 1])
  })

  test('shows how its targets come, stay and drain', async () => {
    await start(true)
    const health = async (TargetGroupArn = blue()) =>
      (await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions ?? []
    expect((await health()).map(({ TargetHealth }) => TargetHealth)).toEqual([
      { State: 'healthy' },
      { State: 'healthy' },
    ])
    const Targets = [{ Id: '10.9.9.9', Port: 8080 }]
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: green(), Targets }))
    expect((await health(green()))[0]?.TargetHealth).toMatchObject({ State: 'unused', Reason: 'Target.NotInUse' })
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: blue(), Targets }))
    const of = async () => (await health()).find(({ Target }) => Target?.Id === '10.9.9.9')?.TargetHealth
    expect(await of()).toMatchObject({ State: 'initial', Reason: 'Elb.RegistrationInProgress' })
    await world.pass(10_000)
    expect(await of()).toMatchObject({ State: 'unhealthy', Reason: 'Target.Timeout' })
    await elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn: blue(), Targets }))
    expect(await of()).toMatchObject({ State: 'draining', Reason: 'Target.DeregistrationInProgress' })
    await world.pass(10_000)
    expect(await of()).toBeUndefined()
    const asked = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn: blue(), Targets }))
    expect(asked.TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({ Reason: 'Target.NotRegistered' })
  })

  test('keeps tags with the characters of XML', async () => {
    await start()
    const Tags = [{ Key: 'a<b', Value: `c&"d'\te` }]
    await elbv2.send(new AddTagsCommand({ ResourceArns: [blue()], Tags }))
    const { TagDescriptions } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: [blue(), green()] }))
    expect(TagDescriptions?.map((one) => one.Tags)).toEqual([Tags, []])
  })
})

describe('the health of a target', () => {
  const settings = { HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 3, UnhealthyThresholdCount: 2 }
  const rows: [string, number, number | undefined | 'nothing', string][] = [
    ['has not passed its checks yet', 29_000, 0, 'initial'],
    ['has passed them', 30_000, 0, 'healthy'],
    ['never answers rightly', 20_000, undefined, 'unhealthy'],
    ['is nowhere', 20_000, 'nothing', 'unhealthy'],
    ['comes up too late', 21_000, 25_000, 'unhealthy'],
    ['came up late and has not passed enough checks since', 30_000, 25_000, 'unhealthy'],
    ['came up late and has passed them', 55_000, 25_000, 'healthy'],
  ]
  test.each(rows)('that %s, %d ms after it was registered', (_, at, healthyFrom, state) => {
    const workload = healthyFrom === 'nothing' ? undefined : { healthyFrom }
    const target = { registeredAt: 0, draining: false }
    expect(targetHealth({ at, inUse: true, target, workload, settings })['State']).toBe(state)
  })

  test.each([
    [404, 'Target.ResponseCodeMismatch', 'Health checks failed with these codes: [404]'],
    ['refused', 'Target.FailedHealthChecks', 'Health checks failed'],
    ['timeout', 'Target.Timeout', 'Request timed out'],
  ] as const)('tells of the answer %s that the checks get', (answer, Reason, Description) => {
    const workload = { healthyFrom: undefined, answer }
    const target = { registeredAt: 0, draining: false }
    expect(targetHealth({ at: 20_000, inUse: true, target, workload, settings })).toMatchObject({ Reason, Description })
  })
})

const cli = program('aws')
const testOfCli = cli === undefined ? test.skip : test

testOfCli(
  'aws elbv2 reads and changes the same things',
  async () => {
    await start()
    const env = { ...process.env, ...sandbox.environment() }
    const aws = async (...args: string[]): Promise<Record<string, never>> => {
      const { stdout } = await promisify(execFile)(cli ?? '', ['elbv2', ...args, '--output', 'json'], { env })
      return stdout.trim() === '' ? {} : JSON.parse(stdout)
    }
    const listener = ['--listener-arn', production()]
    const weights = [blue(), green()].map((arn, index) => ({ TargetGroupArn: arn, Weight: index * 100 }))
    const action = JSON.stringify([{ Type: 'forward', ForwardConfig: { TargetGroups: weights } }])
    const changed = await aws('modify-listener', ...listener, '--default-actions', action)
    expect(changed).toMatchObject({ Listeners: [{ DefaultActions: [{ ForwardConfig: { TargetGroups: weights } }] }] })
    await aws('register-targets', '--target-group-arn', green(), '--targets', 'Id=10.1.1.1,Port=8080', 'Id=10.1.1.2')
    expect(await aws('describe-target-health', '--target-group-arn', green())).toMatchObject({
      TargetHealthDescriptions: [
        { Target: { Id: '10.1.1.1', Port: 8080 } },
        { Target: { Id: '10.1.1.2', Port: 8080 } },
      ],
    })
    expect(await aws('describe-rules', ...listener)).toMatchObject({
      Rules: [{ IsDefault: true, Priority: 'default' }],
    })
  },
  30_000,
)
