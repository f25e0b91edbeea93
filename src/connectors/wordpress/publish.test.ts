// Publishing on a real WordPress: what readers see, and exactly one post whatever breaks on the way.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { altsIn, articleOf } from '../article.testing.ts'
import type { RequestMatch } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { type SampleFile, sampleImage } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { wordpress } from './index.ts'

let blog: Blog
let photo: SampleFile
let cover: SampleFile

describeServer('wordpress', () => {
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
      'One\ntwo, see https://example.org/?a=1&b=2 and [more](/more).',
      '![](media:photo "The caption")',
      '- a\n  - b\n\n1. c\n\n   d',
      '| A | B |\n|--:|---|\n| 1 | `x` |',
      '```php\nif ($a < 1) { echo "[gallery]"; }\n\n\nend\n```',
      'سلام دنیا و **שלום**',
    ].join('\n\n')
    const fields = { title: 'A < B & "C" 🚀', excerpt: 'Short & <sweet>', tags: ['R&D', 'C++'] }
    const ref = await blog.send('whole', text, { ...fields, files: [photo], cover })
    const post = await blog.readPost(ref.id)
    expect(post).toMatchObject({ status: 'publish', link: ref.url, excerpt: { raw: 'Short & &lt;sweet&gt;' } })
    expect(post.title.rendered).toBe('A &lt; B &#038; &#8220;C&#8221; 🚀')
    expect(post.featured_media).toBeGreaterThan(0)
    const html = post.content.rendered.replace(/>\s*\n\s*/g, '>')
    expect(html).toContain('<h2>Über <em>uns</em> 👩‍🚀</h2>')
    expect(html).toContain('<p>One two, see <a href="https://example.org/?a=1&amp;b=2">')
    expect(html).toMatch(/<figure><img [^>]*class="wp-image-\d+"[^>]*><figcaption>The caption<\/figcaption><\/figure>/)
    expect(html).toContain('<li>b</li></ul></li></ul><ol><li><p>c</p><p>d</p></li></ol>')
    expect(html).toContain('<th style="text-align:right">A</th><th>B</th>')
    expect(html).toContain('if ($a &lt; 1) { echo "&#91;gallery&#93;"; }\n\n\nend\n')
    expect(html).toContain('<p>سلام دنیا و <strong>שלום</strong></p>')
    expect(altsIn(html)).toEqual(['A "path" & fog'])
    expect((await fetch(ref.url)).status).toBe(200)
  })

  test('no script of an author reaches a reader', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror=alert(2)>'
    const links = '[x](javascript:alert(3)) ![y](data:text/html,z)\n\n<iframe src="https://example.org"></iframe>'
    const tags = ['<b onclick=x>tag</b>']
    const ref = await blog.send('attack', `${attack}\n\n${links}`, { title: attack, excerpt: attack, tags })
    const post = await blog.readPost(ref.id)
    for (const html of [post.title.raw, post.content.rendered, post.excerpt.raw]) {
      expect(html).not.toMatch(/<(?:script|img|iframe|b)\b|(?:href|src)="(?:javascript|data)/i)
    }
    const page = await (await fetch(ref.url)).text()
    expect(page).toContain('alert(1)')
    expect(page).not.toMatch(/<script>alert|<img src=x|<b onclick/)
  })

  const steps: [string, RequestMatch][] = [
    ['the first look-up', ({ method }) => method === 'GET'],
    ['a picture', ({ method, path }) => method === 'POST' && path.includes('/media?')],
    ['its description', ({ method, path }) => method === 'POST' && /\/media\/\d+/.test(path)],
    ['a tag', ({ method, path }) => method === 'POST' && path.includes('/tags?')],
    ['the draft', ({ method, path }) => method === 'POST' && path.includes('/posts?')],
    ['the publication', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path)],
  ]
  const ways: [string, faults.Fault][] = [
    ['is lost', faults.closeAfter],
    ['breaks off', faults.truncate],
    ['is an error, after the work was done', faults.status(502, { forward: true })],
    ['never comes, as nothing arrived', faults.closeBefore],
  ]
  const cases = steps.flatMap(([step, match]) => ways.map(([way, fault]) => [step, way, match, fault] as const))
  test.each(cases)('exactly one post, picture and tag, though the answer to %s %s', async (step, way, match, fault) => {
    const title = `${step} ${way}`
    const pictures = await blog.mediaCount()
    blog.front.inject(fault, { match })
    const ref = await blog.send(title, 'x ![](media:photo)', { title, tags: [title], files: [photo], cover })
    expect(blog.front.requests.filter((request) => request.fault)).toHaveLength(1)
    expect(await blog.postsTitled(title)).toMatchObject([{ id: Number(ref.id), status: 'publish' }])
    expect(await blog.mediaCount()).toBe(pictures + 2)
    expect((await blog.tagNames()).filter((name) => name === title)).toHaveLength(1)
  })

  test('killed after any request, and begun anew: one post, two pictures', { timeout: 120_000 }, async () => {
    const article = { tags: ['once'], files: [photo], cover }
    await blog.send('count', 'x', { title: 'count', ...article })
    const requests = blog.front.requests.length
    expect(requests).toBeGreaterThan(6)
    for (let alive = 1; alive < requests; alive++) {
      blog.front.reset()
      let left = alive
      blog.front.inject(faults.closeBefore, { match: () => left-- <= 0, times: 1000 })
      const title = `killed after ${alive}`
      const pictures = await blog.mediaCount()
      await expect(blog.send(title, 'x', { title, ...article })).rejects.toMatchObject({ name: 'ConnectorError' })
      blog.front.reset()
      const ref = await blog.send(title, 'x', { title, ...article })
      expect(await blog.postsTitled(title)).toMatchObject([{ id: Number(ref.id), status: 'publish' }])
      expect(await blog.mediaCount()).toBe(pictures + 2)
    }
    expect((await blog.tagNames()).filter((name) => name === 'once')).toHaveLength(1)
  })

  test('drafts made at the same moment under one key become one', async () => {
    const part = articleOf('x', { title: 'at once' })
    await Promise.all([1, 2, 3].map(() => wordpress.publish!.prepare!(blog.session(), part, 'at-once')))
    await blog.send('at-once', 'x', { title: 'at once' })
    expect(await blog.postsTitled('at once')).toMatchObject([{ status: 'publish', slug: 'at-once' }])
  })
})
