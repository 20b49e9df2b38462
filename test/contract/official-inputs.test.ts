import { expect, test } from '@jest/globals'
import { codedeployBluegreen } from '../../src/actions/codedeploy-bluegreen.ts'
import { ecsDeploy } from '../../src/actions/ecs-deploy.ts'
import { renderTaskDef } from '../../src/actions/render-task-def.ts'

/** Inputs of aws-actions/amazon-ecs-render-task-definition v1.9.0. */
const render = [
  ...['task-definition', 'task-definition-arn', 'task-definition-family', 'task-definition-revision', 'container-name'],
  ...['image', 'environment-variables', 'env-files', 'secrets', 'log-configuration-log-driver'],
  ...['log-configuration-options', 'docker-labels', 'command', 'task-role-arn', 'execution-role-arn'],
]

/** Inputs of aws-actions/amazon-ecs-deploy-task-definition v2.6.3. */
const deploy = [
  ...['task-definition', 'desired-count', 'service', 'cluster', 'wait-for-service-stability', 'wait-for-minutes'],
  ...['wait-max-delay-seconds', 'codedeploy-appspec', 'codedeploy-application', 'codedeploy-deployment-group'],
  ...['codedeploy-deployment-description', 'codedeploy-deployment-config', 'force-new-deployment'],
  ...['service-managed-ebs-volume', 'service-managed-ebs-volume-name', 'run-task', 'run-task-container-overrides'],
  ...['run-task-security-groups', 'run-task-subnets', 'run-task-assign-public-IP'],
  ...['run-task-capacity-provider-strategy', 'run-task-launch-type', 'run-task-started-by', 'run-task-tags'],
  ...['run-task-managed-ebs-volume', 'run-task-managed-ebs-volume-name', 'wait-for-task-stopped'],
  ...['enable-ecs-managed-tags', 'propagate-tags', 'keep-null-value-keys', 'max-retries'],
]

const without = (names: readonly string[], ...tables: readonly object[]): readonly string[] =>
  names.filter((name) => !tables.some((table) => Object.hasOwn(table, name.toLowerCase())))

test('the official render action has inputs that are all found here by name', () => {
  expect(without(render, renderTaskDef.inputs)).toEqual([])
})

test('the official deploy action has inputs that are found here by name, and these that are not', () => {
  expect(without(deploy, codedeployBluegreen.inputs, ecsDeploy.inputs)).toEqual([
    // wait-until and timeout; polling needs no tuning.
    ...['wait-for-service-stability', 'wait-for-minutes', 'wait-max-delay-seconds'],
    // A task before the deployment is always waited for.
    'wait-for-task-stopped',
    // Nothing is dropped; every call has its retries.
    ...['keep-null-value-keys', 'max-retries'],
  ])
})
