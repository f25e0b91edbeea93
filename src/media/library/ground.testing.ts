// The ground for tests of the library: an app with two organisations, emptied before each test, and the words of every test.

import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { dayIn } from '../../lib/days.ts'
import { picture } from '../testing/samples.ts'

interface Given {
  content?: Uint8Array
  name?: string
  person?: TestSession
  fields?: Record<string, string>
}

/** Registers its own beginning and end with the file's tests. */
export function setLibrary() {
  const held = {} as { app: TestApp; owner: TestSession; stranger: TestSession }
  let seed = 1000
  beforeAll(async () => {
    held.app = await testApp({ mail: true })
    held.owner = await held.app.as('owner')
    held.stranger = await held.app.as('owner', held.app.theirs)
  })
  beforeEach(() =>
    asSystem(held.app.services.db, async (tx) => {
      await tx.deleteFrom('posts').execute()
      await tx.deleteFrom('media').execute()
      await tx.deleteFrom('media_folders').execute()
      await tx.deleteFrom('notifications').execute()
    }),
  )
  afterAll(() => held.app.close())

  /** Noise, of other content each time. */
  const png = () => {
    seed += 1
    return picture({ width: 24, height: 16, noise: seed }).png().toBuffer()
  }
  const upload = async ({ content, name = 'picture.png', person = held.owner, fields = {} }: Given = {}) => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(content ?? (await png()))], name))
    for (const [field, value] of Object.entries(fields)) form.append(field, value)
    const answer = await person.call('POST', '/orgs/{org}/media', form)
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  const post = (path: string, body: unknown, person = held.owner) => person.call('POST', `/orgs/{org}/${path}`, body)
  const listed = async (query = '', person = held.owner) => {
    const { status, body } = await person.call('GET', `/orgs/{org}/media?${query}`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body.items
  }
  const folder = async (name: string, parentId: string | null = null): Promise<string> => {
    const { status, body } = await post('media-folders', { name, parentId })
    expect(status, JSON.stringify(body)).toBe(201)
    return body.id
  }
  return {
    held,
    png,
    upload,
    post,
    listed,
    folder,
    names: async (query = ''): Promise<string[]> =>
      (await listed(query)).map(({ fileName }: { fileName: string }) => fileName),
    aPost: async (id: string) => (await post('posts', { content: draftWith(id), variants: [] })).body,
  }
}

export const codeOf = ({ status, body }: { status: number; body: { data?: { code?: string } } }) => [
  status,
  body.data?.code,
]

export const draftWith = (id: string) => ({
  segments: [
    {
      text: 'With it',
      media: [{ id, kind: 'image', type: 'image/png', bytes: 1, width: 24, height: 16, seconds: null, alt: '' }],
    },
  ],
})

/** The organisation lives in Berlin. */
export const today = () => dayIn(new Date(), 'Europe/Berlin')
