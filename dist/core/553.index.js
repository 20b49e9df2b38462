export const id = 553;
export const ids = [553,767];
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

/***/ 8541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel)
/* harmony export */ });
/** Runs `work` on every item, `most` at once; the first failure stops the rest, and all have ended when this returns. */
async function inParallel(items, most, outer, work) {
    const stop = new AbortController();
    const signal = AbortSignal.any([outer, stop.signal]);
    const queue = [...items];
    const failures = [];
    const worker = async () => {
        for (let item = queue.shift(); item !== undefined && !signal.aborted; item = queue.shift()) {
            try {
                await work(item, signal);
            }
            catch (error) {
                failures.push(error);
                stop.abort(error);
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
    if (failures.length > 0)
        throw failures[0];
    outer.throwIfAborted();
}
//# sourceMappingURL=content.js.map

/***/ }),

/***/ 9289:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ ecrApi)
});

// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
// EXTERNAL MODULE: ./build/src/artifact/manifest.js
var manifest = __webpack_require__(467);
;// CONCATENATED MODULE: ./build/src/artifact/scan-report.js

const mostFindings = 10_000;
/** Reads the findings of basic and of enhanced scanning, all pages. @throws UserError when ECR refuses */
async function readScan(ecr, { name: repositoryName, registryId }, imageDigest, signal) {
    const { DescribeImageScanFindingsCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19));
    const findings = [];
    let nextToken;
    let status = 'UNKNOWN';
    let description = '';
    try {
        do {
            const answer = await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, registryId, imageId: { imageDigest }, nextToken }), { abortSignal: signal });
            status = answer.imageScanStatus?.status ?? 'UNKNOWN';
            description = answer.imageScanStatus?.description ?? '';
            for (const finding of answer.imageScanFindings?.findings ?? []) {
                findings.push({
                    name: finding.name ?? '?',
                    severity: finding.severity ?? 'UNDEFINED',
                    title: finding.description ?? '',
                });
            }
            // Enhanced scanning leaves `findings` empty and puts its results here.
            for (const finding of answer.imageScanFindings?.enhancedFindings ?? []) {
                findings.push({
                    name: finding.packageVulnerabilityDetails?.vulnerabilityId ?? finding.title ?? '?',
                    severity: finding.severity ?? 'UNDEFINED',
                    title: finding.title ?? '',
                });
            }
            nextToken = answer.nextToken;
        } while (nextToken !== undefined && findings.length < mostFindings);
    }
    catch (error) {
        if ((0,aws_errors/* awsCode */.z8)(error) !== 'ScanNotFoundException')
            throw (0,aws_errors/* awsFailure */.MT)(`reading the scan of ${imageDigest}`, error);
        status = 'NOT_FOUND';
    }
    // A list that was not read to its end says nothing about the rest.
    return { status: nextToken === undefined ? status : 'TOO_MANY_FINDINGS', description, findings };
}
//# sourceMappingURL=scan-report.js.map
;// CONCATENATED MODULE: ./build/src/artifact/ecr-api.js




