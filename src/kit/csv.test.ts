// CSV keeps every value whole and gives spreadsheets nothing to run.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=SUM(A1)', "'=SUM(A1)"],
  ['-1', "'-1"],
  [-1, '-1'],
  [null, ''],
  [0, '0'],
])('writes %j as %s', (value, written) => {
  expect(csvOf(['h'], [[value]])).toBe(`h\r\n${written}`)
})

test('what was written can be read back', () => {
  const text = fc.string().filter((value) => !/^[=+\-@\t\r]/.test(value))
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 })), (rows) => {
      expect(parse(csvOf(['a', 'b'], rows)).slice(1)).toEqual(rows)
    }),
  )
})

/** The plain reader of RFC 4180. */
function parse(csv: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  for (let at = 0; at < csv.length; at++) {
    const row = rows.at(-1)!
    const char = csv[at]!
    const append = (text: string) => row.push(`${row.pop()}${text}`)
    if (quoted && char === '"' && csv[at + 1] === '"') append(csv[++at]!)
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === ',') row.push('')
    else if (!quoted && char === '\r' && csv[at + 1] === '\n') {
      rows.push([''])
      at++
    } else append(char)
  }
  return rows
}
