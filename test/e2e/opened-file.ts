// A file of posts that was opened and not imported yet, with a good row and some that are not.

import type { Example } from './example.ts'

export function openFile({ call, org }: Example): Promise<{ id: string }> {
  const rows = [
    'Text,Date,Account,Notes',
    '"Spring cleaning for boots, step by step",2031-03-04 09:00,Harbour Outdoor,with picture',
    'Which tent for two?,2031-03-05 25:00,Harbour Outdoor,',
    'The lighthouse walk,05/03/2031 17:00,Somebody else,',
  ]
  const form = new FormData()
  form.set('file', new File([rows.join('\n')], 'spring plan.csv', { type: 'text/csv' }))
  return call('POST', `/orgs/${org.id}/imports`, form)
}
