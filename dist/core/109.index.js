export const id = 109;
export const ids = [109,490,252];
export const modules = {

/***/ 3253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   e: () => (/* binding */ commonOutputs)
/* harmony export */ });
/** Every action also has these. */
const commonOutputs = {
    outcome: {
        description: 'How it ended: succeeded, unchanged, rolled-back, rollback-failed, stopped, superseded, timed-out, cancelled, failed, waiting or blocked.',
    },
    result: { description: 'Path of a JSON file with the full result.' },
};
/** Types an action's table; the value itself is unchanged. */
const defineAction = (action) => action;
//# sourceMappingURL=define.js.map

/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   MT: () => (/* binding */ awsFailure),
/* harmony export */   WG: () => (/* binding */ isPassing),
/* harmony export */   X_: () => (/* binding */ calling),
/* harmony export */   z8: () => (/* binding */ awsCode)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** The error code of something the SDK threw, such as `DeploymentLimitExceededException`; undefined when AWS did not answer. */
const awsCode = (error) => error instanceof Error && httpStatus(error) !== undefined ? error.name : undefined;
/** The status of AWS's answer; undefined when there was none: the SDK gives what failed on the way the same members, without a status. */
const httpStatus = (error) => error.$metadata?.httpStatusCode;
/** What the SDK made of an error that was no answer; it keeps the text alone. */
const wrapped = /^AWS SDK error wrapper for \w+: /;
const advice = {
    CredentialsProviderError: 'no AWS credentials were found: configure them before this step (OIDC, a profile or AWS_ACCESS_KEY_ID)',
    ExpiredTokenException: 'the AWS credentials have expired: the job took longer than the role session lasts',
    ExpiredToken: 'the AWS credentials have expired: the job took longer than the role session lasts',
    UnrecognizedClientException: 'AWS does not know these credentials',
    InvalidClientTokenId: 'AWS does not know these credentials',
};
/**
 * What an AWS call threw, as one line that says what was being done; the SDK's error stays as cause.
 * Anything that is not an AWS or network error is returned unchanged: it is a bug of ours.
 */
function awsFailure(doing, error) {
    if (!(error instanceof Error) || error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo)
        return error;
    const region = /region is missing/i.test(error.message);
    if (region)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: no AWS region is set: give the input aws-region or set AWS_REGION`, {
            cause: error,
        });
    const known = advice[error.name];
    if (known !== undefined)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: ${known}`, { cause: error });
    if (wrapped.test(error.message)) {
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: AWS cannot be reached: ${error.message.replace(wrapped, '')}`, { cause: error });
    }
    if ('$metadata' in error)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: ${error.name}: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, { cause: error });
    const code = error.code;
    if (code !== undefined && /^E[A-Z]+$/.test(code)) {
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: AWS cannot be reached: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error) || code}`, { cause: error });
    }
    return error;
}
/** Runs an AWS call; its failure says what was being done. Aborts pass through unchanged. */
async function calling(doing, call) {
    try {
        return await call();
    }
    catch (error) {
        throw awsFailure(doing, error);
    }
}
/** What the services of AWS call throttling. Source: the SDK's own list. */
const throttled = /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/;
/** Whether a call failed for a reason that passes: throttling, an error of the service's own, or no connection. Looks at the causes too. */
function isPassing(error) {
    for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
        const { code } = current;
        const status = httpStatus(current) ?? 0;
        if (throttled.test(current.name) || status === 429)
            return true;
        if (status >= 500 || wrapped.test(current.message))
            return true;
        if (code !== undefined && /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|UND_ERR)/.test(code))
            return true;
        if (current.name === 'TimeoutError')
            return true;
    }
    return false;
}
/** Whether AWS said no, so that nothing was done. Looks at the causes too. A throttled call is not refused for good, but was not done either. */
function isRefused(error) {
    for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
        const status = httpStatus(current);
        if (status !== undefined && status >= 400 && status < 500)
            return true;
    }
    return false;
}
//# sourceMappingURL=errors.js.map

/***/ }),

