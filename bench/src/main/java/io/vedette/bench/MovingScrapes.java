package io.vedette.bench;

import io.vedette.cli.capture.CaptureFinder;
import io.vedette.cli.capture.MergedScrapes;
import io.vedette.cli.capture.RecordedScrape;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.exposition.HistogramFamily;
import io.vedette.model.exposition.HistogramPoint;
import io.vedette.model.exposition.Labels;
import io.vedette.model.exposition.MetricFamily;
import io.vedette.model.exposition.MetricType;
import io.vedette.model.exposition.NumberFamily;
import io.vedette.model.exposition.NumberPoint;
import io.vedette.model.exposition.Scrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Real scrapes that never end: a capture from its beginning to its end, then again with its counters going on from where they were. Thread-safe.
 */
final class MovingScrapes {
    private final List<byte[]> bodies;
    private final List<Scrape> scrapes;
    private final Map<Series, Double> numberGains = new HashMap<>();
    private final Map<Series, HistogramGain> histogramGains = new HashMap<>();

    private record Series(String family, Labels labels) {}

    private record HistogramGain(double[] cumulativeCounts, double sum) {}

    private MovingScrapes(List<byte[]> bodies, List<Scrape> scrapes) {
        this.bodies = bodies;
        this.scrapes = scrapes;
        scrapes.get(scrapes.size() - 1).families().forEach(family -> addGains(family, 1));
        scrapes.get(0).families().forEach(family -> addGains(family, -1));
    }

    /** The good scrapes of one capture. */
    static MovingScrapes of(Path capture) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        List<Scrape> scrapes = new ArrayList<>();
        ExpositionParser parser = new ExpositionParser();
        try (MergedScrapes merged = new MergedScrapes(CaptureFinder.find(List.of(capture)))) {
            while (merged.hasNext()) {
                RecordedScrape recorded = merged.next().recorded();
                if (!recorded.failed()) {
                    bodies.add(recorded.content());
                    scrapes.add(parser.parse(recorded.content()));
                }
            }
        }
        return new MovingScrapes(bodies, scrapes);
    }

    /** The bodies as they were recorded. */
    List<byte[]> bodies() {
        return bodies;
    }

    /**
     * The scrape at a step.
     *
     * @param step from 0, without end
     * @param scale a whole number that all counters are multiplied by
     */
    Scrape at(int step, int scale) {
        Scrape scrape = scrapes.get(step % scrapes.size());
        int rounds = step / scrapes.size();
        return new Scrape(
                scrape.families().stream()
                        .map(family -> moved(family, rounds, scale))
                        .toList(),
                scrape.sampleCount(),
                List.of(),
                Map.of());
    }

    private void addGains(MetricFamily family, int sign) {
        if (family instanceof HistogramFamily histograms) {
            for (HistogramPoint point : histograms.points()) {
                HistogramGain gain = histogramGains.computeIfAbsent(
                        new Series(family.name(), point.labels()),
                        series -> new HistogramGain(new double[point.boundCount() + 1], 0));
                double[] counts = gain.cumulativeCounts;
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += sign * point.cumulativeCount(i);
                }
                histogramGains.put(
                        new Series(family.name(), point.labels()),
                        new HistogramGain(counts, gain.sum + sign * point.sum()));
            }
        } else if (family instanceof NumberFamily numbers && numbers.type() == MetricType.COUNTER) {
            for (NumberPoint point : numbers.points()) {
                numberGains.merge(new Series(family.name(), point.labels()), sign * point.value(), Double::sum);
            }
        }
    }

    private MetricFamily moved(MetricFamily family, int rounds, int scale) {
        if (family instanceof HistogramFamily histograms) {
            return new HistogramFamily(
                    histograms.name(),
                    histograms.type(),
                    histograms.unit(),
                    histograms.points().stream()
                            .map(point -> moved(histograms.name(), point, rounds, scale))
                            .toList());
        }
        NumberFamily numbers = (NumberFamily) family;
        return numbers.type() != MetricType.COUNTER
                ? numbers
                : new NumberFamily(
                        numbers.name(),
                        numbers.type(),
                        numbers.unit(),
                        numbers.points().stream()
                                .map(point -> moved(numbers.name(), point, rounds, scale))
                                .toList());
    }

    private HistogramPoint moved(String family, HistogramPoint point, int rounds, int scale) {
        HistogramGain gain = histogramGains.get(new Series(family, point.labels()));
        double[] bounds = new double[point.boundCount()];
        double[] counts = new double[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            double gained = gain == null ? 0 : gain.cumulativeCounts[i];
            counts[i] = (point.cumulativeCount(i) + rounds * gained) * scale;
            if (i < bounds.length) {
                bounds[i] = point.bound(i);
            }
        }
        double sum = (point.sum() + rounds * (gain == null ? 0 : gain.sum)) * scale;
        return new HistogramPoint(point.labels(), bounds, counts, sum, point.timestampMillis(), point.startMillis());
    }

    private NumberPoint moved(String family, NumberPoint point, int rounds, int scale) {
        double gained = numberGains.getOrDefault(new Series(family, point.labels()), 0.0);
        return new NumberPoint(
                point.labels(),
                (point.value() + rounds * gained) * scale,
                point.timestampMillis(),
                point.startMillis());
    }
}
