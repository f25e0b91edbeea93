// The inbox of a mailbox on a real IMAP server, answered by a real SMTP server.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../../test/servers/describe-server.ts'
import { type ImapServer, startImap } from '../../../../test/servers/imap.ts'
import { type SmtpServer, startSmtp } from '../../../../test/servers/smtp.ts'
import type { AuthMethod, Connection } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { type InboxUnderTest, inboxSession, Reader, replyTo } from '../../testing/inbox-reader.ts'
import { inboxSuite } from '../../testing/inbox-suite.ts'
import { createTestSession } from '../../testing/session.ts'
import { mark } from '../../testing/world.ts'
import { mailbox } from '../index.ts'

const method = mailbox.auth[1] as Extract<AuthMethod, { kind: 'fields' }>

let server: ImapServer
let smtp: SmtpServer
let connection: Connection
let mails = 0

const allowed = () => [`${server.host}:${server.port}`, new URL(smtp.url).host]

const connectWith = (values: Record<string, string> = {}, hosts = allowed()) =>
  method.connect(createTestSession({ allowPrivate: hosts }), {
    ...{ host: `${server.host}:${server.port}`, user: server.user, password: server.password, folder: 'INBOX' },
    ...{ smtp: new URL(smtp.url).host, address: 'support@example.com', name: 'Support' },
    ...values,
  })

