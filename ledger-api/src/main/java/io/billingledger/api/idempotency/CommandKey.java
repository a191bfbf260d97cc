package io.billingledger.api.idempotency;

import java.util.function.Function;

/**
 * The key of the request at hand. Ids of what a command creates derive from it, so that a repeated
 * command, whoever repeats it, creates nothing twice: {@code key.derive(InvoiceId::derive)}.
 *
 * @param scope the tenant's id, or {@code platform}
 */
public record CommandKey(String scope, String key) {

  /**
   * @param more tells several ids of one kind apart
   */
  public <T> T derive(Function<Object[], T> id, Object... more) {
    Object[] causes = new Object[more.length + 2];
    causes[0] = scope;
    causes[1] = key;
    System.arraycopy(more, 0, causes, 2, more.length);
    return id.apply(causes);
  }
}
