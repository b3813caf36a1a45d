import type { NewEvent } from '../model/event.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** A document that cannot leave. */
export interface RejectedDocument {
  readonly file: string
  readonly uuid: string | null
  readonly customer: string | null
  readonly reason: string
  readonly detail: string
}

/** Logs documents that cannot leave, each once for the same reason however often it is met. */
export async function logRejected(db: Db, documents: readonly RejectedDocument[], at: string): Promise<void> {
  for (let start = 0; start < documents.length; start += CHUNK) {
    const events = documents.slice(start, start + CHUNK).map((document) => toEvent(document, at))
    await db.transaction().execute(async (db) => {
      const known = await db
        .selectFrom('event')
        .select('detail')
        .where('event', '=', 'document-rejected')
        .where(
          'detail',
          'in',
          events.map(({ detail }) => detail),
        )
        .execute()
      const details = new Set(known.map(({ detail }) => detail))
      await insertEvents(
        db,
        events.filter(({ detail }) => !details.has(detail)),
      )
    })
  }
}

function toEvent({ file, uuid, customer, reason, detail }: RejectedDocument, at: string): NewEvent {
  return {
    ...{ at, level: 'error', event: 'document-rejected', order: null, customer, uuid, recipient: null },
    detail: [file, reason, detail].filter((part) => part !== '').join(': '),
  }
}
