package io.vedette.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * A record for {@code vedette.samples}. The value is not copied and must not be changed.
 *
 * @param interval of the target's scrapes; zero for a record that is no scrape
 */
public record OutgoingRecord(String key, byte[] value, Duration interval) {
    private static final int OVERHEAD_BYTES = 200;

    /** What it takes while it waits. */
    int bytes() {
        return key.length() + value.length + OVERHEAD_BYTES;
    }

    byte[] keyBytes() {
        return key.getBytes(UTF_8);
    }
}
