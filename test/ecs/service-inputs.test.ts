import * as sdk from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { managedVolume, managedVolumeMembers, taskVolumeMembers, volumesBeside } from '../../src/ecs/managed-volume.ts'
import { hookMembers } from '../../src/ecs/service-inputs.ts'
import { containerOverrideMembers } from '../../src/ecs/task-before.ts'

/** The members of a structure in the SDK's schema. */
const modelled = (name: string): readonly string[] =>
  ((sdk as unknown as Record<string, readonly unknown[]>)[name]?.[4] as readonly string[] | undefined) ?? []

describe('an input that is an object of ECS', () => {
  test.each([
    ['ContainerOverride$', containerOverrideMembers],
    ['ServiceManagedEBSVolumeConfiguration$', managedVolumeMembers],
    ['TaskManagedEBSVolumeConfiguration$', taskVolumeMembers],
    ['DeploymentLifecycleHook$', hookMembers],
  ])('has the members that the SDK sends: %s', (name, members) => {
    expect(members.toSorted()).toEqual(modelled(name).toSorted())
  })

  test('is refused with a member that would be dropped, and told what was meant', () => {
    const volume = { roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGib: 20 }
    expect(() => managedVolume('data', volume, 'service-managed-ebs-volume')).toThrow(
      /^input 'service-managed-ebs-volume': 'sizeInGib' is no member of it, did you mean 'sizeInGiB'\?/,
    )
    expect(managedVolume('data', { roleArn: 'r', sizeInGiB: 20 }, 'x')).toEqual([
      { name: 'data', managedEBSVolume: { roleArn: 'r', sizeInGiB: 20 } },
    ])
    expect(managedVolume(undefined, undefined, 'x')).toBeUndefined()
    expect(() => managedVolume('data', { sizeInGiB: 20 }, 'x')).toThrow(/expected an object with roleArn/)
  })
})

test('a task beside a service gets those of its volumes that its definition leaves open, without the tags of the service', () => {
  const tagged = (propagateTags: 'SERVICE' | 'TASK_DEFINITION') => ({ resourceType: 'volume' as const, propagateTags })
  const managedEBSVolume = { roleArn: 'r', tagSpecifications: [tagged('SERVICE'), tagged('TASK_DEFINITION')] }
  const live = [
    { name: 'data', managedEBSVolume },
    { name: 'old', managedEBSVolume },
  ]
  const volumes = [{ name: 'data', configuredAtLaunch: true }, { name: 'old' }]
  expect(volumesBeside({ containerDefinitions: [], volumes }, live)).toEqual([
    {
      name: 'data',
      managedEBSVolume: {
        roleArn: 'r',
        tagSpecifications: [{ resourceType: 'volume' }, tagged('TASK_DEFINITION')],
      },
    },
  ])
  expect(volumesBeside({ containerDefinitions: [] }, live)).toEqual([])
  expect(volumesBeside(undefined, live).map(({ name }) => name)).toEqual(['data', 'old'])
})
