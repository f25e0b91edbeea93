// Words for what publishing, media and accounts refuse. Importing this file teaches them to the kit.

import { learnWords } from '../../kit/words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  // Writing
  'edited-elsewhere': {
    what: 'This post was saved in another tab or by somebody else.',
    next: 'Your words are kept here. Choose which ones stay.',
  },
  'too-late-to-edit': { what: 'This post is already going out or is out.', next: 'Its words cannot change any more.' },
  'partly-published': { what: 'A part of this thread is already out.', next: 'Its words cannot change any more.' },
  'account-twice': { what: 'The same account was chosen twice.', next: 'Take one off.' },
  'account-not-found': { what: 'This account was removed.', next: 'Take it off the post.' },
  'not-deletable': { what: 'Only drafts, cancelled and rejected posts can be deleted.', next: 'Cancel it first.' },
  // Scheduling
  'no-account-chosen': { what: 'No account is chosen.', next: 'Choose at least one account for this post.' },
  'nothing-to-schedule': { what: 'There is nothing left to schedule.', next: others },
  'nothing-scheduled': { what: 'Nothing of it is scheduled.', next: others },
  'time-does-not-exist': {
    what: 'This time does not exist: the clock is set forward over it that day.',
    next: 'The next one is {suggested}.',
  },
  'time-has-passed': { what: 'This time has passed.', next: 'Choose a later one, or post it now.' },
  'no-free-slot': {
    what: 'This account has no free slot in its queue.',
    next: 'Add weekly slots on the account’s page, or choose a time.',
  },
  'nothing-to-hold': { what: 'Nothing of it can be held any more.', next: others },
  'nothing-to-release': { what: 'Nothing of it is held.', next: others },
  'nothing-to-cancel': { what: 'Nothing of it can be cancelled any more.', next: others },
  'address-needed': {
    what: 'The address of the post is needed.',
    next: 'Open it at the network and copy its address.',
  },
  'not-in-doubt': { what: 'This was decided already.', next: others },
  'not-published': { what: 'It is not published.', next: others },
  'network-cannot-delete': {
    what: 'This network offers no way to delete from here.',
    next: 'Delete it at the network itself.',
  },
  'network-did-not-delete': {
    what: 'The network did not delete it ({code}).',
    next: 'It is still there. Try again, or delete it at the network itself.',
  },
  'range-too-long': { what: 'This is more than {days} days.', next: 'Choose a shorter time.' },
  // Media
  'media-in-use': { what: 'A post uses this file.', next: 'Take it out of the post first.' },
  'media.too-large': { what: 'This file is too large.', next: 'Make it smaller, then add it again.' },
  'media.type-not-allowed': {
    what: 'This kind of file ({type}) is not taken.',
    next: 'Use JPEG, PNG, WebP, GIF, AVIF or MP4.',
  },
  'media.polyglot': {
    what: 'This file pretends to be two kinds of file at once.',
    next: 'Save it anew with a picture editor.',
  },
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
  'media.broken': { what: 'This file is broken or not complete.', next: 'Save it anew, then add it again.' },
  'media.too-slow': { what: 'This file takes too long to read.', next: 'Make it smaller, then add it again.' },
  'media.too-many-pixels': { what: 'This picture has too many pixels.', next: 'Make it smaller, then add it again.' },
  'media.missing': { what: 'The file is gone from the server.', next: 'Add it again.' },
  'storage.full': { what: 'The server has no room left.', next: 'Somebody must make room on its disk.' },
  // Accounts
  'network-refused': { what: 'The network said no ({code}).', next: 'Check what you entered, then try again.' },
  'network-not-known': { what: 'This network is not known here.', next: others },
  'method-not-known': { what: 'This way to connect is not offered any more.', next: others },
  'field-needed': { what: 'This is needed.' },
  'another-account': {
    what: 'This is another account ({handle}) than the one you reconnect.',
    next: 'Sign in with the right one, or connect it as a new account.',
  },
  'connection-not-known': { what: 'This sign-in is not known or too old.', next: 'Begin to connect again.' },
  'connection-not-yours': { what: 'Somebody else began to connect here.', next: 'Begin to connect again.' },
  'member-not-found': { what: 'This person is not a member any more.', next: 'Choose somebody else.' },
  'not-a-source': { what: 'This account brings nothing in.', next: others },
  'role-forbids': { what: 'Your role does not allow this.', next: 'Ask an owner or admin of the organisation.' },
})
