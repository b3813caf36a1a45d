import { resolve } from 'node:path'
import { draftFolder } from '../files/backup-folder.ts'
import { sumsText, writeNewFile, type WrittenFile } from '../files/evidence-folder.ts'
import { isWhole } from '../model/audit.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Evidence, EvidenceResult } from '../model/results/evidence.ts'
import type { OrderView } from '../model/send-order.ts'
import { uuidsIn } from '../model/uuids.ts'
import { verifyChain } from '../store/event-chain.ts'
import { listOrders, orderIdOf } from '../store/orders.ts'
import type { Ctx } from './ctx.ts'
import { type CollectedOrder, collectOrder } from './evidence-order.ts'

export interface EvidenceRequest {
  /** Fiscal folio, in any case; null when it is asked by an order. */
  readonly uuid: string | null
  /** An order's id or the end of it: papers that are no CFDI have no other name. */
  readonly order: string | null
  /** Folder for what is collected; null for `evidence-UUID` (or the order's id) where one stands. */
  readonly out: string | null
}

/**
 * Collects in a new folder what can be proved of a document's deliveries, or of one order's: for each order that carries it the message's exact
 * bytes, the attachments' hashes, what the servers said and the order's part of the event log; one page for people; and a list
 * of the files' hashes.
 * @throws BAD_SELECTION for both a document and an order, ORDER_NOT_FOUND, AMBIGUOUS_ID, NOTHING_SELECTED for neither, BAD_UUID, NO_EVIDENCE when no order carries it, FOLDER_NOT_EMPTY, NO_ACCESS, DISK_FULL
 */
export async function collectEvidence(ctx: Ctx, request: EvidenceRequest): Promise<EvidenceResult> {
  const { uuid, asked, orders } = await subjectOf(ctx, request)
  const folder = resolve(request.out ?? `evidence-${asked ?? uuid}`)
  const draft = draftFolder(folder)
  try {
    const chain = await verifyChain(ctx.db, null)
    const files: WrittenFile[] = []
    const collected: CollectedOrder['evidence'][] = []
    for (const order of orders) {
      const one = await collectOrder(ctx, order, uuid)
      files.push(...writeOrder(draft.path, one, chain))
      collected.push(one.evidence)
    }
    const made = { uuid, asked, createdAt: ctx.now().toISOString(), operator: ctx.operator }
    const evidence: Evidence = { ...made, chain, orders: collected }
    files.push(writeNewFile(draft.path, 'index.html', ctx.evidencePage(evidence)))
    files.push(writeNewFile(draft.path, 'SHA256SUMS', sumsText(files)))
    draft.finish()
    const names = files.map(({ name }) => name)
    return { kind: 'evidence', folder, files: names, needsPerson: isDoubtful(evidence), ...evidence }
  } catch (error) {
    draft.discard()
    throw error
  }
}

interface Subject extends Pick<Evidence, 'uuid' | 'asked'> {
  readonly orders: readonly OrderView[]
}

async function subjectOf(ctx: Ctx, request: EvidenceRequest): Promise<Subject> {
  if (request.order !== null) {
    if (request.uuid !== null) throw new CfdiMailError('BAD_SELECTION', { flags: '--uuid, --order' })
    const asked = await orderIdOf(ctx.db, request.order)
    return { uuid: '', asked, orders: await listOrders(ctx.db, { ids: [asked] }) }
  }
  if (request.uuid === null) throw new CfdiMailError('NOTHING_SELECTED', { variant: 'evidence' })
  const [uuid] = uuidsIn(request.uuid)
  if (uuid === undefined) throw new CfdiMailError('BAD_UUID', { value: request.uuid })
  const orders = await listOrders(ctx.db, { uuid })
  if (orders.length === 0) throw new CfdiMailError('NO_EVIDENCE', { uuid })
  return { uuid, asked: null, orders }
}

/** A message that never was is no doubt; one that cannot be shown is. */
function isDoubtful({ orders, chain }: Evidence): boolean {
  return (
    !isWhole(chain) ||
    orders.some(({ message: { problem } }) => problem === 'changed' || problem === 'snapshot-missing')
  )
}

function writeOrder(
  folder: string,
  { evidence, message }: CollectedOrder,
  chain: Evidence['chain'],
): WrittenFile[] {
  const { order, attachments, deliveries, events } = evidence
  const write = (name: string, content: Buffer | string) =>
    writeNewFile(folder, `${order.id}/${name}`, content)
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  return [
    ...(message === null ? [] : [write('message.eml', message)]),
    write('attachments.json', json({ order: order.id, message: evidence.message, attachments })),
    write('deliveries.json', json({ order: order.id, messageId: order.messageId, deliveries })),
    write('events.json', json({ order: order.id, chain, events })),
  ]
}
