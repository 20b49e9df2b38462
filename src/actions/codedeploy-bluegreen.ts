import { defineAction } from '../action/define.ts'
import { duration, flag, integer, list, oneOf, text } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { readAppSpec } from '../ecs/appspec-file.ts'
import { deployBlueGreen } from '../ecs/blue-green.ts'
import { blueGreenDetail, blueGreenSummary } from '../ecs/blue-green-report.ts'
import { finishBlueGreen } from '../ecs/blue-green-stop.ts'
import { codeDeployApi } from '../ecs/codedeploy-api.ts'
import { deployingPolicies, remedies } from '../ecs/deployment-policy.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { readTaskDefinition, renderChecked } from '../ecs/rendering.ts'

/** Registers a task definition and moves a service to it blue/green by CodeDeploy. */
export const codedeployBluegreen = defineAction({
  name: 'codedeploy-bluegreen',
  description:
    'Registers a task definition and moves an ECS service to it blue/green by CodeDeploy: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
  inputs: {
    'task-definition': text({
      description: 'Path of the task definition to register, or the ARN of a revision to deploy as it is.',
      required: true,
    }),
    service: text({ description: 'Name of the ECS service.', required: true }),
    cluster: text({ description: 'Name of the cluster.', default: 'default' }),
    'codedeploy-appspec': text({
      description:
        'Path of an AppSpec (YAML or JSON); only the task definition is put in. Made from the live service when absent.',
    }),
    'codedeploy-application': text({ description: 'CodeDeploy application. AppECS-<cluster>-<service> when absent.' }),
    'codedeploy-deployment-group': text({ description: 'Deployment group. DgpECS-<cluster>-<service> when absent.' }),
    'codedeploy-deployment-description': text({ description: 'Description of the deployment.' }),
    'codedeploy-deployment-config': text({
      description:
        "Deployment configuration such as CodeDeployDefault.ECSCanary10Percent5Minutes; the group's own when absent.",
    }),
    'if-deploying': oneOf(deployingPolicies)({
      description:
        'What to do about another deployment that is under way in the group, decided before anything is registered.',
      default: 'wait',
    }),
    'wait-until': oneOf(['none', 'ready', 'traffic-shifted', 'complete'])({
      description: 'Stage to wait for. By default not through the termination wait of the old tasks.',
      default: 'traffic-shifted',
    }),
    timeout: duration({ description: 'How long to wait for that stage.', default: '30m' }),
    'failed-tasks': integer(
      0,
      100,
    )({
      description: 'Failed tasks of the new version that end the deployment early; 0 leaves that to CodeDeploy.',
      default: '3',
    }),
    'on-failure': oneOf(remedies)({
      description:
        'What CodeDeploy is to do when the deployment fails: roll back, only stop, or what the group says (leave).',
      default: 'rollback',
    }),
    'on-timeout': oneOf(remedies)({
      description: 'What to do with the deployment when the time is up.',
      default: 'rollback',
    }),
    'on-cancel': oneOf(remedies)({
      description: 'What to do with the deployment when the job is cancelled.',
      default: 'rollback',
    }),
    'unknown-fields': oneOf(['error', 'warn', 'ignore'])({
      description:
        'What to do about members of the task definition that ECS is not known to take. They are sent as they stand.',
      default: 'warn',
    }),
    'aws-region': text({ description: 'Region of the service.' }),
    'role-arns': list({ description: 'Roles to assume, one after another.' }),
    'dry-run': flag({ description: 'Makes only reading calls and prints what would be done.', default: 'false' }),
  },
  outputs: {
    'task-definition-arn': { description: 'The revision that was deployed.' },
    'running-task-definition-arn': { description: 'The revision that serves in the end.' },
    'codedeploy-deployment-id': { description: 'The deployment.' },
    'rollback-deployment-id': { description: 'The deployment that rolled it back.' },
  },
  permissions: {
    iam: {
      'ecs:DescribeServices': 'to read the service',
      'ecs:DescribeTaskDefinition': 'to compare with what runs',
      'ecs:RegisterTaskDefinition': 'to register the revision',
      'ecs:DeregisterTaskDefinition': 'to take back a revision whose deployment did not begin',
      'ecs:ListTasks': 'to find tasks that failed',
      'ecs:DescribeTasks': 'to say why they failed, and which digest runs',
      'iam:PassRole': 'for the roles of the task definition',
      'codedeploy:GetDeploymentGroup': 'to check the group',
      'codedeploy:ListDeployments': 'to find a deployment under way',
      'codedeploy:BatchGetDeployments': 'to know whose it is',
      'codedeploy:GetDeploymentConfig': 'CodeDeploy asks for it on CreateDeployment',
      'codedeploy:RegisterApplicationRevision': 'CodeDeploy asks for it on CreateDeployment',
      'codedeploy:CreateDeployment': 'to deploy',
      'codedeploy:GetDeployment': 'to watch it',
      'codedeploy:ListDeploymentTargets': 'to watch its stages',
      'codedeploy:BatchGetDeploymentTargets': 'to watch its stages',
      'codedeploy:StopDeployment': 'to stop it or roll it back',
      'logs:GetLogEvents': 'for the last lines of failed containers',
    },
  },
  async run(context) {
    const { inputs, host, clock, signal } = context
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      const ecs = ecsApi(aws)
      const given = inputs['task-definition']
      const arn = given.startsWith('arn:') ? given : undefined
      const source = arn === undefined ? { file: given } : { reference: arn }
      const document = renderChecked(
        await readTaskDefinition(source, () => ecs, signal),
        { containers: {} },
        inputs['unknown-fields'],
        host,
      )
      const request = {
        cluster: inputs.cluster,
        service: inputs.service,
        application: inputs['codedeploy-application'],
        group: inputs['codedeploy-deployment-group'],
        document,
        arn,
        appSpec: await readAppSpec(inputs['codedeploy-appspec']),
        description: inputs['codedeploy-deployment-description'] ?? host.facts.runUrl ?? '',
        config: inputs['codedeploy-deployment-config'],
        ifDeploying: inputs['if-deploying'],
        waitUntil: inputs['wait-until'],
        timeoutMs: inputs.timeout,
        onFailure: inputs['on-failure'],
        onTimeout: inputs['on-timeout'],
        onCancel: inputs['on-cancel'],
        failedTasks: inputs['failed-tasks'],
        dryRun: inputs['dry-run'],
      }
      const result = await deployBlueGreen(request, { ecs, codedeploy: codeDeployApi(aws), aws, host, clock, signal })
      return {
        outcome: result.outcome,
        ...(result.reason === undefined ? {} : { reason: result.reason }),
        outputs: {
          'task-definition-arn': result.taskDefinition ?? '',
          'running-task-definition-arn': result.runningTaskDefinition ?? '',
          'codedeploy-deployment-id': result.deploymentId ?? '',
          'rollback-deployment-id': result.rollbackDeploymentId ?? '',
        },
        detail: blueGreenDetail(request, result),
        summary: blueGreenSummary(request, result),
      }
    } finally {
      aws.close()
    }
  },
  async post({ inputs, host, clock, signal }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      await finishBlueGreen({ codedeploy: codeDeployApi(aws), host, clock, signal })
    } finally {
      aws.close()
    }
  },
})
