// Turns what a reader brought into what organisations want of it: matched, understood once, and made ready to be stored for each.

import type { Heard, StreamBatch } from '../../connectors/listen.ts'
import { moved } from '../labels/lessons.ts'
import type { NewMention } from '../mentions/new-mention.ts'
import { searchWords } from '../mentions/words.ts'
import { keptUntil } from '../retention/rules.ts'
import type { Understanding } from '../text/types.ts'
import type { Catalogue, ServedReader } from './catalogue.ts'
import type { Understood } from './keep-batch.ts'
import { type Labeller, labeller, languagesOf, type Said, storedLabels } from './labels.ts'
import { initiatorOf } from './rules.ts'

/** What `heardAt` and the posts that were published through Longrun decide besides the words. */
export interface Circumstances {
  network: string
  readerId: string
  heardAt: Date
  /** Of these ids those that an organisation published itself, by organisation. Asked once a batch, with what mentions refer to. */
  ownPosts(refs: { orgId: string; id: string }[]): Promise<Map<string, Set<string>>>
}

interface Wanted {
  heard: Heard
  orgId: string
  sourceId: string
  topics: number[]
}

export async function understand(
  catalogue: Catalogue,
  batch: StreamBatch,
  circumstances: Circumstances,
): Promise<Understood> {
  const reader = catalogue.readers.get(circumstances.readerId)
  const said = batch.events.flatMap((event) =>
    event.type === 'heard' || event.type === 'changed' ? [event.heard] : [],
  )
  const label = catalogue.index.asksLanguage ? remembering(await labeller()) : null
  const wanted = reader ? said.flatMap((heard) => wantedOf(catalogue, reader, heard, label)) : []
  const mentions =
    wanted.length > 0
      ? await mentionsOf(catalogue, wanted, { ...circumstances, label: label ?? remembering(await labeller()) })
      : []
  return { batch, mentions, heard: said.length }
}

function wantedOf(
  { index, topics }: Catalogue,
  { byOrg, names }: ServedReader,
  heard: Heard,
  label: Labeller | null,
): Wanted[] {
  const found = new Map<string, Wanted>()
  const languages = label ? languagesOf(label, heard) : heard.languages
  for (const id of index.match({ ...heard, languages, sources: names })) {
    const topic = topics.get(id)
    const source = topic && byOrg.get(topic.orgId)
    if (!topic || !source) continue
    const wanted = found.get(topic.orgId) ?? { heard, orgId: topic.orgId, sourceId: source.sourceId, topics: [] }
    found.set(topic.orgId, wanted)
    wanted.topics.push(topic.number)
  }
  for (const { orgId, sourceId, keepsAll } of byOrg.values())
    if (keepsAll && !found.has(orgId)) found.set(orgId, { heard, orgId, sourceId, topics: [] })
  return [...found.values()]
}

/** One post is understood once, however many organisations want it, and whether or not its language was asked for before. */
function remembering(label: Labeller): Labeller {
  const known = new Map<Said, Understanding>()
  return {
    ...label,
    understand(said) {
      const understood = known.get(said) ?? label.understand(said)
      known.set(said, understood)
      return understood
    },
  }
}

async function mentionsOf(
  catalogue: Catalogue,
  wanted: Wanted[],
  circumstances: Circumstances & { label: Labeller },
): Promise<NewMention[]> {
  const { network, heardAt, label } = circumstances
  const refs = wanted.flatMap(({ orgId, heard }) =>
    [heard.root, heard.replyTo, heard.quoteOf, heard.repostOf].flatMap((id) => (id === null ? [] : [{ orgId, id }])),
  )
  const ours = refs.length > 0 ? await circumstances.ownPosts(refs) : new Map<string, Set<string>>()
  const nobody: ReadonlySet<string> = new Set()
  const marks = new Map<Heard, Uint32Array | null>()
  return wanted.map(({ heard, orgId, sourceId, topics }) => {
    const understood = label.understand(heard)
    if (!marks.has(heard)) marks.set(heard, label.marks(heard))
    const authors = catalogue.ownAuthors.get(`${network} ${orgId}`) ?? nobody
    return {
      orgId,
      sourceId,
      network,
      heardAt,
      heard,
      topics: topics.sort((a, b) => a - b),
      labels: storedLabels(moved(understood, catalogue.lessons.get(orgId))),
      initiator: initiatorOf(heard, { authors, posts: ours.get(orgId) ?? nobody }),
      expiresAt: keptUntil(catalogue.kept, orgId, network, heardAt),
      marks: marks.get(heard)!,
      secondLook: label.secondLook(understood),
      words: searchWords(orgId, heard.title, heard.text),
    }
  })
}
