/**
 * What every process that talks to Kafka needs: topics and their creation, client settings, readers, beats and the writer of
 * rejected records. The broker that runs inside {@code up} is in {@link io.vedette.kafka.broker}.
 */
@NullMarked
package io.vedette.kafka;

import org.jspecify.annotations.NullMarked;
