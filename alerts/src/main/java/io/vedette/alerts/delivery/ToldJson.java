package io.vedette.alerts.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.vedette.model.alert.AlertFormatException;
import io.vedette.model.alert.AlertJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was told last, as it stands on {@code vedette.deliveries}. What is not known to this version is passed over; what earlier ones wrote is read. */
final class ToldJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ToldJson() {}

    static byte[] write(Told told) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", told.id());
        entry.put("state", told.firing() ? "firing" : "resolved");
        entry.put("updatedAt", told.updatedAt().toString());
        entry.put("startsAt", told.startsAt().toString());
        entry.put("sequence", told.sequence());
        told.receipt().ifPresent(receipt -> entry.put("receipt", receipt));
        told.open().ifPresent(event -> entry.put("event", new RawValue(new String(AlertJson.write(event), UTF_8))));
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    /** @throws IOException when the bytes are no such entry; nothing else is thrown, whatever they are */
    static Told read(byte[] value) throws IOException {
        JsonNode entry = JSON.readTree(value);
        try {
            return new Told(
                    text(entry, "id"),
                    text(entry, "state").equals("firing"),
                    Instant.parse(text(entry, "updatedAt")),
                    Instant.parse(text(entry, "startsAt")),
                    entry.path("sequence").asLong(),
                    // Before there were Alertmanagers to tell again, the event was not kept.
                    entry.has("event")
                            ? Optional.of(AlertJson.readEvent(JSON.writeValueAsBytes(entry.path("event"))))
                            : Optional.empty(),
                    entry.has("receipt") ? Optional.of(text(entry, "receipt")) : Optional.empty());
        } catch (DateTimeException | AlertFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String text(JsonNode entry, String field) throws IOException {
        JsonNode value = entry.path(field);
        if (!value.isTextual()) {
            throw new IOException("the delivery has no text '" + field + "'");
        }
        return value.textValue();
    }
}
