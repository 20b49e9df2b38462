import { stringify } from 'yaml'
import { type Action, commonOutputs } from '../src/action/define.ts'

/** The first line of every file that is made from an action's table. */
export const madeFrom = (action: Action): string =>
  `# Made from src/actions/${action.name}.ts by 'npm run generate'; edit that.\n`

/** What GitHub reads of an action. */
export function actionYml(action: Action): string {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [
    name,
    {
      description: input.description,
      required: input.required,
      ...(input.default === undefined ? {} : { default: input.default }),
    },
  ])
  const outputs = Object.entries({ ...action.outputs, ...commonOutputs }).map(([name, { description }]) => [
    name,
    { description },
  ])
  const whole = {
    name: `strangler-deploy ${action.name}`,
    description: action.description,
    author: 'strangler-deploy',
    branding: { icon: 'git-merge', color: 'green' },
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: {
      using: 'node24',
      main: `../../dist/${action.name}/index.js`,
      ...(action.post === undefined ? {} : { post: `../../dist/${action.name}/post.js`, 'post-if': 'always()' }),
    },
  }
  return madeFrom(action) + stringify(whole, { lineWidth: 0, defaultStringType: 'PLAIN' })
}
