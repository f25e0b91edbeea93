// Connecting to a real WordPress, and to sites that cannot be connected.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { startWordpress, type Wordpress } from '../../../test/servers/wordpress.ts'
import { connectBy, sessionFor } from '../article.testing.ts'
import { type FaultServer, type Handler, startFaultServer } from '../testing/fault-server.ts'
import { wordpress } from './index.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

let site: Wordpress
let host: string

async function connect(values: { site?: string; username?: string; password?: string }) {
  const given = { site: site.url, username: site.username, password: site.applicationPassword, ...values }
  return await connectBy(wordpress, sessionFor([host]), given)
}

async function ask(path: string, body: unknown) {
  const authorization = `Basic ${Buffer.from(`${site.username}:${site.applicationPassword}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const answer = await fetch(`${site.url}/wp-json/wp/v2/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return (await answer.json()) as { id: number; password: string }
}

async function member(role: string): Promise<{ username: string; password: string }> {
  const username = `the-${role}`
  const user = await ask('users', {
    username,
    email: `${role}@example.org`,
    password: crypto.randomUUID(),
    roles: [role],
  })
  const { password } = await ask(`users/${user.id}/application-passwords`, { name: 'longrun' })
  return { username, password }
}

/** Runs with a line of PHP in the site, as its plugins do. */
async function withPlugin<T>(php: string, work: () => Promise<T>): Promise<T> {
  const folder = join(site.www, 'wp-content', 'mu-plugins')
  const file = join(folder, 'test.php')
  await mkdir(folder, { recursive: true })
  await writeFile(file, `<?php ${php}`)
  try {
    return await work()
  } finally {
    await rm(file)
  }
}

describeServer('wordpress', () => {
  beforeAll(async () => {
    site = await startWordpress()
    host = new URL(site.url).host
  })
  afterAll(() => site?.stop())

  test('tells who signs in, what they may do, and what the site offers', async () => {
    const connection = await connect({})
    expect(connection).toMatchObject({
      credentials: { username: site.username, password: site.applicationPassword },
      expiresAt: null,
      scopes: ['publish_posts', 'upload_files'],
      profile: {
        remoteId: '1',
        handle: `${site.username}@${host}`,
        displayName: 'Longrun test blog',
        url: site.url,
        server: site.url,
        instance: {
          root: `${site.url}/wp-json/`,
          admin: site.url,
          name: 'Longrun test blog',
          version: expect.stringMatching(/^\d+\.\d/),
          categories: [{ id: 1, name: 'Uncategorized' }],
        },
      },
    })
    expect(await wordpress.identify(sessionFor([host], connection))).toEqual(connection.profile)
  })

  test.each([
    ['with a slash', (url: string) => `${url}/`],
    ['of the administration', (url: string) => `${url}/wp-admin/edit.php?post_type=post#x`],
    ['of the sign-in', (url: string) => ` ${url}/wp-login.php?redirect_to=x `],
    ['of the REST API', (url: string) => `${url}/wp-json/wp/v2/posts`],
    ['of a page that does not exist', (url: string) => `${url}/no/such/page`],
    ['in capitals', (url: string) => url.toUpperCase()],
  ])('finds the site from an address %s', async (_, address) => {
    const { profile } = await connect({ site: address(site.url) })
    expect(profile.instance).toMatchObject({ root: `${site.url}/wp-json/` })
  })

  test('takes an e-mail address as user name and a password with its spaces', async () => {
    const spaced = site.applicationPassword.replace(/(.{4})(?=.)/g, '$1 ')
    const { profile } = await connect({ username: 'longrun@example.org', password: spaced })
    expect(profile.remoteId).toBe('1')
  })

  test('finds a site whose addresses have no /wp-json/', async () => {
    const plain = "add_filter('pre_option_permalink_structure', '__return_empty_string');"
    const { profile } = await withPlugin(plain, () => connect({}))
    expect(profile.instance).toMatchObject({ root: expect.stringContaining('?rest_route=') })
  })

  test('lets an author in, who may publish', async () => {
    expect((await connect(await member('author'))).scopes).toEqual(['publish_posts', 'upload_files'])
  })

  test.each([
    ['wrong password', { password: 'abcd efgh ijkl mnop qrst uvwx' }, 'auth-revoked', 'wrong-credentials', 'password'],
    ['unknown user', { username: 'nobody' }, 'auth-revoked', 'wrong-credentials', 'password'],
    ['unknown e-mail address', { username: 'nobody@example.org' }, 'auth-revoked', 'wrong-credentials', 'password'],
    ['no user name', { username: ' ' }, 'rejected', 'username-missing', 'username'],
    ['no password', { password: '' }, 'rejected', 'password-missing', 'password'],
    ['no address', { site: 'not an address' }, 'rejected', 'wrong-address', 'site'],
    ['a private address', { site: 'http://127.0.0.1:59999' }, 'rejected', 'address-refused', 'site'],
  ])('says what is wrong: %s', async (_, values, kind, code, field) => {
    await expect(connect(values)).rejects.toMatchObject({ kind, code, field })
  })

  test('says that somebody may write but not publish', async () => {
    await expect(connect(await member('contributor'))).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'may-not-publish', field: 'username', scope: 'publish_posts' },
    })
  })

  test('says that application passwords are off', async () => {
    const off = "add_filter('wp_is_application_passwords_available', '__return_false');"
    await expect(withPlugin(off, () => connect({}))).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'application-passwords-off', field: 'password' },
    })
  })

  test('takes a password that the web server keeps from WordPress for a wrong one', async () => {
    const lost = "unset($_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'], $_SERVER['HTTP_AUTHORIZATION']);"
    await expect(withPlugin(lost, () => connect({}))).rejects.toMatchObject({
      ...{ kind: 'auth-revoked', code: 'wrong-credentials', field: 'password' },
    })
  })

  test('tells what WordPress itself tells of the user name', async () => {
    // Any plugin that asks early who is there lets WordPress say what is wrong.
    const early =
      "add_filter('rest_authentication_errors', function ($result) { is_user_logged_in(); return $result; }, 1);"
    await withPlugin(early, async () => {
      await expect(connect({ username: 'nobody' })).rejects.toMatchObject({
        code: 'invalid_username',
        field: 'username',
      })
      await expect(connect({ password: 'x' })).rejects.toMatchObject({ code: 'incorrect_password', field: 'password' })
    })
  })

  const membersOnly = `add_filter('rest_authentication_errors', function ($result) {
    $open = is_wp_error($result) || is_user_logged_in();
    return $open ? $result : new WP_Error('rest_cannot_access', 'No.', ['status' => 401]);
  }, 200);`

  test('connects to a REST API that is open to members only', async () => {
    expect((await withPlugin(membersOnly, () => connect({}))).profile.remoteId).toBe('1')
  })

  test('says which field is wrong even where the REST API is for members only', async () => {
    await expect(withPlugin(membersOnly, () => connect({ password: 'wrong' }))).rejects.toMatchObject({
      ...{ kind: 'auth-revoked', code: 'wrong-credentials', field: 'password' },
    })
  })

  test('says that the REST API is blocked for all', async () => {
    const blocked = `add_filter('rest_authentication_errors', function () {
      return new WP_Error('rest_disabled', 'No.', ['status' => 403]);
    }, 200);`
    await expect(withPlugin(blocked, () => connect({}))).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'rest-blocked', field: 'site' },
    })
  })
})

