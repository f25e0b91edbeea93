// Refusals that only the pages of the inbox meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'
import '../../publishing/ui/refusal-words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  'goes-on-elsewhere': {
    what: 'This is part of another conversation now.',
    next: 'Go on there; what you wrote is kept.',
  },
  'answered-meanwhile': {
    what: 'A colleague has answered since you began.',
    next: 'Read that first. Your words are kept.',
  },
  'answer-differs': {
    what: 'What you sent before is on its way already, in other words.',
    next: 'These words are kept. Send them again, and they go out as an answer of their own.',
  },
  'nothing-to-answer': { what: 'What was said here was taken back.', next: 'There is nothing to answer any more.' },
  'conversation-there-already': { what: 'It is like this already.', next: others },
  'changed-meanwhile': { what: 'Somebody has changed it since.', next: others },
  'undone-already': { what: 'This was undone already.' },
  'nothing-chosen': { what: 'There is no conversation left to change.', next: others },
  'too-many-views': { what: 'There are {most} views already.', next: 'Remove one that nobody needs.' },
  'same-conversation': { what: 'This is the same conversation.' },
  'nothing-there': { what: 'There is nothing left in one of them.', next: others },
  'other-account': {
    what: 'They were said to different accounts of yours.',
    next: 'Answers go out in the name of one account; leave them apart.',
  },
  'other-privacy': {
    what: 'One of them is private and the other is not.',
    next: 'Leave them apart: an answer in public must not say what was asked in private.',
  },
  'other-contact': {
    what: 'They are with different people.',
    next: 'Put the people together first, where they are one.',
  },
  'nothing-left': { what: 'That would take everything out of it.', next: 'Choose a later message.' },
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
  'ping-pong': {
    what: 'It was handed this way before, and nothing new was said since.',
    next: 'Somebody who leads was told and decides whose it is.',
  },
  'reason-missing': { what: 'Say why: those who get it read it.' },
  'attachment-is-program': {
    what: '“{name}” can run on a computer, so Longrun does not hand it out.',
    next: 'If you expect it, open it in the mailbox itself.',
  },
  'network-did-not-answer': { what: 'The network did not hand it out ({code}).', next: 'Try again in a minute.' },
  'attachment-gone': {
    what: 'It is not in the mailbox any more.',
    next: 'Ask whoever sent it to send it again.',
  },
  'attachment-too-large': { what: 'The mail is larger than 35 MB.', next: 'Open it in the mailbox itself.' },
  'still-counting': {
    what: 'What stood in the inbox is still being counted, after an update or because very much comes in.',
    next: 'Try again in some minutes.',
  },
  'other-wall': {
    what: 'Only one of them stands behind the wall of a department.',
    next: 'Hand one of them over first.',
  },
  'behind-wall': {
    what: 'This stands behind the wall of its department: nobody else would see the question.',
    next: 'Ask them without its words, or hand the conversation over.',
  },
  'asks-itself': { what: 'It is with this department.', next: 'Choose another one.' },
  'not-of-department': { what: 'Only this department answers for itself.', next: 'Ask somebody there.' },
  'question-settled': { what: 'This was answered or taken back.', next: others },
  'question-of-others': { what: 'Somebody else asked this.', next: 'They can take it back.' },
  'nothing-to-judge': { what: 'What was said here was taken back.', next: 'There is nothing to judge any more.' },
  'rules-changed-meanwhile': {
    what: 'Somebody else put other rules in force meanwhile.',
    next: 'Load the page again and repeat your change.',
  },
  'rule-twice': { what: 'A rule is in the list twice.', next: 'Remove one of them.' },
  'rule-names-nothing': {
    what: 'The rule “{rule}” names something that is not there any more.',
    next: 'Change it or take it out.',
  },
  'stands-in-for-self': { what: 'Nobody stands in for themselves.', next: 'Choose somebody else.' },
  'managers-in-a-circle': {
    what: 'This person works for the one you change, directly or not.',
    next: 'Choose somebody above both.',
  },
  'absence-ends-before': { what: 'It ends before it begins.' },
  'absence-over': { what: 'This time is over.', next: 'Choose one that is still to come.' },
  'absence-too-long': { what: 'At most three years at once.' },
  'absence-of-others': { what: 'Only those who lead say this for others.', next: 'Ask them or the person.' },
  'until-past': { what: 'This time is over already.', next: 'Choose a later one.' },
  'not-in-department': {
    what: 'Only members of this department see the conversation.',
    next: 'Choose one of them.',
  },
  'same-contact': { what: 'This is the same contact.', next: 'Choose another one.' },
  'contact-not-found': { what: 'There is no such contact any more.', next: others },
  'identity-not-theirs': { what: 'This contact is not found there any more.', next: others },
  'nobody-left': { what: 'Nobody would be left of this contact.', next: 'Leave at least one place with them.' },
  'moved-since': {
    what: 'Somebody has put them together or apart differently since.',
    next: 'Take back what came later first.',
  },
  'consent-in-future': { what: 'This day has not come yet.', next: 'Say when the consent was given.' },
  'consent-withdrawn': { what: 'It was withdrawn already.', next: others },
  'department-not-found': { what: 'This department is not there any more.', next: others },
  'somebody-writes': { what: '{name} is writing an answer.', next: 'Wait, or send yours all the same.' },
  'reply-not-personal': {
    what: 'This is a saved reply as it stands. Make it personal first.',
    next: 'Change or add words for this one person; {left} more are asked for.',
  },
  'variable-left': { what: 'Some places are not filled in yet: {names}.', next: 'Write in what belongs there.' },
  'variable-not-known': { what: 'There is no such place to fill: {names}.', next: 'Take one from the list.' },
  'shortcut-taken': { what: 'Another saved reply has this shortcut.', next: 'Choose another one.' },
  'reply-retired': { what: 'This saved reply is not offered any more.', next: 'Choose another one.' },
  'macro-retired': { what: 'This macro is not offered any more.', next: 'Choose another one.' },
  'steps-contradict': {
    what: 'These steps contradict each other.',
    next: 'One owner, one department, and one of closing and putting off.',
  },
  'step-before-failed': { what: 'A step before it cannot be done.' },
  'ends-before-it-begins': { what: 'It would end before it begins.', next: 'Choose a later day.' },
  'more-than-all': { what: 'There are only {exercises} practice messages.', next: 'Ask for as many or fewer.' },
  'drill-is-open': { what: 'You have begun a drill already.', next: 'Go on with that one.' },
  'too-few-exercises': {
    what: 'There are {there} exercises, and this drill needs {wanted}.',
    next: 'Add some, or offer retired ones again, under Settings → Exercises.',
  },
  'words-missing': { what: 'Write what you would say.' },
  'drill-handed-in': { what: 'It was handed in already.', next: others },
  'not-all-answered': { what: '{left} of them are not answered yet.', next: 'Answer those first.' },
  'drill-of-others': { what: 'This is the drill of somebody else.', next: 'Begin one of your own.' },
  'own-drill': { what: 'Nobody judges their own drill.', next: 'Somebody else of those who may does it.' },
  'drill-not-handed-in': { what: 'It is not handed in yet.', next: others },
  'drill-after-it': {
    what: 'Whoever answered has begun another drill since.',
    next: 'Judge that one; this one stays as it is.',
  },
  'exercise-behind-wall': {
    what: 'This stands behind the wall of its department, and everybody practises with exercises.',
    next: 'Write one in your own words under Settings → Exercises.',
  },
  'nothing-said': { what: 'Nothing that others said in words is left here.', next: 'Write an exercise of your own.' },
  'nothing-to-approve': { what: 'It does not wait for approval any more.', next: others },
  'nothing-to-withdraw': { what: 'It is not at the network any more.', next: others },
})
