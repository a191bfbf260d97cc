package io.billingledger.api.bank;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bank that publishes MT940 for one account, and finance that hands its files in. */
final class Bank {
  private static final String BOUNDARY = "----between-parts";

  private final String account;
  private final String currency;
  private final StringBuilder lines = new StringBuilder();
  private BigDecimal balance;
  private BigDecimal opening;

  Bank(String account, String currency, String opening) {
    this.account = account;
    this.currency = currency;
    this.opening = new BigDecimal(opening);
    this.balance = this.opening;
  }

  /**
   * @param mark C, D, RC or RD
   */
  Bank entry(String mark, String amount, String reference, String text) {
    lines
        .append(
            ":61:260301%s%sNTRFNONREF//%s\r\n".formatted(mark, amount.replace('.', ','), reference))
        .append(":86:%s\r\n".formatted(text));
    BigDecimal value = new BigDecimal(amount);
    balance = mark.equals("C") || mark.equals("RD") ? balance.add(value) : balance.subtract(value);
    return this;
  }

  /** What was booked since the last one. */
  byte[] statement(int number) {
    String text =
        ":20:REF\r\n:25:%s\r\n:28C:%d/1\r\n:60F:%s\r\n%s:62F:%s\r\n-\r\n"
            .formatted(account, number, amount(opening), lines, amount(balance));
    lines.setLength(0);
    opening = balance;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String balance() {
    return balance.toPlainString();
  }

  private String amount(BigDecimal balance) {
    return (balance.signum() < 0 ? "D" : "C")
        + "260301"
        + currency
        + balance.abs().toPlainString().replace('.', ',');
  }

  static Answer handIn(ApiClient finance, String format, byte[] file) {
    return handIn(finance, file, Map.of("format", format));
  }

  static Answer handIn(ApiClient finance, byte[] file, Map<String, String> fields) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    new LinkedHashMap<>(fields)
        .forEach(
            (name, value) ->
                write(
                    form,
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(BOUNDARY, name, value)));
    write(
        form,
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"s\"\r\n\r\n"
            .formatted(BOUNDARY));
    form.writeBytes(file);
    write(form, "\r\n--%s--\r\n".formatted(BOUNDARY));
    return finance.send(
        "POST",
        "/api/finance/bank-statements",
        "multipart/form-data; boundary=" + BOUNDARY,
        form.toByteArray());
  }

  private static void write(ByteArrayOutputStream form, String text) {
    form.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
