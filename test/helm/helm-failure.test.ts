import { expect, test } from '@jest/globals'
import { helmFailure } from '../../src/helm/helm-failure.ts'

test.each([
  ['Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress', 'locked', undefined],
  ['Error: UPGRADE FAILED: "web" has no deployed releases', 'no-deployed-release', undefined],
  ['Error: INSTALLATION FAILED: Kubernetes cluster unreachable: Get "http://x": dial tcp', 'unreachable', undefined],
  ['Error: kubernetes cluster unreachable: x', 'unreachable', undefined],
  ['Error: UPGRADE FAILED: context deadline exceeded', 'timed-out', undefined],
  [
    'Error: UPGRADE FAILED: pre-upgrade hooks failed: 1 error occurred:\n\t* timed out waiting for the condition\n',
    'hook',
    undefined,
  ],
  [
    'Error: UPGRADE FAILED: cannot patch "migrate" with kind Job: Job.batch "migrate" is invalid: spec.template: Invalid value: field is immutable',
    'immutable',
    'Job/migrate',
  ],
  [
    'Error: UPGRADE FAILED: server-side apply failed for object default/migrate batch/v1, Kind=Job: field is immutable',
    'immutable',
    'Job/migrate',
  ],
  [
    'level=WARN msg="upgrade failed"\nError: UPGRADE FAILED: resource Deployment/default/web not ready. status: InProgress, message: Available: 0/1\ncontext deadline exceeded',
    'not-ready',
    'Deployment/web',
  ],
  [
    'Error: INSTALLATION FAILED: Unable to continue with install: Service "web" exists: invalid ownership metadata',
    'ownership',
    undefined,
  ],
  [
    'Error: UPGRADE FAILED: Apply failed with 1 conflict: conflict with "kubectl": .spec.replicas',
    'conflict',
    undefined,
  ],
  ['Error: UPGRADE FAILED: execution error at (web/t.yaml:1:3): image is required', 'chart', undefined],
  ['Release web has been cancelled.\nError: UPGRADE FAILED: context canceled', 'stopped', undefined],
  ['', 'other', undefined],
] as const)('%j is read as %s', (stderr, kind, object) => {
  expect(helmFailure(stderr)).toMatchObject({ kind, object })
})

test('the message starts at the last error, on one line, without deprecations', () => {
  const stderr = 'Flag --x has been deprecated\nError: old\nError: UPGRADE FAILED: first\n  second\n'
  expect(helmFailure(stderr).message).toBe('first; second')
})

test.each([
  ['JSON', '{"labels":{"a":"}: {"},"spec":{"containers":[{"image":"app:1"}]}}'],
  [
    'Go',
    'core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", Labels:map[string]string{"a":"b"}}, Spec:core.PodSpec{}}',
  ],
])('the object that the API server prints before the cause is left out, as %s', (_, object) => {
  const stderr = `Error: UPGRADE FAILED: cannot patch "web-job" with kind Job: Job.batch "web-job" is invalid: spec.template: Invalid value: ${object}: field is immutable\n`
  expect(helmFailure(stderr)).toMatchObject({
    kind: 'immutable',
    object: 'Job/web-job',
    message:
      'Job/web-job cannot be changed in place: cannot patch "web-job" with kind Job: Job.batch "web-job" is invalid: spec.template: field is immutable',
  })
})

test('an object that does not end is left as it is', () => {
  expect(helmFailure('Error: Invalid value: {"a": "b').message).toBe('Invalid value: {"a": "b')
})
