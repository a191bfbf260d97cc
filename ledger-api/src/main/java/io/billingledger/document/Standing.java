package io.billingledger.document;

import java.time.LocalDate;
import org.joda.money.Money;

/**
 * What has become of a document since it was issued.
 *
 * @param closedOn the date of the end that {@code ending} names; null while {@code OPEN}
 * @param paid towards what was due
 * @param credited from the customer's credit, and by credit notes that lower what is due
 * @param returned paid back or turned into credit by credit notes, after it was paid
 * @param due what is still to be paid
 */
public record Standing(
    Ending ending,
    LocalDate closedOn,
    Money paid,
    Money credited,
    Money writtenOff,
    Money returned,
    Money due) {

  /** How it has ended, or that it has not. */
  public enum Ending {
    OPEN,
    PAID,

    /** All of it was paid, and all of it was given back. */
    REFUNDED,
    VOID,
    WRITTEN_OFF
  }
}
