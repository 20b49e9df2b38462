import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { systemClock } from '../../src/action/clock.ts'
import { readInputs, runAction } from '../../src/action/run.ts'
import { renderTaskDef } from '../../src/actions/render-task-def.ts'
import { memoryHost } from '../support/memory-host.ts'

const page = readFileSync('docs/render-task-def.md', 'utf8')
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, yaml]) => (parse(yaml ?? '') as { with: Record<string, string> }[])[0]?.with ?? {},
)

test('the page on rendering has examples', () => expect(examples).toHaveLength(3))

test.each(examples)('an example of the page on rendering is understood: %j', async (inputs) => {
  expect(() => readInputs(renderTaskDef, (name) => inputs[name])).not.toThrow()
  expect(Object.keys(inputs).filter((name) => !Object.hasOwn(renderTaskDef.inputs, name))).toEqual([])
  if (Object.keys(inputs).some((name) => name.startsWith('secrets-from'))) return
  const host = memoryHost(inputs, { RUNNER_TEMP: mkdtempSync(join(tmpdir(), 'strangler-render-page-')) })
  await runAction(renderTaskDef, host, systemClock())
  expect(host.log.filter((line) => /^(error|warn)/.test(line))).toEqual([])
  expect(host.outputs).toMatchObject({ outcome: 'succeeded', changed: 'true' })
})
