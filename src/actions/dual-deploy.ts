import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineAction } from '../action/define.ts'
import { messageOf, UserError } from '../action/errors.ts'
import { flag, oneOf, text, textLike } from '../action/inputs.ts'
import { deployDual, environmentOf, orders } from '../dual/deploy.ts'
import { phaseRule, phases, sides } from '../dual/phase.ts'
import { dualDetail, dualSummary } from '../dual/report.ts'
import { postSide } from '../dual/side.ts'
import { parseStranglerFile } from '../dual/strangler-file.ts'
import { dualParts } from './side-actions.ts'

/** One artifact to the legacy and the new side, by the phase of the environment. */
export const dualDeploy = defineAction({
  name: 'dual-deploy',
  description:
    'Deploys one artifact to the legacy and the new side, by the phase of the environment, and proves that both run the same digest.',
  inputs: {
    config: text({ description: 'Path of the file that tells how each side is deployed.', default: 'strangler.yml' }),
    service: text({ description: 'Service in the file. Needed only when the file names several.' }),
    environment: text({ description: 'Environment of the service in the file, such as qa or prod.', required: true }),
    image: textLike(
      /^[^\s@]+@sha256:[0-9a-f]{64}$/,
      "an image by digest such as 'repository@sha256:…'",
    )({
      description: 'The artifact, by digest: repository@sha256:…',
      required: true,
    }),
    phase: oneOf(phases)({ description: "Takes the place of the file's phase." }),
    order: oneOf(orders)({
      description:
        'Deploys to both sides together; or to the owner of the traffic first, and to the standby only when that has succeeded.',
      default: 'together',
    }),
    'require-parity': flag({
      description:
        'Fails when the sides do not run the same digest in the end, also where the standby alone has failed: a gate for what comes after.',
      default: 'false',
    }),
    'dry-run': flag({ description: 'Makes only reading calls and prints what would change.', default: 'false' }),
  },
  outputs: {
    parity: {
      description:
        "'true' when both sides run exactly the artifact, 'false' when not or not known, empty in a phase with one side.",
    },
    phase: { description: 'The phase that was deployed by.' },
    owner: { description: 'The side that owns the traffic: legacy or new.' },
    image: { description: 'The artifact: repository@digest.' },
    digest: { description: "The artifact's digest." },
    'legacy-outcome': { description: 'How the legacy side ended; empty when it was not deployed to.' },
    'new-outcome': { description: 'How the new side ended; empty when it was not deployed to.' },
    'legacy-digest': {
      description:
        'What runs on the legacy side, read back from its platform; several digests are separated by commas.',
    },
    'new-digest': {
      description: 'What runs on the new side, read back from its platform; several digests are separated by commas.',
    },
  },
  permissions: { iam: {} },
  async run(context) {
    const { inputs, host, clock } = context
    const started = clock.now()
    const file = parseStranglerFile(await readConfig(inputs.config), inputs.config)
    const { service, plan } = environmentOf(file, inputs.service, inputs.environment)
    const deployment = {
      service,
      environment: inputs.environment,
      phase: inputs.phase ?? plan.phase,
      image: inputs.image,
      digest: inputs.image.slice(inputs.image.lastIndexOf('@') + 1),
      folder: dirname(inputs.config),
      dryRun: inputs['dry-run'],
      order: inputs.order,
      requireParity: inputs['require-parity'],
    }
    const result = await deployDual(deployment, plan, dualParts, context)
    for (const warning of result.warnings) host.warn(warning)
    const end = (side: 'legacy' | 'new') => result.sides.find((ended) => ended.side === side)
    return {
      outcome: result.outcome,
      ...(result.reason === undefined ? {} : { reason: result.reason }),
      outputs: {
        parity: result.parity === undefined ? '' : String(result.parity),
        phase: deployment.phase,
        owner: phaseRule(deployment.phase).owner,
        image: deployment.image,
        digest: deployment.digest,
        'legacy-outcome': end('legacy')?.outcome ?? '',
        'new-outcome': end('new')?.outcome ?? '',
        'legacy-digest': end('legacy')?.running?.join(',') ?? '',
        'new-digest': end('new')?.running?.join(',') ?? '',
      },
      detail: dualDetail(deployment, result),
      summary: dualSummary(deployment, result, clock.now() - started),
    }
  },
  async post(context) {
    for (const side of sides) await postSide(side, dualParts.actions, context)
  },
})

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UserError(`input 'config': cannot read '${path}': ${messageOf(error)}`, { cause: error })
  }
}
