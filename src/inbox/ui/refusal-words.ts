// Refusals that only the pages of the inbox meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'
import '../../publishing/ui/refusal-words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  'answered-meanwhile': {
    what: 'A colleague has answered since you began.',
    next: 'Read that first. Your words are kept.',
  },
  'nothing-to-answer': { what: 'What was said here was taken back.', next: 'There is nothing to answer any more.' },
  'conversation-there-already': { what: 'It is like this already.', next: others },
  'not-offered': { what: 'This network does not offer that for such a message.', next: 'Do it at the network itself.' },
  'nothing-to-acknowledge': {
    what: 'Nobody was told of anything here yet.',
    next: 'When something is due soon or broken you can say that you have it.',
  },
  'not-all-named': { what: 'Somebody made or ended a promise meanwhile.', next: others },
  'hours-in-use': {
    what: '“{promise}” is made in these hours.',
    next: 'Give it others first, or end it.',
  },
  'hours-not-found': { what: 'These hours are not there any more.', next: others },
  'until-past': { what: 'This time is over already.', next: 'Choose a later one.' },
  'department-not-found': { what: 'This department is not there any more.', next: others },
})
