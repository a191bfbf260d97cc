package io.billingledger.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.billingledger.adapter.mail.FaultyMailServer.Fault;
import io.billingledger.kernel.NoticeId;
import io.billingledger.notice.Notice;
import io.billingledger.notice.NoticeDispatcher;
import io.billingledger.notice.NoticeTemplate;
import io.billingledger.notice.Outbox;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail against a real SMTP server, and against one that fails at the worst moments. */
class SmtpNotifierTest {
  private static Outbox outbox;
  private GreenMail well;
  private FaultyMailServer faulty;

  @BeforeAll
  static void open() {
    outbox = new Outbox();
  }

  @BeforeEach
  void start() throws Exception {
    outbox.clear();
    well = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    well.start();
    faulty = new FaultyMailServer();
  }

  @AfterEach
  void stop() throws Exception {
    well.stop();
    faulty.close();
  }

  @Test
  void sendsAPlainMailThatSaysWhyItCame() throws Exception {
    outbox.record(
        "invoice/inv_1/reminder/H-7",
        "siti@example.com",
        NoticeTemplate.PAYMENT_UPCOMING,
        Map.of(
            "name", "Toko “Señor” Büdi",
            "invoice_number", "MAIN-2026-000001",
            "amount", "IDR 150,000.00",
            "pay_before", "8 March 2026",
            "country", "ID"));

    assertThat(dispatcher(well.getSmtp().getPort()).dispatchDue()).isEqualTo(1);

    MimeMessage mail = only(well);
    NoticeId id = NoticeId.derive("invoice/inv_1/reminder/H-7");
    assertThat(mail.getMessageID()).isEqualTo("<" + id + "@example.com>");
    assertThat(mail.getHeader("X-Ledger-Key")).containsExactly("invoice/inv_1/reminder/H-7");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("Content-Language")).containsExactly("id");
    assertThat(mail.getHeader("From")).containsExactly("Penagihan <billing@example.com>");
    assertThat(mail.getHeader("To")).containsExactly("siti@example.com");
    assertThat(mail.getSentDate()).isEqualTo(Date.from(outbox.clock.instant()));
    assertThat(mail.getSubject())
        .isEqualTo("Tagihan MAIN-2026-000001: mohon dibayar sebelum 8 March 2026");
    assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(((String) mail.getContent()).replace("\r\n", "\n"))
        .startsWith("Halo Toko “Señor” Büdi,\n\ntagihan MAIN-2026-000001 sebesar IDR 150,000.00");
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    mail.writeTo(raw);
    assertThat(raw.toByteArray()).as("seven bits only").matches(SmtpNotifierTest::ascii);
    assertThat(raw.toString(StandardCharsets.US_ASCII).lines()).allMatch(l -> l.length() <= 998);
  }

  @Test
  void englishElsewhere() throws Exception {
    outbox.record(
        "k", "a@example.com", NoticeTemplate.TERMINATED, Map.of("name", "Shop", "country", "SG"));
    dispatcher(well.getSmtp().getPort()).dispatchDue();
    assertThat(only(well).getSubject()).isEqualTo("Your subscription has ended");
    assertThat(only(well).getHeader("Content-Language")).containsExactly("en");
  }

  @Test
  void aValueCannotAddAHeaderOrARecipient() throws Exception {
    outbox.record(
        "k1",
        "a@example.com",
        NoticeTemplate.PROOF_REJECTED,
        Map.of(
            "name", "x", "invoice_number", "1\r\nBcc: b@example.com", "reason", "y\r\n.\r\nQUIT"));
    outbox.record(
        "k2",
        "a@example.com\r\nRCPT TO:<b@example.com>",
        NoticeTemplate.TERMINATED,
        Map.of("name", "x"));
    outbox.record(
        "k3", "a@example.com, b@example.com", NoticeTemplate.TERMINATED, Map.of("name", "x"));

    assertThat(dispatcher(well.getSmtp().getPort()).dispatchDue()).isEqualTo(3);

    MimeMessage mail = only(well);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat((String) mail.getContent()).contains("y . QUIT");
    assertThat(outbox.find("k2").lastError()).startsWith("AddressException");
    assertThat(outbox.find("k3").lastError()).startsWith("AddressException");
  }

  @Test
  void aDropAfterDataIsTriedAgainAsTheSameMail() {
    outbox.record("k");
    faulty.next(Fault.DROPS_AFTER_DATA, Fault.DROPS_AFTER_DATA);
    NoticeDispatcher dispatcher = dispatcher(faulty.port());

    for (int wait : List.of(1, 2)) {
      assertThat(dispatcher.dispatchDue()).isEqualTo(1);
      assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.WAITING);
      outbox.clock.advance(Duration.ofMinutes(wait));
    }
    assertThat(dispatcher.dispatchDue()).isEqualTo(1);

    assertThat(faulty.taken).hasSize(3);
    assertThat(faulty.confirmed).hasSize(1);
    assertThat(faulty.taken).as("to the byte").containsOnly(faulty.confirmed.getFirst());
    assertThat(faulty.confirmed.getFirst())
        .contains("Message-ID: <" + NoticeId.derive("k") + "@example.com>")
        .contains("X-Ledger-Key: k");
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
    assertThat(outbox.find("k").attempts()).isEqualTo(3);
    assertThat(outbox.database.queryForObject("SELECT count(*) FROM notice", Long.class))
        .isEqualTo(1);
    outbox.clock.advance(Duration.ofDays(1));
    assertThat(dispatcher.dispatchDue()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void noFaultLosesAMail(Fault fault) {
    outbox.record("k");
    faulty.next(fault);
    NoticeDispatcher dispatcher = dispatcher(faulty.port());

    assertThat(dispatcher.dispatchDue()).isEqualTo(1);
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.WAITING);
    assertThat(outbox.find("k").lastError()).isNotBlank();
    assertThat(faulty.confirmed).isEmpty();

    outbox.clock.advance(Duration.ofMinutes(1));
    assertThat(dispatcher.dispatchDue()).isEqualTo(1);
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
    assertThat(faulty.confirmed).hasSize(1);
  }

  @Test
  void oneBadNoticeDoesNotHoldUpTheOthers() {
    outbox.record("k1");
    outbox.record("k2");
    outbox.record("k3");
    faulty.next(Fault.HANGS_AFTER_DATA);
    assertThat(dispatcher(faulty.port()).dispatchDue()).isEqualTo(3);
    assertThat(faulty.confirmed).hasSize(2);
  }

  @Test
  void aKillBetweenSendingAndMarkingIsSeenAsADuplicateOnTheOtherSide() throws Exception {
    outbox.record("k");
    SmtpNotifier mail = new SmtpNotifier(sender(well.getSmtp().getPort()), "b@example.com");
    NoticeDispatcher dying =
        outbox.dispatcher(
            notice -> {
              mail.send(notice);
              throw new Error("killed");
            });
    assertThatThrownBy(dying::dispatchDue).isInstanceOf(Error.class);
    outbox.clock.advance(Duration.ofMinutes(1));
    assertThat(outbox.dispatcher(mail).dispatchDue()).isEqualTo(1);

    MimeMessage[] received = well.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getMessageID()).isEqualTo(received[1].getMessageID());
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
  }

  @Test
  void noServerIsAFailureLikeAnother() throws Exception {
    outbox.record("k");
    int port = faulty.port();
    faulty.close();
    assertThat(dispatcher(port).dispatchDue()).isEqualTo(1);
    assertThat(outbox.find("k").lastError()).contains("Couldn't connect to host");
  }

  @Test
  void theSenderIsCheckedAtStart() {
    JavaMailSender sender = sender(1);
    for (String from : List.of("", "nobody", "a@b@c", "a@example.com, b@example.com")) {
      assertThatThrownBy(() -> new SmtpNotifier(sender, from))
          .hasMessage("ledger.notices.from is not a mail address: \"" + from + "\"");
    }
  }

  @Test
  void timeoutsHaveADefaultAndCanBeSet() {
    JavaMailSenderImpl mail = new JavaMailSenderImpl();
    mail.getJavaMailProperties().setProperty("mail.smtp.timeout", "500");
    SmtpNotifier.withTimeouts(mail);
    assertThat(mail.getJavaMailProperties())
        .containsEntry("mail.smtp.timeout", "500")
        .containsEntry("mail.smtp.connectiontimeout", "10000")
        .containsEntry("mail.smtps.writetimeout", "10000");
  }

  private NoticeDispatcher dispatcher(int port) {
    return outbox.dispatcher(new SmtpNotifier(sender(port), Outbox.SETTINGS.from()));
  }

  private static JavaMailSender sender(int port) {
    JavaMailSenderImpl mail = new JavaMailSenderImpl();
    mail.setHost("127.0.0.1");
    mail.setPort(port);
    mail.getJavaMailProperties().setProperty("mail.smtp.timeout", "700");
    return SmtpNotifier.withTimeouts(mail);
  }

  private static MimeMessage only(GreenMail server) {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  private static boolean ascii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
