package io.billingledger.api.pricing;

import io.swagger.v3.oas.annotations.media.Schema;
import org.joda.money.CurrencyUnit;

/**
 * What a part of a period costs.
 *
 * @param ratio of the part to the whole, to nine decimals; the amount is not computed from it
 */
@Schema(name = "ProrationQuote")
record ProrationQuote(String amount, CurrencyUnit currency, String ratio) implements QuoteAnswer {}
