import type { Service } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import {
  type AppSpec,
  appSpecContent,
  deployedTaskDefinition,
  hooksIn,
  parseAppSpec,
  taskDefinitionsIn,
  withTaskDefinition,
} from '../../src/ecs/appspec.ts'
import { appSpecProblems, hookProblems, settingsChanged } from '../../src/ecs/appspec-checks.ts'
import { type AppSpecWishes, appSpecOf, liveSettings, noWishes } from '../../src/ecs/appspec-of-service.ts'
import { parseAppSpec as asCodeDeploy } from '../../src/sandbox/aws/codedeploy/appspec.ts'

const vpc = { subnets: ['subnet-b', 'subnet-a'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' as const }
const service = (
  changes: Partial<Service> = {},
  balancers = [{ containerName: 'app', containerPort: 8080 }],
): Service => ({
  serviceName: 'web',
  taskSets: [
    {
      status: 'PRIMARY',
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      networkConfiguration: { awsvpcConfiguration: vpc },
      loadBalancers: balancers,
    },
  ],
  ...changes,
})
const wish = (changes: Partial<AppSpecWishes>): AppSpecWishes => ({ ...noWishes, ...changes })

describe('an AppSpec made from the live service', () => {
  test('has its container, port, platform version and network, and CodeDeploy reads it', () => {
    const content = appSpecContent(withTaskDefinition(appSpecOf(service()), 'web:7'))
    expect(content).toMatch(/^\{"version":0\.0,/)
    expect(asCodeDeploy(content)).toEqual({
      taskDefinition: 'web:7',
      containerName: 'app',
      containerPort: 8080,
      platformVersion: '1.4.0',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-a', 'subnet-b'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'DISABLED',
        },
      },
      capacityProviderStrategy: undefined,
      hooks: {},
    })
  })

  test('takes wishes over what is live, and hooks', () => {
    const wishes = wish({
      platformVersion: 'LATEST',
      securityGroups: ['sg-2'],
      assignPublicIp: 'ENABLED',
      hooks: { AfterAllowTestTraffic: 'check', AfterInstall: 'arn:aws:lambda:eu-west-1:1:function:warm' },
    })
    expect(asCodeDeploy(appSpecContent(withTaskDefinition(appSpecOf(service(), wishes), 'web:7')))).toMatchObject({
      platformVersion: 'LATEST',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-2'], assignPublicIp: 'ENABLED' },
      },
      hooks: { AfterAllowTestTraffic: 'check', AfterInstall: 'arn:aws:lambda:eu-west-1:1:function:warm' },
    })
  })

  test('has the capacity providers of a service that has no launch type', () => {
    const strategy = [
      { capacityProvider: 'FARGATE_SPOT', weight: 3 },
      { capacityProvider: 'FARGATE', base: 1, weight: 1 },
    ]
    const spec = appSpecOf(
      service({
        taskSets: [
          {
            status: 'PRIMARY',
            capacityProviderStrategy: strategy,
            loadBalancers: [{ containerName: 'app', containerPort: 1 }],
          },
        ],
      }),
    )
    expect(asCodeDeploy(appSpecContent(withTaskDefinition(spec, 'web:7')))).toMatchObject({
      platformVersion: undefined,
      networkConfiguration: undefined,
      capacityProviderStrategy: strategy,
    })
  })

  test.each<[string, AppSpecWishes, string | RegExp]>([
    ['chosen by name and port', wish({ containerName: 'admin', containerPort: 9000 }), 'admin:9000'],
    ['chosen by port alone', wish({ containerPort: 9000 }), 'admin:9000'],
    [
      'none chosen',
      noWishes,
      /several load balancers: choose one of app:8080, admin:9000 by container-name and container-port/,
    ],
    [
      'a typo',
      wish({ containerName: 'admn' }),
      /have no admn:any port, only app:8080, admin:9000, did you mean 'admin'/,
    ],
    ['a wrong port', wish({ containerName: 'app', containerPort: 80 }), /have no app:80, only/],
  ])('of a service with several load balancers: %s', (_, wishes, expected) => {
    const several = service({}, [
      { containerName: 'app', containerPort: 8080 },
      { containerName: 'admin', containerPort: 9000 },
      { containerName: 'app', containerPort: 8080 },
    ])
    const made = (): string => {
      const { containerName, containerPort } = asCodeDeploy(
        appSpecContent(withTaskDefinition(appSpecOf(several, wishes), 'web:7')),
      )
      return `${containerName}:${containerPort}`
    }
    if (typeof expected === 'string') expect(made()).toBe(expected)
    else expect(made).toThrow(expected)
  })

  test('cannot be made without a load balancer, and no network without subnets', () => {
    expect(() => appSpecOf(service({}, []))).toThrow(/has no load balancer to shift: give an AppSpec/)
    const host = service({
      taskSets: [{ status: 'PRIMARY', loadBalancers: [{ containerName: 'app', containerPort: 80 }] }],
    })
    expect(() => appSpecOf(host, wish({ securityGroups: ['sg-1'] }))).toThrow(/give subnets too/)
  })
})

