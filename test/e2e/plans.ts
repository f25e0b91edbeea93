// What the example plans for long: a post that recurs, places whose holidays count, a feed for another calendar.

import type { Account, Example } from './example.ts'
import { dayAhead, write } from './posts.ts'

/** Every Monday; with a place whose holidays count, and a calendar feed. */
export async function addSeries(example: Example, account: Account): Promise<{ id: string }> {
  const { call, org } = example
  await call('PUT', `/orgs/${org.id}/holiday-places`, { places: [{ country: 'DE', state: 'HH' }, { country: 'AT' }] })
  await call('POST', `/orgs/${org.id}/calendar-feeds`, { name: 'On my phone', scope: 'mine' })
  const { id: postId } = await write(example, [account.id], 'The tour of the week: where the harbour meets the hills.')
  const when = { rule: 'FREQ=WEEKLY;BYDAY=MO', wall: `${dayAhead(3)}T09:00`, zone: 'Europe/Berlin' }
  return call('POST', `/orgs/${org.id}/series`, { postId, ...when, scheduled: true })
}
