package io.vedette.model.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.AlertFormatException.Reason;
import io.vedette.model.entity.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Entity REPLICA =
            Entity.replica("10.0.0.7:8000", "0", "glm-4.7-flash", "", "gpu-7", Map.of("cluster", "bj1"));
    private static final String SERIES = "vedette_replica_request_queue_time_seconds{quantile=\"0.5\",window=\"1m\"}";

    /** The life of an alert: it fires, gets worse, ends. */
    private static final AlertEvent FIRING =
            event(1, "queue-slow", Severity.WARNING, State.FIRING, null, null, 0.81, 0.5, 0.8);

    private static final AlertEvent CHANGED =
            event(2, "queue-blocked", Severity.CRITICAL, State.FIRING, null, null, 8000, 2.0, Double.POSITIVE_INFINITY);
    private static final AlertEvent RESOLVED = event(
            3,
            "queue-blocked",
            Severity.CRITICAL,
            State.RESOLVED,
            Instant.parse("2026-02-07T09:58:05.250Z"),
            ResolvedReason.NO_DATA,
            Double.NaN,
            2.0,
            Double.NaN);

    static Stream<Arguments> life() {
        return Stream.of(
                Arguments.of("firing", FIRING), Arguments.of("changed", CHANGED), Arguments.of("resolved", RESOLVED));
    }

    private static AlertEvent event(
            long sequence,
            String alertname,
            Severity severity,
            State state,
            @Nullable Instant endsAt,
            @Nullable ResolvedReason reason,
            double value,
            double threshold,
            double upper) {
        return new AlertEvent(
                sequence,
                alertname,
                "queue",
                severity,
                state,
                REPLICA,
                Instant.parse("2026-02-07T09:45:40Z"),
                Instant.parse("2026-02-07T09:47:40Z"),
                endsAt,
                Instant.parse("2026-02-07T09:47:40Z").plusSeconds(60 * (sequence - 1)),
                value,
                threshold,
                "s",
                "1m",
                "half of the requests wait \"too long\" – 排队",
                "rate-limit or scale out now",
                "https://github.com/",
                state == State.RESOLVED,
                reason,
                Double.isNaN(value) ? List.of() : List.of(new Evidence(SERIES, value, threshold, upper)));
    }

    @ParameterizedTest
    @MethodSource("life")
    void anEventIsWrittenAsInItsGoldenFileAndReadBack(String stage, AlertEvent event) throws IOException {
        String name = "alert-" + stage + ".json";
        byte[] json = AlertJson.write(event);
        String pretty = MAPPER.readTree(json).toPrettyString() + '\n';
        Path written = Files.writeString(Path.of("target", name), pretty);
        try (InputStream golden = AlertJsonTest.class.getResourceAsStream(name)) {
            assertThat(golden).as("copy %s into the resources", written).isNotNull();
            assertThat(pretty).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("\n");
        assertThat(AlertJson.readEvent(json)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("life")
    void anEventFitsTheSchema(String stage, AlertEvent event) throws IOException {
        assertThat(mistakes("alert-event", AlertJson.write(event))).as(stage).isEmpty();
    }

    @Test
    void anEventOfAModelFitsTheSchemaAndIsReadBack() throws IOException {
        AlertEvent event = new AlertEvent(
                1,
                "request-failures",
                "request-failures",
                Severity.INFO,
                State.FIRING,
                Entity.model("m", "", Map.of()),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                Double.NEGATIVE_INFINITY,
                Double.NaN,
                "",
                "",
                "",
                "",
                "",
                false,
                null,
                List.of());
        byte[] json = AlertJson.write(event);
        assertThat(AlertJson.readEvent(json)).isEqualTo(event);
        assertThat(mistakes("alert-event", json)).isEmpty();
        assertThat(MAPPER.readTree(json).at("/entity").toString())
                .isEqualTo("{\"kind\":\"model\",\"model_name\":\"m\"}");
    }

    @Test
    void theExampleOfTheContractFitsTheSchema() throws IOException {
        String example = """
                {"schemaVersion": 1, "id": "%s", "sequence": 1, "fingerprint": "c3a8c3a8c3a8c3a8", "alertname": "queue-blocked",
                 "family": "queue", "severity": "critical", "state": "firing",
                 "entity": {"kind": "replica", "instance": "10.0.0.7:8000", "engine": "0", "model_name": "glm-4.7-flash", "node": "gpu-7"},
                 "labels": {"cluster": "bj1"}, "pendingSince": "2026-02-07T09:45:40Z", "startsAt": "2026-02-07T09:47:40Z",
                 "endsAt": null, "updatedAt": "2026-02-07T09:47:40Z", "value": 2.31, "threshold": 2.0, "unit": "s", "window": "1m",
                 "summary": "…", "action": "…", "runbookURL": "…", "resolvedReason": null,
                 "cause": {"id": "queue-backlog", "confidence": "high", "because": ["QPS steady at 5.3/s (10 m: 5.4/s)", "…"]},
                 "evidence": [{"series": "s", "value": 2.31, "lower": 2.0, "upper": 2.5}]}
                """.formatted("9f1c".repeat(16));
        assertThat(mistakes("alert-event", example.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() throws IOException {
        for (Consumer<ObjectNode> edit : List.<Consumer<ObjectNode>>of(
                json -> json.put("schemaVersion", 2),
                json -> json.put("sequence", 0),
                json -> json.put("sequence", 1.5),
                json -> json.put("severity", "worse"),
                json -> json.put("state", "pending"),
                json -> json.put("value", "high"),
                json -> json.put("startsAt", "yesterday"),
                json -> json.put("endsAt", "2026-02-07T09:47:40Z"),
                json -> json.put("late", "yes"),
                json -> json.putArray("entity"),
                json -> json.withObject("/entity").put("kind", "moon"),
                json -> json.withObject("/entity").remove("engine"),
                json -> json.withObject("/labels").put("cluster", 1),
                json -> json.put("evidence", 1),
                json -> json.remove("labels"),
                json -> json.remove("evidence"),
                json -> json.remove("summary"),
                json -> json.putNull("alertname"))) {
            byte[] json = edited(AlertJson.write(FIRING), edit);
            assertThat(mistakes("alert-event", json)).isNotEmpty();
            assertThatThrownBy(() -> AlertJson.readEvent(json)).isInstanceOf(AlertFormatException.class);
        }
    }

    @Test
    void whatIsWrongIsClassifiedAndNamed() {
        byte[] json = AlertJson.write(FIRING);
        assertFails(new byte[0], Reason.BROKEN, "no JSON object");
        assertFails(text("[1]"), Reason.BROKEN, "no JSON object, but ARRAY");
        assertFails(text("{\"a\":1"), Reason.BROKEN, "");
        assertFails(text("{\"a\":1,\"a\":2}"), Reason.BROKEN, "Duplicate");
        assertFails(text("{} {}"), Reason.BROKEN, "Trailing");
        assertFails(text("[".repeat(100_000)), Reason.BROKEN, "");
        assertFails(text("{}"), Reason.VERSION, "schemaVersion");
        assertFails(edited(json, e -> e.put("schemaVersion", 2)), Reason.VERSION, "schemaVersion 2");
        assertFails(edited(json, e -> e.remove("family")), Reason.INVALID, "family is missing");
        assertFails(edited(json, e -> e.put("severity", "worse")), Reason.INVALID, "severity is not known: 'worse'");
        assertFails(edited(json, e -> e.put("startsAt", "noon")), Reason.INVALID, "'noon'");
        assertFails(edited(json, e -> e.put("sequence", 2)), Reason.INVALID, "id is not that of");
        assertFails(edited(json, e -> e.put("family", "kv")), Reason.INVALID, "fingerprint is not that of");
        assertFails(edited(json, e -> e.put("resolvedReason", "removed")), Reason.INVALID, "resolved alert");
    }

    private static void assertFails(byte[] json, Reason reason, String message) {
        assertThatThrownBy(() -> AlertJson.readEvent(json))
                .isInstanceOfSatisfying(
                        AlertFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void fieldsOfLaterVersionsAreSkipped() {
        byte[] later = edited(AlertJson.write(FIRING), json -> {
            json.putObject("cause").put("id", "queue-backlog");
            json.withObject("/entity").put("rack", "7");
        });
        assertThat(AlertJson.readEvent(later)).isEqualTo(FIRING);
    }

    @Test
    void aStateIsReadBackAndFitsItsSchema() throws IOException {
        for (boolean firing : new boolean[] {true, false}) {
            AlertState state = new AlertState(
                    FIRING.fingerprint(),
                    "queue-slow",
                    "queue",
                    Severity.WARNING,
                    firing,
                    REPLICA,
                    Instant.parse("2026-02-07T09:47:40Z"));
            byte[] json = AlertJson.write(state);
            assertThat(AlertJson.readState(json)).contains(state);
            assertThat(mistakes("alert-state", json)).isEmpty();
            assertThat(MAPPER.readTree(json).path("state").asText()).isEqualTo(firing ? "firing" : "pending");
        }
    }

    @Test
    void aDeletionIsNoState() throws IOException {
        assertThat(AlertJson.readState(AlertJson.deletion())).isEmpty();
        assertThat(mistakes("alert-state", AlertJson.deletion())).isEmpty();
        assertThatThrownBy(() -> AlertJson.readState(text("{\"deleted\":1}"))).isInstanceOf(AlertFormatException.class);
    }

    @Test
    void mutatedBytesAreReadOrRefusedButNothingElseIsThrown() {
        Random random = new Random(1);
        byte[] json = AlertJson.write(CHANGED);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated =
                    Arrays.copyOf(json, random.nextInt(4) == 0 ? random.nextInt(json.length) + 1 : json.length);
            for (int j = random.nextInt(3); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(mutated);
        }
    }

    private static void readOrRefuse(byte[] json) {
        try {
            AlertJson.readEvent(json);
        } catch (AlertFormatException refused) {
            assertThat(refused.reason()).isNotNull();
        }
        try {
            AlertJson.readState(json);
        } catch (AlertFormatException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private static byte[] edited(byte[] json, Consumer<ObjectNode> edit) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            edit.accept((ObjectNode) tree);
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> mistakes(String schema, byte[] json) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "schema", schema + ".schema.json"));
        Schema parsed = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
        return parsed
                .validate(
                        new String(json, StandardCharsets.UTF_8),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
