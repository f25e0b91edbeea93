// Asks for page after page while something is wanted that was not among those before. An error ends it: whoever reads decides what next.

import { useEffect } from 'react'

export interface Paged {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  error: unknown
  fetchNextPage: () => unknown
}

export function useFetchOn(wanted: boolean, { isFetchingNextPage, error, fetchNextPage }: Paged): void {
  useEffect(() => {
    if (wanted && !isFetchingNextPage && !error) void fetchNextPage()
  }, [wanted, isFetchingNextPage, error, fetchNextPage])
}