async function deliver(text: string, headers: Record<string, string> = {}, folder?: string): Promise<string> {
  const id = headers['Message-ID'] ?? `<${++mails}@example.org>`
  const all = {
    From: 'Kim Runner <kim@example.org>',
    To: 'Support <support@example.com>',
    Subject: 'A question',
    'Message-ID': id,
    Date: new Date().toUTCString(),
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  await server.deliver(`${lines.join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`, folder)
  return id
}

const answering = (said: Said): Record<string, string> => ({
  'In-Reply-To': said.id,
  References: `${said.thread} ${said.id}`,
  Subject: 'Re: A question',
})

const underTest = (): InboxUnderTest => ({
  connector: mailbox,
  connection,
  allowPrivate: allowed(),
  say: (text, { answers } = {}) => deliver(text.toWellFormed().replaceAll('\0', ''), answers ? answering(answers) : {}),
  saysElsewhere: (text, said) =>
    deliver(text, { ...answering(said), From: 'support@example.com', To: 'kim@example.org' }, 'Sent'),
  copies: async (word) => smtp.letters.filter(({ mail }) => mail.text?.includes(word)).length,
  stop: async () => undefined,
})

const read = async (id: string): Promise<Said> => new Reader({ network: underTest() }).reads(id)

async function answer(said: Said, text: string, key = mark()) {
  const session = inboxSession(underTest())
  const { answer: by } = mailbox.inbox!
  const prepared = await by!.prepare!(session, replyTo(said, text), key)
  const since = new Date()
  const found = () => by!.find!(session, prepared, key, since)
  return { prepared, found, submit: () => by!.submit(session, prepared, key) }
}

describeServer('imap', () => {
  beforeAll(async () => {
    server = await startImap()
    smtp = await startSmtp(0, server)
    connection = await connectWith()
  }, 60_000)
  beforeEach(() => smtp.letters.splice(0))
  afterAll(async () => {
    await smtp?.stop()
    await server?.stop()
  })

  const timeout = 60_000
  // There is no folder for these yet; they are tried by themselves.
  inboxSuite('A mailbox', async () => underTest(), { kind: 'mail', notTried: ['spam', 'delete'] })

  test('a mail is told by what is new in it, with what is attached', { timeout }, async () => {
    const parts = [
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTen kilometres.\r\n\r\nAm 03.11.25 schrieb Support:\r\n> Wie weit?\r\n',
      '--b\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n\r\nPDF\r\n',
      '--b--',
    ]
    const id = await deliver(parts.join(''), { 'Content-Type': 'multipart/mixed; boundary=b', Subject: 'Re: Plan' })
    expect(await read(id)).toMatchObject({
      kind: 'mail',
      isPrivate: true,
      subject: 'Re: Plan',
      text: 'Ten kilometres.',
      quoted: 'Am 03.11.25 schrieb Support:\n> Wie weit?',
      media: [{ kind: 'file', name: 'plan.pdf' }],
      author: { id: 'kim@example.org', name: 'Kim Runner' },
      marks: [],
    })
  })

  test('mails belong together by what they name, and by their subject where they name nothing', {
    timeout,
  }, async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    const first = await reader.reads(await deliver('one', { Subject: 'Lost luggage' }))
    const second = await reader.reads(await deliver('two', { 'In-Reply-To': first.id, Subject: 'Re: Lost luggage' }))
    const third = await reader.reads(await deliver('three', { 'In-Reply-To': second.id, Subject: 'other words' }))
    const fourth = await reader.reads(await deliver('four', { Subject: 'AW: Re: Lost  luggage' }))
    expect([second, third, fourth].map(({ thread }) => thread)).toEqual([first.id, first.id, first.id])
    const stranger = await reader.reads(await deliver('five', { Subject: 'Re: Lost luggage', From: 'eve@example.net' }))
    const again = await reader.reads(await deliver('six', { Subject: 'Lost luggage' }))
    expect([stranger.thread, again.thread]).toEqual([stranger.id, again.id])
  })

  test('an answer goes to whom it is for, under the same subject, and is kept once', { timeout }, async () => {
    const said = await read(await deliver('How?', { 'Reply-To': 'kim.home@example.org', Subject: 'Grüße & Küsse' }))
    const one = await answer(said, 'Like <this>,\nslowly.')
    expect(await one.found()).toEqual({ state: 'unproven' })
    const sent = await one.submit()
    expect(await one.found()).toEqual(sent)
    const [letter] = smtp.letters as [(typeof smtp.letters)[number]]
    expect(smtp.letters).toHaveLength(1)
    expect(letter).toMatchObject({
      to: 'kim.home@example.org',
      mail: {
        subject: 'Re: Grüße & Küsse',
        text: 'Like <this>,\nslowly.\n',
        from: { name: 'Support', address: 'support@example.com' },
        inReplyTo: said.id,
        references: said.id,
      },
    })
    const told = await read((sent as { id: string }).id)
    expect(told).toMatchObject({ isOurs: true, thread: said.thread, replyTo: said.id, text: 'Like <this>,\nslowly.' })
    expect((await mailbox.inbox!.thread!(inboxSession(underTest()), told.ref)).map(({ id }) => id)).toEqual([
      said.id,
      told.id,
    ])
  })

  test('a line that breaks leaves open whether it was sent; a refusal does not', { timeout }, async () => {
    const said = await read(await deliver('Hello?', { From: 'lost@example.org' }))
    smtp.behave('lost@example.org', 'lost')
    const lost = await answer(said, 'Here I am')
    await expect(lost.submit()).rejects.toMatchObject({ kind: 'unknown' })
    expect(await lost.found()).toEqual({ state: 'unproven' })
    expect(smtp.letters).toHaveLength(1)
    smtp.behave('lost@example.org', { after: 'rcpt', code: 550, text: '5.1.1 no such user' })
    await expect((await answer(said, 'Again')).submit()).rejects.toMatchObject({ kind: 'rejected' })
    smtp.behave('lost@example.org', { after: 'rcpt', code: 450, text: '4.2.1 later' })
    await expect((await answer(said, 'Once more')).submit()).rejects.toMatchObject({ kind: 'unavailable' })
    expect(smtp.letters).toHaveLength(1)
  })

  const robots: [string, Record<string, string>][] = [
    ['an answer of a program', { 'Auto-Submitted': 'auto-replied' }],
    ['a newsletter', { 'List-Unsubscribe': '<mailto:off@example.org>' }],
    ['a sender that reads nothing', { From: 'No Reply <no-reply@example.org>' }],
    ['an out-of-office notice', { Precedence: 'auto_reply' }],
  ]
  test.each(robots)('%s is marked, so that nobody answers it', { timeout }, async (_, headers) => {
    expect((await read(await deliver('Away', headers))).marks).toEqual(['automatic'])
  })

  test('a letter that came back belongs to the conversation that it was for', { timeout }, async () => {
    const said = await read(await deliver('Where?'))
    const sent = (await (await answer(said, 'There')).submit()) as { id: string }
    const report = [
      '--r\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n',
      '--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nAction: failed\r\n',
      `--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${sent.id}\r\nSubject: Re: A question\r\n\r\n--r--`,
    ]
    const id = await deliver(report.join(''), {
      From: 'MAILER-DAEMON@mx.example.org',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
      'Auto-Submitted': 'auto-replied',
    })
    expect(await read(id)).toMatchObject({ marks: ['bounce', 'automatic'], thread: said.thread, replyTo: sent.id })
  })

  test('is marked as read, and moved, at somebody’s word', { timeout }, async () => {
    const said = await read(await deliver('Buy this'))
    const before = await server.seen()
    const { seen, moderate } = mailbox.inbox!
    await seen!(inboxSession(underTest()), [said.ref])
    expect(await server.seen()).toBe(before + 1)
    const act = (action: 'spam' | 'delete') => moderate!.act(inboxSession(underTest()), action, said.ref)
    await expect(act('spam')).rejects.toMatchObject({ kind: 'forbidden', code: 'no-folder-for-it' })
    await deliver('something', {}, 'Junk')
    await act('spam')
    await act('spam')
    expect(await server.seen('Junk')).toBe(1)
  })

  test('what is broken, huge or hollow is survived, and the next one is read', { timeout }, async () => {
    const reader = await new Reader({ network: underTest() }).drain()
    await server.deliver('\r\n\r\n')
    await deliver('x'.repeat(1_000_000))
    await server.deliver(Buffer.from([0xff, 0xfe, 0x80, 13, 10]))
    await reader.reads(await deliver('still here', { References: `${'<a@b> '.repeat(5000)}`, From: 'not an address' }))
    expect(reader.batches.reduce((sum, { unreadable }) => sum + unreadable, 0)).toBeGreaterThan(0)
    expect(reader.batches.reduce((sum, { cut }) => sum + cut, 0)).toBe(1)
  })

  test.each([
    [{ smtp: 'two words' }, 'rejected', 'server-address', 'smtp'],
    [{ smtp: '127.0.0.1:1' }, 'unavailable', undefined, 'smtp'],
    [{ address: 'nobody' }, 'rejected', 'address-not-usable', 'address'],
    [{ password: 'wrong' }, 'auth-revoked', 'mail-signin-refused', undefined],
  ])('connecting with %j is refused', { timeout }, async (values, kind, code, field) => {
    const attempt = connectWith(values, [...allowed(), '127.0.0.1:1'])
    await expect(attempt).rejects.toMatchObject({ kind, ...(code ? { code } : {}), ...(field ? { field } : {}) })
  })

  test('a mailbox without a way out is for listening: its alerts are no conversations', { timeout }, async () => {
    const [first] = mailbox.auth as [Extract<AuthMethod, { kind: 'fields' }>]
    const { host, port, user, password } = server
    const values = { host: `${host}:${port}`, user, password, folder: 'INBOX' }
    const silent = await first.connect(createTestSession({ allowPrivate: allowed() }), values)
    const network = { ...underTest(), connection: silent }
    const id = await deliver('Anybody?')
    const reader = await new Reader({ network }).drain()
    expect([reader.events, reader.cursor]).toEqual([[], null])
    const preparing = mailbox.inbox!.answer!.prepare!(inboxSession(network), replyTo(await read(id), 'Yes'), 'k')
    await expect(preparing).rejects.toMatchObject({ kind: 'forbidden', code: 'no-outgoing-server' })
  })
})
