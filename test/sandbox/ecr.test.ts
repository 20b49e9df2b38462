import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  ListImageReferrersCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Sandbox } from '../../src/sandbox/server.ts'
import { startCheckedSandbox } from '../support/aws-model.ts'
import { artifact, image, index, ociManifest, sha256 } from '../support/images.ts'
import { ecrClient, login, push, pushImage } from '../support/registry.ts'

describe('the ECR API', () => {
  let sandbox: Sandbox
  let ecr: ECRClient
  beforeAll(async () => {
    sandbox = await startCheckedSandbox()
    ecr = ecrClient(sandbox)
  })
  afterAll(async () => {
    ecr.destroy()
    await sandbox.close()
  })
  const failure = async (call: Promise<unknown>): Promise<{ name: string; message: string }> => {
    const thrown: unknown = await call.then(
      () => undefined,
      (error: unknown) => error,
    )
    if (thrown === undefined) throw new Error('the call went through')
    return thrown as Error
  }

  describe('repositories', () => {
    test('are created with all that the caller asked for, described by page, and deleted', async () => {
      const { repository } = await ecr.send(
        new CreateRepositoryCommand({
          repositoryName: 'teams/a/api',
          imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
          imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'env-*' }],
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfiguration: { encryptionType: 'KMS' },
          tags: [{ Key: 'team', Value: 'a' }],
        }),
      )
      expect(repository).toMatchObject({
        repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/teams/a/api',
        registryId: '123456789012',
        repositoryUri: `127.0.0.1:${sandbox.port}/teams/a/api`,
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'env-*' }],
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'KMS', kmsKey: expect.stringMatching(/^arn:aws:kms:/) },
      })
      await ecr.send(new CreateRepositoryCommand({ repositoryName: 'teams/b' }))
      expect(await failure(ecr.send(new CreateRepositoryCommand({ repositoryName: 'teams/b' })))).toMatchObject({
        name: 'RepositoryAlreadyExistsException',
      })

      const first = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 1 }))
      const second = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 1, nextToken: first.nextToken }))
      expect([first, second].flatMap((page) => page.repositories ?? []).map((r) => r.repositoryName)).toEqual([
        'teams/a/api',
        'teams/b',
      ])
      expect(second.nextToken).toBeUndefined()

      await ecr.send(new DeleteRepositoryCommand({ repositoryName: 'teams/a/api' }))
      expect(
        await failure(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['teams/a/api'] }))),
      ).toMatchObject({
        name: 'RepositoryNotFoundException',
        message: "The repository with name 'teams/a/api' does not exist in the registry with id '123456789012'",
      })
    })

    test('with images in them are deleted only by force', async () => {
      await pushImage(sandbox, 'full:1')
      const call = new DeleteRepositoryCommand({ repositoryName: 'full' })
      expect((await failure(ecr.send(call))).name).toBe('RepositoryNotEmptyException')
      await ecr.send(new DeleteRepositoryCommand({ repositoryName: 'full', force: true }))
    })

    test.each(['A', 'a', 'a//b', '-a', 'a..b', 'a'.repeat(257)])('may not be called %s', async (repositoryName) => {
      const call = new CreateRepositoryCommand({ repositoryName })
      expect((await failure(ecr.send(call))).name).toBe('InvalidParameterException')
    })

    test('keep resource tags', async () => {
      const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName: 'tagged' }))
      const resourceArn = repository?.repositoryArn ?? ''
      const tags = [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ]
      await ecr.send(new TagResourceCommand({ resourceArn, tags }))
      await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
      const left = await ecr.send(new ListTagsForResourceCommand({ resourceArn }))
      expect(left.tags).toEqual([{ Key: 'b', Value: '2' }])
    })
  })

  describe('images', () => {
    test('are promoted in one repository by two calls, byte for byte, and a second run is told so', async () => {
      const { digest } = await pushImage(sandbox, 'promote:1.0')
      const repositoryName = 'promote'
      const got = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }))
      const [found] = got.images ?? []
      expect(sha256(Buffer.from(found?.imageManifest ?? ''))).toBe(digest)
      const put = {
        repositoryName,
        imageManifest: found?.imageManifest,
        imageManifestMediaType: found?.imageManifestMediaType,
        imageDigest: digest,
        imageTag: 'prod',
      }
      const done = await ecr.send(new PutImageCommand(put))
      expect(done.image?.imageId).toEqual({ imageDigest: digest, imageTag: 'prod' })
      expect(await failure(ecr.send(new PutImageCommand(put)))).toMatchObject({
        name: 'ImageAlreadyExistsException',
        message: `Image with digest '${digest}' and tag 'prod' already exists in the repository with name 'promote' in registry with id '123456789012'`,
      })
      const drifted = { ...put, imageManifest: `${put.imageManifest}\n` }
      expect((await failure(ecr.send(new PutImageCommand(drifted)))).name).toBe('ImageDigestDoesNotMatchException')

      await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }))
      expect((await failure(ecr.send(new PutImageCommand(put)))).name).toBe('ImageTagAlreadyExistsException')
      await ecr.send(new PutImageCommand({ ...put, imageTag: 'fresh' }))
      await ecr.send(
        new PutImageTagMutabilityCommand({
          repositoryName,
          imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
          imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'pro*' }],
        }),
      )
      expect((await failure(ecr.send(new PutImageCommand(put)))).name).toBe('ImageAlreadyExistsException')
    })

    test('are refused while what they need is missing', async () => {
      await ecr.send(new CreateRepositoryCommand({ repositoryName: 'strict' }))
      const built = image()
      const put = (bytes: Buffer, type: string) =>
        ecr.send(
          new PutImageCommand({
            repositoryName: 'strict',
            imageManifest: bytes.toString(),
            imageManifestMediaType: type,
          }),
        )
      expect(await failure(put(built.bytes, built.mediaType))).toMatchObject({
        name: 'LayersNotFoundException',
        message: expect.stringContaining([...built.blobs.keys()].join(', ')),
      })
      const over = index([built])
      expect((await failure(put(over.bytes, over.mediaType))).name).toBe('ReferencedImagesNotFoundException')
      expect(await failure(put(Buffer.from('{'), ociManifest))).toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining('Invalid JSON syntax'),
      })
    })

    test('are found by digest, by tag or by both, and the rest of the batch says why not', async () => {
      const { digest } = await pushImage(sandbox, 'batch:1.0')
      const other = await pushImage(sandbox, 'batch:2.0', { env: ['OTHER=1'] })
      const imageIds = [
        { imageTag: '1.0' },
        { imageDigest: digest, imageTag: '1.0' },
        { imageDigest: digest, imageTag: '2.0' },
        { imageTag: '3.0' },
        { imageDigest: 'sha256:short' },
        {},
      ]
      const { images, failures } = await ecr.send(new BatchGetImageCommand({ repositoryName: 'batch', imageIds }))
      expect(images?.map(({ imageId }) => imageId)).toEqual([
        { imageDigest: digest, imageTag: '1.0' },
        { imageDigest: digest, imageTag: '1.0' },
      ])
      expect(failures?.map(({ failureCode }) => failureCode)).toEqual([
        'ImageTagDoesNotMatchDigest',
        'ImageNotFound',
        'InvalidImageDigest',
        'MissingDigestAndTag',
      ])
      expect(other.digest).not.toBe(digest)
    })

    test('are described and listed with tags, types and pages', async () => {
      const one = image({ labels: { n: '1' } })
      const both = index([one, image({ architecture: 'arm64' })])
      await pushImage(sandbox, 'listed:1.0', both)
      await pushImage(sandbox, 'listed:latest', both)
      const signature = artifact(both, 'application/vnd.cncf.notary.signature', 'signed')
      await push(await login(sandbox), 'listed', signature)
      const { imageDetails } = await ecr.send(
        new DescribeImagesCommand({
          repositoryName: 'listed',
          imageIds: [{ imageTag: '1.0' }, { imageTag: 'latest' }],
        }),
      )
      expect(imageDetails).toMatchObject([
        {
          imageDigest: both.digest,
          imageTags: ['1.0', 'latest'],
          imageManifestMediaType: both.mediaType,
          imageStatus: 'ACTIVE',
        },
      ])
      const untagged = await ecr.send(
        new ListImagesCommand({ repositoryName: 'listed', filter: { tagStatus: 'UNTAGGED' } }),
      )
      expect(untagged.imageIds).toHaveLength(3)
      const found: string[] = []
      let nextToken: string | undefined
      do {
        const page = await ecr.send(new ListImagesCommand({ repositoryName: 'listed', maxResults: 2, nextToken }))
        found.push(...(page.imageIds ?? []).map(({ imageDigest, imageTag }) => `${imageDigest} ${imageTag}`))
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      expect(new Set(found).size).toBe(5)
      expect(
        await failure(
          ecr.send(new DescribeImagesCommand({ repositoryName: 'listed', imageIds: [{ imageTag: 'nope' }] })),
        ),
      ).toMatchObject({ name: 'ImageNotFoundException' })

      const subjectId = { imageDigest: both.digest }
      const referrers = await ecr.send(new ListImageReferrersCommand({ repositoryName: 'listed', subjectId }))
      expect(referrers.referrers).toMatchObject([
        { digest: signature.digest, artifactType: 'application/vnd.cncf.notary.signature', artifactStatus: 'ACTIVE' },
      ])
      const filter = { artifactTypes: ['application/spdx+json'] }
      const none = await ecr.send(new ListImageReferrersCommand({ repositoryName: 'listed', subjectId, filter }))
      expect(none.referrers).toEqual([])
    })

    test('lose a tag by tag, go whole by digest or with the last tag, and stay while an index lists them', async () => {
      const child = image({ labels: { n: 'child' } })
      const parent = index([child])
      await pushImage(sandbox, 'deleted:1', parent)
      await pushImage(sandbox, 'deleted:2', parent)
      const remove = (imageIds: { imageDigest?: string; imageTag?: string }[]) =>
        ecr.send(new BatchDeleteImageCommand({ repositoryName: 'deleted', imageIds }))
      const kept = await remove([{ imageDigest: child.digest }])
      expect(kept.failures).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }])
      expect((await remove([{ imageTag: '1' }])).imageIds).toEqual([{ imageDigest: parent.digest, imageTag: '1' }])
      expect((await remove([{ imageTag: '2' }])).imageIds).toEqual([{ imageDigest: parent.digest, imageTag: '2' }])
      expect((await remove([{ imageTag: '2' }])).failures).toMatchObject([{ failureCode: 'ImageNotFound' }])
      expect((await remove([{ imageDigest: child.digest }])).imageIds).toEqual([{ imageDigest: child.digest }])
    })
  })

  describe('layers', () => {
    const MiB = 1024 * 1024
    test('go up in parts that follow each other, and come down by a link', async () => {
      const repositoryName = 'layers'
      await ecr.send(new CreateRepositoryCommand({ repositoryName }))
      const bytes = Buffer.alloc(5 * MiB + 10, 'x')
      const layerDigest = sha256(bytes)
      const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
      const part = (first: number, last: number) =>
        ecr.send(
          new UploadLayerPartCommand({
            repositoryName,
            uploadId,
            partFirstByte: first,
            partLastByte: last,
            layerPartBlob: bytes.subarray(first, last + 1),
          }),
        )
      await part(0, 5 * MiB - 1)
      expect(await failure(part(5 * MiB + 5, 5 * MiB + 9))).toMatchObject({
        name: 'InvalidLayerPartException',
        lastValidByteReceived: 5 * MiB - 1,
        uploadId,
      })
      expect((await part(5 * MiB, 5 * MiB + 9)).lastByteReceived).toBe(5 * MiB + 9)
      const complete = { repositoryName, uploadId, layerDigests: [layerDigest] }
      await ecr.send(new CompleteLayerUploadCommand(complete))
      expect((await failure(ecr.send(new CompleteLayerUploadCommand(complete)))).name).toBe('UploadNotFoundException')

      const unknown = sha256(Buffer.from('unknown'))
      const layerDigests = [layerDigest, unknown, 'sha256:short']
      const check = await ecr.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }))
      expect(check.layers).toMatchObject([
        { layerDigest, layerAvailability: 'AVAILABLE', layerSize: bytes.byteLength },
        { layerDigest: unknown, layerAvailability: 'UNAVAILABLE' },
      ])
      expect(check.failures).toMatchObject([{ failureCode: 'InvalidLayerDigest' }])

      const link = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }))
      const down = await fetch(link.downloadUrl ?? '')
      expect(sha256(Buffer.from(await down.arrayBuffer()))).toBe(layerDigest)
      const some = await fetch(link.downloadUrl ?? '', { headers: { range: 'bytes=5-9' } })
      expect([some.status, (await some.arrayBuffer()).byteLength]).toEqual([206, 5])
      const both = await fetch(link.downloadUrl ?? '', { headers: { authorization: 'Basic eDp5' } })
      expect(both.status).toBe(400)
      const forged = await fetch((link.downloadUrl ?? '').replace('layers/sha256', 'other/sha256'))
      expect(forged.status).toBe(403)
    })

    test('are refused when a part is too small, when there is nothing, and when the digest is another', async () => {
      const repositoryName = 'bad-layers'
      await ecr.send(new CreateRepositoryCommand({ repositoryName }))
      const upload = async (...parts: string[]) => {
        const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
        let at = 0
        for (const part of parts) {
          await ecr.send(
            new UploadLayerPartCommand({
              repositoryName,
              uploadId,
              partFirstByte: at,
              partLastByte: at + part.length - 1,
              layerPartBlob: Buffer.from(part),
            }),
          )
          at += part.length
        }
        return (digest: string) =>
          failure(ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] })))
      }
      const ab = sha256(Buffer.from('ab'))
      expect((await (await upload('a', 'b'))(ab)).name).toBe('LayerPartTooSmallException')
      expect((await (await upload())(ab)).name).toBe('EmptyUploadException')
      expect((await (await upload('a'))(ab)).name).toBe('InvalidLayerException')
    })
  })
})
