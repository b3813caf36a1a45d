/** Programs of the operating system that some tests compare with: a validator, a foreign SMTP server, a browser. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Each program that tests may ask for, and the Debian package that has it. CI installs those in use (.ci/run). */
const PACKAGES = {
  '7z': 'p7zip-full',
  chromium: 'chromium',
  dovecot: 'dovecot-imapd',
  openssl: 'openssl',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  postfix: 'postfix',
  script: 'bsdutils',
  'smtp-sink': 'postfix',
  'smtp-source': 'postfix',
  strace: 'strace',
  'systemd-analyze': 'systemd',
  time: 'time',
  xmllint: 'libxml2-utils',
  xsltproc: 'xsltproc',
  zip: 'zip',
} as const

export type ProgramName = keyof typeof PACKAGES

/** Where a program is, or why the tests that need it cannot run. */
export type Program =
  { readonly path: string; readonly skip: false } | { readonly path: ''; readonly skip: string }

/** Daemons' tools are often outside the PATH of people. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/lib/postfix/sbin', '/usr/local/sbin']

/**
 * Finds a program on the PATH or in the system's folders. `skip` fits the option of node:test, and its text names the package
 * to install: `test('…', { skip: xmllint.skip }, () => … xmllint.path …)`.
 * With CFDI_MAIL_SYSTEM_TESTS=required in the environment a missing program is an error instead: CI must not skip in silence.
 */
export function program(name: ProgramName): Program {
  const path = find(name)
  if (path !== null) return { path, skip: false }
  const reason = `${name} is not installed: apt-get install ${PACKAGES[name]}`
  if (process.env['CFDI_MAIL_SYSTEM_TESTS'] === 'required') throw new Error(reason)
  return { path: '', skip: reason }
}

function find(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_FOLDERS]
  const paths = folders.filter((folder) => folder !== '').map((folder) => join(folder, name))
  return paths.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
