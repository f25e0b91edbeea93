// What can go wrong with a source that is listened to, in plain words.

import type { Words } from '../../kit/words.ts'

export const listeningCodes: Record<string, Words> = {
  'address-with-password': {
    what: 'This address carries a name and a password, which everybody who sees the source could read.',
    next: 'Connect the feed as an account, then listen to that account.',
  },
  'choice-unknown': { what: 'This is none of the choices.', next: 'Choose one from the list.' },
  'query-invalid': { what: 'There are no words to look for, or too many.', next: 'Write at most 400 characters.' },
  'people-unknown': {
    what: 'The network knows none of these people (any more).',
    next: 'Look for typing mistakes in their handles.',
  },
  'people-invalid': {
    what: 'These are no handles, or more than a hundred.',
    next: 'A handle looks like acme.example. Write several with spaces between.',
  },
  'no-accounts': { what: 'Nobody connects to {network}; it is only listened to.', next: 'Add it as a source.' },
  'robots-refused': {
    what: 'The site asks programs not to read this page, and Longrun keeps to that.',
    next: 'Ask the site for permission or for a feed.',
  },
  'not-a-page': {
    what: 'There is no page with text at this address.',
    next: 'Open it in a browser, and copy the address from there.',
  },
  'folder-missing': {
    what: 'The mailbox has no such folder.',
    next: 'Copy the name of the folder from your mail program.',
  },
  'mail-signin-refused': {
    what: 'The mail server refused the name or the password.',
    next: 'Many servers want a password made for this program alone.',
  },
  'file-gone': {
    what: 'The mail, or its file, is not in the mailbox any more.',
    next: 'Look into the mailbox itself.',
  },
  'file-too-large': { what: 'The mail is larger than 35 MB.', next: 'Open it in the mailbox itself.' },
  'mail-server-busy': { what: 'The mail server is busy.', next: 'Longrun asks again by itself.' },
  // Rows that people bring
  'column-missing': {
    what: 'The table has no column with what was said.',
    next: 'Name it “text” in the first row.',
  },
  'column-twice': { what: 'Two columns mean the same.', next: 'Rename or remove one of them.' },
  'text-missing': { what: 'This row says nothing.' },
  'text-cut': { what: 'This text is longer than Longrun keeps; its beginning is kept.' },
  'date-unreadable': { what: 'This is no date.', next: 'Write it as 2026-11-20 or 2026-11-20 14:30.' },
  'date-ambiguous': {
    what: 'In this date, day and month could be meant either way.',
    next: 'Write it as 2026-11-20.',
  },
  'date-in-future': { what: 'This date lies ahead.', next: 'Write when it was said.' },
  'date-too-old': { what: 'This date is too long ago to be true.', next: 'Write when it was said.' },
  'kind-unknown': {
    what: 'This is no kind of thing that is said.',
    next: 'Write comment, review, message or note, or nothing.',
  },
  'url-invalid': { what: 'This is not an address.', next: 'It looks like https://example.org.' },
  'language-invalid': { what: 'This is no language.', next: 'Write it as en, de or pt-BR.' },
  'id-invalid': { what: 'This is too long for an id, or has signs that cannot be kept.' },
  'too-many-rows': { what: 'The file has more rows than are read at once.', next: 'Bring it in parts of 10,000 rows.' },
}
