// A real Ghost and a real WordPress, on one MariaDB.

import { ghost } from '../../src/connectors/ghost/index.ts'
import { parseAdminKey, signToken } from '../../src/connectors/ghost/token.ts'
import { wordpress } from '../../src/connectors/wordpress/index.ts'
import { startGhost } from '../../test/servers/ghost.ts'
import type { Mariadb } from '../../test/servers/mariadb.ts'
import { startWordpress } from '../../test/servers/wordpress.ts'
import { asAnother, behindFaults, connectByForm, type Found, json, type Network } from './network.ts'

const picturesIn = (html: string): number => html.split('<img').length - 1

export async function startGhostBlog(mariadb: Mariadb): Promise<Network> {
  const site = await startGhost({ mariadb })
  const problem = (type: string, code: string | null) => ({ errors: [{ type, code, message: type }] })
  return behindFaults({
    name: 'ghost',
    connectorId: 'ghost',
    url: site.url,
    connect: async (account, session) =>
      asAnother(await connectByForm(ghost, session, { site: site.url, key: site.adminKey }), String(account)),
    list: () => ghostPosts(site.url, site.adminKey),
    words: {
      expired: json(401, problem('UnauthorizedError', 'INVALID_JWT')),
      revoked: json(401, problem('UnauthorizedError', 'UNKNOWN_ADMIN_API_KEY')),
      refused: json(422, problem('ValidationError', null)),
    },
    stop: () => site.stop(),
  })
}

async function ghostPosts(url: string, adminKey: string): Promise<Found[]> {
  const found: Found[] = []
  for (let page: number | null = 1; page !== null; ) {
    const authorization = `Ghost ${signToken(parseAdminKey(adminKey), new Date())}`
    const query = `posts/?formats=html&limit=100&page=${page}&filter=status:[draft,published,scheduled,sent]`
    const answer = await fetch(`${url}/ghost/api/admin/${query}`, {
      headers: { authorization, 'accept-version': 'v5.0' },
    })
    if (!answer.ok) throw new Error(`Ghost's list of posts: ${answer.status}`)
    const { posts, meta } = (await answer.json()) as {
      posts: { id: string; html: string | null; title: string; status: string }[]
      meta: { pagination: { next: number | null } }
    }
    for (const { id, html, title, status } of posts)
      found.push({
        id,
        text: `${title} ${html ?? ''}`,
        replyTo: null,
        images: picturesIn(html ?? ''),
        visible: status !== 'draft',
      })
    page = meta.pagination.next
  }
  return found
}

export async function startWordpressBlog(mariadb: Mariadb): Promise<Network> {
  const site = await startWordpress({ mariadb })
  const problem = (code: string, status: number) => ({ code, message: code, data: { status } })
  return behindFaults({
    name: 'wordpress',
    connectorId: 'wordpress',
    url: site.url,
    async connect(account, session) {
      const values = { site: site.url, username: site.username, password: site.applicationPassword }
      return asAnother(await connectByForm(wordpress, session, values), String(account))
    },
    list: () => wordpressPosts(site.url, `${site.username}:${site.applicationPassword}`),
    words: {
      expired: json(401, problem('rest_not_logged_in', 401)),
      revoked: json(401, problem('incorrect_password', 401)),
      refused: json(400, problem('rest_invalid_param', 400)),
    },
    stop: () => site.stop(),
  })
}

async function wordpressPosts(url: string, login: string): Promise<Found[]> {
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`
  const found: Found[] = []
  for (let page = 1; ; page++) {
    const query = `context=edit&per_page=100&status=any&page=${page}`
    const answer = await fetch(`${url}/wp-json/wp/v2/posts?${query}`, { headers: { authorization } })
    if (!answer.ok) throw new Error(`WordPress' list of posts: ${answer.status}`)
    const posts = (await answer.json()) as {
      id: number
      status: string
      title: { raw: string }
      content: { raw: string }
    }[]
    for (const { id, status, title, content } of posts)
      found.push({
        id: String(id),
        text: `${title.raw} ${content.raw}`,
        replyTo: null,
        images: picturesIn(content.raw),
        visible: status !== 'draft' && status !== 'auto-draft',
      })
    if (page >= Number(answer.headers.get('x-wp-totalpages') ?? 1)) return found
  }
}
