export const id = 486;
export const ids = [486];
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

/***/ 167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ poll)
/* harmony export */ });
/** Yields what `read` returns, at once and then at each interval, until the consumer stops; rejects with the signal's reason. */
async function* poll(read, options) {
    for (;;) {
        options.signal.throwIfAborted();
        yield await read();
        await options.clock.sleep(options.intervalMs, options.signal);
    }
}
//# sourceMappingURL=poll.js.map

/***/ }),

/***/ 2486:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  buildPushEcr: () => (/* binding */ buildPushEcr)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: ./build/src/artifact/artifact-report.js
var artifact_report = __webpack_require__(8799);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/action/command.js
var command = __webpack_require__(8653);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/src/artifact/builders.js





const builderNames = ['buildx', 'docker', 'buildah'];
/** The commands that make an OCI archive (or, with plain docker, a docker archive that is read as one) at `archive`; pure. */
function buildCommands(builder, request, archive, name) {
    const flag = (option, values) => Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`]);
    const shared = [
        ...(request.file === undefined ? [] : ['--file', request.file]),
        ...(request.target === undefined ? [] : ['--target', request.target]),
        ...flag('--build-arg', request.buildArgs),
        ...flag('--label', request.labels),
    ];
    const platforms = request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')];
    switch (builder) {
        case 'buildx':
            return [
                [
                    'docker',
                    'buildx',
                    'build',
                    ...shared,
                    ...platforms,
                    '--provenance=false',
                    '--output',
                    `type=oci,dest=${archive}`,
                    request.context,
                ],
            ];
        case 'docker':
            return [
                ['docker', 'build', ...shared, ...platforms, '--tag', name, request.context],
                ['docker', 'save', '--output', archive, name],
                ['docker', 'image', 'rm', '--force', name],
            ];
        case 'buildah':
            return request.platforms.length > 1
                ? [
                    ['buildah', 'build', ...shared, ...platforms, '--manifest', name, request.context],
                    ['buildah', 'manifest', 'push', '--all', name, `oci-archive:${archive}`],
                    ['buildah', 'manifest', 'rm', name],
                ]
                : [
                    ['buildah', 'build', '--format', 'oci', ...shared, ...platforms, '--tag', name, request.context],
                    ['buildah', 'push', '--format', 'oci', name, `oci-archive:${archive}`],
                    ['buildah', 'rmi', '--force', name],
                ];
    }
}
const probes = {
    buildx: [
        ['docker', 'buildx', 'version'],
        ['docker', 'info', '--format', '{{.ServerVersion}}'],
    ],
    docker: [['docker', 'info', '--format', '{{.ServerVersion}}']],
    buildah: [['buildah', '--version']],
};
/** The first builder that is there and answers. @throws UserError naming those that were looked for */
async function findBuilder(wanted, env, signal) {
    const candidates = wanted === 'auto' ? builderNames : [wanted];
    for (const candidate of candidates)
        if (await works(candidate, env, signal))
            return candidate;
    const looked = candidates.join(', ');
    throw new errors/* UserError */.yo(`no image builder works here (looked for ${looked}): install one, or give a finished image by the input oci-layout`);
}
async function works(builder, env, signal) {
    for (const probe of probes[builder]) {
        try {
            const { code, stdout } = await (0,command/* runCommand */.d)(probe, { env, signal });
            if (code !== 0 || stdout.trim() === '')
                return false;
        }
        catch (error) {
            signal.throwIfAborted();
            if (error instanceof errors/* UserError */.yo)
                return false;
            throw error;
        }
    }
    return true;
}
/** Builds into an archive and hands its path to `use`; nothing of it is left afterwards. */
async function withBuild(builder, request, log, env, signal, use) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-build-'));
    const archive = (0,external_node_path_.join)(folder, 'image.tar');
    const name = `localhost/strangler-deploy:${folder.slice(-6).toLowerCase()}`;
    try {
        await log.group(`building with ${builder}`, async () => {
            for (const argv of buildCommands(builder, request, archive, name)) {
                const result = await (0,command/* runCommand */.d)(argv, { env, signal, onLine: (line) => log.info(line) });
                if (result.code !== 0)
                    throw buildFailure(argv, result);
            }
        });
        return await use(archive);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
function buildFailure(argv, { code, signal, stderr, stdout }) {
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    const telling = lines.findLast((line) => /error|failed|denied|not found|no such/i.test(line)) ?? lines.at(-1) ?? '';
    return new errors/* UserError */.yo(`${argv.slice(0, 2).join(' ')} ${code === null ? `was killed by ${signal}` : `exited with ${code}`}: ${telling.trim()}`);
}
//# sourceMappingURL=builders.js.map
// EXTERNAL MODULE: ./build/src/artifact/ecr-api.js
var ecr_api = __webpack_require__(6907);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
// EXTERNAL MODULE: ./build/src/artifact/image-reference.js
var image_reference = __webpack_require__(5957);
// EXTERNAL MODULE: ./build/src/artifact/manifest.js
var manifest = __webpack_require__(467);
;// CONCATENATED MODULE: ./build/src/artifact/oci-layout.js









/** Bounds of an archive: what it may hold in all, and in how many files. */
const largestArchive = 64 * 1024 ** 3;
const mostEntries = 20_000;
const blobPath = /^(?:\.\/)?blobs\/sha256\/([0-9a-f]{64})$/;
const known = /^(?:\.\/)?(index\.json|oci-layout)$/;
/**
 * Opens an OCI layout: a directory, or a tar of one (`docker buildx --output type=oci`, `buildah push oci-archive:`, `skopeo copy … oci:`).
 * @throws UserError when it is none, or names several images and none of them is the tag
 */
async function openOciLayout(path, signal, tag) {
    const found = await (0,promises_.lstat)(path).catch((error) => {
        throw new errors/* UserError */.yo(`cannot read the OCI layout '${path}': ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    });
    if (found.isDirectory())
        return await openFolder(path, path, tag, async () => undefined);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-layout-'));
    const remove = () => (0,promises_.rm)(folder, { recursive: true, force: true });
    try {
        await unpack(path, folder, signal);
        return await openFolder(folder, path, tag, remove);
    }
    catch (error) {
        await remove();
        throw error;
    }
}
/** Unpacks only the files that a layout has, under names of our own; a link or any other path is passed over. */
async function unpack(archive, folder, signal) {
    await (0,promises_.mkdir)((0,external_node_path_.join)(folder, 'blobs', 'sha256'), { recursive: true });
    const reader = (0,tar_stream.extract)();
    let total = 0;
    let count = 0;
    reader.on('entry', (header, stream, next) => {
        const blob = blobPath.exec(header.name)?.[1];
        const name = known.exec(header.name)?.[1];
        total += header.size ?? 0;
        count++;
        const problem = total > largestArchive ? 'holds more than 64 GiB' : count > mostEntries ? 'holds too many files' : undefined;
        if (problem !== undefined)
            return void reader.destroy(new errors/* UserError */.yo(`the OCI layout '${archive}' ${problem}`));
        if (header.type !== 'file' || (blob === undefined && name === undefined)) {
            stream.resume();
            stream.on('end', next);
            return;
        }
        const target = blob === undefined ? (0,external_node_path_.join)(folder, name) : (0,external_node_path_.join)(folder, 'blobs', 'sha256', blob);
        // wx: a second entry of the same name cannot take the place of the first.
        (0,promises_.open)(target, 'wx', 0o600)
            .then((file) => (0,external_node_stream_promises_.pipeline)(stream, file.createWriteStream()))
            .then(() => next(), (error) => reader.destroy(error));
    });
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(archive), reader, { signal });
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`the OCI layout '${archive}' cannot be unpacked: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
async function openFolder(folder, shown, tag, close) {
    const file = (digest) => {
        if (!image_reference/* digestForm */.JN.test(digest))
            throw new errors/* UserError */.yo(`the OCI layout '${shown}' names the digest '${digest.slice(0, 80)}'`);
        return (0,external_node_path_.join)(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
    };
    const read = async (path, what) => {
        try {
            const { size } = await (0,promises_.lstat)(path);
            if (size > manifest/* largestManifest */.oU)
                throw new errors/* UserError */.yo(`${what} is larger than 4 MiB`);
            return await (0,promises_.readFile)(path);
        }
        catch (error) {
            if (error instanceof errors/* UserError */.yo)
                throw error;
            const hint = what === 'index.json' ? ' (docker before version 25 saves none)' : '';
            throw new errors/* UserError */.yo(`the OCI layout '${shown}' has no ${what}${hint}`, { cause: error });
        }
    };
    const index = (0,manifest/* parseManifest */.Ng)(await read((0,external_node_path_.join)(folder, 'index.json'), 'index.json'), undefined, manifest/* manifestTypes */.Fm[0]);
    const images = index.children.filter(({ mediaType }) => manifest/* manifestTypes */.Fm.includes(mediaType));
    const named = images.find(({ annotations }) => tag !== undefined && annotations?.['org.opencontainers.image.ref.name'] === tag);
    const root = named ?? (images.length === 1 ? images[0] : undefined);
    if (root === undefined)
        throw new errors/* UserError */.yo(`the OCI layout '${shown}' names ${images.length} images: expected one`);
    return {
        root,
        close,
        manifest: async (digest) => (0,manifest/* parseManifest */.Ng)(await read(file(digest), `manifest ${digest}`), digest, undefined),
        async blob(descriptor) {
            const path = file(descriptor.digest);
            const size = await (0,promises_.lstat)(path).then((stats) => (stats.isFile() ? stats.size : -1), () => -1);
            if (size !== descriptor.size) {
                throw new errors/* UserError */.yo(`the OCI layout '${shown}' ${size < 0 ? 'lacks the blob' : `has ${size} bytes, not ${descriptor.size}, in the blob`} ${descriptor.digest}`);
            }
            return (0,external_node_fs_.createReadStream)(path);
        },
        referrers: async () => [],
    };
}
//# sourceMappingURL=oci-layout.js.map
// EXTERNAL MODULE: ./build/src/artifact/copy.js
var copy = __webpack_require__(291);
// EXTERNAL MODULE: ./build/src/artifact/gate.js
var artifact_gate = __webpack_require__(8125);
// EXTERNAL MODULE: ./build/src/artifact/tags.js
var artifact_tags = __webpack_require__(7919);
;// CONCATENATED MODULE: ./build/src/artifact/push.js




/** Pushes a finished image: content first, the gate, the tags last. The digest is what the registry confirms. */
async function pushLayout(layout, target, tags, level, api, context) {
    const { host, signal } = context;
    const closure = await (0,copy/* readClosure */.m)(layout, layout.root.digest, false, signal);
    const { digest } = closure.root;
    const found = await api.digests(target.name, [digest, ...tags], signal);
    const plan = (0,artifact_tags/* planTags */.V)(tags, digest, found, !target.immutable, target.uri);
    const there = found.has(digest);
    const nothing = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 };
    const report = there ? nothing : await (0,copy/* copyClosure */.Z)(closure, layout, target.store, undefined, host, signal);
    if (!there)
        host.info(`pushed ${report.blobs} blobs and ${report.manifests} manifests, ${report.bytes} bytes`);
    const gate = await (0,artifact_gate/* scanGate */.F)(api, target.name, closure.root, level, context);
    for (const { tag, from } of plan.moved)
        host.warn(`the tag '${tag}' led to ${from}`);
    for (const tag of plan.written) {
        const confirmed = await target.store.putManifest(closure.root, tag, signal);
        if (confirmed !== digest)
            throw new errors/* UserError */.yo(`the registry took '${tag}' as ${confirmed}, not as ${digest}`);
    }
    const changed = !there || plan.written.length > 0;
    if (changed) {
        const confirmed = (await api.digests(target.name, [digest], signal)).get(digest);
        if (confirmed === undefined)
            throw new errors/* UserError */.yo(`the registry does not confirm ${target.uri}@${digest}`);
    }
    const platforms = (0,artifact_gate/* runnable */.a)(closure.root)
        .map(({ platform }) => platform)
        .filter((platform) => platform !== '');
    return { image: `${target.uri}@${digest}`, digest, changed, report, platforms, gate };
}
//# sourceMappingURL=push.js.map
// EXTERNAL MODULE: ./build/src/artifact/repository.js
var repository = __webpack_require__(6198);
;// CONCATENATED MODULE: ./build/src/artifact/build-push.js







/** Builds or opens the image and pushes it. @throws UserError */
async function buildAndPush(request, aws, context) {
    const { host, clock, env } = context;
    return await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, context.signal, async (signal) => {
        const inTime = { host, clock, signal };
        const api = (0,ecr_api/* ecrApi */.B)(aws, host);
        const target = await (0,repository/* openRepository */.h)(request.repository, api, request, inTime);
        if (request.dryRun || target === undefined)
            return await planned(request, target, env, inTime);
        const push = async (path) => {
            const layout = await openOciLayout(path, signal, request.tags[0]);
            try {
                return await pushLayout(layout, target, request.tags, request.gate, api, inTime);
            }
            finally {
                await layout.close();
            }
        };
        const builder = request.layout === undefined ? await findBuilder(request.builder, env, signal) : undefined;
        const pushed = builder === undefined
            ? await push(request.layout)
            : await withBuild(builder, request.build, host, env, signal, push);
        host.info(pushed.changed ? `${pushed.image} is pushed` : `${pushed.image} was there already, with its tags`);
        return ended(request, target, pushed, builder);
    });
}
async function planned(request, target, env, { host, signal }) {
    const how = request.layout ?? `a build of ${request.build.context} with ${await findBuilder(request.builder, env, signal)}`;
    host.info(`would push ${how} to ${target?.uri ?? request.repository} as ${request.tags.join(', ') || 'an untagged image'}`);
    return { outcome: 'succeeded', outputs: { 'repository-uri': target?.uri ?? '' } };
}
function ended(request, target, pushed, builder) {
    const outcome = pushed.changed ? 'succeeded' : 'unchanged';
    const tags = request.tags.join(',');
    const rows = {
        image: `\`${pushed.image}\``,
        tags,
        platforms: pushed.platforms.join(', '),
        'made by': builder ?? 'a finished OCI layout',
    };
    return {
        outcome,
        outputs: {
            image: pushed.image,
            digest: pushed.digest,
            tags,
            'repository-uri': target.uri,
            platforms: pushed.platforms.join(','),
        },
        detail: {
            image: pushed.image,
            digest: pushed.digest,
            tags: [...request.tags],
            repository: target.uri,
            platforms: [...pushed.platforms],
            builder: builder ?? null,
            createdRepository: target.created,
            moved: { ...pushed.report },
            scans: pushed.gate.map(({ platform, digest, scan }) => ({
                platform,
                digest,
                status: scan.status,
                findings: scan.findings.length,
            })),
        },
        summary: (0,artifact_report/* artifactSummary */.b)(`${target.name}: ${outcome}`, rows, pushed.report, pushed.gate),
    };
}
//# sourceMappingURL=build-push.js.map
// EXTERNAL MODULE: ./build/src/artifact/scan-gate.js
var scan_gate = __webpack_require__(9975);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
;// CONCATENATED MODULE: ./build/src/actions/build-push-ecr.js







