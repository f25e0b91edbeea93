// npm run bench:listen: posts a second of processor time through reading, matching and understanding, against JSON.parse of the same bytes in the same run.

import { loadClassifier } from '../../src/listening/text/classify.ts'
import { readArguments } from '../arguments.ts'
import { judge, printMachine, printTable } from '../report.ts'
import { median } from '../statistics.ts'
import { rateClassifiers } from './classify.ts'
import { topicsThatFit } from './fitting.ts'
import { indexOf, rateMatching, rateReading, readWire, sources } from './match.ts'
import { loadTexts } from './texts.ts'
import { rateWhole, rateWriting, readyLots, setUpListening } from './whole.ts'
import { makeWires } from './wires.ts'

const given = readArguments({
  posts: '100000',
  topics: '10000',
  runs: '5',
  texts: '../shared/data/text',
  // Read, matched, understood and stored as the worker does it. Ten million show whether memory stays where it was.
  whole: '1000000',
  rows: '100000',
})
const [count, topicCount, runs] = [Number(given.posts), Number(given.topics), Number(given.runs)]

const { texts, origin } = loadTexts(given.texts)
const wires = makeWires(Array.from({ length: count }, (_, at) => texts[(at * 7919) % texts.length]!))
const topics = await topicsThatFit({ folder: given.texts, topics: topicCount, share: 0.05 })
const [many, few] = [indexOf(topics), indexOf(topics.slice(0, topicCount / 100))]

// The first run warms up: it teaches the indexes which words are rare, and the engine the code.
const again = <Rates>(rate: () => Rates): Rates[] => Array.from({ length: runs + 1 }, rate).slice(1)
const read = again(() => rateReading(wires, many))
// Afterwards: it keeps what it reads.
const posts = wires.map((wire) => ({ ...readWire(wire)!, sources }))
const matched = again(() => rateMatching(posts, many, few))
const rated = read.map((each, run) => ({ ...each, ...matched[run]! }))
const middle = (key: keyof (typeof rated)[number]): number => median(rated.map((each) => each[key]))

printMachine({
  runs: String(runs),
  posts: `${count} of ${Math.round(wires.reduce((sum, wire) => sum + wire.length, 0) / count)} bytes, texts: ${origin}`,
  topics: `${topicCount}, ${(middle('share') * 100).toFixed(1)} % of posts match, ${middle('candidates').toFixed(1)} looked at for each`,
})
const row = (what: string, key: keyof (typeof rated)[number]) => [
  what,
  middle(key),
  Math.min(...rated.map((each) => each[key])),
  Math.max(...rated.map((each) => each[key])),
  middle(key) / middle('jsonParse'),
]
printTable(
  'posts a second of processor time',
  ['part', 'median', 'least', 'most', 'of JSON.parse'],
  [
    row('JSON.parse of the bytes', 'jsonParse'),
    row('parse', 'parse'),
    row(`match, ${topicCount} topics`, 'match'),
    row(`match, ${topicCount / 100} topics`, 'fewTopics'),
    row('parse + match', 'parseAndMatch'),
  ],
)

const understood = rateClassifiers(
  loadClassifier(),
  // All of them: of a few the words would all be remembered from the round before.
  wires.map((wire) => wire.toString()),
  (wire) => readWire(Buffer.from(JSON.stringify(wire)))?.text ?? '',
)
printTable(
  'understanding, posts a second of processor time',
  ['part', 'posts', 'rate', 'of JSON.parse'],
  (['parse', 'language', 'scores', 'whole'] as const).map((part) => [
    part,
    understood.posts,
    understood[part],
    understood[part] / understood.parse,
  ]),
)
const listening = await setUpListening(topics)
const [written, whole] = await (async () => {
  try {
    return [
      await rateWriting(listening, await readyLots(listening, wires, Number(given.rows))),
      await rateWhole(listening, wires, Number(given.whole)),
    ] as const
  } finally {
    await listening.close()
  }
})()
printTable(
  'as the worker does it, with the embedded database beside it',
  ['part', 'posts', 'a second', 'of JSON.parse'],
  [
    ...(
      [
        ['on the wall clock', written.wall],
        ['of our processor time', written.own],
        ['of processor time of the database', written.database],
      ] as const
    ).map(([clock, rate]) => [`write, mentions ${clock}`, written.mentions, rate, rate / middle('jsonParse')]),
    ['whole, of our processor time', whole.posts, whole.whole, whole.whole / middle('jsonParse')],
    ['whole, with that of the database', whole.posts, whole.withDatabase, whole.withDatabase / middle('jsonParse')],
    ['whole, on the wall clock', whole.posts, whole.wall, whole.wall / middle('jsonParse')],
  ],
)
const rowRate = written.wall * written.rowsEach
console.log(
  `a mention written is ${written.rowsEach.toFixed(2)} rows of tables (itself, under topics, counts, people): ${Math.round(rowRate)} rows a second on the wall clock`,
)
console.log(
  `${whole.stored} of them stored; megabytes after each tenth: ${whole.resident.join(' ')}, objects ${whole.heap.join(' ')}`,
)

judge([
  { what: 'whole, posts a second of processor time', value: whole.whole, least: 20_000 },
  {
    what: 'mentions a second written into the embedded database, on the wall clock',
    value: written.wall,
    least: 10_000,
  },
  {
    what: 'rows of tables a second written into the embedded database, on the wall clock',
    value: rowRate,
    least: 10_000,
  },
  {
    what: 'memory of the last tenth against that after half of it',
    value: whole.resident.at(-1)! / whole.resident[Math.floor(whole.resident.length / 2)]!,
    most: 1.1,
  },
  {
    what: 'all classifiers and the language, posts a second of processor time',
    value: understood.whole,
    least: 10_000,
  },
  { what: 'parse + match, posts a second of processor time', value: middle('parseAndMatch'), least: 60_000 },
  {
    what: `time of ${topicCount} topics against ${topicCount / 100}`,
    value: middle('fewTopics') / middle('match'),
    most: 4,
  },
])
