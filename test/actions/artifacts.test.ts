import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'
import { systemClock } from '../../src/action/clock.ts'
import type { Action } from '../../src/action/define.ts'
import { runAction } from '../../src/action/run.ts'
import { buildPushEcr } from '../../src/actions/build-push-ecr.ts'
import { promoteArtifact } from '../../src/actions/promote-artifact.ts'
import { makeImage, writeOciLayout } from '../../src/artifact/make-layout.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { artifact, image, index } from '../support/images.ts'
import { memoryHost } from '../support/memory-host.ts'
import { unlisted } from '../support/permissions.ts'
import { ecrCall, login, push } from '../support/registry.ts'

let sandbox: Sandbox
let folder: string
const before = { ...process.env }

beforeEach(async () => {
  sandbox = await startCheckedSandbox({ speed: 500 })
  Object.assign(process.env, sandbox.environment())
  folder = mkdtempSync(join(tmpdir(), 'strangler-artifact-'))
})
afterEach(async () => {
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
  await sandbox.close()
})

async function run(action: Action, inputs: Record<string, string>) {
  const host = memoryHost(inputs, process.env)
  const from = sandbox.calls.all().length
  await runAction(action, host, systemClock(500, sandbox.clock.epoch))
  const made = sandbox.calls.all().slice(from)
  expect(unlisted(action, made)).toEqual([])
  const calls = made.map(({ service, operation }) => `${service} ${operation}`)
  return { host, calls, outcome: host.outputs['outcome'], last: host.log.at(-1) ?? '' }
}

async function layout(version: string, labels: Record<string, string> = {}): Promise<string> {
  const path = join(folder, version)
  await writeOciLayout(
    await makeImage({ files: { '/app/version': Buffer.from(version) }, entrypoint: ['/app/run'], labels }),
    path,
  )
  return path
}