const mostReferrers = 2_000;
/** ECR takes at most 100 at once. */
function* batches(all) {
    const unique = [...new Set(all)];
    for (let from = 0; from < unique.length; from += 100)
        yield unique.slice(from, from + 100);
}
function ecrApi(aws, host) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19));
    const client = () => aws.ecr();
    let token;
    return {
        async repository(name, signal) {
            const { DescribeRepositoriesCommand } = await sdk();
            const ecr = await client();
            try {
                return (await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }), { abortSignal: signal }))
                    .repositories?.[0];
            }
            catch (error) {
                if ((0,aws_errors/* awsCode */.z8)(error) === 'RepositoryNotFoundException')
                    return undefined;
                throw (0,aws_errors/* awsFailure */.MT)(`describing the repository ${name}`, error);
            }
        },
        async createRepository(repositoryName, imageTagMutability, signal) {
            const { CreateRepositoryCommand } = await sdk();
            const ecr = await client();
            const { repository } = await (0,aws_errors/* calling */.X_)(`creating the repository ${repositoryName}`, () => ecr.send(new CreateRepositoryCommand({
                repositoryName,
                imageTagMutability,
                imageScanningConfiguration: { scanOnPush: true },
            }), { abortSignal: signal }));
            if (repository === undefined)
                throw new errors/* UserError */.yo(`ECR made no repository ${repositoryName}`);
            return repository;
        },
        authorization() {
            token ??= (async () => {
                const { GetAuthorizationTokenCommand } = await sdk();
                const ecr = await client();
                const answer = await (0,aws_errors/* calling */.X_)('asking ECR for a registry token', () => ecr.send(new GetAuthorizationTokenCommand({})));
                const basic = answer.authorizationData?.[0]?.authorizationToken;
                if (basic === undefined)
                    throw new errors/* UserError */.yo('ECR gave no registry token');
                host.mask(basic);
                host.mask(Buffer.from(basic, 'base64').toString('utf8').replace(/^AWS:/, ''));
                return `Basic ${basic}`;
            })();
            return token;
        },
        async images({ name, registryId }, references, signal) {
            const { BatchGetImageCommand } = await sdk();
            const ecr = await client();
            const found = [];
            for (const some of batches(references)) {
                const imageIds = some.map((reference) => reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference });
                const input = { repositoryName: name, registryId, imageIds, acceptedMediaTypes: [...manifest/* manifestTypes */.Fm] };
                const answer = await (0,aws_errors/* calling */.X_)(`reading images of ${name}`, () => ecr.send(new BatchGetImageCommand(input), { abortSignal: signal }));
                for (const { failureCode, failureReason, imageId } of answer.failures ?? []) {
                    if (failureCode === 'ImageNotFound')
                        continue;
                    const what = imageId?.imageTag ?? imageId?.imageDigest ?? 'an image';
                    throw new errors/* UserError */.yo(`reading ${what} of ${name}: ${failureCode}: ${failureReason ?? ''}`);
                }
                for (const { imageId, imageManifest, imageManifestMediaType } of answer.images ?? []) {
                    if (imageId?.imageDigest === undefined || imageManifest === undefined)
                        continue;
                    const { imageDigest: digest, imageTag: tag } = imageId;
                    found.push({ digest, tag, manifest: imageManifest, mediaType: imageManifestMediaType });
                }
            }
            return found;
        },
        async layers({ name, registryId }, digests, signal) {
            const { BatchCheckLayerAvailabilityCommand } = await sdk();
            const ecr = await client();
            const found = new Set();
            for (const layerDigests of batches(digests)) {
                const input = { repositoryName: name, registryId, layerDigests };
                const { layers } = await (0,aws_errors/* calling */.X_)(`looking for layers in ${name}`, () => ecr.send(new BatchCheckLayerAvailabilityCommand(input), { abortSignal: signal }));
                for (const { layerDigest, layerAvailability } of layers ?? [])
                    if (layerDigest !== undefined && layerAvailability === 'AVAILABLE')
                        found.add(layerDigest);
            }
            return found;
        },
        async referrers({ name, registryId }, imageDigest, signal) {
            const { ListImageReferrersCommand } = await sdk();
            const ecr = await client();
            const found = [];
            let nextToken;
            do {
                // By itself ECR hides what is archived: a signature that is not seen would be left behind in silence.
                const input = {
                    repositoryName: name,
                    registryId,
                    subjectId: { imageDigest },
                    filter: { artifactStatus: 'ANY' },
                    maxResults: 50,
                    nextToken,
                };
                const answer = await (0,aws_errors/* calling */.X_)(`reading what refers to ${imageDigest} in ${name}`, () => ecr.send(new ListImageReferrersCommand(input), { abortSignal: signal }));
                for (const { digest, artifactType, artifactStatus } of answer.referrers ?? []) {
                    if (digest === undefined)
                        continue;
                    if (artifactStatus !== undefined && artifactStatus !== 'ACTIVE')
                        throw new errors/* UserError */.yo(`${digest} (${artifactType ?? 'no type'}), which refers to ${imageDigest} in ${name}, is ${artifactStatus}: restore it, or set include-referrers to false`);
                    found.push(digest);
                }
                nextToken = answer.nextToken;
            } while (nextToken !== undefined && found.length < mostReferrers);
            if (nextToken !== undefined)
                throw new errors/* UserError */.yo(`more than ${mostReferrers} artifacts refer to ${imageDigest}`);
            return found;
        },
        async putImage({ name, registryId }, image, imageTag, signal) {
            const { PutImageCommand } = await sdk();
            const ecr = await client();
            const input = {
                repositoryName: name,
                registryId,
                imageManifest: image.manifest,
                imageManifestMediaType: image.mediaType,
                imageTag,
                // ECR compares: bytes that changed on the way are refused.
                imageDigest: image.digest,
            };
            try {
                const answer = await ecr.send(new PutImageCommand(input), { abortSignal: signal });
                return answer.image?.imageId?.imageDigest ?? '';
            }
            catch (error) {
                if ((0,aws_errors/* awsCode */.z8)(error) === 'ImageAlreadyExistsException')
                    return image.digest;
                throw (0,aws_errors/* awsFailure */.MT)(`writing ${imageTag ?? image.digest} to ${name}`, error);
            }
        },
        scan: async (repository, digest, signal) => await readScan(await client(), repository, digest, signal),
    };
}
//# sourceMappingURL=ecr-api.js.map

/***/ }),

/***/ 5957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ digestForm),
/* harmony export */   SU: () => (/* binding */ parseRepository),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   o_: () => (/* binding */ parseImageReference)
/* harmony export */ });
/* unused harmony exports isRepositoryName, printImageReference */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

