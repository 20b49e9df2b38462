import { parseEnv } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { UserError } from '../../src/action/errors.ts'
import { readCommand, splitCommand } from '../../src/ecs/command-words.ts'
import { readContainers } from '../../src/ecs/container-settings.ts'
import { parseEnvFile } from '../../src/ecs/env-file.ts'
import { readTexts, readVariables, readVariablesFile } from '../../src/ecs/environment-input.ts'
import { readHealthCheck } from '../../src/ecs/health-check.ts'
import { readMountPoints } from '../../src/ecs/mount-points.ts'
import { readPortMappings } from '../../src/ecs/port-mappings.ts'
import { readMebibytes, readSeconds } from '../../src/ecs/setting-readers.ts'
import { readEphemeralStorage, readRuntimePlatform, readVolumes } from '../../src/ecs/task-settings.ts'

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read()
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('commands', () => {
  const words: [string, string[]][] = [
    ['node server.js', ['node', 'server.js']],
    ['sh -c "echo \'a b\' $HOME"', ['sh', '-c', "echo 'a b' $HOME"]],
    [`a '' "" \\ b`, ['a', '', '', ' b']],
    ['["sh","-c","a b"]', ['sh', '-c', 'a b']],
    ['[ -f x ]', ['[', '-f', 'x', ']']],
  ]
  test.each(words)('are split as a shell would: %s', (text, expected) => expect(splitCommand(text)).toEqual(expected))
  test('with a quote that is not closed are refused', () =>
    expect(() => splitCommand("a 'b")).toThrow("the quote ' is not closed"))
  test('come back from JSON and from quoted words as they were', () => {
    const quoted = (word: string): string => `'${word.replaceAll("'", `'"'"'`)}'`
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(readCommand(JSON.stringify(words))).toEqual(words)
        expect(readCommand(words)).toEqual(words)
        expect(splitCommand(words.map(quoted).join(' '))).toEqual(words)
      }),
    )
  })
})

describe('variables', () => {
  const forms: [string, string][] = [
    ['lines', 'A=1\n\nB=x=y==\n  C = spaced out \nD='],
    ['a YAML map', 'A: 1\nB: x=y==\nC: spaced out\nD: ""'],
    ['a JSON object', '{"A": 1, "B": "x=y==", "C": "spaced out", "D": ""}'],
    [
      'a list as in a task definition',
      '- { name: A, value: 1 }\n- { name: B, value: x=y== }\n- { name: C, value: spaced out }\n- { name: D, value: "" }',
    ],
  ]
  test.each(forms)('are read from %s', (_, text) =>
    expect(readVariables(text)).toEqual({ A: '1', B: 'x=y==', C: 'spaced out', D: '' }),
  )
  test('keep numbers, versions and booleans of YAML as they are written', () => {
    expect(readVariables('A: 1.10\nB: yes\nC: 0x1F\nD: true\nE: 1e3\nF: 2026-11-21')).toEqual({
      A: '1.10',
      B: 'yes',
      C: '0x1F',
      D: 'true',
      E: '1e3',
      F: '2026-11-21',
    })
  })
  test('hold lines and quotes of YAML blocks', () =>
    expect(readVariables('CERT: |\n  -----BEGIN-----\n  a"b\'c=\n')).toEqual({ CERT: '-----BEGIN-----\na"b\'c=\n' }))
  const refused: [string, string, string[]][] = [
    ['a name that stands twice in lines', 'A=1\nB=2\nA=3', ['A is there twice']],
    ['a name that stands twice in a list', '[{"name":"A","value":"1"},{"name":"A","value":"2"}]', ['A is there twice']],
    ['null', 'A: ~\nB: x', ['expected text for A, got nothing (write "" for an empty text)']],
    [
      'JSON that is no text',
      '{"A": {"b": 1}}',
      ['expected text for A, got JSON (put it in quotes to have it as text)'],
    ],
    [
      'a line without =, of which only the beginning is told',
      'A=1\nhunter2-is-my-password',
      ["expected lines of 'NAME=value', got 'hunter2-i...'"],
    ],
    [
      'a list of something else',
      '[{"name":"A","valu":"1"}]',
      ['expected a list of { name, value }, entry 1 is not one'],
    ],
    [
      'names that no variable has',
      'A B=1\n2C=3',
      ["'A B' is no name for a variable", "'2C' is no name for a variable"],
    ],
  ]
  test.each(refused)('refuse %s', (_, text, problems) =>
    expect(problemsOf(() => readVariables(text))).toEqual(problems),
  )
  test('refuse a name that stands twice in YAML', () =>
    expect(problemsOf(() => readVariables('A: 1\nA: 2'))).toEqual([expect.stringContaining('Map keys must be unique')]))
  test('that are secrets have valueFrom in a list', () => {
    for (const text of ['[{"name":"A","valueFrom":"arn:x"}]', 'A=arn:x', 'A: arn:x'])
      expect(readVariables(text, 'valueFrom')).toEqual({ A: 'arn:x' })
  })
  test('labels may have any name', () => expect(readTexts('com.example/a b=1=2')).toEqual({ 'com.example/a b': '1=2' }))

  test('are whatever they are in an env file, JSON or YAML file', () => {
    expect(readVariablesFile('A="1"', 'app.env')).toEqual({ A: '1' })
    expect(readVariablesFile('{"A":1}', 'app.env')).toEqual({ A: '1' })
    expect(readVariablesFile('A: 1.0', 'app.yaml')).toEqual({ A: '1.0' })
  })
  test('of any object come back from JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (texts) => {
        expect(readTexts(JSON.stringify(texts))).toEqual(texts)
        const rows = Object.entries(texts).map(([name, value]) => ({ name, value }))
        if (rows.length > 0) expect(readTexts(JSON.stringify(rows))).toEqual(texts)
      }),
    )
  })
})

