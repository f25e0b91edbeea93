// Words asked one by one and summed say what `eld` says of the whole text.

import { eld } from 'eld/medium'
import { expect, test } from 'vitest'
import { lettersOf, likeliest } from './letters.ts'

const texts = [
  'Der Zug nach Salzburg fällt heute wieder aus',
  'nu kommer vi äntligen hem igen efter lång resa',
  'jutro rano pojedziemy razem nad morze',
  'Yarın sabah erkenden yola çıkıyoruz arkadaşlar',
  'bugün hava çok güzel deniz kenarında yürüdük',
  'huomenna lähdetään aikaisin mökille koko perhe',
  'завтра утром поедем вместе на море',
  'Завтра вранці поїдемо разом до моря',
  'غدا صباحا نذهب معا إلى البحر',
  'कल सुबह हम सब साथ में समुद्र जाएंगे',
  'domani mattina partiamo presto per il mare',
  'morgen vertrekken wij vroeg naar zee samen',
  'sáng mai chúng tôi sẽ đi biển cùng nhau',
]

test.each(texts)('"%s"', (text) => {
  const whole = eld.detect(text)
  const found = likeliest(text.split(' ').map((word) => lettersOf(word)))!
  expect(found.language).toBe(whole.language)
  const scores = whole.getScores()
  for (const [language, score] of Object.entries(scores))
    expect(found.besides(language)).toBeCloseTo(score / scores[whole.language]!, 1)
})

test('letters that no language knows say nothing', () => {
  expect(likeliest([])).toBeNull()
  expect(likeliest([lettersOf('ᚠᚢᚦ')])).toBeNull()
})
