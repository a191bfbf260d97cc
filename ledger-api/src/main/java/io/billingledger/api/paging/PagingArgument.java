package io.billingledger.api.paging;

import io.billingledger.api.error.ProblemException;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code ?limit=} and {@code ?cursor=}. */
public final class PagingArgument implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Paging.class;
  }

  @Override
  public Paging resolveArgument(
      MethodParameter parameter,
      ModelAndViewContainer container,
      NativeWebRequest request,
      WebDataBinderFactory binders) {
    return new Paging(
        limit(request.getParameter("limit")),
        Optional.ofNullable(request.getParameter("cursor")).map(PagingArgument::cursor));
  }

  private static int limit(String text) {
    if (text == null) {
      return Paging.DEFAULT_LIMIT;
    }
    if (text.matches("\\d{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= Paging.MAX_LIMIT) {
        return limit;
      }
    }
    throw ProblemException.parameter("limit", "must be a whole number from 1 to 500");
  }

  private static Cursor cursor(String text) {
    try {
      return Cursor.parse(text);
    } catch (IllegalArgumentException notOurs) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "cursor.invalid",
          "The cursor is not one that this list answered as next_cursor.");
    }
  }
}
