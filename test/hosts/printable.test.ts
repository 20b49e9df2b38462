import { describe, expect, test } from '@jest/globals'
import { plain, printable } from '../../src/hosts/printable.ts'

describe('text of any origin', () => {
  test.each([
    ['a colour stays', '\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['a GitLab section is not forged', '\u001b[0Ksection_start:1:x\r\u001b[0Khidden', 'section_start:1:x\nhidden'],
    ['the cursor does not move', 'a\u001b[2Jb\u001b[1;1Hc\bd', 'abcd'],
    ['a link or title sequence goes', '\u001b]0;title\u0007x\u001b]8;;http://a\u001b\\y', 'xy'],
    ['a broken sequence loses its escape', 'a\u001b[', 'a['],
    ['line ends are one', 'a\r\nb\rc', 'a\nb\nc'],
    ['tabs stay', 'a\tb', 'a\tb'],
  ])('%s', (_, text, expected) => expect(printable(text)).toBe(expected))

  test('has no colours where none are wanted', () => expect(plain('\u001b[1;31mred\u001b[0m')).toBe('red'))
})
