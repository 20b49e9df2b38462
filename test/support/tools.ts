import { fetchTools, type ToolName, toolsRunHere } from '../../scripts/tools.ts'

/** A tool ready to run, or the one line that says why a test of it is skipped. */
export type Tool = { readonly path: string; readonly skip?: never } | { readonly path?: never; readonly skip: string }

/**
 * A pinned tool, fetched when it is not in the cache: `const helm = await tool('helm4')`, then
 * `test.skipIf`-like: `(helm.path ? test : test.skip)(...)`. Prints why when the machine cannot have it.
 */
export async function tool(name: ToolName): Promise<Tool> {
  const skipped = (why: string): Tool => {
    process.stderr.write(`skipping tests of ${name}: ${why}\n`)
    return { skip: why }
  }
  if (!toolsRunHere()) return skipped(`it is built for linux/amd64, this is ${process.platform}/${process.arch}`)
  try {
    return { path: (await fetchTools([name]))[name] as string }
  } catch (error) {
    return skipped((error as Error).message.split('\n')[0] ?? 'it cannot be fetched')
  }
}
