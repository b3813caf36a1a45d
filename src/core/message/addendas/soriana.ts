/** Soriana: DSCargaRemisionProv with one remission, one order and an article for each Concepto. */
export const SORIANA = `<DSCargaRemisionProv>
  <Remision Id="Remision0" RowOrder="0">
    <Proveedor>{{dato.proveedor}}</Proveedor>
    <Remision>{{default dato.remision cfdi.serieFolio}}</Remision>
    <Consecutivo>0</Consecutivo>
    <FechaRemision>{{date (default dato.fechaRemision cfdi.Fecha) "yyyy-MM-dd"}}T00:00:00</FechaRemision>
    <Tienda>{{dato.tienda}}</Tienda>
    <TipoMoneda>{{default dato.tipoMoneda "1"}}</TipoMoneda>
    <TipoBulto>{{default dato.tipoBulto "1"}}</TipoBulto>
    <EntregaMercancia>{{dato.entrega}}</EntregaMercancia>
    <CumpleReqFiscales>true</CumpleReqFiscales>
    <CantidadBultos>{{default dato.bultos cfdi.cantidadTotal}}</CantidadBultos>
    <Subtotal>{{amount cfdi.SubTotal 2}}</Subtotal>
    <Descuentos>{{amount cfdi.Descuento 2}}</Descuentos>
    <IEPS>{{amount cfdi.ieps 2}}</IEPS>
    <IVA>{{amount cfdi.iva 2}}</IVA>
    <OtrosImpuestos>0.00</OtrosImpuestos>
    <Total>{{amount cfdi.Total 2}}</Total>
    <CantidadPedidos>1</CantidadPedidos>
    <FechaEntregaMercancia>{{date dato.fechaEntrega "yyyy-MM-dd"}}</FechaEntregaMercancia>
    {{#if dato.cita}}
    <Cita>{{dato.cita}}</Cita>
    {{/if}}
    {{#if dato.folioNotaEntrada}}
    <FolioNotaEntrada>{{dato.folioNotaEntrada}}</FolioNotaEntrada>
    {{/if}}
  </Remision>
  <Pedidos Id="Pedidos0" RowOrder="0">
    <Proveedor>{{dato.proveedor}}</Proveedor>
    <Remision>{{default dato.remision cfdi.serieFolio}}</Remision>
    <FolioPedido>{{dato.pedido}}</FolioPedido>
    <Tienda>{{dato.tienda}}</Tienda>
    <CantidadArticulos>{{cfdi.conceptos}}</CantidadArticulos>
  </Pedidos>
  {{#each conceptos}}
  <Articulos Id="Articulos{{@index}}" RowOrder="{{@index}}">
    <Proveedor>{{@root.dato.proveedor}}</Proveedor>
    <Remision>{{default @root.dato.remision cfdi.serieFolio}}</Remision>
    <FolioPedido>{{@root.dato.pedido}}</FolioPedido>
    <Tienda>{{@root.dato.tienda}}</Tienda>
    <Codigo>{{required (default dato.codigo NoIdentificacion) "codigo"}}</Codigo>
    <CantidadUnidadCompra>{{Cantidad}}</CantidadUnidadCompra>
    <CostoNetoUnidadCompra>{{amount ValorUnitario 2}}</CostoNetoUnidadCompra>
    <PorcentajeIEPS>{{tasaIeps}}</PorcentajeIEPS>
    <PorcentajeIVA>{{tasaIva}}</PorcentajeIVA>
  </Articulos>
  {{/each}}
</DSCargaRemisionProv>
`
