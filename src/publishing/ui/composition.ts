// A post while it is written: one text for all accounts, own words where an account has them, and each network's settings.

import type { Draft, Json } from '../../connectors/contract.ts'

export type Options = { [key: string]: Json }

export interface Composition {
  /** What every account says that has no own words; without network settings. */
  base: Draft
  accountIds: string[]
  /** Kept also while the account is not chosen, so that nothing is lost by a slip. */
  own: Record<string, Draft>
  options: Record<string, Options>
}

/** Whose words are edited: everybody's, or those of one account. */
export type Place = 'all' | (string & {})

export interface SavedForm {
  content: Draft
  variants: { accountId: string; content: Draft | null }[]
}

export const emptyDraft: Draft = { segments: [{ text: '', media: [] }] }

export const newComposition = (accountIds: string[], base = emptyDraft): Composition => ({
  base,
  accountIds,
  own: {},
  options: {},
})

/** A variant that differs from the post only in its settings still follows the post's words. */
export function compositionOf(post: SavedForm): Composition {
  const { options: shared, ...base } = post.content
  const composition: Composition = {
    base,
    accountIds: post.variants.map(({ accountId }) => accountId),
    own: {},
    options: {},
  }
  for (const { accountId, content } of post.variants) {
    const { options: own, ...words } = content ?? (base as Draft)
    const options = content ? own : shared
    if (options && Object.keys(options).length > 0) composition.options[accountId] = options
    if (content && !sameContent(words, base)) composition.own[accountId] = words
  }
  return composition
}

/** What goes to the server: settings travel inside a variant's content, beside the words it follows. */
export function savedFormOf({ base, accountIds, own, options }: Composition): SavedForm {
  const content = tidy(base)
  const variants = accountIds.map((accountId) => {
    const words = own[accountId] ? tidy(own[accountId]) : content
    const set = options[accountId]
    const hasOptions = set !== undefined && Object.keys(set).length > 0
    if (!own[accountId] && !hasOptions) return { accountId, content: null }
    return { accountId, content: hasOptions ? { ...words, options: set } : words }
  })
  return { content, variants }
}

export const wordsAt = ({ base, own }: Composition, place: Place): Draft =>
  place === 'all' ? base : (own[place] ?? base)

export const hasOwnWords = ({ own }: Composition, accountId: string): boolean => own[accountId] !== undefined

/** Editing the words of one account gives it own words. */
export function editWords(composition: Composition, place: Place, change: (words: Draft) => Draft): Composition {
  const words = change(wordsAt(composition, place))
  return place === 'all'
    ? { ...composition, base: words }
    : { ...composition, own: { ...composition.own, [place]: words } }
}

export function followPost(composition: Composition, accountId: string): Composition {
  const { [accountId]: _, ...own } = composition.own
  return { ...composition, own }
}

export const setOptions = (composition: Composition, accountId: string, options: Options): Composition => ({
  ...composition,
  options: { ...composition.options, [accountId]: options },
})

/** Empty fields are not sent: to a network they would mean something. */
function tidy(draft: Draft): Draft {
  const kept: Draft = { segments: draft.segments }
  if (draft.firstComment?.trim()) kept.firstComment = draft.firstComment
  for (const name of ['title', 'excerpt', 'slug', 'language'] as const)
    if (draft[name]?.trim()) kept[name] = draft[name]
  if (draft.tags && draft.tags.length > 0) kept.tags = draft.tags
  if (draft.featured) kept.featured = draft.featured
  return kept
}

const saysSomething = (draft: Draft): boolean => {
  const { segments, ...fields } = tidy(draft)
  const { language: _, ...rest } = fields
  return (
    Object.keys(rest).length > 0 ||
    segments.length > 1 ||
    segments.some((segment) => segment.text.trim() !== '' || segment.media.length > 0 || segment.link !== undefined)
  )
}

/** Whether there is anything worth keeping. */
export const hasContent = (composition: Composition): boolean =>
  saysSomething(composition.base) || Object.values(composition.own).some(saysSomething)

/** Equal as JSON, whatever the order of keys and whether absent or undefined. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameContent(a[key], b[key]))
}
