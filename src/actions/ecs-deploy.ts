import { defineAction } from '../action/define.ts'
import { duration, flag, integer, json, list, number, oneOf, text } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { deployServices } from '../ecs/deploy-services.ts'
import { deployingPolicies, remedies } from '../ecs/deployment-policy.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { nativeProblems, nativeRequest } from '../ecs/native-inputs.ts'
import { operateServices } from '../ecs/native-operations.ts'
import { nativeDetail, nativeSummary } from '../ecs/native-report.ts'
import { nativeWaits } from '../ecs/native-stages.ts'
import { finishNative } from '../ecs/native-stop.ts'
import { serviceDeploymentApi } from '../ecs/service-deployment-api.ts'
import { strategies } from '../ecs/service-inputs.ts'
import { taskBeforeInputs } from '../ecs/task-before.ts'

/** Registers a task definition and moves services to it by ECS itself. */
export const ecsDeploy = defineAction({
  name: 'ecs-deploy',
  description:
    'Registers a task definition and moves services to it by ECS itself, rolling, blue/green, linear or canary: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
  inputs: {
    operation: oneOf(['deploy', 'continue', 'stop', 'rollback'])({
      description:
        'Deploy; or continue a deployment that waits at a pause hook; or stop what is under way, which ECS always does with a rollback.',
      default: 'deploy',
    }),
    'task-definition': text({
      description:
        "Path of the task definition to register; or the ARN, family:revision or family of a registered one. The service's own when absent.",
    }),
    service: list({ description: 'Name of the ECS service; several by commas get the same revision.', required: true }),
    cluster: text({ description: 'Name of the cluster.', default: 'default' }),
    'desired-count': integer(0, 100_000)({ description: 'How many tasks the service should run.' }),
    'force-new-deployment': flag({
      description: 'Deploys although nothing has changed: new tasks of the same revision.',
      default: 'false',
    }),
    strategy: oneOf(strategies)({ description: "How traffic moves; the service's own strategy when absent." }),
    'bake-time': duration({
      description: 'How long old and new tasks stay side by side after the shift, in whole minutes.',
    }),
    'canary-percent': number(0.1, 100)({ description: 'Share of traffic of the canary.' }),
    'canary-bake-time': duration({ description: 'How long the canary lasts, in whole minutes.' }),
    'linear-step-percent': number(
      3,
      100,
    )({ description: 'Share of traffic that each step of a linear deployment moves.' }),
    'linear-step-bake-time': duration({ description: 'How long each step lasts, in whole minutes.' }),
    'lifecycle-hooks': json({
      description:
        "Lifecycle hooks (Lambda or PAUSE) as ECS takes them, JSON or YAML; in the place of the service's own.",
    }),
    'circuit-breaker': oneOf(['off', 'stop', 'rollback'])({
      description: 'What ECS does when too many tasks fail: nothing, stop, or roll back.',
    }),
    'deployment-alarms': list({ description: 'CloudWatch alarms that end the deployment with a rollback.' }),
    'minimum-healthy-percent': integer(0, 100)({ description: 'Tasks that must run during a deployment, in percent.' }),
    'maximum-percent': integer(100, 2_000)({ description: 'Tasks that may run during a deployment, in percent.' }),
    'health-check-grace-period': duration({ description: 'How long after its start a task may be unhealthy.' }),
    subnets: list({ description: 'Subnets of the tasks.' }),
    'security-groups': list({ description: 'Security groups of the tasks.' }),
    'assign-public-ip': flag({ description: 'Whether tasks get a public address.' }),
    'platform-version': text({ description: 'Fargate platform version.' }),
    'capacity-provider-strategy': json({ description: 'Capacity provider strategy, JSON or YAML list.' }),
    'enable-execute-command': flag({ description: 'Whether ecs execute-command works in the tasks.' }),
    'enable-ecs-managed-tags': flag({ description: 'Whether tasks get the tags of ECS.' }),
    'propagate-tags': oneOf(['NONE', 'SERVICE', 'TASK_DEFINITION'])({
      description: 'Where tasks get their tags from.',
    }),
    'service-managed-ebs-volume-name': text({ description: 'Name of the volume that ECS makes for each task.' }),
    'service-managed-ebs-volume': json({ description: 'Its configuration, JSON or YAML. Sent only when given.' }),
    'suspend-autoscaling': flag({
      description: 'Suspends the autoscaling of the service during the deployment.',
      default: 'false',
    }),
    ...taskBeforeInputs,
    'keep-revisions': integer(
      1,
      1_000,
    )({
      description:
        'Deregisters older revisions of the family after a success and keeps this many; never one that runs or that was deployed well before.',
    }),
    'if-deploying': oneOf(deployingPolicies)({
      description:
        'What to do about another deployment that is under way, decided before anything is registered. ECS stops only with a rollback.',
      default: 'wait',
    }),
    'wait-until': oneOf(nativeWaits)({
      description: 'Stage to wait for. By default not through the bake time. A rolling deployment has only its end.',
      default: 'traffic-shifted',
    }),
    timeout: duration({ description: 'How long to wait for that stage.', default: '30m' }),
    'failed-tasks': integer(
      0,
      100,
    )({
      description: 'Failed tasks of the new revision that end the deployment early; 0 leaves that to ECS.',
      default: '3',
    }),
    'on-failure': oneOf(remedies)({
      description: 'What to do when it fails. ECS stops only with a rollback, so stop means the same.',
      default: 'rollback',
    }),
    'on-timeout': oneOf(remedies)({ description: 'What to do when the time is up.', default: 'rollback' }),
    'on-cancel': oneOf(remedies)({ description: 'What to do when the job is cancelled.', default: 'rollback' }),
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
    'running-task-definition-arn': { description: 'The revision that serves in the end, as far as it is known.' },
    'service-deployment-arn': { description: 'The deployment; of several services, the first.' },
    'run-task-arn': { description: 'The task that was run before.' },
  },
  permissions: {
    iam: {
      'ecs:DescribeServices': 'to read the service',
      'ecs:DescribeTaskDefinition': 'to compare with what runs',
      'ecs:RegisterTaskDefinition': 'to register the revision',
      'ecs:TagResource': 'ECS asks for it when a revision or a task gets tags',
      'ecs:DeregisterTaskDefinition': 'to take back a revision whose deployment did not begin, and for keep-revisions',
      'ecs:ListTaskDefinitions': 'only for keep-revisions',
      'ecs:UpdateService': 'to deploy',
      'ecs:ListServiceDeployments': 'to find the deployment that the update began, and the last good one',
      'ecs:DescribeServiceDeployments': 'to watch it',
      'ecs:DescribeServiceRevisions': 'to know whose it is',
      'ecs:StopServiceDeployment': 'to stop it with a rollback',
      'ecs:ContinueServiceDeployment': 'only to continue after a pause',
      'ecs:ListTasks': 'to find tasks that failed',
      'ecs:DescribeTasks': 'to say why they failed, and to watch a task before the deployment',
      'ecs:RunTask': 'only for a task before the deployment',
      'ecs:StopTask': 'only to stop that task on a cancel',
      'iam:PassRole': 'for the roles of the task definition and of hooks',
      'logs:GetLogEvents': 'for the last lines of failed containers',
      'elasticloadbalancing:DescribeTargetHealth': 'to say why targets are unhealthy',
      'elasticloadbalancing:DescribeTargetGroups': 'to say which health check they fail',
      'cloudwatch:DescribeAlarms': 'to say which alarm went off',
      'application-autoscaling:DescribeScalableTargets': 'only to suspend autoscaling',
      'application-autoscaling:RegisterScalableTarget': 'only to suspend and resume autoscaling',
    },
  },
  check: nativeProblems,
  async run({ inputs, host, clock, signal }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      const ecs = ecsApi(aws)
      const parts = { ecs, deployments: serviceDeploymentApi(aws), aws, host, clock, signal }
      const request = await nativeRequest(inputs, parts)
      const { operation } = inputs
      const result =
        operation === 'deploy' ? await deployServices(request, parts) : await operateServices(operation, request, parts)
      const [first] = result.results
      return {
        outcome: result.outcome,
        ...(result.reason === undefined ? {} : { reason: result.reason }),
        outputs: {
          'task-definition-arn': first?.taskDefinition ?? '',
          'running-task-definition-arn': first?.runningTaskDefinition ?? '',
          'service-deployment-arn': first?.deploymentArn ?? '',
          'run-task-arn': result.taskBefore?.taskArn ?? '',
        },
        detail: nativeDetail(result),
        summary: nativeSummary(request, result),
      }
    } finally {
      aws.close()
    }
  },
  async post({ inputs, host, clock, signal }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      const parts = { ecs: ecsApi(aws), deployments: serviceDeploymentApi(aws), aws, host, clock, signal }
      await finishNative(inputs.cluster, inputs.service, parts)
    } finally {
      aws.close()
    }
  },
})
