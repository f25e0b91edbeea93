// What the example has learned: on the first rung of the ladder, with what was seen, something to read, and a process.

import type { Ground } from './past-plan.ts'
import { dayAhead } from './posts.ts'

export async function addLearning({ example: { call, org } }: Ground): Promise<void> {
  const path = `/orgs/${org.id}/programme`
  // It has published for a long time, and goes on with that while it learns to listen.
  const reason = 'Guests have followed us for years; we do not fall silent while we learn to listen.'
  await call('POST', `/orgs/${org.id}/publishing-advice/override`, { reason, until: dayAhead(21) })
  const { rungs } = await call<{ rungs: { id: string; key: string }[] }>('GET', `${path}/ladder`)
  const idOf = (key: string) => rungs.find((rung) => rung.key === key)!.id
  await call('POST', `${path}/ladder/${idOf('listening')}/begin`)
  const members = await call<{ id: string; name: string; role: string }[]>('GET', `/orgs/${org.id}/members`)
  const owner = members.find(({ role }) => role === 'owner')!
  const [seen] = members.filter(({ role }) => role === 'manager' || role === 'contributor')
  if (seen) {
    const said = 'Answered three people who were angry about the ferry, calmly and within the hour.'
    const facts = { memberId: seen.id, outcome: 'holds', said }
    const { id } = await call<{ id: string }>('POST', `${path}/ladder/${idOf('answering')}/observations`, facts)
    const given = { competencyId: idOf('answering'), memberId: seen.id, how: 'observation', proofId: id }
    await call('POST', `${path}/certificates`, { ...given, until: dayAhead(20) })
  }
  await call('POST', `${path}/readings`, {
    ...{ title: 'How we speak with guests', minutes: 12, competencyId: idOf('answering') },
    words: 'Plainly, kindly, and never in a hurry. Say what happens next.',
  })
  await call('POST', `${path}/processes`, {
    ...{ name: 'The morning round', ownerId: owner.id, deputyId: seen?.id ?? null, reviewOn: dayAhead(90) },
    purpose: 'Nobody waits overnight for a first word.',
    steps: [
      { what: 'Read what came in overnight', role: 'On duty', within: 'before ten' },
      { what: 'Hand on what others know better', role: 'On duty', within: 'the same morning' },
    ],
  })
}
