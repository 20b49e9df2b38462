export const id = 880;
export const ids = [880];
export const modules = {

/***/ 7118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderTaskDef: () => (/* binding */ renderTaskDef)
});

// EXTERNAL MODULE: ./build/src/action/define.js
var action_define = __webpack_require__(3253);
// EXTERNAL MODULE: ./build/src/action/inputs.js
var inputs = __webpack_require__(3991);
// EXTERNAL MODULE: ./build/src/aws/session.js
var session = __webpack_require__(495);
// EXTERNAL MODULE: ./build/src/action/closest.js
var closest = __webpack_require__(1907);
// EXTERNAL MODULE: ./build/src/action/errors.js
var errors = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/src/ecs/command-words.js

/**
 * Splits a command as a POSIX shell would split words, quotes and backslashes only; a JSON list is taken as it is. Nothing is run or expanded.
 * @throws UserError for a quote that is not closed
 */
function splitCommand(text) {
    if (/^\s*\[/.test(text)) {
        try {
            const list = JSON.parse(text);
            if (Array.isArray(list) && list.every((item) => typeof item === 'string'))
                return list;
        }
        catch {
            // Not JSON after all: a command may begin with a bracket ([ is a program).
        }
    }
    const words = [];
    let word;
    let quote = '';
    for (let index = 0; index < text.length; index++) {
        const char = text.charAt(index);
        if (quote === "'") {
            if (char === "'")
                quote = '';
            else
                word = (word ?? '') + char;
        }
        else if (char === '\\' && index + 1 < text.length && (quote === '' || /["\\$`]/.test(text.charAt(index + 1)))) {
            word = (word ?? '') + text.charAt(++index);
        }
        else if (quote === '"') {
            if (char === '"')
                quote = '';
            else
                word = (word ?? '') + char;
        }
        else if (char === '"' || char === "'") {
            quote = char;
            word ??= '';
        }
        else if (/\s/.test(char)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else {
            word = (word ?? '') + char;
        }
    }
    if (quote !== '')
        throw new errors/* UserError */.yo(`the quote ${quote} is not closed`);
    if (word !== undefined)
        words.push(word);
    return words;
}
/** A command from an input: words, a JSON list, or a list that was read from YAML. @throws UserError */
function readCommand(value) {
    if (typeof value === 'string')
        return splitCommand(value);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
        return value;
    throw new errors/* UserError */.yo('expected words, or a list of texts');
}
//# sourceMappingURL=command-words.js.map
;// CONCATENATED MODULE: ./build/src/ecs/env-file.js

/** A variable's name as a shell and a container can have it; dots and dashes too, which programs read. */
const variableName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const escapes = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };
/**
 * Reads an env file: `NAME=value`, `export NAME=value`, comments and blank lines. Single quotes and backticks hold what stands in them;
 * double quotes know `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; all three may go over several lines. Without quotes a value ends at its line
 * or at a `#` after a space. Nothing is expanded. Where other readers skip a line that they do not understand, this one says so.
 * @throws InputError with every problem, by line
 */
function parseEnvFile(text) {
    const problems = [];
    const found = [];
    const lineOf = new Map();
    const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    let at = 0;
    let line = 1;
    while (at < source.length) {
        const end = endOfLine(source, at);
        const raw = source.slice(at, end);
        const head = /^\s*(?:export\s+)?([^=\s]+)[ \t]*=[ \t]*/.exec(raw);
        let next = end;
        if (raw.trim() !== '' && !/^\s*#/.test(raw)) {
            const name = head?.[1] ?? '';
            if (head === null)
                problems.push(`line ${line}: expected NAME=value`);
            else if (!variableName.test(name))
                problems.push(`line ${line}: '${name}' is no name for a variable`);
            else {
                const first = lineOf.get(name);
                if (first === undefined)
                    lineOf.set(name, line);
                else
                    problems.push(`line ${line}: ${name} stands in line ${first} already`);
            }
            if (head !== null) {
                const value = readValue(source, at + head[0].length);
                next = value.end;
                if ('problem' in value)
                    problems.push(`line ${line}: ${value.problem}`);
                else
                    found.push({ name, value: value.text });
            }
        }
        line += source.slice(at, next).split('\n').length;
        at = next + 1;
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return found;
}
const endOfLine = (text, from) => {
    const at = text.indexOf('\n', from);
    return at < 0 ? text.length : at;
};
function readValue(source, from) {
    const quote = source.charAt(from);
    const end = endOfLine(source, from);
    if (!(quote === '"' || quote === "'" || quote === '`')) {
        const raw = source.slice(from, end);
        return { end, text: raw.replace(/(^|\s)#.*$/, '').trim() };
    }
    let text = '';
    for (let at = from + 1; at < source.length; at++) {
        const char = source.charAt(at);
        if (char === quote) {
            const after = endOfLine(source, at);
            const rest = source.slice(at + 1, after);
            if (/^\s*(#.*)?$/.test(rest))
                return { end: after, text };
            return { end: after, problem: `the quote ${quote} closes before the end of the value` };
        }
        const escaped = quote === '"' && char === '\\' ? escapes[source.charAt(at + 1)] : undefined;
        if (escaped === undefined)
            text += char;
        else {
            text += escaped;
            at++;
        }
    }
    return { end: source.length, problem: `the quote ${quote} is not closed` };
}
//# sourceMappingURL=env-file.js.map
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/src/ecs/yaml-input.js


/**
 * Reads JSON or YAML with numbers and booleans as the text they were written as (`1.10` stays `1.10`, `yes` stays `yes`), null as null:
 * for what ends up as text, such as variables. A name that stands twice is refused.
 * @throws UserError
 */
function readYamlTexts(text) {
    const document = parsed(text);
    (0,dist/* visit */.YR)(document, {
        Scalar(_, node) {
            if (typeof node.value === 'string' || node.value === null)
                return;
            node.value = node.source ?? String(node.value);
        },
    });
    return plainValue(document);
}
/** Reads JSON or YAML. A name that stands twice is refused. @throws UserError */
const readYaml = (text) => plainValue(parsed(text));
/** Whether a text is JSON or a list of YAML, where it could also be something simpler. */
const looksStructured = (text) => /^\s*([[{]|-(\s|$)|---)/.test(text);
function parsed(text) {
    const document = (0,dist/* parseDocument */.Tp)(text);
    const error = document.errors[0];
    if (error !== undefined)
        throw new errors/* UserError */.yo(`expected JSON or YAML: ${error.message.split('\n')[0] ?? ''}`);
    return document;
}
function plainValue(document) {
    try {
        return document.toJS({ maxAliasCount: 100 });
    }
    catch (error) {
        throw new errors/* UserError */.yo(`expected JSON or YAML: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
    }
}
//# sourceMappingURL=yaml-input.js.map
;// CONCATENATED MODULE: ./build/src/ecs/environment-input.js



/**
 * Reads names and texts from `NAME=value` lines (cut at the first `=`; those with a `#` in front are comments), from a JSON or YAML object, or from a list of
 * `{ name, <member> }` as a task definition has them; a value that was read from YAML already is taken as it is.
 * @throws InputError for every name that stands twice, every value that is no text
 */
function readTexts(given, member = 'value') {
    if (typeof given === 'string' && !isYaml(given))
        return byName(lineRows(given));
    const value = typeof given === 'string' ? readYamlTexts(given) : given;
    return byName(Array.isArray(value) ? listRows(value, member) : objectRows(value));
}
/** As `readTexts`, and the names must be names of variables. @throws InputError */
function readVariables(given, member = 'value') {
    const texts = readTexts(given, member);
    const wrong = Object.keys(texts).filter((name) => !variableName.test(name));
    if (wrong.length > 0)
        throw new errors/* InputError */.dz(wrong.map((name) => `'${name}' is no name for a variable`));
    return texts;
}
/** A file of variables: JSON or YAML when it is named or looks so, an env file otherwise. @throws InputError */
function readVariablesFile(text, file) {
    if (/\.(json|ya?ml)$/i.test(file) || /^\s*[[{]/.test(text))
        return readVariables(readYamlTexts(text));
    return byName(parseEnvFile(text));
}
/** Lines have their first `=` before any `: `; YAML and JSON begin otherwise. */
const isYaml = (text) => {
    const first = text.split('\n').find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? '';
    return /^\s*([[{]|- |-$|---|"|')/.test(first) || /^\s*[^=\s]+:(\s|$)/.test(first);
};
function lineRows(text) {
    const problems = [];
    const rows = [];
    for (const line of text.split('\n')) {
        if (line.trim() === '' || /^\s*#/.test(line))
            continue;
        const at = line.indexOf('=');
        const name = line.slice(0, at).trim();
        if (at < 1 || name === '')
            problems.push(`expected lines of 'NAME=value', got '${shortened(line.trim())}'`);
        else
            rows.push({ name, value: line.slice(at + 1).trim() });
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return rows;
}
/** What stands in a line that has no `=` may be the rest of a secret: only its beginning is told. */
const shortened = (text) => (text.length > 12 ? `${text.slice(0, 9)}...` : text);
function objectRows(value) {
    if (typeof value !== 'object' || value === null) {
        throw new errors/* UserError */.yo("expected lines of 'NAME=value', or JSON or YAML with a value for each name");
    }
    return Object.entries(value).map(([name, item]) => ({ name, value: item }));
}
function listRows(list, member) {
    return list.map((item, index) => {
        const row = (typeof item === 'object' ? item : null);
        const others = Object.keys(row ?? {}).filter((key) => key !== 'name' && key !== member);
        if (row === null || typeof row['name'] !== 'string' || !(member in row) || others.length > 0) {
            throw new errors/* UserError */.yo(`expected a list of { name, ${member} }, entry ${index + 1} is not one`);
        }
        return { name: row['name'], value: row[member] };
    });
}
function byName(rows) {
    const problems = [];
    const found = new Map();
    for (const { name, value } of rows) {
        if (found.has(name))
            problems.push(`${name} is there twice`);
        if (typeof value !== 'string') {
            const what = value === null ? 'nothing (write "" for an empty text)' : 'JSON (put it in quotes to have it as text)';
            problems.push(`expected text for ${name}, got ${what}`);
        }
        found.set(name, value);
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return Object.fromEntries(found);
}
//# sourceMappingURL=environment-input.js.map
// EXTERNAL MODULE: ./build/src/action/clock.js
var clock = __webpack_require__(1134);
;// CONCATENATED MODULE: ./build/src/ecs/setting-readers.js


const told = (value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
/** A text that is not empty. @throws UserError */
function readText(value) {
    if (typeof value === 'string' && value !== '')
        return value;
    if (typeof value === 'number')
        return String(value);
    throw new errors/* UserError */.yo(`expected text, got ${told(value)}`);
}
/** true or false, as such or as text. @throws UserError */
function readFlag(value) {
    if (value === true || value === 'true')
        return true;
    if (value === false || value === 'false')
        return false;
    throw new errors/* UserError */.yo(`expected 'true' or 'false', got ${told(value)}`);
}
/** A whole number between two bounds, both included. @throws UserError */
const readInteger = (least, most) => (value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
        return number;
    throw new errors/* UserError */.yo(`expected a whole number from ${least} to ${most}, got ${told(value)}`);
};
/** Whole seconds between two bounds, from a number or a duration such as `30s` or `2m`. @throws UserError */
const readSeconds = (least, most) => (value) => {
    const ms = typeof value === 'string' && !/^\d+$/.test(value) ? (0,clock/* parseDuration */.E9)(value) : Number(value) * 1000;
    const seconds = (ms ?? Number.NaN) / 1000;
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most)
        return seconds;
    throw new errors/* UserError */.yo(`expected from ${least} to ${most} whole seconds, got ${told(value)}`);
};
/** MiB from a number, or from a text such as `512`, `512 MiB` or `2 GB`. @throws UserError */
function readMebibytes(value) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(mi?b?|gi?b?)?$/i.exec(String(value).trim()) ?? [];
    const mebibytes = Number(amount) * (unit?.toLowerCase().startsWith('g') ? 1024 : 1);
    if (Number.isInteger(mebibytes) && mebibytes >= 4)
        return mebibytes;
    throw new errors/* UserError */.yo(`expected memory in MiB (at least 4) such as '512', or '2 GB', got ${told(value)}`);
}
/** Names by commas or lines, or as a list. @throws UserError */
function readNames(value) {
    const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,\n]/) : [];
    const names = items.filter((item) => typeof item === 'string').map((item) => item.trim());
    if (names.length < items.length || items.length === 0)
        throw new errors/* UserError */.yo(`expected names, got ${told(value)}`);
    return names.filter((name) => name !== '');
}
//# sourceMappingURL=setting-readers.js.map
;// CONCATENATED MODULE: ./build/src/ecs/health-check.js




/** Bounds as the model of ECS tells them. */
const readers = {
    command: readCheckCommand,
    interval: readSeconds(5, 300),
    timeout: readSeconds(2, 60),
    retries: readInteger(1, 10),
    startPeriod: readSeconds(0, 300),
};
/**
 * Reads a health check from a command line (for the container's shell), a list that begins with CMD or CMD-SHELL, or
 * JSON or YAML with `command`, `interval`, `timeout`, `retries` and `start-period`.
 * @throws InputError with every problem
 */
function readHealthCheck(given) {
    const value = typeof given === 'string' ? structured(given) : given;
    if (typeof value === 'string' || Array.isArray(value))
        return { command: readCheckCommand(value) };
    if (typeof value !== 'object' || value === null)
        throw new errors/* UserError */.yo('expected a command, or JSON or YAML with one');
    const problems = [];
    const found = {};
    for (const [written, item] of Object.entries(value)) {
        const name = written === 'start-period' ? 'startPeriod' : written;
        const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
        if (reader === undefined) {
            problems.push(`a health check has no '${written}'${(0,closest/* didYouMean */.au)(written, Object.keys(readers))}`);
            continue;
        }
        try {
            found[name] = reader(item);
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            problems.push(`${written}: ${error.message}`);
        }
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return found;
}
/** YAML where it is a map or a list; a command line otherwise, which may well hold `: ` in a quoted header. */
function structured(text) {
    if (!/^\s*[[{]/.test(text) && !/^\s*(command|interval|timeout|retries|start-?period):(\s|$)/im.test(text))
        return text;
    return readYaml(text);
}
function readCheckCommand(value) {
    if (typeof value === 'string' && value.trim() !== '')
        return ['CMD-SHELL', value.trim()];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
        if (value[0] === 'NONE' || ((value[0] === 'CMD' || value[0] === 'CMD-SHELL') && value.length > 1))
            return value;
    }
    throw new errors/* UserError */.yo('expected a command line, or a list that begins with CMD or CMD-SHELL');
}
//# sourceMappingURL=health-check.js.map
;// CONCATENATED MODULE: ./build/src/ecs/mount-points.js


/**
 * Reads mount points as `volume:/path`, `volume:/path:ro` by commas or lines, or a list of these and of
 * `{ sourceVolume, containerPath, readOnly }` in JSON or YAML.
 * @throws UserError
 */
function readMountPoints(given) {
    const value = typeof given === 'string' && looksStructured(given) ? readYaml(given) : given;
    const items = Array.isArray(value) ? value : typeof value === 'object' ? [value] : String(value).split(/[,\n]/);
    return items.filter((item) => typeof item !== 'string' || item.trim() !== '').map(mountPoint);
}
function mountPoint(item) {
    if (typeof item === 'object' && item !== null) {
        const { sourceVolume, containerPath, readOnly, ...others } = item;
        const unknown = Object.keys(others);
        if (unknown.length > 0)
            throw new errors/* UserError */.yo(`a mount point has no member ${unknown.join(', ')}`);
        if (typeof sourceVolume !== 'string' || typeof containerPath !== 'string') {
            throw new errors/* UserError */.yo('a mount point needs sourceVolume and containerPath');
        }
        if (readOnly !== undefined && typeof readOnly !== 'boolean')
            throw new errors/* UserError */.yo('readOnly is true or false');
        return item;
    }
    const [, sourceVolume, containerPath, mode] = /^([A-Za-z0-9_-]+):(.+?)(?::(ro|rw))?$/.exec(String(item).trim()) ?? [];
    if (sourceVolume === undefined || containerPath === undefined) {
        throw new errors/* UserError */.yo(`expected a mount point such as 'volume:/path' or 'volume:/path:ro', got '${String(item)}'`);
    }
    return { sourceVolume, containerPath, readOnly: mode === 'ro' };
}
//# sourceMappingURL=mount-points.js.map
;// CONCATENATED MODULE: ./build/src/ecs/port-mappings.js


const port_mappings_form = /^(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/;
const members = ['containerPort', 'hostPort', 'protocol', 'name', 'appProtocol', 'containerPortRange'];
/**
 * Reads ports as `8080`, `8080/udp` and, host first as docker has it, `80:8080`, by commas or lines; or a list of these and of
 * `{ containerPort, hostPort, protocol, name, appProtocol }` in JSON or YAML.
 * @throws UserError
 */
function readPortMappings(given) {
    const value = typeof given === 'string' && looksStructured(given) ? readYaml(given) : given;
    const items = Array.isArray(value) ? value : typeof value === 'object' ? [value] : String(value).split(/[,\n]/);
    return items.filter((item) => item !== '' && !(typeof item === 'string' && item.trim() === '')).map(portMapping);
}
function portMapping(item) {
    if (typeof item === 'object' && item !== null && !Array.isArray(item))
        return fromObject(item);
    const [, host, container, protocol] = port_mappings_form.exec(String(item).trim()) ?? [];
    if (container === undefined) {
        throw new errors/* UserError */.yo(`expected a port such as '8080', '8080/udp' or '80:8080' (host:container), got '${String(item)}'`);
    }
    return {
        containerPort: port(Number(container), 1),
        ...(host === undefined ? {} : { hostPort: port(Number(host), 0) }),
        protocol: protocol ?? 'tcp',
    };
}
function fromObject(item) {
    const unknown = Object.keys(item).filter((name) => !members.includes(name));
    if (unknown.length > 0)
        throw new errors/* UserError */.yo(`a port has no member ${unknown.join(', ')} (it has ${members.join(', ')})`);
    const { containerPort, hostPort, containerPortRange } = item;
    if ((containerPort === undefined) === (containerPortRange === undefined)) {
        throw new errors/* UserError */.yo('a port has either containerPort or containerPortRange');
    }
    if (containerPort !== undefined)
        port(containerPort, 1);
    if (hostPort !== undefined)
        port(hostPort, 0);
    return item;
}
function port(number, least) {
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= 65_535)
        return number;
    throw new errors/* UserError */.yo(`expected a port from ${least} to 65535, got ${JSON.stringify(number)}`);
}
//# sourceMappingURL=port-mappings.js.map
;// CONCATENATED MODULE: ./build/src/ecs/container-settings.js









/** Settings by name: how each is read, from its text or from a value of JSON or YAML. */
const containerSettings = {
    image: readText,
    environment: (value) => readVariables(value),
    environmentFrom: readNames,
    removeEnvironment: readNames,
    replaceEnvironment: readFlag,
    environmentFiles: readNames,
    secrets: (value) => readVariables(value, 'valueFrom'),
    secretsFromParameters: readPaths,
    secretsFromSecret: readNames,
    removeSecrets: readNames,
    replaceSecrets: readFlag,
    logDriver: readText,
    logOptions: (value) => readTexts(value),
    logSecretOptions: (value) => readTexts(value, 'valueFrom'),
    dockerLabels: (value) => readTexts(value),
    command: readCommand,
    entryPoint: readCommand,
    cpu: readInteger(0, 196_608),
    memory: readMebibytes,
    memoryReservation: readMebibytes,
    portMappings: readPortMappings,
    healthCheck: readHealthCheck,
    mountPoints: readMountPoints,
    essential: readFlag,
    user: readText,
    workingDirectory: readText,
    stopTimeout: readSeconds(0, 3_600),
    readonlyRootFilesystem: readFlag,
};
function readPaths(value) {
    const paths = readNames(value);
    const wrong = paths.filter((path) => !path.startsWith('/'));
    if (wrong.length > 0)
        throw new errors/* UserError */.yo(`expected paths that begin with '/', got '${wrong.join("', '")}'`);
    return paths;
}
/** Settings whose values are texts whatever they look like: `1.10` and `yes` stay as they are written. */
const textual = [
    'environment',
    'secrets',
    'logOptions',
    'logSecretOptions',
    'dockerLabels',
    'command',
    'entryPoint',
    'user',
];
/** Other names of settings: those of the inputs that are for one container. */
const aliases = {
    environmentVariables: 'environment',
    envFiles: 'environmentFiles',
    logConfigurationLogDriver: 'logDriver',
    logConfigurationOptions: 'logOptions',
    logConfigurationSecretOptions: 'logSecretOptions',
    ports: 'portMappings',
    containerCpu: 'cpu',
    containerMemory: 'memory',
    containerMemoryReservation: 'memoryReservation',
};
const camel = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const settingNames = Object.keys(containerSettings);
/**
 * Reads the settings of several containers from JSON or YAML: `{ container: { setting: value } }`. A setting is written
 * `memory-reservation` or `memoryReservation`.
 * @throws InputError with every problem
 */
function readContainers(text) {
    const values = record(readYaml(text));
    const texts = record(readYamlTexts(text));
    const problems = [];
    const found = Object.entries(values).map(([container, settings]) => {
        if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
            problems.push(`${container}: expected settings by name`);
            return [container, {}];
        }
        const own = record(texts[container]);
        const read = {};
        for (const [written, value] of Object.entries(settings)) {
            const plain = camel(written);
            const name = aliases[plain] ?? plain;
            if (!settingNames.includes(name)) {
                problems.push(`${container}: there is no setting '${written}'${meant(plain)}`);
                continue;
            }
            if (Object.hasOwn(read, name))
                problems.push(`${container}: ${kebab(name)} is there twice`);
            try {
                read[name] = containerSettings[name](textual.includes(name) ? own[written] : value);
            }
            catch (error) {
                if (!(error instanceof errors/* UserError */.yo))
                    throw error;
                const lines = error instanceof errors/* InputError */.dz ? error.problems : [error.message];
                problems.push(...lines.map((line) => `${container}: ${written}: ${line}`));
            }
        }
        return [container, read];
    });
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return Object.fromEntries(found);
}
const meant = (name) => {
    const near = (0,closest/* closest */.kp)(name, settingNames);
    return near === undefined ? ` (there are ${settingNames.map(kebab).join(', ')})` : `, did you mean '${kebab(near)}'?`;
};
function record(value) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return value;
    throw new errors/* UserError */.yo('expected JSON or YAML with settings for each container');
}
//# sourceMappingURL=container-settings.js.map
// EXTERNAL MODULE: ./build/src/ecs/ecs-api.js + 1 modules
var ecs_api = __webpack_require__(1196);
// EXTERNAL MODULE: ./build/src/action/cancel.js
var cancel = __webpack_require__(4848);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/src/aws/errors.js
var aws_errors = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/src/ecs/secret-names.js
/** `db-password` becomes DB_PASSWORD: upper case, and `_` for everything that a variable's name cannot have. */
const variableOf = (name) => name.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
/** Variables for parameters, named after the last part of each one's path. */
const parameterReferences = (parameters) => parameters.map(({ name, arn }) => ({
    name: variableOf(name.split('/').at(-1) ?? ''),
    valueFrom: arn,
    from: `the parameter ${name}`,
}));
/** Variables for the keys of a secret: `<arn>:<key>::`. */
const secretKeyReferences = (arn, keys) => keys.map((key) => ({ name: variableOf(key), valueFrom: `${arn}:${key}::`, from: `the key ${key} of ${arn}` }));
/** What cannot become variables: names that two have, names that no variable can have, keys that a reference cannot carry. A line each. */
function referenceProblems(references) {
    const problems = [];
    const first = new Map();
    for (const reference of references) {
        const { name, from } = reference;
        const other = first.get(name);
        if (other === undefined)
            first.set(name, reference);
        else
            problems.push(`${other.from} and ${from} both make the variable ${name}`);
        if (!/^[A-Z_]/.test(name))
            problems.push(`${from} makes '${name}', which is no name for a variable`);
    }
    return problems;
}
/** Keys of a secret that a reference cannot carry, since it is cut at colons. */
const unfitKeys = (keys) => keys.filter((key) => key === '' || key.includes(':'));
//# sourceMappingURL=secret-names.js.map
;// CONCATENATED MODULE: ./build/src/ecs/secret-sources.js



const mostParameters = 1_000;
/** The seam over Systems Manager and Secrets Manager. `mask` gets every value of a secret before anything else is done with it. */
function secretStore(aws, mask) {
    return {
        async parameters(path, recursive, signal) {
            const { GetParametersByPathCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(736)]).then(__webpack_require__.t.bind(__webpack_require__, 4736, 19));
            const ssm = await aws.ssm();
            const found = [];
            let next;
            do {
                const command = new GetParametersByPathCommand({
                    Path: path,
                    Recursive: recursive,
                    MaxResults: 10,
                    NextToken: next,
                });
                const page = await (0,aws_errors/* calling */.X_)(`listing the parameters under ${path}`, () => ssm.send(command, { abortSignal: signal }));
                for (const { Name, ARN } of page.Parameters ?? []) {
                    if (Name === undefined || ARN === undefined)
                        throw new errors/* UserError */.yo(`a parameter under ${path} came without its ARN`);
                    found.push({ name: Name, arn: ARN });
                }
                if (found.length > mostParameters)
                    throw new errors/* UserError */.yo(`there are more than ${mostParameters} parameters under ${path}`);
                next = page.NextToken;
            } while (next !== undefined && next !== '');
            return found;
        },
        async keys(secret, signal) {
            const { GetSecretValueCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(118), __webpack_require__.e(994)]).then(__webpack_require__.t.bind(__webpack_require__, 2994, 19));
            const manager = await aws.secretsManager();
            const command = new GetSecretValueCommand({ SecretId: secret });
            const answer = await (0,aws_errors/* calling */.X_)(`reading the keys of the secret ${secret}`, () => manager.send(command, { abortSignal: signal }));
            return { arn: answer.ARN ?? secret, keys: keysOf(secret, answer.SecretString, mask) };
        },
    };
}
function keysOf(secret, text, mask) {
    if (text !== undefined)
        mask(text);
    const value = asObject(text);
    if (value === undefined) {
        throw new errors/* UserError */.yo(`the secret ${secret} is no JSON object: name the variable that it is for in the input 'secrets'`);
    }
    for (const item of Object.values(value))
        mask(typeof item === 'string' ? item : JSON.stringify(item));
    const keys = Object.keys(value);
    const unfit = unfitKeys(keys);
    if (unfit.length > 0) {
        throw new errors/* UserError */.yo(`the secret ${secret} has keys that ECS cannot refer to: '${unfit.join("', '")}'`);
    }
    return keys;
}
/** Nothing of the text may come out in an error: JSON.parse quotes what it cannot read. */
function asObject(text) {
    try {
        const value = JSON.parse(text ?? '');
        return typeof value === 'object' && value !== null && !Array.isArray(value)
            ? value
            : undefined;
    }
    catch {
        return undefined;
    }
}
/** Looks all of it up. @throws InputError for a path without parameters and for variables that two of them make */
async function findSecrets({ paths, recursive, secrets }, store, signal) {
    const problems = [];
    const found = [];
    for (const path of paths) {
        const parameters = await store.parameters(path, recursive, signal);
        if (parameters.length === 0)
            problems.push(`there is no parameter under ${path}`);
        found.push(...parameterReferences(parameters));
    }
    for (const secret of secrets) {
        const { arn, keys } = await store.keys(secret, signal);
        if (keys.length === 0)
            problems.push(`the secret ${secret} has no keys`);
        found.push(...secretKeyReferences(arn, keys));
    }
    problems.push(...referenceProblems(found));
    if (problems.length > 0)
        throw new errors/* InputError */.dz(problems);
    return found;
}
//# sourceMappingURL=secret-sources.js.map
;// CONCATENATED MODULE: ./build/src/ecs/container-changes.js




const largestFile = 1024 * 1024;
/** Settings for several containers at once under those of single ones: names and texts add up, the single one's go first. */
function mergedSettings(common, own) {
    const merged = { ...common };
    for (const [name, value] of Object.entries(own)) {
        if (value === undefined)
            continue;
        const before = merged[name];
        const texts = isTexts(name) && before !== undefined;
        merged[name] = texts ? { ...before, ...value } : value;
    }
    return merged;
}
const isTexts = (name) => ['environment', 'secrets', 'logOptions', 'logSecretOptions', 'dockerLabels'].includes(name);
/** The changes with the variables of files in them; what could not be read or stands twice is told, a line each. */
async function withVariablesOfFiles(settings) {
    const problems = [];
    const files = [...new Set(Object.values(settings).flatMap(({ environmentFrom }) => environmentFrom ?? []))];
    const variables = new Map();
    for (const file of files) {
        try {
            variables.set(file, await readVariablesOf(file));
        }
        catch (error) {
            if (!(error instanceof errors/* InputError */.dz))
                throw error;
            problems.push(...error.problems);
        }
    }
    const next = Object.entries(settings).map(([container, setting]) => {
        const { environmentFrom, ...rest } = setting;
        const all = [setting.environment, ...(environmentFrom ?? []).map((file) => variables.get(file))];
        const { texts, twice } = together(all);
        problems.push(...twice.map((name) => `${container}: the variable ${name} is given by two inputs`));
        return [container, { ...rest, environment: texts }];
    });
    return { settings: Object.fromEntries(next), problems };
}
async function readVariablesOf(file) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        throw new errors/* InputError */.dz([`cannot read the variables in '${file}': ${(0,errors/* messageOf */.bD)(error)}`]);
    }
    if (text.length > largestFile)
        throw new errors/* InputError */.dz([`${file}: is larger than 1 MiB`]);
    try {
        return readVariablesFile(text, file);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        const lines = error instanceof errors/* InputError */.dz ? error.problems : [error.message];
        throw new errors/* InputError */.dz(lines.map((line) => `${file}: ${line}`));
    }
}
/** The settings without what is only known after something else was read. */
const knownChanges = (settings) => Object.fromEntries(Object.entries(settings).map(([container, setting]) => {
    const { environmentFrom: _, secretsFromParameters: __, secretsFromSecret: ___, ...change } = setting;
    return [container, change];
}));
/** The changes with the secrets of paths and of keys in them; each place is looked up once. @throws InputError */
async function withSecretsOfStores(settings, recursive, store, signal) {
    const problems = [];
    const changes = { ...knownChanges(settings) };
    const lookUps = new Map();
    for (const [container, { secrets, secretsFromParameters, secretsFromSecret }] of Object.entries(settings)) {
        if (secretsFromParameters === undefined && secretsFromSecret === undefined)
            continue;
        const wanted = { paths: secretsFromParameters ?? [], recursive, secrets: secretsFromSecret ?? [] };
        const key = JSON.stringify(wanted);
        const lookUp = lookUps.get(key) ?? references(wanted, store(), signal);
        lookUps.set(key, lookUp);
        try {
            const { texts, twice } = together([secrets, await lookUp]);
            problems.push(...twice.map((name) => `${container}: the secret ${name} is given by two inputs`));
            changes[container] = { ...changes[container], secrets: texts };
        }
        catch (error) {
            if (!(error instanceof errors/* InputError */.dz))
                throw error;
            problems.push(...error.problems);
        }
    }
    if (problems.length > 0)
        throw new errors/* InputError */.dz([...new Set(problems)]);
    return changes;
}
const references = async (...wanted) => Object.fromEntries((await findSecrets(...wanted)).map(({ name, valueFrom }) => [name, valueFrom]));
/** All of them in one, undefined when there is none, and the names that two have. */
function together(all) {
    const given = all.filter((texts) => texts !== undefined);
    const rows = given.flatMap((texts) => Object.entries(texts));
    const names = rows.map(([name]) => name);
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    return { texts: given.length === 0 ? undefined : Object.fromEntries(rows), twice };
}
//# sourceMappingURL=container-changes.js.map
// EXTERNAL MODULE: ./build/src/ecs/render.js + 1 modules
var render = __webpack_require__(4053);
// EXTERNAL MODULE: ./build/src/ecs/render-rows.js
var render_rows = __webpack_require__(4121);
// EXTERNAL MODULE: ./build/src/ecs/task-definition.js
var task_definition = __webpack_require__(1270);
// EXTERNAL MODULE: ./build/src/ecs/task-definition-canonical.js
var task_definition_canonical = __webpack_require__(9061);
;// CONCATENATED MODULE: ./build/src/ecs/task-definition-diff.js



/**
 * What differs; containers, variables and other named rows are told by their names. Tags count only where the later one has them:
 * they belong to a revision, and some are put there by the account itself.
 */
function taskDefinitionDiff(before, after) {
    const { containerDefinitions: old, ...task } = (0,task_definition/* canonical */.$N)(before);
    const { containerDefinitions: now, ...later } = (0,task_definition/* canonical */.$N)(after);
    const tags = after['tags'] === undefined
        ? []
        : differences((0,task_definition_canonical/* canonicalTags */.M)(before['tags']), (0,task_definition_canonical/* canonicalTags */.M)(after['tags']), {
            container: undefined,
            member: 'tags',
        });
    return [...containersDiffer(old, now), ...differences(task, later, { container: undefined, member: '' }), ...tags];
}
function containersDiffer(before, after) {
    const old = isNamedList(before) ? before : [];
    const now = isNamedList(after) ? after : [];
    const names = [...new Set([...now, ...old].map((row) => (0,render_rows/* textOf */.b6)(row['name'])))];
    return names.flatMap((name) => differences(named(old, name), named(now, name), { container: name, member: '' }));
}
const named = (rows, name) => rows.find((row) => (0,render_rows/* textOf */.b6)(row['name']) === name);
function differences(before, after, at) {
    if (JSON.stringify(before) === JSON.stringify(after))
        return [];
    if (isNamedList(before) || isNamedList(after)) {
        if (isNamedList(before ?? []) && isNamedList(after ?? []))
            return rowsDiffer(rows(before), rows(after), at);
    }
    if (isObject(before) && isObject(after)) {
        const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return names.flatMap((name) => differences(before[name], after[name], below(at, name)));
    }
    return [{ ...at, before, after }];
}
const below = ({ container, member }, name) => ({
    container,
    member: member === '' ? name : `${member}.${name}`,
});
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamedList = (value) => Array.isArray(value) &&
    value.every((item) => isObject(item) && typeof item['name'] === 'string') &&
    new Set(value.map((item) => item['name'])).size === value.length;
const rows = (value) => (isNamedList(value) ? value : []);
function rowsDiffer(before, after, at) {
    const names = [...new Set([...before, ...after].map((row) => (0,render_rows/* textOf */.b6)(row['name'])))];
    return names.flatMap((name) => {
        const [old, now] = [saidBy(named(before, name)), saidBy(named(after, name))];
        return differences(old, now, { ...at, member: `${at.member}[${name}]` });
    });
}
/** The one thing that a row says beside its name, such as a variable's value; the row itself when it says more. */
const saidBy = (row) => row !== undefined && Object.keys(row).length === 2 ? (row['value'] ?? row['valueFrom'] ?? row) : row;
/** A value as a reader sees it, in one line, cut after so many characters. */
function shownValue(value, longest) {
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\r\n|[\r\n\u0085\u2028\u2029]/g, ' ⏎ ');
    return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}
/**
 * The differences as lines, under the container or `task` that they are in: `~ image: a → b`, `+ environment[X]: 1`, `- …`.
 * Values that a task definition shows are no secrets: those are references.
 */
function describeDifferences(all) {
    const places = [...new Set(all.map(({ container }) => container))];
    return places.flatMap((place) => [
        place ?? 'task',
        ...all.filter(({ container }) => container === place).map((difference) => `  ${describeDifference(difference)}`),
    ]);
}
function describeDifference({ member, before, after }) {
    const what = member === '' ? 'the container' : member;
    if (before === undefined)
        return `+ ${what}: ${shownValue(after, 160)}`;
    if (after === undefined)
        return `- ${what}: ${shownValue(before, 160)}`;
    return `~ ${what}: ${shownValue(before, 160)} → ${shownValue(after, 160)}`;
}
//# sourceMappingURL=task-definition-diff.js.map
;// CONCATENATED MODULE: ./build/src/ecs/render-report.js

/** A value as code in a Markdown table's cell. */
const code = (value) => {
    if (value === undefined)
        return '';
    const text = shownValue(value, 120);
    if (text.trim() === '')
        return text === '' ? '*empty*' : '*spaces*';
    // A code span cannot tell its own backticks and a backslash before a bar apart from the table's: entities can.
    if (/`|\\\|/.test(text))
        return `<code>${text.replaceAll(/[^\w ./,=-]/gu, entity)}</code>`;
    return `\`${text.replaceAll('|', '\\|')}\``;
};
const entity = (character) => `&#${character.codePointAt(0)};`;
/** The differences for the job's summary: a table by container and member. */
function renderSummary(family, comparedWith, all) {
    const heading = `### Task definition ${family}\n\n`;
    if (all.length === 0)
        return `${heading}Nothing differs from ${comparedWith}.\n`;
    const rows = all.map(({ container, member, before, after }) => {
        const where = container === undefined ? 'task' : `\`${container}\``;
        return `| ${where} | ${code(member === '' ? 'whole container' : member)} | ${code(before)} | ${code(after)} |`;
    });
    const count = `${all.length} ${all.length === 1 ? 'change' : 'changes'} against ${comparedWith}`;
    return `${heading}${count}\n\n| container | member | before | after |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
//# sourceMappingURL=render-report.js.map
// EXTERNAL MODULE: ./build/src/ecs/rendering.js + 9 modules
var rendering = __webpack_require__(7246);
;// CONCATENATED MODULE: ./build/src/ecs/render-task.js







/** Reads, renders, checks and writes a task definition, and says what it changed. */
async function renderTask(request, { host, env, signal, clock, ecs, secrets }) {
    const { before, reference, containers } = await (0,cancel/* withTimeout */.wj)(request.timeoutMs, clock, signal, async (inTime) => {
        const source = await (0,rendering/* readTaskDefinition */.Lx)(request.source, ecs, inTime);
        const { settings, problems } = await withVariablesOfFiles(settingsByContainer(request, source));
        // All that can be known is checked before a store is asked.
        const known = { ...request.task, containers: knownChanges(settings) };
        const all = [...problems, ...(0,rendering/* renderProblems */.x8)(source, known, request.unknownFields)];
        if (all.length > 0)
            throw new errors/* InputError */.dz(all);
        return {
            before: source,
            containers: await withSecretsOfStores(settings, request.recursive, secrets, inTime),
            reference: request.compareWith === undefined ? source : await (0,rendering/* readTaskDefinition */.Lx)(request.compareWith, ecs, inTime),
        };
    });
    for (const line of (0,render/* missingVariables */.uM)(before, containers))
        host.warn(line);
    const rendered = (0,rendering/* renderChecked */.SD)(before, { ...request.task, containers }, request.unknownFields, host);
    const changes = taskDefinitionDiff(reference, rendered);
    const changed = changes.length > 0;
    const comparedWith = sourceName(request.compareWith ?? request.source);
    host.info(changed ? `against ${comparedWith}:` : `the task definition is the same as ${comparedWith}`);
    for (const line of describeDifferences(changes))
        host.info(line);
    const path = await (0,rendering/* writeTaskDefinition */.Ww)(rendered, env);
    host.info(`rendered ${path}`);
    const family = String(rendered['family']);
    const images = Object.fromEntries((rendered.containerDefinitions ?? []).map(({ name, image }) => [name ?? '', image ?? '']));
    return {
        outcome: changed ? 'succeeded' : 'unchanged',
        outputs: { 'task-definition': path, family, images: JSON.stringify(images), changed: String(changed) },
        detail: { family, images, changed, comparedWith, changes: changes.map(asJson), file: path },
        summary: renderSummary(family, comparedWith, changes),
    };
}
const sourceName = (source) => {
    if ('file' in source)
        return source.file;
    return 'reference' in source ? source.reference : `the revision that ${source.service} runs`;
};
function settingsByContainer(request, document) {
    const names = (document.containerDefinitions ?? []).map(({ name }) => name ?? '');
    const asked = Object.values(request.settings).some((value) => value !== undefined);
    const only = names.length === 1 ? names : undefined;
    const chosen = asked ? (request.containers ?? only) : (request.containers ?? []);
    if (chosen === undefined) {
        throw new errors/* InputError */.dz([
            `input 'container-name': is required, since the task definition has several containers: ${names.join(', ')}`,
        ]);
    }
    const settings = new Map(chosen.map((name) => [name, given(request.settings)]));
    for (const [name, own] of Object.entries(request.byContainer)) {
        settings.set(name, mergedSettings(settings.get(name) ?? {}, own));
    }
    for (const [name, image] of Object.entries(request.images))
        settings.set(name, { ...settings.get(name), image });
    return Object.fromEntries(settings);
}
const asJson = ({ container, member, before, after }) => ({
    ...(container === undefined ? {} : { container }),
    member,
    ...(before === undefined ? {} : { before: before }),
    ...(after === undefined ? {} : { after: after }),
});
const given = (settings) => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
//# sourceMappingURL=render-task.js.map
;// CONCATENATED MODULE: ./build/src/ecs/task-settings.js



const systems = [
    'linux',
    'windows_server_2019_core',
    'windows_server_2019_full',
    'windows_server_2022_core',
    'windows_server_2022_full',
    'windows_server_2025_core',
    'windows_server_2025_full',
];
const architectures = {
    amd64: 'X86_64',
    x86_64: 'X86_64',
    arm64: 'ARM64',
    aarch64: 'ARM64',
};
/** Reads a platform such as `linux/arm64`, as images name it, into what ECS calls it. @throws UserError */
function readRuntimePlatform(text) {
    const [system = '', architecture = '', ...more] = text.toLowerCase().split('/');
    const cpuArchitecture = Object.hasOwn(architectures, architecture) ? architectures[architecture] : undefined;
    if (!systems.includes(system) || cpuArchitecture === undefined || more.length > 0) {
        throw new errors/* UserError */.yo(`expected a platform such as 'linux/arm64' or 'linux/amd64', got '${text}'`);
    }
    return { cpuArchitecture, operatingSystemFamily: system.toUpperCase() };
}
/** Reads GiB that a task has for itself, within what ECS takes. @throws UserError */
const readEphemeralStorage = (text) => ({
    sizeInGiB: readInteger(21, 200)(text),
});
/** Reads volumes: a list as a task definition has it, or an object with the volumes by name; JSON or YAML. @throws UserError */
function readVolumes(text) {
    const value = readYaml(text);
    const rows = Array.isArray(value)
        ? value
        : typeof value === 'object' && value !== null
            ? Object.entries(value).map(([name, volume]) => ({ name, ...volume }))
            : [];
    const isVolume = (row) => typeof row === 'object' && row !== null && typeof row['name'] === 'string';
    if (rows.length === 0 || !rows.every(isVolume)) {
        throw new errors/* UserError */.yo('expected a list of volumes, each with a name, or volumes by name');
    }
    const names = rows.map((row) => row['name']);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
        throw new errors/* UserError */.yo(`the volume '${String(twice)}' is there twice`);
    return rows;
}
//# sourceMappingURL=task-settings.js.map
;// CONCATENATED MODULE: ./build/src/actions/render-task-def.js









const settings = containerSettings;
const render_task_def_forms = 'NAME=value lines, or JSON or YAML';
/** Images, environment, secrets, logs and sizes put into an ECS task definition, nothing else changed. */
const renderTaskDef = (0,action_define/* defineAction */.Q)({
    name: 'render-task-def',
    description: 'Puts images, environment, secrets, logs and sizes into an ECS task definition and loses nothing else of it.',
    inputs: {
        'task-definition': (0,inputs/* text */.Qq)({
            description: 'Path of the task definition: JSON, JSON with comments, or YAML. A plain file needs no credentials.',
        }),
        'task-definition-arn': (0,inputs/* text */.Qq)({ description: 'ARN of a revision to start from, in place of a file.' }),
        'task-definition-family': (0,inputs/* text */.Qq)({
            description: 'Family to start from, in place of a file: its newest active revision.',
        }),
        'task-definition-revision': (0,inputs/* text */.Qq)({ description: 'Revision of the family to start from.' }),
        service: (0,inputs/* text */.Qq)({
            description: 'Service whose running revision the result is compared with, and started from when no other source is given.',
        }),
        cluster: (0,inputs/* text */.Qq)({ description: 'Cluster of the service.', default: 'default' }),
        'container-name': (0,inputs/* list */.p_)({
            description: 'Containers that the inputs below are for, by commas. Not needed when there is only one container.',
        }),
        image: (0,inputs/* text */.Qq)({ description: 'Image for these containers, best by digest: repository@sha256:…' }),
        'environment-variables': (0,inputs/* readBy */.as)('pairs', settings.environment)({
            description: `Variables to add or replace: ${render_task_def_forms}.`,
        }),
        'environment-from': (0,inputs/* list */.p_)({ description: 'Env files (NAME=value with quotes), JSON or YAML files with variables.' }),
        'remove-environment': (0,inputs/* list */.p_)({ description: 'Variables to take away.' }),
        'replace-environment': (0,inputs/* flag */.Jt)({
            description: 'The variables given take the place of all that are there.',
            default: 'false',
        }),
        'env-files': (0,inputs/* lines */.Mn)({ description: 'ARNs of environment files in S3; they take the place of those there.' }),
        secrets: (0,inputs/* readBy */.as)('pairs', settings.secrets)({
            description: `Secrets to add or replace: NAME=ARN, as ${render_task_def_forms}.`,
        }),
        'secrets-from-parameters': (0,inputs/* readBy */.as)('list', settings.secretsFromParameters)({
            description: 'Paths such as /uk/prod/orders/ in the parameter store: every parameter there becomes a secret named after the last part of its path.',
        }),
        'parameters-recursive': (0,inputs/* flag */.Jt)({
            description: 'Parameters further down these paths are meant too.',
            default: 'false',
        }),
        'secrets-from-secret': (0,inputs/* list */.p_)({
            description: 'Names or ARNs of secrets that are JSON objects: every key of theirs becomes a secret.',
        }),
        'remove-secrets': (0,inputs/* list */.p_)({ description: 'Secrets to take away.' }),
        'replace-secrets': (0,inputs/* flag */.Jt)({
            description: 'The secrets given take the place of all that are there.',
            default: 'false',
        }),
        'log-configuration-log-driver': (0,inputs/* text */.Qq)({ description: 'Log driver, such as awslogs.' }),
        'log-configuration-options': (0,inputs/* readBy */.as)('pairs', settings.logOptions)({
            description: `Log options to add or replace: ${render_task_def_forms}.`,
        }),
        'log-configuration-secret-options': (0,inputs/* readBy */.as)('pairs', settings.logSecretOptions)({
            description: `Log options that are secrets, to add or replace: name=ARN, as ${render_task_def_forms}.`,
        }),
        'docker-labels': (0,inputs/* readBy */.as)('pairs', settings.dockerLabels)({
            description: `Docker labels to add or replace: ${render_task_def_forms}.`,
        }),
        command: (0,inputs/* readBy */.as)('text', settings.command)({
            description: 'Command, as words with quotes or as a JSON list. No shell runs it.',
        }),
        'entry-point': (0,inputs/* readBy */.as)('text', settings.entryPoint)({ description: 'Entry point, as words or as a JSON list.' }),
        'container-cpu': (0,inputs/* readBy */.as)('number', settings.cpu)({ description: 'CPU units of the containers.' }),
        'container-memory': (0,inputs/* readBy */.as)('text', settings.memory)({
            description: "Hard memory limit of the containers, in MiB or such as '2 GB'.",
        }),
        'container-memory-reservation': (0,inputs/* readBy */.as)('text', settings.memoryReservation)({
            description: 'Soft memory limit of the containers.',
        }),
        ports: (0,inputs/* readBy */.as)('list', settings.portMappings)({
            description: 'Ports in place of those there: 8080, 8080/udp, 80:8080 (host first), or JSON or YAML with name and appProtocol.',
        }),
        'health-check': (0,inputs/* readBy */.as)('text', settings.healthCheck)({
            description: 'Health check: a command line for the shell, or JSON or YAML with command, interval, timeout, retries, start-period.',
        }),
        'mount-points': (0,inputs/* readBy */.as)('list', settings.mountPoints)({
            description: 'Mount points to add or replace, by their path: volume:/path or volume:/path:ro, or JSON or YAML.',
        }),
        essential: (0,inputs/* readBy */.as)('flag', settings.essential)({ description: 'Whether the task stops with the containers.' }),
        user: (0,inputs/* text */.Qq)({ description: 'User that the containers run as.' }),
        'working-directory': (0,inputs/* text */.Qq)({ description: 'Working directory of the containers.' }),
        'stop-timeout': (0,inputs/* readBy */.as)('text', settings.stopTimeout)({
            description: 'How long the containers have to stop, in seconds or such as 90s.',
        }),
        'readonly-root-filesystem': (0,inputs/* readBy */.as)('flag', settings.readonlyRootFilesystem)({
            description: 'Whether the root filesystem of the containers is read-only.',
        }),
        images: (0,inputs/* pairs */.AS)({ description: 'Images for several containers: container=image, one on each line.' }),
        containers: (0,inputs/* readBy */.as)('json', readContainers)({
            description: 'Settings of single containers, as JSON or YAML: the container, and below it the inputs above by name, as in web: { cpu: 256, environment: { A: b } }.',
        }),
        family: (0,inputs/* text */.Qq)({ description: 'Another family for the result.' }),
        cpu: (0,inputs/* text */.Qq)({ description: "The task's CPU, such as 256 or '1 vCPU'." }),
        memory: (0,inputs/* text */.Qq)({ description: "The task's memory, such as 512 or '1 GB'." }),
        'task-role-arn': (0,inputs/* text */.Qq)({ description: 'ARN of the role that the containers act as.' }),
        'execution-role-arn': (0,inputs/* text */.Qq)({ description: 'ARN of the role that ECS acts as to pull images and read secrets.' }),
        'network-mode': (0,inputs/* oneOf */.yL)(['awsvpc', 'bridge', 'host', 'none'])({ description: 'Network mode of the task.' }),
        'runtime-platform': (0,inputs/* readBy */.as)('text', readRuntimePlatform)({
            description: 'Platform of the task, such as linux/arm64.',
        }),
        'ephemeral-storage': (0,inputs/* readBy */.as)('number', readEphemeralStorage)({
            description: "The task's ephemeral storage in GiB, from 21 to 200.",
        }),
        volumes: (0,inputs/* readBy */.as)('json', readVolumes)({
            description: 'Volumes to add or replace, as JSON or YAML: a list as in a task definition, or volumes by name.',
        }),
        'requires-compatibilities': (0,inputs/* list */.p_)({
            description: 'Where the task must be able to run: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES.',
        }),
        tags: (0,inputs/* readBy */.as)('pairs', (value) => readTexts(value))({ description: `Tags to add or replace: ${render_task_def_forms}.` }),
        'unknown-fields': (0,inputs/* oneOf */.yL)(['error', 'warn', 'ignore'])({
            description: 'What to do about members that ECS is not known to take. They are never dropped.',
            default: 'warn',
        }),
        'aws-region': (0,inputs/* text */.Qq)({ description: 'Region, when something is read from AWS.' }),
        'role-arns': (0,inputs/* list */.p_)({ description: 'Roles to assume, one after another, when something is read from AWS.' }),
        timeout: (0,inputs/* duration */.p0)({ description: 'How long reading from AWS may take.', default: '2m' }),
        'dry-run': (0,inputs/* flag */.Jt)({
            description: 'Changes nothing, as always: the file is rendered all the same, so that a later step can plan with it.',
            default: 'false',
        }),
    },
    outputs: {
        'task-definition': { description: 'Path of the rendered task definition.' },
        family: { description: 'Its family.' },
        images: { description: 'Its images by container, as JSON.' },
        changed: { description: 'Whether it differs from the revision that the service runs, or else from its source.' },
    },
    permissions: {
        iam: {
            'ecs:DescribeTaskDefinition': 'only to start from a revision in ECS, or to compare with one',
            'ecs:DescribeServices': 'only for the input service',
            'ssm:GetParametersByPath': 'only for the input secrets-from-parameters',
            'secretsmanager:GetSecretValue': 'only for the input secrets-from-secret, whose keys are read',
        },
    },
    check(inputs) {
        const sources = ['task-definition', 'task-definition-arn', 'task-definition-family'];
        const given = sources.filter((name) => inputs[name] !== undefined);
        const problems = [];
        if (given.length > 1)
            problems.push(`give one of the inputs ${sources.join(', ')}, not ${given.join(' and ')}`);
        if (given.length === 0 && inputs.service === undefined)
            problems.push(`give one of the inputs ${sources.join(', ')} or service, none is set`);
        if (inputs['task-definition-revision'] !== undefined && inputs['task-definition-family'] === undefined) {
            problems.push("input 'task-definition-revision': needs the input 'task-definition-family'");
        }
        return problems;
    },
    async run({ inputs, host, env, signal, clock }) {
        const aws = (0,session/* awsSession */.y)({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] });
        const family = inputs['task-definition-family'];
        const revision = inputs['task-definition-revision'];
        const reference = inputs['task-definition-arn'] ??
            (family !== undefined && revision !== undefined ? `${family}:${revision}` : family);
        const file = inputs['task-definition'];
        const running = inputs.service === undefined ? undefined : { service: inputs.service, cluster: inputs.cluster };
        const source = file !== undefined ? { file } : reference !== undefined ? { reference } : running;
        if (source === undefined)
            throw new Error('the check lets no rendering without a source pass');
        try {
            return await renderTask({
                source,
                compareWith: source === running ? undefined : running,
                containers: inputs['container-name'],
                images: inputs.images ?? {},
                settings: {
                    image: inputs.image,
                    environment: inputs['environment-variables'],
                    environmentFrom: inputs['environment-from'],
                    removeEnvironment: inputs['remove-environment'],
                    replaceEnvironment: inputs['replace-environment'] || undefined,
                    environmentFiles: inputs['env-files'],
                    secrets: inputs.secrets,
                    secretsFromParameters: inputs['secrets-from-parameters'],
                    secretsFromSecret: inputs['secrets-from-secret'],
                    removeSecrets: inputs['remove-secrets'],
                    replaceSecrets: inputs['replace-secrets'] || undefined,
                    logDriver: inputs['log-configuration-log-driver'],
                    logOptions: inputs['log-configuration-options'],
                    logSecretOptions: inputs['log-configuration-secret-options'],
                    dockerLabels: inputs['docker-labels'],
                    command: inputs.command,
                    entryPoint: inputs['entry-point'],
                    cpu: inputs['container-cpu'],
                    memory: inputs['container-memory'],
                    memoryReservation: inputs['container-memory-reservation'],
                    portMappings: inputs.ports,
                    healthCheck: inputs['health-check'],
                    mountPoints: inputs['mount-points'],
                    essential: inputs.essential,
                    user: inputs.user,
                    workingDirectory: inputs['working-directory'],
                    stopTimeout: inputs['stop-timeout'],
                    readonlyRootFilesystem: inputs['readonly-root-filesystem'],
                },
                byContainer: inputs.containers ?? {},
                recursive: inputs['parameters-recursive'],
                task: {
                    family: inputs.family,
                    cpu: inputs.cpu,
                    memory: inputs.memory,
                    taskRoleArn: inputs['task-role-arn'],
                    executionRoleArn: inputs['execution-role-arn'],
                    networkMode: inputs['network-mode'],
                    requiresCompatibilities: inputs['requires-compatibilities'],
                    runtimePlatform: inputs['runtime-platform'],
                    ephemeralStorage: inputs['ephemeral-storage'],
                    volumes: inputs.volumes,
                    tags: inputs.tags,
                },
                unknownFields: inputs['unknown-fields'],
                timeoutMs: inputs.timeout,
            }, {
                ecs: () => (0,ecs_api/* ecsApi */.W)(aws),
                secrets: () => secretStore(aws, (secret) => host.mask(secret)),
                host,
                env,
                signal,
                clock,
            });
        }
        finally {
            aws.close();
        }
    },
});
//# sourceMappingURL=render-task-def.js.map

/***/ })

};
