import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { deployment, jobOf, kube, mergePatchType } from '../../support/kube-client.ts'
import { pushImage } from '../../support/registry.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers
type Any = any

const deployments = '/apis/apps/v1/namespaces/default/deployments'
const jobs = '/apis/batch/v1/namespaces/default/jobs'
const pods = '/api/v1/namespaces/default/pods'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ speed: 0 })
})
afterEach(async () => {
  await sandbox.close()
})

const push = async (name: string, labels: Record<string, string> = {}): Promise<string> =>
  (await pushImage(sandbox, name, { labels })).byTag
const seconds = (s: number): Promise<void> => sandbox.clock.advance(s * 1_000)
const get = async (path: string): Promise<Any> => (await kube(sandbox, 'GET', path)).body
const post = async (path: string, body: unknown): Promise<Any> => {
  const answer = await kube(sandbox, 'POST', path, body)
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
  return answer.body
}
const states = async (): Promise<string[]> => {
  const { items } = await get(pods)
  return items.map((pod: Any) => {
    const { state, ready, restartCount } = pod.status.containerStatuses?.[0] ?? {}
    const what = state?.waiting?.reason ?? state?.terminated?.reason ?? (state?.running ? 'Running' : pod.status.phase)
    return `${what}${ready ? ' ready' : ''} ${restartCount ?? 0}`
  })
}
const events = async (): Promise<string[]> =>
  (await get('/api/v1/namespaces/default/events')).items.map((event: Any) => `${event.reason}: ${event.message}`)
const condition = (object: Any, type: string): Any => object.status.conditions?.find((one: Any) => one.type === type)

describe('a Deployment', () => {
  test('never has too few available pods nor too many pods while it rolls', async () => {
    const probe = { readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 } }
    await post(deployments, deployment(await push('app:1'), { replicas: 4 }, probe))
    await seconds(20)
    expect(await states()).toEqual(Array(4).fill('Running ready 0'))
    await kube(sandbox, 'PUT', `${deployments}/web`, deployment(await push('app:2'), { replicas: 4 }, probe))
    for (let i = 0; i < 100; i++) {
      await sandbox.clock.advance(200)
      const { status } = await get(`${deployments}/web`)
      expect(status.availableReplicas).toBeGreaterThanOrEqual(3)
      expect(status.replicas).toBeLessThanOrEqual(5)
    }
    const after = await get(`${deployments}/web`)
    expect(after.status).toMatchObject({ observedGeneration: 2, replicas: 4, updatedReplicas: 4, availableReplicas: 4 })
    expect(after.metadata.annotations['deployment.kubernetes.io/revision']).toBe('2')
    expect(condition(after, 'Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' })
  })

  test('says that its deadline has passed, not a moment before it has', async () => {
    const image = await push('app:1', { 'sandbox.exit-code': '3' })
    const probe = { readinessProbe: { tcpSocket: { port: 8080 } } }
    await post(deployments, deployment(image, { progressDeadlineSeconds: 60 }, probe))
    await seconds(58)
    expect(condition(await get(`${deployments}/web`), 'Progressing')).toMatchObject({ status: 'True' })
    await seconds(10)
    expect(condition(await get(`${deployments}/web`), 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    })
  })

  test('says why it has no pods when none may be created', async () => {
    await post('/api/v1/namespaces/default/resourcequotas', {
      metadata: { name: 'small' },
      spec: { hard: { pods: '1' } },
    })
    await post(deployments, deployment(await push('app:1')))
    await seconds(5)
    expect(condition(await get(`${deployments}/web`), 'ReplicaFailure')).toMatchObject({
      reason: 'FailedCreate',
      message: expect.stringContaining('exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1'),
    })
  })

  test('replaces everything at once when it is told to recreate', async () => {
    const strategy = { replicas: 2, strategy: { type: 'Recreate' } }
    await post(deployments, deployment(await push('app:1'), strategy))
    await seconds(5)
    await kube(sandbox, 'PUT', `${deployments}/web`, deployment(await push('app:2'), strategy))
    await sandbox.clock.advance(300)
    expect((await get(pods)).items.every((pod: Any) => pod.metadata.deletionTimestamp !== undefined)).toBe(true)
    await seconds(5)
    expect(await states()).toEqual(['Running ready 0', 'Running ready 0'])
  })
})

