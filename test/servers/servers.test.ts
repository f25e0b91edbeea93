// Shows that every real server starts, takes a write through its own API, and leaves nothing behind when stopped.
import { createHmac, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { describeServer } from './describe-server.ts'
import { startGhost } from './ghost.ts'
import { startImap } from './imap.ts'
import { startMariadb } from './mariadb.ts'
import { startOidcProvider } from './oidc.ts'
import { startPds } from './pds.ts'
import { startPostgres15 } from './postgres15.ts'
import { execute, type RunningServer } from './process.ts'
import { processTree } from './process-tree.ts'
import { startWordpress } from './wordpress.ts'

const limit = 180_000

type Json = Record<string, unknown>

async function request(url: string, method: string, headers: Record<string, string>, body?: object): Promise<Json> {
  const init = body
    ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
    : { headers }
  const response = await fetch(url, { method, ...init })
  const text = await response.text()
  expect(response.ok, `${method} ${url}: ${response.status} ${text}`).toBe(true)
  return JSON.parse(text) as Json
}

/** Runs `body` with a started server; afterwards neither its processes nor its folders may be left. */
async function using<S extends Pick<RunningServer, 'pid' | 'stop'>>(
  name: string,
  start: () => Promise<S>,
  body: (server: S) => Promise<void>,
): Promise<void> {
  const began = Date.now()
  const server = await start()
  const ready = Date.now()
  try {
    expect(await processTree(server.pid())).toContain(server.pid())
    await body(server)
  } finally {
    const done = Date.now()
    await server.stop()
    process.stdout.write(`${name}: ready in ${ready - began} ms, stopped in ${Date.now() - done} ms\n`)
  }
  expect(await processTree(server.pid())).toEqual([])
}

/** The addresses on which the processes of a tree listen. */
async function listening(leader: number): Promise<string[]> {
  const pids = await processTree(leader)
  const { stdout } = await execute('ss', ['-Hltnp'])
  const own = stdout.split('\n').filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)))
  return own.map((line) => line.trim().split(/\s+/)[3] ?? '')
}

async function expectLoopbackOnly(leader: number): Promise<void> {
  const addresses = await listening(leader)
  expect(addresses.length).toBeGreaterThan(0)
  for (const address of addresses) expect(address).toMatch(/^127\.0\.0\.1:/)
}

describeServer('pds', () => {
  test('takes a post, with an app password', { timeout: limit }, async () => {
    await using('Bluesky PDS', startPds, async (pds) => {
      await expectLoopbackOnly(pds.pid())
      const account = await pds.createAccount('anna')
      expect(account.handle).toBe('anna.test')
      const xrpc = `${pds.url}/xrpc/com.atproto`
      const login = { identifier: account.handle, password: account.appPassword }
      const session = await request(`${xrpc}.server.createSession`, 'POST', {}, login)
      const record = { $type: 'app.bsky.feed.post', text: 'a real post', createdAt: new Date().toISOString() }
      const place = { repo: account.did, collection: 'app.bsky.feed.post', rkey: '3lbzvvzzzzz22' }
      const auth = { authorization: `Bearer ${session.accessJwt}` }
      await request(`${xrpc}.repo.putRecord`, 'POST', auth, { ...place, record })
      const read = await request(`${xrpc}.repo.getRecord?${new URLSearchParams(place)}`, 'GET', {})
      expect(read.value).toMatchObject({ text: 'a real post' })
      const directory = await fetch(`${pds.plcUrl}/${account.did}`)
      expect(await directory.text()).toContain(pds.url)
    })
  })
})

