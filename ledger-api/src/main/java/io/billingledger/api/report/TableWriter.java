package io.billingledger.api.report;

import io.billingledger.view.report.Column;
import java.io.IOException;
import java.util.List;

/** Writes a report's rows as they come, however many. */
interface TableWriter {

  void begin(List<Column> columns) throws IOException;

  void row(List<Object> values) throws IOException;

  void end() throws IOException;
}
