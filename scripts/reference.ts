import { stringify } from 'yaml'
import { type Action, commonOutputs } from '../src/action/define.ts'
import type { Input } from '../src/action/inputs.ts'

/** The README's part between these lines is made from the tables. */
export const markers = { start: '<!-- generated:reference -->', end: '<!-- /generated:reference -->' } as const

/** The reference of all actions, as Markdown. */
export const reference = (actions: readonly Action[]): string => actions.map(section).join('\n')

/** A README with the reference in its place. @throws when the markers are missing or out of order */
export function withReference(readme: string, actions: readonly Action[]): string {
  const start = readme.indexOf(markers.start)
  const end = readme.indexOf(markers.end)
  if (start < 0 || end < start) throw new Error(`README.md lacks '${markers.start}' and '${markers.end}'`)
  return `${readme.slice(0, start + markers.start.length)}\n\n${reference(actions)}\n${readme.slice(end)}`
}

function section(action: Action): string {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [
    `\`${name}\``,
    input.options === undefined ? input.kind : input.options.map((option) => `\`${option}\``).join(' '),
    input.required ? '**required**' : input.default === undefined ? '' : code(input.default),
    input.description,
  ])
  const outputs = Object.entries({ ...action.outputs, ...commonOutputs }).map(([name, { description }]) => [
    `\`${name}\``,
    description,
  ])
  return [
    `### ${action.name}`,
    action.description,
    table(['Input', 'Type', 'Default', 'Meaning'], inputs),
    table(['Output', 'Meaning'], outputs),
    permissions(action),
    '',
  ]
    .filter((part, at) => part !== '' || at === 5)
    .join('\n\n')
}

function permissions(action: Action): string {
  const iam = Object.entries(action.permissions.iam).sort(([a], [b]) => (a < b ? -1 : 1))
  const rbac = Object.entries(action.permissions.rbac ?? {})
  if (iam.length === 0 && rbac.length === 0) return ''
  const parts: string[] = []
  if (iam.length > 0) {
    parts.push(
      table(
        ['IAM action', 'Why'],
        iam.map(([name, why]) => [`\`${name}\``, why]),
      ),
      `\`\`\`json\n${JSON.stringify(iamPolicy(action), null, 2)}\n\`\`\``,
    )
  }
  if (rbac.length > 0) parts.push(`\`\`\`yaml\n${stringify({ rules: rbacRules(action) }, { lineWidth: 0 })}\`\`\``)
  return `<details><summary>Permissions of ${action.name}</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}

/** The policy to paste; narrow `Resource` to what is yours. */
export const iamPolicy = (action: Action) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: Object.keys(action.permissions.iam).sort(), Resource: '*' }],
})

/** The rules of a Role. A resource is named `deployments.apps`; without a dot it is of the core group. */
export const rbacRules = (action: Action) =>
  Object.entries(action.permissions.rbac ?? {}).map(([resource, verbs]) => {
    const dot = resource.indexOf('.')
    const plural = dot < 0 ? resource : resource.slice(0, dot)
    return { apiGroups: [dot < 0 ? '' : resource.slice(dot + 1)], resources: [plural], verbs: [...verbs] }
  })

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n')

const cell = (text: string): string =>
  text
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')

const code = (text: Input<unknown>['default'] & string): string => `\`${text.replaceAll('`', "'")}\``
