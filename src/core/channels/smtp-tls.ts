import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP, type Socket } from 'node:net'
import { connect, rootCertificates, type ConnectionOptions, type PeerCertificate, TLSSocket } from 'node:tls'
import type { CheckCause, Endpoint } from '../model/profile.ts'
import { codeOf, hostFault, profileFault, type SmtpFault, wordsOf } from './smtp-errors.ts'

/** A secured socket, and what was seen of the other side. */
export interface Secured {
  readonly socket: TLSSocket
  /** TLS version, certificate's subject, issuer and end. */
  readonly detail: string
}

const DAY_MS = 86_400_000

/**
 * Puts TLS 1.2 or newer on a connected socket. The certificate must come from a known authority (the system's, or the one in
 * `caFile`), be in date and name the host; a certificate whose fingerprint is the profile's `pin` is good as it is. There is
 * no way to skip this.
 * @throws SmtpFault with the kind of refusal
 */
export async function secure(plain: Socket, profile: Endpoint, ms: number): Promise<Secured> {
  const options = await tlsOptions(plain, profile)
  return new Promise((resolve, reject) => {
    const socket = connect(options)
    let seen = ''
    const timer = setTimeout(() => fail(hostFault('no-answer', 'TLS handshake: no reply in time')), ms)
    const fail = (fault: SmtpFault) => {
      clearTimeout(timer)
      socket.destroy()
      reject(fault)
    }
    // A refused certificate is gone once the error is out, and what it said is what the administrator needs.
    socket.prependOnceListener('secure', () => (seen = describe(socket.getPeerCertificate())))
    socket.on('error', (error: Error) => fail(tlsFault(error, profile, seen)))
    socket.once('close', () => fail(hostFault('tls-other', 'connection closed during the TLS handshake')))
    socket.once('secureConnect', () => {
      const doubt = doubtOf(socket, profile.pin)
      if (doubt !== null) return fail(tlsFault(doubt, profile, seen))
      clearTimeout(timer)
      socket.removeAllListeners('close')
      resolve({
        socket,
        detail: `${socket.getProtocol() ?? 'TLS'}; ${describe(socket.getPeerCertificate())}`,
      })
    })
  })
}

/** What a connected socket is protected by, for proof: `TLSv1.3 TLS_AES_256_GCM_SHA384, certificate CN=…`; '' in clear text. */
export function tlsFacts(socket: Socket): string {
  if (!(socket instanceof TLSSocket)) return ''
  const { subject, subjectaltname, issuer, valid_to: end, fingerprint256 } = socket.getPeerCertificate()
  const facts = [
    `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().standardName}`,
    `certificate ${subject.CN === undefined ? String(subjectaltname) : `CN=${String(subject.CN)}`}`,
    `issuer ${[issuer.O, issuer.CN].flat().join(' ').trim()}`,
    `until ${new Date(end).toISOString().slice(0, 10)}`,
    `SHA-256 ${fingerprint256.replaceAll(':', '').toLowerCase()}`,
  ]
  return facts.join(', ')
}

async function tlsOptions(socket: Socket, profile: Endpoint): Promise<ConnectionOptions> {
  const { host, caFile, pin } = profile
  return {
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: 'TLSv1.2',
    ...(caFile === '' ? {} : { ca: [...rootCertificates, await readAuthority(caFile)] }),
    // With a pin the judgement is doubtOf's, before a byte of SMTP is sent.
    rejectUnauthorized: pin === '',
  }
}

/**
 * A private authority's certificate.
 * @throws SmtpFault when the file cannot be read or holds no certificate: TLS itself would trust nobody more and say nothing
 */
export async function readAuthority(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw profileFault('ca-file', wordsOf(error))
  })
  if (!holdsCertificate(pem)) throw profileFault('ca-file', `no PEM certificate in ${file}`)
  return pem
}

function holdsCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem)
    return true
  } catch {
    return false
  }
}

/** Why a connection is not to be trusted, or null. */
function doubtOf(socket: TLSSocket, pin: string): Error | null {
  if (socket.authorized) return null
  const hex = (fingerprint: string | undefined) =>
    (fingerprint ?? '').replace(/[^0-9a-f]/gi, '').toUpperCase()
  const seen = hex(socket.getPeerCertificate().fingerprint256)
  if (pin !== '' && seen !== '' && seen === hex(pin)) return null
  const reason = String(socket.authorizationError)
  return Object.assign(new Error(`${reason}; fingerprint ${seen}`), { code: reason })
}

function tlsFault(error: Error, profile: Endpoint, seen: string): SmtpFault {
  const code = codeOf(error)
  const words = seen === '' ? wordsOf(error) : `${wordsOf(error)}; ${seen}`
  const cause = causeOfTls(code)
  if (cause !== 'tls-other') return profileFault(cause, words)
  const spokePlain = /ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE)/.test(code)
  if (spokePlain && profile.security === 'tls') return profileFault('wrong-port-tls', words)
  return code.startsWith('ERR_SSL') ? profileFault('tls-other', words) : hostFault('tls-other', words)
}

/** OpenSSL's verification errors and Node's own, by what a person has to do. */
function causeOfTls(code: string): CheckCause {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'certificate-expired'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') return 'certificate-name'
  return /^(?:CERT|INVALID|PATH_LENGTH)_|SELF_SIGNED|UNABLE_TO_/.test(code)
    ? 'certificate-untrusted'
    : 'tls-other'
}

function describe(certificate: PeerCertificate): string {
  if (Object.keys(certificate).length === 0) return 'no certificate'
  const { subject, issuer, valid_to: end } = certificate
  const days = Math.floor((Date.parse(end) - Date.now()) / DAY_MS)
  const by = [issuer.O, issuer.CN]
    .flat()
    .filter((name) => name !== undefined)
    .join(', ')
  const until = new Date(end).toISOString().slice(0, 10)
  return `subject ${String(subject.CN ?? certificate.subjectaltname)}; issuer ${by}; until ${until} (${days} d)`
}
