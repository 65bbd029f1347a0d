package io.vedette.alerts.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.alerts.Events;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AlertmanagerPayloadTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final AlertmanagerPayload payload = new AlertmanagerPayload("ops", "http://127.0.0.1:9780");

    @Test
    void tellsThatAnAlertFires() throws IOException {
        assertPayload("firing.json", Events.firing("10.0.0.7:8000", 0));
    }

    @Test
    void tellsAChangeUnderTheSameFingerprintAndGroup() throws IOException {
        assertPayload("changed.json", Events.worse("10.0.0.7:8000", 0, 60));
    }

    @Test
    void tellsThatAnAlertIsOver() throws IOException {
        assertPayload("resolved.json", Events.resolved(Events.worse("10.0.0.7:8000", 0, 60), 180));
    }

    @Test
    void tellsOfSeveralAlertsTogetherWithWhatTheyHaveInCommon() throws IOException {
        assertPayload("several.json", Events.firing("10.0.0.7:8000", 0), Events.worse("10.0.0.8:8000", 0, 5));
    }

    private void assertPayload(String file, AlertEvent... events) throws IOException {
        String written = new String(payload.of(List.of(events)), UTF_8);
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream(file), file)) {
            String pretty = JSON.writeValueAsString(JSON.readTree(written));
            assertThat(pretty).isEqualTo(new String(golden.readAllBytes(), UTF_8).strip());
        }
    }
}
