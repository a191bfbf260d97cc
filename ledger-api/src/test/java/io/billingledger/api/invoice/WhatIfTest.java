package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Customers.Customer;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Issued invoices beside what they would have been; nothing of it is kept. */
@LedgerTest
class WhatIfTest {
  @LocalServerPort private int port;
  @Autowired private Customers customers;
  private ApiClient platform;

  @BeforeEach
  void platform() {
    platform = ApiClient.owner(port);
  }

  @Test
  void anotherPriceVersionOverRealInvoices() {
    Customer customer = customers.sign(platform, "150000.00");
    String plan =
        platform
            .get("/api/platform/subscriptions/" + customer.subscription())
            .expect(200)
            .text("/plan_code");
    Answer version =
        platform
            .post(
                "/api/platform/plans/" + plan + "/versions",
                """
                {"valid_from": "%s", "price": {"amount": "175000.00", "currency": "IDR"},
                 "interval": {"kind": "ROLLING_DAYS", "days": 30}}"""
                    .formatted(LocalDate.now(java.time.ZoneOffset.UTC).plusDays(3)))
            .expect(201);
    ApiClient reader = platform.after(version);
    String before = reader.get(customer.platformPath()).expect(200).raw();

    Answer compared = ask(reader, customer, "\"plan_versions\": [%s]".formatted(at(plan, 2)));
    assertThat(compared.text("/data/0/invoice_id")).isEqualTo(customer.invoice());
    assertThat(compared.text("/data/0/old/amount")).isEqualTo("150000.00");
    assertThat(compared.text("/data/0/now/amount")).isEqualTo("175000.00");
    assertThat(compared.text("/data/0/difference/amount")).isEqualTo("25000.00");
    assertThat(compared.json().at("/data/0/reproduced").asBoolean()).isTrue();
    assertThat(compared.text("/totals/0/changed")).isEqualTo("1");
    assertThat(reader.get(customer.platformPath()).expect(200).raw()).isEqualTo(before);

    assertThat(ask(reader, customer, "\"engine_version\": \"v1\"").text("/totals/0/changed"))
        .isEqualTo("0");
    assertThat(
            ask(reader, customer, "\"engine_version\": \"v2\", \"to\": \"2020-01-01T00:00:00Z\"")
                .json()
                .at("/data")
                .isEmpty())
        .isTrue();
  }

  @Test
  void whatDoesNotExistIsNamed() {
    Customer customer = customers.sign(platform, "150000.00");
    platform
        .post("/api/what-if", "{\"plan_versions\": [%s]}".formatted(at("nothing", 1)))
        .expectProblem(422, "plan.unknown");
    platform
        .post("/api/what-if", "{\"engine_version\": \"v0\"}")
        .expectProblem(400, "request.invalid");
    customer.owner().post("/api/what-if", "{}").expectProblem(403, "role.missing");
  }

  private static Answer ask(ApiClient reader, Customer customer, String question) {
    return reader
        .post("/api/what-if", "{\"tenant_id\": \"%s\", %s}".formatted(customer.tenant(), question))
        .expect(200);
  }

  private static String at(String plan, int version) {
    return "{\"plan_code\": \"%s\", \"version\": %d}".formatted(plan, version);
  }
}
