import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandResult, runCommand } from '../action/command.ts'
import { UserError } from '../action/errors.ts'
import type { Log } from '../action/host.ts'

export const builderNames = ['buildx', 'docker', 'buildah'] as const
export type BuilderName = (typeof builderNames)[number]

/** What to build. */
export interface BuildRequest {
  readonly context: string
  readonly file: string | undefined
  readonly target: string | undefined
  readonly buildArgs: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
}

type Argv = readonly [string, ...string[]]

/** Commands in order: what makes the archive, and what leaves nothing behind afterwards, also on failure. */
export interface BuildCommands {
  readonly make: readonly Argv[]
  readonly clean: readonly Argv[]
}

/** The commands that make an OCI archive (plain docker's `save` writes one since version 25) at `archive`; pure. */
export function buildCommands(
  builder: BuilderName,
  request: BuildRequest,
  archive: string,
  name: string,
): BuildCommands {
  const flag = (option: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`])
  const shared = [
    ...(request.file === undefined ? [] : ['--file', request.file]),
    ...(request.target === undefined ? [] : ['--target', request.target]),
    ...flag('--build-arg', request.buildArgs),
    ...flag('--label', request.labels),
  ]
  const platforms = request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')]
  const output = ['--output', `type=oci,dest=${archive}`]
  switch (builder) {
    case 'buildx':
      return {
        make: [
          ['docker', 'buildx', 'build', ...shared, ...platforms, '--provenance=false', ...output, request.context],
        ],
        clean: [],
      }
    case 'docker':
      return {
        make: [
          ['docker', 'build', ...shared, ...platforms, '--tag', name, request.context],
          ['docker', 'save', '--output', archive, name],
        ],
        clean: [['docker', 'image', 'rm', '--force', name]],
      }
    case 'buildah':
      return request.platforms.length > 1
        ? {
            make: [
              ['buildah', 'build', ...shared, ...platforms, '--manifest', name, request.context],
              ['buildah', 'manifest', 'push', '--all', name, `oci-archive:${archive}`],
            ],
            clean: [['buildah', 'manifest', 'rm', name]],
          }
        : {
            make: [
              ['buildah', 'build', '--format', 'oci', ...shared, ...platforms, '--tag', name, request.context],
              ['buildah', 'push', '--format', 'oci', name, `oci-archive:${archive}`],
            ],
            clean: [['buildah', 'rmi', '--force', name]],
          }
  }
}

/**
 * Whether a builder of buildx can write an OCI archive: every driver can but `docker`, which can only where the daemon
 * keeps its images in containerd. `inspect` is what `docker buildx inspect` printed, `drivers` the daemon's DriverStatus.
 */
export function exportsArchives(inspect: string, drivers: string): boolean {
  const driver = /^Driver:\s*(\S+)/m.exec(inspect)?.[1]
  return driver !== undefined && (driver !== 'docker' || drivers.includes('io.containerd.snapshotter'))
}

/** The first builder that is there and answers. @throws UserError naming those that were looked for */
export async function findBuilder(
  wanted: BuilderName | 'auto',
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<BuilderName> {
  const candidates = wanted === 'auto' ? builderNames : [wanted]
  for (const candidate of candidates) if (await works(candidate, env, signal)) return candidate
  const looked = candidates.join(', ')
  throw new UserError(
    `no image builder works here (looked for ${looked}): install one, or give a finished image by the input oci-layout`,
  )
}

async function works(builder: BuilderName, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  switch (builder) {
    case 'buildx': {
      const inspect = await printed(['docker', 'buildx', 'inspect'], env, signal)
      if (inspect === undefined) return false
      const drivers = await printed(['docker', 'info', '--format', '{{json .DriverStatus}}'], env, signal)
      return exportsArchives(inspect, drivers ?? '')
    }
    case 'docker':
      return (await printed(['docker', 'info', '--format', '{{.ServerVersion}}'], env, signal)) !== undefined
    case 'buildah':
      return (await printed(['buildah', '--version'], env, signal)) !== undefined
  }
}

/** What a probe printed; undefined when it failed, or the tool is not there. */
async function printed(argv: Argv, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { code, stdout } = await runCommand(argv, { env, signal })
    return code === 0 && stdout.trim() !== '' ? stdout : undefined
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Builds into an archive and hands its path to `use`; nothing of it is left afterwards. */
export async function withBuild<T>(
  builder: BuilderName,
  request: BuildRequest,
  log: Log,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  use: (archive: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'strangler-build-'))
  const archive = join(folder, 'image.tar')
  const name = `localhost/strangler-deploy:${folder.slice(-6).toLowerCase()}`
  const { make, clean } = buildCommands(builder, request, archive, name)
  try {
    await log.group(`building with ${builder}`, async () => {
      for (const argv of make) {
        const result = await runCommand(argv, { env, signal, onLine: (line) => log.info(line) })
        signal.throwIfAborted()
        if (result.code !== 0) throw buildFailure(argv, result)
      }
    })
    return await use(archive)
  } finally {
    // Also after a failure or a cancel; a build that made nothing leaves nothing to remove.
    for (const argv of clean) {
      const { code, stderr } = await runCommand(argv, { env })
      if (code !== 0) log.debug(`${argv.join(' ')}: ${stderr.trim()}`)
    }
    await rm(folder, { recursive: true, force: true })
  }
}

function buildFailure(argv: Argv, { code, signal, stderr, stdout }: CommandResult): UserError {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  const telling = lines.findLast((line) => /error|failed|denied|not found|no such/i.test(line)) ?? lines.at(-1) ?? ''
  return new UserError(
    `${argv.slice(0, 2).join(' ')} ${code === null ? `was killed by ${signal}` : `exited with ${code}`}: ${telling.trim()}`,
  )
}
