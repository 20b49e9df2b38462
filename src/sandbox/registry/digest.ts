import { createHash } from 'node:crypto'

/** `sha256:<64 hex>`; the only algorithm that ECR knows. */
export const digestOf = (bytes: Uint8Array | readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const part of bytes instanceof Uint8Array ? [bytes] : bytes) hash.update(part)
  return `sha256:${hash.digest('hex')}`
}

export const isDigest = (text: string): boolean => /^sha256:[a-f0-9]{64}$/.test(text)
