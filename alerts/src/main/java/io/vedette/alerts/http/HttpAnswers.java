package io.vedette.alerts.http;

import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What an HTTP answer means for a delivery: 2xx is delivered; 408, 425, 429 and 5xx may go well later; anything else, redirections included, won't.
 */
final class HttpAnswers {
    private HttpAnswers() {}

    /**
     * @param status of the answer
     * @param retryAfter the header {@code Retry-After}: seconds or an HTTP date; nonsense is ignored
     * @param now for a date
     */
    static Answer ofStatus(int status, Optional<String> retryAfter, Instant now) {
        if (status / 100 == 2) {
            return Answer.DELIVERED;
        }
        String reason = "HTTP " + status;
        boolean later = status == 408 || status == 425 || status == 429 || status / 100 == 5;
        return later
                ? new Answer(Outcome.RETRY, reason, retryAfter.flatMap(text -> wait(text.strip(), now)))
                : Answer.refused(status / 100 == 3 ? reason + ", and redirections are not followed" : reason);
    }

    /** An attempt without an answer: it may always go well later. Messages are left out where they could hold the URL. */
    static Answer ofFailure(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return Answer.retry("timeout");
        }
        if (failure instanceof ConnectException) {
            return Answer.retry(
                    failure.getCause() instanceof UnresolvedAddressException ? "unknown host" : "connection refused");
        }
        if (failure instanceof SSLException) {
            return Answer.retry("TLS: " + failure.getMessage());
        }
        return Answer.retry("connection broken (" + failure.getClass().getSimpleName() + ")");
    }

    private static Optional<Duration> wait(String retryAfter, Instant now) {
        try {
            if (!retryAfter.isEmpty() && retryAfter.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
            }
            Instant until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