/** Build, or take a finished OCI layout, and push it to ECR by digest. */
const buildPushEcr = (0,action_define/* defineAction */.Q)({
    name: 'build-push-ecr',
    description: 'Builds an image, or takes a finished OCI layout, and pushes it to ECR; returns the digest that the registry confirms.',
    inputs: {
        repository: (0,inputs/* text */.Qq)({ description: 'ECR repository, by name or URI.', required: true }),
        tags: (0,inputs/* list */.p_)({ description: 'Tags, by commas. Written last, after the scan gate.' }),
        context: (0,inputs/* text */.Qq)({ description: 'Build context.', default: '.' }),
        file: (0,inputs/* text */.Qq)({ description: 'Dockerfile; the one in the context when absent.' }),
        target: (0,inputs/* text */.Qq)({ description: 'Build stage to build.' }),
        'build-args': (0,inputs/* pairs */.AS)({
            description: 'Build arguments: NAME=value, one on each line. Not for secrets: they stay in the image.',
        }),
        labels: (0,inputs/* pairs */.AS)({ description: 'Image labels: name=value, one on each line.' }),
        platforms: (0,inputs/* list */.p_)({ description: 'Platforms such as linux/amd64,linux/arm64.' }),
        builder: (0,inputs/* oneOf */.yL)(['auto', ...builderNames])({
            description: 'What to build with; auto takes the first that works.',
            default: 'auto',
        }),
        'oci-layout': (0,inputs/* text */.Qq)({
            description: 'Path of a finished image, a directory or a tar of an OCI layout: nothing is built then.',
        }),
        'create-repository': (0,inputs/* flag */.Jt)({ description: 'Creates the repository when it is not there.', default: 'false' }),
        'tag-mutability': (0,inputs/* oneOf */.yL)(['MUTABLE', 'IMMUTABLE'])({
            description: 'Of a repository that is created.',
            default: 'IMMUTABLE',
        }),
        'scan-gate': (0,inputs/* oneOf */.yL)(scan_gate/* gateLevels */.p)({
            description: 'Waits for the scan and refuses findings of this severity or above. A scan without a result is no pass.',
            default: 'off',
        }),
        timeout: (0,inputs/* duration */.p0)({ description: 'For the build, the push and the gate together.', default: '30m' }),
        'aws-region': (0,inputs/* text */.Qq)({ description: 'Region of the repository.' }),
        'role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume, one after another.' }),
        'dry-run': (0,inputs/* flag */.Jt)({ description: 'Builds and pushes nothing; says what would be done.', default: 'false' }),
    },
    outputs: {
        image: { description: 'The artifact: repository@digest.' },
        digest: { description: 'Its digest, as the registry confirms it.' },
        tags: { description: 'Its tags, by commas.' },
        'repository-uri': { description: 'The repository.' },
        platforms: { description: 'The platforms of an index, by commas.' },
    },
    permissions: {
        iam: {
            'ecr:DescribeRepositories': 'to find the repository',
            'ecr:CreateRepository': 'only with create-repository',
            'ecr:GetAuthorizationToken': 'to speak to the registry',
            'ecr:BatchGetImage': 'to see what is there, and to read the digest back',
            'ecr:BatchCheckLayerAvailability': 'the registry asks for it on each layer',
            'ecr:InitiateLayerUpload': 'the registry asks for it to push',
            'ecr:UploadLayerPart': 'the registry asks for it to push',
            'ecr:CompleteLayerUpload': 'the registry asks for it to push',
            'ecr:PutImage': 'the registry asks for it to push',
            'ecr:DescribeImageScanFindings': 'only with scan-gate',
        },
    },
    check: (inputs) => (inputs.tags ?? []).filter((tag) => !(0,image_reference/* isTag */.dz)(tag)).map((tag) => `input 'tags': '${tag}' is no tag`),
    async run(context) {
        const { inputs } = context;
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        try {
            return await buildAndPush({
                repository: inputs.repository,
                tags: inputs.tags ?? [],
                layout: inputs['oci-layout'],
                builder: inputs.builder,
                build: {
                    context: inputs.context,
                    file: inputs.file,
                    target: inputs.target,
                    buildArgs: inputs['build-args'] ?? {},
                    labels: inputs.labels ?? {},
                    platforms: inputs.platforms ?? [],
                },
                create: inputs['create-repository'],
                mutability: inputs['tag-mutability'],
                gate: inputs['scan-gate'],
                timeoutMs: inputs.timeout,
                dryRun: inputs['dry-run'],
            }, aws, context);
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=build-push-ecr.js.map

/***/ }),

