/** What is sent back; a HEAD gets the headers of its body alone. */
export interface Answer {
  readonly status: number
  readonly body?: string | Uint8Array
  readonly headers?: Record<string, string>
}

/** An answer in JSON. */
export const json = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})
