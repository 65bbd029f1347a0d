/** States of entities and the life of alerts: from frames and rules to events. Pure: no clock, no Flink, no Kafka. */
@NullMarked
package io.vedette.jobs.life;

import org.jspecify.annotations.NullMarked;
