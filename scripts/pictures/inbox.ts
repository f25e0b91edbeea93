// What people say to the accounts of the example, for the picture of the inbox: questions, praise, a complaint, one of them answered.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Example } from '../../test/e2e/example.ts'

interface Conversation {
  id: string
  contact: { name: string } | null
}

const said = [
  ['ines', 'Saturday with tea and a rain machine? We are coming, all five of us.'],
  ['jonas', 'My zip broke after two weeks. I wrote to the shop on Monday and nobody has answered.'],
  ['mara', 'Is loop 7 open again after the storm?'],
] as const

/** Answers the id of the conversation to be shown. */
export async function fillInbox({ call, org, network }: Example): Promise<string> {
  const post = network.posts().find(({ author }) => author === 'harbour')!
  for (const [handle, text] of said) {
    network.createAccount(handle)
    network.say(handle, text, { replyTo: post.id })
  }
  const path = `/orgs/${org.id}/conversations`
  const all = await until(
    () => call<{ items: Conversation[] }>('GET', path),
    ({ items }) => items.length >= said.length,
  )
  const of = (name: string): string => all.items.find(({ contact }) => contact?.name === name)!.id
  const shown = of('mara')
  await call('POST', `${path}/${of('jonas')}/notes`, { note: 'The workshop has the zip. I write to him today.' })
  await call('POST', `${path}/${shown}/notes`, { note: 'The ranger says: since yesterday.' })
  await call('POST', `${path}/${shown}/answers`, {
    text: 'It is, since yesterday. Mind the bridge: it is new and still slippery.',
  })
  await until(
    () => call<{ items: { isRead: boolean }[] }>('GET', `${path}/${shown}/answers`),
    ({ items }) => items.every(({ isRead }) => isRead),
  )
  network.say('mara', 'Thank you! See you there.', {
    replyTo: network.posts().find(({ text }) => text.includes('Mind the bridge'))!.id,
  })
  await until(
    () => call<{ messages: number }>('GET', `${path}/${shown}`),
    ({ messages }) => messages === 3,
  )
  return shown
}

async function until<Value>(look: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; tries < 240; tries++) {
    const value = await look()
    if (isThere(value)) return value
    await sleep(500)
  }
  throw new Error('What people say did not come to the inbox.')
}
