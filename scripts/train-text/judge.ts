// `npm run eval:text`: judges the model that is there on the validation parts and on the posts that we wrote, and prints the figures.

import { loadClassifier } from '../../src/listening/text/classify.ts'
import { evaluate } from './evaluate.ts'
import { gatherTexts } from './pool.ts'

for (const { what, figure, words, n, calibration } of evaluate(loadClassifier(), gatherTexts()))
  console.log(
    `${what}: ${figure} ${words}, n = ${n}${calibration === null ? '' : `, calibration error ${calibration.toFixed(3)}`}`,
  )
