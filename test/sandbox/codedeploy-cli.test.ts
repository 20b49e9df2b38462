import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { appSpec, type CodeDeploySandbox, codeDeploySandbox, groupInput } from '../support/codedeploy-sandbox.ts'
import { program } from '../support/programs.ts'

const aws = program('aws')
const describeCli = aws === undefined ? describe.skip : describe

describeCli('the AWS CLI against the sandbox’s CodeDeploy', () => {
  let box: CodeDeploySandbox
  afterEach(async () => {
    await box.close()
  })

  /** Exit code and output of `aws …`; the output parsed when it is JSON. */
  async function cli(...args: string[]): Promise<{ code: number; json: Record<string, unknown>; text: string }> {
    const env = { ...process.env, ...box.sandbox.environment(), AWS_DEFAULT_OUTPUT: 'json', AWS_PAGER: '' }
    try {
      const { stdout } = await promisify(execFile)(aws ?? '', args, { env })
      return {
        code: 0,
        json: stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>),
        text: stdout,
      }
    } catch (error) {
      const { code, stderr } = error as { code?: number; stderr?: string }
      return { code: code ?? -1, json: {}, text: stderr ?? '' }
    }
  }

  const file = (name: string, value: unknown): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'strangler-cli-')), name)
    writeFileSync(path, JSON.stringify(value))
    return `file://${path}`
  }

  test('creates, deploys, watches and waits', async () => {
    box = await codeDeploySandbox()
    const created = await cli('deploy', 'create-application', '--application-name', 'api', '--compute-platform', 'ECS')
    expect(created.json).toMatchObject({ applicationId: expect.stringMatching(/^[\da-f-]{36}$/) })
    const group = groupInput({ applicationName: 'api', ecsServices: [{ clusterName: 'default', serviceName: 'api' }] })
    const grouped = await cli('deploy', 'create-deployment-group', '--cli-input-json', file('group.json', group))
    expect(grouped.code).toBe(0)
    const revision = { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec() } }
    const name = ['--application-name', 'api', '--deployment-group-name', 'web']
    const deployed = await cli('deploy', 'create-deployment', ...name, '--revision', file('revision.json', revision))
    const id = ['--deployment-id', String(deployed.json['deploymentId'])]
    expect((await cli('deploy', 'create-deployment', ...name, '--revision', file('r.json', revision))).text).toContain(
      'DeploymentLimitExceededException',
    )
    await box.sandbox.clock.advance(60_000)
    const targets = await cli('deploy', 'list-deployment-targets', ...id)
    expect(targets.json).toEqual({ targetIds: ['default:api'] })
    const target = await cli('deploy', 'get-deployment-target', ...id, '--target-id', 'default:api')
    expect(target.json).toMatchObject({ deploymentTarget: { ecsTarget: { status: 'InProgress' } } })
    expect((await cli('deploy', 'continue-deployment', ...id, '--deployment-wait-type', 'TERMINATION_WAIT')).code).toBe(
      0,
    )
    await box.sandbox.clock.advance(60_000)
    expect((await cli('deploy', 'wait', 'deployment-successful', ...id)).code).toBe(0)
    expect((await cli('deploy', 'get-deployment', ...id)).json).toMatchObject({
      deploymentInfo: { status: 'Succeeded', deploymentOverview: { Succeeded: 1 } },
    })
  })

  test('stops with a rollback, and its waiter fails', async () => {
    box = await codeDeploySandbox()
    const deploymentId = await box.deploy()
    const id = ['--deployment-id', deploymentId]
    await box.sandbox.clock.advance(30_000)
    expect((await cli('deploy', 'stop-deployment', ...id, '--auto-rollback-enabled')).json).toMatchObject({
      status: 'Pending',
    })
    await box.sandbox.clock.advance(60_000)
    expect((await cli('deploy', 'wait', 'deployment-successful', ...id)).code).toBe(255)
    const alarms = await cli('cloudwatch', 'describe-alarms')
    expect(alarms.json).toMatchObject({ MetricAlarms: [], CompositeAlarms: [] })
    const put = [
      '--alarm-name',
      'errors',
      '--namespace',
      'a',
      '--metric-name',
      'b',
      '--period',
      '60',
      '--threshold',
      '1',
    ]
    const rest = ['--statistic', 'Sum', '--evaluation-periods', '1', '--comparison-operator', 'GreaterThanThreshold']
    expect((await cli('cloudwatch', 'put-metric-alarm', ...put, ...rest)).code).toBe(0)
    const set = ['--alarm-name', 'errors', '--state-value', 'ALARM', '--state-reason', 'test']
    expect((await cli('cloudwatch', 'set-alarm-state', ...set)).code).toBe(0)
    const raised = await cli('cloudwatch', 'describe-alarms', '--alarm-names', 'errors')
    expect(raised.json).toMatchObject({
      MetricAlarms: [{ StateValue: 'ALARM', StateUpdatedTimestamp: expect.anything() }],
    })
  })
})
