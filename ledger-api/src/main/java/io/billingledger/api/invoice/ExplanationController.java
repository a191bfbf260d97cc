package io.billingledger.api.invoice;

import io.billingledger.api.error.ProblemException;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.Explanation;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.wiring.InvoiceHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How the lines of invoices come about, for whoever may read the invoice. */
@RestController
@Tag(name = "Rating")
class ExplanationController {
  private final Invoices invoices;
  private final InvoiceHistory history;
  private final PriceBook prices;
  private final UsedQuantities quantities;

  ExplanationController(
      Invoices invoices, InvoiceHistory history, PriceBook prices, UsedQuantities quantities) {
    this.invoices = invoices;
    this.history = history;
    this.prices = prices;
    this.quantities = quantities;
  }

  @GetMapping("/api/invoices/{id}/lines/{line}/explanation")
  @Operation(
      operationId = "explainLine",
      summary = "How a line of an invoice comes about, computed again from what was frozen")
  ExplanationBody explain(@PathVariable InvoiceId id, @PathVariable LineId line) {
    invoices.read(id);
    InvoiceIssued issued = history.issued(id);
    return Explanation.of(issued, prices, quantities).stream()
        .filter(explained -> explained.line().id().equals(line))
        .findFirst()
        .map(explained -> ExplanationBody.of(issued, explained))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "invoice.line-unknown",
                    "The invoice %s has no line %s.".formatted(id, line)));
  }
}
