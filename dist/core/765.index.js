export const id = 765;
export const ids = [765];
export const modules = {

/***/ 485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ statusRanges),
/* harmony export */   Sq: () => (/* binding */ probeUrlForm),
/* harmony export */   xc: () => (/* binding */ probeHttp)
/* harmony export */ });
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1134);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);


/** Forms that an address to probe may have: no user, no spaces. */
const probeUrlForm = /^https?:\/\/[^\s@/]+(\/\S*)?$/;
/** For one answer, in real ms. */
const answerMs = 10_000;
/** Of a refusing answer's body that is read, in bytes. */
const bodyLimit = 2_048;
const shownBody = 120;
/** Requests the address until it has answered well often enough, or the time is up. Redirects are not followed: they are an answer. */
async function probeHttp(probe, parts) {
    const { log, clock, signal } = parts;
    const began = clock.now();
    let row = 0;
    let last = '';
    for (;;) {
        const said = await answerOf(probe, signal);
        row = said.good ? row + 1 : 0;
        if (said.text !== last || row === probe.successes) {
            log(`[${(0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(clock.now() - began)}] ${probe.name}: ${said.text}, ${row} of ${probe.successes} in a row`);
        }
        last = said.text;
        if (row >= probe.successes)
            return { passed: true };
        if (clock.now() - began + probe.intervalMs > probe.timeoutMs) {
            const within = (0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(probe.timeoutMs);
            return {
                passed: false,
                reason: `${shownUrl(probe.url)} ${said.text} (${row} of ${probe.successes} successes in a row within ${within})`,
            };
        }
        await clock.sleep(probe.intervalMs, signal);
    }
}
/** A query may carry a token: it is not shown. */
const shownUrl = (url) => url.replace(/[?#].*$/, '');
async function answerOf({ url, accepts }, signal) {
    try {
        const answer = await fetch(url, {
            redirect: 'manual',
            headers: { 'user-agent': 'strangler-deploy', 'cache-control': 'no-cache' },
            signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
        });
        const good = accepts(answer.status);
        const words = good ? '' : await firstWords(answer);
        // An answer's body may have no end: what was not read is not waited for.
        if (!answer.bodyUsed)
            await answer.body?.cancel();
        return { good, text: `answered ${answer.status}${words === '' ? '' : ` "${words}"`}` };
    }
    catch (error) {
        signal.throwIfAborted();
        return { good: false, text: `did not answer: ${rootOf(error)}` };
    }
}
/** `fetch failed` says nothing: what it was stands in its cause. */
function rootOf(error) {
    const { cause } = (typeof error === 'object' && error !== null ? error : {});
    const { message, code } = (typeof cause === 'object' && cause !== null ? cause : {});
    return [message, code].find((text) => typeof text === 'string' && text !== '') ?? (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
}
/** The first line of a plain answer: proxies name there why they refuse. A page or a broken body says nothing. */
async function firstWords(answer) {
    if (!/^(text\/plain|application\/(problem\+)?json)\b/.test(answer.headers.get('content-type') ?? ''))
        return '';
    const reader = answer.body?.getReader();
    if (reader === undefined)
        return '';
    const chunks = [];
    let length = 0;
    try {
        while (length < bodyLimit) {
            const { done, value } = await reader.read();
            if (done)
                break;
            chunks.push(value);
            length += value.byteLength;
        }
    }
    catch {
        // The status is the answer; what was to come after it is only colour.
    }
    await reader.cancel().catch(() => undefined);
    const text = Buffer.concat(chunks).subarray(0, bodyLimit).toString('utf8');
    const line = text.trim().split('\n', 1)[0] ?? '';
    const plain = line.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').trim();
    return plain.length > shownBody ? `${plain.slice(0, shownBody - 3)}...` : plain;
}
/**
 * Reads HTTP codes and ranges of them, such as `200-399` or `200,204,301-302`.
 * @throws UserError when it is none
 */
function statusRanges(text) {
    const ranges = text.split(',').map((part) => {
        const match = /^\s*([1-5]\d\d)(?:-([1-5]\d\d))?\s*$/.exec(part);
        const from = Number(match?.[1]);
        const to = Number(match?.[2] ?? match?.[1]);
        if (match === null || from > to) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`expected HTTP codes such as '200-399' or '200,204', got '${text.slice(0, 80)}'`);
        }
        return { from, to };
    });
    return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
//# sourceMappingURL=http-probe.js.map

/***/ }),

/***/ 6765:
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
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/src/ecs/appspec.js


const isNode = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** AppSpec members are read without regard to case, as CodeDeploy does. */
const keyOf = (node, name) => Object.keys(node).find((key) => key.toLowerCase() === name.toLowerCase());
/** A member of a map, whatever the case of its name. */
const memberOf = (value, name) => isNode(value) ? value[keyOf(value, name) ?? ''] : undefined;
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
/** The properties of each target service. */
function targetProperties(spec) {
    const resources = memberOf(spec, 'Resources');
    const found = [];
    for (const resource of Array.isArray(resources) ? resources : []) {
        for (const target of isNode(resource) ? Object.values(resource) : []) {
            const properties = memberOf(target, 'Properties');
            if (isNode(properties))
                found.push(properties);
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
        const value = memberOf(properties, 'TaskDefinition');
        return typeof value === 'string' ? [value] : [];
    });
}
/** The hooks of an AppSpec as pairs of event and function, as they are written. */
function hooksIn(spec) {
    const hooks = memberOf(spec, 'Hooks');
    return (Array.isArray(hooks) ? hooks : [hooks]).filter(isNode).flatMap((hook) => Object.entries(hook));
}
/** The text that CodeDeploy gets: JSON, its version written as CodeDeploy's documentation writes it. */
function appSpecContent(spec) {
    const { [keyOf(spec, 'version') ?? 'version']: _, ...rest } = spec;
    return `{"version":0.0,${JSON.stringify(rest).slice(1)}`;
}
/** The first task definition of an AppSpec in a deployment's revision; undefined when it cannot be read. */
function deployedTaskDefinition(content) {
    if (content === undefined)
        return undefined;
    try {
        return taskDefinitionsIn(parseAppSpec(content, 'the AppSpec'))[0];
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            return undefined;
        throw error;
    }
}
//# sourceMappingURL=appspec.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/src/action/clock.js
var clock = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/src/aws/console.js
var console = __webpack_require__(4958);
;// CONCATENATED MODULE: ./build/src/ecs/codedeploy-api.js


/** The statuses of a deployment that is not over. */
const activeStatuses = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];
const isActive = (deployment) => deployment.status !== undefined && activeStatuses.includes(deployment.status);
/** The deployment that stands in the way, from the message of DeploymentLimitExceededException. */
const deploymentIn = (message) => /\bd-[A-Z0-9]{9,}\b/.exec(message)?.[0];
/** The last part of an ARN or a name. */
const shortName = (nameOrArn) => nameOrArn.split('/').at(-1) ?? nameOrArn;
/** How CodeDeploy names a deployment's one target. */
const targetIdOf = (cluster, service) => `${shortName(cluster)}:${shortName(service)}`;
/** A target of which nothing is told: the deployment has not begun, or ended before it began. */
const noTarget = new Set(['DeploymentNotStartedException', 'DeploymentTargetDoesNotExistException']);
const noLongerWaits = new Set([
    'DeploymentAlreadyCompletedException',
    'DeploymentIsNotInReadyStateException',
    'InvalidDeploymentStatusException',
]);
function codeDeployApi(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19));
    return {
        async active(applicationName, deploymentGroupName, signal) {
            const { BatchGetDeploymentsCommand, ListDeploymentsCommand } = await sdk();
            const client = await aws.codedeploy();
            const includeOnlyStatuses = [...activeStatuses];
            const { deployments } = await (0,aws_errors/* calling */.X_)(`listing the deployments of ${deploymentGroupName}`, () => client.send(new ListDeploymentsCommand({ applicationName, deploymentGroupName, includeOnlyStatuses }), {
                abortSignal: signal,
            }));
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
            const { autoRollback, alarms } = request;
            const command = new CreateDeploymentCommand({
                applicationName: request.application,
                deploymentGroupName: request.group,
                deploymentConfigName: request.config,
                description: request.description,
                revision: {
                    revisionType: 'AppSpecContent',
                    appSpecContent: { content: request.content, sha256: request.sha256 },
                },
                ...(autoRollback && {
                    autoRollbackConfiguration: { enabled: autoRollback.length > 0, events: [...autoRollback] },
                }),
                ...(alarms && {
                    overrideAlarmConfiguration: {
                        enabled: alarms.names.length > 0,
                        ignorePollAlarmFailure: alarms.ignorePollFailure,
                        alarms: alarms.names.map((name) => ({ name })),
                    },
                }),
            });
            const { deploymentId } = await (0,aws_errors/* calling */.X_)(`creating a deployment in ${request.group}`, () => client.send(command, { abortSignal: signal }));
            if (deploymentId === undefined)
                throw new errors/* UserError */.yo(`CodeDeploy made no deployment in ${request.group}`);
            return deploymentId;
        },
        async deployment(deploymentId, signal) {
            const { GetDeploymentCommand } = await sdk();
            const client = await aws.codedeploy();
            const { deploymentInfo } = await (0,aws_errors/* calling */.X_)(`reading the deployment ${deploymentId}`, () => client.send(new GetDeploymentCommand({ deploymentId }), { abortSignal: signal }));
            if (deploymentInfo === undefined)
                throw new errors/* UserError */.yo(`CodeDeploy does not tell of ${deploymentId}`);
            return deploymentInfo;
        },
        async target(deploymentId, targetId, signal) {
            const { BatchGetDeploymentTargetsCommand } = await sdk();
            const client = await aws.codedeploy();
            try {
                const { deploymentTargets } = await client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [targetId] }), { abortSignal: signal });
                return deploymentTargets?.[0]?.ecsTarget;
            }
            catch (error) {
                if (noTarget.has((0,aws_errors/* awsCode */.z8)(error) ?? ''))
                    return undefined;
                throw (0,aws_errors/* awsFailure */.MT)(`reading the target of ${deploymentId}`, error);
            }
        },
        async continue(deploymentId, deploymentWaitType, signal) {
            const { ContinueDeploymentCommand } = await sdk();
            const client = await aws.codedeploy();
            try {
                await client.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType }), { abortSignal: signal });
                return true;
            }
            catch (error) {
                if (noLongerWaits.has((0,aws_errors/* awsCode */.z8)(error) ?? ''))
                    return false;
                throw (0,aws_errors/* awsFailure */.MT)(`continuing the deployment ${deploymentId}`, error);
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
                throw (0,aws_errors/* awsFailure */.MT)(`stopping the deployment ${deploymentId}`, error);
            }
        },
    };
}
//# sourceMappingURL=codedeploy-api.js.map
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
/** Whether a deployment carries the mark of this identity. */
const isOurs = (deployment, identity) => (deployment.description ?? '').endsWith(mark(identity));
/** Decides; pure. */
function planBlueGreen(state) {
    const own = state.active.find((deployment) => isOurs(deployment, state.identity));
    if (own?.deploymentId !== undefined)
        return { kind: 'take-up', deployment: own, deploymentId: own.deploymentId };
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
/** Decides; pure. `deployment` is the one that was named, or the active one of the group. */
function planSteering(operation, deployment, group) {
    const deploymentId = deployment?.deploymentId;
    if (deployment === undefined || deploymentId === undefined)
        return { kind: 'nothing', reason: `no deployment is under way in ${group}: there is nothing to ${operation} here` };
    const { status, instanceTerminationWaitTimeStarted } = deployment;
    if (!isActive(deployment))
        return { kind: 'nothing', reason: `the deployment ${deploymentId} is ${status} already: nothing to ${operation}` };
    if (operation !== 'continue')
        return { kind: 'stop', deploymentId, rollback: operation === 'rollback' };
    if (status === 'Ready')
        return { kind: 'continue', deploymentId, wait: 'READY_WAIT' };
    if (instanceTerminationWaitTimeStarted === true)
        return { kind: 'continue', deploymentId, wait: 'TERMINATION_WAIT' };
    return {
        kind: 'blocked',
        deploymentId,
        reason: `the deployment ${deploymentId} is ${status} and waits for nobody: it can be continued when it is Ready, or in the termination wait`,
    };
}
//# sourceMappingURL=blue-green-plan.js.map
// EXTERNAL MODULE: ./build/src/ecs/deployment-events.js
var deployment_events = __webpack_require__(8372);
;// CONCATENATED MODULE: ./build/src/ecs/deployment-watch.js





/** Between two looks, in ms; the longer one while only the old tasks' termination is waited for. Both differ by up to a tenth. */
const interval = 5_000;
const terminationInterval = 15_000;
const longestInterval = 60_000;
/** Between two lines when nothing changes, in ms. */
const heartbeat = 60_000;
/** Looks at the target alone before the deployment is looked at too. */
const targetsOnly = 6;
/** Looks in a row that may fail for a reason that passes: throttling, an error of CodeDeploy's own, no connection. */
const mostFailed = 20;
/** Every look at a deployment until it is over; the last one yielded is not active. What changes is logged, with a heartbeat otherwise. */
async function* watchDeployment(id, watch) {
    const { host, clock, signal, random = Math.random } = watch;
    const began = clock.now();
    const look = looks(id, watch);
    const whose = watch.tells === 'rollback' ? 'rollback' : 'deployment';
    let before;
    let said = began;
    let failed = 0;
    for (;;) {
        signal.throwIfAborted();
        try {
            const snapshot = await look();
            failed = 0;
            const events = eventsToTell((0,deployment_events/* deploymentEvents */.$k)(before, snapshot), watch, before === undefined);
            for (const event of events)
                host.info((0,deployment_events/* describeEvent */.gN)(event, clock.now() - began, whose));
            if (events.length > 0)
                said = clock.now();
            else if (clock.now() - said >= heartbeat) {
                host.info(heartbeatLine(snapshot, clock.now() - began));
                said = clock.now();
            }
            before = snapshot;
            yield snapshot;
            if (!isActive(snapshot.deployment))
                return;
        }
        catch (error) {
            if (!(0,aws_errors/* isPassing */.WG)(error) || ++failed > mostFailed)
                throw error;
            if (failed === 3)
                host.warn(`looking less often: ${(0,errors/* messageOf */.bD)(error)}`);
        }
        const quiet = before?.deployment.instanceTerminationWaitTimeStarted === true ? terminationInterval : interval;
        const wait = Math.min(longestInterval, quiet * 2 ** failed);
        await clock.sleep(wait * (0.9 + 0.2 * random()), signal);
    }
}
function eventsToTell(events, { tells = 'all' }, isFirst) {
    if (tells === 'rollback')
        return events.filter(({ kind }) => kind === 'status' || kind === 'traffic');
    return tells === 'rest' && isFirst ? [] : events;
}
/**
 * Looks by one call while nothing happens. An event of the lifecycle that is in progress is seen, with the traffic's weights, at the
 * target; waits in between and the end are seen at the deployment. When one of them has news, the other is asked too.
 */
function looks(id, watch) {
    const { codedeploy, targetId, host, signal } = watch;
    let blind = false;
    const target = async () => {
        if (blind)
            return undefined;
        try {
            return await codedeploy.target(id, targetId, signal);
        }
        catch (error) {
            if (watch.needsStages === true || (0,aws_errors/* isPassing */.WG)(error) || !(0,aws_errors/* isRefused */.H0)(error))
                throw error;
            blind = true;
            host.warn(`stages and weights are not shown: ${(0,errors/* messageOf */.bD)(error)}`);
            return undefined;
        }
    };
    let last;
    let since = 0;
    const whole = async () => {
        since = 0;
        const deployment = await codedeploy.deployment(id, signal);
        const begun = deployment.status !== 'Created' && deployment.status !== 'Queued';
        return { deployment, target: begun ? await target() : undefined };
    };
    const withDeployment = async (seen) => {
        since = 0;
        const deployment = await codedeploy.deployment(id, signal);
        return { deployment, target: isActive(deployment) ? seen : await target() };
    };
    const next = async (before) => {
        if (isInEvent(before)) {
            if (++since >= targetsOnly)
                return await whole();
            const seen = await target();
            // Asked in this order: what the end left at the target is read after it.
            return lifecycleWords(seen) === lifecycleWords(before.target)
                ? { deployment: before.deployment, target: seen }
                : await withDeployment(seen);
        }
        if (!isWaiting(before.deployment))
            return await whole();
        const deployment = await codedeploy.deployment(id, signal);
        const isQuiet = deploymentWords(deployment) === deploymentWords(before.deployment);
        return { deployment, target: isQuiet ? before.target : await target() };
    };
    return async () => {
        last = last?.target === undefined ? await whole() : await next(last);
        return last;
    };
}
const isInEvent = ({ target }) => target?.lifecycleEvents?.some(({ status }) => status === 'InProgress') ?? false;
/** Nothing happens until it is continued or its time is up. */
const isWaiting = ({ status, instanceTerminationWaitTimeStarted }) => status === 'Ready' || instanceTerminationWaitTimeStarted === true;
const lifecycleWords = (target) => [target?.status, ...(target?.lifecycleEvents ?? []).map(({ status }) => status)].join(' ');
const deploymentWords = ({ status, instanceTerminationWaitTimeStarted }) => `${status} ${instanceTerminationWaitTimeStarted === true}`;
function heartbeatLine({ deployment, target }, elapsedMs) {
    const current = target?.lifecycleEvents?.find(({ status }) => status === 'InProgress')?.lifecycleEventName;
    const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.trafficWeight;
    const waits = deployment.instanceTerminationWaitTimeStarted === true ? ', waiting to end the old tasks' : '';
    const traffic = green === undefined ? '' : `, traffic ${(0,deployment_events/* trafficBar */.vm)(green)} ${green}% new`;
    return `[${(0,clock/* formatDuration */.a3)(elapsedMs)}] still ${deployment.status}${current === undefined ? waits : ` in ${current}`}${traffic}`;
}
/** Watches until it is over and returns the last look. */
async function deploymentEnd(id, watch) {
    let last;
    for await (const snapshot of watchDeployment(id, watch))
        last = snapshot;
    if (last === undefined)
        throw new Error(`${id} was never seen`);
    return last;
}
//# sourceMappingURL=deployment-watch.js.map
// EXTERNAL MODULE: ./build/src/ecs/remedies.js
var remedies = __webpack_require__(1880);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-stop.js




const journalName = 'blue-green';
function attemptOf({ attempt }) {
    const { application, group, identity } = attempt ?? {};
    return typeof application === 'string' && typeof group === 'string' && typeof identity === 'string'
        ? { application, group, identity }
        : undefined;
}
/** How the deployments of a service are watched. */
const watchOf = (of, { codedeploy, host, clock, signal }) => ({ codedeploy, host, clock, signal, targetId: targetIdOf(of.cluster, of.service) });
/** Stops deployments of CodeDeploy and follows their rollbacks, which are deployments of their own. */
const codeDeployStopping = (of, parts) => ({
    stop: (id, rollback, signal) => parts.codedeploy.stop(id, rollback, signal),
    async ended(id, signal) {
        const watch = watchOf(of, { ...parts, signal });
        const last = await deploymentEnd(id, { ...watch, tells: 'rest' });
        const { status, rollbackInfo } = last.deployment;
        const rollbackDeploymentId = rollbackInfo?.rollbackDeploymentId;
        if (status === 'Succeeded') {
            const words = `${id} had succeeded before it could be stopped`;
            return { last, rollbackDeploymentId, rollback: undefined, words };
        }
        if (rollbackDeploymentId === undefined)
            return { last, rollbackDeploymentId, rollback: undefined, words: `${id} was stopped` };
        parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`);
        const rollback = await deploymentEnd(rollbackDeploymentId, { ...watch, tells: 'rollback' });
        const words = `${id} was stopped, its rollback ${rollbackDeploymentId} ended as ${rollback.deployment.status}`;
        return { last, rollbackDeploymentId, rollback, words };
    },
    async find(entry, signal) {
        const attempt = attemptOf(entry);
        if (attempt === undefined)
            return undefined;
        const active = await parts.codedeploy.active(attempt.application, attempt.group, signal);
        return active.find((deployment) => isOurs(deployment, attempt.identity))?.deploymentId;
    },
});
/** The post step: finishes what a cancelled or killed run left open. */
const finishBlueGreen = (of, parts) => (0,remedies/* finishInterrupted */.u4)(journalName, parts, codeDeployStopping(of, parts));
//# sourceMappingURL=blue-green-stop.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-evidence.js + 2 modules
var failure_evidence = __webpack_require__(5632);
// EXTERNAL MODULE: ./build/src/ecs/failure-explanation.js + 1 modules
var failure_explanation = __webpack_require__(3303);
;// CONCATENATED MODULE: ./build/src/ecs/or-warn.js

/** What a call that only helps gives; when it fails for a reason that users can mend, that is said, and nothing else ends for it. */
async function orWarn(host, call) {
    try {
        return await call();
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        host.warn((0,errors/* messageOf */.bD)(error));
        return undefined;
    }
}
//# sourceMappingURL=or-warn.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-end.js





/** What CodeDeploy itself tells of the end. Pure. */
function toldOf({ deployment, target }) {
    const failed = target?.lifecycleEvents?.find(({ status }) => status === 'Failed');
    const { code, message } = deployment.errorInformation ?? {};
    const triggeredAlarms = code === 'ALARM_ACTIVE' ? alarmsIn(message ?? '') : [];
    const isHook = failed?.diagnostics?.errorCode !== undefined && failed.diagnostics.errorCode !== 'Success';
    return {
        hook: isHook ? hookOf(failed) : undefined,
        triggeredAlarms,
        message: code === undefined || isHook || triggeredAlarms.length > 0 ? undefined : `${code}: ${message ?? ''}`,
    };
}
function hookOf(event) {
    const { scriptName, errorCode, message, logTail } = event.diagnostics ?? {};
    const tail = (logTail ?? '').trim().split('\n').slice(-5).join(' | ');
    const said = [errorCode === 'ScriptTimedOut' ? 'no answer in time' : undefined, message, tail];
    return {
        stage: event.lifecycleEventName ?? '?',
        target: scriptName === undefined ? undefined : (scriptName.split(':').at(-1) ?? scriptName),
        message: said.filter((part) => part !== undefined && part !== '').join(': ') || errorCode,
    };
}
/** `Activated alarms: <one> <two>` names them. */
const alarmsIn = (message) => [...message.matchAll(/<([^<>]{1,255})>/g)].map(([, name]) => name ?? '');
/** Says how a deployment ended that is over and did not succeed: follows its rollback, and finds out why. */
async function failedEnd({ began, last, info, givenUp }, request, parts) {
    const { deployment } = last;
    const byHand = deployment.errorInformation?.code === 'MANUAL_STOP' && givenUp === undefined;
    const found = givenUp?.explanation;
    const explanation = found ?? (byHand ? undefined : await explained(last, info, request, parts, began));
    const cause = causeOf(givenUp, explanation) ?? `${deployment.deploymentId} was stopped by ${stopper(deployment)}`;
    if (explanation !== undefined && explanation.details.length > 0)
        await parts.host.group(`why ${deployment.deploymentId} failed`, async () => {
            for (const line of explanation.details)
                parts.host.info(line);
        });
    const rollbackDeploymentId = deployment.rollbackInfo?.rollbackDeploymentId;
    const result = { ...began, last, explanation, rollbackDeploymentId };
    if (rollbackDeploymentId !== undefined) {
        parts.host.info(`the rollback is the deployment ${rollbackDeploymentId}`);
        const end = await deploymentEnd(rollbackDeploymentId, { ...watchOf(request, parts), tells: 'rollback' });
        const { status, errorInformation } = end.deployment;
        const serving = { ...result, runningTaskDefinition: await serves(request, parts, began) };
        if (status === 'Succeeded')
            return { ...serving, outcome: 'rolled-back', reason: cause };
        const why = errorInformation === undefined ? '' : ` (${errorInformation.code}: ${errorInformation.message})`;
        return {
            ...serving,
            outcome: 'rollback-failed',
            reason: `${cause}; its rollback ${rollbackDeploymentId} ended as ${status}${why}`,
        };
    }
    const serving = { ...result, runningTaskDefinition: await serves(request, parts, began) };
    if (!byHand)
        return { ...serving, outcome: 'failed', reason: cause };
    const next = await newerDeployment(deployment, began, parts);
    if (next === undefined)
        return { ...serving, outcome: 'stopped', reason: cause };
    const who = next.creator === undefined ? '' : `, created by ${next.creator}`;
    return { ...serving, outcome: 'superseded', reason: `${cause}, and ${next.deploymentId} follows it${who}` };
}
function causeOf(givenUp, explanation) {
    if (givenUp !== undefined && givenUp.explanation === undefined)
        return givenUp.reason;
    const isFound = explanation?.kind !== undefined && explanation.kind !== 'service';
    return isFound ? explanation.line : (givenUp?.reason ?? explanation?.line);
}
const stopper = ({ errorInformation }) => `somebody else (${errorInformation?.message ?? 'no reason told'})`;
/** Who stops a deployment for another one makes that within moments: looks for it, and ms between them. */
const followerLooks = 4;
const followerInterval = 5_000;
/** A deployment that began in the group after this one: what it was stopped for. */
async function newerDeployment({ deploymentId, createTime }, { application, group }, { codedeploy, clock, signal }) {
    for (let look = 1;; look++) {
        const active = await codedeploy.active(application, group, signal);
        const newer = active.find((other) => other.deploymentId !== deploymentId &&
            other.creator !== 'codeDeployRollback' &&
            (createTime === undefined || other.createTime === undefined || other.createTime >= createTime));
        if (newer !== undefined || look === followerLooks)
            return newer;
        await clock.sleep(followerInterval, signal);
    }
}
/** The revision that the service's primary task set runs now. */
async function serves({ cluster, service }, { ecs, host, signal }, began) {
    const described = await orWarn(host, () => ecs.service(cluster, service, signal));
    const primary = described?.taskSets?.find(({ status }) => status === 'PRIMARY');
    return primary?.taskDefinition ?? began.runningTaskDefinition;
}
/** Evidence of why a deployment failed, in words. */
async function explained(last, info, request, parts, { taskDefinition }) {
    const { deployment, target } = last;
    const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green')?.identifer;
    const { ecs, host, signal } = parts;
    const service = await orWarn(host, () => ecs.service(request.cluster, request.service, signal));
    const set = service?.taskSets?.find(({ id }) => id === green);
    const override = deployment.overrideAlarmConfiguration;
    const watched = override?.enabled === true ? override : info.alarmConfiguration;
    const evidence = await (0,failure_evidence/* deploymentEvidence */.L8)(parts, {
        cluster: request.cluster,
        service: request.service,
        taskDefinition: set?.taskDefinition ?? taskDefinition ?? '',
        startedBy: green,
        since: deployment.createTime,
        targetGroups: (set?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
        alarms: watched?.enabled === true ? (watched.alarms ?? []).flatMap(({ name }) => name ?? []) : [],
    }, signal, toldOf(last));
    return { ...(0,failure_explanation/* explain */.WE)(evidence), evidence };
}
//# sourceMappingURL=blue-green-end.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-stage.js

/** The stages of a deployment that can be waited for, in their order. */
const stages = ['none', 'test-traffic', 'ready', 'traffic-shifted', 'complete'];
const rank = (stage) => stages.indexOf(stage);
/** Whether a deployment has come as far as `wanted`. Stages may pass between two looks: one that is further on has been there. */
const hasReached = (snapshot, wanted) => rank(stageOf(snapshot)) >= rank(wanted);
const over = new Set(['Succeeded', 'Skipped']);
const begun = new Set(['InProgress', 'Succeeded']);
/** The status of a lifecycle event. */
const eventStatus = ({ target }, name) => target?.lifecycleEvents?.find(({ lifecycleEventName }) => lifecycleEventName === name)?.status;
/** Test traffic reaches the new tasks. */
const testTrafficAllowed = (snapshot) => eventStatus(snapshot, 'AllowTestTraffic') === 'Succeeded';
/** The last stage that a deployment has come to. One that failed or was stopped has come to none: what it skipped did not happen. */
function stageOf(snapshot) {
    const { status } = snapshot.deployment;
    if (status === 'Succeeded')
        return 'complete';
    if (status === 'Failed' || status === 'Stopped')
        return 'none';
    const statusOf = (name) => eventStatus(snapshot, name) ?? '';
    const failed = snapshot.target?.lifecycleEvents?.some((event) => event.status === 'Failed') ?? false;
    if (failed)
        return 'none';
    if ((0,deployment_events/* trafficShifted */.hD)(snapshot))
        return 'traffic-shifted';
    if (status === 'Ready' || begun.has(statusOf('BeforeAllowTraffic')) || begun.has(statusOf('AllowTraffic')))
        return 'ready';
    return testTrafficAllowed(snapshot) && over.has(statusOf('AfterAllowTestTraffic')) ? 'test-traffic' : 'none';
}
//# sourceMappingURL=blue-green-stage.js.map
// EXTERNAL MODULE: ./build/src/action/http-probe.js
var http_probe = __webpack_require__(485);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-test-traffic.js

/** Between two requests, in ms on the clock. */
const intervalMs = 2_000;
/** Whether the group has a test listener. */
const hasTestListener = (group) => (group.loadBalancerInfo?.targetGroupPairInfoList ?? []).some(({ testTrafficRoute }) => (testTrafficRoute?.listenerArns ?? []).length > 0);
/** Whether something holds production traffic back while test traffic is looked at. */
const waitsForTest = (group, hooks) => group.blueGreenDeploymentConfiguration?.deploymentReadyOption?.actionOnTimeout === 'STOP_DEPLOYMENT' ||
    hooks.some((event) => event === 'AfterAllowTestTraffic' || event === 'BeforeAllowTraffic');
/** Holds until the address behind the test listener has answered with 2xx or 3xx a number of times in a row, or the time is up. */
const testTrafficGate = ({ url, successes, timeoutMs }, { host, clock, signal }) => (0,http_probe/* probeHttp */.xc)({ name: 'test traffic', url, successes, timeoutMs, intervalMs, accepts: (status) => status >= 200 && status < 400 }, { log: (line) => host.info(line), clock, signal });
//# sourceMappingURL=blue-green-test-traffic.js.map
// EXTERNAL MODULE: ./build/src/ecs/lasting-call.js
var lasting_call = __webpack_require__(4608);
// EXTERNAL MODULE: ./build/src/ecs/task-failures.js
var task_failures = __webpack_require__(2164);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-follow.js











/** Looks between two readings of failed tasks while the new ones come up. */
const looksPerReading = 3;
/** Stays with one deployment until the stage that was asked for, its end, or its early end for a reason. */
async function followDeployment({ id, base, info, takenUp }, request, parts) {
    const began = { ...base, deploymentId: id };
    const page = (0,console/* deploymentConsole */.B)(base.taskDefinition ?? '', id, parts.host.env);
    if (page !== undefined)
        parts.host.link(`${id} in the console`, page);
    if (request.waitUntil === 'none')
        return { ...began, outcome: 'succeeded', reason: undefined };
    const needsStages = request.waitUntil === 'test-traffic' || request.testTraffic !== undefined;
    const over = new AbortController();
    const gate = gateOf(request, parts, AbortSignal.any([parts.signal, over.signal]));
    let last;
    let givenUp;
    let looks = 0;
    let warned = false;
    let told = false;
    const giveUp = async (why) => {
        givenUp = why;
        const rollback = request.onFailure === 'rollback';
        await (0,lasting_call/* lastingCall */.h)(parts.signal, (signal) => parts.codedeploy.stop(id, rollback, signal));
    };
    try {
        for await (const snapshot of watchDeployment(id, { ...watchOf(request, parts), needsStages })) {
            // It had come as far before this run looked: there was nothing left to do.
            const already = takenUp && last === undefined;
            last = snapshot;
            if (testTrafficAllowed(snapshot))
                gate.open();
            if (givenUp !== undefined)
                continue;
            if (snapshot.deployment.status === 'Ready' && !told && !hasReached(snapshot, request.waitUntil)) {
                told = true;
                parts.host.info(readyWords(id, info));
            }
            const verdict = gate.verdict();
            if (verdict?.passed === false && snapshot.deployment.status !== 'Succeeded') {
                const reason = `the test traffic failed: ${verdict.reason}`;
                parts.host.warn(reason);
                if (request.onFailure === 'leave')
                    return { ...began, last, outcome: 'failed', reason: `${reason}; ${id} goes on, as told` };
                await giveUp({ reason, explanation: undefined });
            }
            else if (hasReached(snapshot, request.waitUntil) && gate.isPassed()) {
                const runningTaskDefinition = (0,deployment_events/* trafficShifted */.hD)(snapshot) ? began.taskDefinition : began.runningTaskDefinition;
                const outcome = already ? 'unchanged' : 'succeeded';
                return { ...began, last, runningTaskDefinition, outcome, reason: undefined };
            }
            else if (!warned && ++looks % looksPerReading === 0) {
                const failed = await failedTasks(snapshot, began, request, parts);
                if (failed === undefined)
                    continue;
                warned = true;
                // Not to be read: CodeDeploy is left to find out by itself.
                if (failed === unreadable)
                    continue;
                parts.host.warn(failed);
                if (request.onFailure === 'leave')
                    continue;
                await giveUp({ reason: failed, explanation: await explained(snapshot, info, request, parts, began) });
            }
        }
        if (last === undefined)
            throw new Error(`${id} was never seen`);
        if (last.deployment.status !== 'Succeeded')
            return await failedEnd({ began, last, info, givenUp }, request, parts);
        const done = { ...began, last, runningTaskDefinition: began.taskDefinition };
        const verdict = givenUp === undefined ? await gate.settled() : undefined;
        if (verdict?.passed === false)
            return { ...done, outcome: 'failed', reason: `${id} succeeded, but the test traffic failed: ${verdict.reason}` };
        if (givenUp === undefined)
            return { ...done, outcome: 'succeeded', reason: undefined };
        const { reason } = givenUp;
        return { ...done, outcome: 'failed', reason: `${reason}; ${id} had succeeded before it could be stopped` };
    }
    finally {
        over.abort();
    }
}
function readyWords(id, info) {
    const minutes = info.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes;
    const within = minutes === undefined ? '' : ` within ${(0,clock/* formatDuration */.a3)(minutes * 60_000)}, else it stops`;
    return `${id} is Ready: production traffic waits for the operation continue${within}`;
}
/** The gate on test traffic, which runs beside the watch. */
function gateOf({ testTraffic }, { host, clock }, signal) {
    let known;
    let running;
    return {
        open() {
            if (testTraffic === undefined)
                return;
            running ??= testTrafficGate(testTraffic, { host, clock, signal }).then((verdict) => {
                known = verdict;
                return verdict;
            }, (error) => {
                if (signal.aborted)
                    return undefined;
                known = { passed: false, reason: String(error) };
                return known;
            });
        },
        verdict: () => known,
        isPassed: () => testTraffic === undefined || known?.passed === true,
        settled: async () => await running,
    };
}
const unreadable = Symbol('unreadable');
/** Why so many tasks of the new version have failed that it is given up; undefined when they have not. */
async function failedTasks(snapshot, { taskDefinition }, request, parts) {
    const { deployment, target } = snapshot;
    const green = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === 'Green');
    if (request.failedTasks === 0 || taskDefinition === undefined || green?.identifer === undefined)
        return undefined;
    if (deployment.status !== 'InProgress' || (0,deployment_events/* trafficShifted */.hD)(snapshot))
        return undefined;
    if ((green.runningCount ?? 0) >= (green.desiredCount ?? 0))
        return undefined;
    const of = { cluster: request.cluster, startedBy: green.identifer, taskDefinition };
    const failures = await orWarn(parts.host, () => (0,task_failures/* taskFailures */.L8)(parts.ecs, parts.aws, of, parts.signal));
    if (failures === undefined)
        return unreadable;
    const count = failures.reduce((sum, failure) => sum + failure.count, 0);
    return count < request.failedTasks
        ? undefined
        : `${count} tasks of the new version have failed: ${(0,task_failures/* failureLine */.Pu)(failures)}`;
}
//# sourceMappingURL=blue-green-follow.js.map
// EXTERNAL MODULE: ./build/src/ecs/revision-to-deploy.js
var revision_to_deploy = __webpack_require__(840);
// EXTERNAL MODULE: ./build/src/ecs/run-task.js
var run_task = __webpack_require__(2338);
// EXTERNAL MODULE: ./build/src/ecs/task-before.js
var task_before = __webpack_require__(2124);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-begin.js












/** What a deployment can be rolled back for by CodeDeploy itself. */
const rollbackEvents = [
    'DEPLOYMENT_FAILURE',
    'DEPLOYMENT_STOP_ON_ALARM',
    'DEPLOYMENT_STOP_ON_REQUEST',
];
/** Registers the revision, creates the deployment and follows it. Each of both is journalled before its answer can be lost. */
async function beginDeployment(request, parts, target, base, journal) {
    const { codedeploy, host, signal } = parts;
    const { application, group, identity, info } = target;
    const revision = await (0,revision_to_deploy/* revisionToDeploy */.GD)({ ...request, newest: target.newest }, parts, (arn) => journal.save({ registered: arn }));
    const taskBefore = await ranBefore(revision, request, parts, target, journal);
    const content = appSpecContent(withTaskDefinition(target.spec, revision.arn));
    journal.save({ attempt: { application, group, identity } });
    let id;
    try {
        id = await (0,lasting_call/* lastingCall */.h)(signal, (lasting) => codedeploy.create({
            application,
            group,
            content,
            sha256: (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex'),
            description: markedDescription(request.description, identity),
            config: request.config,
            autoRollback: request.autoRollback ?? impliedEvents(request),
            alarms: request.alarms,
        }, lasting), (made) => journal.save({ deploymentId: made }));
    }
    catch (error) {
        signal.throwIfAborted();
        const begun = await codeDeployStopping(request, parts).find?.(journal.entry(), signal);
        if (begun === undefined)
            return await notBegun(error, revision, parts, base, journal);
        host.info(`the answer of CodeDeploy was lost, and the deployment ${begun} has begun`);
        id = begun;
        journal.save({ deploymentId: id });
    }
    host.info(`deployment ${id} moves ${request.service} to ${revision.arn.split('/').at(-1)}`);
    const following = { id, base: { ...base, taskDefinition: revision.arn, taskBefore }, info, takenUp: false };
    return await followDeployment(following, request, parts);
}
/** Runs the task that comes before the deployment; when it fails, a revision that was registered for it goes again. */
async function ranBefore(revision, { taskBefore, cluster }, parts, { described }, journal) {
    if (taskBefore === undefined)
        return undefined;
    try {
        return await (0,run_task/* runTask */.Z)({ ...(0,task_before/* besideService */.Sv)(taskBefore, described), cluster, taskDefinition: revision.arn }, parts);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo) {
            journal.save({ registered: undefined });
            await (0,revision_to_deploy/* takeBack */.zH)(parts.ecs, revision, parts.host);
        }
        throw error;
    }
}
const impliedEvents = ({ onFailure }) => onFailure === 'rollback' ? rollbackEvents : onFailure === 'leave' ? undefined : [];
/** CodeDeploy did not take the deployment. */
async function notBegun(error, revision, { ecs, host }, base, journal) {
    // Without a clear no it may begin yet: the revision stays, and the post step looks for the deployment.
    if (!(0,aws_errors/* isRefused */.H0)(error))
        throw error;
    journal.save({ attempt: undefined, registered: undefined });
    await (0,revision_to_deploy/* takeBack */.zH)(ecs, revision, host);
    const isLimit = error instanceof errors/* UserError */.yo && (0,aws_errors/* awsCode */.z8)(error.cause) === 'DeploymentLimitExceededException';
    const other = isLimit ? deploymentIn((0,errors/* messageOf */.bD)(error)) : undefined;
    if (other === undefined)
        throw error;
    return {
        ...base,
        outcome: 'blocked',
        deploymentId: other,
        reason: `the deployment ${other} began in the group in the meantime: run again when it is over`,
    };
}
//# sourceMappingURL=blue-green-begin.js.map
// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
;// CONCATENATED MODULE: ./build/src/ecs/appspec-checks.js


/** The lifecycle events that take a Lambda function (AppSpec reference, hooks for an Amazon ECS deployment). */
const hookEvents = [
    'BeforeInstall',
    'AfterInstall',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic',
];
/** What is wrong with a hook, a line each. */
function hookProblems(hooks) {
    return hooks.flatMap(([event, name]) => {
        if (!hookEvents.includes(event))
            return [`there is no hook '${event}'${(0,closest/* didYouMean */.au)(event, hookEvents)} (the hooks are ${hookEvents.join(', ')})`];
        if (typeof name !== 'string' || name.trim() === '')
            return [`the hook ${event} names no function`];
        if (/\s/.test(name) || (name.startsWith('arn:') && !/^arn:[\w-]+:lambda:/.test(name)))
            return [`the hook ${event}: '${name}' is neither the name nor the ARN of a Lambda function`];
        return [];
    });
}
/** Why an AppSpec cannot deploy this task definition, a line each: hooks that are none, a container or port that is not there. */
function appSpecProblems(spec, document) {
    return [
        ...hookProblems(hooksIn(spec)).map((problem) => `AppSpec: ${problem}`),
        ...targetProperties(spec).flatMap((properties) => balancerProblems(memberOf(properties, 'LoadBalancerInfo'), document)),
    ];
}
function balancerProblems(balancer, document) {
    const name = memberOf(balancer, 'ContainerName');
    const port = Number(memberOf(balancer, 'ContainerPort'));
    if (typeof name !== 'string' || !Number.isInteger(port))
        return ['AppSpec: LoadBalancerInfo needs a ContainerName and a ContainerPort'];
    const containers = document.containerDefinitions ?? [];
    const container = containers.find((one) => one.name === name);
    if (container === undefined) {
        const names = containers.map((one) => String(one.name));
        return [
            `AppSpec: the task definition has no container '${name}', only ${names.join(', ')}${(0,closest/* didYouMean */.au)(name, names)}`,
        ];
    }
    const mappings = Array.isArray(container['portMappings']) ? container['portMappings'] : [];
    if (mappings.some((mapping) => maps(mapping, port)))
        return [];
    const ports = mappings.map((mapping) => String(memberOf(mapping, 'containerPort') ?? memberOf(mapping, 'containerPortRange')));
    return [
        `AppSpec: the container '${name}' of the task definition has no port ${port}, only ${ports.join(', ') || 'none'}`,
    ];
}
function maps(mapping, port) {
    const [from, to] = String(memberOf(mapping, 'containerPortRange') ?? '')
        .split('-')
        .map(Number);
    return (memberOf(mapping, 'containerPort') === port ||
        (from !== undefined && to !== undefined && from <= port && port <= to));
}
/** What an AppSpec asks for that the live service does not have. Members that it leaves out stay as they are. */
function settingsChanged(spec, live) {
    const targets = targetProperties(spec);
    const changed = Object.entries(live.properties).filter(([name, now]) => targets.some((properties) => {
        const asked = memberOf(properties, name);
        // What LATEST stands for at the moment is for AWS to say.
        if (asked === undefined || asked === null || asked === 'LATEST')
            return false;
        return comparable(asked) !== comparable(now);
    }));
    const moved = targets.some((properties) => {
        const balancer = memberOf(properties, 'LoadBalancerInfo');
        return !live.balancers.includes(`${memberOf(balancer, 'ContainerName')}:${memberOf(balancer, 'ContainerPort')}`);
    });
    return [...changed.map(([name]) => name), ...(moved ? ['LoadBalancerInfo'] : [])];
}
/** The same text for values that differ in the case of member names, in the order of members and lists, or in saying nothing. */
function comparable(value) {
    if (Array.isArray(value))
        return `[${value.map(comparable).sort().join()}]`;
    if (typeof value !== 'object' || value === null)
        return String(value);
    const members = Object.entries(value)
        .filter(([, item]) => item !== undefined && item !== null && !(Array.isArray(item) && item.length === 0))
        .filter(([name, item]) => !(name.toLowerCase() === 'base' && item === 0))
        .map(([name, item]) => [name.toLowerCase(), comparable(item)]);
    return `{${members
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => `${name}:${item}`)
        .join()}}`;
}
//# sourceMappingURL=appspec-checks.js.map
;// CONCATENATED MODULE: ./build/src/ecs/appspec-of-service.js


const noWishes = {
    containerName: undefined,
    containerPort: undefined,
    platformVersion: undefined,
    subnets: undefined,
    securityGroups: undefined,
    assignPublicIp: undefined,
    hooks: {},
};
/**
 * The AppSpec that moves a live service: its own container, port, platform version, network and capacity providers, changed as wished.
 * @throws UserError when the service has no load balancer, or several and none is chosen
 */
function appSpecOf(service, wishes = noWishes) {
    const balancer = chosenBalancer(service, wishes);
    const hooks = Object.entries(wishes.hooks).map(([event, name]) => ({ [event]: name }));
    return {
        version: 0,
        Resources: [
            {
                TargetService: {
                    Type: 'AWS::ECS::Service',
                    Properties: {
                        TaskDefinition: '',
                        LoadBalancerInfo: { ContainerName: balancer.containerName, ContainerPort: balancer.containerPort },
                        ...Object.fromEntries(Object.entries(propertiesOf(service, wishes)).filter(([, value]) => value !== undefined)),
                    },
                },
            },
        ],
        ...(hooks.length > 0 && { Hooks: hooks }),
    };
}
const liveSettings = (service) => ({
    balancers: balancersOf(service).map(shown),
    properties: propertiesOf(service, noWishes),
});
const primaryOf = (service) => service.taskSets?.find(({ status }) => status === 'PRIMARY');
function propertiesOf(service, wishes) {
    const primary = primaryOf(service);
    const isFargate = (primary?.launchType ?? service.launchType) === 'FARGATE';
    const own = isFargate ? (primary?.platformVersion ?? service.platformVersion) : undefined;
    const strategy = strategyOf(primary?.capacityProviderStrategy ?? service.capacityProviderStrategy ?? []);
    return {
        PlatformVersion: wishes.platformVersion ?? own,
        NetworkConfiguration: networkOf(primary?.networkConfiguration ?? service.networkConfiguration, wishes),
        CapacityProviderStrategy: strategy.length > 0 ? strategy : undefined,
    };
}
/** A service stands behind each target group of a pair in turn, with the same container and port: each once. */
function balancersOf(service) {
    const all = primaryOf(service)?.loadBalancers ?? service.loadBalancers ?? [];
    return all.filter((one, at) => one.containerName !== undefined &&
        one.containerPort !== undefined &&
        all.findIndex((other) => shown(other) === shown(one)) === at);
}
const shown = (balancer) => `${balancer.containerName}:${balancer.containerPort}`;
function chosenBalancer(service, wishes) {
    const usable = balancersOf(service);
    if (usable.length === 0) {
        throw new errors/* UserError */.yo(`the service '${service.serviceName}' has no load balancer to shift: give an AppSpec in the input codedeploy-appspec`);
    }
    const { containerName, containerPort } = wishes;
    const fitting = usable.filter((one) => (containerName === undefined || one.containerName === containerName) &&
        (containerPort === undefined || one.containerPort === containerPort));
    const choices = usable.map(shown).join(', ');
    const [first, ...more] = fitting;
    if (first === undefined) {
        const asked = [containerName ?? 'any container', containerPort ?? 'any port'].join(':');
        const near = containerName === undefined
            ? ''
            : (0,closest/* didYouMean */.au)(containerName, usable.map((one) => one.containerName ?? ''));
        throw new errors/* UserError */.yo(`the load balancers of '${service.serviceName}' have no ${asked}, only ${choices}${near}`);
    }
    if (more.length > 0) {
        throw new errors/* UserError */.yo(`the service '${service.serviceName}' has several load balancers: choose one of ${choices} by container-name and container-port`);
    }
    return first;
}
/** In an order of its own, so that the same service gives the same AppSpec each time. */
function networkOf(live, wishes) {
    const vpc = live?.awsvpcConfiguration;
    const subnets = wishes.subnets ?? vpc?.subnets ?? [];
    if (subnets.length === 0) {
        if (wishes.securityGroups === undefined && wishes.assignPublicIp === undefined)
            return undefined;
        throw new errors/* UserError */.yo('the service has no network configuration of its own: give subnets too');
    }
    const securityGroups = wishes.securityGroups ?? vpc?.securityGroups ?? [];
    const assignPublicIp = wishes.assignPublicIp ?? vpc?.assignPublicIp;
    return {
        AwsvpcConfiguration: {
            Subnets: [...subnets].sort(),
            ...(securityGroups.length > 0 && { SecurityGroups: [...securityGroups].sort() }),
            ...(assignPublicIp && { AssignPublicIp: assignPublicIp }),
        },
    };
}
const strategyOf = (items) => items.map(({ capacityProvider, base, weight }) => ({
    CapacityProvider: capacityProvider,
    ...(base === undefined ? {} : { Base: base }),
    ...(weight === undefined ? {} : { Weight: weight }),
}));
//# sourceMappingURL=appspec-of-service.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-group.js


/** The convention of the official action for groups that are not named. */
const conventionalNames = (cluster, service) => ({
    application: `AppECS-${shortName(cluster)}-${shortName(service)}`,
    group: `DgpECS-${shortName(cluster)}-${shortName(service)}`,
});
const nameOf = (info) => `${info.applicationName}/${info.deploymentGroupName}`;
const deploys = (info, cluster, service) => (info.ecsServices ?? []).some((one) => shortName(one.serviceName ?? '') === shortName(service) &&
    shortName(one.clusterName ?? '') === shortName(cluster));
/** Why a deployment group cannot deploy this service; a line each. */
function groupProblems(group, service, cluster) {
    const name = nameOf(group);
    const problems = [];
    if (group.computePlatform !== 'ECS')
        problems.push(`the deployment group ${name} is for ${group.computePlatform}, not for ECS`);
    if (!deploys(group, cluster, service.serviceName ?? '')) {
        const services = (group.ecsServices ?? []).map((one) => `${shortName(one.clusterName ?? '')}/${shortName(one.serviceName ?? '')}`);
        const has = services.join(', ') || 'no service';
        problems.push(`the deployment group ${name} deploys ${has}, not ${shortName(cluster)}/${service.serviceName}`);
    }
    return problems;
}
/**
 * The deployment group for a service: the one that is named, else the conventional one, else the only one that deploys it.
 * Whether a named one is of this service is for `groupProblems` to say. `beforeSearch` runs before all groups are looked through.
 * @throws UserError when it is not there or cannot be told from others
 */
async function findDeploymentGroup(query, api, signal, beforeSearch) {
    const conventional = conventionalNames(query.cluster, query.service);
    const application = query.application ?? conventional.application;
    const group = query.group ?? conventional.group;
    const info = await api.group(application, group, signal);
    if (info !== undefined)
        return { application, group, info };
    await beforeSearch();
    if (query.application !== undefined && query.group !== undefined) {
        throw new errors/* UserError */.yo(`there is no deployment group '${query.group}' in the application '${query.application}'`);
    }
    const all = await api.groups(query.application, signal);
    return onlyGroup(query, all, `${application}/${group}`);
}
/** The one group among those found that deploys the service. Pure. @throws UserError naming what was found */
function onlyGroup(query, found, conventional) {
    const candidates = found.filter((info) => (query.group === undefined || info.deploymentGroupName === query.group) &&
        info.computePlatform === 'ECS' &&
        deploys(info, query.cluster, query.service));
    const [only, ...more] = candidates;
    const wanted = `${shortName(query.cluster)}/${shortName(query.service)}`;
    if (only?.applicationName === undefined || only.deploymentGroupName === undefined) {
        const seen = found.length === 0 ? 'none at all' : `only ${listed(found)}`;
        throw new errors/* UserError */.yo(`no deployment group deploys ${wanted}: there is no ${conventional}, and of other groups ${seen}: name it by codedeploy-application and codedeploy-deployment-group`);
    }
    if (more.length > 0) {
        throw new errors/* UserError */.yo(`${candidates.length} deployment groups deploy ${wanted}: ${listed(candidates)}: choose by codedeploy-application and codedeploy-deployment-group`);
    }
    return { application: only.applicationName, group: only.deploymentGroupName, info: only };
}
const listed = (groups) => {
    const names = groups.slice(0, 8).map(nameOf).join(', ');
    return groups.length > 8 ? `${names} and ${groups.length - 8} more` : names;
};
//# sourceMappingURL=blue-green-group.js.map
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-target.js









/** Reads the service and its deployment group. @throws UserError when they do not belong together, InputError when the group cannot do what is asked */
async function findService(request, parts) {
    const { ecs, codedeploy, groups, signal } = parts;
    const read = () => ecs.service(request.cluster, request.service, signal);
    const found = await findDeploymentGroup(request, groups, signal, read);
    // In this order: a deployment that ends in between has changed the service by the time it is read.
    const active = await codedeploy.active(found.application, found.group, signal);
    const described = await read();
    const controller = described.deploymentController?.type ?? 'ECS';
    if (controller !== 'CODE_DEPLOY') {
        const instead = controller === 'ECS' ? ': deploy it with ecs-deploy' : '';
        throw new errors/* UserError */.yo(`the service '${request.service}' is moved by ${controller}, not by CodeDeploy${instead}`);
    }
    const problems = groupProblems(found.info, described, request.cluster);
    if (problems.length > 0)
        throw new errors/* UserError */.yo(problems.join('\n'));
    const needs = [
        ...(request.waitUntil === 'test-traffic' ? ["input 'wait-until': test-traffic"] : []),
        ...(request.testTraffic === undefined ? [] : ["input 'test-traffic-url'"]),
    ];
    if (needs.length > 0 && !hasTestListener(found.info)) {
        const name = `${found.application}/${found.group}`;
        throw new errors/* InputError */.dz(needs.map((need) => `${need} needs a test listener, and the deployment group ${name} has none`));
    }
    const primary = described.taskSets?.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? described.taskDefinition;
    return { ...found, active, described, primary };
}
/** What to deploy and where. @throws UserError, InputError */
async function findTarget(request, parts) {
    if (request.appSpec !== undefined)
        refuse(appSpecProblems(request.appSpec, request.document));
    const service = await findService(request, parts);
    const spec = request.appSpec ?? appSpecOf(service.described, request.wishes);
    if (request.appSpec === undefined)
        refuse(appSpecProblems(spec, request.document));
    const { primary } = service;
    const place = `${shortName(request.cluster)}/${shortName(request.service)}`;
    const identity = deploymentIdentity(request.document, spec, place);
    const { same, newest } = await (0,revision_to_deploy/* compared */.mU)(parts.ecs, request, primary, parts.signal);
    const changes = settingsChanged(spec, liveSettings(service.described));
    return { ...service, spec, identity, same, newest, changes };
}
const refuse = (problems) => {
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
};
/** Says so when production traffic will not wait for the gate on test traffic. */
function testGateWarning(info, spec) {
    const hooks = hooksIn(spec).map(([event]) => event);
    return waitsForTest(info, hooks)
        ? undefined
        : `nothing in ${info.applicationName}/${info.deploymentGroupName} waits before production traffic: it may shift before the test traffic has passed (let the group wait to reroute traffic, or add a hook)`;
}
/** The revision that the group's last successful deployment deployed: what CodeDeploy rolls back to. */
async function lastGoodRevision(info, { codedeploy, signal }) {
    const id = info.lastSuccessfulDeployment?.deploymentId;
    if (id === undefined)
        return undefined;
    return deployedTaskDefinition((await codedeploy.deployment(id, signal)).revision?.appSpecContent?.content);
}
//# sourceMappingURL=blue-green-target.js.map
// EXTERNAL MODULE: ./build/src/ecs/desired-count.js
var desired_count = __webpack_require__(6391);
// EXTERNAL MODULE: ./build/src/ecs/old-revisions.js
var old_revisions = __webpack_require__(6529);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green.js













/** Deploys a revision to a service that CodeDeploy moves, and stays with that deployment until it is where it was asked to be. */
async function deployBlueGreen(request, parts) {
    const { host } = parts;
    const target = await findTarget(request, parts);
    const { application, group, identity, primary, same, changes } = target;
    const plan = planBlueGreen({
        identity,
        runsIt: same !== undefined && changes.length === 0 && !request.force,
        active: target.active,
        ifDeploying: request.ifDeploying,
    });
    const base = {
        application,
        group,
        taskDefinition: same ?? request.arn,
        runningTaskDefinition: primary,
        deploymentId: undefined,
        rollbackDeploymentId: undefined,
        last: undefined,
        explanation: undefined,
        deregistered: [],
        planned: [],
    };
    const scales = request.desiredCount !== undefined && request.desiredCount !== target.described.desiredCount;
    if (plan.kind === 'unchanged' && !scales) {
        host.info(`${request.service} runs ${primary} already, which is the same: nothing is registered or deployed`);
        return { ...base, outcome: 'unchanged', reason: undefined };
    }
    if (plan.kind === 'blocked')
        return { ...base, outcome: 'blocked', reason: plan.reason, deploymentId: plan.deploymentId };
    if (request.testTraffic !== undefined && plan.kind !== 'unchanged') {
        const warning = testGateWarning(target.info, target.spec);
        if (warning !== undefined)
            host.warn(warning);
    }
    if (request.dryRun) {
        const planned = plannedLines(plan, request, target);
        for (const line of planned)
            host.info(line);
        return { ...base, planned, outcome: 'succeeded', reason: undefined };
    }
    const journal = (0,remedies/* openJournal */._0)(host, journalName, request.onCancel);
    const end = await (0,remedies/* withRemedies */.Nq)(request, parts, journal, codeDeployStopping(request, parts), async (inTime) => {
        const timed = { ...parts, signal: inTime };
        const result = await carryOut(plan, request, timed, target, base, journal);
        const deregistered = await afterwards(result, request, timed, target);
        return { ...result, deregistered };
    });
    if ('result' in end)
        return end.result;
    const { outcome, reason, entry } = end;
    const taskDefinition = entry.registered ?? base.taskDefinition;
    return { ...base, ...end.end, outcome, reason, deploymentId: entry.deploymentId, taskDefinition };
}
/** What would be done, a line each. */
function plannedLines(plan, request, target) {
    const { desiredCount, arn } = request;
    const now = target.described.desiredCount;
    const revision = arn ?? target.same ?? '<the new revision>';
    const deploys = plan.kind !== 'unchanged' && plan.kind !== 'take-up';
    return [
        `would ${plannedWords(plan, request, target)}`,
        ...(deploys && request.taskBefore !== undefined
            ? [`would ${(0,task_before/* taskBeforeWords */.i4)((0,task_before/* besideService */.Sv)(request.taskBefore, target.described))}`]
            : []),
        ...(desiredCount === undefined || desiredCount === now || plan.kind === 'take-up'
            ? []
            : [`would set the desired count from ${now} to ${desiredCount}`]),
        ...(target.changes.length > 0 ? [`would change ${target.changes.join(', ')} of the service's tasks`] : []),
        ...(deploys ? [`AppSpec: ${appSpecContent(withTaskDefinition(target.spec, revision))}`] : []),
    ];
}
function plannedWords(plan, request, { application, group }) {
    const what = request.arn ?? `a revision of ${String(request.document['family'])}`;
    const place = `${request.cluster}/${request.service} by ${application}/${group}`;
    switch (plan.kind) {
        case 'take-up':
            return `take up the deployment ${plan.deploymentId}, which moves ${place}`;
        case 'wait-for':
            return `wait for the deployment ${plan.deploymentId}, then deploy ${what} to ${place}`;
        case 'stop-first':
            return `stop the deployment ${plan.deploymentId}, then deploy ${what} to ${place}`;
        case 'unchanged':
            return `deploy nothing to ${place}`;
        default:
            return `deploy ${what} to ${place}`;
    }
}
/** Makes way, scales, registers, creates the deployment and follows it. */
async function carryOut(plan, request, parts, target, base, journal) {
    const { codedeploy, host, signal } = parts;
    const { application, group, info } = target;
    if (plan.kind === 'take-up') {
        const { deployment, deploymentId: id } = plan;
        host.info(`taking up the deployment ${id}, begun by an earlier run`);
        journal.save({ deploymentId: id });
        if (request.desiredCount !== undefined && request.desiredCount !== target.described.desiredCount)
            host.warn(`the desired count stays ${target.described.desiredCount} while ${id} is under way`);
        const taskDefinition = deployedTaskDefinition(deployment.revision?.appSpecContent?.content) ?? base.taskDefinition ?? target.primary;
        const following = { id, base: { ...base, taskDefinition }, info, takenUp: true };
        return await followDeployment(following, request, parts);
    }
    if (plan.kind === 'stop-first') {
        host.info(`stopping the deployment ${plan.deploymentId} first${plan.rollback ? ', with a rollback' : ''}`);
        await (0,lasting_call/* lastingCall */.h)(signal, (lasting) => codedeploy.stop(plan.deploymentId, plan.rollback, lasting));
    }
    const waits = plan.kind === 'stop-first' || plan.kind === 'wait-for';
    if (waits)
        await groupIsFree(application, group, request, parts);
    // What stood in the way may have brought the same, and in any case is what a rollback goes back to.
    const ready = waits ? await findTarget(request, parts) : target;
    await scale(request, parts, ready);
    const serving = { ...base, runningTaskDefinition: ready.primary };
    if (plan.kind === 'unchanged')
        return { ...serving, outcome: 'succeeded', reason: undefined };
    if (waits && ready.same !== undefined && ready.changes.length === 0 && !request.force) {
        host.info(`${request.service} runs ${ready.primary} by now, which is the same: nothing is registered or deployed`);
        return { ...serving, taskDefinition: ready.same, outcome: 'unchanged', reason: undefined };
    }
    const untried = (0,desired_count/* untriedWarning */.K)(request.service, request.desiredCount ?? ready.described.desiredCount);
    if (untried !== undefined)
        host.warn(untried);
    return await beginDeployment(request, parts, ready, serving, journal);
}
async function groupIsFree(application, group, request, parts) {
    for (;;) {
        const [first] = await parts.codedeploy.active(application, group, parts.signal);
        if (first?.deploymentId === undefined)
            return;
        const rest = first.instanceTerminationWaitTimeStarted === true ? ', which has only its old tasks left to end' : '';
        parts.host.info(`waiting for the deployment ${first.deploymentId}${rest}`);
        await deploymentEnd(first.deploymentId, { ...watchOf(request, parts), tells: 'rest' });
    }
}
async function scale(request, { aws, host, signal }, target) {
    const { desiredCount } = request;
    const now = target.described.desiredCount;
    if (desiredCount === undefined || desiredCount === now)
        return;
    await (0,lasting_call/* lastingCall */.h)(signal, (lasting) => (0,desired_count/* setDesiredCount */.k)(aws, request, desiredCount, lasting));
    host.info(`set the desired count of ${request.service} from ${now} to ${desiredCount}`);
}
/** After a success: old revisions go, if they are told to. */
async function afterwards(result, request, parts, target) {
    const { keepRevisions } = request;
    if (keepRevisions === undefined || result.outcome !== 'succeeded')
        return [];
    return (await orWarn(parts.host, () => onlyNewest(result, request, keepRevisions, parts, target))) ?? [];
}
async function onlyNewest(result, request, keep, parts, target) {
    const { taskSets = [], deployments = [] } = await parts.ecs.service(request.cluster, request.service, parts.signal);
    const inUse = [
        ...[...taskSets, ...deployments].map(({ taskDefinition }) => taskDefinition),
        ...[result.taskDefinition, result.runningTaskDefinition, target.primary],
        await lastGoodRevision(target.info, parts),
    ];
    const family = String(request.document['family']);
    const gone = await (0,old_revisions/* deregisterOld */.k)(parts, { family, keep, inUse }, parts.signal);
    if (gone.length > 0)
        parts.host.info(`deregistered ${gone.map((arn) => arn.split('/').at(-1)).join(', ')}: ${keep} are kept`);
    return gone;
}
//# sourceMappingURL=blue-green.js.map
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
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
// EXTERNAL MODULE: ./build/src/ecs/rendering.js + 9 modules
var rendering = __webpack_require__(7246);
// EXTERNAL MODULE: ./build/src/ecs/wanted-revision.js
var wanted_revision = __webpack_require__(1176);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-inputs.js








/** Inputs that say what to deploy or how to judge it, without a default: they mean nothing to the other operations. */
const ofDeploy = [
    'codedeploy-appspec',
    'codedeploy-hooks',
    'desired-count',
    'codedeploy-alarms',
    'codedeploy-auto-rollback-events',
    'keep-revisions',
    'test-traffic-url',
];
/** Inputs for an AppSpec that is made from the service: a given one says these things itself. */
const ofGenerated = [
    'codedeploy-hooks',
    'container-name',
    'container-port',
    'platform-version',
    'subnets',
    'security-groups',
    'assign-public-ip',
];
/** Rules between inputs, a line for each that is broken. Pure. */
function requestProblems(inputs) {
    const { operation } = inputs;
    const problems = [];
    const given = (name) => inputs[name] !== undefined;
    if (operation === 'deploy' && !given('task-definition'))
        problems.push("input 'task-definition': is required to deploy");
    if (operation === 'deploy' && given('codedeploy-deployment-id'))
        problems.push("input 'codedeploy-deployment-id': is for the operations continue, stop and rollback");
    if (operation !== 'deploy') {
        for (const name of ofDeploy.filter(given))
            problems.push(`input '${name}': means nothing to the operation ${operation}`);
    }
    if (operation !== 'deploy' && inputs['force-new-deployment'])
        problems.push(`input 'force-new-deployment': means nothing to the operation ${operation}`);
    if (operation === 'deploy' && given('codedeploy-appspec')) {
        for (const name of ofGenerated.filter(given))
            problems.push(`input '${name}': is for a generated AppSpec: write it into the one in codedeploy-appspec instead`);
    }
    for (const problem of hookProblems(Object.entries(inputs['codedeploy-hooks'] ?? {})))
        problems.push(`input 'codedeploy-hooks': ${problem}`);
    for (const event of inputs['codedeploy-auto-rollback-events'] ?? []) {
        if (!rollbackEvents.includes(event))
            problems.push(`input 'codedeploy-auto-rollback-events': there is no event '${event}'${(0,closest/* didYouMean */.au)(event, rollbackEvents)} (the events are ${rollbackEvents.join(', ')})`);
    }
    if (given('codedeploy-auto-rollback-events') && inputs['on-failure'] !== 'rollback')
        problems.push(`input 'codedeploy-auto-rollback-events': contradicts on-failure ${inputs['on-failure']}, which needs no events`);
    if (given('test-traffic-url') && inputs['wait-until'] === 'none')
        problems.push("input 'test-traffic-url': needs a job that waits: set wait-until to test-traffic or later");
    const shifts = inputs['wait-until'] === 'traffic-shifted' || inputs['wait-until'] === 'complete';
    if (given('keep-revisions') && !shifts)
        problems.push("input 'keep-revisions': needs a success to be seen: set wait-until to traffic-shifted or complete");
    if (inputs['ignore-alarm-poll-failure'] && !given('codedeploy-alarms'))
        problems.push("input 'ignore-alarm-poll-failure': needs codedeploy-alarms");
    problems.push(...(0,task_before/* taskBeforeProblems */.B$)(inputs));
    return problems;
}
/** How the inputs want a deployment to be followed. */
function followRequest(inputs) {
    const url = inputs['test-traffic-url'];
    return {
        cluster: inputs.cluster,
        service: inputs.service,
        application: inputs['codedeploy-application'],
        group: inputs['codedeploy-deployment-group'],
        waitUntil: inputs['wait-until'],
        timeoutMs: inputs.timeout,
        onFailure: inputs['on-failure'],
        onTimeout: inputs['on-timeout'],
        onCancel: inputs['on-cancel'],
        failedTasks: inputs['failed-tasks'],
        testTraffic: url === undefined
            ? undefined
            : { url, successes: inputs['test-traffic-successes'], timeoutMs: inputs['test-traffic-timeout'] },
        dryRun: inputs['dry-run'],
    };
}
/** What the inputs want deployed; reads the files that they name. @throws UserError */
async function deployRequest(inputs, follow, { ecs, host, signal }) {
    const given = inputs['task-definition'] ?? '';
    const appSpec = await readAppSpec(inputs['codedeploy-appspec']);
    const revision = (0,wanted_revision/* isReference */.A)(given) ? await ecs.describeTaskDefinition(given, signal) : undefined;
    const read = revision === undefined
        ? await (0,rendering/* readTaskDefinition */.Lx)({ file: given }, () => ecs, signal)
        : (0,task_definition/* withoutDescribeOnly */.am)(revision.document);
    const names = inputs['codedeploy-alarms'];
    return {
        ...follow,
        document: (0,rendering/* renderChecked */.SD)(read, { containers: {} }, inputs['unknown-fields'], host),
        arn: revision?.arn,
        appSpec,
        wishes: {
            containerName: inputs['container-name'],
            containerPort: inputs['container-port'],
            platformVersion: inputs['platform-version'],
            subnets: inputs.subnets,
            securityGroups: inputs['security-groups'],
            assignPublicIp: inputs['assign-public-ip'],
            hooks: inputs['codedeploy-hooks'] ?? {},
        },
        description: inputs['codedeploy-deployment-description'] ?? host.facts.runUrl ?? '',
        config: inputs['codedeploy-deployment-config'],
        alarms: names && { names, ignorePollFailure: inputs['ignore-alarm-poll-failure'] },
        autoRollback: inputs['codedeploy-auto-rollback-events'],
        desiredCount: inputs['desired-count'],
        force: inputs['force-new-deployment'],
        keepRevisions: inputs['keep-revisions'],
        ifDeploying: inputs['if-deploying'],
        taskBefore: (0,task_before/* taskBeforeOf */.Sd)(inputs),
    };
}
//# sourceMappingURL=blue-green-inputs.js.map
// EXTERNAL MODULE: ./build/src/ecs/failure-text.js
var failure_text = __webpack_require__(1989);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-report.js



const blue_green_report_short = (arn) => arn?.split('/').at(-1) ?? '';
/** The Markdown summary: what happened, the traffic, the lifecycle with its times, and why it failed. */
function blueGreenSummary(request, result) {
    const { last, reason, explanation, deregistered } = result;
    const blocks = [
        `### ${request.service} on ${blue_green_report_short(request.cluster)} (CodeDeploy): ${result.outcome}`,
        facts(result).join(' · '),
    ];
    if (reason !== undefined)
        blocks.push(`> ${(0,failure_text/* inMarkdown */.Hi)((0,failure_text/* oneLine */.TN)(reason, 600))}`);
    if (result.planned.length > 0)
        blocks.push(['Dry run, nothing was changed:', '', ...result.planned.map((line) => `- ${(0,failure_text/* inMarkdown */.Hi)(line)}`)].join('\n'));
    const when = result.rollbackDeploymentId === undefined ? 'tasks' : 'tasks before the rollback';
    if (last !== undefined)
        blocks.push(...traffic(last, when), ...lifecycle(last));
    if (explanation !== undefined && explanation.markdown !== '')
        blocks.push(`<details open><summary>Why</summary>\n\n${explanation.markdown}\n\n</details>`);
    if (deregistered.length > 0)
        blocks.push(`Deregistered: ${deregistered.map((arn) => `\`${blue_green_report_short(arn)}\``).join(', ')}`);
    return blocks.filter((block) => block !== '').join('\n\n');
}
function facts(result) {
    const { runningTaskDefinition, deploymentId, rollbackDeploymentId, taskDefinition, taskBefore } = result;
    const failed = taskDefinition !== undefined && taskDefinition !== runningTaskDefinition;
    return [
        ...(runningTaskDefinition === undefined ? [] : [`serves \`${blue_green_report_short(runningTaskDefinition)}\``]),
        ...(failed ? [`new \`${blue_green_report_short(taskDefinition)}\``] : []),
        ...(deploymentId === undefined ? [] : [`deployment \`${deploymentId}\``]),
        ...(taskBefore === undefined ? [] : [`ran the task \`${blue_green_report_short(taskBefore.taskArn)}\` before`]),
        ...(rollbackDeploymentId === undefined ? [] : [`rollback \`${rollbackDeploymentId}\``]),
        `group \`${result.application}/${result.group}\``,
    ];
}
function traffic({ target }, when) {
    const sets = target?.taskSetsInfo ?? [];
    if (sets.length === 0)
        return [];
    const rows = sets.map((set) => {
        const weight = set.trafficWeight ?? 0;
        const name = set.taskSetLabel === 'Green' ? 'new' : 'old';
        return `| ${name} | ${set.runningCount ?? 0} of ${set.desiredCount ?? 0} | ${weight} % | \`${(0,deployment_events/* trafficBar */.vm)(weight)}\` |`;
    });
    return [[`| ${when} | run | traffic | |`, '| --- | --- | ---: | --- |', ...rows].join('\n')];
}
function lifecycle({ target }) {
    const events = (target?.lifecycleEvents ?? []).filter(({ status }) => status !== 'Pending' && status !== 'Skipped');
    if (events.length === 0)
        return [];
    const rows = events.map(({ lifecycleEventName, status, startTime, endTime }) => {
        const took = startTime === undefined || endTime === undefined ? '' : (0,clock/* formatDuration */.a3)(endTime.getTime() - startTime.getTime());
        return `| ${lifecycleEventName} | ${status === 'Failed' ? '**Failed**' : status} | ${took} |`;
    });
    return [['| stage | status | took |', '| --- | --- | ---: |', ...rows].join('\n')];
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
    stages: stagesOf(result.last),
    failures: failuresOf(result),
    causes: (result.explanation?.causes ?? []).map(({ kind, text, count, advice }) => ({
        kind,
        text,
        count,
        advice: advice ?? null,
    })),
    deregistered: [...result.deregistered],
    planned: [...result.planned],
    ...(result.taskBefore === undefined ? {} : { taskBefore: result.taskBefore.taskArn }),
});
const stagesOf = (last) => (last?.target?.lifecycleEvents ?? []).map(({ lifecycleEventName, status, startTime, endTime }) => ({
    name: lifecycleEventName ?? null,
    status: status ?? null,
    startedAt: startTime?.toISOString() ?? null,
    endedAt: endTime?.toISOString() ?? null,
}));
/** Reasons for which tasks ended, with what their containers printed last. */
function failuresOf({ explanation }) {
    const { ends = [], logs = [] } = explanation?.evidence ?? {};
    return ends.map(({ text, count, tasks, container }) => ({
        reason: text,
        count,
        taskArn: tasks[0]?.taskArn ?? '',
        container: container ?? null,
        log: [...(logs.find((log) => log.container === container)?.lines ?? [])],
    }));
}
//# sourceMappingURL=blue-green-report.js.map
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
;// CONCATENATED MODULE: ./build/src/ecs/blue-green-steer.js










