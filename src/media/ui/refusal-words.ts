// Refusals that only files meet. Importing this file teaches their words to the kit.

import { learnWords } from '../../kit/words.ts'

learnWords({
  'media.type-unknown': {
    what: 'Nobody can tell what kind of file this is.',
    next: 'Use JPEG, PNG, WebP, GIF, AVIF, MP4 or PDF.',
  },
  'media.empty': { what: 'This file is empty.', next: 'Choose another one.' },
  'media.svg': {
    what: 'SVG pictures are not taken: they may hold programs.',
    next: 'Save it as PNG, then add it again.',
  },
  'media.html': { what: 'This is a web page, not a picture.', next: 'Save the picture itself, then add it.' },
  'media.archive': { what: 'This is an archive, not a picture.', next: 'Unpack it, then add the files in it.' },
  'media.heic': { what: 'HEIC pictures cannot be read here.', next: 'Export it as JPEG, then add it again.' },
  'media.not-postable': {
    what: 'No post can show a document. It is in the library now.',
    next: 'Add a picture of it instead, or a link.',
  },
  'media.too-slow': { what: 'This file takes too long to read.', next: 'Make it smaller, then add it again.' },
  'media.rights-ended': {
    what: 'The permission for {file} ended on {until}, which is before this time.',
    next: 'Choose an earlier time, take another file, or enter the new permission in the library.',
  },
  'media-in-use': {
    what: 'A post, a series, a campaign or a brief uses this file.',
    next: 'Its details say which. Take it out there first, or delete the post.',
  },
  'folder-not-found': { what: 'This folder does not exist any more.', next: 'Choose another one.' },
  'folder-into-itself': { what: 'A folder cannot lie in itself.', next: 'Choose another place.' },
  'folder-too-deep': { what: 'Folders go eight deep, not further.', next: 'Choose a place further up.' },
  'folder-not-empty': { what: 'The folder is not empty.', next: 'Move what lies in it first.' },
  'too-many-folders': { what: 'There are {max} folders already.', next: 'Use tags instead.' },
  'too-many-tags': { what: '{file} would have more than {max} tags.', next: 'Take some away first.' },
})
