import { isIP, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { domainToASCII } from 'node:url'
import type { CheckStepName, SmtpProfile } from '../model/profile.ts'
import type { Deadlines } from './channel.ts'
import { connect, type Patience, resolve, type Seen } from './smtp-connect.ts'
import { asFault, profileFault, refusalFault, SmtpFault, WireError, wordsOf } from './smtp-errors.ts'
import type { Leash } from './smtp-leash.ts'
import { type Lines, readLines } from './smtp-lines.ts'
import { isPositive, parseReply } from '../model/reply.ts'
import { parseExtensions } from './smtp-reply.ts'
import { secure } from './smtp-tls.ts'

/** Runs one step of opening a session; `smtp-test` times and shows it. */
export type Stage = <T>(step: CheckStepName, work: () => Promise<Seen<T>>) => Promise<T>

/** A connected socket, as secure as the profile wants it, whose server waits for EHLO. */
export interface Dialled {
  readonly socket: Socket
  readonly leash: Leash
  /** The server's greeting, put back as the first thing to be read from the socket. */
  readonly greeting: string
}

export interface Dial {
  readonly profile: SmtpProfile
  readonly deadlines: Deadlines
  readonly leash: Leash
  readonly stage: Stage
}

/** A port that waits for a TLS handshake says nothing. After so many milliseconds of silence it is asked. */
const SILENCE_MS = 5_000

/** What this machine calls itself in EHLO: its name when it has a full one, else an address literal (RFC 5321 § 4.1.3). */
export function clientName(): string {
  const name = hostname()
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name) && isIP(name) === 0 ? name : '[127.0.0.1]'
}

/**
 * Resolves, connects, reads the greeting and secures the connection, in the order that the profile's security wants.
 * @throws SmtpFault at the first step that fails; nothing is left open then
 */
export async function dial({ profile: given, deadlines, leash, stage }: Dial): Promise<Dialled> {
  const profile = { ...given, host: isIP(given.host) === 0 ? domainToASCII(given.host) : given.host }
  const patience = { ms: deadlines.connect, over: leash.over }
  const addresses = await stage('dns', () => resolve(profile.host, patience))
  let socket = await stage('connect', () => connect(profile, addresses, patience))
  try {
    if (profile.security === 'tls') {
      const plain = socket
      socket = await stage('tls', () => encrypt(plain, profile, deadlines.greeting))
    }
    const greeted = socket
    const greeting = await stage('greeting', () => greet(greeted, { profile, deadlines, leash }))
    if (profile.security !== 'starttls') return { socket, leash, greeting: giveBack(socket, greeting) }
    socket = await stage('tls', () => startTls(greeted, profile, deadlines))
    return { socket, leash, greeting: giveBack(socket, greeting) }
  } catch (error) {
    socket.destroy()
    throw new SmtpFault(asFault(error))
  }
}

async function encrypt(plain: Socket, profile: SmtpProfile, ms: number): Promise<Seen<Socket>> {
  const { socket, detail } = await secure(plain, profile, ms)
  return { value: socket, detail }
}

type Greeting = Omit<Dial, 'stage'>

async function greet(socket: Socket, wish: Greeting): Promise<Seen<string>> {
  const lines = readLines(socket)
  try {
    const raw = await readGreeting(lines, wish)
    const reply = parseReply(raw)
    if (reply.code !== 220) throw refusalFault('greeting', reply, wish.profile.host)
    return { value: raw, detail: reply.text }
  } finally {
    lines.release('')
  }
}

async function readGreeting(lines: Lines, { profile, deadlines, leash }: Greeting): Promise<string> {
  const short = Math.min(SILENCE_MS, deadlines.greeting)
  const silent = profile.security !== 'tls'
  try {
    return await lines.read(short)
  } catch (error) {
    if (!(error instanceof WireError) || error.kind === 'nonsense') throw error
    if (
      silent &&
      !lines.hasMore() &&
      (await answersTls(profile, { ms: deadlines.connect, over: leash.over }))
    ) {
      throw profileFault('wrong-port-plain', wordsOf(error))
    }
    if (error.kind === 'closed' || short === deadlines.greeting) throw error
  }
  return lines.read(deadlines.greeting - short)
}

/** Whether the port takes a TLS handshake at once; a certificate that is refused is an answer too. */
async function answersTls(profile: SmtpProfile, { ms, over }: Patience): Promise<boolean> {
  const wait = { ms: Math.min(SILENCE_MS, ms), over }
  try {
    const { value: addresses } = await resolve(profile.host, wait)
    const { value: plain } = await connect({ ...profile, user: '' }, addresses, wait)
    const { socket } = await secure(plain, profile, wait.ms)
    socket.destroy()
    return true
  } catch (error) {
    return error instanceof SmtpFault && error.fault.cause.startsWith('certificate-')
  }
}

async function startTls(plain: Socket, profile: SmtpProfile, deadlines: Deadlines): Promise<Seen<Socket>> {
  const lines = readLines(plain)
  try {
    const offer = await lines.ask(`EHLO ${clientName()}`, deadlines.command)
    if (!isPositive(parseReply(offer))) throw refusalFault('ehlo', parseReply(offer), profile.host)
    if (!parseExtensions(offer).startTls) throw profileFault('no-starttls', 'STARTTLS not offered')
    const go = parseReply(await lines.ask('STARTTLS', deadlines.command))
    if (!isPositive(go)) throw refusalFault('starttls', go, profile.host)
    // RFC 3207 § 6: what came before the handshake was not said by the server that the certificate will name.
    if (lines.hasMore()) throw profileFault('tls-other', 'bytes in clear text after STARTTLS')
  } finally {
    lines.release('')
  }
  return encrypt(plain, profile, deadlines.greeting)
}

function giveBack(socket: Socket, greeting: string): string {
  socket.unshift(Buffer.from(`${greeting}\r\n`))
  return greeting
}
