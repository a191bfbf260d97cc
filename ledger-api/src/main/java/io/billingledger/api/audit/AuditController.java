package io.billingledger.api.audit;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.Texts;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.kernel.TenantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events as they are stored. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit")
class AuditController {
  private final History history;

  AuditController(History history) {
    this.history = history;
  }

  /**
   * A stream from its beginning.
   *
   * @param tenantId null for the platform's own
   * @param digestsHold whether every digest on this page is that of its row
   */
  record Timeline(
      String stream,
      TenantId tenantId,
      boolean digestsHold,
      List<RecordedEvent> data,
      boolean hasMore,
      String nextCursor) {}

  @GetMapping("/events")
  @Operation(operationId = "listEvents", summary = "Recorded events, newest first")
  Page<RecordedEvent> events(
      @RequestParam(name = "stream", required = false) String stream,
      @RequestParam(name = "type", required = false) String type,
      @RequestParam(name = "tenant_id", required = false) TenantId tenant,
      @RequestParam(name = "from", required = false) Instant from,
      @RequestParam(name = "to", required = false) Instant to,
      Paging paging) {
    return paging.page(
        history.newestFirst(
            new History.Filter(stream, type, tenant == null ? null : tenant.value(), from, to),
            paging.newestFirst().position(),
            paging.fetch()),
        event -> new Cursor(event.position(), event.eventId()));
  }

  @GetMapping("/streams/{id}")
  @Operation(operationId = "getStream", summary = "One stream: who did what, when and why")
  Timeline stream(@PathVariable String id, Paging paging) {
    Page<RecordedEvent> page =
        paging.page(
            history.stream(storable(id), paging.oldestFirst().position(), paging.fetch()),
            event -> new Cursor(event.position(), event.eventId()));
    if (page.data().isEmpty() && paging.after().isEmpty()) {
      throw unknown(id);
    }
    return new Timeline(
        id,
        page.data().isEmpty() ? null : page.data().getFirst().tenantId(),
        page.data().stream().allMatch(RecordedEvent::digestHolds),
        page.data(),
        page.hasMore(),
        page.nextCursor());
  }

  private static String storable(String id) {
    try {
      return Texts.storable(id);
    } catch (IllegalArgumentException noSuchId) {
      throw unknown("of this id");
    }
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "stream.unknown", "There is no stream %s.".formatted(id));
  }
}
