// Longrun as bin/start starts it, but that its Bluesky is the network on this machine.

import { bluesky, createBluesky } from '../../src/connectors/bluesky/index.ts'

const { CHAOS_DIRECTORY: directory, CHAOS_APPVIEW: appView } = process.env
if (!directory || !appView) throw new Error('CHAOS_DIRECTORY and CHAOS_APPVIEW name the network.')
// The registry holds this very object.
Object.assign(bluesky, createBluesky({ directory, appView }))
await import('../../src/main.ts')
