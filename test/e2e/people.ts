// People of the example organisation besides its owner: invited and joined through the API.

import type { Example } from './example.ts'
import type { Credentials } from './stage.ts'

export interface Colleague extends Credentials {
  name: string
  /** A bearer token of their own. */
  token: string
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
  return { ...person, token }
}
