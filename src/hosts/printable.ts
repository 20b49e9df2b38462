// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what it is about
/** A control sequence of a terminal: colours (`m`) stay, everything else could move the cursor or forge a section. */
const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g
const control = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]|\u001b(?!\[[0-9;]*m)/g

/** Text of any origin, safe to print: line ends are `\n`, and of all control sequences only colours are left. */
export const printable = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(sequence, (found) => (/^\u001b\[[0-9;]*m$/.test(found) ? found : ''))
    .replaceAll(control, '')

/** The same without colours. */
export const plain = (text: string): string => printable(text).replaceAll(/\u001b\[[0-9;]*m/g, '')
