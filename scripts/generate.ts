import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Action } from '../src/action/define.ts'
import { registry } from '../src/actions/registry.ts'
import { actionYml } from './action-yml.ts'
import { type Delivery, gitlabTemplate } from './gitlab-template.ts'
import { withReference } from './reference.ts'

/** All that is made from the actions' tables: text by path, undefined for a file that belongs to no action any more. */
export function generated(
  root: string,
  actions: readonly Action[],
  delivery: Delivery,
): Map<string, string | undefined> {
  const files = new Map<string, string | undefined>()
  for (const path of leftOver(root, actions)) files.set(path, undefined)
  for (const action of actions) {
    files.set(`actions/${action.name}/action.yml`, actionYml(action))
    files.set(`gitlab-templates/${action.name}.yml`, gitlabTemplate(action, delivery))
  }
  const readme = join(root, 'README.md')
  if (existsSync(readme)) files.set('README.md', withReference(readFileSync(readme, 'utf8'), actions))
  return files
}

/** The files that are not as they would be made. */
export function outOfStep(root: string, files: ReadonlyMap<string, string | undefined>): string[] {
  return [...files]
    .filter(([path, text]) => {
      const file = join(root, path)
      return existsSync(file) ? readFileSync(file, 'utf8') !== text : text !== undefined
    })
    .map(([path]) => path)
}

/** All actions, in the registry's order. */
export async function allActions(): Promise<Action[]> {
  const actions: Action[] = []
  // One after another: jest's module linker trips over modules that two imports at once share.
  for (const load of Object.values(registry)) actions.push(await load())
  return actions
}

/** The published package of this very version, in an image that has nothing but Node. */
export function deliveryOf(root: string): Delivery {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>
  return { image: 'node:24', command: `npx --yes ${name}@${version}` }
}

function leftOver(root: string, actions: readonly Action[]): string[] {
  const names = new Set(actions.map(({ name }) => name))
  const listed = (folder: string): string[] => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [])
  return [
    ...listed('actions')
      .filter((name) => !names.has(name))
      .map((name) => `actions/${name}/action.yml`),
    ...listed('gitlab-templates')
      .filter((file) => file.endsWith('.yml') && !names.has(file.replace(/\.yml$/, '')))
      .map((file) => `gitlab-templates/${file}`),
  ]
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const root = resolve(import.meta.dirname, '../..')
  const files = generated(root, await allActions(), deliveryOf(root))
  const wrong = outOfStep(root, files)
  if (process.argv.includes('--check')) {
    for (const path of wrong) process.stderr.write(`${path} is out of step: run 'npm run generate'\n`)
    process.exitCode = wrong.length > 0 ? 1 : 0
  } else {
    for (const path of wrong) {
      const text = files.get(path)
      mkdirSync(dirname(join(root, path)), { recursive: true })
      if (text === undefined) rmSync(join(root, path))
      else writeFileSync(join(root, path), text)
      process.stdout.write(`${path}\n`)
    }
  }
}
