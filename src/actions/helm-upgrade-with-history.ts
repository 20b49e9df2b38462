import { existsSync } from 'node:fs'
import type { Context } from '../action/define.ts'
import { defineAction } from '../action/define.ts'
import { messageOf, UserError } from '../action/errors.ts'

import { probeUrlForm, statusRanges } from '../action/http-probe.ts'
import { duration, flag, integer, list, oneOf, pairs, readBy, text, textLike } from '../action/inputs.ts'
import { awsSession } from '../aws/session.ts'
import { withChart } from '../helm/chart.ts'
import { type ChartInputs, chartSource } from '../helm/chart-source.ts'
import { type AskedCluster, type ReachedCluster, withCluster } from '../helm/cluster-access.ts'
import { withCron } from '../helm/cron-end.ts'

import { type DeployResult, deployRelease } from '../helm/deploy.ts'
import type { Deployment, DeployParts } from '../helm/deployment.ts'
import { findHelm } from '../helm/helm.ts'
import { helmVersionForm } from '../helm/helm-archive.ts'
import { downloadedHelm } from '../helm/helm-download.ts'
import { parseHelmVersion, versionWarnings } from '../helm/helm-version.ts'
import { maxHistory, sizeWarnings } from '../helm/history-limit.ts'
import { readJournal } from '../helm/journal.ts'
import { waitLabel } from '../helm/known-good.ts'
import { kubernetesApi } from '../helm/kubernetes-api.ts'
import { parseManifest, workloadsOf } from '../helm/manifest.ts'
import { lintRules } from '../helm/manifest-lint.ts'
import { operate } from '../helm/operation.ts'
import { finishOperation, operationLeft } from '../helm/operation-journal.ts'
import { operations } from '../helm/operation-plan.ts'
import { historyLines } from '../helm/operation-report.ts'
import { finishRelease } from '../helm/post.ts'
import { attemptLabel, labelValue, processLabel, runLabel } from '../helm/release-lock.ts'
import { releaseStore, storageDriver } from '../helm/release-store.ts'
import { keyPath, splitImage, valuesTree } from '../helm/release-values.ts'
import { changeLines, helmDetail, helmSummary, logDiagnosis } from '../helm/report.ts'
import { type RunningImage, runningImages } from '../helm/running-digests.ts'
import { withValuesFile } from '../helm/values-file.ts'

