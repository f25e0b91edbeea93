// Words for what people choose when they say how something is meant.

import { type Codable, type Correctable, choices } from '../../labels/types.ts'
import { labelWord, languageWord, sentimentWords } from '../listen-words.ts'

export const labelTitles: Record<Correctable, string> = {
  sentiment: 'Mood',
  emotion: 'Feeling',
  intent: 'What they want',
  crisis: 'Tells of people hurt or in need',
  offensive: 'Offensive',
  language: 'Language',
}

/** How a value reads; null: nothing. */
export function valueWord(label: Correctable, value: string | null): string {
  if (value === 'unclear') return 'Cannot be told'
  if (value === null || value === 'none') return label === 'sentiment' ? 'Not judged' : 'None'
  if (label === 'sentiment') return sentimentWords[value]?.label ?? value
  if (label === 'language') return languageWord(value)
  if (label === 'crisis' || label === 'offensive') return Number(value) >= 50 ? 'Yes' : 'No'
  return labelWord(value)
}

export const optionsOf = (label: Codable) =>
  choices[label].map((value) => ({ value: value as string, label: valueWord(label, value) }))
