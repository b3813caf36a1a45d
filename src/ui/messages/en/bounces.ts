import type { bounces as es } from '../es/bounces.ts'

/** Mail that came back, and addresses in quarantine. */
export const bounces: Record<keyof typeof es, string> = {
  'command.bounces': 'Returned mail: what bounced, and the addresses that get nothing because of it',
  'command.bounces.import': 'Reads returned mail from files: .eml, mbox, Maildir or folders of .eml',
  'command.bounces.check': 'Reads the bounce mailbox by IMAP and changes nothing in it',
  'command.bounces.list': 'Lists what came back and which order it belongs to',
  'command.bounces.quarantine': 'Addresses that bounce: what is for them is held until you release them',
  'command.bounces.quarantine.list': 'Lists the addresses in quarantine',
  'command.bounces.quarantine.add': 'Puts addresses in quarantine',
  'command.bounces.quarantine.release': 'Releases addresses; what was held for them goes with the next send',
  'argument.mail': '.eml or mbox file, Maildir, or folder with .eml files',
  'argument.address': 'E-mail address',
  'flag.bounces.check.profile': 'Profile whose bounce mailbox is read; the default one if left out',
  'flag.bounces.check.host': 'IMAP server',
  'flag.bounces.check.port': 'Port; 993 (TLS) if left out. Another one has to offer STARTTLS',
  'flag.bounces.check.user': 'User of the mailbox',
  'flag.bounces.check.password-stdin': 'Reads the password from standard input',
  'flag.bounces.check.password-ref': 'Where the password is: env:NAME, file:/path or cmd:program',
  'flag.bounces.check.ca-file': 'PEM file of an authority of your own to trust',
  'flag.mailbox': 'Folder of the bounces; INBOX if left out',
  'flag.archive': 'Folder with copies of what was sent: settles the uncertain deliveries it finds there',
  'flag.bounces.check.save': 'Keeps this mailbox with the profile, the password sealed',
  'flag.bounces.check.limit': 'At the most so many mails; 1000 if left out. The rest is for the next time',
  'flag.bounces.list.limit': 'Only the newest, so many',

  'error.NOT_QUARANTINED': '{address} is not in quarantine.',
  'hint.NOT_QUARANTINED': 'See them with cfdi-mail bounces quarantine list',
  'error.NO_BOUNCE_MAILBOX': 'No mailbox to read: the profile {profile} has none saved.',
  'hint.NO_BOUNCE_MAILBOX':
    'Name it and keep it: cfdi-mail bounces check --host imap.example.com --user bounces@example.com --save',
  'error.NO_BOUNCE_MAILBOX.no-profile': 'No mailbox to read: there is no mail profile yet.',
  'hint.NO_BOUNCE_MAILBOX.no-profile':
    'Name it: cfdi-mail bounces check --host imap.example.com --user bounces@example.com. To keep it there has to be a profile first: cfdi-mail smtp-test --host … --save office',
  'error.MAILBOX_NOT_FOUND': 'The server has no folder {mailbox}.',
  'hint.MAILBOX_NOT_FOUND': 'Name another with --mailbox or --archive.',
  'error.MAILBOX_UNREACHABLE': 'The mailbox at {host} could not be read: {detail}.',
  'hint.MAILBOX_UNREACHABLE.name':
    'Check how the server is written (--host), and the connection to the internet.',
  'hint.MAILBOX_UNREACHABLE.refused':
    'Check the port, nearly always 993. The server may be down, or a firewall in between.',
  'hint.MAILBOX_UNREACHABLE.no-starttls':
    'On port {port} the server offers no encryption, and without TLS nobody signs in. Nearly always 993 does.',
  'hint.MAILBOX_UNREACHABLE.certificate':
    'Check that the server (--host) is that of the certificate. One signed by an authority of your own: name that with --ca-file.',
  'hint.MAILBOX_UNREACHABLE.silence':
    'The server did not greet on port {port}. TLS from the first byte is spoken on 993 alone; another port has to offer STARTTLS.',
  'hint.MAILBOX_UNREACHABLE':
    'Check server, port and certificate; nothing is read without TLS: on 993 from the start, on another port with STARTTLS. Name an authority of your own with --ca-file.',
  'error.BAD_CA_FILE': 'The file {file} is no certificate.',
  'hint.BAD_CA_FILE': 'Check --ca-file: it must be a certificate in text (PEM, "BEGIN CERTIFICATE").',
  'error.MAILBOX_REFUSED': '{host} did not accept the password of {user}: {detail}.',
  'hint.MAILBOX_REFUSED': 'Try again with --password-stdin and, when it is the right one, --save.',

  'event.bounced': 'bounced',
  'event.delivered': 'delivered',
  'event.delayed': 'delivery delayed',
  'event.bounce-noted': 'report noted',
  'event.quarantined': 'address in quarantine',
  'event.quarantine-released': 'address released',
  'done.orders': '{count} {count|order goes|orders go} out again with cfdi-mail send',
  'done.no-orders': 'No order was waiting for that.',
  'subject.address': '{count|address|addresses}',
  'finding.quarantined': 'bounces: it is in quarantine; see bounces quarantine list',
  'explained.quarantined': 'in quarantine: it bounces',
  'packaged.quarantined': '{count} {count|address|addresses} in quarantine; what is for them is held:',

  'verdict.bounced': 'bounced',
  'verdict.soft': 'a hint, no proof',
  'verdict.delayed': 'delayed',
  'verdict.delivered': 'delivered',
  'verdict.relayed': 'passed to another server',
  'verdict.archived': 'a copy is in the archive',
  'effect.changed': '',
  'effect.noted': 'noted only',
  'effect.waits': 'waits for the sending to end',

  'column.status': 'Code',
  'column.since': 'Since',
  'column.held': 'Held',
  'column.customers': 'Customers',
  'bounces.read': 'Mails read: {read}; about orders of this store: {matched}; known before: {repeated}.',
  'bounces.left':
    'Without effect: tied to no order, {unmatched}; automatic replies, {autoReplies}; others, {others}.',
  'bounces.quarantined': 'In quarantine from now on, and what is packaged for them is held:',
  'bounces.more': 'There are more mails to read: repeat the command.',
  'bounces.nobody': '(no recipient of the order)',
  'bounces.none': 'Nothing has come back.',
  'bounces.older':
    '… and {count} older {count|one|ones} (--limit N, --verbose or --json show {count|it|them})',
  'quarantine.none': 'No address is in quarantine.',
  'quarantine.next':
    'Correct the address with customers set; when it works: cfdi-mail bounces quarantine release ADDRESS',
}
