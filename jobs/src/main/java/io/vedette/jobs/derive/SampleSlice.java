package io.vedette.jobs.derive;

import io.vedette.jobs.track.Jump;

/**
 * The part of a record that is about one target, on its way to the operator that keeps the target's state.
 *
 * @param target the target's name
 * @param value OTLP bytes of one resource; empty where the slice says that the target is removed
 * @param removedBy the agent that no longer has the target; empty for a scrape
 * @param appendMillis the broker's time of the record
 * @param intervalMillis as the record's header says; 0 where it doesn't
 * @param clockOffsetMillis as the record's header says
 * @param jump the newest jump of append time in the record's partition
 */
public record SampleSlice(
        String target,
        byte[] value,
        String removedBy,
        long appendMillis,
        long intervalMillis,
        long clockOffsetMillis,
        Jump jump) {}
