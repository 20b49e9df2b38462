import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseHistory } from '../../src/helm/release-history.ts'
import { asFailed, decodeRecord, encodeRecord, recordOf } from '../../src/helm/release-record.ts'

const raw = {
  name: 'web',
  version: 3,
  namespace: 'qa',
  info: { status: 'pending-upgrade', description: 'Preparing upgrade', first_deployed: '2026-01-01T00:00:00Z' },
  chart: { metadata: { name: 'web', version: '0.1.0' }, templates: [{ data: 'e30=' }] },
  config: { replicas: 2 },
  manifest: 'kind: Service\n',
  hooks: [
    { name: 'h', kind: 'Job', path: 'h.yaml', manifest: '', events: ['pre-upgrade'], last_run: { phase: 'Failed' } },
  ],
  apply_method: 'ssa',
}

describe('a release record', () => {
  test('keeps everything but status and description when it is ended as failed', () => {
    const ended = decodeRecord(encodeRecord(asFailed(recordOf(raw), 'unlocked').raw))
    expect(ended.raw).toEqual({ ...raw, info: { ...raw.info, status: 'failed', description: 'unlocked' } })
    expect(ended.hooks[0]).toMatchObject({ name: 'h', phase: 'Failed' })
  })
  test('survives encoding and decoding with any values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (config) => {
        const json = JSON.parse(JSON.stringify({ ...raw, config })) as typeof raw
        expect(decodeRecord(encodeRecord(json)).raw).toEqual(json)
      }),
    )
  })
  test.each(['', 'not base64 !', Buffer.from('{}').toString('base64'), gzipSync('[').toString('base64')])(
    'is refused when it is %j',
    (payload) => {
      expect(() => decodeRecord(payload)).toThrow(/release/)
    },
  )
  test('does not inflate without end', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024)).toString('base64')
    expect(() => decodeRecord(bomb)).toThrow('cannot be decoded')
  })
})

describe('a history', () => {
  test('is read in order of revisions, whatever helm adds to it', () => {
    const found = parseHistory(
      JSON.stringify([
        {
          revision: 10,
          status: 'deployed',
          updated: '2026-01-01T00:00:00.5+01:00',
          description: 'x',
          rollback_revision: 2,
        },
        { revision: 9, status: 'brand-new', updated: '' },
      ]),
    )
    expect(found.map(({ revision, status, updated }) => [revision, status, updated])).toEqual([
      [9, 'unknown', undefined],
      [10, 'deployed', Date.parse('2025-12-31T23:00:00.500Z')],
    ])
  })
  test.each(['', '{}', '[{"status":"deployed"}]', '[{"revision":0}]', '[null]'])('is refused when it is %j', (json) => {
    expect(() => parseHistory(json)).toThrow('helm history')
  })
})
