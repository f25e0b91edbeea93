// Makes a part of the page a place for files that are dropped from outside.

import { type DragEvent, useRef, useState } from 'react'
import { droppedFiles } from './dropped-files.ts'

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files')

/** null: nothing may be dropped here. */
export function useDropPlace(take: ((files: File[]) => void) | null) {
  const [over, setOver] = useState(false)
  // Entering a part inside comes before leaving the one around it: only the count tells who is really gone.
  const depth = useRef(0)
  const leave = () => {
    depth.current = 0
    setOver(false)
  }
  const on = take && {
    onDragEnter: (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth.current += 1
      setOver(true)
    },
    onDragOver: (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    },
    onDragLeave: () => {
      depth.current -= 1
      if (depth.current <= 0) leave()
    },
    onDrop: (event: DragEvent) => {
      leave()
      if (!hasFiles(event)) return
      event.preventDefault()
      void droppedFiles(event.dataTransfer).then(take)
    },
  }
  return { over, on }
}
