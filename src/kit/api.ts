// The web app's way to the public HTTP API, typed by the contract.
//
//   useQuery(api.members.list.queryOptions({ input: { org: org.id } }))
//   useMutation(api.members.change.mutationOptions({ onSuccess: () => refresh(queryClient, api.members) }))
//   useInfiniteQuery(api.events.list.infiniteOptions({ input: (cursor: string | undefined) => ({ org: org.id, cursor }), ...paging }))
//   const { code, field, params } = refusalOf(error)                      words for people: words.ts

import { contractRoutes } from 'virtual:contract-routes'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { contract } from '../contract.ts'
import type { RefusalParams } from '../lib/refusal.ts'

/** `client.posts.create({…})` where no query is wanted. */
export const client: ContractRouterClient<typeof contract> = createORPCClient(
  new OpenAPILink(contractRoutes, {
    url: () => `${window.location.origin}/api/v1`,
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  }),
)

export const api = createTanstackQueryUtils(client)

/** What an operation answers: `Output<typeof client.posts.read>`. */
export type Output<T extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<T>>

export interface RefusalFacts {
  /** A code of `words.ts`; `offline` and `failed` are made here. */
  code: string
  field?: string
  params: RefusalParams
  status: number | null
}

/** Reads any error of the API into a code, the field it belongs to and its parameters. */
export function refusalOf(error: unknown): RefusalFacts {
  if (error instanceof Refused) return error.facts
  if (!(error instanceof ORPCError)) {
    const lost = error instanceof TypeError || !navigator.onLine
    return { code: lost ? 'offline' : 'failed', params: {}, status: null }
  }
  const data = (error.data ?? {}) as { code?: string; field?: string; params?: RefusalParams }
  const code = data.code ?? error.code.toLowerCase().replaceAll('_', '-')
  return { code, field: data.field, params: data.params ?? {}, status: error.status }
}

/** A refusal from elsewhere than the API: signing in, uploads, the browser itself. */
export class Refused extends Error {
  readonly facts: RefusalFacts

  constructor(facts: Partial<RefusalFacts> & { code: string }) {
    super(facts.code)
    this.facts = { params: {}, status: null, ...facts }
  }
}

/** Everything a subject of the API has answered is asked for again: `refresh(queryClient, api.posts, api.events)`. */
export async function refresh(queryClient: QueryClient, ...parts: { key(): readonly unknown[] }[]): Promise<void> {
  await Promise.all(parts.map((part) => queryClient.invalidateQueries({ queryKey: part.key() })))
}

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

/** The rows of all pages so far; undefined while nothing has come. */
export const allItems = <T>(data: InfiniteData<PageOf<T>> | undefined): T[] | undefined =>
  data?.pages.flatMap((page) => page.items)

/** Options that every paged list shares; spread them beside `input: (cursor: string | undefined) => ({…, cursor})`. */
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
}

/** Reads a paged list to its end, for exports. Stops after `most` rows. */
export async function everyItem<T>(
  read: (cursor: string | undefined) => Promise<PageOf<T>>,
  most = 20_000,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor && items.length < most)
  return items
}
