// The guard against private addresses, the limits, and the exact answer to "was it sent?".

import { createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'
import { failure, listening, serving, stopServers } from './serving.testing.ts'

afterEach(stopServers)

describe('private addresses', () => {
  test('are refused before anything is sent, as a literal in any notation and as a name', async () => {
    let reached = 0
    const host = await serving((_, response) => response.end(String(++reached)))
    const port = host.split(':')[1]
    for (const name of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0', '[::1]']) {
      const error = await failure(`http://${name}:${port}/`)
      expect([name, error.code, error.sent]).toEqual([name, 'address-refused', false])
    }
    expect(reached).toBe(0)
  })

  test('are allowed where an administrator named the host, with or without the port', async () => {
    const host = await serving((_, response) => response.end('hello'))
    for (const allowed of [host, '127.0.0.1']) {
      const answer = await guardedFetch({ allowedPrivate: [allowed] })(`http://${host}/`)
      expect(await answer.text()).toBe('hello')
    }
    expect((await failure(`http://${host}/`, { allowedPrivate: ['127.0.0.1:1'] })).code).toBe('address-refused')
  })

  test('are refused after a redirect', async () => {
    const inside = await serving((_, response) => response.end('secret'))
    const outside = await serving((_, response) => response.writeHead(302, { location: `http://${inside}/` }).end())
    const error = await failure(`http://${outside}/`, { allowedPrivate: [outside] })
    expect(error.code).toBe('address-refused')
  })

  test('link-local addresses are refused even when they were named', async () => {
    const error = await failure('http://169.254.169.254/', { allowedPrivate: ['169.254.169.254'] })
    expect(error.code).toBe('address-refused')
  })
})

describe('whether a request was sent', () => {
  const home = { allowedPrivate: ['127.0.0.1'] }

  test('no: nobody listens', async () => {
    const host = await serving(() => undefined)
    await stopServers()
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.code, error.sent]).toEqual(['connection-refused', false])
  })

  test('no: the name does not exist', async () => {
    const error = await failure('http://nowhere.invalid/')
    expect([error.code, error.sent]).toEqual(['host-not-found', false])
  })

  test('no: the other side hangs up while TLS is agreed', async () => {
    const host = await listening(createTcpServer((socket) => socket.end('this is not TLS')))
    const error = await failure(`https://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.code, error.sent]).toEqual(['tls-failed', false])
  })

  test('no: the time is over while connecting', async () => {
    // Accepts the connection and never answers the TLS greeting.
    const host = await listening(createTcpServer((socket) => socket.on('error', () => undefined)))
    const error = await failure(`https://${host}/`, home, { method: 'POST', body: 'x', timeoutMs: 150 })
    expect([error.code, error.sent]).toEqual(['timeout', false])
  })

  test('no: stopped before the start', async () => {
    const host = await serving((_, response) => response.end())
    const error = await failure(`http://${host}/`, home, { signal: AbortSignal.abort() })
    expect([error.code, error.sent]).toEqual(['aborted', false])
  })

  test.each(['ftp://example.org/', 'file:///etc/passwd', 'not an address', 'http://'])('no: %s', async (url) => {
    const error = await failure(url)
    expect([error.code, error.sent]).toEqual(['bad-request', false])
  })

  test('no: a header that cannot be sent', async () => {
    const error = await failure('http://127.0.0.1:9/', home, { headers: { authorization: 'Bearer a\nb' } })
    expect([error.code, error.sent]).toEqual(['bad-request', false])
    expect(error.stack).not.toContain('Bearer')
  })

  test('perhaps: the connection closes without an answer', async () => {
    const host = await serving((request) => request.socket.destroy())
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.code, error.sent]).toEqual(['connection-lost', true])
  })

  test('perhaps: the time is over while waiting', async () => {
    const host = await serving(() => undefined)
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x', timeoutMs: 150 })
    expect([error.code, error.sent]).toEqual(['timeout', true])
  })

  test('perhaps: stopped in the middle of the answer', async () => {
    const stop = new AbortController()
    const host = await serving((_, response) => {
      response.write('beginning')
      setTimeout(() => stop.abort(), 20)
    })
    const error = await failure(`http://${host}/`, home, { signal: stop.signal })
    expect([error.code, error.sent]).toEqual(['aborted', true])
  })

  test('a request answered with 421 is not repeated', async () => {
    let requests = 0
    const host = await serving((request, response) => {
      requests++
      request.resume().on('end', () => response.writeHead(421).end())
    })
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.sent, requests]).toEqual([true, 1])
  })
})

describe('limits', () => {
  const home = { allowedPrivate: ['127.0.0.1'] }

  test('the body is limited as it comes, whatever its stated length', async () => {
    const host = await serving((_, response) => response.end('x'.repeat(2_000)))
    const fetch = guardedFetch(home)
    expect((await (await fetch(`http://${host}/`, { maxBytes: 2_000 })).text()).length).toBe(2_000)
    expect((await failure(`http://${host}/`, home, { maxBytes: 1_999 })).code).toBe('answer-too-large')
  })

  test('the limit counts what comes out of a compressed body', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const host = await serving((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    const before = process.memoryUsage().rss
    expect((await failure(`http://${host}/`, home, { maxBytes: 1_000_000 })).code).toBe('answer-too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  test('the time limit holds while the body drips', async () => {
    const host = await serving((_, response) => {
      const drip = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(drip))
    })
    expect((await failure(`http://${host}/`, home, { timeoutMs: 200 })).code).toBe('timeout')
  })
})

test('user and password in the address become Basic authentication, and leave the address', async () => {
  const host = await serving((request, response) => response.end(request.headers.authorization))
  const answer = await guardedFetch({ allowedPrivate: [host] })(`http://ada:p%20w@${host}/`)
  expect(await answer.text()).toBe(`Basic ${Buffer.from('ada:p w').toString('base64')}`)
  const error = await failure(`http://ada:%ff@${host}/`, { allowedPrivate: [host] })
  expect([error.code, error.sent]).toEqual(['bad-request', false])
})

test('a stream is sent with the length that was stated for it', async () => {
  let headers: Record<string, unknown> = {}
  const host = await serving((request, response) => {
    headers = request.headers
    request.pipe(response)
  })
  const body = new Blob(['a'.repeat(100_000)]).stream()
  const answer = await guardedFetch({ allowedPrivate: [host] })(`http://${host}/`, {
    method: 'POST',
    headers: { 'content-length': '100000' },
    body,
  })
  expect((await answer.text()).length).toBe(100_000)
  expect([headers['content-length'], headers['transfer-encoding']]).toEqual(['100000', undefined])
})
