// What becomes of links, in tables of cases.

import { describe, expect, test } from 'vitest'
import type { Draft } from '../../connectors/contract.ts'
import { findMarkdownLinks } from '../../connectors/markdown-links.ts'
import { findLinks } from '../../connectors/text.ts'
import { addressFault } from './addresses.ts'
import { decorate, decorateLink, linkIssues, shortTargets, slugOf, wordsFor } from './decorate.ts'
import { decorated, named, own, saying, using, utm } from './ground.testing.ts'
import { namingLinks } from './rules.ts'
import { defaultRules, type LinkRules, linkRules } from './types.ts'

const markdown = (text: string) => decorated(text, {}, findMarkdownLinks)

describe('UTM parameters', () => {
  test.each([
    ['https://example.org', `https://example.org?${utm}`],
    ['https://example.org/', `https://example.org/?${utm}`],
    ['https://example.org/a?b=1&a=2', `https://example.org/a?b=1&a=2&${utm}`],
    ['https://example.org/a?', `https://example.org/a?${utm}`],
    ['https://example.org/a?back=/b?', `https://example.org/a?back=/b?&${utm}`],
    ['https://example.org/a?b&', `https://example.org/a?b&${utm}`],
    ['https://example.org/a#part?x=1', `https://example.org/a?${utm}#part?x=1`],
    ['HTTPS://Example.org/A', `HTTPS://Example.org/A?${utm}`],
    ['https://bücher.example/straße?ß=é', `https://bücher.example/straße?ß=é&${utm}`],
    ['https://[2606:4700::1111]/x', `https://[2606:4700::1111]/x?${utm}`],
  ])('%s', (url, expected) => expect(decorateLink(url, using())).toBe(expected))

  test('those that are there are kept, however they are written; the missing ones are added', () => {
    expect(decorateLink('https://example.org/?UTM_Source=mail&utm%5Fmedium=x', using())).toBe(
      'https://example.org/?UTM_Source=mail&utm%5Fmedium=x&utm_campaign=autumn-fair-2026&utm_content=5a5a5a5a',
    )
  })

  test('an empty template leaves its parameter out, and none at all leaves the link as it is', () => {
    const none = { source: '', medium: '', campaign: '', content: '', term: '' }
    expect(decorateLink('https://example.org/', using({ ...none, term: 'a b&c' }))).toBe(
      'https://example.org/?utm_term=a%20b%26c',
    )
    expect(decorateLink('https://example.org/', using(none))).toBe('https://example.org/')
    expect(decorateLink('https://example.org/', using({ utm: false }))).toBe('https://example.org/')
  })

  test('a value never ends in a sign that would be taken for the end of a sentence', () => {
    for (const term of ['Sale!', 'v1.', '(a)', "it's'", 'a*', '~b~', 'c_', 'd…', '»e«', 'f。']) {
      const [found] = findLinks(decorated('https://example.org/', { term }))
      expect(decodeURIComponent(found!.url.split('utm_term=')[1]!)).toBe(term)
    }
  })

  test('domains are left out with what lies below them, or are the only ones', () => {
    const domains = ['example.org', 'bücher.example']
    const changed = (url: string, reach: LinkRules['reach']) => decorateLink(url, using({ reach, domains })) !== url
    for (const url of ['https://example.org', 'https://www.Example.org/x', 'http://xn--bcher-kva.example/']) {
      expect(changed(url, 'except')).toBe(false)
      expect(changed(url, 'only')).toBe(true)
    }
    for (const url of ['https://notexample.org', 'https://example.org.evil.net/']) {
      expect(changed(url, 'except')).toBe(true)
      expect(changed(url, 'only')).toBe(false)
    }
  })

  test('outside a campaign it is always-on, and names of any script become words of an address', () => {
    expect(wordsFor({ ...named, campaign: null }).campaign).toBe('always-on')
    expect(slugOf('Été à la Plage – 50 %')).toBe('ete-a-la-plage-50')
    expect(slugOf('夏のセール')).toBe('夏のセール')
    expect(slugOf('@runners@example.org')).toBe('runners-example-org')
    expect(slugOf('!!!')).toBe('')
  })
})

