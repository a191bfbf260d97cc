package io.billingledger.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.journal.Cause;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events are for ever: one file for each revision ever written, and today's code writes and reads
 * each of them byte for byte. A new event writes its file once with {@code -Dgolden=write}; one
 * that got optional fields has one more file for each time it got some.
 */
class GoldenEventsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final JsonMapper JSON = LedgerJson.mapper();

  @TestFactory
  Stream<DynamicTest> everyEventIsWrittenAsItWasAndReadBack() {
    return EventTypes.byName().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getValue())));
  }

  @Test
  void everyGoldenFileIsOfAnEventThatIsStillKnown() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .allMatch(EventTypes.byName()::containsKey);
    }
  }

  @Test
  void everyEventPostsOrIsDeclaredToMoveNoMoney() {
    Cause cause =
        new Cause("event", TenantId.derive("sample"), Instant.parse("2026-01-31T17:00:00Z"));
    for (Class<?> type : EventTypes.byName().values()) {
      // The amounts of these samples do not add up, or their invoice was never issued; their
      // entries are tested with real ones.
      if (!List.of(
              "InvoiceIssued",
              "PaymentRecorded",
              "InvoiceVoided",
              "InvoiceWrittenOff",
              "CreditNoteIssued",
              "CreditNoteReversed",
              "EntryApproved")
          .contains(type.getSimpleName())) {
        new MemoryBooks().post((LedgerEvent) Samples.of(type), cause);
      }
    }
  }

  @Test
  void anUnknownStoredNameStopsTheLine() {
    EventSerializer serializer = new EventSerializer(new PlainJson(JSON));
    assertThatThrownBy(
            () ->
                serializer.deserialize(
                    new SimpleSerializedObject<>(
                        "{}".getBytes(StandardCharsets.UTF_8),
                        byte[].class,
                        new SimpleSerializedType("invoice.invented", "1"))))
        .isInstanceOf(UnknownEvent.class)
        .hasMessageContaining("invoice.invented");
  }

  private static void check(Class<?> type) {
    String revision = "v" + EventTypes.revisionOf(type);
    Object before = Samples.of(type);
    check(type, before, revision + ".json");
    for (int generation = 1; generation <= Samples.generations(); generation++) {
      Object with = Samples.of(type, generation);
      if (!with.equals(before)) {
        check(
            type,
            with,
            revision + ".later%s.json".formatted(generation == 1 ? "" : "-" + generation));
      }
      before = with;
    }
  }

  private static void check(Class<?> type, Object sample, String name) {
    EventSerializer serializer = new EventSerializer(new PlainJson(JSON));
    SerializedObject<byte[]> stored = serializer.serialize(sample, byte[].class);
    assertThat(stored.getType().getName()).isEqualTo(EventTypes.nameOf(type));
    Path file = GOLDEN.resolve(EventTypes.nameOf(type)).resolve(name);
    try {
      if (!Files.exists(file) && "write".equals(System.getProperty("golden"))) {
        Files.createDirectories(file.getParent());
        Files.write(file, stored.getData());
      }
      assertThat(file).as("a golden file for each event").exists();
      assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
          .isEqualTo(Files.readString(file));
      Object read =
          serializer.deserialize(
              new SimpleSerializedObject<>(
                  Files.readAllBytes(file), byte[].class, stored.getType()));
      assertThat(read).isEqualTo(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
