// Why an occurrence is a draft although its series schedules by itself.

import { refusalWords } from '../../../kit/words.ts'
import '../refusal-words.ts'

export const troubleWords = (code: string): string =>
  code === 'may-not-schedule'
    ? 'It waits as a draft: the person on whose behalf the series runs may not schedule any more.'
    : `It waits as a draft: ${refusalWords({ code, params: {} }).what}`
