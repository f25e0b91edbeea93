// People of the example organisation besides its owner: invited and joined through the API.

import { callAs, type Example } from './example.ts'
import type { Credentials } from './stage.ts'

export interface Colleague extends Credentials {
  name: string
  /** A bearer token of their own. */
  token: string
  /** Calls the API as they. */
  call: Example['call']
}

export interface Invitation {
  link: string
  secret: string
}

export async function invite({ call, org }: Example, email: string, role: string): Promise<Invitation> {
  const { link } = await call<{ link: string }>('POST', `/orgs/${org.id}/invitations`, { email, role })
  return { link, secret: new URL(link).pathname.split('/').at(-1) ?? '' }
}

/** Somebody with the role; their name and address say which. */
export async function addColleague(example: Example, role: string, as: string = role): Promise<Colleague> {
  const person = { name: `A ${as}`, email: `${as}@example.org`, password: 'another long password' }
  const { secret } = await invite(example, person.email, role)
  const { name, password } = person
  const { token } = await example.call<{ token: string }>('POST', `/invitations/${secret}/accept`, { name, password })
  return { ...person, token, call: callAs(example.address, { token }) }
}

/** Departments, somebody in each role, and an invitation that nobody accepts. */
export async function addPeople(example: Example): Promise<{ invitation: string; admin: Colleague }> {
  const { call, org } = example
  for (const name of ['Marketing', 'Customer service', 'Human resources'])
    await call('POST', `/orgs/${org.id}/departments`, { name })
  const admin = await addColleague(example, 'admin')
  for (const role of ['manager', 'contributor', 'viewer']) await addColleague(example, role)
  const address = 'somebody.with.a.rather.long.address@communications.example.org'
  return { invitation: (await invite(example, address, 'approver')).secret, admin }
}

/** Hours of work, so that whoever runs a journey at night or on a Sunday has something to do too. */
export const alwaysAtWork = {
  ...{ zone: 'Europe/Berlin', holidays: [], closed: [], extra: [] },
  week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' })),
}
