package io.vedette.model.exposition;

/** Why something in a body was set aside, or kept with a reservation. */
public enum ProblemReason {
    /** The line doesn't start with a metric's name, or its name isn't one. */
    INVALID_NAME(true),
    /** The labels are not {@code name="value"} pairs in braces. */
    INVALID_LABELS(true),
    /** The value is missing or not a number as Prometheus reads it. */
    INVALID_VALUE(true),
    /** The timestamp, or the time in a {@code _created} sample, is not one. */
    INVALID_TIMESTAMP(true),
    /** What follows the sample is neither its end nor an exemplar. */
    INVALID_EXEMPLAR(true),
    /** A {@code TYPE}, {@code HELP} or {@code UNIT} line without a name, or with an unknown type or unfitting unit. */
    INVALID_METADATA(true),
    /** A name, label value or help text is not UTF-8. */
    INVALID_UTF8(true),
    /** A label name occurs twice in a sample. */
    DUPLICATE_LABEL(true),
    /** The series has occurred before: the first one counts. */
    DUPLICATE_SERIES(true),
    /** A second {@code TYPE} line says something else: the first one counts. */
    CONFLICTING_TYPE(true),
    /** The {@code TYPE} line comes after samples of its family: it counts all the same. */
    TYPE_AFTER_SAMPLES(false),
    /** A sample of a histogram's own name, or a bucket without {@code le}. */
    UNEXPECTED_SAMPLE(true),
    /** A {@code _created} sample whose series isn't there. */
    CREATED_WITHOUT_SERIES(true),
    /** A bucket's {@code le} is not a number, or −Inf or NaN. */
    INVALID_BOUND(true),
    /** A histogram without a bucket +Inf: its {@code _count} took the place. */
    MISSING_INF_BUCKET(false),
    /** A histogram with neither a bucket +Inf nor a {@code _count}, or cut off before them: it was left out. */
    INCOMPLETE_HISTOGRAM(true),
    /** Cumulative bucket counts that fall, or are negative or not finite: the histogram was left out. */
    DECREASING_BUCKETS(true),
    /** {@code _count} differs from the bucket +Inf: the bucket counts. */
    COUNT_MISMATCH(false),
    /** The last line has no line feed: the body may have been cut inside a number. */
    CUT_SHORT(true),
    /** An OpenMetrics body that doesn't end in {@code # EOF}: lines may be missing. */
    MISSING_EOF(false),
    /** Lines follow {@code # EOF}: they were read. */
    MISPLACED_EOF(false),
    /** The body is larger than {@link ExpositionLimits#maxBodyBytes}. */
    BODY_TOO_LARGE(true),
    /** Over {@link ExpositionLimits#maxSamples}. */
    TOO_MANY_SAMPLES(true),
    /** Over {@link ExpositionLimits#maxLabels}. */
    TOO_MANY_LABELS(true),
    /** Over {@link ExpositionLimits#maxNameBytes}. */
    NAME_TOO_LONG(true),
    /** Over {@link ExpositionLimits#maxValueBytes}. */
    VALUE_TOO_LONG(true);

    private final boolean dataLost;

    ProblemReason(boolean dataLost) {
        this.dataLost = dataLost;
    }

    /** Whether something was left out of the {@link Scrape}; otherwise it was kept as the reason says. */
    public boolean isDataLost() {
        return dataLost;
    }
}
