export const id = 816;
export const ids = [816];
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

/***/ 3816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  helmUpgradeWithHistory: () => (/* binding */ helmUpgradeWithHistory)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/action/http-probe.js
var http_probe = __webpack_require__(485);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/src/aws/ecr-host.js
var ecr_host = __webpack_require__(4464);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/helm/chart-source.js

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;
const chartName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,249}$/;
const ociForm = /^oci:\/\/([A-Za-z0-9.-]+(?::\d{1,5})?|\[::1\]:\d{1,5})((?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+)(:[A-Za-z0-9_][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;
const versionForm = /^[\w.^~<>=*|, +-]{1,100}$/;
/** Whether a registry or repository is on this machine, and so may be spoken to without TLS. */
const isLoopbackHost = (host) => loopback.test(host);
/**
 * Tells what the inputs mean; looks at nothing but them and whether there is a file or folder of that name.
 * @throws UserError when they do not go together
 */
function chartSource(inputs, isThere) {
    const { chart, repository, version } = inputs;
    if (chart === '')
        throw new errors/* UserError */.yo("is required for 'operation: upgrade'");
    if (/^-|[\p{Cc}]/u.test(chart))
        throw new errors/* UserError */.yo(`'${chart.slice(0, 80)}' is no chart`);
    if (version !== undefined && !versionForm.test(version)) {
        throw new errors/* UserError */.yo(`expected a version or a range of versions, got '${version.slice(0, 80)}'`);
    }
    const login = loginOf(inputs);
    if (repository !== undefined)
        return fromRepository(inputs, repository, login);
    if (chart.startsWith('oci://'))
        return fromRegistry(chart, login, version);
    if (login !== undefined) {
        throw new errors/* UserError */.yo("'chart-repository-username' needs 'chart-repository' or an oci:// chart: there is nothing to log in to");
    }
    const local = isThere(chart);
    if (local || /^\.{0,2}\/|\.tgz$/.test(chart)) {
        if (!local && !/^https?:\/\//.test(chart))
            throw new errors/* UserError */.yo(`there is no chart at '${chart}'`);
        if (local)
            return { kind: 'local', path: chart };
    }
    if (/^http:\/\//.test(chart))
        httpsOnly(chart);
    if (!chart.includes('/')) {
        throw new errors/* UserError */.yo(`there is no chart at '${chart}': give its folder, or 'chart-repository' with its name`);
    }
    return { kind: 'known', reference: chart };
}
function loginOf({ username, password }) {
    if (username === undefined && password === undefined)
        return undefined;
    if (username === undefined || password === undefined) {
        throw new errors/* UserError */.yo("'chart-repository-username' and 'chart-repository-password' go together: one of them is missing");
    }
    if (username.includes(':'))
        throw new errors/* UserError */.yo("'chart-repository-username' must not hold a colon");
    return { username, password };
}
function fromRepository({ chart, version }, repository, login) {
    if (!chartName.test(chart)) {
        throw new errors/* UserError */.yo(`with 'chart-repository' the chart is a name in it, got '${chart.slice(0, 80)}'`);
    }
    if (repository.startsWith('oci://'))
        return fromRegistry(`${repository.replace(/\/+$/, '')}/${chart}`, login, version);
    return { kind: 'repository', url: httpsOnly(repository), name: chart, login };
}
function fromRegistry(text, login, version) {
    const [, host, path, tag, digest] = ociForm.exec(text) ?? [];
    if (host === undefined)
        throw new errors/* UserError */.yo(`expected oci://host/path/chart, got '${text.slice(0, 200)}'`);
    if (version !== undefined && (tag !== undefined || digest !== undefined)) {
        throw new errors/* UserError */.yo(`'${text.slice(0, 200)}' names its version already: leave 'chart-version' out`);
    }
    // Helm 3 passes over a digest that stands behind a tag.
    const reference = `oci://${host}${path}${digest ?? tag ?? ''}`;
    return { kind: 'registry', reference, host, login };
}
function httpsOnly(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.host));
    if (url === undefined || !safe || /\s/.test(text)) {
        throw new errors/* UserError */.yo(`expected an https:// or oci:// URL, got '${text.replace(/\/\/[^/]*@/, '//…@').slice(0, 200)}'`);
    }
    if (url.username !== '' || url.password !== '') {
        throw new errors/* UserError */.yo("credentials do not belong into a URL: use 'chart-repository-username' and '…-password'");
    }
    return text;
}
//# sourceMappingURL=chart-source.js.map
;// CONCATENATED MODULE: ./build/src/helm/chart-access.js







/**
 * Writes the files by which helm is let into registries and repositories, into a private folder; returns the flags that
 * name them. What the user's own files hold is carried over, and those files are never written. `helm registry login`
 * would do the first as well, but hands the password to the machine's keychain where it finds one, and leaves it there.
 */
async function chartAccess(folder, logins, repositories, parts) {
    const flags = [];
    if (logins.size > 0) {
        const own = await usersFile('HELM_REGISTRY_CONFIG', parts);
        const auths = { ...object(own['auths']) };
        const credHelpers = { ...object(own['credHelpers']) };
        for (const [host, { username, password }] of logins) {
            auths[host] = { auth: Buffer.from(`${username}:${password}`, 'utf8').toString('base64') };
            delete credHelpers[host];
        }
        const path = (0,external_node_path_.join)(folder, 'registry.json');
        await (0,promises_.writeFile)(path, JSON.stringify({ auths, credHelpers }), { mode: 0o600 });
        flags.push('--registry-config', path);
    }
    if (repositories.length > 0) {
        const own = await usersFile('HELM_REPOSITORY_CONFIG', parts);
        const known = (Array.isArray(own['repositories']) ? own['repositories'] : []);
        const ours = repositories.map(({ name, url, login }) => ({ name, url, ...login }));
        const path = (0,external_node_path_.join)(folder, 'repositories.yaml');
        const file = { apiVersion: '', generated: '0001-01-01T00:00:00Z', repositories: [...ours, ...known] };
        await (0,promises_.writeFile)(path, JSON.stringify(file), { mode: 0o600 });
        flags.push('--repository-config', path, '--repository-cache', (0,external_node_path_.join)(folder, 'repository-cache'));
    }
    return flags;
}
/**
 * Who may read from a registry: the login that is given; for ECR without one, a token of the caller's.
 * A loopback registry is ECR when the AWS endpoint is on loopback too, as the sandbox's is. Undefined: whoever the user is to helm.
 */
async function registryLogin(host, given, parts) {
    if (given !== undefined)
        return given;
    const region = (0,ecr_host/* ecrHost */.F)(host)?.region;
    if (region === undefined && !(isLoopbackHost(host) && awsIsLoopback(parts.env)))
        return undefined;
    const { GetAuthorizationTokenCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19));
    const aws = parts.aws(region);
    try {
        const ecr = await aws.ecr();
        const answer = await (0,aws_errors/* calling */.X_)('asking ECR for a registry token', () => ecr.send(new GetAuthorizationTokenCommand({})));
        const token = answer.authorizationData?.[0]?.authorizationToken;
        if (token === undefined)
            throw new errors/* UserError */.yo('ECR gave no registry token');
        const [username = '', ...password] = Buffer.from(token, 'base64').toString('utf8').split(':');
        parts.host.mask(token);
        parts.host.mask(password.join(':'));
        return { username, password: password.join(':') };
    }
    finally {
        aws.close();
    }
}
function awsIsLoopback(env) {
    const endpoint = env['AWS_ENDPOINT_URL_ECR'] ?? env['AWS_ENDPOINT_URL'] ?? '';
    return URL.canParse(endpoint) && isLoopbackHost(new URL(endpoint).host);
}
/** A file of the user's that helm would read; empty when there is none. JSON is YAML too. */
async function usersFile(name, { helm }) {
    const { code, stdout } = await helm.run(['env', name]);
    const path = stdout.trim();
    if (code !== 0 || path === '')
        return {};
    try {
        return object((0,dist/* parse */.qg)(await (0,promises_.readFile)(path, 'utf8'), { maxAliasCount: 100 }));
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return {};
        throw new errors/* UserError */.yo(`cannot read '${path}' (${name}): ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
const object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
//# sourceMappingURL=chart-access.js.map
// EXTERNAL MODULE: ./build/src/action/command.js
var command = __webpack_require__(8653);
;// CONCATENATED MODULE: ./build/src/helm/helm-version.js

/**
 * Reads what `helm version --template {{.Version}}` prints: `v3.17.2`, `v4.2.3+g1a2b3c`.
 * @throws UserError for a helm older than 3.14 (which can neither label a release nor reset and reuse its values), and for what is no version
 */
function parseHelmVersion(printed) {
    const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(printed.trim());
    if (!match)
        throw new errors/* UserError */.yo(`cannot tell helm's version from '${printed.trim().slice(0, 80)}'`);
    const [major, minor, patch] = match.slice(1).map(Number);
    const text = `${major}.${minor}.${patch}`;
    if ((major !== 3 && major !== 4) || (major === 3 && minor < 14)) {
        throw new errors/* UserError */.yo(`helm ${text} is not supported: use helm 3.14 or newer, or helm 4`);
    }
    return { major, minor, patch, text };
}
/** True when `version` is at least `major.minor.patch`. */
function atLeast(version, major, minor, patch = 0) {
    const [a, b] = [
        [version.major, version.minor, version.patch],
        [major, minor, patch],
    ];
    for (const [index, part] of a.entries())
        if (part !== b[index])
            return part > (b[index] ?? 0);
    return true;
}
/** Sources: helm/helm#11569, #31610, #31824, #32224. */
const knownFaults = [
    {
        from: [3, 14, 0],
        fixed: [3, 14, 4],
        text: 'cannot upgrade a release that was uninstalled with its history kept: use 3.14.4 or newer',
    },
    {
        from: [4, 0, 0],
        fixed: [4, 1, 0],
        text: 'waits only where it may list objects of the whole cluster: use 4.1 or newer',
    },
    {
        from: [4, 0, 0],
        fixed: [4, 1, 2],
        text: 'does not know the old names of its flags on install: use 4.1.2 or newer',
    },
    {
        from: [4, 2, 1],
        fixed: [4, 2, 2],
        text: 'can hang until the time-out while it deletes hooks: use 4.2.2 or newer',
    },
];
/** What a user should know of the version at hand; empty for most. */
const versionWarnings = (version) => knownFaults
    .filter(({ from, fixed }) => version.major === from[0] && atLeast(version, ...from) && !atLeast(version, ...fixed))
    .map(({ text }) => `helm ${version.text} ${text}`);
//# sourceMappingURL=helm-version.js.map
;// CONCATENATED MODULE: ./build/src/helm/helm-command.js

const place = (where) => [
    '--namespace',
    where.namespace,
    ...(where.kubeconfig === undefined ? [] : ['--kubeconfig', where.kubeconfig]),
    ...(where.kubeContext === undefined ? [] : ['--kube-context', where.kubeContext]),
];
/** Helm takes Go durations: whole seconds say all that is needed. At least one, since 0 fails at once or means 30 s. */
const seconds = (ms) => `${Math.max(1, Math.ceil(ms / 1_000))}s`;
function wait(version, mode, jobs) {
    if (mode === 'none')
        return [];
    // With a space before the strategy helm 4 takes it for an argument.
    const flag = version.major === 3 ? '--wait' : mode === 'legacy' ? '--wait=legacy' : '--wait=watcher';
    return jobs ? [flag, '--wait-for-jobs'] : [flag];
}
const valuesFlag = { reset: '--reset-values', reuse: '--reuse-values', 'reset-then-reuse': '--reset-then-reuse-values' };
const labels = (given) => {
    const list = Object.entries(given).map(([name, value]) => `${name}=${value}`);
    return list.length === 0 ? [] : ['--labels', list.join(',')];
};
function chartAndValues(request) {
    return [
        request.chart,
        ...(request.chartVersion === undefined ? [] : ['--version', request.chartVersion]),
        ...(request.createNamespace ? ['--create-namespace'] : []),
        ...request.values.flatMap((file) => ['--values', file]),
    ];
}
function ownership(version, request) {
    return [
        ...(request.takeOwnership && atLeast(version, 3, 17) ? ['--take-ownership'] : []),
        ...(request.forceConflicts && version.major === 4 ? ['--force-conflicts'] : []),
    ];
}
/** `helm upgrade --install`, never atomic: what failed must still be there to be looked at, and the way back is ours. */
function upgradeArgv(version, where, request) {
    return [
        'upgrade',
        '--install',
        where.release,
        ...chartAndValues(request),
        ...place(where),
        '--history-max',
        String(request.historyMax),
        valuesFlag[request.valuesMode],
        '--timeout',
        seconds(request.timeoutMs),
        ...wait(version, request.wait, request.waitForJobs),
        ...ownership(version, request),
        ...labels(request.labels),
    ];
}
/** `helm install --replace`: the way into a name whose last release is uninstalled with ten or more kept revisions. */
function replaceArgv(version, where, request) {
    return [
        'install',
        '--replace',
        where.release,
        ...chartAndValues(request),
        ...place(where),
        '--timeout',
        seconds(request.timeoutMs),
        ...wait(version, request.wait, request.waitForJobs),
        ...ownership(version, request),
        ...labels(request.labels),
    ];
}
/** What the upgrade would make, rendered against the cluster; prints the whole release as JSON, Secrets included: never to be logged. */
function dryRunArgv(version, where, request) {
    return [
        'upgrade',
        '--install',
        where.release,
        ...chartAndValues(request),
        ...place(where),
        valuesFlag[request.valuesMode],
        ...ownership(version, request),
        '--dry-run=server',
        '--output',
        'json',
    ];
}
/** The manifest alone, without asking what state the release is in: for a plan beside a release that is stuck. */
function templateArgv(_version, where, request) {
    return ['template', where.release, ...chartAndValues(request), ...place(where), '--is-upgrade', '--no-hooks'];
}
/** Always to a named revision: without one helm takes the one before, which may be a failed one. */
function rollbackArgv(version, where, to, options) {
    return [
        'rollback',
        where.release,
        String(to),
        ...place(where),
        '--history-max',
        String(options.historyMax),
        '--timeout',
        seconds(options.timeoutMs),
        ...wait(version, options.wait, options.waitForJobs),
        ...(options.hooks ? [] : ['--no-hooks']),
    ];
}
/** The revisions, oldest first, as JSON; `max` newest ones. */
const historyArgv = (where, max = 256) => [
    'history',
    where.release,
    ...place(where),
    '--max',
    String(max),
    '--output',
    'json',
];
/** Takes a release away, with its history unless that is kept. Deletes what the chart made: only where it was asked for. */
const uninstallArgv = (where, timeoutMs, keepHistory = false) => [
    'uninstall',
    where.release,
    ...place(where),
    ...(keepHistory ? ['--keep-history'] : []),
    '--wait',
    '--timeout',
    seconds(timeoutMs),
];
/** Works in both majors; `--short` appends a commit and `--client` is gone in helm 4. */
const versionArgv = ['version', '--template', '{{.Version}}'];
//# sourceMappingURL=helm-command.js.map
;// CONCATENATED MODULE: ./build/src/helm/helm-failure.js
const patterns = [
    ['locked', /another operation \(install\/upgrade\/rollback\) is in progress/],
    ['no-deployed-release', /has no deployed releases/],
    ['stopped', /context canceled|has been cancelled/],
    [
        'ownership',
        /invalid ownership metadata/,
        "the object was made without this release: set 'take-ownership: true' (helm 3.17 or newer) to adopt it",
    ],
    [
        'immutable',
        /field is immutable|updates to statefulset spec for fields other than/i,
        'this field cannot be changed in place: give the object a new name, or delete it first',
    ],
    [
        'conflict',
        /Apply failed with \d+ conflict|conflict with "[^"]+"/,
        "another tool owns the field (an autoscaler: leave replicas out of the chart), or set 'force-conflicts: true'",
    ],
    [
        'too-large',
        /Too long: must have at most 1048576|may not be more than 1048576/,
        'the release is over 1 MiB: add a .helmignore to the chart',
    ],
    [
        'unreachable',
        /kubernetes cluster unreachable|connection refused|no such host|i\/o timeout/i,
        'check the kubeconfig and the network',
    ],
    [
        'unauthorized',
        /\bUnauthorized\b|\bis forbidden\b|must be logged in/,
        'check what the credentials of the kubeconfig may do',
    ],
    [
        'hook',
        /(pre|post)-(install|upgrade|rollback|delete) hooks? failed|failed (pre|post)-(install|upgrade|rollback|delete):/,
    ],
    ['not-ready', /resource \S+ not ready/],
    ['timed-out', /context deadline exceeded|timed out waiting for the condition/],
    [
        'chart',
        /failed to download|chart ".*" .*not found|Chart\.yaml file is missing|parse error|execution error at|error calling|template:|path ".*" not found|values don't meet the specifications|failed to parse|unable to build kubernetes objects|repo \S+ not found/,
    ],
];
/** Reads what helm printed to standard error: from the last `Error:` on, without its log lines and deprecations. */
function helmFailure(stderr) {
    const text = errorText(stderr);
    const found = patterns.find(([, form]) => form.test(text));
    const notReady = /resource (\w+)\/[^/\s]+\/(\S+) not ready\. status: (\w+), message: ([^\n]*)/.exec(text);
    const patched = /cannot patch "([^"]+)" with kind (\w+)/.exec(text);
    const applied = /for object ([^\s/]+\/)?(\S+) [\w./]+, Kind=(\w+)/.exec(text);
    const object = notReady
        ? `${notReady[1]}/${notReady[2]}`
        : patched
            ? `${patched[2]}/${patched[1]}`
            : applied
                ? `${applied[3]}/${applied[2]}`
                : undefined;
    const kind = found?.[0] ?? 'other';
    const fixed = kind === 'immutable' && object?.startsWith('Job/') ? `${object} cannot be changed in place: ` : '';
    const hint = fixed === '' ? found?.[2] : jobHint;
    return { kind, message: oneLine(`${fixed}${text}`), hint, object };
}
const jobHint = "a Job is fixed once it is made: put '{{ .Release.Revision }}' into its name, so that each revision has one of its own, or make it a hook ('helm.sh/hook: pre-install,pre-upgrade' with 'helm.sh/hook-delete-policy: before-hook-creation')";
function errorText(stderr) {
    const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !isNoise(line));
    const last = lines.findLastIndex((line) => line.startsWith('Error:'));
    const kept = last < 0 ? lines.slice(-5) : lines.slice(last);
    return (kept.join('\n').replace(/^Error: (?:(?:UPGRADE|INSTALLATION|ROLLBACK) FAILED: )?/, '') ||
        'helm failed and said nothing');
}
const isNoise = (line) => /^(Flag --\S+ has been deprecated|WARNING: |W\d{4} |I\d{4} |level=(WARN|INFO|DEBUG))/.test(line) ||
    /^time=\S+ level=(WARN|INFO|DEBUG)/.test(line);
function oneLine(text) {
    const line = withoutValues(text)
        .replaceAll(/\s*\n\s*/g, '; ')
        .trim();
    return line.length > 500 ? `${line.slice(0, 497)}...` : line;
}
/** The API server prints the whole object that it refuses (`Invalid value: {…}: field is immutable`), pages of it: the cause stands behind it. */
function withoutValues(text) {
    let kept = '';
    let rest = text;
    for (;;) {
        const match = /Invalid value: (?:[\w.]+)?(?=\{)/.exec(rest);
        const end = match === null ? -1 : closing(rest, match.index + match[0].length);
        if (match === null || end < 0)
            return kept + rest;
        kept += rest.slice(0, match.index);
        rest = rest.slice(end + 1).replace(/^: /, '');
    }
}
/** Where the brace that opens at `from` closes; -1 when it does not. */
function closing(text, from) {
    let depth = 0;
    let quoted = false;
    for (let index = from; index < text.length; index++) {
        const char = text.charAt(index);
        if (char === '\\')
            index++;
        else if (char === '"')
            quoted = !quoted;
        else if (!quoted && char === '{')
            depth++;
        else if (!quoted && char === '}' && --depth === 0)
            return index;
    }
    return -1;
}
//# sourceMappingURL=helm-failure.js.map
;// CONCATENATED MODULE: ./build/src/helm/release-history.js

/** The states that a release record can be in, in both majors. */
const releaseStatuses = [
    'unknown',
    'deployed',
    'uninstalled',
    'superseded',
    'failed',
    'uninstalling',
    'pending-install',
    'pending-upgrade',
    'pending-rollback',
];
/** True for a record whose operation has not ended: helm takes it for a lock. */
const isPending = (status) => status.startsWith('pending-');
/**
 * Reads `helm history -o json`, oldest first. Unknown keys are let be, and an unknown status is `unknown`: helm grows both.
 * @throws UserError when it is no list of revisions
 */
function parseHistory(json) {
    let value;
    try {
        value = JSON.parse(json);
    }
    catch (error) {
        throw new errors/* UserError */.yo('helm history did not print JSON', { cause: error });
    }
    if (!Array.isArray(value))
        throw new errors/* UserError */.yo('helm history did not print a list');
    const revisions = value.map((entry) => {
        const record = (typeof entry === 'object' && entry !== null ? entry : {});
        const text = (key) => (typeof record[key] === 'string' ? record[key] : '');
        const revision = record['revision'];
        if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 1) {
            throw new errors/* UserError */.yo('helm history printed an entry without a revision');
        }
        const updated = Date.parse(text('updated'));
        const status = text('status');
        return {
            revision,
            status: releaseStatuses.includes(status) ? status : 'unknown',
            chart: text('chart'),
            appVersion: text('app_version'),
            description: text('description'),
            updated: Number.isNaN(updated) ? undefined : updated,
            labels: {},
        };
    });
    return revisions.sort((a, b) => a.revision - b.revision);
}
/** The same history with the labels of each record, by revision. */
const withLabels = (history, labels) => history.map((entry) => ({ ...entry, labels: labels.get(entry.revision) ?? {} }));
//# sourceMappingURL=release-history.js.map
;// CONCATENATED MODULE: ./build/src/helm/helm.js






/** Variables by which helm would reach another cluster than the kubeconfig names, or another release. */
const diverting = [
    'HELM_KUBEAPISERVER',
    'HELM_KUBETOKEN',
    'HELM_KUBECAFILE',
    'HELM_KUBEASUSER',
    'HELM_KUBEASGROUPS',
    'HELM_KUBETLS_SERVER_NAME',
    'HELM_KUBEINSECURE_SKIP_TLS_VERIFY',
];
/**
 * Finds out which helm this is.
 * @throws UserError when it cannot be started, is too old, or the environment diverts it from the kubeconfig
 */
async function findHelm(binary, env) {
    const set = diverting.filter((name) => env[name]);
    if (set.length > 0)
        throw new errors/* UserError */.yo(`${set.join(', ')} would divert helm from the kubeconfig: put it there instead`);
    const run = (argv, options = {}) => (0,command/* runCommand */.d)([binary, ...argv], { env, graceMs: 5_000, ...options });
    const { code, stdout, stderr } = await run(versionArgv);
    if (code !== 0)
        throw new errors/* UserError */.yo(`'${binary} version' failed: ${helmFailure(stderr).message}`);
    return { binary, version: parseHelmVersion(stdout), run };
}
/** The history of a release, oldest first; empty when there is none. @throws UserError when helm cannot read it */
async function readHistory(helm, place, signal) {
    const { code, stdout, stderr } = await helm.run(historyArgv(place), signal === undefined ? {} : { signal });
    if (code === 0)
        return parseHistory(stdout);
    if (/release: not found/.test(stderr))
        return [];
    signal?.throwIfAborted();
    const { message, hint } = helmFailure(stderr);
    throw new errors/* UserError */.yo(`cannot read the history of release ${place.release}: ${message}${hint === undefined ? '' : ` (${hint})`}`);
}
/** Runs helm where its failure is the user's to mend; returns what it printed. @throws UserError that says what was being done */
async function helmOrThrow(helm, argv, failing, signal) {
    const { code, stdout, stderr } = await helm.run(argv, { signal });
    signal.throwIfAborted();
    if (code !== 0)
        throw new errors/* UserError */.yo(`${failing}: ${helmFailure(stderr).message}`);
    return stdout;
}
//# sourceMappingURL=helm.js.map
;// CONCATENATED MODULE: ./build/src/helm/chart-dependencies.js








