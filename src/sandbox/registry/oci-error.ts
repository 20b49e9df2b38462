import { type Exchange, send } from '../exchange.ts'

/** A failure in the form of the distribution spec. */
export class OciError extends Error {
  override name = 'OciError'
  readonly status: number
  readonly code: string
  readonly detail: unknown
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    options: { readonly detail?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.detail = options.detail
    this.headers = options.headers ?? {}
  }
}

export function sendOciError(exchange: Exchange, { status, code, message, detail, headers }: OciError): void {
  const body = { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] }
  send(exchange, status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8', ...headers })
}
