// Notifications in words, each understood alone.

import { dayOr, dayText } from '../../kit/time.ts'
import { count, plainCode } from '../../kit/words.ts'
import { type Facts, heldWords, text } from './event-words.ts'

/** What a notification says; `title` stands alone. */
const told: Record<string, (facts: Facts) => { title: string; text?: string }> = {
  'post-rejected': (facts) => ({ title: `${place(facts)} did not accept a post`, text: text(facts.summary) }),
  'post-unconfirmed': (facts) => ({
    title: `Did this go out on ${place(facts)}? Please look`,
    text: text(facts.summary),
  }),
  'post-parked': (facts) => ({
    title: `A post waits until ${place(facts)} is connected again`,
    text: text(facts.summary),
  }),
  'answer-rejected': (facts) => ({ title: `${place(facts)} did not accept your answer`, text: 'Its words are kept.' }),
  'answer-unconfirmed': (facts) => ({ title: `Did your answer go out on ${place(facts)}? Please look` }),
  'answer-parked': (facts) => ({ title: `Your answer waits until ${place(facts)} is connected again` }),
  'approval-told': (facts) => ({ title: 'A post waits for your approval', text: text(facts.summary) }),
  'approval-reminded': (facts) => ({ title: 'A post still waits for your approval', text: text(facts.summary) }),
  'approval-deputy': (facts) => ({
    title: 'A post waits for your approval as deputy',
    text: text(facts.summary),
  }),
  'approval-manager': (facts) => ({ title: 'A post waits and nobody has answered', text: text(facts.summary) }),
  'approval-late': (facts) => ({ title: 'A post was not approved in time', text: text(facts.summary) }),
  'approval-commented': (facts) => ({ title: `Comment on “${text(facts.summary)}”`, text: text(facts.note) }),
  'approval-box-over': (facts) => ({ title: 'Nobody answered in the fast lane', text: text(facts.summary) }),
  'approval-granted': (facts) => ({ title: 'Your post is approved', text: text(facts.summary) }),
  'approval-rejected': (facts) => ({
    title: 'Your post was not approved',
    text: text(facts.note) || text(facts.summary),
  }),
  'approval-voided': (facts) => ({ title: 'A post changed while it was in review', text: text(facts.summary) }),
  'account-lost': (facts) => ({
    title: `Connect ${place(facts)} again`,
    text: 'It no longer accepts Longrun. Its posts wait.',
  }),
  'account-expiring': (facts) => ({
    title: `Connect ${place(facts)} again${day(facts.until) && ` before ${day(facts.until)}`}`,
    text: facts.foreseen
      ? 'The network may ask for a new sign-in from then on.'
      : 'Its access ends then, and Longrun cannot renew it.',
  }),
  'hold-begun': (facts) => ({
    title: `On hold: ${text(facts.name) || heldWords(facts.scope)}`,
    text: text(facts.reason),
  }),
  'hold-ended': (facts) => ({
    title: `The hold of ${text(facts.name) || heldWords(facts.scope)} has ended`,
    text:
      typeof facts.missed === 'number' && facts.missed > 0
        ? `${count(facts.missed, 'post')} missed ${facts.missed === 1 ? 'its' : 'their'} time. Please decide.`
        : 'No post missed its time.',
  }),
  'series-trouble': (facts) => ({
    title: 'Posts of a series wait as drafts',
    text: text(facts.summary),
  }),
  'media-ending': (facts) => ({
    title:
      typeof facts.count === 'number' && facts.count > 1
        ? `The permissions for ${facts.count} files end soon`
        : `The permission for ${text(facts.file)} ends on ${day(facts.until)}`,
    text: `After ${day(facts.until)} Longrun sends no post with ${text(facts.file)}.`,
  }),
  'post-media-ends': (facts) => ({
    title: `${text(facts.file)} may be used until ${day(facts.until)} only, before a post of yours is due`,
    text: text(facts.summary),
  }),
  'withdrawal-done': () => ({
    title: 'A withdrawal is done',
    text: 'What was refused or is left to a person stands on its page.',
  }),
  'alert-raised': (facts) => ({ title: `${text(facts.topic)}: something unusual begins`, text: text(facts.sentence) }),
  'alert-grew': (facts) => ({ title: `${text(facts.topic)}: it grows`, text: text(facts.sentence) }),
  'conversations-assigned': (facts) => ({
    title: `${count(Number(facts.count), 'conversation')} are yours to answer`,
    text: text(facts.note),
  }),
  'department-walled': (facts) => ({
    title: `Only you and your colleagues of ${text(facts.name)} see its conversations from now on`,
  }),
  'department-unwalled': (facts) => ({
    title: `Everybody sees the conversations of ${text(facts.name)} from now on`,
    text: 'Its wall was taken down.',
  }),
  'walled-department-invited': (facts) => ({
    title: `${text(facts.email)} is invited into your department`,
    text: 'Once they join, they see the conversations behind its wall.',
  }),
  'walled-department-without-approver': (facts) => ({
    title: `An answer waits in ${text(facts.name)}, and nobody there may approve it`,
    text: 'Only its members see it. Make somebody of them an approver, or have the writer trained.',
  }),
  'walled-department-joined': (facts) => ({
    title: `${text(facts.name)} belongs to your department now`,
    text: 'They see the conversations behind its wall.',
  }),
  'conversation-assigned': (facts) => ({
    title: 'A conversation is yours to answer',
    text: text(facts.preview),
  }),
  'promise-due-soon': (facts) => ({ title: 'A reply is due soon', text: text(facts.preview) }),
  'promise-broken': (facts) => ({ title: 'A promise is broken: somebody waits', text: text(facts.preview) }),
  'promise-not-acknowledged': (facts) => ({
    title: 'A promise is broken and nobody has taken it up',
    text: text(facts.preview),
  }),
  'conversation-mentioned': (facts) => ({
    title: `${text(facts.name)} mentioned you in a note`,
    text: text(facts.note),
  }),
  'answer-waits': (facts) => ({
    title: `An answer of ${text(facts.name)} waits for your approval`,
    text: text(facts.preview),
  }),
  'answer-approved': () => ({ title: 'Your answer is approved and goes out' }),
  'answer-sent-back': (facts) => ({ title: 'An answer of yours came back', text: text(facts.note) }),
  'training-ending': (facts) => ({
    title: `A training ends on ${day(facts.until)}: ${text(facts.topic)}`,
    text: text(facts.name),
  }),
  'drill-asked': (facts) => ({
    title: `A drill before it counts: ${text(facts.topic)}`,
    text: `${Number(facts.pass ?? 0)} of ${count(Number(facts.exercises ?? 0), 'practice message')} have to pass. Nothing of them is sent.`,
  }),
  'drill-waits': (facts) => ({
    title: `A drill of ${text(facts.name)} waits to be judged`,
    text: count(Number(facts.exercises ?? 0), 'practice message'),
  }),
  'drill-judged': (facts) => ({
    title: facts.passed === true ? 'Your drill is passed' : 'Your drill is judged, and not passed yet',
    text: `${Number(facts.passes ?? 0)} of ${Number(facts.exercises ?? 0)} passed. Read what was said of each.`,
  }),
  'conversation-danger': (facts) => ({
    title: 'Somebody may be hurt or in need: please look',
    text: text(facts.preview),
  }),
  'conversation-watched': (facts) => ({ title: 'Watched, not answered: please know', text: text(facts.preview) }),
  'conversation-ping-pong': (facts) => ({
    title: 'A conversation goes back and forth: please decide whose it is',
    text: text(facts.preview),
  }),
  'department-asked': (facts) => ({ title: `A question to ${text(facts.department)}`, text: text(facts.words) }),
  'department-answered': (facts) => ({ title: `${text(facts.department)} answered you`, text: text(facts.words) }),
  'issue-assigned': (facts) => ({
    title: `You answer for an issue: ${text(facts.title)}`,
    text: 'What was seen and said of it stands in its timeline.',
  }),
  'listening-brief-drafted': (facts) => ({
    title: `The listening brief of ${text(facts.week)} waits for words`,
    text: 'Its figures are there.',
  }),
  'listening-brief-published': (facts) => ({ title: `Listening brief, ${text(facts.week)}`, text: 'Please read it.' }),
  'listening-brief-reminded': (facts) => ({
    title: `Reminder: listening brief, ${text(facts.week)}`,
    text: 'It waits for you to read it.',
  }),
  'mention-handed-on': (facts) => ({
    title:
      facts.kind === 'inbox' ? 'A mention was handed to you to answer' : 'A mention was handed to you as an insight',
    text: text(facts.reason),
  }),
  'commitment-ending': (facts) => ({
    title: `The commitment to the programme ends on ${dayText(text(facts.untilDay))}`,
    text: 'Renew it, or end the programme with its reasons.',
  }),
  'sessions-changed': (facts) => ({
    title: 'Your sessions have changed',
    text: [
      [facts.moved, 'at another time'],
      [facts.dropped, 'without a place'],
      [facts.takenOut, 'not asked for any more'],
    ]
      .filter(([number]) => Number(number) > 0)
      .map(([number, words]) => `${Number(number)} ${words}`)
      .join(', '),
  }),
  'session-led': (facts) => ({ title: ledWords(facts), text: text(facts.reason) }),
  'duty-given': (facts) => ({
    title: `You are on duty on ${dayText(text(facts.day))}`,
    text: `${dutyWords[text(facts.kind)] ?? 'Duty'}. Your next working day has half of the usual at most.`,
  }),
  'duty-removed': (facts) => ({ title: `You are not on duty on ${dayText(text(facts.day))} after all` }),
  'realignment-proposed': (facts) => ({
    title: 'Go on with less?',
    text: `Too much of the plan was missed. ${count(Number(facts.minutes), 'minute')} a week would be a new beginning.`,
  }),
  'certificate-ending': (facts) => ({
    title: `“${text(facts.name)}” of ${text(facts.member)} counts until ${dayText(text(facts.until))}`,
    text: 'Show it again before then: by a training that counts, or by what somebody sees.',
  }),
  'process-review-due': (facts) => ({
    title: `Is it still true? The process “${text(facts.name)}”`,
    text: `It was to be looked at on ${dayText(text(facts.reviewOn))}.`,
  }),
  'lines-reviewed': (facts) => ({
    title: 'Some work may not be worth its time',
    text: `The review of ${text(facts.month)} proposes to stop ${Number(facts.stop)} and to shift ${Number(facts.shift)}. A person decides.`,
  }),
  'line-stop-checked': (facts) => ({
    title: `Time to try again: ${text(facts.name)}`,
    text: 'It was stopped half a year ago; the page says whether that was right.',
  }),
  'campaign-begun': (facts) => ({ title: `${text(facts.name)} begins today` }),
  'campaign-over': (facts) => ({ title: `${text(facts.name)} is over`, text: 'Close it with what was decided.' }),
  'campaign-handed-over': (facts) => ({
    title: `${text(facts.name)} is yours now`,
    text: 'Its owner has left, and you were the deputy.',
  }),
  'campaign-orphaned': (facts) => ({
    title: `Nobody answers for ${text(facts.name)}`,
    text: 'Its owner has left, and it has no deputy.',
  }),
  'campaign-reported': (facts) => ({ title: `The closing report of ${text(facts.campaign)} is there` }),
  'crossing-fired': (facts) => ({ title: text(facts.point), text: pointText(facts) }),
  'crossing-rehearsed': (facts) => ({ title: `Rehearsal: ${text(facts.point)}`, text: pointText(facts) }),
  'crossing-held': (facts) => ({ title: text(facts.point), text: pointText(facts) }),
  'crossing-handed-over': (facts) => ({
    title: `${typeof facts.count === 'number' ? count(facts.count, 'new reply', 'new replies') : 'New replies'} to ${text(facts.campaign) || 'a campaign'}`,
    text: text(facts.summary),
  }),
  'crossing-brief-made': (facts) => ({ title: `A brief: ${text(facts.point)}`, text: pointText(facts) }),
  'crossing-failed': (facts) => ({ title: `${text(facts.point)}: it failed`, text: 'Look why, and run it again.' }),
  'brief-without-material': (facts) => ({
    title: `Material is missing: ${text(facts.title)}`,
    text: `Due on ${day(facts.dueOn)}, with nothing to make it from.`,
  }),
  'guard-alarm': (facts) => ({ title: text(facts.says), text: text(facts.todo) }),
  'budget-asked': (facts) => ({ title: `The budget of ${Number(facts.year)} waits for approval` }),
  'budget-approved': (facts) => ({
    title: `The budget of ${Number(facts.year)} is approved`,
    text: text(facts.reason),
  }),
  'budget-declined': (facts) => ({
    title: `The budget of ${Number(facts.year)} was declined`,
    text: text(facts.reason),
  }),
  'stock-low': (facts) => ({
    title: `${place(facts)} runs out of content`,
    text: `${count(Number(facts.ready ?? 0), 'post')} ready, for ${count(Number(facts.days ?? 0), 'day')}.`,
  }),
  'webhook.paused': (facts) => ({
    title: 'A webhook was paused',
    text: `${text(facts.url)} took nothing for three days.`,
  }),
}

