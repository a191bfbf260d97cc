package io.billingledger.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * One kept-alive HTTP/1.1 connection of a client that does as little as possible, so that the
 * figure is the ledger's and not its client's.
 */
final class Connection implements Closeable {
  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final String headers;
  private String position = "";

  record Answer(int status, String body) {
    Answer done() {
      if (status >= 300) {
        throw new IllegalStateException(status + " " + body);
      }
      return this;
    }
  }

  Connection(int port, String key) {
    try {
      socket = new Socket("localhost", port);
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    headers = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n";
  }

  /** Under a new idempotency key; remembers the position that the answer names. */
  Answer post(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer post(String path, String contentType, byte[] body) {
    return send(
        "POST "
            + path
            + headers
            + "Idempotency-Key: "
            + UUID.randomUUID()
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n",
        body);
  }

  /** Waits for the position of the last answer. */
  Answer get(String path) {
    String after = position.isEmpty() ? "" : "Ledger-Position: " + position + "\r\n";
    return send("GET " + path + headers + after + "\r\n", new byte[0]);
  }

  private Answer send(String head, byte[] body) {
    try {
      byte[] start = head.getBytes(StandardCharsets.US_ASCII);
      byte[] request = new byte[start.length + body.length];
      System.arraycopy(start, 0, request, 0, start.length);
      System.arraycopy(body, 0, request, start.length, body.length);
      out.write(request);
      out.flush();
      return read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = true;
        case "ledger-position" -> position = value;
        default -> {
          // Not needed here.
        }
      }
    }
    return new Answer(
        status, new String(chunked ? chunks() : in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
