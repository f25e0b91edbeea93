// Events in words: “scheduled a post”, with the one fact that matters.

import { count, plainCode, roleWords } from '../../kit/words.ts'
import { competencyVerbs } from './competency-verbs.ts'
import { inboxVerbs } from './inbox-verbs.ts'
import { programmeVerbs } from './programme-verbs.ts'

export type Facts = Record<string, unknown>
export type Say = string | ((facts: Facts) => string)

/** A fact where it is words; empty otherwise. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const quoted = (value: unknown): string => (text(value) ? ` “${text(value)}”` : '')
const role = (value: unknown): string =>
  typeof value === 'string' && Object.hasOwn(roleWords, value)
    ? roleWords[value as keyof typeof roleWords].label
    : text(value)

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? (of as Facts)[name] : undefined
const roleIn = (to: unknown): string => (field(to, 'role') ? `: now ${role(field(to, 'role'))}` : '')

const fieldWords: Record<string, string> = {
  name: 'name',
  timeZone: 'time zone',
  url: 'address',
  verbs: 'events',
  paused: 'pause',
}

/** “: name, time zone”; empty where nothing known differs. */
function differences(from: unknown, to: unknown): string {
  const changed = Object.entries(fieldWords).filter(
    ([name]) => JSON.stringify(field(from, name)) !== JSON.stringify(field(to, name)),
  )
  return changed.length > 0 ? `: ${changed.map(([, words]) => words).join(', ')}` : ''
}

export const heldWords = (scope: unknown): string =>
  scope === 'everything' ? 'everything' : scope === 'campaigns' ? 'all campaigns' : `one ${text(scope)}`
const fileOf = (facts: Facts): string => (text(facts.fileName) ? ` of${quoted(facts.fileName)}` : '')

