import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The variable under which the templates ask for a GitLab id token. */
export const idTokenVariable = 'STRANGLER_ID_TOKEN'

/**
 * GitLab hands its OIDC token over in a variable, AWS tools read it from a file: writes the file, outside of the project so that no
 * artifact holds it, and names it in the environment. Does nothing where AWS_ROLE_ARN is not set or another identity was configured.
 */
export function offerWebIdentity(env: NodeJS.ProcessEnv): void {
  const token = env[idTokenVariable]
  const configured = env['AWS_WEB_IDENTITY_TOKEN_FILE'] || env['AWS_ACCESS_KEY_ID'] || env['AWS_PROFILE']
  if (!token || !env['AWS_ROLE_ARN'] || configured) return
  const path = join(mkdtempSync(join(tmpdir(), 'strangler-identity-')), 'token')
  writeFileSync(path, token, { mode: 0o600, flag: 'wx' })
  env['AWS_WEB_IDENTITY_TOKEN_FILE'] = path
  env['AWS_ROLE_SESSION_NAME'] ||= `gitlab-${env['CI_PROJECT_ID'] ?? '0'}-${env['CI_JOB_ID'] ?? '0'}`
}
