export const id = 786;
export const ids = [786];
export const modules = {

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

/***/ 2786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  promoteArtifact: () => (/* binding */ promote_artifact_promoteArtifact)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/artifact/image-reference.js
var image_reference = __webpack_require__(5957);
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/artifact/artifact-report.js
var artifact_report = __webpack_require__(8799);
// EXTERNAL MODULE: ./build/src/artifact/ecr-api.js
var ecr_api = __webpack_require__(6907);
// EXTERNAL MODULE: ./build/src/artifact/copy.js
var copy = __webpack_require__(291);
// EXTERNAL MODULE: ./build/src/artifact/gate.js
var artifact_gate = __webpack_require__(8125);
// EXTERNAL MODULE: ./build/src/artifact/tags.js
var tags = __webpack_require__(7919);
;// CONCATENATED MODULE: ./build/src/artifact/promote.js




const nothing = { manifests: 0, blobs: 0, mounted: 0, bytes: 0 };
/**
 * Brings an image with all that belongs to it into another repository, by digest, the tags last.
 * What is there is left alone, so that an interrupted promotion is taken up and a second one changes nothing.
 * @throws UserError when a tag leads elsewhere, or a gate refuses
 */
async function promote(request, source, sourceApi, target, targetApi, context) {
    const { host, signal } = context;
    const digest = request.source.digest ?? (await source.hasManifest(request.source.tag ?? 'latest', signal));
    if (digest === undefined)
        throw new errors/* UserError */.yo(`there is no tag '${request.source.tag}' in ${request.source.host}/${request.source.repository}`);
    const found = await targetApi.digests(target.name, [digest, ...request.tags], signal);
    const plan = (0,tags/* planTags */.V)(request.tags, digest, found, request.moveTags, target.uri);
    // A tag is written only after everything it needs: one that leads to the digest says that the promotion was whole.
    const whole = found.has(digest) && request.tags.length > 0 && plan.written.length === 0;
    if (whole && !(request.includeReferrers && (await hasNewReferrers(digest, source, target.store, signal)))) {
        host.info(`${target.uri} has ${digest} as ${request.tags.join(', ')} already`);
        return { digest, changed: false, report: nothing, tagged: [], gate: [] };
    }
    if (request.gate !== 'off' && sourceApi === undefined)
        throw new errors/* UserError */.yo('the scan gate needs a source in ECR');
    const closure = await (0,copy/* readClosure */.m)(source, digest, request.includeReferrers, signal);
    const gate = sourceApi === undefined
        ? []
        : await (0,artifact_gate/* scanGate */.F)(sourceApi, request.source.repository, closure.root, request.gate, context);
    if (request.dryRun) {
        host.info(`would bring ${closure.manifests.length} manifests and ${closure.blobs.length} blobs of ${digest} to ${target.uri}, those not there yet, and write the tags ${plan.written.join(', ') || 'none'}`);
        return { digest, changed: true, report: nothing, tagged: [], gate };
    }
    const mountFrom = target.host === request.source.host && target.name !== request.source.repository
        ? request.source.repository
        : undefined;
    const report = await (0,copy/* copyClosure */.Z)(closure, source, target.store, mountFrom, host, signal);
    for (const { tag, from } of plan.moved)
        host.warn(`the tag '${tag}' led to ${from}`);
    for (const tag of plan.written) {
        const confirmed = await target.store.putManifest(closure.root, tag, signal);
        if (confirmed !== digest)
            throw new errors/* UserError */.yo(`the registry took '${tag}' as ${confirmed}, not as ${digest}`);
    }
    return { digest, changed: report.manifests > 0 || plan.written.length > 0, report, tagged: plan.written, gate };
}
/** Whether the source knows something about the image that the target does not: a signature made after it was promoted. */
async function hasNewReferrers(digest, source, target, signal) {
    const theirs = await source.referrers(digest, signal);
    if (theirs.length === 0)
        return false;
    const ours = new Set((await target.referrers(digest, signal)).map((referrer) => referrer.digest));
    return theirs.some((referrer) => !ours.has(referrer.digest));
}
//# sourceMappingURL=promote.js.map
// EXTERNAL MODULE: ./build/src/artifact/registry-client.js
var registry_client = __webpack_require__(3981);
// EXTERNAL MODULE: ./build/src/artifact/repository.js
var repository = __webpack_require__(6198);
;// CONCATENATED MODULE: ./build/src/artifact/promotion.js









/** Opens both ends with their own identities and promotes. @throws InputError, UserError */
async function promoteArtifact(request, context) {
    const reference = sourceReference(request.image);
    const { host, clock } = context;
    const region = request.source.region ?? (0,image_reference/* ecrHost */.Fd)(reference.host)?.region;
    const from = (0,session/* awsSession */.y)({ ...request.source, region });
    const to = (0,session/* awsSession */.y)(request.destination);
    try {
        return await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, context.signal, async (signal) => {
            const inTime = { host, clock, signal };
            const sourceApi = (0,ecr_api/* ecrApi */.B)(from, host);
            const targetApi = (0,ecr_api/* ecrApi */.B)(to, host);
            const target = await (0,repository/* openRepository */.h)(request.to, targetApi, request, inTime);
            if (target === undefined)
                return { outcome: 'succeeded', outputs: {} };
            const source = (0,registry_client/* registryRepository */.q)({
                host: reference.host,
                repository: reference.repository,
                authorization: () => sourceApi.authorization(),
                clock,
            });
            const done = await promote({ ...request, source: reference }, source, sourceApi, target, targetApi, inTime);
            const outcome = done.changed ? 'succeeded' : 'unchanged';
            const image = `${target.uri}@${done.digest}`;
            const tags = request.tags.join(',');
            if (!request.dryRun && done.changed)
                host.info(`${image} is there, ${done.report.mounted} blobs mounted, ${done.report.blobs} streamed`);
            return {
                outcome,
                outputs: {
                    image,
                    digest: done.digest,
                    tags,
                    'copied-manifests': String(done.report.manifests),
                    'copied-blobs': String(done.report.blobs),
                    'mounted-blobs': String(done.report.mounted),
                    bytes: String(done.report.bytes),
                },
                detail: {
                    image,
                    digest: done.digest,
                    from: request.image,
                    tags: [...request.tags],
                    moved: { ...done.report },
                    dryRun: request.dryRun,
                },
                summary: (0,artifact_report/* artifactSummary */.b)(`${reference.repository} → ${target.name}: ${outcome}`, { image: `\`${image}\``, from: `\`${request.image}\``, tags }, done.report, done.gate),
            };
        });
    }
    finally {
        from.close();
        to.close();
    }
}
function sourceReference(image) {
    try {
        const reference = (0,image_reference/* parseImageReference */.o_)(image);
        if (reference.tag === undefined && reference.digest === undefined)
            throw new errors/* UserError */.yo(`'${image}' names no tag and no digest`);
        return reference;
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw new errors/* InputError */.dz([`input 'image': ${(0,errors/* messageOf */.bD)(error)}`]);
        throw error;
    }
}
//# sourceMappingURL=promotion.js.map
// EXTERNAL MODULE: ./build/src/artifact/scan-gate.js
var scan_gate = __webpack_require__(9975);
;// CONCATENATED MODULE: ./build/src/actions/promote-artifact.js





