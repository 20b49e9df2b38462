export const id = 357;
export const ids = [357];
export const modules = {

/***/ 8653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(481);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6537);



/** Kept of each stream; what a tool prints beyond it is dropped from the front. */
const keptBytes = 8 * 1024 * 1024;
/**
 * Runs a program with an argument list, never through a shell, in a process group of its own,
 * so that a signal to this process does not reach it behind our back.
 * A non-zero exit is a result, not an error. @throws UserError when the program cannot be started.
 */
async function runCommand(argv, options = {}) {
    const [program, ...args] = argv;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, {
        cwd: options.cwd,
        env: options.env ?? process.env,
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
    });
    const kept = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
        (0,node_readline__WEBPACK_IMPORTED_MODULE_1__.createInterface)({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
            kept[stream] = `${kept[stream]}${line}\n`.slice(-keptBytes);
            options.onLine?.(line, stream);
        });
    }
    // A tool may close its input early; that is its right (EPIPE).
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const kill = (signal) => {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
            return;
        try {
            process.kill(-child.pid, signal);
        }
        catch {
            child.kill(signal);
        }
    };
    let last;
    const stop = () => {
        kill(options.killSignal ?? 'SIGTERM');
        last = setTimeout(() => kill('SIGKILL'), options.graceMs ?? 5_000);
    };
    return await new Promise((resolve, reject) => {
        child.once('error', (error) => {
            options.signal?.removeEventListener('abort', stop);
            const why = error.code === 'ENOENT' ? 'it is not on PATH' : error.message;
            reject(new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`cannot start '${program}': ${why}`, { cause: error }));
        });
        child.once('close', (code, signal) => {
            options.signal?.removeEventListener('abort', stop);
            clearTimeout(last);
            resolve({ code, signal, ...kept });
        });
        if (options.signal?.aborted)
            stop();
        else
            options.signal?.addEventListener('abort', stop, { once: true });
    });
}
//# sourceMappingURL=command.js.map

/***/ }),

/***/ 6864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ withCluster)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/helm/eks-cluster.js


/** Asks EKS where a cluster answers. @throws UserError when it is not there, not ready or may not be seen */
async function describeEksCluster(aws, name) {
    const { DescribeClusterCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(524)]).then(__webpack_require__.t.bind(__webpack_require__, 4524, 19));
    const { cluster } = await (0,aws_errors/* calling */.X_)(`finding the EKS cluster ${name}`, async () => (await aws.eks()).send(new DescribeClusterCommand({ name })));
    const server = cluster?.endpoint;
    if (server === undefined) {
        throw new errors/* UserError */.yo(`the EKS cluster ${name} has no endpoint: it is ${cluster?.status ?? 'in no state'}`);
    }
    const { protocol, hostname } = new URL(server);
    const loopback = hostname === '127.0.0.1' || hostname === 'localhost';
    if (protocol !== 'https:' && !loopback) {
        throw new errors/* UserError */.yo(`the EKS cluster ${name} has the endpoint ${server}, which would take a token in the clear`);
    }
    const data = cluster?.certificateAuthority?.data;
    const ca = data ? Buffer.from(data, 'base64').toString('utf8') : undefined;
    return { name, server: server.replace(/\/+$/, ''), ca };
}
//# sourceMappingURL=eks-cluster.js.map
// EXTERNAL MODULE: ./node_modules/@smithy/signature-v4/dist-cjs/index.js
var dist_cjs = __webpack_require__(5118);
;// CONCATENATED MODULE: ./build/src/helm/eks-token.js

/** What EKS takes a token for, after its date, in ms (aws-iam-authenticator, `tokens.go`: 15 minutes less a minute). */
const eksTokenMs = (/* unused pure expression or super */ null && (14 * 60_000));
const prefix = 'k8s-aws-v1.';
const clusterHeader = 'x-k8s-aws-id';
/**
 * A bearer token for an EKS cluster, as `aws eks get-token` makes it: an STS GetCallerIdentity request, signed for this
 * cluster alone and for 60 s, which the cluster sends to learn who its bearer is. A secret. Calls nothing but what the
 * credentials take.
 */
async function eksToken(sts, cluster, now) {
    const region = await sts.config.region();
    const { url } = sts.config.endpointProvider({
        Region: region,
        UseFIPS: await sts.config.useFipsEndpoint(),
        UseDualStack: await sts.config.useDualstackEndpoint(),
        // The cluster takes the endpoint of a region alone.
        UseGlobalEndpoint: false,
        Endpoint: await ownEndpoint(sts),
    }, {});
    const signer = new dist_cjs.SignatureV4({
        service: 'sts',
        region,
        credentials: sts.config.credentials,
        sha256: sts.config.sha256,
    });
    const request = {
        method: 'GET',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        headers: { host: url.host, [clusterHeader]: cluster },
    };
    const signed = await signer.presign(request, {
        expiresIn: 60,
        signingDate: new Date(now),
        unhoistableHeaders: new Set([clusterHeader]),
    });
    const query = Object.entries(signed.query ?? {})
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
        .join('&');
    return prefix + Buffer.from(`${url.origin}/?${query}`, 'utf8').toString('base64url');
}
/** The endpoint that the environment names, if it names one. */
async function ownEndpoint(sts) {
    const endpoint = await sts.config.endpoint?.();
    if (endpoint === undefined)
        return undefined;
    const port = endpoint.port === undefined ? '' : `:${endpoint.port}`;
    return `${endpoint.protocol}//${endpoint.hostname}${port}`;
}
//# sourceMappingURL=eks-token.js.map
// EXTERNAL MODULE: ./build/src/helm/kubeconfig.js
var helm_kubeconfig = __webpack_require__(55);
// EXTERNAL MODULE: ./build/src/helm/kubernetes-credentials.js
var kubernetes_credentials = __webpack_require__(6687);
;// CONCATENATED MODULE: ./build/src/helm/cluster-access.js









