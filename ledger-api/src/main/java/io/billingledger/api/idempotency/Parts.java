package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Answers.Answer;
import io.billingledger.wiring.UnitsOfWork;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/**
 * Makes a request that is too long for one unit of work idempotent part by part: each part commits
 * with its answer, under the request's key and its number. The same request again, also after it
 * broke off, gets the answers of the parts that were done and does the others.
 */
public final class Parts {
  private final UnitsOfWork units;
  private final Answers answers;
  private final Clock clock;

  public Parts(UnitsOfWork units, Answers answers, Clock clock) {
    this.units = units;
    this.answers = answers;
    this.clock = clock;
  }

  /**
   * @param body what the part came to
   * @param replayed whether that was stored before
   * @param position of the part's last event, if there was any
   */
  public record Done(byte[] body, boolean replayed, OptionalLong position) {}

  /**
   * @param digest of the part's content
   * @param work given the time; must be repeatable
   * @throws ProblemException when the part had another content before, or is being done
   */
  public Done once(CommandKey request, long number, byte[] digest, Function<Instant, byte[]> work) {
    // No client's key has a space in it.
    CommandKey key = new CommandKey(request.scope(), request.key() + " " + number);
    OptionalLong[] reached = {OptionalLong.empty()};
    Done done =
        units.perform(
            () -> {
              Answers.Found found = answers.lock(key);
              if (!found.free()) {
                throw IdempotencyFilter.inProgress();
              }
              if (found.answer() == null) {
                return new Done(work.apply(clock.instant()), false, OptionalLong.empty());
              }
              if (!MessageDigest.isEqual(found.answer().request(), digest)) {
                throw IdempotencyFilter.keyReused();
              }
              Long position = found.answer().position();
              return new Done(
                  found.answer().body(),
                  true,
                  position == null ? OptionalLong.empty() : OptionalLong.of(position));
            },
            each -> !each.replayed(),
            (each, position) -> {
              reached[0] = position;
              answers.store(
                  key,
                  new Answer(
                      digest,
                      HttpStatus.OK.value(),
                      null,
                      null,
                      null,
                      position.isPresent() ? position.getAsLong() : null,
                      each.body()),
                  clock.instant());
            });
    return done.replayed() ? done : new Done(done.body(), false, reached[0]);
  }
}
