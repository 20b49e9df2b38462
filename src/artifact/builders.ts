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

/** The commands that make an OCI archive (or, with plain docker, a docker archive that is read as one) at `archive`; pure. */
export function buildCommands(
  builder: BuilderName,
  request: BuildRequest,
  archive: string,
  name: string,
): readonly Argv[] {
  const flag = (option: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`])
  const shared = [
    ...(request.file === undefined ? [] : ['--file', request.file]),
    ...(request.target === undefined ? [] : ['--target', request.target]),
    ...flag('--build-arg', request.buildArgs),
    ...flag('--label', request.labels),
  ]
  const platforms = request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')]
  switch (builder) {
    case 'buildx':
      return [
        [
          'docker',
          'buildx',
          'build',
          ...shared,
          ...platforms,
          '--provenance=false',
          '--output',
          `type=oci,dest=${archive}`,
          request.context,
        ],
      ]
    case 'docker':
      return [
        ['docker', 'build', ...shared, ...platforms, '--tag', name, request.context],
        ['docker', 'save', '--output', archive, name],
        ['docker', 'image', 'rm', '--force', name],
      ]
    case 'buildah':
      return request.platforms.length > 1
        ? [
            ['buildah', 'build', ...shared, ...platforms, '--manifest', name, request.context],
            ['buildah', 'manifest', 'push', '--all', name, `oci-archive:${archive}`],
            ['buildah', 'manifest', 'rm', name],
          ]
        : [
            ['buildah', 'build', '--format', 'oci', ...shared, ...platforms, '--tag', name, request.context],
            ['buildah', 'push', '--format', 'oci', name, `oci-archive:${archive}`],
            ['buildah', 'rmi', '--force', name],
          ]
  }
}

const probes: Readonly<Record<BuilderName, readonly Argv[]>> = {
  buildx: [
    ['docker', 'buildx', 'version'],
    ['docker', 'info', '--format', '{{.ServerVersion}}'],
  ],
  docker: [['docker', 'info', '--format', '{{.ServerVersion}}']],
  buildah: [['buildah', '--version']],
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
  for (const probe of probes[builder]) {
    try {
      const { code, stdout } = await runCommand(probe, { env, signal })
      if (code !== 0 || stdout.trim() === '') return false
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof UserError) return false
      throw error
    }
  }
  return true
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
  try {
    await log.group(`building with ${builder}`, async () => {
      for (const argv of buildCommands(builder, request, archive, name)) {
        const result = await runCommand(argv, { env, signal, onLine: (line) => log.info(line) })
        if (result.code !== 0) throw buildFailure(argv, result)
      }
    })
    return await use(archive)
  } finally {
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
