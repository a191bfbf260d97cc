package io.billingledger.api.notice;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import io.billingledger.notice.Notice;
import io.billingledger.notice.Notices;
import io.billingledger.tenant.BillingProfiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's notices. */
@RestController
@RequestMapping("/api/platform/tenants/{tenant}/notices")
@Tag(name = "Tenants")
class NoticeController {
  private final Notices notices;
  private final BillingProfiles tenants;

  NoticeController(Notices notices, BillingProfiles tenants) {
    this.notices = notices;
    this.tenants = tenants;
  }

  /**
   * @param key its cause
   * @param language in which it is written
   * @param dueAt when it was to go out first
   * @param lastError of an attempt that failed
   */
  record NoticeBody(
      NoticeId id,
      String key,
      String template,
      String language,
      Notice.Status status,
      Instant recordedAt,
      Instant dueAt,
      int attempts,
      Instant lastAttemptAt,
      String lastError,
      Instant nextAttemptAt,
      Instant sentAt,
      Instant givenUpAt) {

    static NoticeBody of(Notice notice) {
      return new NoticeBody(
          notice.id(),
          notice.key(),
          notice.template().code(),
          notice.language().getLanguage(),
          notice.status(),
          notice.recordedAt(),
          notice.dueAt(),
          notice.attempts(),
          notice.lastAttemptAt(),
          notice.lastError(),
          notice.nextAttemptAt(),
          notice.sentAt(),
          notice.givenUpAt());
    }
  }

  @GetMapping
  @Operation(operationId = "listNotices", summary = "A tenant's notices, newest first")
  Page<NoticeBody> list(@PathVariable TenantId tenant, Paging paging) {
    tenants.of(tenant);
    return paging
        .page(
            notices.of(tenant, paging.after().flatMap(NoticeController::last), paging.fetch()),
            notice -> new Cursor(notice.recordedAt().toEpochMilli(), notice.id().value()))
        .map(NoticeBody::of);
  }

  private static Optional<NoticeId> last(Cursor cursor) {
    try {
      return Optional.of(new NoticeId(cursor.id()));
    } catch (IllegalArgumentException notOurs) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "cursor.invalid",
          "The cursor is not one that this list answered as next_cursor.");
    }
  }
}