describe('other sites', () => {
  const page =
    (html: string, headers: Record<string, string> = {}): Handler =>
    (request, response) => {
      const found = request.url === '/'
      response.writeHead(found ? 200 : 404, { 'content-type': 'text/html', ...headers }).end(found ? html : 'Not found')
    }

  async function connectTo(handler: Handler, act: (server: FaultServer) => void = () => undefined) {
    const server = await startFaultServer(handler)
    act(server)
    const values = { site: server.url, username: 'somebody', password: 'secret-password' }
    try {
      return await connectBy(wordpress, sessionFor([server.host]), values)
    } finally {
      for (const { headers } of server.requests) expect(headers.authorization).toBeUndefined()
      await server.stop()
    }
  }

  test.each([
    ['is no WordPress', page('<h1>A shop</h1>'), 'rejected', 'not-this-network'],
    ['is a WordPress without a REST API', page('<link href="/wp-content/x.css">'), 'forbidden', 'rest-blocked'],
    [
      'answers everything with one page',
      ((_, response) => response.end('<p>hi')) as Handler,
      'rejected',
      'not-this-network',
    ],
    [
      'announces an address that is none',
      page('x', { link: '<ftp://x>; rel="https://api.w.org/"' }),
      'rejected',
      'not-this-network',
    ],
  ])('a site that %s is named so, and is never shown the password', async (_, handler, kind, code) => {
    await expect(connectTo(handler)).rejects.toMatchObject({ kind, code, field: 'site' })
  })

  test('a hostile page is read in no time', async () => {
    const start = performance.now()
    await expect(connectTo(page('<link '.repeat(450_000)))).rejects.toMatchObject({ code: 'not-this-network' })
    expect(performance.now() - start).toBeLessThan(hangs)
  })

  test('a site that hangs up is unavailable, not wrong', async () => {
    const closing = (server: FaultServer) => server.inject({ kind: 'close-before' })
    await expect(connectTo(page('x'), closing)).rejects.toMatchObject({ kind: 'unavailable', field: 'site' })
  })
})
