export const id = 293;
export const ids = [293];
export const modules = {

/***/ 167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ poll)
/* harmony export */ });
/** Yields what `read` returns, at once and then at each interval, until the consumer stops; rejects with the signal's reason. */
async function* poll(read, options) {
    for (;;) {
        options.signal.throwIfAborted();
        yield await read();
        await options.clock.sleep(options.intervalMs, options.signal);
    }
}
//# sourceMappingURL=poll.js.map

/***/ }),

/***/ 1293:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  codedeployBluegreen: () => (/* binding */ codedeployBluegreen)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/ecs/appspec.js


const isNode = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** AppSpec members are read without regard to case, as CodeDeploy does. */
const keyOf = (node, name) => Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase());
/**
 * Reads an AppSpec (YAML or JSON).
 * @throws UserError when it names no ECS target service
 */
function parseAppSpec(text, file) {
    if (text.length > 256 * 1024)
        throw new errors/* UserError */.yo(`${file}: is larger than 256 KiB`);
    let value;
    try {
        value = (0,dist/* parse */.qg)(text, { maxAliasCount: 100 });
    }
    catch (error) {
        throw new errors/* UserError */.yo(`${file}: is neither YAML nor JSON: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
    if (!isNode(value) || targetProperties(value).length === 0) {
        throw new errors/* UserError */.yo(`${file}: expected Resources with a TargetService of type AWS::ECS::Service`);
    }
    return value;
}
function targetProperties(spec) {
    const resources = spec[keyOf(spec, 'Resources') ?? ''];
    const found = [];
    for (const resource of Array.isArray(resources) ? resources : []) {
        for (const target of isNode(resource) ? Object.values(resource) : []) {
            if (!isNode(target))
                continue;
            const key = keyOf(target, 'Properties');
            if (key !== undefined && isNode(target[key]))
                found.push(target[key]);
        }
    }
    return found;
}
/** The same AppSpec with the task definition in each target; nothing else is touched. */
function withTaskDefinition(spec, taskDefinitionArn) {
    const copy = structuredClone(spec);
    for (const properties of targetProperties(copy))
        properties[keyOf(properties, 'TaskDefinition') ?? 'TaskDefinition'] = taskDefinitionArn;
    return copy;
}
/** The task definitions that an AppSpec deploys. */
function taskDefinitionsIn(spec) {
    return targetProperties(spec).flatMap((properties) => {
        const value = properties[keyOf(properties, 'TaskDefinition') ?? ''];
        return typeof value === 'string' ? [value] : [];
    });
}
/**
 * The AppSpec that moves a live service: its own container, port and platform version.
 * @throws UserError when the service has no load balancer
 */
function appSpecOf(service) {
    const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY');
    const balancer = (primary?.loadBalancers ?? service.loadBalancers)?.[0];
    if (balancer?.containerName === undefined || balancer.containerPort === undefined) {
        throw new errors/* UserError */.yo(`the service '${service.serviceName}' has no load balancer to shift: give an AppSpec in the input codedeploy-appspec`);
    }
    const platformVersion = primary?.platformVersion ?? service.platformVersion;
    const isFargate = (primary?.launchType ?? service.launchType) === 'FARGATE';
    return {
        version: 0,
        Resources: [
            {
                TargetService: {
                    Type: 'AWS::ECS::Service',
                    Properties: {
                        TaskDefinition: '',
                        LoadBalancerInfo: { ContainerName: balancer.containerName, ContainerPort: balancer.containerPort },
                        ...(isFargate && platformVersion !== undefined ? { PlatformVersion: platformVersion } : {}),
                    },
                },
            },
        ],
    };
}
/** The text that CodeDeploy gets: JSON, its version written as CodeDeploy's documentation writes it. */
function appSpecContent(spec) {
    const { [keyOf(spec, 'version') ?? 'version']: _, ...rest } = spec;
    return `{"version":0.0,${JSON.stringify(rest).slice(1)}`;
}
//# sourceMappingURL=appspec.js.map
;// CONCATENATED MODULE: ./build/src/ecs/appspec-file.js



/** Reads an AppSpec, if one is named. @throws UserError */
async function readAppSpec(file) {
    if (file === undefined)
        return undefined;
    try {
        return parseAppSpec(await (0,promises_.readFile)(file, 'utf8'), file);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`cannot read the AppSpec '${file}': ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
//# sourceMappingURL=appspec-file.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: ./build/src/ecs/task-definition.js
var task_definition = __webpack_require__(1270);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-plan.js



/** What a deployment is, by its content: the same task definition and AppSpec give the same identity in every run. */
function deploymentIdentity(document, spec, service) {
    const content = JSON.stringify([(0,task_definition/* canonical */.$N)(document), withTaskDefinition(spec, ''), service]);
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex').slice(0, 16);
}
const mark = (identity) => `[strangler-deploy ${identity}]`;
/** The deployment's description: what the user wrote, cut so that the mark by which a later run knows it fits. */
function markedDescription(description, identity) {
    const room = 512 - mark(identity).length - 1;
    const text = description.length > room ? `${description.slice(0, room - 1)}…` : description;
    return text === '' ? mark(identity) : `${text} ${mark(identity)}`;
}
const isOurs = (deployment, identity) => (deployment.description ?? '').endsWith(mark(identity));
/** Decides; pure. */
function planBlueGreen(state) {
    const own = state.active.find((deployment) => isOurs(deployment, state.identity));
    if (own?.deploymentId !== undefined)
        return { kind: 'take-up', deploymentId: own.deploymentId };
    const other = state.active[0];
    if (other?.deploymentId === undefined)
        return { kind: state.runsIt ? 'unchanged' : 'deploy' };
    const { deploymentId } = other;
    switch (state.ifDeploying) {
        case 'fail': {
            const who = other.creator === undefined ? '' : `, created by ${other.creator}`;
            return {
                kind: 'blocked',
                deploymentId,
                reason: `the deployment ${deploymentId} is ${other.status} in the group${who}: wait for it, or set if-deploying`,
            };
        }
        case 'wait':
            return { kind: 'wait-for', deploymentId };
        case 'stop':
            return { kind: 'stop-first', deploymentId, rollback: false };
        case 'rollback':
            return { kind: 'stop-first', deploymentId, rollback: true };
    }
}
/** Why a deployment group cannot deploy this service; a line each. */
function groupProblems(group, service, cluster) {
    const name = `${group.applicationName}/${group.deploymentGroupName}`;
    const problems = [];
    if (group.computePlatform !== 'ECS')
        problems.push(`the deployment group ${name} is for ${group.computePlatform}, not for ECS`);
    const last = (text) => (text ?? '').split('/').at(-1) ?? '';
    const services = group.ecsServices ?? [];
    const belongs = services.some((one) => last(one.serviceName) === service.serviceName && last(one.clusterName) === last(cluster));
    if (!belongs) {
        const has = services.map((one) => `${last(one.clusterName)}/${last(one.serviceName)}`).join(', ') || 'no service';
        problems.push(`the deployment group ${name} deploys ${has}, not ${last(cluster)}/${service.serviceName}`);
    }
    return problems;
}
/** The convention of the official action for groups that are not named. */
const conventionalNames = (cluster, service) => ({
    application: `AppECS-${cluster}-${service}`,
    group: `DgpECS-${cluster}-${service}`,
});
//# sourceMappingURL=blue-green-plan.js.map
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/ecs/codedeploy-api.js


/** The statuses of a deployment that is not over. */
const activeStatuses = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];
const isActive = (deployment) => deployment.status !== undefined && activeStatuses.includes(deployment.status);
/** The deployment that stands in the way, from the message of DeploymentLimitExceededException. */
const deploymentIn = (message) => /\bd-[A-Z0-9]{9,}\b/.exec(message)?.[0];
function codeDeployApi(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19));
    return {
        async group(applicationName, deploymentGroupName, signal) {
            const { GetDeploymentGroupCommand } = await sdk();
            const client = await aws.codedeploy();
            try {
                const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }), {
                    abortSignal: signal,
                });
                return deploymentGroupInfo;
            }
            catch (error) {
                const code = (0,aws_errors/* awsCode */.z8)(error);
                if (code === 'ApplicationDoesNotExistException' || code === 'DeploymentGroupDoesNotExistException')
                    return undefined;
                return await (0,aws_errors/* calling */.X_)(`reading the deployment group ${deploymentGroupName}`, () => Promise.reject(error));
            }
        },
        async active(applicationName, deploymentGroupName, signal) {
            const { BatchGetDeploymentsCommand, ListDeploymentsCommand } = await sdk();
            const client = await aws.codedeploy();
            const { deployments } = await (0,aws_errors/* calling */.X_)(`listing the deployments of ${deploymentGroupName}`, () => client.send(new ListDeploymentsCommand({
                applicationName,
                deploymentGroupName,
                includeOnlyStatuses: [...activeStatuses],
            }), { abortSignal: signal }));
            if (deployments === undefined || deployments.length === 0)
                return [];
            const { deploymentsInfo } = await (0,aws_errors/* calling */.X_)(`reading the deployments of ${deploymentGroupName}`, () => client.send(new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, 25) }), {
                abortSignal: signal,
            }));
            return (deploymentsInfo ?? []).filter(isActive);
        },
        async create(request, signal) {
            const { CreateDeploymentCommand } = await sdk();
            const client = await aws.codedeploy();
            const { deploymentId } = await (0,aws_errors/* calling */.X_)(`creating a deployment in ${request.group}`, () => client.send(new CreateDeploymentCommand({
                applicationName: request.application,
                deploymentGroupName: request.group,
                deploymentConfigName: request.config,
                description: request.description,
                revision: {
                    revisionType: 'AppSpecContent',
                    appSpecContent: { content: request.content, sha256: request.sha256 },
                },
                ...(request.autoRollback === undefined
                    ? {}
                    : {
                        autoRollbackConfiguration: {
                            enabled: request.autoRollback.length > 0,
                            events: [...request.autoRollback],
                        },
                    }),
            }), { abortSignal: signal }));
            if (deploymentId === undefined)
                throw new errors/* UserError */.yo(`CodeDeploy made no deployment in ${request.group}`);
            return deploymentId;
        },
        async look(deploymentId, signal) {
            const { GetDeploymentCommand, ListDeploymentTargetsCommand, BatchGetDeploymentTargetsCommand } = await sdk();
            const client = await aws.codedeploy();
            const { deploymentInfo } = await (0,aws_errors/* calling */.X_)(`reading the deployment ${deploymentId}`, () => client.send(new GetDeploymentCommand({ deploymentId }), { abortSignal: signal }));
            if (deploymentInfo === undefined)
                throw new errors/* UserError */.yo(`CodeDeploy does not tell of ${deploymentId}`);
            try {
                const { targetIds } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }), {
                    abortSignal: signal,
                });
                if (targetIds === undefined || targetIds.length === 0)
                    return { deployment: deploymentInfo, target: undefined };
                const { deploymentTargets } = await client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: targetIds.slice(0, 25) }), { abortSignal: signal });
                return { deployment: deploymentInfo, target: deploymentTargets?.[0]?.ecsTarget };
            }
            catch (error) {
                // It has no targets before it starts.
                if ((0,aws_errors/* awsCode */.z8)(error) === 'DeploymentNotStartedException')
                    return { deployment: deploymentInfo, target: undefined };
                return await (0,aws_errors/* calling */.X_)(`reading the target of ${deploymentId}`, () => Promise.reject(error));
            }
        },
        async stop(deploymentId, autoRollbackEnabled, signal) {
            const { StopDeploymentCommand } = await sdk();
            const client = await aws.codedeploy();
            try {
                await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }), { abortSignal: signal });
            }
            catch (error) {
                if ((0,aws_errors/* awsCode */.z8)(error) === 'DeploymentAlreadyCompletedException')
                    return;
                await (0,aws_errors/* calling */.X_)(`stopping the deployment ${deploymentId}`, () => Promise.reject(error));
            }
        },
    };
}
//# sourceMappingURL=codedeploy-api.js.map
// EXTERNAL MODULE: ./build/src/action/clock.js
var clock = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/src/ecs/deployment-events.js

