export const id = 850;
export const ids = [850];
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

/***/ 3850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commandLine: () => (/* binding */ commandLine)
});

// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/action/run.js
var run = __webpack_require__(8509);
// EXTERNAL MODULE: ./build/src/actions/registry.js
var registry = __webpack_require__(4658);
;// CONCATENATED MODULE: ./build/src/flags.js

/** What the command line itself understands beside an action's inputs; no action has an input of these names. */
const ownFlags = {
    json: 'Print one JSON object on standard output, and the log on standard error',
    'output-file': 'Write the same object into this file',
    'state-file': 'Keep state in this file',
    help: 'Show this help',
};
/** Several of these on one command line are one value of several lines. */
const repeatable = ['list', 'lines', 'pairs'];
/** Reads `--name value`, `--name=value`, `--flag` and `--no-flag` by an action's table. Nothing is parsed further yet. */
function readFlags(table, argv) {
    const given = new Map();
    const problems = [];
    let help = false;
    const known = [...Object.keys(table), ...Object.keys(ownFlags)];
    const rest = [...argv];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        if (word === '-h')
            word = '--help';
        if (!word.startsWith('--') || word === '--') {
            problems.push(`'${word}': expected a flag such as --${known[0]}`);
            continue;
        }
        const at = word.indexOf('=');
        const written = word.slice(2, at < 0 ? undefined : at);
        const negated = at < 0 && written.startsWith('no-') && table[written.slice(3)]?.kind === 'flag';
        const name = negated ? written.slice(3) : written;
        const row = Object.hasOwn(table, name) ? table[name] : undefined;
        if (row === undefined && !Object.hasOwn(ownFlags, name)) {
            const near = (0,closest/* closest */.kp)(name, known);
            problems.push(`--${name}: is unknown${near === undefined ? '' : `, did you mean --${near}?`}`);
            if (at < 0 && rest[0] !== undefined && !rest[0].startsWith('--'))
                rest.shift();
            continue;
        }
        if (name === 'help')
            help = true;
        if (name === 'help' || name === 'json') {
            given.set(name, 'true');
            continue;
        }
        let value = at < 0 ? undefined : word.slice(at + 1);
        if (negated)
            value = 'false';
        else if (value === undefined && row?.kind === 'flag') {
            value = rest[0] === 'true' || rest[0] === 'false' ? rest.shift() : 'true';
        }
        else if (value === undefined && rest[0] !== undefined && !rest[0].startsWith('--'))
            value = rest.shift();
        const before = given.get(name);
        if (value === undefined)
            problems.push(`--${name}: needs a value`);
        else if (before === undefined)
            given.set(name, value);
        else if (row !== undefined && repeatable.includes(row.kind))
            given.set(name, `${before}\n${value}`);
        else
            problems.push(`--${name}: is given twice`);
    }
    const outputFile = given.get('output-file');
    const stateFile = given.get('state-file');
    return {
        inputs: Object.fromEntries([...given].filter(([name]) => Object.hasOwn(table, name))),
        options: {
            ...(given.has('json') ? { json: true } : {}),
            ...(outputFile === undefined ? {} : { outputFile }),
            ...(stateFile === undefined ? {} : { stateFile }),
        },
        help,
        problems,
    };
}
//# sourceMappingURL=flags.js.map
// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/hosts/surroundings.js
var hosts_surroundings = __webpack_require__(9342);
;// CONCATENATED MODULE: ./build/src/help.js



