// A mailbox on a real IMAP server: what comes in is heard once, read as what it is, and left as it was.

import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { type ImapServer, startImap } from '../../../test/servers/imap.ts'
import type { AuthMethod, Connection } from '../contract.ts'
import { longestText } from '../listen.ts'
import { type Listener, listeningSuite, listenTo, type SourceUnderTest } from '../testing/listening-suite.ts'
import { accountOf, createTestSession } from '../testing/session.ts'
import { folderKind } from './folder.ts'
import { mailbox } from './index.ts'

const method = mailbox.auth[0] as Extract<AuthMethod, { kind: 'fields' }>

let server: ImapServer
let connection: Connection
let mails = 0

function mail(text: string, headers: Record<string, string> = {}): string {
  const all = {
    From: 'Kim Runner <kim@example.org>',
    Subject: 'A letter',
    'Message-ID': `<${++mails}@example.org>`,
    Date: new Date().toUTCString(),
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  return `${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n${text}\r\n`
}

const connectTo = (values: Record<string, string> = {}, allowed = [`${server.host}:${server.port}`]) =>
  method.connect(createTestSession({ allowPrivate: allowed }), {
    ...{ host: `${server.host}:${server.port}`, user: server.user, password: server.password, folder: 'INBOX' },
    ...values,
  })

const underTest = (values: Record<string, string> = {}): SourceUnderTest => ({
  values,
  account: accountOf(connection.profile),
  credentials: connection.credentials,
  allowPrivate: [`${server.host}:${server.port}`],
  async say(text) {
    await server.deliver(mail(text.toWellFormed().replaceAll('\0', '')))
    return `<${mails}@example.org>`
  },
  stop: async () => undefined,
})

describeServer('imap', () => {
  beforeAll(async () => {
    server = await startImap()
    connection = await connectTo()
  }, 60_000)
  afterAll(() => server?.stop())

  listeningSuite('A mailbox', folderKind, async () => underTest())

  let listener: Listener
  const listen = async (values: Record<string, string> = {}, cursor: Listener['cursor'] = null) => {
    listener = listenTo(folderKind, underTest(values), cursor)
    await expect.poll(() => listener.failure ?? listener.batches, { timeout: 20_000 }).not.toBe(0)
  }

  test('a letter is told with who wrote it, and stays unread', { timeout: 60_000 }, async () => {
    const before = await server.seen()
    await listen()
    const subject = '=?utf-8?Q?=C3=9Cber_das_Laufen?='
    const reply = '<question@example.org>'
    await server.deliver(mail('Guten Tag,\r\n\r\nich laufe gern.', { Subject: subject, 'In-Reply-To': reply }))
    expect(await listener.hears(`<${mails}@example.org>`)).toMatchObject({
      kind: 'message',
      title: 'Über das Laufen',
      text: 'Guten Tag,\n\nich laufe gern.',
      author: { id: 'kim@example.org', handle: 'kim@example.org', name: 'Kim Runner' },
      replyTo: reply,
    })
    await listener.stop()
    expect(await server.seen()).toBe(before)
  })

  test('an alert becomes the articles it names, without buttons and counters', { timeout: 60_000 }, async () => {
    await listen()
    const wrapped = `https://www.example.com/url?rct=j&url=${encodeURIComponent('https://news.example.org/a?id=7')}&ct=ga`
    const html = `<html><head><style>p{}</style></head><body><h1>Daily alert</h1>
      <table><tr><td><a href="${wrapped.replaceAll('&', '&amp;')}"><b>Running shoes</b> are too narrow, say runners</a>
      <div>Example News</div><div>Many people say that the new shoes are &hellip;</div></td></tr>
      <tr><td><a href="https://blog.example.org/b">Why slow running makes you fast</a><div>A blog about it.</div></td></tr></table>
      <a href="https://www.example.com/flag">Flag as irrelevant to me</a> <a href="https://www.example.com/u">Unsubscribe from this alert</a>
      <a href="javascript:alert(1)">A link that no browser should open</a></body></html>`
    const headers = {
      Subject: 'Alert: running',
      'List-Unsubscribe': '<mailto:x@example.com>',
      'Content-Type': 'text/html; charset=utf-8',
    }
    await server.deliver(mail(html, headers))
    expect(await listener.hears('https://news.example.org/a?id=7')).toMatchObject({
      kind: 'article',
      title: 'Running shoes are too narrow, say runners',
      text: expect.stringContaining('Many people say that the new shoes are …'),
      url: 'https://news.example.org/a?id=7',
    })
    await listener.hears('https://blog.example.org/b')
    const articles = listener.events.filter((event) => 'heard' in event && event.heard.kind === 'article')
    expect(articles).toHaveLength(2)
    await listener.stop()
    await listen({ read: 'mails' })
    expect(listener.events.some((event) => 'heard' in event && event.heard.kind === 'article')).toBe(false)
    await listener.stop()
  })

  test('mails that are broken, huge or hollow are survived, and the next one is read', {
    timeout: 60_000,
  }, async () => {
    await listen()
    await server.deliver('\r\n\r\n')
    await server.deliver(mail('x'.repeat(1_000_000)))
    const long = `<${mails}@example.org>`
    const boundary = 'b'
    const nested = Array.from(
      { length: 200 },
      (_, depth) => `--${boundary}${depth}\r\nContent-Type: multipart/mixed; boundary=${boundary}${depth + 1}\r\n\r\n`,
    )
    await server.deliver(mail(nested.join(''), { 'Content-Type': `multipart/mixed; boundary=${boundary}0` }))
    await server.deliver(
      Buffer.concat([Buffer.from(mail('').trimEnd()), Buffer.from([13, 10, 13, 10, 0xff, 0xfe, 0x80])]),
    )
    await server.deliver(mail('still here'))
    const last = `<${mails}@example.org>`
    expect((await listener.hears(long)).text).toHaveLength(longestText)
    await listener.hears(last)
    expect(listener.cut).toBe(1)
    expect(listener.unreadable).toBeGreaterThan(0)
    await listener.stop()
  })

  test('a folder that was made anew is stated as a gap, and read from its beginning', { timeout: 60_000 }, async () => {
    await server.deliver(mail('old'), 'Alerts')
    connection = await connectTo({ folder: 'Alerts' })
    await listen()
    await listener.stop()
    await server.renew('Alerts')
    await server.deliver(mail('new'), 'Alerts')
    const id = `<${mails}@example.org>`
    await listen({}, { ...(listener.cursor as object), validity: '1' } as Listener['cursor'])
    await listener.hears(id)
    expect(listener.gaps.map(({ reason }) => reason)).toEqual(['server-restarted'])
    await listener.stop()
    connection = await connectTo()
  })

  test.each([
    [{ password: 'wrong' }, 'auth-revoked', 'mail-signin-refused'],
    [{ folder: 'Nowhere' }, 'rejected', 'folder-missing'],
    [{ host: 'two words' }, 'rejected', 'server-address'],
    [{ user: '' }, 'rejected', 'mail-signin-refused'],
  ])('connecting with %j is refused', async (values, kind, code) => {
    await expect(connectTo(values)).rejects.toMatchObject({ kind, code })
  })

  test('private servers are refused unless they are allowed', async () => {
    await expect(connectTo({}, [])).rejects.toMatchObject({ kind: 'rejected', code: 'address-refused' })
    await expect(connectTo({ host: `localhost:${server.port}` }, [])).rejects.toMatchObject({ code: 'address-refused' })
  })

  test('who it is can be asked again', async () => {
    const session = createTestSession({
      allowPrivate: [`${server.host}:${server.port}`],
      credentials: connection.credentials,
      profile: connection.profile,
    })
    expect(await mailbox.identify(session)).toEqual(connection.profile)
    expect(JSON.stringify(connection.profile)).not.toContain(server.password)
  })
})

test('something else than a mail server is no mailbox, and keeps nobody waiting for ever', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(other.address() as { port: number }).port}`
  const session = createTestSession({ allowPrivate: [host] })
  await expect(method.connect(session, { host, user: 'a', password: 'b' })).rejects.toMatchObject({
    kind: 'unavailable',
  })
  await new Promise((resolve) => other.close(resolve))
})
