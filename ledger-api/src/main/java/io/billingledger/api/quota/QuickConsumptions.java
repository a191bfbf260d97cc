package io.billingledger.api.quota;

import io.billingledger.api.idempotency.Answers;
import io.billingledger.api.idempotency.QuickAnswers;
import io.billingledger.api.json.Json;
import io.billingledger.api.quota.Consumptions.Wanted;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;

/**
 * Answers {@code POST /api/quota/consumptions} as its controller does, for several callers in one
 * transaction. Whatever is not plain, be it refused or only unusual, is left to the controller.
 */
public final class QuickConsumptions implements QuickAnswers {
  private static final Set<String> JSON = Set.of("*/*", MediaType.APPLICATION_JSON_VALUE);

  private final Consumptions consumptions;

  public QuickConsumptions(Consumptions consumptions) {
    this.consumptions = consumptions;
  }

  @Override
  public Optional<Answers.Answer> answer(Request request) {
    return wanted(request)
        .flatMap(
            wanted ->
                consumptions.together(
                    QuotaController.asked(request.caller(), request.key()),
                    wanted,
                    counted -> new Answers.Kept(request.key(), created(request, counted))))
        .map(done -> done.kept().answer());
  }

  private static Optional<Wanted> wanted(Request request) {
    HttpServletRequest http = request.http();
    String accept = http.getHeader(HttpHeaders.ACCEPT);
    Map<String, String[]> query = http.getParameterMap();
    String[] product = query.get("product");
    if (!http.getMethod().equals("POST")
        || !http.getRequestURI().equals(QuotaController.CONSUMPTIONS)
        || !MediaType.APPLICATION_JSON_VALUE.equals(http.getContentType())
        || accept != null && !JSON.contains(accept)
        || query.size() > (product == null ? 0 : 1)
        || product != null && product.length > 1) {
      return Optional.empty();
    }
    try {
      QuotaController.Consumption asked =
          Json.mapper().readValue(request.body(), QuotaController.Consumption.class);
      return Optional.ofNullable(asked)
          .filter(each -> each.quantity() != null && each.quantity().signum() > 0)
          .map(each -> each.of(product == null ? null : product[0]));
    } catch (JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private static Answers.Answer created(Request request, Consumptions.Counted counted) {
    return new Answers.Answer(
        request.digest(),
        HttpStatus.CREATED.value(),
        MediaType.APPLICATION_JSON_VALUE,
        null,
        null,
        null,
        Json.mapper().writeValueAsBytes(ConsumptionAnswer.of(counted)));
  }
}
