package io.billingledger.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LogNotifierTest {
  private static final Notice INVITATION =
      new Notice(
          NoticeId.derive("tenant/1/invitation"),
          "tenant/1/invitation",
          TenantId.derive("1"),
          "siti.rahayu@example.com",
          NoticeTemplate.INVITATION,
          Map.of("name", "Toko Siti", "link", "https://example.com/invitations/s3cret"),
          Instant.EPOCH,
          Instant.EPOCH,
          1,
          Instant.EPOCH,
          null,
          Instant.EPOCH,
          null,
          null);

  @Test
  void writesOneLineWithoutSecretsOrNames(CapturedOutput output) {
    new LogNotifier(false).send(INVITATION);

    assertThat(output.getAll())
        .contains("notice invitation for " + TenantId.derive("1") + " to s…@example.com")
        .contains("(tenant/1/invitation)")
        .doesNotContain("siti.rahayu", "Toko Siti", "s3cret");
    assertThat(output.getAll().lines().filter(line -> line.contains("notice"))).hasSize(1);
  }

  @Test
  void writesTheTextWhenAskedFor(CapturedOutput output) {
    new LogNotifier(true).send(INVITATION);

    assertThat(output.getAll().lines().filter(line -> line.contains("notice")))
        .singleElement()
        .asString()
        .contains("https://example.com/invitations/s3cret");
  }
}
