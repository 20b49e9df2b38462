import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

/** Builds the real control plane, where it is not there yet, and runs the scenarios against it. Arguments go to the test runner. */
function testCluster(root: string, args: readonly string[]): number {
  const built = spawnSync(join(root, 'scripts/cluster-tools.sh'), {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (built.status === 3) return 0
  if (built.status !== 0) return built.status ?? 1
  const tools = built.stdout.trim().split('\n').at(-1) ?? ''
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const match = ['--testMatch', '<rootDir>/build/test/cluster/**/*.cluster.js', '--runInBand']
  const run = spawnSync(process.execPath, [...flags, jest, ...match, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, STRANGLER_CLUSTER: tools },
  })
  return run.status ?? 1
}

process.exitCode = testCluster(resolve(import.meta.dirname, '../..'), process.argv.slice(2))
