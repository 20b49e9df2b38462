export const id = 310;
export const ids = [310];
export const modules = {

/***/ 2067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ splitCommand),
/* harmony export */   P: () => (/* binding */ renderTaskDefinition)
/* harmony export */ });
/* harmony import */ var _action_closest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1907);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);


/**
 * The task definition with the changes in it. Everything else stays as the user wrote it: empty texts, empty lists and zeroes too.
 * @throws InputError for containers that do not exist, naming those that do
 */
function renderTaskDefinition(document, changes) {
    const containers = document.containerDefinitions ?? [];
    const names = containers.map(({ name }) => name ?? '');
    const unknown = Object.keys(changes.containers).filter((name) => !names.includes(name));
    if (unknown.length > 0) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(unknown.map((name) => `there is no container '${name}'${(0,_action_closest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .au)(name, names)} (the task definition has ${names.join(', ')})`));
    }
    const { cpu, memory, taskRoleArn, executionRoleArn } = changes;
    const set = Object.entries({ cpu, memory, taskRoleArn, executionRoleArn }).filter(([, value]) => value !== undefined);
    return {
        ...document,
        ...Object.fromEntries(set),
        containerDefinitions: containers.map((container) => {
            const change = changes.containers[container.name ?? ''];
            return change === undefined ? container : renderContainer(container, change);
        }),
    };
}
function renderContainer(container, change) {
    const next = { ...container };
    if (change.image !== undefined)
        next.image = change.image;
    if (change.environment !== undefined || change.removeEnvironment !== undefined) {
        const removed = new Set(change.removeEnvironment ?? []);
        const kept = rows(container['environment']).filter(({ name }) => !removed.has(name));
        next['environment'] = upsert(kept, change.environment ?? {}, (name, value) => ({ name, value }));
    }
    if (change.secrets !== undefined) {
        next['secrets'] = upsert(rows(container['secrets']), change.secrets, (name, valueFrom) => ({ name, valueFrom }));
    }
    if (change.environmentFiles !== undefined) {
        next['environmentFiles'] = change.environmentFiles.map((value) => ({ value, type: 's3' }));
    }
    if (change.logDriver !== undefined || change.logOptions !== undefined) {
        const before = (container['logConfiguration'] ?? {});
        const options = { ...before['options'], ...change.logOptions };
        next['logConfiguration'] = {
            ...before,
            ...(change.logDriver === undefined ? {} : { logDriver: change.logDriver }),
            ...(Object.keys(options).length === 0 ? {} : { options }),
        };
    }
    if (change.dockerLabels !== undefined) {
        next['dockerLabels'] = {
            ...container['dockerLabels'],
            ...change.dockerLabels,
        };
    }
    if (change.command !== undefined)
        next['command'] = [...change.command];
    return next;
}
const rows = (value) => (Array.isArray(value) ? value : []);
/** Replaces rows of the same name in their place and adds the others at the end. */
function upsert(before, values, make) {
    const after = before.map((row) => Object.hasOwn(values, row.name) ? make(row.name, values[row.name]) : row);
    const known = new Set(before.map(({ name }) => name));
    const added = Object.entries(values).filter(([name]) => !known.has(name));
    return [...after, ...added.map(([name, value]) => make(name, value))];
}
/**
 * Splits a command as a POSIX shell would split words, quotes and backslashes only; a JSON list is taken as it is. Nothing is run or expanded.
 * @throws InputError for a quote that is not closed
 */
