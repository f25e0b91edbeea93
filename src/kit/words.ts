// The words of the interface for the codes of the API: what happened and what to do, in plain sentences.
//
//   refusalWords({ code, field, params })  →  { what, next }
// A code without an entry still gets an honest sentence, with the code in it for whoever is asked for help.

import type { RefusalFacts } from './api.ts'
import { dayOr } from './time.ts'

export interface Words {
  what: string
  next?: string
}

/** `{name}` is filled from the refusal's parameters. */
const refusals: Record<string, Words> = {
  // The line, the session, the right
  offline: { what: 'Longrun cannot be reached.', next: 'Check your connection, then try again.' },
  failed: { what: 'Something went wrong in the page.', next: 'Try again. If it stays, reload the page.' },
  unexpected: {
    what: 'Something went wrong at the server.',
    next: 'Try again. If it stays, the server log has it under {id}.',
  },
  'internal-server-error': {
    what: 'Something went wrong at the server.',
    next: 'Try again. If it stays, the server log says more.',
  },
  unauthorized: { what: 'You are signed out.', next: 'Sign in again in another tab, then come back and repeat this.' },
  'sign-in-needed': {
    what: 'You are signed out.',
    next: 'Sign in again in another tab, then come back and repeat this.',
  },
  'session-needed': { what: 'A token cannot do this.', next: 'Sign in as a person.' },
  'role-forbids': { what: 'Your role does not allow this.', next: 'Ask an owner or admin of the organisation.' },
  'scope-missing': { what: 'This token does not have the scope for it.', next: 'Create a token with that scope.' },
  'cross-site': {
    what: 'The request did not come from this page.',
    next: 'Open Longrun under its own address and try again.',
  },
  'not-found': {
    what: 'This does not exist, or not any more.',
    next: 'Go back to the list; somebody may have removed it.',
  },
  'cursor-not-known': { what: 'The list has changed since.', next: 'Reload the page.' },
  'too-large': { what: 'This is too large.', next: 'Make it smaller, then try again.' },
  'too-many-requests': { what: 'That was too often in a short time.', next: 'Wait a minute, then try again.' },
  'service-unavailable': { what: 'The server is busy or restarting.', next: 'Wait a moment, then try again.' },
  'invalid-input': { what: 'This is not accepted as it is.', next: 'Correct it, then try again.' },
  'malformed-request': { what: 'The server did not understand the request.', next: 'Reload the page, then try again.' },
  'bad-request': { what: 'This is not accepted as it is.', next: 'Correct it, then try again.' },
  required: { what: 'This is needed.' },
  'field-needed': { what: 'This is needed.' },
  'idempotency-key-in-use': {
    what: 'The same request is still being worked on.',
    next: 'Wait a moment, then look again.',
  },
  // People
  'already-set-up': { what: 'This installation already has an owner.', next: 'Sign in instead.' },
  'name-taken': { what: 'This name is already in use here.', next: 'Choose another name.' },
  'already-member': { what: 'This person is already a member.' },
  'last-owner': { what: 'An organisation needs at least one owner.', next: 'Make somebody else an owner first.' },
  'only-owners-make-owners': {
    what: 'Only an owner can make somebody an owner.',
    next: 'Ask an owner of the organisation.',
  },
  'only-owners-change-owners': {
    what: 'Only an owner can do this to an owner.',
    next: 'Ask an owner of the organisation.',
  },
  'invitation-accepted': { what: 'This invitation was already used.', next: 'Sign in, or ask for a new one.' },
  'invitation-revoked': { what: 'This invitation was withdrawn.', next: 'Ask for a new one.' },
  'invitation-expired': { what: 'This invitation has expired.', next: 'Ask for a new one.' },
  'signed-in-as-other': {
    what: 'This invitation is for {email}, and you are signed in as somebody else.',
    next: 'Sign out, then open the link again.',
  },
  'department-not-found': { what: 'This department does not exist any more.', next: 'Choose another one.' },
  'delivery-behind-wall': {
    what: 'What it tells stands behind the wall of a department now.',
    next: 'It leaves Longrun no more.',
  },
  'department-walled': {
    what: 'This department is a wall: without it everybody would see its conversations.',
    next: 'Take its wall down first, or hand its conversations to another department.',
  },
  'department-in-use': {
    what: 'A lane of approval is for this department.',
    next: 'Retire the lane, or give it to others, under Settings → Approval.',
  },
  'member-not-found': { what: 'This person is not a member any more.', next: 'Choose somebody else.' },
  'in-the-past': { what: 'This time has passed.', next: 'Choose a later one.' },
  // Webhooks
  'private-address': {
    what: '{host} is in a private network, and Longrun does not send there.',
    next: 'Use a public address, or allow the host in LONGRUN_ALLOW_PRIVATE.',
  },
  'credentials-in-address': {
    what: 'The address contains a password.',
    next: 'Leave it out; every delivery is signed instead.',
  },
  'host-not-found': { what: 'There is no host {host}.', next: 'Check the address.' },
  // Accounts
  'network-refused': { what: 'The network refused this ({code}).', next: 'Check what you entered, then try again.' },
  'network-not-known': { what: 'Longrun does not know this network.' },
  'method-not-known': { what: 'This network is not connected in this way.' },
  'another-account': {
    what: 'These are the credentials of another account, {handle}.',
    next: 'Use those of the account you want to reconnect.',
  },
  'account-not-found': { what: 'This account does not exist any more.', next: 'Choose another one.' },
  'connection-not-known': { what: 'This connection was begun too long ago.', next: 'Begin again.' },
  'connection-not-yours': { what: 'Somebody else began this connection.', next: 'Begin again yourself.' },
  'not-a-source': { what: 'There is nothing to read from this account.' },
  // Posts
  'edited-elsewhere': {
    what: 'Somebody else changed this post in the meantime.',
    next: 'Load the newest version, then repeat your change.',
  },
  'too-late-to-edit': { what: 'This post is on its way and cannot be changed any more.' },
  'partly-published': { what: 'A part of this post is already out, so it cannot be changed as a whole.' },
  'account-twice': { what: 'An account is chosen twice.', next: 'Keep one of them.' },
  'no-account-chosen': { what: 'No account is chosen.', next: 'Choose where the post goes.' },
  'nothing-to-schedule': { what: 'Nothing of this post can be scheduled as it is now.' },
  'nothing-scheduled': { what: 'Nothing of this post is scheduled.' },
  'no-free-slot': {
    what: 'The chosen accounts have no free queue slot.',
    next: 'Add slots to the account, or choose a time.',
  },
  'time-does-not-exist': {
    what: 'The clocks skip this time on that day.',
    next: 'Choose another one, such as {suggested}.',
  },
  'time-has-passed': { what: 'This time has passed.', next: 'Choose a later one, or send it now.' },
  'not-deletable': {
    what: 'What is on its way or published cannot be deleted here.',
    next: 'Take it away at the network instead.',
  },
  'not-published': { what: 'It is not on the network.' },
  'network-cannot-delete': { what: 'This network does not let other software delete posts.', next: 'Delete it there.' },
  'network-did-not-delete': { what: 'The network did not delete it ({code}).', next: 'Try again, or delete it there.' },
  'not-in-doubt': { what: 'What became of this post is known by now.', next: 'Reload the page.' },
  'address-needed': { what: 'The address of the post is needed.' },
  'too-many-at-once': { what: 'At most {most} of each can be shown at once here.' },
  'range-too-long': { what: 'At most {days} days can be shown at once.' },
  // Links
  'link-not-web': { what: 'This is no web address.', next: 'Use one like https://example.org/page.' },
  'link-credentials': { what: 'This address shows everybody a password.', next: 'Leave it out.' },
  'link-private': {
    what: 'This leads into a private network, where readers cannot go.',
    next: 'Use a public address.',
  },
  'link-own': { what: 'This is one of your short links already.', next: 'Use the address to which it leads.' },
  'link-too-long': { what: 'This address is too long: at most 8,000 characters.' },
  // Media
  'media.type-not-allowed': {
    what: 'Files of this kind ({type}) cannot be posted.',
    next: 'Use JPEG, PNG, WebP, GIF or MP4.',
  },
  'media.too-large': { what: 'This file is too large.', next: 'Make it smaller, then try again.' },
  'media.too-many-pixels': { what: 'This picture has too many pixels.', next: 'Make it smaller, then try again.' },
  'media.broken': { what: 'This file is damaged and cannot be read.', next: 'Save it again with another program.' },
  'media.polyglot': { what: 'This file pretends to be of two kinds, so it is not taken.' },
  'media.missing': { what: 'The file is not in the storage any more.', next: 'Upload it again.' },
  'storage.full': { what: 'The server has no space left.', next: 'Tell whoever runs it.' },
  // Signing in (better-auth)
  'invalid-email-or-password': { what: 'E-mail address and password do not fit together.', next: 'Check both.' },
  'invalid-password': { what: 'The password is not right.' },
  'password-too-short': { what: 'The password is too short.', next: 'Use at least 10 characters.' },
  'password-too-long': { what: 'The password is too long.', next: 'Use at most 200 characters.' },
  'credential-account-not-found': { what: 'You have no password here: you sign in in another way.' },
  'invalid-code': {
    what: 'This code is not right.',
    next: 'Use the newest one; the clock of your device must be right.',
  },
  'invalid-two-factor-cookie': { what: 'The sign-in took too long.', next: 'Begin again with your password.' },
  'invalid-backup-code': { what: 'This backup code is not right, or was already used.' },
  'too-many-attempts-request-new-code': { what: 'Too many wrong codes.', next: 'Begin again with your password.' },
  'account-temporarily-locked': {
    what: 'Too many wrong codes. The second step is locked for a while.',
    next: 'Try again later.',
  },
  'invalid-token': { what: 'This link was used already or has expired.', next: 'Ask for a new one.' },
  'session-not-fresh': {
    what: 'For this, your sign-in must be recent.',
    next: 'Sign out, sign in again, then repeat it.',
  },
  'passkey-not-found': {
    what: 'This passkey is not known here.',
    next: 'Sign in with your password, then add it under Profile & security.',
  },
  'authentication-failed': { what: 'The passkey was not accepted.', next: 'Try again, or use your password.' },
  'auth-cancelled': {
    what: 'The passkey question was closed or took too long.',
    next: 'Try again, or use your password.',
  },
  'registration-cancelled': {
    what: 'No passkey was added: the question was closed or took too long.',
    next: 'Try again when you are ready.',
  },
  'passkey-already-here': { what: 'This device already has a passkey for you.' },
  'passkeys-unsupported': {
    what: 'This browser or address cannot use passkeys.',
    next: 'They need https (or localhost) and a current browser.',
  },
  'provider-refused': {
    what: 'The sign-in at the provider did not succeed ({reason}).',
    next: 'Try again, or use another way.',
  },
  'provider-email_not_verified': {
    what: 'The provider does not vouch for your e-mail address.',
    next: 'Confirm it there first.',
  },
  'provider-not_invited': { what: 'Nobody has invited your e-mail address yet.', next: 'Ask for an invitation.' },
}

