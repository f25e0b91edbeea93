// Cuts a text into the pieces of words that the encoder knows: the likeliest way through a unigram vocabulary (Viterbi).

export interface Vocabulary {
  /** Piece and log-probability; the place in the list is its number. The first `reserved` are no text. */
  pieces: [string, number][]
  reserved: number
  /** Emoji have numbers of their own after the pieces, from `emojiFrom` on. */
  emoji: string[]
  emojiFrom: number
}

export interface Pieces {
  /** Node × 2^16 + UTF-16 unit → node. */
  steps: Map<number, number>
  /** The piece that ends at a node; −1: none. */
  ends: Int32Array
  scores: Float64Array
  lengths: Uint8Array
  emoji: Map<string, number>
}

/** Stands for a blank, at the beginning too. */
const blank = '▁'
export const unknown = 0
const unknownScore = -30

export function makePieces({ pieces, reserved, emoji, emojiFrom }: Vocabulary): Pieces {
  const steps = new Map<number, number>()
  const ends: number[] = [-1]
  for (let id = reserved; id < pieces.length; id++) {
    let node = 0
    const [text] = pieces[id]!
    for (let at = 0; at < text.length; at++) {
      const step = node * 65536 + text.charCodeAt(at)
      let next = steps.get(step)
      if (next === undefined) {
        next = ends.length
        ends.push(-1)
        steps.set(step, next)
      }
      node = next
    }
    ends[node] = id
  }
  return {
    steps,
    ends: Int32Array.from(ends),
    scores: Float64Array.from(pieces, ([, score]) => score),
    lengths: Uint8Array.from(pieces, ([text]) => text.length),
    emoji: new Map(emoji.map((each, at) => [each, emojiFrom + at])),
  }
}

/** Numbers of the pieces, in the order of the text. What no piece covers is one `unknown`, however long it is. */
export function piecesOf({ steps, ends, scores, lengths }: Pieces, text: string): number[] {
  const plain = text.normalize('NFKC')
  if (plain === '') return []
  const input = blank + plain.replaceAll(' ', blank)
  const best = new Float64Array(input.length + 1).fill(Number.NEGATIVE_INFINITY)
  const by = new Int32Array(input.length + 1)
  best[0] = 0
  for (let start = 0; start < input.length; start++) {
    const reached = best[start]!
    let node = 0
    for (let at = start; at < input.length; at++) {
      const next = steps.get(node * 65536 + input.charCodeAt(at))
      if (next === undefined) break
      node = next
      const id = ends[node]!
      // Of equally likely ways the one with the longer last piece.
      if (id >= 0 && reached + scores[id]! > best[at + 1]!) {
        best[at + 1] = reached + scores[id]!
        by[at + 1] = id
      }
    }
    if (reached + unknownScore > best[start + 1]!) {
      best[start + 1] = reached + unknownScore
      by[start + 1] = unknown
    }
  }
  const found: number[] = []
  for (let at = input.length; at > 0; at -= by[at] === unknown ? 1 : lengths[by[at]!]!)
    if (by[at] !== unknown || found.at(-1) !== unknown) found.push(by[at]!)
  return found.reverse()
}