/***/ 8799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ artifactSummary)
/* harmony export */ });
const size = (bytes) => bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
        ? `${(bytes / 1_000).toFixed(1)} kB`
        : `${(bytes / 1_000_000).toFixed(1)} MB`;
/** The Markdown summary of a push or a promotion. */
function artifactSummary(title, rows, report, gate) {
    const lines = [`### ${title}`, '', '| | |', '| --- | --- |'];
    for (const [name, value] of Object.entries(rows))
        if (value !== '')
            lines.push(`| ${name} | ${value.replaceAll('|', '\\|')} |`);
    if (report !== undefined) {
        lines.push(`| moved | ${report.manifests} manifests, ${report.blobs} blobs streamed (${size(report.bytes)}), ${report.mounted} mounted |`);
    }
    for (const { platform, digest, scan } of gate) {
        const counts = new Map();
        for (const { severity } of scan.findings)
            counts.set(severity, (counts.get(severity) ?? 0) + 1);
        const found = [...counts].map(([severity, count]) => `${count} ${severity.toLowerCase()}`).join(', ') || 'nothing';
        lines.push(`| scan ${platform || digest.slice(0, 19)} | ${scan.status}: ${found} |`);
    }
    return lines.join('\n');
}
//# sourceMappingURL=artifact-report.js.map

