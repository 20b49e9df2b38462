import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ecsDigests, podDigests } from '../../scripts/observe.ts'
import { runStep } from '../../scripts/step.ts'
import { runCommand } from '../../src/action/command.ts'
import { makeImage, writeOciLayout } from '../../src/artifact/make-layout.ts'
import { runProcess } from '../support/ci-process.ts'
import { example, type MainJob, mainJob, root } from '../support/main-job.ts'
import { program } from '../support/programs.ts'
import { tool } from '../support/tools.ts'

const helm = await tool('helm4')
const gitlab = createRequire(import.meta.url).resolve('gitlab-ci-local')
const act = program('act')
const rsync = program('rsync')
let job: MainJob
let project: string

/** A project that has this repository's actions, templates, bundles and example in it, as a fork or a checkout would. */
function makeProject(folder: string): string {
  const path = join(folder, 'project')
  mkdirSync(path)
  for (const name of ['actions', 'dist', 'gitlab-templates', 'examples', 'package.json'])
    cpSync(join(root, name), join(path, name), { recursive: true })
  cpSync(join(example, '.github'), join(path, '.github'), { recursive: true })
  writeFileSync(join(path, '.gitignore'), '.gitlab-ci-local/\n.strangler-deploy/\n')
  return path
}

function commit(path: string): void {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...args],
      { cwd: path, stdio: 'ignore' },
    )
  if (!existsSync(join(path, '.git'))) {
    git('init', '-b', 'main')
    git('remote', 'add', 'origin', 'https://gitlab.example/shop/orders.git')
  }
  git('add', '-A')
  git('commit', '--allow-empty', '-m', 'orders')
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
}

beforeAll(async () => {
  if (helm.path === undefined) return
  job = await mainJob({ speed: 60, helm: helm.path })
  project = makeProject(job.folder)
})
afterAll(async () => {
  await job?.close()
})

const digestOf = (reference: string): string => reference.slice(reference.indexOf('@') + 1)
const kept = [
  'outcome',
  'parity',
  'phase',
  'owner',
  'image',
  'digest',
  'legacy-outcome',
  'new-outcome',
  'legacy-digest',
  'new-digest',
] as const

const skipped = (why: string): typeof test.skip => {
  process.stderr.write(`skipping an end-to-end test: ${why}\n`)
  return test.skip
}
const onGitlab =
  helm.path === undefined
    ? skipped('helm is not here')
    : rsync === undefined
      ? skipped('gitlab-ci-local needs rsync')
      : test
const onAct =
  helm.path === undefined
    ? skipped('helm is not here')
    : act === undefined
      ? skipped('act is not here (it is built with Go)')
      : test

describe('the same dual-deploy under real runners', () => {
  onGitlab('gives the same outputs as a GitLab job and as a GitHub step', async () => {
    writeFileSync(
      join(project, '.gitlab-ci.yml'),
      [
        'stages: [deploy]',
        'include:',
        '  - local: gitlab-templates/dual-deploy.yml',
        '    inputs:',
        '      job-name: deploy-qa',
        '      stage: deploy',
        `      job-command: node ${join(root, 'dist/cli/index.js')}`,
        '      config: examples/ecs-to-eks/strangler.yml',
        '      environment: qa',
        `      image: ${job.images.v2}`,
        '',
      ].join('\n'),
    )
    commit(project)
    const ended = await runProcess([gitlab, '--force-shell-executor', 'deploy-qa'], {
      cwd: project,
      env: { ...job.env, HOME: job.folder },
    })
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    const result = JSON.parse(readFileSync(join(project, '.strangler-deploy/deploy-qa/result.json'), 'utf8')) as {
      outcome: string
      outputs: Record<string, string>
    }
    expect([result.outcome, result.outputs['parity']]).toEqual(['succeeded', 'true'])
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([digestOf(job.images.v2)])

    // A GitHub step right after it finds nothing to do, and gives the same outputs but for that.
    const step = await runStep({
      action: 'dual-deploy',
      inputs: { config: 'examples/ecs-to-eks/strangler.yml', environment: 'qa', image: job.images.v2 },
      env: job.env,
      cwd: project,
      root: project,
      folder: join(job.folder, 'github'),
    })
    const unchanged = { outcome: 'unchanged', 'legacy-outcome': 'unchanged', 'new-outcome': 'unchanged' }
    const expected: Record<string, string> = { ...result.outputs, ...unchanged }
    for (const name of kept) expect([name, step.outputs[name]]).toEqual([name, expected[name]])
  })

  onAct("runs the example's workflow under act", async () => {
    const layout = join(job.folder, 'layout')
    const made = await makeImage({
      files: { '/app/server.mjs': readFileSync(join(example, 'app/server.mjs')) },
      entrypoint: ['node', '/app/server.mjs'],
      labels: { 'sandbox.startup': '1' },
      env: ['VERSION=v9'],
    })
    await writeOciLayout(made, layout)
    commit(project)
    const variables = Object.entries(job.env).filter(([name]) => /^(AWS|STRANGLER|KUBECONFIG|HELM)/.test(name))
    const argv = [
      act as string,
      'workflow_dispatch',
      ...['-W', '.github/workflows/deploy.yml', '-P', 'ubuntu-latest=-self-hosted', '-j', 'qa'],
      ...['--input', 'version=v9', '--var', `OCI_LAYOUT=${layout}`],
      ...variables.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ]
    const ended = await runCommand(argv as [string, ...string[]], {
      cwd: project,
      env: { ...job.env, HOME: job.folder },
    })
    expect({ code: ended.code, log: ended.code === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ code: 0, log: '' })
    expect(ended.stdout).toContain(made.root.digest)
    expect(await ecsDigests(job.aws, job.legacy)).toEqual([made.root.digest])
    expect(
      await podDigests({ server: `${job.sandbox.endpoint()}/kubernetes/sandbox`, namespace: 'orders-qa' }),
    ).toEqual([made.root.digest])
  })
})