/***/ 495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ awsSession)
/* harmony export */ });
/** Makes the clients for one region and one identity. Nothing is loaded or called yet. */
function awsSession(options = {}) {
    const made = [];
    const config = async () => ({
        ...(options.region === undefined ? {} : { region: options.region }),
        ...(options.roleArns === undefined || options.roleArns.length === 0 ? {} : { credentials: await chain(options) }),
        customUserAgent: 'strangler-deploy',
        retryMode: 'adaptive',
        maxAttempts: 5,
    });
    const once = (make) => {
        let client;
        return () => {
            client ??= make().then((ready) => {
                made.push(ready);
                return ready;
            });
            return client;
        };
    };
    return {
        ecs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient(await config())),
        ecsOnce: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient({ ...(await config()), maxAttempts: 1 })),
        codedeploy: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19))).CodeDeployClient(await config())),
        ecr: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19))).ECRClient(await config())),
        eks: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(524)]).then(__webpack_require__.t.bind(__webpack_require__, 4524, 19))).EKSClient(await config())),
        elbv2: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19))).ElasticLoadBalancingV2Client(await config())),
        cloudwatch: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(85)]).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19))).CloudWatchClient(await config())),
        logs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19))).CloudWatchLogsClient(await config())),
        sts: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19))).STSClient(await config())),
        ssm: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(736)]).then(__webpack_require__.t.bind(__webpack_require__, 4736, 19))).SSMClient(await config())),
        secretsManager: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(994)]).then(__webpack_require__.t.bind(__webpack_require__, 2994, 19))).SecretsManagerClient(await config())),
        applicationAutoScaling: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(491)]).then(__webpack_require__.t.bind(__webpack_require__, 1491, 19))).ApplicationAutoScalingClient(await config())),
        close() {
            for (const client of made)
                client.destroy();
        },
    };
}
async function chain(options) {
    const { fromTemporaryCredentials } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(719)]).then(__webpack_require__.t.bind(__webpack_require__, 9719, 19));
    const session = options.sessionName ?? 'strangler-deploy';
    const region = options.region === undefined ? {} : { clientConfig: { region: options.region } };
    return (options.roleArns ?? []).reduce((master, roleArn) => fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: session },
        ...region,
        ...(master === undefined ? {} : { masterCredentials: master }),
    }), undefined);
}
//# sourceMappingURL=session.js.map

/***/ }),

/***/ 1196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ ecsApi)
});

// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-answer.js

const largestAnswer = 4 * 1024 * 1024;
/**
 * Keeps the answer's body as ECS wrote it. The SDK's deserializer drops members that its model does not have, silently;
 * in the body they are all there. Call what it returns after the answer has come; a retry's body takes the place of the one before.
 */
function keepBody(command) {
    let kept = '';
    const stack = command.middlewareStack;
    stack.add((next) => async (args) => {
        const result = await next(args);
        const response = result.response;
        const bytes = await bytesOf(response.body);
        kept = bytes.toString('utf8');
        response.body = new Uint8Array(bytes);
        return result;
    }, { step: 'deserialize', name: 'keepBody', priority: 'low' });
    return () => kept;
}
async function bytesOf(body) {
    if (typeof body === 'string')
        return Buffer.from(body);
    if (body instanceof Uint8Array)
        return Buffer.from(body);
    const chunks = [];
    let size = 0;
    for await (const chunk of (body ?? [])) {
        size += chunk.length;
        if (size > largestAnswer)
            throw new errors/* UserError */.yo('ECS answered with more than 4 MiB');
        chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks);
}
/** The task definition in an answer to DescribeTaskDefinition or RegisterTaskDefinition, with its tags, nothing dropped. @throws UserError */
function describedTaskDefinition(body) {
    const { taskDefinition, tags } = JSON.parse(body);
    if (typeof taskDefinition !== 'object' || taskDefinition === null)
        throw new errors/* UserError */.yo('ECS answered with no task definition');
    return { ...taskDefinition, ...(Array.isArray(tags) && tags.length > 0 ? { tags } : {}) };
}
//# sourceMappingURL=task-definition-answer.js.map
;// CONCATENATED MODULE: ./build/src/ecs/ecs-api.js



