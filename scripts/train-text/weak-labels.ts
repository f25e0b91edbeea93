// Rules that label intents where no labelled texts exist. The model learns from their answers and from what stands around them.

import { type Intent, intents } from '../../src/listening/text/types.ts'

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

const hashtags = /#[\p{L}\p{N}_]+/gu

/** For each intent: does the rule see it? */
export const seenByRules = (text: string): boolean[] =>
  intents.map(
    (intent) => patterns[intent].test(text) || (intent === 'spam' && (text.match(hashtags)?.length ?? 0) >= 8),
  )
