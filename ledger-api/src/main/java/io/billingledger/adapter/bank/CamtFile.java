package io.billingledger.adapter.bank;

import com.prowidesoftware.swift.model.mx.MxCamt05300102;
import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import io.billingledger.bank.StatementFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** ISO 20022 camt.053, versions 2 and 8, with or without an envelope. */
public final class CamtFile {
  private static final StatementFormat FORMAT = StatementFormat.CAMT_053;
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

  private CamtFile() {}

  public static List<ParsedStatement> read(byte[] file) {
    Node document = document(parse(file));
    String namespace = Optional.ofNullable(document.getNamespaceURI()).orElse("");
    if (!namespace.startsWith(NAMESPACE)) {
      throw StatementDraft.unreadable(
          FORMAT, "its document is of \"%s\", not camt.053".formatted(namespace));
    }
    String xml = text(document);
    List<StatementDraft> drafts =
        switch (namespace.substring(NAMESPACE.length())) {
          case "02" ->
              Optional.ofNullable(MxCamt05300102.parse(xml))
                  .map(MxCamt05300102::getBkToCstmrStmt)
                  .map(Camt02::statements)
                  .orElse(List.of());
          case "08" ->
              Optional.ofNullable(MxCamt05300108.parse(xml))
                  .map(MxCamt05300108::getBkToCstmrStmt)
                  .map(Camt08::statements)
                  .orElse(List.of());
          default ->
              throw StatementDraft.unreadable(
                  FORMAT, "version %s is not read; 02 and 08 are".formatted(namespace));
        };
    if (drafts.isEmpty()) {
      throw StatementDraft.unreadable(FORMAT, "it holds no statement");
    }
    return drafts.stream().map(StatementDraft::build).toList();
  }

  static LocalDate date(LocalDate date, OffsetDateTime time) {
    if (date != null) {
      return date;
    }
    if (time != null) {
      return time.toLocalDate();
    }
    throw StatementDraft.unreadable(FORMAT, "it has no date where one is needed");
  }

  /** Nothing outside the file is ever read for it. */
  private static Document parse(byte[] file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder.parse(new ByteArrayInputStream(file));
    } catch (SAXParseException malformed) {
      throw StatementDraft.unreadable(
          FORMAT, "line %d: %s".formatted(malformed.getLineNumber(), malformed.getMessage()));
    } catch (SAXException | IOException malformed) {
      throw StatementDraft.unreadable(FORMAT, "it is no well-formed XML");
    } catch (ParserConfigurationException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Node document(Document file) {
    NodeList found = file.getElementsByTagNameNS("*", "Document");
    if (found.getLength() != 1) {
      throw StatementDraft.unreadable(
          FORMAT, "it has %d elements Document, not one".formatted(found.getLength()));
    }
    return found.item(0);
  }

  private static String text(Node document) {
    try {
      TransformerFactory factory = TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException unwritable) {
      throw new IllegalStateException(unwritable);
    }
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException warning) {}

    @Override
    public void error(SAXParseException error) throws SAXException {
      throw error;
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXException {
      throw error;
    }
  }
}
