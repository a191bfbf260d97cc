package io.billingledger.adapter.bank;

import io.billingledger.bank.Statement;
import java.util.List;

/**
 * A statement that closes, and beside it what is personal in it.
 *
 * @param texts one for each entry, in their order
 */
public record ParsedStatement(Statement statement, List<EntryText> texts) {
  public ParsedStatement {
    texts = List.copyOf(texts);
  }
}
