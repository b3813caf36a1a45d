import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { addCustomer, setCustomer, showCustomer } from '../../src/core/flows/customers.ts'
import { setDocumentSetting } from '../../src/core/flows/document-settings.ts'
import { packageArrived } from '../../src/core/flows/package-arrived.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { sendRedirected } from '../../src/core/flows/send-redirected.ts'
import { releaseOrders } from '../../src/core/flows/steer-orders.ts'
import { setType } from '../../src/core/flows/types.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { testCtx, useProfile, useWhatsApp } from '../support/ctx.ts'
import { dropFolder, takeOrders } from '../support/order-files.ts'
import { NOTHING } from '../support/packaging.ts'
import { writePaper } from '../support/papers.ts'
import {
  breach,
  makePeople,
  oneOf,
  orderFilesIn,
  type Random,
  type Town,
  wrongEmail,
  writeDocuments,
} from '../support/payroll-town.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'
import { seededNumbers } from '../unit/cfdi/mutations.ts'

const SEEDS = [1, 2, 3, 5, 8, 1023, 1050, 1100]
const STEPS = 40
const ALL = { limit: null, profile: null }

interface Firm {
  readonly t: TestContext
  readonly ctx: Ctx
  readonly clock: { minutes: number }
  readonly server: TestSmtpServer
  readonly random: Random
  readonly town: Town
  readonly source: string
}

async function firm(t: TestContext, seed: number): Promise<Firm> {
  const settings = { ...DEFAULT_SETTINGS, portalUrl: 'https://facturas.example.com/portal' }
  const { ctx, clock } = await testCtx(t, { settings })
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  await useWhatsApp(ctx, 'http://127.0.0.1:1')
  const random = seededNumbers(seed)
  const town: Town = { people: makePeople(random), owners: new Map(), documents: [] }
  for (const { curp, employeeNumber, ...person } of town.people) {
    const known = oneOf(random, [{ curp, employeeNumber }, { curp, employeeNumber }, { curp }])
    const lists = { billingEmail: 'rh@empresa.example', packaging: 'NOMINA,jefe@empresa.example' }
    const chat = { mobile: '5512345678', channel: 'both' }
    await addCustomer(ctx, {
      ...person,
      ...known,
      ...oneOf(random, [{}, lists, chat]),
      pointOfSale: false,
    })
  }
  const [buyer] = town.people
  // One of them buys in the firm's shop too, for an office where others read the mail.
  await addCustomer(ctx, {
    pointOfSale: false,
    code: 'C00009',
    rfc: buyer?.rfc,
    email: 'oficina@empresa.example',
  })
  return { t, ctx, clock, server, random, town, source: tempFolder(t) }
}

type Step = (firm: Firm) => Promise<unknown>

const request = ({ random, town, source }: Firm) => ({
  ...NOTHING,
  sources: [source],
  clients: oneOf(random, [[], [], ['C00009'], [oneOf(random, town.people).code]]),
  grouping: oneOf(random, [null, 'customer', 'document'] as const),
  packing: oneOf(random, [null, 'zip'] as const),
  kinds: oneOf(random, [null, ['N'] as const]),
  type: oneOf(random, [null, null, 'GRAL', 'NOMINA']),
  ...oneOf(random, [{}, { repetition: 'again', reason: 'prueba' } as const]),
})

const STEP_KINDS: Readonly<Record<string, Step>> = {
  documents: ({ random, town, source }) => writeDocuments(random, town, source),
  package: (firm) => packageCfdis(firm.ctx, request(firm)),
  packageAll: ({ ctx, source, random }) =>
    packageCfdis(ctx, { ...NOTHING, sources: [source], grouping: oneOf(random, [null, 'customer']) }),
  watch: ({ ctx, source }) =>
    packageArrived(ctx, {
      sources: [source],
      places: null,
      from: null,
      patience: { settle: 0, wait: 0 },
      sightings: null,
    }),
  send: ({ ctx }) => sendDue(ctx, ALL),
  sendLater: ({ ctx, clock }) => {
    clock.minutes += 600
    return sendDue(ctx, ALL)
  },
  redirect: ({ ctx }) => sendRedirected(ctx, { ...ALL, to: 'rh@empresa.example' }),
  resend,
  release: async ({ ctx }) => {
    for (const { id } of await listOrders(ctx.db, { states: ['held'] }))
      await releaseOrders(ctx, { orders: [id], reason: 'prueba' }).catch(expected)
  },
  address: async ({ ctx, random, town }) => {
    const person = oneOf(random, town.people)
    const email = wrongEmail(random, town.people, person)
    await setCustomer(ctx, person.code, { email })
    person.email = email
  },
  kind: async ({ ctx, random, town }) => {
    const person = oneOf(random, town.people)
    // Where two share an RFC, one that is gone would leave the other all that names neither.
    if (town.people.some((each) => each !== person && each.rfc === person.rfc)) return
    const kind = person.kind === 'empleado' ? 'cliente' : 'empleado'
    await setCustomer(ctx, person.code, { kind, packaging: kind === 'empleado' ? 'NOMINA' : 'GRAL' })
    person.kind = kind
  },
  type: ({ ctx, random }) =>
    setType(ctx, oneOf(random, ['NOMINA', 'GRAL']), {
      kinds: oneOf(random, [['N'], ['I', 'N']] as const),
      grouping: oneOf(random, ['document', 'customer'] as const),
      zip: oneOf(random, [true, false]),
      passwordRule: oneOf(random, ['rfc', 'curp', 'none'] as const),
      portalAccess: oneOf(random, ['off', 'with', 'instead'] as const),
    }),
  setting: ({ ctx, random }) =>
    setDocumentSetting(
      ctx,
      { kind: 'N', customerClass: '' },
      {
        automatic: oneOf(random, [true, false, null]),
        enabled: oneOf(random, [true, null]),
        subject: oneOf(random, ['', 'Recibo {{folio}} de {{customerName}}']),
        body: undefined,
      },
    ),
  orderFile,
  exported,
  papers,
}

