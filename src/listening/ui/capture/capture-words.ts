// Words of capturing by hand for people: channels, and what is wrong with a row.

import { learnWords } from '../../../kit/words.ts'
import '../../../publishing/ui/imports/import-words.ts'
import { type Channel, channels } from '../../capture/types.ts'

export const channelWords: Record<Channel, string> = {
  meetup: 'At a meetup',
  shop: 'In a shop',
  phone: 'On the phone',
  event: 'At an event or a fair',
  letter: 'In a letter or mail',
  'web-page': 'On a web page',
  elsewhere: 'Elsewhere',
}

export const channelChoices = channels.map((value) => ({ value, label: channelWords[value] }))

export const rowWords: Record<string, string> = {
  'column-missing': 'No column has the words. Head one of them “text”.',
  'column-twice': 'Two columns mean this. Rename one of them.',
  'text-missing': 'Nothing stands here.',
  'text-cut': 'The text is too long and was cut.',
  'date-unreadable': 'This is no date. Write 2026-11-29 or 29.11.2026, with a time like 14:30 if you know it.',
  'date-ambiguous': 'Day or month first? Write 2026-11-29 or 29.11.2026.',
  'date-in-future': 'This is a time to come.',
  'date-too-old': 'This is before 1990.',
  'kind-unknown': 'This is no kind that is known. Leave it empty, or write note, message, comment or review.',
  'url-invalid': 'This is no address of the web.',
  'language-invalid': 'This is no language. Write en, de or pt-BR, or leave it empty.',
  'id-invalid': 'This is too long for a number of a row.',
  'too-many-rows': 'The file has more than 10,000 rows; those beyond are left out. Divide it.',
}

export const columnWords: Record<string, string> = {
  text: 'Text',
  at: 'When',
  kind: 'Kind',
  title: 'Title',
  author: 'Who',
  handle: 'Handle',
  url: 'Link',
  language: 'Language',
  place: 'Where',
  id: 'Number',
}

learnWords({
  'said-in-future': { what: 'This is a time to come.', next: 'Say when it was said.' },
  'said-too-early': { what: 'This is before 1990.', next: 'Say when it was said.' },
  'author-objected': {
    what: 'This person asked not to be stored, and said it before that.',
    next: 'Capture it without a name, if it was somebody else.',
  },
  'import.no-good-rows': {
    what: 'No row of this file can be stored.',
    next: 'Mend it by the list, then choose it again.',
  },
})
