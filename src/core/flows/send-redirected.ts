import { randomUUID } from 'node:crypto'
import type { Session } from '../channels/channel.ts'
import { redirected } from '../message/redirected.ts'
import { domainOf, parseAddress } from '../model/address.ts'
import type { StoredProfile } from '../model/profile.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { RedirectedMessage, RedirectedResult } from '../model/results/sandbox.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { peekOrders } from '../store/claims.ts'
import { newId } from '../store/ids.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { endUse, reserveUse } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'
import { loadMessage } from './load-message.ts'
import type { LoadedMessage } from './loaded-message.ts'
import { credentialOf } from './profile-credential.ts'
import { type OpenLane, openLanes, type SendRequest } from './send-due.ts'

/** Messages at the most when no limit is given: it is a trial, in somebody's own mailbox. */
const DEFAULT_LIMIT = 10

export interface RedirectRequest extends SendRequest {
  /** The one address that gets everything. */
  readonly to: string
}

/**
 * Sends what is due to one address instead of the customers'. States stay as they are and nothing counts as sent, except
 * towards the profile's limits: the server counts it too.
 * @throws BAD_ADDRESS; NO_PROFILE, PROFILE_NOT_FOUND like `send`; what the profile's secret throws
 */
export async function sendRedirected(ctx: Ctx, request: RedirectRequest): Promise<RedirectedResult> {
  const to = addressOf(request.to)
  const types = new Map((await listPackagingTypes(ctx.db)).map((type) => [type.code, type]))
  const messages: RedirectedMessage[] = []
  for (const lane of await mailLanes(ctx, request)) {
    const limit = (request.limit ?? DEFAULT_LIMIT) - messages.length
    if (limit > 0) messages.push(...(await redirectLane(ctx, lane, { to, types, limit })))
  }
  return {
    kind: 'redirected',
    to,
    messages,
    needsPerson: messages.some(({ ok, reason }) => !ok && reason === undefined),
  }
}

/** A mailbox takes no WhatsApp. */
async function mailLanes(ctx: Ctx, request: SendRequest): Promise<MailLane[]> {
  return (await openLanes(ctx, request)).flatMap(({ lanes, profile }) =>
    isWhatsApp<StoredWhatsAppProfile>(profile) ? [] : [{ lanes, profile }],
  )
}

type MailLane = Omit<OpenLane, 'due'> & { readonly profile: StoredProfile }

function addressOf(text: string): string {
  const read = parseAddress(text)
  if (read.ok) return read.address
  throw new CfdiMailError('BAD_ADDRESS', { field: 'redirect-to', value: text, problem: read.problem })
}

interface Redirecting {
  readonly to: string
  readonly types: ReadonlyMap<string, PackagingType>
  readonly limit: number
}

/** A lane ends at its first fault, as a run of `send` does. */
async function redirectLane(
  ctx: Ctx,
  { lanes, profile }: MailLane,
  { to, types, limit }: Redirecting,
): Promise<RedirectedMessage[]> {
  const due = await peekOrders(ctx.db, { lanes, now: ctx.now(), limit })
  const kept = due.filter(({ isPayroll }) => isPayroll).map(keptView)
  const orders = due.filter(({ isPayroll }) => !isPayroll)
  const [first] = orders
  if (first === undefined) return kept
  const opened = await ctx.channel.open(profile, await credentialOf(ctx, profile))
  if (!opened.ok)
    return opened.fault === null ? kept : [...kept, viewOf(first, { ok: false, bytes: 0, ...opened.fault })]
  const sent: RedirectedMessage[] = [...kept]
  try {
    for (const order of orders) {
      if (ctx.signal.aborted) break
      const type = types.get(order.type)
      const message = await loadMessage(ctx, { order, profile, type, sealing: 'look' })
      if ('missing' in message) {
        sent.push(viewOf(order, { ok: false, bytes: 0, code: 0, reply: message.missing }))
        continue
      }
      const use = await reserve(ctx, profile, order)
      if (use === null) break
      const answer = await transmit(ctx, opened.session, { order, message, to })
      await endUse(ctx.db, use, ctx.now())
      sent.push(viewOf(order, answer))
      if (!answer.reusable) break
    }
  } finally {
    await opened.session.close()
  }
  return sent
}

async function reserve(ctx: Ctx, profile: StoredProfile, order: ClaimedOrder): Promise<string | null> {
  const facts = { profile, order: order.id, recipients: 1, token: randomUUID(), now: ctx.now() }
  const reserved = await reserveUse(ctx.db, facts)
  return reserved.granted ? reserved.use : null
}

interface Transmission {
  readonly order: ClaimedOrder
  readonly message: LoadedMessage
  readonly to: string
}

async function transmit(ctx: Ctx, session: Session, { order, message, to }: Transmission) {
  const chunks = redirected(message.chunks, {
    to,
    intended: order.deliveries.map(({ recipient }) => recipient),
    subject: order.subject,
    messageId: `${newId(ctx.now())}@${domainOf(message.from)}`,
    language: ctx.settings.language ?? 'es',
  })
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  // Nothing to mark before the dot: no delivery is on its way.
  const result = await session.deliver({ ...message, recipients: [to], chunks, bytes }, async () => undefined)
  const [answer] = result.recipients
  return {
    ok: answer?.outcome === 'accepted',
    bytes,
    code: answer?.code ?? 0,
    reply: answer?.reply ?? result.fault?.reply ?? '',
    reusable: result.reusable && result.fault === null,
  }
}

function viewOf(
  order: ClaimedOrder,
  { ok, bytes, code, reply }: Pick<RedirectedMessage, 'ok' | 'bytes' | 'code' | 'reply'>,
): RedirectedMessage {
  return {
    order: order.id,
    customer: order.customer,
    intended: order.deliveries.map(({ recipient }) => recipient),
    subject: order.subject,
    ...{ ok, bytes, code, reply },
  }
}

/** Payroll goes to its employee alone, in a trial too. */
function keptView(order: ClaimedOrder): RedirectedMessage {
  return { ...viewOf(order, { ok: false, bytes: 0, code: 0, reply: '' }), reason: 'payroll' }
}