/** All production traffic is on the new tasks; only the old tasks' termination is waited for. */
const trafficShifted = ({ deployment }) => deployment.instanceTerminationWaitTimeStarted === true || deployment.status === 'Succeeded';
function see(snapshot) {
    const { deployment, target } = snapshot;
    const sets = target?.taskSetsInfo ?? [];
    const green = sets.find(({ taskSetLabel }) => taskSetLabel === 'Green');
    const weight = (label) => sets.find(({ taskSetLabel }) => taskSetLabel === label)?.trafficWeight;
    const blue = weight('Blue');
    return {
        status: deployment.status ?? 'Unknown',
        lifecycle: new Map((target?.lifecycleEvents ?? []).map((event) => [
            event.lifecycleEventName ?? '?',
            { status: event.status ?? 'Unknown', message: event.diagnostics?.message },
        ])),
        weights: green?.trafficWeight === undefined
            ? undefined
            : { blue: blue ?? 100 - green.trafficWeight, green: green.trafficWeight },
        tasks: green === undefined ? undefined : { running: green.runningCount ?? 0, desired: green.desiredCount ?? 0 },
        shifted: trafficShifted(snapshot),
    };
}
/** What is new in a snapshot, in the order in which it happens; everything, when there was none before. */
function deploymentEvents(before, now) {
    const old = before && see(before);
    const next = see(now);
    const events = [];
    if (old?.status !== next.status)
        events.push({ kind: 'status', status: next.status });
    for (const [name, { status, message }] of next.lifecycle) {
        if (status === 'Pending' || status === 'Skipped' || old?.lifecycle.get(name)?.status === status)
            continue;
        events.push({ kind: 'lifecycle', name, status, message });
    }
    if (next.tasks !== undefined &&
        (old?.tasks?.running !== next.tasks.running || old.tasks.desired !== next.tasks.desired)) {
        events.push({ kind: 'tasks', ...next.tasks });
    }
    if (next.weights !== undefined && old?.weights?.green !== next.weights.green)
        events.push({ kind: 'traffic', ...next.weights });
    if (next.shifted && old?.shifted !== true)
        events.push({ kind: 'shifted' });
    return events;
}
/** Twenty characters of traffic: how much of it answers from the new tasks. */
function trafficBar(green) {
    const filled = Math.round((Math.min(100, Math.max(0, green)) / 100) * 20);
    return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
}
const words = {
    InProgress: 'begins',
    Succeeded: 'done',
    Failed: 'FAILED',
    Unknown: 'unknown',
};
/** An event as a line of the log. */
function describeEvent(event, elapsedMs) {
    const at = `[${(0,clock/* formatDuration */.a3)(elapsedMs)}]`;
    switch (event.kind) {
        case 'status':
            return `${at} deployment ${event.status}`;
        case 'lifecycle':
            return `${at} ${event.name} ${words[event.status] ?? event.status}${event.message && event.status === 'Failed' ? `: ${event.message}` : ''}`;
        case 'traffic':
            return `${at} traffic ${trafficBar(event.green)} ${event.green}% new, ${event.blue}% old`;
        case 'tasks':
            return `${at} new tasks: ${event.running} of ${event.desired} run`;
        case 'shifted':
            return `${at} all traffic is on the new tasks`;
    }
}
//# sourceMappingURL=deployment-events.js.map
// EXTERNAL MODULE: ./build/src/action/poll.js
var poll = __webpack_require__(167);
;// CONCATENATED MODULE: ./build/src/ecs/deployment-watch.js




