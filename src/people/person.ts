// Somebody of the organisation, as views of every domain show them.

import { z } from 'zod'

export const person = z.object({ id: z.uuid(), name: z.string() })
