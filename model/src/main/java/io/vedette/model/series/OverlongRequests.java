package io.vedette.model.series;

import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import org.jspecify.annotations.Nullable;

/** What is overlong. What costs is what is computed: where prefixes are cached, cached tokens do not count. */
public final class OverlongRequests {
    private OverlongRequests() {}

    /**
     * The histogram that prompts are judged by: computed tokens where a prefix cache, the engine's own or one outside it, was in use in the window
     * and they were observed, else prompt tokens; null when the engine has neither.
     */
    public static @Nullable Histogram judgedBy(Window window) {
        Histogram computed = window.histograms().get(Signal.REQUEST_COMPUTED_TOKENS);
        return computed != null && computed.count() > 0 && isCacheInUse(window)
                ? computed
                : window.histograms().get(Signal.REQUEST_PROMPT_TOKENS);
    }

    private static boolean isCacheInUse(Window window) {
        return window.growthOf(Signal.PREFIX_CACHE_QUERIES) > 0
                || window.growthOf(Signal.EXTERNAL_PREFIX_CACHE_QUERIES) > 0;
    }

    /**
     * Share of finished requests above a limit, on a straight line inside the limit's bucket.
     *
     * @param limit in tokens; NaN where there is none
     * @return from 0 to 1; NaN without a limit or observations
     */
    public static double ratio(Window window, double limit) {
        Histogram tokens = judgedBy(window);
        return tokens == null || !(tokens.count() > 0) || Double.isNaN(limit)
                ? Double.NaN
                : tokens.countAbove(limit) / tokens.count();
    }
}
