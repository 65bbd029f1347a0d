package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.series.FailureSource;
import io.vedette.model.series.Failures;
import io.vedette.model.signal.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests that failed in a window.
 *
 * @param source the word of one {@link FailureSource}; null for all that failed, whatever counted them
 */
record FailureReading(@Nullable String source, boolean perSecond, long windowMillis) implements Reading {
    private static final Map<String, FailureSource> BY_WORD =
            Arrays.stream(FailureSource.values()).collect(Collectors.toMap(FailureSource::word, Function.identity()));
    static final List<String> SOURCES =
            Arrays.stream(FailureSource.values()).map(FailureSource::word).toList();

    @Override
    public double read(Scope scope) {
        Window window = scope.window(windowMillis);
        if (window == null) {
            return Double.NaN;
        }
        FailureSource one = source == null ? null : BY_WORD.get(source);
        double growth = one == null
                ? Failures.failed(window)
                : one.growth(scope.situation().frame(), window);
        return perSecond ? window.perSecond(growth) : growth;
    }

    @Override
    public Needs needs() {
        FailureSource one = source == null ? null : BY_WORD.get(source);
        return one == null
                ? Needs.of(Signal.HTTP_REQUESTS)
                        .or(Needs.of(Signal.FINISHED_REQUESTS))
                        .or(Needs.of(Signal.ADMISSION_REJECTIONS))
                : needs(one);
    }

    private static Needs needs(FailureSource source) {
        return switch (source) {
            case ERROR -> Needs.of(Signal.FINISHED_REQUESTS);
            case HTTP_5XX, HTTP_4XX -> Needs.of(Signal.HTTP_REQUESTS);
            case ADMISSION -> Needs.of(Signal.ADMISSION_REJECTIONS);
            case LOST ->
                Needs.of(Signal.TIME_TO_FIRST_TOKEN, Signal.FINISHED_REQUESTS, Signal.REQUESTS_RUNNING)
                        .and(Needs.of(Signal.PREEMPTIONS).or(Needs.of(Signal.REQUESTS_WAITING)));
        };
    }
}
