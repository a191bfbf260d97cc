package io.billingledger.api.invoice;

import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.http.HttpStatus;

/** The form with which a proof is handed in: as strict about its parts as a JSON body. */
final class ProofForm {
  private static final Set<String> PARTS =
      Set.of("file", "amount", "currency", "paid_at", "bank_reference");
  private static final int LONGEST_TEXT = 200;

  private final Map<String, Part> parts = new LinkedHashMap<>();

  private ProofForm() {}

  /** What the interface's document says of the form. */
  @Schema(name = "ProofForm")
  record Shape(
      @Schema(
              type = "string",
              format = "binary",
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "PDF, JPEG or PNG")
          String file,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "150000.00") String amount,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "IDR") String currency,
      @Schema(description = "When it was paid", example = "2026-01-03T04:00:00Z") String paid_at,
      @Schema(description = "What the bank's statement says", example = "TRX-77")
          String bank_reference) {}

  static ProofForm of(HttpServletRequest request) throws IOException, ServletException {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw new ProblemException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "media-type.unsupported",
          "The body must be sent as multipart/form-data.");
    }
    ProofForm form = new ProofForm();
    for (Part part : request.getParts()) {
      if (!PARTS.contains(part.getName())) {
        throw refused(part.getName(), "is not a part of this form");
      }
      if (form.parts.put(part.getName(), part) != null) {
        throw refused(part.getName(), "must be given once");
      }
    }
    return form;
  }

  InputStream file() throws IOException {
    return required("file").getInputStream();
  }

  Money amount() throws IOException {
    CurrencyUnit currency = read("currency", text(required("currency")), Texts::currency);
    BigDecimal amount = read("amount", text(required("amount")), Texts::decimal);
    if (amount.scale() != currency.getDecimalPlaces()) {
      throw refused(
          "amount",
          "must have exactly %d digits after the point for %s"
              .formatted(currency.getDecimalPlaces(), currency));
    }
    return Money.of(currency, amount);
  }

  /** Null when it was left out. */
  Instant paidAt() throws IOException {
    Part part = parts.get("paid_at");
    return part == null ? null : read("paid_at", text(part), Texts::instant);
  }

  /** Null when it was left out. */
  String bankReference() throws IOException {
    Part part = parts.get("bank_reference");
    return part == null ? null : read("bank_reference", text(part), Texts::storable);
  }

  private Part required(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw refused(name, "is missing");
    }
    return part;
  }

  private static String text(Part part) throws IOException {
    try (InputStream content = part.getInputStream()) {
      byte[] bytes = content.readNBytes(4 * LONGEST_TEXT + 1);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.length() > LONGEST_TEXT) {
        throw refused(part.getName(), "has at most %d characters".formatted(LONGEST_TEXT));
      }
      return text;
    }
  }

  private static <T> T read(String name, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw refused(name, refused.getMessage());
    }
  }

  private static ProblemException refused(String name, String detail) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "request.invalid",
        "The part %s %s.".formatted(name, detail),
        List.of(Problem.Field.body("/" + name, detail)));
  }
}
