/** An order file that became a send order: its identification and its bytes are taken once. */
export interface OrderFileTable {
  /** The part of the name after `_CFD_MAIL_REQ_`, upper case. */
  identification: string
  sha256: string
  order_id: string
  at: string
}

/** An order file that is not done yet. */
export interface OrderFileLookTable {
  /** Name, size and time of change: a file that was written again is another. */
  file: string
  first_at: string
  /** Times that it was found unfinished, or something it names not there. */
  looks: number
  /** Times that it was taken in hand: more than a few means that it ends the program. */
  tries: number
}
