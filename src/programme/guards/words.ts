// What an alarm says, and what to do about it: in the app and by mail in the same words.

import type { Facts } from './causes.ts'
import type { CauseName } from './types.ts'

interface Words {
  /** What was found, in a sentence. */
  says: string
  todo: string
}

const of = (facts: Facts, name: string): number => Number(facts[name] ?? 0)
const inMinutes = (minutes: number): string => `${Math.round(minutes)} minutes`
const teamName = (facts: Facts): string => (facts.team ? String(facts.team) : 'The people without a department')

const words: Record<CauseName, (facts: Facts) => Words> = {
  ceiling: (facts) => ({
    says: `${facts.person} does ${inMinutes(of(facts, 'minutes'))} in a week, above the ceiling of ${of(facts, 'ceiling')}`,
    todo: 'Hand some of the next sessions to somebody else, or drop light ones. A ceiling is lifted by its person alone.',
  }),
  ratio: (facts) => ({
    says: `${facts.person} did ${of(facts, 'ratio')} times as much as in the weeks before`,
    todo: 'Plan the next week near what was usual, and let it grow slowly from there.',
  }),
  monotony: (facts) => ({
    says: `The days of ${facts.person} are all alike, and there are many minutes in them`,
    todo: 'Put hard work together on some days, and leave others light or free.',
  }),
  'team-ceiling': (facts) => ({
    says: `${teamName(facts)}: ${inMinutes(of(facts, 'minutes'))} in a week, above the ${of(facts, 'ceiling')} that its people give together`,
    todo: 'Plan less for the team, ask another department to take over a part, or let more people take part.',
  }),
  'one-person': (facts) => ({
    says: `One of ${of(facts, 'people')} people does ${of(facts, 'percent')} % of the work`,
    todo: 'Give the work a second owner, who takes part of it; begin with what can be learned in a week.',
  }),
  'one-department': (facts) => ({
    says: `${facts.department ? facts.department : 'People without a department'} does ${of(facts, 'percent')} % of the work of all departments`,
    todo: 'Ask a second department to take over one channel or one kind of question.',
  }),
  'over-extension': (facts) => ({
    says: `${of(facts, 'count')} accounts were opened within ${of(facts, 'days')} days: ${facts.names}`,
    todo: 'Let the first of them run by itself before the next; rest or close the others. If one was opened long ago, say when.',
  }),
  dormant: (facts) => ({
    says: of(facts, 'never')
      ? `Nothing ever came of ${facts.account}: it is silent for ${of(facts, 'days')} days`
      : `${facts.account} is silent for ${of(facts, 'days')} days`,
    todo: 'Plan something small for it each week, or close it so that nobody waits there for an answer.',
  }),
  invisible: (facts) => ({
    says: `Nobody could see you for ${of(facts, 'hours')} hours: nothing of yours is alive, and nothing was answered`,
    todo: 'Answer somebody or send a short post today, and look at the rota: presence is its duty, never that of one person.',
  }),
  sprint: (facts) => ({ says: `This looks like a sprint: ${facts.reasons}`, todo: String(facts.todo ?? '') }),
  'budget-line': (facts) => moneyWords(facts),
  'budget-time': (facts) => moneyWords(facts),
  quit: (facts) => ({
    says: `Nothing was posted or answered for ${of(facts, 'days')} days, after a time in which there was much`,
    todo: 'Go on with half of what you did last, or end the programme with its reasons so that nobody waits.',
  }),
}

function moneyWords(facts: Facts): Words {
  const spent = facts.committed ? `${facts.actual} spent and ${facts.committed} ordered` : `${facts.actual} spent`
  if (!facts.line)
    return {
      says: `Nothing is planned for ${facts.kind === 'other' ? 'other things' : facts.kind} in the budget of ${facts.year}: ${spent}`,
      todo: 'Write a line for it into a new version of the budget, or stop it.',
    }
  if (facts.forecast)
    return {
      says: `“${facts.line}” is on its way above its plan: at the pace of ${facts.year} so far it comes to ${facts.forecast}, planned are ${facts.plan}`,
      todo: 'Spend less in the months that are left, or write a new version of the budget while there is time: somebody has to approve it.',
    }
  return {
    says: `“${facts.line}” is above its plan for ${facts.year}: ${spent}, planned are ${facts.plan}`,
    todo: 'Take back what can be taken back, or move money from another line by a new version of the budget: somebody has to approve it.',
  }
}

/** Facts come from the database: an alarm of an older version is read too. */
export const alarmWords = (cause: string, facts: Facts): Words =>
  Object.hasOwn(words, cause) ? words[cause as CauseName](facts) : { says: cause, todo: '' }
