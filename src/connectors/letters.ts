// What the newsletter connector hands over and asks back: letters go to subscribers one by one, which takes longer than one request.

import type { Crop } from './contract.ts'

/** Exactly what every subscriber receives, apart from their own link to leave. */
export interface Letter {
  subject: string
  /** Sanitised, without `<html>` around it. Pictures are addressed below `Letters.base`. */
  html: string
  text: string
  /** What mail programs show after the subject. */
  preview: string
  /** What the letter shows, at `pictures/ID` below its base. */
  pictures: LetterPicture[]
}

export interface LetterPicture {
  id: string
  /** null: all of it. */
  crop: Crop | null
}

export interface LetterProgress {
  /** Where anybody can read it. */
  url: string
  recipients: number
  /** Letters that nothing more will happen to by itself. */
  settled: number
  finished: boolean
}

export interface Letters {
  /** Public address below which the issue with this key and its pictures will be found, without a trailing slash. */
  base(key: string): string
  /** Begins to send. Durable when it returns; the same key is the same issue, however often. */
  begin(key: string, letter: Letter): Promise<LetterProgress>
  /** null: no issue has this key. */
  progress(key: string): Promise<LetterProgress | null>
}