/** Without them the outbox would be empty most of the time. */
const OFTEN = [
  'orderFile',
  'documents',
  'documents',
  'packageAll',
  'packageAll',
  'watch',
  'send',
  'send',
  'send',
]

async function resend({ ctx, random, town }: Firm): Promise<void> {
  const people = [oneOf(random, town.people), oneOf(random, town.people)].slice(0, 1 + random(2))
  const to = oneOf(random, [
    [],
    [oneOf(random, town.people).email],
    ['jefe@empresa.example'],
    [`suya.${random(9)}@correo.example`],
  ]).filter((address) => address !== '')
  const keep = oneOf(random, ['save', 'once'] as const)
  const asked = {
    orders: [],
    clients: people.map(({ code }) => code),
    period: ALWAYS,
    states: null,
    to,
    keep,
  }
  await resendOrders(ctx, { ...asked, reason: 'prueba', confirmed: 'yes' })
  if (keep === 'save' && to.length > 0) await readEmails(ctx, town)
}

/** What `--save` made of the cards. */
async function readEmails(ctx: Ctx, { people }: Town): Promise<void> {
  for (const person of people) person.email = (await showCustomer(ctx, person.code)).email
}

/** Somebody else's order, of one to three documents, for anybody. */
async function orderFile({ t, ctx, random, town }: Firm): Promise<void> {
  const drop = dropFolder(t)
  // Half of them nobody has packaged: what was, is held in an order file.
  const before = town.documents.length
  await writeDocuments(random, town, tempFolder(t))
  const among = town.documents.slice(oneOf(random, [0, before]))
  const some = new Set(Array.from({ length: 1 + random(3) }, () => oneOf(random, among)))

  const attachments = [...some].map((cfdi) => {
    const name = `${uuidOf(cfdi)}.xml`
    drop.write(name, makeCfdi(cfdi))
    return name
  })
  const to = oneOf(random, [[], [], [oneOf(random, town.people).email], ['jefe@empresa.example']])
  const named = oneOf(random, ['', '', `<Cliente>${oneOf(random, town.people).code}</Cliente>`])
  drop.order(String(random(1000)), { attachments, to: to.filter((each) => each !== ''), more: named })
  await takeOrders(ctx, drop.folder)
}

/** Orders for another mailer. */
async function exported(firm: Firm): Promise<void> {
  const { t, ctx, town } = firm
  const folder = tempFolder(t)
  await packageCfdis(ctx, { ...request(firm), orderFiles: folder })
  for (const order of orderFilesIn(folder)) assert.equal(breach(town, order), null)
}

/** A paper of each employee, found by its name. */
async function papers({ t, ctx, random, town }: Firm): Promise<void> {
  const folder = tempFolder(t)
  const person = oneOf(random, town.people)
  writePaper(join(folder, `EDO_${person.code}_${random(1000)}.pdf`), `aviso ${person.code}`)
  const asked = { kind: 'statement', index: null, patterns: [], unknown: 'refuse', clients: [] } as const
  const rest = { period: ALWAYS, type: null, repetition: 'once', reason: null, mode: 'write' } as const
  await packagePapers(ctx, { ...asked, ...rest, folder })
}

/** A step may be refused with an error of the program's own, and then has done nothing. */
function expected(error: unknown): void {
  if (!(error instanceof CfdiMailError)) throw error
}

function partsOf(mail: ParsedMail): Buffer[] {
  const texts = [
    mail.subject ?? '',
    mail.text ?? '',
    mail.html || '',
    ...mail.attachments.map(({ filename }) => filename ?? ''),
  ]
  return [...texts.map((text) => Buffer.from(text)), ...mail.attachments.map(({ content }) => content)]
}

describe('payroll of random firms', () => {
  let sent = 0
  for (const seed of SEEDS) {
    test(`seed ${seed}: no message holds two people’s pay, nor goes to an address that is not the employee’s own`, async (t) => {
      const each = await firm(t, seed)
      const { server, town, random } = each
      let seen = 0
      for (let step = 0; step < STEPS; step++) {
        const name = oneOf(random, [...Object.keys(STEP_KINDS), ...OFTEN])
        await STEP_KINDS[name]?.(each).catch(expected)
        for (const { raw, recipients } of server.messages.slice(seen)) {
          const bytes = partsOf(await simpleParser(raw))
          assert.equal(breach(town, { bytes, to: recipients }), null, `step ${step}: ${name}`)
          if (bytes.some((part) => [...town.owners.keys()].some((uuid) => part.includes(uuid)))) sent++
        }
        seen = server.messages.length
      }
      for (const { channel, documents } of await listOrders(each.ctx.db, {}))
        assert.ok(channel === 'email' || documents.every(({ kind }) => kind !== 'N'))
    })
  }

  test('and they did send payroll', () => {
    assert.ok(sent > SEEDS.length, String(sent))
  })
})
