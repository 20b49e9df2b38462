/**
 * GitLab's own reading of a dotenv report, re-expressed (app/services/ci/parse_dotenv_artifact_service.rb):
 * every line must hold a `=`, key and value are stripped, quotes stay. @throws what GitLab answers to the runner
 */
export function parseAsGitlab(text: string): Map<string, string> {
  if (Buffer.byteLength(text) >= 5 * 1_024) throw new Error('Dotenv Artifact Too Big')
  const found = new Map<string, string>()
  for (const raw of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const match = /^(.*?)=(.*)$/s.exec(raw.replace(/\n$/, ''))
    if (match === null) throw new Error(`Invalid Format: ${JSON.stringify(raw)}`)
    const [, key = '', value = ''] = match
    if (!/^[A-Za-z0-9_]{1,255}$/.test(key.trim())) throw new Error(`Key is invalid: ${key}`)
    found.set(key.trim(), value.replace(/^\s+/, '').replace(/[\s\0]+$/, ''))
  }
  if (found.size > 20) throw new Error('Dotenv files cannot have more than 20 variables')
  return found
}
