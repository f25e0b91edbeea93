// Events and notifications in words: “scheduled a post”, with the one fact that matters, and the page they lead to.

import { count, plainCode, roleWords } from '../../kit/words.ts'

export type Facts = Record<string, unknown>

type Say = string | ((facts: Facts) => string)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const quoted = (value: unknown): string => (text(value) ? ` “${text(value)}”` : '')
const role = (value: unknown): string =>
  typeof value === 'string' && Object.hasOwn(roleWords, value)
    ? roleWords[value as keyof typeof roleWords].label
    : text(value)

/** What the actor did. */
const said: Record<string, Say> = {
  'organisation.created': (facts) => `created the organisation${quoted(facts.name)}`,
  'organisation.changed': (facts) => `changed the organisation${quoted(facts.name)}`,
  'department.added': (facts) => `added the department${quoted(facts.name)}`,
  'department.renamed': (facts) => `renamed a department to${quoted(facts.name)}`,
  'department.removed': (facts) => `removed the department${quoted(facts.name)}`,
  'member.joined': (facts) => `joined${facts.role ? ` as ${role(facts.role)}` : ''}`,
  'member.changed': (facts) => `changed a member${facts.role ? ` to ${role(facts.role)}` : ''}`,
  'member.renamed': (facts) => `is called${quoted(facts.name) || ' something else'} now`,
  'member.ended': 'ended a membership',
  'invitation.created': (facts) => `invited ${text(facts.email) || 'a person'}`,
  'invitation.revoked': (facts) => `withdrew the invitation of ${text(facts.email) || 'a person'}`,
  'token.created': (facts) => `created the API token${quoted(facts.name)}`,
  'token.revoked': (facts) => `revoked the API token${quoted(facts.name)}`,
  'webhook.added': (facts) => `added a webhook to ${text(facts.url) || 'an address'}`,
  'webhook.changed': 'changed a webhook',
  'webhook.paused': 'paused a webhook',
  'webhook.resumed': 'resumed a webhook',
  'webhook.removed': 'removed a webhook',
  'webhook.tested': 'tested a webhook',
  'account.connected': (facts) => `connected the account${quoted(facts.name ?? facts.handle)}`,
  'account.reconnected': (facts) => `reconnected the account${quoted(facts.name ?? facts.handle)}`,
  'account.changed': 'changed the settings of an account',
  'account.checked': 'checked an account',
  'account.renewed': 'renewed the credentials of an account',
  'account.lost': (facts) =>
    `lost the connection to an account${facts.reason ? ` (${plainCode(text(facts.reason))})` : ''}`,
  'account.disconnected': (facts) => `disconnected the account${quoted(facts.name ?? facts.handle)}`,
  'account.expiring': 'warned that credentials of an account expire soon',
  'post.created': 'began a post',
  'post.saved': 'edited a post',
  'post.scheduled': 'scheduled a post',
  'post.unscheduled': 'took a post off the schedule',
  'post.held': (facts) => `held a post${quoted(facts.reason)}`,
  'post.released': 'released a post',
  'post.cancelled': (facts) => `cancelled a post${quoted(facts.reason)}`,
  'post.deleted': 'deleted a post',
  'post.restored': 'restored a post',
  'post.resolved': (facts) => `decided about an unconfirmed post: ${text(facts.decision)}`,
  'post.published': 'published a post',
  'post.rejected': 'was refused a post by the network',
  'post.parked': 'parked a post',
  'post.deferred': 'put off a post',
  'post.unconfirmed': 'could not confirm a post',
  'post.withdrawn': (facts) =>
    `deleted a post at the network${typeof facts.count === 'number' && facts.count > 1 ? ` (${count(facts.count, 'part')})` : ''}`,
  'post.expired': 'missed the time of a post',
  'media.uploaded': (facts) => `uploaded${quoted(facts.fileName) || ' a file'}`,
  'media.described': 'described a file',
  'media.removed': (facts) => `removed${quoted(facts.fileName) || ' a file'}`,
  'source.pulled': 'read a source',
  'source.dismissed': 'put an item of a source aside',
}

export const knownVerbs = Object.keys(said)

export function eventWords(verb: string, facts: Facts): string {
  const say = said[verb]
  return typeof say === 'function' ? say(facts) : (say ?? plainCode(verb))
}

/** What a notification says; `title` stands alone. */
const told: Record<string, (facts: Facts) => { title: string; text?: string }> = {
  'post.rejected': (facts) => ({ title: `A post was rejected${onAccount(facts)}`, text: text(facts.summary) }),
  'post.unconfirmed': (facts) => ({
    title: `Did this post go out${onAccount(facts)}? Please look`,
    text: text(facts.summary),
  }),
  'post.parked': (facts) => ({ title: `A post waits${onAccount(facts)}`, text: text(facts.summary) }),
  'post.published': (facts) => ({ title: `A post is out${onAccount(facts)}`, text: text(facts.summary) }),
  'account.lost': (facts) => ({
    title: `Reconnect ${accountName(facts)}`,
    text: 'The network does not accept the credentials any more.',
  }),
  'account.expiring': (facts) => ({ title: `The credentials of ${accountName(facts)} expire soon` }),
  'webhook.paused': (facts) => ({
    title: 'A webhook was paused',
    text: `${text(facts.url)} took nothing for three days.`,
  }),
  'member.joined': (facts) => ({ title: `${text(facts.name) || 'Somebody'} joined` }),
}

const accountName = (facts: Facts): string =>
  text(facts.accountName) || text(facts.name) || text(facts.handle) || 'an account'
const onAccount = (facts: Facts): string => (text(facts.accountName) ? ` on ${text(facts.accountName)}` : '')

export function notificationWords(kind: string, facts: Facts): { title: string; text?: string } {
  const plain = plainCode(kind)
  return (
    told[kind]?.(facts) ?? {
      title: plain.charAt(0).toUpperCase() + plain.slice(1),
      text: text(facts.summary) || text(facts.name),
    }
  )
}
