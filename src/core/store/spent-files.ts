import type { NewEvent } from '../model/event.ts'
import type { FiledState } from '../model/filed-package.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** A packaged file all of whose orders are sent. */
export interface SpentRow {
  readonly path: string
  readonly root: string
  readonly sha256: string
  readonly type: string
  readonly customer: string
  readonly uuid: string
  readonly order: string
  /** `removing` when a run that died had begun with it. */
  readonly state: Extract<FiledState, 'due' | 'removing'>
}

const WAITING = ['due', 'removing']
/** Taken by the server, for all that is known now. `bounced` came back, `unknown` may never have arrived. */
const TAKEN = ['sent', 'delivered']

/**
 * Files that wait for their orders and whose orders have nothing left to wait for: every recipient's copy was taken. A file
 * that several orders share, a ZIP, waits for all of them.
 */
export async function spentFiles(db: Db): Promise<SpentRow[]> {
  const rows = await db
    .selectFrom('packaged_file as file')
    .select([
      'file.path',
      'file.root',
      'file.sha256',
      'file.type',
      'file.customer',
      'file.uuid',
      'file.state',
    ])
    .select('file.order_id')
    .where('file.state', 'in', WAITING)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('packaged_file as other')
            .select('other.path')
            .whereRef('other.path', '=', 'file.path')
            .where((or) =>
              or.or([
                or('other.state', 'not in', WAITING),
                or('other.order_id', 'is', null),
                or.not(
                  or.exists(
                    or
                      .selectFrom('delivery')
                      .select('delivery.id')
                      .whereRef('delivery.order_id', '=', 'other.order_id'),
                  ),
                ),
                or.exists(
                  or
                    .selectFrom('delivery')
                    .select('delivery.id')
                    .whereRef('delivery.order_id', '=', 'other.order_id')
                    .where('delivery.state', 'not in', TAKEN),
                ),
              ]),
            ),
        ),
      ),
    )
    .orderBy('file.path')
    .execute()
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    if (seen.has(row.path)) return []
    seen.add(row.path)
    const { order_id: order, state, ...rest } = row
    return [{ ...rest, order: order ?? '', state: state as SpentRow['state'] }]
  })
}

/** Says beforehand which files are about to go: what a run that dies leaves behind is then no riddle. */
export async function markRemoving(db: Db, paths: readonly string[], at: Date): Promise<void> {
  for (let start = 0; start < paths.length; start += CHUNK) {
    await db
      .updateTable('packaged_file')
      .set({ state: 'removing', changed_at: at.toISOString() })
      .where('path', 'in', paths.slice(start, start + CHUNK))
      .where('state', '=', 'due')
      .execute()
  }
}

/** What became of one file. */
export interface FileEnd {
  readonly path: string
  readonly state: Exclude<FiledState, 'due'>
  readonly reason: string
}

/** Writes down what became of files, with events, in one commit. */
export async function endFiles(
  db: Db,
  {
    ends,
    events,
    at,
  }: { readonly ends: readonly FileEnd[]; readonly events: readonly NewEvent[]; readonly at: Date },
): Promise<void> {
  await db.transaction().execute(async (db) => {
    for (const { path, state, reason } of ends) {
      await db
        .updateTable('packaged_file')
        .set({ state, reason, changed_at: at.toISOString() })
        .where('path', '=', path)
        .where('state', 'in', WAITING)
        .execute()
    }
    await insertEvents(db, events)
  })
}

/** Which of the paths the document index knows as sources. */
export async function sourcesAmong(db: Db, paths: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < paths.length; start += CHUNK) {
    const chunk = paths.slice(start, start + CHUNK)
    const rows = await db
      .selectFrom('document')
      .select(['path', 'pdf'])
      .where((or) => or.or([or('path', 'in', chunk), or('pdf', 'in', chunk)]))
      .execute()
    for (const { path, pdf } of rows) for (const one of [path, pdf]) if (one !== null) found.add(one)
  }
  return found
}
