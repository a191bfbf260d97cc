package io.billingledger.api.pricing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What something costs, for whoever asks; nothing is kept. */
@RestController
@Tag(name = "Pricing")
class QuoteController {

  @PostMapping("/api/pricing/quotes")
  @Operation(
      operationId = "quote",
      summary = "What a meter, a part of a period or a tax comes to, and why")
  QuoteAnswer quote(@Valid @RequestBody QuoteRequest asked) {
    return asked.answer();
  }
}
