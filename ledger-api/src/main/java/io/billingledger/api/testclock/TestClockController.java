package io.billingledger.api.testclock;

import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.wiring.TestClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Exists only where the clock can be moved. */
@RestController
@RequestMapping("/api/test-clock")
@ConditionalOnProperty(name = "ledger.test-clock.enabled", havingValue = "true")
@Tag(name = "Sandbox time")
class TestClockController {

  /**
   * Where to: exactly one of the two.
   *
   * @param by a period of ISO 8601 such as P1M, P7D or PT12H, in UTC; PT0S only settles
   */
  record Advance(Instant to, String by) {
    UnaryOperator<Instant> target() {
      if ((to == null) == (by == null)) {
        throw new ProblemException(
            HttpStatus.BAD_REQUEST,
            "request.invalid",
            "Either \"to\" or \"by\" says how far the clock shall go.",
            List.of(Problem.Field.body(to == null ? "/to" : "/by", "exactly one is needed")));
      }
      return to != null ? _ -> to : after(by);
    }

    private static UnaryOperator<Instant> after(String text) {
      try {
        int time = text.indexOf('T');
        Period days =
            time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
        Duration hours = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        return now -> moved(now, days, hours);
      } catch (DateTimeException unreadable) {
        throw unusable("must be a period of ISO 8601 such as P7D, P1M or PT12H");
      }
    }

    private static Instant moved(Instant now, Period days, Duration hours) {
      try {
        return now.atZone(ZoneOffset.UTC).plus(days).plus(hours).toInstant();
      } catch (DateTimeException | ArithmeticException tooFar) {
        throw unusable("goes beyond the end of time");
      }
    }

    private static ProblemException unusable(String why) {
      return new ProblemException(
          HttpStatus.BAD_REQUEST,
          "request.invalid",
          "The field /by " + why + ".",
          List.of(Problem.Field.body("/by", why)));
    }
  }

  record Position(Instant now) {}

  private final TestClock clock;

  TestClockController(TestClock clock) {
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "getTestClock", summary = "Where the clock stands")
  Position position() {
    return new Position(clock.now());
  }

  @PostMapping("/advance")
  @Operation(
      operationId = "advanceTestClock",
      summary = "Move the clock, run what is due on the way, and wait until all is done")
  TestClock.Moved advance(@RequestBody Advance asked) {
    return clock.advance(asked.target());
  }
}