/** A Chart.yaml is a page or two. */
const largestChartFile = 1024 * 1024;
/** The dependencies that a Chart.yaml names. @throws UserError when it is no such file */
function chartDependencies(text) {
    let value;
    try {
        value = (0,dist/* parse */.qg)(text, { maxAliasCount: 100 });
    }
    catch (error) {
        throw new errors/* UserError */.yo(`Chart.yaml is no YAML: ${(0,errors/* messageOf */.bD)(error).split('\n')[0]}`, { cause: error });
    }
    const list = value?.dependencies;
    if (list === undefined || list === null)
        return [];
    if (!Array.isArray(list))
        throw new errors/* UserError */.yo('Chart.yaml: dependencies is no list');
    return list.map((entry) => {
        const { name, repository } = (entry ?? {});
        if (typeof name !== 'string')
            throw new errors/* UserError */.yo('Chart.yaml: a dependency has no name');
        return { name, repository: typeof repository === 'string' ? repository : '' };
    });
}
/** The dependencies that `helm dependency list` does not find in charts/ as Chart.yaml wants them. */
function lackingDependencies(listed) {
    const rows = listed.split('\n').slice(1);
    return rows.flatMap((row) => {
        const cells = row.split('\t').map((cell) => cell.trim());
        const [name, status] = [cells[0] ?? '', cells.at(-1) ?? ''];
        return cells.length < 4 || status === 'ok' || status === 'unpacked' ? [] : [`${name} (${status})`];
    });
}
/**
 * Builds what a chart's folder lacks in charts/, as Chart.lock says if it has one. What is complete is not touched.
 * @throws UserError when a dependency cannot be had
 */
async function buildDependencies(chart, parts) {
    const file = (0,external_node_path_.join)(chart, 'Chart.yaml');
    // Helm says better what is wrong with a folder that is no chart.
    const found = await (0,promises_.stat)(file).catch(() => undefined);
    if (found === undefined || !found.isFile() || found.size > largestChartFile)
        return;
    const dependencies = chartDependencies(await (0,promises_.readFile)(file, 'utf8'));
    if (dependencies.length === 0)
        return;
    const lacking = async () => lackingDependencies(await helmOrThrow(parts.helm, ['dependency', 'list', chart, '--max-col-width', '0'], 'cannot list the dependencies of the chart', parts.signal));
    const missing = await lacking();
    if (missing.length === 0)
        return;
    const locked = (await (0,promises_.stat)((0,external_node_path_.join)(chart, 'Chart.lock')).catch(() => undefined)) !== undefined;
    parts.log.info(`building dependencies of the chart: ${missing.join(', ')}`);
    if (!locked)
        parts.log.warn('the chart has no Chart.lock: the newest fitting versions are taken, which may differ next time');
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-chart-'));
    try {
        const { logins, repositories, plain } = await accessOf(dependencies, parts);
        const flags = await chartAccess(folder, logins, repositories, parts);
        const argv = ['dependency', 'build', chart, ...(plain ? ['--plain-http'] : []), ...flags];
        await helmOrThrow(parts.helm, argv, 'cannot build the dependencies of the chart', parts.signal);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
    const still = await lacking();
    if (still.length > 0)
        throw new errors/* UserError */.yo(`the chart still lacks dependencies: ${still.join(', ')}`);
}
/** What helm must know to get them: repositories by URL, which `dependency build` takes only from its list, and logins. */
async function accessOf(dependencies, parts) {
    const logins = new Map();
    const repositories = [];
    let plain = false;
    for (const url of new Set(dependencies.map(({ repository }) => repository))) {
        if (!/^(https?|oci):\/\//.test(url))
            continue;
        const options = {
            chart: 'dependency',
            repository: url,
            version: undefined,
            username: undefined,
            password: undefined,
        };
        const source = chartSource(options, () => false);
        if (source.kind === 'repository') {
            repositories.push({ name: `strangler-deploy-${repositories.length}`, url: source.url, login: undefined });
        }
        else if (source.kind === 'registry') {
            plain ||= isLoopbackHost(source.host);
            const login = await registryLogin(source.host, undefined, parts);
            if (login !== undefined)
                logins.set(source.host, login);
        }
    }
    return { logins, repositories, plain };
}
//# sourceMappingURL=chart-dependencies.js.map
;// CONCATENATED MODULE: ./build/src/helm/chart.js








/** The name under which helm knows the one repository of a chart, for as long as it is asked. */
const repositoryName = 'strangler-deploy';
/**
 * Gives `body` a chart on this machine: what is elsewhere is pulled once, so that the plan and the deployment see the
 * same bytes, and a folder gets the dependencies that it lacks. Credentials and what was pulled are taken away afterwards.
 * @throws UserError when the chart cannot be had
 */
async function withChart(source, version, parts, body) {
    if (source.kind === 'local') {
        const isFolder = (await (0,promises_.stat)(source.path)).isDirectory();
        if (isFolder)
            await buildDependencies(source.path, parts);
        return await body(source.path);
    }
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-chart-'));
    try {
        return await body(await pull(source, version, folder, parts));
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function pull(source, version, folder, parts) {
    const access = (0,external_node_path_.join)(folder, 'access');
    const target = (0,external_node_path_.join)(folder, 'chart');
    await (0,promises_.mkdir)(access, { mode: 0o700 });
    await (0,promises_.mkdir)(target);
    const destination = ['--destination', target, ...(version === undefined ? [] : ['--version', version])];
    const shown = version === undefined ? shownAs(source) : `${shownAs(source)} ${version}`;
    if (source.kind === 'registry') {
        const logins = new Map();
        const login = await registryLogin(source.host, source.login, parts);
        if (login !== undefined)
            logins.set(source.host, login);
        const plain = isLoopbackHost(source.host) ? ['--plain-http'] : [];
        const flags = await chartAccess(access, logins, [], parts);
        await helmOrThrow(parts.helm, ['pull', source.reference, ...destination, ...plain, ...flags], `cannot get the chart ${shown}`, parts.signal);
    }
    else if (source.kind === 'repository') {
        const { url, login } = source;
        // Helm 3 only prints that it could not read a repository; helm 4 fails by itself.
        const strict = parts.helm.version.major === 3 ? ['--fail-on-repo-update-fail'] : [];
        const flags = await chartAccess(access, new Map(), [{ name: repositoryName, url, login }], parts);
        await helmOrThrow(parts.helm, ['repo', 'update', repositoryName, ...strict, ...flags], `cannot read the chart repository ${url}`, parts.signal);
        const reference = `${repositoryName}/${source.name}`;
        await helmOrThrow(parts.helm, ['pull', reference, ...destination, ...flags], `cannot get the chart ${shown}`, parts.signal);
    }
    else {
        await helmOrThrow(parts.helm, ['pull', source.reference, ...destination], `cannot get the chart ${shown}`, parts.signal);
    }
    await (0,promises_.rm)(access, { recursive: true, force: true });
    const [archive, ...others] = (await (0,promises_.readdir)(target)).filter((name) => name.endsWith('.tgz'));
    if (archive === undefined || others.length > 0)
        throw new errors/* UserError */.yo(`helm pulled no chart from ${shown}`);
    parts.log.info(`chart ${archive.replace(/\.tgz$/, '')} from ${shownAs(source)}`);
    return (0,external_node_path_.join)(target, archive);
}
const shownAs = (source) => source.kind === 'repository' ? `${source.name} of ${source.url}` : source.reference;
//# sourceMappingURL=chart.js.map
// EXTERNAL MODULE: ./build/src/helm/cluster-access.js + 2 modules
var cluster_access = __webpack_require__(6864);
// EXTERNAL MODULE: ./build/src/action/outcome.js
var outcome = __webpack_require__(2120);
// EXTERNAL MODULE: ./build/src/action/clock.js
var action_clock = __webpack_require__(1134);
// EXTERNAL MODULE: ./build/src/action/poll.js
var poll = __webpack_require__(167);
// EXTERNAL MODULE: ./build/src/helm/kubernetes-object.js
var kubernetes_object = __webpack_require__(2054);
// EXTERNAL MODULE: ./build/src/helm/manifest.js
var helm_manifest = __webpack_require__(8265);
;// CONCATENATED MODULE: ./build/src/helm/cron-jobs.js


/** The CronJobs among the objects of a manifest. */
const cronJobsIn = (objects) => objects.filter(({ kind, apiVersion }) => kind === 'CronJob' && apiVersion.startsWith('batch/'));
/**
 * Why a rendered manifest does not do what was asked of its cron jobs, as one line that names them and the value;
 * undefined when it does. A field that is not rendered counts as wrong: helm would leave what somebody else set.
 */
function cronProblem(objects, wish) {
    const asked = wish.state === 'suspended';
    const wrong = cronJobsIn(objects).flatMap(({ name, content }) => {
        const suspend = content['spec']?.suspend;
        return suspend === asked ? [] : [`CronJob/${name} has ${suspend === undefined ? 'none' : JSON.stringify(suspend)}`];
    });
    if (wrong.length === 0)
        return undefined;
    return `cron is to be ${wish.state}, so the value '${wish.value}' is ${asked}, but the chart does not render spec.suspend from it: ${wrong.join(', ')}`;
}
/** The CronJobs of a release as the cluster has them; those that are not there are left out. */
function cronJobStates(wanted, cronJobs, jobs) {
    const keys = new Set(wanted.map(helm_manifest/* objectKey */.T5));
    return cronJobs.flatMap((cron) => {
        const { name = '', namespace = '', uid } = cron.metadata ?? {};
        if (!keys.has((0,helm_manifest/* objectKey */.T5)({ kind: 'CronJob', name, namespace })))
            return [];
        const active = jobs.filter((job) => (0,kubernetes_object/* isOwnedBy */.D)(job, uid) && !hasEnded(job)).map((job) => job.metadata?.name ?? '');
        return [
            {
                name,
                namespace,
                schedule: [cron.spec?.schedule ?? '', cron.spec?.timeZone ?? ''].join(' ').trim(),
                suspended: cron.spec?.suspend === true,
                lastSchedule: cron.status?.lastScheduleTime ?? undefined,
                active: active.sort(),
            },
        ];
    });
}
const hasEnded = ({ status }) => (status?.conditions ?? []).some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True');
/** The CronJobs that the cluster runs otherwise than asked, as `CronJob/report`. */
const strayingFrom = (states, { state }) => states.filter(({ suspended }) => suspended !== (state === 'suspended')).map(({ name }) => `CronJob/${name}`);
/** The Jobs that still run, as `Job/report-28123`. */
const stillRunning = (states) => states.flatMap(({ active }) => active.map((name) => `Job/${name}`));
/** A Markdown table of them; no lines when there are none. */
function cronTable(states) {
    if (states.length === 0)
        return [];
    return [
        '| cron job | schedule | suspended | last schedule | active |',
        '| --- | --- | --- | --- | --- |',
        ...states.map(({ name, schedule, suspended, lastSchedule, active }) => `| CronJob/${name} | \`${schedule.replaceAll(/[`|\n]/g, ' ')}\` | ${suspended ? 'yes' : 'no'} | ${lastSchedule ?? 'never'} | ${active.length === 0 ? 'none' : active.join(', ')} |`),
    ];
}
//# sourceMappingURL=cron-jobs.js.map
// EXTERNAL MODULE: ./build/src/helm/kubernetes-api.js
var kubernetes_api = __webpack_require__(6853);
;// CONCATENATED MODULE: ./build/src/helm/cron-drain.js





const pollMs = 5_000;
const heartbeatMs = 60_000;
/** Reads the CronJobs of a manifest and their Jobs. @throws KubernetesError when they may not be read */
async function readCronJobs(objects, api) {
    const wanted = cronJobsIn(objects);
    const all = await Promise.all([...new Set(wanted.map(({ namespace }) => namespace))].map(async (namespace) => {
        const [cronJobs, jobs] = await Promise.all([
            api.list(kubernetes_api/* resources */.ES.cronjobs, namespace),
            api.list(kubernetes_api/* resources */.ES.jobs, namespace),
        ]);
        return cronJobStates(wanted, cronJobs, jobs);
    }));
    return all.flat();
}
/**
 * Makes sure that the cron jobs of a deployed release stand as asked, and, when they are suspended, waits for their
 * Jobs to end: suspending starts no new one, but stops none that runs. Only reads.
 */
async function settleCron(objects, wish, drainTimeoutMs, parts) {
    const { clock, log, signal } = parts;
    const began = clock.now();
    let states = [];
    let shown = '';
    let spoke = began;
    try {
        for await (const now of (0,poll/* poll */.w)(() => readCronJobs(objects, parts.api), { clock, signal, intervalMs: pollMs })) {
            states = now;
            const stray = strayingFrom(states, wish);
            if (stray.length > 0) {
                const verb = wish.state === 'suspended' ? 'not suspended' : 'suspended';
                const reason = `cron is to be ${wish.state}, but the cluster has ${stray.join(', ')} ${verb}: something else than this release sets spec.suspend`;
                return { states, problem: { outcome: 'failed', reason } };
            }
            const running = wish.state === 'suspended' ? stillRunning(states) : [];
            const text = running.join(', ');
            const waited = clock.now() - began;
            if (running.length === 0) {
                if (shown !== '')
                    log.info(`no Job of a cron job runs any more (${(0,action_clock/* formatDuration */.a3)(waited)})`);
                return { states };
            }
            if (waited >= drainTimeoutMs) {
                const reason = `cron is suspended, but after ${(0,action_clock/* formatDuration */.a3)(drainTimeoutMs)} there still run: ${text}`;
                return { states, problem: { outcome: 'timed-out', reason } };
            }
            if (text !== shown || clock.now() - spoke >= heartbeatMs) {
                log.info(`cron is suspended; waiting for Jobs that still run: ${text}`);
                shown = text;
                spoke = clock.now();
            }
        }
    }
    catch (error) {
        const running = stillRunning(states);
        const rest = running.length === 0 ? '' : `; there still ran: ${running.join(', ')}`;
        if (signal.aborted) {
            return { states, problem: { outcome: 'cancelled', reason: `cancelled while cron drained${rest}` } };
        }
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        const reason = `whether cron is ${wish.state} cannot be read: ${(0,errors/* messageOf */.bD)(error)}${rest}`;
        return { states, problem: { outcome: 'failed', reason } };
    }
    throw new Error('a poll ended by itself');
}
//# sourceMappingURL=cron-drain.js.map
;// CONCATENATED MODULE: ./build/src/helm/cron-end.js





/**
 * The end of a deployment with its cron jobs: settled when it went well, else as they are, for the report alone.
 * A release whose cron jobs do not stand as asked has not succeeded; it is not rolled back, which would set them going.
 */
async function withCron(result, { place, cron, dryRun }, drainTimeoutMs, parts) {
    const objects = result.record === undefined ? [] : (0,helm_manifest/* parseManifest */.Ng)(result.record.manifest, place.namespace);
    if (cronJobsIn(objects).length === 0) {
        if (cron !== undefined)
            parts.log.info(`cron is ${cron.state}: the release has no CronJobs`);
        return { result, states: [] };
    }
    if (cron !== undefined && !dryRun && (0,outcome/* isSuccess */.oJ)(result.outcome)) {
        const { states, problem } = await settleCron(objects, cron, drainTimeoutMs, parts);
        return { result: problem === undefined ? result : { ...result, ...problem }, states };
    }
    try {
        return { result, states: await readCronJobs(objects, parts.api) };
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        parts.log.warn(`the cron jobs cannot be read: ${error.message}`);
        return { result, states: [] };
    }
}
//# sourceMappingURL=cron-end.js.map
;// CONCATENATED MODULE: ./build/src/helm/job-logs.js



/** Lines kept of each container, and those shown of one that went well. */
const keptLines = 50;
const shownLines = 20;
/** Between two watches of the cluster, which ends each of them after a while, in ms. */
const againMs = 1_000;
/** The Jobs of a release and its hooks, and the hooks that are pods, by `namespace/kind/name`. */
function jobsOf(record) {
    const { namespace } = record;
    const plain = (0,helm_manifest/* parseManifest */.Ng)(record.manifest, namespace).filter(({ kind }) => kind === 'Job');
    const hooks = record.hooks
        .flatMap(({ manifest }) => (0,helm_manifest/* parseManifest */.Ng)(manifest, namespace))
        .filter(({ kind }) => kind === 'Job' || kind === 'Pod');
    return new Set([...plain, ...hooks].map(helm_manifest/* objectKey */.T5));
}
/**
 * Follows what the Jobs and hooks of a revision print, from the start of each container: a hook may be deleted the moment
 * that it is done. Told as each container ends well; what failed is kept for the diagnosis. `record` reads the revision's
 * record, which helm makes before it runs anything. Call it before helm starts; the result ends the following.
 */
async function followJobs(namespace, record, { api, clock, log }) {
    const ended = new AbortController();
    const { signal } = ended;
    const logs = new Map();
    const following = new Map();
    let jobs;
    let old;
    try {
        const before = await api.list(kubernetes_api/* resources */.ES.pods, namespace, { metadataOnly: true });
        old = new Set(before.map(({ metadata }) => metadata?.uid));
    }
    catch (error) {
        log.debug(`the logs of Jobs are not followed: ${(0,errors/* messageOf */.bD)(error)}`);
        return async () => [];
    }
    async function follow(pod, owner, container) {
        const lines = [];
        const key = `${pod}/${container}`;
        const keep = (exitCode) => void logs.set(key, { owner, pod, container, lines: [...lines], exitCode });
        try {
            for await (const line of api.followLog(namespace, pod, container, signal)) {
                lines.push(line);
                if (lines.length > keptLines)
                    lines.shift();
                keep(logs.get(key)?.exitCode);
            }
        }
        catch (error) {
            if (signal.aborted)
                return;
            lines.push(`(its log cannot be read: ${(0,errors/* messageOf */.bD)(error)})`);
        }
        keep(logs.get(key)?.exitCode);
    }
    async function look(pod) {
        const { name = '', uid } = pod.metadata ?? {};
        if (old.has(uid))
            return;
        const owner = ownerOf(pod);
        if (owner === undefined)
            return;
        jobs ??= await record().then((found) => found && jobsOf(found));
        if (jobs?.has(`${namespace}/${owner}`) !== true)
            return;
        const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
        for (const { name: container = '', state } of statuses) {
            const key = `${name}/${container}`;
            if (state?.running === undefined && state?.terminated === undefined)
                continue;
            if (!following.has(key))
                following.set(key, follow(name, owner, container));
            const exitCode = state.terminated?.exitCode;
            if (exitCode === undefined || logs.get(key)?.exitCode !== undefined)
                continue;
            await following.get(key);
            const done = { ...(logs.get(key) ?? { owner, pod: name, container, lines: [] }), exitCode };
            logs.set(key, done);
            if (exitCode === 0)
                await tellJobLog(done, log);
        }
    }
    const watching = (async () => {
        for (;;) {
            try {
                for await (const { type, object } of api.watch(kubernetes_api/* resources */.ES.pods, namespace, signal)) {
                    if (type !== 'DELETED')
                        await look(object);
                }
            }
            catch (error) {
                if (signal.aborted)
                    return;
                log.debug(`the watch of Jobs ended: ${(0,errors/* messageOf */.bD)(error)}`);
                if (error instanceof kubernetes_api/* KubernetesError */.dK && error.status < 500 && error.status !== 410)
                    return;
            }
            try {
                await clock.sleep(againMs, signal);
            }
            catch {
                // Nothing is followed any more.
                return;
            }
        }
    })();
    return async () => {
        ended.abort();
        await watching;
        await Promise.all(following.values());
        return [...logs.values()];
    };
}
/** Prints what a container of a Job printed, in a group. */
async function tellJobLog({ owner, container, lines, exitCode }, log) {
    if (lines.length === 0)
        return;
    const shown = lines.slice(-shownLines);
    const how = exitCode === 0 ? 'succeeded' : 'printed';
    const rest = shown.length < lines.length ? `, the last ${shown.length} lines` : '';
    await log.group(`${owner} ${how} (container ${container}${rest})`, async () => {
        for (const line of shown)
            log.info(line);
    });
}
/** `Job/<name>` by its controller, or the pod itself, which may be a hook. */
function ownerOf({ metadata }) {
    const owner = (metadata?.ownerReferences ?? []).find(({ controller }) => controller === true);
    if (owner === undefined)
        return `Pod/${metadata?.name}`;
    const job = metadata?.labels?.['batch.kubernetes.io/job-name'] ?? metadata?.labels?.['job-name'];
    return owner.kind === 'Job' && job !== undefined ? `Job/${job}` : undefined;
}
//# sourceMappingURL=job-logs.js.map
;// CONCATENATED MODULE: ./build/src/helm/doomed.js
/** A Deployment may fail to make pods this long (quota, webhook, service account), in ms. */
const failedCreateGraceMs = 60_000;
const imageGone = /not found|manifest unknown|denied|unauthorized|no basic auth|forbidden|does not exist|name unknown/i;
/** Reads one container of a new pod; undefined when there is nothing to say. Rules: krane's pod.rb, kubedog's pod status. */
function containerSign(status, isInit) {
    const name = status.name ?? '?';
    const kind = isInit ? 'init container' : 'container';
    const waiting = status.state?.waiting;
    const ended = status.state?.terminated ?? status.lastState?.terminated;
    const restarts = status.restartCount ?? 0;
    const crash = endText(ended);
    const sign = (verdict, text, crashed = false) => ({
        verdict,
        text: `${kind} ${name} ${text}`,
        container: name,
        crashed,
    });
    const reason = waiting?.reason ?? '';
    const message = firstLine(waiting?.message);
    if (reason === 'CrashLoopBackOff') {
        const doomed = restarts >= 2 || isInit;
        return sign(doomed ? 'doomed' : 'waiting', `CrashLoopBackOff${crash}`, true);
    }
    if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff') {
        return sign(imageGone.test(waiting?.message ?? '') ? 'doomed' : 'waiting', withMessage(reason, message));
    }
    if (reason === 'InvalidImageName' || reason === 'ErrImageNeverPull') {
        return sign('doomed', withMessage(reason, message));
    }
    if (reason === 'CreateContainerConfigError') {
        const settling = /failed to sync .* cache/.test(waiting?.message ?? '');
        return sign(settling ? 'waiting' : 'doomed', withMessage(reason, message));
    }
    if (['RunContainerError', 'ContainerCannotRun', 'StartError', 'CreateContainerError'].includes(reason)) {
        return sign(ended?.exitCode === 128 ? 'waiting' : 'doomed', withMessage(reason, message));
    }
    const now = status.state?.terminated;
    if (now !== undefined && ['ContainerCannotRun', 'StartError'].includes(now.reason ?? '') && now.exitCode !== 128) {
        return sign('doomed', withMessage(now.reason ?? '', firstLine(now.message)), true);
    }
    if (now !== undefined && now.exitCode !== 0) {
        const doomed = isInit || restarts >= 2;
        return sign(doomed ? 'doomed' : 'waiting', `ended${crash}`, true);
    }
    if (restarts >= 3 && status.ready !== true)
        return sign('doomed', `restarted ${restarts} times${crash}`, true);
    if (reason !== '' && reason !== 'ContainerCreating' && reason !== 'PodInitializing') {
        return sign('waiting', withMessage(reason, message));
    }
    if (!isInit && status.state?.running !== undefined && status.ready !== true)
        return sign('waiting', 'is not ready');
    return undefined;
}
/** Reads a new pod: its containers, and whether it could be scheduled. The worst comes first. */
function podSigns(pod) {
    const status = pod.status;
    if (isTransient(pod))
        return [];
    const signs = [
        ...(status?.initContainerStatuses ?? []).map((container) => containerSign(container, true)),
        ...(status?.containerStatuses ?? []).map((container) => containerSign(container, false)),
    ].filter((sign) => sign !== undefined);
    const unscheduled = status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
    if (unscheduled !== undefined) {
        const text = withMessage(unscheduled.reason ?? 'Unschedulable', firstLine(unscheduled.message));
        signs.push({ verdict: 'waiting', text: `pod is ${text}`, container: undefined, crashed: false });
    }
    return signs.sort((a, b) => Number(b.verdict === 'doomed') - Number(a.verdict === 'doomed'));
}
/** Taken away by the cluster, not failed by itself: another takes its place. */
const isTransient = (pod) => pod.metadata?.deletionTimestamp !== undefined ||
    ['Evicted', 'Preempting', 'NodeLost', 'NodeAffinity', 'Shutdown', 'Terminated'].includes(pod.status?.reason ?? '');
