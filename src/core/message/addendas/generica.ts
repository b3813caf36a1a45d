/** No chain's own: an order and what was invoiced on it, for customers who ask for "their order number in the XML". */
export const GENERICA = `<pedidoCliente version="1.0" numero="{{dato.pedido}}">
  <factura serie="{{cfdi.Serie}}" folio="{{cfdi.Folio}}" fecha="{{date cfdi.Fecha "yyyy-MM-dd"}}" total="{{amount cfdi.Total 2}}" moneda="{{cfdi.Moneda}}"/>
  {{#if dato.proveedor}}
  <proveedor numero="{{dato.proveedor}}" rfc="{{cfdi.EmisorRfc}}"/>
  {{/if}}
  {{#if dato.sucursal}}
  <entrega sucursal="{{dato.sucursal}}"/>
  {{/if}}
  {{#if dato.observaciones}}
  <observaciones>{{dato.observaciones}}</observaciones>
  {{/if}}
  <partidas>
    {{#each conceptos}}
    <partida numero="{{numero}}"{{#if (default dato.codigo NoIdentificacion)}} codigo="{{default dato.codigo NoIdentificacion}}"{{/if}} cantidad="{{Cantidad}}" importe="{{amount neto 2}}">{{Descripcion}}</partida>
    {{/each}}
  </partidas>
</pedidoCliente>
`
