import { type Fields, isFields } from '../object.ts'

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

const stable = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${key}:${stable(value[key])}`).join(',')}}`
}

/** A short name for a pod template, the same for the same template: FNV-1a in the letters that Kubernetes uses. */
export function templateHash(template: Fields): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(stable(template))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return [...String(hash)].map((digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('')
}

/** A template without the label that its ReplicaSet adds. */
export function bareTemplate(template: Fields): Fields {
  const { 'pod-template-hash': _hash, ...labels } = (template['metadata']?.labels ?? {}) as Fields
  return { ...template, metadata: { ...template['metadata'], labels } }
}
