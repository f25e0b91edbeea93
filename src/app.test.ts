// The app around the routes: headers, limits, description, the web app's files, failures.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, type TestApp, testApp } from '../test/world/app.ts'
import { apiPath, contract } from './contract.ts'
import { routesOf } from './http/openapi.ts'
import { route } from './lib/route.ts'
import { serve } from './people/serve.ts'

const broken = {
  broken: {
    crash: route('public').route({ method: 'GET', path: '/broken/crash' }),
    caller: route('public').route({ method: 'GET', path: '/broken/caller' }),
  },
}
const os = serve(broken)
const routes = os.router({
  broken: {
    crash: os.broken.crash.handler(() => {
      throw new Error('a secret detail')
    }),
    caller: os.broken.caller.handler(({ context }) => context.caller.orgId),
  },
})

let world: TestApp
let plain: TestApp
const web = mkdtempSync(join(tmpdir(), 'longrun-web-'))

beforeAll(async () => {
  mkdirSync(join(web, 'assets'))
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Longrun</title>')
  writeFileSync(join(web, 'assets', 'app-1a2b3c.js'), `export {}${'\n// filler'.repeat(500)}`)
  world = await testApp({
    webFolder: web,
    mount: (app, doors) =>
      app.get('/files/:org/:id', async (c) =>
        c.text((await doors.admit(c.req.raw, c.req.param('org'), 'media.read')).role),
      ),
  })
  plain = await testApp({ routes, empty: true })
})
afterAll(async () => {
  await world.close()
  await plain.close()
  rmSync(web, { recursive: true })
})

const get = async (path: string, init?: RequestInit) => answerOf(await world.request(path, init))

describe('every answer', () => {
  it.each(['/', '/healthz', `${apiPath}/installation`, `${apiPath}/nowhere`, '/api/auth/ok'])(
    'says what its page may do: %s',
    async (path) => {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*(unsafe|\*)/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    },
  )

  it('of the API is stored nowhere', async () => {
    expect((await get(`${apiPath}/installation`)).headers.get('cache-control')).toBe('no-store')
  })
})

describe('the web app', () => {
  it('travels compressed to those who can read that', async () => {
    const plainly = await world.request('/assets/app-1a2b3c.js')
    const packed = await world.request('/assets/app-1a2b3c.js', { headers: { 'accept-encoding': 'gzip' } })
    expect([plainly.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'gzip'])
    const text = await new Response(packed.body!.pipeThrough(new DecompressionStream('gzip'))).text()
    expect(text).toBe(await plainly.text())
  })

  it('keeps hashed files for a year and asks for the page each time', async () => {
    const script = await get('/assets/app-1a2b3c.js')
    expect([script.status, script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ])
    for (const path of ['/', '/calendar', '/posts/0197f3a0-0000-7000-8000-000000000000?tab=way']) {
      const page = await get(path)
      expect([page.status, page.headers.get('cache-control'), page.body]).toEqual([
        200,
        'no-cache',
        '<!doctype html><title>Longrun</title>',
      ])
    }
  })

  it.each(['/assets/gone.js', `${apiPath}/nowhere`, '/files/nothing', '/%E0%A4%A', '/..%2f..%2fetc%2fpasswd.txt'])(
    'is not the answer to %s',
    async (path) => {
      const { status, body } = await get(path)
      expect(status === 404 || !String(body).includes('root:')).toBe(true)
      if (!path.startsWith('/..')) expect(status).toBe(404)
    },
  )

  it('says how to build it where it is missing', async () => {
    expect((await answerOf(await plain.request('/'))).body).toContain('bin/start')
  })
})

describe('limits and failures', () => {
  it('refuses bodies that are too large, named or not', async () => {
    const owner = await world.as('owner')
    const { status, body } = await owner.call('PATCH', '/orgs/{org}', { name: 'x'.repeat(2_100_000) })
    expect([status, body.data]).toEqual([413, { code: 'too-large', params: { maxBytes: 2_000_000 } }])
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(100_000))),
    })
    const init = {
      method: 'PATCH',
      body: endless,
      duplex: 'half',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
    }
    expect((await world.request(`${apiPath}/orgs/${world.ours}`, init as RequestInit)).status).toBe(413)
  })

  it('reads no upload of somebody who did not sign in', async () => {
    let read = 0
    const body = new ReadableStream({
      pull(controller) {
        read += 1
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    const init = {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }
    expect((await world.request(`${apiPath}/orgs/${world.ours}/media`, init as RequestInit)).status).toBe(401)
    expect(read).toBeLessThan(5)
  })

  it('names malformed requests', async () => {
    const owner = await world.as('owner')
    const init = {
      method: 'PATCH',
      body: '{"name":',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
    }
    const { status, body } = await get(`${apiPath}/orgs/${world.ours}`, init)
    expect([status, body.data]).toEqual([400, { code: 'malformed-request' }])
  })

  it.each(['crash', 'caller'])('hides what went wrong behind an id that is in the log: %s', async (name) => {
    const { status, body } = await answerOf(await plain.request(`${apiPath}/broken/${name}`))
    expect([status, body.data.code, JSON.stringify(body).includes('secret')]).toEqual([500, 'unexpected', false])
    const entry = plain.logged.find(({ facts }) => facts.id === body.data.params.id)
    expect(entry?.facts.error).toBeInstanceOf(Error)
  })

  it('tells whether it is healthy', async () => {
    expect((await get('/healthz')).body).toMatchObject({ ok: true })
  })
})

describe('routes beside the contract', () => {
  it('decide by the same table', async () => {
    const viewer = await world.as('viewer')
    const open = (org: string, headers: Record<string, string> = { authorization: `Bearer ${viewer.token}` }) =>
      get(`/files/${org}/1`, { headers })
    expect((await open(world.ours)).body).toBe('viewer')
    expect([
      (await open(world.theirs)).status,
      (await open('nonsense')).status,
      (await open(world.ours, {})).status,
    ]).toEqual([404, 404, 401])
  })
})

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const { body } = await get(`${apiPath}/openapi.json`)
    const result = await new Validator().validate(body)
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('describes every route, its rights and its idempotency', async () => {
    const { body } = await get(`${apiPath}/openapi.json`)
    expect(body.openapi).toMatch(/^3\.1/)
    const all = routesOf(contract)
    for (const { method, path, verb } of all) {
      const operation = body.paths[path]?.[method.toLowerCase()]
      expect(operation, `${method} ${path}`).toBeDefined()
      expect(operation.security.length > 0).toBe(verb !== 'public')
      expect(operation.parameters?.some((each: { name: string }) => each.name === 'Idempotency-Key') ?? false).toBe(
        verb !== 'public' && method !== 'GET',
      )
    }
    expect(Object.values(body.paths).flatMap((each) => Object.keys(each as object)).length).toBe(all.length)
    expect(Object.keys(body.components.securitySchemes)).toEqual(['bearer', 'session'])
  })
})
