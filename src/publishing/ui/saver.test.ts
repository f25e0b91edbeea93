// Saving while writing: one write at a time, the last words arrive, and nobody's words are written over.

import { expect, test } from 'vitest'
import type { SavedForm } from './composition.ts'
import { createSaver, type SavedPost } from './saver.ts'

const form = (text: string): SavedForm => ({ content: { segments: [{ text, media: [] }] }, variants: [] })
const textOf = (saved: SavedForm) => saved.content.segments[0]!.text

/** A small server: keeps one post, refuses old revisions, and can be made slow or unreachable. */
function aServer() {
  const server = { text: '', revision: 0, writes: [] as string[], down: false, atOnce: 0, most: 0 }
  async function write(saved: SavedForm, post: SavedPost | null): Promise<SavedPost> {
    server.most = Math.max(server.most, ++server.atOnce)
    await new Promise((done) => setTimeout(done, 5))
    server.atOnce--
    if (server.down) throw new TypeError('no line')
    if (post && post.revision !== server.revision) throw new Error('edited-elsewhere')
    server.text = textOf(saved)
    server.writes.push(server.text)
    return { id: 'p1', revision: ++server.revision }
  }
  return Object.assign(server, { write })
}

function aSaver() {
  const server = aServer()
  const kept: { form: SavedForm | null } = { form: null }
  const saver = createSaver({
    post: null,
    form: form(''),
    write: server.write,
    keep: (words) => {
      kept.form = words
    },
    judge: (error) => (error instanceof TypeError ? 'lost' : 'conflict'),
    debounceMs: 5,
    retryMs: 20,
  })
  return { server, saver, kept }
}

test('an empty sheet never becomes a post', async () => {
  const { server, saver } = aSaver()
  saver.change({ ...form(''), variants: [{ accountId: 'a', content: null }] }, false)
  await saver.flush()
  expect(saver.state()).toMatchObject({ progress: 'saved', post: null })
  expect(server.writes).toEqual([])
})

test('typing ends in few writes, one at a time, and the last words are there', async () => {
  const { server, saver, kept } = aSaver()
  for (const text of ['h', 'he', 'hel']) saver.change(form(text), true)
  const first = saver.flush()
  saver.change(form('hello'), true)
  await Promise.all([first, saver.flush()])
  expect(server.text).toBe('hello')
  expect(server.most).toBe(1)
  expect(server.writes.length).toBeLessThanOrEqual(2)
  expect(saver.state()).toMatchObject({ progress: 'saved', post: { id: 'p1', revision: server.revision } })
  expect(kept.form).toBeNull()
})

test('a lost line keeps the words and saves them when it is back', async () => {
  const { server, saver, kept } = aSaver()
  server.down = true
  saver.change(form('offline'), true)
  await expect(saver.flush()).rejects.toThrow('no line')
  expect(saver.state().progress).toBe('failed')
  expect(textOf(kept.form!)).toBe('offline')
  server.down = false
  await expect.poll(() => server.text).toBe('offline')
  await expect.poll(() => saver.state().progress).toBe('saved')
})

test('a newer revision elsewhere stops writing until a person chooses', async () => {
  const { server, saver, kept } = aSaver()
  saver.change(form('mine'), true)
  await saver.flush()
  server.revision = 7
  server.text = 'theirs'
  saver.change(form('mine, longer'), true)
  await expect(saver.flush()).rejects.toThrow('edited-elsewhere')
  saver.change(form('mine, even longer'), true)
  await saver.flush()
  expect(server.text).toBe('theirs')
  expect(saver.state().conflict).toBe(true)
  expect(textOf(kept.form!)).toBe('mine, even longer')
  saver.settle({ id: 'p1', revision: 7 }, form('mine, even longer'), 'write')
  await expect.poll(() => server.text).toBe('mine, even longer')
  expect(saver.state().conflict).toBe(false)
})

test('taking theirs writes nothing', async () => {
  const { server, saver, kept } = aSaver()
  saver.change(form('mine'), true)
  await saver.flush()
  saver.change(form('mine two'), true)
  saver.settle({ id: 'p1', revision: 9 }, form('theirs'), 'taken')
  await saver.flush()
  expect(server.writes).toEqual(['mine'])
  expect(kept.form).toBeNull()
  expect(saver.state()).toMatchObject({ progress: 'saved', post: { revision: 9 } })
})
