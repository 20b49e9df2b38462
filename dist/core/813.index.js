export const id = 813;
export const ids = [813];
export const modules = {

/***/ 167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ poll)
/* harmony export */ });
/**
 * Yields what `read` returns, at once and then at each interval, until the consumer stops; rejects with the signal's reason.
 * Failures that pass make the next wait longer, twice each time.
 */
async function* poll(read, options) {
    const { clock, signal, intervalMs, jitter = 0, passing = () => false, patience = 6 } = options;
    let failed = 0;
    for (;;) {
        signal.throwIfAborted();
        let value;
        try {
            value = { read: await read() };
            failed = 0;
        }
        catch (error) {
            failed++;
            if (signal.aborted || failed >= patience || !passing(error))
                throw error;
        }
        if (value !== undefined)
            yield value.read;
        await clock.sleep(intervalMs * 2 ** failed * (1 + jitter * (2 * Math.random() - 1)), signal);
    }
}
//# sourceMappingURL=poll.js.map

/***/ }),

/***/ 4958:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ serviceConsole),
/* harmony export */   B: () => (/* binding */ deploymentConsole)
/* harmony export */ });
/** The console's address by partition. Source: the consoles of the commercial, China and GovCloud regions. */
const hosts = {
    aws: (region) => `${region}.console.aws.amazon.com`,
    'aws-cn': (region) => `${region}.console.amazonaws.cn`,
    'aws-us-gov': (region) => `${region}.console.amazonaws-us-gov.com`,
};
/** Nothing of another endpoint stands in the console. */
const isElsewhere = (env) => (env['AWS_ENDPOINT_URL'] ?? '') !== '';
/** The page of an ECS service in the console; undefined for another endpoint, and for a partition whose console is not known. */
function serviceConsole(serviceArn, env) {
    if (isElsewhere(env))
        return undefined;
    const match = /^arn:([\w-]+):ecs:([\w-]+):\d{12}:service\/([\w-]+)\/([\w-]+)$/.exec(serviceArn);
    if (match === null)
        return undefined;
    const [, partition = '', region = '', cluster = '', service = ''] = match;
    const host = hosts[partition]?.(region);
    return host && `https://${host}/ecs/v2/clusters/${cluster}/services/${service}/deployments?region=${region}`;
}
/** The page of a deployment of CodeDeploy. `arn` is any ARN of its region. */
function deploymentConsole(arn, deploymentId, env) {
    if (isElsewhere(env))
        return undefined;
    const [, partition = '', , region = ''] = arn.split(':');
    const host = /^[\w-]+$/.test(region) && /^d-[A-Z0-9]+$/.test(deploymentId) ? hosts[partition]?.(region) : undefined;
    return host && `https://${host}/codesuite/codedeploy/deployments/${deploymentId}?region=${region}`;
}
//# sourceMappingURL=console.js.map

/***/ }),

/***/ 8372:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $k: () => (/* binding */ deploymentEvents),
/* harmony export */   gN: () => (/* binding */ describeEvent),
/* harmony export */   hD: () => (/* binding */ trafficShifted),
/* harmony export */   vm: () => (/* binding */ trafficBar)
/* harmony export */ });
/* harmony import */ var _action_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);

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
/** An event as a line of the log; `whose` is a deployment or a rollback. */
function describeEvent(event, elapsedMs, whose = 'deployment') {
    const at = `[${(0,_action_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(elapsedMs)}]`;
    switch (event.kind) {
        case 'status':
            return `${at} ${whose} ${event.status}`;
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

/***/ }),

/***/ 2499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ deployingPolicies),
/* harmony export */   J: () => (/* binding */ remedies)
/* harmony export */ });
/** What to do with a deployment that failed, took too long, or whose job was cancelled. */
const remedies = ['rollback', 'stop', 'leave'];
/** What to do about somebody else's deployment that is under way. */
const deployingPolicies = ['fail', 'wait', 'stop', 'rollback'];
//# sourceMappingURL=deployment-policy.js.map

/***/ }),

/***/ 6391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ untriedWarning),
/* harmony export */   k: () => (/* binding */ setDesiredCount)
/* harmony export */ });
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);

/** Sets how many tasks a service is to run, and nothing else: all that UpdateService takes of a service that CodeDeploy moves. */
async function setDesiredCount(aws, of, desiredCount, signal) {
    const { UpdateServiceCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const ecs = await aws.ecs();
    await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .calling */ .X_)(`setting the desired count of ${of.service}`, () => ecs.send(new UpdateServiceCommand({ cluster: of.cluster, service: of.service, desiredCount }), {
        abortSignal: signal,
    }));
}
/** What to say of a deployment to a service that runs no tasks: nothing shows then whether the revision runs. */
const untriedWarning = (service, desiredCount) => desiredCount === 0 ? `${service} is to run no tasks: whether the new revision runs is not tried` : undefined;
//# sourceMappingURL=desired-count.js.map

/***/ }),

/***/ 1035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S3: () => (/* binding */ roleName),
/* harmony export */   YX: () => (/* binding */ wayOut),
/* harmony export */   f5: () => (/* binding */ noFacts),
/* harmony export */   hd: () => (/* binding */ causeKinds),
/* harmony export */   j: () => (/* binding */ notAuthorized),
/* harmony export */   xN: () => (/* binding */ noRoute)
/* harmony export */ });
/** What kind of thing made a deployment fail. The order is their rank: an earlier one explains a later one. */
const causeKinds = [
    'image',
    'exit',
    'start',
    'placement',
    'health',
    'breaker',
    'alarm',
    'hook',
    'stopped',
    'service',
];
const noFacts = {
    image: undefined,
    region: undefined,
    account: undefined,
    executionRole: undefined,
    taskRole: undefined,
    logGroups: [],
    healthChecks: new Map(),
    platform: undefined,
};
/** `role ecsExecution` of an ARN; what it is called in the definition when there is none. */
const roleName = (arn, kind) => arn === undefined ? `the ${kind} role (the task definition names none)` : `the ${kind} role ${arn.split('/').at(-1)}`;
/** The words of connections that did not come about. */
const noRoute = /i\/o timeout|context deadline exceeded|request canceled|request context canceled|Client\.Timeout|connection refused|connection timed out|no route to host|network is unreachable|TLS handshake timeout|connection issue between|check your (task )?network configuration|RequestError: send request failed/i;
/** Where a task gets its way out from, with the endpoints that a closed subnet needs. */
const wayOut = (endpoints) => `give the task's subnets a NAT gateway (or assignPublicIp in public subnets) or the VPC endpoints ${endpoints}, and let its security group out on 443`;
/** `ecr:BatchGetImage` and its resource, where AWS names what was not allowed. */
function notAuthorized(message) {
    const found = /not authorized to perform:? ([\w-]+:\w+)(?: on resource:? ([^\s,]+))?/.exec(message);
    return found?.[1] === undefined ? undefined : { action: found[1], resource: found[2] };
}
//# sourceMappingURL=failure-cause.js.map

/***/ }),

/***/ 2807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ toldEvents),
/* harmony export */   IT: () => (/* binding */ targetGroupName),
/* harmony export */   Iu: () => (/* binding */ unhealthyTarget),
/* harmony export */   iG: () => (/* binding */ failureEvents),
/* harmony export */   uL: () => (/* binding */ eventCause)
/* harmony export */ });
/* unused harmony export eventText */
/* harmony import */ var _failure_start_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6800);
/* harmony import */ var _failure_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1989);


const tellsOfFailure = /fail|unhealthy|\berror\b|throttl|unable|unavailable|missing|alarm detected|rolling back|insufficient|was not|could not|cannot|exceeded/i;
/** Those that speak of a failure, since a time, and not of another deployment or task set than `startedBy`; the newest first. */
function failureEvents(events, { since, startedBy }) {
    const from = since === undefined ? Number.NEGATIVE_INFINITY : since.getTime() - 1_000;
    return events
        .filter(({ at }) => (at?.getTime() ?? from) >= from)
        .filter(({ message }) => tellsOfFailure.test(message))
        .filter(({ message }) => {
        const named = message.match(/ecs-svc\/\d+/g) ?? [];
        return startedBy === undefined || named.length === 0 || named.includes(startedBy);
    })
        .sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
}
/** At most `most` of them, in the order of time, those that differ in ids alone told once. */
function toldEvents(events, most = 5) {
    const told = new Map();
    for (const { at, message } of events) {
        const text = eventText(message);
        const key = text.replaceAll(/\(task [^)]*\)|\b[0-9a-f]{8}\b|ecs-svc\/\d+|\d+(\.\d+){3}/g, '#');
        const known = told.get(key);
        if (known !== undefined)
            known.count++;
        else if (told.size < most)
            told.set(key, { at, text, count: 1 });
    }
    return [...told.values()].reverse();
}
/** Without the service's name, the pointer to the manual, and long ids. */
const eventText = (message) => (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortIds */ .Rq)(message))
    .replace(/^(\(service [^)]*\)|service [\w-]+) /, '')
    .replace(/ For more information, see .*$/, '');
/** What an event says was the cause; undefined when it tells only that something went wrong. */
function eventCause(message, facts) {
    const flat = (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortIds */ .Rq)(message), 2_000);
    const reason = /unable to place a task\.? Reason: (.*)$/.exec(flat)?.[1];
    if (reason !== undefined) {
        const cause = (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_0__/* .startCause */ .mr)(reason.replace(/ For more information, see .*$/, ''), facts);
        return cause.kind === 'start' && !/^\w+Error/.test(reason)
            ? { kind: 'placement', text: `no place for a task: ${cause.text}`, advice: (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_0__/* .placementAdvice */ .QB)(reason) }
            : cause;
    }
    const text = eventText(flat);
    if (/unable to place a task|unable to start a task|Capacity is unavailable|insufficient/i.test(flat)) {
        return { kind: 'placement', text: text.replace(/\.$/, ''), advice: (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_0__/* .placementAdvice */ .QB)(flat) };
    }
    if (/unable to assume (the )?role/i.test(flat)) {
        const advice = "let ecs.amazonaws.com (or ecs-tasks.amazonaws.com) assume that role, or restore the service's role";
        return { kind: 'placement', text: text.replace(/\.$/, ''), advice };
    }
    if (/operations are being throttled/i.test(flat)) {
        return {
            kind: 'service',
            text: text.replace(/\.$/, ''),
            advice: 'ECS tries again by itself: deploy less at a time',
        };
    }
    if (/unable to stop or start tasks during a deployment/.test(flat)) {
        const advice = 'raise maximumPercent or lower minimumHealthyPercent';
        return { kind: 'placement', text: text.replace(/\.$/, ''), advice };
    }
    if (/failed container health checks/.test(flat))
        return { kind: 'health', text: text.replace(/\.$/, ''), advice: undefined };
    return undefined;
}
/** A target that an event says was unhealthy: `… (port 8080) is unhealthy in (target-group arn:…) due to (reason Request timed out).` */
function unhealthyTarget(message) {
    const found = /is unhealthy in \(?target-group ([^\s)]+)\)? due to \(reason ([^)]*)\)/.exec(message.slice(0, 2_000));
    if (found?.[1] === undefined)
        return undefined;
    const port = /\(port (\d+)\)/.exec(message)?.[1];
    return {
        targetGroup: targetGroupName(found[1]),
        targetGroupArn: found[1],
        target: `task:${port ?? ''}`,
        state: 'unhealthy',
        reason: undefined,
        description: (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(found[2] ?? ''),
    };
}
/** `orders-blue` of `arn:aws:elasticloadbalancing:…:targetgroup/orders-blue/0123456789abcdef`. */
const targetGroupName = (arn) => /targetgroup\/([^/]+)/.exec(arn)?.[1] ?? arn;
//# sourceMappingURL=failure-events.js.map

/***/ }),

/***/ 5632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L8: () => (/* binding */ deploymentEvidence),
  xS: () => (/* binding */ factsOf),
  AF: () => (/* binding */ ownStopped)
});

;// CONCATENATED MODULE: ./build/src/ecs/failure-deployment.js
/** Whether a task is of this deployment. */
function belongs(task, { startedBy, taskDefinition, since }) {
    if (startedBy !== undefined)
        return task.startedBy === startedBy;
    const after = since === undefined || task.createdAt === undefined || task.createdAt >= since;
    return task.taskDefinitionArn === taskDefinition && after;
}
//# sourceMappingURL=failure-deployment.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-events.js
var failure_events = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/src/ecs/failure-log.js
var failure_log = __webpack_require__(1478);
// EXTERNAL MODULE: ./build/src/ecs/failure-reading.js
var failure_reading = __webpack_require__(9564);
;// CONCATENATED MODULE: ./build/src/ecs/failure-targets.js


