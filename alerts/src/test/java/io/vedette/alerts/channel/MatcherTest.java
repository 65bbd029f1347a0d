package io.vedette.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
    private static final Map<String, String> LABELS =
            Map.of("alertname", "queue-blocked", "severity", "critical", "team", "a \"b\"\nc");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "severity=critical, true",
                "severity = critical, true",
                "severity=\"critical\", true",
                "severity=warning, false",
                "severity=critica, false",
                "severity!=warning, true",
                "severity!=critical, false",
                "alertname=~\"queue.*\", true",
                "alertname=~queue.*, true",
                "alertname=~queue, false",
                "alertname=~\"latency.*|queue-.*\", true",
                "alertname!~\"queue.*\", false",
                "alertname!~\"latency.*\", true",
                "'team=\"a \\\"b\\\"\\nc\"', true",
                "role=, true",
                "role=\"\", true",
                "role!=prefill, true",
                "severity=crit.*, false"
            })
    void matchesAsAlertmanagerDoes(String matcher, boolean matches) {
        assertThat(Matcher.parse(matcher).matches(LABELS)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "severity,            'severity' is no matcher; write label=value",
                "se-verity=x,         'se-verity=x' is no matcher",
                "severity==~,         'severity==~' has two operators",
                "severity==critical,  'severity==critical' has two operators; write severity=critical",
                "alertname=~\"(\",    has no valid regular expression: Unclosed group",
                "severity=\"critical, has a value whose quotes don't match",
                "severity=\"a\"b\",   has a value whose quotes don't match"
            })
    void namesWhatIsNoMatcher(String text, String message) {
        assertThatThrownBy(() -> Matcher.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(text);
    }

    @Test
    void printsAsItIsWritten() {
        assertThat(Matcher.parse("alertname=~\"queue.*\"")).hasToString("alertname=~\"queue.*\"");
    }
}
