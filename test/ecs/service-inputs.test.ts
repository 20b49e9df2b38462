import * as sdk from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { hookMembers, managedVolume, managedVolumeMembers } from '../../src/ecs/service-inputs.ts'
import { containerOverrideMembers } from '../../src/ecs/task-before.ts'

/** The members of a structure in the SDK's schema. */
const modelled = (name: string): readonly string[] =>
  ((sdk as unknown as Record<string, readonly unknown[]>)[name]?.[4] as readonly string[] | undefined) ?? []

describe('an input that is an object of ECS', () => {
  test.each([
    ['ContainerOverride$', containerOverrideMembers],
    ['ServiceManagedEBSVolumeConfiguration$', managedVolumeMembers],
    ['DeploymentLifecycleHook$', hookMembers],
  ])('has the members that the SDK sends: %s', (name, members) => {
    expect(members.toSorted()).toEqual(modelled(name).toSorted())
  })

  test('is refused with a member that would be dropped, and told what was meant', () => {
    const volume = { roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGib: 20 }
    expect(() => managedVolume('data', volume)).toThrow(
      /^input 'service-managed-ebs-volume': 'sizeInGib' is no member of it, did you mean 'sizeInGiB'\?/,
    )
    expect(managedVolume('data', { roleArn: 'r', sizeInGiB: 20 })).toEqual([
      { name: 'data', managedEBSVolume: { roleArn: 'r', sizeInGiB: 20 } },
    ])
    expect(managedVolume(undefined, undefined)).toBeUndefined()
    expect(() => managedVolume('data', { sizeInGiB: 20 })).toThrow(/expected an object with roleArn/)
  })
})
