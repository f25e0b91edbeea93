// Every kind of feed, honest or broken, becomes the same kind of item.

import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceItem } from '../contract.ts'
import { pullFeed } from './pull.ts'
import { type Answer, rss, rssItem, type Site, sessionFor, startSite } from './testing/site.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site[Symbol.asyncDispose]())

async function read(answer: Answer | string): Promise<SourceItem[]> {
  site.routes['/blog/feed'] = typeof answer === 'string' ? { body: answer } : answer
  const { items } = await pullFeed(sessionFor([site], `${site.url}/blog/feed`), null)
  return items
}

describe('formats', () => {
  const expected = {
    id: 'n-1',
    title: 'Q & A',
    html: '<p>Hello <b>you</b> &amp; me</p>',
    text: 'Hello you & me',
    author: 'Kim',
    language: 'de-AT',
    publishedAt: new Date('2026-11-02T09:00:00Z'),
  }
  const cases: [string, string][] = [
    [
      'RSS 2.0',
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
       <language>de-at</language><item><title>Q &amp;amp; A</title><link>/blog/one</link><guid isPermaLink="false">n-1</guid>
       <pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate><dc:creator>Kim</dc:creator><description>short</description>
       <content:encoded><![CDATA[<p>Hello <b>you</b> &amp; me</p>]]></content:encoded></item></channel></rss>`,
    ],
    [
      'RSS 0.91',
      `<rss version="0.91" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>de-AT</language><item><title>Q &amp; A</title><link>/blog/one</link><guid>n-1</guid><author>kim@example.org (Kim)</author>
       <description>&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt; &amp;amp; me&lt;/p&gt;</description><dc:date>2026-11-02T09:00Z</dc:date></item></channel></rss>`,
    ],
    [
      'RSS 1.0',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
       <channel rdf:about="/"><title>T</title></channel><item rdf:about="n-1"><title>Q &amp; A</title><link>/blog/one</link>
       <description>&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt; &amp;amp; me&lt;/p&gt;</description><dc:creator>Kim</dc:creator><dc:language>de-AT</dc:language>
       <dc:date>2026-11-02T10:00:00+01:00</dc:date></item></rdf:RDF>`,
    ],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT"><title>T</title><author><name>Kim</name></author><entry><id>n-1</id>
       <title type="html">Q &amp;amp; A</title><link rel="alternate" type="text/html" href="/blog/one"/><link rel="self" href="/x"/>
       <published>2026-11-02T09:00:00Z</published><updated>2026-11-03T09:00:00Z</updated>
       <content type="html">&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt; &amp;amp; me&lt;/p&gt;</content></entry></feed>`,
    ],
    [
      'Atom with XHTML',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT"><title>T</title><entry><id>n-1</id><author><name>Kim</name></author>
       <title>Q &amp; A</title><link href="/blog/one"/><updated>2026-11-02T09:00:00Z</updated>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>you</b> &amp; me</p></div></content></entry></feed>`,
    ],
    [
      'JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        language: 'de-AT',
        authors: [{ name: 'Kim' }],
        items: [
          {
            id: 'n-1',
            url: '/blog/one',
            title: 'Q & A',
            content_html: '<p>Hello <b>you</b> &amp; me</p>',
            date_published: '2026-11-02T10:00:00+01:00',
          },
        ],
      }),
    ],
  ]
  test.each(cases)('%s', async (_name, body) => {
    expect(await read(body)).toEqual([{ ...expected, url: `${site.url}/blog/one`, imageUrl: null }])
  })

  test('plain text stays what it is: no markup is read into it', async () => {
    const [item] = await read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>a &lt;b&gt; c</title><summary>1 &lt; 2 &amp;amp; so</summary></entry></feed>`,
    )
    expect(item).toMatchObject({ title: 'a <b> c', html: null, text: '1 < 2 &amp; so' })
  })

  const pictures: [string, string][] = [
    ['an enclosure', rss(rssItem(1, '<enclosure url="/p.jpg" type="image/jpeg" length="1"/>'))],
    ['a thumbnail', rss(rssItem(1, '<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="/p.jpg"/>'))],
    [
      'the first picture of the text',
      rss(
        rssItem(
          1,
          '<description>&lt;img src="/pixel.gif" width="1"&gt;&lt;img src="/p.jpg?a=1&amp;amp;b"&gt;</description>',
        ),
      ),
    ],
  ]
  test.each(pictures)('the picture comes from %s', async (_name, body) => {
    expect((await read(body))[0]?.imageUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/p\.jpg(\?a=1&b)?$/)
  })
})

describe('relative links', () => {
  const content =
    '<content type="html" xml:base="img/">&lt;img src="a.png"&gt;&lt;a href="../b"&gt;b&lt;/a&gt;</content>'
  test('follow every xml:base from the outside to the inside', async () => {
    const [item] = await read(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/base/"><entry xml:base="sub/"><id>1</id><link href="one"/>${content}</entry></feed>`,
    )
    expect(item?.url).toBe('https://example.org/base/sub/one')
    expect(item?.html).toContain('src="https://example.org/base/sub/img/a.png"')
    expect(item?.html).toContain('href="https://example.org/base/sub/b"')
  })

  test('else refer to the address of the feed after redirects', async () => {
    site.routes['/start'] = { status: 302, headers: { location: '/deep/er/feed' } }
    site.routes['/deep/er/feed'] = { body: rss('<item><guid>x</guid><link>one</link></item>') }
    const { items } = await pullFeed(sessionFor([site], `${site.url}/start`), null)
    expect(items[0]?.url).toBe(`${site.url}/deep/er/one`)
  })

  test('never carry the name and password of a protected feed', async () => {
    site.routes['/private/feed'] = (request) =>
      request.headers.authorization
        ? { body: rss(rssItem(1, '<description>&lt;a href="x"&gt;x&lt;/a&gt;</description>')) }
        : { status: 401 }
    const { items } = await pullFeed(sessionFor([site], `http://kim:secret@${site.host}/private/feed`), null)
    expect(items).toHaveLength(1)
    expect(JSON.stringify(items)).not.toContain('secret')
    await expect(pullFeed(sessionFor([site], `${site.url}/private/feed`), null)).rejects.toMatchObject({
      code: 'feed-needs-password',
    })
  })
})

