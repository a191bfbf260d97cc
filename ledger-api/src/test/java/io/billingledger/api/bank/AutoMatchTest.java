package io.billingledger.api.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Customers;
import io.billingledger.api.invoice.Customers.Customer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** With the setting on, what is certain is confirmed at import, and nothing else. */
@LedgerTest
@TestPropertySource(
    properties = {
      "ledger.test-clock.enabled=true",
      "ledger.test-clock.start=2026-03-01T03:00:00Z",
      "ledger.bank.auto-match=true"
    })
class AutoMatchTest {
  @LocalServerPort private int port;
  @Autowired private Customers customers;

  @Test
  void numberAndAmountPayAtOnceAndNothingElseDoes() {
    ApiClient platform = ApiClient.owner(port);
    Customer exact = customers.sign(platform, "150000.00");
    Customer other = customers.sign(platform, "90000.00");
    String number = number(platform, exact);
    byte[] file =
        new Bank("AUTO", "IDR", "0.00")
            .entry("C", "150000.00", "A", "bayar " + number)
            .entry("C", "150000.00", "B", "lagi " + number)
            .entry("C", "89999.99", "C", number(platform, other))
            .entry("C", "90000.00", "D", "no number")
            .statement(1);
    Answer imported = Bank.handIn(platform, "MT940", file).expect(201);
    assertThat(imported.text("/matched")).isEqualTo("1");
    ApiClient reader = platform.after(imported);
    JsonNode entries =
        reader
            .get("/api/finance/bank-statements/" + imported.text("/data/0/id") + "/entries")
            .expect(200)
            .json()
            .at("/data");
    assertThat(entries.at("/0/status").asString()).isEqualTo("MATCHED");
    assertThat(entries.at("/1/status").asString()).as("paid already").isNotEqualTo("MATCHED");
    assertThat(entries.at("/2/status").asString()).isEqualTo("SUGGESTED");
    assertThat(entries.at("/3/status").asString()).isEqualTo("SUGGESTED");
    assertThat(reader.get(exact.platformPath()).expect(200).text("/amount_paid/amount"))
        .isEqualTo("150000.00");
    assertThat(reader.get(other.platformPath()).expect(200).text("/amount_paid/amount"))
        .isEqualTo("0.00");
    assertThat(Bank.handIn(platform, "MT940", file).expect(200).text("/matched")).isEqualTo("0");
  }

  private static String number(ApiClient platform, Customer customer) {
    return platform.get(customer.platformPath()).expect(200).text("/invoice_number");
  }
}
