// What somebody wants with a post: rules over its words, together with the sentiment. No free set of labelled posts exists for it.

import { mention, type Tokens } from './scan.ts'
import { type Intent, intents, type Likely } from './types.ts'

/** What people write who want this. Ours, by hand: no labelled posts exist for most of them. */
const patterns: Record<Intent, RegExp> = {
  question:
    /\?(?!\S*[=&])|^(@\S+ )*(who|what|when|where|why|how|which|does anyone|is there|are there|can i|could i|do you|does|did|any idea)\b(?!.*!)/i,
  complaint:
    /\b(still (no|not|waiting|nothing|haven't)|refund|customer (service|support|care)|on hold|doesn'?t work|not working|(is|was|been) (down|broken)|stopped working|never (arrived|came|again)|charged (me|twice)|overcharged|cancel(l?ed|l?ing)? my|waste of (money|time)|rip ?off|scam(med|mers)?|rude|unacceptable|worst (service|company|experience)|terrible service|disappointed|fix (this|your|it)|waited|waiting (for|since)|complain(t|ing)?|delayed|lost my|broken|ridiculous|disgusting|joke of)\b/i,
  suggestion:
    /\b(please (add|make|bring|let us|allow|consider|include|give us)|you (guys )?(should|could) (really |also |just )?(add|have|make|bring|offer|consider|show|do|put|sell|open|try)|should (add|make|bring|offer|consider|introduce)|would be (so |really |very )?(nice|great|good|cool|awesome|helpful|lovely) (if|to have)|wish (you|there|it|they|this) (guys )?(had|would|were|was|could)|feature request|suggestion:|why (not|don'?t you) (add|offer|make|have|just|try|do|let)|needs? (a|an|more) \w+ ?\w* (option|button|mode|feature|setting)|consider (adding|making|offering)|bring back (the|my|your))\b/i,
  praise:
    /\b(thank(s| you)|thx|shout ?out|props|kudos|well done|(great|good|amazing|awesome|excellent|fantastic) (job|work|service|support|experience|team|staff)|hats off|you guys (rock|are)|you rock|impressed|highly recommend|keep (it )?up|respect|bravo|best (service|team|company)|love (you|your|this|it))\b/i,
  purchase:
    /\b(where (can|do|could) (i|we|you) (buy|get|order|purchase)|(want|need|going|gonna|plan(ning)?|thinking (of|about)|ready|about|have|wanna) (to )?(buy|buying|order|ordering|purchase|getting a|get a new)|wanna (buy|order)|just (bought|ordered|pre-?ordered|purchased)|pre-?order(ed|ing)?|(in|out of) stock|take my money|how much (is|does|do|for|are) (the|a|it|this|your|one|these)|looking to buy|bought (a|the|my|some)|buying (a|the|my|one|some)|add(ed)? to (cart|basket)|wish ?list)\b/i,
  job: /\b(we('| a)?re hiring|(is|are|now) hiring|job (opening|offer|alert|vacancy|opportunit\w+|fair|search|hunt)|vacanc(y|ies)|apply (now|here|today|by|online)|join our team|looking for a (new )?(job|role|position)|careers? (at|in|opportunit\w+)|internships?|(send|your|my) (cv|resume)|full[- ]time (job|position|role)|part[- ]time (job|position|role)|recruit(er|ers|ing|ment)|job interview)\b|#(jobs?|hiring|careers?|nowhiring|jobsearch|vacancy)\b/i,
  press:
    /\b(press (release|team|office|inquir\w+|enquir\w+|contact|conference)|journalist|reporter|writing (a|an) (story|article|piece)|for a (story|piece) (on|about)|media (inquir\w+|enquir\w+|contact)|request for comment|interview(ed|s)? (with|by)|interview:|breaking( news)?[:!-]|exclusive:|according to (a|the)|reuters|newswire|spokes(man|woman|person)|told reporters|says? in (a )?statement)\b/i,
  spam: /\b(free (i?phones?|ipads?|gifts?|gift cards?|followers|giveaways?|money|trial|spins)|win (a|an|free|big)|giveaways?|follow ?back|follows? back|follow (me|us) (and|back|for|4)|f4f|like4like|l4l|teamfollow\w*|click (here|the link|below)|link in (my )?bio|make money|\$ ?\d+k? (a|per) (day|week|hour|month)|earn (cash|money|\$)|promo codes?|casino|viagra|airdrop|limited (time )?offer|cheap (followers|likes)|check out my (page|channel|profile|link)|rt (to win|and follow|& follow|\+ follow)|follow ?(\+|and|&) ?rt|dm (me )?for (details|info|promo)|buy (followers|likes)|sign ?up now|gain followers|weight loss)\b/i,
}

/** A post with so many tags is an advertisement, whatever it says. */
const manyTags = 8
const tag = /#[\p{L}\p{N}_]+/gu

/** Where the rule finds its words; null: nowhere. */
export function findIntent(intent: Intent, text: string): { start: number; end: number } | null {
  const found = patterns[intent].exec(text)
  if (found) return { start: found.index, end: found.index + found[0].length }
  if (intent !== 'spam' || !text.includes('#')) return null
  const tags = [...text.matchAll(tag)]
  return tags.length < manyTags ? null : { start: tags[0]!.index, end: tags.at(-1)!.index + tags.at(-1)![0].length }
}

/** How often the words of a rule mean it, and how often it is meant without them: measured on the posts of scripts/train-text/judging, drawn towards a half. */
const trust: Record<Intent, { found: number; missed: number }> = {
  question: { found: 0.7, missed: 0.02 },
  complaint: { found: 0.9, missed: 0.1 },
  suggestion: { found: 0.75, missed: 0.01 },
  praise: { found: 0.9, missed: 0.15 },
  purchase: { found: 0.75, missed: 0.03 },
  job: { found: 0.8, missed: 0.01 },
  press: { found: 0.8, missed: 0.01 },
  spam: { found: 0.8, missed: 0.01 },
}
/** Said to somebody, a strong mood is a complaint or praise more often than not, even in words that no rule knows. */
const spokenTo = 0.6
/** A question of an angry person seldom wants an answer. */
const rhetorical = 0.5

export function intentsOf(text: string, tokens: Tokens, [negative, , positive]: number[]): Record<Intent, Likely> {
  const addressed = isAddressed(tokens)
  const all = intents.map((intent) => {
    const isFound = findIntent(intent, text) !== null
    const { found, missed } = trust[intent]
    let probability = isFound ? found : missed
    if (intent === 'complaint' || intent === 'praise') {
      const mood = intent === 'complaint' ? negative! : positive!
      probability = mood * (isFound ? found : addressed ? spokenTo : missed)
    }
    if (intent === 'question' && isFound) probability *= 1 - negative! * rhetorical
    return [intent, { is: probability >= sayFrom, probability }] as const
  })
  return Object.fromEntries(all) as Record<Intent, Likely>
}

const sayFrom = 0.45

function isAddressed({ kind, count }: Tokens): boolean {
  for (let at = 0; at < count; at++) if (kind[at] === mention) return true
  return false
}
