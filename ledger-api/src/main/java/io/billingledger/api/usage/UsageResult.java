package io.billingledger.api.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.billingledger.kernel.UsageId;
import java.util.Locale;

/**
 * What became of one record of a batch.
 *
 * @param index its place in the batch, from 0
 * @param id of the record, also of the one that was there before; null where it cannot be read
 * @param code why it was rejected, null otherwise
 * @param pointer a JSON pointer into the record, to what is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsageResult(
    long index, Status status, UsageId id, String code, String pointer, String detail) {

  enum Status {
    ACCEPTED,
    DUPLICATE,
    REJECTED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
