package io.vedette.cli.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.model.yaml.YamlValue;
import java.util.Map;
import java.util.Set;

/** How values of a field are shown: what several kinds of panels have in common. */
final class FieldSettings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldSettings() {}

    /** Steps from {@code base} (text) and {@code thresholds}, which name the colour from each number on. */
    static ObjectNode thresholds(YamlFields fields) {
        ObjectNode thresholds = JSON.objectNode().put("mode", "absolute");
        var steps = thresholds.putArray("steps");
        steps.addObject().put("color", fields.text("base", "text")).putNull("value");
        fields.ifThere("thresholds", given -> given.mapping()
                .forEach((color, from) -> steps.addObject().put("color", color).put("value", from.number())));
        return thresholds;
    }

    /** Shows numbers as the words of a mapping in {@code common.yaml}. */
    static void mapping(ObjectNode defaults, Shared shared, YamlValue place, String name) {
        defaults.set("mappings", mappings(shared, place, name));
    }

    static ArrayNode mappings(Shared shared, YamlValue place, String name) {
        YamlValue mapping = shared.mappings().get(name);
        if (mapping == null) {
            throw place.mistake("there is no mapping '" + name + "'");
        }
        var mappings = JSON.arrayNode();
        ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
        int index = 0;
        for (Map.Entry<String, YamlValue> entry : mapping.mapping().entrySet()) {
            YamlFields shown = YamlFields.of(entry.getValue(), Set.of("text", "color"));
            options.putObject(entry.getKey())
                    .put("text", shown.text("text"))
                    .put("color", shown.text("color"))
                    .put("index", index++);
        }
        return mappings;
    }

    /**
     * A link to another dashboard with what the value is about.
     *
     * @param target replica, model or card
     * @param source {@code field} where the labels of a series say it, {@code value} where the value itself does
     */
    static ObjectNode link(YamlValue target, String source) {
        boolean value = source.equals("value");
        String url =
                switch (target.string()) {
                    case "replica" ->
                        "vedette-model?var-instance=" + (value ? "${__value.raw}" : "${__field.labels.instance}");
                    case "model" ->
                        "vedette-model?var-model=" + (value ? "${__value.raw}" : "${__field.labels.model_name}");
                    case "card" -> "vedette-gpus?var-gpu=" + (value ? "${__value.raw}" : "${__field.labels.gpu}");
                    default -> throw target.mistake("a link goes to replica, model or card");
                };
        return JSON.objectNode()
                .put("title", "Look into this " + target.string())
                .put("url", "/d/" + url + "&var-datasource=${datasource}&${__url_time_range}");
    }
}
