/** Send orders in files `_CFD_MAIL_REQ_<identification>.XML`. */
export const orderFiles = {
  'command.import-orders': 'Takes send orders (_CFD_MAIL_REQ_*.XML) from a folder into the outbox',
  'argument.order-folder': 'Folder of the orders; the setting mailerDir (MAILER_DIR) when left out',
  'argument-name.order-folder': 'folder',
  'flag.import-orders.limit': 'At most so many files; 500 when left out. The others are for the next time',
  'flag.insecure-dir': 'Also from a folder in which anybody can write',
  'flag.order-files':
    'Writes order files to that folder for another program to send; they are not sent from here',
  'state.exported': 'exported',
  'proof.exported': 'Handed to another program as an order file; what became of it is known there, not here.',
  'event.addenda-added': 'addenda put into the copy',
  'event.exported': 'handed over as an order file',
  'reason.no-address': 'the customer has no address, and an order file needs one',
  'packaged.exported':
    '{count} {count|order file was|order files were} written; the program that reads that folder sends {count|it|them}, not this one.',
  'command.import-proscai':
    'Brings customers and order files over from Proscai, and compares what each program would send',
  'flag.import-proscai.customers':
    'CSV of the customers: clave, nombre, RFC, e-mail, eMail facturación, Empaquetado CFD, contactos',
  'flag.import-proscai.orders': 'Folder of order files to take',
  'flag.shadow': 'Folder of order files to compare with only: nothing is sent or moved',
  'error.CHOOSE_PROSCAI': 'Say what to bring: --customers CSV, --orders FOLDER or --shadow FOLDER.',
  'hint.CHOOSE_PROSCAI':
    'For example: cfdi-mail import-proscai --customers customers.csv --shadow C:\\Trabajo\\Envio_Mails',
  'shadow.recipients': 'Recipients',
  'shadow.subject': 'Subject',
  'shadow.attachments': 'Attachments',
  'shadow.customer': 'Customer',
  'shadow.theirs': 'in the order',
  'shadow.ours': 'here',
  'shadow.totals':
    '{orders} {orders|order|orders} compared in {folder}: {same} alike, {different} different, {unreadable} unreadable, {noDocument} without CFDI. Nothing was sent or changed.',
  'rule.order-file': 'the order file',

  'error.NO_ORDER_FOLDER': 'It is not known in which folder send orders appear.',
  'hint.NO_ORDER_FOLDER':
    'Name it: cfdi-mail import-orders FOLDER; or set it as mailerDir in {file} (or in MAILER_DIR).',
  'error.ORDER_FOLDER_OPEN': 'Anybody can write in {folder}: no orders are taken from there.',
  'hint.ORDER_FOLDER_OPEN':
    'Take the permission from the others: chmod o-w FOLDER. If it really has to be so: --insecure-dir.',
  'error.IMPORT_RUNNING': 'Another process is taking the order files of these data.',
  'hint.IMPORT_RUNNING': 'Wait until it ends; the next turn does what is left.',

  'expected.folder': 'a folder',
  'expected.order-recipients': 'known or any',
  'expected.order-mapping':
    'a line a field (customer, profile, host, user, sender, recipients, hidden, subject, body, attachments) with the path of its element or attribute',

  'event.order-file-refused': 'order file refused',
  'event.order-file-ignored': 'part of an order without effect',

  'order-result.queued': 'queued',
  'order-result.planned': 'would be taken',
  'order-result.repeated': 'taken before',
  'order-result.waiting': 'waits',
  'order-result.refused': 'REFUSED',

  'order-reason.taken': 'taken before; nothing is sent twice',
  'order-reason.id-reused':
    'another order, with another content, had the same identification; give it another one in its name',
  'order-reason.in-hand': 'another process has it',
  'order-reason.settling': 'it is still being written',
  'order-reason.cut-off': 'its XML is not complete; it waits until it is',
  'order-reason.missing-attachment': 'a file that it wants attached is not there',
  'order-reason.half-attachment': 'an attachment is not complete',
  'order-reason.bad-name': 'the name is not _CFD_MAIL_REQ_<identification>.XML (letters, digits, . _ -)',
  'order-reason.outside':
    "an attachment's path leads out of the attachments' folder (MAILER_ATTACHMENT_PATH)",
  'order-reason.link': 'the order or an attachment is a link, not a file',
  'order-reason.owner': 'an attachment belongs to another user of the machine',
  'order-reason.not-a-file': 'it is no file that can be read',
  'order-reason.too-large': 'a file is larger than allowed (maxFileBytes)',
  'order-reason.empty-order':
    'it does not say to whom, or what, to send; if its fields have other names, give them in orderMapping',
  'order-reason.unknown-customer':
    'the customer that it names does not exist, and it does not say to whom to send; add the customer',
  'order-reason.ambiguous-customer': 'several customers have the RFC of its CFDI; say which in Cliente',
  'order-reason.bare-markup':
    'its text has HTML tags that are not escaped; write them with &lt; or in a CDATA',
  'order-reason.bad-recipient': 'none of its recipients is an e-mail address',
  'order-reason.hidden-copy': 'it asks for blind copies; make them recipients, or an order of their own',
  'order-reason.several-receivers': 'it puts CFDI of different receivers together',
  'order-reason.other-receiver': 'its CFDI is not of the customer that it names',
  'order-reason.duplicate-document': 'it has the same CFDI twice',
  'order-reason.bad-file-kind': 'an attachment is of a kind that mail servers refuse',
  'order-reason.failed-before': 'it ended the program several times',

  'order-doubt.foreign-recipient': 'not an address of the customer',
  'order-doubt.no-customer': "the CFDI's receiver is not among the customers",
  'order-doubt.unknown-customer': 'the customer that the order names does not exist',
  'order-doubt.already': 'this CFDI was packaged for the customer before',

  'order-ignored.server': 'the server is that of no profile',
  'order-ignored.profile': 'there is no profile of that name',
  'order-ignored.sender': "the sender is not the profile's",
  'order-ignored.address': 'not an e-mail address',

  'column.file': 'Order file',
  'orders.nothing': 'There are no order files in {folder}.',
  'orders.totals':
    '{queued} taken ({held} with something held), {repeated} taken before, {waiting} waiting, {refused} refused.',
  'orders.dry-run': 'Dry run: nothing was moved or taken.',
  'orders.more': 'There are more files: repeat the command.',
  'orders.next': 'Send them with cfdi-mail send',
  'orders.held': 'Held until you look at them (cfdi-mail outbox show ORDER, and outbox release or cancel):',
  'orders.ignored': 'What an order says and had no effect:',
  'orders.bad': 'The refused ones are in {folder}; once mended, put them back into the folder of the orders.',
} as const
