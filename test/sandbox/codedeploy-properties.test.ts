import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AwsError, type Input } from '../../src/sandbox/aws/service.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { appSpec, deploymentInput, groupInput } from '../support/codedeploy-sandbox.ts'
import { invoking, serviceStandIn } from '../support/service-with-two-target-groups.ts'

/** Something that happens to a group's deployments, `afterMs` after what happened before. */
type Happening = {
  readonly afterMs: number
  readonly what:
    | 'deploy'
    | 'stop'
    | 'stop and roll back'
    | 'continue'
    | 'end the wait'
    | 'alarm'
    | 'calm'
    | 'break'
    | 'mend'
}

const happening: fc.Arbitrary<Happening> = fc.record({
  afterMs: fc.oneof(fc.nat(15_000), fc.nat(600_000)),
  what: fc.constantFrom(
    'deploy',
    'deploy',
    'deploy',
    'stop',
    'stop and roll back',
    'continue',
    'end the wait',
    'alarm',
    'calm',
    'break',
    'mend',
  ),
})

const configs = [
  'CodeDeployDefault.ECSAllAtOnce',
  'CodeDeployDefault.ECSCanary10Percent5Minutes',
  'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
]

describe('whatever happens to a group', () => {
  test('weights sum to 100, one task set is primary, one deployment is active, and in the end one side has all traffic', async () => {
    const settings = fc.record({
      config: fc.constantFrom(...configs),
      ready: fc.boolean(),
      test: fc.boolean(),
      events: fc.subarray(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] as const),
      hooks: fc.subarray(['BeforeInstall', 'AfterInstall', 'BeforeAllowTraffic', 'AfterAllowTraffic']),
    })
    await fc.assert(
      fc.asyncProperty(settings, fc.array(happening, { maxLength: 12 }), async (chosen, happenings) => {
        const sandbox = await startSandbox({ speed: 0 })
        try {
          const service = serviceStandIn()
          Object.assign(sandbox, { invoke: invoking(service, sandbox.invoke) })
          const caller = { accountId: sandbox.accountId, region: sandbox.region, arn: 'arn', accessKeyId: 'key' }
          const call = (operation: string, input: Input) =>
            sandbox.invoke<Input>('codedeploy', operation, input, caller)
          const alarm = (StateValue: string) =>
            sandbox.invoke('monitoring', 'SetAlarmState', { AlarmName: 'errors', StateValue, StateReason: '-' }, caller)
          await sandbox.invoke(
            'monitoring',
            'PutMetricAlarm',
            {
              AlarmName: 'errors',
              MetricName: 'errors',
              EvaluationPeriods: 1,
              ComparisonOperator: 'GreaterThanThreshold',
            },
            caller,
          )
          const input = groupInput()
          const [pair] = input.loadBalancerInfo?.targetGroupPairInfoList ?? []
          const { testTrafficRoute: _test, ...without } = pair ?? {}
          await call('CreateApplication', { applicationName: 'shop', computePlatform: 'ECS' })
          await call('CreateDeploymentGroup', {
            ...input,
            deploymentConfigName: chosen.config,
            loadBalancerInfo: { targetGroupPairInfoList: [chosen.test ? pair : without] },
            alarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
            autoRollbackConfiguration: { enabled: chosen.events.length > 0, events: chosen.events },
            blueGreenDeploymentConfiguration: {
              terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
              deploymentReadyOption: chosen.ready
                ? { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 10 }
                : { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
            },
          })
          const hooks = Object.fromEntries(chosen.hooks.map((event) => [event, 'hook']))
          let newest = ''
          const act: Record<Happening['what'], () => Promise<unknown>> = {
            deploy: async () => {
              newest = (await call('CreateDeployment', deploymentInput({}, appSpec('web:2', hooks)) as Input))[
                'deploymentId'
              ]
            },
            stop: () => call('StopDeployment', { deploymentId: newest, autoRollbackEnabled: false }),
            'stop and roll back': () => call('StopDeployment', { deploymentId: newest, autoRollbackEnabled: true }),
            continue: () => call('ContinueDeployment', { deploymentId: newest }),
            'end the wait': () =>
              call('ContinueDeployment', { deploymentId: newest, deploymentWaitType: 'TERMINATION_WAIT' }),
            alarm: () => alarm('ALARM'),
            calm: () => alarm('OK'),
            break: async () => sandbox.hooks.set({ function: 'hook', status: 'Failed' }),
            mend: async () => sandbox.hooks.clear(),
          }
          const holds = async () => {
            for (const weights of service.weights.values()) {
              const values = [...weights.values()]
              if (values.length > 1) expect(values.reduce((sum, weight) => sum + weight, 0)).toBe(100)
            }
            expect(service.taskSets.filter(({ status }) => status === 'PRIMARY')).toHaveLength(1)
            const { deployments } = await call('ListDeployments', {
              includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
            })
            expect((deployments as string[]).length).toBeLessThanOrEqual(1)
            // Nobody gets traffic for whom no task set is there.
            for (const [arn, weight] of service.weights.get('production') ?? []) {
              if (weight > 0) expect(service.taskSets.map(({ targetGroup }) => targetGroup)).toContain(arn)
            }
          }
          for (const { afterMs, what } of happenings) {
            await sandbox.clock.advance(afterMs)
            await act[what]().catch((error: unknown) => {
              if (!(error instanceof AwsError)) throw error
            })
            await holds()
          }
          await act.calm()
          await act.mend()
          await sandbox.clock.advance(3 * 3_600_000)
          await holds()
          await act.deploy()
          await sandbox.clock.advance(60_000)
          await act.continue().catch(() => undefined)
          await sandbox.clock.advance(3_600_000)
          await holds()
          expect(service.taskSets).toHaveLength(1)
          const [primary] = service.taskSets
          expect(service.weights.get('production')?.get(primary?.targetGroup ?? '')).toBe(100)
        } finally {
          await sandbox.close()
        }
      }),
      { numRuns: 150 },
    )
  })
})