/***/ }),

/***/ 291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ copyClosure),
/* harmony export */   m: () => (/* binding */ readClosure)
/* harmony export */ });
/** An image with more parts than this is not one of ours. */
const mostManifests = 2_000;
/** Reads an image with its children and, when asked, all that refers to any of them, and to those. */
async function readClosure(source, digest, withReferrers, signal) {
    const manifests = new Map();
    const blobs = new Map();
    const visit = async (wanted) => {
        const known = manifests.get(wanted);
        if (known !== undefined)
            return known;
        const manifest = await source.manifest(wanted, signal);
        for (const child of manifest.children)
            await visit(child.digest);
        for (const blob of manifest.blobs)
            blobs.set(blob.digest, blob);
        manifests.set(manifest.digest, manifest);
        if (manifests.size > mostManifests)
            throw new Error(`${digest} has more than ${mostManifests} manifests`);
        return manifest;
    };
    const root = await visit(digest);
    if (withReferrers) {
        const asked = new Set();
        for (;;) {
            const next = [...manifests.keys()].filter((known) => !asked.has(known));
            if (next.length === 0)
                break;
            for (const subject of next) {
                asked.add(subject);
                for (const referrer of await source.referrers(subject, signal))
                    await visit(referrer.digest);
            }
        }
    }
    return { root, manifests: [...manifests.values()], blobs: [...blobs.values()] };
}
/** How many blobs travel at once. */
const parallel = 6;
/**
 * Brings a closure into a store: what is there already is left alone, blobs before the manifests that point at them, no tag yet.
 * The first mount is a probe: when the registry does not take it, the rest is streamed without asking again.
 */
