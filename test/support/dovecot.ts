/** A real IMAP server, Dovecot, on 127.0.0.1 with a configuration of its own; nothing of the system's is touched. */
import { spawn } from 'node:child_process'
import { chownSync, chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { KeyPair } from './certificates.ts'
import { freePort } from './ports.ts'
import { program } from './programs.ts'
import { tempFolder } from './temp.ts'

export interface Dovecot {
  /** A new, empty account. */
  account(): ImapAccount
  stop(): Promise<void>
}

export interface ImapAccount {
  /** Offers STARTTLS and takes no password before it. */
  readonly port: number
  readonly user: string
  readonly password: string
  /** Puts a mail into a mailbox, as a delivery agent does. */
  deliver(mailbox: string, mail: string): void
  /** Makes the server give its mails new numbers, as after a restored backup. */
  renumber(mailbox: string): void
  /** Names of a mailbox's files; they end in its flags once it was opened for writing. */
  files(mailbox: string): string[]
  /** What the server logged about this account. */
  log(): string
}

const PASSWORD = 'imap-canary-7c1'

/**
 * Starts the server; `stop` ends it.
 * @param tokenInfo asked about access tokens, as `<tokenInfo><token>`; it answers `{"email": user}` for a good one. Without it
 *   the server knows passwords only.
 */
export async function startDovecot(tls: KeyPair, tokenInfo = ''): Promise<Dovecot> {
  const folder = tempFolder()
  const port = await freePort()
  const log = join(folder, 'log')
  const owner = mailOwner()
  mkdirSync(join(folder, 'mail'))
  writeFileSync(join(folder, 'cert.pem'), tls.cert)
  writeFileSync(join(folder, 'key.pem'), tls.key, { mode: 0o600 })
  writeFileSync(log, '')
  writeFileSync(join(folder, 'dovecot.conf'), configuration({ folder, port, log, tokenInfo, ...owner }))
  if (tokenInfo !== '') writeFileSync(join(folder, 'oauth2.conf'), tokenService(tokenInfo))
  own(join(folder, 'mail'))
  own(log)
  chmodSync(folder, 0o711)
  const child = spawn(program('dovecot').path, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await answering(port, () => readFileSync(log, 'utf8'))
  let accounts = 0
  return {
    account: () => accountOf({ folder, port, log, user: `cuenta${accounts++}@emisor.example` }),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function accountOf(place: {
  readonly folder: string
  readonly port: number
  readonly log: string
  readonly user: string
}): ImapAccount {
  const { folder, port, log, user } = place
  const maildir = join(folder, 'mail', user)
  const folderOf = (mailbox: string) => (mailbox === 'INBOX' ? maildir : join(maildir, `.${mailbox}`))
  let count = 0
  return {
    port,
    user,
    password: PASSWORD,
    deliver(mailbox, mail) {
      for (const path of [
        maildir,
        ...['', 'tmp', 'cur', 'new'].map((part) => join(folderOf(mailbox), part)),
      ]) {
        mkdirSync(path, { recursive: true })
        own(path)
      }
      const file = join(folderOf(mailbox), 'new', `${1717243200 + count++}.M${count}.test`)
      writeFileSync(file, mail)
      own(file)
    },
    renumber(mailbox) {
      const file = join(folderOf(mailbox), 'dovecot-uidlist')
      const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n')
      const next = head.replace(/ V(\d+)/, (_, validity: string) => ` V${Number(validity) + 1}`)
      writeFileSync(file, [next, ...lines].join('\n'))
    },
    files: (mailbox) => ['new', 'cur'].flatMap((part) => readdirSync(join(folderOf(mailbox), part))),
    log: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes(user))
        .join('\n'),
  }
}

function own(path: string): void {
  const { uid, gid } = mailOwner()
  if (userInfo().uid === 0) chownSync(path, uid, gid)
}

/** Mail is never read as root; a system user that owns nothing else does it then. */
function mailOwner(): { readonly uid: number; readonly gid: number } {
  const { uid, gid } = userInfo()
  return uid === 0 ? { uid: 65534, gid: 65534 } : { uid, gid }
}

/** The file of Dovecot's oauth2 driver. */
function tokenService(tokenInfo: string): string {
  return ['introspection_mode = auth', `tokeninfo_url = ${tokenInfo}`, 'username_attribute = email', ''].join(
    '\n',
  )
}

interface Place {
  readonly tokenInfo: string
  readonly folder: string
  readonly port: number
  readonly uid: number
  readonly gid: number
  readonly log: string
}

function configuration({ folder, port, uid, gid, log, tokenInfo }: Place): string {
  const { username, uid: self } = userInfo()
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${log}
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mail_debug = no
${self === 0 ? '' : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${username}`}
${tokenInfo === '' ? '' : `auth_mechanisms = plain xoauth2\npassdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = ${folder}/oauth2.conf\n}`}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
  chroot =
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`
}

async function answering(port: number, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', () => resolve(true)).once('error', () => resolve(false))
      socket.once('data', () => socket.destroy())
    })
    if (greeted) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`dovecot does not answer: ${log()}`)
}
