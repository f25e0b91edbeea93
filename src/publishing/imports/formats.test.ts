// Files as people have them: encodings, delimiters, headings of other tools, and days and times in many hands.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { understand, understandPostiz } from './formats.ts'
import { decodeFile, delimiterOf, rowsOf } from './sniff.ts'
import { mostRows } from './types.ts'
import { dayOrderOf, readWhen } from './when.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the text of a file', () => {
  test.each([
    ['UTF-8', bytes('text,date\nCafé ☕,2030-01-02'), 'utf-8'],
    ['UTF-8 with its mark', bytes('\ufefftext,date\nCafé ☕,2030-01-02'), 'utf-8'],
    ['UTF-16 little endian with its mark', bytes('\ufefftext,date\nCafé ☕,2030-01-02', 'utf16le'), 'utf-16le'],
    ['UTF-16 little endian without', bytes('text,date\nCafé ☕,2030-01-02', 'utf16le'), 'utf-16le'],
    ['UTF-16 big endian with its mark', swapped('\ufefftext,date\nCafé ☕,2030-01-02'), 'utf-16be'],
    ['UTF-16 big endian without', swapped('text,date\nCafé ☕,2030-01-02'), 'utf-16be'],
  ])('is read from %s', (_name, file, encoding) => {
    expect(decodeFile(file)).toEqual({ text: 'text,date\nCafé ☕,2030-01-02', encoding })
  })

  test('is read from Windows-1252, with its quotes and its euro', () => {
    const file = new Uint8Array([...bytes('text\nCaf'), 0xe9, 0x20, 0x93, 0x80, 0x94])
    expect(decodeFile(file)).toEqual({ text: 'text\nCafé “€”', encoding: 'windows-1252' })
  })

  test.each([
    ['nothing', new Uint8Array(), 'import.empty'],
    ['only line ends', bytes('\n \r\n'), 'import.empty'],
    ['an archive that is called .csv', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), 'import.archive'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'import.binary'],
    ['text with zeros in it', bytes('text,date\nHello\0 there,2030-01-02'), 'import.binary'],
    ['a few odd bytes', new Uint8Array([1, 2, 3]), 'import.binary'],
  ])('is refused for %s', (_name, file, code) => {
    expect(codeOf(() => decodeFile(file))).toBe(code)
  })

  test('never breaks the reader, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (some) => {
        const code = codeOf(() => {
          const { text } = decodeFile(some)
          understand(rowsOf(text, delimiterOf(text)))
        })
        expect(code === 'nothing' || code.startsWith('import.')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('cells', () => {
  test.each([
    ['commas', 'text,date\n"One, two",2030-01-02\nThree,2030-01-03', ','],
    ['semicolons, with commas in the text', 'text;date\nOne, two, three;2030-01-02\nFour, five;2030-01-03', ';'],
    ['tabs', 'text\tdate\nOne, two\t2030-01-02', '\t'],
    ['bars', 'text|date\nOne|2030-01-02', '|'],
    ['nothing at all', 'text\nOne\nTwo', ','],
    ['commas around quoted semicolons', 'text,date\n"a;b;c",1\n"d;e;f",2', ','],
  ])('are separated by %s', (_name, text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter)
  })

  test('keep line ends, quotes and empty rows', () => {
    expect(rowsOf('text,date\n"A ""quoted""\r\nsecond line",1\n\nThree,3\n\n', ',')).toEqual([
      ['text', 'date'],
      ['A "quoted"\r\nsecond line', '1'],
      [''],
      ['Three', '3'],
    ])
  })

  test('with a quote that never ends are refused with a line', () => {
    expect(codeOf(() => rowsOf('text,date\n"begun and never ended,1\n', ','))).toBe('import.quote-open')
  })

  test('of a huge file are read only so far that it is known to be too long', () => {
    const text = `text,date\n${'Hello,2030-01-02\n'.repeat(100_000)}`
    expect(rowsOf(text, ',').length).toBe(mostRows + 2)
  })

  test('are at most a hundred a row', () => {
    expect(codeOf(() => rowsOf(`${','.repeat(200)}x`, ','))).toBe('import.too-many-columns')
  })
})

describe('where a file comes from', () => {
  test.each([
    [
      'buffer',
      'Text,Image URL,Tags,Posting Time\nThe path is open,https://example.org/a.png,hike,2030-05-02 09:30',
      ['text', 'media', 'tags', 'date'],
    ],
    ['hootsuite', '05/28/2030 09:30,The path is open,https://example.org/path', ['date', 'text', 'link']],
    [
      'hootsuite',
      'Date,Message,Link\n2030/05/28 09:30,The path is open,https://example.org/path',
      ['date', 'text', 'link'],
    ],
    [
      'plain',
      'Caption,Scheduled at,Account,Something\nThe path is open,2030-05-28T09:30,Harbour,x',
      ['text', 'date', 'accounts', null],
    ],
    ['longrun', 'date,zone,text,longrun\n2030-05-28T09:30,UTC,The path is open,', ['date', 'zone', 'text', 'longrun']],
  ])('%s', (format, text, mapping) => {
    const found = understand(rowsOf(text, ','))
    expect(found).toMatchObject({ format, mapping })
    expect(found.rows).toHaveLength(1)
  })

  test('two headings of one meaning: the first has it', () => {
    expect(understand(rowsOf('Text,Caption,Date\na,b,c', ',')).mapping).toEqual(['text', null, 'date'])
  })

  test('an answer of Postiz: one post for each group, words without markup', () => {
    const post = (name: string, content: string) => ({
      ...{
        group: 'g1',
        publishDate: '2030-05-28T09:30:00.000Z',
        status: 'scheduled',
        content,
        media: [{ path: 'https://example.org/a.png' }],
      },
      integration: { id: 'i', name, identifier: 'x' },
    })
    const html = '<p>The path is open &amp; dry.</p><p>Bring water.</p>'
    const found = understandPostiz(
      JSON.stringify({
        posts: [post('Harbour', html), post('Mountain', html), { ...post('Club', 'Other'), group: 'g2' }],
      }),
    )
    expect(found?.rows).toEqual([
      [
        'The path is open & dry.\nBring water.',
        '2030-05-28T09:30:00.000Z',
        'scheduled',
        'https://example.org/a.png',
        'Harbour; Mountain',
      ],
      ['Other', '2030-05-28T09:30:00.000Z', 'scheduled', 'https://example.org/a.png', 'Club'],
    ])
    expect(understandPostiz('{"posts": "none"}')).toBeNull()
    expect(understandPostiz('text,date\n{,}')).toBeNull()
  })
})

describe('what would keep a server busy', () => {
  const many = 200_000

  test('a text of tags that never end is a text', () => {
    const content = '<a'.repeat(many)
    expect(understandPostiz(JSON.stringify([{ content }]))!.rows[0]![0]).toBe(content)
  })

  test('a time behind an endless gap is no time', () => {
    const cell = `2030-05-28 12${' '.repeat(many)}x`
    expect(readWhen(cell, '', { order: 'ymd', zone: 'UTC' })).toEqual({ kind: 'wrong', code: 'time-not-readable' })
  })

  test('a heading that every object has by itself means nothing', () => {
    expect(
      understand([
        ['constructor', 'text'],
        ['a', 'b'],
      ]).mapping,
    ).toEqual([null, 'text'])
  })
})

describe('days and times', () => {
  const read = (day: string, time = '', order: 'ymd' | 'dmy' | 'mdy' = 'dmy') =>
    readWhen(day, time, { order, zone: 'Europe/Berlin' })

  test.each([
    ['2030-05-28T09:30', '', '2030-05-28T09:30'],
    ['2030-05-28 09:30:15', '', '2030-05-28T09:30'],
    ['2030/5/8 9:05', '', '2030-05-08T09:05'],
    ['2030-05-28', '17:45', '2030-05-28T17:45'],
    ['28.05.2030 17:45', '', '2030-05-28T17:45'],
    ['28/05/2030', '5:45 PM', '2030-05-28T17:45'],
    ['28/05/2030 12:05 am', '', '2030-05-28T00:05'],
    ['28/05/2030 5pm', '', '2030-05-28T17:00'],
    ['2030-05-28T07:30:00.000Z', '', '2030-05-28T09:30'],
    ['2030-01-28T23:30:00-05:00', '', '2030-01-29T05:30'],
  ])('%s %s', (day, time, wall) => {
    expect(read(day, time)).toEqual({ kind: 'wall', wall })
  })

  test.each([
    ['tomorrow', '', 'day-not-readable'],
    ['31/02/2030 10:00', '', 'day-does-not-exist'],
    ['2030-13-01 10:00', '', 'day-does-not-exist'],
    ['0000-01-01 10:00', '', 'day-does-not-exist'],
    ['9999-12-31T23:30:00-05:00', '', 'day-does-not-exist'],
    ['2030-05-28', '', 'time-missing'],
    ['2030-05-28 25:00', '', 'time-not-readable'],
    ['2030-05-28', 'noon', 'time-not-readable'],
    ['2030-05-28', '13:00 pm', 'time-not-readable'],
    ['', '10:00', 'day-not-readable'],
  ])('%s %s is told: %s', (day, time, code) => {
    expect(read(day, time)).toEqual({ kind: 'wrong', code })
  })

  test('no day and no time is no time', () => expect(read('', ' ')).toEqual({ kind: 'none' }))

  test.each([
    [['28/05/2030', '01/02/2030'], { order: 'dmy', sure: true }],
    [['05/28/2030', '01/02/2030'], { order: 'mdy', sure: true }],
    [['01/02/2030', '03/04/2030'], { order: 'mdy', sure: false }],
    [['01.02.2030', '03.04.2030'], { order: 'dmy', sure: false }],
    [['28/05/2030', '05/28/2030'], { order: 'mdy', sure: false }],
    [['2030-02-01'], { order: 'ymd', sure: true }],
  ])('of %j the order is %j', (cells, expected) => expect(dayOrderOf(cells)).toEqual(expected))
})
