// The exercises that Longrun brings. An organisation changes them, retires them and adds its own; nobody in them exists.

import type { Exercise } from './types.ts'

const id = (number: number): string => `5d7111e5-0000-7000-8000-${String(number).padStart(12, '0')}`

export const startingSet: readonly Exercise[] = [
  {
    ...{ id: id(1), kind: 'complaint', way: 'restore', title: 'Third parcel that came broken' },
    words:
      'This is the third time. The THIRD. I order a lamp, you send me shards. Your form asks me for a photo every time and then nobody answers. I have really had it with you.',
    good: 'Says sorry for exactly what happened, three times broken and nobody answering, without “if” and without blaming the carrier. Says what happens now, by whom and by when, and takes it on without asking for the photo again. Moves the details to a private message.',
  },
  {
    ...{ id: id(2), kind: 'complaint', way: 'restore', title: 'Waited all day for nobody' },
    words:
      'Took a day off because your fitter was to come between 8 and 4. Nobody came, nobody called. Now the hotline says the next date is in three weeks?',
    good: 'Names the lost day and takes the blame for it. Does not defend the three weeks, but says who looks for an earlier date and when they hear of it. No standard phrase.',
  },
  {
    ...{ id: id(3), kind: 'question', way: 'reply', title: 'A question nobody here can answer' },
    words:
      'Do you know whether the coating of the blue pan contains PFAS? Not “is it safe”, I would like to know whether it is in there.',
    good: 'Says openly that the one who writes does not know, who is asked, and when the answer comes. Does not guess, does not answer another question such as whether it is safe, and comes back by the time it named.',
  },
  {
    ...{ id: id(4), kind: 'question', way: 'reply', title: 'Open on the holiday?' },
    words: 'Are you open on the holiday on Thursday, or do I stand before a closed door again?',
    good: 'Answers in the first sentence, with the hours or where they can be read. Takes up the “again” in half a sentence instead of passing over it.',
  },
  {
    ...{ id: id(5), kind: 'praise', way: 'share-success', title: 'A repair that moved somebody' },
    words:
      'Had my grandfather’s radio mended in your workshop. It plays again, and I sat in the kitchen and cried a little. Thank you to whoever did that.',
    good: 'Thanks in words that belong to this story, passes it on to whoever did the work, and asks whether it may be shown. Sells nothing and asks for no rating.',
  },
  {
    ...{ id: id(6), kind: 'praise', way: 'concur', title: 'Short praise' },
    words: 'Your people in the shop are simply nice. That was it, carry on.',
    good: 'Short and warm, as the praise is. Tells the people in the shop. More words than the praise had are too many.',
  },
  {
    ...{ id: id(7), kind: 'insult', way: 'monitor', title: 'Insult without a matter' },
    words: 'What a bunch of clowns you are. Everybody who works there should be ashamed. Losers.',
    good: 'Is not answered: nothing is asked and nothing can be put right. Watch whether it goes on, and let colleagues know. Should it turn against a person, moderate. No irony, no “we are sorry that you feel so”.',
  },
  {
    ...{ id: id(8), kind: 'insult', way: 'restore', title: 'Insult with a real matter in it' },
    words:
      'You thieves have taken my money TWICE for the same ticket, and your idiotic chat robot does not even understand the word “double”!!!',
    good: 'Hears the matter behind the insult: money taken twice. Says sorry for that and for the robot, a person takes it over and says by when, in private. Does not scold for the tone and does not take it up.',
  },
  {
    ...{ id: id(9), kind: 'misguided', way: 'fix-facts', title: 'Wrong claim that is being shared' },
    words:
      'Just so everybody knows: they throw away everything that is sent back. All of it, brand new. Saw it on television. Share this!',
    good: 'Says what is true in one sentence, with a source that can be looked up, and admits what part is true if some is. Friendly to who wrote it: they may have seen it so. Does not argue on and does not repeat the claim as a headline.',
  },
  {
    ...{ id: id(10), kind: 'misguided', way: 'fix-facts', title: 'Mixed up with another company' },
    words: 'Are you not the ones who had to recall their baby food last year? I would not buy there any more.',
    good: 'Says plainly that it was another company, without naming or blaming it, and where one can read what was recalled. Understands the worry.',
  },
  {
    ...{ id: id(11), kind: 'danger', way: 'raise', title: 'The battery gets hot' },
    words:
      'Is it normal that the battery of the scooter gets so hot when it charges that one can’t touch it? It also smells funny. It stands in the hall, we’re off to bed now.',
    good: 'Answers within minutes what to do now: unplug it, do not charge it, keep away, call the fire service if it smokes. At the same time those of the protocol are told. No “please write to our service”, no discussion about whose fault it is.',
  },
  {
    ...{ id: id(12), kind: 'danger', way: 'raise', title: 'Somebody cannot go on' },
    words: 'Your reminder was the last straw. I can’t do this any more. I really don’t know what I’m still here for.',
    good: 'Takes it seriously and does not leave the person alone: says so in human words, names a crisis line that can be called now, and fetches whoever decides at once. Does not speak of the reminder, except that it waits. Does not leave it for tomorrow.',
  },
  {
    ...{ id: id(13), kind: 'personal-data', way: 'moderate', title: 'Order number and address in public' },
    words:
      'Where is my order 4471902? It should go to 12 Mill Lane, flat 3, name on the bell is the one of my mother, she is home alone all day.',
    good: 'Hides the comment first, as far as the network lets us, and says why in a friendly way. Asks for a private message, and repeats none of what was in it in public. Then sees to the order.',
  },
  {
    ...{ id: id(14), kind: 'personal-data', way: 'moderate', title: 'Details of somebody else' },
    words:
      'Your saleswoman at till 2, the tall one with the red hair, is off sick because of her back, isn’t she? Her neighbour told me. Who do I turn to now?',
    good: 'Confirms and denies nothing about a colleague, hides the comment, and says to whom they can turn now. Does not scold.',
  },
]