/** The seam over the SDK's client. */
function ecsApi(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const client = () => aws.ecs();
    const describe = async (reference, signal) => {
        const { DescribeTaskDefinitionCommand } = await sdk();
        const ecs = await client();
        const command = new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] });
        const body = keepBody(command);
        const answer = await (0,aws_errors/* calling */.X_)(`describing the task definition ${reference}`, () => ecs.send(command, { abortSignal: signal }));
        const arn = answer.taskDefinition?.taskDefinitionArn;
        if (arn === undefined)
            throw new errors/* UserError */.yo(`ECS described no task definition for ${reference}`);
        return { arn, document: describedTaskDefinition(body()) };
    };
    async function* taskPages(cluster, filter, signal) {
        const { DescribeTasksCommand, ListTasksCommand } = await sdk();
        const ecs = await client();
        const whose = filter.service ?? filter.family ?? cluster;
        let nextToken;
        do {
            const listed = await (0,aws_errors/* calling */.X_)(`listing the tasks of ${whose}`, () => ecs.send(new ListTasksCommand({
                cluster,
                serviceName: filter.service,
                family: filter.family,
                startedBy: filter.startedBy,
                desiredStatus: filter.desiredStatus,
                nextToken,
            }), { abortSignal: signal }));
            const { taskArns } = listed;
            nextToken = listed.nextToken;
            if (taskArns === undefined || taskArns.length === 0)
                continue;
            const described = await (0,aws_errors/* calling */.X_)(`describing the tasks of ${whose}`, () => ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), { abortSignal: signal }));
            yield described.tasks ?? [];
        } while (nextToken !== undefined);
    }
    return {
        describeTaskDefinition: describe,
        async newestRevision(family, signal) {
            try {
                return await describe(family, signal);
            }
            catch (error) {
                // ECS answers ClientException for a family that has no active revision.
                if (error instanceof errors/* UserError */.yo && (0,aws_errors/* awsCode */.z8)(error.cause) === 'ClientException')
                    return undefined;
                throw error;
            }
        },
        async register(document, signal) {
            const { RegisterTaskDefinitionCommand } = await sdk();
            const ecs = await aws.ecsOnce();
            const family = String(document['family'] ?? '');
            const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions: [] });
            const body = keepBody(command);
            // The SDK's serializer drops members that its model does not have, silently: the body is the document itself.
            command.middlewareStack.add((next) => (args) => {
                const request = args.request;
                const whole = JSON.stringify(document);
                request.body = whole;
                request.headers['content-length'] = String(Buffer.byteLength(whole));
                return next(args);
            }, { step: 'build', name: 'wholeTaskDefinition', priority: 'low' });
            const { taskDefinition } = await (0,aws_errors/* calling */.X_)(`registering a revision of ${family}`, () => ecs.send(command, { abortSignal: signal }));
            if (taskDefinition?.taskDefinitionArn === undefined)
                throw new errors/* UserError */.yo(`ECS registered no revision of ${family}`);
            return { arn: taskDefinition.taskDefinitionArn, document: describedTaskDefinition(body()) };
        },
        async deregister(arn) {
            const { DeregisterTaskDefinitionCommand } = await sdk();
            const ecs = await client();
            await (0,aws_errors/* calling */.X_)(`deregistering ${arn}`, () => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })));
        },
        async service(cluster, name, signal) {
            const { DescribeServicesCommand } = await sdk();
            const ecs = await client();
            const { services, failures } = await (0,aws_errors/* calling */.X_)(`describing the service ${name} in ${cluster}`, () => ecs.send(new DescribeServicesCommand({ cluster, services: [name] }), { abortSignal: signal }));
            const service = services?.[0];
            if (service === undefined) {
                throw new errors/* UserError */.yo(`there is no service '${name}' in the cluster '${cluster}' (${failures?.[0]?.reason ?? 'not found'})`);
            }
            if (service.status !== 'ACTIVE')
                throw new errors/* UserError */.yo(`the service '${name}' is ${service.status}`);
            return service;
        },
        taskPages,
        async tasks(cluster, filter, signal) {
            const found = [];
            for await (const page of taskPages(cluster, filter, signal)) {
                found.push(...page);
                if (found.length >= 1_000)
                    break;
            }
            return found;
        },
        async task(cluster, arn, signal) {
            const { DescribeTasksCommand } = await sdk();
            const ecs = await client();
            const { tasks, failures } = await (0,aws_errors/* calling */.X_)(`describing the task ${arn}`, () => ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }), { abortSignal: signal }));
            const [found] = tasks ?? [];
            if (found === undefined)
                throw new errors/* UserError */.yo(`ECS does not tell of the task ${arn} (${failures?.[0]?.reason ?? 'no reason'})`);
            return found;
        },
        async stopTask(cluster, task, reason) {
            const { StopTaskCommand } = await sdk();
            const ecs = await client();
            await (0,aws_errors/* calling */.X_)(`stopping the task ${task}`, () => ecs.send(new StopTaskCommand({ cluster, task, reason })));
        },
    };
}
//# sourceMappingURL=ecs-api.js.map

/***/ })

};
