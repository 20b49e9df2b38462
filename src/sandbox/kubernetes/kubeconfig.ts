import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A kubeconfig for one cluster of the sandbox. Its token is no secret: the sandbox lets everyone in. */
export const kubeconfig = (endpoint: string, cluster: string, namespace = 'default'): string => `apiVersion: v1
kind: Config
clusters:
  - name: ${cluster}
    cluster:
      server: ${endpoint}/kubernetes/${cluster}
users:
  - name: ${cluster}
    user:
      token: sandbox
contexts:
  - name: ${cluster}
    context:
      cluster: ${cluster}
      user: ${cluster}
      namespace: ${namespace}
current-context: ${cluster}
`

/** Writes a kubeconfig into a folder, readable by its owner alone; returns its path, for `KUBECONFIG`. */
export function writeKubeconfig(text: string, folder: string, name = 'kubeconfig'): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
