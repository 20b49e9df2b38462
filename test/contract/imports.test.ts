import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { circle, type SourceFile, sourceFiles } from './source.ts'

const root = process.cwd()
const sources = sourceFiles(root, 'src')
const tests = sourceFiles(root, 'test')

/** Which rooms a room may import, beside itself. What stands in src/ itself puts the rooms together. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  action: [],
  aws: ['action'],
  hosts: ['action'],
  artifact: ['aws', 'action'],
  ecs: ['aws', 'action'],
  helm: ['aws', 'action'],
  dual: ['artifact', 'ecs', 'helm', 'aws', 'action'],
  cutover: ['artifact', 'ecs', 'helm', 'aws', 'action'],
  actions: ['artifact', 'ecs', 'helm', 'dual', 'cutover', 'aws', 'action'],
  sandbox: ['action'],
}

const roomOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? ''

const forbidden = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, imports }) => {
    const room = roomOf(path)
    if (room === '') return []
    const rooms = allowed[room]
    if (rooms === undefined) return [`${path}: the room '${room}' is not in the plan of the house`]
    return imports
      .filter(
        (entry) => entry.path.startsWith('src/') && roomOf(entry.path) !== room && !rooms.includes(roomOf(entry.path)),
      )
      .map((entry) => `${path} imports ${entry.path}`)
  })

describe('imports', () => {
  test('point inwards', () => expect(forbidden(sources)).toEqual([]))

  test('lead to files that are there', () => {
    const missing = [...sources, ...tests].flatMap(({ path, imports }) =>
      imports.filter((entry) => !existsSync(join(root, entry.path))).map((entry) => `${path} imports ${entry.path}`),
    )
    expect(missing).toEqual([])
  })

  test('make no circle', () => expect(circle(sources)).toBeUndefined())

  test('of the sandbox come from the command line alone', () => {
    const users = sources
      .filter(({ path }) => roomOf(path) !== 'sandbox')
      .filter(({ imports }) => imports.some((entry) => roomOf(entry.path) === 'sandbox'))
    expect(users.map(({ path }) => path).filter((path) => roomOf(path) !== '')).toEqual([])
  })
})

describe('the rules themselves', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    text: '',
    imports: imports.map((entry) => ({ path: entry, typeOnly: false })),
  })
  test('notice a room that reaches out', () => {
    expect(forbidden([file('src/ecs/plan.ts', 'src/helm/release.ts', 'src/action/clock.ts')])).toEqual([
      'src/ecs/plan.ts imports src/helm/release.ts',
    ])
    expect(forbidden([file('src/attic/a.ts')])).toEqual([
      "src/attic/a.ts: the room 'attic' is not in the plan of the house",
    ])
  })
  test('notice a circle', () => {
    expect(circle([file('a', 'b'), file('b', 'c'), file('c', 'b')])).toEqual(['b', 'c', 'b'])
    expect(circle([file('a', 'b', 'c'), file('b', 'c'), file('c')])).toBeUndefined()
  })
})

describe('tests', () => {
  const mocking = new RegExp(
    ['jest\\.(do)?', 'mock\\(|unstable_', 'mockModule|jest\\.spy', 'On\\(|aws-sdk-client-', 'mock'].join(''),
    'i',
  )
  test('mock no module and no SDK client', () => {
    expect(tests.filter(({ text }) => mocking.test(text)).map(({ path }) => path)).toEqual([])
  })
  test('wait for no fixed time of a second or more', () => {
    const sleeping = /\b(?:wait|sleep|setTimeout)\(\s*(?:\d{4,}|\d{1,2}_\d{3})\b(?!.*(?:reject|abort))/
    expect(
      tests
        .filter(
          ({ text }) => /await (?:wait|sleep)\(\s*(?:[1-9]\d{3,}|[1-9]\d*_\d{3})\b/.test(text) && sleeping.test(text),
        )
        .map(({ path }) => path),
    ).toEqual([])
  })
})

describe('source', () => {
  test('reads the process only where it begins', () => {
    const readers = sources.filter(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      return (
        /\bprocess\.(env|argv|cwd|exit|exitCode|on)\b/.test(code) &&
        !/^src\/(entry|action\/command|hosts\/surroundings)\.ts$/.test(path)
      )
    })
    expect(readers.map(({ path }) => path)).toEqual([])
  })
})
