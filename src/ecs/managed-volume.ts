import type { ServiceVolumeConfiguration, TaskVolumeConfiguration } from '@aws-sdk/client-ecs'
import { InputError } from '../action/errors.ts'
import { isMembers, objectsOf } from './objects-input.ts'
import { rowsOf } from './render-rows.ts'
import type { TaskDefinition } from './task-definition.ts'

/** What ECS takes of a volume that it manages; the SDK would drop anything else without a word. */
export const managedVolumeMembers = [
  ...['encrypted', 'kmsKeyId', 'volumeType', 'sizeInGiB', 'snapshotId', 'volumeInitializationRate', 'iops'],
  ...['throughput', 'tagSpecifications', 'roleArn', 'filesystemType'],
]

/** That of a task by itself may outlive it. */
export const taskVolumeMembers = [...managedVolumeMembers, 'terminationPolicy']

/** A volume by the inputs `<input>-name` and `<input>`. @throws InputError */
export function managedVolume(
  name: string | undefined,
  value: unknown,
  input: string,
  members: readonly string[] = managedVolumeMembers,
): readonly ServiceVolumeConfiguration[] | undefined {
  if (name === undefined && value === undefined) return undefined
  if (name === undefined || !isMembers(value) || typeof value['roleArn'] !== 'string')
    throw new InputError([`input '${input}': expected an object with roleArn, and the name in ${input}-name`])
  objectsOf([value], input, members)
  return [{ name, managedEBSVolume: value as unknown as ServiceVolumeConfiguration['managedEBSVolume'] }]
}

/** What a task by itself is given of its service's volumes: those that its definition leaves open. Pure. */
export const volumesBeside = (
  document: TaskDefinition | undefined,
  volumes: readonly ServiceVolumeConfiguration[],
): readonly TaskVolumeConfiguration[] =>
  volumes
    .filter(({ name }) => document === undefined || rowsOf(document['volumes']).some((row) => isOpen(row, name)))
    .map((volume) => ({ ...volume, managedEBSVolume: withoutServiceTags(volume.managedEBSVolume) }))

const isOpen = (row: Readonly<Record<string, unknown>>, name: string | undefined): boolean =>
  row['name'] === name && row['configuredAtLaunch'] === true

/** A task by itself has no service whose tags its volume could get. */
function withoutServiceTags(
  volume: ServiceVolumeConfiguration['managedEBSVolume'],
): TaskVolumeConfiguration['managedEBSVolume'] {
  if (volume?.tagSpecifications === undefined) return volume
  const tagSpecifications = volume.tagSpecifications.map(({ propagateTags, ...rest }) =>
    propagateTags === undefined || propagateTags === 'SERVICE' ? rest : { ...rest, propagateTags },
  )
  return { ...volume, tagSpecifications }
}
