// Rules of routing as tables: what holds, what several rules add up to, and where conversations may not be handed.

import { describe, expect, test } from 'vitest'
import { handOverFault, hasDeclined } from './hand-over.ts'
import { decide, type RoutingFacts, type RuleInForce, whatHolds } from './rules.ts'
import { routingConditions, routingRule } from './types.ts'

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
const [account, service, sales, press, topic] = [1, 2, 3, 4, 5].map(id) as [string, string, string, string, string]

const usual: RoutingFacts = {
  accountId: account,
  saidAs: 'comment',
  intents: ['question', 'complaint'],
  sentiment: 'negative',
  language: 'pt-BR',
  text: 'Where is my REFUND?\nNobody answers, naïve as I am.',
  topicIds: [topic],
  authorState: 'critic-followed',
  campaignId: null,
}

describe('conditions', () => {
  test.each<[string, object, string[] | null]>([
    ['nothing asked for', {}, []],
    ['one of several intents', { intents: ['praise', 'complaint'] }, ['intent: complaint']],
    ['a language holds for its parts', { languages: ['pt'] }, ['language: pt']],
    ['but not for another that begins so', { languages: ['p'] }, null],
    ['a word whatever its case', { words: ['Refund'] }, ['words: Refund']],
    ['no part of a word', { words: ['fund'] }, null],
    ['the beginning of one, where asked for', { words: ['nob*'] }, ['words: nob*']],
    ['a phrase over the end of a line', { words: ['refund? nobody'] }, ['words: refund? nobody']],
    ['a word with an accent, written otherwise', { words: ['nai\u0308ve'] }, ['words: nai\u0308ve']],
    [
      'everything that is given',
      { sentiments: ['negative'], topicIds: [topic], authorStates: ['critic-followed'] },
      ['sentiment: negative', `topic: ${topic}`, 'author: critic-followed'],
    ],
    ['one that does not hold is enough', { sentiments: ['negative'], saidAs: ['mail'] }, null],
    ['a campaign, where there is none', { campaignIds: [service] }, null],
  ])('%s', (_, conditions, expected) => {
    expect(whatHolds(routingConditions.parse(conditions), usual)).toEqual(expected)
  })

  test('where words stand without spaces one may stand inside', () => {
    const facts = { ...usual, text: '昨日から返金を待っています' }
    expect(whatHolds(routingConditions.parse({ words: ['返金'] }), facts)).toEqual(['words: 返金'])
  })
})

const rule = (name: string, actions: object, more: object = {}): RuleInForce => ({
  id: name,
  rule: routingRule.parse({ name, actions, ...more }),
})

describe('decisions', () => {
  test('the first that says a thing decides it; skills and tags add up until one stops', () => {
    const found = decide(
      [
        rule(
          'language',
          { requiredSkills: ['pt'], tags: ['portuguese'] },
          { conditions: { languages: ['pt'] }, afterwards: 'go-on' },
        ),
        rule('never', { departmentId: press }, { conditions: { saidAs: ['mail'] } }),
        rule(
          'complaints',
          {
            departmentId: service,
            priority: 'high',
            additionalSkills: [
              { skill: 'refunds', priority: 2 },
              { skill: 'pt', priority: 1 },
            ],
            tags: ['portuguese', 'complaint'],
          },
          { conditions: { intents: ['complaint'] }, afterwards: 'go-on' },
        ),
        rule('questions', { departmentId: sales, priority: 'low' }, { conditions: { intents: ['question'] } }),
        rule('rest', { tags: ['rest'] }),
      ],
      usual,
    )
    expect(found).toMatchObject({
      departmentId: service,
      priority: 'high',
      requiredSkills: ['pt'],
      additionalSkills: [{ skill: 'refunds', priority: 2 }],
      tags: ['portuguese', 'complaint'],
    })
    const { department, priority, skills, tags } = found.reasons
    expect(department).toEqual({ ruleId: 'complaints', name: 'complaints', held: ['intent: complaint'] })
    expect(priority?.ruleId).toBe('complaints')
    expect(skills.map(({ ruleId }) => ruleId)).toEqual(['language', 'complaints'])
    expect(tags.map(({ ruleId }) => ruleId)).toEqual(['language', 'complaints'])
  })

  test('where nothing holds nothing is decided', () => {
    expect(decide([rule('mail', { departmentId: press }, { conditions: { saidAs: ['mail'] } })], usual)).toMatchObject({
      departmentId: null,
      priority: 'normal',
      reasons: { department: null, priority: null, skills: [], tags: [] },
    })
  })
})

describe('hand-overs', () => {
  const at = (minute: number) => new Date(Date.parse('2026-11-30T09:00:00Z') + minute * 60_000)
  const toProduct = { from: service, to: press, at: at(1) }
  const back = { from: press, to: service, at: at(2) }

  test('there and back with an answer is fine; there again is ping-pong until something comes to or from the customer', () => {
    expect(handOverFault(toProduct, { past: [], lastWordAt: null })).toBeNull()
    expect(handOverFault(back, { past: [toProduct], lastWordAt: at(0) })).toBeNull()
    const past = [toProduct, back]
    expect(handOverFault(toProduct, { past, lastWordAt: at(0) })).toEqual({ code: 'ping-pong', params: { times: 1 } })
    expect(handOverFault({ from: service, to: sales }, { past, lastWordAt: at(0) })).toBeNull()
    expect(handOverFault(toProduct, { past, lastWordAt: at(3) })).toBeNull()
    expect(handOverFault({ from: sales, to: sales }, { past, lastWordAt: null })?.code).toBe('same-department')
  })

  test('a department that handed it on is not routed to again by rules', () => {
    const facts = { past: [toProduct], lastWordAt: at(0) }
    expect([hasDeclined(service, facts), hasDeclined(press, facts)]).toEqual([true, false])
    expect(hasDeclined(service, { ...facts, lastWordAt: at(5) })).toBe(false)
  })
})
