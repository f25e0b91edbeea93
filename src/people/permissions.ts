// The one table of role × verb. The server decides by it, the interface hides by it, and a generated test walks it.

export const roles = ['owner', 'admin', 'manager', 'contributor', 'approver', 'viewer'] as const
export type Role = (typeof roles)[number]

const all: readonly Role[] = roles
const write: readonly Role[] = ['owner', 'admin', 'manager', 'contributor']
const lead: readonly Role[] = ['owner', 'admin', 'manager']
const run: readonly Role[] = ['owner', 'admin']

/** Which roles may do what. A token may do what its member may, within its scopes: the part of the verb before the dot. */
export const permissions = {
  'organisation.read': all,
  'organisation.change': run,
  'departments.read': all,
  'departments.change': run,
  'members.read': all,
  'members.invite': run,
  'members.change': run,
  'tokens.own': all,
  'events.read': all,
  'webhooks.read': run,
  'webhooks.change': run,
  'notifications.own': all,
  'accounts.read': all,
  'accounts.connect': lead,
  'accounts.change': lead,
  'media.read': all,
  'media.upload': write,
  'media.change': write,
  'posts.read': all,
  'posts.write': write,
  // Sending out the organisation's voice: a contributor prepares, someone else lets it go.
  'posts.schedule': lead,
  'posts.hold': [...lead, 'approver'],
  'posts.resolve': lead,
  'posts.remove': lead,
  'calendar-feeds.own': all,
  'holds.read': all,
  // Who may stop one post may stop many; letting them go again is for those who let posts go.
  'holds.begin': [...lead, 'approver'],
  'holds.end': lead,
  'placements.read': all,
  'placements.change': write,
  'placements.count': write,
  'letters.read': lead,
  'letters.change': lead,
  'approvals.read': all,
  'approvals.ask': write,
  // Whether a vote counts is decided by the lane; this is who can be named in one.
  'approvals.vote': [...write, 'approver'],
  'approvals.change': run,
  'withdrawals.read': all,
  'withdrawals.begin': lead,
  'links.read': all,
  'links.change': lead,
  'campaigns.read': all,
  'campaigns.write': write,
  'campaigns.close': lead,
  'crossings.read': all,
  'crossings.change': lead,
  // Stopping all campaigns, or rehearsing it.
  'crossings.fire': lead,
  'crossings.take': write,
  'posts.rate': all,
  'briefs.read': all,
  'briefs.write': write,
  'stock.read': all,
  'stock.change': lead,
  'listening.read': all,
  // Saying for oneself that one has read a brief: everybody, but no token that only reads.
  'listening.confirm': all,
  // What is listened to, and for what: it costs money and attention of everybody.
  'listening.change': lead,
  // Writing the weekly brief, and keeping mentions or handing them on.
  'listening.brief': write,
  'listening.publish': lead,
  // Saying what an alert is, and what is coming.
  'listening.answer': write,
  'issues.read': all,
  // What may become a crisis: opening it, taking it up, writing into it, closing it.
  'issues.handle': write,
  // Bringing what was said where no machine listens: a meetup, a shop, the phone.
  'listening.capture': write,
  // What becomes of people who speak: who approaches them, and who must not be.
  'listening.approach': write,
  'inbox.read': all,
  // Who has a conversation, whether it is closed, notes for colleagues.
  'inbox.answer': write,
  // Saved replies and macros: words and steps that everybody uses.
  'inbox.prepare': write,
  // Consenting to answers of people who are new; whoever may do it needs nobody's consent.
  'inbox.approve': [...lead, 'approver'],
  // Saying for oneself that one is here: everybody, but no token that only reads.
  'inbox.attend': all,
  // Who was trained, and what is asked of answers.
  'inbox.train': lead,
  // Practising for oneself: everybody, but no token that only reads.
  'inbox.drill': all,
  // Judging what others wrote when they practised: whoever may consent to answers.
  'inbox.judge': [...lead, 'approver'],
  'inbox.rule': run,
  // How many conversations are to be begun by ourselves.
  'inbox.plan': lead,
  // What others see of somebody's words: hiding, deleting, blocking.
  'inbox.moderate': write,
  'inbox.handle': [...write, 'approver'],
  'promises.read': all,
  // What people may expect of the organisation, and who is told when it is not kept.
  'promises.change': lead,
  // Saving views for oneself: everybody, but no token that only reads.
  'inbox.arrange': all,
  // Who works when, and how much they can take on.
  'work.read': all,
  // Saying when I am away; those who may change work say it for others too.
  'work.own': all,
  'work.change': lead,
  // By which rules conversations go to departments and people.
  'routing.read': all,
  'routing.change': lead,
  'contacts.read': all,
  // What is kept of people who speak to us, and who of them is one.
  'contacts.change': [...write, 'approver'],
  'programme.read': all,
  // What one did and what was reached: everybody who does work of the plan.
  'programme.log': [...write, 'approver'],
  // What the organisation wants, what it gives for it, and its end.
  'programme.lead': lead,
  // What each single person carries: everybody sees their own, and of the others how it is with teams.
  'programme.people': run,
  // Money of the year: what is planned and was spent.
  'budget.read': lead,
  'budget.plan': lead,
  'budget.spend': lead,
  // Consenting to it; never to what one asked for oneself.
  'budget.approve': run,
  // What an hour of somebody costs says what they earn.
  'budget.rates': run,
  'sources.read': all,
  'sources.change': write,
} as const satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof permissions

export const isVerb = (verb: string): verb is Verb => Object.hasOwn(permissions, verb)

export const may = (role: Role, verb: Verb): boolean => (permissions[verb] as readonly Role[]).includes(role)

/** Scopes that an API token may carry: `posts:read` covers verbs that read, `posts` covers all verbs of posts. */
export const scopeNames = [...new Set(Object.keys(permissions).map((verb) => verb.split('.')[0]!))].flatMap(
  (subject) => [subject, `${subject}:read`],
)

/** What a member may, and the token that they come with, where they come with one. */
export const callerMay = ({ role, scopes }: { role: Role; scopes: readonly string[] | null }, verb: Verb): boolean =>
  may(role, verb) && (scopes === null || scopeCovers(scopes, verb))

export function scopeCovers(scopes: readonly string[], verb: Verb): boolean {
  const [subject, action] = verb.split('.') as [string, string]
  return scopes.includes(subject) || (action === 'read' && scopes.includes(`${subject}:read`))
}