/** Target groups that are asked, and targets of each that are kept. */
const mostGroups = 5;
const mostTargets = 20;
/**
 * The targets of a deployment that are not healthy, and what their groups check. `told` are those that service events spoke of
 * before they were taken out. Nothing is called when no task runs and no event told of one.
 */
async function readHealth({ ecs, aws, attempt }, of, running, told, signal) {
    const groups = of.targetGroups.slice(0, mostGroups);
    const found = [];
    let tasks = [];
    if (running > 0 && groups.length > 0) {
        const read = () => ownRunning(ecs, of, signal);
        tasks = (await attempt('running tasks', 'ecs:ListTasks, ecs:DescribeTasks', read)) ?? [];
        const own = { addresses: new Set(tasks.flatMap(addressesOf)), ports: new Set(tasks.flatMap(portsOf)) };
        for (const arn of groups) {
            const health = await attempt('target health', 'elasticloadbalancing:DescribeTargetHealth', async () => {
                const { DescribeTargetHealthCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19));
                const client = await aws.elbv2();
                return await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), { abortSignal: signal });
            });
            const failed = (health?.TargetHealthDescriptions ?? []).filter((target) => isSick(target, own));
            found.push(...failed.slice(0, mostTargets).map((target) => finding(arn, target)));
        }
    }
    const failing = found.some(({ state }) => state === 'unhealthy');
    const sick = failing ? tasks : [];
    const targets = failing ? found : [...told.slice(0, mostTargets), ...found];
    // An event names target groups also when the task set that they belonged to is gone.
    const failed = targets.map(({ targetGroupArn }) => targetGroupArn).filter((arn) => arn.startsWith('arn:'));
    const named = [...new Set(failed)].slice(0, mostGroups);
    if (named.length === 0)
        return { targets, checks: new Map(), sick };
    const checks = await attempt('health check settings', 'elasticloadbalancing:DescribeTargetGroups', () => readChecks(aws, named, signal));
    return { targets, checks: checks ?? new Map(), sick };
}
async function ownRunning(ecs, of, signal) {
    for await (const page of ecs.taskPages(of.cluster, { service: of.service, desiredStatus: 'RUNNING' }, signal)) {
        const own = page.filter((task) => belongs(task, of));
        if (own.length > 0)
            return own;
    }
    return [];
}
const addressesOf = ({ attachments = [] }) => attachments.flatMap(({ details = [] }) => details.flatMap(({ name, value }) => (name === 'privateIPv4Address' && value !== undefined ? [value] : [])));
/** Ports of their instances that the tasks were given. */
const portsOf = ({ containers = [] }) => containers.flatMap(({ networkBindings = [] }) => networkBindings.flatMap(({ hostPort }) => hostPort ?? []));
/** When nothing is known of the tasks, every target is looked at. */
function isSick({ Target, TargetHealth }, { addresses, ports }) {
    const known = addresses.size > 0 || ports.size > 0;
    const own = !known || addresses.has(Target?.Id ?? '') || (addresses.size === 0 && ports.has(Target?.Port ?? 0));
    return own && TargetHealth?.State !== 'healthy' && TargetHealth?.State !== 'draining';
}
const finding = (arn, { Target, TargetHealth }) => ({
    targetGroup: (0,failure_events/* targetGroupName */.IT)(arn),
    targetGroupArn: arn,
    target: `${Target?.Id ?? '?'}:${Target?.Port ?? ''}`,
    state: TargetHealth?.State ?? 'unknown',
    reason: TargetHealth?.Reason,
    description: TargetHealth?.Description,
});
async function readChecks(aws, arns, signal) {
    const { DescribeTargetGroupsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19));
    const { TargetGroups = [] } = await (await aws.elbv2()).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }), { abortSignal: signal });
    return new Map(TargetGroups.map((group) => [
        group.TargetGroupName ?? '',
        {
            protocol: group.HealthCheckProtocol ?? 'HTTP',
            path: group.HealthCheckPath,
            port: group.HealthCheckPort ?? 'traffic-port',
            expects: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
            intervalSeconds: group.HealthCheckIntervalSeconds,
            timeoutSeconds: group.HealthCheckTimeoutSeconds,
        },
    ]));
}
//# sourceMappingURL=failure-targets.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-task.js
var failure_task = __webpack_require__(6799);
;// CONCATENATED MODULE: ./build/src/ecs/failure-evidence.js






/** Pages of stopped tasks, a hundred each, that are looked through until one holds a failure. */
const mostPages = 3;
const mostEvents = 20;
/**
 * Collects what tells why a deployment failed. Reads only, and no more than needed: stopped tasks once, logs of containers that failed,
 * targets when tasks run or have failed their checks, alarms when some are named.
 * What cannot be read becomes a line in `gaps`. Aborts pass through.
 */
async function deploymentEvidence(parts, of, signal, told = {}) {
    const { ecs, aws } = parts;
    const gaps = [];
    const gap = (line) => {
        if (!gaps.includes(line))
            gaps.push(line);
    };
    const attempt = (0,failure_reading/* attempts */.r)(gap, signal);
    const alarmNames = [...new Set([...of.alarms, ...(told.triggeredAlarms ?? [])])];
    const [service, stopped, alarms] = await Promise.all([
        attempt('service events', 'ecs:DescribeServices', () => ecs.service(of.cluster, of.service, signal)),
        attempt('stopped tasks', 'ecs:ListTasks, ecs:DescribeTasks', () => ownStopped(ecs, of, signal)),
        alarmNames.length === 0
            ? []
            : attempt('alarms', 'cloudwatch:DescribeAlarms', () => readAlarms(aws, alarmNames, signal)),
    ]);
    const counts = countsOf(service, of);
    const events = service === undefined ? [] : (0,failure_events/* failureEvents */.iG)(eventsOf(service), of).slice(0, mostEvents);
    const unnamed = (0,failure_task/* groupEnds */.o)(stopped ?? []);
    const toldTargets = events.flatMap(({ message }) => (0,failure_events/* unhealthyTarget */.Iu)(message) ?? []);
    const health = await readHealth({ ecs, aws, attempt }, of, counts?.running ?? 0, unnamed.every(({ kind }) => kind === 'health') ? toldTargets : [], signal);
    const definition = unnamed.length === 0 && events.length === 0 && health.sick.length === 0
        ? undefined
        : await attempt('the task definition', 'ecs:DescribeTaskDefinition', async () => {
            return (await ecs.describeTaskDefinition(of.taskDefinition, signal)).document;
        });
    const facts = factsOf(of.taskDefinition, definition);
    const ends = (0,failure_task/* groupEnds */.o)(stopped ?? [], facts);
    const spoke = ends.length > 0 ? ends : [{ container: undefined, tasks: health.sick }];
    const logs = definition === undefined ? [] : await (0,failure_log/* containerLogs */.BX)(aws, definition, spoke, attempt, gap, signal);
    const { targets, checks } = health;
    return { ...told, counts, ends, facts, targets, checks, events, logs, alarms: alarms ?? [], gaps: gaps.sort() };
}
/**
 * Stopped tasks that this deployment started, up to the first page that holds a failed one. ECS takes `startedBy` only alone,
 * so `among` (the service's tasks unless told) narrows the listing and the choice is made here.
 */
async function ownStopped(ecs, of, signal, among = of.service === undefined ? {} : { service: of.service }) {
    const own = [];
    let pages = 0;
    for await (const page of ecs.taskPages(of.cluster, { ...among, desiredStatus: 'STOPPED' }, signal)) {
        own.push(...page.filter((task) => belongs(task, of)));
        pages++;
        if (pages === mostPages || (0,failure_task/* groupEnds */.o)(own).length > 0)
            break;
    }
    return own;
}
const eventsOf = ({ events = [] }) => events.flatMap(({ createdAt, message }) => (message === undefined ? [] : [{ at: createdAt, message }]));
/** The deployment's tasks by the service's own count; undefined when the service knows it no more. */
function countsOf(service, of) {
    const taskSets = (service?.taskSets ?? []).map((set) => ({ ...set, desiredCount: set.computedDesiredCount }));
    const own = [...taskSets, ...(service?.deployments ?? [])].find(({ id, taskDefinition }) => of.startedBy === undefined ? taskDefinition === of.taskDefinition : id === of.startedBy);
    return own === undefined
        ? undefined
        : { desired: own.desiredCount ?? 0, running: own.runningCount ?? 0, pending: own.pendingCount ?? 0 };
}
const failure_evidence_text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
/** What of the definition and its ARN helps to say what is missing. */
function factsOf(arn, definition) {
    const [, region, account] = /^arn:[\w-]+:ecs:([\w-]+):(\d{12}):/.exec(arn) ?? [];
    const containers = definition?.containerDefinitions ?? [];
    const groups = containers.flatMap((container) => {
        const { options } = (container['logConfiguration'] ?? {});
        return failure_evidence_text(options?.['awslogs-group']) ?? [];
    });
    const platform = (definition?.['runtimePlatform'] ?? {});
    const architecture = { ARM64: 'linux/arm64', X86_64: 'linux/amd64' }[String(platform.cpuArchitecture)];
    return {
        image: containers.length === 1 ? failure_evidence_text(containers[0]?.image) : undefined,
        region,
        account,
        executionRole: failure_evidence_text(definition?.['executionRoleArn']),
        taskRole: failure_evidence_text(definition?.['taskRoleArn']),
        logGroups: [...new Set(groups)],
        healthChecks: new Map(containers.flatMap(containerCheck)),
        platform: architecture,
    };
}
/** `CMD-SHELL curl -f localhost (every 30 s, 3 tries)`, by the container's name. */
function containerCheck(container) {
    const check = container['healthCheck'];
    if (container.name === undefined || !Array.isArray(check?.command))
        return [];
    const words = check.command.filter((word) => typeof word === 'string').join(' ');
    return [[container.name, `${words} (every ${check.interval ?? 30} s, ${check.retries ?? 3} tries)`]];
}
async function readAlarms(aws, names, signal) {
    const { DescribeAlarmsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(85)]).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19));
    const answer = await (await aws.cloudwatch()).send(
    // Composite alarms are left out unless they are asked for.
    new DescribeAlarmsCommand({ AlarmNames: names.slice(0, 100), AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }), { abortSignal: signal });
    return [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])].map(({ AlarmName, StateValue, StateReason }) => ({
        name: AlarmName ?? '?',
        state: StateValue ?? 'unknown',
        reason: StateReason,
    }));
}
//# sourceMappingURL=failure-evidence.js.map

/***/ }),

/***/ 3303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WE: () => (/* binding */ explain)
});

// UNUSED EXPORTS: causeLine, rankedCauses