const hostForm = /^(?:localhost|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
/** Source: "Pulling manifests" in the OCI distribution specification. */
const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagForm = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;
const isRepositoryName = (text) => text.length <= 255 && repositoryForm.test(text);
const isTag = (text) => tagForm.test(text);
/** Whether the first part of a path is a registry's host: it has a dot, a port, or is localhost. */
const looksLikeHost = (part) => part.includes('.') || part.includes(':') || part === 'localhost';
/**
 * Reads a full image reference.
 * @throws UserError naming the part that is wrong
 */
function parseImageReference(text) {
    const bad = (why) => new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${text.slice(0, 200)}' is no image reference: ${why}`);
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : text.slice(at + 1);
    if (digest !== undefined && !digestForm.test(digest))
        throw bad('its digest is not sha256 and 64 hex digits');
    const named = at < 0 ? text : text.slice(0, at);
    const slash = named.indexOf('/');
    const host = slash < 0 ? '' : named.slice(0, slash);
    if (!looksLikeHost(host) || !hostForm.test(host))
        throw bad("it does not begin with a registry's host");
    const rest = named.slice(slash + 1);
    const colon = rest.indexOf(':');
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    const repository = colon < 0 ? rest : rest.slice(0, colon);
    if (!isRepositoryName(repository))
        throw bad(`'${repository.slice(0, 100)}' is no repository name`);
    if (tag !== undefined && !isTag(tag))
        throw bad(`'${tag.slice(0, 100)}' is no tag`);
    return { host, repository, tag, digest };
}
/** The text of a reference. */
const printImageReference = ({ host, repository, tag, digest }) => `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
/** A repository as the user names it: by name in the caller's own registry, or by URI. */
function parseRepository(text) {
    const first = text.split('/', 1)[0] ?? '';
    if (!looksLikeHost(first) || !text.includes('/')) {
        if (!isRepositoryName(text))
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${text.slice(0, 200)}' is no repository name`);
        return { host: undefined, name: text };
    }
    const { host, repository, tag, digest } = parseImageReference(text);
    if (tag !== undefined || digest !== undefined)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`'${text.slice(0, 200)}' is an image: expected a repository`);
    return { host, name: repository };
}
//# sourceMappingURL=image-reference.js.map

/***/ }),

/***/ 467:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ platformName),
/* harmony export */   Fm: () => (/* binding */ manifestTypes),
/* harmony export */   H3: () => (/* binding */ isAttestation),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   oU: () => (/* binding */ largestManifest)
/* harmony export */ });
/* unused harmony export sha256 */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5957);



const manifestTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/** Registries refuse more. */
const largestManifest = 4 * 1024 * 1024;
const mostDescriptors = 10_000;
const sha256 = (bytes) => `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
const isIndex = (mediaType) => mediaType === manifestTypes[0] || mediaType === manifestTypes[2];
/**
 * Reads a manifest's bytes, checked against the digest that they were asked for by.
 * @throws UserError when they are other bytes, or no manifest
 */
function parseManifest(bytes, expected, declaredType) {
    const digest = sha256(bytes);
    if (expected !== undefined && digest !== expected)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`expected the manifest ${expected}, got bytes of ${digest}`);
    if (bytes.byteLength > largestManifest)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the manifest ${digest} is larger than 4 MiB`);
    let json;
    try {
        json = JSON.parse(bytes.toString('utf8'));
    }
    catch (error) {
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the manifest ${digest} is not JSON`, { cause: error });
    }
    const document = (typeof json === 'object' && json !== null ? json : {});
    const mediaType = String(document['mediaType'] ??
        declaredType ??
        (Array.isArray(document['manifests']) ? manifestTypes[0] : manifestTypes[1]));
    if (!manifestTypes.includes(mediaType))
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the manifest ${digest} is of the type '${mediaType.slice(0, 100)}', which is not known`);
    const about = document['subject'];
    const subject = about === undefined || about === null ? undefined : descriptors([about], digest)[0]?.digest;
    const shared = { digest, mediaType, bytes, subject };
    if (isIndex(mediaType))
        return { ...shared, children: descriptors(document['manifests'], digest), blobs: [] };
    const blobs = [...descriptors([document['config']], digest), ...descriptors(document['layers'], digest)];
    return { ...shared, children: [], blobs: blobs.filter((blob) => !isForeign(blob)) };
}
/** A layer that its vendor serves and no registry keeps, such as those of Windows. */
const isForeign = ({ mediaType, urls }) => Array.isArray(urls) && urls.length > 0 && /\.(foreign|nondistributable)\./.test(mediaType ?? '');
function descriptors(value, of) {
    const list = Array.isArray(value) ? value : [];
    if (list.length > mostDescriptors)
        throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the manifest ${of} points at more than ${mostDescriptors} contents`);
    return list.map((item) => {
        const wellFormed = typeof item?.digest === 'string' &&
            _image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .digestForm */ .JN.test(item.digest) &&
            Number.isSafeInteger(item.size) &&
            item.size >= 0;
        if (!wellFormed)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the manifest ${of} has a descriptor without a sha256 digest and a size`);
        return item;
    });
}
/** A child of an index that is an attestation of another child, not an image to run. */
const isAttestation = (descriptor) => descriptor.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' ||
    descriptor.platform?.os === 'unknown';
/** `linux/amd64`, `linux/arm64/v8`. */
const platformName = ({ platform }) => [platform?.os, platform?.architecture, platform?.variant]
    .filter((part) => part !== undefined && part !== '')
    .join('/');
//# sourceMappingURL=manifest.js.map

/***/ }),

