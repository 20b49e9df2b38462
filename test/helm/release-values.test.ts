import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { keyPath, splitImage, typedValue, valuesTree } from '../../src/helm/release-values.ts'

const digest = `sha256:${'a'.repeat(64)}`
const keys = { reference: undefined, repository: 'image.repository', digest: 'image.digest', tag: 'image.tag' }
const none = { set: {}, setString: {}, image: undefined, imageKeys: keys, cron: undefined }

describe('values from inputs', () => {
  test('nest by dots, are typed like --set, and later inputs win', () => {
    expect(
      valuesTree({
        ...none,
        set: { 'a.b': '1', 'a.c': 'true', 'ann.x\\.y/z': 'text', list: '{x,2}' },
        setString: { 'a.d': '007', 'a.b': '1' },
        image: `127.0.0.1:5000/team/app:1.2@${digest}`,
        cron: { state: 'suspended', value: 'cron.suspended' },
      }),
    ).toEqual({
      a: { b: '1', c: true, d: '007' },
      ann: { 'x.y/z': 'text' },
      list: ['x', 2],
      image: { repository: '127.0.0.1:5000/team/app', digest, tag: '1.2' },
      cron: { suspended: true },
    })
  })
  test('give the whole reference to one key where that is asked for', () => {
    const imageKeys = { ...keys, reference: 'app.image' }
    expect(valuesTree({ ...none, image: `app@${digest}`, imageKeys })).toEqual({ app: { image: `app@${digest}` } })
  })
  test.each([
    ['0', 0],
    ['-5', -5],
    ['007', '007'],
    ['1.5', '1.5'],
    ['null', null],
    ['True', 'True'],
    ['{}', []],
    ['', ''],
    ['99999999999999999999', '99999999999999999999'],
  ])('type %j as %j', (text, value) => {
    expect(typedValue(text)).toEqual(value)
  })
  test.each(['a..b', '', '.a', 'a[0]', '__proto__.x'])('refuse the key %j', (key) => {
    expect(() => keyPath(key)).toThrow(/key of values|item of a list/)
  })
  test('never touch the prototype of anything', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (set) => {
        try {
          valuesTree({ ...none, set })
        } catch (error) {
          expect((error as Error).name).toBe('UserError')
        }
        expect(({} as Record<string, unknown>)['x']).toBeUndefined()
      }),
    )
  })
})

describe('an image reference', () => {
  test.each([
    ['app', { repository: 'app', tag: undefined, digest: undefined }],
    ['host:5000/app', { repository: 'host:5000/app', tag: undefined, digest: undefined }],
    ['host:5000/app:1', { repository: 'host:5000/app', tag: '1', digest: undefined }],
    [`app@${digest}`, { repository: 'app', tag: undefined, digest }],
  ])('%s is taken apart', (image, parts) => {
    expect(splitImage(image)).toEqual(parts)
  })
  test.each(['', 'a b', 'app@sha256:short', '@sha256'])('%j is refused', (image) => {
    expect(() => splitImage(image)).toThrow('no image reference')
  })
})
