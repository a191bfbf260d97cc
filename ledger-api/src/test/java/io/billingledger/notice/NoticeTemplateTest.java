package io.billingledger.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeTemplateTest {

  @ParameterizedTest
  @EnumSource
  void hasWordsInBothLanguagesWithExactlyItsData(NoticeTemplate template) {
    for (Locale language : new Locale[] {Locale.ENGLISH, NoticeTemplate.INDONESIAN}) {
      String words = template.words(language);
      assertThat(words.lines().skip(1).findFirst()).contains("");
      assertThat(words).endsWith("\n").doesNotContain("\r");
      assertThat(words.lines()).allMatch(line -> line.length() <= 100);
      Set<String> places =
          Pattern.compile("\\{(.*?)}")
              .matcher(words)
              .results()
              .map(place -> place.group(1))
              .collect(Collectors.toSet());
      assertThat(places).isEqualTo(template.needs());
    }
    assertThat(template.needs()).containsAll(template.secrets());
    assertThat(NoticeTemplate.of(template.code())).isSameAs(template);
  }

  @ParameterizedTest
  @EnumSource
  void aValueStaysOnItsLine(NoticeTemplate template) {
    Map<String, String> data =
        template.needs().stream()
            .collect(
                Collectors.toMap(Function.identity(), key -> "a\r\nBcc: b\u0000\u2028$1 {name}"));
    NoticeTemplate.Text text = template.text(Locale.ENGLISH, data);
    assertThat(text.subject()).doesNotContain("\r", "\n");
    assertThat(text.body()).doesNotContain("\r", "\u0000", "\u2028").contains("a Bcc: b $1 {name}");
    assertThat(text.body().lines().count())
        .isEqualTo(template.words(Locale.ENGLISH).lines().count() - 2);
  }
}
