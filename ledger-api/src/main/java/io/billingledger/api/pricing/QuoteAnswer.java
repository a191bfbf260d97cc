package io.billingledger.api.pricing;

import io.swagger.v3.oas.annotations.media.Schema;

/** What was asked for. Amounts are decimals with exactly the currency's minor digits. */
@Schema(
    name = "Quote",
    oneOf = {MeterQuote.class, ProrationQuote.class, TaxQuote.class})
sealed interface QuoteAnswer permits MeterQuote, ProrationQuote, TaxQuote {}
