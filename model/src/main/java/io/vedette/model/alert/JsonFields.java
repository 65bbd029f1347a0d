package io.vedette.model.alert;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.model.alert.AlertFormatException.Reason;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the fields of a JSON object; each that is missing or of the wrong type is an {@link AlertFormatException} that names it. */
record JsonFields(JsonNode object) {
    JsonFields {
        if (!object.isObject()) {
            throw new AlertFormatException(Reason.BROKEN, "no JSON object, but " + object.getNodeType());
        }
    }

    void expectVersion(int version) {
        if (object.path("schemaVersion").asInt(-1) != version) {
            throw new AlertFormatException(
                    Reason.VERSION,
                    "schemaVersion " + object.path("schemaVersion") + ", where only " + version + " is understood");
        }
    }

    /** Empty when the field is missing or null. */
    Optional<JsonNode> find(String name) {
        JsonNode node = object.path(name);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    JsonNode node(String name) {
        return find(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    JsonFields fields(String name) {
        return new JsonFields(node(name));
    }

    /** The objects in an array. */
    List<JsonFields> array(String name) {
        JsonNode array = node(name);
        if (!array.isArray()) {
            throw invalid(name, "is no array: " + array);
        }
        List<JsonFields> objects = new ArrayList<>(array.size());
        array.forEach(element -> objects.add(new JsonFields(element)));
        return objects;
    }

    String text(String name) {
        JsonNode node = node(name);
        if (!node.isTextual()) {
            throw invalid(name, "is no text: " + node);
        }
        return node.textValue();
    }

    String textOrEmpty(String name) {
        return find(name).isPresent() ? text(name) : "";
    }

    boolean flag(String name) {
        return find(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw invalid(name, "is neither true nor false: " + node);
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    long whole(String name) {
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid(name, "is no whole number: " + node);
        }
        return node.longValue();
    }

    /** NaN when null; infinite where it is the text {@code +Inf} or {@code -Inf}. */
    double number(String name) {
        Optional<JsonNode> node = find(name);
        if (node.isEmpty()) {
            return Double.NaN;
        }
        if (node.get().isNumber()) {
            return node.get().doubleValue();
        }
        return switch (text(name)) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> throw invalid(name, "is no number: " + node.get());
        };
    }

    Instant time(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid(name, "is no time such as 2026-02-07T09:45:40Z: '" + text + "'");
        }
    }

    /** A field that holds one of an enum's words. */
    <T> T word(String name, Function<String, Optional<T>> ofWord) {
        String word = text(name);
        return ofWord.apply(word).orElseThrow(() -> invalid(name, "is not known: '" + word + "'"));
    }

    /** The entity in {@code entity} and {@code labels}. */
    Entity entity() {
        JsonFields entity = fields("entity");
        Map<String, String> labels = new TreeMap<>();
        JsonFields named = fields("labels");
        named.object.fieldNames().forEachRemaining(name -> labels.put(name, named.text(name)));
        return new Entity(
                entity.word("kind", EntityKind::ofWord),
                entity.textOrEmpty("instance"),
                entity.textOrEmpty("engine"),
                entity.textOrEmpty("model_name"),
                entity.textOrEmpty("role"),
                entity.textOrEmpty("node"),
                entity.textOrEmpty("gpu"),
                entity.textOrEmpty("uuid"),
                labels);
    }

    static AlertFormatException invalid(String name, String problem) {
        return new AlertFormatException(Reason.INVALID, name + ' ' + problem);
    }
}