/** A token lives for 14 minutes: there is time for several tries before it ends. */
const renewMs = 8 * 60_000;
const retryMs = 30_000;
/**
 * Gives `body` the way to a cluster. For EKS a private kubeconfig is made, whose token stands in a file beside it that is
 * written anew while `body` runs: helm and our own client read it again each minute, so a run may outlast any token.
 * Everything is taken away afterwards.
 * @throws UserError when there is no such cluster, or no credentials
 */
async function withCluster(asked, parts, body) {
    const { kubeconfig, kubeContext, eksCluster } = asked;
    if (eksCluster === undefined) {
        const access = await (0,kubernetes_credentials/* findCluster */.KG)(kubeconfig, kubeContext, parts.env);
        return await body({ access, kubeconfig, kubeContext });
    }
    const aws = (0,session/* awsSession */.y)(asked.aws);
    const ended = new AbortController();
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-eks-'));
    let renewing = Promise.resolve();
    try {
        const cluster = await describeEksCluster(aws, eksCluster);
        const tokenFile = (0,external_node_path_.join)(folder, 'token');
        const renew = async () => {
            const token = await eksToken(await aws.sts(), eksCluster, parts.clock.now());
            parts.mask(token);
            // Helm must never read half a token.
            await (0,promises_.writeFile)(`${tokenFile}.new`, token, { mode: 0o600 });
            await (0,promises_.rename)(`${tokenFile}.new`, tokenFile);
        };
        await renew();
        const path = (0,external_node_path_.join)(folder, 'kubeconfig');
        const text = eksKubeconfig(cluster, tokenFile);
        await (0,promises_.writeFile)(path, text, { mode: 0o600 });
        renewing = keepRenewing(renew, parts, ended.signal);
        return await body({
            access: (0,helm_kubeconfig/* readKubeconfig */.U)([{ path, folder, text }], undefined),
            kubeconfig: path,
            kubeContext: undefined,
        });
    }
    finally {
        ended.abort();
        await renewing;
        aws.close();
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function keepRenewing(renew, { clock, log }, signal) {
    for (let wait = renewMs;;) {
        try {
            await clock.sleep(wait, signal);
        }
        catch {
            // The work is done.
            return;
        }
        try {
            await renew();
            wait = renewMs;
        }
        catch (error) {
            log.warn(`the cluster's token could not be renewed, trying again: ${(0,errors/* messageOf */.bD)(error)}`);
            wait = retryMs;
        }
    }
}
/** JSON is YAML: nothing needs quoting. */
const eksKubeconfig = ({ name, server, ca }, tokenFile) => JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
        {
            name,
            cluster: {
                server,
                ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
            },
        },
    ],
    users: [{ name, user: { tokenFile } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
});
//# sourceMappingURL=cluster-access.js.map

/***/ }),

/***/ 55:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ readKubeconfig)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);


