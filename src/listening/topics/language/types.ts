// The language of topics: what a query is once it is read, what may be wrong with one, and how large one may be.

/** One word of a phrase, as it was written. */
export interface QueryWord {
  kind: 'word' | 'hashtag' | 'mention'
  /** Without the # or @. */
  text: string
  /** `word*`: whatever begins so. */
  prefix: boolean
}

/** One word, or several that follow each other. */
export interface Term {
  type: 'term'
  words: QueryWord[]
  /** Upper and lower case as written; otherwise they are the same. */
  exactCase: boolean
  /** Accents as written; otherwise é is e. */
  exactAccents: boolean
}

export const fieldNames = ['author', 'link', 'lang', 'source', 'has', 'kind', 'place'] as const
export type FieldName = (typeof fieldNames)[number]

/** A question about something other than the words. */
export interface Field {
  type: 'field'
  field: FieldName
  value: string
}

/** One of `left` and one of `right` in either order with at most `within` words between them, in the same title or text. */
export interface Near {
  type: 'near'
  within: number
  left: Term[]
  right: Term[]
}

export interface And {
  type: 'and'
  of: Query[]
}

export interface Or {
  type: 'or'
  of: Query[]
}

export interface Not {
  type: 'not'
  of: Query
}

export type Query = Term | Field | Near | And | Or | Not

export const hasValues = ['image', 'video', 'audio', 'media', 'link'] as const
/** What keeps one query from costing what a thousand do. */
export const queryLimits = {
  /** In UTF-16 units. */
  length: 20_000,
  terms: 1_000,
  /** Brackets within brackets. */
  depth: 20,
  /** Words of one phrase; in scripts without spaces, characters. */
  phrase: 60,
  /** Units of one word. */
  word: 100,
  /** Largest n of NEAR/n. */
  near: 50,
  /** Pairs that all NEAR of one query compare. */
  nearPairs: 2_000,
  /** Fewest letters before a *. */
  prefix: 3,
} as const

export type QueryErrorCode =
  | 'empty'
  | 'too-long'
  | 'too-many-terms'
  | 'too-deep'
  | 'phrase-too-long'
  | 'word-too-long'
  | 'near-too-large'
  | 'near-number'
  | 'near-range'
  | 'near-side'
  | 'near-chain'
  | 'unclosed-quote'
  | 'unclosed-bracket'
  | 'stray-bracket'
  | 'missing-term'
  | 'nothing-to-find'
  | 'star-place'
  | 'star-short'
  | 'unknown-field'
  | 'field-value'
  | 'only-not'
  | 'or-not'
  | 'too-broad'

/** Where and why a query cannot be read. Words for it are in the pages. */
export interface QueryError {
  code: QueryErrorCode
  /** In UTF-16 units of what was written. */
  at: number
  end: number
  /** What could stand there instead. */
  suggestion?: string
  /** Numbers and names for the sentence: the limit, the field, what is allowed. */
  values?: Record<string, string | number>
}

export type QueryHintCode = 'lowercase-operator' | 'mixed-and-or' | 'signs-ignored' | 'short-word'

/** Allowed, and perhaps not what was meant. */
export interface QueryHint {
  code: QueryHintCode
  at: number
  end: number
  suggestion?: string
}

export type QueryReading = { ok: true; query: Query; hints: QueryHint[] } | { ok: false; error: QueryError }
