// The list of a newsletter: what comes back, consent, forgetting, and who may not see it.

import { describe, expect, test } from 'vitest'
import { account, add, list, open, owner, running, stateAt, subscribers } from './newsletter-world.ts'
import { refusal, startRunning } from './world.ts'

describe('what comes back', () => {
  const report = async (body: unknown, url?: string) => {
    const { bounceUrl } = (await owner.call('GET', list())).body
    const headers = { 'content-type': 'application/json' }
    return open(url ?? new URL(bounceUrl).pathname, { method: 'POST', headers, body: JSON.stringify(body) })
  }

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

  test('five times softly in a row ends it; a letter that arrives forgives', async () => {
    await add(['full@back.example'])
    for (let time = 0; time < 5; time++) await report({ address: 'full@back.example', kind: 'soft' })
    expect(await stateAt('full@back.example')).toBe('bounced')
  })

  test('from nobody, in no form, or of nobody we know changes nothing', async () => {
    const bad = `/letters/bounces/${owner.orgId}.${account.id}.${'a'.repeat(43)}`
    expect((await report({ address: 'x@back.example', kind: 'hard' }, bad)).status).toBe(404)
    expect((await report({ hello: 'there' })).status).toBe(422)
    expect(await (await report({ address: 'stranger@back.example', kind: 'hard' })).json()).toEqual({ taken: 0 })
  })
})

describe('the list', () => {
  test('keeps the consent, tells each address its outcome, and forgets who asks to be forgotten', async () => {
    const results = await add(['Fresh@list.example', 'fresh@list.example', 'not an address'])
    expect(results.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual([
      'added',
      'already',
      'not-an-address',
    ])
    const [row] = (await subscribers('confirmed')).filter(({ address }) => address === 'fresh@list.example')
    expect(row!.consent).toBe('Signed at the counter of the shop, May 2026')
    expect((await owner.call('DELETE', `${list()}/subscribers/${row!.id}`)).status).toBe(200)
    expect(await stateAt('fresh@list.example')).toBeUndefined()
    const log = await owner.call('GET', '/orgs/{org}/events?limit=5')
    expect(JSON.stringify(log.body)).not.toContain('fresh@list.example')
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
