/** Ways in which an order reaches its recipients. */
export const ORDER_CHANNELS = ['email', 'whatsapp'] as const
export type OrderChannel = (typeof ORDER_CHANNELS)[number]

/** `fallback`: WhatsApp only after all mail to the customer came back. */
export const CUSTOMER_CHANNELS = ['email', 'whatsapp', 'both', 'fallback'] as const
export type CustomerChannel = (typeof CUSTOMER_CHANNELS)[number]
