// A newsletter from the first reader to the last letter: double opt-in, an issue by the ledger, a real mail server, leaving.

import { describe, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { createMailer } from '../../src/lib/mail.ts'
import { picture } from '../../src/media/testing/samples.ts'
import { sendDueLetters } from '../../src/publishing/letters/send-letters.ts'
import { claimSend } from '../../src/publishing/letters/store.ts'
import {
  add,
  aNewsletter,
  askLetters,
  form,
  issues,
  lettersTo,
  linkIn,
  list,
  open,
  owner,
  publish,
  running,
  sendIssue,
  smtp,
  stateAt,
  subscribers,
  useNewsletterWorld,
} from './newsletter-world.ts'
import { untilState } from './world.ts'

useNewsletterWorld()

/** The jobs of letters, as the queue starts them. */
const send = () => sendDueLetters(running.app.services)

describe('a reader', () => {
  test('asks by the form, confirms by the letter, reads, and leaves by one click of the mail program', async () => {
    const { formUrl } = (await owner.call('GET', list())).body
    const path = new URL(formUrl).pathname
    expect(await (await open(path)).text()).toContain('I want to receive “News from the harbour”')
    const asked = await open(path, form({ address: ' Reader@Example.org ', name: 'A reader' }))
    expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining('Look into your mailbox')])
    expect(await stateAt('reader@example.org')).toBe('asked')
    await askLetters()
    const confirm = linkIn(lettersTo('reader@example.org')[0]!.mail.text, 'confirm')
    // A scanner that opens the link confirms nothing.
    expect((await open(confirm)).status).toBe(200)
    expect(await stateAt('reader@example.org')).toBe('asked')
    expect((await open(confirm, { method: 'POST' })).status).toBe(200)
    expect(await stateAt('reader@example.org')).toBe('confirmed')

    const media = await upload()
    running.work()
    const post = await publish({
      title: 'Spring at the quay',
      excerpt: 'Three walks',
      segments: [
        { text: `Hello **reader**.\n\n![](media:${media.id})\n\n[The plan](https://example.org/plan)`, media: [media] },
      ],
    })
    await untilState(owner, post.id, 'processing')
    await send()
    running.moved.ms += 11_000
    await untilState(owner, post.id, 'published')

    const letter = lettersTo('reader@example.org')[1]!
    expect(letter.mail).toMatchObject({ subject: 'Spring at the quay', from: { name: 'News from the harbour' } })
    expect(letter.mail.html).toContain('<strong>reader</strong>')
    expect(letter.mail.text).toContain('Harbour Outdoor, Quay 1')
    expect(letter.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    const [src] = /\/letters\/issues\/[0-9a-f]{32}\/pictures\/[0-9a-f-]+/.exec(letter.mail.html!)!
    expect((await open(src)).headers.get('content-type')).toMatch(/^image\//)
    const until = { ids: [media.id], rights: { expiresOn: '2020-01-01' } }
    await owner.call('POST', '/orgs/{org}/media/rights', until)
    expect((await open(src)).status).toBe(404)
    const online = await open(/\/letters\/issues\/[0-9a-f]{32}/.exec(letter.mail.html!)![0])
    expect(await online.text()).toContain('Spring at the quay')

    const leave = new URL(letter.header('List-Unsubscribe')!.slice(1, -1)).pathname
    expect((await open(leave)).status).toBe(200)
    expect(await stateAt('reader@example.org')).toBe('confirmed')
    expect((await open(leave, form({ 'List-Unsubscribe': 'One-Click' }))).status).toBe(200)
    expect(await (await open(leave)).text()).toContain(`<a href="${formUrl}">Subscribe again</a>`)
    expect(await stateAt('reader@example.org')).toBe('left')
    // The old link to confirm does not bring them back, and nobody adds them by a list.
    expect((await open(confirm, { method: 'POST' })).status).toBe(404)
    expect(await add(['reader@example.org'])).toEqual([{ address: 'reader@example.org', outcome: 'left-before' }])
  })

  test.each([
    ['no mail address', { address: 'nobody' }, 422],
    ['a program that fills in everything', { address: 'robot@example.org', website: 'https://spam.example' }, 200],
  ])('that is %s gets no letter', async (_what, fields, status) => {
    const before = smtp.letters.length
    const { formUrl } = (await owner.call('GET', list())).body
    expect((await open(new URL(formUrl).pathname, form(fields))).status).toBe(status)
    expect(await stateAt('robot@example.org')).toBeUndefined()
    await askLetters()
    expect(smtp.letters).toHaveLength(before)
  })

  test.each([
    // A page that tells no site where it was sends this, also to ourselves.
    ['our own page', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['the web site of the company', { origin: 'https://www.longrun.example', 'sec-fetch-site': 'same-site' }],
  ])('may be signed in here, and asks by the form of %s', async (_what, headers) => {
    const path = new URL((await owner.call('GET', list())).body.formUrl).pathname
    const address = `${headers['sec-fetch-site']}@example.org`
    const answer = await open(path, {
      ...form({ address }),
      headers: { ...headers, cookie: 'longrun.session_token=x' },
    })
    expect(answer.status).toBe(200)
    expect(await stateAt(address)).toBe('asked')
  })

  test('who asks twice within an hour, or is subscribed already, gets one letter, and the page does not tell', async () => {
    await add(['known@example.org'])
    const { formUrl } = (await owner.call('GET', list())).body
    const ask = (address: string) => open(new URL(formUrl).pathname, form({ address })).then((answer) => answer.text())
    const words = await Promise.all([ask('twice@example.org'), ask('twice@example.org'), ask('known@example.org')])
    expect(new Set(words.map((text) => text.replaceAll(/\w+@example\.org/g, '…'))).size).toBe(1)
    expect((await subscribers()).filter(({ address }) => address === 'twice@example.org')).toHaveLength(1)
    expect(await stateAt('known@example.org')).toBe('confirmed')
  })

  test.each(['confirm', 'leave'])('with a link to %s that nobody made finds nothing', async (use) => {
    for (const token of ['x', `${owner.orgId}.${owner.memberId}.${'a'.repeat(43)}`])
      expect((await open(`/letters/${use}/${token}`, { method: 'POST' })).status).toBe(404)
  })
})

async function upload() {
  const data = new FormData()
  data.set(
    'file',
    new File([new Uint8Array(await picture({ width: 60, height: 40 }).png().toBuffer())], 'quay.png', {
      type: 'image/png',
    }),
  )
  data.set('alt', 'The quay')
  const answer = await owner.fetch(`/api/v1/orgs/${owner.orgId}/media`, { method: 'POST', body: data })
  const { id, kind, type, bytes, width, height, seconds, alt } = await answer.json()
  return { id, kind, type, bytes, width, height, seconds, alt }
}

describe('an issue', () => {
  test('to many: each letter is settled by the word of the mail server, and none is sent twice, by two workers', async () => {
    const many = await aNewsletter('Many')
    const addresses = Array.from({ length: 60 }, (_, index) => `reader-${index}@many.example`)
    await add(addresses, many.id)
    smtp.behave(addresses[0]!, { after: 'rcpt', code: 550, text: 'No such user' })
    smtp.behave(addresses[1]!, { after: 'rcpt', code: 452, text: 'Mailbox full' })
    smtp.behave(addresses[2]!, 'lost')
    running.work()
    const post = await publish({ title: 'To many', segments: [{ text: 'Hello', media: [] }] }, many.id)
    await untilState(owner, post.id, 'processing')
    await Promise.all([send(), send()])
    expect((await issues(many.id))[0]).toMatchObject({
      recipients: 60,
      sent: 57,
      refused: 1,
      unknown: 1,
      open: 1,
      finishedAt: null,
    })
    expect(await stateAt(addresses[0]!, many.id)).toBe('bounced')
    // What was put off goes later; what is not known is not sent again.
    smtp.behave(addresses[1]!, null)
    running.moved.ms += 6 * 60_000
    await Promise.all([send(), send()])
    expect((await issues(many.id))[0]).toMatchObject({
      sent: 58,
      refused: 1,
      unknown: 1,
      open: 0,
      finishedAt: expect.any(String),
    })
    await untilState(owner, post.id, 'published')
    for (const address of addresses.slice(1)) expect(lettersTo(address)).toHaveLength(1)
    expect(lettersTo(addresses[0]!)).toEqual([])
  })

  test('of which a worker vanished with a letter in hand: that one is not known, the others go on', async () => {
    const few = await aNewsletter('Few')
    await add(['one@few.example', 'two@few.example'], few.id)
    running.work()
    const post = await publish({ title: 'To few', segments: [{ text: 'Hello', media: [] }] }, few.id)
    await untilState(owner, post.id, 'processing')
    const [{ key }] = await issues(few.id)
    // As `claimSends` leaves it when the process dies afterwards.
    await asSystem(running.app.services.db, async (tx) => {
      const one = await tx
        .selectFrom('letter_sends')
        .select('subscriber_id')
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      await tx
        .updateTable('letter_sends')
        .set({ state: 'sending', tries: 1, claimed_at: running.app.services.clock() })
        .where('key', '=', key)
        .where('subscriber_id', '=', one.subscriber_id)
        .execute()
    })
    await send()
    expect((await issues(few.id))[0]).toMatchObject({ sent: 1, open: 1 })
    running.moved.ms += 11 * 60_000
    await send()
    expect((await issues(few.id))[0]).toMatchObject({ sent: 1, unknown: 1, open: 0 })
    await untilState(owner, post.id, 'published')
    expect(smtp.letters.filter(({ to }) => to.endsWith('@few.example'))).toHaveLength(1)
  })

  test('stops under a hold of its newsletter and goes on afterwards; who leaves meanwhile is left out', async () => {
    const held = await aNewsletter('Held')
    await add(['stays@held.example', 'leaves@held.example'], held.id)
    running.work()
    const post = await publish({ title: 'Held', segments: [{ text: 'Hello', media: [] }] }, held.id)
    await untilState(owner, post.id, 'processing')
    await asSystem(running.app.services.db, (tx) =>
      tx
        .insertInto('holds')
        .values({
          ...{ org_id: owner.orgId, id: crypto.randomUUID(), scope: 'account', scope_id: held.id, reason: 'wait' },
          begun_at: running.app.services.clock(),
        })
        .execute(),
    )
    await send()
    expect((await issues(held.id))[0]).toMatchObject({ sent: 0, open: 2 })
    const [leaving] = (await subscribers('', held.id)).filter(({ address }) => address === 'leaves@held.example')
    expect((await owner.call('POST', `${list(held.id)}/subscribers/${leaving!.id}/end`)).body.state).toBe('left')
    await asSystem(running.app.services.db, (tx) =>
      tx.updateTable('holds').set({ ended_at: running.app.services.clock() }).execute(),
    )
    await send()
    expect((await issues(held.id))[0]).toMatchObject({ sent: 1, leftOut: 1, open: 0 })
    expect(lettersTo('leaves@held.example')).toEqual([])
    running.moved.ms += 11_000
    await untilState(owner, post.id, 'published')
  })

  test('that the mail server refuses to pass on strikes nobody off the list', async () => {
    const relay = await aNewsletter('Relay')
    await add(['one@relay.example', 'two@relay.example'], relay.id)
    smtp.behave('one@relay.example', { after: 'rcpt', code: 554, text: '5.7.1 Relay access denied' })
    smtp.behave('two@relay.example', { after: 'data', code: 550, text: 'Looks like spam' })
    await sendIssue(relay.id)
    expect((await issues(relay.id))[0]).toMatchObject({ sent: 0, refused: 2, open: 0 })
    expect(await stateAt('one@relay.example', relay.id)).toBe('confirmed')
    expect(await stateAt('two@relay.example', relay.id)).toBe('confirmed')
  })

  test('takes turns with another one, however many letters each has', async () => {
    const { services } = running.app
    const [long, short] = [await aNewsletter('Long'), await aNewsletter('Short')]
    await add(
      Array.from({ length: 40 }, (_, index) => `reader-${index}@turns.example`),
      long.id,
    )
    await add(['one@turns.example'], short.id)
    const without = { ...services, mailer: createMailer({ smtpUrl: null, mailFrom: '' }) }
    for (const { id } of [long, short]) await sendIssue(id, 'Turns', without)
    const claimed = []
    for (let time = 0; time < 30; time++)
      claimed.push(await asSystem(services.db, (tx) => claimSend(tx, services.clock())))
    expect(claimed.map((send) => send?.address)).toContain('one@turns.example')
    running.moved.ms += 11 * 60_000
    await send()
  })

  test('says in each letter to which newsletter it belongs, the same for every issue', async () => {
    const named = await aNewsletter('Häfen & "Boote"')
    await add(['one@named.example'], named.id)
    await sendIssue(named.id)
    await sendIssue(named.id)
    const [first, second] = lettersTo('one@named.example').map(({ header }) => header('List-Id'))
    expect(first).toBe(`<${named.id}.example.org>`)
    expect(second).toBe(first)
  })

  test('to nobody is published all the same', async () => {
    const empty = await aNewsletter('Empty')
    running.work()
    const post = await publish({ title: 'To nobody', segments: [{ text: 'Hello', media: [] }] }, empty.id)
    await untilState(owner, post.id, 'processing')
    await send()
    running.moved.ms += 11_000
    await untilState(owner, post.id, 'published')
  })
})
