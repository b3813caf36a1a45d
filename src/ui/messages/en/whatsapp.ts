import type { whatsapp as es } from '../es/whatsapp.ts'

export const whatsapp: Record<keyof typeof es, string> = {
  'command.whatsapp-test':
    'Tests a WhatsApp profile step by step; with --save it is saved if the test passed',
  'flag.phone-id': "Meta's id of the phone number (not the number itself)",
  'flag.account-id': 'Id of the WhatsApp Business account: with it the test looks at the template too',
  'flag.token-stdin': 'Reads the access token from standard input',
  'flag.token-ref': 'Where the token is taken from each time: env:NAME, file:/path or cmd:program',
  'flag.whatsapp-test.template': 'Name of the approved template, with a document as its header',
  'flag.template-language': 'Language of the template (usually es_MX)',
  'flag.fields':
    "Fields that go into {{1}}, {{2}}… of the template's body, separated by commas: folio,total,customerName",
  'flag.api-version': "Version of Meta's API (usually v25.0)",
  'flag.base-url': 'Another server on this very machine, for trials; else only graph.facebook.com',
  'flag.whatsapp-test.to': 'Also sends a test message to this mobile number',
  'flag.whatsapp-test.save': 'Saves the profile under this name if the test passed',
  'flag.pair-seconds': 'Seconds between two messages to the same number (usually 6)',

  'step.token': 'Access token',
  'step.number': 'Sending number',
  'step.template': 'Template',

  'profiles.channel': 'Channel',
  'whatsapp.phone-id': 'Number id',
  'whatsapp.account-id': 'Account id',
  'whatsapp.token': 'Token',
  'whatsapp.template': 'Template',
  'whatsapp.fields': 'Fields',
  'whatsapp.pair': 'one every {seconds} s to the same number',

  'cause.whatsapp-token': 'Meta did not take the access token: it expired, was revoked or is not whole',
  'remedy.whatsapp-token':
    'Make a token that does not expire for the system user (Business settings > System users) and save it: cfdi-mail whatsapp-test PROFILE --token-stdin --save PROFILE',
  'cause.whatsapp-permission': 'the token may not send with that account',
  'remedy.whatsapp-permission':
    'The system user needs whatsapp_business_messaging and whatsapp_business_management, and the app and the WhatsApp account among its assets.',
  'cause.whatsapp-phone-id': 'Meta knows no such number id, or the token may not see it',
  'remedy.whatsapp-phone-id':
    'Copy it from WhatsApp > Getting started > Phone number ID. It is a long id, not the number itself.',
  'cause.whatsapp-account-id': 'Meta does not know that account id, or the token may not see it',
  'remedy.whatsapp-account-id':
    'Copy it from WhatsApp > Getting started > WhatsApp Business Account ID (not the one of the number), and add that account to the assets of the system user. Without --account-id the test does not look at the template.',
  'cause.whatsapp-test-number': "it is a test number of Meta's and the recipient is not on its list",
  'remedy.whatsapp-test-number':
    'Add the mobile number in WhatsApp > Getting started, or register a number of your own to write to customers.',
  'cause.whatsapp-payment': 'the WhatsApp account has no payment method, or the charge failed',
  'remedy.whatsapp-payment':
    'Check the card in WhatsApp accounts > Payment settings. Nothing is lost meanwhile.',
  'cause.whatsapp-stopped': 'Meta stopped the account from sending (spam, policy or lock)',
  'remedy.whatsapp-stopped':
    'See why in WhatsApp Manager > Account quality, and settle it with Meta before you release the profile.',
  'cause.whatsapp-template':
    'the template does not exist in that language, is not approved or asks for other data',
  'remedy.whatsapp-template':
    'Look at the template in WhatsApp Manager > Message templates: name, language, a document as its header, and as many {{n}} as the profile has fields. Then: cfdi-mail whatsapp-test PROFILE --template NAME --fields FIELDS --save PROFILE',
  'cause.whatsapp-version': 'there is nothing at that address of the API',
  'remedy.whatsapp-version': 'Check --api-version: Meta retires old ones.',
  'cause.whatsapp-recipient': 'WhatsApp did not take the message for that number',
  'remedy.whatsapp-recipient':
    "Check the number of --to and that it has WhatsApp. Meta's words say the rest.",
  'cause.whatsapp-limit': 'the account reached its limit of WhatsApp messages',
  'remedy.whatsapp-limit':
    'Wait: what is due goes out by itself. Meta raises the limit of users a day as the account is used well.',
  'cause.whatsapp-unavailable': 'Meta had trouble, or what answered is not its API',
  'remedy.whatsapp-unavailable':
    'Wait and try again. If it stays, see https://metastatus.com and that no proxy answers in its place.',

  'error.NO_TOKEN': 'The access token is missing and nobody can be asked here.',
  'error.NO_TOKEN.empty': 'There is no token on standard input.',
  'hint.NO_TOKEN':
    'Pass it on standard input with --token-stdin, or say where it is with --token-ref env:NAME.',
  'error.NO_WHATSAPP_PROFILE': 'There is no WhatsApp profile.',
  'hint.NO_WHATSAPP_PROFILE':
    'Test and save one: cfdi-mail whatsapp-test --phone-id ID --template NAME --token-stdin --save whatsapp. The steps at Meta are in docs/whatsapp.md.',
  'error.BAD_WHATSAPP_PROFILE.missing': 'The WhatsApp profile lacks --{flag}.',
  'error.BAD_WHATSAPP_PROFILE.fields': 'There is no field "{value}" for --{flag}.',
  'hint.BAD_WHATSAPP_PROFILE.fields':
    'Those there are: cfdi-mail templates fields; for example documento,serie_folio,total',
  'hint.BAD_WHATSAPP_PROFILE.template':
    'The name of a template has small letters, digits and underscores, as in the WhatsApp Manager: comprobantes_2.',
  'hint.BAD_WHATSAPP_PROFILE.phone-id':
    'It is the id that Meta gives, digits alone, not the mobile number. It is in WhatsApp > Getting started.',
  'error.BAD_WHATSAPP_PROFILE': 'The WhatsApp profile is incomplete or has a mistake: --{flag} "{value}".',
  'hint.BAD_WHATSAPP_PROFILE':
    'Correct --{flag}. Example: cfdi-mail whatsapp-test --phone-id 106540352242922 --template comprobantes --fields folio,total --token-stdin --save whatsapp. The fields: cfdi-mail templates fields.',
  'error.PROFILE_OTHER_CHANNEL': 'Profile {name} is of another channel.',
  'error.PROFILE_OTHER_CHANNEL.email': 'Profile {name} is there already and is a mail profile.',
  'hint.PROFILE_OTHER_CHANNEL.email': 'Use another name; mail profiles are tested with smtp-test.',
  'error.PROFILE_OTHER_CHANNEL.whatsapp': 'Profile {name} is there already and is a WhatsApp profile.',
  'hint.PROFILE_OTHER_CHANNEL.whatsapp': 'Use another name; WhatsApp profiles are tested with whatsapp-test.',
  'error.PROFILE_OTHER_CHANNEL.whatsapp-limits':
    'Profile {name} is a WhatsApp profile: it has only --per-minute, --per-day, --pair-seconds and --on-unknown.',
  'error.PROFILE_OTHER_CHANNEL.mail-limits':
    'Profile {name} is a mail profile: --pair-seconds is for WhatsApp alone.',
  'error.BAD_PHONE': 'The mobile number "{value}" of --{flag} cannot be used: {problem}.',
  'hint.BAD_PHONE': 'Type 10 digits for Mexico, or + and the country code: +1 212 555 2368.',
  'problem.phone-letters': 'it holds something that is no digit',
  'problem.phone-short': 'it lacks digits',
  'problem.phone-long': 'it has too many digits',
  'problem.phone-country': 'no area or country code begins like that',
  'question.whatsapp-token': 'Access token of Meta',

  'flag.mobile':
    'Mobile number; several separated by commas. 10 digits for Mexico, or + and the country code',
  'flag.customers.contacts.add.mobile': "The contact's mobile number",
  'flag.customers.contacts.set.mobile': "The contact's mobile number; empty takes it away",
  'flag.channel':
    'How its documents reach it: email, whatsapp, both or fallback (WhatsApp when mail comes back)',
  'flag.xml-by':
    'With WhatsApp alone: how the XML, which WhatsApp does not take, reaches it (its portal, for example)',
  'customers.mobile': 'Mobile',
  'customers.channel': 'Channel',
  'customers.xml-by': 'XML by',
  'customer-channel.email': 'mail',
  'customer-channel.whatsapp': 'WhatsApp alone (the XML does not go there)',
  'customer-channel.both': 'mail and WhatsApp',
  'customer-channel.fallback': 'mail; WhatsApp when mail comes back',
  'explained.channel.whatsapp':
    'Its documents go by WhatsApp alone; to those addresses goes only what goes by mail anyway (papers, receipts, notices) and what a number without WhatsApp did not get.',
  'explained.channel.both': 'The PDF goes by WhatsApp too.',
  'explained.channel.fallback': 'By WhatsApp only if all those addresses refuse or return the mail.',
  'explained.channel.whatsapp.alone': 'Its documents go by WhatsApp alone.',
  'customers.employee-channel': 'An employee gets payroll by mail alone, not by WhatsApp.',
  'customers.numbers': 'Gets WhatsApp at:',
  'customers.no-numbers': 'It has no mobile number: what is packaged for WhatsApp is held until it has one.',
  'rule.mobile': 'mobile number',
  'error.NEEDS_XML_BY':
    'Customer {code} would get WhatsApp alone, which takes no XML, and the law wants it delivered.',
  'hint.NEEDS_XML_BY':
    'Use --channel both so that the XML goes by mail, or say how it gets it: --xml-by "customer portal".',
  'problem.bad-channel': 'is no channel: email, whatsapp, both or fallback',
  'problem.xml-by-missing': 'WhatsApp alone delivers no XML: say how it gets it (column xmlBy), or use both',
  'field.mobile': 'mobile',
  'field.channel': 'channel',
  'field.xmlBy': 'delivery of the XML',
  'message-problem.whatsapp':
    'it is a WhatsApp message: the attached PDF went under a template; there is no mail file',

  'command.whatsapp': 'What became of WhatsApp messages: delivered, read, failed',
  'command.whatsapp.serve-webhook':
    'Takes the statuses that Meta sends (webhook), behind a proxy with TLS, until it is stopped',
  'command.whatsapp.import-statuses': "Reads statuses from a file with what Meta's webhook sent",
  'argument.statuses': 'JSON file: one webhook body, or one a line',
  'flag.whatsapp.serve-webhook.profile': 'WhatsApp profile; the default one when left out',
  'flag.whatsapp.serve-webhook.host': 'Address it listens on (usually 127.0.0.1)',
  'flag.whatsapp.serve-webhook.port': 'Port it listens on (usually 8080)',
  'flag.secrets-stdin': 'Reads two lines from standard input: the app secret and the verify token',
  'flag.app-secret-ref': 'Where the app secret is taken from: env:NAME, file:/path or cmd:program',
  'flag.verify-token-ref': 'Where the verify token is taken from: env:NAME, file:/path or cmd:program',
  'flag.whatsapp.serve-webhook.save': 'Keeps both with the profile, encrypted or as references',
  'notice.webhook': 'Waiting for WhatsApp statuses at {place}. To end: Ctrl+C.',
  'statuses.totals':
    'Statuses read: {read}; of messages sent here: {matched}; repeated: {repeated}; foreign: {unmatched}',
  'error.NO_STATUSES': 'The file {path} holds no WhatsApp status; nothing was changed.',
  'hint.NO_STATUSES':
    'Save what Meta\'s webhook sent as it came: one JSON body, or one a line, with "statuses" in it. Messages of customers are no statuses.',
  'statuses.held': 'Profile stopped by what Meta said: {name}',
  'sent.fallback':
    'Order {of} did not get there on its channel: it goes on the other, as order {order}, with the next send.',
  'order.fallback': 'did not get there on the other channel: {reply}',
  'statuses.fallback': 'Goes by the other channel: order {order}',
  'verdict.read': 'read',
  'proof.whatsapp': 'WhatsApp status',
  'explain.outcome.uncertain':
    "Nobody knows whether the message left: it waits for you, or for Meta's status.",
  'explain.outcome.held': 'It waits for a person: once that is mended, what waits goes.',
  'explain.scope.number':
    'It is about that number only; the others go on. Check the number. Who has WhatsApp alone gets it by mail, if there is an address.',
  'explain.scope.channel': "It is the WhatsApp account's: the profile stops and nothing is marked as failed.",
  'explain.scope.template': "It is the template's: the profile stops until it is mended.",
  'explain.scope.rate': "It is a limit of Meta's: the profile waits and goes on by itself.",
  'explain.scope.pair': 'It is the limit for one number: only that recipient waits.',
  'explain.scope.media': 'It is the file: it is uploaded again, once.',
  'error.NO_WEBHOOK_SECRETS': 'Profile {name} lacks the app secret or the verify token.',
  'hint.NO_WEBHOOK_SECRETS':
    'Pass them once: --secrets-stdin --save, or say where they are: --app-secret-ref and --verify-token-ref.',
  'error.CANNOT_LISTEN': 'Cannot listen on {place}: {detail}',
  'hint.CANNOT_LISTEN': 'Use another --port, or close the program that has it.',
  'argument-name.statuses': 'statuses',
  'token.none': 'none',
  'token.sealed': 'saved, encrypted',
  'token.reference': 'taken from elsewhere (reference)',
}
