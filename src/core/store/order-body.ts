import { sql } from 'kysely'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

/** The long part of an order, for the moment in which its message is put together. */
export interface OrderBody {
  /** What the message says; null when it is sealed, as its bytes say it. */
  readonly text: string | null
  readonly html: string | null
  /** What its bytes are but for the attachments' contents; null while it is not sealed. */
  readonly head: string | null
  readonly tail: string | null
  /** SHA-256 of the sealed message; null while it is not. */
  readonly sha256: string | null
}

/** Not part of a claim: twenty of them would wait in memory, for longer than the collector looks at what is young. */
export function orderBody(db: Db, order: string): OrderBody {
  const [body] = findBody(db, { order })
  return body ?? { text: null, html: null, head: null, tail: null, sha256: null }
}

const findBody = prepared((db, blank: { readonly order: string }) =>
  db
    .selectFrom('send_order')
    .select([
      ...[unsealed('text_body').as('text'), unsealed('html_body').as('html')],
      ...(['head', 'tail', 'raw_sha256 as sha256'] as const),
    ])
    .where('id', '=', blank.order),
)

/** The texts are in a sealed message's bytes already. */
function unsealed(text: 'text_body' | 'html_body') {
  return sql<string | null>`case when raw_sha256 is null then ${sql.ref(text)} end`
}
