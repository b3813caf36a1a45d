import type { Channel, WhatsAppChannel } from './channel.ts'
import type { SmtpChannelOptions } from './smtp-channel.ts'

/** Every channel. */
export function channelsOnDemand(options: SmtpChannelOptions): {
  readonly channel: Channel
  readonly whatsapp: WhatsAppChannel
} {
  return { channel: mailOnDemand(options), whatsapp: whatsappOnDemand() }
}

/** The SMTP channel, whose library is loaded when a connection is first wanted: most commands want none. */
function mailOnDemand(options: SmtpChannelOptions): Channel {
  const channel = async () => (await import('./smtp-channel.ts')).smtpChannel(options)
  return {
    open: async (...wanted) => (await channel()).open(...wanted),
    check: async (...wanted) => (await channel()).check(...wanted),
  }
}

/** The WhatsApp channel, loaded in the same way. */
function whatsappOnDemand(): WhatsAppChannel {
  const channel = async () => (await import('./whatsapp-channel.ts')).whatsappChannel()
  return {
    open: async (...wanted) => (await channel()).open(...wanted),
    check: async (...wanted) => (await channel()).check(...wanted),
  }
}