const inputs = {
  operation: oneOf(operations)({
    description:
      'What to do: upgrade (or install); rollback to an earlier revision; tell the status or the history; uninstall.',
    default: 'upgrade',
  }),
  release: textLike(
    /^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/,
    "a release name such as 'orders'",
  )({ description: 'Name of the release.', required: true }),
  chart: text({
    description:
      'The chart: a folder, a .tgz, oci://…, or a name in chart-repository. A folder gets the dependencies that it lacks. For an upgrade.',
  }),
  'chart-version': text({ description: 'Version of the chart, for one from a repository or registry.' }),
  'chart-repository': text({ description: 'URL of the repository that the chart is in: https://… or oci://…' }),
  'chart-repository-username': text({
    description: "User of the chart's repository or registry. ECR needs none: its token is fetched.",
  }),
  'chart-repository-password': text({ description: 'Password of that user. Helm gets it in a private file.' }),
  namespace: textLike(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "a namespace such as 'orders-qa'",
  )({ description: "Namespace of the release. The kubeconfig's own unless told." }),
  'create-namespace': flag({ description: 'Makes the namespace when it is not there.', default: 'false' }),
  values: list({ description: 'Values files, in order; later ones win.' }),
  set: pairs({
    description:
      "Values as KEY=value lines, over the values files. Typed as by helm's --set: true, false, null and whole numbers are such, {a,b} is a list; a backslash keeps a dot in a key. They travel in a private file, never on a command line.",
  }),
  'set-string': pairs({ description: 'Values as KEY=value lines that are always text.' }),
  image: text({ description: 'Image to deploy: repository@sha256:… (or repository:tag).' }),
  'image-repository-key': text({ description: "Values key of the image's repository.", default: 'image.repository' }),
  'image-digest-key': text({ description: "Values key of the image's digest.", default: 'image.digest' }),
  'image-tag-key': text({ description: "Values key of the image's tag, if it has one.", default: 'image.tag' }),
  'image-key': text({ description: 'Values key that gets the whole image reference, in place of the three above.' }),
  cron: oneOf(['suspended', 'active'])({
    description:
      'Whether the cron jobs of the chart run here; checked in what the chart renders and in the cluster. Suspended also waits for Jobs that still run.',
  }),
  'cron-value': text({
    description:
      'Values key that every CronJob of the chart renders spec.suspend from: gets true for suspended, false for active.',
    default: 'cron.suspended',
  }),
  'cron-drain-timeout': duration({
    description: 'For the Jobs that still run when cron is suspended.',
    default: '10m',
  }),
  'values-mode': oneOf(['reset', 'reuse', 'reset-then-reuse'])({
    description: "What becomes of the last release's values: reset forgets them.",
    default: 'reset',
  }),
  'history-max': integer(
    0,
    10_000,
  )({
    description: 'Revisions to keep; 0 keeps all. HELM_MAX_HISTORY unless told, else 100.',
  }),
  timeout: duration({
    description: 'For the whole upgrade, hooks included; a rollback has as long again.',
    default: '10m',
  }),
  wait: flag({
    description: 'Waits until every pod is up. Without it, nothing is known of the pods.',
    default: 'true',
  }),
  'wait-strategy': oneOf(['watcher', 'legacy'])({ description: 'How helm 4 itself waits.', default: 'watcher' }),
  'wait-for-jobs': flag({
    description: 'Waits for Jobs in any case; a rendered chart that has plain Jobs is waited for without it.',
    default: 'false',
  }),
  'take-ownership': flag({
    description: 'Adopts objects that were made without helm (helm 3.17 or newer).',
    default: 'false',
  }),
  'force-conflicts': flag({
    description: 'Takes fields from other tools (helm 4, server-side apply).',
    default: 'false',
  }),
  helm: text({ description: 'The helm to run: a name on PATH, or a path. 3.14 or newer, or 4.', default: 'helm' }),
  'helm-version': textLike(
    helmVersionForm,
    "a version such as '4.2.3'",
  )({ description: 'Downloads this version of helm, checks it and keeps it in a cache, in place of the one on PATH.' }),
  'helm-checksum': textLike(
    /^[0-9a-f]{64}$/,
    'a sha256 of 64 hexadecimal digits',
  )({ description: "What the sha256 of that version's archive must be, beside what its publisher says." }),
  kubeconfig: text({ description: 'Path of a kubeconfig. KUBECONFIG and ~/.kube/config unless told.' }),
  'kube-context': text({ description: 'Context of the kubeconfig. Its current one unless told.' }),
  'eks-cluster': text({
    description: 'Name of an EKS cluster: reached by the AWS credentials of the job, without a kubeconfig.',
  }),
  'aws-region': text({ description: "Region of AWS. An ECR registry's own is in its name." }),
  'role-arns': list({ description: 'Roles to assume for AWS, one after another.' }),
  repair: oneOf(['auto', 'off'])({
    description: 'Repairs a release that is stuck, when nobody works on it any more; off reports it.',
    default: 'auto',
  }),
  recreate: flag({
    description:
      'Uninstalls and installs anew a release that never ran well and cannot be changed in place. Deletes what it made.',
    default: 'false',
  }),
  revision: integer(
    1,
    1_000_000,
  )({
    description: 'Revision to roll back to; the last known good one unless told.',
  }),
  'confirm-uninstall': text({ description: "The release's name once more, for operation: uninstall." }),
  'keep-history': flag({
    description: 'Keeps the history of a release that is uninstalled, so that it can be brought back.',
    default: 'true',
  }),
  'on-failure': oneOf(['rollback', 'leave', 'uninstall'])({
    description:
      'After a failure: rollback to the last known good revision; leave it failed; or uninstall when there is nothing to go back to.',
    default: 'rollback',
  }),
  'on-timeout': oneOf(['rollback', 'leave'])({ description: 'The same when the time is up.', default: 'rollback' }),
  'on-cancel': oneOf(['rollback', 'leave'])({
    description: 'The same when the job is cancelled.',
    default: 'rollback',
  }),
  lint: oneOf(['warn', 'error', 'off'])({
    description:
      'Looks through the rendered manifest for what costs requests during a deployment. error: findings stop it before anything is changed.',
    default: 'warn',
  }),
  'lint-ignore': list({ description: 'Rules of the lint to leave out, by the names that it prints.' }),
  'check-services': oneOf(['fail', 'warn', 'off'])({
    description:
      'After the pods are up, every Service with a selector must have ready endpoints and its ports. fail: otherwise the deployment has failed.',
    default: 'fail',
  }),
  'probe-url': textLike(
    probeUrlForm,
    'an http or https address',
  )({ description: 'Address that must answer well after the deployment; if not, it has failed.' }),
  'probe-successes': integer(1, 100)({ description: 'Good answers in a row that it takes.', default: '3' }),
  'probe-interval': duration({ description: 'Between two requests.', default: '2s' }),
  'probe-timeout': duration({ description: 'How long it may take to give them.', default: '60s' }),
  'probe-status': readBy(
    'text',
    statusRanges,
  )({
    description: 'HTTP codes that are good answers, such as 200-299,404. Redirects are not followed.',
    default: '200-399',
  }),
  'dry-run': flag({ description: 'Makes only reading calls and prints what would change.', default: 'false' }),
} as const

