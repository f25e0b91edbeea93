// Files by mail, the whole way: what came with a letter is handed out to whoever sees the conversation, and an answer goes out with its own.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConnector } from '../../src/connectors/registry.ts'
import { asSystem, seenBy } from '../../src/db/tx.ts'
import { mountMessageFiles } from '../../src/inbox/files/doors.ts'
import { startInboxReader } from '../../src/inbox/reading/worker.ts'
import { mediaFile } from '../../src/media/actions.ts'
import { mountFiles } from '../../src/media/doors.ts'
import { picture } from '../../src/media/testing/samples.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import type { Services } from '../../src/services.ts'
import { describeServer } from '../servers/describe-server.ts'
import { type ImapServer, startImap } from '../servers/imap.ts'
import { type SmtpServer, startSmtp } from '../servers/smtp.ts'
import { type TestApp, type TestSession, testApp } from '../world/app.ts'

let server: ImapServer
let smtp: SmtpServer
let world: TestApp
let owner: TestSession
const mailbox = findConnector('mailbox')!
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

const everything = (): Services => ({ ...world.services, db: seenBy(world.services.db, 'all') })

async function letter(subject: string, files: { name: string; type: string; content: Buffer }[]): Promise<void> {
  const parts = files.map(
    ({ name, type, content }) =>
      `--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
  )
  const head = [
    'From: Kim Runner <kim@example.org>',
    'To: Support <support@example.com>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '.')}@example.org>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
  ]
  const body = `--b\r\nContent-Type: text/plain\r\n\r\nPlease look\r\n${parts.join('')}--b--\r\n`
  await server.deliver(`${head.join('\r\n')}\r\n\r\n${body}`)
}

interface Message {
  id: string
  media: { name: string | null; kind: string; url: string | null }[]
}

/** The conversation with that subject, once it is read, and its first message. */
async function arrived(subject: string): Promise<{ id: string; message: Message }> {
  // Not in a minute but now.
  await asSystem(world.services.db, (tx) =>
    tx
      .updateTable('inbox_readings')
      .set({ due_at: new Date(0) })
      .execute(),
  )
  const reader = startInboxReader(everything(), { connectors: [mailbox], pollMs: 20 })
  const find = async () =>
    (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body.items.find(
      (each: { subject: string | null }) => each.subject === subject,
    )
  try {
    await expect.poll(find, { timeout: 30_000 }).toBeDefined()
  } finally {
    await reader.stop()
  }
  const { id } = await find()
  const { body } = await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)
  return { id, message: body.items[0] }
}

const open = (by: TestSession, url: string) => world.request(url, { headers: { authorization: `Bearer ${by.token}` } })

async function upload(conversationId: string, name: string, content: Uint8Array) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], name))
  form.append('conversationId', conversationId)
  const { status, body } = await owner.call('POST', '/orgs/{org}/media', form)
  expect(status, JSON.stringify(body)).toBe(201)
  const { id, kind, type, bytes, width, height, seconds, alt } = body
  return { id, kind, type, bytes, width, height, seconds, alt }
}

describeServer('imap', () => {
  beforeAll(async () => {
    server = await startImap()
    smtp = await startSmtp(0, server)
    const hosts = [`${server.host}:${server.port}`, new URL(smtp.url).host]
    world = await testApp({
      config: { allowPrivate: hosts },
      mount: (hono, doors) => {
        const services = new Proxy({} as Services, { get: (_, name) => Reflect.get(world.services, name) })
        mountMessageFiles(hono, doors, services)
        mountFiles(hono, doors, services)
      },
    })
    owner = await world.as('owner')
    const values = {
      ...{ host: hosts[0], user: server.user, password: server.password, folder: 'INBOX' },
      ...{ smtp: hosts[1], address: 'support@example.com', name: 'Support' },
    }
    const connected = await owner.call('POST', '/orgs/{org}/accounts', {
      ...{ connector: 'mailbox', method: 'imap-smtp', values },
    })
    expect(connected.status, JSON.stringify(connected.body)).toBe(201)
  }, 60_000)
  afterAll(async () => {
    await world?.close()
    await smtp?.stop()
    await server?.stop()
  })

  test('what came with a letter is saved by whoever sees the conversation, and never opened', {
    timeout: 60_000,
  }, async () => {
    const large = Buffer.alloc(3_000_000, 7)
    await letter('plan', [
      { name: 'plan.pdf', type: 'application/pdf', content: pdf },
      { name: 'holiday.jpg', type: 'image/jpeg', content: Buffer.from('<html><script>alert(1)</script>') },
      { name: 'free.exe', type: 'application/octet-stream', content: Buffer.from('MZ and more') },
      { name: 'large.bin', type: 'application/octet-stream', content: large },
    ])
    const { id, message } = await arrived('plan')
    const [plan, holiday, program] = message.media
    expect(plan).toEqual({
      kind: 'file',
      name: 'plan.pdf',
      alt: '',
      url: `/files/${owner.orgId}/messages/${message.id}/0`,
    })
    const answer = await open(owner, plan!.url!)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': "attachment; filename*=UTF-8''plan.pdf",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf)
    // Called a picture, and none.
    const lying = await open(owner, holiday!.url!)
    expect([lying.status, lying.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    const refused = await open(owner, program!.url!)
    expect([refused.status, ((await refused.json()) as { data: object }).data]).toMatchObject([
      422,
      { code: 'attachment-is-program', params: { name: 'free.exe' } },
    ])
    // It lies beyond what the reading takes of a letter.
    const whole = await open(owner, `/files/${owner.orgId}/messages/${message.id}/3`)
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, large.length])
    // Others: not there, as what never was.
    const theirs = await world.as('owner', world.theirs)
    for (const [by, url] of [
      [theirs, plan!.url!],
      [theirs, plan!.url!.replace(owner.orgId, theirs.orgId)],
      [owner, `/files/${owner.orgId}/messages/${message.id}/9`],
      [owner, `/files/${owner.orgId}/messages/${crypto.randomUUID()}/0`],
    ] as const)
      expect((await open(by, url)).status, url).toBe(404)
    expect((await world.request(plan!.url!)).status).toBe(401)
    // Behind a wall for its department alone.
    const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })).body.id
    await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: true })
    const member = await world.as('contributor')
    await owner.call('PATCH', `/orgs/{org}/members/${member.memberId}`, { departmentId: department })
    await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: department, note: 'For you' })
    expect([(await open(owner, plan!.url!)).status, (await open(member, plan!.url!)).status]).toEqual([404, 200])
  })

  test('an answer goes out with its files as attachments, and comes back with them', { timeout: 60_000 }, async () => {
    await letter('Where is it', [])
    const { id } = await arrived('Where is it')
    const { body: can } = await owner.call('GET', `/orgs/{org}/conversations/${id}/answers`)
    expect(can).toMatchObject({ images: { max: 10 }, videos: { max: 10 }, documents: { max: 10 } })
    const map = await upload(id, 'map.png', await picture({ width: 40, height: 30, noise: 3 }).png().toBuffer())
    const plan = await upload(id, 'plan of the way.pdf', pdf)
    const write = (media: object[]) =>
      owner.call('POST', `/orgs/{org}/conversations/${id}/answers`, { text: 'Here it is', media })
    // Called something else than it is.
    expect((await write([{ ...plan, kind: 'image', type: 'image/png' }])).body.data).toMatchObject({
      code: 'media-not-found',
      field: 'media.0.id',
    })
    const heavy = await write([
      { ...plan, bytes: 9_000_000 },
      { ...plan, bytes: 9_000_000 },
    ])
    expect(heavy.body.data).toMatchObject({ code: 'media.together-too-large', field: 'media' })
    const written = await write([map, plan])
    expect(written.status, JSON.stringify(written.body)).toBe(201)
    const worker = startWorker(
      {
        services: everything(),
        connectorOf: findConnector,
        media: (orgId, fileId, wish) => mediaFile(everything(), orgId, fileId, wish),
      },
      { pollMs: 20 },
    )
    await worker.idle()
    await worker.stop()
    expect(smtp.letters).toHaveLength(1)
    const { mail } = smtp.letters[0]!
    expect(mail.text).toBe('Here it is\n')
    expect(mail.attachments.map(({ filename, mimeType, disposition }) => [filename, mimeType, disposition])).toEqual([
      ['map.png', 'image/png', 'attachment'],
      ['plan of the way.pdf', 'application/pdf', 'attachment'],
    ])
    expect(Buffer.from(mail.attachments[1]!.content as ArrayBuffer)).toEqual(pdf)
    const { body: answers } = await owner.call('GET', `/orgs/{org}/conversations/${id}/answers`)
    expect(answers.items).toMatchObject([
      { state: 'published', media: [{ id: map.id }, { id: plan.id, kind: 'document' }] },
    ])
  })

  test('a post shows no document', async () => {
    await letter('Another', [])
    const { id } = await arrived('Another')
    const plan = await upload(id, 'other.pdf', pdf)
    const post = { content: { segments: [{ text: 'Look', media: [plan] }] }, variants: [] }
    expect((await owner.call('POST', '/orgs/{org}/posts', post)).body.data).toMatchObject({
      code: 'media-not-found',
      field: 'content.segments.0.media.0.id',
    })
  })
})