/***/ 3129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EN: () => (/* binding */ bodyOf),
/* harmony export */   I9: () => (/* binding */ registryStatus),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   _j: () => (/* binding */ boundedBody),
/* harmony export */   j$: () => (/* binding */ Interrupted),
/* harmony export */   kH: () => (/* binding */ registryRequests)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** The transfer broke off on the way and may be begun again from the start. */
class Interrupted extends _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo {
    name = 'Interrupted';
}
const tries = 4;
const retried = new Set([408, 425, 429, 500, 502, 503, 504]);
const longestWaitMs = 60_000;
const isLoopback = (host) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
/** Speaks to a registry: its challenge is answered once for each request, its credentials go to its own origin only. */
function registryRequests(options) {
    const { host, repository, clock } = options;
    const origin = `${isLoopback(host) ? 'http' : 'https'}://${host}`;
    let header;
    const authorize = async (challenge, signal) => {
        const own = await options.authorization?.();
        const bearer = /^Bearer\s+(.*)$/i.exec(challenge ?? '')?.[1];
        if (bearer === undefined) {
            if (own === undefined)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${host} wants credentials for ${repository}`);
            header = own;
            return;
        }
        const token = await bearerToken(bearer, own, signal);
        options.mask(token);
        header = `Bearer ${token}`;
    };
    const bearerToken = async (challenge, own, signal) => {
        const field = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
        const realm = URL.canParse(field('realm')) ? new URL(field('realm')) : undefined;
        if (realm === undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${host} names no place for tokens`);
        reachable(realm);
        if (field('service') !== '')
            realm.searchParams.set('service', field('service'));
        realm.searchParams.set('scope', field('scope') || `repository:${repository}:pull,push`);
        const answer = await retrying(realm, { signal, headers: own === undefined ? {} : { authorization: own } });
        const body = answer.ok ? await tokenIn(answer) : undefined;
        if (body === undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${host} gives no token for ${repository} (${answer.status})`);
        return body;
    };
    /** Nothing but TLS, or loopback from loopback: a registry on the net must not send us to this machine's own services. */
    const reachable = (url) => {
        const allowed = isLoopback(url.host) ? isLoopback(host) : url.protocol === 'https:';
        if (!allowed || !/^https?:$/.test(url.protocol))
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${host} sends us to ${url.protocol}//${url.host}, which is not asked`);
    };
    const retrying = async (url, init) => {
        for (let attempt = 1;; attempt++) {
            let wait = 500 * 2 ** attempt;
            try {
                const answer = await fetch(url, { ...init, redirect: 'manual' });
                if (!retried.has(answer.status) || attempt >= tries)
                    return answer;
                await answer.body?.cancel();
                const told = Number(answer.headers.get('retry-after') ?? Number.NaN);
                if (told > 0)
                    wait = Math.min(told * 1_000, longestWaitMs);
            }
            catch (error) {
                init.signal.throwIfAborted();
                if (attempt >= tries)
                    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${url.host} cannot be reached: ${causeOf(error)}`, { cause: error });
            }
            await clock.sleep(wait, init.signal);
        }
    };
    return {
        origin,
        at: (path) => new URL(`${origin}/v2/${repository}/${path}`),
        async ask(url, init) {
            reachable(url);
            const own = url.origin === origin;
            const send = () => retrying(url, {
                ...init,
                headers: {
                    ...init.headers,
                    ...(own && header !== undefined ? { authorization: header } : {}),
                },
            });
            const answer = await send();
            if (answer.status !== 401 || !own)
                return answer;
            await answer.body?.cancel();
            await authorize(answer.headers.get('www-authenticate'), init.signal);
            return await send();
        },
        sentTo(answer, what) {
            const location = answer.headers.get('location');
            if (location === null || !URL.canParse(location, origin))
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry ${host} gives no place for ${what}`);
            const url = new URL(location, origin);
            reachable(url);
            return url;
        },
        async refused(answer, doing) {
            const text = (await answer.text().catch(() => '')).slice(0, 2_000);
            const said = wordsOf(text);
            const error = new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing} in ${host}/${repository}: ${answer.status}${said === '' ? '' : ` ${said}`}`);
            return Object.assign(error, { status: answer.status });
        },
    };
}
async function tokenIn(answer) {
    const body = (await answer.json().catch(() => undefined));
    const token = body?.token ?? body?.access_token;
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}
function wordsOf(text) {
    try {
        const { errors } = JSON.parse(text);
        return (errors ?? []).map(({ code, message }) => `${code}: ${message}`).join('; ');
    }
    catch {
        return text.trim();
    }
}
/** The whole body, up to `most` bytes. @throws UserError beyond it, Interrupted when it breaks off */
async function boundedBody(answer, most) {
    const chunks = [];
    let size = 0;
    for await (const chunk of bodyOf(answer)) {
        size += chunk.byteLength;
        if (size > most)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`the registry answers with more than ${most} bytes`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** The body as it comes; a connection that breaks is `Interrupted`. */
async function* bodyOf(answer) {
    const body = (answer.body ?? []);
    try {
        yield* body;
    }
    catch (error) {
        if (error instanceof Error && error.name === 'AbortError')
            throw error;
        throw new Interrupted(`the registry's answer broke off: ${causeOf(error)}`, { cause: error });
    }
}
const causeOf = (error) => (0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error instanceof Error && error.cause !== undefined ? error.cause : error);
/** The HTTP status behind a registry's refusal. */
const registryStatus = (error) => error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
//# sourceMappingURL=registry-request.js.map

/***/ }),

/***/ 7083:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ openRepository),
  s: () => (/* binding */ sourceRepository)
});

// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/src/aws/ecr-host.js
var ecr_host = __webpack_require__(4464);
// EXTERNAL MODULE: ./build/src/artifact/manifest.js
var artifact_manifest = __webpack_require__(467);
;// CONCATENATED MODULE: ./build/src/artifact/ecr-content.js


