/** A row of a page that tells what there is, and shows it. */
export interface ChecklistRow {
  readonly line: number
  readonly what: string
  /** `yes`, `in part` or `no`, as it stands there. */
  readonly answer: string
  /** The tests that show it: file from the root, and full name as jest prints it. */
  readonly shown: readonly { readonly file: string; readonly test: string }[]
  /** What stands there beside the tests. */
  readonly reason: string
}

/** Rows of the tables whose head is `what | here | shown by, or why not`. A test is written as [`file`](../file) *full name*. */
export function checklistRows(markdown: string): readonly ChecklistRow[] {
  const rows: ChecklistRow[] = []
  let inTable = false
  for (const [index, text] of markdown.split('\n').entries()) {
    const cells = text.startsWith('|') ? text.slice(1, -1).split(/(?<!\\)\|/) : []
    const [what = '', answer = '', shown = ''] = cells.map((cell) => cell.trim())
    if (/^\| (what|pain|behaviour) \| here \|/.test(text)) inTable = true
    else if (cells.length === 0) inTable = false
    else if (inTable && !/^-+$/.test(what)) {
      const named = [...shown.matchAll(/\[`([^`]+)`\]\(\.\.\/\1\) \*([^*]+)\*/g)]
      const reason = named.reduce((rest, [whole]) => rest.replace(whole, ''), shown).replaceAll(/[·\s]+/g, ' ')
      rows.push({
        line: index + 1,
        what,
        answer,
        shown: named.map(([, file = '', test = '']) => ({ file, test })),
        reason: reason.trim(),
      })
    }
  }
  return rows
}

const opened =
  /^(?<indent> *)(?:;?\(.*\? test : test\.skip\)|(?<kind>describe|suite|test|it|testHere|onGitlab|onAct)(?:\.each.*)?|\]\)|\)\)|.*\)\)\))\((?<quote>['"`])(?<name>.*?)(?<!\\)\k<quote>,/
const alone = /^(?<indent> *)(?<quote>['"`])(?<name>.*?)(?<!\\)\k<quote>,$/

/** The full names of the tests in a formatted test file: those of the blocks around it first. Names of rows stay as they are written: `%s`. */
export function testNames(source: string): readonly string[] {
  const names: string[] = []
  const around: { readonly indent: number; readonly name: string }[] = []
  let before = ''
  for (const line of source.split('\n')) {
    // A name on a line of its own stands below the call that it is for.
    const isBelow = /(?:\btest|\bit|testHere|onGitlab|onAct|\))\($/.test(before)
    const match = opened.exec(line) ?? (isBelow ? alone.exec(line) : null)
    before = line
    if (match?.groups === undefined) continue
    const { indent = '', kind, name = '' } = match.groups
    const depth = indent.length - (isBelow && kind === undefined ? 2 : 0)
    while ((around.at(-1)?.indent ?? -1) >= depth) around.pop()
    const full = [...around.map((block) => block.name), name.replaceAll(/\\(['"`])/g, '$1')].join(' ')
    if (kind === 'describe' || kind === 'suite')
      around.push({ indent: depth, name: name.replaceAll(/\\(['"`])/g, '$1') })
    else names.push(full)
  }
  return names
}
