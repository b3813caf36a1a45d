import type { Output } from '../../core/model/result.ts'
import { addendaPreviewView, addendasCheckedView, addendasView, addendaView } from './addendas.ts'
import { auditView, evidenceView } from './audit.ts'
import { bouncesReadView, bouncesView, quarantineView } from './bounces.ts'
import {
  customersCheckedView,
  customersExportedView,
  customersImportedView,
  explainedView,
} from './customer-reports.ts'
import { customersView, customerView } from './customers.ts'
import { documentSettingsView } from './document-settings.ts'
import { documentsCancelledView, documentsView } from './documents.ts'
import { folded } from './fold.ts'
import { groupNotifiedView, groupsView, groupView } from './groups.ts'
import { demoView, doctorView, doneView, errorView, initView } from './house.ts'
import { logView } from './log.ts'
import { type Long, type LongView, wholeOf } from './long.ts'
import { operatorsView, rolesView } from './operators.ts'
import { ordersImportedView } from './order-files.ts'
import { orderView } from './order.ts'
import { outboxView } from './outbox.ts'
import { packagedView } from './packaged.ts'
import { proscaiImportedView } from './proscai.ts'
import { paymentNoticesQueuedView, paymentNoticesView } from './payment-notices.ts'
import { sendPlanView } from './plan.ts'
import { portalAccessView } from './portal.ts'
import { profilesView, profileView } from './profiles.ts'
import { replyExplainedView } from './reply-explained.ts'
import { resentView } from './resent.ts'
import { scheduleView } from './schedule.ts'
import { rekeyedView, secretsCheckedView, signedInView } from './secrets.ts'
import { sandboxView, sentView } from './sent.ts'
import { statusesReadView } from './statuses.ts'
import { smtpTestView } from './smtp-test.ts'
import { statusView } from './status.ts'
import { backedUpView, noticesView, redirectedView, restoredView, storeAdoptedView } from './store.ts'
import {
  previewView,
  templateFieldsView,
  templatesCheckedView,
  templatesView,
  templateView,
} from './templates.ts'
import { typesView, typeView } from './types.ts'
import type { View, ViewContext } from './view.ts'
import { watchedView } from './watched.ts'
import { whatsappProfileView, whatsappTestView } from './whatsapp.ts'

type AnyView<R> = View<R> | LongView<R>

/** One view a kind: a new kind of result does not compile until it has one. */
const VIEWS: { readonly [Kind in Output['kind']]: AnyView<Extract<Output, { readonly kind: Kind }>> } = {
  packaged: packagedView,
  'orders-imported': ordersImportedView,
  'proscai-imported': proscaiImportedView,
  documents: documentsView,
  'documents-cancelled': documentsCancelledView,
  sent: sentView,
  watched: watchedView,
  schedule: scheduleView,
  sandbox: sandboxView,
  redirected: redirectedView,
  notices: noticesView,
  'backed-up': backedUpView,
  restored: restoredView,
  'store-adopted': storeAdoptedView,
  'send-plan': sendPlanView,
  resent: resentView,
  outbox: outboxView,
  order: orderView,
  'reply-explained': replyExplainedView,
  log: logView,
  'bounces-read': bouncesReadView,
  'payment-notices': paymentNoticesView,
  'payment-notices-queued': paymentNoticesQueuedView,
  bounces: bouncesView,
  quarantine: quarantineView,
  audit: auditView,
  evidence: evidenceView,
  'smtp-test': smtpTestView,
  'statuses-read': statusesReadView,
  'whatsapp-test': whatsappTestView,
  'whatsapp-profile': whatsappProfileView,
  profiles: profilesView,
  profile: profileView,
  'signed-in': signedInView,
  'secrets-checked': secretsCheckedView,
  rekeyed: rekeyedView,
  customers: customersView,
  customer: customerView,
  'customers-imported': customersImportedView,
  explained: explainedView,
  'customers-checked': customersCheckedView,
  'customers-exported': customersExportedView,
  'portal-access': portalAccessView,
  groups: groupsView,
  group: groupView,
  'group-notified': groupNotifiedView,
  templates: templatesView,
  template: templateView,
  'templates-checked': templatesCheckedView,
  'template-fields': templateFieldsView,
  preview: previewView,
  addendas: addendasView,
  addenda: addendaView,
  'addendas-checked': addendasCheckedView,
  'addenda-preview': addendaPreviewView,
  'document-settings': documentSettingsView,
  types: typesView,
  type: typeView,
  operators: operatorsView,
  roles: rolesView,
  status: statusView,
  doctor: doctorView,
  init: initView,
  demo: demoView,
  done: doneView,
  error: errorView,
}

/** Results in words, which are broken between words. The others are lists, or hold what somebody copies or reads as it is. */
const PROSE: ReadonlySet<Output['kind']> = new Set<Output['kind']>([
  ...([
    'packaged',
    'orders-imported',
    'sent',
    'redirected',
    'resent',
    'sandbox',
    'outbox',
    'watched',
  ] as const),
  ...(['init', 'doctor', 'status', 'done', 'quarantine', 'bounces-read', 'bounces'] as const),
  ...(['customer', 'customers-imported', 'explained', 'customers-checked', 'portal-access'] as const),
  ...([
    'operators',
    'roles',
    'groups',
    'group-notified',
    'audit',
    'evidence',
    'documents-cancelled',
  ] as const),
  ...(['payment-notices', 'payment-notices-queued', 'templates-checked', 'addendas-checked'] as const),
  ...(['backed-up', 'restored', 'store-adopted', 'rekeyed', 'secrets-checked'] as const),
])

/** The text of a result in the reader's language, made as it is asked for. */
export function longOf(output: Output, context: ViewContext): Long {
  const view = VIEWS[output.kind] as AnyView<Output>
  const shown = view(output, context)
  if (typeof shown !== 'string' && context.width === Infinity) return shown
  const text = typeof shown === 'string' ? shown : wholeOf(shown)
  if (text === '') return []
  return [PROSE.has(output.kind) ? folded(text, context.width) : text]
}

/** All of it. */
export function viewOf(output: Output, context: ViewContext): string {
  return wholeOf(longOf(output, context))
}
