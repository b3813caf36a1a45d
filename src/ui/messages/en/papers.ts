import type { papers as es } from '../es/papers.ts'

/** Words for papers that are no CFDI. */
export const papers: Record<keyof typeof es, string> = {
  'flag.papers':
    'Folder with papers that are no CFDI (PDF); with --kind order, purchase-order, statement, ticket or receipt',
  'flag.index':
    'With --papers: CSV that says whose each file is (file, customer, reference, date, amount, currency, send)',
  'flag.create-customers':
    'With --papers and --index: adds the customers that are missing and have an address, with the type of the point of sale (posPackagingType)',
  'flag.package.name-pattern':
    'With --papers: how the files are named, such as "EDO_{customer}_{date}"; may be repeated',
  'flag.package.kind':
    'Kinds of CFDI: I invoice, E credit note, T waybill, P payment, N payroll, R withholdings; with --papers, the kind of paper',
  'paper.order': 'order',
  'paper.purchase-order': 'purchase order',
  'paper.statement': 'statement',
  'paper.ticket': 'ticket',
  'paper.receipt': 'receipt',
  'error.PAPER_KIND': '"{value}" is no kind of paper for --papers.',
  'error.PAPER_KIND.none': 'With --papers, say which kind of papers they are.',
  'hint.PAPER_KIND': 'It is one of these: --kind order, purchase-order, statement, ticket, receipt.',
  'error.NOT_WITH_PAPERS': '{flags} {count|is|are} for CFDI only, and {count|does|do} not go with --papers.',
  'hint.NOT_WITH_PAPERS': 'Leave it out, or package the CFDI in another run without --papers.',
  'error.ONLY_WITH_PAPERS':
    '{flags} {count|is|are} only for papers that are no CFDI: --papers DIR is missing.',
  'error.ONLY_WITH_PAPERS.index': '{flags} takes the customers from the index: --index FILE.csv is missing.',
  'hint.ONLY_WITH_PAPERS': 'For example: cfdi-mail package --papers /statements --kind statement',
  'error.BAD_PAPER_PATTERN':
    'The pattern "{pattern}" lacks {found}: without it nobody knows whose the file is.',
  'error.BAD_PAPER_PATTERN.unknown': 'The pattern "{pattern}" has {found}, which does not exist.',
  'error.BAD_PAPER_PATTERN.twice': 'The pattern "{pattern}" has {found} twice.',
  'hint.BAD_PAPER_PATTERN':
    'There are {customer}, {reference}, {date} and * (any text): EDO_{customer}_{date}.pdf',
  'error.PAPER_INDEX_COLUMN': 'The index {file} lacks the column "{column}". It has: {found}',
  'hint.PAPER_INDEX_COLUMN':
    'The first line names the columns: file, customer, reference, date, amount, currency, send.',
  'reason.unknown-party':
    'there is no customer or supplier of that code; add it, or use --index with --create-customers if its line has a good address',
  'reason.wrong-party':
    'that code is of another kind: purchase orders go to suppliers; orders and tickets to customers',
  'reason.name-not-in-pattern':
    'its name does not say whose it is, such as {example} (docs/papers.md); say the pattern with --name-pattern, or use --index',
  'reason.other-kind': 'its name is that of another kind of paper; --kind {kind} packages it',
  'example.order': 'ORDER_C00001_4500.pdf',
  'example.purchase-order': 'PO_P00001_4500.pdf',
  'example.statement': 'STATEMENT_C00001_2024-05.pdf',
  'example.ticket': 'TICKET_C00001_8841.pdf',
  'example.receipt': 'RECEIPT_C00001_15.pdf',
  'reason.ambiguous-name': 'the name can be read for two codes; use --index',
  'reason.not-in-index': 'not in the index',
  'reason.bad-index-row': 'its line of the index is not complete or has a value that does not fit',
  'reason.not-marked': 'no mark to send it in the index: it is not sent until it has one',
  'packaged.bad-index-row':
    'Mend that line and repeat the command; the rest of the index went on.\nDate: 2024-05-31; amount: 1234.50; send: yes or no (1 or 0, x or empty).',
  'reason.index-twice': 'the index names it twice',
  'reason.file-missing': 'the index names it and it is not in the folder',
  'reason.not-a-paper': 'not a PDF',
  'reason.is-cfdi-pdf': 'the PDF of a CFDI: it goes with its XML, without --papers',
  'reason.unsafe-page': "the ticket's page runs or loads something, or is not complete",
  'reason.no-date': 'its date is not known; leave out --from and --to, or put it into the name or the index',
  'reason.reference-twice': 'two different files have the same reference; keep one',
  'reason.paper-changed': 'packaged before with other content; --again --reason sends it anew',
  'reason.same-paper':
    'the same file was packaged under another reference; if that is right, --again --reason',
  'reason.no-mail': 'the packaging type sends no mail',
}
