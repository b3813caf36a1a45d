import type { documents as es } from '../es/documents.ts'

export const documents: Record<keyof typeof es, string> = {
  'flag.bad': 'Only what cannot be sent, and why',
  'flag.documents.cancel.file':
    "File with fiscal folios: a list, a CSV or the SAT's receipt; - is standard input",
  'flag.documents.restore.file': 'File with fiscal folios; - is standard input',

  'error.BAD_UUID': '"{value}" is no fiscal folio.',
  'hint.BAD_UUID.end':
    'It is the UUID of the stamp, 32 letters and digits with hyphens, or the end of it, as lists show it.',
  'hint.BAD_UUID':
    'It is the whole UUID of the stamp, 32 letters and digits with hyphens; cfdi-mail outbox show ORDER shows it, or documents list --json.',

  'column.receiver': 'Receiver',
  'documents.none':
    'No documents in that filter. Packaging fills the index; to read the folders only: cfdi-mail package --all --dry-run',
  'documents.more': '… and {count} more (--verbose or --json show {count|it|them})',
  'documents.count': 'Files: {count}; cannot be sent: {bad}',
  'documents.pdf': 'with PDF',
  'documents.no-pdf': 'without PDF',

  'documents.cancelled': 'Marked as cancelled, will not be sent: {count}.',
  'documents.already': 'Marked already: {count}.',
  'documents.refused': 'The SAT did not cancel these, and they were left as they were:',
  'documents.refused-one': '  {uuid}  status {status}',
  'documents.stopped': 'Stopped. Deliveries: {deliveries}; orders: {orders}.',
  'documents.none-stopped': 'None of them was about to go.',
}