/** Continues, stops or rolls back a deployment that is under way, and stays with it. */
async function steerBlueGreen(request, parts) {
    const { codedeploy, host, signal } = parts;
    const moved = await findService(request, parts);
    const { application, group, primary } = moved;
    const deployment = request.deploymentId === undefined ? moved.active[0] : await codedeploy.deployment(request.deploymentId, signal);
    if (deployment !== undefined) {
        const { applicationName, deploymentGroupName, deploymentId } = deployment;
        if (applicationName !== application || deploymentGroupName !== group) {
            throw new errors/* UserError */.yo(`the deployment ${deploymentId} is of ${applicationName}/${deploymentGroupName}, not of ${application}/${group}`);
        }
    }
    const plan = planSteering(request.operation, deployment, `${application}/${group}`);
    const base = {
        application,
        group,
        taskDefinition: deployedTaskDefinition(deployment?.revision?.appSpecContent?.content),
        runningTaskDefinition: primary,
        deploymentId: deployment?.deploymentId,
        rollbackDeploymentId: undefined,
        last: undefined,
        explanation: undefined,
        deregistered: [],
        planned: [],
    };
    if (plan.kind === 'nothing') {
        host.info(plan.reason);
        return { ...base, outcome: 'unchanged', reason: undefined };
    }
    if (plan.kind === 'blocked')
        return { ...base, outcome: 'blocked', reason: plan.reason };
    if (request.dryRun) {
        const planned = `would ${request.operation} the deployment ${plan.deploymentId} in ${application}/${group}`;
        host.info(planned);
        return { ...base, planned: [planned], outcome: 'succeeded', reason: undefined };
    }
    return plan.kind === 'continue'
        ? await carryOn(plan, request, parts, moved, base)
        : await end(plan, request, parts, base);
}
/** Ends the wait and stays with the deployment as a deploy would, with the same remedies. */
async function carryOn(plan, request, parts, { info }, base) {
    const { deploymentId: id, wait } = plan;
    const journal = (0,remedies/* openJournal */._0)(parts.host, journalName, request.onCancel);
    const stopping = codeDeployStopping(request, parts);
    const ended = await (0,remedies/* withRemedies */.Nq)(request, parts, journal, stopping, async (inTime) => {
        const timed = { ...parts, signal: inTime };
        const waited = await (0,lasting_call/* lastingCall */.h)(inTime, (signal) => parts.codedeploy.continue(id, wait, signal), () => journal.save({ deploymentId: id }));
        const what = wait === 'READY_WAIT' ? 'production traffic may shift' : 'the old tasks may end';
        parts.host.info(waited ? `continued the deployment ${id}: ${what}` : `the deployment ${id} did not wait any more`);
        return await followDeployment({ id, base, info, takenUp: false }, request, timed);
    });
    if ('result' in ended)
        return ended.result;
    const { outcome, reason } = ended;
    return { ...base, ...ended.end, outcome, reason };
}
/** Stops it and sees how it ends. What was asked for is the success here; a cancel does not call the stop off. */
async function end(plan, request, parts, base) {
    const { deploymentId: id, rollback } = plan;
    const { clock, host, signal } = parts;
    const stopping = codeDeployStopping(request, parts);
    let asked = false;
    let seen;
    let runningTaskDefinition;
    try {
        ;
        [seen, runningTaskDefinition] = await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, signal, async (inTime) => {
            await (0,lasting_call/* lastingCall */.h)(inTime, (lasting) => stopping.stop(id, rollback, lasting), () => {
                asked = true;
            });
            host.info(`asked the deployment ${id} to stop${rollback ? ' and roll back' : ''}`);
            return [await stopping.ended(id, inTime), await serves(request, { ...parts, signal: inTime }, base)];
        });
    }
    catch (error) {
        if (!signal.aborted && !(error instanceof cancel/* TimedOut */.GA))
            throw error;
        const why = (0,errors/* messageOf */.bD)(signal.aborted ? signal.reason : error);
        const how = asked ? 'was asked to stop, its end was not seen' : 'was not asked to stop';
        return { ...base, outcome: signal.aborted ? 'cancelled' : 'timed-out', reason: `${why}; ${id} ${how}` };
    }
    const { last, rollbackDeploymentId, words } = seen;
    const result = { ...base, last, rollbackDeploymentId, runningTaskDefinition };
    host.info(words);
    if (last.deployment.status === 'Succeeded')
        return { ...result, outcome: 'failed', reason: words };
    const status = seen.rollback?.deployment.status;
    if (status !== undefined && status !== 'Succeeded')
        return { ...result, outcome: 'rollback-failed', reason: words };
    if (rollback && rollbackDeploymentId === undefined)
        host.info('nothing was installed that had to be rolled back');
    return { ...result, outcome: 'succeeded', reason: undefined };
}
//# sourceMappingURL=blue-green-steer.js.map
;// CONCATENATED MODULE: ./build/src/ecs/codedeploy-groups.js

