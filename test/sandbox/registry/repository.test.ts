import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { digestOf } from '../../../src/sandbox/registry/digest.ts'
import { isImmutable, matchesWildcard } from '../../../src/sandbox/registry/immutability.ts'
import { readManifest } from '../../../src/sandbox/registry/manifest.ts'
import { isTag, parseReference } from '../../../src/sandbox/registry/reference.ts'
import {
  emptyRepository,
  putManifest,
  Refusal,
  type Repository,
  removeManifest,
  resolve,
} from '../../../src/sandbox/registry/repository.ts'
import { append, beginUpload, finish } from '../../../src/sandbox/registry/upload.ts'
import { type BuiltImage, image, index } from '../../support/images.ts'

const singles = [1, 2, 3].map((n) => image({ labels: { n: String(n) }, layers: [Buffer.from(`layer ${n}`)] }))
const pool: readonly BuiltImage[] = [...singles, index(singles.slice(0, 2)), index(singles.slice(1))]
const tags = ['v1', 'v2', 'env-prod']

const step = fc.oneof(
  fc.record({ do: fc.constant('blobs' as const), which: fc.nat(pool.length - 1) }),
  fc.record({
    do: fc.constant('put' as const),
    which: fc.nat(pool.length - 1),
    tag: fc.option(fc.constantFrom(...tags), { nil: undefined }),
    claims: fc.constantFrom('right', 'wrong', 'none'),
  }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat(pool.length - 1) }),
  fc.record({ do: fc.constant('untag' as const), tag: fc.constantFrom(...tags) }),
)

/** What must hold after every step, whatever came before. */
function check(repository: Repository): void {
  for (const [digest, blob] of repository.blobs) expect(digestOf(blob)).toBe(digest)
  for (const [digest, { bytes, manifest }] of repository.manifests) {
    expect(digestOf(bytes)).toBe(digest)
    for (const blob of [manifest.config, ...manifest.layers]) {
      if (blob !== undefined) expect(repository.blobs.has(blob.digest)).toBe(true)
    }
  }
  for (const [tag, digest] of repository.tags) expect(resolve(repository, tag)?.digest).toBe(digest)
}

describe('a repository', () => {
  test.each(['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'] as const)(
    'that is %s keeps its promises through any pushes and deletions',
    (mode) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const repository = emptyRepository('any/thing', 0)
          repository.mutability = { mode, exclusions: mode.endsWith('EXCLUSION') ? ['env-*'] : [] }
          for (const [at, taken] of steps.entries()) {
            const before = new Map(repository.tags)
            if (taken.do === 'untag') repository.tags.delete(taken.tag)
            if (taken.do === 'remove') removeManifest(repository, pool[taken.which]?.digest ?? '')
            if (taken.do === 'blobs') {
              for (const [digest, bytes] of pool[taken.which]?.blobs ?? []) repository.blobs.set(digest, bytes)
            }
            if (taken.do === 'put') {
              const built = pool[taken.which] as BuiltImage
              const claimed = { right: built.digest, wrong: digestOf(Buffer.from('?')), none: undefined }
              const size = repository.manifests.size
              const push = { tag: taken.tag, digest: claimed[taken.claims as 'right'], now: at }
              try {
                const { stored } = putManifest(repository, built.bytes, push)
                expect(stored.digest).toBe(built.digest)
                expect(taken.claims).not.toBe('wrong')
                if (taken.tag !== undefined) expect(repository.tags.get(taken.tag)).toBe(built.digest)
              } catch (error) {
                if (!(error instanceof Refusal)) throw error
                expect([repository.manifests.size, repository.tags]).toEqual([size, before])
              }
              for (const [tag, digest] of before) {
                if (isImmutable(repository.mutability, tag)) expect(repository.tags.get(tag)).toBe(digest)
              }
            }
            check(repository)
          }
        }),
        { numRuns: 150 },
      )
    },
  )

  test('has a blob only when the chunks together have its digest', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 8 }), fc.boolean(), (chunks, honest) => {
        const repository = emptyRepository('any/thing', 0)
        const upload = beginUpload(repository, 'id')
        for (const chunk of chunks) append(upload, Buffer.from(chunk))
        const whole = Buffer.concat(chunks)
        const digest = honest ? digestOf(whole) : digestOf(Buffer.concat([whole, Buffer.from('!')]))
        expect(finish(repository, upload, digest)).toBe(honest)
        expect(repository.blobs.has(digest)).toBe(honest)
        expect(upload.received).toBe(whole.byteLength)
      }),
    )
  })
})

describe('what comes from outside', () => {
  test('is read as a manifest or refused, never thrown over', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), fc.option(fc.string()), (text, type) => {
        const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text)
        const read = readManifest(bytes, type ?? undefined)
        expect('invalid' in read || ['image', 'index'].includes(read.kind)).toBe(true)
      }),
    )
    const nearly = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value')),
        tie('map'),
      ),
      map: fc.dictionary(
        fc.constantFrom('config', 'layers', 'manifests', 'subject', 'digest', 'size', 'mediaType'),
        tie('value'),
      ),
    })).map
    fc.assert(
      fc.property(nearly, (json) => {
        const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...(json as object) }))
        expect(readManifest(bytes, undefined)).toBeDefined()
      }),
    )
  })

  test.each([
    ['nginx', { host: 'docker.io', repository: 'library/nginx', tag: 'latest', digest: undefined }],
    ['org/app:1', { host: 'docker.io', repository: 'org/app', tag: '1', digest: undefined }],
    ['localhost/app', { host: 'localhost', repository: 'app', tag: 'latest', digest: undefined }],
    ['127.0.0.1:5000/a/b:1', { host: '127.0.0.1:5000', repository: 'a/b', tag: '1', digest: undefined }],
    [
      `r.example/a@sha256:${'0'.repeat(64)}`,
      { host: 'r.example', repository: 'a', tag: undefined, digest: `sha256:${'0'.repeat(64)}` },
    ],
    ['UPPER', undefined],
    ['a:b:c', undefined],
    ['a@sha256:1', undefined],
    ['', undefined],
    ['host:1/../x', undefined],
  ])('is taken apart as a reference: %s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected)
  })

  test('as a wildcard matches what the same regular expression does, but cannot be made slow', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 12 })
    const filter = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*'), maxLength: 8 })
    fc.assert(
      fc.property(filter, text, (wildcard, value) => {
        const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(value)
        expect(matchesWildcard(wildcard, value)).toBe(expected)
      }),
    )
    expect(matchesWildcard('*a'.repeat(60), 'a'.repeat(50_000))).toBe(true)
  })

  test('is refused when it is too long', () => {
    expect(isTag('a'.repeat(129))).toBe(false)
    expect(parseReference(`a/${'b'.repeat(2_000)}`)).toBeUndefined()
  })
})
