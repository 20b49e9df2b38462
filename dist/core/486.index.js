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
/** The commands that make an OCI archive (plain docker's `save` writes one since version 25) at `archive`; pure. */
function buildCommands(builder, request, archive, name) {
    const flag = (option, values) => Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`]);
    const shared = [
        ...(request.file === undefined ? [] : ['--file', request.file]),
        ...(request.target === undefined ? [] : ['--target', request.target]),
        ...flag('--build-arg', request.buildArgs),
        ...flag('--label', request.labels),
    ];
    const platforms = request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')];
    const output = ['--output', `type=oci,dest=${archive}`];
    switch (builder) {
        case 'buildx':
            return {
                make: [
                    ['docker', 'buildx', 'build', ...shared, ...platforms, '--provenance=false', ...output, request.context],
                ],
                clean: [],
            };
        case 'docker':
            return {
                make: [
                    ['docker', 'build', ...shared, ...platforms, '--tag', name, request.context],
                    ['docker', 'save', '--output', archive, name],
                ],
                clean: [['docker', 'image', 'rm', '--force', name]],
            };
        case 'buildah':
            return request.platforms.length > 1
                ? {
                    make: [
                        ['buildah', 'build', ...shared, ...platforms, '--manifest', name, request.context],
                        ['buildah', 'manifest', 'push', '--all', name, `oci-archive:${archive}`],
                    ],
                    clean: [['buildah', 'manifest', 'rm', name]],
                }
                : {
                    make: [
                        ['buildah', 'build', '--format', 'oci', ...shared, ...platforms, '--tag', name, request.context],
                        ['buildah', 'push', '--format', 'oci', name, `oci-archive:${archive}`],
                    ],
                    clean: [['buildah', 'rmi', '--force', name]],
                };
    }
}
/**
 * Whether a builder of buildx can write an OCI archive: every driver can but `docker`, which can only where the daemon
 * keeps its images in containerd. `inspect` is what `docker buildx inspect` printed, `drivers` the daemon's DriverStatus.
 */
function exportsArchives(inspect, drivers) {
    const driver = /^Driver:\s*(\S+)/m.exec(inspect)?.[1];
    return driver !== undefined && (driver !== 'docker' || drivers.includes('io.containerd.snapshotter'));
}
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
    switch (builder) {
        case 'buildx': {
            const inspect = await printed(['docker', 'buildx', 'inspect'], env, signal);
            if (inspect === undefined)
                return false;
            const drivers = await printed(['docker', 'info', '--format', '{{json .DriverStatus}}'], env, signal);
            return exportsArchives(inspect, drivers ?? '');
        }
        case 'docker':
            return (await printed(['docker', 'info', '--format', '{{.ServerVersion}}'], env, signal)) !== undefined;
        case 'buildah':
            return (await printed(['buildah', '--version'], env, signal)) !== undefined;
    }
}
/** What a probe printed; undefined when it failed, or the tool is not there. */
async function printed(argv, env, signal) {
    try {
        const { code, stdout } = await (0,command/* runCommand */.d)(argv, { env, signal });
        return code === 0 && stdout.trim() !== '' ? stdout : undefined;
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof errors/* UserError */.yo)
            return undefined;
        throw error;
    }
}
/** Builds into an archive and hands its path to `use`; nothing of it is left afterwards. */
async function withBuild(builder, request, log, env, signal, use) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'strangler-build-'));
    const archive = (0,external_node_path_.join)(folder, 'image.tar');
    const name = `localhost/strangler-deploy:${folder.slice(-6).toLowerCase()}`;
    const { make, clean } = buildCommands(builder, request, archive, name);
    try {
        await log.group(`building with ${builder}`, async () => {
            for (const argv of make) {
                const result = await (0,command/* runCommand */.d)(argv, { env, signal, onLine: (line) => log.info(line) });
                signal.throwIfAborted();
                if (result.code !== 0)
                    throw buildFailure(argv, result);
            }
        });
        return await use(archive);
    }
    finally {
        // Also after a failure or a cancel; a build that made nothing leaves nothing to remove.
        for (const argv of clean) {
            const { code, stderr } = await (0,command/* runCommand */.d)(argv, { env });
            if (code !== 0)
                log.debug(`${argv.join(' ')}: ${stderr.trim()}`);
        }
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
function buildFailure(argv, { code, signal, stderr, stdout }) {
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    const telling = lines.findLast((line) => /error|failed|denied|not found|no such/i.test(line)) ?? lines.at(-1) ?? '';
    return new errors/* UserError */.yo(`${argv.slice(0, 2).join(' ')} ${code === null ? `was killed by ${signal}` : `exited with ${code}`}: ${telling.trim()}`);
}
//# sourceMappingURL=builders.js.map
// EXTERNAL MODULE: ./build/src/artifact/ecr-api.js + 1 modules
var ecr_api = __webpack_require__(9289);
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
        // A link in a layout leads out of it: it is not followed, and a device is not read.
        const handle = await (0,promises_.open)(path, promises_.constants.O_RDONLY | promises_.constants.O_NOFOLLOW | promises_.constants.O_NONBLOCK).catch((error) => {
            const hint = what === 'index.json' ? ' (docker before version 25 saves none)' : '';
            throw new errors/* UserError */.yo(`the OCI layout '${shown}' has no ${what}${hint}`, { cause: error });
        });
        try {
            const stats = await handle.stat();
            if (!stats.isFile())
                throw new errors/* UserError */.yo(`the OCI layout '${shown}' has no ${what}: it is no file`);
            if (stats.size > manifest/* largestManifest */.oU)
                throw new errors/* UserError */.yo(`the OCI layout '${shown}': ${what} is larger than 4 MiB`);
            return await handle.readFile();
        }
        finally {
            await handle.close();
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
        manifests: (digests) => Promise.all(digests.map(async (digest) => (0,manifest/* parseManifest */.Ng)(await read(file(digest), `manifest ${digest}`), digest, undefined))),
        async blob(descriptor) {
            const path = file(descriptor.digest);
            const size = await (0,promises_.lstat)(path).then((stats) => (stats.isFile() ? stats.size : -1), () => -1);
            if (size !== descriptor.size) {
                throw new errors/* UserError */.yo(`the OCI layout '${shown}' ${size < 0 ? 'lacks the blob' : `has ${size} bytes, not ${descriptor.size}, in the blob`} ${descriptor.digest}`);
            }
            return (0,external_node_fs_.createReadStream)(path);
        },
        referrers: async () => [],
        resolve: async () => new Map(),
    };
}
//# sourceMappingURL=oci-layout.js.map
// EXTERNAL MODULE: ./build/src/artifact/closure.js
var artifact_closure = __webpack_require__(6653);
// EXTERNAL MODULE: ./build/src/artifact/copy.js + 1 modules
var copy = __webpack_require__(8877);
// EXTERNAL MODULE: ./build/src/artifact/gate.js
var gate = __webpack_require__(8125);
// EXTERNAL MODULE: ./build/src/artifact/tags.js
var artifact_tags = __webpack_require__(7919);
;// CONCATENATED MODULE: ./build/src/artifact/push.js





const noContent = { manifests: [], blobs: [], bytes: 0 };
/** Compares a finished image with the repository. Only reads. @throws UserError for a tag that may not move */
async function planPush(layout, target, tags, signal) {
    const closure = await (0,artifact_closure/* readClosure */.m)(layout, layout.root.digest, false, signal);
    const { root } = closure;
    const found = await target.store.resolve([root.digest, ...tags], signal);
    const fixed = (tag) => (0,artifact_tags/* isImmutable */.t3)(target.mutability, tag) ? 'it is immutable, and may not be moved' : undefined;
    return {
        root,
        content: found.has(root.digest) ? noContent : await (0,copy/* comparedWith */.o3)(target.store, closure, signal),
        tags: (0,artifact_tags/* planTags */.Vd)(tags, root.digest, found, fixed, target.uri),
        platforms: await platformsOf(layout, root, signal),
    };
}
/** Pushes a finished image: content first, the gate, the tags last. The digest is what the registry confirms. */
async function pushLayout(layout, target, tags, level, api, context) {
    const { host, signal } = context;
    const plan = await planPush(layout, target, tags, signal);
    const { root, content } = plan;
    const report = content.manifests.length === 0
        ? copy/* nothingCopied */.i3
        : await (0,copy/* copyContent */.R8)(content, layout, target.store, undefined, host, signal);
    if (report.manifests > 0)
        host.info(`pushed ${report.blobs} blobs and ${report.manifests} manifests, ${report.bytes} bytes`);
    const { reports, refusal } = await (0,gate/* scanGate */.F)(api, target, root, level, context);
    const done = {
        image: `${target.uri}@${root.digest}`,
        digest: root.digest,
        report,
        platforms: plan.platforms,
        gate: reports,
        refusal,
    };
    if (refusal !== undefined)
        return { ...done, changed: report.manifests > 0 };
    for (const { tag, from } of plan.tags.moved)
        host.warn(`the tag '${tag}' led to ${from}`);
    const changed = report.manifests > 0 || plan.tags.written.length > 0;
    if (changed)
        await (0,artifact_tags/* writeTags */.p)(target.store, root, plan.tags.written, target.uri, signal);
    return { ...done, changed };
}
/** A config names one platform in a few hundred bytes; one of this size does not. */
const largestConfig = 8 * 1024 * 1024;
/** The platforms of an index, or the one that an image's config names. */
async function platformsOf(layout, root, signal) {
    if (root.children.length > 0)
        return (0,gate/* runnable */.a)(root).flatMap(({ platform }) => (platform === '' ? [] : [platform]));
    const [config] = root.blobs;
    if (config === undefined || config.size > largestConfig)
        return [];
    const chunks = [];
    for await (const chunk of await layout.blob(config, signal))
        chunks.push(chunk);
    let read;
    try {
        read = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    }
    catch (error) {
        throw new errors/* UserError */.yo(`the config of ${root.digest} is not JSON`, { cause: error });
    }
    const { os, architecture, variant } = (read ?? {});
    const parts = [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '');
    return parts.length < 2 ? [] : [parts.join('/')];
}
//# sourceMappingURL=push.js.map
// EXTERNAL MODULE: ./build/src/artifact/repository.js + 3 modules
var repository = __webpack_require__(7083);
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
        if (pushed.refusal === undefined)
            host.info(pushed.changed ? `${pushed.image} is pushed` : `${pushed.image} was there already, with its tags`);
        return ended(request, target, pushed, builder);
    });
}
async function planned(request, target, env, { host, signal }) {
    const uri = target?.uri ?? request.repository;
    const tags = request.tags.join(', ') || 'no tags';
    const outputs = { 'repository-uri': target?.uri ?? '' };
    const title = `${target?.name ?? request.repository}: dry run`;
    if (request.layout === undefined) {
        const builder = await findBuilder(request.builder, env, signal);
        host.info(`would build ${request.build.context} with ${builder} and push it to ${uri} as ${tags}`);
        const rows = { repository: uri, tags, 'would be made by': builder };
        return { outcome: 'succeeded', outputs, summary: (0,artifact_report/* artifactSummary */.b)(title, rows, undefined, []) };
    }
    const layout = await openOciLayout(request.layout, signal, request.tags[0]);
    try {
        const { digest } = layout.root;
        if (target === undefined) {
            host.info(`would push ${digest} to ${uri} as ${tags}`);
            return { outcome: 'succeeded', outputs: { ...outputs, digest } };
        }
        const { content, tags: plan, platforms } = await planPush(layout, target, request.tags, signal);
        const changes = content.manifests.length > 0 || plan.written.length > 0;
        host.info(changes
            ? `would push ${digest} to ${uri}: ${content.manifests.length} manifests, ${content.blobs.length} blobs (${content.bytes} bytes), the tags ${plan.written.join(', ') || 'none'}`
            : `would change nothing: ${uri} has ${digest} with its tags`);
        const report = {
            would: true,
            manifests: content.manifests.length,
            blobs: content.blobs.length,
            mounted: 0,
            bytes: content.bytes,
        };
        const rows = { repository: uri, digest, tags, platforms: platforms.join(', ') };
        return {
            outcome: changes ? 'succeeded' : 'unchanged',
            outputs: { ...outputs, digest, platforms: platforms.join(',') },
            summary: (0,artifact_report/* artifactSummary */.b)(title, rows, report, []),
        };
    }
    finally {
        await layout.close();
    }
}
function ended(request, target, pushed, builder) {
    const { refusal } = pushed;
    const outcome = refusal !== undefined ? 'blocked' : pushed.changed ? 'succeeded' : 'unchanged';
    const tags = request.tags.join(',');
    const rows = {
        image: `\`${pushed.image}\``,
        tags,
        platforms: pushed.platforms.join(', '),
        'made by': builder ?? 'a finished OCI layout',
        'refused because': refusal ?? '',
    };
    return {
        outcome,
        ...(refusal === undefined ? {} : { reason: refusal }),
        outputs: {
            // What the gate refused is in the repository, without a tag; nothing downstream should take it for an artifact.
            ...(refusal === undefined ? { image: pushed.image, tags } : {}),
            digest: pushed.digest,
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
            scans: (0,artifact_report/* scansOf */.G)(pushed.gate),
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
/* harmony export */   G: () => (/* binding */ scansOf),
/* harmony export */   b: () => (/* binding */ artifactSummary)
/* harmony export */ });
const size = (bytes) => bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
        ? `${(bytes / 1_000).toFixed(1)} kB`
        : `${(bytes / 1_000_000).toFixed(1)} MB`;
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
const mostFindings = 20;
/** A cell of a table: what a registry or a scanner says may hold neither a column nor markup. */
const cell = (text) => text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
/** The Markdown summary of a push or a promotion. */
function artifactSummary(title, rows, report, gate) {
    const lines = [`### ${title}`, '', '| | |', '| --- | --- |'];
    for (const [name, value] of Object.entries(rows))
        if (value !== '')
            lines.push(`| ${name} | ${cell(value)} |`);
    if (report !== undefined) {
        const moved = `${report.manifests} manifests, ${report.blobs} blobs streamed (${size(report.bytes)}), ${report.mounted} mounted`;
        const missing = `${report.manifests} manifests, ${report.blobs} blobs (${size(report.bytes)})`;
        lines.push(report.would ? `| to move | ${missing} |` : `| moved | ${moved} |`);
    }
    return [...lines, ...scanTable(gate)].join('\n');
}
function scanTable(gate) {
    if (gate.length === 0)
        return [];
    const heads = severities.map((name) => name.toLowerCase());
    const lines = [
        '',
        `| scan | verdict | status | ${heads.join(' | ')} | other |`,
        `| --- | --- | --- |${' --- |'.repeat(6)}`,
    ];
    for (const { platform, digest, scan, verdict } of gate) {
        const count = (severity) => scan.findings.filter((finding) => finding.severity === severity).length;
        const counts = severities.map(count);
        const other = scan.findings.length - counts.reduce((total, some) => total + some, 0);
        const name = platform === '' ? `\`${digest.slice(0, 19)}\`` : cell(platform);
        lines.push(`| ${name} | ${verdict} | ${cell(scan.status)} | ${[...counts, other].join(' | ')} |`);
    }
    const grade = (severity) => severities.indexOf(severity);
    const worst = gate
        .flatMap(({ platform, scan }) => scan.findings.map((finding) => ({ ...finding, platform })))
        .toSorted((a, b) => grade(a.severity) - grade(b.severity));
    if (worst.length === 0)
        return lines;
    lines.push('', '| finding | severity | platform | |', '| --- | --- | --- | --- |');
    for (const { name, severity, platform, title } of worst.slice(0, mostFindings))
        lines.push(`| ${cell(name)} | ${cell(severity)} | ${cell(platform)} | ${cell(title.slice(0, 120))} |`);
    if (worst.length > mostFindings)
        lines.push('', `and ${worst.length - mostFindings} more`);
    return lines;
}
/** The scans for the result file. */
const scansOf = (gate) => gate.map(({ platform, digest, scan, verdict }) => ({
    platform,
    digest,
    verdict,
    status: scan.status,
    findings: scan.findings.slice(0, 1_000).map((finding) => ({ ...finding })),
}));
//# sourceMappingURL=artifact-report.js.map

