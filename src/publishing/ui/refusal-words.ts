// Refusals that only the pages of publishing meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'

const others = 'Load the page again to see how it stands now.'

learnWords({
  'not-storable': {
    what: 'There are signs in it that cannot be kept.',
    next: 'Remove what looks odd, or type it anew.',
  },
  'media-not-found': { what: 'A picture of it is not there any more.', next: 'Take it out, or add it again.' },
  'linked-by-hand': {
    what: 'A person linked this post by its address, so Longrun cannot delete it there.',
    next: 'Delete it at the network itself.',
  },
  'nothing-to-hold': { what: 'Nothing of it can be held any more.', next: others },
  'under-hold': { what: 'A hold stops it: “{reason}”.', next: 'It goes on when the hold ends.' },
  'hold-ended': { what: 'This hold has ended already.', next: others },
  'nothing-to-release': { what: 'Nothing of it is held.', next: others },
  'nothing-to-cancel': { what: 'Nothing of it can be cancelled any more.', next: others },
  'place-not-known': { what: 'There are no holidays known of this place.', next: 'Choose another one.' },
  'range-backwards': { what: 'The range ends before it begins.', next: 'Choose a later end.' },
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
