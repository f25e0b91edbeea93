// A public stream on this machine with people who say things, and a topic under which some of it is heard.

import { type JetstreamDouble, startJetstreamDouble } from '../../src/connectors/bluesky/double/jetstream.ts'
import type { Example } from './example.ts'
import { eventually } from './stage.ts'

export interface Listening {
  stream: JetstreamDouble
  topic: { id: string }
  source: { id: string }
}

const said = [
  'The new wind jacket from Harbour Outdoor kept me dry on the whole ridge. Love it!',
  'Harbour Outdoor, why does the zip of the wind jacket break after two weeks? So disappointed.',
  'Does Harbour Outdoor ship to Norway before Christmas?',
  'I wish Harbour Outdoor made the wind jacket in smaller sizes.',
  'La nueva chaqueta de Harbour Outdoor es muy bonita y abriga mucho',
  'Harbour Outdoor opens a shop in our street next week #outdoor',
]

export async function startStream(): Promise<JetstreamDouble> {
  const stream = await startJetstreamDouble()
  return stream
}

/** Adds a source and a topic, and has people say things until they are heard. */
export async function addListening(
  { call, org }: Example,
  stream: JetstreamDouble,
): Promise<Omit<Listening, 'stream'>> {
  // Topics first: a stream that is opened afterwards knows them from its first word on.
  const topic = await call<{ id: string }>('POST', `/orgs/${org.id}/topics`, {
    name: 'Harbour Outdoor',
    kind: 'brand',
    query: '"harbour outdoor" OR @harbour-outdoor.example',
  })
  await call('POST', `/orgs/${org.id}/topics`, {
    name: 'Rain wear',
    kind: 'industry',
    query: 'jacket AND (rain OR wind)',
  })
  const source = await call<{ id: string }>('POST', `/orgs/${org.id}/listening/sources`, {
    name: 'Everything in public',
    connector: 'bluesky',
    kind: 'jetstream',
    values: { server: stream.url, protocol: 'auto', reposts: 'yes' },
  })
  await eventually(() => stream.connections()).toBeGreaterThan(0)
  for (const [index, text] of said.entries()) stream.post(text, { did: `did:plc:person${index}` })
  stream.post('Nothing that concerns us at all')
  const heard = async () => (await call<{ items: unknown[] }>('GET', `/orgs/${org.id}/mentions`)).items.length
  await eventually(heard).toBe(said.length)
  return { topic, source }
}

/** What is listened for, without a source that would bring it. */
export async function addTopics({ call, org }: Example): Promise<{ id: string }> {
  const add = (facts: object) => call<{ id: string }>('POST', `/orgs/${org.id}/topics`, facts)
  await add({ name: 'Rain wear', kind: 'industry', query: '(jacket OR poncho) NEAR/8 (rain OR "wet weather")' })
  return add({
    name: 'Harbour Outdoor',
    kind: 'brand',
    query:
      '("Harbour Outdoor" OR #harbour OR link:harbour.example) AND (lang:en OR lang:de) AND NOT (hiring OR "job opening")',
  })
}
