package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2.31     | SECONDS    | 2.3 s
            2.0      | SECONDS    | 2 s
            2.04     | SECONDS    | 2.0 s
            0.254    | SECONDS    | 0.25 s
            0.5      | SECONDS    | 0.5 s
            0.499    | SECONDS    | 0.50 s
            0.0254   | SECONDS    | 0.025 s
            0        | SECONDS    | 0 s
            63.7     | SECONDS    | 63.7 s
            119      | SECONDS    | 119 s
            125.2    | SECONDS    | 2 min 5 s
            900      | SECONDS    | 15 min
            12000    | SECONDS    | 3 h 20 min
            Infinity | SECONDS    | ∞
            NaN      | SECONDS    | unknown
            0.042    | RATIO      | 4.2 %
            0.01     | RATIO      | 1 %
            1        | RATIO      | 100 %
            5120     | TOKENS     | 5,120 tokens
            5.333    | PER_SECOND | 5.3/s
            12       | COUNT      | 12
            4.8      | COUNT      | 4.8
            43.2     | COUNT      | 43
            1234567  | ANY        | 1,234,567
            """)
    void numbersAreWrittenForPeople(double value, Measure measure, String text) {
        assertThat(Numerals.withUnit(value, measure)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "125.2, SECONDS, 125",
        "0.042, RATIO, 4.2",
        "5120, TOKENS, '5,120'",
        "NaN, RATIO, unknown",
        "43.2, COUNT, 43"
    })
    void theUnitCanBeLeftToTheText(double value, Measure measure, String text) {
        assertThat(Numerals.withoutUnit(value, measure)).isEqualTo(text);
    }
}
