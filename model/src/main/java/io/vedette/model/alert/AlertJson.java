package io.vedette.model.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.AlertFormatException.Reason;
import io.vedette.model.entity.Entity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Alert events and states as JSON, in the form of {@code docs/schema/}. What is read back equals what was written. Fields that this version does not
 * know are skipped. Thread-safe.
 */
public final class AlertJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AlertJson() {}

    /** An event as a line of JSON, without its end. */
    public static byte[] write(AlertEvent event) {
        return object(json -> {
            json.writeNumberField("schemaVersion", AlertEvent.SCHEMA_VERSION);
            json.writeStringField("id", event.id());
            json.writeNumberField("sequence", event.sequence());
            json.writeStringField("fingerprint", event.fingerprint());
            json.writeStringField("alertname", event.alertname());
            json.writeStringField("family", event.family());
            json.writeStringField("severity", event.severity().word());
            json.writeStringField("state", word(event.state()));
            writeEntity(json, event.entity());
            json.writeStringField("pendingSince", event.pendingSince().toString());
            json.writeStringField("startsAt", event.startsAt().toString());
            Instant endsAt = event.endsAt();
            json.writeStringField("endsAt", endsAt == null ? null : endsAt.toString());
            json.writeStringField("updatedAt", event.updatedAt().toString());
            writeNumber(json, "value", event.value());
            writeNumber(json, "threshold", event.threshold());
            json.writeStringField("unit", event.unit());
            json.writeStringField("window", event.window());
            json.writeStringField("summary", event.summary());
            json.writeStringField("action", event.action());
            json.writeStringField("runbookURL", event.runbookUrl());
            if (event.late()) {
                json.writeBooleanField("late", true);
            }
            ResolvedReason reason = event.resolvedReason();
            json.writeStringField("resolvedReason", reason == null ? null : reason.word());
            json.writeArrayFieldStart("evidence");
            for (Evidence evidence : event.evidence()) {
                json.writeStartObject();
                json.writeStringField("series", evidence.series());
                writeNumber(json, "value", evidence.value());
                writeNumber(json, "lower", evidence.lower());
                writeNumber(json, "upper", evidence.upper());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** A state as a line of JSON, without its end. */
    public static byte[] write(AlertState state) {
        return object(json -> {
            json.writeNumberField("schemaVersion", AlertEvent.SCHEMA_VERSION);
            json.writeStringField("fingerprint", state.fingerprint());
            json.writeStringField("alertname", state.alertname());
            json.writeStringField("family", state.family());
            json.writeStringField("severity", state.severity().word());
            json.writeStringField("state", state.word());
            writeEntity(json, state.entity());
            json.writeStringField("since", state.since().toString());
        });
    }

    /** What stands in a compacted topic for something that is no more: {@code {"deleted":true}}. */
    public static byte[] deletion() {
        return "{\"deleted\":true}".getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an event.
     *
     * @throws AlertFormatException when the bytes are none; nothing else is thrown, whatever they are
     */
    public static AlertEvent readEvent(byte[] bytes) {
        JsonFields fields = parse(bytes);
        fields.expectVersion(AlertEvent.SCHEMA_VERSION);
        try {
            return event(fields);
        } catch (IllegalArgumentException e) {
            throw new AlertFormatException(Reason.INVALID, e);
        }
    }

    private static AlertEvent event(JsonFields fields) {
        List<Evidence> evidence = new ArrayList<>();
        for (JsonFields of : fields.array("evidence")) {
            evidence.add(new Evidence(of.text("series"), of.number("value"), of.number("lower"), of.number("upper")));
        }
        AlertEvent event = new AlertEvent(
                fields.whole("sequence"),
                fields.text("alertname"),
                fields.text("family"),
                fields.word("severity", Severity::ofWord),
                fields.word("state", AlertJson::state),
                fields.entity(),
                fields.time("pendingSince"),
                fields.time("startsAt"),
                fields.find("endsAt").isPresent() ? fields.time("endsAt") : null,
                fields.time("updatedAt"),
                fields.number("value"),
                fields.number("threshold"),
                fields.text("unit"),
                fields.text("window"),
                fields.text("summary"),
                fields.text("action"),
                fields.text("runbookURL"),
                fields.flag("late"),
                fields.find("resolvedReason").isPresent() ? fields.word("resolvedReason", AlertJson::reason) : null,
                evidence);
        if (!event.fingerprint().equals(fields.text("fingerprint"))) {
            throw JsonFields.invalid("fingerprint", "is not that of family and entity");
        }
        if (!event.id().equals(fields.text("id"))) {
            throw JsonFields.invalid("id", "is not that of fingerprint, startsAt and sequence");
        }
        return event;
    }

    /**
     * Reads a state; empty when it is a deletion.
     *
     * @throws AlertFormatException when the bytes are neither; nothing else is thrown, whatever they are
     */
    public static Optional<AlertState> readState(byte[] bytes) {
        JsonFields fields = parse(bytes);
        if (fields.flag("deleted")) {
            return Optional.empty();
        }
        fields.expectVersion(AlertEvent.SCHEMA_VERSION);
        try {
            return Optional.of(new AlertState(
                    fields.text("fingerprint"),
                    fields.text("alertname"),
                    fields.text("family"),
                    fields.word("severity", Severity::ofWord),
                    fields.word("state", AlertJson::isFiring),
                    fields.entity(),
                    fields.time("since")));
        } catch (IllegalArgumentException e) {
            throw new AlertFormatException(Reason.INVALID, e);
        }
    }

    private static JsonFields parse(byte[] bytes) {
        try {
            return new JsonFields(MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            throw new AlertFormatException(Reason.BROKEN, e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<State> state(String word) {
        return Arrays.stream(State.values()).filter(s -> word(s).equals(word)).findFirst();
    }

    private static Optional<ResolvedReason> reason(String word) {
        return Arrays.stream(ResolvedReason.values())
                .filter(r -> r.word().equals(word))
                .findFirst();
    }

    private static Optional<Boolean> isFiring(String word) {
        return switch (word) {
            case "firing" -> Optional.of(true);
            case "pending" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static void writeEntity(JsonGenerator json, Entity entity) throws IOException {
        json.writeObjectFieldStart("entity");
        json.writeStringField("kind", entity.kind().word());
        writeUnlessEmpty(json, "instance", entity.instance());
        writeUnlessEmpty(json, "engine", entity.engine());
        writeUnlessEmpty(json, "model_name", entity.modelName());
        writeUnlessEmpty(json, "role", entity.role());
        writeUnlessEmpty(json, "node", entity.node());
        writeUnlessEmpty(json, "gpu", entity.gpu());
        writeUnlessEmpty(json, "uuid", entity.uuid());
        json.writeEndObject();
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : entity.labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    private static void writeUnlessEmpty(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else if (Double.isInfinite(value)) {
            json.writeStringField(name, value > 0 ? "+Inf" : "-Inf");
        } else {
            json.writeNumberField(name, value);
        }
    }

    /** Writes an object's fields. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }
}
