// Posts of the example through the API: written, scheduled, waited for.

import { setTimeout as pause } from 'node:timers/promises'
import type { Draft, DraftMedia } from '../../src/connectors/contract.ts'
import { mondayOf } from '../../src/lib/days.ts'
import type { Example } from './example.ts'
import { samplePicture } from './sample-picture.ts'

export interface ExamplePost {
  id: string
  revision: number
  state: string
  dueWall: string | null
  content: Draft
  variants: { id: string; accountId: string; state: string; content: Draft | null; remoteUrl: string | null }[]
}

type Words = string | Partial<Draft>
type When = { kind: 'now' } | { kind: 'slot' } | { kind: 'at'; wall: string; zone: string }

const draftOf = (words: Words): Partial<Draft> =>
  typeof words === 'string' ? { segments: [{ text: words, media: [] }] } : words

export function write({ call, org }: Example, accountIds: string[], words: Words): Promise<ExamplePost> {
  const variants = accountIds.map((accountId) => ({ accountId }))
  return call('POST', `/orgs/${org.id}/posts`, { content: draftOf(words), variants })
}

export const schedule = ({ call, org }: Example, { id }: { id: string }, when: When): Promise<ExamplePost> =>
  call('POST', `/orgs/${org.id}/posts/${id}/schedule`, { when })

export const read = ({ call, org }: Example, id: string): Promise<ExamplePost> =>
  call('GET', `/orgs/${org.id}/posts/${id}`)

/** Waits, for at most 40 seconds, until the post is in the state. */
export async function untilState(example: Example, id: string, state: string): Promise<ExamplePost> {
  const patience = AbortSignal.timeout(40_000)
  for (;;) {
    const post = await read(example, id)
    if (post.state === state) return post
    if (patience.aborted) throw new Error(`the post stays ${post.state}: ${JSON.stringify(post.variants)}`)
    await pause(200)
  }
}

/** A picture in the library, as posts carry it. */
export async function upload({ call, org }: Example, alt: string, hue?: number): Promise<DraftMedia> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(await samplePicture(hue))], 'hills.png', { type: 'image/png' }))
  const media = await call<DraftMedia>('POST', `/orgs/${org.id}/media`, form)
  const { id, kind, type, bytes, width, height, seconds } = media
  await call('PATCH', `/orgs/${org.id}/media/${id}`, { alt })
  return { id, kind, type, bytes, width, height, seconds, alt }
}

const day = (instant: Date): string => instant.toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' })

/** The wall date so many days from today, where the example lives. */
export const dayAhead = (days: number): string => day(new Date(Date.now() + days * 86_400_000))

/** Of the week that goes on there. */
export const thisMonday = (): string => mondayOf(dayAhead(0))
