package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.yaml.YamlValue;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactSeriesTest {
    private static CompactSeries series(String text) {
        return CompactSeries.parse(YamlValue.parse("x.yaml", '"' + text + '"').orElseThrow(), Set.of("refused"));
    }

    /** The first seven values; nothing is an underscore. */
    private static String shown(CompactSeries series) {
        return IntStream.range(0, 7)
                .mapToObj(series::at)
                .map(shown -> shown.isNumber()
                        ? String.format(Locale.ROOT, "%s", shown.number())
                        : shown.word().isEmpty() ? "_" : shown.word())
                .collect(Collectors.joining(" "))
                .replace(".0", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8              | 8 8 8 8 8 8 8
            1 2 3          | 1 2 3 3 3 3 3
            8x3 1          | 8 8 8 8 1 1 1
            0+10x3         | 0 10 20 30 30 30 30
            9-2x3          | 9 7 5 3 3 3 3
            0+10           | 0 10 20 30 40 50 60
            5 0.5+0.25     | 5 0.5 0.75 1 1.25 1.5 1.75
            -2+4x3         | -2 2 6 10 10 10 10
            1e1+1e1x1      | 10 20 20 20 20 20 20
            1 _ 2          | 1 _ 2 2 2 2 2
            1 _x3 2        | 1 _ _ _ 2 2 2
            1x1 _          | 1 1 _ _ _ _ _
            1 stale        | 1 stale stale stale stale stale stale
            1 refusedx1 1  | 1 refused refused 1 1 1 1
            """)
    void readsTheNotationThatPromtoolHas(String text, String expected) {
        assertThat(shown(series(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8 8y3      | x.yaml:1:4: '8y3' is no item of a series; write it like 8, 8x3, 0+10x3, 9-2x3, _, _x3, stale, refused
            gonex3     | x.yaml:1:2: 'gonex3' is no item of a series; write it like 8, 8x3, 0+10x3, 9-2x3, _, _x3, stale, refused
            1x999999   | x.yaml:1:2: a series has at most 100000 values
            1x99999999 | x.yaml:1:2: a series has at most 100000 values
            """)
    void tellsTheItemThatMeansNothing(String text, String mistake) {
        assertThatThrownBy(() -> series(text)).hasMessage(mistake);
    }
}
