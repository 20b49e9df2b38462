export const id = 503;
export const ids = [503];
export const modules = {

/***/ 5503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startSandbox: () => (/* binding */ startSandbox)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/src/sandbox/exchange.js
/** Sends a whole response. */
function send(exchange, status, body = '', headers = {}) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    exchange.response.writeHead(status, { ...headers, 'content-length': String(bytes.byteLength) });
    exchange.response.end(exchange.method === 'HEAD' ? undefined : bytes);
}
//# sourceMappingURL=exchange.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/query.js
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);
/** The members of a query-protocol form: `A.member.1.B=x` becomes `{ A: [{ B: 'x' }] }`. All leaves are text. */
function parseQuery(form) {
    const root = {};
    for (const [key, value] of form) {
        if (key === 'Action' || key === 'Version')
            continue;
        const path = key.split('.');
        if (path.length > 20 || path.some((part) => unsafe.has(part)))
            continue;
        let node = root;
        for (const part of path.slice(0, -1)) {
            const next = node[part];
            if (typeof next !== 'object' || next === null)
                node[part] = {};
            node = node[part];
        }
        node[path.at(-1)] = value;
    }
    return collapse(root);
}
const numbered = (node) => Object.entries(node)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => collapse(item));
/** Lists arrive as `{ member: { 1: a, 2: b } }`, maps as `{ entry: { 1: { key, value } } }`; an empty list as empty text. */
function collapse(node) {
    if (typeof node !== 'object' || node === null)
        return node;
    const entries = Object.entries(node);
    const [name, only] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (name === 'member' && typeof only === 'object')
        return numbered(only);
    if (name === 'entry' && typeof only === 'object') {
        const pairs = numbered(only);
        return Object.fromEntries(pairs.filter(({ key }) => !unsafe.has(String(key))).map(({ key, value }) => [key, value]));
    }
    return Object.fromEntries(entries.map(([name, value]) => [name, collapse(value)]));
}
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML 1.0 has no control characters but tab, line feed and carriage return; a parser would drop the last. */
const escapeXml = (text) => text
    .replace(/[&<>"]/g, (c) => entities[c])
    .replace(/\p{Cc}/gu, (c) => {
    if (c === '\n' || c === '\t')
        return c;
    return c === '\r' ? '&#13;' : '\uFFFD';
});
/** A value in the XML of the query protocol: arrays as `<member>` elements; undefined members are left out. */
function toXml(value) {
    if (Array.isArray(value))
        return value.map((item) => `<member>${toXml(item)}</member>`).join('');
    if (value instanceof Date)
        return value.toISOString();
    if (typeof value === 'object' && value !== null) {
        return Object.entries(value)
            .filter(([, member]) => member !== undefined && member !== null)
            .map(([name, member]) => `<${name}>${toXml(member)}</${name}>`)
            .join('');
    }
    return escapeXml(String(value));
}
const queryResponse = (operation, namespace, output, requestId) => `<${operation}Response xmlns="${namespace}"><${operation}Result>${toXml(output)}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
const queryError = (namespace, code, message, status, requestId) => `<ErrorResponse xmlns="${namespace}"><Error><Type>${status >= 500 ? 'Receiver' : 'Sender'}</Type><Code>${code}</Code>` +
    `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
//# sourceMappingURL=query.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/service.js
/** An error as the service itself would answer it. */
class AwsError extends Error {
    name = 'AwsError';
    code;
    status;
    /** Members of the error's shape beside the message. */
    members;
    constructor(code, message, status = 400, members = {}) {
        super(message);
        this.code = code;
        this.status = status;
        this.members = members;
    }
}
/** State of a service by account and region, made when first asked for. */
function regional(make) {
    const states = new Map();
    return (caller) => {
        const key = `${caller.accountId}/${caller.region}`;
        let state = states.get(key);
        if (state === undefined) {
            state = make(caller);
            states.set(key, state);
        }
        return state;
    };
}
//# sourceMappingURL=service.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/gateway.js




/** What the query protocol calls the errors that every service has. */
const queryCodes = {
    ExpiredTokenException: 'ExpiredToken',
    UnrecognizedClientException: 'InvalidClientTokenId',
};
/** Answers signed AWS requests for a set of services: JSON by `X-Amz-Target`, query by `Action`, REST by path. */
function awsGateway(services, accounts, onAnswer = () => { }) {
    const byTarget = new Map();
    const byName = new Map(services.map((service) => [service.name, service]));
    for (const service of services)
        if (service.protocol.kind === 'json')
            byTarget.set(service.protocol.target, service);
    const scope = (exchange) => {
        const match = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(exchange.headers.authorization ?? '');
        return match ? { accessKeyId: match[1] ?? '', region: match[2] ?? '', service: match[3] ?? '' } : undefined;
    };
    const serviceOf = (exchange) => {
        const target = exchange.headers['x-amz-target'];
        if (typeof target === 'string') {
            const [prefix = '', operation = ''] = target.split('.');
            const service = byTarget.get(prefix);
            return { service, name: service?.name ?? prefix, operation };
        }
        const type = exchange.headers['content-type'] ?? '';
        if (exchange.method === 'POST' &&
            exchange.url.pathname === '/' &&
            type.startsWith('application/x-www-form-urlencoded')) {
            const operation = new URLSearchParams(exchange.body.toString('utf8')).get('Action') ?? '';
            const name = scope(exchange)?.service ?? services.find((s) => s.unsigned?.includes(operation))?.name ?? '';
            return { service: byName.get(name), name, operation };
        }
        const rest = byName.get(scope(exchange)?.service ?? '');
        if (rest?.protocol.kind !== 'rest-json')
            return undefined;
        const path = exchange.url.pathname;
        const found = Object.entries(rest.protocol.routes).find(([, route]) => membersOf(route, exchange.method, path));
        return { service: rest, name: rest.name, operation: found?.[0] ?? `${exchange.method} ${path}` };
    };
    const fail = (exchange, status, code, message, members = {}) => {
        const found = serviceOf(exchange);
        const requestId = (0,external_node_crypto_.randomUUID)();
        const protocol = found?.service?.protocol;
        const identity = { service: found?.name ?? '', operation: found?.operation ?? '' };
        if (protocol?.kind === 'query') {
            const queryCode = queryCodes[code] ?? code;
            const body = queryError(protocol.namespace, queryCode, message, status, requestId);
            onAnswer({ ...identity, status, protocol: 'query', body });
            send(exchange, status, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
            return;
        }
        const body = JSON.stringify({ __type: code, message, ...members });
        onAnswer({ ...identity, status, protocol: 'json', body });
        send(exchange, status, body, {
            'content-type': jsonType(protocol),
            'x-amzn-requestid': requestId,
            'x-amzn-errortype': code,
        });
    };
    return {
        identify(exchange) {
            const found = serviceOf(exchange);
            return found && { service: found.name, operation: found.operation };
        },
        fail,
        async handle(exchange, identity) {
            const found = serviceOf(exchange);
            const credentials = scope(exchange);
            if (credentials === undefined && !found?.service?.unsigned?.includes(identity.operation)) {
                return fail(exchange, 403, 'MissingAuthenticationToken', 'Missing Authentication Token');
            }
            const operation = found?.service?.operations[identity.operation];
            if (found?.service === undefined ||
                operation === undefined ||
                !Object.hasOwn(found.service.operations, identity.operation)) {
                const message = `The sandbox does not know ${identity.service}:${identity.operation}.`;
                return fail(exchange, 400, 'UnknownOperationException', message);
            }
            const { protocol } = found.service;
            const requestId = (0,external_node_crypto_.randomUUID)();
            try {
                const caller = accounts.callerOf(credentials?.accessKeyId ?? '', credentials?.region ?? '');
                const input = protocol.kind === 'query'
                    ? parseQuery(new URLSearchParams(exchange.body.toString('utf8')))
                    : { ...parseJson(exchange), ...pathMembers(protocol, identity.operation, exchange) };
                const output = (await operation(input, caller)) ?? {};
                if (protocol.kind === 'query') {
                    const body = queryResponse(identity.operation, protocol.namespace, output, requestId);
                    onAnswer({ ...identity, status: 200, protocol: 'query', body });
                    send(exchange, 200, body, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
                }
                else {
                    const body = JSON.stringify(output);
                    onAnswer({ ...identity, status: 200, protocol: 'json', body });
                    send(exchange, 200, body, {
                        'content-type': jsonType(protocol),
                        'x-amzn-requestid': requestId,
                    });
                }
            }
            catch (error) {
                if (error instanceof AwsError)
                    return fail(exchange, error.status, error.code, error.message, { ...error.members });
                throw error;
            }
        },
    };
}
const jsonType = (protocol) => protocol?.kind === 'rest-json'
    ? 'application/json'
    : `application/x-amz-json-${protocol?.kind === 'json' ? protocol.version : '1.1'}`;
/** What a path gives to the names of a route such as `GET /clusters/{name}`; undefined when it is another path. */
function membersOf(route, method, path) {
    const [verb, form = ''] = route.split(' ');
    const [wanted, given] = [form.split('/'), path.split('/')];
    if (verb !== method || wanted.length !== given.length)
        return undefined;
    const members = {};
    for (const [index, part] of wanted.entries()) {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (name === undefined ? part !== given[index] : given[index] === '')
            return undefined;
        try {
            if (name !== undefined)
                members[name] = decodeURIComponent(given[index] ?? '');
        }
        catch {
            return undefined;
        }
    }
    return members;
}
function pathMembers(protocol, operation, { method, url }) {
    const route = protocol.kind === 'rest-json' ? protocol.routes[operation] : undefined;
    return route === undefined ? {} : (membersOf(route, method, url.pathname) ?? {});
}
function parseJson(exchange) {
    try {
        const value = JSON.parse(exchange.body.toString('utf8') || '{}');
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
            return value;
    }
    catch (error) {
        throw new AwsError('SerializationException', `The body is not JSON: ${error.message}`);
    }
    throw new AwsError('SerializationException', 'The body is not a JSON object.');
}
/** Calls an operation of a set of services in-process; AwsErrors pass through. */
function invoker(services) {
    return async (service, operation, input, caller) => {
        const run = services().find(({ name }) => name === service)?.operations[operation];
        if (run === undefined)
            throw new Error(`the sandbox has no ${service}:${operation}`);
        return (structuredClone(await run(structuredClone(input), caller)) ?? {});
    };
}
//# sourceMappingURL=gateway.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/application-auto-scaling.js

const validation = (message) => new AwsError('ValidationException', message);
const dimension = 'ecs:service:DesiredCount';
/** The resource that a request names: the desired count of an ECS service, which is all that can scale here. @throws AwsError ValidationException */
function resourceIn(input) {
    const ResourceId = String(input['ResourceId'] ?? '');
    const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(ResourceId) ?? [];
    if (input['ServiceNamespace'] !== 'ecs' || input['ScalableDimension'] !== dimension || service === undefined) {
        throw validation('Unsupported service namespace, resource type or scalable dimension');
    }
    return { cluster: cluster ?? '', service, ResourceId };
}
const named = (ResourceId) => `service namespace: ecs, resource ID: ${ResourceId}, scalable dimension: ${dimension}`;
function capacityIn(input, name, before) {
    const value = input[name] ?? before;
    if (value === undefined)
        throw validation('MinCapacity and MaxCapacity are required for a new scalable target');
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
        throw validation(`${name} must be a whole number that is not negative`);
    }
    return value;
}
/** What is given, and the rest as it was. */
function suspendedIn(input, before) {
    const given = (input['SuspendedState'] ?? {});
    const flag = (name) => (given[name] ?? before?.[name] ?? false) === true;
    return {
        DynamicScalingInSuspended: flag('DynamicScalingInSuspended'),
        DynamicScalingOutSuspended: flag('DynamicScalingOutSuspended'),
        ScheduledScalingSuspended: flag('ScheduledScalingSuspended'),
    };
}
function page(items, input) {
    const size = Number(input['MaxResults'] ?? 50);
    if (!Number.isInteger(size) || size < 1 || size > 50)
        throw validation('MaxResults must be between 1 and 50');
    const token = String(input['NextToken'] ?? '0');
    if (!/^\d{1,9}$/.test(token))
        throw new AwsError('InvalidNextTokenException', 'The next token supplied is invalid');
    const to = Number(token) + size;
    return { items: items.slice(Number(token), to), ...(to < items.length ? { NextToken: String(to) } : {}) };
}
const policyTypes = {
    StepScaling: 'StepScalingPolicyConfiguration',
    TargetTrackingScaling: 'TargetTrackingScalingPolicyConfiguration',
};
/** Application Auto Scaling of ECS services: targets and policies are kept and shown; nothing scales by itself. */
function applicationAutoScaling(world) {
    const state = regional(() => ({ targets: new Map(), policies: new Map() }));
    const now = () => Math.round(world.clock.now()) / 1_000;
    const uuid = () => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-');
    const checkService = async (input, caller) => {
        const { cluster, service, ResourceId } = resourceIn(input);
        const missing = validation(`ECS service doesn't exist: ${ResourceId}`);
        try {
            const { services } = await world.invoke('ecs', 'DescribeServices', { cluster, services: [service] }, caller);
            if (!services.some(({ status }) => status === 'ACTIVE'))
                throw missing;
        }
        catch (error) {
            if (error instanceof AwsError && error.code === 'ClusterNotFoundException')
                throw missing;
            throw error;
        }
    };
    /** What the filters of a Describe operation let through. */
    const chosen = (all, input, resources) => {
        if (input['ServiceNamespace'] === undefined)
            throw validation('ServiceNamespace is required');
        if (input['ServiceNamespace'] !== 'ecs')
            return [];
        if (resources.length === 0) {
            if (input['ScalableDimension'] !== undefined)
                throw validation('ScalableDimension needs a resource ID beside it');
            return [...all];
        }
        return [...all].filter(({ ResourceId }) => resources.includes(ResourceId));
    };
    return {
        name: 'application-autoscaling',
        protocol: { kind: 'json', version: '1.1', target: 'AnyScaleFrontendService' },
        operations: {
            async RegisterScalableTarget(input, caller) {
                const { ResourceId } = resourceIn(input);
                const { targets } = state(caller);
                const before = targets.get(ResourceId);
                if (before === undefined)
                    await checkService(input, caller);
                const MinCapacity = capacityIn(input, 'MinCapacity', before?.MinCapacity);
                const MaxCapacity = capacityIn(input, 'MaxCapacity', before?.MaxCapacity);
                if (MaxCapacity < MinCapacity)
                    throw validation('Maximum capacity cannot be less than minimum capacity');
                const role = 'aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService';
                const target = {
                    ServiceNamespace: 'ecs',
                    ResourceId,
                    ScalableDimension: dimension,
                    MinCapacity,
                    MaxCapacity,
                    RoleARN: `arn:aws:iam::${caller.accountId}:role/${role}`,
                    CreationTime: before?.CreationTime ?? now(),
                    SuspendedState: suspendedIn(input, before?.SuspendedState),
                    ScalableTargetARN: before?.ScalableTargetARN ??
                        `arn:aws:application-autoscaling:${caller.region}:${caller.accountId}:scalable-target/${world.id(36)}`,
                };
                targets.set(ResourceId, target);
                return { ScalableTargetARN: target.ScalableTargetARN };
            },
            DescribeScalableTargets(input, caller) {
                const ids = Array.isArray(input['ResourceIds']) ? input['ResourceIds'].map(String) : [];
                const { items, ...next } = page(chosen(state(caller).targets.values(), input, ids), input);
                return { ScalableTargets: items, ...next };
            },
            DeregisterScalableTarget(input, caller) {
                const { ResourceId } = resourceIn(input);
                const { targets, policies } = state(caller);
                if (!targets.delete(ResourceId)) {
                    throw new AwsError('ObjectNotFoundException', `No scalable target found for ${named(ResourceId)}`);
                }
                for (const [key, policy] of policies)
                    if (policy.ResourceId === ResourceId)
                        policies.delete(key);
                return {};
            },
            PutScalingPolicy(input, caller) {
                const { ResourceId } = resourceIn(input);
                const { targets, policies } = state(caller);
                if (!targets.has(ResourceId)) {
                    throw new AwsError('ObjectNotFoundException', `No scalable target registered for ${named(ResourceId)}`);
                }
                const PolicyName = String(input['PolicyName'] ?? '');
                if (PolicyName === '' || PolicyName.length > 256)
                    throw validation('PolicyName must have 1 to 256 characters');
                const key = `${ResourceId} ${PolicyName}`;
                const before = policies.get(key);
                const PolicyType = String(input['PolicyType'] ?? before?.PolicyType ?? 'StepScaling');
                const member = Object.hasOwn(policyTypes, PolicyType) ? policyTypes[PolicyType] : undefined;
                if (member === undefined)
                    throw validation(`The sandbox does not know policies of the type ${PolicyType}`);
                if (before !== undefined && before.PolicyType !== PolicyType) {
                    throw validation('You cannot change the type of an existing scaling policy');
                }
                if (input[member] === undefined)
                    throw validation(`${member} is required for a ${PolicyType} policy`);
                const policy = {
                    PolicyARN: before?.PolicyARN ??
                        `arn:aws:autoscaling:${caller.region}:${caller.accountId}:scalingPolicy:${uuid()}:resource/ecs/${ResourceId}:policyName/${PolicyName}`,
                    PolicyName,
                    ServiceNamespace: 'ecs',
                    ResourceId,
                    ScalableDimension: dimension,
                    PolicyType,
                    CreationTime: before?.CreationTime ?? now(),
                    Alarms: [],
                    configuration: { [member]: input[member] },
                };
                policies.set(key, policy);
                return { PolicyARN: policy.PolicyARN, Alarms: policy.Alarms };
            },
            DescribeScalingPolicies(input, caller) {
                const ids = input['ResourceId'] === undefined ? [] : [String(input['ResourceId'])];
                const names = Array.isArray(input['PolicyNames']) ? input['PolicyNames'].map(String) : [];
                const found = chosen(state(caller).policies.values(), input, ids).filter(({ PolicyName }) => names.length === 0 || names.includes(PolicyName));
                const { items, ...next } = page(found, input);
                return {
                    ScalingPolicies: items.map(({ configuration, ...policy }) => ({ ...policy, ...configuration })),
                    ...next,
                };
            },
            DeleteScalingPolicy(input, caller) {
                const { ResourceId } = resourceIn(input);
                if (!state(caller).policies.delete(`${ResourceId} ${input['PolicyName']}`)) {
                    throw new AwsError('ObjectNotFoundException', `No scaling policy found for ${named(ResourceId)}`);
                }
                return {};
            },
        },
    };
}
//# sourceMappingURL=application-auto-scaling.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/alarm-rule.js
/** Thrown for a rule that is none. */
class BadRule extends Error {
    name = 'BadRule';
}
const states = {
    ALARM: 'ALARM',
    OK: 'OK',
    INSUFFICIENT_DATA: 'INSUFFICIENT_DATA',
};
/** Reads a rule such as `ALARM("a") AND NOT (OK(b) OR FALSE)`. AND binds tighter than OR. Throws BadRule. */
function parseAlarmRule(text) {
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
    let position = 0;
    const next = () => tokens[position++] ?? '';
    const expect = (token) => {
        if (next() !== token)
            throw new BadRule(`expected ${token} in the alarm rule`);
    };
    const nameIn = (token) => {
        const name = token.startsWith('"') ? token.slice(1, -1) : token;
        // An ARN names its alarm after the last colon.
        return name.startsWith('arn:') ? (name.split(':alarm:')[1] ?? name) : name;
    };
    const either = (depth) => {
        let left = both(depth);
        while (tokens[position] === 'OR') {
            position++;
            const [a, b] = [left, both(depth)];
            left = (stateOf) => a(stateOf) || b(stateOf);
        }
        return left;
    };
    const both = (depth) => {
        let left = one(depth);
        while (tokens[position] === 'AND') {
            position++;
            const [a, b] = [left, one(depth)];
            left = (stateOf) => a(stateOf) && b(stateOf);
        }
        return left;
    };
    const one = (depth) => {
        if (depth > 50)
            throw new BadRule('the alarm rule is nested too deeply');
        const token = next();
        if (token === 'NOT') {
            const inner = one(depth + 1);
            return (stateOf) => !inner(stateOf);
        }
        if (token === '(') {
            const inner = either(depth + 1);
            expect(')');
            return inner;
        }
        if (token === 'TRUE' || token === 'FALSE')
            return () => token === 'TRUE';
        const state = Object.hasOwn(states, token) ? states[token] : undefined;
        if (state === undefined)
            throw new BadRule(`${token === '' ? 'the alarm rule ends too early' : `${token} is not known in an alarm rule`}`);
        expect('(');
        const name = nameIn(next());
        expect(')');
        return (stateOf) => stateOf(name) === state;
    };
    const rule = either(0);
    if (position < tokens.length)
        throw new BadRule(`${tokens[position]} is not expected in the alarm rule`);
    return rule;
}
//# sourceMappingURL=alarm-rule.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/cloudwatch-alarms.js
const alarms = () => ({ byName: new Map(), history: [] });
const alarmArn = ({ accountId, region }, name) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
const asDate = (at) => new Date(at);
/** An alarm as DescribeAlarms tells it. */
const alarmInfo = (alarm, caller) => ({
    AlarmName: alarm.name,
    AlarmArn: alarmArn(caller, alarm.name),
    AlarmConfigurationUpdatedTimestamp: asDate(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData,
    StateUpdatedTimestamp: asDate(alarm.stateAt),
    StateTransitionedTimestamp: asDate(alarm.stateAt),
    ...(alarm.type === 'MetricAlarm' ? { Dimensions: alarm.settings['Metrics'] === undefined ? [] : undefined } : {}),
    ...alarm.settings,
});
/** Puts an alarm into a state and notes it in the history. */
function setState({ history }, alarm, to, now) {
    const from = alarm.state;
    alarm.reason = to.reason;
    alarm.reasonData = to.reasonData;
    if (from === to.state)
        return;
    alarm.state = to.state;
    alarm.stateAt = now;
    history.push({
        alarm: alarm.name,
        type: alarm.type,
        at: now,
        kind: 'StateUpdate',
        summary: `Alarm updated from ${from} to ${to.state}`,
        data: JSON.stringify({
            version: '1.0',
            oldState: { stateValue: from },
            newState: { stateValue: to.state, stateReason: to.reason },
        }),
    });
}
//# sourceMappingURL=cloudwatch-alarms.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/cloudwatch.js



/**
 * CloudWatch alarms. Nothing measures here: an alarm has the state that SetAlarmState gave it, a composite alarm what its
 * rule says of the others. The pinned SDK and botocore speak JSON, older clients query; both are answered.
 */
function cloudWatchServices(world) {
    const operations = alarmOperations(world);
    const json = Object.entries(operations).map(([name, run]) => [
        name,
        async (input, caller) => withEpochSeconds(await run(input, caller)),
    ]);
    return [
        {
            name: 'monitoring',
            protocol: { kind: 'json', version: '1.0', target: 'GraniteServiceVersion20100801' },
            operations: Object.fromEntries(json),
        },
        {
            name: 'monitoring',
            protocol: {
                kind: 'query',
                apiVersion: '2010-08-01',
                namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
            },
            operations,
        },
    ];
}
function withEpochSeconds(value) {
    if (value instanceof Date)
        return value.getTime() / 1_000;
    if (Array.isArray(value))
        return value.map(withEpochSeconds);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withEpochSeconds(member)]));
}
const cloudwatch_validation = (message) => new AwsError('ValidationError', message);
const notFound = (name) => new AwsError('ResourceNotFound', `Unknown alarm: ${name}`, 404);
const texts = (value) => (Array.isArray(value) ? value.map(String) : []);
function nameIn(input) {
    const name = input['AlarmName'];
    if (typeof name !== 'string' || name === '' || name.length > 255) {
        throw cloudwatch_validation('AlarmName must have from 1 to 255 characters.');
    }
    return name;
}
/** Members of a metric alarm that are numbers: text in the query protocol. */
const numbers = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold', 'EvaluationInterval'];
const metricMembers = [
    'AlarmDescription',
    'OKActions',
    'AlarmActions',
    'InsufficientDataActions',
    'MetricName',
    'Namespace',
    'Statistic',
    'ExtendedStatistic',
    'Dimensions',
    'Unit',
    'ComparisonOperator',
    'TreatMissingData',
    'EvaluateLowSampleCountPercentile',
    'Metrics',
    'ThresholdMetricId',
    ...numbers,
];
const compositeMembers = [
    'AlarmDescription',
    'OKActions',
    'AlarmActions',
    'InsufficientDataActions',
    'AlarmRule',
    'ActionsSuppressor',
    'ActionsSuppressorWaitPeriod',
    'ActionsSuppressorExtensionPeriod',
];
function pick(input, members) {
    const found = members.filter((member) => input[member] !== undefined);
    return Object.fromEntries(found.map((member) => [member, numbers.includes(member) ? Number(input[member]) : input[member]]));
}
function alarmOperations(world) {
    const stateOf = regional(alarms);
    const put = (input, caller, type, settings) => {
        const { byName, history } = stateOf(caller);
        const name = nameIn(input);
        const now = world.clock.now();
        const known = byName.get(name);
        const actionsEnabled = input['ActionsEnabled'] === undefined || String(input['ActionsEnabled']) === 'true';
        const summary = `Alarm "${name}" ${known === undefined ? 'created' : 'updated'}`;
        history.push({ alarm: name, type, at: now, kind: 'ConfigurationUpdate', summary, data: '{"version":"1.0"}' });
        if (known !== undefined && known.type === type) {
            Object.assign(known, { settings, actionsEnabled, configuredAt: now });
            return known;
        }
        const tags = (input['Tags'] ?? []).map((tag) => [
            tag['Key'],
            tag['Value'],
        ]);
        const alarm = {
            name,
            type,
            settings,
            actionsEnabled,
            configuredAt: now,
            state: 'INSUFFICIENT_DATA',
            reason: 'Unchecked: Initial alarm creation',
            reasonData: undefined,
            stateAt: now,
            tags: new Map(tags),
        };
        byName.set(name, alarm);
        return alarm;
    };
    /** Composite alarms follow the others until nothing changes; rules that go in circles end after a few rounds. */
    const settle = (all) => {
        const composites = [...all.byName.values()].filter(({ type }) => type === 'CompositeAlarm');
        for (let round = 0; round < 10; round++) {
            let changed = false;
            for (const alarm of composites) {
                const rule = parseAlarmRule(String(alarm.settings['AlarmRule']));
                const state = rule((name) => all.byName.get(name)?.state) ? 'ALARM' : 'OK';
                if (state === alarm.state)
                    continue;
                changed = true;
                setState(all, alarm, { state, reason: `The alarm rule is ${state === 'ALARM'}` }, world.clock.now());
            }
            if (!changed)
                return;
        }
    };
    const toggle = (enabled) => (input, caller) => {
        for (const name of texts(input['AlarmNames'])) {
            const alarm = stateOf(caller).byName.get(name);
            if (alarm !== undefined)
                alarm.actionsEnabled = enabled;
        }
    };
    const tagsOf = (input, caller) => {
        const name = String(input['ResourceARN']).split(':alarm:')[1] ?? '';
        const alarm = stateOf(caller).byName.get(name);
        if (alarm === undefined)
            throw new AwsError('ResourceNotFoundException', `Unknown alarm: ${name}`, 404);
        return alarm.tags;
    };
    return {
        PutMetricAlarm(input, caller) {
            const periods = Number(input['EvaluationPeriods']);
            if (!(periods >= 1))
                throw cloudwatch_validation('EvaluationPeriods must be at least 1.');
            if (input['ComparisonOperator'] === undefined)
                throw cloudwatch_validation('ComparisonOperator is required.');
            if ((input['MetricName'] === undefined) === (input['Metrics'] === undefined)) {
                throw cloudwatch_validation('An alarm takes either MetricName or Metrics.');
            }
            put(input, caller, 'MetricAlarm', pick(input, metricMembers));
        },
        PutCompositeAlarm(input, caller) {
            try {
                parseAlarmRule(String(input['AlarmRule'] ?? ''));
            }
            catch (error) {
                if (error instanceof BadRule)
                    throw cloudwatch_validation(`AlarmRule: ${error.message}.`);
                throw error;
            }
            put(input, caller, 'CompositeAlarm', pick(input, compositeMembers));
            settle(stateOf(caller));
        },
        DescribeAlarms(input, caller) {
            const { byName } = stateOf(caller);
            const types = texts(input['AlarmTypes']);
            const names = texts(input['AlarmNames']);
            const prefix = input['AlarmNamePrefix'];
            const found = [...byName.values()].filter((alarm) => (types.length === 0 ? alarm.type === 'MetricAlarm' : types.includes(alarm.type)) &&
                (names.length === 0 || names.includes(alarm.name)) &&
                (typeof prefix !== 'string' || alarm.name.startsWith(prefix)) &&
                (input['StateValue'] === undefined || alarm.state === input['StateValue']));
            const size = Math.min(100, Number(input['MaxRecords'] ?? 100));
            const from = Number(input['NextToken'] ?? 0);
            if (!Number.isInteger(from) || from < 0)
                throw new AwsError('InvalidNextToken', 'The next token is not valid.');
            const page = found.slice(from, from + size);
            const of = (type) => page.filter((alarm) => alarm.type === type).map((a) => alarmInfo(a, caller));
            return {
                MetricAlarms: of('MetricAlarm'),
                CompositeAlarms: of('CompositeAlarm'),
                NextToken: from + size < found.length ? String(from + size) : undefined,
            };
        },
        SetAlarmState(input, caller) {
            const all = stateOf(caller);
            const name = nameIn(input);
            const alarm = all.byName.get(name);
            if (alarm === undefined)
                throw notFound(name);
            const state = input['StateValue'];
            if (state !== 'OK' && state !== 'ALARM' && state !== 'INSUFFICIENT_DATA') {
                throw cloudwatch_validation('StateValue must be OK, ALARM or INSUFFICIENT_DATA.');
            }
            if (typeof input['StateReason'] !== 'string')
                throw cloudwatch_validation('StateReason is required.');
            const reasonData = input['StateReasonData'];
            const to = {
                state,
                reason: input['StateReason'],
                reasonData,
            };
            setState(all, alarm, to, world.clock.now());
            settle(all);
        },
        DeleteAlarms(input, caller) {
            const { byName } = stateOf(caller);
            const names = texts(input['AlarmNames']);
            const missing = names.find((name) => !byName.has(name));
            if (missing !== undefined)
                throw notFound(missing);
            for (const name of names)
                byName.delete(name);
        },
        DescribeAlarmHistory(input, caller) {
            const types = texts(input['AlarmTypes']);
            const items = [...stateOf(caller).history]
                .filter((item) => (input['AlarmName'] === undefined || item.alarm === input['AlarmName']) &&
                (types.length === 0 ? item.type === 'MetricAlarm' : types.includes(item.type)) &&
                (input['HistoryItemType'] === undefined || item.kind === input['HistoryItemType']))
                .reverse();
            return {
                AlarmHistoryItems: items.slice(0, Math.min(100, Number(input['MaxRecords'] ?? 100))).map((item) => ({
                    AlarmName: item.alarm,
                    AlarmType: item.type,
                    Timestamp: new Date(item.at),
                    HistoryItemType: item.kind,
                    HistorySummary: item.summary,
                    HistoryData: item.data,
                })),
            };
        },
        EnableAlarmActions: toggle(true),
        DisableAlarmActions: toggle(false),
        TagResource(input, caller) {
            const tags = tagsOf(input, caller);
            for (const tag of input['Tags'] ?? [])
                tags.set(tag['Key'], tag['Value']);
        },
        UntagResource(input, caller) {
            const tags = tagsOf(input, caller);
            for (const key of texts(input['TagKeys']))
                tags.delete(key);
        },
        ListTagsForResource: (input, caller) => ({
            Tags: [...tagsOf(input, caller)].map(([Key, Value]) => ({ Key, Value })),
        }),
    };
}
//# sourceMappingURL=cloudwatch.js.map
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/appspec.js



/** The lifecycle events of a deployment to ECS, in order. */
const lifecycleEvents = [
    'BeforeInstall',
    'Install',
    'AfterInstall',
    'AllowTestTraffic',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AllowTraffic',
    'AfterAllowTraffic',
];
const scriptable = new Set([
    'BeforeInstall',
    'AfterInstall',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic',
]);
const invalid = (message) => new AwsError('InvalidRevisionException', message);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A member whatever the case of its name: the AWS CLI and the official action write both `Resources` and `resources`. */
function member(of, name) {
    const key = Object.keys(of).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : of[key];
}
const object = (of, name) => {
    const value = member(of, name);
    if (!isObject(value))
        throw invalid(`The AppSpec file is not valid: ${name} is missing or is not a map.`);
    return value;
};
/** The content of a revision, its digest checked; with the revision as it is kept. Throws InvalidRevisionException. */
function revisionContent(revision) {
    const source = revision['revisionType'] === 'String' ? revision['string'] : revision['appSpecContent'];
    if (revision['revisionType'] !== 'String' && revision['revisionType'] !== 'AppSpecContent') {
        throw invalid('For ECS deployments, the revision type must be AppSpecContent or String; the sandbox keeps no S3 objects.');
    }
    const content = isObject(source) ? source['content'] : undefined;
    if (typeof content !== 'string' || content === '')
        throw invalid('The AppSpec content is missing.');
    const sha256 = (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
    const claimed = source['sha256'];
    if (claimed !== undefined && claimed !== sha256) {
        throw invalid('The SHA256 hash of the AppSpec content does not match the one that was sent.');
    }
    const name = revision['revisionType'] === 'String' ? 'string' : 'appSpecContent';
    return { content, kept: { revisionType: revision['revisionType'], [name]: { content, sha256 } } };
}
function yamlOf(content) {
    const wrong = (detail) => invalid(`The AppSpec file is neither valid JSON nor valid YAML: ${detail}`);
    const document = (0,dist/* parseDocument */.Tp)(content, { schema: 'core' });
    const [first] = document.errors;
    if (first !== undefined)
        throw wrong(first.message);
    try {
        return document.toJS({ maxAliasCount: 50 });
    }
    catch (error) {
        // Aliases of nothing, or too many of them.
        if (error instanceof ReferenceError)
            throw wrong(error.message);
        throw error;
    }
}
/** Reads an AppSpec for ECS, YAML or JSON. Throws InvalidRevisionException. */
function parseAppSpec(content) {
    const root = yamlOf(content);
    if (!isObject(root))
        throw invalid('The AppSpec file is empty or is not a map.');
    if (String(member(root, 'version')) !== '0' && String(member(root, 'version')) !== '0.0') {
        throw invalid('The AppSpec file has no valid version: it must be 0.0.');
    }
    const resources = member(root, 'Resources');
    if (!Array.isArray(resources) || resources.length !== 1 || !isObject(resources[0])) {
        throw invalid('The AppSpec file must name exactly one resource.');
    }
    const resource = Object.values(resources[0])[0];
    if (!isObject(resource) || member(resource, 'Type') !== 'AWS::ECS::Service') {
        throw invalid('The resource of the AppSpec file must be of the type AWS::ECS::Service.');
    }
    const properties = object(resource, 'Properties');
    const balancer = object(properties, 'LoadBalancerInfo');
    const taskDefinition = member(properties, 'TaskDefinition');
    const containerName = member(balancer, 'ContainerName');
    const containerPort = Number(member(balancer, 'ContainerPort'));
    if (typeof taskDefinition !== 'string' || taskDefinition === '') {
        throw invalid('The AppSpec file names no TaskDefinition.');
    }
    if (typeof containerName !== 'string' || !Number.isInteger(containerPort) || containerPort < 1) {
        throw invalid('LoadBalancerInfo of the AppSpec file needs a ContainerName and a ContainerPort.');
    }
    const network = member(properties, 'NetworkConfiguration');
    const strategy = member(properties, 'CapacityProviderStrategy');
    const platform = member(properties, 'PlatformVersion');
    return {
        taskDefinition,
        containerName,
        containerPort,
        platformVersion: typeof platform === 'string' ? platform : undefined,
        networkConfiguration: isObject(network) ? lowered(network) : undefined,
        capacityProviderStrategy: Array.isArray(strategy) ? lowered(strategy) : undefined,
        hooks: hooksOf(member(root, 'Hooks')),
    };
}
/** AppSpec members begin with a capital letter, those of the ECS API with a small one. */
function lowered(value) {
    if (Array.isArray(value))
        return value.map(lowered);
    if (!isObject(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), lowered(item)]));
}
function hooksOf(value) {
    if (value === undefined || value === null)
        return {};
    if (!Array.isArray(value))
        throw invalid('Hooks of the AppSpec file must be a list.');
    const hooks = {};
    for (const [event, name] of value.filter(isObject).flatMap((hook) => Object.entries(hook))) {
        if (!scriptable.has(event))
            throw invalid(`The AppSpec file has a hook for ${event}, which takes none.`);
        if (typeof name !== 'string' || name === '')
            throw invalid(`The hook ${event} of the AppSpec file names no function.`);
        hooks[event] = name;
    }
    return hooks;
}
//# sourceMappingURL=appspec.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/arguments.js

const arguments_text = (value) => typeof value === 'string' && value !== '';
/** A name of 1 to 100 characters. Throws `required` or `invalid`. */
function arguments_nameIn(input, member, required, invalid) {
    const value = input[member];
    if (!arguments_text(value))
        throw new AwsError(required, `The ${member} is required.`);
    if (value.length > 100)
        throw new AwsError(invalid, `The ${member} is longer than 100 characters.`);
    return value;
}
const applicationName = (input, member = 'applicationName') => arguments_nameIn(input, member, 'ApplicationNameRequiredException', 'InvalidApplicationNameException');
const groupName = (input, member = 'deploymentGroupName') => arguments_nameIn(input, member, 'DeploymentGroupNameRequiredException', 'InvalidDeploymentGroupNameException');
const configName = (input) => arguments_nameIn(input, 'deploymentConfigName', 'DeploymentConfigNameRequiredException', 'InvalidDeploymentConfigNameException');
/** The application that a call names. Throws ApplicationDoesNotExistException. */
function applicationIn(state, input) {
    const name = applicationName(input);
    const application = state.applications.get(name);
    if (application === undefined) {
        throw new AwsError('ApplicationDoesNotExistException', `No application found for name: ${name}`);
    }
    return application;
}
/** The deployment group that a call names. Throws DeploymentGroupDoesNotExistException. */
function groupIn(state, input, member = 'deploymentGroupName') {
    const application = applicationIn(state, input);
    const name = groupName(input, member);
    const group = application.groups.get(name);
    if (group === undefined) {
        throw new AwsError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`);
    }
    return group;
}
/** The deployment that a call names. Throws DeploymentDoesNotExistException and its kin. */
function deploymentIn(state, input) {
    const id = input['deploymentId'];
    if (!arguments_text(id))
        throw new AwsError('DeploymentIdRequiredException', 'The deployment ID is required.');
    if (!/^d-[A-Z0-9]{9}$/.test(id)) {
        throw new AwsError('InvalidDeploymentIdException', `The deployment ID ${id} is not valid.`);
    }
    const deployment = state.deployments.get(id);
    if (deployment === undefined) {
        throw new AwsError('DeploymentDoesNotExistException', `The deployment ${id} could not be found.`);
    }
    return deployment;
}
/** A list of text, at most `most` long. Throws `required` or `limit`. */
function textsIn(input, member, most, required, limit) {
    const value = input[member];
    if (!Array.isArray(value) || value.length === 0 || !value.every(arguments_text)) {
        throw new AwsError(required, `The ${member} are required.`);
    }
    if (value.length > most)
        throw new AwsError(limit, `At most ${most} ${member} are allowed.`);
    return value;
}
/** One page of a list, with the token of the next; tokens are offsets. */
function arguments_page(items, input, size = 100) {
    const token = input['nextToken'];
    const from = token === undefined || token === null ? 0 : Number(token);
    if (!Number.isInteger(from) || from < 0 || (token !== undefined && from > items.length)) {
        throw new AwsError('InvalidNextTokenException', 'The next token is not valid.');
    }
    const next = from + size;
    return { items: items.slice(from, next), ...(next < items.length ? { nextToken: String(next) } : {}) };
}
const descriptionLimit = 512;
/** A description of at most 512 characters. Throws DescriptionTooLongException. */
function descriptionIn(input) {
    const value = input['description'];
    if (typeof value !== 'string')
        return undefined;
    if (value.length > descriptionLimit) {
        const message = `The description is too long: ${value.length} characters, at most ${descriptionLimit}.`;
        throw new AwsError('DescriptionTooLongException', message);
    }
    return value;
}
/** Tags as CodeDeploy takes them. Throws InvalidTagsToAddException. */
function tagsIn(value) {
    const tags = new Map();
    if (value === undefined || value === null)
        return tags;
    const wrong = new AwsError('InvalidTagsToAddException', 'The tags are not valid: each needs a Key.');
    if (!Array.isArray(value))
        throw wrong;
    for (const tag of value) {
        if (!arguments_text(tag?.['Key']) || (tag['Value'] !== undefined && typeof tag['Value'] !== 'string'))
            throw wrong;
        tags.set(tag['Key'], tag['Value'] ?? '');
    }
    return tags;
}
//# sourceMappingURL=arguments.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/traffic-routing.js

const canary = (canaryPercentage, canaryInterval) => ({
    type: 'TimeBasedCanary',
    timeBasedCanary: { canaryPercentage, canaryInterval },
});
const linear = (linearPercentage, linearInterval) => ({
    type: 'TimeBasedLinear',
    timeBasedLinear: { linearPercentage, linearInterval },
});
/** The deployment configurations for ECS that every account has. */
const predefinedRouting = {
    'CodeDeployDefault.ECSAllAtOnce': { type: 'AllAtOnce' },
    'CodeDeployDefault.ECSCanary10Percent5Minutes': canary(10, 5),
    'CodeDeployDefault.ECSCanary10Percent15Minutes': canary(10, 15),
    'CodeDeployDefault.ECSLinear10PercentEvery1Minutes': linear(10, 1),
    'CodeDeployDefault.ECSLinear10PercentEvery3Minutes': linear(10, 3),
};
const minute = 60_000;
/** When the replacement gets which share; the last step is always 100. */
function trafficSteps(routing) {
    switch (routing.type) {
        case 'AllAtOnce':
            return [{ atMs: 0, percent: 100 }];
        case 'TimeBasedCanary': {
            const { canaryPercentage, canaryInterval } = routing.timeBasedCanary;
            return [
                { atMs: 0, percent: canaryPercentage },
                { atMs: canaryInterval * minute, percent: 100 },
            ];
        }
        case 'TimeBasedLinear': {
            const { linearPercentage, linearInterval } = routing.timeBasedLinear;
            return Array.from({ length: Math.ceil(100 / linearPercentage) }, (_, index) => ({
                atMs: index * linearInterval * minute,
                percent: Math.min(100, (index + 1) * linearPercentage),
            }));
        }
    }
}
/** A routing as a client sends it. Throws InvalidTrafficRoutingConfigurationException. */
function parseRouting(input) {
    const fail = (message) => {
        throw new AwsError('InvalidTrafficRoutingConfigurationException', message);
    };
    const config = (input ?? {});
    const whole = (value, least, most, name) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? value
        : fail(`${name} must be a whole number from ${least} to ${most}.`);
    switch (config['type']) {
        case 'AllAtOnce':
            return { type: 'AllAtOnce' };
        case 'TimeBasedCanary': {
            const { canaryPercentage, canaryInterval } = (config['timeBasedCanary'] ?? {});
            return canary(whole(canaryPercentage, 1, 99, 'canaryPercentage'), whole(canaryInterval, 1, 2_880, 'canaryInterval'));
        }
        case 'TimeBasedLinear': {
            const { linearPercentage, linearInterval } = (config['timeBasedLinear'] ?? {});
            return linear(whole(linearPercentage, 1, 99, 'linearPercentage'), whole(linearInterval, 1, 2_880, 'linearInterval'));
        }
        default:
            return fail('The traffic routing type must be AllAtOnce, TimeBasedCanary or TimeBasedLinear.');
    }
}
//# sourceMappingURL=traffic-routing.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/state.js

const codeDeployState = () => ({
    applications: new Map(),
    configs: new Map(),
    deployments: new Map(),
});
const isOver = ({ status }) => status === 'Succeeded' || status === 'Failed' || status === 'Stopped';
/** The deployments of a group, oldest first. */
const deploymentsOf = (state, group) => [...state.deployments.values()].filter((deployment) => deployment.group === group);
/** A routing by the name of its configuration. */
const routingNamed = (state, name) => state.configs.get(name)?.routing ?? (Object.hasOwn(predefinedRouting, name) ? predefinedRouting[name] : undefined);
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/views.js

/** An application as GetApplication tells it. */
const applicationInfo = ({ id, name, createTime }) => ({
    applicationId: id,
    applicationName: name,
    createTime,
    linkedToGitHub: false,
    computePlatform: 'ECS',
});
const last = (deployment) => deployment && {
    deploymentId: deployment.id,
    status: deployment.status,
    createTime: deployment.createTime,
    endTime: deployment.completeTime,
};
/** A group as GetDeploymentGroup tells it. */
function groupInfo(state, group) {
    const deployments = deploymentsOf(state, group);
    const succeeded = deployments.findLast(({ status }) => status === 'Succeeded');
    return {
        applicationName: group.application.name,
        deploymentGroupId: group.id,
        deploymentGroupName: group.name,
        ...group.settings,
        targetRevision: deployments.at(-1)?.revision,
        lastSuccessfulDeployment: last(succeeded),
        lastAttemptedDeployment: last(deployments.at(-1)),
        computePlatform: 'ECS',
        ec2TagFilters: [],
        onPremisesInstanceTagFilters: [],
        autoScalingGroups: [],
        terminationHookEnabled: false,
    };
}
/** A deployment as GetDeployment tells it; the overview is there only when it is over, as AWS does for ECS. */
function deploymentInfo(deployment) {
    const { settings, status } = deployment;
    const counts = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
    const outcome = status === 'Succeeded' ? 'Succeeded' : deployment.events.length === 0 ? 'Skipped' : 'Failed';
    return {
        applicationName: deployment.application.name,
        deploymentGroupName: deployment.group.name,
        deploymentConfigName: deployment.configName,
        deploymentId: deployment.id,
        previousRevision: deployment.previousRevision,
        revision: deployment.revision,
        status,
        errorInformation: deployment.error,
        createTime: deployment.createTime,
        startTime: deployment.startTime,
        completeTime: deployment.completeTime,
        deploymentOverview: isOver(deployment) ? { ...counts, [outcome]: 1 } : undefined,
        description: deployment.description,
        creator: deployment.creator,
        ignoreApplicationStopFailures: false,
        autoRollbackConfiguration: deployment.autoRollback,
        updateOutdatedInstancesOnly: false,
        rollbackInfo: deployment.rollbackInfo,
        deploymentStyle: settings.deploymentStyle,
        instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
        blueGreenDeploymentConfiguration: settings.blueGreenDeploymentConfiguration,
        loadBalancerInfo: settings.loadBalancerInfo,
        fileExistsBehavior: 'DISALLOW',
        deploymentStatusMessages: [],
        computePlatform: 'ECS',
        overrideAlarmConfiguration: deployment.overrideAlarms,
    };
}
/** The name of a service or cluster that a group names by its name or its ARN. */
const shortName = (nameOrArn) => nameOrArn.split('/').at(-1) ?? nameOrArn;
/** The id of the one target of a deployment to ECS: `cluster:service`. */
function targetId({ settings }) {
    const { clusterName, serviceName } = settings.ecsServices[0];
    return `${shortName(clusterName)}:${shortName(serviceName)}`;
}
/** The deployment's target as GetDeploymentTarget tells it. */
function targetInfo(deployment, caller) {
    const { clusterName, serviceName } = deployment.settings.ecsServices[0];
    const path = `${shortName(clusterName)}/${shortName(serviceName)}`;
    return {
        deploymentTargetType: 'ECSTarget',
        ecsTarget: {
            deploymentId: deployment.id,
            targetId: targetId(deployment),
            targetArn: `arn:aws:ecs:${caller.region}:${caller.accountId}:service/${path}`,
            lastUpdatedAt: deployment.updatedAt,
            lifecycleEvents: deployment.events.map(({ name, ...event }) => ({ lifecycleEventName: name, ...event })),
            status: targetStatus(deployment),
            taskSetsInfo: deployment.taskSets.map((set) => ({
                identifer: set.id,
                desiredCount: set.desired,
                pendingCount: set.pending,
                runningCount: set.running,
                status: set.status,
                trafficWeight: set.weight,
                targetGroup: { name: set.targetGroupName },
                taskSetLabel: set.label,
            })),
        },
    };
}
function targetStatus({ status }) {
    switch (status) {
        case 'Created':
        case 'Queued':
            return 'Pending';
        case 'Stopped':
            return 'Failed';
        default:
            return status;
    }
}
//# sourceMappingURL=views.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/applications.js






/** Notes that an application knows a revision. */
function noteRevision(application, location, now) {
    const key = JSON.stringify(location);
    const known = application.revisions.get(key);
    if (known !== undefined)
        return known;
    const revision = {
        location,
        description: undefined,
        registerTime: now,
        firstUsedTime: undefined,
        lastUsedTime: undefined,
        groups: new Set(),
    };
    application.revisions.set(key, revision);
    return revision;
}
const revisionInfo = (revision) => ({
    description: revision.description,
    deploymentGroups: [...revision.groups],
    firstUsedTime: revision.firstUsedTime,
    lastUsedTime: revision.lastUsedTime,
    registerTime: revision.registerTime,
});
function revisionOf(input) {
    if (typeof input['revision'] !== 'object' || input['revision'] === null) {
        throw new AwsError('RevisionRequiredException', 'The revision is required.');
    }
    return revisionContent(input['revision']).kept;
}
/** Applications and their revisions. */
function applicationOperations(world, stateOf) {
    return {
        CreateApplication(input, caller) {
            const { applications } = stateOf(caller);
            const name = applicationName(input);
            if (input['computePlatform'] !== 'ECS') {
                throw new AwsError('InvalidComputePlatformException', 'The sandbox deploys to ECS only: the computePlatform must be ECS.');
            }
            if (applications.has(name)) {
                throw new AwsError('ApplicationAlreadyExistsException', `An application already exists for name: ${name}`);
            }
            const application = {
                id: (0,external_node_crypto_.randomUUID)(),
                name,
                createTime: world.clock.seconds(),
                tags: tagsIn(input['tags']),
                revisions: new Map(),
                groups: new Map(),
            };
            applications.set(name, application);
            return { applicationId: application.id };
        },
        GetApplication: (input, caller) => ({ application: applicationInfo(applicationIn(stateOf(caller), input)) }),
        BatchGetApplications(input, caller) {
            const names = textsIn(input, 'applicationNames', 100, 'ApplicationNameRequiredException', 'BatchLimitExceededException');
            return {
                applicationsInfo: names.map((name) => applicationInfo(applicationIn(stateOf(caller), { applicationName: name }))),
            };
        },
        ListApplications(input, caller) {
            const { items, nextToken } = arguments_page([...stateOf(caller).applications.keys()].sort(), input);
            return { applications: items, nextToken };
        },
        UpdateApplication(input, caller) {
            const { applications } = stateOf(caller);
            const application = applicationIn(stateOf(caller), input);
            if (input['newApplicationName'] === undefined)
                return {};
            const name = applicationName(input, 'newApplicationName');
            if (applications.has(name)) {
                throw new AwsError('ApplicationAlreadyExistsException', `An application already exists for name: ${name}`);
            }
            applications.delete(application.name);
            application.name = name;
            applications.set(name, application);
            return {};
        },
        DeleteApplication(input, caller) {
            const { applications, deployments } = stateOf(caller);
            const name = applicationName(input);
            for (const deployment of deployments.values()) {
                if (deployment.application.name === name && !isOver(deployment)) {
                    deployment.pacer.interrupt({ kind: 'request', rollback: undefined });
                }
            }
            applications.delete(name);
            return {};
        },
        RegisterApplicationRevision(input, caller) {
            const application = applicationIn(stateOf(caller), input);
            const description = descriptionIn(input);
            const revision = noteRevision(application, revisionOf(input), world.clock.seconds());
            revision.description = description;
            return {};
        },
        GetApplicationRevision(input, caller) {
            const application = applicationIn(stateOf(caller), input);
            const location = revisionOf(input);
            const revision = application.revisions.get(JSON.stringify(location));
            if (revision === undefined) {
                throw new AwsError('RevisionDoesNotExistException', 'The revision is not registered with the application.');
            }
            return { applicationName: application.name, revision: location, revisionInfo: revisionInfo(revision) };
        },
        ListApplicationRevisions(input, caller) {
            const all = [...applicationIn(stateOf(caller), input).revisions.values()];
            const wanted = all.filter(({ firstUsedTime }) => input['deployed'] === 'include'
                ? firstUsedTime !== undefined
                : input['deployed'] !== 'exclude' || firstUsedTime === undefined);
            const { items, nextToken } = arguments_page(wanted, input);
            return { revisions: items.map(({ location }) => location), nextToken };
        },
        BatchGetApplicationRevisions(input, caller) {
            const application = applicationIn(stateOf(caller), input);
            const revisions = Array.isArray(input['revisions']) ? input['revisions'] : [];
            if (revisions.length === 0)
                throw new AwsError('RevisionRequiredException', 'The revisions are required.');
            return {
                applicationName: application.name,
                revisions: revisions.flatMap((revision) => {
                    const location = revisionOf({ revision });
                    const known = application.revisions.get(JSON.stringify(location));
                    return known === undefined ? [] : [{ revisionLocation: location, genericRevisionInfo: revisionInfo(known) }];
                }),
            };
        },
    };
}
//# sourceMappingURL=applications.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/configs.js




/** Deployment configurations: the five for ECS that every account has, and the account's own. */
function configOperations(world, stateOf) {
    const start = world.clock.seconds();
    return {
        CreateDeploymentConfig(input, caller) {
            const { configs } = stateOf(caller);
            const name = configName(input);
            if (name.startsWith('CodeDeployDefault.')) {
                throw new AwsError('InvalidDeploymentConfigNameException', 'A name must not begin with CodeDeployDefault.');
            }
            if (input['computePlatform'] !== 'ECS') {
                throw new AwsError('InvalidComputePlatformException', 'The sandbox deploys to ECS only: the computePlatform must be ECS.');
            }
            if (configs.has(name)) {
                throw new AwsError('DeploymentConfigAlreadyExistsException', `A deployment configuration ${name} already exists`);
            }
            if (input['minimumHealthyHosts'] !== undefined) {
                throw new AwsError('InvalidMinimumHealthyHostValueException', 'A deployment configuration for ECS takes no minimumHealthyHosts.');
            }
            const routing = parseRouting(input['trafficRoutingConfig']);
            const id = (0,external_node_crypto_.randomUUID)();
            configs.set(name, { id, name, createTime: world.clock.seconds(), routing });
            return { deploymentConfigId: id };
        },
        GetDeploymentConfig(input, caller) {
            const name = configName(input);
            const own = stateOf(caller).configs.get(name);
            const predefined = Object.hasOwn(predefinedRouting, name) ? predefinedRouting[name] : undefined;
            const routing = own?.routing ?? predefined;
            if (routing === undefined) {
                throw new AwsError('DeploymentConfigDoesNotExistException', `No deployment configuration found for name: ${name}`);
            }
            return {
                deploymentConfigInfo: {
                    deploymentConfigId: own?.id ?? `00000000-0000-0000-0000-00000000000${Object.keys(predefinedRouting).indexOf(name)}`,
                    deploymentConfigName: name,
                    createTime: own?.createTime ?? start,
                    computePlatform: 'ECS',
                    trafficRoutingConfig: routing,
                },
            };
        },
        ListDeploymentConfigs(input, caller) {
            const names = [...Object.keys(predefinedRouting), ...stateOf(caller).configs.keys()];
            const { items, nextToken } = arguments_page(names, input);
            return { deploymentConfigsList: items, nextToken };
        },
        DeleteDeploymentConfig(input, caller) {
            const { configs, applications } = stateOf(caller);
            const name = configName(input);
            if (Object.hasOwn(predefinedRouting, name)) {
                throw new AwsError('InvalidOperationException', `${name} is predefined and cannot be deleted.`);
            }
            const groups = [...applications.values()].flatMap((application) => [...application.groups.values()]);
            if (groups.some(({ settings }) => settings.deploymentConfigName === name)) {
                throw new AwsError('DeploymentConfigInUseException', `The deployment configuration ${name} is in use.`);
            }
            configs.delete(name);
            return {};
        },
    };
}
//# sourceMappingURL=configs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/group-settings.js

const group_settings_isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const group_settings_text = (value) => typeof value === 'string' && value !== '';
const group_settings_texts = (value) => Array.isArray(value) && value.every(group_settings_text);
/** The settings of a group for ECS as a client sends them; what it leaves out stays as it was in `before`. */
function parseGroupSettings(input, before) {
    for (const member of ['ec2TagFilters', 'onPremisesInstanceTagFilters', 'autoScalingGroups']) {
        if (Array.isArray(input[member]) && input[member].length > 0) {
            throw new AwsError('InvalidInputException', `A deployment group for ECS takes no ${member}.`);
        }
    }
    const serviceRoleArn = input['serviceRoleArn'] ?? before?.serviceRoleArn;
    if (!group_settings_text(serviceRoleArn))
        throw new AwsError('RoleRequiredException', 'The service role ARN is required.');
    if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(serviceRoleArn)) {
        throw new AwsError('InvalidRoleException', `The service role ARN ${serviceRoleArn} is not valid.`);
    }
    const configName = input['deploymentConfigName'];
    return {
        deploymentConfigName: group_settings_text(configName)
            ? configName
            : (before?.deploymentConfigName ?? 'CodeDeployDefault.ECSAllAtOnce'),
        serviceRoleArn,
        deploymentStyle: parseStyle(input['deploymentStyle'] ?? before?.deploymentStyle),
        blueGreenDeploymentConfiguration: parseBlueGreen(input['blueGreenDeploymentConfiguration'] ?? before?.blueGreenDeploymentConfiguration),
        loadBalancerInfo: parseLoadBalancer(input['loadBalancerInfo'] ?? before?.loadBalancerInfo),
        ecsServices: parseServices(input['ecsServices'] ?? before?.ecsServices),
        alarmConfiguration: parseAlarms(input['alarmConfiguration']) ?? before?.alarmConfiguration,
        autoRollbackConfiguration: parseAutoRollback(input['autoRollbackConfiguration']) ?? before?.autoRollbackConfiguration,
        triggerConfigurations: input['triggerConfigurations'] ?? before?.triggerConfigurations ?? [],
        outdatedInstancesStrategy: input['outdatedInstancesStrategy'] ?? before?.outdatedInstancesStrategy ?? 'UPDATE',
    };
}
function parseStyle(value) {
    if (!group_settings_isObject(value) ||
        value['deploymentType'] !== 'BLUE_GREEN' ||
        value['deploymentOption'] !== 'WITH_TRAFFIC_CONTROL') {
        throw new AwsError('InvalidDeploymentStyleException', 'For ECS deployment groups, the deployment style must be BLUE_GREEN and WITH_TRAFFIC_CONTROL.');
    }
    return { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' };
}
/** The longest a group may wait for a ContinueDeployment, or before the original task set ends: two days. */
const longestWait = 2_880;
function parseBlueGreen(value) {
    const wrong = (message) => new AwsError('InvalidBlueGreenDeploymentConfigurationException', message);
    if (!group_settings_isObject(value))
        throw wrong('For ECS deployment groups, the blue/green deployment configuration is required.');
    const minutes = (from, name) => {
        if (from === undefined)
            return 0;
        if (typeof from === 'number' && Number.isInteger(from) && from >= 0 && from <= longestWait)
            return from;
        throw wrong(`${name} must be from 0 to ${longestWait}.`);
    };
    const termination = value['terminateBlueInstancesOnDeploymentSuccess'];
    const ready = value['deploymentReadyOption'];
    if (!group_settings_isObject(termination) || (termination['action'] ?? 'TERMINATE') !== 'TERMINATE') {
        throw wrong('For ECS deployment groups, terminateBlueInstancesOnDeploymentSuccess must have the action TERMINATE.');
    }
    const actionOnTimeout = group_settings_isObject(ready) ? (ready['actionOnTimeout'] ?? 'CONTINUE_DEPLOYMENT') : undefined;
    if (!group_settings_isObject(ready) || (actionOnTimeout !== 'CONTINUE_DEPLOYMENT' && actionOnTimeout !== 'STOP_DEPLOYMENT')) {
        throw wrong('deploymentReadyOption must have the actionOnTimeout CONTINUE_DEPLOYMENT or STOP_DEPLOYMENT.');
    }
    const waitTimeInMinutes = minutes(ready['waitTimeInMinutes'], 'waitTimeInMinutes');
    if (actionOnTimeout === 'STOP_DEPLOYMENT' && waitTimeInMinutes === 0) {
        throw wrong('With STOP_DEPLOYMENT, waitTimeInMinutes must be at least 1.');
    }
    if (actionOnTimeout === 'CONTINUE_DEPLOYMENT' && waitTimeInMinutes > 0) {
        throw wrong('With CONTINUE_DEPLOYMENT, waitTimeInMinutes must be 0.');
    }
    return {
        terminateBlueInstancesOnDeploymentSuccess: {
            action: 'TERMINATE',
            terminationWaitTimeInMinutes: minutes(termination['terminationWaitTimeInMinutes'], 'terminationWaitTimeInMinutes'),
        },
        deploymentReadyOption: { actionOnTimeout, waitTimeInMinutes },
    };
}
function parseLoadBalancer(value) {
    const pairs = group_settings_isObject(value) ? value['targetGroupPairInfoList'] : undefined;
    if (!Array.isArray(pairs) || pairs.length === 0) {
        throw new AwsError('InvalidLoadBalancerInfoException', 'For ECS deployment groups, loadBalancerInfo must have a target group pair.');
    }
    const wrong = (message) => new AwsError('InvalidTargetGroupPairException', message);
    const pair = pairs[0];
    if (pairs.length !== 1 || !group_settings_isObject(pair))
        throw wrong('A deployment group takes exactly one target group pair.');
    const names = Array.isArray(pair['targetGroups'])
        ? pair['targetGroups'].map((group) => (group_settings_isObject(group) ? group['name'] : undefined))
        : [];
    const [first, second] = names;
    if (names.length !== 2 || !group_settings_text(first) || !group_settings_text(second) || first === second) {
        throw wrong('A target group pair has exactly two target groups, by name.');
    }
    const listeners = (route) => {
        const arns = group_settings_isObject(route) ? route['listenerArns'] : undefined;
        return group_settings_texts(arns) && arns.length === 1 ? arns : undefined;
    };
    const production = listeners(pair['prodTrafficRoute']);
    if (production === undefined)
        throw wrong('The production traffic route names exactly one listener.');
    const test = pair['testTrafficRoute'] === undefined ? undefined : listeners(pair['testTrafficRoute']);
    if (pair['testTrafficRoute'] !== undefined && test === undefined) {
        throw wrong('The test traffic route names exactly one listener.');
    }
    const kept = {
        targetGroups: [{ name: first }, { name: second }],
        prodTrafficRoute: { listenerArns: production },
        ...(test === undefined ? {} : { testTrafficRoute: { listenerArns: test } }),
    };
    return { targetGroupPairInfoList: [kept] };
}
function parseServices(value) {
    const [service] = Array.isArray(value) ? value : [];
    if (!Array.isArray(value) || value.length !== 1 || !group_settings_isObject(service) || !group_settings_text(service['serviceName'])) {
        throw new AwsError('InvalidECSServiceException', 'A deployment group for ECS names exactly one service.');
    }
    const clusterName = service['clusterName'] ?? 'default';
    return [{ clusterName: group_settings_text(clusterName) ? clusterName : 'default', serviceName: service['serviceName'] }];
}
/** Alarms as a group or a deployment names them; undefined when it names none. Throws InvalidAlarmConfigException. */
function parseAlarms(value) {
    if (value === undefined || value === null)
        return undefined;
    const alarms = group_settings_isObject(value) ? (value['alarms'] ?? []) : undefined;
    const wrong = (message) => new AwsError('InvalidAlarmConfigException', message);
    if (!group_settings_isObject(value) || !Array.isArray(alarms))
        throw wrong('The alarm configuration is not valid.');
    const names = alarms.map((alarm) => (group_settings_isObject(alarm) ? alarm['name'] : undefined));
    if (!group_settings_texts(names))
        throw wrong('Every alarm needs a name.');
    if (new Set(names).size !== names.length)
        throw wrong('An alarm is named more than once.');
    if (value['enabled'] === true && names.length === 0)
        throw wrong('An enabled alarm configuration names an alarm.');
    return {
        enabled: value['enabled'] === true,
        ignorePollAlarmFailure: value['ignorePollAlarmFailure'] === true,
        alarms: names.map((name) => ({ name })),
    };
}
const rollbackEvents = new Set(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']);
/** When a deployment is rolled back by itself; undefined when nothing is said. Throws InvalidAutoRollbackConfigException. */
function parseAutoRollback(value) {
    if (value === undefined || value === null)
        return undefined;
    const events = group_settings_isObject(value) ? (value['events'] ?? []) : undefined;
    const wrong = (message) => new AwsError('InvalidAutoRollbackConfigException', message);
    if (!group_settings_isObject(value) || !group_settings_texts(events) || !events.every((event) => rollbackEvents.has(event))) {
        throw wrong(`The events of an automatic rollback are ${[...rollbackEvents].join(', ')}.`);
    }
    const enabled = value['enabled'] === true;
    if (enabled && events.length === 0)
        throw wrong('An enabled automatic rollback names at least one event.');
    return { enabled, events };
}
//# sourceMappingURL=group-settings.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/pacer.js
/** Thrown out of a pause when the deployment is cut short. */
class Interrupted extends Error {
    name = 'Interrupted';
    interruption;
    constructor(interruption) {
        super(`interrupted by ${interruption.kind}`);
        this.interruption = interruption;
    }
}
function pacer(clock) {
    let interruption;
    let resume;
    let woken = false;
    const check = () => {
        if (interruption !== undefined)
            throw new Interrupted(interruption);
    };
    return {
        check,
        async pause(ms) {
            check();
            woken = false;
            await new Promise((resolve) => {
                const callOff = clock.after(ms, resolve);
                resume = () => {
                    callOff();
                    resolve();
                };
            });
            resume = undefined;
            check();
            return woken;
        },
        wake() {
            woken = true;
            resume?.();
        },
        interrupt(cause) {
            interruption ??= cause;
            resume?.();
        },
    };
}
//# sourceMappingURL=pacer.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/failure.js

/** Why a deployment failed, as GetDeployment tells it; `code` is one of the model's ErrorCode. */
class DeploymentFailure extends Error {
    name = 'DeploymentFailure';
    code;
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}
/** Calls ECS for a deployment: what ECS refuses fails the deployment. */
const callingEcs = (call) => failing(call, 'ECS_UPDATE_ERROR', 'The ECS service cannot be updated due to the following error');
/** Calls ELB for a deployment: what ELB refuses fails the deployment. */
const callingElb = (call) => failing(call, 'ELASTIC_LOAD_BALANCING_INVALID', 'The ELB could not be updated due to the following error');
async function failing(call, code, doing) {
    try {
        return await call;
    }
    catch (error) {
        if (error instanceof AwsError)
            throw new DeploymentFailure(code, `${doing}: ${error.message}`);
        throw error;
    }
}
//# sourceMappingURL=failure.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/ecs-service.js

function ecsService(world, caller, { clusterName, serviceName }) {
    const at = { cluster: clusterName, service: serviceName };
    const call = (operation, input) => callingEcs(world.invoke('ecs', operation, { ...at, ...input }, caller));
    return {
        async taskSets(ids) {
            const { taskSets = [] } = await call('DescribeTaskSets', ids === undefined ? {} : { taskSets: ids });
            return taskSets;
        },
        async createReplacement(spec, original, targetGroupArn, deploymentId) {
            const strategy = spec.capacityProviderStrategy ?? original.capacityProviderStrategy;
            const launch = strategy !== undefined && strategy.length > 0
                ? { capacityProviderStrategy: strategy }
                : original.launchType === undefined
                    ? {}
                    : { launchType: original.launchType };
            const network = spec.networkConfiguration ?? original.networkConfiguration;
            const platformVersion = spec.platformVersion ?? original.platformVersion;
            const { taskSet } = await call('CreateTaskSet', {
                externalId: deploymentId,
                taskDefinition: spec.taskDefinition,
                loadBalancers: [{ targetGroupArn, containerName: spec.containerName, containerPort: spec.containerPort }],
                scale: { value: 100, unit: 'PERCENT' },
                ...launch,
                ...(network === undefined ? {} : { networkConfiguration: network }),
                ...(platformVersion === undefined || platformVersion === '' ? {} : { platformVersion }),
            });
            if (taskSet === undefined)
                throw new DeploymentFailure('ECS_UPDATE_ERROR', 'ECS created no task set.');
            return taskSet;
        },
        makePrimary: async (primaryTaskSet) => void (await call('UpdateServicePrimaryTaskSet', { primaryTaskSet })),
        remove: async (taskSet) => void (await call('DeleteTaskSet', { taskSet, force: true })),
    };
}
//# sourceMappingURL=ecs-service.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/listeners.js

/** The ARNs of target groups, by name. Throws DeploymentFailure. */
async function targetGroupArns(world, caller, names) {
    const input = { Names: names };
    const { TargetGroups = [] } = await callingElb(world.invoke('elasticloadbalancing', 'DescribeTargetGroups', input, caller));
    return new Map(TargetGroups.map((group) => [group.TargetGroupName ?? '', group.TargetGroupArn ?? '']));
}
const targets = (action) => action.ForwardConfig?.TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn ?? '') ??
    (action.TargetGroupArn === undefined ? [] : [action.TargetGroupArn]);
/**
 * Gives green `percent` of the traffic of a listener and blue the rest, in every rule that forwards to one of the two.
 * Throws DeploymentFailure when none does.
 */
async function shiftListener(world, caller, listenerArn, pair, percent) {
    const call = (operation, input) => callingElb(world.invoke('elasticloadbalancing', operation, input, caller));
    const { Rules = [] } = await call('DescribeRules', { ListenerArn: listenerArn });
    const concerned = Rules.filter((rule) => rule.Actions?.some((action) => targets(action).some((arn) => arn === pair.blue || arn === pair.green)));
    if (concerned.length === 0) {
        throw new DeploymentFailure('ELASTIC_LOAD_BALANCING_INVALID', `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${listenerArn}`);
    }
    const weights = [
        { TargetGroupArn: pair.green, Weight: percent },
        { TargetGroupArn: pair.blue, Weight: 100 - percent },
    ];
    for (const rule of concerned) {
        const actions = rule.Actions?.map((action) => {
            if (!targets(action).some((arn) => arn === pair.blue || arn === pair.green))
                return action;
            const { TargetGroupArn: _single, ...rest } = action;
            return { ...rest, ForwardConfig: { ...action.ForwardConfig, TargetGroups: weights } };
        });
        if (rule.IsDefault === true || rule.IsDefault === 'true') {
            await call('ModifyListener', { ListenerArn: listenerArn, DefaultActions: actions });
        }
        else {
            await call('ModifyRule', { RuleArn: rule.RuleArn, Actions: actions });
        }
    }
}
//# sourceMappingURL=listeners.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/lifecycle.js





const second = 1_000;
const lifecycle_minute = 60 * second;
/** AWS gives the replacement task set an hour to become healthy, and a hook an hour to answer. */
const installTimeout = 60 * lifecycle_minute;
const hookTimeout = 60 * lifecycle_minute;
const workOn = (world, caller, deployment) => ({
    world,
    caller,
    deployment,
    service: ecsService(world, caller, deployment.settings.ecsServices[0]),
});
/** Created, Queued, InProgress: from here on the deployment has a target. */
async function begin({ world, deployment }) {
    await deployment.pacer.pause(second);
    deployment.status = 'Queued';
    await deployment.pacer.pause(second);
    deployment.status = 'InProgress';
    deployment.startTime = world.clock.seconds();
    const pending = (name) => ({
        name,
        status: 'Pending',
        startTime: undefined,
        endTime: undefined,
        diagnostics: undefined,
    });
    deployment.events.push(...lifecycleEvents.map(pending));
}
/**
 * Walks a deployment through its whole lifecycle, up to the end of the original task set. Throws Interrupted when it
 * is stopped from outside, DeploymentFailure when it fails; what has been done by then is in `deployment.placement`.
 */
async function walk(work) {
    const { deployment } = work;
    const pair = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0];
    const test = pair.testTrafficRoute?.listenerArns ?? [];
    await begin(work);
    await hook(work, 'BeforeInstall');
    const placement = await during(work, 'Install', () => install(work));
    await hook(work, 'AfterInstall');
    if (test.length === 0)
        skip(work, 'AllowTestTraffic');
    else
        await during(work, 'AllowTestTraffic', () => shift(work, test, placement, 100));
    await hook(work, 'AfterAllowTestTraffic');
    await readyWait(work);
    await hook(work, 'BeforeAllowTraffic');
    await during(work, 'AllowTraffic', () => allowTraffic(work, placement));
    await hook(work, 'AfterAllowTraffic');
    await terminationWait(work);
    await work.service.remove(placement.blueId);
    await observe(work);
}
/** Runs a lifecycle event. One that throws stays InProgress: how it ended is for `cutShort` to say. */
async function during({ world, deployment }, name, run) {
    const event = eventOf(deployment, name);
    event.status = 'InProgress';
    event.startTime = deployment.updatedAt = world.clock.seconds();
    await deployment.pacer.pause(second);
    const result = await run();
    deployment.pacer.check();
    event.status = 'Succeeded';
    event.endTime = deployment.updatedAt = world.clock.seconds();
    return result;
}
function skip({ world, deployment }, name) {
    const event = eventOf(deployment, name);
    event.status = 'Skipped';
    deployment.updatedAt = world.clock.seconds();
}
function eventOf({ events }, name) {
    const event = events.find((candidate) => candidate.name === name);
    if (event === undefined)
        throw new Error(`the deployment has not begun: it has no ${name}`);
    return event;
}
/** What is left when a deployment ends early: the event that ran has failed, the others never run. */
function cutShort({ world, deployment }) {
    for (const event of deployment.events) {
        if (event.status === 'InProgress') {
            event.status = 'Failed';
            event.endTime = world.clock.seconds();
        }
        else if (event.status === 'Pending')
            event.status = 'Skipped';
    }
}
async function install(work) {
    const { world, caller, deployment, service } = work;
    const names = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].targetGroups.map(({ name }) => name);
    const arns = await targetGroupArns(world, caller, names);
    const sets = await service.taskSets();
    const primary = sets.find(({ status }) => status === 'PRIMARY');
    if (primary === undefined || deployment.spec === undefined) {
        throw new DeploymentFailure('INVALID_ECS_SERVICE', 'The ECS service has no primary task set.');
    }
    const blue = primary.loadBalancers?.[0]?.targetGroupArn ?? '';
    const green = [...arns.values()].find((arn) => arn !== blue);
    if (![...arns.values()].includes(blue) || green === undefined) {
        throw new DeploymentFailure('ELASTIC_LOAD_BALANCING_INVALID', 'The primary task set of the ECS service is behind none of the two target groups of the deployment group.');
    }
    const placement = { pair: { blue, green }, blueId: primary.id, greenId: undefined };
    deployment.placement = placement;
    const listeners = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].prodTrafficRoute.listenerArns;
    await shift(work, listeners, placement, 0);
    // What an earlier deployment left behind when it was stopped without a rollback.
    for (const left of sets.filter(({ status }) => status === 'ACTIVE'))
        await service.remove(left.id);
    const replacement = await service.createReplacement(deployment.spec, primary, green, deployment.id);
    placement.greenId = replacement.id;
    await observe(work);
    await steady(work, replacement.id);
    return placement;
}
async function steady(work, id) {
    const until = work.world.clock.now() + installTimeout;
    for (;;) {
        const [set] = await work.service.taskSets([id]);
        await observe(work);
        if (set?.stabilityStatus === 'STEADY_STATE')
            return;
        if (set === undefined || set.status === 'DRAINING') {
            throw new DeploymentFailure('ECS_UPDATE_ERROR', 'The replacement task set was deleted.');
        }
        if (work.world.clock.now() >= until) {
            throw new DeploymentFailure('TIMEOUT', 'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.');
        }
        await work.deployment.pacer.pause(5 * second);
    }
}
async function shift({ world, caller }, listenerArns, placement, percent) {
    for (const arn of listenerArns)
        await shiftListener(world, caller, arn, placement.pair, percent);
}
async function allowTraffic(work, placement) {
    const { deployment, world } = work;
    const listeners = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].prodTrafficRoute.listenerArns;
    const began = world.clock.now();
    for (const { atMs, percent } of trafficSteps(deployment.routing)) {
        await deployment.pacer.pause(Math.max(0, began + atMs - world.clock.now()));
        await shift(work, listeners, placement, percent);
        await observe(work, percent);
    }
    if (placement.greenId !== undefined)
        await work.service.makePrimary(placement.greenId);
    await observe(work);
}
/** With STOP_DEPLOYMENT the deployment is Ready until it is continued; not continued in time, it stops. */
async function readyWait({ deployment }) {
    const { actionOnTimeout, waitTimeInMinutes } = deployment.settings.blueGreenDeploymentConfiguration.deploymentReadyOption;
    if (actionOnTimeout !== 'STOP_DEPLOYMENT')
        return;
    deployment.status = 'Ready';
    if (!(await deployment.pacer.pause(waitTimeInMinutes * lifecycle_minute)))
        throw new ReadyWaitOver();
    deployment.status = 'InProgress';
}
/** Nobody continued the deployment while it was Ready. */
class ReadyWaitOver extends Error {
    name = 'ReadyWaitOver';
}
async function terminationWait({ deployment }) {
    const { terminationWaitTimeInMinutes } = deployment.settings.blueGreenDeploymentConfiguration.terminateBlueInstancesOnDeploymentSuccess;
    deployment.terminationWaitStarted = true;
    await deployment.pacer.pause(terminationWaitTimeInMinutes * lifecycle_minute);
}
/** Calls the event's Lambda function, if it has one, and waits for the answer. */
async function hook(work, name) {
    const { world, deployment } = work;
    const functionName = deployment.spec?.hooks[name];
    await during(work, name, async () => {
        if (functionName === undefined)
            return;
        const id = world.id(32);
        const call = { event: name, answer: undefined };
        deployment.hookCalls.set(id, call);
        const answered = world.hooks.called({
            id,
            deploymentId: deployment.id,
            event: name,
            function: functionName,
            at: world.clock.now(),
        });
        const planned = world.hooks.answerOf(functionName);
        try {
            await deployment.pacer.pause(planned.status === 'none' ? hookTimeout : planned.afterMs);
        }
        finally {
            answered();
        }
        call.answer ??= planned.status === 'none' ? undefined : planned.status;
        if (call.answer === 'Succeeded')
            return;
        const timedOut = call.answer === undefined;
        call.answer = 'Failed';
        eventOf(deployment, name).diagnostics = {
            errorCode: timedOut ? 'ScriptTimedOut' : 'ScriptFailed',
            scriptName: functionName,
            message: timedOut
                ? `The Lambda function ${functionName} did not answer within an hour.`
                : `The Lambda function ${functionName} answered Failed.`,
            logTail: '',
        };
        throw new DeploymentFailure('HOOK_EXECUTION_FAILURE', 'One or more of the lifecycle event validation functions failed. See the deployment details for more information.');
    });
}
/** Reads the task sets' counts; `greenWeight` when traffic has moved. */
async function observe({ deployment, service, world }, greenWeight) {
    const { placement } = deployment;
    if (placement === undefined)
        return;
    const known = [placement.blueId, ...(placement.greenId === undefined ? [] : [placement.greenId])];
    const sets = new Map((await service.taskSets()).map((set) => [set.id, set]));
    const [first, other] = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0].targetGroups;
    const nameOf = (arn) => [first?.name, other?.name].find((name) => name && arn.includes(`/${name}/`)) ?? '';
    const greenNow = greenWeight ?? deployment.taskSets.find(({ label }) => label === 'Green')?.weight ?? 0;
    deployment.taskSets = known.map((id) => {
        const label = id === placement.blueId ? 'Blue' : 'Green';
        const set = sets.get(id);
        const before = deployment.taskSets.find((info) => info.id === id);
        return {
            id,
            label,
            targetGroupName: nameOf(label === 'Blue' ? placement.pair.blue : placement.pair.green),
            desired: set?.computedDesiredCount ?? 0,
            pending: set?.pendingCount ?? 0,
            running: set?.runningCount ?? 0,
            status: set?.status ?? (before === undefined ? 'ACTIVE' : 'DRAINING'),
            weight: label === 'Green' ? greenNow : 100 - greenNow,
        };
    });
    deployment.updatedAt = world.clock.seconds();
}
//# sourceMappingURL=lifecycle.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/running.js





const running_second = 1_000;
/** The last deployment of the group that succeeded. */
const lastSuccess = (state, deployment) => deploymentsOf(state, deployment.group).findLast(({ status }) => status === 'Succeeded');
/** Runs a deployment to its end on the sandbox's clock. Never rejects but for a bug of the sandbox. */
async function run(world, caller, state, deployment) {
    const work = workOn(world, caller, deployment);
    const unwatch = watchAlarms(work);
    try {
        await walk(work);
        end(work, 'Succeeded');
    }
    catch (error) {
        const ending = endingOf(error);
        await later(world, running_second);
        cutShort(work);
        deployment.error = { code: ending.code, message: ending.message };
        if (rollsBack(deployment, ending)) {
            const rollback = rollbackOf(world, state, deployment);
            state.deployments.set(rollback.id, rollback);
            deployment.rollbackInfo = {
                rollbackDeploymentId: rollback.id,
                rollbackMessage: `Deployment ${deployment.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`,
            };
            end(work, ending.status);
            void rollBack(workOn(world, caller, rollback), deployment);
        }
        else
            end(work, ending.status);
    }
    finally {
        unwatch();
    }
}
function end({ world, deployment }, status) {
    deployment.status = status;
    deployment.completeTime = deployment.updatedAt = world.clock.seconds();
}
const later = (world, ms) => new Promise((resolve) => void world.clock.after(ms, resolve));
/** A bug of the sandbox must not take it down. */
function report(error) {
    process.stderr.write(`sandbox: codedeploy: ${error instanceof Error ? error.stack : String(error)}\n`);
}
function endingOf(error) {
    if (error instanceof Interrupted && error.interruption.kind === 'alarm') {
        const names = error.interruption.alarms.map((name) => `<${name}>`).join(' ');
        return {
            status: 'Stopped',
            code: 'ALARM_ACTIVE',
            message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names}`,
            event: 'DEPLOYMENT_STOP_ON_ALARM',
            asked: undefined,
        };
    }
    if (error instanceof Interrupted) {
        const asked = error.interruption.kind === 'request' ? error.interruption.rollback : undefined;
        const message = 'The deployment was stopped by a request.';
        return { status: 'Stopped', code: 'MANUAL_STOP', message, event: 'DEPLOYMENT_STOP_ON_REQUEST', asked };
    }
    if (error instanceof ReadyWaitOver) {
        const message = 'The deployment was not continued before the end of the wait period.';
        return { status: 'Stopped', code: 'TIMEOUT', message, event: 'DEPLOYMENT_FAILURE', asked: undefined };
    }
    if (error instanceof DeploymentFailure) {
        const { code, message } = error;
        return { status: 'Failed', code, message, event: 'DEPLOYMENT_FAILURE', asked: undefined };
    }
    report(error);
    const message = 'The sandbox failed; see its log.';
    return { status: 'Failed', code: 'INTERNAL_ERROR', message, event: 'DEPLOYMENT_FAILURE', asked: undefined };
}
/** Whether a deployment that ended so is rolled back; what installed nothing has nothing to roll back. */
function rollsBack(deployment, { event, asked }) {
    if (deployment.placement?.greenId === undefined || deployment.creator === 'codeDeployRollback')
        return false;
    if (asked !== undefined)
        return asked;
    return deployment.autoRollback?.enabled === true && deployment.autoRollback.events?.includes(event) === true;
}
function rollbackOf(world, state, failed) {
    const success = lastSuccess(state, failed);
    const id = deploymentId(world);
    return {
        ...failed,
        id,
        configName: 'CodeDeployDefault.ECSAllAtOnce',
        routing: { type: 'AllAtOnce' },
        revision: success?.revision,
        previousRevision: failed.revision,
        spec: success?.spec,
        creator: 'codeDeployRollback',
        description: undefined,
        overrideAlarms: undefined,
        alarms: undefined,
        createTime: world.clock.seconds(),
        status: 'Created',
        startTime: undefined,
        completeTime: undefined,
        updatedAt: world.clock.seconds(),
        error: undefined,
        rollbackInfo: {
            rollbackTriggeringDeploymentId: failed.id,
            rollbackMessage: `Deployment ${id} is triggered to roll back deployment ${failed.id}.`,
        },
        terminationWaitStarted: false,
        events: [],
        hookCalls: new Map(),
        pacer: pacer(world.clock),
    };
}
const deploymentId = (world) => `d-${world.id(9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`;
/**
 * A rollback makes no task set: it gives all traffic back to the original one and removes the replacement.
 * It walks the same events; only AllowTraffic does something.
 */
async function rollBack(work, failed) {
    const { world, caller, deployment, service } = work;
    const { placement } = deployment;
    try {
        await begin(work);
        const pair = deployment.settings.loadBalancerInfo.targetGroupPairInfoList[0];
        for (const event of deployment.events) {
            event.status = 'InProgress';
            event.startTime = world.clock.seconds();
            if (event.name === 'AllowTraffic' && placement?.greenId !== undefined) {
                await deployment.pacer.pause(running_second);
                const listeners = [...pair.prodTrafficRoute.listenerArns, ...(pair.testTrafficRoute?.listenerArns ?? [])];
                for (const arn of listeners)
                    await shiftListener(world, caller, arn, placement.pair, 0);
                await observe(work, 0);
                const sets = await service.taskSets();
                const blue = sets.find(({ id }) => id === placement.blueId);
                if (blue?.status !== 'PRIMARY')
                    await service.makePrimary(placement.blueId);
                if (sets.some(({ id, status }) => id === placement.greenId && status !== 'DRAINING')) {
                    await service.remove(placement.greenId);
                }
                await observe(work);
                failed.taskSets = deployment.taskSets;
            }
            event.status = 'Succeeded';
            event.endTime = world.clock.seconds();
        }
        end(work, 'Succeeded');
    }
    catch (error) {
        const ending = endingOf(error);
        cutShort(work);
        deployment.error = { code: ending.code, message: ending.message };
        end(work, ending.status);
    }
}
/** Looks at the deployment's alarms every ten seconds; one in ALARM stops it. Returns how to end the watch. */
function watchAlarms({ world, caller, deployment }) {
    const config = deployment.overrideAlarms ?? deployment.alarms;
    const names = config?.enabled === true ? (config.alarms ?? []).map(({ name }) => name) : [];
    if (names.length === 0)
        return () => { };
    let over = false;
    let callOff = () => { };
    const look = async () => {
        const input = { AlarmNames: names, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
        const found = await world.invoke('monitoring', 'DescribeAlarms', input, caller);
        const active = [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])]
            .filter(({ StateValue }) => StateValue === 'ALARM')
            .map(({ AlarmName }) => AlarmName ?? '');
        if (over || isOver(deployment))
            return;
        if (active.length > 0)
            deployment.pacer.interrupt({ kind: 'alarm', alarms: active });
        else
            callOff = world.clock.after(10 * running_second, () => void look().catch(report));
    };
    callOff = world.clock.after(3 * running_second, () => void look().catch(report));
    return () => {
        over = true;
        callOff();
    };
}
//# sourceMappingURL=running.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/deployments.js









const statuses = new Set(['Created', 'Queued', 'InProgress', 'Baking', 'Succeeded', 'Failed', 'Stopped', 'Ready']);
/** Deployments: to create, to read and to steer them. */
function deploymentOperations(world, stateOf) {
    return {
        CreateDeployment(input, caller) {
            const state = stateOf(caller);
            const deployment = makeDeployment(world, state, input);
            state.deployments.set(deployment.id, deployment);
            if (deployment.revision !== undefined) {
                const now = world.clock.seconds();
                const revision = noteRevision(deployment.application, deployment.revision, now);
                revision.firstUsedTime ??= now;
                revision.lastUsedTime = now;
                revision.groups.add(deployment.group.name);
            }
            void run(world, caller, state, deployment);
            return { deploymentId: deployment.id };
        },
        GetDeployment: (input, caller) => ({ deploymentInfo: deploymentInfo(deploymentIn(stateOf(caller), input)) }),
        BatchGetDeployments(input, caller) {
            const ids = textsIn(input, 'deploymentIds', 25, 'DeploymentIdRequiredException', 'BatchLimitExceededException');
            const { deployments } = stateOf(caller);
            return {
                deploymentsInfo: ids.flatMap((id) => {
                    const deployment = deployments.get(id);
                    return deployment === undefined ? [] : [deploymentInfo(deployment)];
                }),
            };
        },
        ListDeployments(input, caller) {
            const { items, nextToken } = arguments_page(selectDeployments(stateOf(caller), input), input);
            return { deployments: items.map(({ id }) => id), nextToken };
        },
        StopDeployment(input, caller) {
            const deployment = deploymentIn(stateOf(caller), input);
            if (isOver(deployment))
                throw completed(deployment);
            const asked = input['autoRollbackEnabled'];
            deployment.pacer.interrupt({ kind: 'request', rollback: typeof asked === 'boolean' ? asked : undefined });
            return { status: 'Pending', statusMessage: `The deployment ${deployment.id} is being stopped.` };
        },
        ContinueDeployment(input, caller) {
            const deployment = deploymentIn(stateOf(caller), input);
            const wait = input['deploymentWaitType'] ?? 'READY_WAIT';
            if (wait !== 'READY_WAIT' && wait !== 'TERMINATION_WAIT') {
                throw new AwsError('InvalidDeploymentWaitTypeException', `The wait type ${String(wait)} is not valid.`);
            }
            if (isOver(deployment))
                throw completed(deployment);
            if (wait === 'READY_WAIT' && deployment.status !== 'Ready') {
                const message = `The deployment ${deployment.id} is not in the Ready state.`;
                throw new AwsError('DeploymentIsNotInReadyStateException', message);
            }
            if (wait === 'TERMINATION_WAIT' && !deployment.terminationWaitStarted) {
                const message = `The deployment ${deployment.id} does not wait to terminate the original task set.`;
                throw new AwsError('InvalidDeploymentStatusException', message);
            }
            deployment.pacer.wake();
            return {};
        },
        SkipWaitTimeForInstanceTermination(input, caller) {
            const deployment = deploymentIn(stateOf(caller), input);
            if (isOver(deployment))
                throw completed(deployment);
            if (!deployment.terminationWaitStarted) {
                const message = `The deployment ${deployment.id} does not wait to terminate the original task set.`;
                throw new AwsError('DeploymentNotStartedException', message);
            }
            deployment.pacer.wake();
            return {};
        },
        PutLifecycleEventHookExecutionStatus(input, caller) {
            const deployment = deploymentIn(stateOf(caller), input);
            const id = input['lifecycleEventHookExecutionId'];
            const status = input['status'];
            if (status !== 'Succeeded' && status !== 'Failed') {
                const message = 'A hook is answered Succeeded or Failed.';
                throw new AwsError('InvalidLifecycleEventHookExecutionStatusException', message);
            }
            const call = typeof id === 'string' ? deployment.hookCalls.get(id) : undefined;
            if (call === undefined) {
                const message = 'The lifecycle event hook execution ID is not valid.';
                throw new AwsError('InvalidLifecycleEventHookExecutionIdException', message);
            }
            if (call.answer !== undefined || isOver(deployment)) {
                const message = `The lifecycle event ${call.event} has already been completed.`;
                throw new AwsError('LifecycleEventAlreadyCompletedException', message);
            }
            call.answer = status;
            deployment.pacer.wake();
            return { lifecycleEventHookExecutionId: id };
        },
    };
}
const completed = ({ id }) => new AwsError('DeploymentAlreadyCompletedException', `The deployment ${id} has already completed.`);
function makeDeployment(world, state, input) {
    const group = groupIn(state, input);
    const { application, settings } = group;
    const description = descriptionIn(input);
    for (const [member, code] of [
        ['targetInstances', 'InvalidTargetInstancesException'],
        ['updateOutdatedInstancesOnly', 'InvalidUpdateOutdatedInstancesOnlyValueException'],
        ['ignoreApplicationStopFailures', 'InvalidIgnoreApplicationStopFailuresValueException'],
    ]) {
        if (input[member] !== undefined && input[member] !== false) {
            throw new AwsError(code, `A deployment to ECS takes no ${member}.`);
        }
    }
    const { fileExistsBehavior } = input;
    if (fileExistsBehavior !== undefined && !['DISALLOW', 'OVERWRITE', 'RETAIN'].includes(fileExistsBehavior)) {
        throw new AwsError('InvalidFileExistsBehaviorException', 'The fileExistsBehavior is not valid.');
    }
    if (typeof input['revision'] !== 'object' || input['revision'] === null) {
        throw new AwsError('RevisionRequiredException', 'The revision is required.');
    }
    const { content, kept } = revisionContent(input['revision']);
    const spec = parseAppSpec(content);
    const config = input['deploymentConfigName'] === undefined ? settings.deploymentConfigName : configName(input);
    const routing = routingNamed(state, config);
    if (routing === undefined) {
        throw new AwsError('DeploymentConfigDoesNotExistException', `No deployment configuration found for name: ${config}`);
    }
    const overrideAlarms = parseAlarms(input['overrideAlarmConfiguration']);
    const autoRollback = parseAutoRollback(input['autoRollbackConfiguration']) ?? settings.autoRollbackConfiguration;
    const active = deploymentsOf(state, group).find((other) => !isOver(other));
    if (active !== undefined) {
        throw new AwsError('DeploymentLimitExceededException', `The Deployment Group '${group.name}' already has an active Deployment '${active.id}'`);
    }
    const now = world.clock.seconds();
    return {
        id: deploymentId(world),
        application,
        group,
        settings,
        configName: config,
        routing,
        revision: kept,
        previousRevision: lastSuccess(state, { group })?.revision,
        spec,
        creator: 'user',
        description,
        autoRollback,
        alarms: settings.alarmConfiguration,
        overrideAlarms,
        createTime: now,
        status: 'Created',
        startTime: undefined,
        completeTime: undefined,
        updatedAt: now,
        error: undefined,
        rollbackInfo: undefined,
        terminationWaitStarted: false,
        events: [],
        taskSets: [],
        placement: undefined,
        hookCalls: new Map(),
        pacer: pacer(world.clock),
    };
}
/** The deployments that ListDeployments asks for, newest first. */
function selectDeployments(state, input) {
    const named = input['applicationName'] !== undefined;
    if (!named && input['deploymentGroupName'] !== undefined) {
        throw new AwsError('ApplicationNameRequiredException', 'The applicationName is required.');
    }
    const application = named ? applicationIn(state, input) : undefined;
    const group = input['deploymentGroupName'] === undefined ? undefined : groupIn(state, input);
    const wanted = input['includeOnlyStatuses'];
    if (wanted !== undefined && !(Array.isArray(wanted) && wanted.every((status) => statuses.has(status)))) {
        throw new AwsError('InvalidDeploymentStatusException', 'The deployment status is not valid.');
    }
    const only = wanted === undefined ? undefined : new Set(wanted);
    const range = input['createTimeRange'];
    if (range?.start !== undefined && range.end !== undefined && range.start > range.end) {
        throw new AwsError('InvalidTimeRangeException', 'The time range begins after its end.');
    }
    return [...state.deployments.values()]
        .reverse()
        .filter((deployment) => (application === undefined || deployment.application === application) &&
        (group === undefined || deployment.group === group) &&
        (only === undefined || only.size === 0 || only.has(deployment.status)) &&
        (range?.start === undefined || deployment.createTime >= range.start) &&
        (range?.end === undefined || deployment.createTime <= range.end));
}
//# sourceMappingURL=deployments.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/groups.js






/** Deployment groups. */
function groupOperations(world, stateOf) {
    /** What a group names must be there: its configuration, and a service that CodeDeploy may drive, in no other group. */
    const check = async (settings, caller, self) => {
        const state = stateOf(caller);
        if (routingNamed(state, settings.deploymentConfigName) === undefined) {
            throw new AwsError('DeploymentConfigDoesNotExistException', `No deployment configuration found for name: ${settings.deploymentConfigName}`);
        }
        const { clusterName, serviceName } = settings.ecsServices[0];
        const others = [...state.applications.values()].flatMap(({ groups }) => [...groups.values()]);
        const taken = others.find(({ settings: of }) => {
            const [service] = of.ecsServices;
            return service.clusterName === clusterName && service.serviceName === serviceName;
        });
        if (taken !== undefined && taken !== self) {
            throw new AwsError('ECSServiceMappingLimitExceededException', `The ECS service ${serviceName} already belongs to the deployment group ${taken.name}.`);
        }
        const found = await world
            .invoke('ecs', 'DescribeServices', { cluster: clusterName, services: [serviceName] }, caller)
            .catch((error) => {
            if (error instanceof AwsError)
                return { services: [] };
            throw error;
        });
        const [service] = found.services ?? [];
        if (service === undefined) {
            throw new AwsError('InvalidECSServiceException', `The ECS service ${serviceName} cannot be found in the cluster ${clusterName}.`);
        }
        if (service.deploymentController?.type !== 'CODE_DEPLOY') {
            throw new AwsError('InvalidECSServiceException', "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.");
        }
    };
    return {
        async CreateDeploymentGroup(input, caller) {
            const application = applicationIn(stateOf(caller), input);
            const name = groupName(input);
            const exists = () => {
                if (!application.groups.has(name))
                    return;
                throw new AwsError('DeploymentGroupAlreadyExistsException', `A deployment group already exists for name: ${name}`);
            };
            exists();
            const settings = parseGroupSettings(input, undefined);
            const tags = tagsIn(input['tags']);
            await check(settings, caller, undefined);
            exists();
            const group = { id: (0,external_node_crypto_.randomUUID)(), name, application, settings, tags };
            application.groups.set(name, group);
            return { deploymentGroupId: group.id };
        },
        GetDeploymentGroup(input, caller) {
            const state = stateOf(caller);
            return { deploymentGroupInfo: groupInfo(state, groupIn(state, input)) };
        },
        BatchGetDeploymentGroups(input, caller) {
            const state = stateOf(caller);
            const application = applicationIn(state, input);
            const names = textsIn(input, 'deploymentGroupNames', 100, 'DeploymentGroupNameRequiredException', 'BatchLimitExceededException');
            const missing = names.filter((name) => !application.groups.has(name));
            return {
                deploymentGroupsInfo: names.flatMap((name) => {
                    const group = application.groups.get(name);
                    return group === undefined ? [] : [groupInfo(state, group)];
                }),
                errorMessage: missing.length === 0 ? undefined : `No Deployment Group found for name: ${missing.join(', ')}`,
            };
        },
        ListDeploymentGroups(input, caller) {
            const application = applicationIn(stateOf(caller), input);
            const { items, nextToken } = arguments_page([...application.groups.keys()].sort(), input);
            return { applicationName: application.name, deploymentGroups: items, nextToken };
        },
        async UpdateDeploymentGroup(input, caller) {
            const group = groupIn(stateOf(caller), input, 'currentDeploymentGroupName');
            const settings = parseGroupSettings(input, group.settings);
            await check(settings, caller, group);
            if (input['newDeploymentGroupName'] !== undefined) {
                const name = groupName(input, 'newDeploymentGroupName');
                if (name !== group.name && group.application.groups.has(name)) {
                    const message = `A deployment group already exists for name: ${name}`;
                    throw new AwsError('DeploymentGroupAlreadyExistsException', message);
                }
                group.application.groups.delete(group.name);
                group.name = name;
                group.application.groups.set(name, group);
            }
            group.settings = settings;
            return {};
        },
        DeleteDeploymentGroup(input, caller) {
            const state = stateOf(caller);
            const application = applicationIn(state, input);
            const group = application.groups.get(groupName(input));
            if (group === undefined)
                return {};
            for (const deployment of deploymentsOf(state, group)) {
                if (!isOver(deployment))
                    deployment.pacer.interrupt({ kind: 'request', rollback: undefined });
            }
            application.groups.delete(group.name);
            return { hooksNotCleanedUp: [] };
        },
    };
}
//# sourceMappingURL=groups.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/tags.js


/** Tags of applications and deployment groups. */
function tagOperations(stateOf) {
    const tagsOf = (input, caller) => {
        const arn = input['ResourceArn'];
        if (typeof arn !== 'string' || arn === '') {
            throw new AwsError('ResourceArnRequiredException', 'The ResourceArn is required.');
        }
        const match = /^arn:[\w-]+:codedeploy:[^:]*:\d{12}:(\w+):(.+)$/.exec(arn);
        if (match === null)
            throw new AwsError('InvalidArnException', `The ARN ${arn} is not valid.`);
        const [, kind, name = ''] = match;
        if (kind === 'application')
            return applicationIn(stateOf(caller), { applicationName: name }).tags;
        if (kind === 'deploymentgroup') {
            const [applicationName, ...rest] = name.split('/');
            return groupIn(stateOf(caller), { applicationName, deploymentGroupName: rest.join('/') }).tags;
        }
        throw new AwsError('ArnNotSupportedException', `The resource ${arn} takes no tags.`);
    };
    return {
        TagResource(input, caller) {
            const tags = tagsOf(input, caller);
            if (!Array.isArray(input['Tags']))
                throw new AwsError('TagRequiredException', 'The Tags are required.');
            for (const [key, value] of tagsIn(input['Tags']))
                tags.set(key, value);
            return {};
        },
        UntagResource(input, caller) {
            const tags = tagsOf(input, caller);
            if (!Array.isArray(input['TagKeys']))
                throw new AwsError('TagRequiredException', 'The TagKeys are required.');
            for (const key of input['TagKeys'])
                tags.delete(String(key));
            return {};
        },
        ListTagsForResource: (input, caller) => ({
            Tags: [...tagsOf(input, caller)].map(([Key, Value]) => ({ Key, Value })),
        }),
    };
}
//# sourceMappingURL=tags.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy/targets.js





/** The one target of a deployment to ECS: its service. */
function targetOperations(world, stateOf) {
    const started = (caller, input) => {
        const deployment = deploymentIn(stateOf(caller), input);
        if (deployment.events.length === 0) {
            const message = `Deployment ${deployment.id} has not started.`;
            throw new AwsError('DeploymentNotStartedException', message);
        }
        return deployment;
    };
    const read = async (deployment, id, caller) => {
        if (typeof id !== 'string' || id === '') {
            throw new AwsError('DeploymentTargetIdRequiredException', 'The deployment target ID is required.');
        }
        if (id !== targetId(deployment)) {
            const message = `The target ${id} is not part of the deployment ${deployment.id}.`;
            throw new AwsError('DeploymentTargetDoesNotExistException', message);
        }
        if (!isOver(deployment))
            await observe(workOn(world, caller, deployment));
        return targetInfo(deployment, caller);
    };
    return {
        async GetDeploymentTarget(input, caller) {
            return { deploymentTarget: await read(started(caller, input), input['targetId'], caller) };
        },
        async BatchGetDeploymentTargets(input, caller) {
            const deployment = started(caller, input);
            const ids = textsIn(input, 'targetIds', 25, 'DeploymentTargetIdRequiredException', 'DeploymentTargetListSizeExceededException');
            return { deploymentTargets: await Promise.all(ids.map((id) => read(deployment, id, caller))) };
        },
        ListDeploymentTargets(input, caller) {
            const deployment = started(caller, input);
            const filters = (input['targetFilters'] ?? {});
            if (Object.keys(filters).some((name) => name !== 'TargetStatus')) {
                throw new AwsError('InvalidTargetFilterNameException', 'A deployment to ECS is filtered by TargetStatus alone.');
            }
            const wanted = filters['TargetStatus'];
            const { status } = targetInfo(deployment, caller).ecsTarget;
            const matches = !Array.isArray(wanted) || wanted.includes(status);
            return { targetIds: matches ? [targetId(deployment)] : [] };
        },
    };
}
//# sourceMappingURL=targets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/codedeploy.js








/** CodeDeploy for the compute platform ECS: it drives ECS and ELB by their public operations, as AWS does. */
function codeDeploy(world) {
    const stateOf = regional(codeDeployState);
    return {
        name: 'codedeploy',
        protocol: { kind: 'json', version: '1.1', target: 'CodeDeploy_20141006' },
        operations: {
            ...applicationOperations(world, stateOf),
            ...configOperations(world, stateOf),
            ...groupOperations(world, stateOf),
            ...deploymentOperations(world, stateOf),
            ...targetOperations(world, stateOf),
            ...tagOperations(stateOf),
        },
    };
}
//# sourceMappingURL=codedeploy.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/paging.js

/** One page of a list, by `maxResults` (`usual` unless told) and `nextToken`; at most `most` at a time. @throws AwsError InvalidParameterException */
function paging_page(items, input, most = 100, usual = most) {
    const size = input['maxResults'] === undefined ? usual : Number(input['maxResults']);
    if (!Number.isInteger(size) || size < 1 || size > most) {
        throw new AwsError('InvalidParameterException', `maxResults must be between 1 and ${most}.`);
    }
    const token = input['nextToken'] === undefined ? '0' : String(input['nextToken']);
    if (!/^\d{1,9}$/.test(token))
        throw new AwsError('InvalidParameterException', 'Invalid token.');
    const from = Number(token);
    const rest = from + size < items.length ? { nextToken: String(from + size) } : {};
    return { items: items.slice(from, from + size), ...rest };
}
//# sourceMappingURL=paging.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/state.js

const newEcs = (caller) => ({
    caller,
    clusters: new Map(),
    instances: new Map(),
    families: new Map(),
    services: new Map(),
    tasks: new Map(),
    tokens: new Map(),
    tags: new Map(),
});
/** Milliseconds as the JSON protocol writes a timestamp. */
const seconds = (ms) => ms === undefined ? undefined : Math.round(ms) / 1_000;
const arnOf = (ecs, resource) => `arn:aws:ecs:${ecs.caller.region}:${ecs.caller.accountId}:${resource}`;
const inputs = (value) => (Array.isArray(value) ? value : []);
const state_texts = (value) => (Array.isArray(value) ? value.map(String) : []);
const includesTags = (input) => state_texts(input['include']).includes('TAGS');
/** The last part of an ARN, or the name itself. */
const state_nameIn = (reference) => String(reference ?? '')
    .split('/')
    .at(-1) ?? '';
/** A new id of a deployment or a task set. */
const newGroupId = (world) => `ecs-svc/${world.id(19, '0123456789')}`;
const idLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-';
/** A new id of a service deployment. */
const newServiceDeploymentId = (world) => world.id(21, idLetters);
/** @throws AwsError ClusterNotFoundException */
function clusterOf(ecs, reference) {
    const cluster = ecs.clusters.get(reference === undefined ? 'default' : state_nameIn(reference));
    if (cluster === undefined || cluster.status === 'INACTIVE') {
        throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    }
    return cluster;
}
/** By name or ARN; one of another cluster, region or account is not here. */
function findService(ecs, cluster, reference) {
    const found = ecs.services.get(`${cluster.name}/${state_nameIn(reference)}`);
    const text = String(reference);
    if (!text.startsWith('arn:'))
        return found;
    // ARNs of old do not name the cluster.
    return text === found?.arn || text === arnOf(ecs, `service/${found?.name}`) ? found : undefined;
}
/** A service that is there, whatever its status. @throws AwsError ServiceNotFoundException */
function serviceOf(ecs, cluster, reference) {
    const service = findService(ecs, cluster, reference);
    if (service === undefined)
        throw new AwsError('ServiceNotFoundException', 'Service not found.');
    return service;
}
/** A service that can be changed. @throws AwsError ServiceNotFoundException, ServiceNotActiveException */
function activeService(ecs, cluster, reference) {
    const service = serviceOf(ecs, cluster, reference);
    if (service.status !== 'ACTIVE')
        throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
    return service;
}
/** By ARN, `family:revision` or `family` (its newest active one); undefined when there is none. */
function findDefinition(ecs, reference) {
    const [family = '', revision] = state_nameIn(reference).split(':');
    const all = ecs.families.get(family) ?? [];
    return revision === undefined
        ? all.findLast(({ status }) => status === 'ACTIVE')
        : all.find((definition) => String(definition.revision) === revision);
}
/** A revision that can be started. @throws AwsError ClientException */
function startableDefinition(ecs, reference) {
    const found = findDefinition(ecs, reference);
    if (found === undefined)
        throw new AwsError('ClientException', 'TaskDefinition not found.');
    if (found.status !== 'ACTIVE')
        throw new AwsError('ClientException', 'TaskDefinition is inactive');
    return found;
}
/** Adds an event to a service, newest first; the newest hundred are kept. */
function addEvent(world, service, message, group) {
    const id = [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-');
    const set = group !== undefined && 'scale' in group ? `, taskSet ${group.id}` : '';
    service.events.unshift({ id, createdAt: world.clock.now(), message: `(service ${service.name}${set}) ${message}` });
    service.events.splice(100);
}
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/placement.js


const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const mappings = (definition) => inputs(definition.body['containerDefinitions']).flatMap(({ name, portMappings }) => inputs(portMappings).map((mapping) => ({ container: String(name), mapping })));
/** In the network mode `host`, and where a mapping names one, a port is the instance's own; elsewhere it is any free one. */
function fixedPort(definition, mapping) {
    const mode = definition.body['networkMode'];
    if (mode === 'awsvpc')
        return 0;
    return Number((mode === 'host' ? mapping['containerPort'] : mapping['hostPort']) ?? 0);
}
function demandOf(definition) {
    const { body } = definition;
    const containers = inputs(body['containerDefinitions']);
    const whole = (value) => (value === undefined ? undefined : Number(value));
    return {
        cpu: whole(body['cpu']) ?? sum(containers.map(({ cpu }) => Number(cpu ?? 0))),
        memory: whole(body['memory']) ??
            sum(containers.map(({ memory, memoryReservation }) => Number(memoryReservation ?? memory ?? 0))),
        ports: mappings(definition)
            .map(({ mapping }) => fixedPort(definition, mapping))
            .filter((port) => port > 0),
    };
}
/** Tasks that take up room on an instance. */
const tasksOn = (ecs, instance) => [...ecs.tasks.values()].filter((task) => task.host?.instance === instance && task.lastStatus !== 'STOPPED');
/** What an instance has left; `ports` are those that are taken. */
function freeOn(ecs, instance) {
    const tasks = tasksOn(ecs, instance);
    const demands = tasks.map(({ definition }) => demandOf(definition));
    return {
        cpu: instance.cpu - sum(demands.map(({ cpu }) => cpu)),
        memory: instance.memory - sum(demands.map(({ memory }) => memory)),
        ports: [...instance.ports, ...tasks.flatMap(({ host }) => host?.bindings.map(({ hostPort }) => hostPort) ?? [])],
    };
}
const memberOf = /^attribute:([\w.-]+)\s*(==|!=)\s*([\w.-]+)$/;
/** Refuses placement settings that the sandbox cannot hold tasks to. @throws AwsError InvalidParameterException */
function checkPlacement(input) {
    for (const { type, expression } of inputs(input['placementConstraints'])) {
        if (type === 'distinctInstance')
            continue;
        if (type !== 'memberOf' || !memberOf.test(String(expression ?? '').trim())) {
            throw new AwsError('InvalidParameterException', `The sandbox knows distinctInstance and memberOf with attribute:<name> == or != <value>, not: ${type} ${expression}`);
        }
    }
}
const meets = ({ attributes }, expression) => {
    const [, name = '', operator, value] = memberOf.exec(expression.trim()) ?? [];
    return (attributes.get(name) === value) === (operator === '==');
};
function obstacle(ecs, instance, request) {
    const because = (reason, event) => ({ instance, reason, event });
    const definition = inputs(request.definition.body['placementConstraints']);
    for (const { type, expression } of [...request.constraints, ...definition]) {
        if (type === 'memberOf' && !meets(instance, String(expression))) {
            return because('ATTRIBUTE', 'encountered error "MemberOf placement constraint unsatisfied."');
        }
        if (type === 'distinctInstance' && tasksOn(ecs, instance).some(({ group }) => group === request.group)) {
            return because('ATTRIBUTE', 'encountered error "DistinctInstance placement constraint unsatisfied."');
        }
    }
    const wanted = demandOf(request.definition);
    const free = freeOn(ecs, instance);
    if (wanted.ports.some((port) => free.ports.includes(port))) {
        return because('RESOURCE:PORTS', 'is already using a port required by your task');
    }
    if (wanted.cpu > free.cpu)
        return because('RESOURCE:CPU', 'has insufficient CPU units available');
    if (wanted.memory > free.memory)
        return because('RESOURCE:MEMORY', 'has insufficient memory available');
    return undefined;
}
/**
 * The instance that takes a task, or why none of them does, the closest match first.
 * `binpack` fills the fullest, everything else spreads over the emptiest.
 */
function place(ecs, instances, request) {
    const order = ['RESOURCE:MEMORY', 'RESOURCE:CPU', 'RESOURCE:PORTS', 'ATTRIBUTE'];
    const judged = instances.map((instance) => ({ instance, why: obstacle(ecs, instance, request) }));
    const fitting = judged.filter(({ why }) => why === undefined).map(({ instance }) => instance);
    const packs = request.strategy[0]?.['type'] === 'binpack';
    const best = fitting.sort((a, b) => {
        const emptier = freeOn(ecs, b).memory - freeOn(ecs, a).memory;
        return packs ? -emptier : emptier;
    })[0];
    if (best !== undefined)
        return { instance: best };
    return {
        obstacles: judged
            .flatMap(({ why }) => (why === undefined ? [] : [why]))
            .sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason)),
    };
}
const firstDynamicPort = 32_768;
/** The ports of the instance that a task's containers get. */
function bindPorts(ecs, instance, definition) {
    if (definition.body['networkMode'] === 'awsvpc' || definition.body['networkMode'] === 'none')
        return [];
    const taken = new Set(freeOn(ecs, instance).ports);
    return mappings(definition).map(({ container, mapping }) => {
        let hostPort = fixedPort(definition, mapping);
        if (hostPort === 0) {
            hostPort = firstDynamicPort;
            while (taken.has(hostPort))
                hostPort++;
        }
        taken.add(hostPort);
        return {
            container,
            containerPort: Number(mapping['containerPort']),
            hostPort,
            protocol: mapping['protocol'] === 'udp' ? 'udp' : 'tcp',
        };
    });
}
//# sourceMappingURL=placement.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/tags.js


/** Gives a resource tags, beside those that it has. */
function addTags(ecs, arn, tags) {
    const known = ecs.tags.get(arn) ?? new Map();
    for (const { key, value } of inputs(tags))
        known.set(String(key), String(value ?? ''));
    if (known.size > 50) {
        throw new AwsError('InvalidParameterException', 'The maximum number of tags for a resource is 50.');
    }
    ecs.tags.set(arn, known);
}
const tagsOf = (ecs, arn) => [...(ecs.tags.get(arn) ?? [])].map(([key, value]) => ({ key, value }));
/** Gives a task the tags that its service says it shall have. */
function inheritTags(ecs, service, { settings, definition }, task) {
    if (settings['propagateTags'] === 'SERVICE')
        addTags(ecs, task.arn, tagsOf(ecs, service.arn));
    if (settings['propagateTags'] === 'TASK_DEFINITION')
        addTags(ecs, task.arn, tagsOf(ecs, definition.arn));
    if (settings['enableECSManagedTags'] !== true)
        return;
    const managed = { 'aws:ecs:clusterName': service.cluster.name, 'aws:ecs:serviceName': service.name };
    addTags(ecs, task.arn, Object.entries(managed).map(([key, value]) => ({ key, value })));
}
/** Whether a resource of this ARN is there. */
const isThere = (ecs, arn) => ecs.tasks.has(arn) ||
    ecs.instances.has(arn) ||
    [...ecs.clusters.values()].some((cluster) => cluster.arn === arn) ||
    [...ecs.families.values()].some((all) => all.some((definition) => definition.arn === arn)) ||
    [...ecs.services.values()].some((service) => service.arn === arn || service.taskSets.some((set) => set.arn === arn));
/** Tags of everything in ECS. */
function tags_tagOperations({ state }) {
    const resource = (ecs, input) => {
        const arn = String(input['resourceArn'] ?? '');
        if (!arn.startsWith('arn:'))
            throw new AwsError('InvalidParameterException', `Invalid arn: ${arn}`);
        if (!isThere(ecs, arn)) {
            throw new AwsError('InvalidParameterException', 'The specified resource ARN could not be found.');
        }
        return arn;
    };
    return {
        TagResource(input, caller) {
            const ecs = state(caller);
            addTags(ecs, resource(ecs, input), input['tags']);
            return {};
        },
        UntagResource(input, caller) {
            const ecs = state(caller);
            const known = ecs.tags.get(resource(ecs, input));
            for (const key of state_texts(input['tagKeys']))
                known?.delete(key);
            return {};
        },
        ListTagsForResource(input, caller) {
            const ecs = state(caller);
            return { tags: tagsOf(ecs, resource(ecs, input)) };
        },
    };
}
//# sourceMappingURL=tags.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/container-instances.js





const container_instances_invalid = (message) => new AwsError('InvalidParameterException', message);
/** The agent's own and Docker's, which it reserves. Source: the defaults of ECS_RESERVED_PORTS. */
const reservedPorts = [22, 2_375, 2_376, 51_678, 51_679];
/** What an instance has when its agent does not say: a t3.medium. */
const usual = { CPU: 2_048, MEMORY: 3_904 };
/** Instances of a cluster that are there, whether they take tasks or are draining. */
const instancesOf = (ecs, cluster) => [...ecs.instances.values()].filter((one) => one.cluster === cluster && one.status !== 'INACTIVE');
/** Instances of a cluster that tasks can be placed on. */
const activeInstances = (ecs, cluster) => [...ecs.instances.values()].filter((one) => one.cluster === cluster && one.status === 'ACTIVE');
/** A resource list: what is there, or what is left with the ports that are taken. */
const resources = (cpu, memory, ports) => [
    { name: 'CPU', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: memory },
    {
        name: 'PORTS',
        type: 'STRINGSET',
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
        stringSetValue: ports.map(String),
    },
    { name: 'PORTS_UDP', type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue: [] },
];
function describe(ecs, instance, tags) {
    const tasks = tasksOn(ecs, instance);
    const free = freeOn(ecs, instance);
    const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
    return {
        containerInstanceArn: instance.arn,
        ec2InstanceId: instance.ec2InstanceId,
        version: instance.version,
        versionInfo: instance.versionInfo,
        remainingResources: resources(free.cpu, free.memory, free.ports),
        registeredResources: resources(instance.cpu, instance.memory, instance.ports),
        status: instance.status,
        agentConnected: instance.status !== 'INACTIVE',
        runningTasksCount: running,
        pendingTasksCount: tasks.filter(({ startedAt }) => startedAt === undefined).length,
        attributes: [...instance.attributes].map(([name, value]) => (value === undefined ? { name } : { name, value })),
        registeredAt: seconds(instance.registeredAt),
        attachments: [],
        tags,
    };
}
/** The EC2 instance that an identity document names, if any; its signature is not checked. */
function identified(input) {
    if (input['instanceIdentityDocument'] === undefined)
        return undefined;
    try {
        const document = JSON.parse(String(input['instanceIdentityDocument']));
        if (/^i-[0-9a-f]{8,17}$/.test(String(document['instanceId'])))
            return String(document['instanceId']);
    }
    catch {
        // Said below, in the service's words.
    }
    throw new AwsError('ClientException', 'The instance identity document could not be verified.');
}
/** Container instances: what tasks of the launch type EC2 run on. There are as many as were registered, none by itself. */
function containerInstanceOperations({ world, state }, engine, groups) {
    const find = (ecs, cluster, reference) => ecs.instances.get(arnOf(ecs, `container-instance/${cluster.name}/${state_nameIn(reference)}`));
    const lookUp = (ecs, cluster, references) => {
        const arn = (reference) => reference.startsWith('arn:') ? reference : arnOf(ecs, `container-instance/${cluster.name}/${reference}`);
        const all = references.map((reference) => ({ reference, instance: find(ecs, cluster, reference) }));
        return {
            found: all.flatMap(({ instance }) => (instance === undefined ? [] : [instance])),
            failures: all
                .filter(({ instance }) => instance === undefined)
                .map(({ reference }) => ({ arn: arn(reference), reason: 'MISSING' })),
        };
    };
    const register = (ecs, cluster, input) => {
        const given = (name) => {
            const resource = inputs(input['totalResources']).find((one) => one['name'] === name);
            const value = Number(resource === undefined ? usual[name] : resource['integerValue']);
            if (!Number.isInteger(value) || value <= 0)
                throw container_instances_invalid(`totalResources must name ${name} as an INTEGER.`);
            return value;
        };
        const ports = inputs(input['totalResources']).find(({ name }) => name === 'PORTS')?.['stringSetValue'];
        const id = world.id(32);
        const zone = `${ecs.caller.region}${'abc'[activeInstances(ecs, cluster).length % 3]}`;
        const instance = {
            arn: arnOf(ecs, `container-instance/${cluster.name}/${id}`),
            id,
            cluster,
            ec2InstanceId: identified(input) ?? `i-${world.id(17)}`,
            cpu: given('CPU'),
            memory: given('MEMORY'),
            ports: ports === undefined ? reservedPorts : state_texts(ports).map(Number),
            attributes: new Map([
                ['ecs.availability-zone', zone],
                ['ecs.instance-type', 't3.medium'],
                ['ecs.os-type', 'linux'],
                ['ecs.cpu-architecture', 'x86_64'],
                ...inputs(input['attributes']).map(({ name, value }) => [
                    String(name),
                    value === undefined ? undefined : `${value}`,
                ]),
            ]),
            versionInfo: (input['versionInfo'] ?? {
                agentVersion: '1.99.0',
                dockerVersion: 'DockerVersion: 25.0.8',
            }),
            registeredAt: world.clock.now(),
            status: 'ACTIVE',
            version: 1,
        };
        ecs.instances.set(instance.arn, instance);
        addTags(ecs, instance.arn, input['tags']);
        return instance;
    };
    return {
        RegisterContainerInstance(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const again = input['containerInstanceArn'];
            const known = again === undefined ? undefined : find(ecs, cluster, again);
            if (again !== undefined && (known === undefined || known.status === 'INACTIVE'))
                throw container_instances_invalid('The referenced container instance was not found.');
            const instance = known ?? register(ecs, cluster, input);
            return { containerInstance: describe(ecs, instance, tagsOf(ecs, instance.arn)) };
        },
        DeregisterContainerInstance(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const instance = find(ecs, cluster, input['containerInstance']);
            if (instance === undefined || instance.status === 'INACTIVE') {
                throw container_instances_invalid('Referenced container instance not found.');
            }
            const tasks = tasksOn(ecs, instance);
            if (tasks.length > 0 && input['force'] !== true)
                throw container_instances_invalid('Found running tasks on the instance.');
            instance.status = 'INACTIVE';
            instance.version++;
            for (const task of tasks) {
                engine.stop(ecs, task, 'UserInitiated', 'Container instance deregistration forced by user');
            }
            return { containerInstance: describe(ecs, instance) };
        },
        UpdateContainerInstancesState(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const wanted = state_texts(input['containerInstances']);
            if (wanted.length === 0 || wanted.length > 10) {
                throw container_instances_invalid('containerInstances must have between 1 and 10 elements.');
            }
            const { status } = input;
            if (status !== 'ACTIVE' && status !== 'DRAINING')
                throw container_instances_invalid('Container instance status must be ACTIVE or DRAINING.');
            const { found, failures } = lookUp(ecs, cluster, wanted);
            for (const instance of found.filter((one) => one.status !== 'INACTIVE')) {
                instance.status = status;
                instance.version++;
                groups.rebalance(ecs, instance);
            }
            return { containerInstances: found.map((instance) => describe(ecs, instance)), failures };
        },
        ListContainerInstances(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            if (input['filter'] !== undefined)
                throw container_instances_invalid('The sandbox does not know filters of container instances.');
            const all = instancesOf(ecs, cluster).filter(({ status }) => status === (input['status'] ?? status));
            const { items, ...next } = paging_page(all, input);
            return { containerInstanceArns: items.map(({ arn }) => arn), ...next };
        },
        DescribeContainerInstances(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const wanted = state_texts(input['containerInstances']);
            if (wanted.length === 0)
                throw container_instances_invalid('Container instance cannot be empty.');
            if (wanted.length > 100)
                throw container_instances_invalid('Container instances cannot have more than 100 elements.');
            const { found, failures } = lookUp(ecs, cluster, wanted);
            const tags = (one) => (includesTags(input) ? tagsOf(ecs, one.arn) : undefined);
            return { containerInstances: found.map((one) => describe(ecs, one, tags(one))), failures };
        },
    };
}
//# sourceMappingURL=container-instances.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/clusters.js





function clusters_describe(ecs, cluster) {
    const tasks = [...ecs.tasks.values()].filter((task) => task.cluster === cluster && task.lastStatus !== 'STOPPED');
    const services = [...ecs.services.values()].filter((service) => service.cluster === cluster && service.status === 'ACTIVE');
    return {
        clusterArn: cluster.arn,
        clusterName: cluster.name,
        status: cluster.status,
        registeredContainerInstancesCount: instancesOf(ecs, cluster).length,
        runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
        pendingTasksCount: tasks.filter(({ startedAt }) => startedAt === undefined).length,
        activeServicesCount: services.length,
        statistics: [],
        tags: [],
        settings: cluster.settings,
        capacityProviders: cluster.capacityProviders,
        defaultCapacityProviderStrategy: cluster.defaultStrategy,
    };
}
/** Clusters. */
function clusterOperations({ state }) {
    return {
        CreateCluster(input, caller) {
            const ecs = state(caller);
            const name = String(input['clusterName'] ?? 'default');
            if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
                throw new AwsError('InvalidParameterException', 'Invalid identifier: Identifier is not valid');
            }
            const before = ecs.clusters.get(name);
            const settings = inputs(input['settings']);
            const cluster = before?.status === 'ACTIVE'
                ? before
                : {
                    arn: arnOf(ecs, `cluster/${name}`),
                    name,
                    settings: settings.length > 0 ? settings : [{ name: 'containerInsights', value: 'disabled' }],
                    capacityProviders: state_texts(input['capacityProviders']),
                    defaultStrategy: inputs(input['defaultCapacityProviderStrategy']),
                    status: 'ACTIVE',
                };
            ecs.clusters.set(name, cluster);
            addTags(ecs, cluster.arn, input['tags']);
            return { cluster: { ...clusters_describe(ecs, cluster), tags: tagsOf(ecs, cluster.arn) } };
        },
        DescribeClusters(input, caller) {
            const ecs = state(caller);
            const wanted = state_texts(input['clusters']);
            if (wanted.length > 100) {
                throw new AwsError('InvalidParameterException', 'Clusters cannot have more than 100 elements.');
            }
            const found = (wanted.length === 0 ? ['default'] : wanted).map((reference) => ({
                reference,
                cluster: ecs.clusters.get(state_nameIn(reference)),
            }));
            const show = (cluster) => includesTags(input) ? { ...clusters_describe(ecs, cluster), tags: tagsOf(ecs, cluster.arn) } : clusters_describe(ecs, cluster);
            return {
                clusters: found.flatMap(({ cluster }) => (cluster === undefined ? [] : [show(cluster)])),
                failures: found
                    .filter(({ cluster }) => cluster === undefined)
                    .map(({ reference }) => ({
                    arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `cluster/${reference}`),
                    reason: 'MISSING',
                })),
            };
        },
        ListClusters(input, caller) {
            const active = [...state(caller).clusters.values()].filter(({ status }) => status === 'ACTIVE');
            const { items, ...next } = paging_page(active, input);
            return { clusterArns: items.map(({ arn }) => arn), ...next };
        },
        PutClusterCapacityProviders(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            cluster.capacityProviders = state_texts(input['capacityProviders']);
            cluster.defaultStrategy = inputs(input['defaultCapacityProviderStrategy']);
            return { cluster: clusters_describe(ecs, cluster) };
        },
        UpdateClusterSettings(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const changed = new Map([...cluster.settings, ...inputs(input['settings'])].map((one) => [one['name'], one]));
            cluster.settings = [...changed.values()];
            return { cluster: clusters_describe(ecs, cluster) };
        },
        DeleteCluster(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            if (instancesOf(ecs, cluster).length > 0) {
                throw new AwsError('ClusterContainsContainerInstancesException', 'The Cluster cannot be deleted while Container Instances are active or draining.');
            }
            if ([...ecs.services.values()].some((one) => one.cluster === cluster && one.status !== 'INACTIVE')) {
                throw new AwsError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
            }
            if ([...ecs.tasks.values()].some((one) => one.cluster === cluster && one.lastStatus !== 'STOPPED')) {
                throw new AwsError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
            }
            cluster.status = 'INACTIVE';
            return { cluster: clusters_describe(ecs, cluster) };
        },
    };
}
//# sourceMappingURL=clusters.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/deployment-failure.js
/** A native deployment fails by itself: by its circuit breaker, an alarm, a hook or its network settings. */
class Broken extends Error {
    name = 'Broken';
    /** As the event and the rollout state say it. */
    rollout;
    /** Whether the deployment's configuration asks for a way back in this case. */
    rollsBack;
    /** @param statusReason as the service deployment says it */
    constructor(statusReason, rollout, rollsBack) {
        super(statusReason);
        this.rollout = rollout;
        this.rollsBack = rollsBack;
    }
}
/** Somebody called StopServiceDeployment. */
class StopRequested extends Error {
    name = 'StopRequested';
    constructor() {
        super('Service deployment rolled back because of a user request.');
    }
}
/** A newer deployment has taken its place, or the service was deleted. */
class Superseded extends Error {
    name = 'Superseded';
}
const circuitBroken = (rollsBack) => new Broken('Service deployment rolled back because the circuit breaker threshold was exceeded.', 'tasks failed to start.', rollsBack);
const alarmed = (rollsBack) => new Broken('Service deployment rolled back because of a CloudWatch alarm.', 'alarm detected.', rollsBack);
const hookFailed = (stage, target) => {
    const who = target === undefined ? '' : ` Lifecycle hook target ${target} returned FAILED status.`;
    const reason = `Service deployment rolled back because ${stage} lifecycle hook(s) failed.${who}`;
    return new Broken(reason, reason, true);
};
const hookTimedOut = (stage) => {
    const reason = `Service deployment rolled back because ${stage} lifecycle hook(s) timed out.`;
    return new Broken(reason, reason, true);
};
const invalidNetwork = (what) => {
    const reason = `Service deployment rolled back because of invalid networking configuration. ${what}`;
    return new Broken(reason, reason, true);
};
//# sourceMappingURL=deployment-failure.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/deployment-work.js


/** Between two looks at a deployment, in ms of sandbox time. */
const lookEvery = 1_000;
/** What a configuration says where the service does not. Source: the defaults of the API reference. */
function deploymentConfiguration(settings) {
    const given = (settings['deploymentConfiguration'] ?? {});
    const strategy = String(given['strategy'] ?? 'ROLLING');
    return {
        deploymentCircuitBreaker: { enable: false, rollback: false },
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        ...(strategy === 'ROLLING' ? {} : { bakeTimeInMinutes: 15 }),
        ...(strategy === 'LINEAR' ? { linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } } : {}),
        ...(strategy === 'CANARY' ? { canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 } } : {}),
        ...given,
        strategy,
    };
}
/** Failed tasks that open the circuit: half of the desired count, at least 3, at most 200. */
const circuitThreshold = (desired) => Math.min(200, Math.max(3, Math.ceil(desired / 2)));
/** Names of the deployment's alarms that are in ALARM. */
async function firing({ world, ecs }, names) {
    const answer = await world.invoke('monitoring', 'DescribeAlarms', { AlarmNames: names, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, ecs.caller);
    const all = [...(answer['MetricAlarms'] ?? []), ...(answer['CompositeAlarms'] ?? [])];
    return all.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
}
/** Looks at the circuit breaker and at the alarms. @throws Broken, or what the deployment was cut short with */
async function monitor(work) {
    const { record, deployment, world } = work;
    record.pace.check();
    record.failures = deployment.failed;
    record.updatedAt = world.clock.now();
    const breaker = record.configuration['deploymentCircuitBreaker'];
    if (breaker['enable'] === true && deployment.failed >= record.threshold) {
        record.circuitBroken = true;
        throw circuitBroken(breaker['rollback'] === true);
    }
    const alarms = record.configuration['alarms'];
    if (alarms?.['enable'] !== true || state_texts(alarms['alarmNames']).length === 0)
        return;
    record.triggeredAlarms = await firing(work, state_texts(alarms['alarmNames']));
    if (record.triggeredAlarms.length > 0)
        throw alarmed(alarms['rollback'] === true);
}
/** Lets time pass, watching. @throws as `monitor` does */
async function pass(work, ms) {
    const { clock } = work.world;
    const until = clock.now() + ms;
    for (;;) {
        await work.record.pace.pause(Math.max(0, Math.min(5_000, until - clock.now())));
        await monitor(work);
        if (clock.now() >= until)
            return;
    }
}
//# sourceMappingURL=deployment-work.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/lifecycle-hooks.js


const lifecycle_hooks_minute = 60_000;
/** Calls every hook that the configuration names for a stage, one after another, and waits for it. @throws Broken */
async function runHooks(work, stage) {
    for (const hook of inputs(work.record.configuration['lifecycleHooks'])) {
        if (!state_texts(hook['lifecycleStages']).includes(stage))
            continue;
        const { world, record } = work;
        const timeoutMs = Number(hook['timeoutConfiguration']?.timeoutInMinutes ?? 1_440) * lifecycle_hooks_minute;
        const call = {
            hookId: world.id(32),
            targetType: hook['targetType'] === 'PAUSE' ? 'PAUSE' : 'AWS_LAMBDA',
            targetArn: hook['hookTargetArn'],
            expiresAt: world.clock.now() + timeoutMs,
            timeoutAction: hook['timeoutConfiguration']?.action === 'CONTINUE' ? 'CONTINUE' : 'ROLLBACK',
            status: hook['targetType'] === 'PAUSE' ? 'AWAITING_ACTION' : 'IN_PROGRESS',
        };
        record.hooks.push(call);
        if (call.targetType === 'AWS_LAMBDA')
            await callFunction(work, stage, call, timeoutMs);
        else
            await record.pace.pause(timeoutMs);
        if (call.status === 'AWAITING_ACTION' || call.status === 'IN_PROGRESS') {
            call.status = 'TIMED_OUT';
            if (call.timeoutAction === 'ROLLBACK')
                throw hookTimedOut(stage);
        }
        if (call.status === 'FAILED')
            throw hookFailed(stage, call.targetArn);
    }
}
/** What the function answers is set beforehand: src/sandbox/hooks.ts. */
async function callFunction(work, stage, call, timeoutMs) {
    const { world, record } = work;
    const name = call.targetArn ?? '';
    const execution = {
        id: call.hookId,
        deploymentId: state_nameIn(record.arn),
        event: stage,
        function: name,
        at: world.clock.now(),
        answer: (status) => {
            call.status = status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED';
            record.pace.wake();
        },
    };
    const answered = world.hooks.called(execution);
    const planned = world.hooks.answerOf(name);
    try {
        await record.pace.pause(planned.status === 'none' ? timeoutMs : Math.min(planned.afterMs, timeoutMs));
    }
    finally {
        answered();
    }
    if (call.status !== 'IN_PROGRESS')
        return;
    if (planned.status === 'Succeeded')
        call.status = 'SUCCEEDED';
    if (planned.status === 'Failed')
        call.status = 'FAILED';
}
//# sourceMappingURL=lifecycle-hooks.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/traffic.js



/** A load balancer of a service that ECS itself moves between two target groups. */
const balancersOf = (work) => inputs(work.service.settings['loadBalancers']).filter(({ advancedConfiguration }) => advancedConfiguration !== undefined);
/** The load balancers of a new revision: behind the target group that the one before it is not behind. */
function placedLoadBalancers(configured, before) {
    return configured.map((balancer, index) => {
        const alternate = balancer['advancedConfiguration']?.alternateTargetGroupArn;
        const taken = before?.loadBalancers[index]?.['targetGroupArn'];
        return alternate !== undefined && taken === balancer['targetGroupArn']
            ? { ...balancer, targetGroupArn: alternate }
            : balancer;
    });
}
const groupsIn = (rule) => rule.Actions.flatMap((action) => inputs(action['ForwardConfig']?.TargetGroups).map((group) => String(group['TargetGroupArn'])));
async function ruleOf({ world, ecs }, arn) {
    try {
        const input = { RuleArns: [arn] };
        const { Rules } = await world.invoke('elasticloadbalancing', 'DescribeRules', input, ecs.caller);
        return Rules[0];
    }
    catch (error) {
        if (error instanceof AwsError)
            throw invalidNetwork(error.message);
        throw error;
    }
}
/** Whether the rules know both target groups. @throws Broken */
async function checkRules(work) {
    for (const { targetGroupArn, advancedConfiguration } of balancersOf(work)) {
        const rules = [advancedConfiguration['productionListenerRule'], advancedConfiguration['testListenerRule']];
        const known = new Set();
        for (const arn of rules.filter((one) => one !== undefined)) {
            for (const group of groupsIn(await ruleOf(work, String(arn))))
                known.add(group);
        }
        if (!known.has(String(targetGroupArn)) || !known.has(String(advancedConfiguration['alternateTargetGroupArn']))) {
            throw invalidNetwork('Both targetGroup and alternateTargetGroup must be associated with the productionListenerRule or testListenerRule.');
        }
    }
}
/** Weights of a rule: whole numbers up to 999, in tenths of a percent where the percentage has tenths. */
const weightsOf = (percent) => {
    const scale = Number.isInteger(percent) ? 1 : 10;
    return [Math.round(percent * scale), Math.round((100 - percent) * scale)];
};
/**
 * Gives `revision` this percentage of the production or the test traffic, and the other target group the rest.
 * Does nothing where the service has no such rule. @throws Broken
 */
async function giveTraffic(work, kind, revision, percent) {
    const { world, ecs, service, record } = work;
    const configured = inputs(service.settings['loadBalancers']);
    for (const balancer of balancersOf(work)) {
        const advanced = balancer['advancedConfiguration'];
        const ruleArn = advanced[kind === 'production' ? 'productionListenerRule' : 'testListenerRule'];
        if (ruleArn === undefined)
            continue;
        const own = String(revision.loadBalancers[configured.indexOf(balancer)]?.['targetGroupArn']);
        const pair = [String(balancer['targetGroupArn']), String(advanced['alternateTargetGroupArn'])];
        const [ownWeight, otherWeight] = weightsOf(percent);
        const TargetGroups = pair.map((arn) => ({ TargetGroupArn: arn, Weight: arn === own ? ownWeight : otherWeight }));
        const rule = await ruleOf(work, String(ruleArn));
        const Actions = rule.Actions.map((action) => action['Type'] === 'forward'
            ? { Type: 'forward', ForwardConfig: { ...action['ForwardConfig'], TargetGroups } }
            : action);
        const listener = rule.RuleArn.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');
        await world.invoke('elasticloadbalancing', rule.IsDefault ? 'ModifyListener' : 'ModifyRule', rule.IsDefault ? { ListenerArn: listener, DefaultActions: Actions } : { RuleArn: rule.RuleArn, Actions }, ecs.caller);
    }
    for (const one of [record.target, ...record.sources]) {
        const weights = record.weights.get(one) ?? { production: 0, test: 0 };
        weights[kind] = one === revision ? percent : 100 - percent;
        record.weights.set(one, weights);
    }
}
const hasTestTraffic = (work) => balancersOf(work).some(({ advancedConfiguration }) => advancedConfiguration['testListenerRule'] !== undefined);
//# sourceMappingURL=traffic.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/blue-green.js



const blue_green_minute = 60_000;
/** What a stage takes at least, so that whoever polls can see it. */
const stageTakes = 2_000;
/** How production traffic moves, by a deployment's configuration; the last step is always 100 % with no wait of its own. */
function blue_green_trafficSteps(configuration) {
    const all = { percent: 100, bakeMs: 0 };
    if (configuration['strategy'] === 'CANARY') {
        const canary = configuration['canaryConfiguration'];
        const percent = canary?.['canaryPercent'] ?? 5;
        return [{ percent, bakeMs: (canary?.['canaryBakeTimeInMinutes'] ?? 10) * blue_green_minute }, all];
    }
    if (configuration['strategy'] === 'LINEAR') {
        const linear = configuration['linearConfiguration'];
        const step = linear?.['stepPercent'] ?? 10;
        const bakeMs = (linear?.['stepBakeTimeInMinutes'] ?? 6) * blue_green_minute;
        const steps = [];
        for (let percent = step; percent < 100; percent += step)
            steps.push({ percent, bakeMs });
        return [...steps, all];
    }
    return [all];
}
/** The deployment whose tasks have served until now. */
const sourceOf = ({ service, deployment }) => service.deployments.find((other) => other !== deployment && !other.stopped);
async function stage(work, name, run = async () => { }) {
    work.record.lifecycleStage = name;
    await pass(work, stageTakes);
    await run();
    await runHooks(work, name);
    await monitor(work);
}
/** Blue/green, linear and canary, stage by stage. @throws as `monitor` does */
async function shiftOver(work) {
    const { ecs, service, deployment, groups, record } = work;
    const source = sourceOf(work);
    await stage(work, 'RECONCILE_SERVICE', () => checkRules(work));
    await stage(work, 'PRE_SCALE_UP');
    await stage(work, 'SCALE_UP', async () => {
        deployment.desired = service.desired;
        groups.reconcile(ecs, service, deployment);
        while (!(deployment.steady && deployment.desired === service.desired)) {
            await record.pace.pause(lookEvery);
            await monitor(work);
            if (deployment.desired === service.desired)
                continue;
            deployment.desired = service.desired;
            groups.reconcile(ecs, service, deployment);
        }
    });
    await stage(work, 'POST_SCALE_UP');
    await stage(work, 'TEST_TRAFFIC_SHIFT', async () => {
        if (hasTestTraffic(work))
            await giveTraffic(work, 'test', record.target, 100);
    });
    await stage(work, 'POST_TEST_TRAFFIC_SHIFT');
    const steps = source === undefined ? [{ percent: 100, bakeMs: 0 }] : blue_green_trafficSteps(record.configuration);
    for (const { percent, bakeMs } of steps) {
        await stage(work, 'PRODUCTION_TRAFFIC_SHIFT', async () => {
            await giveTraffic(work, 'production', record.target, percent);
            await pass(work, bakeMs);
        });
    }
    await stage(work, 'POST_PRODUCTION_TRAFFIC_SHIFT');
    const bakeMs = source === undefined ? 0 : Number(record.configuration['bakeTimeInMinutes']) * blue_green_minute;
    await stage(work, 'BAKE_TIME', () => pass(work, bakeMs));
    await stage(work, 'CLEAN_UP', () => cleanUp(work));
}
/** Ends every other deployment of the service, and waits until their tasks are gone. */
async function cleanUp({ ecs, service, deployment, groups, record }) {
    const others = service.deployments.filter((other) => other !== deployment);
    for (const other of others)
        groups.drain(ecs, service, other, `Scaling activity initiated by (deployment ${other.id})`);
    while (others.some(({ tasks }) => tasks.size > 0))
        await record.pace.pause(lookEvery);
}
/** The way back: all traffic to the source, then the new tasks end. */
async function shiftBack(work, source) {
    const { record, service } = work;
    await record.pace.pause(stageTakes);
    if (hasTestTraffic(work))
        await giveTraffic(work, 'test', source.revision, 100);
    await giveTraffic(work, 'production', source.revision, 100);
    for (const other of service.deployments)
        other.status = other === source ? 'PRIMARY' : 'ACTIVE';
    service.definition = source.revision.definition;
    await cleanUp({ ...work, deployment: source });
}
//# sourceMappingURL=blue-green.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/pace.js
function pace(clock) {
    let cause;
    let resume;
    const check = () => {
        if (cause !== undefined)
            throw cause;
    };
    return {
        check,
        async pause(ms) {
            check();
            await new Promise((resolve) => {
                const callOff = clock.after(ms, resolve);
                resume = () => {
                    callOff();
                    resolve();
                };
            });
            resume = undefined;
            check();
        },
        wake: () => resume?.(),
        cutShort(error) {
            cause ??= error;
            resume?.();
        },
    };
}
//# sourceMappingURL=pace.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/revisions.js

/** Notes down what a service runs from now on. */
function newRevision(world, ecs, service, definition, loadBalancers) {
    const id = world.id(19, '0123456789');
    const revision = {
        arn: arnOf(ecs, `service-revision/${service.cluster.name}/${service.name}/${id}`),
        definition,
        settings: structuredClone(service.settings),
        loadBalancers,
        createdAt: world.clock.now(),
        digests: new Map(),
    };
    service.revisions.set(revision.arn, revision);
    return revision;
}
/** A revision as DescribeServiceRevisions shows it. */
function describeRevision(service, revision) {
    const { settings, definition } = revision;
    const isFargate = settings['launchType'] === 'FARGATE';
    const advanced = revision.loadBalancers.filter(({ advancedConfiguration }) => advancedConfiguration !== undefined);
    return {
        serviceRevisionArn: revision.arn,
        serviceArn: service.arn,
        clusterArn: service.cluster.arn,
        taskDefinition: definition.arn,
        capacityProviderStrategy: settings['capacityProviderStrategy'],
        launchType: settings['launchType'],
        platformVersion: isFargate ? (settings['platformVersion'] ?? '1.4.0') : undefined,
        platformFamily: isFargate ? 'Linux' : undefined,
        loadBalancers: inputs(settings['loadBalancers']),
        serviceRegistries: inputs(settings['serviceRegistries']),
        serviceConnectConfiguration: settings['serviceConnectConfiguration'],
        volumeConfigurations: inputs(settings['volumeConfigurations']),
        vpcLatticeConfigurations: inputs(settings['vpcLatticeConfigurations']),
        networkConfiguration: settings['networkConfiguration'],
        containerImages: inputs(definition.body['containerDefinitions']).map(({ name, image }) => ({
            containerName: name,
            image,
            imageDigest: revision.digests.get(String(name)),
        })),
        guardDutyEnabled: false,
        createdAt: seconds(revision.createdAt),
        ...(advanced.length === 0
            ? {}
            : {
                resolvedConfiguration: {
                    loadBalancers: advanced.map(({ targetGroupArn, advancedConfiguration }) => ({
                        targetGroupArn,
                        productionListenerRule: advancedConfiguration.productionListenerRule,
                    })),
                },
            }),
    };
}
//# sourceMappingURL=revisions.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/capacity.js



const unable = 'was unable to place a task because no container instance met all of its requirements.';
const more = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
/**
 * Finds room for one task. Instances are those that were registered in the cluster: there is no Auto Scaling group behind
 * a capacity provider.
 */
function capacityFor(ecs, { cluster, definition, group, launchType, settings }) {
    if (launchType !== 'EC2')
        return { kind: 'fargate' };
    const constraints = inputs(settings['placementConstraints']);
    const strategy = inputs(settings['placementStrategy']);
    const found = place(ecs, activeInstances(ecs, cluster), { definition, group, constraints, strategy });
    if ('instance' in found)
        return { kind: 'instance', instance: found.instance };
    const closest = found.obstacles[0];
    const where = inputs(settings['capacityProviderStrategy']).length > 0 ? 'capacity provider' : 'cluster';
    const why = closest === undefined
        ? `Reason: No Container Instances were found in your ${where}.`
        : `The closest matching (container-instance ${closest.instance.id}) ${closest.event}.`;
    return { kind: 'none', obstacles: found.obstacles, event: `${unable} ${why} ${more}` };
}
//# sourceMappingURL=capacity.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/draining.js

/**
 * How a service leaves machines that are draining: it goes above its number, or below it, as far as its deployment
 * configuration lets it. Source: "Amazon ECS container instance draining" in the developer guide.
 */
function drainPlan(now) {
    const most = Math.floor((now.desired * now.maximumPercent) / 100);
    const least = Math.ceil((now.desired * now.minimumHealthyPercent) / 100);
    const stop = Math.min(now.leaving, Math.max(0, now.ready - least));
    const staying = now.live - now.leaving;
    return { start: Math.max(0, Math.min(now.desired - staying, most - (now.live - stop))), stop };
}
/** Tasks on machines that are draining. */
const onDraining = (tasks) => tasks.filter(({ host }) => host?.instance.status === 'DRAINING');
/** The limits that a service's configuration sets to what it may have meanwhile. */
function limitsOf(service) {
    const { maximumPercent, minimumHealthyPercent } = deploymentConfiguration(service.settings);
    return { maximumPercent: Number(maximumPercent), minimumHealthyPercent: Number(minimumHealthyPercent) };
}
//# sourceMappingURL=draining.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/target-registration.js

/** What is registered of a task: its own address, or the port of its instance. */
function targetOf({ ip, host }, { container, port }) {
    const bound = host?.bindings.find((binding) => binding.container === container && binding.containerPort === port);
    return host === undefined || bound === undefined
        ? { Id: ip, Port: port }
        : { Id: host.instance.ec2InstanceId, Port: bound.hostPort };
}
function targetRegistration(world) {
    const call = (ecs, operation, input) => world.invoke('elasticloadbalancing', operation, input, ecs.caller);
    const groupsOf = (loadBalancers) => loadBalancers
        .filter(({ targetGroupArn }) => targetGroupArn !== undefined)
        .map(({ targetGroupArn, containerName, containerPort }) => ({
        arn: String(targetGroupArn),
        container: String(containerName),
        port: Number(containerPort),
    }));
    const each = async (ecs, task, loadBalancers, operation) => {
        const done = [];
        for (const balanced of groupsOf(loadBalancers)) {
            try {
                await call(ecs, operation, { TargetGroupArn: balanced.arn, Targets: [targetOf(task, balanced)] });
                done.push(balanced.arn);
            }
            catch (error) {
                // A target group that was deleted under the service: ECS goes on without it.
                if (!(error instanceof AwsError))
                    throw error;
            }
        }
        return done;
    };
    const health = async (ecs, arn) => {
        try {
            const answer = await call(ecs, 'DescribeTargetHealth', {
                TargetGroupArn: arn,
            });
            return answer.TargetHealthDescriptions;
        }
        catch (error) {
            if (error instanceof AwsError)
                return [];
            throw error;
        }
    };
    return {
        register: (ecs, task, loadBalancers) => each(ecs, task, loadBalancers, 'RegisterTargets'),
        deregister: (ecs, task, loadBalancers) => each(ecs, task, loadBalancers, 'DeregisterTargets'),
        async drained(ecs, task, loadBalancers) {
            for (const balanced of groupsOf(loadBalancers)) {
                const { arn } = balanced;
                const { Id, Port } = targetOf(task, balanced);
                const draining = (await health(ecs, arn)).some(({ Target, TargetHealth }) => Target.Id === Id && Target.Port === Port && TargetHealth.State === 'draining');
                if (!draining)
                    continue;
                const { Attributes } = await call(ecs, 'DescribeTargetGroupAttributes', { TargetGroupArn: arn });
                const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
                await new Promise((resolve) => world.clock.after(Number(delay ?? 300) * 1_000, resolve));
            }
        },
        async states(ecs, loadBalancers) {
            const groups = groupsOf(loadBalancers);
            const found = new Map();
            for (const { arn } of groups) {
                for (const { Target, TargetHealth } of await health(ecs, arn)) {
                    const description = TargetHealth.Description ?? '';
                    const state = { targetGroupArn: arn, port: Target.Port, state: TargetHealth.State, description };
                    found.set(`${arn} ${Target.Id}:${Target.Port}`, state);
                }
            }
            return (task) => groups.flatMap((balanced) => {
                const { Id, Port } = targetOf(task, balanced);
                const state = found.get(`${balanced.arn} ${Id}:${Port}`);
                return state === undefined ? [] : [state];
            });
        },
    };
}
//# sourceMappingURL=target-registration.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-readiness.js
/** A task counts once it has stayed up this long: one that starts and falls over at once never does. */
const settleMs = 5_000;
/** Judges a task by its containers' health checks and by its targets; `behind` is undefined without a load balancer. */
function readiness(task, behind, now) {
    if (task.lastStatus !== 'RUNNING')
        return { kind: 'waiting' };
    const upMs = now.at - (task.startedAt ?? now.at);
    const checked = task.containers.filter(({ essential, body }) => essential && body['healthCheck'] !== undefined);
    if (checked.some(({ health }) => health === 'UNHEALTHY')) {
        const event = `(task ${task.id}) failed container health checks.`;
        return { kind: 'failed', event, reason: 'Task failed container health checks' };
    }
    const bad = behind?.find(({ state }) => state === 'unhealthy');
    if (bad !== undefined && upMs >= now.graceMs) {
        const where = `(target-group ${bad.targetGroupArn})`;
        return {
            kind: 'failed',
            event: `(task ${task.id}) (port ${bad.port}) is unhealthy in ${where} due to (reason ${bad.description}).`,
            reason: `Task failed ELB health checks in ${where}`,
        };
    }
    // A group that no listener forwards to has no checks to pass.
    const passes = behind?.every(({ state }) => state === 'healthy' || state === 'unused');
    const inService = behind === undefined || (behind.length > 0 && passes === true);
    const isReady = upMs >= settleMs && inService && checked.every(({ health }) => health === 'HEALTHY');
    return { kind: isReady ? 'ready' : 'waiting' };
}
//# sourceMappingURL=task-readiness.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-groups.js






/** Between a failed task and the next one: the service scheduler starts them ever more slowly. */
const backOff = [0, 1_000, 5_000, 10_000, 30_000, 60_000];
const task_groups_lookEvery = 1_000;
/** Between two attempts to place tasks that found no room, and between two events that say the same of it. */
const placeAgainAfter = 10_000;
const complainEvery = 300_000;
const live = (group) => [...group.tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
const running = (group) => live(group).filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
const pending = (group) => live(group).filter(({ lastStatus }) => lastStatus !== 'RUNNING').length;
const task_groups_named = (tasks) => tasks.map(({ id }) => `(task ${id})`).join(' ');
const healthFailure = /^Task failed (container|ELB) health checks/;
function taskGroups(world, engine) {
    const { clock } = world;
    const targets = targetRegistration(world);
    const owners = new Map();
    const registered = new Set();
    const failures = new Set();
    const looks = new Map();
    const complaints = new WeakMap();
    const register = async (ecs, service, group, task) => {
        registered.add(task);
        const arns = await targets.register(ecs, task, group.revision.loadBalancers);
        for (const arn of arns)
            addEvent(world, service, `registered 1 targets in (target-group ${arn})`, group);
    };
    const deregister = async (ecs, service, group, task) => {
        if (!registered.delete(task))
            return;
        const arns = await targets.deregister(ecs, task, group.revision.loadBalancers);
        for (const arn of arns)
            addEvent(world, service, `deregistered 1 targets in (target-group ${arn})`, group);
    };
    const stop = (ecs, service, group, task, reason) => {
        engine.stop(ecs, task, 'ServiceSchedulerInitiated', reason, async () => {
            if (!registered.has(task))
                return;
            await deregister(ecs, service, group, task);
            addEvent(world, service, 'has begun draining connections on 1 tasks.', group);
            await targets.drained(ecs, task, group.revision.loadBalancers);
        });
    };
    const reconcile = (ecs, service, group) => {
        const tasks = live(group);
        const leaving = onDraining(tasks);
        if (leaving.length > 0)
            return moveOff(ecs, service, group, leaving);
        // What does not run yet goes first, then the oldest.
        const order = [...tasks].sort((a, b) => (a.startedAt ?? Number.NEGATIVE_INFINITY) - (b.startedAt ?? Number.NEGATIVE_INFINITY));
        const extra = order.slice(0, Math.max(0, tasks.length - group.desired));
        for (const task of extra) {
            stop(ecs, service, group, task, `Scaling activity initiated by (deployment ${group.id})`);
        }
        if (extra.length > 0)
            addEvent(world, service, `has stopped ${extra.length} running tasks: ${task_groups_named(extra)}.`, group);
        // A group that was given up starts nothing any more; what it has can still be told to go.
        if (group.stopped)
            return;
        const missing = group.desired - tasks.length;
        if (missing > 0) {
            setSteady(service, group, false);
            startSoon(ecs, service, group, missing);
        }
        looks.get(group)?.();
    };
    const startSoon = (ecs, service, group, count) => {
        const wait = group.notBefore - clock.now();
        if (wait > 0)
            clock.after(wait, () => reconcile(ecs, service, group));
        else
            startTasks(ecs, service, group, count);
    };
    /** Moves tasks off machines that are draining, a few at a time. */
    const moveOff = (ecs, service, group, leaving) => {
        setSteady(service, group, false);
        const { desired, ready } = group;
        const numbers = { live: live(group).length, leaving: leaving.length, desired, ready };
        const plan = drainPlan({ ...numbers, ...limitsOf(service) });
        const idle = leaving.filter(({ lastStatus }) => lastStatus !== 'RUNNING');
        const running = leaving.filter(({ lastStatus }) => lastStatus === 'RUNNING');
        const going = [...idle, ...running.slice(0, plan.stop)];
        // Until the next look counts anew; each task that stops leads back here at once.
        group.ready -= Math.min(group.ready, going.length - idle.length);
        for (const task of going) {
            stop(ecs, service, group, task, `Scaling activity initiated by (deployment ${group.id})`);
        }
        if (going.length > 0)
            addEvent(world, service, `has stopped ${going.length} running tasks: ${task_groups_named(going)}.`, group);
        if (plan.start > 0)
            startSoon(ecs, service, group, plan.start);
        looks.get(group)?.();
    };
    const startTasks = (ecs, service, group, count) => {
        const { settings, definition } = group.revision;
        const launchType = String(settings['launchType'] ?? 'FARGATE');
        const { cluster } = service;
        const wanted = { cluster, definition, group: `service:${service.name}`, launchType, settings };
        const tasks = [];
        let full;
        while (tasks.length < count) {
            const capacity = capacityFor(ecs, wanted);
            if (capacity.kind === 'none') {
                full = capacity.event;
                break;
            }
            const task = engine.start(ecs, {
                cluster,
                instance: capacity.kind === 'instance' ? capacity.instance : undefined,
                definition,
                group: `service:${service.name}`,
                startedBy: group.id,
                launchType,
                platformVersion: settings['platformVersion'],
                capacityProvider: settings['capacityProviderStrategy']?.[0]?.capacityProvider,
                networkConfiguration: settings['networkConfiguration'],
                enableExecuteCommand: settings['enableExecuteCommand'] === true,
            });
            inheritTags(ecs, service, group.revision, task);
            group.tasks.add(task);
            owners.set(task, { service, group });
            tasks.push(task);
        }
        if (tasks.length > 0) {
            group.updatedAt = clock.now();
            addEvent(world, service, `has started ${tasks.length} tasks: ${task_groups_named(tasks)}.`, group);
        }
        if (full !== undefined)
            waitForCapacity(ecs, service, group, full);
    };
    /** Tries again later; says why it waits when the reason is new, and now and then. */
    const waitForCapacity = (ecs, service, group, event) => {
        const said = complaints.get(group);
        if (said?.event !== event || clock.now() - said.at >= complainEvery) {
            complaints.set(group, { event, at: clock.now() });
            addEvent(world, service, event, group);
        }
        group.notBefore = clock.now() + placeAgainAfter;
        clock.after(placeAgainAfter, () => reconcile(ecs, service, group));
    };
    const setSteady = (service, group, steady) => {
        if (group.steady === steady)
            return;
        group.steady = steady;
        group.steadyAt = clock.now();
        if (steady && group.desired > 0)
            addEvent(world, service, 'has reached a steady state.', group);
    };
    /** Counts what is ready, and replaces what has failed its checks. */
    const inspect = async (ecs, service, group) => {
        const { loadBalancers, settings } = group.revision;
        const states = loadBalancers.length === 0 ? undefined : await targets.states(ecs, loadBalancers);
        const graceMs = Number(settings['healthCheckGracePeriodSeconds'] ?? 0) * 1_000;
        let ready = 0;
        for (const task of live(group)) {
            const found = readiness(task, states?.(task), { at: clock.now(), graceMs });
            if (found.kind === 'ready')
                ready++;
            if (found.kind !== 'failed')
                continue;
            addEvent(world, service, found.event, group);
            stop(ecs, service, group, task, found.reason);
        }
        group.ready = ready;
        const isWhole = live(group).length === group.desired && onDraining(live(group)).length === 0;
        setSteady(service, group, ready >= group.desired && pending(group) === 0 && isWhole);
    };
    const add = (ecs, service, group) => {
        let looking = false;
        let again = false;
        let timed = false;
        const look = async () => {
            again = true;
            if (looking)
                return;
            looking = true;
            while (again && !group.stopped) {
                again = false;
                await inspect(ecs, service, group);
            }
            looking = false;
            if (group.stopped || group.steady || timed)
                return;
            timed = true;
            clock.after(task_groups_lookEvery, () => {
                timed = false;
                if (onDraining(live(group)).length > 0)
                    reconcile(ecs, service, group);
                else
                    void look();
            });
        };
        looks.set(group, () => void look());
        reconcile(ecs, service, group);
    };
    engine.onChange((ecs, task) => {
        const owner = owners.get(task);
        if (owner === undefined)
            return;
        const { service, group } = owner;
        group.updatedAt = clock.now();
        for (const { name, digest } of task.containers)
            if (digest !== undefined)
                group.revision.digests.set(name, digest);
        if (task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING' && !registered.has(task)) {
            void register(ecs, service, group, task).then(() => looks.get(group)?.());
        }
        if (task.lastStatus === 'STOPPING')
            void deregister(ecs, service, group, task);
        if (task.desiredStatus === 'STOPPED' && task.stoppingAt === clock.now() && task.lastStatus !== 'STOPPED') {
            const byScheduler = task.stopCode === 'ServiceSchedulerInitiated' && !healthFailure.test(task.stoppedReason ?? '');
            if (!byScheduler && task.stopCode !== 'UserInitiated' && !failures.has(task)) {
                failures.add(task);
                group.failed++;
                group.notBefore = clock.now() + (backOff[Math.min(group.failed - 1, backOff.length - 1)] ?? 0);
                if (group.failed === 3) {
                    const what = 'is unable to consistently start tasks successfully.';
                    addEvent(world, service, `${what} For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`, group);
                }
            }
            reconcile(ecs, service, group);
        }
        if (task.lastStatus === 'STOPPED') {
            owners.delete(task);
            group.tasks.delete(task);
            failures.delete(task);
        }
        looks.get(group)?.();
    });
    return {
        add,
        reconcile,
        adopt(service, from, to) {
            for (const task of live(from)) {
                from.tasks.delete(task);
                to.tasks.add(task);
                owners.set(task, { service, group: to });
            }
        },
        rebalance(ecs, instance) {
            const groups = new Map([...owners]
                .filter(([task]) => task.host?.instance === instance)
                .map(([, { service, group }]) => [group, service]));
            for (const [group, service] of groups)
                reconcile(ecs, service, group);
        },
        drain(ecs, service, group, reason) {
            group.stopped = true;
            group.steady = false;
            group.desired = 0;
            looks.delete(group);
            const tasks = live(group);
            for (const task of tasks)
                stop(ecs, service, group, task, reason);
            if (tasks.length > 0)
                addEvent(world, service, `has stopped ${tasks.length} running tasks: ${task_groups_named(tasks)}.`, group);
        },
    };
}
//# sourceMappingURL=task-groups.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/rolling.js


function rollingPlan(now) {
    const most = Math.floor((now.desired * now.maximumPercent) / 100);
    const least = Math.ceil((now.desired * now.minimumHealthyPercent) / 100);
    const room = Math.max(0, most - now.old);
    return {
        wanted: Math.min(now.desired, Math.max(room, now.started)),
        keep: Math.max(0, least - now.ready),
    };
}
/** Replaces old tasks by new ones until only the new revision is left. @throws as `monitor` does */
async function roll(work) {
    const { ecs, service, deployment, groups, record } = work;
    const { configuration } = record;
    for (;;) {
        const old = service.deployments.filter((other) => other !== deployment);
        const plan = rollingPlan({
            desired: service.desired,
            maximumPercent: Number(configuration['maximumPercent']),
            minimumHealthyPercent: Number(configuration['minimumHealthyPercent']),
            old: old.reduce((sum, other) => sum + running(other) + pending(other), 0),
            started: running(deployment) + pending(deployment),
            ready: deployment.ready,
        });
        if (plan.wanted !== deployment.desired) {
            deployment.desired = plan.wanted;
            groups.reconcile(ecs, service, deployment);
        }
        let keep = plan.keep;
        // What serves is kept before what an earlier, unfinished deployment has started.
        for (const other of [...old].sort((a, b) => b.ready - a.ready)) {
            const share = Math.min(other.desired, keep);
            keep -= share;
            if (share === other.desired)
                continue;
            other.desired = share;
            groups.reconcile(ecs, service, other);
        }
        if (deployment.steady && deployment.desired === service.desired && old.every(({ tasks }) => tasks.size === 0))
            return;
        await record.pace.pause(lookEvery);
        await monitor(work);
    }
}
//# sourceMappingURL=rolling.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/deployer.js









const isUnderWay = ({ finishedAt }) => finishedAt === undefined;
function deployer(world, groups) {
    const { clock } = world;
    const newDeployment = (ecs, service, revision) => {
        const id = newGroupId(world);
        const deployment = {
            id,
            revision,
            createdAt: clock.now(),
            tasks: new Set(),
            desired: 0,
            failed: 0,
            updatedAt: clock.now(),
            notBefore: 0,
            stopped: false,
            ready: 0,
            steady: false,
            steadyAt: clock.now(),
            status: 'PRIMARY',
            rolloutState: 'IN_PROGRESS',
            rolloutStateReason: `ECS deployment ${id} in progress.`,
        };
        for (const other of service.deployments)
            other.status = 'ACTIVE';
        service.deployments.unshift(deployment);
        service.definition = revision.definition;
        groups.add(ecs, service, deployment);
        return deployment;
    };
    const finish = (record, status, reason) => {
        record.status = status;
        record.statusReason = reason;
        record.finishedAt = record.updatedAt = clock.now();
        if (status === 'STOPPED')
            record.stoppedAt = clock.now();
    };
    /** `deployment` is what the service has now, and nothing else. */
    const complete = (service, deployment) => {
        for (const other of service.deployments)
            if (other !== deployment)
                other.stopped = true;
        service.deployments.splice(0, service.deployments.length, deployment);
        deployment.rolloutState = 'COMPLETED';
        deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
        addEvent(world, service, `(deployment ${deployment.id}) deployment completed.`);
    };
    const carryOut = async (work) => {
        const { record, deployment, service } = work;
        try {
            await record.pace.pause(1_000);
            record.status = 'IN_PROGRESS';
            record.startedAt = clock.now();
            await (record.configuration['strategy'] === 'ROLLING' ? roll(work) : shiftOver(work));
            complete(service, deployment);
            finish(record, 'SUCCESSFUL', undefined);
        }
        catch (cause) {
            if (cause instanceof Superseded)
                return;
            if (!(cause instanceof Broken || cause instanceof StopRequested))
                throw cause;
            await undo(work, cause);
        }
    };
    const undo = async (work, cause) => {
        const { ecs, service, deployment, record } = work;
        record.pace = pace(clock);
        deployment.rolloutState = 'FAILED';
        if (cause instanceof Broken) {
            deployment.rolloutStateReason = `ECS deployment circuit breaker: ${cause.rollout}`;
            addEvent(world, service, `(deployment ${deployment.id}) deployment failed: ${cause.rollout}`);
        }
        const back = service.serviceDeployments.find((one) => one !== record && one.status === 'SUCCESSFUL')?.target;
        if (cause instanceof Broken && !cause.rollsBack) {
            deployment.stopped = true;
            finish(record, 'STOPPED', cause.message);
            return;
        }
        record.status = 'ROLLBACK_REQUESTED';
        try {
            await record.pace.pause(1_000);
            if (back === undefined) {
                groups.drain(ecs, service, deployment, `Deployment ${deployment.id} has failed`);
                finish(record, 'ROLLBACK_FAILED', 'No rollback candidate was found to run the rollback.');
                return;
            }
            record.status = 'ROLLBACK_IN_PROGRESS';
            record.statusReason = cause.message;
            record.rollback = { reason: cause.message, startedAt: clock.now(), serviceRevisionArn: back.arn };
            const restored = record.configuration['strategy'] === 'ROLLING' ? await rollBack(work, back) : await shiftBackTo(work, cause);
            complete(service, restored);
            finish(record, 'ROLLBACK_SUCCESSFUL', cause.message);
        }
        catch (again) {
            if (again instanceof Superseded)
                return;
            if (!(again instanceof Broken))
                throw again;
            finish(record, 'ROLLBACK_FAILED', again.message);
        }
    };
    const shiftBackTo = async (work, cause) => {
        const source = sourceOf(work);
        if (source === undefined)
            throw new Broken(cause.message, 'no source revision is left.', false);
        addEvent(world, work.service, `rolling back to deployment ${source.id}.`);
        await shiftBack(work, source);
        return source;
    };
    /** A new deployment of an older revision, that keeps the tasks that still run of it. */
    const rollBack = async (work, back) => {
        const { ecs, service, deployment } = work;
        const old = service.deployments.find((other) => other.revision === back && !other.stopped);
        const restored = newDeployment(ecs, service, back);
        const of = old ?? restored;
        restored.rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${of.id}.`;
        addEvent(world, service, `rolling back to deployment ${of.id}.`);
        if (old !== undefined) {
            groups.adopt(service, old, restored);
            restored.desired = restored.tasks.size;
            old.stopped = true;
            service.deployments.splice(service.deployments.indexOf(old), 1);
        }
        groups.drain(ecs, service, deployment, `Scaling activity initiated by (deployment ${restored.id})`);
        await roll({ ...work, deployment: restored });
        return restored;
    };
    const supersede = (service) => {
        for (const record of service.serviceDeployments.filter(isUnderWay)) {
            record.pace.cutShort(new Superseded());
            finish(record, 'STOPPED', 'Service deployment stopped because of a newer service deployment.');
        }
    };
    return {
        begin(ecs, service, definition) {
            supersede(service);
            // What an unfinished deployment has started by then is its successor's to end.
            const good = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
            const configuration = deploymentConfiguration(structuredClone(service.settings));
            if (configuration['strategy'] !== 'ROLLING') {
                for (const other of service.deployments) {
                    if (other !== good && !other.stopped)
                        groups.drain(ecs, service, other, `Deployment ${other.id} was superseded`);
                }
            }
            const before = good?.revision;
            const placed = placedLoadBalancers(service.settings['loadBalancers'] ?? [], before);
            const revision = newRevision(world, ecs, service, definition, placed);
            const deployment = newDeployment(ecs, service, revision);
            const record = {
                arn: arnOf(ecs, `service-deployment/${service.cluster.name}/${service.name}/${newServiceDeploymentId(world)}`),
                target: revision,
                sources: service.deployments.slice(1).map((other) => other.revision),
                configuration,
                createdAt: clock.now(),
                hooks: [],
                weights: new Map([
                    [revision, { production: 0, test: 0 }],
                    ...(before === undefined ? [] : [[before, { production: 100, test: 100 }]]),
                ]),
                pace: pace(clock),
                status: 'PENDING',
                statusReason: undefined,
                lifecycleStage: undefined,
                startedAt: undefined,
                finishedAt: undefined,
                stoppedAt: undefined,
                updatedAt: clock.now(),
                failures: 0,
                threshold: circuitThreshold(service.desired),
                triggeredAlarms: [],
                circuitBroken: false,
                rollback: undefined,
            };
            service.serviceDeployments.unshift(record);
            void carryOut({ world, ecs, groups, service, record, deployment });
            return deployment;
        },
        stop(record) {
            if (record.status !== 'PENDING' && record.status !== 'IN_PROGRESS') {
                throw new AwsError('ConflictException', `The service deployment cannot be stopped because it is ${record.status}.`);
            }
            record.status = 'ROLLBACK_REQUESTED';
            record.pace.cutShort(new StopRequested());
        },
        abandon: supersede,
    };
}
//# sourceMappingURL=deployer.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/service-deployments.js





const summary = (service, record, revision) => {
    const groups = service.deployments.filter((deployment) => deployment.revision === revision);
    const sum = (count) => groups.reduce((total, group) => total + count(group), 0);
    const weights = record.configuration['strategy'] === 'ROLLING' ? undefined : record.weights.get(revision);
    return {
        arn: revision.arn,
        requestedTaskCount: sum(({ desired }) => desired),
        runningTaskCount: sum(running),
        pendingTaskCount: sum(pending),
        requestedTestTrafficWeight: weights?.test,
        requestedProductionTrafficWeight: weights?.production,
    };
};
const monitorStatus = (enabled, triggered, record) => {
    if (!enabled)
        return 'DISABLED';
    if (triggered)
        return 'TRIGGERED';
    return record.finishedAt === undefined ? 'MONITORING' : 'MONITORING_COMPLETE';
};
/** As DescribeServiceDeployments shows it. */
function describeServiceDeployment(service, record) {
    const { configuration } = record;
    const alarms = configuration['alarms'];
    return {
        ...brief(service, record),
        targetServiceRevisionArn: undefined,
        stoppedAt: seconds(record.stoppedAt),
        updatedAt: seconds(record.updatedAt),
        sourceServiceRevisions: record.sources.map((revision) => summary(service, record, revision)),
        targetServiceRevision: summary(service, record, record.target),
        lifecycleStage: record.lifecycleStage,
        lifecycleHookDetails: record.hooks.map(({ expiresAt, ...hook }) => ({ ...hook, expiresAt: seconds(expiresAt) })),
        deploymentConfiguration: configuration,
        rollback: record.rollback && { ...record.rollback, startedAt: seconds(record.rollback.startedAt) },
        deploymentCircuitBreaker: {
            status: monitorStatus(configuration['deploymentCircuitBreaker']?.enable === true, record.circuitBroken, record),
            failureCount: record.failures,
            threshold: record.threshold,
        },
        alarms: {
            status: monitorStatus(alarms?.['enable'] === true, record.triggeredAlarms.length > 0, record),
            alarmNames: state_texts(alarms?.['alarmNames']),
            triggeredAlarmNames: record.triggeredAlarms,
        },
    };
}
const brief = (service, record) => ({
    serviceDeploymentArn: record.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: seconds(record.createdAt),
    startedAt: seconds(record.startedAt),
    finishedAt: seconds(record.finishedAt),
    targetServiceRevisionArn: record.target.arn,
    status: record.status,
    statusReason: record.statusReason,
});
/** Reading, stopping and continuing native deployments. */
function serviceDeploymentOperations({ world, state }, deployer) {
    const find = (ecs, arn) => {
        for (const service of ecs.services.values()) {
            const record = service.serviceDeployments.find((candidate) => candidate.arn === arn);
            if (record !== undefined)
                return { service, record };
        }
        return undefined;
    };
    const existing = (ecs, arn) => {
        const found = find(ecs, arn);
        if (found === undefined) {
            throw new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
        }
        return found.record;
    };
    const atMost20 = (arns, name) => {
        if (arns.length === 0)
            throw new AwsError('InvalidParameterException', `${name} cannot be empty.`);
        if (arns.length > 20)
            throw new AwsError('InvalidParameterException', `${name} cannot have more than 20 elements.`);
    };
    return {
        ListServiceDeployments(input, caller) {
            const ecs = state(caller);
            const service = serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service']);
            const wanted = state_texts(input['status']);
            const { before, after } = (input['createdAt'] ?? {});
            const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'ListServiceDeployments' });
            const found = service.serviceDeployments.filter(({ status, createdAt }) => createdAt <= seenAt &&
                (wanted.length === 0 || wanted.includes(status)) &&
                (before === undefined || createdAt / 1_000 <= Number(before)) &&
                (after === undefined || createdAt / 1_000 >= Number(after)));
            const { items, ...next } = paging_page(found, input, 100, 20);
            return { serviceDeployments: items.map((record) => brief(service, record)), ...next };
        },
        DescribeServiceDeployments(input, caller) {
            const ecs = state(caller);
            const arns = state_texts(input['serviceDeploymentArns']);
            atMost20(arns, 'serviceDeploymentArns');
            const found = arns.map((arn) => ({ arn, hit: find(ecs, arn) }));
            return {
                serviceDeployments: found.flatMap(({ hit }) => hit === undefined ? [] : [describeServiceDeployment(hit.service, hit.record)]),
                failures: found.filter(({ hit }) => hit === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
            };
        },
        DescribeServiceRevisions(input, caller) {
            const ecs = state(caller);
            const arns = state_texts(input['serviceRevisionArns']);
            atMost20(arns, 'serviceRevisionArns');
            const found = arns.map((arn) => {
                const service = [...ecs.services.values()].find(({ revisions }) => revisions.has(arn));
                const revision = service?.revisions.get(arn);
                return { arn, shown: service && revision && describeRevision(service, revision) };
            });
            return {
                serviceRevisions: found.flatMap(({ shown }) => (shown === undefined ? [] : [shown])),
                failures: found.filter(({ shown }) => shown === undefined).map(({ arn }) => ({ arn, reason: 'MISSING' })),
            };
        },
        StopServiceDeployment(input, caller) {
            const record = existing(state(caller), input['serviceDeploymentArn']);
            if (input['stopType'] !== undefined && input['stopType'] !== 'ROLLBACK') {
                throw new AwsError('InvalidParameterException', 'stopType must be ROLLBACK.');
            }
            deployer.stop(record);
            return { serviceDeploymentArn: record.arn };
        },
        ContinueServiceDeployment(input, caller) {
            const record = existing(state(caller), input['serviceDeploymentArn']);
            const hook = record.hooks.find(({ hookId }) => hookId === input['hookId']);
            if (hook?.status !== 'AWAITING_ACTION') {
                throw new AwsError('InvalidParameterException', 'The hook is not awaiting an action.');
            }
            hook.status = input['action'] === 'ROLLBACK' ? 'FAILED' : 'SUCCEEDED';
            record.pace.wake();
            return { serviceDeploymentArn: record.arn };
        },
    };
}
//# sourceMappingURL=service-deployments.js.map
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/launch-rules.js


const isGiven = (value) => value !== undefined && value !== null;
const launch_rules_invalid = (message) => new AwsError('InvalidParameterException', message);
/**
 * Holds a task's or a service's network settings against its task definition.
 * @throws AwsError InvalidParameterException
 */
function checkNetwork(definition, networkConfiguration) {
    const awsvpc = definition.body['networkMode'] === 'awsvpc';
    if (awsvpc && (networkConfiguration === undefined || networkConfiguration === null)) {
        throw launch_rules_invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (!awsvpc && networkConfiguration !== undefined && networkConfiguration !== null) {
        throw launch_rules_invalid('Network Configuration is not valid for the given networkMode of this task definition.');
    }
    const vpc = networkConfiguration?.['awsvpcConfiguration'];
    if (awsvpc && state_texts(vpc?.['subnets']).length === 0)
        throw launch_rules_invalid('subnets can not be empty.');
}
/** A request with the capacity providers that its cluster has for requests that name no capacity. */
const launchIn = (cluster, input) => isGiven(input['launchType']) ||
    inputs(input['capacityProviderStrategy']).length > 0 ||
    cluster.defaultStrategy.length === 0
    ? input
    : { ...input, capacityProviderStrategy: cluster.defaultStrategy };
/** The launch type that a request comes to. @throws AwsError InvalidParameterException */
function launchTypeOf(input, definition) {
    const strategy = inputs(input['capacityProviderStrategy']);
    if (strategy.length > 0 && input['launchType'] !== undefined) {
        throw launch_rules_invalid('Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.');
    }
    if (strategy.length > 0) {
        return strategy.some((one) => String(one['capacityProvider']).startsWith('FARGATE')) ? 'FARGATE' : 'EC2';
    }
    const launchType = String(input['launchType'] ?? 'EC2');
    if (launchType === 'FARGATE' && definition?.body['networkMode'] !== 'awsvpc' && definition !== undefined) {
        throw launch_rules_invalid('Task definition does not support launch_type FARGATE.');
    }
    return launchType;
}
//# sourceMappingURL=launch-rules.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/service-rules.js


const service_rules_invalid = (message) => new AwsError('InvalidParameterException', message);
async function targetGroup(world, ecs, arn) {
    try {
        const { TargetGroups } = await world.invoke('elasticloadbalancing', 'DescribeTargetGroups', { TargetGroupArns: [arn] }, ecs.caller);
        if (TargetGroups[0] !== undefined)
            return TargetGroups[0];
    }
    catch (error) {
        if (!(error instanceof AwsError))
            throw error;
    }
    throw service_rules_invalid(`The target group ${arn} does not exist.`);
}
/**
 * Holds the load balancers of a service or a task set against the task definition and the target groups.
 * @throws AwsError InvalidParameterException
 */
async function checkLoadBalancers(world, ecs, loadBalancers, definition) {
    for (const { targetGroupArn, containerName, containerPort } of loadBalancers) {
        if (definition !== undefined) {
            const container = inputs(definition.body['containerDefinitions']).find(({ name }) => name === containerName);
            if (container === undefined)
                throw service_rules_invalid(`The container ${containerName} does not exist in the task definition.`);
            if (!inputs(container['portMappings']).some((mapping) => mapping['containerPort'] === containerPort)) {
                throw service_rules_invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`);
            }
        }
        if (targetGroupArn === undefined)
            continue;
        const group = await targetGroup(world, ecs, String(targetGroupArn));
        if (group.LoadBalancerArns.length === 0) {
            throw service_rules_invalid(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`);
        }
        const awsvpc = definition?.body['networkMode'] === 'awsvpc';
        if (awsvpc && group.TargetType !== 'ip') {
            throw service_rules_invalid(`The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the awsvpc network mode specified in the task definition.`);
        }
        if (definition !== undefined && !awsvpc && group.TargetType === 'ip') {
            const mode = definition.body['networkMode'] ?? 'bridge';
            throw service_rules_invalid(`The provided target group ${targetGroupArn} has target type ip, which is incompatible with the ${mode} network mode specified in the task definition.`);
        }
    }
}
/**
 * Holds the volumes that a service or a task brings against those that its definition leaves open.
 * @throws AwsError InvalidParameterException
 */
function checkVolumes(definition, volumeConfigurations) {
    const open = inputs(definition.body['volumes']).filter(({ configuredAtLaunch }) => configuredAtLaunch === true);
    const given = inputs(volumeConfigurations);
    if (given.some((volume) => !open.some(({ name }) => name === volume['name']))) {
        throw service_rules_invalid('Volume configuration provided but no matching configuredAtLaunch volume found in task definition.');
    }
    const without = open.find(({ name }) => !given.some((volume) => volume['name'] === name));
    if (without !== undefined) {
        throw service_rules_invalid(`The volume ${without['name']} is configured at launch, but no volume configuration was provided for it.`);
    }
}
const within = (value, least, most, name) => {
    if (value === undefined || value === null)
        return;
    if (typeof value !== 'number' || value < least || value > most) {
        throw service_rules_invalid(`${name} must be between ${least} and ${most}.`);
    }
};
/** @throws AwsError InvalidParameterException, ClientException */
function checkDeploymentConfiguration(configuration, controller) {
    if (configuration === undefined || configuration === null)
        return;
    const given = configuration;
    const strategy = String(given['strategy'] ?? 'ROLLING');
    if (!['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'].includes(strategy))
        throw service_rules_invalid('Invalid deployment strategy.');
    if (given['deploymentCircuitBreaker']?.enable === true && controller !== 'ECS') {
        throw service_rules_invalid('Deployment circuit breaker feature can only be enabled for ECS deployment controller.');
    }
    within(given['maximumPercent'], 0, 2_000, 'maximumPercent');
    within(given['minimumHealthyPercent'], 0, 100, 'minimumHealthyPercent');
    if (given['maximumPercent'] === 0 || (given['maximumPercent'] === 100 && given['minimumHealthyPercent'] === 100)) {
        throw service_rules_invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.');
    }
    within(given['bakeTimeInMinutes'], 0, 1_440, 'bakeTimeInMinutes');
    within(given['linearConfiguration']?.stepPercent, 3, 100, 'stepPercent');
    within(given['linearConfiguration']?.stepBakeTimeInMinutes, 0, 1_440, 'stepBakeTimeInMinutes');
    within(given['canaryConfiguration']?.canaryPercent, 0.1, 100, 'canaryPercent');
    within(given['canaryConfiguration']?.canaryBakeTimeInMinutes, 0, 1_440, 'canaryBakeTimeInMinutes');
    for (const hook of inputs(given['lifecycleHooks'])) {
        if (strategy === 'ROLLING')
            throw service_rules_invalid('Lifecycle hooks are not supported with the ROLLING deployment strategy.');
        if (state_texts(hook['lifecycleStages']).length === 0)
            throw service_rules_invalid('lifecycleStages cannot be empty.');
        if (hook['targetType'] !== 'PAUSE' && hook['hookTargetArn'] === undefined) {
            throw service_rules_invalid('hookTargetArn cannot be empty.');
        }
        within(hook['timeoutConfiguration']?.timeoutInMinutes, 1, 20_160, 'timeoutInMinutes');
    }
}
const elsewhere = {
    CODE_DEPLOY: 'Use AWS CodeDeploy to trigger a new deployment.',
    EXTERNAL: 'Use CreateTaskSet to trigger a new deployment.',
};
/** What UpdateService does not do for services that something else moves. @throws AwsError InvalidParameterException */
function checkUpdatable(input, controller) {
    if (controller === 'ECS' || input['deploymentController']?.type === 'ECS')
        return;
    const on = `on services with a ${controller} deployment controller. ${elsewhere[controller]}`;
    const refused = [
        ['taskDefinition', 'task definition'],
        ['networkConfiguration', 'network parameters'],
        ['platformVersion', 'platform version'],
        ['loadBalancers', 'load balancers'],
        ['serviceRegistries', 'service registries'],
        ['capacityProviderStrategy', 'capacity provider strategy'],
    ];
    const given = refused.find(([name]) => input[name] !== undefined && input[name] !== null);
    if (given !== undefined)
        throw service_rules_invalid(`Unable to update ${given[1]} ${on}`);
    if (input['forceNewDeployment'] === true)
        throw service_rules_invalid(`Cannot force a new deployment ${on}`);
}
//# sourceMappingURL=service-rules.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/service-view.js




/** How a group's tasks are launched: a launch type or capacity providers, and the platform that comes with Fargate. */
const launch = ({ launchType, capacityProviderStrategy, platformVersion }) => ({
    ...(capacityProviderStrategy === undefined ? { launchType } : { capacityProviderStrategy }),
    ...(launchType === 'FARGATE' ? { platformVersion: platformVersion ?? '1.4.0', platformFamily: 'Linux' } : {}),
});
const describeDeployment = (deployment) => ({
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.revision.definition.arn,
    desiredCount: deployment.desired,
    pendingCount: pending(deployment),
    runningCount: running(deployment),
    failedTasks: deployment.failed,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    ...launch(deployment.revision.settings),
    networkConfiguration: deployment.revision.settings['networkConfiguration'],
    serviceConnectConfiguration: deployment.revision.settings['serviceConnectConfiguration'],
    volumeConfigurations: inputs(deployment.revision.settings['volumeConfigurations']),
    vpcLatticeConfigurations: inputs(deployment.revision.settings['vpcLatticeConfigurations']),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
});
/** A task set as DescribeTaskSets shows it. */
const describeTaskSet = (service, set, tags) => ({
    id: set.id,
    taskSetArn: set.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedBy: set.startedBy,
    externalId: set.externalId,
    status: set.status,
    taskDefinition: set.revision.definition.arn,
    computedDesiredCount: set.desired,
    pendingCount: pending(set),
    runningCount: running(set),
    createdAt: seconds(set.createdAt),
    updatedAt: seconds(set.updatedAt),
    ...launch(set.revision.settings),
    networkConfiguration: set.revision.settings['networkConfiguration'],
    loadBalancers: set.revision.loadBalancers,
    serviceRegistries: inputs(set.revision.settings['serviceRegistries']),
    scale: set.scale,
    stabilityStatus: set.steady ? 'STEADY_STATE' : 'STABILIZING',
    stabilityStatusAt: seconds(set.steadyAt),
    tags,
});
/** A service as DescribeServices shows it, its current deployment as of `seenAt`; without tags unless asked for. */
function describeService(ecs, service, withTags, seenAt = Number.POSITIVE_INFINITY) {
    const { settings, controller } = service;
    const native = controller === 'ECS';
    const groups = native ? service.deployments : service.taskSets;
    const sum = (count) => groups.reduce((total, group) => total + count(group), 0);
    const underWay = service.serviceDeployments.find(({ createdAt, finishedAt }) => createdAt <= seenAt && (finishedAt === undefined || finishedAt > seenAt));
    const primary = service.taskSets.find(({ status }) => status === 'PRIMARY');
    const shown = primary?.revision.settings ?? settings;
    return {
        serviceArn: service.arn,
        serviceName: service.name,
        clusterArn: service.cluster.arn,
        loadBalancers: primary?.revision.loadBalancers ?? inputs(settings['loadBalancers']),
        serviceRegistries: inputs(shown['serviceRegistries']),
        status: service.status,
        desiredCount: service.desired,
        runningCount: sum(running),
        pendingCount: sum(pending),
        ...launch({ ...shown, platformVersion: shown['platformVersion'] ?? 'LATEST' }),
        taskDefinition: service.definition?.arn,
        deploymentConfiguration: native
            ? deploymentConfiguration(settings)
            : { maximumPercent: 200, minimumHealthyPercent: 100, ...(settings['deploymentConfiguration'] ?? {}) },
        taskSets: native ? undefined : service.taskSets.map((set) => describeTaskSet(service, set)),
        deployments: service.deployments.map(describeDeployment),
        roleArn: `arn:aws:iam::${ecs.caller.accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
        events: service.events.map(({ id, createdAt, message }) => ({ id, createdAt: seconds(createdAt), message })),
        createdAt: seconds(service.createdAt),
        ...(native
            ? {
                currentServiceDeployment: underWay?.arn,
                currentServiceRevisions: service.deployments
                    .filter(({ stopped }) => !stopped)
                    .map((deployment) => ({
                    arn: deployment.revision.arn,
                    requestedTaskCount: deployment.desired,
                    runningTaskCount: running(deployment),
                    pendingTaskCount: pending(deployment),
                })),
            }
            : {}),
        placementConstraints: inputs(settings['placementConstraints']),
        placementStrategy: inputs(settings['placementStrategy']),
        networkConfiguration: shown['networkConfiguration'],
        healthCheckGracePeriodSeconds: settings['healthCheckGracePeriodSeconds'] ?? 0,
        schedulingStrategy: 'REPLICA',
        deploymentController: { type: controller },
        ...(withTags ? { tags: tagsOf(ecs, service.arn) } : {}),
        createdBy: service.createdBy,
        enableECSManagedTags: settings['enableECSManagedTags'] ?? false,
        propagateTags: settings['propagateTags'] ?? 'NONE',
        enableExecuteCommand: settings['enableExecuteCommand'] ?? false,
        availabilityZoneRebalancing: settings['availabilityZoneRebalancing'] ?? 'DISABLED',
    };
}
//# sourceMappingURL=service-view.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/services.js









/** Of what CreateService and UpdateService take, the settings whose change is a new deployment… */
const deployed = [
    ...['capacityProviderStrategy', 'platformVersion', 'networkConfiguration', 'loadBalancers', 'enableExecuteCommand'],
    ...['enableECSManagedTags', 'propagateTags', 'serviceConnectConfiguration', 'volumeConfigurations'],
    ...['serviceRegistries', 'vpcLatticeConfigurations'],
];
/** …and those that only count from then on. */
const undeployed = [
    ...['deploymentConfiguration', 'healthCheckGracePeriodSeconds', 'placementConstraints', 'placementStrategy'],
    'availabilityZoneRebalancing',
];
const services_invalid = (message) => new AwsError('InvalidParameterException', message);
const services_isGiven = (value) => value !== undefined && value !== null;
/** Deployments of a service that are not over. Source: the service quotas of ECS. */
const mostDeployments = 5;
/** Whether a request would make a new deployment. */
const mayDeploy = (service, input, next) => next !== service.definition ||
    input['forceNewDeployment'] === true ||
    change(structuredClone(service.settings), structuredClone(input));
/** Takes over what is given; says whether a new deployment follows from it. */
function change(settings, input) {
    let redeploys = false;
    for (const name of deployed) {
        if (!services_isGiven(input[name]))
            continue;
        const unset = Array.isArray(input[name]) && input[name].length === 0 && settings[name] === undefined;
        if (unset || (0,external_node_util_.isDeepStrictEqual)(settings[name], input[name]))
            continue;
        settings[name] = input[name];
        redeploys = true;
    }
    for (const name of undeployed) {
        if (!services_isGiven(input[name]))
            continue;
        settings[name] =
            name === 'deploymentConfiguration' ? { ...settings[name], ...input[name] } : input[name];
    }
    return redeploys;
}
const desiredCountOf = (input, otherwise) => {
    const count = services_isGiven(input['desiredCount']) ? Number(input['desiredCount']) : otherwise;
    if (!Number.isInteger(count) || count < 0)
        throw services_invalid('desiredCount cannot be negative.');
    return count;
};
/** Services: made, changed, read and deleted. */
function serviceOperations({ world, state }, groups, deployer, sets) {
    const rescale = (ecs, service, desired) => {
        service.desired = desired;
        if (service.controller !== 'ECS') {
            sets.rescale(ecs, service);
            return;
        }
        const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
        if (primary === undefined || primary.rolloutState === 'IN_PROGRESS')
            return;
        primary.desired = desired;
        groups.reconcile(ecs, service, primary);
    };
    const create = async (ecs, request) => {
        const cluster = clusterOf(ecs, request['cluster']);
        const input = launchIn(cluster, request);
        const name = String(input['serviceName'] ?? '');
        if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
            throw services_invalid('Invalid identifier: Identifier is not valid');
        const before = findService(ecs, cluster, name);
        if (before?.status === 'DRAINING')
            throw services_invalid('Unable to Start a service that is still Draining.');
        if (before?.status === 'ACTIVE')
            throw services_invalid('Creation of service was not idempotent.');
        const controller = (input['deploymentController']?.type ?? 'ECS');
        if (!['ECS', 'CODE_DEPLOY', 'EXTERNAL'].includes(controller))
            throw services_invalid('Invalid deployment controller type.');
        if (controller !== 'EXTERNAL' && !services_isGiven(input['taskDefinition']))
            throw services_invalid('TaskDefinition can not be blank.');
        if (controller === 'EXTERNAL' && services_isGiven(input['taskDefinition'])) {
            throw services_invalid('Task definition is not supported on a service with an EXTERNAL deployment controller.');
        }
        const definition = controller === 'EXTERNAL' ? undefined : startableDefinition(ecs, input['taskDefinition']);
        if ((input['schedulingStrategy'] ?? 'REPLICA') !== 'REPLICA') {
            throw services_invalid(`The sandbox does not know the scheduling strategy ${input['schedulingStrategy']}.`);
        }
        const launchType = launchTypeOf(input, definition);
        checkPlacement(input);
        if (definition !== undefined)
            checkNetwork(definition, input['networkConfiguration']);
        checkDeploymentConfiguration(input['deploymentConfiguration'], controller);
        if (definition !== undefined)
            checkVolumes(definition, input['volumeConfigurations']);
        const desired = desiredCountOf(input, controller === 'EXTERNAL' ? 0 : 1);
        const balancers = inputs(input['loadBalancers']);
        if (controller === 'CODE_DEPLOY' && balancers.length === 0) {
            throw services_invalid('CODE_DEPLOY deployment controller requires a load balancer.');
        }
        await checkLoadBalancers(world, ecs, balancers, definition);
        const service = {
            arn: arnOf(ecs, `service/${cluster.name}/${name}`),
            name,
            cluster,
            createdAt: world.clock.now(),
            createdBy: ecs.caller.arn,
            deployments: [],
            taskSets: [],
            serviceDeployments: [],
            revisions: new Map(),
            events: [],
            settings: { launchType },
            controller,
            desired,
            status: 'ACTIVE',
            definition,
        };
        change(service.settings, input);
        ecs.services.set(`${cluster.name}/${name}`, service);
        ecs.tags.delete(service.arn);
        addTags(ecs, service.arn, input['tags']);
        if (definition === undefined)
            return service;
        if (controller === 'ECS')
            deployer.begin(ecs, service, definition);
        else
            sets.create(ecs, service, definition, { loadBalancers: balancers }, true);
        return service;
    };
    const update = async (ecs, input) => {
        const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service']);
        checkUpdatable(input, service.controller);
        checkPlacement(input);
        const given = services_isGiven(input['taskDefinition']) ? startableDefinition(ecs, input['taskDefinition']) : undefined;
        const next = given ?? service.definition;
        if (next !== undefined && services_isGiven(input['networkConfiguration']))
            checkNetwork(next, input['networkConfiguration']);
        if (services_isGiven(input['deploymentConfiguration'])) {
            const merged = { ...service.settings['deploymentConfiguration'], ...input['deploymentConfiguration'] };
            checkDeploymentConfiguration(merged, input['deploymentController']?.type ?? service.controller);
        }
        const balancers = services_isGiven(input['loadBalancers']) ? input['loadBalancers'] : service.settings['loadBalancers'];
        if (service.controller === 'ECS' || services_isGiven(input['loadBalancers'])) {
            if (services_isGiven(input['loadBalancers']) || given !== undefined) {
                await checkLoadBalancers(world, ecs, inputs(balancers), next);
            }
        }
        const volumes = input['volumeConfigurations'] ?? service.settings['volumeConfigurations'];
        if (next !== undefined && (given !== undefined || services_isGiven(input['volumeConfigurations'])))
            checkVolumes(next, volumes);
        const desired = desiredCountOf(input, service.desired);
        if (service.controller === 'ECS' &&
            service.deployments.length >= mostDeployments &&
            mayDeploy(service, input, next)) {
            throw services_invalid(`${mostDeployments} active deployments exist, unable to create new deployment.`);
        }
        const migrates = service.controller !== 'ECS' && input['deploymentController']?.type === 'ECS';
        if (migrates)
            sets.handOver(ecs, service);
        const redeploys = change(service.settings, input);
        if (inputs(input['capacityProviderStrategy']).length > 0)
            service.settings['launchType'] = launchTypeOf(input, next);
        if (desired !== service.desired)
            rescale(ecs, service, desired);
        const isNew = next !== service.definition || redeploys || migrates || input['forceNewDeployment'] === true;
        if (service.controller === 'ECS' && next !== undefined && isNew)
            deployer.begin(ecs, service, next);
        return service;
    };
    return {
        async CreateService(input, caller) {
            const ecs = state(caller);
            return { service: describeService(ecs, await create(ecs, input), true) };
        },
        async UpdateService(input, caller) {
            const ecs = state(caller);
            return { service: describeService(ecs, await update(ecs, input), true) };
        },
        DeleteService(input, caller) {
            const ecs = state(caller);
            const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service']);
            if (service.desired > 0 && input['force'] !== true) {
                throw services_invalid('The service cannot be stopped while the primary deployment is scaled above 0.');
            }
            service.status = 'DRAINING';
            service.desired = 0;
            deployer.abandon(service);
            const all = [...service.deployments, ...service.taskSets];
            for (const group of all)
                groups.drain(ecs, service, group, 'Service was deleted');
            const end = () => {
                if (all.some(({ tasks }) => tasks.size > 0))
                    return void world.clock.after(1_000, end);
                service.deployments.splice(0);
                service.taskSets.splice(0);
                service.status = 'INACTIVE';
            };
            world.clock.after(1_000, end);
            return { service: describeService(ecs, service, true) };
        },
        DescribeServices(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const wanted = state_texts(input['services']);
            if (wanted.length === 0)
                throw services_invalid('Services cannot be empty.');
            if (wanted.length > 10)
                throw services_invalid('Services cannot have more than 10 elements.');
            const tags = includesTags(input);
            const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'DescribeServices' });
            const found = wanted.map((reference) => ({ reference, service: findService(ecs, cluster, reference) }));
            return {
                services: found.flatMap(({ service }) => service === undefined ? [] : [describeService(ecs, service, tags, seenAt)]),
                failures: found
                    .filter(({ service }) => service === undefined)
                    .map(({ reference }) => ({
                    arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `service/${cluster.name}/${reference}`),
                    reason: 'MISSING',
                })),
            };
        },
        ListServices(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const found = [...ecs.services.values()].filter((service) => service.cluster === cluster &&
                service.status !== 'INACTIVE' &&
                (!services_isGiven(input['launchType']) || service.settings['launchType'] === input['launchType']));
            const { items, ...next } = paging_page(found, input, 100, 10);
            return { serviceArns: items.map(({ arn }) => arn), ...next };
        },
        UpdateServicePrimaryTaskSet(input, caller) {
            const ecs = state(caller);
            return sets.makePrimary(activeService(ecs, clusterOf(ecs, input['cluster']), input['service']), input);
        },
        DescribeTaskSets(input, caller) {
            const ecs = state(caller);
            return sets.describe(ecs, serviceOf(ecs, clusterOf(ecs, input['cluster']), input['service']), input);
        },
    };
}
//# sourceMappingURL=services.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-definition-members.js

/** What RegisterTaskDefinition takes and DescribeTaskDefinition gives back; `tags` stand beside it. */
const taskMembers = [
    'family',
    'taskRoleArn',
    'executionRoleArn',
    'networkMode',
    'containerDefinitions',
    'volumes',
    'placementConstraints',
    'requiresCompatibilities',
    'cpu',
    'memory',
    'pidMode',
    'ipcMode',
    'proxyConfiguration',
    'inferenceAccelerators',
    'ephemeralStorage',
    'runtimePlatform',
    'enableFaultInjection',
];
const containerMembers = [
    ...['name', 'image', 'repositoryCredentials', 'cpu', 'memory', 'memoryReservation', 'links', 'portMappings'],
    ...['essential', 'restartPolicy', 'entryPoint', 'command', 'environment', 'environmentFiles', 'mountPoints'],
    ...['volumesFrom', 'linuxParameters', 'secrets', 'dependsOn', 'startTimeout', 'stopTimeout', 'versionConsistency'],
    ...['hostname', 'user', 'workingDirectory', 'disableNetworking', 'privileged', 'readonlyRootFilesystem'],
    ...['dnsServers', 'dnsSearchDomains', 'extraHosts', 'dockerSecurityOptions', 'interactive', 'pseudoTerminal'],
    ...['dockerLabels', 'ulimits', 'logConfiguration', 'healthCheck', 'systemControls', 'resourceRequirements'],
    ...['firelensConfiguration', 'credentialSpecs'],
];
/** Members of what stands inside a container definition; what is not named here is kept as it came. */
const nestedMembers = {
    portMappings: ['containerPort', 'hostPort', 'protocol', 'name', 'appProtocol', 'containerPortRange'],
    environment: ['name', 'value'],
    environmentFiles: ['value', 'type'],
    secrets: ['name', 'valueFrom'],
    mountPoints: ['sourceVolume', 'containerPath', 'readOnly'],
    volumesFrom: ['sourceContainer', 'readOnly'],
    dependsOn: ['containerName', 'condition'],
    logConfiguration: ['logDriver', 'options', 'secretOptions'],
    healthCheck: ['command', 'interval', 'timeout', 'retries', 'startPeriod'],
    ulimits: ['name', 'softLimit', 'hardLimit'],
    resourceRequirements: ['value', 'type'],
};
const task_definition_members_pick = (value, names) => Object.fromEntries(names.filter((name) => value[name] !== undefined && value[name] !== null).map((name) => [name, value[name]]));
function container(definition) {
    const kept = task_definition_members_pick(definition, containerMembers);
    for (const [name, members] of Object.entries(nestedMembers)) {
        const value = kept[name];
        if (Array.isArray(value))
            kept[name] = inputs(value).map((item) => task_definition_members_pick(item, members));
        else if (typeof value === 'object' && value !== null)
            kept[name] = task_definition_members_pick(value, members);
    }
    return kept;
}
/** What ECS adds to a container that does not say otherwise. */
function withDefaults(definition, networkMode) {
    const hostPort = networkMode === 'awsvpc' || networkMode === 'host';
    const { healthCheck } = definition;
    return {
        cpu: 0,
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        ...definition,
        ...(healthCheck === undefined ? {} : { healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck } }),
        portMappings: inputs(definition['portMappings']).map((mapping) => ({
            ...mapping,
            hostPort: mapping['hostPort'] ?? (hostPort ? mapping['containerPort'] : 0),
            protocol: mapping['protocol'] ?? 'tcp',
        })),
    };
}
/** What ECS keeps of a registration: the members of its model and no others, with the defaults that it adds. */
function keptDefinition(input) {
    return {
        volumes: [],
        placementConstraints: [],
        ...task_definition_members_pick(input, taskMembers),
        containerDefinitions: inputs(input['containerDefinitions']).map((one) => withDefaults(container(one), input['networkMode'])),
    };
}
//# sourceMappingURL=task-definition-members.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-definition-rules.js


const client = (message) => new AwsError('ClientException', message);
/** Memory that Fargate offers for each amount of CPU, in MiB: from, to, step. Source: the task size table of the ECS developer guide. */
const fargateSizes = {
    '256': [512, 2048, 512],
    '512': [1024, 4096, 1024],
    '1024': [2048, 8192, 1024],
    '2048': [4096, 16384, 1024],
    '4096': [8192, 30720, 1024],
    '8192': [16384, 61440, 4096],
    '16384': [32768, 122880, 8192],
};
/** `1 vCPU`, `.5 vcpu` or `1024` in CPU units; `2 GB` or `2048` in MiB. */
const sizeOf = (value, unit) => {
    const text = String(value ?? '').trim();
    return unit.test(text) ? Number.parseFloat(text) * 1024 : Number(text);
};
/** JSON types that the service cannot read as its own: what the SDKs and the CLI refuse before they send. */
function checkTypes(input) {
    const wrong = (what) => new AwsError('SerializationException', what);
    for (const name of ['containerDefinitions', 'volumes', 'requiresCompatibilities', 'placementConstraints', 'tags']) {
        if (input[name] !== undefined && input[name] !== null && !Array.isArray(input[name])) {
            throw wrong('Start of structure or map found where not expected.');
        }
    }
    for (const name of ['family', 'cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'networkMode']) {
        const value = input[name];
        if (typeof value === 'object' && value !== null)
            throw wrong('Start of structure or map found where not expected.');
        if (typeof value === 'number')
            throw wrong('NUMBER_VALUE can not be converted to a String');
    }
    for (const container of inputs(input['containerDefinitions'])) {
        for (const name of ['environment', 'secrets', 'portMappings', 'command', 'entryPoint', 'mountPoints']) {
            if (container[name] !== undefined && container[name] !== null && !Array.isArray(container[name])) {
                throw wrong('Start of structure or map found where not expected.');
            }
        }
        for (const { value } of inputs(container['environment'])) {
            if (typeof value === 'number')
                throw wrong('NUMBER_VALUE can not be converted to a String');
            if (typeof value === 'boolean')
                throw wrong(`${value ? 'TRUE' : 'FALSE'}_VALUE can not be converted to a String`);
        }
        for (const name of ['cpu', 'memory', 'memoryReservation']) {
            if (typeof container[name] === 'string')
                throw wrong('STRING_VALUE can not be converted to an Integer');
        }
    }
}
function checkContainers(input, containers) {
    const names = containers.map(({ name }) => String(name ?? ''));
    const volumes = new Set(inputs(input['volumes']).map(({ name }) => name));
    for (const [index, container] of containers.entries()) {
        const name = names[index] ?? '';
        if (name === '')
            throw client('Container.name should not be null or empty.');
        if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
            throw client(`Container.name contains invalid characters: ${name}`);
        }
        if (names.indexOf(name) !== index)
            throw client(`Container.name contains duplicate name: ${name}`);
        if (!container['image'])
            throw client('Container.image should not be null or empty.');
        for (const { sourceVolume } of inputs(container['mountPoints'])) {
            if (sourceVolume !== undefined && !volumes.has(sourceVolume))
                throw client(`Unknown volume '${sourceVolume}'.`);
        }
        for (const { containerName } of inputs(container['dependsOn'])) {
            if (!names.includes(String(containerName))) {
                throw client(`Container '${name}' depends on container '${containerName}' which does not exist.`);
            }
        }
        const driver = container['logConfiguration']?.logDriver;
        const options = (container['logConfiguration']?.options ?? {});
        if (driver === 'awslogs' && (options['awslogs-group'] === undefined || options['awslogs-region'] === undefined)) {
            const missing = options['awslogs-group'] === undefined ? 'awslogs-group' : 'awslogs-region';
            throw client(`Log driver awslogs requires options: ${missing}`);
        }
    }
    if (containers.every(({ essential }) => essential === false)) {
        throw client('Invalid setting for task definition. At least one container must be essential.');
    }
}
function checkFargate(input, containers) {
    if (input['networkMode'] !== 'awsvpc')
        throw client('Fargate only supports network mode ‘awsvpc’.');
    if (input['cpu'] === undefined)
        throw client("Fargate requires that 'cpu' be defined at the task level.");
    if (input['memory'] === undefined)
        throw client("Fargate requires that 'memory' be defined at the task level.");
    const cpu = sizeOf(input['cpu'], /vcpu$/i);
    const memory = sizeOf(input['memory'], /gb$/i);
    const range = fargateSizes[String(cpu)];
    const fits = range !== undefined && memory >= range[0] && memory <= range[1] && (memory - range[0]) % range[2] === 0;
    if (!fits)
        throw client(`No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`);
    const withSecrets = containers.some(({ secrets }) => inputs(secrets).length > 0);
    if (input['executionRoleArn'] === undefined) {
        if (withSecrets) {
            throw client("Fargate requires task definition to have execution role ARN to support secrets. When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }
        const logging = containers.find(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs');
        if (logging !== undefined) {
            throw client('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
        }
    }
    for (const { portMappings, name, privileged } of containers) {
        if (privileged === true)
            throw client(`Fargate compatible task definitions do not support privileged: ${name}`);
        for (const { hostPort, containerPort } of inputs(portMappings)) {
            if (hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort) {
                throw client('When networkMode=awsvpc, the host ports and container ports in port mappings must match.');
            }
        }
    }
}
/** What RegisterTaskDefinition refuses, in its words. @throws AwsError ClientException, SerializationException */
function checkDefinition(input) {
    checkTypes(input);
    if (!input['family'])
        throw client('Family should not be null or empty.');
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(String(input['family'])))
        throw client('Family contains invalid characters.');
    const containers = inputs(input['containerDefinitions']);
    if (containers.length === 0)
        throw client('Container list cannot be empty.');
    checkContainers(input, containers);
    if (state_texts(input['requiresCompatibilities']).includes('FARGATE')) {
        checkFargate(input, containers);
        return;
    }
    for (const { name, memory, memoryReservation, secrets } of containers) {
        if (inputs(secrets).length > 0 && input['executionRoleArn'] === undefined) {
            throw client("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }
        if (input['memory'] === undefined && memory === undefined && memoryReservation === undefined) {
            throw client(`Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`);
        }
    }
}
//# sourceMappingURL=task-definition-rules.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-definitions.js






const task_definitions_client = (message) => new AwsError('ClientException', message);
const task_definitions_describe = (definition) => ({
    ...definition.body,
    status: definition.status,
    registeredAt: seconds(definition.registeredAt),
    deregisteredAt: seconds(definition.deregisteredAt),
    deleteRequestedAt: seconds(definition.deleteRequestedAt),
});
/** What the agent must be able to do for it; a few of the names that ECS derives. */
function requiredAttributes({ executionRoleArn, taskRoleArn, networkMode, containerDefinitions }) {
    const drivers = new Set(containerDefinitions.map((one) => one['logConfiguration']?.logDriver));
    const names = [
        ...(drivers.has('awslogs') ? ['com.amazonaws.ecs.capability.logging-driver.awslogs'] : []),
        ...(drivers.has('awslogs') && executionRoleArn ? ['ecs.capability.execution-role-awslogs'] : []),
        ...(taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
        ...(networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : []),
        'com.amazonaws.ecs.capability.docker-remote-api.1.18',
    ];
    return names.map((name) => ({ name }));
}
function compatibilities(kept) {
    const asked = state_texts(kept['requiresCompatibilities']);
    if (kept['networkMode'] === 'awsvpc')
        return [...new Set(['EC2', ...asked])];
    return [...new Set(['EXTERNAL', 'EC2', ...asked])];
}
/** Registering, reading and retiring task definitions. */
function taskDefinitionOperations({ world, state }) {
    const register = (ecs, input, caller) => {
        checkDefinition(input);
        const family = String(input['family']);
        const all = ecs.families.get(family) ?? [];
        const revision = (all.at(-1)?.revision ?? 0) + 1;
        const arn = arnOf(ecs, `task-definition/${family}:${revision}`);
        const kept = keptDefinition(structuredClone(input));
        const definition = {
            arn,
            family,
            revision,
            body: {
                taskDefinitionArn: arn,
                ...kept,
                revision,
                compatibilities: compatibilities(kept),
                requiresAttributes: requiredAttributes(kept),
                registeredBy: caller.arn,
            },
            registeredAt: world.clock.now(),
            status: 'ACTIVE',
            deregisteredAt: undefined,
            deleteRequestedAt: undefined,
        };
        ecs.families.set(family, [...all, definition]);
        addTags(ecs, arn, input['tags']);
        return definition;
    };
    const existing = (ecs, reference) => {
        const found = findDefinition(ecs, reference);
        if (found === undefined)
            throw task_definitions_client('Unable to describe task definition.');
        return found;
    };
    const revisionOf = (ecs, reference) => {
        if (!state_nameIn(reference).includes(':'))
            throw task_definitions_client('Invalid revision number. Number: ');
        return existing(ecs, reference);
    };
    return {
        RegisterTaskDefinition(input, caller) {
            const ecs = state(caller);
            const definition = register(ecs, input, caller);
            const tags = tagsOf(ecs, definition.arn);
            return { taskDefinition: task_definitions_describe(definition), ...(tags.length > 0 ? { tags } : {}) };
        },
        DescribeTaskDefinition(input, caller) {
            const ecs = state(caller);
            const definition = existing(ecs, input['taskDefinition']);
            return {
                taskDefinition: task_definitions_describe(definition),
                tags: includesTags(input) ? tagsOf(ecs, definition.arn) : [],
            };
        },
        DeregisterTaskDefinition(input, caller) {
            const definition = revisionOf(state(caller), input['taskDefinition']);
            if (definition.status === 'ACTIVE')
                definition.deregisteredAt = world.clock.now();
            if (definition.status === 'ACTIVE')
                definition.status = 'INACTIVE';
            return { taskDefinition: task_definitions_describe(definition) };
        },
        DeleteTaskDefinitions(input, caller) {
            const ecs = state(caller);
            const wanted = state_texts(input['taskDefinitions']);
            if (wanted.length === 0 || wanted.length > 10) {
                throw new AwsError('InvalidParameterException', 'taskDefinitions must have between 1 and 10 elements.');
            }
            const deleted = [];
            const failures = [];
            for (const reference of wanted) {
                const definition = findDefinition(ecs, reference);
                if (definition === undefined || !state_nameIn(reference).includes(':')) {
                    failures.push({ arn: reference, reason: 'The specified task definition does not exist.' });
                }
                else if (definition.status === 'ACTIVE') {
                    const reason = 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.';
                    failures.push({ arn: definition.arn, reason });
                }
                else {
                    definition.status = 'DELETE_IN_PROGRESS';
                    definition.deleteRequestedAt ??= world.clock.now();
                    deleted.push(task_definitions_describe(definition));
                }
            }
            return { taskDefinitions: deleted, failures };
        },
        ListTaskDefinitions(input, caller) {
            const status = input['status'] ?? 'ACTIVE';
            const prefix = input['familyPrefix'];
            const found = [...state(caller).families.values()]
                .flat()
                .filter((one) => one.status === status && (prefix === undefined || one.family === prefix))
                .sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1));
            if (input['sort'] === 'DESC')
                found.reverse();
            const { items, ...next } = paging_page(found, input);
            return { taskDefinitionArns: items.map(({ arn }) => arn), ...next };
        },
        ListTaskDefinitionFamilies(input, caller) {
            const prefix = String(input['familyPrefix'] ?? '');
            const wanted = String(input['status'] ?? 'ACTIVE');
            const families = [...state(caller).families].filter(([family, all]) => {
                const active = all.some(({ status }) => status === 'ACTIVE');
                return family.startsWith(prefix) && (wanted === 'ALL' || active === (wanted === 'ACTIVE'));
            });
            const { items, ...next } = paging_page(families.map(([family]) => family).sort(), input);
            return { families: items, ...next };
        },
    };
}
//# sourceMappingURL=task-definitions.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/behaviour.js
/** The behaviour of one container with its environment, by name. */
function behaviour(image, environment) {
    const label = (name) => image.labels[`sandbox.${name}`];
    const seconds = (name, otherwise) => {
        const value = Number(label(name) ?? otherwise);
        return Number.isFinite(value) && value >= 0 ? value * 1_000 : otherwise * 1_000;
    };
    const set = new Set([...Object.keys(environment), ...image.env.map((pair) => pair.split('=', 1)[0] ?? '')]);
    const missing = (label('requires-env') ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !set.has(name));
    const log = (label('log') ?? '').split('\n').filter((line) => line !== '');
    const base = {
        startupMs: seconds('startup', 2),
        healthy: label('healthy') !== 'false',
        answer: unhealthyAnswer(label('health-answer')),
    };
    const afterMs = seconds('exit-after', 1);
    if (missing.length > 0) {
        const lines = missing.map((name) => `fatal: ${name} is not set`);
        return { ...base, exit: { code: 1, afterMs, reason: 'Error' }, log: [...log, ...lines] };
    }
    if (label('oom') === 'true')
        return { ...base, exit: { code: 137, afterMs, reason: 'OOMKilled' }, log };
    const code = label('exit-code');
    if (code === undefined)
        return { ...base, exit: undefined, log };
    const value = Number.parseInt(code, 10) || 0;
    return { ...base, exit: { code: value, afterMs, reason: value === 0 ? 'Completed' : 'Error' }, log };
}
function unhealthyAnswer(text) {
    if (text === 'refused' || text === 'timeout')
        return text;
    return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : 503;
}
//# sourceMappingURL=behaviour.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/container-life.js


/** The words of the container agent for an image that cannot be had. */
function pullFailureReason(image, { failure, message }) {
    if (failure === 'invalid-reference')
        return `CannotPullContainerError: invalid reference format: ${image}`;
    if (message.includes('no match for platform')) {
        return "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'.";
    }
    const times = failure === 'unreachable' ? 5 : 1;
    return `CannotPullContainerError: pull image manifest has been retried ${times} time(s): failed to resolve ref ${image}: ${message}`;
}
/**
 * What a container does, by its image's labels and by the environment that its task gives it. A command that a task is run with,
 * such as a migration, is not the image's own program: it ends well when the image does not say otherwise.
 */
function behaviourIn(task, container, image) {
    const override = inputs(task.overrides['containerOverrides']).find(({ name }) => name === container.name);
    const pairs = [
        ...inputs(container.body['environment']),
        ...inputs(container.body['secrets']),
        ...inputs(override?.['environment']),
    ];
    const environment = Object.fromEntries(pairs.map(({ name, value }) => [String(name), String(value ?? '')]));
    const told = behaviour(image, environment);
    if (told.exit !== undefined || override?.['command'] === undefined)
        return told;
    return { ...told, exit: { code: 0, afterMs: 1_000, reason: 'Completed' } };
}
/**
 * When a container's own health check has an answer, in ms after its start, and which: healthy at the first check after it has
 * started up, unhealthy once `retries` checks in a row have failed after `startPeriod`. Undefined without a health check.
 */
function healthVerdict(container, { startupMs, healthy }) {
    const check = container.body['healthCheck'];
    if (check === undefined)
        return undefined;
    const interval = Number(check['interval'] ?? 30) * 1_000;
    const unhealthyAfter = Number(check['startPeriod'] ?? 0) * 1_000 + Number(check['retries'] ?? 3) * interval;
    const healthyAfter = Math.max(1, Math.ceil(startupMs / interval)) * interval;
    return healthy && healthyAfter <= unhealthyAfter
        ? { healthy: true, afterMs: healthyAfter }
        : { healthy: false, afterMs: unhealthyAfter };
}
/** How a task answers a load balancer's checks: when its slowest essential container is up, and never when one of them ends by itself. */
function answersTo(now, all) {
    const essential = all.filter(({ container }) => container.essential).map(({ acts }) => acts);
    const failing = essential.find(({ healthy, exit }) => !healthy || exit !== undefined);
    const { answer } = failing ?? essential[0] ?? { answer: 503 };
    const healthyFrom = failing === undefined ? now + Math.max(0, ...essential.map(({ startupMs }) => startupMs)) : undefined;
    return { healthyFrom, answer };
}
//# sourceMappingURL=container-life.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-logs.js

const optionsOf = ({ body }) => body['logConfiguration']?.logDriver === 'awslogs' ? (body['logConfiguration'].options ?? {}) : undefined;
function logStream(task, container) {
    const options = optionsOf(container);
    if (options === undefined)
        return undefined;
    const prefix = options['awslogs-stream-prefix'];
    return {
        logGroupName: String(options['awslogs-group'] ?? ''),
        logStreamName: prefix === undefined ? String(container.runtimeId) : `${prefix}/${container.name}/${task.id}`,
    };
}
function taskLogs(world) {
    /** The error of a call, if the service refused it. */
    const attempt = async (ecs, operation, input) => {
        try {
            await world.invoke('logs', operation, input, ecs.caller);
            return undefined;
        }
        catch (error) {
            if (error instanceof AwsError)
                return error;
            throw error;
        }
    };
    return {
        async open(ecs, task, container) {
            const stream = logStream(task, container);
            if (stream === undefined)
                return undefined;
            if (optionsOf(container)?.['awslogs-create-group'] === 'true') {
                await attempt(ecs, 'CreateLogGroup', { logGroupName: stream.logGroupName });
            }
            const refused = await attempt(ecs, 'CreateLogStream', { ...stream });
            if (refused === undefined || refused.code === 'ResourceAlreadyExistsException')
                return undefined;
            return ('ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
                'failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, ' +
                `https response error StatusCode: ${refused.status}, ${refused.code}: ${refused.message} : exit status 1`);
        },
        async write(ecs, task, container, lines) {
            const stream = logStream(task, container);
            if (stream === undefined || lines.length === 0)
                return;
            const timestamp = Math.round(world.clock.now());
            // A group that was deleted meanwhile takes the lines with it, as on AWS.
            await attempt(ecs, 'PutLogEvents', { ...stream, logEvents: lines.map((message) => ({ timestamp, message })) });
        },
    };
}
//# sourceMappingURL=task-logs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-secrets.js


/** A name, or an ARN of either service; the name of a parameter is of the task's own region. */
function secretReference(valueFrom, region, account) {
    const [, service, itsRegion = '', itsAccount = '', rest = ''] = /^arn:[a-z-]+:(ssm|secretsmanager):([a-z0-9-]*):(\d*):(.*)$/s.exec(valueFrom) ?? [];
    if (service === 'ssm') {
        const name = rest.replace(/^parameter/, '');
        return { kind: 'ssm', region: itsRegion, account: itsAccount, reference: valueFrom, name };
    }
    if (service === undefined)
        return { kind: 'ssm', region, account, reference: valueFrom, name: valueFrom };
    const [, secret = '', jsonKey = '', stage = '', versionId = ''] = rest.split(':');
    const arn = valueFrom.split(':').slice(0, 6).concat(secret).join(':');
    return { kind: 'asm', region: itsRegion, account: itsAccount, arn, jsonKey, stage, versionId };
}
const referencesOf = (ecs, task) => task.containers
    .flatMap(({ body }) => [...inputs(body['secrets']), ...inputs(body['logConfiguration']?.secretOptions)])
    .map(({ valueFrom }) => secretReference(String(valueFrom), ecs.caller.region, ecs.caller.accountId));
/** Why a secret cannot be had, in the words of the platform's own call. */
class Withheld extends Error {
    name = 'Withheld';
}
function taskSecrets(world) {
    const refused = (ecs, task, action, resource) => {
        const role = state_nameIn(task.definition.body['executionRoleArn']);
        const who = `arn:aws:sts::${ecs.caller.accountId}:assumed-role/${role}/${task.id}`;
        return new Withheld(`AccessDeniedException: User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action status code: 400, request id: ${requestId()}`);
    };
    const requestId = () => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-');
    const parameters = async (ecs, task, region, all) => {
        const wanted = all.flatMap((one) => (one.kind === 'ssm' ? [one] : []));
        const foreign = wanted.find(({ account }) => account !== ecs.caller.accountId);
        if (foreign !== undefined) {
            const arn = `arn:aws:ssm:${region}:${foreign.account}:parameter${foreign.name}`;
            throw refused(ecs, task, 'ssm:GetParameters', arn);
        }
        // An ARN also finds a parameter whose name has no slash at its front; what is missed is told by its name.
        const nameOf = new Map(wanted.map(({ reference, name }) => [reference, name]));
        const names = [...nameOf.keys()];
        const invalid = [];
        for (let from = 0; from < names.length; from += 10) {
            const { InvalidParameters } = await world.invoke('ssm', 'GetParameters', { Names: names.slice(from, from + 10), WithDecryption: true }, { ...ecs.caller, region });
            invalid.push(...InvalidParameters.map((one) => nameOf.get(one) ?? one));
        }
        if (invalid.length > 0)
            throw new Withheld(`invalid ssm parameters: ${invalid.join(', ')}`);
    };
    const secret = async (ecs, task, reference) => {
        const { arn, account, region, jsonKey, stage, versionId } = reference;
        const fetching = `failed to fetch secret ${arn} from secrets manager: `;
        if (account !== ecs.caller.accountId) {
            throw new Withheld(fetching + refused(ecs, task, 'secretsmanager:GetSecretValue', arn).message);
        }
        let text;
        try {
            const input = {
                SecretId: arn,
                ...(stage === '' ? {} : { VersionStage: stage }),
                ...(versionId === '' ? {} : { VersionId: versionId }),
            };
            const caller = { ...ecs.caller, region };
            const found = await world.invoke('secretsmanager', 'GetSecretValue', input, caller);
            text = found.SecretString;
        }
        catch (error) {
            if (!(error instanceof AwsError))
                throw error;
            throw new Withheld(`${fetching}${error.code}: ${error.message} status code: 400, request id: ${requestId()}`);
        }
        if (jsonKey !== '')
            checkKey(text ?? '', jsonKey);
    };
    const fetchAll = async (ecs, task) => {
        const references = referencesOf(ecs, task);
        const attempt = async (what, where, run) => {
            try {
                await run();
                return undefined;
            }
            catch (error) {
                if (error instanceof Withheld)
                    return { what, where, error };
                throw error;
            }
        };
        for (const region of new Set(references.map((one) => one.region))) {
            const here = references.filter((one) => one.region === region);
            const failure = await attempt('secrets from ssm', `SSM Parameter Store in ${region}`, () => parameters(ecs, task, region, here));
            if (failure !== undefined)
                return failure;
        }
        for (const one of references) {
            if (one.kind !== 'asm')
                continue;
            const where = `AWS Secrets Manager in region ${one.region}`;
            const failure = await attempt('secret from asm', where, () => secret(ecs, task, one));
            if (failure !== undefined)
                return failure;
        }
        return undefined;
    };
    return {
        async withheld(ecs, task) {
            const failure = await fetchAll(ecs, task);
            if (failure === undefined)
                return undefined;
            // The container agent of an instance has words of its own.
            if (task.host !== undefined)
                return `Fetching secret data from ${failure.where}: ${failure.error.message}`;
            return ('ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ' +
                `unable to retrieve ${failure.what}: service call has been retried 1 time(s): ${failure.error.message}`);
        },
    };
}
/** Whether a secret's text is a JSON object that has a key. @throws Withheld */
function checkKey(text, key) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new Withheld(`invalid character '${text.trim()[0] ?? ''}' looking for beginning of value`);
    }
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        throw new Withheld(`retrieved secret from Secrets Manager did not contain json key ${key}`);
    }
}
//# sourceMappingURL=task-secrets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-engine.js





/** How long a task takes on its way, in ms of sandbox time. */
const timing = { provision: 2_000, pull: 3_000, stopContainers: 2_000, deprovision: 1_000, keepStopped: 3_600_000 };
/** Where a task answers: at its own address, and at its ports of its instance. */
const addressesOf = ({ ip, host }) => [
    ip,
    ...(host?.bindings ?? []).map(({ hostPort }) => `${host?.instance.ec2InstanceId}:${hostPort}`),
];
function taskEngine(world, network) {
    const { clock } = world;
    const logs = taskLogs(world);
    const secrets = taskSecrets(world);
    const listeners = [];
    const changed = (ecs, task) => {
        task.version++;
        for (const listener of listeners)
            listener(ecs, task);
    };
    const isOver = (task) => task.desiredStatus === 'STOPPED';
    const stop = (ecs, task, code, reason, drain) => {
        if (isOver(task))
            return;
        task.desiredStatus = 'STOPPED';
        task.stopCode = code;
        task.stoppedReason = reason;
        task.stoppingAt = clock.now();
        const ran = task.startedAt !== undefined;
        task.lastStatus = ran ? 'DEACTIVATING' : 'STOPPING';
        changed(ecs, task);
        const stopContainers = () => {
            for (const address of addressesOf(task))
                network.detach(address);
            task.lastStatus = 'STOPPING';
            changed(ecs, task);
            clock.after(ran ? timing.stopContainers : 0, () => {
                for (const container of task.containers) {
                    // 143: the program left at SIGTERM.
                    if (container.lastStatus === 'RUNNING')
                        container.exitCode ??= 143;
                    container.lastStatus = 'STOPPED';
                    container.health = 'UNKNOWN';
                }
                task.executionStoppedAt = clock.now();
                task.lastStatus = 'DEPROVISIONING';
                changed(ecs, task);
                clock.after(timing.deprovision, () => {
                    task.lastStatus = 'STOPPED';
                    task.stoppedAt = clock.now();
                    changed(ecs, task);
                    clock.after(timing.keepStopped, () => void ecs.tasks.delete(task.arn));
                });
            });
        };
        if (ran && drain !== undefined)
            void drain().then(stopContainers);
        else
            stopContainers();
    };
    const exits = (ecs, task, container, code, oom) => {
        if (isOver(task) || container.lastStatus === 'STOPPED')
            return;
        container.lastStatus = 'STOPPED';
        container.exitCode = code;
        if (oom)
            container.reason = 'OutOfMemoryError: Container killed due to memory usage';
        if (container.essential)
            stop(ecs, task, 'EssentialContainerExited', 'Essential container in task exited');
        else
            changed(ecs, task);
    };
    const run = async (ecs, task) => {
        const withheld = await secrets.withheld(ecs, task);
        if (withheld !== undefined)
            return stop(ecs, task, 'TaskFailedToStart', withheld);
        const started = [];
        for (const container of task.containers) {
            const image = world.images.pull(container.image);
            if ('failure' in image) {
                container.reason = pullFailureReason(container.image, image);
                return stop(ecs, task, 'TaskFailedToStart', container.reason);
            }
            container.digest = image.digest;
            container.runtimeId = `${task.id}-${world.id(10, '0123456789')}`;
            started.push({ container, acts: behaviourIn(task, container, image) });
        }
        task.pullStoppedAt = clock.now();
        for (const { container } of started) {
            const refused = await logs.open(ecs, task, container);
            if (refused !== undefined)
                return stop(ecs, task, 'TaskFailedToStart', refused);
        }
        if (isOver(task))
            return;
        task.lastStatus = 'RUNNING';
        task.startedAt = clock.now();
        for (const { container, acts } of started) {
            container.lastStatus = 'RUNNING';
            await logs.write(ecs, task, container, acts.log);
            const verdict = healthVerdict(container, acts);
            if (verdict !== undefined) {
                clock.after(verdict.afterMs, () => {
                    if (isOver(task) || container.lastStatus !== 'RUNNING')
                        return;
                    container.health = verdict.healthy ? 'HEALTHY' : 'UNHEALTHY';
                    changed(ecs, task);
                });
            }
            const { exit } = acts;
            if (exit !== undefined) {
                clock.after(exit.afterMs, () => exits(ecs, task, container, exit.code, exit.reason === 'OOMKilled'));
            }
        }
        const workload = answersTo(clock.now(), started);
        for (const address of addressesOf(task))
            network.attach(address, workload);
        changed(ecs, task);
    };
    return {
        start(ecs, request) {
            const id = world.id(32);
            const task = {
                arn: arnOf(ecs, `task/${request.cluster.name}/${id}`),
                id,
                cluster: request.cluster,
                definition: request.definition,
                group: request.group,
                startedBy: request.startedBy,
                launchType: request.launchType,
                platformVersion: request.platformVersion,
                capacityProvider: request.capacityProvider,
                enableExecuteCommand: request.enableExecuteCommand ?? false,
                ip: network.nextAddress(),
                host: request.instance && {
                    instance: request.instance,
                    bindings: bindPorts(ecs, request.instance, request.definition),
                },
                networkConfiguration: request.networkConfiguration,
                createdAt: clock.now(),
                overrides: request.overrides ?? {},
                containers: inputs(request.definition.body['containerDefinitions']).map((body) => ({
                    arn: arnOf(ecs, `container/${request.cluster.name}/${id}/${world.id(8)}-${world.id(4)}`),
                    name: String(body['name']),
                    image: String(body['image']),
                    essential: body['essential'] !== false,
                    body,
                    runtimeId: undefined,
                    digest: undefined,
                    lastStatus: 'PENDING',
                    health: 'UNKNOWN',
                    exitCode: undefined,
                    reason: undefined,
                })),
                lastStatus: 'PROVISIONING',
                desiredStatus: 'RUNNING',
                version: 1,
            };
            ecs.tasks.set(task.arn, task);
            clock.after(timing.provision, () => {
                if (isOver(task))
                    return;
                task.lastStatus = 'PENDING';
                task.pullStartedAt = clock.now();
                changed(ecs, task);
                clock.after(timing.pull, () => {
                    if (!isOver(task))
                        void run(ecs, task);
                });
            });
            return task;
        },
        stop,
        onChange: (listener) => void listeners.push(listener),
    };
}
//# sourceMappingURL=task-engine.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-sets.js







const task_sets_invalid = (message) => new AwsError('InvalidParameterException', message);
/** Tasks of a task set: its share of the service's desired count, rounded up. */
const shareOf = (service, set) => Math.ceil((service.desired * set.scale.value) / 100);
function scaleOf(input) {
    const { value = 100, unit = 'PERCENT' } = (input['scale'] ?? {});
    if (unit !== 'PERCENT' || typeof value !== 'number' || value < 0 || value > 100) {
        throw task_sets_invalid('Scale must be a percentage between 0 and 100.');
    }
    return { value, unit: 'PERCENT' };
}
function find(service, reference) {
    const found = service.taskSets.find(({ id, arn }) => arn === reference || state_nameIn(id) === state_nameIn(reference));
    if (found === undefined)
        throw new AwsError('TaskSetNotFoundException', 'The specified task set was not found.');
    return found;
}
function taskSets({ world, state }, groups) {
    const { clock } = world;
    const create = (ecs, service, definition, input, primary) => {
        const { scale: _scale, ...own } = input;
        const settings = { ...service.settings, ...own };
        const placed = { ...service, settings };
        const id = newGroupId(world);
        const now = clock.now();
        const set = {
            id,
            arn: arnOf(ecs, `task-set/${service.cluster.name}/${service.name}/${id}`),
            revision: newRevision(world, ecs, placed, definition, inputs(input['loadBalancers'])),
            createdAt: now,
            tasks: new Set(),
            desired: 0,
            failed: 0,
            updatedAt: now,
            notBefore: 0,
            stopped: false,
            ready: 0,
            steady: false,
            steadyAt: now,
            externalId: input['externalId'],
            startedBy: primary ? undefined : service.controller === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : undefined,
            scale: scaleOf(input),
            status: primary ? 'PRIMARY' : 'ACTIVE',
        };
        service.taskSets.push(set);
        set.desired = shareOf(service, set);
        groups.add(ecs, service, set);
        return set;
    };
    const resize = (ecs, service, set) => {
        if (set.stopped)
            return;
        set.desired = shareOf(service, set);
        groups.reconcile(ecs, service, set);
    };
    const target = (input, ecs) => {
        const service = activeService(ecs, clusterOf(ecs, input['cluster']), input['service']);
        if (service.controller === 'ECS') {
            throw task_sets_invalid('Task sets are only supported on services with an EXTERNAL or CODE_DEPLOY deployment controller.');
        }
        return service;
    };
    const createFrom = async (ecs, input) => {
        const service = target(input, ecs);
        const definition = startableDefinition(ecs, input['taskDefinition']);
        if (service.taskSets.filter(({ status }) => status !== 'DRAINING').length >= 5) {
            throw task_sets_invalid('5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.');
        }
        const network = input['networkConfiguration'] ?? service.settings['networkConfiguration'];
        checkNetwork(definition, network);
        const loadBalancers = inputs(input['loadBalancers']);
        await checkLoadBalancers(world, ecs, loadBalancers, definition);
        const own = { loadBalancers };
        const members = ['networkConfiguration', 'platformVersion', 'capacityProviderStrategy', 'serviceRegistries'];
        for (const name of [...members, 'scale', 'externalId']) {
            if (input[name] !== undefined && input[name] !== null)
                own[name] = input[name];
        }
        if (input['launchType'] !== undefined || own['capacityProviderStrategy'] !== undefined) {
            own['launchType'] = launchTypeOf(input, definition);
        }
        const set = create(ecs, service, definition, own, false);
        addTags(ecs, set.arn, input['tags']);
        return set;
    };
    return {
        create,
        rescale(ecs, service) {
            for (const set of service.taskSets)
                resize(ecs, service, set);
        },
        makePrimary(service, input) {
            const set = find(service, input['primaryTaskSet']);
            if (set.stopped)
                throw task_sets_invalid('The task set is draining.');
            for (const other of service.taskSets)
                if (other.status === 'PRIMARY')
                    other.status = 'ACTIVE';
            set.status = 'PRIMARY';
            set.updatedAt = clock.now();
            service.definition = set.revision.definition;
            return { taskSet: describeTaskSet(service, set) };
        },
        describe(ecs, service, input) {
            const wanted = state_texts(input['taskSets']);
            const tags = (set) => (includesTags(input) ? tagsOf(ecs, set.arn) : undefined);
            const found = wanted.length === 0 ? service.taskSets : wanted.map((reference) => find(service, reference));
            return { taskSets: found.map((set) => describeTaskSet(service, set, tags(set))), failures: [] };
        },
        handOver(ecs, service) {
            const primary = service.taskSets.find(({ status }) => status === 'PRIMARY');
            service.controller = 'ECS';
            for (const set of service.taskSets) {
                if (set !== primary)
                    groups.drain(ecs, service, set, `Task set ${set.id} was deleted`);
            }
            service.taskSets.splice(0);
            if (primary === undefined)
                return;
            const deployment = {
                ...primary,
                id: newGroupId(world),
                tasks: new Set(),
                status: 'PRIMARY',
                rolloutState: 'COMPLETED',
                rolloutStateReason: `ECS deployment ${primary.id} completed.`,
            };
            groups.adopt(service, primary, deployment);
            primary.stopped = true;
            service.deployments.unshift(deployment);
            groups.add(ecs, service, deployment);
        },
        operations: {
            async CreateTaskSet(input, caller) {
                const ecs = state(caller);
                const set = await createFrom(ecs, input);
                return { taskSet: describeTaskSet(target(input, ecs), set, tagsOf(ecs, set.arn)) };
            },
            UpdateTaskSet(input, caller) {
                const ecs = state(caller);
                const service = target(input, ecs);
                const set = find(service, input['taskSet']);
                set.scale = scaleOf(input);
                resize(ecs, service, set);
                return { taskSet: describeTaskSet(service, set) };
            },
            DeleteTaskSet(input, caller) {
                const ecs = state(caller);
                const service = target(input, ecs);
                const set = find(service, input['taskSet']);
                if (set.scale.value > 0 && set.tasks.size > 0 && input['force'] !== true) {
                    throw task_sets_invalid('The task set cannot be deleted while it is scaled above 0.');
                }
                set.status = 'DRAINING';
                groups.drain(ecs, service, set, `Task set ${set.id} was deleted`);
                const gone = () => {
                    if (set.tasks.size > 0)
                        return void clock.after(1_000, gone);
                    const at = service.taskSets.indexOf(set);
                    if (at >= 0)
                        service.taskSets.splice(at, 1);
                };
                clock.after(1_000, gone);
                return { taskSet: describeTaskSet(service, set) };
            },
        },
    };
}
//# sourceMappingURL=task-sets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/task-view.js

function overallHealth({ containers }) {
    const checked = containers.filter(({ body, essential }) => essential && body['healthCheck'] !== undefined);
    if (checked.some(({ health }) => health === 'UNHEALTHY'))
        return 'UNHEALTHY';
    return checked.length > 0 && checked.every(({ health }) => health === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN';
}
/** The network interface of a task in awsvpc mode. */
function attachment(task) {
    const vpc = task.networkConfiguration?.['awsvpcConfiguration'];
    const status = task.lastStatus === 'STOPPED' ? 'DELETED' : task.lastStatus === 'PROVISIONING' ? 'PRECREATED' : 'ATTACHED';
    const mac = (task.id.slice(0, 10).match(/../g) ?? []).join(':');
    const details = [
        ['subnetId', state_texts(vpc?.['subnets'])[0] ?? 'subnet-0a'],
        ['networkInterfaceId', `eni-${task.id.slice(0, 17)}`],
        ['macAddress', `0a:${mac}`],
        ['privateDnsName', `ip-${task.ip.replaceAll('.', '-')}.internal`],
        ['privateIPv4Address', task.ip],
    ];
    return {
        id: attachmentId(task),
        type: 'ElasticNetworkInterface',
        status,
        details: details.map(([name, value]) => ({ name, value })),
    };
}
const attachmentId = ({ id }) => [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
/** A container's ports on its instance, once the task runs. */
const bindingsOf = ({ host, startedAt }, container) => startedAt === undefined
    ? []
    : (host?.bindings ?? [])
        .filter((binding) => binding.container === container)
        .map(({ containerPort, hostPort, protocol }) => ({ bindIP: '0.0.0.0', containerPort, hostPort, protocol }));
/** A task as DescribeTasks shows it. */
function describeTask(task, tags = []) {
    const isFargate = task.launchType === 'FARGATE';
    const awsvpc = task.definition.body['networkMode'] === 'awsvpc';
    const overridden = inputs(task.overrides['containerOverrides']);
    const text = (value) => (value === undefined ? undefined : String(value));
    return {
        taskArn: task.arn,
        clusterArn: task.cluster.arn,
        containerInstanceArn: task.host?.instance.arn,
        taskDefinitionArn: task.definition.arn,
        containers: task.containers.map((container) => ({
            containerArn: container.arn,
            taskArn: task.arn,
            name: container.name,
            image: container.image,
            imageDigest: container.digest,
            runtimeId: container.runtimeId,
            lastStatus: container.lastStatus,
            exitCode: container.exitCode,
            reason: container.reason,
            networkBindings: bindingsOf(task, container.name),
            networkInterfaces: awsvpc ? [{ attachmentId: attachmentId(task), privateIpv4Address: task.ip }] : [],
            healthStatus: container.health,
            cpu: text(container.body['cpu']),
            memory: text(container.body['memory']),
            memoryReservation: text(container.body['memoryReservation']),
        })),
        overrides: {
            inferenceAcceleratorOverrides: [],
            ...task.overrides,
            containerOverrides: task.containers.map(({ name }) => overridden.find((override) => override['name'] === name) ?? { name }),
        },
        lastStatus: task.lastStatus,
        desiredStatus: task.desiredStatus,
        cpu: text(task.definition.body['cpu']),
        memory: text(task.definition.body['memory']),
        createdAt: seconds(task.createdAt),
        pullStartedAt: seconds(task.pullStartedAt),
        pullStoppedAt: seconds(task.pullStoppedAt),
        startedAt: seconds(task.startedAt),
        stoppingAt: seconds(task.stoppingAt),
        executionStoppedAt: seconds(task.executionStoppedAt),
        stoppedAt: seconds(task.stoppedAt),
        stopCode: task.stopCode,
        stoppedReason: task.stoppedReason,
        startedBy: task.startedBy,
        group: task.group,
        launchType: task.launchType,
        capacityProviderName: task.capacityProvider,
        platformVersion: isFargate ? '1.4.0' : undefined,
        platformFamily: isFargate ? 'Linux' : undefined,
        version: task.version,
        connectivity: task.startedAt === undefined ? undefined : 'CONNECTED',
        connectivityAt: seconds(task.startedAt),
        healthStatus: overallHealth(task),
        enableExecuteCommand: task.enableExecuteCommand,
        attributes: isFargate ? [{ name: 'ecs.cpu-architecture', value: 'x86_64' }] : [],
        tags,
        attachments: awsvpc ? [attachment(task)] : [],
    };
}
//# sourceMappingURL=task-view.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/run-task.js









const run_task_invalid = (message) => new AwsError('InvalidParameterException', message);
const show = (ecs, tasks, failures) => ({
    tasks: tasks.map((task) => describeTask(task, tagsOf(ecs, task.arn))),
    failures,
});
/** RunTask: tasks of their own, as many as there is room for; the same request again, known by its token, runs none. */
function runTask(state, engine) {
    return (request, caller) => {
        const ecs = state(caller);
        const cluster = clusterOf(ecs, request['cluster']);
        const input = launchIn(cluster, request);
        const token = request['clientToken'] === undefined ? undefined : `${cluster.name} ${request['clientToken']}`;
        const before = token === undefined ? undefined : ecs.tokens.get(token);
        if (before !== undefined) {
            if (before.request === JSON.stringify(request))
                return show(ecs, before.tasks, []);
            const message = 'The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a different RunTask request.';
            throw new AwsError('ConflictException', message, 400, { resourceIds: before.tasks.map(({ arn }) => arn) });
        }
        const definition = startableDefinition(ecs, input['taskDefinition']);
        checkNetwork(definition, input['networkConfiguration']);
        const count = Number(input['count'] ?? 1);
        if (!Number.isInteger(count) || count < 1 || count > 10)
            throw run_task_invalid('count must be between 1 and 10.');
        const names = new Set(inputs(definition.body['containerDefinitions']).map(({ name }) => name));
        const override = inputs(input['overrides']?.containerOverrides).find(({ name }) => !names.has(name));
        if (override !== undefined) {
            throw run_task_invalid(`Override for container named ${override['name']} is not a container in the TaskDefinition.`);
        }
        const strategy = inputs(input['capacityProviderStrategy']);
        checkPlacement(input);
        checkVolumes(definition, input['volumeConfigurations']);
        const launchType = launchTypeOf(input, definition);
        const group = String(input['group'] ?? `family:${definition.family}`);
        if (launchType === 'EC2' && activeInstances(ecs, cluster).length === 0) {
            throw run_task_invalid('No Container Instances were found in your cluster.');
        }
        const tasks = [];
        const failures = [];
        while (tasks.length < count) {
            const capacity = capacityFor(ecs, { cluster, definition, group, launchType, settings: input });
            if (capacity.kind === 'none') {
                failures.push(...capacity.obstacles.map(({ instance, reason }) => ({ arn: instance.arn, reason })));
                break;
            }
            const task = engine.start(ecs, {
                cluster,
                definition,
                instance: capacity.kind === 'instance' ? capacity.instance : undefined,
                group,
                startedBy: input['startedBy'],
                launchType,
                platformVersion: input['platformVersion'],
                capacityProvider: strategy[0]?.['capacityProvider'],
                networkConfiguration: (input['networkConfiguration'] ?? undefined),
                overrides: (input['overrides'] ?? {}),
                enableExecuteCommand: input['enableExecuteCommand'] === true,
            });
            if (input['propagateTags'] === 'TASK_DEFINITION')
                addTags(ecs, task.arn, tagsOf(ecs, definition.arn));
            if (input['enableECSManagedTags'] === true) {
                addTags(ecs, task.arn, [{ key: 'aws:ecs:clusterName', value: cluster.name }]);
            }
            addTags(ecs, task.arn, input['tags']);
            tasks.push(task);
        }
        if (token !== undefined)
            ecs.tokens.set(token, { request: JSON.stringify(request), tasks });
        return show(ecs, tasks, failures);
    };
}
//# sourceMappingURL=run-task.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs/tasks.js






const tasks_invalid = (message) => new AwsError('InvalidParameterException', message);
const findTask = (ecs, cluster, reference) => ecs.tasks.get(arnOf(ecs, `task/${cluster.name}/${state_nameIn(reference)}`));
/** Running, stopping and reading tasks. */
function taskOperations({ world, state }, engine) {
    return {
        RunTask: runTask(state, engine),
        StopTask(input, caller) {
            const ecs = state(caller);
            const task = findTask(ecs, clusterOf(ecs, input['cluster']), input['task']);
            if (task === undefined)
                throw tasks_invalid('The referenced task was not found.');
            engine.stop(ecs, task, 'UserInitiated', String(input['reason'] ?? 'Task stopped by user'));
            return { task: describeTask(task) };
        },
        DescribeTasks(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const wanted = state_texts(input['tasks']);
            if (wanted.length === 0)
                throw tasks_invalid('Tasks cannot be empty.');
            if (wanted.length > 100)
                throw tasks_invalid('Tasks cannot have more than 100 elements.');
            const found = wanted.map((reference) => ({ reference, task: findTask(ecs, cluster, reference) }));
            return {
                tasks: found.flatMap(({ task }) => task === undefined ? [] : [describeTask(task, includesTags(input) ? tagsOf(ecs, task.arn) : [])]),
                failures: found
                    .filter(({ task }) => task === undefined)
                    .map(({ reference }) => ({
                    arn: reference.startsWith('arn:') ? reference : arnOf(ecs, `task/${cluster.name}/${reference}`),
                    reason: 'MISSING',
                })),
            };
        },
        ListTasks(input, caller) {
            const ecs = state(caller);
            const cluster = clusterOf(ecs, input['cluster']);
            const { serviceName, family, startedBy, launchType, desiredStatus = 'RUNNING' } = input;
            if (serviceName !== undefined && !ecs.services.has(`${cluster.name}/${state_nameIn(serviceName)}`)) {
                throw new AwsError('ServiceNotFoundException', 'Service not found.');
            }
            const seenAt = world.clock.now() - world.faults.age({ service: 'ecs', operation: 'ListTasks' });
            const found = [...ecs.tasks.values()].filter((task) => task.createdAt <= seenAt &&
                task.cluster === cluster &&
                (task.stoppingAt === undefined || task.stoppingAt > seenAt ? 'RUNNING' : 'STOPPED') === desiredStatus &&
                (serviceName === undefined || task.group === `service:${state_nameIn(serviceName)}`) &&
                (family === undefined || task.definition.family === family) &&
                (startedBy === undefined || task.startedBy === startedBy) &&
                (launchType === undefined || task.launchType === launchType));
            const { items, ...next } = paging_page(found, input);
            return { taskArns: items.map(({ arn }) => arn), ...next };
        },
    };
}
//# sourceMappingURL=tasks.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecs.js













/** ECS: task definitions, clusters, services with every deployment controller, task sets, and tasks that live on the sandbox's clock. */
function ecs(world, network) {
    const parts = { world, state: regional(newEcs) };
    const engine = taskEngine(world, network);
    const groups = taskGroups(world, engine);
    const native = deployer(world, groups);
    const sets = taskSets(parts, groups);
    return {
        name: 'ecs',
        protocol: { kind: 'json', version: '1.1', target: 'AmazonEC2ContainerServiceV20141113' },
        operations: {
            ...clusterOperations(parts),
            ...containerInstanceOperations(parts, engine, groups),
            ...tags_tagOperations(parts),
            ...taskDefinitionOperations(parts),
            ...taskOperations(parts, engine),
            ...serviceOperations(parts, groups, native, sets),
            ...serviceDeploymentOperations(parts, native),
            ...sets.operations,
        },
    };
}
//# sourceMappingURL=ecs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/resources.js
const apiVersionOf = (resource) => resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
/** Each: plural, kind, flags: `-` not namespaced, `*` in category `all`, `!` never stored; short names; subresources. */
const table = {
    'core/v1': [
        ['namespaces', 'Namespace', '-', 'ns', 'status,finalize'],
        ['nodes', 'Node', '-', 'no', 'status'],
        ['pods', 'Pod', '*', 'po', 'status,log,eviction,binding,ephemeralcontainers'],
        ['services', 'Service', '*', 'svc', 'status'],
        ['secrets', 'Secret'],
        ['configmaps', 'ConfigMap', '', 'cm'],
        ['events', 'Event', '', 'ev'],
        ['serviceaccounts', 'ServiceAccount', '', 'sa', 'token'],
        ['persistentvolumeclaims', 'PersistentVolumeClaim', '', 'pvc', 'status'],
        ['persistentvolumes', 'PersistentVolume', '-', 'pv', 'status'],
        ['endpoints', 'Endpoints', '', 'ep'],
        ['resourcequotas', 'ResourceQuota', '', 'quota', 'status'],
        ['limitranges', 'LimitRange', '', 'limits'],
    ],
    'apps/v1': [
        ['deployments', 'Deployment', '*', 'deploy', 'status,scale'],
        ['replicasets', 'ReplicaSet', '*', 'rs', 'status,scale'],
        ['statefulsets', 'StatefulSet', '*', 'sts', 'status,scale'],
        ['daemonsets', 'DaemonSet', '*', 'ds', 'status'],
        ['controllerrevisions', 'ControllerRevision'],
    ],
    'batch/v1': [
        ['jobs', 'Job', '*', '', 'status'],
        ['cronjobs', 'CronJob', '*', 'cj', 'status'],
    ],
    'autoscaling/v2': [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', '*', 'hpa', 'status']],
    'networking.k8s.io/v1': [
        ['ingresses', 'Ingress', '', 'ing', 'status'],
        ['ingressclasses', 'IngressClass', '-'],
        ['networkpolicies', 'NetworkPolicy', '', 'netpol'],
    ],
    'policy/v1': [['poddisruptionbudgets', 'PodDisruptionBudget', '', 'pdb', 'status']],
    'rbac.authorization.k8s.io/v1': [
        ['roles', 'Role'],
        ['rolebindings', 'RoleBinding'],
        ['clusterroles', 'ClusterRole', '-'],
        ['clusterrolebindings', 'ClusterRoleBinding', '-'],
    ],
    'discovery.k8s.io/v1': [['endpointslices', 'EndpointSlice']],
    'coordination.k8s.io/v1': [['leases', 'Lease']],
    'storage.k8s.io/v1': [['storageclasses', 'StorageClass', '-', 'sc']],
    'authorization.k8s.io/v1': [
        ['selfsubjectaccessreviews', 'SelfSubjectAccessReview', '-!'],
        ['selfsubjectrulesreviews', 'SelfSubjectRulesReview', '-!'],
        ['subjectaccessreviews', 'SubjectAccessReview', '-!'],
    ],
    'authentication.k8s.io/v1': [['selfsubjectreviews', 'SelfSubjectReview', '-!']],
};
/** Where the messages of a group are defined. */
const packageOf = (group) => (group.includes('.') ? (group.split('.')[0] ?? '') : group);
/** Everything that the API serves, by group in the order of discovery. */
const resources_resources = Object.entries(table).flatMap(([name, rows]) => {
    const [group = '', version = ''] = name.split('/');
    return rows.map(([plural, kind, flags = '', short = '', subresources = '']) => ({
        group: group === 'core' ? '' : group,
        version,
        plural,
        kind,
        namespaced: !flags.includes('-'),
        shortNames: short === '' ? [] : short.split(','),
        categories: flags.includes('*') ? ['all'] : [],
        subresources: subresources === '' ? [] : subresources.split(','),
        message: `${packageOf(group)}.${version}.${kind}`,
        stored: !flags.includes('!'),
    }));
});
const byPlural = new Map(resources_resources.map((one) => [`${one.group}/${one.version}/${one.plural}`, one]));
const byKind = new Map(resources_resources.map((one) => [`${apiVersionOf(one)}/${one.kind}`, one]));
const resourceAt = (group, version, plural) => byPlural.get(`${group}/${version}/${plural}`);
const resourceOf = (apiVersion, kind) => byKind.get(`${apiVersion}/${kind}`);
/** A resource that the sandbox's own controllers name: `apps/v1/deployments`, `core/v1/pods`. */
function resource(name) {
    const [group = '', version = '', plural = ''] = name.split('/');
    const found = resourceAt(group === 'core' ? '' : group, version, plural);
    if (found === undefined)
        throw new Error(`no such resource: ${name}`);
    return found;
}
//# sourceMappingURL=resources.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/object.js
/** A time as Kubernetes writes it in `metadata` and `status`. */
const timestamp = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
/** True for what JSON calls an object. */
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Equal as JSON, whatever the order of keys; a missing member equals an undefined one. */
function same(a, b) {
    if (a === b)
        return true;
    if (Array.isArray(a) && Array.isArray(b))
        return a.length === b.length && a.every((item, i) => same(item, b[i]));
    if (!isFields(a) || !isFields(b))
        return false;
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    for (const key of keys)
        if (!same(a[key], b[key]))
            return false;
    return true;
}
/** The controlling owner of an object, if it has one. */
const controllerOf = (object) => object.metadata.ownerReferences?.find(({ controller }) => controller);
const ownedBy = (object, owner) => controllerOf(object)?.uid === owner.metadata.uid;
/** The reference by which `owner` controls another object. */
const controls = (owner) => ({
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
});
//# sourceMappingURL=object.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/schema-data.js
// Written by scripts/kubernetes-schema.ts from k8s.io/api and k8s.io/apimachinery v0.35.4 (Apache-2.0). Do not edit.
/** Each line: a message, then its fields as name:number:type[:flag…]; see schema.ts. */
const schemaData = `
apps.v1.ControllerRevision metadata:1:meta.v1.ObjectMeta data:2:r revision:3:i
apps.v1.DaemonSet metadata:1:meta.v1.ObjectMeta spec:2:apps.v1.DaemonSetSpec status:3:apps.v1.DaemonSetStatus
apps.v1.DaemonSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
apps.v1.DaemonSetSpec selector:1:meta.v1.LabelSelector template:2:core.v1.PodTemplateSpec updateStrategy:3:apps.v1.DaemonSetUpdateStrategy minReadySeconds:4:i revisionHistoryLimit:6:i
apps.v1.DaemonSetStatus currentNumberScheduled:1:i numberMisscheduled:2:i desiredNumberScheduled:3:i numberReady:4:i observedGeneration:5:i updatedNumberScheduled:6:i numberAvailable:7:i numberUnavailable:8:i collisionCount:9:i conditions:10:[]apps.v1.DaemonSetCondition:keys=type:merge=type
apps.v1.DaemonSetUpdateStrategy type:1:s rollingUpdate:2:apps.v1.RollingUpdateDaemonSet
apps.v1.Deployment metadata:1:meta.v1.ObjectMeta spec:2:apps.v1.DeploymentSpec status:3:apps.v1.DeploymentStatus
apps.v1.DeploymentCondition type:1:s status:2:s lastUpdateTime:6:t lastTransitionTime:7:t reason:4:s message:5:s
apps.v1.DeploymentSpec replicas:1:i selector:2:meta.v1.LabelSelector template:3:core.v1.PodTemplateSpec strategy:4:apps.v1.DeploymentStrategy minReadySeconds:5:i revisionHistoryLimit:6:i paused:7:b progressDeadlineSeconds:9:i
apps.v1.DeploymentStatus observedGeneration:1:i replicas:2:i updatedReplicas:3:i readyReplicas:7:i availableReplicas:4:i unavailableReplicas:5:i terminatingReplicas:9:i conditions:6:[]apps.v1.DeploymentCondition:keys=type:merge=type collisionCount:8:i
apps.v1.DeploymentStrategy type:1:s rollingUpdate:2:apps.v1.RollingUpdateDeployment
apps.v1.ReplicaSet metadata:1:meta.v1.ObjectMeta spec:2:apps.v1.ReplicaSetSpec status:3:apps.v1.ReplicaSetStatus
apps.v1.ReplicaSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
apps.v1.ReplicaSetSpec replicas:1:i minReadySeconds:4:i selector:2:meta.v1.LabelSelector template:3:core.v1.PodTemplateSpec
apps.v1.ReplicaSetStatus replicas:1:i fullyLabeledReplicas:2:i readyReplicas:4:i availableReplicas:5:i terminatingReplicas:7:i observedGeneration:3:i conditions:6:[]apps.v1.ReplicaSetCondition:keys=type:merge=type
apps.v1.RollingUpdateDaemonSet maxUnavailable:1:x maxSurge:2:x
apps.v1.RollingUpdateDeployment maxUnavailable:1:x maxSurge:2:x
apps.v1.RollingUpdateStatefulSetStrategy partition:1:i maxUnavailable:2:x
apps.v1.StatefulSet metadata:1:meta.v1.ObjectMeta spec:2:apps.v1.StatefulSetSpec status:3:apps.v1.StatefulSetStatus
apps.v1.StatefulSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
apps.v1.StatefulSetOrdinals start:1:i
apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:1:s whenScaled:2:s
apps.v1.StatefulSetSpec replicas:1:i selector:2:meta.v1.LabelSelector template:3:core.v1.PodTemplateSpec volumeClaimTemplates:4:[]core.v1.PersistentVolumeClaim serviceName:5:s podManagementPolicy:6:s updateStrategy:7:apps.v1.StatefulSetUpdateStrategy revisionHistoryLimit:8:i minReadySeconds:9:i persistentVolumeClaimRetentionPolicy:10:apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy ordinals:11:apps.v1.StatefulSetOrdinals
apps.v1.StatefulSetStatus observedGeneration:1:i replicas:2:i readyReplicas:3:i currentReplicas:4:i updatedReplicas:5:i currentRevision:6:s updateRevision:7:s collisionCount:9:i conditions:10:[]apps.v1.StatefulSetCondition:keys=type:merge=type availableReplicas:11:i
apps.v1.StatefulSetUpdateStrategy type:1:s rollingUpdate:2:apps.v1.RollingUpdateStatefulSetStrategy
authentication.v1.BoundObjectReference kind:1:s apiVersion:2:s name:3:s uID:4:s
authentication.v1.ExtraValue items:1:[]s
authentication.v1.SelfSubjectReview metadata:1:meta.v1.ObjectMeta status:2:authentication.v1.SelfSubjectReviewStatus
authentication.v1.SelfSubjectReviewStatus userInfo:1:authentication.v1.UserInfo
authentication.v1.TokenRequest metadata:1:meta.v1.ObjectMeta spec:2:authentication.v1.TokenRequestSpec status:3:authentication.v1.TokenRequestStatus
authentication.v1.TokenRequestSpec audiences:1:[]s expirationSeconds:4:i boundObjectRef:3:authentication.v1.BoundObjectReference
authentication.v1.TokenRequestStatus token:1:s expirationTimestamp:2:t
authentication.v1.UserInfo username:1:s uid:2:s groups:3:[]s extra:4:{}authentication.v1.ExtraValue
authorization.v1.ExtraValue items:1:[]s
authorization.v1.FieldSelectorAttributes rawSelector:1:s requirements:2:[]meta.v1.FieldSelectorRequirement
authorization.v1.LabelSelectorAttributes rawSelector:1:s requirements:2:[]meta.v1.LabelSelectorRequirement
authorization.v1.NonResourceAttributes path:1:s verb:2:s
authorization.v1.NonResourceRule verbs:1:[]s nonResourceURLs:2:[]s
authorization.v1.ResourceAttributes namespace:1:s verb:2:s group:3:s version:4:s resource:5:s subresource:6:s name:7:s fieldSelector:8:authorization.v1.FieldSelectorAttributes labelSelector:9:authorization.v1.LabelSelectorAttributes
authorization.v1.ResourceRule verbs:1:[]s apiGroups:2:[]s resources:3:[]s resourceNames:4:[]s
authorization.v1.SelfSubjectAccessReview metadata:1:meta.v1.ObjectMeta spec:2:authorization.v1.SelfSubjectAccessReviewSpec status:3:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SelfSubjectAccessReviewSpec resourceAttributes:1:authorization.v1.ResourceAttributes nonResourceAttributes:2:authorization.v1.NonResourceAttributes
authorization.v1.SelfSubjectRulesReview metadata:1:meta.v1.ObjectMeta spec:2:authorization.v1.SelfSubjectRulesReviewSpec status:3:authorization.v1.SubjectRulesReviewStatus
authorization.v1.SelfSubjectRulesReviewSpec namespace:1:s
authorization.v1.SubjectAccessReview metadata:1:meta.v1.ObjectMeta spec:2:authorization.v1.SubjectAccessReviewSpec status:3:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SubjectAccessReviewSpec resourceAttributes:1:authorization.v1.ResourceAttributes nonResourceAttributes:2:authorization.v1.NonResourceAttributes user:3:s groups:4:[]s extra:5:{}authorization.v1.ExtraValue uid:6:s
authorization.v1.SubjectAccessReviewStatus allowed:1:b denied:4:b reason:2:s evaluationError:3:s
authorization.v1.SubjectRulesReviewStatus resourceRules:1:[]authorization.v1.ResourceRule nonResourceRules:2:[]authorization.v1.NonResourceRule incomplete:3:b evaluationError:4:s
autoscaling.v1.Scale metadata:1:meta.v1.ObjectMeta spec:2:autoscaling.v1.ScaleSpec status:3:autoscaling.v1.ScaleStatus
autoscaling.v1.ScaleSpec replicas:1:i
autoscaling.v1.ScaleStatus replicas:1:i selector:2:s
autoscaling.v2.ContainerResourceMetricSource name:1:s target:2:autoscaling.v2.MetricTarget container:3:s
autoscaling.v2.ContainerResourceMetricStatus name:1:s current:2:autoscaling.v2.MetricValueStatus container:3:s
autoscaling.v2.CrossVersionObjectReference kind:1:s name:2:s apiVersion:3:s
autoscaling.v2.ExternalMetricSource metric:1:autoscaling.v2.MetricIdentifier target:2:autoscaling.v2.MetricTarget
autoscaling.v2.ExternalMetricStatus metric:1:autoscaling.v2.MetricIdentifier current:2:autoscaling.v2.MetricValueStatus
autoscaling.v2.HPAScalingPolicy type:1:s value:2:i periodSeconds:3:i
autoscaling.v2.HPAScalingRules stabilizationWindowSeconds:3:i selectPolicy:1:s policies:2:[]autoscaling.v2.HPAScalingPolicy tolerance:4:q
autoscaling.v2.HorizontalPodAutoscaler metadata:1:meta.v1.ObjectMeta spec:2:autoscaling.v2.HorizontalPodAutoscalerSpec status:3:autoscaling.v2.HorizontalPodAutoscalerStatus
autoscaling.v2.HorizontalPodAutoscalerBehavior scaleUp:1:autoscaling.v2.HPAScalingRules scaleDown:2:autoscaling.v2.HPAScalingRules
autoscaling.v2.HorizontalPodAutoscalerCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
autoscaling.v2.HorizontalPodAutoscalerSpec scaleTargetRef:1:autoscaling.v2.CrossVersionObjectReference minReplicas:2:i maxReplicas:3:i metrics:4:[]autoscaling.v2.MetricSpec behavior:5:autoscaling.v2.HorizontalPodAutoscalerBehavior
autoscaling.v2.HorizontalPodAutoscalerStatus observedGeneration:1:i lastScaleTime:2:t currentReplicas:3:i desiredReplicas:4:i currentMetrics:5:[]autoscaling.v2.MetricStatus conditions:6:[]autoscaling.v2.HorizontalPodAutoscalerCondition:keys=type:merge=type
autoscaling.v2.MetricIdentifier name:1:s selector:2:meta.v1.LabelSelector
autoscaling.v2.MetricSpec type:1:s object:2:autoscaling.v2.ObjectMetricSource pods:3:autoscaling.v2.PodsMetricSource resource:4:autoscaling.v2.ResourceMetricSource containerResource:7:autoscaling.v2.ContainerResourceMetricSource external:5:autoscaling.v2.ExternalMetricSource
autoscaling.v2.MetricStatus type:1:s object:2:autoscaling.v2.ObjectMetricStatus pods:3:autoscaling.v2.PodsMetricStatus resource:4:autoscaling.v2.ResourceMetricStatus containerResource:7:autoscaling.v2.ContainerResourceMetricStatus external:5:autoscaling.v2.ExternalMetricStatus
autoscaling.v2.MetricTarget type:1:s value:2:q averageValue:3:q averageUtilization:4:i
autoscaling.v2.MetricValueStatus value:1:q averageValue:2:q averageUtilization:3:i
autoscaling.v2.ObjectMetricSource describedObject:1:autoscaling.v2.CrossVersionObjectReference target:2:autoscaling.v2.MetricTarget metric:3:autoscaling.v2.MetricIdentifier
autoscaling.v2.ObjectMetricStatus metric:1:autoscaling.v2.MetricIdentifier current:2:autoscaling.v2.MetricValueStatus describedObject:3:autoscaling.v2.CrossVersionObjectReference
autoscaling.v2.PodsMetricSource metric:1:autoscaling.v2.MetricIdentifier target:2:autoscaling.v2.MetricTarget
autoscaling.v2.PodsMetricStatus metric:1:autoscaling.v2.MetricIdentifier current:2:autoscaling.v2.MetricValueStatus
autoscaling.v2.ResourceMetricSource name:1:s target:2:autoscaling.v2.MetricTarget
autoscaling.v2.ResourceMetricStatus name:1:s current:2:autoscaling.v2.MetricValueStatus
batch.v1.CronJob metadata:1:meta.v1.ObjectMeta spec:2:batch.v1.CronJobSpec status:3:batch.v1.CronJobStatus
batch.v1.CronJobSpec schedule:1:s timeZone:8:s startingDeadlineSeconds:2:i concurrencyPolicy:3:s suspend:4:b jobTemplate:5:batch.v1.JobTemplateSpec successfulJobsHistoryLimit:6:i failedJobsHistoryLimit:7:i
batch.v1.CronJobStatus active:1:[]core.v1.ObjectReference lastScheduleTime:4:t lastSuccessfulTime:5:t
batch.v1.Job metadata:1:meta.v1.ObjectMeta spec:2:batch.v1.JobSpec status:3:batch.v1.JobStatus
batch.v1.JobCondition type:1:s status:2:s lastProbeTime:3:t lastTransitionTime:4:t reason:5:s message:6:s
batch.v1.JobSpec parallelism:1:i completions:2:i activeDeadlineSeconds:3:i podFailurePolicy:11:batch.v1.PodFailurePolicy successPolicy:16:batch.v1.SuccessPolicy backoffLimit:7:i backoffLimitPerIndex:12:i maxFailedIndexes:13:i selector:4:meta.v1.LabelSelector manualSelector:5:b template:6:core.v1.PodTemplateSpec ttlSecondsAfterFinished:8:i completionMode:9:s suspend:10:b podReplacementPolicy:14:s managedBy:15:s
batch.v1.JobStatus conditions:1:[]batch.v1.JobCondition:merge=type startTime:2:t completionTime:3:t active:4:i succeeded:5:i failed:6:i terminating:11:i completedIndexes:7:s failedIndexes:10:s uncountedTerminatedPods:8:batch.v1.UncountedTerminatedPods ready:9:i
batch.v1.JobTemplateSpec metadata:1:meta.v1.ObjectMeta spec:2:batch.v1.JobSpec
batch.v1.PodFailurePolicy rules:1:[]batch.v1.PodFailurePolicyRule
batch.v1.PodFailurePolicyOnExitCodesRequirement containerName:1:s operator:2:s values:3:[]i:set
batch.v1.PodFailurePolicyOnPodConditionsPattern type:1:s status:2:s
batch.v1.PodFailurePolicyRule action:1:s onExitCodes:2:batch.v1.PodFailurePolicyOnExitCodesRequirement onPodConditions:3:[]batch.v1.PodFailurePolicyOnPodConditionsPattern
batch.v1.SuccessPolicy rules:1:[]batch.v1.SuccessPolicyRule
batch.v1.SuccessPolicyRule succeededIndexes:1:s succeededCount:2:i
batch.v1.UncountedTerminatedPods succeeded:1:[]s:set failed:2:[]s:set
coordination.v1.Lease metadata:1:meta.v1.ObjectMeta spec:2:coordination.v1.LeaseSpec
coordination.v1.LeaseSpec holderIdentity:1:s leaseDurationSeconds:2:i acquireTime:3:u renewTime:4:u leaseTransitions:5:i strategy:6:s preferredHolder:7:s
core.v1.AWSElasticBlockStoreVolumeSource volumeID:1:s fsType:2:s partition:3:i readOnly:4:b
core.v1.Affinity nodeAffinity:1:core.v1.NodeAffinity podAffinity:2:core.v1.PodAffinity podAntiAffinity:3:core.v1.PodAntiAffinity
core.v1.AppArmorProfile type:1:s localhostProfile:2:s
core.v1.AttachedVolume name:1:s devicePath:2:s
core.v1.AzureDiskVolumeSource diskName:1:s diskURI:2:s cachingMode:3:s fsType:4:s readOnly:5:b kind:6:s
core.v1.AzureFilePersistentVolumeSource secretName:1:s shareName:2:s readOnly:3:b secretNamespace:4:s
core.v1.AzureFileVolumeSource secretName:1:s shareName:2:s readOnly:3:b
core.v1.CSIPersistentVolumeSource driver:1:s volumeHandle:2:s readOnly:3:b fsType:4:s volumeAttributes:5:{}s controllerPublishSecretRef:6:core.v1.SecretReference nodeStageSecretRef:7:core.v1.SecretReference nodePublishSecretRef:8:core.v1.SecretReference controllerExpandSecretRef:9:core.v1.SecretReference nodeExpandSecretRef:10:core.v1.SecretReference
core.v1.CSIVolumeSource driver:1:s readOnly:2:b fsType:3:s volumeAttributes:4:{}s nodePublishSecretRef:5:core.v1.LocalObjectReference
core.v1.Capabilities add:1:[]s drop:2:[]s
core.v1.CephFSPersistentVolumeSource monitors:1:[]s path:2:s user:3:s secretFile:4:s secretRef:5:core.v1.SecretReference readOnly:6:b
core.v1.CephFSVolumeSource monitors:1:[]s path:2:s user:3:s secretFile:4:s secretRef:5:core.v1.LocalObjectReference readOnly:6:b
core.v1.CinderPersistentVolumeSource volumeID:1:s fsType:2:s readOnly:3:b secretRef:4:core.v1.SecretReference
core.v1.CinderVolumeSource volumeID:1:s fsType:2:s readOnly:3:b secretRef:4:core.v1.LocalObjectReference
core.v1.ClientIPConfig timeoutSeconds:1:i
core.v1.ClusterTrustBundleProjection name:1:s signerName:2:s labelSelector:3:meta.v1.LabelSelector optional:5:b path:4:s
core.v1.ConfigMap metadata:1:meta.v1.ObjectMeta immutable:4:b data:2:{}s binaryData:3:{}y
core.v1.ConfigMapEnvSource ^:1:core.v1.LocalObjectReference optional:2:b
core.v1.ConfigMapKeySelector~ ^:1:core.v1.LocalObjectReference key:2:s optional:3:b
core.v1.ConfigMapNodeConfigSource namespace:1:s name:2:s uid:3:s resourceVersion:4:s kubeletConfigKey:5:s
core.v1.ConfigMapProjection ^:1:core.v1.LocalObjectReference items:2:[]core.v1.KeyToPath optional:4:b
core.v1.ConfigMapVolumeSource ^:1:core.v1.LocalObjectReference items:2:[]core.v1.KeyToPath defaultMode:3:i optional:4:b
core.v1.Container name:1:s image:2:s command:3:[]s args:4:[]s workingDir:5:s ports:6:[]core.v1.ContainerPort:keys=containerPort,protocol:merge=containerPort envFrom:19:[]core.v1.EnvFromSource env:7:[]core.v1.EnvVar:keys=name:merge=name resources:8:core.v1.ResourceRequirements resizePolicy:23:[]core.v1.ContainerResizePolicy restartPolicy:24:s restartPolicyRules:25:[]core.v1.ContainerRestartRule volumeMounts:9:[]core.v1.VolumeMount:keys=mountPath:merge=mountPath volumeDevices:21:[]core.v1.VolumeDevice:keys=devicePath:merge=devicePath livenessProbe:10:core.v1.Probe readinessProbe:11:core.v1.Probe startupProbe:22:core.v1.Probe lifecycle:12:core.v1.Lifecycle terminationMessagePath:13:s terminationMessagePolicy:20:s imagePullPolicy:14:s securityContext:15:core.v1.SecurityContext stdin:16:b stdinOnce:17:b tty:18:b
core.v1.ContainerExtendedResourceRequest containerName:1:s resourceName:2:s requestName:3:s
core.v1.ContainerImage names:1:[]s sizeBytes:2:i
core.v1.ContainerPort name:1:s hostPort:2:i containerPort:3:i protocol:4:s hostIP:5:s
core.v1.ContainerResizePolicy resourceName:1:s restartPolicy:2:s
core.v1.ContainerRestartRule action:1:s exitCodes:2:core.v1.ContainerRestartRuleOnExitCodes
core.v1.ContainerRestartRuleOnExitCodes operator:1:s values:2:[]i:set
core.v1.ContainerState waiting:1:core.v1.ContainerStateWaiting running:2:core.v1.ContainerStateRunning terminated:3:core.v1.ContainerStateTerminated
core.v1.ContainerStateRunning startedAt:1:t
core.v1.ContainerStateTerminated exitCode:1:i signal:2:i reason:3:s message:4:s startedAt:5:t finishedAt:6:t containerID:7:s
core.v1.ContainerStateWaiting reason:1:s message:2:s
core.v1.ContainerStatus name:1:s state:2:core.v1.ContainerState lastState:3:core.v1.ContainerState ready:4:b restartCount:5:i image:6:s imageID:7:s containerID:8:s started:9:b allocatedResources:10:{}q resources:11:core.v1.ResourceRequirements volumeMounts:12:[]core.v1.VolumeMountStatus:keys=mountPath:merge=mountPath user:13:core.v1.ContainerUser allocatedResourcesStatus:14:[]core.v1.ResourceStatus:keys=name:merge=name stopSignal:15:s
core.v1.ContainerUser linux:1:core.v1.LinuxContainerUser
core.v1.DaemonEndpoint Port:1:i
core.v1.DownwardAPIProjection items:1:[]core.v1.DownwardAPIVolumeFile
core.v1.DownwardAPIVolumeFile path:1:s fieldRef:2:core.v1.ObjectFieldSelector resourceFieldRef:3:core.v1.ResourceFieldSelector mode:4:i
core.v1.DownwardAPIVolumeSource items:1:[]core.v1.DownwardAPIVolumeFile defaultMode:2:i
core.v1.EmptyDirVolumeSource medium:1:s sizeLimit:2:q
core.v1.EndpointAddress~ ip:1:s hostname:3:s nodeName:4:s targetRef:2:core.v1.ObjectReference
core.v1.EndpointPort~ name:1:s port:2:i protocol:3:s appProtocol:4:s
core.v1.EndpointSubset addresses:1:[]core.v1.EndpointAddress notReadyAddresses:2:[]core.v1.EndpointAddress ports:3:[]core.v1.EndpointPort
core.v1.Endpoints metadata:1:meta.v1.ObjectMeta subsets:2:[]core.v1.EndpointSubset
core.v1.EnvFromSource prefix:1:s configMapRef:2:core.v1.ConfigMapEnvSource secretRef:3:core.v1.SecretEnvSource
core.v1.EnvVar name:1:s value:2:s valueFrom:3:core.v1.EnvVarSource
core.v1.EnvVarSource fieldRef:1:core.v1.ObjectFieldSelector resourceFieldRef:2:core.v1.ResourceFieldSelector configMapKeyRef:3:core.v1.ConfigMapKeySelector secretKeyRef:4:core.v1.SecretKeySelector fileKeyRef:5:core.v1.FileKeySelector
core.v1.EphemeralContainer ^:1:core.v1.EphemeralContainerCommon targetContainerName:2:s
core.v1.EphemeralContainerCommon name:1:s image:2:s command:3:[]s args:4:[]s workingDir:5:s ports:6:[]core.v1.ContainerPort:keys=containerPort,protocol:merge=containerPort envFrom:19:[]core.v1.EnvFromSource env:7:[]core.v1.EnvVar:keys=name:merge=name resources:8:core.v1.ResourceRequirements resizePolicy:23:[]core.v1.ContainerResizePolicy restartPolicy:24:s restartPolicyRules:25:[]core.v1.ContainerRestartRule volumeMounts:9:[]core.v1.VolumeMount:keys=mountPath:merge=mountPath volumeDevices:21:[]core.v1.VolumeDevice:keys=devicePath:merge=devicePath livenessProbe:10:core.v1.Probe readinessProbe:11:core.v1.Probe startupProbe:22:core.v1.Probe lifecycle:12:core.v1.Lifecycle terminationMessagePath:13:s terminationMessagePolicy:20:s imagePullPolicy:14:s securityContext:15:core.v1.SecurityContext stdin:16:b stdinOnce:17:b tty:18:b
core.v1.EphemeralVolumeSource volumeClaimTemplate:1:core.v1.PersistentVolumeClaimTemplate
core.v1.Event metadata:1:meta.v1.ObjectMeta involvedObject:2:core.v1.ObjectReference reason:3:s message:4:s source:5:core.v1.EventSource firstTimestamp:6:t lastTimestamp:7:t count:8:i type:9:s eventTime:10:u series:11:core.v1.EventSeries action:12:s related:13:core.v1.ObjectReference reportingComponent:14:s reportingInstance:15:s
core.v1.EventSeries count:1:i lastObservedTime:2:u
core.v1.EventSource component:1:s host:2:s
core.v1.ExecAction command:1:[]s
core.v1.FCVolumeSource targetWWNs:1:[]s lun:2:i fsType:3:s readOnly:4:b wwids:5:[]s
core.v1.FileKeySelector~ volumeName:1:s path:2:s key:3:s optional:4:b
core.v1.FlexPersistentVolumeSource driver:1:s fsType:2:s secretRef:3:core.v1.SecretReference readOnly:4:b options:5:{}s
core.v1.FlexVolumeSource driver:1:s fsType:2:s secretRef:3:core.v1.LocalObjectReference readOnly:4:b options:5:{}s
core.v1.FlockerVolumeSource datasetName:1:s datasetUUID:2:s
core.v1.GCEPersistentDiskVolumeSource pdName:1:s fsType:2:s partition:3:i readOnly:4:b
core.v1.GRPCAction port:1:i service:2:s
core.v1.GitRepoVolumeSource repository:1:s revision:2:s directory:3:s
core.v1.GlusterfsPersistentVolumeSource endpoints:1:s path:2:s readOnly:3:b endpointsNamespace:4:s
core.v1.GlusterfsVolumeSource endpoints:1:s path:2:s readOnly:3:b
core.v1.HTTPGetAction path:1:s port:2:x host:3:s scheme:4:s httpHeaders:5:[]core.v1.HTTPHeader
core.v1.HTTPHeader name:1:s value:2:s
core.v1.HostAlias ip:1:s hostnames:2:[]s
core.v1.HostIP ip:1:s
core.v1.HostPathVolumeSource path:1:s type:2:s
core.v1.ISCSIPersistentVolumeSource targetPortal:1:s iqn:2:s lun:3:i iscsiInterface:4:s fsType:5:s readOnly:6:b portals:7:[]s chapAuthDiscovery:8:b chapAuthSession:11:b secretRef:10:core.v1.SecretReference initiatorName:12:s
core.v1.ISCSIVolumeSource targetPortal:1:s iqn:2:s lun:3:i iscsiInterface:4:s fsType:5:s readOnly:6:b portals:7:[]s chapAuthDiscovery:8:b chapAuthSession:11:b secretRef:10:core.v1.LocalObjectReference initiatorName:12:s
core.v1.ImageVolumeSource reference:1:s pullPolicy:2:s
core.v1.KeyToPath key:1:s path:2:s mode:3:i
core.v1.Lifecycle postStart:1:core.v1.LifecycleHandler preStop:2:core.v1.LifecycleHandler stopSignal:3:s
core.v1.LifecycleHandler exec:1:core.v1.ExecAction httpGet:2:core.v1.HTTPGetAction tcpSocket:3:core.v1.TCPSocketAction sleep:4:core.v1.SleepAction
core.v1.LimitRange metadata:1:meta.v1.ObjectMeta spec:2:core.v1.LimitRangeSpec
core.v1.LimitRangeItem type:1:s max:2:{}q min:3:{}q default:4:{}q defaultRequest:5:{}q maxLimitRequestRatio:6:{}q
core.v1.LimitRangeSpec limits:1:[]core.v1.LimitRangeItem
core.v1.LinuxContainerUser uid:1:i gid:2:i supplementalGroups:3:[]i
core.v1.LoadBalancerIngress ip:1:s hostname:2:s ipMode:3:s ports:4:[]core.v1.PortStatus
core.v1.LoadBalancerStatus ingress:1:[]core.v1.LoadBalancerIngress
core.v1.LocalObjectReference~ name:1:s
core.v1.LocalVolumeSource path:1:s fsType:2:s
core.v1.ModifyVolumeStatus targetVolumeAttributesClassName:1:s status:2:s
core.v1.NFSVolumeSource server:1:s path:2:s readOnly:3:b
core.v1.Namespace metadata:1:meta.v1.ObjectMeta spec:2:core.v1.NamespaceSpec status:3:core.v1.NamespaceStatus
core.v1.NamespaceCondition type:1:s status:2:s lastTransitionTime:4:t reason:5:s message:6:s
core.v1.NamespaceSpec finalizers:1:[]s
core.v1.NamespaceStatus phase:1:s conditions:2:[]core.v1.NamespaceCondition:keys=type:merge=type
core.v1.Node metadata:1:meta.v1.ObjectMeta spec:2:core.v1.NodeSpec status:3:core.v1.NodeStatus
core.v1.NodeAddress type:1:s address:2:s
core.v1.NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:1:core.v1.NodeSelector preferredDuringSchedulingIgnoredDuringExecution:2:[]core.v1.PreferredSchedulingTerm
core.v1.NodeCondition type:1:s status:2:s lastHeartbeatTime:3:t lastTransitionTime:4:t reason:5:s message:6:s
core.v1.NodeConfigSource configMap:2:core.v1.ConfigMapNodeConfigSource
core.v1.NodeConfigStatus assigned:1:core.v1.NodeConfigSource active:2:core.v1.NodeConfigSource lastKnownGood:3:core.v1.NodeConfigSource error:4:s
core.v1.NodeDaemonEndpoints kubeletEndpoint:1:core.v1.DaemonEndpoint
core.v1.NodeFeatures supplementalGroupsPolicy:1:b
core.v1.NodeRuntimeHandler name:1:s features:2:core.v1.NodeRuntimeHandlerFeatures
core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:1:b userNamespaces:2:b
core.v1.NodeSelector~ nodeSelectorTerms:1:[]core.v1.NodeSelectorTerm
core.v1.NodeSelectorRequirement key:1:s operator:2:s values:3:[]s
core.v1.NodeSelectorTerm~ matchExpressions:1:[]core.v1.NodeSelectorRequirement matchFields:2:[]core.v1.NodeSelectorRequirement
core.v1.NodeSpec podCIDR:1:s podCIDRs:7:[]s:set:merge= providerID:3:s unschedulable:4:b taints:5:[]core.v1.Taint configSource:6:core.v1.NodeConfigSource externalID:2:s
core.v1.NodeStatus capacity:1:{}q allocatable:2:{}q phase:3:s conditions:4:[]core.v1.NodeCondition:keys=type:merge=type addresses:5:[]core.v1.NodeAddress:keys=type:merge=type daemonEndpoints:6:core.v1.NodeDaemonEndpoints nodeInfo:7:core.v1.NodeSystemInfo images:8:[]core.v1.ContainerImage volumesInUse:9:[]s volumesAttached:10:[]core.v1.AttachedVolume config:11:core.v1.NodeConfigStatus runtimeHandlers:12:[]core.v1.NodeRuntimeHandler features:13:core.v1.NodeFeatures declaredFeatures:14:[]s
core.v1.NodeSwapStatus capacity:1:i
core.v1.NodeSystemInfo machineID:1:s systemUUID:2:s bootID:3:s kernelVersion:4:s osImage:5:s containerRuntimeVersion:6:s kubeletVersion:7:s kubeProxyVersion:8:s operatingSystem:9:s architecture:10:s swap:11:core.v1.NodeSwapStatus
core.v1.ObjectFieldSelector~ apiVersion:1:s fieldPath:2:s
core.v1.ObjectReference~ kind:1:s namespace:2:s name:3:s uid:4:s apiVersion:5:s resourceVersion:6:s fieldPath:7:s
core.v1.PersistentVolume metadata:1:meta.v1.ObjectMeta spec:2:core.v1.PersistentVolumeSpec status:3:core.v1.PersistentVolumeStatus
core.v1.PersistentVolumeClaim metadata:1:meta.v1.ObjectMeta spec:2:core.v1.PersistentVolumeClaimSpec status:3:core.v1.PersistentVolumeClaimStatus
core.v1.PersistentVolumeClaimCondition type:1:s status:2:s lastProbeTime:3:t lastTransitionTime:4:t reason:5:s message:6:s
core.v1.PersistentVolumeClaimSpec accessModes:1:[]s selector:4:meta.v1.LabelSelector resources:2:core.v1.VolumeResourceRequirements volumeName:3:s storageClassName:5:s volumeMode:6:s dataSource:7:core.v1.TypedLocalObjectReference dataSourceRef:8:core.v1.TypedObjectReference volumeAttributesClassName:9:s
core.v1.PersistentVolumeClaimStatus phase:1:s accessModes:2:[]s capacity:3:{}q conditions:4:[]core.v1.PersistentVolumeClaimCondition:keys=type:merge=type allocatedResources:5:{}q allocatedResourceStatuses:7:{}s currentVolumeAttributesClassName:8:s modifyVolumeStatus:9:core.v1.ModifyVolumeStatus
core.v1.PersistentVolumeClaimTemplate metadata:1:meta.v1.ObjectMeta spec:2:core.v1.PersistentVolumeClaimSpec
core.v1.PersistentVolumeClaimVolumeSource claimName:1:s readOnly:2:b
core.v1.PersistentVolumeSource gcePersistentDisk:1:core.v1.GCEPersistentDiskVolumeSource awsElasticBlockStore:2:core.v1.AWSElasticBlockStoreVolumeSource hostPath:3:core.v1.HostPathVolumeSource glusterfs:4:core.v1.GlusterfsPersistentVolumeSource nfs:5:core.v1.NFSVolumeSource rbd:6:core.v1.RBDPersistentVolumeSource iscsi:7:core.v1.ISCSIPersistentVolumeSource cinder:8:core.v1.CinderPersistentVolumeSource cephfs:9:core.v1.CephFSPersistentVolumeSource fc:10:core.v1.FCVolumeSource flocker:11:core.v1.FlockerVolumeSource flexVolume:12:core.v1.FlexPersistentVolumeSource azureFile:13:core.v1.AzureFilePersistentVolumeSource vsphereVolume:14:core.v1.VsphereVirtualDiskVolumeSource quobyte:15:core.v1.QuobyteVolumeSource azureDisk:16:core.v1.AzureDiskVolumeSource photonPersistentDisk:17:core.v1.PhotonPersistentDiskVolumeSource portworxVolume:18:core.v1.PortworxVolumeSource scaleIO:19:core.v1.ScaleIOPersistentVolumeSource local:20:core.v1.LocalVolumeSource storageos:21:core.v1.StorageOSPersistentVolumeSource csi:22:core.v1.CSIPersistentVolumeSource
core.v1.PersistentVolumeSpec capacity:1:{}q ^:2:core.v1.PersistentVolumeSource accessModes:3:[]s claimRef:4:core.v1.ObjectReference persistentVolumeReclaimPolicy:5:s storageClassName:6:s mountOptions:7:[]s volumeMode:8:s nodeAffinity:9:core.v1.VolumeNodeAffinity volumeAttributesClassName:10:s
core.v1.PersistentVolumeStatus phase:1:s message:2:s reason:3:s lastPhaseTransitionTime:4:t
core.v1.PhotonPersistentDiskVolumeSource pdID:1:s fsType:2:s
core.v1.Pod metadata:1:meta.v1.ObjectMeta spec:2:core.v1.PodSpec status:3:core.v1.PodStatus
core.v1.PodAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[]core.v1.PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:2:[]core.v1.WeightedPodAffinityTerm
core.v1.PodAffinityTerm labelSelector:1:meta.v1.LabelSelector namespaces:2:[]s topologyKey:3:s namespaceSelector:4:meta.v1.LabelSelector matchLabelKeys:5:[]s mismatchLabelKeys:6:[]s
core.v1.PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[]core.v1.PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:2:[]core.v1.WeightedPodAffinityTerm
core.v1.PodCertificateProjection signerName:1:s keyType:2:s maxExpirationSeconds:3:i credentialBundlePath:4:s keyPath:5:s certificateChainPath:6:s userAnnotations:7:{}s
core.v1.PodCondition type:1:s observedGeneration:7:i status:2:s lastProbeTime:3:t lastTransitionTime:4:t reason:5:s message:6:s
core.v1.PodDNSConfig nameservers:1:[]s searches:2:[]s options:3:[]core.v1.PodDNSConfigOption
core.v1.PodDNSConfigOption name:1:s value:2:s
core.v1.PodExtendedResourceClaimStatus requestMappings:1:[]core.v1.ContainerExtendedResourceRequest resourceClaimName:2:s
core.v1.PodIP ip:1:s
core.v1.PodOS name:1:s
core.v1.PodReadinessGate conditionType:1:s
core.v1.PodResourceClaim name:1:s resourceClaimName:3:s resourceClaimTemplateName:4:s
core.v1.PodResourceClaimStatus name:1:s resourceClaimName:2:s
core.v1.PodSchedulingGate name:1:s
core.v1.PodSecurityContext seLinuxOptions:1:core.v1.SELinuxOptions windowsOptions:8:core.v1.WindowsSecurityContextOptions runAsUser:2:i runAsGroup:6:i runAsNonRoot:3:b supplementalGroups:4:[]i supplementalGroupsPolicy:12:s fsGroup:5:i sysctls:7:[]core.v1.Sysctl fsGroupChangePolicy:9:s seccompProfile:10:core.v1.SeccompProfile appArmorProfile:11:core.v1.AppArmorProfile seLinuxChangePolicy:13:s
core.v1.PodSpec volumes:1:[]core.v1.Volume:keys=name:merge=name initContainers:20:[]core.v1.Container:keys=name:merge=name containers:2:[]core.v1.Container:keys=name:merge=name ephemeralContainers:34:[]core.v1.EphemeralContainer:keys=name:merge=name restartPolicy:3:s terminationGracePeriodSeconds:4:i activeDeadlineSeconds:5:i dnsPolicy:6:s nodeSelector:7:{}s:atomic serviceAccountName:8:s serviceAccount:9:s automountServiceAccountToken:21:b nodeName:10:s hostNetwork:11:b hostPID:12:b hostIPC:13:b shareProcessNamespace:27:b securityContext:14:core.v1.PodSecurityContext imagePullSecrets:15:[]core.v1.LocalObjectReference:keys=name:merge=name hostname:16:s subdomain:17:s affinity:18:core.v1.Affinity schedulerName:19:s tolerations:22:[]core.v1.Toleration hostAliases:23:[]core.v1.HostAlias:keys=ip:merge=ip priorityClassName:24:s priority:25:i dnsConfig:26:core.v1.PodDNSConfig readinessGates:28:[]core.v1.PodReadinessGate runtimeClassName:29:s enableServiceLinks:30:b preemptionPolicy:31:s overhead:32:{}q topologySpreadConstraints:33:[]core.v1.TopologySpreadConstraint:keys=topologyKey,whenUnsatisfiable:merge=topologyKey setHostnameAsFQDN:35:b os:36:core.v1.PodOS hostUsers:37:b schedulingGates:38:[]core.v1.PodSchedulingGate:keys=name:merge=name resourceClaims:39:[]core.v1.PodResourceClaim:keys=name:merge=name resources:40:core.v1.ResourceRequirements hostnameOverride:41:s workloadRef:42:core.v1.WorkloadReference
core.v1.PodStatus observedGeneration:17:i phase:1:s conditions:2:[]core.v1.PodCondition:keys=type:merge=type message:3:s reason:4:s nominatedNodeName:11:s hostIP:5:s hostIPs:16:[]core.v1.HostIP:merge=ip podIP:6:s podIPs:12:[]core.v1.PodIP:keys=ip:merge=ip startTime:7:t initContainerStatuses:10:[]core.v1.ContainerStatus containerStatuses:8:[]core.v1.ContainerStatus qosClass:9:s ephemeralContainerStatuses:13:[]core.v1.ContainerStatus resize:14:s resourceClaimStatuses:15:[]core.v1.PodResourceClaimStatus:keys=name:merge=name extendedResourceClaimStatus:18:core.v1.PodExtendedResourceClaimStatus allocatedResources:19:{}q resources:20:core.v1.ResourceRequirements
core.v1.PodTemplateSpec metadata:1:meta.v1.ObjectMeta spec:2:core.v1.PodSpec
core.v1.PortStatus port:1:i protocol:2:s error:3:s
core.v1.PortworxVolumeSource volumeID:1:s fsType:2:s readOnly:3:b
core.v1.PreferredSchedulingTerm weight:1:i preference:2:core.v1.NodeSelectorTerm
core.v1.Probe ^:1:core.v1.ProbeHandler initialDelaySeconds:2:i timeoutSeconds:3:i periodSeconds:4:i successThreshold:5:i failureThreshold:6:i terminationGracePeriodSeconds:7:i
core.v1.ProbeHandler exec:1:core.v1.ExecAction httpGet:2:core.v1.HTTPGetAction tcpSocket:3:core.v1.TCPSocketAction grpc:4:core.v1.GRPCAction
core.v1.ProjectedVolumeSource sources:1:[]core.v1.VolumeProjection defaultMode:2:i
core.v1.QuobyteVolumeSource registry:1:s volume:2:s readOnly:3:b user:4:s group:5:s tenant:6:s
core.v1.RBDPersistentVolumeSource monitors:1:[]s image:2:s fsType:3:s pool:4:s user:5:s keyring:6:s secretRef:7:core.v1.SecretReference readOnly:8:b
core.v1.RBDVolumeSource monitors:1:[]s image:2:s fsType:3:s pool:4:s user:5:s keyring:6:s secretRef:7:core.v1.LocalObjectReference readOnly:8:b
core.v1.ReplicationController metadata:1:meta.v1.ObjectMeta spec:2:core.v1.ReplicationControllerSpec status:3:core.v1.ReplicationControllerStatus
core.v1.ReplicationControllerCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
core.v1.ReplicationControllerSpec replicas:1:i minReadySeconds:4:i selector:2:{}s:atomic template:3:core.v1.PodTemplateSpec
core.v1.ReplicationControllerStatus replicas:1:i fullyLabeledReplicas:2:i readyReplicas:4:i availableReplicas:5:i observedGeneration:3:i conditions:6:[]core.v1.ReplicationControllerCondition:keys=type:merge=type
core.v1.ResourceClaim name:1:s request:2:s
core.v1.ResourceFieldSelector~ containerName:1:s resource:2:s divisor:3:q
core.v1.ResourceHealth resourceID:1:s health:2:s
core.v1.ResourceQuota metadata:1:meta.v1.ObjectMeta spec:2:core.v1.ResourceQuotaSpec status:3:core.v1.ResourceQuotaStatus
core.v1.ResourceQuotaSpec hard:1:{}q scopes:2:[]s scopeSelector:3:core.v1.ScopeSelector
core.v1.ResourceQuotaStatus hard:1:{}q used:2:{}q
core.v1.ResourceRequirements limits:1:{}q requests:2:{}q claims:3:[]core.v1.ResourceClaim:keys=name
core.v1.ResourceStatus name:1:s resources:2:[]core.v1.ResourceHealth:keys=resourceID
core.v1.SELinuxOptions user:1:s role:2:s type:3:s level:4:s
core.v1.ScaleIOPersistentVolumeSource gateway:1:s system:2:s secretRef:3:core.v1.SecretReference sslEnabled:4:b protectionDomain:5:s storagePool:6:s storageMode:7:s volumeName:8:s fsType:9:s readOnly:10:b
core.v1.ScaleIOVolumeSource gateway:1:s system:2:s secretRef:3:core.v1.LocalObjectReference sslEnabled:4:b protectionDomain:5:s storagePool:6:s storageMode:7:s volumeName:8:s fsType:9:s readOnly:10:b
core.v1.ScopeSelector~ matchExpressions:1:[]core.v1.ScopedResourceSelectorRequirement
core.v1.ScopedResourceSelectorRequirement scopeName:1:s operator:2:s values:3:[]s
core.v1.SeccompProfile type:1:s localhostProfile:2:s
core.v1.Secret metadata:1:meta.v1.ObjectMeta immutable:5:b data:2:{}y stringData:4:{}s type:3:s
core.v1.SecretEnvSource ^:1:core.v1.LocalObjectReference optional:2:b
core.v1.SecretKeySelector~ ^:1:core.v1.LocalObjectReference key:2:s optional:3:b
core.v1.SecretProjection ^:1:core.v1.LocalObjectReference items:2:[]core.v1.KeyToPath optional:4:b
core.v1.SecretReference~ name:1:s namespace:2:s
core.v1.SecretVolumeSource secretName:1:s items:2:[]core.v1.KeyToPath defaultMode:3:i optional:4:b
core.v1.SecurityContext capabilities:1:core.v1.Capabilities privileged:2:b seLinuxOptions:3:core.v1.SELinuxOptions windowsOptions:10:core.v1.WindowsSecurityContextOptions runAsUser:4:i runAsGroup:8:i runAsNonRoot:5:b readOnlyRootFilesystem:6:b allowPrivilegeEscalation:7:b procMount:9:s seccompProfile:11:core.v1.SeccompProfile appArmorProfile:12:core.v1.AppArmorProfile
core.v1.Service metadata:1:meta.v1.ObjectMeta spec:2:core.v1.ServiceSpec status:3:core.v1.ServiceStatus
core.v1.ServiceAccount metadata:1:meta.v1.ObjectMeta secrets:2:[]core.v1.ObjectReference:keys=name:merge=name imagePullSecrets:3:[]core.v1.LocalObjectReference automountServiceAccountToken:4:b
core.v1.ServiceAccountTokenProjection audience:1:s expirationSeconds:2:i path:3:s
core.v1.ServicePort name:1:s protocol:2:s appProtocol:6:s port:3:i targetPort:4:x nodePort:5:i
core.v1.ServiceSpec ports:1:[]core.v1.ServicePort:keys=port,protocol:merge=port selector:2:{}s:atomic clusterIP:3:s clusterIPs:18:[]s type:4:s externalIPs:5:[]s sessionAffinity:7:s loadBalancerIP:8:s loadBalancerSourceRanges:9:[]s externalName:10:s externalTrafficPolicy:11:s healthCheckNodePort:12:i publishNotReadyAddresses:13:b sessionAffinityConfig:14:core.v1.SessionAffinityConfig ipFamilies:19:[]s ipFamilyPolicy:17:s allocateLoadBalancerNodePorts:20:b loadBalancerClass:21:s internalTrafficPolicy:22:s trafficDistribution:23:s
core.v1.ServiceStatus loadBalancer:1:core.v1.LoadBalancerStatus conditions:2:[]meta.v1.Condition:keys=type:merge=type
core.v1.SessionAffinityConfig clientIP:1:core.v1.ClientIPConfig
core.v1.SleepAction seconds:1:i
core.v1.StorageOSPersistentVolumeSource volumeName:1:s volumeNamespace:2:s fsType:3:s readOnly:4:b secretRef:5:core.v1.ObjectReference
core.v1.StorageOSVolumeSource volumeName:1:s volumeNamespace:2:s fsType:3:s readOnly:4:b secretRef:5:core.v1.LocalObjectReference
core.v1.Sysctl name:1:s value:2:s
core.v1.TCPSocketAction port:1:x host:2:s
core.v1.Taint key:1:s value:2:s effect:3:s timeAdded:4:t
core.v1.Toleration key:1:s operator:2:s value:3:s effect:4:s tolerationSeconds:5:i
core.v1.TopologySelectorLabelRequirement key:1:s values:2:[]s
core.v1.TopologySelectorTerm~ matchLabelExpressions:1:[]core.v1.TopologySelectorLabelRequirement
core.v1.TopologySpreadConstraint maxSkew:1:i topologyKey:2:s whenUnsatisfiable:3:s labelSelector:4:meta.v1.LabelSelector minDomains:5:i nodeAffinityPolicy:6:s nodeTaintsPolicy:7:s matchLabelKeys:8:[]s
core.v1.TypedLocalObjectReference~ apiGroup:1:s kind:2:s name:3:s
core.v1.TypedObjectReference apiGroup:1:s kind:2:s name:3:s namespace:4:s
core.v1.Volume name:1:s ^:2:core.v1.VolumeSource
core.v1.VolumeDevice name:1:s devicePath:2:s
core.v1.VolumeMount name:1:s readOnly:2:b recursiveReadOnly:7:s mountPath:3:s subPath:4:s mountPropagation:5:s subPathExpr:6:s
core.v1.VolumeMountStatus name:1:s mountPath:2:s readOnly:3:b recursiveReadOnly:4:s
core.v1.VolumeNodeAffinity required:1:core.v1.NodeSelector
core.v1.VolumeProjection secret:1:core.v1.SecretProjection downwardAPI:2:core.v1.DownwardAPIProjection configMap:3:core.v1.ConfigMapProjection serviceAccountToken:4:core.v1.ServiceAccountTokenProjection clusterTrustBundle:5:core.v1.ClusterTrustBundleProjection podCertificate:6:core.v1.PodCertificateProjection
core.v1.VolumeResourceRequirements limits:1:{}q requests:2:{}q
core.v1.VolumeSource hostPath:1:core.v1.HostPathVolumeSource emptyDir:2:core.v1.EmptyDirVolumeSource gcePersistentDisk:3:core.v1.GCEPersistentDiskVolumeSource awsElasticBlockStore:4:core.v1.AWSElasticBlockStoreVolumeSource gitRepo:5:core.v1.GitRepoVolumeSource secret:6:core.v1.SecretVolumeSource nfs:7:core.v1.NFSVolumeSource iscsi:8:core.v1.ISCSIVolumeSource glusterfs:9:core.v1.GlusterfsVolumeSource persistentVolumeClaim:10:core.v1.PersistentVolumeClaimVolumeSource rbd:11:core.v1.RBDVolumeSource flexVolume:12:core.v1.FlexVolumeSource cinder:13:core.v1.CinderVolumeSource cephfs:14:core.v1.CephFSVolumeSource flocker:15:core.v1.FlockerVolumeSource downwardAPI:16:core.v1.DownwardAPIVolumeSource fc:17:core.v1.FCVolumeSource azureFile:18:core.v1.AzureFileVolumeSource configMap:19:core.v1.ConfigMapVolumeSource vsphereVolume:20:core.v1.VsphereVirtualDiskVolumeSource quobyte:21:core.v1.QuobyteVolumeSource azureDisk:22:core.v1.AzureDiskVolumeSource photonPersistentDisk:23:core.v1.PhotonPersistentDiskVolumeSource projected:26:core.v1.ProjectedVolumeSource portworxVolume:24:core.v1.PortworxVolumeSource scaleIO:25:core.v1.ScaleIOVolumeSource storageos:27:core.v1.StorageOSVolumeSource csi:28:core.v1.CSIVolumeSource ephemeral:29:core.v1.EphemeralVolumeSource image:30:core.v1.ImageVolumeSource
core.v1.VsphereVirtualDiskVolumeSource volumePath:1:s fsType:2:s storagePolicyName:3:s storagePolicyID:4:s
core.v1.WeightedPodAffinityTerm weight:1:i podAffinityTerm:2:core.v1.PodAffinityTerm
core.v1.WindowsSecurityContextOptions gmsaCredentialSpecName:1:s gmsaCredentialSpec:2:s runAsUserName:3:s hostProcess:4:b
core.v1.WorkloadReference name:1:s podGroup:2:s podGroupReplicaKey:3:s
discovery.v1.Endpoint addresses:1:[]s:set conditions:2:discovery.v1.EndpointConditions hostname:3:s targetRef:4:core.v1.ObjectReference deprecatedTopology:5:{}s nodeName:6:s zone:7:s hints:8:discovery.v1.EndpointHints
discovery.v1.EndpointConditions ready:1:b serving:2:b terminating:3:b
discovery.v1.EndpointHints forZones:1:[]discovery.v1.ForZone forNodes:2:[]discovery.v1.ForNode
discovery.v1.EndpointPort~ name:1:s protocol:2:s port:3:i appProtocol:4:s
discovery.v1.EndpointSlice metadata:1:meta.v1.ObjectMeta addressType:4:s endpoints:2:[]discovery.v1.Endpoint ports:3:[]discovery.v1.EndpointPort
discovery.v1.ForNode name:1:s
discovery.v1.ForZone name:1:s
events.v1.Event metadata:1:meta.v1.ObjectMeta eventTime:2:u series:3:events.v1.EventSeries reportingController:4:s reportingInstance:5:s action:6:s reason:7:s regarding:8:core.v1.ObjectReference related:9:core.v1.ObjectReference note:10:s type:11:s deprecatedSource:12:core.v1.EventSource deprecatedFirstTimestamp:13:t deprecatedLastTimestamp:14:t deprecatedCount:15:i
events.v1.EventSeries count:1:i lastObservedTime:2:u
meta.v1.Condition type:1:s status:2:s observedGeneration:3:i lastTransitionTime:4:t reason:5:s message:6:s
meta.v1.DeleteOptions gracePeriodSeconds:1:i preconditions:2:meta.v1.Preconditions orphanDependents:3:b propagationPolicy:4:s dryRun:5:[]s ignoreStoreReadErrorWithClusterBreakingPotential:6:b
meta.v1.FieldSelectorRequirement key:1:s operator:2:s values:3:[]s
meta.v1.LabelSelector~ matchLabels:1:{}s matchExpressions:2:[]meta.v1.LabelSelectorRequirement
meta.v1.LabelSelectorRequirement key:1:s operator:2:s values:3:[]s
meta.v1.ManagedFieldsEntry manager:1:s operation:2:s apiVersion:3:s time:4:t fieldsType:6:s fieldsV1:7:r subresource:8:s
meta.v1.ObjectMeta name:1:s generateName:2:s namespace:3:s selfLink:4:s uid:5:s resourceVersion:6:s generation:7:i creationTimestamp:8:t deletionTimestamp:9:t deletionGracePeriodSeconds:10:i labels:11:{}s annotations:12:{}s ownerReferences:13:[]meta.v1.OwnerReference:keys=uid:merge=uid finalizers:14:[]s:set:merge= managedFields:17:[]meta.v1.ManagedFieldsEntry
meta.v1.OwnerReference~ apiVersion:5:s kind:1:s name:3:s uid:4:s controller:6:b blockOwnerDeletion:7:b
meta.v1.Preconditions uid:1:s resourceVersion:2:s
networking.v1.HTTPIngressPath path:1:s pathType:3:s backend:2:networking.v1.IngressBackend
networking.v1.HTTPIngressRuleValue paths:1:[]networking.v1.HTTPIngressPath
networking.v1.IPBlock cidr:1:s except:2:[]s
networking.v1.Ingress metadata:1:meta.v1.ObjectMeta spec:2:networking.v1.IngressSpec status:3:networking.v1.IngressStatus
networking.v1.IngressBackend service:4:networking.v1.IngressServiceBackend resource:3:core.v1.TypedLocalObjectReference
networking.v1.IngressClass metadata:1:meta.v1.ObjectMeta spec:2:networking.v1.IngressClassSpec
networking.v1.IngressClassParametersReference aPIGroup:1:s kind:2:s name:3:s scope:4:s namespace:5:s
networking.v1.IngressClassSpec controller:1:s parameters:2:networking.v1.IngressClassParametersReference
networking.v1.IngressLoadBalancerIngress ip:1:s hostname:2:s ports:4:[]networking.v1.IngressPortStatus
networking.v1.IngressLoadBalancerStatus ingress:1:[]networking.v1.IngressLoadBalancerIngress
networking.v1.IngressPortStatus port:1:i protocol:2:s error:3:s
networking.v1.IngressRule host:1:s ingressRuleValue:2:networking.v1.IngressRuleValue
networking.v1.IngressRuleValue http:1:networking.v1.HTTPIngressRuleValue
networking.v1.IngressServiceBackend name:1:s port:2:networking.v1.ServiceBackendPort
networking.v1.IngressSpec ingressClassName:4:s defaultBackend:1:networking.v1.IngressBackend tls:2:[]networking.v1.IngressTLS rules:3:[]networking.v1.IngressRule
networking.v1.IngressStatus loadBalancer:1:networking.v1.IngressLoadBalancerStatus
networking.v1.IngressTLS hosts:1:[]s secretName:2:s
networking.v1.NetworkPolicy metadata:1:meta.v1.ObjectMeta spec:2:networking.v1.NetworkPolicySpec
networking.v1.NetworkPolicyEgressRule ports:1:[]networking.v1.NetworkPolicyPort to:2:[]networking.v1.NetworkPolicyPeer
networking.v1.NetworkPolicyIngressRule ports:1:[]networking.v1.NetworkPolicyPort from:2:[]networking.v1.NetworkPolicyPeer
networking.v1.NetworkPolicyPeer podSelector:1:meta.v1.LabelSelector namespaceSelector:2:meta.v1.LabelSelector ipBlock:3:networking.v1.IPBlock
networking.v1.NetworkPolicyPort protocol:1:s port:2:x endPort:3:i
networking.v1.NetworkPolicySpec podSelector:1:meta.v1.LabelSelector ingress:2:[]networking.v1.NetworkPolicyIngressRule egress:3:[]networking.v1.NetworkPolicyEgressRule policyTypes:4:[]s
networking.v1.ServiceBackendPort~ name:1:s number:2:i
policy.v1.Eviction metadata:1:meta.v1.ObjectMeta deleteOptions:2:meta.v1.DeleteOptions
policy.v1.PodDisruptionBudget metadata:1:meta.v1.ObjectMeta spec:2:policy.v1.PodDisruptionBudgetSpec status:3:policy.v1.PodDisruptionBudgetStatus
policy.v1.PodDisruptionBudgetSpec minAvailable:1:x selector:2:meta.v1.LabelSelector:replace maxUnavailable:3:x unhealthyPodEvictionPolicy:4:s
policy.v1.PodDisruptionBudgetStatus observedGeneration:1:i disruptedPods:2:{}t disruptionsAllowed:3:i currentHealthy:4:i desiredHealthy:5:i expectedPods:6:i conditions:7:[]meta.v1.Condition:keys=type:merge=type
rbac.v1.AggregationRule clusterRoleSelectors:1:[]meta.v1.LabelSelector
rbac.v1.ClusterRole metadata:1:meta.v1.ObjectMeta rules:2:[]rbac.v1.PolicyRule aggregationRule:3:rbac.v1.AggregationRule
rbac.v1.ClusterRoleBinding metadata:1:meta.v1.ObjectMeta subjects:2:[]rbac.v1.Subject roleRef:3:rbac.v1.RoleRef
rbac.v1.PolicyRule verbs:1:[]s apiGroups:2:[]s resources:3:[]s resourceNames:4:[]s nonResourceURLs:5:[]s
rbac.v1.Role metadata:1:meta.v1.ObjectMeta rules:2:[]rbac.v1.PolicyRule
rbac.v1.RoleBinding metadata:1:meta.v1.ObjectMeta subjects:2:[]rbac.v1.Subject roleRef:3:rbac.v1.RoleRef
rbac.v1.RoleRef~ apiGroup:1:s kind:2:s name:3:s
rbac.v1.Subject~ kind:1:s apiGroup:2:s name:3:s namespace:4:s
storage.v1.StorageClass metadata:1:meta.v1.ObjectMeta provisioner:2:s parameters:3:{}s reclaimPolicy:4:s mountOptions:5:[]s allowVolumeExpansion:6:b volumeBindingMode:7:s allowedTopologies:8:[]core.v1.TopologySelectorTerm
`;
//# sourceMappingURL=schema-data.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/schema.js


const lines = new Map();
for (const line of schemaData.trim().split('\n'))
    lines.set(line.split(' ', 1)[0]?.replace('~', '') ?? '', line);
const parsed = new Map();
/** A message of Kubernetes' API by its short name, such as `apps.v1.Deployment`. */
function message(name) {
    const known = parsed.get(name);
    if (known)
        return known;
    const line = lines.get(name);
    if (line === undefined)
        throw new Error(`no such message: ${name}`);
    const [head = '', ...words] = line.split(' ');
    const fields = new Map();
    const wire = new Map();
    for (const word of words) {
        const field = parseField(word);
        wire.set(field.number, field);
        if (!field.inlined)
            fields.set(field.name, field);
        else if (field.type.kind === 'message') {
            for (const inner of message(field.type.message).fields.values())
                fields.set(inner.name, inner);
        }
    }
    const made = { name, atomic: head.endsWith('~'), fields, wire };
    parsed.set(name, made);
    return made;
}
function parseField(word) {
    const [name = '', number = '', type = '', ...flags] = word.split(':');
    const value = (flag) => flags.find((one) => one.startsWith(`${flag}=`))?.slice(flag.length + 1);
    return {
        name,
        number: Number(number),
        type: parseType(type),
        keys: value('keys')?.split(','),
        set: flags.includes('set'),
        atomic: flags.includes('atomic'),
        mergeKey: value('merge'),
        inlined: name === '^',
    };
}
function parseType(text) {
    if (text.startsWith('[]'))
        return { kind: 'list', of: parseType(text.slice(2)) };
    if (text.startsWith('{}'))
        return { kind: 'map', of: parseType(text.slice(2)) };
    return text.length === 1 ? { kind: 'scalar', scalar: text } : { kind: 'message', message: text };
}
const typeMeta = new Set(['apiVersion', 'kind']);
const goType = {
    s: 'string',
    i: 'int32',
    d: 'float64',
    b: 'bool',
    y: '[]uint8',
    q: 'resource.Quantity',
    x: 'intstr.IntOrString',
    t: 'v1.Time',
    u: 'v1.MicroTime',
    w: 'v1.Duration',
    r: 'interface {}',
};
const fits = {
    s: (value) => typeof value === 'string',
    i: Number.isInteger,
    d: (value) => typeof value === 'number',
    b: (value) => typeof value === 'boolean',
    y: (value) => typeof value === 'string',
    q: (value) => typeof value === 'string' || typeof value === 'number',
    x: (value) => typeof value === 'string' || Number.isInteger(value),
    t: (value) => typeof value === 'string',
    u: (value) => typeof value === 'string',
    w: (value) => typeof value === 'string',
    r: () => true,
};
const found = (value) => Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
/** Compares a value with a message of the schema. `top` lets `apiVersion` and `kind` stand. */
function misfits(name, value, path = '', top = path === '') {
    const walk = (type, item, at) => {
        if (item === null || item === undefined)
            return [];
        switch (type.kind) {
            case 'scalar':
                return fits[type.scalar](item)
                    ? []
                    : [{ path: at, unknown: false, found: found(item), wanted: goType[type.scalar] }];
            case 'list':
                if (!Array.isArray(item))
                    return [{ path: at, unknown: false, found: found(item), wanted: '[]' }];
                return item.flatMap((one, index) => walk(type.of, one, `${at}[${index}]`));
            case 'map':
                if (!isFields(item))
                    return [{ path: at, unknown: false, found: found(item), wanted: 'map' }];
                return Object.entries(item).flatMap(([key, one]) => walk(type.of, one, `${at}.${key}`));
            case 'message':
                return misfits(type.message, item, at, false);
        }
    };
    if (!isFields(value))
        return [{ path, unknown: false, found: found(value), wanted: name.split('.').at(-1) ?? name }];
    const { fields } = message(name);
    return Object.entries(value).flatMap(([key, item]) => {
        if (top && typeMeta.has(key))
            return [];
        const at = path === '' ? key : `${path}.${key}`;
        const field = fields.get(key);
        return field === undefined ? [{ path: at, unknown: true }] : walk(field.type, item, at);
    });
}
//# sourceMappingURL=schema.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/discovery.js


const version = {
    major: '1',
    minor: '35',
    gitVersion: 'v1.35.4',
    gitCommit: 'sandbox',
    gitTreeState: 'clean',
    buildDate: '2026-04-15T00:00:00Z',
    goVersion: 'go1.25.9',
    compiler: 'gc',
    platform: 'linux/amd64',
};
const verbs = (of) => of.stored ? ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] : ['create'];
const subresourceKinds = {
    scale: ['autoscaling', 'v1', 'Scale', ['get', 'patch', 'update']],
    eviction: ['policy', 'v1', 'Eviction', ['create']],
    log: ['', '', '', ['get']],
    token: ['authentication.k8s.io', 'v1', 'TokenRequest', ['create']],
};
const groups = () => [...new Set(resources_resources.map(({ group }) => group))];
const groupVersions = () => [...new Set(resources_resources.map(apiVersionOf))];
const inGroup = (apiVersion) => resources_resources.filter((one) => apiVersionOf(one) === apiVersion);
/** `/apis` and `/api` in the old form. */
const groupList = () => ({
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups()
        .filter((group) => group !== '')
        .map(groupOf),
});
function groupOf(group) {
    const versions = groupVersions()
        .filter((one) => one.startsWith(`${group}/`))
        .map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] }));
    return { name: group, versions, preferredVersion: versions[0] };
}
/** `/apis/<group>/<version>` in the old form; undefined when there is none. */
function resourceList(apiVersion) {
    const found = inGroup(apiVersion);
    if (found.length === 0)
        return undefined;
    return {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: apiVersion,
        resources: found.flatMap((of) => [
            {
                name: of.plural,
                singularName: of.kind.toLowerCase(),
                namespaced: of.namespaced,
                kind: of.kind,
                verbs: verbs(of),
                ...(of.shortNames.length > 0 ? { shortNames: of.shortNames } : {}),
                ...(of.categories.length > 0 ? { categories: of.categories } : {}),
            },
            ...of.subresources.map((sub) => {
                const [group, version, kind, allowed] = subresourceKinds[sub] ?? [
                    of.group,
                    of.version,
                    of.kind,
                    ['get', 'patch', 'update'],
                ];
                const other = group === '' && version === '' ? {} : group === of.group ? {} : { group, version };
                return {
                    name: `${of.plural}/${sub}`,
                    singularName: '',
                    namespaced: of.namespaced,
                    ...other,
                    kind: kind || of.kind,
                    verbs: allowed,
                };
            }),
        ]),
    };
}
/** All of discovery in one answer (KEP-3352); `core` for `/api`, the rest for `/apis`. */
function aggregated(core) {
    const items = groups()
        .filter((group) => (group === '') === core)
        .map((group) => ({
        metadata: { name: group, creationTimestamp: null },
        versions: groupVersions()
            .filter((one) => (group === '' ? one === 'v1' : one.startsWith(`${group}/`)))
            .map((apiVersion) => ({
            version: apiVersion.split('/').at(-1),
            freshness: 'Current',
            resources: inGroup(apiVersion).map((of) => ({
                resource: of.plural,
                responseKind: { group: of.group, version: of.version, kind: of.kind },
                scope: of.namespaced ? 'Namespaced' : 'Cluster',
                singularResource: of.kind.toLowerCase(),
                verbs: verbs(of),
                ...(of.shortNames.length > 0 ? { shortNames: of.shortNames } : {}),
                ...(of.categories.length > 0 ? { categories: of.categories } : {}),
                subresources: of.subresources.map((sub) => {
                    const [g, v, kind, allowed] = subresourceKinds[sub] ?? [
                        of.group,
                        of.version,
                        of.kind,
                        ['get', 'patch', 'update'],
                    ];
                    return { subresource: sub, responseKind: { group: g, version: v, kind: kind || of.kind }, verbs: allowed };
                }),
            })),
        })),
    }));
    return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}
const pathOf = (apiVersion) => (apiVersion === 'v1' ? 'api/v1' : `apis/${apiVersion}`);
/** `/openapi/v3`: where the document of each group is. */
const openApiIndex = (prefix) => ({
    paths: Object.fromEntries(groupVersions().map((one) => [
        pathOf(one),
        { serverRelativeURL: `${prefix}/openapi/v3/${pathOf(one)}?hash=sandbox` },
    ])),
});
/** The OpenAPI document of a group: its schemas, and per kind the patch operation in which clients look for `fieldValidation`. */
function openApiDocument(path) {
    const apiVersion = groupVersions().find((one) => pathOf(one) === path);
    if (apiVersion === undefined)
        return undefined;
    const schemas = {};
    const visit = (name) => {
        if (schemas[keyOf(name)] !== undefined)
            return;
        const properties = {};
        schemas[keyOf(name)] = { type: 'object', properties };
        for (const [key, field] of message(name).fields) {
            properties[key] = {
                ...openApiType(field.type, visit),
                ...(field.keys ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': field.keys } : {}),
                ...(field.set ? { 'x-kubernetes-list-type': 'set' } : {}),
                ...(field.mergeKey === undefined ? {} : { 'x-kubernetes-patch-strategy': 'merge' }),
                ...(field.mergeKey ? { 'x-kubernetes-patch-merge-key': field.mergeKey } : {}),
            };
        }
    };
    const paths = {};
    for (const of of inGroup(apiVersion)) {
        visit(of.message);
        const gvk = { group: of.group, version: of.version, kind: of.kind };
        const schema = schemas[keyOf(of.message)];
        schema['x-kubernetes-group-version-kind'] = [gvk];
        Object.assign(schema['properties'], { apiVersion: { type: 'string' }, kind: { type: 'string' } });
        const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
            name,
            in: 'query',
            schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
        }));
        const answer = {
            content: { 'application/json': { schema: { $ref: `#/components/schemas/${keyOf(of.message)}` } } },
        };
        const base = { 'x-kubernetes-group-version-kind': gvk, responses: { 200: { description: 'OK', ...answer } } };
        paths[`/${path}${of.namespaced ? '/namespaces/{namespace}' : ''}/${of.plural}/{name}`] = {
            get: { ...base, 'x-kubernetes-action': 'get' },
            patch: { ...base, 'x-kubernetes-action': 'patch', parameters },
        };
    }
    return {
        openapi: '3.0.0',
        info: { title: 'Kubernetes', version: version.gitVersion },
        paths,
        components: { schemas },
    };
}
const keyOf = (name) => name.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${name}` : `io.k8s.api.${name}`;
function openApiType(type, visit) {
    switch (type.kind) {
        case 'list':
            return { type: 'array', items: openApiType(type.of, visit) };
        case 'map':
            return { type: 'object', additionalProperties: openApiType(type.of, visit) };
        case 'message':
            visit(type.message);
            return { allOf: [{ $ref: `#/components/schemas/${keyOf(type.message)}` }], default: {} };
        case 'scalar':
            return scalars[type.scalar];
    }
}
const scalars = {
    s: { type: 'string' },
    i: { type: 'integer', format: 'int32' },
    d: { type: 'number', format: 'double' },
    b: { type: 'boolean' },
    y: { type: 'string', format: 'byte' },
    q: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    x: { oneOf: [{ type: 'integer' }, { type: 'string' }], format: 'int-or-string' },
    t: { type: 'string', format: 'date-time' },
    u: { type: 'string', format: 'date-time' },
    w: { type: 'string' },
    r: { type: 'object' },
};
//# sourceMappingURL=discovery.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/failure.js
/** A refusal as the API server words it; answered as a `Status` object. */
class ApiFailure extends Error {
    name = 'ApiFailure';
    code;
    reason;
    details;
    constructor(code, reason, message, details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }
}
/** The `Status` object of a failure. */
const statusOf = (failure) => ({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: failure.message,
    ...(failure.reason === '' ? {} : { reason: failure.reason }),
    ...(failure.details === undefined ? {} : { details: failure.details }),
    code: failure.code,
});
/** `deployments.apps`, `secrets`. */
const qualified = (resource) => resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
const details = (resource, name) => ({
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
});
const failure_notFound = (resource, name) => new ApiFailure(404, 'NotFound', `${qualified(resource)} "${name}" not found`, details(resource, name));
const noSuchPath = () => new ApiFailure(404, 'NotFound', 'the server could not find the requested resource', {});
const notAllowed = () => new ApiFailure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
const alreadyExists = (resource, name) => new ApiFailure(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, details(resource, name));
const badRequest = (message) => new ApiFailure(400, 'BadRequest', message);
const staleVersion = (resource, name) => new ApiFailure(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`, details(resource, name));
const forbidden = (resource, name, why) => new ApiFailure(403, 'Forbidden', `${qualified(resource)} "${name}" is forbidden: ${why}`, details(resource, name));
/** 422 with every cause, in the words of field.ErrorList. */
function failure_invalid(resource, name, causes) {
    const all = causes.map(({ field, message }) => `${field}: ${message}`);
    const text = all.length === 1 ? all[0] : `[${all.join(', ')}]`;
    const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
    return new ApiFailure(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {
        name,
        ...(resource.group === '' ? {} : { group: resource.group }),
        kind: resource.kind,
        causes,
    });
}
const required = (field, detail = '') => ({
    reason: 'FieldValueRequired',
    message: `Required value${detail === '' ? '' : `: ${detail}`}`,
    field,
});
const invalidValue = (field, value, detail) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${typeof value === 'object' ? JSON.stringify(value) : typeof value === 'string' ? JSON.stringify(value) : String(value)}: ${detail}`,
    field,
});
//# sourceMappingURL=failure.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/quantity.js
const suffixes = {
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
};
/** A quantity such as `250m`, `64Mi` or `2` as a number; 0 when it is none. */
function parseQuantity(text) {
    const match = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-zA-Z]*)$/.exec(String(text));
    const amount = Number(match?.[1]);
    const scale = match?.[2] === '' ? 1 : suffixes[match?.[2] ?? ''];
    return Number.isNaN(amount) || scale === undefined ? 0 : amount * scale;
}
/** An amount of pods given as a number or a percentage of `total`. */
function portion(value, total, round) {
    if (typeof value === 'number')
        return value;
    const percent = /^(\d+)%$/.exec(String(value));
    if (!percent)
        return 0;
    const exact = (Number(percent[1]) * total) / 100;
    return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
//# sourceMappingURL=quantity.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/admission.js



const accounts = resource('core/v1/serviceaccounts');
const quotas = resource('core/v1/resourcequotas');
const pods = resource('core/v1/pods');
/** What stands between a valid new object and the store: service accounts that exist, quotas that are not used up. @throws ApiFailure 403 */
function admit(cluster, of, object) {
    const { namespace = '', name } = object.metadata;
    if (of === pods) {
        const account = object['spec']?.serviceAccountName ?? 'default';
        // The default account of a new namespace comes a moment later.
        if (account !== 'default' && cluster.store.get(accounts, namespace, account) === undefined) {
            const why = `error looking up service account ${namespace}/${account}: serviceaccount ${JSON.stringify(account)} not found`;
            throw forbidden(of, name, why);
        }
    }
    const asked = demand(of, object);
    for (const quota of cluster.store.list(quotas, namespace)) {
        const limited = [];
        for (const [key, hard] of Object.entries((quota['spec']?.hard ?? {}))) {
            const wanted = asked[key];
            if (wanted === undefined || wanted === 0)
                continue;
            const used = usage(cluster, namespace, key);
            if (used + wanted > parseQuantity(hard))
                limited.push([`${key}=${wanted}`, `${key}=${used}`, `${key}=${hard}`]);
        }
        if (limited.length === 0)
            continue;
        const column = (index) => limited.map((row) => row[index]).join(',');
        const why = `exceeded quota: ${quota.metadata.name}, requested: ${column(0)}, used: ${column(1)}, limited: ${column(2)}`;
        throw forbidden(of, name, why);
    }
}
/** What an object takes of each quota. */
function demand(of, object) {
    const counted = { [`count/${of.plural}${of.group === '' ? '' : `.${of.group}`}`]: 1, [of.plural]: 1 };
    if (of !== pods)
        return counted;
    const sum = (kind, name) => (object['spec']?.containers ?? []).reduce((total, { resources }) => total + parseQuantity(resources?.[kind]?.[name] ?? '0'), 0);
    return {
        ...counted,
        'requests.cpu': sum('requests', 'cpu'),
        'requests.memory': sum('requests', 'memory'),
        'limits.cpu': sum('limits', 'cpu'),
        'limits.memory': sum('limits', 'memory'),
    };
}
function usage(cluster, namespace, key) {
    if (key.startsWith('requests.') || key.startsWith('limits.') || key === 'pods') {
        const running = cluster.store
            .list(pods, namespace)
            .filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase));
        return running.reduce((sum, pod) => sum + (demand(pods, pod)[key] ?? 0), 0);
    }
    const of = resources_resources.find((one) => Object.hasOwn(demand(one, {}), key));
    return of === undefined ? 0 : cluster.store.list(of, namespace).length;
}
//# sourceMappingURL=admission.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/defaults.js

const fill = (target, values) => {
    for (const [key, value] of Object.entries(values))
        target[key] ??= value;
};
/** The tag that decides how an image is pulled. */
const isLatest = (image) => typeof image === 'string' && !image.includes('@') && (!/:[\w.-]+$/.test(image) || image.endsWith(':latest'));
function probe(value) {
    if (!isFields(value))
        return;
    fill(value, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    if (isFields(value['httpGet']))
        fill(value['httpGet'], { path: '/', scheme: 'HTTP' });
}
function defaults_container(value) {
    fill(value, {
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: isLatest(value['image']) ? 'Always' : 'IfNotPresent',
    });
    for (const port of value['ports'] ?? [])
        fill(port, { protocol: 'TCP' });
    for (const { valueFrom } of value['env'] ?? []) {
        if (isFields(valueFrom?.fieldRef))
            fill(valueFrom.fieldRef, { apiVersion: 'v1' });
    }
    for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'])
        probe(value[name]);
    // A limit without a request is a request.
    const { limits, requests } = value['resources'];
    if (isFields(limits))
        value['resources'] = { limits, requests: { ...limits, ...requests } };
}
function podSpec(spec) {
    fill(spec, {
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        dnsPolicy: 'ClusterFirst',
        securityContext: {},
        schedulerName: 'default-scheduler',
    });
    if (spec['serviceAccountName'] !== undefined)
        fill(spec, { serviceAccount: spec['serviceAccountName'] });
    for (const one of [...(spec['initContainers'] ?? []), ...(spec['containers'] ?? [])])
        if (isFields(one))
            defaults_container(one);
    for (const volume of (spec['volumes'] ?? [])) {
        for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) {
            if (isFields(volume[source]))
                fill(volume[source], { defaultMode: 420 });
        }
        if (Object.keys(volume).length === 1)
            volume['emptyDir'] = {};
    }
}
function template(owner) {
    owner['template'] ??= {};
    const made = owner['template'];
    made['metadata'] ??= {};
    if (isFields(made['spec']))
        podSpec(made['spec']);
}
function job(spec) {
    fill(spec, {
        completions: spec['parallelism'] === undefined ? 1 : undefined,
        parallelism: 1,
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        suspend: false,
        podReplacementPolicy: 'TerminatingOrFailed',
    });
    template(spec);
}
const defaults_byKind = {
    Pod(_object, spec) {
        podSpec(spec);
        fill(spec, {
            enableServiceLinks: true,
            preemptionPolicy: 'PreemptLowerPriority',
            priority: 0,
            serviceAccountName: 'default',
            serviceAccount: 'default',
        });
    },
    Deployment(_object, spec) {
        fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
        spec['strategy'] ??= {};
        const strategy = spec['strategy'];
        fill(strategy, { type: 'RollingUpdate' });
        if (strategy['type'] === 'RollingUpdate') {
            strategy['rollingUpdate'] ??= {};
            fill(strategy['rollingUpdate'], { maxUnavailable: '25%', maxSurge: '25%' });
        }
        template(spec);
    },
    ReplicaSet(_object, spec) {
        fill(spec, { replicas: 1 });
        template(spec);
    },
    StatefulSet(_object, spec) {
        fill(spec, {
            replicas: 1,
            podManagementPolicy: 'OrderedReady',
            revisionHistoryLimit: 10,
            serviceName: '',
            updateStrategy: { type: 'RollingUpdate' },
            persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        });
        if (spec['updateStrategy'].type === 'RollingUpdate') {
            spec['updateStrategy'].rollingUpdate ??= {};
            fill(spec['updateStrategy'].rollingUpdate, { partition: 0 });
        }
        template(spec);
    },
    DaemonSet(_object, spec) {
        fill(spec, { revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate' } });
        if (spec['updateStrategy'].type === 'RollingUpdate') {
            spec['updateStrategy'].rollingUpdate ??= {};
            fill(spec['updateStrategy'].rollingUpdate, { maxUnavailable: 1, maxSurge: 0 });
        }
        template(spec);
    },
    Job: (_object, spec) => job(spec),
    CronJob(_object, spec) {
        fill(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
        spec['jobTemplate'] ??= {};
        spec['jobTemplate'].metadata ??= {};
        const inner = spec['jobTemplate'].spec;
        if (isFields(inner))
            template(inner);
    },
    Service(_object, spec) {
        fill(spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
        for (const port of (spec['ports'] ?? []))
            fill(port, { protocol: 'TCP', targetPort: port['port'] });
        if (spec['type'] === 'LoadBalancer')
            fill(spec, { allocateLoadBalancerNodePorts: true });
        if (spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort')
            fill(spec, { externalTrafficPolicy: 'Cluster' });
    },
    Secret: (object) => fill(object, { type: 'Opaque' }),
    PersistentVolumeClaim: (_object, spec) => fill(spec, { volumeMode: 'Filesystem', storageClassName: 'standard' }),
    HorizontalPodAutoscaler: (_object, spec) => fill(spec, { minReplicas: 1 }),
};
/** Fills in what the API server fills in, in place. */
function applyDefaults(object) {
    const make = defaults_byKind[object['kind']];
    if (make === undefined)
        return;
    if (object['kind'] === 'Secret') {
        for (const [key, value] of Object.entries((object['stringData'] ?? {}))) {
            object['data'] = { ...object['data'], [key]: Buffer.from(value).toString('base64') };
        }
        delete object['stringData'];
    }
    make(object, isFields(object['spec']) ? object['spec'] : {});
}
//# sourceMappingURL=defaults.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/field-sets.js


const joined = (elements) => elements.join('\0');
const elementsOf = (path) => path.split('\0');
/** A list item's element: by the values of its keys, in their order by name. */
function itemElement(field, item) {
    if (field.keys === undefined || !isFields(item))
        return `v:${JSON.stringify(item)}`;
    const keys = [...field.keys].sort();
    return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, item[key] ?? (key === 'protocol' ? 'TCP' : undefined)])))}`;
}
/** Every field that a value sets, with its value; items of keyed lists stand for themselves with the value `item`. */
function fieldsIn(name, value) {
    const out = new Map();
    const walk = (type, field, item, path) => {
        const leaf = () => void out.set(joined(path), item);
        if (item === null || item === undefined || field?.atomic)
            return leaf();
        if (type.kind === 'message') {
            const { atomic, fields } = message(type.message);
            if (atomic || !isFields(item) || Object.keys(item).length === 0)
                return leaf();
            for (const [key, one] of Object.entries(item)) {
                const inside = fields.get(key);
                if (inside !== undefined)
                    walk(inside.type, inside, one, [...path, `f:${key}`]);
            }
        }
        else if (type.kind === 'map') {
            if (!isFields(item) || Object.keys(item).length === 0)
                return leaf();
            for (const [key, one] of Object.entries(item))
                walk(type.of, undefined, one, [...path, `f:${key}`]);
        }
        else if (type.kind === 'list') {
            if (!Array.isArray(item) || item.length === 0 || (field?.keys === undefined && !field?.set))
                return leaf();
            for (const one of item) {
                const at = [...path, itemElement(field, one)];
                out.set(joined(at), field.set ? one : 'item');
                if (!field.set)
                    walk(type.of, undefined, one, at);
            }
        }
        else
            leaf();
    };
    for (const [key, one] of Object.entries(value)) {
        const field = message(name).fields.get(key);
        if (field !== undefined)
            walk(field.type, field, one, [`f:${key}`]);
    }
    return out;
}
/** The tree that `managedFields` shows. */
function encodeFields(paths) {
    const root = {};
    for (const path of paths) {
        let at = root;
        for (const element of elementsOf(path)) {
            at[element] ??= {};
            at = at[element];
        }
        at['.'] = {};
    }
    const tidy = (node) => {
        const keys = Object.keys(node)
            .filter((key) => key !== '.' || Object.keys(node).length > 1)
            .sort();
        return Object.fromEntries(keys.map((key) => [key, key === '.' ? {} : tidy(node[key])]));
    };
    return tidy(root);
}
function decodeFields(tree) {
    const out = new Set();
    const walk = (node, path) => {
        if (!isFields(node))
            return;
        const keys = Object.keys(node).filter((key) => key !== '.');
        if (path.length > 0 && (keys.length === 0 || node['.'] !== undefined))
            out.add(joined(path));
        for (const key of keys)
            walk(node[key], [...path, key]);
    };
    walk(tree, []);
    return out;
}
/** A path as conflicts name it: `.spec.template.spec.containers[name="app"].image`. */
function readable(path) {
    return elementsOf(path)
        .map((element) => {
        const rest = element.slice(2);
        if (element.startsWith('f:'))
            return `.${rest}`;
        if (element.startsWith('v:'))
            return `[=${rest}]`;
        const pairs = Object.entries(JSON.parse(rest));
        return `[${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
        .join('');
}
/** Removes what a path names from a value, in place. */
function removeField(name, value, path) {
    const step = (type, field, at, elements) => {
        const [element = '', ...rest] = elements;
        if (element.startsWith('f:') && isFields(at)) {
            const key = element.slice(2);
            const inside = type.kind === 'message' ? message(type.message).fields.get(key) : undefined;
            const inner = type.kind === 'map' ? type.of : inside?.type;
            if (rest.length === 0)
                delete at[key];
            else if (inner !== undefined) {
                step(inner, inside, at[key], rest);
                const left = at[key];
                if (inner.kind === 'map' && isFields(left) && Object.keys(left).length === 0)
                    delete at[key];
                if (inner.kind === 'list' && Array.isArray(left) && left.length === 0)
                    delete at[key];
            }
        }
        else if (Array.isArray(at) && field !== undefined && type.kind === 'list') {
            const index = at.findIndex((item) => itemElement(field, item) === element);
            if (index < 0)
                return;
            if (rest.length === 0)
                at.splice(index, 1);
            else
                step(type.of, undefined, at[index], rest);
        }
    };
    step({ kind: 'message', message: name }, undefined, value, elementsOf(path));
}
//# sourceMappingURL=field-sets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/managed-fields.js





const untracked = ['apiVersion', 'kind', 'status'];
const ownMetadata = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences']);
/** What of an object is tracked: no type, no status unless that is written, no metadata that the server makes. */
function tracked(object, subresource) {
    const metadata = Object.fromEntries(Object.entries(object['metadata'] ?? {}).filter(([key]) => ownMetadata.has(key)));
    const rest = { ...object, metadata };
    for (const key of untracked)
        delete rest[key];
    return subresource === 'status' ? { status: object['status'] } : rest;
}
const entriesOf = (object) => (object['metadata']?.managedFields ?? []).map((one) => ({
    manager: one['manager'],
    operation: one['operation'],
    apiVersion: one['apiVersion'],
    time: one['time'],
    subresource: one['subresource'],
    fields: decodeFields(one['fieldsV1']),
}));
const encoded = (entries) => entries
    .filter(({ fields }) => fields.size > 0)
    .map(({ manager, operation, apiVersion, time, fields, subresource }) => ({
    manager,
    operation,
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFields([...fields].sort()),
    ...(subresource === undefined ? {} : { subresource }),
}));
const isWriter = (entry, writer, operation) => entry.manager === writer.manager && entry.operation === operation && entry.subresource === writer.subresource;
/** The managed fields after a create or an update: the writer owns what it changed, nobody owns what is gone. */
function afterUpdate(resource, before, after, writer, time) {
    const entries = entriesOf(before ?? {});
    const old = fieldsIn(resource.message, tracked(before ?? {}, writer.subresource));
    const now = fieldsIn(resource.message, tracked(after, writer.subresource));
    const changed = [...now]
        .filter(([path, value]) => !old.has(path) || !same(old.get(path), value))
        .map(([path]) => path);
    const gone = [...old.keys()].filter((path) => !now.has(path));
    if (changed.length === 0 && gone.length === 0)
        return encoded(entries);
    for (const entry of entries) {
        if (!isWriter(entry, writer, 'Update'))
            for (const path of changed)
                entry.fields.delete(path);
        for (const path of gone)
            entry.fields.delete(path);
    }
    if (changed.length > 0) {
        let own = entries.find((entry) => isWriter(entry, writer, 'Update'));
        if (own === undefined) {
            own = { ...writer, operation: 'Update', apiVersion: apiVersionOf(resource), time, fields: new Set() };
            entries.push(own);
        }
        own.time = time;
        for (const path of changed)
            own.fields.add(path);
    }
    return encoded(entries);
}
/**
 * Server-side apply: the live object with the applied configuration merged in, and with what this manager applied before
 * but no longer does taken out. @throws ApiFailure 409 when another manager owns a field that would change, unless forced
 */
function serverSideApply(resource, live, applied, writer, force, time) {
    const name = resource.message;
    const wanted = fieldsIn(name, tracked(applied, writer.subresource));
    const there = fieldsIn(name, tracked(live ?? {}, writer.subresource));
    const entries = entriesOf(live ?? {});
    const others = entries.filter((entry) => !isWriter(entry, writer, 'Apply'));
    const changed = [...wanted].filter(([path, value]) => !there.has(path) || !same(there.get(path), value));
    const conflicts = [];
    for (const [path] of changed) {
        for (const owner of others)
            if (owner.fields.has(path))
                conflicts.push({ owner, path });
    }
    if (conflicts.length > 0 && !force)
        throw applyConflict(conflicts);
    for (const { owner, path } of conflicts)
        owner.fields.delete(path);
    const merged = structuredClone(mergeApplied(name, live ?? {}, applied, writer.subresource));
    const own = entries.find((entry) => isWriter(entry, writer, 'Apply'));
    const dropped = [...(own?.fields ?? [])].filter((path) => !wanted.has(path));
    const kept = (path) => others.some(({ fields }) => [...fields].some((one) => one === path || one.startsWith(`${path}\0`))) ||
        [...wanted.keys()].some((one) => one.startsWith(`${path}\0`));
    // An item goes whole, before its members; the members by which it is found stay as long as it does.
    for (const path of dropped.sort((a, b) => a.length - b.length)) {
        if (!kept(path) && !isItemKey(path))
            removeField(name, merged, path);
    }
    const fields = new Set(wanted.keys());
    const unchanged = own !== undefined &&
        changed.length === 0 &&
        dropped.length === 0 &&
        same([...own.fields].sort(), [...fields].sort());
    const entry = {
        ...writer,
        operation: 'Apply',
        apiVersion: apiVersionOf(resource),
        time: unchanged ? own.time : time,
        fields,
    };
    merged['metadata'] = { ...merged['metadata'], managedFields: encoded([...others, entry]) };
    return merged;
}
/** True for `…, k:{"name":"app"}, f:name`. */
function isItemKey(path) {
    const [item = '', member = ''] = elementsOf(path).slice(-2);
    return item.startsWith('k:') && member.startsWith('f:') && Object.hasOwn(JSON.parse(item.slice(2)), member.slice(2));
}
const managed_fields_named = ({ manager, subresource, operation, apiVersion }) => `${JSON.stringify(manager)}${subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
function applyConflict(conflicts) {
    const causes = conflicts.map(({ owner, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${managed_fields_named(owner)}`,
        field: readable(path),
    }));
    const byOwner = new Map();
    for (const { message: text, field } of causes)
        byOwner.set(text, [...(byOwner.get(text) ?? []), field]);
    const text = causes.length === 1
        ? `Apply failed with 1 conflict: ${causes[0]?.message}: ${causes[0]?.field}`
        : `Apply failed with ${causes.length} conflicts: ${[...byOwner]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([owner, paths]) => [`${owner.replace('conflict', 'conflicts')}:`, ...paths.map((path) => `- ${path}`)].join('\n'))
            .join('\n')}`;
    return new ApiFailure(409, 'Conflict', text, { causes });
}
/** The applied configuration over the live object: structs and keyed lists merge, all else is replaced. */
function mergeApplied(name, live, applied, subresource) {
    const merge = (type, field, old, value) => {
        if (field?.atomic || value === null)
            return value;
        if (type.kind === 'message' && isFields(value)) {
            return message(type.message).atomic ? value : mergeStruct(type.message, isFields(old) ? old : {}, value);
        }
        if (type.kind === 'map' && isFields(value)) {
            const out = isFields(old) ? { ...old } : {};
            for (const [key, item] of Object.entries(value))
                if (key !== '__proto__')
                    out[key] = merge(type.of, undefined, out[key], item);
            return out;
        }
        if (type.kind !== 'list' || !Array.isArray(value) || (field?.keys === undefined && !field?.set))
            return value;
        const out = Array.isArray(old) ? [...old] : [];
        for (const item of value) {
            const at = out.findIndex((one) => itemElement(field, one) === itemElement(field, item));
            if (at < 0)
                out.push(item);
            else
                out[at] = merge(type.of, undefined, out[at], item);
        }
        return out;
    };
    const mergeStruct = (inside, old, value) => {
        const out = { ...old };
        for (const [key, item] of Object.entries(value)) {
            const field = message(inside).fields.get(key);
            if (field === undefined || item === undefined)
                continue;
            out[key] = merge(field.type, field, out[key], item);
        }
        return out;
    };
    const { status, ...rest } = applied;
    return subresource === 'status' ? mergeStruct(name, live, { status }) : mergeStruct(name, live, rest);
}
//# sourceMappingURL=managed-fields.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/preparation.js

/** What the server sets on a new object of some kinds before it is kept, in place. */
function prepareCreate(cluster, object) {
    switch (object.kind) {
        case 'Namespace':
            object['spec'] = { finalizers: ['kubernetes'] };
            object['status'] = { phase: 'Active' };
            object.metadata.labels = { 'kubernetes.io/metadata.name': object.metadata.name, ...object.metadata.labels };
            break;
        case 'Pod':
            object['status'] = { phase: 'Pending', qosClass: quality(object['spec']) };
            break;
        case 'Job':
            prepareJob(object);
            break;
        case 'Service':
            object['status'] = { loadBalancer: {} };
            giveAddresses(cluster, object);
            break;
        case 'PersistentVolumeClaim':
            object['status'] = { phase: 'Pending' };
            break;
        case 'Deployment':
        case 'StatefulSet':
        case 'ReplicaSet':
        case 'DaemonSet':
        case 'CronJob':
        case 'PodDisruptionBudget':
        case 'HorizontalPodAutoscaler':
            object['status'] = {};
            break;
        case 'Ingress':
            object['status'] = { loadBalancer: {} };
            break;
    }
}
/** What an update leaves out and the server carries over, in place. */
function prepareUpdate(cluster, before, after) {
    if (after.kind !== 'Service' || after['spec']?.type === 'ExternalName')
        return;
    const old = before['spec'];
    const spec = after['spec'];
    if (!spec['clusterIP'] && old['clusterIP']) {
        spec['clusterIP'] = old['clusterIP'];
        spec['clusterIPs'] = old['clusterIPs'];
    }
    for (const port of (spec['ports'] ?? [])) {
        const same = (old['ports'] ?? []).find((one) => one['port'] === port['port']);
        if (port['nodePort'] === undefined && same?.['nodePort'] !== undefined && spec['type'] !== 'ClusterIP') {
            port['nodePort'] = same['nodePort'];
        }
    }
    giveAddresses(cluster, after);
}
function prepareJob(object) {
    const { spec, metadata } = object;
    object['status'] = {};
    if (spec.manualSelector === true)
        return;
    const own = { 'batch.kubernetes.io/controller-uid': metadata.uid, 'controller-uid': metadata.uid };
    const names = { 'batch.kubernetes.io/job-name': metadata.name, 'job-name': metadata.name };
    spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid } };
    spec.template.metadata ??= {};
    spec.template.metadata.labels = { ...spec.template.metadata.labels, ...own, ...names };
}
function giveAddresses(cluster, object) {
    const spec = object['spec'];
    if (spec['type'] === 'ExternalName')
        return;
    const services = cluster.store.list(resource('core/v1/services'));
    const taken = new Set(services.map((one) => one['spec']?.clusterIP));
    if (!spec['clusterIP']) {
        let number = 10;
        while (taken.has(address(number)))
            number++;
        spec['clusterIP'] = address(number);
    }
    spec['clusterIPs'] ??= [spec['clusterIP']];
    spec['ipFamilies'] ??= ['IPv4'];
    spec['ipFamilyPolicy'] ??= 'SingleStack';
    if (spec['type'] !== 'NodePort' && spec['type'] !== 'LoadBalancer')
        return;
    const ports = new Set(services.flatMap((one) => (one['spec']?.ports ?? []).map((port) => port['nodePort'])));
    for (const port of (spec['ports'] ?? [])) {
        if (port['nodePort'] !== undefined)
            continue;
        let number = 30_000;
        while (ports.has(number))
            number++;
        ports.add(number);
        port['nodePort'] = number;
    }
}
const address = (number) => `10.96.${Math.floor(number / 250)}.${(number % 250) + 1}`;
/** The quality-of-service class of a pod. */
function quality(spec) {
    const containers = (spec['containers'] ?? []);
    const sets = containers.map(({ resources }) => ({
        limits: resources?.limits ?? {},
        requests: resources?.requests ?? {},
    }));
    const any = sets.some(({ limits, requests }) => Object.keys({ ...limits, ...requests }).length > 0);
    if (!any)
        return 'BestEffort';
    const guaranteed = sets.every(({ limits, requests }) => ['cpu', 'memory'].every((name) => limits[name] !== undefined && limits[name] === requests[name]));
    return guaranteed ? 'Guaranteed' : 'Burstable';
}
//# sourceMappingURL=preparation.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/cron-schedule.js
const macros = {
    '@yearly': '0 0 1 1 *',
    '@annually': '0 0 1 1 *',
    '@monthly': '0 0 1 * *',
    '@weekly': '0 0 * * 0',
    '@daily': '0 0 * * *',
    '@midnight': '0 0 * * *',
    '@hourly': '0 * * * *',
};
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Parses five fields or a macro such as `@daily`; undefined when it is neither. */
function parseCron(text) {
    const words = (macros[text.trim()] ?? text).trim().split(/\s+/);
    if (words.length !== 5)
        return undefined;
    const [minute = '', hour = '', day = '', month = '', weekday = ''] = words.map((word) => word.toLowerCase());
    const minutes = fieldOf(minute, 0, 59);
    const hours = fieldOf(hour, 0, 23);
    const days = fieldOf(day, 1, 31);
    const months = fieldOf(month, 1, 12, monthNames);
    const weekdays = fieldOf(weekday, 0, 7, dayNames);
    if (!minutes || !hours || !days || !months || !weekdays)
        return undefined;
    if (weekdays.has(7))
        weekdays.add(0);
    return { minutes, hours, days, months, weekdays, anyDay: /^[*?]/.test(day), anyWeekday: /^[*?]/.test(weekday) };
}
function fieldOf(text, least, most, names = []) {
    const values = new Set();
    const number = (word) => {
        const named = names.indexOf(word);
        return named >= 0 ? named + (least === 1 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    };
    for (const part of text.split(',')) {
        const match = /^(\*|\?|[^-/]+)(?:-([^/]+))?(?:\/(\d+))?$/.exec(part);
        if (!match)
            return undefined;
        const [, first = '', last, every] = match;
        const whole = first === '*' || first === '?';
        const from = whole ? least : number(first);
        const to = whole || (last === undefined && every !== undefined) ? most : number(last ?? first);
        const step = Number(every ?? 1);
        if (!(from >= least && to <= most && from <= to && step > 0))
            return undefined;
        for (let value = from; value <= to; value += step)
            values.add(value);
    }
    return values;
}
/** Looking further ahead than this finds nothing: the 30th of February. */
const horizonHours = 5 * 366 * 24;
const hour = 3_600_000;
const formats = new Map();
function momentIn(zone, ms) {
    if (zone === 'UTC') {
        const at = new Date(ms);
        return {
            minute: at.getUTCMinutes(),
            hour: at.getUTCHours(),
            day: at.getUTCDate(),
            month: at.getUTCMonth() + 1,
            weekday: at.getUTCDay(),
        };
    }
    let format = formats.get(zone);
    if (format === undefined) {
        const numeric = { minute: 'numeric', hour: 'numeric', day: 'numeric', month: 'numeric', weekday: 'short' };
        format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...numeric });
        formats.set(zone, format);
    }
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const { minute, hour, day, month, weekday = '' } = parts;
    return {
        minute: Number(minute),
        hour: Number(hour),
        day: Number(day),
        month: Number(month),
        weekday: dayNames.indexOf(weekday.toLowerCase()),
    };
}
/** The first time after `after` (ms since the epoch) at which a schedule runs in a time zone; undefined when it never does. */
function nextRun(schedule, after, zone = 'UTC') {
    let at = Math.floor(after / 60_000) * 60_000 + 60_000;
    for (let hours = 0; hours < horizonHours;) {
        const now = momentIn(zone, at);
        const dayFits = schedule.days.has(now.day);
        const weekdayFits = schedule.weekdays.has(now.weekday);
        const dated = schedule.anyDay || schedule.anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits;
        if (dated && schedule.months.has(now.month) && schedule.hours.has(now.hour)) {
            if (schedule.minutes.has(now.minute))
                return at;
            at += 60_000;
            if (now.minute === 59)
                hours++;
        }
        else {
            at = Math.floor(at / hour) * hour + hour;
            hours++;
        }
    }
    return undefined;
}
//# sourceMappingURL=cron-schedule.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/selectors.js

/** A `labelSelector` parameter: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. @throws ApiFailure */
function labelSelector(text) {
    const tests = [];
    for (const [part] of text.matchAll(/(?:\([^)]*\)|[^,(])+/g)) {
        const term = part.trim();
        if (term === '')
            continue;
        const among = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
        const equal = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(term);
        const exists = /^(!?)\s*([\w./-]+)$/.exec(term);
        if (among) {
            const [, key = '', operator, list = ''] = among;
            const values = new Set(list.split(',').map((value) => value.trim()));
            tests.push((labels) => (labels[key] !== undefined && values.has(labels[key])) === (operator === 'in'));
        }
        else if (equal) {
            const [, key = '', operator, value = ''] = equal;
            tests.push((labels) => (labels[key] === value) === (operator !== '!='));
        }
        else if (exists) {
            const [, not, key = ''] = exists;
            tests.push((labels) => (labels[key] !== undefined) === (not === ''));
        }
        else
            throw badRequest(`unable to parse requirement: found '${term}', expected: a selector`);
    }
    return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}
/** A `fieldSelector` parameter: `metadata.name=x,status.phase!=Running`. @throws ApiFailure */
function fieldSelector(text) {
    const tests = text
        .split(',')
        .filter((term) => term !== '')
        .map((term) => {
        const match = /^([^!=]+)(==|=|!=)(.*)$/.exec(term);
        if (!match)
            throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
        const [, path = '', operator, value = ''] = match;
        return (object) => {
            let at = object;
            for (const step of path.split('.'))
                at = at?.[step];
            return (String(at ?? '') === value) === (operator !== '!=');
        };
    });
    return (object) => tests.every((test) => test(object));
}
/** A LabelSelector of a spec. An absent one matches nothing, an empty one everything. */
function matchesSelector(selector, labels = {}) {
    if (selector === undefined)
        return false;
    for (const [key, value] of Object.entries(selector['matchLabels'] ?? {}))
        if (labels[key] !== value)
            return false;
    for (const { key, operator, values = [] } of (selector['matchExpressions'] ?? [])) {
        const value = labels[key];
        if (operator === 'In' && !(value !== undefined && values.includes(value)))
            return false;
        if (operator === 'NotIn' && value !== undefined && values.includes(value))
            return false;
        if (operator === 'Exists' && value === undefined)
            return false;
        if (operator === 'DoesNotExist' && value !== undefined)
            return false;
    }
    return true;
}
//# sourceMappingURL=selectors.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/validation.js





/** What is wrong with the shape of a body: unknown members are returned, a wrong type is thrown. @throws ApiFailure 400 */
function unknownFields(resource, body) {
    const all = misfits(resource.message, body);
    const wrong = all.find(({ unknown }) => !unknown);
    if (wrong !== undefined) {
        const { kind, version } = resource;
        throw new ApiFailure(400, 'BadRequest', `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${wrong.found} into Go struct field ${kind}.${wrong.path.replace(/\[\d+\]/g, '')} of type ${wrong.wanted}`);
    }
    return all.map(({ path }) => `unknown field "${path}"`);
}
const dns1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainRule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelValueRule = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const freelyNamed = new Set(['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings']);
/** Of the data of one Secret or ConfigMap. */
const largestData = 1_048_576;
function metadataCauses(resource, { metadata }) {
    const causes = [];
    if (!freelyNamed.has(resource.plural) && (!dns1123.test(metadata.name) || metadata.name.length > 253)) {
        causes.push(invalidValue('metadata.name', metadata.name, subdomainRule));
    }
    for (const value of Object.values(metadata.labels ?? {})) {
        if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) {
            causes.push(invalidValue('metadata.labels', value, labelValueRule));
        }
        else if (value.length > 63)
            causes.push(invalidValue('metadata.labels', value, 'must be no more than 63 bytes'));
    }
    return causes;
}
function podCauses(spec, at, restart) {
    const causes = [];
    const containers = (spec?.['containers'] ?? []);
    if (containers.length === 0)
        causes.push(required(`${at}.containers`));
    const volumes = new Set((spec?.['volumes'] ?? []).map(({ name }) => name));
    for (const list of ['initContainers', 'containers']) {
        const names = new Set();
        for (const [index, one] of (spec?.[list] ?? []).entries()) {
            const here = `${at}.${list}[${index}]`;
            if (!one['name'])
                causes.push(required(`${here}.name`));
            else if (names.has(one['name'])) {
                causes.push({
                    reason: 'FieldValueDuplicate',
                    message: `Duplicate value: ${JSON.stringify(one['name'])}`,
                    field: `${here}.name`,
                });
            }
            names.add(one['name']);
            if (!one['image'])
                causes.push(required(`${here}.image`));
            for (const [number, mount] of (one['volumeMounts'] ?? []).entries()) {
                if (!volumes.has(mount['name'])) {
                    causes.push({
                        reason: 'FieldValueNotFound',
                        message: `Not found: ${JSON.stringify(mount['name'])}`,
                        field: `${here}.volumeMounts[${number}].name`,
                    });
                }
            }
        }
    }
    const policy = spec?.['restartPolicy'];
    if (!restart.includes(String(policy))) {
        causes.push({
            reason: 'FieldValueNotSupported',
            message: `Unsupported value: ${JSON.stringify(policy)}: supported values: ${restart.map((one) => JSON.stringify(one)).join(', ')}`,
            field: `${at}.restartPolicy`,
        });
    }
    return causes;
}
function workloadCauses({ spec }) {
    const causes = [];
    const selector = spec?.selector;
    const labels = (spec?.template?.metadata?.labels ?? {});
    if (selector === undefined)
        causes.push(required('spec.selector'));
    else if (!matchesSelector(selector, labels)) {
        causes.push(invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'));
    }
    return [...causes, ...podCauses(spec?.template?.spec, 'spec.template.spec', ['Always'])];
}
const validation_byKind = {
    Deployment: workloadCauses,
    ReplicaSet: workloadCauses,
    StatefulSet: workloadCauses,
    DaemonSet: workloadCauses,
    Pod: ({ spec }) => podCauses(spec, 'spec', ['Always', 'OnFailure', 'Never']),
    Job: ({ spec }) => podCauses(spec?.template?.spec, 'spec.template.spec', ['OnFailure', 'Never']),
    CronJob: ({ spec }) => [
        ...(parseCron(String(spec?.schedule ?? '')) === undefined
            ? [invalidValue('spec.schedule', spec?.schedule ?? '', 'expected exactly 5 fields or a descriptor')]
            : []),
        ...podCauses(spec?.jobTemplate?.spec?.template?.spec, 'spec.jobTemplate.spec.template.spec', [
            'OnFailure',
            'Never',
        ]),
    ],
    Secret: (object) => dataCauses(object, 'data'),
    ConfigMap: (object) => dataCauses(object, ''),
    Service({ spec }) {
        if ((spec?.ports ?? []).length > 0 || spec?.clusterIP === 'None' || spec?.type === 'ExternalName')
            return [];
        return [required('spec.ports')];
    },
};
function dataCauses(object, field) {
    let size = 0;
    for (const value of Object.values((object['data'] ?? {}))) {
        size += object.kind === 'Secret' ? Math.floor((value.length * 3) / 4) : Buffer.byteLength(value);
    }
    if (size <= largestData)
        return [];
    return [{ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${largestData} bytes`, field }];
}
/** What is wrong with a new object, in the words of the API server. */
const createCauses = (resource, object) => [
    ...metadataCauses(resource, object),
    ...(validation_byKind[object.kind]?.(object) ?? []),
];
/** Fields that never change once they are set, by kind. */
const immutable = {
    Deployment: ['selector'],
    ReplicaSet: ['selector'],
    DaemonSet: ['selector'],
    Job: ['completions', 'selector', 'template', 'completionMode'],
    RoleBinding: ['roleRef'],
    ClusterRoleBinding: ['roleRef'],
};
const statefulSetMutable = new Set([
    ...['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit'],
    ...['persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
]);
function changedTooMuch(before, after) {
    const causes = [];
    for (const name of immutable[after.kind] ?? []) {
        const top = name === 'roleRef';
        const [old, now] = top ? [before[name], after[name]] : [before['spec']?.[name], after['spec']?.[name]];
        if (same(old, now))
            continue;
        const field = top ? name : `spec.${name}`;
        causes.push(name === 'template'
            ? { reason: 'FieldValueInvalid', message: `Invalid value: ${goTemplate(now)}: field is immutable`, field }
            : invalidValue(field, now, 'field is immutable'));
    }
    if (after.kind === 'StatefulSet') {
        const keys = new Set([...Object.keys(before['spec']), ...Object.keys(after['spec'])]);
        if ([...keys].some((key) => !statefulSetMutable.has(key) && !same(before['spec'][key], after['spec'][key]))) {
            causes.push({
                reason: 'FieldValueForbidden',
                message: "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
                field: 'spec',
            });
        }
    }
    if (after.kind === 'Service' && before['spec']?.type !== 'ExternalName' && after['spec']?.type !== 'ExternalName') {
        const [old, now] = [before['spec']?.clusterIP, after['spec']?.clusterIP];
        if (old && old !== now) {
            causes.push(invalidValue('spec.clusterIPs[0]', now === undefined ? [] : [now], 'may not change once set'));
        }
    }
    if ((after.kind === 'Secret' || after.kind === 'ConfigMap') && before['immutable'] === true) {
        if (!same(before['data'], after['data']) || after['immutable'] !== true) {
            causes.push({
                reason: 'FieldValueForbidden',
                message: 'Forbidden: field is immutable when `immutable` is set',
                field: 'data',
            });
        }
    }
    if (after.kind === 'Secret' && before['type'] !== after['type']) {
        causes.push(invalidValue('type', after['type'], 'field is immutable'));
    }
    if (after.kind === 'Pod' && !same(withoutImages(before['spec']), withoutImages(after['spec']))) {
        causes.push({
            reason: 'FieldValueForbidden',
            message: 'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
            field: 'spec',
        });
    }
    return causes;
}
/** The server prints a template as a Go struct; this is its beginning. */
const goTemplate = (template) => {
    const labels = Object.entries((template?.['metadata']?.labels ?? {}));
    const map = labels.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(', ');
    return `core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", GenerateName:"", Namespace:"", Labels:map[string]string{${map}}}, Spec:core.PodSpec{…}}`;
};
const withoutImages = (spec) => {
    const { activeDeadlineSeconds: _a, tolerations: _t, terminationGracePeriodSeconds: _g, ...rest } = spec ?? {};
    const bare = (list) => (list ?? []).map(({ image: _image, ...one }) => one);
    return { ...rest, containers: bare(rest['containers']), initContainers: bare(rest['initContainers']) };
};
/** What is wrong with a changed object. */
const updateCauses = (resource, before, after) => [
    ...createCauses(resource, after),
    ...changedTooMuch(before, after),
];
const namedWrong = (resource, body, path) => new ApiFailure(400, 'BadRequest', `the name of the object (${body}) does not match the name on the URL (${path}) for ${qualified(resource)}`);
//# sourceMappingURL=validation.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/writes.js









/** How the cluster's own controllers write. */
const asController = { writer: { manager: 'kube-controller-manager' } };
const namespaces = resource('core/v1/namespaces');
/** Creates an object. @throws ApiFailure */
function create(cluster, of, namespace, body, options) {
    const object = structuredClone(body);
    object.metadata = isFields(body['metadata'])
        ? structuredClone(body['metadata'])
        : {};
    const { metadata } = object;
    if (of.namespaced)
        placeIn(cluster, of, namespace ?? 'default', object);
    else
        delete metadata.namespace;
    if (!metadata.name && metadata.generateName)
        metadata.name = `${metadata.generateName}${cluster.suffix(5)}`;
    if (!metadata.name) {
        throw failure_invalid(of, '', [
            {
                reason: 'FieldValueRequired',
                message: 'Required value: name or generateName is required',
                field: 'metadata.name',
            },
        ]);
    }
    if (metadata.resourceVersion)
        throw badRequest('resourceVersion should not be set on objects to be created');
    if (cluster.store.get(of, metadata.namespace, metadata.name))
        throw alreadyExists(of, metadata.name);
    Object.assign(object, { apiVersion: apiVersionOf(of), kind: of.kind });
    metadata.uid = (0,external_node_crypto_.randomUUID)();
    metadata.creationTimestamp = cluster.now();
    metadata.resourceVersion = '';
    delete metadata.deletionTimestamp;
    const applied = options.applied ? metadata.managedFields : undefined;
    delete metadata.managedFields;
    if (of.subresources.includes('status'))
        delete object['status'];
    applyDefaults(object);
    prepareCreate(cluster, object);
    if (isFields(object['spec']) && of.kind !== 'Namespace')
        metadata.generation = 1;
    const causes = createCauses(of, object);
    if (causes.length > 0)
        throw failure_invalid(of, metadata.name, causes);
    admit(cluster, of, object);
    metadata.managedFields = applied ?? afterUpdate(of, undefined, object, options.writer, cluster.now());
    return options.dryRun ? object : cluster.store.put(of, object);
}
function placeIn(cluster, of, namespace, object) {
    const { metadata } = object;
    if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
        throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
    }
    metadata.namespace = namespace;
    const home = cluster.store.get(namespaces, undefined, namespace);
    if (home === undefined)
        throw failure_notFound(namespaces, namespace);
    if (home.metadata.deletionTimestamp !== undefined) {
        throw forbidden(of, metadata.name, `unable to create new content in namespace ${namespace} because it is being terminated`);
    }
}
/** Replaces an object by a whole new form of it. @throws ApiFailure */
function replace(cluster, of, before, body, options) {
    const { writer } = options;
    const object = structuredClone(body);
    const given = isFields(body['metadata']) ? body['metadata'] : {};
    const { name } = before.metadata;
    if (given['name'] !== undefined && given['name'] !== name)
        throw namedWrong(of, given['name'], name);
    const version = given['resourceVersion'];
    if (version && version !== before.metadata.resourceVersion)
        throw staleVersion(of, name);
    if (given['uid'] && given['uid'] !== before.metadata.uid) {
        const { code, reason, message, details } = staleVersion(of, name);
        const why = `Precondition failed: UID in precondition: ${given['uid']}, UID in object meta: ${before.metadata.uid}`;
        throw new ApiFailure(code, reason, message.replace(/the object has been modified.*/, why), details);
    }
    const { uid, creationTimestamp, namespace, generation, deletionTimestamp, deletionGracePeriodSeconds, generateName } = before.metadata;
    const fixed = { name, namespace, uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds };
    Object.assign(object, { apiVersion: apiVersionOf(of), kind: of.kind });
    object.metadata = { ...given, generateName, ...fixed, resourceVersion: before.metadata.resourceVersion };
    for (const [key, value] of Object.entries(object.metadata)) {
        if (value === undefined)
            delete object.metadata[key];
    }
    if (of.subresources.includes('status')) {
        if (writer.subresource === 'status')
            object['spec'] = before['spec'];
        else
            object['status'] = before['status'];
    }
    applyDefaults(object);
    prepareUpdate(cluster, before, object);
    const causes = updateCauses(of, before, object);
    if (causes.length > 0)
        throw failure_invalid(of, name, causes);
    return keep(cluster, of, before, object, options);
}
/** Keeps a changed object: its generation, its managed fields; gone when it was only held by its finalizers. */
function keep(cluster, of, before, object, options) {
    const { managedFields: oldFields, ...oldMetadata } = before.metadata;
    const applied = object.metadata.managedFields;
    const { managedFields: _new, ...metadata } = object.metadata;
    const isApply = options.applied === true && !same(applied, oldFields);
    const unchanged = same({ ...object, metadata }, { ...before, metadata: oldMetadata });
    if (unchanged && !isApply)
        return before;
    if (before.metadata.generation !== undefined && changesGeneration(of, before, object)) {
        object.metadata.generation = before.metadata.generation + 1;
    }
    object.metadata.managedFields =
        isApply && applied ? applied : afterUpdate(of, before, object, options.writer, cluster.now());
    if (options.dryRun)
        return object;
    const kept = cluster.store.put(of, object);
    if (kept.metadata.deletionTimestamp !== undefined &&
        (kept.metadata.finalizers ?? []).length === 0 &&
        of.kind !== 'Pod' &&
        of.kind !== 'Namespace') {
        cluster.store.remove(of, kept);
    }
    return kept;
}
const changesGeneration = (of, before, after) => !same(before['spec'], after['spec']) ||
    (of.kind === 'Deployment' && !same(before.metadata.annotations, after.metadata.annotations));
/** Server-side apply: creates the object or merges into it. @throws ApiFailure */
function apply(cluster, of, at, body, options) {
    const { namespace, name } = at;
    if (body['metadata']?.managedFields !== undefined && body['metadata'].managedFields !== null) {
        throw badRequest('metadata.managedFields must be nil');
    }
    const live = cluster.store.get(of, namespace, name);
    const wanted = body['metadata']?.name;
    if (wanted !== undefined && wanted !== name)
        throw namedWrong(of, wanted, name);
    const version = body['metadata']?.resourceVersion;
    if (version && version !== live?.metadata.resourceVersion)
        throw staleVersion(of, name);
    const merged = serverSideApply(of, live, body, options.writer, options.force, cluster.now());
    if (live === undefined) {
        merged['metadata'] = { ...merged['metadata'], name };
        return { object: create(cluster, of, namespace, merged, { ...options, applied: true }), created: true };
    }
    const { resourceVersion: _version, ...metadata } = merged['metadata'];
    return { object: replace(cluster, of, live, { ...merged, metadata }, { ...options, applied: true }), created: false };
}
/** Keeps a new status, or whatever else a controller changed, without the checks that users' writes pass. */
function save(cluster, of, object) {
    const before = cluster.store.get(of, object.metadata.namespace, object.metadata.name);
    if (before === undefined || before.metadata.uid !== object.metadata.uid)
        return object;
    if (same(before, object))
        return before;
    const metadata = { ...object.metadata };
    if (before.metadata.generation !== undefined && !same(before['spec'], object['spec'])) {
        metadata.generation = before.metadata.generation + 1;
    }
    return cluster.store.put(of, { ...object, metadata });
}
//# sourceMappingURL=writes.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/deletion.js



const foreground = 'foregroundDeletion';
const deletion_pods = resource('core/v1/pods');
const deletion_namespaces = resource('core/v1/namespaces');
/** Deletes an object as DeleteOptions say; answers what the API answers with. @throws ApiFailure */
function remove(cluster, of, namespace, name, options) {
    const object = cluster.store.get(of, namespace, name);
    if (object === undefined)
        throw failure_notFound(of, name);
    const { uid, resourceVersion } = (options['preconditions'] ?? {});
    if ((uid && uid !== object.metadata.uid) ||
        (resourceVersion && resourceVersion !== object.metadata.resourceVersion)) {
        throw staleVersion(of, name);
    }
    const done = {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name, ...(of.group === '' ? {} : { group: of.group }), kind: of.plural, uid: object.metadata.uid },
    };
    if ((options['dryRun'] ?? []).length > 0)
        return done;
    const policy = options['orphanDependents'] === true ? 'Orphan' : policyOf(of, options);
    const marked = markDeleted(cluster, of, object, policy, options['gracePeriodSeconds']);
    return marked === undefined ? done : marked;
}
function policyOf(of, options) {
    const told = options['propagationPolicy'];
    if (told === undefined || told === '')
        return of.group === 'batch' && of.kind === 'Job' ? 'Orphan' : 'Background';
    if (told !== 'Orphan' && told !== 'Background' && told !== 'Foreground') {
        throw new ApiFailure(422, 'Invalid', `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(told)}`);
    }
    return told;
}
/** Takes an object away, or marks it when something must happen first; returns the marked object. */
function markDeleted(cluster, of, object, policy, grace) {
    if (policy === 'Orphan')
        orphan(cluster, object);
    const isPod = of === deletion_pods && object['spec']?.nodeName !== undefined && !['Succeeded', 'Failed'].includes(object['status']?.phase);
    const seconds = of === deletion_pods ? (grace ?? object['spec']?.terminationGracePeriodSeconds ?? 30) : 0;
    const finalizers = [...(object.metadata.finalizers ?? [])];
    const waits = policy === 'Foreground' && dependentsOf(cluster, object).length > 0;
    if (waits && !finalizers.includes(foreground))
        finalizers.push(foreground);
    const mustWait = finalizers.length > 0 || (isPod && seconds > 0) || of === deletion_namespaces;
    if (!mustWait) {
        cluster.store.remove(of, object);
        return undefined;
    }
    const metadata = {
        ...object.metadata,
        ...(finalizers.length > 0 ? { finalizers } : {}),
        deletionTimestamp: object.metadata.deletionTimestamp ?? cluster.now(),
        deletionGracePeriodSeconds: seconds,
    };
    const status = of === deletion_namespaces ? { ...object['status'], phase: 'Terminating' } : object['status'];
    return save(cluster, of, { ...object, metadata, ...(status === undefined ? {} : { status }) });
}
const allObjects = (cluster) => resources_resources.flatMap((of) => cluster.store.list(of).map((object) => ({ of, object })));
const dependentsOf = (cluster, owner) => allObjects(cluster).filter(({ object }) => object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid));
function orphan(cluster, owner) {
    for (const { of, object } of dependentsOf(cluster, owner)) {
        const left = object.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? [];
        const { ownerReferences: _gone, ...metadata } = object.metadata;
        save(cluster, of, { ...object, metadata: left.length > 0 ? { ...metadata, ownerReferences: left } : metadata });
    }
}
/** Deletes in the background, as garbage collection and controllers do. */
function dispose(cluster, of, object, grace) {
    const live = cluster.store.get(of, object.metadata.namespace, object.metadata.name);
    if (live === undefined || live.metadata.uid !== object.metadata.uid)
        return;
    if (live.metadata.deletionTimestamp === undefined)
        markDeleted(cluster, of, live, 'Background', grace);
}
/** Collects what has lost its owners, finishes foreground deletions, and empties namespaces that end. */
function collectGarbage(cluster) {
    const all = allObjects(cluster);
    const living = new Set(all.map(({ object }) => object.metadata.uid));
    const ending = new Set(all.filter(({ object }) => isForeground(object)).map(({ object }) => object.metadata.uid));
    for (const { of, object } of all) {
        const owners = object.metadata.ownerReferences ?? [];
        if (owners.length === 0)
            continue;
        const orphaned = owners.every(({ uid }) => !living.has(uid));
        const blocking = owners.some(({ uid }) => ending.has(uid));
        if (orphaned || blocking)
            dispose(cluster, of, object);
    }
    for (const { of, object } of all) {
        if (!isForeground(object) || dependentsOf(cluster, object).length > 0)
            continue;
        const live = cluster.store.get(of, object.metadata.namespace, object.metadata.name);
        if (live === undefined)
            continue;
        const left = (live.metadata.finalizers ?? []).filter((one) => one !== foreground);
        if (left.length > 0)
            save(cluster, of, { ...live, metadata: { ...live.metadata, finalizers: left } });
        else
            cluster.store.remove(of, live);
    }
    for (const namespace of cluster.store.list(deletion_namespaces)) {
        if (namespace.metadata.deletionTimestamp === undefined)
            continue;
        const inside = resources_resources
            .filter(({ namespaced }) => namespaced)
            .flatMap((of) => cluster.store.list(of, namespace.metadata.name).map((object) => ({ of, object })));
        for (const { of, object } of inside)
            dispose(cluster, of, object);
        if (inside.length === 0)
            cluster.store.remove(deletion_namespaces, namespace);
    }
}
const isForeground = ({ metadata }) => metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(foreground);
//# sourceMappingURL=deletion.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/eviction.js




const eviction_pods = resource('core/v1/pods');
const budgets = resource('policy/v1/poddisruptionbudgets');
/** Evicts a pod unless a disruption budget forbids it. @throws ApiFailure 429 */
function evict(cluster, pod, body) {
    const { namespace, name, labels } = pod.metadata;
    for (const budget of cluster.store.list(budgets, namespace)) {
        if (!matchesSelector(budget['spec']?.selector, labels))
            continue;
        const { disruptionsAllowed = 0, desiredHealthy = 0, currentHealthy = 0 } = (budget['status'] ?? {});
        if (disruptionsAllowed > 0)
            continue;
        throw new ApiFailure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
            causes: [
                {
                    reason: 'DisruptionBudget',
                    message: `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
                },
            ],
        });
    }
    remove(cluster, eviction_pods, namespace, name, (body['deleteOptions'] ?? {}));
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };
}
//# sourceMappingURL=eviction.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/patches.js



/** RFC 7386. */
function mergePatch(target, patch) {
    if (!isFields(patch))
        return patch;
    const out = isFields(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(patch)) {
        if (key === '__proto__')
            continue;
        if (value === null)
            delete out[key];
        else
            out[key] = mergePatch(out[key], value);
    }
    return out;
}
/** Kubernetes' strategic merge patch, by the merge keys of a message's schema. */
function strategicMergePatch(name, target, patch) {
    const directive = patch['$patch'];
    if (directive === 'replace')
        return without(patch, '$patch');
    if (directive === 'delete')
        return {};
    const out = isFields(target) ? { ...target } : {};
    const retained = patch['$retainKeys'];
    if (Array.isArray(retained))
        for (const key of Object.keys(out))
            if (!retained.includes(key))
                delete out[key];
    const fields = name === undefined ? undefined : message(name).fields;
    for (const [key, value] of Object.entries(patch)) {
        if (key.startsWith('$') || key === '__proto__')
            continue;
        const field = fields?.get(key);
        if (value === null)
            delete out[key];
        else if (Array.isArray(value)) {
            out[key] =
                field?.mergeKey === undefined ? value.filter((item) => !isDirective(item)) : mergeList(field, out[key], value);
        }
        else if (isFields(value))
            out[key] = strategicMergePatch(messageOf(field?.type), out[key], value);
        else
            out[key] = value;
    }
    for (const [key, value] of Object.entries(patch)) {
        const removed = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1];
        if (removed !== undefined && Array.isArray(out[removed]) && Array.isArray(value)) {
            out[removed] = out[removed].filter((item) => !value.includes(item));
        }
        const ordered = /^\$setElementOrder\/(.+)$/.exec(key)?.[1];
        if (ordered !== undefined && Array.isArray(out[ordered]) && Array.isArray(value)) {
            out[ordered] = inOrder(out[ordered], value, fields?.get(ordered)?.mergeKey ?? '');
        }
    }
    return out;
}
const without = (fields, key) => {
    const { [key]: _gone, ...rest } = fields;
    return rest;
};
const messageOf = (type) => (type?.kind === 'message' ? type.message : undefined);
const isDirective = (item) => isFields(item) && item['$patch'] !== undefined;
function mergeList(field, current, patch) {
    const key = field.mergeKey ?? '';
    const old = Array.isArray(current) ? current : [];
    if (key === '')
        return [...old, ...patch.filter((item) => !old.includes(item))];
    if (patch.some((item) => isFields(item) && item['$patch'] === 'replace')) {
        return patch.filter((item) => !isDirective(item));
    }
    const item = field.type.kind === 'list' ? messageOf(field.type.of) : undefined;
    const out = [...old];
    for (const change of patch) {
        if (!isFields(change))
            throw badRequest(`cannot merge into a list without its key ${key}`);
        const at = out.findIndex((one) => isFields(one) && same(one[key], change[key]));
        if (change['$patch'] === 'delete') {
            if (at >= 0)
                out.splice(at, 1);
        }
        else if (at >= 0)
            out[at] = strategicMergePatch(item, out[at], change);
        else
            out.push(strategicMergePatch(item, {}, change));
    }
    return out;
}
function inOrder(list, order, key) {
    const keyOf = (item) => (key !== '' && isFields(item) ? item[key] : item);
    const places = order.map(keyOf);
    const rank = (item) => {
        const at = places.findIndex((place) => same(place, keyOf(item)));
        return at < 0 ? places.length : at;
    };
    return [...list].sort((a, b) => rank(a) - rank(b));
}
/** RFC 6902. @throws ApiFailure 422 when an operation does not fit the object */
function jsonPatch(target, operations) {
    if (!Array.isArray(operations))
        throw badRequest('the body of a JSON patch must be an array');
    const root = { '': structuredClone(target) };
    const misfit = (why) => new ApiFailure(422, 'Invalid', `the server rejected our request due to an error in our request: ${why}`);
    const steps = (pointer) => {
        if (typeof pointer !== 'string')
            throw misfit('a path is missing');
        const parts = pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
        if (parts[0] !== '' || parts.includes('__proto__'))
            throw misfit(`the path ${pointer} is invalid`);
        return parts;
    };
    const parentOf = (path) => {
        let at = root;
        for (const step of path.slice(0, -1)) {
            at = Array.isArray(at) ? at[Number(step)] : isFields(at) && Object.hasOwn(at, step) ? at[step] : undefined;
        }
        if (!Array.isArray(at) && !isFields(at))
            throw misfit(`the path ${path.join('/')} does not exist`);
        return { parent: at, key: path.at(-1) ?? '' };
    };
    const read = (path) => {
        const { parent, key } = parentOf(path);
        const value = Array.isArray(parent) ? parent[Number(key)] : parent[key];
        if (value === undefined)
            throw misfit(`the path ${path.join('/')} does not exist`);
        return value;
    };
    const add = (path, value) => {
        const { parent, key } = parentOf(path);
        if (Array.isArray(parent))
            parent.splice(key === '-' ? parent.length : Number(key), 0, value);
        else
            parent[key] = value;
    };
    const remove = (path) => {
        read(path);
        const { parent, key } = parentOf(path);
        if (Array.isArray(parent))
            parent.splice(Number(key), 1);
        else
            delete parent[key];
    };
    for (const operation of operations) {
        const path = steps(operation['path']);
        const { op, value } = operation;
        if (op === 'add')
            add(path, value);
        else if (op === 'remove')
            remove(path);
        else if (op === 'replace') {
            read(path);
            const { parent, key } = parentOf(path);
            if (Array.isArray(parent))
                parent[Number(key)] = value;
            else
                parent[key] = value;
        }
        else if (op === 'test') {
            if (!same(read(path), value))
                throw misfit(`testing path ${operation['path']} value failed`);
        }
        else if (op === 'copy')
            add(path, structuredClone(read(steps(operation['from']))));
        else if (op === 'move') {
            const from = steps(operation['from']);
            const moved = read(from);
            remove(from);
            add(path, moved);
        }
        else
            throw misfit(`unexpected operation ${String(op)}`);
    }
    return root[''];
}
//# sourceMappingURL=patches.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/pod-log.js



const pod_log_pods = resource('core/v1/pods');
/** Answers `pods/log`: `container`, `previous`, `tailLines`, `limitBytes`, `timestamps`, `sinceSeconds`, `follow`. @throws ApiFailure */
function podLog(cluster, exchange, pod) {
    const query = exchange.url.searchParams;
    const container = containerOf(pod, query.get('container') ?? '');
    const previous = query.get('previous') === 'true';
    const { uid, name } = pod.metadata;
    const lines = cluster.logs.read(uid, container, previous);
    if (lines === undefined) {
        if (previous)
            throw badRequest(`previous terminated container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} not found`);
        throw badRequest(`container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} is waiting to start: ${waitingFor(pod, container)}`);
    }
    const stamped = query.get('timestamps') === 'true';
    const text = ({ at, text }) => `${stamped ? `${new Date(at).toISOString()} ` : ''}${text}\n`;
    const since = Number(query.get('sinceSeconds') ?? Number.POSITIVE_INFINITY) * 1_000;
    const recent = lines.filter(({ at }) => cluster.world.clock.now() - at <= since);
    const tail = Number(query.get('tailLines') ?? Number.NaN);
    const kept = Number.isNaN(tail) || tail < 0 ? recent : tail === 0 ? [] : recent.slice(-tail);
    const body = kept
        .map(text)
        .join('')
        .slice(0, Number(query.get('limitBytes') ?? Number.POSITIVE_INFINITY));
    const headers = { 'content-type': 'text/plain' };
    if (query.get('follow') !== 'true' || previous || hasEnded(pod, container))
        return void send(exchange, 200, body, headers);
    const { response } = exchange;
    response.writeHead(200, headers);
    response.flushHeaders();
    response.write(body);
    const stopLines = cluster.logs.follow(uid, container, (line) => void response.write(text(line)));
    const stopChanges = cluster.store.subscribe(({ resource: of, object, type }) => {
        if (of !== pod_log_pods || object.metadata.uid !== uid)
            return;
        if (type === 'DELETED' || hasEnded(object, container))
            response.end();
    });
    response.once('close', () => {
        stopLines();
        stopChanges();
    });
}
function containerOf(pod, asked) {
    const names = (list) => (pod['spec']?.[list] ?? []).map(({ name }) => name);
    const [main, init] = [names('containers'), names('initContainers')];
    if (asked !== '') {
        if ([...main, ...init].includes(asked))
            return asked;
        throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
    }
    if (main.length === 1)
        return main[0];
    throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${main.join(' ')}]${init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : ''}`);
}
const statusOfContainer = (pod, container) => [...(pod['status']?.containerStatuses ?? []), ...(pod['status']?.initContainerStatuses ?? [])].find(({ name }) => name === container);
const hasEnded = (pod, container) => statusOfContainer(pod, container)?.['state']?.terminated !== undefined;
function waitingFor(pod, container) {
    const reason = statusOfContainer(pod, container)?.['state']?.waiting?.reason;
    if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff')
        return 'trying and failing to pull image';
    if (reason === 'InvalidImageName')
        return 'image is invalid';
    return typeof reason === 'string' ? reason : 'ContainerCreating';
}
//# sourceMappingURL=pod-log.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/protobuf.js




const magic = Buffer.from('k8s\0', 'latin1');
const deepest = 64;
function* wireFields(bytes) {
    let at = 0;
    const varint = () => {
        let value = 0n;
        for (let shift = 0n; shift < 70n; shift += 7n) {
            const byte = bytes[at++];
            if (byte === undefined)
                break;
            value |= BigInt(byte & 127) << shift;
            if (byte < 128)
                return value;
        }
        throw badRequest('the body is not valid protobuf');
    };
    const take = (length) => {
        if (length < 0 || at + length > bytes.byteLength)
            throw badRequest('the body is cut short');
        at += length;
        return bytes.subarray(at - length, at);
    };
    while (at < bytes.byteLength) {
        const tag = Number(varint());
        const number = tag >>> 3;
        switch (tag & 7) {
            case 0:
                yield { number, value: BigInt.asIntN(64, varint()) };
                break;
            case 1:
                yield { number, value: take(8).readDoubleLE() };
                break;
            case 2:
                yield { number, value: take(Number(varint())) };
                break;
            case 5:
                yield { number, value: take(4).readFloatLE() };
                break;
            default:
                throw badRequest('the body is not valid protobuf');
        }
    }
}
const inner = (bytes, number) => [...wireFields(bytes)].find((field) => field.number === number)?.value;
const asBuffer = (value) => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
function decodeValue(type, value, depth) {
    if (type.kind === 'message')
        return decodeMessage(type.message, asBuffer(value), depth + 1);
    if (type.kind !== 'scalar')
        return undefined;
    switch (type.scalar) {
        case 'i':
        case 'd':
            return Number(value);
        case 'b':
            return value !== 0n;
        case 's':
            return asBuffer(value).toString('utf8');
        case 'y':
            return asBuffer(value).toString('base64');
        case 'q':
            return asBuffer(inner(asBuffer(value), 1)).toString('utf8');
        case 'x': {
            const textual = inner(asBuffer(value), 1) === 1n;
            return textual ? asBuffer(inner(asBuffer(value), 3)).toString('utf8') : Number(inner(asBuffer(value), 2) ?? 0);
        }
        case 't':
        case 'u': {
            const seconds = inner(asBuffer(value), 1);
            return seconds === undefined ? undefined : timestamp(Number(seconds) * 1_000);
        }
        case 'w':
            return `${Number(inner(asBuffer(value), 1) ?? 0) / 1e9}s`;
        case 'r': {
            const raw = asBuffer(inner(asBuffer(value), 1)).toString('utf8');
            return raw === '' ? undefined : JSON.parse(raw);
        }
    }
}
/** A client's empty strings and zeros are what Go leaves out of JSON; only pointers to them would be kept. */
const omitted = (type, value) => type.kind === 'scalar' && (value === '' || value === undefined);
function decodeMessage(name, bytes, depth = 0) {
    if (depth > deepest)
        throw badRequest('the body is nested too deeply');
    const { wire } = message(name);
    const out = {};
    for (const { number, value } of wireFields(bytes)) {
        const field = wire.get(number);
        if (field === undefined)
            continue;
        if (field.inlined && field.type.kind === 'message') {
            Object.assign(out, decodeMessage(field.type.message, asBuffer(value), depth + 1));
        }
        else if (field.type.kind === 'list') {
            out[field.name] ??= [];
            const list = out[field.name];
            list.push(decodeValue(field.type.of, value, depth));
        }
        else if (field.type.kind === 'map') {
            out[field.name] ??= {};
            const map = out[field.name];
            const key = asBuffer(inner(asBuffer(value), 1)).toString('utf8');
            const item = inner(asBuffer(value), 2) ?? Buffer.alloc(0);
            Object.defineProperty(map, key, {
                value: decodeValue(field.type.of, item, depth),
                enumerable: true,
                configurable: true,
                writable: true,
            });
        }
        else {
            const item = decodeValue(field.type, value, depth);
            if (!omitted(field.type, item))
                out[field.name] = item;
        }
    }
    return out;
}
const isProtobuf = (body) => body.subarray(0, 4).equals(magic);
/** The object in a body of type `application/vnd.kubernetes.protobuf`. @throws ApiFailure */
function decodeProtobuf(body) {
    const envelope = body.subarray(4);
    const typeMeta = asBuffer(inner(envelope, 1));
    const apiVersion = asBuffer(inner(typeMeta, 1)).toString('utf8');
    const kind = asBuffer(inner(typeMeta, 2)).toString('utf8');
    const raw = asBuffer(inner(envelope, 2));
    const known = resourceOf(apiVersion, kind);
    const name = known?.message ??
        { DeleteOptions: 'meta.v1.DeleteOptions', Scale: 'autoscaling.v1.Scale', Eviction: 'policy.v1.Eviction' }[kind];
    if (name === undefined)
        throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`);
    return { apiVersion: known ? apiVersionOf(known) : apiVersion, kind, ...decodeMessage(name, raw) };
}
//# sourceMappingURL=protobuf.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/request.js





/** Splits `/kubernetes/<cluster>/<path>`; undefined for any other address. */
function clusterPath(pathname) {
    const match = /^\/kubernetes\/([a-zA-Z0-9][\w.-]{0,99})(\/.*)?$/.exec(pathname);
    return match ? { cluster: match[1] ?? '', path: match[2] ?? '/' } : undefined;
}
/** The target of a path such as `/apis/apps/v1/namespaces/n/deployments/d/scale`. @throws ApiFailure 404 */
function request_targetOf(path) {
    const parts = path
        .split('/')
        .filter((part) => part !== '')
        .map(decodeURIComponent);
    const [root, ...rest] = parts;
    const group = root === 'apis' ? rest.shift() : '';
    const version = rest.shift();
    if ((root !== 'api' && root !== 'apis') || group === undefined || version === undefined)
        throw noSuchPath();
    const scoped = rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'finalize' && rest[2] !== 'status';
    const namespace = scoped ? rest[1] : undefined;
    const [plural = '', name, subresource, ...more] = scoped ? rest.slice(2) : rest;
    const of = resourceAt(group, version, plural);
    if (of === undefined || more.length > 0 || (namespace !== undefined && !of.namespaced))
        throw noSuchPath();
    if (of.namespaced && namespace === undefined && name !== undefined)
        throw noSuchPath();
    if (subresource !== undefined && !of.subresources.includes(subresource))
        throw noSuchPath();
    return { of, namespace, name, subresource };
}
/** The body as an object, from JSON, YAML or protobuf. @throws ApiFailure 400 */
function bodyOf(exchange) {
    const value = bodyValue(exchange);
    if (!isFields(value))
        throw badRequest('the body of the request was in an unknown format - expected an object');
    return value;
}
/** The body as it is, such as the array of a JSON patch. @throws ApiFailure 400 */
function bodyValue({ body, headers }) {
    if (body.byteLength === 0)
        return {};
    if (isProtobuf(body))
        return decodeProtobuf(body);
    const text = body.toString('utf8');
    try {
        return headers['content-type']?.includes('yaml') && !text.startsWith('{')
            ? (0,dist/* parse */.qg)(text, { maxAliasCount: 100 })
            : JSON.parse(text);
    }
    catch (error) {
        throw badRequest(`couldn't get version/kind; json parse error: ${error.message}`);
    }
}
/** What the client wants back: objects, a table, or metadata alone. */
function accepted({ headers }) {
    const first = (headers.accept ?? '').split(',').find((one) => !one.includes('protobuf')) ?? '';
    if (/as=Table/.test(first))
        return 'table';
    return /as=PartialObjectMetadata/.test(first) ? 'metadata' : 'object';
}
/** Who the client is, for managed fields: what it says, else the program in its user agent. */
const managerOf = ({ url, headers }) => url.searchParams.get('fieldManager') || (headers['user-agent'] ?? 'unknown').split('/', 1)[0] || 'unknown';
//# sourceMappingURL=request.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/reviews.js

/** Answers a posted review: everyone may do everything, as the cluster's administrator may. */
function answerReview(of, body) {
    const head = { kind: of.kind, apiVersion: apiVersionOf(of), metadata: {}, spec: body['spec'] ?? {} };
    switch (of.kind) {
        case 'SelfSubjectRulesReview': {
            const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
            return {
                ...head,
                status: {
                    resourceRules: [everything],
                    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
                    incomplete: false,
                },
            };
        }
        case 'SelfSubjectReview':
            return {
                ...head,
                status: { userInfo: { username: 'sandbox', groups: ['system:masters', 'system:authenticated'] } },
            };
        default:
            return { ...head, status: { allowed: true, reason: 'the sandbox allows everything' } };
    }
}
//# sourceMappingURL=reviews.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/scale.js
/** A workload as its `scale` subresource shows it. */
function scale_scaleOf(object) {
    const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
    const { matchLabels = {}, matchExpressions = [] } = (object['spec']?.selector ?? {});
    const terms = [
        ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
        ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator} (${(values ?? []).join(',')})`),
    ];
    return {
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
        spec: { replicas: object['spec']?.replicas ?? 0 },
        status: { replicas: object['status']?.replicas ?? 0, selector: terms.join(',') },
    };
}
/** The workload with the replicas that a Scale asks for. */
const scaled = (object, scale) => ({
    ...object,
    metadata: { ...object.metadata, resourceVersion: scale['metadata']?.resourceVersion ?? '' },
    spec: { ...object['spec'], replicas: scale['spec']?.replicas ?? 0 },
});
//# sourceMappingURL=scale.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/tables.js
const list = (value) => (Array.isArray(value) ? value : []);
const tables_joined = (values) => (values.length === 0 ? '<none>' : values.join(','));
const containers = (spec) => list(spec?.['template']?.spec?.containers);
const selector = (labels) => tables_joined(Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`));
const data = (object) => Object.keys(object['data'] ?? {}).length;
const workload = [
    ['Containers', ({ spec }) => tables_joined(containers(spec).map(({ name }) => name)), 'wide'],
    ['Images', ({ spec }) => tables_joined(containers(spec).map(({ image }) => image)), 'wide'],
    ['Selector', ({ spec }) => selector(spec?.selector?.matchLabels), 'wide'],
];
const columns = {
    Pod: [
        [
            'Ready',
            (pod) => `${list(pod['status']?.containerStatuses).filter(({ ready }) => ready).length}/${list(pod['spec']?.containers).length}`,
        ],
        ['Status', podStatus],
        [
            'Restarts',
            ({ status }) => String(list(status?.containerStatuses).reduce((sum, { restartCount }) => sum + restartCount, 0)),
        ],
        ['Age', ageOf],
        ['IP', ({ status }) => status?.podIP ?? '<none>', 'wide'],
        ['Node', ({ spec }) => spec?.nodeName ?? '<none>', 'wide'],
        ['Nominated Node', () => '<none>', 'wide'],
        ['Readiness Gates', () => '<none>', 'wide'],
    ],
    Deployment: [
        ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`],
        ['Up-to-date', ({ status }) => status?.updatedReplicas ?? 0],
        ['Available', ({ status }) => status?.availableReplicas ?? 0],
        ['Age', ageOf],
        ...workload,
    ],
    ReplicaSet: [
        ['Desired', ({ spec }) => spec?.replicas ?? 0],
        ['Current', ({ status }) => status?.replicas ?? 0],
        ['Ready', ({ status }) => status?.readyReplicas ?? 0],
        ['Age', ageOf],
        ...workload,
    ],
    StatefulSet: [
        ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`],
        ['Age', ageOf],
        ...workload.slice(0, 2),
    ],
    DaemonSet: [
        ['Desired', ({ status }) => status?.desiredNumberScheduled ?? 0],
        ['Current', ({ status }) => status?.currentNumberScheduled ?? 0],
        ['Ready', ({ status }) => status?.numberReady ?? 0],
        ['Up-to-date', ({ status }) => status?.updatedNumberScheduled ?? 0],
        ['Available', ({ status }) => status?.numberAvailable ?? 0],
        ['Node Selector', ({ spec }) => selector(spec?.template?.spec?.nodeSelector)],
        ['Age', ageOf],
        ...workload,
    ],
    Job: [
        ['Status', jobStatus],
        ['Completions', ({ spec, status }) => `${status?.succeeded ?? 0}/${spec?.completions ?? 1}`],
        [
            'Duration',
            ({ status }, age) => status?.startTime
                ? duration(Date.parse(status.completionTime ?? age('now')) - Date.parse(status.startTime))
                : '',
        ],
        ['Age', ageOf],
        ...workload,
    ],
    CronJob: [
        ['Schedule', ({ spec }) => spec?.schedule],
        ['Timezone', ({ spec }) => spec?.timeZone ?? '<none>'],
        ['Suspend', ({ spec }) => (spec?.suspend ? 'True' : 'False')],
        ['Active', ({ status }) => list(status?.active).length],
        ['Last Schedule', ({ status }, age) => (status?.lastScheduleTime ? age(status.lastScheduleTime) : '<none>')],
        ['Age', ageOf],
    ],
    Service: [
        ['Type', ({ spec }) => spec?.type],
        ['Cluster-IP', ({ spec }) => spec?.clusterIP ?? '<none>'],
        ['External-IP', ({ spec, status }) => externalAddress(spec ?? {}, status ?? {})],
        [
            'Port(s)',
            ({ spec }) => tables_joined(list(spec?.ports).map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)),
        ],
        ['Age', ageOf],
        ['Selector', ({ spec }) => selector(spec?.selector), 'wide'],
    ],
    Namespace: [
        ['Status', ({ status }) => status?.phase],
        ['Age', ageOf],
    ],
    Node: [
        [
            'Status',
            ({ status }) => list(status?.conditions).some(({ type, status: is }) => type === 'Ready' && is === 'True')
                ? 'Ready'
                : 'NotReady',
        ],
        ['Roles', () => '<none>'],
        ['Age', ageOf],
        ['Version', ({ status }) => status?.nodeInfo?.kubeletVersion],
    ],
    Secret: [
        ['Type', (object) => object['type']],
        ['Data', data],
        ['Age', ageOf],
    ],
    ConfigMap: [
        ['Data', data],
        ['Age', ageOf],
    ],
    Event: [
        [
            'Last Seen',
            (event, age) => age(event['lastTimestamp'] ?? event['eventTime'] ?? event.metadata.creationTimestamp),
        ],
        ['Type', (event) => event['type']],
        ['Reason', (event) => event['reason']],
        ['Object', (event) => `${String(event['involvedObject']?.kind).toLowerCase()}/${event['involvedObject']?.name}`],
        ['Message', (event) => event['message']],
    ],
    Ingress: [
        ['Class', ({ spec }) => spec?.ingressClassName ?? '<none>'],
        ['Hosts', ({ spec }) => tables_joined(list(spec?.rules).map(({ host }) => host ?? '*')).replace('<none>', '*')],
        [
            'Address',
            ({ status }) => list(status?.loadBalancer?.ingress)
                .map((one) => one['hostname'] ?? one['ip'])
                .join(','),
        ],
        ['Ports', ({ spec }) => (list(spec?.tls).length > 0 ? '80, 443' : '80')],
        ['Age', ageOf],
    ],
    EndpointSlice: [
        ['AddressType', (slice) => slice['addressType']],
        ['Ports', (slice) => tables_joined(list(slice['ports']).map(({ port }) => port))],
        ['Endpoints', (slice) => tables_joined(list(slice['endpoints']).flatMap(({ addresses }) => addresses))],
        ['Age', ageOf],
    ],
    Endpoints: [
        [
            'Endpoints',
            (one) => tables_joined(list(one['subsets']).flatMap(({ addresses, ports }) => list(addresses).flatMap(({ ip }) => list(ports).map(({ port }) => `${ip}:${port}`)))),
        ],
        ['Age', ageOf],
    ],
    PersistentVolumeClaim: [
        ['Status', ({ status }) => status?.phase],
        ['Volume', ({ spec }) => spec?.volumeName ?? ''],
        ['Capacity', ({ status }) => status?.capacity?.storage ?? ''],
        [
            'Access Modes',
            ({ spec }) => list(spec?.accessModes)
                .map((mode) => String(mode).replace(/[a-z]/g, ''))
                .join(','),
        ],
        ['StorageClass', ({ spec }) => spec?.storageClassName ?? ''],
        ['Age', ageOf],
    ],
    HorizontalPodAutoscaler: [
        ['Reference', ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`],
        ['Targets', () => '<unknown>'],
        ['MinPods', ({ spec }) => String(spec?.minReplicas ?? 1)],
        ['MaxPods', ({ spec }) => spec?.maxReplicas],
        ['Replicas', ({ status }) => status?.currentReplicas ?? 0],
        ['Age', ageOf],
    ],
    PodDisruptionBudget: [
        ['Min Available', ({ spec }) => String(spec?.minAvailable ?? 'N/A')],
        ['Max Unavailable', ({ spec }) => String(spec?.maxUnavailable ?? 'N/A')],
        ['Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0],
        ['Age', ageOf],
    ],
};
function ageOf(object, age) {
    return age(object.metadata.creationTimestamp);
}
/** What kubectl shows as a pod's status. */
function podStatus(pod) {
    if (pod.metadata.deletionTimestamp !== undefined)
        return 'Terminating';
    const { status = {}, spec = {} } = pod;
    for (const [index, one] of list(status.initContainerStatuses).entries()) {
        if (one['state']?.terminated?.exitCode === 0)
            continue;
        if (one['state']?.terminated)
            return `Init:${one['state'].terminated.reason ?? 'Error'}`;
        const reason = one['state']?.waiting?.reason;
        if (reason && reason !== 'PodInitializing')
            return `Init:${reason}`;
        return `Init:${index}/${list(spec.initContainers).length}`;
    }
    for (const { state } of list(status.containerStatuses).reverse()) {
        if (state?.waiting?.reason)
            return state.waiting.reason;
        if (state?.terminated)
            return state.terminated.reason ?? `ExitCode:${state.terminated.exitCode}`;
    }
    return status.reason ?? status.phase ?? 'Unknown';
}
function jobStatus({ status, spec }) {
    const is = (type) => list(status?.conditions).some((one) => one['type'] === type && one['status'] === 'True');
    if (is('Complete'))
        return 'Complete';
    if (is('Failed'))
        return 'Failed';
    if (spec?.suspend)
        return 'Suspended';
    return is('FailureTarget') ? 'FailureTarget' : 'Running';
}
const externalAddress = (spec, status) => {
    if (spec['type'] === 'ExternalName')
        return spec['externalName'];
    if (spec['type'] !== 'LoadBalancer')
        return '<none>';
    const all = list(status['loadBalancer']?.ingress).map((one) => one['hostname'] ?? one['ip']);
    return all.length === 0 ? '<pending>' : all.join(',');
};
/** A span for people, as kubectl writes it: `45s`, `5m12s`, `3h`, `2d`. */
function duration(ms) {
    const s = Math.max(0, Math.floor(ms / 1_000));
    const [m, h, d] = [Math.floor(s / 60), Math.floor(s / 3_600), Math.floor(s / 86_400)];
    if (s < 120)
        return `${s}s`;
    if (m < 10)
        return s % 60 === 0 ? `${m}m` : `${m}m${s % 60}s`;
    if (m < 180)
        return `${m}m`;
    if (h < 8)
        return m % 60 === 0 ? `${h}h` : `${h}h${m % 60}m`;
    if (h < 48)
        return `${h}h`;
    return d < 8 ? (h % 24 === 0 ? `${d}d` : `${d}d${h % 24}h`) : `${d}d`;
}
/** Objects as a `Table`, which `kubectl get` prints. `include` is the request's `includeObject`. */
function tableOf(kind, objects, now, include, metadata) {
    const shown = columns[kind] ?? [['Age', ageOf]];
    const age = (time) => time === 'now' ? now : time ? duration(Date.parse(now) - Date.parse(String(time))) : '<unknown>';
    return {
        kind: 'Table',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        columnDefinitions: [
            ...(kind === 'Event' ? [] : [{ name: 'Name', type: 'string', format: 'name', description: '', priority: 0 }]),
            ...shown.map(([name, , wide]) => ({ name, type: 'string', format: '', description: '', priority: wide ? 1 : 0 })),
        ],
        rows: objects.map((object) => ({
            cells: [...(kind === 'Event' ? [] : [object.metadata.name]), ...shown.map(([, cell]) => cell(object, age) ?? '')],
            ...(include === 'None'
                ? {}
                : {
                    object: include === 'Object'
                        ? object
                        : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
                }),
        })),
    };
}
//# sourceMappingURL=tables.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/watch.js


/** Streams changes of a resource as JSON lines until the client goes. */
function watch(cluster, exchange, of, namespace, matches, show) {
    const { response, url } = exchange;
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    const write = (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`);
    const seen = ({ object }) => (namespace === undefined || object.metadata.namespace === namespace) && matches(object);
    const tell = (change) => {
        if (change.resource !== of)
            return;
        const now = change.type !== 'DELETED' && seen(change);
        const before = change.previous !== undefined && seen({ object: change.previous });
        if (now)
            write(before ? 'MODIFIED' : 'ADDED', show(change.object));
        else if (before)
            write('DELETED', show(change.object));
    };
    const from = url.searchParams.get('resourceVersion') ?? '';
    const initial = url.searchParams.get('sendInitialEvents') === 'true';
    if (initial || from === '' || from === '0') {
        for (const object of cluster.store.list(of, namespace))
            if (seen({ object }))
                write('ADDED', show(object));
        if (initial) {
            const annotations = { 'k8s.io/initial-events-end': 'true' };
            const metadata = { resourceVersion: String(cluster.store.version()), creationTimestamp: null, annotations };
            write('BOOKMARK', { kind: of.kind, apiVersion: apiVersionOf(of), metadata });
        }
    }
    else {
        const missed = cluster.store.since(Number(from));
        if (missed === undefined) {
            const why = `too old resource version: ${from} (${cluster.store.version()})`;
            write('ERROR', statusOf(new ApiFailure(410, 'Expired', why)));
            response.end();
            return;
        }
        for (const change of missed)
            tell(change);
    }
    const stop = cluster.store.subscribe(tell);
    response.once('close', stop);
}
//# sourceMappingURL=watch.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/api.js

















/** Answers one request to a cluster's API; `path` is what comes after the cluster's address. */
function answer(cluster, exchange, path) {
    try {
        if (!answerRoot(cluster, exchange, path))
            answerResource(cluster, exchange, request_targetOf(path));
    }
    catch (error) {
        if (!(error instanceof ApiFailure))
            throw error;
        refuse(exchange, error);
    }
}
/** Sends a failure as a Status object. */
function refuse(exchange, failure) {
    const headers = failure.code === 429 ? { 'retry-after': '1' } : {};
    json(exchange, failure.code, statusOf(failure), headers);
}
const json = (exchange, code, value, headers = {}) => void send(exchange, code, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
/** Discovery, health and schemas. */
function answerRoot(cluster, exchange, path) {
    const reply = (value) => {
        if (exchange.method !== 'GET')
            throw notAllowed();
        json(exchange, 200, value);
        return true;
    };
    const wantsAll = /as=APIGroupDiscoveryList/.test(exchange.headers.accept ?? '') &&
        /v=v2[;,]|v=v2$/.test(exchange.headers.accept ?? '');
    const bare = path.replace(/\/$/, '');
    if (bare === '/version')
        return reply(version);
    if (bare === '/healthz' || bare === '/readyz' || bare === '/livez') {
        send(exchange, 200, 'ok', { 'content-type': 'text/plain' });
        return true;
    }
    if (bare === '/api' || bare === '/apis') {
        if (wantsAll) {
            const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
            json(exchange, 200, aggregated(bare === '/api'), { 'content-type': type });
            return true;
        }
        return reply(bare === '/apis' ? groupList() : { kind: 'APIVersions', versions: ['v1'] });
    }
    if (bare === '/openapi/v3')
        return reply(openApiIndex(`/kubernetes/${cluster.name}`));
    if (bare.startsWith('/openapi/v3/')) {
        const document = openApiDocument(bare.slice('/openapi/v3/'.length));
        if (document === undefined)
            throw noSuchPath();
        return reply(document);
    }
    const group = /^\/apis\/([^/]+)$/.exec(bare)?.[1];
    if (group !== undefined) {
        if (!resources_resources.some((one) => one.group === group))
            throw noSuchPath();
        return reply({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) });
    }
    const list = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))$/.exec(bare);
    if (!list)
        return false;
    const found = resourceList(list[1] ?? list[2] ?? '');
    if (found === undefined)
        throw noSuchPath();
    return reply(found);
}
function answerResource(cluster, exchange, target) {
    const { of, name } = target;
    if (!of.stored) {
        if (exchange.method !== 'POST')
            throw notAllowed();
        return json(exchange, 201, answerReview(of, bodyOf(exchange)));
    }
    if (name === undefined)
        return answerCollection(cluster, exchange, target);
    const named = { ...target, name };
    switch (exchange.method) {
        case 'GET':
            return get(cluster, exchange, named);
        case 'PUT':
            return put(cluster, exchange, named);
        case 'PATCH':
            return patch(cluster, exchange, named);
        case 'DELETE':
            if (target.subresource !== undefined)
                throw notAllowed();
            return json(exchange, 200, remove(cluster, of, target.namespace, name, deleteOptions(exchange)));
        case 'POST':
            return postSubresource(cluster, exchange, named);
        default:
            throw notAllowed();
    }
}
function api_live(cluster, { of, namespace, name }) {
    const object = cluster.store.get(of, namespace, name);
    if (object === undefined)
        throw failure_notFound(of, name);
    return object;
}
const partial = (object) => ({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
});
function answerCollection(cluster, exchange, target) {
    const { of, namespace } = target;
    const query = exchange.url.searchParams;
    if (exchange.method === 'POST') {
        if (of.namespaced && namespace === undefined)
            throw notAllowed();
        const body = bodyOf(exchange);
        const warnings = checkFields(exchange, target, body);
        return json(exchange, 201, create(cluster, of, namespace, body, api_optionsOf(exchange)), warnings);
    }
    const tests = [
        labelSelector(query.get('labelSelector') ?? ''),
        fieldSelector(query.get('fieldSelector') ?? ''),
    ];
    const matches = (object) => tests.every((test) => test(object));
    const form = accepted(exchange);
    const include = query.get('includeObject') ?? 'Metadata';
    if (exchange.method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '')) {
        const show = (object) => {
            if (form === 'table')
                return tableOf(of.kind, [object], cluster.now(), include, { resourceVersion: object.metadata.resourceVersion });
            return form === 'metadata' ? partial(object) : object;
        };
        return watch(cluster, exchange, of, namespace, matches, show);
    }
    const all = cluster.store.list(of, namespace).filter(matches);
    if (exchange.method === 'DELETE') {
        const options = deleteOptions(exchange);
        for (const object of all)
            remove(cluster, of, object.metadata.namespace, object.metadata.name, options);
        return json(exchange, 200, {
            kind: `${of.kind}List`,
            apiVersion: apiVersionOf(of),
            metadata: { resourceVersion: String(cluster.store.version()) },
            items: all,
        });
    }
    if (exchange.method !== 'GET')
        throw notAllowed();
    const { items, metadata } = api_page(all, query, cluster.store.version());
    if (form === 'table')
        return json(exchange, 200, tableOf(of.kind, items, cluster.now(), include, metadata));
    if (form === 'metadata') {
        return json(exchange, 200, {
            kind: 'PartialObjectMetadataList',
            apiVersion: 'meta.k8s.io/v1',
            metadata,
            items: items.map(partial),
        });
    }
    json(exchange, 200, { kind: `${of.kind}List`, apiVersion: apiVersionOf(of), metadata, items });
}
/** One page of a list, by `limit` and `continue`. */
function api_page(all, query, version) {
    const limit = Number(query.get('limit') ?? 0);
    const token = query.get('continue');
    let start = 0;
    if (token) {
        const after = Buffer.from(token, 'base64url').toString('utf8');
        start = all.findIndex(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` > after);
        if (start < 0)
            start = all.length;
    }
    const items = limit > 0 ? all.slice(start, start + limit) : all.slice(start);
    const left = all.length - start - items.length;
    const last = items.at(-1)?.metadata;
    if (left <= 0 || last === undefined)
        return { items, metadata: { resourceVersion: String(version) } };
    const next = Buffer.from(`${last.namespace ?? ''}/${last.name}`).toString('base64url');
    return { items, metadata: { resourceVersion: String(version), continue: next, remainingItemCount: left } };
}
function get(cluster, exchange, target) {
    const object = api_live(cluster, target);
    if (target.subresource === 'log')
        return podLog(cluster, exchange, object);
    if (target.subresource === 'scale')
        return json(exchange, 200, scale_scaleOf(object));
    const form = accepted(exchange);
    if (form === 'metadata')
        return json(exchange, 200, partial(object));
    if (form === 'object')
        return json(exchange, 200, object);
    const include = exchange.url.searchParams.get('includeObject') ?? 'Metadata';
    json(exchange, 200, tableOf(target.of.kind, [object], cluster.now(), include, { resourceVersion: object.metadata.resourceVersion }));
}
function put(cluster, exchange, target) {
    const { of, subresource } = target;
    const before = api_live(cluster, target);
    const body = bodyOf(exchange);
    const options = api_optionsOf(exchange, subresource);
    if (subresource === 'scale')
        return json(exchange, 200, scale_scaleOf(replace(cluster, of, before, scaled(before, body), options)));
    if (subresource !== undefined && subresource !== 'status' && subresource !== 'finalize')
        throw notAllowed();
    const warnings = checkFields(exchange, target, body);
    json(exchange, 200, replace(cluster, of, before, body, options), warnings);
}
function patch(cluster, exchange, target) {
    const { of, name, namespace, subresource } = target;
    const type = (exchange.headers['content-type'] ?? '').split(';', 1)[0];
    const options = api_optionsOf(exchange, subresource);
    const query = exchange.url.searchParams;
    if (type === 'application/apply-patch+yaml') {
        if (!query.get('fieldManager')) {
            throw new ApiFailure(422, 'Invalid', 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
        }
        const body = bodyOf(exchange);
        const unknown = unknownFields(of, body)[0];
        if (unknown !== undefined) {
            const field = /"(.*)"/.exec(unknown)?.[1];
            throw new ApiFailure(500, '', `failed to create typed patch object (${namespace ? `${namespace}/` : ''}${name}; ${apiVersionOf(of)}, Kind=${of.kind}): .${field}: field not declared in schema`);
        }
        const { object, created } = apply(cluster, of, { namespace, name }, body, {
            ...options,
            force: query.get('force') === 'true',
        });
        return json(exchange, created ? 201 : 200, object);
    }
    const before = api_live(cluster, target);
    const from = subresource === 'scale' ? scale_scaleOf(before) : before;
    const change = bodyValue(exchange);
    let body;
    if (type === 'application/json-patch+json')
        body = jsonPatch(from, change);
    else if (!isFields(change))
        throw badRequest('the patch is not an object');
    else if (type === 'application/strategic-merge-patch+json')
        body = strategicMergePatch(subresource === 'scale' ? undefined : of.message, from, change);
    else if (type === 'application/merge-patch+json')
        body = mergePatch(from, change);
    else
        throw new ApiFailure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor`);
    const changed = structuredClone(body);
    // A patch has no stake in the version that it was laid over, unless it names one itself.
    const named = isFields(change) ? change['metadata']?.resourceVersion : undefined;
    if (named === undefined)
        changed['metadata'] = { ...changed['metadata'], resourceVersion: '' };
    if (subresource === 'scale')
        return json(exchange, 200, scale_scaleOf(replace(cluster, of, before, scaled(before, changed), options)));
    const warnings = checkFields(exchange, target, changed);
    json(exchange, 200, replace(cluster, of, before, changed, options), warnings);
}
function postSubresource(cluster, exchange, target) {
    const object = api_live(cluster, target);
    if (target.subresource === 'eviction')
        return json(exchange, 201, evict(cluster, object, bodyOf(exchange)));
    if (target.subresource === 'token') {
        const expirationTimestamp = new Date(cluster.world.clock.now() + 3_600_000).toISOString();
        const status = { token: `sandbox-${object.metadata.uid}`, expirationTimestamp };
        return json(exchange, 201, {
            kind: 'TokenRequest',
            apiVersion: 'authentication.k8s.io/v1',
            metadata: {},
            spec: {},
            status,
        });
    }
    throw notAllowed();
}
function api_optionsOf(exchange, subresource) {
    const dryRun = exchange.url.searchParams.getAll('dryRun');
    if (dryRun.some((one) => one !== 'All'))
        throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(dryRun[0])}: supported values: "All"`);
    const writer = { manager: managerOf(exchange), subresource };
    return { writer, dryRun: dryRun.length > 0 };
}
function deleteOptions(exchange) {
    const query = exchange.url.searchParams;
    const body = exchange.body.byteLength > 0 ? bodyOf(exchange) : {};
    return {
        ...body,
        ...(query.has('propagationPolicy') ? { propagationPolicy: query.get('propagationPolicy') } : {}),
        ...(query.has('gracePeriodSeconds') ? { gracePeriodSeconds: Number(query.get('gracePeriodSeconds')) } : {}),
        ...(query.has('dryRun') ? { dryRun: ['All'] } : {}),
    };
}
/** Compares a body with the schema as `fieldValidation` says; returns the warning headers to send. @throws ApiFailure 400 */
function checkFields(exchange, { of }, body) {
    const mode = exchange.url.searchParams.get('fieldValidation') ?? 'Warn';
    const kind = body['kind'];
    if (kind !== undefined && kind !== of.kind) {
        throw badRequest(`${String(kind)} in version ${JSON.stringify(body['apiVersion'])} cannot be handled as a ${of.kind}: the kind does not match`);
    }
    const unknown = unknownFields(of, body);
    if (unknown.length === 0 || mode === 'Ignore')
        return {};
    if (mode === 'Strict') {
        throw badRequest(`${of.kind} in version "${of.version}" cannot be handled as a ${of.kind}: strict decoding error: ${unknown.join(', ')}`);
    }
    return { warning: unknown.map((one) => `299 - ${JSON.stringify(one)}`).join(', ') };
}
//# sourceMappingURL=api.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/container-logs.js
function containerLogs() {
    const runs = new Map();
    const listeners = new Map();
    const key = (podUid, container) => `${podUid}/${container}`;
    return {
        begin(podUid, container) {
            runs.set(key(podUid, container), [[], ...(runs.get(key(podUid, container)) ?? [])].slice(0, 2));
        },
        print(podUid, container, line) {
            runs.get(key(podUid, container))?.[0]?.push(line);
            for (const listener of listeners.get(key(podUid, container)) ?? [])
                listener(line);
        },
        read: (podUid, container, previous) => runs.get(key(podUid, container))?.[previous ? 1 : 0],
        follow(podUid, container, listener) {
            const all = listeners.get(key(podUid, container)) ?? new Set();
            listeners.set(key(podUid, container), all.add(listener));
            return () => void all.delete(listener);
        },
        drop(podUid) {
            for (const name of [...runs.keys()])
                if (name.startsWith(`${podUid}/`))
                    runs.delete(name);
        },
    };
}
//# sourceMappingURL=container-logs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/store.js

/** Changes that are kept for watches that start at an older version. */
const keptChanges = 4_096;
const store_keyOf = (object) => `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
function store() {
    let version = 100;
    let oldest = version;
    let changes = [];
    const tables = new Map();
    const listeners = new Set();
    const tableOf = (resource) => {
        const name = `${resource.group}/${resource.plural}`;
        let table = tables.get(name);
        if (table === undefined) {
            table = new Map();
            tables.set(name, table);
        }
        return table;
    };
    const tell = (change) => {
        changes.push(change);
        if (changes.length > keptChanges * 2) {
            changes = changes.slice(-keptChanges);
            oldest = (changes[0]?.version ?? version) - 1;
        }
        for (const listener of [...listeners])
            listener(change);
    };
    return {
        version: () => version,
        get: (resource, namespace, name) => tableOf(resource).get(`${resource.namespaced ? namespace : ''}/${name}`),
        list(resource, namespace) {
            const all = [...tableOf(resource).entries()];
            const inside = namespace === undefined ? all : all.filter(([, one]) => one.metadata.namespace === namespace);
            return inside.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
        },
        put(resource, object) {
            const table = tableOf(resource);
            const key = store_keyOf(object);
            const previous = table.get(key);
            const kept = structuredClone({ ...object, apiVersion: apiVersionOf(resource), kind: resource.kind });
            kept.metadata.resourceVersion = String(++version);
            table.set(key, kept);
            tell({ type: previous === undefined ? 'ADDED' : 'MODIFIED', resource, object: kept, previous, version });
            return kept;
        },
        remove(resource, object) {
            const previous = tableOf(resource).get(store_keyOf(object));
            if (previous === undefined)
                return;
            tableOf(resource).delete(store_keyOf(object));
            const gone = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(++version) } };
            tell({ type: 'DELETED', resource, object: gone, previous, version });
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
        since: (from) => (from < oldest ? undefined : changes.filter((change) => change.version > from)),
    };
}
//# sourceMappingURL=store.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/cluster.js





/** The one node, and what it can hold. */
const nodeName = 'ip-10-0-1-10.eu-west-1.compute.internal';
const capacity = { cpu: '64', memory: '256Gi', 'ephemeral-storage': '200Gi', pods: '500' };
/** A cluster with its node, its namespaces and its defaults. */
function cluster(name, world) {
    const objects = store();
    const made = {
        name,
        world,
        store: objects,
        logs: containerLogs(),
        now: () => timestamp(world.clock.now()),
        suffix: (length) => world.id(length, 'bcdfghjklmnpqrstvwxz2456789'),
    };
    for (const namespace of ['default', 'kube-system', 'kube-public', 'kube-node-lease'])
        putNamespace(made, namespace);
    cluster_put(made, resource('core/v1/nodes'), node(made));
    cluster_put(made, resource('storage.k8s.io/v1/storageclasses'), {
        metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        provisioner: 'sandbox.strangler-deploy/standard',
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'Immediate',
    });
    cluster_put(made, resource('core/v1/services'), {
        metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
        spec: {
            type: 'ClusterIP',
            clusterIP: '10.96.0.1',
            clusterIPs: ['10.96.0.1'],
            ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
            sessionAffinity: 'None',
        },
        status: { loadBalancer: {} },
    });
    return made;
}
/** Keeps an object that the cluster itself makes, with the metadata that every object has. */
function cluster_put(cluster, of, object) {
    return cluster.store.put(of, {
        ...object,
        apiVersion: apiVersionOf(of),
        kind: of.kind,
        metadata: {
            ...object['metadata'],
            uid: (0,external_node_crypto_.randomUUID)(),
            creationTimestamp: cluster.now(),
            resourceVersion: '',
        },
    });
}
function putNamespace(cluster, name) {
    cluster_put(cluster, resource('core/v1/namespaces'), {
        metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
    });
    furnishNamespace(cluster, name);
}
/** What the controller manager puts into each new namespace. */
function furnishNamespace(cluster, namespace) {
    cluster_put(cluster, resource('core/v1/serviceaccounts'), { metadata: { name: 'default', namespace } });
    cluster_put(cluster, resource('core/v1/configmaps'), {
        metadata: { name: 'kube-root-ca.crt', namespace },
        data: { 'ca.crt': 'the sandbox has no certificates\n' },
    });
}
function node(cluster) {
    const time = cluster.now();
    const condition = (type, status, reason) => ({
        type,
        status,
        reason,
        message: reason,
        lastHeartbeatTime: time,
        lastTransitionTime: time,
    });
    return {
        metadata: {
            name: nodeName,
            labels: {
                'kubernetes.io/hostname': nodeName,
                'kubernetes.io/os': 'linux',
                'kubernetes.io/arch': 'amd64',
                'topology.kubernetes.io/region': cluster.world.region,
                'topology.kubernetes.io/zone': `${cluster.world.region}a`,
                'node.kubernetes.io/instance-type': 'sandbox',
            },
        },
        spec: { providerID: `aws:///${cluster.world.region}a/i-0sandbox000000000` },
        status: {
            capacity,
            allocatable: capacity,
            conditions: [
                condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
                condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
                condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
                condition('Ready', 'True', 'KubeletReady'),
            ],
            addresses: [
                { type: 'InternalIP', address: '10.0.1.10' },
                { type: 'Hostname', address: nodeName },
            ],
            nodeInfo: {
                architecture: 'amd64',
                bootID: '',
                containerRuntimeVersion: 'containerd://2.1.4',
                kernelVersion: '6.12.0',
                kubeProxyVersion: '',
                kubeletVersion: 'v1.35.4',
                machineID: '',
                operatingSystem: 'linux',
                osImage: 'Sandbox',
                systemUUID: '',
            },
        },
    };
}
//# sourceMappingURL=cluster.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/events.js



const events = resource('core/v1/events');
/** Beyond this the oldest go, as events of a real cluster go after an hour. */
const keptEvents = 2_000;
/** Records an event about an object. */
function record(cluster, about, happening) {
    const { namespace = 'default', name, uid, resourceVersion } = about.metadata;
    const { type, reason, message, component, fieldPath } = happening;
    const all = cluster.store.list(events, namespace);
    const again = all.find((event) => event['involvedObject']?.uid === uid &&
        event['reason'] === reason &&
        event['message'] === message &&
        event['type'] === type);
    const now = timestamp(cluster.world.clock.now());
    if (again !== undefined) {
        cluster.store.put(events, { ...again, count: again['count'] + 1, lastTimestamp: now });
        return;
    }
    const involvedObject = {
        kind: about.kind,
        namespace: about.metadata.namespace,
        name,
        uid,
        apiVersion: about.apiVersion,
        resourceVersion,
        ...(fieldPath === undefined ? {} : { fieldPath }),
    };
    cluster_put(cluster, events, {
        metadata: { name: `${name}.${cluster.world.id(16)}`, namespace },
        involvedObject,
        reason,
        message,
        source: { component, ...(component === 'kubelet' ? { host: about['spec']?.nodeName } : {}) },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type,
        eventTime: null,
        reportingComponent: component,
        reportingInstance: component === 'kubelet' ? (about['spec']?.nodeName ?? '') : '',
    });
    if (all.length < keptEvents)
        return;
    const oldest = [...all].sort((a, b) => Date.parse(a['lastTimestamp']) - Date.parse(b['lastTimestamp']))[0];
    if (oldest !== undefined)
        cluster.store.remove(events, oldest);
}
//# sourceMappingURL=events.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/conditions.js
const conditionOf = (status, type) => (status?.['conditions'] ?? []).find((one) => one['type'] === type);
const isTrue = (status, type) => conditionOf(status, type)?.['status'] === 'True';
/** Conditions with one set: its transition time moves only when its status does. */
function withCondition(conditions, next, now) {
    const old = conditions.find((one) => one['type'] === next['type']);
    const lastTransitionTime = old?.['status'] === next['status'] ? old?.['lastTransitionTime'] : now;
    const made = { ...next, lastTransitionTime };
    return old === undefined ? [...conditions, made] : conditions.map((one) => (one === old ? made : one));
}
//# sourceMappingURL=conditions.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/pods.js







const pods_pods = resource('core/v1/pods');
const podsOf = (cluster, owner) => cluster.store.list(pods_pods, owner.metadata.namespace).filter((pod) => ownedBy(pod, owner));
const isTerminating = ({ metadata }) => metadata.deletionTimestamp !== undefined;
const hasFinished = ({ status }) => ['Succeeded', 'Failed'].includes(status?.phase);
const isActive = (pod) => !isTerminating(pod) && !hasFinished(pod);
const isReady = (pod) => isTrue(pod['status'], 'Ready');
/** Ready for at least `minReadySeconds`. */
function isAvailable(cluster, pod, minReadySeconds = 0) {
    if (!isReady(pod))
        return false;
    const since = Date.parse(conditionOf(pod['status'], 'Ready')?.['lastTransitionTime'] ?? '');
    return cluster.world.clock.now() >= since + minReadySeconds * 1_000;
}
/** A pod of a template, for its owner. `name` ends in `-` to be completed. */
function podOf(owner, template, name, labels = {}) {
    const { labels: own, annotations, finalizers } = (template['metadata'] ?? {});
    return {
        metadata: {
            ...(name.endsWith('-') ? { generateName: name } : { name }),
            labels: { ...own, ...labels },
            ...(annotations === undefined ? {} : { annotations }),
            ...(finalizers === undefined ? {} : { finalizers }),
            ownerReferences: [controls(owner)],
        },
        spec: template['spec'],
    };
}
/** Creates a pod for its owner and says so; a refusal is recorded and returned. */
function createPod(cluster, owner, pod, component) {
    try {
        const made = create(cluster, pods_pods, owner.metadata.namespace, pod, asController);
        record(cluster, owner, {
            type: 'Normal',
            reason: 'SuccessfulCreate',
            message: `Created pod: ${made.metadata.name}`,
            component,
        });
        return made;
    }
    catch (error) {
        if (!(error instanceof ApiFailure))
            throw error;
        record(cluster, owner, {
            type: 'Warning',
            reason: 'FailedCreate',
            message: `Error creating: ${error.message}`,
            component,
        });
        return error;
    }
}
function deletePod(cluster, owner, pod, component) {
    dispose(cluster, pods_pods, pod);
    record(cluster, owner, {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
        component,
    });
}
//# sourceMappingURL=pods.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/bounds.js








const bounds_budgets = resource('policy/v1/poddisruptionbudgets');
const autoscalers = resource('autoscaling/v2/horizontalpodautoscalers');
/** Works out how many pods each PodDisruptionBudget lets go. */
const reconcileBudgets = (cluster) => {
    for (const budget of cluster.store.list(bounds_budgets)) {
        if (isTerminating(budget))
            continue;
        const { selector, minAvailable, maxUnavailable } = budget['spec'];
        const members = cluster.store
            .list(pods_pods, budget.metadata.namespace)
            .filter((pod) => isActive(pod) && matchesSelector(selector, pod.metadata.labels));
        const expected = members.length;
        const desired = maxUnavailable === undefined
            ? portion(minAvailable ?? 1, expected, 'up')
            : Math.max(0, expected - portion(maxUnavailable, expected, 'up'));
        const healthy = members.filter(isReady).length;
        const allowed = Math.max(0, healthy - desired);
        const old = (budget['status']?.conditions ?? []);
        const condition = {
            type: 'DisruptionAllowed',
            status: allowed > 0 ? 'True' : 'False',
            reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
            message: '',
            observedGeneration: budget.metadata.generation,
        };
        save(cluster, bounds_budgets, {
            ...budget,
            status: {
                observedGeneration: budget.metadata.generation,
                currentHealthy: healthy,
                desiredHealthy: desired,
                expectedPods: expected,
                disruptionsAllowed: allowed,
                conditions: withCondition(old, condition, cluster.now()),
            },
        });
    }
};
/** Holds each HorizontalPodAutoscaler's target within its bounds. There are no metrics, so nothing else scales. */
const reconcileAutoscalers = (cluster) => {
    for (const scaler of cluster.store.list(autoscalers)) {
        if (!isTerminating(scaler))
            hold(cluster, scaler);
    }
};
function hold(cluster, scaler) {
    const { scaleTargetRef, minReplicas = 1, maxReplicas } = scaler['spec'];
    const of = resourceOf(scaleTargetRef.apiVersion ?? 'apps/v1', scaleTargetRef.kind);
    const target = of && cluster.store.get(of, scaler.metadata.namespace, scaleTargetRef.name);
    const now = cluster.now();
    const old = (scaler['status']?.conditions ?? []);
    const set = (conditions, type, status, reason, message) => withCondition(conditions, { type, status, reason, message }, now);
    if (of === undefined || target === undefined) {
        const message = `the HPA controller was unable to get the target's current scale: ${of?.plural ?? ''}.apps "${scaleTargetRef.name}" not found`;
        const conditions = set(old, 'AbleToScale', 'False', 'FailedGetScale', message);
        save(cluster, autoscalers, {
            ...scaler,
            status: { ...scaler['status'], currentReplicas: 0, desiredReplicas: 0, conditions },
        });
        return;
    }
    const current = target['spec'].replicas;
    // A target that was scaled to nothing is left alone.
    const desired = current === 0 ? 0 : Math.min(maxReplicas, Math.max(minReplicas, current));
    if (desired !== current) {
        const next = { ...target, spec: { ...target['spec'], replicas: desired } };
        const writer = { manager: 'kube-controller-manager', subresource: 'scale' };
        const managedFields = afterUpdate(of, target, next, writer, now);
        save(cluster, of, { ...next, metadata: { ...next.metadata, managedFields } });
        const side = current < desired ? 'below Spec.MinReplicas' : 'above Spec.MaxReplicas';
        const message = `New size: ${desired}; reason: Current number of replicas ${side}`;
        record(cluster, scaler, {
            type: 'Normal',
            reason: 'SuccessfulRescale',
            message,
            component: 'horizontal-pod-autoscaler',
        });
    }
    const able = set(old, 'AbleToScale', 'True', 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
    const why = 'the HPA was unable to compute the replica count: the sandbox has no metrics';
    const conditions = current === 0
        ? set(able, 'ScalingActive', 'False', 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero')
        : set(able, 'ScalingActive', 'False', 'FailedGetResourceMetric', why);
    const { observedGeneration: _old, ...status } = (scaler['status'] ?? {});
    save(cluster, autoscalers, {
        ...scaler,
        status: { ...status, currentReplicas: current, desiredReplicas: desired, conditions },
    });
}
//# sourceMappingURL=bounds.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/jobs.js







const jobs = resource('batch/v1/jobs');
const component = 'job-controller';
const firstPause = 10_000;
const longestPause = 600_000;
const jobFinished = ({ status }) => isTrue(status, 'Complete') || isTrue(status, 'Failed');
/** Runs each Job's pods to its completions, its back-off limit or its deadline. */
const reconcileJobs = (cluster, wake) => {
    for (const job of cluster.store.list(jobs)) {
        if (isTerminating(job))
            continue;
        if (jobFinished(job))
            expire(cluster, job, wake);
        else
            reconcile(cluster, job, wake);
    }
};
function reconcile(cluster, job, wake) {
    const { spec } = job;
    const now = cluster.now();
    const before = (job['status'] ?? {});
    const all = podsOf(cluster, job);
    const active = all.filter(isActive);
    const succeeded = all.filter(({ status }) => status?.phase === 'Succeeded').length;
    const failed = all.filter(({ status }) => status?.phase === 'Failed');
    const restarts = all
        .flatMap(({ status }) => (status?.containerStatuses ?? []))
        .reduce((sum, one) => sum + one['restartCount'], 0);
    const failures = failed.length + (spec.template.spec.restartPolicy === 'OnFailure' ? restarts : 0);
    const status = {
        ...before,
        ...(spec.suspend ? {} : { startTime: before['startTime'] ?? now }),
        active: active.length,
        succeeded,
        failed: failed.length,
        ready: active.filter(isReady).length,
        terminating: all.filter(isTerminating).length,
        uncountedTerminatedPods: {},
    };
    const keep = () => {
        for (const key of ['active', 'succeeded', 'failed'])
            if (status[key] === 0)
                delete status[key];
        save(cluster, jobs, { ...job, status });
    };
    const finish = (type, reason, message) => {
        const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
        const conditions = (before['conditions'] ?? []);
        const condition = (name) => ({ type: name, status: 'True', reason, message, lastProbeTime: now });
        status['conditions'] = withCondition(withCondition(conditions, condition(first), now), condition(type), now);
        if (type === 'Complete')
            status['completionTime'] = now;
        for (const pod of active)
            dispose(cluster, pods_pods, pod);
        status['active'] = 0;
        status['ready'] = 0;
        keep();
        const done = type === 'Complete';
        record(cluster, job, {
            type: done ? 'Normal' : 'Warning',
            reason: done ? 'Completed' : reason,
            message: done ? 'Job completed' : message,
            component,
        });
    };
    if (succeeded >= (spec.completions ?? 1))
        return finish('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods');
    if (failures > spec.backoffLimit) {
        return finish('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
    }
    if (spec.activeDeadlineSeconds !== undefined && status['startTime'] !== undefined) {
        const left = Date.parse(status['startTime']) + spec.activeDeadlineSeconds * 1_000 - cluster.world.clock.now();
        if (left <= 0)
            return finish('Failed', 'DeadlineExceeded', 'Job was active longer than specified deadline');
        wake(left);
    }
    if (spec.suspend) {
        for (const pod of active)
            dispose(cluster, pods_pods, pod);
        return keep();
    }
    const wanted = Math.min(spec.parallelism, (spec.completions ?? 1) - succeeded);
    const missing = wanted - active.length;
    const left = pauseLeft(cluster, failed);
    if (missing > 0 && left > 0)
        wake(left);
    else {
        for (let number = 0; number < missing; number++) {
            const made = createPod(cluster, job, podOf(job, spec.template, `${job.metadata.name}-`), component);
            if (made instanceof ApiFailure) {
                wake(firstPause);
                break;
            }
            status['active']++;
        }
    }
    keep();
}
/** How long until the next pod may follow the failed ones: 10 s, 20 s, 40 s, … after the last. */
function pauseLeft(cluster, failed) {
    if (failed.length === 0)
        return 0;
    const ended = failed.map((pod) => {
        const statuses = (pod['status']?.containerStatuses ?? []);
        const times = statuses.map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? pod.metadata.creationTimestamp));
        return Math.max(...times, Date.parse(conditionOf(pod['status'], 'Ready')?.['lastTransitionTime'] ?? '') || 0);
    });
    const pause = Math.min(longestPause, firstPause * 2 ** (failed.length - 1));
    return Math.max(...ended) + pause - cluster.world.clock.now();
}
/** Deletes a finished Job after ttlSecondsAfterFinished. */
function expire(cluster, job, wake) {
    const ttl = job['spec'].ttlSecondsAfterFinished;
    if (ttl === undefined)
        return;
    const ended = conditionOf(job['status'], 'Complete') ?? conditionOf(job['status'], 'Failed');
    const left = Date.parse(ended?.['lastTransitionTime']) + ttl * 1_000 - cluster.world.clock.now();
    if (left > 0)
        wake(left);
    else
        dispose(cluster, jobs, job);
}
//# sourceMappingURL=jobs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/cronjobs.js










const cronJobs = resource('batch/v1/cronjobs');
const cronjobs_component = 'cronjob-controller';
/** More missed runs than this are told of. */
const manyMissed = 100;
/** Starts each CronJob's Jobs when they are due, and forgets the oldest of those that ended. */
const reconcileCronJobs = (cluster, wake) => {
    for (const cron of cluster.store.list(cronJobs))
        if (!isTerminating(cron))
            cronjobs_reconcile(cluster, cron, wake);
};
const referenceTo = ({ metadata: { name, namespace, uid, resourceVersion } }) => ({
    kind: 'Job',
    apiVersion: 'batch/v1',
    name,
    namespace,
    uid,
    resourceVersion,
});
function cronjobs_reconcile(cluster, cron, wake) {
    const { spec } = cron;
    const say = (type, reason, message) => void record(cluster, cron, { type, reason, message, component: cronjobs_component });
    const own = cluster.store.list(jobs, cron.metadata.namespace).filter((job) => ownedBy(job, cron));
    const active = own.filter((job) => !jobFinished(job));
    const status = { ...cron['status'] };
    const known = (status['active'] ?? []).map(({ uid }) => uid);
    for (const job of own.filter((one) => jobFinished(one) && known.includes(one.metadata.uid))) {
        const way = isTrue(job['status'], 'Complete') ? 'Complete' : 'Failed';
        say('Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${way}`);
        const ended = conditionOf(job['status'], 'Complete')?.['lastTransitionTime'];
        if (ended !== undefined)
            status['lastSuccessfulTime'] = ended;
    }
    const keep = (running) => {
        status['active'] = running.map(referenceTo);
        if (running.length === 0)
            delete status['active'];
        save(cluster, cronJobs, { ...cron, status });
    };
    tidy(cluster, own, spec);
    const schedule = parseCron(spec.schedule);
    if (schedule === undefined) {
        say('Warning', 'UnparseableSchedule', `unparseable schedule: ${JSON.stringify(spec.schedule)}`);
        return keep(active);
    }
    if (spec.suspend === true)
        return keep(active);
    const now = cluster.world.clock.now();
    const zone = spec.timeZone ?? 'UTC';
    const since = Date.parse(status['lastScheduleTime'] ?? cron.metadata.creationTimestamp);
    const deadline = spec.startingDeadlineSeconds;
    const from = deadline === undefined ? since : Math.max(since, now - deadline * 1_000);
    let due;
    let missed = 0;
    let next = nextRun(schedule, from, zone);
    while (next !== undefined && next <= now && missed < 100_000) {
        due = next;
        missed++;
        next = nextRun(schedule, next, zone);
    }
    if (next !== undefined)
        wake(next - now);
    if (missed > manyMissed) {
        const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
        say('Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
    }
    if (due === undefined)
        return keep(active);
    if (active.length > 0 && spec.concurrencyPolicy === 'Forbid') {
        say('Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid');
        return keep(active);
    }
    if (spec.concurrencyPolicy === 'Replace') {
        for (const job of active) {
            dispose(cluster, jobs, job);
            say('Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
        }
    }
    const started = start(cluster, cron, due, say);
    if (started !== undefined)
        status['lastScheduleTime'] = timestamp(due);
    const still = spec.concurrencyPolicy === 'Replace' ? [] : active;
    keep(started === undefined ? still : [...still, started]);
}
function start(cluster, cron, due, say) {
    const { metadata = {}, spec } = cron['spec'].jobTemplate;
    const name = `${cron.metadata.name}-${Math.floor(due / 60_000)}`;
    const annotations = { ...metadata.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due) };
    const job = {
        metadata: { name, labels: metadata.labels ?? {}, annotations, ownerReferences: [controls(cron)] },
        spec,
    };
    try {
        const made = create(cluster, jobs, cron.metadata.namespace, job, asController);
        say('Normal', 'SuccessfulCreate', `Created job ${name}`);
        return made;
    }
    catch (error) {
        if (!(error instanceof ApiFailure))
            throw error;
        if (error.reason === 'AlreadyExists')
            return cluster.store.get(jobs, cron.metadata.namespace, name);
        say('Warning', 'FailedCreate', `Error creating job: ${error.message}`);
        return undefined;
    }
}
/** Deletes ended Jobs beyond the history limits, the oldest first. */
function tidy(cluster, own, spec) {
    const byAge = (a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp);
    for (const [type, limit] of [
        ['Complete', spec['successfulJobsHistoryLimit'] ?? 3],
        ['Failed', spec['failedJobsHistoryLimit'] ?? 1],
    ]) {
        const ended = own.filter((job) => isTrue(job['status'], type)).sort(byAge);
        for (const job of ended.slice(0, Math.max(0, ended.length - limit)))
            dispose(cluster, jobs, job);
    }
}
//# sourceMappingURL=cronjobs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/template-hash.js

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const stable = (value) => {
    if (Array.isArray(value))
        return `[${value.map(stable).join(',')}]`;
    if (!isFields(value))
        return JSON.stringify(value) ?? 'null';
    const keys = Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort();
    return `{${keys.map((key) => `${key}:${stable(value[key])}`).join(',')}}`;
};
/** A short name for a pod template, the same for the same template: FNV-1a in the letters that Kubernetes uses. */
function templateHash(template) {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(stable(template)))
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return [...String(hash)].map((digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}
/** A template without the label that its ReplicaSet adds. */
function bareTemplate(template) {
    const { 'pod-template-hash': _hash, ...labels } = (template['metadata']?.labels ?? {});
    return { ...template, metadata: { ...template['metadata'], labels } };
}
//# sourceMappingURL=template-hash.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/revisions.js




const revisions = resource('apps/v1/controllerrevisions');
/** The revision of an object's template, `<name>-<hash>`, kept as a ControllerRevision when it is new. */
function currentRevision(cluster, owner) {
    const { namespace, name } = owner.metadata;
    const template = owner['spec'].template;
    const hash = templateHash(template);
    const full = `${name}-${hash}`;
    if (cluster.store.get(revisions, namespace, full) === undefined) {
        const own = cluster.store.list(revisions, namespace).filter((one) => ownedBy(one, owner));
        cluster_put(cluster, revisions, {
            metadata: {
                name: full,
                namespace,
                labels: { ...template['metadata']?.labels, 'controller.kubernetes.io/hash': hash },
                ownerReferences: [controls(owner)],
            },
            data: { spec: { template: { ...template, $patch: 'replace' } } },
            revision: Math.max(0, ...own.map((one) => one['revision'])) + 1,
        });
    }
    return { name: full, hash };
}
/** The template of an earlier revision; undefined when it is not kept. */
function templateAt(cluster, owner, revision) {
    const kept = cluster.store.get(revisions, owner.metadata.namespace, revision);
    if (kept === undefined)
        return undefined;
    const { $patch: _directive, ...template } = kept['data'].spec.template;
    return template;
}
//# sourceMappingURL=revisions.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/daemonsets.js






const daemonSets = resource('apps/v1/daemonsets');
const nodes = resource('core/v1/nodes');
const daemonsets_component = 'daemonset-controller';
const hashLabel = 'controller-revision-hash';
/** Keeps one pod of each DaemonSet on the node, and replaces it when its template changes. */
const reconcileDaemonSets = (cluster) => {
    for (const set of cluster.store.list(daemonSets))
        if (!isTerminating(set))
            daemonsets_reconcile(cluster, set);
};
function daemonsets_reconcile(cluster, set) {
    const { hash } = currentRevision(cluster, set);
    const labels = cluster.store.get(nodes, undefined, nodeName)?.metadata.labels ?? {};
    const selector = Object.entries((set['spec'].template.spec.nodeSelector ?? {}));
    const wanted = selector.every(([key, value]) => labels[key] === value) ? 1 : 0;
    const all = podsOf(cluster, set);
    for (const pod of all) {
        const stale = pod.metadata.labels?.[hashLabel] !== hash && set['spec'].updateStrategy.type === 'RollingUpdate';
        if (isTerminating(pod))
            continue;
        if (!isActive(pod))
            dispose(cluster, pods_pods, pod);
        else if (stale || wanted === 0)
            deletePod(cluster, set, pod, daemonsets_component);
    }
    if (wanted === 1 && podsOf(cluster, set).length === 0) {
        createPod(cluster, set, podOf(set, set['spec'].template, `${set.metadata.name}-`, { [hashLabel]: hash }), daemonsets_component);
    }
    const own = podsOf(cluster, set).filter(isActive);
    const available = own.filter((pod) => isAvailable(cluster, pod, set['spec'].minReadySeconds)).length;
    save(cluster, daemonSets, {
        ...set,
        status: {
            observedGeneration: set.metadata.generation,
            desiredNumberScheduled: wanted,
            currentNumberScheduled: Math.min(wanted, own.length),
            numberMisscheduled: 0,
            numberReady: own.filter(isReady).length,
            numberAvailable: available,
            ...(wanted - available > 0 ? { numberUnavailable: wanted - available } : {}),
            updatedNumberScheduled: own.filter((pod) => pod.metadata.labels?.[hashLabel] === hash).length,
        },
    });
}
//# sourceMappingURL=daemonsets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/deployment-status.js


const count = (sets, name) => sets.reduce((total, set) => total + (set['status']?.[name] ?? 0), 0);
/** The status of a Deployment with these ReplicaSets; `created` when its current one was just made. */
function deploymentStatus(cluster, deployment, current, all, created, wake) {
    const before = (deployment['status'] ?? {});
    const replicas = deployment['spec'].replicas;
    const total = count(all, 'replicas');
    const available = count(all, 'availableReplicas');
    const updated = current === undefined ? 0 : count([current], 'replicas');
    const desired = all.reduce((sum, set) => sum + set['spec'].replicas, 0);
    const counts = {
        observedGeneration: deployment.metadata.generation,
        replicas: total,
        updatedReplicas: updated,
        readyReplicas: count(all, 'readyReplicas'),
        availableReplicas: available,
        unavailableReplicas: Math.max(0, desired - available),
    };
    for (const [key, value] of Object.entries(counts))
        if (value === 0)
            delete counts[key];
    const now = cluster.now();
    let conditions = [...(before['conditions'] ?? [])];
    const enough = available >= replicas - bounds(deployment).unavailable;
    conditions = set(conditions, now, {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    });
    const complete = updated === replicas && total === replicas && available >= replicas;
    const progress = progressing(cluster, deployment, current, { counts, before, complete, created }, wake);
    if (progress !== undefined)
        conditions = set(conditions, now, progress.condition, progress.moved);
    const refused = all.map(({ status }) => conditionOf(status, 'ReplicaFailure')).find((one) => one !== undefined);
    conditions = conditions.filter(({ type }) => type !== 'ReplicaFailure' || refused !== undefined);
    if (refused !== undefined) {
        const { reason, message } = refused;
        conditions = set(conditions, now, { type: 'ReplicaFailure', status: 'True', reason, message });
    }
    return { ...counts, conditions };
}
/** The Progressing condition: created, updated, available, or out of time. `moved` renews its update time. */
function progressing(cluster, deployment, current, { counts, before, complete, created }, wake) {
    const type = 'Progressing';
    const old = conditionOf(before, type);
    if (deployment['spec'].paused === true) {
        const message = 'Deployment is paused';
        return {
            condition: { type, status: 'Unknown', reason: 'DeploymentPaused', message },
            moved: old?.['reason'] !== 'DeploymentPaused',
        };
    }
    if (current === undefined)
        return undefined;
    const { name } = current.metadata;
    const named = `ReplicaSet "${name}"`;
    const done = old?.['reason'] === 'NewReplicaSetAvailable' && String(old['message']).startsWith(`${named} `);
    if (complete) {
        const message = `${named} has successfully progressed.`;
        return { condition: { type, status: 'True', reason: 'NewReplicaSetAvailable', message }, moved: !done };
    }
    if (created) {
        return {
            condition: { type, status: 'True', reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` },
            moved: true,
        };
    }
    // A rollout that is over stays over, whatever happens to its pods.
    if (done)
        return undefined;
    const grew = (key) => (counts[key] ?? 0) > (before[key] ?? 0);
    const shrank = (counts['replicas'] ?? 0) - (counts['updatedReplicas'] ?? 0) <
        (before['replicas'] ?? 0) - (before['updatedReplicas'] ?? 0);
    const sameSet = String(old?.['message'] ?? '').includes(`"${name}"`);
    if (!sameSet || grew('updatedReplicas') || grew('readyReplicas') || grew('availableReplicas') || shrank) {
        return {
            condition: { type, status: 'True', reason: 'ReplicaSetUpdated', message: `${named} is progressing.` },
            moved: true,
        };
    }
    const limit = deployment['spec'].progressDeadlineSeconds;
    const since = Date.parse(old?.['lastUpdateTime'] ?? cluster.now());
    const left = since + limit * 1_000 - cluster.world.clock.now();
    if (left > 0) {
        wake(left + 1);
        return undefined;
    }
    const message = `${named} has timed out progressing.`;
    return {
        condition: { type, status: 'False', reason: 'ProgressDeadlineExceeded', message },
        moved: old?.['status'] !== 'False',
    };
}
/** Conditions with one set; `lastUpdateTime` stays unless it changes or moved. */
function set(conditions, now, next, moved = false) {
    const old = conditions.find(({ type }) => type === next['type']);
    const changed = old?.['reason'] !== next['reason'] || old?.['status'] !== next['status'];
    return withCondition(conditions, { ...next, lastUpdateTime: changed || moved ? now : old?.['lastUpdateTime'] }, now);
}
/** How many pods may be too many and too few during a rollout. */
function bounds(deployment) {
    const { replicas, strategy } = deployment['spec'];
    if (strategy.type === 'Recreate')
        return { surge: 0, unavailable: replicas };
    const surge = portion(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, 'up');
    const unavailable = portion(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, 'down');
    return { surge, unavailable: Math.min(replicas, surge === 0 && unavailable === 0 ? 1 : unavailable) };
}
//# sourceMappingURL=deployment-status.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/replicasets.js





const replicaSets = resource('apps/v1/replicasets');
/** Keeps as many pods of each ReplicaSet as it asks for. */
const reconcileReplicaSets = (cluster, wake) => {
    for (const set of cluster.store.list(replicaSets)) {
        if (set.metadata.deletionTimestamp === undefined)
            replicasets_reconcile(cluster, set, wake);
    }
};
function replicasets_reconcile(cluster, set, wake) {
    const { spec } = set;
    let active = podsOf(cluster, set).filter(isActive);
    let refused;
    for (let number = active.length; number < spec.replicas && refused === undefined; number++) {
        const made = createPod(cluster, set, podOf(set, spec.template, `${set.metadata.name}-`), 'replicaset-controller');
        if (made instanceof ApiFailure)
            refused = made;
    }
    const surplus = active.length - spec.replicas;
    for (const pod of [...active].sort(lessWanted).slice(0, Math.max(0, surplus))) {
        deletePod(cluster, set, pod, 'replicaset-controller');
    }
    active = podsOf(cluster, set).filter(isActive);
    const { conditions: old = [] } = (set['status'] ?? {});
    let conditions = old.filter(({ type }) => type !== 'ReplicaFailure');
    if (refused !== undefined) {
        const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused.message };
        conditions = withCondition(old, failure, cluster.now());
        wake(10_000);
    }
    if (spec.minReadySeconds > 0)
        wake(spec.minReadySeconds * 1_000);
    save(cluster, replicaSets, {
        ...set,
        status: {
            replicas: active.length,
            fullyLabeledReplicas: active.length,
            readyReplicas: active.filter(isReady).length,
            availableReplicas: active.filter((pod) => isAvailable(cluster, pod, spec.minReadySeconds)).length,
            observedGeneration: set.metadata.generation,
            ...(conditions.length > 0 ? { conditions } : {}),
        },
    });
}
/** Pods that go first: not placed, not ready, youngest. */
function lessWanted(a, b) {
    const rank = (pod) => (pod['spec']?.nodeName === undefined ? 0 : isReady(pod) ? 2 : 1);
    return rank(a) - rank(b) || Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp);
}
//# sourceMappingURL=replicasets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/deployments.js









const deployments = resource('apps/v1/deployments');
const revisionAnnotation = 'deployment.kubernetes.io/revision';
const deployments_component = 'deployment-controller';
const notCopied = new Set(['kubectl.kubernetes.io/last-applied-configuration', revisionAnnotation]);
/** Rolls each Deployment's pods over to its template, within maxSurge and maxUnavailable. */
const reconcileDeployments = (cluster, wake) => {
    for (const deployment of cluster.store.list(deployments)) {
        if (!isTerminating(deployment))
            deployments_reconcile(cluster, deployment, wake);
    }
};
const ownSets = (cluster, deployment) => cluster.store
    .list(replicaSets, deployment.metadata.namespace)
    .filter((set) => ownedBy(set, deployment) && !isTerminating(set));
const deployments_revisionOf = (set) => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);
function deployments_reconcile(cluster, deployment, wake) {
    const all = ownSets(cluster, deployment);
    const template = deployment['spec'].template;
    const found = all.find((set) => same(bareTemplate(set['spec'].template), bareTemplate(template)));
    const paused = deployment['spec'].paused === true;
    const current = paused && found === undefined ? undefined : newest(cluster, deployment, all, found);
    const old = all.filter((set) => set.metadata.uid !== current?.metadata.uid);
    if (current !== undefined && !paused) {
        if (deployment['spec'].strategy.type === 'Recreate')
            recreate(cluster, deployment, current, old);
        else
            deployments_roll(cluster, deployment, current, old);
        forget(cluster, deployment, old);
    }
    const now = ownSets(cluster, deployment);
    const set = now.find((one) => one.metadata.uid === current?.metadata.uid);
    const status = deploymentStatus(cluster, deployment, set, now, found === undefined && current !== undefined, wake);
    const annotations = { ...deployment.metadata.annotations };
    if (set !== undefined)
        annotations[revisionAnnotation] = String(deployments_revisionOf(set));
    save(cluster, deployments, { ...deployment, metadata: { ...deployment.metadata, annotations }, status });
}
/** The ReplicaSet of the template, made when it is missing, with the highest revision. */
function newest(cluster, deployment, all, found) {
    const copied = Object.fromEntries(Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !notCopied.has(key)));
    const others = all.filter((set) => set !== found);
    const revision = Math.max(0, ...others.map(deployments_revisionOf)) + 1;
    if (found !== undefined) {
        if (deployments_revisionOf(found) >= revision)
            return found;
        const annotations = { ...found.metadata.annotations, ...copied, [revisionAnnotation]: String(revision) };
        return save(cluster, replicaSets, { ...found, metadata: { ...found.metadata, annotations } });
    }
    const { spec } = deployment;
    const hash = templateHash(spec.template);
    const labels = { ...spec.template.metadata?.labels, 'pod-template-hash': hash };
    return create(cluster, replicaSets, deployment.metadata.namespace, {
        metadata: {
            name: `${deployment.metadata.name}-${hash}`,
            labels,
            annotations: { ...copied, [revisionAnnotation]: String(revision) },
            ownerReferences: [controls(deployment)],
        },
        spec: {
            replicas: 0,
            selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, 'pod-template-hash': hash } },
            template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
            ...(spec.minReadySeconds ? { minReadySeconds: spec.minReadySeconds } : {}),
        },
    }, asController);
}
function scale(cluster, deployment, set, replicas) {
    const from = set['spec'].replicas;
    if (from === replicas)
        return;
    save(cluster, replicaSets, { ...set, spec: { ...set['spec'], replicas } });
    const way = replicas > from ? 'up' : 'down';
    const message = `Scaled ${way} replica set ${set.metadata.name} from ${from} to ${replicas}`;
    record(cluster, deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, component: deployments_component });
}
const deployments_sum = (sets, of) => sets.reduce((total, set) => total + (of(set) ?? 0), 0);
const wanted = (set) => set['spec'].replicas;
const available = (set) => set['status']?.availableReplicas ?? 0;
function recreate(cluster, deployment, current, old) {
    for (const set of old)
        scale(cluster, deployment, set, 0);
    if (old.every((set) => podsOf(cluster, set).length === 0))
        scale(cluster, deployment, current, deployment['spec'].replicas);
}
/** One step of a rolling update: first up, then down, as the deployment controller does. */
function deployments_roll(cluster, deployment, current, old) {
    const replicas = deployment['spec'].replicas;
    const { surge, unavailable } = bounds(deployment);
    const all = [current, ...old];
    const size = wanted(current);
    if (size > replicas)
        return scale(cluster, deployment, current, replicas);
    const room = replicas + surge - deployments_sum(all, wanted);
    if (size < replicas && room > 0)
        return scale(cluster, deployment, current, size + Math.min(room, replicas - size));
    const least = replicas - unavailable;
    let spare = deployments_sum(all, wanted) - least - (size - available(current));
    if (spare <= 0)
        return;
    const oldest = [...old].sort((a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp));
    const sizes = new Map(oldest.map((set) => [set, wanted(set)]));
    for (const set of oldest) {
        const unhealthy = Math.min(spare, Math.max(0, wanted(set) - available(set)));
        sizes.set(set, wanted(set) - unhealthy);
        spare -= unhealthy;
    }
    let droppable = deployments_sum(all, available) - least;
    for (const set of oldest) {
        const healthy = Math.min(sizes.get(set) ?? 0, available(set));
        const drop = Math.min(Math.max(0, droppable), healthy);
        sizes.set(set, (sizes.get(set) ?? 0) - drop);
        droppable -= drop;
    }
    for (const [set, next] of sizes)
        scale(cluster, deployment, set, next);
}
/** Deletes old, empty ReplicaSets beyond revisionHistoryLimit. */
function forget(cluster, deployment, old) {
    const empty = old.filter((set) => wanted(set) === 0 && (set['status']?.replicas ?? 0) === 0);
    const surplus = empty.length - (deployment['spec'].revisionHistoryLimit ?? 10);
    for (const set of empty.sort((a, b) => deployments_revisionOf(a) - deployments_revisionOf(b)).slice(0, Math.max(0, surplus))) {
        dispose(cluster, replicaSets, set);
    }
}
//# sourceMappingURL=deployments.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/container-events.js

/** Says what happened to a container as the kubelet says it. */
function tell(host, run, type, reason, message) {
    const pod = host.pod();
    const list = run.init ? 'initContainers' : 'containers';
    const fieldPath = `spec.${list}{${run.spec['name']}}`;
    if (pod !== undefined)
        record(host.cluster, pod, { type, reason, message, component: 'kubelet', fieldPath });
}
//# sourceMappingURL=container-events.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/probes.js

/** Probes a container that has just started; `kill` ends it when its liveness or start-up probe gives up. Returns how to stop. */
function beginProbes(host, run, does, kill) {
    const begun = host.cluster.world.clock.now();
    let over = false;
    const isUp = () => does.healthy && host.cluster.world.clock.now() - begun >= does.startupMs;
    const { startupProbe, readinessProbe, livenessProbe } = run.spec;
    /** Tries a probe again and again: `good` after enough successes (then it stops), `bad` after enough failures. */
    const probe = (kind, spec, good, bad) => {
        const { initialDelaySeconds = 0, periodSeconds, successThreshold, failureThreshold } = spec;
        let successes = 0;
        let failures = 0;
        const attempt = () => {
            if (over)
                return;
            if (isUp()) {
                failures = 0;
                if (++successes >= successThreshold)
                    return good();
            }
            else {
                successes = 0;
                failures++;
                tell(host, run, 'Warning', 'Unhealthy', `${kind} probe failed: ${complaint(host, spec, does.healthy)}`);
                if (failures >= failureThreshold) {
                    bad();
                    if (kind !== 'Readiness')
                        return;
                }
            }
            host.after(periodSeconds * 1_000, attempt);
        };
        host.after(initialDelaySeconds * 1_000, attempt);
    };
    const giveUp = (why) => () => {
        if (over)
            return;
        over = true;
        tell(host, run, 'Normal', 'Killing', `Container ${run.spec['name']} failed ${why}, will be restarted`);
        kill();
    };
    const begin = () => {
        if (over)
            return;
        run.started = true;
        if (readinessProbe === undefined)
            run.ready = true;
        else {
            const ready = () => {
                run.ready = true;
                host.changed(run);
            };
            probe('Readiness', readinessProbe, ready, () => undefined);
        }
        if (livenessProbe !== undefined)
            probe('Liveness', livenessProbe, () => undefined, giveUp('liveness probe'));
        host.changed(run);
    };
    if (startupProbe === undefined)
        begin();
    else
        probe('Startup', startupProbe, begin, giveUp('startup probe'));
    return () => {
        over = true;
    };
}
/** What the kubelet says of a probe that got no good answer. */
function complaint(host, spec, answers) {
    const pod = host.pod();
    const ip = pod?.['status']?.podIP ?? '10.244.0.1';
    const { httpGet, tcpSocket, grpc } = spec;
    const target = httpGet ?? tcpSocket ?? grpc;
    if (target === undefined)
        return 'command exited with 1';
    const port = portNumber(pod?.['spec'], target['port']);
    const refused = `dial tcp ${ip}:${port}: connect: connection refused`;
    if (httpGet === undefined)
        return refused;
    // A program that is up but not well answers; one that is still starting does not.
    if (!answers)
        return 'HTTP probe failed with statuscode: 503';
    return `Get "${String(httpGet['scheme'] ?? 'HTTP').toLowerCase()}://${ip}:${port}${httpGet['path'] ?? '/'}": ${refused}`;
}
/** The number of a port that may be given by name. */
function portNumber(spec, port) {
    if (typeof port !== 'string')
        return port;
    const all = (spec?.['containers'] ?? []).flatMap(({ ports }) => (ports ?? []));
    return all.find(({ name }) => name === port)?.['containerPort'] ?? port;
}
//# sourceMappingURL=probes.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/endpoints.js







const services = resource('core/v1/services');
const slices = resource('discovery.k8s.io/v1/endpointslices');
const endpoints = resource('core/v1/endpoints');
/** Keeps an EndpointSlice and an Endpoints object for each Service with a selector, and gives load balancers their names. */
const reconcileServices = (cluster) => {
    for (const service of cluster.store.list(services)) {
        if (isTerminating(service))
            continue;
        balance(cluster, service);
        const labels = service['spec']?.selector;
        if (labels === undefined || Object.keys(labels).length === 0 || service['spec'].type === 'ExternalName')
            continue;
        const members = cluster.store
            .list(pods_pods, service.metadata.namespace)
            .filter((pod) => pod['status']?.podIP !== undefined &&
            !hasFinished(pod) &&
            matchesSelector({ matchLabels: labels }, pod.metadata.labels));
        slice(cluster, service, members);
        legacy(cluster, service, members);
    }
};
const portsOf = (service, pod) => (service['spec'].ports ?? [])
    .map(({ name, protocol, targetPort }) => ({
    name: name ?? '',
    port: portNumber(pod?.['spec'], targetPort),
    protocol,
}))
    .filter(({ port }) => typeof port === 'number');
function slice(cluster, service, members) {
    const { namespace, name, uid, labels } = service.metadata;
    const found = cluster.store
        .list(slices, namespace)
        .find((one) => one.metadata.ownerReferences?.some((owner) => owner.uid === uid));
    const body = {
        addressType: 'IPv4',
        endpoints: members.map((pod) => ({
            addresses: [pod['status'].podIP],
            conditions: {
                ready: isReady(pod) && !isTerminating(pod),
                serving: isReady(pod),
                terminating: isTerminating(pod),
            },
            nodeName: pod['spec'].nodeName,
            targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid },
        })),
        ports: portsOf(service, members[0]),
    };
    if (found !== undefined) {
        if (!same({ ...found, ...body }, found))
            save(cluster, slices, { ...found, ...body });
        return;
    }
    cluster_put(cluster, slices, {
        ...body,
        metadata: {
            name: `${name}-${cluster.suffix(5)}`,
            namespace,
            labels: {
                ...labels,
                'kubernetes.io/service-name': name,
                'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
            },
            ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true }],
        },
    });
}
function legacy(cluster, service, members) {
    const { namespace, name, uid } = service.metadata;
    const address = (pod) => ({
        ip: pod['status'].podIP,
        nodeName: pod['spec'].nodeName,
        targetRef: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid },
    });
    const alive = members.filter((pod) => !isTerminating(pod));
    const [ready, notReady] = [alive.filter(isReady), alive.filter((pod) => !isReady(pod))];
    const subset = {
        ...(ready.length > 0 ? { addresses: ready.map(address) } : {}),
        ...(notReady.length > 0 ? { notReadyAddresses: notReady.map(address) } : {}),
        ports: portsOf(service, alive[0]),
    };
    const subsets = alive.length > 0 ? [subset] : undefined;
    const found = cluster.store.get(endpoints, namespace, name);
    if (found === undefined) {
        const ownerReferences = [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true }];
        cluster_put(cluster, endpoints, { metadata: { name, namespace, ownerReferences }, ...(subsets ? { subsets } : {}) });
    }
    else if (!same(found['subsets'], subsets))
        save(cluster, endpoints, { ...found, subsets });
}
function balance(cluster, service) {
    if (service['spec']?.type !== 'LoadBalancer' || service['status']?.loadBalancer?.ingress !== undefined)
        return;
    const hostname = `k8s-${service.metadata.uid.slice(0, 8)}.elb.${cluster.world.region}.amazonaws.com`;
    save(cluster, services, { ...service, status: { loadBalancer: { ingress: [{ hostname }] } } });
}
//# sourceMappingURL=endpoints.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/environment.js

const secrets = resource('core/v1/secrets');
const configMaps = resource('core/v1/configmaps');
/** Resolves `envFrom` and `env` of a container against what the cluster holds now. */
function environmentOf(cluster, pod, container) {
    const namespace = pod.metadata.namespace ?? 'default';
    const env = {};
    for (const { secretRef, configMapRef, prefix = '' } of (container['envFrom'] ?? [])) {
        const of = secretRef === undefined ? configMaps : secrets;
        const { name, optional } = (secretRef ?? configMapRef ?? {});
        const source = cluster.store.get(of, namespace, name);
        if (source === undefined && optional !== true)
            return { missing: absent(of, name) };
        for (const [key, value] of Object.entries(textsOf(source)))
            env[`${prefix}${key}`] = value;
    }
    for (const { name, value, valueFrom } of (container['env'] ?? [])) {
        const reference = (valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef);
        if (reference === undefined) {
            env[name] = valueFrom?.fieldRef === undefined ? (value ?? '') : environment_fieldOf(pod, valueFrom.fieldRef.fieldPath);
            continue;
        }
        const of = valueFrom?.secretKeyRef === undefined ? configMaps : secrets;
        const source = cluster.store.get(of, namespace, reference['name']);
        const found = textsOf(source)[reference['key']];
        if (found !== undefined)
            env[name] = found;
        else if (reference['optional'] === true)
            continue;
        else if (source === undefined)
            return { missing: absent(of, reference['name']) };
        else
            return { missing: `couldn't find key ${reference['key']} in ${of.kind} ${namespace}/${reference['name']}` };
    }
    return { env };
}
/** The first volume that cannot be mounted, in the kubelet's words. */
function unmountable(cluster, pod) {
    const namespace = pod.metadata.namespace ?? 'default';
    for (const { name, secret, configMap, persistentVolumeClaim } of (pod['spec']?.volumes ?? [])) {
        const failed = `MountVolume.SetUp failed for volume "${name}" : `;
        const key = (secret?.secretName ?? configMap?.name);
        const of = secret === undefined ? configMaps : secrets;
        if (key !== undefined && (secret ?? configMap).optional !== true && !cluster.store.get(of, namespace, key)) {
            return `${failed}${absent(of, key)}`;
        }
        const claim = persistentVolumeClaim?.claimName;
        if (claim !== undefined && !cluster.store.get(resource('core/v1/persistentvolumeclaims'), namespace, claim)) {
            return `persistentvolumeclaim "${claim}" not found`;
        }
    }
    return undefined;
}
const absent = (of, name) => `${of.kind.toLowerCase()} "${name}" not found`;
function textsOf(source) {
    const data = (source?.['data'] ?? {});
    if (source?.kind !== 'Secret')
        return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}
function environment_fieldOf(pod, path) {
    const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
    if (keyed)
        return pod.metadata[keyed[1]]?.[keyed[2] ?? ''] ?? '';
    let at = pod;
    for (const step of path.split('.'))
        at = at?.[step];
    return String(at ?? '');
}
//# sourceMappingURL=environment.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/image-pull.js
/** Gets a container's image as its pull policy says. */
function pullImage(world, held, container) {
    const reference = container['image'];
    const policy = container['imagePullPolicy'];
    const cached = held.get(reference);
    if (policy !== 'Always' && cached !== undefined) {
        return {
            image: cached,
            imageID: imageId(reference, cached),
            event: `Container image "${reference}" already present on machine`,
        };
    }
    if (policy === 'Never') {
        return {
            reason: 'ErrImageNeverPull',
            message: `Container image "${reference}" is not present with pull policy of Never`,
        };
    }
    const pulled = world.images.pull(reference);
    if ('failure' in pulled)
        return refusal(reference, pulled);
    held.set(reference, pulled);
    const event = `Successfully pulled image "${reference}" in 1s (1s including waiting). Image size: 10485760 bytes.`;
    return { image: pulled, imageID: imageId(reference, pulled), event };
}
/** `<registry>/<repository>@<digest>` of what was pulled. */
const imageId = (reference, { digest }) => `${reference.replace(/@.*$/, '').replace(/:[\w][\w.-]*$/, '')}@${digest}`;
function refusal(reference, { failure, message }) {
    const failed = `failed to pull and unpack image "${reference}": failed to resolve reference "${reference}"`;
    switch (failure) {
        case 'invalid-reference':
            return {
                reason: 'InvalidImageName',
                message: `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": invalid reference format`,
            };
        case 'not-found':
        case 'no-repository':
            return { reason: 'ErrImagePull', message: `rpc error: code = NotFound desc = ${failed}: ${reference}: not found` };
        case 'unauthorized':
            return {
                reason: 'ErrImagePull',
                message: `rpc error: code = Unknown desc = ${failed}: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
            };
        case 'unreachable':
            return {
                reason: 'ErrImagePull',
                message: `rpc error: code = Unknown desc = ${failed}: ${message}`,
            };
    }
}
//# sourceMappingURL=image-pull.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/container-run.js






const container_run_firstPause = 10_000;
const container_run_longestPause = 300_000;
const pullTime = 1_000;
const configPause = 10_000;
/** A container that ran this long starts afresh after a crash. */
const healed = 2 * container_run_longestPause;
function containerRun(spec, init) {
    return {
        spec,
        init,
        state: { waiting: { reason: 'PodInitializing' } },
        lastState: {},
        ready: false,
        started: false,
        restartCount: 0,
        imageID: '',
        containerID: '',
        crashPause: 0,
        pullPause: 0,
    };
}
const waiting = (host, run, reason, message) => {
    run.state = { waiting: { reason, message } };
    host.changed(run);
};
/** Pulls the image, then starts the container; failures are told and tried again with growing pauses. */
function startContainer(host, run) {
    const reference = run.spec['image'];
    const mustPull = run.spec['imagePullPolicy'] === 'Always' || !host.images.has(reference);
    if (mustPull && run.spec['imagePullPolicy'] !== 'Never')
        tell(host, run, 'Normal', 'Pulling', `Pulling image "${reference}"`);
    host.after(mustPull ? pullTime : 0, () => {
        const pull = pullImage(host.cluster.world, host.images, run.spec);
        if ('image' in pull) {
            run.pullPause = 0;
            run.imageID = pull.imageID;
            tell(host, run, 'Normal', 'Pulled', pull.event);
            configure(host, run, pull.image);
            return;
        }
        if (pull.reason === 'InvalidImageName') {
            tell(host, run, 'Warning', 'InspectFailed', pull.message);
            tell(host, run, 'Warning', 'Failed', 'Error: InvalidImageName');
            waiting(host, run, pull.reason, pull.message);
            host.after(configPause, () => startContainer(host, run));
            return;
        }
        const failed = pull.reason === 'ErrImagePull' ? `Failed to pull image "${reference}": ${pull.message}` : pull.message;
        tell(host, run, 'Warning', pull.reason === 'ErrImagePull' ? 'Failed' : pull.reason, failed);
        tell(host, run, 'Warning', 'Failed', `Error: ${pull.reason}`);
        waiting(host, run, pull.reason, pull.message);
        run.pullPause = Math.min(container_run_longestPause, run.pullPause === 0 ? container_run_firstPause : run.pullPause * 2);
        if (pull.reason === 'ErrImagePull') {
            host.after(Math.min(run.pullPause / 2, container_run_firstPause), () => {
                tell(host, run, 'Normal', 'BackOff', `Back-off pulling image "${reference}"`);
                tell(host, run, 'Warning', 'Failed', 'Error: ImagePullBackOff');
                waiting(host, run, 'ImagePullBackOff', `Back-off pulling image "${reference}": ErrImagePull: ${pull.message}`);
            });
        }
        host.after(run.pullPause, () => startContainer(host, run));
    });
}
function configure(host, run, image) {
    const pod = host.pod();
    if (pod === undefined)
        return;
    const resolved = environmentOf(host.cluster, pod, run.spec);
    if ('missing' in resolved) {
        tell(host, run, 'Warning', 'Failed', `Error: ${resolved.missing}`);
        waiting(host, run, 'CreateContainerConfigError', resolved.missing);
        host.after(configPause, () => startContainer(host, run));
        return;
    }
    runImage(host, run, behaviourOf(host, run, image, resolved.env));
}
/**
 * What the container will do. A program that ends (an init container, a Job) and is not the image's own
 * (it has a `command` or `args`) ends well when the image does not say otherwise.
 */
function behaviourOf(host, run, image, env) {
    const told = behaviour(image, env);
    const ends = run.init || host.restarts(run) !== 'Always';
    const ownProgram = run.spec['command'] === undefined && run.spec['args'] === undefined;
    if (told.exit !== undefined || !ends || ownProgram || host.restarts(run) === 'Always')
        return told;
    return { ...told, exit: { code: 0, afterMs: 1_000, reason: 'Completed' } };
}
function runImage(host, run, does) {
    const { cluster } = host;
    const name = run.spec['name'];
    const uid = host.pod()?.metadata.uid ?? '';
    run.containerID = `containerd://${cluster.world.id(64)}`;
    const startedAt = cluster.world.clock.now();
    tell(host, run, 'Normal', 'Created', `Created container: ${name}`);
    tell(host, run, 'Normal', 'Started', `Started container ${name}`);
    run.state = { running: { startedAt: timestamp(startedAt) } };
    run.started = false;
    run.ready = false;
    cluster.logs.begin(uid, name);
    for (const text of does.log)
        cluster.logs.print(uid, name, { at: startedAt, text });
    let over = false;
    const endProbes = beginProbes(host, run, does, () => {
        if (over)
            return;
        over = true;
        container_run_end(host, run, startedAt, { exitCode: 137, reason: 'Error' });
    });
    const { exit } = does;
    if (exit !== undefined) {
        host.after(exit.afterMs, () => {
            if (over)
                return;
            over = true;
            endProbes();
            container_run_end(host, run, startedAt, { exitCode: exit.code, reason: exit.reason });
        });
    }
    host.changed(run);
}
/** The container ended: for good, or to be started again after its pause. */
function container_run_end(host, run, startedAt, how) {
    const { clock } = host.cluster.world;
    const finishedAt = clock.now();
    const terminated = {
        ...how,
        startedAt: timestamp(startedAt),
        finishedAt: timestamp(finishedAt),
        containerID: run.containerID,
    };
    run.ready = false;
    run.started = false;
    run.state = { terminated };
    host.changed(run);
    const policy = host.restarts(run);
    if (policy === 'Never' || (policy === 'OnFailure' && how.exitCode === 0))
        return;
    if (finishedAt - startedAt > healed)
        run.crashPause = 0;
    const pause = run.crashPause;
    run.crashPause = Math.min(container_run_longestPause, pause === 0 ? container_run_firstPause : pause * 2);
    const again = () => {
        run.restartCount++;
        run.lastState = { terminated };
        startContainer(host, run);
    };
    if (pause === 0) {
        host.after(500, again);
        return;
    }
    host.after(500, () => {
        const { metadata } = host.pod() ?? {};
        const who = `container ${run.spec['name']} in pod ${metadata?.name}_${metadata?.namespace}(${metadata?.uid})`;
        tell(host, run, 'Warning', 'BackOff', `Back-off restarting failed ${who}`);
        run.lastState = { terminated };
        const message = `back-off ${spoken(pause)} restarting failed ${who.replace('container ', 'container=').replace(' in pod ', ' pod=')}`;
        waiting(host, run, 'CrashLoopBackOff', message);
    });
    host.after(pause, again);
}
/** A pause in Go's words: `10s`, `1m20s`, `5m0s`. */
const spoken = (ms) => {
    const seconds = ms / 1_000;
    return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
};
//# sourceMappingURL=container-run.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/kubelet.js










const schedulingTime = 50;
const stopTime = 500;
const retryTime = 10_000;
/** Places pods on the node and runs their containers, on the sandbox's clock. Returns how to stop. */
function runKubelet(cluster) {
    const images = new Map();
    const running = new Map();
    let addresses = 1;
    const stop = cluster.store.subscribe(({ resource: of, object, type }) => {
        if (of !== pods_pods)
            return;
        const { uid } = object.metadata;
        const known = running.get(uid);
        if (type === 'DELETED') {
            known?.end();
            running.delete(uid);
            cluster.logs.drop(uid);
        }
        else if (known === undefined && type === 'ADDED') {
            addresses++;
            const ip = `10.244.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
            running.set(uid, runPod(cluster, images, object, ip));
        }
        else if (object.metadata.deletionTimestamp !== undefined)
            known?.terminate();
    });
    return () => {
        stop();
        for (const pod of running.values())
            pod.end();
    };
}
function runPod(cluster, images, created, ip) {
    const { clock } = cluster.world;
    const { namespace, name, uid } = created.metadata;
    const spec = created['spec'];
    const pending = new Set();
    const inits = (spec['initContainers'] ?? []).map((one) => containerRun(one, true));
    const mains = spec['containers'].map((one) => containerRun(one, false));
    let begun;
    let next = 0;
    let mainsStarted = false;
    let terminating = false;
    const live = () => {
        const pod = cluster.store.get(pods_pods, namespace, name);
        return pod?.metadata.uid === uid ? pod : undefined;
    };
    const later = (ms, task) => {
        const cancel = clock.after(ms, () => {
            pending.delete(cancel);
            task();
        });
        pending.add(cancel);
        return () => {
            pending.delete(cancel);
            cancel();
        };
    };
    const end = () => {
        for (const cancel of pending)
            cancel();
        pending.clear();
    };
    const policy = spec['restartPolicy'] ?? 'Always';
    const isSidecar = (run) => run.init && run.spec['restartPolicy'] === 'Always';
    const host = {
        cluster,
        images,
        pod: live,
        after: later,
        changed(run) {
            if (run.init)
                advance(run);
            publish();
        },
        restarts(run) {
            if (isSidecar(run))
                return 'Always';
            return run.init && policy === 'Always' ? 'OnFailure' : policy;
        },
    };
    const schedule = () => {
        const pod = live();
        if (pod === undefined || terminating)
            return;
        const why = unschedulable(cluster, pod);
        if (why !== undefined) {
            const message = `0/1 nodes are available: 1 ${why}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`;
            record(cluster, pod, { type: 'Warning', reason: 'FailedScheduling', message, component: 'default-scheduler' });
            const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
            const conditions = withCondition(pod['status']?.conditions ?? [], condition, cluster.now());
            save(cluster, pods_pods, { ...pod, status: { ...pod['status'], conditions } });
            later(retryTime, schedule);
            return;
        }
        save(cluster, pods_pods, { ...pod, spec: { ...pod['spec'], nodeName: nodeName } });
        const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
        record(cluster, pod, { type: 'Normal', reason: 'Scheduled', message, component: 'default-scheduler' });
        begun = cluster.now();
        if (inits.length === 0)
            for (const run of mains)
                run.state = { waiting: { reason: 'ContainerCreating' } };
        publish();
        later(schedulingTime, mount);
    };
    const mount = () => {
        const pod = live();
        if (pod === undefined || terminating)
            return;
        const why = unmountable(cluster, pod);
        if (why !== undefined) {
            record(cluster, pod, { type: 'Warning', reason: 'FailedMount', message: why, component: 'kubelet' });
            later(retryTime, mount);
            return;
        }
        startNext();
    };
    /** Starts the next init container, or all the others when none is left. */
    const startNext = () => {
        const run = inits[next];
        if (run !== undefined) {
            next++;
            startContainer(host, run);
        }
        else if (!mainsStarted) {
            mainsStarted = true;
            for (const main of mains)
                startContainer(host, main);
        }
    };
    const advance = (run) => {
        if (inits[next - 1] !== run || mainsStarted)
            return;
        const done = isSidecar(run) ? run.started : run.state['terminated']?.exitCode === 0;
        if (done)
            later(0, startNext);
    };
    const publish = () => {
        const pod = live();
        if (pod === undefined)
            return;
        const status = kubelet_podStatus(cluster, pod, { inits, mains, begun, ip, mainsStarted, policy, isSidecar });
        if (!same(status, pod['status']))
            save(cluster, pods_pods, { ...pod, status });
    };
    const terminate = () => {
        if (terminating)
            return;
        terminating = true;
        const pod = live();
        end();
        if (pod === undefined)
            return;
        for (const run of mains) {
            if (run.state['running'] === undefined)
                continue;
            const message = `Stopping container ${run.spec['name']}`;
            const fieldPath = `spec.containers{${run.spec['name']}}`;
            record(cluster, pod, { type: 'Normal', reason: 'Killing', message, component: 'kubelet', fieldPath });
        }
        const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1_000;
        later(Math.min(grace, stopTime), () => {
            for (const run of [...inits, ...mains])
                run.ready = false;
            const last = live();
            if (last !== undefined && (last.metadata.finalizers ?? []).length === 0)
                cluster.store.remove(pods_pods, last);
        });
    };
    later(schedulingTime, schedule);
    return { terminate, end };
}
function kubelet_podStatus(cluster, pod, runs) {
    const { inits, mains, begun, ip, mainsStarted } = runs;
    const phase = phaseOf(runs);
    const initialized = mainsStarted || inits.every((run) => run.state['terminated']?.exitCode === 0);
    const over = phase === 'Succeeded' || phase === 'Failed';
    const notReady = mains.filter(({ ready }) => !ready).map(({ spec }) => spec['name']);
    const gates = (pod['spec']?.readinessGates ?? []).map(({ conditionType }) => conditionType);
    const gated = gates.filter((type) => !isTrue(pod['status'], type));
    const why = over
        ? { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
        : { reason: 'ContainersNotReady', message: `containers with unready status: [${notReady.join(' ')}]` };
    const ready = notReady.length === 0 && !over;
    const began = mains.some(({ state }) => state['waiting']?.reason !== 'ContainerCreating');
    const now = cluster.now();
    let conditions = (pod['status']?.conditions ?? []);
    const set = (type, yes, otherwise = {}) => {
        conditions = withCondition(conditions, { type, status: yes ? 'True' : 'False', ...(yes ? {} : otherwise) }, now);
    };
    set('PodReadyToStartContainers', began && !over);
    set('Initialized', initialized, { reason: 'ContainersNotInitialized', message: 'containers with incomplete status' });
    const gate = {
        reason: 'ReadinessGatesNotReady',
        message: `the status of pod readiness gate "${gated[0]}" is not "True", but False`,
    };
    set('Ready', ready && gated.length === 0, ready ? gate : why);
    set('ContainersReady', ready, why);
    set('PodScheduled', true);
    return {
        ...pod['status'],
        phase,
        observedGeneration: pod.metadata.generation,
        conditions,
        hostIP: '10.0.1.10',
        hostIPs: [{ ip: '10.0.1.10' }],
        ...(began || inits.some(({ containerID }) => containerID !== '') ? { podIP: ip, podIPs: [{ ip }] } : {}),
        ...(begun === undefined ? {} : { startTime: begun }),
        ...(inits.length > 0 ? { initContainerStatuses: inits.map(containerStatus) } : {}),
        containerStatuses: mains.map(containerStatus),
    };
}
function phaseOf({ inits, mains, policy, isSidecar }) {
    const failedInit = inits.some((run) => policy === 'Never' && !isSidecar(run) && (run.state['terminated']?.exitCode ?? 0) !== 0);
    if (failedInit)
        return 'Failed';
    const ended = mains.map(({ state }) => state['terminated']);
    if (ended.every((one) => one !== undefined) && policy !== 'Always') {
        if (ended.every((one) => one?.['exitCode'] === 0))
            return 'Succeeded';
        if (policy === 'Never')
            return 'Failed';
    }
    return mains.some(({ containerID }) => containerID !== '') ? 'Running' : 'Pending';
}
const containerStatus = (run) => ({
    name: run.spec['name'],
    image: run.spec['image'],
    imageID: run.imageID,
    ...(run.containerID === '' ? {} : { containerID: run.containerID }),
    state: run.state,
    lastState: run.lastState,
    ready: run.init ? run.state['terminated']?.exitCode === 0 || run.ready : run.ready,
    started: run.started,
    restartCount: run.restartCount,
});
/** Why the node cannot take a pod, in the scheduler's words. */
function unschedulable(cluster, pod) {
    const node = cluster.store.get(resource('core/v1/nodes'), undefined, nodeName);
    if (node === undefined)
        return 'node(s) were not found';
    if (node['spec']?.unschedulable === true)
        return 'node(s) were unschedulable';
    const labels = node.metadata.labels ?? {};
    const wanted = Object.entries((pod['spec']?.nodeSelector ?? {}));
    if (wanted.some(([key, value]) => labels[key] !== value))
        return "node(s) didn't match Pod's node affinity/selector";
    for (const name of ['cpu', 'memory']) {
        const asked = (one) => (one['spec']?.containers ?? []).reduce((sum, { resources }) => sum + parseQuantity(resources?.requests?.[name] ?? '0'), 0);
        const placed = cluster.store.list(pods_pods).filter((one) => one['spec']?.nodeName !== undefined && !hasFinished(one));
        const used = placed.reduce((sum, one) => sum + asked(one), 0);
        if (used + asked(pod) > parseQuantity(node['status']?.allocatable?.[name] ?? '0'))
            return `Insufficient ${name}`;
    }
    return undefined;
}
//# sourceMappingURL=kubelet.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/loop.js
/** Between a change and the controllers' answer to it, in sandbox ms. */
const reaction = 10;
/** Runs reconcilers after each change of the cluster, one round for many changes. */
function runControllers(cluster, reconcilers) {
    let due;
    const { clock } = cluster.world;
    const wake = (ms) => {
        const at = clock.now() + ms;
        if (due !== undefined && due.at <= at)
            return;
        due?.cancel();
        due = { at, cancel: clock.after(ms, round) };
    };
    const later = [];
    const round = () => {
        due = undefined;
        later.length = 0;
        for (const reconcile of reconcilers)
            reconcile(cluster, (ms) => later.push(ms));
        if (later.length > 0)
            wake(Math.max(reaction, Math.min(...later)));
    };
    const stop = cluster.store.subscribe(({ resource }) => {
        if (resource.plural !== 'events' && resource.plural !== 'leases')
            wake(reaction);
    });
    wake(reaction);
    return () => {
        stop();
        due?.cancel();
    };
}
//# sourceMappingURL=loop.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/provisioning.js



const claims = resource('core/v1/persistentvolumeclaims');
const ingresses = resource('networking.k8s.io/v1/ingresses');
const provisioning_namespaces = resource('core/v1/namespaces');
const provisioning_accounts = resource('core/v1/serviceaccounts');
/** Gives what asks for it: volumes to claims, an address to Ingresses, a service account to new namespaces. */
const provision = (cluster) => {
    for (const claim of cluster.store.list(claims)) {
        if (claim['status']?.phase === 'Bound')
            continue;
        const { accessModes, resources } = claim['spec'];
        const status = { phase: 'Bound', accessModes, capacity: { storage: resources?.requests?.storage } };
        save(cluster, claims, { ...claim, spec: { ...claim['spec'], volumeName: `pvc-${claim.metadata.uid}` }, status });
    }
    for (const ingress of cluster.store.list(ingresses)) {
        if (ingress['status']?.loadBalancer?.ingress !== undefined)
            continue;
        const hostname = `k8s-${ingress.metadata.uid.slice(0, 8)}.${cluster.world.region}.elb.amazonaws.com`;
        save(cluster, ingresses, { ...ingress, status: { loadBalancer: { ingress: [{ hostname }] } } });
    }
    for (const { metadata } of cluster.store.list(provisioning_namespaces)) {
        const known = cluster.store.get(provisioning_accounts, metadata.name, 'default');
        if (known === undefined && metadata.deletionTimestamp === undefined)
            furnishNamespace(cluster, metadata.name);
    }
};
//# sourceMappingURL=provisioning.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/statefulsets.js






const statefulSets = resource('apps/v1/statefulsets');
const statefulsets_claims = resource('core/v1/persistentvolumeclaims');
const statefulsets_component = 'statefulset-controller';
const revisionLabel = 'controller-revision-hash';
/** Keeps the numbered pods of each StatefulSet, in order, and updates them from the last to the first. */
const reconcileStatefulSets = (cluster, wake) => {
    for (const set of cluster.store.list(statefulSets))
        if (!isTerminating(set))
            statefulsets_reconcile(cluster, set, wake);
};
const ordinalOf = ({ metadata }) => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? -1);
function statefulsets_reconcile(cluster, set, wake) {
    const update = currentRevision(cluster, set).name;
    const before = (set['status'] ?? {});
    const current = before['currentRevision'] ?? update;
    if (!step(cluster, set, current, update))
        wake(10_000);
    const own = podsOf(cluster, set);
    const replicas = set['spec'].replicas;
    const at = (revision) => own.filter((pod) => isActive(pod) && pod.metadata.labels?.[revisionLabel] === revision).length;
    const ready = own.filter(isReady).length;
    const done = at(update) === replicas && ready === replicas && own.length === replicas;
    save(cluster, statefulSets, {
        ...set,
        status: {
            observedGeneration: set.metadata.generation,
            replicas: own.length,
            readyReplicas: ready,
            availableReplicas: own.filter((pod) => isAvailable(cluster, pod, set['spec'].minReadySeconds)).length,
            currentReplicas: done ? replicas : at(current),
            updatedReplicas: at(update),
            currentRevision: done ? update : current,
            updateRevision: update,
            collisionCount: 0,
        },
    });
}
/** One step towards what is asked for; false when a creation was refused. */
function step(cluster, set, current, update) {
    const { spec } = set;
    const inOrder = spec.podManagementPolicy !== 'Parallel';
    const first = spec.ordinals?.start ?? 0;
    const own = podsOf(cluster, set);
    const byOrdinal = new Map(own.map((pod) => [ordinalOf(pod), pod]));
    const last = first + spec.replicas - 1;
    const partition = spec.updateStrategy.rollingUpdate?.partition ?? 0;
    for (let ordinal = first; ordinal <= last; ordinal++) {
        const pod = byOrdinal.get(ordinal);
        if (pod === undefined) {
            const revision = ordinal < partition ? current : update;
            if (!createNumbered(cluster, set, ordinal, revision))
                return false;
            if (inOrder)
                return true;
        }
        else if (!isTerminating(pod) && !isActive(pod)) {
            dispose(cluster, pods_pods, pod);
            return true;
        }
        else if (inOrder && !isReady(pod) && pod.metadata.labels?.[revisionLabel] === update)
            return true;
    }
    const surplus = own
        .filter((pod) => ordinalOf(pod) > last || ordinalOf(pod) < first)
        .sort((a, b) => ordinalOf(b) - ordinalOf(a));
    for (const pod of surplus) {
        if (!isTerminating(pod))
            deletePod(cluster, set, pod, statefulsets_component);
        if (inOrder)
            return true;
    }
    if (spec.updateStrategy.type !== 'RollingUpdate')
        return true;
    for (let ordinal = last; ordinal >= Math.max(first, partition); ordinal--) {
        const pod = byOrdinal.get(ordinal);
        if (pod === undefined || isTerminating(pod))
            return true;
        if (pod.metadata.labels?.[revisionLabel] !== update) {
            deletePod(cluster, set, pod, statefulsets_component);
            return true;
        }
        if (!isReady(pod))
            return true;
    }
    return true;
}
function createNumbered(cluster, set, ordinal, revision) {
    const { namespace, name: owner } = set.metadata;
    const name = `${owner}-${ordinal}`;
    const template = (templateAt(cluster, set, revision) ?? set['spec'].template);
    const volumes = [];
    for (const claim of (set['spec'].volumeClaimTemplates ?? [])) {
        const claimName = `${claim['metadata'].name}-${name}`;
        volumes.push({ name: claim['metadata'].name, persistentVolumeClaim: { claimName } });
        if (cluster.store.get(statefulsets_claims, namespace, claimName) !== undefined)
            continue;
        const labels = set['spec'].selector?.matchLabels ?? {};
        create(cluster, statefulsets_claims, namespace, { metadata: { name: claimName, labels }, spec: claim['spec'] }, asController);
    }
    const pod = podOf(set, template, name, {
        [revisionLabel]: revision,
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
    });
    const others = (template['spec'].volumes ?? []).filter((one) => !volumes.some((volume) => volume['name'] === one['name']));
    pod['spec'] = {
        ...pod['spec'],
        hostname: name,
        subdomain: set['spec'].serviceName,
        ...(volumes.length + others.length > 0 ? { volumes: [...others, ...volumes] } : {}),
    };
    if (pod['spec'].subdomain === '')
        delete pod['spec'].subdomain;
    return !(createPod(cluster, set, pod, statefulsets_component) instanceof ApiFailure);
}
//# sourceMappingURL=statefulsets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/controllers/controllers.js












/** Sets a cluster going: its controllers and its node. Returns how to stop. */
function runCluster(cluster) {
    const stopKubelet = runKubelet(cluster);
    const stopControllers = runControllers(cluster, [
        collectGarbage,
        provision,
        reconcileCronJobs,
        reconcileJobs,
        reconcileAutoscalers,
        reconcileDeployments,
        reconcileReplicaSets,
        reconcileStatefulSets,
        reconcileDaemonSets,
        reconcileBudgets,
        reconcileServices,
    ]);
    return () => {
        stopControllers();
        stopKubelet();
    };
}
//# sourceMappingURL=controllers.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/eks-token.js

const prefix = 'k8s-aws-v1.';
/** A token counts for 15 minutes from its date (aws-iam-authenticator, `token.go`). */
const lifetimeMs = 15 * 60_000;
/**
 * Whether a cluster lets a request in. A token of `aws eks get-token` is looked into as EKS does, but for the signature,
 * and so the cluster's name that is signed, since no secret key is known here; every other token, and none, is let in.
 */
function letsIn(authorization, accounts, now) {
    const token = /^Bearer (.*)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (!token.startsWith(prefix))
        return true;
    const text = Buffer.from(token.slice(prefix.length), 'base64url').toString('utf8');
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const asked = (name) => url?.searchParams.get(name) ?? '';
    const [accessKeyId = '', , region = '', service] = asked('X-Amz-Credential').split('/');
    const date = asked('X-Amz-Date').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
    const age = now - Date.parse(date);
    if (asked('Action') !== 'GetCallerIdentity' || service !== 'sts' || asked('X-Amz-Signature') === '')
        return false;
    if (!asked('X-Amz-SignedHeaders').split(';').includes('x-k8s-aws-id'))
        return false;
    if (!(age >= -lifetimeMs && age < lifetimeMs))
        return false;
    try {
        accounts.callerOf(accessKeyId, region);
        return true;
    }
    catch (error) {
        if (error instanceof AwsError)
            return false;
        throw error;
    }
}
//# sourceMappingURL=eks-token.js.map
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/kubeconfig.js


/** A kubeconfig for one cluster of the sandbox. Its token is no secret: the sandbox lets everyone in. */
const kubeconfig = (endpoint, cluster, namespace = 'default') => `apiVersion: v1
kind: Config
clusters:
  - name: ${cluster}
    cluster:
      server: ${endpoint}/kubernetes/${cluster}
users:
  - name: ${cluster}
    user:
      token: sandbox
contexts:
  - name: ${cluster}
    context:
      cluster: ${cluster}
      user: ${cluster}
      namespace: ${namespace}
current-context: ${cluster}
`;
/** Writes a kubeconfig into a folder, readable by its owner alone; returns its path, for `KUBECONFIG`. */
function writeKubeconfig(text, folder, name = 'kubeconfig') {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
}
//# sourceMappingURL=kubeconfig.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/kubernetes/kubernetes.js







/** The name of the cluster that is always there. */
const defaultCluster = 'sandbox';
/** The Kubernetes side of a sandbox: clusters, and the service that answers for them under `/kubernetes/<cluster>/`. */
function kubernetes_kubernetes(world, accounts) {
    const running = new Map();
    const start = (name) => {
        const known = running.get(name);
        if (known !== undefined)
            return known.cluster;
        const made = cluster(name, world());
        running.set(name, { cluster: made, stop: runCluster(made) });
        return made;
    };
    const service = {
        identify(exchange) {
            const at = clusterPath(exchange.url.pathname);
            return at && { service: 'kubernetes', operation: operationOf(exchange, at.path) };
        },
        handle(exchange, _identity) {
            const at = clusterPath(exchange.url.pathname);
            if (at === undefined || (at.cluster !== defaultCluster && !running.has(at.cluster)))
                return refuse(exchange, noSuchPath());
            if (!letsIn(exchange.headers.authorization, accounts(), world().clock.now()))
                return refuse(exchange, unauthorized());
            // A client that joins the server's own path to what discovery told it names the cluster twice.
            const twice = clusterPath(at.path);
            answer(start(at.cluster), exchange, twice?.path ?? at.path);
        },
        fail(exchange, status, code, message) {
            refuse(exchange, injected(exchange, status, code, message));
        },
        close() {
            for (const { stop } of running.values())
                stop();
            running.clear();
        },
    };
    return {
        service,
        clusters: {
            create: (name) => void start(name),
            names: () => [...new Set([defaultCluster, ...running.keys()])].sort(),
            kubeconfig: (name = defaultCluster, namespace) => kubeconfig(world().endpoint(), name, namespace),
        },
    };
}
function operationOf(exchange, path) {
    try {
        const { of, subresource } = request_targetOf(path);
        return `${exchange.method} ${qualified(of)}${subresource === undefined ? '' : `/${subresource}`}`;
    }
    catch {
        return `${exchange.method} ${path.split('/', 2).join('/')}`;
    }
}
const unauthorized = () => new ApiFailure(401, 'Unauthorized', 'Unauthorized');
/** An injected fault in the API server's own words. */
function injected(exchange, status, code, message) {
    if (code === 'ThrottlingException')
        return new ApiFailure(429, 'TooManyRequests', 'the server has received too many requests and has asked us to try again later');
    if (code === 'ExpiredTokenException')
        return unauthorized();
    if (code !== 'AccessDeniedException')
        return new ApiFailure(status, 'InternalError', `Internal error occurred: ${message}`);
    const at = clusterPath(exchange.url.pathname);
    try {
        const { of, namespace, name } = request_targetOf(at?.path ?? '/');
        const verb = verbOf(exchange, name);
        const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
        const what = name === undefined ? qualified(of) : `${qualified(of)} "${name}"`;
        return new ApiFailure(403, 'Forbidden', `${what} is forbidden: User "sandbox" cannot ${verb} resource "${of.plural}" in API group "${of.group}" ${where}`, {
            ...(name === undefined ? {} : { name }),
            kind: of.plural,
        });
    }
    catch {
        return new ApiFailure(403, 'Forbidden', `forbidden: User "sandbox" cannot get path "${at?.path}"`, {});
    }
}
function verbOf({ method, url }, name) {
    if (method === 'GET')
        return name !== undefined ? 'get' : url.searchParams.has('watch') ? 'watch' : 'list';
    if (method === 'DELETE')
        return name === undefined ? 'deletecollection' : 'delete';
    return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase();
}
//# sourceMappingURL=kubernetes.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/eks.js



/** Amazon EKS: every Kubernetes cluster of the sandbox, where it answers. They are made through the control API, not here. */
const eks = (world) => ({
    name: 'eks',
    protocol: { kind: 'rest-json', routes: { DescribeCluster: 'GET /clusters/{name}', ListClusters: 'GET /clusters' } },
    operations: {
        DescribeCluster({ name }, caller) {
            if (!world.kubernetes.names().includes(name)) {
                throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);
            }
            return { cluster: eks_clusterOf(name, caller, world) };
        },
        ListClusters: () => ({ clusters: world.kubernetes.names() }),
    },
});
const eks_clusterOf = (name, { accountId, region }, { clock, endpoint }) => ({
    name,
    arn: `arn:aws:eks:${region}:${accountId}:cluster/${name}`,
    createdAt: clock.epoch / 1_000,
    version: `${version.major}.${version.minor}`,
    // Plain HTTP on loopback: there is no certificate authority to name.
    endpoint: `${endpoint()}/kubernetes/${name}`,
    certificateAuthority: {},
    roleArn: `arn:aws:iam::${accountId}:role/${name === defaultCluster ? 'eks' : name}`,
    status: 'ACTIVE',
    platformVersion: 'eks.1',
    accessConfig: { authenticationMode: 'API' },
    tags: {},
});
//# sourceMappingURL=eks.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/state.js

const newElb = (caller) => ({
    caller,
    balancers: new Map(),
    groups: new Map(),
    listeners: new Map(),
    tags: new Map(),
});
const state_arnOf = ({ caller }, resource) => `arn:aws:elasticloadbalancing:${caller.region}:${caller.accountId}:${resource}`;
/** In the query protocol an empty list comes as empty text. */
const state_inputs = (value) => (Array.isArray(value) ? value : []);
const elbv2_state_texts = (value) => (Array.isArray(value) ? value.map(String) : []);
/** Query parameters are text; calls from inside the sandbox are not. */
const state_isTrue = (value) => String(value) === 'true';
/** A whole number within limits, or `otherwise` when absent. @throws AwsError ValidationError */
function whole(value, name, least, most, otherwise) {
    if (value === undefined || value === null || value === '')
        return otherwise;
    const number = Number(value);
    if (!Number.isInteger(number) || number < least || number > most) {
        throw new AwsError('ValidationError', `${name} '${String(value)}' must be between ${least} and ${most}`);
    }
    return number;
}
/** @throws AwsError TargetGroupNotFound */
function state_groupOf(elb, arn) {
    const group = elb.groups.get(String(arn));
    if (group === undefined)
        throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
    return group;
}
/** @throws AwsError LoadBalancerNotFound */
function balancerOf(elb, arn) {
    const balancer = elb.balancers.get(String(arn));
    if (balancer === undefined)
        throw new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
    return balancer;
}
/** @throws AwsError ListenerNotFound */
function listenerOf(elb, arn) {
    const listener = elb.listeners.get(String(arn));
    if (listener === undefined)
        throw new AwsError('ListenerNotFound', 'One or more listeners not found');
    return listener;
}
/** @throws AwsError RuleNotFound */
function state_ruleOf(elb, arn) {
    for (const { rules } of elb.listeners.values()) {
        const rule = rules.find((candidate) => candidate.arn === arn);
        if (rule !== undefined)
            return rule;
    }
    throw new AwsError('RuleNotFound', 'One or more rules not found');
}
/** The target groups that an action forwards to. */
const forwardedTo = (action) => state_inputs(action['ForwardConfig']?.TargetGroups).map((group) => String(group['TargetGroupArn']));
/** Listeners of which a rule forwards to a target group, whatever its weight. */
const listenersTo = (elb, groupArn) => [...elb.listeners.values()].filter(({ rules }) => rules.some(({ actions }) => actions.some((action) => forwardedTo(action).includes(groupArn))));
/** One page by `PageSize` and `Marker`. @throws AwsError ValidationError */
function state_page(items, input) {
    const size = whole(input['PageSize'], 'PageSize', 1, 400, 400);
    const from = whole(input['Marker'], 'Marker', 0, items.length, 0);
    return {
        items: items.slice(from, from + size),
        ...(from + size < items.length ? { NextMarker: String(from + size) } : {}),
    };
}
/** What is asked for by ARN and by name, in that order; everything when nothing is. @throws what `missing` makes */
function chosen(all, arns, names, missing) {
    const items = [...all];
    const wanted = [
        ...elbv2_state_texts(arns).map((value) => ['arn', value]),
        ...elbv2_state_texts(names).map((value) => ['name', value]),
    ];
    if (wanted.length === 0)
        return items;
    return wanted.map(([key, value]) => {
        const found = items.find((item) => item[key] === value);
        if (found === undefined)
            throw missing();
        return found;
    });
}
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/tags.js


/** Gives a resource tags, beside those that it has. */
function tags_addTags(elb, arn, tags) {
    const known = elb.tags.get(arn) ?? new Map();
    for (const { Key, Value } of state_inputs(tags))
        known.set(String(Key), String(Value ?? ''));
    elb.tags.set(arn, known);
}
/** @throws AwsError of the kind of resource that the ARN names and that is not there */
function checkThere(elb, arn) {
    if (arn.includes(':loadbalancer/'))
        balancerOf(elb, arn);
    else if (arn.includes(':targetgroup/'))
        state_groupOf(elb, arn);
    else if (arn.includes(':listener/'))
        listenerOf(elb, arn);
    else if (arn.includes(':listener-rule/'))
        state_ruleOf(elb, arn);
    else
        throw new AwsError('ValidationError', `'${arn}' is not a valid ARN`);
}
function elbv2_tags_tagOperations({ state }) {
    return {
        AddTags(input, caller) {
            const elb = state(caller);
            for (const arn of elbv2_state_texts(input['ResourceArns'])) {
                checkThere(elb, arn);
                tags_addTags(elb, arn, input['Tags']);
            }
            return {};
        },
        RemoveTags(input, caller) {
            const elb = state(caller);
            for (const arn of elbv2_state_texts(input['ResourceArns'])) {
                checkThere(elb, arn);
                for (const key of elbv2_state_texts(input['TagKeys']))
                    elb.tags.get(arn)?.delete(key);
            }
            return {};
        },
        DescribeTags(input, caller) {
            const elb = state(caller);
            return {
                TagDescriptions: elbv2_state_texts(input['ResourceArns']).map((ResourceArn) => {
                    checkThere(elb, ResourceArn);
                    return { ResourceArn, Tags: [...(elb.tags.get(ResourceArn) ?? [])].map(([Key, Value]) => ({ Key, Value })) };
                }),
            };
        },
    };
}
//# sourceMappingURL=tags.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/balancers.js



const shown = (attributes) => ({
    Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
});
/** Load balancers. */
function balancerOperations({ world, state }) {
    return {
        CreateLoadBalancer(input, caller) {
            const elb = state(caller);
            const name = String(input['Name'] ?? '');
            if (!/^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
                throw new AwsError('ValidationError', `The load balancer name '${name}' is not valid`);
            }
            const type = String(input['Type'] ?? 'application');
            if (!['application', 'network'].includes(type)) {
                throw new AwsError('ValidationError', `The sandbox does not know load balancers of type '${type}'`);
            }
            const before = [...elb.balancers.values()].find((balancer) => balancer.name === name);
            const scheme = String(input['Scheme'] ?? 'internet-facing');
            if (before !== undefined) {
                if (before.description['Type'] === type && before.description['Scheme'] === scheme) {
                    return { LoadBalancers: [before.description] };
                }
                const message = `A load balancer with the same name '${name}' exists, but with different settings`;
                throw new AwsError('DuplicateLoadBalancerName', message);
            }
            const subnets = [...elbv2_state_texts(input['Subnets']), ...state_inputs(input['SubnetMappings']).map((one) => one['SubnetId'])];
            if (subnets.length === 0)
                throw new AwsError('ValidationError', 'At least one subnet must be specified');
            if (type === 'application' && subnets.length < 2) {
                const message = 'At least two subnets in two different Availability Zones must be specified';
                throw new AwsError('ValidationError', message);
            }
            const id = world.id(16);
            const arn = state_arnOf(elb, `loadbalancer/${type === 'network' ? 'net' : 'app'}/${name}/${id}`);
            const balancer = {
                arn,
                name,
                description: {
                    LoadBalancerArn: arn,
                    DNSName: `${scheme === 'internal' ? 'internal-' : ''}${name}-${id.slice(0, 10)}.${caller.region}.elb.amazonaws.com`,
                    CanonicalHostedZoneId: 'Z32O12XQLNTSW2',
                    CreatedTime: new Date(world.clock.now()),
                    LoadBalancerName: name,
                    Scheme: scheme,
                    VpcId: 'vpc-0',
                    State: { Code: 'active' },
                    Type: type,
                    AvailabilityZones: subnets.map((SubnetId, index) => ({
                        ZoneName: `${caller.region}${'abc'.charAt(index % 3)}`,
                        SubnetId,
                    })),
                    SecurityGroups: elbv2_state_texts(input['SecurityGroups']),
                    IpAddressType: String(input['IpAddressType'] ?? 'ipv4'),
                },
                attributes: new Map([
                    ['deletion_protection.enabled', 'false'],
                    ['idle_timeout.timeout_seconds', '60'],
                    ['routing.http2.enabled', 'true'],
                ]),
            };
            elb.balancers.set(arn, balancer);
            tags_addTags(elb, arn, input['Tags']);
            return { LoadBalancers: [balancer.description] };
        },
        DescribeLoadBalancers(input, caller) {
            const all = state(caller).balancers.values();
            const missing = () => new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
            const { items, ...next } = state_page(chosen(all, input['LoadBalancerArns'], input['Names'], missing), input);
            return { LoadBalancers: items.map(({ description }) => description), ...next };
        },
        DeleteLoadBalancer(input, caller) {
            const elb = state(caller);
            const balancer = elb.balancers.get(String(input['LoadBalancerArn']));
            if (balancer?.attributes.get('deletion_protection.enabled') === 'true') {
                const message = `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`;
                throw new AwsError('OperationNotPermitted', message);
            }
            if (balancer === undefined)
                return {};
            elb.balancers.delete(balancer.arn);
            for (const listener of [...elb.listeners.values()]) {
                if (listener.balancer === balancer)
                    elb.listeners.delete(listener.arn);
            }
            return {};
        },
        DescribeLoadBalancerAttributes: (input, caller) => shown(balancerOf(state(caller), input['LoadBalancerArn']).attributes),
        ModifyLoadBalancerAttributes(input, caller) {
            const { attributes } = balancerOf(state(caller), input['LoadBalancerArn']);
            for (const { Key, Value } of state_inputs(input['Attributes']))
                attributes.set(String(Key), String(Value));
            return shown(attributes);
        },
    };
}
//# sourceMappingURL=balancers.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/actions.js


const actions_pick = (value, names) => Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, String(value[name])]));
/** A forward action always shows its weighted form, and the plain one when it has a single target group. */
function forward(elb, action) {
    const config = (action['ForwardConfig'] ?? {});
    const weighted = state_inputs(config['TargetGroups']);
    if (weighted.length === 0 && action['TargetGroupArn'] === undefined) {
        throw new AwsError('ValidationError', 'You must specify at least one target group for a forward action');
    }
    if (weighted.length > 5) {
        throw new AwsError('TooManyUniqueTargetGroupsPerLoadBalancer', 'A forward action takes at most five target groups');
    }
    const given = weighted.length > 0 ? weighted : [{ TargetGroupArn: action['TargetGroupArn'], Weight: 1 }];
    const groups = given.map(({ TargetGroupArn, Weight }) => ({
        TargetGroupArn: state_groupOf(elb, TargetGroupArn).arn,
        Weight: whole(Weight, 'Weight', 0, 999, 1),
    }));
    const stickiness = (config['TargetGroupStickinessConfig'] ?? {});
    const sticky = state_isTrue(stickiness['Enabled']);
    const duration = whole(stickiness['DurationSeconds'], 'DurationSeconds', 1, 604_800, 3_600);
    return {
        ...(groups.length === 1 ? { TargetGroupArn: groups[0]?.TargetGroupArn } : {}),
        ForwardConfig: {
            TargetGroups: groups,
            TargetGroupStickinessConfig: { Enabled: sticky, ...(sticky ? { DurationSeconds: duration } : {}) },
        },
    };
}
/** The actions of a rule as DescribeRules shows them. @throws AwsError ValidationError, TargetGroupNotFound */
function shownActions(elb, actions) {
    const given = state_inputs(actions);
    if (given.length === 0)
        throw new AwsError('ValidationError', 'An action must be specified');
    return given.map((action) => {
        const Type = String(action['Type']);
        const order = action['Order'] === undefined ? {} : { Order: whole(action['Order'], 'Order', 1, 50_000, 1) };
        if (Type === 'forward')
            return { Type, ...order, ...forward(elb, action) };
        if (Type === 'fixed-response') {
            const config = actions_pick((action['FixedResponseConfig'] ?? {}), ['MessageBody', 'StatusCode', 'ContentType']);
            if (!/^[245]\d\d$/.test(String(config['StatusCode']))) {
                throw new AwsError('ValidationError', 'A valid StatusCode must be specified for a fixed-response action');
            }
            return { Type, ...order, FixedResponseConfig: config };
        }
        if (Type === 'redirect') {
            const config = (action['RedirectConfig'] ?? {});
            const members = ['Protocol', 'Port', 'Host', 'Path', 'Query', 'StatusCode'];
            const defaults = {
                Protocol: '#{protocol}',
                Port: '#{port}',
                Host: '#{host}',
                Path: '/#{path}',
                Query: '#{query}',
            };
            return { Type, ...order, RedirectConfig: { ...defaults, ...actions_pick(config, members) } };
        }
        throw new AwsError('ValidationError', `The sandbox does not know actions of type '${Type}'`);
    });
}
//# sourceMappingURL=actions.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/listeners.js




const listeners_show = ({ arn, balancer, settings, rules }) => ({
    ListenerArn: arn,
    LoadBalancerArn: balancer.arn,
    ...settings,
    DefaultActions: rules.find(({ isDefault }) => isDefault)?.actions ?? [],
});
/** Protocol, port and certificates, as given over what was before. @throws AwsError */
function settingsOf(elb, balancer, input, before) {
    const port = whole(input['Port'], 'Port', 1, 65_535, before?.settings['Port'] ?? 0);
    if (port === 0)
        throw new AwsError('ValidationError', 'A listener port must be specified');
    const taken = [...elb.listeners.values()].some((other) => other !== before && other.balancer === balancer && other.settings['Port'] === port);
    if (taken)
        throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer');
    const protocol = String(input['Protocol'] ?? before?.settings['Protocol'] ?? '');
    const allowed = balancer.description['Type'] === 'network' ? ['TCP', 'TLS', 'UDP', 'TCP_UDP'] : ['HTTP', 'HTTPS'];
    if (!allowed.includes(protocol)) {
        throw new AwsError('ValidationError', `Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`);
    }
    const Certificates = state_inputs(input['Certificates'] ?? before?.settings['Certificates']).map(({ CertificateArn }) => ({
        CertificateArn: String(CertificateArn),
    }));
    if (protocol !== 'HTTPS' && protocol !== 'TLS')
        return { Protocol: protocol, Port: port };
    if (Certificates.length === 0) {
        throw new AwsError('ValidationError', `A certificate must be specified for ${protocol} listeners`);
    }
    const SslPolicy = String(input['SslPolicy'] ?? before?.settings['SslPolicy'] ?? 'ELBSecurityPolicy-2016-08');
    return { Protocol: protocol, Port: port, SslPolicy, Certificates };
}
/** Listeners and their default rules. */
function listenerOperations({ world, state }) {
    return {
        CreateListener(input, caller) {
            const elb = state(caller);
            const balancer = balancerOf(elb, input['LoadBalancerArn']);
            const settings = settingsOf(elb, balancer, input);
            const actions = shownActions(elb, input['DefaultActions']);
            const path = balancer.arn.slice(balancer.arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
            const id = `${path}/${world.id(16)}`;
            const listener = { arn: state_arnOf(elb, `listener/${id}`), balancer, settings, rules: [] };
            listener.rules.push({
                arn: state_arnOf(elb, `listener-rule/${id}/${world.id(16)}`),
                listener,
                isDefault: true,
                priority: 'default',
                conditions: [],
                actions,
            });
            elb.listeners.set(listener.arn, listener);
            tags_addTags(elb, listener.arn, input['Tags']);
            return { Listeners: [listeners_show(listener)] };
        },
        DescribeListeners(input, caller) {
            const elb = state(caller);
            const arns = elbv2_state_texts(input['ListenerArns']);
            if (arns.length === 0 && input['LoadBalancerArn'] === undefined) {
                throw new AwsError('ValidationError', 'You must specify either listener ARNs or a load balancer ARN');
            }
            const balancer = input['LoadBalancerArn'] === undefined ? undefined : balancerOf(elb, input['LoadBalancerArn']);
            const all = arns.length > 0 ? arns.map((arn) => listenerOf(elb, arn)) : [...elb.listeners.values()];
            const found = all.filter((listener) => balancer === undefined || listener.balancer === balancer);
            const { items, ...next } = state_page(found, input);
            return { Listeners: items.map(listeners_show), ...next };
        },
        ModifyListener(input, caller) {
            const elb = state(caller);
            const listener = listenerOf(elb, input['ListenerArn']);
            const settings = settingsOf(elb, listener.balancer, input, listener);
            const rule = listener.rules.find(({ isDefault }) => isDefault);
            if (state_inputs(input['DefaultActions']).length > 0 && rule !== undefined) {
                rule.actions = shownActions(elb, input['DefaultActions']);
            }
            listener.settings = settings;
            return { Listeners: [listeners_show(listener)] };
        },
        DeleteListener(input, caller) {
            const elb = state(caller);
            elb.listeners.delete(listenerOf(elb, input['ListenerArn']).arn);
            return {};
        },
        DescribeListenerCertificates(input, caller) {
            const { settings } = listenerOf(state(caller), input['ListenerArn']);
            return { Certificates: state_inputs(settings['Certificates']).map((one) => ({ ...one, IsDefault: true })) };
        },
    };
}
//# sourceMappingURL=listeners.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/rules.js




const rules_show = ({ arn, priority, conditions, actions, isDefault }) => ({
    RuleArn: arn,
    Priority: priority,
    Conditions: conditions,
    Actions: actions,
    IsDefault: isDefault,
});
/** By which member a condition says its values, when it does not say them plainly. */
const configOf = {
    'path-pattern': 'PathPatternConfig',
    'host-header': 'HostHeaderConfig',
    'http-header': 'HttpHeaderConfig',
    'http-request-method': 'HttpRequestMethodConfig',
    'query-string': 'QueryStringConfig',
    'source-ip': 'SourceIpConfig',
};
/** Paths and hosts show their values in both ways. @throws AwsError ValidationError */
function shownConditions(conditions) {
    const given = state_inputs(conditions);
    if (given.length === 0)
        throw new AwsError('ValidationError', 'A condition must be specified');
    return given.map((condition) => {
        const Field = String(condition['Field'] ?? '');
        const name = Object.hasOwn(configOf, Field) ? configOf[Field] : undefined;
        if (name === undefined)
            throw new AwsError('ValidationError', `Condition field '${Field}' must be one of '${Object.keys(configOf).join(', ')}'`);
        const config = (condition[name] ?? {});
        const values = [...elbv2_state_texts(condition['Values']), ...state_inputs(config['Values'])];
        if (values.length === 0)
            throw new AwsError('ValidationError', 'A condition value must be specified');
        const plain = Field === 'path-pattern' || Field === 'host-header' ? { Values: values } : {};
        return { Field, ...plain, [name]: { ...config, Values: values } };
    });
}
const rules_inOrder = (rules) => [...rules].sort((a, b) => Number(a.isDefault) - Number(b.isDefault) || Number(a.priority) - Number(b.priority));
/** @throws AwsError PriorityInUse, ValidationError */
function freePriority(listener, value, but = []) {
    const priority = String(whole(value, 'Priority', 1, 50_000, 0));
    if (priority === '0')
        throw new AwsError('ValidationError', 'A priority must be specified');
    if (listener.rules.some((rule) => rule.priority === priority && !but.includes(rule))) {
        throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
    }
    return priority;
}
const notDefault = (rule, verb) => {
    if (rule.isDefault)
        throw new AwsError('OperationNotPermitted', `Default rule '${rule.arn}' cannot be ${verb}`);
    return rule;
};
/** Rules of listeners. */
function ruleOperations({ world, state }) {
    return {
        CreateRule(input, caller) {
            const elb = state(caller);
            const listener = listenerOf(elb, input['ListenerArn']);
            const rule = {
                arn: `${listener.arn.replace(':listener/', ':listener-rule/')}/${world.id(16)}`,
                listener,
                isDefault: false,
                priority: freePriority(listener, input['Priority']),
                conditions: shownConditions(input['Conditions']),
                actions: shownActions(elb, input['Actions']),
            };
            listener.rules.push(rule);
            tags_addTags(elb, rule.arn, input['Tags']);
            return { Rules: [rules_show(rule)] };
        },
        DescribeRules(input, caller) {
            const elb = state(caller);
            const arns = elbv2_state_texts(input['RuleArns']);
            if (arns.length === 0 && input['ListenerArn'] === undefined) {
                throw new AwsError('ValidationError', 'You must specify either a listener ARN or rule ARNs');
            }
            const rules = arns.length > 0 ? arns.map((arn) => state_ruleOf(elb, arn)) : rules_inOrder(listenerOf(elb, input['ListenerArn']).rules);
            const { items, ...next } = state_page(rules, input);
            return { Rules: items.map(rules_show), ...next };
        },
        ModifyRule(input, caller) {
            const elb = state(caller);
            const rule = notDefault(state_ruleOf(elb, input['RuleArn']), 'modified');
            const actions = state_inputs(input['Actions']).length > 0 ? shownActions(elb, input['Actions']) : rule.actions;
            rule.conditions = state_inputs(input['Conditions']).length > 0 ? shownConditions(input['Conditions']) : rule.conditions;
            rule.actions = actions;
            return { Rules: [rules_show(rule)] };
        },
        SetRulePriorities(input, caller) {
            const elb = state(caller);
            const changes = state_inputs(input['RulePriorities']).map(({ RuleArn, Priority }) => ({
                rule: notDefault(state_ruleOf(elb, RuleArn), 'modified'),
                value: Priority,
            }));
            const moving = changes.map(({ rule }) => rule);
            const priorities = changes.map(({ rule, value }) => freePriority(rule.listener, value, moving));
            if (new Set(priorities).size < priorities.length) {
                throw new AwsError('PriorityInUse', 'The same priority was given twice');
            }
            for (const [index, { rule }] of changes.entries())
                rule.priority = priorities[index] ?? rule.priority;
            return { Rules: moving.map(rules_show) };
        },
        DeleteRule(input, caller) {
            const { listener, ...rule } = notDefault(state_ruleOf(state(caller), input['RuleArn']), 'deleted');
            listener.rules.splice(listener.rules.findIndex(({ arn }) => arn === rule.arn), 1);
            return {};
        },
    };
}
//# sourceMappingURL=rules.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/target-groups.js



const defaults = {
    Protocol: 'HTTP',
    TargetType: 'instance',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
    Matcher: { HttpCode: '200' },
    IpAddressType: 'ipv4',
};
const fixed = ['Protocol', 'ProtocolVersion', 'VpcId', 'TargetType', 'IpAddressType'];
const changeable = ['HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckPath'];
const limits = {
    HealthCheckIntervalSeconds: [5, 300],
    HealthCheckTimeoutSeconds: [2, 120],
    HealthyThresholdCount: [2, 10],
    UnhealthyThresholdCount: [2, 10],
};
/** Takes over what is given. @throws AwsError ValidationError */
function target_groups_change(settings, input, names) {
    for (const name of names)
        if (input[name] !== undefined)
            settings[name] = String(input[name]);
    for (const [name, [least, most]] of Object.entries(limits)) {
        settings[name] = whole(input[name], name, least, most, settings[name]);
    }
    if (input['HealthCheckEnabled'] !== undefined)
        settings['HealthCheckEnabled'] = state_isTrue(input['HealthCheckEnabled']);
    const { HttpCode, GrpcCode } = (input['Matcher'] ?? {});
    if (HttpCode !== undefined)
        settings['Matcher'] = { HttpCode: String(HttpCode) };
    if (GrpcCode !== undefined)
        settings['Matcher'] = { GrpcCode: String(GrpcCode) };
    if (settings['HealthCheckTimeoutSeconds'] >= settings['HealthCheckIntervalSeconds'] &&
        input['HealthCheckTimeoutSeconds'] !== undefined) {
        throw new AwsError('ValidationError', 'Health check interval must be greater than the timeout');
    }
}
const target_groups_show = (elb, group) => ({
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    ...group.settings,
    LoadBalancerArns: [...new Set(listenersTo(elb, group.arn).map(({ balancer }) => balancer.arn))],
});
const shownAttributes = ({ attributes }) => ({
    Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
});
/** Target groups and their attributes. */
function targetGroupOperations({ world, state }) {
    return {
        CreateTargetGroup(input, caller) {
            const elb = state(caller);
            const name = String(input['Name'] ?? '');
            if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
                throw new AwsError('ValidationError', `The target group name '${name}' is not valid`);
            }
            const port = whole(input['Port'], 'Port', 1, 65_535, 0);
            if (port === 0 && input['TargetType'] !== 'lambda')
                throw new AwsError('ValidationError', 'A port must be specified');
            const before = [...elb.groups.values()].find((group) => group.name === name);
            if (before !== undefined) {
                const same = before.settings['Port'] === port &&
                    before.settings['TargetType'] === String(input['TargetType'] ?? 'instance');
                if (same)
                    return { TargetGroups: [target_groups_show(elb, before)] };
                const message = `A target group with the same name '${name}' exists, but with different settings`;
                throw new AwsError('DuplicateTargetGroupName', message);
            }
            const group = {
                arn: state_arnOf(elb, `targetgroup/${name}/${world.id(16)}`),
                name,
                settings: { ...structuredClone(defaults), ...(port === 0 ? {} : { Port: port }) },
                targets: new Map(),
                attributes: new Map([
                    ['stickiness.enabled', 'false'],
                    ['deregistration_delay.timeout_seconds', '300'],
                    ['stickiness.type', 'lb_cookie'],
                    ['load_balancing.algorithm.type', 'round_robin'],
                    ['slow_start.duration_seconds', '0'],
                ]),
            };
            target_groups_change(group.settings, input, [...fixed, ...changeable]);
            if (group.settings['Protocol'] === 'HTTP' || group.settings['Protocol'] === 'HTTPS') {
                group.settings['ProtocolVersion'] ??= 'HTTP1';
            }
            elb.groups.set(group.arn, group);
            tags_addTags(elb, group.arn, input['Tags']);
            return { TargetGroups: [target_groups_show(elb, group)] };
        },
        DescribeTargetGroups(input, caller) {
            const elb = state(caller);
            const missing = () => new AwsError('TargetGroupNotFound', 'One or more target groups not found');
            const all = chosen(elb.groups.values(), input['TargetGroupArns'], input['Names'], missing);
            const balancer = input['LoadBalancerArn'];
            const found = all
                .map((group) => target_groups_show(elb, group))
                .filter((group) => balancer === undefined || group['LoadBalancerArns'].includes(balancer));
            const { items, ...next } = state_page(found, input);
            return { TargetGroups: items, ...next };
        },
        ModifyTargetGroup(input, caller) {
            const elb = state(caller);
            const group = state_groupOf(elb, input['TargetGroupArn']);
            target_groups_change(group.settings, input, changeable);
            return { TargetGroups: [target_groups_show(elb, group)] };
        },
        DeleteTargetGroup(input, caller) {
            const elb = state(caller);
            const arn = String(input['TargetGroupArn']);
            if (listenersTo(elb, arn).length > 0) {
                throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
            }
            elb.groups.delete(arn);
            return {};
        },
        DescribeTargetGroupAttributes: (input, caller) => shownAttributes(state_groupOf(state(caller), input['TargetGroupArn'])),
        ModifyTargetGroupAttributes(input, caller) {
            const group = state_groupOf(state(caller), input['TargetGroupArn']);
            for (const { Key, Value } of state_inputs(input['Attributes'])) {
                if (Key === 'deregistration_delay.timeout_seconds')
                    whole(Value, String(Key), 0, 3_600, 300);
                group.attributes.set(String(Key), String(Value ?? ''));
            }
            return shownAttributes(group);
        },
    };
}
//# sourceMappingURL=target-groups.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2/targets.js


/** What a health check finds; a pure answer of the group's settings and what runs at the address. */
function targetHealth(now) {
    const { at, target, workload, settings } = now;
    if (target.draining) {
        return {
            State: 'draining',
            Reason: 'Target.DeregistrationInProgress',
            Description: 'Target deregistration is in progress',
        };
    }
    if (!now.inUse) {
        return {
            State: 'unused',
            Reason: 'Target.NotInUse',
            Description: 'Target group is not configured to receive traffic from the load balancer',
        };
    }
    const intervalMs = Number(settings['HealthCheckIntervalSeconds']) * 1_000;
    const healthyAfter = intervalMs * Number(settings['HealthyThresholdCount']);
    const unhealthyAfter = intervalMs * Number(settings['UnhealthyThresholdCount']);
    const up = workload?.healthyFrom;
    if (up !== undefined && at >= Math.max(up, target.registeredAt) + healthyAfter)
        return { State: 'healthy' };
    // It has failed enough checks: it never answers, or it has not come up yet, or too late.
    if (at >= target.registeredAt + unhealthyAfter && (up === undefined || up > at))
        return unhealthy(workload);
    if (up !== undefined && up <= at && target.registeredAt + unhealthyAfter <= up)
        return unhealthy(workload);
    return { State: 'initial', Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' };
}
/** In the words of Application Load Balancers. */
function unhealthy(workload) {
    const answer = workload === undefined ? 'timeout' : (workload.answer ?? 503);
    const [reason, description] = answer === 'timeout'
        ? ['Timeout', 'Request timed out']
        : answer === 'refused'
            ? ['FailedHealthChecks', 'Health checks failed']
            : ['ResponseCodeMismatch', `Health checks failed with these codes: [${answer}]`];
    return { State: 'unhealthy', Reason: `Target.${reason}`, Description: description };
}
/** Targets of target groups, and their health. */
function targets_targetOperations({ world, network, state }) {
    const { clock } = world;
    const portOf = (group, value) => whole(value, 'Port', 1, 65_535, group.settings['Port'] ?? 80);
    const describe = (elb, group, target) => ({
        Target: { Id: target.id, Port: target.port, AvailabilityZone: `${elb.caller.region}a` },
        HealthCheckPort: group.settings['HealthCheckPort'] === 'traffic-port' ? String(target.port) : group.settings['HealthCheckPort'],
        TargetHealth: targetHealth({
            at: clock.now(),
            inUse: listenersTo(elb, group.arn).length > 0,
            target,
            workload: network.at(`${target.id}:${target.port}`) ?? network.at(target.id),
            settings: group.settings,
        }),
    });
    return {
        RegisterTargets(input, caller) {
            const group = state_groupOf(state(caller), input['TargetGroupArn']);
            const targets = state_inputs(input['Targets']);
            if (targets.length === 0)
                throw new AwsError('ValidationError', 'At least one target must be specified');
            for (const { Id, Port } of targets) {
                const id = String(Id ?? '');
                if (group.settings['TargetType'] === 'ip' && !/^\d{1,3}(\.\d{1,3}){3}$|:/.test(id)) {
                    throw new AwsError('ValidationError', `The IP address '${id}' is not a valid IPv4 address`);
                }
                if (group.settings['TargetType'] === 'instance' && !id.startsWith('i-')) {
                    throw new AwsError('ValidationError', `Instance ID '${id}' is not valid`);
                }
                const port = portOf(group, Port);
                const before = group.targets.get(`${id}:${port}`);
                if (before !== undefined && !before.draining)
                    continue;
                group.targets.set(`${id}:${port}`, { id, port, registeredAt: clock.now(), draining: false });
            }
            return {};
        },
        DeregisterTargets(input, caller) {
            const elb = state(caller);
            const group = state_groupOf(elb, input['TargetGroupArn']);
            const inUse = listenersTo(elb, group.arn).length > 0;
            const delay = Number(group.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1_000;
            for (const { Id, Port } of state_inputs(input['Targets'])) {
                for (const [key, target] of group.targets) {
                    if (target.id !== String(Id) || (Port !== undefined && target.port !== Number(Port)) || target.draining)
                        continue;
                    if (!inUse || delay === 0) {
                        group.targets.delete(key);
                        continue;
                    }
                    target.draining = true;
                    clock.after(delay, () => {
                        if (group.targets.get(key) === target)
                            group.targets.delete(key);
                    });
                }
            }
            return {};
        },
        DescribeTargetHealth(input, caller) {
            const elb = state(caller);
            const group = state_groupOf(elb, input['TargetGroupArn']);
            const wanted = state_inputs(input['Targets']);
            if (wanted.length === 0) {
                return { TargetHealthDescriptions: [...group.targets.values()].map((target) => describe(elb, group, target)) };
            }
            return {
                TargetHealthDescriptions: wanted.map(({ Id, Port }) => {
                    const port = portOf(group, Port);
                    const target = group.targets.get(`${Id}:${port}`);
                    if (target !== undefined)
                        return describe(elb, group, target);
                    const TargetHealth = {
                        State: 'unused',
                        Reason: 'Target.NotRegistered',
                        Description: 'Target is not registered to the target group',
                    };
                    return { Target: { Id: String(Id), Port: port }, TargetHealth };
                }),
            };
        },
    };
}
//# sourceMappingURL=targets.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/elbv2.js








/** Elastic Load Balancing v2: balancers, listeners and rules with weights, target groups with health over the sandbox's time. */
function elbv2(world, network) {
    const parts = { world, network, state: regional(newElb) };
    return {
        name: 'elasticloadbalancing',
        protocol: {
            kind: 'query',
            apiVersion: '2015-12-01',
            namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
        },
        operations: {
            ...balancerOperations(parts),
            ...targetGroupOperations(parts),
            ...targets_targetOperations(parts),
            ...listenerOperations(parts),
            ...ruleOperations(parts),
            ...elbv2_tags_tagOperations(parts),
        },
    };
}
//# sourceMappingURL=elbv2.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/logs/filter-pattern.js
/**
 * Whether a message matches a filter pattern of terms: all plain terms, any of the `?` ones, none of the `-` ones; a quoted
 * term may hold spaces. Undefined for the JSON and space-delimited patterns, which the sandbox does not know.
 */
function filterPattern(pattern) {
    const text = pattern.trim();
    if (/^[{[%]/.test(text))
        return undefined;
    const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, plain]) => ({
        sign,
        term: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
    }));
    const of = (wanted) => terms.filter(({ sign }) => sign === wanted).map(({ term }) => term);
    const [all, any, none] = [of(''), of('?'), of('-')];
    return (message) => all.every((term) => message.includes(term)) &&
        (any.length === 0 || any.some((term) => message.includes(term))) &&
        !none.some((term) => message.includes(term));
}
//# sourceMappingURL=filter-pattern.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/logs/state.js

/** Kept of each stream. */
const state_keptEvents = 10_000;
const groupArn = ({ region, accountId }, { name }) => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
/** By `logGroupName`, or by `logGroupIdentifier`, which may be an ARN. @throws AwsError ResourceNotFoundException */
function logs_state_groupOf(groups, input) {
    const text = String(input['logGroupName'] ?? input['logGroupIdentifier'] ?? '');
    const group = groups.get(text.includes(':log-group:') ? (text.split(':log-group:')[1] ?? '').replace(/:\*$/, '') : text);
    if (group === undefined)
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
}
/** @throws AwsError ResourceNotFoundException */
function streamOf(group, name) {
    const stream = group.streams.get(String(name ?? ''));
    if (stream === undefined)
        throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
}
/** Adds events in the order of their time; the oldest are dropped when there are too many. */
function append(stream, events) {
    stream.events.push(...events);
    stream.events.sort((a, b) => a.timestamp - b.timestamp);
    const extra = stream.events.length - state_keptEvents;
    if (extra <= 0)
        return;
    stream.events.splice(0, extra);
    stream.dropped += extra;
}
/** Whether an event is within `startTime` (inclusive) and `endTime` (exclusive). */
const state_within = ({ startTime, endTime }) => ({ timestamp }) => timestamp >= Number(startTime ?? 0) && timestamp < Number(endTime ?? Number.MAX_SAFE_INTEGER);
/** A whole number within limits, or `otherwise`. @throws AwsError InvalidParameterException */
function limitOf(input, most, otherwise = most) {
    const limit = input['limit'] === undefined ? otherwise : Number(input['limit']);
    if (!Number.isInteger(limit) || limit < 1 || limit > most) {
        throw new AwsError('InvalidParameterException', `1 validation error detected: Value '${String(input['limit'])}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${most}`);
    }
    return limit;
}
/** Where a page begins. @throws AwsError InvalidParameterException */
function offsetIn(token) {
    if (token === undefined || token === null)
        return 0;
    if (!/^\d{1,9}$/.test(String(token))) {
        throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
    }
    return Number(token);
}
function logs_state_page(items, input, most) {
    const from = offsetIn(input['nextToken']);
    const to = from + limitOf(input, most);
    return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
}
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/logs/reading.js



/** Tokens name a place in the stream by the number of the next event, so that what is written later is read later. */
function placeOf(token, stream) {
    const match = /^([fb])\/(\d{1,12})\/s$/.exec(token);
    if (match === null)
        throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
    return { forward: match[1] === 'f', at: Math.max(0, Number(match[2]) - stream.dropped) };
}
function readEvents(stream, input) {
    const limit = limitOf(input, 10_000);
    const place = input['nextToken'] === undefined ? undefined : placeOf(String(input['nextToken']), stream);
    const isIn = state_within(input);
    const indexed = stream.events.map((event, index) => ({ event, index })).filter(({ event }) => isIn(event));
    let chosen;
    if (place?.forward === true)
        chosen = indexed.filter(({ index }) => index >= place.at).slice(0, limit);
    else if (place !== undefined)
        chosen = indexed.filter(({ index }) => index < place.at).slice(-limit);
    else
        chosen = input['startFromHead'] === true ? indexed.slice(0, limit) : indexed.slice(-limit);
    const rest = place?.at ?? stream.events.length;
    const before = chosen[0]?.index ?? rest;
    const after = chosen.at(-1) === undefined ? rest : (chosen.at(-1)?.index ?? 0) + 1;
    return {
        events: chosen.map(({ event }) => event),
        nextForwardToken: `f/${after + stream.dropped}/s`,
        nextBackwardToken: `b/${before + stream.dropped}/s`,
    };
}
/** Reading events, of one stream or of a whole group. */
function readingOperations(state) {
    return {
        GetLogEvents: (input, caller) => readEvents(streamOf(logs_state_groupOf(state(caller), input), input['logStreamName']), input),
        FilterLogEvents(input, caller) {
            const group = logs_state_groupOf(state(caller), input);
            const names = Array.isArray(input['logStreamNames']) ? new Set(input['logStreamNames'].map(String)) : undefined;
            const prefix = String(input['logStreamNamePrefix'] ?? '');
            const matches = filterPattern(String(input['filterPattern'] ?? ''));
            if (matches === undefined) {
                throw new AwsError('InvalidParameterException', 'The sandbox knows filter patterns of terms only.');
            }
            const isIn = state_within(input);
            const events = [...group.streams.values()]
                .filter(({ name }) => (names === undefined || names.has(name)) && name.startsWith(prefix))
                .flatMap((stream) => stream.events.map((event, index) => ({
                ...event,
                logStreamName: stream.name,
                eventId: `${Math.round(stream.createdAt)}${String(stream.dropped + index).padStart(10, '0')}`,
            })))
                .filter((event) => isIn(event) && matches(event.message))
                .sort((a, b) => a.timestamp - b.timestamp);
            const { items, ...next } = logs_state_page(events, input, 10_000);
            return { events: items, searchedLogStreams: [], ...next };
        },
    };
}
//# sourceMappingURL=reading.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/logs.js



const logs_invalid = (value, name) => new AwsError('InvalidParameterException', `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern`);
const lastEvent = (stream) => stream.events.at(-1)?.timestamp ?? stream.createdAt;
/** CloudWatch Logs: groups, streams and their events, enough for the last lines of a task. */
function logs(world) {
    const { clock } = world;
    const state = regional(() => new Map());
    return {
        name: 'logs',
        protocol: { kind: 'json', version: '1.1', target: 'Logs_20140328' },
        operations: {
            CreateLogGroup(input, caller) {
                const name = String(input['logGroupName'] ?? '');
                if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name))
                    throw logs_invalid(name, 'logGroupName');
                const groups = state(caller);
                if (groups.has(name)) {
                    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
                }
                groups.set(name, { name, createdAt: clock.now(), streams: new Map(), retentionInDays: undefined });
                return {};
            },
            DeleteLogGroup(input, caller) {
                const groups = state(caller);
                groups.delete(logs_state_groupOf(groups, input).name);
                return {};
            },
            PutRetentionPolicy(input, caller) {
                logs_state_groupOf(state(caller), input).retentionInDays = Number(input['retentionInDays']);
                return {};
            },
            CreateLogStream(input, caller) {
                const group = logs_state_groupOf(state(caller), input);
                const name = String(input['logStreamName'] ?? '');
                if (!/^[^:*]{1,512}$/.test(name))
                    throw logs_invalid(name, 'logStreamName');
                if (group.streams.has(name)) {
                    throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
                }
                group.streams.set(name, { name, createdAt: clock.now(), events: [], dropped: 0 });
                return {};
            },
            DeleteLogStream(input, caller) {
                const group = logs_state_groupOf(state(caller), input);
                group.streams.delete(streamOf(group, input['logStreamName']).name);
                return {};
            },
            PutLogEvents(input, caller) {
                const stream = streamOf(logs_state_groupOf(state(caller), input), input['logStreamName']);
                const events = (Array.isArray(input['logEvents']) ? input['logEvents'] : []);
                if (events.length === 0)
                    throw new AwsError('InvalidParameterException', 'Log events cannot be empty.');
                const times = events.map(({ timestamp }) => Number(timestamp));
                if (times.some((time, index) => index > 0 && time < (times[index - 1] ?? 0))) {
                    const message = 'Log events in a single PutLogEvents request must be in chronological order.';
                    throw new AwsError('InvalidParameterException', message);
                }
                const ingestionTime = Math.round(clock.now());
                append(stream, events.map(({ message }, index) => ({
                    timestamp: times[index] ?? 0,
                    message: String(message),
                    ingestionTime,
                })));
                return { nextSequenceToken: String(stream.dropped + stream.events.length).padStart(56, '0') };
            },
            DescribeLogGroups(input, caller) {
                const prefix = String(input['logGroupNamePrefix'] ?? '');
                const part = String(input['logGroupNamePattern'] ?? '').toLowerCase();
                const found = [...state(caller).values()]
                    .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(part))
                    .sort((a, b) => (a.name < b.name ? -1 : 1));
                const { items, ...next } = logs_state_page(found, input, 50);
                return {
                    logGroups: items.map((group) => ({
                        logGroupName: group.name,
                        creationTime: Math.round(group.createdAt),
                        retentionInDays: group.retentionInDays,
                        metricFilterCount: 0,
                        arn: `${groupArn(caller, group)}:*`,
                        logGroupArn: groupArn(caller, group),
                        storedBytes: 0,
                        logGroupClass: 'STANDARD',
                    })),
                    ...next,
                };
            },
            DescribeLogStreams(input, caller) {
                const group = logs_state_groupOf(state(caller), input);
                const prefix = String(input['logStreamNamePrefix'] ?? '');
                const found = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
                if (input['orderBy'] === 'LastEventTime')
                    found.sort((a, b) => lastEvent(a) - lastEvent(b));
                else
                    found.sort((a, b) => (a.name < b.name ? -1 : 1));
                if (input['descending'] === true)
                    found.reverse();
                const { items, ...next } = logs_state_page(found, input, 50);
                return {
                    logStreams: items.map((stream) => ({
                        logStreamName: stream.name,
                        creationTime: Math.round(stream.createdAt),
                        firstEventTimestamp: stream.events[0]?.timestamp,
                        lastEventTimestamp: stream.events.at(-1)?.timestamp,
                        lastIngestionTime: stream.events.at(-1)?.ingestionTime,
                        arn: `${groupArn(caller, group)}:log-stream:${stream.name}`,
                        storedBytes: 0,
                    })),
                    ...next,
                };
            },
            ...readingOperations(state),
        },
    };
}
//# sourceMappingURL=logs.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/network.js
function network() {
    const workloads = new Map();
    let next = 10;
    return {
        attach: (ip, workload) => void workloads.set(ip, workload),
        detach: (ip) => void workloads.delete(ip),
        at: (ip) => workloads.get(ip),
        nextAddress() {
            next++;
            return `10.0.${Math.floor(next / 250) % 250}.${(next % 250) + 4}`;
        },
    };
}
//# sourceMappingURL=network.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/secrets-manager/state.js

const invalidParameter = (message) => new AwsError('InvalidParameterException', message);
const invalidRequest = (message) => new AwsError('InvalidRequestException', message);
const missing = (what = 'the specified secret.') => new AwsError('ResourceNotFoundException', `Secrets Manager can't find ${what}`);
/**
 * A secret by its name, its ARN, or its ARN without the six characters that AWS adds.
 * @throws AwsError ResourceNotFoundException
 */
function secretOf(secrets, caller, input) {
    const reference = String(input['SecretId'] ?? '');
    const prefix = `arn:aws:secretsmanager:${caller.region}:${caller.accountId}:secret:`;
    const found = reference.startsWith('arn:')
        ? [...secrets.values()].find(({ arn, name }) => arn === reference || `${prefix}${name}` === reference)
        : secrets.get(reference);
    if (found === undefined)
        throw missing();
    return found;
}
/** A secret that is not on its way out. @throws AwsError ResourceNotFoundException, InvalidRequestException */
function livingSecret(secrets, caller, input) {
    const secret = secretOf(secrets, caller, input);
    if (secret.deletedAt === undefined)
        return secret;
    throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}
/** The version that a request means: by its id, by its stage, else the current one. @throws AwsError ResourceNotFoundException, InvalidRequestException */
function versionOf(secret, input) {
    const { VersionId: id, VersionStage: stage } = input;
    if (id !== undefined) {
        const version = secret.versions.get(String(id));
        if (version === undefined)
            throw missing(`the specified secret value for VersionId: ${id}`);
        if (stage !== undefined && !version.stages.has(String(stage))) {
            throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
        }
        return version;
    }
    const wanted = String(stage ?? 'AWSCURRENT');
    const version = [...secret.versions.values()].find(({ stages }) => stages.has(wanted));
    if (version === undefined)
        throw missing(`the specified secret value for staging label: ${wanted}`);
    return version;
}
/** Gives a version its stages; a stage has one version, and who loses AWSCURRENT is AWSPREVIOUS from then on. */
function moveStages(secret, version, stages) {
    for (const stage of stages) {
        const holder = [...secret.versions.values()].find((other) => other !== version && other.stages.has(stage));
        holder?.stages.delete(stage);
        version.stages.add(stage);
        if (stage !== 'AWSCURRENT' || holder === undefined)
            continue;
        for (const other of secret.versions.values())
            other.stages.delete('AWSPREVIOUS');
        holder.stages.add('AWSPREVIOUS');
    }
    // A version without a stage is deprecated: the service forgets it sooner or later.
    const loose = [...secret.versions.values()].filter(({ stages }) => stages.size === 0);
    for (const { id } of loose.slice(0, Math.max(0, loose.length - 100)))
        secret.versions.delete(id);
}
const state_seconds = (ms) => (ms === undefined ? undefined : Math.round(ms) / 1_000);
/** The day, as the service keeps when a secret was last read. */
const dayOf = (ms) => ms === undefined ? undefined : Math.floor(ms / 86_400_000) * 86_400;
/** What DescribeSecret and ListSecrets have in common. */
const describeSecret = (secret) => ({
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.keyId,
    CreatedDate: state_seconds(secret.createdAt),
    LastChangedDate: state_seconds(secret.changedAt),
    LastAccessedDate: dayOf(secret.accessedAt),
    DeletedDate: state_seconds(secret.deletedAt),
    Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
});
/** The stages of each version that has one. */
const stagesOf = (secret) => Object.fromEntries([...secret.versions.values()].filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/secrets-manager.js


const day = 86_400_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const largest = 65_536;
/** The value that a request brings, if any. @throws AwsError InvalidParameterException */
function valueIn(input) {
    const { SecretString: text, SecretBinary: binary } = input;
    if (text !== undefined && binary !== undefined) {
        throw invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.");
    }
    if (text === undefined && binary === undefined)
        return undefined;
    if (Buffer.byteLength(String(text ?? binary)) > largest) {
        throw invalidParameter('The secret value is larger than 65536 bytes.');
    }
    return { text: text === undefined ? undefined : String(text), binary: binary === undefined ? undefined : `${binary}` };
}
const secrets_manager_tagsIn = (input) => new Map((Array.isArray(input['Tags']) ? input['Tags'] : []).map((tag) => [
    `${tag['Key']}`,
    `${tag['Value'] ?? ''}`,
]));
/** Which secrets a list shows. @throws AwsError InvalidParameterException */
function filterOf(input) {
    const filters = (Array.isArray(input['Filters']) ? input['Filters'] : []).map(({ Key, Values }) => {
        const read = {
            name: ({ name }) => [name],
            description: ({ description }) => (description === undefined ? [] : [description]),
            'tag-key': ({ tags }) => [...tags.keys()],
            'tag-value': ({ tags }) => [...tags.values()],
        };
        const texts = Object.hasOwn(read, String(Key)) ? read[String(Key)] : undefined;
        if (texts === undefined)
            throw invalidParameter(`The sandbox does not know the filter ${Key}.`);
        const values = (Array.isArray(Values) ? Values : []).map(String);
        return (secret) => values.some((value) => {
            const excluded = value.startsWith('!');
            const prefix = excluded ? value.slice(1) : value;
            return texts(secret).some((text) => text.startsWith(prefix)) !== excluded;
        });
    });
    return (secret) => filters.every((passes) => passes(secret));
}
/** Secrets Manager: secrets, their versions and stages. Nothing is encrypted, rotated or replicated. */
function secretsManager(world) {
    const { clock } = world;
    const state = regional(() => new Map());
    const newId = () => [8, 4, 4, 4, 12].map((length) => world.id(length)).join('-');
    /** Adds a version; the same request again, known by its token, adds none. */
    const addVersion = (secret, input, value, stages) => {
        const id = String(input['ClientRequestToken'] ?? newId());
        if (id.length < 32 || id.length > 64) {
            throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
        }
        const known = secret.versions.get(id);
        if (known !== undefined) {
            if (known.text === value.text && known.binary === value.binary)
                return known;
            throw new AwsError('ResourceExistsException', `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`);
        }
        const version = { id, ...value, stages: new Set(), createdAt: clock.now() };
        secret.versions.set(id, version);
        moveStages(secret, version, stages);
        secret.changedAt = clock.now();
        return version;
    };
    const refuseTaken = (secrets, name) => {
        const taken = secrets.get(name);
        if (taken?.deletedAt !== undefined) {
            throw invalidRequest("You can't create this secret because a secret with this name is already scheduled for deletion.");
        }
        if (taken !== undefined) {
            throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
        }
    };
    const create = (input, caller) => {
        const secrets = state(caller);
        const name = String(input['Name'] ?? '');
        if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name)) {
            throw new AwsError('ValidationException', 'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!');
        }
        if (input['AddReplicaRegions']?.length > 0)
            throw invalidParameter('The sandbox does not replicate secrets.');
        const value = valueIn(input);
        const before = secrets.get(name);
        const again = value !== undefined && before?.deletedAt === undefined;
        if (before === undefined || !again || !before.versions.has(String(input['ClientRequestToken']))) {
            refuseTaken(secrets, name);
        }
        const secret = before ?? {
            name,
            arn: `arn:aws:secretsmanager:${caller.region}:${caller.accountId}:secret:${name}-${world.id(6, letters)}`,
            createdAt: clock.now(),
            versions: new Map(),
            tags: secrets_manager_tagsIn(input),
            description: input['Description'] === undefined ? undefined : String(input['Description']),
            keyId: input['KmsKeyId'] === undefined ? undefined : String(input['KmsKeyId']),
            changedAt: clock.now(),
            accessedAt: undefined,
            deletedAt: undefined,
        };
        const version = value && addVersion(secret, input, value, ['AWSCURRENT']);
        secrets.set(name, secret);
        return { ARN: secret.arn, Name: name, VersionId: version?.id };
    };
    return {
        name: 'secretsmanager',
        protocol: { kind: 'json', version: '1.1', target: 'secretsmanager' },
        operations: {
            CreateSecret: create,
            PutSecretValue(input, caller) {
                const secret = livingSecret(state(caller), caller, input);
                const value = valueIn(input);
                if (value === undefined)
                    throw invalidParameter('You must provide either SecretString or SecretBinary.');
                const given = Array.isArray(input['VersionStages']) ? input['VersionStages'].map(String) : ['AWSCURRENT'];
                const isFirst = secret.versions.size === 0;
                const stages = isFirst && !given.includes('AWSCURRENT') ? [...given, 'AWSCURRENT'] : given;
                const version = addVersion(secret, input, value, stages);
                return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
            },
            GetSecretValue(input, caller) {
                const secret = livingSecret(state(caller), caller, input);
                const version = versionOf(secret, input);
                secret.accessedAt = clock.now();
                return {
                    ARN: secret.arn,
                    Name: secret.name,
                    VersionId: version.id,
                    SecretString: version.text,
                    SecretBinary: version.binary,
                    VersionStages: [...version.stages],
                    CreatedDate: Math.round(version.createdAt) / 1_000,
                };
            },
            DescribeSecret(input, caller) {
                const secret = secretOf(state(caller), caller, input);
                return { ...describeSecret(secret), VersionIdsToStages: stagesOf(secret) };
            },
            ListSecrets(input, caller) {
                const size = Number(input['MaxResults'] ?? 100);
                if (!Number.isInteger(size) || size < 1 || size > 100) {
                    throw invalidParameter('MaxResults must be from 1 to 100.');
                }
                const token = String(input['NextToken'] ?? '0');
                if (!/^\d{1,9}$/.test(token))
                    throw new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.');
                const passes = filterOf(input);
                const all = [...state(caller).values()]
                    .filter((secret) => (secret.deletedAt === undefined || input['IncludePlannedDeletion'] === true) && passes(secret))
                    .sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1));
                if (input['SortOrder'] === 'asc')
                    all.reverse();
                const to = Number(token) + size;
                return {
                    SecretList: all
                        .slice(Number(token), to)
                        .map((secret) => ({ ...describeSecret(secret), SecretVersionsToStages: stagesOf(secret) })),
                    NextToken: to < all.length ? String(to) : undefined,
                };
            },
            UpdateSecret(input, caller) {
                const secret = livingSecret(state(caller), caller, input);
                const value = valueIn(input);
                if (input['Description'] !== undefined)
                    secret.description = String(input['Description']);
                if (input['KmsKeyId'] !== undefined)
                    secret.keyId = String(input['KmsKeyId']);
                secret.changedAt = clock.now();
                const version = value && addVersion(secret, input, value, ['AWSCURRENT']);
                return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
            },
            DeleteSecret(input, caller) {
                const secrets = state(caller);
                const force = input['ForceDeleteWithoutRecovery'] === true;
                const window = input['RecoveryWindowInDays'];
                if (force && window !== undefined) {
                    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
                }
                const days = Number(window ?? 30);
                if (!Number.isInteger(days) || days < 7 || days > 30) {
                    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
                }
                const secret = force ? secretOf(secrets, caller, input) : livingSecret(secrets, caller, input);
                const now = clock.now();
                secret.deletedAt = now;
                if (force)
                    secrets.delete(secret.name);
                else {
                    clock.after(days * day, () => {
                        // One that was restored meanwhile stays.
                        if (secret.deletedAt === now)
                            secrets.delete(secret.name);
                    });
                }
                const endsAt = now + (force ? 0 : days * day);
                return { ARN: secret.arn, Name: secret.name, DeletionDate: Math.round(endsAt) / 1_000 };
            },
            RestoreSecret(input, caller) {
                const secret = secretOf(state(caller), caller, input);
                secret.deletedAt = undefined;
                return { ARN: secret.arn, Name: secret.name };
            },
        },
    };
}
//# sourceMappingURL=secrets-manager.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ssm/state.js


const state_validation = (message) => new AwsError('ValidationException', message);
const constraint = (value, member, rule) => state_validation(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`);
const parameterArn = ({ region, accountId }, name) => `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
const mix = 'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
/** Holds a new parameter's name against the rules of names. @throws AwsError ValidationException, HierarchyLevelLimitExceededException */
function checkName(name) {
    if (name === '')
        throw constraint('', 'name', 'Member must have length greater than or equal to 1.');
    if (/^\/?(aws|ssm)/i.test(name)) {
        throw state_validation(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). ${mix}`);
    }
    if (name.includes('/') && !name.startsWith('/'))
        throw state_validation('Parameter name must be a fully qualified name.');
    if (!/^(\/[A-Za-z0-9._-]+)+$|^[A-Za-z0-9._-]+$/.test(name) || name.length > 1_011) {
        throw state_validation(`Parameter name: can't be prefixed with "ssm" (case-insensitive). ${mix}`);
    }
    if (name.split('/').length > 16) {
        throw new AwsError('HierarchyLevelLimitExceededException', 'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names.');
    }
}
/**
 * What a name, `name:version` or an ARN of this account and region means; undefined when there is no such parameter.
 * @throws AwsError ParameterVersionNotFound
 */
function findParameter(parameters, caller, reference) {
    const [, region, account, path = ''] = /^arn:[a-z-]+:ssm:([a-z0-9-]+):(\d{12}):parameter(\/.+)$/.exec(reference) ?? [];
    if (region !== undefined && (region !== caller.region || account !== caller.accountId))
        return undefined;
    const [name = '', wanted] = (region === undefined ? reference : path).split(':');
    // The ARN of a name without a path has a slash that the name has not.
    const parameter = parameters.get(name) ?? (region === undefined ? undefined : parameters.get(name.slice(1)));
    if (parameter === undefined)
        return undefined;
    const version = wanted === undefined
        ? parameter.versions.at(-1)
        : parameter.versions.find((candidate) => String(candidate.version) === wanted);
    if (version === undefined) {
        const message = `Systems Manager could not find version ${wanted} of ${parameter.name}. Verify the version and try again.`;
        throw new AwsError('ParameterVersionNotFound', message);
    }
    return { parameter, version, selector: wanted === undefined ? undefined : `:${wanted}` };
}
/** What a SecureString looks like to who has not asked for its decryption: not to be read back. */
const encrypted = (value) => `AQICAH${(0,external_node_crypto_.createHash)('sha512').update(`sandbox\0${value}`).digest('base64').replace(/=+$/, '')}`;
/** A parameter as GetParameter shows it. */
const describeParameter = ({ parameter, version, selector }, decrypt) => ({
    Name: parameter.name,
    Type: version.type,
    Value: version.type === 'SecureString' && !decrypt ? encrypted(version.value) : version.value,
    Version: version.version,
    Selector: selector,
    LastModifiedDate: Math.round(version.modifiedAt) / 1_000,
    ARN: parameter.arn,
    DataType: 'text',
});
//# sourceMappingURL=state.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ssm/listing.js


/** One page, by `MaxResults` (`most` unless told) and `NextToken`. @throws AwsError ValidationException, InvalidNextToken */
function listing_page(items, input, most) {
    const size = input['MaxResults'] === undefined ? most : Number(input['MaxResults']);
    if (!Number.isInteger(size) || size < 1) {
        throw constraint(String(size), 'maxResults', 'Member must have value greater than or equal to 1.');
    }
    if (size > most)
        throw constraint(String(size), 'maxResults', `Member must have value less than or equal to ${most}.`);
    const token = String(input['NextToken'] ?? '0');
    if (!/^\d{1,9}$/.test(token))
        throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
    const to = Number(token) + size;
    return { items: items.slice(Number(token), to), ...(to < items.length ? { NextToken: String(to) } : {}) };
}
/** Whether a parameter lies below a path: directly, or anywhere when `recursive`. */
function isBelow(name, path, recursive) {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    // Parameters without a path lie directly below the root.
    const full = name.startsWith('/') ? name : `/${name}`;
    return full.startsWith(prefix) && (recursive || !full.slice(prefix.length).includes('/'));
}
/** What `ParameterFilters` let through. @throws AwsError InvalidFilterKey, InvalidFilterOption, InvalidFilterValue */
function listing_filterOf(input) {
    const given = Array.isArray(input['ParameterFilters']) ? input['ParameterFilters'] : [];
    const old = Array.isArray(input['Filters']) ? input['Filters'] : [];
    const all = [...given, ...old.map((filter) => ({ ...filter, Option: 'Equals' }))].map(oneFilter);
    return (parameter) => all.every((matches) => matches(parameter));
}
function oneFilter(filter) {
    const { Key: key } = filter;
    const values = (Array.isArray(filter['Values']) ? filter['Values'] : []).map(String);
    const option = String(filter['Option'] ?? (key === 'Path' ? 'OneLevel' : 'Equals'));
    if (values.length === 0)
        throw new AwsError('InvalidFilterValue', 'The filter value is not valid.');
    const refuseOption = () => {
        throw new AwsError('InvalidFilterOption', `The following filter option is not valid: ${option}.`);
    };
    const compare = {
        Equals: (text, value) => text === value,
        BeginsWith: (text, value) => text.startsWith(value),
        Contains: (text, value) => text.includes(value),
    };
    const how = Object.hasOwn(compare, option) ? compare[option] : undefined;
    const any = (text) => values.some((value) => how?.(text, value) === true);
    if (key === 'Path') {
        if (option !== 'OneLevel' && option !== 'Recursive')
            return refuseOption();
        return ({ name }) => values.some((path) => isBelow(name, path, option === 'Recursive'));
    }
    if (key === 'Name') {
        if (how === undefined)
            return refuseOption();
        return ({ name }) => any(name);
    }
    if (key === 'Type') {
        if (how === undefined || option === 'Contains')
            return refuseOption();
        return ({ versions }) => any(versions.at(-1)?.type ?? '');
    }
    throw new AwsError('InvalidFilterKey', `The following filter key is not valid: ${String(key)}.`);
}
//# sourceMappingURL=listing.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ssm.js



const types = ['SecureString', 'StringList', 'String'];
const tiers = ['Standard', 'Advanced', 'Intelligent-Tiering'];
const advanced = 'For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html';
/** Bytes of a value, by tier. */
const ssm_largest = { Standard: 4_096, Advanced: 8_192 };
/** Of each parameter; older ones are forgotten, as the service does. */
const keptVersions = 100;
const ssm_notFound = () => new AwsError('ParameterNotFound', '');
const namesIn = (input) => {
    const names = Array.isArray(input['Names']) ? input['Names'].map(String) : [];
    const shown = `[${names.join(', ')}]`;
    if (names.length === 0)
        throw constraint(shown, 'names', 'Member must have length greater than or equal to 1');
    if (names.length > 10)
        throw constraint(shown, 'names', 'Member must have length less than or equal to 10');
    return names;
};
/** What the sandbox's parameters cannot be: said, instead of kept without effect. */
function refuseUnknown(input) {
    if (input['Policies'] !== undefined && input['Policies'] !== '') {
        throw state_validation('The sandbox does not support parameter policies.');
    }
    if (input['DataType'] !== undefined && input['DataType'] !== 'text') {
        throw state_validation(`The sandbox does not support the data type ${input['DataType']}.`);
    }
}
function typeOf(input, before) {
    const type = input['Type'] ?? before?.type;
    if (type === undefined)
        throw state_validation('A parameter type is required when you create a parameter.');
    const known = types.find((candidate) => candidate === type);
    if (known === undefined) {
        throw constraint(String(type), 'type', `Member must satisfy enum value set: [${types.join(', ')}]`);
    }
    if (before !== undefined && before.type !== known) {
        const why = `you can't change a parameter from a ${before.type} type to a ${known} type`;
        throw new AwsError('HierarchyTypeMismatchException', `Parameter Store does not support changing a parameter type in a hierarchy: ${why}. You must create a new, unique parameter.`);
    }
    return known;
}
function tierOf(input, value, before) {
    const asked = String(input['Tier'] ?? before?.tier ?? 'Standard');
    if (!tiers.includes(asked)) {
        throw constraint(asked, 'tier', `Member must satisfy enum value set: [${tiers.join(', ')}]`);
    }
    const size = Buffer.byteLength(value);
    const tier = asked === 'Intelligent-Tiering' ? (size > ssm_largest.Standard ? 'Advanced' : 'Standard') : asked;
    if (before?.tier === 'Advanced' && tier === 'Standard') {
        throw state_validation("This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.");
    }
    if (size > ssm_largest[tier]) {
        throw state_validation(tier === 'Standard'
            ? `Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. ${advanced}`
            : `Advanced tier parameters support a maximum parameter value of 8192 characters. ${advanced}`);
    }
    return tier;
}
function patternOf(input, value) {
    const pattern = input['AllowedPattern'];
    if (pattern === undefined || pattern === '')
        return undefined;
    let matches;
    try {
        matches = new RegExp(`^(?:${pattern})$`).test(value);
    }
    catch {
        const message = `The request does not meet the regular expression requirement: ${pattern}`;
        throw new AwsError('InvalidAllowedPatternException', message);
    }
    if (!matches) {
        const message = `Parameter value, cannot be validated against allowedPattern: ${pattern}`;
        throw new AwsError('ParameterPatternMismatchException', message);
    }
    return String(pattern);
}
/** As GetParameters looks: a version that is not there is one more name that is not valid. */
function ifThere(parameters, caller, name) {
    try {
        return findParameter(parameters, caller, name);
    }
    catch (error) {
        if (error instanceof AwsError)
            return undefined;
        throw error;
    }
}
/** Systems Manager's Parameter Store: values by name and version. Nothing is encrypted; no key is asked. */
function ssm(world) {
    const state = regional(() => new Map());
    const metadata = ({ name, arn, versions }) => {
        const newest = versions.at(-1);
        return {
            Name: name,
            ARN: arn,
            Type: newest.type,
            KeyId: newest.keyId,
            LastModifiedDate: Math.round(newest.modifiedAt) / 1_000,
            LastModifiedUser: newest.modifiedBy,
            Description: newest.description,
            AllowedPattern: newest.allowedPattern,
            Version: newest.version,
            Tier: newest.tier,
            Policies: [],
            DataType: 'text',
        };
    };
    return {
        name: 'ssm',
        protocol: { kind: 'json', version: '1.1', target: 'AmazonSSM' },
        operations: {
            PutParameter(input, caller) {
                const parameters = state(caller);
                const name = String(input['Name'] ?? '');
                checkName(name);
                const value = String(input['Value'] ?? '');
                if (value === '')
                    throw constraint('', 'value', 'Member must have length greater than or equal to 1.');
                refuseUnknown(input);
                const known = parameters.get(name);
                const tags = Array.isArray(input['Tags']) ? input['Tags'] : [];
                if (tags.length > 0 && input['Overwrite'] === true) {
                    throw state_validation("Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
                }
                if (known !== undefined && input['Overwrite'] !== true) {
                    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
                }
                const before = known?.versions.at(-1);
                const type = typeOf(input, before);
                const version = {
                    version: (before?.version ?? 0) + 1,
                    type,
                    value,
                    description: input['Description'] === undefined ? before?.description : String(input['Description']),
                    allowedPattern: patternOf(input, value),
                    keyId: type === 'SecureString' ? String(input['KeyId'] ?? before?.keyId ?? 'alias/aws/ssm') : undefined,
                    tier: tierOf(input, value, before),
                    modifiedAt: world.clock.now(),
                    modifiedBy: caller.arn,
                };
                const parameter = known ?? { name, arn: parameterArn(caller, name), versions: [], tags: new Map() };
                parameter.versions.push(version);
                parameter.versions.splice(0, parameter.versions.length - keptVersions);
                for (const { Key, Value } of tags)
                    parameter.tags.set(String(Key), String(Value ?? ''));
                parameters.set(name, parameter);
                return { Version: version.version, Tier: version.tier };
            },
            GetParameter(input, caller) {
                const found = findParameter(state(caller), caller, String(input['Name'] ?? ''));
                if (found === undefined)
                    throw ssm_notFound();
                return { Parameter: describeParameter(found, input['WithDecryption'] === true) };
            },
            GetParameters(input, caller) {
                const found = namesIn(input).map((name) => ({ name, hit: ifThere(state(caller), caller, name) }));
                return {
                    Parameters: found.flatMap(({ hit }) => hit === undefined ? [] : [describeParameter(hit, input['WithDecryption'] === true)]),
                    InvalidParameters: found.filter(({ hit }) => hit === undefined).map(({ name }) => name),
                };
            },
            GetParametersByPath(input, caller) {
                const path = String(input['Path'] ?? '');
                if (!path.startsWith('/')) {
                    throw state_validation('The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
                }
                const passes = listing_filterOf(input);
                const all = [...state(caller).values()]
                    .filter((one) => isBelow(one.name, path, input['Recursive'] === true) && passes(one))
                    .sort((a, b) => (a.name < b.name ? -1 : 1));
                const { items, ...next } = listing_page(all, input, 10);
                const shown = items.map((parameter) => {
                    const version = parameter.versions.at(-1);
                    return describeParameter({ parameter, version, selector: undefined }, input['WithDecryption'] === true);
                });
                return { Parameters: shown, ...next };
            },
            DeleteParameter(input, caller) {
                if (!state(caller).delete(String(input['Name'] ?? '')))
                    throw ssm_notFound();
                return {};
            },
            DeleteParameters(input, caller) {
                const names = namesIn(input);
                const deleted = names.filter((name) => state(caller).delete(name));
                return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
            },
            DescribeParameters(input, caller) {
                const all = [...state(caller).values()].filter(listing_filterOf(input)).sort((a, b) => (a.name < b.name ? -1 : 1));
                const { items, ...next } = listing_page(all, input, 50);
                return { Parameters: items.map(metadata), ...next };
            },
        },
    };
}
//# sourceMappingURL=ssm.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/services.js










/** Every AWS service that the sandbox has, but for those that share the registry's store; a new one is a line here. */
function awsServices(world) {
    const addresses = network();
    return [
        applicationAutoScaling(world),
        codeDeploy(world),
        ...cloudWatchServices(world),
        ecs(world, addresses),
        eks(world),
        elbv2(world, addresses),
        logs(world),
        secretsManager(world),
        ssm(world),
    ];
}
//# sourceMappingURL=services.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/calls.js
function callRecorder(kept = 50_000) {
    let calls = [];
    return {
        record(call) {
            calls.push(call);
            if (calls.length > kept * 1.1)
                calls = calls.slice(-kept);
        },
        all: () => calls,
        clear() {
            calls = [];
        },
    };
}
//# sourceMappingURL=calls.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/clock.js
/** A clock that starts now and runs at `speed`. 0 is a clock that stands still until `advance` is called. */
function sandboxClock(speed = 1) {
    const epoch = Date.now();
    let manual = epoch;
    let order = 0;
    const due = new Set();
    const timers = new Map();
    const now = () => (speed === 0 ? manual : epoch + (Date.now() - epoch) * speed);
    const fire = (entry) => {
        timers.delete(entry);
        if (due.delete(entry))
            entry.task();
    };
    return {
        speed,
        epoch,
        now,
        seconds: () => now() / 1_000,
        after(ms, task) {
            const entry = { at: now() + ms, order: order++, task };
            due.add(entry);
            if (speed > 0) {
                const timer = setTimeout(() => fire(entry), Math.min(ms / speed, 0x7fff_ffff));
                timer.unref();
                timers.set(entry, timer);
            }
            return () => {
                clearTimeout(timers.get(entry));
                timers.delete(entry);
                due.delete(entry);
            };
        },
        async advance(ms) {
            if (speed !== 0)
                throw new Error('only a clock of speed 0 can be advanced by hand');
            const until = manual + ms;
            for (;;) {
                await new Promise((resolve) => setImmediate(resolve));
                const next = [...due].filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
                if (next === undefined)
                    break;
                manual = Math.max(manual, next.at);
                fire(next);
            }
            manual = until;
        },
        stop() {
            for (const timer of timers.values())
                clearTimeout(timer);
            timers.clear();
            due.clear();
        },
    };
}
//# sourceMappingURL=clock.js.map
// EXTERNAL MODULE: ./build/src/action/clock.js
var clock = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/src/sandbox/control.js



/** Where the control API lives. Its requests are neither recorded nor faulted. */
const controlPath = '/_sandbox/';
/** A request that the control API refuses. */
class Refused extends Error {
    name = 'Refused';
    status;
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}
/**
 * The control API: what a rehearsal does to the cloud itself (read the calls, inject faults, move the clock, answer hooks,
 * raise alarms), as JSON over HTTP. For programs on this machine: a web page in a browser here is turned away.
 */
function control(world) {
    const routes = controlRoutes(world);
    return async (exchange) => {
        const answer = (status, body) => send(exchange, status, `${JSON.stringify(body)}\n`, { 'content-type': 'application/json' });
        try {
            turnAwayBrowsers(exchange);
            const [resource = '', ...rest] = exchange.url.pathname.slice(controlPath.length).split('/');
            const name = decoded(rest.join('/'));
            const route = Object.hasOwn(routes, resource) ? routes[resource] : undefined;
            if (route === undefined)
                throw new Refused(404, `there are ${Object.keys(routes).join(', ')} here`);
            const run = Object.hasOwn(route, exchange.method) ? route[exchange.method] : undefined;
            if (run === undefined)
                throw new Refused(405, `${resource} takes ${Object.keys(route).join(', ')}`);
            answer(200, (await run({ query: exchange.url.searchParams, name, body: jsonOf(exchange) })) ?? {});
        }
        catch (error) {
            if (error instanceof Refused)
                answer(error.status, { error: error.message });
            else if (error instanceof AwsError)
                answer(400, { error: `${error.code}: ${error.message}` });
            else
                throw error;
        }
    };
}
/**
 * A page in a browser must not steer the sandbox: not by a cross-origin request (it carries an Origin or says so in
 * Sec-Fetch-Site), and not by a name that it had rebound to 127.0.0.1 (the Host is another).
 */
function turnAwayBrowsers({ headers }) {
    if (!/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(headers.host ?? '')) {
        throw new Refused(403, 'the control API answers to a loopback address only');
    }
    const site = headers['sec-fetch-site'];
    if (headers.origin !== undefined || (site !== undefined && site !== 'none')) {
        throw new Refused(403, 'the control API does not answer web pages');
    }
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw new Refused(400, 'the path is not valid');
    }
}
function jsonOf({ method, body, headers }) {
    if (method === 'GET' || method === 'DELETE' || body.byteLength === 0)
        return {};
    if (!(headers['content-type'] ?? '').startsWith('application/json')) {
        throw new Refused(415, 'the body must be application/json');
    }
    try {
        const value = JSON.parse(body.toString('utf8'));
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
            return value;
    }
    catch (error) {
        throw new Refused(400, `the body is not JSON: ${error.message}`);
    }
    throw new Refused(400, 'the body must be a JSON object');
}
function controlRoutes(world) {
    const caller = {
        accountId: world.accountId,
        region: world.region,
        accessKeyId: 'control',
        arn: `arn:aws:iam::${world.accountId}:user/sandbox`,
    };
    const clock = () => ({ now: world.clock.now(), speed: world.clock.speed, epoch: world.clock.epoch });
    return {
        health: { GET: () => ({ status: 'ok', clock: clock(), accountId: world.accountId, region: world.region }) },
        state: {
            GET: () => ({
                clock: clock(),
                calls: countedCalls(world),
                faults: world.faults.all(),
                hooks: { answers: world.hooks.answers(), pending: world.hooks.pending() },
            }),
        },
        calls: {
            GET: ({ query }) => ({ calls: selectedCalls(world, query) }),
            DELETE: () => world.calls.clear(),
        },
        faults: {
            GET: () => ({ faults: world.faults.all() }),
            POST: ({ body }) => world.faults.add(faultOf(body)),
            DELETE: () => world.faults.clear(),
        },
        clock: {
            GET: clock,
            POST: async ({ name, body }) => {
                if (name !== 'advance')
                    throw new Refused(404, 'the clock takes POST clock/advance');
                if (world.clock.speed !== 0)
                    throw new Refused(409, 'only a clock of speed 0 can be advanced');
                await world.clock.advance(durationOf(body));
                return clock();
            },
        },
        hooks: {
            GET: () => ({ answers: world.hooks.answers(), pending: world.hooks.pending() }),
            POST: async ({ name, body }) => {
                if (name === '')
                    return world.hooks.set(hookAnswerOf(body));
                const pending = world.hooks.pending().find(({ id }) => id === name);
                if (pending === undefined)
                    throw new Refused(404, `no hook ${name} waits for an answer`);
                const { deploymentId, answer } = pending;
                if (answer !== undefined)
                    return answer(finalStatus(body));
                const input = { deploymentId, lifecycleEventHookExecutionId: name, status: body['status'] };
                return await world.invoke('codedeploy', 'PutLifecycleEventHookExecutionStatus', input, caller);
            },
            DELETE: () => world.hooks.clear(),
        },
        alarms: {
            GET: async () => {
                const input = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
                const found = await world.invoke('monitoring', 'DescribeAlarms', input, caller);
                const all = [...(found['MetricAlarms'] ?? []), ...(found['CompositeAlarms'] ?? [])];
                return { alarms: all.map(({ AlarmName, StateValue }) => ({ name: AlarmName, state: StateValue })) };
            },
            PUT: async ({ name, body }) => await raiseAlarm(world, caller, name, body),
        },
    };
}
function countedCalls(world) {
    const counts = {};
    for (const { service, operation } of world.calls.all()) {
        const name = `${service}:${operation}`;
        counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
}
/** Calls by `service`, `operation`, `status` and `since` (sandbox time in ms); the newest `limit`, oldest first. */
function selectedCalls(world, query) {
    const number = (name) => {
        const value = query.get(name);
        if (value === null)
            return undefined;
        if (!/^\d{1,15}$/.test(value))
            throw new Refused(400, `${name} must be a whole number`);
        return Number(value);
    };
    const service = query.get('service');
    const operation = query.get('operation');
    const [status, since, limit = 1_000] = [number('status'), number('since'), number('limit')];
    const found = world.calls
        .all()
        .filter((call) => (service === null || call.service === service) &&
        (operation === null || call.operation === operation) &&
        (status === undefined || call.status === status) &&
        (since === undefined || call.at >= since));
    return limit === 0 ? [] : found.slice(-limit);
}
const faultKinds = new Set([
    ...['throttle', 'error', 'reset', 'slow', 'lost-answer'],
    ...['expired-credentials', 'access-denied', 'stale'],
]);
/** Operations whose answers can be old. */
const staleOperations = new Set(['DescribeServices', 'ListServiceDeployments', 'ListTasks']);
function faultOf(body) {
    const { kind } = body;
    if (typeof kind !== 'string' || !faultKinds.has(kind)) {
        throw new Refused(400, `kind must be one of ${[...faultKinds].join(', ')}`);
    }
    if (kind === 'stale' && !(body['service'] === 'ecs' && staleOperations.has(String(body['operation'])))) {
        throw new Refused(400, `stale is known for the service ecs and one of ${[...staleOperations].join(', ')}`);
    }
    const text = (name) => {
        const value = body[name];
        if (value === undefined)
            return {};
        if (typeof value !== 'string' || value === '')
            throw new Refused(400, `${name} must be text`);
        return { [name]: value };
    };
    const count = (name, least, most) => {
        const value = body[name];
        if (value === undefined)
            return {};
        if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
            throw new Refused(400, `${name} must be a whole number from ${least} to ${most}`);
        }
        return { [name]: value };
    };
    return {
        kind: kind,
        ...text('service'),
        ...text('operation'),
        ...text('code'),
        ...text('message'),
        ...count('status', 400, 599),
        ...count('delayMs', 0, 600_000),
        ...count('skip', 0, 1_000_000),
        ...count('times', 1, 1_000_000),
    };
}
function durationOf(body) {
    const { ms, duration } = body;
    const found = typeof duration === 'string' && ms === undefined ? (0,clock/* parseDuration */.E9)(duration) : ms;
    if (typeof found !== 'number' || !Number.isInteger(found) || found < 0 || found > 31 * 86_400_000) {
        throw new Refused(400, 'the clock is advanced by {"ms": 300000} or {"duration": "5m"}, at most 31 days');
    }
    return found;
}
function finalStatus({ status }) {
    if (status === 'Succeeded' || status === 'Failed')
        return status;
    throw new Refused(400, 'status must be Succeeded or Failed');
}
function hookAnswerOf(body) {
    const { function: name, status, afterMs } = body;
    if (typeof name !== 'string' || name === '')
        throw new Refused(400, 'function must be part of a name, or *');
    if (status !== 'Succeeded' && status !== 'Failed' && status !== 'none') {
        throw new Refused(400, 'status must be Succeeded, Failed or none');
    }
    if (afterMs === undefined)
        return { function: name, status };
    if (typeof afterMs !== 'number' || !Number.isInteger(afterMs) || afterMs < 0 || afterMs > 3_600_000) {
        throw new Refused(400, 'afterMs must be a whole number from 0 to 3600000');
    }
    return { function: name, status, afterMs };
}
/** Puts an alarm into a state; one that is not there yet is made. */
async function raiseAlarm(world, caller, name, body) {
    if (name === '')
        throw new Refused(400, 'the path must name the alarm: PUT alarms/<name>');
    const input = { AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
    const found = await world.invoke('monitoring', 'DescribeAlarms', input, caller);
    if ([...(found['MetricAlarms'] ?? []), ...(found['CompositeAlarms'] ?? [])].length === 0) {
        const alarm = {
            AlarmName: name,
            Namespace: 'Sandbox',
            MetricName: name,
            Statistic: 'Sum',
            Period: 60,
            EvaluationPeriods: 1,
            Threshold: 1,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        };
        await world.invoke('monitoring', 'PutMetricAlarm', alarm, caller);
    }
    const { state, reason = 'Set by the control API' } = body;
    const change = { AlarmName: name, StateValue: state, StateReason: reason };
    await world.invoke('monitoring', 'SetAlarmState', change, caller);
    return { name, state };
}
//# sourceMappingURL=control.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/faults.js
/** Faults in the order they were added; a call takes the first that matches. */
function faults() {
    let active = [];
    const next = (identity, stale) => {
        for (const entry of active) {
            const { service, operation, kind } = entry.fault;
            if ((kind === 'stale') !== stale)
                continue;
            if (service !== undefined && service !== identity.service)
                continue;
            if (operation !== undefined && operation !== identity.operation)
                continue;
            if (entry.left <= 0)
                continue;
            if (entry.skip > 0) {
                entry.skip--;
                continue;
            }
            entry.left--;
            return entry.fault;
        }
        return undefined;
    };
    return {
        add(fault) {
            active.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
        },
        clear() {
            active = [];
        },
        all: () => active.filter(({ left }) => left > 0).map(({ fault }) => fault),
        take: (identity) => next(identity, false),
        age: (identity) => next(identity, true)?.delayMs ?? 0,
    };
}
//# sourceMappingURL=faults.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/hooks.js
/** Hooks of which every one succeeds after a moment until told otherwise. */
function lambdaHooks() {
    const answers = new Map();
    const open = new Set();
    return {
        set(answer) {
            answers.delete(answer.function);
            answers.set(answer.function, answer);
        },
        clear: () => answers.clear(),
        answers: () => [...answers.values()],
        answerOf(functionName) {
            const match = [...answers.values()]
                .reverse()
                .find(({ function: part }) => part === '*' || functionName.includes(part));
            return { function: functionName, status: match?.status ?? 'Succeeded', afterMs: match?.afterMs ?? 1_000 };
        },
        called(execution) {
            open.add(execution);
            return () => void open.delete(execution);
        },
        pending: () => [...open],
    };
}
//# sourceMappingURL=hooks.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/accounts.js

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function accessKeys({ accountId, clock, id }) {
    const sessions = new Map();
    const realTime = (at) => (clock.speed === 0 ? at : clock.epoch + (at - clock.epoch) / clock.speed);
    return {
        issue(session, lifetimeMs) {
            const AccessKeyId = `ASIA${id(16, upper)}`;
            const expiresAt = clock.now() + lifetimeMs;
            sessions.set(AccessKeyId, { ...session, expiresAt });
            return {
                AccessKeyId,
                SecretAccessKey: id(40),
                SessionToken: Buffer.from(id(96)).toString('base64'),
                Expiration: new Date(realTime(expiresAt)),
            };
        },
        sessionOf: (accessKeyId) => sessions.get(accessKeyId),
        callerOf(accessKeyId, region) {
            const session = sessions.get(accessKeyId);
            if (session === undefined && accessKeyId.startsWith('ASIA')) {
                const message = 'The security token included in the request is invalid.';
                throw new AwsError('UnrecognizedClientException', message, 403);
            }
            if (session !== undefined && session.expiresAt <= clock.now()) {
                throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403);
            }
            return {
                accountId: session?.accountId ?? accountId,
                arn: session?.arn ?? `arn:aws:iam::${accountId}:user/sandbox`,
                region,
                accessKeyId,
            };
        },
    };
}
//# sourceMappingURL=accounts.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/digest.js

/** `sha256:<64 hex>`; the only algorithm that ECR knows. */
const digestOf = (bytes) => {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const part of bytes instanceof Uint8Array ? [bytes] : bytes)
        hash.update(part);
    return `sha256:${hash.digest('hex')}`;
};
const isDigest = (text) => /^sha256:[a-f0-9]{64}$/.test(text);
//# sourceMappingURL=digest.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/reference.js

const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
/** A repository's name by ECR's grammar, which is the distribution spec's with a length of 2 to 256. */
const isRepositoryName = (text) => text.length >= 2 && text.length <= 256 && namePattern.test(text);
/** A tag by the distribution spec's grammar. */
const isTag = (text) => /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text);
/** Takes a reference apart as Docker does: what has no host is Docker Hub's. Undefined when it is no reference. */
function parseReference(text) {
    if (text.length > 1_000)
        return undefined;
    const at = text.indexOf('@');
    const digest = at === -1 ? undefined : text.slice(at + 1);
    if (digest !== undefined && !isDigest(digest))
        return undefined;
    const named = at === -1 ? text : text.slice(0, at);
    const colon = named.lastIndexOf(':');
    const tagged = colon > named.lastIndexOf('/');
    const tag = tagged ? named.slice(colon + 1) : digest === undefined ? 'latest' : undefined;
    if (tag !== undefined && !isTag(tag))
        return undefined;
    const path = tagged ? named.slice(0, colon) : named;
    const slash = path.indexOf('/');
    const first = slash === -1 ? '' : path.slice(0, slash);
    const hasHost = first === 'localhost' || /[.:]/.test(first);
    if (hasHost && !/^[a-zA-Z0-9.-]+(?::\d{1,5})?$/.test(first))
        return undefined;
    const host = hasHost ? first : 'docker.io';
    const rest = hasHost ? path.slice(slash + 1) : slash === -1 ? `library/${path}` : path;
    return namePattern.test(rest) && rest.length <= 256 ? { host, repository: rest, tag, digest } : undefined;
}
//# sourceMappingURL=reference.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/refusal-words.js
/** What ECR says when it refuses an image, on both of its protocols. `named` is the tag or digest of the push. */
function refusalWords(refusal, registry, repository, named) {
    const { kind, message, digests } = refusal;
    const needed = `'[${digests.join(', ')}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${registry.accountId}' do not exist`;
    switch (kind) {
        case 'invalid':
            return message;
        case 'digest-mismatch':
            return `The image with digest '${named}' in repository '${repository.name}' and registry ID '${registry.accountId}' does not match the image digest that Amazon ECR has calculated.`;
        case 'layers-missing':
            return `Layers with digests ${needed}`;
        case 'images-missing':
            return `Images with digests ${needed}`;
        case 'tag-immutable':
            return `The image tag '${named}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`;
    }
}
const unknownRepository = (registryId, name) => `The repository with name '${name}' does not exist in the registry with id '${registryId}'`;
const notAuthorized = (arn, action, resource) => `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`;
const repositoryArn = (registry, name) => `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${name}`;
//# sourceMappingURL=refusal-words.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/immutability.js
/** True when the tag, once set, stays where it is. */
function isImmutable(mutability, tag) {
    const excluded = mutability.exclusions.some((filter) => matchesWildcard(filter, tag));
    switch (mutability.mode) {
        case 'MUTABLE':
            return false;
        case 'IMMUTABLE':
            return true;
        case 'IMMUTABLE_WITH_EXCLUSION':
            return !excluded;
        case 'MUTABLE_WITH_EXCLUSION':
            return excluded;
    }
}
/** Matches the whole of `text` with `*` as any text, in time linear in both for hostile filters too. */
function matchesWildcard(filter, text) {
    const [head = '', ...rest] = filter.split('*');
    if (rest.length === 0)
        return text === filter;
    const tail = rest.pop();
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail))
        return false;
    let from = head.length;
    const end = text.length - tail.length;
    for (const part of rest) {
        const found = text.indexOf(part, from);
        if (found === -1 || found + part.length > end)
            return false;
        from = found + part.length;
    }
    return from <= end;
}
//# sourceMappingURL=immutability.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/manifest.js

const mediaTypes = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
};
/** Bytes of the largest manifest, as in ECR's published model. */
const largestManifest = 4 * 1024 * 1024;
/** The largest number of layers and of children; ECR's own limit for layers is 4 200 parts, for an index it is not published. */
const mostEntries = 4_200;
const manifest_isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
class Invalid extends Error {
}
function manifest_texts(value, what) {
    if (value === undefined || value === null)
        return undefined;
    if (!manifest_isObject(value) || Object.values(value).some((item) => typeof item !== 'string')) {
        throw new Invalid(`${what} is not a map of strings`);
    }
    return value;
}
function descriptor(value, what) {
    if (!manifest_isObject(value))
        throw new Invalid(`${what} is not a descriptor`);
    const { mediaType, digest, size, platform, urls } = value;
    if (typeof mediaType !== 'string' || mediaType.length > 255)
        throw new Invalid(`${what} has no media type`);
    if (typeof digest !== 'string' || !isDigest(digest))
        throw new Invalid(`${what} has no sha256 digest`);
    if (!Number.isSafeInteger(size) || size < 0)
        throw new Invalid(`${what} has no size`);
    const named = manifest_isObject(platform) ? platform : undefined;
    return {
        mediaType,
        digest,
        size: size,
        platform: named && { os: String(named['os'] ?? ''), architecture: String(named['architecture'] ?? '') },
        annotations: manifest_texts(value['annotations'], `${what}'s annotations`),
        foreign: Array.isArray(urls) && urls.length > 0 && /foreign|nondistributable/.test(mediaType),
    };
}
function manifest_list(value, what) {
    if (!Array.isArray(value))
        throw new Invalid(`${what} is not a list`);
    if (value.length > mostEntries)
        throw new Invalid(`${what} has more than ${mostEntries} entries`);
    return value.map((item, at) => descriptor(item, `${what}[${at}]`));
}
/**
 * Reads a manifest's bytes. `contentType` is what the client called it; the manifest's own mediaType must agree.
 * Returns why not, when it is no manifest.
 */
function readManifest(bytes, contentType) {
    try {
        return read(bytes, contentType?.split(';', 1)[0]?.trim());
    }
    catch (error) {
        if (error instanceof Invalid)
            return { invalid: error.message };
        throw error;
    }
}
function read(bytes, contentType) {
    if (bytes.byteLength > largestManifest)
        throw new Invalid(`the manifest is larger than ${largestManifest} bytes`);
    let json;
    try {
        json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        throw new Invalid('Invalid JSON syntax');
    }
    if (!manifest_isObject(json))
        throw new Invalid('the manifest is not an object');
    if (json['schemaVersion'] !== 2)
        throw new Invalid('schemaVersion is not 2');
    const own = json['mediaType'];
    if (own !== undefined && typeof own !== 'string')
        throw new Invalid('mediaType is not text');
    if (own !== undefined && contentType !== undefined && contentType !== own) {
        throw new Invalid(`the media type is '${own}', but the content type is '${contentType}'`);
    }
    const guessed = json['manifests'] === undefined ? mediaTypes.ociManifest : mediaTypes.ociIndex;
    const mediaType = own ?? contentType ?? guessed;
    const subject = json['subject'] === undefined || json['subject'] === null ? undefined : descriptor(json['subject'], 'subject');
    const artifactType = json['artifactType'];
    if (artifactType !== undefined && typeof artifactType !== 'string')
        throw new Invalid('artifactType is not text');
    const common = { mediaType, subject, annotations: manifest_texts(json['annotations'], 'annotations') };
    if (mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList) {
        const children = manifest_list(json['manifests'], 'manifests');
        return { ...common, kind: 'index', config: undefined, layers: [], children, artifactType };
    }
    if (mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest) {
        const config = descriptor(json['config'], 'config');
        const layers = manifest_list(json['layers'], 'layers');
        const type = artifactType ?? (isImageConfig(config.mediaType) ? undefined : config.mediaType);
        return { ...common, kind: 'image', config, layers, children: [], artifactType: type };
    }
    throw new Invalid(`the media type '${mediaType}' is not one of a manifest`);
}
const isImageConfig = (mediaType) => mediaType === mediaTypes.ociConfig || mediaType === mediaTypes.dockerConfig;
//# sourceMappingURL=manifest.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/repository.js



/** Why a repository will not take a manifest; each protocol has its own words for it. */
class Refusal extends Error {
    name = 'Refusal';
    kind;
    digests;
    constructor(kind, message, digests = []) {
        super(message);
        this.kind = kind;
        this.digests = digests;
    }
}
const emptyRepository = (name, createdAt) => ({
    name,
    createdAt,
    mutability: { mode: 'MUTABLE', exclusions: [] },
    encryption: { type: 'AES256', key: undefined },
    scanOnPush: false,
    policy: undefined,
    lifecyclePolicy: undefined,
    resourceTags: new Map(),
    blobs: new Map(),
    manifests: new Map(),
    tags: new Map(),
    uploads: new Map(),
    scans: new Map(),
});
/** The manifest that a tag or a digest names. */
function resolve(repository, reference) {
    const digest = isDigest(reference) ? reference : repository.tags.get(reference);
    return digest === undefined ? undefined : repository.manifests.get(digest);
}
/**
 * Takes a manifest whose blobs and children are there, and moves the tag to it.
 * `changed` is false when both the manifest and the tag were so before. @throws Refusal
 */
function putManifest(repository, bytes, push) {
    const manifest = readManifest(bytes, push.mediaType);
    if ('invalid' in manifest)
        throw new Refusal('invalid', manifest.invalid);
    const digest = digestOf(bytes);
    if (push.digest !== undefined && push.digest !== digest) {
        throw new Refusal('digest-mismatch', `the manifest's digest is ${digest}, not ${push.digest}`, [digest]);
    }
    const needed = [...(manifest.config ? [manifest.config] : []), ...manifest.layers].filter(({ foreign }) => !foreign);
    const missing = unique(needed).filter((blob) => !repository.blobs.has(blob));
    if (missing.length > 0)
        throw new Refusal('layers-missing', `unknown blobs: ${missing.join(', ')}`, missing);
    const orphans = unique(manifest.children).filter((child) => !repository.manifests.has(child));
    if (orphans.length > 0)
        throw new Refusal('images-missing', `unknown manifests: ${orphans.join(', ')}`, orphans);
    const held = push.tag === undefined ? undefined : repository.tags.get(push.tag);
    if (push.tag !== undefined && held !== undefined && isImmutable(repository.mutability, push.tag)) {
        throw new Refusal('tag-immutable', `the tag ${push.tag} is immutable and points to ${held}`, [held]);
    }
    const known = repository.manifests.get(digest);
    const stored = known ?? { digest, bytes, manifest, pushedAt: push.now, pulledAt: undefined };
    const changed = known === undefined || (push.tag !== undefined && held !== digest);
    if (changed)
        stored.pushedAt = push.now;
    repository.manifests.set(digest, stored);
    if (push.tag !== undefined)
        repository.tags.set(push.tag, digest);
    return { stored, changed };
}
const unique = (descriptors) => [...new Set(descriptors.map(({ digest }) => digest))];
/** The tags of a manifest, in the order they were set. */
const repository_tagsOf = (repository, digest) => [...repository.tags].filter(([, target]) => target === digest).map(([tag]) => tag);
/** Removes a manifest and all tags on it. */
function removeManifest(repository, digest) {
    for (const tag of repository_tagsOf(repository, digest))
        repository.tags.delete(tag);
    repository.manifests.delete(digest);
}
/** The indexes in this repository that list the manifest. */
const parentsOf = (repository, digest) => [...repository.manifests.values()].filter(({ manifest }) => manifest.children.some((c) => c.digest === digest));
/** The manifests whose subject is `digest`, oldest first. */
const referrersOf = (repository, digest) => [...repository.manifests.values()].filter(({ manifest }) => manifest.subject?.digest === digest);
/** True when a manifest of the repository needs the blob; only such a blob can be mounted elsewhere. */
const isReferenced = (repository, digest) => [...repository.manifests.values()].some(({ manifest }) => manifest.config?.digest === digest || manifest.layers.some((layer) => layer.digest === digest));
//# sourceMappingURL=repository.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/resource-policy.js

/**
 * Decides by a repository's policy whether a caller may do `action` (`ecr:BatchGetImage`): the account that owns it may
 * unless it is denied, another one only if it is allowed. A statement with conditions allows nothing here.
 */
function allows(policy, owner, caller, action) {
    const matching = statements(policy).filter((statement) => resource_policy_named(statement['Principal'], caller) && acts(statement['Action'], action));
    if (matching.some(({ Effect }) => Effect === 'Deny'))
        return false;
    return (caller.accountId === owner ||
        matching.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined));
}
/** The statements of a policy's text; none when there is none or it is not one. */
function statements(policy) {
    if (policy === undefined)
        return [];
    try {
        const found = JSON.parse(policy)?.['Statement'];
        return (Array.isArray(found) ? found : [found]).filter((item) => typeof item === 'object' && item !== null);
    }
    catch {
        return [];
    }
}
const listed = (value) => (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
function resource_policy_named(principal, caller) {
    if (principal === '*')
        return true;
    if (typeof principal !== 'object' || principal === null)
        return false;
    return listed(principal['AWS']).some((who) => who === '*' || who === caller.accountId || who === caller.arn || who.endsWith(`::${caller.accountId}:root`));
}
const acts = (actions, action) => listed(actions).some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
//# sourceMappingURL=resource-policy.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-lookup.js



const ecr_lookup_invalid = (what, why) => new AwsError('InvalidParameterException', `Invalid parameter at '${what}' failed to satisfy constraint: '${why}'`);
const repositoryNotFound = (registryId, name) => new AwsError('RepositoryNotFoundException', unknownRepository(registryId, name));
/** The text of a required member. */
function ecr_lookup_text(input, member) {
    const value = input[member];
    if (typeof value !== 'string' || value === '')
        throw ecr_lookup_invalid(member, 'Member must not be null');
    return value;
}
/** The items of a list member, within its bounds; none when it is absent and `least` is 0. */
function ecr_lookup_list(input, member, least, most) {
    const value = input[member] ?? [];
    if (!Array.isArray(value) || value.length < least || value.length > most) {
        throw ecr_lookup_invalid(member, `Member must have length from ${least} to ${most}`);
    }
    return value;
}
/** The registry that a request is about: the caller's own, or another account's that is in use. */
async function registryOf(registries, input, caller) {
    const id = input['registryId'] ?? caller.accountId;
    if (typeof id !== 'string' || !/^\d{12}$/.test(id))
        throw ecr_lookup_invalid('registryId', 'must be 12 digits');
    return id === caller.accountId ? await registries.of(id, caller.region) : registries.find(id, caller.region);
}
/** Finds the repository for each of these operations and checks that the caller may do it. */
function inRepositories(registries, operations) {
    const enter = (name, operation) => async (input, caller) => {
        const registry = await registryOf(registries, input, caller);
        const repositoryName = ecr_lookup_text(input, 'repositoryName');
        const repository = registry?.repositories.get(repositoryName);
        if (registry === undefined || repository === undefined) {
            throw repositoryNotFound(String(input['registryId'] ?? caller.accountId), repositoryName);
        }
        mayUse(registry, repository, caller, name);
        return await operation({ registry, repository, caller }, input);
    };
    return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, enter(name, operation)]));
}
/** @throws AwsError when the repository's policy does not let the caller do it */
function mayUse(registry, repository, caller, operation) {
    const action = `ecr:${operation}`;
    if (allows(repository.policy, registry.accountId, caller, action))
        return;
    const resource = repositoryArn(registry, repository.name);
    throw new AwsError('AccessDeniedException', notAuthorized(caller.arn, action, resource));
}
/** The members that name the repository in most outputs. */
const ecr_lookup_named = ({ registry, repository }) => ({
    registryId: registry.accountId,
    repositoryName: repository.name,
});
/** One page of items in the order of their keys; a token is the last key seen, so that it survives changes in between. */
function paged(items, keyOf, input, size) {
    const most = input['maxResults'] ?? size.standard;
    if (!Number.isInteger(most) || most < 1 || most > size.most) {
        throw ecr_lookup_invalid('maxResults', `must be from 1 to ${size.most}`);
    }
    const token = input['nextToken'];
    const last = token === undefined || token === null ? undefined : decodeToken(token);
    const sorted = items.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const left = last === undefined ? sorted : sorted.filter(({ key }) => key > last);
    const page = left.slice(0, most);
    const more = left.length > page.length;
    const nextToken = more ? Buffer.from(`after:${page.at(-1)?.key ?? ''}`).toString('base64') : undefined;
    return { items: page.map(({ item }) => item), nextToken };
}
function decodeToken(token) {
    const decoded = typeof token === 'string' ? Buffer.from(token, 'base64').toString('utf8') : '';
    if (!decoded.startsWith('after:'))
        throw ecr_lookup_invalid('nextToken', 'Invalid token');
    return decoded.slice('after:'.length);
}
//# sourceMappingURL=ecr-lookup.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-image-ids.js





function ecr_image_ids_imageId(value) {
    const { imageDigest, imageTag } = (typeof value === 'object' && value !== null ? value : {});
    for (const member of [imageDigest, imageTag]) {
        if (member !== undefined && typeof member !== 'string')
            throw ecr_lookup_invalid('imageId', 'must be text');
    }
    return { imageDigest, imageTag };
}
/** Finds the image that an id names, or says why it does not. */
function ecr_image_ids_find(repository, id) {
    const { imageDigest, imageTag } = id;
    const failure = (failureCode, failureReason) => ({
        imageId: id,
        failureCode,
        failureReason,
    });
    if (imageDigest === undefined && imageTag === undefined) {
        return failure('MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null');
    }
    if (imageDigest !== undefined && !isDigest(imageDigest)) {
        return failure('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex');
    }
    if (imageTag !== undefined && !isTag(imageTag)) {
        return failure('InvalidImageTag', 'Invalid request parameters: image tag should satisfy the regex');
    }
    const stored = resolve(repository, imageTag ?? imageDigest ?? '');
    if (stored === undefined)
        return failure('ImageNotFound', 'Requested image not found');
    if (imageDigest !== undefined && stored.digest !== imageDigest) {
        return failure('ImageTagDoesNotMatchDigest', 'Image tag does not match image digest');
    }
    return stored;
}
/** The one image of a request. @throws AwsError ImageNotFoundException */
function imageOf({ registry, repository }, value) {
    const id = ecr_image_ids_imageId(value);
    const found = ecr_image_ids_find(repository, id);
    if (!('failureCode' in found))
        return found;
    if (found.failureCode !== 'ImageNotFound' && found.failureCode !== 'ImageTagDoesNotMatchDigest') {
        throw ecr_lookup_invalid('imageId', found.failureReason);
    }
    const what = `{imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'}`;
    const message = `The image with imageId ${what} does not exist within the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`;
    throw new AwsError('ImageNotFoundException', message);
}
//# sourceMappingURL=ecr-image-ids.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-images.js






const exceptions = {
    invalid: 'InvalidParameterException',
    'digest-mismatch': 'ImageDigestDoesNotMatchException',
    'layers-missing': 'LayersNotFoundException',
    'images-missing': 'ReferencedImagesNotFoundException',
    'tag-immutable': 'ImageTagAlreadyExistsException',
};
/** Images: put, got and deleted by the batch. */
const imageOperations = ({ world, registries, pushed }) => {
    const image = (at, stored, id) => ({
        ...ecr_lookup_named(at),
        imageId: { imageDigest: stored.digest, imageTag: id.imageTag },
        imageManifest: stored.bytes.toString('utf8'),
        imageManifestMediaType: stored.manifest.mediaType,
    });
    return inRepositories(registries, {
        PutImage(at, input) {
            const { registry, repository } = at;
            const manifest = ecr_lookup_text(input, 'imageManifest');
            const tag = input['imageTag'];
            if (tag !== undefined && (typeof tag !== 'string' || !isTag(tag)))
                throw ecr_lookup_invalid('imageTag', 'must be a tag');
            const digest = input['imageDigest'];
            const push = {
                mediaType: input['imageManifestMediaType'],
                digest: digest === undefined ? undefined : String(digest),
                tag,
                now: world.clock.now(),
            };
            try {
                const { stored, changed } = putManifest(repository, Buffer.from(manifest, 'utf8'), push);
                if (!changed)
                    throw new AwsError('ImageAlreadyExistsException', already(at, stored, tag));
                pushed(registry, repository, stored);
                return { image: image(at, stored, { imageDigest: stored.digest, imageTag: tag }) };
            }
            catch (error) {
                if (!(error instanceof Refusal))
                    throw error;
                const words = refusalWords(error, registry, repository, error.kind === 'tag-immutable' ? `${tag}` : `${digest}`);
                const why = `Invalid parameter at 'ImageManifest' failed to satisfy constraint: '${words}'`;
                throw new AwsError(exceptions[error.kind], error.kind === 'invalid' ? why : words);
            }
        },
        BatchGetImage(at, input) {
            const images = [];
            const failures = [];
            const accepted = ecr_lookup_list(input, 'acceptedMediaTypes', 0, 100).map(String);
            for (const id of ecr_lookup_list(input, 'imageIds', 1, 100).map(ecr_image_ids_imageId)) {
                const found = ecr_image_ids_find(at.repository, id);
                if ('failureCode' in found)
                    failures.push(found);
                else {
                    checkAccepted(found, id, accepted);
                    found.pulledAt = world.clock.now();
                    images.push(image(at, found, id));
                }
            }
            return { images, failures };
        },
        BatchDeleteImage({ repository }, input) {
            const imageIds = [];
            const failures = [];
            for (const id of ecr_lookup_list(input, 'imageIds', 1, 100).map(ecr_image_ids_imageId)) {
                const done = ecr_images_remove(repository, id);
                if (Array.isArray(done))
                    imageIds.push(...done);
                else
                    failures.push(done);
            }
            return { imageIds, failures };
        },
    });
};
function already({ registry, repository }, stored, tag) {
    const tagged = tag === undefined ? '' : ` and tag '${tag}'`;
    return `Image with digest '${stored.digest}'${tagged} already exists in the repository with name '${repository.name}' in registry with id '${registry.accountId}'`;
}
/** ECR translates manifests that are read by tag; the sandbox does not, and says so instead of answering wrongly. */
function checkAccepted({ manifest }, id, accepted) {
    if (id.imageDigest !== undefined || accepted.length === 0 || accepted.includes(manifest.mediaType))
        return;
    throw ecr_lookup_invalid('acceptedMediaTypes', `the sandbox does not translate manifests; accept ${manifest.mediaType}`);
}
/** By tag: the tag, and the image with its last tag. By digest: the image with all its tags. */
function ecr_images_remove(repository, id) {
    const found = ecr_image_ids_find(repository, id);
    if ('failureCode' in found)
        return found;
    const tags = repository_tagsOf(repository, found.digest);
    const whole = id.imageTag === undefined || tags.length <= 1;
    if (!whole) {
        repository.tags.delete(id.imageTag);
        return [{ imageDigest: found.digest, imageTag: id.imageTag }];
    }
    const parents = parentsOf(repository, found.digest).map(({ digest }) => digest);
    if (parents.length > 0) {
        const failureReason = `Requested image referenced by manifest list: [${parents.join(', ')}]`;
        return { imageId: id, failureCode: 'ImageReferencedByManifestList', failureReason };
    }
    removeManifest(repository, found.digest);
    repository.scans.delete(found.digest);
    return (tags.length === 0 ? [undefined] : tags).map((imageTag) => ({ imageDigest: found.digest, imageTag }));
}
//# sourceMappingURL=ecr-images.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/upload.js

/** Bytes of the largest blob that is taken: all of it is held in memory. */
const largestBlob = 1024 * 1024 * 1024;
/** Uploads that a repository keeps open; beyond it the oldest is forgotten, as ECR forgets what is not finished. */
const mostUploads = 10_000;
function beginUpload(repository, id) {
    const [oldest] = repository.uploads.keys();
    if (oldest !== undefined && repository.uploads.size >= mostUploads)
        repository.uploads.delete(oldest);
    const upload = { id, chunks: [], received: 0 };
    repository.uploads.set(id, upload);
    return upload;
}
/** Adds bytes at the end; false when the blob would become too large. */
function upload_append(upload, bytes) {
    if (upload.received + bytes.byteLength > largestBlob)
        return false;
    if (bytes.byteLength > 0)
        upload.chunks.push(bytes);
    upload.received += bytes.byteLength;
    return true;
}
/** Ends an upload: the blob is the repository's when its bytes have the digest. False leaves the repository as it was. */
function finish(repository, upload, digest) {
    if (digestOf(upload.chunks) !== digest)
        return false;
    repository.uploads.delete(upload.id);
    if (!repository.blobs.has(digest))
        repository.blobs.set(digest, Buffer.concat(upload.chunks));
    return true;
}
//# sourceMappingURL=upload.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-layers.js





const MiB = 1024 * 1024;
/** What InitiateLayerUpload proposes, and the least of every part but the last. */
const partSize = { proposed: 10 * MiB, least: 5 * MiB, most: 20 * MiB };
const where = ({ registry, repository }) => `in the repository with name '${repository.name}' in registry with id '${registry.accountId}'`;
function uploadOf(at, input) {
    const id = ecr_lookup_text(input, 'uploadId');
    const upload = at.repository.uploads.get(id);
    if (upload === undefined)
        throw new AwsError('UploadNotFoundException', `The upload '${id}' does not exist ${where(at)}`);
    return upload;
}
/** The media type of a layer by a manifest that lists it. */
function mediaTypeOf({ manifests }, digest) {
    for (const { manifest } of manifests.values()) {
        const found = [manifest.config, ...manifest.layers].find((descriptor) => descriptor?.digest === digest);
        if (found !== undefined)
            return found.mediaType;
    }
    return 'application/vnd.docker.image.rootfs.diff.tar.gzip';
}
/** Blobs, in and out. */
const layerOperations = ({ registries, links }) => inRepositories(registries, {
    BatchCheckLayerAvailability({ repository }, input) {
        const digests = ecr_lookup_list(input, 'layerDigests', 1, 100).map(String);
        const layers = digests.filter(isDigest).map((layerDigest) => {
            const blob = repository.blobs.get(layerDigest);
            if (blob === undefined)
                return { layerDigest, layerAvailability: 'UNAVAILABLE' };
            const mediaType = mediaTypeOf(repository, layerDigest);
            return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: blob.byteLength, mediaType };
        });
        const failures = digests
            .filter((digest) => !isDigest(digest))
            .map((layerDigest) => ({
            layerDigest,
            failureCode: layerDigest === '' ? 'MissingLayerDigest' : 'InvalidLayerDigest',
            failureReason: `The layer digest '${layerDigest}' is not a sha256 digest`,
        }));
        return { layers, failures };
    },
    GetDownloadUrlForLayer(at, input) {
        const layerDigest = ecr_lookup_text(input, 'layerDigest');
        if (!isDigest(layerDigest))
            throw ecr_lookup_invalid('layerDigest', 'must be a sha256 digest');
        if (!at.repository.blobs.has(layerDigest)) {
            throw new AwsError('LayersNotFoundException', `The layer with digest '${layerDigest}' does not exist ${where(at)}`);
        }
        return { downloadUrl: links.to(at.registry, at.repository.name, layerDigest), layerDigest };
    },
    InitiateLayerUpload: ({ repository }) => ({
        uploadId: beginUpload(repository, (0,external_node_crypto_.randomUUID)()).id,
        partSize: partSize.proposed,
    }),
    UploadLayerPart(at, input) {
        const upload = uploadOf(at, input);
        const [first, last] = [input['partFirstByte'], input['partLastByte']];
        const bytes = Buffer.from(String(input['layerPartBlob'] ?? ''), 'base64');
        if (bytes.byteLength > partSize.most)
            throw ecr_lookup_invalid('layerPartBlob', `must be at most ${partSize.most} bytes`);
        const fits = first === upload.received && Number(last) - Number(first) + 1 === bytes.byteLength;
        if (!fits) {
            const lastValidByteReceived = Math.max(0, upload.received - 1);
            const message = `Layer part with first byte '${first}' and last byte '${last}' is not valid: the last valid byte received is '${lastValidByteReceived}'`;
            const members = { ...ecr_lookup_named(at), uploadId: upload.id, lastValidByteReceived };
            throw new AwsError('InvalidLayerPartException', message, 400, members);
        }
        if (!upload_append(upload, bytes))
            throw new AwsError('LimitExceededException', 'The layer is too large');
        return { ...ecr_lookup_named(at), uploadId: upload.id, lastByteReceived: Math.max(0, upload.received - 1) };
    },
    CompleteLayerUpload(at, input) {
        const upload = uploadOf(at, input);
        const layerDigest = ecr_lookup_list(input, 'layerDigests', 1, 100).map(String).find(isDigest);
        if (layerDigest === undefined)
            throw ecr_lookup_invalid('layerDigests', 'must hold a sha256 digest');
        if (upload.received === 0)
            throw new AwsError('EmptyUploadException', 'The upload holds no bytes');
        if (upload.chunks.slice(0, -1).some((part) => part.byteLength < partSize.least)) {
            throw new AwsError('LayerPartTooSmallException', `Every part but the last must have ${partSize.least} bytes`);
        }
        if (at.repository.blobs.has(layerDigest)) {
            at.repository.uploads.delete(upload.id);
            throw new AwsError('LayerAlreadyExistsException', `Layer with digest '${layerDigest}' already exists ${where(at)}`);
        }
        if (!finish(at.repository, upload, layerDigest)) {
            at.repository.uploads.delete(upload.id);
            throw new AwsError('InvalidLayerException', 'None of the provided layer digests match the calculated layer digest');
        }
        return { ...ecr_lookup_named(at), uploadId: upload.id, layerDigest };
    },
});
//# sourceMappingURL=ecr-layers.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/pull.js




/** Pulls as a Linux machine on amd64 does, in the words of containerd; ECS and kubelets put their own before them. */
function pull_images(registries, clock) {
    return {
        pull(text) {
            const reference = parseReference(text);
            if (reference === undefined)
                return { failure: 'invalid-reference', message: 'invalid reference format' };
            const port = /^(?:127\.0\.0\.1|localhost):(\d+)$/.exec(reference.host)?.[1];
            const registry = port === undefined ? undefined : registries.at(Number(port));
            if (registry === undefined)
                return { failure: 'unreachable', message: unreachable(reference) };
            const repository = registry.repositories.get(reference.repository);
            if (repository === undefined) {
                const message = `name unknown: ${unknownRepository(registry.accountId, reference.repository)}`;
                return { failure: 'no-repository', message };
            }
            const root = resolve(repository, reference.digest ?? reference.tag ?? 'latest');
            if (root === undefined)
                return { failure: 'not-found', message: `${text}: not found` };
            return take(repository, root, text, clock.now());
        },
    };
}
function take(repository, root, text, now) {
    const child = root.manifest.children.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64');
    const platform = root.manifest.kind === 'index' ? child && resolve(repository, child.digest) : root;
    if (platform === undefined) {
        return { failure: 'not-found', message: `${text}: no match for platform in manifest: not found` };
    }
    const { config } = platform.manifest;
    const bytes = config && isImageConfig(config.mediaType) ? repository.blobs.get(config.digest) : undefined;
    const settings = bytes === undefined ? undefined : imageConfig(bytes);
    if (settings === undefined) {
        return { failure: 'not-found', message: `${text}: mismatched image rootfs and manifest layers` };
    }
    root.pulledAt = now;
    platform.pulledAt = now;
    return { digest: root.digest, platformDigest: platform.digest, ...settings };
}
/** Labels, environment and entrypoint of an image's config; undefined when it is none. */
function imageConfig(bytes) {
    let json;
    try {
        json = JSON.parse(bytes.toString('utf8'));
    }
    catch {
        return undefined;
    }
    if (typeof json !== 'object' || json === null)
        return undefined;
    const config = json.config ?? {};
    const list = (value) => Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    const labels = typeof config['Labels'] === 'object' && config['Labels'] !== null ? config['Labels'] : {};
    return {
        labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
        env: list(config['Env']),
        entrypoint: list(config['Entrypoint']),
    };
}
function unreachable({ host, repository, tag, digest }) {
    const real = host === 'docker.io' ? 'registry-1.docker.io' : host;
    const [name = ''] = real.split(':');
    const loopback = /^(127\.[\d.]+|localhost)$/.test(name);
    const why = loopback ? `dial tcp ${real}: connect: connection refused` : `dial tcp: lookup ${name}: no such host`;
    const scheme = loopback ? 'http' : 'https';
    return `failed to do request: Head "${scheme}://${real}/v2/${repository}/manifests/${digest ?? tag}": ${why}`;
}
//# sourceMappingURL=pull.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/scan.js



const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNDEFINED'];
const noSystem = 'UnsupportedImageError: The operating system and/or package manager are not supported.';
/** A scan of an image that begins now; it needs no timer, for its end is known. Undefined for what is no image. */
function scanOf(repository, { manifest }, type, now) {
    const { config } = manifest;
    if (config === undefined || !isImageConfig(config.mediaType))
        return undefined;
    const labels = imageConfig(repository.blobs.get(config.digest) ?? Buffer.alloc(0))?.labels ?? {};
    const seconds = Number(labels['sandbox.scan-seconds'] ?? 8);
    const times = { type, startedAt: now, endsAt: now + (seconds >= 0 ? seconds : 8) * 1_000 };
    const findings = readFindings(labels['sandbox.findings']);
    const foreign = manifest.layers.some(({ mediaType }) => !mediaType.includes('.layer.') && !mediaType.includes('.rootfs.'));
    if (foreign) {
        return { ...times, status: type === 'BASIC' ? 'FAILED' : 'UNSUPPORTED_IMAGE', description: noSystem, findings: [] };
    }
    if (findings === undefined) {
        const description = 'The label sandbox.findings is not a JSON list of {name, severity}';
        return { ...times, status: 'FAILED', description, findings: [] };
    }
    const asked = labels['sandbox.scan-status'];
    const done = type === 'BASIC' ? 'COMPLETE' : 'ACTIVE';
    const words = type === 'BASIC' ? 'The scan was completed successfully.' : 'Continuous scan is selected for image.';
    const ended = asked === undefined || asked === done;
    return {
        ...times,
        status: asked ?? done,
        description: ended ? words : `The scan ended as ${asked}`,
        findings: ended ? findings : [],
    };
}
/** True while the scan is under way. */
const isRunning = (scan, now) => now < scan.endsAt;
/** True when a push into the repository begins a scan. */
function scansOnPush({ scanning }, repository) {
    const ruled = scanning.rules.some(({ scanFrequency, filters }) => scanFrequency !== 'MANUAL' && filters.some((filter) => matchesWildcard(filter, repository.name)));
    return ruled || (scanning.scanType === 'BASIC' && repository.scanOnPush);
}
/** Begins the scan that a push calls for. */
function scanPushed(registry, repository, stored, now) {
    if (repository.scans.has(stored.digest) || !scansOnPush(registry, repository))
        return;
    const scan = scanOf(repository, stored, registry.scanning.scanType, now);
    if (scan !== undefined)
        repository.scans.set(stored.digest, scan);
}
function readFindings(label) {
    if (label === undefined)
        return [];
    let json;
    try {
        json = JSON.parse(label);
    }
    catch {
        return undefined;
    }
    if (!Array.isArray(json) || json.length > 10_000)
        return undefined;
    const text = (value) => (typeof value === 'string' ? value : undefined);
    const findings = json.map((item) => ({
        name: text(item?.['name']) ?? '',
        severity: text(item?.['severity']) ?? '',
        description: text(item?.['description']),
        package: text(item?.['package']),
        version: text(item?.['version']),
    }));
    return findings.every(({ name, severity }) => name !== '' && severities.includes(severity)) ? findings : undefined;
}
//# sourceMappingURL=scan.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-scan-results.js



/** A scan as the API shows it now; undefined when there is none. */
function shownScan({ world }, at, { digest }) {
    const scan = at.repository.scans.get(digest);
    if (scan === undefined)
        return undefined;
    if (isRunning(scan, world.clock.now())) {
        const status = scan.type === 'BASIC' ? 'IN_PROGRESS' : 'PENDING';
        return { scan, running: true, imageScanStatus: { status }, summary: undefined };
    }
    const imageScanStatus = { status: scan.status, description: scan.description };
    const found = scan.status === 'COMPLETE' || scan.status === 'ACTIVE';
    return { scan, running: false, imageScanStatus, summary: found ? ecr_scan_results_summary(scan) : undefined };
}
function ecr_scan_results_summary({ findings, endsAt }) {
    const findingSeverityCounts = {};
    for (const { severity } of findings)
        findingSeverityCounts[severity] = (findingSeverityCounts[severity] ?? 0) + 1;
    return {
        imageScanCompletedAt: endsAt / 1_000,
        vulnerabilitySourceUpdatedAt: endsAt / 1_000,
        findingSeverityCounts,
    };
}
/** A finding of basic scanning. */
const basicFinding = ({ name, severity, description, package: packageName, version }) => ({
    name,
    description,
    uri: `https://nvd.nist.gov/vuln/detail/${encodeURIComponent(name)}`,
    severity,
    attributes: [
        ...(packageName === undefined ? [] : [{ key: 'package_name', value: packageName }]),
        ...(version === undefined ? [] : [{ key: 'package_version', value: version }]),
    ],
});
/** A finding of enhanced scanning, as Amazon Inspector reports it. */
function enhancedFinding(at, { digest }, scan, finding) {
    const { registry, repository } = at;
    const seen = scan.endsAt / 1_000;
    const tags = repository_tagsOf(repository, digest);
    const named = { name: finding.package ?? 'unknown', version: finding.version ?? '0' };
    return {
        awsAccountId: registry.accountId,
        description: finding.description ?? finding.name,
        findingArn: `arn:aws:inspector2:${registry.region}:${registry.accountId}:finding/${digest.slice(7, 39)}-${finding.name}`,
        firstObservedAt: seen,
        lastObservedAt: seen,
        updatedAt: seen,
        packageVulnerabilityDetails: {
            source: 'NVD',
            vulnerabilityId: finding.name,
            vendorSeverity: finding.severity,
            vulnerablePackages: [named],
        },
        resources: [
            {
                id: `${repositoryArn(registry, repository.name)}/${digest}`,
                type: 'AWS_ECR_CONTAINER_IMAGE',
                details: {
                    awsEcrContainerImage: {
                        imageHash: digest,
                        imageTags: tags.length === 0 ? undefined : tags,
                        registry: registry.accountId,
                        repositoryName: repository.name,
                    },
                },
            },
        ],
        severity: finding.severity,
        status: 'ACTIVE',
        title: `${finding.name} - ${named.name}`,
        type: 'PACKAGE_VULNERABILITY',
    };
}
//# sourceMappingURL=ecr-scan-results.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-listings.js





const sizes = { standard: 100, most: 1_000 };
function filtered(repository, input) {
    const tagged = new Set(repository.tags.values());
    const { tagStatus = 'ANY', imageStatus = 'ACTIVE' } = (input['filter'] ?? {});
    if (!['TAGGED', 'UNTAGGED', 'ANY'].includes(tagStatus))
        throw ecr_lookup_invalid('tagStatus', 'must be TAGGED, UNTAGGED or ANY');
    if (imageStatus !== 'ACTIVE' && imageStatus !== 'ANY')
        return [];
    return [...repository.manifests.values()].filter(({ digest }) => tagStatus === 'ANY' || tagged.has(digest) === (tagStatus === 'TAGGED'));
}
/** What is in a repository, a page at a time. */
const listingOperations = (ground) => inRepositories(ground.registries, {
    DescribeImages(at, input) {
        const ids = ecr_lookup_list(input, 'imageIds', 0, 100);
        if (ids.length > 0) {
            const found = new Set(ids.map((id) => imageOf(at, ecr_image_ids_imageId(id))));
            return { imageDetails: [...found].map((stored) => detail(ground, at, stored)) };
        }
        const { items, nextToken } = paged(filtered(at.repository, input), ({ digest }) => digest, input, sizes);
        return { imageDetails: items.map((stored) => detail(ground, at, stored)), nextToken };
    },
    ListImages({ repository }, input) {
        const ids = filtered(repository, input).flatMap(({ digest }) => {
            const tags = repository_tagsOf(repository, digest);
            return (tags.length === 0 ? [undefined] : tags).map((imageTag) => ({ imageDigest: digest, imageTag }));
        });
        const { items, nextToken } = paged(ids, (id) => `${id.imageDigest}:${id.imageTag ?? ''}`, input, sizes);
        return { imageIds: items, nextToken };
    },
    ListImageReferrers({ repository }, input) {
        const digest = input['subjectId']?.['imageDigest'];
        if (typeof digest !== 'string' || !isDigest(digest))
            throw ecr_lookup_invalid('subjectId', 'must be a sha256 digest');
        const filter = input['filter'] ?? {};
        const types = ecr_lookup_list(filter, 'artifactTypes', 0, 5).map(String);
        const status = filter['artifactStatus'] ?? 'ACTIVE';
        const active = status === 'ACTIVE' || status === 'ANY';
        const found = referrersOf(repository, digest).filter(({ manifest }) => active && (types.length === 0 || types.includes(manifest.artifactType ?? '')));
        const { items, nextToken } = paged(found, (stored) => stored.digest, input, { standard: 20, most: 50 });
        const referrers = items.map(({ digest, bytes, manifest }) => ({
            digest,
            mediaType: manifest.mediaType,
            artifactType: manifest.artifactType,
            size: bytes.byteLength,
            annotations: manifest.annotations,
            artifactStatus: 'ACTIVE',
        }));
        return { referrers, nextToken };
    },
});
function detail(ground, at, stored) {
    const { manifest, digest, pushedAt, pulledAt } = stored;
    const tags = repository_tagsOf(at.repository, digest);
    const scan = shownScan(ground, at, stored);
    return {
        ...ecr_lookup_named(at),
        imageDigest: digest,
        imageTags: tags.length === 0 ? undefined : tags,
        imageSizeInBytes: size(stored),
        imagePushedAt: pushedAt / 1_000,
        imageScanStatus: scan?.imageScanStatus,
        imageScanFindingsSummary: scan?.summary,
        imageManifestMediaType: manifest.mediaType,
        artifactMediaType: manifest.artifactType ?? manifest.config?.mediaType,
        lastRecordedPullTime: pulledAt === undefined ? undefined : pulledAt / 1_000,
        subjectManifestDigest: manifest.subject?.digest,
        imageStatus: 'ACTIVE',
    };
}
/** Bytes of the manifest's own content; an index has none but itself. */
const size = ({ manifest, bytes }) => manifest.kind === 'index'
    ? bytes.byteLength
    : [manifest.config, ...manifest.layers].reduce((total, descriptor) => total + (descriptor?.size ?? 0), 0);
//# sourceMappingURL=ecr-listings.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-policies.js



function ecr_policies_json(input, member) {
    const value = ecr_lookup_text(input, member);
    try {
        const parsed = JSON.parse(value);
        if (typeof parsed === 'object' && parsed !== null)
            return value;
    }
    catch {
        // Said below, in the service's words.
    }
    throw ecr_lookup_invalid(member, 'Invalid JSON syntax');
}
const ecr_policies_missing = ({ registry, repository }, what) => `${what} policy does not exist for the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`;
/** Resource policies (honoured for other accounts) and lifecycle policies (kept, never run). */
const policyOperations = ({ world, registries }) => {
    const lifecycle = (at) => {
        const lifecyclePolicyText = at.repository.lifecyclePolicy;
        if (lifecyclePolicyText === undefined) {
            throw new AwsError('LifecyclePolicyNotFoundException', ecr_policies_missing(at, 'Lifecycle'));
        }
        return { lifecyclePolicyText, lastEvaluatedAt: world.clock.seconds() };
    };
    const policy = (at) => {
        if (at.repository.policy === undefined) {
            throw new AwsError('RepositoryPolicyNotFoundException', ecr_policies_missing(at, 'Repository'));
        }
        return at.repository.policy;
    };
    return inRepositories(registries, {
        SetRepositoryPolicy(at, input) {
            const policyText = ecr_policies_json(input, 'policyText');
            const right = statements(policyText).every(({ Effect }) => Effect === 'Allow' || Effect === 'Deny');
            if (!right || policyText.length > 10_240)
                throw ecr_lookup_invalid('PolicyText', 'Invalid repository policy provided');
            at.repository.policy = policyText;
            return { ...ecr_lookup_named(at), policyText };
        },
        GetRepositoryPolicy: (at) => ({ ...ecr_lookup_named(at), policyText: policy(at) }),
        DeleteRepositoryPolicy(at) {
            const policyText = policy(at);
            at.repository.policy = undefined;
            return { ...ecr_lookup_named(at), policyText };
        },
        PutLifecyclePolicy(at, input) {
            const lifecyclePolicyText = ecr_policies_json(input, 'lifecyclePolicyText');
            const { rules } = JSON.parse(lifecyclePolicyText);
            const right = Array.isArray(rules) && rules.length > 0 && rules.every((rule) => Number.isInteger(rule?.rulePriority));
            if (!right)
                throw ecr_lookup_invalid('LifecyclePolicyText', 'Lifecycle policy validation failure');
            at.repository.lifecyclePolicy = lifecyclePolicyText;
            return { ...ecr_lookup_named(at), lifecyclePolicyText };
        },
        GetLifecyclePolicy: (at) => ({ ...ecr_lookup_named(at), ...lifecycle(at) }),
        DeleteLifecyclePolicy(at) {
            const found = lifecycle(at);
            at.repository.lifecyclePolicy = undefined;
            return { ...ecr_lookup_named(at), ...found };
        },
    });
};
//# sourceMappingURL=ecr-policies.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-registry.js


/** The account settings that ECR knows: their values, the default first. */
const accountSettings = {
    BASIC_SCAN_TYPE_VERSION: ['AWS_NATIVE', 'CLAIR'],
    REGISTRY_POLICY_SCOPE: ['V2', 'V1'],
    BLOB_MOUNTING: ['DISABLED', 'ENABLED'],
};
function settingOf(input) {
    const name = ecr_lookup_text(input, 'name');
    const values = Object.hasOwn(accountSettings, name) ? accountSettings[name] : undefined;
    if (values === undefined)
        throw ecr_lookup_invalid('name', `must be one of ${Object.keys(accountSettings).join(', ')}`);
    return { name, values };
}
/** What holds for a whole registry: login, settings, scanning. */
const registryOperations = ({ registries, tokens }) => ({
    async GetAuthorizationToken(_input, caller) {
        const registry = await registries.of(caller.accountId, caller.region);
        const { password, expiresAt } = tokens.issue(caller);
        const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64');
        const proxyEndpoint = `http://${registry.host()}`;
        return { authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1_000, proxyEndpoint }] };
    },
    ...inOwnRegistry(registries, {
        DescribeRegistry: ({ accountId }) => ({ registryId: accountId, replicationConfiguration: { rules: [] } }),
        GetAccountSetting({ settings }, input) {
            const { name, values } = settingOf(input);
            return { name, value: settings.get(name) ?? values[0] };
        },
        PutAccountSetting({ settings }, input) {
            const { name, values } = settingOf(input);
            const value = ecr_lookup_text(input, 'value');
            if (!values.includes(value))
                throw ecr_lookup_invalid('value', `must be one of ${values.join(', ')}`);
            settings.set(name, value);
            return { name, value };
        },
        GetRegistryScanningConfiguration: (registry) => ({
            registryId: registry.accountId,
            scanningConfiguration: shownRules(registry.scanning),
        }),
        PutRegistryScanningConfiguration(registry, input) {
            registry.scanning = rulesOf(input);
            return { registryScanningConfiguration: shownRules(registry.scanning) };
        },
    }),
});
function inOwnRegistry(registries, operations) {
    const enter = (operation) => async (input, caller) => await operation(await registries.of(caller.accountId, caller.region), input);
    return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, enter(operation)]));
}
const shownRules = ({ scanType, rules }) => ({
    scanType,
    rules: rules.map(({ scanFrequency, filters }) => ({
        scanFrequency,
        repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
    })),
});
function rulesOf(input) {
    const scanType = input['scanType'] ?? 'BASIC';
    if (scanType !== 'BASIC' && scanType !== 'ENHANCED')
        throw ecr_lookup_invalid('scanType', 'must be BASIC or ENHANCED');
    const rules = ecr_lookup_list(input, 'rules', 0, 2).map((rule) => {
        const { scanFrequency, ...rest } = rule;
        const frequencies = scanType === 'BASIC' ? ['SCAN_ON_PUSH', 'MANUAL'] : ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'];
        if (!frequencies.includes(scanFrequency)) {
            throw new AwsError('ValidationException', `scanFrequency of ${scanType} must be one of ${frequencies.join(', ')}`);
        }
        const filters = ecr_lookup_list(rest, 'repositoryFilters', 0, 100).map((item) => {
            const { filter, filterType } = item;
            if (filterType !== 'WILDCARD' || typeof filter !== 'string' || filter.length > 255 || filter === '') {
                throw ecr_lookup_invalid('repositoryFilters', 'must be WILDCARD filters');
            }
            return filter;
        });
        return { scanFrequency: scanFrequency, filters };
    });
    return { scanType, rules };
}
//# sourceMappingURL=ecr-registry.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-tags.js


/** Adds resource tags. @throws AwsError when one is not right, or there would be more than 50 */
function takeTags(repository, tags) {
    const pairs = tags.map((item) => {
        const { Key, Value } = item;
        if (typeof Key !== 'string' || typeof Value !== 'string' || Key === '' || Key.length > 128 || Value.length > 256) {
            throw new AwsError('InvalidTagParameterException', 'A tag is a key of 1 to 128 characters and a value of at most 256');
        }
        return [Key, Value];
    });
    if (new Set([...repository.resourceTags.keys(), ...pairs.map(([key]) => key)]).size > 50) {
        throw new AwsError('TooManyTagsException', 'A repository has at most 50 tags');
    }
    for (const [key, value] of pairs)
        repository.resourceTags.set(key, value);
}
/** Resource tags of repositories, by ARN. */
const ecr_tags_tagOperations = ({ registries }) => {
    const found = (input, caller, operation) => {
        const arn = ecr_lookup_text(input, 'resourceArn');
        const match = /^arn:[a-z-]+:ecr:([a-z0-9-]+):(\d{12}):repository\/(.+)$/.exec(arn);
        if (!match)
            throw ecr_lookup_invalid('resourceArn', 'Invalid ARN');
        const [, region = '', account = '', name = ''] = match;
        const registry = registries.find(account, region);
        const repository = registry?.repositories.get(name);
        if (registry === undefined || repository === undefined)
            throw repositoryNotFound(account, name);
        mayUse(registry, repository, caller, operation);
        return repository;
    };
    return {
        TagResource(input, caller) {
            takeTags(found(input, caller, 'TagResource'), ecr_lookup_list(input, 'tags', 0, 200));
        },
        UntagResource(input, caller) {
            const { resourceTags } = found(input, caller, 'UntagResource');
            for (const key of ecr_lookup_list(input, 'tagKeys', 0, 200))
                resourceTags.delete(String(key));
        },
        ListTagsForResource(input, caller) {
            const { resourceTags } = found(input, caller, 'ListTagsForResource');
            return { tags: [...resourceTags].map(([Key, Value]) => ({ Key, Value })) };
        },
    };
};
//# sourceMappingURL=ecr-tags.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-repositories.js







const modes = ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'];
const filtersOf = ({ exclusions }) => exclusions.length === 0 ? undefined : exclusions.map((filter) => ({ filterType: 'WILDCARD', filter }));
/** A repository as the API shows it. */
const ecr_repositories_shown = (registry, repository) => ({
    repositoryArn: repositoryArn(registry, repository.name),
    registryId: registry.accountId,
    repositoryName: repository.name,
    repositoryUri: `${registry.host()}/${repository.name}`,
    createdAt: repository.createdAt / 1_000,
    imageTagMutability: repository.mutability.mode,
    imageTagMutabilityExclusionFilters: filtersOf(repository.mutability),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType: repository.encryption.type, kmsKey: repository.encryption.key },
});
/** Which repositories there are, and how each is set up. */
const repositoryOperations = ({ world, registries }) => ({
    async CreateRepository(input, caller) {
        const registry = await registryOf(registries, input, caller);
        const name = ecr_lookup_text(input, 'repositoryName');
        if (!isRepositoryName(name))
            throw ecr_lookup_invalid('repositoryName', 'must satisfy the grammar of repository names');
        if (registry === undefined || registry.accountId !== caller.accountId) {
            throw new AwsError('AccessDeniedException', `User: ${caller.arn} is not authorized to perform: ecr:CreateRepository`);
        }
        if (registry.repositories.has(name)) {
            const message = `The repository with name '${name}' already exists in the registry with id '${registry.accountId}'`;
            throw new AwsError('RepositoryAlreadyExistsException', message);
        }
        const repository = emptyRepository(name, world.clock.now());
        repository.mutability = mutability(input);
        repository.scanOnPush = scanOnPush(input);
        repository.encryption = encryption(input, registry);
        takeTags(repository, ecr_lookup_list(input, 'tags', 0, 50));
        registry.repositories.set(name, repository);
        return { repository: ecr_repositories_shown(registry, repository) };
    },
    async DescribeRepositories(input, caller) {
        const names = ecr_lookup_list(input, 'repositoryNames', 0, 100).map(String);
        const registry = await registryOf(registries, input, caller);
        if (names.length > 0) {
            if (input['nextToken'] !== undefined || input['maxResults'] !== undefined) {
                throw ecr_lookup_invalid('maxResults', 'cannot be used with repositoryNames');
            }
            const repositories = names.map((name) => {
                const repository = registry?.repositories.get(name);
                if (registry === undefined || repository === undefined) {
                    throw repositoryNotFound(String(input['registryId'] ?? caller.accountId), name);
                }
                mayUse(registry, repository, caller, 'DescribeRepositories');
                return ecr_repositories_shown(registry, repository);
            });
            return { repositories };
        }
        if (registry === undefined || registry.accountId !== caller.accountId) {
            const message = `User: ${caller.arn} is not authorized to perform: ecr:DescribeRepositories`;
            throw new AwsError('AccessDeniedException', message);
        }
        const all = [...registry.repositories.values()];
        const { items, nextToken } = paged(all, ({ name }) => name, input, { standard: 100, most: 1_000 });
        return { repositories: items.map((repository) => ecr_repositories_shown(registry, repository)), nextToken };
    },
    ...inRepositories(registries, {
        DeleteRepository({ registry, repository }, input) {
            if (input['force'] !== true && repository.manifests.size > 0) {
                const message = `The repository with name '${repository.name}' in registry with id '${registry.accountId}' cannot be deleted because it still contains images`;
                throw new AwsError('RepositoryNotEmptyException', message);
            }
            registry.repositories.delete(repository.name);
            const { encryptionConfiguration: _, imageScanningConfiguration: __, ...rest } = ecr_repositories_shown(registry, repository);
            return { repository: rest };
        },
        PutImageTagMutability(at, input) {
            ecr_lookup_text(input, 'imageTagMutability');
            at.repository.mutability = mutability(input);
            return {
                ...ecr_lookup_named(at),
                imageTagMutability: at.repository.mutability.mode,
                imageTagMutabilityExclusionFilters: filtersOf(at.repository.mutability),
            };
        },
        PutImageScanningConfiguration(at, input) {
            if (input['imageScanningConfiguration'] === undefined) {
                throw ecr_lookup_invalid('imageScanningConfiguration', 'Member must not be null');
            }
            at.repository.scanOnPush = scanOnPush(input);
            return { ...ecr_lookup_named(at), imageScanningConfiguration: { scanOnPush: at.repository.scanOnPush } };
        },
    }),
});
function mutability(input) {
    const mode = input['imageTagMutability'] ?? 'MUTABLE';
    if (!modes.includes(mode))
        throw ecr_lookup_invalid('imageTagMutability', `must be one of ${modes.join(', ')}`);
    const exclusions = ecr_lookup_list(input, 'imageTagMutabilityExclusionFilters', 0, 5).map((item) => {
        const { filterType, filter } = item;
        if (filterType !== 'WILDCARD')
            throw ecr_lookup_invalid('filterType', 'must be WILDCARD');
        const right = typeof filter === 'string' && /^[0-9a-zA-Z._*-]{1,128}$/.test(filter);
        // At most two wildcards, as the user guide says.
        if (!right || filter.split('*').length > 3)
            throw ecr_lookup_invalid('filter', '^[0-9a-zA-Z._*-]{1,128}$, at most 2 wildcards');
        return filter;
    });
    if (mode.endsWith('_WITH_EXCLUSION') !== exclusions.length > 0) {
        throw ecr_lookup_invalid('imageTagMutabilityExclusionFilters', 'must be given with, and only with, an exclusion mode');
    }
    return { mode, exclusions };
}
function scanOnPush(input) {
    const value = input['imageScanningConfiguration']?.['scanOnPush'] ?? false;
    if (typeof value !== 'boolean')
        throw ecr_lookup_invalid('scanOnPush', 'must be a boolean');
    return value;
}
function encryption(input, registry) {
    const { encryptionType = 'AES256', kmsKey } = (input['encryptionConfiguration'] ?? {});
    if (encryptionType === 'AES256')
        return { type: encryptionType, key: undefined };
    if (encryptionType !== 'KMS' && encryptionType !== 'KMS_DSSE') {
        throw ecr_lookup_invalid('encryptionType', 'must be one of AES256, KMS, KMS_DSSE');
    }
    const standard = digestOf(Buffer.from(`aws/ecr ${registry.accountId} ${registry.region}`)).slice(7, 39);
    const id = standard.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return { type: encryptionType, key: kmsKey ?? `arn:aws:kms:${registry.region}:${registry.accountId}:key/${id}` };
}
//# sourceMappingURL=ecr-repositories.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr-scans.js





/** An image may be scanned by hand once in this time. */
const quotaMs = 24 * 60 * 60 * 1_000;
/** Scans of images, basic and enhanced. */
const scanOperations = (ground) => inRepositories(ground.registries, {
    StartImageScan(at, input) {
        const { registry, repository } = at;
        const stored = imageOf(at, input['imageId']);
        const now = ground.world.clock.now();
        if (registry.scanning.scanType === 'ENHANCED')
            throw new AwsError('ValidationException', 'This feature is disabled');
        const scan = scanOf(repository, stored, 'BASIC', now);
        if (scan === undefined) {
            const type = stored.manifest.config?.mediaType ?? stored.manifest.mediaType;
            const message = `An artifact with media type '${type}' cannot be scanned. For more information, see the Amazon ECR documentation.`;
            throw new AwsError('UnsupportedImageTypeException', message);
        }
        const before = repository.scans.get(stored.digest);
        if (before !== undefined && now - before.startedAt < quotaMs) {
            const message = 'The scan quota per image has been exceeded. Wait and try again.';
            throw new AwsError('LimitExceededException', message);
        }
        repository.scans.set(stored.digest, scan);
        return { ...ecr_lookup_named(at), imageId: idOf(stored, input), imageScanStatus: { status: 'IN_PROGRESS' } };
    },
    DescribeImageScanFindings(at, input) {
        const stored = imageOf(at, input['imageId']);
        const shown = shownScan(ground, at, stored);
        if (shown === undefined)
            throw new AwsError('ScanNotFoundException', noScan(at, input));
        const { scan, imageScanStatus, summary } = shown;
        const answer = { ...ecr_lookup_named(at), imageId: idOf(stored, input), imageScanStatus };
        if (summary === undefined)
            return answer;
        const sized = { standard: 100, most: 1_000 };
        const numbered = scan.findings.map((finding, at) => ({ finding, key: String(at).padStart(6, '0') }));
        const { items, nextToken } = paged(numbered, ({ key }) => key, input, sized);
        const enhanced = scan.type === 'ENHANCED';
        const imageScanFindings = {
            ...summary,
            findings: enhanced ? [] : items.map(({ finding }) => basicFinding(finding)),
            enhancedFindings: enhanced ? items.map(({ finding }) => enhancedFinding(at, stored, scan, finding)) : undefined,
        };
        return { ...answer, imageScanFindings, nextToken };
    },
});
const idOf = (stored, input) => ({
    imageDigest: stored.digest,
    imageTag: ecr_image_ids_imageId(input['imageId']).imageTag,
});
function noScan({ registry, repository }, input) {
    const { imageDigest, imageTag } = ecr_image_ids_imageId(input['imageId']);
    const what = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
    return `Image scan does not exist for the image with '${what}' in the repository with name '${repository.name}' in the registry with id '${registry.accountId}'`;
}
//# sourceMappingURL=ecr-scans.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/ecr.js








/** Amazon ECR over the same store that the distribution API serves. */
const ecr = (ground) => ({
    name: 'ecr',
    protocol: { kind: 'json', version: '1.1', target: 'AmazonEC2ContainerRegistry_V20150921' },
    operations: {
        ...registryOperations(ground),
        ...repositoryOperations(ground),
        ...policyOperations(ground),
        ...ecr_tags_tagOperations(ground),
        ...layerOperations(ground),
        ...imageOperations(ground),
        ...listingOperations(ground),
        ...scanOperations(ground),
    },
});
//# sourceMappingURL=ecr.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/aws/sts.js


const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
/** AWS STS: who the caller is, and credentials for any role of any account. Trust policies are not asked. */
const sts = (keys) => ({
    name: 'sts',
    protocol: { kind: 'query', apiVersion: '2011-06-15', namespace },
    unsigned: ['AssumeRoleWithWebIdentity'],
    operations: {
        GetCallerIdentity: (_input, caller) => ({
            UserId: keys.sessionOf(caller.accessKeyId)?.userId ?? caller.accessKeyId.replace(/^AKIA/, 'AIDA'),
            Account: caller.accountId,
            Arn: caller.arn,
        }),
        AssumeRole(input, caller) {
            const chained = keys.sessionOf(caller.accessKeyId)?.arn.includes(':assumed-role/') === true;
            const lifetime = sts_duration(input, 3_600);
            if (chained && lifetime > 3_600) {
                const why = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
                throw new AwsError('ValidationError', why);
            }
            const session = sessionFor(input);
            return {
                Credentials: keys.issue(session, lifetime * 1_000),
                AssumedRoleUser: roleUser(session),
                PackedPolicySize: 1,
            };
        },
        AssumeRoleWithWebIdentity(input) {
            const { sub, aud, iss } = sts_claims(input['WebIdentityToken']);
            const session = sessionFor(input);
            return {
                Credentials: keys.issue(session, sts_duration(input, 3_600) * 1_000),
                AssumedRoleUser: roleUser(session),
                PackedPolicySize: 1,
                SubjectFromWebIdentityToken: sub,
                Audience: aud,
                Provider: iss,
            };
        },
        GetSessionToken(input, caller) {
            if (keys.sessionOf(caller.accessKeyId) !== undefined) {
                throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
            }
            const userId = caller.accessKeyId.replace(/^AKIA/, 'AIDA');
            const session = { accountId: caller.accountId, arn: caller.arn, userId };
            return { Credentials: keys.issue(session, sts_duration(input, 43_200) * 1_000) };
        },
    },
});
function sts_duration(input, otherwise) {
    const seconds = Number(input['DurationSeconds'] ?? otherwise);
    if (!Number.isInteger(seconds) || seconds < 900 || seconds > 129_600) {
        throw new AwsError('ValidationError', 'DurationSeconds must be from 900 to 129600');
    }
    return seconds;
}
function sessionFor(input) {
    const role = /^arn:([a-z-]+):iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,64})$/.exec(String(input['RoleArn'] ?? ''));
    if (!role)
        throw new AwsError('ValidationError', `${input['RoleArn']} is invalid`);
    const name = String(input['RoleSessionName'] ?? '');
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
        const why = `Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`;
        throw new AwsError('ValidationError', why);
    }
    const [, partition, accountId = '', roleName] = role;
    const id = (0,external_node_crypto_.createHash)('sha256').update(`${accountId}/${roleName}`).digest('hex').slice(0, 17).toUpperCase();
    return {
        accountId,
        arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${name}`,
        userId: `AROA${id}:${name}`,
    };
}
const roleUser = ({ arn, userId }) => ({ AssumedRoleId: userId, Arn: arn });
/** The claims of an OIDC token; its signature is not checked, for there is no provider to ask. */
function sts_claims(token) {
    const parts = String(token ?? '').split('.');
    try {
        const json = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
        const { sub, aud, iss } = json;
        const first = Array.isArray(aud) ? aud[0] : aud;
        const text = (value) => (typeof value === 'string' ? value : undefined);
        if (parts.length === 3 && typeof sub === 'string')
            return { sub, aud: text(first), iss: text(iss) };
    }
    catch {
        // Said below, in the service's words.
    }
    const why = 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';
    throw new AwsError('InvalidIdentityToken', why);
}
//# sourceMappingURL=sts.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/answer.js
/** An answer in JSON. */
const answer_json = (body, headers = {}) => ({
    status: 200,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
});
//# sourceMappingURL=answer.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/oci-error.js

/** A failure in the form of the distribution spec. */
class OciError extends Error {
    name = 'OciError';
    status;
    code;
    detail;
    headers;
    constructor(status, code, message, options = {}) {
        super(message);
        this.status = status;
        this.code = code;
        this.detail = options.detail;
        this.headers = options.headers ?? {};
    }
}
function sendOciError(exchange, { status, code, message, detail, headers }) {
    const body = { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] };
    send(exchange, status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8', ...headers });
}
//# sourceMappingURL=oci-error.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/blob-api.js


/** `GET` sends the client to the store behind, as ECR does; `HEAD` answers at once. */
function serveBlob({ links }, { exchange, registry, repository }, digest) {
    if (!isDigest(digest))
        throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256');
    const blob = repository.blobs.get(digest);
    if (blob === undefined)
        throw new OciError(404, 'BLOB_UNKNOWN', 'The layer does not exist in the repository');
    const headers = { 'docker-content-digest': digest, 'content-type': 'application/octet-stream' };
    switch (exchange.method) {
        case 'HEAD':
            return { status: 200, body: blob, headers: { ...headers, 'accept-ranges': 'bytes' } };
        case 'GET':
            return { status: 307, headers: { ...headers, location: links.to(registry, repository.name, digest) } };
        default:
            throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    }
}
//# sourceMappingURL=blob-api.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/page.js

/** One page of a sorted list by the spec's `n` and `last`, and the Link header to the next. */
function page_page(url, names) {
    const asked = url.searchParams.get('n');
    const size = asked === null ? 1_000 : Number(asked);
    if (!Number.isSafeInteger(size) || size < 0 || size > 1_000) {
        throw new OciError(400, 'PAGINATION_NUMBER_INVALID', 'n is a number from 0 to 1000');
    }
    const last = url.searchParams.get('last');
    const left = [...names].sort().filter((name) => last === null || name > last);
    const items = left.slice(0, size);
    const more = size > 0 && left.length > size;
    const next = new URLSearchParams({ n: String(size), last: items.at(-1) ?? '' });
    return { items, link: more ? { link: `<${url.pathname}?${next}>; rel="next"` } : {} };
}
//# sourceMappingURL=page.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/manifest-api.js








/** Manifests by tag or digest; the bytes that came are the bytes that go. */
function serveManifest(ground, visit, reference) {
    const { exchange, repository } = visit;
    if (!isDigest(reference) && !isTag(reference)) {
        throw new OciError(400, reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID', 'no tag and no sha256 digest');
    }
    if (exchange.method === 'PUT')
        return manifest_api_put(ground, visit, reference);
    const stored = resolve(repository, reference);
    if (stored === undefined)
        throw new OciError(404, 'MANIFEST_UNKNOWN', 'Requested image not found');
    switch (exchange.method) {
        case 'GET':
            stored.pulledAt = ground.world.clock.now();
            return content(stored);
        case 'HEAD':
            return content(stored);
        case 'DELETE':
            return manifest_api_remove(visit, stored, reference);
        default:
            throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    }
}
function content({ bytes, digest, manifest }) {
    const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest };
    return { status: 200, body: bytes, headers };
}
function manifest_api_put(ground, visit, reference) {
    const { exchange, registry, repository } = visit;
    const byDigest = isDigest(reference);
    try {
        const { stored } = putManifest(repository, exchange.body, {
            mediaType: exchange.headers['content-type'],
            digest: byDigest ? reference : undefined,
            tag: byDigest ? undefined : reference,
            now: ground.world.clock.now(),
        });
        ground.pushed(registry, repository, stored);
        const subject = stored.manifest.subject?.digest;
        return {
            status: 201,
            headers: {
                location: `/v2/${repository.name}/manifests/${reference}`,
                'docker-content-digest': stored.digest,
                ...(subject === undefined ? {} : { 'oci-subject': subject }),
            },
        };
    }
    catch (error) {
        if (error instanceof Refusal)
            throw refused(error, visit, reference);
        throw error;
    }
}
const codes = {
    invalid: 'MANIFEST_INVALID',
    'digest-mismatch': 'MANIFEST_INVALID',
    'layers-missing': 'MANIFEST_BLOB_UNKNOWN',
    'images-missing': 'MANIFEST_BLOB_UNKNOWN',
    'tag-immutable': 'TAG_INVALID',
};
function refused(refusal, { registry, repository }, reference) {
    const words = refusalWords(refusal, registry, repository, reference);
    return new OciError(400, codes[refusal.kind], words, { detail: { digests: refusal.digests } });
}
/** By tag: the tag alone. By digest: the manifest and its tags, unless an index needs it. */
function manifest_api_remove({ repository }, stored, reference) {
    if (!isDigest(reference)) {
        repository.tags.delete(reference);
        return { status: 202 };
    }
    if (parentsOf(repository, stored.digest).length > 0) {
        throw new OciError(403, 'DENIED', 'Requested image referenced by manifest list');
    }
    removeManifest(repository, stored.digest);
    return { status: 202 };
}
function serveTags({ exchange, repository }) {
    if (exchange.method !== 'GET')
        throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    const { items, link } = page_page(exchange.url, [...repository.tags.keys()]);
    return answer_json({ name: repository.name, tags: items }, link);
}
function serveReferrers({ exchange, repository }, digest) {
    if (exchange.method !== 'GET')
        throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    if (!isDigest(digest))
        throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256');
    const wanted = exchange.url.searchParams.getAll('artifactType');
    const manifests = referrersOf(repository, digest)
        .filter(({ manifest }) => wanted.length === 0 || wanted.includes(manifest.artifactType ?? ''))
        .map(({ manifest, digest, bytes }) => ({
        mediaType: manifest.mediaType,
        digest,
        size: bytes.byteLength,
        artifactType: manifest.artifactType,
        annotations: manifest.annotations,
    }));
    const applied = wanted.length > 0 ? { 'oci-filters-applied': 'artifactType' } : {};
    const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
    return answer_json(index, { 'content-type': mediaTypes.ociIndex, ...applied });
}
//# sourceMappingURL=manifest-api.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/route.js
/** Reads the path below `/v2`; undefined when the API has no such path. */
function route(path) {
    if (path === '/v2' || path === '/v2/')
        return { kind: 'base' };
    const parts = decode(path)?.split('/');
    if (parts === undefined || parts[0] !== '' || parts[1] !== 'v2')
        return undefined;
    const rest = parts.slice(2);
    if (rest.length === 1 && rest[0] === '_catalog')
        return { kind: 'catalog' };
    const last = rest.at(-1) ?? '';
    const before = rest.at(-2);
    const name = (from) => rest.slice(0, -from).join('/');
    if (rest.length < 3)
        return undefined;
    if (rest.at(-3) === 'blobs' && before === 'uploads') {
        return last === '' ? { kind: 'uploads', name: name(3) } : { kind: 'upload', name: name(3), id: last };
    }
    if (before === 'blobs' && last === 'uploads')
        return { kind: 'uploads', name: name(2) };
    if (before === 'manifests')
        return { kind: 'manifest', name: name(2), reference: last };
    if (before === 'blobs')
        return { kind: 'blob', name: name(2), digest: last };
    if (before === 'tags' && last === 'list')
        return { kind: 'tags', name: name(2) };
    if (before === 'referrers')
        return { kind: 'referrers', name: name(2), digest: last };
    return undefined;
}
function decode(path) {
    try {
        return decodeURIComponent(path);
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=route.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/upload-api.js






/** Uploads: begun by POST (or spared by a mount), filled by PATCH in order, ended by PUT, looked at by GET, dropped by DELETE. */
function serveUpload(visit, id) {
    const { exchange, repository } = visit;
    if (id === undefined) {
        if (exchange.method !== 'POST')
            throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
        return upload_api_begin(visit);
    }
    const upload = repository.uploads.get(id);
    if (upload === undefined)
        throw new OciError(404, 'BLOB_UPLOAD_UNKNOWN', 'The upload does not exist');
    switch (exchange.method) {
        case 'GET':
            return upload_api_status(visit, upload, 204);
        case 'PATCH':
            upload_api_take(visit, upload);
            return upload_api_status(visit, upload, 202);
        case 'PUT':
            return upload_api_end(visit, upload);
        case 'DELETE':
            repository.uploads.delete(upload.id);
            return { status: 204 };
        default:
            throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    }
}
function upload_api_begin(visit) {
    const { exchange, repository } = visit;
    const query = exchange.url.searchParams;
    const wanted = query.get('mount');
    if (wanted !== null && !isDigest(wanted))
        throw new OciError(400, 'DIGEST_INVALID', 'the digest is not one of sha256');
    if (wanted !== null && mount(visit, wanted, query.get('from')))
        return created(visit, wanted);
    const upload = beginUpload(repository, (0,external_node_crypto_.randomUUID)());
    if (query.has('digest'))
        return upload_api_end(visit, upload);
    return upload_api_status(visit, upload, 202);
}
/**
 * True when the blob is now in the repository too. ECR mounts only when the account has turned it on, from a repository
 * of the same registry and encryption, and only a blob that a manifest there references.
 */
function mount({ registry, repository, caller }, digest, from) {
    const source = from === null ? undefined : registry.repositories.get(from);
    const blob = source?.blobs.get(digest);
    if (registry.settings.get('BLOB_MOUNTING') !== 'ENABLED' || source === undefined || blob === undefined)
        return false;
    if (!isReferenced(source, digest))
        return false;
    if (!allows(source.policy, registry.accountId, caller, 'ecr:GetDownloadUrlForLayer'))
        return false;
    const same = source.encryption.type === repository.encryption.type && source.encryption.key === repository.encryption.key;
    if (same)
        repository.blobs.set(digest, blob);
    return same;
}
function upload_api_take(visit, upload) {
    const { body, headers } = visit.exchange;
    const range = headers['content-range'];
    if (range !== undefined) {
        const match = /^(?:bytes )?(\d+)-(\d+)(?:\/(?:\d+|\*))?$/.exec(range);
        const fits = match && Number(match[1]) === upload.received && Number(match[2]) - Number(match[1]) + 1 === body.byteLength;
        if (!fits) {
            const message = `the next byte is ${upload.received}`;
            throw new OciError(416, 'BLOB_UPLOAD_INVALID', message, { headers: whereabouts(visit, upload) });
        }
    }
    if (!upload_append(upload, body))
        throw new OciError(413, 'SIZE_INVALID', 'the blob is too large');
}
function upload_api_end(visit, upload) {
    const digest = visit.exchange.url.searchParams.get('digest') ?? '';
    if (!isDigest(digest))
        throw new OciError(400, 'DIGEST_INVALID', 'the digest is missing or not one of sha256');
    upload_api_take(visit, upload);
    if (!finish(visit.repository, upload, digest)) {
        visit.repository.uploads.delete(upload.id);
        throw new OciError(400, 'DIGEST_INVALID', `the bytes do not have the digest ${digest}`);
    }
    return created(visit, digest);
}
const created = ({ repository }, digest) => ({
    status: 201,
    headers: { location: `/v2/${repository.name}/blobs/${digest}`, 'docker-content-digest': digest },
});
const whereabouts = ({ repository }, upload) => ({
    location: `/v2/${repository.name}/blobs/uploads/${upload.id}`,
    range: `0-${Math.max(0, upload.received - 1)}`,
    'docker-upload-uuid': upload.id,
});
const upload_api_status = (visit, upload, code) => ({
    status: code,
    headers: whereabouts(visit, upload),
});
//# sourceMappingURL=upload-api.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/distribution.js











/** Answers the OCI distribution API under `/v2/` as ECR does: repositories must exist, and nobody is anonymous. */
function distribution(ground) {
    return {
        identify({ method, url }) {
            if (url.pathname !== '/v2' && !url.pathname.startsWith('/v2/'))
                return undefined;
            return { service: 'registry', operation: `${method} ${route(url.pathname)?.kind ?? 'unknown'}` };
        },
        fail(exchange, status, code, message) {
            const throttled = code === 'ThrottlingException';
            const oci = throttled ? 'TOOMANYREQUESTS' : status === 403 ? 'DENIED' : 'UNKNOWN';
            sendOciError(exchange, new OciError(throttled ? 429 : status, oci, message));
        },
        handle(exchange) {
            exchange.response.setHeader('docker-distribution-api-version', 'registry/2.0');
            try {
                const { status, body, headers } = serve(ground, exchange);
                send(exchange, status, body, headers);
            }
            catch (error) {
                if (!(error instanceof OciError))
                    throw error;
                sendOciError(exchange, error);
            }
        },
    };
}
function serve(ground, exchange) {
    const registry = ground.registries.at(exchange.request.socket.localPort ?? 0);
    if (registry === undefined)
        throw new OciError(404, 'NAME_UNKNOWN', 'no registry is at this port');
    const caller = callerOf(ground, registry, exchange);
    if ('status' in caller)
        return caller;
    const asked = route(exchange.url.pathname);
    if (asked === undefined)
        throw new OciError(404, 'UNSUPPORTED', 'the distribution API has no such path');
    if (asked.kind === 'base')
        return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } };
    if (asked.kind === 'catalog')
        return serveCatalog(exchange, registry, caller);
    if (!isRepositoryName(asked.name))
        throw new OciError(400, 'NAME_INVALID', 'invalid repository name');
    const repository = registry.repositories.get(asked.name);
    if (repository === undefined) {
        throw new OciError(404, 'NAME_UNKNOWN', unknownRepository(registry.accountId, asked.name));
    }
    const action = actionOf(exchange.method, asked);
    if (!allows(repository.policy, registry.accountId, caller, action)) {
        throw new OciError(403, 'DENIED', notAuthorized(caller.arn, action, repositoryArn(registry, repository.name)));
    }
    const visit = { exchange, registry, repository, caller };
    switch (asked.kind) {
        case 'manifest':
            return serveManifest(ground, visit, asked.reference);
        case 'blob':
            return serveBlob(ground, visit, asked.digest);
        case 'uploads':
            return serveUpload(visit, undefined);
        case 'upload':
            return serveUpload(visit, asked.id);
        case 'tags':
            return serveTags(visit);
        case 'referrers':
            return serveReferrers(visit, asked.digest);
    }
}
/** Whom the credentials stand for; the challenge when there are none. */
function callerOf(ground, registry, exchange) {
    const caller = ground.tokens.check(exchange.headers.authorization);
    if (caller === 'missing') {
        return {
            status: 401,
            body: 'Not Authorized\n',
            headers: {
                'content-type': 'text/plain; charset=utf-8',
                'www-authenticate': `Basic realm="http://${registry.host()}/",service="ecr.amazonaws.com"`,
            },
        };
    }
    if (caller === 'expired') {
        throw new OciError(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.');
    }
    if (caller === 'invalid')
        throw new OciError(403, 'DENIED', 'Your Authorization Token is invalid.');
    return caller;
}
const actions = {
    'GET blob': 'GetDownloadUrlForLayer',
    'HEAD blob': 'BatchCheckLayerAvailability',
    'DELETE blob': 'BatchDeleteImage',
    'PUT manifest': 'PutImage',
    'DELETE manifest': 'BatchDeleteImage',
    'POST uploads': 'InitiateLayerUpload',
    'PUT upload': 'CompleteLayerUpload',
    'GET tags': 'ListImages',
};
/** The IAM action that ECR asks for. */
function actionOf(method, { kind }) {
    const reading = kind === 'upload' ? 'UploadLayerPart' : 'BatchGetImage';
    return `ecr:${actions[`${method} ${kind}`] ?? reading}`;
}
function serveCatalog(exchange, registry, caller) {
    if (exchange.method !== 'GET')
        throw new OciError(405, 'UNSUPPORTED', 'The operation is unsupported.');
    if (caller.accountId !== registry.accountId)
        throw new OciError(403, 'DENIED', 'The catalog is its owner’s');
    const { items, link } = page_page(exchange.url, [...registry.repositories.keys()]);
    return answer_json({ repositories: items }, link);
}
//# sourceMappingURL=distribution.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/layer-links.js


const layer_links_prefix = '/_layers/';
const layer_links_lifetimeMs = 60 * 60 * 1_000;
/**
 * The host of a link is `localhost`, not the registry's `127.0.0.1`: like the real store it is another host,
 * so that clients must drop the registry's Authorization header when they follow the redirect.
 */
function layerLinks(registries, clock) {
    const secret = (0,external_node_crypto_.randomBytes)(32);
    const sign = (...parts) => (0,external_node_crypto_.createHash)('sha256').update(secret).update(parts.join('\n')).digest('hex');
    const refuse = (exchange, status, code, message) => send(exchange, status, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`, { 'content-type': 'application/xml' });
    return {
        to(registry, repository, digest) {
            const until = Math.floor(clock.now() + layer_links_lifetimeMs);
            const port = registry.host().split(':')[1];
            const signature = sign(registry.accountId, registry.region, repository, digest, until);
            return `http://localhost:${port}${layer_links_prefix}${repository}/${digest}?X-Amz-Expires=${until}&X-Amz-Signature=${signature}`;
        },
        identify: ({ url, method }) => url.pathname.startsWith(layer_links_prefix) ? { service: 'layers', operation: `${method} layer` } : undefined,
        fail: refuse,
        handle(exchange) {
            const { url, method, headers } = exchange;
            if (method !== 'GET' && method !== 'HEAD')
                return refuse(exchange, 405, 'MethodNotAllowed', 'Read only');
            if (headers.authorization !== undefined) {
                return refuse(exchange, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
            }
            const registry = registries.at(exchange.request.socket.localPort ?? 0);
            const path = url.pathname.slice(layer_links_prefix.length);
            const cut = path.lastIndexOf('/');
            const [repository, digest] = [path.slice(0, cut), path.slice(cut + 1)];
            const until = Number(url.searchParams.get('X-Amz-Expires'));
            const expected = registry && sign(registry.accountId, registry.region, repository, digest, until);
            if (expected === undefined || url.searchParams.get('X-Amz-Signature') !== expected) {
                return refuse(exchange, 403, 'SignatureDoesNotMatch', 'The signature does not match');
            }
            if (until <= clock.now())
                return refuse(exchange, 403, 'AccessDenied', 'Request has expired');
            const blob = registry?.repositories.get(repository)?.blobs.get(digest);
            if (blob === undefined)
                return refuse(exchange, 404, 'NoSuchKey', 'The specified key does not exist.');
            const { status, body, headers: own } = ranged(headers.range, blob);
            send(exchange, status, body, own);
        },
    };
}
/** All bytes, or the one range of them that was asked for. */
function ranged(range, bytes) {
    const headers = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' };
    const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
    if (!asked || (asked[1] === '' && asked[2] === ''))
        return { status: 200, body: bytes, headers };
    const size = bytes.byteLength;
    const start = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
    const end = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1);
    if (start > end)
        return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
    const body = bytes.subarray(start, end + 1);
    return { status: 206, body, headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}` } };
}
//# sourceMappingURL=layer-links.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/registries.js
function registries_registries(ground) {
    const make = (accountId, region, port) => ({
        accountId,
        region,
        host: () => `127.0.0.1:${port()}`,
        repositories: new Map(),
        settings: new Map(),
        scanning: { scanType: 'BASIC', rules: [] },
    });
    const mainPort = () => Number(new URL(ground.endpoint()).port);
    const main = make(ground.accountId, ground.region, mainPort);
    const byPort = new Map();
    const byOwner = new Map([[`${main.accountId}/${main.region}`, Promise.resolve(main)]]);
    const ready = new Map([[`${main.accountId}/${main.region}`, main]]);
    return {
        find: (accountId, region) => ready.get(`${accountId}/${region}`),
        async of(accountId, region) {
            const key = `${accountId}/${region}`;
            let made = byOwner.get(key);
            if (made === undefined) {
                made = ground.listen().then((port) => {
                    const registry = make(accountId, region, () => port);
                    byPort.set(port, registry);
                    ready.set(key, registry);
                    return registry;
                });
                byOwner.set(key, made);
            }
            return await made;
        },
        at: (port) => byPort.get(port) ?? (port === mainPort() ? main : undefined),
    };
}
//# sourceMappingURL=registries.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/registry/tokens.js

/** As long as ECR's: 12 hours. */
const tokens_lifetimeMs = 12 * 60 * 60 * 1_000;
function tokens(clock, id) {
    const issued = new Map();
    const keyOf = (password) => (0,external_node_crypto_.createHash)('sha256').update(password).digest('hex');
    return {
        issue(caller) {
            const expiresAt = clock.now() + tokens_lifetimeMs;
            const payload = { payload: id(64), version: '2', type: 'DATA_KEY', expiration: Math.floor(expiresAt / 1_000) };
            const password = Buffer.from(JSON.stringify(payload)).toString('base64');
            issued.set(keyOf(password), { caller, expiresAt });
            return { password, expiresAt };
        },
        check(authorization) {
            if (authorization === undefined)
                return 'missing';
            const encoded = /^Basic ([A-Za-z0-9+/=_-]{1,8192})$/i.exec(authorization)?.[1];
            const [user, ...password] = Buffer.from(encoded ?? '', 'base64')
                .toString('utf8')
                .split(':');
            const found = user === 'AWS' ? issued.get(keyOf(password.join(':'))) : undefined;
            if (found === undefined)
                return 'invalid';
            return found.expiresAt <= clock.now() ? 'expired' : found.caller;
        },
    };
}
//# sourceMappingURL=tokens.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/parts.js










/** Puts the parts of a sandbox together: the world they share, the AWS services, and what speaks other protocols. */
function parts(made, makeServices, makeInvoke) {
    let services = [];
    const { clock } = made;
    const registries = registries_registries(made);
    const kubernetes = kubernetes_kubernetes(() => world, () => accounts);
    const world = {
        ...made,
        images: pull_images(registries, clock),
        kubernetes: kubernetes.clusters,
        invoke: makeInvoke(() => services),
    };
    const accounts = accessKeys(made);
    const links = layerLinks(registries, clock);
    const ground = {
        world,
        registries,
        tokens: tokens(clock, made.id),
        links,
        pushed: (registry, repository, stored) => scanPushed(registry, repository, stored, clock.now()),
    };
    services = [...makeServices(world), ecr(ground), sts(accounts)];
    return { world, services, accounts, others: [distribution(ground), links, kubernetes.service] };
}
//# sourceMappingURL=parts.js.map
;// CONCATENATED MODULE: ./build/src/sandbox/server.js











/** Bodies above this are refused: 413. */
const largestBody = 512 * 1024 * 1024;
/** Starts the embedded cloud on loopback. */
async function startSandbox(options = {}) {
    const clock = sandboxClock(options.speed ?? 1);
    const calls = callRecorder();
    const active = faults();
    let port = 0;
    const endpoint = () => `http://127.0.0.1:${port}`;
    const region = options.region ?? 'eu-west-1';
    const made = {
        accountId: options.accountId ?? '123456789012',
        region,
        clock,
        calls,
        faults: active,
        hooks: lambdaHooks(),
        endpoint,
        listen: () => open(0),
        id: randomId,
    };
    const { world, services, accounts, others } = parts(made, (world) => awsServices(world), invoker);
    const all = [...others, awsGateway(services, accounts, options.onAnswer)];
    const steer = control(world);
    const servers = [];
    async function open(port) {
        const server = (0,external_node_http_.createServer)((request, response) => {
            answer(request, response).catch((error) => {
                process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
                if (!response.headersSent)
                    response.writeHead(500, { 'content-type': 'text/plain' });
                response.end('the sandbox failed; see its log');
            });
        });
        server.keepAliveTimeout = 30_000;
        await new Promise((resolve, reject) => {
            server.once('error', reject);
            server.listen(port, '127.0.0.1', resolve);
        });
        servers.push(server);
        return server.address().port;
    }
    async function answer(request, response) {
        const body = await readBody(request);
        if (body === undefined) {
            response.writeHead(413, { connection: 'close' }).end();
            return;
        }
        const url = new URL(request.url ?? '/', endpoint());
        const exchange = {
            method: request.method ?? 'GET',
            url,
            headers: request.headers,
            body,
            request,
            response,
        };
        if (url.pathname.startsWith(controlPath))
            return await steer(exchange);
        for (const service of all) {
            const identity = service.identify(exchange);
            if (identity === undefined)
                continue;
            response.once('close', () => calls.record({
                ...identity,
                at: clock.now(),
                method: exchange.method,
                path: url.pathname,
                status: response.statusCode,
                userAgent: request.headers['user-agent'] ?? '',
                bytesIn: body.byteLength,
                input: recordedInput(exchange),
            }));
            const fault = active.take(identity);
            if (fault?.kind === 'slow')
                await (0,promises_.setTimeout)(fault.delayMs ?? 1_000);
            else if (fault?.kind === 'lost-answer')
                loseAnswer(request, response);
            else if (fault?.kind === 'reset')
                return void request.socket.destroy();
            else if (fault?.kind === 'throttle')
                return service.fail(exchange, 400, 'ThrottlingException', 'Rate exceeded');
            else if (fault?.kind === 'expired-credentials') {
                return service.fail(exchange, 403, 'ExpiredTokenException', 'The security token included in the request is expired');
            }
            else if (fault?.kind === 'access-denied') {
                const action = `${identity.service}:${identity.operation}`;
                return service.fail(exchange, 403, 'AccessDeniedException', `User is not authorized to perform: ${action}`);
            }
            else if (fault?.kind === 'error') {
                const { status = 500, code = 'InternalFailure', message = 'An internal failure was injected' } = fault;
                return service.fail(exchange, status, code, message);
            }
            return await service.handle(exchange, identity);
        }
        response
            .writeHead(404, { 'content-type': 'text/plain' })
            .end(`the sandbox knows no ${exchange.method} ${url.pathname}\n`);
    }
    port = await open(options.port ?? 0);
    return Object.assign(world, {
        port,
        environment: () => ({
            AWS_ENDPOINT_URL: endpoint(),
            AWS_REGION: region,
            // The first AWS CLI and botocore know only this name.
            AWS_DEFAULT_REGION: region,
            AWS_ACCESS_KEY_ID: 'AKIASANDBOX000000000',
            AWS_SECRET_ACCESS_KEY: 'sandbox',
            ...(clock.speed > 1 ? { STRANGLER_DEPLOY_CLOCK: `${clock.speed}@${clock.epoch}` } : {}),
        }),
        kubeconfig: (cluster, namespace) => world.kubernetes.kubeconfig(cluster, namespace),
        async close() {
            clock.stop();
            for (const service of all)
                service.close?.();
            for (const server of servers) {
                server.closeAllConnections();
                await new Promise((resolve) => server.close(() => resolve()));
            }
        },
    });
}
async function readBody(request) {
    const chunks = [];
    let length = 0;
    for await (const chunk of request) {
        length += chunk.byteLength;
        if (length > largestBody)
            return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function recordedInput(exchange) {
    if (exchange.headers['x-amz-target'] === undefined || exchange.body.byteLength > 1_000_000)
        return undefined;
    try {
        return JSON.parse(exchange.body.toString('utf8'));
    }
    catch {
        return undefined;
    }
}
function randomId(length, alphabet = '0123456789abcdef') {
    return Array.from({ length }, () => alphabet[(0,external_node_crypto_.randomInt)(alphabet.length)]).join('');
}
/** The connection breaks where the answer would begin. */
function loseAnswer(request, response) {
    const lose = () => {
        request.socket.destroy();
        return true;
    };
    Object.assign(response, { writeHead: () => response, write: lose, end: lose });
}
//# sourceMappingURL=server.js.map

/***/ })

};
