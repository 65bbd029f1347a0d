package io.vedette.model.signal;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a number means, whatever engine it comes from. The catalogue maps engines' metric names onto signals; everything behind it knows signals
 * only. A signal's name is that of the derived series without prefix, statistic and unit, and the name that rules use.
 */
public enum Signal {
    /** Requests that left the engine, by the engine's finish reason. */
    FINISHED_REQUESTS(1, "finished_requests", Kind.COUNTER, Unit.COUNT, Fold.SUM),
    /** Answers of the HTTP server, by status class ({@code 2xx}, {@code 4xx}, …). */
    HTTP_REQUESTS(2, "http_requests", Kind.COUNTER, Unit.COUNT, Fold.SUM),
    /** Requests that were turned away before they reached the queue. Each is an HTTP 503 too. */
    ADMISSION_REJECTIONS(3, "admission_rejections", Kind.COUNTER, Unit.COUNT, Fold.SUM),
    PROMPT_TOKENS(4, "prompt_tokens", Kind.COUNTER, Unit.TOKENS, Fold.SUM),
    GENERATION_TOKENS(5, "generation_tokens", Kind.COUNTER, Unit.TOKENS, Fold.SUM),
    PREEMPTIONS(6, "preemptions", Kind.COUNTER, Unit.COUNT, Fold.SUM),
    PREFIX_CACHE_QUERIES(7, "prefix_cache_queries", Kind.COUNTER, Unit.TOKENS, Fold.SUM),
    PREFIX_CACHE_HITS(8, "prefix_cache_hits", Kind.COUNTER, Unit.TOKENS, Fold.SUM),
    /** Prompt tokens looked up in a cache outside the engine, through a KV connector. */
    EXTERNAL_PREFIX_CACHE_QUERIES(9, "external_prefix_cache_queries", Kind.COUNTER, Unit.TOKENS, Fold.SUM),
    EXTERNAL_PREFIX_CACHE_HITS(10, "external_prefix_cache_hits", Kind.COUNTER, Unit.TOKENS, Fold.SUM),

    REQUESTS_RUNNING(32, "requests_running", Kind.GAUGE, Unit.COUNT, Fold.SUM),
    REQUESTS_WAITING(33, "requests_waiting", Kind.GAUGE, Unit.COUNT, Fold.SUM),
    KV_CACHE_USAGE(34, "kv_cache_usage", Kind.GAUGE, Unit.RATIO, Fold.MEAN),
    /** 1 while the engine is awake, 0 while it sleeps; absent where the engine does not say. */
    AWAKE(35, "awake", Kind.GAUGE, Unit.COUNT, Fold.NONE),
    /** Seconds since tokens or KV usage last moved while requests were in the engine; 0 when idle. */
    PROGRESS_AGE(36, "progress_age", Kind.GAUGE, Unit.SECONDS, Fold.MAX),
    SCRAPE_DURATION(37, "scrape_duration", Kind.GAUGE, Unit.SECONDS, Fold.NONE),

    E2E_REQUEST_LATENCY(64, "e2e_request_latency", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    TIME_TO_FIRST_TOKEN(65, "time_to_first_token", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    INTER_TOKEN_LATENCY(66, "inter_token_latency", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    TIME_PER_OUTPUT_TOKEN(67, "time_per_output_token", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    REQUEST_QUEUE_TIME(68, "request_queue_time", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    REQUEST_PREFILL_TIME(69, "request_prefill_time", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    REQUEST_DECODE_TIME(70, "request_decode_time", Kind.HISTOGRAM, Unit.SECONDS, Fold.SUM),
    REQUEST_PROMPT_TOKENS(71, "request_prompt_tokens", Kind.HISTOGRAM, Unit.TOKENS, Fold.SUM),
    REQUEST_GENERATION_TOKENS(72, "request_generation_tokens", Kind.HISTOGRAM, Unit.TOKENS, Fold.SUM),
    /** Prompt tokens that were computed, those found in the prefix cache left out. Has no series; it decides what is overlong. */
    REQUEST_COMPUTED_TOKENS(73, "request_computed_tokens", Kind.HISTOGRAM, Unit.TOKENS, Fold.SUM);

    /** How a signal is measured. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** How the members' values make up their parent's. */
    public enum Fold {
        SUM,
        MEAN,
        MAX,
        /** A parent has no such value. */
        NONE
    }

    private static final Signal[] BY_NUMBER = new Signal[128];

    static {
        for (Signal signal : values()) {
            BY_NUMBER[signal.number] = signal;
        }
    }

    private final int number;
    private final String signalName;
    private final Kind kind;
    private final Unit unit;
    private final Fold fold;

    Signal(int number, String signalName, Kind kind, Unit unit, Fold fold) {
        this.number = number;
        this.signalName = signalName;
        this.kind = kind;
        this.unit = unit;
        this.fold = fold;
    }

    /** The signal's number on the wire and in state; never reused for another meaning. */
    public int number() {
        return number;
    }

    /** The public name: that of the derived series without prefix, statistic and unit. */
    public String signalName() {
        return signalName;
    }

    public Kind kind() {
        return kind;
    }

    public Unit unit() {
        return unit;
    }

    public Fold fold() {
        return fold;
    }

    /** The signal with a number; empty for one that this version does not know. */
    public static Optional<Signal> ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.ofNullable(BY_NUMBER[number]) : Optional.empty();
    }

    /** The signal with a public name; empty when there is none. */
    public static Optional<Signal> ofName(String name) {
        return Arrays.stream(values()).filter(s -> s.signalName.equals(name)).findFirst();
    }
}