describe('build-push-ecr', () => {
  const push2 = (path: string, more: Record<string, string> = {}) =>
    run(buildPushEcr, { repository: 'orders', tags: 'v1', 'oci-layout': path, ...more })

  test('pushes a finished layout, creating the repository, and returns what the registry confirms; the second time nothing changes', async () => {
    const path = await layout('one')
    const first = await push2(path, { 'create-repository': 'true' })
    expect([first.host.code, first.outcome]).toEqual([0, 'succeeded'])
    const host = sandbox.endpoint().slice('http://'.length)
    expect(first.host.outputs['image']).toBe(`${host}/orders@${first.host.outputs['digest']}`)
    expect(sandbox.images.pull(`${host}/orders:v1`)).toMatchObject({ digest: first.host.outputs['digest'] })
    const second = await push2(path)
    expect([second.host.code, second.outcome, second.host.outputs['digest']]).toEqual([
      0,
      'unchanged',
      first.host.outputs['digest'],
    ])
    expect(second.calls).toEqual(['ecr DescribeRepositories', 'ecr BatchGetImage'])
    expect(second.host.masked).toEqual([])
    expect(first.host.masked).toHaveLength(2)
  })

  test('takes a tar of a layout, and only the files that a layout has', async () => {
    const path = await layout('one')
    const tar = pack()
    tar.entry({ name: '../../escaped' }, 'x')
    tar.entry({ name: 'blobs/sha256/../../../escaped' }, 'x')
    tar.entry({ name: 'index.json', type: 'symlink', linkname: '/etc/passwd' })
    for (const name of ['oci-layout', 'index.json']) tar.entry({ name }, readFileSync(join(path, name)))
    for (const name of readdirSync(join(path, 'blobs/sha256')))
      tar.entry({ name: `./blobs/sha256/${name}` }, readFileSync(join(path, 'blobs/sha256', name)))
    tar.finalize()
    const chunks: Buffer[] = []
    for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
    const archive = join(folder, 'image.tar')
    writeFileSync(archive, Buffer.concat(chunks))
    const { outcome } = await push2(archive, { 'create-repository': 'true' })
    expect(outcome).toBe('succeeded')
    expect(readdirSync(folder).sort()).toEqual(['image.tar', 'one'])
  })

  test('refuses a layout whose bytes are not what they should be, and writes no tag', async () => {
    const path = await layout('one')
    const largest = readdirSync(join(path, 'blobs/sha256')).map((name) => join(path, 'blobs/sha256', name))
    const blob = largest.find((name) => readFileSync(name)[0] === 0x1f) as string
    const bytes = readFileSync(blob)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    writeFileSync(blob, bytes)
    const { host, last } = await push2(path, { 'create-repository': 'true' })
    expect(host.code).toBe(1)
    expect(last).toMatch(/^error: expected the blob sha256:\w+, got bytes of sha256:/)
    expect('failure' in sandbox.images.pull(`${sandbox.endpoint().slice(7)}/orders:v1`)).toBe(true)
  })

  test('says what to do when the repository or the layout is not there', async () => {
    expect((await push2(await layout('one'))).last).toBe(
      "error: there is no repository 'orders': create it, or set create-repository to true",
    )
    expect((await push2(join(folder, 'none'), { 'create-repository': 'true' })).last).toContain(
      `cannot read the OCI layout '${join(folder, 'none')}'`,
    )
    mkdirSync(join(folder, 'empty'))
    expect((await push2(join(folder, 'empty'))).last).toContain('has no index.json')
  })

  test('an immutable tag that leads elsewhere is an error that names both digests', async () => {
    const first = await push2(await layout('one'), { 'create-repository': 'true' })
    const { host, last } = await push2(await layout('two'))
    expect(host.code).toBe(1)
    expect(last).toContain(
      `the tag 'v1' of ${first.host.outputs['repository-uri']} leads to ${first.host.outputs['digest']}, not to sha256:`,
    )
  })

  test('the scan gate refuses what it finds, before the tag is written', async () => {
    const findings = JSON.stringify([{ name: 'CVE-2026-1', severity: 'CRITICAL' }])
    const { host, last } = await push2(await layout('bad', { 'sandbox.findings': findings }), {
      'create-repository': 'true',
      'scan-gate': 'high',
    })
    expect([host.code, host.outputs['outcome'], host.outputs['image']]).toEqual([3, 'blocked', undefined])
    expect(host.summaries.join()).toContain('CVE-2026-1')
    expect(last).toContain('1 findings at high or above: CVE-2026-1 (CRITICAL)')
    const clean = await push2(await layout('good'), { 'scan-gate': 'high' })
    expect(clean.outcome).toBe('succeeded')
  })

  const hasBuildah = ((): boolean => {
    try {
      execFileSync('buildah', ['--version'], { stdio: 'ignore' })
      return process.getuid?.() === 0
    } catch {
      return false
    }
  })()
  if (!hasBuildah)
    process.stderr.write('skipping the test of a buildah build: buildah is not here, or this is not root\n')
  ;(hasBuildah ? test : test.skip)('builds with buildah', async () => {
    writeFileSync(join(folder, 'Dockerfile'), 'ARG BASE\nFROM $BASE\nCOPY app /app\nENTRYPOINT ["/app"]\n')
    writeFileSync(join(folder, 'app'), 'x')
    process.env['BUILDAH_ISOLATION'] = 'chroot'
    process.env['STORAGE_DRIVER'] = 'vfs'
    const { host, outcome } = await run(buildPushEcr, {
      repository: 'orders',
      tags: 'b1',
      context: folder,
      builder: 'buildah',
      'create-repository': 'true',
      'build-args': 'BASE=scratch',
      labels: 'sandbox.startup=1',
    })
    expect([outcome, host.code === 0 ? '' : host.log.join('\n')]).toEqual(['succeeded', ''])
    expect(sandbox.images.pull(host.outputs['image'] ?? '')).toMatchObject({
      labels: { 'sandbox.startup': '1' },
      entrypoint: ['/app'],
    })
  })
})