/** What is asked for in the place of a value, by kind. */
const placeholder = (input) => {
    if (input.kind === 'flag')
        return '';
    return input.kind === 'choice' ? ` <${(input.options ?? []).join('|')}>` : ` <${input.kind}>`;
};
/** The help of one action, from its table. */
function actionHelp(action) {
    const inputs = Object.entries(action.inputs).map(([name, input]) => [
        `--${name}${placeholder(input)}`,
        `${input.description}${input.required ? ' (required)' : ''}${input.default ? ` (default: ${oneLine(input.default)})` : ''}`,
    ]);
    const outputs = Object.entries({ ...action.outputs, ...action_define/* commonOutputs */.e });
    const own = Object.entries(ownFlags).map(([name, text]) => [`--${name}`, text]);
    return [
        `strangler-deploy ${action.name} [flags]`,
        '',
        action.description,
        '',
        'Inputs',
        ...columns(inputs),
        '',
        'Outputs',
        ...columns(outputs.map(([name, { description }]) => [name, description])),
        '',
        'Flags of the command line',
        ...columns(own),
        '',
        `Every input can also be given as a variable, such as ${(0,hosts_surroundings/* inputVariable */.LO)(Object.keys(action.inputs)[0] ?? 'dry-run')}.`,
        'Exit code: 0 succeeded or unchanged, 1 failed, 2 wrong inputs, 3 waiting or blocked, 130 cancelled.',
        '',
    ].join('\n');
}
/** The help of the whole command line. `actions` are names with their descriptions. */
const commandHelp = (actions) => [
    'strangler-deploy <command> [flags]',
    '',
    'Actions',
    ...columns(actions),
    '',
    'Commands',
    ...columns([
        ['post <action>', 'Finish what a killed or cancelled run of an action left open'],
        ['sandbox', 'Run the embedded cloud on this machine until Ctrl-C'],
        ['<command> --help', 'Show the flags of an action or a command'],
    ]),
    '',
].join('\n');
/** Two columns, the second wrapped to the width of a page. */
function columns(rows, width = 110) {
    const first = Math.min(34, Math.max(...rows.map(([name]) => name.length), 0) + 2);
    return rows.flatMap(([name, text]) => {
        const wrapped = wrap(text, width - first - 2);
        const head = name.length + 2 > first ? [`  ${name}`] : [];
        const lines = wrapped.map((line, at) => `  ${(at === 0 && head.length === 0 ? name : '').padEnd(first)}${line}`);
        return [...head, ...lines];
    });
}
function wrap(text, width) {
    const lines = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
        if (line !== '' && line.length + 1 + word.length > width) {
            lines.push(line);
            line = word;
        }
        else
            line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
}
const oneLine = (text) => text.trim().replaceAll('\n', '\\n');
//# sourceMappingURL=help.js.map
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/hosts/state-file.js
var state_file = __webpack_require__(3923);
;// CONCATENATED MODULE: ./build/src/sandbox-command.js






const table = {
    port: (0,inputs/* integer */.nd)(0, 65_535)({ description: 'Port on 127.0.0.1; 0 takes any free one', default: '0' }),
    speed: (0,inputs/* integer */.nd)(0, 10_000)({ description: 'How many times as fast as real time; 0 stands still', default: '1' }),
    account: (0,inputs/* textLike */.r1)(/^\d{12}$/, 'an account id of 12 digits')({ description: 'Account id', default: '123456789012' }),
    region: (0,inputs/* textLike */.r1)(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as 'eu-west-1'")({
        description: 'Region',
        default: 'eu-west-1',
    }),
    // Not --env-file: Node 20 takes that for itself, wherever it stands.
    dotenv: (0,inputs/* text */.Qq)({ description: 'Also write the variables into this file, a NAME=value line each' }),
    kubeconfig: (0,inputs/* text */.Qq)({ description: 'Where to write the kubeconfig', default: '.strangler-deploy/sandbox/kubeconfig' }),
};
/**
 * `strangler-deploy sandbox`: runs the embedded cloud until SIGINT or SIGTERM and prints the variables that lead tools to it,
 * as lines for a shell or, with --json, as one object.
 */