async function copyClosure(closure, source, target, 
/** The source's repository when it is in the same registry. */
mountFrom, log, signal) {
    const report = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 };
    let mounts = mountFrom !== undefined;
    const present = new Set();
    // An image whose root is there is whole: a registry takes a manifest only after what it points at.
    for (const manifest of closure.manifests) {
        if ((await target.hasManifest(manifest.digest, signal)) !== undefined)
            present.add(manifest.digest);
    }
    const missing = closure.manifests.filter(({ digest }) => !present.has(digest));
    const wanted = new Set(missing.flatMap(({ blobs }) => blobs.map(({ digest }) => digest)));
    const move = async (blob) => {
        if (await target.hasBlob(blob.digest, signal))
            return;
        if (mounts && mountFrom !== undefined) {
            if (await target.mountBlob(blob.digest, mountFrom, signal)) {
                report.mounted++;
                return;
            }
            mounts = false;
            log.debug('the registry mounts no blobs from the source repository: they are streamed');
        }
        await target.putBlob(blob, await source.blob(blob, signal), signal);
        report.blobs++;
        report.bytes += blob.size;
    };
    const queue = closure.blobs.filter(({ digest }) => wanted.has(digest)).toSorted((a, b) => b.size - a.size);
    const [probe, ...rest] = queue;
    if (probe !== undefined)
        await move(probe);
    await Promise.all(Array.from({ length: parallel }, async () => {
        for (let blob = rest.shift(); blob !== undefined; blob = rest.shift())
            await move(blob);
    }));
    for (const manifest of missing) {
        await target.putManifest(manifest, manifest.digest, signal);
        report.manifests++;
    }
    return report;
}
//# sourceMappingURL=copy.js.map

