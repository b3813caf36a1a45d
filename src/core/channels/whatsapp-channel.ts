import type { WhatsAppChannel } from './channel.ts'
import { checkWhatsApp } from './whatsapp-check.ts'
import { GRAPH_DEADLINES, type GraphDeadlines, whatsappSession } from './whatsapp-session.ts'

export interface WhatsAppChannelOptions {
  readonly deadlines?: Partial<GraphDeadlines>
}

/** WhatsApp by Meta's Cloud API, always over verified TLS unless the server is this machine itself. */
export function whatsappChannel(options: WhatsAppChannelOptions = {}): WhatsAppChannel {
  const deadlines = { ...GRAPH_DEADLINES, ...options.deadlines }
  return {
    // Nothing to sign in to: each request carries the token.
    open: async (profile, token) => ({ ok: true, session: whatsappSession({ profile, token, deadlines }) }),
    check: (profile, token, { message }) => checkWhatsApp({ profile, token, deadlines, message }),
  }
}
