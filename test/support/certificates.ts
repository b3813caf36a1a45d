/** Certificates made when a test needs them, by the openssl program. Nothing secret is stored in the repository. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from './temp.ts'

export interface KeyPair {
  readonly key: string
  readonly cert: string
}

export interface Certificates {
  /** PEM file of the authority that signed all but `selfSigned`. */
  readonly caFile: string
  /** For localhost and 127.0.0.1. */
  readonly good: KeyPair
  readonly expired: KeyPair
  /** For another host. */
  readonly wrongHost: KeyPair
  readonly selfSigned: KeyPair
}

let made: Certificates | undefined

/** Why there are no certificates on this machine, or false. For the `skip` option of a test. */
export function noCertificates(): string | false {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return false
  } catch {
    return 'the openssl program is not installed'
  }
}

/** The certificates, made once for each process. */
export function certificates(): Certificates {
  made ??= make(tempFolder())
  return made
}

const LOCAL = 'subjectAltName=DNS:localhost,IP:127.0.0.1'

function make(folder: string): Certificates {
  const caFile = join(folder, 'ca.pem')
  openssl([
    'req',
    '-x509',
    ...NEW_KEY,
    '-keyout',
    join(folder, 'ca.key'),
    '-out',
    caFile,
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
  ])
  const signed = (name: string, names: string, days: string) => sign(folder, { name, names, days })
  return {
    caFile,
    good: signed('good', LOCAL, '30'),
    expired: signed('expired', LOCAL, '-1'),
    wrongHost: signed('wrong', 'subjectAltName=DNS:otro.example', '30'),
    selfSigned: selfSigned(folder),
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

function sign(
  folder: string,
  wanted: { readonly name: string; readonly names: string; readonly days: string },
): KeyPair {
  const file = (end: string) => join(folder, `${wanted.name}.${end}`)
  writeFileSync(file('ext'), wanted.names)
  openssl([
    'req',
    ...NEW_KEY,
    '-keyout',
    file('key'),
    '-out',
    file('csr'),
    '-subj',
    `/CN=${wanted.name}.test`,
  ])
  openssl([
    ...[
      'x509',
      '-req',
      '-in',
      file('csr'),
      '-out',
      file('pem'),
      '-days',
      wanted.days,
      '-extfile',
      file('ext'),
    ],
    ...['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key'), '-CAcreateserial'],
  ])
  return { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('pem'), 'utf8') }
}

function selfSigned(folder: string): KeyPair {
  const [key, cert] = [join(folder, 'self.key'), join(folder, 'self.pem')]
  openssl([
    'req',
    '-x509',
    ...NEW_KEY,
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '30',
    '-subj',
    '/CN=localhost',
    '-addext',
    LOCAL,
  ])
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}

function openssl(words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] })
}
