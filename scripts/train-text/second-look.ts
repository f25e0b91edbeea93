// Both paths as one function, without the thread, for judging.

import type { Encoder } from '../../src/listening/text/accurate/encoder.ts'
import { canRefine, refine } from '../../src/listening/text/accurate/path.ts'
import { type Classifier, classify } from '../../src/listening/text/classify.ts'
import type { Understand } from './evaluate.ts'

export const accurately =
  (classifier: Classifier, encoder: Encoder): Understand =>
  (text, hints) => {
    const said = classify(classifier, text, hints)
    return canRefine(said) ? refine(text, said, encoder.run(text), encoder) : said
  }
