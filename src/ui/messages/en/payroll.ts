/** Words for payroll: employees, their documents and what keeps one from leaving. */
export const payroll = {
  'field.curp': 'CURP',
  'field.employeeNumber': 'employee number',
  'flag.curp': "The employee's CURP; it tells apart who shares an RFC",
  'flag.employee-number': 'Employee number, as in the payroll complement',
  'problem.bad-curp': 'not the form of a CURP',
  'error.BAD_CUSTOMER.curp': '“{value}” does not have the form of a CURP.',
  'hint.BAD_CUSTOMER.curp': 'A CURP has 18 characters, for example XOJI740919MDFDMN00.',
  'why.not-own': "an employee gets mail at the card's address only",
  'why.several': 'one of several: leave a single one',
  'customers.several-addresses':
    'An employee has one address, their own: with several nothing is sent. Leave one: cfdi-mail customers set {code} --email name@domain.mx',
  'finding.several-addresses': 'an employee has one address, their own',
  'customers.curp': 'CURP',
  'customers.employee-number': 'Employee number',
  'reason.no-employee': 'no employee has that RFC; add the employee with customers add --kind employee',
  'reason.other-employee':
    'CURP or employee number of the document are not those of the employee with that RFC; check them with customers set --curp --employee-number',
  'reason.ambiguous-employee':
    'several employees have that RFC; give them their CURP or number with customers set --curp --employee-number',
  'reason.several-addresses': 'the employee has several addresses; leave one with customers set --email',
  'reason.shared-address': 'the address belongs to another employee too; each needs one of their own',
  'order-reason.payroll-mixed': 'payroll together with other documents, or of several employees',
  'order-reason.not-own-address':
    "a recipient is not the employee's own address: payroll goes to nobody else",
  'error.NOT_OWN_ADDRESS':
    '{address} is not the own address of employee {code}: payroll goes to nobody else.',
  'hint.NOT_OWN_ADDRESS':
    "Without --to it goes to their own. If this one is theirs now, and no other employee's: add --save, or cfdi-mail customers set {code} --email {address}",
  'redirected.payroll':
    'payroll: not redirected, it goes to its employee only. To see what it looks like: send --sandbox FOLDER',
  'reason.no-password':
    'the datum of its password is missing or too short; --json says which: customers set --rfc, --curp or --employee-number; file-password: customers file-password',
  'reason.password-in-mail': 'the mail would say the password; take RFC, CURP or number out of the template',
  'error.PASSWORD_IN_MAIL': 'The mail of {code} would say the password that opens its files.',
  'hint.PASSWORD_IN_MAIL':
    'Take RFC, CURP or employee number out of the template or of type {type}; or choose another rule with types set {type} --password-rule',
  'flag.password-rule':
    'Attaches a ZIP that opens with a password: rfc-last-4, rfc, curp, employee-number, own, or none',
  'flag.password-hint': 'What the mail says of the password, instead of the rule; empty takes it away',
  'types.password-hint': 'The mail says',
  'command.customers.file-password':
    'A password of its own for the files of a customer or employee (types --password-rule own)',
  'flag.customers.file-password.password-stdin': 'Reads the password from standard input',
  'flag.customers.file-password.clear': 'Forgets the password',
  'subject.file-password': 'password for files of',
  'error.BAD_FILE_PASSWORD':
    'The password takes {least} to {most} letters without accents, digits and signs, no spaces at its ends.',
  'hint.BAD_FILE_PASSWORD': 'Write it on the first line of standard input.',
  'error.CHOOSE_FILE_PASSWORD': 'Say whether a password is kept or the one that is there forgotten.',
  'hint.CHOOSE_FILE_PASSWORD': 'Use --password-stdin or --clear, one of them.',
  'error.NO_FILE_PASSWORD': '{code} has no password for its files: {field} is missing.',
  'hint.NO_FILE_PASSWORD': 'Give it with customers set, or customers file-password {code} --password-stdin.',
  'types.password': 'Password of the ZIP',
  'types.password.rfc-last-4': 'the last 4 of the RFC',
  'types.password.rfc': 'the RFC',
  'types.password.curp': 'the CURP',
  'types.password.employee-number': 'the employee number',
  'types.password.own': "each one's own",
  'types.password.none': 'none',
  'flag.by-date': 'The date the period is of: issued, paid (of payroll) or pay-period (its last day)',
} as const
