// What can go wrong with a source that is listened to, in plain words.

import type { Words } from '../../kit/words.ts'

export const listeningCodes: Record<string, Words> = {
  'address-with-password': {
    what: 'This address carries a name and a password, which everybody who sees the source could read.',
    next: 'Connect the feed as an account, then listen to that account.',
  },
  'choice-unknown': { what: 'This is none of the choices.', next: 'Choose one from the list.' },
  'query-invalid': { what: 'There are no words to look for, or too many.', next: 'Write at most 400 characters.' },
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
  'mail-server-changed': {
    what: 'What answers is no mail server (IMAP).',
    next: 'Look for a typing mistake in server and port.',
  },
}
