// The test of taking over what was heard elsewhere: a part of the suite of inboxes.

import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Said } from '../converse.ts'
import { type InboxUnderTest, inboxSession, prepareAnswer, Reader } from './inbox-reader.ts'
import { mark } from './world.ts'

/** What was heard elsewhere is told as the account's own inbox would tell it, and can be answered. */
export async function takesOver(network: InboxUnderTest): Promise<void> {
  const inbox = network.connector.inbox!
  expect(inbox.takeOver !== undefined || network.saysToNobody === undefined).toBe(true)
  if (!inbox.takeOver || !network.saysToNobody) return
  const reader = await new Reader({ network }).drain()
  const told = await reader.reads(await network.say(`${mark()} to us`))
  // What is said in private is heard by nobody else.
  if (told.isPrivate) return
  const session = inboxSession(network)
  // Not to be told apart from what comes by itself, so that it is stored once.
  expect(await inbox.takeOver(session, { id: told.id, url: told.ref.url })).toEqual(told)
  const word = mark()
  const heard = await network.saysToNobody(`${word} to nobody`)
  const said = await until(() => inbox.takeOver!(session, heard))
  expect(said).toMatchObject({ isOurs: false, isPrivate: false, about: null })
  expect(said.text).toContain(word)
  const key = mark()
  const prepared = await prepareAnswer(network, said, { text: `${key} we heard you`, key })
  await inbox.answer!.submit(inboxSession(network), prepared, key)
  await reader.until(() => reader.says(key) !== undefined, 'the answer was not told')
  expect(reader.says(key)).toMatchObject({ thread: said.thread, replyTo: said.id })
  expect(await inbox.takeOver(session, { id: `${heard.id}0`, url: heard.url && `${heard.url}0` })).toBeNull()
}

/** A network needs a moment before it shows what was said. */
async function until(look: () => Promise<Said | null>): Promise<Said> {
  for (const end = Date.now() + 40_000; ; await wait(50)) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error('it is never there')
  }
}
