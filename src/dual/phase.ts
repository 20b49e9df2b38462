/** The phases of an environment, in the order in which a migration goes through them. */
export const phases = ['legacy', 'archive', 'dual', 'shifting', 'new-primary', 'new'] as const
export type Phase = (typeof phases)[number]

export const sides = ['legacy', 'new'] as const
export type Side = (typeof sides)[number]

/** What a phase means for a deployment. */
export interface PhaseRule {
  /** The sides that every artifact goes to. */
  readonly deploys: readonly Side[]
  /** The side that serves the users: its failure is the deployment's failure. */
  readonly owner: Side
  /** Why nothing may be deployed now. */
  readonly frozen?: string
}

const rules: Readonly<Record<Phase, PhaseRule>> = {
  legacy: { deploys: ['legacy'], owner: 'legacy' },
  archive: { deploys: ['legacy'], owner: 'legacy' },
  dual: { deploys: ['legacy', 'new'], owner: 'legacy' },
  shifting: {
    deploys: ['legacy', 'new'],
    owner: 'legacy',
    frozen:
      'traffic is moving between the sides, so both must keep the digest they run: finish the shift or take it back first',
  },
  'new-primary': { deploys: ['legacy', 'new'], owner: 'new' },
  new: { deploys: ['new'], owner: 'new' },
}

/** The rule of a phase. */
export const phaseRule = (phase: Phase): PhaseRule => rules[phase]