function ghostToken(adminKey: string): string {
  const [kid = '', secret = ''] = adminKey.split(':')
  const now = Math.floor(Date.now() / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part({ iat: now, exp: now + 300, aud: '/admin/' })}`
  return `${signed}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(signed).digest('base64url')}`
}

describeServer('ghost', () => {
  test('publishes a post, with its admin key, and still has it after a crash', { timeout: limit }, async () => {
    await using('Ghost', startGhost, async (ghost) => {
      await expectLoopbackOnly(ghost.pid())
      const auth = { authorization: `Ghost ${ghostToken(ghost.adminKey)}` }
      const post = { title: 'A real post', html: '<p>From a test.</p>', status: 'published' }
      const made = await request(`${ghost.url}/ghost/api/admin/posts/?source=html`, 'POST', auth, { posts: [post] })
      expect(made.posts).toMatchObject([{ status: 'published', url: `${ghost.url}/a-real-post/` }])
      await ghost.kill()
      await ghost.restart()
      expect(await (await fetch(`${ghost.url}/a-real-post/`)).text()).toContain('From a test.')
    })
  })
})

describeServer('wordpress', () => {
  test('publishes a post, with its application password', { timeout: limit }, async () => {
    await using('WordPress', startWordpress, async (blog) => {
      await expectLoopbackOnly(blog.pid())
      const authorization = `Basic ${Buffer.from(`${blog.username}:${blog.applicationPassword}`).toString('base64')}`
      const post = { title: 'A real post', content: 'From a test.', status: 'publish' }
      const made = await request(`${blog.url}/wp-json/wp/v2/posts`, 'POST', { authorization }, post)
      expect(made.link).toBe(`${blog.url}/a-real-post/`)
      expect(await (await fetch(String(made.link))).text()).toContain('From a test.')
      const refused = await fetch(`${blog.url}/wp-json/wp/v2/users/me`)
      expect(refused.status).toBe(401)
    })
  })
})

describeServer('imap', () => {
  test('takes mails, and still has them after a crash', { timeout: limit }, async () => {
    await using('Dovecot', startImap, async (imap) => {
      await expectLoopbackOnly(imap.pid())
      const mail = (subject: string) => `From: kim@example.org\r\nSubject: ${subject}\r\n\r\nFrom a test.\r\n`
      expect(await imap.deliver(mail('First'))).toBe(1)
      await imap.kill()
      await imap.restart()
      expect(await imap.deliver(mail('Second'))).toBe(2)
      expect(await imap.seen()).toBe(0)
    })
  })
})

describeServer('mariadb', () => {
  test('serves both blogs at once', { timeout: limit }, async () => {
    await using('MariaDB', startMariadb, async (mariadb) => {
      await expectLoopbackOnly(mariadb.pid())
      const blog = await startWordpress({ mariadb })
      await blog.stop()
      const select =
        'SELECT CONCAT(wordpress.wp_users.user_login, ghost.users.email) FROM wordpress.wp_users, ghost.users'
      const args = [
        '--no-defaults',
        '-N',
        '-h',
        mariadb.host,
        '-P',
        String(mariadb.port),
        '-u',
        mariadb.user,
        '-e',
        select,
      ]
      const { stdout } = await execute('mariadb', args)
      expect(stdout).toContain('longrunowner@example.org')
    })
  })
})

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // the server is killed under it
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}

describeServer('postgres15', () => {
  test('is version 15 and keeps what was committed through a crash and a restart', { timeout: limit }, async () => {
    await using('PostgreSQL 15', startPostgres15, async (postgres) => {
      await expectLoopbackOnly(postgres.pid())
      expect(await query(postgres.url, 'select version()')).toMatchObject({
        version: expect.stringContaining('PostgreSQL 15.'),
      })
      await query(postgres.url, 'create table kept as select 42 as answer')
      await postgres.kill()
      await expect(query(postgres.url, 'select 1')).rejects.toThrow()
      await postgres.restart()
      await postgres.restart()
      expect(await query(postgres.url, 'select answer from kept')).toEqual({ answer: 42 })
    })
  })
})

describeServer('oidc', () => {
  test('signs a person in and tells who it is', { timeout: limit }, async () => {
    const redirect = 'http://127.0.0.1:9/back'
    const start = () => startOidcProvider({ redirectUris: [redirect], claims: { anna: { groups: ['pr'] } } })
    await using('OIDC provider', start, async (provider) => {
      await expectLoopbackOnly(provider.pid())
      const found = await request(`${provider.issuer}/.well-known/openid-configuration`, 'GET', {})
      expect(found.issuer).toBe(provider.issuer)
      const state = randomUUID()
      const asked = {
        client_id: provider.clientId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: 'openid email groups',
        state,
      }
      const back = await provider.signIn(`${found.authorization_endpoint}?${new URLSearchParams(asked)}`, 'anna')
      expect(back.searchParams.get('state')).toBe(state)
      const basic = Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString('base64')
      const grant = {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirect,
      }
      const headers = { authorization: `Basic ${basic}` }
      const answer = await fetch(String(found.token_endpoint), {
        method: 'POST',
        headers,
        body: new URLSearchParams(grant),
      })
      const token = (await answer.json()) as Json
      const person = await request(String(found.userinfo_endpoint), 'GET', {
        authorization: `Bearer ${token.access_token}`,
      })
      expect(person).toEqual({ sub: 'anna', email: 'anna@example.org', email_verified: true, groups: ['pr'] })
    })
  })

  test('goes, with its folder, when the process that started it is killed', { timeout: limit }, async () => {
    const script = `
      import { startOidcProvider } from './test/servers/oidc.ts';
      const server = await startOidcProvider({ redirectUris: ['http://127.0.0.1:9/'] });
      process.stdout.write(String(server.pid()));
      process.kill(process.pid, 'SIGKILL');`
    const before = new Set(readdirSync(tmpdir()))
    const args = ['--input-type=module-typescript', '--eval', script]
    const { stdout } = await execute(process.execPath, args).catch((error: { stdout: string }) => error)
    expect(Number(stdout)).toBeGreaterThan(0)
    const leftovers = () =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('longrun-oidc-') && !before.has(name))
    await expect.poll(async () => (await processTree(Number(stdout))).length, { timeout: 10_000 }).toBe(0)
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([])
  })
})
