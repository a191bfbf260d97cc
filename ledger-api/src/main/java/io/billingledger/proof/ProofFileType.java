package io.billingledger.proof;

import io.billingledger.kernel.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * What an approver can look at, recognised by its content alone. A person looks at the rest: files
 * are only ever handed out as attachments, so what is hidden in one runs nowhere.
 */
public enum ProofFileType {
  PDF("application/pdf", "pdf"),
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png");

  private final String mediaType;
  private final String extension;

  ProofFileType(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** For the name under which a file is offered to an approver. */
  public String extension() {
    return extension;
  }

  /**
   * @throws Rejected {@code proof.file-type}
   */
  public static ProofFileType of(byte[] content) {
    String found = detect(content);
    for (ProofFileType type : values()) {
      if (type.mediaType.equals(found)) {
        return type;
      }
    }
    throw new Rejected(new ProofRejection.FileType(found));
  }

  private static String detect(byte[] content) {
    try {
      return MimeTypes.getDefaultMimeTypes()
          .detect(new ByteArrayInputStream(content), new Metadata())
          .getBaseType()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
