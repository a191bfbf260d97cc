package io.billingledger.wiring;

import io.billingledger.kernel.Claims;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Asks in one statement for what the commands of this unit of work are going to ask one by one. The
 * answers are kept with the unit of work; only its speed depends on them.
 */
public final class ReadAhead {
  private static final String ANSWERS = ReadAhead.class.getName();

  private final LedgerEngine engine;
  private final PostgresClaims claims;

  /**
   * @param engine null where the events are kept elsewhere
   */
  ReadAhead(LedgerEngine engine, PostgresClaims claims) {
    this.engine = engine;
    this.claims = claims;
  }

  /** How long these streams are, or that there are none. */
  public void streams(Collection<String> ids) {
    if (engine != null) {
      Map<String, Long> lengths = engine.lastSequences(ids);
      ids.forEach(id -> keep("stream/" + id, lengths.getOrDefault(id, -1L)));
    }
  }

  /** Claims these keys for their holders. */
  public void claims(Claims.Kind kind, Map<String, String> holders) {
    claims.claimAll(kind, holders).forEach((key, holder) -> keep(claim(kind, key), holder));
  }

  /** Takes the next numbers of a gapless series, in the holders' order. */
  public void numbers(Claims.Kind kind, String series, List<String> holders) {
    claims
        .nextAll(kind, series, holders)
        .forEach((holder, number) -> keep(number(kind, series, holder), number));
  }

  /** The last sequence of a stream, -1 if there is no such stream, null if nobody has asked. */
  static Long lastSequence(String stream) {
    return (Long) kept("stream/" + stream);
  }

  /** The last sequence of a stream as this unit of work has first known it. */
  static long length(String stream, Supplier<Long> unknown) {
    Long known = lastSequence(stream);
    return known != null
        ? known
        : (Long) answers().computeIfAbsent("length/" + stream, _ -> unknown.get());
  }

  static String holder(Claims.Kind kind, String key) {
    return (String) kept(claim(kind, key));
  }

  static Long taken(Claims.Kind kind, String series, String holder) {
    return (Long) kept(number(kind, series, holder));
  }

  private static String claim(Claims.Kind kind, String key) {
    return "claim/" + kind + "/" + key;
  }

  private static String number(Claims.Kind kind, String series, String holder) {
    return "number/" + kind + "/" + series + "/" + holder;
  }

  private static void keep(String question, Object answer) {
    answers().put(question, answer);
  }

  private static Object kept(String question) {
    return CurrentUnitOfWork.isStarted() ? answers().get(question) : null;
  }

  private static Map<String, Object> answers() {
    return CurrentUnitOfWork.get()
        .root()
        .getOrComputeResource(ANSWERS, _ -> new HashMap<String, Object>());
  }
}
