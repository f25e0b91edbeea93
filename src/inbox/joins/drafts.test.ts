// Answers in work when conversations are put together and apart: what was sent is not begun a second time, and nothing unsent is lost.

import { expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { placesOfMessages } from '../races.testing.ts'
import { emptyConversations } from '../retention/empty.ts'
import { saidOf, saying } from '../said.testing.ts'

useInbox(async () => {})

/** Somebody in two conversations, with an answer in work in each; then both are one. */
async function together(who: string) {
  const author = { id: who, handle: who, name: who, url: null, followers: null }
  await keep([saying(saidOf(`${who}-1`, { author })), saying(saidOf(`${who}-2`, { author }))])
  const places = await placesOfMessages()
  const [into, from] = [places.get(`${who}-1`)!, places.get(`${who}-2`)!]
  await write(into, 'First')
  await write(from, 'Second')
  const joined = await owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })
  expect(await begun(into)).toBe('First\n\nSecond')
  const apart = async () => {
    expect((await owner.call('POST', `/orgs/{org}/conversation-joins/${joined.body.id}/undo`)).status).toBe(200)
    return [await begun(into), await begun(from)]
  }
  const send = async (text: string, more: object = {}) =>
    expect((await owner.call('POST', `/orgs/{org}/conversations/${into}/answers`, { text, ...more })).status).toBe(201)
  return { into, from, apart, send }
}

const begun = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}/draft`)).body.text
const write = async (id: string, text: string) =>
  expect((await owner.call('PUT', `/orgs/{org}/conversations/${id}/draft`, { text })).status).toBe(200)

test('each is there again as it was, with what was typed since', async () => {
  const { into, apart } = await together('ann')
  await write(into, 'First of all\n\nSecond')
  expect(await apart()).toEqual(['First of all', 'Second'])
})

test('what was sent meanwhile is begun nowhere', async () => {
  const { apart, send } = await together('ben')
  await send('First\n\nSecond')
  expect(await apart()).toEqual(['', ''])
})

test('what is left of them goes back to where it was begun', async () => {
  const { apart, send } = await together('cy')
  await send('First', { draft: null })
  expect(await apart()).toEqual(['', 'Second'])
})

test('what was written anew of both stays in one, and what was typed in the other since in that', async () => {
  const one = await together('dee')
  await write(one.into, 'Third')
  expect(await one.apart()).toEqual(['Third', ''])
  const other = await together('eve')
  await write(other.from, 'Second to none')
  expect(await other.apart()).toEqual(['First\n\nSecond', 'Second to none'])
})

test('nothing of them outlives the words of the whole', async () => {
  const { into, from } = await together('fay')
  await asSystem(world.services.db, (tx) => emptyConversations(tx, world.ours, [into], currentTime()))
  expect([await begun(into), await begun(from)]).toEqual(['', ''])
})
