import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A sandbox that runs from its bundle. */
export interface SandboxProcess {
  /** What a tool needs to talk to it. */
  readonly environment: Readonly<Record<string, string>>
  /** `http://127.0.0.1:<port>/kubernetes/sandbox` */
  readonly kubernetes: string
  /** The sandbox's time, ms since 1970. */
  now(): number
  stop(): Promise<void>
}

/** Starts the sandbox of the bundles in `root` and waits until it says where it is; its kubeconfig is written to a file. */
export async function startSandboxProcess(root: string, speed: number, kubeconfig: string): Promise<SandboxProcess> {
  const flags = ['--speed', String(speed), '--json', '--kubeconfig', kubeconfig]
  const child = spawn(process.execPath, [join(root, 'dist', 'cli', 'index.js'), 'sandbox', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const first = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', done)
    child.once('close', (code) => fail(new Error(`the sandbox ended with ${code}`)))
    child.once('error', fail)
  })
  const { environment } = JSON.parse(first) as { environment: Record<string, string> }
  const [, rate = '1', epoch = '0'] = /^([\d.]+)@(\d+)$/.exec(environment['STRANGLER_DEPLOY_CLOCK'] ?? '') ?? []
  return {
    environment,
    kubernetes: `${environment['AWS_ENDPOINT_URL']}/kubernetes/sandbox`,
    now: () => Number(epoch) + (Date.now() - Number(epoch)) * Number(rate),
    async stop() {
      child.kill('SIGINT')
      await ended
    },
  }
}
