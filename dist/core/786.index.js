export const id = 786;
export const ids = [786];
export const modules = {

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
// EXTERNAL MODULE: ./build/src/aws/ecr-host.js
var ecr_host = __webpack_require__(4464);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/artifact/artifact-report.js
var artifact_report = __webpack_require__(8799);
// EXTERNAL MODULE: ./build/src/artifact/ecr-api.js + 1 modules
var ecr_api = __webpack_require__(9289);
// EXTERNAL MODULE: ./build/src/artifact/closure.js
var artifact_closure = __webpack_require__(6653);
// EXTERNAL MODULE: ./build/src/artifact/copy.js + 1 modules
var copy = __webpack_require__(8877);
// EXTERNAL MODULE: ./build/src/artifact/gate.js
var gate = __webpack_require__(8125);
// EXTERNAL MODULE: ./build/src/artifact/tags.js
var artifact_tags = __webpack_require__(7919);
;// CONCATENATED MODULE: ./build/src/artifact/promote.js





/**
 * Brings an image with all that belongs to it into another repository, by digest, the tags last.
 * What is there is left alone, so that an interrupted promotion is taken up and a second one changes nothing.
 * @throws UserError when a tag leads elsewhere
 */
async function promote(request, source, sourceApi, target, context) {
    const { host, signal } = context;
    const { store } = source;
    const digest = await digestOf(request.source, source, signal);
    const inPlace = target.host === request.source.host && target.name === request.source.repository;
    const attached = request.includeReferrers && !inPlace;
    const [referrers, digestTags] = attached
        ? await Promise.all([store.referrers(digest, signal), store.resolve((0,artifact_closure/* digestTagsOf */.J)(digest), signal)])
        : [[], new Map()];
    const known = [...referrers, ...(0,artifact_closure/* digestTagsOf */.J)(digest).filter((tag) => digestTags.has(tag))];
    const found = await target.store.resolve([digest, ...request.tags, ...known], signal);
    const tags = (0,artifact_tags/* planTags */.Vd)(request.tags, digest, found, fixedTags(request.moveTags, target), target.uri);
    const done = { digest, changed: false, report: copy/* nothingCopied */.i3, plan: undefined, tags, gate: [], refusal: undefined };
    // A tag is written only after everything that was known then: one that leads to the digest says that it came whole.
    const whole = found.has(digest) &&
        request.tags.length > 0 &&
        tags.written.length === 0 &&
        known.every((reference) => found.get(reference) === (digestTags.get(reference) ?? reference));
    if (whole) {
        host.info(`${target.uri} has ${digest} as ${request.tags.join(', ')} already`);
        return done;
    }
    const closure = await (0,artifact_closure/* readClosure */.m)(store, digest, attached, signal);
    const gate = await gated(request, source, sourceApi, closure, context);
    if (gate.refusal !== undefined)
        return { ...done, gate: gate.reports, refusal: gate.refusal };
    const plan = await (0,copy/* comparedWith */.o3)(target.store, closure, signal);
    const extra = await planDigestTags(closure, target, signal);
    const changed = plan.manifests.length > 0 || tags.written.length > 0 || extra.length > 0;
    if (request.dryRun) {
        const written = [...tags.written, ...extra.map(({ tag }) => tag)];
        host.info(changed
            ? `would bring ${plan.manifests.length} of ${closure.manifests.length} manifests and ${plan.blobs.length} blobs (${plan.bytes} bytes) of ${digest} to ${target.uri}, and write the tags ${written.join(', ') || 'none'}`
            : `would change nothing: ${target.uri} has all of ${digest}`);
        return { ...done, changed, plan, gate: gate.reports };
    }
    const mountFrom = target.host === request.source.host ? request.source.repository : undefined;
    const report = await (0,copy/* copyContent */.R8)(plan, store, target.store, mountFrom, host, signal);
    for (const { tag, from } of tags.moved)
        host.warn(`the tag '${tag}' led to ${from}`);
    for (const { tag, manifest } of extra)
        await (0,artifact_tags/* writeTags */.p)(target.store, manifest, [tag], target.uri, signal);
    if (changed)
        await (0,artifact_tags/* writeTags */.p)(target.store, closure.root, tags.written, target.uri, signal);
    return { ...done, changed, report, plan, gate: gate.reports };
}
/** The digest of what was asked for; a tag is looked up here, once, and never again. */
async function digestOf({ digest, tag, host, repository }, source, signal) {
    if (digest !== undefined)
        return digest;
    const wanted = tag ?? 'latest';
    const found = (await source.store.resolve([wanted], signal)).get(wanted);
    if (found === undefined)
        throw new errors/* UserError */.yo(`there is no tag '${wanted}' in ${host}/${repository}`);
    return found;
}
const fixedTags = (moveTags, { mutability }) => (tag) => {
    if ((0,artifact_tags/* isImmutable */.t3)(mutability, tag))
        return 'it is immutable, and may not be moved';
    return moveTags ? undefined : 'it may not be moved, unless move-tags is true';
};
async function gated(request, source, api, closure, context) {
    if (request.gate === 'off')
        return { reports: [], refusal: undefined };
    if (source.ecr === undefined)
        return { reports: [], refusal: `scan gate: ${request.source.host} is not ECR: there is no scan to look at` };
    return await (0,gate/* scanGate */.F)(api, source.ecr, closure.root, request.gate, context);
}
/** The tags made of digests that are not yet at the destination, or lead to what an earlier signer had made. */
async function planDigestTags(closure, target, signal) {
    const wanted = [...closure.digestTags];
    if (wanted.length === 0)
        return [];
    const found = await target.store.resolve(wanted.map(([tag]) => tag), signal);
    const byDigest = new Map(closure.manifests.map((manifest) => [manifest.digest, manifest]));
    return wanted.flatMap(([tag, digest]) => {
        const why = (fixed) => (0,artifact_tags/* isImmutable */.t3)(target.mutability, fixed)
            ? `it is immutable; let the repository exclude sha256-* from that, or set include-referrers to false`
            : undefined;
        const { written } = (0,artifact_tags/* planTags */.Vd)([tag], digest, found, why, target.uri);
        const manifest = byDigest.get(digest);
        return written.length === 0 || manifest === undefined ? [] : [{ tag, manifest }];
    });
}
//# sourceMappingURL=promote.js.map
// EXTERNAL MODULE: ./build/src/artifact/repository.js + 3 modules
var repository = __webpack_require__(7083);
;// CONCATENATED MODULE: ./build/src/artifact/promotion.js









/** Opens both ends with their own identities and promotes. @throws InputError, UserError */
async function promoteArtifact(request, context) {
    const reference = sourceReference(request.image);
    const { host, clock } = context;
    // An ECR host says where it is, whatever region the step runs in.
    const region = (0,ecr_host/* ecrHost */.F)(reference.host)?.region ?? request.source.region;
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
            const source = (0,repository/* sourceRepository */.s)(reference, sourceApi, inTime);
            const done = await promote({ ...request, source: reference }, source, sourceApi, target, inTime);
            return ended(request, reference, target, done, host);
        });
    }
    finally {
        from.close();
        to.close();
    }
}
function ended(request, reference, target, { digest, changed, report, plan, tags, gate, refusal }, log) {
    const outcome = refusal !== undefined ? 'blocked' : changed ? 'succeeded' : 'unchanged';
    const image = `${target.uri}@${digest}`;
    if (refusal === undefined && changed && !request.dryRun)
        log.info(`${image} is there: ${report.mounted} blobs mounted, ${report.blobs} streamed`);
    const there = refusal === undefined && (!request.dryRun || !changed);
    return {
        outcome,
        ...(refusal === undefined ? {} : { reason: refusal }),
        outputs: {
            ...(there ? { image, tags: request.tags.join(',') } : {}),
            digest,
            'copied-manifests': String(report.manifests),
            'copied-blobs': String(report.blobs),
            'mounted-blobs': String(report.mounted),
            bytes: String(report.bytes),
        },
        detail: {
            image,
            digest,
            from: request.image,
            tags: { kept: [...tags.kept], written: [...tags.written], moved: tags.moved.map((move) => ({ ...move })) },
            missing: {
                manifests: plan?.manifests.map((manifest) => manifest.digest) ?? [],
                blobs: plan?.blobs.length ?? 0,
                bytes: plan?.bytes ?? 0,
            },
            moved: { ...report },
            scans: (0,artifact_report/* scansOf */.G)(gate),
            dryRun: request.dryRun,
        },
        summary: (0,artifact_report/* artifactSummary */.b)(`${reference.repository} → ${target.name}: ${request.dryRun && changed ? 'would change' : outcome}`, {
            image: `\`${image}\``,
            from: `\`${request.image}\``,
            tags: request.tags.join(', '),
            'tags moved': tags.moved.map(({ tag, from }) => `${tag} (led to ${from.slice(0, 19)}…)`).join(', '),
            'refused because': refusal ?? '',
        }, request.dryRun
            ? {
                would: true,
                manifests: plan?.manifests.length ?? 0,
                blobs: plan?.blobs.length ?? 0,
                mounted: 0,
                bytes: plan?.bytes ?? 0,
            }
            : report, gate),
    };
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
            'ecr:ListImageReferrers': 'to find what refers to the image',
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
