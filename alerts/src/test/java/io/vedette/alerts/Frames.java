package io.vedette.alerts;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Life;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.histogram.Histogram.Part;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Signal.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Frames for tests, in which everything is known. */
public final class Frames {
    private Frames() {}

    /** A frame with windows of 1, 5 and 10 minutes. */
    public static Frame full(Entity entity, long tickMillis) {
        return frame(entity, tickMillis, Release.SCRAPE);
    }

    /** An entity's last frame. */
    public static Frame last(Entity entity, long tickMillis) {
        return frame(entity, tickMillis, Release.REMOVED);
    }

    private static Frame frame(Entity entity, long tickMillis, Release release) {
        Gauges.Builder gauges = Gauges.builder();
        for (Signal signal : Signal.values()) {
            if (signal.kind() == Kind.GAUGE) {
                gauges.set(signal, signal.number() / 100.0);
            }
        }
        List<Window> windows =
                Stream.of(1, 5, 10).map(Duration::ofMinutes).map(Frames::window).toList();
        return new Frame(entity, tickMillis, 5_000, release, 2, 1, 1, gauges.build(), null, Life.NONE, 4_000, windows);
    }

    private static Window window(Duration duration) {
        Map<Signal, SortedMap<String, Double>> growth = new EnumMap<>(Signal.class);
        Map<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        Map<Signal, GaugeStats> gauges = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            switch (signal.kind()) {
                case COUNTER -> growth.put(signal, growth(signal));
                case HISTOGRAM -> histograms.put(signal, histogram(signal.number()));
                case GAUGE -> gauges.put(signal, new GaugeStats(0.25, 0.5, 12));
            }
        }
        return new Window(duration.toMillis(), duration.toMillis(), growth, histograms, gauges);
    }

    private static SortedMap<String, Double> growth(Signal signal) {
        return new TreeMap<>(
                switch (signal) {
                    case FINISHED_REQUESTS -> Map.of("stop", 300.0, "length", 30.0, "error", 3.0);
                    case HTTP_REQUESTS -> Map.of("2xx", 330.0, "4xx", 2.0, "5xx", 3.0);
                    default -> Map.of("", 600.0);
                });
    }

    private static Histogram histogram(int count) {
        long one = FixedPoint.of(1.0);
        long[] counts = {0, count * one, 20 * one, 0};
        return Histogram.of(List.of(new Part(Bounds.of(0.5, 1, 10), counts, FixedPoint.of(1.5 * (count + 20)))));
    }
}
