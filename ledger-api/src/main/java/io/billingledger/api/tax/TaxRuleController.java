package io.billingledger.api.tax;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.json.TextOrNumber;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.TaxBookId;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxCommand.AddTaxRule;
import io.billingledger.tax.TaxRule;
import io.billingledger.tax.TaxRules;
import io.billingledger.tax.TaxTable;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.LocalDays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Tax rules. One that is known never changes; the next one takes its place from its own date. */
@RestController
@RequestMapping("/api/platform/tax-rules")
@Tag(name = "Taxes")
class TaxRuleController {
  private final Commands commands;
  private final TaxRules rules;
  private final LegalEntity platform;

  TaxRuleController(Commands commands, TaxRules rules, LegalEntity platform) {
    this.commands = commands;
    this.rules = rules;
    this.platform = platform;
  }

  /**
   * @param region a country, or EU- and one
   * @param baseFactor the part of the price that it is applied to; all of it unless given
   * @param validTo the first date on which it holds no more; open unless given
   * @param byDefault whether every invoice of the region carries it; true unless given
   */
  record NewTaxRule(
      @NotBlank @Size(max = 10) String region,
      @NotBlank @Size(max = 50) String name,
      @NotNull @PositiveOrZero @JsonDeserialize(using = TextOrNumber.class) BigDecimal ratePercent,
      BaseFactor baseFactor,
      @Size(max = 200) String regulation,
      @NotNull LocalDate validFrom,
      LocalDate validTo,
      @JsonProperty("is_default") Boolean byDefault) {

    TaxRule rule(TaxRuleId id) {
      return new TaxRule(
          id,
          region,
          name,
          ratePercent,
          baseFactor == null ? BaseFactor.WHOLE : baseFactor,
          regulation,
          !Boolean.FALSE.equals(byDefault),
          validFrom,
          validTo);
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "addTaxRule", summary = "Add a tax rule, or the next one of a tax")
  TaxRuleResource add(
      @Valid @RequestBody NewTaxRule asked, Caller caller, CommandKey key, @Now Instant at) {
    TaxRule rule = asked.rule(key.derive(TaxRuleId::derive));
    commands.send(new AddTaxRule(TaxBookId.only(), rule, at), caller.actor());
    return TaxRuleResource.of(rule, rules.known(), today(at));
  }

  @GetMapping
  @Operation(operationId = "listTaxRules", summary = "Tax rules by region, name and date")
  Page<TaxRuleResource> list(
      @RequestParam(required = false) String region, Paging paging, @Now Instant at) {
    TaxTable table = rules.known();
    String after = paging.oldestFirst().id();
    List<TaxRule> found =
        table.rules().stream()
            .filter(rule -> region == null || rule.isOf(region) || rule.region().equals(region))
            .dropWhile(rule -> place(rule).compareTo(after) <= 0)
            .limit(paging.fetch())
            .toList();
    return paging
        .page(found, rule -> new Cursor(0, place(rule)))
        .map(rule -> TaxRuleResource.of(rule, table, today(at)));
  }

  /** As the table is ordered, and different for each rule. */
  private static String place(TaxRule rule) {
    return String.join("\t", rule.region(), rule.name(), rule.validFrom().toString());
  }

  private LocalDate today(Instant at) {
    return LocalDays.dateOf(at, platform.zone());
  }
}
