/** One element of an XML, prefixes taken off, references decoded. */
export interface XmlElement {
  readonly name: string
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  readonly children: readonly XmlElement[]
  /** Its own text and CDATA, not that of the elements inside. */
  readonly text: string
}
