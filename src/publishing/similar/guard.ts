// Looks before scheduling whether the organisation has said this already: a warning that explains itself, and one plain refusal.

import type { Draft } from '../../connectors/contract.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { hashJson } from '../../lib/hash.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findPost, type PostWithVariants, type VariantRow } from '../store.ts'
import { likeness, marksToKeep, marksToSeek, type Said, saidOf, sameWords, similarFrom, textOf } from './rules.ts'
import { type Candidate, candidatesFor, forgetMarks, keepMarks, lockSaying, saidAgain } from './store.ts'
import type { SimilarPost } from './types.ts'

const dayMs = 24 * 3_600_000
/** How far back one's own words are looked through. */
export const rememberedDays = 90
const mostShown = 5

export interface SaidBefore {
  similar: SimilarPost[]
  /** Accounts to which another post says exactly the same within 24 hours. */
  again: { postId: string; accountId: string }[]
}

/** What stands against scheduling a post at `at`, as it is stored. */
export function similarTo(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, at }: { id: string; at?: string },
): Promise<SimilarPost[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await findPost(tx, caller.orgId, id)
    if (!found || found.post.deleted_at) throw notFound('post')
    const now = services.clock()
    const time = at ? new Date(at) : (found.post.due_at ?? now)
    return (await saidBefore(tx, found, found.variants, { at: time, now })).similar
  })
}

/**
 * Within scheduling: @throws Refusal `same-text-again` unless a person said that the same words shall go out again. Keeps by which
 * marks this post will be found, and answers for the event what it was scheduled in spite of.
 */
export async function mustBeNew(
  tx: Tx,
  found: PostWithVariants,
  variants: VariantRow[],
  given: { at: Date; now: Date; allowed: boolean },
): Promise<{ similarTo?: { postId: string; likeness: number }[]; sameTextAgain?: true }> {
  await lockSaying(tx, found.post.org_id, saysOf(found, variants))
  const { similar, again } = await saidBefore(tx, found, variants, given)
  const meant = given.allowed ? new Set() : await meantBefore(tx, found, variants)
  const unasked = again.find((each) => !meant.has(pairOf(each)))
  if (unasked && !given.allowed)
    throw new Refusal('same-text-again', { status: 409, field: 'sameTextAgain', params: unasked })
  const { post } = found
  const texts = textsOf(found, variants)
  await keepMarks(tx, post.org_id, post.id, {
    marks: [...new Set([...texts.values()].flatMap(marksToKeep))],
    variants: variants.map((variant) => ({ variantId: variant.id, hash: saidHash(variant.content ?? post.content) })),
  })
  return {
    ...(similar.length > 0 ? { similarTo: similar.map(({ postId, likeness }) => ({ postId, likeness })) } : {}),
    ...(again.length > 0 ? { sameTextAgain: true } : {}),
  }
}

const pairOf = ({ postId, accountId }: { postId: string; accountId: string }): string => `${postId} ${accountId}`

/** Who moves what waits is asked about new neighbours alone: that it stands beside the old ones somebody meant when it was planned. */
async function meantBefore(tx: Tx, { post }: PostWithVariants, variants: VariantRow[]): Promise<Set<string>> {
  const waiting = variants.filter(
    ({ state, said_hash, content }) =>
      (state === 'scheduled' || state === 'in-review') && said_hash === saidHash(content ?? post.content),
  )
  const says = waiting.flatMap((each) => (each.said_hash ? [{ accountId: each.account_id, hash: each.said_hash }] : []))
  if (says.length === 0 || !post.due_at) return new Set()
  const same = await saidAgain(tx, post.org_id, { postId: post.id, says, at: post.due_at, withinMs: dayMs })
  return new Set(same.map((each) => pairOf({ postId: each.post_id, accountId: each.account_id })))
}

async function saidBefore(
  tx: Tx,
  found: PostWithVariants,
  variants: VariantRow[],
  { at, now }: { at: Date; now: Date },
): Promise<SaidBefore> {
  const { post } = found
  const says = saysOf(found, variants)
  const same = await saidAgain(tx, post.org_id, { postId: post.id, says, at, withinMs: dayMs })
  const again = same.map((each) => ({ postId: each.post_id, accountId: each.account_id }))
  const texts = textsOf(found, variants)
  const candidates = await candidatesFor(tx, post.org_id, {
    marks: [...new Set([...texts.values()].flatMap(marksToSeek))],
    from: new Date(now.getTime() - rememberedDays * dayMs),
    not: post.id,
  })
  return {
    similar: strongest(texts, candidates, new Set(again.map(pairOf))),
    again,
  }
}

const saysOf = ({ post }: PostWithVariants, variants: VariantRow[]): { accountId: string; hash: string }[] =>
  variants.flatMap((variant) => {
    const hash = saidHash(variant.content ?? post.content)
    return hash ? [{ accountId: variant.account_id, hash }] : []
  })

/** Each distinct text of these variants once. */
function textsOf({ post }: PostWithVariants, variants: VariantRow[]): Map<string, Said> {
  const texts = new Set(variants.length === 0 ? [textOf(post.content)] : [])
  for (const variant of variants) texts.add(textOf(variant.content ?? post.content))
  return new Map([...texts].map((text) => [text, saidOf(text)]))
}

function strongest(texts: Map<string, Said>, candidates: Candidate[], again: Set<string>): SimilarPost[] {
  const known = new Map<string, Said>()
  const shown = new Map<string, SimilarPost>()
  for (const each of candidates) {
    const theirs = textOf(each.content)
    const said = known.get(theirs) ?? saidOf(theirs)
    known.set(theirs, said)
    for (const [text, ours] of texts) {
      const score = likeness(ours, said)
      const isAgain = again.has(pairOf({ postId: each.post_id, accountId: each.account_id }))
      const before = shown.get(each.post_id)
      if (score < similarFrom || (before && !stronger(before, { score, isAgain }))) continue
      shown.set(each.post_id, {
        ...{ postId: each.post_id, accountId: each.account_id, summary: each.summary, state: each.state },
        ...{ at: each.at?.toISOString() ?? null, likeness: Math.round(score * 100) / 100 },
        ...{ same: sameWords(text, said), again: isAgain },
      })
    }
  }
  return [...shown.values()]
    .toSorted((one, other) => Number(other.again) - Number(one.again) || other.likeness - one.likeness)
    .slice(0, mostShown)
}

const stronger = (before: SimilarPost, { score, isAgain }: { score: number; isAgain: boolean }): boolean =>
  isAgain === before.again ? score > before.likeness : isAgain

/**
 * Names exactly what is said: words, files and link card. null where there are no words: a picture alone may well come again.
 * The same words below another picture are something else (a photo of the day), and are only warned of.
 */
export function saidHash(draft: Draft): string | null {
  const text = textOf(draft).normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  if (text === '') return null
  const shown = draft.segments.map(({ media, link }) => [media.map(({ id }) => id), link?.url ?? null])
  return hashJson([text, shown, draft.featured?.id ?? null])
}

/** A job: once a day what is too old to be warned of is forgotten. */
export const forgetOldMarks = (services: Pick<Services, 'db' | 'clock'>): Promise<number> =>
  asSystem(services.db, (tx) => forgetMarks(tx, new Date(services.clock().getTime() - rememberedDays * dayMs)))
