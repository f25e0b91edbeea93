// Identifiers: UUID version 7, so that rows written together lie together in every index.

import { v7 } from 'uuid'

export const newId = (): string => v7()
