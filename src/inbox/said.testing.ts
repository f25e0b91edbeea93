// Messages for tests of the inbox: what a network tells, with what a test does not care about filled in.

import type { InboxBatch, InboxEvent, Said } from '../connectors/converse.ts'

export const start = new Date('2026-11-29T12:00:00Z')
export const minute = 60_000

export const saidOf = (id: string, change: Partial<Said> = {}): Said => ({
  ...{
    id,
    ref: { id, url: `https://practice.example/${id}` },
    thread: 'post',
    root: { id: 'post', url: '' },
    kind: 'reply',
  },
  ...{
    isPrivate: false,
    isOurs: false,
    at: start,
    subject: null,
    text: `This is ${id}`,
    quoted: null,
    media: [],
    languages: [],
  },
  author: { id: 'ann', handle: 'ann', name: 'Ann', url: null, followers: 10 },
  ...{ replyTo: 'post', rating: null, marks: [], about: { id: 'post', url: null, title: 'Our post' } },
  ...change,
})

export const batchOf = (events: InboxEvent[], cursor: number = events.length): InboxBatch => ({
  ...{ events, cursor, gaps: [], unreadable: 0, cut: 0, more: false },
})

export const saying = (said: Said): InboxEvent => ({ type: 'said', said })
