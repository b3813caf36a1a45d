import { writeTextFile } from '../files/text-file.ts'
import { GROUP_NOTICES } from '../message/defaults/group-notices.ts'
import { fieldsIn, noticeData } from '../message/group-notice.ts'
import { renderTemplate, type RenderedMail } from '../message/render.ts'
import { sameAddress, uniqueAddresses } from '../model/address.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import {
  type CustomerGroup,
  GROUP_EVENTS,
  type GroupNotice,
  parseGroupEvent,
} from '../model/customer-group.ts'
import { type Customer, type Recipient, recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import { portalPages } from '../model/portal.ts'
import type { GroupNotifiedResult } from '../model/results/groups.ts'
import type { PreviewResult } from '../model/results/templates.ts'
import type { AccessGrant, NewOrder } from '../model/send-order.ts'
import { enqueueOrders } from '../store/enqueue.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import { findAccess } from '../store/portal-access.ts'
import { freeUser } from './customer-access.ts'
import { existingCustomer } from './customers.ts'
import type { Ctx } from './ctx.ts'
import { existingGroup, noticeOf } from './groups.ts'
import { newOrder } from './new-order.ts'
import { senderFor } from './sender.ts'

/** Which notice, for whom. */
export interface NoticeWish {
  readonly group: string
  /** As typed. */
  readonly event: string
  readonly client: string
  /** Addresses instead of the customer's own; the new or former contact's, say. */
  readonly to: readonly string[]
}

interface Notified {
  readonly group: CustomerGroup
  readonly notice: GroupNotice
  readonly customer: Customer
  readonly recipients: readonly Recipient[]
  readonly mail: RenderedMail
  /** The customer's way in, when the mail names a user that was nobody's until now. */
  readonly access: AccessGrant | undefined
}

/**
 * The notice as the customer would read it.
 * @param out file for the page; undefined writes none
 * @throws GROUP_NOT_FOUND, CUSTOMER_NOT_FOUND, BAD_CHOICE, BAD_ADDRESS, NO_PORTAL_URL, NO_ACCESS
 */
export async function previewNotice(
  ctx: Ctx,
  wish: NoticeWish,
  out: string | undefined,
): Promise<PreviewResult> {
  const { group, notice, customer, mail } = await notified(ctx, wish)
  const file = out === undefined ? null : writeTextFile(out, mail.html ?? mail.text)
  const about = { uuid: '', customer: customer.code, template: `${group.code}/${notice.event}` }
  return { kind: 'preview', ...about, ...mail, file }
}

/**
 * Queues one notice as an ordinary send order: same states, log and quarantine.
 * @throws what `previewNotice` says, NOT_IN_GROUP, NOTICE_OFF
 */
export async function notifyGroup(ctx: Ctx, wish: NoticeWish): Promise<GroupNotifiedResult> {
  const told = await notified(ctx, wish)
  const { group, notice, customer } = told
  const names = { code: customer.code, group: group.code, event: notice.event }
  if (customer.group !== group.code) throw new CfdiMailError('NOT_IN_GROUP', names)
  if (!notice.enabled) throw new CfdiMailError('NOTICE_OFF', names)
  const order = await orderOf(ctx, told)
  await enqueueOrders(ctx.db, [order], 'once')
  const isHeld = order.deliveries.some(({ state }) => state === 'held')
  return {
    kind: 'group-notified',
    group: group.code,
    event: notice.event,
    customer: customer.code,
    order: order.id,
    recipients: told.recipients.map(({ address }) => address),
    state: isHeld ? 'held' : 'pending',
    needsPerson: isHeld,
  }
}

async function notified(ctx: Ctx, wish: NoticeWish): Promise<Notified> {
  if (wish.event === '')
    throw new CfdiMailError('CHOOSE_EVENT', {
      variant: 'notice',
      flag: 'event',
      choices: GROUP_EVENTS.join(', '),
    })
  if (wish.client === '') throw new CfdiMailError('CHOOSE_CUSTOMER', { variant: 'notice' })
  const event = parseGroupEvent(wish.event)
  const group = await existingGroup(ctx.db, wish.group)
  const customer = await existingCustomer(ctx.db, wish.client)
  const notice = await noticeOf(ctx.db, group.code, event)
  const recipients = recipientsFor(customer, wish.to)
  const used = [...fieldsIn(notice.subject), ...fieldsIn(notice.body)]
  const pages = portalPages(ctx.settings)
  if (pages === null && used.some((name) => name === 'portalUrl' || name === 'portalRecoveryUrl'))
    throw new CfdiMailError('NO_PORTAL_URL', { file: ctx.folders.settings })
  const stored = await findAccess(ctx.db, customer.code)
  const user = stored?.user ?? (await freeUser(ctx.db, customer))
  const data = noticeData({
    ...{ customer, pages, user, companyName: await companyName(ctx, group) },
    notice: {
      ...contactAmong(customer, recipients),
      groupName: group.name,
      requestAddress: group.requestsTo,
    },
  })
  const usual = GROUP_NOTICES[event]
  const text = notice.body === usual.body ? usual.text : null
  const isNewUser = stored === undefined && used.includes('portalUser')
  return {
    ...{ group, notice, customer, recipients },
    mail: renderTemplate({ ...notice, text }, data),
    access: isNewUser ? { user, isNew: true, passwordHash: null, sealed: null } : undefined,
  }
}

function recipientsFor(customer: Customer, to: readonly string[]): readonly Recipient[] {
  if (to.length === 0) return recipientsOf(customer)
  const addresses = uniqueAddresses(to.map((text) => checkedAddress('to', text)))
  return addresses.map((address) => ({ address, rule: 'explicit' }))
}

/** The contact who has the first of the addresses. */
function contactAmong({ contacts }: Customer, [first]: readonly Recipient[]) {
  const address = first?.address ?? ''
  const contact = contacts.find(({ email }) => sameAddress(email, address))
  return { contactName: contact?.name ?? '', contactEmail: address }
}

async function companyName(ctx: Ctx, group: CustomerGroup): Promise<string> {
  const sender = await senderFor(ctx, { type: sentBy(GRAL, group), issuerName: '', module: 'portal' })
  return ctx.settings.companyName ?? sender?.name ?? ''
}

async function orderOf(ctx: Ctx, told: Notified): Promise<NewOrder> {
  const { group, notice, customer, mail, recipients, access } = told
  const type = (await findPackagingType(ctx.db, customer.packaging.type)) ?? GRAL
  const order = await newOrder(ctx, {
    ...{ customer, recipients, text: mail, issuerName: '', documents: [], attachments: [], resendOf: null },
    type: sentBy(type, group),
    module: 'portal',
    reason: `${group.code} ${notice.event}`,
  })
  return { ...order, access }
}

/** Documents' profile and sender are the packaging type's; notices have the portal module's profile and the group's sender. */
function sentBy(type: PackagingType, { noticesFrom }: CustomerGroup): PackagingType {
  return { ...type, profile: null, sender: noticesFrom === '' ? null : noticesFrom }
}
