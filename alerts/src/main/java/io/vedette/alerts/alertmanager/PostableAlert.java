package io.vedette.alerts.alertmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.alerts.delivery.AlertAnnotations;
import io.vedette.alerts.delivery.AlertLabels;
import io.vedette.model.alert.AlertEvent;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/**
 * An alert as Alertmanager's API takes it ({@code postableAlert} of its v2 OpenAPI description); the names are those of the JSON. Alertmanager tells
 * alerts apart by all of their labels, so nothing stands there that changes while an alert goes on.
 *
 * @param startsAt RFC 3339
 * @param endsAt RFC 3339; in the future while the alert fires: Alertmanager takes it for resolved then, unless it hears of it again
 */
record PostableAlert(
        NavigableMap<String, String> labels,
        NavigableMap<String, String> annotations,
        String startsAt,
        String endsAt,
        @JsonProperty("generatorURL") String generatorUrl) {
    private static final JsonMapper JSON = new JsonMapper();

    /** An alert that fires, until further notice or {@code until}. */
    static PostableAlert firing(AlertEvent event, Instant until, String generatorUrl) {
        return new PostableAlert(
                AlertLabels.of(event),
                AlertAnnotations.of(event),
                event.startsAt().toString(),
                until.toString(),
                generatorUrl);
    }

    /**
     * An alert that is over.
     *
     * @param open as Alertmanager has it
     * @param last what there is to say now
     */
    static PostableAlert over(AlertEvent open, AlertEvent last, Instant endsAt, String generatorUrl) {
        // Alertmanager refuses an end before the start.
        Instant end = endsAt.isBefore(open.startsAt()) ? open.startsAt() : endsAt;
        return new PostableAlert(
                AlertLabels.of(open),
                AlertAnnotations.of(last),
                open.startsAt().toString(),
                end.toString(),
                generatorUrl);
    }

    /** The body of a request. */
    static byte[] json(List<PostableAlert> alerts) {
        try {
            return JSON.writeValueAsBytes(alerts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
