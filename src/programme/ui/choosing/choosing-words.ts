// Refusals that only the pages of choosing and of reviews meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../../kit/words.ts'

learnWords({
  'nobody-gives-time': {
    what: 'Nobody has said yet how many minutes they give.',
    next: 'Everybody says so on the page of the plan, under “Most that you give”.',
  },
  'nothing-known': {
    what: 'Nobody knows yet what anything is worth.',
    next: 'Publish and wait for the numbers, or add a line with your own estimate.',
  },
  'choice-not-made': { what: 'The planner has not chosen yet.', next: 'Wait until it has, or ask it anew.' },
  'not-worth-a-change': {
    what: 'It would be worth {percent} % more, and a plan changes from 5 % on.',
    next: 'Put it in force all the same, with a reason, or leave the plan as it is.',
  },
  'channel-unknown': { what: 'This channel is not there any more.', next: 'Choose another one.' },
  'least-above-most': { what: 'That is more than the most of {most} a week.', next: 'Change one of the two.' },
  'review-outrun': { what: 'There is a newer review.', next: 'Decide by its figures.' },
  'decided-already': { what: 'Somebody has decided this already.', next: 'Load the page again to see how.' },
})
