export const id = 424;
export const ids = [424];
export const modules = {

/***/ 3424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dualDeploy: () => (/* binding */ dualDeploy)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var action_inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
// EXTERNAL MODULE: ./build/src/action/outcome.js
var action_outcome = __webpack_require__(2120);
// EXTERNAL MODULE: ./build/src/action/command.js
var command = __webpack_require__(8653);
;// CONCATENATED MODULE: ./build/src/dual/placeholders.js


const placeholders_form = /\{\{\s*([A-Za-z0-9_.-]*)\s*\}\}/g;
/** The names that a text asks for. */
const placeholdersIn = (text) => [...text.matchAll(placeholders_form)].map(([, name]) => name ?? '');
/**
 * Puts values in, once: what a value contains is never looked at again.
 * @throws UserError for a name that nothing stands for
 */
const fillPlaceholders = (text, values) => text.replaceAll(placeholders_form, (_, name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
        throw new errors/* UserError */.yo(`'{{ ${name} }}' stands for nothing here${(0,closest/* didYouMean */.au)(name, Object.keys(values))}`);
    }
    return value;
});
//# sourceMappingURL=placeholders.js.map
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: ./build/src/action/run.js
var run = __webpack_require__(8509);
;// CONCATENATED MODULE: ./build/src/action/nested.js



/**
 * Every problem of a nested action's inputs, a line each, with `where` in front; nothing is called.
 * A caller checks all that it will run with this first, and reports all at once. Unknown names are problems too.
 */
function nestedProblems(action, raw, where) {
    const known = Object.keys(action.inputs);
    const problems = Object.keys(raw)
        .filter((name) => raw[name] !== undefined && !known.includes(name))
        .map((name) => {
        const near = (0,closest/* closest */.kp)(name, known);
        return `${action.name} has no input '${name}'${near === undefined ? '' : `, did you mean '${near}'?`}`;
    });
    try {
        (0,run/* readInputs */.Ko)(action, (name) => raw[name]);
    }
    catch (error) {
        if (!(error instanceof errors/* InputError */.dz))
            throw error;
        problems.push(...error.problems);
    }
    return problems.map((problem) => `${where}: ${problem}`);
}
/**
 * Runs an action inside another one: its log lines carry the prefix, its outputs, summary and result are captured instead of written,
 * and its state is kept under `<prefix>.<name>`, where `postNested` with the same prefix finds it.
 * What it throws becomes the result's outcome, as for an action of its own. @throws InputError
 */
async function runNested(action, raw, context, prefix, options = {}) {
    const captured = { outputs: {}, summaries: [] };
    const host = childHost(raw, context, prefix, captured, options);
    const inputs = (0,run/* readInputs */.Ko)(action, (name) => host.input(name));
    const result = await (0,run/* settle */.G9)(action, inputs, host, context.clock);
    const outputs = { ...captured.outputs };
    for (const [name, value] of Object.entries(result.outputs))
        if (value !== undefined)
            outputs[name] = value;
    const summary = [...captured.summaries, result.summary ?? ''].filter((part) => part !== '').join('\n');
    return { result, outputs, summary };
}
/** Runs the post step of an action that `runNested` ran with the same prefix, also in another process. */
async function postNested(action, raw, context, prefix) {
    if (action.post === undefined)
        return;
    const host = childHost(raw, context, prefix, { outputs: {}, summaries: [] }, {});
    const inputs = (0,run/* readInputs */.Ko)(action, (name) => host.input(name));
    await action.post({ inputs, host, clock: context.clock, signal: host.signal, env: host.env });
}
function childHost(raw, context, prefix, captured, options) {
    const parent = context.host;
    const prefixed = (message) => message
        .split('\n')
        .map((line) => `[${prefix}] ${line}`)
        .join('\n');
    return {
        name: parent.name,
        facts: parent.facts,
        env: context.env,
        signal: options.signal ?? context.signal,
        input: (name) => raw[name],
        output(name, value) {
            captured.outputs[name] = value;
        },
        mask: (secret) => parent.mask(secret),
        summary(markdown) {
            captured.summaries.push(markdown);
        },
        link: (label, url) => parent.link(`${prefix}: ${label}`, url),
        saveState: (name, value) => parent.saveState(`${prefix}.${name}`, value),
        loadState: (name) => parent.loadState(`${prefix}.${name}`),
        // The caller writes the one result file; it has this one's detail in NestedRun.
        writeResult: (_result) => '',
        finish: async () => undefined,
        info: (message) => parent.info(prefixed(message)),
        debug: (message) => parent.debug(prefixed(message)),
        warn: (message) => parent.warn(prefixed(message)),
        error: (message) => parent[options.errors ?? 'error'](prefixed(message)),
        // Groups do not nest, and two nested actions may run side by side: a heading, not a fold.
        async group(title, body) {
            parent.info(prefixed(`▸ ${title}`));
            return await body();
        },
    };
}
//# sourceMappingURL=nested.js.map
;// CONCATENATED MODULE: ./build/src/dual/side.js







