package io.vedette.alerts.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.alerts.delivery.AlertAnnotations;
import io.vedette.alerts.delivery.AlertLabels;
import io.vedette.model.alert.AlertEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Alertmanager's webhook payload, version 4. Receivers tell alerts apart by {@code fingerprint}, which stays when an alert's name or severity changes.
 * The group is the alerts' family, which stays too.
 */
final class AlertmanagerPayload {
    private static final JsonMapper JSON = new JsonMapper();

    /** What the payload has as the end of an alert that fires: Go's zero time. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private final String receiver;
    private final String externalUrl;

    /**
     * @param receiver the channel's name
     * @param externalUrl where people find Vedette
     */
    AlertmanagerPayload(String receiver, String externalUrl) {
        this.receiver = receiver;
        this.externalUrl = externalUrl;
    }

    /**
     * The body for events of one family and one state.
     *
     * @param events at least one
     */
    byte[] of(List<AlertEvent> events) {
        AlertEvent first = events.get(0);
        List<Alert> alerts = events.stream().map(this::alert).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", "4");
        body.put("groupKey", "{}:{family=" + quoted(first.family()) + "}");
        body.put("truncatedAlerts", 0);
        body.put("status", status(first));
        body.put("receiver", receiver);
        body.put("groupLabels", Map.of("family", first.family()));
        body.put("commonLabels", common(alerts.stream().map(Alert::labels).toList()));
        body.put(
                "commonAnnotations",
                common(alerts.stream().map(Alert::annotations).toList()));
        body.put("externalURL", externalUrl);
        body.put("alerts", alerts);
        return bytes(body);
    }

    private Alert alert(AlertEvent event) {
        Instant endsAt = event.endsAt();
        return new Alert(
                status(event),
                AlertLabels.of(event),
                AlertAnnotations.of(event),
                event.startsAt().toString(),
                endsAt == null ? NO_END : endsAt.toString(),
                externalUrl,
                event.fingerprint());
    }

    private static NavigableMap<String, String> common(List<NavigableMap<String, String>> maps) {
        NavigableMap<String, String> common = new TreeMap<>(maps.get(0));
        maps.forEach(map -> common.entrySet().retainAll(map.entrySet()));
        return common;
    }

    private static String status(AlertEvent event) {
        return event.state() == AlertEvent.State.FIRING ? "firing" : "resolved";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static byte[] bytes(Map<String, Object> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }

    /** One alert of the payload; the names are those of the JSON. */
    private record Alert(
            String status,
            NavigableMap<String, String> labels,
            NavigableMap<String, String> annotations,
            String startsAt,
            String endsAt,
            @JsonProperty("generatorURL") String generatorUrl,
            String fingerprint) {}
}