describe('an env file', () => {
  test('has comments, export, quotes, escapes and values over several lines', () => {
    const text = [
      '\uFEFF# a comment',
      'PLAIN= x y # comment',
      'HASH=a#b',
      "SINGLE='a \\n # b' # comment",
      'export DOUBLE="a\\n\\"b\\" \\$c \\d"',
      'KEY="-----BEGIN-----',
      'abc=',
      '-----END-----"',
      'TICKS=`a "b" \'c\'`\r',
      'EMPTY=',
      '  ',
      'dots.and-dashes=1',
    ].join('\n')
    expect(Object.fromEntries(parseEnvFile(text).map(({ name, value }) => [name, value]))).toEqual({
      PLAIN: 'x y',
      HASH: 'a#b',
      SINGLE: 'a \\n # b',
      DOUBLE: 'a\n"b" $c \\d',
      KEY: '-----BEGIN-----\nabc=\n-----END-----',
      TICKS: `a "b" 'c'`,
      EMPTY: '',
      'dots.and-dashes': '1',
    })
  })
  test('names every line that it does not understand', () => {
    expect(problemsOf(() => parseEnvFile('A="x\ny"\nnothing\nA=2\n1B=2\nC="a" b\nD="open\nE=1'))).toEqual([
      'line 3: expected NAME=value',
      'line 4: A stands in line 1 already',
      "line 5: '1B' is no name for a variable",
      'line 6: the quote " closes before the end of the value',
      'line 7: the quote " is not closed',
    ])
  })
  test('throws nothing but what the user can mend, whatever it holds', () => {
    const line = fc.stringMatching(/^[A-C ="'`#\\\nn-]{0,12}$/)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line).map((lines) => lines.join('\n')),
        ),
        (text) => {
          problemsOf(() => parseEnvFile(text))
          problemsOf(() => readVariables(text))
          problemsOf(() => readVariablesFile(text, 'a.yaml'))
        },
      ),
      { numRuns: 500 },
    )
  })
  test('is read as Node reads it where both understand it', () => {
    const value = fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9_=:/.,$-]{0,20}$/),
      fc.stringMatching(/^[a-z0-9 =#\n"]{0,20}$/).map((text) => `'${text}'`),
      fc.stringMatching(/^[a-z0-9 =#\n']{0,20}$/).map((text) => `"${text}"`),
    )
    const rows = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), value), {
      selector: ([name]) => name,
    })
    fc.assert(
      fc.property(rows, (pairs) => {
        const text = pairs.map(([name, written]) => `${name}=${written}`).join('\n')
        const ours = Object.fromEntries(parseEnvFile(text).map((row) => [row.name, row.value]))
        expect(ours).toEqual({ ...parseEnv(text) })
      }),
    )
  })
})

describe('ports', () => {
  test('are read as docker writes them, and as a task definition has them', () => {
    expect(readPortMappings('8080, 53/udp\n80:8080')).toEqual([
      { containerPort: 8080, protocol: 'tcp' },
      { containerPort: 53, protocol: 'udp' },
      { containerPort: 8080, hostPort: 80, protocol: 'tcp' },
    ])
    expect(readPortMappings('- 9000\n- { containerPort: 8080, name: web, appProtocol: http2 }')).toEqual([
      { containerPort: 9000, protocol: 'tcp' },
      { containerPort: 8080, name: 'web', appProtocol: 'http2' },
    ])
  })
  test.each([
    ['80/sctp', "expected a port such as '8080', '8080/udp' or '80:8080' (host:container), got '80/sctp'"],
    ['70000', 'expected a port from 1 to 65535, got 70000'],
    ['{"containerPort":"80"}', 'expected a port from 1 to 65535, got "80"'],
    ['{"containerport":80}', /^a port has no member containerport/],
    ['{"name":"web"}', 'a port has either containerPort or containerPortRange'],
  ])('refuse %s', (text, problem) => expect(() => readPortMappings(text)).toThrow(problem))
})

