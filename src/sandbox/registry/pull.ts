import type { SandboxClock } from '../clock.ts'
import type { Images, PulledImage, PullFailure } from '../world.ts'
import { isImageConfig } from './manifest.ts'
import { type ImageReference, parseReference } from './reference.ts'
import { unknownRepository } from './refusal-words.ts'
import type { Registries } from './registries.ts'
import { type Repository, resolve, type StoredManifest } from './repository.ts'

/** Pulls as a Linux machine on amd64 does, in the words of containerd; ECS and kubelets put their own before them. */
export function images(registries: Registries, clock: SandboxClock): Images {
  return {
    pull(text) {
      const reference = parseReference(text)
      if (reference === undefined) return { failure: 'invalid-reference', message: 'invalid reference format' }
      const port = /^(?:127\.0\.0\.1|localhost):(\d+)$/.exec(reference.host)?.[1]
      const registry = port === undefined ? undefined : registries.at(Number(port))
      if (registry === undefined) return { failure: 'unreachable', message: unreachable(reference) }
      const repository = registry.repositories.get(reference.repository)
      if (repository === undefined) {
        const message = `name unknown: ${unknownRepository(registry.accountId, reference.repository)}`
        return { failure: 'no-repository', message }
      }
      const root = resolve(repository, reference.digest ?? reference.tag ?? 'latest')
      if (root === undefined) return { failure: 'not-found', message: `${text}: not found` }
      return take(repository, root, text, clock.now())
    },
  }
}

function take(repository: Repository, root: StoredManifest, text: string, now: number): PulledImage | PullFailure {
  const child = root.manifest.children.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  )
  const platform = root.manifest.kind === 'index' ? child && resolve(repository, child.digest) : root
  if (platform === undefined) {
    return { failure: 'not-found', message: `${text}: no match for platform in manifest: not found` }
  }
  const { config } = platform.manifest
  const bytes = config && isImageConfig(config.mediaType) ? repository.blobs.get(config.digest) : undefined
  const settings = bytes === undefined ? undefined : imageConfig(bytes)
  if (settings === undefined) {
    return { failure: 'not-found', message: `${text}: mismatched image rootfs and manifest layers` }
  }
  root.pulledAt = now
  platform.pulledAt = now
  return { digest: root.digest, platformDigest: platform.digest, ...settings }
}

/** Labels, environment and entrypoint of an image's config; undefined when it is none. */
export function imageConfig(bytes: Buffer): Pick<PulledImage, 'labels' | 'env' | 'entrypoint'> | undefined {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null) return undefined
  const config = (json as { config?: Record<string, unknown> | null }).config ?? {}
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
  const labels = typeof config['Labels'] === 'object' && config['Labels'] !== null ? config['Labels'] : {}
  return {
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
    env: list(config['Env']),
    entrypoint: list(config['Entrypoint']),
  }
}

function unreachable({ host, repository, tag, digest }: ImageReference): string {
  const real = host === 'docker.io' ? 'registry-1.docker.io' : host
  const [name = ''] = real.split(':')
  const loopback = /^(127\.[\d.]+|localhost)$/.test(name)
  const why = loopback ? `dial tcp ${real}: connect: connection refused` : `dial tcp: lookup ${name}: no such host`
  const scheme = loopback ? 'http' : 'https'
  return `failed to do request: Head "${scheme}://${real}/v2/${repository}/manifests/${digest ?? tag}": ${why}`
}
