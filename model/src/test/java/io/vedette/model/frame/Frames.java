package io.vedette.model.frame;

import io.vedette.model.entity.Entity;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Frames for tests. */
public final class Frames {
    public static final long TICK = 1_770_457_540_000L;
    public static final Entity REPLICA =
            Entity.replica("10.0.0.7:8000", "0", "glm-4.7-flash", "both", "gpu-7", Map.of("cluster", "bj1"));
    public static final Entity MODEL = Entity.model("glm-4.7-flash", "both", Map.of("cluster", "bj1"));
    public static final Gauges BUSY = Gauges.builder()
            .set(Signal.REQUESTS_RUNNING, 4)
            .set(Signal.REQUESTS_WAITING, 2)
            .set(Signal.KV_CACHE_USAGE, 0.25)
            .set(Signal.PROGRESS_AGE, 0)
            .set(Signal.SCRAPE_DURATION, 0.0625)
            .build();

    private Frames() {}

    public static Frame replica(Gauges gauges, Window... windows) {
        return new Frame(
                REPLICA,
                TICK,
                5_000,
                Frame.Release.SCRAPE,
                0,
                0,
                1,
                gauges,
                new Latest(TICK + 1_200, true, "", gauges),
                new Life(TICK - 600_000, TICK - 600_000, 0, TICK - 700_000, 120, 0, 8192),
                4000,
                List.of(windows));
    }

    public static Frame model(Gauges gauges, Window... windows) {
        return new Frame(
                MODEL,
                TICK,
                5_000,
                Frame.Release.SCRAPE,
                3,
                2,
                Double.NaN,
                gauges,
                null,
                Life.NONE,
                4000,
                List.of(windows));
    }

    public static Frame withRelease(Frame frame, Frame.Release release) {
        return new Frame(
                frame.entity(),
                frame.tickMillis(),
                frame.intervalMillis(),
                release,
                frame.members(),
                frame.membersUp(),
                frame.up(),
                frame.gauges(),
                frame.latest(),
                frame.life(),
                frame.promptLimit(),
                frame.windows());
    }

    public static Frame withTickAndEntity(Frame frame, long tickMillis, Entity entity) {
        return new Frame(
                entity,
                tickMillis,
                frame.intervalMillis(),
                frame.release(),
                frame.members(),
                frame.membersUp(),
                frame.up(),
                frame.gauges(),
                frame.latest(),
                frame.life(),
                frame.promptLimit(),
                frame.windows());
    }

    public static Histogram histogram(double[] bounds, double sum, double... counts) {
        long[] fixed = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            fixed[i] = FixedPoint.of(counts[i]);
        }
        return Histogram.of(List.of(new Histogram.Part(Bounds.of(bounds), fixed, FixedPoint.of(sum))));
    }

    /** Builds windows; not thread-safe. */
    public static final class WindowBuilder {
        private final long durationMillis;
        private final long coveredMillis;
        private final Map<Signal, SortedMap<String, Double>> growth = new EnumMap<>(Signal.class);
        private final Map<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        private final Map<Signal, GaugeStats> gauges = new EnumMap<>(Signal.class);

        public WindowBuilder(long durationMillis, long coveredMillis) {
            this.durationMillis = durationMillis;
            this.coveredMillis = coveredMillis;
        }

        public WindowBuilder known(Signal counter) {
            growth.computeIfAbsent(counter, c -> new TreeMap<>());
            return this;
        }

        public WindowBuilder grown(Signal counter, double by) {
            return grown(counter, "", by);
        }

        public WindowBuilder grown(Signal counter, String dimension, double by) {
            growth.computeIfAbsent(counter, c -> new TreeMap<>()).put(dimension, by);
            return this;
        }

        public WindowBuilder observed(Signal signal, Histogram histogram) {
            histograms.put(signal, histogram);
            return this;
        }

        public WindowBuilder gauge(Signal gauge, double mean, double max, int count) {
            gauges.put(gauge, new GaugeStats(mean, max, count));
            return this;
        }

        public Window build() {
            return new Window(durationMillis, coveredMillis, growth, histograms, gauges);
        }
    }
}
