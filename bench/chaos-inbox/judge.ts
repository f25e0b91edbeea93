// Whether the inbox holds what was said, once and in order, and the network what was answered.

import type { Bluesky } from '../../test/servers/bluesky.ts'
import { printTable, type Target } from '../report.ts'
import type { AskedAnswer, SeenConversation } from './desk.ts'
import { type Person, postsOf, type Written } from './people.ts'

export function judgeMessages(written: readonly Written[], conversations: readonly SeenConversation[]): Target[] {
  const seen = new Map<string, number>()
  for (const { messages } of conversations)
    for (const { text, isOurs } of messages) if (!isOurs) seen.set(text, (seen.get(text) ?? 0) + 1)
  const known = new Set(written.map(({ text }) => text))
  return [
    { what: 'messages that are missing', value: written.filter(({ text }) => !seen.has(text)).length, most: 0 },
    { what: 'messages more than once', value: [...seen.values()].filter((times) => times > 1).length, most: 0 },
    {
      what: 'messages that nobody wrote',
      value: [...seen.keys()].filter((text) => !known.has(text)).length,
      most: 0,
    },
    { what: 'threads in another order or in pieces', value: disordered(written, conversations), most: 0 },
  ]
}

/** Threads whose words do not stand in one conversation in the order in which they were written. */
function disordered(written: readonly Written[], conversations: readonly SeenConversation[]): number {
  const threads = Map.groupBy(written, ({ thread }) => thread)
  const conversationOf = new Map(
    conversations.flatMap((conversation) => conversation.messages.map(({ text }) => [text, conversation] as const)),
  )
  return [...threads.values()].filter((thread) => {
    const [first] = thread
    const conversation = conversationOf.get(first!.text)
    const there = conversation?.messages.filter(({ isOurs }) => !isOurs).map(({ text }) => text) ?? []
    return there.join('\n') !== thread.map(({ text }) => text).join('\n')
  }).length
}

interface Answered {
  network: Bluesky
  us: Person
  asked: readonly AskedAnswer[]
  written: readonly Written[]
  /** How many ended how. */
  ended: ReadonlyMap<string, number>
}

export async function judgeAnswers({ network, us, asked, written, ended }: Answered): Promise<Target[]> {
  printTable('answers', ['state', 'how many'], [...ended])
  const posts = (await postsOf(network, us.did)).filter(({ text }) => text.startsWith('thank you'))
  const uriOf = new Map(written.map(({ text, uri }) => [text, uri]))
  const right = asked.filter(({ text, to }) => {
    const copies = posts.filter((each) => each.text === text)
    return copies.length === 1 && copies[0]!.parent === uriOf.get(to)
  })
  return [
    { what: 'answers on the network', value: posts.length, least: asked.length, most: asked.length },
    { what: 'of them once, under what they answer', value: right.length, least: asked.length },
  ]
}
