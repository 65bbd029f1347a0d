package io.vedette.model.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a target serves: nothing is thrown, what is kept is in order, and what is good beside it stays as it is. */
class ExpositionFuzzTest {
    private static final String GOOD = """
            # TYPE zz_good gauge
            zz_good{a="b"} 1
            zz_good{a="c"} 2
            # TYPE zz_good_h histogram
            zz_good_h_bucket{le="1"} 1
            zz_good_h_bucket{le="+Inf"} 3
            zz_good_h_sum 4
            zz_good_h_count 3
            """;

    private static final int MOST_SAMPLES = 50;
    private static final int PIECE_LINES = 30;

    private final ExpositionParser parser = new ExpositionParser();
    private final ExpositionParser limited =
            new ExpositionParser(new ExpositionLimits(2_000, MOST_SAMPLES, 4, 100, 100));
    private final List<MetricFamily> good =
            parser.parse(GOOD.getBytes(ISO_8859_1)).families();

    private static Stream<byte[]> pieces() {
        Stream<String> bodies = Stream.concat(
                Seeds.bodies("model/src/test/resources/io/vedette/model/exposition"),
                Seeds.bodies("jobs/src/test/resources/io/vedette/jobs/engines"));
        return Seeds.bytes(bodies.flatMap(ExpositionFuzzTest::cut));
    }

    /** The first lines of a body, and some from its middle; whole bodies are too slow to try many. */
    private static Stream<String> cut(String body) {
        List<String> lines = body.lines().toList();
        int middle = lines.size() / 2;
        return Stream.of(
                joined(lines.subList(0, Math.min(PIECE_LINES, lines.size()))),
                joined(lines.subList(middle, Math.min(middle + PIECE_LINES, lines.size()))));
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + '\n';
    }

    @Test
    void anyBodyIsReadLineByLine() {
        new Fuzzing(ExpositionFuzzTest.class, pieces(), new TextMutation(), this::check).run(5_000);
    }

    private boolean check(byte[] body) {
        Scrape whole = parser.parse(body);
        checkScrape(whole, body);
        // A body that is cut short anywhere is one as well; so each input tries another cut.
        int cut = Math.floorMod(Arrays.hashCode(body), body.length + 1);
        byte[] start = Arrays.copyOf(body, cut);
        checkScrape(parser.parse(start), start);

        Scrape few = limited.parse(body);
        assertThat(few.sampleCount()).isLessThanOrEqualTo(MOST_SAMPLES);
        checkScrape(few, body);

        String text = new String(body, ISO_8859_1);
        if (!text.contains("zz_good")) {
            assertThat(parser.parse((GOOD + text).getBytes(ISO_8859_1)).families())
                    .containsAll(good);
            assertThat(parser.parse((text + '\n' + GOOD).getBytes(ISO_8859_1)).families())
                    .containsAll(good);
        }
        return whole.sampleCount() > 0;
    }

    private static void checkScrape(Scrape scrape, byte[] body) {
        int lines = 1;
        for (byte b : body) {
            lines += b == '\n' ? 1 : 0;
        }
        for (Problem problem : scrape.problems()) {
            assertThat(problem.line()).isBetween(1, lines);
            assertThat(problem.detail()).hasSizeLessThan(400);
        }
        int points = 0;
        for (MetricFamily family : scrape.families()) {
            if (family instanceof HistogramFamily histograms) {
                histograms.points().forEach(ExpositionFuzzTest::checkHistogram);
                points += histograms.points().size();
            } else if (family instanceof NumberFamily numbers) {
                points += numbers.points().size();
            }
        }
        assertThat(points).isLessThanOrEqualTo(scrape.sampleCount());
        assertThat(scrape.problemCounts().values().stream().mapToInt(n -> n).sum())
                .isGreaterThanOrEqualTo(scrape.problems().size());
    }

    /** The public constructor checks what the parser's own way in takes for granted. */
    private static void checkHistogram(HistogramPoint point) {
        double[] bounds = new double[point.boundCount()];
        double[] counts = new double[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = point.cumulativeCount(i);
            if (i < bounds.length) {
                bounds[i] = point.bound(i);
            }
        }
        HistogramPoint checked = new HistogramPoint(
                point.labels(), bounds, counts, point.sum(), point.timestampMillis(), point.startMillis());
        assertThat(checked).isEqualTo(point);
    }
}
