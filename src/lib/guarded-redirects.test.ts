// Where redirects are followed, what they may carry, and what never follows them.

import { afterEach, describe, expect, test } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'
import { failure, serving, stopServers } from './serving.testing.ts'

afterEach(stopServers)

describe('redirects', () => {
  const home = { allowedPrivate: ['127.0.0.1', 'localhost'] }

  async function chain(length: number) {
    return serving((request, response) => {
      const step = Number(request.url?.slice(1))
      if (step < length) response.writeHead(302, { location: `/${step + 1}` }).end()
      else response.end('arrived')
    })
  }

  test('five are followed, six are not', async () => {
    const five = await chain(5)
    const answer = await guardedFetch(home)(`http://${five}/0`)
    expect([await answer.text(), answer.url]).toEqual(['arrived', `http://${five}/5`])
    expect((await failure(`http://${await chain(6)}/0`, home)).code).toBe('too-many-redirects')
  })

  test('the address that stands for good is told apart from the one that answered', async () => {
    const statuses = [301, 308, 302, 301]
    const host = await serving((request, response) => {
      const step = Number(request.url?.slice(1))
      if (step < 4) response.writeHead(statuses[step]!, { location: `/${step + 1}` }).end()
      else response.end()
    })
    const fetch = guardedFetch(home)
    expect(await fetch(`http://${host}/0`)).toMatchObject({ movedTo: `http://${host}/2`, url: `http://${host}/4` })
    expect((await fetch(`http://${host}/2`)).movedTo).toBeNull()
  })

  test('a write keeps its body from another host', async () => {
    let reached = 0
    const other = await serving((_, response) => response.end(String(++reached)))
    const host = await serving((request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(307, { location: `http://localhost:${other.split(':')[1]}/` }).end())
    })
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'secret' })
    expect([error.code, reached]).toEqual(['redirect-refused', 0])
  })

  test('no header that may hold a key goes to another origin', async () => {
    let seen: Record<string, unknown> = {}
    const other = await serving((request, response) => {
      seen = request.headers
      response.end()
    })
    const first = await serving((_, response) => response.writeHead(302, { location: `http://${other}/` }).end())
    const headers = { Authorization: 'Bearer secret', Cookie: 'a=b', 'X-Api-Key': 'secret', Accept: 'text/plain' }
    await guardedFetch(home)(`http://${first}/`, { headers })
    expect(seen.accept).toBe('text/plain')
    expect(JSON.stringify(seen)).not.toContain('secret')
    expect(seen.cookie).toBeUndefined()
  })

  test('a key stays within its origin', async () => {
    let seen: unknown
    const host = await serving((request, response) => {
      if (request.url === '/') return void response.writeHead(302, { location: '/next' }).end()
      seen = request.headers.authorization
      response.end()
    })
    await guardedFetch(home)(`http://${host}/`, { headers: { authorization: 'Bearer key' } })
    expect(seen).toBe('Bearer key')
  })

  test.each([301, 302])('a POST answered with %i is not turned into a GET', async (status) => {
    let requests = 0
    const host = await serving((request, response) => {
      requests++
      request.resume().on('end', () => response.writeHead(status, { location: '/elsewhere' }).end())
    })
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.code, error.sent, requests]).toEqual(['redirect-refused', true, 1])
  })

  test.each([307, 308])('a POST answered with %i goes on with method and body', async (status) => {
    const host = await serving((request, response) => {
      if (request.url === '/')
        return void request.resume().on('end', () => response.writeHead(status, { location: '/to' }).end())
      response.write(request.method)
      request.pipe(response)
    })
    const answer = await guardedFetch(home)(`http://${host}/`, { method: 'POST', body: ' body' })
    expect(await answer.text()).toBe('POST body')
  })

  test('after a 303 the write counts as sent, even when the next address is dead', async () => {
    const host = await serving((request, response) => {
      request.resume().on('end', () => response.writeHead(303, { location: 'http://nowhere.invalid/' }).end())
    })
    const error = await failure(`http://${host}/`, home, { method: 'POST', body: 'x' })
    expect([error.code, error.sent]).toEqual(['host-not-found', true])
  })

  test.each(['ftp://example.org/', 'javascript:alert(1)'])('to %s is refused', async (location) => {
    const host = await serving((_, response) => response.writeHead(302, { location }).end())
    expect((await failure(`http://${host}/`, home)).code).toBe('redirect-refused')
  })
})