// EXTERNAL MODULE: ./build/src/ecs/failure-cause.js
var failure_cause = __webpack_require__(1035);
// EXTERNAL MODULE: ./build/src/ecs/failure-events.js
var failure_events = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/src/ecs/failure-health.js
/** Targets that fail their checks, with what is checked; those that say the same are told once. */
function healthCauses(findings, checks) {
    const causes = new Map();
    for (const finding of findings) {
        const cause = healthCause(finding, checks.get(finding.targetGroup));
        const known = causes.get(cause.text);
        if (known === undefined)
            causes.set(cause.text, { ...cause, count: 1 });
        else
            known.count++;
    }
    return [...causes.values()].sort((a, b) => b.count - a.count);
}
/** `unhealthy: Target.ResponseCodeMismatch, health check GET /healthz on 8080 expects 200-399, got 503 (Health checks failed with these codes: [503])`. */
function healthCause(finding, check) {
    const { description = '' } = finding;
    const reason = finding.reason ?? reasonOf(description);
    const codes = /codes: \[([\d, ]+)\]/.exec(description)?.[1];
    const got = codes === undefined ? '' : `, got ${codes}`;
    const checked = check === undefined ? got : `, ${checkText(check, finding.target)}${got}`;
    const said = description === '' || description === reason ? '' : ` (${description})`;
    return {
        kind: 'health',
        text: `${finding.state}${reason === undefined ? '' : `: ${reason}`}${checked}${said}`,
        advice: advice(reason, codes, finding, check),
    };
}
function checkText({ protocol, path, port, expects }, target) {
    const on = port === 'traffic-port' ? (/:(\d+)$/.exec(target)?.[1] ?? 'the traffic port') : port;
    const how = path === undefined ? `${protocol} connection` : `${protocol === 'HTTPS' ? 'HTTPS ' : ''}GET ${path}`;
    return `health check ${how} on ${on}${expects === undefined ? '' : ` expects ${expects}`}`;
}
/** Service events carry the description alone. */
function reasonOf(description) {
    if (/with these codes/i.test(description))
        return 'Target.ResponseCodeMismatch';
    if (/timed out/i.test(description))
        return 'Target.Timeout';
    if (/Health checks failed/i.test(description))
        return 'Target.FailedHealthChecks';
    return undefined;
}
function advice(reason, codes, { targetGroup }, check) {
    const slow = 'raise healthCheckGracePeriodSeconds of the service if it only needs longer to come up';
    switch (reason) {
        case 'Target.ResponseCodeMismatch':
            if (/^404\b/.test(codes ?? ''))
                return `the program answers, but not at ${check?.path ?? 'that path'}: correct the path of the health check of ${targetGroup}`;
            if (/^30\d\b/.test(codes ?? ''))
                return `the program redirects: check a path that answers by itself, or let the matcher of ${targetGroup} take ${codes}`;
            if (/^40[13]\b/.test(codes ?? ''))
                return 'the checked path asks for a login: check one that does not';
            return `the program answers, but not as healthy: look at its log; ${slow}`;
        case 'Target.Timeout':
            return `nothing answered${check?.timeoutSeconds === undefined ? '' : ` within ${check.timeoutSeconds} s`}: let the security group of the tasks in on that port from the load balancer's security group, and see that the program listens on 0.0.0.0; ${slow}`;
        case 'Target.FailedHealthChecks':
            return `the connection was refused or the answer was malformed: see that the program listens on that port (on 0.0.0.0) and speaks ${check?.protocol ?? 'the protocol of the check'}; ${slow}`;
        case 'Target.NotInUse':
            return `no listener forwards to ${targetGroup}, or its load balancer lacks the Availability Zone of the task`;
        case 'Target.HealthCheckDisabled':
            return `turn health checks of ${targetGroup} on`;
        default:
            return undefined;
    }
}
//# sourceMappingURL=failure-health.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-log.js
var failure_log = __webpack_require__(1478);
// EXTERNAL MODULE: ./build/src/ecs/failure-start.js + 1 modules
var failure_start = __webpack_require__(6800);
// EXTERNAL MODULE: ./build/src/ecs/failure-text.js
var failure_text = __webpack_require__(1989);
;// CONCATENATED MODULE: ./build/src/ecs/failure-explanation.js






const longest = 300;
/** Makes evidence into words: the cause first, what stands behind it after that. */
function explain(evidence) {
    const causes = rankedCauses(evidence);
    const [first] = causes;
    const line = first === undefined
        ? `the deployment failed, and nothing that could be read tells why${countText(evidence.counts)}`
        : causeLine(first);
    return {
        kind: first?.kind,
        line,
        causes,
        details: detailLines(causes, evidence),
        markdown: markdown(causes, evidence),
    };
}
/** Every cause that the evidence holds, by rank and then by count; the same told once. */
function rankedCauses(evidence) {
    const causes = evidence.ends.map(({ kind, text, advice, count, container }) => {
        const log = evidence.logs.find((one) => one.container === container)?.lines ?? [];
        const foreign = kind === 'exit' && log.some((line) => /exec format error/.test(line));
        return {
            kind,
            text,
            count,
            said: kind === 'exit' ? (0,failure_log/* tellingLine */.c$)(log) : undefined,
            advice: foreign ? failure_start/* otherArchitecture */.M : advice,
        };
    });
    const health = healthCauses(evidence.targets, evidence.checks);
    const failing = health.filter(({ text }) => !/^(initial|unused)/.test(text));
    // `Task failed ELB health checks in (target-group …)` says less than what the target group says itself.
    const seen = failing.length === 0 ? causes : causes.filter(({ text }) => !/^Task failed ELB health checks/.test(text));
    const said = evidence.logs[0] && tellingError(evidence.logs[0].lines);
    const found = [
        ...seen,
        ...failing.map((cause) => ({ ...cause, said })),
        ...eventCauses(evidence),
        ...toldCauses(evidence),
    ];
    const all = found.length > 0 ? found : health.map((cause) => ({ ...cause, said: undefined }));
    return withoutRepeats(all.map(tidy).sort((a, b) => rank(a) - rank(b) || b.count - a.count));
}
const rank = ({ kind }) => failure_cause/* causeKinds */.hd.indexOf(kind);
/** Of a container that runs only a line that speaks of an error is worth telling. */
const tellingError = (lines) => (0,failure_log/* tellingLine */.c$)(lines.filter((line) => /fatal|panic|exception|error/i.test(line)));
const tidy = (cause) => ({
    ...cause,
    text: (0,failure_text/* oneLine */.TN)((0,failure_text/* shortIds */.Rq)(cause.text), longest),
    advice: cause.advice && (0,failure_text/* oneLine */.TN)(cause.advice, 400),
});
function eventCauses({ events, facts, ends, targets }) {
    const known = new Set(ends.map(({ kind }) => kind));
    if (targets.length > 0)
        known.add('health');
    return events.flatMap(({ message }) => {
        const cause = (0,failure_events/* eventCause */.uL)(message, facts);
        // The scheduler repeats what the tasks tell better.
        return cause === undefined || known.has(cause.kind) ? [] : [{ ...cause, count: 1, said: undefined }];
    });
}
function toldCauses({ breaker, hook, alarms, triggeredAlarms = [], message }) {
    const told = [];
    if (breaker !== undefined && breaker.failed >= breaker.threshold) {
        const text = `circuit breaker: ${breaker.failed} of ${breaker.threshold} failed tasks`;
        told.push({ kind: 'breaker', text, advice: undefined });
    }
    for (const { name, state, reason } of alarms) {
        if (state !== 'ALARM' && !triggeredAlarms.includes(name))
            continue;
        const why = reason === undefined ? '' : `: ${reason}`;
        told.push({
            kind: 'alarm',
            text: `alarm ${name} went off${state === 'ALARM' ? '' : ` (now ${state})`}${why}`,
            advice: undefined,
        });
    }
    for (const name of triggeredAlarms) {
        if (alarms.some((alarm) => alarm.name === name))
            continue;
        told.push({ kind: 'alarm', text: `alarm ${name} went off`, advice: undefined });
    }
    if (hook !== undefined) {
        const who = hook.target === undefined ? '' : ` of ${hook.target}`;
        told.push({
            kind: 'hook',
            text: `${hook.stage}${who} failed: ${hook.message ?? 'no reason told'}`,
            advice: undefined,
        });
    }
    if (message !== undefined && message !== '')
        told.push({ kind: 'service', text: message, advice: undefined });
    return told.map((cause) => ({ ...cause, count: 1, said: undefined }));
}
/** The same text told once, as the kind that ranks first. */
function withoutRepeats(causes) {
    const told = new Map();
    for (const cause of causes) {
        const known = told.get(cause.text);
        if (known === undefined)
            told.set(cause.text, cause);
        else if (known.kind === cause.kind)
            told.set(cause.text, { ...known, count: known.count + cause.count });
    }
    return [...told.values()];
}
/** The text, how often, what was said, and what to do, as far as it fits into one line. */
function causeLine({ text, count, said, advice }) {
    const often = count > 1 ? `, ${count} times` : '';
    const line = `${(0,failure_text/* cut */.Jj)(text, longest - often.length)}${often}`;
    const spoken = said === undefined || line.length > longest - 20 ? line : (0,failure_text/* cut */.Jj)(`${line}: ${said}`, longest);
    return advice === undefined || spoken.length + advice.length + 4 > longest ? spoken : `${spoken} (${advice})`;
}
const countText = (counts) => counts === undefined ? '' : ` (${counts.running} of ${counts.desired} tasks run, ${counts.pending} pending)`;
const failure_explanation_short = (id) => id.slice(0, 8);
const clock = (at) => (at === undefined ? '' : `${at.toISOString().slice(11, 19)} `);
function detailLines(causes, evidence) {
    const lines = [];
    for (const { text, count, advice } of causes) {
        lines.push(count > 1 ? `${count} × ${text}` : text);
        if (advice !== undefined)
            lines.push(`  → ${advice}`);
    }
    const { breaker, counts } = evidence;
    if (counts !== undefined)
        lines.push(`tasks of the deployment: ${counts.running} of ${counts.desired} run, ${counts.pending} pending`);
    if (breaker !== undefined && breaker.failed < breaker.threshold)
        lines.push(`circuit breaker: ${breaker.failed} of ${breaker.threshold} failed tasks`);
    const quiet = evidence.alarms.filter(({ state, name }) => state !== 'ALARM' && !(evidence.triggeredAlarms ?? []).includes(name));
    if (quiet.length > 0)
        lines.push(`alarms: ${quiet.map(({ name, state }) => (0,failure_text/* oneLine */.TN)(`${name} ${state}`)).join(', ')}`);
    const events = (0,failure_events/* toldEvents */.Bc)(evidence.events);
    if (events.length > 0)
        lines.push('service events:');
    for (const { at, text, count } of events)
        lines.push(`  ${clock(at)}${text}${count > 1 ? ` (${count} times)` : ''}`);
    for (const log of evidence.logs) {
        lines.push(`last lines of ${(0,failure_text/* oneLine */.TN)(log.container)} (task ${failure_explanation_short(log.task)}):`);
        for (const line of log.lines)
            lines.push(`  | ${line}`);
    }
    return [...lines, ...evidence.gaps.map((gap) => (0,failure_text/* oneLine */.TN)(gap))];
}
function markdown(causes, evidence) {
    const blocks = [];
    if (causes.length > 0) {
        const rows = causes.map(({ text, count, advice }) => `| ${(0,failure_text/* inMarkdown */.Hi)(text)} | ${count} | ${(0,failure_text/* inMarkdown */.Hi)(advice ?? '')} |`);
        blocks.push(['| cause | times | what to do |', '| --- | ---: | --- |', ...rows].join('\n'));
    }
    const events = (0,failure_events/* toldEvents */.Bc)(evidence.events);
    if (events.length > 0) {
        const items = events.map(({ at, text, count }) => `- ${clock(at)}${(0,failure_text/* inMarkdown */.Hi)(text)}${count > 1 ? ` (${count} times)` : ''}`);
        blocks.push(['Service events:', '', ...items].join('\n'));
    }
    for (const { container, task, lines } of evidence.logs)
        blocks.push(`Last lines of ${(0,failure_text/* inMarkdown */.Hi)((0,failure_text/* oneLine */.TN)(container))}, task ${failure_explanation_short(task)}:\n\n${(0,failure_text/* codeBlock */.DV)(lines)}`);
    if (evidence.gaps.length > 0)
        blocks.push(evidence.gaps.map((gap) => `- ${(0,failure_text/* inMarkdown */.Hi)((0,failure_text/* oneLine */.TN)(gap))}`).join('\n'));
    return blocks.join('\n\n');
}
//# sourceMappingURL=failure-explanation.js.map

/***/ }),

/***/ 1478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BX: () => (/* binding */ containerLogs),
/* harmony export */   c$: () => (/* binding */ tellingLine)
/* harmony export */ });
/* unused harmony export logStream */
/* harmony import */ var _failure_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1989);

/** Lines that are shown, over all containers; their length. */
const mostLines = 10;
const lineLength = 300;
/** Reasons, and streams of one reason that are looked into until one holds lines. */
const mostReasons = 3;
const mostStreams = 2;
const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
/** The stream of a task's container by its awslogs configuration; a line that says why not, if it has none. */
function logStream(definition, task, container) {
    const configuration = definition.containerDefinitions?.find(({ name }) => name === container)?.['logConfiguration'];
    const { logDriver, options } = (configuration ?? {});
    if (logDriver === undefined)
        return `container ${container} has no log configuration: what it printed is lost`;
    if (logDriver !== 'awslogs')
        return `the log of ${container} goes to ${String(logDriver)} and was not read`;
    const group = text(options?.['awslogs-group']);
    const prefix = text(options?.['awslogs-stream-prefix']);
    const id = task.taskArn?.split('/').at(-1);
    // Without a prefix the stream has the id that Docker gave the container.
    const own = task.containers?.find(({ name }) => name === container)?.runtimeId;
    const stream = prefix === undefined ? own : `${prefix}/${container}/${id}`;
    if (group === undefined || stream === undefined)
        return `the log stream of ${container} is not known`;
    return { group, stream, region: text(options?.['awslogs-region']) };
}
/**
 * Reads the last lines of the containers that failed. What cannot be read is told to `gap`: it never stands in the way of the cause.
 * `attempt` runs one reading call and tells its failure.
 */
