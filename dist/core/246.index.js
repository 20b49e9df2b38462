export const id = 246;
export const ids = [246];
export const modules = {

/***/ 4121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   TS: () => (/* binding */ upsertRows),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/** Any value as text: texts as they are, the rest as JSON. `String` would run what stands in a file as an object's `toString`. */
const textOf = (value) => typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
/** What stands in a task definition as a list of objects; anything else is no rows. */
const rowsOf = (value) => Array.isArray(value) ? value.filter((row) => typeof row === 'object' && row !== null) : [];
/**
 * Puts rows in: one with the key of a row that is there takes its place, the others come at the end, in their order.
 * A row that stays the same stays the very same.
 */
function upsertRows(before, rows, key) {
    const given = new Map(rows.map((row) => [row[key], row]));
    const known = new Set(before.map((row) => row[key]));
    return [
        ...before.map((row) => given.get(row[key]) ?? row),
        ...[...given.values()].filter((row) => !known.has(row[key])),
    ];
}
//# sourceMappingURL=render-rows.js.map

/***/ }),

/***/ 4053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XS: () => (/* binding */ missingContainers),
  uM: () => (/* binding */ missingVariables),
  P9: () => (/* binding */ renderTaskDefinition)
});

// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/ecs/render-rows.js
var render_rows = __webpack_require__(4121);
;// CONCATENATED MODULE: ./build/src/ecs/render-container.js

/** Members that are put in as they come. */
const plain = [
    'image',
    'command',
    'entryPoint',
    'cpu',
    'memory',
    'memoryReservation',
    'portMappings',
    'essential',
    'user',
    'workingDirectory',
    'stopTimeout',
    'readonlyRootFilesystem',
];
/** The container with the change in it; what the change does not name stays as the user wrote it. */
function renderContainer(container, change) {
    const next = { ...container };
    for (const member of plain) {
        const value = change[member];
        if (value !== undefined)
            Object.assign(next, { [member]: value });
    }
    const environment = renderTexts(container['environment'], 'value', {
        add: change.environment,
        remove: change.removeEnvironment,
        replace: change.replaceEnvironment,
    });
    if (environment !== undefined)
        next['environment'] = environment;
    const secrets = renderTexts(container['secrets'], 'valueFrom', {
        add: change.secrets,
        remove: change.removeSecrets,
        replace: change.replaceSecrets,
    });
    if (secrets !== undefined)
        next['secrets'] = secrets;
    if (change.environmentFiles !== undefined) {
        next['environmentFiles'] = change.environmentFiles.map((value) => ({ value, type: 's3' }));
    }
    const log = renderLog(container['logConfiguration'], change);
    if (log !== undefined)
        next['logConfiguration'] = log;
    if (change.dockerLabels !== undefined) {
        next['dockerLabels'] = { ...container['dockerLabels'], ...change.dockerLabels };
    }
    if (change.healthCheck !== undefined) {
        next['healthCheck'] = { ...container['healthCheck'], ...change.healthCheck };
    }
    if (change.mountPoints !== undefined) {
        next['mountPoints'] = (0,render_rows/* upsertRows */.TS)((0,render_rows/* rowsOf */.RO)(container['mountPoints']), change.mountPoints, 'containerPath');
    }
    return next;
}
/** The rows afterwards, or undefined when they stay as they are. */
function renderTexts(before, member, { add, remove, replace }) {
    if (add === undefined && remove === undefined && replace !== true)
        return undefined;
    if (before === undefined && add === undefined)
        return undefined;
    const removed = new Set(remove ?? []);
    const kept = replace === true ? [] : (0,render_rows/* rowsOf */.RO)(before).filter(({ name }) => !removed.has((0,render_rows/* textOf */.b6)(name)));
    const added = Object.entries(add ?? {}).map(([name, text]) => ({ name, [member]: text }));
    return (0,render_rows/* upsertRows */.TS)(kept, added, 'name');
}
function renderLog(before, change) {
    const { logDriver, logOptions, logSecretOptions } = change;
    if (logDriver === undefined && logOptions === undefined && logSecretOptions === undefined)
        return undefined;
    const log = (before ?? {});
    const secretOptions = Object.entries(logSecretOptions ?? {}).map(([name, valueFrom]) => ({ name, valueFrom }));
    return {
        ...log,
        ...(logDriver === undefined ? {} : { logDriver }),
        ...(logOptions === undefined ? {} : { options: { ...log['options'], ...logOptions } }),
        ...(logSecretOptions === undefined
            ? {}
            : { secretOptions: (0,render_rows/* upsertRows */.TS)((0,render_rows/* rowsOf */.RO)(log['secretOptions']), secretOptions, 'name') }),
    };
}
//# sourceMappingURL=render-container.js.map
;// CONCATENATED MODULE: ./build/src/ecs/render.js




/** Containers that changes are for and that are not there, each with a line that names those that are. */
function missingContainers(document, changes) {
    const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '');
    const missing = Object.keys(changes.containers).filter((name) => !names.includes(name));
    return new Map(missing.map((name) => [
        name,
        `there is no container '${name}'${(0,closest/* didYouMean */.au)(name, names)} (the task definition has ${names.join(', ')})`,
    ]));
}
/** Variables and secrets that are to be taken away and are not there: a slip of the pen, most likely. A line each. */
function missingVariables(document, containers) {
    return (document.containerDefinitions ?? []).flatMap((container) => {
        const change = Object.hasOwn(containers, container.name ?? '') ? containers[container.name ?? ''] : undefined;
        const missing = (member, what, names) => {
            const there = (0,render_rows/* rowsOf */.RO)(container[member]).map((row) => (0,render_rows/* textOf */.b6)(row['name']));
            return (names ?? [])
                .filter((name) => !there.includes(name))
                .map((name) => `${container.name ?? ''}: there is no ${what} ${name} to take away${(0,closest/* didYouMean */.au)(name, there)}`);
        };
        return [
            ...missing('environment', 'variable', change?.removeEnvironment),
            ...missing('secrets', 'secret', change?.removeSecrets),
        ];
    });
}
/**
 * The task definition with the changes in it. Everything else stays as the user wrote it: empty texts, empty lists, zeroes and nulls too.
 * @throws InputError for containers that do not exist, naming those that do
 */
