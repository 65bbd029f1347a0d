package io.vedette.jobs.derive;

import io.vedette.model.frame.Frame;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the derive job gives; frames of one entity in the order of their ticks.
 *
 * @param replicas frames of replicas
 * @param models frames of models
 * @param rejected records that could not be used
 */
public record DeriveStreams(DataStream<Frame> replicas, DataStream<Frame> models, DataStream<Rejected> rejected) {
    /** All frames. What reads this is chained to neither operator: a sink to each of the two is cheaper. */
    public DataStream<Frame> frames() {
        return replicas.union(models);
    }
}
