// Which conversations are appropriate to answer, and how: from what people say of them, and else from what the machine understands.

import type { SaidMark } from '../../connectors/converse.ts'
import type { Likely, Understanding } from '../../listening/text/types.ts'
import type { Consideration, PostKind, TriageAnswers, TriageQuestion, Verdict, Way } from './types.ts'

export interface TriageFacts {
  answers: Partial<TriageAnswers>
  /** null: it was not understood. */
  understood: Pick<Understanding, 'sentiment' | 'intents' | 'offensive' | 'crisis'> | null
  /** Said to us: a message, a mail, a comment with us, a mention of our name. Else only about us. */
  isToUs: boolean
  isPrivate: boolean
  /** What its network says of it: that a program wrote it, that it is spam. */
  marks: readonly SaidMark[]
  author: {
    /** Texts of this author that were understood before, and how many of them were offensive. */
    texts: number
    offensive: number
    /** Hears or is heard by many: from what listening knows. */
    isHeard: boolean
    /** Asked not to be written to, or we decided so. */
    doNotContact: boolean
  }
}

export interface Triage {
  verdict: Verdict
  way: Way | null
  kind: PostKind | null
  /** Whoever must know is told: what is monitored in silence, or dangerous. */
  inform: boolean
  reason: { code: string; params: Record<string, string | number> }
  /** Whose word decided. */
  by: Grounds['by']
  considerations: Consideration[]
  /** What a person has to say for it to be decided. */
  open: TriageQuestion[]
}

/** Below, the machine alone leaves nobody unanswered. */
const sureEnough = 0.8
/** Of so many texts of one author more than half were offensive: probably a troll. */
const textsOfTroll = 4
const shareOfTroll = 0.5

export function assess(facts: TriageFacts): Triage {
  return before(facts) ?? (readTone(facts).is === true ? ofPraise(facts) : ofRest(facts))
}

/** What needs no reading of tone. */
function before(facts: TriageFacts): Triage | null {
  const [danger, spam] = [told(facts, 'danger'), told(facts, 'spam')]
  if (danger.is) return end(facts, 'danger', { verdict: 'decide', way: 'raise', inform: true, by: danger.by })
  const wrote = facts.marks.find((mark) => mark === 'automatic' || mark === 'bounce')
  if (wrote) return silence(facts, 'automatic', 'let-stand', { by: 'network', probability: 1 })
  if (spam.is) return silence(facts, 'spam', 'moderate', spam)
  if (facts.author.doNotContact && !facts.isToUs)
    return { ...silence(facts, null, 'let-stand', { by: 'person', probability: 1 }), reason: because('do-not-contact') }
  return null
}

/** Agree, let stand, or share the success. */
function ofPraise(facts: TriageFacts): Triage {
  const [tone, question] = [readTone(facts), told(facts, 'question')]
  if (question.is) return answer(facts, 'question', 'reply', question)
  if (facts.author.isHeard && !facts.isPrivate) return answer(facts, 'praise', 'share-success', tone)
  return facts.isToUs ? answer(facts, 'praise', 'concur', tone) : silence(facts, 'praise', 'let-stand', tone)
}

/** Troll, rager, misguided, unhappy customer, in this order; then questions and remarks. */
function ofRest(facts: TriageFacts): Triage {
  const { answers } = facts
  const [question, complaint] = [told(facts, 'question'), told(facts, 'badExperience')]
  const troll = trollOf(facts)
  if (troll.is)
    return { ...silence(facts, 'troll', 'monitor', troll), reason: because('troll', paramsOf(facts, troll)) }
  if (answers.rages) return silence(facts, 'rager', 'monitor', byPerson)
  if (answers.wrongFacts) return answer(facts, 'misguided', 'fix-facts', byPerson)
  if (complaint.is) return answer(facts, 'unhappy-customer', 'restore', complaint)
  if (question.is) return answer(facts, 'question', 'reply', question)
  // Swearing of somebody to whom nothing happened and who asks for nothing.
  if (facts.understood?.offensive?.is && answers.rages !== false)
    return silence(facts, 'rager', 'monitor', { by: 'machine', probability: facts.understood.offensive.probability })
  const tone = readTone(facts)
  const unsaid = (questions: TriageQuestion[]) => questions.filter((each) => answers[each] == null)
  const ofKind = unsaid(['badExperience', 'wrongFacts', 'rages', 'provokes'])
  if (tone.is === false && ofKind.length > 0) return undecided(facts, 'negative-of-unknown-kind', ofKind)
  const ofTone = unsaid(['positive', 'question'])
  if (facts.understood === null && answers.positive == null) return undecided(facts, 'not-understood', ofTone)
  const wants = wishOf(facts)
  if (wants) return answer(facts, 'remark', 'reply', wants)
  return facts.isToUs ? answer(facts, 'remark', 'concur', tone) : silence(facts, 'remark', 'let-stand', tone)
}

interface Grounds {
  by: 'person' | 'network' | 'machine'
  probability: number
}
type Answered = Grounds & { is: boolean | null }