const fields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const text = (value) => (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
/**
 * Reads one context of one or more kubeconfig files; the first file that names a thing wins, as with kubectl.
 * @throws UserError when there is no such context, or it needs what is not supported (`auth-provider`, `proxy-url`)
 */
function readKubeconfig(files, contextName) {
    const parsed = files.map(({ path, folder, text }) => ({ fields: fields(parseFile(path, text)), folder }));
    const find = (list, name) => {
        for (const { fields: file, folder } of parsed) {
            const entries = Array.isArray(file[list]) ? file[list] : [];
            const entry = entries.map(fields).find((entry) => text(entry['name']) === name);
            if (entry !== undefined)
                return { fields: fields(entry[list.slice(0, -1)]), folder };
        }
        return undefined;
    };
    const current = contextName ?? parsed.map(({ fields }) => text(fields['current-context'])).find((name) => name !== undefined);
    if (current === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('the kubeconfig has no current context: set kube-context');
    const context = find('contexts', current)?.fields;
    if (context === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the kubeconfig has no context '${current}'`);
    const cluster = find('clusters', text(context['cluster']));
    if (cluster === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the kubeconfig's context '${current}' names no cluster of the file`);
    const server = text(cluster.fields['server']);
    if (server === undefined || !/^https?:\/\/[^\s/?#]+/.test(server)) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the kubeconfig's cluster of context '${current}' has no server URL`);
    }
    if (text(cluster.fields['proxy-url']) !== undefined) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo("the kubeconfig's proxy-url is not supported");
    }
    return {
        server: server.replace(/\/+$/, ''),
        ca: fileOrData(cluster, 'certificate-authority'),
        skipVerify: cluster.fields['insecure-skip-tls-verify'] === true,
        serverName: text(cluster.fields['tls-server-name']),
        user: userAccess(find('users', text(context['user'])), current),
        namespace: text(context['namespace']),
    };
}
function parseFile(path, content) {
    try {
        return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(content, { maxAliasCount: 100, logLevel: 'error' });
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the kubeconfig '${path}' is no YAML: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error).split('\n')[0]}`, { cause: error });
    }
}
/** `key` is a path, `key-data` the same bytes in base64. */
function fileOrData(place, key) {
    const data = text(place.fields[`${key}-data`]);
    if (data !== undefined)
        return { data: Buffer.from(data, 'base64').toString('utf8') };
    const file = text(place.fields[key]);
    return file === undefined ? undefined : { file: resolveIn(place.folder, file) };
}
const resolveIn = (folder, path) => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) ? path : `${folder}/${path}`;
function userAccess(user, context) {
    const none = {
        token: undefined,
        certificate: undefined,
        key: undefined,
        basic: undefined,
        exec: undefined,
    };
    if (user === undefined)
        return none;
    const own = user.fields;
    if (own['auth-provider'] !== undefined) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the user of context '${context}' has an auth-provider: Kubernetes removed those, use an exec plugin`);
    }
    const token = text(own['token']);
    const tokenFile = text(own['tokenFile']);
    const [username, password] = [text(own['username']), text(own['password'])];
    return {
        token: token !== undefined
            ? { data: token }
            : tokenFile !== undefined
                ? { file: resolveIn(user.folder, tokenFile) }
                : undefined,
        certificate: fileOrData(user, 'client-certificate'),
        key: fileOrData(user, 'client-key'),
        basic: username !== undefined && password !== undefined ? { username, password } : undefined,
        exec: own['exec'] === undefined ? undefined : execPlugin({ fields: fields(own['exec']), folder: user.folder }, context),
    };
}
function execPlugin({ fields: own, folder }, context) {
    const command = text(own['command']);
    if (command === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the exec plugin of context '${context}' names no command`);
    const args = Array.isArray(own['args']) ? own['args'].map(String) : [];
    const env = (Array.isArray(own['env']) ? own['env'].map(fields) : []).map((pair) => [
        text(pair['name']) ?? '',
        text(pair['value']) ?? '',
    ]);
    // A bare name is looked up on PATH; a relative path counts from the file.
    const program = command.includes('/') ? resolveIn(folder, command) : command;
    return {
        apiVersion: text(own['apiVersion']) ?? 'client.authentication.k8s.io/v1',
        argv: [program, ...args],
        env: Object.fromEntries(env),
        provideClusterInfo: own['provideClusterInfo'] === true,
    };
}
//# sourceMappingURL=kubeconfig.js.map

/***/ }),

/***/ 6853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ES: () => (/* binding */ resources),
/* harmony export */   Hk: () => (/* binding */ kubernetesApi),
/* harmony export */   US: () => (/* binding */ isForbidden),
/* harmony export */   c4: () => (/* binding */ isNotFound),
/* harmony export */   dK: () => (/* binding */ KubernetesError),
/* harmony export */   dh: () => (/* binding */ isConflict)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6537);
/* harmony import */ var _kubernetes_credentials_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6687);




/** An error that the API answered with. */
class KubernetesError extends _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo {
    name = 'KubernetesError';
    /** HTTP status. */
    status;
    /** The API's own word: NotFound, Conflict, Forbidden… */
    reason;
    constructor(status, reason, message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }
}
const isNotFound = (error) => error instanceof KubernetesError && error.status === 404;
const isForbidden = (error) => error instanceof KubernetesError && error.status === 403;
const isConflict = (error) => error instanceof KubernetesError && error.status === 409;
const core = (plural) => ({ group: '', version: 'v1', plural });
const grouped = (group, plural) => ({ group, version: 'v1', plural });
/** Every kind that this project reads. */
const resources = {
    secrets: core('secrets'),
    configmaps: core('configmaps'),
    pods: core('pods'),
    events: core('events'),
    deployments: grouped('apps', 'deployments'),
    replicasets: grouped('apps', 'replicasets'),
    statefulsets: grouped('apps', 'statefulsets'),
    daemonsets: grouped('apps', 'daemonsets'),
    controllerrevisions: grouped('apps', 'controllerrevisions'),
    jobs: grouped('batch', 'jobs'),
    cronjobs: grouped('batch', 'cronjobs'),
    endpointslices: grouped('discovery.k8s.io', 'endpointslices'),
};
/** An answer above this is refused, in bytes. */
const largestAnswer = 128 * 1024 * 1024;
const largestLog = 256 * 1024;
const largestLine = 4 * 1024 * 1024;
const requestMs = 30_000;
const pageSize = 500;
const tries = 4;
/** A client of one cluster over node's own HTTP, with the kubeconfig's certificates and credentials. */
function kubernetesApi(access, parts) {
    const base = new URL(access.server);
    let credentials;
    let agent;
    async function connection() {
        if (credentials === undefined || agent === undefined || credentials.until <= parts.clock.now()) {
            const before = credentials;
            credentials = await (0,_kubernetes_credentials_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchCredentials */ .$Y)(access, parts);
            const sameIdentity = before?.certificate === credentials.certificate && before?.key === credentials.key;
            // A new token needs no new connections, and ending the old ones would cut what others are reading.
            if (agent !== undefined && before !== undefined && sameIdentity)
                return { credentials, agent };
            agent = base.protocol === 'https:' ? await tlsAgent(credentials) : new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({ keepAlive: true });
        }
        return { credentials, agent };
    }
    async function tlsAgent(own) {
        const ca = await (0,_kubernetes_credentials_js__WEBPACK_IMPORTED_MODULE_3__/* .contentOf */ .$E)(access.ca);
        return new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent({
            keepAlive: true,
            rejectUnauthorized: !access.skipVerify,
            ...(ca === undefined ? {} : { ca }),
            ...(own.certificate === undefined ? {} : { cert: own.certificate }),
            ...(own.key === undefined ? {} : { key: own.key }),
            ...(access.serverName === undefined ? {} : { servername: access.serverName }),
        });
    }
    async function once(asked) {
        const { credentials, agent } = await connection();
        const send = base.protocol === 'https:' ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request;
        return await new Promise((resolve, reject) => {
            const request = send(`${access.server}${asked.path}`, {
                method: asked.method,
                agent,
                signal: AbortSignal.timeout(requestMs),
                headers: {
                    accept: asked.accept ?? 'application/json',
                    'user-agent': 'strangler-deploy',
                    ...(credentials.authorization === undefined ? {} : { authorization: credentials.authorization }),
                    ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
                },
            }, (response) => {
                readBody(response, asked.limit ?? largestAnswer).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
            });
            request.once('error', reject);
            request.end(asked.body);
        });
    }
    /** A GET whose answer is read line by line as it comes. */
    async function* lines(path, signal) {
        const { credentials, agent } = await connection();
        const send = base.protocol === 'https:' ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request;
        const headers = {
            accept: '*/*',
            'user-agent': 'strangler-deploy',
            ...(credentials.authorization === undefined ? {} : { authorization: credentials.authorization }),
        };
        const response = await new Promise((resolve, reject) => {
            const request = send(`${access.server}${path}`, { agent, signal, headers }, resolve);
            request.once('error', reject);
            request.end();
        });
        const status = response.statusCode ?? 0;
        if (status >= 300)
            throw failure(status, await readBody(response, largestAnswer));
        response.setEncoding('utf8');
        let rest = '';
        for await (const chunk of response) {
            const found = `${rest}${chunk}`.split('\n');
            rest = found.pop() ?? '';
            if (rest.length > largestLine)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`the cluster sent a line of more than ${largestLine} characters`);
            yield* found;
        }
        if (rest !== '')
            yield rest;
    }
    async function call(asked) {
        for (let attempt = 1;; attempt++) {
            const last = attempt === tries;
            let answer;
            try {
                answer = await once(asked);
            }
            catch (error) {
                if (error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo)
                    throw error;
                // A write may have arrived: only its caller can tell whether to repeat it.
                if (last || asked.method !== 'GET') {
                    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`cannot reach the cluster at ${base.host}: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`, { cause: error });
                }
                await parts.clock.sleep(500 * 2 ** attempt);
                continue;
            }
            if (answer.status < 300)
                return answer.body;
            if (answer.status === 401 && attempt === 1 && access.user.exec !== undefined)
                credentials = undefined;
            else if (last || asked.method !== 'GET' || !(answer.status === 429 || answer.status >= 500)) {
                throw failure(answer.status, answer.body);
            }
            else
                await parts.clock.sleep(500 * 2 ** attempt);
        }
    }
    return {
        async get(resource, namespace, name) {
            return parseAnswer(await call({ method: 'GET', path: pathOf(resource, namespace, name) }));
        },
        async list(resource, namespace, options = {}) {
            const items = [];
            let next = '';
            do {
                const query = new URLSearchParams({ limit: String(pageSize) });
                if (options.labelSelector !== undefined)
                    query.set('labelSelector', options.labelSelector);
                if (options.fieldSelector !== undefined)
                    query.set('fieldSelector', options.fieldSelector);
                if (next !== '')
                    query.set('continue', next);
                const body = await call({
                    method: 'GET',
                    path: `${pathOf(resource, namespace)}?${query}`,
                    ...(options.metadataOnly === true
                        ? { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json' }
                        : {}),
                });
                const page = parseAnswer(body);
                items.push(...(page.items ?? []));
                next = page.metadata?.continue ?? '';
            } while (next !== '');
            return items;
        },
        async replace(resource, namespace, object) {
            const path = pathOf(resource, namespace, object.metadata?.name ?? '');
            return parseAnswer(await call({ method: 'PUT', path, body: JSON.stringify(object) }));
        },
        async podLog(namespace, pod, options) {
            const query = new URLSearchParams({
                container: options.container,
                previous: String(options.previous),
                tailLines: String(options.tailLines),
                limitBytes: String(largestLog),
            });
            const path = `${pathOf(resources.pods, namespace, pod)}/log?${query}`;
            const body = await call({ method: 'GET', path, accept: '*/*', limit: 2 * largestLog });
            return body.toString('utf8');
        },
        async *watch(resource, namespace, signal) {
            for await (const line of lines(`${pathOf(resource, namespace)}?watch=true`, signal)) {
                const { type, object } = parseAnswer(Buffer.from(line));
                if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && object !== undefined) {
                    yield { type, object };
                }
            }
        },
        async *followLog(namespace, pod, container, signal) {
            const query = new URLSearchParams({ container, follow: 'true' });
            yield* lines(`${pathOf(resources.pods, namespace, pod)}/log?${query}`, signal);
        },
    };
}
function pathOf(resource, namespace, name) {
    const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
    const parts = ['namespaces', namespace, resource.plural, ...(name === undefined ? [] : [name])];
    return `${root}/${parts.map(encodeURIComponent).join('/')}`;
}
async function readBody(response, limit) {
    const chunks = [];
    let length = 0;
    for await (const chunk of response) {
        length += chunk.byteLength;
        if (length > limit) {
            response.destroy();
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`the cluster's answer is larger than ${limit} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function parseAnswer(body) {
    try {
        const value = JSON.parse(body.toString('utf8'));
        if (typeof value === 'object' && value !== null)
            return value;
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('the cluster answered with something that is no JSON', { cause: error });
    }
    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('the cluster answered with something that is no object');
}
function failure(status, body) {
    let answer = {};
    try {
        answer = JSON.parse(body.toString('utf8'));
    }
    catch {
        // A proxy in between answers with a page of its own: the status says what there is to say.
    }
    const message = typeof answer?.message === 'string' ? answer.message : `the cluster answered with HTTP ${status}`;
    return new KubernetesError(status, typeof answer?.reason === 'string' ? answer.reason : '', message);
}
//# sourceMappingURL=kubernetes-api.js.map

/***/ }),

