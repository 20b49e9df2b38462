import { describe, expect, test } from '@jest/globals'
import { detectHost } from '../../src/hosts/detect.ts'

describe('the host', () => {
  test.each([
    [{}, 'terminal'],
    [{ CI: 'true' }, 'terminal'],
    [{ GITHUB_ACTIONS: 'true' }, 'github'],
    [{ GITHUB_ACTIONS: 'false' }, 'terminal'],
    [{ GITLAB_CI: 'true' }, 'gitlab'],
    [{ GITLAB_CI: 'false' }, 'gitlab'],
    [{ GITLAB_CI: 'true', GITHUB_ACTIONS: 'true' }, 'gitlab'],
    [{ GITLAB_CI: 'true', STRANGLER_DEPLOY_HOST: 'terminal' }, 'terminal'],
    [{ GITHUB_ACTIONS: 'true', STRANGLER_DEPLOY_HOST: '' }, 'github'],
  ])('of %j is %s', (env, expected) => expect(detectHost(env)).toBe(expected))

  test('that is forced must exist', () =>
    expect(() => detectHost({ STRANGLER_DEPLOY_HOST: 'jenkins' })).toThrow(
      "STRANGLER_DEPLOY_HOST: expected one of github, gitlab, terminal, got 'jenkins'",
    ))
})
