package io.vedette.model.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 500ms}. */
public final class PrometheusDuration {
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] UNIT_MILLIS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
    };
    /** As for Prometheus: with more, nanoseconds do not fit into 64 bits. */
    private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000_000;

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    private PrometheusDuration() {}

    /**
     * Reads a duration; {@code 0} needs no unit.
     *
     * @throws IllegalArgumentException when the text is none; the message names it
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms");
        }
        long millis = 0;
        try {
            for (int i = 0; i < UNIT_MILLIS.length; i++) {
                String number = matcher.group(i + 1);
                if (number != null) {
                    millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(number), UNIT_MILLIS[i]));
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is too long a duration; at most 292y are possible", e);
        }
        if (millis > MOST_MILLIS) {
            throw new IllegalArgumentException("'" + text + "' is too long a duration; at most 292y are possible");
        }
        return Duration.ofMillis(millis);
    }

    /** Writes a duration in the largest units that fit: {@code 1h30m}; zero is {@code 0s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 2; i < UNIT_MILLIS.length; i++) {
            long count = millis / UNIT_MILLIS[i];
            if (count > 0) {
                text.append(count).append(UNITS[i]);
                millis -= count * UNIT_MILLIS[i];
            }
        }
        return text.toString();
    }
}
