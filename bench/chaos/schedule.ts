// Puts a plan into the calendar by the product's own verbs, and its faults into the servers before the networks.

import { statSync } from 'node:fs'
import type { DraftMedia } from '../../src/connectors/contract.ts'
import type { RequestMatch } from '../../src/connectors/testing/fault-server.ts'
import {
  closeAfter,
  closeBefore,
  delay,
  type Fault,
  htmlPage,
  rateLimited,
  status,
  truncate,
} from '../../src/connectors/testing/faults.ts'
import { inOrg } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { createPost } from '../../src/publishing/write-post.ts'
import { draftOf } from './drafts.ts'
import type { Network } from './network.ts'
import type { PlannedFault, Run } from './plan.ts'
import type { Stage } from './stage.ts'

export interface Item {
  run: Run
  postId: string
  variantId: string
  accountId: string
  dueAt: Date
}

export async function scheduleRuns(stage: Stage, runs: Run[], beginning: Date): Promise<Item[]> {
  const picture = await insertPicture(stage)
  const items: Item[] = []
  for (const run of runs) {
    const accountId = stage.accounts.get(run.network)![run.account]!
    const content = draftOf(run, picture)
    const post = await createPost(stage.services, stage.caller, { content, variants: [{ accountId, content: null }] })
    const dueAt = new Date(beginning.getTime() + run.dueMs)
    const wall = dueAt.toISOString().replace('Z', '')
    await schedulePost(stage.services, stage.caller, { id: post.id, when: { kind: 'at', wall, zone: 'UTC' } })
    items.push({ run, postId: post.id, variantId: post.variants[0]!.id, accountId, dueAt })
    const network = stage.networks.get(run.network)!
    for (const fault of run.faults) network.faults.inject(faultOf(fault, network), { match: matchOf(run, fault) })
  }
  return items
}

/** The file itself is brought by the worker; here it is only known. */
async function insertPicture({ services, caller, picture }: Stage): Promise<DraftMedia> {
  const { file, alt, type, width, height } = picture
  const [id, bytes] = [newId(), statSync(file).size]
  await inOrg(services.db, caller.orgId, (tx) =>
    tx
      .insertInto('media')
      .values({
        ...{ org_id: caller.orgId, id, sha256: id, file_name: 'picture.jpg', kind: 'image' },
        ...{ type, bytes, width, height, alt, created_by: caller.memberId },
      })
      .execute(),
  )
  return { id, kind: 'image', type, bytes, width, height, seconds: null, alt }
}

const operations = { write: 'submit', prepare: 'prepare', 'look-up': 'find' } as const

function matchOf({ mark }: Run, { at, skip }: PlannedFault): RequestMatch {
  let left = skip
  return ({ headers, method }) => {
    if (headers['x-chaos'] !== `${mark}/${operations[at]}` || (at === 'write' && method === 'GET')) return false
    return left-- <= 0
  }
}

function faultOf({ kind, seconds }: PlannedFault, { words }: Network): Fault {
  if (kind === 'expired' || kind === 'revoked' || kind === 'refused') return words[kind]
  if (kind === '500') return status(500, { body: '{"error":"something went wrong"}' })
  if (kind === '500 after') return status(500, { body: '{"error":"something went wrong"}', forward: true })
  if (kind === '502 page after') return htmlPage({ status: 502, forward: true })
  if (kind === '429') return rateLimited(seconds)
  if (kind === 'slow') return delay(seconds * 1000)
  return kind === 'lost answer' ? closeAfter : kind === 'closed before' ? closeBefore : truncate
}
