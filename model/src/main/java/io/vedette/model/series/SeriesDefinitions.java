package io.vedette.model.series;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.Definition.ByLabel;
import io.vedette.model.series.Definition.ByQuantile;
import io.vedette.model.series.Definition.OfFrame;
import io.vedette.model.series.Definition.OfWindow;
import io.vedette.model.series.Definition.QuantileFunction;
import io.vedette.model.series.Definition.Values;
import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Writes down the series of replicas or of models, theme by theme. */
final class SeriesDefinitions {
    private static final String UNCOUNTED = "less than 30 s of the window are covered, or the engine does not count it";
    private static final String UNOBSERVED = "nothing was observed in the window";
    private static final String UNSEEN =
            "the last good scrape is older than 10 s and than 2.5 intervals, or did not show it";
    private static final String REQUESTS_PER_SECOND = "requests per second";
    private static final String RATIO = "ratio from 0 to 1";

    private final EntityKind kind;
    private final List<Definition> definitions = new ArrayList<>();

    SeriesDefinitions(EntityKind kind) {
        this.kind = kind;
    }

    List<Definition> all() {
        availability();
        requests();
        failures();
        histogram(Signal.E2E_REQUEST_LATENCY, "time from a request's arrival to its last token", true);
        histogram(Signal.TIME_TO_FIRST_TOKEN, "time from a request's arrival to its first token", true);
        histogram(
                Signal.INTER_TOKEN_LATENCY,
                "time between two tokens of a request, observed at each step of the engine",
                true);
        histogram(
                Signal.TIME_PER_OUTPUT_TOKEN, "time per token after the first, observed once for each request", false);
        histogram(Signal.REQUEST_QUEUE_TIME, "time that a request waited to be scheduled", true);
        histogram(Signal.REQUEST_PREFILL_TIME, "time from a request's scheduling to its first token", false);
        histogram(Signal.REQUEST_DECODE_TIME, "time from a request's first token to its last", false);
        histogram(Signal.REQUEST_PROMPT_TOKENS, "tokens in a request's prompt", true);
        histogram(Signal.REQUEST_GENERATION_TOKENS, "tokens generated for a request", false);
        prompts();
        tokens();
        gauge(Signal.REQUESTS_RUNNING, "requests in the engine's batches", "requests");
        gauge(Signal.REQUESTS_WAITING, "requests that wait to be scheduled", "requests");
        gauge(
                Signal.KV_CACHE_USAGE,
                kind == EntityKind.MODEL
                        ? "share of the KV cache in use, as a mean over the replicas"
                        : "share of the KV cache in use",
                RATIO);
        progress();
        return List.copyOf(definitions);
    }

    private void availability() {
        if (kind == EntityKind.REPLICA) {
            ofFrame(
                    "up",
                    "0 or 1",
                    "1 where the newest scrape at or before the tick was good, 0 where it failed",
                    List.of(),
                    "no scrape was heard of for so long that it is not known",
                    Frame::up);
            ofFrame(
                    "scrape_duration_seconds",
                    "seconds",
                    "How long the newest scrape took",
                    List.of(Signal.SCRAPE_DURATION),
                    UNSEEN,
                    frame -> frame.gauges().get(Signal.SCRAPE_DURATION));
        } else {
            ofFrame(
                    "replicas",
                    "replicas",
                    "Live replicas of the model",
                    List.of(),
                    "the model has no replica any more",
                    Frame::members);
            ofFrame(
                    "replicas_up",
                    "replicas",
                    "Live replicas whose newest scrape was good",
                    List.of(),
                    "the model has no replica any more",
                    Frame::membersUp);
        }
    }

    private void requests() {
        List<Signal> source = List.of(Signal.FINISHED_REQUESTS);
        ofWindow(
                "requests_per_second",
                REQUESTS_PER_SECOND,
                "Successfully finished requests (QPS): finish reasons stop, length and repetition",
                source,
                UNCOUNTED,
                (frame, window) -> window.perSecond(window.growthOf(Signal.FINISHED_REQUESTS, "stop")
                        + window.growthOf(Signal.FINISHED_REQUESTS, "length")
                        + window.growthOf(Signal.FINISHED_REQUESTS, "repetition")));
        byLabel(
                "finished_requests_per_second",
                "reason",
                "Requests that left the engine, by its finish reason",
                source,
                UNCOUNTED,
                SeriesDefinitions::finished);
    }

