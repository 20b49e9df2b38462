/** Why helm says that it failed. */
export type HelmFailureKind =
  | 'locked'
  | 'no-deployed-release'
  | 'unreachable'
  | 'unauthorized'
  | 'timed-out'
  | 'stopped'
  | 'hook'
  | 'immutable'
  | 'ownership'
  | 'conflict'
  | 'not-ready'
  /** Said by this project, not by helm: the pods are up, and users are not served. */
  | 'not-serving'
  | 'too-large'
  | 'chart'
  | 'other'

/** What helm printed, read. */
export interface HelmFailure {
  readonly kind: HelmFailureKind
  /** One line that names the cause. */
  readonly message: string
  /** What the user can do about it; undefined when nothing general can be said. */
  readonly hint: string | undefined
  /** The object that helm names, as `Deployment/web`. */
  readonly object: string | undefined
}

const patterns: readonly (readonly [HelmFailureKind, RegExp, string?])[] = [
  ['locked', /another operation \(install\/upgrade\/rollback\) is in progress/],
  ['no-deployed-release', /has no deployed releases/],
  ['stopped', /context canceled|has been cancelled/],
  [
    'ownership',
    /invalid ownership metadata/,
    "the object was made without this release: set 'take-ownership: true' (helm 3.17 or newer) to adopt it",
  ],
  [
    'immutable',
    /field is immutable|updates to statefulset spec for fields other than/i,
    'this field cannot be changed in place: give the object a new name, or delete it first',
  ],
  [
    'conflict',
    /Apply failed with \d+ conflict|conflict with "[^"]+"/,
    "another tool owns the field (an autoscaler: leave replicas out of the chart), or set 'force-conflicts: true'",
  ],
  [
    'too-large',
    /Too long: must have at most 1048576|may not be more than 1048576/,
    'the release is over 1 MiB: add a .helmignore to the chart',
  ],
  [
    'unreachable',
    /kubernetes cluster unreachable|connection refused|no such host|i\/o timeout/i,
    'check the kubeconfig and the network',
  ],
  [
    'unauthorized',
    /\bUnauthorized\b|\bis forbidden\b|must be logged in/,
    'check what the credentials of the kubeconfig may do',
  ],
  [
    'hook',
    /(pre|post)-(install|upgrade|rollback|delete) hooks? failed|failed (pre|post)-(install|upgrade|rollback|delete):/,
  ],
  ['not-ready', /resource \S+ not ready/],
  ['timed-out', /context deadline exceeded|timed out waiting for the condition/],
  [
    'chart',
    /failed to download|chart ".*" .*not found|Chart\.yaml file is missing|parse error|execution error at|error calling|template:|path ".*" not found|values don't meet the specifications|failed to parse|unable to build kubernetes objects|repo \S+ not found/,
  ],
]

/** Reads what helm printed to standard error: from the last `Error:` on, without its log lines and deprecations. */
export function helmFailure(stderr: string): HelmFailure {
  const text = errorText(stderr)
  const found = patterns.find(([, form]) => form.test(text))
  const notReady = /resource (\w+)\/[^/\s]+\/(\S+) not ready\. status: (\w+), message: ([^\n]*)/.exec(text)
  const patched = /cannot patch "([^"]+)" with kind (\w+)/.exec(text)
  const applied = /for object ([^\s/]+\/)?(\S+) [\w./]+, Kind=(\w+)/.exec(text)
  const object = notReady
    ? `${notReady[1]}/${notReady[2]}`
    : patched
      ? `${patched[2]}/${patched[1]}`
      : applied
        ? `${applied[3]}/${applied[2]}`
        : undefined
  const kind = found?.[0] ?? 'other'
  const fixed = kind === 'immutable' && object?.startsWith('Job/') ? `${object} cannot be changed in place: ` : ''
  const hint = fixed === '' ? found?.[2] : jobHint
  return { kind, message: oneLine(`${fixed}${text}`), hint, object }
}

const jobHint =
  "a Job is fixed once it is made: put '{{ .Release.Revision }}' into its name, so that each revision has one of its own, or make it a hook ('helm.sh/hook: pre-install,pre-upgrade' with 'helm.sh/hook-delete-policy: before-hook-creation')"

function errorText(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !isNoise(line))
  const last = lines.findLastIndex((line) => line.startsWith('Error:'))
  const kept = last < 0 ? lines.slice(-5) : lines.slice(last)
  return (
    kept.join('\n').replace(/^Error: (?:(?:UPGRADE|INSTALLATION|ROLLBACK) FAILED: )?/, '') ||
    'helm failed and said nothing'
  )
}

const isNoise = (line: string): boolean =>
  /^(Flag --\S+ has been deprecated|WARNING: |W\d{4} |I\d{4} |level=(WARN|INFO|DEBUG))/.test(line) ||
  /^time=\S+ level=(WARN|INFO|DEBUG)/.test(line)

function oneLine(text: string): string {
  const line = withoutValues(text)
    .replaceAll(/\s*\n\s*/g, '; ')
    .trim()
  return line.length > 500 ? `${line.slice(0, 497)}...` : line
}

/** The API server prints the whole object that it refuses (`Invalid value: {…}: field is immutable`), pages of it: the cause stands behind it. */
function withoutValues(text: string): string {
  let kept = ''
  let rest = text
  for (;;) {
    const match = /Invalid value: (?:[\w.]+)?(?=\{)/.exec(rest)
    const end = match === null ? -1 : closing(rest, match.index + match[0].length)
    if (match === null || end < 0) return kept + rest
    kept += rest.slice(0, match.index)
    rest = rest.slice(end + 1).replace(/^: /, '')
  }
}

/** Where the brace that opens at `from` closes; -1 when it does not. */
function closing(text: string, from: number): number {
  let depth = 0
  let quoted = false
  for (let index = from; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '\\') index++
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') depth++
    else if (!quoted && char === '}' && --depth === 0) return index
  }
  return -1
}
