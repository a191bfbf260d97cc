package io.billingledger.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Writes a PDF so that the same content gives the same bytes on every machine. What a compressor
 * makes of the same input differs between builds of zlib, so nothing is compressed; with subset
 * fonts a page stays below a hundred kilobytes.
 */
final class Reproducible {
  private Reproducible() {}

  static byte[] bytes(PDDocument document) throws IOException {
    byte[] compressed = saved(document);
    try (PDDocument again = Loader.loadPDF(compressed)) {
      List<COSObjectKey> keys =
          again.getDocument().getXrefTable().keySet().stream().sorted().toList();
      for (COSObjectKey key : keys) {
        COSBase object = again.getDocument().getObjectFromPool(key).getObject();
        if (object instanceof COSStream stream && stream.containsKey(COSName.FILTER)) {
          decode(stream);
        }
      }
      return saved(again);
    }
  }

  private static void decode(COSStream stream) throws IOException {
    byte[] content;
    try (InputStream in = stream.createInputStream()) {
      content = in.readAllBytes();
    }
    stream.removeItem(COSName.FILTER);
    try (OutputStream out = stream.createRawOutputStream()) {
      out.write(content);
    }
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes, CompressParameters.NO_COMPRESSION);
    return bytes.toByteArray();
  }
}