export const hasWords = (code: string): boolean => Object.hasOwn(refusals, code)

/** Adds the words of a part of the app; called by its pages when they load. */
export const learnWords = (more: Record<string, Words>): void => {
  Object.assign(refusals, more)
}

export function refusalWords({ code, params }: Pick<RefusalFacts, 'code' | 'params'>): Words {
  const words = refusals[code] ?? { what: `This was refused (${code}).` }
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => dayOr(String(params[name] ?? '')))
  const said =
    typeof params.reason === 'string' && code === 'invalid-input'
      ? `${params.reason.replace(/\.$/, '')}.`
      : fill(words.what)
  return { what: said, next: words.next && fill(words.next) }
}

/** One line for beside a field. */
export const fieldWords = (refusal: Pick<RefusalFacts, 'code' | 'params'>): string => {
  const { what, next } = refusalWords(refusal)
  return next && refusal.code !== 'invalid-input' ? `${what} ${next}` : what
}

export const roleWords = {
  owner: { label: 'Owner', does: 'Everything, with settings and people.' },
  admin: { label: 'Admin', does: 'Settings, people, accounts and posts.' },
  manager: { label: 'Manager', does: 'Connects accounts, schedules and publishes posts.' },
  contributor: { label: 'Contributor', does: 'Writes posts; somebody else lets them go.' },
  approver: { label: 'Approver', does: 'Reads, and can hold or release posts.' },
  viewer: { label: 'Viewer', does: 'Reads only.' },
} as const

/** `post.scheduled` → `post scheduled`: for codes that have no sentence of their own. */
export const plainCode = (code: string): string => code.replaceAll(/[.\-_]/g, ' ')

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`
