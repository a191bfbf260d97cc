package io.billingledger.bank;

import io.billingledger.kernel.BankCsvMappingId;

/**
 * How the CSV files of one bank are read. Columns are named by their heading.
 *
 * @param bank names the mapping, such as {@code BCA}
 * @param delimiter one character
 * @param charset such as {@code UTF-8} or {@code windows-1252}
 * @param skipLines before the headings
 * @param decimalMark {@code .} or {@code ,}; the other one, spaces and apostrophes group digits
 * @param dateFormat such as {@code dd/MM/yyyy}
 * @param bookedOn column of the date
 * @param valueOn column of the value date; null where there is none
 * @param amount column with a signed amount; null where there are two columns
 * @param credit column of what came; null where {@code amount} is given
 * @param debit column of what went; null where {@code amount} is given
 * @param balance column of the balance after the row; null where there is none
 * @param reference column of the bank's reference; null where there is none
 * @param payer null where there is none
 * @param remittance null where there is none
 */
public record CsvMapping(
    String bank,
    String delimiter,
    String charset,
    int skipLines,
    String decimalMark,
    String dateFormat,
    String bookedOn,
    String valueOn,
    String amount,
    String credit,
    String debit,
    String balance,
    String reference,
    String payer,
    String remittance) {

  public BankCsvMappingId id() {
    return idOf(bank);
  }

  public static BankCsvMappingId idOf(String bank) {
    return BankCsvMappingId.derive("bank-csv", bank);
  }
}