/** Reads a workload's own conditions, which count only once its controller has seen the newest generation. */
function workloadSigns(workload, now) {
    const status = workload.status;
    if ((status?.observedGeneration ?? Number.POSITIVE_INFINITY) < (workload.metadata?.generation ?? 0))
        return [];
    const sign = (verdict, text) => ({
        verdict,
        text,
        container: undefined,
        crashed: false,
    });
    return (status?.conditions ?? []).flatMap((condition) => {
        const text = withMessage(condition.reason ?? condition.type ?? '', firstLine(condition.message));
        if (condition.type === 'Progressing' && condition.status === 'False')
            return [sign('doomed', text)];
        if (condition.type === 'ReplicaFailure' && condition.status === 'True') {
            const since = Date.parse(condition.lastTransitionTime ?? '');
            const old = Number.isNaN(since) || now - since > failedCreateGraceMs;
            return [sign(old ? 'doomed' : 'waiting', text)];
        }
        if (condition.type === 'Failed' && condition.status === 'True' && workload.kind === 'Job') {
            return [sign('doomed', text)];
        }
        return [];
    });
}
function endText(ended) {
    if (ended === undefined)
        return '';
    const reason = ended.reason === undefined || ended.reason === 'Error' || ended.reason === 'Completed' ? '' : `, ${ended.reason}`;
    const signal = ended.signal === undefined || ended.signal === 0 ? '' : `, signal ${ended.signal}`;
    return `, exit ${ended.exitCode ?? '?'}${signal}${reason}`;
}
const withMessage = (reason, message) => (message === '' ? reason : `${reason}: ${message}`);
function firstLine(message) {
    const line = (message ?? '').trim().split('\n')[0] ?? '';
    return line.length > 240 ? `${line.slice(0, 237)}...` : line;
}
//# sourceMappingURL=doomed.js.map
;// CONCATENATED MODULE: ./build/src/helm/rollout.js



