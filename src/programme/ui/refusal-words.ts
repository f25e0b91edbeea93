// Refusals that only the pages of the programme meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  'no-programme': { what: 'No programme goes on.', next: 'Begin one first.' },
  'programme-goes-on': { what: '“{name}” goes on already.', next: 'End it first, with its reasons.' },
  'not-a-monday': { what: 'A programme begins on a Monday.', next: 'Choose one.' },
  'has-ended': { what: 'This has ended.', next: others },
  'changed-meanwhile': { what: 'Somebody has changed it since.', next: others },
  'plan-outrun': { what: 'Somebody put another version in force.' },
  'programme-outrun': { what: 'Somebody changed the programme.' },
  'day-ahead': { what: 'This day has not come yet.', next: 'Choose today or an earlier one.' },
  'owner-unknown': { what: 'This person does not belong to the organisation any more.' },
  'goal-title-missing': { what: 'It has no name yet.' },
  'goal-measure-missing': { what: 'By what is it measured?' },
  'goal-unit-missing': { what: 'What is counted? Leads, euros, visitors …' },
  'goal-baseline-missing': { what: 'What is it today? Without that nobody can tell whether it was reached.' },
  'goal-target-missing': { what: 'What shall it be?' },
  'goal-date-missing': { what: 'By when?' },
  'goal-too-soon': { what: 'In less than {days} days nothing can be seen.', next: 'Choose a later day.' },
  'goal-too-far': { what: 'More than {years} years ahead.', next: 'Set a goal on the way to it.' },
  'goal-below-zero': { what: 'It cannot be less than none.' },
  'goal-above-hundred': { what: 'A share is 100 % at most.' },
  'goal-as-today': { what: 'That is what it is today.', next: 'To keep it up, choose that as the ambition.' },
  'goal-worse-than-today': { what: 'That would be worse than today.' },
  'goal-from-nothing': {
    what: 'From nothing nobody can say how fast it grows.',
    next: 'Set it, and look again after four weeks.',
  },
  'goal-out-of-reach': {
    what: 'It would have to grow by {percent} % each week; nothing does that for long.',
    next: 'Up to {reachable} is in reach by then, or choose a later day.',
  },
  'goal-steep': {
    what: '{percent} % growth each week is steep: a training aims at 7 %.',
    next: 'A later day would be safer.',
  },
  'cadence-faulty': { what: '{reason}.' },
  'activity-not-measured': {
    what: 'Nobody knows yet how long “{activity}” takes.',
    next: 'Write down the time of one first.',
  },
  'timer-forgotten': { what: 'The timer ran for {hours} hours.', next: 'How many minutes did it really take?' },
  'day-too-long-ago': { what: 'That is more than {days} days ago.', next: 'Nobody remembers that exactly.' },
  'more-than-a-day': { what: 'Together that would be more than {hours} hours on one day.' },
  'one-at-a-time': {
    what: 'This team learns “{name}” already: one new ability at a time.',
    next: 'Master it, or set it aside with the reason.',
  },
  'lower-rung-first': {
    what: '“{name}” comes before it.',
    next: 'Begin with that, or put the ladder into another order.',
  },
  'mastered-already': { what: 'This team has mastered “{name}” already.' },
  'gates-shut': {
    what: '{count} of its gates are shut.',
    next: 'Only evidence opens a gate: look which is missing.',
  },
  'not-going-on': { what: 'Nobody learns this any more.', next: others },
  'department-unknown': { what: 'This department is not there any more.', next: 'Choose another one.' },
  'not-of-oneself': { what: 'Nobody vouches for themselves.', next: 'Ask somebody else to write down what they saw.' },
  'member-unknown': { what: 'This person does not belong to the organisation any more.' },
  'order-outrun': { what: 'Somebody changed the ladder meanwhile.', next: others },
  'listening-is-first': { what: 'Every programme begins with listening.', next: 'Leave it as the lowest rung.' },
  'listening-stays': { what: 'Listening is the first rung of every programme.', next: 'It stays where it is.' },
  'team-is-on-it': { what: 'A team learns it right now.', next: 'Set it aside first.' },
  'gate-above-hundred': { what: 'A share is 100 % at most.' },
  'gate-of-times': { what: 'Whose times are looked at?', next: 'Only the gate of steady times names an activity.' },
  'gate-twice': { what: 'This gate is there already.', next: 'Choose another one.' },
  'commitment-too-short': {
    what: 'In less than four weeks nothing of a marathon can be seen.',
    next: 'Choose a later last day.',
  },
  'commitment-longer-than-a-year': { what: 'A commitment holds for a year at most.', next: 'Renew it then.' },
})
