package io.billingledger.wiring;

import io.billingledger.adapter.mail.SmtpNotifier;
import io.billingledger.notice.LogNotifier;
import io.billingledger.notice.NoticeDispatcher;
import io.billingledger.notice.NoticeSettings;
import io.billingledger.notice.Notices;
import io.billingledger.notice.Notifier;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox for notices, and which way they go: {@code ledger.notifier} is log or smtp. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeSettings.class)
class NoticeWiring {

  @Bean
  Notices notices(JdbcTemplate database, Clock clock) {
    return new Notices(database, clock);
  }

  @Bean
  Notifier notifier(
      @Value("${ledger.notifier:log}") String kind,
      NoticeSettings settings,
      ObjectProvider<JavaMailSenderImpl> mail) {
    return switch (kind) {
      case "log" -> new LogNotifier(settings.logText());
      case "smtp" -> {
        JavaMailSenderImpl sender = mail.getIfAvailable();
        if (sender == null) {
          throw new IllegalStateException(
              "ledger.notifier=smtp needs a mail server: set spring.mail.host.");
        }
        yield new SmtpNotifier(SmtpNotifier.withTimeouts(sender), settings.from());
      }
      default ->
          throw new IllegalStateException("ledger.notifier is log or smtp, not \"" + kind + "\".");
    };
  }

  @Bean
  NoticeDispatcher noticeDispatcher(
      Notices notices,
      Notifier notifier,
      NoticeSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new NoticeDispatcher(
        notices, notifier, settings, new TransactionTemplate(transactions), clock);
  }
}
