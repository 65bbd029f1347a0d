package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.samples;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real bodies, held against what prometheus_client reads in them. */
class RealScrapesTest {

    static final List<String> NAMES = RealScrapes.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void holdWhatPrometheusClientReads(String name) throws IOException {
        SortedMap<String, Double> expectedSamples = new TreeMap<>();
        SortedMap<String, Long> expectedStarts = new TreeMap<>();
        for (JsonNode sample : new ObjectMapper().readTree(RealScrapes.read(name + ".json.gz"))) {
            String metric = sample.get(0).asText();
            Labels labels = Labels.EMPTY;
            for (Map.Entry<String, JsonNode> label : sample.get(1).properties()) {
                String value = label.getValue().asText();
                boolean isBound = label.getKey().equals("le");
                labels = labels.with(label.getKey(), isBound ? Double.toString(bound(value)) : value);
            }
            double value = sample.get(2).asDouble();
            if (metric.endsWith("_created")) {
                expectedStarts.put(Exposition.key(metric, labels), Math.round(value * 1000));
            } else {
                expectedSamples.put(Exposition.key(metric, labels), value);
            }
        }

        Scrape scrape = new ExpositionParser().parse(RealScrapes.body(name));

        assertThat(scrape.problems()).isEmpty();
        assertThat(samples(scrape)).isEqualTo(expectedSamples).hasSizeGreaterThan(300);
        assertThat(startsByCreatedName(scrape)).isEqualTo(expectedStarts).hasSizeGreaterThan(30);
    }

    private static SortedMap<String, Long> startsByCreatedName(Scrape scrape) {
        SortedMap<String, Long> starts = new TreeMap<>();
        for (MetricFamily family : scrape.families()) {
            if (family instanceof NumberFamily numbers) {
                String base = family.name().replaceFirst("_(total|sum|count)$", "");
                numbers.points().forEach(point -> putStart(starts, base, point.labels(), point.startMillis()));
            } else if (family instanceof HistogramFamily histograms) {
                histograms
                        .points()
                        .forEach(point -> putStart(starts, family.name(), point.labels(), point.startMillis()));
            }
        }
        return starts;
    }

    private static void putStart(Map<String, Long> starts, String base, Labels labels, long startMillis) {
        if (startMillis != 0) {
            starts.put(Exposition.key(base + "_created", labels), startMillis);
        }
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
