import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { systemClock } from '../../src/action/clock.ts'
import { type HttpProbe, probeHttp, probeUrlForm, statusRanges } from '../../src/action/http-probe.ts'

const clock = systemClock(50, Date.now())
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function probe(url: string, over: Partial<HttpProbe> = {}, signal = new AbortController().signal) {
  const log: string[] = []
  const asked = {
    name: 'probe',
    url,
    successes: 3,
    intervalMs: 2_000,
    timeoutMs: 20_000,
    accepts: statusRanges('200-399'),
  }
  const verdict = await probeHttp({ ...asked, ...over }, { log: (line) => log.push(line), clock, signal })
  return { verdict, log }
}

describe('an HTTP probe', () => {
  test('takes good answers in a row: a bad one between starts the count anew', async () => {
    const answers = [200, 200, 503, 200, 302, 204]
    let asked = 0
    const url = await serve((_, response) => response.writeHead(answers[asked++] ?? 200).end())
    const { verdict, log } = await probe(url)
    expect(verdict).toEqual({ passed: true })
    expect(asked).toBe(6)
    expect(log.join('\n')).toMatch(/probe: answered 503, 0 of 3 in a row/)
  })

  test('does not follow a redirect, and takes only the codes that it was told', async () => {
    let elsewhere = 0
    const url = await serve((request, response) => {
      if (request.url === '/login') elsewhere++
      response.writeHead(302, { location: '/login' }).end()
    })
    const { verdict } = await probe(`${url}/`, { accepts: statusRanges('200'), timeoutMs: 5_000 })
    expect(verdict).toEqual({
      passed: false,
      reason: `${url}/ answered 302 (0 of 3 successes in a row within 5s)`,
    })
    expect(elsewhere).toBe(0)
  })

  test('names the answer with its first words, bounded and without control characters, but never the query', async () => {
    const url = await serve((_, response) => {
      response.writeHead(503, { 'content-type': 'text/plain' })
      response.end(`no healthy\u001b[31m upstream ${'x'.repeat(500)}\nmore`)
    })
    const { verdict } = await probe(`${url}/health?token=hush`, { timeoutMs: 3_000 })
    expect(verdict).toMatchObject({
      reason: expect.stringMatching(/\/health answered 503 "no healthy \[31m upstream x+\.\.\." \(0 of 3 /),
    })
    expect(JSON.stringify(verdict).length).toBeLessThan(300)
  })

  test('does not wait for a body without an end, nor show a page', async () => {
    const url = await serve((_, response) => {
      response.writeHead(500, { 'content-type': 'text/html' })
      response.write('<html>')
    })
    const { verdict } = await probe(url, { timeoutMs: 3_000 })
    expect(verdict).toMatchObject({ reason: expect.stringContaining('answered 500 (0 of 3') })
  })

  test('says that nobody answers', async () => {
    const url = await serve(() => undefined)
    server?.close()
    const { verdict } = await probe(url, { timeoutMs: 3_000 })
    expect(verdict).toMatchObject({ reason: expect.stringMatching(/did not answer: .*(ECONNREFUSED|refused)/) })
  })

  test('ends at once when it is cancelled, also while an answer is awaited', async () => {
    const stop = new AbortController()
    const url = await serve(() => stop.abort(new Error('cancelled')))
    await expect(probe(url, {}, stop.signal)).rejects.toThrow('cancelled')
  })
})

describe('the codes that a probe takes', () => {
  test.each([
    ['200-399', [200, 399], [199, 400, 503]],
    ['200, 204,301-302', [200, 204, 301], [201, 303]],
    ['503', [503], [200]],
  ])('%s', (text, good, bad) => {
    const accepts = statusRanges(text)
    expect(good.map(accepts)).not.toContain(false)
    expect(bad.map(accepts)).not.toContain(true)
  })

  test.each(['', '2xx', '399-200', '99', '600', '200-', '200;204'])('%j is refused by its name', (text) => {
    expect(() => statusRanges(text)).toThrow(/expected HTTP codes/)
  })

  test('are exactly those between the bounds', () => {
    const code = fc.integer({ min: 100, max: 599 })
    fc.assert(
      fc.property(code, code, code, (a, b, status) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        expect(statusRanges(`${from}-${to}`)(status)).toBe(status >= from && status <= to)
      }),
    )
  })
})

test.each(['https://user:secret@host/', 'ftp://host/', 'host/health', 'https://host/a b'])(
  '%s is no address to probe',
  (url) => {
    expect(probeUrlForm.test(url)).toBe(false)
  },
)