describe('a pod', () => {
  test('crashes, is started at once, then after 10 s, 20 s, 40 s', async () => {
    const image = await push('app:1', { 'sandbox.exit-code': '3', 'sandbox.log': 'fatal: no database' })
    await post(deployments, deployment(image, { replicas: 1 }))
    await seconds(4)
    const [pod] = (await get(pods)).items
    expect(await states()).toEqual(['Error 1'])
    await seconds(1)
    expect((await get(pods)).items[0].status.containerStatuses[0]).toMatchObject({
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off 10s restarting failed container=app pod=${pod.metadata.name}_default(${pod.metadata.uid})`,
        },
      },
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    })
    await seconds(12)
    expect((await get(pods)).items[0].status.containerStatuses[0].restartCount).toBe(2)
    await seconds(21)
    expect((await get(pods)).items[0].status.containerStatuses[0].restartCount).toBe(3)
    await seconds(35)
    expect((await get(pods)).items[0].status.containerStatuses[0].restartCount).toBe(3)
    expect(await get(`${pods}/${pod.metadata.name}/log?previous=true`)).toBe('fatal: no database\n')
  })

  test('is killed for memory', async () => {
    await post(deployments, deployment(await push('app:1', { 'sandbox.oom': 'true' }), { replicas: 1 }))
    await seconds(5)
    const [status] = (await get(pods)).items[0].status.containerStatuses
    expect(status.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
  })

  test('cannot pull a tag that is not there, backs off, and starts once it is pushed', async () => {
    const image = (await push('app:1')).replace(/app:1$/, 'app:later')
    await post(deployments, deployment(image, { replicas: 1 }))
    await seconds(2)
    expect((await get(pods)).items[0].status.containerStatuses[0].state.waiting).toEqual({
      reason: 'ErrImagePull',
      message: `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
    })
    await seconds(7)
    expect(await states()).toEqual(['ImagePullBackOff 0'])
    expect(await events()).toEqual(
      expect.arrayContaining([`BackOff: Back-off pulling image "${image}"`, 'Failed: Error: ImagePullBackOff']),
    )
    await push('app:later')
    await seconds(40)
    expect(await states()).toEqual(['Running ready 0'])
  })

  test('runs the digest that it says it runs', async () => {
    const { digest, byTag, uri } = await pushImage(sandbox, 'app:1')
    await post(deployments, deployment(byTag, { replicas: 1 }))
    await seconds(5)
    expect((await get(pods)).items[0].status.containerStatuses[0].imageID).toBe(`${uri}@${digest}`)
  })

  test('waits for the Secret that its environment needs', async () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }]
    const image = await push('app:1', { 'sandbox.requires-env': 'PASSWORD' })
    await post(deployments, deployment(image, { replicas: 1 }, { env }))
    await seconds(3)
    const waiting = async () => (await get(pods)).items[0].status.containerStatuses[0].state.waiting
    expect(await waiting()).toEqual({ reason: 'CreateContainerConfigError', message: 'secret "database" not found' })
    const secrets = '/api/v1/namespaces/default/secrets'
    await post(secrets, { metadata: { name: 'database' }, stringData: { user: 'app' } })
    await seconds(12)
    expect((await waiting()).message).toBe("couldn't find key password in Secret default/database")
    await kube(
      sandbox,
      'PATCH',
      `${secrets}/database`,
      { stringData: { password: 'x' } },
      { 'content-type': mergePatchType },
    )
    await seconds(12)
    expect(await states()).toEqual(['Running ready 0'])
  })

  test('is not ready while its probe fails, is told so, and is restarted by its liveness probe', async () => {
    const readinessProbe = { httpGet: { path: '/ok', port: 8080 }, periodSeconds: 5 }
    const livenessProbe = { httpGet: { path: '/live', port: 8080 }, periodSeconds: 10, initialDelaySeconds: 10 }
    const image = await push('app:1', { 'sandbox.healthy': 'false' })
    await post(deployments, deployment(image, { replicas: 1 }, { readinessProbe, livenessProbe }))
    await seconds(20)
    expect(await states()).toEqual(['Running 0'])
    expect(await events()).toContain('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503')
    await seconds(20)
    expect(await events()).toContain('Killing: Container app failed liveness probe, will be restarted')
    expect((await states())[0]).toMatch(/ 1$/)
  })

  test('runs its init containers first, one after the other', async () => {
    const done = await push('init:1', { 'sandbox.exit-code': '0', 'sandbox.exit-after': '5' })
    const image = await push('app:1')
    const body = deployment(image, { replicas: 1 })
    Object.assign(body.spec.template.spec, {
      initContainers: [
        { name: 'one', image: done },
        { name: 'two', image: done },
      ],
    })
    await post(deployments, body)
    await seconds(9)
    expect(await states()).toEqual(['PodInitializing 0'])
    await seconds(9)
    expect(await states()).toEqual(['Running ready 0'])
  })

  test('that no node can take stays pending and says why', async () => {
    const resources = { requests: { cpu: '1000' } }
    await post(deployments, deployment(await push('app:1'), { replicas: 1 }, { resources }))
    await seconds(2)
    const [pod] = (await get(pods)).items
    expect(condition(pod, 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message: expect.stringContaining('Insufficient cpu'),
    })
  })
})