describe('a health check', () => {
  test('is a command line, a list, or has its times', () => {
    expect(readHealthCheck('curl -f -H "X: y" localhost || exit 1')).toEqual({
      command: ['CMD-SHELL', 'curl -f -H "X: y" localhost || exit 1'],
    })
    expect(readHealthCheck('["CMD","/ok"]')).toEqual({ command: ['CMD', '/ok'] })
    expect(readHealthCheck('interval: 10s\nstart-period: 1m\nretries: 2')).toEqual({
      interval: 10,
      startPeriod: 60,
      retries: 2,
    })
  })
  test('tells every member that ECS would refuse', () =>
    expect(problemsOf(() => readHealthCheck('{ command: [curl], interval: 1, timeout: 61s, retires: 3 }'))).toEqual([
      'command: expected a command line, or a list that begins with CMD or CMD-SHELL',
      'interval: expected from 5 to 300 whole seconds, got 1',
      "timeout: expected from 2 to 60 whole seconds, got '61s'",
      "a health check has no 'retires', did you mean 'retries'?",
    ]))
})

test('mount points are read short or as a task definition has them', () => {
  expect(readMountPoints('data:/data:ro\ncache:/var/cache')).toEqual([
    { sourceVolume: 'data', containerPath: '/data', readOnly: true },
    { sourceVolume: 'cache', containerPath: '/var/cache', readOnly: false },
  ])
  expect(readMountPoints('[{"sourceVolume":"data","containerPath":"C:\\\\data"}]')).toEqual([
    { sourceVolume: 'data', containerPath: 'C:\\data' },
  ])
  expect(() => readMountPoints('/data')).toThrow("expected a mount point such as 'volume:/path'")
})

test('sizes and times are read with their units, and refused outside their bounds', () => {
  expect([readMebibytes('512'), readMebibytes('2 GB'), readMebibytes('0.5GiB'), readMebibytes(64)]).toEqual([
    512, 2048, 512, 64,
  ])
  expect(() => readMebibytes('2 TB')).toThrow('expected memory in MiB')
  expect([readSeconds(0, 120)('90s'), readSeconds(0, 120)('2m'), readSeconds(0, 120)('30')]).toEqual([90, 120, 30])
  expect(() => readSeconds(0, 120)('500ms')).toThrow('expected from 0 to 120 whole seconds')
  expect(readEphemeralStorage('21')).toEqual({ sizeInGiB: 21 })
  expect(() => readEphemeralStorage('20')).toThrow('expected a whole number from 21 to 200')
})

test('a platform is named as images name it', () => {
  expect(readRuntimePlatform('linux/arm64')).toEqual({ cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' })
  expect(readRuntimePlatform('linux/amd64')).toEqual({ cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' })
  expect(() => readRuntimePlatform('arm64')).toThrow("expected a platform such as 'linux/arm64'")
})

test('volumes are read as a list or by name', () => {
  const efsVolumeConfiguration = { fileSystemId: 'fs-1', transitEncryption: 'ENABLED' }
  expect(
    readVolumes('data: { efsVolumeConfiguration: { fileSystemId: fs-1, transitEncryption: ENABLED } }\ntmp:'),
  ).toEqual([{ name: 'data', efsVolumeConfiguration }, { name: 'tmp' }])
  expect(readVolumes(JSON.stringify([{ name: 'data', efsVolumeConfiguration }]))).toEqual([
    { name: 'data', efsVolumeConfiguration },
  ])
  expect(() => readVolumes('[{"name":"a"},{"name":"a"}]')).toThrow("the volume 'a' is there twice")
  expect(() => readVolumes('data')).toThrow('expected a list of volumes')
})

describe('settings by container', () => {
  test('are the inputs by name, with texts as they are written', () => {
    const text = `
web:
  image: web@sha256:aa
  environment: { VERSION: 1.10, DEBUG: no }
  memory-reservation: 1 GB
  ports: [8080]
  command: [sleep, 1.0]
log:
  essential: false
  stopTimeout: 2m
  user: 1000
  container-cpu: 10
`
    expect(readContainers(text)).toEqual({
      web: {
        image: 'web@sha256:aa',
        environment: { VERSION: '1.10', DEBUG: 'no' },
        memoryReservation: 1024,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        command: ['sleep', '1.0'],
      },
      log: { essential: false, stopTimeout: 120, user: '1000', cpu: 10 },
    })
  })
  test('tell every problem with its container', () =>
    expect(
      problemsOf(() =>
        readContainers(
          'web: { enviroment: {A: b}, cpu: many, environment: {A: ~} }\nlog: 3\nx: { ports: 1, port-mappings: 2 }',
        ),
      ),
    ).toEqual([
      "web: there is no setting 'enviroment', did you mean 'environment'?",
      "web: cpu: expected a whole number from 0 to 196608, got 'many'",
      'web: environment: expected text for A, got nothing (write "" for an empty text)',
      'log: expected settings by name',
      'x: port-mappings is there twice',
    ]))
})
