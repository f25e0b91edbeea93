// How far an organisation climbs in its simulated year: gates are read, what is open to the last is mastered, and the next ability begins.

import { type Live, must, path } from './live-world.ts'

export interface Ladder {
  passed: { name: string; week: number }[]
  learning: { name: string; open: number; of: number; shut: string[] } | null
}

interface Rung {
  id: string
  name: string
  gates: { measure: string }[]
  teams: { stepId: string | null; state: string; gates: { measure: string; isOpen: boolean }[] }[]
}

/** Of the organisation as a whole. */
const first = ({ teams }: Rung) => teams[0]!

export async function lookAtLadder({ people }: Live, { passed }: Ladder, week: number): Promise<Ladder> {
  const lead = people[0]!
  const read = async (): Promise<Rung[]> => (await must(lead.call('GET', `${path}/ladder`))).rungs
  const learned = (rungs: Rung[]) => rungs.find((rung) => first(rung).state === 'going-on')
  const before = learned(await read())
  if (!before) return { passed, learning: null }
  await must(lead.call('POST', `/orgs/{org}/programme/ladder-steps/${first(before).stepId}/look`))
  const rung = learned(await read())!
  const { stepId, gates } = first(rung)
  const shut = gates.filter(({ isOpen }) => !isOpen).map(({ measure }) => measure)
  if (shut.length > 0)
    return { passed, learning: { name: rung.name, open: gates.length - shut.length, of: gates.length, shut } }
  await must(lead.call('POST', `/orgs/{org}/programme/ladder-steps/${stepId}/master`))
  const next = (await read()).find((each) => first(each).state === 'next')
  if (next) await must(lead.call('POST', `${path}/ladder/${next.id}/begin`, {}))
  return {
    passed: [...passed, { name: rung.name, week }],
    learning: next ? { name: next.name, open: 0, of: next.gates.length, shut: [] } : null,
  }
}