const read = ['get', 'list'] as const

/** `helm upgrade --install` that keeps history, repairs stuck releases, fails fast, says why, and goes back to a known-good revision. */
export const helmUpgradeWithHistory = defineAction({
  name: 'helm-upgrade-with-history',
  description:
    'Runs helm upgrade --install so that history is kept, stuck releases are repaired, failures end fast with their cause, and the way back is a known-good revision.',
  inputs,
  outputs: {
    status: { description: "The release's status afterwards, in helm's words: deployed, failed, …" },
    revision: { description: 'The newest revision afterwards.' },
    'previous-revision': { description: 'The newest revision before.' },
    'rolled-back-to': { description: 'The known-good revision that was gone back to.' },
    'recovered-from': { description: 'The state that the release was found in, when it was not as it should be.' },
    'failure-reason': { description: 'The cause in one line.' },
    'failed-objects': { description: 'JSON list of the objects that did not come up.' },
    'helm-version': { description: 'The version of helm that ran.' },
    'lint-findings': { description: 'JSON list of what the lint found: rule, object, problem, advice.' },
    images: { description: 'JSON list of what runs now: workload, container, image, digest, pods.' },
  },
  permissions: {
    iam: {
      'eks:DescribeCluster': 'only for eks-cluster',
      'ecr:GetAuthorizationToken': 'only for a chart from ECR',
      'ecr:BatchGetImage': 'only for a chart from ECR',
      'ecr:GetDownloadUrlForLayer': 'only for a chart from ECR',
      'ecr:ListImages': 'only for a chart from ECR without chart-version',
    },
    rbac: {
      secrets: ['get', 'list', 'create', 'update', 'delete'],
      pods: [...read, 'watch'],
      'pods/log': ['get'],
      events: read,
      'deployments.apps': read,
      'replicasets.apps': read,
      'statefulsets.apps': read,
      'daemonsets.apps': read,
      'controllerrevisions.apps': read,
      'jobs.batch': read,
      'cronjobs.batch': read,
      'endpointslices.discovery.k8s.io': ['list'],
    },
  },
  check: (given) => {
    const problems: string[] = []
    const attempted: readonly (readonly [string, () => unknown])[] = [
      ['image', () => given.image !== undefined && splitImage(given.image)],
      ...(['image-repository-key', 'image-digest-key', 'image-tag-key', 'cron-value'] as const).map(
        (name) => [name, () => keyPath(given[name])] as const,
      ),
      ['image-key', () => given['image-key'] !== undefined && keyPath(given['image-key'])],
      ['chart', () => given.operation === 'upgrade' && chartSource(chartInputs(given), () => true)],
      ['helm-version', () => given['helm-version'] !== undefined && parseHelmVersion(given['helm-version'])],
      ['set', () => Object.keys(given.set ?? {}).map(keyPath)],
      ['set-string', () => Object.keys(given['set-string'] ?? {}).map(keyPath)],
    ]
    for (const [name, attempt] of attempted) {
      try {
        attempt()
      } catch (error) {
        problems.push(`input '${name}': ${messageOf(error)}`)
      }
    }
    if (given['helm-version'] !== undefined && given.helm !== 'helm') {
      problems.push("input 'helm-version': goes without 'helm', which names another one")
    }
    if (given['helm-checksum'] !== undefined && given['helm-version'] === undefined) {
      problems.push("input 'helm-checksum': needs 'helm-version': only what is downloaded is checked")
    }
    if (given.revision !== undefined && given.operation !== 'rollback') {
      problems.push("input 'revision': goes with 'operation: rollback'")
    }
    if (given.operation === 'uninstall' && given['confirm-uninstall'] !== given.release) {
      problems.push(`input 'confirm-uninstall': must be '${given.release}' for it to be uninstalled`)
    }
    if (given.timeout < 1_000) problems.push("input 'timeout': expected at least 1s")
    if (given['eks-cluster'] !== undefined && (given.kubeconfig ?? given['kube-context']) !== undefined) {
      problems.push("input 'eks-cluster': names the cluster by itself, without 'kubeconfig' and 'kube-context'")
    }
    const unknown = (given['lint-ignore'] ?? []).filter((rule) => !(lintRules as readonly string[]).includes(rule))
    if (unknown.length > 0) {
      problems.push(`input 'lint-ignore': expected some of ${lintRules.join(', ')}, got '${unknown.join(', ')}'`)
    }
    if (given['probe-interval'] < 100) problems.push("input 'probe-interval': expected at least 100ms")
    if (given['probe-url'] !== undefined && !given.wait) problems.push("input 'probe-url': needs 'wait: true'")
    if (given['wait-for-jobs'] && !given.wait) problems.push("input 'wait-for-jobs': needs 'wait: true'")
    return problems
  },
  async run(context) {
    const { host, clock } = context
    const started = clock.now()
    return await prepared(context, async (deployment, parts) => {
      for (const warning of versionWarnings(parts.helm.version)) host.warn(warning)
      host.info(`helm ${parts.helm.version.text}: release ${deployment.place.release} in ${deployment.place.namespace}`)
      const { operation, revision, 'keep-history': keepHistory } = context.inputs
      const deployed =
        operation === 'upgrade'
          ? await charted(context, deployment, parts, (ready) => deployRelease(ready, parts))
          : await operate({ operation, revision, keepHistory }, deployment, parts)
      const drainTimeout = context.inputs['cron-drain-timeout']
      // Cron is held to what was asked where something was put there, and only told of elsewhere.
      const held = operation === 'upgrade' || operation === 'rollback' ? deployment : { ...deployment, cron: undefined }
      const { result, states: cronJobs } = await withCron(deployed, held, drainTimeout, parts)
      if (operation === 'status' || operation === 'history') {
        await host.group('history', async () => {
          for (const line of historyLines(result.history)) host.info(line)
        })
      }
      if (deployment.dryRun) {
        const lines = changeLines(result.changes)
        for (const step of result.steps) host.info(`would: ${step}`)
        await host.group(lines.length === 0 ? 'no object would change' : 'would change', async () => {
          for (const line of lines) host.info(line)
        })
      }
      if (result.diagnosis !== undefined) await logDiagnosis(result.diagnosis, host)
      const images = deployment.dryRun ? [] : await imagesNow(result, deployment, parts)
      const stored = result.revision === undefined ? undefined : await parts.store.read(result.revision)
      for (const warning of sizeWarnings(stored?.size ?? 0, result.history.length)) host.warn(warning)
      const status = result.history.at(-1)?.status
      return {
        outcome: result.outcome,
        ...(result.reason === undefined ? {} : { reason: result.reason }),
        outputs: {
          status: status ?? '',
          revision: String(result.revision ?? ''),
          'previous-revision': String(result.previousRevision ?? ''),
          'rolled-back-to': String(result.rolledBackTo ?? ''),
          'recovered-from': result.recoveredFrom ?? '',
          'failure-reason': result.reason ?? '',
          'failed-objects': JSON.stringify(result.diagnosis?.objects ?? []),
          'helm-version': parts.helm.version.text,
          'lint-findings': JSON.stringify(result.lint),
          images: JSON.stringify(images),
        },
        detail: helmDetail(deployment, result, images, cronJobs),
        summary: helmSummary(deployment, result, images, cronJobs, clock.now() - started),
      }
    })
  },
  async post(context) {
    const journal = readJournal(context.host)
    const isOpen = journal?.state === 'open'
    if (!isOpen && !operationLeft(context.host)) return
    // The job's cancel has done its work by now; what is left must not be cut short by it.
    const signal = AbortSignal.timeout(context.inputs.timeout + 60_000)
    await prepared({ ...context, signal }, async (deployment, parts) => {
      if (isOpen) await finishRelease(deployment, journal, parts)
      await finishOperation(deployment, context.host, parts)
    })
  },
})