async function containerLogs(aws, definition, ends, attempt, gap, signal) {
    const logs = [];
    let left = mostLines;
    // Containers that never started have printed nothing.
    const started = ends
        .map((end) => ({ ...end, tasks: end.tasks.filter(({ startedAt }) => startedAt !== undefined) }))
        .filter(({ tasks }) => tasks.length > 0);
    for (const end of started.slice(0, mostReasons)) {
        const container = end.container ?? onlyEssential(definition);
        if (container === undefined || left === 0)
            continue;
        const log = await firstLog(container, end.tasks.slice(0, mostStreams), left);
        if (log === undefined)
            continue;
        logs.push(log);
        left -= log.lines.length;
    }
    return logs;
    async function firstLog(container, tasks, limit) {
        for (const task of tasks) {
            const where = logStream(definition, task, container);
            if (typeof where === 'string')
                return void gap(where);
            const region = /^arn:[\w-]+:ecs:([\w-]+):/.exec(task.taskArn ?? '')?.[1];
            if (where.region !== undefined && region !== undefined && where.region !== region) {
                return void gap(`the log of ${container} is in ${where.region}: group ${where.group}, stream ${where.stream}`);
            }
            const lines = await attempt(`the log ${where.group} ${where.stream}`, 'logs:GetLogEvents', () => lastLines(aws, where, limit, signal));
            if (lines === undefined)
                return undefined;
            if (lines.length > 0)
                return { container, task: task.taskArn?.split('/').at(-1) ?? '', lines };
        }
        return void gap(`container ${container} printed nothing`);
    }
}
/** The container that a load balancer or a user speaks to, when no other is named: the only one, or the only essential one. */
function onlyEssential({ containerDefinitions = [] }) {
    const essential = containerDefinitions.filter(({ essential: is }) => is !== false);
    return essential.length === 1 ? essential[0]?.name : undefined;
}
async function lastLines(aws, { group, stream }, limit, signal) {
    const { GetLogEventsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19));
    const { events = [] } = await (await aws.logs()).send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit }), { abortSignal: signal });
    return events
        .map(({ message }) => (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(message ?? '', lineLength))
        .filter((line) => line.trim() !== '')
        .slice(-limit);
}
const telling = /fatal|panic|exception|\berror\b|error:|cannot|could not|refused|denied|not set|missing|required|invalid|exec format|no such|unable|undefined/i;
/** The line that says most: the last one that speaks of an error and is no frame of a stack, else the last. */
function tellingLine(lines) {
    const spoken = lines.filter((line) => !/^\s*(at |\.\.\. \d+ more|\^|Node\.js v\d)/.test(line) && /\w/.test(line));
    return (spoken.findLast((line) => telling.test(line)) ?? spoken.at(-1) ?? lines.at(-1))?.trim();
}
//# sourceMappingURL=failure-log.js.map

/***/ }),

/***/ 9564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ attempts)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9368);
/* harmony import */ var _failure_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1989);



/** `gap` takes the line about each call that failed. Aborts pass through. */
function attempts(gap, signal) {
    return async (what, action, call) => {
        try {
            return await call();
        }
        catch (error) {
            signal.throwIfAborted();
            const code = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsCode */ .z8)(error) ?? (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsCode */ .z8)(error?.cause);
            const denied = code !== undefined && /^(AccessDenied|UnauthorizedOperation)/.test(code);
            gap(denied
                ? `${what} could not be read: AccessDenied ${action}`
                : `${what} could not be read: ${code ?? (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), 200)}`);
            return undefined;
        }
    };
}
//# sourceMappingURL=failure-reading.js.map

/***/ }),

/***/ 6800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Gy: () => (/* binding */ isAgentError),
  M: () => (/* binding */ otherArchitecture),
  QB: () => (/* binding */ placementAdvice),
  mr: () => (/* binding */ startCause)
});

// EXTERNAL MODULE: ./build/src/ecs/failure-cause.js
var failure_cause = __webpack_require__(1035);
;// CONCATENATED MODULE: ./build/src/ecs/failure-image.js

/** Whether a reason speaks of an image that could not be had, or of the login at its registry. */
const isImagePull = (message) => /CannotPull(Container|ECRContainer|ImageManifest|RegistryAuth)?\w*Error|ecr registry auth|pull registry auth from Amazon ECR/i.test(message);
const reason = (text, advice) => ({ text, advice });
/**
 * Why an image could not be pulled, and what to do. `message` is the reason of a stopped task, a container or an event,
 * in the words of the container agents of EC2 (Docker) and Fargate (containerd).
 */
function imagePullCause(message, facts) {
    return { kind: 'image', ...explained(message, facts) };
}
function explained(message, facts) {
    const named = imageIn(message) ?? facts.image;
    const image = named ?? 'the image';
    const subject = named === undefined ? image : `image ${named}`;
    const wanted = /descriptor (?:matching|for) platform[^\w]*([\w]+\/[\w]+(?:\/v\d)?)/.exec(message)?.[1];
    if (wanted !== undefined || /no match(ing manifest)? for|(descriptor|match) for platform/.test(message)) {
        const platform = wanted ?? /manifest for (\w+\/\w+)/.exec(message)?.[1] ?? facts.platform ?? 'linux/amd64';
        return reason(`${subject} has no manifest for ${platform}`, `build it for ${platform} (docker buildx build --platform ${platform}) or set runtimePlatform.cpuArchitecture to what it was built for`);
    }
    if (/toomanyrequests|too many requests|pull rate limit|rate exceeded/i.test(message)) {
        return reason(`${subject} was not pulled: its registry limits the rate (toomanyrequests)`, 'log in to that registry by repositoryCredentials, or keep the image in ECR (a pull-through cache does)');
    }
    if (/no space left on device/i.test(message)) {
        return reason(`${subject} was not pulled: no space left on device`, 'give the task more ephemeralStorage or its instance a larger disk, or make the image smaller');
    }
    if (/invalid reference format/.test(message))
        return reason(`'${image}' is no image reference`, 'write it as registry/repository:tag or registry/repository@sha256:…');
    if (/no basic auth|\b40[13]\b|forbidden|unauthorized|not authorized|AccessDenied|authorization failed|authorization token has expired|\bdenied\b/i.test(message))
        return refused(message, named, facts);
    if (/no such host/.test(message)) {
        const host = /lookup ([\w.-]+)/.exec(message)?.[1] ?? hostOf(image);
        return reason(`${subject} was not pulled: there is no host ${host}`, 'correct the account or region in its name, or let the VPC resolve names (enableDnsSupport, enableDnsHostnames)');
    }
    if (failure_cause/* noRoute */.xN.test(message)) {
        const route = failure_cause/* noRoute */.xN.exec(message)?.[0] ?? '';
        const ecr = ecrOf(image) !== undefined || /ecr/i.test(message);
        return reason(`${subject} was not pulled: no route to its registry (${route})`, ecr
            ? (0,failure_cause/* wayOut */.YX)('ecr.api, ecr.dkr and s3 (gateway)')
            : "give the task's subnets a NAT gateway or assignPublicIp, and let its security group out on 443");
    }
    if (/name unknown|repository .*(does not exist|not found)|RepositoryNotFound/i.test(message))
        return reason(`there is no repository for ${named ?? image}`, elsewhere(image, facts) ?? 'correct its name');
    if (/not found|manifest unknown|does not exist|ImageNotFound/i.test(message))
        return reason(named === undefined ? 'image not found' : `image not found: ${named}`, elsewhere(image, facts) ?? 'push it, or correct its tag or digest in the task definition');
    const said = message.replace(/^Cannot\w+Error:? ?/, '').replace(/^[\w ]+has been retried \d+ time\(s\): /, '');
    return reason(`${subject} was not pulled: ${said}`, undefined);
}
function refused(message, image, facts) {
    const subject = image === undefined ? 'the image' : `image ${image}`;
    const missing = (0,failure_cause/* notAuthorized */.j)(message);
    const ecr = image === undefined ? undefined : ecrOf(image);
    if (ecr === undefined && missing === undefined && !/ecr/i.test(message)) {
        return reason(`${subject} was not pulled: its registry refuses access, or there is no such repository`, 'correct its name, or log in to that registry by repositoryCredentials');
    }
    const role = (0,failure_cause/* roleName */.S3)(facts.executionRole, 'execution');
    const needs = missing === undefined
        ? `${role} needs ecr:GetAuthorizationToken (on *), ecr:BatchGetImage and ecr:GetDownloadUrlForLayer`
        : `allow ${missing.action}${missing.resource === undefined ? '' : ` on ${missing.resource}`} to ${role}`;
    const foreign = ecr !== undefined && facts.account !== undefined && ecr.account !== facts.account
        ? `; the repository policy of account ${ecr.account} must allow account ${facts.account}`
        : '';
    const what = missing === undefined ? 'access denied' : `not allowed ${missing.action}`;
    return reason(`${subject} was not pulled: ${what}`, `${needs}${foreign}`);
}
/** The account and region that an ECR image's name tells. */
function ecrOf(image) {
    const found = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([\w-]+)\./.exec(image);
    return found?.[1] === undefined || found[2] === undefined ? undefined : { account: found[1], region: found[2] };
}
const hostOf = (image) => image.split('/')[0] ?? image;
function elsewhere(image, { account, region }) {
    const ecr = ecrOf(image);
    if (ecr === undefined)
        return undefined;
    const differs = [
        account !== undefined && ecr.account !== account ? `account ${ecr.account}, the service runs in ${account}` : '',
        region !== undefined && ecr.region !== region ? `region ${ecr.region}, the service runs in ${region}` : '',
    ].filter((text) => text !== '');
    return differs.length === 0
        ? undefined
        : `its name tells ${differs.join('; ')}: correct the registry host, or push it there`;
}
const imageIn = (message) => /(?:resolve (?:ref|reference)|unpack image|manifest for|pull access denied for|invalid reference format:) "?([^\s"]+?)"?[:,]?(?: |$)/.exec(message)?.[1];
//# sourceMappingURL=failure-image.js.map
;// CONCATENATED MODULE: ./build/src/ecs/failure-start.js


/** Whether a reason begins with one of the errors that the container agents name. */
const isAgentError = (message) => /^\s*\w+Error\b/.test(message);
/**
 * Why a task did not come to run: its image, what it is initialised from (secrets, logs, file systems, network), its program,
 * or a place. `message` is a reason in the words of the container agents or of the service scheduler.
 */
function startCause(message, facts) {
    if (isImagePull(message))
        return imagePullCause(message, facts);
    if (/logging driver|logger args|Cloudwatch log|CreateLogStream|log group does not exist/i.test(message))
        return logCause(message, facts);
    if (/secret|ssm|parameter/i.test(message) && /ResourceInitializationError|pull secrets/.test(message))
        return secretCause(message, facts);
    if (/EFS|mount\.nfs4/.test(message))
        return fileSystemCause(message, facts);
    if (/env(ironment)? ?files?/i.test(message) && /ResourceInitializationError/.test(message)) {
        return start(`an environment file could not be read (${bare(message)})`, `${(0,failure_cause/* roleName */.S3)(facts.executionRole, 'execution')} needs s3:GetObject on it and s3:GetBucketLocation on its bucket`);
    }
    if (/CannotStartContainerError|CannotCreateContainerError|exec format error/.test(message))
        return program(message);
    if (/network interface provisioning|RESOURCE:ENI/.test(message)) {
        return {
            kind: 'placement',
            text: bare(message),
            advice: 'look for free addresses in the subnets and for the quota of network interfaces',
        };
    }
    if (/Capacity is unavailable|RESOURCE:|EMPTY CAPACITY PROVIDER|limit on the number|vCPUs|Host EC2/i.test(message))
        return { kind: 'placement', text: bare(message), advice: placementAdvice(message) };
    return start(bare(message), undefined);
}
const start = (text, advice) => ({ kind: 'start', text, advice });
/** The message without the scaffolding that says nothing: `service call has been retried 1 time(s)`, `status code: 400`. */
const bare = (message) => message
    .replaceAll(/ ?(?:[\w ]+ )?has been retried \d+ times?(?:\(s\))?:/g, '')
    .replace(/unable to pull secrets or registry auth: execution resource retrieval failed: /, '')
    .replaceAll(/ status code: \d+,?| request id: [\w-]+| : exit status \d+/g, '')
    .replace(/\.+\s*$/, '')
    .trim();
