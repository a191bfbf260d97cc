package io.billingledger.api.usage;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.IdempotencyFilter;
import io.billingledger.api.idempotency.Parts;
import io.billingledger.api.idempotency.Parts.Done;
import io.billingledger.api.idempotency.Paths;
import io.billingledger.api.idempotency.PositionToken;
import io.billingledger.api.json.Json;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.metering.UsageIntake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;

/**
 * Streams of usage, a JSON object a line. The answer, a line for each, is kept aside until the
 * stream has been read: a client that sends before it reads must never wait for one that does the
 * same.
 */
final class UsageStreams {
  private static final ObjectWriter LINE_BY_LINE =
      Json.mapper().writerFor(UsageResult.class).withRootValueSeparator("\n");
  private static final int LINES = 1000;
  private static final int LONGEST = 64 * 1024;
  private static final int IN_MEMORY = 1024 * 1024;

  private final UsageIntake intake;
  private final Parts parts;

  UsageStreams(UsageIntake intake, Parts parts) {
    this.intake = intake;
    this.parts = parts;
  }

  void answer(
      HttpServletRequest request, HttpServletResponse response, Caller caller, CommandKey key)
      throws IOException {
    Lines lines = new Lines(request.getInputStream(), LONGEST);
    try (Aside answer = new Aside()) {
      boolean replayed = true;
      OptionalLong position = OptionalLong.empty();
      long number = 0;
      for (List<byte[]> part = part(lines); !part.isEmpty() || number == 0; part = part(lines)) {
        Done done = take(part, number, caller, key);
        replayed &= done.replayed();
        position = done.position().isPresent() ? done.position() : position;
        answer.write(done.body());
        number++;
      }
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(Paths.STREAM);
      if (replayed) {
        response.setHeader(IdempotencyFilter.REPLAYED, "true");
      }
      position.ifPresent(at -> response.setHeader(PositionToken.HEADER, PositionToken.of(at)));
      answer.transferTo(response.getOutputStream());
      response.getOutputStream().flush();
    }
  }

  private Done take(List<byte[]> part, long number, Caller caller, CommandKey key) {
    return parts.once(
        key,
        number,
        digest(part),
        now -> {
          UsageBatch batch = new UsageBatch(number * LINES);
          for (byte[] line : part) {
            if (line.length > LONGEST) {
              batch.reject("body.too-large", "", "A line has at most %d bytes.".formatted(LONGEST));
            } else {
              UsageBatchController.readLine(batch, line, key.key() + "/" + batch.next());
            }
          }
          return lines(
              batch.take(
                  intake,
                  caller.tenantId(),
                  now,
                  caller.actor(),
                  key.derive(UsageBatchId::derive, number)));
        });
  }

  private static List<byte[]> part(Lines lines) throws IOException {
    List<byte[]> part = new ArrayList<>();
    while (part.size() < LINES) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      part.add(line);
    }
    return part;
  }

  private static byte[] lines(List<UsageResult> results) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(results.size() * 96);
    try (SequenceWriter lines = LINE_BY_LINE.writeValues(text)) {
      lines.writeAll(results);
    }
    if (!results.isEmpty()) {
      text.write('\n');
    }
    return text.toByteArray();
  }

  private static byte[] digest(List<byte[]> part) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] line : part) {
        digest.update(line);
        digest.update((byte) '\n');
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Bytes kept in memory, or in a file of their own once they are many. */
  private static final class Aside implements AutoCloseable {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream disk;

    void write(byte[] bytes) throws IOException {
      if (disk == null && memory.size() + bytes.length > IN_MEMORY) {
        file = Files.createTempFile("usage-answer", null);
        disk = Files.newOutputStream(file);
      }
      if (disk == null) {
        memory.writeBytes(bytes);
      } else {
        disk.write(bytes);
      }
    }

    void transferTo(OutputStream out) throws IOException {
      memory.writeTo(out);
      if (disk != null) {
        disk.close();
        Files.copy(file, out);
      }
    }

    @Override
    public void close() throws IOException {
      if (disk != null) {
        disk.close();
        Files.deleteIfExists(file);
      }
    }
  }
}
