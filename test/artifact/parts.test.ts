import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildCommands, exportsArchives } from '../../src/artifact/builders.ts'
import { parseImageReference, parseRepository, printImageReference } from '../../src/artifact/image-reference.ts'
import { makeImage } from '../../src/artifact/make-layout.ts'
import { scanVerdict } from '../../src/artifact/scan-gate.ts'
import { planTags } from '../../src/artifact/tags.ts'
import { ecrHost } from '../../src/aws/ecr-host.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('an image reference', () => {
  test.each([
    ['localhost/a', { host: 'localhost', repository: 'a', tag: undefined, digest: undefined }],
    ['127.0.0.1:5000/a/b_c:v1', { host: '127.0.0.1:5000', repository: 'a/b_c', tag: 'v1', digest: undefined }],
    [`r.example/a:v1@${digest}`, { host: 'r.example', repository: 'a', tag: 'v1', digest }],
  ])('%s is read', (text, reference) => expect(parseImageReference(text)).toEqual(reference))

  test.each([
    ['orders'],
    ['orders:v1'],
    ['r.example/Orders'],
    ['r.example/a@sha256:12'],
    ['r.example/a:'],
    ['r.example/../a'],
    ['r.example/a:v1:v2'],
    ['-r.example/a'],
  ])('%s is refused in one line', (text) =>
    expect(() => parseImageReference(text)).toThrow(/^'.*' is no image reference: /),
  )

  test('printed and read again is the same', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,5})?$/)
    const reference = fc.record({
      host: fc.constantFrom('localhost:5000', '127.0.0.1', 'r.example', '123456789012.dkr.ecr.eu-west-1.amazonaws.com'),
      repository: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      tag: fc.option(fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/), { nil: undefined }),
      digest: fc.constantFrom(digest, undefined),
    })
    fc.assert(fc.property(reference, (value) => expect(parseImageReference(printImageReference(value))).toEqual(value)))
  })

  test('of ECR tells account and region in every partition', () => {
    expect(ecrHost('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn')).toEqual({
      accountId: '123456789012',
      region: 'cn-north-1',
    })
    expect(ecrHost('123456789012.dkr-ecr.eu-west-1.on.aws')).toEqual({ accountId: '123456789012', region: 'eu-west-1' })
    expect(ecrHost('ghcr.io')).toBeUndefined()
    expect(parseRepository('team/orders')).toEqual({ host: undefined, name: 'team/orders' })
  })
})

describe('the commands of a build', () => {
  const request = {
    context: '.',
    file: 'D',
    target: 't',
    buildArgs: { A: 'x y' },
    labels: { l: '$(id)' },
    platforms: [],
  }
  test('carry every value as an argument of its own', () => {
    const shared = ['--file', 'D', '--target', 't', '--build-arg', 'A=x y', '--label', 'l=$(id)']
    expect(buildCommands('buildx', request, '/o.tar', 'n').make[0]).toEqual([
      'docker',
      'buildx',
      'build',
      ...shared,
      '--provenance=false',
      '--output',
      'type=oci,dest=/o.tar',
      '.',
    ])
    const docker = buildCommands('docker', request, '/o.tar', 'n')
    expect([...docker.make, ...docker.clean].map(([, verb]) => verb)).toEqual(['build', 'save', 'image'])
    const platforms = ['linux/amd64', 'linux/arm64']
    const buildah = buildCommands('buildah', { ...request, platforms }, '/o.tar', 'n')
    expect(buildah.make[1]).toEqual(['buildah', 'manifest', 'push', '--all', 'n', 'oci-archive:/o.tar'])
    expect(buildah.clean).toEqual([['buildah', 'manifest', 'rm', 'n']])
  })

  test.each([
    ['Name: b\nDriver:        docker-container\n', '', true],
    ['Name: default\nDriver: docker\n', '[["Backing Filesystem","extfs"]]', false],
    ['Name: default\nDriver: docker\n', '[["driver-type","io.containerd.snapshotter.v1"]]', true],
    ['', '', false],
  ])('buildx that says %j, over a daemon that says %j, writes archives: %s', (inspect, drivers, can) =>
    expect(exportsArchives(inspect, drivers)).toBe(can),
  )
})

test('the same recipe makes the same image, to the byte', async () => {
  const recipe = { files: { '/b': Buffer.from('2'), '/a': Buffer.from('1') }, entrypoint: ['/a'] }
  const [one, two] = [
    await makeImage(recipe),
    await makeImage({ ...recipe, files: { '/a': Buffer.from('1'), '/b': Buffer.from('2') } }),
  ]
  expect(one.root.digest).toBe(two.root.digest)
})

describe('the scan gate', () => {
  const finding = (severity: string) => ({ name: 'CVE', severity, title: '' })
  test.each([
    ['COMPLETE', [], 'pass'],
    ['ACTIVE', [finding('MEDIUM')], 'pass'],
    ['COMPLETE', [finding('HIGH')], 'refuse'],
    ['COMPLETE', [finding('UNTRIAGED')], 'refuse'],
    ['IN_PROGRESS', [], 'wait'],
    ['NOT_FOUND', [], 'wait'],
    ['FAILED', [], 'refuse'],
    ['UNSUPPORTED_IMAGE', [], 'refuse'],
    ['SCAN_ELIGIBILITY_EXPIRED', [], 'refuse'],
  ] as const)('of a scan that is %s with %j says %s', (status, findings, kind) => {
    expect(scanVerdict({ status, description: '', findings }, 'high').kind).toBe(kind)
  })
})

test('tags that lead to the digest are kept, new ones written, others refused or moved as told', () => {
  const found = new Map([
    ['v1', digest],
    ['latest', 'sha256:old'],
  ])
  expect(planTags(['v1', 'v2', 'latest'], digest, found, () => undefined, 'r')).toEqual({
    kept: ['v1'],
    written: ['v2', 'latest'],
    moved: [{ tag: 'latest', from: 'sha256:old' }],
  })
  expect(() => planTags(['latest'], digest, found, () => 'it stays', 'r')).toThrow(
    `the tag 'latest' of r leads to sha256:old, not to ${digest}: it stays`,
  )
})
