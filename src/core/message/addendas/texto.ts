/** Plain text lines in the manner of Walmart's: not XML, so the whole goes into a CDATA section. */
export const TEXTO = `[H0]|{{cfdi.EmisorRfc}}|{{dato.proveedor}}|{{date cfdi.Fecha "yyyyMMdd"}}|{{cfdi.NoCertificado}}
[H1]|{{cfdi.Serie}}|{{cfdi.Folio}}|{{cfdi.UUID}}|{{date cfdi.Fecha "yyyy-MM-dd"}}|{{cfdi.Moneda}}|{{cfdi.TipoCambio}}
[H2]|{{dato.pedido}}|{{date (default dato.fechaPedido cfdi.Fecha) "yyyyMMdd"}}|{{dato.tienda}}|{{default dato.recibo ""}}
[H3]|{{cfdi.ReceptorRfc}}|{{cfdi.ReceptorNombre}}
{{#each conceptos}}
[D1]|{{pad numero 4}}|{{required (default dato.codigo NoIdentificacion) "codigo"}}|{{cut Descripcion 60}}|{{Cantidad}}|{{Unidad}}|{{amount ValorUnitario 2}}|{{amount neto 2}}|{{tasaIva}}
{{/each}}
[T1]|{{amount cfdi.SubTotal 2}}|{{amount cfdi.Descuento 2}}|{{amount cfdi.iva 2}}|{{amount cfdi.ieps 2}}|{{amount cfdi.Total 2}}
[T2]|{{cfdi.conceptos}}|{{cfdi.cantidadTotal}}
`
