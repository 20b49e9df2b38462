export const id = 933;
export const ids = [933];
export const modules = {

/***/ 4933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ecsDeploy: () => (/* binding */ ecsDeploy)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/ecs/autoscaling.js


const namespace = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' };
const everything = {
    DynamicScalingInSuspended: true,
    DynamicScalingOutSuspended: true,
    ScheduledScalingSuspended: true,
};
/** The name under which a service's suspension is journalled. */
const suspensionJournal = (cluster, service) => `autoscaling:${cluster}/${service}`;
/**
 * Suspends the scaling of a service, runs `body`, and lets it scale again as before, whatever came of it.
 * Journalled before it is done, so that the post step resumes it for a run that was killed.
 */
async function withScalingSuspended(cluster, service, parts, body) {
    const { aws, host, signal } = parts;
    const resourceId = `service/${cluster.split('/').at(-1)}/${service.split('/').at(-1)}`;
    const target = await scalableTarget(aws, resourceId, signal);
    if (target === undefined) {
        host.info(`${service} does not scale by itself: nothing to suspend`);
        return await body();
    }
    if (Object.keys(everything).every((kind) => target.SuspendedState?.[kind] === true)) {
        host.warn(`autoscaling of ${service} was suspended before this run, and is left so: a killed run may have left it`);
        return await body();
    }
    const name = suspensionJournal(cluster, service);
    host.saveState(name, JSON.stringify({ resourceId, before: target.SuspendedState ?? {} }));
    await setSuspended(aws, resourceId, everything);
    host.info(`autoscaling of ${service} is suspended during the deployment`);
    try {
        return await body();
    }
    finally {
        await resume(name, parts).catch((error) => {
            host.warn(`autoscaling of ${service} is still suspended, the post step tries again: ${(0,errors/* messageOf */.bD)(error)}`);
        });
    }
}
/** Lets scale again what the journal says was suspended. */
async function resume(name, { aws, host }) {
    const saved = host.loadState(name);
    if (saved === undefined || saved === '')
        return;
    const { resourceId, before } = JSON.parse(saved);
    await setSuspended(aws, resourceId, {
        DynamicScalingInSuspended: before.DynamicScalingInSuspended ?? false,
        DynamicScalingOutSuspended: before.DynamicScalingOutSuspended ?? false,
        ScheduledScalingSuspended: before.ScheduledScalingSuspended ?? false,
    });
    host.saveState(name, '');
    host.info(`autoscaling of ${resourceId.split('/').at(-1)} is as before`);
}
async function scalableTarget(aws, resourceId, signal) {
    const { DescribeScalableTargetsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(491)]).then(__webpack_require__.t.bind(__webpack_require__, 1491, 19));
    const client = await aws.applicationAutoScaling();
    const { ScalableTargets } = await (0,aws_errors/* calling */.X_)(`reading the scaling of ${resourceId}`, () => client.send(new DescribeScalableTargetsCommand({ ...namespace, ResourceIds: [resourceId] }), {
        abortSignal: signal,
    }));
    return ScalableTargets?.[0];
}
async function setSuspended(aws, ResourceId, SuspendedState) {
    const { RegisterScalableTargetCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(491)]).then(__webpack_require__.t.bind(__webpack_require__, 1491, 19));
    const client = await aws.applicationAutoScaling();
    await (0,aws_errors/* calling */.X_)(`changing the scaling of ${ResourceId}`, () => client.send(new RegisterScalableTargetCommand({ ...namespace, ResourceId, SuspendedState })));
}
//# sourceMappingURL=autoscaling.js.map
;// CONCATENATED MODULE: ./build/src/ecs/every-service.js

/**
 * What all of them yield, once all have ended. Where several failed, every failure is told, a line each, not only the first.
 * @throws what the only failure was; UserError when there were several
 */
async function everyService(each) {
    const ends = await Promise.allSettled(each);
    const thrown = [...new Set(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])))];
    const bug = thrown.find((error) => !(error instanceof errors/* UserError */.yo));
    if (bug !== undefined)
        throw bug;
    const lines = [...new Set(thrown.map((error) => error.message))];
    if (lines.length > 1)
        throw new errors/* UserError */.yo(lines.join('\n'), { cause: thrown[0] });
    if (thrown.length > 0)
        throw thrown[0];
    return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
}
//# sourceMappingURL=every-service.js.map
// EXTERNAL MODULE: ./build/src/ecs/managed-volume.js
var managed_volume = __webpack_require__(3565);
// EXTERNAL MODULE: ./build/src/aws/console.js
var console = __webpack_require__(4958);
// EXTERNAL MODULE: ./build/src/ecs/desired-count.js
var desired_count = __webpack_require__(6391);
// EXTERNAL MODULE: ./build/src/action/poll.js
var poll = __webpack_require__(167);
;// CONCATENATED MODULE: ./build/src/ecs/native-stages.js
/** How far to wait. `bake` is native only: until the bake time is over and the old tasks go. */
const nativeWaits = ['none', 'test-traffic', 'ready', 'traffic-shifted', 'bake', 'complete'];
/** The stages of a native deployment in their order. A stage without a hook may pass between two looks: compare by order. Source: ECS API reference. */
const order = [
    'RECONCILE_SERVICE',
    'PRE_SCALE_UP',
    'SCALE_UP',
    'POST_SCALE_UP',
    'TEST_TRAFFIC_SHIFT',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRE_PRODUCTION_TRAFFIC_SHIFT',
    'PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
    'BAKE_TIME',
    'CLEAN_UP',
];
const place = (stage) => (stage === undefined ? -1 : order.indexOf(stage));
/** Whether the deployment has come to a stage or beyond it. A rolling deployment has no stages. */
const hasReached = (deployment, stage) => place(deployment.lifecycleStage) >= place(stage);
const underWay = new Set(['PENDING', 'IN_PROGRESS']);
const goesBack = ['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'];
const ended = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);
/** Every status of a deployment that is not over. */
const openStatuses = [...underWay, ...goesBack];
/** It still moves forward. */
const isMovingOn = ({ status }) => underWay.has(status ?? '');
/** It is over, one way or another. A status that is not known is an end only when ECS tells when that was. */
const isOver = ({ status, finishedAt }) => ended.has(status ?? '') || (finishedAt !== undefined && !openStatuses.includes(status ?? ''));
/** A hook that waits for somebody's answer. */
const pausedHook = (deployment) => (deployment.lifecycleHookDetails ?? []).find(({ status }) => status === 'AWAITING_ACTION')?.hookId;
/** All production traffic is on the new tasks. */
const hasShifted = (deployment) => deployment.status === 'SUCCESSFUL' || (isMovingOn(deployment) && hasReached(deployment, 'BAKE_TIME'));
/** Whether a deployment has come as far as was asked. Only one that succeeded, or still moves on, has come anywhere. */
function hasCome(deployment, until) {
    if (deployment.status === 'SUCCESSFUL' || until === 'none')
        return true;
    if (!isMovingOn(deployment))
        return false;
    switch (until) {
        case 'test-traffic':
            return hasReached(deployment, 'POST_TEST_TRAFFIC_SHIFT');
        case 'ready':
            return pausedHook(deployment) !== undefined || hasReached(deployment, 'PRODUCTION_TRAFFIC_SHIFT');
        case 'traffic-shifted':
            return hasShifted(deployment);
        case 'bake':
            return hasReached(deployment, 'CLEAN_UP');
        case 'complete':
            return false;
    }
}
//# sourceMappingURL=native-stages.js.map
;// CONCATENATED MODULE: ./build/src/ecs/service-deployment-api.js



/** ECS answered that it does not know what it has told of: its answers may be a moment apart. */
class NotYetShown extends errors/* UserError */.yo {
    name = 'NotYetShown';
}
/** Whether a read that failed may do better in a moment. */
const isNotYetShown = (error) => error instanceof NotYetShown || (0,aws_errors/* isPassing */.WG)(error);
function serviceDeploymentApi(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const list = async (cluster, service, filter, signal) => {
        const { ListServiceDeploymentsCommand } = await sdk();
        const client = await aws.ecs();
        const { serviceDeployments } = await (0,aws_errors/* calling */.X_)(`listing the deployments of ${service}`, () => client.send(new ListServiceDeploymentsCommand({ cluster, service, ...filter, maxResults: 20 }), {
            abortSignal: signal,
        }));
        return [...(serviceDeployments ?? [])]
            .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
            .flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? []);
    };
    return {
        async update(input, signal) {
            const { UpdateServiceCommand } = await sdk();
            const client = await aws.ecsOnce();
            const { service } = await (0,aws_errors/* calling */.X_)(`updating the service ${input.service}`, () => client.send(new UpdateServiceCommand(input), { abortSignal: signal }));
            if (service === undefined)
                throw new errors/* UserError */.yo(`ECS did not say what became of the service ${input.service}`);
            return service;
        },
        async look(arn, signal) {
            const { DescribeServiceDeploymentsCommand } = await sdk();
            const client = await aws.ecs();
            const { serviceDeployments, failures } = await (0,aws_errors/* calling */.X_)(`reading the deployment ${arn}`, () => client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }), { abortSignal: signal }));
            const [found] = serviceDeployments ?? [];
            if (found === undefined)
                throw new NotYetShown(`ECS does not tell of the deployment ${arn} (${failures?.[0]?.reason ?? 'no reason'})`);
            return found;
        },
        since: (cluster, service, since, signal) => list(cluster, service, { createdAt: { after: since } }, signal),
        succeeded: (cluster, service, signal) => list(cluster, service, { status: ['SUCCESSFUL'] }, signal),
        underWay: (cluster, service, signal) => list(cluster, service, { status: [...openStatuses] }, signal),
        async revision(arn, signal) {
            const { DescribeServiceRevisionsCommand } = await sdk();
            const client = await aws.ecs();
            const { serviceRevisions, failures } = await (0,aws_errors/* calling */.X_)(`reading the service revision ${arn}`, () => client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }), { abortSignal: signal }));
            const [found] = serviceRevisions ?? [];
            if (found === undefined)
                throw new NotYetShown(`ECS does not tell of the service revision ${arn} (${failures?.[0]?.reason ?? 'no reason'})`);
            return found;
        },
        async stop(arn, signal) {
            const { StopServiceDeploymentCommand } = await sdk();
            const client = await aws.ecs();
            try {
                await client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }), {
                    abortSignal: signal,
                });
            }
            catch (error) {
                if ((0,aws_errors/* awsCode */.z8)(error) === 'ConflictException')
                    return;
                await (0,aws_errors/* calling */.X_)(`stopping the deployment ${arn}`, () => Promise.reject(error));
            }
        },
        async answer(arn, hookId, action, signal) {
            const { ContinueServiceDeploymentCommand } = await sdk();
            const client = await aws.ecs();
            await (0,aws_errors/* calling */.X_)(`answering the hook ${hookId}`, () => client.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId, action }), {
                abortSignal: signal,
            }));
        },
    };
}
//# sourceMappingURL=service-deployment-api.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-current.js