function renderTaskDefinition(document, changes) {
    const containers = document.containerDefinitions ?? [];
    const missing = missingContainers(document, changes);
    if (missing.size > 0)
        throw new errors/* InputError */.dz([...missing.values()]);
    const { containers: asked, volumes, tags, ...members } = changes;
    const next = { ...document };
    for (const [name, value] of Object.entries(members))
        if (value !== undefined)
            next[name] = value;
    if (volumes !== undefined)
        next['volumes'] = (0,render_rows/* upsertRows */.TS)((0,render_rows/* rowsOf */.RO)(document['volumes']), volumes, 'name');
    if (tags !== undefined) {
        const rows = Object.entries(tags).map(([key, value]) => ({ key, value }));
        next['tags'] = (0,render_rows/* upsertRows */.TS)((0,render_rows/* rowsOf */.RO)(document['tags']), rows, 'key');
    }
    if (document.containerDefinitions !== undefined) {
        next.containerDefinitions = containers.map((container) => {
            const change = Object.hasOwn(asked, container.name ?? '') ? asked[container.name ?? ''] : undefined;
            return change === undefined ? container : renderContainer(container, change);
        });
    }
    return next;
}
//# sourceMappingURL=render.js.map

/***/ }),

/***/ 7246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Lx: () => (/* binding */ readTaskDefinition),
  SD: () => (/* binding */ renderChecked),
  x8: () => (/* binding */ renderProblems),
  Ww: () => (/* binding */ writeTaskDefinition)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/errors.js
var action_errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/ecs/render.js + 1 modules
var render = __webpack_require__(4053);
// EXTERNAL MODULE: ./build/src/ecs/task-definition.js
var task_definition = __webpack_require__(1270);
// EXTERNAL MODULE: ./build/src/ecs/render-rows.js
var render_rows = __webpack_require__(4121);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-arns.js

const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;
const secretArn = /^arn:aws[a-z-]*:(ssm:[a-z0-9-]+:\d{12}:parameter\/.+|secretsmanager:[a-z0-9-]+:\d{12}:secret:.+)$/;
const fileArn = /^arn:aws[a-z-]*:s3:::[^/]+\/.+\.env$/;
/** ARNs that are cut short or of the wrong kind; a line each. A text that is no ARN at all is a name, which ECS takes too. */
function arnProblems(document) {
    const roles = ['taskRoleArn', 'executionRoleArn'].flatMap((member) => {
        const value = document[member];
        return typeof value === 'string' && value.startsWith('arn:') && !roleArn.test(value)
            ? [`${member} '${value}' is not the ARN of a role`]
            : [];
    });
    return [...roles, ...(document.containerDefinitions ?? []).flatMap(containerProblems)];
}
function containerProblems(container) {
    const at = container.name ?? '';
    const log = container['logConfiguration'];
    const secrets = [...(0,render_rows/* rowsOf */.RO)(container['secrets']), ...(0,render_rows/* rowsOf */.RO)(log?.secretOptions)];
    return [
        ...secrets
            .filter(({ valueFrom }) => isArn(valueFrom) && !secretArn.test((0,render_rows/* textOf */.b6)(valueFrom)))
            .map(({ name, valueFrom }) => `${at}: the secret ${(0,render_rows/* textOf */.b6)(name)} is from '${(0,render_rows/* textOf */.b6)(valueFrom)}', which is the ARN of no parameter and no secret`),
        ...(0,render_rows/* rowsOf */.RO)(container['environmentFiles'])
            .filter(({ value }) => typeof value === 'string' && !fileArn.test(value))
            .map(({ value }) => `${at}: the environment file '${(0,render_rows/* textOf */.b6)(value)}' is not the ARN of an S3 object that ends in .env`),
    ];
}
const isArn = (value) => typeof value === 'string' && value.startsWith('arn:');
//# sourceMappingURL=task-definition-arns.js.map
// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-containers.js


