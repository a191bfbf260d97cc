package io.billingledger.api.report;

import io.billingledger.view.report.Column;
import io.billingledger.view.report.Column.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** One sheet: numbers are numbers, days are days, the header stays in sight. */
final class XlsxTable implements TableWriter {
  private static final int FLUSH_EVERY = 1000;
  private static final int TEXT_WIDTH = 22;
  private static final int ID_WIDTH = 32;
  private static final int DATE_WIDTH = 12;
  private static final int AMOUNT_WIDTH = 18;

  private final Workbook book;
  private final Worksheet sheet;
  private List<Column> columns;
  private int next;

  XlsxTable(OutputStream out, String title) {
    book = new Workbook(out, "Billing ledger", "1.0");
    sheet = book.newWorksheet(title);
  }

  @Override
  public void begin(List<Column> of) {
    columns = of;
    for (int i = 0; i < of.size(); i++) {
      Column column = of.get(i);
      sheet.width(i, width(column));
      sheet.value(0, i, column.name());
      sheet.style(0, i).bold().set();
    }
    sheet.freezePane(0, 1);
    next = 1;
  }

  private static int width(Column column) {
    return switch (column.kind()) {
      case TEXT -> column.name().endsWith("_id") ? ID_WIDTH : TEXT_WIDTH;
      case DATE -> DATE_WIDTH;
      case NUMBER, AMOUNT -> AMOUNT_WIDTH;
    };
  }

  @Override
  public void row(List<Object> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      switch (values.get(i)) {
        case null -> {}
        case BigDecimal number -> {
          sheet.value(next, i, number);
          sheet.style(next, i).format(format(columns.get(i), number)).set();
        }
        case LocalDate day -> {
          sheet.value(next, i, day);
          sheet.style(next, i).format("yyyy-mm-dd").set();
        }
        case Object text -> sheet.value(next, i, text.toString());
      }
    }
    next++;
    if (next % FLUSH_EVERY == 0) {
      sheet.flush();
    }
  }

  private static String format(Column column, BigDecimal number) {
    return column.kind() == Kind.AMOUNT && number.scale() > 0
        ? "#,##0." + "0".repeat(number.scale())
        : "#,##0";
  }

  @Override
  public void end() throws IOException {
    book.finish();
  }
}