    private static void finished(Frame frame, Window window, ObjDoubleConsumer<String> byReason) {
        SortedMap<String, Double> growth = window.growth().get(Signal.FINISHED_REQUESTS);
        if (growth != null) {
            growth.forEach((reason, requests) -> byReason.accept(reason, window.perSecond(requests)));
        }
    }

    private void failures() {
        byLabel(
                "request_failures_per_second",
                "source",
                "Failed requests, by where they are counted: error (finish reason), http_5xx, http_4xx, admission (turned away before the queue),"
                        + " lost (left the engine without a finish reason; at least so many)",
                List.of(
                        Signal.FINISHED_REQUESTS,
                        Signal.HTTP_REQUESTS,
                        Signal.ADMISSION_REJECTIONS,
                        Signal.TIME_TO_FIRST_TOKEN,
                        Signal.REQUESTS_RUNNING,
                        Signal.REQUESTS_WAITING,
                        Signal.PREEMPTIONS),
                "less than 30 s of the window are covered, or nobody counts that source",
                SeriesDefinitions::failed);
        ofWindow(
                "request_failure_ratio",
                RATIO,
                "Failed ÷ (all finished + failed − error), where failed = max(http_5xx, error + admission)",
                List.of(Signal.FINISHED_REQUESTS, Signal.HTTP_REQUESTS, Signal.ADMISSION_REJECTIONS),
                "no request came to an end in the window, or the engine does not count finished requests",
                (frame, window) -> Failures.ratio(window));
    }

    private static void failed(Frame frame, Window window, ObjDoubleConsumer<String> bySource) {
        for (FailureSource source : FailureSource.values()) {
            bySource.accept(source.word(), window.perSecond(source.growth(frame, window)));
        }
    }

    private void histogram(Signal signal, String what, boolean lean) {
        String unit = signal.unit() == Unit.TOKENS ? "tokens" : "seconds";
        quantile(signal, "", unit, "Quantile of the " + what, lean, false, Histogram::quantile);
        quantile(
                signal,
                "_lower",
                unit,
                "What the quantile certainly does not lie below: " + what,
                lean,
                true,
                Histogram::lower);
        quantile(
                signal,
                "_upper",
                unit,
                "What the quantile certainly does not lie above, +Inf in the last bucket: " + what,
                lean,
                true,
                Histogram::upper);
        ofHistogram(signal, "_mean" + signal.unit().suffix(), unit, "Mean of the " + what, lean, Histogram::mean);
        ofHistogram(signal, "_observations", "observations", "Observations of the " + what, lean, Histogram::count);
    }

    private void quantile(
            Signal signal,
            String statistic,
            String unit,
            String meaning,
            boolean lean,
            boolean bounds,
            QuantileFunction value) {
        Series series = series(
                signal.signalName() + statistic + signal.unit().suffix(),
                List.of("window", "quantile"),
                unit,
                meaning,
                List.of(signal),
                UNOBSERVED);
        definitions.add(new Definition(series, lean, bounds, new ByQuantile(signal, value)));
    }

    private void ofHistogram(
            Signal signal,
            String statisticAndUnit,
            String unit,
            String meaning,
            boolean lean,
            ToDoubleFunction<Histogram> value) {
        String absence = statisticAndUnit.equals("_observations") ? "the engine has no such histogram" : UNOBSERVED;
        Series series = series(
                signal.signalName() + statisticAndUnit, List.of("window"), unit, meaning, List.of(signal), absence);
        definitions.add(new Definition(series, lean, false, new OfWindow((frame, window) -> {
            Histogram histogram = window.histograms().get(signal);
            return histogram == null ? Double.NaN : value.applyAsDouble(histogram);
        })));
    }

    private void prompts() {
        ofWindow(
                "overlong_request_ratio",
                RATIO,
                "Share of finished requests whose prompt is above the model's limit; computed tokens count where the prefix cache is in use",
                List.of(
                        Signal.REQUEST_PROMPT_TOKENS,
                        Signal.REQUEST_COMPUTED_TOKENS,
                        Signal.PREFIX_CACHE_QUERIES,
                        Signal.EXTERNAL_PREFIX_CACHE_QUERIES),
                "the model has no prompt limit, or nothing was observed in the window",
                (frame, window) -> OverlongRequests.ratio(window, frame.promptLimit()));
    }

