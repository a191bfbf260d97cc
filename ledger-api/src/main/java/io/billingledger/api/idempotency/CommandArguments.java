package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** What a controller needs to build a command: its key, the time, and the expected version. */
public final class CommandArguments implements HandlerMethodArgumentResolver {
  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

  private final Clock clock;

  public CommandArguments(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == CommandKey.class
        || type == ExpectedVersion.class
        || type == Instant.class && parameter.hasParameterAnnotation(Now.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      ModelAndViewContainer container,
      NativeWebRequest request,
      WebDataBinderFactory binders) {
    Class<?> type = parameter.getParameterType();
    if (type == Instant.class) {
      return clock.instant();
    }
    return type == CommandKey.class ? key(request) : version(request);
  }

  private static CommandKey key(NativeWebRequest request) {
    if (request.getAttribute(CommandKey.class.getName(), RequestAttributes.SCOPE_REQUEST)
        instanceof CommandKey key) {
      return key;
    }
    throw new IllegalStateException("this path takes no Idempotency-Key");
  }

  private static ExpectedVersion version(NativeWebRequest request) {
    String text = request.getHeader(HttpHeaders.IF_MATCH);
    if (text == null || text.strip().equals("*")) {
      return new ExpectedVersion(Optional.empty());
    }
    Matcher etag = ETAG.matcher(text.strip());
    if (!etag.matches()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "if-match.invalid",
          "If-Match must be one version in quotes, as answered in ETag.");
    }
    return new ExpectedVersion(Optional.of(Long.valueOf(etag.group(1))));
  }
}
