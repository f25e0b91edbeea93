// The list of a newsletter: what comes back, consent, forgetting, and who may not see it.

import { describe, expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { sendDueLetters } from '../../src/publishing/letters/send-letters.ts'
import { forgetUnconfirmed } from '../../src/publishing/letters/store-subscribers.ts'
import {
  account,
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
  report,
  running,
  sendIssue,
  smtp,
  stateAt,
  subscribers,
  useNewsletterWorld,
} from './newsletter-world.ts'
import { refusal, startRunning } from './world.ts'

useNewsletterWorld()

const hookOf = async (id: string) => new URL((await owner.call('GET', list(id))).body.bounceUrl).pathname

describe('what comes back', () => {
  test.each([
    ['our own form', { address: 'own@back.example', kind: 'hard', message: 'No such user' }, 'bounced'],
    ['a list', [{ address: 'list@back.example', kind: 'complaint' }], 'complained'],
    ['a soft bounce', { address: 'soft@back.example', kind: 'soft' }, 'confirmed'],
    [
      'Postmark',
      { RecordType: 'Bounce', Type: 'HardBounce', Email: 'PM@back.example', Description: 'Gone' },
      'bounced',
    ],
    [
      'a complaint at Postmark',
      { RecordType: 'SpamComplaint', Type: 'SpamComplaint', Email: 'pmc@back.example' },
      'complained',
    ],
    ['Mailgun', { 'event-data': { event: 'failed', severity: 'permanent', recipient: 'mg@back.example' } }, 'bounced'],
  ])('by webhook, %s', async (_what, body, state) => {
    const address = /[\w.]+@back\.example/.exec(JSON.stringify(body))![0].toLowerCase()
    await add([address])
    const answer = await report(body)
    expect([answer.status, await answer.json()]).toEqual([200, { taken: 1 }])
    expect(await stateAt(address)).toBe(state)
  })

  test('softly five times in a row ends it: each letter counts once, and one that stays forgives those before it', async () => {
    const soft = { address: 'full@back.example', kind: 'soft' }
    const full = await aNewsletter('Full')
    const softly = await hookOf(full.id)
    await add([soft.address], full.id)
    const come = async (back: boolean) => {
      await sendIssue(full.id)
      // Some services tell of each of their tries.
      for (let time = 0; back && time < 3; time++) await report(soft, softly)
      running.moved.ms += 86_400_000
    }
    for (let letter = 0; letter < 4; letter++) await come(true)
    await come(false)
    for (let letter = 0; letter < 4; letter++) await come(true)
    expect(await stateAt(soft.address, full.id)).toBe('confirmed')
    await come(true)
    expect(await stateAt(soft.address, full.id)).toBe('bounced')
  })

  test('a complaint counts whoever makes it, and says that the letter arrived', async () => {
    const spam = await aNewsletter('Spam')
    await add(['stays@spam.example', 'leaves@spam.example'], spam.id)
    await sendIssue(spam.id)
    const [leaving] = (await subscribers('', spam.id)).filter(({ address }) => address.startsWith('leaves'))
    await owner.call('POST', `${list(spam.id)}/subscribers/${leaving!.id}/end`)
    const complaints = ['stays', 'leaves'].map((name) => ({ address: `${name}@spam.example`, kind: 'complaint' }))
    await report(complaints, await hookOf(spam.id))
    expect((await subscribers('complained', spam.id)).length).toBe(2)
    expect((await issues(spam.id))[0]).toMatchObject({ sent: 2, bounced: 0 })
  })

  test('a long list is taken to its end', async () => {
    await add(['last@back.example'])
    const unknown = Array.from({ length: 1200 }, (_, index) => ({ address: `n${index}@x.example`, kind: 'hard' }))
    const answer = await report([...unknown, { address: 'last@back.example', kind: 'hard' }])
    expect(await answer.json()).toEqual({ taken: 1 })
  })

  test('at the moment in which somebody leaves does not undo that they left', async () => {
    const addresses = Array.from({ length: 12 }, (_, index) => `race-${index}@back.example`)
    await add(addresses)
    const rows = (await subscribers()).filter(({ address }) => address.startsWith('race-'))
    await Promise.all(
      rows.flatMap(({ id, address }) => [
        report({ address, kind: 'hard' }),
        owner.call('POST', `${list()}/subscribers/${id}/end`),
      ]),
    )
    for (const address of addresses) expect(await stateAt(address)).toBe('left')
  })

  test('from nobody, in no form, or of nobody we know changes nothing', async () => {
    const bad = `/letters/bounces/${owner.orgId}.${account.id}.${'a'.repeat(43)}`
    expect((await report({ address: 'x@back.example', kind: 'hard' }, bad)).status).toBe(404)
    expect((await report({ hello: 'there' })).status).toBe(422)
    expect(await (await report({ address: 'stranger@back.example', kind: 'hard' })).json()).toEqual({ taken: 0 })
  })
})

describe('the list', () => {
  test('does not bring back who left, even after a stranger has filled in the form for them; they themselves can', async () => {
    const [address, path] = ['gone@list.example', new URL((await owner.call('GET', list())).body.formUrl).pathname]
    await add([address])
    const [row] = (await subscribers('confirmed')).filter((each) => each.address === address)
    await owner.call('POST', `${list()}/subscribers/${row!.id}/end`)
    running.moved.ms += 86_400_000
    await open(path, form({ address, name: 'A stranger' }))
    expect(await stateAt(address)).toBe('left')
    expect(await add([address])).toEqual([{ address, outcome: 'left-before' }])
    running.moved.ms += 20 * 86_400_000
    await asSystem(running.app.services.db, (tx) => forgetUnconfirmed(tx, running.app.services.clock()))
    expect(await add([address])).toEqual([{ address, outcome: 'left-before' }])

    await askLetters()
    const confirm = linkIn(lettersTo(address).at(-1)!.mail.text, 'confirm')
    expect(await (await open(confirm)).text()).toContain('Yes, subscribe')
    expect((await open(confirm, { method: 'POST' })).status).toBe(200)
    const [back] = (await subscribers('confirmed')).filter((each) => each.address === address)
    expect(back!.consent).toContain('I want to receive “News from the harbour”')
  })

  test('takes five thousand people at once, in two lists at the same time', async () => {
    const big = await aNewsletter('Big')
    const people = Array.from({ length: 5000 }, (_, index) => `Person-${index}@big.example`)
    const both = await Promise.all([add(people, big.id), add(people.toReversed(), big.id)])
    const outcomes = both.flat().map(({ outcome }: { outcome: string }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(5000)
    expect(outcomes.filter((outcome) => outcome === 'already')).toHaveLength(5000)
    expect((await owner.call('GET', list(big.id))).body.counts.confirmed).toBe(5000)
  })

  test('keeps the consent, tells each address its outcome, and forgets who asks to be forgotten', async () => {
    const results = await add(['Fresh@list.example', 'fresh@list.example', 'not an address'])
    expect(results).toEqual([
      { address: 'fresh@list.example', outcome: 'added' },
      { address: 'fresh@list.example', outcome: 'already' },
      { address: 'not an address', outcome: 'not-an-address' },
    ])
    const [row] = (await subscribers('confirmed')).filter(({ address }) => address === 'fresh@list.example')
    expect(row!.consent).toBe('Signed at the counter of the shop, May 2026')
    expect((await owner.call('DELETE', `${list()}/subscribers/${row!.id}`)).status).toBe(200)
    expect(await stateAt('fresh@list.example')).toBeUndefined()
    const log = await owner.call('GET', '/orgs/{org}/events?limit=5')
    expect(JSON.stringify(log.body)).not.toContain('fresh@list.example')
  })

  test('that somebody is erased from still knows how many letters it sent, and one that waits is left out', async () => {
    const some = await aNewsletter('Some')
    await add(['refused@some.example', 'sent@some.example', 'waits@some.example'], some.id)
    smtp.behave('refused@some.example', { after: 'rcpt', code: 550, text: '<refused@some.example> unknown' })
    smtp.behave('waits@some.example', { after: 'rcpt', code: 450, text: 'Later' })
    const key = await sendIssue(some.id)
    for (const { id } of await subscribers('', some.id))
      await owner.call('DELETE', `${list(some.id)}/subscribers/${id}`)
    running.moved.ms += 6 * 60_000
    await sendDueLetters(running.app.services)
    expect((await issues(some.id))[0]).toMatchObject({
      ...{ recipients: 3, sent: 1, refused: 1, leftOut: 1, open: 0, finishedAt: expect.any(String) },
    })
    const kept = await asSystem(running.app.services.db, (tx) =>
      tx.selectFrom('letter_sends').select('error').where('key', '=', key).execute(),
    )
    expect(kept).toEqual([{ error: null }, { error: null }, { error: null }])
  })

  test('is closed to other organisations, and an account that is no newsletter has none', async () => {
    const stranger = await running.as('owner', running.app.theirs)
    expect(refusal(await stranger.call('GET', list()))[0]).toBe(404)
    const [row] = await subscribers('confirmed')
    expect((await stranger.call('DELETE', `${list()}/subscribers/${row!.id}`)).status).toBe(404)
    const other = await running.connect(owner)
    expect(refusal(await owner.call('GET', list(other.id)))).toEqual([422, 'not-a-newsletter', 'account'])
  })

  test('needs a mail server to begin with', async () => {
    const without = await startRunning()
    const person = await without.as('owner')
    const values = { name: 'News', address: 'news@example.org', imprint: 'Harbour Outdoor, Quay 1' }
    const answer = await person.call('POST', '/orgs/{org}/accounts', {
      connector: 'newsletter',
      method: 'sender',
      values,
    })
    expect(answer.body.data).toMatchObject({ code: 'network-refused', params: { code: 'no-mail-server' } })
    await without.close()
  })
})
