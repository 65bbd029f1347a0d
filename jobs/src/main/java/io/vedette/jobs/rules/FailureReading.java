package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.series.FailureSource;
import io.vedette.model.series.Failures;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that failed in a window.
 *
 * @param source the word of one {@link FailureSource}; null for all that failed, whatever counted them
 */
record FailureReading(@Nullable String source, boolean perSecond, long windowMillis) implements Reading {
    static final List<String> SOURCES =
            Arrays.stream(FailureSource.values()).map(FailureSource::word).toList();

    @Override
    public double read(Scope scope) {
        Window window = scope.window(windowMillis);
        if (window == null) {
            return Double.NaN;
        }
        double growth = source == null
                ? Failures.failed(window)
                : Arrays.stream(FailureSource.values())
                        .filter(s -> s.word().equals(source))
                        .findFirst()
                        .map(s -> s.growth(scope.situation().frame(), window))
                        .orElse(Double.NaN);
        return perSecond ? window.perSecond(growth) : growth;
    }
}