/**
 * A repository of ECR: what can be read by the batch goes through ECR's own API, a call for a hundred; blobs go through
 * the registry, which alone can mount them.
 */
const ecrContent = (registry, api, repository) => ({
    ...registry,
    async manifests(digests, signal) {
        const images = await api.images(repository, digests, signal);
        const byDigest = new Map(images.map((image) => [image.digest, image]));
        return digests.map((digest) => {
            const image = byDigest.get(digest);
            if (image === undefined)
                throw new errors/* UserError */.yo(`there is no image ${digest} in ${repository.name}`);
            return (0,artifact_manifest/* parseManifest */.Ng)(Buffer.from(image.manifest, 'utf8'), digest, image.mediaType);
        });
    },
    referrers: (digest, signal) => api.referrers(repository, digest, signal),
    async resolve(references, signal) {
        const found = new Map();
        for (const { digest, tag } of await api.images(repository, references, signal)) {
            found.set(digest, digest);
            if (tag !== undefined)
                found.set(tag, digest);
        }
        return found;
    },
    hasBlobs: (digests, signal) => api.layers(repository, digests, signal),
    putManifest: ({ digest, mediaType, bytes }, tag, signal) => api.putImage(repository, { digest, mediaType, manifest: bytes.toString('utf8') }, tag, signal),
});
//# sourceMappingURL=ecr-content.js.map
// EXTERNAL MODULE: ./build/src/artifact/image-reference.js
var image_reference = __webpack_require__(5957);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/src/artifact/registry-request.js
var registry_request = __webpack_require__(3129);
;// CONCATENATED MODULE: ./build/src/artifact/blob-upload.js



/** Sent in one request up to this size; larger blobs go in parts, so that memory stays bounded. */
const partBytes = 16 * 1024 * 1024;
/** The upload is gone or at another byte than we think: an answer of the registry was lost on the way. */
const lostTrack = new Set([404, 416]);
/**
 * Streams a blob into an upload that was begun, checked against its descriptor on the way.
 * @throws UserError when the bytes are others, and Interrupted when it is worth beginning again
 */
