import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clients, clients, type LegacyPlatform, waitForService } from '../../scripts/provision.ts'
import { type Rehearsal, rehearsals } from '../../scripts/rehearsals.ts'
import { toolsOnPath } from '../../scripts/tools-on-path.ts'
import { type CommandResult, runCommand } from '../../src/action/command.ts'
import { makeImage, writeOciLayout } from '../../src/artifact/make-layout.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { runProcess } from './ci-process.ts'
import { root } from './main-job.ts'
import { pushImage } from './registry.ts'

const gitlab = createRequire(import.meta.url).resolve('gitlab-ci-local')

/** An example's world: its old and its new platforms run v1, and a project holds the example as a team would. */
export interface ExampleWorld {
  readonly rehearsal: Rehearsal
  readonly sandbox: Sandbox
  readonly aws: Clients
  readonly platforms: readonly LegacyPlatform[]
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  readonly project: string
  /** Packs the example's app as a finished image; returns the layout's path and the digest. */
  packed(version: string, labels?: Readonly<Record<string, string>>): Promise<{ layout: string; digest: string }>
  /** Runs the example's workflow under act. */
  workflow(act: string, version: string, layout: string): Promise<CommandResult>
  /** Runs the example's pipeline under gitlab-ci-local. */
  pipeline(layout: string): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
  close(): Promise<void>
}

/** Makes that world for an example by its folder's name, with these tools by their plain names in front of PATH. */
export async function exampleWorld(
  name: string,
  speed: number,
  tools: Readonly<Record<string, string>> = {},
): Promise<ExampleWorld> {
  const rehearsal = rehearsals[name] as Rehearsal
  const example = join(root, 'examples', name)
  const folder = mkdtempSync(join(tmpdir(), 'strangler-example-'))
  const sandbox = await startSandbox({ speed })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, sandbox.kubeconfig())
  const env: Record<string, string> = {
    ...sandbox.environment(),
    KUBECONFIG: kubeconfig,
    ...rehearsal.variables(folder),
    PATH: toolsOnPath(folder, tools),
    HOME: folder,
  }
  const aws = clients(env)
  const images: Record<string, string> = {}
  for (const [environment, repository] of Object.entries(rehearsal.repositories))
    images[environment] = (
      await pushImage(sandbox, `${repository}:v1`, { labels: rehearsal.labels, env: ['VERSION=v1'] })
    ).byDigest
  const platforms = await rehearsal.provision({ aws, example, env, images })
  const pause = () => new Promise<void>((done) => sandbox.clock.after(1_000, () => done()))
  for (const platform of platforms) await waitForService(aws, platform, pause)
  const project = makeProject(folder, example)
  const credentials = noCredentials(folder)
  return {
    rehearsal,
    sandbox,
    aws,
    platforms,
    env,
    folder,
    project,
    async packed(version, labels = {}) {
      const app = join(example, 'app')
      const made = await makeImage({
        files: Object.fromEntries(readdirSync(app).map((file) => [`/app/${file}`, readFileSync(join(app, file))])),
        entrypoint: ['node'],
        env: [`VERSION=${version}`],
        labels: { ...rehearsal.labels, ...labels },
      })
      const layout = join(folder, `layout-${version}`)
      await writeOciLayout(made, layout)
      return { layout, digest: made.root.digest }
    },
    async workflow(act, version, layout) {
      const variables = Object.entries(env).filter(([key]) => key !== 'PATH' && key !== 'HOME')
      const argv = [
        ...['workflow_dispatch', '-W', '.github/workflows/deploy.yml', '-P', 'ubuntu-latest=-self-hosted'],
        ...['--local-repository', `aws-actions/configure-aws-credentials@v5=${credentials}`],
        ...['--input', `version=${version}`, '--var', `OCI_LAYOUT=${layout}`],
        ...variables.flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ]
      return await runCommand([act, ...argv], { cwd: project, env })
    },
    async pipeline(layout) {
      git(project, 'commit', '--allow-empty', '-m', 'another commit, since the pipeline tags by it')
      git(project, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
      const command = `node ${join(root, 'dist/cli/index.js')}`
      const variables = ['--variable', `STRANGLER_COMMAND=${command}`, '--variable', `OCI_LAYOUT=${layout}`]
      return await runProcess([gitlab, '--force-shell-executor', ...variables], { cwd: project, env })
    },
    async close() {
      for (const client of Object.values(aws)) (client as { destroy(): void }).destroy()
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A project that has this repository's actions, templates, bundles and the example in it, as a fork would. */
function makeProject(folder: string, example: string): string {
  const project = join(folder, 'project')
  mkdirSync(project)
  for (const name of ['actions', 'dist', 'gitlab-templates', 'examples', 'package.json'])
    cpSync(join(root, name), join(project, name), { recursive: true })
  cpSync(join(example, '.github'), join(project, '.github'), { recursive: true })
  cpSync(join(example, '.gitlab-ci.yml'), join(project, '.gitlab-ci.yml'))
  writeFileSync(join(project, '.gitignore'), '.gitlab-ci-local/\n.strangler-deploy/\n')
  git(project, 'init', '-b', 'main')
  git(project, 'remote', 'add', 'origin', 'https://gitlab.example/shop/example.git')
  git(project, 'add', '-A')
  git(project, 'commit', '-m', 'the example')
  git(project, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
  return project
}

const git = (project: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: project,
    stdio: 'ignore',
  })

/** In the place of the action that gets credentials of AWS: the sandbox's are there already. */
function noCredentials(folder: string): string {
  const path = join(folder, 'configure-aws-credentials')
  mkdirSync(path)
  const inputs = ['inputs:', '  role-to-assume: { description: The role }', '  aws-region: { description: The region }']
  const runs = ['runs:', '  using: composite', '  steps: [{ run: "true", shell: sh }]']
  writeFileSync(join(path, 'action.yml'), ['name: credentials', 'description: None', ...inputs, ...runs, ''].join('\n'))
  return path
}

/** Whether the committed bundles have what a test of an example needs, by a text in them: they are made anew after the source, not with it. */
export function bundlesKnow(words: string): boolean {
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
  const known = files.some(
    (file) => file.name.endsWith('.js') && readFileSync(join(file.parentPath, file.name), 'utf8').includes(words),
  )
  if (!known) process.stderr.write(`skipping tests of an example: the bundles are older than ${words}\n`)
  return known
}