/***/ 6687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ contentOf),
/* harmony export */   $Y: () => (/* binding */ fetchCredentials),
/* harmony export */   KG: () => (/* binding */ findCluster)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _action_command_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8653);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6537);
/* harmony import */ var _kubeconfig_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(55);






const inClusterFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Service account tokens are rotated on disk: read again after this, in ms. */
const tokenFileMs = 60_000;
/**
 * Finds the cluster as helm does: the given file, else KUBECONFIG, else ~/.kube/config, else the pod's own service account.
 * @throws UserError when there is none
 */
async function findCluster(kubeconfig, context, env) {
    const named = kubeconfig !== undefined ? [kubeconfig] : (env['KUBECONFIG'] ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter).filter(Boolean);
    const paths = named.length > 0 ? named : [(0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(env['HOME'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.kube', 'config')];
    const files = [];
    for (const path of paths) {
        try {
            files.push({ path, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(path)), text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8') });
        }
        catch (error) {
            const missing = error.code === 'ENOENT';
            if (!missing || kubeconfig !== undefined) {
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`cannot read the kubeconfig '${path}': ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, { cause: error });
            }
        }
    }
    if (files.length > 0)
        return (0,_kubeconfig_js__WEBPACK_IMPORTED_MODULE_5__/* .readKubeconfig */ .U)(files, context ?? env['HELM_KUBECONTEXT']);
    const host = env['KUBERNETES_SERVICE_HOST'];
    if (host === undefined) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`there is no kubeconfig (looked for ${paths.join(', ')}): set KUBECONFIG or the input kubeconfig`);
    }
    return {
        server: `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`,
        ca: { file: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(inClusterFolder, 'ca.crt') },
        skipVerify: false,
        serverName: undefined,
        user: {
            token: { file: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(inClusterFolder, 'token') },
            certificate: undefined,
            key: undefined,
            basic: undefined,
            exec: undefined,
        },
        namespace: await ownNamespace(),
    };
}
/** The pod's own namespace, which is helm's too when it runs in one; undefined when the pod is not told. */
async function ownNamespace() {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(inClusterFolder, 'namespace'), 'utf8')).trim() || undefined;
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return undefined;
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`the pod's namespace cannot be read: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}
/** The bytes of something given inline or by a file. @throws UserError when the file cannot be read */
async function contentOf(source) {
    if (source === undefined)
        return undefined;
    if ('data' in source)
        return source.data;
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(source.file, 'utf8');
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`cannot read '${source.file}' that the kubeconfig names: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
}
/** Fetches the credentials of a cluster's user; an exec plugin is run without a shell. */
async function fetchCredentials(access, parts) {
    const { user } = access;
    if (user.exec !== undefined)
        return await fromPlugin(user.exec, access, parts);
    const token = (await contentOf(user.token))?.trim();
    if (token)
        parts.mask(token);
    const basic = user.basic && Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64');
    if (basic)
        parts.mask(basic);
    return {
        authorization: token ? `Bearer ${token}` : basic ? `Basic ${basic}` : undefined,
        certificate: await contentOf(user.certificate),
        key: await contentOf(user.key),
        until: user.token !== undefined && 'file' in user.token ? parts.clock.now() + tokenFileMs : Number.POSITIVE_INFINITY,
    };
}
async function fromPlugin(plugin, access, parts) {
    const spec = {
        interactive: false,
        ...(plugin.provideClusterInfo ? { cluster: { server: access.server } } : {}),
    };
    const info = JSON.stringify({ kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec });
    const { code, stdout, stderr } = await (0,_action_command_js__WEBPACK_IMPORTED_MODULE_3__/* .runCommand */ .d)(plugin.argv, {
        env: { ...parts.env, ...plugin.env, KUBERNETES_EXEC_INFO: info },
        signal: AbortSignal.timeout(60_000),
    });
    const name = plugin.argv[0];
    if (code !== 0) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`'${name}', which the kubeconfig runs for credentials, exited with ${code}: ${stderr.trim().slice(-500)}`);
    }
    let status;
    try {
        const answer = JSON.parse(stdout);
        status = answer.status ?? {};
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`'${name}', which the kubeconfig runs for credentials, printed no ExecCredential`, {
            cause: error,
        });
    }
    const text = (key) => (typeof status[key] === 'string' ? status[key] : undefined);
    const token = text('token');
    if (token)
        parts.mask(token);
    const until = Date.parse(text('expirationTimestamp') ?? '');
    return {
        authorization: token ? `Bearer ${token}` : undefined,
        certificate: text('clientCertificateData'),
        key: text('clientKeyData'),
        until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until - 30_000,
    };
}
//# sourceMappingURL=kubernetes-credentials.js.map

/***/ }),

/***/ 2054:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ isOwnedBy)
/* harmony export */ });
/** Whether an object is owned by the one with this uid. */
const isOwnedBy = (object, uid) => uid !== undefined && (object.metadata?.ownerReferences ?? []).some((owner) => owner.uid === uid);
//# sourceMappingURL=kubernetes-object.js.map

/***/ }),

/***/ 8265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   T5: () => (/* binding */ objectKey),
/* harmony export */   mo: () => (/* binding */ workloadsOf)
/* harmony export */ });
/* unused harmony export workloadKinds */
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);


/** What runs pods, and so is watched. */
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
/**
 * The objects of a manifest; documents without kind or name are left out, lists are opened.
 * @throws UserError when it is no YAML
 */
function parseManifest(manifest, namespace) {
    const documents = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseAllDocuments */ .hR)(manifest, { logLevel: 'silent', uniqueKeys: false });
    return (Array.isArray(documents) ? documents : []).flatMap((document) => {
        const problem = document.errors[0];
        if (problem !== undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`a manifest is no YAML: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(problem).split('\n')[0]}`);
        return objectsIn(document.toJS({ maxAliasCount: 1_000 }), namespace);
    });
}
function objectsIn(value, namespace) {
    if (typeof value !== 'object' || value === null)
        return [];
    const content = value;
    const kind = content['kind'];
    if (kind === 'List' && Array.isArray(content['items'])) {
        return content['items'].flatMap((item) => objectsIn(item, namespace));
    }
    const metadata = (content['metadata'] ?? {});
    const name = metadata['name'];
    if (typeof kind !== 'string' || typeof name !== 'string')
        return [];
    return [
        {
            apiVersion: String(content['apiVersion'] ?? ''),
            kind,
            name,
            namespace: typeof metadata['namespace'] === 'string' ? metadata['namespace'] : namespace,
            content,
        },
    ];
}
/** The workloads among them. */
const workloadsOf = (objects) => objects
    .filter(({ kind, apiVersion }) => isWorkloadKind(kind) && /^(apps|batch)\//.test(apiVersion))
    .map(({ kind, name, namespace }) => ({ kind: kind, name, namespace }));
const isWorkloadKind = (kind) => workloadKinds.includes(kind);
/** What tells two objects of a release apart. */
const objectKey = (object) => `${object.namespace}/${object.kind}/${object.name}`;
//# sourceMappingURL=manifest.js.map

/***/ }),

/***/ 5033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ym: () => (/* binding */ encodeRecord),
/* harmony export */   eT: () => (/* binding */ decodeRecord),
/* harmony export */   eq: () => (/* binding */ asFailed),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8522);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);


/** A record inflates at most to this, in bytes: Kubernetes keeps 1 MiB of it. */
const largestRecord = 64 * 1024 * 1024;
/**
 * Reads the payload of a record (what stands in a ConfigMap, or in a Secret once its own base64 is off).
 * @throws UserError when it is no release
 */
function decodeRecord(payload) {
    try {
        const bytes = Buffer.from(payload, 'base64');
        const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
        const json = gzipped ? (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.gunzipSync)(bytes, { maxOutputLength: largestRecord }) : bytes;
        return recordOf(JSON.parse(json.toString('utf8')));
    }
    catch (error) {
        if (error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo)
            throw error;
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('a release record cannot be decoded', { cause: error });
    }
}
/** A release in helm's JSON, from a record or from `helm … -o json`. @throws UserError when it is none */
function recordOf(value) {
    const raw = object(value);
    const info = object(raw['info']);
    const metadata = object(object(raw['chart'])['metadata']);
    const version = raw['version'];
    if (typeof raw['name'] !== 'string' || typeof version !== 'number')
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('this is no helm release');
    return {
        name: raw['name'],
        version,
        namespace: text(raw['namespace']),
        manifest: text(raw['manifest']),
        hooks: (Array.isArray(raw['hooks']) ? raw['hooks'] : []).map(hookOf),
        config: raw['config'] ?? {},
        chart: { name: text(metadata['name']), version: text(metadata['version']) },
        info: { status: text(info['status']), description: text(info['description']) },
        raw,
    };
}
function hookOf(value) {
    const hook = object(value);
    return {
        name: text(hook['name']),
        kind: text(hook['kind']),
        path: text(hook['path']),
        manifest: text(hook['manifest']),
        events: (Array.isArray(hook['events']) ? hook['events'] : []).map(String),
        phase: text(object(hook['last_run'])['phase']),
    };
}
/** The payload of a record; the reverse of `decodeRecord`. */
const encodeRecord = (raw) => (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.gzipSync)(JSON.stringify(raw)).toString('base64');
/** The record with its operation ended as failed. Helm believes the payload alone, not the labels beside it. */
function asFailed(record, description) {
    const info = { ...object(record.raw['info']), status: 'failed', description };
    return recordOf({ ...record.raw, info });
}
const object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const text = (value) => (typeof value === 'string' ? value : '');
//# sourceMappingURL=release-record.js.map

/***/ }),

/***/ 679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NP: () => (/* binding */ releaseStore),
/* harmony export */   qS: () => (/* binding */ storageDriver)
/* harmony export */ });
/* unused harmony export recordName */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6853);
/* harmony import */ var _release_record_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5033);



/**
 * The driver that helm will use.
 * @throws UserError for drivers that keep records outside of the cluster
 */
function storageDriver(env) {
    const driver = (env['HELM_DRIVER'] ?? '').toLowerCase();
    if (driver === '' || driver === 'secret' || driver === 'secrets')
        return 'secret';
    if (driver === 'configmap' || driver === 'configmaps')
        return 'configmap';
    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`HELM_DRIVER '${driver}' is not supported: use secret or configmap`);
}
/** Helm's labels on every record; all others were given by whoever deployed. */
const helmLabels = new Set(['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt']);
function releaseStore(api, driver, release, namespace) {
    const resource = driver === 'secret' ? _kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__/* .resources */ .ES.secrets : _kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__/* .resources */ .ES.configmaps;
    async function read(revision) {
        try {
            const object = await api.get(resource, namespace, recordName(release, revision));
            return stored(object, driver);
        }
        catch (error) {
            if ((0,_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__/* .isNotFound */ .c4)(error))
                return undefined;
            throw error;
        }
    }
    return {
        read,
        async deployed() {
            const labelSelector = `owner=helm,name=${release},status=deployed`;
            const found = await api.list(resource, namespace, { labelSelector, metadataOnly: true });
            const revisions = found.map(({ metadata }) => Number(metadata?.labels?.['version'])).filter(Number.isSafeInteger);
            return revisions.length === 0 ? undefined : await read(Math.max(...revisions));
        },
        async labels() {
            const selector = `owner=helm,name=${release}`;
            const found = await api.list(resource, namespace, {
                labelSelector: selector,
                metadataOnly: true,
            });
            return new Map(found.map(({ metadata }) => [Number(metadata?.labels?.['version']), ownLabels(metadata?.labels)]));
        },
        async markFailed(found, description) {
            const payload = (0,_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeRecord */ .Ym)((0,_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .asFailed */ .eq)(found.record, description).raw);
            const object = {
                ...found.object,
                metadata: {
                    ...found.object.metadata,
                    labels: { ...found.object.metadata?.labels, status: 'failed' },
                },
                data: { ...found.object.data, release: driver === 'secret' ? base64(payload) : payload },
            };
            try {
                await api.replace(resource, namespace, object);
                return true;
            }
            catch (error) {
                if ((0,_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__/* .isConflict */ .dh)(error) || (0,_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_1__/* .isNotFound */ .c4)(error))
                    return false;
                throw error;
            }
        },
    };
}
/** Helm 3 and 4 alike (pkg/storage). */
const recordName = (release, revision) => `sh.helm.release.v1.${release}.v${revision}`;
const base64 = (text) => Buffer.from(text, 'utf8').toString('base64');
function stored(object, driver) {
    const data = object.data?.['release'] ?? '';
    const payload = driver === 'secret' ? Buffer.from(data, 'base64').toString('utf8') : data;
    const created = Date.parse(object.metadata?.creationTimestamp ?? '');
    return {
        record: (0,_release_record_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeRecord */ .eT)(payload),
        labels: ownLabels(object.metadata?.labels),
        createdAt: Number.isNaN(created) ? undefined : created,
        size: payload.length,
        object,
    };
}
const ownLabels = (labels) => Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => !helmLabels.has(name)));
//# sourceMappingURL=release-store.js.map

/***/ }),

/***/ 4726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dw: () => (/* binding */ keyPath),
/* harmony export */   jA: () => (/* binding */ valuesTree),
/* harmony export */   s5: () => (/* binding */ splitImage)
/* harmony export */ });
/* unused harmony export typedValue */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/**
 * The values of the inputs as one tree, to be written into a file that only this user can read:
 * on a command line every process of the machine could read them.
 * @throws UserError for keys that helm's `--set` takes and a values file cannot express
 */
function valuesTree(given) {
    const tree = {};
    for (const [key, value] of Object.entries(given.set))
        put(tree, key, typedValue(value));
    for (const [key, value] of Object.entries(given.setString))
        put(tree, key, value);
    if (given.image !== undefined)
        putImage(tree, given.image, given.imageKeys);
    if (given.cron !== undefined)
        put(tree, given.cron.value, given.cron.state === 'suspended');
    return tree;
}
function putImage(tree, image, keys) {
    if (keys.reference !== undefined) {
        put(tree, keys.reference, image);
        return;
    }
    const { repository, tag, digest } = splitImage(image);
    put(tree, keys.repository, repository);
    if (digest !== undefined)
        put(tree, keys.digest, digest);
    if (tag !== undefined)
        put(tree, keys.tag, tag);
}
/** `registry:5000/app:1.2@sha256:…` in its parts. @throws UserError when it is no image reference */
function splitImage(image) {
    const match = /^(?<repository>[^\s@]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(image);
    const { repository, tag, digest } = match?.groups ?? {};
    if (repository === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${image.slice(0, 200)}' is no image reference`);
    return { repository, tag, digest };
}
/** A value typed as helm's `--set` types it: true, false, null and whole numbers are such, `{a,b}` is a list, all else is text. */
function typedValue(text) {
    if (/^\{.*\}$/s.test(text)) {
        const inner = text.slice(1, -1);
        return inner === '' ? [] : inner.split(',').map((item) => typedValue(item.trim()));
    }
    if (text === 'true')
        return true;
    if (text === 'false')
        return false;
    if (text === 'null')
        return null;
    if (/^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)))
        return Number(text);
    return text;
}
/** `a.b\.c.d` in its parts: a backslash keeps the dot after it. */
function keyPath(key) {
    const parts = key.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
    const bad = parts.find((part) => part === '' || part === '__proto__');
    if (bad !== undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${key}' is no key of values: expected a form such as 'image.tag'`);
    if (parts.some((part) => /\[\d*\]/.test(part))) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${key}' sets an item of a list: put the whole list in a values file`);
    }
    return parts;
}
function put(tree, key, value) {
    const path = keyPath(key);
    let at = tree;
    for (const part of path.slice(0, -1)) {
        const next = Object.hasOwn(at, part) ? at[part] : undefined;
        if (typeof next === 'object' && next !== null && !Array.isArray(next))
            at = next;
        else {
            const made = {};
            at[part] = made;
            at = made;
        }
    }
    at[path.at(-1)] = value;
}
//# sourceMappingURL=release-values.js.map

/***/ }),

/***/ 3357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jc: () => (/* binding */ runningDigests),
/* harmony export */   ax: () => (/* binding */ runningImages)
/* harmony export */ });
/* unused harmony export digestsOf */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _cluster_access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6864);
/* harmony import */ var _kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6853);
/* harmony import */ var _kubernetes_object_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2054);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8265);
/* harmony import */ var _release_store_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(679);
/* harmony import */ var _release_values_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4726);







