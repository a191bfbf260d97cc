package io.billingledger.view.bank;

import io.billingledger.bank.BankEvent.CsvDescribed;
import io.billingledger.bank.CsvMapping;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** How one bank's CSV files are read. */
@Entity
@Table(name = "view_bank_csv")
public class BankCsvRow extends StreamRow<CsvDescribed> {
  @Id
  @Column(name = "mapping_id")
  private String id;

  private String bank;
  private String mapping;
  private Instant describedAt;

  protected BankCsvRow() {}

  @Override
  protected void apply(CsvDescribed e) {
    id = e.mappingId().value();
    bank = e.mapping().bank();
    mapping = RowJson.write(List.of(e.mapping()));
    describedAt = e.at();
  }

  public String id() {
    return id;
  }

  public CsvMapping mapping() {
    return RowJson.read(mapping, CsvMapping.class).getFirst();
  }

  public Instant describedAt() {
    return describedAt;
  }
}
