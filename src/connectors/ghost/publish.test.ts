// Publishing on a real Ghost: what readers see, and exactly one post whatever breaks on the way.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { altsIn, articleOf } from '../article.testing.ts'
import { nameFromKey } from '../article.ts'
import type { RequestMatch } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { type SampleFile, sampleImage } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { ghost } from './index.ts'

let blog: Blog
let photo: SampleFile
let cover: SampleFile

describeServer('ghost', () => {
  beforeAll(async () => {
    blog = await startBlog()
    photo = await sampleImage('photo', 'A "path" & fog')
    cover = await sampleImage('cover', 'The cover', 'image/png')
  })
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  test('readers see the whole article', async () => {
    const text = [
      '## Über *uns* 👩‍🚀',
      'One\ntwo, see https://example.org/?a=1&b=2',
      '![](media:photo "The caption")',
      '- a\n  - b',
      '1. c\n\n   d',
      '> e\n>\n> - f',
      '> g\n>\n> h',
      '| A | B |\n|--:|---|\n| 1 | `x` |',
      '```js\nif (a < 1) {\n\n}\n```',
      'سلام دنیا و **שלום**',
    ].join('\n\n')
    const fields = { title: 'A < B & "C" 🚀', excerpt: 'Short & <sweet>', tags: ['R&D', 'C++', 'C#', 'r&d'] }
    const ref = await blog.send('whole', text, { ...fields, files: [photo], cover })
    const post = await blog.readPost(ref.id)
    expect(post).toMatchObject({
      ...{ status: 'published', url: expect.stringContaining('/a-b-c/'), title: fields.title },
      ...{ custom_excerpt: fields.excerpt, feature_image_alt: 'The cover', visibility: 'public', featured: false },
      tags: [{ name: 'R&D' }, { name: 'C++' }, { name: 'C#' }],
    })
    expect((await fetch(post.feature_image!)).status).toBe(200)
    const html = post.html!
    for (const piece of [
      '>Über <em>uns</em> 👩‍🚀</h2>',
      '<p>One two, see <a href="https://example.org/?a=1&amp;b=2">',
      '<figcaption>The caption</figcaption>',
      '<ul><li>a<ul><li>b</li></ul></li></ul>',
      '<ol><li><p>c</p><p>d</p></li></ol>',
      '<blockquote><p>e</p><ul><li>f</li></ul></blockquote>',
      '<th style="text-align:right">A</th><th>B</th>',
      '<pre><code class="language-js">if (a &lt; 1) {\n\n}\n</code></pre>',
      '<p>سلام دنیا و <strong>שלום</strong></p>',
    ]) {
      expect(html).toContain(piece)
    }
    expect(html.replace(/<[^>]+>/g, ' ')).toMatch(/g\s+h/)
    expect(altsIn(html)).toEqual(['A "path" & fog'])
    expect(await (await fetch(ref.url)).text()).toContain('The caption')
  })

  test('no script of an author reaches a reader', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror=alert(2)>'
    const links = '[x](javascript:alert(3)) ![y](data:text/html,z)\n\n<iframe src="https://example.org"></iframe>'
    const table = `| a |\n|---|\n| ${attack} |\n\n<!--kg-card-begin: html--><script>alert(4)</script><!--kg-card-end: html-->`
    const changes = { title: attack, excerpt: attack, tags: ['<b onclick=x>tag</b>'] }
    const ref = await blog.send('attack', `${attack}\n\n${links}\n\n${table}`, changes)
    const { html } = await blog.readPost(ref.id)
    expect(html).toContain('alert(4)')
    expect(html).not.toMatch(/<(?:script|img|iframe)\b|(?:href|src)="(?:javascript|data)/i)
    const page = await (await fetch(ref.url)).text()
    expect(page).not.toMatch(/<script>alert|<img src=x|<b onclick/)
  })

  const steps: [string, RequestMatch][] = [
    ['a picture', ({ method, path }) => method === 'POST' && path.includes('/images/')],
    ['the look-up', ({ method }) => method === 'GET'],
    ['the draft', ({ method, path }) => method === 'POST' && path.includes('/posts/')],
    ['the publication', ({ method }) => method === 'PUT'],
  ]
  const ways: [string, faults.Fault][] = [
    ['is lost', faults.closeAfter],
    ['breaks off', faults.truncate],
    ['is an error, after the work was done', faults.status(502, { forward: true })],
    ['never comes, as nothing arrived', faults.closeBefore],
  ]
  const cases = steps.flatMap(([step, match]) => ways.map(([way, fault]) => [step, way, match, fault] as const))
  test.each(cases)('exactly one post and tag, though the answer to %s %s', async (step, way, match, fault) => {
    const title = `${step} ${way}`
    blog.front.inject(fault, { match })
    const ref = await blog.send(title, 'x ![](media:photo)', { title, tags: [title], files: [photo], cover })
    expect(blog.front.requests.filter((request) => request.fault)).toHaveLength(1)
    const slug = title.replaceAll(' ', '-').replaceAll(',', '').toLowerCase()
    expect(await blog.postsTitled(title)).toMatchObject([{ id: ref.id, status: 'published', slug }])
    expect((await blog.tagNames()).filter((name) => name === title)).toHaveLength(1)
  })

  test('killed after any request, and begun anew: one post', { timeout: 120_000 }, async () => {
    const article = { tags: ['once'], files: [photo], cover }
    await blog.send('count', 'x', { title: 'count', ...article })
    const requests = blog.front.requests.length
    expect(requests).toBeGreaterThan(4)
    for (let alive = 1; alive < requests; alive++) {
      blog.front.reset()
      let left = alive
      blog.front.inject(faults.closeBefore, { match: () => left-- <= 0, times: 1000 })
      const title = `killed after ${alive}`
      await expect(blog.send(title, 'x', { title, ...article })).rejects.toMatchObject({ name: 'ConnectorError' })
      blog.front.reset()
      const ref = await blog.send(title, 'x', { title, ...article })
      expect(await blog.postsTitled(title)).toMatchObject([{ id: ref.id, status: 'published' }])
    }
    expect((await blog.tagNames()).filter((name) => name === 'once')).toHaveLength(1)
  })

  test('drafts made at the same moment under one key become one', async () => {
    const part = articleOf('x', { title: 'at once' })
    // Ghost refuses one of two that ask for a name in the same instant, or numbers it when it comes a little later.
    await Promise.allSettled([1, 2].map(() => ghost.publish!.prepare!(blog.session(), part, 'at-once')))
    const late = { title: 'at once', slug: nameFromKey('at-once'), status: 'draft' }
    await blog.ask('posts/', { posts: [late] })
    expect((await blog.postsTitled('at once')).length).toBeGreaterThan(1)
    await blog.send('at-once', 'x', { title: 'at once' })
    expect(await blog.postsTitled('at once')).toMatchObject([{ status: 'published', slug: 'at-once' }])
  })
})
