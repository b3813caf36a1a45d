import { checkNotice } from '../message/group-notice.ts'
import { isError } from '../message/check-template.ts'
import { templateError } from '../message/compile.ts'
import { GROUP_NOTICES } from '../message/defaults/group-notices.ts'
import { cleanLine } from '../model/clean.ts'
import {
  checkedGroup,
  type CustomerGroup,
  GROUP_EVENTS,
  type GroupEvent,
  type GroupNotice,
  isSwitchable,
  normalGroup,
  parseGroupEvent,
} from '../model/customer-group.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { GroupResult, GroupsResult } from '../model/results/groups.ts'
import type { DoneResult } from '../model/results/house.ts'
import * as store from '../store/customer-groups.ts'
import { insertEvents } from '../store/event-log.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { textValue } from './text-value.ts'

/** What people type about a group. What is undefined stays; '' takes a text away. */
export interface GroupFields {
  readonly name: string | undefined
  readonly requestsTo: string | undefined
  readonly noticesFrom: string | undefined
  /** The notice that the rest is about. */
  readonly event: string | undefined
  readonly enabled: boolean | undefined
  /** Each a text, `@file` or `@-`; '' takes the built-in one again. */
  readonly subject: string | undefined
  readonly body: string | undefined
}

/** Groups by code. */
export async function listGroups({ db }: Ctx): Promise<GroupsResult> {
  const [groups, members] = [await store.listGroups(db), await store.countMembers(db)]
  return {
    kind: 'groups',
    groups: groups.map((group) => ({ ...group, customers: members.get(group.code) ?? 0 })),
  }
}

/** @throws GROUP_NOT_FOUND */
export async function showGroup({ db }: Ctx, code: string): Promise<GroupResult> {
  return toResult(db, await existingGroup(db, code))
}

/** @throws BAD_GROUP, GROUP_EXISTS, and what `setGroup` says */
export async function addGroup(ctx: Ctx, typed: string, fields: GroupFields): Promise<GroupResult> {
  const code = checkedGroup(typed)
  if ((await store.findGroup(ctx.db, code)) !== undefined) throw new CfdiMailError('GROUP_EXISTS', { code })
  return save(ctx, { code, name: '', requestsTo: '', noticesFrom: '' }, fields)
}

/**
 * Changes what is given, of the group and of one of its notices.
 * @throws NOTHING_TO_CHANGE, GROUP_NOT_FOUND, BAD_ADDRESS, BAD_CHOICE, CHOOSE_EVENT, NOTICE_ALWAYS_ON, BAD_TEMPLATE, FILE_NOT_FOUND
 */
export async function setGroup(ctx: Ctx, code: string, fields: GroupFields): Promise<GroupResult> {
  const { event: _event, ...changes } = fields
  if (Object.values(changes).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  return save(ctx, await existingGroup(ctx.db, code), fields)
}

/** @throws GROUP_NOT_FOUND, GROUP_IN_USE while customers belong to it */
export async function removeGroup(ctx: Ctx, typed: string): Promise<DoneResult> {
  const { code } = await existingGroup(ctx.db, typed)
  await ctx.db.transaction().execute(async (db) => {
    const count = (await store.countMembers(db)).get(code) ?? 0
    if (count > 0) throw new CfdiMailError('GROUP_IN_USE', { code, count })
    await store.removeGroup(db, code)
    await insertEvents(db, [groupEvent(ctx, 'group-removed', code)])
  })
  return { kind: 'done', action: 'removed', subject: 'group', names: [code] }
}

/** @throws GROUP_NOT_FOUND */
export async function existingGroup(db: Db, typed: string): Promise<CustomerGroup> {
  const code = normalGroup(typed)
  const group = await store.findGroup(db, code)
  if (group === undefined) throw new CfdiMailError('GROUP_NOT_FOUND', { code })
  return group
}

/** One notice of a group: its own texts, and the built-in ones where it has none. */
export async function noticeOf(db: Db, group: string, event: GroupEvent): Promise<GroupNotice> {
  const stored = await storedNotice(db, group, event)
  const { enabled, subject, body } = stored
  return { event, enabled, own: subject !== null || body !== null, ...textsOf(stored) }
}

async function storedNotice(db: Db, group: string, event: GroupEvent): Promise<store.StoredNotice> {
  const stored = (await store.groupNotices(db, group)).find((each) => each.event === event)
  return stored ?? { event, enabled: true, subject: null, body: null }
}

function textsOf({ event, subject, body }: store.StoredNotice): Pick<GroupNotice, 'subject' | 'body'> {
  const usual = GROUP_NOTICES[event]
  return { subject: subject ?? usual.subject, body: body ?? usual.body }
}

async function save(ctx: Ctx, before: CustomerGroup, fields: GroupFields): Promise<GroupResult> {
  const group = {
    code: before.code,
    name: fields.name === undefined ? before.name : cleanLine(fields.name),
    requestsTo: addressOf('requests-to', fields.requestsTo, before.requestsTo),
    noticesFrom: addressOf('notices-from', fields.noticesFrom, before.noticesFrom),
  }
  const notice = await changedNotice(ctx, before.code, fields)
  await ctx.db.transaction().execute(async (db) => {
    await store.saveGroup(db, group, ctx.now())
    if (notice !== null) await store.saveNotice(db, group.code, notice)
    const detail = notice === null ? group.code : `${group.code} ${notice.event}`
    await insertEvents(db, [groupEvent(ctx, 'group-saved', detail)])
  })
  return toResult(ctx.db, group)
}

function addressOf(field: string, text: string | undefined, before: string): string {
  if (text === undefined) return before
  return text.trim() === '' ? '' : checkedAddress(field, text)
}

async function changedNotice(
  ctx: Ctx,
  group: string,
  { event: typed, enabled, subject, body }: GroupFields,
): Promise<store.StoredNotice | null> {
  if ([enabled, subject, body].every((value) => value === undefined)) return null
  if (typed === undefined)
    throw new CfdiMailError('CHOOSE_EVENT', { flag: 'event', choices: GROUP_EVENTS.join(', ') })
  const event = parseGroupEvent(typed)
  if (enabled === false && !isSwitchable(event)) {
    const choices = GROUP_EVENTS.filter(isSwitchable).join(', ')
    throw new CfdiMailError('NOTICE_ALWAYS_ON', { event, flag: 'event', choices })
  }
  const before = await storedNotice(ctx.db, group, event)
  const changed = {
    event,
    enabled: enabled ?? before.enabled,
    subject: await textOf(ctx, subject, before.subject),
    body: await textOf(ctx, body, before.body),
  }
  const [first, ...others] = checkNotice(textsOf(changed)).filter(isError)
  if (first !== undefined) throw templateError(first, ...others)
  return changed
}

async function textOf(ctx: Ctx, typed: string | undefined, before: string | null): Promise<string | null> {
  if (typed === undefined) return before
  const text = await textValue(ctx, typed)
  return text.trim() === '' ? null : text
}

async function toResult(db: Db, group: CustomerGroup): Promise<GroupResult> {
  const notices: GroupNotice[] = []
  for (const event of GROUP_EVENTS) notices.push(await noticeOf(db, group.code, event))
  const customers = (await store.countMembers(db)).get(group.code) ?? 0
  return { kind: 'group', ...group, customers, notices }
}

function groupEvent(ctx: Ctx, event: 'group-saved' | 'group-removed', detail: string) {
  const nothing = { order: null, customer: null, uuid: null, recipient: null }
  return { ...nothing, at: ctx.now().toISOString(), level: 'info' as const, event, detail }
}
