// The words of issues: what stands against a draft, or beside it, in one plain sentence for each code.

import type { Issue } from '../../connectors/contract.ts'
import { dayOr } from '../../kit/time.ts'
import { plainCode } from '../../kit/words.ts'

type Params = NonNullable<Issue['params']>
type Say = string | ((params: Params) => string)

const number = (value: string | number | undefined): string => Number(value ?? 0).toLocaleString('en')

const tooMuch =
  (what: string, unit = 'character'): Say =>
  ({ max, count }) => {
    const over = Number(count) - Number(max)
    const by = over > 0 ? `, ${number(over)} ${unit}${over === 1 ? '' : 's'} too many` : ''
    return `${what} is too long: at most ${number(max)}${by}.`
  }

export const bytesText = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`

const sizeAgainst = ({ max, count }: Params): string =>
  `${bytesText(Number(count ?? 0))}, and at most ${bytesText(Number(max ?? 0))} are taken`

/** `{name}` is filled from the issue's parameters. */
const issues: Record<string, Say> = {
  'post.empty': 'There is nothing to post yet. Write something, or add a picture.',
  'segment.empty': 'This part of the thread is empty.',
  'text.required': 'This network wants text beside the pictures.',
  'text.too-long': tooMuch('The text'),
  'text.too-many-bytes': tooMuch('The text', 'byte'),
  'text.too-long-with-links': tooMuch('With its links as they go out, the text'),
  'text.too-many-bytes-with-links': tooMuch('With its links as they go out, the text', 'byte'),
  'link.private': 'The link to {host} leads into a private network, where most readers cannot go.',
  'link.credentials': 'The link to {host} shows everybody a password.',
  'text.too-long-with-warning': tooMuch('The text together with its content warning'),
  'thread.not-offered': 'This network has no threads. Keep one part, or give it its own words.',
  'thread.too-long': 'The thread has {count} parts; this network takes at most {max}.',
  'images.not-offered': 'This network takes no pictures.',
  'images.too-many': '{count} pictures; this network takes at most {max}.',
  'videos.not-offered': 'This network takes no videos.',
  'videos.too-many': '{count} videos; this network takes at most {max}.',
  'documents.not-offered': 'This network takes no documents.',
  'documents.too-many': '{count} documents; this network takes at most {max}.',
  'media.together-too-large': (params) => `The files together have ${sizeAgainst(params)}.`,
  'media.mixed': 'This network takes either pictures or a video in one part, not both.',
  'media.too-many': '{count} files; this network takes at most {max} in one part.',
  'media.type': 'This kind of file ({type}) is not taken. Possible are {allowed}.',
  'media.too-large': (params) => `The file has ${sizeAgainst(params)}.`,
  'media.too-many-pixels': 'The picture has {count} pixels; at most {max} are taken.',
  'media.edge-too-long': 'The longer edge has {count} pixels; at most {max} are taken.',
  'media.size-unknown': 'Width and height of this file are not known. Upload it again.',
  'media.rights-ended':
    'The permission for {file} ends on {until}, before this would go out. Take another file, an earlier time, or enter the new permission.',
  'media.rights-ending': 'The permission for {file} ends on {until}; after that day it is not sent.',
  'media.rights-unknown': 'Nobody has said whether {file} may be used. Enter its rights in the library.',
  'video.too-long': 'The video lasts {count} seconds; at most {max} are taken.',
  'alt.missing': 'Describe the picture for people who cannot see it.',
  'alt.too-long': tooMuch('The description'),
  'link-card.not-offered': 'This network makes its own card from a link in the text; yours is left out.',
  'link-card.not-with-media': 'This network shows either pictures or a card; the card is left out.',
  'first-comment.not-offered': 'This network has no first comment; it is left out.',
  'title.required': 'A title is needed.',
  'title.too-long': tooMuch('The title'),
  'title.not-offered': 'This network has no title; it is left out.',
  'excerpt.too-long': tooMuch('The excerpt'),
  'excerpt.not-offered': 'This network has no excerpt; it is left out.',
  'slug.too-long': tooMuch('The address'),
  'slug.not-offered': 'This network makes the address itself; yours is left out.',
  'tags.too-many': '{count} tags; at most {max} are taken.',
  'tags.not-offered': 'This network has no tag field; the tags are left out. Write them into the text as #tags.',
  'tag.empty': 'An empty tag is left out.',
  'tag.too-long': 'A tag is too long: at most {max} characters.',
  'featured.not-offered': 'This network has no feature image; it is left out.',
  'featured.not-an-image': 'The feature image must be a picture, not a video.',
  'letter.clipped': 'Mail programs cut letters of this length; readers see a link to the rest.',
  'markdown.raw-html': 'HTML in the text is shown as text, not as HTML: {what}',
  'markdown.unknown-media': 'The text shows a file that is not attached: {what}',
  'markdown.link-not-allowed': 'This link is left out, because its kind of address is not safe: {what}',
  'markdown.too-deep': 'Parts of the text are nested too deep and are left out.',
  'poll.not-offered': 'This network has no polls; it is left out.',
  'poll.with-media': 'A poll cannot stand beside pictures.',
  'poll.too-many-options': 'The poll has {count} answers; at most {max} are taken.',
  'poll.option-too-long': tooMuch('The answer'),
  'poll.option-twice': 'This answer is there twice.',
  'poll.too-short': 'The poll is too short: at least {min} seconds.',
  'poll.too-long': 'The poll is too long: at most {max} seconds.',
  'options.invalid': 'This setting is not accepted by the network.',
  'options-invalid': 'This setting is not accepted by the network.',
  'option-not-valid': 'This setting is not accepted by the network.',
  'cannot-publish': 'This account brings posts in; nothing can be posted to it.',
  'account-not-connected': 'This account is not connected. Reconnect it, or take it off.',
  'account-not-found': 'This account was removed. Take it off.',
}

export const hasIssueWords = (code: string): boolean => Object.hasOwn(issues, code)

export function issueWords({ code, params = {} }: Pick<Issue, 'code' | 'params'>): string {
  const say = issues[code]
  if (typeof say === 'function') return say(params)
  if (say === undefined) return `The network would refuse this (${plainCode(code)}).`
  return say.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    return typeof value === 'number' ? number(value) : dayOr(String(value ?? ''))
  })
}