const chartInputs = (given: Context<typeof inputs>['inputs']): ChartInputs => ({
  chart: given.chart ?? '',
  repository: given['chart-repository'],
  version: given['chart-version'],
  username: given['chart-repository-username'],
  password: given['chart-repository-password'],
})

/** The same deployment with its chart on this machine. */
async function charted<T>(
  { inputs: given, host, env, signal }: Context<typeof inputs>,
  deployment: Deployment,
  { helm }: Pick<DeployParts, 'helm'>,
  body: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const source = chartSource(chartInputs(given), existsSync)
  const aws = (region: string | undefined) =>
    awsSession({ region: region ?? given['aws-region'], roleArns: given['role-arns'] ?? [] })
  const parts = { helm, env, host, log: host, signal, aws }
  return await withChart(source, given['chart-version'], parts, (chart) =>
    body({ ...deployment, request: { ...deployment.request, chart, chartVersion: undefined } }),
  )
}

async function prepared<T>(
  context: Context<typeof inputs>,
  body: (deployment: Deployment, parts: DeployParts) => Promise<T>,
): Promise<T> {
  const { inputs: given, host, clock, env } = context
  const asked: AskedCluster = {
    kubeconfig: given.kubeconfig,
    kubeContext: given['kube-context'],
    eksCluster: given['eks-cluster'],
    aws: { region: given['aws-region'], roleArns: given['role-arns'] ?? [] },
  }
  const parts = { env, clock, log: host, mask: (secret: string) => host.mask(secret) }
  return await withCluster(asked, parts, (cluster) => preparedFor(cluster, context, body))
}