/** What a crossing point says: its own words, and which campaign and post it is about. */
const pointText = (facts: Facts): string =>
  [facts.text, facts.campaign, facts.summary].map(text).filter(Boolean).join(' · ')

const day = (value: unknown): string => dayOr(text(value))

const place = (facts: Facts): string => text(facts.account) || text(facts.name) || 'an account'

export function notificationWords(kind: string, facts: Facts): { title: string; text?: string } {
  const plain = plainCode(kind)
  return (
    told[kind]?.(facts) ?? {
      title: plain.charAt(0).toUpperCase() + plain.slice(1),
      text: text(facts.summary) || text(facts.name),
    }
  )
}

const dutyWords: Record<string, string> = { 'on-call': 'On call', event: 'An event', drill: 'A drill' }

/** What somebody who leads did with a session of the reader's. */
function ledWords({ what, activity, by, day: to, isNew }: Facts): string {
  const [who, session] = [text(by) || 'Somebody who leads', `“${plainCode(text(activity))}”`]
  if (what === 'handed-over') return isNew ? `${who} gave ${session} to you` : `${who} gave ${session} to somebody else`
  if (what === 'moved') return `${who} moved ${session} to ${dayText(text(to))}`
  if (what === 'done') return `${who} wrote down that ${session} is done`
  if (what === 'skipped') return `${who} left ${session} out`
  return `${who} took back what was changed in ${session}`
}
