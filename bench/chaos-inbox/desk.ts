// What somebody at the inbox sees and does, over HTTP as a page does it; asks again when Longrun was just killed.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../chaos/random.ts'
import type { Owner } from '../product.ts'

export interface Desk {
  url(): string
  owner: Owner
}

interface Line {
  id: string
  messages: number
}

export interface SeenMessage {
  id: string
  text: string
  isOurs: boolean
  at: string
}

export interface SeenConversation {
  id: string
  /** Oldest first. */
  messages: SeenMessage[]
}

export interface AskedAnswer {
  conversationId: string
  answerId: string
  text: string
  /** The words that it answers: what was said last. */
  to: string
}

const mostTries = 150

/** Answers of a server that is gone are no answers. @throws what the server refuses. */
export async function patiently<T>(desk: Desk, method: string, path: string, body?: object): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const response = await fetch(`${desk.url()}/api/v1/orgs/${desk.owner.orgId}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.owner.token}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(30_000),
      })
      const text = await response.text()
      if (response.ok) return JSON.parse(text) as T
      if (response.status < 500) throw new Refused(`${path}: ${response.status} ${text}`)
    } catch (error) {
      if (error instanceof Refused || tries >= mostTries) throw error
    }
    if (tries >= mostTries) throw new Error(`${path}: not answered`)
    await sleep(400)
  }
}

class Refused extends Error {}

async function all<T>(desk: Desk, path: string): Promise<T[]> {
  const items: T[] = []
  let cursor = ''
  do {
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page = await patiently<{ items: T[]; nextCursor: string | null }>(desk, 'GET', `${path}limit=100${more}`)
    items.push(...page.items)
    cursor = page.nextCursor ?? ''
  } while (cursor)
  return items
}

/** Once they hold `atLeast` messages, or after five minutes. */
export async function allConversations(desk: Desk, atLeast: number): Promise<SeenConversation[]> {
  let lines: Line[] = []
  for (let tries = 0; tries < 150; tries++) {
    lines = await all<Line>(desk, '/conversations?state=all&')
    if (lines.reduce((sum, { messages }) => sum + messages, 0) >= atLeast) break
    await sleep(2000)
  }
  const seen: SeenConversation[] = []
  for (const { id } of lines) {
    const messages = await all<SeenMessage>(desk, `/conversations/${id}/messages?`)
    seen.push({ id, messages: messages.toReversed() })
  }
  return seen
}

/** Some conversations are answered, each once, under an id of the answer that stays the same however often it is asked. */
export async function answerSome(
  desk: Desk,
  conversations: readonly SeenConversation[],
  { count, random }: { count: number; random: Random },
): Promise<AskedAnswer[]> {
  const waiting = conversations.filter(({ messages }) => messages.length > 0 && !messages.at(-1)!.isOurs)
  const asked: AskedAnswer[] = []
  while (asked.length < count && waiting.length > 0) {
    const [{ id, messages }] = waiting.splice(random.whole(0, waiting.length - 1), 1) as [SeenConversation]
    const answer = {
      conversationId: id,
      answerId: randomUUID(),
      text: `thank you, number ${asked.length}`,
      to: messages.at(-1)!.text,
    }
    await patiently(desk, 'POST', `/conversations/${id}/answers`, { answerId: answer.answerId, text: answer.text })
    asked.push(answer)
  }
  return asked
}

const final = ['published', 'rejected', 'failed', 'cancelled', 'removed']

/** How many answers ended how, once all have ended or ten minutes have passed. */
export async function settledAnswers(desk: Desk, asked: readonly AskedAnswer[]): Promise<Map<string, number>> {
  const states = new Map<string, string>()
  for (const end = Date.now() + 600_000; Date.now() < end; await sleep(1000)) {
    for (const { conversationId, answerId } of asked) {
      if (final.includes(states.get(answerId) ?? '')) continue
      const { items } = await patiently<{ items: { id: string; state: string }[] }>(
        desk,
        'GET',
        `/conversations/${conversationId}/answers`,
      )
      states.set(answerId, items.find(({ id }) => id === answerId)?.state ?? 'missing')
    }
    if (asked.every(({ answerId }) => final.includes(states.get(answerId)!))) break
  }
  return new Map([...Map.groupBy(states.values(), (state) => state)].map(([state, { length }]) => [state, length]))
}
