// What was done with the programme, in words.

import { dayOr } from '../../kit/time.ts'
import { count, plainCode } from '../../kit/words.ts'
import { quoted, type Say, text } from './event-words.ts'

export const programmeVerbs: Record<string, Say> = {
  'programme.begun': ({ name }) => `began the programme${quoted(name)}`,
  'programme.changed': ({ name }) => `changed the programme${quoted(name)}`,
  'programme.ended': ({ name, reason }) => `ended the programme${quoted(name)}:${quoted(reason)}`,
  'programme.resumed': ({ name }) => `let the programme${quoted(name)} go on after all`,
  'goal.set': ({ title }) => `set the goal${quoted(title)}`,
  'goal.read': ({ title, value }) => `wrote down ${Number(value)} for the goal${quoted(title)}`,
  'goal.changed': ({ title, reason }) => `changed the goal${quoted(title)}:${quoted(reason)}`,
  'goal.change-taken-back': ({ title }) => `took back a change of the goal${quoted(title)}`,
  'goal.reading-removed': ({ title, day }) =>
    `took away the reading of ${dayOr(text(day))} for the goal${quoted(title)}`,
  'goal.reading-restored': ({ title, day }) =>
    `let the reading of ${dayOr(text(day))} for the goal${quoted(title)} count again`,
  'goal.ended': ({ title, outcome }) => `ended the goal${quoted(title)}: ${plainCode(text(outcome))}`,
  'goal.reopened': ({ title }) => `opened the goal${quoted(title)} again`,
  'commitment.promised': ({ fromDay, untilDay }) =>
    `committed to the programme from ${dayOr(text(fromDay))} until ${dayOr(text(untilDay))}`,
  'plan.adopted': ({ version, reason }) => `put version ${Number(version)} of the plan in force:${quoted(reason)}`,
  'worth.unit-chosen': ({ unit }) => `judges items by their${quoted(plainCode(text(unit)))}`,
  'line.told': ({ activity, channel }) =>
    `said what${quoted(plainCode(text(activity)))} is worth${channel ? ` on ${text(channel)}` : ''}`,
  'line.forgotten': ({ activity }) => `took back what was said of${quoted(plainCode(text(activity)))}`,
  'line.recalled': ({ activity }) => `let count again what was said of${quoted(plainCode(text(activity)))}`,
  'choice.asked': ({ isWhatIf }) => (isWhatIf ? 'asked the planner what would be if' : 'asked the planner to choose'),
  'choice.made': ({ state }) => (state === 'conflict' ? 'found that no plan fits' : 'chose a plan'),
  'choice.stopped': () => 'stopped the planner',
  'review.made': ({ month }) => `reviewed what to keep, stop or shift in ${text(month)}`,
  'line.kept': ({ name, reason }) => `keeps${quoted(name)}:${quoted(reason)}`,
  'line.shifted': ({ name, reason }) => `does less of${quoted(name)}:${quoted(reason)}`,
  'line.stopped': ({ name, reason }) => `stopped${quoted(name)}:${quoted(reason)}`,
  'line.undone': ({ name, decision }) => `undid the decision to ${text(decision)}${quoted(name)}`,
  'line.stopped-on': ({ name }) => `leaves${quoted(name)} stopped after all`,
  'line.tried-again': ({ name }) => `lets${quoted(name)} be tried again`,
  'stop.checked': ({ name, finding }) =>
    finding === 'unclear'
      ? `could not tell whether it was right to stop${quoted(name)}`
      : `found that it was ${finding === 'right' ? '' : 'not '}right to stop${quoted(name)}`,
  'time.logged': ({ activity }) => `wrote down time for${quoted(plainCode(text(activity)))}`,
  'time.removed': () => 'took time away that was written down',
  'time.restored': () => 'let time count again',
  'figures.changed': ({ names, reason }) => `changed figures of the rules (${text(names)}):${quoted(reason)}`,
  'guard-alarm.raised': ({ cause }) => `raised an alarm of the guards${quoted(causeText(cause))}`,
  'guard-alarm.grew': ({ cause }) => `saw what an alarm of the guards is about grow${quoted(causeText(cause))}`,
  'guard-alarm.ended': ({ cause }) => `saw the cause of an alarm of the guards end${quoted(causeText(cause))}`,
  'guard-alarm.answered': ({ answer }) => `answered an alarm of the guards: ${plainCode(text(answer))}`,
  'guard-alarm.unanswered': () => 'took back an answer to an alarm of the guards',
  'account.opened-said': ({ name, openedOn }) =>
    text(openedOn)
      ? `said that the account${quoted(name)} was opened on ${dayOr(text(openedOn))}`
      : `said that the account${quoted(name)} was opened when it was connected`,
  'budget.written': ({ year, number }) => `wrote version ${Number(number)} of the budget of ${Number(year)}`,
  'budget.asked': ({ year, number }) =>
    `asked for approval of version ${Number(number)} of the budget of ${Number(year)}`,
  'budget.taken-back': ({ year }) => `no longer asks for approval of the budget of ${Number(year)}`,
  'budget.approved': ({ year, number }) => `approved version ${Number(number)} of the budget of ${Number(year)}`,
  'budget.declined': ({ year, reason }) => `declined the budget of ${Number(year)}:${quoted(reason)}`,
  'budget.undecided': ({ year }) => `took back a decision about the budget of ${Number(year)}`,
  'hour-rate.set': () => 'said what an hour costs',
  'spend.noted': ({ what }) => `wrote down spending for${quoted(what)}`,
  'spend.removed': ({ what }) => `took spending away that was written down for${quoted(what)}`,
  'spend.restored': ({ what }) => `let spending for${quoted(what)} count again`,
  'spend.paid': ({ what }) => `wrote down that${quoted(what)} was paid`,
  'spend.unpaid': ({ what }) => `took back that${quoted(what)} was paid`,
  'spend.imported': ({ file }) => `brought spending from${quoted(file)}`,
  'spend.import-undone': ({ file }) => `took back the spending from${quoted(file)}`,
  'ceiling.set': ({ minutesWeekly }) => `gives ${Number(minutesWeekly)} minutes a week at most`,
  'session.done': ({ activity }) => `did a session:${quoted(plainCode(text(activity)))}`,
  'session.skipped': ({ activity }) => `left a session out:${quoted(plainCode(text(activity)))}`,
  'session.reopened': ({ activity }) => `opened a session again:${quoted(plainCode(text(activity)))}`,
  'session.moved': ({ activity, to }) => `moved a session to ${dayOr(text(to))}:${quoted(plainCode(text(activity)))}`,
  'session.moved-back': ({ activity }) => `moved a session back:${quoted(plainCode(text(activity)))}`,
  'session.led-moved': ({ activity }) => `moved a session of somebody else:${quoted(plainCode(text(activity)))}`,
  'session.led-handed-over': ({ activity }) => `gave a session to somebody else:${quoted(plainCode(text(activity)))}`,
  'session.led-done': ({ activity }) =>
    `said that a session of somebody else is done:${quoted(plainCode(text(activity)))}`,
  'session.led-skipped': ({ activity }) => `left out a session of somebody else:${quoted(plainCode(text(activity)))}`,
  'session.led-undone': ({ activity }) =>
    `took back what was changed in a session of somebody else:${quoted(plainCode(text(activity)))}`,
  'duty.given': ({ day, kind }) => `put somebody on duty on ${dayOr(text(day))}${quoted(plainCode(text(kind)))}`,
  'duty.removed': ({ day }) => `took somebody off duty on ${dayOr(text(day))}`,
  'duty.restored': ({ day }) => `put somebody on duty on ${dayOr(text(day))} after all`,
  'session-feed.made': () => 'made an address of their sessions for a calendar',
  'session-feed.ended': () => 'ended the address of their sessions for a calendar',
  'sessions.made': ({ made, moved, dropped, takenOut }) =>
    `made sessions of the plan: ${Number(made)} new, ${Number(moved)} at another time, ${Number(dropped)} without a place, ${Number(takenOut)} not asked for any more`,
  'sessions.reckoned': ({ missed, madeUp }) =>
    `reckoned what was missed: ${count(Number(missed), 'session')}, ${Number(madeUp)} of them made up`,
  'plan.realignment-proposed': ({ minutes }) => `proposed to go on with ${count(Number(minutes), 'minute')} a week`,
  'plan.realigned': ({ version, reason }) =>
    `let the plan go on with less (version ${Number(version)}):${quoted(reason)}`,
  'plan.realignment-declined': ({ reason }) => `let the plan go on as it is:${quoted(reason)}`,
  'assessment.taken': () => 'looked where the organisation stands',
}

const causeText = (cause: unknown): string => plainCode(text(cause))