    private void tokens() {
        rate(Signal.PROMPT_TOKENS, "tokens per second", "Prompt tokens processed");
        rate(Signal.GENERATION_TOKENS, "tokens per second", "Tokens generated");
        rate(Signal.PREEMPTIONS, "preemptions per second", "Requests thrown out of the batch for want of KV cache");
        hitRatio("prefix_cache_hit_ratio", "the prefix cache", Signal.PREFIX_CACHE_HITS, Signal.PREFIX_CACHE_QUERIES);
        hitRatio(
                "external_prefix_cache_hit_ratio",
                "a cache outside the engine (KV connector)",
                Signal.EXTERNAL_PREFIX_CACHE_HITS,
                Signal.EXTERNAL_PREFIX_CACHE_QUERIES);
    }

    private void hitRatio(String name, String cache, Signal hits, Signal queries) {
        ofWindow(
                name,
                RATIO,
                "Share of the prompt tokens looked up in " + cache + " that were found there",
                List.of(hits, queries),
                "nothing was looked up in the window, or the engine does not count it",
                (frame, window) -> {
                    double lookedUp = window.growthOf(queries);
                    return lookedUp > 0 ? window.growthOf(hits) / lookedUp : Double.NaN;
                });
    }

    private void rate(Signal counter, String unit, String meaning) {
        ofWindow(
                counter.signalName() + "_per_second",
                unit,
                meaning,
                List.of(counter),
                UNCOUNTED,
                (frame, window) -> window.perSecond(window.growthOf(counter)));
    }

    private void gauge(Signal gauge, String what, String unit) {
        String suffix = gauge.unit().suffix();
        String over = kind == EntityKind.REPLICA ? "over the scrapes in the window" : "over the ticks in the window";
        ofFrame(
                gauge.signalName() + suffix,
                unit,
                capitalised(what) + " at the last scrape",
                List.of(gauge),
                UNSEEN,
                frame -> frame.gauges().get(gauge));
        statistic(gauge, "_mean" + suffix, unit, "Mean " + over + ": " + what, GaugeStats::mean);
        statistic(gauge, "_max" + suffix, unit, "Maximum " + over + ": " + what, GaugeStats::max);
    }

    private void statistic(
            Signal gauge, String statisticAndUnit, String unit, String meaning, ToDoubleFunction<GaugeStats> value) {
        ofWindow(
                gauge.signalName() + statisticAndUnit,
                unit,
                meaning,
                List.of(gauge),
                "no good scrape in the window showed it",
                (frame, window) -> {
                    GaugeStats stats = window.gauges().get(gauge);
                    return stats == null ? Double.NaN : value.applyAsDouble(stats);
                });
    }

    private void progress() {
        ofFrame(
                "progress_age_seconds",
                "seconds",
                "Time since a token counter or the KV usage last moved while requests were in the engine; 0 when idle"
                        + (kind == EntityKind.MODEL ? "; the longest of the replicas" : ""),
                List.of(Signal.PROGRESS_AGE),
                UNSEEN,
                frame -> frame.gauges().get(Signal.PROGRESS_AGE));
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void ofFrame(
            String name,
            String unit,
            String meaning,
            List<Signal> sources,
            String absence,
            ToDoubleFunction<Frame> value) {
        add(series(name, List.of(), unit, meaning, sources, absence), new OfFrame(value));
    }

    private void ofWindow(
            String name,
            String unit,
            String meaning,
            List<Signal> sources,
            String absence,
            ToDoubleBiFunction<Frame, Window> value) {
        add(series(name, List.of("window"), unit, meaning, sources, absence), new OfWindow(value));
    }

    private void byLabel(
            String name, String label, String meaning, List<Signal> sources, String absence, Definition.Split values) {
        Series series = series(name, List.of("window", label), REQUESTS_PER_SECOND, meaning, sources, absence);
        add(series, new ByLabel(label, values));
    }

    private void add(Series series, Values values) {
        definitions.add(new Definition(series, true, false, values));
    }

    private Series series(
            String name, List<String> labels, String unit, String meaning, List<Signal> sources, String absence) {
        return new Series(kind, Series.prefix(kind) + name, labels, unit, meaning, sources, absence);
    }
}
