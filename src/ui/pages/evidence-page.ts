import type { ChainCheck } from '../../core/model/audit.ts'
import type { Evidence } from '../../core/model/results/evidence.ts'
import type { OrderDocument } from '../../core/model/send-order.ts'
import type { Language } from '../messages/translate.ts'
import { text } from '../messages/index.ts'
import { exactTime } from '../views/local-time.ts'
import { documentName } from '../views/document-name.ts'
import { orderSection, type Words } from './evidence-order.ts'
import { EVIDENCE_STYLE } from './evidence-style.ts'
import { html, type Html, htmlFacts } from './html.ts'

/**
 * The page of a document's evidence: all of it on one sheet that needs nothing from elsewhere, for a screen or a printer. What
 * servers and files said is shown as it is and runs nothing.
 */
export function evidencePage(evidence: Evidence, language: Language): string {
  const t: Words = (key, params) => text(language, key, params)
  const { uuid, createdAt, operator, orders } = evidence
  const document = orders[0]?.order.documents.find((each) => each.uuid === uuid)
  const page = html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${t('page.title')} ${evidence.asked ?? uuid}</title>
      <style>
        ${EVIDENCE_STYLE}
      </style>
    </head>
    <body>
      <header>
        <h1>${t('page.title')}</h1>
        <p class="small">${t('page.made', { at: exactTime(createdAt), operator })}</p>
      </header>
      ${uuid === '' ? papersSection(orders, t) : documentSection(uuid, document, t)}
      ${orders.map((order) => orderSection(order, uuid, t))} ${proofSection(evidence.chain, t)}
    </body>
  </html>`
  return `<!doctype html>\n${page.html}\n`
}

function documentSection(uuid: string, document: OrderDocument | undefined, t: Words): Html {
  const facts: readonly (readonly [string, Html | string])[] =
    document === undefined
      ? []
      : [
          [t('page.kind'), `${document.kind} (${t(`kind.${document.kind}`)})`],
          [t('page.folio'), [document.series, document.folio].filter((part) => part !== '').join(' ')],
          [t('page.issued'), document.issuedAt.replace('T', ' ')],
          [t('page.total'), `${document.total} ${document.currency}`.trim()],
          [t('page.issuer'), document.issuerRfc],
          [t('page.receiver'), document.receiverRfc],
        ]
  return html`<section>
    <h2>${t('page.document')}</h2>
    ${htmlFacts([[t('page.uuid'), html`<strong class="code">${uuid}</strong>`], ...facts])}
  </section>`
}

/** What an order carries that was asked about by its own id: a line for each document or paper. */
function papersSection(orders: Evidence['orders'], t: Words): Html {
  const facts = orders.flatMap(({ order }): (readonly [string, string])[] => [
    ...order.documents.map(
      (each) =>
        [
          `${each.kind} (${t(`kind.${each.kind}`)})`,
          `${documentName({ ...each, kind: null })} · ${each.uuid}`,
        ] as const,
    ),
    ...order.papers.map(
      ({ kind, reference, date, file, sha256 }) =>
        [t(`paper.${kind}`), [reference, date ?? '', file, sha256].filter(Boolean).join(' · ')] as const,
    ),
  ])
  return html`<section>
    <h2>${t('page.papers')}</h2>
    ${htmlFacts(facts)}
  </section>`
}

function proofSection({ bad, events, head }: ChainCheck, t: Words): Html {
  return html`<section class="proof">
    <h2>${t('page.proof')}</h2>
    <p>${t('page.limits')}</p>
    ${
      bad === null
        ? html`<p>
            ${t('page.chain-whole', { count: events })}<br />
            <span class="code">${head.hash}</span>
          </p>`
        : html`<p class="bad">${t('page.chain-broken', { seq: bad.seq })}</p>`
    }
    <p>${t('page.check')}</p>
    <p class="small">${t('page.times')}</p>
  </section>`
}
