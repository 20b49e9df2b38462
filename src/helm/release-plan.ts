import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../action/errors.ts'
import type { Helm } from './helm.ts'
import { dryRunArgv, type ReleasePlace, templateArgv, type UpgradeRequest } from './helm-command.ts'
import { helmFailure } from './helm-failure.ts'
import { type ManifestObject, parseManifest } from './manifest.ts'
import { changedPaths, diffManifests, type ObjectChange } from './manifest-diff.ts'
import { type ReleaseRecord, recordOf } from './release-record.ts'

/** What an upgrade would do. */
export interface ReleasePlan {
  readonly changes: readonly ObjectChange[]
  /** Nothing at all would differ: objects, hooks, values, chart. */
  readonly same: boolean
  /** What differs apart from the objects, a line each: hooks, the chart's version, the keys of values. Shows no value. */
  readonly besides: readonly string[]
  /** What would be made, hooks left out. */
  readonly objects: readonly ManifestObject[]
}

/**
 * Renders the upgrade against the cluster and compares it with a record. Makes no writing call.
 * `stuck` releases cannot be rendered so: helm refuses; then the chart alone is rendered.
 * @throws UserError with helm's reason when the chart does not render
 */
export async function planRelease(
  helm: Helm,
  place: ReleasePlace,
  request: UpgradeRequest,
  current: ReleaseRecord | undefined,
  stuck: boolean,
  signal: AbortSignal,
): Promise<ReleasePlan> {
  const argv = stuck ? templateArgv(helm.version, place, request) : dryRunArgv(helm.version, place, request)
  const { code, stdout, stderr } = await helm.run(argv, { signal })
  if (code !== 0) {
    signal.throwIfAborted()
    // A first install makes the chart's own CRDs before it looks at objects of them; a dry run does not.
    const early = current === undefined && !stuck && /no matches for kind|ensure CRDs are installed/.test(stderr)
    if (early) return await planRelease(helm, place, request, current, true, signal)
    const { message, hint } = helmFailure(stderr)
    throw new UserError(`${message}${hint === undefined ? '' : ` (${hint})`}`)
  }
  const before = current === undefined ? [] : parseManifest(current.manifest, place.namespace)
  if (stuck) {
    const objects = parseManifest(stdout, place.namespace)
    return { changes: diffManifests(before, objects), same: false, besides: [], objects }
  }
  const planned = plannedRecord(stdout)
  const objects = parseManifest(planned.manifest, place.namespace)
  const changes = diffManifests(before, objects)
  const besides = current === undefined ? [] : differencesBesides(current, planned, place)
  const same =
    current !== undefined &&
    changes.length === 0 &&
    besides.length === 0 &&
    isDeepStrictEqual(current.chart, planned.chart)
  return { changes, same, besides, objects }
}

/** Helm 3.17 prints the release itself; some commands and versions print lines before it. */
function plannedRecord(stdout: string): ReleaseRecord {
  try {
    return recordOf(JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('{')))))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('the dry run of helm printed no release', { cause: error })
  }
}

function differencesBesides(current: ReleaseRecord, planned: ReleaseRecord, { namespace }: ReleasePlace): string[] {
  const hooks = (record: ReleaseRecord) => record.hooks.flatMap(({ manifest }) => parseManifest(manifest, namespace))
  const chart = ({ name, version }: ReleaseRecord['chart']): string => `${name} ${version}`
  const values = changedPaths(current.config ?? {}, planned.config ?? {})
  return [
    ...(chart(current.chart) === chart(planned.chart)
      ? []
      : [`chart ${chart(current.chart)} → ${chart(planned.chart)}`]),
    ...diffManifests(hooks(current), hooks(planned)).map(({ change, object }) => `hook ${object}: ${change}`),
    ...(values.length === 0 ? [] : [`values: ${values.join(', ')}`]),
  ]
}
