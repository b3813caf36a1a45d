/** Coppel: its variant of requestForPayment (CPLR1.0), in no namespace. The tags are misspelt as Coppel's own are. */
export const COPPEL = `<requestForPayment type="SimpleInvoiceType" contentVersion="1.0" documentStructureVersion="{{default dato.estructura "CPLR1.0"}}" documentStatus="ORIGINAL" DeliveryDate="{{date (default dato.fechaEntrega cfdi.Fecha) "yyyy-MM-dd"}}">
  <requestForPaymentIdentification>
    <entityType>INVOICE</entityType>
    <uniqueCreatorIdentification>{{cfdi.serieFolio}}</uniqueCreatorIdentification>
  </requestForPaymentIdentification>
  <orderIdentification>
    <referenceIdentification type="ON">{{dato.pedido}}</referenceIdentification>
    <ReferenceDate>{{date dato.fechaPedido "yyyy-MM-dd"}}</ReferenceDate>
    {{#if dato.fechaPromesa}}
    <FechaPromesaEnt>{{date dato.fechaPromesa "yyyy-MM-dd"}}</FechaPromesaEnt>
    {{/if}}
  </orderIdentification>
  <seller>
    {{#if dato.glnProveedor}}
    <gln>{{dato.glnProveedor}}</gln>
    {{/if}}
    <alternatePartyIdentification type="SELLER_ASSIGNED_IDENTIFIER_FOR_A_PARTY">{{dato.proveedor}}</alternatePartyIdentification>
    <IndentificaTipoProv>{{dato.tipoProveedor}}</IndentificaTipoProv>
  </seller>
  <shipTo>
    {{#if dato.glnEntrega}}
    <gln>{{dato.glnEntrega}}</gln>
    {{/if}}
    <nameAndAddress>
      <name>{{cut dato.nombreEntrega 35}}</name>
      <streetAddressOne>{{cut dato.calleEntrega 35}}</streetAddressOne>
      <city>{{cut dato.ciudadEntrega 35}}</city>
      <postalCode>{{dato.cpEntrega}}</postalCode>
      <bodegaEnt>{{dato.bodegaEntrega}}</bodegaEnt>
    </nameAndAddress>
    {{#if dato.bodegaDestino}}
    <BodegaDestino>{{dato.bodegaDestino}}</BodegaDestino>
    {{/if}}
  </shipTo>
  <currency currencyISOCode="{{cfdi.Moneda}}">
    <currencyFunction>BILLING_CURRENCY</currencyFunction>
  </currency>
  <TotalLotes><cantidad>{{default dato.lotes cfdi.cantidadTotal}}</cantidad></TotalLotes>
  {{#each conceptos}}
  <lineItem type="SimpleInvoiceLineItemType" number="{{numero}}">
    <tradeItemIdentification><gtin>{{required (default dato.gtin NoIdentificacion) "gtin"}}</gtin></tradeItemIdentification>
    <alternateTradeItemIdentification type="BUYER_ASSIGNED">{{required (default dato.codigo NoIdentificacion) "codigo"}}</alternateTradeItemIdentification>
    {{#if dato.talla}}
    <codigoTallaInternoCop>
      <codigo>{{required (default dato.codigo NoIdentificacion) "codigo"}}</codigo>
      <talla>{{dato.talla}}</talla>
    </codigoTallaInternoCop>
    {{/if}}
    <tradeItemDescriptionInformation language="ES"><longText>{{cut Descripcion 35}}</longText></tradeItemDescriptionInformation>
    <invoicedQuantity unitOfMeasure="{{default dato.unidad "PZA"}}">{{Cantidad}}</invoicedQuantity>
    <grossPrice><Amount>{{amount ValorUnitario 2}}</Amount></grossPrice>
    <netPrice><Amount>{{amount ValorUnitario 2}}</Amount></netPrice>
    <palletInformation>
      <description type="BOX"/>
      <transport>
        <methodOfPayment>PREPAID_BY_SELLER</methodOfPayment>
        <prepactCant>{{default dato.piezasPorCaja "1"}}</prepactCant>
      </transport>
    </palletInformation>
    <allowanceCharge allowanceChargeType="ALLOWANCE_GLOBAL">
      <specialServicesType>PAD</specialServicesType>
      <monetaryAmountOrPercentage>
        <percentagePerUnit>0</percentagePerUnit>
        <ratePerUnit><amountPerUnit>{{amount Descuento 2}}</amountPerUnit></ratePerUnit>
      </monetaryAmountOrPercentage>
    </allowanceCharge>
    <totalLineAmount>
      <grossAmount><Amount>{{amount Importe 2}}</Amount></grossAmount>
      <netAmount><Amount>{{amount neto 2}}</Amount></netAmount>
    </totalLineAmount>
  </lineItem>
  {{/each}}
  <totalAmount><Amount>{{amount cfdi.SubTotal 2}}</Amount></totalAmount>
  <TotalAllowanceCharge allowanceOrChargeType="ALLOWANCE">
    <specialServicesType>TD</specialServicesType>
    <Amount>{{amount cfdi.Descuento 2}}</Amount>
  </TotalAllowanceCharge>
  <baseAmount><Amount>{{amount cfdi.SubTotal 2}}</Amount></baseAmount>
  <tax type="VAT">
    <taxPercentage>{{cfdi.tasaIva}}</taxPercentage>
    <taxAmount>{{amount cfdi.iva 2}}</taxAmount>
    <taxCategory>TRANSFERIDO</taxCategory>
  </tax>
  <payableAmount><Amount>{{amount cfdi.Total 2}}</Amount></payableAmount>
  {{#if dato.cadenaOriginal}}
  <cadenaOriginal><Cadena>{{dato.cadenaOriginal}}</Cadena></cadenaOriginal>
  {{/if}}
</requestForPayment>
`
