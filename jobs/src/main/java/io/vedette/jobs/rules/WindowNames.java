package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The windows that frames have.
 *
 * @param durations as configured in {@code derived.windows}
 */
record WindowNames(List<Duration> durations) {
    WindowNames {
        durations = List.copyOf(durations);
    }

    /**
     * The length of a window.
     *
     * @param mistake makes the exception for a problem
     * @throws ConfigurationException when frames have no such window
     */
    long millis(String text, Function<String, ConfigurationException> mistake) {
        Duration window;
        try {
            window = PrometheusDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw mistake.apply(String.valueOf(e.getMessage()));
        }
        if (!durations.contains(window)) {
            throw mistake.apply("there is no window of " + text + "; derived.windows has "
                    + String.join(
                            ", ",
                            durations.stream().map(PrometheusDuration::format).toList()));
        }
        return window.toMillis();
    }
}