/** Pages read of one listing, and names read in one call. */
const mostPages = 20;
const batchSize = 25;
const batches = (names) => Array.from({ length: Math.ceil(names.length / batchSize) }, (_, at) => names.slice(at * batchSize, (at + 1) * batchSize));
/** All names of a paginated listing, up to the bound. */
async function named(page) {
    const found = [];
    let token;
    for (let pages = 0; pages < mostPages; pages++) {
        const { names, nextToken } = await page(token);
        found.push(...(names ?? []));
        if (nextToken === undefined || nextToken === token)
            break;
        token = nextToken;
    }
    return found;
}
function codeDeployGroups(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19));
    const ecsApplications = async (signal) => {
        const { BatchGetApplicationsCommand, ListApplicationsCommand } = await sdk();
        const client = await aws.codedeploy();
        const names = await (0,aws_errors/* calling */.X_)('listing the applications of CodeDeploy', () => named(async (nextToken) => {
            const page = await client.send(new ListApplicationsCommand({ nextToken }), { abortSignal: signal });
            return { names: page.applications, nextToken: page.nextToken };
        }));
        const found = [];
        for (const applicationNames of batches(names)) {
            const { applicationsInfo } = await (0,aws_errors/* calling */.X_)('reading the applications of CodeDeploy', () => client.send(new BatchGetApplicationsCommand({ applicationNames }), { abortSignal: signal }));
            for (const { applicationName, computePlatform } of applicationsInfo ?? [])
                if (computePlatform === 'ECS' && applicationName !== undefined)
                    found.push(applicationName);
        }
        return found;
    };
    const groupsOf = async (applicationName, signal) => {
        const { BatchGetDeploymentGroupsCommand, ListDeploymentGroupsCommand } = await sdk();
        const client = await aws.codedeploy();
        const names = await (0,aws_errors/* calling */.X_)(`listing the deployment groups of ${applicationName}`, () => named(async (nextToken) => {
            const page = await client.send(new ListDeploymentGroupsCommand({ applicationName, nextToken }), {
                abortSignal: signal,
            });
            return { names: page.deploymentGroups, nextToken: page.nextToken };
        }));
        const found = [];
        for (const deploymentGroupNames of batches(names)) {
            const { deploymentGroupsInfo } = await (0,aws_errors/* calling */.X_)(`reading the deployment groups of ${applicationName}`, () => client.send(new BatchGetDeploymentGroupsCommand({ applicationName, deploymentGroupNames }), {
                abortSignal: signal,
            }));
            found.push(...(deploymentGroupsInfo ?? []));
        }
        return found;
    };
    return {
        async group(applicationName, deploymentGroupName, signal) {
            const { GetDeploymentGroupCommand } = await sdk();
            const client = await aws.codedeploy();
            try {
                const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }), { abortSignal: signal });
                return deploymentGroupInfo;
            }
            catch (error) {
                const code = (0,aws_errors/* awsCode */.z8)(error);
                if (code === 'ApplicationDoesNotExistException' || code === 'DeploymentGroupDoesNotExistException')
                    return undefined;
                throw (0,aws_errors/* awsFailure */.MT)(`reading the deployment group ${deploymentGroupName}`, error);
            }
        },
        async groups(application, signal) {
            const applications = application === undefined ? await ecsApplications(signal) : [application];
            const found = [];
            for (const name of applications)
                found.push(...(await groupsOf(name, signal)));
            return found;
        },
    };
}
//# sourceMappingURL=codedeploy-groups.js.map
// EXTERNAL MODULE: ./build/src/ecs/deployment-policy.js
var deployment_policy = __webpack_require__(2499);
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js + 1 modules
var ecs_api = __webpack_require__(1196);
;// CONCATENATED MODULE: ./build/src/actions/codedeploy-bluegreen.js















