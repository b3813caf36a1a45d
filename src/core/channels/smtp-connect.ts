import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import type { Endpoint } from '../model/profile.ts'
import { codeOf, hostFault, profileFault, type SmtpFault, WireError, wordsOf } from './smtp-errors.ts'

/** What a step gave, and what a person may want to know of it. */
export interface Seen<T> {
  readonly value: T
  /** Facts for a person: addresses, versions, the server's words. */
  readonly detail: string
}

/** How long to wait. */
export interface Patience {
  readonly ms: number
  /** Ends it earlier; the socket that it gave does not outlive it either. */
  readonly over: AbortSignal
}

/**
 * The addresses of a host.
 * @throws SmtpFault
 */
export async function resolve(host: string, { ms, over }: Patience): Promise<Seen<readonly string[]>> {
  let giveUp = (): void => undefined
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(new WireError('timeout', 'DNS: no reply in time'))
  })
  const timer = setTimeout(giveUp, ms)
  over.addEventListener('abort', giveUp)
  try {
    const found = await Promise.race([lookup(host, { all: true }), late])
    const addresses = found.map(({ address }) => address)
    return { value: addresses, detail: addresses.join(', ') }
  } catch (error) {
    throw hostFault('host-not-found', wordsOf(error))
  } finally {
    clearTimeout(timer)
    over.removeEventListener('abort', giveUp)
  }
}

/**
 * A TCP connection to the first address that answers (RFC 8305), within `ms` in all.
 * @throws SmtpFault; also when a password would have to go over it in clear text
 */
export function connect(
  profile: Endpoint,
  addresses: readonly string[],
  { ms, over }: Patience,
): Promise<Seen<Socket>> {
  const { host, port } = profile
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  const answer: LookupFunction = (_name, options, done) => {
    if (options.all === true) done(null, found)
    else done(null, found[0]?.address ?? '', found[0]?.family)
  }
  return new Promise((resolve, reject) => {
    // The default of 250 ms an address is too short for a slow line.
    const attempt = Math.max(1_000, Math.floor(ms / Math.max(1, found.length)))
    const socket = connectTcp({
      ...{ host, port, lookup: answer, signal: over },
      ...{ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attempt },
    })
    const fail = (error: SmtpFault) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(hostFault('no-answer', `${host}:${port}: no reply in time`)), ms)
    // Stays for good: an error nobody listens to would end the process.
    socket.on('error', (error) => fail(connectFault(error)))
    socket.once('connect', () => {
      clearTimeout(timer)
      const clear = clearTextFault(profile, socket)
      if (clear !== null) return fail(clear)
      resolve({ value: socket.setNoDelay(true), detail: `${socket.remoteAddress ?? host}:${port}` })
    })
  })
}

function connectFault(error: Error): SmtpFault {
  const refused = error instanceof AggregateError ? error.errors.map(codeOf) : [codeOf(error)]
  const answered = refused.some((code) => code === 'ECONNREFUSED' || code === 'ECONNRESET')
  return hostFault(answered ? 'refused' : 'no-answer', wordsOf(error))
}

/** A password goes in clear text to this machine itself or not at all. */
function clearTextFault(profile: Endpoint, socket: Socket): SmtpFault | null {
  if (profile.security !== 'none' || profile.user === '') return null
  const local = /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
  return local ? null : profileFault('encryption-required', 'no password is sent without encryption')
}