/** Between two looks, and between two lines when nothing changes, in ms. */
const interval = 5_000;
const heartbeat = 60_000;
/** Every look at a deployment until it is over; the last one yielded is not active. What changes is logged, with a heartbeat otherwise. */
async function* watchDeployment(api, id, log, clock, signal) {
    const began = clock.now();
    let before;
    let said = began;
    for await (const snapshot of (0,poll/* poll */.w)(() => api.look(id, signal), { clock, signal, intervalMs: interval })) {
        const events = deploymentEvents(before, snapshot);
        for (const event of events)
            log.info(describeEvent(event, clock.now() - began));
        if (events.length > 0)
            said = clock.now();
        else if (clock.now() - said >= heartbeat) {
            log.info(heartbeatLine(snapshot, clock.now() - began));
            said = clock.now();
        }
        before = snapshot;
        yield snapshot;
        if (!isActive(snapshot.deployment))
            return;
    }
}
function heartbeatLine({ deployment, target }, elapsedMs) {
    const current = target?.lifecycleEvents?.find(({ status }) => status === 'InProgress')?.lifecycleEventName;
    const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.trafficWeight;
    const traffic = green === undefined ? '' : `, traffic ${trafficBar(green)} ${green}% new`;
    return `[${(0,clock/* formatDuration */.a3)(elapsedMs)}] still ${deployment.status}${current === undefined ? '' : ` in ${current}`}${traffic}`;
}
/** Watches until it is over and returns the last look. */
async function deploymentEnd(api, id, log, clock, signal) {
    let last;
    for await (const snapshot of watchDeployment(api, id, log, clock, signal))
        last = snapshot;
    if (last === undefined)
        throw new Error(`${id} was never seen`);
    return last;
}
//# sourceMappingURL=deployment-watch.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-failures.js