describe('a Job', () => {
  test('completes', async () => {
    await post(jobs, jobOf(await push('job:1', { 'sandbox.exit-code': '0' })))
    await seconds(5)
    const job = await get(`${jobs}/migrate`)
    expect(job.status).toMatchObject({ succeeded: 1, completionTime: expect.any(String) })
    expect(condition(job, 'Complete')).toMatchObject({ status: 'True' })
  })

  test('tries again after 10 s and 20 s, then gives up', async () => {
    await post(jobs, jobOf(await push('job:1', { 'sandbox.exit-code': '1' }), { backoffLimit: 2 }))
    await seconds(25)
    expect((await get(`${jobs}/migrate`)).status).toMatchObject({ failed: 2 })
    await seconds(20)
    const job = await get(`${jobs}/migrate`)
    expect(job.status).toMatchObject({ failed: 3 })
    expect(condition(job, 'Failed')).toMatchObject({
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    })
  })

  test('ends at its deadline', async () => {
    await post(jobs, jobOf(await push('job:1'), { activeDeadlineSeconds: 30 }))
    await seconds(40)
    expect(condition(await get(`${jobs}/migrate`), 'Failed')).toMatchObject({ reason: 'DeadlineExceeded' })
    expect((await get(pods)).items).toEqual([])
  })

  test('is gone after its time to live', async () => {
    await post(jobs, jobOf(await push('job:1', { 'sandbox.exit-code': '0' }), { ttlSecondsAfterFinished: 60 }))
    await seconds(30)
    expect((await kube(sandbox, 'GET', `${jobs}/migrate`)).status).toBe(200)
    await seconds(60)
    expect((await kube(sandbox, 'GET', `${jobs}/migrate`)).status).toBe(404)
    await seconds(2)
    expect((await get(pods)).items).toEqual([])
  })
})

describe('a CronJob', () => {
  const cronJobs = '/apis/batch/v1/namespaces/default/cronjobs'
  const cron = (image: string, spec: object = {}) => ({
    metadata: { name: 'report' },
    spec: { schedule: '*/5 * * * *', jobTemplate: { spec: jobOf(image).spec }, ...spec },
  })

  test('starts a Job at each due time, and keeps the last three', async () => {
    await post(cronJobs, cron(await push('job:1', { 'sandbox.exit-code': '0' })))
    await seconds(31 * 60)
    const { items } = await get(jobs)
    expect(items).toHaveLength(3)
    expect(items.every((job: Any) => job.status.succeeded === 1)).toBe(true)
  })

  test('starts none while it is suspended', async () => {
    await post(cronJobs, cron(await push('job:1', { 'sandbox.exit-code': '0' }), { suspend: true }))
    await seconds(31 * 60)
    expect((await get(jobs)).items).toEqual([])
  })

  test('does not start a second Job beside a running one when that is forbidden', async () => {
    await post(cronJobs, cron(await push('job:1'), { concurrencyPolicy: 'Forbid' }))
    await seconds(21 * 60)
    expect((await get(jobs)).items).toHaveLength(1)
    expect((await get(`${cronJobs}/report`)).status.active).toHaveLength(1)
  })
})

