export const id = 101;
export const ids = [101,253];
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

/***/ 6907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ ecrApi)
/* harmony export */ });
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9368);


function ecrApi(aws, host) {
    const sdk = () => Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19));
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
                if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsCode */ .z8)(error) === 'RepositoryNotFoundException')
                    return undefined;
                return await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`describing the repository ${name}`, () => Promise.reject(error));
            }
        },
        async createRepository(repositoryName, imageTagMutability, signal) {
            const { CreateRepositoryCommand } = await sdk();
            const ecr = await client();
            const { repository } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`creating the repository ${repositoryName}`, () => ecr.send(new CreateRepositoryCommand({
                repositoryName,
                imageTagMutability,
                imageScanningConfiguration: { scanOnPush: true },
            }), { abortSignal: signal }));
            if (repository === undefined)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`ECR made no repository ${repositoryName}`);
            return repository;
        },
        authorization() {
            token ??= (async () => {
                const { GetAuthorizationTokenCommand } = await sdk();
                const ecr = await client();
                const answer = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)('asking ECR for a registry token', () => ecr.send(new GetAuthorizationTokenCommand({})));
                const basic = answer.authorizationData?.[0]?.authorizationToken;
                if (basic === undefined)
                    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('ECR gave no registry token');
                host.mask(basic);
                host.mask(Buffer.from(basic, 'base64').toString('utf8').replace(/^AWS:/, ''));
                return `Basic ${basic}`;
            })();
            return token;
        },
        async digests(repositoryName, references, signal) {
            const { BatchGetImageCommand } = await sdk();
            const ecr = await client();
            const imageIds = references.map((reference) => reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference });
            const found = new Map();
            for (let from = 0; from < imageIds.length; from += 100) {
                const { images } = await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`reading images of ${repositoryName}`, () => ecr.send(new BatchGetImageCommand({
                    repositoryName,
                    imageIds: imageIds.slice(from, from + 100),
                    acceptedMediaTypes: [
                        'application/vnd.oci.image.index.v1+json',
                        'application/vnd.oci.image.manifest.v1+json',
                        'application/vnd.docker.distribution.manifest.list.v2+json',
                        'application/vnd.docker.distribution.manifest.v2+json',
                    ],
                }), { abortSignal: signal }));
                for (const { imageId } of images ?? []) {
                    if (imageId?.imageDigest === undefined)
                        continue;
                    found.set(imageId.imageDigest, imageId.imageDigest);
                    if (imageId.imageTag !== undefined)
                        found.set(imageId.imageTag, imageId.imageDigest);
                }
            }
            return found;
        },
        async scan(repositoryName, imageDigest, signal) {
            const { DescribeImageScanFindingsCommand } = await sdk();
            const ecr = await client();
            const findings = [];
            let nextToken;
            let status = 'UNKNOWN';
            let description = '';
            try {
                do {
                    const answer = await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest }, nextToken }), { abortSignal: signal });
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
                } while (nextToken !== undefined && findings.length < 10_000);
            }
            catch (error) {
                if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .awsCode */ .z8)(error) !== 'ScanNotFoundException')
                    return await (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .calling */ .X_)(`reading the scan of ${imageDigest}`, () => Promise.reject(error));
                status = 'NOT_FOUND';
            }
            return { status, description, findings };
        },
    };
}
//# sourceMappingURL=ecr-api.js.map

/***/ }),

/***/ 5957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fd: () => (/* binding */ ecrHost),
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
/** The account and region of an ECR registry's host; undefined for any other registry. */
function ecrHost(host) {
    const match = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/.exec(host);
    return match ? { accountId: match[1], region: match[2] } : undefined;
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
    if (isIndex(mediaType))
        return { digest, mediaType, bytes, children: descriptors(document['manifests'], digest), blobs: [] };
    const blobs = [...descriptors([document['config']], digest), ...descriptors(document['layers'], digest)];
    return { digest, mediaType, bytes, children: [], blobs };
}
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

