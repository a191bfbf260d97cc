package io.billingledger.notice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line per notice to the log and sends nothing: the default until mail is set up. Names
 * the recipient only by what tells one from another at a glance, and no secret, unless asked for
 * the text.
 */
public class LogNotifier implements Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

  private final boolean withText;

  public LogNotifier(boolean withText) {
    this.withText = withText;
  }

  @Override
  public void send(Notice notice) {
    String head =
        notice.template().code()
            + " for "
            + notice.tenantId()
            + " to "
            + masked(notice.recipient())
            + " ("
            + notice.key()
            + ")";
    if (withText) {
      NoticeTemplate.Text text = notice.text();
      LOG.info("notice {}: {} | {}", head, text.subject(), text.body().replaceAll("\\s+", " "));
    } else {
      LOG.info("notice {}", head);
    }
  }

  /** {@code b…@example.com}. */
  static String masked(String recipient) {
    int at = recipient.lastIndexOf('@');
    return at < 1 ? "…" : recipient.charAt(0) + "…" + recipient.substring(at).replaceAll("\\s", "");
  }
}
