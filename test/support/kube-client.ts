import type { Sandbox } from '../../src/sandbox/server.ts'

/** An answer of the API server. */
export interface KubeAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
  readonly body: any
  readonly headers: Headers
}

export const mergePatchType = 'application/merge-patch+json'
export const strategicType = 'application/strategic-merge-patch+json'
export const applyType = 'application/apply-patch+yaml'

/** Calls a cluster's API as it is on the wire. `path` begins with `/api` or `/apis`. */
export async function kube(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<KubeAnswer> {
  const answer = await fetch(`${sandbox.endpoint()}/kubernetes/sandbox${path}`, {
    method,
    headers: { 'user-agent': 'test/1', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: answer.headers }
}

const container = (image: string, more: object) => ({ name: 'app', image, ...more })

/** A Deployment `web` of one container. */
export const deployment = (image: string, spec: object = {}, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container(image, more)] } },
    ...spec,
  },
})

export const jobOf = (image: string, spec: object = {}, more: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [container(image, more)] } }, ...spec },
})
