package io.billingledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class ReadYourWritesTest {
  @LocalServerPort private int port;

  @Test
  void whatACommandDidIsThereForWhoSendsItsPosition() {
    ApiClient owner = ApiClient.owner(port);
    for (int i = 0; i < 5; i++) {
      String code = "p" + UUID.randomUUID().toString().substring(0, 8);
      Answer made =
          owner
              .post(
                  "/api/platform/products",
                  "{\"code\":\"%s\",\"name\":\"A product\"}".formatted(code))
              .expect(201);
      assertThat(made.header("Ledger-Position")).isPresent();
      assertThat(owner.after(made).get("/api/platform/products?limit=500").expect(200).raw())
          .contains(code);
    }
  }

  @Test
  void aPositionThatIsNotReachedIsNotWaitedForForEver() {
    ApiClient owner = ApiClient.owner(port);
    Answer refused =
        owner
            .with("Ledger-Position", PositionToken.of(999_999_999_999L))
            .get("/api/session")
            .expectProblem(503, "position.not-reached");
    assertThat(refused.header("Retry-After")).isPresent();
  }
}
