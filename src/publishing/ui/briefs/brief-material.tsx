// What a brief gives to whoever writes: its material, links, files, use, who asked, and its day.

import { Anchor } from '@mantine/core'
import type { Brief } from './brief-form.tsx'
import { BriefPictures } from './brief-pictures.tsx'
import { useWords } from './brief-words.ts'
import './briefs.css'
import { dayText } from '../../../kit/time.ts'

export function BriefMaterial({ brief }: { brief: Brief }) {
  const asked = [brief.askedBy, brief.contact].filter(Boolean).join(', ')
  return (
    <div className="lr-panel br-material">
      <dl className="br-facts">
        <div>
          <dt>Use</dt>
          <dd>{useWords[brief.use]}</dd>
        </div>
        <div>
          <dt>Due</dt>
          <dd>{brief.dueOn ? dayText(brief.dueOn) : 'No day'}</dd>
        </div>
        {asked && (
          <div>
            <dt>Asked by</dt>
            <dd>{asked}</dd>
          </div>
        )}
      </dl>
      {brief.material ? (
        <p className="br-text">{brief.material}</p>
      ) : (
        <p className="br-note">No text to make it from{brief.lacksMaterial && ', and its day is near'}.</p>
      )}
      {brief.links.length > 0 && (
        <ul className="br-links">
          {brief.links.map((link) => (
            <li key={link}>
              <Anchor href={link} target="_blank" rel="noopener noreferrer" size="sm">
                {link}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      <BriefPictures ids={brief.mediaIds} />
    </div>
  )
}