function splitCommand(text) {
    if (/^\s*\[/.test(text)) {
        try {
            const list = JSON.parse(text);
            if (Array.isArray(list) && list.every((item) => typeof item === 'string'))
                return list;
        }
        catch {
            // Not JSON after all: a command may begin with a bracket ([ is a program).
        }
    }
    const words = [];
    let word;
    let quote = '';
    for (let index = 0; index < text.length; index++) {
        const char = text.charAt(index);
        if (quote === "'") {
            if (char === "'")
                quote = '';
            else
                word = (word ?? '') + char;
        }
        else if (char === '\\' && index + 1 < text.length && (quote === '' || /["\\$`]/.test(text.charAt(index + 1)))) {
            word = (word ?? '') + text.charAt(++index);
        }
        else if (quote === '"') {
            if (char === '"')
                quote = '';
            else
                word = (word ?? '') + char;
        }
        else if (char === '"' || char === "'") {
            quote = char;
            word ??= '';
        }
        else if (/\s/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else {
            word = (word ?? '') + char;
        }
    }
    if (quote !== '')
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz([`input 'command': the quote ${quote} is not closed`]);
    if (word !== undefined)
        words.push(word);
    return words;
}
//# sourceMappingURL=render.js.map

/***/ }),

/***/ 3310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Lx: () => (/* binding */ readTaskDefinition),
  SD: () => (/* binding */ renderChecked),
  Ww: () => (/* binding */ writeTaskDefinition)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/ecs/render.js
var render = __webpack_require__(2067);
// EXTERNAL MODULE: ./build/src/ecs/task-definition.js
var task_definition = __webpack_require__(1270);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-checks.js
/** Memory that Fargate offers for each amount of CPU units, in MiB: from, to, step. Source: "Task size" in the ECS developer guide. */
const fargateSizes = {
    256: [512, 2048, 512],
    512: [1024, 4096, 1024],
    1024: [2048, 8192, 1024],
    2048: [4096, 16384, 1024],
    4096: [8192, 30720, 1024],
    8192: [16384, 61440, 4096],
    16384: [32768, 122880, 8192],
};
const amount = (value, unit) => {
    const text = String(value ?? '').trim();
    return unit.test(text) ? Number.parseFloat(text) * 1024 : Number(text);
};
const list = (value) => Array.isArray(value) ? value : [];
const repeated = (names) => [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
/** What ECS would refuse or a container would trip over, found before anything is called; a line each. */
function taskDefinitionProblems(document) {
    const problems = [];
    const containers = document.containerDefinitions ?? [];
    const names = containers.map(({ name }) => name ?? '');
    if (typeof document['family'] !== 'string' || document['family'] === '')
        problems.push('family is missing');
    if (containers.length === 0)
        problems.push('containerDefinitions is empty');
    for (const name of repeated(names))
        problems.push(`two containers are named '${name}'`);
    if (containers.length > 0 && containers.every(({ essential }) => essential === false))
        problems.push('no container is essential');
    const volumes = new Set(list(document['volumes']).map(({ name }) => String(name)));
    for (const [index, container] of containers.entries()) {
        const at = container.name ?? `containerDefinitions[${index}]`;
        if (container.name === undefined)
            problems.push(`${at} has no name`);
        if (container.image === undefined || container.image === '')
            problems.push(`${at}: image is missing`);
        for (const name of repeated(list(container['environment']).map((row) => String(row['name'])))) {
            problems.push(`${at}: the variable ${name} is set twice`);
        }
        const plain = new Set(list(container['environment']).map((row) => String(row['name'])));
        for (const { name } of list(container['secrets'])) {
            if (plain.has(String(name)))
                problems.push(`${at}: ${String(name)} is both a variable and a secret`);
        }
        if (list(container['secrets']).length > 0 && document['executionRoleArn'] === undefined) {
            problems.push(`${at}: has secrets, so the task definition needs an executionRoleArn`);
        }
        for (const { sourceVolume } of list(container['mountPoints'])) {
            if (sourceVolume !== undefined && !volumes.has(String(sourceVolume)))
                problems.push(`${at}: mounts the volume '${String(sourceVolume)}', which is not declared`);
        }
        for (const { containerName } of list(container['dependsOn'])) {
            if (!names.includes(String(containerName)))
                problems.push(`${at}: depends on '${String(containerName)}', which is no container`);
        }
    }
    return [...problems, ...fargateProblems(document)];
}
function fargateProblems(document) {
    const required = document['requiresCompatibilities'];
    if (!Array.isArray(required) || !required.includes('FARGATE'))
        return [];
    const problems = [];
    if (document['networkMode'] !== 'awsvpc')
        problems.push(`Fargate needs networkMode awsvpc, not ${String(document['networkMode'] ?? 'none')}`);
    const cpu = amount(document['cpu'], /vcpu$/i);
    const memory = amount(document['memory'], /gb$/i);
    const size = fargateSizes[cpu];
    if (size === undefined) {
        problems.push(`Fargate has no size with cpu ${String(document['cpu'] ?? 'unset')}: choose one of ${Object.keys(fargateSizes).join(', ')}`);
    }
    else if (!(memory >= size[0] && memory <= size[1] && (memory - size[0]) % size[2] === 0)) {
        problems.push(`Fargate offers cpu ${cpu} with memory from ${size[0]} to ${size[1]} in steps of ${size[2]}, not ${String(document['memory'] ?? 'unset')}`);
    }
    return problems;
}
//# sourceMappingURL=task-definition-checks.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-members.js
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
// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
;// CONCATENATED MODULE: ./build/src/ecs/unknown-members.js

/** Every member of a document that the published model does not have, with the path to it and the name that was probably meant. */
function unknownMembers(value, known, path = '') {
    if (known === null || typeof value !== 'object' || value === null)
        return [];
    if (Array.isArray(known)) {
        const [item] = known;
        return Array.isArray(value) ? value.flatMap((entry, index) => unknownMembers(entry, item, `${path}[${index}]`)) : [];
    }
    const members = known;
    return Object.entries(value).flatMap(([name, inner]) => {
        const at = path === '' ? name : `${path}.${name}`;
        if (Object.hasOwn(members, name))
            return unknownMembers(inner, members[name], at);
        return [`${at} is not known to ECS${(0,closest/* didYouMean */.au)(name, Object.keys(members))}`];
    });
}
//# sourceMappingURL=unknown-members.js.map
;// CONCATENATED MODULE: ./build/src/ecs/rendering.js









/** Reads the source; only a reference calls ECS. @throws UserError */
async function readTaskDefinition(source, api, signal) {
    if ('reference' in source) {
        return (0,task_definition/* withoutDescribeOnly */.am)((await api().describeTaskDefinition(source.reference, signal)).document);
    }
    try {
        return (0,task_definition/* parseTaskDefinition */.Id)(await (0,promises_.readFile)(source.file, 'utf8'), source.file);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`cannot read the task definition '${source.file}': ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
/**
 * Puts the changes in and checks the whole.
 * @throws InputError with every problem at once; unknown members are among them when told so
 */
function renderChecked(document, changes, unknown, log) {
    const rendered = (0,render/* renderTaskDefinition */.P)(document, changes);
    const strange = unknown === 'ignore' ? [] : unknownMembers(rendered, taskDefinitionMembers);
    const problems = [...taskDefinitionProblems(rendered), ...(unknown === 'error' ? strange : [])];
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems.map((problem) => `task definition: ${problem}`));
    if (unknown === 'warn')
        for (const line of strange)
            log.warn(`task definition: ${line}; it is sent as it stands`);
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

/***/ 1270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ canonical),
/* harmony export */   Id: () => (/* binding */ parseTaskDefinition),
/* harmony export */   JL: () => (/* binding */ sameTaskDefinition),
/* harmony export */   am: () => (/* binding */ withoutDescribeOnly)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9547);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8815);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6537);



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
const largestFile = 1024 * 1024;
/**
 * Reads a task definition from JSON, JSON with comments, or YAML.
 * @throws UserError naming the file and the place
 */
function parseTaskDefinition(text, file) {
    if (text.length > largestFile)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}: is larger than 1 MiB`);
    const value = /^\s*(\{|\/\/|\/\*)/.test(text) ? parseCommentedJson(text, file) : parseYamlFile(text, file);
    return checkedShape(value, file);
}
function parseCommentedJson(text, file) {
    const errors = [];
    const value = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parse)(text, errors, { allowTrailingComma: true });
    const error = errors[0];
    if (error === undefined)
        return value;
    const before = text.slice(0, error.offset).split('\n');
    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${(0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.printParseErrorCode)(error.error)}`);
}
function parseYamlFile(text, file) {
    try {
        return (0,yaml__WEBPACK_IMPORTED_MODULE_1__/* .parse */ .qg)(text, { maxAliasCount: 100 });
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}: is neither JSON nor YAML: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}
function checkedShape(value, file) {
    const isObject = (item) => typeof item === 'object' && item !== null && !Array.isArray(item);
    if (!isObject(value))
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}: expected a task definition, got ${Array.isArray(value) ? 'a list' : typeof value}`);
    const document = isObject(value['taskDefinition']) ? value['taskDefinition'] : value;
    const containers = document['containerDefinitions'];
    if (!Array.isArray(containers) || !containers.every(isObject)) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}: expected containerDefinitions to be a list of containers`);
    }
    for (const [index, container] of containers.entries()) {
        for (const member of ['name', 'image']) {
            if (container[member] !== undefined && typeof container[member] !== 'string') {
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${file}: expected containerDefinitions[${index}].${member} to be text`);
            }
        }
    }
    return withoutDescribeOnly(document);
}
/** A described revision as it would be registered again. */
function withoutDescribeOnly(document) {
    const kept = Object.entries(document).filter(([name]) => !describeOnly.includes(name));
    return Object.fromEntries(kept);
}
/**
 * One form for two task definitions that mean the same: what ECS adds to a container is taken away, keys and named lists are sorted.
 * Only for comparing.
 */
