package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartException;

/** A request whose body can be read again: for its digest, and for another attempt. */
final class RepeatableRequest extends HttpServletRequestWrapper {
  private final byte[] body;
  private final List<Part> parts;

  private RepeatableRequest(HttpServletRequest request, byte[] body, List<Part> parts) {
    super(request);
    this.body = body;
    this.parts = parts;
  }

  static RepeatableRequest of(HttpServletRequest request, int maxBody)
      throws IOException, ServletException {
    String type = request.getContentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      try {
        return new RepeatableRequest(
            request, new byte[0], request.getParts().stream().<Part>map(KeptPart::new).toList());
      } catch (IllegalStateException | ServletException | IOException malformed) {
        throw new MultipartException("cannot read the parts", malformed);
      }
    }
    byte[] body = request.getInputStream().readNBytes(maxBody + 1);
    if (body.length > maxBody) {
      throw new ProblemException(
          HttpStatus.CONTENT_TOO_LARGE,
          "body.too-large",
          "The body is larger than %d bytes.".formatted(maxBody));
    }
    return new RepeatableRequest(request, body, List.of());
  }

  byte[] body() {
    return body;
  }

  List<Part> parts() {
    return parts;
  }

  /** Frees what the parts hold. */
  void close() throws IOException {
    for (Part part : parts) {
      ((KeptPart) part).part.delete();
    }
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    return parts.isEmpty() ? super.getParts() : parts;
  }

  @Override
  public Part getPart(String name) throws IOException, ServletException {
    if (parts.isEmpty()) {
      return super.getPart(name);
    }
    return parts.stream().filter(part -> part.getName().equals(name)).findFirst().orElse(null);
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Bytes(body);
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class Bytes extends ServletInputStream {
    private final InputStream bytes;
    private boolean finished;

    Bytes(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() throws IOException {
      int next = bytes.read();
      finished = next < 0;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = bytes.read(into, offset, length);
      finished = count < 0;
      return count;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body is here already");
    }
  }

  /** Spring deletes the parts when an attempt ends; another one may follow. */
  private record KeptPart(Part part) implements Part {
    @Override
    public InputStream getInputStream() throws IOException {
      return part.getInputStream();
    }

    @Override
    public String getContentType() {
      return part.getContentType();
    }

    @Override
    public String getName() {
      return part.getName();
    }

    @Override
    public String getSubmittedFileName() {
      return part.getSubmittedFileName();
    }

    @Override
    public long getSize() {
      return part.getSize();
    }

    @Override
    public void write(String file) throws IOException {
      part.write(file);
    }

    @Override
    public void delete() {
      // when the request ends
    }

    @Override
    public String getHeader(String name) {
      return part.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
      return part.getHeaders(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
      return part.getHeaderNames();
    }
  }
}
