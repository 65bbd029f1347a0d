package io.vedette.jobs.derive;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.frame.Frame;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the derive job is told once, at its start.
 *
 * @param windows lengths of the windows, ascending multiples of 5 s up to an hour
 * @param promptLimits by model name, in tokens: prompts above it are overlong
 * @param catalogue what metrics mean
 */
public record DeriveSettings(List<Duration> windows, Map<String, Double> promptLimits, Catalogue catalogue)
        implements Serializable {
    private static final Duration LONGEST = Duration.ofHours(1);

    public DeriveSettings {
        windows = List.copyOf(windows);
        promptLimits = Map.copyOf(promptLimits);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("derive needs a window");
        }
        Duration last = Duration.ZERO;
        for (Duration window : windows) {
            if (window.compareTo(last) <= 0
                    || window.compareTo(LONGEST) > 0
                    || window.toMillis() % Frame.TICK_MILLIS != 0) {
                throw new IllegalArgumentException("windows must ascend and be multiples of 5 s up to 1 h: " + windows);
            }
            last = window;
        }
    }

    /** With the engines that Vedette knows. */
    public DeriveSettings(List<Duration> windows, Map<String, Double> promptLimits) {
        this(windows, promptLimits, Catalogue.shipped());
    }

    /** Windows of 1, 5 and 10 minutes; no prompt limits but the default ones. */
    public static DeriveSettings defaults() {
        return new DeriveSettings(
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10)), Map.of());
    }

    /** Lengths of the windows in panes. */
    public int[] windowPanes() {
        return windows.stream()
                .mapToInt(window -> (int) (window.toMillis() / Frame.TICK_MILLIS))
                .toArray();
    }
}
