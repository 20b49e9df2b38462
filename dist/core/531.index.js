export const id = 531;
export const ids = [531,333,253,912];
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

/***/ 9531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderTaskDef: () => (/* binding */ renderTaskDef)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js
var ecs_api = __webpack_require__(6651);
// EXTERNAL MODULE: ./build/src/ecs/render.js
var render = __webpack_require__(2067);
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/ecs/rendering.js + 3 modules
var rendering = __webpack_require__(3310);
// EXTERNAL MODULE: ./build/src/ecs/task-definition.js
var task_definition = __webpack_require__(1270);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-diff.js

/** What differs, by path; containers, variables and other named rows are told by their names. */
function taskDefinitionDiff(before, after) {
    return differences((0,task_definition/* canonical */.$N)(before), (0,task_definition/* canonical */.$N)(after), '');
}
function differences(before, after, path) {
    if (JSON.stringify(before) === JSON.stringify(after))
        return [];
    if (isNamedList(before) && isNamedList(after))
        return rowsDiffer(before, after, path);
    if (isObject(before) && isObject(after)) {
        const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return names.flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}.${name}`));
    }
    return [{ path, before, after }];
}
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamedList = (value) => Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && 'name' in item);
function rowsDiffer(before, after, path) {
    const names = [...new Set([...before, ...after].map(({ name }) => String(name)))];
    return names.flatMap((name) => {
        const a = before.find((row) => String(row.name) === name);
        const b = after.find((row) => String(row.name) === name);
        const at = path === 'containerDefinitions' ? name : `${path}[${name}]`;
        const value = (row) => row !== undefined && Object.keys(row).length === 2 ? (row['value'] ?? row['valueFrom'] ?? row) : row;
        if (a === undefined || b === undefined || Object.keys(a).length === 2)
            return differences(value(a), value(b), at);
        return differences(a, b, at);
    });
}
/** A difference as a line: `app.image: a → b`, `+ app.environment[X]: 1`, `- …`. Values that a task definition shows are no secrets: those are references. */
function describeDifference({ path, before, after }) {
    const show = (value) => {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return text.length > 160 ? `${text.slice(0, 157)}...` : text;
    };
    if (before === undefined)
        return `+ ${path}: ${show(after)}`;
    if (after === undefined)
        return `- ${path}: ${show(before)}`;
    return `~ ${path}: ${show(before)} → ${show(after)}`;
}
//# sourceMappingURL=task-definition-diff.js.map
;// CONCATENATED MODULE: ./build/src/ecs/render-task.js




/** Reads, renders, checks and writes a task definition, and says what it changed. */
async function renderTask(request, api, { host, env, signal, clock }) {
    const before = await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, signal, (inTime) => (0,rendering/* readTaskDefinition */.Lx)(request.source, api, inTime));
    const rendered = (0,rendering/* renderChecked */.SD)(before, renderChanges(request, before), request.unknownFields, host);
    const changes = taskDefinitionDiff(before, rendered).map(describeDifference);
    for (const line of changes)
        host.info(line);
    if (changes.length === 0)
        host.info('the task definition stays as it is');
    const path = await (0,rendering/* writeTaskDefinition */.Ww)(rendered, env);
    host.info(`rendered ${path}`);
    const family = String(rendered['family']);
    const images = Object.fromEntries((rendered.containerDefinitions ?? []).map(({ name, image }) => [name ?? '', image ?? '']));
    const body = changes.length === 0 ? 'Nothing differs from its source.' : `\`\`\`diff\n${changes.join('\n')}\n\`\`\``;
    return {
        outcome: 'succeeded',
        outputs: { 'task-definition': path, family, images: JSON.stringify(images) },
        detail: { family, images, changes, file: path },
        summary: `### Task definition ${family}\n\n${body}`,
    };
}
function renderChanges(request, document) {
    const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '');
    const asked = Object.values(request.change).some((value) => value !== undefined);
    const only = names.length === 1 ? names : undefined;
    const chosen = asked ? (request.containers ?? only) : (request.containers ?? []);
    if (chosen === undefined) {
        throw new errors/* InputError */.dz([
            `input 'container-name': is required, since the task definition has several containers: ${names.join(', ')}`,
        ]);
    }
    const containers = Object.fromEntries(chosen.map((name) => [name, request.change]));
    for (const [name, image] of Object.entries(request.images))
        containers[name] = { ...containers[name], image };
    return { ...request.task, containers };
}
//# sourceMappingURL=render-task.js.map
;// CONCATENATED MODULE: ./build/src/actions/render-task-def.js






