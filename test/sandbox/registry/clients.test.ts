import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../../src/action/command.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { artifact, image, index, layer } from '../../support/images.ts'
import { program } from '../../support/programs.ts'
import { ecrCall, login, push, pushImage } from '../../support/registry.ts'

const tools = Object.fromEntries(['crane', 'skopeo', 'regctl', 'buildah', 'aws'].map((name) => [name, program(name)]))
const testOf = (...names: string[]) => (names.every((name) => tools[name] !== undefined) ? test : test.skip)

/** The clients of the field, as their users call them, against the sandbox's default registry. */
describe('the registry serves', () => {
  let sandbox: Sandbox
  let folder: string
  let host: string
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    sandbox = await startSandbox({ speed: 50 })
    folder = mkdtempSync(join(tmpdir(), 'strangler-clients-'))
    host = `127.0.0.1:${sandbox.port}`
    const auth = { HOME: folder, DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: join(folder, 'auth.json') }
    env = { PATH: process.env['PATH'], ...sandbox.environment(), ...auth }
    const { password } = await login(sandbox)
    const entry = { auths: { [host]: { auth: Buffer.from(`AWS:${password}`).toString('base64') } } }
    for (const file of ['config.json', 'auth.json']) writeFileSync(join(folder, file), JSON.stringify(entry))
  })
  afterAll(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs a tool and returns what it printed; throws with both streams when it failed. */
  async function run(name: string, args: readonly string[], input?: string): Promise<string> {
    const options = { env, cwd: folder, ...(input === undefined ? {} : { input }) }
    const { code, stdout, stderr } = await runCommand([tools[name] as string, ...args], options)
    if (code !== 0) throw new Error(`${name} ${args.join(' ')}: exit ${code}\n${stdout}${stderr}`)
    return stdout.trim()
  }
  const repository = (name: string, rest: Record<string, unknown> = {}) =>
    ecrCall(sandbox, 'CreateRepository', { repositoryName: name, ...rest })
  const plain = ['--src-tls-verify=false', '--dest-tls-verify=false']

  testOf('crane')('crane: push, list, tag, pull, validate, and copy of an index', async () => {
    const both = index([image(), image({ architecture: 'arm64' })], { attestations: true })
    const { byTag } = await pushImage(sandbox, 'crane/src:1.0', both)
    expect(await run('crane', ['digest', byTag])).toBe(both.digest)
    const single = await pushImage(sandbox, 'crane/single:1.0')
    await run('crane', ['validate', '--remote', single.byTag])
    await repository('crane/dst')
    await run('crane', ['copy', byTag, `${host}/crane/dst:1.0`])
    await run('crane', ['tag', `${host}/crane/dst:1.0`, 'stable'])
    expect((await run('crane', ['ls', `${host}/crane/dst`])).split('\n')).toEqual(['1.0', 'stable'])
    expect(await run('crane', ['digest', `${host}/crane/dst:stable`])).toBe(both.digest)
    expect((await run('crane', ['catalog', host])).split('\n')).toContain('crane/dst')
    await run('crane', ['pull', single.byTag, 'crane.tar'])
    await expect(run('crane', ['copy', byTag, `${host}/crane/none:1.0`])).rejects.toThrow(
      `NAME_UNKNOWN: The repository with name 'crane/none' does not exist in the registry with id '123456789012'`,
    )
  })

  testOf('crane')('crane: moves no blob between repositories once mounting is on', async () => {
    const { byTag, digest } = await pushImage(sandbox, 'mount/src:1.0', {
      layers: [layer({ app: 'only in mount/src' })],
    })
    await repository('mount/dst')
    const uploads = () => sandbox.calls.all().filter(({ operation }) => /^(PATCH|PUT) upload$/.test(operation)).length
    const before = uploads()
    await ecrCall(sandbox, 'PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'ENABLED' })
    await run('crane', ['copy', byTag, `${host}/mount/dst:1.0`])
    await ecrCall(sandbox, 'PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'DISABLED' })
    expect(uploads()).toBe(before)
    expect(sandbox.images.pull(`${host}/mount/dst:1.0`)).toMatchObject({ digest })
  })

  testOf('skopeo')('skopeo: copy in and out with the digest kept, list, inspect, delete', async () => {
    const both = index([image(), image({ architecture: 'arm64' })])
    const { byTag } = await pushImage(sandbox, 'skopeo/src:1.0', both)
    await repository('skopeo/dst')
    const copy = ['copy', '--all', '--preserve-digests', ...plain]
    await run('skopeo', [...copy, `docker://${byTag}`, 'oci:layout:x'])
    await run('skopeo', [...copy, 'oci:layout:x', `docker://${host}/skopeo/dst:1.0`])
    const listed = await run('skopeo', ['list-tags', '--tls-verify=false', `docker://${host}/skopeo/dst`])
    expect(JSON.parse(listed)).toEqual({ Repository: `${host}/skopeo/dst`, Tags: ['1.0'] })
    expect(sandbox.images.pull(`${host}/skopeo/dst:1.0`)).toMatchObject({ digest: both.digest })
    await run('skopeo', ['inspect', '--tls-verify=false', `docker://${host}/skopeo/dst:1.0`])
    await run('skopeo', ['delete', '--tls-verify=false', `docker://${host}/skopeo/dst:1.0`])
    expect(sandbox.images.pull(`${host}/skopeo/dst:1.0`)).toMatchObject({ failure: 'not-found' })
  })

  testOf('skopeo')('skopeo: is told that an immutable tag stays, even for the same digest', async () => {
    const { byTag } = await pushImage(sandbox, 'skopeo/once:1.0')
    await repository('skopeo/fixed', { imageTagMutability: 'IMMUTABLE' })
    const copy = ['copy', ...plain, `docker://${byTag}`, `docker://${host}/skopeo/fixed:1.0`]
    await run('skopeo', copy)
    await expect(run('skopeo', copy)).rejects.toThrow(
      "tag invalid: The image tag '1.0' already exists in the 'skopeo/fixed' repository and cannot be overwritten because the tag is immutable.",
    )
  })

  testOf('regctl')('regctl: copy of an image with all that refers to it', async () => {
    const built = image({ labels: { by: 'regctl' } })
    const { byTag, digest } = await pushImage(sandbox, 'regctl/src:1.0', built)
    const sbom = artifact(built, 'application/spdx+json', '{"sbom":1}')
    const access = await login(sandbox)
    await push(access, 'regctl/src', sbom)
    await push(access, 'regctl/src', artifact(sbom, 'application/vnd.cncf.notary.signature', 'of the sbom'))
    await repository('regctl/dst')
    // Its first word to the registry is a ping without credentials, which it only warns about.
    await run('regctl', ['registry', 'set', '--tls', 'disabled', '--skip-check', host])
    await run('regctl', ['image', 'copy', '--referrers', byTag, `${host}/regctl/dst:1.0`])
    const referrers = async (imageDigest: string) => {
      const input = { repositoryName: 'regctl/dst', subjectId: { imageDigest } }
      return (await ecrCall(sandbox, 'ListImageReferrers', input))['referrers']
    }
    expect(await referrers(digest)).toMatchObject([{ digest: sbom.digest, artifactType: 'application/spdx+json' }])
    expect(await referrers(sbom.digest)).toMatchObject([{ artifactType: 'application/vnd.cncf.notary.signature' }])
  })

  testOf('buildah')('buildah: build and push', async () => {
    await repository('buildah/web')
    writeFileSync(join(folder, 'app'), 'an app\n')
    const at = ['--storage-driver', 'vfs', '--root', join(folder, 'store'), '--runroot', join(folder, 'run')]
    const container = await run('buildah', [...at, 'from', 'scratch'])
    await run('buildah', [...at, 'copy', container, 'app', '/app'])
    await run('buildah', [...at, 'config', '--label', 'sandbox.startup=1', container])
    await run('buildah', [...at, 'commit', container, 'web'])
    const destination = `docker://${host}/buildah/web:1.0`
    await run('buildah', [...at, 'push', '--tls-verify=false', '--digestfile', 'digest', 'web', destination])
    expect(sandbox.images.pull(`${host}/buildah/web:1.0`)).toMatchObject({
      digest: readFileSync(join(folder, 'digest'), 'utf8').trim(),
      labels: expect.objectContaining({ 'sandbox.startup': '1' }),
    })
  })

  testOf('aws')('the AWS CLI: repositories, login, retagging, scans, other accounts', async () => {
    const aws = async (...args: string[]) =>
      JSON.parse((await run('aws', [...args, '--output', 'json'])) || 'null') as Record<string, unknown>
    await aws('ecr', 'create-repository', '--repository-name', 'cli/web')
    const { digest } = await pushImage(sandbox, 'cli/web:1.0')
    const password = await run('aws', ['ecr', 'get-login-password'])
    const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
    expect((await fetch(`${sandbox.endpoint()}/v2/`, { headers: { authorization } })).status).toBe(200)
    const got = await aws('ecr', 'batch-get-image', '--repository-name', 'cli/web', '--image-ids', 'imageTag=1.0')
    const [found] = got['images'] as { imageManifest: string }[]
    writeFileSync(join(folder, 'manifest.json'), found?.imageManifest ?? '')
    const put = ['ecr', 'put-image', '--repository-name', 'cli/web', '--image-tag', 'prod', '--image-digest', digest]
    await aws(...put, '--image-manifest', 'file://manifest.json')
    const id = ['--repository-name', 'cli/web', '--image-id', 'imageTag=prod']
    await aws('ecr', 'start-image-scan', ...id)
    await run('aws', ['ecr', 'wait', 'image-scan-complete', ...id])
    expect(await aws('ecr', 'describe-images', '--repository-name', 'cli/web')).toMatchObject({
      imageDetails: [{ imageDigest: digest, imageTags: ['1.0', 'prod'], imageScanStatus: { status: 'COMPLETE' } }],
    })
    const role = ['--role-arn', 'arn:aws:iam::210987654321:role/x', '--role-session-name', 'cli']
    expect(await aws('sts', 'assume-role', ...role)).toMatchObject({
      AssumedRoleUser: { Arn: 'arn:aws:sts::210987654321:assumed-role/x/cli' },
    })
  })
})