async function uploadBlob(registry, begun, descriptor, bytes, signal) {
    const { digest } = descriptor;
    const doing = `uploading the blob ${digest}`;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let location = begun;
    let sent = 0;
    let part = [];
    let size = 0;
    const headers = (length, ranged) => ({
        'content-type': 'application/octet-stream',
        ...(ranged ? { 'content-range': `${sent}-${sent + length - 1}` } : {}),
    });
    const failed = async (answer) => {
        const refusal = await registry.refused(answer, doing);
        return lostTrack.has(answer.status) ? new registry_request/* Interrupted */.j$(refusal.message, { cause: refusal }) : refusal;
    };
    const wrong = async (problem) => {
        await registry.ask(location, { method: 'DELETE', signal }).then((gone) => gone.body?.cancel());
        return new errors/* UserError */.yo(problem);
    };
    for await (const chunk of bytes) {
        hash.update(chunk);
        part.push(chunk);
        size += chunk.byteLength;
        if (sent + size > descriptor.size)
            throw await wrong(`the blob ${digest} has more than the ${descriptor.size} bytes that it should`);
        if (size < partBytes)
            continue;
        const body = Buffer.concat(part);
        const taken = await registry.ask(location, { method: 'PATCH', body, signal, headers: headers(size, true) });
        if (taken.status !== 202 && taken.status !== 204)
            throw await failed(taken);
        await taken.body?.cancel();
        location = registry.sentTo(taken, 'the rest of an upload');
        sent += size;
        part = [];
        size = 0;
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (sent + size < descriptor.size)
        throw await wrong(`the blob ${digest} has ${sent + size} bytes, not the ${descriptor.size} that it should`);
    if (found !== digest)
        throw await wrong(`expected the blob ${digest}, got bytes of ${found}`);
    const body = Buffer.concat(part);
    location.searchParams.set('digest', digest);
    const done = await registry.ask(location, {
        method: 'PUT',
        body,
        signal,
        headers: headers(size, sent > 0 && size > 0),
    });
    if (done.status !== 201)
        throw await failed(done);
    await done.body?.cancel();
}
//# sourceMappingURL=blob-upload.js.map
// EXTERNAL MODULE: ./build/src/artifact/content.js
var content = __webpack_require__(8541);
;// CONCATENATED MODULE: ./build/src/artifact/registry-client.js






const redirects = new Set([301, 302, 303, 307, 308]);
const parallelReads = 6;
/** A registry that names more referrers than this is not answering the question. */
const mostPages = 100;
/** A repository behind the OCI distribution API. Plain HTTP is spoken to loopback only. */
function registryRepository(options) {
    const registry = (0,registry_request/* registryRequests */.kH)(options);
    const { ask, at, refused } = registry;
    const accept = { accept: artifact_manifest/* manifestTypes */.Fm.join(', ') };
    const manifest = async (digest, signal) => {
        const answer = await ask(at(`manifests/${digest}`), { signal, headers: accept });
        if (!answer.ok)
            throw await refused(answer, `reading the manifest ${digest}`);
        const type = answer.headers.get('content-type')?.split(';', 1)[0]?.trim();
        return (0,artifact_manifest/* parseManifest */.Ng)(await (0,registry_request/* boundedBody */._j)(answer, artifact_manifest/* largestManifest */.oU), digest, type);
    };
    const resolveOne = async (reference, signal) => {
        const answer = await ask(at(`manifests/${reference}`), { method: 'HEAD', signal, headers: accept });
        if (answer.status === 404)
            return undefined;
        if (!answer.ok)
            throw await refused(answer, `looking for ${reference}`);
        const digest = answer.headers.get('docker-content-digest') ?? '';
        if (image_reference/* digestForm */.JN.test(digest))
            return digest;
        const read = await ask(at(`manifests/${reference}`), { signal, headers: accept });
        if (!read.ok)
            throw await refused(read, `looking for ${reference}`);
        return (0,artifact_manifest/* parseManifest */.Ng)(await (0,registry_request/* boundedBody */._j)(read, artifact_manifest/* largestManifest */.oU), undefined, undefined).digest;
    };
    /** A registry without the API keeps the list of referrers under a tag; the tag may as well be the image itself. */
    const taggedReferrers = async (digest, signal) => {
        const answer = await ask(at(`manifests/${digest.replace(':', '-')}`), { signal, headers: accept });
        if (!answer.ok) {
            await answer.body?.cancel();
            if (answer.status === 404)
                return [];
            throw await refused(answer, `reading what refers to ${digest}`);
        }
        const list = (0,artifact_manifest/* parseManifest */.Ng)(await (0,registry_request/* boundedBody */._j)(answer, artifact_manifest/* largestManifest */.oU), undefined, undefined);
        if (list.digest === digest)
            return [];
        const found = [];
        await (0,content/* inParallel */.H)(list.children, parallelReads, signal, async (child, inner) => {
            if ((await manifest(child.digest, inner)).subject === digest)
                found.push(child.digest);
        });
        return found.sort();
    };
    return {
        async manifests(digests, signal) {
            const read = new Map();
            await (0,content/* inParallel */.H)(digests, parallelReads, signal, async (digest, inner) => {
                read.set(digest, await manifest(digest, inner));
            });
            return digests.map((digest) => read.get(digest));
        },
        async blob(descriptor, signal) {
            let answer = await ask(at(`blobs/${descriptor.digest}`), { signal });
            for (let hops = 0; redirects.has(answer.status) && hops < 3; hops++) {
                await answer.body?.cancel();
                answer = await ask(registry.sentTo(answer, 'a blob'), { signal });
            }
            if (!answer.ok || answer.body === null)
                throw await refused(answer, `reading the blob ${descriptor.digest}`);
            return (0,registry_request/* bodyOf */.EN)(answer);
        },
        async referrers(digest, signal) {
            const found = [];
            let page = at(`referrers/${digest}`);
            for (let pages = 0; page !== undefined; pages++) {
                if (pages >= mostPages)
                    throw new errors/* UserError */.yo(`more than ${mostPages} pages of referrers of ${digest}`);
                const answer = await ask(page, { signal });
                if (answer.status === 404 && pages === 0) {
                    await answer.body?.cancel();
                    return await taggedReferrers(digest, signal);
                }
                if (!answer.ok)
                    throw await refused(answer, `reading what refers to ${digest}`);
                const list = (0,artifact_manifest/* parseManifest */.Ng)(await (0,registry_request/* boundedBody */._j)(answer, artifact_manifest/* largestManifest */.oU), undefined, artifact_manifest/* manifestTypes */.Fm[0]);
                found.push(...list.children.map((child) => child.digest));
                const next = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
                page = next === undefined ? undefined : nextPage(next, page);
            }
            return found;
        },
        async resolve(references, signal) {
            const found = new Map();
            await (0,content/* inParallel */.H)(references, parallelReads, signal, async (reference, inner) => {
                const digest = await resolveOne(reference, inner);
                if (digest !== undefined)
                    found.set(reference, digest);
            });
            return found;
        },
        async hasBlobs(digests, signal) {
            const found = new Set();
            await (0,content/* inParallel */.H)(digests, parallelReads, signal, async (digest, inner) => {
                const answer = await ask(at(`blobs/${digest}`), { method: 'HEAD', signal: inner });
                if (answer.ok || redirects.has(answer.status))
                    found.add(digest);
                else if (answer.status !== 404)
                    throw await refused(answer, `looking for the blob ${digest}`);
            });
            return found;
        },
        async putBlob(descriptor, bytes, signal, upload) {
            let place = upload;
            if (place === undefined) {
                const begun = await ask(at('blobs/uploads/'), { method: 'POST', signal });
                if (begun.status !== 202)
                    throw await refused(begun, 'beginning an upload');
                await begun.body?.cancel();
                place = registry.sentTo(begun, 'an upload');
            }
            await uploadBlob(registry, place, descriptor, bytes, signal);
        },
        async mountBlob(digest, from, signal) {
            const url = at('blobs/uploads/');
            url.searchParams.set('mount', digest);
            url.searchParams.set('from', from);
            const answer = await ask(url, { method: 'POST', signal });
            if (answer.status !== 201 && answer.status !== 202)
                throw await refused(answer, `mounting the blob ${digest}`);
            await answer.body?.cancel();
            return answer.status === 201 ? 'mounted' : { upload: registry.sentTo(answer, 'an upload') };
        },
        async putManifest(sent, tag, signal) {
            const answer = await ask(at(`manifests/${tag ?? sent.digest}`), {
                method: 'PUT',
                body: new Uint8Array(sent.bytes),
                signal,
                headers: { 'content-type': sent.mediaType },
            });
            if (answer.status !== 201)
                throw await refused(answer, `writing the manifest ${sent.digest}`);
            await answer.body?.cancel();
            const digest = answer.headers.get('docker-content-digest');
            return digest ?? (await resolveOne(tag ?? sent.digest, signal)) ?? '';
        },
    };
    function nextPage(link, from) {
        const url = URL.canParse(link, from.href) ? new URL(link, from) : undefined;
        if (url?.origin !== from.origin)
            throw new errors/* UserError */.yo(`the registry ${options.host} gives a next page elsewhere`);
        return url;
    }
}
//# sourceMappingURL=registry-client.js.map
;// CONCATENATED MODULE: ./build/src/artifact/repository.js






/**
 * The repository that a name or URI means, in ECR; made when asked for.
 * @throws UserError when it is not there, or its URI is another
 */
async function openRepository(named, api, options, { host, clock, signal }) {
    const wanted = (0,image_reference/* parseRepository */.SU)(named);
    let found = await api.repository(wanted.name, signal);
    let created = false;
    if (found === undefined) {
        if (!options.create)
            throw new errors/* UserError */.yo(`there is no repository '${wanted.name}': create it, or set create-repository to true`);
        if (options.dryRun) {
            host.info(`would create the repository ${wanted.name} (${options.mutability})`);
            return undefined;
        }
        found = await api.createRepository(wanted.name, options.mutability, signal);
        created = true;
        host.info(`created the repository ${found.repositoryUri} (${options.mutability}, scan on push)`);
    }
    const uri = found.repositoryUri ?? '';
    const real = (0,image_reference/* parseRepository */.SU)(uri);
    if (real.host === undefined)
        throw new errors/* UserError */.yo(`ECR gives '${uri}' as the URI of ${wanted.name}`);
    if (wanted.host !== undefined && wanted.host !== real.host) {
        throw new errors/* UserError */.yo(`the repository '${named}' is not in the registry of these credentials, which is ${real.host}: check the region and the role`);
    }
    const registry = registryRepository({
        host: real.host,
        repository: wanted.name,
        authorization: () => api.authorization(),
        mask: (secret) => host.mask(secret),
        clock,
    });
    return {
        uri,
        host: real.host,
        name: wanted.name,
        mutability: {
            mode: found.imageTagMutability ?? 'IMMUTABLE',
            exclusions: (found.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
        },
        created,
        store: ecrContent(registry, api, { name: wanted.name }),
    };
}
/**
 * The repository of an image, in ECR or any other registry. ECR's token goes to ECR alone: another registry is read without
 * credentials. A loopback registry is ECR when the AWS endpoint is on loopback too, as the sandbox's is.
 */
function sourceRepository({ host: registryHost, repository }, api, { host, clock }) {
    const account = (0,ecr_host/* ecrHost */.F)(registryHost)?.accountId;
    const isEcr = account !== undefined || ((0,registry_request/* isLoopback */.U9)(registryHost) && endpointIsLoopback(host.env));
    const registry = registryRepository({
        host: registryHost,
        repository,
        authorization: isEcr ? () => api.authorization() : undefined,
        mask: (secret) => host.mask(secret),
        clock,
    });
    if (!isEcr)
        return { store: registry, ecr: undefined };
    const ecr = { name: repository, registryId: account };
    return { store: ecrContent(registry, api, ecr), ecr };
}
function endpointIsLoopback(env) {
    const endpoint = env['AWS_ENDPOINT_URL_ECR'] ?? env['AWS_ENDPOINT_URL'] ?? '';
    return URL.canParse(endpoint) && (0,registry_request/* isLoopback */.U9)(new URL(endpoint).host);
}
//# sourceMappingURL=repository.js.map

/***/ }),

