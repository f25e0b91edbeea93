// What certain people say in public: competitors, partners, the press; by their handles, without an account.

import { z } from 'zod'
import type { Json } from '../../contract.ts'
import { ConnectorError } from '../../errors.ts'
import type { SourceKind } from '../../listen.ts'
import { publicServer, readJetstream } from './jetstream.ts'
import { lookUp } from './people.ts'
import { originOf } from './server-address.ts'

const settingsSchema = z.object({ server: z.string(), people: z.array(z.string()) })

/** What fits into an address that every server takes. */
const mostPeople = 100

export function watchedPeopleKind(appView: string): SourceKind {
  return {
    key: 'people',
    label: 'What certain people say',
    help: 'All that up to a hundred accounts write in public, as it is written. No account is needed.',
    way: 'stream',
    shared: true,
    needsAccount: false,
    fields: [
      {
        key: 'people',
        label: 'Their handles',
        help: 'Such as acme.example, several with spaces between.',
        kind: 'text',
        required: true,
      },
      { key: 'server', label: 'Server', kind: 'url', required: true, preset: publicServer },
    ],
    normalise,
    async *stream(session, cursor) {
      const { server, people } = settingsSchema.parse(session.settings)
      const found = await lookUp(session, appView, people)
      // Whoever is gone is left out; a stream of nobody would be one of everybody.
      if (found.length === 0) throw new ConnectorError({ kind: 'gone', code: 'people-unknown' })
      const known = new Map(found.map((person) => [person.id, person]))
      yield* readJetstream(session, cursor, { server, protocol: 'auto', reposts: true, people: known })
    },
  }
}

const handle = /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const did = /^did:(?:plc|web):[A-Za-z0-9._:%-]{1,200}$/

function normalise(values: Record<string, string>): { settings: Json } | { field: string; code: string } {
  const typed = (values.people ?? '').split(/[\s,;]+/).filter((each) => each !== '')
  const people = typed.map((each) => (each.startsWith('did:') ? each : nameIn(each)))
  const unreadable = people.some((each) => !handle.test(each) && !did.test(each))
  if (people.length === 0 || people.length > mostPeople || unreadable)
    return { field: 'people', code: 'people-invalid' }
  const server = originOf(values.server || publicServer)
  if (server === null) return { field: 'server', code: 'address-invalid' }
  return { settings: { server, people: [...new Set(people)].sort() } }
}

/** `@Name.Example`, or the address of a profile. */
const nameIn = (typed: string): string =>
  typed
    .replace(/^https?:\/\/[^/]+\/profile\//i, '')
    .replace(/^@/, '')
    .replace(/\/+$/, '')
    .toLowerCase()