/** Ends that the service itself brought about say nothing of the task. */
const ordinary = (task) => task.stopCode === 'ServiceSchedulerInitiated' && !/fail|unhealthy/i.test(task.stoppedReason ?? '');
/** The cause of one task's end; undefined when it was no failure. */
function taskFailureReason(task) {
    if (task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED')
        return undefined;
    if (ordinary(task))
        return undefined;
    const stopped = task.stoppedReason ?? task.stopCode ?? 'stopped for no reason that ECS tells';
    const ended = (task.containers ?? []).find(({ exitCode, reason }) => reason !== undefined || (exitCode !== undefined && exitCode !== 0));
    if (task.stopCode === 'TaskFailedToStart' || ended === undefined)
        return { reason: stopped, container: ended?.name };
    const memory = /OutOfMemory/i.test(ended.reason ?? '')
        ? `, out of memory${task.memory === undefined ? '' : ` at ${task.memory} MiB`}`
        : '';
    const code = ended.exitCode === undefined ? (ended.reason ?? stopped) : `exited with code ${ended.exitCode}${memory}`;
    return { reason: `container ${ended.name} ${code} (${stopped})`, container: ended.name };
}
/** The failed tasks among those that a task set or deployment started, grouped by reason, the most frequent first. */
function groupFailures(tasks) {
    const groups = new Map();
    for (const task of tasks) {
        const why = taskFailureReason(task);
        if (why === undefined)
            continue;
        const known = groups.get(why.reason);
        if (known !== undefined)
            known.count++;
        else
            groups.set(why.reason, { ...why, count: 1, taskArn: task.taskArn ?? '' });
    }
    return [...groups.values()].sort((a, b) => b.count - a.count);
}
const lastLines = 20;
/** Reads the failed tasks of a task set with the last log lines of each reason. What cannot be read is left out of the log, not of the reasons. */
async function taskFailures(ecs, aws, where, signal) {
    const stopped = await ecs.tasks(where.cluster, { startedBy: where.startedBy, desiredStatus: 'STOPPED' }, signal);
    const groups = groupFailures(stopped).slice(0, 3);
    if (groups.length === 0)
        return [];
    const { document } = await ecs.describeTaskDefinition(where.taskDefinition, signal);
    return await Promise.all(groups.map(async (group) => {
        const container = document.containerDefinitions?.find(({ name }) => name === group.container);
        return { ...group, log: await containerLog(aws, container?.['logConfiguration'], group, signal) };
    }));
}
async function containerLog(aws, configuration, failure, signal) {
    const { logDriver, options } = (configuration ?? {});
    const group = options?.['awslogs-group'];
    const prefix = options?.['awslogs-stream-prefix'];
    if (logDriver !== 'awslogs' || group === undefined || prefix === undefined)
        return [];
    const { GetLogEventsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19));
    const stream = `${prefix}/${failure.container}/${failure.taskArn.split('/').at(-1)}`;
    try {
        const { events } = await (await aws.logs()).send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lastLines }), { abortSignal: signal });
        return (events ?? []).map(({ message }) => (message ?? '').trimEnd());
    }
    catch (error) {
        const code = (0,aws_errors/* awsCode */.z8)(error);
        if (code === undefined)
            throw error;
        return [`(the log ${group} ${stream} could not be read: ${code})`];
    }
}
/** One line for the first failure: its reason, and what its container said last. */
function failureLine(failures) {
    const [first] = failures;
    if (first === undefined)
        return undefined;
    const said = first.log.filter((line) => line !== '').at(-1);
    return `${first.reason}${first.count > 1 ? `, ${first.count} times` : ''}${said === undefined ? '' : `: ${said}`}`;
}
//# sourceMappingURL=task-failures.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green.js










