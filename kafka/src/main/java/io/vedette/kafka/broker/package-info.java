/** A Kafka broker inside this process, for {@code up}, {@code hub} and tests: one node, small, on the loopback address. */
@NullMarked
package io.vedette.kafka.broker;

import org.jspecify.annotations.NullMarked;
