/** Random firms for tests of payroll: people whose records are often wrong, and an oracle that knows whose each document is. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CfdiOptions, makePdf, uuidOf, writeErpFolder } from './cfdi-factory.ts'
import { payrollOf } from './payroll.ts'

/** A number from 0 up to but not including `below`. */
export type Random = (below: number) => number

export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** A person and what the store says of them: a person has one record, and every record is of one person. */
export interface Person {
  readonly code: string
  readonly name: string
  readonly rfc: string
  readonly curp: string
  readonly employeeNumber: string
  /** Of the card, as it is in the store now; may be empty, several, or somebody else's too. */
  email: string
  kind: 'empleado' | 'cliente'
}

export interface Town {
  readonly people: readonly Person[]
  /** Whose document it is, by UUID. */
  readonly owners: Map<string, Person>
  readonly documents: CfdiOptions[]
}

/** Four to six people; two of them may share an RFC, and then CURP and number tell them apart. */
export function makePeople(random: Random): Person[] {
  const people: Person[] = []
  for (let i = 1; i <= 4 + random(3); i++) {
    const twin = i > 1 && random(5) === 0 ? people[random(people.length)] : undefined
    people.push({
      code: `E0000${i}`,
      name: `PERSONA NUMERO ${'UNO DOS TRES CUATRO CINCO SEIS SIETE'.split(' ')[i - 1] ?? ''}`,
      rfc: twin?.rfc ?? `PEX${'ABCDEFG'[i] ?? ''}80010${i}AB${i}`,
      curp: `PEX${'ABCDEFG'[i] ?? ''}80010${i}HDFRRN0${i}`,
      employeeNumber: `${'0'.repeat(random(3))}${40 + i}`,
      email: `persona${i}@correo.example`,
      kind: 'empleado',
    })
  }
  for (const person of people.filter(() => random(4) === 0)) person.email = wrongEmail(random, people, person)
  return people
}

/** None, several, or the address of another person. */
export function wrongEmail(random: Random, people: readonly Person[], person: Person): string {
  const others = people.filter(({ rfc }) => rfc !== person.rfc)
  const another = others.length === 0 ? 'jefe@empresa.example' : oneOf(random, others).email
  return oneOf(random, [
    '',
    `${person.code}@a.example, ${person.code}@b.example`,
    another,
    another.toUpperCase(),
    `nueva.${person.code}@correo.example`,
    'jefe@empresa.example',
  ])
}

/** Writes documents into the folder: payroll of anybody, and invoices to the same RFCs. */
export async function writeDocuments(random: Random, town: Town, folder: string): Promise<void> {
  const made = Array.from({ length: 1 + random(5) }, (_, i): CfdiOptions => {
    const person = oneOf(random, town.people)
    const folio = `F${town.documents.length + i}Q`
    const day = { issuedAt: `2024-05-${10 + random(20)}T09:00:00` }
    if (random(4) === 0)
      return { ...day, series: 'VTA', folio, receiverRfc: person.rfc, receiverName: person.name }
    return payrollOf(payrollWords(random, town, person), folio, day)
  })
  for (const cfdi of made.filter(({ kind }) => kind === 'N')) {
    const owner = town.people.find(({ name }) => name === cfdi.receiverName)
    if (owner !== undefined) town.owners.set(uuidOf(cfdi), owner)
  }
  town.documents.push(...made)
  await writeErpFolder(
    folder,
    made.map((cfdi) => ({ cfdi, pdf: makePdf(uuidOf(cfdi), 600) })),
  )
}

/** What tells a person apart, or nothing where the RFC alone does. */
function payrollWords(random: Random, { people }: Town, { rfc, name, curp, employeeNumber }: Person) {
  const isAlone = people.filter((each) => each.rfc === rfc).length === 1
  const words = [{ curp }, { employeeNumber }, { curp, employeeNumber }, ...(isAlone ? [{}] : [])]
  return { rfc, name, ...oneOf(random, words) }
}

/** What is wrong with bytes that go to these addresses; null when nothing is. */
export function breach(
  town: Town,
  { bytes, to }: { readonly bytes: readonly Buffer[]; readonly to: readonly string[] },
): string | null {
  const text = bytes.map((each) => each.toString('latin1')).join('\n')
  const held = [...town.owners].filter(([uuid]) => text.toUpperCase().includes(uuid))
  const owners = new Set(held.map(([, owner]) => owner))
  const [owner] = owners
  if (owner === undefined) return null
  if (owners.size > 1) return `two people's: ${[...owners].map(({ code }) => code).join(', ')}`
  return to.length === 1 && isOwn(town, owner, to[0] ?? '')
    ? null
    : `${owner.code} (${owner.kind}, ${owner.email}) at ${to.join(', ')}`
}

/** The one address on the card of an employee, that no other employee has. */
function isOwn({ people }: Town, owner: Person, address: string): boolean {
  const addresses = ({ email, kind }: Person) =>
    kind === 'empleado' ? email.toLowerCase().split(/, /) : ['']
  const others = people.filter((each) => each !== owner).flatMap(addresses)
  const own = addresses(owner)
  return own.length === 1 && own[0] === address.toLowerCase() && !others.includes(address.toLowerCase())
}

/** Order files of a folder: who they name, and the bytes of the order and of all it attaches. */
export function orderFilesIn(folder: string): { to: string[]; bytes: Buffer[] }[] {
  return readdirSync(folder)
    .filter((name) => /^_CFD_MAIL_REQ_.*\.XML$/.test(name))
    .map((name) => {
      const order = readFileSync(join(folder, name))
      const named = (tag: string) =>
        [...order.toString().matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(
          ([, text = '']) => text,
        )
      const files = named('Adjunto').map((path) => readFileSync(join(folder, path)))
      return { to: named('Destinatario'), bytes: [order, ...files] }
    })
}
