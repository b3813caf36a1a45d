import type { Insertable, Kysely, Selectable } from 'kysely'
import type { BounceMailboxTable, BounceScanTable, BounceTable } from './tables/bounces.ts'
import type {
  ContactTable,
  CustomerAddendaTable,
  CustomerTable,
  QuarantineTable,
} from './tables/customers.ts'
import type { CancelledDocumentTable, DocumentTable } from './tables/documents.ts'
import type { CustomerGroupTable, GroupNoticeTable } from './tables/groups.ts'
import type { EventTable, NoticeMarkTable, NoticeTable, StoreIdentityTable } from './tables/house.ts'
import type { OperatorTable, RoleTable } from './tables/operators.ts'
import type {
  AttemptTable,
  DeliveryTable,
  OrderAttachmentTable,
  OrderDocumentTable,
  SendOrderTable,
} from './tables/orders.ts'
import type { OrderFileLookTable, OrderFileTable } from './tables/order-files.ts'
import type {
  AddendaTable,
  PackagedFileTable,
  PackagingTypeTable,
  TemplateTable,
  DocumentSettingTable,
} from './tables/packaging.ts'
import type { OrderPaperTable, PaymentNoticeTable } from './tables/papers.ts'
import type { FilePasswordTable, OrderPasswordTable, PortalAccessTable } from './tables/portal.ts'
import type {
  OAuthTable,
  ProfileTable,
  QuotaUseTable,
  WhatsAppMediaTable,
  WhatsAppTable,
} from './tables/profiles.ts'

/**
 * The tables. Columns are text and integer only, times are ISO 8601 UTC text, lists are JSON text, truth is 0 or 1: SQLite
 * and PostgreSQL then hold the same rows.
 */
export interface Schema {
  document: DocumentTable
  cancelled_document: CancelledDocumentTable
  customer: CustomerTable
  contact: ContactTable
  customer_addenda: CustomerAddendaTable
  packaging_type: PackagingTypeTable
  packaged_file: PackagedFileTable
  document_setting: DocumentSettingTable
  template: TemplateTable
  customer_group: CustomerGroupTable
  group_notice: GroupNoticeTable
  portal_access: PortalAccessTable
  file_password: FilePasswordTable
  order_password: OrderPasswordTable
  addenda: AddendaTable
  profile: ProfileTable
  oauth: OAuthTable
  whatsapp: WhatsAppTable
  whatsapp_media: WhatsAppMediaTable
  send_order: SendOrderTable
  order_document: OrderDocumentTable
  order_paper: OrderPaperTable
  payment_notice: PaymentNoticeTable
  order_attachment: OrderAttachmentTable
  delivery: DeliveryTable
  attempt: AttemptTable
  quota_use: QuotaUseTable
  bounce: BounceTable
  quarantine: QuarantineTable
  bounce_mailbox: BounceMailboxTable
  bounce_scan: BounceScanTable
  order_file: OrderFileTable
  order_file_look: OrderFileLookTable
  event: EventTable
  notice: NoticeTable
  notice_mark: NoticeMarkTable
  store_identity: StoreIdentityTable
  operator: OperatorTable
  role: RoleTable
}

export type Db = Kysely<Schema>

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>
