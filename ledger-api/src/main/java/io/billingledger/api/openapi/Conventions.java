package io.billingledger.api.openapi;

import io.billingledger.api.error.Problem;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.IdempotencyFilter;
import io.billingledger.api.idempotency.Paths;
import io.billingledger.api.paging.Paging;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Writes into the document what holds for every operation, so that no controller has to. */
public final class Conventions implements GlobalOpenApiCustomizer, GlobalOperationCustomizer {
  private static final String POSITION = "Ledger-Position";

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    for (Class<?> type : method.getMethod().getParameterTypes()) {
      if (type == Paging.class) {
        operation.addParametersItem(
            query("limit", "At most this many, 1 to 500; 50 if left out")
                .schema(EdgeSchemas.wholeNumber()));
        operation.addParametersItem(
            query("cursor", "The next_cursor of the page before")
                .schema(EdgeSchemas.text("Opaque")));
      }
      if (type == ExpectedVersion.class) {
        operation.addParametersItem(
            header("If-Match", "The version that this was decided on, in quotes; 412 when stale"));
      }
    }
    return operation;
  }

  @Override
  public void customise(OpenAPI document) {
    ModelConverters.getInstance(true)
        .readAll(Problem.class)
        .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> complete(path, method, operation)));
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    if (Paths.takesKey(method.name(), path)) {
      operation.addParametersItem(
          header(
                  IdempotencyFilter.HEADER,
                  "Chosen by the caller; the same request with the same key has one effect")
              .required(true));
      operation
          .getResponses()
          .forEach(
              (_, response) -> {
                response.addHeaderObject(
                    POSITION, answered("Sent back with a GET, lets it wait for this"));
                response.addHeaderObject(
                    IdempotencyFilter.REPLAYED, answered("true when this is the stored answer"));
              });
    }
    if (Paths.waits(method.name(), path)) {
      operation.addParametersItem(
          header(POSITION, "From an earlier answer: waits until what it did can be read"));
    }
    Content problem =
        new Content()
            .addMediaType(
                "application/problem+json",
                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
    for (String status : Arrays.asList("4XX", "5XX")) {
      operation
          .getResponses()
          .addApiResponse(
              status, new ApiResponse().description("A problem document").content(problem));
    }
  }

  private static Parameter query(String name, String description) {
    return new Parameter().in("query").name(name).description(description);
  }

  private static Parameter header(String name, String description) {
    return new Parameter()
        .in("header")
        .name(name)
        .description(description)
        .schema(EdgeSchemas.text(null));
  }

  private static Header answered(String description) {
    return new Header().description(description).schema(EdgeSchemas.text(null));
  }
}
