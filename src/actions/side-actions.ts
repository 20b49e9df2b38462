import type { DualParts } from '../dual/deploy.ts'

/** The actions that a side of strangler.yml may call, and how what they deployed is read back. */
export const dualParts: DualParts = {
  actions: {},
  readers: {},
  acceptedDigests: async (image) => new Set([image.slice(image.lastIndexOf('@') + 1)]),
}
