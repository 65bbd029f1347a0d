package io.vedette.jobs.rules;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Gpu;
import io.vedette.model.frame.Gpus;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Life;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Builds frames for tests: a warm replica that is up, scraped each 5 s, with windows of 1, 5 and 10 min that say the same unless told otherwise. What
 * is set stays set for the frames that follow.
 */
public final class FrameBuilder {
    public static final Entity REPLICA =
            Entity.replica("gpu-7:8000", "0", "glm", Entity.ROLE_BOTH, "gpu-7", Map.of("cluster", "bj1"));
    public static final Entity MODEL = Entity.model("glm", Entity.ROLE_BOTH, Map.of("cluster", "bj1"));
    private static final long[] WINDOWS = {60_000, 300_000, 600_000};
    public static final String FINISHED = "stop";

    /** When the builder's replicas were first seen, came up and started, unless told otherwise: an hour before the epoch's first day is over. */
    public static final long LONG_AGO = 3_600_000;

    private final Entity entity;
    private final Map<Long, EnumMap<Signal, SortedMap<String, Double>>> growth = new TreeMap<>();
    private final Map<Long, EnumMap<Signal, Histogram>> histograms = new TreeMap<>();
    private final Map<Long, EnumMap<Signal, GaugeStats>> stats = new TreeMap<>();
    private final EnumMap<Signal, Double> gauges = new EnumMap<>(Signal.class);
    private Frame.Release release = Frame.Release.SCRAPE;
    private int members;
    private int membersUp;
    private Life life = new Life(LONG_AGO, LONG_AGO, 0, LONG_AGO, 1_000, 0, 0);
    private double promptLimit = Double.NaN;
    private String failure = "";
    private Gpus gpus = Gpus.NONE;
    private long coveredMillis = Long.MAX_VALUE;

    public FrameBuilder(Entity entity) {
        this.entity = entity;
        for (long window : WINDOWS) {
            growth.put(window, new EnumMap<>(Signal.class));
            histograms.put(window, new EnumMap<>(Signal.class));
            stats.put(window, new EnumMap<>(Signal.class));
        }
    }

    /** A replica that serves: requests run and finish, none waits. */
    public static FrameBuilder serving() {
        return new FrameBuilder(REPLICA)
                .gauge(Signal.REQUESTS_RUNNING, 4)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .gauge(Signal.AWAKE, 1)
                .gauge(Signal.PROGRESS_AGE, 0)
                .growth(Signal.FINISHED_REQUESTS, FINISHED, 600);
    }

    /** A gauge: its value, and its mean and maximum in all windows. */
    public FrameBuilder gauge(Signal signal, double value) {
        gauges.put(signal, value);
        stats.values().forEach(window -> window.put(signal, new GaugeStats(value, value, 12)));
        return this;
    }

    /** A gauge's mean and maximum in all windows. */
    public FrameBuilder gaugeStats(Signal signal, double mean, double max) {
        stats.values().forEach(window -> window.put(signal, new GaugeStats(mean, max, 12)));
        return this;
    }

    /** A gauge's mean and maximum in one window. */
    public FrameBuilder gaugeStats(Signal signal, long window, double mean, double max) {
        stats(window).put(signal, new GaugeStats(mean, max, 12));
        return this;
    }

    public FrameBuilder without(Signal signal) {
        gauges.remove(signal);
        for (long window : WINDOWS) {
            stats(window).remove(signal);
            histograms(window).remove(signal);
            growth(window).remove(signal);
        }
        return this;
    }

    /** Growth of a counter in all windows. */
    public FrameBuilder growth(Signal signal, String dimension, double amount) {
        for (long window : WINDOWS) {
            growth(window).computeIfAbsent(signal, s -> new TreeMap<>()).put(dimension, amount);
        }
        return this;
    }

    /** Growth of a counter in one window. */
    public FrameBuilder growth(Signal signal, long window, String dimension, double amount) {
        growth(window).computeIfAbsent(signal, s -> new TreeMap<>()).put(dimension, amount);
        return this;
    }

    /** Observations in all windows. */
    public FrameBuilder histogram(Signal signal, Histogram observed) {
        for (long window : WINDOWS) {
            histograms(window).put(signal, observed);
        }
        return this;
    }

    /** Observations in one window. */
    public FrameBuilder histogram(Signal signal, long window, Histogram observed) {
        histograms(window).put(signal, observed);
        return this;
    }

    /** How much of the windows is covered, of each at most its length. */
    public FrameBuilder covered(long millis) {
        coveredMillis = millis;
        return this;
    }

    public FrameBuilder release(Frame.Release changed) {
        release = changed;
        return this;
    }

    public FrameBuilder members(int live, int up) {
        members = live;
        membersUp = up;
        return this;
    }

    public FrameBuilder life(Life changed) {
        life = changed;
        return this;
    }

    /** Scrapes fail since a moment; 0: they no longer do. */
    public FrameBuilder downSince(long millis, String reason) {
        life = new Life(
                life.firstSeenMillis(),
                life.firstUpMillis(),
                millis,
                life.processStartMillis(),
                life.finishedSinceStart(),
                life.restarts(),
                life.contextLength());
        failure = reason;
        return this;
    }

    public FrameBuilder restarts(int count) {
        life = new Life(
                life.firstSeenMillis(),
                life.firstUpMillis(),
                life.downSinceMillis(),
                life.processStartMillis(),
                life.finishedSinceStart(),
                count,
                life.contextLength());
        return this;
    }

    /** The cards that the frame is about, and how their replica is. */
    public FrameBuilder gpus(OwnerState owner, Gpu... cards) {
        gpus = new Gpus(owner, List.of(cards));
        return this;
    }

    public FrameBuilder promptLimit(double tokens) {
        promptLimit = tokens;
        return this;
    }

    /** The frame at a tick. */
    public Frame at(long tickMillis) {
        List<Window> windows = new ArrayList<>();
        for (long window : WINDOWS) {
            windows.add(new Window(
                    window, Math.min(window, coveredMillis), growth(window), histograms(window), stats(window)));
        }
        Gauges.Builder values = Gauges.builder();
        gauges.forEach(values::set);
        boolean replica = !entity.instance().isEmpty();
        boolean up = life.downSinceMillis() == 0;
        Gauges shown = up ? values.build() : Gauges.none();
        return new Frame(
                entity,
                tickMillis,
                5_000,
                release,
                members,
                membersUp,
                replica ? (up ? 1 : 0) : Double.NaN,
                shown,
                replica ? new Latest(tickMillis, up, failure, shown) : null,
                replica ? life : Life.NONE,
                promptLimit,
                gpus,
                windows);
    }

    private EnumMap<Signal, SortedMap<String, Double>> growth(long window) {
        return growth.getOrDefault(window, new EnumMap<>(Signal.class));
    }

    private EnumMap<Signal, Histogram> histograms(long window) {
        return histograms.getOrDefault(window, new EnumMap<>(Signal.class));
    }

    private EnumMap<Signal, GaugeStats> stats(long window) {
        return stats.getOrDefault(window, new EnumMap<>(Signal.class));
    }

    /** A histogram with as many observations in each bucket as given; the last is that above all bounds. */
    public static Histogram observed(Bounds bounds, double... counts) {
        long[] fixed = Arrays.stream(counts).mapToLong(FixedPoint::of).toArray();
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * (bounds.lower(i) + (i < bounds.size() ? bounds.upper(i) : bounds.lower(i))) / 2;
        }
        return Histogram.of(List.of(new Histogram.Part(bounds, fixed, FixedPoint.of(sum))));
    }
}
