export const id = 767;
export const ids = [767];
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
