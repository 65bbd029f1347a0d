package io.vedette.cli.capture;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a capture before it is replayed. It is read through once for it, bodies included, so that what cannot be read is told now.
 *
 * @param scrapes how many can be read, failed ones included
 * @param intervalMillis the median of the times between one and the next; 0 where there are fewer than two
 * @param ascending whether they lie in the order of their times
 * @param damage where and why it cannot be read on; what comes before is replayed
 * @param passedOver entries that were meant to be scrapes, but have a wrong name or cannot be opened
 */
public record CaptureSurvey(
        int scrapes,
        long firstMillis,
        long lastMillis,
        long intervalMillis,
        boolean ascending,
        Optional<String> damage,
        int passedOver) {
    /** Of a capture in which nothing had to be passed over. */
    public CaptureSurvey(
            int scrapes,
            long firstMillis,
            long lastMillis,
            long intervalMillis,
            boolean ascending,
            Optional<String> damage) {
        this(scrapes, firstMillis, lastMillis, intervalMillis, ascending, damage, 0);
    }

    /** Looks through a capture. */
    public static CaptureSurvey of(Capture capture) {
        long[] times = new long[1024];
        int count = 0;
        int passedOver = 0;
        Optional<String> damage = Optional.empty();
        @Nullable EntryName last = null;
        try (ScrapeReader reader = capture.open()) {
            for (EntryName name = reader.next(); name != null; name = reader.next()) {
                var unused = reader.content();
                passedOver = reader.passedOver();
                last = name;
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = name.timeMillis();
            }
            passedOver = reader.passedOver();
        } catch (IOException | IllegalArgumentException e) {
            damage = Optional.of(capture.location() + " cannot be read "
                    + (last == null ? "at all" : "beyond " + last)
                    + " (" + reason(e) + ")");
        }
        long[] ordered = Arrays.copyOf(times, count);
        Arrays.sort(ordered);
        boolean ascending = Arrays.equals(ordered, Arrays.copyOf(times, count));
        return count == 0
                ? new CaptureSurvey(0, 0, 0, 0, true, damage, passedOver)
                : new CaptureSurvey(
                        count, ordered[0], ordered[count - 1], medianGap(ordered), ascending, damage, passedOver);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return e instanceof EOFException
                ? "it ends too early"
                : message == null ? e.getClass().getSimpleName() : message;
    }

    private static long medianGap(long[] ordered) {
        if (ordered.length < 2) {
            return 0;
        }
        long[] gaps = new long[ordered.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = ordered[i + 1] - ordered[i];
        }
        Arrays.sort(gaps);
        return gaps[gaps.length / 2];
    }
}
