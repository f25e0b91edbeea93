// The background work of a choice, as those who ask for it name it.

import { z } from 'zod'

export const chooseJob = { name: 'programme.choose', payload: z.object({ orgId: z.uuid(), choiceId: z.uuid() }) }