describe('charsets', () => {
  const umlauts = 'Grüße – für „alle“'
  const latin = (declared: string) =>
    Buffer.from(
      `<?xml version="1.0"${declared}?><rss><channel><item><guid>1</guid><title>Gr\xfc\xdfe</title></item></channel></rss>`,
      'latin1',
    )
  const wide = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const body = rss(`<item><guid>1</guid><title>${umlauts}</title></item>`)
  const russian = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><guid>1</guid><title>'),
    Buffer.from('cff0e8e2e5f2', 'hex'),
    Buffer.from('</title></item></channel></rss>'),
  ])
  const japanese = Buffer.concat([
    Buffer.from('<rss><channel><item><guid>1</guid><title>'),
    Buffer.from('93fa967b8cea', 'hex'),
    Buffer.from('</title></item></channel></rss>'),
  ])
  const type = (value: string) => ({ 'content-type': value })
  const cases: [string, Answer, string][] = [
    ['UTF-8', { body }, umlauts],
    ['UTF-8 with a mark', { body: `\ufeff${body}` }, umlauts],
    ['UTF-8 that the header calls Latin 1', { body, headers: type('text/xml; charset=ISO-8859-1') }, umlauts],
    ['UTF-16 with a mark', { body: wide(body) }, umlauts],
    ['UTF-16 without a mark', { body: Buffer.from(body, 'utf16le') }, umlauts],
    ['Latin 1 of the XML declaration', { body: latin(' encoding="ISO-8859-1"') }, 'Grüße'],
    ['Latin 1 of the header', { body: latin(''), headers: type('application/rss+xml; charset="iso-8859-1"') }, 'Grüße'],
    ['Latin 1 called UTF-8', { body: latin(' encoding="utf-8"') }, 'Grüße'],
    ['Latin 1 under a name that nobody knows', { body: latin(' encoding="x-odd"') }, 'Grüße'],
    ['Windows 1251', { body: russian }, 'Привет'],
    ['Shift JIS of the header', { body: japanese, headers: type('text/xml;charset=Shift_JIS') }, '日本語'],
    ['compressed', { body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }, umlauts],
  ]
  test.each(cases)('%s', async (_name, answer, title) => {
    expect((await read(answer))[0]?.title).toBe(title)
  })
})

