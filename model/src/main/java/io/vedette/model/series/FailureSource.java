package io.vedette.model.series;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;

/** Where failed requests are counted. One request may show in several places, so the sources must not be added; see {@link Failures}. */
public enum FailureSource {
    /** The engine's finish reason {@code error}. */
    ERROR("error"),
    HTTP_5XX("http_5xx"),
    HTTP_4XX("http_4xx"),
    /** Turned away before the queue. */
    ADMISSION("admission"),
    /**
     * Left the engine without a finish reason: clients that hung up, and what a crash took along. A lower bound, since only what certainly left is
     * counted: of the requests that got their first token in the window, those that neither finished in it nor may still be in the engine.
     */
    LOST("lost");

    private final String word;

    FailureSource(String word) {
        this.word = word;
    }

    /** The value of the label {@code source}. */
    public String word() {
        return word;
    }

    /** Requests in the window; NaN where this is not known. */
    public double growth(Frame frame, Window window) {
        return switch (this) {
            case ERROR -> window.growthOf(Signal.FINISHED_REQUESTS, "error");
            case HTTP_5XX -> window.growthOf(Signal.HTTP_REQUESTS, "5xx");
            case HTTP_4XX -> window.growthOf(Signal.HTTP_REQUESTS, "4xx");
            case ADMISSION -> window.growthOf(Signal.ADMISSION_REJECTIONS);
            case LOST -> lost(frame, window);
        };
    }

    private static double lost(Frame frame, Window window) {
        Histogram firstTokens = window.histograms().get(Signal.TIME_TO_FIRST_TOKEN);
        if (firstTokens == null) {
            return Double.NaN;
        }
        double left = firstTokens.count()
                - window.growthOf(Signal.FINISHED_REQUESTS)
                - mostAround(frame, Signal.REQUESTS_RUNNING);
        return left > 0 ? Math.max(0, left - waitingAgain(frame, window)) : left <= 0 ? 0 : Double.NaN;
    }

    /** Requests that may have had their first token and, preempted, wait again. */
    private static double waitingAgain(Frame frame, Window window) {
        double waiting = mostAround(frame, Signal.REQUESTS_WAITING);
        double preempted = window.growthOf(Signal.PREEMPTIONS);
        return preempted <= waiting || Double.isNaN(waiting) ? preempted : waiting;
    }

    /** Growth is interpolated between the scrapes around the tick: what either of them saw in the engine may be what got its first token. */
    private static double mostAround(Frame frame, Signal gauge) {
        Latest latest = frame.latest();
        double atTick = frame.gauges().get(gauge);
        double atLatest = latest == null ? Double.NaN : latest.gauges().get(gauge);
        return Double.isNaN(atLatest) ? atTick : Math.max(atTick, atLatest);
    }
}
