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
    /** Seconds in which a reason kept a card's clocks from their maximum, by {@link ClocksEvent}. */
    CLOCKS_EVENT(16, "clocks_event", Kind.COUNTER, Unit.SECONDS, Fold.NONE, Subject.CARD),
    /** XIDs that the driver reported of a card, by number; an empty one says that they are looked for. */
    XID_EVENTS(17, "xid_events", Kind.COUNTER, Unit.COUNT, Fold.NONE, Subject.CARD),

    REQUESTS_RUNNING(32, "requests_running", Kind.GAUGE, Unit.COUNT, Fold.SUM),
    REQUESTS_WAITING(33, "requests_waiting", Kind.GAUGE, Unit.COUNT, Fold.SUM),
    KV_CACHE_USAGE(34, "kv_cache_usage", Kind.GAUGE, Unit.RATIO, Fold.MEAN),
    /** 1 while the engine is awake, 0 while it sleeps; absent where the engine does not say. */
    AWAKE(35, "awake", Kind.GAUGE, Unit.COUNT, Fold.NONE),
    /** Seconds since tokens or KV usage last moved while requests were in the engine; 0 when idle. */
    PROGRESS_AGE(36, "progress_age", Kind.GAUGE, Unit.SECONDS, Fold.MAX),
    SCRAPE_DURATION(37, "scrape_duration", Kind.GAUGE, Unit.SECONDS, Fold.NONE),
    /** The share of its cards' memory that an engine reserves at its start. */
    MEMORY_RESERVATION(38, "memory_reservation", Kind.GAUGE, Unit.RATIO, Fold.NONE, Subject.BOTH),

    /** Share of the driver's last sample period in which a kernel ran on the card. */
    UTILIZATION(40, "utilization", Kind.GAUGE, Unit.RATIO, Fold.NONE, Subject.CARD),
    MEMORY_USED(41, "memory_used", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARD),
    MEMORY_TOTAL(42, "memory_total", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARD),
    /** What driver and firmware keep for themselves: neither used nor free. */
    MEMORY_RESERVED(43, "memory_reserved", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARD),
    MEMORY_FREE(44, "memory_free", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARD),
    TEMPERATURE(45, "temperature", Kind.GAUGE, Unit.CELSIUS, Fold.NONE, Subject.CARD),
    /** At which temperature the hardware slows the card down. */
    SLOWDOWN_TEMPERATURE(46, "slowdown_temperature", Kind.GAUGE, Unit.CELSIUS, Fold.NONE, Subject.CARD),
    SHUTDOWN_TEMPERATURE(47, "shutdown_temperature", Kind.GAUGE, Unit.CELSIUS, Fold.NONE, Subject.CARD),
    POWER(48, "power", Kind.GAUGE, Unit.WATTS, Fold.NONE, Subject.CARD),
    POWER_LIMIT(49, "power_limit", Kind.GAUGE, Unit.WATTS, Fold.NONE, Subject.CARD),
    SM_CLOCK(50, "sm_clock", Kind.GAUGE, Unit.HERTZ, Fold.NONE, Subject.CARD),
    MAX_SM_CLOCK(51, "max_sm_clock", Kind.GAUGE, Unit.HERTZ, Fold.NONE, Subject.CARD),
    MEMORY_CLOCK(52, "memory_clock", Kind.GAUGE, Unit.HERTZ, Fold.NONE, Subject.CARD),
    /** 1 while a card that was there is not, 0 while it is. */
    LOST(53, "lost", Kind.GAUGE, Unit.COUNT, Fold.NONE, Subject.CARD),
    /** What a warm replica was seen to use of the card beyond its reservation, by its plateau. */
    MEMORY_OVERHEAD(54, "memory_overhead", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARD),
    /** The most memory used among cards less the least, of their means over a window. */
    GPU_MEMORY_IMBALANCE(55, "gpu_memory_imbalance", Kind.GAUGE, Unit.BYTES, Fold.NONE, Subject.CARDS),
    /** The highest utilization among cards less the lowest, of their means over a window. */
    GPU_UTILIZATION_IMBALANCE(56, "gpu_utilization_imbalance", Kind.GAUGE, Unit.RATIO, Fold.NONE, Subject.CARDS),
    /** The highest utilization among cards, of their means over a window. */
    GPU_UTILIZATION_PEAK(57, "gpu_utilization_peak", Kind.GAUGE, Unit.RATIO, Fold.NONE, Subject.CARDS),

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

    /** Whose measurement a signal is. */
    public enum Subject {
        /** A serving engine's, and its model's. */
        ENGINE,
        /** One card's. */
        CARD,
        /** An engine's, told of its cards too. */
        BOTH,
        /** That of several cards taken together: those of a replica or of a node. */
        CARDS
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
    private final Subject subject;

    Signal(int number, String signalName, Kind kind, Unit unit, Fold fold) {
        this(number, signalName, kind, unit, fold, Subject.ENGINE);
    }

    Signal(int number, String signalName, Kind kind, Unit unit, Fold fold, Subject subject) {
        this.number = number;
        this.signalName = signalName;
        this.kind = kind;
        this.unit = unit;
        this.fold = fold;
        this.subject = subject;
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

    public Subject subject() {
        return subject;
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
