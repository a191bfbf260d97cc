package io.billingledger.api.pricing;

import io.swagger.v3.oas.annotations.media.Schema;
import org.joda.money.CurrencyUnit;

/** An amount with its tax: net and tax are gross, to the last digit. */
@Schema(name = "TaxQuote")
record TaxQuote(String net, String tax, String gross, CurrencyUnit currency)
    implements QuoteAnswer {}
