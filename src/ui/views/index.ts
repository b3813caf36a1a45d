import type { Output } from '../../core/model/result.ts'
import {
  customersCheckedView,
  customersExportedView,
  customersImportedView,
  explainedView,
} from './customer-reports.ts'
import { customersView, customerView } from './customers.ts'
import { documentsCancelledView, documentsView } from './documents.ts'
import { demoView, doctorView, doneView, errorView, initView } from './house.ts'
import { logView } from './log.ts'
import { orderView } from './order.ts'
import { outboxView, replyExplainedView, resentView } from './outbox.ts'
import { packagedView } from './packaged.ts'
import { profilesView, profileView, smtpTestView } from './profiles.ts'
import { sandboxView, sentView } from './sent.ts'
import { statusView } from './status.ts'
import {
  previewView,
  templateFieldsView,
  templatesCheckedView,
  templatesView,
  templateView,
} from './templates.ts'
import { typesView, typeView } from './types.ts'
import type { View, ViewContext } from './view.ts'

/** One view a kind: a new kind of result does not compile until it has one. */
const VIEWS: { readonly [Kind in Output['kind']]: View<Extract<Output, { readonly kind: Kind }>> } = {
  packaged: packagedView,
  documents: documentsView,
  'documents-cancelled': documentsCancelledView,
  sent: sentView,
  sandbox: sandboxView,
  resent: resentView,
  outbox: outboxView,
  order: orderView,
  'reply-explained': replyExplainedView,
  log: logView,
  'smtp-test': smtpTestView,
  profiles: profilesView,
  profile: profileView,
  customers: customersView,
  customer: customerView,
  'customers-imported': customersImportedView,
  explained: explainedView,
  'customers-checked': customersCheckedView,
  'customers-exported': customersExportedView,
  templates: templatesView,
  template: templateView,
  'templates-checked': templatesCheckedView,
  'template-fields': templateFieldsView,
  preview: previewView,
  types: typesView,
  type: typeView,
  status: statusView,
  doctor: doctorView,
  init: initView,
  demo: demoView,
  done: doneView,
  error: errorView,
}

/** The text of a result in the reader's language. */
export function viewOf(output: Output, context: ViewContext): string {
  const view = VIEWS[output.kind] as View<Output>
  return view(output, context)
}
