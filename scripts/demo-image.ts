import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../src/action/errors.ts'
import type { Log } from '../src/action/host.ts'
import { type BuilderName, findBuilder, withBuild } from '../src/artifact/builders.ts'
import { makeImage, writeOciLayout } from '../src/artifact/make-layout.ts'
import { openOciLayout } from '../src/artifact/oci-layout.ts'

/** How the demo gets its images. */
export interface ImageSource {
  /** Where the images come from, for people. */
  readonly description: string
  /** What build-push-ecr is given for a version. */
  inputs(version: string, labels: Readonly<Record<string, string>>): Promise<Record<string, string>>
}

const pairs = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

/** The first builder that is there and really builds: one that is installed may still lack a daemon or user namespaces. */
async function workingBuilder(folder: string): Promise<BuilderName | undefined> {
  const signal = AbortSignal.timeout(20_000)
  const quiet: Log = {
    info: () => undefined,
    debug: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    group: (_, body) => body(),
  }
  const context = join(folder, 'builder-trial')
  mkdirSync(context)
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
  const request = { context, file: undefined, target: undefined, buildArgs: {}, labels: {}, platforms: [] }
  try {
    const builder = await findBuilder('auto', process.env, signal)
    await withBuild(builder, request, quiet, process.env, signal, async (archive) =>
      (await openOciLayout(archive, signal)).close(),
    )
    return builder
  } catch (error) {
    if (error instanceof UserError || signal.aborted) return undefined
    throw error
  }
}

/** Builds where a builder works; elsewhere the same files are packed into an OCI layout by ourselves. */
export async function chooseImageSource(example: string, folder: string): Promise<ImageSource> {
  const builder = await workingBuilder(folder)
  const startup = { 'sandbox.startup': '2' }
  if (builder !== undefined) {
    const name = builder
    return {
      description: `images are built with ${name}`,
      inputs: async (version, labels) => ({
        context: '.',
        builder: name,
        'build-args': pairs({ BASE: 'scratch', VERSION: version }),
        labels: pairs({ ...startup, ...labels }),
      }),
    }
  }
  return {
    description: 'no docker or buildah works here, so images are packed without one',
    async inputs(version, labels) {
      const app = join(example, 'app')
      const files = Object.fromEntries(readdirSync(app).map((name) => [`/app/${name}`, readFileSync(join(app, name))]))
      const image = await makeImage({
        files,
        entrypoint: ['node', '/app/server.mjs'],
        workingDir: '/app',
        user: '1000:1000',
        env: ['PORT=8080', `VERSION=${version}`],
        labels: { ...startup, ...labels },
        exposedPorts: ['8080/tcp'],
      })
      const path = join(folder, `image-${version}`)
      await writeOciLayout(image, path)
      return { 'oci-layout': path }
    },
  }
}
