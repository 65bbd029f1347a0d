package io.vedette.cli;

import io.vedette.model.sample.ScrapeFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many scrapes failed and why, as the terminal says it. */
public final class FailedScrapes {
    private FailedScrapes() {}

    /** {@code "none failed"} or {@code "3 failed (2 refused, 1 timeout)"}. */
    public static String inWords(Map<ScrapeFailure, Long> failures) {
        if (failures.isEmpty()) {
            return "none failed";
        }
        long all = failures.values().stream().mapToLong(count -> count).sum();
        return new TreeMap<>(failures)
                .entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey().word())
                        .collect(Collectors.joining(", ", all + " failed (", ")"));
    }
}