const given = (balancer: object, hooks: readonly object[] = [], more: object = {}): AppSpec => ({
  version: 0,
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: { TaskDefinition: '', LoadBalancerInfo: balancer, ...more },
      },
    },
  ],
  Hooks: hooks,
})

describe('a given AppSpec', () => {
  const document = {
    containerDefinitions: [
      { name: 'app', image: 'x', portMappings: [{ containerPort: 8080 }, { containerPortRange: '9000-9010' }] },
      { name: 'log', image: 'x' },
    ],
  }
  test.each<[string, AppSpec, readonly (string | RegExp)[]]>([
    ['that fits', given({ ContainerName: 'app', ContainerPort: 8080 }), []],
    ['with members in other letters', given({ containername: 'app', containerPort: '8080' }), []],
    ['with a port of a range', given({ ContainerName: 'app', ContainerPort: 9005 }), []],
    [
      'with a port beyond the range',
      given({ ContainerName: 'app', ContainerPort: 9011 }),
      [/no port 9011, only 8080, 9000-9010/],
    ],
    [
      'for a container without ports',
      given({ ContainerName: 'log', ContainerPort: 80 }),
      [/'log' .* has no port 80, only none/],
    ],
    ['for no container', given({ ContainerName: 'web', ContainerPort: 80 }), [/no container 'web', only app, log/]],
    ['without a port', given({ ContainerName: 'app' }), [/needs a ContainerName and a ContainerPort/]],
    [
      'with a wrong hook',
      given({ ContainerName: 'app', ContainerPort: 8080 }, [{ AfterInstal: 'f' }]),
      [/did you mean 'AfterInstall'/],
    ],
    [
      'with a hook that names nothing',
      given({ ContainerName: 'app', ContainerPort: 8080 }, [{ AfterInstall: '' }]),
      [/AfterInstall names no function/],
    ],
  ])('%s', (_, spec, problems) => {
    expect(appSpecProblems(spec, document)).toEqual(problems.map((words) => expect.stringMatching(words)))
  })

  test('is read as YAML and as JSON, and only its task definition is changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 65_535 }), fc.boolean(), (name, port, asYaml) => {
        const spec = {
          ...given({ ContainerName: name, ContainerPort: port }, [{ AfterInstall: 'f' }]),
          Custom: { kept: [name] },
        }
        const read = parseAppSpec(asYaml ? stringify(spec) : JSON.stringify(spec), 'appspec')
        const put = withTaskDefinition(read, 'web:9')
        expect(taskDefinitionsIn(put)).toEqual(['web:9'])
        expect(withTaskDefinition(put, '')).toEqual(spec)
        expect(hooksIn(put)).toEqual([['AfterInstall', 'f']])
        expect(deployedTaskDefinition(appSpecContent(put))).toBe('web:9')
      }),
    )
  })

  test('that is none is told, whatever it is', () => {
    expect(() => parseAppSpec('a: [', 'x.yaml')).toThrow(/^x.yaml: is neither YAML nor JSON/)
    expect(() => parseAppSpec('version: 0.0', 'x.yaml')).toThrow(/^x.yaml: expected Resources with a TargetService/)
    expect(() => parseAppSpec(`a: ${'x'.repeat(300_000)}`, 'x.yaml')).toThrow(/larger than 256 KiB/)
    expect(deployedTaskDefinition('no AppSpec')).toBeUndefined()
    expect(hookProblems([['Install', 'f']])).toHaveLength(1)
  })
})

describe('settings that an AppSpec changes', () => {
  const live = liveSettings(service())
  const balancer = { ContainerName: 'app', ContainerPort: 8080 }
  test.each<[string, AppSpec, readonly string[]]>([
    ['none, when it was made from the service', appSpecOf(service()), []],
    ['none, when it leaves them out', given(balancer), []],
    ['none, for LATEST', given(balancer, [], { PlatformVersion: 'LATEST' }), []],
    [
      'none, in another order and other letters',
      given(balancer, [], {
        networkConfiguration: {
          awsvpcConfiguration: {
            AssignPublicIp: 'DISABLED',
            securityGroups: ['sg-1'],
            subnets: ['subnet-b', 'subnet-a'],
          },
        },
      }),
      [],
    ],
    ['the network', appSpecOf(service(), wish({ subnets: ['subnet-c'] })), ['NetworkConfiguration']],
    ['the platform version', given(balancer, [], { PlatformVersion: '1.3.0' }), ['PlatformVersion']],
    ['the container', given({ ContainerName: 'app', ContainerPort: 80 }), ['LoadBalancerInfo']],
  ])('%s', (_, spec, changed) => {
    expect(settingsChanged(spec, live)).toEqual(changed)
  })
})
