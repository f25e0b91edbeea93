// Why a post or an account is as it is: the reason's code in plain words, with the network's own code where it gave one.

import { plainCode } from '../../kit/words.ts'
import type { Reason } from '../types.ts'

const reasons: Record<string, string> = {
  'account-not-connected': 'The account is not connected. Reconnect it and the post goes on.',
  'rate-limited': 'The network asks for a rest.',
  'answer-lost': 'The answer of the network was lost.',
  'restored-from-backup': 'It may have gone out after the backup was made. Please look and decide.',
  'missed-while-disconnected': 'Its time passed while the account was not connected.',
  'not-seen-yet': 'It is not there yet. Longrun looks once more before it sends it again.',
  'network-not-known': 'This installation does not know the network.',
  'cannot-look-up': 'The network could not be asked whether it is there.',
  'cannot-tell': 'This network has no way to look it up.',
  'gave-up': 'The network could not be reached for about 40 minutes, so Longrun stopped trying.',
  'network-processing': 'The network has it and is still working on it.',
  'rest-not-sent': 'The rest of the thread was not sent.',
  'linked-by-hand': 'A person linked it by its address, so Longrun cannot delete it there.',
  'network-cannot-delete': 'This network does not let other software delete posts.',
  'held-by-person': 'Stopped by a person.',
  held: 'A hold stops it.',
  'missed-while-on-hold': 'Its time passed while a hold stopped it. Send it now, give it a new time, or cancel it.',
  'not-approved': 'Nobody has approved it yet. Ask for approval, and it goes on.',
  'waits-for-approval': 'It goes out when everybody who is asked has agreed.',
  'not-approved-in-time':
    'Its time has come without the approval that it needs, so nothing was sent. Approved within the hour, it goes out at once.',
  'nobody-answered':
    'The time box of the fast lane is over and nobody answered, so nothing was sent. It can still be approved.',
  'nobody-answered-guarded':
    'The time box of the fast lane is over and nobody answered. A guardrail matched, so it does not go out in silence.',
  'approved-too-late':
    'It was approved more than an hour after its time, so a person decides whether it still goes out.',
  'approval-refused': 'It was not approved.',
  'not-what-was-scheduled': 'Its words are not those that were scheduled. Look at it and schedule it again.',
  'cancelled-by-person': 'Cancelled by a person.',
  'removed-by-person': 'Deleted at the network by a person.',
  forgotten: 'Somebody decided that it no longer matters.',
  'credentials-expired': 'The credentials have expired.',
  'disconnected-by-person': 'Disconnected by a person.',
  'wrong-token': 'The network does not know this token.',
  'missing-scope': 'A permission is missing.',
  'connection-lost': 'The line to the network broke.',
  timeout: 'The network did not answer in time.',
  unexpected: 'Something unexpected happened while talking to the network.',
  'text-too-long': 'The network refused it: the text is too long.',
  empty: 'The network refused it: there is nothing to post.',
  'too-many-images': 'The network refused it: there are too many pictures.',
  'image-type': 'The network refused it: it does not take this kind of picture.',
  'image-size': 'The network refused it: a picture is too large.',
  'alt-too-long': 'The network refused it: a description is too long.',
  'media.rights-ended': 'The permission for one of its files was over, so Longrun did not send it.',
  'feed-gone': 'The feed does not exist any more.',
  published: 'It is there.',
  send: 'It is not there; send it.',
  forget: 'Forget it.',
}

/** `{code}` is the network's own word. */
const kinds: Record<string, string> = {
  rejected: 'The network refused it ({code}).',
  'auth-expired': 'The sign-in at the network has expired ({code}).',
  'auth-revoked': 'The network does not accept the credentials any more ({code}).',
  forbidden: 'The account may not do this at the network ({code}).',
  'rate-limited': 'The network asks for a rest ({code}).',
  unavailable: 'The network cannot be reached ({code}).',
  unknown: 'The network did not answer ({code}).',
  gone: 'What this belongs to does not exist any more at the network ({code}).',
  changed: 'The network answered in a way that Longrun does not understand ({code}).',
}

export const hasReasonWords = (code: string): boolean => Object.hasOwn(reasons, code)

export function reasonWords(reason: Pick<Reason, 'code' | 'kind' | 'text'>): string {
  const known = reasons[reason.code]
  const quotes = reason.code.endsWith('-by-person') || reason.code === 'held' || reason.code === 'approval-refused'
  if (known) return reason.text && quotes ? `${known} “${reason.text}”` : known
  const kind = reason.kind ? kinds[reason.kind] : undefined
  return kind?.replace('{code}', reason.code) ?? `${sentence(plainCode(reason.code))}.`
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
