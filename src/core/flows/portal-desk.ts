import { randomInt } from 'node:crypto'
import { saysPassword } from '../message/password-mask.ts'
import type { RenderedMail } from '../message/render.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import {
  makePassword,
  mailsAccess,
  namesPage,
  PASSWORD_MASK,
  type PortalAccessData,
  type PortalPages,
  portalPages,
} from '../model/portal.ts'
import type { AccessGrant } from '../model/send-order.ts'
import { hashPassword } from '../secrets/password-hash.ts'
import { findAccess, orderPassword, type StoredAccess } from '../store/portal-access.ts'
import type { Ctx } from './ctx.ts'
import { freeUser } from './customer-access.ts'

/** What a mail may say of a customer's way into the portal, and what comes of saying it. */
export interface AccessOffer {
  readonly data: PortalAccessData
  /**
   * Makes good what the rendered mail says: a first password is made only when the mail shows it.
   * @param order id of the order, a part of the seal
   */
  grant(order: string, mail: RenderedMail): Promise<AccessGrant | undefined>
}

/** Gives access for the mails of one run. */
export interface PortalDesk {
  /** Null for a document whose mail says nothing of the portal. */
  offer(customer: Customer, document: Recipe): Promise<AccessOffer | null>
}

interface Recipe {
  readonly type: PackagingType
  readonly kinds: readonly CfdiKind[]
}

export interface DeskRules {
  readonly repetition: 'once' | 'again'
  /** `open`: the orders are files that anybody in their folder reads, so no password stands in them. */
  readonly orders: 'sealed' | 'open'
}

/** What this run gave so far: it is written only batch by batch. */
interface Given {
  /** Customers whose password stands in a mail of this run. */
  readonly told: Set<string>
  /** User → customer. */
  readonly users: Map<string, string>
}

export function openPortalDesk(ctx: Ctx, rules: DeskRules): PortalDesk {
  const given: Given = { told: new Set(), users: new Map() }
  const pages = portalPages(ctx.settings)
  return {
    offer: async (customer, { type, kinds }) =>
      pages === null || !kinds.some((kind) => mailsAccess(type, kind))
        ? null
        : await offerTo(ctx, customer, { rules, given, pages }),
  }
}

interface Desk {
  readonly rules: DeskRules
  readonly given: Given
  readonly pages: PortalPages
}

async function offerTo(ctx: Ctx, customer: Customer, { rules, given, pages }: Desk): Promise<AccessOffer> {
  const stored = await findAccess(ctx.db, customer.code)
  const user = stored?.user ?? (await freeUser(ctx.db, customer, given.users))
  const pending = rules.repetition === 'again' ? await pendingPassword(ctx, stored) : null
  const isFirst = (stored?.passwordHash ?? null) === null || pending !== null
  const mayTell = isFirst && rules.orders === 'sealed' && !given.told.has(customer.code)
  return {
    data: { user, password: mayTell ? PASSWORD_MASK : '', ...pages },
    grant: async (order, mail) => {
      // A text of one's own that says nothing of the portal gives nothing.
      if (!saysPassword(mail) && !namesPage(pages, mail.text)) return undefined
      const isKnown = stored !== undefined || given.users.has(user)
      given.users.set(user, customer.code)
      // A user alone: the mail says no password, or the run's first mail to the customer does.
      if (!saysPassword(mail) || !mayTell)
        return isKnown ? undefined : { user, isNew: true, passwordHash: null, sealed: null }
      given.told.add(customer.code)
      const clear = pending ?? makePassword(randomInt)
      const sealed = ctx.secrets.seal(passwordPlace(order), clear)
      return pending === null
        ? { user, isNew: true, passwordHash: await hashPassword(clear), sealed }
        : { user, isNew: false, passwordHash: null, sealed }
    },
  }
}

/** Where the seal of an order's password belongs. */
export function passwordPlace(order: string): string {
  return `order:${order}:portal-password`
}

/** The first password that is still on its way: the repetition of its mail says it again. */
async function pendingPassword(ctx: Ctx, stored: StoredAccess | undefined): Promise<string | null> {
  const order = stored?.firstOrder ?? null
  const sealed = order === null ? null : await orderPassword(ctx.db, order)
  return order === null || sealed === null ? null : await ctx.secrets.reveal(passwordPlace(order), sealed)
}