const repeated = (names) => [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
const namesOf = (value) => (0,render_rows/* rowsOf */.RO)(value).map((row) => (0,render_rows/* textOf */.b6)(row['name']));
/** What is wrong with one container; a line each. */
function task_definition_containers_containerProblems(container, around) {
    return [
        ...identityProblems(container),
        ...variableProblems(container),
        ...sizeProblems(container, around),
        ...mountProblems(container, around.volumes),
        ...portProblems(container, around.networkMode),
        ...logProblems(container),
        ...healthProblems(container),
    ];
}
function identityProblems({ name, image }) {
    const problems = [];
    if (name === undefined || name === '')
        problems.push('has no name');
    else if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
        problems.push('its name has characters other than letters, digits, - and _');
    if (image === undefined || image === '')
        problems.push('image is missing');
    return problems;
}
function variableProblems(container) {
    const problems = [];
    const variables = namesOf(container['environment']);
    const secrets = namesOf(container['secrets']);
    for (const name of repeated(variables))
        problems.push(`the variable ${name} is set twice`);
    for (const name of repeated(secrets))
        problems.push(`the secret ${name} is set twice`);
    for (const name of new Set(secrets.filter((secret) => variables.includes(secret)))) {
        problems.push(`${name} is both a variable and a secret, which ECS refuses: remove one of them`);
    }
    for (const { name, value } of (0,render_rows/* rowsOf */.RO)(container['environment'])) {
        if (typeof value === 'number' || typeof value === 'boolean')
            problems.push(`the variable ${(0,render_rows/* textOf */.b6)(name)} must be text: write "${value}"`);
    }
    return problems;
}
function sizeProblems(container, { needsMemory }) {
    const problems = [];
    for (const member of ['cpu', 'memory', 'memoryReservation'])
        if (typeof container[member] === 'string')
            problems.push(`${member} must be a number, not the text '${container[member]}'`);
    const { memory, memoryReservation } = container;
    if (typeof memory === 'number' && typeof memoryReservation === 'number' && memoryReservation > memory)
        problems.push(`memoryReservation ${memoryReservation} is over its memory ${memory}`);
    if (needsMemory && !memory && !memoryReservation)
        problems.push('needs memory or memoryReservation, since the task definition has no memory');
    return problems;
}
function mountProblems(container, volumes) {
    return (0,render_rows/* rowsOf */.RO)(container['mountPoints']).flatMap(({ sourceVolume }) => {
        if (typeof sourceVolume !== 'string' || volumes.includes(sourceVolume))
            return [];
        const near = (0,closest/* closest */.kp)(sourceVolume, volumes);
        const meant = near === undefined ? '' : ` (did you mean '${near}'?)`;
        return [`mounts the volume '${sourceVolume}', which is not declared${meant}`];
    });
}
function portProblems(container, networkMode) {
    if (networkMode !== 'awsvpc' && networkMode !== 'host')
        return [];
    return (0,render_rows/* rowsOf */.RO)(container['portMappings'])
        .filter(({ hostPort, containerPort }) => typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort)
        .map(({ hostPort, containerPort }) => `with ${networkMode} the host port is the container's ${(0,render_rows/* textOf */.b6)(containerPort)}, not ${(0,render_rows/* textOf */.b6)(hostPort)}`);
}
function logProblems(container) {
    const log = container['logConfiguration'];
    if (typeof log !== 'object' || log === null)
        return [];
    if (!log['logDriver'])
        return ['logConfiguration has no logDriver'];
    if (log['logDriver'] !== 'awslogs')
        return [];
    const options = log['options'];
    return ['awslogs-group', 'awslogs-region']
        .filter((name) => !options?.[name])
        .map((name) => `the log driver awslogs needs the option ${name}`);
}
function healthProblems(container) {
    const check = container['healthCheck'];
    if (typeof check !== 'object' || check === null)
        return [];
    const command = check['command'];
    if (!Array.isArray(command) || command.length === 0)
        return ['healthCheck has no command'];
    return ['CMD', 'CMD-SHELL', 'NONE'].includes((0,render_rows/* textOf */.b6)(command[0]))
        ? []
        : [`healthCheck's command begins with CMD or CMD-SHELL, not '${(0,render_rows/* textOf */.b6)(command[0])}'`];
}
//# sourceMappingURL=task-definition-containers.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-dependencies.js


/** Containers that wait for one that is not there, or for one another; a line each. */
function dependencyProblems(containers) {
    const names = containers.map(({ name }) => name ?? '');
    const waits = new Map(containers.map((container) => [container.name ?? '', dependsOn(container)]));
    const problems = [...waits].flatMap(([name, others]) => others
        .filter((other) => !names.includes(other))
        .map((other) => `${name}: depends on '${other}', which is no container${(0,closest/* didYouMean */.au)(other, names)}`));
    const circle = findCircle(waits);
    return circle === undefined ? problems : [...problems, `containers wait for one another: ${circle.join(' → ')}`];
}
const dependsOn = (container) => {
    const rows = container['dependsOn'];
    return Array.isArray(rows)
        ? rows.map((row) => (0,render_rows/* textOf */.b6)(row?.containerName ?? ''))
        : [];
};
function findCircle(waits) {
    const done = new Set();
    const visit = (name, path) => {
        const at = path.indexOf(name);
        if (at >= 0)
            return [...path.slice(at), name];
        if (done.has(name))
            return undefined;
        for (const other of waits.get(name) ?? []) {
            const circle = visit(other, [...path, name]);
            if (circle !== undefined)
                return circle;
        }
        done.add(name);
        return undefined;
    };
    for (const name of waits.keys()) {
        const circle = visit(name, []);
        if (circle !== undefined)
            return circle;
    }
    return undefined;
}
//# sourceMappingURL=task-definition-dependencies.js.map
// EXTERNAL MODULE: ./build/src/ecs/task-definition-sizes.js
var task_definition_sizes = __webpack_require__(6009);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-fargate.js


const drivers = ['awslogs', 'splunk', 'awsfirelens'];
/** What Fargate does not run, of a task definition that asks for it; a line each. Source: "Task definition differences for Fargate" in the ECS developer guide. */
function fargateProblems(document) {
    if (!needsFargate(document))
        return [];
    const problems = [];
    const containers = document.containerDefinitions ?? [];
    if (document['networkMode'] !== 'awsvpc')
        problems.push(`Fargate needs networkMode awsvpc, not ${(0,render_rows/* textOf */.b6)(document['networkMode'] ?? 'none')}`);
    const size = (0,task_definition_sizes/* fargateSizeProblem */.Ho)(document['cpu'], document['memory']);
    if (size !== undefined)
        problems.push(size);
    const used = containers.reduce((total, { cpu }) => total + (typeof cpu === 'number' ? cpu : 0), 0);
    if (size === undefined && used > (0,task_definition_sizes/* cpuUnits */.MN)(document['cpu']))
        problems.push(`the containers take ${used} CPU units together, the task has ${(0,task_definition_sizes/* cpuUnits */.MN)(document['cpu'])}`);
    const storage = document['ephemeralStorage']?.sizeInGiB;
    if (typeof storage === 'number' && (storage < 21 || storage > 200))
        problems.push(`ephemeralStorage is from 21 to 200 GiB, not ${storage}`);
    return [...problems, ...containers.flatMap(task_definition_fargate_containerProblems)];
}
/** Whether it must be able to run on Fargate. */
function needsFargate(document) {
    const required = document['requiresCompatibilities'];
    return Array.isArray(required) && required.includes('FARGATE');
}
function task_definition_fargate_containerProblems(container) {
    const { name, stopTimeout, privileged } = container;
    const problems = [];
    if (typeof stopTimeout === 'number' && stopTimeout > 120)
        problems.push(`Fargate waits 120 seconds at most for a container to stop, not ${stopTimeout}`);
    if (privileged === true)
        problems.push('Fargate runs no privileged containers');
    if (Array.isArray(container['links']) && container['links'].length > 0)
        problems.push('Fargate has no links between containers');
    const log = container['logConfiguration'];
    const driver = log?.['logDriver'];
    if (typeof driver === 'string' && !drivers.includes(driver))
        problems.push(`Fargate has the log drivers ${drivers.join(', ')}, not ${driver}`);
    const options = log?.['options'];
    if (driver === 'awslogs' && !options?.['awslogs-stream-prefix'])
        problems.push('awslogs on Fargate needs the option awslogs-stream-prefix');
    return problems.map((problem) => `${name ?? ''}: ${problem}`);
}
//# sourceMappingURL=task-definition-fargate.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-roles.js

/** A private repository of ECR, by either of its host names. */
const ecrImage = /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)\//;
/** What a container has that ECS itself must act for, and a task definition without an execution role cannot; a line each. */
function executionRoleProblems(document) {
    if (document['executionRoleArn'])
        return [];
    const fargate = needsFargate(document);
    return (document.containerDefinitions ?? []).flatMap((container) => reasons(container, fargate).map((reason) => `${container.name ?? ''}: ${reason}, so the task definition needs an executionRoleArn`));
}
const filled = (value) => Array.isArray(value) && value.length > 0;
function reasons(container, fargate) {
    const log = container['logConfiguration'];
    return [
        ...(filled(container['secrets']) ? ['has secrets'] : []),
        ...(filled(log?.['secretOptions']) ? ['has secrets in its log options'] : []),
        ...(filled(container['environmentFiles']) ? ['has environmentFiles'] : []),
        ...(container['repositoryCredentials'] ? ['has repositoryCredentials'] : []),
        ...(fargate && log?.['logDriver'] === 'awslogs' ? ['logs by awslogs on Fargate'] : []),
        ...(fargate && ecrImage.test(container.image ?? '') ? ['has an image in ECR on Fargate'] : []),
    ];
}
//# sourceMappingURL=task-definition-roles.js.map
// EXTERNAL MODULE: ./build/src/ecs/task-definition-members.js
var task_definition_members = __webpack_require__(2536);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-shape.js

