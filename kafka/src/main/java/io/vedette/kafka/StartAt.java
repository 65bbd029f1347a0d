package io.vedette.kafka;

/** Where a consumer group begins when it has no committed offset yet, or when that offset has been deleted by retention. */
public enum StartAt {
    EARLIEST("earliest"),
    LATEST("latest");

    private final String offsetReset;

    StartAt(String offsetReset) {
        this.offsetReset = offsetReset;
    }

    /** The value of Kafka's {@code auto.offset.reset}. */
    String offsetReset() {
        return offsetReset;
    }
}