/** The images that the containers of some workloads run now; pods of an older revision count too, but for those that are being deleted. */
async function runningImages(api, workloads) {
    const found = new Map();
    const longLived = workloads.filter(({ kind }) => kind !== 'Job');
    for (const namespace of new Set(longLived.map(({ namespace }) => namespace))) {
        const [deployments, replicaSets, statefulSets, daemonSets, pods] = await Promise.all([
            api.list(_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .resources */ .ES.deployments, namespace),
            api.list(_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .resources */ .ES.replicasets, namespace),
            api.list(_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .resources */ .ES.statefulsets, namespace),
            api.list(_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .resources */ .ES.daemonsets, namespace),
            api.list(_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .resources */ .ES.pods, namespace),
        ]);
        const of = { Deployment: deployments, StatefulSet: statefulSets, DaemonSet: daemonSets, Job: [] };
        for (const { kind, name } of longLived.filter((workload) => workload.namespace === namespace)) {
            const uid = of[kind].find(({ metadata }) => metadata?.name === name)?.metadata?.uid;
            const owners = new Set([uid, ...replicaSets.filter((set) => (0,_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isOwnedBy */ .D)(set, uid)).map((set) => set.metadata?.uid)]);
            // A pod that is on its way out serves nobody any more.
            const staying = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
            const own = staying.filter((pod) => [...owners].some((owner) => (0,_kubernetes_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isOwnedBy */ .D)(pod, owner)));
            for (const image of own.flatMap((pod) => imagesOf(pod, `${kind}/${name}`))) {
                const key = `${image.workload} ${image.container} ${image.image} ${image.digest}`;
                found.set(key, { ...image, pods: (found.get(key)?.pods ?? 0) + 1 });
            }
        }
    }
    return [...found.values()];
}
function imagesOf(pod, workload) {
    return (pod.status?.containerStatuses ?? []).flatMap((status) => {
        const digest = digestOf(status);
        if (status.state?.running === undefined || digest === undefined)
            return [];
        const image = pod.spec?.containers?.find(({ name }) => name === status.name)?.image ?? status.image ?? '';
        return [{ workload, container: status.name ?? '', image, digest, pods: 1 }];
    });
}
/** An imageID is `repository@sha256:…`, with a scheme before it on some runtimes; a bare `sha256:…` is the image's configuration, not its manifest. */
const digestOf = (status) => /@(sha256:[0-9a-f]{64})$/.exec(status.imageID ?? '')?.[1];
/** The digests among them of one image's repository; all when no image is given. Sorted, each once. */
function digestsOf(running, image) {
    const repository = image === undefined ? undefined : (0,_release_values_js__WEBPACK_IMPORTED_MODULE_5__/* .splitImage */ .s5)(image).repository;
    const wanted = running.filter((entry) => repository === undefined || repositoryOf(entry.image) === repository);
    return [...new Set(wanted.map(({ digest }) => digest))].sort();
}
const repositoryOf = (image) => {
    try {
        return (0,_release_values_js__WEBPACK_IMPORTED_MODULE_5__/* .splitImage */ .s5)(image).repository;
    }
    catch {
        // What a pod asks for may be no reference at all; then it runs nothing that is looked for.
        return undefined;
    }
};
/**
 * The digests that the deployed revision of a release runs, read back from its pods: by the inputs of
 * helm-upgrade-with-history, for whoever compares two platforms. Only the containers of `image`'s repository count.
 * @throws UserError when the release is not deployed, or the cluster cannot be read
 */
