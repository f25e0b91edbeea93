// What package-lock.json says of each package.

import type { Licensed } from './licences.ts'

export interface Locked {
  version?: string
  license?: string
  dev?: boolean
  devOptional?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

export const readLockfile = (text: string): Record<string, Locked> =>
  (JSON.parse(text) as { packages: Record<string, Locked> }).packages

/** The name of the package that lies at this place. */
export const nameAt = (place: string): string =>
  place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** All of them, those for development too: whoever works on Longrun installs them. */
export const packagesIn = (text: string): Licensed[] =>
  Object.entries(readLockfile(text))
    .filter(([place]) => place !== '')
    .map(([place, { license }]) => ({ name: nameAt(place), licence: license ?? null }))
