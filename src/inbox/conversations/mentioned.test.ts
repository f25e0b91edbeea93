// Who is named in a note.

import { expect, test } from 'vitest'
import { mentionedIn } from './mentioned.ts'

const people = ['Ann', 'Ann Bee', 'Özlem Çelik', '李雷', 'Ann Bee'].map((name, at) => ({ id: String(at), name }))

test.each([
  ['Ask @Ann, she knows', ['0']],
  ['@ann bee knows', ['1', '4']],
  ['@Annika knows', []],
  ['write to me@ann', []],
  ['@özlem çelik! and (@Ann)', ['2', '0']],
  ['@李雷 知道', ['3']],
  ['@ Ann', []],
  ['@@Ann', ['0']],
  ['nobody', []],
])('%s', (note, ids) => {
  expect(mentionedIn(note, people).map(({ id }) => id)).toEqual(ids)
})

test('nobody without a name is named', () => {
  expect(mentionedIn('@ ', [{ id: '1', name: ' ' }])).toEqual([])
})
