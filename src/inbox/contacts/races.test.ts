// Persons are put together and apart while they speak: nobody is refused for it, and each conversation is of the person who speaks in it.

import { expect, test } from 'vitest'
import { retried } from '../../db/retry.ts'
import { mulberry32 } from '../../lib/mulberry.ts'
import { keep, owner, useInbox } from '../ground.testing.ts'
import { expectSound, hold, placesOfMessages, untilWaiting } from '../races.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
let count = 0

useInbox(async () => {})

const say = (id: string, author: string, change: object = {}) =>
  keep([saying(saidOf(id, { author: by(author), at: at(++count), ...change }))])

const contactOf = async (message: string): Promise<string> => {
  const id = (await placesOfMessages()).get(message)
  return (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body.contact.id
}

const merge = (id: string, contactId: string) => owner.call('POST', `/orgs/{org}/contacts/${id}/merge`, { contactId })

test('somebody who begins another conversation while they become part of another person begins it as that one', async () => {
  await say('x1', 'xan')
  await say('y1', 'yan')
  const [xan, yan] = [await contactOf('x1'), await contactOf('y1')]
  // Storing knows who speaks, and then waits here.
  const release = await hold("select 1 from accounts where connector = 'fake' for update", [])
  const stored = say('x2', 'xan')
  await untilWaiting(1)
  const merged = merge(yan, xan)
  await untilWaiting(2)
  await release()
  await stored
  expect((await merged).status).toBe(200)
  expect([await contactOf('x1'), await contactOf('x2')]).toEqual([yan, yan])
  await expectSound()
})

test('two who put the same person to different others: one does, the other is told that they are not there any more', async () => {
  for (const name of ['one', 'two', 'three']) await say(`${name}-m`, name)
  const [one, two, three] = [await contactOf('one-m'), await contactOf('two-m'), await contactOf('three-m')]
  const release = await hold("select 1 from contact_identities where remote_id = 'three' for no key update", [])
  const first = merge(one, three)
  await untilWaiting(1)
  const second = merge(two, three)
  await untilWaiting(2)
  await release()
  expect((await first).status).toBe(200)
  expect(await second).toMatchObject({
    status: 422,
    body: { data: { code: 'contact-not-found', field: 'contactId' } },
  })
  expect(await contactOf('three-m')).toBe(one)
  await expectSound()
})

test('a conversation that is taken apart again is of whoever its person became meanwhile', async () => {
  await say('p1', 'pam')
  await say('p2', 'pam')
  await say('q1', 'quin')
  const [pam, quin] = [await contactOf('p1'), await contactOf('q1')]
  const places = await placesOfMessages()
  const joined = await owner.call('POST', `/orgs/{org}/conversations/${places.get('p1')}/merge`, {
    from: places.get('p2'),
  })
  expect((await merge(quin, pam)).status).toBe(200)
  expect((await owner.call('POST', `/orgs/{org}/conversation-joins/${joined.body.id}/undo`)).status).toBe(200)
  expect([await contactOf('p1'), await contactOf('p2')]).toEqual([quin, quin])
  await expectSound()
})

test('seeded: put together, taken apart and undone by several while all of them speak', {
  timeout: 120_000,
}, async () => {
  const random = mulberry32(11)
  const draw = <T>(from: readonly T[]): T => from[Math.floor((random() / 2 ** 32) * from.length)]!
  const names = ['una', 'ugo', 'uli', 'ute']
  for (const name of names) await say(`${name}-0`, name)
  const moves: { contact: string; move: string }[] = []
  const person = async () => {
    const [one, other] = [await contactOf(`${draw(names)}-0`), await contactOf(`${draw(names)}-0`)]
    const kind = draw(['merge', 'split', 'undo'] as const)
    if (kind === 'merge') return merge(one, other)
    if (kind === 'split') {
      const { identities } = (await owner.call('GET', `/orgs/{org}/contacts/${one}`)).body
      // They became part of another a moment ago.
      if (!identities) return null
      const { network, remoteId } = draw<{ network: string; remoteId: string }>(identities)
      return owner.call('POST', `/orgs/{org}/contacts/${one}/split`, { identities: [{ network, remoteId }] })
    }
    const back = moves.length > 0 ? draw(moves) : null
    return back && owner.call('POST', `/orgs/{org}/contacts/${back.contact}/moves/${back.move}/undo`)
  }
  let done = 0
  for (let round = 1; round <= 25; round++) {
    const [answers] = await Promise.all([
      Promise.all([person(), person()]),
      (async () => {
        for (const name of names) {
          const answers_ = draw([{ replyTo: `${name}-0` }, {}])
          await retried(() => say(`${name}-${round}`, name, answers_))
        }
      })(),
    ])
    for (const answer of answers) {
      if (answer === null) continue
      // 404: that person became part of another a moment ago.
      expect([200, 201, 404, 409, 422], JSON.stringify(answer.body)).toContain(answer.status)
      if (answer.status >= 300) continue
      done += 1
      for (const { id } of answer.body.moves ?? []) moves.push({ contact: answer.body.id, move: id })
    }
    await expectSound()
  }
  expect(done).toBeGreaterThan(8)
})