/***/ 3981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ registryRepository)
/* harmony export */ });
/* unused harmony export registryStatus */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(467);



const tries = 4;
const retried = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Sent in one request up to this size; larger blobs go in parts, so that a broken one is begun again where it broke. */
const partBytes = 16 * 1024 * 1024;
const isLoopback = (host) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
/** A repository behind the OCI distribution API. Plain HTTP is spoken to loopback only. */
function registryRepository(options) {
    const { host, repository, clock } = options;
    const origin = `${isLoopback(host) ? 'http' : 'https'}://${host}`;
    const base = `${origin}/v2/${repository}`;
    let header;
    const authorize = async (challenge, signal) => {
        const own = await options.authorization?.();
        const bearer = /^Bearer\s+(.*)$/i.exec(challenge ?? '')?.[1];
        if (bearer === undefined) {
            if (own === undefined)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry ${host} wants credentials for ${repository}`);
            header = own;
            return;
        }
        const field = (name) => new RegExp(`${name}="([^"]*)"`).exec(bearer)?.[1] ?? '';
        const realm = new URL(field('realm'));
        if (realm.protocol !== 'https:' && !isLoopback(realm.host))
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry ${host} asks for tokens over plain HTTP at ${realm.host}`);
        if (field('service') !== '')
            realm.searchParams.set('service', field('service'));
        realm.searchParams.set('scope', field('scope') || `repository:${repository}:pull,push`);
        const answer = await fetch(realm, { signal, headers: own === undefined ? {} : { authorization: own } });
        const body = (await answer.json().catch(() => ({})));
        const token = body.token ?? body.access_token;
        if (!answer.ok || token === undefined)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry ${host} gives no token for ${repository} (${answer.status})`);
        header = `Bearer ${token}`;
    };
    /** One request, tried again on what passes; credentials go to the registry's own host only. */
    const ask = async (url, init) => {
        let asked = false;
        for (let attempt = 1;; attempt++) {
            const own = url.host === host;
            const headers = {
                ...init.headers,
                ...(own && header !== undefined ? { authorization: header } : {}),
            };
            let answer;
            try {
                answer = await fetch(url, { ...init, headers, redirect: 'manual' });
            }
            catch (error) {
                init.signal.throwIfAborted();
                if (attempt >= tries)
                    throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry ${url.host} cannot be reached: ${causeOf(error)}`, { cause: error });
                await clock.sleep(500 * 2 ** attempt, init.signal);
                continue;
            }
            if (answer.status === 401 && own && !asked) {
                asked = true;
                await answer.body?.cancel();
                await authorize(answer.headers.get('www-authenticate'), init.signal);
                continue;
            }
            if (retried.has(answer.status) && attempt < tries) {
                await answer.body?.cancel();
                await clock.sleep(500 * 2 ** attempt, init.signal);
                continue;
            }
            return answer;
        }
    };
    const failed = async (answer, doing) => {
        const text = (await answer.text().catch(() => '')).slice(0, 2_000);
        let said = text;
        try {
            const { errors } = JSON.parse(text);
            said = (errors ?? []).map(({ code, message }) => `${code}: ${message}`).join('; ');
        }
        catch {
            // The text itself then.
        }
        const error = new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${doing} in ${host}/${repository}: ${answer.status}${said === '' ? '' : ` ${said}`}`);
        return Object.assign(error, { status: answer.status });
    };
    const at = (path) => new URL(`${base}/${path}`);
    const upload = async (answer, descriptor, bytes, signal) => {
        const place = (response) => {
            const location = response.headers.get('location');
            if (location === null)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry ${host} gives no place for an upload`);
            return new URL(location, origin);
        };
        let location = place(answer);
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        let sent = 0;
        let part = [];
        let size = 0;
        const flush = async () => {
            const body = Buffer.concat(part);
            part = [];
            size = 0;
            const range = `${sent}-${sent + body.byteLength - 1}`;
            const done = await ask(location, {
                method: 'PATCH',
                body,
                signal,
                headers: { 'content-type': 'application/octet-stream', 'content-range': range },
            });
            if (done.status !== 202 && done.status !== 204)
                throw await failed(done, `uploading ${descriptor.digest}`);
            await done.body?.cancel();
            location = place(done);
            sent += body.byteLength;
        };
        for await (const chunk of bytes) {
            hash.update(chunk);
            part.push(chunk);
            size += chunk.byteLength;
            if (sent + size > descriptor.size)
                throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the blob ${descriptor.digest} has more than the ${descriptor.size} bytes that it should`);
            if (size >= partBytes)
                await flush();
        }
        const digest = `sha256:${hash.digest('hex')}`;
        if (digest !== descriptor.digest || sent + size !== descriptor.size) {
            await ask(location, { method: 'DELETE', signal }).then((gone) => gone.body?.cancel());
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`expected the blob ${descriptor.digest}, got bytes of ${digest}`);
        }
        const rest = Buffer.concat(part);
        location.searchParams.set('digest', digest);
        const headers = {
            'content-type': 'application/octet-stream',
            ...(sent > 0 && rest.byteLength > 0 ? { 'content-range': `${sent}-${sent + rest.byteLength - 1}` } : {}),
        };
        const done = await ask(location, { method: 'PUT', body: rest, signal, headers });
        if (done.status !== 201)
            throw await failed(done, `finishing the upload of ${digest}`);
        await done.body?.cancel();
    };
    return {
        async manifest(digest, signal) {
            const answer = await ask(at(`manifests/${digest}`), { signal, headers: { accept: _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .manifestTypes */ .Fm.join(', ') } });
            if (!answer.ok)
                throw await failed(answer, `reading the manifest ${digest}`);
            return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(await bounded(answer, _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .largestManifest */ .oU), digest.startsWith('sha256:') ? digest : undefined, answer.headers.get('content-type') ?? undefined);
        },
        async blob(descriptor, signal) {
            let answer = await ask(at(`blobs/${descriptor.digest}`), { signal });
            for (let hops = 0; [301, 302, 303, 307, 308].includes(answer.status) && hops < 3; hops++) {
                const location = answer.headers.get('location');
                await answer.body?.cancel();
                if (location === null)
                    break;
                answer = await ask(new URL(location, origin), { signal });
            }
            if (!answer.ok || answer.body === null)
                throw await failed(answer, `reading the blob ${descriptor.digest}`);
            return answer.body;
        },
        async referrers(digest, signal) {
            const answer = await ask(at(`referrers/${digest}`), { signal });
            // A registry without the API answers 404; what refers to an image stands under a tag made of its digest there.
            if (answer.status === 404) {
                await answer.body?.cancel();
                return await fallbackReferrers(digest, signal);
            }
            if (!answer.ok)
                throw await failed(answer, `reading what refers to ${digest}`);
            return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(await bounded(answer, _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .largestManifest */ .oU), undefined, _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .manifestTypes */ .Fm[0]).children;
        },
        async hasManifest(reference, signal) {
            const answer = await ask(at(`manifests/${reference}`), {
                method: 'HEAD',
                signal,
                headers: { accept: _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .manifestTypes */ .Fm.join(', ') },
            });
            if (answer.status === 404)
                return undefined;
            if (!answer.ok)
                throw await failed(answer, `looking for ${reference}`);
            return answer.headers.get('docker-content-digest') ?? (await this.manifest(reference, signal)).digest;
        },
        async hasBlob(digest, signal) {
            const answer = await ask(at(`blobs/${digest}`), { method: 'HEAD', signal });
            if (answer.status === 404)
                return false;
            if (answer.ok || answer.status === 307 || answer.status === 302)
                return true;
            throw await failed(answer, `looking for the blob ${digest}`);
        },
        async putBlob(descriptor, bytes, signal) {
            const begun = await ask(at('blobs/uploads/'), { method: 'POST', signal });
            if (begun.status !== 202)
                throw await failed(begun, `beginning an upload`);
            await begun.body?.cancel();
            await upload(begun, descriptor, bytes, signal);
        },
        async mountBlob(digest, from, signal) {
            const url = at('blobs/uploads/');
            url.searchParams.set('mount', digest);
            url.searchParams.set('from', from);
            const answer = await ask(url, { method: 'POST', signal });
            await answer.body?.cancel();
            if (answer.status === 201)
                return true;
            const location = answer.headers.get('location');
            // The registry began an upload in place of the mount: it is called off.
            if (answer.status === 202 && location !== null) {
                await ask(new URL(location, origin), { method: 'DELETE', signal }).then((gone) => gone.body?.cancel());
            }
            return false;
        },
        async putManifest(manifest, reference, signal) {
            const answer = await ask(at(`manifests/${reference}`), {
                method: 'PUT',
                body: new Uint8Array(manifest.bytes),
                signal,
                headers: { 'content-type': manifest.mediaType },
            });
            if (answer.status !== 201)
                throw await failed(answer, `writing the manifest ${manifest.digest} as ${reference}`);
            await answer.body?.cancel();
            return answer.headers.get('docker-content-digest') ?? manifest.digest;
        },
    };
    async function fallbackReferrers(digest, signal) {
        const answer = await ask(at(`manifests/${digest.replace(':', '-')}`), {
            signal,
            headers: { accept: _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .manifestTypes */ .Fm[0] },
        });
        if (!answer.ok) {
            await answer.body?.cancel();
            return [];
        }
        const index = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(await bounded(answer, _manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .largestManifest */ .oU), undefined, answer.headers.get('content-type') ?? undefined);
        return index.children;
    }
}
async function bounded(answer, most) {
    const chunks = [];
    let size = 0;
    for await (const chunk of (answer.body ?? [])) {
        size += chunk.byteLength;
        if (size > most)
            throw new _action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the registry answers with more than ${most} bytes`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
const causeOf = (error) => (0,_action_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error instanceof Error && error.cause !== undefined ? error.cause : error);
/** The HTTP status behind a registry's refusal. */
const registryStatus = (error) => error instanceof UserError && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
//# sourceMappingURL=registry-client.js.map

/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X_: () => (/* binding */ calling),
/* harmony export */   z8: () => (/* binding */ awsCode)
/* harmony export */ });
/* unused harmony export awsFailure */
/* harmony import */ var _action_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6537);

/** The error code of something the SDK threw, such as `DeploymentLimitExceededException`; undefined when AWS did not answer. */
const awsCode = (error) => error instanceof Error && '$metadata' in error ? error.name : undefined;
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
        ecs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(212)]).then(__webpack_require__.t.bind(__webpack_require__, 212, 19))).ECSClient(await config())),
        codedeploy: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(507)]).then(__webpack_require__.t.bind(__webpack_require__, 7507, 19))).CodeDeployClient(await config())),
        ecr: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(249)]).then(__webpack_require__.t.bind(__webpack_require__, 8249, 19))).ECRClient(await config())),
        elbv2: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(586)]).then(__webpack_require__.t.bind(__webpack_require__, 586, 19))).ElasticLoadBalancingV2Client(await config())),
        cloudwatch: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(85)]).then(__webpack_require__.t.bind(__webpack_require__, 4085, 19))).CloudWatchClient(await config())),
        logs: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(303)]).then(__webpack_require__.t.bind(__webpack_require__, 2684, 19))).CloudWatchLogsClient(await config())),
        sts: once(async () => new (await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19))).STSClient(await config())),
        close() {
            for (const client of made)
                client.destroy();
        },
    };
}
async function chain(options) {
    const { fromTemporaryCredentials } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(719)]).then(__webpack_require__.t.bind(__webpack_require__, 9719, 19));
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
