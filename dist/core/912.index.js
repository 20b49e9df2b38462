export const id = 912;
export const ids = [912];
export const modules = {

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

/***/ })

};