function secretCause(message, facts) {
    const ssm = /\bssm\b|parameter/i.test(message);
    const arn = /arn:aws[\w-]*:(?:secretsmanager|ssm|kms):[^\s,'"\])]+/.exec(message)?.[0]?.replace(/[:.]+$/, '');
    const named = /(?:invalid (?:ssm )?parameters?|parameters? not found): \[?([\w./-]+(?:, ?[\w./-]+)*)/i.exec(message)?.[1];
    const name = arn ?? named;
    const what = name === undefined ? (ssm ? 'a parameter' : 'a secret') : `secret ${name}`;
    const role = (0,failure_cause/* roleName */.S3)(facts.executionRole, 'execution');
    const action = ssm ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue';
    const missing = (0,failure_cause/* notAuthorized */.j)(message);
    if (/KMS/.test(message) && /not allowed|denied|not authorized/i.test(message)) {
        return start(`${what} could not be decrypted`, `${role} needs kms:Decrypt on the key of ${what}`);
    }
    if (missing !== undefined || /AccessDenied/.test(message)) {
        const secret = missing?.resource === undefined ? what : `secret ${missing.resource}`;
        return start(`${secret} may not be read (${missing?.action ?? action})`, `allow ${missing?.action ?? action} on ${missing?.resource ?? name ?? 'it'} to ${role}`);
    }
    const key = /did not contain json key (\S+)/.exec(message)?.[1];
    if (key !== undefined)
        return start(`${what} has no key '${key}'`, 'correct the key in valueFrom, or add it to the secret');
    if (/ResourceNotFound|can't find|invalid (ssm )?parameters|not found/i.test(message)) {
        return start(name === undefined ? `${what} does not exist` : `there is no ${what}`, `make it in the region of the task${ssm ? '' : ', or correct the ARN in valueFrom (a full ARN ends with six random characters)'}`);
    }
    if (failure_cause/* noRoute */.xN.test(message)) {
        return start(`${what} could not be read: no route to ${ssm ? 'Systems Manager' : 'Secrets Manager'}`, (0,failure_cause/* wayOut */.YX)(ssm ? 'ssm and kms' : 'secretsmanager and kms'));
    }
    return start(bare(message), `look whether ${role} may ${action} on ${what}`);
}
function logCause(message, facts) {
    const group = facts.logGroups.join(', ');
    const named = group === '' ? 'its log group' : `the log group ${group}`;
    const role = (0,failure_cause/* roleName */.S3)(facts.executionRole, 'execution');
    const missing = (0,failure_cause/* notAuthorized */.j)(message);
    if (missing !== undefined || /AccessDenied/.test(message)) {
        const action = missing?.action ?? 'logs:CreateLogStream';
        return start(`${named} may not be written to (${action})`, `allow ${action}${action === 'logs:CreateLogStream' ? ' and logs:PutLogEvents' : ''} to ${role}`);
    }
    if (/ResourceNotFound|does not exist/.test(message)) {
        return start(`${named} does not exist`, `create it, or set the log option awslogs-create-group to 'true' and allow logs:CreateLogGroup to ${role}`);
    }
    if (failure_cause/* noRoute */.xN.test(message))
        return start(`no route to CloudWatch Logs for ${named}`, (0,failure_cause/* wayOut */.YX)('logs'));
    return start(bare(message), undefined);
}
function fileSystemCause(message, facts) {
    const id = /\bfs-[0-9a-f]+/.exec(message)?.[0];
    const what = `EFS file system${id === undefined ? '' : ` ${id}`}`;
    if (/access denied/i.test(message)) {
        return start(`${what} refuses the mount`, `${(0,failure_cause/* roleName */.S3)(facts.taskRole, 'task')} needs elasticfilesystem:ClientMount (and ClientWrite), and the file system policy must allow it`);
    }
    if (/No such file or directory/.test(message))
        return start(`${what} has no such directory to mount`, 'make the rootDirectory on it first, or use an access point that makes it');
    if (/Failed to resolve/i.test(message))
        return start(`the name of ${what} cannot be resolved`, "make a mount target in each Availability Zone of the task's subnets, and let the VPC resolve names");
    if (/time(d )?[ -]?out|timeout|connection reset/i.test(message))
        return start(`${what} cannot be reached`, "let the security group of its mount targets in on 2049 from the task's security group");
    return start(bare(message), undefined);
}
function program(message) {
    const text = bare(message);
    const advice = /exec format error/.test(message)
        ? otherArchitecture
        : /executable file not found|no such file or directory/i.test(message)
            ? 'correct command or entryPoint, or the program is missing from the image'
            : /permission denied/i.test(message)
                ? 'the program is not executable (chmod +x in the image), or the user may not run it'
                : /port is already allocated|address already in use/.test(message)
                    ? 'use a dynamic host port (hostPort 0), awsvpc, or fewer tasks on an instance'
                    : undefined;
    return { kind: 'exit', text, advice };
}
const otherArchitecture = 'the program was built for another architecture: build the image for that of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set runtimePlatform.cpuArchitecture';
/** What to do when the scheduler finds no place. */
function placementAdvice(message) {
    const lack = /insufficient (\w+)/i.exec(message)?.[1]?.toLowerCase();
    if (lack !== undefined)
        return `add instances or let the capacity provider scale, ask for less ${lack} in the task definition, or lower maximumPercent`;
    if (/already using a port/.test(message))
        return 'use a dynamic host port (hostPort 0) or awsvpc, or add instances';
    if (/MemberOf|placement constraint|attribute/i.test(message))
        return 'no instance satisfies the placement constraints or attributes of the task definition (cpu architecture among them)';
    if (/AGENT/.test(message))
        return 'the container agent of that instance is not connected: look at the instance';
    if (/Capacity is unavailable|RESOURCE:CPU/i.test(message))
        return 'try again later, or add Availability Zones or FARGATE beside FARGATE_SPOT to the capacity providers';
    if (/limit on the number|vCPUs|concurrently/i.test(message))
        return 'ask for a higher Fargate quota in Service Quotas';
    if (/no container instance|Container Instances were found/i.test(message))
        return 'register instances in the cluster, or use Fargate or a capacity provider that scales';
    return undefined;
}
//# sourceMappingURL=failure-start.js.map

/***/ }),

/***/ 6799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ taskEnd),
/* harmony export */   o: () => (/* binding */ groupEnds)
/* harmony export */ });
/* harmony import */ var _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1035);
/* harmony import */ var _failure_start_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6800);
/* harmony import */ var _failure_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1989);



/** Ends that the service itself brought about say nothing of the task: scaling in, the end of a deployment or task set. */
const ordinary = ({ stopCode, stoppedReason = '' }) => /^(Scaling activity initiated by|Task set (deleted|scaled)|.*AZ rebalancing)/i.test(stoppedReason) ||
    (stopCode === 'ServiceSchedulerInitiated' && !/fail|unhealthy/i.test(stoppedReason));
/** The cause of one task's end; undefined while it has not ended, or when it was no failure. */
function taskEnd(task, facts = _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__/* .noFacts */ .f5) {
    if (task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED')
        return undefined;
    if (ordinary(task))
        return undefined;
    const stopped = (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortIds */ .Rq)(task.stoppedReason ?? task.stopCode ?? 'stopped for no reason that ECS tells'), 2_000);
    const containers = task.containers ?? [];
    const failedTo = containers.find(({ exitCode, reason }) => exitCode === undefined && (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_1__/* .isAgentError */ .Gy)(reason ?? ''));
    const agent = (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_1__/* .isAgentError */ .Gy)(stopped) ? stopped : (0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortIds */ .Rq)(failedTo?.reason ?? ''), 2_000);
    if (/failed (ELB|container) health checks/i.test(stopped))
        return unhealthy(stopped, task, facts);
    if (agent !== '' && !/^OutOfMemory/.test(agent)) {
        // The agent names the container that could not have its image; the task's reason is that container's.
        const image = (failedTo ?? containers.find(({ reason }) => reason === task.stoppedReason))?.image;
        const cause = (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_1__/* .startCause */ .mr)(agent, { ...facts, image: image ?? facts.image });
        return { ...cause, container: failedTo?.name, exitCode: undefined };
    }
    if (/SpotInterruption|TerminationNotice/.test(task.stopCode ?? '')) {
        const advice = 'add FARGATE or on-demand instances to the capacity providers';
        return { kind: 'placement', text: `its capacity was taken away (${stopped})`, advice, ...none };
    }
    if (task.stopCode === 'UserInitiated')
        return { kind: 'stopped', text: stopped, advice: undefined, ...none };
    const culprit = culpritOf(containers, task);
    if (culprit === undefined || task.stopCode === 'TaskFailedToStart')
        return { ...(0,_failure_start_js__WEBPACK_IMPORTED_MODULE_1__/* .startCause */ .mr)(stopped, facts), container: culprit?.name, exitCode: culprit?.exitCode };
    return exited(culprit, stopped, task);
}
const none = { container: undefined, exitCode: undefined };
/** Signals that are sent to a container when another one has ended. */
const sentTo = (code) => (code === 143 ? 4 : code === 0 ? 3 : code === 137 ? 2 : 1);
/** The container that brought the task down: killed for memory, else one with a code of its own, else one that was killed, else one that just ended. */
function culpritOf(containers, task) {
    const ended = containers.filter(({ exitCode, reason }) => reason !== undefined || exitCode !== undefined);
    const guilty = ended.filter(({ exitCode }) => exitCode !== 0 || task.stopCode === 'EssentialContainerExited');
    const weight = ({ exitCode, reason }) => (/OutOfMemory/.test(reason ?? '') ? 0 : sentTo(exitCode));
    return [...guilty].sort((a, b) => weight(a) - weight(b))[0];
}
const meanings = {
    0: ['', 'an essential container of a service must keep running: its program came to its end'],
    126: ['', 'the command cannot be run: it is not executable, or no program for this platform'],
    127: ['', 'the command was not found in the image: correct command or entryPoint'],
    132: [' (SIGILL)', 'the program uses instructions that this processor lacks: build it for the platform of the task'],
    134: [' (SIGABRT)', undefined],
    137: [
        ' (SIGKILL)',
        'it was killed: it used more memory than it may, or did not end within stopTimeout after SIGTERM',
    ],
    139: [' (SIGSEGV)', undefined],
    143: [' (SIGTERM)', 'it was told to stop, by something inside the task or because another container had ended'],
};
function exited(container, stopped, task) {
    const { exitCode } = container;
    const name = `container ${(0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(container.name ?? '?', 255)}`;
    const known = { kind: 'exit', container: container.name, exitCode };
    if (/OutOfMemory/.test(container.reason ?? '')) {
        const limit = container.memory ?? task.memory;
        const at = limit === undefined ? '' : ` at ${limit} MiB`;
        const code = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
        const text = `${name}: OutOfMemoryError: container killed due to memory usage${at}${code}`;
        return { ...known, text, advice: 'raise its memory in the task definition, or make the program use less' };
    }
    if (exitCode === undefined) {
        const cause = (0,_failure_start_js__WEBPACK_IMPORTED_MODULE_1__/* .startCause */ .mr)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortIds */ .Rq)(container.reason ?? stopped), 2_000), _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__/* .noFacts */ .f5);
        return { ...known, text: `${name} ${cause.text} (${stopped})`, advice: cause.advice };
    }
    const [meaning, advice] = meanings[exitCode] ?? ['', undefined];
    return { ...known, text: `${name} exited with code ${exitCode}${meaning} (${stopped})`, advice };
}
function unhealthy(stopped, task, { healthChecks }) {
    const checked = /container health checks/i.test(stopped);
    const sick = (task.containers ?? []).find(({ healthStatus }) => healthStatus === 'UNHEALTHY')?.name ??
        (healthChecks.size === 1 ? [...healthChecks.keys()][0] : undefined);
    const check = checked && sick !== undefined ? healthChecks.get(sick) : undefined;
    if (check === undefined)
        return { kind: 'health', text: stopped, advice: undefined, container: sick, exitCode: undefined };
    return {
        kind: 'health',
        text: `container ${(0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(sick ?? '?', 255)} failed its own health check: ${(0,_failure_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(check, 150)}`,
        advice: 'run that command in the image: the program it calls may be missing there; raise startPeriod if the container only needs longer to come up',
        container: sick,
        exitCode: undefined,
    };
}
/** The failed ends among tasks, those of the same reason told once: what explains the others first, then the most frequent. */
function groupEnds(tasks, facts = _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__/* .noFacts */ .f5) {
    const groups = new Map();
    for (const task of tasks) {
        const end = taskEnd(task, facts);
        if (end === undefined)
            continue;
        const known = groups.get(end.text);
        if (known === undefined)
            groups.set(end.text, { ...end, tasks: [task] });
        else
            known.tasks.push(task);
    }
    const at = ({ stoppingAt, stoppedAt }) => (stoppedAt ?? stoppingAt)?.getTime() ?? 0;
    return [...groups.values()]
        .map((group) => ({ ...group, count: group.tasks.length, tasks: group.tasks.sort((a, b) => at(b) - at(a)) }))
        .sort((a, b) => _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__/* .causeKinds */ .hd.indexOf(a.kind) - _failure_cause_js__WEBPACK_IMPORTED_MODULE_0__/* .causeKinds */ .hd.indexOf(b.kind) || b.count - a.count);
}
//# sourceMappingURL=failure-task.js.map

