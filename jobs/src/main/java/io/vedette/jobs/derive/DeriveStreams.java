package io.vedette.jobs.derive;

import io.vedette.model.frame.Frame;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the derive job gives.
 *
 * @param frames of all entities; those of one entity in the order of their ticks
 * @param rejected records that could not be used
 */
public record DeriveStreams(DataStream<Frame> frames, DataStream<Rejected> rejected) {}
