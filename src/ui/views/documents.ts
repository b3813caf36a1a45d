import type { ResultOf } from '../../core/model/result.ts'
import type { IndexedDocument } from '../../core/model/results/packaged.ts'
import { amountOf, documentName } from './document-name.ts'
import type { LongView } from './long.ts'
import { newest } from './newest.ts'
import { fileName } from './obstacles.ts'
import { rowsOf, tableLines } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `documents list`: a line a file, the newest last. */
export const documentsView: LongView<ResultOf<'documents'>> = ({ documents, bad }, context) => {
  const { t, paint } = context
  if (documents.length === 0) return [t('documents.none')]
  const shown = newest(documents, null, context)
  const more = documents.length - shown.length
  const columns = [
    { title: t('column.document'), flexible: true },
    { title: t('column.date') },
    { title: t('column.receiver') },
    { title: t('column.total'), align: 'right' },
    { title: t('column.result'), flexible: true },
  ] as const
  return [
    ...(more > 0 ? [paint('dim', t('documents.more', { count: more }))] : []),
    tableLines(
      columns,
      rowsOf(shown, (document) => rowOf(document, context)),
      context.width,
    ),
    paint('dim', t('documents.count', { count: documents.length, bad })),
  ]
}

/** `documents cancel`: how many were marked, and what it stopped. */
export const documentsCancelledView: View<ResultOf<'documents-cancelled'>> = (result, { t }) => {
  const { uuids, already, refused, orders, deliveries } = result
  return [
    t('documents.cancelled', { count: uuids.length }),
    ...(already.length === 0 ? [] : [t('documents.already', { count: already.length })]),
    ...(refused.length === 0 ? [] : [t('documents.refused')]),
    ...refused.map((entry) => t('documents.refused-one', { ...entry })),
    deliveries === 0
      ? t('documents.none-stopped')
      : t('documents.stopped', { deliveries, orders: orders.length }),
  ].join('\n')
}

function rowOf(document: IndexedDocument, { t }: ViewContext): string[] {
  const { issuedAt, reason, pdf } = document
  return [
    reason === null ? documentName(document) : fileName(document.file),
    issuedAt?.slice(0, 10) ?? '',
    document.receiverRfc,
    amountOf(document),
    reason === null ? t(pdf === null ? 'documents.no-pdf' : 'documents.pdf') : t(`reason.${reason}`),
  ]
}