async function preparedFor<T>(
  { access, kubeconfig, kubeContext }: ReachedCluster,
  { inputs: given, host, clock, env, signal }: Context<typeof inputs>,
  body: (deployment: Deployment, parts: DeployParts) => Promise<T>,
): Promise<T> {
  const password = given['chart-repository-password']
  if (password !== undefined) host.mask(password)
  const driver = storageDriver(env)
  const version = given['helm-version']
  const asked = { version: version ?? '', checksum: given['helm-checksum'] }
  const binary = version === undefined ? given.helm : await downloadedHelm(asked, { env, log: host, signal })
  const helm = await findHelm(binary, env)
  const api = kubernetesApi(access, { env, clock, mask: (secret) => host.mask(secret) })
  const place = {
    release: given.release,
    namespace: given.namespace ?? access.namespace ?? 'default',
    kubeconfig,
    kubeContext,
  }
  const cron = given.cron && { state: given.cron, value: given['cron-value'] }
  const values = valuesTree({
    set: given.set ?? {},
    setString: given['set-string'] ?? {},
    image: given.image,
    imageKeys: {
      reference: given['image-key'],
      repository: given['image-repository-key'],
      digest: given['image-digest-key'],
      tag: given['image-tag-key'],
    },
    cron,
  })
  const { runId, attempt } = host.facts
  const me = { run: labelValue(runId), attempt: labelValue(attempt), isAlive }
  // All runs of a terminal are one run by name: the process tells them apart.
  const ownProcess = runId.startsWith('terminal:') ? { [processLabel]: String(process.pid) } : {}
  const wait = !given.wait ? 'none' : given['wait-strategy'] === 'legacy' ? 'legacy' : 'ready'
  return await withValuesFile(values, async (file) => {
    const deployment: Deployment = {
      place,
      me,
      request: {
        chart: given.chart ?? '',
        chartVersion: given['chart-version'],
        createNamespace: given['create-namespace'],
        values: [...(given.values ?? []), ...(file === undefined ? [] : [file])],
        valuesMode: given['values-mode'],
        historyMax: given['history-max'] ?? maxHistory(env),
        timeoutMs: given.timeout,
        wait,
        waitForJobs: given['wait-for-jobs'],
        takeOwnership: given['take-ownership'],
        forceConflicts: given['force-conflicts'],
        labels: { [runLabel]: me.run, [attemptLabel]: me.attempt, ...ownProcess, [waitLabel]: String(given.wait) },
      },
      repair: given.repair,
      recreate: given.recreate,
      onFailure: given['on-failure'],
      onTimeout: given['on-timeout'],
      onCancel: given['on-cancel'],
      dryRun: given['dry-run'],
      cron,
      lint: { mode: given.lint, ignored: given['lint-ignore'] ?? [] },
      checks: {
        services: given['check-services'],
        image: given.image,
        probe:
          given['probe-url'] === undefined
            ? undefined
            : {
                name: 'probe',
                url: given['probe-url'],
                successes: given['probe-successes'],
                intervalMs: given['probe-interval'],
                timeoutMs: given['probe-timeout'],
                accepts: given['probe-status'],
              },
      },
    }
    const store = releaseStore(api, driver, place.release, place.namespace)
    return await body(deployment, { helm, api, store, clock, log: host, host, signal })
  })
}

/** Signal 0 asks whether a process is there; another user's is, though it may not be signalled. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What runs now. The deployment's end stands whether it can be read or not. */
async function imagesNow(
  { record }: DeployResult,
  { place }: Deployment,
  { api, log }: DeployParts,
): Promise<readonly RunningImage[]> {
  if (record === undefined) return []
  try {
    return await runningImages(api, workloadsOf(parseManifest(record.manifest, place.namespace)))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    log.warn(`what runs now cannot be read: ${error.message}`)
    return []
  }
}