/** The deployment that a service moves to, or has come to. */
const primaryOf = (service) => service.deployments?.find(({ status }) => status === 'PRIMARY');
/** The service, when ECS itself moves it. @throws UserError when something else does */
async function nativeService({ cluster, service: name }, { ecs, signal }) {
    const service = await ecs.service(cluster, name, signal);
    const controller = service.deploymentController?.type ?? 'ECS';
    if (controller === 'ECS')
        return service;
    const instead = controller === 'CODE_DEPLOY' ? ': use the action codedeploy-bluegreen' : '';
    throw new errors/* UserError */.yo(`the service '${name}' is moved by ${controller}, not by ECS${instead}`);
}
/** How long ECS may tell that a service moves without telling by which deployment, in ms. */
const patience = 60_000;
/** ECS says that the service still moves. */
const isMoving = (service) => primaryOf(service)?.rolloutState === 'IN_PROGRESS';
/**
 * The deployment that is under way, and the service as it was read with it. A service may tell of the deployment late, though it tells that it
 * moves: then it is listed and waited for, and the service read anew.
 */
async function native_current_underWay(of, service, { ecs, deployments, clock, signal }) {
    const deadline = clock.now() + patience;
    let now = service;
    let first = true;
    const read = async () => {
        if (!first)
            now = await ecs.service(of.cluster, of.service, signal);
        first = false;
        const told = now.currentServiceDeployment;
        const found = told === undefined ? undefined : await deployments.look(told, signal);
        if (found !== undefined && !isOver(found))
            return found;
        if (!isMoving(now))
            return undefined;
        for (const arn of await deployments.underWay(of.cluster, of.service, signal)) {
            const listed = await deployments.look(arn, signal);
            if (!isOver(listed))
                return listed;
        }
        return undefined;
    };
    for await (const found of (0,poll/* poll */.w)(read, { clock, signal, intervalMs: 2_000, passing: isNotYetShown })) {
        if (found !== undefined || !isMoving(now) || clock.now() > deadline)
            return { service: now, current: found };
    }
    throw new Error('the poll ended by itself');
}
/** The task definition of a service revision; undefined, and said, when it cannot be read: what it is for goes on without. */
async function taskDefinitionOf(revision, { deployments, host, signal }) {
    try {
        return (await deployments.revision(revision, signal)).taskDefinition;
    }
    catch (error) {
        signal.throwIfAborted();
        host.warn(`which task definition serves is not known: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
}
//# sourceMappingURL=native-current.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-plan.js

/** Decides; pure. */
function planNative(state) {
    const { service, current, hasIt, settingsDiffer } = state;
    if (current?.serviceDeploymentArn !== undefined) {
        const arn = current.serviceDeploymentArn;
        if (hasIt && !settingsDiffer && isMovingOn(current))
            return { kind: 'take-up', arn };
        if (state.ifDeploying === 'fail') {
            return {
                kind: 'blocked',
                reason: `the deployment ${idOf(arn)} of ${service.serviceName} is ${current.status}: wait for it, or set if-deploying`,
            };
        }
        // A rollback cannot be stopped.
        return { kind: state.ifDeploying === 'wait' || !isMovingOn(current) ? 'wait-for' : 'stop-first', arn };
    }
    const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
    const failed = primary?.rolloutState === 'FAILED';
    if (hasIt && !settingsDiffer && !state.force && primary?.rolloutState === 'IN_PROGRESS') {
        const reason = `ECS says that ${service.serviceName} moves to it, but tells of no deployment: look at the service before running again`;
        return { kind: 'blocked', reason };
    }
    if (hasIt && !settingsDiffer && !state.force && !failed)
        return { kind: 'unchanged' };
    return { kind: 'deploy', force: state.force || (hasIt && failed) };
}
/** The last part of a deployment's ARN. */
const idOf = (arn) => arn.split('/').at(-1) ?? arn;
//# sourceMappingURL=native-plan.js.map
// EXTERNAL MODULE: ./build/src/action/clock.js
var action_clock = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/src/ecs/deployment-events.js
var deployment_events = __webpack_require__(8372);
;// CONCATENATED MODULE: ./build/src/ecs/native-events.js


const running = (revisions) => (revisions ?? []).reduce((sum, { runningTaskCount }) => sum + (runningTaskCount ?? 0), 0);
/** Failed tasks at which ECS gives up; undefined when nobody told it to. */
const breakerThreshold = ({ deploymentCircuitBreaker: breaker }) => breaker?.status === 'DISABLED' ? undefined : breaker?.threshold;
/** What is new in a look, in the order in which it happens; everything, when there was none before. */
function nativeEvents(before, now) {
    const events = [];
    const was = before?.targetServiceRevision;
    const is = now.targetServiceRevision;
    if (before?.status !== now.status)
        events.push({ kind: 'status', status: now.status ?? 'unknown', reason: now.statusReason });
    if (now.lifecycleStage !== undefined && before?.lifecycleStage !== now.lifecycleStage)
        events.push({ kind: 'stage', stage: now.lifecycleStage });
    const old = running(now.sourceServiceRevisions);
    const isFirst = was === undefined && (is?.requestedTaskCount ?? 0) === 0;
    if (is !== undefined &&
        !isFirst &&
        (was?.runningTaskCount !== is.runningTaskCount ||
            was?.requestedTaskCount !== is.requestedTaskCount ||
            running(before?.sourceServiceRevisions) !== old)) {
        events.push({ kind: 'tasks', running: is.runningTaskCount ?? 0, wanted: is.requestedTaskCount ?? 0, old });
    }
    const production = is?.requestedProductionTrafficWeight;
    if (production !== undefined && (was?.requestedProductionTrafficWeight ?? 0) !== production)
        events.push({ kind: 'traffic', of: 'production', percent: production });
    const test = is?.requestedTestTrafficWeight;
    if (test !== undefined && (was?.requestedTestTrafficWeight ?? 0) !== test)
        events.push({ kind: 'traffic', of: 'test', percent: test });
    const failed = now.deploymentCircuitBreaker?.failureCount ?? 0;
    if (failed > (before?.deploymentCircuitBreaker?.failureCount ?? 0))
        events.push({ kind: 'failed-tasks', count: failed, threshold: breakerThreshold(now) });
    const alarms = now.alarms?.triggeredAlarmNames ?? [];
    if (alarms.length > (before?.alarms?.triggeredAlarmNames ?? []).length)
        events.push({ kind: 'alarm', names: alarms });
    for (const hook of now.lifecycleHookDetails ?? []) {
        const known = before?.lifecycleHookDetails?.find(({ hookId }) => hookId === hook.hookId);
        if (known?.status === hook.status)
            continue;
        const target = hook.targetArn?.split(':').at(-1) ?? hook.hookId ?? '?';
        events.push({ kind: 'hook', target, status: hook.status ?? 'unknown' });
    }
    return events;
}
const hookWords = {
    AWAITING_ACTION: 'waits for an answer: run again with operation: continue or operation: rollback',
    IN_PROGRESS: 'is running',
    SUCCEEDED: 'has succeeded',
    FAILED: 'FAILED',
    TIMED_OUT: 'timed out',
};
/** An event as a line of the log. */
function describeNativeEvent(event, elapsedMs) {
    const at = `[${(0,action_clock/* formatDuration */.a3)(elapsedMs)}]`;
    switch (event.kind) {
        case 'status':
            return `${at} deployment ${event.status}${event.reason === undefined ? '' : `: ${event.reason.replaceAll(/\s*[\r\n]+\s*/g, ' ')}`}`;
        case 'stage':
            return `${at} ${event.stage}`;
        case 'tasks':
            return `${at} new tasks: ${event.running} of ${event.wanted} run${event.old === 0 ? '' : `, old: ${event.old}`}`;
        case 'traffic':
            return event.of === 'test'
                ? `${at} test traffic ${event.percent}% new`
                : `${at} traffic ${(0,deployment_events/* trafficBar */.vm)(event.percent)} ${event.percent}% new, ${Number((100 - event.percent).toFixed(2))}% old`;
        case 'failed-tasks':
            return `${at} failed tasks: ${event.count}${event.threshold === undefined ? '' : `, the circuit breaker opens at ${event.threshold}`}`;
        case 'alarm':
            return `${at} in ALARM: ${event.names.join(', ')}`;
        case 'hook':
            return `${at} hook ${event.target} ${Object.hasOwn(hookWords, event.status) ? hookWords[event.status] : event.status}`;
    }
}
/** A line for when nothing has changed for a while. */
function nativeHeartbeat(now, elapsedMs) {
    const is = now.targetServiceRevision;
    const stage = now.lifecycleStage === undefined ? '' : ` in ${now.lifecycleStage}`;
    const weight = is?.requestedProductionTrafficWeight;
    const traffic = weight === undefined ? '' : `, traffic ${(0,deployment_events/* trafficBar */.vm)(weight)} ${weight}% new`;
    return `[${(0,action_clock/* formatDuration */.a3)(elapsedMs)}] still ${now.status}${stage}, ${is?.runningTaskCount ?? 0} of ${is?.requestedTaskCount ?? 0} new tasks run${traffic}`;
}
//# sourceMappingURL=native-events.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-watch.js




/** Between two looks, and between two lines when nothing changes, in ms. */
const interval = 5_000;
const heartbeat = 60_000;
/** Every look at a deployment until it is over; the last one yielded is over. One call a look. What changes is logged, with a heartbeat otherwise. */
async function* watchServiceDeployment(api, arn, log, clock, signal) {
    const began = clock.now();
    let before;
    let said = began;
    const options = { clock, signal, intervalMs: interval, jitter: 0.1, passing: isNotYetShown };
    for await (const now of (0,poll/* poll */.w)(() => api.look(arn, signal), options)) {
        const events = nativeEvents(before, now);
        for (const event of events)
            log.info(describeNativeEvent(event, clock.now() - began));
        if (events.length > 0)
            said = clock.now();
        else if (clock.now() - said >= heartbeat) {
            log.info(nativeHeartbeat(now, clock.now() - began));
            said = clock.now();
        }
        before = now;
        yield now;
        if (isOver(now))
            return;
    }
}
/** Watches until it is over and returns the last look. */
async function serviceDeploymentEnd(api, arn, log, clock, signal) {
    let last;
    for await (const now of watchServiceDeployment(api, arn, log, clock, signal))
        last = now;
    if (last === undefined)
        throw new Error(`${arn} was never seen`);
    return last;
}
//# sourceMappingURL=native-watch.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-evidence.js + 2 modules
var failure_evidence = __webpack_require__(5632);
// EXTERNAL MODULE: ./build/src/ecs/failure-explanation.js + 1 modules
var failure_explanation = __webpack_require__(3303);
// EXTERNAL MODULE: ./build/src/ecs/failure-task.js
var failure_task = __webpack_require__(6799);
;// CONCATENATED MODULE: ./build/src/ecs/native-why.js




/** What is asked about: the deployment's tasks, events, targets and alarms. */
function failedDeployment(of, taskDefinition, last, service) {
    const groups = service.loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
        targetGroupArn,
        advancedConfiguration?.alternateTargetGroupArn,
    ]);
    return {
        cluster: of.cluster,
        service: of.service,
        taskDefinition,
        startedBy: of.startedBy,
        since: last.startedAt ?? last.createdAt,
        targetGroups: [...new Set(groups.flatMap((arn) => arn ?? []))],
        alarms: last.alarms?.triggeredAlarmNames ?? [],
    };
}
/** How many tasks of the deployment have failed so far; a listing, and a reading when there are stopped ones. */
async function failedTasks(of, { ecs, signal }) {
    const ends = (0,failure_task/* groupEnds */.o)(await (0,failure_evidence/* ownStopped */.AF)(ecs, of, signal));
    return ends.reduce((sum, { count }) => sum + count, 0);
}
/** Counts, as long as that works: a deployment goes on without it, and the log says once why. */
function countingFailedTasks(parts) {
    const { host, signal } = parts;
    let isTold = false;
    return async (of) => {
        try {
            return await failedTasks(of, parts);
        }
        catch (error) {
            signal.throwIfAborted();
            if (!isTold)
                host.warn(`the failed tasks of ${of.service} could not be counted, ECS alone judges: ${(0,errors/* messageOf */.bD)(error)}`);
            isTold = true;
            return 0;
        }
    };
}
/** Looks into a deployment that did not succeed. */
async function whyFailed(of, last, parts, givenUp) {
    const breaker = last.deploymentCircuitBreaker;
    const hook = last.lifecycleHookDetails?.find(({ status }) => status === 'FAILED' || status === 'TIMED_OUT');
    const evidence = await (0,failure_evidence/* deploymentEvidence */.L8)(parts, of, parts.signal, {
        breaker: breaker?.status === 'TRIGGERED'
            ? { failed: breaker.failureCount ?? 0, threshold: breaker.threshold ?? 0 }
            : undefined,
        hook: hook === undefined
            ? undefined
            : { stage: last.lifecycleStage ?? 'a stage', target: hook.targetArn, message: hookMessage(hook.status) },
        triggeredAlarms: last.alarms?.triggeredAlarmNames,
        // That we stopped it is no cause.
        message: givenUp ? undefined : (last.rollback?.reason ?? last.statusReason),
    });
    return (0,failure_explanation/* explain */.WE)(evidence);
}
/** Looks into a deployment that took too long, while its tasks are still there; a failure of that is said and spoils nothing. */
async function whyLate(arn, of, taskDefinition, service, parts) {
    const { deployments, host } = parts;
    const inTime = { ...parts, signal: AbortSignal.any([parts.signal, AbortSignal.timeout(lookMs)]) };
    try {
        const last = await deployments.look(arn, inTime.signal);
        const why = await whyFailed(failedDeployment(of, taskDefinition ?? '', last, service), last, inTime, true);
        if (why.details.length > 0)
            await host.group(`why ${of.service} takes so long`, async () => {
                for (const line of why.details)
                    host.info(line);
            });
        return why;
    }
    catch (error) {
        host.warn(`why ${of.service} takes so long could not be found out: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
}
/** Real ms that may go by before a deployment whose time is up is stopped. */
const lookMs = 20_000;
const hookMessage = (status) => (status === 'TIMED_OUT' ? 'it timed out' : 'it said FAILED');
//# sourceMappingURL=native-why.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-follow.js







/** Looks between two countings of failed tasks while the new tasks do not run in full: a counting is a call or two. */
const looksBetween = 3;
/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
async function followNative(followed, request, parts, base) {
    const { arn, startedBy, takenUp } = followed;
    const { deployments, host, clock, signal } = parts;
    const began = { ...base, deploymentArn: arn };
    if (request.waitUntil === 'none')
        return { ...began, outcome: takenUp ? 'unchanged' : 'succeeded', reason: undefined };
    const about = (now) => failedDeployment({ ...request, startedBy }, base.taskDefinition ?? '', now, followed);
    let last;
    let givenUp = false;
    let isAskedToStop = false;
    let looks = 0;
    // ECS counts anew when it rolls back.
    let mostFailed = 0;
    const failedSoFar = countingFailedTasks(parts);
    for await (const now of watchServiceDeployment(deployments, arn, host, clock, signal)) {
        // It had come as far before this run looked: there was nothing left to do.
        const already = takenUp && last === undefined;
        const failedMore = failureCount(now) > failureCount(last);
        last = now;
        mostFailed = Math.max(mostFailed, failureCount(now));
        if (!givenUp && hasCome(now, request.waitUntil)) {
            const runningTaskDefinition = hasShifted(now) ? base.taskDefinition : base.runningTaskDefinition;
            return { ...began, last, runningTaskDefinition, outcome: already ? 'unchanged' : 'succeeded', reason: undefined };
        }
        if (givenUp && !isAskedToStop && isMovingOn(now))
            isAskedToStop = await askedToStop(arn, parts);
        looks++;
        const isTime = failedMore || looks % looksBetween === 0;
        if (givenUp || request.failedTasks === 0 || !isTime || !isStarting(now))
            continue;
        const failed = await failedSoFar(about(now));
        if (failed < request.failedTasks)
            continue;
        givenUp = true;
        const why = await whyFailed(about(now), now, parts, true);
        host.warn(`${failed} tasks of the new revision have failed: ${why.line}`);
        if (request.onFailure === 'leave')
            return { ...began, last, why, outcome: 'failed', reason: `${why.line}; ${idOf(arn)} goes on, as told` };
        isAskedToStop = await askedToStop(arn, parts);
    }
    if (last === undefined)
        throw new Error(`${arn} was never seen`);
    if (last.status === 'SUCCESSFUL')
        return { ...began, last, runningTaskDefinition: base.taskDefinition, outcome: 'succeeded', reason: undefined };
    const restored = last.status === 'ROLLBACK_SUCCESSFUL' ? last.rollback?.serviceRevisionArn : undefined;
    const runningTaskDefinition = restored === undefined ? base.runningTaskDefinition : await taskDefinitionOf(restored, parts);
    const why = isSuperseded(last)
        ? undefined
        : await whyFailed(about(last), withFailures(last, mostFailed), parts, givenUp);
    if (why !== undefined && why.details.length > 0) {
        await host.group(`why ${request.service} failed`, async () => {
            for (const line of why.details)
                host.info(line);
        });
    }
    return endOf(last, { ...began, runningTaskDefinition, last, why }, request.service, givenUp);
}
/** Asks for a stop; what passes is no answer, and the next look asks again. */
async function askedToStop(arn, { deployments, host, signal }) {
    try {
        await deployments.stop(arn, signal);
        return true;
    }
    catch (error) {
        if (signal.aborted || !(0,aws_errors/* isPassing */.WG)(error))
            throw error;
        host.warn(`${(0,errors/* messageOf */.bD)(error)}; trying again`);
        return false;
    }
}
const failureCount = (now) => now?.deploymentCircuitBreaker?.failureCount ?? 0;
const withFailures = (now, failureCount) => ({
    ...now,
    deploymentCircuitBreaker: { ...now.deploymentCircuitBreaker, failureCount },
});
/** Its tasks have yet to run in full. */
const isStarting = (now) => {
    const target = now.targetServiceRevision;
    return (isMovingOn(now) &&
        !hasReached(now, 'POST_SCALE_UP') &&
        (target?.runningTaskCount ?? 0) < Math.max(1, target?.requestedTaskCount ?? 1));
};
const isSuperseded = ({ status, statusReason }) => status === 'STOPPED' && /newer service deployment|superseded/i.test(statusReason ?? '');
/** How a deployment that is over, and did not succeed, ended; pure. `seen` names what serves if it was rolled back. */
function endOf(last, seen, service, givenUp) {
    const said = last.rollback?.reason ?? last.statusReason;
    const cause = seen.why?.kind === undefined ? (said ?? `the deployment ended as ${last.status}`) : seen.why.line;
    const told = givenUp || said === undefined || cause.includes(said) ? cause : `${cause} (${said})`;
    const unknown = { ...seen, runningTaskDefinition: undefined };
    if (last.status === 'ROLLBACK_SUCCESSFUL')
        return { ...seen, outcome: 'rolled-back', reason: told };
    if (last.status === 'ROLLBACK_FAILED') {
        const reason = `${cause}; the rollback failed: ${last.statusReason ?? 'ECS tells no reason'}`;
        return { ...unknown, outcome: 'rollback-failed', reason };
    }
    if (isSuperseded(last)) {
        const id = idOf(last.serviceDeploymentArn ?? '');
        const reason = `another deployment of ${service} took the place of ${id}: ${last.statusReason}`;
        return { ...unknown, outcome: 'superseded', reason };
    }
    return { ...unknown, outcome: givenUp || seen.why?.kind !== undefined ? 'failed' : 'stopped', reason: told };
}
//# sourceMappingURL=native-follow.js.map
// EXTERNAL MODULE: ./build/src/ecs/lasting-call.js
var lasting_call = __webpack_require__(4608);
;// CONCATENATED MODULE: ./build/src/ecs/native-bind.js




/** How long ECS may take to show the deployment that an update began, in ms. */
const native_bind_patience = 120_000;
/**
 * The service deployment that an update began: the one that the service names, or one of the newest, whose target has the update's task definition.
 * Answers of ECS may be a moment late or apart, and another update may have come right after.
 * @throws UserError when it does not show
 */
async function boundDeployment({ ecs, deployments, clock, signal }, { cluster, after, taskDefinition, before, isNew }) {
    const name = after.serviceName ?? '';
    // By the clock of ECS. An answer without the new deployment tells of the one before: ours is younger.
    const shownAt = primaryOf(after)?.createdAt?.getTime();
    const since = new Date(shownAt === undefined ? clock.now() - 2_000 : shownAt + (isNew ? -2_000 : 1_000));
    const seen = new Set(before === undefined ? [] : [before]);
    const isOurs = async (arn) => {
        const look = await deployments.look(arn, signal);
        const target = look.targetServiceRevision?.arn;
        if (target === undefined)
            return false;
        const found = (await deployments.revision(target, signal)).taskDefinition;
        seen.add(arn);
        return found === taskDefinition && (look.createdAt === undefined || look.createdAt >= since);
    };
    let service = after;
    let first = true;
    const read = async () => {
        const listed = first ? [] : await deployments.since(cluster, name, since, signal);
        if (!first)
            service = await ecs.service(cluster, name, signal);
        first = false;
        for (const arn of [service.currentServiceDeployment, ...listed])
            if (arn !== undefined && !seen.has(arn) && (await isOurs(arn)))
                return arn;
        return undefined;
    };
    const deadline = clock.now() + native_bind_patience;
    for await (const found of (0,poll/* poll */.w)(read, { clock, signal, intervalMs: 2_000, passing: isNotYetShown })) {
        if (found !== undefined)
            return found;
        if (clock.now() > deadline)
            break;
    }
    throw new errors/* UserError */.yo(`ECS took the update of ${name}, but shows no deployment of ${taskDefinition} after ${native_bind_patience / 1_000} s: look at the service before running again`);
}
//# sourceMappingURL=native-bind.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-update.js




/**
 * Updates the service and finds the deployment that follows from it. Both are journalled: the attempt before its answer can be lost,
 * the deployment as soon as it is known, also when a cancel came in between.
 */
async function updated(before, revision, force, parts, told) {
    const { request, service, update } = before;
    const { cluster } = request;
    const taskDefinition = revision?.arn ?? primaryOf(service)?.taskDefinition ?? service.taskDefinition;
    // ECS refuses another capacity provider strategy without it.
    const forces = force || update.input.capacityProviderStrategy !== undefined;
    const input = {
        ...update.input,
        cluster,
        service: request.service,
        ...(revision === undefined ? {} : { taskDefinition: revision.arn }),
        ...(forces ? { forceNewDeployment: true } : {}),
    };
    told?.journal.save({ attempt: { taskDefinition, before: primaryOf(service)?.id ?? '' } });
    told?.shared.attempted();
    const refused = () => {
        told?.journal.save({ attempt: undefined });
        told?.shared.refused();
    };
    return await (0,lasting_call/* lastingCall */.h)(parts.signal, async (signal) => {
        const lasting = { ...parts, signal };
        const after = await taken(input, service, lasting, refused);
        const was = primaryOf(service);
        const primary = primaryOf(after);
        const isNew = primary?.id !== was?.id;
        const known = { taskDefinition, loadBalancers: after.loadBalancers ?? [] };
        // Where a deployment must follow, an answer that does not show it is an old one.
        const mustBegin = forces || taskDefinition !== was?.taskDefinition;
        if (!isNew && !mustBegin)
            return { ...known, arn: undefined, startedBy: primary?.id };
        const bound = { cluster, after, taskDefinition, before: service.currentServiceDeployment, isNew };
        return { ...known, arn: await boundDeployment(lasting, bound), startedBy: isNew ? primary?.id : undefined };
    }, ({ arn }) => told?.journal.save({ deploymentId: arn, attempt: undefined }));
}
const mostTries = 5;
/** Updates; when only the answer was lost, the service itself tells that the update was taken. */
async function taken(input, before, parts, refused) {
    const { ecs, deployments, clock, signal } = parts;
    for (let tries = 1;; tries++) {
        try {
            return await deployments.update(input, signal);
        }
        catch (error) {
            const isFinal = !(0,aws_errors/* isPassing */.WG)(error) || tries === mostTries;
            if (isFinal && (0,aws_errors/* isRefused */.H0)(error))
                refused();
            if (isFinal)
                throw error;
            await clock.sleep(1_000 * 2 ** tries, signal);
            if ((0,aws_errors/* isRefused */.H0)(error))
                continue;
            const now = await ecs.service(input.cluster ?? 'default', input.service ?? '', signal);
            const isNew = primaryOf(now)?.id !== primaryOf(before)?.id;
            if (isNew && (input.taskDefinition ?? now.taskDefinition) === primaryOf(now)?.taskDefinition)
                return now;
        }
    }
}
//# sourceMappingURL=native-update.js.map
;// CONCATENATED MODULE: ./build/src/ecs/setting-fit.js

/** Settings that belong to another strategy than the service will have, a line each: ECS would not keep them. Pure. */
function unfitting(asked, live) {
    const strategy = asked.strategy ?? live.deploymentConfiguration?.strategy ?? 'ROLLING';
    const has = `${live.serviceName} has ${strategy}: set the input strategy too`;
    const owned = [
        ['canary-percent', 'CANARY', asked.canaryPercent],
        ['canary-bake-time', 'CANARY', asked.canaryBakeTimeInMinutes],
        ['linear-step-percent', 'LINEAR', asked.linearStepPercent],
        ['linear-step-bake-time', 'LINEAR', asked.linearStepBakeTimeInMinutes],
    ];
    const lines = owned
        .filter(([, owner, value]) => value !== undefined && strategy !== owner)
        .map(([name, owner]) => `input '${name}': belongs to the strategy ${owner}, and ${has}`);
    if (strategy !== 'ROLLING')
        return lines;
    const rolling = [
        ['bake-time', asked.bakeTimeInMinutes !== undefined],
        ['lifecycle-hooks', (asked.hooks?.length ?? 0) > 0],
    ];
    return [
        ...lines,
        ...rolling
            .filter(([, given]) => given)
            .map(([name]) => `input '${name}': a rolling deployment has none, and ${has}`),
    ];
}
/** What makes up a service revision beside its task definition, and goes back with it. */
const ofRevision = ['networkConfiguration', 'platformVersion', 'capacityProviderStrategy'];
/** What to send so that an update's part in the service's revision is as it was before it. Pure. */
function undone(update, before) {
    const input = Object.fromEntries(ofRevision
        .filter((name) => update.input[name] !== undefined && before[name] !== undefined)
        .map((name) => [name, before[name]]));
    const volumes = primaryOf(before)?.volumeConfigurations;
    const hasVolumes = update.input.volumeConfigurations !== undefined && volumes !== undefined;
    return { input: { ...input, ...(hasVolumes ? { volumeConfigurations: volumes } : {}) }, changes: [] };
}
//# sourceMappingURL=setting-fit.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-rollback.js






/**
 * Goes back by a deployment of our own, settings and all, where ECS did not: to the revision of the last deployment that succeeded, never to the one numbered before.
 */
async function rollBackToGood(failed, begun, parts, journal) {
    const { request } = begun;
    const { ecs, host, signal } = parts;
    const { service, current } = await native_current_underWay(request, await ecs.service(request.cluster, request.service, signal), parts);
    const isOurs = primaryOf(service)?.taskDefinition === failed.taskDefinition;
    if (current !== undefined || !isOurs) {
        const other = current?.serviceDeploymentArn === undefined ? 'another one' : idOf(current.serviceDeploymentArn);
        const reason = `${failed.reason}; ${other} has taken its place, so nothing is rolled back`;
        return { ...failed, runningTaskDefinition: undefined, outcome: 'superseded', reason };
    }
    const good = (await lastGood(request, failed.deploymentArn, parts)) ?? (await servedBefore(failed, parts));
    if (good === undefined) {
        return {
            ...failed,
            reason: `${failed.reason}; no deployment of ${request.service} has succeeded before, so there is nothing to roll back to`,
        };
    }
    host.warn(`${failed.reason}: ECS left it so, rolling back to ${good.split('/').at(-1)}`);
    try {
        const back = await updated({ request, service, update: undone(begun.update, begun.service) }, { arn: good, registered: false }, true, parts);
        if (back.arn === undefined)
            throw new Error('ECS began no deployment');
        journal.save({ deploymentId: back.arn, isRollback: true });
        const base = { ...failed, taskDefinition: good };
        const followed = { ...back, arn: back.arn, takenUp: false };
        const end = await followNative(followed, { ...request, waitUntil: 'complete', onFailure: 'leave' }, parts, base);
        if (end.outcome === 'succeeded')
            return { ...failed, runningTaskDefinition: good, outcome: 'rolled-back' };
        return {
            ...failed,
            outcome: 'rollback-failed',
            reason: `${failed.reason}; the rollback ${idOf(back.arn)} ended as ${end.outcome}: ${end.reason ?? ''}`,
        };
    }
    catch (error) {
        if (signal.aborted)
            throw error;
        return {
            ...failed,
            outcome: 'rollback-failed',
            reason: `${failed.reason}; the rollback could not begin: ${(0,errors/* messageOf */.bD)(error)}`,
        };
    }
}
/** What a deployment was to take the place of, when that was one: ECS forgets deployments after 90 days, not what runs. */
async function servedBefore({ last }, parts) {
    const [source, ...others] = (last?.sourceServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []);
    return source === undefined || others.length > 0 ? undefined : await taskDefinitionOf(source, parts);
}
/** The task definition of the newest deployment that succeeded, other than one. */
async function lastGood(request, except, { deployments, signal }) {
    const arns = await deployments.succeeded(request.cluster, request.service, signal);
    const arn = arns.find((candidate) => candidate !== except);
    const target = arn === undefined ? undefined : (await deployments.look(arn, signal)).targetServiceRevision?.arn;
    return target === undefined ? undefined : (await deployments.revision(target, signal)).taskDefinition;
}
//# sourceMappingURL=native-rollback.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-settle.js



/** How long ECS may show a service as it was, in ms; after that, another count is somebody else's, such as autoscaling's. */
const oldMs = 30_000;
/** Waits until a service whose settings changed without a deployment (its desired count, say) runs as many tasks as it should. */
async function settled(cluster, name, asked, { ecs, host, clock, signal }) {
    const began = clock.now();
    let said = '';
    const options = { clock, signal, intervalMs: 5_000, jitter: 0.1, passing: aws_errors/* isPassing */.WG };
    for await (const service of (0,poll/* poll */.w)(() => ecs.service(cluster, name, signal), options)) {
        const words = `${service.runningCount ?? 0} of ${service.desiredCount ?? 0} tasks run`;
        if (words !== said)
            host.info(`[${(0,action_clock/* formatDuration */.a3)(clock.now() - began)}] ${words}`);
        said = words;
        const isOld = asked !== undefined && service.desiredCount !== asked && clock.now() - began < oldMs;
        if (isOld)
            continue;
        if (service.runningCount === service.desiredCount && (service.pendingCount ?? 0) === 0)
            return service;
    }
    throw new Error('the poll ended by itself');
}
//# sourceMappingURL=native-settle.js.map
// EXTERNAL MODULE: ./build/src/ecs/remedies.js
var remedies = __webpack_require__(1880);
;// CONCATENATED MODULE: ./build/src/ecs/native-stop.js






/** The name under which a service's deployment is journalled. */
const nativeJournal = (cluster, service) => `ecs-deploy:${cluster}/${service}`;
/** Stops deployments by ECS itself; every stop is a rollback there. */
const nativeStopping = (of, { ecs, deployments, host, clock }) => ({
    stop: (arn, _rollback, signal) => deployments.stop(arn, signal),
    async find({ attempt }, signal) {
        const service = await ecs.service(of.cluster, of.service, signal);
        const primary = primaryOf(service);
        const began = primary?.taskDefinition === attempt?.['taskDefinition'] && primary?.id !== attempt?.['before'];
        if (!began)
            return undefined;
        return (await native_current_underWay(of, service, { ecs, deployments, clock, signal })).current?.serviceDeploymentArn;
    },
    async ended(arn, signal) {
        const last = await serviceDeploymentEnd(deployments, arn, host, clock, signal);
        return { last, words: stopWords(last) };
    },
});
function stopWords(last) {
    const id = idOf(last.serviceDeploymentArn ?? '');
    switch (last.status) {
        case 'SUCCESSFUL':
            return `${id} had succeeded before it could be stopped`;
        case 'ROLLBACK_SUCCESSFUL':
            return `${id} was stopped and rolled back`;
        default:
            return `${id} was stopped and ended as ${last.status}${last.statusReason === undefined ? '' : `: ${last.statusReason}`}`;
    }
}
/**
 * The post step: finishes what a cancelled or killed run left open, in all services at once: the end of one is minutes away.
 * Whatever comes of a deployment, its service scales again.
 */
async function finishNative(cluster, services, parts) {
    const each = services.flatMap((service) => {
        const of = { cluster, service };
        const finished = (0,remedies/* finishInterrupted */.u4)(nativeJournal(cluster, service), parts, nativeStopping(of, parts));
        const resumes = () => resume(suspensionJournal(cluster, service), parts);
        return [finished, finished.then(resumes, resumes)];
    });
    await everyService(each);
}
//# sourceMappingURL=native-stop.js.map
// EXTERNAL MODULE: ./build/src/ecs/revision-to-deploy.js
var revision_to_deploy = __webpack_require__(840);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/src/ecs/service-update.js

/** Compares the settings with the live service; only what differs is sent. Of a nested setting, the live rest goes along. */
function serviceUpdate(asked, live) {
    const changes = [];
    const differing = (pairs) => {
        const found = pairs.filter(([, to, from]) => to !== undefined && !same(from, to));
        changes.push(...found.map(([name, to, from]) => ({ name, from, to })));
        return Object.fromEntries(found.map(([name, to]) => [name, to]));
    };
    const flat = differing([
        ['desiredCount', asked.desiredCount, live.desiredCount],
        ['healthCheckGracePeriodSeconds', asked.healthCheckGracePeriodSeconds, live.healthCheckGracePeriodSeconds],
        ['platformVersion', asked.platformVersion, live.platformVersion],
        ['capacityProviderStrategy', whole(asked.capacityProviders), whole(live.capacityProviderStrategy)],
        ['enableExecuteCommand', asked.enableExecuteCommand, live.enableExecuteCommand],
        ['enableECSManagedTags', asked.enableManagedTags, live.enableECSManagedTags],
        ['propagateTags', asked.propagateTags, live.propagateTags],
        ['volumeConfigurations', asked.volumes, liveVolumes(live)],
    ]);
    const vpc = live.networkConfiguration?.awsvpcConfiguration;
    const network = differing([
        ['subnets', asked.subnets, vpc?.subnets],
        ['securityGroups', asked.securityGroups, vpc?.securityGroups],
        [
            'assignPublicIp',
            asked.assignPublicIp === undefined ? undefined : asked.assignPublicIp ? 'ENABLED' : 'DISABLED',
            vpc?.assignPublicIp,
        ],
    ]);
    const configuration = differing(configurationPairs(asked, live.deploymentConfiguration ?? {}));
    return {
        input: {
            ...flat,
            ...(flat['capacityProviderStrategy'] === undefined ? {} : { capacityProviderStrategy: asked.capacityProviders }),
            ...(isEmpty(network) ? {} : { networkConfiguration: { awsvpcConfiguration: { ...vpc, ...network } } }),
            ...(isEmpty(configuration)
                ? {}
                : { deploymentConfiguration: merged(live.deploymentConfiguration ?? {}, configuration) }),
        },
        changes,
    };
}
function configurationPairs(asked, live) {
    const breaker = asked.circuitBreaker === undefined
        ? undefined
        : { enable: asked.circuitBreaker !== 'off', rollback: asked.circuitBreaker === 'rollback' };
    const alarms = asked.alarms === undefined
        ? undefined
        : { alarmNames: [...asked.alarms], enable: asked.alarms.length > 0, rollback: asked.alarms.length > 0 };
    return [
        ['strategy', asked.strategy, live.strategy ?? 'ROLLING'],
        ['bakeTimeInMinutes', asked.bakeTimeInMinutes, live.bakeTimeInMinutes],
        [
            'canaryConfiguration',
            nested({ canaryPercent: asked.canaryPercent, canaryBakeTimeInMinutes: asked.canaryBakeTimeInMinutes }),
            live.canaryConfiguration,
        ],
        [
            'linearConfiguration',
            nested({ stepPercent: asked.linearStepPercent, stepBakeTimeInMinutes: asked.linearStepBakeTimeInMinutes }),
            live.linearConfiguration,
        ],
        ['deploymentCircuitBreaker', breaker, live.deploymentCircuitBreaker],
        ['alarms', alarms, live.alarms],
        ['lifecycleHooks', asked.hooks, live.lifecycleHooks],
        ['minimumHealthyPercent', asked.minimumHealthyPercent, live.minimumHealthyPercent],
        ['maximumPercent', asked.maximumPercent, live.maximumPercent],
    ];
}
const nested = (members) => {
    const given = Object.entries(members).filter(([, value]) => value !== undefined);
    return given.length === 0 ? undefined : Object.fromEntries(given);
};
/** With the weight and the base that ECS takes when they are not given, by name. */
const whole = (strategy) => strategy
    ?.map((item) => ({ ...item, weight: item.weight ?? 0, base: item.base ?? 0 }))
    .toSorted((a, b) => String(a.capacityProvider).localeCompare(String(b.capacityProvider)));
const isEmpty = (value) => Object.keys(value).length === 0;
/** Of these, what is live and was not asked for goes along. */
const mergedMembers = new Set(['canaryConfiguration', 'linearConfiguration', 'deploymentCircuitBreaker']);
/** What is asked for counts, member by member; what is live and not spoken of stays. A strategy's own settings go when the strategy does. */
function merged(live, changes) {
    const result = { ...live };
    for (const [name, value] of Object.entries(changes)) {
        const before = result[name];
        result[name] = isMembers(before) && isMembers(value) && mergedMembers.has(name) ? { ...before, ...value } : value;
    }
    const strategy = result['strategy'] ?? 'ROLLING';
    if (strategy !== 'CANARY')
        delete result['canaryConfiguration'];
    if (strategy !== 'LINEAR')
        delete result['linearConfiguration'];
    if (strategy === 'ROLLING') {
        delete result['bakeTimeInMinutes'];
        if (changes['lifecycleHooks'] === undefined)
            delete result['lifecycleHooks'];
    }
    return result;
}
const isMembers = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Equal, where a member that is only in the live value does not count and lists of names have no order. */
function same(live, asked) {
    if (isMembers(asked))
        return isMembers(live) && Object.entries(asked).every(([name, value]) => same(live[name], value));
    if (Array.isArray(asked)) {
        const other = Array.isArray(live) ? live : [];
        if (other.length !== asked.length)
            return false;
        const texts = [...asked, ...other].every((item) => typeof item === 'string');
        return texts
            ? (0,external_node_util_.isDeepStrictEqual)(asked.toSorted(), other.toSorted())
            : asked.every((item, index) => same(other[index], item));
    }
    return (0,external_node_util_.isDeepStrictEqual)(live, asked);
}
/** EBS volumes stand in the service's deployments, not in the service itself. */
const liveVolumes = (live) => live.deployments?.find(({ status }) => status === 'PRIMARY')?.volumeConfigurations ?? [];
/** `minimumHealthyPercent: 100 → 50` */
const describeChange = ({ name, from, to }) => `${name}: ${shown(from)} → ${shown(to)}`;
const shown = (value) => value === undefined ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value);
//# sourceMappingURL=service-update.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native.js
















/** Looks at a service and decides; only reads. @throws UserError when ECS is not what moves it */
async function planService(request, parts) {
    const { service, current } = await native_current_underWay(request, await nativeService(request, parts), parts);
    const { same, newest } = await heldAgainst(request, service, parts);
    const misfits = unfitting(request.settings, service);
    if (misfits.length > 0)
        throw new errors/* UserError */.yo(misfits.join('\n'));
    const update = serviceUpdate(request.settings, service);
    const plan = planNative({
        service,
        current,
        hasIt: same !== undefined,
        settingsDiffer: update.changes.length > 0,
        force: request.force,
        ifDeploying: request.ifDeploying,
    });
    return { request, service, plan, update, same, newest };
}
async function heldAgainst({ wanted }, service, { ecs, signal }) {
    const has = primaryOf(service)?.taskDefinition ?? service.taskDefinition;
    return wanted === undefined ? { same: has, newest: undefined } : await (0,revision_to_deploy/* compared */.mU)(ecs, wanted, has, signal);
}
const nativeBase = ({ request, service, update, same }) => ({
    cluster: request.cluster,
    service: request.service,
    taskDefinition: same ?? request.wanted?.arn,
    runningTaskDefinition: service.taskDefinition,
    deploymentArn: undefined,
    changes: update.changes,
    last: undefined,
    why: undefined,
});
const shortArn = (arn) => arn?.split('/').at(-1) ?? 'its revision';
/** What is done with a service, in words. */
function plannedWords({ request, service, plan, update }, revision) {
    const changes = update.changes.map(describeChange).join(', ');
    const deploy = `deploy ${revision} to ${request.cluster}/${service.serviceName}${changes === '' ? '' : ` with ${changes}`}`;
    switch (plan.kind) {
        case 'unchanged':
            return `leave ${service.serviceName} as it is`;
        case 'take-up':
            return `take up the deployment ${idOf(plan.arn)} of ${service.serviceName}`;
        case 'blocked':
            return `do nothing: ${plan.reason}`;
        case 'wait-for':
            return `wait for the deployment ${idOf(plan.arn)}, then ${deploy}`;
        case 'stop-first':
            return `stop the deployment ${idOf(plan.arn)}, then ${deploy}`;
        case 'deploy':
            return deploy;
    }
}
/** Carries a plan out: makes way, updates the service, and stays with the deployment until it is where it was asked to be. */
async function deployNative(planned, shared, parts) {
    const { request } = planned;
    const journal = (0,remedies/* openJournal */._0)(parts.host, nativeJournal(request.cluster, request.service), request.onCancel);
    let begun = nativeBase(planned);
    let late;
    let open;
    const explained = async () => {
        if (open === undefined || parts.signal.aborted || journal.entry().isRollback)
            return;
        late ??= await whyLate(open.arn, { ...request, startedBy: open.startedBy }, begun.taskDefinition, open, parts);
    };
    const engine = nativeStopping(request, parts);
    const stopping = {
        ...engine,
        async stop(id, rollback, signal) {
            await explained();
            await engine.stop(id, rollback, signal);
        },
    };
    const followOrGoBack = async (followed, ready, inTime) => {
        open = followed;
        const result = await followNative(followed, request, inTime, begun);
        const goesBack = result.outcome === 'failed' && request.onFailure === 'rollback';
        return goesBack ? await rollBackToGood(result, ready, inTime, journal) : result;
    };
    const end = await (0,remedies/* withRemedies */.Nq)(request, parts, journal, stopping, async (signal) => {
        const inTime = { ...parts, signal };
        const ready = await madeWay(planned, inTime);
        begun = nativeBase(ready);
        const { plan } = ready;
        const page = (0,console/* serviceConsole */.$)(ready.service.serviceArn ?? '', parts.host.env);
        if (page !== undefined)
            parts.host.link(`${request.service} in the console`, page);
        if (plan.kind === 'unchanged')
            return { ...begun, outcome: 'unchanged', reason: undefined };
        if (plan.kind === 'take-up') {
            parts.host.info(`taking up the deployment ${idOf(plan.arn)}, begun by an earlier run`);
            journal.save({ deploymentId: plan.arn });
            begun = { ...begun, runningTaskDefinition: await servingBefore(plan.arn, inTime) };
            const startedBy = primaryOf(ready.service)?.id;
            const loadBalancers = ready.service.loadBalancers ?? [];
            return await followOrGoBack({ arn: plan.arn, startedBy, takenUp: true, loadBalancers }, ready, inTime);
        }
        const untried = (0,desired_count/* untriedWarning */.K)(request.service, request.settings.desiredCount ?? ready.service.desiredCount);
        if (untried !== undefined)
            parts.host.warn(untried);
        const revision = await shared.get(signal);
        journal.save({ registered: revision?.registered ? revision.arn : undefined });
        signal.throwIfAborted();
        const started = await updated(ready, revision, plan.kind === 'deploy' && plan.force, inTime, { journal, shared });
        begun = { ...begun, taskDefinition: started.taskDefinition };
        if (started.arn === undefined) {
            if (request.waitUntil !== 'none')
                await settled(request.cluster, request.service, request.settings.desiredCount, inTime);
            return { ...begun, outcome: 'succeeded', reason: undefined };
        }
        parts.host.info(`deployment ${idOf(started.arn)} moves ${request.service} to ${shortArn(started.taskDefinition)}`);
        const { arn, startedBy, loadBalancers } = started;
        return await followOrGoBack({ arn, startedBy, takenUp: false, loadBalancers }, ready, inTime);
    });
    if ('result' in end)
        return end.result;
    if (end.outcome === 'timed-out')
        await explained();
    return {
        ...begun,
        why: late,
        last: end.end?.last,
        deploymentArn: end.entry.deploymentId,
        outcome: end.outcome,
        reason: late?.kind === undefined ? end.reason : `${end.reason}: ${late.line}`,
    };
}
/** Waits for, or stops, what stands in the way, until nothing does; then the plan is a new one. */
async function madeWay(planned, parts) {
    const { deployments, host, clock, signal } = parts;
    let now = planned;
    for (;;) {
        const { plan, request } = now;
        if (plan.kind !== 'stop-first' && plan.kind !== 'wait-for')
            return now;
        if (plan.kind === 'stop-first') {
            host.info(`stopping the deployment ${idOf(plan.arn)} of ${request.service} first, with a rollback`);
            await deployments.stop(plan.arn, signal);
        }
        else
            host.info(`waiting for the deployment ${idOf(plan.arn)} of ${request.service}`);
        await serviceDeploymentEnd(deployments, plan.arn, host, clock, signal);
        now = await planService(request, parts);
    }
}
/** What served before a deployment that an earlier run began. */
async function servingBefore(arn, parts) {
    const source = (await parts.deployments.look(arn, parts.signal)).sourceServiceRevisions?.[0]?.arn;
    return source === undefined ? undefined : await taskDefinitionOf(source, parts);
}
//# sourceMappingURL=native.js.map
// EXTERNAL MODULE: ./build/src/ecs/old-revisions.js
var old_revisions = __webpack_require__(6529);
// EXTERNAL MODULE: ./build/src/ecs/run-task.js
var run_task = __webpack_require__(2338);
// EXTERNAL MODULE: ./build/src/ecs/task-before.js
var task_before = __webpack_require__(2124);
;// CONCATENATED MODULE: ./build/src/ecs/deploy-services.js











/** Plans for every service first, registers one revision, and moves all of them at once. Nothing is changed when one of them is blocked. */
async function deployServices(request, parts) {
    const { host } = parts;
    const { services, taskBefore: _, suspendScaling: __, keepRevisions: ___, ...each } = request;
    const plans = await everyService(services.map((service) => planService({ ...each, service }, parts)));
    const blocked = plans.find(({ plan }) => plan.kind === 'blocked');
    if (blocked !== undefined) {
        const results = plans.map((planned) => idle(planned, 'blocked'));
        const reason = blocked.plan.kind === 'blocked' ? blocked.plan.reason : undefined;
        return { outcome: 'blocked', reason, results, taskBefore: undefined };
    }
    if (request.dryRun) {
        const revision = request.wanted?.arn ?? (request.wanted === undefined ? 'its own revision' : 'a new revision');
        for (const planned of plans)
            host.info(`would ${plannedWords(planned, planned.same ?? revision)}`);
        const deploys = plans.some(({ plan }) => ['deploy', 'wait-for', 'stop-first'].includes(plan.kind));
        if (deploys && request.taskBefore !== undefined)
            host.info(`would ${(0,task_before/* taskBeforeWords */.i4)((0,task_before/* besideService */.Sv)(request.taskBefore, plans[0]?.service))}`);
        if (deploys && request.suspendScaling)
            host.info('would suspend the autoscaling meanwhile, where there is any');
        if (deploys && request.keepRevisions !== undefined)
            host.info(`would deregister older revisions after a success, and keep ${request.keepRevisions}`);
        const outcome = plans.every(({ plan }) => plan.kind === 'unchanged') ? 'unchanged' : 'succeeded';
        return {
            outcome,
            reason: undefined,
            results: plans.map((one) => idle(one, one.plan.kind === 'unchanged' ? 'unchanged' : 'succeeded')),
            taskBefore: undefined,
        };
    }
    const shared = sharedRevision(request, plans, parts);
    const results = await Promise.all(plans.map((planned) => moved(planned, shared, request, { ...parts, host: named(host, planned, services) })));
    await shared.settle(results);
    const taskBefore = await shared.task();
    const ends = results.map(({ result }) => result);
    if (ends.every(({ outcome }) => outcome === 'succeeded' || outcome === 'unchanged'))
        await tidied(request, ends, parts);
    return { ...worst(ends), results: ends, taskBefore };
}
/** Deregisters old revisions, if told: none that runs, is deployed or has been deployed well before. What it cannot do spoils no success. */
async function tidied(request, ends, parts) {
    const { cluster, keepRevisions: keep } = request;
    const family = ends[0]?.taskDefinition?.split('/').at(-1)?.split(':')[0];
    if (keep === undefined || family === undefined)
        return;
    const { ecs, host, signal } = parts;
    try {
        const tasks = await ecs.tasks(cluster, { family, desiredStatus: 'RUNNING' }, signal);
        const services = await Promise.all(request.services.map((service) => ecs.service(cluster, service, signal)));
        const good = await Promise.all(ends.map(({ service, deploymentArn }) => lastGood({ cluster, service }, deploymentArn, parts)));
        const inUse = [
            ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn),
            ...services.flatMap(({ deployments = [] }) => deployments.map(({ taskDefinition }) => taskDefinition)),
            ...good,
        ];
        const gone = await (0,old_revisions/* deregisterOld */.k)(parts, { family, keep, inUse }, signal);
        if (gone.length > 0)
            host.info(`deregistered ${gone.map((arn) => arn.split('/').at(-1)).join(', ')}: ${keep} are kept`);
    }
    catch (error) {
        if (signal.aborted)
            throw error;
        host.warn(`old revisions of ${family} could not be deregistered: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
const idle = (planned, outcome) => ({
    ...nativeBase(planned),
    outcome,
    reason: planned.plan.kind === 'blocked' ? planned.plan.reason : undefined,
});
/** With several services, every line says which it is about. */
function named(host, { request }, services) {
    if (services.length < 2)
        return host;
    const say = (level) => (message) => host[level](`${request.service}: ${message}`);
    return { ...host, info: say('info'), debug: say('debug'), warn: say('warn'), error: say('error') };
}
async function moved(planned, shared, request, parts) {
    const { plan } = planned;
    if (plan.kind === 'unchanged') {
        parts.host.info(`${planned.request.service} runs ${planned.same} already, which is the same: nothing is registered or deployed`);
        return { result: idle(planned, 'unchanged'), thrown: undefined };
    }
    const deploy = () => deployNative(planned, shared, parts);
    try {
        const { cluster, service } = planned.request;
        const result = request.suspendScaling ? await withScalingSuspended(cluster, service, parts, deploy) : await deploy();
        return { result, thrown: undefined };
    }
    catch (thrown) {
        if (request.services.length === 1)
            return { result: idle(planned, 'failed'), thrown };
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        parts.host.error(reason);
        return { result: { ...idle(planned, 'failed'), reason }, thrown };
    }
}
/** The revision that all services share: registered when the first of them asks, after its way is free, and the task before it run then. */
function sharedRevision(request, plans, parts) {
    let made;
    let registered;
    let task;
    let attempts = 0;
    const make = async (signal) => {
        const { wanted, taskBefore, cluster } = request;
        // After a wait it may be the newest no more.
        const waited = plans.some(({ plan }) => plan.kind === 'wait-for' || plan.kind === 'stop-first');
        const newest = waited ? undefined : plans[0]?.newest;
        // Every service has it: only its settings change.
        const same = !waited && plans.every((plan) => plan.same === plans[0]?.same) ? plans[0]?.same : undefined;
        registered =
            wanted === undefined
                ? undefined
                : await (0,revision_to_deploy/* revisionToDeploy */.GD)({ ...wanted, arn: wanted.arn ?? same, newest }, { ...parts, signal }, (arn) => {
                    registered = { arn, registered: true };
                });
        const taskDefinition = registered?.arn ?? plans[0]?.service.taskDefinition;
        if (taskBefore !== undefined && taskDefinition !== undefined) {
            const { propagateTags, enableManagedTags, volumes } = request.settings;
            const service = plans[0]?.service;
            const live = (service && primaryOf(service)?.volumeConfigurations) ?? [];
            const given = taskBefore.volumes ?? (0,managed_volume/* volumesBeside */.EI)(wanted?.document, volumes ?? live);
            const place = (0,task_before/* besideService */.Sv)({ ...taskBefore, volumes: given }, {
                ...service,
                ...(propagateTags === undefined ? {} : { propagateTags }),
                ...(enableManagedTags === undefined ? {} : { enableECSManagedTags: enableManagedTags }),
            });
            task = (0,run_task/* runTask */.Z)({ ...place, cluster, taskDefinition }, { ...parts, signal });
            await task;
        }
        return registered;
    };
    return {
        get: (signal) => {
            made ??= make(signal);
            return made;
        },
        task: async () => (task === undefined ? undefined : await task.catch(() => undefined)),
        attempted: () => void attempts++,
        refused: () => void attempts--,
        /** A revision that no service was told of, or can have come to, goes again. */
        async settle(results) {
            if (registered !== undefined && attempts === 0)
                await (0,revision_to_deploy/* takeBack */.zH)(parts.ecs, registered, parts.host);
            const first = results.find(({ thrown }) => thrown !== undefined)?.thrown;
            if (results.length === 1 && first !== undefined)
                throw first;
        },
    };
}
/** From the best end to the worst. */
const deploy_services_order = [
    ...['unchanged', 'succeeded', 'waiting', 'blocked', 'superseded', 'stopped'],
    ...['rolled-back', 'failed', 'timed-out', 'cancelled', 'rollback-failed'],
];
/** The worst end of all, with every reason. */
function worst(results) {
    const ends = results.toSorted((a, b) => deploy_services_order.indexOf(b.outcome) - deploy_services_order.indexOf(a.outcome));
    const [first] = ends;
    if (first === undefined)
        throw new Error('there is no service');
    const reasons = ends.filter(({ reason }) => reason !== undefined);
    const reason = results.length === 1 ? first.reason : reasons.map(({ service, reason }) => `${service}: ${reason}`).join('\n');
    return { outcome: first.outcome, reason: reason === '' ? undefined : reason };
}
//# sourceMappingURL=deploy-services.js.map
// EXTERNAL MODULE: ./build/src/ecs/deployment-policy.js
var deployment_policy = __webpack_require__(2499);
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js + 1 modules
var ecs_api = __webpack_require__(1196);
// EXTERNAL MODULE: ./build/src/ecs/objects-input.js
var objects_input = __webpack_require__(4734);
;// CONCATENATED MODULE: ./build/src/ecs/service-inputs.js

/** How traffic moves, in the words of the inputs. */
const strategies = ['rolling', 'blue-green', 'linear', 'canary'];
/** @throws InputError */
function capacityProviders(value) {
    const found = (0,objects_input/* objectsOf */.i)(value, 'capacity-provider-strategy', ['capacityProvider', 'weight', 'base']);
    return found;
}
const hookMembers = [
    ...['targetType', 'hookTargetArn', 'roleArn', 'lifecycleStages', 'hookDetails', 'timeoutConfiguration'],
];
/** @throws InputError */
const lifecycleHooks = (value) => (0,objects_input/* objectsOf */.i)(value, 'lifecycle-hooks', hookMembers);
//# sourceMappingURL=service-inputs.js.map
// EXTERNAL MODULE: ./build/src/ecs/wanted-revision.js
var wanted_revision = __webpack_require__(1176);
;// CONCATENATED MODULE: ./build/src/ecs/native-inputs.js





/** Inputs that say what to deploy, without a default: they mean nothing to the other operations. */
const ofDeploy = [
    ...['desired-count', 'strategy', 'bake-time', 'canary-percent', 'canary-bake-time', 'linear-step-percent'],
    ...['linear-step-bake-time', 'lifecycle-hooks', 'circuit-breaker', 'deployment-alarms', 'keep-revisions'],
    ...['minimum-healthy-percent', 'maximum-percent', 'health-check-grace-period', 'subnets'],
    ...['security-groups', 'assign-public-ip', 'platform-version', 'capacity-provider-strategy'],
    ...['enable-execute-command', 'enable-ecs-managed-tags', 'propagate-tags'],
    ...['service-managed-ebs-volume-name', 'service-managed-ebs-volume'],
];
/** The strategy whose setting an input is. */
const ofStrategy = {
    'canary-percent': 'canary',
    'canary-bake-time': 'canary',
    'linear-step-percent': 'linear',
    'linear-step-bake-time': 'linear',
};
/** Rules between inputs, and of those that hold structures, a line for each that is broken. Pure. */
function nativeProblems(inputs) {
    const { operation, service: services, strategy } = inputs;
    const problems = [];
    const given = (name) => inputs[name] !== undefined;
    if (services.length === 0)
        problems.push("input 'service': expected the name of a service");
    if (new Set(services).size !== services.length)
        problems.push("input 'service': names a service twice");
    if (operation !== 'deploy') {
        for (const name of ofDeploy.filter(given))
            problems.push(`input '${name}': means nothing to the operation ${operation}`);
    }
    for (const name of ['bake-time', 'canary-bake-time', 'linear-step-bake-time']) {
        const ms = inputs[name] ?? 0;
        if (ms % 60_000 !== 0 || ms > 1_440 * 60_000)
            problems.push(`input '${name}': expected whole minutes, at most 24h`);
    }
    for (const [name, owner] of Object.entries(ofStrategy)) {
        if (given(name) && strategy !== undefined && strategy !== owner)
            problems.push(`input '${name}': belongs to the strategy ${owner}, not to ${strategy}`);
    }
    if (strategy === 'rolling' && given('bake-time'))
        problems.push("input 'bake-time': a rolling deployment has none");
    const hooks = structure(problems, () => lifecycleHooks(inputs['lifecycle-hooks']));
    if (strategy === 'rolling' && (hooks?.length ?? 0) > 0)
        problems.push("input 'lifecycle-hooks': a rolling deployment has none");
    structure(problems, () => capacityProviders(inputs['capacity-provider-strategy']));
    structure(problems, () => serviceVolume(inputs));
    const seesSuccess = ['traffic-shifted', 'bake', 'complete'].includes(inputs['wait-until']);
    if (given('keep-revisions') && !seesSuccess)
        problems.push("input 'keep-revisions': needs a success to be seen: set wait-until to traffic-shifted, bake or complete");
    problems.push(...(0,task_before/* taskBeforeProblems */.B$)(inputs));
    return problems;
}
const serviceVolume = (inputs) => (0,managed_volume/* managedVolume */.Cs)(inputs['service-managed-ebs-volume-name'], inputs['service-managed-ebs-volume'], 'service-managed-ebs-volume');
/** What a reader of a structure yields; what it finds wrong is added to the problems. */
function structure(problems, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof errors/* InputError */.dz))
            throw error;
        problems.push(...error.problems);
        return undefined;
    }
}
const minutes = (ms) => (ms === undefined ? undefined : ms / 60_000);
const seconds = (ms) => (ms === undefined ? undefined : Math.round(ms / 1_000));
/** What the inputs ask of the service beside its revision. Pure. @throws InputError */
function nativeSettings(inputs) {
    return {
        desiredCount: inputs['desired-count'],
        strategy: inputs.strategy?.toUpperCase().replace('-', '_'),
        bakeTimeInMinutes: minutes(inputs['bake-time']),
        canaryPercent: inputs['canary-percent'],
        canaryBakeTimeInMinutes: minutes(inputs['canary-bake-time']),
        linearStepPercent: inputs['linear-step-percent'],
        linearStepBakeTimeInMinutes: minutes(inputs['linear-step-bake-time']),
        circuitBreaker: inputs['circuit-breaker'],
        alarms: inputs['deployment-alarms'],
        hooks: lifecycleHooks(inputs['lifecycle-hooks']),
        minimumHealthyPercent: inputs['minimum-healthy-percent'],
        maximumPercent: inputs['maximum-percent'],
        healthCheckGracePeriodSeconds: seconds(inputs['health-check-grace-period']),
        subnets: inputs.subnets,
        securityGroups: inputs['security-groups'],
        assignPublicIp: inputs['assign-public-ip'],
        platformVersion: inputs['platform-version'],
        capacityProviders: capacityProviders(inputs['capacity-provider-strategy']),
        enableExecuteCommand: inputs['enable-execute-command'],
        enableManagedTags: inputs['enable-ecs-managed-tags'],
        propagateTags: inputs['propagate-tags'],
        volumes: serviceVolume(inputs),
    };
}
/** What the inputs ask for; reads the task definition that they name. @throws UserError, InputError */
async function nativeRequest(inputs, { ecs, host, signal }) {
    const settings = nativeSettings(inputs);
    const taskBefore = (0,task_before/* taskBeforeOf */.Sd)(inputs);
    const given = inputs.operation === 'deploy' ? inputs['task-definition'] : undefined;
    return {
        cluster: inputs.cluster,
        services: inputs.service,
        wanted: given === undefined ? undefined : await (0,wanted_revision/* wantedRevision */.h)(given, ecs, inputs['unknown-fields'], host, signal),
        settings,
        force: inputs['force-new-deployment'],
        taskBefore,
        suspendScaling: inputs['suspend-autoscaling'],
        keepRevisions: inputs['keep-revisions'],
        ifDeploying: inputs['if-deploying'],
        waitUntil: inputs['wait-until'],
        timeoutMs: inputs.timeout,
        onFailure: inputs['on-failure'],
        onTimeout: inputs['on-timeout'],
        onCancel: inputs['on-cancel'],
        failedTasks: inputs['failed-tasks'],
        dryRun: inputs['dry-run'],
    };
}
//# sourceMappingURL=native-inputs.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-operations.js










/** Continues or stops what is under way in each service. Without anything under way, nothing is changed. */
async function operateServices(operation, request, parts) {
    const { services, taskBefore: _, suspendScaling: __, keepRevisions: ___, ...each } = request;
    const results = await everyService(services.map((service) => operate(operation, { ...each, service }, parts)));
    return { ...worst(results), results, taskBefore: undefined };
}
async function operate(operation, request, parts) {
    const { deployments, host } = parts;
    const { service, current } = await native_current_underWay(request, await nativeService(request, parts), parts);
    const arn = current?.serviceDeploymentArn;
    const base = {
        cluster: request.cluster,
        service: request.service,
        taskDefinition: primaryOf(service)?.taskDefinition,
        runningTaskDefinition: service.taskDefinition,
        deploymentArn: arn,
        changes: [],
        last: undefined,
        why: undefined,
    };
    if (arn === undefined || current === undefined) {
        host.info(`no deployment of ${request.service} is under way: nothing to ${operation}`);
        return { ...base, outcome: 'unchanged', reason: undefined };
    }
    const doing = operationWords(operation, current, request);
    if (request.dryRun) {
        host.info(`would ${doing}`);
        return { ...base, outcome: 'succeeded', reason: undefined };
    }
    host.info(doing);
    const journal = (0,remedies/* openJournal */._0)(host, nativeJournal(request.cluster, request.service), request.onCancel);
    const end = await (0,remedies/* withRemedies */.Nq)(request, parts, journal, nativeStopping(request, parts), async (inTime) => {
        const timed = { ...parts, signal: inTime };
        if (operation === 'continue') {
            await continued(arn, pausedHook(current) ?? '', timed);
            journal.save({ deploymentId: arn });
            const loadBalancers = service.loadBalancers ?? [];
            const followed = { arn, startedBy: primaryOf(service)?.id, takenUp: false, loadBalancers };
            return await followNative(followed, request, timed, base);
        }
        if (isMovingOn(current))
            await deployments.stop(arn, inTime);
        journal.save({ deploymentId: arn, isRollback: true });
        return await stoppedEnd(arn, base, timed);
    });
    if ('result' in end)
        return end.result;
    return { ...base, last: end.end?.last, outcome: end.outcome, reason: end.reason };
}
/** Answers a hook. When only ECS's answer was lost, the next try is refused: that the hook waits no longer tells. */
async function continued(arn, hook, { deployments, signal }) {
    try {
        await deployments.answer(arn, hook, 'CONTINUE', signal);
    }
    catch (error) {
        signal.throwIfAborted();
        const now = await deployments.look(arn, signal).catch(() => undefined);
        if (now === undefined || !isMovingOn(now) || pausedHook(now) === hook)
            throw error;
    }
}
/** @throws UserError when there is nothing to continue */
function operationWords(operation, current, request) {
    const id = idOf(current.serviceDeploymentArn ?? '');
    if (operation !== 'continue')
        return `stop the deployment ${id} of ${request.service}, with a rollback`;
    if (pausedHook(current) === undefined) {
        throw new errors/* UserError */.yo(`the deployment ${id} of ${request.service} waits for nobody: it is ${current.status} in ${current.lifecycleStage ?? 'no stage'}`);
    }
    return `continue the deployment ${id} of ${request.service} after ${current.lifecycleStage ?? 'its pause'}`;
}
/** A stop that was asked for is a success when it ended as it should. */
async function stoppedEnd(arn, base, parts) {
    const { deployments, host, clock, signal } = parts;
    const last = await serviceDeploymentEnd(deployments, arn, host, clock, signal);
    const restored = last.rollback?.serviceRevisionArn;
    const runningTaskDefinition = restored === undefined ? base.runningTaskDefinition : await taskDefinitionOf(restored, parts);
    const seen = { ...base, last, runningTaskDefinition };
    const said = last.statusReason ?? 'ECS tells no reason';
    switch (last.status) {
        case 'ROLLBACK_SUCCESSFUL':
        case 'STOPPED':
            return { ...seen, outcome: 'succeeded', reason: undefined };
        case 'ROLLBACK_FAILED':
            return {
                ...seen,
                outcome: 'rollback-failed',
                reason: `${idOf(arn)} was stopped, and its rollback failed: ${said}`,
            };
        default:
            return {
                ...seen,
                outcome: 'failed',
                reason: `${idOf(arn)} could not be stopped, it ended as ${last.status}: ${said}`,
            };
    }
}
//# sourceMappingURL=native-operations.js.map
;// CONCATENATED MODULE: ./build/src/ecs/native-report.js




const native_report_short = (arn) => arn?.split('/').at(-1) ?? '–';
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
/** The Markdown summary: each service with what runs, the stages and weights, and why it failed. */
function nativeSummary(request, result) {
    const before = result.taskBefore === undefined
        ? []
        : [
            `Ran the task \`${native_report_short(result.taskBefore.taskArn)}\` before: ${Object.entries(result.taskBefore.exitCodes)
                .map(([name, code]) => `\`${name}\` exited with ${code}`)
                .join(', ')}`,
            '',
        ];
    return [...before, ...result.results.map((one) => serviceSummary(request, one))].join('\n');
}
function serviceSummary(request, result) {
    const { last } = result;
    const strategy = last?.deploymentConfiguration?.strategy ?? request.settings.strategy ?? 'ROLLING';
    const lines = [
        `### ${result.service} on ${result.cluster} (${strategy.toLowerCase().replace('_', '/')}): ${result.outcome}`,
        '',
        `Runs \`${native_report_short(result.runningTaskDefinition)}\`${result.deploymentArn === undefined ? '' : ` · deployment \`${idOf(result.deploymentArn)}\``}${duration(result)}`,
    ];
    if (result.reason !== undefined)
        lines.push('', `> ${cell(result.reason)}`);
    if (result.changes.length > 0)
        lines.push('', ...result.changes.map((change) => `- ${cell(describeChange(change))}`));
    const revisions = [
        ...(last?.targetServiceRevision === undefined ? [] : [{ name: 'new', ...last.targetServiceRevision }]),
        ...(last?.sourceServiceRevisions ?? []).map((revision) => ({ name: 'old', ...revision })),
    ];
    if (revisions.length > 0) {
        lines.push('', '| revision | tasks | traffic | |', '| --- | --- | --- | --- |');
        for (const revision of revisions) {
            const weight = revision.requestedProductionTrafficWeight;
            lines.push(`| ${revision.name} | ${revision.runningTaskCount ?? 0} of ${revision.requestedTaskCount ?? 0} | ${weight === undefined ? '–' : `${weight}%`} | ${weight === undefined ? '' : `\`${(0,deployment_events/* trafficBar */.vm)(weight)}\``} |`);
        }
    }
    if (result.why !== undefined)
        lines.push('', result.why.markdown);
    return `${lines.join('\n')}\n`;
}
const duration = ({ last }) => last?.startedAt === undefined || last.finishedAt === undefined
    ? ''
    : ` · took ${(0,action_clock/* formatDuration */.a3)(last.finishedAt.getTime() - last.startedAt.getTime())}`;
/** The full result as JSON. */
const nativeDetail = (result) => ({
    services: result.results.map((one) => ({
        cluster: one.cluster,
        service: one.service,
        outcome: one.outcome,
        reason: one.reason ?? null,
        taskDefinition: one.taskDefinition ?? null,
        runningTaskDefinition: one.runningTaskDefinition ?? null,
        serviceDeployment: one.deploymentArn ?? null,
        status: one.last?.status ?? null,
        stage: one.last?.lifecycleStage ?? null,
        changes: one.changes.map(describeChange),
        causes: (one.why?.causes ?? []).map(({ kind, text, count, said }) => ({ kind, text, count, said: said ?? null })),
        details: [...(one.why?.details ?? [])],
    })),
    ...(result.taskBefore === undefined ? {} : { taskBefore: result.taskBefore.taskArn }),
});
//# sourceMappingURL=native-report.js.map
;// CONCATENATED MODULE: ./build/src/actions/ecs-deploy.js














/** Registers a task definition and moves services to it by ECS itself. */
const ecsDeploy = (0,action_define/* defineAction */.Q)({
    name: 'ecs-deploy',
    description: 'Registers a task definition and moves services to it by ECS itself, rolling, blue/green, linear or canary: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
    inputs: {
        operation: (0,inputs/* oneOf */.yL)(['deploy', 'continue', 'stop', 'rollback'])({
            description: 'Deploy; or continue a deployment that waits at a pause hook; or stop what is under way, which ECS always does with a rollback.',
            default: 'deploy',
        }),
        'task-definition': (0,inputs/* text */.Qq)({
            description: "Path of the task definition to register; or the ARN, family:revision or family of a registered one. The service's own when absent.",
        }),
        service: (0,inputs/* list */.p_)({ description: 'Name of the ECS service; several by commas get the same revision.', required: true }),
        cluster: (0,inputs/* text */.Qq)({ description: 'Name of the cluster.', default: 'default' }),
        'desired-count': (0,inputs/* integer */.nd)(0, 100_000)({ description: 'How many tasks the service should run.' }),
        'force-new-deployment': (0,inputs/* flag */.Jt)({
            description: 'Deploys although nothing has changed: new tasks of the same revision.',
            default: 'false',
        }),
        strategy: (0,inputs/* oneOf */.yL)(strategies)({ description: "How traffic moves; the service's own strategy when absent." }),
        'bake-time': (0,inputs/* duration */.p0)({
            description: 'How long old and new tasks stay side by side after the shift, in whole minutes.',
        }),
        'canary-percent': (0,inputs/* number */.ai)(0.1, 100)({ description: 'Share of traffic of the canary.' }),
        'canary-bake-time': (0,inputs/* duration */.p0)({ description: 'How long the canary lasts, in whole minutes.' }),
        'linear-step-percent': (0,inputs/* number */.ai)(3, 100)({ description: 'Share of traffic that each step of a linear deployment moves.' }),
        'linear-step-bake-time': (0,inputs/* duration */.p0)({ description: 'How long each step lasts, in whole minutes.' }),
        'lifecycle-hooks': (0,inputs/* json */.Pq)({
            description: "Lifecycle hooks (Lambda or PAUSE) as ECS takes them, JSON or YAML; in the place of the service's own.",
        }),
        'circuit-breaker': (0,inputs/* oneOf */.yL)(['off', 'stop', 'rollback'])({
            description: 'What ECS does when too many tasks fail: nothing, stop, or roll back.',
        }),
        'deployment-alarms': (0,inputs/* list */.p_)({ description: 'CloudWatch alarms that end the deployment with a rollback.' }),
        'minimum-healthy-percent': (0,inputs/* integer */.nd)(0, 100)({ description: 'Tasks that must run during a deployment, in percent.' }),
        'maximum-percent': (0,inputs/* integer */.nd)(100, 2_000)({ description: 'Tasks that may run during a deployment, in percent.' }),
        'health-check-grace-period': (0,inputs/* duration */.p0)({ description: 'How long after its start a task may be unhealthy.' }),
        subnets: (0,inputs/* list */.p_)({ description: 'Subnets of the tasks.' }),
        'security-groups': (0,inputs/* list */.p_)({ description: 'Security groups of the tasks.' }),
        'assign-public-ip': (0,inputs/* flag */.Jt)({ description: 'Whether tasks get a public address.' }),
        'platform-version': (0,inputs/* text */.Qq)({ description: 'Fargate platform version.' }),
        'capacity-provider-strategy': (0,inputs/* json */.Pq)({ description: 'Capacity provider strategy, JSON or YAML list.' }),
        'enable-execute-command': (0,inputs/* flag */.Jt)({ description: 'Whether ecs execute-command works in the tasks.' }),
        'enable-ecs-managed-tags': (0,inputs/* flag */.Jt)({ description: 'Whether tasks get the tags of ECS.' }),
        'propagate-tags': (0,inputs/* oneOf */.yL)(['NONE', 'SERVICE', 'TASK_DEFINITION'])({
            description: 'Where tasks get their tags from.',
        }),
        'service-managed-ebs-volume-name': (0,inputs/* text */.Qq)({ description: 'Name of the volume that ECS makes for each task.' }),
        'service-managed-ebs-volume': (0,inputs/* json */.Pq)({ description: 'Its configuration, JSON or YAML. Sent only when given.' }),
        'suspend-autoscaling': (0,inputs/* flag */.Jt)({
            description: 'Suspends the autoscaling of the service during the deployment.',
            default: 'false',
        }),
        ...task_before/* taskBeforeInputs */.gq,
        'keep-revisions': (0,inputs/* integer */.nd)(1, 1_000)({
            description: 'Deregisters older revisions of the family after a success and keeps this many; never one that runs or that was deployed well before.',
        }),
        'if-deploying': (0,inputs/* oneOf */.yL)(deployment_policy/* deployingPolicies */.G)({
            description: 'What to do about another deployment that is under way, decided before anything is registered. ECS stops only with a rollback.',
            default: 'wait',
        }),
        'wait-until': (0,inputs/* oneOf */.yL)(nativeWaits)({
            description: 'Stage to wait for. By default not through the bake time. A rolling deployment has only its end.',
            default: 'traffic-shifted',
        }),
        timeout: (0,inputs/* duration */.p0)({ description: 'How long to wait for that stage.', default: '30m' }),
        'failed-tasks': (0,inputs/* integer */.nd)(0, 100)({
            description: 'Failed tasks of the new revision that end the deployment early; 0 leaves that to ECS.',
            default: '3',
        }),
        'on-failure': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({
            description: 'What to do when it fails. ECS stops only with a rollback, so stop means the same.',
            default: 'rollback',
        }),
        'on-timeout': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({ description: 'What to do when the time is up.', default: 'rollback' }),
        'on-cancel': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({ description: 'What to do when the job is cancelled.', default: 'rollback' }),
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
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            const ecs = (0,ecs_api/* ecsApi */.W)(aws);
            const parts = { ecs, deployments: serviceDeploymentApi(aws), aws, host, clock, signal };
            const request = await nativeRequest(inputs, parts);
            const { operation } = inputs;
            const result = operation === 'deploy' ? await deployServices(request, parts) : await operateServices(operation, request, parts);
            const [first] = result.results;
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
            };
        }
        finally {
            aws.close();
        }
    },
    async post({ inputs, host, clock, signal }) {
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            const parts = { ecs: (0,ecs_api/* ecsApi */.W)(aws), deployments: serviceDeploymentApi(aws), aws, host, clock, signal };
            await finishNative(inputs.cluster, inputs.service, parts);
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=ecs-deploy.js.map

/***/ })

};
