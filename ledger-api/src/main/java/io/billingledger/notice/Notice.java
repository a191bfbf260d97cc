package io.billingledger.notice;

import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notice as the outbox keeps it.
 *
 * @param key its cause in words, such as {@code invoice/inv_01J…/reminder/H-7}; unique
 * @param data what its template needs; secrets are gone once it was sent
 * @param dueAt when it was to go out first
 * @param nextAttemptAt null once it was sent or given up
 */
public record Notice(
    NoticeId id,
    String key,
    TenantId tenantId,
    String recipient,
    NoticeTemplate template,
    Map<String, String> data,
    Instant recordedAt,
    Instant dueAt,
    int attempts,
    @Nullable Instant lastAttemptAt,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant sentAt,
    @Nullable Instant givenUpAt) {

  /** Where a notice stands, for people. */
  public enum Status {
    WAITING,
    SENT,
    GIVEN_UP
  }

  public Notice {
    data = Map.copyOf(data);
  }

  public Status status() {
    if (sentAt != null) {
      return Status.SENT;
    }
    return givenUpAt != null ? Status.GIVEN_UP : Status.WAITING;
  }

  /** Indonesian for tenants in Indonesia, else English. */
  public Locale language() {
    return NoticeTemplate.language(data.get(NoticeTemplate.COUNTRY));
  }

  public NoticeTemplate.Text text() {
    return template.text(language(), data);
  }

  @Override
  public String toString() {
    return "Notice[" + id + ", " + key + ", " + template + ", " + status() + "]";
  }
}
