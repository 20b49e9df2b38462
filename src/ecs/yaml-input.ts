import { type Document, parseDocument, visit } from 'yaml'
import { messageOf, UserError } from '../action/errors.ts'

/**
 * Reads JSON or YAML with numbers and booleans as the text they were written as (`1.10` stays `1.10`, `yes` stays `yes`), null as null:
 * for what ends up as text, such as variables. A name that stands twice is refused.
 * @throws UserError
 */
export function readYamlTexts(text: string): unknown {
  const document = parsed(text)
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' || node.value === null) return
      node.value = node.source ?? String(node.value)
    },
  })
  return plainValue(document)
}

/** Reads JSON or YAML. A name that stands twice is refused. @throws UserError */
export const readYaml = (text: string): unknown => plainValue(parsed(text))

/** Whether a text is JSON or a list of YAML, where it could also be something simpler. */
export const looksStructured = (text: string): boolean => /^\s*([[{]|-(\s|$)|---)/.test(text)

function parsed(text: string): Document.Parsed {
  const document = parseDocument(text)
  const error = document.errors[0]
  if (error !== undefined) throw new UserError(`expected JSON or YAML: ${error.message.split('\n')[0] ?? ''}`)
  return document
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new UserError(`expected JSON or YAML: ${messageOf(error)}`, { cause: error })
  }
}