/** Members that are lists of texts, which the table of members does not tell from texts. */
const textLists = new Set([
    'command',
    'entryPoint',
    'links',
    'dnsServers',
    'dnsSearchDomains',
    'dockerSecurityOptions',
    'credentialSpecs',
    'requiresCompatibilities',
]);
/** Lists and objects that stand in the place of one another; a line each. ECS answers with a serialization error that names no member. */
const shapeProblems = (document) => differing(document, task_definition_members/* taskDefinitionMembers */.k, '');
function differing(value, known, path) {
    if (known === null || value === undefined || value === null)
        return [];
    if (Array.isArray(known)) {
        if (!Array.isArray(value))
            return [`${path} must be a list`];
        const [item] = known;
        return value.flatMap((entry, index) => differing(entry, item, `${path}[${index}]`));
    }
    if (typeof value !== 'object' || Array.isArray(value))
        return [`${path} must be an object`];
    const members = known;
    return Object.entries(value).flatMap(([name, inner]) => {
        const at = path === '' ? name : `${path}.${name}`;
        if (textLists.has(name) && inner !== null && !isTexts(inner))
            return [`${at} must be a list of texts`];
        return Object.hasOwn(members, name) ? differing(inner, members[name], at) : [];
    });
}
const isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
//# sourceMappingURL=task-definition-shape.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-checks.js








