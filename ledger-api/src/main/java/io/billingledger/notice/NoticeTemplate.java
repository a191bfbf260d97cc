package io.billingledger.notice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What notices say. The words stand in {@code resources/notices/<code>.<language>.txt}: the subject
 * on the first line, the body after an empty one, {@code {name}} where a value of the data goes.
 */
public enum NoticeTemplate {
  /** The first administrator's way in; the link works once. */
  INVITATION("invitation", Set.of("name", "link"), Set.of("link")),
  /** H-7, H-3, H-1. */
  PAYMENT_UPCOMING("payment-upcoming", Set.of("name", "invoice_number", "amount", "pay_before")),
  /** H. */
  PAYMENT_DUE("payment-due", Set.of("name", "invoice_number", "amount")),
  /** H+3 and later. */
  PAYMENT_OVERDUE("payment-overdue", Set.of("name", "invoice_number", "amount", "due_on")),
  READ_ONLY("read-only", Set.of("name", "invoice_number", "amount")),
  SUSPENDED("suspended", Set.of("name", "invoice_number", "amount")),
  TERMINATED("terminated", Set.of("name")),
  RESTORED("restored", Set.of("name")),
  PAYMENT_RECEIVED("payment-received", Set.of("name", "invoice_number", "amount")),
  PROOF_REJECTED("proof-rejected", Set.of("name", "invoice_number", "reason")),
  TRIAL_ENDING("trial-ending", Set.of("name", "ends_on")),
  /** 80 % of what a plan allows in a cycle. */
  LIMIT_NEAR("limit-near", Set.of("name", "metric", "percent", "used", "limit")),
  LIMIT_USED("limit-used", Set.of("name", "metric", "used", "limit"));

  /** Key of the data that decides the language: the tenant's country, {@code ID} or another. */
  public static final String COUNTRY = "country";

  static final Locale INDONESIAN = Locale.of("id");
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

  private final String code;
  private final Set<String> needs;
  private final Set<String> secrets;

  /** A subject of one line and a plain body with {@code \n} at the lines' ends. */
  public record Text(String subject, String body) {}

  NoticeTemplate(String code, Set<String> needs) {
    this(code, needs, Set.of());
  }

  NoticeTemplate(String code, Set<String> needs, Set<String> secrets) {
    this.code = code;
    this.needs = needs;
    this.secrets = secrets;
  }

  public String code() {
    return code;
  }

  public Set<String> needs() {
    return needs;
  }

  /** Keys of values that only the recipient may read; forgotten once the notice was sent. */
  public Set<String> secrets() {
    return secrets;
  }

  public static NoticeTemplate of(String code) {
    for (NoticeTemplate template : values()) {
      if (template.code.equals(code)) {
        return template;
      }
    }
    throw new IllegalArgumentException("no notice template \"" + code + "\"");
  }

  static Locale language(String country) {
    return "ID".equals(country) ? INDONESIAN : Locale.ENGLISH;
  }

  void require(Map<String, String> data) {
    Set<String> missing = new TreeSet<>(needs);
    missing.removeAll(data.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("notice " + code + " lacks " + missing);
    }
  }

  Text text(Locale language, Map<String, String> data) {
    require(data);
    String words = words(language);
    int end = words.indexOf('\n');
    return new Text(fill(words.substring(0, end), data), fill(words.substring(end + 2), data));
  }

  String words(Locale language) {
    String file = "/notices/" + code + "." + language.getLanguage() + ".txt";
    try (InputStream in = NoticeTemplate.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no such resource: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fill(String words, Map<String, String> data) {
    // A value never starts a line of its own: it must not look like a header or like our words.
    return PLACE
        .matcher(words)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    data.get(place.group(1)).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")));
  }
}
