import { DEFAULT_LIMITS } from '../../src/core/model/limits.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import { whatsappProfileFrom } from '../../src/core/model/whatsapp-fields.ts'
import type { WhatsAppProfile } from '../../src/core/model/whatsapp-profile.ts'
import { GRAPH } from './graph-api.ts'

/** A profile for a server on this machine; every part can be changed. */
export function smtpProfile(changes: Partial<SmtpProfile> = {}): SmtpProfile {
  return {
    ...{ name: 'test', host: '127.0.0.1', port: 25, security: 'none', user: '', secret: '' },
    ...{ from: 'ventas@emisor.example', fromName: '', replyTo: '', isDefault: true, modules: [] },
    ...{ connections: 1, messagesPerConnection: 100, pin: '', caFile: '' },
    ...DEFAULT_LIMITS,
    ...changes,
  }
}

/** A WhatsApp profile for the fake Graph API; every part can be changed. */
export function whatsappProfile(changes: Partial<WhatsAppProfile> = {}): WhatsAppProfile {
  const { phoneId, template } = GRAPH
  return {
    ...whatsappProfileFrom(undefined, { phoneId, template, fields: ['seriesFolio', 'total'] }),
    name: 'whatsapp',
    ...changes,
  }
}
