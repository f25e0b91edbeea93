// Serves the built web app: hashed files for a year, the page itself for every address that the app knows.

import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import type { Hono } from 'hono'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Addresses that are never pages of the app: an unknown one there is a mistake and says so. */
const notPages = /^\/(api|files|oauth|assets|healthz)(\/|$)/

export function serveWebApp(app: Hono, folder: string): void {
  app.get('*', async (c) => {
    const path = decoded(c.req.path)
    const file = path === null ? null : await fileAt(folder, path)
    if (file && path) {
      // Vite puts the hash of the content into every name under assets/.
      const lasting = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      return c.body(file, 200, {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'cache-control': lasting,
      })
    }
    if (notPages.test(c.req.path) || path === null) return c.notFound()
    const page = await fileAt(folder, '/index.html')
    if (!page)
      return c.text('The web app has not been built yet. Start Longrun with bin/start, which builds it.\n', 404)
    return c.body(page, 200, { 'content-type': types['.html']!, 'cache-control': 'no-cache' })
  })
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

async function fileAt(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const safe = normalize(path)
  if (extname(safe) === '' || safe.includes('\0') || safe.includes('..')) return null
  try {
    return new Uint8Array(await readFile(join(folder, safe)))
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return null
    throw error
  }
}
