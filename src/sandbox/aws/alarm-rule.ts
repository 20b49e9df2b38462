import type { StateValue } from './cloudwatch-alarms.ts'

/** A composite alarm's rule: whether it holds, when `stateOf` tells the state of an alarm by name. */
export type AlarmRule = (stateOf: (name: string) => StateValue | undefined) => boolean

/** Thrown for a rule that is none. */
export class BadRule extends Error {
  override name = 'BadRule'
}

const states: Readonly<Record<string, StateValue>> = {
  ALARM: 'ALARM',
  OK: 'OK',
  INSUFFICIENT_DATA: 'INSUFFICIENT_DATA',
}

/** Reads a rule such as `ALARM("a") AND NOT (OK(b) OR FALSE)`. AND binds tighter than OR. Throws BadRule. */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? []
  let position = 0
  const next = (): string => tokens[position++] ?? ''
  const expect = (token: string): void => {
    if (next() !== token) throw new BadRule(`expected ${token} in the alarm rule`)
  }
  const nameIn = (token: string): string => {
    const name = token.startsWith('"') ? token.slice(1, -1) : token
    // An ARN names its alarm after the last colon.
    return name.startsWith('arn:') ? (name.split(':alarm:')[1] ?? name) : name
  }
  const either = (depth: number): AlarmRule => {
    let left = both(depth)
    while (tokens[position] === 'OR') {
      position++
      const [a, b] = [left, both(depth)]
      left = (stateOf) => a(stateOf) || b(stateOf)
    }
    return left
  }
  const both = (depth: number): AlarmRule => {
    let left = one(depth)
    while (tokens[position] === 'AND') {
      position++
      const [a, b] = [left, one(depth)]
      left = (stateOf) => a(stateOf) && b(stateOf)
    }
    return left
  }
  const one = (depth: number): AlarmRule => {
    if (depth > 50) throw new BadRule('the alarm rule is nested too deeply')
    const token = next()
    if (token === 'NOT') {
      const inner = one(depth + 1)
      return (stateOf) => !inner(stateOf)
    }
    if (token === '(') {
      const inner = either(depth + 1)
      expect(')')
      return inner
    }
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE'
    const state = Object.hasOwn(states, token) ? states[token] : undefined
    if (state === undefined)
      throw new BadRule(`${token === '' ? 'the alarm rule ends too early' : `${token} is not known in an alarm rule`}`)
    expect('(')
    const name = nameIn(next())
    expect(')')
    return (stateOf) => stateOf(name) === state
  }
  const rule = either(0)
  if (position < tokens.length) throw new BadRule(`${tokens[position]} is not expected in the alarm rule`)
  return rule
}
