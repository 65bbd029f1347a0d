package io.vedette.model.alert;

import io.vedette.model.entity.Entity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert's state, as it stands on {@code vedette.alerts}. A repeat after a crash carries an id already seen.
 *
 * @param sequence 1 for the first event of an alert, counted up until it is resolved
 * @param family alerts of a family on one entity are one alert: the worse severity replaces the milder
 * @param pendingSince when the condition became true
 * @param startsAt when the alert began to fire; the same in all events of an alert
 * @param endsAt when it resolved; null while it fires
 * @param value the measured value, in {@code unit}; NaN where unknown
 * @param threshold what it is held against; NaN where there is none
 * @param window the rule's window as Prometheus writes durations; empty where there is none
 * @param late whether it is told long after it happened, since Vedette itself was away. When an alert is still open once all that is late has been
 *     read, its last event is repeated, with the same id and not late
 * @param resolvedReason null while it fires
 */
public record AlertEvent(
        long sequence,
        String alertname,
        String family,
        Severity severity,
        State state,
        Entity entity,
        Instant pendingSince,
        Instant startsAt,
        @Nullable Instant endsAt,
        Instant updatedAt,
        double value,
        double threshold,
        String unit,
        String window,
        String summary,
        String action,
        String runbookUrl,
        boolean late,
        @Nullable ResolvedReason resolvedReason,
        List<Evidence> evidence) {
    public static final int SCHEMA_VERSION = 1;

    /** Pending is a series, not an event. */
    public enum State {
        FIRING,
        RESOLVED
    }

    /** Why an alert ended. */
    public enum ResolvedReason {
        RECOVERED("recovered"),
        NO_DATA("no-data"),
        REMOVED("removed"),
        RULE_GONE("rule-gone");

        private final String word;

        ResolvedReason(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A series that speaks for the alert.
     *
     * @param series as in PromQL, with its labels
     * @param lower largest value that is certainly not above it; equal to {@code value} where it is exact
     * @param upper smallest value that is certainly not below it
     */
    public record Evidence(String series, double value, double lower, double upper) {}

    public AlertEvent {
        if (sequence < 1) {
            throw new IllegalArgumentException("an alert's events are counted from 1: " + sequence);
        }
        if ((state == State.RESOLVED) != (endsAt != null) || (endsAt != null) != (resolvedReason != null)) {
            throw new IllegalArgumentException("a resolved alert, and only it, has an end and a reason");
        }
        evidence = List.copyOf(evidence);
    }

    /** How long the alert had fired when this event happened, in whole seconds. */
    public Duration firedFor() {
        return Duration.between(startsAt, endsAt == null ? updatedAt : endsAt).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Identity of the alert over all its events and lives: family and entity, as 16 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint(family, entity.key());
    }

    /** Fingerprint of a family on an entity. */
    public static String fingerprint(String family, String entityKey) {
        return sha256(family + '|' + entityKey).substring(0, 16);
    }

    /** Identity of this event: sha256(fingerprint | startsAt | sequence) in hexadecimal. */
    public String id() {
        return sha256(fingerprint() + '|' + startsAt + '|' + sequence);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
