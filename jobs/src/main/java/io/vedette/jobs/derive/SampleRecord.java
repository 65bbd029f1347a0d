package io.vedette.jobs.derive;

/**
 * A record of {@code vedette.samples} as it was read: raw.
 *
 * @param key the record's key, usually the target; empty where it has none
 * @param value OTLP bytes; empty for a beat
 * @param appendMillis the broker's time of the record, Unix milliseconds
 * @param intervalMillis from the header; 0 where it is missing
 * @param clockOffsetMillis from the header; 0 where it is missing
 * @param partition that it was read from
 */
public record SampleRecord(
        String key, byte[] value, long appendMillis, long intervalMillis, long clockOffsetMillis, int partition) {}