/***/ }),

/***/ 8125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ scanGate),
/* harmony export */   a: () => (/* binding */ runnable)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _action_poll_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(167);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(467);
/* harmony import */ var _scan_gate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9975);




/** The images that run: an index's platforms without its attestations, or the image itself. */
const runnable = (root) => root.children.length === 0
    ? [{ digest: root.digest, platform: '' }]
    : root.children
        .filter((child) => !(0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .isAttestation */ .H3)(child))
        .map((child) => ({ digest: child.digest, platform: (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .platformName */ .$r)(child) }));
/**
 * Waits for the scans of every platform and holds them to the level.
 * @throws UserError with what was found, for the first that may not pass
 */
async function scanGate(api, repository, root, level, { host, clock, signal }) {
    if (level === 'off')
        return [];
    const reports = [];
    for (const { digest, platform } of runnable(root)) {
        host.info(`waiting for the scan of ${digest.slice(0, 19)}${platform === '' ? '' : ` (${platform})`}`);
        for await (const scan of (0,_action_poll_js__WEBPACK_IMPORTED_MODULE_3__/* .poll */ .w)(() => api.scan(repository, digest, signal), { clock, signal, intervalMs: 5_000 })) {
            const verdict = (0,_scan_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .scanVerdict */ .n)(scan, level);
            if (verdict.kind === 'wait')
                continue;
            reports.push({ platform, digest, scan });
            if (verdict.kind === 'refuse')
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`scan gate: ${platform === '' ? digest : platform}: ${verdict.reason}`);
            break;
        }
    }
    return reports;
}
//# sourceMappingURL=gate.js.map

