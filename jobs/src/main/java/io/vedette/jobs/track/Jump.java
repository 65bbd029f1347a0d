package io.vedette.jobs.track;

/**
 * A jump of append time: Kafka or all of us were away, so nothing was observed in it. What did not happen in it is no evidence of anything.
 *
 * @param fromMillis newest append time before the jump
 * @param toMillis first append time after it
 */
public record Jump(long fromMillis, long toMillis) {
    /** Append time moves at least once a second where beats are written; a step above this is a jump. */
    public static final long LEAST_MILLIS = 30_000;

    /** Partitions have a beat each second: in whole seconds all of them see the same jump. */
    private static final long STEP_MILLIS = 1_000;

    public static final Jump NONE = new Jump(Long.MIN_VALUE, Long.MIN_VALUE);

    /** The jump between two append times that follow each other, if it is one, in whole seconds; else the jump known so far. */
    public static Jump between(long beforeMillis, long afterMillis, Jump known) {
        long before = Math.floorDiv(beforeMillis, STEP_MILLIS) * STEP_MILLIS;
        long after = Math.floorDiv(afterMillis, STEP_MILLIS) * STEP_MILLIS;
        return after - before > LEAST_MILLIS ? new Jump(before, after) : known;
    }

    /** The later of two jumps. */
    public Jump or(Jump other) {
        return other.toMillis > toMillis ? other : this;
    }

    /**
     * Whether the wait for a tick fell into the jump, so that silence says nothing about it.
     *
     * @param patienceMillis how long the entity may be silent
     * @param intervalMillis a jump of up to three of them is none
     */
    boolean swallows(long tickMillis, long patienceMillis, long intervalMillis) {
        return toMillis - fromMillis > 3 * intervalMillis
                && fromMillis < tickMillis + patienceMillis
                && tickMillis <= toMillis;
    }
}
