package io.billingledger.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event is stored for ever: kebab-case, feature first ({@code
 * invoice.issued}), never a class name. A changed meaning is a new name; a changed shape is a new
 * revision with one upcaster.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  String name();

  String revision() default "1";
}