function canonical(document) {
    const { tags: _, ...body } = withoutDescribeOnly(document);
    const containers = (body.containerDefinitions ?? []).map((container) => {
        const { cpu, essential, portMappings, systemControls, ...rest } = container;
        const ports = Array.isArray(portMappings)
            ? portMappings.map((port) => withPortDefaults(port))
            : [];
        return {
            ...withoutEmpty(rest),
            ...(cpu === undefined || cpu === 0 ? {} : { cpu }),
            ...(essential === false ? { essential } : {}),
            ...(ports.length === 0 ? {} : { portMappings: ports }),
            ...(Array.isArray(systemControls) && systemControls.length > 0 ? { systemControls } : {}),
        };
    });
    return sorted({ ...withoutEmpty(body), containerDefinitions: containers });
}
const withPortDefaults = (port) => ({
    ...port,
    hostPort: port['hostPort'] ?? port['containerPort'],
    protocol: port['protocol'] ?? 'tcp',
});
const withoutEmpty = (value) => Object.fromEntries(Object.entries(value).filter(([, item]) => !(item === undefined || (Array.isArray(item) && item.length === 0))));
function sorted(value) {
    if (Array.isArray(value)) {
        const items = value.map(sorted);
        const named = items.every((item) => typeof item === 'object' && item !== null && 'name' in item);
        return named
            ? items.toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1))
            : items;
    }
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, sorted(item)]));
}
/** Whether registering one would make a revision that differs from the other in nothing but its number. */
const sameTaskDefinition = (a, b) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
//# sourceMappingURL=task-definition.js.map

/***/ })

};