const journalName = 'blue-green';
const rollbackEvents = [
    'DEPLOYMENT_FAILURE',
    'DEPLOYMENT_STOP_ON_ALARM',
    'DEPLOYMENT_STOP_ON_REQUEST',
];
/** Deploys a revision to a service that CodeDeploy moves, and stays with that deployment until it is where it was asked to be. */
async function deployBlueGreen(request, parts) {
    const { ecs, codedeploy, host, signal } = parts;
    const service = await ecs.service(request.cluster, request.service, signal);
    if (service.deploymentController?.type !== 'CODE_DEPLOY') {
        throw new errors/* UserError */.yo(`the service '${request.service}' is moved by ${service.deploymentController?.type ?? 'ECS'}, not by CodeDeploy`);
    }
    const conventional = conventionalNames(request.cluster, request.service);
    const application = request.application ?? conventional.application;
    const group = request.group ?? conventional.group;
    const info = await codedeploy.group(application, group, signal);
    if (info === undefined) {
        throw new errors/* UserError */.yo(`there is no deployment group '${group}' in the application '${application}': name them by codedeploy-application and codedeploy-deployment-group`);
    }
    const problems = groupProblems(info, service, request.cluster);
    if (problems.length > 0)
        throw new errors/* UserError */.yo(problems.join('\n'));
    const spec = request.appSpec ?? appSpecOf(service);
    const identity = deploymentIdentity(request.document, spec, `${request.cluster}/${request.service}`);
    const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? service.taskDefinition;
    const runs = primary === undefined ? undefined : await ecs.describeTaskDefinition(primary, signal);
    const runsIt = runs !== undefined &&
        (request.arn === runs.arn || (request.arn === undefined && (0,task_definition/* sameTaskDefinition */.JL)(runs.document, request.document)));
    const look = async () => planBlueGreen({
        identity,
        runsIt,
        active: await codedeploy.active(application, group, signal),
        ifDeploying: request.ifDeploying,
    });
    const plan = await look();
    const base = {
        application,
        group,
        taskDefinition: runsIt ? runs?.arn : request.arn,
        runningTaskDefinition: primary,
        deploymentId: undefined,
        rollbackDeploymentId: undefined,
        last: undefined,
        failures: [],
    };
    if (plan.kind === 'unchanged') {
        host.info(`${request.service} runs ${primary} already, which is the same: nothing is registered or deployed`);
        return { ...base, outcome: 'unchanged', reason: undefined };
    }
    if (plan.kind === 'blocked')
        return { ...base, outcome: 'blocked', reason: plan.reason, deploymentId: plan.deploymentId };
    if (request.dryRun) {
        host.info(`would ${plannedWords(plan, request, application, group)}`);
        return { ...base, outcome: 'succeeded', reason: undefined };
    }
    return await withTimeoutRemedy(request, parts, { ...base, previous: primary }, async (inTime, journal) => {
        let next = plan;
        if (plan.kind === 'stop-first') {
            host.info(`stopping the deployment ${plan.deploymentId} first${plan.rollback ? ', with a rollback' : ''}`);
            await codedeploy.stop(plan.deploymentId, plan.rollback, inTime);
        }
        if (plan.kind === 'stop-first' || plan.kind === 'wait-for') {
            await groupIsFree(application, group, { ...parts, signal: inTime });
            next = { kind: 'deploy' };
        }
        if (next.kind === 'take-up') {
            host.info(`taking up the deployment ${next.deploymentId}, begun by an earlier run`);
            journal.begun(next.deploymentId, undefined);
            return await follow(next.deploymentId, request, { ...parts, signal: inTime }, { ...base, taskDefinition: base.taskDefinition ?? primary }, true);
        }
        const revision = await revisionFor(request, { ...parts, signal: inTime });
        host.info(`${revision.registered ? 'registered' : 'deploying the registered'} ${revision.arn}`);
        journal.registered(revision.registered ? revision.arn : undefined);
        const content = appSpecContent(withTaskDefinition(spec, revision.arn));
        let id;
        try {
            id = await codedeploy.create({
                application,
                group,
                content,
                sha256: (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex'),
                description: markedDescription(request.description, identity),
                config: request.config,
                autoRollback: request.onFailure === 'rollback' ? rollbackEvents : request.onFailure === 'leave' ? undefined : [],
            }, inTime);
        }
        catch (error) {
            return await notBegun(error, revision, parts, base);
        }
        journal.begun(id, undefined);
        host.info(`deployment ${id} moves ${request.service} to ${revision.arn.split('/').at(-1)}`);
        return await follow(id, request, { ...parts, signal: inTime }, { ...base, taskDefinition: revision.arn });
    });
}
function plannedWords(plan, request, application, group) {
    const first = plan.kind === 'take-up'
        ? `take up the deployment ${plan.deploymentId}`
        : plan.kind === 'wait-for'
            ? `wait for the deployment ${plan.deploymentId}, then deploy`
            : plan.kind === 'stop-first'
                ? `stop the deployment ${plan.deploymentId}, then deploy`
                : 'deploy';
    return `${first} ${request.arn ?? `a revision of ${String(request.document['family'])}`} to ${request.cluster}/${request.service} by ${application}/${group}`;
}
/** The revision to deploy: the given one, the newest when it is the same, or a new one. */
async function revisionFor(request, { ecs, signal }) {
    if (request.arn !== undefined)
        return { arn: request.arn, registered: false };
    const newest = await ecs.newestRevision(String(request.document['family']), signal);
    if (newest !== undefined && (0,task_definition/* sameTaskDefinition */.JL)(newest.document, request.document))
        return { arn: newest.arn, registered: false };
    return { arn: (await ecs.register(request.document, signal)).arn, registered: true };
}
/** CodeDeploy did not take the deployment: a revision that was registered for it goes again. */
async function notBegun(error, revision, { ecs, host }, base) {
    if (revision.registered) {
        await ecs.deregister(revision.arn).catch((failed) => {
            host.warn(`${revision.arn} was registered for a deployment that did not begin and could not be taken back: ${(0,errors/* messageOf */.bD)(failed)}`);
        });
    }
    const other = error instanceof errors/* UserError */.yo ? deploymentIn(error.message) : undefined;
    if (other === undefined || !(0,errors/* messageOf */.bD)(error).includes('DeploymentLimitExceeded'))
        throw error;
    return {
        ...base,
        outcome: 'blocked',
        deploymentId: other,
        reason: `the deployment ${other} began in the group in the meantime: run again when it is over`,
    };
}
async function groupIsFree(application, group, parts) {
    for (;;) {
        const [first] = await parts.codedeploy.active(application, group, parts.signal);
        if (first?.deploymentId === undefined)
            return;
        parts.host.info(`waiting for the deployment ${first.deploymentId}`);
        await deploymentEnd(parts.codedeploy, first.deploymentId, parts.host, parts.clock, parts.signal);
    }
}
/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
async function follow(id, request, parts, base, takenUp = false) {
    const began = { ...base, deploymentId: id };
    if (request.waitUntil === 'none')
        return { ...began, outcome: 'succeeded', reason: undefined };
    let last;
    let failures = [];
    let givenUp = false;
    for await (const snapshot of watchDeployment(parts.codedeploy, id, parts.host, parts.clock, parts.signal)) {
        // It had come as far before this run looked: there was nothing left to do.
        const already = takenUp && last === undefined;
        last = snapshot;
        const green = greenSet(snapshot);
        const installing = snapshot.deployment.status === 'InProgress' && !trafficShifted(snapshot);
        if (installing && !givenUp && request.failedTasks > 0 && green !== undefined && green.running < green.desired) {
            failures = await greenFailures(snapshot, request, parts);
            const failed = failures.reduce((sum, { count }) => sum + count, 0);
            if (failed >= request.failedTasks) {
                givenUp = true;
                parts.host.warn(`${failed} tasks of the new version have failed: ${failureLine(failures)}`);
                if (request.onFailure !== 'leave')
                    await parts.codedeploy.stop(id, request.onFailure === 'rollback', parts.signal);
            }
        }
        if (!givenUp && reached(snapshot, request.waitUntil)) {
            const shifted = trafficShifted(snapshot);
            const runningTaskDefinition = shifted
                ? (base.taskDefinition ?? base.runningTaskDefinition)
                : base.runningTaskDefinition;
            return { ...began, last, runningTaskDefinition, outcome: already ? 'unchanged' : 'succeeded', reason: undefined };
        }
    }
    if (last === undefined)
        throw new Error(`${id} was never seen`);
    if (last.deployment.status === 'Succeeded')
        return { ...began, last, runningTaskDefinition: base.taskDefinition, outcome: 'succeeded', reason: undefined };
    if (failures.length === 0)
        failures = await greenFailures(last, request, parts);
    return await failedEnd(began, last, failures, givenUp, parts);
}
function greenSet({ target }) {
    const set = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green');
    return set?.identifer === undefined
        ? undefined
        : { id: set.identifer, running: set.runningCount ?? 0, desired: set.desiredCount ?? 0 };
}
function reached(snapshot, until) {
    const { status } = snapshot.deployment;
    if (status === 'Succeeded')
        return true;
    if (until === 'ready')
        return status === 'Ready' || trafficShifted(snapshot);
    return until === 'traffic-shifted' && trafficShifted(snapshot) && status !== 'Failed' && status !== 'Stopped';
}
async function greenFailures(snapshot, request, parts) {
    const green = greenSet(snapshot);
    if (green === undefined)
        return [];
    const service = await parts.ecs.service(request.cluster, request.service, parts.signal);
    const taskDefinition = service.taskSets?.find(({ id }) => id === green.id)?.taskDefinition;
    if (taskDefinition === undefined)
        return [];
    return await taskFailures(parts.ecs, parts.aws, { cluster: request.cluster, startedBy: green.id, taskDefinition }, parts.signal);
}
/** A deployment that is over and did not succeed: follows its rollback, and says why. */
async function failedEnd(began, last, failures, givenUp, parts) {
    const { deployment, target } = last;
    const lifecycle = target?.lifecycleEvents?.find(({ status }) => status === 'Failed');
    const said = deployment.errorInformation;
    const cause = failureLine(failures) ??
        (lifecycle === undefined
            ? undefined
            : `${lifecycle.lifecycleEventName} failed: ${lifecycle.diagnostics?.message ?? lifecycle.diagnostics?.errorCode ?? 'no reason told'}`) ??
        (said === undefined ? `the deployment ended as ${deployment.status}` : `${said.code}: ${said.message}`);
    const rollbackDeploymentId = deployment.rollbackInfo?.rollbackDeploymentId;
    const result = { ...began, last, failures, rollbackDeploymentId };
    if (rollbackDeploymentId !== undefined) {
        parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`);
        const end = await deploymentEnd(parts.codedeploy, rollbackDeploymentId, parts.host, parts.clock, parts.signal);
        if (end.deployment.status !== 'Succeeded') {
            return {
                ...result,
                outcome: 'rollback-failed',
                reason: `${cause}; its rollback ${rollbackDeploymentId} ended as ${end.deployment.status}`,
            };
        }
        return { ...result, outcome: 'rolled-back', reason: cause };
    }
    if (deployment.status === 'Stopped' && !givenUp)
        return {
            ...result,
            outcome: 'stopped',
            reason: `${deployment.deploymentId} was stopped: ${said?.message ?? cause}`,
        };
    return { ...result, outcome: 'failed', reason: cause };
}
/** Keeps the journal, and does what was asked for on a time-out or a cancel to the deployment that had begun. */
async function withTimeoutRemedy(request, parts, base, body) {
    const { host, clock, signal } = parts;
    let entry = {
        deploymentId: undefined,
        registered: undefined,
        onCancel: request.onCancel,
        ended: false,
    };
    const save = (change) => {
        entry = { ...entry, ...change };
        host.saveState(journalName, JSON.stringify(entry));
    };
    save({});
    try {
        const result = await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, signal, (inTime) => body(inTime, {
            registered: (registered) => save({ registered }),
            begun: (deploymentId) => save({ deploymentId }),
        }));
        save({ ended: true });
        return result;
    }
    catch (error) {
        const cancelled = signal.aborted;
        const timedOut = !cancelled && error instanceof cancel/* TimedOut */.GA;
        if (!cancelled && !timedOut)
            throw error;
        const remedy = cancelled ? request.onCancel : request.onTimeout;
        const why = cancelled
            ? signal.reason instanceof cancel/* Cancelled */.cJ
                ? signal.reason.message
                : 'cancelled'
            : (0,errors/* messageOf */.bD)(error);
        const result = {
            ...base,
            deploymentId: entry.deploymentId,
            taskDefinition: entry.registered ?? base.taskDefinition,
        };
        if (entry.deploymentId === undefined || remedy === 'leave') {
            return {
                ...result,
                outcome: cancelled ? 'cancelled' : 'timed-out',
                reason: `${why}${entry.deploymentId === undefined ? ' before a deployment began' : `; ${entry.deploymentId} goes on, as told`}`,
            };
        }
        return await remedied(entry.deploymentId, remedy, why, cancelled, { ...parts, signal: remedySignal(cancelled, parts) }, result);
    }
}
/** After a cancel the host leaves a few real seconds; after a time-out there is as long as it takes, until a cancel. */
const remedySignal = (cancelled, parts) => cancelled ? AbortSignal.timeout(5_000) : parts.signal;
async function remedied(id, remedy, why, cancelled, parts, base) {
    const { host } = parts;
    const outcome = cancelled ? 'cancelled' : 'timed-out';
    host.warn(`${why}: stopping ${id}${remedy === 'rollback' ? ' with a rollback' : ''}`);
    try {
        await parts.codedeploy.stop(id, remedy === 'rollback', parts.signal);
        const end = await stopped(id, parts);
        host.saveState(journalName, JSON.stringify({
            deploymentId: id,
            registered: undefined,
            onCancel: remedy,
            ended: true,
        }));
        return { ...base, ...end, outcome, reason: `${why}; ${end.words}` };
    }
    catch (error) {
        const rest = cancelled ? 'the post step sees to it' : (0,errors/* messageOf */.bD)(error);
        return { ...base, outcome, reason: `${why}; ${id} was asked to stop, its end was not seen: ${rest}` };
    }
}
/** Waits until a deployment that was asked to stop is over, and its rollback with it. */
async function stopped(id, { codedeploy, host, clock, signal }) {
    const last = await deploymentEnd(codedeploy, id, host, clock, signal);
    const rollbackDeploymentId = last.deployment.rollbackInfo?.rollbackDeploymentId;
    if (last.deployment.status === 'Succeeded')
        return { last, rollbackDeploymentId, words: `${id} had succeeded before it could be stopped` };
    if (rollbackDeploymentId === undefined)
        return { last, rollbackDeploymentId, words: `${id} was stopped` };
    const end = await deploymentEnd(codedeploy, rollbackDeploymentId, host, clock, signal);
    return {
        last,
        rollbackDeploymentId,
        words: `${id} was stopped, its rollback ${rollbackDeploymentId} ended as ${end.deployment.status}`,
    };
}
/** Finishes a deployment whose run was cancelled or killed: what the journal says was begun is stopped as told, and its end seen. */
async function finishBlueGreen(parts) {
    const saved = parts.host.loadState(journalName);
    if (saved === undefined)
        return;
    const { deploymentId, ended, onCancel, registered } = JSON.parse(saved);
    if (ended)
        return;
    if (deploymentId === undefined) {
        if (registered !== undefined)
            parts.host.warn(`${registered} was registered for a deployment that may not have begun`);
        return;
    }
    if (onCancel === 'leave')
        return parts.host.info(`${deploymentId} goes on, as told`);
    await parts.codedeploy.stop(deploymentId, onCancel === 'rollback', parts.signal);
    parts.host.info((await stopped(deploymentId, parts)).words);
}
//# sourceMappingURL=blue-green.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-report.js


const blue_green_report_short = (arn) => arn?.split('/').at(-1) ?? '';
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
/** The Markdown summary: what happened, the lifecycle with its times, the traffic, and why it failed. */
function blueGreenSummary(request, result) {
    const { last } = result;
    const lines = [
        `### ${request.service} on ${request.cluster} (CodeDeploy): ${result.outcome}`,
        '',
        `Runs \`${blue_green_report_short(result.runningTaskDefinition)}\`${result.deploymentId === undefined ? '' : ` · deployment \`${result.deploymentId}\``}${result.rollbackDeploymentId === undefined ? '' : ` · rollback \`${result.rollbackDeploymentId}\``}`,
    ];
    if (result.reason !== undefined)
        lines.push('', `> ${cell(result.reason)}`);
    const sets = last?.target?.taskSetsInfo ?? [];
    if (sets.length > 0) {
        lines.push('', '| task set | tasks | traffic | |', '| --- | --- | --- | --- |');
        for (const set of sets) {
            const weight = set.trafficWeight ?? 0;
            lines.push(`| ${set.taskSetLabel ?? ''} | ${set.runningCount ?? 0} of ${set.desiredCount ?? 0} | ${weight}% | \`${trafficBar(weight)}\` |`);
        }
    }
    const events = (last?.target?.lifecycleEvents ?? []).filter(({ status }) => status !== 'Pending' && status !== 'Skipped');
    if (events.length > 0) {
        lines.push('', '| stage | status | took |', '| --- | --- | --- |');
        for (const { lifecycleEventName, status, startTime, endTime } of events) {
            const took = startTime === undefined || endTime === undefined ? '' : (0,clock/* formatDuration */.a3)(endTime.getTime() - startTime.getTime());
            lines.push(`| ${lifecycleEventName} | ${status} | ${took} |`);
        }
    }
    for (const failure of result.failures) {
        lines.push('', `**${failure.count}×** ${cell(failure.reason)}`);
        if (failure.log.length > 0)
            lines.push('', '```', ...failure.log.slice(-10), '```');
    }
    return lines.join('\n');
}
/** The full result as JSON. */
const blueGreenDetail = (request, result) => ({
    cluster: request.cluster,
    service: request.service,
    application: result.application,
    deploymentGroup: result.group,
    deploymentId: result.deploymentId ?? null,
    rollbackDeploymentId: result.rollbackDeploymentId ?? null,
    taskDefinition: result.taskDefinition ?? null,
    runningTaskDefinition: result.runningTaskDefinition ?? null,
    status: result.last?.deployment.status ?? null,
    failures: result.failures.map(({ reason, count, taskArn, log }) => ({ reason, count, taskArn, log: [...log] })),
});
//# sourceMappingURL=blue-green-report.js.map
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js
var ecs_api = __webpack_require__(6651);
// EXTERNAL MODULE: ./build/src/ecs/rendering.js + 3 modules
var rendering = __webpack_require__(3310);
;// CONCATENATED MODULE: ./build/src/actions/codedeploy-bluegreen.js