/** The baseline of what is there now. */
const baselineOf = (workloads) => new Map(workloads.map((workload) => [
    keyOf(workload),
    { uid: workload.metadata?.uid ?? '', generation: workload.metadata?.generation ?? 0 },
]));
const keyOf = (workload) => (0,helm_manifest/* objectKey */.T5)({
    kind: workload.kind ?? '',
    name: workload.metadata?.name ?? '',
    namespace: workload.metadata?.namespace ?? '',
});
/** How far a workload is, by a snapshot of its namespace. Only its new pods count, found by owner, never by labels alone. */
function progressOf(name, snapshot, baseline, now) {
    const workload = snapshot.workloads.find(({ kind, metadata }) => kind === name.kind && metadata?.name === name.name && metadata.deletionTimestamp === undefined);
    if (workload === undefined) {
        return { ...name, missing: true, moved: false, ready: 0, desired: 0, done: false, pods: [], signs: [] };
    }
    const before = baseline.get((0,helm_manifest/* objectKey */.T5)(name));
    const { uid = '', generation = 0 } = workload.metadata ?? {};
    const moved = before === undefined || before.uid !== uid || before.generation !== generation;
    const pods = newPods(name.kind, workload, snapshot);
    const signs = [
        ...workloadSigns(workload, now).map((sign) => ({ ...sign, pod: undefined })),
        ...pods.flatMap((pod) => podSigns(pod).map((sign) => ({ ...patient(name.kind, sign), pod: pod.metadata?.name }))),
    ];
    return { ...name, missing: false, moved, pods, signs, ...countsOf(name.kind, workload, pods) };
}
/** A Job tries again as often as it was told to: only it can say that it has failed. */
const patient = (kind, sign) => kind === 'Job' && sign.crashed ? { ...sign, verdict: 'waiting' } : sign;
/** The pods that the newest generation of a workload made. */
function newPods(kind, workload, snapshot) {
    const uid = workload.metadata?.uid;
    const owned = (owner) => snapshot.pods.filter((pod) => (0,kubernetes_object/* isOwnedBy */.D)(pod, owner));
    const label = (pod, name) => pod.metadata?.labels?.[name];
    switch (kind) {
        case 'Deployment': {
            if (!observed(workload))
                return [];
            const revision = workload.metadata?.annotations?.['deployment.kubernetes.io/revision'];
            const set = snapshot.replicaSets.find((set) => (0,kubernetes_object/* isOwnedBy */.D)(set, uid) && set.metadata?.annotations?.['deployment.kubernetes.io/revision'] === revision);
            return set === undefined ? [] : owned(set.metadata?.uid);
        }
        case 'StatefulSet': {
            if (!observed(workload))
                return [];
            const revision = workload.status?.updateRevision;
            return owned(uid).filter((pod) => label(pod, 'controller-revision-hash') === revision);
        }
        case 'DaemonSet': {
            if (!observed(workload))
                return [];
            const newest = snapshot.controllerRevisions
                .filter((revision) => (0,kubernetes_object/* isOwnedBy */.D)(revision, uid))
                .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0];
            const hash = newest?.metadata?.labels?.['controller-revision-hash'];
            return owned(uid).filter((pod) => hash !== undefined && label(pod, 'controller-revision-hash') === hash);
        }
        case 'Job':
            return owned(uid);
    }
}
const isReady = (pod) => (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
const observed = (workload) => (workload.status?.observedGeneration ?? -1) >= (workload.metadata?.generation ?? 0);
/** Counts as `kubectl rollout status` judges them; unlike helm 3's wait, every replica must be up, whatever maxUnavailable allows. */
function countsOf(kind, workload, pods) {
    const { spec, status } = workload;
    const seen = observed(workload);
    const count = (value) => value ?? 0;
    switch (kind) {
        case 'Deployment': {
            const desired = spec?.replicas ?? 1;
            const updated = count(status?.updatedReplicas);
            const available = Math.min(count(status?.availableReplicas), updated);
            const done = seen && updated >= desired && count(status?.replicas) <= updated && available >= updated;
            // The status counts old pods as available too.
            const ready = done ? updated : Math.min(available, pods.filter(isReady).length);
            return { ready, desired, done };
        }
        case 'StatefulSet': {
            const desired = spec?.replicas ?? 1;
            const ready = count(status?.readyReplicas);
            const byHand = spec?.updateStrategy?.type === 'OnDelete';
            const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
            const updated = byHand || count(status?.updatedReplicas) >= Math.max(0, desired - partition);
            return { ready, desired, done: seen && updated && ready >= desired };
        }
        case 'DaemonSet': {
            const desired = count(status?.desiredNumberScheduled);
            const ready = count(status?.numberAvailable);
            const byHand = spec?.updateStrategy?.type === 'OnDelete';
            const updated = byHand || count(status?.updatedNumberScheduled) >= desired;
            return { ready, desired, done: seen && updated && ready >= desired };
        }
        case 'Job': {
            const complete = (status?.conditions ?? []).some(({ type, status }) => type === 'Complete' && status === 'True');
            return { ready: count(status?.succeeded), desired: spec?.completions ?? 1, done: complete };
        }
    }
}
/**
 * The sign that names why a rollout cannot or did not come right; only of workloads that moved.
 * A pod says more than the condition that its workload got from it, so it speaks for a doomed workload.
 */
function worstSign(progress) {
    const all = progress
        .filter(({ moved, done }) => moved && !done)
        .flatMap((workload) => {
        const doomed = workload.signs.some(({ verdict }) => verdict === 'doomed');
        return workload.signs.map((sign) => ({ workload, sign, doomed }));
    });
    const rank = ({ sign, doomed }) => (doomed ? 4 : 0) + (sign.pod === undefined ? 0 : 2) + (sign.verdict === 'doomed' ? 1 : 0);
    return all.sort((a, b) => rank(b) - rank(a))[0];
}
/** The first line of why: `Deployment/web: container app CrashLoopBackOff, exit 137, OOMKilled`. */
const signLine = (workload, sign) => `${workload.kind}/${workload.name}: ${sign.text}`;
//# sourceMappingURL=rollout.js.map
;// CONCATENATED MODULE: ./build/src/helm/rollout-watcher.js




/** Between two looks at the cluster, in ms. */
const intervalMs = 3_000;
const rollout_watcher_heartbeatMs = 30_000;
/**
 * Follows the rollout of one revision, from its record to all workloads being up, and beyond, until the consumer stops
 * or the signal aborts. It yields `done` each time that all are up: helm may still be waiting, or run hooks.
 */
async function* watchRollout(revision, baseline, parts, signal) {
    const look = snapshots(parts.api);
    let stored;
    let named = [];
    let hooks = [];
    const shown = new Map();
    let spoke = parts.clock.now();
    for await (const _ of (0,poll/* poll */.w)(async () => undefined, { clock: parts.clock, signal, intervalMs })) {
        if (stored === undefined) {
            stored = await parts.store.read(revision);
            if (stored === undefined)
                continue;
            named = (0,helm_manifest/* workloadsOf */.mo)((0,helm_manifest/* parseManifest */.Ng)(stored.record.manifest, stored.record.namespace));
            hooks = hookJobs(stored.record);
            yield { kind: 'started', stored, workloads: named };
        }
        const { all, hookProgress, blind } = await readAll(named, hooks, baseline, look, parts.clock.now());
        for (const message of blind)
            yield { kind: 'blind', message };
        for (const workload of [...all, ...hookProgress]) {
            const state = stateText(workload);
            if (shown.get((0,helm_manifest/* objectKey */.T5)(workload)) === state || (workload.missing && !shown.has((0,helm_manifest/* objectKey */.T5)(workload))))
                continue;
            if (!shown.has((0,helm_manifest/* objectKey */.T5)(workload)) && !workload.moved)
                continue;
            shown.set((0,helm_manifest/* objectKey */.T5)(workload), state);
            spoke = parts.clock.now();
            yield { kind: 'progress', workload, all };
        }
        const worst = worstSign([...all, ...hookProgress]);
        if (worst?.doomed === true) {
            yield { kind: 'doomed', workload: worst.workload, sign: worst.sign, all };
        }
        else if (all.every(({ done }) => done))
            yield { kind: 'done', all };
        else if (parts.clock.now() - spoke >= rollout_watcher_heartbeatMs) {
            spoke = parts.clock.now();
            yield { kind: 'heartbeat', all };
        }
    }
}
/** How the workloads of a release stand now, and the Jobs of its hooks that ran since the baseline. */
async function readProgress(record, baseline, parts) {
    const named = (0,helm_manifest/* workloadsOf */.mo)((0,helm_manifest/* parseManifest */.Ng)(record.manifest, record.namespace));
    const read = await readAll(named, hookJobs(record), baseline, snapshots(parts.api), parts.clock.now());
    return { all: read.all, hooks: read.hookProgress };
}
/** What is there before a deployment, in the namespaces that it may touch. */
async function readBaseline(api, namespaces) {
    const look = snapshots(api);
    const all = await Promise.all([...new Set(namespaces)].map((namespace) => look(namespace, new Set(kinds))));
    return baselineOf(all.flatMap(({ snapshot }) => snapshot.workloads));
}
const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
const hookJobs = (record) => record.hooks
    .filter(({ kind }) => kind === 'Job')
    .flatMap(({ manifest }) => (0,helm_manifest/* workloadsOf */.mo)((0,helm_manifest/* parseManifest */.Ng)(manifest, record.namespace)));
async function readAll(named, hooks, baseline, look, now) {
    const blind = [];
    const unread = new Set();
    const byNamespace = new Map();
    for (const namespace of new Set([...named, ...hooks].map(({ namespace }) => namespace))) {
        const wanted = new Set([...named, ...hooks].filter((name) => name.namespace === namespace).map(({ kind }) => kind));
        const read = await look(namespace, wanted);
        byNamespace.set(namespace, read.snapshot);
        blind.push(...read.blind);
        for (const kind of read.unread)
            unread.add(`${namespace}/${kind}`);
    }
    const readable = ({ namespace, kind }) => !unread.has(`${namespace}/${kind}`);
    const progress = (name) => progressOf(name, byNamespace.get(name.namespace), baseline, now);
    // A hook's Job that was there before, or that is gone after it succeeded, says nothing.
    const hookProgress = hooks
        .filter(readable)
        .map(progress)
        .filter(({ missing, moved }) => !missing && moved);
    return { all: named.filter(readable).map(progress), hookProgress, blind };
}
/** Reads namespaces; what is forbidden is told once and then left out. */
function snapshots(api) {
    const forbidden = new Set();
    return async (namespace, wanted) => {
        const blind = [];
        const unread = [];
        const list = async (resource, kind) => {
            const key = `${namespace}/${resource.plural}`;
            if (forbidden.has(key)) {
                if (kind !== undefined)
                    unread.push(kind);
                return [];
            }
            try {
                const items = await api.list(resource, namespace);
                return kind === undefined ? items : items.map((item) => ({ ...item, kind }));
            }
            catch (error) {
                if (!(0,kubernetes_api/* isForbidden */.US)(error))
                    throw error;
                forbidden.add(key);
                if (kind !== undefined)
                    unread.push(kind);
                blind.push(`may not list ${resource.plural} in ${namespace}: a failing rollout will be seen later and told with less`);
                return [];
            }
        };
        const when = async (kind, read) => wanted.has(kind) ? await read() : [];
        const [deployments, statefulSets, daemonSets, jobs, replicaSets, controllerRevisions, pods] = await Promise.all([
            when('Deployment', () => list(kubernetes_api/* resources */.ES.deployments, 'Deployment')),
            when('StatefulSet', () => list(kubernetes_api/* resources */.ES.statefulsets, 'StatefulSet')),
            when('DaemonSet', () => list(kubernetes_api/* resources */.ES.daemonsets, 'DaemonSet')),
            when('Job', () => list(kubernetes_api/* resources */.ES.jobs, 'Job')),
            when('Deployment', () => list(kubernetes_api/* resources */.ES.replicasets)),
            when('DaemonSet', () => list(kubernetes_api/* resources */.ES.controllerrevisions)),
            wanted.size === 0 ? [] : list(kubernetes_api/* resources */.ES.pods),
        ]);
        const workloads = [...deployments, ...statefulSets, ...daemonSets, ...jobs];
        return { snapshot: { workloads, replicaSets, controllerRevisions, pods }, blind, unread };
    };
}
/** What of a workload is worth a line when it changes. */
const stateText = (workload) => {
    if (workload.missing)
        return 'not there yet';
    const worst = [...workload.signs].sort((a, b) => Number(b.verdict === 'doomed') - Number(a.verdict === 'doomed'))[0];
    const trouble = worst === undefined || workload.done ? '' : `, ${worst.text}`;
    return `${workload.ready}/${workload.desired} ready${trouble}`;
};
//# sourceMappingURL=rollout-watcher.js.map
;// CONCATENATED MODULE: ./build/src/helm/attempt.js





/**
 * Runs helm and watches the rollout of its revision beside it. A rollout that cannot come right ends helm by SIGTERM,
 * at which helm ends its record as failed; and helm's success counts only once every pod is up, since helm 3 is content
 * with what maxUnavailable allows.
 */
async function attempt(argv, parts, options) {
    const { log, clock } = parts;
    const { signal } = options;
    const stopHelm = new AbortController();
    const endWatch = new AbortController();
    let result;
    let progress = [];
    let stored;
    let up = false;
    let doomed = false;
    let timedOut = false;
    let blind = false;
    const recordOfAttempt = async () => (await parts.store.read(options.revision))?.record;
    const endLogs = await followJobs(options.namespace, recordOfAttempt, parts);
    log.info(`helm ${argv.join(' ')}`);
    const helming = parts.helm
        .run(argv, {
        signal: AbortSignal.any([stopHelm.signal, signal]),
        onLine: (line, stream) => {
            if (line.trim() === '')
                return;
            if (stream === 'stderr')
                log.info(`helm: ${line}`);
            else
                log.debug(`helm: ${line}`);
        },
    })
        .then((ended) => {
        result = ended;
        if (ended.code !== 0 || !options.wait || up || blind)
            endWatch.abort();
        return ended;
    })
        .finally(() => {
        if (result === undefined)
            endWatch.abort();
    });
    const watching = (async () => {
        const watchSignal = AbortSignal.any([endWatch.signal, signal]);
        try {
            for await (const event of watchRollout(options.revision, options.baseline, parts, watchSignal)) {
                if ('all' in event)
                    progress = event.all;
                switch (event.kind) {
                    case 'started':
                        stored = event.stored;
                        break;
                    case 'blind':
                        log.warn(event.message);
                        break;
                    case 'progress':
                        log.info(`${event.workload.kind}/${event.workload.name}: ${stateText(event.workload)}`);
                        break;
                    case 'heartbeat':
                        log.info(`waiting: ${event.all
                            .filter(({ done }) => !done)
                            .map(({ kind, name }) => `${kind}/${name}`)
                            .join(', ')}`);
                        break;
                    case 'doomed':
                        if (!options.wait)
                            break;
                        doomed = true;
                        // A hook's Job is no workload of the manifest, and still the cause.
                        progress = [
                            ...event.all.filter(({ name, kind }) => name !== event.workload.name || kind !== event.workload.kind),
                            event.workload,
                        ];
                        stopHelm.abort();
                        return;
                }
                up = event.kind === 'done' ? true : event.kind === 'progress' && !event.workload.done ? false : up;
                if (event.kind === 'done' && result?.code === 0)
                    return;
            }
        }
        catch (error) {
            if (watchSignal.aborted)
                return;
            blind = true;
            log.warn(`the rollout cannot be watched, so helm's word alone counts: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    })();
    const overtime = clock.sleep(options.timeoutMs, AbortSignal.any([endWatch.signal, signal])).then(() => {
        // Pods that are all up are not the reason to wait: then helm's own time-out is the one that counts.
        if (up || blind || doomed)
            return;
        timedOut = true;
        stopHelm.abort();
        endWatch.abort();
    }, () => undefined);
    const ended = await helming;
    await watching;
    endWatch.abort();
    await overtime;
    const jobLogs = await endLogs();
    const failure = ended.code === 0 ? undefined : helmFailure(ended.stderr);
    const end = signal.aborted && !(ended.code === 0 && up)
        ? 'cancelled'
        : doomed
            ? 'doomed'
            : timedOut || failure?.kind === 'timed-out'
                ? 'timed-out'
                : failure === undefined
                    ? 'up'
                    : 'failed';
    // A helm that ends before the first look has made its record all the same.
    const made = stored ?? (await parts.store.read(options.revision));
    if (end !== 'up' && end !== 'cancelled' && made !== undefined)
        progress = await lastLook(made, progress, parts, options);
    // What ended well was told at once, and what failed is told with the cause.
    for (const job of jobLogs)
        if (end === 'up' && job.exitCode !== 0)
            await tellJobLog(job, log);
    return { end, stored: made, progress, failure, result: ended, jobLogs };
}
/** How things stand after helm has given up; what is gone by now stays as it was last seen. */
async function lastLook({ record }, seen, parts, { baseline }) {
    try {
        const { all, hooks } = await readProgress(record, baseline, parts);
        const now = [...hooks.filter(({ done }) => !done), ...all];
        const gone = seen.filter((was) => !now.some((is) => (0,helm_manifest/* objectKey */.T5)(is) === (0,helm_manifest/* objectKey */.T5)(was)) && !was.done);
        return [...gone, ...now];
    }
    catch (error) {
        parts.log.warn(`the workloads cannot be read: ${(0,errors/* messageOf */.bD)(error)}`);
        return seen;
    }
}
//# sourceMappingURL=attempt.js.map
;// CONCATENATED MODULE: ./build/src/helm/diagnosis.js



const podsPerWorkload = 2;
const logLines = 50;
const eventLines = 10;
/**
 * Looks at everything that did not come up. Reads only; what may not be read is left out and said.
 * `jobLogs` are what Jobs and hooks printed, which may be gone by now.
 */
async function diagnose(progress, failure, record, api, jobLogs = []) {
    const troubled = progress.filter(({ done, missing, moved }) => !done && !missing && moved);
    const findings = [];
    const probes = [];
    for (const workload of troubled) {
        const pods = worstFirst(workload).slice(0, podsPerWorkload);
        if (pods.length === 0) {
            const events = await warnings(api, workload.namespace, `${workload.kind}/${workload.name}`, workload.kind, workload.name);
            findings.push({
                subject: `${workload.kind}/${workload.name}`,
                signs: workload.signs.map(({ text }) => text),
                events,
                logs: [],
            });
        }
        for (const pod of pods) {
            const name = pod.metadata?.name ?? '';
            const signs = workload.signs.filter((sign) => sign.pod === name);
            const events = await warnings(api, workload.namespace, `Pod/${name}`, 'Pod', name);
            const logs = await containerLogs(api, workload.namespace, pod, signs, jobLogs);
            findings.push({ subject: `Pod/${name}`, signs: signs.map(({ text }) => text), events, logs });
            probes.push(...probeLines(workload, pod, signs, events));
        }
    }
    findings.push(...findingsOfJobs(jobLogs, findings));
    const worst = worstSign(progress);
    const objects = [...new Set([...troubled.map(({ kind, name }) => `${kind}/${name}`), failure?.object ?? ''])].filter((object) => object !== '');
    return {
        reason: diagnosis_firstLine(worst, probes, failure, record, findings),
        hint: hintFor(worst?.sign, failure),
        objects,
        findings,
    };
}
function diagnosis_firstLine(worst, probes, failure, record, findings) {
    const hook = record?.hooks.find(({ phase }) => phase === 'Failed');
    const rendered = failure !== undefined && !['timed-out', 'stopped', 'not-ready', 'hook'].includes(failure.kind);
    if (rendered)
        return failure.message;
    if (worst !== undefined) {
        const isHook = record?.hooks.some(({ kind, name }) => kind === worst.workload.kind && name === worst.workload.name);
        const last = lastWords(findings);
        const text = worst.sign.text.endsWith('is not ready') ? (probes[0] ?? worst.sign.text) : worst.sign.text;
        const line = signLine(worst.workload, { ...worst.sign, text });
        return `${isHook ? `hook ${line}` : line}${worst.sign.crashed && last !== undefined ? ` (last log: ${last})` : ''}`;
    }
    if (hook !== undefined) {
        const last = lastWords(findings);
        const words = last === undefined ? '' : ` (last log: ${last})`;
        return `hook ${hook.kind}/${hook.name} failed: ${failure?.message ?? 'helm does not say why'}${words}`;
    }
    return failure?.message ?? 'the rollout did not finish';
}
/** Containers of Jobs and hooks that failed, and that were gone before anyone looked. */
function findingsOfJobs(jobLogs, known) {
    return jobLogs
        .filter(({ pod, exitCode }) => (exitCode ?? 0) !== 0 && !known.some(({ subject }) => subject === `Pod/${pod}`))
        .slice(-podsPerWorkload)
        .map(({ owner, pod, container, lines, exitCode }) => ({
        subject: `Pod/${pod}`,
        signs: [`${owner}: container ${container} ended, exit ${exitCode}`],
        events: [],
        logs: [{ container, previous: false, lines }],
    }));
}
/** The last thing that a failed container printed. */
function lastWords(findings) {
    for (const { logs } of findings) {
        const line = logs.flatMap(({ lines }) => lines).findLast((line) => line.trim() !== '');
        if (line !== undefined)
            return line.length > 200 ? `${line.slice(0, 197)}...` : line;
    }
    return undefined;
}
function hintFor(sign, failure) {
    if (failure?.hint !== undefined)
        return failure.hint;
    if (sign === undefined)
        return undefined;
    if (/ErrImagePull|ImagePullBackOff/.test(sign.text)) {
        return 'was the image pushed, to this registry, region and account, and may the nodes pull it?';
    }
    if (/OOMKilled/.test(sign.text))
        return 'the container needs more memory than its limit';
    if (/CreateContainerConfigError/.test(sign.text))
        return 'a Secret, ConfigMap or key that the pod needs is missing';
    return undefined;
}
/** Pods with the gravest sign first. */
function worstFirst(workload) {
    const rank = (pod) => {
        const own = workload.signs.filter((sign) => sign.pod === pod.metadata?.name);
        return own.some(({ verdict }) => verdict === 'doomed') ? 2 : own.length > 0 ? 1 : 0;
    };
    return workload.pods.filter((pod) => rank(pod) > 0).sort((a, b) => rank(b) - rank(a));
}
async function containerLogs(api, namespace, pod, signs, jobLogs) {
    const logs = [];
    const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
    for (const container of new Set(signs.map(({ container }) => container))) {
        if (container === undefined)
            continue;
        const status = statuses.find(({ name }) => name === container);
        const waits = status?.state?.waiting !== undefined;
        const previous = (status?.restartCount ?? 0) > 0 && (waits || status?.state?.running !== undefined);
        if (waits && !previous && status?.lastState?.terminated === undefined)
            continue;
        try {
            const text = await api.podLog(namespace, pod.metadata?.name ?? '', { container, previous, tailLines: logLines });
            logs.push({
                container,
                previous,
                lines: text
                    .split('\n')
                    .filter((line) => line !== '')
                    .slice(-logLines),
            });
        }
        catch (error) {
            const caught = jobLogs.find((job) => job.pod === pod.metadata?.name && job.container === container);
            logs.push({ container, previous, lines: caught?.lines ?? [`(its log cannot be read: ${(0,errors/* messageOf */.bD)(error)})`] });
        }
    }
    return logs;
}
async function warnings(api, namespace, subject, kind, name) {
    try {
        const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
        const events = await api.list(kubernetes_api/* resources */.ES.events, namespace, { fieldSelector });
        const seen = new Map();
        for (const event of events) {
            if (event.type === 'Warning')
                seen.set(`${event.reason} ${event.message}`, event);
        }
        return [...seen.values()]
            .sort((a, b) => timeOf(a) - timeOf(b))
            .slice(-eventLines)
            .map(({ reason, message, count }) => `${reason}: ${diagnosis_oneLine(message)}${(count ?? 1) > 1 ? ` (${count} times)` : ''}`);
    }
    catch (error) {
        if ((0,kubernetes_api/* isForbidden */.US)(error))
            return [`(the events of ${subject} may not be read)`];
        return [`(the events of ${subject} cannot be read: ${(0,errors/* messageOf */.bD)(error)})`];
    }
}
const timeOf = (event) => Date.parse(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '') || 0;
const diagnosis_oneLine = (message) => (message ?? '').replaceAll(/\s*\n\s*/g, ' ').slice(0, 500);
/** For containers that run but are not ready: which probe, and what it last got. */
function probeLines(workload, pod, signs, events) {
    return signs
        .filter(({ text }) => text.endsWith('is not ready'))
        .map(({ container }) => {
        const spec = pod.spec?.containers?.find(({ name }) => name === container);
        const probe = spec?.readinessProbe === undefined ? 'it has no readiness probe' : probeText(spec.readinessProbe);
        const unhealthy = events.findLast((event) => event.startsWith('Unhealthy: '))?.slice('Unhealthy: '.length);
        const got = unhealthy === undefined ? '' : `: ${unhealthy}`;
        return `container ${container} is not ready, ${probe}${got} (${workload.ready}/${workload.desired} ready)`;
    });
}
function probeText(probe) {
    if (probe.httpGet !== undefined)
        return `readiness probe GET ${probe.httpGet.path ?? '/'} on port ${probe.httpGet.port}`;
    if (probe.tcpSocket !== undefined)
        return `readiness probe on TCP port ${probe.tcpSocket.port}`;
    if (probe.grpc !== undefined)
        return `readiness probe on gRPC port ${probe.grpc.port}`;
    return `readiness probe '${(probe.exec?.command ?? []).join(' ')}'`;
}
//# sourceMappingURL=diagnosis.js.map
;// CONCATENATED MODULE: ./build/src/helm/journal.js
const key = 'helm-release';
/** Written before each change. */
const writeJournal = (host, journal) => host.saveState(key, JSON.stringify(journal));
/** undefined when this run began nothing. */
function readJournal(host) {
    const text = host.loadState(key);
    if (!text)
        return undefined;
    const value = JSON.parse(text);
    if (typeof value.namespace !== 'string' || typeof value.revision !== 'number')
        return undefined;
    return {
        namespace: value.namespace,
        revision: value.revision,
        goBackTo: typeof value.goBackTo === 'number' ? value.goBackTo : undefined,
        state: value.state === 'open' ? 'open' : 'closed',
    };
}
//# sourceMappingURL=journal.js.map
;// CONCATENATED MODULE: ./build/src/helm/plan-steps.js

/**
 * What a run would do, in order, a line each: the repairs, the upgrade with what differs besides the objects, how the
 * cron jobs would stand, and the way back when it fails. Pure: for a dry run's log and summary.
 */
function planSteps(recovery, planned, { onFailure }) {
    const { repairs, deploy, goBackTo } = recovery;
    return [
        ...repairs.map((step) => step.kind === 'unlock' ? `unlock revision ${step.revision} (${step.was})` : 'finish the uninstall that was begun'),
        planned.same && recovery.state === 'deployed'
            ? 'change nothing: the release is as asked'
            : deploy === 'replace'
                ? 'install in place of the uninstalled release'
                : goBackTo === undefined
                    ? 'install: no revision ran well before'
                    : `upgrade, compared with revision ${goBackTo}`,
        ...planned.besides,
        ...cronJobsIn(planned.objects).map(({ name, content }) => {
            const { schedule, suspend } = (content['spec'] ?? {});
            const how = suspend === true ? 'suspended' : suspend === false ? 'active' : 'as it is (suspend is not rendered)';
            return `CronJob/${name} (${String(schedule)}) would be ${how}`;
        }),
        `on a failure: ${onFailure === 'leave'
            ? 'leave it failed'
            : goBackTo !== undefined
                ? `roll back to revision ${goBackTo}`
                : onFailure === 'uninstall'
                    ? 'uninstall, as there is nothing to go back to'
                    : 'leave it failed, as there is nothing to go back to'}`,
    ];
}
//# sourceMappingURL=plan-steps.js.map
;// CONCATENATED MODULE: ./build/src/helm/pod-template.js
const fieldsOf = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const listOf = (value) => (Array.isArray(value) ? value.map(fieldsOf) : []);
const textOf = (value) => (typeof value === 'string' ? value : undefined);
const numberOf = (value) => typeof value === 'number' && Number.isFinite(value) ? value : undefined;
/** Labels or a selector; what is no text is left out. */
const labelsOf = (value) => Object.fromEntries(Object.entries(fieldsOf(value)).filter((entry) => typeof entry[1] === 'string'));
/** The pod templates of a manifest. Custom resources count too when they hold one in the usual place. */
function podTemplatesOf(objects) {
    return objects.flatMap((object) => {
        const spec = fieldsOf(object.content['spec']);
        const template = object.kind === 'Pod'
            ? object.content
            : object.kind === 'CronJob'
                ? fieldsOf(fieldsOf(fieldsOf(spec['jobTemplate'])['spec'])['template'])
                : fieldsOf(spec['template']);
        const pod = fieldsOf(template['spec']);
        const main = listOf(pod['containers']);
        if (main.length === 0)
            return [];
        const init = listOf(pod['initContainers']);
        const sidecars = init.filter(({ restartPolicy }) => restartPolicy === 'Always');
        return [
            {
                object: `${object.kind}/${object.name}`,
                kind: object.kind,
                name: object.name,
                namespace: object.namespace,
                labels: labelsOf(fieldsOf(template['metadata'])['labels']),
                containers: [
                    ...main.map((container) => containerOf(container, false)),
                    ...sidecars.map((container) => containerOf(container, true)),
                ],
                images: [...main, ...init].map(({ name, image }) => ({
                    container: textOf(name) ?? '',
                    image: textOf(image) ?? '',
                })),
                graceSeconds: numberOf(pod['terminationGracePeriodSeconds']) ?? 30,
                spec,
            },
        ];
    });
}
function containerOf(container, sidecar) {
    const preStop = fieldsOf(container['lifecycle'])['preStop'];
    return {
        name: textOf(container['name']) ?? '',
        image: textOf(container['image']) ?? '',
        sidecar,
        ports: listOf(container['ports']).map((port) => ({
            name: textOf(port['name']),
            number: numberOf(port['containerPort']),
        })),
        readiness: probeOf(container['readinessProbe']),
        liveness: probeOf(container['livenessProbe']),
        hasStartup: Object.keys(fieldsOf(container['startupProbe'])).length > 0,
        preStop: Object.keys(fieldsOf(preStop)).length === 0 ? undefined : { sleeps: sleepOf(fieldsOf(preStop)) },
    };
}
function probeOf(value) {
    const probe = fieldsOf(value);
    if (Object.keys(probe).length === 0)
        return undefined;
    return {
        ...probe,
        initialDelaySeconds: numberOf(probe['initialDelaySeconds']) ?? 0,
        periodSeconds: numberOf(probe['periodSeconds']) ?? 10,
        failureThreshold: numberOf(probe['failureThreshold']) ?? 3,
        successThreshold: numberOf(probe['successThreshold']) ?? 1,
    };
}
/** The seconds of a `sleep` action, or of every `sleep N` in a command. */
function sleepOf(preStop) {
    const own = numberOf(fieldsOf(preStop['sleep'])['seconds']);
    if (own !== undefined)
        return own;
    const command = fieldsOf(preStop['exec'])['command'];
    if (!Array.isArray(command))
        return undefined;
    const all = [...command.join(' ').matchAll(/\bsleep\s+(\d+(?:\.\d+)?)(s|m|h)?(?=[\s;&|]|$)/g)];
    if (all.length === 0)
        return undefined;
    const unit = { s: 1, m: 60, h: 3_600 };
    return all.reduce((sum, [, amount, of]) => sum + Number(amount) * unit[(of ?? 's')], 0);
}
/** The Services among the objects of a manifest. */
function servicesOf(objects) {
    return objects
        .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
        .map(({ name, namespace, content }) => {
        const spec = fieldsOf(content['spec']);
        return {
            name,
            namespace,
            selector: labelsOf(spec['selector']),
            externalName: spec['type'] === 'ExternalName',
            headless: spec['clusterIP'] === 'None',
            ports: listOf(spec['ports']).map((entry) => {
                const port = numberOf(entry['port']);
                const target = entry['targetPort'];
                const given = typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target;
                return {
                    name: textOf(entry['name']) ?? '',
                    port,
                    target: typeof given === 'string' || typeof given === 'number' ? given : (port ?? ''),
                };
            }),
        };
    });
}
/** Whether a Service sends traffic to pods of a selector of its own. */
const isSelecting = ({ selector, externalName }) => !externalName && Object.keys(selector).length > 0;
/** The templates whose pods a Service selects. */
const selectedBy = ({ selector, namespace }, templates) => templates.filter((template) => template.namespace === namespace &&
    Object.entries(selector).every(([key, value]) => template.labels[key] === value));
/** The container that a port of a Service leads to; undefined when none declares it. */
const containerAt = (template, target) => template.containers.find(({ ports }) => ports.some(({ name, number }) => target === name || target === number));
//# sourceMappingURL=pod-template.js.map
;// CONCATENATED MODULE: ./build/src/helm/manifest-lint.js


/** What the lint looks at, by name. */
const lintRules = [
    'all-at-once',
    'no-readiness',
    'no-pre-stop',
    'pre-stop-too-long',
    'early-liveness',
    'short-timeout',
    'tag-only',
    'no-pods',
    'no-port',
    'image-unused',
];
/** Looks through a rendered manifest and tells everything at once. Templates count in whatever kind they stand. */
function lintManifest(objects, options) {
    const templates = podTemplatesOf(objects);
    const services = servicesOf(objects).filter(isSelecting);
    const behind = new Map();
    for (const service of services) {
        for (const template of selectedBy(service, templates)) {
            behind.set(template, [...(behind.get(template) ?? []), service]);
        }
    }
    const found = [
        ...services.flatMap((service) => lintService(service, selectedBy(service, templates))),
        ...templates.flatMap((template) => {
            const own = behind.get(template) ?? [];
            return [
                ...lintReplicas(template, own.length > 0, minimumOf(template, objects)),
                ...serving(template, own).flatMap((container) => lintServing(template, container)),
                ...template.containers.flatMap((container) => lintLiveness(template, container)),
                ...lintDeadline(template, options.timeoutMs),
                ...lintImages(template),
            ];
        }),
        ...lintUnused(templates, options.repository),
    ];
    return found.filter(({ rule }) => !options.ignored.includes(rule));
}
/** A finding as a line. */
const findingLine = ({ object, problem, advice, rule }) => `${object}: ${problem}: ${advice} (${rule})`;
function lintService(service, selected) {
    const object = `Service/${service.name}`;
    if (selected.length === 0) {
        const selector = selectorText(service);
        return [
            {
                rule: 'no-pods',
                object,
                problem: `its selector ${selector} matches no pods of the release`,
                advice: "make it equal to the labels of a workload's pod template",
            },
        ];
    }
    return service.ports.flatMap(({ target }) => selected.flatMap((template) => {
        const declared = template.containers.flatMap(({ ports }) => ports);
        // Without a declared port, a number may still be listened on.
        if (containerAt(template, target) !== undefined)
            return [];
        if (typeof target === 'number' && declared.length === 0)
            return [];
        const names = declared.map(({ name, number }) => (name === undefined ? String(number) : `${name} (${number})`));
        return [
            {
                rule: 'no-port',
                object,
                problem: `targetPort ${target} is not a port of ${template.object}`,
                advice: names.length === 0 ? 'name the port in the container' : `use one of ${names.join(', ')}`,
            },
        ];
    }));
}
/** A selector as kubectl takes it. */
const selectorText = ({ selector }) => Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
/** The containers that a template's Services lead to: those of their ports; all but sidecars when no port tells. */
function serving(template, services) {
    if (services.length === 0)
        return [];
    const named = new Set(services.flatMap(({ ports }) => ports.flatMap(({ target }) => containerAt(template, target) ?? [])));
    return named.size > 0 ? [...named] : template.containers.filter(({ sidecar }) => !sidecar);
}
function lintServing({ object, graceSeconds }, container) {
    const { name, readiness, preStop } = container;
    const found = [];
    if (readiness === undefined) {
        found.push({
            rule: 'no-readiness',
            object,
            problem: `container ${name} is behind a Service and has no readiness probe`,
            advice: 'add a readinessProbe, or it gets requests before it can answer them',
        });
    }
    if (preStop === undefined) {
        found.push({
            rule: 'no-pre-stop',
            object,
            problem: `container ${name} is behind a Service and has no preStop hook`,
            advice: 'let preStop sleep some 10 s, or it ends while load balancers still send it requests',
        });
    }
    else if (preStop.sleeps !== undefined && preStop.sleeps >= graceSeconds) {
        found.push({
            rule: 'pre-stop-too-long',
            object,
            problem: `preStop of container ${name} sleeps ${preStop.sleeps} s of the ${graceSeconds} s until it is killed`,
            advice: 'raise terminationGracePeriodSeconds well above the sleep',
        });
    }
    return found;
}
function lintLiveness({ object }, container) {
    const { name, liveness, readiness, hasStartup } = container;
    if (liveness === undefined || readiness === undefined || hasStartup)
        return [];
    const killed = liveness.initialDelaySeconds + (liveness.failureThreshold - 1) * liveness.periodSeconds;
    const ready = readiness.initialDelaySeconds + (readiness.successThreshold - 1) * readiness.periodSeconds;
    if (killed > ready || (killed === ready && ready === 0 && liveness.failureThreshold > 1))
        return [];
    return [
        {
            rule: 'early-liveness',
            object,
            problem: `liveness may kill container ${name} after ${killed} s, and readiness cannot pass before ${ready} s`,
            advice: 'add a startupProbe, or give liveness more time than readiness',
        },
    ];
}
/** The fewest replicas that a workload has: an autoscaler's word counts before its own. */
function minimumOf({ kind, name, namespace, spec }, objects) {
    const scaler = objects.find((object) => {
        const target = object.content['spec']
            ?.scaleTargetRef;
        return (object.kind === 'HorizontalPodAutoscaler' &&
            object.namespace === namespace &&
            target?.kind === kind &&
            target.name === name);
    });
    const minimum = scaler?.content['spec']?.minReplicas;
    const own = scaler === undefined ? spec['replicas'] : minimum;
    return typeof own === 'number' ? own : 1;
}
function lintReplicas(template, serves, replicas) {
    if (template.kind !== 'Deployment' || replicas < 1)
        return [];
    const strategy = (template.spec['strategy'] ?? {});
    const { object } = template;
    const advice = 'set maxUnavailable to 0 and maxSurge to 1, or run more replicas';
    if (strategy.type === 'Recreate') {
        if (!serves)
            return [];
        const problem = 'strategy Recreate ends every pod before a new one starts, and it is behind a Service';
        return [{ rule: 'all-at-once', object, problem, advice: 'use RollingUpdate' }];
    }
    const given = strategy.rollingUpdate?.maxUnavailable;
    const percent = typeof given === 'string' ? /^(\d+)%$/.exec(given)?.[1] : undefined;
    const allowed = percent === undefined ? (typeof given === 'number' ? given : 0) : Math.floor((Number(percent) * replicas) / 100);
    if (allowed < replicas)
        return [];
    const problem = `maxUnavailable ${given} lets ${replicas === 1 ? 'its only replica' : `all ${replicas} replicas`} go before a new one is ready`;
    return [{ rule: 'all-at-once', object, problem, advice }];
}
function lintDeadline({ kind, object, spec }, timeoutMs) {
    if (kind !== 'Deployment')
        return [];
    const given = spec['progressDeadlineSeconds'];
    const deadline = typeof given === 'number' ? given : 600;
    // The greatest number stands for no deadline at all.
    if (timeoutMs >= deadline * 1_000 || deadline >= 2_147_483_647)
        return [];
    return [
        {
            rule: 'short-timeout',
            object,
            problem: `timeout ${(0,action_clock/* formatDuration */.a3)(timeoutMs)} ends before progressDeadlineSeconds ${deadline}`,
            advice: 'raise timeout or lower progressDeadlineSeconds, so that Kubernetes itself can say that it does not progress',
        },
    ];
}
const lintImages = ({ object, images }) => images
    .filter(({ image }) => image !== '' && !/@sha\d+:[0-9a-f]+$/.test(image))
    .map(({ container, image }) => ({
    rule: 'tag-only',
    object,
    problem: `container ${container} names image ${image} without a digest`,
    advice: 'name it by digest: a tag may be moved, and a rollback then starts something else',
}));
function lintUnused(templates, repository) {
    const images = templates.flatMap((template) => template.images);
    if (repository === undefined || images.some(({ image }) => isOf(image, repository)))
        return [];
    return [
        {
            rule: 'image-unused',
            object: 'release',
            problem: `no container uses ${repository}`,
            advice: 'let image-key, or image-repository-key and the like, name the values that the chart reads',
        },
    ];
}
const isOf = (image, repository) => image === repository || image.startsWith(`${repository}:`) || image.startsWith(`${repository}@`);
//# sourceMappingURL=manifest-lint.js.map
// EXTERNAL MODULE: ./build/src/helm/release-values.js
var release_values = __webpack_require__(4726);
;// CONCATENATED MODULE: ./build/src/helm/digest-check.js

/**
 * The containers of an image's repository that run something else than its digest, a line each:
 * `Deployment/web: container app of pod web-1 runs sha256:…`. None when the image has no digest: then nothing is promised.
 * A pod that asks for the very digest runs it, whatever the node calls it: runtimes name the manifest of their platform,
 * or the first of several with the same configuration.
 */
function digestMismatches(progress, image) {
    const { repository, digest } = (0,release_values/* splitImage */.s5)(image);
    if (digest === undefined)
        return [];
    return progress
        .filter(({ kind }) => kind !== 'Job')
        .flatMap(({ kind, name, pods }) => pods
        .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
        .flatMap((pod) => mismatchesOf(pod, repository, digest).map((line) => `${kind}/${name}: ${line}`)));
}
function mismatchesOf(pod, repository, digest) {
    return (pod.spec?.containers ?? []).flatMap(({ name, image }) => {
        const asked = referenceOf(image);
        if (asked?.repository !== repository || asked.digest === digest)
            return [];
        const status = (pod.status?.containerStatuses ?? []).find((one) => one.name === name);
        const runs = /@(sha256:[0-9a-f]{64})$/.exec(status?.imageID ?? '')?.[1];
        if (runs === digest)
            return [];
        const what = runs === undefined ? 'a digest that its node does not tell' : runs;
        return [`container ${name} of pod ${pod.metadata?.name} runs ${what}, not ${digest}`];
    });
}
function referenceOf(image) {
    try {
        return image === undefined ? undefined : (0,release_values/* splitImage */.s5)(image);
    }
    catch {
        // What a pod asks for may be no reference at all; then it is not what was deployed.
        return undefined;
    }
}
//# sourceMappingURL=digest-check.js.map
;// CONCATENATED MODULE: ./build/src/helm/service-endpoints.js


/** The label by which slices belong to a Service. */
const serviceLabel = 'kubernetes.io/service-name';
/**
 * Judges a Service by its slices. Only endpoints of the newest pods count where those are known: the old ones' addresses
 * stay in the slices for a moment after the pods have gone.
 */
function judgeService(service, templates, slices, progress) {
    const { name, namespace } = service;
    const own = slices.filter(({ metadata }) => metadata?.namespace === namespace && metadata.labels?.[serviceLabel] === name);
    const selected = selectedBy(service, templates).filter(({ kind }) => kind !== 'Job' && kind !== 'CronJob');
    const workloads = selected.flatMap((template) => progress.find((entry) => entry.kind === template.kind && entry.name === template.name && entry.namespace === namespace) ?? []);
    const known = selected.length > 0 && workloads.length === selected.length;
    const uids = new Set(workloads.flatMap(({ pods }) => pods.map(({ metadata }) => metadata?.uid)));
    const counts = (uid) => !known || (uid !== undefined && uids.has(uid));
    const readyIn = ({ endpoints }) => (endpoints ?? []).filter(({ conditions, targetRef }) => conditions?.ready !== false && counts(targetRef?.uid))
        .length;
    const expected = known ? workloads.reduce((sum, { desired }) => sum + desired, 0) : undefined;
    const ready = own.reduce((sum, slice) => sum + readyIn(slice), 0);
    const state = { name, namespace, ready, expected };
    if (expected === 0)
        return { ...state, problem: undefined };
    if (ready === 0) {
        // A headless Service may be for pods that somebody else makes, now or later.
        if (selected.length === 0 && service.headless)
            return { ...state, problem: undefined };
        const why = selected.length === 0
            ? `no endpoints: its selector ${selectorText(service)} matches no pods of the release`
            : `0 of ${expected ?? selected.length} endpoints are ready`;
        return { ...state, problem: why };
    }
    const there = new Set(own
        .filter((slice) => readyIn(slice) > 0)
        .flatMap(({ ports }) => (ports ?? []).filter(({ port }) => port != null).map((port) => port.name ?? '')));
    const lost = service.ports.find((port) => !there.has(port.name));
    if (lost === undefined)
        return { ...state, problem: undefined };
    const containers = selected.flatMap((template) => template.containers).map((container) => container.name);
    const where = containers.length === 0 ? 'any of its pods' : [...new Set(containers)].join(', ');
    return { ...state, problem: `targetPort ${lost.target} is not a port of ${where}` };
}
//# sourceMappingURL=service-endpoints.js.map
;// CONCATENATED MODULE: ./build/src/helm/serving.js








/** Between two looks at the endpoints, in ms. */
const lookMs = 2_000;
/** Endpoints follow their pods by seconds: so long is waited even when the time is up, in ms. */
const leastMs = 15_000;
/**
 * Holds a deployment whose pods are all up against what users meet: the digest that its containers run, endpoints behind
 * every Service, and an answer from outside. Makes only reading calls. Rejects with the signal's reason.
 */
async function checkServing(record, checks, leftMs, parts) {
    const { clock, log, signal } = parts;
    const objects = (0,helm_manifest/* parseManifest */.Ng)(record.manifest, record.namespace);
    const services = checks.services === 'off' ? [] : servicesOf(objects).filter(isSelecting);
    const until = clock.now() + Math.max(leftMs, leastMs);
    const blind = new Set();
    let states = [];
    for (let said = '';;) {
        signal.throwIfAborted();
        const { all: progress } = await readProgress(record, new Map(), parts);
        const wrong = checks.image === undefined ? [] : digestMismatches(progress, checks.image);
        if (wrong.length > 0)
            return { services: states, problem: wrong.slice(0, 5).join('; '), hint: mismatchHint };
        states = await readServices(objects, services, progress, blind, parts);
        const bad = states.filter(({ problem }) => problem !== undefined);
        if (bad.length === 0)
            break;
        const lines = bad.map(problemLine).join('; ');
        if (clock.now() + lookMs > until) {
            if (checks.services === 'fail')
                return { services: states, problem: lines, hint: endpointsHint };
            log.warn(lines);
            break;
        }
        if (said !== lines)
            log.info(`waiting for endpoints: ${lines}`);
        said = lines;
        await clock.sleep(lookMs, signal);
    }
    if (checks.probe !== undefined) {
        log.info(`probing ${checks.probe.url.replace(/[?#].*$/, '')} for up to ${(0,action_clock/* formatDuration */.a3)(checks.probe.timeoutMs)}`);
        const verdict = await (0,http_probe/* probeHttp */.xc)(checks.probe, { log: (line) => log.info(line), clock, signal });
        if (!verdict.passed)
            return { services: states, problem: verdict.reason, hint: probeHint };
    }
    return { services: states, problem: undefined, hint: undefined };
}
const mismatchHint = 'the tag was moved, or the chart reads the image from other values than those that were set';
const endpointsHint = 'its selector must equal the labels of the pods, its targetPort a port of theirs, and their readiness probe must pass';
const probeHint = 'the pods are ready, so look between them and the address: Ingress, load balancer, certificate, DNS';
const problemLine = ({ name, problem }) => `Service/${name}: ${problem}`;
async function readServices(objects, services, progress, blind, { api, log }) {
    const templates = podTemplatesOf(objects);
    const states = [];
    for (const namespace of new Set(services.map((service) => service.namespace))) {
        if (blind.has(namespace))
            continue;
        try {
            const slices = await api.list(kubernetes_api/* resources */.ES.endpointslices, namespace, { labelSelector: serviceLabel });
            const own = services.filter((service) => service.namespace === namespace);
            states.push(...own.map((service) => judgeService(service, templates, slices, progress)));
        }
        catch (error) {
            if (!(0,kubernetes_api/* isForbidden */.US)(error))
                throw error;
            blind.add(namespace);
            log.warn(`may not list endpointslices.discovery.k8s.io in ${namespace}: whether its Services have endpoints is not known`);
        }
    }
    return states;
}
//# sourceMappingURL=serving.js.map
;// CONCATENATED MODULE: ./build/src/helm/proof.js




/** What the lint says of what will be deployed, told at once. `objects` is undefined when they could not be rendered. */
function lintPlan({ lint, checks, request }, objects, { log }) {
    if (lint.mode === 'off' || objects === undefined)
        return { findings: [], refused: undefined };
    const repository = checks.image === undefined ? undefined : (0,release_values/* splitImage */.s5)(checks.image).repository;
    const findings = lintManifest(objects, { timeoutMs: request.timeoutMs, repository, ignored: lint.ignored });
    const [first] = findings;
    if (first === undefined)
        return { findings, refused: undefined };
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    log.warn([`lint: ${count} in the rendered manifest`, ...findings.map(findingLine)].join('\n  '));
    const others = findings.length === 1 ? '' : `; and ${findings.length - 1} more`;
    return { findings, refused: lint.mode === 'error' ? `lint: ${findingLine(first)}${others}` : undefined };
}
/** Renders for the lint alone. A chart that does not render is told by the deployment itself, unless the lint is a gate. */
async function renderForLint({ lint }, render, { log }) {
    if (lint.mode === 'off')
        return undefined;
    try {
        return await render();
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo) || lint.mode === 'error')
            throw error;
        log.debug(`the manifest is not linted: ${error.message}`);
        return undefined;
    }
}
/** Holds an attempt whose pods are up against what users meet: one that does not serve has failed. */
async function proven(done, { checks, request }, leftMs, parts) {
    if (done.end !== 'up' || request.wait === 'none' || done.stored === undefined)
        return { attempt: done, services: [] };
    try {
        const { services, problem, hint } = await checkServing(done.stored.record, checks, leftMs, parts);
        if (problem === undefined)
            return { attempt: done, services };
        const object = /^\w+\/[^\s:]+/.exec(problem)?.[0];
        return {
            attempt: { ...done, end: 'failed', failure: { kind: 'not-serving', message: problem, hint, object } },
            services,
        };
    }
    catch (error) {
        if (!parts.signal.aborted)
            throw error;
        return { attempt: { ...done, end: 'cancelled' }, services: [] };
    }
}
/** For the look after a rollback, in ms: it only colours what is known already. */
const lookBackMs = 15_000;
/**
 * Whether the revision that was gone back to does not serve either: then the cause is not in what was deployed.
 * Undefined when it serves, or when that cannot be told.
 */
async function badBefore(revision, { checks }, parts) {
    const { probe } = checks;
    const lenient = {
        services: checks.services,
        image: undefined,
        probe: probe && { ...probe, timeoutMs: Math.min(probe.timeoutMs, lookBackMs) },
    };
    try {
        const stored = await parts.store.read(revision);
        const problem = stored && (await checkServing(stored.record, lenient, 0, parts)).problem;
        return problem && `revision ${revision} does not serve either (${problem}): the cause is not in what was deployed`;
    }
    catch (error) {
        if (!parts.signal.aborted && !(error instanceof errors/* UserError */.yo))
            throw error;
        return undefined;
    }
}
//# sourceMappingURL=proof.js.map
;// CONCATENATED MODULE: ./build/src/helm/known-good.js
/** The label that says whether a revision was deployed with waiting; without it `deployed` proves nothing. */
const waitLabel = 'ci-wait';
/** Descriptions of revisions that never ran well, though later ones made them `superseded` (helm's upgrade.go and rollback.go). */
const neverRan = /^(Release|Upgrade|Rollback) ".*" failed|^(Preparing upgrade|Initial install underway|Dry run|Deletion in progress|Uninstallation complete|superseded by new release|Release unlocked from|Release marked as failed)/;
/** Whether a revision once ran well, as far as its record tells. */
function ranWell(entry) {
    if (entry.status === 'deployed')
        return true;
    return entry.status === 'superseded' && !neverRan.test(entry.description);
}
/** Whether helm or this project waited for the revision's pods. Records without the label are taken for waited. */
const isProven = (entry) => entry.labels[waitLabel] !== 'false';
/**
 * The revision to go back to: the newest `deployed` one below `below`, else the newest `superseded` one that ran well.
 * Revisions that were deployed without waiting are taken only when there is no other.
 * Helm itself would take `below - 1`, whatever became of it.
 */
function lastKnownGood(history, below = Number.POSITIVE_INFINITY) {
    const newestFirst = history.filter(({ revision }) => revision < below).sort((a, b) => b.revision - a.revision);
    const good = newestFirst.filter(ranWell);
    const pick = (among) => among.find(({ status }) => status === 'deployed') ?? among[0];
    return pick(good.filter(isProven)) ?? pick(good);
}
//# sourceMappingURL=known-good.js.map
;// CONCATENATED MODULE: ./build/src/helm/recovery-plan.js


/**
 * What plain `helm upgrade --install` cannot do by itself, put right.
 * Helm finds an uninstalled release only when the unsorted last record says so, which with ten or more is an older one.
 */
function planRecovery(history, lock, options) {
    const last = history.at(-1);
    const state = stateOf(history);
    const base = {
        state,
        repairs: [],
        deploy: 'upgrade',
        goBackTo: lastKnownGood(history)?.revision,
        heldBy: lock.kind === 'held' ? lock : undefined,
        refused: undefined,
        note: undefined,
    };
    if (last === undefined || base.heldBy !== undefined)
        return base;
    const at = `revision ${last.revision}`;
    const repaired = (repairs, note) => options.repair === 'auto'
        ? { ...base, repairs, note }
        : { ...base, refused: `${at} is ${last.status} and 'repair' is off: ${note}` };
    switch (state) {
        case 'pending-install':
        case 'pending-upgrade':
        case 'pending-upgrade-first':
        case 'pending-rollback': {
            const why = lock.kind === 'stale' ? lock.why : 'nobody works on it';
            return repaired([unlock(last)], `${at} is stuck in ${last.status} (${why}); it will be unlocked`);
        }
        case 'uninstalling':
            return ranWell(last) || base.goBackTo !== undefined
                ? repaired([unlock(last)], `an uninstall of ${at} did not end; its record will be unlocked, the release kept`)
                : repaired([{ kind: 'uninstall' }], `an uninstall of ${at} did not end; it will be finished`);
        case 'unknown':
            return repaired([unlock(last)], `${at} is in a state that helm does not know; it will be marked as failed`);
        case 'uninstalled': {
            const replace = history.length >= 10 || !atLeast(options.version, 3, 14, 4);
            const note = `${at} is uninstalled with its history kept; installing again`;
            return { ...base, goBackTo: undefined, deploy: replace ? 'replace' : 'upgrade', note };
        }
        case 'failed-first':
            return { ...base, note: `${at} failed and nothing ran well before it; upgrading over it` };
        case 'failed-over-deployed':
        case 'failed-over-superseded':
            return { ...base, note: `${at} failed; upgrading over it, ${goodWord(base.goBackTo)}` };
        case 'superseded-only':
            return { ...base, note: `the newest record of the release is lost; upgrading over ${at}` };
        default:
            return base;
    }
}
const goodWord = (revision) => revision === undefined ? 'nothing ran well before' : `revision ${revision} is known good`;
const unlock = (entry) => ({ kind: 'unlock', revision: entry.revision, was: entry.status });
function stateOf(history) {
    const last = history.at(-1);
    if (last === undefined)
        return 'none';
    const before = history.slice(0, -1);
    const good = before.some(ranWell);
    switch (last.status) {
        case 'deployed':
        case 'pending-install':
        case 'pending-rollback':
        case 'uninstalled':
        case 'uninstalling':
        case 'unknown':
            return last.status;
        case 'pending-upgrade':
            return good ? 'pending-upgrade' : 'pending-upgrade-first';
        case 'failed':
            if (before.some(({ status }) => status === 'deployed'))
                return 'failed-over-deployed';
            return good ? 'failed-over-superseded' : 'failed-first';
        case 'superseded':
            return before.some(({ status }) => status === 'deployed') ? 'deployed' : 'superseded-only';
    }
}
//# sourceMappingURL=recovery-plan.js.map
;// CONCATENATED MODULE: ./build/src/helm/release-lock.js

/** The labels by which a run recognises the records it made. */
const runLabel = 'ci-run';
const attemptLabel = 'ci-attempt';
/** Set where a run is known by its machine alone: the process that deploys. */
const processLabel = 'ci-pid';
/**
 * A text as a label value: at most 63 letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit.
 * The end is kept: that is where the number of a run stands.
 */
function labelValue(text) {
    return text
        .replaceAll(/[^A-Za-z0-9_.-]+/g, '.')
        .slice(-63)
        .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
/** How long after its operation's time-out a pending record may still be alive, in ms: helm's own end and a slow API. */
const lockGraceMs = 60_000;
/**
 * Judges the newest revision. A record of this very run is stale, since this run is here and does nothing yet,
 * unless it names a process of this machine that still lives;
 * a rollback copies the labels of its target, so a pending rollback belongs to the run of the revision before it.
 * Any other is stale when it is older than an operation can take: `timeoutMs` and a grace.
 * `since` is when its record was made, by the clock of the cluster.
 */
function judgeLock(history, me, since, now, timeoutMs) {
    const last = history.at(-1);
    if (last === undefined || !isPending(last.status))
        return { kind: 'free' };
    const identity = last.status === 'pending-rollback' ? history.at(-2) : last;
    const run = identity?.labels[runLabel];
    const pid = Number(identity?.labels[processLabel]);
    if (run !== undefined && run === me.run && !(Number.isSafeInteger(pid) && pid > 0 && me.isAlive(pid))) {
        const attempt = identity?.labels[attemptLabel] ?? '?';
        return { kind: 'stale', why: `it was left by this run, attempt ${attempt}` };
    }
    const began = since ?? last.updated;
    const by = run === undefined ? 'somebody without a run label' : `run ${run}`;
    if (began === undefined)
        return { kind: 'held', by, ageMs: 0, staleInMs: timeoutMs + lockGraceMs };
    const ageMs = Math.max(0, now - began);
    const staleInMs = timeoutMs + lockGraceMs - ageMs;
    if (staleInMs <= 0)
        return { kind: 'stale', why: `${by} began it ${Math.round(ageMs / 60_000)} min ago` };
    return { kind: 'held', by, ageMs, staleInMs };
}
//# sourceMappingURL=release-lock.js.map
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/src/helm/manifest-diff.js


const absent = '(none)';
/** The difference between two manifests, by object, in the order of the new one. */
function diffManifests(before, after) {
    const old = new Map(before.map((object) => [(0,helm_manifest/* objectKey */.T5)(object), object]));
    const changes = [];
    for (const object of after) {
        const was = old.get((0,helm_manifest/* objectKey */.T5)(object));
        old.delete((0,helm_manifest/* objectKey */.T5)(object));
        if (was === undefined)
            changes.push({ change: 'added', object: nameOf(object), fields: [] });
        else if (!(0,external_node_util_.isDeepStrictEqual)(was.content, object.content)) {
            const fields = diffFields(was.content, object.content, '');
            const shown = object.kind === 'Secret' ? fields.map(redact) : fields;
            changes.push({ change: 'changed', object: nameOf(object), fields: shown });
        }
    }
    for (const object of old.values())
        changes.push({ change: 'removed', object: nameOf(object), fields: [] });
    return changes;
}
/** The paths at which two trees differ, without what stands there: for values, which may be secret. */
const changedPaths = (before, after) => diffFields(before, after, '').map(({ path }) => path);
const nameOf = ({ kind, name }) => `${kind}/${name}`;
const redact = (field) => /^(data|stringData)\b|^metadata\.annotations\b.*last-applied/.test(field.path)
    ? { path: field.path, before: manifest_diff_hidden(field.before), after: manifest_diff_hidden(field.after) }
    : field;
const manifest_diff_hidden = (shown) => (shown === absent ? absent : '(hidden)');
function diffFields(before, after, path) {
    if ((0,external_node_util_.isDeepStrictEqual)(before, after))
        return [];
    const [a, b] = [entriesOf(before), entriesOf(after)];
    if (a === undefined || b === undefined)
        return [{ path, ...showBoth(before, after) }];
    const keys = [...new Set([...a.keys(), ...b.keys()])];
    return keys.flatMap((key) => diffFields(a.get(key), b.get(key), path === '' ? key : `${path}.${key}`));
}
/** Members of a list count by their name where they have one, so that an added container does not shift the others. */
function entriesOf(value) {
    if (Array.isArray(value)) {
        const names = value.map((item) => item?.name);
        const named = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
        return new Map(value.map((item, index) => [named ? String(names[index]) : String(index), item]));
    }
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}
const longest = 120;
/** Both sides of a difference; of long ones, the part around the first place where they differ. */
function showBoth(before, after) {
    const [a, b] = [manifest_diff_textOf(before), manifest_diff_textOf(after)];
    if (before === undefined || after === undefined || Math.max(a.length, b.length) <= longest) {
        return { before: cut(a, 0), after: cut(b, 0) };
    }
    let at = 0;
    while (at < a.length && a[at] === b[at])
        at++;
    // The whole line, if it is not too far away.
    const line = a.lastIndexOf('\n', at - 1) + 1;
    const from = at - line < longest / 2 ? line : at - 20;
    return { before: cut(a, from), after: cut(b, from) };
}
function manifest_diff_textOf(value) {
    if (value === undefined)
        return absent;
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
function cut(text, from) {
    const rest = text.slice(from);
    const kept = rest.length > longest ? `${rest.slice(0, longest - 3)}...` : rest;
    return `${from > 0 ? '...' : ''}${kept}`;
}
//# sourceMappingURL=manifest-diff.js.map
// EXTERNAL MODULE: ./build/src/helm/release-record.js
var release_record = __webpack_require__(5033);
;// CONCATENATED MODULE: ./build/src/helm/release-plan.js







/**
 * Renders the upgrade against the cluster and compares it with a record. Makes no writing call.
 * `stuck` releases cannot be rendered so: helm refuses; then the chart alone is rendered.
 * @throws UserError with helm's reason when the chart does not render
 */
async function planRelease(helm, place, request, current, stuck, signal) {
    const argv = stuck ? templateArgv(helm.version, place, request) : dryRunArgv(helm.version, place, request);
    const { code, stdout, stderr } = await helm.run(argv, { signal });
    if (code !== 0) {
        signal.throwIfAborted();
        // A first install makes the chart's own CRDs before it looks at objects of them; a dry run does not.
        const early = current === undefined && !stuck && /no matches for kind|ensure CRDs are installed/.test(stderr);
        if (early)
            return await planRelease(helm, place, request, current, true, signal);
        const { message, hint } = helmFailure(stderr);
        throw new errors/* UserError */.yo(`${message}${hint === undefined ? '' : ` (${hint})`}`);
    }
    const before = current === undefined ? [] : (0,helm_manifest/* parseManifest */.Ng)(current.manifest, place.namespace);
    if (stuck) {
        const objects = (0,helm_manifest/* parseManifest */.Ng)(stdout, place.namespace);
        return { changes: diffManifests(before, objects), same: false, besides: [], objects };
    }
    const planned = plannedRecord(stdout);
    const objects = (0,helm_manifest/* parseManifest */.Ng)(planned.manifest, place.namespace);
    const changes = diffManifests(before, objects);
    const besides = current === undefined ? [] : differencesBesides(current, planned, place);
    const same = current !== undefined &&
        changes.length === 0 &&
        besides.length === 0 &&
        (0,external_node_util_.isDeepStrictEqual)(current.chart, planned.chart);
    return { changes, same, besides, objects };
}
/** Helm 3.17 prints the release itself; some commands and versions print lines before it. */
function plannedRecord(stdout) {
    try {
        return (0,release_record/* recordOf */.zv)(JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('{')))));
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo('the dry run of helm printed no release', { cause: error });
    }
}
function differencesBesides(current, planned, { namespace }) {
    const hooks = (record) => record.hooks.flatMap(({ manifest }) => (0,helm_manifest/* parseManifest */.Ng)(manifest, namespace));
    const chart = ({ name, version }) => `${name} ${version}`;
    const values = changedPaths(current.config ?? {}, planned.config ?? {});
    return [
        ...(chart(current.chart) === chart(planned.chart)
            ? []
            : [`chart ${chart(current.chart)} → ${chart(planned.chart)}`]),
        ...diffManifests(hooks(current), hooks(planned)).map(({ change, object }) => `hook ${object}: ${change}`),
        ...(values.length === 0 ? [] : [`values: ${values.join(', ')}`]),
    ];
}
//# sourceMappingURL=release-plan.js.map
;// CONCATENATED MODULE: ./build/src/helm/rollback.js





/** A cancelled run has this long for its rollback, in real ms; the post step goes on from there. */
const hurriedMs = 3_500;
/**
 * Rolls back to a named revision and waits until it is up. In a hurry it only begins: the host is about to end the process.
 * A rollback that its own hook stops is done again without hooks, since it would be stuck for good.
 */
async function goBack({ place, request }, to, after, hurried, parts) {
    parts.log.info(`rolling back to revision ${to}`);
    for (let revision = after + 1, hooks = true;; revision++, hooks = false) {
        const wait = hurried ? 'none' : request.wait === 'legacy' ? 'legacy' : 'ready';
        const signal = hurried ? AbortSignal.timeout(hurriedMs) : parts.signal;
        const baseline = await readBaseline(parts.api, [place.namespace]);
        const argv = rollbackArgv(parts.helm.version, place, to, { ...request, wait, hooks });
        const options = {
            namespace: place.namespace,
            revision,
            baseline,
            timeoutMs: request.timeoutMs,
            wait: !hurried,
            signal,
        };
        const done = await attempt(argv, parts, options);
        const ended = { end: done.end, progress: done.progress };
        if (done.end === 'up')
            return { ok: true, reason: '', diagnosis: undefined, ...ended };
        const stored = await parts.store.read(revision);
        const failure = done.end === 'doomed' ? undefined : done.failure;
        const diagnosis = await diagnose(done.progress, failure, stored?.record, parts.api, done.jobLogs);
        const { reason } = diagnosis;
        if (stored !== undefined && (isPendingText(stored.record.info.status) || done.end === 'doomed')) {
            await parts.store.markFailed(stored, `Release marked as failed: ${reason}`.slice(0, 500));
        }
        if (hooks && done.failure?.kind === 'hook') {
            parts.log.warn(`a hook stopped the rollback (${reason}): rolling back without hooks`);
            continue;
        }
        return { ok: false, reason: done.end === 'timed-out' ? `not up in time: ${reason}` : reason, diagnosis, ...ended };
    }
}
const isPendingText = (status) => isPending(status);
//# sourceMappingURL=rollback.js.map
;// CONCATENATED MODULE: ./build/src/helm/deploy.js


















/** How often a release that somebody else holds is looked at, in ms. */
const lockPollMs = 5_000;
/** Deploys a release: finds out how it stands, repairs it, upgrades it beside a watcher, and goes back when it fails. */
async function deployRelease(deployment, parts) {
    const found = await findRelease(deployment, parts);
    const { history, plan } = found;
    const last = history.at(-1);
    const told = { previousRevision: last?.revision, recoveredFrom: recoveredFrom(plan) };
    const ended = (outcome, rest) => ({
        ...nothing,
        ...told,
        history,
        outcome,
        revision: last?.revision,
        ...rest,
    });
    if (plan.heldBy !== undefined)
        return ended('blocked', { reason: `${heldText(last, plan.heldBy)}: it did not end in time` });
    if (plan.refused !== undefined)
        return ended('blocked', { reason: plan.refused });
    if (plan.note !== undefined)
        parts.log.warn(plan.note);
    const base = plan.goBackTo === undefined ? undefined : (await parts.store.read(plan.goBackTo))?.record;
    const stuck = plan.repairs.length > 0 || plan.deploy === 'replace';
    if (deployment.dryRun) {
        const planned = await render(deployment, parts, base, stuck);
        const { changes, same, objects } = planned;
        const misrendered = deployment.cron && cronProblem(objects, deployment.cron);
        if (misrendered !== undefined)
            return ended('failed', { reason: misrendered, changes, record: base });
        const { findings: lint, refused } = lintPlan(deployment, objects, parts);
        if (refused !== undefined)
            return ended('blocked', { reason: refused, changes, record: base, lint });
        const steps = planSteps(plan, planned, deployment);
        return ended(same && plan.state === 'deployed' ? 'unchanged' : 'succeeded', { changes, steps, record: base, lint });
    }
    const current = plan.state === 'deployed' && base?.version === last?.revision ? base : undefined;
    const rendering = () => render(deployment, parts, base, stuck);
    const needed = current !== undefined || deployment.cron !== undefined;
    const planned = needed ? await rendering() : await renderForLint(deployment, rendering, parts);
    const changes = planned?.changes ?? [];
    const misrendered = planned && deployment.cron && cronProblem(planned.objects, deployment.cron);
    if (misrendered !== undefined)
        return ended('failed', { reason: misrendered, changes });
    const { findings: lint, refused } = lintPlan(deployment, planned?.objects, parts);
    if (refused !== undefined)
        return ended('blocked', { reason: refused, changes, lint });
    if (planned?.same === true && current !== undefined) {
        const { all: progress } = await readProgress(current, new Map(), parts);
        const stray = deployment.cron && strayingFrom(await readCronJobs(planned.objects, parts.api), deployment.cron);
        // A finished Job may be gone by its time to live.
        if (stray !== undefined && stray.length > 0) {
            parts.log.info(`${stray.join(', ')} was changed since to be otherwise than ${deployment.cron?.state}: deploying again`);
        }
        else if (progress.every(({ done, missing, kind }) => done || (missing && kind === 'Job'))) {
            const { services, problem, hint } = deployment.request.wait === 'none' ? unasked : await checkServing(current, deployment.checks, 0, parts);
            const asItStands = { progress, record: current, lint, services };
            if (problem === undefined)
                return ended('unchanged', asItStands);
            return ended('failed', { ...asItStands, reason: `nothing differs from what is deployed, but ${problem}`, hint });
        }
        else
            parts.log.info('nothing differs from the deployed revision, but not all of it is up: deploying again');
    }
    const hasJobs = (planned?.objects ?? []).some(({ kind }) => kind === 'Job');
    const waitForJobs = deployment.request.waitForJobs || (hasJobs && deployment.request.wait !== 'none');
    const asked = { ...deployment, request: { ...deployment.request, waitForJobs } };
    await repair(deployment, plan, parts);
    const began = parts.clock.now();
    let goneTo = plan.repairs.some(({ kind }) => kind === 'uninstall') ? [] : history;
    let done = await deployOnce(asked, plan, goneTo, parts);
    if (deployment.recreate &&
        plan.goBackTo === undefined &&
        done.end === 'failed' &&
        done.failure?.kind === 'immutable') {
        parts.log.warn(`${done.failure.message}: nothing ever ran well, so the release is uninstalled and installed anew`);
        await uninstall(deployment, parts);
        goneTo = [];
        done = await deployOnce(asked, plan, goneTo, parts);
    }
    const left = began + deployment.request.timeoutMs - parts.clock.now();
    const { attempt: judged, services } = await proven(done, asked, left, parts);
    return await conclude(asked, plan, judged, { ...told, changes, lint, services }, parts);
}
/** A result of which nothing is known yet. */
const nothing = {
    outcome: 'failed',
    reason: undefined,
    hint: undefined,
    revision: undefined,
    previousRevision: undefined,
    rolledBackTo: undefined,
    recoveredFrom: undefined,
    changes: [],
    steps: [],
    history: [],
    progress: [],
    diagnosis: undefined,
    record: undefined,
    lint: [],
    services: [],
};
const unasked = { services: [], problem: undefined, hint: undefined };
const recoveredFrom = ({ state }) => state === 'none' || state === 'deployed' ? undefined : state;
/** Who holds a release that is pending, and since when. */
const heldText = (last, { by, ageMs }) => `revision ${last?.revision} is in ${last?.status} since ${Math.round(ageMs / 1_000)} s by ${by}`;
const render = (deployment, parts, base, stuck) => planRelease(parts.helm, deployment.place, deployment.request, base, stuck, parts.signal);
/** Reads how the release stands; while somebody else works on it, waits for as long as an upgrade may take. */
async function findRelease(deployment, parts) {
    const { clock, log, store, helm, signal } = parts;
    const until = clock.now() + deployment.request.timeoutMs;
    for (let said = false;; said = true) {
        const bare = await readHistory(helm, deployment.place, signal);
        const labels = bare.length === 0 ? new Map() : await store.labels();
        if (!said && bare.length > 0 && labels.size > bare.length && bare.length < 256) {
            log.warn(`${labels.size - bare.length} records of the release cannot be decoded; helm passes over them`);
        }
        const history = withLabels(bare, labels);
        const last = history.at(-1);
        const since = last !== undefined && isPending(last.status) ? (await store.read(last.revision))?.createdAt : undefined;
        const lock = judgeLock(history, deployment.me, since, clock.now(), deployment.request.timeoutMs);
        const plan = planRecovery(history, lock, { repair: deployment.repair, version: helm.version });
        if (plan.heldBy === undefined || deployment.dryRun || clock.now() >= until)
            return { history, plan };
        if (!said)
            log.info(`revision ${last?.revision} is in ${last?.status} by ${plan.heldBy.by}: waiting for it to end`);
        await clock.sleep(lockPollMs, signal);
    }
}
async function repair(deployment, plan, parts) {
    for (const step of plan.repairs) {
        if (step.kind === 'uninstall')
            await uninstall(deployment, parts);
        else {
            await endRecord(step.revision, `Release unlocked from stale '${step.was}' state`, parts);
            parts.log.info(`revision ${step.revision} was unlocked from ${step.was}`);
        }
    }
}
async function uninstall({ place, request }, parts) {
    const argv = uninstallArgv(place, request.timeoutMs);
    parts.log.info(`helm ${argv.join(' ')}`);
    const { code, stderr } = await parts.helm.run(argv, { signal: parts.signal });
    if (code !== 0)
        parts.log.warn(`the uninstall failed: ${helmFailure(stderr).message}`);
}
/** Makes sure that a record says failed. Somebody who changed it meanwhile is let be. */
async function endRecord(revision, description, { store }) {
    const stored = await store.read(revision);
    if (stored !== undefined && stored.record.info.status !== 'failed')
        await store.markFailed(stored, description);
}
async function deployOnce({ place, request }, plan, history, parts) {
    const revision = (history.at(-1)?.revision ?? 0) + 1;
    const { namespace } = place;
    const argvOf = plan.deploy === 'replace' && history.length > 0 ? replaceArgv : upgradeArgv;
    const baseline = await readBaseline(parts.api, [namespace]);
    writeJournal(parts.host, { namespace, revision, goBackTo: plan.goBackTo, state: 'open' });
    return await attempt(argvOf(parts.helm.version, place, request), parts, {
        namespace,
        revision,
        baseline,
        timeoutMs: request.timeoutMs,
        wait: request.wait !== 'none',
        signal: parts.signal,
    });
}
/** Reads what became of an attempt, says why, and goes back if that is asked for. */
async function conclude(deployment, plan, done, told, parts) {
    const { place } = deployment;
    const close = (revision) => writeJournal(parts.host, { namespace: place.namespace, revision, goBackTo: plan.goBackTo, state: 'closed' });
    const revision = done.stored?.record.version;
    const finish = async (outcome, rest) => {
        const history = withLabels(await readHistory(parts.helm, place), await parts.store.labels());
        const newest = history.at(-1)?.revision;
        close(newest ?? 0);
        const record = newest === undefined ? undefined : (await parts.store.read(newest))?.record;
        return { ...nothing, ...told, progress: done.progress, outcome, history, revision: newest, record, ...rest };
    };
    if (done.end === 'up') {
        await warnOfOrphans(deployment, plan, done, parts);
        return await finish('succeeded', {});
    }
    const cancelled = done.end === 'cancelled';
    const stored = revision === undefined ? undefined : await parts.store.read(revision);
    if (stored === undefined || revision === undefined) {
        if (cancelled)
            return await finish('cancelled', { reason: 'cancelled before helm made a revision' });
        const outcome = done.failure?.kind === 'locked' ? 'blocked' : 'failed';
        const message = done.failure?.message ?? 'helm made no revision';
        return await finish(outcome, { reason: message, hint: done.failure?.hint });
    }
    const failure = done.end === 'doomed' || done.end === 'timed-out' ? undefined : done.failure;
    const diagnosis = cancelled
        ? undefined
        : await diagnose(done.progress, failure, stored.record, parts.api, done.jobLogs);
    const late = done.end === 'timed-out' ? `not up within ${Math.round(deployment.request.timeoutMs / 1_000)} s: ` : '';
    const reason = cancelled ? `revision ${revision} was cancelled` : `${late}${diagnosis?.reason}`;
    // Stopped by us, helm wrote 'context canceled': its history is to tell the cause.
    const untold = stored.record.info.status !== 'failed' || done.end === 'doomed' || done.end === 'timed-out';
    if (untold)
        await parts.store.markFailed(stored, `Upgrade "${place.release}" failed: ${reason}`.slice(0, 500));
    const outcome = cancelled ? 'cancelled' : done.end === 'timed-out' ? 'timed-out' : 'failed';
    const why = { reason, hint: diagnosis?.hint, diagnosis };
    if (!cancelled)
        parts.log.info(`failed: ${reason}`);
    const policy = cancelled
        ? deployment.onCancel
        : done.end === 'timed-out'
            ? deployment.onTimeout
            : deployment.onFailure;
    if (policy === 'leave')
        return await finish(outcome, why);
    if (plan.goBackTo === undefined) {
        if (policy !== 'uninstall') {
            parts.log.info('there is no revision that ran well to go back to: the release is left as it is, the next run repairs it');
            return await finish(outcome, why);
        }
        await uninstall(deployment, parts);
        return await finish(outcome, why);
    }
    const back = await goBack(deployment, plan.goBackTo, revision, cancelled, parts);
    if (back.ok) {
        const asBad = done.failure?.kind === 'not-serving' ? await badBefore(plan.goBackTo, deployment, parts) : undefined;
        const known = asBad === undefined ? why : { ...why, hint: asBad, diagnosis: diagnosis && { ...diagnosis, hint: asBad } };
        return await finish(cancelled ? 'cancelled' : 'rolled-back', { ...known, rolledBackTo: plan.goBackTo });
    }
    const both = `${reason}; then the rollback to revision ${plan.goBackTo} failed: ${back.reason}`;
    return await finish('rollback-failed', { ...why, reason: both });
}
/** Objects that a failed revision made and that neither its base nor the new one has: helm does not delete those. */
async function warnOfOrphans({ place }, plan, done, { store, log }) {
    const failed = plan.state.startsWith('failed-over') || plan.state.startsWith('pending-upgrade');
    const before = done.stored === undefined ? undefined : await store.read(done.stored.record.version - 1);
    if (!failed || before === undefined || done.stored === undefined)
        return;
    const keys = (manifest) => (0,helm_manifest/* parseManifest */.Ng)(manifest, place.namespace).map(helm_manifest/* objectKey */.T5);
    const base = plan.goBackTo === undefined ? undefined : await store.read(plan.goBackTo);
    const known = new Set([...keys(done.stored.record.manifest), ...keys(base?.record.manifest ?? '')]);
    const left = keys(before.record.manifest).filter((key) => !known.has(key));
    if (left.length > 0)
        log.warn(`revision ${before.record.version} may have left behind: ${left.join(', ')}`);
}
//# sourceMappingURL=deploy.js.map
;// CONCATENATED MODULE: ./build/src/helm/helm-archive.js


/** Where helm is published; STRANGLER_DEPLOY_HELM_URL names a mirror with the same files. */
const publisher = 'https://get.helm.sh';
const mirrorVariable = 'STRANGLER_DEPLOY_HELM_URL';
const systems = { linux: 'linux', darwin: 'darwin' };
const processors = {
    x64: 'amd64',
    arm64: 'arm64',
    arm: 'arm',
    ia32: '386',
    ppc64: 'ppc64le',
    s390x: 's390x',
    riscv64: 'riscv64',
};
/** A version in full, as releases are named: `4.2.3`, `v3.17.2`, `4.0.0-rc.1`. */
const helmVersionForm = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]{1,30})?$/;
/**
 * The archive of a version for a machine (Node's names of system and processor; this one's unless told).
 * @throws UserError for a version that is not supported, a machine that helm is not built for, or a mirror that cannot be trusted
 */
function helmArchive(asked, env, machine = { os: process.platform, arch: process.arch }) {
    if (!helmVersionForm.test(asked))
        throw new errors/* UserError */.yo(`'${asked.slice(0, 80)}' is no version of helm: write 4.2.3`);
    parseHelmVersion(asked);
    const version = asked.replace(/^v/, '');
    const [os, arch] = [systems[machine.os], processors[machine.arch]];
    if (os === undefined || arch === undefined) {
        throw new errors/* UserError */.yo(`helm cannot be downloaded for ${machine.os}/${machine.arch}: install it and leave helm-version out`);
    }
    const platform = `${os}-${arch}`;
    const name = `helm-v${version}-${platform}.tar.gz`;
    return { version, platform, name, url: `${base(env)}/${name}`, entry: `${platform}/helm` };
}
function base(env) {
    const told = env[mirrorVariable] || publisher;
    const url = URL.canParse(told) ? new URL(told) : undefined;
    const plain = url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
    if (url === undefined || (url.protocol !== 'https:' && !plain) || url.search !== '' || url.hash !== '') {
        throw new errors/* UserError */.yo(`${mirrorVariable}: expected an https:// URL, got '${told.slice(0, 200)}'`);
    }
    return told.replace(/\/+$/, '');
}
//# sourceMappingURL=helm-archive.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
;// CONCATENATED MODULE: ./build/src/helm/helm-download.js











/** Bounds in bytes: archives are about 20 MB, binaries about 65 MB. */
const largestArchive = 128 * 1024 * 1024;
const largestBinary = 256 * 1024 * 1024;
/** For one download, in real ms. */
const downloadMs = 5 * 60_000;
const attempts = 3;
/**
 * The path of a helm of this version: from the cache when it is there and whole, else downloaded and checked.
 * Jobs that share a cache may do this at once: each works in a folder of its own and puts it in place by a rename.
 * @throws UserError when it cannot be had, or is not what it must be
 */
async function downloadedHelm(asked, parts) {
    const archive = helmArchive(asked.version, parts.env, parts.platform);
    const cache = (0,external_node_path_.join)(cacheFolder(parts.env), `${archive.version}-${archive.platform}`);
    const cached = await fromCache(cache, asked.checksum, parts.log);
    if (cached !== undefined) {
        parts.log.debug(`helm ${archive.version} from the cache: ${cached}`);
        return cached;
    }
    await (0,promises_.mkdir)(cache, { recursive: true });
    const work = await (0,promises_.mkdtemp)((0,external_node_path_.join)(cache, 'download-'));
    try {
        const published = await publishedChecksum(archive, parts);
        const wanted = asked.checksum ?? published;
        if (published !== wanted) {
            throw new errors/* UserError */.yo(`${archive.name}: its publisher says sha256 ${published}, the input helm-checksum says ${wanted}`);
        }
        const file = (0,external_node_path_.join)(work, 'archive');
        const found = await saved(archive.url, file, parts);
        if (found !== wanted)
            throw new errors/* UserError */.yo(`${archive.url} has the sha256 ${found}, and must have ${wanted}`);
        await unpackHelm(file, archive, (0,external_node_path_.join)(work, 'helm'));
        await (0,promises_.rm)(file);
        await (0,promises_.writeFile)((0,external_node_path_.join)(work, 'sha256'), await sha256Of((0,external_node_path_.join)(work, 'helm')));
        const home = (0,external_node_path_.join)(cache, wanted);
        await helm_download_place(work, home);
        const placed = await whole(home, parts.log);
        if (placed === undefined)
            throw new errors/* UserError */.yo(`cannot keep helm in the cache '${home}'`);
        parts.log.info(`helm ${archive.version} was downloaded from ${archive.url} (sha256 ${wanted})`);
        return placed;
    }
    finally {
        await (0,promises_.rm)(work, { recursive: true, force: true });
    }
}
/** Puts a finished folder in place. Another job may have been faster: what it put there is as good, if it is whole. */
async function helm_download_place(work, home) {
    for (let attempt = 1;; attempt++) {
        try {
            return await (0,promises_.rename)(work, home);
        }
        catch (error) {
            const { code } = error;
            if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || attempt === attempts)
                throw error;
            if ((await whole(home)) !== undefined)
                return;
            await (0,promises_.rm)(home, { recursive: true, force: true });
        }
    }
}
/** The runner's cache of tools, which outlives a job on a runner of one's own; else the user's cache. */
function cacheFolder(env) {
    const tools = env['RUNNER_TOOL_CACHE'];
    if (tools)
        return (0,external_node_path_.join)(tools, 'strangler-deploy', 'helm');
    const caches = env['XDG_CACHE_HOME'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.cache');
    return (0,external_node_path_.join)(caches, 'strangler-deploy', 'helm');
}
/** A cached binary that is what was put there, from the archive of this checksum or from any; undefined when there is none. */
async function fromCache(cache, checksum, log) {
    const found = checksum === undefined ? await (0,promises_.readdir)(cache).catch(() => []) : [checksum];
    for (const name of found.filter((entry) => /^[0-9a-f]{64}$/.test(entry)).sort()) {
        const path = await whole((0,external_node_path_.join)(cache, name), log);
        if (path !== undefined)
            return path;
    }
    return undefined;
}
/** The binary in a folder of the cache, if it has the sha256 that is kept beside it. */
async function whole(home, log) {
    const path = (0,external_node_path_.join)(home, 'helm');
    try {
        if ((await (0,promises_.readFile)((0,external_node_path_.join)(home, 'sha256'), 'utf8')) === (await sha256Of(path)))
            return path;
        log?.warn(`the cached '${path}' is not what was put there: it is left aside`);
    }
    catch (error) {
        if (error.code !== 'ENOENT') {
            log?.warn(`the cached '${path}' cannot be read: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    }
    return undefined;
}
async function sha256Of(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(path))
        hash.update(chunk);
    return hash.digest('hex');
}
async function publishedChecksum({ url }, parts) {
    const from = `${url}.sha256sum`;
    const text = await tried(from, parts, async (answer) => {
        const bytes = [];
        let length = 0;
        for await (const chunk of answer.body ?? []) {
            length += chunk.byteLength;
            if (length > 4_096)
                break;
            bytes.push(Buffer.from(chunk));
        }
        return Buffer.concat(bytes).toString('utf8');
    });
    const sum = /^([0-9a-f]{64})(\s|$)/.exec(text)?.[1];
    if (sum === undefined)
        throw new errors/* UserError */.yo(`${from} holds no sha256`);
    return sum;
}
/** Saves what a URL answers to a file; returns its sha256. */
async function saved(url, path, parts) {
    return await tried(url, parts, async (answer) => {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        let length = 0;
        const hashing = new external_node_stream_.Transform({
            transform(chunk, _encoding, next) {
                length += chunk.byteLength;
                hash.update(chunk);
                next(length > largestArchive ? new errors/* UserError */.yo(`${url} is larger than 128 MiB`) : null, chunk);
            },
        });
        const file = await (0,promises_.open)(path, 'w', 0o600);
        await (0,external_node_stream_promises_.pipeline)(answer.body ?? [], hashing, file.createWriteStream());
        return hash.digest('hex');
    });
}
/** Asks for a URL, and again when the connection or the server failed; what is not there is not asked for twice. */
async function tried(url, { signal, log }, read) {
    for (let attempt = 1;; attempt++) {
        let why;
        let final = attempt >= attempts;
        try {
            const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]) });
            if (answer.ok)
                return await read(answer);
            await answer.body?.cancel();
            why = new Error(`HTTP ${answer.status}`);
            final ||= answer.status < 500 && answer.status !== 429;
        }
        catch (error) {
            signal.throwIfAborted();
            if (error instanceof errors/* UserError */.yo)
                throw error;
            why = error;
        }
        const cause = why instanceof Error && why.cause instanceof Error ? `: ${why.cause.message}` : '';
        const message = `cannot download ${url}: ${(0,errors/* messageOf */.bD)(why)}${cause}`;
        if (final)
            throw new errors/* UserError */.yo(message, { cause: why });
        log.warn(`${message}; trying again`);
    }
}
/** Takes the one binary out of an archive, under a name of our own; a link or any other path is passed over. */
async function unpackHelm(file, { name, entry }, target) {
    const reader = (0,tar_stream.extract)();
    const tooLarge = new errors/* UserError */.yo(`${name} holds more than 256 MiB`);
    let total = 0;
    reader.on('entry', (header, stream, next) => {
        total += header.size ?? 0;
        if (total > largestBinary)
            return void reader.destroy(tooLarge);
        if (header.type !== 'file' || header.name !== entry) {
            stream.resume();
            stream.on('end', next);
            return;
        }
        // wx: a second entry of the same name cannot take the place of the first.
        (0,promises_.open)(target, 'wx', 0o755)
            .then((opened) => (0,external_node_stream_promises_.pipeline)(stream, opened.createWriteStream()))
            .then(() => next(), (error) => reader.destroy(error));
    });
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), (0,external_node_zlib_.createGunzip)(), reader);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`${name} cannot be unpacked: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
    await (0,promises_.stat)(target).catch((error) => {
        throw new errors/* UserError */.yo(`${name} has no ${entry}`, { cause: error });
    });
}
//# sourceMappingURL=helm-download.js.map
;// CONCATENATED MODULE: ./build/src/helm/history-limit.js

/** Revisions kept when nobody says how many. Helm's own default is 10, of which failed ones take their share. */
const defaultMax = 100;
const variable = 'HELM_MAX_HISTORY';
/**
 * How many revisions are kept when the input does not say: what helm's own variable says, else 100; 0 is without limit.
 * @throws UserError when the variable holds no such number
 */
function maxHistory(env) {
    const told = env[variable]?.trim();
    if (!told)
        return defaultMax;
    if (!/^\d{1,5}$/.test(told))
        throw new errors/* UserError */.yo(`${variable}: expected a whole number, got '${told.slice(0, 80)}'`);
    return Number(told);
}
/** Sizes in bytes: Kubernetes keeps no record over 1 MiB, and helm reads all of them whenever it does anything. */
const nearLimit = 700 * 1024;
const muchInAll = 20 * 1024 * 1024;
/** What to say of the size of a release's records: `newest` is its newest one's, `count` how many there are. */
function sizeWarnings(newest, count) {
    const warnings = [];
    if (newest > nearLimit) {
        const size = `${Math.round(newest / 1024)} KiB`;
        warnings.push(`the release record has ${size} of at most 1024 KiB: keep stray files out of the chart by a .helmignore`);
    }
    if (newest * count > muchInAll) {
        const total = Math.round((newest * count) / 1024 ** 2);
        warnings.push(`the ${count} records of the release have about ${total} MiB, all of which helm reads each time: lower 'history-max'`);
    }
    return warnings;
}
//# sourceMappingURL=history-limit.js.map
;// CONCATENATED MODULE: ./build/src/helm/operation-journal.js


const operation_journal_key = 'helm-operation';
/** Written before a rollback begins, and after it has ended. */
const writeOperation = (host, journal) => host.saveState(operation_journal_key, JSON.stringify(journal));
/** Whether this run left a rollback open. */
function operationLeft(host) {
    return readOperation(host)?.state === 'open';
}
function readOperation(host) {
    const text = host.loadState(operation_journal_key);
    return text ? JSON.parse(text) : undefined;
}
/** Finishes what a killed run left open: the rollback that it began does not stay pending, which helm would take for a lock. */
async function finishOperation({ place }, host, parts) {
    const journal = readOperation(host);
    if (journal?.state !== 'open')
        return;
    const newest = (await readHistory(parts.helm, place)).at(-1);
    if (newest?.revision === journal.revision && newest.status === 'pending-rollback') {
        await endRecord(newest.revision, `Release unlocked from stale '${newest.status}' state`, parts);
        parts.log.warn(`revision ${newest.revision} was left in ${newest.status}: unlocked; run the rollback again`);
    }
    writeOperation(host, { ...journal, state: 'closed' });
}
//# sourceMappingURL=operation-journal.js.map
;// CONCATENATED MODULE: ./build/src/helm/operation-plan.js

/** What the action does with a release. */
const operations = ['upgrade', 'rollback', 'status', 'history', 'uninstall'];
const madeByRollback = /^Rollback to (\d+)$/;
/**
 * Where a rollback leads: to the revision that is named, else to the newest that ran well before the one that is there.
 * A release that a rollback brought back is not rolled back again without a name: the revision before it is the one that
 * was gone away from.
 */
function planRollback(history, asked, found) {
    const blocked = (reason) => ({ kind: 'blocked', reason });
    const newest = history.at(-1);
    if (newest === undefined)
        return blocked('there is no such release, so there is nothing to go back to');
    if (found.refused !== undefined)
        return blocked(found.refused);
    const wasBack = newest.status === 'deployed' ? madeByRollback.exec(newest.description)?.[1] : undefined;
    if (asked !== undefined) {
        const target = history.find(({ revision }) => revision === asked);
        if (target === undefined) {
            return blocked(`there is no revision ${asked}: the history has ${history.map(({ revision }) => revision).join(', ')}`);
        }
        if (newest.status === 'deployed' && (asked === newest.revision || wasBack === String(asked))) {
            return { kind: 'there', to: asked };
        }
        const isDoubtful = !ranWell(target) && target.status !== 'uninstalled';
        const warning = isDoubtful
            ? `revision ${asked} never ran well, as far as its record tells: ${target.description}`
            : undefined;
        return { kind: 'go', to: asked, warning };
    }
    if (wasBack !== undefined)
        return { kind: 'there', to: Number(wasBack) };
    if (newest.status === 'uninstalled') {
        return blocked(`revision ${newest.revision} is uninstalled: say by 'revision' which one to bring back`);
    }
    const good = newest.status === 'deployed' ? lastKnownGood(history, newest.revision) : lastKnownGood(history);
    if (good === undefined)
        return blocked(`no revision before ${newest.revision} ran well: there is nothing to go back to`);
    return { kind: 'go', to: good.revision, warning: undefined };
}
function planUninstall(history, keepHistory, found) {
    const newest = history.at(-1);
    if (newest === undefined)
        return { kind: 'gone' };
    if (newest.status === 'uninstalled')
        return keepHistory ? { kind: 'gone' } : { kind: 'go', purge: true };
    // An uninstall that did not end is what is asked for here: it is gone through with, not repaired.
    if (found.refused !== undefined && newest.status !== 'uninstalling')
        return { kind: 'blocked', reason: found.refused };
    return { kind: 'go', purge: false };
}
//# sourceMappingURL=operation-plan.js.map
;// CONCATENATED MODULE: ./build/src/helm/operation.js












/** Does one operation with a release that is there, and tells how the release stands after it. */
async function operate({ operation, revision, keepHistory }, deployment, parts) {
    switch (operation) {
        case 'status':
            return await tell(deployment, parts);
        case 'history':
            return await tellHistory(deployment, parts);
        case 'rollback':
            return await rollBack(deployment, revision, parts);
        case 'uninstall':
            return await takeAway(deployment, keepHistory, parts);
    }
}
/** A result that tells of this history until something changes it. */
function endedWith(history) {
    const revision = history.at(-1)?.revision;
    return (outcome, rest = {}) => ({ ...nothing, history, revision, previousRevision: revision, outcome, ...rest });
}
const noRelease = ({ place }) => `there is no release ${place.release} in ${place.namespace}`;
/** Reads how the release stands: green only when its newest revision is deployed, all of it is up, and it serves. */
async function tell(deployment, parts) {
    const { history, plan } = await findRelease({ ...deployment, dryRun: true }, parts);
    const ended = endedWith(history);
    const newest = history.at(-1);
    if (newest === undefined)
        return ended('failed', { reason: noRelease(deployment) });
    const record = (await parts.store.read(newest.revision))?.record;
    const recoveredFrom = newest.status === 'deployed' ? undefined : plan.state;
    const progress = record === undefined || newest.status === 'uninstalled' ? [] : (await readProgress(record, new Map(), parts)).all;
    const told = { record, progress, recoveredFrom };
    if (plan.heldBy !== undefined)
        return ended('waiting', { ...told, reason: heldText(newest, plan.heldBy) });
    if (newest.status !== 'deployed') {
        const reason = `revision ${newest.revision} is ${newest.status}: ${newest.description}`;
        return ended('failed', { ...told, reason, hint: plan.note });
    }
    const down = notUp(progress);
    if (down !== undefined || record === undefined) {
        return ended('failed', { ...told, reason: down ?? `revision ${newest.revision} cannot be read` });
    }
    const { services, problem, hint } = await checkServing(record, deployment.checks, 0, parts);
    return ended(problem === undefined ? 'succeeded' : 'failed', { ...told, services, reason: problem, hint });
}
/** The workload that is not up, in a line; undefined when all are. A finished Job may be gone by its time to live. */
function notUp(progress) {
    const down = progress.filter(({ done, missing, kind }) => !done && !(missing && kind === 'Job'));
    return down.length === 0 ? undefined : down.map((one) => `${one.kind}/${one.name}: ${stateText(one)}`).join('; ');
}
async function tellHistory(deployment, parts) {
    const { history } = await findRelease({ ...deployment, dryRun: true }, parts);
    const ended = endedWith(history);
    return history.length === 0 ? ended('failed', { reason: noRelease(deployment) }) : ended('succeeded');
}
async function rollBack(deployment, asked, parts) {
    const { history, plan: found } = await findRelease(deployment, parts);
    const ended = endedWith(history);
    const newest = history.at(-1);
    if (found.heldBy !== undefined) {
        return ended('blocked', { reason: `${heldText(newest, found.heldBy)}: it did not end in time` });
    }
    const plan = planRollback(history, asked, found);
    if (plan.kind === 'blocked' || newest === undefined) {
        return ended('blocked', { reason: plan.kind === 'blocked' ? plan.reason : noRelease(deployment) });
    }
    const read = async (revision) => (await parts.store.read(revision))?.record;
    const now = await read(newest.revision);
    if (plan.kind === 'there') {
        const progress = now === undefined ? [] : (await readProgress(now, new Map(), parts)).all;
        const told = { record: now, progress, rolledBackTo: plan.to };
        const down = notUp(progress);
        if (down === undefined)
            return ended('unchanged', told);
        return ended('failed', {
            ...told,
            reason: `revision ${plan.to} is there already, but not all of it is up: ${down}`,
        });
    }
    if (plan.warning !== undefined)
        parts.log.warn(plan.warning);
    const changes = diffManifests(newest.status === 'uninstalled' ? [] : objectsOf(now, deployment), objectsOf(await read(plan.to), deployment));
    if (deployment.dryRun) {
        parts.log.info(`would roll back from revision ${newest.revision} to ${plan.to}`);
        return ended('succeeded', { changes, record: now });
    }
    // A record that says pending is a lock to helm; a rollback over any other state needs no repair.
    if (isPending(newest.status))
        await repair(deployment, found, parts);
    const { place } = deployment;
    const next = { namespace: place.namespace, revision: newest.revision + 1 };
    writeOperation(parts.host, { ...next, state: 'open' });
    const back = await goBack(deployment, plan.to, newest.revision, false, parts);
    writeOperation(parts.host, { ...next, state: 'closed' });
    const after = withLabels(await readHistory(parts.helm, place), await parts.store.labels());
    const last = after.at(-1)?.revision;
    const told = {
        changes,
        history: after,
        revision: last,
        previousRevision: newest.revision,
        recoveredFrom: found.state === 'deployed' ? undefined : found.state,
        record: last === undefined ? undefined : await read(last),
        progress: back.progress,
    };
    if (back.ok) {
        // The image that is asked for is the one of a deployment, not of what was before it.
        const checks = { ...deployment.checks, image: undefined };
        const served = told.record === undefined ? undefined : await checkServing(told.record, checks, 0, parts);
        const end = { ...told, rolledBackTo: plan.to, services: served?.services ?? [] };
        if (served?.problem === undefined)
            return ended('succeeded', end);
        const reason = `revision ${plan.to} is up again, but does not serve: ${served.problem}`;
        return ended('rollback-failed', { ...end, reason, hint: served.hint });
    }
    const reason = `the rollback to revision ${plan.to} failed: ${back.reason}`;
    const outcome = back.end === 'timed-out' || back.end === 'cancelled' ? back.end : 'rollback-failed';
    return ended(outcome, { ...told, reason, hint: back.diagnosis?.hint, diagnosis: back.diagnosis });
}
const objectsOf = (record, { place }) => record === undefined ? [] : (0,helm_manifest/* parseManifest */.Ng)(record.manifest, place.namespace);
/** Whether helm leaves an object when its release is uninstalled. */
const isKept = ({ content }) => {
    const { annotations } = (content['metadata'] ?? {});
    return annotations?.['helm.sh/resource-policy'] === 'keep';
};
async function takeAway(deployment, keepHistory, parts) {
    const { history, plan: found } = await findRelease(deployment, parts);
    const ended = endedWith(history);
    const newest = history.at(-1);
    if (found.heldBy !== undefined) {
        return ended('blocked', { reason: `${heldText(newest, found.heldBy)}: it did not end in time` });
    }
    const plan = planUninstall(history, keepHistory, found);
    if (plan.kind === 'gone' || newest === undefined)
        return ended('unchanged');
    if (plan.kind === 'blocked')
        return ended('blocked', { reason: plan.reason });
    const objects = plan.purge ? [] : objectsOf((await parts.store.read(newest.revision))?.record, deployment);
    const changes = diffManifests(objects.filter((object) => !isKept(object)), []);
    const kept = objects.filter(isKept).map(({ kind, name }) => `${kind}/${name}`);
    if (kept.length > 0)
        parts.log.info(`kept, as their resource policy says: ${kept.join(', ')}`);
    if (deployment.dryRun) {
        parts.log.info(keepHistory ? 'would uninstall the release and keep its history' : 'would uninstall the release with its history');
        return ended('succeeded', { changes });
    }
    const { place, request } = deployment;
    const argv = uninstallArgv(place, request.timeoutMs, keepHistory);
    parts.log.info(`helm ${argv.join(' ')}`);
    const { code, stderr } = await parts.helm.run(argv, { signal: parts.signal });
    const after = await readHistory(parts.helm, place);
    const last = after.at(-1);
    const told = { changes, history: after, revision: last?.revision };
    if (code === 0 && (last === undefined || last.status === 'uninstalled'))
        return ended('succeeded', told);
    if (parts.signal.aborted) {
        return ended('cancelled', { ...told, reason: 'the uninstall was cut off: run it again to go through with it' });
    }
    const failure = code === 0 ? undefined : helmFailure(stderr);
    const reason = `the uninstall failed: ${failure?.message ?? `revision ${last?.revision} is ${last?.status}`}`;
    return ended(failure?.kind === 'timed-out' ? 'timed-out' : 'failed', { ...told, reason, hint: failure?.hint });
}
//# sourceMappingURL=operation.js.map
;// CONCATENATED MODULE: ./build/src/helm/operation-report.js

/** A table of revisions for the log, newest first: number, status, whether it ran well, when, chart, description. */
function historyLines(history, most = 30) {
    if (history.length === 0)
        return [];
    const good = lastKnownGood(history)?.revision;
    const rows = [...history].reverse().slice(0, most);
    const table = [
        ['revision', 'status', 'ran well', 'updated', 'chart', 'description'],
        ...rows.map((entry) => [
            String(entry.revision),
            entry.status,
            entry.revision === good ? 'last known good' : ranWell(entry) ? 'yes' : 'no',
            entry.updated === undefined ? '' : new Date(entry.updated).toISOString().replace(/\.\d+Z$/, 'Z'),
            entry.chart,
            entry.description.replaceAll(/\s+/g, ' ').slice(0, 120),
        ]),
    ];
    const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    const lines = table.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    return history.length > rows.length ? [...lines, `… ${history.length - rows.length} older`] : lines;
}
//# sourceMappingURL=operation-report.js.map
;// CONCATENATED MODULE: ./build/src/helm/post.js






/**
 * Finishes what a cancelled or killed run left open: nothing that this run made stays pending, and where it was to be
 * rolled back, it is. What somebody else did meanwhile is let be.
 */
async function finishRelease({ place, request, me, onCancel }, journal, parts) {
    if (journal.state === 'closed')
        return;
    const read = async () => withLabels(await readHistory(parts.helm, place), await parts.store.labels());
    const history = await read();
    const newest = history.at(-1);
    const made = history.find(({ revision }) => revision === journal.revision);
    const run = made?.labels[runLabel];
    if (newest === undefined || made === undefined || (run !== undefined && run !== me.run))
        return;
    // A rollback that this run began stands right after its revision.
    const isOurs = newest.revision === made.revision || newest.revision === made.revision + 1;
    if (!isOurs)
        return;
    if (isPending(newest.status)) {
        await endRecord(newest.revision, `Release unlocked from stale '${newest.status}' state`, parts);
        parts.log.info(`revision ${newest.revision} was left in ${newest.status}: unlocked`);
    }
    const wasBack = newest.revision > made.revision && newest.status === 'deployed';
    const good = made.status === 'deployed' && newest.revision === made.revision;
    if (!good && !wasBack && onCancel === 'rollback' && journal.goBackTo !== undefined) {
        const back = await goBack({ place, request }, journal.goBackTo, newest.revision, false, parts);
        if (back.ok)
            parts.log.info(`rolled back to revision ${journal.goBackTo}`);
        else
            parts.log.error(`the rollback to revision ${journal.goBackTo} failed: ${back.reason}`);
    }
    writeJournal(parts.host, { ...journal, state: 'closed' });
}
//# sourceMappingURL=post.js.map
// EXTERNAL MODULE: ./build/src/helm/release-store.js
var release_store = __webpack_require__(679);
;// CONCATENATED MODULE: ./build/src/helm/serving-report.js
const cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
/** The lint's findings and the Services, for the summary; nothing when there is neither. */
function servingTables(lint, services) {
    const lines = [];
    if (services.length > 0) {
        lines.push('', '| service | endpoints ready | state |', '| --- | --- | --- |');
        for (const { name, ready, expected, problem } of services) {
            const state = problem === undefined ? (expected === 0 ? 'scaled to zero' : '✅ serves') : `❌ ${cell(problem)}`;
            lines.push(`| ${name} | ${ready}${expected === undefined ? '' : `/${expected}`} | ${state} |`);
        }
    }
    if (lint.length > 0) {
        lines.push('', '| lint | problem | what to do |', '| --- | --- | --- |');
        for (const { object, problem, advice, rule } of lint) {
            lines.push(`| ${object} | ${cell(problem)} (\`${rule}\`) | ${cell(advice)} |`);
        }
    }
    return lines;
}
/** The same for the result's JSON. */
const servingDetail = (lint, services) => ({
    lint: lint.map((finding) => ({ ...finding })),
    services: services.map(({ name, namespace, ready, expected, problem }) => ({
        name,
        namespace,
        ready,
        expected: expected ?? null,
        problem: problem ?? null,
    })),
});
//# sourceMappingURL=serving-report.js.map
;// CONCATENATED MODULE: ./build/src/helm/report.js





const shownRevisions = 10;
const shownChanges = 40;
const report_cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
/** A block that its content cannot end. */
const block = (lines) => {
    const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}text`, ...lines, fence];
};
/** Everything behind the reason, in groups: what was found at each pod, its events and its last lines. */
async function logDiagnosis(diagnosis, log) {
    for (const finding of diagnosis.findings) {
        await log.group(`${finding.subject}: ${finding.signs[0] ?? 'did not come up'}`, async () => {
            for (const line of findingLines(finding))
                log.info(line);
        });
    }
    if (diagnosis.hint !== undefined)
        log.info(`hint: ${diagnosis.hint}`);
}
const findingLines = (finding) => [
    ...finding.signs.slice(1),
    ...finding.events.map((event) => `event  ${event}`),
    ...finding.logs.flatMap(({ container, previous, lines }) => lines.map((line) => `${container}${previous ? ' (previous)' : ''}  ${line}`)),
];
/** What an upgrade would change, a line each. */
function changeLines(changes) {
    const lines = changes.flatMap(({ change, object, fields }) => [
        `${change === 'added' ? '+' : change === 'removed' ? '-' : '~'} ${object}`,
        ...fields.map(({ path, before, after }) => `    ${path}: ${before} → ${after}`),
    ]);
    return lines.length > shownChanges
        ? [...lines.slice(0, shownChanges), `… ${lines.length - shownChanges} more`]
        : lines;
}
/** The Markdown summary: the cause, the workloads, what ran there, and the history with what is known good. */
function helmSummary({ place }, result, images, cronJobs, tookMs) {
    const lines = [`## ${place.release} in ${place.namespace}: ${result.outcome}`, '', headline(result, tookMs)];
    if (result.reason !== undefined)
        lines.push('', `> ${report_cell(result.reason)}`);
    if (result.hint !== undefined)
        lines.push('>', `> ${report_cell(result.hint)}`);
    if (result.progress.length > 0) {
        lines.push('', '| workload | ready | state |', '| --- | --- | --- |');
        for (const workload of result.progress) {
            const state = workload.done ? '✅ up' : `❌ ${report_cell(stateText(workload))}`;
            lines.push(`| ${workload.kind}/${workload.name} | ${workload.ready}/${workload.desired} | ${state} |`);
        }
    }
    if (images.length > 0) {
        lines.push('', '| runs now | image | digest | pods |', '| --- | --- | --- | --- |');
        for (const { workload, container, image, digest, pods } of images) {
            lines.push(`| ${workload} ${container} | ${report_cell(image.split('@')[0] ?? '')} | \`${digest.slice(7, 19)}\` | ${pods} |`);
        }
    }
    if (cronJobs.length > 0)
        lines.push('', ...cronTable(cronJobs));
    lines.push(...servingTables(result.lint, result.services));
    if (result.steps.length > 0)
        lines.push('', '### Would', '', ...result.steps.map((step) => `1. ${report_cell(step)}`));
    if (result.changes.length > 0) {
        lines.push('', '<details><summary>What differs</summary>', '', ...block(changeLines(result.changes)), '</details>');
    }
    for (const finding of result.diagnosis?.findings ?? []) {
        const found = findingLines(finding);
        if (found.length === 0)
            continue;
        lines.push('', `<details><summary>${escapeHtml(finding.subject)}</summary>`, '', ...block(found), '</details>');
    }
    if (result.history.length > 0)
        lines.push('', ...historyTable(result));
    return lines.join('\n');
}
function headline(result, tookMs) {
    const parts = [
        ...(result.revision === undefined ? [] : [`revision **${result.revision}**`]),
        ...(result.previousRevision === undefined ? ['first install'] : [`before ${result.previousRevision}`]),
        ...(result.rolledBackTo === undefined ? [] : [`rolled back to **${result.rolledBackTo}**`]),
        ...(result.recoveredFrom === undefined ? [] : [`found ${result.recoveredFrom}`]),
        (0,action_clock/* formatDuration */.a3)(tookMs),
    ];
    return parts.join(' · ');
}
function historyTable({ history }) {
    const good = lastKnownGood(history)?.revision;
    const rows = history.slice(-shownRevisions).reverse();
    return [
        '| revision | status | known good | chart | description |',
        '| --- | --- | --- | --- | --- |',
        ...rows.map((entry) => {
            const mark = entry.revision === good ? '✅ the one to go back to' : ranWell(entry) ? 'yes' : 'no';
            const description = report_cell(entry.description).slice(0, 160);
            return `| ${entry.revision} | ${entry.status} | ${mark} | ${report_cell(entry.chart)} | ${description} |`;
        }),
    ];
}
const escapeHtml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** The full result as JSON. Holds no values and no Secrets. */
const helmDetail = ({ place }, result, images, cronJobs) => ({
    release: place.release,
    namespace: place.namespace,
    revision: result.revision ?? null,
    previousRevision: result.previousRevision ?? null,
    rolledBackTo: result.rolledBackTo ?? null,
    recoveredFrom: result.recoveredFrom ?? null,
    hint: result.hint ?? null,
    steps: [...result.steps],
    changes: result.changes.map(({ change, object, fields }) => ({
        change,
        object,
        fields: fields.map((field) => ({ ...field })),
    })),
    workloads: result.progress.map((workload) => ({
        kind: workload.kind,
        name: workload.name,
        namespace: workload.namespace,
        ready: workload.ready,
        desired: workload.desired,
        up: workload.done,
        signs: workload.signs.map(({ text }) => text),
    })),
    findings: (result.diagnosis?.findings ?? []).map(({ subject, signs, events, logs }) => ({
        subject,
        signs: [...signs],
        events: [...events],
        logs: logs.map(({ container, previous, lines }) => ({ container, previous, lines: [...lines] })),
    })),
    images: images.map((image) => ({ ...image })),
    cronJobs: cronJobs.map((cron) => ({ ...cron, lastSchedule: cron.lastSchedule ?? null, active: [...cron.active] })),
    ...servingDetail(result.lint, result.services),
    history: result.history.map(({ revision, status, chart, description }) => ({ revision, status, chart, description })),
});
//# sourceMappingURL=report.js.map
// EXTERNAL MODULE: ./build/src/helm/running-digests.js
var running_digests = __webpack_require__(3357);
;// CONCATENATED MODULE: ./build/src/helm/values-file.js



/** Gives `body` the path of a file with these values, readable by this user alone, and takes it away afterwards; no path when there are none. */
async function withValuesFile(values, body) {
    if (Object.keys(values).length === 0)
        return await body(undefined);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-values-'));
    try {
        const path = (0,external_node_path_.join)(folder, 'values.json');
        await (0,promises_.writeFile)(path, JSON.stringify(values), { mode: 0o600 });
        return await body(path);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
//# sourceMappingURL=values-file.js.map
;// CONCATENATED MODULE: ./build/src/actions/helm-upgrade-with-history.js
































const helm_upgrade_with_history_inputs = {
    operation: (0,inputs/* oneOf */.yL)(operations)({
        description: 'What to do: upgrade (or install); rollback to an earlier revision; tell the status or the history; uninstall.',
        default: 'upgrade',
    }),
    release: (0,inputs/* textLike */.r1)(/^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/, "a release name such as 'orders'")({ description: 'Name of the release.', required: true }),
    chart: (0,inputs/* text */.Qq)({
        description: 'The chart: a folder, a .tgz, oci://…, or a name in chart-repository. A folder gets the dependencies that it lacks. For an upgrade.',
    }),
    'chart-version': (0,inputs/* text */.Qq)({ description: 'Version of the chart, for one from a repository or registry.' }),
    'chart-repository': (0,inputs/* text */.Qq)({ description: 'URL of the repository that the chart is in: https://… or oci://…' }),
    'chart-repository-username': (0,inputs/* text */.Qq)({
        description: "User of the chart's repository or registry. ECR needs none: its token is fetched.",
    }),
    'chart-repository-password': (0,inputs/* text */.Qq)({ description: 'Password of that user. Helm gets it in a private file.' }),
    namespace: (0,inputs/* textLike */.r1)(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace such as 'orders-qa'")({ description: "Namespace of the release. The kubeconfig's own unless told." }),
    'create-namespace': (0,inputs/* flag */.Jt)({ description: 'Makes the namespace when it is not there.', default: 'false' }),
    values: (0,inputs/* list */.p_)({ description: 'Values files, in order; later ones win.' }),
    set: (0,inputs/* pairs */.AS)({
        description: "Values as KEY=value lines, over the values files. Typed as by helm's --set: true, false, null and whole numbers are such, {a,b} is a list; a backslash keeps a dot in a key. They travel in a private file, never on a command line.",
    }),
    'set-string': (0,inputs/* pairs */.AS)({ description: 'Values as KEY=value lines that are always text.' }),
    image: (0,inputs/* text */.Qq)({ description: 'Image to deploy: repository@sha256:… (or repository:tag).' }),
    'image-repository-key': (0,inputs/* text */.Qq)({ description: "Values key of the image's repository.", default: 'image.repository' }),
    'image-digest-key': (0,inputs/* text */.Qq)({ description: "Values key of the image's digest.", default: 'image.digest' }),
    'image-tag-key': (0,inputs/* text */.Qq)({ description: "Values key of the image's tag, if it has one.", default: 'image.tag' }),
    'image-key': (0,inputs/* text */.Qq)({ description: 'Values key that gets the whole image reference, in place of the three above.' }),
    cron: (0,inputs/* oneOf */.yL)(['suspended', 'active'])({
        description: 'Whether the cron jobs of the chart run here; checked in what the chart renders and in the cluster. Suspended also waits for Jobs that still run.',
    }),
    'cron-value': (0,inputs/* text */.Qq)({
        description: 'Values key that every CronJob of the chart renders spec.suspend from: gets true for suspended, false for active.',
        default: 'cron.suspended',
    }),
    'cron-drain-timeout': (0,inputs/* duration */.p0)({
        description: 'For the Jobs that still run when cron is suspended.',
        default: '10m',
    }),
    'values-mode': (0,inputs/* oneOf */.yL)(['reset', 'reuse', 'reset-then-reuse'])({
        description: "What becomes of the last release's values: reset forgets them.",
        default: 'reset',
    }),
    'history-max': (0,inputs/* integer */.nd)(0, 10_000)({
        description: 'Revisions to keep; 0 keeps all. HELM_MAX_HISTORY unless told, else 100.',
    }),
    timeout: (0,inputs/* duration */.p0)({
        description: 'For the whole upgrade, hooks included; a rollback has as long again.',
        default: '10m',
    }),
    wait: (0,inputs/* flag */.Jt)({
        description: 'Waits until every pod is up. Without it, nothing is known of the pods.',
        default: 'true',
    }),
    'wait-strategy': (0,inputs/* oneOf */.yL)(['watcher', 'legacy'])({ description: 'How helm 4 itself waits.', default: 'watcher' }),
    'wait-for-jobs': (0,inputs/* flag */.Jt)({
        description: 'Waits for Jobs in any case; a rendered chart that has plain Jobs is waited for without it.',
        default: 'false',
    }),
    'take-ownership': (0,inputs/* flag */.Jt)({
        description: 'Adopts objects that were made without helm (helm 3.17 or newer).',
        default: 'false',
    }),
    'force-conflicts': (0,inputs/* flag */.Jt)({
        description: 'Takes fields from other tools (helm 4, server-side apply).',
        default: 'false',
    }),
    helm: (0,inputs/* text */.Qq)({ description: 'The helm to run: a name on PATH, or a path. 3.14 or newer, or 4.', default: 'helm' }),
    'helm-version': (0,inputs/* textLike */.r1)(helmVersionForm, "a version such as '4.2.3'")({ description: 'Downloads this version of helm, checks it and keeps it in a cache, in place of the one on PATH.' }),
    'helm-checksum': (0,inputs/* textLike */.r1)(/^[0-9a-f]{64}$/, 'a sha256 of 64 hexadecimal digits')({ description: "What the sha256 of that version's archive must be, beside what its publisher says." }),
    kubeconfig: (0,inputs/* text */.Qq)({ description: 'Path of a kubeconfig. KUBECONFIG and ~/.kube/config unless told.' }),
    'kube-context': (0,inputs/* text */.Qq)({ description: 'Context of the kubeconfig. Its current one unless told.' }),
    'eks-cluster': (0,inputs/* text */.Qq)({
        description: 'Name of an EKS cluster: reached by the AWS credentials of the job, without a kubeconfig.',
    }),
    'aws-region': (0,inputs/* text */.Qq)({ description: "Region of AWS. An ECR registry's own is in its name." }),
    'role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume for AWS, one after another.' }),
    repair: (0,inputs/* oneOf */.yL)(['auto', 'off'])({
        description: 'Repairs a release that is stuck, when nobody works on it any more; off reports it.',
        default: 'auto',
    }),
    recreate: (0,inputs/* flag */.Jt)({
        description: 'Uninstalls and installs anew a release that never ran well and cannot be changed in place. Deletes what it made.',
        default: 'false',
    }),
    revision: (0,inputs/* integer */.nd)(1, 1_000_000)({
        description: 'Revision to roll back to; the last known good one unless told.',
    }),
    'confirm-uninstall': (0,inputs/* text */.Qq)({ description: "The release's name once more, for operation: uninstall." }),
    'keep-history': (0,inputs/* flag */.Jt)({
        description: 'Keeps the history of a release that is uninstalled, so that it can be brought back.',
        default: 'true',
    }),
    'on-failure': (0,inputs/* oneOf */.yL)(['rollback', 'leave', 'uninstall'])({
        description: 'After a failure: rollback to the last known good revision; leave it failed; or uninstall when there is nothing to go back to.',
        default: 'rollback',
    }),
    'on-timeout': (0,inputs/* oneOf */.yL)(['rollback', 'leave'])({ description: 'The same when the time is up.', default: 'rollback' }),
    'on-cancel': (0,inputs/* oneOf */.yL)(['rollback', 'leave'])({
        description: 'The same when the job is cancelled.',
        default: 'rollback',
    }),
    lint: (0,inputs/* oneOf */.yL)(['warn', 'error', 'off'])({
        description: 'Looks through the rendered manifest for what costs requests during a deployment. error: findings stop it before anything is changed.',
        default: 'warn',
    }),
    'lint-ignore': (0,inputs/* list */.p_)({ description: 'Rules of the lint to leave out, by the names that it prints.' }),
    'check-services': (0,inputs/* oneOf */.yL)(['fail', 'warn', 'off'])({
        description: 'After the pods are up, every Service with a selector must have ready endpoints and its ports. fail: otherwise the deployment has failed.',
        default: 'fail',
    }),
    'probe-url': (0,inputs/* textLike */.r1)(http_probe/* probeUrlForm */.Sq, 'an http or https address')({ description: 'Address that must answer well after the deployment; if not, it has failed.' }),
    'probe-successes': (0,inputs/* integer */.nd)(1, 100)({ description: 'Good answers in a row that it takes.', default: '3' }),
    'probe-interval': (0,inputs/* duration */.p0)({ description: 'Between two requests.', default: '2s' }),
    'probe-timeout': (0,inputs/* duration */.p0)({ description: 'How long it may take to give them.', default: '60s' }),
    'probe-status': (0,inputs/* readBy */.as)('text', http_probe/* statusRanges */.F)({
        description: 'HTTP codes that are good answers, such as 200-299,404. Redirects are not followed.',
        default: '200-399',
    }),
    'dry-run': (0,inputs/* flag */.Jt)({ description: 'Makes only reading calls and prints what would change.', default: 'false' }),
};
const read = ['get', 'list'];
/** `helm upgrade --install` that keeps history, repairs stuck releases, fails fast, says why, and goes back to a known-good revision. */
const helmUpgradeWithHistory = (0,action_define/* defineAction */.Q)({
    name: 'helm-upgrade-with-history',
    description: 'Runs helm upgrade --install so that history is kept, stuck releases are repaired, failures end fast with their cause, and the way back is a known-good revision.',
    inputs: helm_upgrade_with_history_inputs,
    outputs: {
        status: { description: "The release's status afterwards, in helm's words: deployed, failed, …" },
        revision: { description: 'The newest revision afterwards.' },
        'previous-revision': { description: 'The newest revision before.' },
        'rolled-back-to': { description: 'The known-good revision that was gone back to.' },
        'recovered-from': { description: 'The state that the release was found in, when it was not as it should be.' },
        'failure-reason': { description: 'The cause in one line.' },
        'failed-objects': { description: 'JSON list of the objects that did not come up.' },
        'helm-version': { description: 'The version of helm that ran.' },
        'lint-findings': { description: 'JSON list of what the lint found: rule, object, problem, advice.' },
        images: { description: 'JSON list of what runs now: workload, container, image, digest, pods.' },
    },
    permissions: {
        iam: {
            'eks:DescribeCluster': 'only for eks-cluster',
            'ecr:GetAuthorizationToken': 'only for a chart from ECR',
            'ecr:BatchGetImage': 'only for a chart from ECR',
            'ecr:GetDownloadUrlForLayer': 'only for a chart from ECR',
            'ecr:ListImages': 'only for a chart from ECR without chart-version',
        },
        rbac: {
            secrets: ['get', 'list', 'create', 'update', 'delete'],
            pods: [...read, 'watch'],
            'pods/log': ['get'],
            events: read,
            'deployments.apps': read,
            'replicasets.apps': read,
            'statefulsets.apps': read,
            'daemonsets.apps': read,
            'controllerrevisions.apps': read,
            'jobs.batch': read,
            'cronjobs.batch': read,
            'endpointslices.discovery.k8s.io': ['list'],
        },
    },
    check: (given) => {
        const problems = [];
        const attempted = [
            ['image', () => given.image !== undefined && (0,release_values/* splitImage */.s5)(given.image)],
            ...['image-repository-key', 'image-digest-key', 'image-tag-key', 'cron-value'].map((name) => [name, () => (0,release_values/* keyPath */.Dw)(given[name])]),
            ['image-key', () => given['image-key'] !== undefined && (0,release_values/* keyPath */.Dw)(given['image-key'])],
            ['chart', () => given.operation === 'upgrade' && chartSource(chartInputs(given), () => true)],
            ['helm-version', () => given['helm-version'] !== undefined && parseHelmVersion(given['helm-version'])],
            ['set', () => Object.keys(given.set ?? {}).map(release_values/* keyPath */.Dw)],
            ['set-string', () => Object.keys(given['set-string'] ?? {}).map(release_values/* keyPath */.Dw)],
        ];
        for (const [name, attempt] of attempted) {
            try {
                attempt();
            }
            catch (error) {
                problems.push(`input '${name}': ${(0,errors/* messageOf */.bD)(error)}`);
            }
        }
        if (given['helm-version'] !== undefined && given.helm !== 'helm') {
            problems.push("input 'helm-version': goes without 'helm', which names another one");
        }
        if (given['helm-checksum'] !== undefined && given['helm-version'] === undefined) {
            problems.push("input 'helm-checksum': needs 'helm-version': only what is downloaded is checked");
        }
        if (given.revision !== undefined && given.operation !== 'rollback') {
            problems.push("input 'revision': goes with 'operation: rollback'");
        }
        if (given.operation === 'uninstall' && given['confirm-uninstall'] !== given.release) {
            problems.push(`input 'confirm-uninstall': must be '${given.release}' for it to be uninstalled`);
        }
        if (given.timeout < 1_000)
            problems.push("input 'timeout': expected at least 1s");
        if (given['eks-cluster'] !== undefined && (given.kubeconfig ?? given['kube-context']) !== undefined) {
            problems.push("input 'eks-cluster': names the cluster by itself, without 'kubeconfig' and 'kube-context'");
        }
        const unknown = (given['lint-ignore'] ?? []).filter((rule) => !lintRules.includes(rule));
        if (unknown.length > 0) {
            problems.push(`input 'lint-ignore': expected some of ${lintRules.join(', ')}, got '${unknown.join(', ')}'`);
        }
        if (given['probe-interval'] < 100)
            problems.push("input 'probe-interval': expected at least 100ms");
        if (given['probe-url'] !== undefined && !given.wait)
            problems.push("input 'probe-url': needs 'wait: true'");
        if (given['wait-for-jobs'] && !given.wait)
            problems.push("input 'wait-for-jobs': needs 'wait: true'");
        return problems;
    },
    async run(context) {
        const { host, clock } = context;
        const started = clock.now();
        return await prepared(context, async (deployment, parts) => {
            for (const warning of versionWarnings(parts.helm.version))
                host.warn(warning);
            host.info(`helm ${parts.helm.version.text}: release ${deployment.place.release} in ${deployment.place.namespace}`);
            const { operation, revision, 'keep-history': keepHistory } = context.inputs;
            const deployed = operation === 'upgrade'
                ? await charted(context, deployment, parts, (ready) => deployRelease(ready, parts))
                : await operate({ operation, revision, keepHistory }, deployment, parts);
            const drainTimeout = context.inputs['cron-drain-timeout'];
            // Cron is held to what was asked where something was put there, and only told of elsewhere.
            const held = operation === 'upgrade' || operation === 'rollback' ? deployment : { ...deployment, cron: undefined };
            const { result, states: cronJobs } = await withCron(deployed, held, drainTimeout, parts);
            if (operation === 'status' || operation === 'history') {
                await host.group('history', async () => {
                    for (const line of historyLines(result.history))
                        host.info(line);
                });
            }
            if (deployment.dryRun) {
                const lines = changeLines(result.changes);
                for (const step of result.steps)
                    host.info(`would: ${step}`);
                await host.group(lines.length === 0 ? 'no object would change' : 'would change', async () => {
                    for (const line of lines)
                        host.info(line);
                });
            }
            if (result.diagnosis !== undefined)
                await logDiagnosis(result.diagnosis, host);
            const images = deployment.dryRun ? [] : await imagesNow(result, deployment, parts);
            const stored = result.revision === undefined ? undefined : await parts.store.read(result.revision);
            for (const warning of sizeWarnings(stored?.size ?? 0, result.history.length))
                host.warn(warning);
            const status = result.history.at(-1)?.status;
            return {
                outcome: result.outcome,
                ...(result.reason === undefined ? {} : { reason: result.reason }),
                outputs: {
                    status: status ?? '',
                    revision: String(result.revision ?? ''),
                    'previous-revision': String(result.previousRevision ?? ''),
                    'rolled-back-to': String(result.rolledBackTo ?? ''),
                    'recovered-from': result.recoveredFrom ?? '',
                    'failure-reason': result.reason ?? '',
                    'failed-objects': JSON.stringify(result.diagnosis?.objects ?? []),
                    'helm-version': parts.helm.version.text,
                    'lint-findings': JSON.stringify(result.lint),
                    images: JSON.stringify(images),
                },
                detail: helmDetail(deployment, result, images, cronJobs),
                summary: helmSummary(deployment, result, images, cronJobs, clock.now() - started),
            };
        });
    },
    async post(context) {
        const journal = readJournal(context.host);
        const isOpen = journal?.state === 'open';
        if (!isOpen && !operationLeft(context.host))
            return;
        // The job's cancel has done its work by now; what is left must not be cut short by it.
        const signal = AbortSignal.timeout(context.inputs.timeout + 60_000);
        await prepared({ ...context, signal }, async (deployment, parts) => {
            if (isOpen)
                await finishRelease(deployment, journal, parts);
            await finishOperation(deployment, context.host, parts);
        });
    },
});
const chartInputs = (given) => ({
    chart: given.chart ?? '',
    repository: given['chart-repository'],
    version: given['chart-version'],
    username: given['chart-repository-username'],
    password: given['chart-repository-password'],
});
/** The same deployment with its chart on this machine. */
async function charted({ inputs: given, host, env, signal }, deployment, { helm }, body) {
    const source = chartSource(chartInputs(given), external_node_fs_.existsSync);
    const aws = (region) => (0,session/* awsSession */.y)({ region: region ?? given['aws-region'], roleArns: given['role-arns'] ?? [] });
    const parts = { helm, env, host, log: host, signal, aws };
    return await withChart(source, given['chart-version'], parts, (chart) => body({ ...deployment, request: { ...deployment.request, chart, chartVersion: undefined } }));
}
async function prepared(context, body) {
    const { inputs: given, host, clock, env } = context;
    const asked = {
        kubeconfig: given.kubeconfig,
        kubeContext: given['kube-context'],
        eksCluster: given['eks-cluster'],
        aws: { region: given['aws-region'], roleArns: given['role-arns'] ?? [] },
    };
    const parts = { env, clock, log: host, mask: (secret) => host.mask(secret) };
    return await (0,cluster_access/* withCluster */.B)(asked, parts, (cluster) => preparedFor(cluster, context, body));
}
async function preparedFor({ access, kubeconfig, kubeContext }, { inputs: given, host, clock, env, signal }, body) {
    const password = given['chart-repository-password'];
    if (password !== undefined)
        host.mask(password);
    const driver = (0,release_store/* storageDriver */.qS)(env);
    const version = given['helm-version'];
    const asked = { version: version ?? '', checksum: given['helm-checksum'] };
    const binary = version === undefined ? given.helm : await downloadedHelm(asked, { env, log: host, signal });
    const helm = await findHelm(binary, env);
    const api = (0,kubernetes_api/* kubernetesApi */.Hk)(access, { env, clock, mask: (secret) => host.mask(secret) });
    const place = {
        release: given.release,
        namespace: given.namespace ?? access.namespace ?? 'default',
        kubeconfig,
        kubeContext,
    };
    const cron = given.cron && { state: given.cron, value: given['cron-value'] };
    const values = (0,release_values/* valuesTree */.jA)({
        set: given.set ?? {},
        setString: given['set-string'] ?? {},
        image: given.image,
        imageKeys: {
            reference: given['image-key'],
            repository: given['image-repository-key'],
            digest: given['image-digest-key'],
            tag: given['image-tag-key'],
        },
        cron,
    });
    const { runId, attempt } = host.facts;
    const me = { run: labelValue(runId), attempt: labelValue(attempt), isAlive };
    // All runs of a terminal are one run by name: the process tells them apart.
    const ownProcess = runId.startsWith('terminal:') ? { [processLabel]: String(process.pid) } : {};
    const wait = !given.wait ? 'none' : given['wait-strategy'] === 'legacy' ? 'legacy' : 'ready';
    return await withValuesFile(values, async (file) => {
        const deployment = {
            place,
            me,
            request: {
                chart: given.chart ?? '',
                chartVersion: given['chart-version'],
                createNamespace: given['create-namespace'],
                values: [...(given.values ?? []), ...(file === undefined ? [] : [file])],
                valuesMode: given['values-mode'],
                historyMax: given['history-max'] ?? maxHistory(env),
                timeoutMs: given.timeout,
                wait,
                waitForJobs: given['wait-for-jobs'],
                takeOwnership: given['take-ownership'],
                forceConflicts: given['force-conflicts'],
                labels: { [runLabel]: me.run, [attemptLabel]: me.attempt, ...ownProcess, [waitLabel]: String(given.wait) },
            },
            repair: given.repair,
            recreate: given.recreate,
            onFailure: given['on-failure'],
            onTimeout: given['on-timeout'],
            onCancel: given['on-cancel'],
            dryRun: given['dry-run'],
            cron,
            lint: { mode: given.lint, ignored: given['lint-ignore'] ?? [] },
            checks: {
                services: given['check-services'],
                image: given.image,
                probe: given['probe-url'] === undefined
                    ? undefined
                    : {
                        name: 'probe',
                        url: given['probe-url'],
                        successes: given['probe-successes'],
                        intervalMs: given['probe-interval'],
                        timeoutMs: given['probe-timeout'],
                        accepts: given['probe-status'],
                    },
            },
        };
        const store = (0,release_store/* releaseStore */.NP)(api, driver, place.release, place.namespace);
        return await body(deployment, { helm, api, store, clock, log: host, host, signal });
    });
}
/** Signal 0 asks whether a process is there; another user's is, though it may not be signalled. */
function isAlive(pid) {
    try {
        return process.kill(pid, 0);
    }
    catch (error) {
        return error.code === 'EPERM';
    }
}
/** What runs now. The deployment's end stands whether it can be read or not. */
async function imagesNow({ record }, { place }, { api, log }) {
    if (record === undefined)
        return [];
    try {
        return await (0,running_digests/* runningImages */.ax)(api, (0,helm_manifest/* workloadsOf */.mo)((0,helm_manifest/* parseManifest */.Ng)(record.manifest, place.namespace)));
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        log.warn(`what runs now cannot be read: ${error.message}`);
        return [];
    }
}
//# sourceMappingURL=helm-upgrade-with-history.js.map

/***/ })

};
