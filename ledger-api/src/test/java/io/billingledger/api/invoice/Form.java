package io.billingledger.api.invoice;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A multipart form. */
public final class Form {
  private static final String BOUNDARY = "-----a-boundary-that-no-file-has";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public Form text(String name, String value) {
    return part("name=\"" + name + "\"", "text/plain", value.getBytes(StandardCharsets.UTF_8));
  }

  public Form file(byte[] content) {
    return part("name=\"file\"; filename=\"../proof.exe\"", "text/html", content);
  }

  private Form part(String disposition, String type, byte[] content) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(BOUNDARY, disposition, type)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Answer post(ApiClient client, String path) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return client.send(
        "POST", path, "multipart/form-data; boundary=" + BOUNDARY, whole.toByteArray());
  }
}