/** What the actor did. */
const said: Record<string, Say> = {
  'organisation.created': (facts) => `created the organisation${quoted(facts.name)}`,
  'organisation.changed': ({ from, to }) => `changed the organisation${differences(from, to)}`,
  'department.added': (facts) => `added the department${quoted(facts.name)}`,
  'department.renamed': (facts) => `renamed a department to${quoted(facts.name)}`,
  'department.walled': (facts) => `put up the wall of${quoted(facts.name)}: only its members see its conversations`,
  'department.unwalled': (facts) => `took down the wall of${quoted(facts.name)}: everybody sees its conversations`,
  'department.removed': (facts) => `removed the department${quoted(facts.name)}`,
  'member.joined': (facts) => `joined${facts.role ? ` as ${role(facts.role)}` : ''}`,
  'member.changed': ({ to }) => `changed a member${roleIn(to)}`,
  'member.renamed': ({ to }) => `is called${quoted(to) || ' something else'} now`,
  'member.ended': 'ended a membership',
  'invitation.created': (facts) => `invited ${text(facts.email) || 'a person'}`,
  'invitation.revoked': (facts) => `withdrew the invitation of ${text(facts.email) || 'a person'}`,
  'token.created': (facts) => `created the API token${quoted(facts.name)}`,
  'token.revoked': (facts) => `revoked the API token${quoted(facts.name)}`,
  'webhook.added': (facts) => `added a webhook to ${text(facts.url) || 'an address'}`,
  'webhook.changed': ({ from, to }) => `changed a webhook${differences(from, to)}`,
  'webhook.paused': 'paused a webhook that took nothing for three days',
  'webhook.redelivered': 'sent a delivery of a webhook again',
  'webhook.removed': 'removed a webhook',
  'webhook.tested': 'tested a webhook',
  'link-rules.changed': 'changed the rules for links',
  'link.created': (facts) => `made a short link to ${text(facts.target) || 'an address'}`,
  'link.restored': (facts) => `let the short link to ${text(facts.target) || 'an address'} lead on again`,
  'link.removed': (facts) => `took away the short link to ${text(facts.target) || 'an address'}`,
  'account.connected': (facts) => `connected the account${quoted(facts.name ?? facts.handle)}`,
  'account.reconnected': (facts) => `reconnected the account${quoted(facts.name ?? facts.handle)}`,
  'account.changed': 'changed the settings of an account',
  'account.renewed': 'renewed the credentials of an account',
  'account.lost': (facts) =>
    `lost the connection to an account${facts.reason ? ` (${plainCode(text(facts.reason))})` : ''}`,
  'account.disconnected': (facts) => `disconnected the account${quoted(facts.name ?? facts.handle)}`,
  'post.created': 'began a post',
  'post.saved': 'edited a post',
  'post.scheduled': 'scheduled a post',
  'post.assigned': 'changed what a post belongs to',
  'post.unscheduled': 'took a post off the schedule',
  'post.held': (facts) => `held a post${quoted(facts.reason)}`,
  'post.released': 'released a post',
  'post.cancelled': (facts) => `cancelled a post${quoted(facts.reason)}`,
  'post.placed': 'planned a draft for a time',
  'post.copied': 'copied a post into a draft',
  'post.deleted': 'deleted a post',
  'post.restored': 'restored a post',
  'post.resolved': (facts) => `decided about an unconfirmed post: ${text(facts.decision)}`,
  'placement.added': (facts) => `added the placement${quoted(facts.name)}`,
  'placement.changed': (facts) => `changed the placement${quoted(facts.name)}`,
  'placement.ended': (facts) => `ended the placement${quoted(facts.name)}`,
  'placement.resumed': (facts) => `shows the placement${quoted(facts.name)} again`,
  'placement.naming-taken-back': (facts) => `took back a count of the placement${quoted(facts.name)}`,
  'placement.named': (facts) => `counted people who came by the placement${quoted(facts.name)}`,
  'alert.raised': (facts) => `saw something unusual begin under${quoted(facts.topic)}`,
  'alert.grew': (facts) => `saw what is unusual under${quoted(facts.topic)} grow`,
  'alert.ended': (facts) => `saw${quoted(facts.topic)} become calm again`,
  'alert.answered': (facts) => `called an alert under${quoted(facts.topic)} ${text(facts.answer)}`,
  'issue.opened': (facts) => `opened the issue${quoted(facts.title)}`,
  'issue.alert-joined': (facts) => `put another alert into the issue${quoted(facts.title)}`,
  'issue.renamed': (facts) => `gave an issue another title:${quoted(facts.title)}`,
  'issue.assigned': (facts) => `changed who answers for the issue${quoted(facts.title)}`,
  'issue.taken-up': (facts) => `took up the issue${quoted(facts.title)}`,
  'issue.put-back': (facts) => `let the issue${quoted(facts.title)} wait again`,
  'issue.closed': (facts) => `closed the issue${quoted(facts.title)}: ${plainCode(text(facts.reason))}`,
  'issue.reopened': (facts) => `opened the issue${quoted(facts.title)} again`,
  'issue.noted': (facts) => `wrote into the issue${quoted(facts.title)}`,
  'issue.evidence-added': (facts) => `attached a mention to the issue${quoted(facts.title)}`,
  'issue.evidence-removed': (facts) => `took a mention away from the issue${quoted(facts.title)}`,
  'listening-brief.drafted': (facts) => `drafted the listening brief of ${text(facts.week)}`,
  'listening-brief.changed': (facts) => `wrote on the listening brief of ${text(facts.week)}`,
  'listening-brief.refreshed': (facts) => `made the figures of the listening brief of ${text(facts.week)} again`,
  'listening-brief.published': (facts) =>
    `published the listening brief of ${text(facts.week)} to ${count(Number(facts.readers ?? 0), 'reader')}`,
  'listening-brief.withdrawn': (facts) => `took the listening brief of ${text(facts.week)} back${quoted(facts.reason)}`,
  'listening-brief.put-back': (facts) => `put the listening brief of ${text(facts.week)} back`,
  'listening-brief.read': (facts) => `read the listening brief of ${text(facts.week)}`,
  'listening-brief.reminded': (facts) => `reminded readers of the listening brief of ${text(facts.week)}`,
  'mention.saved': 'bookmarked a mention',
  'mention.unsaved': 'took a bookmark away',
  'mention.handed-on': (facts) =>
    `handed a mention on to ${facts.kind === 'inbox' ? 'the inbox' : 'insights'}${quoted(facts.reason)}`,
  'mention.taken-back': 'took a mention back that was handed on',
  'alert-rules.changed': 'changed how many alerts are told in a day',
  'alert-profile.changed': (facts) => `changed how sensitive alerts of${quoted(facts.name)} are: ${text(facts.to)}`,
  'planned-event.added': (facts) => `announced${quoted(facts.name)} to those who watch`,
  'planned-event.removed': (facts) => `took back the announcement of${quoted(facts.name)}`,
  'mention.captured': 'wrote down what somebody said',
  'capture.taken-back': 'took back what somebody had written down',
  'captures.imported': (facts) => `took ${count(Number(facts.stored ?? 0), 'mention')} from${quoted(facts.file)}`,
  'captures.taken-back': (facts) =>
    `took back what came from${quoted(facts.file)}: ${count(Number(facts.removed ?? 0), 'mention')}`,
  'retention.changed': (facts) =>
    `changed how long what was heard is kept (${text(facts.class)}): ${count(Number(facts.to ?? 0), 'day')}`,
  'author.spotted': 'took somebody who speaks into the list',
  'author.moved': (facts) =>
    `changed the state of somebody who speaks: ${plainCode(text(facts.from))}, now ${plainCode(text(facts.to))}`,
  'author.changed': 'changed why somebody who speaks is remembered, and until when',
  'author.objected': (facts) =>
    `recorded that somebody objects: ${count(Number(facts.removed ?? 0), 'mention')} of theirs taken away`,
  'author.objection-lifted': 'lifted an objection, as the person asked',
  'mention.labelled': 'said how a mention is meant',
  'mention.label-undone': 'took back how a mention is meant',
  'coding-set.made': (facts) => `drew texts to be coded:${quoted(facts.name)}`,
  'coding-set.settled': (facts) => `settled a difference of${quoted(facts.name)}`,
  'coding-set.finished': (facts) => `finished the coding of${quoted(facts.name)}`,
  'coding-set.removed': (facts) => `removed the coding set${quoted(facts.name)}`,
  'label-lessons.turned-off': 'turned off what was learnt from coded texts',
  'label-lessons.turned-on': 'uses what was learnt from coded texts',
  'topic.added': (facts) => `began to listen for${quoted(facts.name)}`,
  'topic.changed': (facts) => `changed the topic${quoted(facts.name)}`,
  'topic.hands-on': (facts) => `lets the topic${quoted(facts.name)} hand what matches to the inbox`,
  'topic.hands-on-no-more': (facts) => `stopped the topic${quoted(facts.name)} from handing anything to the inbox`,
  'topic.paused': (facts) => `paused the topic${quoted(facts.name)}`,
  'topic.resumed': (facts) => `listens for${quoted(facts.name)} again`,
  'topic.removed': (facts) => `removed the topic${quoted(facts.name)}`,
  'topic.restored': (facts) => `brought back the topic${quoted(facts.name)}`,
  'source.added': (facts) => `began to listen to${quoted(facts.name)}`,
  'source.changed': (facts) => `changed the source${quoted(facts.name)}`,
  'source.paused': (facts) => `paused the source${quoted(facts.name)}`,
  'source.resumed': (facts) => `listens to${quoted(facts.name)} again`,
  'source.removed': (facts) => `removed the source${quoted(facts.name)}`,
  'source.restored': (facts) => `brought back the source${quoted(facts.name)}`,
  'letter.finished': ({ subject }) => `sent all letters of “${subject}”`,
  'subscriber.confirmed': 'a reader subscribed to a newsletter',
  'subscriber.left': 'a reader left a newsletter',
  'subscriber.bounced': 'letters to a reader come back',
  'subscriber.complained': 'a reader complained about a newsletter',
  'subscriber.erased': 'forgot a reader of a newsletter',
  'subscribers.added': ({ count }) => `added ${count} readers to a newsletter`,
  'post.published': 'published a post',
  'post.rejected': ({ code }) => `was refused a post by the network${text(code) && ` (${plainCode(text(code))})`}`,
  'post.parked': 'parked a post until its account works again',
  'post.unconfirmed': 'could not confirm a post',
  'post.waits-for-approval': 'keeps a post until it is approved',
  'post.resumed': 'took up a post whose account is back',
  'post.withdrawn': (facts) =>
    `deleted a post at the network${typeof facts.count === 'number' && facts.count > 1 ? ` (${count(facts.count, 'part')})` : ''}`,
  'hold.begun': (facts) => `began a hold of ${heldWords(facts.scope)}${quoted(facts.reason)}`,
  'hold.ended': (facts) =>
    `ended a hold${typeof facts.missed === 'number' && facts.missed > 0 ? `; ${count(facts.missed, 'post')} missed ${facts.missed === 1 ? 'its' : 'their'} time` : ''}`,
  'approval.asked': 'asked for the approval of a post',
  'approval.given': 'approved a post',
  'approval.granted': 'had every consent for a post',
  'approval.refused': (facts) => `did not approve a post${quoted(facts.reason)}`,
  'approval.voided': 'changed a post, so that its approval is void',
  'approval.narrowed': 'changed a part of a post, so that its approval is void',
  'approval.withdrawn': 'took back a question for approval',
  'approval.reopened': 'added a lane, so that a post needs more approval',
  'approval.changed': 'changed the lanes of a post',
  'approval.moved': 'moved a post that waits for approval',
  'approval.let-go': 'let go a post that somebody asked about',
  'approval.commented': (facts) => `commented on a post${quoted(facts.reason)}`,
  'approval.suggested': 'suggested other words for a post',
  'approval.taken': 'took a suggestion over',
  'approval.climbed': 'asked further people for approval, since nobody answered',
  'approval.late': 'kept a post that was not approved in time',
  'approval.box-over': 'ended a time box in which nobody answered',
  'lane.added': (facts) => `made the lane${quoted(facts.name)}`,
  'lane.changed': (facts) => `changed the lane${quoted(facts.name)}`,
  'lane.retired': (facts) => `retired the lane${quoted(facts.name)}`,
  'guardrail.added': (facts) => `added the guardrail${quoted(facts.name)}`,
  'guardrail.changed': (facts) => `changed the guardrail${quoted(facts.name)}`,
  'guardrail.restored': (facts) => `brought back the guardrail${quoted(facts.name)}`,
  'guardrail.removed': (facts) => `removed the guardrail${quoted(facts.name)}`,
  'outsider.added': (facts) => `added${quoted(facts.name) || ' a person'} outside`,
  'outsider.removed': (facts) => `removed${quoted(facts.name) || ' a person'} outside`,
  'review-link.made': (facts) => `asked${quoted(facts.name) || ' somebody'} outside about a post`,
  'review-link.opened': 'looked at a post by a link',
  'review-link.revoked': (facts) => `ended the link of${quoted(facts.name) || ' somebody outside'}`,
  'withdrawal.begun': (facts) =>
    `began to withdraw ${typeof facts.count === 'number' ? count(facts.count, 'published post') : 'published posts'}${quoted(facts.reason)}`,
  'withdrawal.stopped': 'stopped a withdrawal of posts',
  'withdrawal.retried': 'began to withdraw again what was left',
  'withdrawal.done': 'finished a withdrawal of posts',
  'post.replied': (facts) =>
    `saw ${typeof facts.new === 'number' ? count(facts.new, 'new reply', 'new replies') : 'new replies'} to a post`,
  'campaign.created': (facts) => `planned the campaign${quoted(facts.name)}`,
  'campaign.changed': (facts) => `changed the campaign${quoted(facts.name)}`,
  'campaign.neared': (facts) => `saw the campaign${quoted(facts.name)} come near`,
  'campaign.begun': (facts) => `began the campaign${quoted(facts.name)} on its first day`,
  'campaign.over': (facts) => `saw the campaign${quoted(facts.name)} end`,
  'campaign.closed': (facts) => `closed the campaign${quoted(facts.name)}: ${text(facts.note)}`,
  'campaign.reopened': (facts) => `reopened the campaign${quoted(facts.name)}`,
  'campaign.handed-over': (facts) => `handed the campaign${quoted(facts.name)} to its deputy, since its owner left`,
  'campaign.orphaned': (facts) => `found the campaign${quoted(facts.name)} without an owner`,
  'crossing.added': (facts) => `added the crossing point${quoted(facts.name)}`,
  'crossing.changed': (facts) => `changed the crossing point${quoted(facts.name)}`,
  'crossing.enabled': (facts) => `switched on the crossing point${quoted(facts.name)}`,
  'crossing.disabled': (facts) => `switched off the crossing point${quoted(facts.name)}`,
  'crossing.removed': (facts) => `removed the crossing point${quoted(facts.name)}`,
  'crossing.fired': (facts) => `fired the crossing point${quoted(facts.name)}`,
  'crossing.rehearsed': (facts) => `rehearsed the crossing point${quoted(facts.name)}`,
  'crossing.failed': (facts) => `could not carry out the crossing point${quoted(facts.name)}`,
  'crossing.run-again': 'ran a crossing point again',
  'crossing.taken': 'took what a campaign handed to always-on',
  'post.rated': (facts) =>
    facts.rating === null ? 'took back a rating of a post' : `rated a post ${Number(facts.rating)} of 5`,
  'brief.written': (facts) => `wrote the brief${quoted(facts.title)}`,
  'brief.asked': (facts) => `received a question of a visitor${quoted(facts.title)}`,
  'brief.changed': 'changed a brief',
  'brief.begun': (facts) => `began to work on the brief${quoted(facts.title)}`,
  'brief.finished': (facts) => `finished the brief${quoted(facts.title)}`,
  'brief.declined': (facts) => `declined the brief${quoted(facts.title)}`,
  'brief.reopened': (facts) => `took up the brief${quoted(facts.title)} again`,
  'visitor-page.changed': (facts) => (facts.open ? 'let visitors ask' : 'closed the page for visitors'),
  'shelf-life.set': (facts) =>
    facts.minutes === null ? 'took the default half-life of a channel' : 'set the half-life of a channel',
  'content-settings.changed': 'changed what is wanted of content',
  'media.uploaded': 'uploaded a file',
  'media.described': ({ to }) => `described a file${quoted(to)}`,
  'media.arranged': ({ count: n }) => `moved or tagged ${count(typeof n === 'number' ? n : 1, 'file')}`,
  'media.rights-set': ({ ids }) => `set the rights of ${count(Array.isArray(ids) ? ids.length : 1, 'file')}`,
  'media-folder.added': (facts) => `added the media folder${quoted(facts.name)}`,
  'media-folder.changed': ({ to }) => `renamed or moved the media folder${quoted(field(to, 'name'))}`,
  'media-folder.removed': (facts) => `removed the media folder${quoted(facts.name)}`,
  'media-settings.changed': 'changed the settings of the media library',
  'media.removed': 'removed a file',
  'media.restored': 'brought a removed file back',
  'media.forgotten': 'deleted a removed file for good',
  'holidays.chosen': 'chose whose holidays count',
  'series.begun': 'began to repeat a post',
  'series.changed': 'changed a series of posts',
  'series.split': 'changed a series of posts from one day on',
  'series.paused': 'paused a series of posts',
  'series.resumed': 'resumed a series of posts',
  'series.ended': 'ended a series of posts',
  'occurrence.made': 'made the next post of a series',
  'occurrence.left-out': 'left one post of a series out',
  'calendar-feed.created': (facts) => `created the calendar feed${quoted(facts.name)}`,
  'calendar-feed.renewed': (facts) => `renewed the address of the calendar feed${quoted(facts.name)}`,
  'calendar-feed.revoked': (facts) => `revoked the calendar feed${quoted(facts.name)}`,
  'import.started': (facts) => `began to import${quoted(facts.fileName)}`,
  'import.done': (facts) => `imported ${count(Number(facts.imported ?? 0), 'post')}${fileOf(facts)}`,
  'import.stopped': (facts) => `stopped the import${fileOf(facts)}`,
  'import.broke-off': (facts) => `could not go on with the import${fileOf(facts)}`,
  'import.undo-started': (facts) => `began to undo the import${fileOf(facts)}`,
  'import.undone': (facts) => `undid the import${fileOf(facts)}: ${count(Number(facts.removed ?? 0), 'post')} removed`,
  'import.discarded': (facts) => `discarded the file${quoted(facts.fileName)}`,
  'source-item.dismissed': 'put an item of a feed aside',
  'source-item.taken-back': 'took an item of a feed back',
  ...inboxVerbs,
  ...programmeVerbs,
  ...competencyVerbs,
}

export const knownVerbs = Object.keys(said)

export function eventWords(verb: string, facts: Facts): string {
  const say = said[verb]
  return typeof say === 'function' ? say(facts) : (say ?? plainCode(verb))
}
