import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseAppSpec } from '../../src/sandbox/aws/codedeploy/appspec.ts'
import { parseRouting, predefinedRouting, trafficSteps } from '../../src/sandbox/aws/codedeploy/traffic-routing.ts'
import { AwsError } from '../../src/sandbox/aws/service.ts'

describe('the steps of a traffic shift', () => {
  test.each([
    ['CodeDeployDefault.ECSAllAtOnce', '0m 100'],
    ['CodeDeployDefault.ECSCanary10Percent15Minutes', '0m 10, 15m 100'],
    [
      'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
      '0m 10, 3m 20, 6m 30, 9m 40, 12m 50, 15m 60, 18m 70, 21m 80, 24m 90, 27m 100',
    ],
  ])('of %s are %s', (name, expected) => {
    const routing = predefinedRouting[name]
    const steps = routing === undefined ? [] : trafficSteps(routing)
    expect(steps.map(({ atMs, percent }) => `${atMs / 60_000}m ${percent}`).join(', ')).toBe(expected)
  })

  test('of any routing rise in share and time, and end with all traffic', () => {
    const percentage = fc.integer({ min: 1, max: 99 })
    const interval = fc.integer({ min: 1, max: 2_880 })
    const routing = fc.oneof(
      fc.constant({ type: 'AllAtOnce' }),
      fc.tuple(percentage, interval).map(([canaryPercentage, canaryInterval]) => ({
        type: 'TimeBasedCanary',
        timeBasedCanary: { canaryPercentage, canaryInterval },
      })),
      fc.tuple(percentage, interval).map(([linearPercentage, linearInterval]) => ({
        type: 'TimeBasedLinear',
        timeBasedLinear: { linearPercentage, linearInterval },
      })),
    )
    fc.assert(
      fc.property(routing, (input) => {
        const steps = trafficSteps(parseRouting(input))
        expect(steps[0]?.atMs).toBe(0)
        expect(steps.at(-1)?.percent).toBe(100)
        for (const [index, step] of steps.slice(1).entries()) {
          expect(step.atMs).toBeGreaterThan(steps[index]?.atMs ?? 0)
          expect(step.percent).toBeGreaterThan(steps[index]?.percent ?? 0)
        }
      }),
    )
  })
})

describe('an AppSpec for ECS', () => {
  const yaml = `
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "web:7" # the one to deploy
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: 8080
        PlatformVersion: LATEST
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: [subnet-1]
            SecurityGroups: [sg-1]
            AssignPublicIp: ENABLED
        CapacityProviderStrategy:
          - Base: 1
            CapacityProvider: FARGATE
            Weight: 2
Hooks:
  - BeforeInstall: check
  - AfterAllowTraffic: arn:aws:lambda:eu-west-1:123456789012:function:smoke
`

  test('is read from YAML, with all that ECS takes', () => {
    expect(parseAppSpec(yaml)).toEqual({
      taskDefinition: 'web:7',
      containerName: 'app',
      containerPort: 8080,
      platformVersion: 'LATEST',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' },
      },
      capacityProviderStrategy: [{ base: 1, capacityProvider: 'FARGATE', weight: 2 }],
      hooks: { BeforeInstall: 'check', AfterAllowTraffic: 'arn:aws:lambda:eu-west-1:123456789012:function:smoke' },
    })
  })

  test('is read with small letters, as the AWS CLI and others write it', () => {
    const small = yaml
      .replace('Resources', 'resources')
      .replace('Type', 'type')
      .replace('Properties', 'properties')
      .replace('TaskDefinition', 'taskDefinition')
    expect(parseAppSpec(small)).toEqual(parseAppSpec(yaml))
  })

  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['another version', yaml.replace('0.0', '1.0')],
    ['another type', yaml.replace('AWS::ECS::Service', 'AWS::Lambda::Function')],
    ['two resources', yaml.replace('Hooks:', '  - Other: {}\nHooks:')],
    ['no task definition', yaml.replace(/TaskDefinition.*/, 'X: y')],
    ['no port', yaml.replace('8080', 'http')],
    ['a hook that takes none', yaml.replace('BeforeInstall', 'AllowTraffic')],
    ['a hook without a function', yaml.replace('BeforeInstall: check', 'BeforeInstall: []')],
  ])('is refused when it is or has %s', (_name, content) => {
    expect(() => parseAppSpec(content)).toThrow(AwsError)
  })

  test('of any text is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.constantFrom(yaml).map((text) => text.slice(7)),
        ),
        (content) => {
          try {
            parseAppSpec(content)
          } catch (error) {
            expect(error).toMatchObject({ code: 'InvalidRevisionException' })
          }
        },
      ),
    )
  })

  test('with aliases that multiply is refused quickly', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\n`
    expect(() => parseAppSpec(bomb)).toThrow(AwsError)
  })
})
