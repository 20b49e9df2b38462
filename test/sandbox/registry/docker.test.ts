import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../../src/action/command.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { image, index } from '../../support/images.ts'
import { program } from '../../support/programs.ts'
import { ecrCall, login, pushImage } from '../../support/registry.ts'

const docker = program('docker')
const dockerd = program('dockerd')
const isRoot = process.getuid?.() === 0
if (dockerd !== undefined && !isRoot) process.stderr.write('skipping tests of dockerd: it starts only as root\n')
const describeDocker = docker !== undefined && dockerd !== undefined && isRoot ? describe : describe.skip

describeDocker('the registry serves docker', () => {
  let sandbox: Sandbox
  let folder: string
  let daemon: ChildProcess
  let host: string
  const run = async (args: readonly string[], input?: string) => {
    const env = { PATH: process.env['PATH'], HOME: folder, DOCKER_CONFIG: folder, DOCKER_BUILDKIT: '0' }
    const socket = `unix://${join(folder, 'd.sock')}`
    const options = { env, cwd: join(folder, 'context'), ...(input === undefined ? {} : { input }) }
    const { code, stdout, stderr } = await runCommand([docker as string, '-H', socket, ...args], options)
    return { code, output: `${stdout}${stderr}` }
  }
  const right = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, output } = await run(args, input)
    if (code !== 0) throw new Error(`docker ${args.join(' ')}: exit ${code}\n${output}`)
    return output
  }

  beforeAll(async () => {
    sandbox = await startSandbox()
    host = `127.0.0.1:${sandbox.port}`
    folder = mkdtempSync(join(tmpdir(), 'strangler-docker-'))
    mkdirSync(join(folder, 'context'))
    const roots = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')]
    const args = ['--iptables=false', '--bridge=none', ...roots, '--pidfile', join(folder, 'd.pid')]
    daemon = spawn(dockerd as string, [...args, '-H', `unix://${join(folder, 'd.sock')}`], { stdio: 'ignore' })
    for (let tries = 0; (await run(['info'])).code !== 0; tries++) {
      if (tries > 100 || daemon.exitCode !== null) throw new Error('dockerd does not come up')
      await wait(100)
    }
  })
  afterAll(async () => {
    const gone = new Promise((resolve) => daemon.once('exit', resolve))
    if (daemon.exitCode === null && daemon.kill('SIGTERM')) await gone
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('build, login, push twice, pull, and what it says when it may not', async () => {
    writeFileSync(join(folder, 'context', 'app'), 'an app\n')
    writeFileSync(join(folder, 'context', 'Dockerfile'), 'FROM scratch\nCOPY app /app\nLABEL sandbox.startup=1\n')
    await ecrCall(sandbox, 'CreateRepository', { repositoryName: 'docker/web' })
    const web = `${host}/docker/web:1.0`
    await right(['build', '-q', '-t', web, '.'])
    expect((await run(['push', web])).output).toContain('no basic auth credentials')
    const { password } = await login(sandbox)
    expect(await right(['login', '-u', 'AWS', '--password-stdin', host], password)).toContain('Login Succeeded')
    const pushed = await right(['push', web])
    const digest = /digest: (sha256:[a-f0-9]{64})/.exec(pushed)?.[1]
    expect(await right(['push', web])).toContain('Layer already exists')
    expect(sandbox.images.pull(web)).toMatchObject({ digest, labels: { 'sandbox.startup': '1' } })
    await right(['rmi', web])
    expect(await right(['pull', web])).toContain(`Digest: ${digest}`)

    await ecrCall(sandbox, 'PutImageTagMutability', { repositoryName: 'docker/web', imageTagMutability: 'IMMUTABLE' })
    expect((await run(['push', web])).output).toContain('tag invalid: The image tag')
    expect((await run(['pull', `${host}/docker/web:2.0`])).output).toContain(
      `manifest for ${host}/docker/web:2.0 not found: manifest unknown: Requested image not found`,
    )
    expect((await run(['pull', `${host}/docker/none:1.0`])).output).toContain('name unknown: The repository with name')

    const both = index([image(), image({ architecture: 'arm64' })])
    const multi = await pushImage(sandbox, 'docker/multi:1.0', both)
    expect(await right(['pull', multi.byTag])).toContain(`Digest: ${both.digest}`)
  })
})
