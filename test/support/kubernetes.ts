import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type CommandResult, runCommand } from '../../src/action/command.ts'
import { writeKubeconfig } from '../../src/sandbox/kubernetes/kubeconfig.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import type { Tool } from './tools.ts'

/** A folder with a kubeconfig and homes of its own, in which helm and kubectl run against a sandbox's cluster. */
export interface KubeWorkspace {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Writes files of a chart (`Chart.yaml` is made when it is not among them); returns its folder. */
  chart(name: string, files: Readonly<Record<string, string>>): string
  /** Runs a tool; a non-zero exit is a result. */
  run(tool: Tool, ...args: readonly string[]): Promise<CommandResult>
  /** Runs a tool that must succeed, and returns what it printed, without the last line's end. */
  must(tool: Tool, ...args: readonly string[]): Promise<string>
  remove(): void
}

export function kubeWorkspace(sandbox: Sandbox, cluster?: string): KubeWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'strangler-kube-'))
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    KUBECONFIG: writeKubeconfig(sandbox.kubeconfig(cluster), folder),
    KUBECACHEDIR: join(folder, 'kube-cache'),
    HELM_CACHE_HOME: join(folder, 'helm-cache'),
    HELM_CONFIG_HOME: join(folder, 'helm-config'),
    HELM_DATA_HOME: join(folder, 'helm-data'),
  }
  const run: KubeWorkspace['run'] = (tool, ...args) => runCommand([tool.path ?? 'missing', ...args], { env })
  return {
    folder,
    env,
    chart(name, files) {
      const all = { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`, 'values.yaml': '', ...files }
      for (const [path, text] of Object.entries(all)) {
        mkdirSync(dirname(join(folder, name, path)), { recursive: true })
        writeFileSync(join(folder, name, path), text)
      }
      return join(folder, name)
    },
    run,
    async must(tool, ...args) {
      const { code, stdout, stderr } = await run(tool, ...args)
      if (code !== 0) throw new Error(`${args.join(' ')}: exit ${code}\n${stdout}${stderr}`)
      return stdout.trimEnd()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A chart of a Deployment and a Service, with an optional hook Job and an optional plain Job. */
export const webChart: Readonly<Record<string, string>> = {
  'values.yaml': 'image: ""\nreplicas: 2\nhook: ""\nhookEvents: pre-upgrade\njob: ""\n',
  'templates/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec:
      containers:
        - name: app
          image: {{ .Values.image }}
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 2}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}}
spec:
  selector: {app: {{ .Release.Name }}}
  ports: [{name: http, port: 80, targetPort: http}]
{{- if .Values.hook }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hook
  annotations: {"helm.sh/hook": "{{ .Values.hookEvents }}"}
spec:
  backoffLimit: 0
  template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: {{ .Values.hook }}}]}}
{{- end }}
{{- if .Values.job }}
---
apiVersion: batch/v1
kind: Job
metadata: {name: {{ .Release.Name }}-job}
spec:
  template: {spec: {restartPolicy: Never, containers: [{name: job, image: {{ .Values.job }}}]}}
{{- end }}
`,
}
