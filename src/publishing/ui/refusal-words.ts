// Refusals that only the pages of publishing meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'
import '../../media/ui/refusal-words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  'not-storable': {
    what: 'There are signs in it that cannot be kept.',
    next: 'Remove what looks odd, or type it anew.',
  },
  'media-behind-wall': {
    what: 'A file of it was brought for a conversation behind the wall of a department.',
    next: 'Take it out. If it may be seen by others, add it to the library from your machine.',
  },
  'media-not-found': { what: 'A picture of it is not there any more.', next: 'Take it out, or add it again.' },
  'linked-by-hand': {
    what: 'A person linked this post by its address, so Longrun cannot delete it there.',
    next: 'Delete it at the network itself.',
  },
  'same-text-again': {
    what: 'Another post says exactly this to the same account within 24 hours.',
    next: 'Change the words, choose another time, or send it again on purpose.',
  },
  'listening-first': {
    what: 'Listening comes before publishing, and it is not mastered yet.',
    next: 'Finish listening on the ladder of the programme, or publish all the same for some days and say why.',
  },
  'day-past': { what: 'This day is over.', next: 'Choose today or a later one.' },
  'until-too-far': { what: 'More than {days} days ahead.', next: 'Choose an earlier day; it can be said again then.' },
  'nothing-to-hold': { what: 'Nothing of it can be held any more.', next: others },
  'under-hold': { what: 'A hold stops it: “{reason}”.', next: 'It goes on when the hold ends.' },
  'hold-ended': { what: 'This hold has ended already.', next: others },
  'nothing-to-release': { what: 'Nothing of it is held.', next: others },
  'cannot-answer': { what: 'This cannot be answered from here.', next: 'Answer it at the network itself.' },
  'answer-may-be-out': {
    what: 'This answer may be out already, so its words stay.',
    next: 'Send it again as it is: it is looked up first.',
  },
  'id-taken': { what: 'This answer belongs to another conversation.', next: 'Reload the page.' },
  'nothing-to-retry': { what: 'This answer goes on by itself, or is out.', next: others },
  'nothing-to-discard': { what: 'This answer cannot be discarded any more.', next: others },
  'nothing-to-approve': { what: 'This answer does not wait for consent.', next: others },
  'nothing-to-resolve': { what: 'What became of this answer is known by now.', next: others },
  'nothing-to-cancel': { what: 'Nothing of it can be cancelled any more.', next: others },
  'rule-part-not-known': {
    what: '“{part}” is no part of a recurrence rule.',
    next: 'Write it as in FREQ=WEEKLY;BYDAY=MO,TH.',
  },
  'rule-part-twice': { what: '{part} is in the rule twice.', next: 'Keep one of them.' },
  'rule-value-wrong': { what: '“{part}” is not possible.', next: 'Correct its value.' },
  'rule-parts-clash': { what: 'This does not go together: {part}.', next: 'Take one of them out.' },
  'rule-without-frequency': {
    what: 'The rule does not say how often.',
    next: 'Add FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.',
  },
  'rule-too-often': { what: 'Once a day is the most ({part}).', next: 'Use DAILY, WEEKLY, MONTHLY or YEARLY.' },
  'rule-has-a-time': {
    what: 'The time of day is set beside the rule ({part}).',
    next: 'Leave it out; for a second time a day repeat a second post.',
  },
  'rule-never-happens': { what: 'This rule never happens.', next: 'Choose other days, or a later end.' },
  'already-repeats': { what: 'This post is part of a series already.', next: 'Change the series instead.' },
  'not-a-draft': {
    what: 'This post is no draft any more.',
    next: 'Take it back to a draft first, or repeat a copy of it.',
  },
  'series-ended': { what: 'This series has ended.', next: 'Begin a new one with one of its posts.' },
  'no-such-occurrence': { what: 'The series has no post at that time.', next: others },
  'place-not-known': { what: 'There are no holidays known of this place.', next: 'Choose another one.' },
  'range-backwards': { what: 'The range ends before it begins.', next: 'Choose a later end.' },
  'request-over': {
    what: 'This question is over: the post was changed, answered or taken back in the meantime.',
    next: others,
  },
  'not-asked': { what: 'You are not among those who are asked here.' },
  'not-your-turn': { what: 'Others come first; you are asked when they have agreed.' },
  'own-post': { what: 'You wrote this post, so somebody else has to approve it.' },
  'already-voted': { what: 'You have said so already.' },
  'reason-needed': { what: 'Say why, so that the author knows what to change.' },
  'not-your-request': { what: 'Only whoever asked, or who may schedule, can take this back.' },
  'scope-not-found': {
    what: 'An account, a campaign or a department that the lane is for does not exist any more.',
    next: 'Choose again what it is for.',
  },
  'lane-not-found': { what: 'This lane does not exist any more.', next: 'Choose another one.' },
  'fast-lane-not-yours': { what: 'The fast lane {lane} is not for you.', next: 'Ask one of those who may use it.' },
  'fast-lane-is-chosen': {
    what: 'A fast lane is chosen by a person for one post; it cannot be a duty.',
    next: 'Take an ordinary lane here.',
  },
  'fast-lane-needs-box': { what: 'A fast lane needs its minutes and those who may use it.' },
  'scope-not-complete': { what: 'Choose for which account, campaign or department the lane is.' },
  'investor-lane-names-people': { what: 'This lane needs people by name; roles and departments are too vague for it.' },
  'investor-lane-needs-two': { what: 'This lane needs two different named people, each once.' },
  'too-few-approvers': { what: 'More have to agree than are named.', next: 'Name more people, or ask for fewer.' },
  'lane-in-use': { what: 'The guardrail “{guardrail}” leads to this lane.', next: 'Change or remove it first.' },
  'name-taken': { what: 'There is one of this name already.' },
  'already-known': { what: 'This address is there already, as {name}.' },
  'outsider-not-found': { what: 'This person was removed.', next: 'Choose somebody else.' },
  'rendition-not-found': { what: 'This account is not part of the post any more.' },
  'segment-not-found': { what: 'This part of the thread is not there any more.' },
  'suggestion-outdated': {
    what: 'The words were changed since this was suggested.',
    next: 'Take over by hand what is still right.',
  },
  'already-taken': { what: 'Somebody took this over already.' },
  'link-replaced': {
    what: 'The post has another short link to the same target by now.',
    next: 'Use that one; this one stays away.',
  },
  'review-link-revoked': { what: 'This link was ended.', next: 'Ask whoever sent it for a new one.' },
  'review-link-expired': { what: 'The time of this link is over.', next: 'Ask whoever sent it for a new one.' },
  'too-many-attempts': { what: 'Too many tries.', next: 'Wait ten minutes, then try again.' },
  'not-movable': { what: 'Only drafts and what waits for its time can be moved.' },
  'changed-meanwhile': { what: 'Somebody changed it meanwhile.', next: others },
  'no-time-planned': { what: 'No time is planned for it.', next: 'Give it one first.' },
  'named-twice': { what: 'A post was named twice.', next: others },
  'media.type-unknown': {
    what: 'Nobody can tell what kind of file this is.',
    next: 'Use JPEG, PNG, WebP, GIF, AVIF or MP4.',
  },
  'media.empty': { what: 'This file is empty.', next: 'Choose another one.' },
  'media.svg': {
    what: 'SVG pictures are not taken: they may hold programs.',
    next: 'Save it as PNG, then add it again.',
  },
  'media.html': { what: 'This is a web page, not a picture.', next: 'Save the picture itself, then add it.' },
  'media.archive': { what: 'This is an archive, not a picture.', next: 'Unpack it, then add the files in it.' },
  'media.heic': { what: 'HEIC pictures cannot be read here.', next: 'Export it as JPEG, then add it again.' },
  'media.too-slow': { what: 'This file takes too long to read.', next: 'Make it smaller, then add it again.' },
})
