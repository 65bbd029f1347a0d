package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.parse;
import static io.vedette.model.exposition.Exposition.problems;
import static io.vedette.model.exposition.Exposition.samples;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionProblemsTest {

    @Test
    void leavesOutALastLineThatMayBeCutShort() {
        Scrape scrape = parse("a 1\nb 12");

        assertThat(samples(scrape)).isEqualTo(Map.of("a", 1.0));
        assertThat(problems(scrape)).containsExactly("2 CUT_SHORT");
        assertThat(problems(parse("a 1\n# TYPE b coun"))).containsExactly("2 CUT_SHORT");
        assertThat(problems(parse("a 1\n  "))).isEmpty();
    }

    @Test
    void readsNothingInABodyThatIsNotMetrics() {
        Scrape page = parse("<!DOCTYPE html>\n<html>\n  <body>502 Bad\u0001 Gateway — sorry</body>\n</html>\n");

        assertThat(page.families()).isEmpty();
        assertThat(page.problemCounts()).isEqualTo(Map.of(ProblemReason.INVALID_NAME, 4));
        assertThat(page.problems().get(2))
                .isEqualTo(new Problem(
                        3,
                        ProblemReason.INVALID_NAME,
                        "expected a metric name at column 3, got \"<body>502 Bad? Gateway ??? sorry</body>\""));
        assertThat(parse("").families()).isEmpty();
        assertThat(parse("").problems()).isEmpty();
    }

    @Test
    void neverEchoesMoreThanFortyBytesOfALine() {
        Problem problem =
                parse("a{b=" + "\u0007secret".repeat(100) + "\n").problems().get(0);

        assertThat(problem.detail())
                .isEqualTo("expected a label value in double quotes at column 5, got "
                        + "\"?secret?secret?secret?secret?secret?secr…\"");
    }

    @Test
    void listsTheFirstProblemsAndCountsAll() {
        Scrape scrape = parse("1\n".repeat(1000) + "a 1\n" + "a{\n".repeat(10));

        assertThat(scrape.problems()).hasSize(ExpositionParser.MAX_PROBLEMS);
        assertThat(scrape.problemCounts())
                .isEqualTo(Map.of(ProblemReason.INVALID_NAME, 1000, ProblemReason.INVALID_LABELS, 10));
        assertThat(samples(scrape)).isEqualTo(Map.of("a", 1.0));
    }

    @Test
    void keepsWhatIsWithinItsLimits() {
        ExpositionParser parser = new ExpositionParser(new ExpositionLimits(1000, 3, 2, 5, 4));

        Scrape scrape = parser.parse("""
                a{b="1",c="2",d="3"} 1
                a{b="12345"} 1
                a{bbbbbb="1"} 1
                aaaaaa 1
                {"aaaaaa"} 1
                # TYPE aaaaaa counter
                a{b="1",c="2"} 1
                aaaaa{b="1234"} 2
                a{bbbbb="1"} 3
                a 4
                a{b="5"} 5
                """.getBytes(UTF_8));

        assertThat(samples(scrape))
                .isEqualTo(Map.of("a{b=\"1\",c=\"2\"}", 1.0, "aaaaa{b=\"1234\"}", 2.0, "a{bbbbb=\"1\"}", 3.0));
        assertThat(problems(scrape))
                .containsExactly(
                        "1 TOO_MANY_LABELS",
                        "2 VALUE_TOO_LONG",
                        "3 NAME_TOO_LONG",
                        "4 NAME_TOO_LONG",
                        "5 NAME_TOO_LONG",
                        "6 NAME_TOO_LONG",
                        "10 TOO_MANY_SAMPLES",
                        "11 TOO_MANY_SAMPLES");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11})
    void readsTheLinesThatEndWithinTheLargestBody(int maxBodyBytes) {
        ExpositionParser parser = new ExpositionParser(new ExpositionLimits(maxBodyBytes, 10, 10, 10, 10));

        Scrape scrape = parser.parse("a 1\nb 2\nc 3\n".getBytes(UTF_8));

        assertThat(samples(scrape)).isEqualTo(Map.of("a", 1.0, "b", 2.0));
        assertThat(problems(scrape)).containsExactly("3 BODY_TOO_LARGE");
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> new ExpositionLimits(1, 0, 1, 1, 1)).hasMessage("maxSamples must be > 0: 0");
    }
}