/***/ }),

/***/ 1989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   Hi: () => (/* binding */ inMarkdown),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Rq: () => (/* binding */ shortIds),
/* harmony export */   TN: () => (/* binding */ oneLine)
/* harmony export */ });
/* unused harmony export longestReason */
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what it is about
/** Terminal sequences, control characters of both sets, and characters that turn the direction of text or break lines unseen. */
const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/**
 * Text of any origin as one line of at most `length` characters that says nothing to a terminal or to a CI runner:
 * no control characters, no workflow commands (`::error::`, `##[group]`), no section marks.
 */
function oneLine(text, length = 300) {
    const flat = text
        .slice(0, length * 20)
        .replaceAll(/[\t\r\n\v\f]+/g, ' ')
        .replaceAll(sequence, '')
        .replaceAll(unseen, '')
        .replaceAll(/section_(start|end):/g, 'section $1:')
        .replaceAll('##[', '# #[')
        .replace(/^(\s*)::/, '$1: :')
        .trimEnd();
    return cut(flat, length);
}
/** At most `length` characters, never half a character; what was cut shows as `…`. */
function cut(text, length) {
    if (text.length <= length)
        return text;
    return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
/** No reason of AWS comes near it; whatever is longer is cut before patterns are tried on it. */
const longestReason = 4_000;
/** The words of AWS with ids that nobody reads made short: tasks, container instances, events, target groups, request ids. */
const shortIds = (text) => text
    .slice(0, longestReason)
    .replaceAll(/arn:aws[\w-]*:elasticloadbalancing:[\w-]*:\d*:targetgroup\/([\w-]+)\/[0-9a-f]+/g, '$1')
    .replaceAll(/arn:aws[\w-]*:ecs:[\w-]*:\d*:[\w-]+\/(?:[\w-]+\/)*/g, '')
    .replaceAll(/,? ?request ?id: ?[0-9a-f-]{36}/gi, '')
    .replaceAll(/(sha256:[0-9a-f]+)|\b([0-9a-f]{8})(?:[0-9a-f]{24}|(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g, (_, digest, id) => digest ?? id);
/** Text of any origin inside Markdown, outside of code: shown as it stands. */
const inMarkdown = (text) => text.replaceAll(/[\\`*_[\]<>|~#!&]/g, '\\$&');
/** Lines of any origin as a block of code that they cannot close. */
function codeBlock(lines) {
    const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}text`, ...lines, fence].join('\n');
}
//# sourceMappingURL=failure-text.js.map

/***/ }),

/***/ 4608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ lastingCall)
/* harmony export */ });
/** How long, in real ms, a call that changes something may go on after the cancel signal. */
const graceMs = 2_500;
/**
 * Runs a call that changes something. A cancel does not abort it midway, as its answer would be lost and what it made left behind unknown:
 * it goes on, but from then on for no more than a few real seconds. `keep` gets the answer before the cancel takes effect.
 */
async function lastingCall(signal, call, keep = () => undefined) {
    signal.throwIfAborted();
    const own = new AbortController();
    let timer;
    const limit = () => {
        timer = setTimeout(() => own.abort(signal.reason), graceMs);
    };
    signal.addEventListener('abort', limit, { once: true });
    try {
        const answer = await call(own.signal);
        keep(answer);
        signal.throwIfAborted();
        return answer;
    }
    finally {
        signal.removeEventListener('abort', limit);
        clearTimeout(timer);
    }
}
//# sourceMappingURL=lasting-call.js.map

/***/ }),

/***/ 3565:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Be: () => (/* binding */ taskVolumeMembers),
/* harmony export */   Cs: () => (/* binding */ managedVolume),
/* harmony export */   EI: () => (/* binding */ volumesBeside)
/* harmony export */ });
/* unused harmony export managedVolumeMembers */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _objects_input_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4734);
/* harmony import */ var _render_rows_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4121);



/** What ECS takes of a volume that it manages; the SDK would drop anything else without a word. */
const managedVolumeMembers = [
    ...['encrypted', 'kmsKeyId', 'volumeType', 'sizeInGiB', 'snapshotId', 'volumeInitializationRate', 'iops'],
    ...['throughput', 'tagSpecifications', 'roleArn', 'filesystemType'],
];
/** That of a task by itself may outlive it. */
const taskVolumeMembers = [...managedVolumeMembers, 'terminationPolicy'];
/** A volume by the inputs `<input>-name` and `<input>`. @throws InputError */
function managedVolume(name, value, input, members = managedVolumeMembers) {
    if (name === undefined && value === undefined)
        return undefined;
    if (name === undefined || !(0,_objects_input_js__WEBPACK_IMPORTED_MODULE_1__/* .isMembers */ .g)(value) || typeof value['roleArn'] !== 'string')
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz([`input '${input}': expected an object with roleArn, and the name in ${input}-name`]);
    (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_1__/* .objectsOf */ .i)([value], input, members);
    return [{ name, managedEBSVolume: value }];
}
/** What a task by itself is given of its service's volumes: those that its definition leaves open. Pure. */
const volumesBeside = (document, volumes) => volumes
    .filter(({ name }) => document === undefined || (0,_render_rows_js__WEBPACK_IMPORTED_MODULE_2__/* .rowsOf */ .RO)(document['volumes']).some((row) => isOpen(row, name)))
    .map((volume) => ({ ...volume, managedEBSVolume: withoutServiceTags(volume.managedEBSVolume) }));
const isOpen = (row, name) => row['name'] === name && row['configuredAtLaunch'] === true;
/** A task by itself has no service whose tags its volume could get. */
function withoutServiceTags(volume) {
    if (volume?.tagSpecifications === undefined)
        return volume;
    const tagSpecifications = volume.tagSpecifications.map(({ propagateTags, ...rest }) => propagateTags === undefined || propagateTags === 'SERVICE' ? rest : { ...rest, propagateTags });
    return { ...volume, tagSpecifications };
}
//# sourceMappingURL=managed-volume.js.map

/***/ }),

/***/ 4734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ isMembers),
/* harmony export */   i: () => (/* binding */ objectsOf)
/* harmony export */ });
/* harmony import */ var _action_closest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1907);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);


const isMembers = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A list of objects with no other members than these. @throws InputError naming the input */
function objectsOf(value, input, members) {
    if (value === undefined)
        return undefined;
    if (!Array.isArray(value) || !value.every(isMembers))
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz([`input '${input}': expected a list of objects`]);
    const strange = value.flatMap((row) => Object.keys(row).filter((name) => !members.includes(name)));
    if (strange.length > 0) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz([...new Set(strange)].map((name) => `input '${input}': '${name}' is no member of it${(0,_action_closest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .au)(name, members)} (it has ${members.join(', ')})`));
    }
    return value;
}
//# sourceMappingURL=objects-input.js.map

/***/ }),

/***/ 6529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ deregisterOld)
/* harmony export */ });
/* unused harmony export oldRevisions */
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9368);

/** Revisions that one run deregisters at most: ECS takes about one a second. */
const mostAtOnce = 50;
/** Pages of a hundred revisions that are listed. */
const mostPages = 20;
const numberOf = (arn) => Number(arn.split(':').at(-1));
/**
 * The revisions of a family that may go: all but the `keep` newest and those in use, the oldest first. Pure.
 * @param active ARNs of the family's active revisions, in any order
 */
function oldRevisions(active, keep, inUse) {
    const newestFirst = [...new Set(active)].sort((a, b) => numberOf(b) - numberOf(a));
    return newestFirst
        .slice(Math.max(0, keep))
        .filter((arn) => !inUse.has(arn))
        .reverse();
}
/** Deregisters old revisions, a bounded number in one run, and returns those that went. */
async function deregisterOld(parts, { family, keep, inUse }, signal) {
    const used = new Set(inUse.filter((arn) => arn !== undefined));
    const old = oldRevisions(await activeRevisions(parts.aws, family, signal), keep, used).slice(0, mostAtOnce);
    const gone = [];
    for (const arn of old) {
        signal.throwIfAborted();
        await parts.ecs.deregister(arn);
        gone.push(arn);
    }
    return gone;
}
/** The active revisions of a family, the newest first; bounded. */
async function activeRevisions(aws, family, signal) {
    const { ListTaskDefinitionsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const ecs = await aws.ecs();
    const found = [];
    let nextToken;
    for (let pages = 0; pages < mostPages; pages++) {
        const page = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .calling */ .X_)(`listing the revisions of ${family}`, () => ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family, status: 'ACTIVE', sort: 'DESC', nextToken }), {
            abortSignal: signal,
        }));
        // A prefix is what ECS calls it, a whole name is what it takes; another family's revisions are not ours in any case.
        found.push(...(page.taskDefinitionArns ?? []).filter((arn) => arn.includes(`:task-definition/${family}:`)));
        nextToken = page.nextToken;
        if (nextToken === undefined)
            break;
    }
    return found;
}
//# sourceMappingURL=old-revisions.js.map

/***/ }),

/***/ 1880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nq: () => (/* binding */ withRemedies),
/* harmony export */   _0: () => (/* binding */ openJournal),
/* harmony export */   u4: () => (/* binding */ finishInterrupted)
/* harmony export */ });
/* harmony import */ var _action_cancel_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4848);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);


/** Begins an entry under a name of its own. */
function openJournal(host, name, onCancel) {
    let entry = { deploymentId: undefined, registered: undefined, onCancel, ended: false };
    const save = (change) => {
        entry = { ...entry, ...change };
        host.saveState(name, JSON.stringify(entry));
    };
    save({});
    return { entry: () => entry, save };
}
/** The deployment of an entry: the one that it names, or that its attempt began without an answer. */
const deploymentOf = async (entry, engine, signal) => entry.deploymentId ?? (entry.attempt === undefined ? undefined : await engine.find?.(entry, signal));
/** After a cancel the host leaves a few real seconds, of which a call that was under way may have taken some. */
const cancelBudget = () => AbortSignal.timeout(4_000);
/**
 * Runs `body` within the limits. On a time-out or a cancel, the deployment that the journal names is stopped as told and its end is waited
 * for: after a time-out as long as it takes, after a cancel as long as the host leaves; the post step sees to the rest.
 */
