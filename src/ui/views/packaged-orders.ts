import { ORDER_CHANNELS, type OrderChannel } from '../../core/model/channel.ts'
import type { PackagedOrder } from '../../core/model/results/packaged.ts'
import { stripControls } from './plain.ts'
import type { ViewContext } from './view.ts'

/** What there is to say of a run's orders. */
export interface OrdersSeen {
  /** How many were written for another mailer. */
  readonly exported: number
  /** Those without a recipient, by channel. */
  readonly waiting: Readonly<Record<OrderChannel, Waiting>>
  /** Lines of customers and their addresses in quarantine. */
  readonly quarantined: ReadonlySet<string>
}

interface Waiting {
  readonly orders: number
  readonly customers: ReadonlySet<string>
}

/** Looks at the orders of a run, once. */
export function ordersSeen(orders: Iterable<PackagedOrder>): OrdersSeen {
  const customers = { email: new Set<string>(), whatsapp: new Set<string>() }
  const counts = { email: 0, whatsapp: 0 }
  const lines = new Set<string>()
  let exported = 0
  for (const { recipients, customer, channel, quarantined, orderFile } of orders) {
    if (orderFile !== null) exported++
    for (const address of quarantined) lines.add(`  ${customer}: ${stripControls(address)}`)
    if (recipients.length > 0) continue
    customers[channel].add(customer)
    counts[channel]++
  }
  const waitingBy = (channel: OrderChannel) => ({ orders: counts[channel], customers: customers[channel] })
  const waiting = { email: waitingBy('email'), whatsapp: waitingBy('whatsapp') }
  return { exported, waiting, quarantined: lines }
}

/** Orders that wait for an address or a number, and addresses that returned mail before: nothing goes to them until a person releases them. */
export function waitingLines({ waiting, quarantined }: OrdersSeen, { t }: ViewContext): string[] {
  const lines = ORDER_CHANNELS.flatMap((channel) => {
    const { orders, customers } = waiting[channel]
    if (orders === 0) return []
    const each = [...customers].map((customer) => t(`packaged.held.customer.${channel}`, { customer }))
    return [t(`packaged.held.${channel}`, { count: orders }), ...each]
  })
  if (quarantined.size > 0) lines.push(t('packaged.quarantined', { count: quarantined.size }), ...quarantined)
  return lines
}
