// The fault server passes everything on untouched, records it, and breaks exactly what it was told to break.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type FaultServer, startFaultServer } from './fault-server.ts'
import * as faults from './faults.ts'

let handled = 0
let front: FaultServer

beforeAll(async () => {
  front = await startFaultServer((request, response) => {
    handled++
    response.writeHead(201, { 'x-from': 'network', 'set-cookie': ['a=1', 'b=2'] })
    request.pipe(response)
  })
})
afterEach(() => {
  front.reset()
  handled = 0
})
afterAll(() => front.stop())

const post = (path = '/', body = 'hello') =>
  fetch(front.url + path, { method: 'POST', body, headers: { 'x-key': 'k' } })

test('passes requests and answers on, and records them', async () => {
  const answer = await post('/a?b=c', 'body ü')
  expect([answer.status, await answer.text()]).toEqual([201, 'body ü'])
  expect([answer.headers.get('x-from'), answer.headers.getSetCookie()]).toEqual(['network', ['a=1', 'b=2']])
  const [recorded] = front.requests
  expect(recorded).toMatchObject({ method: 'POST', path: '/a?b=c', fault: null })
  expect([recorded?.headers['x-key'], recorded?.body.toString()]).toEqual(['k', 'body ü'])
})

test('meets a fault as often as told, where it matches, in order', async () => {
  front.inject(faults.status(500), { match: ({ path }) => path === '/a', times: 2 })
  front.inject(faults.status(418))
  const statuses = []
  for (const path of ['/b', '/a', '/b', '/a', '/a']) statuses.push((await post(path)).status)
  expect(statuses).toEqual([418, 500, 201, 500, 201])
  expect(handled).toBe(2)
})

test.each([
  ['closed before', faults.closeBefore, 0],
  ['closed after', faults.closeAfter, 1],
])('a connection %s: the network heard %o', async (_, fault, heard) => {
  front.inject(fault)
  await expect(post()).rejects.toThrow('fetch failed')
  expect([handled, front.requests[0]?.fault]).toEqual([heard, fault.kind])
})

test('an answer that breaks off has begun', async () => {
  front.inject(faults.truncate)
  const answer = await post('/', 'x'.repeat(1_000))
  expect(answer.status).toBe(201)
  await expect(answer.text()).rejects.toThrow('terminated')
  expect(handled).toBe(1)
})

test('an answer can be replaced after the network acted', async () => {
  front.inject(faults.htmlPage({ forward: true }))
  const answer = await post()
  expect(answer.headers.get('content-type')).toContain('text/html')
  expect(handled).toBe(1)
})

test('a huge answer has the size that was asked for', async () => {
  front.inject(faults.hugeBody(1_000))
  const text = await (await post()).text()
  expect([text.length, typeof JSON.parse(text)]).toEqual([1_000, 'object'])
})

test('forgets', async () => {
  front.inject(faults.status(500))
  front.reset()
  expect((await post()).status).toBe(201)
  expect(front.requests).toHaveLength(1)
})
