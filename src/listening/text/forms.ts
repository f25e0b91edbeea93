// What one token says: its features, its valence in the lexicon, and what it does to its neighbours.

import { speaks } from './function-words.ts'
import { gramsOf, hashText, negatedSeed } from './hash.ts'
import type { Letters } from './letters.ts'
import * as kinds from './scan.ts'

/** Human ratings of words, by the hash of the word. Compiled into the model; the lists themselves do not ship. */
export interface Lexicon {
  /** −4 to 4. */
  valence: Map<number, number>
  /** −1 or 1: is in a list of words with which opinions are told. */
  opinion: Map<number, number>
}

export const isWord = 1
export const negates = 2
export const turns = 4
export const shouts = 8
export const stretched = 16
export const endsClause = 32
export const pictures = 64
export const exclaims = 128
export const asks = 256
export const trails = 512
export const addresses = 1024
export const tags = 2048
export const points = 4096
export const counts = 8192
export const quotes = 16384
export const isSpeaker = 32768
export const isAddressee = 65536

export interface Form {
  /** The word itself; 0: says nothing. */
  hash: number
  /** The word inside of a negation. */
  negated: number
  /** Letters in a row, and the words inside of a hashtag. */
  grams: Uint32Array
  /** How many features it has: itself and its grams. */
  size: number
  valence: number
  opinion: number
  /** Strengthens (> 0) or weakens (< 0) what follows. */
  boost: number
  traits: number
  /** Which language this small word belongs to; see function-words.ts. */
  speaks: number
  /** Filled when a text needs it a second time: most words that are new are never met again. */
  letters: Letters | null
  /** A text needed its letters before. */
  needed: boolean
}

const listed = (words: string): Set<string> => new Set(words.split(' '))

const negators = listed(
  "not no never none nobody nothing neither nor nowhere cannot cant can't wont won't dont don't doesnt doesn't didnt didn't isnt isn't arent aren't wasnt wasn't werent weren't wouldnt wouldn't shouldnt shouldn't couldnt couldn't hasnt hasn't havent haven't hadnt hadn't aint ain't without hardly rarely seldom nicht kein keine keinen keiner nie pas jamais aucun aucune non nessun nessuna mai nunca jamás ningún ninguna sin não nem nenhum nenhuma sem nahi nahin nhi لا ليس لم لن",
)
const turners = listed('but however although though except aber mais pero però mas porém lekin لكن')
const strengtheners = listed(
  'very really so too extremely absolutely totally completely super incredibly amazingly insanely deeply highly hella fucking freaking frickin fuckin damn most especially utterly such quite pretty thoroughly truly awfully seriously literally more much',
)
const weakeners = listed('slightly barely somewhat kinda kind sorta sort little less partly almost scarcely marginally')
const speakers = listed("i i'm im i've ive i'd i'll me my mine we we're our us")
const addressees = listed("you you're your yours u ur youre")

const ends: Record<string, number> = { '!': exclaims, '?': asks, '…': trails }
const quoteSigns = '"“”«»„'

/** What a token of this kind says. `raw` is as written. */
export function formOf(raw: string, kind: number, lexicon: Lexicon): Form {
  if (kind === kinds.word) return wordForm(raw, lexicon)
  if (kind === kinds.hashtag) return tagForm(raw, lexicon)
  if (kind === kinds.sign) return signForm(raw)
  if (kind === kinds.emoji || kind === kinds.emoticon) return pictureForm(raw, kind, lexicon)
  if (kind === kinds.mention) return plainForm('<@>', addresses)
  if (kind === kinds.link) return plainForm('<link>', points)
  return plainForm('<number>', counts)
}

const none = new Uint32Array(0)

const plainForm = (name: string, traits: number): Form => ({
  hash: hashText(name),
  negated: hashText(name),
  grams: none,
  size: 1,
  valence: 0,
  opinion: 0,
  boost: 0,
  traits,
  speaks: 0,
  letters: null,
  needed: false,
})

