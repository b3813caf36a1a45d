import { DEFAULT_LIMITS } from '../../src/core/model/limits.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'

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
