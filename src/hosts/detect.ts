import { UserError } from '../action/errors.ts'
import type { Host } from '../action/host.ts'
import { githubHost } from './github.ts'
import { gitlabHost } from './gitlab.ts'
import type { HostOptions, Surroundings } from './surroundings.ts'
import { terminalHost } from './terminal.ts'
import { offerWebIdentity } from './web-identity.ts'

const kinds = ['github', 'gitlab', 'terminal'] as const
export type HostKind = (typeof kinds)[number]

/** Forces a host whatever the rest of the environment says. */
export const hostVariable = 'STRANGLER_DEPLOY_HOST'

/**
 * Which host the environment shows. GitLab is known by GITLAB_CI being defined at all: gitlab-ci-local sets it to `false`.
 * @throws UserError when a host is forced that does not exist
 */
export function detectHost(env: NodeJS.ProcessEnv): HostKind {
  const forced = env[hostVariable]
  if (forced !== undefined && forced !== '') {
    const kind = kinds.find((known) => known === forced)
    if (kind === undefined) throw new UserError(`${hostVariable}: expected one of ${kinds.join(', ')}, got '${forced}'`)
    return kind
  }
  if (env['GITLAB_CI'] !== undefined) return 'gitlab'
  return env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'terminal'
}

/** Opens the host that the environment shows. The GitHub toolkit is loaded on GitHub only. */
export async function openHost(surroundings: Surroundings, options: HostOptions): Promise<Host> {
  const kind = detectHost(surroundings.env)
  if (kind === 'gitlab') {
    offerWebIdentity(surroundings.env)
    return gitlabHost(surroundings, options)
  }
  if (kind === 'terminal') return terminalHost(surroundings, options)
  // Taken apart here, so that the bundle holds what is used: not the toolkit's HTTP client, nor what starts programs.
  const { setSecret, setOutput, saveState, getState, info, debug, warning, error, startGroup, endGroup, summary } =
    await import('@actions/core')
  const log = { info, debug, warning, error, startGroup, endGroup }
  return githubHost(surroundings, options, { setSecret, setOutput, saveState, getState, summary, ...log })
}