/***/ }),

/***/ 6198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ openRepository)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5957);
/* harmony import */ var _registry_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3981);



/**
 * The repository that a name or URI means, in ECR; made when asked for.
 * @throws UserError when it is not there, or its URI is another
 */
async function openRepository(named, api, options, { host, clock, signal }) {
    const wanted = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepository */ .SU)(named);
    let found = await api.repository(wanted.name, signal);
    let created = false;
    if (found === undefined) {
        if (!options.create)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`there is no repository '${wanted.name}': create it, or set create-repository to true`);
        if (options.dryRun) {
            host.info(`would create the repository ${wanted.name} (${options.mutability})`);
            return undefined;
        }
        found = await api.createRepository(wanted.name, options.mutability, signal);
        created = true;
        host.info(`created the repository ${found.repositoryUri} (${options.mutability}, scan on push)`);
    }
    const uri = found.repositoryUri ?? '';
    const real = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepository */ .SU)(uri);
    if (real.host === undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`ECR gives '${uri}' as the URI of ${wanted.name}`);
    if (wanted.host !== undefined && wanted.host !== real.host) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the repository '${named}' is not in the registry of these credentials, which is ${real.host}: check the region and the role`);
    }
    const store = (0,_registry_client_js__WEBPACK_IMPORTED_MODULE_2__/* .registryRepository */ .q)({
        host: real.host,
        repository: wanted.name,
        authorization: () => api.authorization(),
        clock,
    });
    const immutable = (found.imageTagMutability ?? '').startsWith('IMMUTABLE');
    return { uri, host: real.host, name: wanted.name, immutable, created, store };
}
//# sourceMappingURL=repository.js.map

/***/ }),

/***/ 9975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ scanVerdict),
/* harmony export */   p: () => (/* binding */ gateLevels)
/* harmony export */ });
const gateLevels = ['off', 'low', 'medium', 'high', 'critical'];
const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const threshold = { low: 1, medium: 2, high: 3, critical: 4 };
/** Whether an image may pass. A scan that did not finish, failed or was never made is not a pass. A severity that nobody graded counts as the worst. */
function scanVerdict(report, level) {
    if (report.status === 'IN_PROGRESS' || report.status === 'PENDING' || report.status === 'NOT_FOUND')
        return { kind: 'wait' };
    if (report.status !== 'COMPLETE' && report.status !== 'ACTIVE') {
        return {
            kind: 'refuse',
            reason: `the scan is ${report.status}${report.description === '' ? '' : `: ${report.description}`}`,
        };
    }
    const grade = (severity) => {
        const at = severities.indexOf(severity);
        return at < 0 ? severities.length : at;
    };
    const over = report.findings.filter(({ severity }) => grade(severity) >= threshold[level]);
    if (over.length === 0)
        return { kind: 'pass' };
    const worst = over.toSorted((a, b) => grade(b.severity) - grade(a.severity));
    const named = worst.slice(0, 3).map(({ name, severity }) => `${name} (${severity})`);
    return {
        kind: 'refuse',
        reason: `${over.length} findings at ${level} or above: ${named.join(', ')}${over.length > 3 ? ', …' : ''}`,
    };
}
//# sourceMappingURL=scan-gate.js.map

/***/ }),

/***/ 7919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ planTags)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/**
 * Compares tags with what they should lead to.
 * @throws UserError naming both digests, for a tag that leads elsewhere and may not move
 */
function planTags(tags, digest, found, mayMove, where) {
    const kept = tags.filter((tag) => found.get(tag) === digest);
    const written = tags.filter((tag) => found.get(tag) !== digest);
    const moved = written.flatMap((tag) => {
        const from = found.get(tag);
        return from === undefined ? [] : [{ tag, from }];
    });
    if (moved.length > 0 && !mayMove) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(moved
            .map(({ tag, from }) => `the tag '${tag}' of ${where} leads to ${from}, not to ${digest}, and may not be moved`)
            .join('\n'));
    }
    return { kept, written, moved };
}
//# sourceMappingURL=tags.js.map

/***/ })

};