const outputPrefix = 'outputs.';
const isLater = (name) => name.startsWith(outputPrefix);
/** Everything that is wrong with a side's steps, as far as it shows before an artifact is deployed. */
async function checkSide(side, plan, actions, values) {
    const problems = [];
    for (const [index, step] of plan.steps.entries()) {
        const at = plan.steps.length === 1 ? side : `${side}.steps[${index}]`;
        const texts = 'command' in step ? step.command : Object.values(step.with);
        const unknown = texts.flatMap(placeholdersIn).filter((name) => !isLater(name) && !Object.hasOwn(values, name));
        problems.push(...unknown.map((name) => `${at}: '{{ ${name} }}' stands for nothing${(0,closest/* didYouMean */.au)(name, Object.keys(values))}`));
        if ('action' in step && unknown.length === 0)
            problems.push(...(await checkAction(step, at, actions, values)));
    }
    return problems;
}
async function checkAction(step, at, actions, values) {
    const load = Object.hasOwn(actions, step.action) ? actions[step.action] : undefined;
    if (load === undefined) {
        const known = Object.keys(actions);
        return [
            `${at}: there is no action '${step.action}'${(0,closest/* didYouMean */.au)(step.action, known) || ` (known: ${known.join(', ')})`}`,
        ];
    }
    const action = await load();
    const later = Object.entries(step.with).filter(([, value]) => placeholdersIn(value).some(isLater));
    const now = Object.entries(step.with).filter(([, value]) => !placeholdersIn(value).some(isLater));
    const raw = Object.fromEntries(now.map(([name, value]) => [name, fillPlaceholders(value, values)]));
    if (later.length === 0)
        return nestedProblems(action, raw, at);
    // What an earlier step will put out is not known yet: these inputs and the rules between inputs are checked when it is.
    const rest = Object.fromEntries(Object.entries(action.inputs).filter(([name]) => !later.some(([given]) => given === name)));
    const { check: _, ...unruled } = action;
    const misnamed = later.filter(([name]) => !Object.hasOwn(action.inputs, name));
    return [
        ...misnamed.map(([name]) => `${at}: ${action.name} has no input '${name}'${(0,closest/* didYouMean */.au)(name, Object.keys(action.inputs))}`),
        ...nestedProblems({ ...unruled, inputs: rest }, raw, at),
    ];
}
/** Carries out a side's steps, one after another; stops at the first that does not succeed. */
async function runSide(side, plan, actions, values, options, context) {
    let outputs = {};
    let last;
    let outcome = 'unchanged';
    const summaries = [];
    const begun = [];
    for (const [index, step] of plan.steps.entries()) {
        const filled = {
            ...values,
            ...Object.fromEntries(Object.entries(outputs).map(([k, v]) => [`${outputPrefix}${k}`, v])),
        };
        let ended;
        if ('command' in step) {
            last = undefined;
            const argv = step.command.map((argument) => fillPlaceholders(argument, filled));
            ended = options.dryRun ? planned(side, argv, context) : await runSideCommand(side, argv, values, context);
        }
        else {
            const action = await actions[step.action]();
            const inputs = Object.fromEntries(Object.entries(step.with).map(([name, value]) => [name, fillPlaceholders(value, filled)]));
            if (options.dryRun) {
                if (!Object.hasOwn(action.inputs, 'dry-run'))
                    throw new errors/* UserError */.yo(`${side}: ${action.name} has no dry run`);
                inputs['dry-run'] = 'true';
            }
            const prefix = plan.steps.length === 1 ? side : `${side}.${index + 1}`;
            begun.push({ action: step.action, inputs, prefix });
            if (action.post !== undefined)
                context.host.saveState(`${side}.begun`, JSON.stringify(begun));
            const run = await runNestedStep(action, inputs, context, prefix, options);
            outputs = { ...outputs, ...run.outputs };
            if (run.summary !== '')
                summaries.push(run.summary);
            last = { action: step.action, inputs };
            ended = run;
        }
        if (!(0,action_outcome/* isSuccess */.oJ)(ended.outcome))
            return { outcome: ended.outcome, reason: ended.reason, outputs, last, summaries };
        if (ended.outcome === 'succeeded' && makesChange(step))
            outcome = 'succeeded';
    }
    return { outcome, reason: undefined, outputs, last, summaries };
}
/** Rendering a file changes nothing on a platform. */
const makesChange = (step) => 'command' in step || step.action !== 'render-task-def';
async function runNestedStep(action, inputs, context, prefix, options) {
    try {
        const run = await runNested(action, inputs, context, prefix, { errors: options.standby ? 'warn' : 'error' });
        return { outcome: run.result.outcome, reason: run.result.reason, outputs: run.outputs, summary: run.summary };
    }
    catch (error) {
        // The other side may be half-way by now: what this step was given is its own failure, not the end of both.
        if (!(error instanceof errors/* InputError */.dz))
            throw error;
        return { outcome: 'failed', reason: `${action.name}: ${error.message}`, outputs: {}, summary: '' };
    }
}
/** Finishes what a side's actions left open, in the post step of the run that began them. */
async function postSide(side, actions, context) {
    const saved = context.host.loadState(`${side}.begun`);
    if (saved === undefined)
        return;
    for (const { action: name, inputs, prefix } of JSON.parse(saved)) {
        const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (load !== undefined)
            await postNested(await load(), inputs, context, prefix);
    }
}
function planned(side, argv, context) {
    context.host.info(`[${side}] would run ${JSON.stringify(argv)}`);
    return { outcome: 'succeeded' };
}
/** Runs a side's own program with the artifact in its environment. Its exit code is its word. */
async function runSideCommand(side, argv, values, context) {
    const { host, signal } = context;
    let lastLine = '';
    const env = commandEnvironment(side, values, context);
    const { code, signal: killed } = await (0,command/* runCommand */.d)(argv, {
        env,
        signal,
        onLine: (line) => {
            if (line.trim() !== '')
                lastLine = line.trim();
            host.info(`[${side}] ${line}`);
        },
    });
    if (signal.aborted) {
        const by = signal.reason instanceof cancel/* Cancelled */.cJ ? signal.reason.by : (0,errors/* messageOf */.bD)(signal.reason);
        return { outcome: 'cancelled', reason: `${argv[0]} was stopped (${by})` };
    }
    if (code === 0)
        return { outcome: 'succeeded' };
    const how = code === null ? `was killed by ${killed}` : `exited with ${code}`;
    return { outcome: 'failed', reason: `${argv[0]} ${how}${lastLine === '' ? '' : `: ${lastLine}`}` };
}
/** The environment of a side's own programs: `{ image: x }` is there as `STRANGLER_IMAGE`, the side as `STRANGLER_SIDE`. */
const commandEnvironment = (side, values, { env }) => ({
    ...env,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [
        `STRANGLER_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
        value,
    ])),
    STRANGLER_SIDE: side,
});
//# sourceMappingURL=side.js.map
;// CONCATENATED MODULE: ./build/src/dual/parity.js





const digestForm = /^(?:\S+@)?(sha256:[0-9a-f]{64})$/;
/** Adds to a side's end what runs there now, read back from its platform. What cannot be read is said, and is no parity. */
async function readBack(side, plan, run, readers, values, context) {
    const base = { side, outcome: run.outcome, reason: run.reason };
    if (context.signal.aborted)
        return { ...base, running: undefined, unread: 'not read: the run was cancelled' };
    try {
        if (plan.digestCommand !== undefined) {
            const argv = plan.digestCommand.map((argument) => fillPlaceholders(argument, values));
            return {
                ...base,
                running: await digestsFrom(argv, commandEnvironment(side, values, context), context),
                unread: undefined,
            };
        }
        const reader = run.last && Object.hasOwn(readers, run.last.action) ? readers[run.last.action] : undefined;
        if (run.last === undefined || reader === undefined) {
            const unread = (0,action_outcome/* isSuccess */.oJ)(run.outcome)
                ? 'what runs there is not known: its last step is a command, so give it a digest-command that prints the running digest'
                : 'not read: the side did not get as far';
            return { ...base, running: undefined, unread };
        }
        return { ...base, running: await reader(run.last.inputs, values['image'] ?? '', context), unread: undefined };
    }
    catch (error) {
        return { ...base, running: undefined, unread: `what runs there could not be read: ${(0,errors/* messageOf */.bD)(error)}` };
    }
}
async function digestsFrom(argv, env, { signal }) {
    const { code, stdout, stderr } = await (0,command/* runCommand */.d)(argv, { env, signal });
    if (code !== 0)
        throw new Error(`${argv[0]} exited with ${code}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    const lines = stdout.split('\n').map((line) => line.trim());
    return lines
        .filter((line) => line !== '')
        .map((line) => {
        const digest = digestForm.exec(line)?.[1];
        if (digest === undefined)
            throw new Error(`${argv[0]} printed '${line.slice(0, 100)}', which is no sha256 digest`);
        return digest;
    });
}
//# sourceMappingURL=parity.js.map
;// CONCATENATED MODULE: ./build/src/dual/phase.js
/** The phases of an environment, in the order in which a migration goes through them. */
const phases = ['legacy', 'archive', 'dual', 'shifting', 'new-primary', 'new'];
const sides = ['legacy', 'new'];
const rules = {
    legacy: { deploys: ['legacy'], owner: 'legacy' },
    archive: { deploys: ['legacy'], owner: 'legacy' },
    dual: { deploys: ['legacy', 'new'], owner: 'legacy' },
    shifting: {
        deploys: ['legacy', 'new'],
        owner: 'legacy',
        frozen: 'traffic is moving between the sides, so both must keep the digest they run: finish the shift or take it back first',
    },
    'new-primary': { deploys: ['legacy', 'new'], owner: 'new' },
    new: { deploys: ['new'], owner: 'new' },
};
/** The rule of a phase. */
const phaseRule = (phase) => rules[phase];
//# sourceMappingURL=phase.js.map
;// CONCATENATED MODULE: ./build/src/dual/verdict.js


/**
 * The outcome of a deployment by the rule of its phase: the owner's failure is the failure of the whole;
 * the other side's failure warns and clears parity.
 * @param accepted the artifact's digest and those of the platform images under it
 */
function dualVerdict(phase, accepted, results) {
    const { deploys, owner } = phaseRule(phase);
    const of = (side) => results.find((result) => result.side === side);
    const main = of(owner);
    const standby = sides.map(of).find((result) => result !== undefined && result.side !== owner);
    if (main === undefined)
        throw new Error(`phase ${phase} has no result of its owner, ${owner}`);
    const parity = deploys.length < 2 ? undefined : results.every((result) => runsOnly(result, accepted));
    const cancelled = results.find((result) => result.outcome === 'cancelled');
    if (cancelled !== undefined)
        return { outcome: 'cancelled', reason: named(cancelled), warnings: [], parity };
    if (!(0,action_outcome/* isSuccess */.oJ)(main.outcome)) {
        const also = standby !== undefined && !(0,action_outcome/* isSuccess */.oJ)(standby.outcome) ? [named(standby)] : [];
        return { outcome: main.outcome, reason: named(main), warnings: also, parity };
    }
    if (!runsOnly(main, accepted)) {
        const reason = `${owner}: ${main.unread ?? `runs ${list(main.running)}, not the artifact`}`;
        return { outcome: 'failed', reason, warnings: [], parity };
    }
    const warnings = [];
    if (standby !== undefined && !(0,action_outcome/* isSuccess */.oJ)(standby.outcome)) {
        warnings.push(`${named(standby)} (the ${owner} side owns the traffic and succeeded; parity is lost)`);
    }
    else if (standby !== undefined && parity === false) {
        warnings.push(`${standby.side}: ${standby.unread ?? `runs ${list(standby.running)}, not the artifact`}: no parity`);
    }
    const unchanged = results.every((result) => result.outcome === 'unchanged');
    return { outcome: unchanged ? 'unchanged' : 'succeeded', reason: undefined, warnings, parity };
}
/** The same where parity is a gate: a success that has lost parity is a failure, and what was a warning is its reason. */
function requiringParity(verdict) {
    if (verdict.parity !== false || !(0,action_outcome/* isSuccess */.oJ)(verdict.outcome))
        return verdict;
    const [reason = 'the sides do not run the same digest', ...warnings] = verdict.warnings;
    return { ...verdict, outcome: 'failed', reason: `parity is required: ${reason}`, warnings };
}
const runsOnly = (result, accepted) => result.running !== undefined && result.running.length > 0 && result.running.every((digest) => accepted.has(digest));
const named = (result) => `${result.side}: ${result.reason ?? result.outcome}`;
const list = (digests) => digests === undefined || digests.length === 0 ? 'nothing' : digests.join(', ');
//# sourceMappingURL=verdict.js.map
;// CONCATENATED MODULE: ./build/src/dual/deploy.js







/** When the sides are deployed to: both at once, or the standby only after the owner's success. */
const orders = ['together', 'owner-first'];
/**
 * The plan of an environment; a single service need not be named.
 * @throws UserError naming what there is
 */
function environmentOf(file, service, environment) {
    const names = Object.keys(file.services);
    const name = service ?? (names.length === 1 ? names[0] : undefined);
    if (name === undefined)
        throw new errors/* UserError */.yo(`input 'service': is required, since the file names several: ${names.join(', ')}`);
    const environments = Object.hasOwn(file.services, name) ? file.services[name] : undefined;
    if (environments === undefined) {
        throw new errors/* UserError */.yo(`input 'service': the file has no '${name}'${(0,closest/* didYouMean */.au)(name, names)} (it has ${names.join(', ')})`);
    }
    const known = Object.keys(environments);
    const plan = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
    if (plan === undefined) {
        const has = known.length === 0 ? 'none' : known.join(', ');
        throw new errors/* UserError */.yo(`input 'environment': ${name} has no '${environment}'${(0,closest/* didYouMean */.au)(environment, known)} (it has ${has})`);
    }
    return { service: name, plan };
}
/**
 * Deploys one artifact to the sides of its phase, both at once, and reads back what runs.
 * Neither side's failure stops the other.
 * @throws InputError with every problem of both sides' steps, before anything is called
 */
async function deployDual(deployment, plan, parts, context) {
    const rule = phaseRule(deployment.phase);
    if (rule.frozen !== undefined) {
        const reason = `${deployment.service} in ${deployment.environment} is ${deployment.phase}: ${rule.frozen}`;
        return { outcome: 'blocked', reason, warnings: [], parity: undefined, sides: [], runs: {} };
    }
    const values = placeholderValues(deployment, plan, context);
    const plans = rule.deploys.map((side) => [side, plan.sides[side]]);
    const problems = [];
    for (const [side, sidePlan] of plans) {
        if (sidePlan === undefined)
            problems.push(`${side}: the environment has no such side, but phase ${deployment.phase} deploys to it`);
        else
            problems.push(...(await checkSide(side, sidePlan, parts.actions, values)));
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    context.host.info(`${deployment.service} in ${deployment.environment} (${deployment.phase}): ${deployment.digest.slice(0, 19)} to ${rule.deploys.join(' and ')}; ${rule.owner} owns the traffic`);
    const run = async (side) => {
        const options = { dryRun: deployment.dryRun, standby: side !== rule.owner };
        return await runSide(side, plan.sides[side], parts.actions, values, options, context);
    };
    const ended = await inOrder(rule, deployment.order ?? 'together', run, context);
    const runs = Object.fromEntries(ended);
    if (deployment.dryRun) {
        const failed = ended.find(([, run]) => run.reason !== undefined);
        const outcome = failed?.[1].outcome ?? 'succeeded';
        return { outcome, reason: failed?.[1].reason, warnings: [], parity: undefined, sides: [], runs };
    }
    const accepted = await parts.acceptedDigests(deployment.image, context);
    const results = await Promise.all(ended.map(([side, run]) => readBack(side, plan.sides[side], run, parts.readers, values, context)));
    const verdict = dualVerdict(deployment.phase, accepted, results);
    return { ...(deployment.requireParity ? requiringParity(verdict) : verdict), sides: results, runs };
}
/** Runs the sides of a phase; a standby that waits is left as it is when the owner did not succeed. */
async function inOrder({ deploys, owner }, order, run, { host, signal }) {
    if (order === 'together' || deploys.length < 2)
        return await Promise.all(deploys.map(async (side) => [side, await run(side)]));
    const main = await run(owner);
    const standbys = deploys.filter((side) => side !== owner);
    if ((0,action_outcome/* isSuccess */.oJ)(main.outcome) && !signal.aborted) {
        const rest = await Promise.all(standbys.map(async (side) => [side, await run(side)]));
        return [[owner, main], ...rest];
    }
    const reason = `left as it is, since the ${owner} side did not succeed before it`;
    host.info(`${standbys.join(', ')}: ${reason}`);
    const left = { outcome: 'blocked', reason, outputs: {}, last: undefined, summaries: [] };
    return [[owner, main], ...standbys.map((side) => [side, left])];
}
/** What `{{ … }}` stands for in strangler.yml; also the `STRANGLER_…` variables of a side's commands. */
function placeholderValues(deployment, plan, context) {
    const { facts } = context.host;
    return {
        image: deployment.image,
        digest: deployment.digest,
        repository: deployment.image.slice(0, deployment.image.lastIndexOf('@')),
        service: deployment.service,
        environment: deployment.environment,
        folder: deployment.folder,
        phase: deployment.phase,
        commit: facts.commit ?? '',
        run: facts.runId,
        ...Object.fromEntries(Object.entries(plan.values).map(([name, value]) => [`values.${name}`, value])),
    };
}
//# sourceMappingURL=deploy.js.map
// EXTERNAL MODULE: ./build/src/action/clock.js
var clock = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/src/dual/report.js


const report_short = (digest) => `\`${digest.replace('sha256:', '').slice(0, 12)}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
/** The Markdown summary: what went where, what runs there now, and what each side has to say. */
function dualSummary(deployment, result, tookMs) {
    const { owner, deploys } = phaseRule(deployment.phase);
    const parity = result.parity === undefined ? '' : ` · parity **${result.parity ? 'yes' : 'no'}**`;
    const lines = [
        `## ${deployment.service} → ${deployment.environment}: ${result.outcome}`,
        '',
        `Phase **${deployment.phase}** · ${owner} owns the traffic · artifact ${report_short(deployment.digest)}${parity} · ${(0,clock/* formatDuration */.a3)(tookMs)}`,
    ];
    if (result.reason !== undefined)
        lines.push('', `> ${cell(result.reason)}`);
    for (const warning of result.warnings)
        lines.push('', `> ⚠️ ${cell(warning)}`);
    if (result.sides.length > 0) {
        lines.push('', '| side | outcome | running | why |', '| --- | --- | --- | --- |');
        for (const side of result.sides) {
            const running = side.running?.map(report_short).join(' ') || (side.unread ?? 'nothing');
            const mark = side.side === owner && deploys.length > 1 ? `**${side.side}** (owner)` : side.side;
            lines.push(`| ${mark} | ${side.outcome} | ${cell(running)} | ${cell(side.reason ?? '')} |`);
        }
    }
    for (const run of Object.values(result.runs)) {
        for (const summary of run?.summaries ?? [])
            lines.push('', summary.replace(/^(#+) /gm, '#$1 '));
    }
    return lines.join('\n');
}
/** The full result as JSON. */
const dualDetail = (deployment, result) => ({
    service: deployment.service,
    environment: deployment.environment,
    phase: deployment.phase,
    owner: phaseRule(deployment.phase).owner,
    image: deployment.image,
    digest: deployment.digest,
    parity: result.parity ?? null,
    warnings: [...result.warnings],
    sides: result.sides.map((side) => ({
        side: side.side,
        outcome: side.outcome,
        reason: side.reason ?? null,
        running: side.running === undefined ? null : [...side.running],
        unread: side.unread ?? null,
        outputs: { ...(result.runs[side.side]?.outputs ?? {}) },
    })),
});
//# sourceMappingURL=report.js.map
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/dual/strangler-file.js




const largestFile = 1024 * 1024;
/**
 * Reads a strangler.yml (YAML or JSON).
 * @throws InputError with every problem, each with the path to it
 */
function parseStranglerFile(text, file = 'strangler.yml') {
    if (text.length > largestFile)
        throw new errors/* InputError */.dz([`${file}: is larger than 1 MiB`]);
    let document;
    try {
        document = (0,dist/* parse */.qg)(text, { maxAliasCount: 100 });
    }
    catch (error) {
        throw new errors/* InputError */.dz([`${file}: is not YAML: ${(0,errors/* messageOf */.bD)(error)}`]);
    }
    const problems = [];
    const say = (path, problem) => {
        problems.push(`${file}: ${path === '' ? '' : `${path}: `}${problem}`);
    };
    const services = {};
    const root = mapping(document, '', say, ['version', 'services']);
    if (root?.['version'] !== undefined && root['version'] !== 1)
        say('version', `expected 1, got ${show(root['version'])}`);
    for (const [service, value] of Object.entries(mapping(root?.['services'], 'services', say) ?? {})) {
        const path = `services.${service}`;
        const environments = mapping(mapping(value, path, say, ['environments'])?.['environments'], `${path}.environments`, say);
        services[service] = {};
        for (const [name, environment] of Object.entries(environments ?? {})) {
            const plan = environmentPlan(environment, `${path}.environments.${name}`, say);
            if (plan !== undefined)
                services[service][name] = plan;
        }
    }
    if (problems.length === 0 && Object.keys(services).length === 0)
        say('services', 'names no service');
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return { services };
}
function environmentPlan(value, path, say) {
    const row = mapping(value, path, say, ['phase', 'values', ...sides]);
    if (row === undefined)
        return undefined;
    const phase = phases.find((known) => known === row['phase']);
    if (phase === undefined) {
        say(`${path}.phase`, `expected one of ${phases.join(', ')}, got ${show(row['phase'])}`);
        return undefined;
    }
    const plans = {};
    for (const side of sides) {
        if (row[side] !== undefined) {
            const plan = sidePlan(row[side], `${path}.${side}`, say);
            if (plan !== undefined)
                plans[side] = plan;
        }
        else if (phaseRule(phase).deploys.includes(side)) {
            say(`${path}.${side}`, `is missing: phase ${phase} deploys to ${phaseRule(phase).deploys.join(' and ')}`);
        }
    }
    const values = row['values'] === undefined ? {} : inputValues(row['values'], `${path}.values`, say);
    return { phase, values, sides: plans };
}
function sidePlan(value, path, say) {
    const row = mapping(value, path, say, ['action', 'with', 'command', 'steps', 'digest-command']);
    if (row === undefined)
        return undefined;
    const digestCommand = row['digest-command'] === undefined ? undefined : argumentList(row['digest-command'], `${path}.digest-command`, say);
    const { 'digest-command': _, steps: list, ...single } = row;
    if (list === undefined) {
        const only = step(single, path, say);
        return only && { steps: [only], digestCommand };
    }
    if (Object.keys(single).length > 0)
        say(path, `give either steps or ${Object.keys(single).join(' and ')}, not both`);
    if (!Array.isArray(list) || list.length === 0) {
        say(`${path}.steps`, `expected a list of steps, got ${show(list)}`);
        return undefined;
    }
    const steps = list.map((item, index) => step(mapping(item, `${path}.steps[${index}]`, say, ['action', 'with', 'command']) ?? {}, `${path}.steps[${index}]`, say));
    return { steps: steps.filter((found) => found !== undefined), digestCommand };
}
function step(row, path, say) {
    const { action, command, with: given } = row;
    if ((action === undefined) === (command === undefined)) {
        say(path, 'give either an action or a command');
        return undefined;
    }
    if (command !== undefined) {
        if (given !== undefined)
            say(`${path}.with`, 'belongs to an action; a command takes its arguments in its list');
        const argv = argumentList(command, `${path}.command`, say);
        return argv && { command: argv };
    }
    if (typeof action !== 'string') {
        say(`${path}.action`, `expected the name of an action, got ${show(action)}`);
        return undefined;
    }
    return { action, with: given === undefined ? {} : inputValues(given, `${path}.with`, say) };
}
/** A mapping whose values are texts, or become texts. */
function inputValues(value, path, say) {
    const values = {};
    for (const [name, item] of Object.entries(mapping(value, path, say) ?? {})) {
        const text = inputText(item);
        if (text === undefined)
            say(`${path}.${name}`, `expected text, a number, true or false, or a list or mapping, got ${show(item)}`);
        else
            values[name] = text;
    }
    return values;
}
/**
 * Inputs are text: a list becomes lines, a mapping `KEY=value` lines, and what is nested deeper JSON, for inputs that take JSON.
 * Undefined for nothing and for what JSON cannot say.
 */
function inputText(value) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return String(value);
    if (typeof value !== 'object' || value === null)
        return undefined;
    const nested = (item) => typeof item === 'object' && item !== null;
    if (Object.values(value).some(nested))
        return JSON.stringify(value);
    const rows = Object.entries(value).map(([key, item]) => {
        const text = inputText(item);
        return text === undefined ? undefined : Array.isArray(value) ? text : `${key}=${text}`;
    });
    return rows.some((row) => row === undefined) ? undefined : rows.join('\n');
}
function argumentList(value, path, say) {
    const [program, ...rest] = Array.isArray(value) ? value : [];
    const plain = (item) => typeof item === 'string' || typeof item === 'number';
    if (typeof program !== 'string' || program === '' || !rest.every(plain)) {
        say(path, `expected a list such as ['ansible-playbook', 'deploy.yml'] (it is run without a shell), got ${show(value)}`);
        return undefined;
    }
    return [program, ...rest.map(String)];
}
function mapping(value, path, say, known) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        say(path, value === undefined || value === null ? 'is missing' : `expected a mapping, got ${show(value)}`);
        return undefined;
    }
    for (const key of Object.keys(value)) {
        if (known !== undefined && !known.includes(key)) {
            say(path === '' ? key : `${path}.${key}`, `is not known here${(0,closest/* didYouMean */.au)(key, known) || ` (known: ${known.join(', ')})`}`);
        }
    }
    return value;
}
const show = (value) => {
    const text = JSON.stringify(value) ?? 'nothing';
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};
//# sourceMappingURL=strangler-file.js.map
// EXTERNAL MODULE: ./build/src/aws/ecr-host.js
var ecr_host = __webpack_require__(4464);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/artifact/ecr-api.js + 1 modules
var ecr_api = __webpack_require__(9289);
// EXTERNAL MODULE: ./build/src/artifact/image-reference.js
var image_reference = __webpack_require__(5957);
// EXTERNAL MODULE: ./build/src/artifact/manifest.js
var artifact_manifest = __webpack_require__(467);
// EXTERNAL MODULE: ./build/src/artifact/repository.js + 3 modules
var repository = __webpack_require__(7083);
;// CONCATENATED MODULE: ./build/src/artifact/accepted-digests.js






/**
 * The digests that a platform may rightly report for an image: its own, and for an index those of its platforms
 * (some runtimes tell what they pulled, some what they run). Only reads.
 * @param image `host/repository@sha256:…`
 */
async function acceptedDigests(image, context) {
    const reference = (0,image_reference/* parseImageReference */.o_)(image);
    const { host, digest } = reference;
    if (digest === undefined)
        throw new Error(`${image} has no digest`);
    const region = (0,ecr_host/* ecrHost */.F)(host)?.region;
    const aws = (0,session/* awsSession */.y)({ region });
    try {
        const api = (0,ecr_api/* ecrApi */.B)(aws, context.host);
        const { store } = (0,repository/* sourceRepository */.s)(reference, api, context);
        const [manifest] = await store.manifests([digest], context.signal);
        if (manifest === undefined)
            throw new Error(`${image} was not read`);
        const platforms = (0,artifact_manifest/* isIndex */.nw)(manifest.mediaType) ? manifest.children.filter((child) => !(0,artifact_manifest/* isAttestation */.H3)(child)) : [];
        return new Set([digest, ...platforms.map((child) => child.digest)]);
    }
    finally {
        aws.close();
    }
}
//# sourceMappingURL=accepted-digests.js.map
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js + 1 modules
var ecs_api = __webpack_require__(1196);
;// CONCATENATED MODULE: ./build/src/ecs/running-digests.js

/**
 * The digests that a service runs, read from its running tasks; of the container, or of every container whose image is of the repository.
 * Several while two revisions run side by side.
 * @throws UserError when a running task does not tell its digest
 */
async function runningDigests(api, service, repository, signal) {
    const described = await api.service(service.cluster, service.name, signal);
    const tasks = await api.tasks(service.cluster, { service: service.name, desiredStatus: 'RUNNING' }, signal);
    return [...new Set(servingTasks(described, tasks).flatMap((task) => digestsOf(task, repository)))];
}
/** The tasks that serve: of a service that moves by task sets, those of its primary one. */
function servingTasks(service, tasks) {
    const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY');
    return tasks.filter(({ lastStatus, startedBy, taskDefinitionArn }) => lastStatus === 'RUNNING' &&
        (primary === undefined ||
            startedBy === primary.id ||
            (startedBy === undefined && taskDefinitionArn === primary.taskDefinition)));
}
function digestsOf(task, repository) {
    const containers = (task.containers ?? []).filter(({ image }) => image !== undefined && repositoryOf(image) === repository);
    return containers.map(({ name, imageDigest }) => {
        if (imageDigest === undefined)
            throw new errors/* UserError */.yo(`the container ${name} of ${task.taskArn} does not tell its image digest`);
        return imageDigest;
    });
}
/** The repository of an image reference: what stands before its tag and digest. */
const repositoryOf = (image) => image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
//# sourceMappingURL=running-digests.js.map
;// CONCATENATED MODULE: ./build/src/dual/platforms.js




/** What the service runs that codedeploy-bluegreen deployed to. */
const ecsDigestReader = async (inputs, image, context) => {
    const roleArns = (0,action_inputs/* list */.p_)({ description: '' }).parse(inputs['role-arns'] ?? '') ?? [];
    const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns });
    try {
        const service = { cluster: inputs['cluster'] ?? 'default', name: inputs['service'] ?? '' };
        return await runningDigests((0,ecs_api/* ecsApi */.W)(aws), service, repositoryOf(image), context.signal);
    }
    finally {
        aws.close();
    }
};
//# sourceMappingURL=platforms.js.map
// EXTERNAL MODULE: ./build/src/helm/running-digests.js
var running_digests = __webpack_require__(3357);
;// CONCATENATED MODULE: ./build/src/actions/side-actions.js