describe('broken feeds are read as far as they can be', () => {
  const cases: [string, string, Partial<SourceItem>[]][] = [
    [
      'unescaped ampersands',
      rss('<item><guid>1</guid><title>AT&T & more</title><link>/a?b=1&c=2</link></item>'),
      [{ title: 'AT&T & more', url: expect.stringMatching(/\/a\?b=1&c=2$/) as unknown as string }],
    ],
    ['HTML entities', rss('<item><guid>1</guid><title>caf&eacute;&nbsp;&euro;</title></item>'), [{ title: 'café €' }]],
    ['a date that is none', rss(rssItem(1, '<pubDate>Mon, 32 Foo 2026</pubDate>')), [{ publishedAt: null }]],
    [
      'a date in the far future',
      rss(rssItem(1, '<pubDate>Mon, 02 Nov 2099 10:00:00 GMT</pubDate>')),
      [{ publishedAt: null }],
    ],
    [
      'no guid',
      rss('<item><title>T</title><link>https://example.org/a</link></item>'),
      [{ id: 'https://example.org/a' }],
    ],
    [
      'neither guid nor link',
      rss('<item><title>T</title><description>D</description></item>'),
      [{ id: expect.stringMatching(/^sha256:/) as unknown as string, url: null }],
    ],
    [
      'one guid for every item',
      rss(
        '<item><guid>x</guid><link>https://example.org/2</link></item><item><guid>x</guid><link>https://example.org/1</link></item>',
      ),
      [{ id: 'https://example.org/1' }, { id: 'https://example.org/2' }],
    ],
    ['doubles', rss(`${rssItem(2)}${rssItem(1)}${rssItem(2)}`), [{ id: 'n-1' }, { id: 'n-2' }]],
    [
      'a warning before the document',
      `<br />\n<b>Warning</b>: something in line 3\n${rss(rssItem(1))}`,
      [{ id: 'n-1' }],
    ],
    ['empty lines before the document', `\n\n  ${rss(rssItem(1))}`, [{ id: 'n-1' }]],
    ['a missing end', rss(rssItem(1) + rssItem(2)).slice(0, -60), [{ id: 'n-1' }]],
    ['forbidden characters', rss('<item><guid>1</guid><title>a\u0000b\u000bc</title></item>'), [{ title: 'abc' }]],
    ['a link that runs a script', rss('<item><guid>1</guid><link>javascript:alert(1)</link></item>'), [{ url: null }]],
    ['no items', rss(''), []],
  ]
  test.each(cases)('%s', async (_name, body, expected) => {
    const items = await read(body)
    expect(items).toHaveLength(expected.length)
    expect(items).toMatchObject(expected)
  })

  test.each([
    ['a page', '<!doctype html><html><body>Log in <a href="/feed.rss">here</a></body></html>'],
    ['nothing', ''],
    ['words', 'Service temporarily unavailable'],
    ['other JSON', '{"items":[]}'],
    ['an XML bomb', `<!DOCTYPE a [<!ENTITY a "${'a'.repeat(9999)}"><!ENTITY b "${'&a;'.repeat(9999)}">]><b>&b;</b>`],
  ])('%s instead of a feed is told as such', async (_name, body) => {
    await expect(read(body)).rejects.toMatchObject({ kind: 'changed', code: 'not-a-feed' })
  })

  test('entities that would grow without end stay as they are', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(9999)}"><!ENTITY b "${'&a;'.repeat(9999)}">]>${rss('<item><guid>1</guid><title>&b;</title></item>')}`
    expect((await read(bomb))[0]?.title?.length).toBeLessThan(20)
  })
})

describe('the HTML of strangers', () => {
  const cases: [string, string, string, string][] = [
    ['scripts', '<p>a<script>alert(1)</script></p>', '<p>a</p>', 'a'],
    ['handlers', '<p onclick="x()" style="color:red" class="y">a</p>', '<p>a</p>', 'a'],
    ['frames and forms', '<iframe src="https://x.test"></iframe><form><input name="a"></form>b', 'b', 'b'],
    ['links that run', '<a href="javascript:alert(1)">a</a>', '<a rel="noopener noreferrer nofollow ugc">a</a>', 'a'],
    ['pictures that run', '<img src="data:image/svg+xml,x">a', 'a', 'a'],
    ['counting pixels', '<img src="https://x.test/p" width="1" height="1">a', 'a', 'a'],
    [
      'paragraphs',
      '<p>a<br>b</p><p>c &lt;d&gt; &amp;amp; e</p><ul><li>f</li><li>g</li></ul>',
      '<p>a<br />b</p><p>c &lt;d&gt; &amp;amp; e</p><ul><li>f</li><li>g</li></ul>',
      'a\nb\n\nc <d> &amp; e\n\n• f\n• g',
    ],
  ]
  test.each(cases)('%s', async (_name, given, html, text) => {
    const [item] = await read(rss(`<item><guid>1</guid><description><![CDATA[${given}]]></description></item>`))
    expect(item).toMatchObject({ html, text })
  })

  test('a title is plain text', async () => {
    const [item] = await read(
      rss('<item><guid>1</guid><title>&lt;b&gt;A&lt;/b&gt; &lt;script&gt;x&lt;/script&gt; 1 &amp;lt; 2</title></item>'),
    )
    expect(item?.title).toBe('A 1 < 2')
  })
})
