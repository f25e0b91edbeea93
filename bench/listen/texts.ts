// Texts like those that people post: from a folder of real ones where it is there, otherwise of made-up words with Zipf's frequencies.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Random, seeded } from '../chaos/random.ts'

/** Posts of networks, without questionnaires and labelled messages of other kinds. */
const folders = ['tweeteval', 'umsab', 'crisis']

/** Every text of the .tsv files below `folder` whose second column is the text, in their order; made up where there is no such folder. */
export function loadTexts(folder: string): { texts: string[]; origin: string } {
  const present = folders.map((name) => join(folder, name)).filter((path) => existsSync(path))
  if (present.length === 0) return { texts: makeTexts(40_000), origin: 'made up with Zipf frequencies' }
  const files = present.flatMap((path) =>
    readdirSync(path)
      .filter((name) => name.endsWith('.tsv'))
      .map((name) => join(path, name)),
  )
  const texts = files.flatMap((path) => {
    const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n')
    const column = head.split('\t').indexOf('text')
    return column < 0 ? [] : lines.map((line) => line.split('\t')[column] ?? '').filter((text) => text.length > 0)
  })
  return { texts: [...new Set(texts)], origin: `${folder}, ${files.length} files` }
}

function makeTexts(count: number): string[] {
  const random = seeded(7)
  const words = makeWords(60_000, random)
  return Array.from({ length: count }, () => {
    const length = random.whole(4, 30)
    return Array.from({ length }, () => words[zipf(words.length, random)]!).join(' ')
  })
}

function makeWords(count: number, random: Random): string[] {
  const syllables = 'ba ce di fo gu la me ni ro su ta ve wi zo ka le mi no pu ra'.split(' ')
  const words = new Set<string>()
  while (words.size < count)
    words.add(Array.from({ length: random.whole(1, 5) }, () => random.pick(syllables)).join(''))
  return [...words]
}

/** A rank whose probability falls with one over itself. */
const zipf = (count: number, random: Random): number => Math.floor(Math.exp(random.next() * Math.log(count)))