/** The actions that a side of strangler.yml may call, and how what they deployed is read back. */
const dualParts = {
    actions: {
        'codedeploy-bluegreen': async () => (await Promise.all(/* import() */[__webpack_require__.e(928), __webpack_require__.e(246), __webpack_require__.e(813), __webpack_require__.e(765)]).then(__webpack_require__.bind(__webpack_require__, 6765))).codedeployBluegreen,
        'ecs-deploy': async () => (await Promise.all(/* import() */[__webpack_require__.e(928), __webpack_require__.e(246), __webpack_require__.e(813), __webpack_require__.e(933)]).then(__webpack_require__.bind(__webpack_require__, 4933))).ecsDeploy,
        'helm-upgrade-with-history': async () => (await Promise.all(/* import() */[__webpack_require__.e(737), __webpack_require__.e(816)]).then(__webpack_require__.bind(__webpack_require__, 3816))).helmUpgradeWithHistory,
        'render-task-def': async () => (await Promise.all(/* import() */[__webpack_require__.e(928), __webpack_require__.e(246), __webpack_require__.e(880)]).then(__webpack_require__.bind(__webpack_require__, 7118))).renderTaskDef,
    },
    readers: {
        'codedeploy-bluegreen': ecsDigestReader,
        'ecs-deploy': ecsDigestReader,
        'helm-upgrade-with-history': running_digests/* runningDigests */.Jc,
    },
    acceptedDigests: acceptedDigests,
};
//# sourceMappingURL=side-actions.js.map
;// CONCATENATED MODULE: ./build/src/actions/dual-deploy.js