async function runningDigests(inputs, image, context) {
    const release = inputs['release'] ?? '';
    const { env, clock, host } = context;
    const parts = { env, clock, log: host, mask: (secret) => host.mask(secret) };
    return await (0,_cluster_access_js__WEBPACK_IMPORTED_MODULE_1__/* .withCluster */ .B)(askedCluster(inputs), parts, async ({ access }) => {
        const namespace = inputs['namespace'] || access.namespace || 'default';
        const api = (0,_kubernetes_api_js__WEBPACK_IMPORTED_MODULE_2__/* .kubernetesApi */ .Hk)(access, parts);
        const stored = await (0,_release_store_js__WEBPACK_IMPORTED_MODULE_4__/* .releaseStore */ .NP)(api, (0,_release_store_js__WEBPACK_IMPORTED_MODULE_4__/* .storageDriver */ .qS)(env), release, namespace).deployed();
        if (stored === undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`release ${release} in ${namespace} is not deployed`);
        const workloads = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .workloadsOf */ .mo)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseManifest */ .Ng)(stored.record.manifest, namespace));
        return digestsOf(await runningImages(api, workloads), image || undefined);
    });
}
const askedCluster = (inputs) => ({
    kubeconfig: inputs['kubeconfig'] || undefined,
    kubeContext: inputs['kube-context'] || undefined,
    eksCluster: inputs['eks-cluster'] || undefined,
    aws: {
        region: inputs['aws-region'] || undefined,
        roleArns: (inputs['role-arns'] ?? '').split(/[,\n]/).flatMap((arn) => arn.trim() || []),
    },
});
//# sourceMappingURL=running-digests.js.map

/***/ })

};
