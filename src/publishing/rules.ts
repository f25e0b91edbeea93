// Pure decisions about posts: what a draft consists of, what may be changed when, what the whole is called.

import type { Draft, DraftMedia, Limits, Part, RemoteRef, Segment } from '../connectors/contract.ts'
import { asDelivered } from '../media/rules.ts'
import type { Answering } from './answers/types.ts'
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

export interface PartGround {
  /** What of the draft is out already. */
  published: (RemoteRef | null)[]
  dueAt: Date
  /** What the draft answers. */
  answer?: Pick<Answering, 'root' | 'previous'> | null
}

/** What part `position` is, given what of the draft is out already. An answer is one part. */
export function partOf(draft: Draft, position: number, { published, dueAt, answer }: PartGround): Part {
  const { role, segment } = partRoles(draft)[position]!
  if (answer) return { draft, position, role: 'reply', segment, root: answer.root, previous: answer.previous, dueAt }
  const root = position === 0 ? null : (published[0] ?? null)
  const previous = role === 'comment' ? root : position === 0 ? null : (published[position - 1] ?? null)
  return { draft, position, role, segment, root, previous, dueAt }
}

/** How part `position` shows a file: its crop and its description. Nothing for a file that is only part of a link card. */
export function shownAs(draft: Draft, position: number, id: string): Pick<DraftMedia, 'crop' | 'alt'> | null {
  const found = goingOutWith(draft, position).find(({ item }) => item.id === id)
  return found ? { crop: found.item.crop, alt: found.item.alt } : null
}

/** Where a file has another crop than before within one part; null: nowhere. A connector asks for files by their id alone. */
export function cropTwiceAt(draft: Draft): (string | number)[] | null {
  for (const position of draft.segments.keys()) {
    const crops = new Map<string, DraftMedia['crop']>()
    for (const { item, path } of goingOutWith(draft, position)) {
      if (crops.has(item.id) && !sameCrop(crops.get(item.id), item.crop)) return [...path, 'crop']
      crops.set(item.id, item.crop)
    }
  }
  return null
}

const goingOutWith = ({ segments, featured }: Draft, position: number) => [
  ...(segments[position]?.media ?? []).map((item, at) => ({ item, path: ['segments', position, 'media', at] })),
  ...(position === 0 && featured ? [{ item: featured, path: ['featured'] }] : []),
]

const sameCrop = (one: DraftMedia['crop'], other: DraftMedia['crop']): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => one?.[side] === other?.[side])

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
  'in-review',
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
  edit: ['draft', 'in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  schedule: ['draft', 'in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  unschedule: ['in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
  hold: ['scheduled', 'parked'],
  release: ['held'],
  cancel: ['in-review', 'scheduled', 'held', 'parked', 'rejected'],
  resolve: ['unconfirmed'],
  withdraw: ['published'],
} as const satisfies Record<string, VariantState[]>

export type Change = keyof typeof may

/** What of a variant's revision is at the network. */
export interface Standing {
  state: VariantState
  /** Parts that are published. */
  out: number
  /** Whether a part was sent, or is being processed, and nobody knows what came of it. */
  doubt: boolean
}

/** What waits for its account in doubt is not free for changes: it is looked up when the account is back, or a person decides. */
const stateFor = ({ state, doubt }: Standing): VariantState => (state === 'parked' && doubt ? 'unconfirmed' : state)

/** What is out, or may be, cannot be edited; what is out cannot be a draft again. It can be taken away there, or go on. */
export function allows(variant: Standing, change: Change): boolean {
  if (change === 'edit' && (variant.out > 0 || variant.doubt)) return false
  if (change === 'unschedule' && variant.out > 0) return false
  // In a worker's hands and nothing of it being written: the lock of delivery decides who comes first.
  if (change === 'hold' && variant.state === 'sending' && !variant.doubt) return true
  if (change === 'withdraw' && variant.out > 0 && variant.state === 'rejected') return true
  return (may[change] as readonly VariantState[]).includes(stateFor(variant))
}

/** Deleting hides a post from everybody, so nothing of it may be out. */
export const isDeletable = ({ state, out }: Standing): boolean =>
  (state === 'draft' || state === 'cancelled' || state === 'rejected') && out === 0

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
