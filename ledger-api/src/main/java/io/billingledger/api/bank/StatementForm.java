package io.billingledger.api.bank;

import io.billingledger.adapter.bank.CsvFile;
import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.Texts;
import io.billingledger.bank.StatementFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** The form with which a statement is handed in: as strict about its parts as a JSON body. */
final class StatementForm {
  private static final Set<String> OF_CSV =
      Set.of(
          "bank",
          "account",
          "currency",
          "number",
          "opening_balance",
          "closing_balance",
          "from",
          "to");
  private static final int LONGEST_TEXT = 200;

  private final Map<String, Part> parts = new LinkedHashMap<>();

  private StatementForm() {}

  /** What the interface's document says of the form. */
  @Schema(name = "BankStatementForm")
  record Shape(
      @Schema(
              type = "string",
              format = "binary",
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "As the bank published it; it may hold several statements")
          String file,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) StatementFormat format,
      @Schema(description = "CSV only, like all that follows: whose mapping", example = "BCA")
          String bank,
      @Schema(example = "1234567890") String account,
      @Schema(example = "IDR") String currency,
      @Schema(description = "What to call the statement", example = "2026-064") String number,
      @Schema(example = "1000000.00") String opening_balance,
      @Schema(example = "1143500.00") String closing_balance,
      @Schema(example = "2026-03-05") String from,
      @Schema(example = "2026-03-05") String to) {}

  static StatementForm of(HttpServletRequest request) throws IOException, ServletException {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw new ProblemException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "media-type.unsupported",
          "The body must be sent as multipart/form-data.");
    }
    StatementForm form = new StatementForm();
    for (Part part : request.getParts()) {
      String name = part.getName();
      if (!name.equals("file") && !name.equals("format") && !OF_CSV.contains(name)) {
        throw refused(name, "is not a part of this form");
      }
      if (form.parts.put(name, part) != null) {
        throw refused(name, "must be given once");
      }
    }
    if (form.format() != StatementFormat.CSV) {
      form.parts.keySet().stream()
          .filter(OF_CSV::contains)
          .findFirst()
          .ifPresent(
              name -> {
                throw refused(name, "is told by the file itself, except for CSV");
              });
    }
    return form;
  }

  byte[] file() throws IOException {
    try (InputStream content = required("file").getInputStream()) {
      return content.readAllBytes();
    }
  }

  StatementFormat format() throws IOException {
    return read(
        "format",
        text -> {
          try {
            return StatementFormat.valueOf(text);
          } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                "must be one of " + Arrays.toString(StatementFormat.values()));
          }
        });
  }

  String bank() throws IOException {
    return read("bank", Texts::storable);
  }

  CsvFile.Beside beside() throws IOException {
    LocalDate from = read("from", Texts::date);
    LocalDate to = read("to", Texts::date);
    if (to.isBefore(from)) {
      throw refused("to", "must not be before from");
    }
    BigDecimal opening = read("opening_balance", Texts::decimal);
    BigDecimal closing = read("closing_balance", Texts::decimal);
    return new CsvFile.Beside(
        read("account", Texts::storable),
        read("currency", Texts::currency).getCode(),
        read("number", Texts::storable),
        opening,
        closing,
        from,
        to);
  }

  private Part required(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw refused(name, "is missing");
    }
    return part;
  }

  private <T> T read(String name, Function<String, T> reader) throws IOException {
    try (InputStream content = required(name).getInputStream()) {
      String text =
          new String(content.readNBytes(4 * LONGEST_TEXT + 1), StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw refused(name, "must not be empty");
      }
      if (text.length() > LONGEST_TEXT) {
        throw refused(name, "has at most %d characters".formatted(LONGEST_TEXT));
      }
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
