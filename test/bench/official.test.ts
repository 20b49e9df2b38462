import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'
import { checksum, officialAction, officialPins, officialVariable, unpack } from '../../bench/official.ts'
import { UserError } from '../../src/action/errors.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strangler-official-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pin = officialPins.render

async function archive(files: Readonly<Record<string, string>>): Promise<Readable> {
  const tar = pack()
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar) chunks.push(chunk as Buffer)
  return Readable.from([gzipSync(Buffer.concat(chunks))])
}

describe('an official action', () => {
  test('is taken from a folder that the variable names, once it is what is pinned', async () => {
    const place = join(folder, 'told', pin.repository)
    mkdirSync(join(place, 'dist'), { recursive: true })
    writeFileSync(join(place, 'action.yml'), 'name: a\n')
    writeFileSync(join(place, 'dist', 'index.js'), '1\n')
    const env = { [officialVariable]: join(folder, 'told') }
    await expect(officialAction(pin, folder, env)).rejects.toThrow(/is not amazon-ecs-render-task-definition v1\.9\.0/)
    expect(await officialAction({ ...pin, sha256: checksum(place) }, folder, env)).toBe(place)
  })

  test('that is not in that folder is not looked for elsewhere', async () => {
    await expect(officialAction(pin, folder, { [officialVariable]: join(folder, 'empty') })).rejects.toThrow(UserError)
  })

  test('comes out of its archive as action.yml and dist/, nothing else, and nothing outside', async () => {
    const place = join(folder, 'unpacked')
    await unpack(
      await archive({
        'a-1/action.yml': 'name: a\n',
        'a-1/dist/index.js': 'main',
        'a-1/dist/1.index.js': 'chunk',
        'a-1/index.js': 'source',
        'a-1/dist/../../../escaped.js': 'no',
        'a-1/dist/deep/../../../../escaped.js': 'no',
      }),
      place,
    )
    expect(readdirSync(place).sort()).toEqual(['action.yml', 'dist'])
    expect(readdirSync(join(place, 'dist')).sort()).toEqual(['1.index.js', 'index.js'])
    expect(readFileSync(join(place, 'dist', 'index.js'), 'utf8')).toBe('main')
    expect(existsSync(join(folder, 'escaped.js'))).toBe(false)
  })

  test('has another checksum when a file of it is changed, renamed or added', () => {
    const place = join(folder, 'unpacked')
    const before = checksum(place)
    writeFileSync(join(place, 'dist', '2.index.js'), '')
    const added = checksum(place)
    writeFileSync(join(place, 'dist', '2.index.js'), 'x')
    expect(new Set([before, added, checksum(place)]).size).toBe(3)
  })
})
