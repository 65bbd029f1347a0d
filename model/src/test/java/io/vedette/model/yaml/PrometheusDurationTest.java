package io.vedette.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0s, 0",
        "500ms, 500",
        "90s, 90000",
        "5m, 300000",
        "1h30m, 5400000",
        "1m500ms, 60500",
        "1d, 86400000",
        "1w, 604800000",
        "1y1ms, 31536000001",
        "106751d, 9223286400000"
    })
    void durationsAreReadAsPrometheusDoes(String text, long millis) {
        assertThat(PrometheusDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "1.5h", "-5m", "5 m", "5M", "m", "30s1m", "1m1m", "5mm", "∞"})
    void whatIsNoDurationIsNamed(String text) {
        assertThatThrownBy(() -> PrometheusDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no duration; write it as Prometheus does");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999s", "9999999999999y", "293y", "106752d"})
    void tooLongADurationIsNamed(String text) {
        assertThatThrownBy(() -> PrometheusDuration.parse(text)).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "90ms", "1m30s", "1m", "5m", "10m", "1h", "1h30m", "2d3h4m5s6ms"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(PrometheusDuration.format(PrometheusDuration.parse(text))).isEqualTo(text);
    }

    @Test
    void theLargestUnitsThatFitAreWritten() {
        assertThat(PrometheusDuration.format(Duration.ofSeconds(90))).isEqualTo("1m30s");
        assertThat(PrometheusDuration.format(Duration.ofMinutes(60))).isEqualTo("1h");
        assertThat(PrometheusDuration.format(Duration.ofDays(8))).isEqualTo("8d");
    }
}
