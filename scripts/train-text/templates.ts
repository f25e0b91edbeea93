// Sentences made from patterns, for intents that are too rare in the labelled texts: made by us, marked as such in the model card.

import type { Intent } from '../../src/listening/text/types.ts'
import { seeded } from './random.ts'

const words: Record<string, string[]> = {
  role: [
    'sales assistant',
    'software engineer',
    'nurse',
    'store manager',
    'data analyst',
    'truck driver',
    'designer',
    'barista',
    'project manager',
    'accountant',
    'teacher',
    'social media manager',
  ],
  city: ['Berlin', 'London', 'Austin', 'Oslo', 'Madrid', 'Toronto', 'Leeds', 'Denver', 'Vienna', 'Dublin'],
  thing: [
    'bike',
    'phone',
    'jacket',
    'laptop',
    'coffee machine',
    'headphones',
    'sofa',
    'running shoes',
    'camera',
    'tent',
    'dress',
    'monitor',
  ],
  topic: [
    'data privacy',
    'rising rents',
    'the recall',
    'train delays',
    'school lunches',
    'the merger',
    'climate targets',
    'layoffs',
    'the data breach',
    'small shops',
  ],
  paper: [
    'the Daily News',
    'City Radio',
    'the Evening Post',
    'a local paper',
    'our magazine',
    'Channel 8',
    'the business desk',
  ],
  prize: ['iPhone', 'gift card', 'PS5', 'holiday', 'laptop', '$500', 'bitcoin'],
  name: ['@user', '@user @user', ''],
}

const sentences: Partial<Record<Intent, string[]>> = {
  job: [
    "We're hiring a {role} in {city}! Apply now",
    'New vacancy: {role}, {city}, full time',
    '#job {role} in {city} #hiring',
    'Join our team as a {role}, send your CV to us',
    '{name} are you hiring in {city}? I am a {role}',
    'I am looking for a job as {role} in {city}, any leads?',
    'Job alert: {role} wanted, {city}, great benefits',
    'Had a job interview as {role} today',
    '{name} do you offer internships for a {role}?',
    'Open position: {role} (m/f/d), start as soon as possible',
    'who is recruiting a {role} around {city} right now',
  ],
  press: [
    '{name} hi, I am a journalist with {paper}, working on a piece about {topic}. Can you comment?',
    'Reporter for {paper} here. Who can I talk to about {topic}? Deadline tonight',
    'Press release: new report on {topic}',
    '{name} could your press office get in touch? Writing about {topic} for {paper}',
    'BREAKING: company confirms {topic}, spokesperson says',
    'Our interview with the CEO on {topic} is in {paper} today',
    '{paper} reports on {topic} in {city}',
    'Looking for people to interview about {topic} for {paper}, DM me',
    'Media enquiry: request for comment on {topic}',
    '{city}: officials announce plan on {topic}, {paper} says',
  ],
  purchase: [
    'Where can I buy this {thing} in {city}?',
    'I want to buy a new {thing}, any recommendations?',
    '{name} is the {thing} back in stock?',
    'how much is the {thing} {name}',
    'just ordered the new {thing}, arrives on friday',
    'Thinking about getting a {thing}, is it worth it?',
    'I need a new {thing} asap',
    '{name} do you ship the {thing} to {city}?',
    'should I get the {thing} or wait for the sale',
    'added the {thing} to my cart',
    'shut up and take my money {name} that {thing} is gorgeous',
    'which {thing} would you buy under 200',
  ],
  spam: [
    'WIN a free {prize}! Follow and RT to enter',
    'Get your free {prize} now, click the link in bio',
    'Earn {prize} a day from home, DM for details',
    'FREE {prize} giveaway!!! tag 3 friends and follow back',
    'Cheap followers and likes, 100% real, check out my page',
    'Claim your {prize} bonus today, sign up now, limited offer',
    'I made {prize} in one week with this simple trick, click here',
    'follow me and I follow back #followback #f4f #teamfollow',
    'casino bonus: {prize} for every new player, promo code WIN',
    'crypto airdrop, get {prize} free, link below',
  ],
  suggestion: [
    '{name} please add a {thing} option for {city}',
    '{name} it would be great if you offered the {thing} in more colours',
    'you should open a shop in {city} {name}',
    'feature request {name}: sort by price',
    '{name} I wish your {thing} had a longer warranty',
    '{name} why not lend out a {thing} for a day?',
    'suggestion {name}: sell the {thing} without the plastic',
    '{name} maybe you could send a message before the {thing} arrives',
    'would love to see a smaller {thing} from {name}',
    '{name} have you thought about a {thing} for kids?',
  ],
}

/** `each` sentences for every intent that has patterns, the same at each run. */
export function madeSentences(each = 150): { text: string; intent: Intent }[] {
  const random = seeded(11)
  const pick = (from: string[]): string => from[Math.floor(random() * from.length)]!
  const made = new Map<string, Intent>()
  for (const [intent, patterns] of Object.entries(sentences) as [Intent, string[]][])
    for (let at = 0; at < each; at++) {
      const text = pick(patterns).replaceAll(/\{(\w+)\}/g, (_, name: string) => pick(words[name]!))
      made.set(at % 3 === 0 ? text.toLowerCase().trim() : text.trim(), intent)
    }
  return [...made].map(([text, intent]) => ({ text, intent }))
}
