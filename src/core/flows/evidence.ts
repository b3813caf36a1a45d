import { resolve } from 'node:path'
import { draftFolder } from '../files/backup-folder.ts'
import { sumsText, writeNewFile, type WrittenFile } from '../files/evidence-folder.ts'
import { isWhole } from '../model/audit.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Evidence, EvidenceResult } from '../model/results/evidence.ts'
import { uuidsIn } from '../model/uuids.ts'
import { verifyChain } from '../store/event-chain.ts'
import { listOrders } from '../store/orders.ts'
import type { Ctx } from './ctx.ts'
import { type CollectedOrder, collectOrder } from './evidence-order.ts'

export interface EvidenceRequest {
  /** Fiscal folio, in any case. */
  readonly uuid: string
  /** Folder for what is collected; null for `evidence-UUID` where one stands. */
  readonly out: string | null
}

/**
 * Collects in a new folder what can be proved of a document's deliveries: for each order that carries it the message's exact
 * bytes, the attachments' hashes, what the servers said and the order's part of the event log; one page for people; and a list
 * of the files' hashes.
 * @throws BAD_UUID, NO_EVIDENCE when no order carries it, FOLDER_NOT_EMPTY, NO_ACCESS, DISK_FULL
 */
export async function collectEvidence(ctx: Ctx, request: EvidenceRequest): Promise<EvidenceResult> {
  const [uuid] = uuidsIn(request.uuid)
  if (uuid === undefined) throw new CfdiMailError('BAD_UUID', { value: request.uuid })
  const orders = await listOrders(ctx.db, { uuid })
  if (orders.length === 0) throw new CfdiMailError('NO_EVIDENCE', { uuid })
  const folder = resolve(request.out ?? `evidence-${uuid}`)
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
    const made = { uuid, createdAt: ctx.now().toISOString(), operator: ctx.operator }
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
