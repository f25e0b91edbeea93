// What was done with conversations and what became of answers, in words.

import { count, plainCode } from '../../kit/words.ts'
import { quoted, type Say, text } from './event-words.ts'

const because = (reason: unknown): string => (typeof reason === 'string' && reason ? ` (${plainCode(reason)})` : '')

const keptWords: Record<string, string> = { conversations: 'conversation', contacts: 'contact', files: 'file' }

export const inboxVerbs: Record<string, Say> = {
  'conversation.assigned': (facts) => `changed who answers${quoted(facts.with)}`,
  'conversation.handed-over': (facts) =>
    `handed the conversation with${quoted(facts.with)} to ${text(facts.to) || 'no department'}`,
  'conversation.opened': (facts) => `opened the conversation with${quoted(facts.with)} again`,
  'conversation.put-off': (facts) => `put off the conversation with${quoted(facts.with)}`,
  'conversation.closed': (facts) =>
    `closed the conversation with${quoted(facts.with)}: ${plainCode(text(facts.reason))}`,
  'conversation.noted': () => 'wrote a note into a conversation',
  'promise.due-soon': () => 'told who answers that a reply is due soon',
  'promise.broken': () => 'told of a promise that is broken',
  'promise.climbed': ({ level }) =>
    `told ${level === 'always' ? 'those who are always there' : `the ${text(level)}`} of a broken promise that nobody had acknowledged`,
  'promise.acknowledged': () => 'saw to a promise that was due or broken',
  'promise.made': ({ name }) => `made the promise${quoted(name)}`,
  'promise.changed': ({ name, version }) => `changed the promise${quoted(name)} (version ${Number(version)})`,
  'promise.ended': ({ name }) => `ended the promise${quoted(name)}`,
  'promise.ordered': () => 'put promises into another order',
  'promise.ladder-changed': () => 'changed who is told when promises break',
  'hours.made': ({ name }) => `made the business hours${quoted(name)}`,
  'hours.changed': ({ name }) => `changed the business hours${quoted(name)}`,
  'hours.removed': ({ name }) => `removed the business hours${quoted(name)}`,
  'conversation.taken-over': () => 'took over what was heard, to answer it',
  'conversation-goal.set': ({ weekly, department }) =>
    Number(weekly) > 0
      ? `planned ${Number(weekly)} conversations a week to be begun${department ? ` by${quoted(department)}` : ''}`
      : `ended the goal of conversations to be begun${department ? ` by${quoted(department)}` : ''}`,
  'inbox-retention.changed': ({ class: name, to }) =>
    `changed how long what people said is kept (${text(name)}): ${typeof to === 'number' ? count(to, 'day') : 'for good'}`,
  'inbox-retention.let-go': ({ class: name, count: n, days }) =>
    `let go what was older than ${count(Number(days ?? 0), 'day')}: ${count(Number(n ?? 0), keptWords[text(name)] ?? 'item')}`,
  'conversation.merged': () => 'put two conversations together',
  'conversation.split': () => 'took messages out into a conversation of their own',
  'conversation.join-undone': () => 'put conversations back as they were',
  'conversation-view.saved': (facts) => `saved the view${quoted(facts.name)} of the inbox`,
  'conversation-view.changed': (facts) => `changed the view${quoted(facts.name)} of the inbox`,
  'conversation-view.shared': (facts) =>
    facts.isShared === true
      ? `shared the view${quoted(facts.name)} of the inbox`
      : `stopped sharing the view${quoted(facts.name)} of the inbox`,
  'conversation-view.removed': (facts) => `removed the view${quoted(facts.name)} of the inbox`,
  'conversation-view.arranged': () => 'put the views of the inbox in order',
  'conversation.routed': () => 'gave a conversation to somebody',
  'conversation.judged': () => 'said what a conversation is',
  'conversation.prioritised': ({ to }) => `changed the priority of a conversation to ${text(to)}`,
  'conversation.tagged': () => 'changed the tags of a conversation',
  'conversation.stopped': () => 'was kept from handing a conversation back and forth',
  'conversation.asked': ({ to }) => `asked${quoted(to)} in a conversation`,
  'conversation.department-answered': ({ by }) => `answered for${quoted(by)} in a conversation`,
  'conversation.question-withdrawn': ({ by }) => `took back a question to${quoted(by)}`,
  'routing.changed': ({ version }) => `put version ${text(String(version ?? ''))} of the routing rules in force`,
  'work.changed': ({ name }) => `changed what${quoted(name)} can take on`,
  'absence.planned': ({ member }) => `planned an absence of${quoted(member)}`,
  'absence.changed': ({ member }) => `moved an absence of${quoted(member)}`,
  'absence.called-off': ({ member }) => `called off an absence of${quoted(member)}`,
  'community-rules.changed': ({ name }) => `changed the rules of the community under${quoted(name)}`,
  'message.let-stand': () => 'let a comment stand that seemed to break a rule',
  'message.looked-at-again': () => 'has a comment looked at again',
  'message.moderated': ({ action }) => `moderated a message: ${plainCode(text(action)).toLowerCase()}`,

  'contact.merged': 'said that two contacts are one person',
  'contact.split': 'said that a contact is two persons',
  'contact.move-undone': ({ kind }) =>
    kind === 'split' ? 'put a contact together again' : 'took two contacts apart again',
  'contact.tagged': ({ tag }) => `gave a contact the tag${quoted(tag)}`,
  'contact.untagged': ({ tag }) => `took the tag${quoted(tag)} from a contact`,
  'contact.noted': 'wrote a note on a contact',
  'contact.note-removed': 'removed a note from a contact',
  'contact.consent-noted': ({ purpose }) => `noted that a contact agreed to${quoted(purpose)}`,
  'contact.consent-withdrawn': ({ purpose }) => `noted that a contact took back their consent to${quoted(purpose)}`,

  'answer.planned': 'answered somebody',
  'answer.published': 'sent an answer',
  'answer.failed': ({ code }) => `was refused an answer by the network${because(code)}`,
  'answer.parked': 'parked an answer until its account works again',
  'answer.unconfirmed': 'could not confirm an answer',
  'answer.held': 'stopped an answer under a hold',
  'answer.resumed': 'took up an answer whose account is back',
  'answer.waits-for-approval': 'keeps an answer until it is approved',
  'answer.retried': ({ changed }) => (changed === true ? 'sent an answer in other words' : 'sent an answer again'),
  'answer.discarded': 'discarded an answer',
  'answer.approved': 'approved an answer',
  'answer.reworded': 'changed the words of an answer that waits for approval',
  'answer.sent-back': 'sent an answer back to its writer',
  'answer.withdrawn': 'took a sent answer back',
  'answer.resolved': ({ decision }) =>
    decision === 'published'
      ? 'found an answer at the network'
      : decision === 'send'
        ? 'had an unconfirmed answer sent again'
        : 'forgot an unconfirmed answer',

  'saved-reply.added': (facts) => `kept a reply ready:${quoted(facts.title)}`,
  'saved-reply.changed': (facts) => `changed the saved reply${quoted(facts.title)}`,
  'saved-reply.retired': (facts) => `retired the saved reply${quoted(facts.title)}`,
  'saved-reply.restored': (facts) => `offered the saved reply${quoted(facts.title)} again`,
  'macro.added': (facts) => `made the macro${quoted(facts.name)}`,
  'macro.changed': (facts) => `changed the macro${quoted(facts.name)}`,
  'macro.retired': (facts) => `retired the macro${quoted(facts.name)}`,
  'macro.restored': (facts) => `offered the macro${quoted(facts.name)} again`,
  'macro.run': (facts) => `ran the macro${quoted(facts.name)} on a conversation`,
  'training.recorded': (facts) => `recorded a training:${quoted(facts.topic)}`,
  'training.ended': (facts) => `ended a training:${quoted(facts.topic)}`,
  'training.resumed': (facts) => `let a training count again:${quoted(facts.topic)}`,
  'training.drill-changed': (facts) => `changed which drill a training asks for:${quoted(facts.topic)}`,
  'exercise.added': (facts) => `added an exercise:${quoted(facts.title)}`,
  'exercise.changed': (facts) => `changed the exercise${quoted(facts.title)}`,
  'exercise.retired': (facts) => `retired the exercise${quoted(facts.title)}`,
  'exercise.restored': (facts) => `brought the exercise${quoted(facts.title)} back`,
  'drill.begun': ({ exercises }) => `began a drill of ${count(Number(exercises ?? 0), 'practice message')}`,
  'drill.handed-in': 'handed a drill in',
  'drill.judged': ({ position, passed }) =>
    `judged practice message ${Number(position ?? 0)} of a drill: ${passed === true ? 'passed' : 'not passed'}`,
  'drill.judgement-withdrawn': ({ position }) =>
    `took back what was said of practice message ${Number(position ?? 0)} of a drill`,
  'answer-rules.changed': 'changed what is asked of answers',
}