async function withRemedies(limits, parts, journal, engine, body) {
    const { host, clock, signal } = parts;
    try {
        const result = await (0,_action_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .withTimeout */ .wj)(limits.timeoutMs, clock, signal, body);
        journal.save({ ended: true });
        return { result };
    }
    catch (error) {
        const cancelled = signal.aborted;
        if (!cancelled && !(error instanceof _action_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .TimedOut */ .GA))
            throw error;
        const outcome = cancelled ? 'cancelled' : 'timed-out';
        const remedy = cancelled ? limits.onCancel : limits.onTimeout;
        const why = cancelled ? cancelWords(signal) : (0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
        const entry = journal.entry();
        const inTime = cancelled ? cancelBudget() : signal;
        const id = await deploymentOf(entry, engine, inTime).catch((failure) => {
            host.warn(`whether a deployment began could not be found out: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(failure)}`);
            return undefined;
        });
        if (id !== entry.deploymentId)
            journal.save({ deploymentId: id });
        if (id === undefined || remedy === 'leave' || entry.isRollback) {
            const rest = id === undefined
                ? ' before a deployment began'
                : entry.isRollback
                    ? `; the rollback ${id} goes on`
                    : `; ${id} goes on, as told`;
            return { outcome, reason: why + rest, entry: journal.entry(), end: undefined };
        }
        host.warn(`${why}: stopping ${id}${remedy === 'rollback' ? ' with a rollback' : ''}`);
        try {
            await engine.stop(id, remedy === 'rollback', inTime);
            const end = await engine.ended(id, inTime);
            journal.save({ ended: true });
            return { outcome, reason: `${why}; ${end.words}`, entry: journal.entry(), end };
        }
        catch (failure) {
            const rest = cancelled ? 'the post step sees to it' : (0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(failure);
            return {
                outcome,
                reason: `${why}; ${id} was asked to stop, its end was not seen: ${rest}`,
                entry: journal.entry(),
                end: undefined,
            };
        }
    }
}
const cancelWords = (signal) => signal.reason instanceof _action_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .Cancelled */ .cJ ? signal.reason.message : 'cancelled';
/** Finishes the deployment of a run that was cancelled or killed: what the journal says was begun is stopped as told, and its end seen. */
async function finishInterrupted(name, parts, engine) {
    const { host, signal } = parts;
    const saved = host.loadState(name);
    if (saved === undefined)
        return;
    const entry = JSON.parse(saved);
    const { ended, onCancel, registered } = entry;
    if (ended)
        return;
    const deploymentId = await deploymentOf(entry, engine, signal);
    if (deploymentId === undefined) {
        if (registered !== undefined)
            host.warn(`${registered} was registered for a deployment that may not have begun; the next run takes it up`);
        return;
    }
    if (onCancel === 'leave')
        return host.info(`${deploymentId} goes on, as told`);
    if (entry.isRollback)
        return host.info(`the rollback ${deploymentId} goes on`);
    await engine.stop(deploymentId, onCancel === 'rollback', signal);
    host.info((await engine.ended(deploymentId, signal)).words);
}
//# sourceMappingURL=remedies.js.map

/***/ }),

/***/ 840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GD: () => (/* binding */ revisionToDeploy),
/* harmony export */   mU: () => (/* binding */ compared),
/* harmony export */   zH: () => (/* binding */ takeBack)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9368);
/* harmony import */ var _lasting_call_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4608);
/* harmony import */ var _task_definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1270);
/* harmony import */ var _task_definition_members_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2536);
/* harmony import */ var _unknown_members_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5891);






const mostTries = 5;
/** Reads no more than it needs: the newest revision of a family is most often the one that serves. */
async function compared(ecs, wanted, serving, signal) {
    const { document, arn } = wanted;
    if (arn !== undefined || serving === undefined)
        return { same: arn === serving ? serving : undefined, newest: undefined };
    const newest = await ecs.newestRevision(String(document['family']), signal);
    const runs = newest?.arn === serving ? newest : await ecs.describeTaskDefinition(serving, signal);
    return { same: (0,_task_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .sameTaskDefinition */ .JL)(runs.document, document) ? serving : undefined, newest };
}
/** The revision to deploy: the given one, the newest of the family when it is the same, or a new one. */
async function revisionToDeploy(wanted, { ecs, host, clock, signal }, 
/** Told of a new revision at once, also when the job was cancelled while it was registered. */
onRegistered = () => undefined) {
    const { document } = wanted;
    const known = wanted.newest !== undefined && (0,_task_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .sameTaskDefinition */ .JL)(wanted.newest.document, document);
    const found = wanted.arn ??
        (wanted.newest === undefined ? await sameNewest(ecs, document, signal) : known ? wanted.newest.arn : undefined);
    if (found !== undefined) {
        host.info(`deploying the registered ${found}`);
        return { arn: found, registered: false };
    }
    for (let tries = 1;; tries++) {
        try {
            const register = (lasting) => ecs.register(document, lasting);
            const made = await (0,_lasting_call_js__WEBPACK_IMPORTED_MODULE_4__/* .lastingCall */ .h)(signal, register, ({ arn }) => onRegistered(arn));
            const { arn } = made;
            host.info(`registered ${arn}`);
            for (const member of unkept(document, made.document))
                host.warn(`task definition: ECS took ${member} and did not keep it: ${arn} is without it`);
            return { arn, registered: true };
        }
        catch (error) {
            if (signal.aborted || tries === mostTries || !((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isPassing */ .WG)(error) || isCrowded(error)))
                throw error;
            await clock.sleep(1_000 * 2 ** tries, signal);
            // The answer may be lost, not the call: what is there is not registered twice.
            const made = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isRefused */ .H0)(error) ? undefined : await sameNewest(ecs, document, signal);
            if (made === undefined)
                continue;
            onRegistered(made);
            host.info(`registered ${made}`);
            return { arn: made, registered: true };
        }
    }
}
/** Members that are not of the published model, and not in the revision that came of them either. */
function unkept(sent, kept) {
    const there = new Set((0,_unknown_members_js__WEBPACK_IMPORTED_MODULE_5__/* .unknownMembers */ .k)(kept, _task_definition_members_js__WEBPACK_IMPORTED_MODULE_3__/* .taskDefinitionMembers */ .k));
    return (0,_unknown_members_js__WEBPACK_IMPORTED_MODULE_5__/* .unknownMembers */ .k)(sent, _task_definition_members_js__WEBPACK_IMPORTED_MODULE_3__/* .taskDefinitionMembers */ .k)
        .filter((line) => !there.has(line))
        .map((line) => line.split(' is not known')[0] ?? line);
}
/** Two registrations of one family at the same moment; the text of ECS's ClientException. */
const isCrowded = (error) => (0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error).includes('Too many concurrent attempts');
async function sameNewest(ecs, document, signal) {
    const newest = await ecs.newestRevision(String(document['family']), signal);
    return newest !== undefined && (0,_task_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .sameTaskDefinition */ .JL)(newest.document, document) ? newest.arn : undefined;
}
/** The deployment did not begin: a revision that was registered for it goes again. */
async function takeBack(ecs, revision, host) {
    if (!revision.registered)
        return;
    try {
        await ecs.deregister(revision.arn);
    }
    catch (error) {
        host.warn(`${revision.arn} was registered for a deployment that did not begin and could not be taken back: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`);
    }
}
//# sourceMappingURL=revision-to-deploy.js.map

/***/ }),

/***/ 2338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ runTask)
/* harmony export */ });
/* unused harmony export startedByOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7975);
/* harmony import */ var _action_clock_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1134);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6537);
/* harmony import */ var _action_poll_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(167);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9368);
/* harmony import */ var _task_failures_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2164);







/** The same run and the same task give the same name: 36 characters, as ECS allows. */
function startedByOf(runId, task) {
    const content = JSON.stringify([runId, task.cluster, task.taskDefinition, task.overrides ?? null]);
    return `strangler-deploy/${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex').slice(0, 19)}`;
}
/**
 * Runs the task and waits for its end; one that an earlier attempt of the same run began is taken up, one that it finished is not run again.
 * Cancelled, it stops the task.
 * @throws UserError when it did not start, or a container did not exit with 0; with the container's last words
 */
async function runTask(task, parts) {
    const { ecs, host, clock, signal } = parts;
    const startedBy = task.startedBy ?? startedByOf(host.facts.runId, task);
    const earlier = await earlierTask(task, startedBy, parts);
    const taskArn = earlier?.taskArn ?? (await started({ ...task, startedBy }, parts));
    const id = taskArn.split('/').at(-1);
    host.info(earlier === undefined ? `task ${id} runs before the deployment` : `taking up the task ${id} of an earlier attempt`);
    const began = clock.now();
    let said = '';
    try {
        const options = { clock, signal, intervalMs: 5_000, jitter: 0.1, passing: _aws_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .isPassing */ .WG };
        for await (const now of (0,_action_poll_js__WEBPACK_IMPORTED_MODULE_6__/* .poll */ .w)(() => ecs.task(task.cluster, taskArn, signal), options)) {
            if (now.lastStatus !== undefined && now.lastStatus !== said)
                host.info(`[${(0,_action_clock_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(clock.now() - began)}] task ${id} ${now.lastStatus}`);
            said = now.lastStatus ?? said;
            if (now.lastStatus === 'STOPPED')
                return await checked(now, task, parts);
        }
        throw new Error('the poll ended by itself');
    }
    catch (error) {
        if (!signal.aborted)
            throw error;
        await ecs.stopTask(task.cluster, taskArn, 'the deployment was cancelled').catch((failure) => {
            host.warn(`the task ${id} still runs and could not be stopped: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(failure)}`);
        });
        throw error;
    }
}
/**
 * A task of the same name, revision and overrides that runs, or has ended well; one that failed is no answer.
 * A name that the user gave is the same in every run: what ended under it may be of an earlier one, and is no answer either.
 */
async function earlierTask(task, startedBy, { ecs, signal }) {
    const { cluster, taskDefinition } = task;
    const isSame = (other) => other.startedBy === startedBy && other.taskDefinitionArn === taskDefinition && hasOverrides(other, task);
    const running = (await ecs.tasks(cluster, { startedBy }, signal)).find(isSame);
    if (running !== undefined || task.startedBy !== undefined)
        return running;
    const stopped = await ecs.tasks(cluster, { family: familyOf(taskDefinition), desiredStatus: 'STOPPED' }, signal);
    return stopped.find((other) => isSame(other) && endedWell(other));
}
/** Every override that is asked for is there; ECS adds what is not asked for. */
const hasOverrides = (other, { overrides }) => (overrides?.containerOverrides ?? []).every((asked) => {
    const there = other.overrides?.containerOverrides?.find(({ name }) => name === asked.name);
    return Object.entries(asked).every(([member, value]) => (0,node_util__WEBPACK_IMPORTED_MODULE_1__.isDeepStrictEqual)(there?.[member], value));
});
const familyOf = (taskDefinition) => taskDefinition.split('/').at(-1)?.split(':')[0] ?? taskDefinition;
const endedWell = (task) => task.stopCode === 'EssentialContainerExited' && (task.containers ?? []).every(({ exitCode }) => exitCode === 0);
async function started(task, { aws }) {
    const { RunTaskCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const client = await aws.ecs();
    const input = {
        cluster: task.cluster,
        taskDefinition: task.taskDefinition,
        startedBy: task.startedBy,
        count: 1,
        clientToken: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)(),
        ...(task.overrides === undefined ? {} : { overrides: task.overrides }),
        ...(task.network === undefined ? {} : { networkConfiguration: task.network }),
        ...(task.capacityProviders === undefined
            ? task.launchType === undefined
                ? {}
                : { launchType: task.launchType }
            : { capacityProviderStrategy: [...task.capacityProviders] }),
        ...(task.volumes === undefined || task.volumes.length === 0 ? {} : { volumeConfigurations: [...task.volumes] }),
        ...(task.tags.length === 0 ? {} : { tags: [...task.tags] }),
        ...(task.propagateTags === undefined ? {} : { propagateTags: task.propagateTags }),
        ...(task.managedTags === undefined ? {} : { enableECSManagedTags: task.managedTags }),
    };
    const { tasks, failures } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .calling */ .X_)(`running a task of ${task.taskDefinition}`, () => client.send(new RunTaskCommand(input)));
    const arn = tasks?.[0]?.taskArn;
    if (arn !== undefined)
        return arn;
    const why = (failures ?? []).map(({ reason, detail }) => `${reason}${detail === undefined ? '' : `: ${detail}`}`);
    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`the task before the deployment was not started: ${why.join(', ') || 'ECS tells no reason'}`);
}
async function checked(stopped, task, parts) {
    const exitCodes = Object.fromEntries((stopped.containers ?? []).map(({ name, exitCode }) => [name ?? '', exitCode]));
    if (endedWell(stopped)) {
        parts.host.info(`task ${stopped.taskArn?.split('/').at(-1)} ended well (exit code 0)`);
        return { taskArn: stopped.taskArn ?? '', exitCodes };
    }
    const failure = await (0,_task_failures_js__WEBPACK_IMPORTED_MODULE_5__/* .failedTask */ .vD)(parts.ecs, parts.aws, stopped, task.taskDefinition, parts.signal);
    for (const line of failure.log)
        parts.host.info(`  ${line}`);
    const said = failure.log.filter((line) => line !== '').at(-1);
    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`the task before the deployment failed: ${failure.reason}${said === undefined ? '' : `: ${said}`}`);
}
//# sourceMappingURL=run-task.js.map

