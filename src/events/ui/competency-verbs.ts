// What was done with competencies, certificates, readings and processes, in words.

import { dayOr } from '../../kit/time.ts'
import { plainCode } from '../../kit/words.ts'
import { quoted, type Say, text } from './event-words.ts'

const of = (verb: string): Say => {
  return ({ name }) => `${verb}${quoted(name)}`
}

export const competencyVerbs: Record<string, Say> = {
  'ladder.laid': () => 'laid the ladder of competencies',
  'ladder.ordered': () => 'put the ladder of competencies into another order',
  'competency.added': of('added the competency'),
  'competency.changed': ({ name, reason }) => `changed the competency${quoted(name)}:${quoted(reason)}`,
  'competency.removed': of('took away the competency'),
  'competency.restored': of('brought back the competency'),
  'competency.begun': of('began to learn'),
  'competency.resumed': of('takes up again'),
  'competency.gate-opened': ({ name, measure }) => `saw a gate of${quoted(name)} open: ${plainCode(text(measure))}`,
  'competency.mastered': of('mastered'),
  'competency.set-aside': ({ name, reason }) => `set${quoted(name)} aside:${quoted(reason)}`,
  'competency.observed': of('wrote down what they saw of somebody’s work at'),
  'competency.observation-taken-back': of('took back what they had written about'),
  'competency.observation-put-back': of('let count again what they had written about'),
  'certificate.given': ({ name, until }) =>
    `put on record that somebody has${quoted(name)}${until ? ` until ${dayOr(text(until))}` : ''}`,
  'certificate.ended': of('ended a certificate for'),
  'certificate.resumed': of('let a certificate count again for'),
  'need.said': ({ activity, name }) =>
    name
      ? `said that${quoted(plainCode(text(activity)))} needs${quoted(name)}`
      : `said that anybody may do${quoted(plainCode(text(activity)))}`,
  'need.taken-back': ({ activity }) => `lets${quoted(plainCode(text(activity)))} need what is usual again`,
  'buddy.paired': () => 'gave somebody new a buddy',
  'buddy.ended': () => 'ended a time with a buddy',
  'buddy.resumed': () => 'went on with a buddy after all',
  'reading.added': of('added to the reading list:'),
  'reading.removed': of('took from the reading list:'),
  'reading.restored': of('put back on the reading list:'),
  'reading.read': of('has read'),
  'reading.unread': of('has not read after all:'),
  'process.documented': of('documented the process'),
  'process.revised': ({ name, version, why }) =>
    `put version ${Number(version)} of the process${quoted(name)} in force:${quoted(why)}`,
  'process.kept': of('looked at the process again and kept it:'),
  'process.handed': of('changed who answers for the process'),
  'process.ended': ({ name, reason }) => `ended the process${quoted(name)}:${quoted(reason)}`,
  'process.resumed': of('took up again the process'),
  'process.read': of('has read the process'),
  'publishing-advice.overridden': ({ reason, until }) =>
    `publishes before listening is mastered, until ${dayOr(text(until))}:${quoted(reason)}`,
  'publishing-advice.restored': () => 'lets listening come first again',
}