/** Quotas of ECS that cannot be raised: containers in a task definition, and its size in bytes. */
const mostContainers = 10;
const mostBytes = 64 * 1024;
const task_definition_checks_repeated = (names) => [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
/** What ECS would refuse or a container would trip over, found before anything is called; a line each. */
function taskDefinitionProblems(document) {
    const containers = document.containerDefinitions ?? [];
    const volumes = (0,render_rows/* rowsOf */.RO)(document['volumes']).map(({ name }) => (0,render_rows/* textOf */.b6)(name));
    const needsMemory = !needsFargate(document) && !document['memory'];
    const around = { volumes, networkMode: document['networkMode'], needsMemory };
    return [
        ...shapeProblems(document),
        ...wholeProblems(document),
        ...task_definition_checks_repeated(volumes).map((name) => `two volumes are named '${name}'`),
        ...containers.flatMap((container, index) => task_definition_containers_containerProblems(container, around).map((problem) => `${container.name ?? `containerDefinitions[${index}]`}: ${problem}`)),
        ...dependencyProblems(containers),
        ...arnProblems(document),
        ...executionRoleProblems(document),
        ...memoryProblems(document),
        ...fargateProblems(document),
    ];
}
function wholeProblems(document) {
    const problems = [];
    const containers = document.containerDefinitions ?? [];
    const family = document['family'];
    if (typeof family !== 'string' || family === '')
        problems.push('family is missing');
    else if (!/^[A-Za-z0-9_-]{1,255}$/.test(family))
        problems.push(`family '${family}' has characters other than letters, digits, - and _`);
    for (const member of ['cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'pidMode', 'ipcMode']) {
        const value = document[member];
        if (typeof value === 'number')
            problems.push(`${member} must be text: write "${value}"`);
        else if (value != null && typeof value !== 'string')
            problems.push(`${member} must be text, not ${(0,render_rows/* textOf */.b6)(value)}`);
    }
    if (containers.length === 0)
        problems.push('containerDefinitions is empty');
    if (containers.length > mostContainers)
        problems.push(`there are ${containers.length} containers, ECS takes ${mostContainers}`);
    for (const name of task_definition_checks_repeated(containers.map(({ name }) => name ?? '')))
        problems.push(`two containers are named '${name}'`);
    if (containers.length > 0 && containers.every(({ essential }) => essential === false))
        problems.push('no container is essential');
    const bytes = Buffer.byteLength(JSON.stringify(document));
    if (bytes > mostBytes)
        problems.push(`it has ${bytes} bytes, ECS takes ${mostBytes}`);
    return problems;
}
/** The memory of containers against the task's. Source: ContainerDefinition in the service model. */
function memoryProblems(document) {
    const containers = document.containerDefinitions ?? [];
    const total = (0,task_definition_sizes/* mebibytes */.jh)(document['memory']);
    if (Number.isNaN(total))
        return [];
    const over = containers.filter(({ memory }) => typeof memory === 'number' && memory > total);
    if (over.length > 0)
        return over.map(({ name, memory }) => `${name}: memory ${(0,render_rows/* textOf */.b6)(memory)} is over the task's ${total} MiB`);
    const reserved = containers.reduce((sum, container) => sum + reservedBy(container), 0);
    return reserved > total ? [`the containers reserve ${reserved} MiB of memory together, the task has ${total}`] : [];
}
const reservedBy = ({ memory, memoryReservation }) => [memoryReservation, memory].find((amount) => typeof amount === 'number') ?? 0;
//# sourceMappingURL=task-definition-checks.js.map
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(9547);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-file.js




const largestFile = 1024 * 1024;
/**
 * Reads a task definition from JSON, JSON with comments, or YAML (with anchors and merges).
 * @throws UserError naming the file and the place
 */
function parseTaskDefinition(content, file) {
    if (content.length > largestFile)
        throw new action_errors/* UserError */.yo(`${file}: is larger than 1 MiB`);
    const text = content.replace(/^\uFEFF/, '');
    try {
        const value = /^\s*(\{|\/\/|\/\*)/.test(text) ? parseCommentedJson(text, file) : parseYamlFile(text, file);
        return checkedShape(value, file);
    }
    catch (error) {
        if (error instanceof RangeError)
            throw new action_errors/* UserError */.yo(`${file}: is nested too deeply`, { cause: error });
        throw error;
    }
}
/** Reads JSON as it stands; a member that stands twice is refused, since one of the two would be lost. */
function parseCommentedJson(text, file) {
    const errors = [];
    const tree = (0,main.parseTree)(text, errors, { allowTrailingComma: true });
    const error = errors[0];
    if (error !== undefined)
        throw new action_errors/* UserError */.yo(`${place(text, error.offset, file)}: ${(0,main.printParseErrorCode)(error.error)}`);
    return tree === undefined ? undefined : valueOfNode(tree, text, file);
}
const place = (text, offset, file) => {
    const before = text.slice(0, offset).split('\n');
    return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
};
function valueOfNode(node, text, file) {
    if (node.type === 'array')
        return (node.children ?? []).map((child) => valueOfNode(child, text, file));
    if (node.type !== 'object')
        return node.value;
    const members = new Map();
    for (const { children } of node.children ?? []) {
        const [key, value] = children ?? [];
        const name = String(key?.value);
        if (members.has(name))
            throw new action_errors/* UserError */.yo(`${place(text, key?.offset ?? 0, file)}: '${name}' is there twice`);
        members.set(name, value === undefined ? undefined : valueOfNode(value, text, file));
    }
    return Object.fromEntries(members);
}
function parseYamlFile(text, file) {
    try {
        return (0,dist/* parse */.qg)(text, { maxAliasCount: 100, merge: true });
    }
    catch (error) {
        throw new action_errors/* UserError */.yo(`${file}: is neither JSON nor YAML: ${(0,action_errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
function checkedShape(value, file) {
    const isObject = (item) => typeof item === 'object' && item !== null && !Array.isArray(item);
    if (!isObject(value))
        throw new action_errors/* UserError */.yo(`${file}: expected a task definition, got ${Array.isArray(value) ? 'a list' : typeof value}`);
    const document = isObject(value['taskDefinition']) ? value['taskDefinition'] : value;
    const containers = document['containerDefinitions'];
    if (!Array.isArray(containers) || !containers.every(isObject)) {
        throw new action_errors/* UserError */.yo(`${file}: expected containerDefinitions to be a list of containers`);
    }
    for (const [index, container] of containers.entries()) {
        for (const member of ['name', 'image']) {
            if (container[member] !== undefined && typeof container[member] !== 'string') {
                throw new action_errors/* UserError */.yo(`${file}: expected containerDefinitions[${index}].${member} to be text`);
            }
        }
    }
    return (0,task_definition/* withoutDescribeOnly */.am)(document);
}
//# sourceMappingURL=task-definition-file.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-warnings.js
/** What works, and will trip someone over one day; a line each. */
function taskDefinitionWarnings(document) {
    const warnings = [];
    for (const { name, image } of document.containerDefinitions ?? []) {
        if (image !== undefined && !image.includes('@'))
            warnings.push(`${name ?? ''}: ${image} is an image by tag, which can move under a running service: pin it by digest (repository@sha256:…)`);
    }
    for (const path of nulls(document, ''))
        warnings.push(`${path} is null: it is kept as it stands, ECS takes it for unset`);
    return warnings;
}
function nulls(value, path) {
    if (value === null)
        return [path];
    if (typeof value !== 'object')
        return [];
    return Object.entries(value).flatMap(([name, item]) => {
        const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
        return nulls(item, at);
    });
}
//# sourceMappingURL=task-definition-warnings.js.map
// EXTERNAL MODULE: ./build/src/ecs/unknown-members.js
var unknown_members = __webpack_require__(5891);
;// CONCATENATED MODULE: ./build/src/ecs/rendering.js












/** Reads the source; only a reference or a service calls ECS. @throws UserError */
async function readTaskDefinition(source, api, signal) {
    if ('reference' in source) {
        return (0,task_definition/* withoutDescribeOnly */.am)((await api().describeTaskDefinition(source.reference, signal)).document);
    }
    if ('service' in source) {
        const reference = runningTaskDefinition(await api().service(source.cluster, source.service, signal));
        return (0,task_definition/* withoutDescribeOnly */.am)((await api().describeTaskDefinition(reference, signal)).document);
    }
    try {
        return parseTaskDefinition(await (0,promises_.readFile)(source.file, 'utf8'), source.file);
    }
    catch (error) {
        if (error instanceof action_errors/* UserError */.yo)
            throw error;
        throw new action_errors/* UserError */.yo(`cannot read the task definition '${source.file}': ${(0,action_errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
/** The revision that serves: the primary task set's where the service has task sets, the service's own otherwise. @throws UserError */
function runningTaskDefinition({ serviceName, taskSets, taskDefinition }) {
    const primary = (taskSets ?? []).find(({ status }) => status === 'PRIMARY');
    const reference = primary?.taskDefinition ?? taskDefinition;
    if (reference === undefined)
        throw new action_errors/* UserError */.yo(`the service '${serviceName ?? ''}' runs no task definition`);
    return reference;
}
/** Every problem of the document with the changes in it, a line each; unknown members are among them when told so. */
function renderProblems(document, changes, unknown) {
    const missing = (0,render/* missingContainers */.XS)(document, changes);
    const there = Object.entries(changes.containers).filter(([name]) => !missing.has(name));
    const rendered = (0,render/* renderTaskDefinition */.P9)(document, { ...changes, containers: Object.fromEntries(there) });
    const strange = unknown === 'error' ? (0,unknown_members/* unknownMembers */.k)(rendered, task_definition_members/* taskDefinitionMembers */.k) : [];
    // The source's own shape too: what has the wrong one would be lost under a change.
    const all = [...missing.values(), ...shapeProblems(document), ...taskDefinitionProblems(rendered), ...strange];
    return [...new Set(all)].map((problem) => `task definition: ${problem}`);
}
/**
 * Puts the changes in and checks the whole.
 * @throws InputError with every problem at once; unknown members are among them when told so
 */
function renderChecked(document, changes, unknown, log) {
    const problems = renderProblems(document, changes, unknown);
    if (problems.length > 0)
        throw new action_errors/* InputError */.dz(problems);
    const rendered = (0,render/* renderTaskDefinition */.P9)(document, changes);
    if (unknown === 'warn') {
        for (const line of (0,unknown_members/* unknownMembers */.k)(rendered, task_definition_members/* taskDefinitionMembers */.k))
            log.warn(`task definition: ${line}; it is sent as it stands`);
    }
    for (const line of taskDefinitionWarnings(rendered))
        log.warn(`task definition: ${line}`);
    return rendered;
}
/** Writes the rendered file under a name made of its content, readable by its owner only, and returns the path. */
async function writeTaskDefinition(document, env) {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    const folder = env['RUNNER_TEMP'] || '.strangler-deploy';
    const name = `task-definition-${(0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 12)}.json`;
    await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), text, { mode: 0o600 });
    return (0,external_node_path_.join)(folder, name);
}
//# sourceMappingURL=rendering.js.map

/***/ }),

/***/ 9061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ canonicalTags),
/* harmony export */   b: () => (/* binding */ canonicalForm)
/* harmony export */ });
/* harmony import */ var _render_rows_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4121);
/* harmony import */ var _task_definition_sizes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6009);


