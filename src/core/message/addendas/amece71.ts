/** AMECE (GS1 México) invoice 7.1 as the chains take it in an Addenda: requestForPayment AMC7.1, in no namespace. */
export const AMECE71 = `<requestForPayment type="SimpleInvoiceType" contentVersion="1.3.1" documentStructureVersion="AMC7.1" documentStatus="ORIGINAL" DeliveryDate="{{date (default dato.fechaEntrega cfdi.Fecha) "yyyy-MM-dd"}}">
  <requestForPaymentIdentification>
    <entityType>INVOICE</entityType>
    <uniqueCreatorIdentification>{{cfdi.serieFolio}}</uniqueCreatorIdentification>
  </requestForPaymentIdentification>
  {{#if dato.importeConLetra}}
  <specialInstruction code="ZZZ"><text>{{dato.importeConLetra}}</text></specialInstruction>
  {{/if}}
  <orderIdentification>
    <referenceIdentification type="ON">{{dato.pedido}}</referenceIdentification>
    <ReferenceDate>{{date (default dato.fechaPedido cfdi.Fecha) "yyyy-MM-dd"}}</ReferenceDate>
  </orderIdentification>
  <AdditionalInformation>
    <referenceIdentification type="ATZ">{{default dato.aprobacion "0"}}</referenceIdentification>
  </AdditionalInformation>
  {{#if dato.folioRecibo}}
  <DeliveryNote>
    <referenceIdentification>{{dato.folioRecibo}}</referenceIdentification>
    <ReferenceDate>{{date (default dato.fechaRecibo cfdi.Fecha) "yyyy-MM-dd"}}</ReferenceDate>
  </DeliveryNote>
  {{/if}}
  <buyer>
    <gln>{{dato.glnComprador}}</gln>
    {{#if dato.departamento}}
    <contactInformation><personOrDepartmentName><text>{{dato.departamento}}</text></personOrDepartmentName></contactInformation>
    {{/if}}
  </buyer>
  <seller>
    <gln>{{dato.glnProveedor}}</gln>
    <alternatePartyIdentification type="SELLER_ASSIGNED_IDENTIFIER_FOR_A_PARTY">{{dato.proveedor}}</alternatePartyIdentification>
  </seller>
  <shipTo>
    <gln>{{dato.glnEntrega}}</gln>
    {{#if dato.nombreEntrega}}
    <nameAndAddress>
      <name>{{cut dato.nombreEntrega 35}}</name>
      <streetAddressOne>{{cut dato.calleEntrega 35}}</streetAddressOne>
      <city>{{cut dato.ciudadEntrega 35}}</city>
      <postalCode>{{dato.cpEntrega}}</postalCode>
    </nameAndAddress>
    {{/if}}
  </shipTo>
  <currency currencyISOCode="{{cfdi.Moneda}}">
    <currencyFunction>BILLING_CURRENCY</currencyFunction>
    <rateOfChange>{{cfdi.TipoCambio}}</rateOfChange>
  </currency>
  {{#if dato.diasCredito}}
  <paymentTerms paymentTermsEvent="DATE_OF_INVOICE" PaymentTermsRelationTime="REFERENCE_AFTER">
    <netPayment netPaymentTermsType="BASIC_NET"><paymentTimePeriod><timePeriodDue timePeriod="DAYS"><value>{{dato.diasCredito}}</value></timePeriodDue></paymentTimePeriod></netPayment>
  </paymentTerms>
  {{/if}}
  {{#each conceptos}}
  <lineItem type="SimpleInvoiceLineItemType" number="{{numero}}">
    <tradeItemIdentification><gtin>{{required (default dato.gtin NoIdentificacion) "gtin"}}</gtin></tradeItemIdentification>
    <alternateTradeItemIdentification type="BUYER_ASSIGNED">{{required (default dato.codigoComprador NoIdentificacion) "codigoComprador"}}</alternateTradeItemIdentification>
    <tradeItemDescriptionInformation language="ES"><longText>{{cut Descripcion 35}}</longText></tradeItemDescriptionInformation>
    <invoicedQuantity unitOfMeasure="{{default dato.unidad "PCE"}}">{{Cantidad}}</invoicedQuantity>
    <grossPrice><Amount>{{amount ValorUnitario 2}}</Amount></grossPrice>
    <netPrice><Amount>{{amount ValorUnitario 2}}</Amount></netPrice>
    <totalLineAmount>
      <grossAmount><Amount>{{amount Importe 2}}</Amount></grossAmount>
      <netAmount><Amount>{{amount neto 2}}</Amount></netAmount>
    </totalLineAmount>
  </lineItem>
  {{/each}}
  <totalAmount><Amount>{{amount cfdi.SubTotal 2}}</Amount></totalAmount>
  <TotalAllowanceCharge allowanceOrChargeType="ALLOWANCE"><Amount>{{amount cfdi.Descuento 2}}</Amount></TotalAllowanceCharge>
  <baseAmount><Amount>{{amount cfdi.SubTotal 2}}</Amount></baseAmount>
  <tax type="VAT">
    <taxPercentage>{{cfdi.tasaIva}}</taxPercentage>
    <taxAmount>{{amount cfdi.iva 2}}</taxAmount>
    <taxCategory>TRANSFERIDO</taxCategory>
  </tax>
  <payableAmount><Amount>{{amount cfdi.Total 2}}</Amount></payableAmount>
</requestForPayment>
`
