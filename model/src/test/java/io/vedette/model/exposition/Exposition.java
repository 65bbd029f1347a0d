package io.vedette.model.exposition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Bodies and what was read from them, in a form that a test can write down. */
final class Exposition {

    private Exposition() {}

    static Scrape parse(String body) {
        return new ExpositionParser().parse(body.getBytes(StandardCharsets.UTF_8));
    }

    static Scrape parse(String body, ExpositionFormat hint) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new ExpositionParser().parse(bytes, 0, bytes.length, hint);
    }

    /** {@code line REASON} of each problem. */
    static List<String> problems(Scrape scrape) {
        return scrape.problems().stream()
                .map(problem -> problem.line() + " " + problem.reason())
                .toList();
    }

    /** Each series as Prometheus would store it, {@code name{labels}}, with {@code le} written as a double. */
    static SortedMap<String, Double> samples(Scrape scrape) {
        SortedMap<String, Double> samples = new TreeMap<>();
        for (MetricFamily family : scrape.families()) {
            if (family instanceof NumberFamily numbers) {
                numbers.points().forEach(point -> samples.put(key(family.name(), point.labels()), point.value()));
            } else if (family instanceof HistogramFamily histograms) {
                histograms.points().forEach(point -> addHistogram(samples, family.name(), point));
            }
        }
        return samples;
    }

    private static void addHistogram(Map<String, Double> samples, String name, HistogramPoint point) {
        for (int i = 0; i <= point.boundCount(); i++) {
            double bound = i < point.boundCount() ? point.bound(i) : Double.POSITIVE_INFINITY;
            samples.put(
                    key(name + "_bucket", point.labels().with("le", Double.toString(bound))), point.cumulativeCount(i));
        }
        samples.put(key(name + "_count", point.labels()), point.count());
        if (!Double.isNaN(point.sum())) {
            samples.put(key(name + "_sum", point.labels()), point.sum());
        }
    }

    /** The start of each series that has one, in ms, by {@code name{labels}}. */
    static SortedMap<String, Long> starts(Scrape scrape) {
        SortedMap<String, Long> starts = new TreeMap<>();
        for (MetricFamily family : scrape.families()) {
            if (family instanceof NumberFamily numbers) {
                numbers.points().forEach(point -> putStart(starts, family, point.labels(), point.startMillis()));
            } else if (family instanceof HistogramFamily histograms) {
                histograms.points().forEach(point -> putStart(starts, family, point.labels(), point.startMillis()));
            }
        }
        return starts;
    }

    private static void putStart(Map<String, Long> starts, MetricFamily family, Labels labels, long startMillis) {
        if (startMillis != 0) {
            starts.put(key(family.name(), labels), startMillis);
        }
    }

    static String key(String name, Labels labels) {
        return labels.size() == 0 ? name : name + "{" + labels + "}";
    }
}
