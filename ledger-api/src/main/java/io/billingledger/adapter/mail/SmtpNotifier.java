package io.billingledger.adapter.mail;

import io.billingledger.notice.Notice;
import io.billingledger.notice.NoticeTemplate;
import io.billingledger.notice.Notifier;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends a notice as a plain-text mail. A repeated attempt sends the same mail again: {@code
 * Message-ID} and {@code X-Ledger-Key} derive from the notice's key, the date is the notice's.
 */
public class SmtpNotifier implements Notifier {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String PATIENCE_MS = "10000";

  private final JavaMailSender mail;
  private final InternetAddress from;
  private final String domain;

  public SmtpNotifier(JavaMailSender mail, String from) {
    try {
      this.from = new InternetAddress(from, true);
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "ledger.notices.from is not a mail address: \"" + from + "\"", e);
    }
    String address = this.from.getAddress();
    this.domain = address.substring(address.lastIndexOf('@') + 1);
    this.mail = mail;
  }

  /** A server that hangs is left after ten seconds, unless a setting says otherwise. */
  public static JavaMailSender withTimeouts(JavaMailSenderImpl mail) {
    Properties properties = mail.getJavaMailProperties();
    for (String protocol : new String[] {"smtp", "smtps"}) {
      for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
        properties.putIfAbsent("mail." + protocol + "." + limit, PATIENCE_MS);
      }
    }
    return mail;
  }

  @Override
  public void send(Notice notice) throws MessagingException {
    NoticeTemplate.Text text = notice.text();
    MimeMessage message = mail.createMimeMessage();
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(notice.recipient(), true));
    message.setSubject(text.subject(), UTF_8);
    message.setText(text.body(), UTF_8);
    message.setSentDate(Date.from(notice.dueAt()));
    message.setHeader("Message-ID", "<" + notice.id() + "@" + domain + ">");
    message.setHeader("X-Ledger-Key", notice.key());
    message.setHeader("Content-Language", notice.language().toLanguageTag());
    message.setHeader("Auto-Submitted", "auto-generated");
    mail.send(message);
  }
}