/***/ }),

/***/ 6653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ digestTagsOf),
/* harmony export */   m: () => (/* binding */ readClosure)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** An image with more parts than this is not one of ours. */
const mostManifests = 2_000;
/** The tags under which cosign before version 3 keeps what belongs to a digest. */
const digestTagsOf = (digest) => ['sig', 'att', 'sbom'].map((kind) => `${digest.replace(':', '-')}.${kind}`);
/**
 * Reads an image with its children and, when asked, all that refers to any of them, and to those, and what stands under
 * tags made of their digests; a level at a time, each manifest once.
 * @throws UserError when a part is not there, or it has no end
 */
async function readClosure(source, digest, withReferrers, signal) {
    const manifests = new Map();
    const digestTags = new Map();
    let level = [digest];
    while (level.length > 0) {
        if (manifests.size + level.length > mostManifests)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${digest} has more than ${mostManifests} manifests`);
        const read = await source.manifests(level, signal);
        for (const manifest of read)
            manifests.set(manifest.digest, manifest);
        const next = new Set(read.flatMap(({ children }) => children.map((child) => child.digest)));
        if (withReferrers) {
            for (const about of await Promise.all(level.map((subject) => source.referrers(subject, signal))))
                for (const referrer of about)
                    next.add(referrer);
            for (const [tag, target] of await source.resolve(level.flatMap(digestTagsOf), signal)) {
                if (tag === target)
                    continue;
                digestTags.set(tag, target);
                next.add(target);
            }
        }
        level = [...next].filter((found) => !manifests.has(found));
    }
    const blobs = new Map();
    for (const manifest of manifests.values())
        for (const blob of manifest.blobs)
            blobs.set(blob.digest, blob);
    return {
        root: manifests.get(digest),
        manifests: inOrder(manifests),
        blobs: [...blobs.values()],
        digestTags,
    };
}
/** What is pointed at, by an index or by a subject, comes first. Digests cannot point in circles. */
function inOrder(manifests) {
    const ordered = new Map();
    const waiting = [...manifests.values()].reverse();
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
        const below = [...next.children.map((child) => child.digest), ...(next.subject === undefined ? [] : [next.subject])];
        const missing = below.flatMap((digest) => {
            const manifest = manifests.get(digest);
            return manifest === undefined || ordered.has(digest) ? [] : [manifest];
        });
        if (missing.length > 0) {
            waiting.push(...missing);
            continue;
        }
        ordered.set(next.digest, next);
        waiting.pop();
    }
    return [...ordered.values()];
}
//# sourceMappingURL=closure.js.map

/***/ }),

/***/ 8877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o3: () => (/* binding */ comparedWith),
  R8: () => (/* binding */ copyContent),
  i3: () => (/* binding */ nothingCopied)
});

// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/artifact/content.js
var content = __webpack_require__(8541);
;// CONCATENATED MODULE: ./build/src/artifact/copy-plan.js
/** The manifests that are not there yet; a registry takes one only after what it points at, so that one that is there is whole. */
const missingManifests = (closure, present) => closure.manifests.filter(({ digest }) => !present.has(digest));
/** The blobs that the missing manifests point at, each once. */
const wantedBlobs = (missing) => [
    ...new Map(missing.flatMap(({ blobs }) => blobs.map((blob) => [blob.digest, blob]))).values(),
];
/** Compares what is wanted with what is there. */
function planCopy(missing, presentBlobs) {
    const blobs = wantedBlobs(missing)
        .filter(({ digest }) => !presentBlobs.has(digest))
        .toSorted((a, b) => b.size - a.size);
    return { manifests: missing, blobs, bytes: blobs.reduce((total, { size }) => total + size, 0) };
}
//# sourceMappingURL=copy-plan.js.map
// EXTERNAL MODULE: ./build/src/artifact/registry-request.js
var registry_request = __webpack_require__(3129);
;// CONCATENATED MODULE: ./build/src/artifact/copy.js




/** A copy that moved nothing. */
const nothingCopied = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 };
/** How many blobs travel at once, and how often one that breaks off is begun again. */
const parallel = 6;
const tries = 3;
/** Looks at the destination and says what has to move. Only reads. */
async function comparedWith(target, closure, signal) {
    const present = await target.resolve(closure.manifests.map(({ digest }) => digest), signal);
    const missing = missingManifests(closure, present);
    const wanted = wantedBlobs(missing).map(({ digest }) => digest);
    return planCopy(missing, wanted.length === 0 ? new Set() : await target.hasBlobs(wanted, signal));
}
/**
 * Carries a plan out: blobs before the manifests that point at them, no tag yet.
 * The first mount is a probe: when the registry does not take it, the rest is streamed without asking again.
 */
async function copyContent(plan, source, target, 
/** The source's repository when it is in the same registry. */
mountFrom, log, signal) {
    const report = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 };
    let mounts = mountFrom;
    const mounted = async (blob, inner) => {
        if (mounts === undefined)
            return undefined;
        try {
            const answer = await target.mountBlob(blob.digest, mounts, inner);
            if (answer === 'mounted')
                return true;
            mounts = undefined;
            log.debug('the registry mounts no blobs from the source repository: they are streamed');
            return answer.upload;
        }
        catch (error) {
            // Some registries refuse a mount that they may not make instead of beginning an upload.
            const status = (0,registry_request/* registryStatus */.I9)(error);
            if (status === undefined || ![400, 401, 403, 404, 405].includes(status))
                throw error;
            mounts = undefined;
            log.debug(`the registry refuses to mount: ${error.message}`);
            return undefined;
        }
    };
    const move = async (blob, inner) => {
        const answer = await mounted(blob, inner);
        if (answer === true) {
            report.mounted++;
            return;
        }
        for (let attempt = 1, upload = answer;; attempt++, upload = undefined) {
            try {
                await target.putBlob(blob, await source.blob(blob, inner), inner, upload);
                break;
            }
            catch (error) {
                if (!(error instanceof registry_request/* Interrupted */.j$) || attempt >= tries)
                    throw error;
                log.warn(`${blob.digest.slice(0, 19)} is begun again: ${error.message}`);
                if ((await target.hasBlobs([blob.digest], inner)).has(blob.digest))
                    break;
            }
        }
        report.blobs++;
        report.bytes += blob.size;
    };
    const [probe, ...rest] = plan.blobs;
    if (probe !== undefined)
        await move(probe, signal);
    await (0,content/* inParallel */.H)(rest, parallel, signal, move);
    for (const manifest of plan.manifests) {
        const confirmed = await target.putManifest(manifest, undefined, signal);
        if (confirmed !== manifest.digest)
            throw new errors/* UserError */.yo(`the registry took the manifest ${manifest.digest} as ${confirmed || 'no digest'}`);
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
/* harmony import */ var _action_poll_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(167);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(467);
/* harmony import */ var _scan_gate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9975);



/** The images that run: an index's platforms without its attestations, or the image itself. */
const runnable = (root) => root.children.length === 0
    ? [{ digest: root.digest, platform: '' }]
    : root.children
        .filter((child) => !(0,_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .isAttestation */ .H3)(child))
        .map((child) => ({ digest: child.digest, platform: (0,_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .platformName */ .$r)(child) }));
/** Waits for the scans of every platform and holds each to the level. */
async function scanGate(api, repository, root, level, { host, clock, signal }) {
    if (level === 'off')
        return { reports: [], refusal: undefined };
    const images = runnable(root);
    if (images.length === 0)
        return { reports: [], refusal: `scan gate: ${root.digest} has no platform that could be scanned` };
    const reports = [];
    const refusals = [];
    const began = clock.now();
    for (const { digest, platform } of images) {
        const name = platform === '' ? digest : platform;
        let said = '';
        for await (const scan of (0,_action_poll_js__WEBPACK_IMPORTED_MODULE_2__/* .poll */ .w)(() => api.scan(repository, digest, signal), { clock, signal, intervalMs: 5_000 })) {
            const verdict = (0,_scan_gate_js__WEBPACK_IMPORTED_MODULE_1__/* .scanVerdict */ .n)(scan, level, clock.now() - began);
            if (verdict.kind === 'wait') {
                if (said !== scan.status)
                    host.info(`waiting for the scan of ${name}: ${scan.status}`);
                said = scan.status;
                continue;
            }
            reports.push({ platform, digest, scan, verdict: verdict.kind });
            if (verdict.kind === 'refuse')
                refusals.push(`scan gate: ${name}: ${verdict.reason}`);
            break;
        }
    }
    return { reports, refusal: refusals.length === 0 ? undefined : refusals.join('\n') };
}
//# sourceMappingURL=gate.js.map

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
/** A scan on push begins within seconds; after this long without any there will be none. */
const unscannedAfterMs = 3 * 60_000;
/** Whether an image may pass, `waitedMs` after the first look. A scan that did not finish, failed or was never made is not a pass. A severity that nobody graded counts as the worst. */
function scanVerdict(report, level, waitedMs = 0) {
    if (report.status === 'IN_PROGRESS' || report.status === 'PENDING')
        return { kind: 'wait' };
    if (report.status === 'NOT_FOUND') {
        return waitedMs < unscannedAfterMs
            ? { kind: 'wait' }
            : { kind: 'refuse', reason: 'it was never scanned: turn on scan on push, or start a scan' };
    }
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
/* harmony export */   Vd: () => (/* binding */ planTags),
/* harmony export */   p: () => (/* binding */ writeTags),
/* harmony export */   t3: () => (/* binding */ isImmutable)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/**
 * Compares tags with what they should lead to.
 * @throws UserError naming both digests, for a tag that leads elsewhere and may not move
 */
function planTags(tags, digest, found, 
/** Why this tag may not be moved; undefined when it may. */
fixed, where) {
    const kept = tags.filter((tag) => found.get(tag) === digest);
    const written = tags.filter((tag) => found.get(tag) !== digest);
    const moved = written.flatMap((tag) => {
        const from = found.get(tag);
        return from === undefined ? [] : [{ tag, from }];
    });
    const refused = moved.flatMap(({ tag, from }) => {
        const why = fixed(tag);
        return why === undefined ? [] : [`the tag '${tag}' of ${where} leads to ${from}, not to ${digest}: ${why}`];
    });
    if (refused.length > 0)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(refused.join('\n'));
    return { kept, written, moved };
}
/** Whether a tag stays where it is once it is written; a mode that is not known counts as immutable. */
function isImmutable({ mode, exclusions }, tag) {
    const excluded = exclusions.some((filter) => matchesWildcard(filter, tag));
    if (mode === 'MUTABLE')
        return false;
    if (mode === 'MUTABLE_WITH_EXCLUSION')
        return excluded;
    return mode !== 'IMMUTABLE_WITH_EXCLUSION' || !excluded;
}
function matchesWildcard(filter, tag) {
    const parts = filter.split('*');
    let from = 0;
    for (const [at, part] of parts.entries()) {
        if (at === parts.length - 1 && at > 0)
            return tag.length - part.length >= from && tag.endsWith(part);
        const found = at === 0 ? (tag.startsWith(part) ? 0 : -1) : tag.indexOf(part, from);
        if (found < 0)
            return false;
        from = found + part.length;
    }
    return from === tag.length;
}
/** Writes tags, and reads them back. @throws UserError when the registry does not confirm them */
async function writeTags(store, manifest, tags, where, signal) {
    for (const tag of tags)
        await store.putManifest(manifest, tag, signal);
    const references = [manifest.digest, ...tags];
    const confirmed = await store.resolve(references, signal);
    for (const reference of references) {
        const digest = confirmed.get(reference);
        if (digest !== manifest.digest)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${where} does not confirm '${reference}': it leads to ${digest ?? 'nothing'}, not to ${manifest.digest}`);
    }
}
//# sourceMappingURL=tags.js.map

/***/ })

};
