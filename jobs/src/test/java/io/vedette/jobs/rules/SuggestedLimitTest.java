package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestedLimitTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            9.1,   3,    SECONDS, 12
            9.9,   3,    SECONDS, 15
            0.33,  0.2,  SECONDS, 0.5
            8,     5,    COUNT,   10
            41,    5,    COUNT,   60
            0.93,  0.9,  RATIO,   0.97
            1,     0.9,  RATIO,   1
            11,    18,   ANY,     8
            0.7,   3,    ANY,     0.5
            2,     2,    COUNT,   NaN
            2,     NaN,  COUNT,   NaN
            NaN,   2,    COUNT,   NaN
            """)
    void isWhatAPersonWouldWrite(double measured, double limit, Measure measure, double expected) {
        assertThat(SuggestedLimit.beyond(measured, limit, measure)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void liesBeyondWhatWasMeasuredButNotFar() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            double measured = Math.exp(random.nextDouble() * 20 - 10);

            assertThat(SuggestedLimit.beyond(measured, measured / 2, Measure.SECONDS))
                    .isBetween(measured * 1.2, measured * 1.8);
            assertThat(SuggestedLimit.beyond(measured, measured * 2, Measure.SECONDS))
                    .isBetween(measured / 1.8, measured / 1.2);
        }
    }
}
