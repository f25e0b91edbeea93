// Reads pasted addresses: one a line, with or without a name, as spreadsheets and mail programs write them.

export interface PastedPerson {
  address: string
  name: string
}

/** `Name <a@b>`, `a@b, Name`, `Name;a@b`, tabs, or the address alone. Empty lines and a line of headings are left out. */
export function peopleIn(text: string): PastedPerson[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.flatMap((line, index) => {
    if (line === '') return []
    const bracketed = /^(.*?)<([^<>]+)>\s*$/.exec(line)
    if (bracketed) return [{ name: unquoted(bracketed[1]!), address: bracketed[2]!.trim() }]
    const fields = fieldsOf(line).map(unquoted)
    const at = fields.findIndex((field) => field.includes('@'))
    // Headings of a table, in whatever language, have no address.
    if (at < 0) return index === 0 && fields.length > 1 ? [] : [{ name: '', address: line }]
    return [{ address: fields[at]!, name: fields.filter((field, place) => place !== at && field !== '').join(' ') }]
  })
}

/** A sign that parts fields is a part of one between quotes. */
const fieldsOf = (line: string): string[] => line.match(/(?:"(?:[^"]|"")*"|[^\t;,"])+/g) ?? [line]

const unquoted = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('""', '"')
    .trim()