/** An image with everything attached to it, to the next environment, by digest. */
const promote_artifact_promoteArtifact = (0,action_define/* defineAction */.Q)({
    name: 'promote-artifact',
    description: 'Moves an image with everything attached to it to the next environment by digest, without a rebuild.',
    inputs: {
        image: (0,inputs/* text */.Qq)({
            description: 'The image: repository@sha256:…, or repository:tag, which is resolved once.',
            required: true,
        }),
        to: (0,inputs/* text */.Qq)({ description: 'Destination repository in ECR, by name or URI.', required: true }),
        tags: (0,inputs/* list */.p_)({ description: 'Tags to write at the destination, last of all, by commas.' }),
        'create-repository': (0,inputs/* flag */.Jt)({ description: 'Creates the destination when it is not there.', default: 'false' }),
        'tag-mutability': (0,inputs/* oneOf */.yL)(['MUTABLE', 'IMMUTABLE'])({
            description: 'Of a destination that is created.',
            default: 'IMMUTABLE',
        }),
        'include-referrers': (0,inputs/* flag */.Jt)({
            description: 'Takes along what refers to the image or its parts: signatures, SBOMs, attestations.',
            default: 'true',
        }),
        'move-tags': (0,inputs/* flag */.Jt)({
            description: 'Lets a tag go that leads to another digest. Otherwise that is an error.',
            default: 'false',
        }),
        'scan-gate': (0,inputs/* oneOf */.yL)(scan_gate/* gateLevels */.p)({
            description: 'Refuses an image whose scan at the source has findings of this severity or above, or has no result.',
            default: 'off',
        }),
        timeout: (0,inputs/* duration */.p0)({ description: 'For the promotion in all.', default: '30m' }),
        'aws-region': (0,inputs/* text */.Qq)({ description: 'Region of the source, and of the destination unless told.' }),
        'destination-aws-region': (0,inputs/* text */.Qq)({ description: 'Region of the destination.' }),
        'source-role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume for the source, one after another.' }),
        'destination-role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume for the destination, one after another.' }),
        'dry-run': (0,inputs/* flag */.Jt)({ description: 'Makes only reading calls and prints what would be moved.', default: 'false' }),
    },
    outputs: {
        image: { description: 'The artifact at its destination: repository@digest.' },
        digest: { description: 'Its digest, the same as at the source.' },
        tags: { description: 'Its tags at the destination, by commas.' },
        'copied-manifests': { description: 'Manifests that were written.' },
        'copied-blobs': { description: 'Blobs that were streamed.' },
        'mounted-blobs': { description: 'Blobs that the registry took over by itself.' },
        bytes: { description: 'Bytes that went through this machine.' },
    },
    permissions: {
        iam: {
            'ecr:DescribeRepositories': 'to find the destination',
            'ecr:CreateRepository': 'only with create-repository',
            'ecr:GetAuthorizationToken': 'to speak to both registries',
            'ecr:BatchGetImage': 'to read manifests, and to see what is there',
            'ecr:GetDownloadUrlForLayer': 'the registry asks for it on the source',
            'ecr:BatchCheckLayerAvailability': 'the registry asks for it on the destination',
            'ecr:InitiateLayerUpload': 'the registry asks for it on the destination',
            'ecr:UploadLayerPart': 'the registry asks for it on the destination',
            'ecr:CompleteLayerUpload': 'the registry asks for it on the destination',
            'ecr:PutImage': 'the registry asks for it on the destination',
            'ecr:DescribeImageScanFindings': 'only with scan-gate',
        },
    },
    check: (inputs) => (inputs.tags ?? []).filter((tag) => !(0,image_reference/* isTag */.dz)(tag)).map((tag) => `input 'tags': '${tag}' is no tag`),
    run: ({ inputs, ...context }) => promoteArtifact({
        image: inputs.image,
        to: inputs.to,
        tags: inputs.tags ?? [],
        create: inputs['create-repository'],
        mutability: inputs['tag-mutability'],
        includeReferrers: inputs['include-referrers'],
        moveTags: inputs['move-tags'],
        gate: inputs['scan-gate'],
        timeoutMs: inputs.timeout,
        source: { region: inputs['aws-region'], roleArns: inputs['source-role-arns'] ?? [] },
        destination: {
            region: inputs['destination-aws-region'] ?? inputs['aws-region'],
            roleArns: inputs['destination-role-arns'] ?? [],
        },
        dryRun: inputs['dry-run'],
    }, context),
});
//# sourceMappingURL=promote-artifact.js.map

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