describe('a StatefulSet', () => {
  const sets = '/apis/apps/v1/namespaces/default/statefulsets'
  const set = (image: string) => ({ ...deployment(image, { serviceName: 'web', replicas: 3 }), kind: 'StatefulSet' })

  test('starts its pods in order, and updates them from the last to the first', async () => {
    await post(sets, set(await push('app:1', { 'sandbox.startup': '5' })))
    await sandbox.clock.advance(1_000)
    expect((await get(pods)).items.map((pod: Any) => pod.metadata.name)).toEqual(['web-0'])
    await seconds(30)
    expect((await get(`${sets}/web`)).status).toMatchObject({ readyReplicas: 3, currentReplicas: 3 })
    const next = await push('app:2')
    await kube(sandbox, 'PUT', `${sets}/web`, set(next))
    await sandbox.clock.advance(300)
    const ending = (await get(pods)).items.filter((pod: Any) => pod.metadata.deletionTimestamp !== undefined)
    expect(ending.map((pod: Any) => pod.metadata.name)).toEqual(['web-2'])
    await seconds(60)
    expect((await get(pods)).items.map((pod: Any) => pod.spec.containers[0].image)).toEqual([next, next, next])
    const { status } = await get(`${sets}/web`)
    expect(status.currentRevision).toBe(status.updateRevision)
  })
})

describe('a DaemonSet', () => {
  test('keeps one pod on the node, of its newest template', async () => {
    const sets = '/apis/apps/v1/namespaces/default/daemonsets'
    const set = (image: string) => {
      const { replicas: _none, ...spec } = deployment(image).spec
      return { ...deployment(image), kind: 'DaemonSet', spec }
    }
    await post(sets, set(await push('app:1')))
    await seconds(5)
    const next = await push('app:2')
    await kube(sandbox, 'PUT', `${sets}/web`, set(next))
    await seconds(10)
    expect((await get(pods)).items.map((pod: Any) => pod.spec.containers[0].image)).toEqual([next])
    expect((await get(`${sets}/web`)).status).toMatchObject({
      desiredNumberScheduled: 1,
      numberReady: 1,
      updatedNumberScheduled: 1,
    })
  })
})

describe('a Service', () => {
  test('points at the ready pods behind it, by the number of their named port', async () => {
    const service = {
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
    }
    await post('/api/v1/namespaces/default/services', service)
    const readinessProbe = { httpGet: { port: 'http' }, periodSeconds: 1, initialDelaySeconds: 10 }
    const more = { ports: [{ name: 'http', containerPort: 8080 }], readinessProbe }
    await post(deployments, deployment(await push('app:1'), {}, more))
    const slice = async (): Promise<Any> =>
      (
        await get(
          '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name%3Dweb',
        )
      ).items[0]
    await seconds(5)
    expect((await slice()).endpoints.map((one: Any) => one.conditions.ready)).toEqual([false, false])
    await seconds(10)
    expect((await slice()).endpoints.map((one: Any) => one.conditions.ready)).toEqual([true, true])
    expect((await slice()).ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }])
  })
})

describe('deletion', () => {
  const remove = (propagationPolicy: string) => kube(sandbox, 'DELETE', `${deployments}/web`, { propagationPolicy })
  const sets = async (): Promise<Any[]> => (await get('/apis/apps/v1/namespaces/default/replicasets')).items

  test('in the background takes what it owns after it', async () => {
    await post(deployments, deployment(await push('app:1')))
    await seconds(5)
    await remove('Background')
    expect((await kube(sandbox, 'GET', `${deployments}/web`)).status).toBe(404)
    await seconds(5)
    expect([await sets(), (await get(pods)).items]).toEqual([[], []])
  })

  test('in the foreground takes what it owns before it', async () => {
    await post(deployments, deployment(await push('app:1')))
    await seconds(5)
    await remove('Foreground')
    expect((await get(`${deployments}/web`)).metadata.finalizers).toEqual(['foregroundDeletion'])
    await seconds(5)
    expect((await kube(sandbox, 'GET', `${deployments}/web`)).status).toBe(404)
    expect(await sets()).toEqual([])
  })

  test('that orphans leaves what it owned', async () => {
    await post(deployments, deployment(await push('app:1')))
    await seconds(5)
    await remove('Orphan')
    await seconds(5)
    expect((await sets())[0].metadata.ownerReferences).toBeUndefined()
    expect((await get(pods)).items).toHaveLength(2)
  })

  test('of a namespace empties it first', async () => {
    await post('/api/v1/namespaces', { metadata: { name: 'team' } })
    await post('/api/v1/namespaces/team/configmaps', { metadata: { name: 'one' }, data: { a: 'b' } })
    await kube(sandbox, 'DELETE', '/api/v1/namespaces/team')
    expect((await get('/api/v1/namespaces/team')).status.phase).toBe('Terminating')
    await seconds(2)
    expect((await kube(sandbox, 'GET', '/api/v1/namespaces/team')).status).toBe(404)
  })
})
