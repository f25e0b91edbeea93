// Builds the web app into dist/web and serves it while developing, with the API passed on to the running server.

import { gzipSync } from 'node:zlib'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './src/contract.ts'

const server = process.env.LONGRUN_URL ?? 'http://127.0.0.1:4545'

/** What a route is for and who may call it is for readers of the API: two thirds of all. */
const routes = (): string =>
  JSON.stringify(minifyContractRouter(contract), (key, value) =>
    key === 'summary' || key === 'verb' ? undefined : value,
  )

/** Gives the browser the methods and paths of the contract without its Zod schemas: the types are enough there. */
function contractRoutes(): Plugin {
  const id = 'virtual:contract-routes'
  return {
    name: 'contract-routes',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (resolved) => (resolved === `\0${id}` ? `export const contractRoutes = ${routes()}` : null),
  }
}

/** What a browser must load and run before it shows anything, compressed. */
const budgetBytes = 300_000

function initialScript(): Plugin {
  return {
    name: 'initial-script',
    generateBundle(_, bundle) {
      const files = new Set<string>()
      const add = (name: string) => {
        const file = bundle[name]
        if (file?.type !== 'chunk' || files.has(name)) return
        files.add(name)
        file.imports.forEach(add)
      }
      for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) add(file.fileName)
      const sizes = [...files].map((name) => gzipSync((bundle[name] as { code: string }).code).length)
      const size = sizes.reduce((sum, each) => sum + each, 0)
      const words = `Initial script: ${Math.round(size / 1000)} kB compressed, of ${budgetBytes / 1000} kB`
      if (size > budgetBytes) this.error(words)
      this.info(words)
    },
  }
}

export default defineConfig({
  root: 'src/shell',
  plugins: [contractRoutes(), react(), initialScript()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // `light-dark()` stays as it is: every browser that runs this has it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: false,
    // What most pages use is one file: a browser asks for six at a time, and each page would be made of dozens.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', minShareCount: 30 }] } } },
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    port: 4547,
    fs: { allow: ['../..'] },
    proxy: Object.fromEntries(
      ['/api', '/files', '/oauth'].map((path) => [path, { target: server, changeOrigin: false }]),
    ),
  },
})
