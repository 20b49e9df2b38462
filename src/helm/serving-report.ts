import type { JsonObject } from '../action/host.ts'
import type { LintFinding } from './manifest-lint.ts'
import type { ServiceState } from './service-endpoints.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

/** The lint's findings and the Services, for the summary; nothing when there is neither. */
export function servingTables(lint: readonly LintFinding[], services: readonly ServiceState[]): readonly string[] {
  const lines: string[] = []
  if (services.length > 0) {
    lines.push('', '| service | endpoints ready | state |', '| --- | --- | --- |')
    for (const { name, ready, expected, problem } of services) {
      const state = problem === undefined ? (expected === 0 ? 'scaled to zero' : '✅ serves') : `❌ ${cell(problem)}`
      lines.push(`| ${name} | ${ready}${expected === undefined ? '' : `/${expected}`} | ${state} |`)
    }
  }
  if (lint.length > 0) {
    lines.push('', '| lint | problem | what to do |', '| --- | --- | --- |')
    for (const { object, problem, advice, rule } of lint) {
      lines.push(`| ${object} | ${cell(problem)} (\`${rule}\`) | ${cell(advice)} |`)
    }
  }
  return lines
}

/** The same for the result's JSON. */
export const servingDetail = (lint: readonly LintFinding[], services: readonly ServiceState[]): JsonObject => ({
  lint: lint.map((finding) => ({ ...finding })),
  services: services.map(({ name, namespace, ready, expected, problem }) => ({
    name,
    namespace,
    ready,
    expected: expected ?? null,
    problem: problem ?? null,
  })),
})