/** What ECS writes into a health check that leaves it open. Source: HealthCheck in the service model. */
const healthCheckDefaults = { interval: 30, timeout: 5, retries: 3 };
/**
 * One form for two task definitions that mean the same: what ECS adds is taken away, nulls and empty lists are absent,
 * keys and named lists are sorted; tags are left out. Only for comparing.
 */
function canonicalForm(document) {
    const { tags: _, cpu, memory, requiresCompatibilities, volumes, containerDefinitions, ...rest } = document;
    const containers = eachMember(containerDefinitions, (container) => canonicalContainer(container, document['networkMode']));
    return sorted({
        ...rest,
        ...(cpu === undefined ? {} : { cpu: sizeText(cpu, _task_definition_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .cpuUnits */ .MN) }),
        ...(memory === undefined ? {} : { memory: sizeText(memory, _task_definition_sizes_js__WEBPACK_IMPORTED_MODULE_0__/* .mebibytes */ .jh) }),
        requiresCompatibilities: Array.isArray(requiresCompatibilities)
            ? requiresCompatibilities.map(String).sort()
            : requiresCompatibilities,
        volumes: eachMember(volumes, canonicalVolume),
        containerDefinitions: containers,
    });
}
/** Tags by key, for comparing. */
const canonicalTags = (tags) => Array.isArray(tags)
    ? Object.fromEntries(tags.filter(isMembers).map((tag) => [(0,_render_rows_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(tag['key']), tag['value'] ?? '']))
    : {};
const isMembers = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A list with its objects changed; whatever else stands there stays. */
const eachMember = (value, change) => Array.isArray(value) ? value.map((item) => (isMembers(item) ? change(item) : item)) : value;
const sizeText = (value, read) => {
    const amount = read(value);
    return Number.isNaN(amount) ? value : String(amount);
};
function canonicalContainer(container, networkMode) {
    const { cpu, essential, portMappings, healthCheck, ...rest } = container;
    const fixed = networkMode === 'awsvpc' || networkMode === 'host';
    const ports = eachMember(portMappings, (port) => ({
        ...port,
        hostPort: port['hostPort'] || (fixed ? port['containerPort'] : undefined),
        protocol: port['protocol'] ?? 'tcp',
    }));
    return {
        ...rest,
        ...(cpu === 0 ? {} : { cpu }),
        ...(essential === false ? { essential } : {}),
        healthCheck: isMembers(healthCheck) ? { ...healthCheckDefaults, ...present(healthCheck) } : healthCheck,
        portMappings: ports,
    };
}
/** ECS describes a volume that only has a name with an empty host. */
function canonicalVolume(volume) {
    const { host, ...rest } = volume;
    const empty = isMembers(host) && Object.values(host).every(isAbsent);
    return empty ? rest : volume;
}
const isAbsent = (item) => item === undefined || item === null || (Array.isArray(item) && item.length === 0);
const present = (value) => Object.fromEntries(Object.entries(value).filter(([, item]) => !isAbsent(item)));
function sorted(value) {
    if (Array.isArray(value)) {
        const items = value.map(sorted);
        const named = items.every((item) => typeof item === 'object' && item !== null && 'name' in item);
        return named ? items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : items;
    }
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(present(value))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, sorted(item)]));
}
const nameOf = (item) => (0,_render_rows_js__WEBPACK_IMPORTED_MODULE_1__/* .textOf */ .b6)(item['name']);
//# sourceMappingURL=task-definition-canonical.js.map