describe('promote-artifact', () => {
  const multi = index([image({ architecture: 'amd64' }), image({ architecture: 'arm64' })], { attestations: true })
  const signature = artifact(multi, 'application/vnd.dev.sigstore.bundle.v0.3+json', 'signature')
  const onSignature = artifact(signature, 'application/spdx+json', 'sbom')

  async function seed(): Promise<string> {
    for (const repositoryName of ['qa', 'prod'])
      await ecrCall(sandbox, 'CreateRepository', { repositoryName, imageTagMutability: 'IMMUTABLE' })
    const access = await login(sandbox)
    await push(access, 'qa', multi, 'v1')
    await push(access, 'qa', signature)
    await push(access, 'qa', onSignature)
    return `${access.host}/qa@${multi.digest}`
  }
  const promote = (from: string, more: Record<string, string> = {}) =>
    run(promoteArtifact, { image: from, to: 'prod', tags: 'v1', ...more })

  test('takes the index, its platforms, attestations and signatures of signatures along; a second run changes nothing in a few reads', async () => {
    const from = await seed()
    const first = await promote(from)
    expect([first.host.code, first.outcome, first.host.outputs['digest']]).toEqual([0, 'succeeded', multi.digest])
    expect(first.host.outputs['copied-manifests']).toBe('7')
    const access = await login(sandbox)
    const referrers = await fetch(`http://${access.host}/v2/prod/referrers/${multi.digest}`, {
      headers: { authorization: access.authorization ?? '' },
    })
    expect(((await referrers.json()) as { manifests: unknown[] }).manifests).toHaveLength(1)
    expect(first.calls.filter((call) => call === 'ecr PutImage').length).toBe(8)
    const second = await promote(from, { 'include-referrers': 'false' })
    expect([second.outcome, second.calls]).toEqual(['unchanged', ['ecr DescribeRepositories', 'ecr BatchGetImage']])
    expect((await promote(from)).outcome).toBe('unchanged')
  })

  test('is taken up after it was broken off, and the tag comes last', async () => {
    const from = await seed()
    sandbox.faults.add({
      service: 'ecr',
      operation: 'PutImage',
      kind: 'error',
      status: 400,
      skip: 3,
      times: 1,
    })
    const broken = await promote(from)
    expect(broken.host.code).toBe(1)
    expect('failure' in sandbox.images.pull(`${sandbox.endpoint().slice(7)}/prod:v1`)).toBe(true)
    const again = await promote(from)
    expect([again.outcome, Number(again.host.outputs['copied-manifests'])]).toEqual(['succeeded', 4])
  })

  test('rides out resets and throttling on the way', async () => {
    const from = await seed()
    for (const operation of ['GET blob', 'POST uploads', 'PUT upload'])
      sandbox.faults.add({ service: 'registry', operation, kind: 'reset', times: 1 })
    sandbox.faults.add({ service: 'registry', operation: 'PUT upload', kind: 'error', status: 503, times: 1 })
    sandbox.faults.add({ service: 'ecr', operation: 'PutImage', kind: 'throttle', times: 2 })
    // The SDK waits in real time between its tries; here it passes 500 times as fast.
    const { outcome, host } = await promote(from, { timeout: '8h' })
    expect([outcome, host.code === 0 ? '' : host.log.join('\n')]).toEqual(['succeeded', ''])
  })

  test('goes to another account with a role of its own', async () => {
    const from = await seed()
    const roles = {
      'destination-role-arns': 'arn:aws:iam::210987654321:role/deploy',
      'create-repository': 'true',
      to: 'orders',
    }
    const { outcome, host } = await promote(from, roles)
    expect([outcome, host.code === 0 ? '' : host.log.join('\n')]).toEqual(['succeeded', ''])
    expect(host.outputs['image']).not.toContain(sandbox.endpoint().slice(7))
    expect(Number(host.outputs['bytes'])).toBeGreaterThan(0)
  })

  test('refuses to move a tag, naming both digests, unless told to; and an image that is no reference before it calls anything', async () => {
    const from = await seed()
    await promote(from)
    const access = await login(sandbox)
    const other = image({ labels: { other: 'x' } })
    await push(access, 'qa', other, 'v2')
    const { last } = await promote(`${access.host}/qa:v2`)
    expect(last).toContain(`leads to ${multi.digest}, not to ${other.digest}: it is immutable, and may not be moved`)
    const bad = await promote('orders@sha256:12')
    expect([bad.host.code, bad.calls]).toEqual([2, []])
  })

  test('a dry run only reads', async () => {
    const from = await seed()
    const { outcome, calls } = await promote(from, { 'dry-run': 'true' })
    expect(outcome).toBe('succeeded')
    expect(calls.filter((call) => /PUT|POST|PATCH|Create|Put/.test(call))).toEqual([])
  })
})
