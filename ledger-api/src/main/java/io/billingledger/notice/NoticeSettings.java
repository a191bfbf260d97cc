package io.billingledger.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices go out.
 *
 * @param dispatch whether this process sends; recording goes on regardless
 * @param pollInterval how often to look for what is due, in real time
 * @param firstRetry the wait after the first failure; it doubles with each further one. Longer than
 *     a sending may take, because a notice whose sender died is due again after it
 * @param longestRetry the wait never grows beyond this
 * @param attempts after so many failures a notice is given up, visibly
 * @param from the sender of mails
 * @param logText whether the log notifier writes the text too, invitation links included
 */
@ConfigurationProperties("ledger.notices")
public record NoticeSettings(
    @DefaultValue("true") boolean dispatch,
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("1m") Duration firstRetry,
    @DefaultValue("6h") Duration longestRetry,
    @DefaultValue("20") int attempts,
    @DefaultValue("billing@localhost") String from,
    @DefaultValue("false") boolean logText) {

  public NoticeSettings {
    if (attempts < 1 || firstRetry.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "ledger.notices: attempts from 1, first-retry from 1 second");
    }
  }

  /** How long to wait after so many attempts. */
  public Duration waitAfter(int attempts) {
    Duration wait = firstRetry;
    for (int i = 1; i < attempts && wait.compareTo(longestRetry) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
  }
}
