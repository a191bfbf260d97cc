package io.billingledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class PathShapeTest {

  @ParameterizedTest
  @CsvSource({
    "/api/tenants/{id}/holds, /api/tenants/ten_1/holds, true",
    "/api/tenants/{id}/holds, /api/tenants/ten_1, false",
    "/api/tenants/{id}/holds, /api/tenants/ten_1/holds/x, false",
    "/api/tenants/{id}/holds, /api/plans/ten_1/holds, false",
    "/api/tenants/{id}, /api/tenants/a%2Fb, true",
    "/api/tenants/{id}, /api/ten%61nts/a, true",
    "/api/tenants/{id}, /api/tenants;v=1/a, true",
    "/api/files/{name:.+}.pdf, /api/files/x.pdf, true",
    "/api/openapi.json, /api/openapi.json, true",
    "/api/openapi.json/**, /api/openapi.json/a/b, true",
    "/api/files/{*path}, /api/files/a/b, true",
    "/api/files/, /api/files/, true",
    "/, /, true"
  })
  void tellsWhatCannotMatch(String pattern, String path, boolean may) {
    PathContainer asked = PathContainer.parsePath(path);
    assertThat(shape(pattern).mayMatch(PathShape.segments(asked))).isEqualTo(may);
    if (!may) {
      assertThat(PathPatternParser.defaultInstance.parse(pattern).matches(asked)).isFalse();
    }
  }

  @Test
  void everyRowOfTheRoleTableHasTheShapeOfItsOwnPath() {
    for (RoleTable.Row row : RoleTable.rows()) {
      PathContainer path =
          PathContainer.parsePath(row.path().getPatternString().replaceAll("\\{[^/]*}", "x1"));
      List<String> segments = PathShape.segments(path);
      assertThat(row.shape().mayMatch(segments)).as(row.path().getPatternString()).isTrue();
      assertThat(RoleTable.row(row.method(), path)).isPresent();
    }
  }

  private static PathShape shape(String pattern) {
    return PathShape.of(PathPatternParser.defaultInstance.parse(pattern));
  }
}