/***/ }),

/***/ 2536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ taskDefinitionMembers)
/* harmony export */ });
/** What RegisterTaskDefinition takes, by the published model; a test holds it to the SDK's schema, so that rendering needs no SDK. */
const taskDefinitionMembers = {
    family: null,
    containerDefinitions: [
        {
            name: null,
            image: null,
            repositoryCredentials: { credentialsParameter: null },
            cpu: null,
            memory: null,
            memoryReservation: null,
            links: null,
            portMappings: [
                {
                    containerPort: null,
                    hostPort: null,
                    protocol: null,
                    name: null,
                    appProtocol: null,
                    containerPortRange: null,
                },
            ],
            essential: null,
            restartPolicy: { enabled: null, ignoredExitCodes: null, restartAttemptPeriod: null },
            entryPoint: null,
            command: null,
            environment: [{ name: null, value: null }],
            environmentFiles: [{ value: null, type: null }],
            mountPoints: [{ sourceVolume: null, containerPath: null, readOnly: null }],
            volumesFrom: [{ sourceContainer: null, readOnly: null }],
            linuxParameters: {
                capabilities: { add: null, drop: null },
                devices: [{ hostPath: null, containerPath: null, permissions: null }],
                initProcessEnabled: null,
                sharedMemorySize: null,
                tmpfs: [{ containerPath: null, size: null, mountOptions: null }],
                maxSwap: null,
                swappiness: null,
            },
            secrets: [{ name: null, valueFrom: null }],
            dependsOn: [{ containerName: null, condition: null }],
            startTimeout: null,
            stopTimeout: null,
            versionConsistency: null,
            hostname: null,
            user: null,
            workingDirectory: null,
            disableNetworking: null,
            privileged: null,
            readonlyRootFilesystem: null,
            dnsServers: null,
            dnsSearchDomains: null,
            extraHosts: [{ hostname: null, ipAddress: null }],
            dockerSecurityOptions: null,
            interactive: null,
            pseudoTerminal: null,
            dockerLabels: null,
            ulimits: [{ name: null, softLimit: null, hardLimit: null }],
            logConfiguration: { logDriver: null, options: null, secretOptions: [{ name: null, valueFrom: null }] },
            healthCheck: { command: null, interval: null, timeout: null, retries: null, startPeriod: null },
            systemControls: [{ namespace: null, value: null }],
            resourceRequirements: [
                { type: null, value: null, sharingStrategy: { nvidiaMps: { memory: null, maxComputePercent: null } } },
            ],
            firelensConfiguration: { type: null, options: null },
            credentialSpecs: null,
        },
    ],
    taskRoleArn: null,
    executionRoleArn: null,
    networkMode: null,
    volumes: [
        {
            name: null,
            host: { sourcePath: null },
            dockerVolumeConfiguration: { scope: null, autoprovision: null, driver: null, driverOpts: null, labels: null },
            efsVolumeConfiguration: {
                fileSystemId: null,
                rootDirectory: null,
                transitEncryption: null,
                transitEncryptionPort: null,
                authorizationConfig: { accessPointId: null, iam: null },
            },
            s3filesVolumeConfiguration: {
                fileSystemArn: null,
                rootDirectory: null,
                transitEncryptionPort: null,
                accessPointArn: null,
            },
            fsxWindowsFileServerVolumeConfiguration: {
                fileSystemId: null,
                rootDirectory: null,
                authorizationConfig: { credentialsParameter: null, domain: null },
            },
            configuredAtLaunch: null,
        },
    ],
    placementConstraints: [{ type: null, expression: null }],
    requiresCompatibilities: null,
    cpu: null,
    memory: null,
    tags: [{ key: null, value: null }],
    pidMode: null,
    ipcMode: null,
    proxyConfiguration: { containerName: null, type: null, properties: [{ name: null, value: null }] },
    inferenceAccelerators: [{ deviceName: null, deviceType: null }],
    ephemeralStorage: { sizeInGiB: null },
    runtimePlatform: { cpuArchitecture: null, operatingSystemFamily: null },
    enableFaultInjection: null,
};
//# sourceMappingURL=task-definition-members.js.map