const remedies = ['rollback', 'stop', 'leave'];
/** Registers a task definition and moves a service to it blue/green by CodeDeploy. */
const codedeployBluegreen = (0,action_define/* defineAction */.Q)({
    name: 'codedeploy-bluegreen',
    description: 'Registers a task definition and moves an ECS service to it blue/green by CodeDeploy: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
    inputs: {
        'task-definition': (0,inputs/* text */.Qq)({
            description: 'Path of the task definition to register, or the ARN of a revision to deploy as it is.',
            required: true,
        }),
        service: (0,inputs/* text */.Qq)({ description: 'Name of the ECS service.', required: true }),
        cluster: (0,inputs/* text */.Qq)({ description: 'Name of the cluster.', default: 'default' }),
        'codedeploy-appspec': (0,inputs/* text */.Qq)({
            description: 'Path of an AppSpec (YAML or JSON); only the task definition is put in. Made from the live service when absent.',
        }),
        'codedeploy-application': (0,inputs/* text */.Qq)({ description: 'CodeDeploy application. AppECS-<cluster>-<service> when absent.' }),
        'codedeploy-deployment-group': (0,inputs/* text */.Qq)({ description: 'Deployment group. DgpECS-<cluster>-<service> when absent.' }),
        'codedeploy-deployment-description': (0,inputs/* text */.Qq)({ description: 'Description of the deployment.' }),
        'codedeploy-deployment-config': (0,inputs/* text */.Qq)({
            description: "Deployment configuration such as CodeDeployDefault.ECSCanary10Percent5Minutes; the group's own when absent.",
        }),
        'if-deploying': (0,inputs/* oneOf */.yL)(['fail', 'wait', 'stop', 'rollback'])({
            description: 'What to do about another deployment that is under way in the group, decided before anything is registered.',
            default: 'wait',
        }),
        'wait-until': (0,inputs/* oneOf */.yL)(['none', 'ready', 'traffic-shifted', 'complete'])({
            description: 'Stage to wait for. By default not through the termination wait of the old tasks.',
            default: 'traffic-shifted',
        }),
        timeout: (0,inputs/* duration */.p0)({ description: 'How long to wait for that stage.', default: '30m' }),
        'failed-tasks': (0,inputs/* integer */.nd)(0, 100)({
            description: 'Failed tasks of the new version that end the deployment early; 0 leaves that to CodeDeploy.',
            default: '3',
        }),
        'on-failure': (0,inputs/* oneOf */.yL)(remedies)({
            description: 'What CodeDeploy is to do when the deployment fails: roll back, only stop, or what the group says (leave).',
            default: 'rollback',
        }),
        'on-timeout': (0,inputs/* oneOf */.yL)(remedies)({
            description: 'What to do with the deployment when the time is up.',
            default: 'rollback',
        }),
        'on-cancel': (0,inputs/* oneOf */.yL)(remedies)({
            description: 'What to do with the deployment when the job is cancelled.',
            default: 'rollback',
        }),
        'unknown-fields': (0,inputs/* oneOf */.yL)(['error', 'warn', 'ignore'])({
            description: 'What to do about members of the task definition that ECS is not known to take. They are sent as they stand.',
            default: 'warn',
        }),
        'aws-region': (0,inputs/* text */.Qq)({ description: 'Region of the service.' }),
        'role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume, one after another.' }),
        'dry-run': (0,inputs/* flag */.Jt)({ description: 'Makes only reading calls and prints what would be done.', default: 'false' }),
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
        const { inputs, host, clock, signal } = context;
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            const ecs = (0,ecs_api/* ecsApi */.W)(aws);
            const given = inputs['task-definition'];
            const arn = given.startsWith('arn:') ? given : undefined;
            const source = arn === undefined ? { file: given } : { reference: arn };
            const document = (0,rendering/* renderChecked */.SD)(await (0,rendering/* readTaskDefinition */.Lx)(source, () => ecs, signal), { containers: {} }, inputs['unknown-fields'], host);
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
            };
            const result = await deployBlueGreen(request, { ecs, codedeploy: codeDeployApi(aws), aws, host, clock, signal });
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
            };
        }
        finally {
            aws.close();
        }
    },
    async post({ inputs, host, clock, signal }) {
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            await finishBlueGreen({ ecs: (0,ecs_api/* ecsApi */.W)(aws), codedeploy: codeDeployApi(aws), host, clock, signal });
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=codedeploy-bluegreen.js.map

/***/ })

};
