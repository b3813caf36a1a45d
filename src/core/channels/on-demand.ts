import type { Channel } from './channel.ts'
import type { SmtpChannelOptions } from './smtp-channel.ts'

/** The SMTP channel, whose library is loaded when a connection is first wanted: most commands want none. */
export function channelOnDemand(options: SmtpChannelOptions): Channel {
  const channel = async () => (await import('./smtp-channel.ts')).smtpChannel(options)
  return {
    open: async (...wanted) => (await channel()).open(...wanted),
    check: async (...wanted) => (await channel()).check(...wanted),
  }
}
