// Which licences a package may have to be used here; every other one is a decision, with its reasons in docs/adr/0006-licences-outside-the-list.md.

export interface Licensed {
  /** Name of the package. */
  name: string
  /** SPDX expression. null: the package does not say. */
  licence: string | null
}

/** These ask for no more than their notices, or (MPL) for the source of their own files, which npm brings. */
const allowed = ['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'ISC', 'MPL-2.0']

interface Exception {
  packages: RegExp
  licence: string
}

/** Each for the packages that it was decided for, and no others. */
export const exceptions: Exception[] = [
  { packages: /^@img\/sharp-(libvips|wasm32|win32)/, licence: 'LGPL-3.0-or-later' },
  { packages: /^@fontsource-variable\/inter$/, licence: 'OFL-1.1' },
  { packages: /^argparse$/, licence: 'PSF-2.0' },
  { packages: /^argparse$/, licence: 'Python-2.0' },
  { packages: /^(isbot|prepin)$/, licence: 'Unlicense' },
  { packages: /^date-holidays$/, licence: 'CC-BY-3.0' },
]

/** One sentence per package whose licence nobody has agreed to, and per exception that nothing needs any more. */
export function licenceFaults(packages: Licensed[], granted = exceptions): string[] {
  const used = new Set<Exception>()
  const mayUse = (name: string, licence: string): boolean => {
    if (allowed.includes(licence)) return true
    const exception = granted.find((each) => each.licence === licence && each.packages.test(name))
    if (exception) used.add(exception)
    return exception !== undefined
  }
  const refused = packages.filter(({ name, licence }) => !licence || !holds(licence, (each) => mayUse(name, each)))
  return [
    ...refused.map(({ name, licence }) => `${name}: ${licence ?? 'no licence is stated'}`),
    ...granted
      .filter((each) => !used.has(each))
      .map(({ packages: names, licence }) => `nothing needs ${licence} for ${names}`),
  ]
}

/** Reads `A AND B OR C` as SPDX does, AND before OR. Parentheses inside are not read, so that what has them is refused. */
function holds(expression: string, may: (licence: string) => boolean): boolean {
  const bare = expression.trim().replace(/^\(([^()]*)\)$/, '$1')
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((each) => may(each.trim())))
}
