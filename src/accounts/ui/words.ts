// What networks say while they are connected or read, in plain words: what happened, and what to do.
//
//   codeWords({ code, kind }, network)      for health and for the page after a refused sign-in
//   inWords(refusalOf(error), network)      for forms: a refusal that the kit finds these words for

import type { RefusalFacts } from '../../kit/api.ts'
import { learnWords, type Words } from '../../kit/words.ts'
import { conversationCodes } from './conversation-codes.ts'
import { listeningCodes } from './listening-codes.ts'
import { networkCodes } from './network-codes.ts'

const again = 'Try again in a while.'
const reconnect = 'Connect the account again.'

/** `{network}` is its name. */
const ours: Record<string, Words> = {
  // The address
  'wrong-address': { what: 'This is not the address of a site.', next: 'Copy it from the address bar of the browser.' },
  'address-invalid': { what: 'This is not an address.', next: 'It looks like https://example.org.' },
  'bad-address': { what: 'This is not an address.', next: 'It looks like https://example.org.' },
  'server-address': {
    what: 'This is not the address of a server.',
    next: 'It looks like example.org or @me@example.org.',
  },
  'host-not-found': { what: 'No server has this name.', next: 'Look for a typing mistake in the address.' },
  'address-refused': {
    what: 'This address lies in a private network, and Longrun does not go there by itself.',
    next: 'Whoever runs Longrun can allow the host: add it to LONGRUN_ALLOW_PRIVATE and restart.',
  },
  'site-unknown': { what: 'Longrun does not know any more where this site is.', next: reconnect },
  'not-this-network': {
    what: 'There is no {network} at this address.',
    next: 'Enter the address where you sign in to it yourself.',
  },
  'not-a-server': {
    what: 'No {network} server answers at this address.',
    next: 'Most accounts leave the server as it is.',
  },
  'rest-blocked': {
    what: 'The site is there, but something in front of it keeps other software out.',
    next: 'Allow its REST API in the security plugin or at the host, then try again.',
  },
  'rest-not-found': {
    what: 'The site does not offer its REST API just now.',
    next: `Is it switched off or moved? ${again}`,
  },
  // Name, password, key, token
  required: { what: 'This is needed.' },
  'username-missing': { what: 'The user name is needed.' },
  'password-missing': { what: 'The application password is needed.' },
  'token-missing': { what: 'This is not an access token.', next: 'Copy it whole, without spaces.' },
  'no-credentials': { what: 'Longrun has no credentials for this account.', next: reconnect },
  'wrong-credentials': {
    what: 'The site does not accept this name and password together.',
    next: 'Use an application password, not the one you sign in with, and check the user name.',
  },
  'application-passwords-off': {
    what: 'Application passwords are switched off on this site.',
    next: 'They need https. A security plugin may have switched them off: allow them, then try again.',
  },
  'may-not-publish': {
    what: 'This person may not publish on the site.',
    next: 'Use somebody with the role Author or higher.',
  },
  'malformed-key': {
    what: 'This is not a whole Admin API key.',
    next: 'It has 24 characters, a colon and 64 characters. Copy it with the button beside it.',
  },
  'content-api-key': {
    what: 'This is the Content API key, which only reads.',
    next: 'Copy the Admin API key below it.',
  },
  'clock-differs': {
    what: 'The clocks of the site and of Longrun are minutes apart, so no key works.',
    next: 'Set both clocks by the network (NTP), then try again.',
  },
  'credentials-unreadable': { what: 'The stored credentials cannot be read.', next: reconnect },
  'issue-deleted': {
    what: 'This issue has been deleted, so its letters cannot go on.',
    next: 'What had been delivered stays with its readers.',
  },
  'no-letters-here': {
    what: 'Newsletters are sent by Longrun itself, and this part of it cannot send them.',
    next: 'Whoever runs Longrun can see why in its log.',
  },
  'credentials-expired': { what: 'The credentials have ended.', next: reconnect },
  'handle-not-found': {
    what: 'Nobody has this handle.',
    next: 'Write it whole, such as name.example.org, without the @.',
  },
  'account-without-server': {
    what: 'This account lies on no server any more.',
    next: 'Look at the network whether it still exists.',
  },
  'did-mismatch': {
    what: 'The server answered for another account.',
    next: 'Check the server, or leave it as it was.',
  },
  'wrong-token': {
    what: 'The token does not fit the handle.',
    next: 'Copy both again. Tokens of the practice network end with it.',
  },
  'token-refused': { what: 'The server does not accept the access token any more.', next: reconnect },
  revoked: { what: 'The access was taken back at the network.', next: reconnect },
  expired: { what: 'The access has ended.', next: reconnect },
  // Signing in at the network
  'public-address-needed': {
    what: 'The network can send you back only to a public https address, and Longrun has none here.',
    next: 'Connect in the other way, or give Longrun a public address with PUBLIC_URL.',
  },
  'registration-refused': {
    what: 'The server lets no new software in.',
    next: 'Ask its admins, or use an access token.',
  },
  'access-denied': {
    what: 'The sign-in was declined at the network.',
    next: 'Try again, and allow what Longrun asks for.',
  },
  'sign-in-failed': {
    what: 'The network did not finish the sign-in.',
    next: 'Begin again; it must be done within half an hour.',
  },
  'sign-in-not-offered': { what: 'This server cannot sign people in this way.', next: 'Use an app password.' },
  'issuer-mismatch': {
    what: 'The sign-in came from another server than the account’s own.',
    next: 'Check handle and server.',
  },
  'no-refresh-token': { what: 'The network gave no way to renew the access.', next: reconnect },
  'oauth-answer': { what: 'The sign-in server answered in a way Longrun does not understand.', next: again },
  'missing-scope': { what: 'A permission is missing.', next: 'Connect again, and allow everything that is asked for.' },
  'not-allowed': { what: 'The network does not allow this to the account.', next: 'Look there whether it is limited.' },
  'account-not-connected': { what: 'The account is not connected.', next: reconnect },
  'disconnected-by-person': { what: 'Somebody disconnected it.', next: 'Connect it again to go on.' },
  // Feeds
  'not-a-feed': {
    what: 'There is no feed at this address any more.',
    next: 'Look for its new address and connect that.',
  },
  'no-feed-found': {
    what: 'Neither a feed nor a page that names one is at this address.',
    next: 'Look for “RSS” or “Feed” on the site, and enter that address.',
  },
  'feed-needs-password': {
    what: 'The feed wants a name and a password.',
    next: 'Write them into the address: https://name:password@example.org/feed.',
  },
  'feed-not-found': { what: 'Nothing is at this address just now.', next: 'Check it in the browser.' },
  'feed-gone': { what: 'The feed was closed for good.', next: 'Disconnect it, or connect its new address.' },
  'feed-too-large': { what: 'The feed is too large to be read.', next: 'Look for a shorter one of the same site.' },
  // The line
  'connection-refused': {
    what: 'Nothing answers at this address.',
    next: 'Check the address and the port; is the server running?',
  },
  'connect-timeout': { what: 'The server does not answer.', next: again },
  'connection-lost': { what: 'The line to the server broke.', next: again },
  'tls-failed': {
    what: 'The server’s certificate is not valid, so nothing was sent.',
    next: 'Whoever runs that server must renew it.',
  },
  unreachable: { what: 'The server cannot be reached from here.', next: again },
  timeout: { what: 'The server did not answer in time.', next: again },
  aborted: { what: 'It took too long, so Longrun stopped waiting.', next: again },
  'out-of-time': { what: 'It took too long, so Longrun stopped waiting.', next: again },
  'renewal-busy': { what: 'Renewing the access took too long.', next: again },
  'answer-too-large': { what: 'The answer was far larger than expected.', next: 'Check the address.' },
  'redirect-refused': {
    what: 'The server led to a place where no secret may go.',
    next: 'Enter the address where it ends, with https.',
  },
  'too-many-redirects': {
    what: 'The address leads in circles.',
    next: 'Enter the address that the browser shows in the end.',
  },
  'bad-request': { what: 'This address cannot be asked.', next: 'It begins with https://.' },
  'answer-not-json': {
    what: 'Something else than expected answers at this address.',
    next: 'Check it; a proxy or sign-in page may be in front.',
  },
  'answer-shape': { what: 'The server’s answer is not one that Longrun understands.', next: 'Check the address.' },
  'rate-limited': { what: 'The network asks for a rest.', next: again },
  unexpected: { what: 'Something unexpected happened while talking to the network.', next: again },
  // Posts, where the health of an account speaks of the last one
  validation: { what: 'The server did not accept what was sent.', next: 'The post says more.' },
  'too-large': { what: 'What was sent was too large.', next: 'The post says more.' },
  'text-too-long': { what: 'A text was too long.', next: 'The post says more.' },
  'media-too-large': { what: 'A file was too large.', next: 'The post says more.' },
  'media-refused': { what: 'A file was not accepted.', next: 'The post says more.' },
  'media-processing-failed': { what: 'The network could not work with a file.', next: 'The post says more.' },
  'media-not-ready': { what: 'A file was not ready in time.', next: 'The post says more.' },
  'media-changed': { what: 'A file changed on its way.', next: 'The post says more.' },
  'reply-target-gone': { what: 'What a post answers to is gone.', next: 'The post says more.' },
  'being-edited': { what: 'Somebody was editing the article at the site.', next: 'The post says more.' },
  'draft-deleted': { what: 'The article was deleted at the site on its way.', next: 'The post says more.' },
  'category-unknown': { what: 'A category does not exist any more at the site.', next: 'The post says more.' },
  'id-unreadable': { what: 'Longrun cannot read where a post is.', next: 'The post says more.' },
  'proof-missing': {
    what: 'What a reply needs to know of the post before it is missing.',
    next: 'The post says more.',
  },
}

