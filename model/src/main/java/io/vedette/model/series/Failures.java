package io.vedette.model.series;

import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;

/**
 * Failed requests of a window. A request that was turned away is an HTTP 503 too, and an engine's error mostly an HTTP 500; so what failed is what the
 * HTTP server counts, or what engine and admission count, whichever is more.
 */
public final class Failures {
    private Failures() {}

    /** Failed requests: max(http_5xx, error + admission); what is not known counts as none; NaN when nothing is known. */
    public static double failed(Window window) {
        double http = window.growthOf(Signal.HTTP_REQUESTS, "5xx");
        double error = window.growthOf(Signal.FINISHED_REQUESTS, "error");
        double admission = window.growthOf(Signal.ADMISSION_REJECTIONS);
        return Double.isNaN(http) && Double.isNaN(error) && Double.isNaN(admission)
                ? Double.NaN
                : Math.max(orNone(http), orNone(error) + orNone(admission));
    }

    /** All requests that came to an end: all finished + failed − error; NaN where finished requests are not known. */
    public static double ended(Window window) {
        return window.growthOf(Signal.FINISHED_REQUESTS)
                + failed(window)
                - window.growthOf(Signal.FINISHED_REQUESTS, "error");
    }

    /** Failed ÷ ended; NaN when nothing ended or that is not known. */
    public static double ratio(Window window) {
        double ended = ended(window);
        return ended > 0 ? failed(window) / ended : Double.NaN;
    }

    private static double orNone(double growth) {
        return Double.isNaN(growth) ? 0 : growth;
    }
}
