import { defineAction } from '../action/define.ts'
import { duration, flag, integer, list, oneOf, pairs, text, textLike } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { deployBlueGreen } from '../ecs/blue-green.ts'
import { rollbackEvents } from '../ecs/blue-green-begin.ts'
import { deployRequest, followRequest, requestProblems } from '../ecs/blue-green-inputs.ts'
import { blueGreenDetail, blueGreenSummary } from '../ecs/blue-green-report.ts'
import { stages } from '../ecs/blue-green-stage.ts'
import { steerBlueGreen } from '../ecs/blue-green-steer.ts'
import { finishBlueGreen } from '../ecs/blue-green-stop.ts'
import { codeDeployApi } from '../ecs/codedeploy-api.ts'
import { codeDeployGroups } from '../ecs/codedeploy-groups.ts'
import { deployingPolicies, remedies } from '../ecs/deployment-policy.ts'
import { ecsApi } from '../ecs/ecs-api.ts'
import { taskBeforeInputs } from '../ecs/task-before.ts'

/** Registers a task definition and moves a service to it blue/green by CodeDeploy. */
export const codedeployBluegreen = defineAction({
  name: 'codedeploy-bluegreen',
  description:
    'Registers a task definition and moves an ECS service to it blue/green by CodeDeploy: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
  inputs: {
    operation: oneOf(['deploy', 'continue', 'stop', 'rollback'])({
      description:
        'Deploy; or continue a deployment that is Ready or in its termination wait, stop the one under way, or stop it and roll back.',
      default: 'deploy',
    }),
    'task-definition': text({
      description:
        'Path of the task definition to register; or the ARN, family:revision or family of a registered one. Needed to deploy.',
    }),
    service: text({ description: 'Name of the ECS service.', required: true }),
    cluster: text({ description: 'Name of the cluster.', default: 'default' }),
    'codedeploy-appspec': text({
      description:
        'Path of an AppSpec (YAML or JSON); only the task definition is put in. Made from the live service when absent.',
    }),
    'codedeploy-hooks': pairs({
      description:
        'Lifecycle hooks of an AppSpec that is made from the service: lines of event=Lambda function, such as AfterAllowTestTraffic=orders-check.',
    }),
    'container-name': text({ description: 'Container behind the load balancer, where a service has several.' }),
    'container-port': integer(1, 65_535)({ description: 'Its port.' }),
    'platform-version': text({ description: "Platform version of the new tasks; the service's own when absent." }),
    subnets: list({ description: "Subnets of the new tasks; the service's own when absent." }),
    'security-groups': list({ description: "Security groups of the new tasks; the service's own when absent." }),
    'assign-public-ip': oneOf(['ENABLED', 'DISABLED'])({
      description: "Whether the new tasks get public addresses; as the service's own when absent.",
    }),
    'desired-count': integer(
      0,
      10_000,
    )({ description: 'Tasks of the service, set before the deployment when they differ.' }),
    'force-new-deployment': flag({
      description:
        'Deploys although nothing has changed: new tasks of the same revision, such as after a secret has changed.',
      default: 'false',
    }),
    'codedeploy-application': text({
      description: 'CodeDeploy application. AppECS-<cluster>-<service> when absent, else the only one for the service.',
    }),
    'codedeploy-deployment-group': text({
      description: 'Deployment group. DgpECS-<cluster>-<service> when absent, else the only one for the service.',
    }),
    'codedeploy-deployment-id': text({
      description: 'Deployment to continue, stop or roll back; the active one of the group when absent.',
    }),
    'codedeploy-deployment-description': text({ description: 'Description of the deployment.' }),
    'codedeploy-deployment-config': text({
      description:
        "Deployment configuration such as CodeDeployDefault.ECSCanary10Percent5Minutes; the group's own when absent.",
    }),
    'codedeploy-alarms': list({
      description: "CloudWatch alarms that stop the deployment, in place of the group's.",
    }),
    'ignore-alarm-poll-failure': flag({
      description: 'Goes on when the state of those alarms cannot be read.',
      default: 'false',
    }),
    'codedeploy-auto-rollback-events': list({
      description: `Events after which CodeDeploy rolls back by itself (${rollbackEvents.join(', ')}); what on-failure says when absent.`,
    }),
    'if-deploying': oneOf(deployingPolicies)({
      description:
        'What to do about another deployment that is under way in the group, decided before anything is registered.',
      default: 'wait',
    }),
    'wait-until': oneOf(stages)({
      description: 'Stage to wait for. By default not through the termination wait of the old tasks.',
      default: 'traffic-shifted',
    }),
    timeout: duration({ description: 'How long to wait for that stage.', default: '30m' }),
    'test-traffic-url': textLike(
      /^https?:\/\/[^\s@/]+(\/\S*)?$/,
      'an http or https address',
    )({
      description:
        'Address behind the test listener that must answer with 2xx or 3xx; if not, the deployment is given up.',
    }),
    'test-traffic-successes': integer(1, 100)({ description: 'Good answers in a row that it takes.', default: '3' }),
    'test-traffic-timeout': duration({ description: 'How long it may take to give them.', default: '2m' }),
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
    'keep-revisions': integer(
      1,
      1_000,
    )({
      description:
        'After a success, deregisters older revisions of the family beyond this number; never one in use or that may be rolled back to. All stay when absent.',
    }),
    ...taskBeforeInputs,
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
    'run-task-arn': { description: 'The task that was run before.' },
  },
  permissions: {
    iam: {
      'ecs:DescribeServices': 'to read the service',
      'ecs:DescribeTaskDefinition': 'to compare with what runs',
      'ecs:RegisterTaskDefinition': 'to register the revision',
      'ecs:TagResource': 'ECS asks for it when a revision or a task gets tags',
      'ecs:DeregisterTaskDefinition': 'to take back a revision whose deployment did not begin, and for keep-revisions',
      'ecs:ListTaskDefinitions': 'for keep-revisions',
      'ecs:UpdateService': 'for desired-count',
      'ecs:ListTasks': 'to find tasks that failed',
      'ecs:DescribeTasks': 'to say why they failed, which digest runs, and to watch a task before the deployment',
      'ecs:RunTask': 'only for a task before the deployment',
      'ecs:StopTask': 'only to stop that task on a cancel',
      'iam:PassRole': 'for the roles of the task definition',
      'codedeploy:GetDeploymentGroup': 'to check the group',
      'codedeploy:ListApplications': 'to find the group when it is not named',
      'codedeploy:BatchGetApplications': 'to find the group when it is not named',
      'codedeploy:ListDeploymentGroups': 'to find the group when it is not named',
      'codedeploy:BatchGetDeploymentGroups': 'to find the group when it is not named',
      'codedeploy:ListDeployments': 'to find a deployment under way',
      'codedeploy:BatchGetDeployments': 'to know whose it is',
      'codedeploy:GetDeploymentConfig': 'CodeDeploy asks for it on CreateDeployment',
      'codedeploy:RegisterApplicationRevision': 'CodeDeploy asks for it on CreateDeployment',
      'codedeploy:UpdateDeploymentGroup': 'CodeDeploy asks for it on CreateDeployment with codedeploy-alarms',
      'codedeploy:CreateDeployment': 'to deploy',
      'codedeploy:GetDeployment': 'to watch it',
      'codedeploy:BatchGetDeploymentTargets': 'to watch its stages and weights',
      'codedeploy:ContinueDeployment': 'for the operation continue',
      'codedeploy:StopDeployment': 'to stop it or roll it back',
      'cloudwatch:DescribeAlarms': 'to say which alarm went off, and why',
      'elasticloadbalancing:DescribeTargetHealth': 'to say why targets are not healthy',
      'elasticloadbalancing:DescribeTargetGroups': 'to say what their health check asks for',
      'logs:GetLogEvents': 'for the last lines of failed containers',
    },
  },
  check: requestProblems,
  async run(context) {
    const { inputs, host, clock, signal } = context
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      const ecs = ecsApi(aws)
      const parts = { ecs, codedeploy: codeDeployApi(aws), groups: codeDeployGroups(aws), aws, host, clock, signal }
      const { operation } = inputs
      const follow = followRequest(inputs)
      const result =
        operation === 'deploy'
          ? await deployBlueGreen(await deployRequest(inputs, follow, parts), parts)
          : await steerBlueGreen({ ...follow, operation, deploymentId: inputs['codedeploy-deployment-id'] }, parts)
      return {
        outcome: result.outcome,
        ...(result.reason === undefined ? {} : { reason: result.reason }),
        outputs: {
          'task-definition-arn': result.taskDefinition ?? '',
          'running-task-definition-arn': result.runningTaskDefinition ?? '',
          'codedeploy-deployment-id': result.deploymentId ?? '',
          'rollback-deployment-id': result.rollbackDeploymentId ?? '',
          'run-task-arn': result.taskBefore?.taskArn ?? '',
        },
        detail: blueGreenDetail(follow, result),
        summary: blueGreenSummary(follow, result),
      }
    } finally {
      aws.close()
    }
  },
  async post({ inputs, host, clock, signal }) {
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      await finishBlueGreen(inputs, { codedeploy: codeDeployApi(aws), host, clock, signal })
    } finally {
      aws.close()
    }
  },
})