async function runSandbox(argv, surroundings) {
    const flags = readFlags(table, argv);
    if (flags.help)
        return void surroundings.stdout.write(help());
    const problems = [...flags.problems];
    let options;
    try {
        options = parse(flags.inputs);
    }
    catch (error) {
        if (!(error instanceof errors/* InputError */.dz))
            throw error;
        problems.push(...error.problems);
    }
    if (options === undefined || problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    const stopped = new Promise((stop) => {
        surroundings.signals.on('SIGINT', stop);
        surroundings.signals.on('SIGTERM', stop);
    });
    const { startSandbox } = await __webpack_require__.e(/* import() */ 503).then(__webpack_require__.bind(__webpack_require__, 5503));
    const { port, speed, account, region } = options;
    const sandbox = await startSandbox({ port, speed, accountId: account, region });
    const variables = { ...sandbox.environment() };
    const kubeconfig = kubeconfigOf(sandbox);
    if (kubeconfig !== undefined) {
        const path = (0,external_node_path_.resolve)(surroundings.cwd, options.kubeconfig);
        (0,state_file/* writeWhole */.f)(path, kubeconfig);
        variables['KUBECONFIG'] = path;
    }
    const entries = Object.entries(variables);
    if (options.dotenv !== undefined) {
        const lines = entries.map(([name, value]) => `${name}=${value}\n`).join('');
        (0,state_file/* writeWhole */.f)((0,external_node_path_.resolve)(surroundings.cwd, options.dotenv), lines);
    }
    surroundings.stdout.write(flags.options.json
        ? `${JSON.stringify({ endpoint: sandbox.endpoint(), port: sandbox.port, environment: variables })}\n`
        : entries.map(([name, value]) => `export ${name}=${shellQuoted(value)}\n`).join(''));
    surroundings.stderr.write(`sandbox: listening on ${sandbox.endpoint()}, Ctrl-C ends it\n`);
    await stopped;
    await sandbox.close();
    surroundings.exitCode(0);
}
const parse = (given) => (0,inputs/* parseInputs */.TL)(table, (name) => given[name]);
/** A sandbox with a Kubernetes part offers the file that leads kubectl and helm to it. */
function kubeconfigOf(sandbox) {
    const offered = 'kubeconfig' in sandbox ? sandbox.kubeconfig : undefined;
    const text = typeof offered === 'function' ? offered.call(sandbox) : undefined;
    return typeof text === 'string' ? text : undefined;
}
const shellQuoted = (value) => /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
const help = () => [
    'strangler-deploy sandbox [flags]',
    '',
    'Runs the embedded cloud on this machine: the AWS services, a registry and Kubernetes on one port of loopback.',
    '',
    ...columns([
        ...Object.entries(table).map(([name, row]) => [
            `--${name} <${row.kind}>`,
            `${row.description}${row.default === undefined ? '' : ` (default: ${row.default})`}`,
        ]),
        ['--json', 'Print one JSON object'],
    ]),
    '',
    'Run it with --dotenv sandbox.env; in another shell: set -a; . ./sandbox.env',
    '',
].join('\n');
//# sourceMappingURL=sandbox-command.js.map
// EXTERNAL MODULE: ./build/src/step.js + 12 modules
var step = __webpack_require__(152);
;// CONCATENATED MODULE: ./build/src/cli.js









/** `strangler-deploy <action> [flags]`, `post <action>`, `sandbox`, `--help`. The exit code is left in the surroundings. */
async function commandLine(argv, surroundings) {
    const [command, ...rest] = argv;
    try {
        if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
            if (command === undefined)
                surroundings.exitCode(2);
            const names = Object.keys(registry/* registry */.u).sort();
            const actions = await Promise.all(names.map(async (name) => [name, (await (0,step/* actionNamed */.I)(name)).description]));
            const sink = command === undefined ? surroundings.stderr : surroundings.stdout;
            sink.write(commandHelp(actions));
        }
        else if (command === 'sandbox')
            await runSandbox(rest, surroundings);
        else if (command === 'post')
            await cli_step('post', rest[0], rest.slice(1), surroundings);
        else
            await cli_step('main', command, rest, surroundings);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        const problems = error instanceof errors/* InputError */.dz ? error.problems : [error.message];
        surroundings.stderr.write(problems.map((problem) => `error: ${problem}\n`).join(''));
        surroundings.exitCode(2);
    }
}
async function cli_step(which, name, argv, surroundings) {
    if (name === undefined)
        throw new errors/* UserError */.yo('post: expected the name of an action');
    const commands = [...Object.keys(registry/* registry */.u), 'post', 'sandbox'];
    if (!Object.hasOwn(registry/* registry */.u, name)) {
        const near = (0,closest/* closest */.kp)(name, commands);
        throw new errors/* UserError */.yo(`there is no command '${name}'${near === undefined ? '; see strangler-deploy --help' : `, did you mean '${near}'?`}`);
    }
    const action = await (0,step/* actionNamed */.I)(name);
    const flags = readFlags(action.inputs, argv);
    if (flags.help)
        return void surroundings.stdout.write(actionHelp(action));
    if (flags.problems.length > 0) {
        const inputs = which === 'main' ? problemsOf(() => (0,run/* readInputs */.Ko)(action, (input) => given(input))) : [];
        throw new errors/* InputError */.dz([...flags.problems, ...inputs]);
    }
    await (0,step/* runStep */.e)(surroundings, { action: name, step: which, flags: flags.inputs, ...flags.options });
    function given(input) {
        return flags.inputs[input] ?? surroundings.env[(0,hosts_surroundings/* inputVariable */.LO)(input)];
    }
}
function problemsOf(read) {
    try {
        read();
        return [];
    }
    catch (error) {
        if (error instanceof errors/* InputError */.dz)
            return error.problems;
        throw error;
    }
}
//# sourceMappingURL=cli.js.map

/***/ })

};
