const suffixes: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** A quantity such as `250m`, `64Mi` or `2` as a number; 0 when it is none. */
export function parseQuantity(text: string | number): number {
  const match = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-zA-Z]*)$/.exec(String(text))
  const amount = Number(match?.[1])
  const scale = match?.[2] === '' ? 1 : suffixes[match?.[2] ?? '']
  return Number.isNaN(amount) || scale === undefined ? 0 : amount * scale
}

/** An amount of pods given as a number or a percentage of `total`. */
export function portion(value: unknown, total: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(String(value))
  if (!percent) return 0
  const exact = (Number(percent[1]) * total) / 100
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact)
}
