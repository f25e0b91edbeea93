// Pure: who is named in a note with an @ before their name.

export interface Nameable {
  id: string
  name: string
}

/** The longest name that fits counts, so that @Ann Bee is not Ann; a name goes on until something that is no letter or digit. */
export function mentionedIn(note: string, people: readonly Nameable[]): Nameable[] {
  const byLength = people.filter(({ name }) => name.trim() !== '').sort((a, b) => b.name.length - a.name.length)
  const text = note.toLowerCase()
  const found = new Set<Nameable>()
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at > 0 && letter.test(text[at - 1]!)) continue
    const length = byLength.find(({ name }) => isNamed(text, at + 1, name.toLowerCase()))?.name.length
    // Two of the same name are both meant: who wrote it cannot say which.
    for (const each of byLength)
      if (each.name.length === length && isNamed(text, at + 1, each.name.toLowerCase())) found.add(each)
  }
  return [...found]
}

const letter = /[\p{L}\p{N}_]/u

const isNamed = (text: string, at: number, name: string): boolean =>
  text.startsWith(name, at) && !letter.test(text[at + name.length] ?? ' ')
