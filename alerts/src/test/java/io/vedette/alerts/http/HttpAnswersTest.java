package io.vedette.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswersTest {
    private static final Instant NOW = Instant.parse("2026-02-07T09:47:40Z");

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "202, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "301, REFUSED",
        "302, REFUSED",
        "307, REFUSED",
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "413, REFUSED",
        "422, REFUSED",
        "408, RETRY",
        "425, RETRY",
        "429, RETRY",
        "500, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
        "599, RETRY",
        "600, REFUSED",
        "199, REFUSED"
    })
    void aStatusMeansOneOutcome(int status, Outcome outcome) {
        assertThat(HttpAnswers.ofStatus(status, Optional.empty(), NOW).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "' 7 ', 7",
        "0, 0",
        "'Sat, 07 Feb 2026 09:48:10 GMT', 30",
        "'Sat, 07 Feb 2026 09:00:00 GMT', 0",
        "soon, ",
        "-3, ",
        "'', ",
        "99999999999999999999999, "
    })
    void retryAfterIsSecondsOrADateAndNonsenseIsIgnored(String header, Long seconds) {
        Answer answer = HttpAnswers.ofStatus(429, Optional.of(header), NOW);

        assertThat(answer)
                .isEqualTo(new Answer(
                        Outcome.RETRY, "HTTP 429", Optional.ofNullable(seconds).map(Duration::ofSeconds)));
    }

    @Test
    void whatGotNoAnswerIsTriedAgain() {
        assertThat(HttpAnswers.ofFailure(new HttpTimeoutException("request timed out")))
                .isEqualTo(Answer.retry("timeout"));
        assertThat(HttpAnswers.ofFailure(new HttpConnectTimeoutException("connect timed out")))
                .isEqualTo(Answer.retry("timeout"));
        assertThat(HttpAnswers.ofFailure(new ConnectException())).isEqualTo(Answer.retry("connection refused"));
        assertThat(HttpAnswers.ofFailure(new IOException("https://hooks.example.org/s3cret: EOF")))
                .isEqualTo(Answer.retry("connection broken (IOException)"));
    }
}
