package io.billingledger.api.idempotency;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** What an answer's type says about its headers and about what of it may be stored. */
@RestControllerAdvice
class AnswerHeaders implements ResponseBodyAdvice<Object> {

  @Override
  public boolean supports(
      MethodParameter controller, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public Object beforeBodyWrite(
      Object body,
      MethodParameter controller,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof Versioned versioned) {
      response.getHeaders().set(HttpHeaders.ETAG, "\"" + versioned.version() + "\"");
    }
    if (body instanceof AnsweredOnce once && request instanceof ServletServerHttpRequest servlet) {
      servlet.getServletRequest().setAttribute(AnsweredOnce.class.getName(), once.again());
    }
    return body;
  }
}