const marksAndStretch = /[\u0610-\u061a\u064b-\u065f\u0670\u0640]/g

/** As a lexicon would print it: lower case, one kind of apostrophe, no letter more than twice in a row. */
export function printed(raw: string): string {
  let text = raw.toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for plain ASCII
  if (!/^[\x00-\x7f]*$/.test(text)) {
    text = text.normalize('NFKC').replaceAll('’', "'").replaceAll(marksAndStretch, '').replaceAll(/[أإآ]/g, 'ا')
  }
  return text.replaceAll(/(\p{L})\1{2,}/gu, '$1$1')
}

function wordForm(raw: string, lexicon: Lexicon): Form {
  const text = printed(raw)
  if (text === 'http' || text === 'https') return plainForm('<link>', points)
  const isStretched = /(\p{L})\1\1/u.test(raw.toLowerCase())
  const known = isStretched
    ? inLexicon([text, text.replaceAll(/(\p{L})\1/gu, '$1')], lexicon)
    : inLexicon([text], lexicon)
  let traits = isWord
  if (negators.has(text)) traits |= negates
  if (turners.has(text)) traits |= turns
  if (isStretched) traits |= stretched
  if (raw.length > 1 && raw === raw.toUpperCase() && raw !== raw.toLowerCase()) traits |= shouts
  if (speakers.has(text)) traits |= isSpeaker
  if (addressees.has(text)) traits |= isAddressee
  const grams = gramsOf(text)
  return {
    hash: hashText(text),
    negated: hashText(text, negatedSeed),
    grams,
    size: 1 + grams.length,
    ...known,
    boost: strengtheners.has(text) ? 1 : weakeners.has(text) ? -1 : 0,
    traits,
    speaks: speaks(text),
    letters: null,
    needed: false,
  }
}

function inLexicon(spellings: string[], lexicon: Lexicon): { valence: number; opinion: number } {
  for (const spelling of spellings) {
    const hash = hashText(spelling)
    const valence = lexicon.valence.get(hash) ?? 0
    const opinion = lexicon.opinion.get(hash) ?? 0
    if (valence !== 0 || opinion !== 0) return { valence, opinion }
  }
  return { valence: 0, opinion: 0 }
}

function tagForm(raw: string, lexicon: Lexicon): Form {
  const body = raw.slice(1)
  const text = printed(body)
  const parts = body.split(/(?<=\p{Ll})(?=\p{Lu})|_|(?<=\p{L})(?=\p{N})/u).map(printed)
  const words = [text, ...(parts.length > 1 ? parts : [])].filter(Boolean)
  const grams = Uint32Array.from([...words.map((word) => hashText(word)), ...gramsOf(text)])
  return {
    hash: hashText(`#${text}`),
    negated: hashText(`#${text}`, negatedSeed),
    grams,
    size: 1 + grams.length,
    ...inLexicon(words, lexicon),
    boost: 0,
    traits: tags,
    speaks: 0,
    letters: null,
    needed: false,
  }
}

function signForm(raw: string): Form {
  const first = raw[0]!
  const run = raw.length > 2 ? 3 : raw.length
  let traits = ends[first] ?? 0
  if (first === '.' && raw.length > 1) traits |= trails
  if ('.,;:!?…'.includes(first)) traits |= endsClause
  if (quoteSigns.includes(first)) traits |= quotes
  return plainForm(first.repeat(run), traits)
}

function pictureForm(raw: string, kind: number, lexicon: Lexicon): Form {
  const bare = kind === kinds.emoji ? raw.replaceAll(/[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, '') : raw.toLowerCase()
  const plain = kind === kinds.emoji ? bare : bare.replaceAll(/(?<=^[:;=])[-o'^]/g, '')
  return { ...plainForm(plain, pictures), ...inLexicon([bare, plain], lexicon) }
}
