import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { differing, mergedLicenses } from '../../scripts/bundle.ts'

test('licences that are the same stand once, under all their packages', () => {
  const listed = '@a/one\nMIT\nMay be used.\n\nfreely\n\ntwo\nISC\nAs is.\n\nthree\nMIT\nMay be used.\n\nfreely\n\n'
  const merged = mergedLicenses(listed, (name) => ['@a/one', 'two', 'three'].includes(name))
  expect(merged).toBe(`@a/one\nthree\n\nMIT\nMay be used.\n\nfreely\n\n${'-'.repeat(80)}\n\ntwo\n\nISC\nAs is.\n`)
})

describe('the check of dist', () => {
  test('names files that were changed, added and removed', () => {
    const folder = (files: Record<string, string>): string => {
      const root = mkdtempSync(join(tmpdir(), 'strangler-bundle-'))
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
      return root
    }
    const one = folder({ same: '1', 'core/changed': '1', removed: '1' })
    const other = folder({ same: '1', 'core/changed': '2', 'core/added': '1' })
    expect(differing(one, other)).toEqual(['core/added', 'core/changed', 'removed'])
  })
})