/** One artifact to the legacy and the new side, by the phase of the environment. */
const dualDeploy = (0,action_define/* defineAction */.Q)({
    name: 'dual-deploy',
    description: 'Deploys one artifact to the legacy and the new side, by the phase of the environment, and proves that both run the same digest.',
    inputs: {
        config: (0,action_inputs/* text */.Qq)({ description: 'Path of the file that tells how each side is deployed.', default: 'strangler.yml' }),
        service: (0,action_inputs/* text */.Qq)({ description: 'Service in the file. Needed only when the file names several.' }),
        environment: (0,action_inputs/* text */.Qq)({ description: 'Environment of the service in the file, such as qa or prod.', required: true }),
        image: (0,action_inputs/* textLike */.r1)(/^[^\s@]+@sha256:[0-9a-f]{64}$/, "an image by digest such as 'repository@sha256:…'")({
            description: 'The artifact, by digest: repository@sha256:…',
            required: true,
        }),
        phase: (0,action_inputs/* oneOf */.yL)(phases)({ description: "Takes the place of the file's phase." }),
        order: (0,action_inputs/* oneOf */.yL)(orders)({
            description: 'Deploys to both sides together; or to the owner of the traffic first, and to the standby only when that has succeeded.',
            default: 'together',
        }),
        'require-parity': (0,action_inputs/* flag */.Jt)({
            description: 'Fails when the sides do not run the same digest in the end, also where the standby alone has failed: a gate for what comes after.',
            default: 'false',
        }),
        'dry-run': (0,action_inputs/* flag */.Jt)({ description: 'Makes only reading calls and prints what would change.', default: 'false' }),
    },
    outputs: {
        parity: {
            description: "'true' when both sides run exactly the artifact, 'false' when not or not known, empty in a phase with one side.",
        },
        phase: { description: 'The phase that was deployed by.' },
        owner: { description: 'The side that owns the traffic: legacy or new.' },
        image: { description: 'The artifact: repository@digest.' },
        digest: { description: "The artifact's digest." },
        'legacy-outcome': { description: 'How the legacy side ended; empty when it was not deployed to.' },
        'new-outcome': { description: 'How the new side ended; empty when it was not deployed to.' },
        'legacy-digest': {
            description: 'What runs on the legacy side, read back from its platform; several digests are separated by commas.',
        },
        'new-digest': {
            description: 'What runs on the new side, read back from its platform; several digests are separated by commas.',
        },
    },
    permissions: { iam: {} },
    async run(context) {
        const { inputs, host, clock } = context;
        const started = clock.now();
        const file = parseStranglerFile(await readConfig(inputs.config), inputs.config);
        const { service, plan } = environmentOf(file, inputs.service, inputs.environment);
        const deployment = {
            service,
            environment: inputs.environment,
            phase: inputs.phase ?? plan.phase,
            image: inputs.image,
            digest: inputs.image.slice(inputs.image.lastIndexOf('@') + 1),
            folder: (0,external_node_path_.dirname)(inputs.config),
            dryRun: inputs['dry-run'],
            order: inputs.order,
            requireParity: inputs['require-parity'],
        };
        const result = await deployDual(deployment, plan, dualParts, context);
        for (const warning of result.warnings)
            host.warn(warning);
        const end = (side) => result.sides.find((ended) => ended.side === side);
        return {
            outcome: result.outcome,
            ...(result.reason === undefined ? {} : { reason: result.reason }),
            outputs: {
                parity: result.parity === undefined ? '' : String(result.parity),
                phase: deployment.phase,
                owner: phaseRule(deployment.phase).owner,
                image: deployment.image,
                digest: deployment.digest,
                'legacy-outcome': end('legacy')?.outcome ?? '',
                'new-outcome': end('new')?.outcome ?? '',
                'legacy-digest': end('legacy')?.running?.join(',') ?? '',
                'new-digest': end('new')?.running?.join(',') ?? '',
            },
            detail: dualDetail(deployment, result),
            summary: dualSummary(deployment, result, clock.now() - started),
        };
    },
    async post(context) {
        for (const side of sides)
            await postSide(side, dualParts.actions, context);
    },
});
async function readConfig(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        throw new errors/* UserError */.yo(`input 'config': cannot read '${path}': ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
//# sourceMappingURL=dual-deploy.js.map

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
