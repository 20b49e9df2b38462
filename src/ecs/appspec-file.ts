import { readFile } from 'node:fs/promises'
import { messageOf, UserError } from '../action/errors.ts'
import { type AppSpec, parseAppSpec } from './appspec.ts'

/** Reads an AppSpec, if one is named. @throws UserError */
export async function readAppSpec(file: string | undefined): Promise<AppSpec | undefined> {
  if (file === undefined) return undefined
  try {
    return parseAppSpec(await readFile(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read the AppSpec '${file}': ${messageOf(error)}`, { cause: error })
  }
}
