// `npm run eval:text`: judges the model that is there on the validation parts and on the posts that we wrote, and prints the figures.

import { loadEncoder } from '../../src/listening/text/accurate/encoder.ts'
import { classify, loadClassifier } from '../../src/listening/text/classify.ts'
import { evaluate, type Understand } from './evaluate.ts'
import { gatherTexts } from './pool.ts'
import { accurately } from './second-look.ts'

const classifier = loadClassifier()
/** With `--path accurate` the encoder is asked as well. */
const understand: Understand = process.argv.includes('accurate')
  ? accurately(classifier, await loadEncoder())
  : (text, hints) => classify(classifier, text, hints)

for (const { what, figure, words, n, calibration } of evaluate(understand, gatherTexts()))
  console.log(
    `${what}: ${figure} ${words}, n = ${n}${calibration === null ? '' : `, calibration error ${calibration.toFixed(3)}`}`,
  )