/** Images, environment, secrets, logs and sizes put into an ECS task definition, nothing else changed. */
const renderTaskDef = (0,action_define/* defineAction */.Q)({
    name: 'render-task-def',
    description: 'Puts images, environment, secrets, logs and sizes into an ECS task definition and loses nothing else of it.',
    inputs: {
        'task-definition': (0,inputs/* text */.Qq)({
            description: 'Path of the task definition: JSON, JSON with comments, or YAML. A plain file needs no credentials.',
        }),
        'task-definition-arn': (0,inputs/* text */.Qq)({ description: 'ARN of a revision to start from, in place of a file.' }),
        'task-definition-family': (0,inputs/* text */.Qq)({
            description: 'Family to start from, in place of a file: its newest active revision.',
        }),
        'task-definition-revision': (0,inputs/* text */.Qq)({ description: 'Revision of the family to start from.' }),
        'container-name': (0,inputs/* list */.p_)({
            description: 'Containers that the inputs below are for, by commas. Not needed when there is only one container.',
        }),
        image: (0,inputs/* text */.Qq)({ description: 'Image for these containers, best by digest: repository@sha256:…' }),
        images: (0,inputs/* pairs */.AS)({ description: 'Images for several containers: container=image, one on each line.' }),
        'environment-variables': (0,inputs/* pairs */.AS)({ description: 'Variables to add or replace: NAME=value, one on each line.' }),
        'remove-environment': (0,inputs/* list */.p_)({ description: 'Variables to take away.' }),
        'env-files': (0,inputs/* lines */.Mn)({ description: 'ARNs of environment files in S3; they take the place of those there.' }),
        secrets: (0,inputs/* pairs */.AS)({ description: 'Secrets to add or replace: NAME=ARN, one on each line.' }),
        'log-configuration-log-driver': (0,inputs/* text */.Qq)({ description: 'Log driver, such as awslogs.' }),
        'log-configuration-options': (0,inputs/* pairs */.AS)({ description: 'Log options to add or replace: name=value, one on each line.' }),
        'docker-labels': (0,inputs/* pairs */.AS)({ description: 'Docker labels to add or replace: name=value, one on each line.' }),
        command: (0,inputs/* text */.Qq)({ description: 'Command, as words with quotes or as a JSON list. No shell runs it.' }),
        cpu: (0,inputs/* text */.Qq)({ description: "The task's CPU, such as 256 or '1 vCPU'." }),
        memory: (0,inputs/* text */.Qq)({ description: "The task's memory, such as 512 or '1 GB'." }),
        'task-role-arn': (0,inputs/* text */.Qq)({ description: 'ARN of the role that the containers act as.' }),
        'execution-role-arn': (0,inputs/* text */.Qq)({ description: 'ARN of the role that ECS acts as to pull images and read secrets.' }),
        'unknown-fields': (0,inputs/* oneOf */.yL)(['error', 'warn', 'ignore'])({
            description: 'What to do about members that ECS is not known to take. They are never dropped.',
            default: 'warn',
        }),
        'aws-region': (0,inputs/* text */.Qq)({ description: 'Region of ECS, when a revision is read.' }),
        'role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume, one after another, when a revision is read.' }),
        timeout: (0,inputs/* duration */.p0)({ description: 'How long reading a revision may take.', default: '2m' }),
        'dry-run': (0,inputs/* flag */.Jt)({
            description: 'Changes nothing, as always: the file is rendered all the same, so that a later step can plan with it.',
            default: 'false',
        }),
    },
    outputs: {
        'task-definition': { description: 'Path of the rendered task definition.' },
        family: { description: 'Its family.' },
        images: { description: 'Its images by container, as JSON.' },
    },
    permissions: { iam: { 'ecs:DescribeTaskDefinition': 'only to start from a revision in ECS' } },
    check(inputs) {
        const sources = ['task-definition', 'task-definition-arn', 'task-definition-family'];
        const given = sources.filter((name) => inputs[name] !== undefined);
        const problems = [];
        if (given.length !== 1)
            problems.push(`give one of the inputs ${sources.join(', ')}, ${given.length === 0 ? 'none is set' : `not ${given.join(' and ')}`}`);
        if (inputs['task-definition-revision'] !== undefined && inputs['task-definition-family'] === undefined) {
            problems.push("input 'task-definition-revision': needs the input 'task-definition-family'");
        }
        return problems;
    },
    async run({ inputs, host, env, signal, clock }) {
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            const family = inputs['task-definition-family'];
            const revision = inputs['task-definition-revision'];
            const reference = inputs['task-definition-arn'] ??
                (family !== undefined && revision !== undefined ? `${family}:${revision}` : family);
            return await renderTask({
                source: reference === undefined ? { file: inputs['task-definition'] } : { reference },
                containers: inputs['container-name'],
                images: inputs.images ?? {},
                change: {
                    image: inputs.image,
                    environment: inputs['environment-variables'],
                    removeEnvironment: inputs['remove-environment'],
                    environmentFiles: inputs['env-files'],
                    secrets: inputs.secrets,
                    logDriver: inputs['log-configuration-log-driver'],
                    logOptions: inputs['log-configuration-options'],
                    dockerLabels: inputs['docker-labels'],
                    command: inputs.command === undefined ? undefined : (0,render/* splitCommand */.G)(inputs.command),
                },
                task: {
                    cpu: inputs.cpu,
                    memory: inputs.memory,
                    taskRoleArn: inputs['task-role-arn'],
                    executionRoleArn: inputs['execution-role-arn'],
                },
                unknownFields: inputs['unknown-fields'],
                timeoutMs: inputs.timeout,
            }, () => (0,ecs_api/* ecsApi */.W)(aws), { host, env, signal, clock });
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=render-task-def.js.map

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
