package io.billingledger.api.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** A value that our own reader refused; the message is meant for the caller. */
public final class InvalidValue extends MismatchedInputException {
  InvalidValue(JsonParser parser, String message) {
    super(parser, message);
  }
}
