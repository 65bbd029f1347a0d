package io.vedette.model.exposition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A million damaged pieces of real bodies. Bytes are handled as ISO 8859-1 text, which loses none of them. */
class MutatedBodiesTest {

    private static final int MUTATIONS = 500_000;
    private static final int MAX_FAMILY_BYTES = 900;

    private final ExpositionParser parser = new ExpositionParser();
    private final Mutator mutator = new Mutator(20260207);

    record SeriesKey(String name, Labels labels) {}

    record Piece(String text, List<MetricFamily> families, List<String> baseNames) {
        Piece(String text, Scrape undamaged) {
            this(
                    text,
                    undamaged.families(),
                    undamaged.families().stream()
                            .map(family -> family.name().replaceFirst("_(total|sum|count)$", ""))
                            .toList());
        }

        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }
    }

    /** Without types each line stands for itself, so a body must hold just what its lines hold when read alone. */
    @Test
    void holdJustWhatTheirLinesHold() {
        List<byte[]> pieces = new ArrayList<>();
        for (String name : RealScrapes.NAMES) {
            List<String> samples = lines(new String(RealScrapes.body(name), ISO_8859_1)).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            for (int i = 0; i + 4 <= samples.size(); i += 4) {
                pieces.add(String.join("", samples.subList(i, i + 4)).getBytes(ISO_8859_1));
            }
        }
        ExpositionParser lineParser = new ExpositionParser();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = mutator.mutate(mutator.choose(pieces), mutator.choose(pieces));
            Scrape scrape = parser.parse(body);

            Map<SeriesKey, NumberPoint> expected = new HashMap<>();
            List<Problem> expectedProblems = new ArrayList<>();
            int lineNumber = 0;
            for (String line : lines(new String(body, ISO_8859_1))) {
                lineNumber++;
                Scrape alone = lineParser.parse(line.getBytes(ISO_8859_1));
                for (Problem problem : alone.problems()) {
                    expectedProblems.add(new Problem(lineNumber, problem.reason(), problem.detail()));
                }
                points(alone).forEach(expected::putIfAbsent);
            }

            expectedProblems.removeIf(problem -> problem.reason() == ProblemReason.MISSING_EOF);
            if (!points(scrape).equals(expected) || !lineProblems(scrape).equals(expectedProblems)) {
                assertThat(points(scrape)).as(new String(body, ISO_8859_1)).isEqualTo(expected);
                assertThat(lineProblems(scrape))
                        .as(new String(body, ISO_8859_1))
                        .isEqualTo(expectedProblems);
            }
        }
    }

    private static Map<SeriesKey, NumberPoint> points(Scrape scrape) {
        Map<SeriesKey, NumberPoint> points = new HashMap<>();
        for (MetricFamily family : scrape.families()) {
            for (NumberPoint point : ((NumberFamily) family).points()) {
                points.put(new SeriesKey(family.name(), point.labels()), point);
            }
        }
        return points;
    }

    private static List<Problem> lineProblems(Scrape scrape) {
        return scrape.problems().stream()
                .filter(problem -> problem.reason() != ProblemReason.DUPLICATE_SERIES
                        && problem.reason() != ProblemReason.MISSING_EOF)
                .toList();
    }

    /** A family none of whose names occurs in a damaged line, before or after the damage, must stay as it was. */
    @Test
    void keepTheFamiliesThatTheDamageDidNotTouch() {
        List<Piece> pieces = new ArrayList<>();
        for (String name : RealScrapes.NAMES) {
            List<String> families = smallFamilies(new String(RealScrapes.body(name), ISO_8859_1));
            for (int i = 0; i + 3 <= families.size(); i += 3) {
                String text = String.join("", families.subList(i, i + 3));
                pieces.add(new Piece(text, parser.parse(text.getBytes(ISO_8859_1))));
            }
        }
        int kept = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Piece piece = mutator.choose(pieces);
            byte[] body = mutator.mutate(piece.bytes(), mutator.choose(pieces).bytes());

            Scrape scrape = parser.parse(body);

            String text = new String(body, ISO_8859_1);
            int lineCount = Math.max(1, lines(text).size());
            for (Problem problem : scrape.problems()) {
                if (problem.line() > lineCount) {
                    assertThat(problem.line()).as(text).isLessThanOrEqualTo(lineCount);
                }
            }
            String damage = damagedLines(piece.text(), text);
            for (int k = 0; k < piece.families().size(); k++) {
                if (!damage.contains(piece.baseNames().get(k))) {
                    kept++;
                    if (!scrape.families().contains(piece.families().get(k))) {
                        assertThat(scrape.families())
                                .as(text)
                                .contains(piece.families().get(k));
                    }
                }
            }
        }
        assertThat(kept).isGreaterThan(MUTATIONS / 2);
    }

    /** Families of up to {@value #MAX_FAMILY_BYTES} bytes, with the gauges of their start times, without help texts. */
    private static List<String> smallFamilies(String body) {
        Map<String, StringBuilder> families = new LinkedHashMap<>();
        for (String line : lines(body)) {
            if (!line.startsWith("# HELP")) {
                String name = line.replaceFirst("^# TYPE ", "").split("[{ ]", 2)[0];
                String base = name.replaceFirst("_(created|total|sum|count|bucket)$", "");
                families.computeIfAbsent(base, absent -> new StringBuilder()).append(line);
            }
        }
        return families.values().stream()
                .map(StringBuilder::toString)
                .filter(family -> family.length() <= MAX_FAMILY_BYTES)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** What lies between the first lines and the last lines that are the same: of both bodies. */
    private static String damagedLines(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int shorter = Math.min(old.size(), now.size());
        int first = 0;
        while (first < shorter && old.get(first).equals(now.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && old.get(old.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
            last++;
        }
        return String.join("", old.subList(first, old.size() - last))
                + String.join("", now.subList(first, now.size() - last));
    }

    /** The lines, each with its line feed. */
    private static List<String> lines(String body) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < body.length()) {
            int feed = body.indexOf('\n', from);
            int to = feed < 0 ? body.length() : feed + 1;
            lines.add(body.substring(from, to));
            from = to;
        }
        return lines;
    }
}
