// Identifiers: UUID version 7, so that rows written together lie together in every index.

import { v7 } from 'uuid'

/** Part of a regular expression. */
export const uuidPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

export const newId = (): string => v7()
