package io.vedette.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private final ClockOffset offset = new ClockOffset();

    @Test
    void isUnknownBeforeTheFirstAnswer() {
        assertThat(offset.millis()).isEmpty();
    }

    @Test
    void isAppendTimeLessTheMiddleOfSendAndAnswer() {
        offset.observe(1000, 1200, 5100);

        assertThat(offset.millis()).hasValue(4000);
    }

    @Test
    void isTheMedianOfTheLastTwenty() {
        for (int i = 0; i < 9; i++) {
            offset.observe(1000, 1000, 999_999);
        }
        for (int i = 0; i < 11; i++) {
            offset.observe(1000, 1000, 1003);
        }
        assertThat(offset.millis()).hasValue(3);

        for (int i = 0; i < 20; i++) {
            offset.observe(1000, 1000, 500);
        }
        assertThat(offset.millis()).hasValue(-500);
    }

    @Test
    void ignoresAnswersThatTookASecond() {
        offset.observe(1000, 2000, 9999);
        assertThat(offset.millis()).isEmpty();

        offset.observe(1000, 1998, 1500);
        assertThat(offset.millis()).hasValue(1);
    }
}
