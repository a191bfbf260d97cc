package io.billingledger.api.document;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The operation answers a file of this type. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "200",
    description = "The document; its ETag is the SHA-256 of its bytes",
    content =
        @Content(
            mediaType = "application/pdf",
            schema = @Schema(type = "string", format = "binary")))
@interface PdfAnswer {}
