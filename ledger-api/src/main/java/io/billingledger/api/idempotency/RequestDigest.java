package io.billingledger.api.idempotency;

import io.billingledger.api.json.Json;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What makes two requests the same: method, path, query, and a body that says the same, however its
 * fields are ordered and spaced.
 */
final class RequestDigest {
  private RequestDigest() {}

  static byte[] of(RepeatableRequest request) throws IOException {
    MessageDigest digest = sha256();
    add(digest, request.getMethod());
    add(digest, request.getRequestURI());
    add(digest, request.getQueryString() == null ? "" : request.getQueryString());
    if (request.parts().isEmpty()) {
      digest.update(canonical(request.body()));
    } else {
      List<Part> sorted =
          request.parts().stream().sorted(Comparator.comparing(Part::getName)).toList();
      for (Part part : sorted) {
        add(digest, part.getName());
        digest.update(digest(part));
      }
    }
    return digest.digest();
  }

  /** Field names sorted and white space removed; bytes that are no JSON stay as they are. */
  static byte[] canonical(byte[] body) {
    if (body.length == 0) {
      return body;
    }
    try (JsonParser parser = Json.mapper().createParser(body)) {
      parser.nextToken();
      StringBuilder text = new StringBuilder(body.length);
      write(parser, text);
      return parser.nextToken() == null ? text.toString().getBytes(StandardCharsets.UTF_8) : body;
    } catch (JacksonException notJson) {
      return body;
    }
  }

  private static void write(JsonParser parser, StringBuilder text) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        TreeMap<String, String> fields = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          StringBuilder value = new StringBuilder();
          write(parser, value);
          fields.put(name, value.toString());
        }
        text.append('{');
        fields.forEach(
            (name, value) -> text.append(quoted(name)).append(':').append(value).append(','));
        text.append('}');
      }
      case START_ARRAY -> {
        text.append('[');
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          write(parser, text);
          text.append(',');
        }
        text.append(']');
      }
      case VALUE_STRING -> text.append(quoted(parser.getString()));
      case null -> text.append("nothing");
      default -> text.append(parser.getString());
    }
  }

  /** As the mapper writes it, which is asked only where something has to be escaped. */
  static String quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return Json.mapper().writeValueAsString(text);
      }
    }
    return '"' + text + '"';
  }

  private static byte[] digest(Part part) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream content = new DigestInputStream(part.getInputStream(), digest)) {
      content.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
