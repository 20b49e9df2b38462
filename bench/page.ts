import type { Pin } from './official.ts'
import { markdownTable, type Table } from './table.ts'

/** The page of results: nothing of the machine or the day, so that only a change of behaviour changes much of it. */
export function page(
  tables: readonly Table[],
  versions: { readonly node: string; readonly pins: readonly Pin[] },
): string {
  const compared = versions.pins.map(({ repository, version }) => `\`aws-actions/${repository}\` ${version}`)
  return `${[
    '# Beside the official actions',
    `Ours, the bundles in \`dist/\`, beside ${compared.join(' and ')}, on Node ${versions.node.replace(/^v/, '').split('.')[0]}. Written by \`npm run bench\`.`,
    [
      'Each action is started as a runner starts it: the defaults of its own `action.yml`, the inputs, the command files, SIGINT when the job is cancelled.',
      'All talk to the embedded sandbox, whose answers are not those of AWS itself: what is compared is what the actions do, not how fast a cloud is.',
      "Theirs is this project's word for the official actions; they are fetched at a pinned commit, checked, and not kept here.",
    ].join('\n'),
    ...tables.map(markdownTable),
  ].join('\n\n')}\n`
}
