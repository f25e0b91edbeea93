// What is known of a file itself: size, content, what was made of it for accounts, and which others are the same or look alike.

import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { sizeText } from '../size-text.ts'
import { Thumb } from './library-grid.tsx'

type Media = Output<typeof client.media.read>

export function FileDetails({ file }: { file: Media }) {
  const org = useOrg()
  const details = useQuery(api.media.details.queryOptions({ input: { org: org.id, id: file.id } }))
  const { data } = details
  return (
    <section aria-labelledby="file-details">
      <h3 id="file-details">About the file</h3>
      {details.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={details.error} retry={() => void details.refetch()} />
      {data && data.copies.length > 0 && (
        <Others
          title={`${count(data.copies.length, 'other file')} with exactly the same content`}
          files={data.copies}
        />
      )}
      {data && data.alike.length > 0 && (
        <Others title="May show the same (a guess by brightness)" files={data.alike.map(({ media }) => media)} />
      )}
      <dl className="lr-card-details">
        <div>
          <dt>Kind</dt>
          <dd>{file.type}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            {[shapeOf(file), sizeText(file.bytes), file.seconds && `${Math.round(file.seconds)} s`]
              .filter(Boolean)
              .join(', ')}
          </dd>
        </div>
        <div>
          <dt>Added</dt>
          <dd>
            <TimeText at={file.createdAt} /> {data?.uploadedBy && `by ${data.uploadedBy}`}
          </dd>
        </div>
        {file.conversationId && (
          <div>
            <dt>Brought for</dt>
            <dd>
              <TextLink
                to="/o/$slug/inbox/$conversationId"
                params={{ slug: org.slug, conversationId: file.conversationId }}
              >
                answers of a conversation
              </TextLink>
              , and seen by whoever sees that
            </dd>
          </div>
        )}
        {data && (
          <div>
            <dt>SHA-256</dt>
            <dd className="md-hash">{data.sha256}</dd>
          </div>
        )}
      </dl>
      {data && data.renditions.length > 0 && (
        <details className="md-renditions">
          <summary>{count(data.renditions.length, 'rendition')} made of it</summary>
          <ul>
            {data.renditions.map((each) => (
              <li key={`${each.createdAt} ${each.bytes} ${each.width}`}>
                {[each.type, shapeOf(each), sizeText(each.bytes)].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const shapeOf = ({ width, height }: { width: number | null; height: number | null }): string | null =>
  width && height ? `${width} × ${height}` : null

function Others({ title, files }: { title: string; files: Media[] }) {
  const set = useSetSearch()
  return (
    <div className="md-others">
      <p>{title}</p>
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <UnstyledButton
              onClick={() => set({ file: file.id })}
              aria-label={`Open ${file.fileName}`}
              title={file.fileName}
            >
              <Thumb line={{ ...file, alt: '' }} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