/***/ }),

/***/ 2124:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B$: () => (/* binding */ taskBeforeProblems),
/* harmony export */   Sd: () => (/* binding */ taskBeforeOf),
/* harmony export */   Sv: () => (/* binding */ besideService),
/* harmony export */   gq: () => (/* binding */ taskBeforeInputs),
/* harmony export */   i4: () => (/* binding */ taskBeforeWords)
/* harmony export */ });
/* unused harmony export containerOverrideMembers */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _action_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3991);
/* harmony import */ var _managed_volume_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3565);
/* harmony import */ var _objects_input_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4734);




/** The inputs of a task that is run to its end before a deployment; named as in aws-actions/amazon-ecs-deploy-task-definition. */
const taskBeforeInputs = {
    'run-task': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt)({
        description: 'Runs a task of the new revision to its end before the deployment, such as a migration.',
        default: 'false',
    }),
    'run-task-container-overrides': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({ description: "Overrides of that task's containers, JSON or YAML list." }),
    'run-task-subnets': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: "Its subnets; the service's when absent." }),
    'run-task-security-groups': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)({ description: "Its security groups; the service's when absent." }),
    'run-task-assign-public-ip': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(['ENABLED', 'DISABLED'])({ description: 'Whether it gets a public address.' }),
    'run-task-launch-type': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(['EC2', 'FARGATE', 'EXTERNAL'])({
        description: "Its launch type; the service's when absent.",
    }),
    'run-task-capacity-provider-strategy': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({
        description: "Its capacity provider strategy, in place of a launch type; the service's when both are absent.",
    }),
    'run-task-started-by': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Its startedBy; made from the run when absent, so that a re-run finds it.',
    }),
    'run-task-managed-ebs-volume-name': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'Name of the volume that ECS makes for that task.' }),
    'run-task-managed-ebs-volume': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({ description: "Its configuration, JSON or YAML; the service's when absent." }),
    'run-task-tags': (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .json */ .Pq)({ description: 'Its tags, a list of key and value.' }),
};
/** Rules between those inputs, one line for each that is broken. */
function taskBeforeProblems(inputs) {
    const given = (name) => inputs[name] !== undefined && inputs[name] !== false;
    const names = Object.keys(taskBeforeInputs);
    if (!inputs['run-task'])
        return names.filter(given).map((name) => `input '${name}': means nothing without run-task: true`);
    const network = ['run-task-security-groups', 'run-task-assign-public-ip'];
    const lonely = given('run-task-subnets') ? [] : network.filter(given);
    return [...lonely.map((name) => `input '${name}': needs run-task-subnets`), ...structureProblems(inputs)];
}
const structureProblems = (inputs) => [
    () => overridesOf(inputs['run-task-container-overrides']),
    () => (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .objectsOf */ .i)(inputs['run-task-capacity-provider-strategy'], 'run-task-capacity-provider-strategy', providerMembers),
    () => volumesOf(inputs),
    () => (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .objectsOf */ .i)(inputs['run-task-tags'], 'run-task-tags', tagMembers),
].flatMap((read) => {
    try {
        read();
        return [];
    }
    catch (error) {
        if (error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz)
            return error.problems;
        throw error;
    }
});
const providerMembers = ['capacityProvider', 'weight', 'base'];
const tagMembers = ['key', 'value'];
/** The task that the inputs ask for, if any. @throws InputError */
function taskBeforeOf(inputs) {
    if (!inputs['run-task'])
        return undefined;
    const subnets = inputs['run-task-subnets'];
    const securityGroups = inputs['run-task-security-groups'];
    const assignPublicIp = inputs['run-task-assign-public-ip'];
    const providers = (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .objectsOf */ .i)(inputs['run-task-capacity-provider-strategy'], 'run-task-capacity-provider-strategy', providerMembers);
    return {
        overrides: overridesOf(inputs['run-task-container-overrides']),
        network: subnets === undefined
            ? undefined
            : {
                awsvpcConfiguration: {
                    subnets: [...subnets],
                    ...(securityGroups === undefined ? {} : { securityGroups: [...securityGroups] }),
                    ...(assignPublicIp === undefined ? {} : { assignPublicIp }),
                },
            },
        launchType: inputs['run-task-launch-type'],
        capacityProviders: providers,
        volumes: volumesOf(inputs),
        tags: ((0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .objectsOf */ .i)(inputs['run-task-tags'], 'run-task-tags', tagMembers) ?? []),
        startedBy: inputs['run-task-started-by'],
    };
}
const volumesOf = (inputs) => (0,_managed_volume_js__WEBPACK_IMPORTED_MODULE_2__/* .managedVolume */ .Cs)(inputs['run-task-managed-ebs-volume-name'], inputs['run-task-managed-ebs-volume'], 'run-task-managed-ebs-volume', _managed_volume_js__WEBPACK_IMPORTED_MODULE_2__/* .taskVolumeMembers */ .Be);
/** What ECS takes in the override of a container; the SDK would drop anything else without a word. */
const containerOverrideMembers = [
    ...['name', 'command', 'environment', 'environmentFiles', 'cpu', 'memory', 'memoryReservation'],
    'resourceRequirements',
];
function overridesOf(value) {
    const input = 'run-task-container-overrides';
    const rows = (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .objectsOf */ .i)(value, input, containerOverrideMembers);
    if (rows === undefined)
        return undefined;
    const expected = (what) => new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz([`input '${input}': expected ${what}`]);
    for (const { name, command = [], environment = [] } of rows) {
        if (typeof name !== 'string')
            throw expected('a list of objects, each with the name of a container');
        if (!isTexts(command))
            throw expected(`command of ${name} to be a list of texts`);
        const isVariable = (row) => (0,_objects_input_js__WEBPACK_IMPORTED_MODULE_3__/* .isMembers */ .g)(row) && isTexts([row['name'], row['value']]);
        if (!Array.isArray(environment) || !environment.every(isVariable))
            throw expected(`environment of ${name} to be a list of { name, value }, both texts`);
    }
    return { containerOverrides: rows };
}
const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
/** The task where and as the service's own tasks run: what was not said of its place and tags is the service's, or its primary task set's. Pure. */
function besideService(task, service) {
    const primary = service?.taskSets?.find(({ status }) => status === 'PRIMARY');
    const chosen = task.launchType !== undefined || task.capacityProviders !== undefined;
    const strategy = primary?.capacityProviderStrategy ?? service?.capacityProviderStrategy ?? [];
    return {
        ...task,
        network: task.network ?? primary?.networkConfiguration ?? service?.networkConfiguration,
        launchType: chosen ? task.launchType : (primary?.launchType ?? service?.launchType),
        capacityProviders: chosen || strategy.length === 0 ? task.capacityProviders : strategy,
        // ECS hands a service's own tags only to tasks of that service.
        propagateTags: service?.propagateTags === 'TASK_DEFINITION' ? 'TASK_DEFINITION' : undefined,
        managedTags: service?.enableECSManagedTags,
    };
}
/** The task in words, for a plan. */
function taskBeforeWords({ overrides, launchType, capacityProviders }) {
    const commands = (overrides?.containerOverrides ?? []).map(({ name, command }) => command === undefined ? `${name} with its own command` : `${name} with ${JSON.stringify(command)}`);
    const place = capacityProviders?.map(({ capacityProvider }) => capacityProvider).join(', ') ?? launchType;
    const where = place === undefined ? '' : ` on ${place}`;
    return `run a task of it${where} to its end before${commands.length === 0 ? '' : `: ${commands.join(', ')}`}`;
}
//# sourceMappingURL=task-before.js.map

/***/ }),

/***/ 2164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L8: () => (/* binding */ taskFailures),
/* harmony export */   Pu: () => (/* binding */ failureLine),
/* harmony export */   vD: () => (/* binding */ failedTask)
/* harmony export */ });
/* harmony import */ var _failure_evidence_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5632);
/* harmony import */ var _failure_log_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1478);
/* harmony import */ var _failure_reading_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9564);
/* harmony import */ var _failure_task_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6799);




/** Begins a line of a log that was not written by the container. */
const unread = '(not read: ';
/** Reads the failed tasks of a task set with the last log lines of each reason. What cannot be read is said in the log, and takes nothing from the reasons. */
async function taskFailures(ecs, aws, where, signal) {
    const family = where.taskDefinition.split('/').at(-1)?.split(':')[0];
    const among = family === undefined ? {} : { family };
    const stopped = await (0,_failure_evidence_js__WEBPACK_IMPORTED_MODULE_0__/* .ownStopped */ .AF)(ecs, { ...where, since: undefined }, signal, among);
    if ((0,_failure_task_js__WEBPACK_IMPORTED_MODULE_2__/* .groupEnds */ .o)(stopped).length === 0)
        return [];
    const { document } = await ecs.describeTaskDefinition(where.taskDefinition, signal);
    const ends = (0,_failure_task_js__WEBPACK_IMPORTED_MODULE_2__/* .groupEnds */ .o)(stopped, (0,_failure_evidence_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOf */ .xS)(where.taskDefinition, document)).slice(0, 3);
    const gaps = [];
    const gap = (line) => void gaps.push(`${unread}${line})`);
    const logs = await (0,_failure_log_js__WEBPACK_IMPORTED_MODULE_3__/* .containerLogs */ .BX)(aws, document, ends, (0,_failure_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .attempts */ .r)(gap, signal), gap, signal);
    return ends.map(({ text, count, tasks, container }, index) => ({
        reason: text,
        count,
        taskArn: tasks[0]?.taskArn ?? '',
        container,
        log: logs.find((log) => log.container === container)?.lines ?? (index === 0 ? gaps : []),
    }));
}
/** One task that ended, and why, with the last lines of the container that failed. */
async function failedTask(ecs, aws, task, taskDefinition, signal) {
    const { document } = await ecs.describeTaskDefinition(taskDefinition, signal);
    const end = (0,_failure_task_js__WEBPACK_IMPORTED_MODULE_2__/* .taskEnd */ .J)(task, (0,_failure_evidence_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOf */ .xS)(taskDefinition, document));
    const failure = {
        reason: end?.text ?? 'it ended for no reason that ECS tells',
        count: 1,
        taskArn: task.taskArn ?? '',
        container: end?.container,
    };
    if (end === undefined)
        return { ...failure, log: [] };
    const gaps = [];
    const gap = (line) => void gaps.push(`${unread}${line})`);
    const ends = [{ ...end, count: 1, tasks: [task] }];
    const logs = await (0,_failure_log_js__WEBPACK_IMPORTED_MODULE_3__/* .containerLogs */ .BX)(aws, document, ends, (0,_failure_reading_js__WEBPACK_IMPORTED_MODULE_1__/* .attempts */ .r)(gap, signal), gap, signal);
    return { ...failure, log: logs.find((log) => log.container === end.container)?.lines ?? gaps };
}
/** One line for the first failure: its reason, and what its container said last. */
function failureLine(failures) {
    const [first] = failures;
    if (first === undefined)
        return undefined;
    const said = (0,_failure_log_js__WEBPACK_IMPORTED_MODULE_3__/* .tellingLine */ .c$)(first.log.filter((line) => !line.startsWith(unread)));
    return `${first.reason}${first.count > 1 ? `, ${first.count} times` : ''}${said === undefined ? '' : `: ${said}`}`;
}
//# sourceMappingURL=task-failures.js.map

/***/ }),

/***/ 1176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ isReference),
/* harmony export */   h: () => (/* binding */ wantedRevision)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _rendering_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7246);


/** Whether an input names a revision in ECS: an ARN, or `family` or `family:revision` where no file has that name. */
const isReference = (given) => given.startsWith('arn:') || (/^[\w-]{1,255}(:\d{1,9})?$/.test(given) && !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(given));
/**
 * A file that is there; otherwise an ARN, `family:revision` or `family`, which ECS knows.
 * @throws UserError, InputError
 */
async function wantedRevision(given, ecs, unknown, log, signal) {
    if (isReference(given))
        return await ecs.describeTaskDefinition(given, signal);
    const document = await (0,_rendering_js__WEBPACK_IMPORTED_MODULE_1__/* .readTaskDefinition */ .Lx)({ file: given }, () => ecs, signal);
    return { document: (0,_rendering_js__WEBPACK_IMPORTED_MODULE_1__/* .renderChecked */ .SD)(document, { containers: {} }, unknown, log), arn: undefined };
}
//# sourceMappingURL=wanted-revision.js.map

/***/ })

};