/***/ 4464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ ecrHost)
/* harmony export */ });
/** What an ECR registry's host ends with, in each partition. */
const ecrDomains = new Set([
    'amazonaws.com',
    'amazonaws.com.cn',
    'amazonaws.eu',
    'c2s.ic.gov',
    'sc2s.sgov.gov',
    'cloud.adc-e.uk',
    'csp.hci.ic.gov',
    'on.aws',
    'on.amazonwebservices.com.cn',
]);
/** The account and region of an ECR registry's host; undefined for any other registry. */
function ecrHost(host) {
    const match = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.([a-z0-9.-]+)$/.exec(host);
    if (!match || !ecrDomains.has(match[3]))
        return undefined;
    return { accountId: match[1], region: match[2] };
}
//# sourceMappingURL=ecr-host.js.map

/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ isRefused),
/* harmony export */   MT: () => (/* binding */ awsFailure),
/* harmony export */   WG: () => (/* binding */ isPassing),
/* harmony export */   X_: () => (/* binding */ calling),
/* harmony export */   z8: () => (/* binding */ awsCode)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** The error code of something the SDK threw, such as `DeploymentLimitExceededException`; undefined when AWS did not answer. */
const awsCode = (error) => error instanceof Error && httpStatus(error) !== undefined ? error.name : undefined;
/** The status of AWS's answer; undefined when there was none: the SDK gives what failed on the way the same members, without a status. */
const httpStatus = (error) => error.$metadata?.httpStatusCode;
/** What the SDK made of an error that was no answer; it keeps the text alone. */
const wrapped = /^AWS SDK error wrapper for \w+: /;
const advice = {
    CredentialsProviderError: 'no AWS credentials were found: configure them before this step (OIDC, a profile or AWS_ACCESS_KEY_ID)',
    ExpiredTokenException: 'the AWS credentials have expired: the job took longer than the role session lasts',
    ExpiredToken: 'the AWS credentials have expired: the job took longer than the role session lasts',
    UnrecognizedClientException: 'AWS does not know these credentials',
    InvalidClientTokenId: 'AWS does not know these credentials',
};
/**
 * What an AWS call threw, as one line that says what was being done; the SDK's error stays as cause.
 * Anything that is not an AWS or network error is returned unchanged: it is a bug of ours.
 */
