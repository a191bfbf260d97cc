package io.billingledger.api.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.api.pricing.StepShape;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.invoice.ExplainedLine;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.LineType;
import io.billingledger.invoice.LineUsage;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.time.LocalDays;
import io.billingledger.time.PartOfPeriod;
import io.billingledger.time.ProrationBasis;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * How a line comes about. Whoever does the printed steps gets {@code asked}: what the line charges
 * in the catalogue's terms, before discount, with tax inside where prices have it. Then its share
 * of the discounts comes off, and its share of the document's taxes goes on or is inside; both are
 * split over the lines by largest remainder, so that they sum back.
 *
 * @param asked what the steps lead to
 * @param discount the line's share, net; null if none
 * @param netAmount before tax, after discount
 * @param matches whether computing it again, with the engine named, gives what was issued
 * @param part of the period that is charged; null for all of it
 * @param usage null unless the line charges usage
 */
@Schema(name = "LineExplanation")
record ExplanationBody(
    InvoiceId invoiceId,
    LineId lineId,
    LineType type,
    String description,
    String planCode,
    int priceVersion,
    String engineVersion,
    String rounding,
    List<StepShape> explanation,
    Money asked,
    TaxBehaviour taxBehaviour,
    Money amount,
    Money discount,
    Money netAmount,
    Money tax,
    Money grossAmount,
    List<InvoiceBody.Discount> documentDiscounts,
    List<InvoiceBody.Tax> documentTaxes,
    boolean matches,
    Part part,
    Usage usage) {

  /**
   * @param part and {@code whole} in days or seconds, as the basis says
   * @param ratio to nine decimals, for people; nothing is computed from it
   */
  @Schema(name = "LinePart")
  record Part(ProrationBasis basis, BigDecimal part, BigDecimal whole, BigDecimal ratio) {
    static Part of(PartOfPeriod part) {
      return new Part(
          part.basis(), part.share().part(), part.share().whole(), part.share().ratio());
    }
  }

  /**
   * @param quantity all that was used, also what cost nothing; a fraction where no decimal is exact
   * @param records how many records it was
   * @param closedAt the cut-off: what was accepted later is not in it
   * @param href where the records are listed; null for a line without records
   */
  @Schema(name = "LineUsage")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Usage(
      String metricCode,
      Map<String, String> group,
      String quantity,
      long records,
      LocalDate from,
      LocalDate to,
      Instant closedAt,
      String href) {
    static Usage of(InvoiceLine line, ZoneId zone) {
      LineUsage usage = line.usage();
      Instant from = LocalDays.startOf(usage.period().start(), zone);
      Instant to = LocalDays.startOf(usage.period().end(), zone);
      String metric = line.metricCode().substring(line.metricCode().indexOf('/') + 1);
      return new Usage(
          line.metricCode(),
          usage.group(),
          usage.quantity().toString(),
          usage.records(),
          usage.period().start(),
          usage.period().end(),
          usage.closedAt(),
          usage.records() == 0
              ? null
              : "/api/usage?metric=%s&subscription_id=%s&from=%s&to=%s"
                  .formatted(
                      URLEncoder.encode(metric, StandardCharsets.UTF_8),
                      line.subscriptionId(),
                      from,
                      to));
    }
  }

  static ExplanationBody of(InvoiceIssued issued, ExplainedLine explained) {
    InvoiceLine line = explained.line();
    return new ExplanationBody(
        issued.invoiceId(),
        line.id(),
        line.type(),
        line.description(),
        explained.plan().code(),
        explained.plan().terms().version(),
        explained.priced().engine().version(),
        issued.rounding(),
        explained.priced().steps().stream().map(StepShape::of).toList(),
        explained.asked(),
        explained.plan().terms().taxBehaviour(),
        line.amount(),
        line.discount(),
        line.netAmount(),
        line.grossAmount().minus(line.netAmount()),
        line.grossAmount(),
        issued.discounts().stream().map(InvoiceBody.Discount::of).toList(),
        issued.taxes().stream().map(InvoiceBody.Tax::of).toList(),
        explained.matches(),
        line.part() == null ? null : Part.of(line.part()),
        line.usage() == null ? null : Usage.of(line, issued.zone()));
  }
}
