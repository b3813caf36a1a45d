import type { DocumentSettingsResult } from './results/document-settings.ts'
import type {
  AddendaPreviewResult,
  AddendaResult,
  AddendasCheckedResult,
  AddendasResult,
} from './results/addendas.ts'
import type { BouncesReadResult, BouncesResult, QuarantineResult } from './results/bounces.ts'
import type {
  CustomerResult,
  CustomersCheckedResult,
  CustomersExportedResult,
  CustomersImportedResult,
  CustomersResult,
  ExplainedResult,
} from './results/customers.ts'
import type { InitResult, DoctorResult, DemoResult, DoneResult, StatusResult } from './results/house.ts'
import type { AuditResult, EvidenceResult } from './results/evidence.ts'
import type { ErrorResult } from './results/error.ts'
import type { DocumentsCancelledResult, DocumentsResult, PackagedRun } from './results/packaged.ts'
import type {
  LogResult,
  OrderResult,
  OutboxResult,
  ReplyExplainedResult,
  ResentResult,
  SentRun,
} from './results/outbox.ts'
import type { OperatorsResult, RolesResult } from './results/operators.ts'
import type { GroupNotifiedResult, GroupResult, GroupsResult } from './results/groups.ts'
import type { PortalAccessResult } from './results/portal.ts'
import type { ProfileResult, ProfilesResult, SignedInResult, SmtpTestResult } from './results/profiles.ts'
import type { RekeyedResult, SecretsCheckedResult } from './results/secrets.ts'
import type {
  PreviewResult,
  TemplateFieldsResult,
  TemplateResult,
  TemplatesCheckedResult,
  TemplatesResult,
} from './results/templates.ts'
import type { TypeResult, TypesResult } from './results/types.ts'
import type { OrdersImportedResult } from './results/order-files.ts'
import type { ProscaiImportedResult } from './results/proscai.ts'
import type { PaymentNoticesQueuedResult, PaymentNoticesResult } from './results/payment-notices.ts'
import type { SendPlanResult } from './results/plan.ts'
import type { RedirectedResult, SandboxResult } from './results/sandbox.ts'
import type { ScheduleResult } from './results/schedule.ts'
import type { WatchedResult } from './results/watched.ts'
import type { StatusesReadResult } from './results/statuses.ts'
import type { WhatsAppProfileResult, WhatsAppTestResult } from './results/whatsapp.ts'
import type { BackedUpResult, NoticesResult, RestoredResult, StoreAdoptedResult } from './results/store.ts'

/**
 * What every command returns, told apart by `kind`: the JSON contract (docs/json-output.md). Fields are added, never renamed
 * or removed. A new kind does not compile until ui/views and ui/exit-codes know it.
 */
export type Result =
  | PackagedRun
  | OrdersImportedResult
  | ProscaiImportedResult
  | DocumentsResult
  | DocumentsCancelledResult
  | SentRun
  | WatchedResult
  | ScheduleResult
  | SandboxResult
  | RedirectedResult
  | NoticesResult
  | PaymentNoticesResult
  | PaymentNoticesQueuedResult
  | BackedUpResult
  | RestoredResult
  | StoreAdoptedResult
  | SendPlanResult
  | ResentResult
  | OutboxResult
  | OrderResult
  | LogResult
  | BouncesReadResult
  | BouncesResult
  | QuarantineResult
  | AuditResult
  | EvidenceResult
  | ReplyExplainedResult
  | SmtpTestResult
  | StatusesReadResult
  | WhatsAppTestResult
  | WhatsAppProfileResult
  | ProfilesResult
  | ProfileResult
  | SignedInResult
  | SecretsCheckedResult
  | RekeyedResult
  | CustomersResult
  | CustomerResult
  | CustomersImportedResult
  | ExplainedResult
  | CustomersCheckedResult
  | CustomersExportedResult
  | GroupsResult
  | GroupResult
  | GroupNotifiedResult
  | PortalAccessResult
  | TemplatesResult
  | TemplateResult
  | TemplatesCheckedResult
  | TemplateFieldsResult
  | PreviewResult
  | AddendasResult
  | AddendaResult
  | AddendasCheckedResult
  | AddendaPreviewResult
  | DocumentSettingsResult
  | TypesResult
  | TypeResult
  | OperatorsResult
  | RolesResult
  | StatusResult
  | DoctorResult
  | InitResult
  | DemoResult
  | DoneResult

/** What leaves through the printer: a command's result, or the error that ended it. */
export type Output = Result | ErrorResult
export type ResultOf<Kind extends Output['kind']> = Extract<Output, { readonly kind: Kind }>