describe('short links', () => {
  test('stand for the address with its parameters; the same address is the same link', () => {
    const decoration = using({ short: true })
    const draft: Draft = {
      segments: [
        { text: 'One https://example.org/a, two https://example.org/b.', media: [] },
        {
          text: 'Again: https://example.org/a',
          media: [],
          link: { url: 'https://example.org/a', title: 't', description: 'd' },
        },
      ],
      firstComment: 'See https://example.org/b!',
    }
    expect(shortTargets(draft, decoration, findLinks)).toEqual([
      `https://example.org/a?${utm}`,
      `https://example.org/b?${utm}`,
    ])
    expect(decorate(draft, decoration)).toEqual({
      segments: [
        { text: 'One https://go.example.net/bcdfgh22, two https://go.example.net/bcdfgh23.', media: [] },
        {
          text: 'Again: https://go.example.net/bcdfgh22',
          media: [],
          link: { url: 'https://go.example.net/bcdfgh22', title: 't', description: 'd' },
        },
      ],
      firstComment: 'See https://go.example.net/bcdfgh23!',
    })
  })

  test.each([
    ['our own', 'https://go.example.net/bcdfgh22', 'own'],
    ['our own below the public address', 'https://LONGRUN.example.net/l/bcdfgh22', 'own'],
    ['loopback', 'http://127.0.0.1:8080/x', 'private'],
    ['loopback as one number', 'http://2130706433/', 'private'],
    ['loopback in IPv6 clothing', 'http://[::ffff:127.0.0.1]/', 'private'],
    ['cloud metadata', 'http://169.254.169.254/latest', 'private'],
    ['a private network', 'https://192.168.1.1/', 'private'],
    ['a name without a dot', 'http://intranet/', 'private'],
    ['localhost with a dot at its end', 'http://localhost./', 'private'],
    ['a name of the local network', 'http://printer.local/', 'private'],
    ['a password', 'https://me:secret@example.org/', 'credentials'],
    ['another scheme', 'ftp://example.org/', 'not-web'],
    ['no address', 'https://', 'not-web'],
    ['one that is too long', `https://example.org/${'x'.repeat(8000)}`, 'too-long'],
  ] as const)('%s: none leads there', (_, url, fault) => {
    expect(addressFault(url, own)).toBe(fault)
    if (fault !== 'too-long') expect(decorateLink(url, using({ short: true }))).toBe(url)
    else expect(decorateLink(url, using({ short: true }))).toBe(`${url}?${utm}`)
  })

  test('our own pages that are no short links may be linked', () => {
    expect(addressFault('https://longrun.example.net/o/runners', own)).toBeNull()
    expect(addressFault('https://1.1.1.1/', own)).toBeNull()
  })
})

describe('Markdown', () => {
  test.each([
    ['[a](https://example.org/a) b', `[a](https://example.org/a?${utm}) b`],
    ['[a](<https://example.org/a> "Title (x)")', `[a](<https://example.org/a?${utm}> "Title (x)")`],
    ['[a](https://example.org/a_(b))c', `[a](https://example.org/a_(b)?${utm})c`],
    ['<https://example.org>', `<https://example.org?${utm}>`],
    ['Bare https://example.org/x. And on', `Bare https://example.org/x?${utm}. And on`],
    ['**https://example.org/x**', `**https://example.org/x?${utm}**`],
    ['[a]\n\n[a]: https://example.org/r "t"', `[a]\n\n[a]: https://example.org/r?${utm} "t"`],
    ['[https://example.org](https://example.org)', `[https://example.org](https://example.org?${utm})`],
    ['[a](https://example.org/?a=1&amp;b=2)', `[a](https://example.org/?a=1&b=2&${utm})`],
    ['> * [a](https://example.org/q)', `> * [a](https://example.org/q?${utm})`],
    ['| a |\n|---|\n| https://example.org/t |', `| a |\n|---|\n| https://example.org/t?${utm} |`],
  ])('%s', (text, expected) => {
    expect(markdown(text)).toBe(expected)
    expect(markdown(expected)).toBe(expected)
  })

  test.each([
    '`https://example.org`',
    '``a ` https://example.org``',
    '    https://example.org/indented',
    '```\nhttps://example.org/fenced\n```',
    '~~~md\n[a](https://example.org/fenced)\n~~~',
    '> ```\n> https://example.org/quoted\n> ```',
    '![alt](https://example.org/picture.png)',
    '![alt][p]\n\n[p]: https://example.org/picture.png',
    '[a](/about) [b](mailto:a@example.org) [c](media:0193a8a0-0000-7000-8000-0000aaaaaaaa)',
    '\\[a](x) and [a\\](y)',
  ])('%s stays as it is', (text) => expect(markdown(text)).toBe(text))

  test('a picture that is a link: the link changes, the picture does not', () => {
    expect(markdown('[![p](https://example.org/p.png)](https://example.org/p.png)')).toBe(
      `[![p](https://example.org/p.png)](https://example.org/p.png?${utm})`,
    )
  })

  test('of a text that holds an address as link and as code only the link changes', () => {
    expect(markdown('Run `curl https://example.org/x` or open https://example.org/x')).toBe(
      `Run \`curl https://example.org/x\` or open https://example.org/x?${utm}`,
    )
  })
})

// ── Telling ─────────────────────────────────────────────────────────────────────────────────────────────────────────

test('private addresses and passwords are told as warnings', () => {
  const draft = saying('http://me:pw@example.org and http://10.0.0.1/x and https://example.org')
  expect(linkIssues(draft, own)).toEqual([
    { level: 'warning', code: 'link.credentials', field: 'segments.0.text', params: { host: 'example.org' } },
    { level: 'warning', code: 'link.private', field: 'segments.0.text', params: { host: '10.0.0.1' } },
  ])
})

test('what is too long only with its links is named so', () => {
  const issue = { level: 'error' as const, code: 'text.too-long', field: 'segments.0.text' }
  expect(namingLinks([issue], [])[0]!.code).toBe('text.too-long-with-links')
  expect(namingLinks([issue], [issue])[0]!.code).toBe('text.too-long')
})

test('rules take domains and templates, and nothing that only looks like them', () => {
  const parse = (more: object) => linkRules.safeParse({ ...defaultRules, ...more }).success
  expect(linkRules.parse({ ...defaultRules, domains: [' Example.ORG ', 'bücher.example'] }).domains).toEqual([
    'example.org',
    'bücher.example',
  ])
  for (const name of ['https://example.org', 'a b', 'me@example.org', 'example.org/x', 'example.org:80', ''])
    expect(parse({ domains: [name] })).toBe(false)
  expect(parse({ term: '{campaign}-{account}' })).toBe(true)
  expect(parse({ term: '{campagne}' })).toBe(false)
})
