import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Surroundings } from '../../src/hosts/surroundings.ts'

/** A process that is only written down: what was printed, which codes were set, and signals sent by hand. */
export interface PaperProcess extends Surroundings {
  readonly printed: { stdout: string; stderr: string }
  readonly codes: number[]
  readonly exits: number[]
  readonly signals: EventEmitter
}

export function paperProcess(env: NodeJS.ProcessEnv = {}, tty = false): PaperProcess {
  const printed = { stdout: '', stderr: '' }
  const codes: number[] = []
  const exits: number[] = []
  const sink = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    write(text: string) {
      printed[name] += text
    },
  })
  return {
    env,
    cwd: mkdtempSync(join(tmpdir(), 'strangler-host-')),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    signals: new EventEmitter(),
    printed,
    codes,
    exits,
    exitCode: (code) => codes.push(code),
    exit: (code) => exits.push(code),
  }
}