/** For codes that the network invents. */
const kinds: Record<string, Words> = {
  rejected: { what: 'The network did not accept this ({code}).', next: 'Check what you entered, then try again.' },
  'auth-expired': { what: 'The network says the access has ended ({code}).', next: reconnect },
  'auth-revoked': {
    what: 'The network does not accept these credentials ({code}).',
    next: 'Check them, then try again.',
  },
  forbidden: { what: 'The network does not allow this ({code}).', next: 'Look there whether the account may do it.' },
  'rate-limited': { what: 'The network asks for a rest ({code}).', next: again },
  unavailable: { what: 'The network cannot be reached just now ({code}).', next: again },
  unknown: { what: 'The network did not answer ({code}).', next: again },
  gone: { what: 'The network says that this does not exist ({code}).', next: 'Check the address and the account.' },
  changed: { what: 'Something else than expected answers there ({code}).', next: 'Check the address.' },
}

const known: Record<string, Words> = { ...networkCodes, ...listeningCodes, ...conversationCodes, ...ours }

export const hasCodeWords = (code: string): boolean => Object.hasOwn(known, code)

interface Told {
  code: string
  kind?: string | null
}

export function codeWords({ code, kind }: Told, network = 'the network'): Words {
  const words = Object.hasOwn(known, code) ? known[code] : kindWords(code, kind)
  const fill = (text: string) => text.replaceAll('{network}', network).replaceAll('{code}', codeText(code))
  return { what: fill(words!.what), next: words!.next && fill(words!.next) }
}

const kindWords = (code: string, kind: string | null | undefined): Words =>
  (kind && kinds[kind]) || {
    what: `${/^status-\d+$/.test(code) ? 'The server gave an error' : 'The network said no'} ({code}).`,
  }

/** `status-503` → `answer 503`; a network's own word stays as it is, so that it can be looked up. */
const codeText = (code: string): string => code.replace(/^status-(\d+)$/, 'answer $1')

/** The same refusal under a code of its own that the kit has words for, so that it also fits beside a field. */
export function inWords(facts: RefusalFacts, network: string): RefusalFacts {
  if (facts.code !== 'network-refused') return facts
  const { code, kind } = facts.params
  const told = { code: String(code ?? 'unexpected'), kind: kind ? String(kind) : null }
  const name = `network-refused.${told.code}`
  learnWords({ [name]: codeWords(told, network) })
  return { ...facts, code: name }
}
