package io.vedette.model.otlp;

import io.vedette.model.catalogue.Meaning;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes engines out of points, for {@link FullParse}; used once. */
final class FullParseEngines {
    private final List<Point> points;
    private int dropped;

    /** A number or histogram that means something, before it is known whose the unlabelled ones are. */
    record Point(
            String replica,
            @Nullable String engine,
            String model,
            Meaning meaning,
            String dimension,
            double value,
            @Nullable Bounds bounds,
            double[] counts,
            long startMillis) {}

    /** What a sample is found by. */
    private record Key(Signal signal, String dimension) {}

    FullParseEngines(List<Point> points) {
        this.points = points;
    }

    /** How many samples were left out, after {@link #engines}. */
    int dropped() {
        return dropped;
    }

    List<EngineScrape> engines() {
        TreeMap<String, List<Point>> byEngine = new TreeMap<>();
        for (Point point : points) {
            if (point.engine() != null) {
                byEngine.computeIfAbsent(name(point.replica(), point.engine()), e -> new ArrayList<>())
                        .add(point);
            }
        }
        TreeMap<String, String> firstOfReplica = new TreeMap<>();
        for (Point point : points) {
            if (point.engine() != null) {
                firstOfReplica.merge(
                        point.replica(), name(point.replica(), point.engine()), (a, b) -> a.compareTo(b) < 0 ? a : b);
            }
        }
        if (!byEngine.isEmpty()) {
            firstOfReplica.put("", byEngine.firstKey());
        }
        Map<String, TreeSet<String>> modelsAlone = new HashMap<>();
        for (Point point : points) {
            if (point.engine() == null) {
                modelsAlone
                        .computeIfAbsent(point.replica(), r -> new TreeSet<>())
                        .add(point.model());
            }
        }
        for (Point point : points) {
            if (point.engine() == null) {
                TreeSet<String> models = modelsAlone.getOrDefault(point.replica(), new TreeSet<>());
                if (models.size() > 1) {
                    models.remove("");
                }
                String alone = models.size() == 1
                        ? name(point.replica(), "")
                        : name(point.replica(), point.model().isEmpty() ? models.first() : point.model());
                String engine = firstOfReplica.getOrDefault(point.replica(), alone);
                byEngine.computeIfAbsent(engine, e -> new ArrayList<>()).add(point);
            }
        }
        List<EngineScrape> engines = new ArrayList<>();
        byEngine.forEach((engine, own) -> engines.add(engine(engine, own)));
        return engines;
    }

    private static String name(String replica, String engine) {
        if (replica.isEmpty()) {
            return engine.isEmpty() ? "0" : engine;
        }
        return engine.isEmpty() ? replica : replica + "/" + engine;
    }

    private static boolean isBelieved(List<Point> own, Point point) {
        List<String> needed = point.meaning().believedWith();
        return needed.isEmpty()
                || own.stream()
                        .anyMatch(p -> p.meaning().signal() == point.meaning().signal()
                                && p.meaning().source() == point.meaning().source()
                                && needed.contains(p.dimension()));
    }

    private EngineScrape engine(String engine, List<Point> own) {
        Map<Signal, Integer> best = new HashMap<>();
        own.forEach(p -> best.merge(p.meaning().signal(), p.meaning().source(), Math::min));
        Map<Key, List<Point>> samples = new LinkedHashMap<>();
        Stream.of(Signal.values()).forEach(signal -> own.stream()
                .filter(p -> p.meaning().signal() == signal
                        && Integer.valueOf(p.meaning().source()).equals(best.get(signal)))
                .sorted(Comparator.comparing(Point::dimension))
                .forEach(p -> samples.computeIfAbsent(new Key(signal, p.dimension()), k -> new ArrayList<>())
                        .add(p)));
        List<CounterSample> counters = new ArrayList<>();
        List<HistogramSample> histograms = new ArrayList<>();
        Gauges.Builder gauges = Gauges.builder();
        samples.forEach((key, same) -> {
            int source = same.get(0).meaning().source();
            long start = same.stream()
                    .mapToLong(Point::startMillis)
                    .filter(s -> s > 0)
                    .min()
                    .orElse(0);
            double sum = sum(same);
            switch (key.signal().kind()) {
                case COUNTER -> {
                    if (sum >= 0 && Double.isFinite(sum) && isBelieved(own, same.get(0))) {
                        counters.add(new CounterSample(key.signal(), key.dimension(), sum, start, source));
                    } else {
                        dropped++;
                    }
                }
                case GAUGE -> {
                    double value = key.signal().fold() == Signal.Fold.SUM
                            ? sum
                            : same.stream()
                                    .mapToDouble(Point::value)
                                    .reduce(Math::max)
                                    .orElse(Double.NaN);
                    gauges.set(key.signal(), Double.isInfinite(value) ? Double.NaN : value);
                    dropped += Double.isInfinite(value) ? 1 : 0;
                }
                case HISTOGRAM -> {
                    Bounds bounds = same.get(0).bounds();
                    if (bounds == null
                            || !same.stream().allMatch(p -> Objects.equals(bounds, p.bounds()))
                            || !Double.isFinite(sum)) {
                        dropped++;
                    } else {
                        histograms.add(new HistogramSample(key.signal(), bounds, counts(same), sum, start, source));
                    }
                }
            }
        });
        String model = own.stream()
                .map(Point::model)
                .filter(m -> !m.isEmpty())
                .findFirst()
                .orElse("");
        return new EngineScrape(engine, model, counters, gauges.build(), histograms);
    }

    /** What has the engine's label first, so that rounding is the same. */
    private static double sum(List<Point> points) {
        double[] sums = new double[2];
        for (Point point : points) {
            sums[point.engine() == null ? 1 : 0] += point.value();
        }
        return sums[0] + sums[1];
    }

    private static double[] counts(List<Point> points) {
        double[] counts = new double[points.get(0).counts().length];
        for (Point point : points) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += point.counts()[i];
            }
        }
        return counts;
    }
}
