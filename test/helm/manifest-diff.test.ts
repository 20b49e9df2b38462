import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseManifest, workloadsOf } from '../../src/helm/manifest.ts'
import { diffManifests } from '../../src/helm/manifest-diff.ts'

const deployment = (image: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: side, image: s}, {name: app, image: "${image}"}]}}}
`
const parse = (text: string) => parseManifest(text, 'default')

describe('the difference between manifests', () => {
  test('names the field by the name of its container', () => {
    expect(diffManifests(parse(deployment('a')), parse(deployment('b')))).toEqual([
      {
        change: 'changed',
        object: 'Deployment/web',
        fields: [{ path: 'spec.template.spec.containers.app.image', before: 'a', after: 'b' }],
      },
    ])
  })
  test('never shows what is in a Secret', () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: ${value}}\nstringData: {x: ${value}}\n`
    const shown = JSON.stringify(diffManifests(parse(secret('b2xk')), parse(secret('bmV3'))))
    expect(shown).toContain('data.password')
    expect(shown).not.toMatch(/b2xk|bmV3/)
  })
  test('shows a long text from the line that differs', () => {
    const config = (value: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {app.conf: ${JSON.stringify(`${'# rule\n'.repeat(40)}port = ${value}\n${'x\n'.repeat(99)}`)}}\n`
    const [change] = diffManifests(parse(config('1')), parse(config('2')))
    expect(change?.fields[0]?.before).toMatch(/^\.\.\.port = 1\nx\n.*\.\.\.$/s)
    expect(change?.fields[0]?.after).toMatch(/^\.\.\.port = 2\n/)
  })
  test('tells added and removed objects', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n'
    expect(diffManifests(parse(deployment('a')), parse(`${deployment('a')}---\n${service}`))).toMatchObject([
      { change: 'added', object: 'Service/web' },
    ])
    expect(diffManifests(parse(service), [])).toMatchObject([{ change: 'removed', object: 'Service/web' }])
  })
  test('of a manifest with itself is empty', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const object = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', namespace: 'n', content }
        expect(diffManifests([object], [object])).toEqual([])
      }),
    )
  })
})

test('workloads are found in lists and in namespaces of their own, and nothing else is', () => {
  const text = `${deployment('a')}---\n# nothing\n---\nkind: List\nitems:\n- {apiVersion: batch/v1, kind: Job, metadata: {name: j, namespace: n}}\n- {apiVersion: example.com/v1, kind: Deployment, metadata: {name: x}}\n`
  expect(workloadsOf(parse(text))).toEqual([
    { kind: 'Deployment', name: 'web', namespace: 'default' },
    { kind: 'Job', name: 'j', namespace: 'n' },
  ])
})

test('a manifest that is no YAML is refused', () => {
  expect(() => parse('a: [')).toThrow('is no YAML')
})
