package io.vedette.jobs.derive;

import io.vedette.model.frame.Frame;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the derive job gives; frames of one entity in the order of their ticks.
 *
 * @param replicas frames of replicas
 * @param models frames of models
 * @param cards frames of cards, of nodes, and of the cards of each replica
 * @param rejected records that could not be used
 */
public record DeriveStreams(
        DataStream<Frame> replicas, DataStream<Frame> models, DataStream<Frame> cards, DataStream<Rejected> rejected) {
    /** All frames. What reads this is chained to no operator: a sink to each of them is cheaper. */
    public DataStream<Frame> frames() {
        return replicas.union(models, cards);
    }
}