function awsFailure(doing, error) {
    if (!(error instanceof Error) || error instanceof _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo)
        return error;
    const region = /region is missing/i.test(error.message);
    if (region)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: no AWS region is set: give the input aws-region or set AWS_REGION`, {
            cause: error,
        });
    const known = advice[error.name];
    if (known !== undefined)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: ${known}`, { cause: error });
    if (wrapped.test(error.message)) {
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: AWS cannot be reached: ${error.message.replace(wrapped, '')}`, { cause: error });
    }
    if ('$metadata' in error)
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: ${error.name}: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, { cause: error });
    const code = error.code;
    if (code !== undefined && /^E[A-Z]+$/.test(code)) {
        return new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${doing}: AWS cannot be reached: ${(0,_action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error) || code}`, { cause: error });
    }
    return error;
}
/** Runs an AWS call; its failure says what was being done. Aborts pass through unchanged. */
async function calling(doing, call) {
    try {
        return await call();
    }
    catch (error) {
        throw awsFailure(doing, error);
    }
}
/** What the services of AWS call throttling. Source: the SDK's own list. */
const throttled = /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/;
/** Whether a call failed for a reason that passes: throttling, an error of the service's own, or no connection. Looks at the causes too. */
function isPassing(error) {
    for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
        const { code } = current;
        const status = httpStatus(current) ?? 0;
        if (throttled.test(current.name) || status === 429)
            return true;
        if (status >= 500 || wrapped.test(current.message))
            return true;
        if (code !== undefined && /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|UND_ERR)/.test(code))
            return true;
        if (current.name === 'TimeoutError')
            return true;
    }
    return false;
}
/** Whether AWS said no, so that nothing was done. Looks at the causes too. A throttled call is not refused for good, but was not done either. */
function isRefused(error) {
    for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
        const status = httpStatus(current);
        if (status !== undefined && status >= 400 && status < 500)
            return true;
    }
    return false;
}
//# sourceMappingURL=errors.js.map

/***/ }),

/***/ 495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ awsSession)
/* harmony export */ });
/** Makes the clients for one region and one identity. Nothing is loaded or called yet. */
function awsSession(options = {}) {
    const made = [];
    const config = async () => ({
        ...(options.region === undefined ? {} : { region: options.region }),
        ...(options.roleArns === undefined || options.roleArns.length === 0 ? {} : { credentials: await chain(options) }),
        customUserAgent: 'strangler-deploy',
        retryMode: 'adaptive',
        maxAttempts: 5,
    });
    const once = (make) => {
        let client;
        return () => {
            client ??= make().then((ready) => {
                made.push(ready);
                return ready;
            });
            return client;
        };
    };
    return {
        ecs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient(await config())),
        ecsOnce: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient({ ...(await config()), maxAttempts: 1 })),
        codedeploy: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19))).CodeDeployClient(await config())),
        ecr: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19))).ECRClient(await config())),
        eks: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(524)]).then(__webpack_require__.t.bind(__webpack_require__, 4524, 19))).EKSClient(await config())),
        elbv2: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19))).ElasticLoadBalancingV2Client(await config())),
        cloudwatch: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(85)]).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19))).CloudWatchClient(await config())),
        logs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19))).CloudWatchLogsClient(await config())),
        sts: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19))).STSClient(await config())),
        ssm: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(736)]).then(__webpack_require__.t.bind(__webpack_require__, 4736, 19))).SSMClient(await config())),
        secretsManager: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(994)]).then(__webpack_require__.t.bind(__webpack_require__, 2994, 19))).SecretsManagerClient(await config())),
        applicationAutoScaling: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(491)]).then(__webpack_require__.t.bind(__webpack_require__, 1491, 19))).ApplicationAutoScalingClient(await config())),
        close() {
            for (const client of made)
                client.destroy();
        },
    };
}
async function chain(options) {
    const { fromTemporaryCredentials } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(719)]).then(__webpack_require__.t.bind(__webpack_require__, 9719, 19));
    const session = options.sessionName ?? 'strangler-deploy';
    const region = options.region === undefined ? {} : { clientConfig: { region: options.region } };
    return (options.roleArns ?? []).reduce((master, roleArn) => fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: session },
        ...region,
        ...(master === undefined ? {} : { masterCredentials: master }),
    }), undefined);
}
//# sourceMappingURL=session.js.map

/***/ })

};
