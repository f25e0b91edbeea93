// What mail programs repeat of earlier mails is cut, and nothing that somebody wrote.

import { describe, expect, test } from 'vitest'
import { cutHtml, cutQuoted } from './quoted.ts'

const trailing: [string, string][] = [
  ['a line in English', 'On Mon, 3 Nov 2025 at 10:00, Kim Runner <kim@example.org> wrote:\n> How long?\n> Kim'],
  ['a line broken in two', 'On Mon, 3 Nov 2025 at 10:00, Kim Runner\n<kim@example.org> wrote:\n\n> How long?'],
  ['German', 'Am 03.11.25 um 10:00 schrieb Kim Runner:\n> Wie lange?'],
  ['French', 'Le lun. 3 nov. 2025 à 10:00, Kim Runner <kim@example.org> a écrit :\n> Combien ?'],
  ['Spanish', 'El lun, 3 nov 2025 a las 10:00, Kim (<kim@example.org>) escribió:\n> ¿Cuánto?'],
  ['Italian', 'Il giorno lun 3 nov 2025 alle ore 10:00 Kim <kim@example.org> ha scritto:\n> Quanto?'],
  ['Dutch', 'Op ma 3 nov 2025 om 10:00 schreef Kim <kim@example.org>:\n> Hoe lang?'],
  ['Japanese', '2025年11月3日(月) 10:00 Kim <kim@example.org>のメール:\n> 何キロ?'],
  [
    'a rule with words',
    '-----Original Message-----\nFrom: Kim Runner\nSent: Monday\nTo: Support\nSubject: Race\n\nHow long?',
  ],
  ['a rule in German', '-----Ursprüngliche Nachricht-----\nVon: Kim\nGesendet: Montag\n\nWie lange?'],
  [
    'headers behind a line',
    '________________________________\nVon: Kim Runner\nGesendet: Montag\nAn: Support\nBetreff: Lauf\n\nWie lange?',
  ],
  [
    'headers alone',
    'From: Kim Runner <kim@example.org>\nSent: Monday, November 3\nTo: Support\nSubject: Race\n\nHow long?',
  ],
  ['bare quotation', '> How long?\n> Kim'],
  ['two levels', '> It is ten.\n>> How long?\n>\n> Kim'],
]

describe('at the end', () => {
  test.each(trailing)('%s is cut', (_, quoted) => {
    expect(cutQuoted(`It is ten kilometres.\n\nBest\nAda\n\n${quoted}\n`)).toEqual({
      text: 'It is ten kilometres.\n\nBest\nAda',
      quoted,
    })
  })
})

test.each([
  ['an answer between the lines', 'On Monday, Kim wrote:\n> How long?\nTen.\n> When?\nIn May.'],
  ['a sentence that names somebody who wrote', 'In the paper they wrote:\nrun slowly.'],
  ['a list of hours', 'From: 8 to 10\nWe run along the quay.'],
  ['a rule between paragraphs', 'First\n-----\nSecond'],
  ['a mail that only repeats', '> How long?\n> Kim'],
  ['nothing', ''],
])('%s is kept whole', (_, text) => {
  expect(cutQuoted(text)).toEqual({ text, quoted: null })
})

test('HTML is cut where programs mark it', () => {
  for (const mark of [
    '<div class="gmail_quote gmail_quote_container"><div dir="ltr">On Monday Kim wrote',
    '<blockquote type="cite">How long?',
    '<div id="appendonsend"></div><hr>',
    '<div class="moz-cite-prefix">On Monday, Kim wrote:',
  ]) {
    expect(cutHtml(`<p>Ten.</p>${mark}</div>`)).toEqual({ own: '<p>Ten.</p>', quoted: `${mark}</div>` })
  }
  expect(cutHtml('<blockquote>A proverb</blockquote>')).toEqual({
    own: '<blockquote>A proverb</blockquote>',
    quoted: null,
  })
})

test('the longest mail is read in no time that grows with its square', () => {
  const text = `${'> a\n'.repeat(20_000)}${'On b c d e f g\n'.repeat(20_000)}`
  expect(cutQuoted(text).quoted).toBeNull()
})
