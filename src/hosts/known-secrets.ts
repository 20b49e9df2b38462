/** Variables that hold secrets of the platforms and hosts this runs on; a job may have any of them. */
const names = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'CI_JOB_TOKEN',
  'CI_BUILD_TOKEN',
  'CI_DEPLOY_PASSWORD',
  'CI_REGISTRY_PASSWORD',
  'CI_REPOSITORY_URL',
  'DOCKER_AUTH_CONFIG',
  'STRANGLER_ID_TOKEN',
]

/** A real one is long; a stand-in such as `test` must not blank that word all over the log. */
const shortest = 16

/** The secrets that this environment is known to hold, to be hidden from the first line on. */
export const knownSecrets = (env: NodeJS.ProcessEnv): readonly string[] =>
  names.map((name) => env[name] ?? '').filter((value) => value.length >= shortest)
