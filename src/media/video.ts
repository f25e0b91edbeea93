// Reads the size and the length of a video from its headers; nothing is decoded or converted.

import type { InputVideoTrack } from 'mediabunny'

/** null: the file does not say. Width and height are as seen, with the rotation applied. */
export interface VideoFacts {
  width: number | null
  height: number | null
  seconds: number | null
}

/** Never throws for what is in the file: a video whose headers cannot be read is one about which nothing is known. */
export async function probeVideo(path: string): Promise<VideoFacts> {
  const { FilePathSource, Input, MP4, QTFF, WEBM } = await import('mediabunny')
  const source = new FilePathSource(path, { maxCacheSize: cacheBytes })
  const input = new Input({ formats: [MP4, QTFF, WEBM], source })
  try {
    return await Promise.race([readFacts(() => input.getPrimaryVideoTrack()), giveUp()])
  } catch {
    return nothingKnown
  } finally {
    input.dispose()
  }
}

const cacheBytes = 4_000_000
/** Headers take milliseconds; a file that needs more was made to keep us busy. */
const probeMs = 10_000
const nothingKnown: VideoFacts = { width: null, height: null, seconds: null }

async function readFacts(findTrack: () => Promise<InputVideoTrack | null>): Promise<VideoFacts> {
  const track = await findTrack()
  if (!track) return nothingKnown
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
  // Files written while recording state no length up front; then the fragments are counted.
  const seconds = (await track.getDurationFromMetadata()) ?? (await track.computeDuration())
  return { width: positive(width), height: positive(height), seconds: positive(seconds) }
}

function giveUp(): Promise<VideoFacts> {
  return new Promise((resolve) => setTimeout(resolve, probeMs, nothingKnown).unref())
}

const positive = (value: number) => (Number.isFinite(value) && value > 0 ? value : null)
