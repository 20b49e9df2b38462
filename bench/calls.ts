import type { Contender } from './contender.ts'
import { counted } from './figures.ts'
import { openStage, type StageOptions } from './stage.ts'
import type { Table } from './table.ts'

export interface Deployer {
  readonly mover: StageOptions['mover']
  readonly what: string
  /** Undefined when dist/ has no such action. */
  readonly ours: { readonly action: Contender; readonly inputs: Readonly<Record<string, string>> } | undefined
  readonly theirs: { readonly action: Contender; readonly inputs: Readonly<Record<string, string>> }
}

/** The calls of one good deployment by operation, until the same moment: everything done. */
export async function callCounts(deployers: readonly Deployer[], node: string): Promise<Table> {
  const rows: string[][] = []
  for (const { mover, what, ours, theirs } of deployers) {
    const count = async (side: Deployer['theirs']) => {
      const stage = await openStage({ mover, speed: 20 })
      try {
        const end = await stage.deploy(side.action, side.inputs, { node })
        if (end.code !== 0) throw new Error(`${what} failed:\n${end.lines.join('\n')}`)
        return counted(end.calls)
      } finally {
        await stage.close()
      }
    }
    const found = { ours: ours === undefined ? undefined : await count(ours), theirs: await count(theirs) }
    const total = (counts: ReadonlyMap<string, number> | undefined): string =>
      counts === undefined ? 'not in dist/' : String([...counts.values()].reduce((sum, one) => sum + one, 0))
    rows.push([what, 'all', total(found.ours), total(found.theirs)])
    for (const name of new Set([...(found.ours?.keys() ?? []), ...found.theirs.keys()])) {
      const shown = (counts: ReadonlyMap<string, number> | undefined) =>
        counts === undefined ? '' : String(counts.get(name) ?? 0)
      rows.push(['', name, shown(found.ours), shown(found.theirs)])
    }
  }
  return {
    title: 'Calls of one deployment',
    notes: [
      'By operation, from the recorder of the sandbox. How many of the polling calls there are depends on how long a deployment takes.',
    ],
    head: ['deployment', 'operation', 'ours', 'theirs'],
    rows,
  }
}
