export const id = 333;
export const ids = [333,253];
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
/* harmony export */   MT: () => (/* binding */ awsFailure),
/* harmony export */   X_: () => (/* binding */ calling),
/* harmony export */   z8: () => (/* binding */ awsCode)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** The error code of something the SDK threw, such as `DeploymentLimitExceededException`; undefined when AWS did not answer. */
const awsCode = (error) => error instanceof Error && '$metadata' in error ? error.name : undefined;
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
        ecs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient(await config())),
        codedeploy: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19))).CodeDeployClient(await config())),
        ecr: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19))).ECRClient(await config())),
        elbv2: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19))).ElasticLoadBalancingV2Client(await config())),
        cloudwatch: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(85)]).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19))).CloudWatchClient(await config())),
        logs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19))).CloudWatchLogsClient(await config())),
        sts: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19))).STSClient(await config())),
        ssm: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(736)]).then(__webpack_require__.t.bind(__webpack_require__, 4736, 19))).SSMClient(await config())),
        secretsManager: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(994)]).then(__webpack_require__.t.bind(__webpack_require__, 2994, 19))).SecretsManagerClient(await config())),
        applicationAutoScaling: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(491)]).then(__webpack_require__.t.bind(__webpack_require__, 1491, 19))).ApplicationAutoScalingClient(await config())),
        close() {
            for (const client of made)
                client.destroy();
        },
    };
}
async function chain(options) {
    const { fromTemporaryCredentials } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(719)]).then(__webpack_require__.t.bind(__webpack_require__, 9719, 19));
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

/***/ 6651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ ecsApi)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9368);


/** The seam over the SDK's client. */
function ecsApi(aws) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19));
    const client = () => aws.ecs();
    const describe = async (reference, signal) => {
        const { DescribeTaskDefinitionCommand } = await sdk();
        const ecs = await client();
        const answer = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`describing the task definition ${reference}`, () => ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] }), {
            abortSignal: signal,
        }));
        const { taskDefinition, tags } = answer;
        if (taskDefinition?.taskDefinitionArn === undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`ECS described no task definition for ${reference}`);
        const document = {
            ...taskDefinition,
            ...(tags === undefined || tags.length === 0 ? {} : { tags }),
        };
        return { arn: taskDefinition.taskDefinitionArn, document };
    };
    return {
        describeTaskDefinition: describe,
        async newestRevision(family, signal) {
            try {
                return await describe(family, signal);
            }
            catch (error) {
                // ECS answers ClientException for a family that has no active revision.
                if (error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsCode */ .z8)(error.cause) === 'ClientException')
                    return undefined;
                throw error;
            }
        },
        async register(document, signal) {
            const { RegisterTaskDefinitionCommand } = await sdk();
            const ecs = await client();
            const family = String(document['family'] ?? '');
            const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions: [] });
            // The SDK's serializer drops members that its model does not have, silently: the body is the document itself.
            command.middlewareStack.add((next) => (args) => {
                const request = args.request;
                const body = JSON.stringify(document);
                request.body = body;
                request.headers['content-length'] = String(Buffer.byteLength(body));
                return next(args);
            }, { step: 'build', name: 'wholeTaskDefinition', priority: 'low' });
            const { taskDefinition } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`registering a revision of ${family}`, () => ecs.send(command, { abortSignal: signal }));
            if (taskDefinition?.taskDefinitionArn === undefined)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`ECS registered no revision of ${family}`);
            return { arn: taskDefinition.taskDefinitionArn, document: taskDefinition };
        },
        async deregister(arn) {
            const { DeregisterTaskDefinitionCommand } = await sdk();
            const ecs = await client();
            await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`deregistering ${arn}`, () => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn })));
        },
        async service(cluster, name, signal) {
            const { DescribeServicesCommand } = await sdk();
            const ecs = await client();
            const { services, failures } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`describing the service ${name} in ${cluster}`, () => ecs.send(new DescribeServicesCommand({ cluster, services: [name] }), { abortSignal: signal }));
            const service = services?.[0];
            if (service === undefined) {
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`there is no service '${name}' in the cluster '${cluster}' (${failures?.[0]?.reason ?? 'not found'})`);
            }
            if (service.status !== 'ACTIVE')
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the service '${name}' is ${service.status}`);
            return service;
        },
        async tasks(cluster, filter, signal) {
            const { DescribeTasksCommand, ListTasksCommand } = await sdk();
            const ecs = await client();
            const arns = [];
            let nextToken;
            do {
                const page = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`listing the tasks of ${filter.service ?? cluster}`, () => ecs.send(new ListTasksCommand({
                    cluster,
                    serviceName: filter.service,
                    startedBy: filter.startedBy,
                    desiredStatus: filter.desiredStatus,
                    nextToken,
                }), { abortSignal: signal }));
                arns.push(...(page.taskArns ?? []));
                nextToken = page.nextToken;
            } while (nextToken !== undefined && arns.length < 1_000);
            const found = [];
            for (let from = 0; from < arns.length; from += 100) {
                const { tasks } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`describing the tasks of ${filter.service ?? cluster}`, () => ecs.send(new DescribeTasksCommand({ cluster, tasks: arns.slice(from, from + 100) }), { abortSignal: signal }));
                found.push(...(tasks ?? []));
            }
            return found;
        },
    };
}
//# sourceMappingURL=ecs-api.js.map

/***/ })

};
