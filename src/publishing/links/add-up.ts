// Adds up the clicks that a process has committed and, being killed, has not added to their links itself.

import type { Services } from '../../services.ts'
import { addUp } from './store-clicks.ts'

export async function addUpClicks({ db }: Pick<Services, 'db'>): Promise<void> {
  while ((await addUp(db)) > 0);
}
