import { textOf } from './render-rows.ts'

/** Memory in MiB that goes with an amount of CPU units: some amounts, or from, to, step. */
type Memory = readonly number[] | { readonly from: number; readonly to: number; readonly step: number }

/** What Fargate offers. Source: "Task size" in the ECS developer guide. */
const fargateSizes: Readonly<Record<number, Memory>> = {
  256: [512, 1024, 2048],
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16_384, step: 1024 },
  4096: { from: 8192, to: 30_720, step: 1024 },
  8192: { from: 16_384, to: 61_440, step: 4096 },
  16384: { from: 32_768, to: 122_880, step: 8192 },
}

/** A task's size as ECS reads it: a number, or an amount of a unit of 1024 of them, such as `1 vCPU` or `2 GB`. NaN when it is neither. */
function readAmount(value: unknown, unit: RegExp): number {
  if (typeof value !== 'string' && typeof value !== 'number') return Number.NaN
  const text = String(value).trim()
  if (!unit.test(text)) return /^\d+$/.test(text) ? Number(text) : Number.NaN
  const amount = text.replace(unit, '').trim()
  return /^\d*\.?\d+$/.test(amount) ? Number(amount) * 1024 : Number.NaN
}

export const cpuUnits = (value: unknown): number => readAmount(value, /vcpu$/i)
export const mebibytes = (value: unknown): number => readAmount(value, /gb$/i)

/** Why Fargate has no such size, naming those that it has; undefined when it has. */
export function fargateSizeProblem(cpu: unknown, memory: unknown): string | undefined {
  const units = cpuUnits(cpu)
  const size = fargateSizes[units]
  if (size === undefined) {
    return `Fargate has no size with cpu ${told(cpu)}: choose one of ${Object.keys(fargateSizes).join(', ')}`
  }
  const amount = mebibytes(memory)
  const offers = `Fargate offers cpu ${units} with memory`
  if (isAmounts(size)) return size.includes(amount) ? undefined : `${offers} ${size.join(', ')}, not ${told(memory)}`
  const { from, to, step } = size
  if (amount >= from && amount <= to && (amount - from) % step === 0) return undefined
  return `${offers} from ${from} to ${to} in steps of ${step}, not ${told(memory)}`
}

const isAmounts = (size: Memory): size is readonly number[] => Array.isArray(size)

const told = (value: unknown): string =>
  value === undefined || value === null || value === '' ? 'unset' : textOf(value)
