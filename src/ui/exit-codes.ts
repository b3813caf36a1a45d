import type { ErrorKind } from '../core/model/errors.ts'
import type { CheckCause } from '../core/model/profile.ts'
import type { Result, ResultOf } from '../core/model/result.ts'

/** After sysexits.h; 1 is ours: done, but something needs a person. */
export const EXIT = {
  done: 0,
  needsPerson: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  bug: 70,
  tryLater: 75,
  auth: 77,
  config: 78,
} as const

const BY_KIND: Readonly<Record<ErrorKind, number>> = {
  usage: EXIT.usage,
  data: EXIT.data,
  'no-input': EXIT.noInput,
  unavailable: EXIT.unavailable,
  auth: EXIT.auth,
  'try-later': EXIT.tryLater,
  config: EXIT.config,
}

export function exitCodeOfError(kind: ErrorKind): number {
  return BY_KIND[kind]
}

/** Exit code of a command that ran to its end. Deferrals are scheduled, so they count as done. */
export function exitCodeOf(result: Result): number {
  switch (result.kind) {
    case 'sent':
      return sent(result)
    case 'smtp-test':
    case 'whatsapp-test':
      return result.ok ? EXIT.done : ofCause(result.cause)
    case 'doctor':
      return result.findings.some((finding) => finding.level === 'error') ? EXIT.needsPerson : EXIT.done
    default:
      return 'needsPerson' in result && result.needsPerson ? EXIT.needsPerson : EXIT.done
  }
}

function sent(result: ResultOf<'sent'>): number {
  const { failed, unknown, held } = result.totals
  const [heldProfile] = result.profiles.filter((profile) => profile.cause !== null)
  if (heldProfile !== undefined) return ofCause(heldProfile.cause)
  return failed + unknown + held > 0 ? EXIT.needsPerson : EXIT.done
}

function ofCause(cause: CheckCause | null): number {
  switch (cause) {
    case 'gmail-app-password':
    case 'm365-basic-auth-off':
    case 'bad-password':
    case 'oauth-consent':
    case 'oauth-client':
    case 'oauth-refused':
    case 'whatsapp-token':
    case 'whatsapp-permission':
      return EXIT.auth
    case 'host-not-found':
    case 'refused':
    case 'no-answer':
    case 'greeting-refused':
    case 'auth-temporary':
    case 'oauth-unavailable':
    case 'server-error':
    case 'whatsapp-unavailable':
      return EXIT.unavailable
    case 'quota':
    case 'whatsapp-limit':
      return EXIT.tryLater
    default:
      return EXIT.config
  }
}
