// What can go wrong when people are answered or their messages moderated, in plain words.

import type { Words } from '../../kit/words.ts'

export const conversationCodes: Record<string, Words> = {
  'answer-lost': {
    what: 'The line to the mail server broke while the answer was on its way.',
    next: 'Look among the sent mails whether it is there.',
  },
  'mail-server-refused': {
    what: 'The mail server does not take this answer.',
    next: 'Look at the address it goes to.',
  },
  'no-outgoing-server': {
    what: 'This mailbox is only read; nothing can be sent from it.',
    next: 'Connect it again as a mailbox that answers.',
  },
  'nobody-to-answer': { what: 'This mail does not say whom an answer should go to.' },
  'no-folder-for-it': {
    what: 'The mailbox has no folder for this.',
    next: 'Make one for spam or deleted mails in your mail program.',
  },
  'no-member-to-answer-as': {
    what: 'Nobody of the staff of the site is a member, and only members may comment.',
    next: 'Add a member with the address of somebody of the staff in {network}.',
  },
  'comment-gone': { what: 'This comment is gone.' },
  comment_flood: { what: 'The site takes comments of one person only slowly.', next: 'Longrun tries again by itself.' },
  'cannot-be-unsaid': { what: 'A direct message that was sent cannot be taken back on {network}.' },
  'thread-not-ours': { what: 'Only whoever began a thread can hide answers in it.' },
  'not-offered': { what: '{network} does not offer this.' },
}
