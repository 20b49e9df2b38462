import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { chooseImageSource } from './demo-image.ts'
import { ecsDigests, type KubernetesPlace, observe, podDigests } from './observe.ts'
import { clients, type LegacyPlatform, provisionLegacy, waitForService } from './provision.ts'
import { type Report, type ReportSample, type ReportStep, renderReport } from './report.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { bold, dim, ending, logReader, say } from './screen.ts'
import { runStep } from './step.ts'
import { fetchTools } from './tools.ts'
import { toolsOnPath } from './tools-on-path.ts'

// The main job, on one machine with no cloud account: one artifact to ECS blue/green and to Kubernetes, promoted by
// digest, and a broken version rolled back on both. Every action runs from the committed bundles as its own process.

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const example = join(root, 'examples', 'ecs-to-eks')
const speed = 60
// Its notice of Node versions is for this repository's next update, not for who watches.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
async function main(): Promise<number> {
  const began = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'strangler-demo-'))
  const tools = await fetchTools(['helm4'])
  const sandbox = await startSandboxProcess(root, speed, join(folder, 'kubeconfig'))
  const env: Record<string, string> = {
    ...sandbox.environment,
    KUBECONFIG: join(folder, 'kubeconfig'),
    HELM_CACHE_HOME: join(folder, 'helm-cache'),
    HELM_CONFIG_HOME: join(folder, 'helm-config'),
    HELM_DATA_HOME: join(folder, 'helm-data'),
    PATH: toolsOnPath(folder, { helm: tools['helm4'] ?? '' }),
  }
  const aws = clients(env)
  const steps: ReportStep[] = []
  const samples: Record<string, ReportSample[]> = {}
  const names: Record<string, string> = {}
  const place = (environment: string): KubernetesPlace => ({
    server: sandbox.kubernetes,
    namespace: `orders-${environment}`,
  })
  const platforms: LegacyPlatform[] = []
  const watching = new AbortController()
  const sampler = (async () => {
    while (!watching.signal.aborted) {
      for (const platform of platforms) {
        samples[platform.environment] ??= []
        const list = samples[platform.environment] as ReportSample[]
        await observe(aws, platform, place(platform.environment), sandbox.now()).then(
          (sample) => list.push(sample),
          () => undefined,
        )
      }
      await wait(200)
    }
  })()

  const step = async (
    title: string,
    purpose: string,
    action: string,
    inputs: Record<string, string>,
    expected: readonly string[],
  ): Promise<Readonly<Record<string, string>>> => {
    say()
    say(`${bold(`● ${title}`)} ${dim(`— ${purpose}`)}`)
    say(dim(`  uses: strangler-deploy/actions/${action}`))
    const startedAt = sandbox.now()
    const result = await runStep({
      action,
      inputs,
      env,
      cwd: example,
      root,
      folder: join(folder, `step-${steps.length + 1}`),
      onLine: logReader((line) => say(`    ${line}`), ', see the report'),
    })
    const outcome = result.outputs['outcome'] ?? 'bad input'
    say(`  ${ending(outcome, result.exitCode)}`)
    const command = [
      `- uses: strangler-deploy/actions/${action}@v1`,
      '  with:',
      ...Object.entries(inputs).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
    ].join('\n')
    steps.push({
      title,
      purpose,
      command,
      startedAt,
      endedAt: sandbox.now(),
      exitCode: result.exitCode ?? -1,
      outcome,
      outputs: result.outputs,
      summary: result.summary,
      log: result.log,
    })
    if (!expected.includes(outcome)) throw new Error(`${title}: expected ${expected.join(' or ')}, got ${outcome}`)
    return result.outputs
  }

  let failure: unknown
  try {
    const source = await chooseImageSource(example, folder)
    say(bold('strangler-deploy: orders moves from ECS to Kubernetes'))
    say(
      dim(
        `sandbox at ${env['AWS_ENDPOINT_URL']}, its clock ${speed} times as fast; helm ${tools['helm4'] ?? ''}; ${source.description}`,
      ),
    )

    const build = async (version: string, labels: Readonly<Record<string, string>>, note: string): Promise<string> => {
      const inputs = await source.inputs(version, labels)
      const out = await step(
        `build ${version}`,
        note,
        'build-push-ecr',
        { repository: 'orders-qa', tags: version, 'create-repository': 'true', ...inputs },
        ['succeeded'],
      )
      names[out['digest'] ?? ''] = version
      return out['image'] ?? ''
    }
    const both = async (environment: string): Promise<void> => {
      const platform = platforms.find((known) => known.environment === environment) as LegacyPlatform
      const [ecs, pods] = await Promise.all([ecsDigests(aws, platform), podDigests(place(environment))])
      const label = (digests: readonly string[]): string =>
        digests.map((digest) => `${names[digest] ?? '?'} ${digest.slice(0, 19)}`).join(', ') || 'nothing'
      say(`  ${bold(environment)} runs   ECS ${label(ecs)}   Kubernetes ${label(pods)}`)
    }

    const v1 = await build('v1', {}, 'the version that ECS runs today')
    const prodV1 = await step(
      'promote v1 to prod',
      'by digest, nothing is rebuilt',
      'promote-artifact',
      { image: v1, to: 'orders-prod', tags: 'v1', 'create-repository': 'true' },
      ['succeeded'],
    )
    const definition = JSON.parse(
      readFileSync(join(example, 'ecs', 'task-definition.json'), 'utf8'),
    ) as RegisterTaskDefinitionCommandInput
    platforms.push(
      await provisionLegacy(aws, 'qa', v1, definition),
      await provisionLegacy(aws, 'prod', prodV1['image'] ?? '', definition),
    )
    for (const platform of platforms) await waitForService(aws, platform, () => wait(100))

    const v2 = await build('v2', {}, 'the new version, built once')
    const deploy = { config: 'strangler.yml', environment: 'qa' }
    await step(
      'deploy v2 to qa',
      'one artifact to ECS blue/green and to Kubernetes',
      'dual-deploy',
      { ...deploy, image: v2 },
      ['succeeded'],
    )
    await both('qa')
    await step('deploy v2 to qa again', 'a second run changes nothing', 'dual-deploy', { ...deploy, image: v2 }, [
      'unchanged',
    ])
    const prodV2 = await step(
      'promote v2 to prod',
      'the digest that qa proved',
      'promote-artifact',
      { image: v2, to: 'orders-prod', tags: 'v2' },
      ['succeeded'],
    )
    await step(
      'deploy v2 to prod',
      'prod is new-primary: Kubernetes owns the traffic, ECS stays a current standby',
      'dual-deploy',
      { ...deploy, environment: 'prod', image: prodV2['image'] ?? '' },
      ['succeeded'],
    )
    await both('prod')
    const v3 = await build(
      'v3',
      { 'sandbox.requires-env': 'ORDERS_QUEUE_URL' },
      'a broken version: it wants a variable that nobody has set',
    )
    await step(
      'deploy v3 to qa',
      'both sides refuse it, say why and go back',
      'dual-deploy',
      { ...deploy, image: v3 },
      ['rolled-back'],
    )
    await both('qa')
  } catch (error) {
    failure = error
  }
  await wait(300)
  watching.abort()
  await sampler
  if (steps.length > 0) await writeReport({ title: 'orders: from ECS to Kubernetes', steps, samples, names })
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
  if (failure !== undefined) {
    process.stderr.write(`\n${failure instanceof Error ? failure.message : String(failure)}\n`)
    return 1
  }
  say(dim(`done in ${Math.round((Date.now() - began) / 1_000)} s`))
  return 0
}

async function writeReport(report: Report): Promise<void> {
  const folder = join(root, 'demo-report')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.html'), renderReport(report))
  writeFileSync(join(folder, 'summary.md'), report.steps.map((step) => step.summary).join('\n\n'))
  say()
  say(`report   ${join('demo-report', 'index.html')}`)
  say(`summary  ${join('demo-report', 'summary.md')}`)
}

process.exitCode = await main()