/***/ }),

/***/ 6009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ho: () => (/* binding */ fargateSizeProblem),
/* harmony export */   MN: () => (/* binding */ cpuUnits),
/* harmony export */   jh: () => (/* binding */ mebibytes)
/* harmony export */ });
/* harmony import */ var _render_rows_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4121);

/** What Fargate offers. Source: "Task size" in the ECS developer guide. */
const fargateSizes = {
    256: [512, 1024, 2048],
    512: { from: 1024, to: 4096, step: 1024 },
    1024: { from: 2048, to: 8192, step: 1024 },
    2048: { from: 4096, to: 16_384, step: 1024 },
    4096: { from: 8192, to: 30_720, step: 1024 },
    8192: { from: 16_384, to: 61_440, step: 4096 },
    16384: { from: 32_768, to: 122_880, step: 8192 },
};
/** A task's size as ECS reads it: a number, or an amount of a unit of 1024 of them, such as `1 vCPU` or `2 GB`. NaN when it is neither. */
function readAmount(value, unit) {
    if (typeof value !== 'string' && typeof value !== 'number')
        return Number.NaN;
    const text = String(value).trim();
    if (!unit.test(text))
        return /^\d+$/.test(text) ? Number(text) : Number.NaN;
    const amount = text.replace(unit, '').trim();
    return /^\d*\.?\d+$/.test(amount) ? Number(amount) * 1024 : Number.NaN;
}
const cpuUnits = (value) => readAmount(value, /vcpu$/i);
const mebibytes = (value) => readAmount(value, /gb$/i);
/** Why Fargate has no such size, naming those that it has; undefined when it has. */
function fargateSizeProblem(cpu, memory) {
    const units = cpuUnits(cpu);
    const size = fargateSizes[units];
    if (size === undefined) {
        return `Fargate has no size with cpu ${told(cpu)}: choose one of ${Object.keys(fargateSizes).join(', ')}`;
    }
    const amount = mebibytes(memory);
    const offers = `Fargate offers cpu ${units} with memory`;
    if (isAmounts(size))
        return size.includes(amount) ? undefined : `${offers} ${size.join(', ')}, not ${told(memory)}`;
    const { from, to, step } = size;
    if (amount >= from && amount <= to && (amount - from) % step === 0)
        return undefined;
    return `${offers} from ${from} to ${to} in steps of ${step}, not ${told(memory)}`;
}
const isAmounts = (size) => Array.isArray(size);
const told = (value) => value === undefined || value === null || value === '' ? 'unset' : (0,_render_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(value);
//# sourceMappingURL=task-definition-sizes.js.map

/***/ }),

/***/ 1270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ canonical),
/* harmony export */   JL: () => (/* binding */ sameTaskDefinition),
/* harmony export */   am: () => (/* binding */ withoutDescribeOnly)
/* harmony export */ });
/* harmony import */ var _task_definition_canonical_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9061);

/** What only Describe gives; RegisterTaskDefinition refuses it. Source: DescribeTaskDefinition minus RegisterTaskDefinition in the service model. */
const describeOnly = [
    'compatibilities',
    'deleteRequestedAt',
    'deregisteredAt',
    'registeredAt',
    'registeredBy',
    'requiresAttributes',
    'revision',
    'status',
    'taskDefinitionArn',
];
/** A described revision as it would be registered again. */
function withoutDescribeOnly(document) {
    const kept = Object.entries(document).filter(([name]) => !describeOnly.includes(name));
    return Object.fromEntries(kept);
}
/** One form for task definitions that mean the same, described ones too. Only for comparing. */
const canonical = (document) => (0,_task_definition_canonical_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalForm */ .b)(withoutDescribeOnly(document));
/** Whether registering one would make a revision that differs from the other in nothing but its number. */
const sameTaskDefinition = (a, b) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
//# sourceMappingURL=task-definition.js.map

/***/ }),

/***/ 5891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ unknownMembers)
/* harmony export */ });
/* harmony import */ var _action_closest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1907);

/** Every member of a document that the published model does not have, with the path to it and the name that was probably meant. */
function unknownMembers(value, known, path = '') {
    if (known === null || typeof value !== 'object' || value === null)
        return [];
    if (Array.isArray(known)) {
        const [item] = known;
        return Array.isArray(value)
            ? value.flatMap((entry, index) => unknownMembers(entry, item, `${path}[${nameOf(entry) ?? index}]`))
            : [];
    }
    const members = known;
    return Object.entries(value).flatMap(([name, inner]) => {
        const at = path === '' ? name : `${path}.${name}`;
        if (Object.hasOwn(members, name))
            return unknownMembers(inner, members[name], at);
        return [`${at} is not known to ECS${(0,_action_closest_js__WEBPACK_IMPORTED_MODULE_0__/* .didYouMean */ .au)(name, Object.keys(members))}`];
    });
}
const nameOf = (entry) => {
    const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
};
//# sourceMappingURL=unknown-members.js.map

/***/ })

};
