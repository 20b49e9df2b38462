const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
const paint = (code: string, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)

export const bold = (text: string): string => paint('1', text)
export const dim = (text: string): string => paint('2', text)
const red = (text: string): string => paint('31', text)

/** Prints a line. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`)

/** How a step ended, in its colour. */
export function ending(outcome: string, exitCode: number | null): string {
  const good = outcome === 'succeeded' || outcome === 'unchanged'
  return `${good ? paint('32', `✔ ${outcome}`) : red(`✗ ${outcome}`)} ${dim(`(exit code ${exitCode})`)}`
}

/** The log of a bundle under GitHub as a person sees it there: groups folded (`where` tells where they are whole), commands as what they mean. */
export function logReader(show: (line: string) => void, where = ''): (line: string) => void {
  let group: { readonly title: string; lines: number } | undefined
  return (line) => {
    const command = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line)
    const text = (command?.[2] ?? '').replaceAll('%0A', '\n    ').replaceAll('%25', '%')
    if (command?.[1] === 'group') group = { title: text, lines: 0 }
    else if (command?.[1] === 'endgroup' && group !== undefined) {
      show(dim(`▸ ${group.title} (${group.lines} lines${where})`))
      group = undefined
    } else if (group !== undefined) group.lines++
    else if (command === null && line !== '') show(line)
    else if (command?.[1] === 'error') show(red(`✗ ${text}`))
    else if (command?.[1] === 'warning') show(paint('33', `! ${text}`))
    else if (command?.[1] === 'notice') show(text)
  }
}
