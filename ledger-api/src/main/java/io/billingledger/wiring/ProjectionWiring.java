package io.billingledger.wiring;

import org.springframework.context.annotation.Configuration;

/**
 * The projections: plain classes with a processing group, one bean each. Axon finds beans with
 * event handlers by itself.
 */
@Configuration(proxyBeanMethods = false)
class ProjectionWiring {}