/** Registers a task definition and moves a service to it blue/green by CodeDeploy. */
const codedeployBluegreen = (0,action_define/* defineAction */.Q)({
    name: 'codedeploy-bluegreen',
    description: 'Registers a task definition and moves an ECS service to it blue/green by CodeDeploy: watched, stopped and rolled back when told or cancelled, with the reason when it fails.',
    inputs: {
        operation: (0,inputs/* oneOf */.yL)(['deploy', 'continue', 'stop', 'rollback'])({
            description: 'Deploy; or continue a deployment that is Ready or in its termination wait, stop the one under way, or stop it and roll back.',
            default: 'deploy',
        }),
        'task-definition': (0,inputs/* text */.Qq)({
            description: 'Path of the task definition to register; or the ARN, family:revision or family of a registered one. Needed to deploy.',
        }),
        service: (0,inputs/* text */.Qq)({ description: 'Name of the ECS service.', required: true }),
        cluster: (0,inputs/* text */.Qq)({ description: 'Name of the cluster.', default: 'default' }),
        'codedeploy-appspec': (0,inputs/* text */.Qq)({
            description: 'Path of an AppSpec (YAML or JSON); only the task definition is put in. Made from the live service when absent.',
        }),
        'codedeploy-hooks': (0,inputs/* pairs */.AS)({
            description: 'Lifecycle hooks of an AppSpec that is made from the service: lines of event=Lambda function, such as AfterAllowTestTraffic=orders-check.',
        }),
        'container-name': (0,inputs/* text */.Qq)({ description: 'Container behind the load balancer, where a service has several.' }),
        'container-port': (0,inputs/* integer */.nd)(1, 65_535)({ description: 'Its port.' }),
        'platform-version': (0,inputs/* text */.Qq)({ description: "Platform version of the new tasks; the service's own when absent." }),
        subnets: (0,inputs/* list */.p_)({ description: "Subnets of the new tasks; the service's own when absent." }),
        'security-groups': (0,inputs/* list */.p_)({ description: "Security groups of the new tasks; the service's own when absent." }),
        'assign-public-ip': (0,inputs/* oneOf */.yL)(['ENABLED', 'DISABLED'])({
            description: "Whether the new tasks get public addresses; as the service's own when absent.",
        }),
        'desired-count': (0,inputs/* integer */.nd)(0, 10_000)({ description: 'Tasks of the service, set before the deployment when they differ.' }),
        'force-new-deployment': (0,inputs/* flag */.Jt)({
            description: 'Deploys although nothing has changed: new tasks of the same revision, such as after a secret has changed.',
            default: 'false',
        }),
        'codedeploy-application': (0,inputs/* text */.Qq)({
            description: 'CodeDeploy application. AppECS-<cluster>-<service> when absent, else the only one for the service.',
        }),
        'codedeploy-deployment-group': (0,inputs/* text */.Qq)({
            description: 'Deployment group. DgpECS-<cluster>-<service> when absent, else the only one for the service.',
        }),
        'codedeploy-deployment-id': (0,inputs/* text */.Qq)({
            description: 'Deployment to continue, stop or roll back; the active one of the group when absent.',
        }),
        'codedeploy-deployment-description': (0,inputs/* text */.Qq)({ description: 'Description of the deployment.' }),
        'codedeploy-deployment-config': (0,inputs/* text */.Qq)({
            description: "Deployment configuration such as CodeDeployDefault.ECSCanary10Percent5Minutes; the group's own when absent.",
        }),
        'codedeploy-alarms': (0,inputs/* list */.p_)({
            description: "CloudWatch alarms that stop the deployment, in place of the group's.",
        }),
        'ignore-alarm-poll-failure': (0,inputs/* flag */.Jt)({
            description: 'Goes on when the state of those alarms cannot be read.',
            default: 'false',
        }),
        'codedeploy-auto-rollback-events': (0,inputs/* list */.p_)({
            description: `Events after which CodeDeploy rolls back by itself (${rollbackEvents.join(', ')}); what on-failure says when absent.`,
        }),
        'if-deploying': (0,inputs/* oneOf */.yL)(deployment_policy/* deployingPolicies */.G)({
            description: 'What to do about another deployment that is under way in the group, decided before anything is registered.',
            default: 'wait',
        }),
        'wait-until': (0,inputs/* oneOf */.yL)(stages)({
            description: 'Stage to wait for. By default not through the termination wait of the old tasks.',
            default: 'traffic-shifted',
        }),
        timeout: (0,inputs/* duration */.p0)({ description: 'How long to wait for that stage.', default: '30m' }),
        'test-traffic-url': (0,inputs/* textLike */.r1)(/^https?:\/\/[^\s@/]+(\/\S*)?$/, 'an http or https address')({
            description: 'Address behind the test listener that must answer with 2xx or 3xx; if not, the deployment is given up.',
        }),
        'test-traffic-successes': (0,inputs/* integer */.nd)(1, 100)({ description: 'Good answers in a row that it takes.', default: '3' }),
        'test-traffic-timeout': (0,inputs/* duration */.p0)({ description: 'How long it may take to give them.', default: '2m' }),
        'failed-tasks': (0,inputs/* integer */.nd)(0, 100)({
            description: 'Failed tasks of the new version that end the deployment early; 0 leaves that to CodeDeploy.',
            default: '3',
        }),
        'on-failure': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({
            description: 'What CodeDeploy is to do when the deployment fails: roll back, only stop, or what the group says (leave).',
            default: 'rollback',
        }),
        'on-timeout': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({
            description: 'What to do with the deployment when the time is up.',
            default: 'rollback',
        }),
        'on-cancel': (0,inputs/* oneOf */.yL)(deployment_policy/* remedies */.J)({
            description: 'What to do with the deployment when the job is cancelled.',
            default: 'rollback',
        }),
        'keep-revisions': (0,inputs/* integer */.nd)(1, 1_000)({
            description: 'After a success, deregisters older revisions of the family beyond this number; never one in use or that may be rolled back to. All stay when absent.',
        }),
        ...task_before/* taskBeforeInputs */.gq,
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
        const { inputs, host, clock, signal } = context;
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            const ecs = (0,ecs_api/* ecsApi */.W)(aws);
            const parts = { ecs, codedeploy: codeDeployApi(aws), groups: codeDeployGroups(aws), aws, host, clock, signal };
            const { operation } = inputs;
            const follow = followRequest(inputs);
            const result = operation === 'deploy'
                ? await deployBlueGreen(await deployRequest(inputs, follow, parts), parts)
                : await steerBlueGreen({ ...follow, operation, deploymentId: inputs['codedeploy-deployment-id'] }, parts);
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
            };
        }
        finally {
            aws.close();
        }
    },
    async post({ inputs, host, clock, signal }) {
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            await finishBlueGreen(inputs, { codedeploy: codeDeployApi(aws), host, clock, signal });
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=codedeploy-bluegreen.js.map

/***/ })

};
