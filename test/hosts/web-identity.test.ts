import { readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { offerWebIdentity } from '../../src/hosts/web-identity.ts'

describe('the OIDC token of a GitLab job', () => {
  test('is put where AWS tools look for it, readable by nobody else', () => {
    const env: NodeJS.ProcessEnv = {
      STRANGLER_ID_TOKEN: 'a.b.c',
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/x',
      CI_PROJECT_ID: '3',
      CI_JOB_ID: '4',
    }
    offerWebIdentity(env)
    const path = env['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? ''
    expect(readFileSync(path, 'utf8')).toBe('a.b.c')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(env['AWS_ROLE_SESSION_NAME']).toBe('gitlab-3-4')
  })

  test.each([
    ['no role is to be taken', { STRANGLER_ID_TOKEN: 'a' }],
    ['there is no token', { AWS_ROLE_ARN: 'arn' }],
    ['keys were given', { STRANGLER_ID_TOKEN: 'a', AWS_ROLE_ARN: 'arn', AWS_ACCESS_KEY_ID: 'AKIA' }],
    ['a profile was chosen', { STRANGLER_ID_TOKEN: 'a', AWS_ROLE_ARN: 'arn', AWS_PROFILE: 'p' }],
  ])('is left alone where %s', (_, given) => {
    const env: NodeJS.ProcessEnv = { ...given }
    offerWebIdentity(env)
    expect(env).toEqual(given)
  })
})
