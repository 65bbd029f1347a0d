package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.model.alert.AlertEvent;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the detect job writes.
 *
 * @param alerts for {@code vedette.alerts}, in the order of an entity's ticks
 * @param states for {@code vedette.states}, by fingerprint
 */
public record DetectStreams(DataStream<AlertEvent> alerts, DataStream<AlertStateChange> states) {}
