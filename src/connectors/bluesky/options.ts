// What only this network lets an author decide: who may answer, who may quote, and a warning over the content.

import { z } from 'zod'
import type { Draft, Json } from '../contract.ts'
import { ConnectorError } from '../errors.ts'

export const optionsSchema = z.object({
  /** Who may reply to the post. People who are mentioned, whom the account follows, or who follow it. */
  replies: z.enum(['everybody', 'nobody', 'mentioned', 'followed', 'followers']).default('everybody'),
  quotes: z.enum(['everybody', 'nobody']).default('everybody'),
  /** The network's own labels, which hide the post behind a warning. */
  labels: z
    .array(z.enum(['sexual', 'nudity', 'porn', 'graphic-media']))
    .max(4)
    .default([]),
})
export type Options = z.infer<typeof optionsSchema>

export function readOptions(draft: Draft): Options {
  const parsed = optionsSchema.safeParse(draft.options ?? {})
  if (parsed.success) return parsed.data
  const field = ['options', ...(parsed.error.issues[0]?.path ?? [])].join('.')
  throw new ConnectorError({ kind: 'rejected', code: 'options-invalid', field })
}

export function selfLabels(options: Options): { [key: string]: Json } | null {
  if (options.labels.length === 0) return null
  return { $type: 'com.atproto.label.defs#selfLabels', values: options.labels.map((val) => ({ val })) }
}

interface Gate {
  collection: string
  record: { [key: string]: Json }
}

const replyRules: Record<Exclude<Options['replies'], 'everybody'>, string | null> = {
  nobody: null,
  mentioned: 'mentionRule',
  followed: 'followingRule',
  followers: 'followerRule',
}

/** Records that stand beside the post under the same key and narrow what others may do with it. */
export function gatesOf(options: Options, post: string, createdAt: string): Gate[] {
  const gates: Gate[] = []
  if (options.replies !== 'everybody') {
    const collection = 'app.bsky.feed.threadgate'
    const rule = replyRules[options.replies]
    const allow = rule === null ? [] : [{ $type: `${collection}#${rule}` }]
    gates.push({ collection, record: { $type: collection, post, allow, createdAt } })
  }
  if (options.quotes === 'nobody') {
    const collection = 'app.bsky.feed.postgate'
    const embeddingRules = [{ $type: `${collection}#disableRule` }]
    gates.push({ collection, record: { $type: collection, post, embeddingRules, createdAt } })
  }
  return gates
}