const byPerson: Answered = { is: true, by: 'person', probability: 1 }

/** true: it speaks well of us; false: badly; null: neither, or not known. */
function readTone({ answers, understood }: TriageFacts): Answered {
  if (answers.positive != null) return { is: answers.positive, by: 'person', probability: 1 }
  if (!understood) return { is: null, by: 'machine', probability: 0 }
  const { label, probability } = understood.sentiment
  return { is: label === 'neutral' ? null : label === 'positive', by: 'machine', probability }
}

/** What a person says of it, else the machine. */
function told(
  { answers, understood, marks }: TriageFacts,
  question: 'danger' | 'spam' | 'question' | 'badExperience',
): Answered {
  const said = answers[question]
  if (said != null) return { is: said, by: 'person', probability: 1 }
  if (question === 'spam' && marks.includes('spam')) return { is: true, by: 'network', probability: 1 }
  const intents = understood?.intents
  const likely: Record<typeof question, Likely | null | undefined> = {
    danger: understood?.crisis,
    spam: intents?.spam,
    question: intents?.question,
    badExperience: intents?.complaint,
  }
  const found = likely[question]
  return { is: found?.is ?? null, by: 'machine', probability: found?.probability ?? 0 }
}

/** By machine only for somebody who has been so again and again, and not while something went wrong for them. */
function trollOf(facts: TriageFacts): Answered {
  const { answers, author, understood } = facts
  if (answers.provokes != null) return { is: answers.provokes, by: 'person', probability: 1 }
  const usual = author.texts >= textsOfTroll && author.offensive / author.texts > shareOfTroll
  const nothingWrong = !answers.wrongFacts && !told(facts, 'badExperience').is
  const isIt = usual && nothingWrong && understood?.offensive?.is === true
  return { is: isIt, by: 'machine', probability: understood?.offensive?.probability ?? 0 }
}

/** Wishes that are no question and want an answer all the same. */
function wishOf({ understood }: TriageFacts): Grounds | null {
  const intents = understood?.intents
  const found = (['purchase', 'job', 'press', 'suggestion'] as const)
    .map((each) => intents?.[each])
    .find((each) => each?.is)
  return found ? { by: 'machine', probability: found.probability } : null
}

const because = (code: string, params: Record<string, string | number> = {}): Triage['reason'] => ({ code, params })

const paramsOf = ({ author }: TriageFacts, { by }: Grounds): Record<string, number> =>
  by === 'person' ? {} : { texts: author.texts, offensive: author.offensive }

const answer = (facts: TriageFacts, kind: PostKind, way: Way, { by }: Grounds): Triage =>
  end(facts, kind, { verdict: 'answer', way, by })

/** To leave somebody unanswered who spoke to us takes a person, or a machine that is sure; in private it takes a person. */
function silence(facts: TriageFacts, kind: PostKind | null, way: Way, { by, probability }: Grounds): Triage {
  const isSafe = by !== 'machine' || !facts.isToUs || (probability >= sureEnough && !facts.isPrivate)
  const verdict = isSafe ? 'do-not-answer' : 'decide'
  return end(facts, kind, { verdict, way, by, inform: kind === 'troll', open: isSafe ? [] : asked[kind ?? 'remark'] })
}

const asked: Record<PostKind, TriageQuestion[]> = {
  praise: ['positive'],
  question: ['question'],
  remark: ['question'],
  'unhappy-customer': ['badExperience'],
  misguided: ['wrongFacts'],
  rager: ['rages', 'badExperience'],
  troll: ['provokes', 'badExperience'],
  spam: ['spam'],
  automatic: [],
  danger: ['danger'],
}

const undecided = (facts: TriageFacts, code: string, open: TriageQuestion[]): Triage => ({
  ...end(facts, null, { verdict: 'decide', way: null, by: 'machine', open }),
  reason: because(code),
})

function end(
  facts: TriageFacts,
  kind: PostKind | null,
  found: Pick<Triage, 'verdict' | 'way' | 'by'> & Partial<Pick<Triage, 'inform' | 'open'>>,
): Triage {
  return {
    inform: false,
    open: [],
    kind,
    reason: because(kind ?? 'remark'),
    considerations: considered(facts, kind, found),
    ...found,
  }
}

function considered(
  facts: TriageFacts,
  kind: PostKind | null,
  { verdict, way }: Pick<Triage, 'verdict' | 'way'>,
): Consideration[] {
  if (verdict !== 'answer') return []
  const inTime = kind === 'unhappy-customer' || kind === 'question' || kind === 'misguided'
  const found: [Consideration, boolean][] = [
    // Who we are, and for whom we speak, belongs into every answer.
    ['transparency', true],
    ['sourcing', way === 'fix-facts'],
    ['timeliness', inTime],
    ['tone', kind === 'unhappy-customer' || kind === 'misguided'],
    ['influence', facts.author.isHeard],
  ]
  return found.flatMap(([each, holds]) => (holds ? [each] : []))
}
