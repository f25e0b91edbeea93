// Pure decisions about posts: what a draft consists of, what may be changed when, what the whole is called.

import type { Draft, Limits, Part, RemoteRef, Segment } from '../connectors/contract.ts'
import { asDelivered } from '../media/rules.ts'
import type { VariantState } from './types.ts'

/** The single writes of a draft, in order: the post, each further segment, the first comment. */
export function partRoles(draft: Draft): { role: Part['role']; segment: Segment }[] {
  const segments = draft.segments.map((segment, position) => ({
    role: position === 0 ? ('post' as const) : ('segment' as const),
    segment,
  }))
  const comment = draft.firstComment?.trim()
  // The comment answers the post and comes last, so that it never stands between two segments of a thread.
  return comment ? [...segments, { role: 'comment', segment: { text: comment, media: [] } }] : segments
}

/** What part `position` is, given what of the draft is out already. */
export function partOf(draft: Draft, position: number, published: (RemoteRef | null)[], dueAt: Date): Part {
  const { role, segment } = partRoles(draft)[position]!
  const root = position === 0 ? null : (published[0] ?? null)
  const previous = role === 'comment' ? root : position === 0 ? null : (published[position - 1] ?? null)
  return { draft, position, role, segment, root, previous, dueAt }
}

/** First words, for lists and search. */
export function summaryOf(draft: Draft): string {
  const text = draft.title?.trim() || draft.segments[0]?.text || ''
  const line = text.slice(0, 2000).replace(/\s+/g, ' ').trim()
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line.slice(0, 600))]
    .slice(0, 140)
    .map((each) => each.segment)
    .join('')
}

/** The picture by which lists show it. */
export const pictureOf = ({ featured, segments }: Draft): string | null =>
  [featured, ...segments.flatMap((segment) => segment.media)].find((item) => item?.kind === 'image')?.id ?? null

/** A post's state is that of the variant which needs a person most, else of the one which is furthest behind. */
const byUrgency: VariantState[] = [
  'unconfirmed',
  'rejected',
  'parked',
  'held',
  'looking-up',
  'sending',
  'processing',
  'scheduled',
  'draft',
  'published',
  'removed',
  'cancelled',
]

export function postState(variants: VariantState[]): VariantState {
  return byUrgency.find((state) => variants.includes(state)) ?? 'draft'
}

export const urgencyOrder: readonly VariantState[] = byUrgency

const may = {
  /** The words may change: nothing of it is out, and nobody is sending it. */
  edit: ['draft', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  schedule: ['draft', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  unschedule: ['scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  hold: ['scheduled', 'parked'],
  release: ['held'],
  cancel: ['scheduled', 'held', 'parked', 'rejected', 'unconfirmed'],
  resolve: ['unconfirmed'],
  withdraw: ['published'],
} as const satisfies Record<string, VariantState[]>

export type Change = keyof typeof may

export const allows = (state: VariantState, change: Change): boolean =>
  (may[change] as readonly VariantState[]).includes(state)

/** The draft with its pictures as the account will receive them; what checks and counters look at. */
export function deliveredDraft(draft: Draft, limits: Limits): Draft {
  return {
    ...draft,
    segments: draft.segments.map((segment) => ({
      ...segment,
      media: segment.media.map((item) => asDelivered(item, limits)),
    })),
    ...(draft.featured ? { featured: asDelivered(draft.featured, limits) } : {}),
  }
}
